"""Sessions of what teams send by script, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from functools import cache
from typing import TypeAlias

from msgspec import UNSET
from tests.engine.play import Play, bots, shipped
from tests.scenarios.promises import Act, Played, Promises, Script, Sent, promises

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.options import takers_of
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.names import Side
from crisis_sim.rules.properties import Made

Acts: TypeAlias = tuple[Act | a.Draft, ...]
Turns: TypeAlias = tuple[tuple[int, Acts, Acts], ...]
"""Hour of a turn, and what each team sends in it."""
Releases: TypeAlias = tuple[tuple[int, str], ...]
"""Hour of a turn, and the inject that the facilitator releases in it."""


def both(*acts: Act | a.Draft) -> tuple[Acts, Acts]:
    """The same acts by both teams."""
    return acts, acts


def sent(side: Side, acts: Acts) -> tuple[Acts, Acts]:
    """Acts of one team."""
    return (acts, ()) if side == "us" else ((), acts)


def named(told: Promises, script: str | Script | None, of: Played | None = None) -> Turns:
    """A script with its acts in place of their names, without what the session leaves out of it."""
    turns = told.scripts[script] if isinstance(script, str) else script or {}
    return tuple((hour, _acts(told, turns[hour], "us", of), _acts(told, turns[hour], "china", of)) for hour in turns)


def _acts(told: Promises, all_sent: Sent, side: Side, of: Played | None) -> Acts:
    names, left_out = _of(all_sent, side), () if of is None else _of(of.without, side)
    if of is not None and of.only not in (None, side):
        return ()
    assert set(left_out) <= set(told.acts)
    return tuple(told.acts[name] for name in names if name not in left_out)


def _of(all_sent: Sent, side: Side) -> tuple[str, ...]:
    return all_sent.us if side == "us" else all_sent.china


def played(scenario: str, turns: Turns = (), length: int = 150, released: Mapping[int, str] | None = None) -> Play:
    """A whole session up to the closing, in which nobody reads; `released` are injects by hand, by hour."""
    return _played(scenario, turns, length, tuple((released or {}).items()))


@cache
def _played(scenario: str, turns: Turns, length: int, released: Releases) -> Play:
    begins = shipped(scenario).scenario.turns
    wrong = {hour for hour, *_ in (*turns, *released)} - set(begins)
    assert not wrong, f"no turn of {scenario} begins at one of {sorted(wrong)}"
    play = _copy(_until(scenario, turns, length, released, len(_opened(scenario, length).table.hours) - 1))
    while play.state.phase != "closing":
        play.submit("facilitator", a.Advance())
    return play


@cache
def _opened(scenario: str, length: int) -> Play:
    return Play(shipped(scenario), seed=promises(scenario).seed, length=length)


@cache
def _until(scenario: str, turns: Turns, length: int, released: Releases, count: int) -> Play:
    """The first turns of a session, shared by all that begin alike."""
    if count == 0:
        return _opened(scenario, length)
    hour = _opened(scenario, length).table.hours[count - 1]
    earlier, sooner = (tuple(one for one in told if one[0] < hour) for told in (turns, released))
    play = _copy(_until(scenario, earlier, length, sooner, count - 1))
    while (play.state.phase, play.state.hour) != ("situation", hour):
        play.submit("facilitator", a.Advance())
    for inject in (name for at, name in released if at == hour):
        play.submit("facilitator", a.ReleaseInject(inject=inject))
    play.open_moves()
    us, china = next(((us, china) for at, us, china in turns if at == hour), ((), ()))
    play.turn(_drafts(play, "us", us), _drafts(play, "china", china))
    return play


def _copy(play: Play) -> Play:
    other = copy(play)
    other.events, other.actions = list(play.events), list(play.actions)
    return other


def _drafts(play: Play, side: Side, acts: Acts) -> tuple[a.Draft, ...]:
    return tuple(act if isinstance(act, a.Draft) else _draft(play, side, act) for act in acts)


def _draft(play: Play, side: Side, act: Act) -> a.Draft:
    move = act.public or act.private
    assert move is not None and (act.public is None or act.private is None), f"{act} is sent in one way"
    asked = play.team(side).requests[0] if act.how else None
    takes = asked is not None and act.how == "accept" and takers_of(play.table, asked.act.move)
    return a.Draft(
        move=move,
        channel=act.over,
        visibility="public" if act.public else "private",
        terms=act.terms,
        asset=play.table.usable(side, move)[-1] if act.asset == "last" else act.asset or UNSET,
        about=act.about,
        answers=None if asked is None else asked.number,
        how=act.how,
        promise=act.promise,
        taker="minister" if takes else UNSET,
        discloses=act.discloses or UNSET,
        backed=act.backed if act.discloses else UNSET,
        truth="whole" if act.discloses else UNSET,
    )


@cache
def by_bots(scenario: str, us: str, china: str, length: int, seed: str) -> Play:
    """A session of two bots."""
    return bots(shipped(scenario), us, china, seed=seed, length=length)


def came(play: Play) -> list[str]:
    """Injects that came, in order."""
    return [event.inject for event in play.events if isinstance(event, e.InjectDelivered)]


def crossed(play: Play) -> set[str]:
    """Red lines that were crossed, each with its owner."""
    return {f"{event.side}/{event.line}" for event in play.events if isinstance(event, e.LineCrossed)}


def pressed(play: Play, *, by_acts: bool = False) -> set[str]:
    """Pink lines that anything pressed, each with its owner, or those alone that acts did."""
    presses = [event for event in play.events if isinstance(event, e.LinePressed)]
    return {f"{event.side}/{event.line}" for event in presses if event.trace.act or not by_acts}


def owners(play: Play, side: Side) -> int:
    """How many lines of a team were crossed."""
    return sum(line.startswith(f"{side}/") for line in crossed(play))


def concluded(play: Play) -> set[str]:
    """Red lines about which their owners drew a conclusion, each with its owner."""
    return {f"{event.side}/{event.leads_to}" for event in play.events if isinstance(event, e.ConclusionDrawn)}


def dated(play: Play) -> Iterator[tuple[int, e.AnyEvent]]:
    """What happened, each with the hour of its turn."""
    hour = 0
    for event in play.events:
        hour = event.hour if isinstance(event, e.TurnOpened) else hour
        yield hour, event


def asked(condition: Condition | None) -> Iterator[Made]:
    """Acts of the teams that a condition looks back on."""
    if condition is None:
        return
    yield from (made for made in (condition.ever, condition.earlier, condition.same_turn) if made is not None)
    for part in (*(condition.all or ()), *(condition.any or ()), condition.not_):
        yield from asked(part)
