"""A browser's line to a hub, without a browser: pages put together as its script does."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from tests.rooms.hosted import HubLine

from crisis_sim.engine import actions as a
from crisis_sim.pages.form import FormSheet
from crisis_sim.rooms import wire
from crisis_sim.rooms.hub import Hub
from crisis_sim.rules.names import Language


class PageLine(HubLine):
    """Somebody who reads pages."""

    def __init__(
        self, hub: Hub, who: int, *, code: str = "", token: str = "", language: Language = "en", now: float = 0.0
    ) -> None:
        self.token, self.language = token, language
        self.n = 0
        self.page: dict[str, Any] = {}
        super().__init__(
            hub, who, wire.Hello(v=wire.VERSION, code=code, token=token, wants="page", language=language), now
        )

    def take(self, message: wire.AnyFromHost) -> None:
        if isinstance(message, wire.PageUpdate):
            assert message.base in (0, self.n)
            told = {name: msgspec.json.decode(raw) for name, raw in message.set.items()}
            self.page = {**(self.page if message.base else {}), **told}
            self.n = message.n
        elif isinstance(message, wire.Welcome) and message.token is not UNSET:
            self.token = str(message.token)

    def form(self, name: str, sheet: FormSheet | None = None) -> dict[str, Any] | None:
        """A form as it is for a sheet."""
        self.send(wire.Fill(form=name, answers=sheet or {}))
        self.due()
        told = next(each for each in reversed(self.heard) if isinstance(each, wire.FormUpdate))
        assert told.name == name
        form: dict[str, Any] | None = None if isinstance(told.form, UnsetType) else msgspec.json.decode(told.form)
        return form

    def ask(self, action: a.AnyAction, ref: str) -> wire.AnyFromHost:
        """Ask for it and hear the answer, which comes last."""
        self.send(wire.Submission(ref=ref, seen=self.n, action=action))
        self.due()
        return next(each for each in reversed(self.heard) if getattr(each, "ref", "") == ref)

    def back(self, who: int) -> PageLine:
        """The same window once more, after its line was cut."""
        self.hub.leave(self.who)
        line = PageLine(self.hub, who, token=self.token, language=self.language, now=self.now)
        line.due()
        return line


def paged(hub: Hub, who: int, seat: a.SeatName, language: Language = "en") -> PageLine:
    """Somebody invited who has come and has the page."""
    _guest, code = hub.guests.invite(seat)
    line = PageLine(hub, who, code=code, language=language)
    line.due()
    return line
