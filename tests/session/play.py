"""Playing a session at random, within the rules, and a clock that tests can turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

from msgspec import UNSET, UnsetType
from tests.engine.asking import CALL, answer

from crisis_sim.engine import actions as a
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import Audience
from crisis_sim.session.record import Entry
from crisis_sim.session.session import Session

STARTED = 1_795_500_000_000
"""2026-11-24T06:00:00Z, in milliseconds."""


class HandClock:
    """A clock that goes on by a second each time it is read, and when a test turns it."""

    def __init__(self, now: int = STARTED, step: int = 1000) -> None:
        self.now = now
        self.step = step

    def __call__(self) -> int:
        self.now += self.step
        return self.now


def take_a_call(session: Session) -> None:
    """Go on to the second turn, in which China has just taken the call that the US asked for in the first."""
    while (session.state.turn, session.state.phase) != (2, "moves"):
        if session.state.phase == "moves":
            session.submit("us", a.SealMove(draft=CALL))
        session.submit("facilitator", a.Advance())
    session.submit("us", a.SealMove(draft=CALL))
    session.submit("us", a.CommitMoves())
    session.submit("china", a.SealMove(draft=answer("take-call", 1, "accept", text="At noon.")))
    session.submit("china", a.CommitMoves())


def legal_play(session: Session, seed: int, entries: int) -> Iterator[Entry]:
    """Acts of all seats, drawn at random; those that the game refuses are passed over."""
    chance = Random(seed)
    done = 0
    for _ in count():
        if done >= entries or session.state.phase == "closed":
            return
        seat, action = drawn(session.state, session.table, chance)
        try:
            entry = session.submit(seat, action)
        except ActionRefused:
            continue
        done += 1
        yield entry


def drawn(state: State, table: GameTable, chance: Random) -> tuple[a.SeatName, a.AnyAction]:
    """Somebody's act; often one that fits the phase, not always one that is allowed."""
    if chance.random() < 0.1:
        return "facilitator", _white_cell(state, table, chance)
    side: a.SeatName = "us" if chance.random() < 0.5 else "china"
    if chance.random() < 0.05:
        return side, a.TakeNote(text=chance.choice(["they wait", "海底\nsecond line", "[/] plain"]))
    match state.phase:
        case "briefing" | "closing":
            return side, _lines(chance)
        case "moves":
            return side, a.CommitMoves() if chance.random() < 0.02 else _move(table, chance)
        case "readings":
            heard: Audience | UnsetType = chance.choice(["home", UNSET])
            reading = a.SealReading(
                item=chance.randint(1, 8), hostility=chance.randint(-3, 3), confidence=2, audience=heard
            )
            return side, a.CommitReadings() if chance.random() < 0.3 else reading
        case "forecasts":
            forecast = a.SealForecast(
                forecast=chance.choice([each.id for each in table.scenario.forecasts]), chance=chance.randint(0, 100)
            )
            return side, a.CommitForecasts() if chance.random() < 0.5 else forecast
        case _:
            return "facilitator", a.Advance()


def _lines(chance: Random) -> a.AnyAction:
    written = a.WriteLine(line="red", concern="face", says="No ultimatum before cameras.", weight=chance.randint(0, 10))
    guessed = a.GuessLine(line="pink", concern="sovereignty", says="Nobody boards.", weight=chance.randint(0, 10))
    acts: list[a.AnyAction] = [written, guessed, a.DropGuess(number=1), a.SealLines()]
    return chance.choice(acts)


def _move(table: GameTable, chance: Random) -> a.AnyAction:
    channel = chance.choice(list(table.scenario.channels))
    heard = chance.choice(table.scenario.channels[channel].visibility)
    draft = a.Draft(
        move=chance.choice(list(table.moves)),
        channel=channel,
        visibility=heard,
        text=chance.choice(["", "We ask for a call.", "我们请求通话。"]),
        intent=chance.randint(-3, 3),
        expected=chance.randint(-3, 3),
        audience=chance.choice(["them", "home"]) if heard == "public" else UNSET,
        answers=chance.choice([None, None, 1, 2]),
        how=chance.choice([None, None, "accept", "decline", "holding"]),
        about=chance.choice([None, None, channel]),
    )
    acts: list[a.AnyAction] = [a.SealMove(draft=draft), a.SealMove(draft=draft), a.WithdrawMove(number=1)]
    return chance.choice(acts)


def _white_cell(state: State, table: GameTable, chance: Random) -> a.AnyAction:
    inject = chance.choice(list(table.injects))
    if state.paused:
        return a.Unpause()
    acts: list[a.AnyAction] = [
        a.Bookmark(label="here"),
        a.Pause(),
        a.Extend(minutes=chance.randint(1, 5)),
        a.ReleaseInject(inject=inject),
        a.HoldInject(inject=inject),
        a.SkipInject(inject=inject),
        a.Improvise(to="both", text="A rumour goes round.", text_china=chance.choice([None, "有传言。"])),
        a.Override(meter="tension", of="", to=chance.randint(0, 10_000), reason="the room disagreed"),
    ]
    return chance.choice(acts)
