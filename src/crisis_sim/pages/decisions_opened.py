"""What each side was asked to decide, what it made of that, and what followed, once the record is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from crisis_sim.engine.sight.shared_facts import HomeFacts
from crisis_sim.pages.blocks import Heading, Items, listed
from crisis_sim.pages.decision_blocks import bare
from crisis_sim.pages.phrases import team
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.traces import change_told
from crisis_sim.rules.names import Side
from crisis_sim.wording import _


def own_decisions(home: Iterable[HomeFacts], side: Side, say: Teller) -> Iterator[Heading | Items]:
    """For one team: what it was asked, and what it made of that; what moved on the other side is not its to know."""
    ours = [told for each in home if each.side == side and (told := decision_told(replace(each, followed=()), say))]
    if ours:
        yield Heading(say("What we were asked to decide"))
        yield listed(ours)


def decision_told(each: HomeFacts, say: Teller) -> str:
    """What a team was asked to decide, what it made of that, and what followed; empty where it was asked nothing."""
    if (ask := each.ask) is None:
        return ""
    words = {"turn": each.turn, "voice": bare(ask.voice, say), "title": say.of(ask.title), "side": team(say, each.side)}
    told = [say("turn {turn}: {voice} asked {side}: {title}", **words)]
    if each.waited:
        told.append(say("it was asked to wait"))
    if ask.delays:
        told.append(say("a turn passed, and so: “{otherwise}”", otherwise=bare(ask.otherwise, say)))
    if each.answer is not None and each.answer in ask.answers:
        text = bare(ask.answers[each.answer], say)
        told.append(say("answered in turn {turn}: “{text}”", turn=each.ended, text=text))
    elif each.answer is None:
        told.append(say("not answered"))
    elif each.answer == "speak":
        acts = bare(ask.acts or {}, say)
        how = _("let speak in turn {turn}: “{acts}”") if each.said else _("in turn {turn} it acted by itself: “{acts}”")
        told.append(say(how, turn=each.ended, acts=acts))
    else:
        told.append(say("taken back") if not each.answer else say("let pass a second time"))
    moved = [change_told(of, say) for of in each.followed]
    if moved:
        told.append(say("what moved: {moved}", moved=say(", ").join(moved)))
    return say("; ").join(told)
