"""What teams are bound by, in sentences: promises, instruments cited, and public words at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.views.dossier import InstrumentEntry
from crisis_sim.engine.views.feed_items import CitationItem, PromiseItem
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.shared_facts import ActFacts, CitationFacts, HomeFacts, PledgeFacts
from crisis_sim.numbers import points_printed, points_text, scale
from crisis_sim.pages.blocks import Block, Heading, Items, capital, line, prose
from crisis_sim.pages.decision_blocks import describe_voice
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.phrases import sides, team
from crisis_sim.pages.translator import Translator
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


def describe_promise(item: PromiseItem, say: Translator) -> str:
    """That a side is bound by a promise, broke it, kept it, or is free of it."""
    ours, public_text = PROMISES["broken" if item.broken else item.ended or "bound"]
    words = {"sides": sides(say, item.sides), "says": say.promise(item.commitment)}
    return say(ours if item.sides == (say.dossier.side,) else public_text, **words)


FIRST_CITED: Final = _(
    "What we cite binds us too: an act of ours against it costs their trust. What they have accepted eases them; what "
    "they never accepted presses them."
)
"""Said where nothing has been cited yet."""

COULD_CITE: Final = _("It could cite what was agreed before, or nothing.")


def describe_acceptance(entry: InstrumentEntry, say: Translator) -> str:
    """Who has accepted an instrument."""
    names = [say(THE[side]) for side in THE if side in entry.accepted_by]
    names += [say("the host")] if "host" in entry.accepted_by else []
    return say("accepted by {names}", names=say(", ").join(names)) if names else say("accepted by none of us")


def describe_instrument(name: str, say: Translator) -> str:
    """What an instrument is called, with its year and who has accepted it."""
    entry = say.dossier.instruments[name]
    return say(
        "{title} ({year}), {accepted}",
        title=say.localize(entry.title),
        year=entry.year,
        accepted=describe_acceptance(entry, say),
    )


def citable(view: TeamView, move: str, cited: object, say: Translator) -> list[str]:
    """The instruments that a move can cite: those that we have not cited yet, but for the one that it cites."""
    if not say.dossier.moves[move].can_cite:
        return []
    ours = {citation.id for citation in view.citations if citation.side == view.side}
    ours |= {f"{draft.draft.cites}" for draft in view.drafts if draft.draft.cites}
    return [name for name in say.dossier.instruments if name not in ours or name == cited]


def should_cite(view: TeamView, draft: PartialMove, say: Translator) -> bool:
    """Hard words that cite nothing and could: whoever makes them is asked once whether they do."""
    is_hard = bool(draft.move) and say.dossier.moves[draft.move].family in ("protest", "coerce")
    return is_hard and not draft.cites and bool(citable(view, draft.move, draft.cites, say))


def is_first_citing(view: TeamView) -> bool:
    """We have cited nothing yet."""
    return not any(citation.side == view.side for citation in view.citations)


def citation_blocks(citations: Iterable[CitationFacts], say: Translator) -> Iterator[Block]:
    """What both teams have cited, that acted against in another tone."""
    cited = list(citations)
    if cited:
        yield Heading(say("Instruments cited"), 3)
    yield from (prose(describe_citation(citation, say), "bad" if citation.broken else "") for citation in cited)


def describe_citation(citation: CitationFacts, say: Translator) -> str:
    """Who cited an instrument, whether it held to it, and whether it was cited against it."""
    parts = [say("{side} cited it in turn {turn}", side=say(THE[citation.side]), turn=citation.turn)]
    if citation.broken:
        parts.append(say("acted against it in turn {turn}", turn=citation.broken))
    if citation.returned:
        parts.append(say("had it cited against it in turn {turn}", turn=citation.returned))
    return say("{name}: {told}", name=describe_instrument(citation.id, say), told=join_parts(parts, say))


def describe_cited_terms(item: CitationItem, say: Translator) -> str:
    """That an instrument was cited, cited back, or acted against."""
    words = {
        "side": capital(say(THE[item.side])),
        "title": say.localize(say.dossier.instruments[item.instrument].title),
    }
    ours = item.side == say.dossier.side
    if item.broken:
        template = _("{side} acted against what it had cited itself: {title}")
        return say(_("We acted against what we had cited: {title}") if ours else template, **words)
    if item.returned:
        template = _("{side} cited against the other side what the other had cited: {title}")
        if say.dossier.side is not None:
            template = _("{side} cited against us what we had cited: {title}")
        return say(_("We cited against them what they had cited: {title}") if ours else template, **words)
    template = _("{side} cited, and is bound by it: {title}")
    return say(_("We cited, and are bound by it: {title}") if ours else template, **words)


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


def pledge_blocks(pledges: Iterable[PledgeFacts], side: Side, say: Translator) -> Iterator[Block]:
    """What binds a team at home, with what settles it and at what price, and by what the other team is bound."""
    ours = [pledge for pledge in pledges if pledge.side == side]
    theirs = [pledge for pledge in pledges if pledge.side != side]
    if ours:
        yield Heading(say("What binds us at home"), 3)
    for pledge in ours:
        yield prose(describe_binding(pledge, side, say))
        yield Items(tuple(map(line, _ways(pledge, say))), depth=1)
    if theirs:
        yield Heading(say("What binds them at home"), 3)
    for pledge in theirs:
        yield prose(describe_binding(pledge, side, say))


def describe_binding(pledge: PledgeFacts, reader: Side | None, say: Translator) -> str:
    """One public word that binds a team."""
    words: dict[str, str | int] = {
        "pledge": say(PLEDGES[pledge.pledge]),
        "turn": pledge.turn,
        "move": say.move(pledge.act.move),
        "side": team(say, pledge.side),
        "due": pledge.due,
    }
    if reader is None:
        text = _("{side}: {pledge} of turn {turn}, {move}; {stake} of standing at stake until the end of turn {due}")
    elif reader == pledge.side:
        text = _("Our {pledge} of turn {turn}, {move}: {stake} of standing at stake until the end of turn {due}.")
    else:
        text = _("Their {pledge} of turn {turn}, {move}.")
    return say(text, **words, stake=points_text(pledge.stake or 0))


def _ways(pledge: PledgeFacts, say: Translator) -> Iterator[str]:
    """The ways in which it is settled, by what that does to standing, each with what has to happen."""
    reasons_by_end: dict[tuple[PledgeEnd, int], list[str]] = {}
    for way in say.dossier.settles:
        if pledge.pledge in way.pledges:
            change = way.wins - scale(pledge.stake or 0, way.costs)
            reasons_by_end.setdefault((way.how, change), []).append(say.localize(way.says).rstrip(".。"))
    for (end, change), reasons in reasons_by_end.items():
        words = {"how": say(ENDS[end]), "says": join_parts(reasons, say), "by": points_printed(change, signed=True)}
        yield say("{how} ({by}): {says}", **words) if change else say("{how}: {says}", **words)


def describe_pledge(pledge: PledgeFacts, say: Translator) -> str:
    """What became of a public word, for those who see both sides."""
    end = say("still binding at the end") if pledge.how is None else say(ENDS[pledge.how])
    return say(
        "{side}, turn {turn}: {pledge}, {move}; stake {stake}; {end}",
        side=team(say, pledge.side),
        turn=pledge.turn,
        pledge=say(PLEDGES[pledge.pledge]),
        move=say.move(pledge.act.move),
        stake=points_text(pledge.stake or 0),
        end=end if not pledge.settled else say("{end} in turn {turn}", end=end, turn=pledge.settled),
    )


def describe_spared_concession(side: Side, act: ActFacts, say: Translator) -> str:
    """That a team stood high enough at home to give way for nothing."""
    template = _("We stood high enough at home that it cost us nothing there: {move}")
    if side != say.dossier.side:
        template = _("{side} stood high enough at home that it cost nothing there: {move}")
    return say(template, side=team(say, side), move=say.move(act.move))


def describe_home(fact: HomeFacts, say: Translator) -> str:
    """A hard voice at home, or what cost nothing there; empty for who asked for a decision."""
    if fact.ask is not None:
        return ""
    sentence = (
        describe_voice(fact.side, fact.answer, fact.said, say)
        if fact.spared is None
        else describe_spared_concession(fact.side, fact.spared, say)
    )
    return say("turn {turn}: {what}", turn=fact.turn, what=sentence)


def pledges_counted(pledges: Iterable[PledgeFacts], say: Translator) -> str:
    """What became of public words, each end with how often it came."""
    came = [pledge.how for pledge in pledges]
    labels = [say("{end} {n}", end=say(end), n=came.count(outcome)) for outcome, end in ENDS.items() if outcome in came]
    if None in came:
        labels.append(say("{end} {n}", end=say("still binding at the end"), n=came.count(None)))
    return say(", ").join(labels)
