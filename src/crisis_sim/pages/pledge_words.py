"""Public words that a team is held to at home, in sentences: what binds it, what settles that, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.shared_facts import ActFacts, HomeFacts, PledgeFacts
from crisis_sim.numbers import points_printed, points_text, scale
from crisis_sim.pages.blocks import Block, Heading, Items, line, prose
from crisis_sim.pages.decision_blocks import voice_told
from crisis_sim.pages.phrases import team
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Pledged, PledgeEnd, Side
from crisis_sim.wording import _

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
        words = {"how": say(ENDS[how]), "says": say("; ").join(reasons), "by": points_printed(by, signed=True)}
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
