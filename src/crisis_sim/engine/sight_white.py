"""What the white cell sees: the room as it is, the plan, and why each number moved."""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec.structs import replace

from crisis_sim.content.scenario import Inject
from crisis_sim.engine import events as e
from crisis_sim.engine.keeping import each_unless_changed, fixed, kept
from crisis_sim.engine.phrases import TEAM, say
from crisis_sim.engine.sight_channels import channel_views
from crisis_sim.engine.sight_common import file_text
from crisis_sim.engine.sight_lines import guess_views, line_views
from crisis_sim.engine.sight_notes import bookmarks_of, notes_of
from crisis_sim.engine.sight_team import commitment_views, draft_views, request_views
from crisis_sim.engine.sight_traces import fact_says, flags_told, meter_name, traces
from crisis_sim.engine.state import HELD, SKIPPED, Received, Sent, State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import head_for, words_for
from crisis_sim.engine.views import ActView, Board, FacilitatorView, InjectView
from crisis_sim.rules.explain import explain
from crisis_sim.rules.names import SIDES, Language, Side


def facilitator_view(
    state: State,
    table: Table,
    common: dict[str, Any],  # Any: fields of a view
    language: Language,
) -> FacilitatorView:
    """The facilitator's view."""
    return FacilitatorView(
        **common,
        **_told_beforehand(table, language),
        us=_board(state, table, "us", language),
        china=_board(state, table, "china", language),
        channels=channel_views(state, table, language),
        msel=_msel(state, table, language),
        acts=_acts(state, table, language),
        traces=traces(state, table, language),
        facts=_facts(state, table, language),
        flags=flags_told(state, table, language),
        commitments=commitment_views(state, table, language),
        notes=notes_of(state, table, "facilitator", "observer"),
        bookmarks=bookmarks_of(state, table),
        meters=_meters(state, table, language),
    )


@fixed
def _told_beforehand(table: Table, language: Language) -> dict[str, Any]:  # Any: fields of a view
    """The guide and both briefs."""
    scenario = table.scenario
    return {
        "guide": file_text(table, scenario.guide, language),
        "brief_us": file_text(table, scenario.teams.us.brief, language),
        "brief_china": file_text(table, scenario.teams.china.brief, language),
    }


def _board(state: State, table: Table, side: Side, language: Language) -> Board:
    """One team's board."""
    team = state.team(side)
    return Board(
        side=side,
        name=table.scenario.teams.of(side).name.in_(language),
        committed=team.committed,
        standing=team.standing,
        trust=team.trust,
        felt=team.felt,
        lines=line_views(state, table, side, language),
        guesses=guess_views(table, team.guesses_after or team.guesses_before, language),
        expected=guess_views(table, team.expected_after or team.expected_before, language),
        drafts=draft_views(state, table, side, language),
        requests=request_views(state, table, side, language),
    )


@kept("injects", "due_injects", "ends", "turn")
def _msel(state: State, table: Table, language: Language) -> tuple[InjectView, ...]:
    """The plan, with where each item stands."""
    return tuple(
        [
            replace(view, state=_standing(state, table, inject))
            for inject, view in zip(table.scenario.msel, _planned(table, language), strict=True)
        ]
    )


@fixed
def _planned(table: Table, language: Language) -> tuple[InjectView, ...]:
    """Every item of the MSEL as it was written."""
    names = names_of(table, language)
    return tuple(
        InjectView(
            id=inject.id,
            title=inject.title.in_(language),
            at=inject.at,
            to=inject.to,
            text_us=inject.text.us.in_(language),
            text_china=inject.text.china.in_(language),
            reads_us=inject.reads_as.us.in_(language),
            reads_china=inject.reads_as.china.in_(language),
            note=inject.note.in_(language),
            state="planned",
            condition=explain(inject.when, names, language) if inject.when is not None else "",
        )
        for inject in table.scenario.msel
    )


def _standing(state: State, table: Table, inject: Inject) -> str:
    """Where an inject stands in the plan."""
    turn = state.injects.get(inject.id)
    if turn is not None:
        return "skipped" if turn == SKIPPED else "held" if turn == HELD else "past"
    if table.length not in inject.lengths:
        return "not-in-length"
    if inject.id in state.due_injects:
        return "due"
    if inject.by_hand:
        return "by-hand"
    if inject.until is not None and state.ends > inject.until:
        return "expired"
    if inject.when is not None:
        return "contingent"
    return "due" if state.turn and inject.at <= state.ends else "planned"


def names_of(table: Table, language: Language) -> dict[str, str]:
    """Names by id, for conditions told in words."""
    names = {move_id: move.label.in_(language) for move_id, move in table.moves.items()}
    names |= {channel: of.name.in_(language) for channel, of in table.scenario.channels.items()}
    names |= {track: of.name.in_(language) for track, of in table.scenario.tracks.items()}
    names |= {inject.id: inject.title.in_(language) for inject in table.scenario.msel}
    if language == "en":
        return names
    says = {fact: fact_says(table, fact, language) for fact in (*table.material.facts, *table.scenario.facts)}
    says |= {term: of.says.in_(language) for term, of in table.material.terms.items()}
    says |= {promise: of.says.in_(language) for promise, of in table.commitments.items()}
    return names | {name: said.rstrip("。") for name, said in says.items()}


@kept("acts", "us.inbox", "china.inbox")
def _acts(state: State, table: Table, language: Language) -> tuple[ActView, ...]:
    """Every act as it is: meant, fared, read, weighed."""
    readings = {item.act: item for side in SIDES for item in state.team(side).inbox}
    pieces = list(zip(state.acts.values(), map(readings.get, state.acts), strict=True))
    return tuple(each_unless_changed(table, (_act, language), pieces, partial(_act, table, language)))


def _act(table: Table, language: Language, piece: tuple[Sent, Received | None]) -> ActView:
    """One act, and as it was read."""
    sent, item = piece
    act = sent.act
    return ActView(
        side=act.side,
        turn=act.turn,
        order=act.order,
        head=head_for(table, sent, None, language),
        text=words_for(table, sent, None, language),
        intent=act.intent,
        outcome="late" if act.outcome == "in-time" and sent.arrived > act.turn else act.outcome,
        reading=item.hostility if item is not None else None,
        confidence=item.confidence if item is not None else None,
        weight=sent.weight if sent.judged is None else sent.judged,
        revealed=sent.revealed,
    )


@kept("truths")
def _facts(state: State, table: Table, language: Language) -> tuple[str, ...]:
    """What is true now, in words."""
    told = []
    for (fact, side), since in state.truths.items():
        says = fact_says(table, fact, language)
        held = says if side is None else say(language, "to-side", side=TEAM[language][side], text=says)
        told.append(held + say(language, "in-brackets", word=f"T+{since}"))
    return tuple(told)


@kept(
    *("tension", "tracks", "readiness"),
    *(f"{side}.{field}" for side in SIDES for field in ("felt", "trust", "standing", "pressure", "own_lines")),
)
def _meters(state: State, table: Table, language: Language) -> tuple[tuple[str, str, str, int], ...]:
    """Every number that can be overridden."""
    found: list[tuple[e.Meter, str, int]] = [("tension", "", state.tension)]
    for side in SIDES:
        team = state.team(side)
        found += [("felt", side, team.felt), ("trust", side, team.trust), ("standing", side, team.standing)]
        found += [("pressure", f"{side}/{line}", value) for line, value in team.pressure.items()]
    found += [("track", track, value) for track, value in state.tracks.items()]
    found += [("readiness", channel, value) for channel, value in state.readiness.items()]
    return tuple((meter, of, meter_name(state, table, meter, of, language), value) for meter, of, value in found)
