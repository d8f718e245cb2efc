"""What both sides say once play is over, as blocks: principles that both accept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from crisis_sim.engine.sight.shared_facts import PrincipleFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.blocks import Heading, Paragraph, Span, line, prose
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Side
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES

ClosingBlock: TypeAlias = Heading | Paragraph


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
    """Every sentence, for the last look before a team seals, where the session asks for them."""
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


def principles_opened(principles: Sequence[PrincipleFacts] | None, say: Teller) -> Iterator[ClosingBlock]:
    """The sentences that were put, as the hotwash opens them; nothing where nobody was asked for them."""
    if principles is not None:
        yield Heading(say("Principles of crisis management"))
        yield from principle_blocks(principles, None, say)
