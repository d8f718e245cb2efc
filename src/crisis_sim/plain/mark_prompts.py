"""What a move on the list is marked with beyond its words: a position of ours, an instrument that it cites.

None of it is asked of every move; a command for each stands among those of the moves phase where there is a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from msgspec import UNSET
from msgspec.structs import replace

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.citation_words import (
    COULD_CITE,
    FIRST_CITED,
    citable,
    instrument_told,
    is_first_citing,
    should_cite,
)
from crisis_sim.pages.move_sheet import MoveSheet
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.console import Console, PromptOption
from crisis_sim.wording import _

Options: TypeAlias = Callable[[TeamView, Draft, Teller], Iterator[PromptOption]]


class MoveMark(NamedTuple):
    """Something that a move can be marked with, by the field of a draft that says so."""

    does: str
    """What its command does."""
    asks: str
    none: str
    lacks: str
    """Said of a move that can't be marked so."""
    is_known: Callable[[Dossier], bool]
    """Some move of the session can be."""
    options: Options
    first: Callable[[TeamView], str] = lambda view: ""
    """What is said of it as long as it has not been used."""


def _positions(view: TeamView, draft: Draft, say: Teller) -> Iterator[PromptOption]:
    return (PromptOption(name, say.position(name)) for name in say.dossier.moves[draft.move].positions)


def _instruments(view: TeamView, draft: Draft, say: Teller) -> Iterator[PromptOption]:
    for name in citable(view, draft.move, draft.cites, say):
        yield PromptOption(name, instrument_told(name, say), say.of(say.dossier.instruments[name].says))


MARKS: Final[Mapping[str, MoveMark]] = {
    "position": MoveMark(
        _("mark the words of a move on our list with a position"),
        _("Which position of ours do its words say?"),
        _("no position"),
        _("That move carries no position."),
        lambda dossier: bool(dossier.positions),
        _positions,
    ),
    "cites": MoveMark(
        _("have a move on our list cite what was agreed before"),
        _("What does it cite?"),
        _("nothing"),
        _("That move cites nothing."),
        lambda dossier: bool(dossier.instruments),
        _instruments,
        lambda view: FIRST_CITED if is_first_citing(view) else "",
    ),
}
"""By the field of a draft; the command is called so too."""


def hints(view: TeamView, sheet: MoveSheet, say: Teller) -> Iterator[str]:
    """What a move that was put on the list could say besides, and by what command."""
    if should_cite(view, sheet, say):
        yield say("{sentence} Type {command} to choose.", sentence=say(COULD_CITE), command="cites")


def marked(field: str, draft: Draft, console: Console, view: TeamView, say: Teller) -> Draft | None:
    """The move with what is chosen, or with none of it; None where it can't be marked so."""
    mark = MARKS[field]
    options = list(mark.options(view, draft, say))
    if not options:
        console.tell(mark.lacks)
        return None
    if first := mark.first(view):
        console.tell(first)
    return replace(draft, **{field: console.pick(mark.asks, options, none=mark.none) or UNSET})
