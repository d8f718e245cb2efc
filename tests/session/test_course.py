"""What happened stands in the turn in which it happened, and the numbers are those of that turn's end."""

from __future__ import annotations

from msgspec.structs import replace
from tests.measures.record import record, sent, table

from crisis_sim.engine.state import SKIPPED, Crossing
from crisis_sim.session.course import contrast, traced

INJECTS = [inject.id for inject in table().scenario.msel]
END = record(
    sent("us", 1, "private-inquiry", reading=2, intent=-1),
    sent("china", 2, "criticise", arrived=0),
    played=2,
    hour=48,
    tension=4_200,
    crossings=(Crossing("us", "own-soil", "china", None, 1), Crossing("china", "face", "us", "x", 2)),
    injects={INJECTS[0]: 0, INJECTS[1]: 1, INJECTS[2]: 2, INJECTS[3]: SKIPPED},
)
END = replace(END, felt={"us": 4_500, "china": 3_900}, pressure={"us/ours": 3, "china/theirs": 4})
END = replace(END, trust={"us": 100, "china": 300}, standing={"us": 200, "china": 400})
FIRST = replace(END, turn=1, hour=24, tension=3_000, crossings=END.crossings[:1])
STATES = (replace(END, turn=0, hour=0), replace(FIRST, tension=9_999), FIRST, replace(END, tension=1), END)


def test_each_turn_has_what_came_in_it() -> None:
    """Acts by when they were sent, with how they were taken in the end; crossings, injects, and the last numbers."""
    found = traced(table(), STATES)
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
    two = traced(table(), STATES).turns[2]
    assert (two.felt_us, two.felt_china) == (4_500, 3_900)
    assert (two.trust, two.standing) == ({"us": 100, "china": 300}, {"us": 200, "china": 400})
    assert two.pressure == {"us/ours": 3, "china/theirs": 4}
    assert two.tracks == END.tracks


def test_a_session_has_ended_once_its_hotwash_is_open() -> None:
    """Not before; and it is named by its scenario, packs, length and seed."""
    ends = {
        phase: traced(table(), [replace(END, phase=phase)]).ended
        for phase in ("results", "closing", "hotwash", "closed")
    }
    assert ends == {"results": False, "closing": False, "hotwash": True, "closed": True}
    found = traced(table(), [END])
    assert (found.length, found.seed, found.session) == (table().length, table().seed, table().session)
    assert found.packs == tuple(pack.id for pack in table().material.packs)


def test_acts_that_one_has_twice_are_told_once_more_of_it() -> None:
    """Each act of the other answers for one."""
    course = traced(table(), STATES)
    one = course.turns[1]
    twice = course._replace(turns=(course.turns[0], one._replace(acts=one.acts * 2), course.turns[2]))
    found = contrast(course, twice)
    assert [(turn.only_a, turn.only_b) for turn in found.turns] == [((), ()), ((), one.acts), ((), ())]
    assert found.first is not None and found.first.number == 1
    assert found.tracks == tuple(table().scenario.tracks)
    assert contrast(course, course._replace(turns=course.turns[:2])).turns[2].is_same is False


def test_only_tracks_that_both_have_are_compared() -> None:
    """As under a scenario of another version; what stands at the start says which there are."""
    course = traced(table(), STATES)
    first, *rest = course.turns
    known, *others = first.tracks
    fewer = course._replace(turns=(first._replace(tracks={known: 0}), *rest))
    assert others
    assert contrast(course, fewer).tracks == contrast(fewer, course).tracks == (known,)
