"""What came of what the two did with each other, kind by kind in sentences: said here once for all who see both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from crisis_sim.engine.sight.hotwash_facts import (
    ConclusionFacts,
    CrossingFacts,
    ExchangeResult,
    HotwashFacts,
    SilenceFacts,
    TellingFacts,
)
from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.pages.asset_blocks import used_told
from crisis_sim.pages.binding_words import citation_told, home_told, pledge_told
from crisis_sim.pages.calls_opened import decision_told, result_told
from crisis_sim.pages.closer_words import moved_told
from crisis_sim.pages.decision_blocks import answer_told, bare
from crisis_sim.pages.disclosure_words import fact_told
from crisis_sim.pages.phrases import team, visibility
from crisis_sim.pages.teller import Teller, account_line, head_for, parts_of, readouts_head
from crisis_sim.pages.traces import flag_told
from crisis_sim.wording import _, join_parts


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
        case "held":
            return say("they had it, and after a holding note did not answer in time")
        case "replied":
            return say("they answered it, and their answer did not arrive in time")


def crossing_told(crossing: CrossingFacts, say: Teller) -> str:
    """A line that was crossed or came near its limit, with the act that did it."""
    text = say.of(crossing.line)
    if crossing.act is not None:
        text = say("{says}; by: {act}", says=text, act=head_for(crossing.act, None, say))
    if crossing.is_declared:
        text = say("{says}; the facilitator declared it", says=text)
    return say("line of {side}, turn {turn}: {says}", side=team(say, crossing.side), turn=crossing.turn, says=text)


def claim_told(claim: CrossingFacts, say: Teller) -> str:
    """A line that its team wrote at the table and held crossed."""
    return say("held crossed: {says}", says=crossing_told(claim, say))


def conclusion_told(conclusion: ConclusionFacts, say: Teller) -> str:
    """A conclusion: on which full line, about which red one, what its team did, and whether it was drawn back."""
    line = bare(conclusion.line, say)
    if conclusion.act is not None:
        line = say("{line}, filled by: {act}", line=line, act=head_for(conclusion.act, None, say))
    parts = [
        line,
        say("it believed that the other side was coming for: {red}", red=bare(conclusion.leads_to, say)),
        "" if conclusion.answer is None else answer_told(conclusion.answer, conclusion.said, say),
        say("drawn back in turn {turn}", turn=conclusion.drawn_back)
        if conclusion.drawn_back
        else say("not drawn back"),
    ]
    text = join_parts(parts, say)
    return say("{side}, turn {turn}: {says}", side=team(say, conclusion.side), turn=conclusion.turn, says=text)


def telling_told(notice: TellingFacts, say: Teller) -> str:
    """A line that a team told the other side of, and whether it had concluded so."""
    parts = [
        say("{line}, {visibility}", line=bare(notice.line, say), visibility=visibility(say, notice.visibility)),
        "" if notice.arrived else say("it never reached them"),
        say("a bluff: it had not concluded so") if notice.is_bluff else say("it had concluded so"),
    ]
    text = join_parts(parts, say)
    return say("{side}, turn {turn}: {says}", side=team(say, notice.side), turn=notice.turn, says=text)


def lines_told(hotwash: HotwashFacts, say: Teller) -> Iterator[str]:
    """What became of lines: crossings, conclusions, what was told of them, near misses."""
    yield from (crossing_told(crossing, say) for crossing in hotwash.crossings)
    yield from (claim_told(claim, say) for claim in hotwash.claims)
    yield from (conclusion_told(conclusion, say) for conclusion in hotwash.conclusions)
    yield from (telling_told(notice, say) for notice in hotwash.tellings)
    yield from (crossing_told(near_miss, say) for near_miss in hotwash.near_misses)


def readouts_told(exchange: ExchangeResult, say: Teller) -> str:
    """How the two accounts of an exchange compare."""
    accounts = join_parts([account_line(account, say) for account in exchange.accounts], say)
    head = readouts_head(exchange.result, exchange.by, say)
    return say("{head}. {accounts}", head=head, accounts=accounts)


_Tellers: TypeAlias = Mapping[str, Callable[[Any, Teller], str]]  # Any: each field has its own facts
DEALT: Final[Mapping[str, tuple[str, _Tellers]]] = {
    "crossings": (_("Crossed"), {"crossings": crossing_told}),
    "claims": (_("Held crossed by their own team"), {"claims": crossing_told}),
    "conclusions": (_("Conclusions drawn"), {"conclusions": conclusion_told}),
    "tellings": (_("Lines told"), {"tellings": telling_told}),
    "near-misses": (_("Near misses"), {"near_misses": crossing_told}),
    "silences": (_("Silences"), {"silences": silence_told}),
    "readouts": (_("Readouts"), {"readouts": readouts_told}),
    "calls": (_("Calls, and what each side wanted of them"), {"calls": result_told}),
    "decisions": (_("What each was asked to decide"), {"home": decision_told}),
    "citations": (_("Instruments cited"), {"citations": citation_told}),
    "home": (_("Held to at home"), {"pledges": pledge_told, "home": home_told}),
    "assets": (_("What was used, and as what it was seen"), {"assets": used_told}),
    "facts": (_("What each team alone knew"), {"private_facts": fact_told}),
    "closer": (_("What moved each closer, as it said"), {"closer": moved_told}),
    "flags": (_("Flags"), {"flags": flag_told}),
}
"""What heads each kind, and what tells each of the facts that it is told from."""


def record_sections(
    view: HotwashFacts | FacilitatorView, kinds: Iterable[str], say: Teller, additions: Mapping[str, Sequence[str]] = {}
) -> Iterator[tuple[str, list[str]]]:
    """The heading of each kind, its sentences, and its `additions` after them."""
    for kind in kinds:
        head, tellers = DEALT[kind]
        sentences = (tell(fact, say) for field, tell in tellers.items() for fact in getattr(view, field))
        yield say(head), [*filter(None, sentences), *additions.get(kind, ())]
