"""Why each number moved, in sentences for the white cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.hotwash_facts import FlagFacts
from crisis_sim.engine.sight.views import MeterFacts, TraceFacts
from crisis_sim.numbers import told as shown
from crisis_sim.pages.phrases import team
from crisis_sim.pages.seat_pages import TraceView
from crisis_sim.pages.telling import channel_name, in_language, move_label
from crisis_sim.rules.names import Language, Side, Words
from crisis_sim.wording import _, speaker

OWN_CAUSES: Final = {
    "decay": _("decay: time passed"),
    "clock": _("clock: time passed"),
    "channel-use": _("channel-use: it was used"),
    "catalogue": _("catalogue: what the home audience made of it"),
    "bounds": _("bounds: the scale ends here"),
    "limit": _("limit: pressure reached the limit of a pink line"),
    "reading": _("reading: the reader named this line"),
}
"""Why the engine itself moves numbers, by what a trace calls it."""
KINDS: Final = {"inject": _("inject"), "line": _("line"), "track": _("track"), "crossing": _("crossing")}
"""What else than a rule moves numbers; its id follows."""
PERCENT: Final = frozenset({"readiness", "mandate", "latency", "odds"})
"""Meters that are whole numbers, not hundredths."""


def trace_views(traces: Iterable[TraceFacts], dossier: Dossier, language: Language) -> tuple[TraceView, ...]:
    """Why numbers changed, in the order of play."""
    views = (trace_view(trace, dossier, language) for trace in traces)
    return tuple(view for view in views if view is not None)


def trace_view(facts: TraceFacts, dossier: Dossier, language: Language) -> TraceView | None:
    """An event as a sentence with its rule and place; None for what white cells are not told."""
    say, turn = speaker(language), facts.turn
    match facts.event:
        case e.ActWeighed() as event:
            return TraceView(turn=turn, sentence=_weighed(facts, event, dossier, language), rule="weight", at=event.at)
        case e.NumberMoved(meter=meter, of=of, trace=trace):
            if trace.rule == "decay" and meter == "readiness":
                return None
            name = meter_name(meter, of, facts.line, dossier, language)
            at = say("the scale") if trace.rule == "bounds" else trace.at
            sentence = _moved(trace, name, dossier, language, meter in PERCENT)
            return TraceView(turn=turn, sentence=sentence, rule=trace.rule, at=at)
        case e.LinePressed(side=side, line=line, trace=trace):
            name = meter_name("pressure", f"{side}/{line}", facts.line, dossier, language)
            sentence = _moved(trace, name, dossier, language, owner=side)
            return TraceView(turn=turn, sentence=sentence, rule=trace.rule, at=trace.at)
        case e.LineCrossed(side=side, line=line) as crossed:
            says = _line_says(facts.line, line, language)
            words = say("{side}'s red line crossed: {says}", side=team(language, side), says=says)
            return TraceView(turn=turn, sentence=words, rule=crossed.rule, at=crossed.at)
        case e.FactSet() as event:
            return TraceView(turn=turn, sentence=_fact_set(event, dossier, language), rule=event.rule, at=event.at)
        case e.Overridden(meter=meter, of=of, before=before, after=after, reason=reason):
            name = meter_name(meter, of, facts.line, dossier, language)
            span = _span(before, after, meter == "readiness")
            words = say("override: {reason}; {name} {span}", reason=reason, name=name, span=span)
            return TraceView(turn=turn, sentence=words, rule="override", at=say("the facilitator"))
        case _:
            return None


def _weighed(facts: TraceFacts, event: e.ActWeighed, dossier: Dossier, language: Language) -> str:
    """An act's way from its catalogue weight to what it moved."""
    say, act = speaker(language), facts.act
    assert act is not None
    what = say("{side}: {text}", side=team(language, act.side), text=move_label(dossier, act.move, language))
    if event.silence:
        what = say("silence on: {what}", what=what)
    told = [""]
    for step in event.steps:
        span = _span(step.before, step.after)
        told.append(_why(step, dossier, language) + say(" ({word})", word=span))
    if event.felt != event.weight:
        told.append(say("felt {value}", value=shown(event.felt, True)))
    span = _span(event.tension, event.tension + event.weight)
    told.append(say("{name} {span}", name=say("tension"), span=span))
    return say(
        "{what}, {channel}: {weight}{how}",
        what=what,
        channel=channel_name(dossier, act.channel, language),
        weight=shown(event.weight, True),
        how=say("; ").join(told),
    )


def _fact_set(event: e.FactSet, dossier: Dossier, language: Language) -> str:
    """A fact that became true or ceased to be; in English by its name, as files write it."""
    say = speaker(language)
    whose = "" if event.of is None else say(" ({word})", word=team(language, event.of))
    fact = event.fact if language == "en" else fact_says(dossier, event.fact, language)
    if event.to:
        return say("{fact}{whose} is true", fact=fact, whose=whose)
    return say("{fact}{whose} is no longer true", fact=fact, whose=whose)


def fact_says(dossier: Dossier, fact: str, language: Language) -> str:
    """A named fact in words."""
    assert dossier.white is not None
    return in_language(dossier.white.facts[fact], language)


def _why(trace: e.Trace, dossier: Dossier, language: Language, owner: Side | None = None) -> str:
    """The rule and its sentence; `owner` is whose line it is, where the trace is of pressure on one."""
    say = speaker(language)
    if trace.rule in OWN_CAUSES:
        return say(OWN_CAUSES[trace.rule])
    kind, _space, name = trace.rule.partition(" ")
    moved_by = f"{say(KINDS[kind]) if kind in KINDS else kind} {name}".rstrip()
    reason = reason_of(trace, dossier, owner)
    if reason is not None:
        why = in_language(reason, language)
    else:
        why = say("a red line was crossed") if kind == "crossing" else ""
    return say("{rule}: {why}", rule=moved_by, why=why.rstrip(".。")) if why else moved_by


def reason_of(trace: e.Trace, dossier: Dossier, owner: Side | None = None) -> Words | None:
    """Why scenario or pack say that a number moved; None where they say nothing, as of a line that a team wrote."""
    white = dossier.white
    assert white is not None
    kind, _space, name = trace.rule.partition(" ")
    if kind == "inject":
        return next((inject.title for inject in white.msel if inject.id == name), None)
    called = trace.rule if kind != "line" else f"line {owner}/{name}"
    return white.reasons.get(f"{called}#{trace.part}", white.reasons.get(called))


def _moved(
    trace: e.Trace, name: str, dossier: Dossier, language: Language, percent: bool = False, owner: Side | None = None
) -> str:
    """Why a number moved, and how far."""
    say = speaker(language)
    span = say("{name} {span}", name=name, span=_span(trace.before, trace.after, percent))
    return say("; ").join((_why(trace, dossier, language, owner), span))


def _span(before: int, after: int, percent: bool = False) -> str:
    """From and to."""
    return f"{before} → {after}" if percent else f"{shown(before)} → {shown(after)}"


def meter_name(meter: e.Meter, of: str, line: Words | None, dossier: Dossier, language: Language) -> str:
    """A number's name for people; `line` is the line whose pressure it is."""
    say = speaker(language)
    if meter == "tension":
        return say("tension")
    if meter == "track":
        return in_language(dossier.tracks[of].name, language)
    if meter in {"readiness", "mandate", "latency"}:
        return say("{whose} {meter}", whose=channel_name(dossier, of, language), meter=_measure(meter, language))
    owner, _slash, rest = of.partition("/")
    side: Side = "us" if owner == "us" else "china"
    if meter == "pressure":
        says = _line_says(line, rest, language).rstrip(".。")
        return say("pressure on the {side} line “{says}”", side=team(language, side), says=says)
    name = say("{whose} {meter}", whose=team(language, side), meter=_measure(meter, language))
    return name + say(" ({word})", word=channel_name(dossier, rest, language)) if rest else name


def _measure(meter: str, language: Language) -> str:
    """What is measured."""
    say = speaker(language)
    match meter:
        case "felt":
            return say("felt tension")
        case "trust":
            return say("trust")
        case "standing":
            return say("standing")
        case "readiness":
            return say("readiness")
        case "mandate":
            return say("mandate")
        case "latency":
            return say("latency, percent")
        case _:
            return say("odds of answering, percent points")


def _line_says(line: Words | None, line_id: str, language: Language) -> str:
    """A line's words; its id if it was taken back."""
    return line_id if line is None else in_language(line, language)


def meters(found: Iterable[MeterFacts], dossier: Dossier, language: Language) -> tuple[tuple[str, str, str, int], ...]:
    """What can be overridden: meter, of, words, value."""
    return tuple(
        (each.meter, each.of, meter_name(each.meter, each.of, each.line, dossier, language), each.value)
        for each in found
    )


def flags_told(flags: Iterable[FlagFacts], language: Language) -> tuple[str, ...]:
    """What rules have flagged, in their own sentences."""
    say = speaker(language)
    return tuple(
        say(
            "turn {turn}: {says}",
            turn=flag.turn,
            says=flag.flag if flag.says is None else in_language(flag.says, language),
        )
        for flag in flags
    )
