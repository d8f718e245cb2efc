"""A screen of the hotwash that leads the others, or goes where it is led; it says and lays out nothing."""

from __future__ import annotations

from msgspec.structs import replace
from textual import work

from crisis_sim.engine.actions import LeadHotwash
from crisis_sim.engine.sight.views import Lead, View
from crisis_sim.pages.hotwash_lead import ALL_LED, NOBODY_LED, follow, is_astray, lead_to
from crisis_sim.pages.opening import Opening
from crisis_sim.pages.reader import Reader
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.unsealed import UnsealedWork
from crisis_sim.wording import _


class LedScreen(SeatScreen):
    """Where the room is, and who says so."""

    def __init__(self, seat: Reader, unsealed: UnsealedWork, opening: Opening | None = None) -> None:
        """`opening` is how far this terminal has opened the record."""
        super().__init__(seat, unsealed)
        self.opening = opening if opening is not None else Opening()
        self._said: LeadHotwash | None = None
        """Where this screen last led."""
        self._seen: Lead | None = None
        """Where it last was led."""
        self._go_along(self.look)

    def on_mount(self) -> None:
        """The others are shown where this screen is, if it leads."""
        if self.leads:
            self._say_where()

    def show(self, view: View) -> None:
        """Draw another view; where the facilitator has gone on, that page."""
        moved = self._go_along(view)
        super().show(view)
        if moved and self.is_mounted:
            self.turned(own=False)

    def can(self, action: str) -> bool:
        """The facilitator leads those who sit at other screens; whoever looks around alone can come back."""
        match action:
            case "follow":
                return is_astray(self.look, self.opening)
            case "lead":
                return self._can_lead
            case _:
                return super().can(action)

    @property
    def _can_lead(self) -> bool:
        is_shared = getattr(self.app, "has_rooms", False) or self.seat.company is not None
        return is_shared and self.seat.name == "facilitator" and self.look.phase == "hotwash"

    @property
    def leads(self) -> bool:
        """What is opened here, every screen that follows shows."""
        return self._can_lead and not self.opening.astray

    @property
    def follows(self) -> bool:
        """It shows what the facilitator shows."""
        return self.look.lead is not None and self.seat.name != "facilitator" and not self.opening.astray

    def offered(self) -> list[KeyBinding]:
        """Who follows opens nothing: the key that would do so looks on alone, and says so."""
        alone = _("look on alone", "a key")
        return [replace(key, label=alone) if key.action == "on" and self.follows else key for key in super().offered()]

    def _go_along(self, view: View) -> bool:
        """Be where the facilitator is, unless this screen leads or looks around by itself. Whether it has moved."""
        if view.lead is None or view.hotwash is None or view.lead == self._seen:
            return False
        if self.opening.astray or self._said is not None:
            return False
        follow(self.opening, view.lead, view.hotwash)
        self._seen = view.lead
        return True

    def action_follow(self) -> None:
        """Go back to where the facilitator is."""
        self.opening.astray, self._seen = False, None
        self._go_along(self.look)
        self.turned(own=False)

    def action_lead(self) -> None:
        """Lead every screen from here on, or look around by oneself."""
        self.opening.astray = not self.opening.astray
        self.tell(self.say(NOBODY_LED if self.opening.astray else ALL_LED))
        self.turned()

    def turned(self, *, own: bool = True) -> None:
        """Somebody here has turned to another place, or with `own` off the facilitator has: say so, or be astray."""
        if self.leads:
            self._say_where()
        elif own and self.seat.name != "facilitator" and self.look.lead is not None:
            self.opening.astray = True

    @work(group="lead")
    async def _say_where(self) -> None:
        """Tell the session where the room is; what was led to last is what counts."""
        view = self.look.hotwash
        if view is not None and (where := lead_to(self.opening, view)) != self._said:
            self._said = where
            await self.send(where)
