"""What a session asks of people stands in one table of its packs."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.engine.asking import draft
from tests.engine.play import Play, shipped, varied

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine.instructions import asked_after
from crisis_sim.engine.table import build_table
from crisis_sim.engine.workload import workload_of
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import HERE_FOR_MORE
from crisis_sim.rules.workload_settings import WORKLOAD_PARTS

SUBMARINE = "bottomed-submarine"


def with_base(change: dict[str, Any]) -> Material:
    """The submarine under `core` with other settings; None takes one away."""
    bundle = shipped(SUBMARINE).bundle()
    pack = bundle["packs"][0]
    for key, value in change.items():
        if value is None:
            del pack["tree"]["base"][key]
        else:
            pack["tree"]["base"][key] = value
    pack["sha256"] = sha256(pack["tree"])
    return material_from_bundle(bundle)


def test_at_45_minutes_what_takes_time_is_off_and_from_90_everything_is_on() -> None:
    """By the table of `core`, over a scenario that has all of it."""
    assert [workload_of(shipped(SUBMARINE), length).moves for length in (45, 90, 150)] == [2, 3, 3]
    assert [workload_of(shipped(SUBMARINE), length).forecasts for length in (45, 90)] == [2, 0]
    assert workload_of(shipped(SUBMARINE), 45).on == set()
    assert workload_of(shipped(SUBMARINE), 90).on == workload_of(shipped(SUBMARINE), 150).on == set(WORKLOAD_PARTS)


def test_a_thing_needs_a_scenario_that_has_it_and_a_pack_that_leaves_time_for_it() -> None:
    """Neither alone puts it on a screen; a pack that says nothing of it leaves time."""
    lean = varied(SUBMARINE, lambda tree: tree.update(call_purposes=[150]))
    assert "call_purposes" not in workload_of(lean, 90).on
    brief = with_base({"workload": {"citing": [150], "calls": {"90": 2}}})
    assert "citing" not in workload_of(brief, 90).on and not Play(brief, length=90).table.instruments
    assert "telling" in workload_of(brief, 45).on and workload_of(brief, 90).calls == 2


def test_what_shares_one_screen_goes_before_what_each_team_has() -> None:
    """A length of its own for one table; the rest is as for screens."""
    of = with_base({"workload": {"telling": [90], "citing": [90], "one_table": {"citing": [], "forecasts": {"90": 1}}}})
    screens, table = (workload_of(of, 90, one_table=one) for one in (False, True))
    assert screens.on - table.on == {"citing"} and (screens.forecasts, table.forecasts) == (0, 1)
    assert (screens.card, table.card) == ("full", "short")


def test_a_pack_keeps_the_moves_of_a_turn_down_and_a_scenario_may_say_otherwise_for_a_length() -> None:
    """Two at 45 minutes, and the list takes no third."""
    short = with_base({"workload": {"moves": {"45": 2}}})
    assert [workload_of(short, length).moves for length in (45, 90, 150)] == [2, 3, 3]
    own = varied(short, lambda tree: tree["moves_a_turn"].update(most_at={"45": 5}))
    assert [workload_of(own, length).moves for length in (45, 90)] == [5, 3]
    play = Play(short, length=45)
    play.open_moves()
    for move in ("private-inquiry", "private-reassure"):
        play.submit("us", a.SealMove(draft=draft(move, "embassies")))
    with pytest.raises(ActionRefused, match="move/many"):
        play.submit("us", a.SealMove(draft=draft("private-protest", "embassies")))
    assert play.say("us").dossier.moves_most == 2


def test_at_one_table_core_leaves_about_half() -> None:
    """What the two do not know of each other stays, further marks on a move go; beliefs take turns."""
    material = shipped(SUBMARINE)
    for length in (90, 150):
        screens, table = (workload_of(material, length, one_table=one) for one in (False, True))
        assert screens.on - table.on == {"citing", "call_purposes"}
        assert screens.terms - table.terms == {"you-announce", "names-actor"} and table.card == "short"
        shared = build_table(material, seed="1", length=length, session="s", one_table=True)
        assert screens.promises - table.promises == {
            "no-victory-lap",
            "then-no-units",
            "then-no-measures",
            "then-no-blame",
        }
        asked = [asked_after(shared, turn) for turn in range(1, shared.turns)]
        assert {len(each) for each in asked} == {2} and {each[-1] for each in asked} == {HERE_FOR_MORE}
        assert not shared.instruments and shared.calls is None
    assert workload_of(material, 45) == msgspec.structs.replace(workload_of(material, 45, one_table=True), card="none")


def test_forecasts_over_the_limit_take_turns() -> None:
    """Two questions a turn, one of them the belief; over the session each is asked."""
    of = with_base({"workload": {"forecasts": {"150": 2}}})
    table = Play(of, length=150).table
    asked = [asked_after(table, turn) for turn in range(1, 8)]
    assert {len(each) for each in asked} == {2}
    everything = {name for each in asked for name in each}
    assert everything == {*(forecast.id for forecast in of.scenario.forecasts), HERE_FOR_MORE}


def test_a_term_that_a_pack_leaves_no_time_for_cannot_be_put_on_an_act() -> None:
    """Nor is it offered; every other term can."""
    terms = {length: workload_of(shipped(SUBMARINE), length).terms for length in (45, 90)}
    assert terms[90] - terms[45] == {"you-announce", "names-actor"}
    assert "you-announce" not in Play(shipped(SUBMARINE), length=45).say("us").dossier.moves["offer-help"].terms
