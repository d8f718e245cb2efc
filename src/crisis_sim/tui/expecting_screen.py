"""The briefing and the closing of a session that asks each team what it thinks the other guesses of its lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from msgspec.structs import replace
from textual import on
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import DropExpected
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages.line_blocks import expected_of
from crisis_sim.pages.reader import Reader
from crisis_sim.tui.briefing_screen import BriefingScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.line_rows import expected_rows
from crisis_sim.tui.unsealed import UnsealedWork
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _

SPACE = _("Read on; on a line of the scenario, take it or set it aside; as their guess, mark one of ours")


class ExpectingScreen(BriefingScreen):
    """One page more: what they think our lines are."""

    TABS: ClassVar[tuple[tuple[str, str], ...]] = (*BriefingScreen.TABS, ("expected", _("Their guess")))
    KEYS = (
        *(replace(key, says=SPACE) if key.action == "read_on" else key for key in BriefingScreen.KEYS[:4]),
        KeyBinding("e", "expect", "their guess", "Say what they think our lines are"),
        *BriefingScreen.KEYS[4:],
    )
    DEFAULT_CSS = """
    ExpectingScreen {
        &.-wide #pages, &.-broad #pages { grid-size: 3 2; grid-columns: 1fr 1fr 1fr; }
        &.-wide.-closing #pages, &.-broad.-closing #pages { grid-columns: 3fr 4fr 4fr; }
        &.-wide #expected, &.-broad #expected { row-span: 2; }
    }
    """

    def body(self) -> Iterable[Widget]:
        """Five pages; side by side where there is room, the last one as high as two."""
        panes = [self.folded(name) for name in ("public", "own", "expected", "private", "theirs")]
        yield Container(*panes, id="pages")

    def draw(self, view: View) -> None:
        """Fill the pages."""
        super().draw(view)
        team, say = cast(TeamView, view), self.say
        is_open = self.can("expect")
        self.pane("expected").show(lambda width: expected_rows(team, width, say, is_open=is_open))

    def can(self, action: str) -> bool:
        """What they think of our lines is said before the first turn and once more after the last."""
        return super().can("guess" if action in ("expect", "adopt") else action)

    @on(Pane.Picked, "#expected")
    async def _marked(self, event: Pane.Picked) -> None:
        if event.key == "expect" and self.can("expect"):
            self.action_form("expect")
        elif event.key.startswith("ours:") and self.can("expect"):
            await self.action_adopt()

    async def action_adopt(self) -> None:
        """Mark a line of ours that they will have guessed, or unmark it; on our lines, take one or set it aside."""
        pane = self.pane("expected")
        if self.focused is not pane:
            if super().can("adopt"):
                await super().action_adopt()
            return
        line = next((each for each in self.team.lines if f"ours:{each.id}" == pane.key), None)
        if line is None:
            return
        guess = expected_of(line, self.team.expected, self.say)
        if guess is None:
            self.action_form(f"ours:{line.id}")
        else:
            await self.send(DropExpected(number=guess.number))

    def action_expect(self) -> None:
        """Go to what they think our lines are; there, add one that they wrongly think we have."""
        if self.focused is self.pane("expected"):
            self.action_form("expect")
        else:
            self._go_to("expected")

    async def action_drop(self) -> None:
        """Take back what is under the cursor."""
        pane = self.pane("expected")
        kind, _, name = pane.key.partition(":")
        if self.focused is not pane:
            await super().action_drop()
        elif kind == "expected":
            await self.send(DropExpected(number=int(name)))
        elif kind == "ours" and any(
            line.id == name and expected_of(line, self.team.expected, self.say) for line in self.team.lines
        ):
            await self.action_adopt()


def briefing_screen(seat: Reader, unsealed: UnsealedWork, *, again: bool = False) -> BriefingScreen:
    """The screen for the lines of this seat's session."""
    asks = seat.say.dossier.second_order
    return (ExpectingScreen if asks else BriefingScreen)(seat, unsealed, again=again)
