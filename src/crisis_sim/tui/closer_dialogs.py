"""The question what moved a team closer, asked and answered in small steps."""

from __future__ import annotations

from crisis_sim.engine.actions import AnswerCloser, AskCloser
from crisis_sim.engine.sight.shared_facts import CloserFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.closer_words import CLOSER, act_note, act_told
from crisis_sim.pages.move_blocks import way_told
from crisis_sim.tui.dialogs import Choose, DialogOption
from crisis_sim.tui.frame import SeatScreen


async def ask_closer(screen: SeatScreen, view: TeamView) -> AskCloser | None:
    """Over which channel to ask them, or not; None if somebody went back."""
    say, ways = screen.say, [each for each in view.channels if each.id in view.ways_to_ask]
    options = [
        *(DialogOption(each.id, say.channel(each.id), way_told(each, say)) for each in ways),
        *([DialogOption("", say("Do not ask after all"))] if view.asks_closer else []),
    ]
    sentence = say("We ask them: “{says}”", says=say(CLOSER))
    note = say("It goes with our moves and is none of them; they answer with their next, truly or not, or decline.")
    picked = await screen.app.push_screen_wait(
        Choose(sentence, options, say, sentence=note, chosen=view.asks_closer or None)
    )
    return None if picked is None else AskCloser(channel=picked)


async def answer_closer(screen: SeatScreen, asked: CloserFacts) -> AnswerCloser | None:
    """Up to two of their acts and a concern, or nothing; None if somebody went back."""
    say = screen.say
    acts = [DialogOption(str(each.number), act_told(each, say), act_note(each, say)) for each in asked.acts]
    decline = DialogOption("", say("We decline to say"))
    first = await screen.app.push_screen_wait(Choose(say(CLOSER), [*acts, decline], say))
    if not first:
        return None if first is None else AnswerCloser(acts=(), concern="")
    rest = [each for each in acts if each.key != first]
    alone = DialogOption("", say("That one alone"))
    second = await screen.app.push_screen_wait(Choose(say("Which other one?"), [alone, *rest], say)) if rest else ""
    if second is None:
        return None
    concerns = [DialogOption(name, say.concern(name)) for name in say.dossier.concerns]
    concern = await screen.app.push_screen_wait(Choose(say("Over what?"), concerns, say))
    named = tuple([int(each) for each in (first, second) if each])
    return None if concern is None else AnswerCloser(acts=named, concern=concern)
