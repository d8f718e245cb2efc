"""Instruments, in sentences: what each asks and who has accepted it, who has cited it, and what came of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from crisis_sim.engine.sight.dossier import InstrumentEntry
from crisis_sim.engine.sight.feed_items import CitationItem
from crisis_sim.engine.sight.shared_facts import CitationFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.blocks import Block, Heading, capital, prose
from crisis_sim.pages.move_sheet import MoveSheet
from crisis_sim.pages.teller import Teller
from crisis_sim.wording import _
from crisis_sim.wording.labels import THE

FIRST_CITED: Final = _(
    "What we cite binds us too: an act of ours against it costs their trust. What they have accepted eases them; what "
    "they never accepted presses them."
)
"""Said where nothing has been cited yet."""

COULD_CITE: Final = _("It could cite what was agreed before, or nothing.")


def accepted_told(of: InstrumentEntry, say: Teller) -> str:
    """Who has accepted an instrument."""
    named = [say(THE[side]) for side in THE if side in of.accepted_by]
    named += [say("the host")] if "host" in of.accepted_by else []
    return say("accepted by {names}", names=say(", ").join(named)) if named else say("accepted by none of us")


def instrument_told(name: str, say: Teller) -> str:
    """What an instrument is called, with its year and who has accepted it."""
    of = say.dossier.instruments[name]
    return say("{title} ({year}), {accepted}", title=say.of(of.title), year=of.year, accepted=accepted_told(of, say))


def citable(view: TeamView, move: str, cited: object, say: Teller) -> list[str]:
    """The instruments that a move can cite: those that we have not cited yet, but for the one that it cites."""
    if not say.dossier.moves[move].can_cite:
        return []
    ours = {of.id for of in view.citations if of.side == view.side}
    ours |= {f"{each.draft.cites}" for each in view.drafts if each.draft.cites}
    return [name for name in say.dossier.instruments if name not in ours or name == cited]


def should_cite(view: TeamView, sheet: MoveSheet, say: Teller) -> bool:
    """Hard words that cite nothing and could: whoever makes them is asked once whether they do."""
    is_hard = bool(sheet.move) and say.dossier.moves[sheet.move].family in ("protest", "coerce")
    return is_hard and not sheet.cites and bool(citable(view, sheet.move, sheet.cites, say))


def is_first_citing(view: TeamView) -> bool:
    """We have cited nothing yet."""
    return not any(of.side == view.side for of in view.citations)


def citation_blocks(citations: Iterable[CitationFacts], say: Teller) -> Iterator[Block]:
    """What both teams have cited, that acted against in another tone."""
    found = tuple(citations)
    if found:
        yield Heading(say("Instruments cited"), 3)
    for each in found:
        yield prose(citation_told(each, say), "bad" if each.broken else "")


def citation_told(each: CitationFacts, say: Teller) -> str:
    """Who cited an instrument, whether it held to it, and whether it was cited against it."""
    told = [say("{side} cited it in turn {turn}", side=say(THE[each.side]), turn=each.turn)]
    if each.broken:
        told.append(say("acted against it in turn {turn}", turn=each.broken))
    if each.returned:
        told.append(say("had it cited against it in turn {turn}", turn=each.returned))
    return say("{name}: {told}", name=instrument_told(each.id, say), told=say("; ").join(told))


def cited_told(item: CitationItem, say: Teller) -> str:
    """That an instrument was cited, cited back, or acted against."""
    words = {"side": capital(say(THE[item.side])), "title": say.of(say.dossier.instruments[item.instrument].title)}
    ours = item.side == say.dossier.side
    if item.broken:
        told = _("{side} acted against what it had cited itself: {title}")
        return say(_("We acted against what we had cited: {title}") if ours else told, **words)
    if item.returned:
        told = _("{side} cited against the other side what the other had cited: {title}")
        return say(_("We cited against them what they had cited: {title}") if ours else told, **words)
    told = _("{side} cited, and is bound by it: {title}")
    return say(_("We cited, and are bound by it: {title}") if ours else told, **words)
