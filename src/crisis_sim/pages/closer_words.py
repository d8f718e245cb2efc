"""The question which acts of the other side moved a team closer, and to what: asked, answered, told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from crisis_sim.engine.views.feed_items import CloserItem
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.shared_facts import CloserAct, CloserFacts, CloserStory
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Block, Row, Span, Table, capital, prose
from crisis_sim.pages.decision_blocks import COLUMNS
from crisis_sim.pages.phrases import format_hostility
from crisis_sim.pages.translator import Translator, head_for
from crisis_sim.rules.names import Side
from crisis_sim.wording import _, join_parts
from crisis_sim.wording.labels import THE

CLOSER: Final = _("Which acts of the other side moved you closer to one of your red lines, and over what?")
"""The question."""
KEY: Final = "closer:"
"""What the question is picked by."""
CHANGES: Final = _(
    "Both answer with their next moves, and both hear the answers; an answer may be untrue. It changes no number."
)


def closer_blocks(view: TeamView, say: Translator) -> Iterator[Block]:
    """What asks us, with what we say so far; and that we ask them."""
    if (question := view.closer) is not None:
        head, answer = describe_questions(view.side, question.by, "", say), describe_answers_so_far(question, say)
        answer = answer if question.said else say("not decided yet")
        status = Span(say("answered") if question.said else say("not decided yet"), "good" if question.said else "bad")
        yield Table(COLUMNS, (Row((Span(head), status), say("{head}: {text}", head=head, text=answer), KEY),))
        if question.said:
            yield prose(answer, "quiet", depth=1)
        elif question.is_first:
            note = say("Up to two acts and a concern, true or not, or nothing; both sides hear it with these moves.")
            yield prose(note, "quiet", depth=1)
    if view.asks_closer:
        channel = say.channel(view.asks_closer)
        yield prose(
            say("With these moves we ask them over {channel}: “{says}”", channel=channel, says=say(CLOSER)), "quiet"
        )


def closer_settled(view: TeamView, say: Translator) -> Iterator[str]:
    """What goes with the moves and is none of them: what we ask, and what we say."""
    if view.asks_closer:
        yield say("We ask them: “{says}”", says=say(CLOSER))
    if view.closer is not None and view.closer.said:
        yield say("We say what moved us closer: {text}", text=describe_answers_so_far(view.closer, say))


def describe_questions(side: Side, asker: Side | None, channel: str, say: Translator) -> str:
    """Who asks whom, and what."""
    words = {"side": say(THE[side]), "by": "" if asker is None else say(THE[asker]), "says": say(CLOSER)}
    words["channel"] = say.channel(channel) if channel else ""
    ours = side == say.dossier.side
    if asker is None:
        return say(_("The facilitator asks: “{says}”") if ours else _("The facilitator asks {side}: “{says}”"), **words)
    if ours:
        template = _("{by} asks us over {channel}: “{says}”") if channel else _("{by} asks us: “{says}”")
    elif asker == say.dossier.side and channel:
        template = _("We ask them over {channel}: “{says}”")
    else:
        template = _("{by} asks {side} over {channel}: “{says}”") if channel else _("{by} asks {side}: “{says}”")
    return capital(say(template, **words))


def describe_answers_so_far(question: CloserFacts, say: Translator) -> str:
    """What we say, in words."""
    if not question.chosen:
        return say("we decline to say")
    acts = {act.number: act for act in question.acts}
    return _format_answer([describe_act(acts[number], say) for number in question.chosen], question.concern, say)


def describe_act(act: CloserAct, say: Translator) -> str:
    """An act that can be named."""
    return say("turn {turn}: {says}", turn=act.turn, says=head_for(act.act, None, say))


def act_note(act: CloserAct, say: Translator) -> str:
    """How we took it."""
    return "" if act.hostility is None else say("read as {meant}", meant=format_hostility(act.hostility, say))


def _format_answer(acts: Iterable[str], concern: str, say: Translator) -> str:
    return say("{acts}; over: {concern}", acts=join_parts(acts, say), concern=say.concern(concern))


def describe_closer_answer(item: CloserItem, say: Translator) -> str:
    """In a feed: that somebody is asked, or what they say."""
    if not item.answered:
        return describe_questions(item.side, item.by, item.channel, say)
    words, ours = {"side": say(THE[item.side])}, item.side == say.dossier.side
    if not item.acts:
        template = _("Asked what moved it closer, {side} declines to say")
        return say(_("Asked what moved us closer, we declined to say") if ours else template, **words)
    answer = _format_answer([head_for(act, None, say) for act in item.acts], item.concern, say)
    template = _("Asked what moved it closer, {side} says: {said}")
    return say(_("Asked what moved us closer, we said: {said}") if ours else template, said=answer, **words)


def describe_movers(story: CloserStory, say: Translator) -> str:
    """After play: who was asked, what they said, and how far it was so."""
    asker = say("the facilitator") if story.by is None else say(THE[story.by])
    words = {"turn": story.turn, "side": say(THE[story.side]), "by": asker}
    if not story.answered:
        return say("turn {turn}: {by} asked {side}; play ended before an answer", **words)
    if not story.acts:
        return say("turn {turn}: {by} asked {side}, which declined to say", **words)
    answer = _format_answer([head_for(act, None, say) for act in story.acts], story.concern, say)
    if story.candour is None:
        return say(
            "turn {turn}: {by} asked {side}, which said: {said}; nothing had pressed its lines", said=answer, **words
        )
    template = _("turn {turn}: {by} asked {side}, which said: {said}; candour {candour} of 1")
    return say(template, said=answer, candour=points_printed(story.candour), **words)
