"""Lines that nothing presses or leads to, that have no consequence, or that give no warning."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.authoring.lints.found import Found
from crisis_sim.authoring.lints.pressing import act_pressing, bound, most_of
from crisis_sim.authoring.lints.texts import NAMES
from crisis_sim.authoring.salami import MILD, Salami, mild_path
from crisis_sim.content.scenario import Line
from crisis_sim.numbers import shown
from crisis_sim.rules.effects import Effects, Meter
from crisis_sim.rules.names import SIDES, Side


def lines_matter(found: Found) -> None:
    """Every red line can be approached, every pink line pressed."""
    pressed = {item.line for effects in found.effects for item in effects.press}
    for side in SIDES:
        lines = found.scenario.teams.of(side).lines
        led_to = {line.leads_to for line in lines}
        for place, line in enumerate(lines):
            spot = found.source.spot("teams", side, "lines", place, "id")
            if line.kind == "red" and line.id not in led_to:
                said = f"no pink line leads to the red line '{line.id}', so nothing small is seen to approach it"
                found.warn(spot, said, "red-alone", f"give a pink line leads_to: {line.id}")
            if line.kind == "pink" and not line.pressed_by and not pressed & {line.id, line.concern}:
                said = f"nothing presses the pink line '{line.id}': no pressed_by, and no rule for its concern"
                found.warn(spot, said, "pink-idle", "give it pressed_by: …")


def crossings_tell(found: Found) -> None:
    """What follows a crossing can be felt: some number moves, something is closed, set or released."""
    for side, place, line in _lines(found, "red"):
        own = line.crossing is not None
        then = line.crossing if line.crossing is not None else found.material.base.lines.crossing
        if not _is_felt(then):
            said = f"nothing that anybody could feel follows when the red line '{line.id}' is crossed"
            spot = found.source.key_spot("teams", side, "lines", place, "crossing" if own else "id")
            found.warn(
                spot, said, "red-mild", "give it a crossing: with tension, trust, a fact or an inject to release"
            )


def _is_felt(then: Effects) -> bool:
    for name in then.given:
        item = getattr(then, name)
        if isinstance(item, Meter):
            felt = any((item.sender, item.receiver, item.us, item.china))
        elif isinstance(item, tuple):
            felt = any(getattr(each, "by", 1) for each in item)
        else:
            felt = bool(item) and name != "flag"
        if felt:
            return True
    return False


def limits_are_in_reach(found: Found) -> None:
    """Pressure on a pink line can come to its limit in some length; by acts, and not by readings alone."""
    settings = found.material.base.lines
    pressed = {item.line for effects in found.effects for item in effects.press}
    for side, place, line in _lines(found, "pink"):
        if not line.pressed_by and not pressed & {line.id, line.concern}:
            continue
        limit = settings.limit if line.limit is None else line.limit
        acts, named = bound(found, side, line)
        key = "limit" if line.limit is not None else "id"
        spot = found.source.spot("teams", side, "lines", place, key)
        hint = "lower its limit or its decay, or let more press it"
        if named < limit:
            most = f"at most {shown(named)} builds up"
            said = f"the pink line '{line.id}' can never reach its limit of {shown(limit)}: {most}"
            found.warn(spot, said, "pink-never", hint)
        elif acts < limit:
            said = (
                f"acts alone cannot bring the pink line '{line.id}' to its limit of {shown(limit)}: at most"
                f" {shown(acts)} builds up, and only readings that name the line could do the rest"
            )
            found.warn(spot, said, "pink-weak", hint)


def small_steps_warn(found: Found) -> None:
    """Well-meant acts do not cross a red line within one turn, before its owner could say that it is pressed."""
    for side, place, line in _lines(found, "red"):
        if not _may_be_mild(found, side, line):
            continue
        path = mild_path(found.material, side, line.id)
        if path is not None:
            said = (
                f"well-meant acts cross the red line '{line.id}' within one turn, before {NAMES[side]} has seen a near"
                f" miss: {_told(path)}"
            )
            spot = found.source.spot("teams", side, "lines", place, "id")
            found.warn(spot, said, "salami", f"raise the limit of '{path.through}', or let each press it less")


def _may_be_mild(found: Found, side: Side, red: Line) -> bool:
    """Whether well-meant acts of one turn might bring a pink line to its limit; a quick look before a long one."""
    most, settings = found.scenario.moves_a_turn.most, found.material.base.lines
    growth = sum(rule.then.grow or 0 for rule in found.material.rules if rule.on == "press")
    moves = [name for name, of in found.material.moves.items() if of.family in MILD and not of.only_as_answer]
    for line in found.scenario.teams.of(side).lines:
        if line.leads_to != red.id:
            continue
        limit = settings.limit if line.limit is None else line.limit
        act = most_of([act_pressing(found, side, line, move, plain=True) for move in moves if found.ways[move]])
        total, count = most * act.points, most * act.times
        if total + total * growth * max(count - 1, 0) // 10_000 >= limit:
            return True
    return False


def _told(path: Salami) -> str:
    """The acts of a path in words: `3 × no-comment in turn 4`."""
    moves = [step.move for step in path.steps]
    counted = ", ".join(f"{moves.count(move)} × {move}" for move in dict.fromkeys(moves))
    return f"{counted} in turn {path.steps[0].turn}"


def _lines(found: Found, kind: str) -> Iterator[tuple[Side, int, Line]]:
    for side in SIDES:
        for place, line in enumerate(found.scenario.teams.of(side).lines):
            if line.kind == kind:
                yield side, place, line
