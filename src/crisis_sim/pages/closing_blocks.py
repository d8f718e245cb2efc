"""What both sides say once play is over, as blocks: the share that each claims, and principles that both accept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from crisis_sim.engine.sight.hotwash_facts import ClosingFacts
from crisis_sim.engine.sight.shared_facts import PrincipleFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.blocks import Heading, Paragraph, Span, line, prose
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Side
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES

ClosingBlock: TypeAlias = Heading | Paragraph

WHAT_IS_ASKED = _("Of all that was done to get through this, how much did our side do, in percent?")


def own_closing(view: TeamView, say: Teller) -> Iterator[ClosingBlock]:
    """What a team has said of its share, and the sentences before both; nothing where the session asks for neither."""
    yield from own_share(view, say)
    yield from own_principles(view, say)


def own_share(view: TeamView, say: Teller) -> Iterator[ClosingBlock]:
    """What a team has said of its share."""
    if say.dossier.asks_share and view.phase == "closing":
        yield Heading(say("Who did how much?"), 3)
        yield prose(share_told(view, say))
        yield prose(say("Nobody else sees it before the hotwash."), "quiet")


def share_told(view: TeamView, say: Teller) -> str:
    """Our share as we have said it, or what is asked."""
    if view.share is None:
        return say(WHAT_IS_ASKED)
    return say("Of all that was done to get through this, our side did {n} %.", n=view.share)


def own_principles(view: TeamView, say: Teller) -> Iterator[ClosingBlock]:
    """The sentences before both teams, as they stand with one."""
    if say.dossier.asks_principles and view.phase in ("closing", "hotwash"):
        yield Heading(say("Principles of crisis management"), 3)
        yield prose(
            say("Up to three sentences. Both sides see each at once, and only what both accept stands."), "quiet"
        )
        yield from principle_blocks(view.principles, view.side, say)


def principle_blocks(principles: Sequence[PrincipleFacts], side: Side | None, say: Teller) -> Iterator[ClosingBlock]:
    """Each sentence, and whether it stands; told to one side, or to the whole room."""
    for each in principles:
        stands = say(" – {stands}", stands=_stands(each, side, say))
        words = line(principle_says(each, say), Span(stands, "good" if each.stands else "quiet"))
        yield Paragraph(words, key=f"principle:{each.number}", lead=line(Span(str(each.number), "strong")))
    if not principles:
        yield prose(say("Nobody has put a sentence yet."), "quiet")


def closing_told(view: TeamView, say: Teller) -> Iterator[str]:
    """Our share and every sentence, for the last look before a team seals, where the session asks for them."""
    if say.dossier.asks_share and view.phase == "closing":
        unsaid = say("We have not said how much of what was done our side did.")
        yield unsaid if view.share is None else share_told(view, say)
    if say.dossier.asks_principles and view.phase == "closing":
        yield from (principle_told(each, view.side, say) for each in view.principles)
        if not view.principles:
            yield say("Nobody has put a sentence yet.")


def to_accept(principles: Sequence[PrincipleFacts], side: Side) -> list[PrincipleFacts]:
    """Those in the other side's words that do not stand yet."""
    return [each for each in principles if not each.stands and each.by != side]


def to_reword(principles: Sequence[PrincipleFacts]) -> list[PrincipleFacts]:
    """Those for which other words can be put."""
    return [each for each in principles if not each.stands]


def principle_says(of: PrincipleFacts, say: Teller) -> str:
    """Its words; a sentence of the scenario's own stands in the reader's language, in whichever it was put."""
    return next((say.of(words) for words in say.dossier.sentences if of.says in words.values()), of.says)


def principle_told(of: PrincipleFacts, side: Side | None, say: Teller) -> str:
    """A sentence, and whether it stands."""
    return say("{head}: {text}", head=principle_says(of, say), text=_stands(of, side, say))


def _stands(of: PrincipleFacts, side: Side | None, say: Teller) -> str:
    """Whose words it is in, and whether both accept them."""
    if of.stands:
        return say("both accept it")
    if side is None:
        theirs = _("in other words by {side}, which alone accepts them")
        return say(_("{side} alone accepts it") if of.by == of.put_by else theirs, side=say(SIDES[of.by]))
    if of.by == side:
        return say("our words; they have not accepted them")
    return say(_("theirs; we have not accepted it") if of.put_by != side else _("ours first, now in their words"))


def closing_opened(of: ClosingFacts | None, say: Teller) -> Iterator[ClosingBlock]:
    """Both shares side by side and what they come to, then the principles, as the hotwash opens them."""
    if of is None:
        return
    if of.asks_share:
        yield from shares_opened(of, say)
    if of.principles is not None:
        yield Heading(say("Principles of crisis management"))
        yield from principle_blocks(of.principles, None, say)


def shares_opened(of: ClosingFacts, say: Teller) -> Iterator[ClosingBlock]:
    """What each side says that it did, and what the two come to."""
    yield Heading(say("Who did how much, as each sees it"))
    for side, share in _shares(of):
        says = say("did not say") if share is None else f"{share} %"
        yield Paragraph(line(Span(say(SIDES[side]), side), " ", Span(says, "strong")))
    for said in shares_summed(of, say):
        yield prose(said)


def _shares(of: ClosingFacts) -> tuple[tuple[Side, int | None], ...]:
    return ("us", of.share_us), ("china", of.share_china)


def shares_summed(of: ClosingFacts, say: Teller) -> Iterator[str]:
    """What the two shares come to together, and what is known of that; nothing where one of them is missing."""
    if of.share_us is None or of.share_china is None:
        return
    over = of.share_us + of.share_china - 100
    if over > 0:
        yield say("Together that is {n} %, {over} more than there was.", n=100 + over, over=over)
    elif over < 0:
        yield say("Together that is {n} %, {under} less than there was.", n=100 + over, under=-over)
    else:
        yield say("Together that is 100 %.")
    yield say(
        "As a rule the two come to more than 100: whoever did a thing remembers it best, and what the other did less "
        "well. Nobody need be vain for that (Ross and Sicoly 1979)."
    )
