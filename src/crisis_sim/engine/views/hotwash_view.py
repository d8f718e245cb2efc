"""What is opened after play: the meant/read pairs, lines and guesses, forecasts, channels, and what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.state import Crossing, Received, State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views import act_views, channel_use, record_opened
from crisis_sim.engine.views.act_views import spread_facts
from crisis_sim.engine.views.asset_views import asset_stories, private_fact_stories
from crisis_sim.engine.views.closer_views import closer_stories
from crisis_sim.engine.views.decision_views import home_facts
from crisis_sim.engine.views.hotwash_facts import (
    ConclusionFacts,
    CrossingFacts,
    ExchangeResult,
    HotwashFacts,
    LineComparisonFacts,
    LineDisclosureFacts,
    PairFacts,
    QuestionFacts,
    ReplyFacts,
    SilenceFacts,
)
from crisis_sim.engine.views.score_views import score_facts
from crisis_sim.numbers import rounded
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Side, Words, other


def hotwash_facts(state: State, table: GameTable, seat: SeatName = "facilitator") -> HotwashFacts:
    """Everything that was sealed, laid side by side; what single persons of a team said is for that team."""
    pairs = pair_facts(state, table)
    requests, silent = state.requests, channel_use.silences(state)
    return HotwashFacts(
        pairs=pairs,
        mean_gap_us=_mean(pair.gap for pair in pairs if pair.side == "us"),
        mean_gap_china=_mean(pair.gap for pair in pairs if pair.side == "china"),
        unforeseen_us=_mean(pair.unforeseen for pair in pairs if pair.side == "us"),
        unforeseen_china=_mean(pair.unforeseen for pair in pairs if pair.side == "china"),
        lines=tuple([_comparison(state, table, side) for side in SIDES]),
        forecasts_us=act_views.forecast_scores(state, table, "us"),
        forecasts_china=act_views.forecast_scores(state, table, "china"),
        brier_us=_brier(state, "us"),
        brier_china=_brier(state, "china"),
        asked=len(requests),
        taken=sum(request.how == "accept" for request in requests),
        refused=sum(request.how == "decline" for request in requests),
        unanswered=sum(kind in channel_use.THEIRS for kind in silent.values()),
        unheard=sum(kind not in channel_use.THEIRS for kind in silent.values()),
        silences=tuple([_silence(state, table, key, kind) for key, kind in silent.items()]),
        crossings=tuple(_crossings(state, table, state.crossings)),
        claims=tuple(_crossings(state, table, state.claims)),
        conclusions=tuple(_conclusions(state, table)),
        tellings=tuple(_tellings(state, table)),
        near_misses=tuple(_near_misses(state, table)),
        pledges=act_views.pledge_facts(state, table, None, past=True),
        home=home_facts(state, table),
        principles=act_views.principle_facts(state) if table.asks("principles") else None,
        instructions=record_opened.instruction_facts(state, table),
        beliefs=record_opened.belief_facts(state, table),
        citations=act_views.citation_facts(state),
        flags=act_views.flag_facts(state, table),
        readouts=tuple(_readouts(state)),
        score=score_facts(state),
        questions=tuple(_questions(state, table)),
        blind_turns=tuple(dict.fromkeys(turn for turn, flag, _ in state.flags if flag == "blind-dilemma")),
        channels=channel_use.channel_uses(state, table),
        suspended=tuple(state.suspended),
        contacts=channel_use.contacts(state),
        courses=record_opened.course_facts(state, table),
        notes=act_views.room_notes(state),
        talks=record_opened.talk_facts(state, table),
        orders=record_opened.order_facts(state, table),
        mirrored=tuple(dict.fromkeys(turn for turn, _ in state.events_of(e.MirrorHeld))),
        closer=closer_stories(state, table),
        calls=record_opened.call_facts(state, table),
        assets=asset_stories(state, table),
        private_facts=private_fact_stories(state, table, "facilitator"),
        spreads=spread_facts(state, seat),
    )


def _comparison(state: State, table: GameTable, side: Side) -> LineComparisonFacts:
    """A team's lines, and what the other side guessed of them."""
    their = state.team(other(side))
    return LineComparisonFacts(
        side=side,
        lines=act_views.line_facts(state, table, side),
        guesses_before=act_views.guess_facts(their.guesses_before),
        guesses_after=act_views.guess_facts(their.guesses_after),
        matched_before=act_views.matches(state, table, side, their.guesses_before),
        matched_after=act_views.matches(state, table, side, their.guesses_after),
    )


def _questions(state: State, table: GameTable) -> Iterator[QuestionFacts]:
    """The scenario's questions, each with what it recalls; none about what this length leaves out."""
    for question in table.scenario.hotwash:
        if question.recalls and all(_left_out(table, name) for name in question.recalls):
            continue
        recalled = (_recalled(state, table, name) for name in question.recalls)
        recalls = tuple([words for words in recalled if words is not None])
        yield QuestionFacts(ask=question.ask.words, about=question.about, recalls=recalls)


def _left_out(table: GameTable, name: str) -> bool:
    """It is an inject that no session of this length tells."""
    return name in table.injects and table.length not in table.injects[name].lengths


def _recalled(state: State, table: GameTable, name: str) -> Words | None:
    """What people call a thing that a question recalls; None for what did not happen in this session."""
    scenario = table.scenario
    if name in table.injects:
        return table.injects[name].title.words if state.injects.get(name, 0) > 0 else None
    for side in SIDES:
        if f"{side}/{name}" in table.lines:
            return act_views.line_words(state, table, side, name) if name in state.team(side).adopted else None
    if name in scenario.channels:
        return scenario.channels[name].name.words
    if name in scenario.tracks:
        return scenario.tracks[name].name.words
    if name in table.moves:
        has_happened = any(sent.act.move == name for sent in state.acts.values())
        return table.moves[name].label.words if has_happened else None
    has_happened = any(promise.commitment == name for promise in state.promises)
    return table.commitments[name].says.words if has_happened else None


def _mean(parts: Iterable[int | None]) -> int | None:
    """Mean of the parts of gaps that are known, hundredths; None if none is."""
    gaps = [part for part in parts if part is not None]
    return rounded(sum(gaps) * 100, len(gaps)) if gaps else None


def _brier(state: State, side: Side) -> int | None:
    """Brier score of a team's forecasts, in hundredths; None without forecasts."""
    score = record_opened.brier([(chance, happened) for _, _, chance, happened in state.team(side).scored])
    return None if score is None else rounded(score.numerator * 100, score.denominator)


def _silence(state: State, table: GameTable, key: e.ActKey, kind: channel_use.SilenceKind) -> SilenceFacts:
    """A silence, and what became of the request."""
    sent = state.sent(key)
    act = act_views.head_of(table, sent, None)
    if kind != "unheard":
        return SilenceFacts(act=act, turn=key[1], fate="had" if kind == "kept" else kind, arrived=sent.arrived)
    fate = "lost" if not sent.arrived else "late" if channel_use.is_late(sent, table) else "later"
    return SilenceFacts(act=act, turn=key[1], fate=fate, arrived=sent.arrived)  # type: ignore[arg-type]  # one of them


def _crossings(state: State, table: GameTable, crossings: Iterable[Crossing]) -> Iterator[CrossingFacts]:
    """Red lines that were crossed, or held crossed, in the order of play."""
    declared = {(event.side, event.line) for _, event in state.events_of(e.CrossingDeclared)}
    for crossing in crossings:
        side = crossing.side
        yield CrossingFacts(
            side=side,
            turn=crossing.turn,
            line=act_views.line_words(state, table, side, crossing.line),
            act=None if crossing.act is None else act_views.head_of(table, state.sent(crossing.act), None),
            is_declared=(side, crossing.line) in declared,
        )


def _conclusions(state: State, table: GameTable) -> Iterator[ConclusionFacts]:
    """Conclusions that were drawn, in the order of play."""
    for turn, event, drawn_back, answered in record_opened.conclusions_drawn(state):
        line, red = (act_views.line_words(state, table, event.side, name) for name in (event.line, event.leads_to))
        yield ConclusionFacts(
            side=event.side,
            turn=turn,
            line=line,
            leads_to=red,
            drawn_back=drawn_back,
            act=None if event.act is None else act_views.head_of(table, state.sent(event.act), None),
            answer=None if answered is None else answered.answer,
            said=answered is None or answered.said,
        )


def _tellings(state: State, table: GameTable) -> Iterator[LineDisclosureFacts]:
    """Lines that teams told each other of, in the order of play."""
    for line_told in sorted(record_opened.line_disclosures(state), key=lambda line_told: line_told.act[1]):
        side, turn, _order = line_told.act
        yield LineDisclosureFacts(
            side=side,
            turn=turn,
            line=act_views.line_words(state, table, side, line_told.line),
            visibility=line_told.visibility,
            arrived=line_told.arrived > 0,
            is_bluff=line_told.is_bluff,
        )


def _near_misses(state: State, table: GameTable) -> Iterator[CrossingFacts]:
    """Pink lines that came near their limit."""
    for turn, event in state.events_of(e.NearMiss):
        yield CrossingFacts(side=event.side, turn=turn, line=act_views.line_words(state, table, event.side, event.line))


def _readouts(state: State) -> Iterator[ExchangeResult]:
    """How the two accounts of each exchange compare."""
    for exchange in state.exchanges:
        if exchange.result is not None:
            side: Side = "us" if exchange.us is not None else "china"
            yield ExchangeResult(result=exchange.result, by=side, accounts=act_views.accounts_of(exchange))


def pair_facts(state: State, table: GameTable) -> tuple[PairFacts, ...]:
    """Every act with what was sealed of it: what was least foreseen first, then the largest gap."""
    readings = {item.act: item for side in SIDES for item in state.team(side).inbox}
    pairs = [_pair(state, table, key, readings.get(key)) for key in state.acts]
    ranked = (
        (act_views.by_surprise((pair.side, pair.turn, pair.order), pair.gap, pair.unforeseen), pair) for pair in pairs
    )
    return tuple([pair for _, pair in sorted(ranked, key=lambda pair: pair[0])])


def _pair(state: State, table: GameTable, key: e.ActKey, item: Received | None) -> PairFacts:
    sent = state.acts[key]
    act, reading = sent.act, item.hostility if item is not None else None
    expected = value_or_none(act.expected)
    touched = item.touches if item is not None else None
    return PairFacts(
        side=key[0],
        turn=key[1],
        order=key[2],
        act=act_views.act_for(table, sent, None),
        intent=act.intent,
        expected=expected,
        audience=value_or_none(act.audience),
        taken_for=item.audience if item is not None else None,
        reading=reading,
        confidence=item.confidence if item is not None else None,
        gap=None if reading is None or act.intent is None else reading - act.intent,
        unforeseen=None if reading is None or expected is None else reading - expected,
        foreseen=None if reading is None or expected is None or act.intent is None else expected - act.intent,
        arrived=sent.arrived,
        hours=item.hour - act.hour if item is not None and sent.arrived > act.turn else 0,
        fared=tuple(channel_use.delivery_outcomes(sent, item, table)),
        seen=None if sent.unclear is None else act_views.what_was_seen(table, sent) or {},
        touched=act_views.line_words(state, table, other(key[0]), touched) if touched else None,
        translated=item is not None and item.translated,
        replies=tuple(_replies(state, table, key)),
    )


def _replies(state: State, table: GameTable, key: e.ActKey) -> Iterator[ReplyFacts]:
    """What was answered to it, and both sides' accounts of the exchange that followed."""
    for request in state.requests:
        if request.act != key:
            continue
        if request.status == "silent":
            yield ReplyFacts()
        if request.answer is not None and request.how is not None:
            yield ReplyFacts(act=act_views.act_for(table, state.sent(request.answer), None), how=request.how)
        elif request.how is not None:
            yield ReplyFacts(how=request.how)
    for exchange in state.exchanges:
        if exchange.request == key:
            yield from (ReplyFacts(account=account) for account in act_views.accounts_of(exchange))
