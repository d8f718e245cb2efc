"""What a move on the list is marked with beyond its words: a position of ours, an instrument that it cites.

None of it is asked of every move; a command for each stands among those of the moves phase where there is a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.move_choices import CHOICES
from crisis_sim.pages.move_sheet import MoveSheet
from crisis_sim.pages.stand_words import COULD_CITE, should_cite
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.console import Console
from crisis_sim.plain.typed import PromptOption
from crisis_sim.wording import _


class MoveMark(NamedTuple):
    """Something that a move can be marked with."""

    does: str
    """What its command does."""
    is_known: Callable[[Dossier], bool]
    """Some move of the session can be."""


MARKS: Final[Mapping[str, MoveMark]] = {
    "position": MoveMark(
        _("mark the words of a move on our list with a position"), lambda dossier: bool(dossier.positions)
    ),
    "cites": MoveMark(
        _("have a move on our list cite what was agreed before"), lambda dossier: bool(dossier.instruments)
    ),
}
"""By the field of a draft; the command is called so too."""


def hints(view: TeamView, sheet: MoveSheet, say: Teller) -> Iterator[str]:
    """What a move that was put on the list could say besides, and by what command."""
    if should_cite(view, sheet, say):
        yield say("{sentence} Type {command} to choose.", sentence=say(COULD_CITE), command="cites")


def marked(field: str, draft: Draft, console: Console, view: TeamView, say: Teller) -> Draft | None:
    """The move with what is chosen, or with none of it; None where it can't be marked so."""
    choice, sheet = CHOICES[field], MoveSheet(draft.move, cites=draft.cites)
    options = [PromptOption(*each) for each in choice.options(sheet, view, say)]
    if not options:
        console.tell(choice.lacks)
        return None
    if note := choice.note(sheet, view, say):
        console.say(note)
    return replace(draft, **{field: console.pick(choice.asks, options, none=choice.none) or UNSET})
