"""What came of requests, lines and exchanges in sentences, as the hotwash opens it."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.hotwash_facts import (
    ConclusionFacts,
    CrossingFacts,
    ExchangeResult,
    HotwashFacts,
    SilenceFacts,
)
from crisis_sim.pages.feed_words import small_steps
from crisis_sim.pages.phrases import team
from crisis_sim.pages.teller import Teller, account_line, parts_of, readouts_head


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
    """A line that was crossed or came near its limit, with the small steps that did it."""
    says = say.of(crossing.line)
    if crossing.through is not None:
        steps = small_steps(say.of(crossing.through), say)
        says = say("{says} ({steps})", says=says, steps=steps)
    return say("{side}, turn {turn}: {says}", side=team(say, crossing.side), turn=crossing.turn, says=says)


def conclusion_told(drawn: ConclusionFacts, say: Teller) -> str:
    """A conclusion: on which full line, about which red one, and whether its team was drawn back from it."""
    back = say("drawn back in turn {turn}", turn=drawn.drawn_back) if drawn.drawn_back else say("not drawn back")
    says = say(
        "{line}; it believed that the other side was coming for: {red}; {back}",
        line=say.of(drawn.line).rstrip(".。"),
        red=say.of(drawn.leads_to).rstrip(".。"),
        back=back,
    )
    return say("{side}, turn {turn}: {says}", side=team(say, drawn.side), turn=drawn.turn, says=says)


def lines_told(hotwash: HotwashFacts, say: Teller) -> Iterator[str]:
    """What became of lines: crossings, conclusions, near misses."""
    yield from (crossing_told(each, say) for each in hotwash.crossings)
    yield from (conclusion_told(each, say) for each in hotwash.conclusions)
    yield from (crossing_told(each, say) for each in hotwash.near_misses)


def readouts_told(exchange: ExchangeResult, say: Teller) -> str:
    """How the two accounts of an exchange compare."""
    accounts = say("; ").join([account_line(account, say) for account in exchange.accounts])
    head = readouts_head(exchange.result, exchange.by, say)
    return say("{head}. {accounts}", head=head, accounts=accounts)
