"""Small acts that together lead to a conclusion: what is shown holds when it is played."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.content.mistakes import make, read_mistake
from tests.engine.play import Play, shipped
from tests.small import SMALL, SMALL_SCENARIO

from crisis_sim.authoring.salami import FORCEFUL, SEVEREST, SalamiPath, SalamiStep, SmallSteps
from crisis_sim.content.known_names import MILD
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, Side, other

DATA = Path(__file__).parent / "data"


def reds(material: Material) -> list[tuple[Side, str]]:
    return [
        (side, line.id) for side in SIDES for line in material.scenario.teams.team_of(side).lines if line.kind == "red"
    ]


def concluded(material: Material, path: SalamiPath, steps: tuple[SalamiStep, ...]) -> list[tuple[str, str, str]]:
    """The red lines about which a conclusion is drawn, and on what, when these steps alone are taken, by hand."""
    play = Play(material, seed="salami", length=path.length)
    for turn in dict.fromkeys(step.turn for step in steps):
        while play.state.turn < turn:
            play.open_moves()
            if play.state.turn < turn:
                play.submit("facilitator", a.Advance())
        for step in (step for step in steps if step.turn == turn):
            shown = step._asdict()
            draft = a.Draft(**{key: shown[key] for key in ("move", "channel", "visibility", "terms", "asset")})
            play.submit(other(path.owner), a.SealMove(draft=draft))
        while play.state.phase not in ("results", "closing"):
            play.submit("facilitator", a.Advance())
    while play.state.turn < path.turn or play.state.phase not in ("results", "closing"):
        play.submit("facilitator", a.Advance())
    assert not any(isinstance(event, e.LineCrossed) for event in play.events)
    drawn = [event for event in play.events if isinstance(event, e.ConclusionDrawn)]
    return [(event.side, event.leads_to, event.line) for event in drawn]


@pytest.mark.parametrize("name", ["bottomed-submarine", "new-virus"])
def test_a_path_leads_to_a_conclusion_and_none_of_its_acts_does(name: str) -> None:
    """Taken together they do, one fewer does not, and each alone does not; none is forceful, and nothing is crossed."""
    material = shipped(name)
    for owner, line in reds(material):
        path = SmallSteps(material, owner).path(line)
        assert path is not None
        assert (owner, line, path.through) in concluded(material, path, path.steps)
        assert (owner, line, path.through) not in concluded(material, path, path.steps[:-1])
        for step in set(path.steps):
            assert concluded(material, path, (step,)) == []
            move = material.moves[step.move]
            assert move.family not in FORCEFUL
            assert move.severity <= SEVEREST


def small(tmp_path: Path, mistake: str) -> Material:
    make(read_mistake(DATA / mistake), tmp_path)
    return load_material(tmp_path / SMALL_SCENARIO.relative_to(SMALL))


def test_pressure_is_told_step_by_step(tmp_path: Path) -> None:
    """Three offers of 1.5 in one turn, each pressing the line once, and no further than its limit of 4."""
    path = SmallSteps(small(tmp_path, "lint/salami.txt"), "us").path("boarding")
    assert path is not None
    assert [(step.turn, step.move, step.start, step.end) for step in path.steps] == [
        (1, "offer-help", 0, 150),
        (1, "offer-help", 150, 300),
        (1, "offer-help", 300, 400),
    ]
    assert (path.through, path.limit) == ("hull-survey", 400)


def test_a_mild_path_lies_within_one_turn(tmp_path: Path) -> None:
    """Where three offers fill a line, they are shown; where they need a second turn, nothing is."""
    material = small(tmp_path / "warned", "lint/salami.txt")
    path = SmallSteps(material, "us").mild_path("boarding")
    assert path is not None
    assert {step.turn for step in path.steps} == {1}
    assert {material.moves[step.move].family for step in path.steps} <= MILD
    assert not any(step.terms for step in path.steps)
    fine = small(tmp_path / "fine", "fine/salami.txt")
    assert SmallSteps(fine, "us").mild_path("boarding") is None
    assert SmallSteps(fine, "us").path("boarding") is not None


def test_what_fills_a_line_alone_is_no_small_step(tmp_path: Path) -> None:
    """One offer that comes to the limit by itself is a mild path of one step, and no slice of a longer one."""
    small(tmp_path, "lint/salami.txt")
    scenario = tmp_path / SMALL_SCENARIO.relative_to(SMALL)
    scenario.write_text(scenario.read_text("utf-8").replace("by: 1.5", "by: 4"), "utf-8")
    material = shipped(scenario)
    path = SmallSteps(material, "us").mild_path("boarding")
    assert path is not None
    assert [step.move for step in path.steps] == ["offer-help"]
    assert SmallSteps(material, "us").path("boarding") is None


def test_a_term_makes_an_act_less_than_mild() -> None:
    """Exclusive offers add up to a conclusion; offers as such do not, so there is no mild path."""
    material = load_material(SMALL_SCENARIO)
    path = SmallSteps(material, "us").path("boarding")
    assert path is not None
    assert {step.terms for step in path.steps} == {("exclusive",)}
    assert SmallSteps(material, "us").mild_path("boarding") is None


def test_a_line_that_nothing_leads_to_has_no_path(tmp_path: Path) -> None:
    """Small steps need a pink line to add up on."""
    assert SmallSteps(small(tmp_path, "lint/red-alone.txt"), "china").path("shadowing") is None


def test_the_same_path_is_found_each_time() -> None:
    """A search that begins anew finds what the first one found."""
    first, second = (load_material(SMALL_SCENARIO) for _ in range(2))
    paths = [[SmallSteps(each, side).path(line) for side, line in reds(each)] for each in (first, second)]
    assert paths[0] == paths[1]
