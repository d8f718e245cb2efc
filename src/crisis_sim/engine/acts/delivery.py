"""Delivery: what the channels do with committed moves, and what the moves set going.

Public words and deeds on the scene always arrive; a rule may have a proposal come before the other side later. A
private message is in time, late, taken too low, not taken up at all, or leaked, as the channel's readiness and the
session's luck decide; its sender is not told which. Where teams say who takes a call, each message arrives: luck
decides only whether it takes a turn more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import takewhile

from msgspec import UNSET, UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import Draft
from crisis_sim.engine.acts.options import calls_spent
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.moment_facts import MomentFacts, appearance_of, as_sender, at_act, moment_facts, roll
from crisis_sim.engine.state import Request, Sent, State, latest
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import scale
from crisis_sim.rules.base_settings import ChannelWord
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import SIDES, Outcome, Side, other


def deliver(recorder: EventRecorder) -> None:
    """Send both teams' lists, let arrive what is due, and note silences, readouts and promises."""
    previous_state, turn = recorder.state, recorder.state.turn
    late = [previous_state.acts[key] for key in previous_state.under_way.get(turn, ())]
    facts, keys = moment_facts(previous_state, recorder.table), []
    for side in SIDES:
        drafts = previous_state.team(side).drafts
        facts.begin_list(side)
        for order, draft in enumerate(drafts, 1):
            key = _send(recorder, facts, side, order, draft)
            keys.append(key)
            if order < len(drafts):
                facts.add(recorder.state.acts[key].act)
    for sent in late:
        _arrive(recorder, sent)
    for key in keys:
        sent = recorder.state.acts[key]
        if sent.due_turn == turn:
            _arrive(recorder, sent)
    for request in recorder.state.requests:
        if request.status == "open":
            _note_silence(recorder, request)
    for number, exchange in enumerate(recorder.state.exchanges, 1):
        if not exchange.closed and exchange.turn < turn:
            _compare(recorder, number)
    _use_channels(recorder)


def channel_word(state: State, table: GameTable, channel: str) -> ChannelWord:
    """The stretch of readiness that a channel is in; the first one begins at 0."""
    readiness, words = state.readiness[channel], table.base.channels.states
    for word in reversed(words):
        if word.at <= readiness:
            return word
    return words[0]


def latency_of(state: State, table: GameTable, channel: str) -> int:
    """Hours that one message over a channel takes as things stand."""
    return hours_over(state, table, channel, channel_word(state, table, channel))


def hours_over(state: State, table: GameTable, channel: str, word: ChannelWord) -> int:
    """The same, where it is known what stretch of readiness the channel is in."""
    hours = table.scenario.channels[channel].latency * word.latency * latest(state.latency, channel, 100)
    return (hours + 9_999) // 10_000


def is_certain(table: GameTable, channel: str, visibility: str) -> bool:
    """Nothing can keep it from arriving at once: it is public, or done on the scene."""
    return visibility == "public" or table.scenario.channels[channel].latency == 0


def risks(state: State, table: GameTable, side: Side, channel: str) -> tuple[int, int]:
    """Percent chances that a private message of `side` is not taken up, or takes a turn more; and is taken too low."""
    word, channels = channel_word(state, table, channel), table.base.channels
    eased = latest(state.odds, f"{other(side)}/{channel}", 0)
    limit = max(channel_state.unanswered for channel_state in channels.states) if channels.takers else 100
    return max(0, min(limit, word.unanswered - eased)), word.too_low


def is_accepted_on_arrival(
    state: State, acts: Mapping[e.ActKey, Sent], table: GameTable, side: Side, move: str, terms: Iterable[str] = ()
) -> bool:
    """What a team asks stands as accepted once it arrives, under what both have accepted; of each move once."""
    asks = table.moves[move].asks
    if asks is None or (rule := asks.stands) is None or (rule.under, None) not in state.truths:
        return False
    accepted = [
        acts[request.act].act for request in state.requests if request.how is not None and request.answer is None
    ]
    return set(rule.unless).isdisjoint(terms) and not any((act.side, act.move) == (side, move) for act in accepted)


def _send(recorder: EventRecorder, facts: MomentFacts, side: Side, order: int, draft: Draft) -> e.ActKey:
    """Put an act on record with how it fares, and say what names it; `facts` know the side's own acts before it."""
    state, table = facts.state, recorder.table
    channel = table.scenario.channels[draft.channel]
    answered = _request_of(state, side, draft)
    outcome: Outcome = "in-time"
    hours, certain = 0, is_certain(table, draft.channel, draft.visibility)
    if not certain:
        outcome = _outcome(state, table, side, order, draft, answered)
        hours = latency_of(state, table, draft.channel)
    slips = outcome == "late"
    if answered is not None and state.sent(answered.act).act.channel == draft.channel:
        hours = min(hours, max(0, state.ends - state.hour - 1))
    due_hour = state.hour + hours
    if outcome == "in-time" and due_hour > state.ends:
        outcome = "late"
    terms, unseen, mistaken = _shown(facts, draft)
    act = Act(
        side=side,
        turn=state.turn,
        hour=state.hour,
        order=order,
        move=draft.move,
        channel=draft.channel,
        channel_kind=channel.kind,
        track=channel.track,
        level=channel.level,
        visibility=draft.visibility,
        terms=terms,
        promise=draft.promise,
        about=draft.about,
        answer=draft.how,
        answers=answered.act if answered is not None else None,
        intent=draft.intent,
        expected=draft.expected,
        audience=draft.audience,
        outcome=outcome,
        line=draft.line,
        asset=draft.asset,
        taker=draft.taker,
        purpose=draft.purpose,
        their_purpose=draft.their_purpose,
        unseen=unseen,
        mistaken=mistaken,
        discloses=draft.discloses,
        backed=draft.backed,
        truth=draft.truth,
        cites=draft.cites,
    )
    turn, key = 0 if outcome == "unanswered" else _turn_at(state, table, due_hour), act.key
    delay, unclear = _delivery_rules(recorder, facts, act)
    delay += slips
    sent = e.ActSent(
        act,
        draft.text,
        turn + delay if turn else 0,
        due_hour,
        _weight(table, act),
        unclear,
        visible="facilitator",
    )
    recorder.tell(sent)
    if table.moves[draft.move].asks is not None:
        within = max(table.base.answer_within, channel.latency)
        studied = table.hours[turn + delay - 1] if turn and delay and turn + delay <= table.turns else 0
        recorder.tell(e.RequestOpened(key, max(due_hour, studied) + within, visible=side))
    return key


def _shown(
    facts: MomentFacts, draft: Draft
) -> tuple[tuple[str, ...], tuple[str, ...] | UnsetType, tuple[str, ...] | UnsetType]:
    """Terms and what is seen of the thing, what is true of it and not seen, and what is seen and not true."""
    if isinstance(draft.asset, UnsetType):
        return draft.terms, UNSET, UNSET
    can_be = facts.table.moves[draft.move].terms
    as_sender(facts, facts.sender)
    is_so, apparent = appearance_of(facts, draft.asset)
    unseen = tuple([term for term in is_so if term in can_be and term not in apparent])
    mistaken = tuple([term for term in apparent if term in can_be and term not in is_so])
    return (*draft.terms, *[term for term in apparent if term in can_be]), unseen, mistaken


def _request_of(state: State, side: Side, draft: Draft) -> Request | None:
    """The request that a draft answers."""
    if draft.answers is None:
        return None
    key = state.team(side).inbox[draft.answers - 1].act
    return next(request for request in reversed(state.requests) if request.act == key)


def _outcome(state: State, table: GameTable, side: Side, order: int, draft: Draft, answered: Request | None) -> Outcome:
    """What the channel does with a private draft. An answer over the channel it was asked on is always taken up.

    Late is what takes a turn more by luck alone.
    """
    team_name = table.names[side]
    if answered is None or state.sent(answered.act).act.channel != draft.channel:
        unanswered, too_low = risks(state, table, side, draft.channel)
        luck = roll(table.seed, "channel", team_name, state.turn, order)
        if luck < unanswered:
            return "late" if table.base.channels.takers else "unanswered"
        if luck < unanswered + too_low:
            return "too-low"
    channel = table.scenario.channels[draft.channel]
    leak = table.base.channels.leak if channel.leak is None else channel.leak
    return "leaked" if roll(table.seed, "leak", team_name, state.turn, order) < leak else "in-time"


def _turn_at(state: State, table: GameTable, hour: int) -> int:
    """The turn in whose hours something arrives that takes until `hour`; after the last one ends it never does."""
    if hour <= state.ends:
        return state.turn
    turn = bisect_left(table.hours, hour)
    return turn if turn <= table.turns else 0


def _weight(table: GameTable, act: Act) -> int:
    """The catalogue's weight after what the channel did to it, hundredths."""
    weight, settings = table.moves[act.move].weight, table.base.channels
    if act.track != "1":
        return 0  # unofficial
    if act.outcome == "too-low":
        weight = scale(weight, settings.too_low_weight)
    if not isinstance(act.taker, UnsetType):
        weight = scale(weight, settings.takers[act.taker].weight)
    if act.outcome == "leaked" and weight > 0:
        weight = scale(weight, settings.leak_weight)
    return weight


def _delivery_rules(recorder: EventRecorder, facts: MomentFacts, act: Act) -> tuple[int, str | None]:
    """What rules on delivery do to an act: turns of delay, and the rule that makes it unclear."""
    delay, unclear = 0, None
    at_act(facts, act, None)
    for rule in recorder.table.delivering(facts):
        if not (
            rule.only_once_for and recorder.has_fired(rule.rule, act.side if rule.only_once_for == "side" else None)
        ):
            recorder.fire(rule, act.side, act.key)
            delay += rule.delay
            unclear = rule.rule if rule.unclear else unclear
    return delay, unclear


def turns_longer(facts: MomentFacts, move: str, terms: tuple[str, ...] = ()) -> int:
    """Turns that rules on delivery would add to a move of `facts.sender` that answers nothing, as things stand."""
    facts.act = Act(
        side=facts.sender,
        turn=facts.state.turn,
        hour=facts.state.hour,
        order=1,
        move=move,
        channel="",
        channel_kind="",
        track="1",
        level="working",
        visibility="public",
        terms=terms,
    )
    return sum(rule.delay for rule in facts.table.delivering(facts))


def _arrive(recorder: EventRecorder, sent: Sent) -> None:
    """Let an act reach the other team, answer what it answers, and put its promise on record."""
    act, key, receiver = sent.act, sent.act.key, other(sent.act.side)
    hour, visible = max(recorder.state.hour, sent.due_hour), "everyone" if act.is_public else receiver
    recorder.tell(e.ActArrived(key, receiver, hour, visible=visible))
    if act.answers is not None and act.answer is not None:
        _answer(recorder, sent)
    if is_accepted_on_arrival(recorder.state, recorder.state.acts, recorder.table, act.side, act.move, act.terms):
        recorder.tell(e.CaseStood(key, visible=visible))
    if act.promise is not None and act.track == "1" and recorder.table.commitments[act.promise].binds == "maker":
        _promise(recorder, act.promise, act.side, key)


def _answer(recorder: EventRecorder, sent: Sent) -> None:
    """An answer arrived: a request is settled, an exchange held, a mutual promise made."""
    act, table = sent.act, recorder.table
    assert act.answers is not None and act.answer is not None
    request = next(request for request in recorder.state.requests if request.act == act.answers)
    if request.status == "answered":
        return
    recorder.tell(e.RequestAnswered(act.answers, act.key, act.answer, visible=act.answers[0]))
    asked_act = recorder.state.acts[act.answers].act
    if act.answer != "accept":
        return
    takers = table.base.channels.takers
    binds = act.track == "1" and (isinstance(act.taker, UnsetType) or takers[act.taker].binds)
    if table.moves[asked_act.move].exchange and not calls_spent(recorder.state, table):
        recorder.tell(e.ExchangeHeld(act.answers, act.key, visible="everyone"))
    if binds and asked_act.promise is not None and table.commitments[asked_act.promise].binds == "both":
        for side in SIDES:
            _promise(recorder, asked_act.promise, side, act.key)


def _promise(recorder: EventRecorder, commitment: str, side: Side, key: e.ActKey) -> None:
    """Bind a side, unless it is bound already."""
    bound = commitment, side, True
    if not any((promise.commitment, promise.side, promise.binds) == bound for promise in recorder.state.promises):
        recorder.tell(e.CommitmentMade(commitment, side, key, visible="everyone"))


def _note_silence(recorder: EventRecorder, request: Request) -> None:
    """Log an open request that is past its time without an answer; a holding note has bought one more turn."""
    sent, turn = recorder.state.acts[request.act], recorder.state.turn
    if request.due_hour > recorder.state.hour or sent.act.turn == turn:
        return
    if request.held and request.answer is not None and request.answer[1] >= turn - 1:
        return
    table = recorder.table
    if table.base.channels.takers and _is_under_way(recorder, request):
        return
    if table.moves[sent.act.move].exchange and calls_spent(recorder.state, table):
        return  # nobody could have taken it
    lost = sent.arrived == 0 or sent.arrived >= turn
    recorder.tell(e.RequestUnanswered(request.act, lost, visible=request.act[0]))


def _is_under_way(recorder: EventRecorder, request: Request) -> bool:
    """An answer to a request has been sent and has not arrived; that is no silence."""
    since = takewhile(lambda sent: sent.act.turn >= request.act[1], reversed(recorder.state.acts.values()))
    return any(sent.act.answers == request.act and sent.arrived == 0 for sent in since)


def _compare(recorder: EventRecorder, number: int) -> None:
    """Publish the readouts of an exchange and compare them; nothing if neither side gave one."""
    exchange = recorder.state.exchanges[number - 1]
    us, china = exchange.us, exchange.china
    author: Side | None = None
    if us is not None and china is not None:
        is_match = us.outcome == china.outcome and abs(us.tone - china.tone) <= 1
        recorder.tell(e.ReadoutsCompared(number, "match" if is_match else "differ", None, visible="everyone"))
    elif us is not None or china is not None:
        author = "us" if us is not None else "china"
        recorder.tell(e.ReadoutsCompared(number, "one-sided", author, visible="everyone"))


def _use_channels(recorder: EventRecorder) -> None:
    """A channel that carried something this turn is a little readier for it."""
    use = recorder.table.base.channels.use
    cause, used = Cause("channel-use", recorder.table.place("base/channels")), recorder.state.used
    for channel in recorder.table.scenario.channels:
        if channel in used:
            recorder.shift("readiness", channel, use, cause, (0, 100))
