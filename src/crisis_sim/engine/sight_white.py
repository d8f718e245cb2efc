"""What the white cell sees: the room as it is, the plan, and why each number moved."""

from __future__ import annotations

from typing import Any

from crisis_sim.content.scenario import Inject
from crisis_sim.engine import events as e
from crisis_sim.engine.feed import line_says
from crisis_sim.engine.phrases import TEAM, WHY, say
from crisis_sim.engine.sight_channels import channel_views
from crisis_sim.engine.sight_common import file_text
from crisis_sim.engine.sight_lines import guess_views, line_views
from crisis_sim.engine.sight_team import commitment_views, draft_views, notes_of, request_views
from crisis_sim.engine.state import HELD, SKIPPED, State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import channel_name, head_for, move_label, words_for
from crisis_sim.engine.views import ActView, Board, FacilitatorView, InjectView, TraceView
from crisis_sim.numbers import shown
from crisis_sim.rules.explain import explain
from crisis_sim.rules.names import SIDES, Language, Side


def facilitator_view(
    state: State,
    table: Table,
    common: dict[str, Any],  # Any: fields of a view
    language: Language,
) -> FacilitatorView:
    """The facilitator's view."""
    scenario = table.scenario
    return FacilitatorView(
        **common,
        guide=file_text(table, scenario.guide, language),
        brief_us=file_text(table, scenario.teams.us.brief, language),
        brief_china=file_text(table, scenario.teams.china.brief, language),
        us=_board(state, table, "us", language),
        china=_board(state, table, "china", language),
        channels=channel_views(state, table, language),
        msel=tuple(_inject(state, table, inject, language) for inject in scenario.msel),
        acts=_acts(state, table, language),
        traces=tuple(traces(state, table, language)),
        facts=_facts(state, table, language),
        flags=tuple(f"{turn}: {flag}" for turn, flag in state.flags),
        commitments=commitment_views(state, table, language),
        notes=notes_of(state, "facilitator", "observer"),
        bookmarks=tuple(
            f"{event.turn}: {event.label}"
            for events in state.story
            for event in events
            if isinstance(event, e.Bookmarked)
        ),
        meters=_meters(state, table, language),
    )


def _board(state: State, table: Table, side: Side, language: Language) -> Board:
    """One team's board."""
    team = state.team(side)
    return Board(
        side=side,
        name=table.scenario.teams.of(side).name.in_(language),
        committed=team.committed,
        standing=team.standing,
        trust=team.trust,
        felt=team.felt,
        lines=line_views(state, table, side, language),
        guesses=guess_views(table, team.guesses_after or team.guesses_before, language),
        drafts=draft_views(state, table, side, language),
        requests=request_views(state, table, side, language),
    )


def _inject(state: State, table: Table, inject: Inject, language: Language) -> InjectView:
    """An item of the MSEL, with where it stands."""
    return InjectView(
        id=inject.id,
        title=inject.title.in_(language),
        at=inject.at,
        to=inject.to,
        text_us=inject.text.us.in_(language),
        text_china=inject.text.china.in_(language),
        reads_us=inject.reads_as.us.in_(language),
        reads_china=inject.reads_as.china.in_(language),
        note=inject.note.in_(language),
        state=_standing(state, table, inject),  # type: ignore[arg-type]  # one of InjectView's states
        condition=explain(inject.when, names_of(table, language)) if inject.when is not None else "",
    )


def _standing(state: State, table: Table, inject: Inject) -> str:
    """Where an inject stands in the plan."""
    turn = state.injects.get(inject.id)
    if turn is not None:
        return "skipped" if turn == SKIPPED else "held" if turn == HELD else "past"
    if table.length not in inject.lengths:
        return "not-in-length"
    if inject.id in state.due_injects:
        return "due"
    if inject.by_hand:
        return "by-hand"
    if inject.until is not None and state.ends > inject.until:
        return "expired"
    if inject.when is not None:
        return "contingent"
    return "due" if state.turn and inject.at <= state.ends else "planned"


def names_of(table: Table, language: Language) -> dict[str, str]:
    """Names by id, for conditions told in words."""
    names = {move_id: move.label.in_(language) for move_id, move in table.moves.items()}
    names |= {channel: of.name.in_(language) for channel, of in table.scenario.channels.items()}
    names |= {track: of.name.in_(language) for track, of in table.scenario.tracks.items()}
    return names | {inject.id: inject.title.in_(language) for inject in table.scenario.msel}


def _acts(state: State, table: Table, language: Language) -> tuple[ActView, ...]:
    """Every act as it is: meant, fared, read, weighed."""
    readings = {item.act: item for side in SIDES for item in state.team(side).inbox}
    acts = []
    for key, sent in state.acts.items():
        item = readings.get(key)
        late = sent.act.outcome == "in-time" and sent.arrived > sent.act.turn
        acts.append(
            ActView(
                side=key[0],
                turn=key[1],
                order=key[2],
                head=head_for(table, sent, None, language),
                text=words_for(table, sent, None, language),
                intent=sent.act.intent,
                outcome="late" if late else sent.act.outcome,
                reading=item.hostility if item is not None else None,
                confidence=item.confidence if item is not None else None,
                weight=sent.weight if sent.judged is None else sent.judged,
                revealed=sent.revealed,
            )
        )
    return tuple(acts)


def traces(state: State, table: Table, language: Language) -> list[TraceView]:
    """Why numbers changed in this turn and the one before, oldest first."""
    told = []
    for turn in range(max(0, state.turn - 1), state.turn + 1):
        for event in state.story[turn]:
            view = _trace(state, table, turn, event, language)
            if view is not None:
                told.append(view)
    return told


def _trace(state: State, table: Table, turn: int, event: e.AnyEvent, language: Language) -> TraceView | None:
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


def _facts(state: State, table: Table, language: Language) -> tuple[str, ...]:
    """What is true now, in words."""
    declared, scenario = table.material.facts, table.scenario.facts
    told = []
    for (fact, side), since in state.truths.items():
        start = scenario.get(fact)
        says = start.says.in_(language) if start is not None else declared[fact].says.in_(language)
        whose = f"{TEAM[language][side]}: " if side else ""
        told.append(f"{whose}{says} (T+{since})")
    return tuple(told)


def _meters(state: State, table: Table, language: Language) -> tuple[tuple[str, str, str, int], ...]:
    """Every number that can be overridden."""
    found: list[tuple[e.Meter, str, int]] = [("tension", "", state.tension)]
    for side in SIDES:
        team = state.team(side)
        found += [("felt", side, team.felt), ("trust", side, team.trust), ("standing", side, team.standing)]
        found += [("pressure", f"{side}/{line}", value) for line, value in team.pressure.items()]
    found += [("track", track, value) for track, value in state.tracks.items()]
    found += [("readiness", channel, value) for channel, value in state.readiness.items()]
    return tuple((meter, of, meter_name(state, table, meter, of, language), value) for meter, of, value in found)
