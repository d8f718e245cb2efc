"""A call or meeting by lines: the sheet that a side reads first, the talk itself, and what is noted after it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from itertools import takewhile
from typing import Final

from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.errors import ActionRefused, Sentence
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.reader_forms import form_at
from crisis_sim.pages.seat_page import TalkPage, seat_page
from crisis_sim.pages.seat_table import Companion
from crisis_sim.pages.talk_blocks import ALONE, MINUTES, TalkStage, both_see, is_written, talk_blocks, talk_due
from crisis_sim.pages.translator import Translator
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.forms import Prompter
from crisis_sim.plain.standard_streams import BrokenOff
from crisis_sim.plain.typed import verb
from crisis_sim.rules.names import Side, other
from crisis_sim.wording import _, in_words

TALK: Final = _("What do we say to them? Enter alone reads what has been said; {stop} when the talk is over.")
TALK_ALOUD: Final = _("Talk now, aloud, {n} minutes. Press Enter when the talk is over.")


def talk_page(prompts: Prompter, number: int) -> TalkPage:
    """A talk as the page of its seat has it."""
    page = seat_page(prompts.seat.view(), prompts.seat.say)
    return next(talk for talk in page.talks if talk.number == number)


def _stage_lines(prompts: Prompter, number: int, name: str) -> list[str]:
    """A stage of a talk: its head and what belongs to it."""
    stages = (stage for stage in talk_page(prompts, number).stages if stage.name == name)
    return [line for stage in stages for line in (stage.title, *lines_of(stage.blocks, prompts.seat.say)) if line]


def read_sheet(prompts: Prompter, stages: dict[int, TalkStage]) -> None:
    """What a team takes into the talk that is due, for its eyes alone. Raises Quit."""
    talk = talk_due(prompts.seat.view(), stages)
    if talk is not None and stages.get(talk.number, "sheet") == "sheet":
        prompts.console.step_through([_stage_lines(prompts, talk.number, "sheet")])
        stages[talk.number] = "talk"


def both_talk(console: Console, views: Mapping[Side, TeamView], number: int, say: Translator) -> None:
    """The talk itself, before both sides: what has reached each from the other, and nothing of one alone."""
    console.tell("Both teams, please.")
    for line in lines_of(talk_blocks(*both_see(views, number), say), say):
        console.say(line)
    with suppress(Back):
        console.ask(TALK_ALOUD, n=MINUTES)


async def hold_talk(prompts: Prompter, stages: dict[int, TalkStage], run_others: Companion) -> None:
    """Read the sheet of the talk that is due, talk, and note what was said; each once. Raises Quit."""
    seat, console = prompts.seat, prompts.console
    view, talk = seat.view(), talk_due(seat.view(), stages)
    if not isinstance(view, TeamView) or talk is None or talk.answer is None:
        return
    if stages.get(talk.number, "sheet") == "sheet":
        read_sheet(prompts, stages)
        if is_written(view, in_rooms=seat.company is not None):
            await _write(prompts, talk.number, run_others)
        else:
            console.tell(ALONE if other(view.side) in view.bots else _("Talk now, aloud, {n} minutes."), n=MINUTES)
    stages[talk.number] = "over"
    page = talk_page(prompts, talk.number)
    with suppress(Back):
        await prompts.open(page.note, titled=False, leaves=_("no note"))
    if page.readout:
        sentence = _("Type {readout} to seal what we publish of it; it comes out with the next moves.")
        console.tell(sentence, readout=console.verb("readout"))


def _count_unchanged(lines_read: list[str], now: list[str]) -> int:
    """How many of the lines that were heard still stand at the beginning of those there are now."""
    return sum(1 for _line_pair in takewhile(lambda pair: pair[0] == pair[1], zip(lines_read, now, strict=False)))


async def _write(prompts: Prompter, number: int, run_others: Companion) -> None:
    """The talk, where the two sides write to each other: what is typed is said, until somebody ends it. Raises Quit."""
    seat, console, lines_read = prompts.seat, prompts.console, list[str]()
    cut_reason: Sentence | None = None

    def list_written() -> list[str]:
        return _stage_lines(prompts, number, "said")

    def is_stirred() -> bool:
        return list_written() != lines_read or talk_page(prompts, number).ended or seat.cut_off() != cut_reason

    for line in _stage_lines(prompts, number, "talk"):
        console.say(line)
    while True:
        if seat.company is None:  # whoever joined elsewhere acts by itself
            await run_others()
        now, page = list_written(), talk_page(prompts, number)
        for line in now[_count_unchanged(lines_read, now) :]:  # "nothing yet" makes room for the first that is said
            console.say(line)
        lines_read = now
        if page.ended:
            for line in _stage_lines(prompts, number, "after")[:1]:
                console.say(line)
            return
        was, cut_reason = cut_reason, seat.cut_off()
        if cut_reason is not None and cut_reason != was:
            console.say(in_words(cut_reason, seat.say.language))
        try:
            text = console.ask_until(is_stirred, TALK, stop=console.verb("stop"))
            if verb(text) == "stop":
                await prompts.open(page.ends, titled=False)
            elif not text:
                lines_read = []
            elif (form := form_at(seat, page.prompt, {"text": text})) is not None and form.makes is not None:
                await prompts.submit(form.makes)
        except (Back, BrokenOff):
            continue
        except ActionRefused as refused:
            prompts.refused(refused)
            if not talk_page(prompts, number).ended:
                return
