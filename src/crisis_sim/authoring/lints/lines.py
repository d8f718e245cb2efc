"""Lines that nothing presses or leads to, that nothing crosses or that give no warning; how far one can be pressed.

Each turn gets as many acts as a team may make, each the one that presses most in whatever way it may be sent, by the
heaviest of its reasons and read as hostile as can be; every rule that may press does; and every turn counts as one
after turns in which the line was pressed. Where acts that press may arrive late, time takes nothing. So a bound below
the limit means that the limit is out of reach. A bound above it means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.salami import SalamiPath, SmallSteps
from crisis_sim.content.authored_stakes import Line
from crisis_sim.content.condition_checks import TEAMS
from crisis_sim.content.known_names import MILD
from crisis_sim.errors import Sentence, commas
from crisis_sim.numbers import ONE, points_text
from crisis_sim.rules.authored import Length
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import ASKED_CONCERNS, Effects, Meter
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES, Side

MANY: Final = 99
"""Turns; more than any session has."""


class Bound(NamedTuple):
    """The most pressure there can be, hundredths."""

    acts: int
    """By what acts, injects and rules press."""
    total: int
    """With every act read as touching the line besides."""


def pressings(run: LintRun, owner: Side, line: Line, *, plain: bool = False) -> dict[str, int]:
    """For each move that can be sent, the most that one such act of the other team presses a line, hundredths.

    By what rules and the line itself say; with `plain` an act without terms, that answers nothing.
    """
    points = {move: 0 for move, ways in run.ways.items() if ways}
    for when, amounts in _on_acts(run, owner, line):
        for move in may_hold(run, when, plain=plain).intersection(points):
            points[move] = max(points[move], *amounts)
    return points


def _on_acts(run: LintRun, owner: Side, line: Line) -> list[tuple[Condition, list[int]]]:
    """Conditions on acts of the other team, each with what it presses a line by if it holds."""
    rules = (rule for rule in run.pressing_rules if rule.on == "act")
    by_rules = [(rule.when, _points(run, rule.then, owner, line, "receiver")) for rule in rules]
    return [(watch.when, [watch.by]) for watch in line.pressed_by] + [entry for entry in by_rules if entry[1]]


def may_hold(run: LintRun, condition: Condition, *, plain: bool = False) -> frozenset[str]:
    """Moves of whose acts a condition may hold; everything but the act is taken to be as it should."""
    move_test = condition.move
    if plain and (condition.answers is not None or (move_test is not None and (move_test.term or move_test.answer))):
        return frozenset()
    could = frozenset(run.ways) if move_test is None else run.fitting(move_test)
    for part in condition.all or ():
        could &= may_hold(run, part, plain=plain)
    if condition.any is not None:
        could &= frozenset[str]().union(*(may_hold(run, part, plain=plain) for part in condition.any))
    return could


def bound(run: LintRun, owner: Side, line: Line, length: Length) -> Bound:
    """The most pressure there can be on a pink line at the end of any turn of a session of this length."""
    base = run.material.base
    moves = pressings(run, owner, line)
    act = max(moves.values(), default=0)
    late = any(points and _may_be_late(run, move) for move, points in moves.items())
    one_time_points = _pressure_after_growth(run, sum(_one_time_points(run, owner, line)))
    max_acts = run.worlds[length].workload.acts
    other_points = sum(_other_points(run, owner, line, max_acts))
    by_acts, by_names = (
        _turn_pressure(run, act_points, max_acts) + other_points for act_points in (act, max(act, *base.lines.touch))
    )
    turns = len(run.worlds[length].hours)
    return Bound(
        _accumulated_pressure(run, line, by_acts, turns, late) + one_time_points,
        _accumulated_pressure(run, line, by_names, turns, late=True) + one_time_points,
    )


def _may_be_late(run: LintRun, move: str) -> bool:
    """Whether an act may arrive in a later turn than it was made: over a channel that takes time, or by a rule."""
    slow = any(way.visibility == "private" and way.channel.latency for way in run.ways[move])
    rules = (rule for rule in run.material.rules if rule.then.delay)
    return slow or any(move in may_hold(run, rule.when) for rule in rules)


def _turn_pressure(run: LintRun, act: int, max_acts: int, *, unread: bool = False) -> int:
    """What so many acts of a turn press together, each of them so much and read as hostile as can be, or not at all."""
    base = run.material.base
    read = ONE if unread else max(ONE, *base.readings.pressure)
    heaviest = act * read // 100 + 1
    return heaviest + (max_acts - 1) * (heaviest * base.lines.others // 100 + 1)


def _pressure_after_growth(run: LintRun, points: int, pressed_turns: int = MANY) -> int:
    """What a pressing comes to after so many turns in which the line was pressed, by what rules on press say."""
    growth = sum((rule.then.grow or 0) * min(pressed_turns, rule.turns_pressed) for rule in run.growing)
    return points + points * growth // 100


def _accumulated_pressure(run: LintRun, line: Line, turn: int, turns: int, late: bool) -> int:
    """What builds up when each of so many turns presses as much; with `late`, when all may come in the last one."""
    base = run.material.base
    decay = 0 if late else base.lines.decay if line.decay is None else line.decay
    value = 0
    for number in range(turns):
        value = max(value - decay, value * base.lines.keeps // 100) + _pressure_after_growth(
            run, turn, MANY if late else number
        )
    return value


def _other_points(run: LintRun, owner: Side, line: Line, max_acts: int) -> Iterator[int]:
    """What a turn's rules at other moments may press, and the owner's own acts."""
    for rule in run.pressing_rules:
        often = {"act": max_acts, "side": 1, "turn": 1}.get(rule.on, 2 * max_acts * len(run.scenario.turns))
        for role in ("sender",) if rule.on == "act" else ("sender", "receiver"):
            yield from _points(run, rule.then, owner, line, role) * often


def _one_time_points(run: LintRun, owner: Side, line: Line) -> Iterator[int]:
    """What injects, marks and crossings may press, each once."""
    for effects in run.pressing_once:
        yield from _points(run, effects, owner, line, "sender")
        yield from _points(run, effects, owner, line, "receiver")
    yield from _points(run, run.material.base.lines.crossing, owner, line, "receiver")


def _points(run: LintRun, effects: Effects, owner: Side, line: Line, role: str) -> list[int]:
    """What effects press on a line whose owner stands in this role."""
    owners, names = {role, owner, "both"}, {line.id, line.concern}
    names |= {ASKED_CONCERNS} if line.concern in run.asked_about else set()
    return [item.by for item in effects.press if item.line in names and item.whose in owners]


def lines_matter(run: LintRun) -> None:
    """Every red line can be approached and crossed, every pink line pressed."""
    crossed = {item.line for _, _, effects in run.effects for item in effects.cross}
    for side in SIDES:
        lines = run.scenario.teams.team_of(side).lines
        led_to = {line.leads_to for line in lines}
        for place, line in enumerate(lines):
            loc: Loc = ("teams", side, "lines", place, "id")
            if line.kind == "red" and line.id not in led_to:
                message = Sentence(
                    "no pink line leads to the red line '{line}', so nothing small is seen to approach it", line=line.id
                )
                hint = Sentence("give a pink line leads_to: {line}", line=line.id)
                run.warn(run.source.spot(*loc), message, "red-alone", hint)
            if line.kind == "red" and not line.crossed_by and line.id not in crossed:
                message = Sentence(
                    "nothing crosses the red line '{line}': no crossed_by, and no effect that names it by its id",
                    line=line.id,
                )
                hint = Sentence("give it crossed_by: … with an act that fits its sentence")
                run.warn(run.source.spot(*loc), message, "red-idle", hint)
            if line.kind == "pink" and not line.pressed_by and not run.pressed & {line.id, line.concern}:
                message = Sentence(
                    "nothing presses the pink line '{line}': no pressed_by, and no rule for its concern", line=line.id
                )
                run.warn(run.source.spot(*loc), message, "pink-idle", "give it pressed_by: …")


def reds_are_in_reach(run: LintRun) -> None:
    """The red line that a pink one leads to can be crossed by some act that can be made here."""
    crossed = {item.line for _, _, effects in run.effects for item in effects.cross}
    for side, _, red in _lines(run, "red"):
        acts = [may_hold(run, watch.when) for watch in red.crossed_by]
        if not acts or red.id in crossed or any(run.ways[move] for moves in acts for move in moves):
            continue
        for place, line in enumerate(run.scenario.teams.team_of(side).lines):
            if line.leads_to == red.id:
                message = Sentence(
                    "the pink line '{line}' leads to '{red}', which no act that can be made here crosses: its owner"
                    " could only ever be wrong",
                    line=line.id,
                    red=red.id,
                )
                hint = Sentence("let crossed_by of '{red}' ask for an act that fits its sentence", red=red.id)
                spot = run.source.spot("teams", side, "lines", place, "leads_to")
                run.warn(spot, message, "red-unfit", hint)


def crossings_tell(run: LintRun) -> None:
    """What follows a crossing can be felt: some number moves, something is closed, set or released."""
    for side, place, line in _lines(run, "red"):
        own = line.crossing is not None
        effects = line.crossing if line.crossing is not None else run.material.base.lines.crossing
        if not _is_felt(effects):
            message = Sentence(
                "nothing that anybody could feel follows when the red line '{line}' is crossed", line=line.id
            )
            spot = run.source.key_spot("teams", side, "lines", place, "crossing" if own else "id")
            run.warn(
                spot, message, "red-mild", "give it a crossing: with tension, trust, a fact or an inject to release"
            )


def _is_felt(effects: Effects) -> bool:
    for name in effects.effect_names:
        item = getattr(effects, name)
        if isinstance(item, Meter):
            felt = any((item.sender, item.receiver, item.us, item.china))
        elif isinstance(item, tuple):
            felt = any(getattr(part, "by", 1) for part in item)
        else:
            felt = bool(item) and name != "flag"
        if felt:
            return True
    return False


def limits_are_in_reach(run: LintRun) -> None:
    """Pressure on a pink line can come to its limit in every length; by acts, and not by readings alone."""
    settings = run.material.base.lines
    hint = Sentence("lower its limit or its decay, or let more press it")
    for side, place, line in _lines(run, "pink"):
        if not line.pressed_by and not run.pressed & {line.id, line.concern}:
            continue
        loc: Loc = ("teams", side, "lines", place, "limit" if line.limit is not None else "id")
        for length in sorted(run.worlds):
            limit = (line.limit or settings.limit)[length]
            acts, with_readings = bound(run, side, line, length)
            words = {"line": line.id, "length": length, "limit": points_text(limit)}
            if with_readings < limit:
                message = Sentence(
                    "in {length} minutes the pink line '{line}' can never reach its limit of {limit}: at most {most}"
                    " builds up",
                    most=points_text(with_readings),
                    **words,
                )
                run.warn(run.source.spot(*loc), message, "pink-never", hint)
                break
            if acts < limit:
                message = Sentence(
                    "in {length} minutes acts alone cannot bring the pink line '{line}' to its limit of {limit}: at"
                    " most {most} builds up, and only readings that name the line could do the rest",
                    most=points_text(acts),
                    **words,
                )
                run.warn(run.source.spot(*loc), message, "pink-weak", hint)
                break


def small_steps_warn(run: LintRun) -> None:
    """Well-meant acts do not fill a pink line within one turn, before its owner could say that it is pressed."""
    for side, place, line in _lines(run, "red"):
        if not _may_be_mild(run, side, line):
            continue
        path = SmallSteps(run.material, side).mild_path(line.id)
        if path is not None:
            message = Sentence(
                "well-meant acts lead {team} to a conclusion about the red line '{line}' within one turn, before it has"
                " seen a near miss: {acts}",
                line=line.id,
                team=TEAMS[side],
                acts=_format_path(path),
            )
            spot = run.source.spot("teams", side, "lines", place, "id")
            hint = Sentence("raise the limit of '{line}', or let each press it less", line=path.through)
            run.warn(spot, message, "salami", hint)


def _may_be_mild(run: LintRun, side: Side, red: Line) -> bool:
    """Whether well-meant acts of one turn might bring a pink line to its limit, unread as the search for a path has
    them; a quick look before a long one."""
    settings = run.material.base.lines
    moves = [
        name
        for name, definition in run.material.moves.items()
        if definition.family in MILD and not definition.only_as_answer
    ]
    max_moves = run.worlds[run.longest].workload.moves
    for line in run.scenario.teams.team_of(side).lines:
        if line.leads_to == red.id:
            points_by_move = pressings(run, side, line, plain=True)
            act = max((points_by_move[move] for move in moves if move in points_by_move), default=0)
            limit = (line.limit or settings.limit)[run.longest]
            if act and _pressure_after_growth(run, _turn_pressure(run, act, max_moves, unread=True)) >= limit:
                return True
    return False


def _format_path(path: SalamiPath) -> Sentence:
    """The acts of a path in words: `3 × no-comment in turn 4`."""
    moves = [step.move for step in path.steps]
    counted = commas([f"{moves.count(move)} × {move}" for move in dict.fromkeys(moves)])
    return Sentence("{acts} in turn {turn}", acts=counted, turn=path.steps[0].turn)


def _lines(run: LintRun, kind: str) -> Iterator[tuple[Side, int, Line]]:
    for side, place, line in run.scenario.teams.lines:
        if line.kind == kind:
            yield side, place, line
