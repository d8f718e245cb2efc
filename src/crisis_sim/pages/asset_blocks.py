"""Ships, aircraft and other things: what they are, what they are seen as, and what came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crisis_sim.engine.events import AssetConcealed
from crisis_sim.engine.views.hotwash_facts import AssetStory
from crisis_sim.engine.views.shared_facts import AssetFacts
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Span, line, prose
from crisis_sim.pages.phrases import team
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side
from crisis_sim.wording import _, join_parts, quote_text


def asset_blocks(assets: Sequence[AssetFacts], say: Translator) -> Iterator[Block]:
    """A team's own things whole, and of the other's what is seen."""
    side = say.dossier.side
    for title, owned in (
        (say("What we have"), [asset for asset in assets if say.dossier.assets[asset.id].side == side]),
        (say("What we see of theirs"), [asset for asset in assets if say.dossier.assets[asset.id].side != side]),
    ):
        if owned:
            yield Heading(title)
            for asset in owned:
                yield from _one(asset, say)


def asset_lines(assets: Iterable[AssetFacts], say: Translator) -> list[str]:
    """Everybody's things with what they are and what they are seen as, for those who see both teams."""
    return [
        say(
            "{side}: {name}; {told}",
            side=team(say, say.dossier.assets[asset.id].side),
            name=say.asset(asset.id),
            told=_standing(asset, say, is_own=False),
        )
        for asset in assets
    ]


def _one(asset: AssetFacts, say: Translator) -> Iterator[Block]:
    entry = say.dossier.assets[asset.id]
    yield Paragraph(line(Span(say.asset(asset.id), "strong")))
    if entry.says is not None:
        yield prose(say.localize(entry.says), depth=1)
    yield prose(_standing(asset, say, is_own=asset.is_so is not None), "quiet", depth=1)


def _standing(asset: AssetFacts, say: Translator, *, is_own: bool) -> str:
    """What a thing is now and what it is seen as."""
    seen_terms = describe_terms(asset.seen, say)
    if asset.is_so is None:
        return say("seen as: {terms}", terms=seen_terms) if asset.seen else say("nothing seen of it alarms for now")
    if set(asset.is_so) == set(asset.seen):
        sentence = say("in truth, and as it is seen: {terms}", terms=seen_terms)
        return sentence if asset.seen else say("nothing about it alarms for now")
    is_so = describe_terms(asset.is_so, say) or say("nothing that could alarm")
    sentence = _("in truth: {terms}; they see: {seen}") if is_own else _("in truth: {terms}; seen as: {seen}")
    return say(sentence, terms=is_so, seen=seen_terms or say("nothing that could alarm"))


def describe_terms(terms: Iterable[str], say: Translator) -> str:
    """Properties in a row, as they are called where one is chosen."""
    return say(", ").join(quote_text(say.term(term)) for term in terms)


def choice_note(asset: str, assets: Iterable[AssetFacts], say: Translator) -> str:
    """What a thing of ours is now, and is seen as."""
    facts = next((facts for facts in assets if facts.id == asset), None)
    return "" if facts is None else _standing(facts, say, is_own=True)


def describe_asset(side: Side, asset: str, terms: Sequence[str], *, is_more: bool, say: Translator) -> str:
    """That a thing turned out to be more, or less, than it was seen as."""
    template = (
        _("{side}: {name} turned out to be more than was seen: {terms}")
        if is_more
        else _("{side}: {name} was cleared up; it is not, as had been thought: {terms}")
    )
    return say(template, side=team(say, side), name=say.asset(asset), terms=describe_terms(terms, say))


def describe_concealment(event: AssetConcealed, say: Translator) -> str:
    """For the white cell: that a thing is more than it was seen as, and when that will come out."""
    when = say("it will come out in turn {turn}, or at the close", turn=event.due) if event.due else say(
        "it will not come out"
    )  # fmt: skip
    sentence = say(
        "{side} used {name}, which is more than was seen: {terms}",
        side=team(say, event.side),
        name=say.asset(event.asset),
        terms=describe_terms(event.terms, say),
    )
    return join_parts((sentence, when), say)


def describe_use(story: AssetStory, say: Translator) -> str:
    """What a thing that was used is, what it was seen as, and when that came out."""
    words = {"side": team(say, story.side), "name": say.asset(story.asset), "turn": story.turn}
    sentence = say("{side}: {name}, used in turn {turn}", **words)
    if story.unseen:
        unseen = say("more than was seen: {terms}", terms=describe_terms(story.unseen, say))
        out = say("found out in turn {turn}", turn=story.out) if story.out else say("never found out")
        sentence = join_parts((sentence, unseen, say("found out at the close") if story.at_close else out), say)
    if story.mistaken:
        mistaken = say("taken for more than it was: {terms}", terms=describe_terms(story.mistaken, say))
        out = say("cleared up in turn {turn}", turn=story.cleared) if story.cleared else say("never cleared up")
        sentence = join_parts((sentence, mistaken, out), say)
    return sentence if story.unseen or story.mistaken else join_parts((sentence, say("seen as it was")), say)
