"""A talk at the plain door: the sheet that each side reads first, the talk itself, and what is done after it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final, TypeAlias

from crisis_sim.engine.actions import EndCall, SayInCall
from crisis_sim.engine.sight.views import ExchangeFacts, TeamView
from crisis_sim.errors import ActionRefused, Sentence
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.talk_blocks import (
    ALONE,
    END_CALL,
    ENDS_FOR_BOTH,
    MINUTES,
    TalkStage,
    both_see,
    ended_told,
    is_written,
    other_end,
    said_blocks,
    said_since,
    sheet_blocks,
    talk_blocks,
    talk_due,
)
from crisis_sim.pages.team_forms import NOTED
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.desk import Desk
from crisis_sim.plain.standard_streams import BrokenOff
from crisis_sim.plain.stepping import step_through
from crisis_sim.plain.typed import verb
from crisis_sim.rules.names import Side, other
from crisis_sim.wording import _, in_words

Talks: TypeAlias = dict[int, TalkStage]
TALK: Final = _("What do we say to them? Enter alone reads what has been said; {stop} when the talk is over.")


def tell_sheet(console: Console, view: TeamView, stages: Talks, say: Teller, *, written: bool = False) -> None:
    """What a team takes into a talk that both sides have agreed to, one thing at a time. Raises Quit."""
    talk = talk_due(view, stages)
    if talk is not None and talk.answer is not None:
        stages[talk.number] = "talk"
        console.tell("We and they have agreed to talk. Read this sheet first.")
        asked = [*other_end(view, talk, say), *talk_blocks(talk.act, talk.answer, say, written=written)]
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
    desk.show(said_blocks(_talk(desk, number), desk.words))
    heard = len(_talk(desk, number).said)
    cut: Sentence | None = None

    def goes_on() -> bool:
        talk = _talk(desk, number)
        return len(talk.said) > heard or talk.ended is not None or desk.seat.cut_off() != cut

    while True:
        if desk.seat.company is None:  # whoever joined elsewhere acts by itself
            await desk.others()
        talk = _talk(desk, number)
        desk.show(said_since(talk, heard, desk.words))
        heard = len(talk.said)
        if talk.ended is not None:
            desk.console.say(ended_told(talk, desk.words))
            return
        was, cut = cut, desk.seat.cut_off()
        if cut is not None and cut != was:
            desk.console.say(in_words(cut, desk.words.language))
        try:
            said = desk.console.ask_until(goes_on, TALK, stop=stop)
            if verb(said) == "stop":
                desk.console.tell(ENDS_FOR_BOTH)
                desk.console.confirm(END_CALL)
                await desk.submit(EndCall(exchange=number))
                continue
            if said:
                await desk.submit(SayInCall(exchange=number, text=said))
            else:
                desk.show(said_blocks(_talk(desk, number), desk.words))
        except (Back, BrokenOff):
            continue
        except ActionRefused as refused:
            if refused.code != "talk/over":
                desk.refused(refused)
                return
            desk.console.tell("It is over already.")
            if _talk(desk, number).ended is None:
                return


def _talk(desk: Desk, number: int) -> ExchangeFacts:
    view = desk.seat.view()
    assert isinstance(view, TeamView)
    return view.exchanges[number - 1]


async def hold_talk(desk: Desk, view: TeamView, stages: Talks) -> None:
    """To note what was said and to publish it, once; who has no sheet yet reads it first, and talks. Raises Quit."""
    console, say, talk = desk.console, desk.words, talk_due(view, stages)
    if talk is not None and talk.answer is not None:
        if stages.get(talk.number, "sheet") == "sheet":
            written = is_written(view, in_rooms=desk.seat.company is not None)
            tell_sheet(console, view, stages, say, written=written)
            if written:
                await written_talk(desk, talk.number)
            else:
                console.tell(ALONE if other(view.side) in view.bots else _("Talk now, aloud, {n} minutes."), n=MINUTES)
        stages[talk.number] = "over"
        await _noted(desk, talk.number)
        if talk.open:
            told = _("Type {readout} to seal what we publish of it; it comes out with the next moves.")
            console.tell(told, readout=console.verb("readout"))


async def _noted(desk: Desk, number: int) -> None:
    """Ask what was said, as the team has it; nothing is noted where nothing is typed."""
    with suppress(Back):
        if await desk.prompts.fill(f"{NOTED}:{number}", leaves=_("no note")) is not None:
            desk.console.tell("Noted.")
