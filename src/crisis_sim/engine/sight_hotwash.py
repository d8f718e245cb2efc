"""What is opened after play: the meant/read pairs, lines and guesses, forecasts, channels, and the curves."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine import events as e
from crisis_sim.engine.channel_use import Silence, contacts, is_late, silences
from crisis_sim.engine.keeping import each_unless_changed, kept
from crisis_sim.engine.matching import matches
from crisis_sim.engine.phrases import TEAM, clock_word, hostility, say, signed
from crisis_sim.engine.sight_dealings import channel_stories, courses
from crisis_sim.engine.sight_lines import guess_views, line_views
from crisis_sim.engine.sight_notes import room_notes
from crisis_sim.engine.sight_pairs import meaning_pairs
from crisis_sim.engine.sight_traces import flags_told
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import channel_name, line_says, move_label, parts
from crisis_sim.engine.views import (
    ForecastScore,
    HotwashView,
    LineComparison,
    MeaningPair,
    QuestionView,
    ScoreView,
    SideScore,
    TrackView,
)
from crisis_sim.rules.names import SIDES, Language, Side, other

OPENED = (
    *("us", "china", "tension", "tracks", "tracks_before", "acts", "requests", "exchanges", "crossings", "flags"),
    *("curve", "story", "injects", "promises", "readiness", "suspended"),
)
"""What the hotwash is made of."""


@kept("tracks", "tracks_before")
def track_views(state: State, table: Table, language: Language) -> tuple[TrackView, ...]:
    """The tracks as everybody sees them."""
    return tuple(
        TrackView(
            id=track,
            name=of.name.in_(language),
            unit=of.unit.in_(language),
            value=state.tracks[track],
            least=of.least,
            most=of.most,
            good=of.good,
            runs_out=of.runs_out,
            change=state.tracks[track] - state.tracks_before.get(track, of.start),
            word=clock_word(language, state.tracks[track] - of.least, of.most - of.least) if of.runs_out else "",
        )
        for track, of in table.scenario.tracks.items()
    )


@kept(*("tension", "curve"), *(f"{side}.{meter}" for side in SIDES for meter in ("felt", "trust", "standing")))
def score_view(state: State, table: Table, language: Language, sides: tuple[Side, ...] = SIDES) -> ScoreView:
    """Tension as it stands, and the own numbers of these sides, which their sealed readings have moved."""
    rungs = [rung for rung in table.base.tension.rungs if rung.at <= state.tension]
    return ScoreView(
        tension=state.tension,
        rung=(rungs[-1] if rungs else table.base.tension.rungs[0]).name.in_(language),
        curve=tuple([tension for tension, _, _ in state.curve]),
        sides=tuple([_side_score(state, side) for side in sides]),
    )


def _side_score(state: State, side: Side) -> SideScore:
    team, place = state.team(side), 1 + SIDES.index(side)
    felt = tuple([point[place] for point in state.curve])
    return SideScore(side=side, felt=team.felt, curve=felt, trust=team.trust, standing=team.standing)


@kept(*OPENED)
def hotwash_view(state: State, table: Table, language: Language) -> HotwashView:
    """Everything that was sealed, laid side by side."""
    pairs = meaning_pairs(state, table, language)
    asked, silent = state.requests, silences(state)
    return HotwashView(
        pairs=pairs,
        mean_gap_us=_mean_gap(pairs, "us"),
        mean_gap_china=_mean_gap(pairs, "china"),
        lines=tuple(
            LineComparison(
                side=side,
                lines=line_views(state, table, side, language),
                guesses_before=guess_views(table, state.team(other(side)).guesses_before, language),
                guesses_after=guess_views(table, state.team(other(side)).guesses_after, language),
                expected_before=guess_views(table, state.team(side).expected_before, language),
                expected_after=guess_views(table, state.team(side).expected_after, language),
                matched_before=matches(state, table, side, state.team(other(side)).guesses_before),
                matched_after=matches(state, table, side, state.team(other(side)).guesses_after),
                thought=_thought(state, table, side),
            )
            for side in SIDES
        ),
        forecasts_us=forecast_scores(state, table, "us", language),
        forecasts_china=forecast_scores(state, table, "china", language),
        brier_us=_brier(state, "us"),
        brier_china=_brier(state, "china"),
        asked=len(asked),
        taken=sum(request.how == "accept" for request in asked),
        refused=sum(request.how == "decline" for request in asked),
        unanswered=sum(whose == "kept" for whose in silent.values()),
        unheard=sum(whose != "kept" for whose in silent.values()),
        silences=tuple(_silence(state, table, key, whose, language) for key, whose in silent.items()),
        crossings=tuple(_crossings(state, table, language)),
        near_misses=tuple(_near_misses(state, table, language)),
        flags=flags_told(state, table, language),
        readouts=tuple(_readouts(state, table, language)),
        score=score_view(state, table, language),
        tracks=track_views(state, table, language),
        questions=tuple(_questions(state, table, language)),
        blind_turns=tuple(dict.fromkeys(turn for turn, flag in state.flags if flag == "blind-dilemma")),
        channels=channel_stories(state, table, language),
        contacts=contacts(state),
        courses=courses(state, table, language),
        notes=room_notes(state, table),
    )


def _thought(state: State, table: Table, side: Side) -> tuple[str, ...] | None:
    """Lines of a team that it thought the other guesses, the last time that both said something."""
    own, their = state.team(side), state.team(other(side))
    for expected, guesses in (
        (own.expected_after, their.guesses_after),
        (own.expected_before, their.guesses_before),
    ):
        if expected and guesses:
            return tuple(line for line, _ in matches(state, table, side, expected))
    return None


def _questions(state: State, table: Table, language: Language) -> Iterator[QuestionView]:
    """The scenario's questions, each with what it recalls."""
    for question in table.scenario.hotwash:
        recalled = (_recalled(state, table, name, language) for name in question.recalls)
        recalls = tuple(name.rstrip(".。") for name in recalled if name)
        yield QuestionView(ask=question.ask.in_(language), about=question.about, recalls=recalls)


def _recalled(state: State, table: Table, name: str, language: Language) -> str:
    """What people call a thing that a question recalls; empty for what did not happen in this session."""
    scenario = table.scenario
    if name in table.injects:
        return table.injects[name].title.in_(language) if state.injects.get(name, 0) > 0 else ""
    for side in SIDES:
        if f"{side}/{name}" in table.lines:
            return line_says(state, table, side, name, language) if name in state.team(side).adopted else ""
    if name in scenario.channels:
        return channel_name(table, name, language)
    if name in scenario.tracks:
        return scenario.tracks[name].name.in_(language)
    if name in table.moves:
        return move_label(table, name, language) if any(sent.act.move == name for sent in state.acts.values()) else ""
    made = any(promise.commitment == name for promise in state.promises)
    return table.commitments[name].says.in_(language) if made else ""


def _mean_gap(pairs: tuple[MeaningPair, ...], side: Side) -> int | None:
    """Mean of reading minus intent over a side's acts that were read, hundredths; None if none was."""
    gaps = [pair.gap for pair in pairs if pair.side == side and pair.gap is not None]
    return _divided(sum(gaps) * 100, len(gaps)) if gaps else None


def _divided(total: int, count: int) -> int:
    """A quotient to the nearest whole, halves away from zero."""
    return (2 * total + count) // (2 * count) if total >= 0 else -((-2 * total + count) // (2 * count))


@kept(own=("scored",))
def forecast_scores(state: State, table: Table, side: Side, language: Language) -> tuple[ForecastScore, ...]:
    """A team's forecasts that have come due."""
    asks = {forecast.id: forecast.ask.in_(language) for forecast in table.scenario.forecasts}

    def score(scored: tuple[str, int, int, bool]) -> ForecastScore:
        name, turn, chance, happened = scored
        return ForecastScore(ask=asks[name], turn=turn, chance=chance, happened=happened)

    return tuple(each_unless_changed(table, (forecast_scores, side, language), state.team(side).scored, score))


def _brier(state: State, side: Side) -> int | None:
    """Brier score of a team's forecasts, (1/N) Σ (f − o)², in hundredths; None without forecasts."""
    squares = [(chance - 100 * happened) ** 2 for _, _, chance, happened in state.team(side).scored]
    return _divided(sum(squares), len(squares) * 100) if squares else None


def _silence(state: State, table: Table, key: e.Key, whose: Silence, language: Language) -> str:
    """A silence, and what became of the request: the truth that neither room knew."""
    sent = state.sent(key)
    act = sent.act
    if whose != "unheard":
        fate = "fate-replied" if whose == "replied" else "fate-had"
    elif not sent.arrived:
        fate = "fate-lost"
    else:
        fate = "fate-late" if is_late(sent, table) else "fate-later"
    words = parts(table, act, language)
    return say(language, "silence-fate", turn=act.turn, fate=say(language, fate, turn=sent.arrived), **words)


def _crossings(state: State, table: Table, language: Language) -> list[str]:
    """Red lines that were crossed, in the order of play."""
    told = []
    for crossing in state.crossings:
        says = line_says(state, table, crossing.side, crossing.line, language)
        if crossing.through is not None:
            small = line_says(state, table, crossing.side, crossing.through, language)
            says = say(language, "with-small-steps", says=says, steps=say(language, "crossed-through", says=small))
        told.append(say(language, "line-in-turn", side=TEAM[language][crossing.side], turn=crossing.turn, says=says))
    return told


def _near_misses(state: State, table: Table, language: Language) -> list[str]:
    """Pink lines that came near their limit."""
    told = []
    for turn, events in enumerate(state.story):
        for event in events:
            if isinstance(event, e.NearMiss):
                says = line_says(state, table, event.side, event.line, language)
                told.append(say(language, "line-in-turn", side=TEAM[language][event.side], turn=turn, says=says))
    return told


def _readouts(state: State, table: Table, language: Language) -> list[str]:
    """How the two accounts of each exchange compare."""
    told = []
    for exchange in state.exchanges:
        if exchange.result is None:
            continue
        accounts = []
        for side in SIDES:
            readout = exchange.us if side == "us" else exchange.china
            if readout is not None:
                words = {
                    "side": TEAM[language][side],
                    "outcome": say(language, readout.outcome),
                    "tone": signed(readout.tone),
                    "word": hostility(language, readout.tone),
                }
                accounts.append(say(language, "readout", **words))
        by: Side = "us" if exchange.us is not None else "china"
        head = say(language, f"readouts-{exchange.result}", side=TEAM[language][by])
        told.append(say(language, "head-and-accounts", head=head, accounts=say(language, "; ").join(accounts)))
    return told
