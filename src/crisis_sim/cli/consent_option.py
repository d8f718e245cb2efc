"""The card that people agree to before their first act, as a command begins a session: whether it is shown, whose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.session.disk import read_whole
from crisis_sim.text import clean

if TYPE_CHECKING:
    from crisis_sim.tui.menu_choice import MenuChoice

LONGEST: Final = 4_000
"""Characters of a facilitator's own card."""


def with_card(choice: MenuChoice, own: Path | None = None, *, in_rooms: bool = False) -> MenuChoice:
    """The choice with the card that ships, or a facilitator's `own`, where several people take part.

    Who plays alone against bots, with nobody else at the table, is shown his own card alone. Raises UnreadableInput.
    """
    if own is not None:
        return replace(choice, consent=_own(own))
    several = (choice.us, choice.china, choice.facilitator).count("person") > 1
    return replace(choice, consent="") if in_rooms or several else choice


def _own(path: Path) -> str:
    try:
        text = clean(read_whole(path).decode(), lines=True).strip()
    except UnicodeDecodeError:
        text = ""
    if 0 < len(text) <= LONGEST:
        return text
    raise UnreadableInput(
        "usage/consent",
        "{path} is no card that can be shown: plain text of 1 to {most} characters, in UTF-8",
        hint=Sentence("write what is recorded, who may see it, and that one may leave; or leave --consent out"),
        path=path,
        most=LONGEST,
    )
