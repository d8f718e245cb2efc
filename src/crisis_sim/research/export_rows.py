"""Who played a session, and its rows in each table, read off its log; free text and clock times stay out.

What is reckoned is reckoned by `crisis_sim.measures`, and only as much of it as the tables hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.engine.events import CrossingDeclared, Guess, LineCrossed, RuleFired, SeatTaken
from crisis_sim.engine.judging.at_home import call_result, is_public_at_home
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.record_opened import (
    DrawnConclusion,
    conclusions_drawn,
    guess_of,
    kendall_tau,
    line_disclosures,
)
from crisis_sim.measures.forecasts import PurposesGuessed, foresight, purposes_guessed
from crisis_sim.measures.line_guesses import line_map
from crisis_sim.measures.meanings import Meaning, blind_turns, direction, meanings
from crisis_sim.measures.tension import felt_by_order
from crisis_sim.research import dealing_rows
from crisis_sim.research.cameo import act_code, events
from crisis_sim.research.columns import BY_NAME, ExportTable, ExportValue, decimal
from crisis_sim.research.dealing_rows import disclosure_values
from crisis_sim.research.model_rows import Sources, model_cells, sources_of
from crisis_sim.research.people_rows import alone_rows, people_rows, pseudonym
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.session.log import Log
from crisis_sim.session.replay import Replay


def players(log: Log) -> dict[Side, tuple[str, ...]]:
    """Who played each team, in their order: person, or a bot's policy; more than one where the seat changed hands."""
    players_by_side: dict[Side, tuple[str, ...]] = {"us": (), "china": ()}
    for entry in log.entries:
        for event in entry.events:
            if isinstance(event, SeatTaken) and (event.seat == "us" or event.seat == "china"):
                player = "person" if event.occupant == "person" else event.policy or "bot"
                if players_by_side[event.seat][-1:] != (player,):
                    players_by_side[event.seat] = (*players_by_side[event.seat], player)
    return players_by_side


def has_bot(log: Log) -> bool:
    """Whether a bot ever sat at a team's seat."""
    return any(player != "person" for played in players(log).values() for player in played)


ExportRow: TypeAlias = tuple[ExportValue, ...]

_DIPLOMACY: Final = {"1": "track-1", "1.5": "track-1.5", "2": "track-2"}


class ExportedSession(NamedTuple):
    """A session that is exported, under the name that it goes by there."""

    path: Path
    """Its log, as it was named by whoever asks for it."""
    name: str
    parent: str
    """The name of the session that it is a branch of; empty if it is none."""
    replay: Replay
    material: str
    """The hash of the scenario and packs in its log, in hex."""
    has_dates: bool = False
    """Its rows say on which day it was played."""
    key: bytes | None = None
    """The secret that pseudonyms are made with; None where sessions and persons go by their own names."""

    @property
    def log(self) -> Log:
        """Its log."""
        return self.replay.log

    def person(self, label: str) -> str:
        """The name of a person by the label at the table."""
        if self.key is None:
            return label
        return pseudonym("p", f"{self.log.header.session}/{label}", self.key)


def rows_of(source: ExportedSession) -> dict[str, list[ExportRow]]:
    """The rows of one session, by the name of their table."""
    rows = {name: _with_arm(BY_NAME[name], raw_rows, source.log.header.arm) for name, raw_rows in _rows(source).items()}
    return rows if source.has_dates else {name: _undated(BY_NAME[name], raw_rows) for name, raw_rows in rows.items()}


def _with_arm(export_table: ExportTable, rows: list[ExportRow], arm: str) -> list[ExportRow]:
    """The rows with the arm that their session was given to, where the table has it."""
    place = export_table.names.index("arm")
    return [(*row[:place], arm, *row[place:]) for row in rows]


def _undated(export_table: ExportTable, rows: list[ExportRow]) -> list[ExportRow]:
    """The rows with nothing in columns of dates."""
    is_date = [column.kind == "date" for column in export_table.columns]
    if not any(is_date):
        return rows
    return [tuple(None if date_ else value for date_, value in zip(is_date, row, strict=True)) for row in rows]


def _rows(source: ExportedSession) -> dict[str, list[ExportRow]]:
    state, table = source.replay.state, source.replay.table
    all_meanings, made_by = meanings(state, table), sources_of(source.log, state)
    return {
        "sessions": [_session(source, all_meanings)],
        "people": list(people_rows(source.name, source.log, state, source.person)),
        "turns": list(_turns(source)),
        "tracks": list(_tracks(source)),
        "moves": list(_moves(source.name, state, table, made_by)),
        "readings": list(_readings(source.name, all_meanings, made_by)),
        "readings_alone": list(alone_rows(source.name, state, source.person)),
        "forecasts": list(_forecasts(source.name, state)),
        "beliefs": list(dealing_rows.belief_rows(source.name, state, table)),
        "decisions": list(dealing_rows.decision_rows(source.name, state, table)),
        "lines": list(_lines(source.name, state, table)),
        "orders": list(_orders(source.name, state)),
        "principles": [
            (source.name, number, principle.put_by, principle.by, principle.says, principle.stands)
            for number, principle in enumerate(state.principles, 1)
        ],
        "firings": list(_firings(source)),
        "assets": list(dealing_rows.asset_rows(source.name, state, table)),
        "disclosures": list(dealing_rows.disclosure_rows(source.name, state, table)),
        "undertakings": list(dealing_rows.undertaking_rows(source.name, state, table)),
        "closer": list(dealing_rows.closer_rows(source.name, state, table)),
        "talks": list(dealing_rows.talk_rows(source.name, state)),
        "cameo": list(_events(source, table)),
    }


def _session(source: ExportedSession, all_meanings: tuple[Meaning, ...]) -> ExportRow:
    header, (_, table, state, ends) = source.log.header, source.replay
    played = players(source.log)
    directions = [direction(all_meanings, side) for side in SIDES]
    is_named = source.name == header.session
    conclusions = conclusions_drawn(state)
    by_bots = all(played[side] and "person" not in played[side] for side in SIDES)
    return (
        source.name,
        table.scenario.id,
        source.material[:12],
        " ".join(pack.id for pack in table.material.packs),
        "explained" if table.explained else "plain",
        header.length,
        header.seed if is_named or by_bots else "",
        header.app,
        _began(source.log).isoformat(),
        source.parent,
        "" if header.inherited is None else header.inherited.hash[:12],
        " ".join(played["us"]),
        " ".join(played["china"]),
        *model_cells(source.log, state),
        state.turn,
        source.replay.is_open,
        len(source.log.entries),
        ends[0].tension / 100,
        state.tension / 100,
        max(end.tension for end in ends) / 100,
        len(state.crossings),
        sum(crossing.side == "us" for crossing in state.crossings),
        *_counted([conclusion.event.side for conclusion in conclusions]),
        *_counted([conclusion.event.side for conclusion in conclusions if conclusion.drawn_back]),
        *_counted([pledge.side for pledge in state.pledges]),
        *_counted([pledge.side for pledge in state.pledges if pledge.how in ("dropped", "yielded")]),
        len(blind_turns(all_meanings)),
        *(decimal(side_direction.bias) for side_direction in directions),
        *(decimal(side_direction.error) for side_direction in directions),
        *(decimal(side_direction.unforeseen) for side_direction in directions),
        *(decimal(side_direction.foreseen) for side_direction in directions),
        *(side_direction.crossed for side_direction in directions),
        *(decimal(foresight(state, side).brier) for side in SIDES),
        *(decimal(line_map(state, table, side, state.team(other(side)).guesses_before).hit_rate) for side in SIDES),
        *(decimal(kendall_tau(state.team(side).order, guess_of(state, side, "before"))) for side in SIDES),
        *(decimal(kendall_tau(state.team(side).order, guess_of(state, side, "after"))) for side in SIDES),
        *(felt_by_order(state, side) / 100 for side in SIDES),
        sum(principle.stands for principle in state.principles) if table.asks("principles") else None,
        *(decimal(side_guesses.share) for side_guesses in purposes_guessed(state, table) or _NO_GUESSES),
        *dealing_rows.carded(state, table),
        *disclosure_values(state, table),
        *dealing_rows.asked_and_delayed(state, table),
        *dealing_rows.closer_values(state, table),
    )


_NO_GUESSES: Final = tuple(PurposesGuessed(side, 0, 0) for side in SIDES)
"""Nobody guessed what the other wanted of a call."""


def _counted(sides: Sequence[Side]) -> tuple[int, int]:
    """All, and those of the US."""
    return len(sides), sides.count("us")


def _began(log: Log) -> date:
    """The day on which the session was begun, UTC."""
    return date(1970, 1, 1) + timedelta(milliseconds=log.header.started)


def _turns(source: ExportedSession) -> Iterator[ExportRow]:
    crossings, conclusions = source.replay.state.crossings, conclusions_drawn(source.replay.state)
    for state in source.replay.ends:
        sides = [meter[side] for meter in (state.felt, state.trust, state.standing) for side in SIDES]
        of_lines = (
            sum(crossing.turn == state.turn for crossing in crossings),
            sum(conclusion.turn == state.turn for conclusion in conclusions),
            sum(conclusion.drawn_back == state.turn for conclusion in conclusions if conclusion.drawn_back),
        )
        voices = (_voice(state, "us"), _voice(state, "china"))
        yield (
            source.name,
            state.turn,
            state.hour,
            *(number / 100 for number in (state.tension, *sides)),
            *of_lines,
            *voices,
        )


def _voice(state: State, side: Side) -> str:
    """What became of the hard voice of a side in the turn that has ended."""
    for voice in state.voices:
        if (voice.side, voice.turn, voice.inject) == (side, state.turn, "") and voice.answer is not None:
            return voice.answer if voice.said else "unanswered"
    return ""


def _tracks(source: ExportedSession) -> Iterator[ExportRow]:
    for state in source.replay.ends:
        yield from ((source.name, state.turn, track, value / 100) for track, value in state.tracks.items())


def _moves(name: str, state: State, table: GameTable, made_by: Sources) -> Iterator[ExportRow]:
    calls = state.exchanges if table.calls is not None else ()
    call_cells = {
        call.answer: (is_public_at_home(state, call), bool(call_result(state, table, call))) for call in calls
    }
    told_of = {line.act: line for line in line_disclosures(state)}
    weights, hours = state.weights(), {item.act: item.hour for side in SIDES for item in state.team(side).inbox}
    for key, sent in state.acts.items():
        side, turn, order = key
        act, move = sent.act, table.moves[sent.act.move]
        yield (
            name,
            turn,
            act.hour,
            side,
            order,
            made_by.acts[key],
            act.move,
            move.family,
            move.severity,
            act_code(sent, state, table),
            act.channel,
            act.level,
            _DIPLOMACY[act.track],
            act.visibility,
            " ".join(act.terms),
            act.answer or "",
            act.outcome,
            sent.arrived,
            act.intent,
            value_or_none(act.expected),
            value_or_none(act.audience) or "",
            value_or_none(act.taker) or "",
            weights[key] / 100 if key in weights else None,
            not sent.arrived and act.outcome != "unanswered",
            told_of[act.key].line if act.key in told_of else "",
            told_of[act.key].is_bluff if act.key in told_of else None,
            act.key in state.spared,
            value_or_none(act.purpose) or "",
            value_or_none(act.their_purpose) or "",
            *call_cells.get(act.key, (None, None)),
            value_or_none(act.cites) or "",
            hours.get(act.key),
            act.promise or "",
        )


def _readings(name: str, all_meanings: tuple[Meaning, ...], made_by: Sources) -> Iterator[ExportRow]:
    for meaning in all_meanings:
        if meaning.reading is not None:
            side, turn, order = meaning.key
            reader = "china" if side == "us" else "us"
            touches = meaning.touches or ""
            parts = (meaning.gap, meaning.unforeseen, meaning.foreseen, meaning.taken_for or "")
            alone = (len(meaning.alone), decimal(meaning.mean_alone), meaning.spread)
            key_cells = (name, turn, side, order, reader, made_by.readings[meaning.key])
            yield (*key_cells, meaning.reading, meaning.confidence, touches, *parts, meaning.translated, *alone)


def _forecasts(name: str, state: State) -> Iterator[ExportRow]:
    for side in SIDES:
        for forecast, turn, chance, happened in state.team(side).scored:
            yield (name, turn, side, forecast, chance, happened)


def _lines(name: str, state: State, table: GameTable) -> Iterator[ExportRow]:
    conclusions = conclusions_drawn(state)
    for side in SIDES:
        team = state.team(side)
        crossed = {
            event.line: (turn, event)
            for turn, event in reversed(tuple(state.events_of(LineCrossed, CrossingDeclared)))
            if event.side == side
        }
        claimed = {claim.line: claim.turn for claim in state.claims if claim.side == side}
        line_rows: list[tuple[str, str, str, bool, int | None]] = [
            (line.kind, line.concern, line.id, False, None)
            for line in table.scenario.teams.team_of(side).lines
            if line.id in team.adopted
        ]
        line_rows += [(line.line, line.concern, line.id, True, line.weight) for line in team.own_lines]
        for number, (kind, concern, line, own, weight) in enumerate(line_rows, 1):
            pressed = state.pressure.get(f"{side}/{line}")
            pressure = None if pressed is None else pressed / 100
            crossing = _crossing(*crossed[line]) if line in crossed else _NEVER
            beliefs = _concluded(
                [conclusion for conclusion in conclusions if conclusion.name == f"{side}/{line}"], kind
            )
            cells = (name, side, "held", number, kind, concern, line, own, weight, pressure, *beliefs)
            yield (*cells, line in crossed, *crossing, claimed.get(line))
        yield from _guesses(name, side, "before", team.guesses_before)
        yield from _guesses(name, side, "after", team.guesses_after)


def _orders(name: str, state: State) -> Iterator[ExportRow]:
    for side in SIDES:
        team = state.team(side)
        for role, order in (
            ("own", team.order),
            ("before", team.order_guess_before),
            ("after", team.order_guess_after),
        ):
            yield from ((name, side, role, place, act) for place, act in enumerate(order, 1))


def _concluded(conclusions: Sequence[DrawnConclusion], kind: str) -> ExportRow:
    """When a conclusion was first drawn on a line, how often, when last drawn back, and what was done about it."""
    if kind == "red":
        return (None, None, None, "", None)
    first = conclusions[0].turn if conclusions else None
    answered = conclusions[-1].answered if conclusions else None
    did: ExportRow = ("", None) if answered is None else (answered.answer, answered.said)
    return (
        first,
        len(conclusions),
        max((conclusion.drawn_back for conclusion in conclusions), default=0) or None,
        *did,
    )


_NEVER: Final[ExportRow] = (None, "", None, None, None)
"""What tables say of the crossing of a line that was not crossed."""


def _crossing(turn: int, event: LineCrossed | CrossingDeclared) -> ExportRow:
    """When, by whom and by which act a line was crossed; whether that was declared."""
    act, is_declared = event.act, isinstance(event, CrossingDeclared)
    act_place = (None, None) if act is None else (act[1], act[2])
    return (turn, event.by, *act_place, is_declared)


def _guesses(name: str, side: Side, role: str, guesses: tuple[Guess, ...]) -> Iterator[ExportRow]:
    for number, guess in enumerate(guesses, 1):
        cells = (name, side, role, number, guess.line, guess.concern, "", True, guess.weight)
        yield (*cells, *(None,) * 4, "", *(None,) * 2, *_NEVER, None)


def _firings(source: ExportedSession) -> Iterator[ExportRow]:
    for number, (turn, event) in enumerate(source.replay.state.events_of(RuleFired), 1):
        act = event.act
        side = act[0] if act is not None else event.sender or ""
        yield (
            source.name, turn, number, event.rule, event.at.rpartition("/")[2], side,
            None if act is None else act[1], None if act is None else act[2],
        )  # fmt: skip


def _events(source: ExportedSession, table: GameTable) -> Iterator[ExportRow]:
    began = _began(source.log)
    for event in events(source.replay.state, table):
        (side, turn, order), code = event.key, event.code
        yield (
            (began + timedelta(days=event.hour // 24)).isoformat(),
            event.source,
            event.target,
            event.stage,
            code.code,
            code.event,
            code.root,
            code.quad,
            code.goldstein,
            code.source,
            source.name,
            turn,
            side,
            order,
            event.is_private,
            event.origin,
        )
