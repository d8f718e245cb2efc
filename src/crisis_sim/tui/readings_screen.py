"""Readings: one card an act that reached us, two keys a card, and the next one comes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from msgspec.structs import replace
from textual import work
from textual.containers import Horizontal
from textual.widget import Widget

from crisis_sim.engine.actions import CommitReadings, SealReading
from crisis_sim.engine.sight.views import CardFacts, TeamView, View
from crisis_sim.pages.blocks import prose
from crisis_sim.pages.desk_blocks import received
from crisis_sim.pages.phrases import CONFIDENCE, signed
from crisis_sim.pages.reading_blocks import card_blocks, card_list, touched
from crisis_sim.tui.block_rows import draws, laid_out
from crisis_sim.tui.composer_rows import scale_blocks
from crisis_sim.tui.dialogs import Choose, Confirm, DialogOption
from crisis_sim.tui.frame import TeamSeatScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.pane_rows import READING, PaneBlock, row
from crisis_sim.tui.screen_words import Say
from crisis_sim.tui.widgets.pane import Pane


class ReadingsScreen(TeamSeatScreen):
    """Say how each act is taken."""

    KEYS = (
        *(KeyBinding(str(n), f"digit({n})", f"{n}", f"Take it as {signed(n - 4)}", foot=False) for n in range(1, 8)),
        KeyBinding("", "nothing", "to 7, then 1 to 4", "First key: how hostile; second key: how sure", shown="1"),
        KeyBinding("t", "touches", "touches our line", "Say which line of ours it touches"),
        KeyBinding("n,down,j", "card(1)", "next card", "The next card, without reading this one"),
        KeyBinding("p,up,k", "card(-1)", "card before", "The card before"),
        KeyBinding("backspace,escape", "again", "again", "Take the first key back", foot=False),
        KeyBinding("c", "commit", "commit", "Our readings are final"),
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person", foot=False),
    )  # fmt: skip
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]
    DEFAULT_CSS = """
    ReadingsScreen {
        &.-short #cards { display: none; }
        #card { height: 1fr; }
        #scales { height: 9; }
        #hostility, #confidence { width: 1fr; height: 9; }
        #cards { height: auto; max-height: 6; }
    }
    """

    def body(self) -> Iterable[Widget]:
        """The card, two scales, the list."""
        say = self.say
        yield Pane(say("What reached us"), id="card")
        yield Horizontal(
            Pane(say("We take it as (first key)"), id="hostility"),
            Pane(say("How sure (second key)"), id="confidence"),
            id="scales",
        )
        yield Pane(say("All cards"), id="cards")

    def on_mount(self) -> None:
        """Nothing has the focus: keys are the answer."""
        for pane in self.query(Pane):
            pane.can_focus = False
        self._number = next((card.number for card in self.team.to_read if card.hostility is None), None)

    _number: int | None = None

    @property
    def card(self) -> CardFacts | None:
        """The card at hand."""
        cards = self.team.to_read
        return next((card for card in cards if card.number == self._number), cards[0] if cards else None)

    def now(self, view: View) -> str | None:
        """What the next key means."""
        team = cast(TeamView, view)
        if not team.to_read or all(card.hostility is not None for card in team.to_read):
            return self.say("All read. Commit (c), or correct a card first.")
        if self.card is not None and self.card.number in self.unsealed.taken:
            return self.say("How sure are we? Press 1 to 4.")
        return self.say("How do we take it? Press 1 (friendly) to 7 (hostile).")

    def draw(self, view: View) -> None:
        """Fill in the card at hand."""
        team, say, card = cast(TeamView, view), self.say, self.card
        taken = self.unsealed.taken.get(card.number) if card else None
        place = 1 + next((index for index, each in enumerate(team.to_read) if card and each.number == card.number), 0)
        line_id, crosses = taken[1:] if taken and taken[1] else (card.touches, card.crosses) if card else (None, False)
        touches = touched(team, line_id, crosses, say)
        hostility = taken[0] if taken else card.hostility if card else None
        confidence = None if taken or card is None else card.confidence
        self.pane("card").show(lambda width: self._card(place, touches, width))
        self.pane("hostility").show(lambda width: scale_blocks(hostility if hostility != UNSET else None, width, say))
        self.pane("confidence").show(lambda width: _sure_blocks(confidence, width, say))
        self.pane("cards").show(draws(card_list(team.to_read, say)), key=str(card.number) if card else None)
        self.redraw_frame()

    def _card(self, place: int, touches: str, width: int) -> list[PaneBlock]:
        """The card at hand in lines that can be read, or that there is none."""
        card, say, of = self.card, self.say, len(self.team.to_read)
        page = [prose(say("Nothing reached us this turn."), "quiet")]
        return laid_out(page if card is None else card_blocks(card, place, of, touches, say), min(width, READING))

    def can(self, action: str) -> bool:
        """Digits read the card at hand."""
        if action.startswith("digit") or action == "touches":
            return self.card is not None
        return super().can(action)

    def action_nothing(self) -> None:
        """Stands in the footer for the digits."""

    async def action_digit(self, number: int) -> None:
        """The first digit is how hostile, the second how sure; then the next card comes."""
        card = self.card
        if card is None:
            return
        taken = self.unsealed.taken.get(card.number)
        if taken is None or taken[0] == UNSET:
            line = taken[1:] if taken else (card.touches, card.crosses)
            self.unsealed.taken[card.number] = (number - 4, *line)
            self.draw(self.look)
        elif number > 4:
            self.tell(self.say("How sure: 1 a guess, 2 not sure, 3 fairly sure, 4 certain."))
        elif await self.send(sealed(card.number, number, *taken)):
            self.unsealed.taken.pop(card.number, None)
            self.show(self.seat.view())
            self._next_unread(card.number)

    def _next_unread(self, number: int) -> None:
        unread = [card.number for card in self.team.to_read if card.hostility is None]
        self._number = next((each for each in unread if each > number), unread[0] if unread else number)
        self.draw(self.look)

    @work
    async def action_touches(self) -> None:
        """Say which line of ours it touches."""
        card = self.card
        if card is None:
            return
        say = self.say
        options = []
        for line in (line for line in self.team.lines if line.adopted):
            says = f"{say(line.kind)}: {say.of(line.says)}"
            options.append(DialogOption(f"touches:{line.id}", says))
            if line.claimable:
                note = say("Only we and the facilitator are told.")
                options.append(DialogOption(f"crosses:{line.id}", say("{says}: held crossed by it", says=says), note))
        options.append(DialogOption("none:", say("none of them")))
        picked = await self.app.push_screen_wait(
            Choose(say("Which line of ours does it touch?"), options, say, sentence=received(card.act, say))
        )
        if picked is None:
            return
        how, _colon, line_id = picked.partition(":")
        touches, crosses = line_id or None, how == "crosses"
        hostility = self.unsealed.taken.get(card.number, (UNSET, None, False))[0]
        if card.hostility is not None and hostility == UNSET and card.confidence is not None:
            await self.send(sealed(card.number, card.confidence, card.hostility, touches, crosses))
            self.show(self.seat.view())
        else:
            self.unsealed.taken[card.number] = (hostility, touches, crosses)
            self.draw(self.look)

    def action_card(self, way: int) -> None:
        """The next card or the one before."""
        numbers = [card.number for card in self.team.to_read]
        if numbers and self.card is not None:
            self._number = numbers[(numbers.index(self.card.number) + way) % len(numbers)]
            self.draw(self.look)

    def action_again(self) -> None:
        """Take the first key back."""
        if self.card is not None:
            self.unsealed.taken.pop(self.card.number, None)
            self.draw(self.look)

    @work
    async def action_commit(self) -> None:
        """Readings are final; ask when some are missing."""
        say = self.say
        unread = [received(card.act, say) for card in self.team.to_read if card.hostility is None]
        if unread:
            question = say("Commit with {n} card unread?", plural="Commit with {n} cards unread?", n=len(unread))
            sentences = [*unread, say("What is skipped stays unread for good.")]
            if not await self.app.push_screen_wait(Confirm(question, sentences, say, yes="commit", no="read on")):
                return
        await self.send(CommitReadings())


def sealed(item: int, confidence: int, hostility: int, touches: str | None, crosses: bool) -> SealReading:
    """A reading as it is sent."""
    reading = SealReading(item=item, hostility=hostility, confidence=confidence, touches=touches)
    return replace(reading, crosses=True) if crosses else reading


UNSET = 9
"""Stands for a hostility that has not been said, while a line has."""


def _sure_blocks(chosen: int | None, width: int, say: Say) -> list[PaneBlock]:
    drawn = []
    for number, words in enumerate(CONFIDENCE, 1):
        face = row(
            (f"{number} ", "key"),
            ("● " if chosen == number else "  ", "key"),
            (say(words), "chosen" if chosen == number else ""),
        )
        drawn.append(PaneBlock((face,)))
    return drawn
