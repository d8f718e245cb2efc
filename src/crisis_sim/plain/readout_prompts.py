"""A talk at the plain door, and publishing our account of it: of which, what came of it, and in what words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final, TypeAlias

from crisis_sim.engine.actions import SayInCall, SealReadout, TakeNote
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.desk_blocks import account_warnings, our_account
from crisis_sim.pages.talk_blocks import (
    ASKED,
    MINUTES,
    NOTED,
    TalkStage,
    both_see,
    is_written,
    other_end,
    said_blocks,
    sheet_blocks,
    talk_blocks,
    talk_due,
)
from crisis_sim.pages.teller import Teller, head_for
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.desk import Desk
from crisis_sim.plain.stepping import step_through
from crisis_sim.plain.typed import PromptOption, verb
from crisis_sim.rules.names import Side
from crisis_sim.wording import _

Talks: TypeAlias = dict[int, TalkStage]
READOUT: Final = _("publish our account of a private exchange")
TALK: Final = _("What do we say to them? Enter alone reads what has been said; {stop} when the talk is over.")
NOTES: Final = _("{what} Type it in one line, or Enter for no note.")
OUTCOMES: Final = (("agreed", _("Agreed")), ("talked", _("Talked, without agreeing")), ("disagreed", _("Disagreed")))
"""What may come of an exchange."""


def tell_sheet(console: Console, view: TeamView, stages: Talks, say: Teller) -> None:
    """What a team takes into a talk that both sides have agreed to, one thing at a time. Raises Quit."""
    talk = talk_due(view, stages)
    if talk is not None and talk.answer is not None:
        stages[talk.number] = "talk"
        console.tell("We and they have agreed to talk. Read this sheet first.")
        asked = [*other_end(view, talk, say), *talk_blocks(talk.act, talk.answer, say)]
        step_through(console, [lines_of(page, say) for page in (asked, sheet_blocks(view, talk, say))])


def both_talk(console: Console, views: Mapping[Side, TeamView], number: int, say: Teller) -> None:
    """The talk itself, before both sides: what has reached each from the other, and nothing of one alone."""
    console.tell("Both teams, please.")
    for line in lines_of(talk_blocks(*both_see(views, number), say), say):
        console.say(line)
    with suppress(Back):
        console.ask("Talk now, aloud, {n} minutes. Press Enter when the talk is over.", n=MINUTES)


async def written_talk(desk: Desk, number: int) -> None:
    """The talk itself, where the two sides write to each other: what is typed is said, until somebody ends it here."""
    desk.console.tell("Talk now, {n} minutes, in writing.", n=MINUTES)
    stop = desk.console.verb("stop")
    while True:
        view = desk.seat.view()
        assert isinstance(view, TeamView)
        desk.show(said_blocks(view.exchanges[number - 1], desk.words))
        try:
            said = desk.console.ask(TALK, stop=stop)
            if verb(said) == "stop":
                return
            if said:
                await desk.submit(SayInCall(exchange=number, text=said))
        except Back:
            return
        except ActionRefused as refused:
            desk.refused(refused)
            return


async def hold_talk(desk: Desk, view: TeamView, stages: Talks) -> None:
    """To note what was said and to publish it, once; who has no sheet yet reads it first, and talks. Raises Quit."""
    console, say, talk = desk.console, desk.words, talk_due(view, stages)
    if talk is not None and talk.answer is not None:
        if stages.get(talk.number, "sheet") == "sheet":
            tell_sheet(console, view, stages, say)
            if is_written(view, in_rooms=desk.seat.company is not None):
                await written_talk(desk, talk.number)
            else:
                console.tell("Talk now, aloud, {n} minutes.", n=MINUTES)
        stages[talk.number] = "over"
        await _noted(desk, talk.number)
        if talk.open:
            told = _("Type {readout} to seal what we publish of it; it comes out with the next moves.")
            console.tell(told, readout=console.verb("readout"))


async def _noted(desk: Desk, number: int) -> None:
    """Ask what was said, as the team has it; nothing is noted where nothing is typed."""
    desk.console.tell(NOTED)
    with suppress(Back):
        if text := desk.console.written(NOTES, what=desk.words(ASKED)):
            await desk.submit(TakeNote(text=text, about="talk", of=str(number)))
            desk.console.tell("Noted.")


def readout(console: Console, view: TeamView, say: Teller) -> SealReadout | None:
    """The account of one of the exchanges that wait for one; None where none does. Raises Back."""
    ready = [exchange for exchange in view.exchanges if exchange.open]
    if not ready:
        console.tell("There is no exchange to give a readout of.")
        return None
    options = [
        PromptOption(str(each.number), head_for(each.act, view.side, say), our_account(each, say)) for each in ready
    ]
    number = console.pick("Of which exchange?", options)
    for told in account_warnings(view, say):
        console.say(told)
    outcomes = [PromptOption(name, console.words(label)) for name, label in OUTCOMES]
    outcome = console.pick("What came of it?", outcomes)
    tone = console.number("In what tone? -3 very friendly, 3 very hostile.", -3, 3)
    text = console.written("In what words? Type them in one line, or Enter for none.")
    result = next(name for name, _ in OUTCOMES if name == outcome)
    return SealReadout(exchange=int(number or 0), outcome=result, tone=tone, text=text)  # type: ignore[arg-type]  # one of OUTCOMES
