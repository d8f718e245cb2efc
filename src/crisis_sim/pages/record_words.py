"""What came of what the two did with each other, kind by kind in sentences: said here once for all who see both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from crisis_sim.engine.views.hotwash_facts import (
    ConclusionFacts,
    CrossingFacts,
    ExchangeResult,
    HotwashFacts,
    LineDisclosureFacts,
    SilenceFacts,
)
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.pages.asset_blocks import describe_use
from crisis_sim.pages.binding_words import describe_citation, describe_home, describe_pledge
from crisis_sim.pages.calls_opened import describe_decision, describe_result
from crisis_sim.pages.closer_words import describe_movers
from crisis_sim.pages.decision_blocks import bare, describe_answer
from crisis_sim.pages.disclosure_words import describe_fact
from crisis_sim.pages.phrases import team, visibility
from crisis_sim.pages.traces import describe_flag
from crisis_sim.pages.translator import Translator, account_line, head_for, parts_of, readouts_head
from crisis_sim.wording import _, join_parts


def describe_silence(silence: SilenceFacts, say: Translator) -> str:
    """A silence, and what became of the request."""
    return say(
        "{side}, turn {turn}: {move}, {channel}: {fate}",
        turn=silence.turn,
        fate=_fate(silence, say),
        **parts_of(silence.act, say),
    )


def _fate(silence: SilenceFacts, say: Translator) -> str:
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


def describe_crossing(crossing: CrossingFacts, say: Translator) -> str:
    """A line that was crossed or came near its limit, with the act that did it."""
    text = say.localize(crossing.line)
    if crossing.act is not None:
        text = say("{says}; by: {act}", says=text, act=head_for(crossing.act, None, say))
    if crossing.is_declared:
        text = say("{says}; the facilitator declared it", says=text)
    return say("line of {side}, turn {turn}: {says}", side=team(say, crossing.side), turn=crossing.turn, says=text)


def describe_claim(claim: CrossingFacts, say: Translator) -> str:
    """A line that its team wrote at the table and held crossed."""
    return say("held crossed: {says}", says=describe_crossing(claim, say))


def describe_conclusion(conclusion: ConclusionFacts, say: Translator) -> str:
    """A conclusion: on which full line, about which red one, what its team did, and whether it was drawn back."""
    line = bare(conclusion.line, say)
    if conclusion.act is not None:
        line = say("{line}, filled by: {act}", line=line, act=head_for(conclusion.act, None, say))
    parts = [
        line,
        say("it believed that the other side was coming for: {red}", red=bare(conclusion.leads_to, say)),
        "" if conclusion.answer is None else describe_answer(conclusion.answer, conclusion.said, say),
        say("drawn back in turn {turn}", turn=conclusion.drawn_back)
        if conclusion.drawn_back
        else say("not drawn back"),
    ]
    text = join_parts(parts, say)
    return say("{side}, turn {turn}: {says}", side=team(say, conclusion.side), turn=conclusion.turn, says=text)


def describe_line_disclosure(notice: LineDisclosureFacts, say: Translator) -> str:
    """A line that a team told the other side of, and whether it had concluded so."""
    parts = [
        say("{line}, {visibility}", line=bare(notice.line, say), visibility=visibility(say, notice.visibility)),
        "" if notice.arrived else say("it never reached them"),
        say("a bluff: it had not concluded so") if notice.is_bluff else say("it had concluded so"),
    ]
    text = join_parts(parts, say)
    return say("{side}, turn {turn}: {says}", side=team(say, notice.side), turn=notice.turn, says=text)


def line_sentences(hotwash: HotwashFacts, say: Translator) -> Iterator[str]:
    """What became of lines: crossings, conclusions, what was told of them, near misses."""
    yield from (describe_crossing(crossing, say) for crossing in hotwash.crossings)
    yield from (describe_claim(claim, say) for claim in hotwash.claims)
    yield from (describe_conclusion(conclusion, say) for conclusion in hotwash.conclusions)
    yield from (describe_line_disclosure(notice, say) for notice in hotwash.tellings)
    yield from (describe_crossing(near_miss, say) for near_miss in hotwash.near_misses)


def describe_readouts(exchange: ExchangeResult, say: Translator) -> str:
    """How the two accounts of an exchange compare."""
    accounts = join_parts([account_line(account, say) for account in exchange.accounts], say)
    head = readouts_head(exchange.result, exchange.by, say)
    return say("{head}. {accounts}", head=head, accounts=accounts)


_Tellers: TypeAlias = Mapping[str, Callable[[Any, Translator], str]]  # Any: each field has its own facts
DEALT: Final[Mapping[str, tuple[str, _Tellers]]] = {
    "crossings": (_("Crossed"), {"crossings": describe_crossing}),
    "claims": (_("Held crossed by their own team"), {"claims": describe_crossing}),
    "conclusions": (_("Conclusions drawn"), {"conclusions": describe_conclusion}),
    "tellings": (_("Lines told"), {"tellings": describe_line_disclosure}),
    "near-misses": (_("Near misses"), {"near_misses": describe_crossing}),
    "silences": (_("Silences"), {"silences": describe_silence}),
    "readouts": (_("Readouts"), {"readouts": describe_readouts}),
    "calls": (_("Calls, and what each side wanted of them"), {"calls": describe_result}),
    "decisions": (_("What each was asked to decide"), {"home": describe_decision}),
    "citations": (_("Instruments cited"), {"citations": describe_citation}),
    "home": (_("Held to at home"), {"pledges": describe_pledge, "home": describe_home}),
    "assets": (_("What was used, and as what it was seen"), {"assets": describe_use}),
    "facts": (_("What each team alone knew"), {"private_facts": describe_fact}),
    "closer": (_("What moved each closer, as it said"), {"closer": describe_movers}),
    "flags": (_("Flags"), {"flags": describe_flag}),
}
"""What heads each kind, and what tells each of the facts that it is told from."""


def record_sections(
    view: HotwashFacts | FacilitatorView,
    kinds: Iterable[str],
    say: Translator,
    additions: Mapping[str, Sequence[str]] = {},
) -> Iterator[tuple[str, list[str]]]:
    """The heading of each kind, its sentences, and its `additions` after them."""
    for kind in kinds:
        head, tellers = DEALT[kind]
        sentences = (tell(fact, say) for field, tell in tellers.items() for fact in getattr(view, field))
        yield say(head), [*filter(None, sentences), *additions.get(kind, ())]
