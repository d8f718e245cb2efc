"""What the white cell is shown: the room as it is, the plan, and why each number moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from crisis_sim.engine.sight.dossier import Dossier, InjectEntry, TeamEntry, WhiteEntry
from crisis_sim.engine.sight.views import ActRecord, Board, FacilitatorView, InjectFacts, TruthFacts
from crisis_sim.pages.channel_board import channel_views
from crisis_sim.pages.line_parts import guess_views, line_views
from crisis_sim.pages.phrases import team
from crisis_sim.pages.seat_pages import ActView, BoardView, FacilitatorPage, InjectView
from crisis_sim.pages.team_page import commitment_views, draft_views, note_lines, request_views
from crisis_sim.pages.telling import head_for, in_language, words_for
from crisis_sim.pages.traces import fact_says, flags_told, meters, trace_views
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker


def facilitator_page(
    view: FacilitatorView,
    common: dict[str, Any],  # Any: fields of a page
    plan: tuple[InjectView, ...],
    dossier: Dossier,
    language: Language,
) -> FacilitatorPage:
    """The facilitator's page; `plan` is the MSEL as it was written."""
    white = _white(dossier)
    return FacilitatorPage(
        **common,
        guide=in_language(white.guide, language),
        brief_us=in_language(white.us.brief, language),
        brief_china=in_language(white.china.brief, language),
        us=_board(view.us, white.us, dossier, language),
        china=_board(view.china, white.china, dossier, language),
        channels=channel_views(view.channels, dossier, language),
        msel=_standing(view.msel, plan),
        acts=tuple(_act(record, dossier, language) for record in view.acts),
        traces=trace_views(view.traces, dossier, language),
        facts=tuple(_truth(truth, dossier, language) for truth in view.facts),
        flags=flags_told(view.flags, language),
        commitments=commitment_views(view.commitments, dossier, language),
        notes=note_lines(view.notes),
        bookmarks=note_lines(view.bookmarks),
        meters=meters(view.meters, dossier, language),
    )


def _white(dossier: Dossier) -> WhiteEntry:
    assert dossier.white is not None
    return dossier.white


def _board(board: Board, entry: TeamEntry, dossier: Dossier, language: Language) -> BoardView:
    """One team's board."""
    return BoardView(
        side=board.side,
        name=in_language(entry.name, language),
        committed=board.committed,
        standing=board.standing,
        trust=board.trust,
        felt=board.felt,
        lines=line_views(board.lines, dossier, language),
        guesses=guess_views(board.guesses, dossier, language),
        expected=guess_views(board.expected, dossier, language),
        drafts=draft_views(board.drafts, dossier, language),
        requests=request_views(board.requests, board.side, dossier, language),
    )


def planned(dossier: Dossier, language: Language) -> tuple[InjectView, ...]:
    """Every item of the MSEL as it was written."""
    names = names_of(dossier, language)
    return tuple(_inject(inject, names, language) for inject in _white(dossier).msel)


def _explained(when: Mapping[str, Any], names: dict[str, str], language: Language) -> str:  # Any: as files write it
    """A condition in words. The models of conditions are loaded where there is one to explain."""
    from crisis_sim.rules.conditions import Condition
    from crisis_sim.wording.explain import explain

    return explain(Condition.model_validate(when), names, language)


def _inject(inject: InjectEntry, names: dict[str, str], language: Language) -> InjectView:
    when = inject.when
    return InjectView(
        id=inject.id,
        title=in_language(inject.title, language),
        at=inject.at,
        to=inject.to,
        text_us=in_language(inject.text_us, language),
        text_china=in_language(inject.text_china, language),
        reads_us=in_language(inject.reads_us, language),
        reads_china=in_language(inject.reads_china, language),
        note=in_language(inject.note, language),
        state="planned",
        condition="" if when is None else _explained(when, names, language),
    )


def names_of(dossier: Dossier, language: Language) -> dict[str, str]:
    """Names by id, for conditions told in words; English tells facts, terms and promises by their ids."""
    named = {move_id: move.label for move_id, move in dossier.moves.items()}
    named |= {channel: of.name for channel, of in dossier.channels.items()}
    named |= {track: of.name for track, of in dossier.tracks.items()}
    named |= {inject.id: inject.title for inject in _white(dossier).msel}
    names = {name: in_language(words, language) for name, words in named.items()}
    if language == "en":
        return names
    says = dict(_white(dossier).facts)
    says |= {term: of.says for term, of in dossier.terms.items()}
    says |= dossier.commitments
    return names | {name: in_language(words, language).rstrip("。") for name, words in says.items()}


def _standing(msel: Iterable[InjectFacts], plan: tuple[InjectView, ...]) -> tuple[InjectView, ...]:
    """The plan, with where each item stands."""
    by_id = {inject.id: inject for inject in plan}
    return tuple(replace(by_id[inject.id], state=inject.state) for inject in msel)


def _act(record: ActRecord, dossier: Dossier, language: Language) -> ActView:
    """One act: meant, fared, read, weighed."""
    return ActView(
        side=record.act.side,
        turn=record.turn,
        order=record.order,
        head=head_for(record.act, dossier, None, language),
        text=words_for(record.act, dossier, language),
        intent=record.intent,
        outcome=record.outcome,
        reading=record.reading,
        confidence=record.confidence,
        weight=record.weight,
        revealed=record.revealed,
    )


def _truth(truth: TruthFacts, dossier: Dossier, language: Language) -> str:
    """A fact that is true, and since when."""
    say, says = speaker(language), fact_says(dossier, truth.fact, language)
    held = says if truth.of is None else say("{side}: {text}", side=team(language, truth.of), text=says)
    return held + say(" ({word})", word=f"T+{truth.since}")
