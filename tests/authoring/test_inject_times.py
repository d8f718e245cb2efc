"""When an inject comes is said alike by everything that says it, and so it comes in play."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.play import Play, varied
from tests.small import small_material

from crisis_sim.authoring.graph import graph_of
from crisis_sim.authoring.graph_text import mermaid
from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.name_uses import Asker
from crisis_sim.authoring.preview import Preview
from crisis_sim.authoring.stats import stats_of
from crisis_sim.cli.preview import _render_text as preview_told
from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.playtest.reachable import all_reachable
from crisis_sim.problems import Problems
from crisis_sim.rules.authored import Length

LENGTHS: tuple[Length, ...] = (45, 90, 150)
NAMES = ("one", "two", "three", "four", "five")


def with_injects(*injects: dict[str, Any]) -> Material:
    """The small scenario with these injects in place of its own, each with at least an id and an hour."""

    def change(tree: dict[str, Any]) -> None:
        told = {"text": "Word comes.", "reads_as": {"us": "A.", "china": "B."}, "note": "Watch."}
        tree["msel"] = [{"title": f"The {inject['id']}", **told, **inject} for inject in injects]
        tree["hotwash"] = [{key: item for key, item in of.items() if key != "recalls"} for of in tree["hotwash"]]

    return varied(small_material(), change)


def played(material: Material, length: int) -> dict[str, list[int]]:
    """The turns in which each inject comes in a session without acts; by hand each comes once its hour has come."""
    play = Play(material, seed="times", length=length)
    while play.state.phase != "closing":
        play.submit("facilitator", a.Advance())
        if play.state.phase == "moves":
            for inject in material.scenario.msel:
                timely = inject.at <= play.table.hours[play.state.turn - 1]
                if inject.by_hand and timely and inject.id not in play.state.injects and length in inject.lengths:
                    play.submit("facilitator", a.ReleaseInject(inject=inject.id))
    found: dict[str, list[int]] = {}
    for turn, event in play.state.events_of(e.InjectDelivered):
        found.setdefault(event.inject, []).append(turn)
    return found


def previewed(material: Material, length: int) -> dict[str, list[int]]:
    """The turns in which the preview shows each inject that comes."""
    found: dict[str, list[int]] = {}
    for turn in Preview(material, length).turns():
        for page in turn.injects:
            if page.comes != "never":
                found.setdefault(page.id, []).append(turn.number)
    return found


def counted(material: Material, length: int) -> dict[str, list[int]]:
    """The turns in which the numbers of a scenario have each inject that does not come by hand."""
    found: dict[str, list[int]] = {}
    session = next(of for of in stats_of(material).sessions if of.length == length)
    for turn in session.turns:
        for inject in (*turn.timed, *turn.contingent):
            found.setdefault(inject, []).append(turn.number)
    return found


hours = st.sampled_from([0, 6, 12, 18, 24, 36, 40]).map(lambda hour: f"{hour}h")
spans = st.sampled_from([0, 6, 12, 24, 30]).map(lambda hour: f"{hour}h")


@st.composite
def timed(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """An inject that waits for nothing but hours and other injects."""
    inject: dict[str, Any] = {"id": name, "at": draw(hours)}
    if draw(st.booleans()):
        since = draw(st.one_of(spans.map(lambda by: {"by": by}), st.integers(1, 3).map(lambda n: {"turns": n})))
        inject["after"] = {"inject": draw(st.sampled_from(NAMES)), **since}
    if draw(st.booleans()):
        every = draw(
            st.one_of(
                st.just({"every": "6h"}), st.just({"every": "18h"}), st.integers(1, 2).map(lambda n: {"turns": n})
            )
        )
        inject["again"] = {**every, "times": draw(st.integers(2, 4))}
    if draw(st.integers(0, 4)) == 0:
        inject["until_turns"] = draw(st.integers(1, 3))
    if draw(st.integers(0, 4)) == 0:
        inject["lengths"] = draw(st.sampled_from([[90, 150], [150], [45]]))
    return inject


@st.composite
def waiting(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """An inject that may also wait for a condition or for somebody's hand."""
    inject = draw(timed(name))
    how = draw(st.sampled_from(["clock", "turn", "inject", "never", "hand"]))
    if how == "hand":
        return {key: item for key, item in inject.items() if key not in ("after", "again", "until_turns")} | {
            "by_hand": True
        }
    when = {
        "turn": {"turn": {"at_least": draw(st.integers(1, 4))}},
        "inject": {"inject": draw(st.sampled_from(NAMES))},
        "never": {"ever": {"move": "criticise"}},
    }
    return {**inject, "when": when[how]} if how in when else inject


SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(st.tuples(*map(timed, NAMES)))
def test_injects_that_wait_for_hours_alone_come_as_everything_says(injects: tuple[dict[str, Any], ...]) -> None:
    """After what, how often, until when, in which length: play, preview and numbers have the very same turns."""
    material = with_injects(*injects)
    found = LintRun(material, Problems())
    for length in LENGTHS:
        came = played(material, length)
        assert previewed(material, length) == came
        assert counted(material, length) == came
        first = {name: half // 2 for name, half in found.worlds[length].injects.items()}
        assert first == {name: turns[0] for name, turns in came.items()}
        kept = {thing.key for thing in all_reachable(material, length) if thing.part == "injects"}
        assert kept == {f"inject/{name}/came" for name in came}
    longest = played(material, 150)
    nodes = {node.id.removeprefix("inject/"): node.hour for node in graph_of(material).nodes if node.kind == "inject"}
    for inject in material.scenario.msel:
        if inject.after is not None and inject.id in longest:
            assert nodes[inject.id] == material.scenario.turns[longest[inject.id][0] - 1]


@SLOW
@given(st.tuples(*map(waiting, NAMES)))
def test_no_inject_comes_before_it_was_said_to(injects: tuple[dict[str, Any], ...]) -> None:
    """Where a condition or a hand has a say, none comes earlier, and one that is said never to come stays away."""
    material = with_injects(*injects)
    found = LintRun(material, Problems())
    for length in LENGTHS:
        shown, world = previewed(material, length), found.worlds[length]
        for name, turns in played(material, length).items():
            assert shown[name][0] <= turns[0]
            assert world.injects[name] <= 2 * turns[0] + 1


POWER = (
    {"id": "power-lost", "at": "6h"},
    {"id": "power-back", "at": "6h", "after": {"inject": "power-lost", "by": "12h"}},
    {"id": "news", "at": "0h", "again": {"every": "12h", "times": 3}},
)


def test_a_plan_says_after_what_an_inject_comes() -> None:
    """In the list, on the inject's own page, in the graph and where it is asked back, with the hours between."""
    material = with_injects(*POWER)
    plan = preview_told(material, 150, "en", None, None, 1)
    assert "Turn 3, T+24h to T+36h\n" in plan
    turn = plan.split("Turn 3, T+24h to T+36h\n")[1].split("\nTurn 4")[0]
    assert "T+24h  power-back  The power-back – 12 hours after “The power-lost”" in turn
    assert "T+24h  news        The news" in turn and plan.count("  news ") == 3
    page = preview_told(material, 150, "en", "power-back", None, 1)
    assert page.startswith("The power-back (power-back)\n  T+24 h · ") and "12 hours after “The power-lost”" in page
    news = " ".join(preview_told(material, 150, "en", "news", None, 1).split())
    assert "Comes again after 12 hours or more, 3 times at most." in news
    drawn = mermaid(graph_of(material).plan())
    assert '-->|"brings 12 hours later"|' in drawn and '"brings again, 12 hours later, 3 times at most"' in drawn
    rows = [row.sentence for row in Asker(material).answer("inject", "power-back").parts["sets"]]
    assert "12 hours after “The power-lost”" in rows
    assert "in sessions of 150 minutes it comes at T+24h at the earliest" in rows


@pytest.mark.parametrize("after", [{"inject": "power-back"}, {"inject": "power-lost", "by": "60h"}])
def test_an_inject_that_cannot_follow_is_shown_as_one_that_never_comes(after: dict[str, Any]) -> None:
    """One that follows itself, and one that follows too late, are in no turn and among nothing that can be reached."""
    material = with_injects(POWER[0], {**POWER[1], "after": after})
    assert "power-back" not in played(material, 150)
    assert "power-back" not in counted(material, 150)
    assert "The power-back – never in this length" in preview_told(material, 150, "en", None, None, 1)
    assert not [thing for thing in all_reachable(material, 150) if thing.key.startswith("inject/power-back")]
    rows = [row.sentence for row in Asker(material).answer("inject", "power-back").parts["sets"]]
    assert "in sessions of 45, 90, 150 minutes it never comes: no turn begins in its time" in rows


def test_what_follows_an_inject_that_comes_often_counts_from_the_first_time() -> None:
    """Twelve hours after the news is twelve hours after the first of them."""
    material = with_injects(POWER[2], {"id": "reply", "at": "0h", "after": {"inject": "news", "by": "24h"}})
    assert played(material, 150)["reply"] == [3]
