"""Who plays is what was asked for, and what a session reached is counted under the names of what there is to reach."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest
from tests.engine.play import shipped
from tests.playtest.experiments import outcome, subject, subject_of

from crisis_sim.content.material import Material
from crisis_sim.engine import events as e
from crisis_sim.engine.state import opening_state
from crisis_sim.errors import UnreadableInput
from crisis_sim.playtest.decision_shares import KEY as DECISIONS
from crisis_sim.playtest.game import Bots, pairings, played
from crisis_sim.playtest.policies import MIXED
from crisis_sim.playtest.reachable import PARTS, all_reachable
from crisis_sim.playtest.run_measures import FinishedSession
from crisis_sim.playtest.tension_budget import SUM_PREFIXES
from crisis_sim.rules.names import SIDES, TAKERS, VoiceAnswer
from crisis_sim.session.log import read_log

EIGHT = len(MIXED)


def test_a_fixed_pair_is_the_same_in_every_run() -> None:
    """us=…,china=… in either order."""
    chosen = pairings(" china=salami , us=rota ")
    assert {chosen.bots_for("1", run) for run in range(1, 50)} == {("rota", "salami")}


def test_all_pairs_come_in_turn() -> None:
    """As many runs as there are pairs play each of them once."""
    every = [pairings("pairs").bots_for("1", run) for run in range(1, EIGHT**2 + 1)]
    assert set(Counter(every).values()) == {1}
    assert pairings("pairs").bots_for("1", EIGHT**2 + 1) == every[0]


def test_the_same_bot_can_sit_on_both_sides() -> None:
    """`same` takes each in turn; a name alone, or both=…, only that one."""
    assert [pairings("same").bots_for("1", run) for run in range(1, EIGHT + 1)] == [(name, name) for name in MIXED]
    assert pairings("firm").bots_for("1", 5) == pairings("both=firm").bots_for("2", 9) == ("firm", "firm")
    assert [pairings("both=firm+mirror").bots_for("1", run)[0] for run in (1, 2, 3)] == ["firm", "mirror", "firm"]


def test_a_mix_draws_each_side_evenly_and_apart() -> None:
    """Over many runs every pair comes about as often as any other."""
    drawn = Counter(pairings("mix").bots_for("seed", run) for run in range(1, 6401))
    assert len(drawn) == EIGHT**2
    assert all(60 <= count <= 145 for count in drawn.values())


def test_a_draw_hangs_on_seed_and_run_alone() -> None:
    """Another choice for one side leaves the other side's draws as they were; another seed does not."""
    whole, part = pairings("mix"), pairings("us=silent," + "china=" + "+".join(MIXED))
    assert [whole.bots_for("1", run)[1] for run in range(1, 60)] == [part.bots_for("1", run)[1] for run in range(1, 60)]
    assert [whole.bots_for("1", run) for run in range(1, 60)] != [whole.bots_for("2", run) for run in range(1, 60)]


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        ("us=rotta,china=firm", "there is no bot called 'rotta'", "did you mean 'rota'?"),
        ("mxi", "there is no bot called 'mxi'", "did you mean 'mix'?"),
        ("us=firm", "nothing says who plays China", None),
        ("china=firm", "nothing says who plays the US", None),
        ("usa=firm,china=firm", "'usa=firm' does not say who plays", None),
        ("us=firm,us=firm", "'us=firm' does not say who plays", None),
        ("us=,china=firm", "'us=' does not say who plays", None),
        ("both=firm,us=firm", "'both' leaves no side over for another bot", None),
        ("us=firm,firm", "'firm' does not say who plays", None),
        ("", "nothing says who plays the US", None),
    ],
)
def test_a_slip_gets_a_sentence(text: str, sentence: str, hint: str | None) -> None:
    """What is wrong, and how it is written."""
    with pytest.raises(UnreadableInput) as caught:
        pairings(text)
    assert str(caught.value) == sentence
    form = "write us=rota,china=salami, or mix, pairs or same; several for one side as us=firm+salami"
    assert caught.value.hint == (hint or form)


def test_everything_that_is_counted_is_in_the_list() -> None:
    """No key of any run is unknown, so nothing that was reached is lost from the tables."""
    known = {thing.key for thing in all_reachable(subject().material, 45)}
    assert {
        key for key in outcome(24).exercises[0].tally if not key.startswith((*SUM_PREFIXES, DECISIONS))
    } - known == set()


@pytest.mark.parametrize("scenario", ["bottomed-submarine", "new-virus"])
def test_the_keys_of_a_shipped_scenario_are_all_in_its_list(scenario: str) -> None:
    """With lines, tracks, marks, facts and releases of every sort."""
    of = subject_of(shipped(scenario), 90)
    known = {thing.key for thing in all_reachable(of.material, 90)}
    for us, china in (("curious", "reckless"), ("random", "curious"), ("rota", "salami")):
        counted = played(of.table, Bots(us, china, 50), "1", of.measures).reached
        assert {key for key in counted if not key.startswith((*SUM_PREFIXES, DECISIONS))} - known == set()


@pytest.mark.parametrize("material", [shipped("bottomed-submarine"), shipped("new-virus")], ids=["submarine", "virus"])
def test_each_thing_has_a_line_of_its_file(material: Material) -> None:
    """Every thing but the five outcomes of delivery is at `file:line`, and no two have the same key."""
    listed = all_reachable(material, 150)
    assert [thing.key for thing in listed if ":" not in thing.place and thing.part != "deliveries"] == []
    assert [key for key, count in Counter(thing.key for thing in listed).items() if count > 1] == []
    assert {thing.part for thing in listed} == set(PARTS)


def test_a_things_line_is_where_it_stands() -> None:
    """The lines of moves, changes, marks and watches hold what they are said to hold."""
    material = shipped("new-virus")
    where = {thing.key: thing.place.rpartition(":") for thing in all_reachable(material, 150)}
    from crisis_sim.content.listings import shipped_folder

    def line(key: str) -> str:
        name, _, number = where[key]
        return (shipped_folder() / name).read_text(encoding="utf-8").splitlines()[int(number) - 1].strip()

    assert line("move/accuse") == "accuse:"
    assert line("inject/press-report/came") == "- id: press-report"
    assert line("track/severe-cases/mark/2").startswith("- at_most: 35")
    assert line("track/severe-cases/change/0").startswith("- on: turn")
    assert line("line/us/voices-silenced/watch/0") == "- when: {move: expel-staff}"
    assert line("asset/field-laboratory/found-out") == "field-laboratory:"
    assert line("rule/salami") == "- id: salami"


def test_the_counts_are_those_of_the_events() -> None:
    """Against a plain count over the events of a log: rules, moves, pressings, forecasts."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from crisis_sim.playtest.experiment import keep

    bots = Bots("curious", "random", 50)
    record = played(subject().table, bots, "7", subject().measures)
    with TemporaryDirectory() as folder:
        log = read_log(keep(Path(folder), "a", subject().table, bots, seed="7"))
    events = [event for entry in log.entries for event in entry.events]
    counted = Counter[str]()
    for event in events:
        if isinstance(event, e.ActSent):
            counted[f"move/{event.act.move}"] += 1
        elif isinstance(event, e.LinePressed):
            counted[f"line/{event.side}/{event.line}/pressed"] += 1
        elif isinstance(event, e.ForecastResolved):
            counted[f"forecast/{event.forecast}/{'yes' if event.happened else 'no'}"] += 1
        elif isinstance(event, e.RuleFired) and event.rule in subject().table.rules:
            counted[f"rule/{event.rule}"] += 1
    assert counted
    assert {key: record.reached.get(key) for key in counted} == dict(counted)


def test_a_contingent_inject_either_comes_or_stays_away() -> None:
    """In each session one of the two, where its time came in this length."""
    of = subject_of(shipped("new-virus"), 150)
    contingent = [inject.id for inject in of.material.scenario.msel if inject.when is not None and not inject.by_hand]
    for us, china in (("rota", "rota"), ("firm", "firm")):
        reached = played(of.table, Bots(us, china), "1", of.measures).reached
        for inject in contingent:
            assert (f"inject/{inject}/came" in reached) != (f"inject/{inject}/stayed-away" in reached), inject


def test_voices_and_who_takes_a_call_are_counted_by_what_became_of_them() -> None:
    """Each hard voice is one of four for its side, each call that was taken one of three; the sums are the events'."""
    of = subject_of(shipped("bottomed-submarine"), 150)
    names = [measure.id for measure in of.measures]
    table = of.table.seeded("3", "playtest")
    state, events = opening_state(table), list[e.AnyEvent]()
    for side in SIDES:
        events += [e.VoiceAnswered(side, answer, said, visible=side) for answer, said in ENDS]
    ended = FinishedSession(table, state, events)
    values = {measure.id: measure.read(ended) for measure in of.measures if measure.id.startswith("voice-")}
    assert values == {f"voice-{name}/{side}": n * 100 for name, n in ENDED.items() for side in SIDES}
    assert [name for name in names if name.startswith("taken-by/")] == [f"taken-by/{taker}" for taker in TAKERS]
    record = played(of.table, Bots("attentive", "curious", 0), "1", of.measures)
    kept = dict(zip(names, record.values, strict=True))
    calls = sum(kept[f"taken-by/{taker}"] or 0 for taker in TAKERS)
    accepted = sum(
        record.reached.get(f"answer/{move}/accept", 0) for move, plan in of.table.moves.items() if plan.exchange
    )
    assert calls == accepted * 100 > 0
    assert not [each for each in subject().measures if each.id.startswith(("voice-", "taken-by/"))]


ENDS: Final[tuple[tuple[VoiceAnswer, bool], ...]] = (
    ("meet", True),
    ("speak", True),
    ("speak", False),
    ("speak", False),
    ("wait", True),
)
ENDED: Final = {"meet": 1, "speak": 1, "wait": 1, "alone": 2}
