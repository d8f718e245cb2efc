"""What happened stands in the turn in which it happened; two sessions side by side, and acts under other rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.bots import bots_at
from tests.cli.forged import everywhere, forged
from tests.engine.play import shipped
from tests.measures.record import record, sent, table
from tests.small import SMALL_SCENARIO

from crisis_sim.engine.state import SKIPPED, Crossing
from crisis_sim.errors import LogDamaged, UnreadableInput
from crisis_sim.pages.refusals import REFUSALS
from crisis_sim.playtest.bots import play_out
from crisis_sim.session.branch import branch
from crisis_sim.session.course import Course, contrast, course_of, find_divergence, trace_course
from crisis_sim.session.log import Log, read_log
from crisis_sim.session.rejudge import Rejudged, rejudge, table_for
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session
from crisis_sim.session.verify import wrong_events_named

INJECTS = [inject.id for inject in table().scenario.msel]
END = record(
    sent("us", 1, "private-inquiry", reading=2, intent=-1),
    sent("china", 2, "criticise", arrived=0),
    played=2,
    hour=48,
    tension=4_200,
    crossings=(Crossing("us", "own-soil", "china", 1), Crossing("china", "face", "us", 2)),
    injects={INJECTS[0]: 0, INJECTS[1]: 1, INJECTS[2]: 2, INJECTS[3]: SKIPPED},
)
END = replace(END, felt={"us": 4_500, "china": 3_900}, pressure={"us/ours": 3, "china/theirs": 4})
END = replace(END, trust={"us": 100, "china": 300}, standing={"us": 200, "china": 400})
FIRST = replace(END, turn=1, hour=24, tension=3_000, crossings=END.crossings[:1])
STATES = (replace(END, turn=0, hour=0), replace(FIRST, tension=9_999), FIRST, replace(END, tension=1), END)


def test_each_turn_has_what_came_in_it() -> None:
    """Acts by when they were sent, with how they were taken in the end; crossings, injects, and the last numbers."""
    found = trace_course(table(), STATES)
    start, one, two = found.turns
    assert [(turn.number, turn.hour, turn.tension) for turn in (one, two)] == [(1, 24, 3_000), (2, 48, 4_200)]
    assert (start.acts, start.crossed, start.injects) == ((), (), ())
    assert [(act.act.side, act.intent, act.reading) for act in one.acts] == [("us", -1, 2)]
    assert [(act.act.side, act.intent, act.reading) for act in two.acts] == [("china", 0, None)]
    assert (one.crossed, two.crossed) == (("us/own-soil",), ("china/face",))
    titles = [table().injects[name].title.words for name in INJECTS[:3]]
    assert (one.injects, two.injects) == ((titles[1],), (titles[2],))


def test_numbers_are_each_sides_own() -> None:
    """Felt tension, trust, standing, and pressure on pink lines."""
    two = trace_course(table(), STATES).turns[2]
    assert (two.felt_us, two.felt_china) == (4_500, 3_900)
    assert (two.trust, two.standing) == ({"us": 100, "china": 300}, {"us": 200, "china": 400})
    assert two.pressure == {"us/ours": 3, "china/theirs": 4}
    assert two.tracks == END.tracks


def test_a_session_has_ended_once_its_hotwash_is_open() -> None:
    """Not before; and it is named by its scenario, packs, length and seed."""
    ends = {
        phase: trace_course(table(), [replace(END, phase=phase)]).ended
        for phase in ("results", "closing", "hotwash", "closed")
    }
    assert ends == {"results": False, "closing": False, "hotwash": True, "closed": True}
    found = trace_course(table(), [END])
    assert (found.length, found.seed, found.session) == (table().length, table().seed, table().session)
    assert found.packs == tuple(pack.id for pack in table().material.packs)


def test_acts_that_one_has_twice_are_told_once_more_of_it() -> None:
    """Each act of the other answers for one."""
    course = trace_course(table(), STATES)
    one = course.turns[1]
    twice = course._replace(turns=(course.turns[0], one._replace(acts=one.acts * 2), course.turns[2]))
    found = contrast(course, twice)
    assert [(turn.only_a, turn.only_b) for turn in found.turns] == [((), ()), ((), one.acts), ((), ())]
    assert found.first is not None and found.first.number == 1
    assert found.tracks == tuple(table().scenario.tracks)
    assert contrast(course, course._replace(turns=course.turns[:2])).turns[2].is_same is False


def test_only_tracks_that_both_have_are_compared() -> None:
    """As under a scenario of another version; what stands at the start says which there are."""
    course = trace_course(table(), STATES)
    first, *rest = course.turns
    known, *others = first.tracks
    fewer = course._replace(turns=(first._replace(tracks={known: 0}), *rest))
    assert others
    assert contrast(course, fewer).tracks == contrast(fewer, course).tracks == (known,)


def played(
    path: Path, us: str = "mirror", china: str = "salami", scenario: str | Path = "new-virus", length: int = 45
) -> Path:
    """A session of two bots, played to its end into a log."""
    with Session.start(path, shipped(scenario), seed="4", length=length) as session:
        seats = {seat: session.seat(seat) for seat in ("us", "china", "facilitator")}
        players = bots_at(session.table, (us, "4/us"), (china, "4/china"))
        play_out(players, lambda seat: seats[seat].view(), session.submit)
    return path


def course(path: Path) -> Course:
    found = replay(path)
    return course_of(found.log, found.table)


def test_a_course_has_every_turn_with_its_numbers_and_acts(tmp_path: Path) -> None:
    """The last numbers are those of the session's end; each act stands in its turn with what was meant and read."""
    path = played(tmp_path / "a.jsonl")
    found, end = course(path), replay(path).state
    assert [turn.number for turn in found.turns] == [0, 1, 2, 3, 4]
    assert (found.turns[-1].tension, found.turns[-1].felt_us) == (end.tension, end.felt["us"])
    assert [turn.tension for turn in found.turns[:-1]] == [point[0] for point in end.curve[:-1]]
    assert sum(len(turn.acts) for turn in found.turns) == len(end.acts)
    assert sum(len(turn.crossed) for turn in found.turns) == len(end.crossings)
    assert found.ended


def test_a_session_beside_itself_is_the_same(tmp_path: Path) -> None:
    """Nothing is otherwise, and the logs part nowhere."""
    path = played(tmp_path / "a.jsonl")
    found = contrast(course(path), course(path))
    assert found.first is None
    parted = find_divergence(read_log(path), read_log(path))
    assert (parted.a, parted.b) == ("", "") and parted.shared == len(read_log(path).entries)


def test_a_branch_parts_where_it_was_cut_and_only_later_turns_differ(tmp_path: Path) -> None:
    """What was shared is the same; what came after is told."""
    path = played(tmp_path / "a.jsonl")
    child = branch(path, turn=3)
    shared = len(read_log(child).entries)
    with Session.resume(child) as session:
        seats = {seat: session.seat(seat) for seat in ("us", "china", "facilitator")}
        players = bots_at(session.table, ("rota", "4/us"), ("silent", "4/china"))
        play_out(players, lambda seat: seats[seat].view(), session.submit)
    parted = find_divergence(read_log(path), read_log(child))
    assert parted.shared >= shared and parted.turn in (2, 3)
    found = contrast(course(path), course(child))
    assert next(turn.number for turn in found.turns if not turn.is_same) == 3
    assert found.first is not None and (found.first.only_a or found.first.only_b)


def test_an_act_that_both_have_is_no_difference_however_it_was_read(tmp_path: Path) -> None:
    """Only what one side of the comparison did and the other did not is listed."""
    first, second = played(tmp_path / "a.jsonl"), played(tmp_path / "b.jsonl", china="rota")
    for turn in contrast(course(first), course(second)).turns:
        both = {(act.act, act.intent) for act in turn.only_a} & {(act.act, act.intent) for act in turn.only_b}
        assert not both


def under(log: Log, *packs: str) -> Rejudged:
    """The acts of a log under the rule packs of these names."""
    return rejudge(log, table_for(log, packs))


def test_a_side_that_hears_by_another_order_feels_otherwise_and_tension_stays(tmp_path: Path) -> None:
    """By its order of offences alone; with none, an act that offends weighs with it as the rules weigh it."""
    path = played(tmp_path / "a.jsonl", us="salami", china="mirror", length=90)
    log, before = read_log(path), path.read_bytes()
    table = table_for(log, (), hears=True)
    assert table.card is not None
    curves = {}
    for name, order in {**table.card.profiles, "none": ()}.items():
        again = rejudge(log, table, {"china": order})
        assert again.refused == () and again.states[-1].china.order == order
        curves[name] = trace_course(again.table, again.states).turns
    as_played = course(path).turns
    for turns in curves.values():
        assert [turn.tension for turn in turns] == [turn.tension for turn in as_played]
        assert [turn.felt_us for turn in turns] == [turn.felt_us for turn in as_played]
    felt = {name: turns[-1].felt_china for name, turns in curves.items()}
    assert felt["public-blame-worst"] != felt["none"] != felt["closed-door-worst"]
    assert path.read_bytes() == before


def test_a_log_in_which_nobody_ordered_anything_is_heard_by_profiles_too(tmp_path: Path) -> None:
    """At 45 minutes there is no card; judged again, the whole one is used."""
    log = read_log(played(tmp_path / "a.jsonl", us="reckless", china="firm", length=45))
    assert table_for(log, ()).card is None
    table = table_for(log, (), hears=True)
    again = rejudge(log, table, {"us": table.card.profiles["closed-door-worst"]})  # type: ignore[union-attr]  # as asked
    assert again.states[-1].us.order and not again.states[-1].china.order


def test_the_same_rules_judge_the_same(tmp_path: Path) -> None:
    """Judging again under its own packs gives the session back, act by act."""
    path = played(tmp_path / "a.jsonl")
    found = replay(path)
    again = under(found.log, "core", "safety-net-calms")
    assert again.refused == ()
    assert again.states[-1] == found.state
    assert contrast(course(path), trace_course(again.table, again.states)).first is None


def test_other_rules_judge_otherwise_and_leave_acts_and_log_alone(tmp_path: Path) -> None:
    """The same acts, other numbers; the log's bytes stay."""
    path = played(tmp_path / "a.jsonl", us="firm", china="firm")
    before = path.read_bytes()
    again = under(read_log(path), "core", "safety-net-emboldens")
    found = contrast(course(path), trace_course(again.table, again.states))
    assert found.b.packs == ("core", "safety-net-emboldens")
    assert all(not turn.only_a and not turn.only_b for turn in found.turns)
    assert path.read_bytes() == before


def test_an_act_that_other_rules_do_not_know_is_left_out_and_named(tmp_path: Path) -> None:
    """The rest is judged without it."""
    path = played(tmp_path / "a.jsonl", us="random", china="random", scenario=SMALL_SCENARIO)
    pack = tmp_path / "fewer.yaml"
    small = (SMALL_SCENARIO.parents[2] / "rules" / "small.yaml").read_text(encoding="utf-8")
    pack.write_text(small.replace("id: small\n", "id: fewer\n").replace("over: [diplomatic, ", "over: ["), "utf-8")
    again = under(read_log(path), str(pack))
    assert len(again.states) == len(read_log(path).entries) + 1
    for refused in again.refused:
        assert refused.why.code in REFUSALS and read_log(path).entries[refused.seq - 1].seat == refused.seat


def test_packs_that_are_not_there_or_do_not_fit_are_said(tmp_path: Path) -> None:
    """By the same sentences as when a session begins; without a base by one, and not by one for each unknown name."""
    path = played(tmp_path / "a.jsonl", scenario=SMALL_SCENARIO)
    with pytest.raises(UnreadableInput, match="no rule pack 'cor'"):
        under(read_log(path), "cor")
    with pytest.raises(UnreadableInput, match="none of these packs is a base"):
        under(read_log(path), "safety-net-calms")


def test_a_fault_of_ours_stays_one_where_the_log_is_sound(tmp_path: Path) -> None:
    """Nothing is laid at the door of a log that is what was played."""
    with pytest.raises(KeyError), wrong_events_named(played(tmp_path / "a.jsonl")):
        raise KeyError


def test_a_forged_log_is_named_with_its_entry(tmp_path: Path) -> None:
    """Whichever of several it is."""
    good = played(tmp_path / "a.jsonl")
    bad = forged(tmp_path / "b.jsonl", good, everywhere("intent", 9))
    with (
        pytest.raises(LogDamaged, match=r"b\.jsonl cannot be told: entry \d+ ") as caught,
        wrong_events_named(good, bad),
    ):
        raise KeyError
    assert caught.value.line == caught.value.last_good + 2
    assert "verify b.jsonl" in caught.value.hint
