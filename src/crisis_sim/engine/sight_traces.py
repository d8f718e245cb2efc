"""Why each number moved, in sentences for the white cell."""

from __future__ import annotations

from functools import partial

from crisis_sim.engine import events as e
from crisis_sim.engine.keeping import fixed, kept, unless_changed
from crisis_sim.engine.phrases import KINDS, TEAM, WHY, say
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import channel_name, line_says, move_label
from crisis_sim.engine.told import Told
from crisis_sim.engine.views import TraceView
from crisis_sim.numbers import told as shown
from crisis_sim.rules.names import SIDES, Language, Side


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


def flags_told(state: State, table: Table, language: Language) -> tuple[str, ...]:
    """What rules have flagged, turn by turn, in their own sentences."""
    told: list[str] = []
    for turn in dict.fromkeys(turn for turn, _ in state.flags):
        events = state.story[turn]
        make = partial(_flags_in, table, turn, events, language)
        told += unless_changed(table, (flags_told, language, turn), events, make)
    return tuple(told)


def _flags_in(table: Table, turn: int, events: Told, language: Language) -> list[str]:
    """What rules have flagged in one turn."""
    told = []
    for event in events:
        if isinstance(event, e.FlagRaised):
            rule = table.rules.get(event.rule)
            says = event.flag if rule is None else rule.says.in_(language)
            told.append(say(language, "flag", turn=turn, says=says))
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
            at = say(language, "the-scale") if trace.rule == "bounds" else trace.at
            return TraceView(turn, _moved(table, trace, name, language, percent), trace.rule, at)
        case e.LinePressed(side=side, line=line, trace=trace):
            name = meter_name(state, table, "pressure", f"{side}/{line}", language)
            return TraceView(turn, _moved(table, trace, name, language), trace.rule, trace.at)
        case e.LineCrossed(side=side, line=line):
            says = line_says(state, table, side, line, language)
            words = say(language, "trace-crossed", side=TEAM[language][side], says=says)
            return TraceView(turn, words, event.rule, event.at)
        case e.FactSet(fact=fact, of=of, to=to):
            whose = say(language, "in-brackets", word=TEAM[language][of]) if of else ""
            named = fact if language == "en" else fact_says(table, fact, language)
            words = say(language, "trace-true" if to else "trace-false", fact=named, whose=whose)
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
    label = move_label(table, act.move, language)
    what = say(language, "to-side", side=TEAM[language][act.side], text=label)
    if event.silence:
        what = say(language, "trace-silence", what=what)
    name, told = say(language, "meter-tension"), [""]
    told += [
        _why(table, step, language) + say(language, "in-brackets", word=f"{shown(step.before)} → {shown(step.after)}")
        for step in event.steps
    ]
    if event.felt != event.weight:
        told.append(say(language, "trace-felt", value=shown(event.felt, True)))
    span = f"{shown(event.tension)} → {shown(event.tension + event.weight)}"
    told.append(say(language, "trace-span", name=name, span=span))
    return say(
        language,
        "trace-weighed",
        what=what,
        channel=channel_name(table, act.channel, language),
        weight=shown(event.weight, True),
        how=say(language, "; ").join(told),
    )


def _why(table: Table, trace: e.Trace, language: Language) -> str:
    """The rule and its sentence; a log keeps the English one, and the rule's own words are looked up."""
    rule, why = table.rules.get(trace.rule), trace.why
    if rule is not None:
        why = rule.says.in_(language)
    elif trace.rule in WHY[language]:
        return WHY[language][trace.rule]
    elif trace.rule.startswith("inject "):
        why = table.injects[trace.rule.removeprefix("inject ")].title.in_(language)
    else:
        why = _sentences(table, language).get(why, why)
    kind, _, name = trace.rule.partition(" ")
    moved_by = f"{KINDS[language].get(kind, kind)} {name}".rstrip()
    return say(language, "trace-why", rule=moved_by, why=why.rstrip("。")) if why else moved_by


@fixed
def _sentences(table: Table, language: Language) -> dict[str, str]:
    """What the scenario gives as the reason of a change, by its English, which is what a log keeps."""
    tracks = table.scenario.tracks.values()
    lines = [line for side in SIDES for line in table.scenario.teams.of(side).lines]
    says = [line.says for line in lines]
    says += [watch.says for line in lines for watch in (*line.pressed_by, *line.crossed_by)]
    says += [change.says for track in tracks for change in track.changes]
    says += [mark.says for track in tracks for mark in track.marks]
    return {each.en: each.in_(language) for each in says}


def fact_says(table: Table, fact: str, language: Language) -> str:
    """A named fact in words, as the scenario has it or else as the pack does."""
    start = table.scenario.facts.get(fact)
    return table.material.facts[fact].says.in_(language) if start is None else start.says.in_(language)


def _moved(table: Table, trace: e.Trace, name: str, language: Language, percent: bool = False) -> str:
    """Why a number moved, and how far."""
    span = say(language, "trace-span", name=name, span=_span(trace, percent))
    return say(language, "; ").join((_why(table, trace, language), span))


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
        says = line_says(state, table, side, line, language).rstrip("。")
        return say(language, "meter-pressure", side=TEAM[language][side], says=says)
    if meter in {"readiness", "mandate", "latency"}:
        return say(language, "meter-of", whose=channel_name(table, of, language), meter=say(language, f"meter-{meter}"))
    owner, _, channel = of.partition("/")
    who = TEAM[language]["us" if owner == "us" else "china"]
    name = say(language, "meter-of", whose=who, meter=say(language, f"meter-{meter}"))
    return name + say(language, "in-brackets", word=channel_name(table, channel, language)) if channel else name
