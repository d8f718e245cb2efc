"""Positions that cannot be said, kept or broken here, and those that their own lines contradict."""

from __future__ import annotations

from crisis_sim.authoring.lints.lines import may_hold
from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.ways import moves_listed
from crisis_sim.errors import Sentence
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.keys import given
from crisis_sim.rules.properties import MoveIs
from crisis_sim.wording import _


def positions_matter(found: LintRun) -> None:
    """Every position can be said here, and somebody could keep it and go against it."""
    sent = {move for move, ways in found.ways.items() if ways}
    for name, position in found.material.positions.items():
        for key, could, said in (
            (
                "with_moves",
                set(position.with_moves),
                _("no move that can be sent here can be marked with the position '{position}'"),
            ),
            (
                "kept_by",
                may_hold(found, position.kept_by),
                _("no act that can be made here keeps the position '{position}', so nobody can bear it out"),
            ),
            (
                "broken_by",
                may_hold(found, position.broken_by),
                _("no act that can be made here goes against the position '{position}', so it costs nothing to say"),
            ),
        ):
            if not could & sent:
                hint = Sentence("let `{key}` ask for what a team can do here", key=key)
                found.warn(found.spot("positions", name, key), Sentence(said, position=name), "position-idle", hint)


def positions_hold_together(found: LintRun) -> None:
    """Nothing that says a position or keeps it goes against it whenever it is done."""
    for name, position in found.material.positions.items():
        against = {move for move in found.ways if _always(found, position.broken_by, move)}
        kept = {move for move in against if _always(found, position.kept_by, move)}
        hint = Sentence("take them out of one of the two, or let `broken_by` ask for more than the move")
        for key, moves, said in (
            (
                "with_moves",
                against.intersection(position.with_moves),
                _("{moves}: to say the position '{position}' so goes against it"),
            ),
            ("kept_by", kept, _("{moves}: this keeps the position '{position}' and goes against it")),
        ):
            if moves:
                words = {"position": name, "moves": moves_listed(sorted(moves))}
                found.warn(found.spot("positions", name, key), Sentence(said, **words), "position-torn", hint)


def _always(found: LintRun, condition: Condition, move: str) -> bool:
    """Whether every act of a move meets a condition, whatever else is so."""
    if not condition.model_fields_set <= {"move", "all", "any"}:
        return False
    return (
        (condition.move is None or _is_any(found, condition.move, move))
        and all(_always(found, part, move) for part in condition.all or ())
        and (condition.any is None or any(_always(found, part, move) for part in condition.any))
    )


def _is_any(found: LintRun, asked: MoveIs, move: str) -> bool:
    """Whether a description fits a move by what the catalogue says of it alone."""
    return move in found.fitting(asked, here=False) and all(key.fits is not None for _way, key, _value in given(asked))
