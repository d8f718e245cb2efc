"""The question which acts of the other side moved a team closer, and to what: asked, answered, told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from crisis_sim.engine.sight.feed_items import CloserItem
from crisis_sim.engine.sight.shared_facts import CloserAct, CloserFacts, CloserStory
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Block, Row, Span, Table, capital, prose
from crisis_sim.pages.decision_blocks import COLUMNS
from crisis_sim.pages.phrases import format_hostility
from crisis_sim.pages.teller import Teller, head_for
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


def closer_blocks(view: TeamView, say: Teller) -> Iterator[Block]:
    """What asks us, with what we say so far; and that we ask them."""
    if (asked := view.closer) is not None:
        head, told = asks_told(view.side, asked.by, "", say), said_so_far(asked, say)
        told = told if asked.said else say("not decided yet")
        status = Span(say("answered") if asked.said else say("not decided yet"), "good" if asked.said else "bad")
        yield Table(COLUMNS, (Row((Span(head), status), say("{head}: {text}", head=head, text=told), KEY),))
        if asked.said:
            yield prose(told, "quiet", depth=1)
        elif asked.is_first:
            note = say("Up to two acts and a concern, true or not, or nothing; both sides hear it with these moves.")
            yield prose(note, "quiet", depth=1)
    if view.asks_closer:
        over = say.channel(view.asks_closer)
        yield prose(
            say("With these moves we ask them over {channel}: “{says}”", channel=over, says=say(CLOSER)), "quiet"
        )


def closer_settled(view: TeamView, say: Teller) -> Iterator[str]:
    """What goes with the moves and is none of them: what we ask, and what we say."""
    if view.asks_closer:
        yield say("We ask them: “{says}”", says=say(CLOSER))
    if view.closer is not None and view.closer.said:
        yield say("We say what moved us closer: {text}", text=said_so_far(view.closer, say))


def asks_told(side: Side, by: Side | None, channel: str, say: Teller) -> str:
    """Who asks whom, and what."""
    words = {"side": say(THE[side]), "by": "" if by is None else say(THE[by]), "says": say(CLOSER)}
    words["channel"] = say.channel(channel) if channel else ""
    ours = side == say.dossier.side
    if by is None:
        return say(_("The facilitator asks: “{says}”") if ours else _("The facilitator asks {side}: “{says}”"), **words)
    if ours:
        told = _("{by} asks us over {channel}: “{says}”") if channel else _("{by} asks us: “{says}”")
    elif by == say.dossier.side and channel:
        told = _("We ask them over {channel}: “{says}”")
    else:
        told = _("{by} asks {side} over {channel}: “{says}”") if channel else _("{by} asks {side}: “{says}”")
    return capital(say(told, **words))


def said_so_far(asked: CloserFacts, say: Teller) -> str:
    """What we say, in words."""
    if not asked.chosen:
        return say("we decline to say")
    acts = {each.number: each for each in asked.acts}
    return _said([act_told(acts[number], say) for number in asked.chosen], asked.concern, say)


def act_told(each: CloserAct, say: Teller) -> str:
    """An act that can be named."""
    return say("turn {turn}: {says}", turn=each.turn, says=head_for(each.act, None, say))


def act_note(each: CloserAct, say: Teller) -> str:
    """How we took it."""
    return "" if each.hostility is None else say("read as {meant}", meant=format_hostility(each.hostility, say))


def _said(acts: Iterable[str], concern: str, say: Teller) -> str:
    return say("{acts}; over: {concern}", acts=join_parts(acts, say), concern=say.concern(concern))


def closer_told(item: CloserItem, say: Teller) -> str:
    """In a feed: that somebody is asked, or what they say."""
    if not item.answered:
        return asks_told(item.side, item.by, item.channel, say)
    words, ours = {"side": say(THE[item.side])}, item.side == say.dossier.side
    if not item.acts:
        told = _("Asked what moved it closer, {side} declines to say")
        return say(_("Asked what moved us closer, we declined to say") if ours else told, **words)
    said = _said([head_for(act, None, say) for act in item.acts], item.concern, say)
    told = _("Asked what moved it closer, {side} says: {said}")
    return say(_("Asked what moved us closer, we said: {said}") if ours else told, said=said, **words)


def moved_told(each: CloserStory, say: Teller) -> str:
    """After play: who was asked, what they said, and how far it was so."""
    asker = say("the facilitator") if each.by is None else say(THE[each.by])
    words = {"turn": each.turn, "side": say(THE[each.side]), "by": asker}
    if not each.answered:
        return say("turn {turn}: {by} asked {side}; play ended before an answer", **words)
    if not each.acts:
        return say("turn {turn}: {by} asked {side}, which declined to say", **words)
    said = _said([head_for(act, None, say) for act in each.acts], each.concern, say)
    if each.candour is None:
        return say(
            "turn {turn}: {by} asked {side}, which said: {said}; nothing had pressed its lines", said=said, **words
        )
    told = _("turn {turn}: {by} asked {side}, which said: {said}; candour {candour} of 1")
    return say(told, said=said, candour=points_printed(each.candour), **words)
