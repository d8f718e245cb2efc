"""What teams are bound by, in sentences: promises, instruments cited, and public words at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.dossier import InstrumentEntry
from crisis_sim.engine.sight.feed_items import CitationItem, PromiseItem
from crisis_sim.engine.sight.shared_facts import ActFacts, CitationFacts, HomeFacts, PledgeFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.numbers import points_printed, points_text, scale
from crisis_sim.pages.blocks import Block, Heading, Items, capital, line, prose
from crisis_sim.pages.decision_blocks import voice_told
from crisis_sim.pages.move_sheet import MoveSheet
from crisis_sim.pages.phrases import sides, team
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Pledged, PledgeEnd, Side
from crisis_sim.wording import _, join_parts
from crisis_sim.wording.labels import THE

PROMISES: Final[Mapping[str, tuple[str, str]]] = {
    "bound": (_("We are now bound by our promise: “{says}”"), _("{sides} now bound: “{says}”")),
    "broken": (_("We broke our promise: “{says}”"), _("{sides} broke a commitment: “{says}”")),
    "kept": (
        _("We kept our promise, whose time has run: “{says}”"),
        _("{sides} kept a promise, whose time has run: “{says}”"),
    ),
    "void": (
        _("We are no longer bound, as the other side has acted: “{says}”"),
        _("{sides} is no longer bound, as the other side has acted: “{says}”"),
    ),
}
"""What became of a promise: as its own side is told of it alone, and as everybody is."""


def promise_told(item: PromiseItem, say: Teller) -> str:
    """That a side is bound by a promise, broke it, kept it, or is free of it."""
    ours, told = PROMISES["broken" if item.broken else item.ended or "bound"]
    words = {"sides": sides(say, item.sides), "says": say.promise(item.commitment)}
    return say(ours if item.sides == (say.dossier.side,) else told, **words)


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
    cited = list(citations)
    if cited:
        yield Heading(say("Instruments cited"), 3)
    yield from (prose(citation_told(citation, say), "bad" if citation.broken else "") for citation in cited)


def citation_told(each: CitationFacts, say: Teller) -> str:
    """Who cited an instrument, whether it held to it, and whether it was cited against it."""
    told = [say("{side} cited it in turn {turn}", side=say(THE[each.side]), turn=each.turn)]
    if each.broken:
        told.append(say("acted against it in turn {turn}", turn=each.broken))
    if each.returned:
        told.append(say("had it cited against it in turn {turn}", turn=each.returned))
    return say("{name}: {told}", name=instrument_told(each.id, say), told=join_parts(told, say))


def cited_told(item: CitationItem, say: Teller) -> str:
    """That an instrument was cited, cited back, or acted against."""
    words = {"side": capital(say(THE[item.side])), "title": say.of(say.dossier.instruments[item.instrument].title)}
    ours = item.side == say.dossier.side
    if item.broken:
        told = _("{side} acted against what it had cited itself: {title}")
        return say(_("We acted against what we had cited: {title}") if ours else told, **words)
    if item.returned:
        told = _("{side} cited against the other side what the other had cited: {title}")
        if say.dossier.side is not None:
            told = _("{side} cited against us what we had cited: {title}")
        return say(_("We cited against them what they had cited: {title}") if ours else told, **words)
    told = _("{side} cited, and is bound by it: {title}")
    return say(_("We cited, and are bound by it: {title}") if ours else told, **words)


PLEDGES: Final[Mapping[Pledged, str]] = {
    "demand": _("public demand"),
    "threat": _("public warning"),
    "promise": _("public promise"),
}
"""What binds a team at home."""
ENDS: Final[Mapping[PledgeEnd, str]] = {
    "met": _("met"),
    "shared": _("given up by both together"),
    "carried-out": _("carried out"),
    "lapsed": _("not put to the test"),
    "excused": _("dropped with good reason"),
    "yielded": _("given up under a public threat"),
    "dropped": _("dropped"),
}
"""What became of it."""


def pledge_blocks(pledges: Iterable[PledgeFacts], side: Side, say: Teller) -> Iterator[Block]:
    """What binds a team at home, with what settles it and at what price, and by what the other team is bound."""
    ours = [each for each in pledges if each.side == side]
    theirs = [each for each in pledges if each.side != side]
    if ours:
        yield Heading(say("What binds us at home"), 3)
    for each in ours:
        yield prose(bound_told(each, side, say))
        yield Items(tuple(map(line, _ways(each, say))), depth=1)
    if theirs:
        yield Heading(say("What binds them at home"), 3)
    for each in theirs:
        yield prose(bound_told(each, side, say))


def bound_told(each: PledgeFacts, reader: Side | None, say: Teller) -> str:
    """One public word that binds a team."""
    words: dict[str, str | int] = {
        "pledge": say(PLEDGES[each.pledge]),
        "turn": each.turn,
        "move": say.move(each.act.move),
        "side": team(say, each.side),
        "due": each.due,
    }
    if reader is None:
        told = _("{side}: {pledge} of turn {turn}, {move}; {stake} of standing at stake until the end of turn {due}")
    elif reader == each.side:
        told = _("Our {pledge} of turn {turn}, {move}: {stake} of standing at stake until the end of turn {due}.")
    else:
        told = _("Their {pledge} of turn {turn}, {move}.")
    return say(told, **words, stake=points_text(each.stake or 0))


def _ways(each: PledgeFacts, say: Teller) -> Iterator[str]:
    """The ways in which it is settled, by what that does to standing, each with what has to happen."""
    found: dict[tuple[PledgeEnd, int], list[str]] = {}
    for way in say.dossier.settles:
        if each.pledge in way.pledges:
            by = way.wins - scale(each.stake or 0, way.costs)
            found.setdefault((way.how, by), []).append(say.of(way.says).rstrip(".。"))
    for (how, by), reasons in found.items():
        words = {"how": say(ENDS[how]), "says": join_parts(reasons, say), "by": points_printed(by, signed=True)}
        yield say("{how} ({by}): {says}", **words) if by else say("{how}: {says}", **words)


def pledge_told(each: PledgeFacts, say: Teller) -> str:
    """What became of a public word, for those who see both sides."""
    end = say("still binding at the end") if each.how is None else say(ENDS[each.how])
    return say(
        "{side}, turn {turn}: {pledge}, {move}; stake {stake}; {end}",
        side=team(say, each.side),
        turn=each.turn,
        pledge=say(PLEDGES[each.pledge]),
        move=say.move(each.act.move),
        stake=points_text(each.stake or 0),
        end=end if not each.settled else say("{end} in turn {turn}", end=end, turn=each.settled),
    )


def spared_told(side: Side, act: ActFacts, say: Teller) -> str:
    """That a team stood high enough at home to give way for nothing."""
    told = _("We stood high enough at home that it cost us nothing there: {move}")
    if side != say.dossier.side:
        told = _("{side} stood high enough at home that it cost nothing there: {move}")
    return say(told, side=team(say, side), move=say.move(act.move))


def home_told(each: HomeFacts, say: Teller) -> str:
    """A hard voice at home, or what cost nothing there; empty for who asked for a decision."""
    if each.ask is not None:
        return ""
    what = (
        voice_told(each.side, each.answer, each.said, say)
        if each.spared is None
        else spared_told(each.side, each.spared, say)
    )
    return say("turn {turn}: {what}", turn=each.turn, what=what)


def pledges_counted(pledges: Iterable[PledgeFacts], say: Teller) -> str:
    """What became of public words, each end with how often it came."""
    came = [each.how for each in pledges]
    told = [say("{end} {n}", end=say(end), n=came.count(how)) for how, end in ENDS.items() if how in came]
    if None in came:
        told.append(say("{end} {n}", end=say("still binding at the end"), n=came.count(None)))
    return say(", ").join(told)
