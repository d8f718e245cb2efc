"""What tables say of a session beyond its numbers: how lines came to be crossed, and nothing that somebody chose."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.research.made import played

from crisis_sim.cli import main
from crisis_sim.research.columns import BY_NAME, Value
from crisis_sim.research.rows import Source, rows_of
from crisis_sim.research.sources import Opener, Wanted

PLAY = ("play", "bottomed-submarine", "--length", "45", "--seed", "10", "--us", "silent", "--china", "reckless")


def told(path: Path, table: str, wanted: Wanted) -> list[dict[str, Value]]:
    """The rows of a table, by the names of its columns."""
    source = Opener(wanted).opened(path)
    assert isinstance(source, Source)
    return [dict(zip(BY_NAME[table].names, row, strict=True)) for row in rows_of(source)[table]]


def test_a_line_that_was_crossed_names_the_act_that_crossed_it(tmp_path: Path) -> None:
    """Every crossing of the session, with an act of whoever crossed it, sent no later; other lines name none."""
    path = tmp_path / "crossed.jsonl"
    assert main([*PLAY, "--log", str(path)]) == 0
    (session,), lines, moves, turns = (
        told(path, name, Wanted(bots=True)) for name in ("sessions", "lines", "moves", "turns")
    )
    crossed = [line for line in lines if line["crossed"]]
    assert session["crossings"] == len(crossed) > 0
    assert sorted(str(line["crossed_turn"]) for line in crossed) == sorted(
        str(turn["turn"]) for turn in turns for _ in range(int(turn["crossed"] or 0))
    )
    acts = {(move["side"], move["turn"], move["order"]) for move in moves}
    for line in lines:
        act = (line["crossed_by"], line["act_turn"], line["act_order"])
        if line["crossed"]:
            assert act in acts and int(line["act_turn"] or 0) <= int(line["crossed_turn"] or 0)
        else:
            assert (line["crossed_turn"], line["through"], *act) == (None, "", "", None, None)


@pytest.mark.parametrize("by_bots", [True, False])
def test_a_seed_that_people_may_have_chosen_stays_out(by_bots: bool, tmp_path: Path) -> None:
    """It can be any words; that of bots, which pairs their sessions, is there, and under own ids everyone's."""
    path = played(tmp_path / "Chatham House.jsonl", seated=by_bots)
    for named in (True, False):
        (session,) = told(path, "sessions", Wanted(bots=True, named=named))
        assert session["seed"] == ("Chatham House" if named or by_bots else "")
