"""Why each number moved, in sentences for the white cell."""

from __future__ import annotations

from functools import partial

from crisis_sim.engine import events as e
from crisis_sim.engine.keeping import kept, unless_changed
from crisis_sim.engine.phrases import TEAM, WHY, say
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import channel_name, line_says, move_label
from crisis_sim.engine.views import TraceView
from crisis_sim.numbers import shown
from crisis_sim.rules.names import Language, Side


@kept("story", "turn", "us.own_lines", "china.own_lines", "acts")
def traces(state: State, table: Table, language: Language) -> tuple[TraceView, ...]:
    """Why numbers changed in this turn and the one before, oldest first."""
    told: list[TraceView] = []
    for turn in range(max(0, state.turn - 1), state.turn + 1):
        pieces = (state.story[turn], state.us.own_lines, state.china.own_lines)
        told += unless_changed(table, (traces, language, turn), pieces, partial(_traces, state, table, turn, language))
    return tuple(told)


def _traces(state: State, table: Table, turn: int, language: Language) -> list[TraceView]:
    """Why numbers changed in one turn. Of acts it tells only what was settled when they were sent."""
    told: list[TraceView] = []
    for event in state.story[turn]:
        view = trace_for(state, table, turn, event, language) if type(event) in TRACED else None
        if view is not None:
            told.append(view)
    return told


TRACED = frozenset({e.ActWeighed, e.NumberMoved, e.LinePressed, e.LineCrossed, e.FactSet, e.Overridden})
"""Kinds of event that may have a sentence."""


def trace_for(state: State, table: Table, turn: int, event: e.AnyEvent, language: Language) -> TraceView | None:
    """One event as a sentence with its rule and place; None for events that move no number."""
    match event:
        case e.ActWeighed():
            return TraceView(turn, _weighed(state, table, event, language), "weight", event.at)
        case e.NumberMoved(meter=meter, of=of, trace=trace):
            if trace.rule == "decay" and meter == "readiness":
                return None
            name = meter_name(state, table, meter, of, language)
            percent = meter in {"readiness", "mandate", "latency", "odds"}
            return TraceView(
                turn, f"{_why(table, trace, language)}; {name} {_span(trace, percent)}", trace.rule, trace.at
            )
        case e.LinePressed(side=side, line=line, trace=trace):
            name = meter_name(state, table, "pressure", f"{side}/{line}", language)
            return TraceView(turn, f"{_why(table, trace, language)}; {name} {_span(trace)}", trace.rule, trace.at)
        case e.LineCrossed(side=side, line=line):
            says = line_says(state, table, side, line, language)
            words = say(language, "trace-crossed", side=TEAM[language][side], says=says)
            return TraceView(turn, words, event.rule, event.at)
        case e.FactSet(fact=fact, of=of, to=to):
            whose = say(language, "in-brackets", word=TEAM[language][of]) if of else ""
            words = say(language, "trace-true" if to else "trace-false", fact=fact, whose=whose)
            return TraceView(turn, words, event.rule, event.at)
        case e.Overridden(meter=meter, of=of, reason=reason):
            name = meter_name(state, table, meter, of, language)
            span = (
                f"{shown(event.before)} → {shown(event.after)}"
                if meter != "readiness"
                else f"{event.before} → {event.after}"
            )
            words = say(language, "trace-override", reason=reason, name=name, span=span)
            return TraceView(turn, words, "override", say(language, "facilitator"))
        case _:
            return None


def _weighed(state: State, table: Table, event: e.ActWeighed, language: Language) -> str:
    """An act's way from its catalogue weight to what it moved."""
    act = state.sent(event.act).act
    what = f"{TEAM[language][act.side]}: {move_label(table, act.move, language)}"
    if event.silence:
        what = say(language, "trace-silence", what=what)
    name, told = say(language, "meter-tension"), [""]
    told += [f"{_why(table, step, language)} ({shown(step.before)} → {shown(step.after)})" for step in event.steps]
    if event.felt != event.weight:
        told.append(say(language, "trace-felt", value=shown(event.felt, True)))
    told.append(f"{name} {shown(event.tension)} → {shown(event.tension + event.weight)}")
    how = say(language, "; ").join(told)
    return f"{what}, {channel_name(table, act.channel, language)}: {shown(event.weight, True)}{how}"


def _why(table: Table, trace: e.Trace, language: Language) -> str:
    """The rule and its sentence; a log keeps the English one, and the rule's own words are looked up."""
    rule, why = table.rules.get(trace.rule), trace.why
    if rule is not None:
        why = rule.says.in_(language)
    elif trace.rule in WHY[language]:
        why = WHY[language][trace.rule]
    elif trace.rule.startswith("inject "):
        why = table.injects[trace.rule.removeprefix("inject ")].title.in_(language)
    return f"{trace.rule}: {why}" if why else trace.rule


def _span(trace: e.Trace, percent: bool = False) -> str:
    """From and to."""
    if percent:
        return f"{trace.before} → {trace.after}"
    return f"{shown(trace.before)} → {shown(trace.after)}"


def meter_name(state: State, table: Table, meter: e.Meter, of: str, language: Language) -> str:
    """A number's name for people."""
    scenario = table.scenario
    if meter == "tension":
        return say(language, "meter-tension")
    if meter == "track":
        return scenario.tracks[of].name.in_(language)
    if meter == "pressure":
        owner, _, line = of.partition("/")
        side: Side = "us" if owner == "us" else "china"
        return f"{TEAM[language][side]}: {line_says(state, table, side, line, language)}"
    if meter in {"readiness", "mandate", "latency"}:
        return say(language, "meter-of", whose=channel_name(table, of, language), meter=say(language, f"meter-{meter}"))
    owner, _, channel = of.partition("/")
    who = TEAM[language]["us" if owner == "us" else "china"]
    name = say(language, "meter-of", whose=who, meter=say(language, f"meter-{meter}"))
    return name + say(language, "in-brackets", word=channel_name(table, channel, language)) if channel else name
