"""Things that are more, or less, than they were seen as: what that would have done, and what follows once it is known.

An act is judged by what was seen of the thing that it was made with. Where that was less than the thing is, what the
rest would have weighed and pressed is worked out at the same moment and kept; whether and when it comes out is luck, of
the seed, the turn and the act alone. What was taken for more than it is costs nobody anything, and is told once it is
seen to be less.
"""

from __future__ import annotations

from msgspec import UnsetType
from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.applied_effects import cross, is_crossed
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.judging.hearing import judged_as
from crisis_sim.engine.judging.pressing import press
from crisis_sim.engine.moment_facts import MomentFacts, appearance_of, moment_facts, roll
from crisis_sim.engine.state import Sent
from crisis_sim.numbers import scale
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import Side, other


def note_concealed(recorder: EventRecorder, facts: MomentFacts, sent: Sent) -> None:
    """Keep what an act would have done if all that is true of its thing had been seen."""
    act, settings = sent.act, recorder.table.base.assets
    assert not (isinstance(act.asset, UnsetType) or isinstance(act.unseen, UnsetType))
    apparent = judged_as(recorder, facts, sent, act)
    whole = judged_as(recorder, facts, sent, replace(act, terms=(*act.terms, *act.unseen)))
    more = ((line, amount - apparent.presses.get(line, 0)) for line, amount in whole.presses.items())
    recorder.tell(
        e.AssetConcealed(
            visible="facilitator",
            side=act.side,
            asset=act.asset,
            act=act.key,
            terms=act.unseen,
            weight=max(0, whole.weight.now - apparent.weight.now),
            presses=tuple([(line, amount) for line, amount in more if amount > 0]),
            crosses=tuple([line for line in whole.crosses if line not in apparent.crosses]),
            due=0 if settings is None else due_turn(recorder, act, settings.found, settings.within),
        )
    )


def due_turn(recorder: EventRecorder, act: Act, chance: int, within: int) -> int:
    """The turn in which it comes out what an act concealed, or 0; after the last turn it does so at the close."""
    table, turn = recorder.table, recorder.state.turn
    team_name = table.names[act.side]
    if roll(table.seed, "found-out", team_name, act.turn, act.order) >= chance:
        return 0
    return turn + 1 + roll(table.seed, "found-out/when", team_name, act.turn, act.order) * within // 100


def find_out(recorder: EventRecorder, *, close: bool = False) -> None:
    """Let come out what is due; at the close, all that would have come out."""
    turn, hidden = recorder.state.turn, recorder.state.concealed
    due_assets = {concealment.asset for concealment in hidden if concealment.due and (close or concealment.due <= turn)}
    deceived = set[str]()
    for concealment in hidden:
        if concealment.asset in due_assets:
            _come_out(recorder, concealment, is_first=concealment.asset not in deceived)
            deceived.add(concealment.asset)
    _clear_up(recorder)


def _come_out(recorder: EventRecorder, concealment: e.AssetConcealed, *, is_first: bool) -> None:
    """The other team learns it, and what was not counted counts; to have been deceived over one thing costs trust once.

    With a thing come out all acts that were made with it.
    """
    table, owner = recorder.table, other(concealment.side)
    settings = table.base.assets
    assert settings is not None, "without it nothing is due"
    event = e.AssetFoundOut(
        visible="everyone", side=concealment.side, asset=concealment.asset, act=concealment.act, terms=concealment.terms
    )
    recorder.tell(event)
    cause = Cause("found out", table.place("base/assets"), concealment.side, concealment.act)
    recorder.raise_tension(concealment.weight, cause)
    for line, amount in concealment.presses:
        press(recorder, owner, line, scale(amount, settings.pressure), cause)
    if is_first:
        recorder.shift("trust", owner, settings.trust, cause)
    for line in concealment.crosses:
        if not is_crossed(recorder.state, owner, line):
            cross(recorder, owner, line, cause)


def _clear_up(recorder: EventRecorder) -> None:
    """Things that had been taken for more than they are, and are so no longer, are told once."""
    frame, waiting = recorder.state, dict[str, tuple[Side, set[str]]]()
    for act in frame.mistaken:
        asset, mistaken = act.asset, act.mistaken
        if not (isinstance(asset, UnsetType) or isinstance(mistaken, UnsetType) or asset in frame.cleared_up):
            waiting.setdefault(asset, (act.side, set()))[1].update(mistaken)
    for asset, (side, taken_for) in waiting.items():
        apparent = appearance_of(moment_facts(recorder.state, recorder.table, side), asset).seen
        if taken_for.isdisjoint(apparent):
            terms = tuple(sorted(taken_for))
            recorder.tell(e.AssetClearedUp(visible="everyone", side=side, asset=asset, terms=terms))
