"""What moved tension and pressed the lines adds up to what tension and pressure did."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.engine.play import shipped
from tests.playtest.experiments import subject_of

from crisis_sim.engine import events as e
from crisis_sim.playtest.game import Bots, played
from crisis_sim.playtest.run_measures import FinishedSession, PlaytestMeasure
from crisis_sim.playtest.tension_budget import budget, by_turn, heaviest, moved, pressings


def told(us: str, china: str, *, seed: str = "1") -> tuple[FinishedSession, Mapping[str, int]]:
    """A session's end, and what moved its numbers."""
    of, ends = subject_of(shipped("new-virus"), 90), list[FinishedSession]()

    def seen(ended: FinishedSession) -> int:
        ends.append(ended)
        return 0

    record = played(of.table, Bots(us, china), seed, [PlaytestMeasure("end", "", "", "number", seen)])
    return ends[0], record.reached


def every(ended: FinishedSession) -> list[e.AnyEvent]:
    """All that was judged."""
    return [event for events in ended.state.turn_events for event in events]


@pytest.mark.parametrize(("us", "china"), [("silent", "silent"), ("salami", "mirror"), ("firm-in-private", "rota")])
def test_ups_less_downs_are_what_tension_did(us: str, china: str) -> None:
    """From where it began to where it ended, in hundredths, wherever no end of the scale was in the way."""
    ended, reached = told(us, china)
    numbers = [event for event in every(ended) if isinstance(event, e.NumberMoved) and event.meter == "tension"]
    cut = sum(event.trace.after - event.trace.before for event in numbers if event.trace.rule == "bounds")
    rows = budget(reached, 1)
    start = ended.table.base.tension.start if (own := ended.table.scenario.tension) is None else own
    assert sum(row.up - row.down for row in rows) + cut == ended.state.tension - start
    assert sum(row.up - row.down for row in by_turn(reached, 1)) == sum(row.up - row.down for row in rows)


def test_what_presses_a_line_is_named_by_its_act() -> None:
    """Every line that was pressed is there, with whole shares; what did most comes first."""
    ended, reached = told("firm", "salami")
    rows = pressings(reached, 1)
    assert {(row.side, row.line) for row in rows} == {
        (event.side, event.line) for event in every(ended) if isinstance(event, e.LinePressed)
    }
    for side, line in {(row.side, row.line) for row in rows}:
        shares = [row.share for row in rows if (row.side, row.line) == (side, line)]
        assert shares == sorted(shares, reverse=True) and abs(sum(shares) - 100_00) <= len(shares)


def test_what_did_more_than_half_is_told() -> None:
    """And nothing, where nothing did."""
    sums = {"tension/1/up/rule/a": 300, "tension/1/up/move/b": 200, "tension/2/down/other/decay": 50}
    rows = budget(sums, 10)
    most = heaviest(rows, "up")
    assert most is not None and (most.name, most.up, most.share_up) == ("a", 30, 60_00)
    assert heaviest(budget({**sums, "tension/1/up/move/c": 200}, 10), "up") is None


def test_nothing_else_counts_as_moved() -> None:
    """Keys of what was reached are no sums."""
    ended, _ = told("silent", "silent")
    assert all(key.startswith(("tension/", "pressing/")) for key, _ in moved(ended))
    assert budget({"move/accuse": 3, "rule/silence": 2}, 1) == ()
