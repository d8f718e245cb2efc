"""What both sides say once play is over, as blocks: principles that both accept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.shared_facts import PrincipleFacts
from crisis_sim.pages.blocks import Heading, Paragraph, Span, line, prose
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES

ClosingBlock: TypeAlias = Heading | Paragraph


def own_principles(view: TeamView, say: Translator) -> Iterator[ClosingBlock]:
    """The sentences before both teams, as they stand with one."""
    if say.dossier.asks_principles and view.phase in ("closing", "hotwash"):
        yield Heading(say("Principles of crisis management"), 3)
        yield prose(
            say("Up to three sentences. Both sides see each at once, and only what both accept stands."), "quiet"
        )
        yield from principle_blocks(view.principles, view.side, say)


def principle_blocks(
    principles: Sequence[PrincipleFacts], side: Side | None, say: Translator
) -> Iterator[ClosingBlock]:
    """Each sentence, and whether it stands; told to one side, or to the whole room."""
    for principle in principles:
        stands = say(" – {stands}", stands=_stands(principle, side, say))
        words = line(principle_says(principle, say), Span(stands, "good" if principle.stands else "quiet"))
        yield Paragraph(words, key=f"principle:{principle.number}", lead=line(Span(str(principle.number), "strong")))
    if not principles:
        yield prose(say("Nobody has put a sentence yet."), "quiet")


def closing_sentences(view: TeamView, say: Translator) -> Iterator[str]:
    """Every sentence, for the last look before a team seals, where the session asks for them."""
    if say.dossier.asks_principles and view.phase == "closing":
        yield from (describe_principle(principle, view.side, say) for principle in view.principles)
        if not view.principles:
            yield say("Nobody has put a sentence yet.")


def to_accept(principles: Sequence[PrincipleFacts], side: Side) -> list[PrincipleFacts]:
    """Those in the other side's words that do not stand yet."""
    return [principle for principle in principles if not principle.stands and principle.by != side]


def to_reword(principles: Sequence[PrincipleFacts]) -> list[PrincipleFacts]:
    """Those for which other words can be put."""
    return [principle for principle in principles if not principle.stands]


def principle_says(principle: PrincipleFacts, say: Translator) -> str:
    """Its words; a sentence of the scenario's own stands in the reader's language, in whichever it was put."""
    return next(
        (say.localize(words) for words in say.dossier.sentences if principle.says in words.values()), principle.says
    )


def describe_principle(principle: PrincipleFacts, side: Side | None, say: Translator) -> str:
    """A sentence, and whether it stands."""
    return say("{head}: {text}", head=principle_says(principle, say), text=_stands(principle, side, say))


def _stands(principle: PrincipleFacts, side: Side | None, say: Translator) -> str:
    """Whose words it is in, and whether both accept them."""
    if principle.stands:
        return say("both accept it")
    if side is None:
        theirs = _("in other words by {side}, which alone accepts them")
        return say(
            _("{side} alone accepts it") if principle.by == principle.put_by else theirs, side=say(SIDES[principle.by])
        )
    if principle.by == side:
        return say("our words; they have not accepted them")
    return say(
        _("theirs; we have not accepted it") if principle.put_by != side else _("ours first, now in their words")
    )


def principles_opened(principles: Sequence[PrincipleFacts] | None, say: Translator) -> Iterator[ClosingBlock]:
    """The sentences that were put, as the hotwash opens them; nothing where nobody was asked for them."""
    if principles is not None:
        yield Heading(say("Principles of crisis management"))
        yield from principle_blocks(principles, None, say)
