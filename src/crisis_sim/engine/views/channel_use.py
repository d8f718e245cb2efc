"""How the two talked: over what, how soon, in private before in public, and what became of what was asked.

Counts acts of the record, for the hotwash and for the measures alike. Silence is counted where it was logged, a request
past its time, and apart where the request had not reached the other side: that is nobody's silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from crisis_sim.engine.events import ActKey, RequestUnanswered
from crisis_sim.engine.state import Received, Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.hotwash_facts import ChannelUse, Contact
from crisis_sim.engine.views.shared_facts import Fared
from crisis_sim.rules.names import SIDES, Side, other

SilenceKind: TypeAlias = Literal["kept", "held", "unheard", "replied"]
"""The other side had the request and sent no answer in time, or only a holding note; the request had not reached it by
then; or it had sent an answer, which had not arrived."""
THEIRS: Final = ("kept", "held")
"""Silences of whoever was asked; the others are nobody's."""


def channel_uses(state: State, table: GameTable) -> tuple[ChannelUse, ...]:
    """Every channel of the scenario, in its order."""
    uses, bound = [], table.base.channels.takers
    powerless = [
        state.acts[request.act].act.channel
        for request in state.requests
        if request.answer is not None and (taker := state.acts[request.answer].act.taker) and not bound[taker].binds
    ]
    for channel, settings in table.scenario.channels.items():
        sent = [sent_act for sent_act in state.acts.values() if sent_act.act.channel == channel]
        outcomes = [sent_act.act.outcome for sent_act in sent]
        uses.append(
            ChannelUse(
                id=channel,
                us=sum(sent_act.act.side == "us" for sent_act in sent),
                china=sum(sent_act.act.side == "china" for sent_act in sent),
                late=sum(is_late(sent_act, table) for sent_act in sent),
                lost=outcomes.count("unanswered"),
                too_low=outcomes.count("too-low") + powerless.count(channel),
                leaked=outcomes.count("leaked"),
                start=settings.readiness,
                end=state.readiness[channel],
            )
        )
    return tuple(uses)


def is_late(sent: Sent, table: GameTable) -> bool:
    """It was not lost and did not arrive in its turn, as its channel in good order would have had it."""
    act = sent.act
    in_good_order = act.hour + table.scenario.channels[act.channel].latency
    could_be_here = act.outcome != "unanswered" and in_good_order <= table.hours[act.turn]
    return sent.arrived != act.turn and could_be_here


def delivery_outcomes(sent: Sent, item: Received | None, table: GameTable) -> Iterator[Fared]:
    """How its channel served an act; nothing if it came in time and as it was sent."""
    outcome = sent.act.outcome
    if not sent.arrived:
        yield "lost" if outcome == "unanswered" else "waiting"
        return
    if item is not None and sent.arrived > sent.act.turn:
        yield "late" if is_late(sent, table) else "later"
    if outcome == "too-low" or outcome == "leaked":
        yield outcome


def silences(state: State) -> dict[ActKey, SilenceKind]:
    """Requests that met with silence, and whose it was; a holding note answers nothing."""
    acts = [sent.act for sent in state.acts.values() if sent.act.answers is not None]
    replied = [(act.answers, act.turn) for act in acts if act.answer != "holding"]
    held_requests = {request.act for request in state.requests if request.held}
    kinds: dict[ActKey, SilenceKind] = {}
    for turn, event in state.events_of(RequestUnanswered):
        if event.act not in kinds:
            sent_back = any(request == event.act and answer_turn <= turn for request, answer_turn in replied)
            silence: SilenceKind = "held" if event.act in held_requests else "kept"
            kinds[event.act] = "unheard" if event.lost else "replied" if sent_back else silence
    return kinds


def contacts(state: State) -> tuple[Contact, ...]:
    """Both sides."""
    silent = silences(state)
    return tuple(_contact(state, side, silent) for side in SIDES)


def _contact(state: State, side: Side, silent: dict[ActKey, SilenceKind]) -> Contact:
    own = [sent for key, sent in state.acts.items() if key[0] == side and sent.act.intent is not None]
    private = {sent.act.key for sent in own if sent.act.visibility == "private"}
    public = next((place for place, sent in enumerate(own) if sent.act.visibility == "public"), len(own))
    until = own[public].act.turn if public < len(own) else max((sent.arrived for sent in own), default=0)
    requests = [request for request in state.requests if request.act[0] == side]
    return Contact(
        side=side,
        first_contact=min((item.hour for item in state.team(other(side)).inbox if item.act in private), default=None),
        private_before_public=sum(0 < sent.arrived <= until for sent in own[:public]),
        public=len(own) - len(private),
        private=len(private),
        asked=len(requests),
        taken=sum(request.how == "accept" for request in requests),
        refused=sum(request.how == "decline" for request in requests),
        countered=sum(request.how == "counter" for request in requests),
        unanswered=sum(silent.get(request.act) in THEIRS for request in requests),
        unheard=sum(silent.get(request.act) in ("unheard", "replied") for request in requests),
        answered_late=sum(request.act in silent and request.status == "answered" for request in requests),
        stood=sum(request.how == "accept" and request.answer is None for request in requests),
        still_open=sum(request.act not in silent and request.status != "answered" for request in requests),
    )
