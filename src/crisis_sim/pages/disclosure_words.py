"""What teams alone know, in sentences: how it can be told, how it was told, and what came out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.views.dossier import PrivateFactEntry
from crisis_sim.engine.views.feed_items import CameOutItem
from crisis_sim.engine.views.hotwash_facts import DisclosureStory, PrivateFactStory
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Quote, Span, line, prose
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.phrases import team
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Backing, Truth
from crisis_sim.wording import _, join_parts
from crisis_sim.wording.labels import BACKED, TOLD_HOW

COSTS: Final[Mapping[str, str]] = {
    "capability": _("telling it shows what we can do, with its source most of all"),
    "standing": _("telling it costs us at home, in public more than in private"),
}
EXPLAINED: Final = _(
    "A move that informs can tell what we alone know: to them or in public, with or without its source, whole, in part "
    "or falsely. How far it is whole stays sealed until the hotwash, unless it comes out."
)
"""What is said of it where it is met first."""


def private_fact_blocks(facts: Iterable[PrivateFactStory], say: Translator) -> Iterator[Block]:
    """What our team alone knows: in what words it can be told, what that costs, and how we have told it."""
    stories = tuple(facts)
    if stories:
        yield Heading(say("What we alone know"))
        yield prose(say(EXPLAINED), "quiet")
    for story in stories:
        entry = say.dossier.private_facts[story.id]
        yield Paragraph(line(Span(say.localize(entry.name), "strong")))
        yield Quote(say.localize(entry.words["whole"]), depth=1)
        yield prose(terms_of(entry, say), "quiet", depth=1)
        for disclosure in story.told:
            yield prose(_describe_disclosure(disclosure, say, is_ours=True), depth=1)


def facts_recalled(facts: Iterable[PrivateFactStory], say: Translator) -> Iterator[Block]:
    """What our team alone knows, whole, and how we last told it; without what telling it costs."""
    stories = tuple(facts)
    if stories:
        yield Heading(say("What we alone know"))
    for story in stories:
        sentences = [_describe_disclosure(one, say, is_ours=True) for one in story.told[-1:]]
        yield prose(join_parts([say.private_fact(story.id), *sentences], say))
        yield Quote(say.localize(say.dossier.private_facts[story.id].words["whole"]), depth=1)


def terms_of(entry: PrivateFactEntry, say: Translator) -> str:
    """What it speaks to, what telling it costs, and who can vouch for it."""
    notes = [
        say("speaks to: {concerns}", concerns=join_parts((say.concern(concern) for concern in entry.concerns), say))
    ]
    if entry.costs is not None:
        notes.append(say(COSTS[entry.costs]))
    if entry.vouches is not None:
        notes.append(say("can vouch for it: {who}", who=say.localize(entry.vouches)))
    return join_parts(notes, say)


def fact_note(name: str, stories: Iterable[PrivateFactStory], say: Translator) -> str:
    """What a fact of ours is, and first, where we have told it, when and how we last did."""
    words = say.localize(say.dossier.private_facts[name].words["whole"])
    sentences = [
        _describe_disclosure(story.told[-1], say, is_ours=True) for story in stories if story.id == name and story.told
    ]
    return say("told before: {how}; {words}", how=sentences[0], words=words) if sentences else words


def backing_choice(backed: Backing, entry: PrivateFactEntry, say: Translator) -> str:
    """What can stand behind what we tell."""
    if backed == "host" and entry.vouches is not None:
        return say("vouched for by: {who}", who=say.localize(entry.vouches))
    return describe_backing(backed, say, is_ours=True)


def describe_backing(backed: Backing, say: Translator, *, is_ours: bool) -> str:
    """What stands behind what was told, as its own team is told it or anybody else."""
    return say("on our word alone") if is_ours and backed == "word" else say(BACKED[backed])


def truths(draft: PartialMove, entry: PrivateFactEntry) -> tuple[Truth, ...]:
    """The ways in which a fact can be told as far as it has been said how; nothing stands behind what is not so."""
    return tuple([truth for truth in entry.words if truth != "untrue" or draft.backed == "word"])


def truth_choice(truth: Truth, entry: PrivateFactEntry, say: Translator) -> str:
    """A way in which we can tell it, with every word that they would read."""
    return say("{how}: “{words}”", how=say(TOLD_HOW[truth]), words=say.localize(entry.words[truth]))


def describe_discovery(item: CameOutItem, say: Translator) -> tuple[str, str]:
    """That a fact had not been told whole: in a line, and what is so."""
    words = {"side": team(say, item.side), "told": say.localize(item.told)}
    if item.truth == "untrue":
        head = _("{side}: it has put right what it had told, which was not so: “{told}”") if item.owned else _(
            "{side}: it has come out that what had been told is not so: “{told}”"
        )  # fmt: skip
    else:
        head = _("{side}: it has told the rest of what had been told in part: “{told}”") if item.owned else _(
            "{side}: it has come out that only a part had been told: “{told}”"
        )  # fmt: skip
    return say(head, **words), say("What is so: “{words}”", words=say.localize(item.whole))


def disclosed_trace(event: e.FactDisclosed, say: Translator) -> str:
    """For the white cell: that a fact was told, how far whole, and when that will come out."""
    sentence = say(
        "{side} disclosed {name}, {how}; it eases {n} of 1",
        side=team(say, event.side),
        name=say.private_fact(event.fact),
        how=say(TOLD_HOW[event.truth]),
        n=points_printed(event.share),
    )
    if event.truth == "whole":
        return sentence
    when = say("it will come out in turn {turn}, or at the close", turn=event.due) if event.due else say(
        "it will not come out"
    )  # fmt: skip
    return join_parts((sentence, when), say)


def out_trace(event: e.FactCameOut, say: Translator) -> str:
    """For the white cell: that it came out."""
    sentence = _("{side}: {name} had been {how}, and its own team has put it right") if event.by_itself else _(
        "{side}: {name} had been {how}, and that came out"
    )  # fmt: skip
    return say(sentence, side=team(say, event.side), name=say.private_fact(event.fact), how=say(TOLD_HOW[event.truth]))


def describe_fact(story: PrivateFactStory, say: Translator) -> str:
    """What a team alone knew, and how it told or kept it: for those who see both."""
    words = {
        "side": team(say, story.side),
        "name": say.localize(story.name),
        "words": say.localize(story.words["whole"]),
    }
    sentences = [say("{side} alone knew of {name}: “{words}”", **words)]
    is_out = any(one.out for one in story.told)
    sentences += [_describe_disclosure(one, say, is_ours=False, is_known=is_out) for one in story.told] or [
        say("told nobody")
    ]
    return join_parts(sentences, say)


def _describe_disclosure(one: DisclosureStory, say: Translator, *, is_ours: bool, is_known: bool = False) -> str:
    """One act that told it: when, to whom, how backed, how far whole, and what came out, if not by another act."""
    visibility = say("in public") if one.public else say("in private")
    clauses = [
        say(
            "turn {turn}, {heard}, {backed}: {how}",
            turn=one.turn,
            heard=visibility,
            backed=describe_backing(one.backed, say, is_ours=is_ours),
            how=say(TOLD_HOW[one.truth]),
        )
    ]
    if not one.arrived:
        clauses.append(say("did not arrive") if not is_ours else say("no confirmation yet"))
    if one.out and one.owned:
        clauses.append(say("put right in turn {turn}", turn=one.out))
    elif one.out:
        clauses.append(say("found out at the close") if one.at_close else say("found out in turn {turn}", turn=one.out))
    elif one.truth != "whole" and not (is_ours or is_known):
        clauses.append(say("never found out"))
    return say(", ").join(clauses)
