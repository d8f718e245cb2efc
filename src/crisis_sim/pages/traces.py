"""Why each number moved, in sentences for the white cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from crisis_sim.engine import events as e
from crisis_sim.engine.views.dossier import WhiteEntry
from crisis_sim.engine.views.hotwash_facts import FlagFacts
from crisis_sim.engine.views.seat_views import MeterFacts, TraceFacts
from crisis_sim.engine.views.shared_facts import NumberChange
from crisis_sim.numbers import points_printed, points_text
from crisis_sim.pages.asset_blocks import describe_concealment
from crisis_sim.pages.binding_words import ENDS, PLEDGES, describe_spared_concession
from crisis_sim.pages.disclosure_words import disclosed_trace, out_trace
from crisis_sim.pages.phrases import team
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side, Words
from crisis_sim.wording import _, join_parts

OWN_CAUSES: Final = {
    "decay": _("decay: time passed"),
    "clock": _("clock: time passed"),
    "channel-use": _("channel-use: it was used"),
    "catalogue": _("catalogue: what the home audience made of it"),
    "bounds": _("bounds: the scale ends here"),
    "under rest": _("under rest: what calms below where tension comes to rest counts only in part"),
    "without force": _(
        "without force: as long as nobody shows or uses force, words take tension so far and no further"
    ),
    "both ways": _("both ways: it was moved up and down in this turn, and the end of its scale lay between"),
    "worn off": _("worn off: it was won for a few turns only"),
    "people lost": _("people lost: home counts those who were at risk"),
    "help withheld": _("help withheld: it was refused, left unanswered or blocked"),
    "people saved": _("people saved: help that could be seen"),
    "after a loss": _("after a loss: nobody at home is praised for it"),
    "limit": _("limit: pressure reached the limit of a pink line"),
    "reading": _("reading: the reader named this line"),
    "conclusion": _("conclusion: a pink line was full"),
    "further from": _("further from: the team was drawn back from its conclusion"),
    "a call": _("a call of which home had heard: what came of it, beside what was expected"),
    "a call announced": _("a call announced: home expects more of it"),
    "cited": _("cited: what has been accepted eases, what never was presses"),
    "against what it cited": _("against what it cited: its team had cited that instrument itself"),
    "voice meet": _("voice meet: an act met the hard voice at home"),
    "voice speak": _("voice speak: the hard voice at home was let speak"),
    "voice wait": _("voice wait: the hard voice at home was asked to wait"),
    "voice delayed": _("voice delayed: a turn passed without an answer to a voice at home"),
    "voice unanswered": _("voice unanswered: nobody answered the hard voice at home, and it spoke by itself"),
    "claim": _("claim: a team holds a line crossed that it wrote at the table"),
    "once told": _("once told: the other side had been told of the line, so that its relief counts more"),
    "disclosed": _("disclosed: a private fact was told"),
    "came out": _("came out: a private fact had not been told whole"),
    "found out": _("found out: a thing was more than it had been seen as"),
}
"""Why the engine itself moves numbers, by what a trace calls it."""
KINDS: Final = {
    "inject": _("inject"),
    "line": _("line"),
    "track": _("track"),
    "crossing": _("crossing"),
    "offence": _("own order"),
    "decision": _("decision"),
    "voice": _("voice"),
}
"""What else than a rule moves numbers; its id follows."""
PERCENT: Final = frozenset({"readiness", "latency", "odds"})
"""Meters that are whole numbers, not hundredths."""


class TraceWords(NamedTuple):
    """Why a number changed, in a sentence."""

    turn: int
    sentence: str
    rule: str
    place: str


def describe_traces(traces: Iterable[TraceFacts], say: Translator) -> list[TraceWords]:
    """Why numbers changed, in the order of play."""
    return [words for trace in traces if (words := describe_trace(trace, say)) is not None]


def describe_trace(facts: TraceFacts, say: Translator) -> TraceWords | None:
    """An event as a sentence with its rule and place; None for what white cells are not told."""
    turn = facts.turn
    match facts.event:
        case e.ActWeighed() as event:
            return TraceWords(turn, _weighed(facts, event, say), "weight", event.at)
        case e.NumberMoved(meter=meter, of=subject, trace=trace):
            if trace.rule == "decay" and meter == "readiness":
                return None
            name = meter_name(meter, subject, facts.line, say)
            place = say("the scale") if trace.rule in ("bounds", "both ways") else trace.at
            sentence = _moved(trace, name, say, meter in PERCENT)
            return TraceWords(turn, sentence, trace.rule, place)
        case e.LinePressed(side=side, line=line, trace=trace):
            name = meter_name("pressure", f"{side}/{line}", facts.line, say)
            sentence = _moved(trace, name, say, owner=side)
            return TraceWords(turn, sentence, trace.rule, trace.at)
        case e.LineCrossed(side=side, line=line) as crossed:
            line_text = _line_says(facts.line, line, say)
            words = say("red line of {side} crossed: {says}", side=team(say, side), says=line_text)
            return TraceWords(turn, words, crossed.rule, crossed.at)
        case e.ConclusionDrawn() | e.FurtherFrom() as event:
            return TraceWords(turn, _believed(facts, event, say), "conclusion", "")
        case e.PledgeBound(rule=rule, at=place) | e.PledgeSettled(rule=rule, at=place) as event:
            return TraceWords(turn, _held_to(event, say), rule, place)
        case e.ConcessionSpared(side=side, at=place) if facts.act is not None:
            return TraceWords(turn, describe_spared_concession(side, facts.act, say), "concession", place)
        case e.CrossingClaimed(side=side) as event:
            line_text = _line_says(facts.line, event.line, say)
            words = say(
                "{side} holds its red line crossed, and tells nobody: {says}", side=team(say, side), says=line_text
            )
            return TraceWords(turn, words, "claim", "")
        case e.CrossingDeclared(side=side, reason=reason) as event:
            line_text = _line_says(facts.line, event.line, say).rstrip(".。")
            words = say("declared: red line of {side} crossed: {says}", side=team(say, side), says=line_text)
            return TraceWords(turn, join_parts((words, reason), say), "declared", say("the facilitator"))
        case e.AssetConcealed() as event:
            return TraceWords(turn, describe_concealment(event, say), "found out", "")
        case e.FactDisclosed() as event:
            return TraceWords(turn, disclosed_trace(event, say), "disclosed", "")
        case e.FactCameOut() as event:
            return TraceWords(turn, out_trace(event, say), "came out", "")
        case e.CrossingProposed(rule=rule, at=place) as event:
            return TraceWords(turn, _proposed(facts, event, say), rule, place)
        case e.FactSet() as event:
            return TraceWords(turn, _fact_set(event, say), event.rule, event.at)
        case e.Overridden(meter=meter, of=subject, before=old_value, after=new_value, reason=reason):
            name = meter_name(meter, subject, facts.line, say)
            span = _span(old_value, new_value, meter == "readiness")
            words = say("override: {reason}; {name} {span}", reason=reason, name=name, span=span)
            return TraceWords(turn, words, "override", say("the facilitator"))
        case _:
            return None


def _weighed(facts: TraceFacts, event: e.ActWeighed, say: Translator) -> str:
    """An act's way from its catalogue weight to what it moved."""
    act = facts.act
    assert act is not None
    act_text = say("{side}: {text}", side=team(say, act.side), text=say.move(act.move))
    if event.silence:
        act_text = say("silence on: {what}", what=act_text)
    parts = []
    for step in event.steps:
        span = _span(step.before, step.after)
        parts.append(_why(step, say) + say(" ({word})", word=span))
    if event.felt != event.weight:
        parts.append(say("felt {value}", value=points_printed(event.felt, True)))
    if event.alert:
        parts.append(say("of that, on alert, {value}", value=points_printed(event.alert, True)))
    span = _span(event.tension, event.tension + event.weight)
    parts.append(say("{name} {span}", name=say("tension"), span=span))
    return say(
        "{what}, {channel}: {weight}; {how}",
        what=act_text,
        channel=say.channel(act.channel),
        weight=points_printed(event.weight, True),
        how=join_parts(parts, say),
    )


def _believed(facts: TraceFacts, event: e.ConclusionDrawn | e.FurtherFrom, say: Translator) -> str:
    """A conclusion that a team drew, or that it was drawn back from one."""
    template = (
        _("{side} drew a conclusion: its line “{line}” is full; it believes that the other side is coming for “{red}”")
        if isinstance(event, e.ConclusionDrawn)
        else _("{side} was drawn back from a conclusion: its line “{line}” has eased, and “{red}” seems further off")
    )
    return say(
        template,
        side=team(say, event.side),
        line=_line_says(facts.line, event.line, say).rstrip(".。"),
        red=_line_says(facts.leads_to, event.leads_to, say).rstrip(".。"),
    )


def _held_to(event: e.PledgeBound | e.PledgeSettled, say: Translator) -> str:
    """A public word that binds a team at home, or what became of it, and why."""
    words = {"side": team(say, event.side), "pledge": say(PLEDGES[event.pledge])}
    if isinstance(event, e.PledgeBound):
        stake = points_text(event.stake)
        text = say(
            "{side} is bound at home by its {pledge}; stake {stake}, due in turn {due}",
            **words,
            stake=stake,
            due=event.due,
        )
    else:
        text = say("{pledge} of {side}: {end}", **words, end=say(ENDS[event.how]))
    return join_parts((text, _why(e.Trace(event.rule, event.at, event.act, 0, 0), say)), say)


def _proposed(facts: TraceFacts, event: e.CrossingProposed, say: Translator) -> str:
    """A crossing that a rule proposes, and why."""
    line_text = _line_says(facts.line, event.line, say).rstrip(".。")
    words = say(
        "a rule holds that {by} crossed the red line of {side} “{says}”; nothing follows of itself",
        by=team(say, event.by),
        side=team(say, event.side),
        says=line_text,
    )
    why = _why(e.Trace(event.rule, event.at, event.act, 0, 0), say, event.side)
    return join_parts((words, why), say)


def _fact_set(event: e.FactSet, say: Translator) -> str:
    """A fact that became true or ceased to be; in English by its name, as files write it."""
    owner = "" if event.of is None else say(" ({word})", word=team(say, event.of))
    fact = event.fact if say.language == "en" else fact_says(event.fact, say).rstrip(".。")
    if event.to:
        return say("{fact}{whose} is true", fact=fact, whose=owner)
    return say("{fact}{whose} is no longer true", fact=fact, whose=owner)


def fact_says(fact: str, say: Translator) -> str:
    """A named fact in words."""
    return say.localize(say.white.facts[fact])


def _why(trace: e.Trace, say: Translator, owner: Side | None = None) -> str:
    """The rule and its sentence; `owner` is whose line it is, where the trace is of pressure on one."""
    if trace.rule in OWN_CAUSES:
        return say(OWN_CAUSES[trace.rule])
    kind, _space, name = trace.rule.partition(" ")
    moved_by = f"{say(KINDS[kind]) if kind in KINDS else kind} {name}".rstrip()
    reason = reason_of(trace, say.white, owner)
    why = say("a red line was crossed") if kind == "crossing" else ""
    if reason is not None:
        why = say.localize(reason)
    return say("{rule}: {why}", rule=moved_by, why=why.rstrip(".。")) if why else moved_by


def reason_of(trace: e.Trace, white: WhiteEntry, owner: Side | None = None) -> Words | None:
    """Why scenario or pack say that a number moved; None where they say nothing, as of a line that a team wrote."""
    kind, _space, name = trace.rule.partition(" ")
    if kind in ("inject", "decision"):
        return next((inject.title for inject in white.msel if inject.id == name), None)
    called = trace.rule if kind != "line" else f"line {owner}/{name}"
    return white.reasons.get(f"{called}#{trace.part}", white.reasons.get(called))


def _moved(trace: e.Trace, name: str, say: Translator, percent: bool = False, owner: Side | None = None) -> str:
    """Why a number moved, and how far."""
    span = say("{name} {span}", name=name, span=_span(trace.before, trace.after, percent))
    return join_parts((_why(trace, say, owner), span), say)


def _span(old_value: int, new_value: int, percent: bool = False) -> str:
    """A number before and after, with an arrow between."""
    return f"{old_value} → {new_value}" if percent else f"{points_printed(old_value)} → {points_printed(new_value)}"


def describe_change(change: NumberChange, say: Translator) -> str:
    """A number that moved, from what to what."""
    name = meter_name(change.meter, change.of, change.line, say)
    return say("{name} {span}", name=name, span=_span(change.before, change.after, change.meter in PERCENT))


def describe_meter(meter: MeterFacts, say: Translator) -> str:
    """The name of a number that can be overridden."""
    return meter_name(meter.meter, meter.of, meter.line, say)


def meter_name(meter: str, subject: str, line: Words | None, say: Translator) -> str:
    """A number's name for people; `line` is the line whose pressure it is."""
    if meter == "tension":
        return say("tension")
    if meter == "track":
        return say.track(subject)
    if meter in {"readiness", "latency"}:
        return say("{whose} {meter}", whose=say.channel(subject), meter=_measure(meter, say))
    owner, _slash, rest = subject.partition("/")
    side: Side = "us" if owner == "us" else "china"
    if meter == "pressure":
        line_text = _line_says(line, rest, say).rstrip(".。")
        return say("pressure on the {side} line “{says}”", side=team(say, side), says=line_text)
    name = say("{whose} {meter}", whose=team(say, side), meter=_measure(meter, say))
    return name + say(" ({word})", word=say.channel(rest)) if rest else name


def _measure(meter: str, say: Translator) -> str:
    """What is measured."""
    match meter:
        case "felt":
            return say("felt tension")
        case "trust":
            return say("trust")
        case "standing":
            return say("standing")
        case "expectation":
            return say("what home expects of calls")
        case "readiness":
            return say("readiness")
        case "latency":
            return say("latency, percent")
        case _:
            return say("odds of answering, percent points")


def _line_says(line: Words | None, line_id: str, say: Translator) -> str:
    """A line's words; its id if it was taken back."""
    return line_id if line is None else say.localize(line)


def describe_flag(flag: FlagFacts, say: Translator) -> str:
    """What a rule has flagged, in its own sentence."""
    return say("turn {turn}: {says}", turn=flag.turn, says=flag.flag if flag.says is None else say.localize(flag.says))
