"""A team's desk: what it can type in each phase, what it is told when it sits down, and what it can always look at.

Looks are answered within every question too: briefs, lines, channels, requests, promises, how it stands.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.dossier import TeamEntry
from crisis_sim.engine.sight.views import CardFacts, TeamView
from crisis_sim.pages.asset_blocks import asset_blocks
from crisis_sim.pages.binding_words import citation_blocks
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.briefing_blocks import earlier_blocks, earlier_head, instruction_blocks
from crisis_sim.pages.channel_blocks import channel_blocks
from crisis_sim.pages.closer_words import closer_blocks
from crisis_sim.pages.company_words import label_at, people_at
from crisis_sim.pages.decision_blocks import decision_blocks
from crisis_sim.pages.desk_blocks import our_list, waiting
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.duty import duty, where
from crisis_sim.pages.forecast_blocks import forecast_scores
from crisis_sim.pages.form import FormField
from crisis_sim.pages.line_blocks import expected_blocks, guess_blocks, guesses_before, line_blocks, lines_to_keep
from crisis_sim.pages.move_form import NEW, move_options
from crisis_sim.pages.order_blocks import own_order, their_order
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reading_blocks import present, pressed_told
from crisis_sim.pages.seal_words import of_secrets
from crisis_sim.pages.standing_blocks import meter_blocks, promises, score_blocks, track_blocks
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.telling import telling_due, telling_pages
from crisis_sim.pages.turn_forms import ALONE
from crisis_sim.plain import team_commands as table
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.desk import LOOKS, Command, Desk, DeskLook, Sight, sight_of
from crisis_sim.plain.options_read import list_grouped
from crisis_sim.plain.prompter import FormCommand
from crisis_sim.plain.prose_lines import prose as markdown
from crisis_sim.plain.stepping import step_through
from crisis_sim.plain.talk_prompts import Talks, hold_talk, tell_sheet
from crisis_sim.plain.team_prompter import TeamPrompter
from crisis_sim.plain.typed import counted
from crisis_sim.wording import _


def _brief(view: TeamView, say: Teller) -> Iterator[str]:
    team = say.dossier.team
    assert team is not None
    yield from (markdown(say.of(say.dossier.brief)), "", markdown(say.of(team.brief)))
    yield from lines_of(instruction_blocks(team, say), say)
    yield from sight_of(_facts)(view, say)
    yield from lines_of(earlier_blocks(say), say)


def _facts(view: TeamView, say: Teller) -> Iterable[Block]:
    return private_fact_blocks(view.private_facts, say)


def _assets(view: TeamView, say: Teller) -> Iterable[Block]:
    return asset_blocks(view.assets, say)


def _lines(view: TeamView, say: Teller) -> Iterator[Block]:
    yield prose(say("Our lines:"))
    briefing = view.phase == "briefing"
    yield from lines_to_keep(view.lines, say) if briefing else line_blocks(view.lines, say, detailed=True)
    yield prose(say("Our guesses of theirs:"))
    yield from guess_blocks(view.guesses, say)
    yield from guesses_before(view, say, is_open=False)
    if say.dossier.second_order:
        yield prose(say("What we think they guess of ours:"))
        yield from expected_blocks(view, say)
    yield from own_order(view, say)
    yield from their_order(view, say)


def _requests(view: TeamView, say: Teller) -> Iterable[Block]:
    return waiting(view, say, detailed=True)


def _promises(view: TeamView, say: Teller) -> Iterator[Block]:
    yield from citation_blocks(view.citations, say)
    yield from promises(view.commitments, say)


TEAM_LOOKS: Final[Mapping[str, Sight[TeamView]]] = {
    "brief": Sight(_("the public brief, then our own"), _brief),
    "facts": Sight(_("what we alone know"), sight_of(_facts), lambda view: bool(view.private_facts)),
    "assets": Sight(_("what we have, and what we see of theirs"), sight_of(_assets), lambda view: bool(view.assets)),
    "lines": Sight(_("our lines, and our guesses of theirs"), sight_of(_lines)),
    "channels": Sight(_("the channels, and what shape they are in"), sight_of(channel_blocks)),
    "requests": Sight(_("what waits for an answer"), sight_of(_requests)),
    "promises": Sight(_("promises on the record"), sight_of(_promises)),
    "standing": Sight(_("our standing at home, and what we give them credit for"), sight_of(meter_blocks)),
}
"""By what is typed."""


TELLS = _("what has happened, one thing at a time, once more")
GOES_ON = {NEW: "move", "request": "answer", "draft": "revise"}
"""What is typed to go on with a move that is half written, by the kind of its form."""
CLOSES = _("ask them which of our acts moved them closer, or answer that")


class TeamDesk(Desk):
    """A team at this terminal."""

    def __init__(self, seat: Reader, console: Console, people: Sequence[a.SeatName]) -> None:
        """`people` are the seats played here."""
        super().__init__(seat, console, people)
        self.asks = TeamPrompter(seat, console, self.submit, self.refused)
        self.prompts = self.asks
        self.talks = Talks()
        self.is_briefed = False
        self.stood: list[str] = []
        """How it stood with us, as this seat was told last."""

    @property
    def view(self) -> TeamView:
        """What the team sees now."""
        view = self.seat.view()
        assert isinstance(view, TeamView)
        return view

    @property
    def _team(self) -> TeamEntry:
        team = self.words.dossier.team
        assert team is not None
        return team

    async def sit(self) -> None:
        """Play until this phase wants nothing more of the team. Raises HandOver and Quit."""
        self.sit_down()
        view, say = self.view, self.words
        if self.placed != view.turn:
            self.placed = view.turn
            begins = say("Turn {turn} of {turns}, hour {hour}.", turn=view.turn, turns=view.turns, hour=view.hour)
            stands = begins if view.turn and view.phase != "closing" and not view.paused else where(view, say)
            self.console.tell("{seat}. {where}", seat=say.team(view.side), where=stands)
        is_told = False
        if self.chair.told < (due := telling_due(self.view)):
            is_told = self._tell()
            self.chair.told = due
            self.seen = len(self.view.feed)
        self.since = self.console.now()
        try:
            await self._sit(is_told=is_told)
        finally:
            self.count_time()

    def read_sheet(self) -> None:
        """What we take into a talk, for our eyes alone. Raises Quit."""
        self.sit_down()
        tell_sheet(self.console, self.view, self.talks, self.words)

    async def _sit(self, *, is_told: bool) -> None:
        phase, turn, paused = self.view.phase, self.view.turn, self.view.paused
        await self._open(is_told=is_told)
        if phase == "readings" and not self._waits:
            await self._read_all()
        if self.view.asked_now and (self.view.phase, self.view.turn) == (phase, turn) and not self._waits:
            await self._forecast("")
        waits = self._waits
        doing = self._while_waiting() if waits else self._doing()
        names = [command.name for command in doing]
        if waits or not doing:
            names += ["hand"] if len(self.people) > 1 else LOOKS

        def goes_on() -> bool:
            view = self.view
            stays = (view.phase, view.turn, view.paused) == (phase, turn, paused)
            return stays and (waits or not (doing and view.committed))

        named = self.console.words(phase).capitalize()
        await self.serve(
            "{phase}. Type {names}, or {how}.",
            [*doing, *self._catalogued(), *self.shared_commands()],
            goes_on,
            briefly=_("{phase}."),
            phase=named,
            names=self.console.words(", ").join(map(self.console.verb, names)),
            how=self.console.verb("help"),
        )

    @property
    def _waits(self) -> bool:
        """Nothing more is asked of us for now."""
        return self.view.committed or self.view.paused

    async def _open(self, *, is_told: bool) -> None:
        """What a team is told when it sits down; what it has just been told is left out."""
        view, say = self.view, self.words
        if view.phase == "briefing" and not self.is_briefed:
            self._brief()
        if view.phase in ("situation", "moves", "results"):
            self.news()
            if not view.committed:
                self._stand(is_told=is_told)
        else:
            self.news("situation")
        await hold_talk(self, view, self.talks)
        if view.asked_now:
            self.show(forecast_scores([of for of in view.forecast_scores if of.turn == view.turn], say))
        if asked := duty(view, say) if self._waits else self.console.once(duty(view, say), ""):
            self.console.say(asked)
        for name in self.asks.half_written():
            if (verb := GOES_ON.get(name.partition(":")[0])) is not None:
                self.console.tell("A move is half written: {move} goes on with it.", move=self.console.verb(verb))

    def _brief(self) -> None:
        """What a team comes with, the first time that it sits down."""
        say = self.words
        self.is_briefed = True
        self.console.say(say.of(say.dossier.handling))
        self.console.tell("Our part: {part}", part=say.of(self._team.part))
        self.page(say("Aim: {aim}", aim=say.of(aim)) for aim in self._team.aims)
        self.show(instruction_blocks(self._team, say))
        self.show(earlier_head(say))
        looks = _("Type {brief} to read the briefs, {lines} for our lines, {channels} for the ways to talk.")
        if self.view.assets:
            looks = _(
                "Type {brief} to read the briefs, {lines} for our lines, {channels} for the ways to talk, {assets} for"
                " what both have there."
            )
        names = ("brief", "lines", "channels", "assets")
        self.console.say(say(looks, **{name: self.console.verb(name) for name in names}))

    def _stand(self, *, is_told: bool) -> None:
        """How it stands with us: from the second turn on what home and we make of it, then what is asked of us."""
        view, say = self.view, self.words
        if view.turn > 1 or view.phase == "results":
            pressed = [line for line in view.lines if line.adopted and line.state != "quiet"]
            stood = lines_of([*meter_blocks(view, say), *(line_blocks(pressed, say) if pressed else ())], say)
            self.page(line for line in stood if line not in self.stood)
            if any(line in self.stood for line in stood):
                self.console.tell("All else stands as before.")
            self.stood = stood
        if view.score is not None:
            self.show(score_blocks(view.score, say))
        if is_told:
            return
        self.show(track_blocks(view.tracks, say))
        if view.requests:
            self.console.tell("Waiting for our answer:")
            self.show(waiting(view, say, detailed=True))
        self.show([*closer_blocks(view, say), *decision_blocks(view.decisions, say)])

    def _doing(self) -> list[Command]:
        """What this phase asks of us."""
        view = self.view
        match view.phase:
            case "briefing":
                given = [each for each in table.OWN_LINES if each.opens.endswith(":") or self.asks.names(each)]
                return [*map(self._command, given), *self._guessing(), self._command(table.SEAL)]
            case "closing":
                again = [self._command(table.AGAIN, self.asks.again)] if view.guesses_before else []
                first, *more = self._guessing()
                return [first, *again, *more, *self._closing(), self._command(table.SEAL)]
            case "moves":
                listed = Command("list", _("what is on our list"), self._list)
                commands = [self._command(each) for each in table.MOVES if each.name != "decide" or view.decisions]
                is_open = view.closer is not None or view.ways_to_ask
                asks = [Command("ask", CLOSES, self.asks.closer)] if is_open else []
                return [*commands[:2], listed, *commands[2:-2], *asks, *commands[-2:]]
            case "readings":
                off = {"readout": not view.exchanges, "forecast": not view.asked_now}
                ways = {"read": self._reading, "forecast": self._forecast}
                can = [each for each in table.READINGS if not off.get(each.name)]
                return [self._command(each, ways.get(each.name)) for each in can]
            case "forecasts":
                ways = {"forecast": self._forecast}
                return [self._command(each, ways.get(each.name)) for each in table.FORECASTS]
            case _:
                return []

    def _guessing(self) -> list[Command]:
        """Guesses of theirs, and of what they guess."""
        has = {"expect": self.words.dossier.second_order, "theirs": bool(self.words.dossier.offences)}
        has["unexpect"] = has["expect"]
        ways = {"expect": self.asks.expect}
        return [self._command(each, ways.get(each.name)) for each in table.GUESSES if has.get(each.name, True)]

    def _closing(self) -> list[Command]:
        """What is said once play is over."""
        has_share = self.words.dossier.asks_share and self.view.phase == "closing"
        share, put, accept = table.CLOSING
        commands = [self._command(share)] if has_share and not self.view.committed else []
        if self.words.dossier.asks_principles and self.view.phase == "closing":
            commands += [self._command(put, self.asks.put), self._command(accept, self.asks.accept)]
        return commands

    def _while_waiting(self) -> list[Command]:
        """What can still be typed once ours is sealed."""
        if self.view.phase == "briefing":
            return [each for each in self._guessing() if each.name == "theirs"]
        return self._closing()

    def _offer(self, commands: Sequence[Command]) -> None:
        """What can be typed, and what may show of what we seal."""
        super()._offer(commands)
        self.page(map(self.console.words, of_secrets(self.view)))

    def looks(self) -> list[DeskLook]:
        """What can be looked at."""
        return [
            *super().looks(),
            *self.looks_at(TEAM_LOOKS, lambda: self.view),
            *([DeskLook("telling", TELLS, self._tell)] if self.view.turn else []),
        ]

    def _catalogued(self) -> list[Command]:
        return [Command("catalogue", "all moves; a word to look for can follow", self._catalogue)]

    def _tell(self) -> bool:
        """What has happened, one thing at a time; whether it was told to its end."""
        pages = telling_pages(self.view, self.words, heard=True)
        return step_through(self.console, [lines_of(page, self.console.words) for page in pages])

    # forms

    def _command(self, of: FormCommand, run: Callable[[str], Awaitable[None]] | None = None) -> Command:
        return Command(of.name, of.says, run or partial(self.asks.run, of))

    async def _list(self, rest: str) -> None:
        self.show(our_list(self.view, self.words, detailed=True))

    # readings and forecasts

    async def _read_all(self) -> None:
        """Every card that is not read; Enter leaves one so."""
        for card in self.view.to_read:
            if card.hostility is None:
                try:
                    await self._read(card)
                except Back:
                    return

    async def _read(self, card: CardFacts) -> None:
        here = present(people_at(self.seat), self.seat.name)
        if told := pressed_told(card, here, label_at(self.seat), self.words):
            self.console.say(told)
            if label_at(self.seat) not in card.pressed:
                await self.asks.open(f"{ALONE}:{card.number}", titled=True, leaves=_("go on without"))
        await self.asks.open(str(card.number), leaves=_("leave it unread"))

    async def _reading(self, rest: str) -> None:
        names = self.asks.names(table.READINGS[0])
        if not names:
            self.console.tell(table.READINGS[0].lacks)
            return
        first, _space, more = rest.partition(" ")
        if (place := counted(first) or 0) in range(1, len(names) + 1):
            name, rest = names[place - 1], more.strip()
        else:
            name, rest = self.asks.picked(names, rest)
        await self.asks.open(name, rest)

    async def _forecast(self, rest: str) -> None:
        for forecast in self.view.asked_now:
            try:
                await self.asks.open(forecast.id, titled=True, leaves=_("leave it unsaid"))
            except Back:
                return

    async def _catalogue(self, rest: str) -> None:
        options = tuple(move_options(self.view, self.words))
        list_grouped(self.console, FormField("move", "one", "", options=options), rest)
