"""Readings: one card an act that reached us, two keys a card, three for public words, and the next one comes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from msgspec import UNSET, UnsetType
from msgspec.structs import replace
from textual import work
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from crisis_sim.engine.actions import CommitReadings, PressReading, SealReading
from crisis_sim.engine.sight.views import CardFacts, TeamView, View
from crisis_sim.pages.blocks import Block, Quote, prose
from crisis_sim.pages.company_words import label_at, people_at
from crisis_sim.pages.desk_blocks import received
from crisis_sim.pages.line_blocks import line_blocks
from crisis_sim.pages.phrases import AUDIENCES, CONFIDENCE, signed, valued
from crisis_sim.pages.reading_blocks import (
    ALONE,
    FEW,
    before_blocks,
    card_blocks,
    card_list,
    held_crossed,
    is_all_said,
    present,
    pressed_told,
    touched,
)
from crisis_sim.rules.names import Audience, other
from crisis_sim.tui.block_rows import draws, laid_out
from crisis_sim.tui.composer_rows import audience_blocks, scale_blocks
from crisis_sim.tui.dialogs import Choose, DialogOption
from crisis_sim.tui.frame import DeskChanged
from crisis_sim.tui.key_bindings import FACTS, TOLD, KeyBinding
from crisis_sim.tui.leafed_back import LeafedBack
from crisis_sim.tui.pane_rows import BLANK, READING, PaneBlock, block, row
from crisis_sim.tui.screen_words import Say
from crisis_sim.tui.unsealed import Taken
from crisis_sim.tui.widgets.pane import Pane

BESIDE_WORDS: Final = "▎ "
"""Stands before each line of what the other side said."""


class ReadingsScreen(LeafedBack):
    """Say how each act is taken."""

    KEYS = (
        *(KeyBinding(str(n), f"digit({n})", f"{n}", f"Take it as {signed(n - 4)}", foot=False) for n in range(1, 8)),
        KeyBinding("", "nothing", "to 7, then 1 to 4", "How hostile; how sure; for whom", foot=False, shown="1"),
        KeyBinding("i", "alone", "I alone", "Say how you yourself take it, before the team does; nobody is shown it"),
        KeyBinding("t", "touches", "touches our line", "Say which line of ours it touches"),
        KeyBinding("b", "beside", "before, lines", "What passed between us before and our lines; again for the card"),
        KeyBinding("n,down,j", "card(1)", "next card", "The next card, without reading this one"),
        KeyBinding("c", "commit", "commit", "Our readings are final; where forecasts are asked with them, on to those"),
        KeyBinding("e", "anew", "read anew", "Read a card anew that has been read; esc leaves it as it was"),
        KeyBinding("p,up,k", "card(-1)", "card before", "The card before"),
        KeyBinding("pagedown", "leaf(1)", "further down", "Further down in the card, or what is beside it", foot=False),
        KeyBinding("pageup", "leaf(-1)", "further up", "Further up in the card, or what is beside it", foot=False),
        KeyBinding("backspace,escape", "again", "again", "Take the first key back", foot=False),
        FACTS,
        replace(TOLD, keys="f4"),
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person", foot=False),
    )  # fmt: skip
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
    DEFAULT_CSS = """
    ReadingsScreen {
        &.-short #cards { display: none; }
        #reading, #asked, #reached, #before, #ours { height: 1fr; }
        #reached { align: center middle; }
        #card { max-width: 84; height: auto; max-height: 100%; }
        &.-short #card { max-width: 100%; height: 1fr; }
        #beside { display: none; height: 1fr; }
        &.-beside #reached { display: none; }
        &.-beside #asked { height: auto; }
        &.-beside #beside { display: block; layout: horizontal; }
        &.-wide.-tall #reached { display: block; }
        &.-wide.-tall #asked { height: 1fr; }
        &.-wide.-tall #beside { display: block; layout: vertical; dock: right; width: 40%; }
        &.-wide.-tall #ours { height: auto; max-height: 50%; }
        #scales { height: 9; }
        &.-public #scales { height: 12; }
        #hostility { width: 1fr; height: 100%; }
        #surely { width: 21; height: 100%; }
        #confidence { height: 1fr; }
        #audience { display: none; height: 6; }
        &.-public #audience { display: block; }
        #cards { height: auto; max-height: 8; }
    }
    """

    def body(self) -> Iterable[Widget]:
        """The card with what is asked of it beneath; beside it what passed before, and our lines."""
        say = self.say
        before, ours = Pane(say("What passed between us before"), id="before"), Pane(say("Our lines"), id="ours")
        sure, whom = Pane(say("Then: how sure"), id="confidence"), Pane(say("Last: for whom"), id="audience")
        yield Vertical(
            Vertical(before, ours, id="beside"),
            Vertical(
                Container(Pane(id="card"), id="reached"),
                Horizontal(
                    Pane(say("First: taken as"), id="hostility"), Vertical(sure, whom, id="surely"), id="scales"
                ),
                Pane(say("All cards"), id="cards"),
                id="asked",
            ),
            id="reading",
        )

    def on_mount(self) -> None:
        """Nothing has the focus: keys are the answer."""
        for pane in self.query(Pane):
            pane.can_focus = False
        self._number = next((card.number for card in self.team.to_read if card.hostility is None), None)

    _number: int | None = None
    _is_alone = False
    """The next digit is a person's own."""

    @property
    def card(self) -> CardFacts | None:
        """The card at hand."""
        cards = self.team.to_read
        return next((card for card in cards if card.number == self._number), cards[0] if cards else None)

    @property
    def _begun_anew(self) -> CardFacts | None:
        """A card that has been read and waits for the next key of another reading; the one at hand before others."""
        begun = [
            card for card in self.team.to_read if card.hostility is not None and card.number in self.unsealed.taken
        ]
        return self.card if self.card in begun else next(iter(begun), None)

    def now(self, view: View) -> str | None:
        """What the next key means."""
        team, begun = cast(TeamView, view), self._begun_anew
        if begun != self.card and all(card.hostility is not None for card in team.to_read):
            if begun is not None:
                return self.say("A card begun anew lacks a key: c leads to it; esc there leaves it as it was read.")
            if team.asked_now:
                return self.say("All read. Go on to the forecasts (c), or read a card anew first (e).")
            return self.say("All read. Commit (c), or read a card anew first (e).")
        if self.can("anew"):
            return self.say("This card has been read: n goes on, e reads it anew.")
        taken = self._taken
        if self._is_alone:
            return self.say("You alone: how do you take it? Press 1 (friendly) to 7 (hostile); esc takes that back.")
        if taken.confidence is not None:
            return self.say("Whom was it mainly for? 1 us, 2 their home, 3 third parties, 4 their allies.")
        if taken.hostility is not None:
            return self.say("How sure are we? Press 1 to 4.")
        together = self.say("How do we take it? Press 1 (friendly) to 7 (hostile).")
        first = self.can("alone") and label_at(self.seat) not in (self.card.pressed if self.card else ())
        return self.say("{one} {two}", one=self.say(ALONE, key="i"), two=together) if first else together

    def draw(self, view: View) -> None:
        """Fill in the card at hand."""
        team, say, card = cast(TeamView, view), self.say, self.card
        taken, half = self._taken, card is not None and card.number in self.unsealed.taken
        place = 1 + next((index for index, each in enumerate(team.to_read) if card and each.number == card.number), 0)
        line = taken if taken.touches or card is None else card
        touches = touched(team, line.touches, line.crosses, say)
        read = Taken() if half or card is None else Taken(card.hostility, card.confidence)
        hostility = read.hostility if taken.hostility is None else taken.hostility
        confidence = read.confidence if taken.confidence is None else taken.confidence
        audience = None if half or card is None else card.audience
        self.set_class(card is not None and card.act.visibility == "public", "-public")
        reached, at = say("What reached us"), say("card {n} of {m}", n=place, m=len(team.to_read))
        self.pane("card").title(reached if card is None else f"{reached} · {at}")
        self.pane("card").show(lambda width: self._card(touches, width))
        self.pane("before").show(draws(before_blocks(team, say)))
        self.pane("ours").show(draws(line_blocks(team.lines, say), picks=False))
        self.pane("hostility").show(lambda width: scale_blocks(hostility, width, say))
        self.pane("confidence").show(lambda width: _sure_blocks(confidence, width, say))
        self.pane("audience").show(lambda width: audience_blocks(audience, 1, width, say))
        self.pane("cards").show(draws(card_list(team.to_read, say)), key=str(card.number) if card else None)
        for name in ("hostility", "confidence", "audience"):
            self.pane(name).light(name == self._asked)
        self.redraw_frame()

    @property
    def _asked(self) -> str:
        """The list that the next digit answers; empty where the card at hand has been read."""
        card, taken = self.card, self._taken
        if card is None or self.can("anew"):
            return ""
        return "hostility" if taken.hostility is None else "confidence" if taken.confidence is None else "audience"

    def _card(self, touches: str, width: int) -> list[PaneBlock]:
        """The card at hand, its words beside a bar in the colour of whose they are; or that there is none."""
        card, say, width = self.card, self.say, min(width, READING)
        if card is None:
            return laid_out([prose(say("Nothing reached us this turn."), "quiet")], width)
        air = int(self.has_class("-tall"))
        drawn: list[PaneBlock] = [block(BLANK)] if air else []
        for part in (*card_blocks(card, touches, self.team, say), *self._alone_told(card)):
            rows = [each for laid in laid_out([part], width - 2 * isinstance(part, Quote), air=1) for each in laid.rows]
            if isinstance(part, Quote):
                rows = [((BESIDE_WORDS, other(self.team.side)), *each) for each in rows]
            drawn.append(block(*rows, *[BLANK] * air))
        return drawn

    def _alone_told(self, card: CardFacts) -> list[Block]:
        """Who of us has said alone how they take it, and never what."""
        told = pressed_told(card, self._here, label_at(self.seat), self.say)
        return [prose(told, "quiet")] if told else []

    @property
    def _here(self) -> tuple[str, ...]:
        """Who sits at our team's screens."""
        return present(people_at(self.seat), self.seat.name)

    def on_resize(self) -> None:
        """Whether anything is beside the card that is not in sight depends on the size."""
        self.call_after_refresh(self.redraw_frame)

    def can(self, action: str) -> bool:
        """Digits read the card at hand."""
        if action == "alone":
            return self.card is not None and self.card.hostility is None and len(self._here) >= FEW
        if action == "anew":
            return self.card is not None and self.card.hostility is not None and not self._is_begun
        if action.startswith("digit"):
            return self.card is not None and not self.can("anew")
        if action == "touches":
            return self.card is not None
        if action == "beside":
            return not (self.has_class("-wide") and self.has_class("-tall"))
        return super().can(action)

    def action_nothing(self) -> None:
        """Stands in the footer for the digits."""

    @property
    def _taken(self) -> Taken:
        """What has been said of the card at hand and is not sealed yet."""
        return Taken() if self.card is None else self.unsealed.taken.get(self.card.number, Taken())

    @property
    def _is_begun(self) -> bool:
        """Whether the card at hand waits for a key of its reading."""
        return self.card is not None and self.card.number in self.unsealed.taken

    def action_anew(self) -> None:
        """Begin a card anew that has been read."""
        if self.card is not None:
            self._keep(self.card, Taken(touches=self.card.touches, crosses=self.card.crosses))

    async def action_digit(self, number: int) -> None:
        """How hostile, how sure, and of public words for whom; then the next card comes."""
        card, taken = self.card, self._taken
        if card is None:
            return
        if self._is_alone:
            await self._press(card, number - 4)
        elif taken.hostility is None:
            line = taken if self._is_begun else card
            self._keep(card, Taken(number - 4, None, line.touches, line.crosses))
        elif number > 4:
            self.tell(
                self.say("How sure: 1 a guess, 2 not sure, 3 fairly sure, 4 certain.")
                if taken.confidence is None
                else self.say("Whom was it mainly for? 1 us, 2 their home, 3 third parties, 4 their allies.")
            )
        elif taken.confidence is None and card.act.visibility == "public":
            self._keep(card, replace(taken, confidence=number))
        elif taken.confidence is None:
            await self._seal(card, taken.hostility, number, taken)
        else:
            await self._seal(card, taken.hostility, taken.confidence, taken, tuple(AUDIENCES)[number - 1])

    def action_alone(self) -> None:
        """The next digit is how whoever sits here takes it alone."""
        self._is_alone = True
        self.redraw_frame()

    async def _press(self, card: CardFacts, hostility: int) -> None:
        self._is_alone = False
        if await self.send(PressReading(item=card.number, hostility=hostility, by=label_at(self.seat))):
            self.tell(self.say("Sealed for yourself alone: {taken}.", taken=valued(hostility, self.say)))
            self.show(self.seat.view())
        self.redraw_frame()

    def _keep(self, card: CardFacts, taken: Taken) -> None:
        self.unsealed.taken[card.number] = taken
        self.draw(self.look)

    async def _seal(
        self, card: CardFacts, hostility: int, sure: int, line: Taken, audience: Audience | UnsetType = UNSET
    ) -> None:
        """Seal how a card is taken, and go on."""
        if await self.send(sealed(card.number, hostility, sure, line, audience)):
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
        say, said = self.say, self._taken if card.number in self.unsealed.taken else card
        options = []
        for line in (line for line in self.team.lines if line.adopted):
            says = say("{head}: {text}", head=say(line.kind), text=say.of(line.says))
            options.append(DialogOption(f"touches:{line.id}", says))
            if line.claimable:
                note = say("Only we and the facilitator are told.")
                options.append(DialogOption(f"crosses:{line.id}", held_crossed(says, say), note))
        options.append(DialogOption("none:", say("none of them")))
        picked = await self.app.push_screen_wait(
            Choose(
                say("Which line of ours does it touch?"),
                options,
                say,
                sentence=received(card.act, say),
                chosen=f"{'crosses' if said.crosses else 'touches'}:{said.touches}" if said.touches else "none:",
            )
        )
        if picked is None:
            return
        how, _colon, line_id = picked.partition(":")
        touches, crosses = line_id or None, how == "crosses"
        if card.hostility is not None and card.number not in self.unsealed.taken and card.confidence is not None:
            audience = UNSET if card.audience is None else card.audience
            await self.send(
                sealed(card.number, card.hostility, card.confidence, Taken(touches=touches, crosses=crosses), audience)
            )
            self.show(self.seat.view())
        else:
            self._keep(card, replace(self._taken, touches=touches, crosses=crosses))

    def action_card(self, way: int) -> None:
        """The next card or the one before."""
        numbers = [card.number for card in self.team.to_read]
        if numbers and self.card is not None:
            self._number = numbers[(numbers.index(self.card.number) + way) % len(numbers)]
            self.draw(self.look)

    def action_beside(self) -> None:
        """Where there is no room beside the card: what passed before and our lines in its place, and back."""
        self.toggle_class("-beside")

    def action_leaf(self, way: int) -> None:
        """A page on or back in what can be seen and is longer than its room."""
        for name in ("card", "before", "ours"):
            self.pane(name).action_page(way)

    def action_again(self) -> None:
        """Take the first key back."""
        self._is_alone = False
        if self.card is not None:
            self.unsealed.taken.pop(self.card.number, None)
            self.draw(self.look)

    @work
    async def action_commit(self) -> None:
        """Readings are final; ask when some are missing or lack a key. Where forecasts are asked too, on to those."""
        if (begun := self._begun_anew) is not None:
            self._number = begun.number
            self.draw(self.look)
            self.tell(self.say("This card lacks a key; esc leaves it as it was read."))
        elif self.team.asked_now:
            self.unsealed.read_in = self.team.turn
            self.post_message(DeskChanged())
        elif is_all_said(self.team):
            await self.send(CommitReadings())
        else:
            await self.fill_in("commit")


def sealed(item: int, hostility: int, sure: int, line: Taken, audience: Audience | UnsetType) -> SealReading:
    """A reading as it is sent."""
    reading = SealReading(item=item, hostility=hostility, confidence=sure, touches=line.touches, audience=audience)
    return replace(reading, crosses=True) if line.crosses else reading


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
