"""A screen that has things done at its seat: what is refused is said there, and no words go unasked.

It knows nothing of how a screen looks, so that dialogs stand on it and the frame on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message

from crisis_sim.engine.actions import AnyAction
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.pages.blocks import capital
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.refusals import names_from
from crisis_sim.pages.teller import Teller
from crisis_sim.session.places import AnyHostAct
from crisis_sim.text import clean
from crisis_sim.tui.screen_words import refusal
from crisis_sim.tui.sized_screen import SizedScreen
from crisis_sim.tui.unsealed import UnsealedWork
from crisis_sim.wording import quote_text


@dataclass
class StorageBroke(Message):
    """The disk refused; play stops."""

    failed: StorageFailed


class SubmittingScreen(SizedScreen):
    """Where a seat asks for things."""

    WRITES_BELOW: ClassVar[bool] = False
    """Whether what is to be written is asked for at the foot, so that what it is about stays in sight."""

    def __init__(self, seat: Reader, unsealed: UnsealedWork) -> None:
        """For one seat, with what lies on its desk."""
        super().__init__()
        self.seat = seat
        self.unsealed = unsealed

    @property
    def say(self) -> Teller:
        """What tells in the language of the seat."""
        return self.seat.say

    async def send(self, *actions: AnyAction | AnyHostAct) -> bool:
        """Submit one after the other; a refusal is said and stops, and nothing that was written is lost."""
        for action in actions:
            try:
                await self.seat.submit(action)
            except ActionRefused as refused:
                if refused.code == "room/pen" and await self._takes_pen():
                    return await self.send(*actions[actions.index(action) :])
                self.tell(refusal(refused, self.say.language, names_from(self.say)), warning=True)
                return False
            except StorageFailed as failed:
                self.post_message(StorageBroke(failed))
                return False
        return True

    async def _takes_pen(self) -> bool:
        """Whether somebody who may not commit for the team takes the pen from who may."""
        from crisis_sim.tui.dialogs import Confirm

        company, say = self.seat.company, self.say
        if company is None:
            return False
        holder = next((of.label for of in company.people if of.pen and of.seat == self.seat.name), "")
        told = [say("One of a team commits and seals. Whoever takes the pen does so from here on.")]
        question = say("{who} holds the pen. Take it, and do this?", who=holder)
        if not await self.app.push_screen_wait(Confirm(question, told, say, yes="take the pen", no="back")):
            return False
        company.take_pen()
        return True

    def tell(self, sentence: str, *, warning: bool = False) -> None:
        """A notice in the corner, as plain text."""
        notice = capital(clean(sentence, lines=False))
        self.notify(notice, severity="warning" if warning else "information", markup=False)

    async def gives_up(self, question: str, text: str) -> bool:
        """Whether words that somebody wrote may go, after one question that shows them."""
        from crisis_sim.tui.dialogs import Confirm

        say, sentences = self.say, [quote_text(text), self.say("These words are lost then.")]
        return await self.app.push_screen_wait(Confirm(say(question), sentences, say, yes="throw away", no="keep"))
