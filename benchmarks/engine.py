"""Moves judged per second on one core, beside the moves that OpenSpiel's Python games play.

A move counts from its facts to its folded events, under the full core pack on a real scenario, in three sessions in
which each of the six policies plays once. Two ways of counting: `judged` is an act tried by every rule, line and track
that watches it, weighed, and its events applied; `whole turn` adds sealing, delivery, reading and everything that a
turn's end does, divided by the moves in it. Sessions are counted as `playtest` plays them: two bots and the automatic
facilitator, each deciding by the views of its seat, in memory, on a table that is compiled once. One of OpenSpiel's is
one apply_action of its Python tic-tac-toe, with its legal actions asked for, as a player would. All sessions are on one
table, and a round goes through the judged acts as often as makes it as long as a round of the others, for what has just
been run runs quicker. What was recorded is frozen before timing, so that the collector's walks through it are laid to
nobody's account; and seconds are the processor's, since a core is shared with whatever else runs.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Sequence
from time import process_time
from typing import NamedTuple

from benchmarks.table import Row, best, show
from tests.bots import bots_at

from crisis_sim.content.load import load_material
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide_with_state
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.judging.judge import judge_acts
from crisis_sim.engine.moment_facts import arrived_in, moment_facts
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.engine.views.seats import view_for
from crisis_sim.playtest.bots import play_out
from crisis_sim.playtest.game import Bots, played, table_for
from crisis_sim.rules.names import SIDES

ROUNDS = 40
TIMES = 8
"""How often the acts are judged in one round, which then takes about as long as one of the others."""
PAIRS = (("random", "firm"), ("salami", "rota"), ("mirror", "silent"))


class Recorded(NamedTuple):
    """A session as it was played: its table, and each action with the state it met."""

    table: GameTable
    met: list[tuple[State, a.SeatName, a.AnyAction]]


def recorded() -> list[Recorded]:
    """Sessions in which each of the six policies plays once: each action with the state it met."""
    table = build_table(load_material("bottomed-submarine"), seed="bench", length=150, session="bench")
    return [play_recorded(table, *pair) for pair in PAIRS]


def play_recorded(table: GameTable, us: str, china: str) -> Recorded:
    """One session of two bots."""
    met: list[tuple[State, a.SeatName, a.AnyAction]] = []
    now = [opening_state(table)]

    def submit(seat: a.SeatName, action: a.AnyAction) -> None:
        met.append((now[0], seat, action))
        now[0] = decide_with_state(now[0], seat, action, table)[1]

    players = bots_at(table, (us, "1"), (china, "2"))
    play_out(players, lambda seat: view_for(now[0], table, seat), submit)
    return Recorded(table, met)


def judged(sessions: Sequence[Recorded]) -> Callable[[], float]:
    """Seconds for one act, from its facts to its folded events."""
    turns = [
        (table, state)
        for table, met in sessions
        for state, _, action in met
        if isinstance(action, a.CommitReadings) and one_to_come(state)
    ]
    acts = sum(len(arrived_in(state, side)) for _, state in turns for side in SIDES)

    def run() -> float:
        started = process_time()
        for _ in range(TIMES):
            for table, state in turns:
                recorder = EventRecorder(state, table=table)
                judge_acts(recorder, moment_facts(state, table))
                assert recorder.state.turn == state.turn
        return (process_time() - started) / acts / TIMES

    return run


def one_to_come(state: State) -> bool:
    """One team has committed its readings, so that the next commit judges the turn."""
    return state.us.committed != state.china.committed


def whole_turn(sessions: Sequence[Recorded]) -> Callable[[], float]:
    """Seconds for one move of a session, everything that it sets going included."""
    moves = sum(isinstance(action, a.SealMove) for _, met in sessions for _, _, action in met)

    def run() -> float:
        started = process_time()
        for table, met in sessions:
            state = opening_state(table)
            for _, seat, action in met:
                state = decide_with_state(state, seat, action, table)[1]
        return (process_time() - started) / moves

    return run


def whole_session(pair: tuple[str, str]) -> Callable[[], float]:
    """Seconds for one session of 90 minutes that two bots play out, views and choices included."""
    table = table_for(load_material("bottomed-submarine"), length=90)

    def run() -> float:
        started = process_time()
        played(table, Bots(*pair), "bench", ())
        return process_time() - started

    run()  # the rules for each move are compiled when it is first made
    return run


def open_spiel() -> Callable[[], float] | None:
    """Seconds for one move of OpenSpiel's Python tic-tac-toe; None where it is not installed."""
    try:
        import pyspiel
        from open_spiel.python.games import tic_tac_toe  # noqa: F401 - registers the Python game
    except ImportError:
        return None
    game = pyspiel.load_game("python_tic_tac_toe")
    luck = random.Random(1)

    def run() -> float:
        count = 0
        started = process_time()
        for _ in range(60):
            state = game.new_initial_state()
            while not state.is_terminal():
                state.apply_action(luck.choice(state.legal_actions()))
                count += 1
        return (process_time() - started) / count

    return run


def main() -> None:
    """Print moves per second, best of several interleaved rounds."""
    sessions = recorded()
    runs = {"judged": judged(sessions), "whole turn": whole_turn(sessions)}
    peer = open_spiel()
    if peer is not None:
        runs["OpenSpiel python_tic_tac_toe"] = peer
    gc.collect()
    gc.freeze()
    seconds = best(runs, ROUNDS)
    beside = seconds.get("OpenSpiel python_tic_tac_toe")
    rows = [Row(name, f"{1 / each:,.0f} moves/s", beside / each if beside else None) for name, each in seconds.items()]
    show(
        "moves on one core",
        rows,
        "× OpenSpiel",
        "install the bench extra to run OpenSpiel beside it" if peer is None else "",
    )
    seconds = best({" against ".join(pair): whole_session(pair) for pair in PAIRS}, ROUNDS // 2)
    rows = [Row(name, f"{each * 1000:.1f} ms") for name, each in seconds.items()]
    show("sessions of two bots on one core", rows, "")


if __name__ == "__main__":
    main()
