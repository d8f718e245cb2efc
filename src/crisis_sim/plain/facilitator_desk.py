"""The facilitator's desk: phases, the MSEL, both boards, traces, and every intervention.

Boards, acts, scores, channels, notes, guide and briefs can be looked at within every question too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import count
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block, capital, prose
from crisis_sim.pages.briefing_blocks import earlier_blocks, guide_text, sounds_text
from crisis_sim.pages.channel_blocks import channel_blocks
from crisis_sim.pages.console_blocks import (
    act_blocks,
    board_blocks,
    by_hand_blocks,
    call_blocks,
    flag_blocks,
    is_last,
    note_blocks,
    record_blocks,
    trace_blocks,
    waiting_blocks,
)
from crisis_sim.pages.console_forms import INTERVENTIONS
from crisis_sim.pages.done_blocks import done_blocks
from crisis_sim.pages.duty import duty, where
from crisis_sim.pages.places_forms import BACK, places_blocks
from crisis_sim.pages.plan_blocks import by_plan, inject_blocks, inject_state, plan_blocks, plan_groups, title_of
from crisis_sim.pages.reader_forms import form_at, places_at
from crisis_sim.pages.standing_blocks import score_blocks, track_blocks
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.traces import traces_told
from crisis_sim.pages.whose_chair import passes_by_itself, teams_among
from crisis_sim.plain.desk import Command, Desk, DeskLook, Sight, sight_of
from crisis_sim.plain.prompter import FormCommand
from crisis_sim.plain.prose_lines import prose as markdown
from crisis_sim.plain.room import PARTS, part
from crisis_sim.plain.typed import PromptOption, without_assent
from crisis_sim.session.places import AnyHostAct, GoBack
from crisis_sim.wording import _


def _boards(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    for board in (view.us, view.china):
        yield from board_blocks(board, view, say, detailed=True)


def _acts(view: FacilitatorView, say: Teller) -> Iterable[Block]:
    return act_blocks(view.acts, say)


def _scores(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    if view.score is not None:
        yield from score_blocks(view.score, say)
    yield from track_blocks(view.tracks, say)


def _facts(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    if not view.facts and not view.commitments:
        yield prose(say("No named fact holds, and no promise is on the record."))
    yield from record_blocks(view, say)
    yield from call_blocks(view, say)


def _notes(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    if not (view.notes or view.bookmarks or view.models):
        yield prose(say("Nothing has been noted, and nothing is marked."))
    yield from note_blocks(view, say)


def _guide(view: FacilitatorView, say: Teller) -> Iterator[str]:
    yield markdown("\n\n".join(filter(None, (guide_text(say), sounds_text(say)))))


def _briefs(view: FacilitatorView, say: Teller) -> Iterator[str]:
    heads = (say("Both teams"), say("US"), say("China"))
    for head, text in zip(heads, (say.dossier.brief, say.white.us.brief, say.white.china.brief), strict=True):
        yield from (say("{title}:", title=head), markdown(say.of(text)), "")
    yield from lines_of(earlier_blocks(say), say)


WHITE_CELL_LOOKS: Final[Mapping[str, Sight[FacilitatorView]]] = {
    "boards": Sight(_("both teams' boards"), sight_of(_boards)),
    "acts": Sight(_("every act: meant, fared, read, weighed"), sight_of(_acts)),
    "scores": Sight(_("tension, felt tension, trust, standing, and what is at stake"), sight_of(_scores)),
    "channels": Sight(_("the channels, and what shape they are in"), sight_of(channel_blocks)),
    "facts": Sight(_("named facts that hold, and promises on the record"), sight_of(_facts)),
    "notes": Sight(_("our notes and bookmarks"), sight_of(_notes)),
    "guide": Sight(_("the facilitator's guide"), _guide),
    "briefs": Sight(_("the public brief and both teams' briefs"), _briefs),
}
"""By what is typed."""


NEXT: Final = FormCommand("next", _("go on to the next phase; what is not committed is taken as it stands"), "advance")
BY_HAND: Final = (
    FormCommand("pause", _("stop the clock and the table"), "pause"),
    FormCommand("unpause", _("go on where we paused"), "unpause"),
    FormCommand("improvise", _("deliver words that are in no plan"), "improvise"),
    FormCommand("extend", _("give this turn more minutes"), "extend"),
    FormCommand("override", _("set a number by hand, with a reason"), "override"),
    FormCommand(
        "declare",
        _("declare a red line crossed, as its team claims or a rule proposes"),
        "declare",
        _("No team claims a crossing, and no rule proposes one."),
    ),
    FormCommand(
        "reveal", _("show both teams what one act meant and how it was read"), "act:", _("There is nothing to reveal.")
    ),
    FormCommand("mirror", _("say to both that each meant well and took the other as hostile"), "mirror"),
    FormCommand("ask", _("ask both which acts of the other side moved them closer"), "question"),
    FormCommand(
        "translate",
        _("attach a translation to words that a team has written"),
        "translate",
        _("Nobody has written anything yet."),
    ),
    FormCommand("bookmark", _("mark this place in the log"), "bookmark"),
)
"""What a facilitator does by hand, each with its form."""
OF_PLACES: Final = (
    FormCommand("place", _("give a place a new code or the pen, or take it back"), "place:"),
    FormCommand("invite", _("add a place, with a code for it"), "invite"),
    FormCommand("door", _("let nobody new in, or let them in again"), "door"),
)
"""What a facilitator who has joined asks of the host, each with its form."""
ON_INJECTS: Final = {
    "release": _("deliver an inject now"),
    "hold": _("keep an inject back until it is released"),
    "skip": _("strike an inject from this session"),
}
"""What is done with one inject of the plan, all by its one form."""
ENGINE_SAYS: Final[Mapping[str, a.AnyAction]] = {
    "advance": a.Advance(),
    "pause": a.Pause(),
    "unpause": a.Unpause(),
    "mirror": a.HoldMirror(),
    "question": a.PutQuestion(),
}
"""Where there is no form, what says best why there is none: what refuses it."""
CHAIR = (
    _("At this terminal play goes on by itself when a turn begins or has been judged; {chair} brings you back."),
    _("You come to the terminal when a turn begins and when it has been judged; {chair} lets play go on by itself."),
)
"""What a facilitator at a shared terminal is told of the chair: not asked for, and asked for."""


class RollBackChosen(Exception):
    """The facilitator goes back to the start of a turn, in a branch."""

    def __init__(self, turn: int) -> None:
        """A turn that was played."""
        super().__init__(turn)
        self.turn = turn


class FacilitatorDesk(Desk):
    """The white cell at this terminal."""

    @property
    def view(self) -> FacilitatorView:
        """What the facilitator sees now."""
        view = self.seat.view()
        assert isinstance(view, FacilitatorView)
        return view

    async def sit(self) -> None:
        """Play until play waits for somebody else. Raises HandOver, RollBackTo and Quit."""
        self.sit_down()
        self._open()
        phase, turn = self.view.phase, self.view.turn
        waited = "facilitator" in self.view.waiting_for

        def goes_on() -> bool:
            view = self.view
            if view.phase == "closed" or (view.phase, view.turn) != (phase, turn):
                return False
            if not self.chair.takes_chair and passes_by_itself(view, self.people):
                return False
            return view.paused or ("facilitator" in view.waiting_for) == waited

        named = self.console.words(phase).capitalize()
        prompt = _("{phase}. Type {next} to go on, or ? for all that can be typed.")
        await self.serve(prompt, self._commands(), goes_on, phase=named, next=self.console.verb("next"))

    def _open(self) -> None:
        view, say = self.view, self.words
        self.console.tell("Facilitator. {where}", where=where(view, say))
        if view.phase == "briefing" and not self.seen:
            self.console.tell("Type {guide} to read the facilitator's guide.", guide=self.console.verb("guide"))
        if self._shares and not view.turn:
            self.console.tell(CHAIR[self.chair.takes_chair], chair=self.console.verb("chair"))
        if view.turn > 1 and not self.seen:
            self.seen = len(view.feed)
            self.console.tell("{news} tells what has happened so far.", news=capital(self.console.verb("news")))
        self.news()
        self._waiting()
        if view.phase == "results" and view.score is not None:
            self.show(score_blocks(view.score, say))
            self.show(flag_blocks(view, say))
            count = sum(trace.turn == view.turn for trace in traces_told(view.traces, say))
            self.console.tell(
                "{n} number moved this turn; {traces} tells why.",
                plural="{n} numbers moved this turn; {traces} tells why.",
                n=count,
                traces=self.console.verb("traces"),
            )
        self.console.say(duty(view, say))

    @property
    def _shares(self) -> bool:
        return bool(teams_among(self.people))

    def _waiting(self) -> None:
        self.show(waiting_blocks(self.view, self.words))
        self.show(by_hand_blocks(self.view, self.words, self.console.verb))
        left = self.seat.seconds_left()
        if left is not None and left < 0:
            self.console.tell("The time for this turn is over.")

    def _commands(self) -> list[Command]:
        return [*self._acting(), *self._searching(), *self.shared_commands()]

    def _acting(self) -> list[Command]:
        return [
            Command(NEXT.name, NEXT.says, partial(self._by_hand, NEXT)),
            *(Command(name, says, partial(self._with_inject, name)) for name, says in ON_INJECTS.items()),
            *(Command(of.name, of.says, partial(self._by_hand, of)) for of in BY_HAND),
            *self._of_chair(),
            *(Command(of.name, of.says, partial(self._of_places, of)) for of in OF_PLACES if places_at(self.seat)),
            Command("rollback", "go on from the start of an earlier turn, in a branch", self._roll_back),
        ]

    def _of_chair(self) -> list[Command]:
        if not self._shares or self.view.phase in ("closing", "hotwash", "closed"):
            return []
        return [
            Command("chair", "come here at each turn's start and end, or let play go on by itself", self._chair),
            Command("lock", "set a word without which this console does not open", self._lock),
        ]

    def _searching(self) -> list[Command]:
        searching = [
            Command("msel", "the plan of injects; a name can follow, to read one", self._msel),
            Command("traces", "why numbers moved; a word to look for can follow", self._traces),
        ]
        if self.view.hotwash is not None:
            parts = self.console.words("a part of it: {parts}", parts=self.console.words(", ").join(PARTS))
            searching.append(Command("hotwash", parts, self._hotwash))
        return searching

    def looks(self) -> list[DeskLook]:
        """What can be looked at."""
        looks = [*super().looks(), *self.looks_at(WHITE_CELL_LOOKS, lambda: self.view)]
        if places_at(self.seat) is not None:
            looks.append(DeskLook("seats", "who has come, how one joins, and the codes", self._seats))
        return looks

    # acting

    async def _chair(self, rest: str) -> None:
        self.chair.takes_chair = not self.chair.takes_chair
        self.console.tell(CHAIR[self.chair.takes_chair], chair=self.console.verb("chair"))

    async def _lock(self, rest: str) -> None:
        self.console.tell("Nobody opens this console without it. It is kept at this terminal alone; empty is none.")
        self.chair.word = self.console.ask("The facilitator's word, or Enter for none.")
        self.console.tell("The word is set." if self.chair.word else "No word is asked for.")

    async def _with_inject(self, do: str, rest: str) -> None:
        """What acts on an inject; a name that is not known goes to the engine, which says what is near."""
        of, sure = without_assent(rest)
        options = [
            PromptOption(inject.id, title_of(inject, self.words), inject_state(inject, self.words)[0])
            for inject in by_plan(self.view.msel)
            if inject.state != "past"
        ]
        inject = (self.console.find(of, options) or of) if of else self.console.pick("Which inject?", options) or ""
        form, action = form_at(self.seat, f"inject:{inject}", {"do": do}), INTERVENTIONS[do][1](inject=inject)
        if form is not None and form.makes == action:
            await self.prompts.open(form.name, sure, {"do": do})
        else:
            await self.submit(action)
            self.show(done_blocks(action, self.view, self.words))
        self.news()

    async def _by_hand(self, of: FormCommand, rest: str) -> None:
        if of.opens in ENGINE_SAYS and not self.prompts.names(of):
            await self.submit(ENGINE_SAYS[of.opens])
        await self.prompts.run(of, rest)
        if of.opens == "improvise":  # whoever wrote it need not hear it
            self.seen = len(self.view.feed)
        elif of.opens == "declare":
            self.news()

    async def _of_places(self, of: FormCommand, rest: str) -> None:
        await self.prompts.run(of, rest)
        self._seats()

    def _seats(self) -> None:
        if (places := places_at(self.seat)) is not None:
            self.show(places_blocks(places, self.words))

    async def _roll_back(self, rest: str) -> None:
        if form_at(self.seat, BACK, {}) is None:
            self.console.tell("No turn has been played.")
        else:
            await self.prompts.open(BACK, rest)

    async def submit(self, action: a.AnyAction | AnyHostAct) -> None:
        """The same; going back is the door's where nobody hosts. Raises RollBackChosen."""
        if isinstance(action, GoBack) and places_at(self.seat) is None:
            raise RollBackChosen(action.turn)
        await super().submit(action)

    # looking

    async def _msel(self, rest: str) -> None:
        groups = tuple(plan_groups(self.view.msel, is_last=is_last(self.view)))
        views = [each for _head, _keys, group in groups for each in group]
        chosen = (
            self.console.find(rest, [PromptOption(inject.id, title_of(inject, self.words)) for inject in views])
            if rest
            else None
        )
        inject = next((inject for inject in views if inject.id == chosen), None)
        if inject is not None:
            self.page([title_of(inject, self.words), *lines_of(inject_blocks(inject, self.words), self.words)])
            return
        self.console.listed = tuple(each.id for each in views)
        numbers = count(1)
        for head, keys, group in groups:
            self.console.say(self.words(head))
            for each in group:
                (told,) = lines_of(plan_blocks((each,), self.words), self.words)
                self.console.say(f"{told} ({each.id})", indent=4, mark=f"{next(numbers)}.")
            if not group:
                self.console.say(self.words(keys), indent=4)

    async def _traces(self, rest: str) -> None:
        traces = traces_told(self.view.traces, self.words)
        found = [trace for trace in traces if rest.lower() in f"{trace.sentence} {trace.rule}".lower()]
        if rest and not found:
            self.console.tell("No trace has that in it.")
        else:
            self.show(trace_blocks(found, self.words))

    async def _hotwash(self, rest: str) -> None:
        hotwash = self.view.hotwash
        name = self.console.find(rest, [PromptOption(name, name) for name in PARTS]) if rest else None
        name = name or self.console.pick("Which part?", [PromptOption(name, name) for name in PARTS])
        if hotwash is not None:
            self.page(part(name or "gaps", hotwash, self.words))
