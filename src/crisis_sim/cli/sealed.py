"""Logs that are opened whole: once their session has come to its hotwash, or because somebody says so on purpose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from crisis_sim.errors import UnreadableInput
from crisis_sim.text import clean
from crisis_sim.wording import _

if TYPE_CHECKING:
    from crisis_sim.session.replay import Replay

SEALED: Final = _("{name} has not come to its hotwash, and what is sealed in it stays so")
WAY_OUT: Final = _("play it to its hotwash, or open it on purpose with --open")


def opened(path: Path, *, on_purpose: bool) -> Replay:
    """The session in `path` with all that was sealed; what is to be known of its end is told.

    Raises LogDamaged, and UnreadableInput while it is in play.
    """
    from crisis_sim.cli.ending import note
    from crisis_sim.session.replay import replay

    played = replay(path)
    if not (on_purpose or played.is_open):
        refuse_sealed(path.name)
    for notice in played.log.notices():
        note(notice.sentence)
    return played


def refuse_sealed(name: str) -> NoReturn:
    """Raise UnreadableInput for a log that is in play."""
    raise UnreadableInput("log/sealed", SEALED, hint=WAY_OUT, name=clean(name, lines=False))
