"""The question what moved a team closer, asked and answered in lines."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.actions import AnswerCloser, AskCloser
from crisis_sim.engine.sight.shared_facts import CloserFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.closer_words import CLOSER, act_note, act_told
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.console import Console
from crisis_sim.plain.desk import Command, Desk
from crisis_sim.plain.typed import PromptOption
from crisis_sim.wording import _

CLOSES: Final = _("ask them which of our acts moved them closer, or answer that")


def closer_commands(desk: Desk, view: TeamView) -> list[Command]:
    """What can be typed where we can ask or answer."""

    async def run(rest: str) -> None:
        await desk.submit(asked_or_answered(desk.console, view, desk.words))
        desk.console.tell("It goes with our moves, and can be changed until we commit.")

    is_open = view.closer is not None or view.ways_to_ask
    return [Command("ask", CLOSES, run)] if is_open else []


def asked_or_answered(console: Console, view: TeamView, say: Teller) -> AskCloser | AnswerCloser:
    """Answer where we are asked and have not said anything; or ask them, or take that back. Raises Back."""
    asked, either = view.closer, [PromptOption("answer", say("Answer again")), PromptOption("ask", say("Ask them"))]
    if asked is not None and (not asked.said or not view.ways_to_ask or console.pick("Which one?", either) == "answer"):
        return _answer(console, asked, say)
    console.tell("We ask them: “{says}”", says=say(CLOSER))
    options = [PromptOption(name, say.channel(name)) for name in view.ways_to_ask]
    return AskCloser(channel=console.pick("Over which channel?", options, none="we do not ask") or "")


def _answer(console: Console, asked: CloserFacts, say: Teller) -> AnswerCloser:
    """Up to two of their acts and a concern, or nothing."""
    console.say(say(CLOSER))
    options = [PromptOption(str(each.number), act_told(each, say), act_note(each, say)) for each in asked.acts]
    first = console.pick("Which act?", options, none="we decline to say") if options else None
    if first is None:
        return AnswerCloser(acts=(), concern="")
    rest = [each for each in options if each.id != first]
    second = console.pick("Which other one?", rest, none="that one alone") if rest else None
    concerns = [PromptOption(name, say.concern(name)) for name in say.dossier.concerns]
    concern = console.pick("Over what?", concerns) or ""
    return AnswerCloser(acts=tuple(int(each) for each in (first, second) if each is not None), concern=concern)
