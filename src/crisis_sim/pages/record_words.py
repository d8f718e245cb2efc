"""What came of requests, lines and exchanges in sentences, as the hotwash opens it."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.hotwash_facts import (
    ConclusionFacts,
    CrossingFacts,
    ExchangeResult,
    HotwashFacts,
    SilenceFacts,
    TellingFacts,
)
from crisis_sim.pages.decision_blocks import answer_told, bare
from crisis_sim.pages.feed_words import small_steps
from crisis_sim.pages.phrases import team, visibility
from crisis_sim.pages.teller import Teller, account_line, head_for, parts_of, readouts_head


def silence_told(silence: SilenceFacts, say: Teller) -> str:
    """A silence, and what became of the request."""
    return say(
        "{side}, turn {turn}: {move}, {channel}: {fate}",
        turn=silence.turn,
        fate=_fate(silence, say),
        **parts_of(silence.act, say),
    )


def _fate(silence: SilenceFacts, say: Teller) -> str:
    match silence.fate:
        case "lost":
            return say("it never reached them")
        case "late":
            return say("it reached them late, in turn {turn}", turn=silence.arrived)
        case "later":
            return say("it reached them in turn {turn}", turn=silence.arrived)
        case "had":
            return say("they had it, and did not answer in time")
        case "replied":
            return say("they answered it, and their answer did not arrive in time")


def crossing_told(crossing: CrossingFacts, say: Teller) -> str:
    """A line that was crossed or came near its limit, with the act or the small steps that did it."""
    says = say.of(crossing.line)
    if crossing.through is not None:
        steps = small_steps(say.of(crossing.through), say)
        says = say("{says} ({steps})", says=says, steps=steps)
    if crossing.act is not None:
        says = say("{says}; by: {act}", says=says.rstrip(".。"), act=head_for(crossing.act, None, say))
    if crossing.is_declared:
        says = say("{says}; the facilitator declared it", says=says.rstrip(".。"))
    return say("line of {side}, turn {turn}: {says}", side=team(say, crossing.side), turn=crossing.turn, says=says)


def claim_told(claim: CrossingFacts, say: Teller) -> str:
    """A line that its team wrote at the table and held crossed."""
    return say("held crossed: {says}", says=crossing_told(claim, say))


def conclusion_told(drawn: ConclusionFacts, say: Teller) -> str:
    """A conclusion: on which full line, about which red one, what its team did, and whether it was drawn back."""
    line = bare(drawn.line, say)
    if drawn.act is not None:
        line = say("{line}, filled by: {act}", line=line, act=head_for(drawn.act, None, say))
    parts = [
        line,
        say("it believed that the other side was coming for: {red}", red=bare(drawn.leads_to, say)),
        "" if drawn.answer is None else answer_told(drawn.answer, drawn.said, say),
        say("drawn back in turn {turn}", turn=drawn.drawn_back) if drawn.drawn_back else say("not drawn back"),
    ]
    says = say("; ").join(filter(None, parts))
    return say("{side}, turn {turn}: {says}", side=team(say, drawn.side), turn=drawn.turn, says=says)


def telling_told(told: TellingFacts, say: Teller) -> str:
    """A line that a team told the other side of, and whether it had concluded so."""
    parts = [
        say("{line}, {visibility}", line=bare(told.line, say), visibility=visibility(say, told.visibility)),
        "" if told.arrived else say("it never reached them"),
        say("a bluff: it had not concluded so") if told.is_bluff else say("it had concluded so"),
    ]
    says = say("; ").join(filter(None, parts))
    return say("{side}, turn {turn}: {says}", side=team(say, told.side), turn=told.turn, says=says)


def lines_told(hotwash: HotwashFacts, say: Teller) -> Iterator[str]:
    """What became of lines: crossings, conclusions, what was told of them, near misses."""
    yield from (crossing_told(each, say) for each in hotwash.crossings)
    yield from (claim_told(each, say) for each in hotwash.claims)
    yield from (conclusion_told(each, say) for each in hotwash.conclusions)
    yield from (telling_told(each, say) for each in hotwash.tellings)
    yield from (crossing_told(each, say) for each in hotwash.near_misses)


def readouts_told(exchange: ExchangeResult, say: Teller) -> str:
    """How the two accounts of an exchange compare."""
    accounts = say("; ").join([account_line(account, say) for account in exchange.accounts])
    head = readouts_head(exchange.result, exchange.by, say)
    return say("{head}. {accounts}", head=head, accounts=accounts)
