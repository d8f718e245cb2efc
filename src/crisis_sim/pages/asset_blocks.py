"""Ships, aircraft and other things: what they are, what they are seen as, and what came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crisis_sim.engine.events import AssetConcealed
from crisis_sim.engine.sight.hotwash_facts import AssetStory
from crisis_sim.engine.sight.shared_facts import AssetFacts
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Span, line, prose
from crisis_sim.pages.phrases import team
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Side
from crisis_sim.wording import _, join_parts, quote_text


def asset_blocks(assets: Sequence[AssetFacts], say: Teller) -> Iterator[Block]:
    """A team's own things whole, and of the other's what is seen."""
    side = say.dossier.side
    for title, owned in (
        (say("What we have"), [each for each in assets if say.dossier.assets[each.id].side == side]),
        (say("What we see of theirs"), [each for each in assets if say.dossier.assets[each.id].side != side]),
    ):
        if owned:
            yield Heading(title)
            for each in owned:
                yield from _one(each, say)


def asset_lines(assets: Iterable[AssetFacts], say: Teller) -> list[str]:
    """Everybody's things with what they are and what they are seen as, for those who see both teams."""
    return [
        say(
            "{side}: {name}; {told}",
            side=team(say, say.dossier.assets[each.id].side),
            name=say.asset(each.id),
            told=_standing(each, say, is_own=False),
        )
        for each in assets
    ]


def _one(each: AssetFacts, say: Teller) -> Iterator[Block]:
    entry = say.dossier.assets[each.id]
    yield Paragraph(line(Span(say.asset(each.id), "strong")))
    if entry.says is not None:
        yield prose(say.of(entry.says), depth=1)
    yield prose(_standing(each, say, is_own=each.is_so is not None), "quiet", depth=1)


def _standing(each: AssetFacts, say: Teller, *, is_own: bool) -> str:
    """What a thing is now and what it is seen as."""
    seen = terms_told(each.seen, say)
    if each.is_so is None:
        return say("seen as: {terms}", terms=seen) if each.seen else say("nothing seen of it alarms for now")
    if set(each.is_so) == set(each.seen):
        told = say("in truth, and as it is seen: {terms}", terms=seen)
        return told if each.seen else say("nothing about it alarms for now")
    is_so = terms_told(each.is_so, say) or say("nothing that could alarm")
    told = _("in truth: {terms}; they see: {seen}") if is_own else _("in truth: {terms}; seen as: {seen}")
    return say(told, terms=is_so, seen=seen or say("nothing that could alarm"))


def terms_told(terms: Iterable[str], say: Teller) -> str:
    """Properties in a row, as they are called where one is chosen."""
    return say(", ").join(quote_text(say.term(term)) for term in terms)


def choice_note(asset: str, assets: Iterable[AssetFacts], say: Teller) -> str:
    """What a thing of ours is now, and is seen as."""
    each = next((each for each in assets if each.id == asset), None)
    return "" if each is None else _standing(each, say, is_own=True)


def asset_told(side: Side, asset: str, terms: Sequence[str], *, is_more: bool, say: Teller) -> str:
    """That a thing turned out to be more, or less, than it was seen as."""
    told = (
        _("{side}: {name} turned out to be more than was seen: {terms}")
        if is_more
        else _("{side}: {name} was cleared up; it is not, as had been thought: {terms}")
    )
    return say(told, side=team(say, side), name=say.asset(asset), terms=terms_told(terms, say))


def concealed_told(event: AssetConcealed, say: Teller) -> str:
    """For the white cell: that a thing is more than it was seen as, and when that will come out."""
    when = say("it will come out in turn {turn}, or at the close", turn=event.due) if event.due else say(
        "it will not come out"
    )  # fmt: skip
    told = say(
        "{side} used {name}, which is more than was seen: {terms}",
        side=team(say, event.side),
        name=say.asset(event.asset),
        terms=terms_told(event.terms, say),
    )
    return join_parts((told, when), say)


def used_told(each: AssetStory, say: Teller) -> str:
    """What a thing that was used is, what it was seen as, and when that came out."""
    words = {"side": team(say, each.side), "name": say.asset(each.asset), "turn": each.turn}
    told = say("{side}: {name}, used in turn {turn}", **words)
    if each.unseen:
        unseen = say("more than was seen: {terms}", terms=terms_told(each.unseen, say))
        out = say("found out in turn {turn}", turn=each.out) if each.out else say("never found out")
        told = join_parts((told, unseen, say("found out at the close") if each.at_close else out), say)
    if each.mistaken:
        mistaken = say("taken for more than it was: {terms}", terms=terms_told(each.mistaken, say))
        out = say("cleared up in turn {turn}", turn=each.cleared) if each.cleared else say("never cleared up")
        told = join_parts((told, mistaken, out), say)
    return told if each.unseen or each.mistaken else join_parts((told, say("seen as it was")), say)
