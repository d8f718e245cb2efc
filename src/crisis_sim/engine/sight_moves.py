"""The catalogue as a team may use it now: what can be made, over which channels, and what advisers say of it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from crisis_sim.engine.advice import Advice, by_move, untaken
from crisis_sim.engine.facts import moment
from crisis_sim.engine.keeping import fixed, kept, unless_changed
from crisis_sim.engine.options import answering_moves, blocked, open_channels
from crisis_sim.engine.phrases import say
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.views import MoveOption, TermView
from crisis_sim.rules.names import Language, Side
from crisis_sim.rules.pack import Move

FACE_THREAT = 2
"""Class of face threat, 0–3, from which advisers speak of it."""
AMBIGUOUS = 40
"""Ambiguity in hundredths from which advisers speak of it."""


def move_options(state: State, table: Table, side: Side, language: Language) -> tuple[MoveOption, ...]:
    """The whole catalogue; what can't be made now says why."""
    ways, warnings = _ways(state, table, side, language), _warnings(state, table, side, language)
    return unless_changed(
        table,
        (move_options, side, language),
        (ways, warnings),
        lambda: tuple(
            [
                replace(
                    option, channels=channels, blocked=why, warnings=(*option.warnings, *warnings.get(option.id, ()))
                )
                for option, (channels, why) in zip(_catalogue(table, language), ways, strict=True)
            ]
        ),
    )


@fixed
def _catalogue(table: Table, language: Language) -> tuple[MoveOption, ...]:
    """Every move, as far as it is the same for both teams throughout a session."""
    return tuple(
        MoveOption(
            id=move_id,
            label=move.label.in_(language),
            does=move.does.in_(language),
            family=move.family,
            visibilities=move.visibility,
            channels=(),
            terms=tuple(
                TermView(
                    id=term,
                    says=table.material.terms[term].says.in_(language),
                    note=note.in_(language) if (note := table.material.terms[term].note) is not None else "",
                )
                for term in move.terms
            ),
            promises=tuple(
                (name, commitment.says.in_(language))
                for name, commitment in table.commitments.items()
                if move_id in commitment.with_moves
            ),
            about_channel=move.about_channel,
            asks=move.asks is not None,
            only_as_answer=move.only_as_answer,
            blocked="",
            warnings=tuple(_told_of(move, language)),
        )
        for move_id, move in table.moves.items()
    )


def _told_of(move: Move, language: Language) -> Iterator[str]:
    """What advisers always say of a move: what is public, what is dear."""
    if move.visibility == ("public",):
        yield say(language, "warn-public")
    if move.face_threat >= FACE_THREAT:
        yield say(language, "warn-face")
    if move.ambiguity >= AMBIGUOUS:
        yield say(language, "warn-ambiguous")


@kept("suspended", "requests", "acts", "turn", own=("inbox",))
def _ways(state: State, table: Table, side: Side, language: Language) -> tuple[tuple[tuple[str, ...], str], ...]:
    """For each move of the catalogue the channels that can carry it now, and why it can't be made."""
    answering = answering_moves(state, table, side)
    return unless_changed(
        table,
        (_ways, side, language, "found"),
        (state.suspended, answering),
        lambda: tuple(
            [
                (open_channels(state, table, move_id), blocked(state, table, move_id, answering, language))
                for move_id in table.moves
            ]
        ),
    )


@kept("record", "turn", "hour", "promises", own=("drafts",))
def _warnings(state: State, table: Table, side: Side, language: Language) -> dict[str, tuple[str, ...]]:
    """By move: what our advisers say of it now: what we left out first, and what we have promised."""
    listed = frozenset([draft.move for draft in state.team(side).drafts])
    told: dict[str, tuple[str, ...]] = {}
    for move_id, items in by_move(_untaken(state, table, side), listed).items():
        told[move_id] = tuple([_advised(table, item, language) for item in items])
    for kept_word in state.promises:
        if kept_word.side == side and not kept_word.broken:
            commitment = table.commitments[kept_word.commitment]
            words = say(language, "warn-promised", says=commitment.says.in_(language))
            for move_id in _breaking(table, kept_word.commitment):
                told[move_id] = (*told.get(move_id, ()), words)
    return told


@kept("record", "turn", "hour")
def _untaken(state: State, table: Table, side: Side) -> tuple[Advice, ...]:
    """What waits for a first step that a side has not taken in what has reached the other."""
    return untaken(table.advice, moment(state, table, side))


def _advised(table: Table, item: Advice, language: Language) -> str:
    """A rule that a move, or a term of it, would run into."""
    says = item.rule.says.in_(language)
    if item.term is None:
        return say(language, "warn-counts", says=says)
    return say(language, "warn-term", term=table.material.terms[item.term].says.in_(language), says=says)


@fixed
def _breaking(table: Table, commitment: str) -> tuple[str, ...]:
    """Moves that would break a commitment, as far as the move alone tells."""
    condition = table.commitments[commitment].broken_by.move
    if condition is None:
        return ()
    return tuple(
        move_id
        for move_id, move in table.moves.items()
        if move_id in (condition.id or ()) or (condition.id is None and move.family in (condition.family or ()))
    )
