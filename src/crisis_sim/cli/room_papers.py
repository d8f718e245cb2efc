"""Papers of a hosted exercise: the sheet of cards, and the folder in which all is laid together at its end."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from crisis_sim.cli.answer import write_new
from crisis_sim.cli.ending import tell
from crisis_sim.cli.language import say
from crisis_sim.cli.verbs import typed
from crisis_sim.errors import Sentence
from crisis_sim.rooms.card_sheet import SeatCard, WaysIn, card_sheet
from crisis_sim.session.disk import done_or_failed, make_folder
from crisis_sim.session.folder import record_folder
from crisis_sim.session.places import Invited
from crisis_sim.session.session import Session


def cards_page(session: Session, invited: Iterable[Invited], ways: WaysIn) -> bytes:
    """The sheet of cards; of whoever has come, a card that is struck out."""
    title = session.table.scenario.title
    cards = [SeatCard(of.person.label, of.person.seat, of.code) for of in invited]
    return card_sheet({"en": title.in_("en"), "zh": title.in_("zh")}, cards, ways).encode()


def lay_together(session: Session, invited: Iterable[Invited]) -> Path:
    """Lay a closed session's log, last hash, debrief and cards, all struck out, into one folder beside the log."""
    from crisis_sim.cli.debrief import debrief

    folder = record_folder(session.path)
    make_folder(folder)
    with done_or_failed("storage/copy", Sentence("{path} cannot be copied", path=session.path)):
        shutil.copyfile(session.path, folder / session.path.name)
    struck = [Invited(of.person, "") for of in invited]
    write_new(folder / "cards.html", cards_page(session, struck, WaysIn("")), force=True)
    told = say("The last hash of the log, to be read aloud and noted: {hash}", hash=session.last_hash)
    checked = say("It is checked with: {command}", command=typed("verify", session.path.name, "--head"))
    write_new(folder / "last-hash.txt", f"{told}\n{checked}\n".encode(), force=True)
    debrief(str(session.path), out=folder / "debrief.html", force=True)
    tell(say("All that belongs together lies in {folder}", folder=folder))
    return folder
