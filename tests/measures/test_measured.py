"""The measures of a session: what was meant and taken, lines, channels, conduct; for both sides alike."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.bots import bots_at
from tests.engine.play import Play, bots, shipped, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.events import Guess
from crisis_sim.engine.views.channel_use import channel_uses, contacts
from crisis_sim.engine.views.seats import view_for
from crisis_sim.engine.views.shared_facts import ActFacts
from crisis_sim.measures.conduct import GEORGE, SWAINE, Conduct, conduct
from crisis_sim.measures.line_guesses import line_map
from crisis_sim.measures.meanings import Meaning, direction, least_foreseen, meanings, mirror, widest
from crisis_sim.measures.session_measures import Measures, measured
from crisis_sim.measures.tension import at_stake, felt, tension_by, turning_points
from crisis_sim.playtest.bots import play_out
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.session.course import trace_course
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session

NO_WORDS = ActFacts(side="us", channel="press", visibility="public")


def act(side: Side, order: int, intent: int, reading: int | None, expected: int | None = None) -> Meaning:
    """An act with these meanings, and nothing else to say about it."""
    key = (side, 1, order)
    return Meaning(
        key, 0, "accuse", NO_WORDS, "public", "in-time", 1, intent, expected, None, None, reading, None, None
    )


def draft(move: str, channel: str, visibility: str = "public", intent: int = 0, **more: object) -> a.Draft:
    return a.Draft(move=move, channel=channel, visibility=visibility, text="", intent=intent, **more)  # type: ignore[arg-type]  # as each test gives them


def conducted(play: Play, side: Side) -> Conduct:
    return conduct(play.state, play.table, side, meanings(play.state, play.table))


def virus() -> Play:
    """The shipped outbreak, at its briefing."""
    return Play(shipped("new-virus"), seed="1", length=90)


def unmet(items: object) -> set[str]:
    return {item.key for item in items if not item.met}  # type: ignore[attr-defined]  # items of a checklist


# meant and taken


def test_bias_noise_and_error_are_those_of_the_gaps() -> None:
    """Gaps of +2, 0 and −1: mean ⅓, mean size 1, spread √(7/3)."""
    acts = (act("us", 1, 0, 2), act("us", 2, 1, 1), act("us", 3, 0, -1), act("us", 4, 0, None), act("china", 1, 3, 3))
    found = direction(acts, "us")
    assert (found.acts, found.read) == (4, 3)
    assert (found.bias, found.error) == (Fraction(1, 3), Fraction(1))
    assert found.noise is not None and round(float(found.noise), 6) == round((7 / 3) ** 0.5, 6)


def test_a_gap_is_what_its_sender_foresaw_and_what_it_did_not() -> None:
    """Meant 0, expected +2, taken +3: two steps foreseen, one not. Acts of which nothing was asked are left out."""
    acts = (act("us", 1, 0, 3, 2), act("us", 2, -1, -1, 0), act("us", 3, 0, 3), act("us", 4, 0, None, 2))
    assert [(each.foreseen, each.unforeseen) for each in acts] == [(2, 1), (1, -1), (None, None), (None, None)]
    assert [each.gap for each in acts[:2]] == [3, 0]
    found = direction(acts, "us")
    assert (found.read, found.asked) == (3, 2)
    assert (found.foreseen, found.unforeseen, found.surprise) == (Fraction(3, 2), Fraction(0), Fraction(1))


def test_who_knew_that_an_act_would_sting_was_not_misread() -> None:
    """An insult taken as one, three steps from what was meant and none from what was expected, comes last."""
    sting, slip = act("us", 1, 0, 3, 3), act("china", 1, -1, 0, -1)
    assert widest((sting, slip), 5) == (slip, sting)
    assert least_foreseen((sting, slip)) == (slip,)


def test_neither_side_is_named_alone_where_acts_of_both_share_the_widest() -> None:
    """All that share it are found; within a turn the two sides take turns at being first."""
    one, two, less = act("us", 1, 0, 2, 0), act("china", 1, 0, -2, 0), act("us", 2, 0, 1, 0)
    assert set(least_foreseen((one, two, less))) == {one, two}
    for turn, first in ((1, "us"), (2, "china")):
        acts = tuple(each._replace(key=(each.key[0], turn, 1)) for each in (one, two))
        assert least_foreseen(acts)[0].key[0] == first
    assert least_foreseen((act("us", 1, 1, 1, 1),)) == ()


def test_words_for_home_that_are_taken_to_be_for_the_other_are_crossed() -> None:
    """Of acts of which both sides said it; the other way round is none."""
    one = act("us", 1, 0, 1)
    pairs = (("home", "them"), ("them", "home"), ("home", "home"), ("home", None), (None, "them"))
    acts = tuple(one._replace(audience=meant, taken_for=taken) for meant, taken in pairs)  # type: ignore[arg-type]  # as given
    found = direction(acts, "us")
    assert (found.audiences, found.same_audience, found.crossed) == (3, 1, 1)


def test_the_mirror_image_is_how_the_other_looked_less_how_one_saw_oneself() -> None:
    """Own acts meant as −1, the other's taken as +2: +3."""
    acts = (act("us", 1, -1, 0), act("china", 1, 0, 2), act("china", 2, 0, None))
    found = mirror(acts, "us")
    assert (found.own, found.others, found.image) == (Fraction(-1), Fraction(2), Fraction(3))
    assert mirror(acts[:1], "us").image is None


def test_the_widest_gaps_come_first_whichever_way() -> None:
    """Acts that were taken as they were meant, or not at all, are not among them."""
    acts = (act("us", 1, 0, 1), act("us", 2, 0, 0), act("us", 3, 2, -1), act("us", 4, 0, None), act("us", 5, 0, -1))
    assert [each.key[2] for each in widest(acts, 2)] == [3, 1]
    assert [each.key[2] for each in widest(acts, 9)] == [3, 1, 5]


# lines


def guess(kind: str, concern: str, weight: int = 5) -> Guess:
    return Guess(line=kind, concern=concern, says="", weight=weight)  # type: ignore[arg-type]  # red or pink


def test_a_guess_matches_a_line_of_its_kind_and_concern_once() -> None:
    """China holds a pink line on face and a red one on sovereignty: one of three guesses hits."""
    play = small()
    guesses = (guess("pink", "face"), guess("pink", "face"), guess("red", "safety"))
    found = line_map(play.state, play.table, "china", guesses)
    assert (found.lines, found.guesses, found.matched) == (2, 3, 1)
    assert (found.hit_rate, found.jaccard) == (Fraction(1, 2), Fraction(1, 4))


def test_weights_are_compared_where_the_owner_gave_one() -> None:
    """A line that the team wrote has a weight; one of the scenario has none."""
    play = virus()
    play.submit("us", a.WriteLine(line="pink", concern="status", says="No club without us.", weight=8))
    found = line_map(play.state, play.table, "us", (guess("pink", "status", 5), guess("pink", "people", 1)))
    assert found.matched == 2 and found.weight_error == Fraction(3)


def test_nothing_guessed_has_no_false_precision() -> None:
    """No guesses: no hit rate, which would say that all of them had missed, and no error of weights."""
    play = small()
    found = line_map(play.state, play.table, "us", ())
    assert (found.hit_rate, found.jaccard, found.weight_error) == (None, None, None)


def test_bots_guess_no_lines_in_the_closing() -> None:
    """So that shares of guesses after play are of people alone, as docs/measures.md says; those before it are there."""
    play = bots(shipped("new-virus"), "attentive", "curious", length=45)
    for side in SIDES:
        guesser = play.state.team(other(side))
        assert line_map(play.state, play.table, side, guesser.guesses_before).hit_rate is not None
        after = line_map(play.state, play.table, side, guesser.guesses_after)
        assert (after.hit_rate, after.jaccard) == (None, None)


# channels and conduct


def test_contact_counts_what_was_private_before_anything_was_public() -> None:
    """And the hour of the first private act that arrived."""
    play = virus()
    ask = draft("private-inquiry", "embassies", "private")
    play.turn((ask, draft("criticise", "press")), (draft("criticise", "press"), ask))
    us, china = contacts(play.state)
    assert (us.private_before_public, china.private_before_public) == (1, 0)
    assert (us.public, us.private) == (1, 1)
    assert us.asked == 1


def test_every_act_is_counted_on_its_channel() -> None:
    """The sums over channels are all acts."""
    play = bots(shipped("new-virus"), "mirror", "salami")
    found = meanings(play.state, play.table)
    uses = channel_uses(play.state, play.table)
    assert sum(use.us + use.china for use in uses) == len(found)
    assert [use.id for use in uses] == list(play.table.scenario.channels)


def test_a_calm_side_meets_both_checklists_where_it_acts_at_all() -> None:
    """What speaks against a side is named with its acts."""
    play = virus()
    play.turn((draft("show-of-force", "field-teams"),), (draft("private-inquiry", "embassies", "private"),))
    us, china = conducted(play, "us"), conducted(play, "china")
    assert "no-alarm" in unmet(us.george) and "slow" in unmet(us.swaine)
    assert not unmet(china.george) & {"no-alarm", "limited", "matched", "talk"}
    assert next(item for item in us.george if item.key == "no-alarm").evidence == (("us", 1, 1),)
    assert us.provocations == (("us", 1, 1),) and china.undecided == (("us", 1, 1),)


def test_soothing_and_pressing_in_one_turn_is_a_mixed_signal() -> None:
    """Words and deeds point in opposite ways."""
    play = virus()
    play.turn((draft("offer-help", "embassies", "private"), draft("show-of-force", "field-teams")), ())
    assert conducted(play, "us").mixed_turns == (1,)
    assert "matched" in unmet(conducted(play, "us").george)
    assert conducted(play, "china").mixed_turns == ()


def test_each_checklist_has_seven_items_with_names_of_their_own() -> None:
    """As in the literature."""
    for items in (GEORGE, SWAINE):
        assert len(items) == 7 == len({key for key, _, _ in items})


# the whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Measures]:
    """A session of two bots in a log, and its measures."""
    path = tmp_path_factory.mktemp("log") / "a.jsonl"
    with Session.start(path, shipped("new-virus"), seed="4", length=90) as session:
        seats = {seat: session.seat(seat) for seat in ("us", "china", "facilitator")}
        players = bots_at(session.table, ("mirror", "4/us"), ("salami", "4/china"))
        play_out(players, lambda seat: seats[seat].view(), session.submit)
    return path, measured(replay(path))


def test_the_measures_agree_with_what_the_hotwash_showed(whole: tuple[Path, Measures]) -> None:
    """Mean gaps, Brier scores, requests and tension are the same numbers, to the hundredth that the hotwash shows."""
    path, found = whole
    played = replay(path)
    hotwash = view_for(played.state, played.table, "facilitator").hotwash
    assert hotwash is not None
    for ours, theirs in zip(found.directions, (hotwash.mean_gap_us, hotwash.mean_gap_china), strict=True):
        assert theirs is not None and ours.bias is not None and abs(ours.bias * 100 - theirs) <= Fraction(1, 2)
    for made, brier in zip(found.foresights, (hotwash.brier_us, hotwash.brier_china), strict=True):
        assert brier is not None and made.brier is not None and abs(made.brier * 100 - brier) <= Fraction(1, 2)
    assert sum(each.asked for each in found.contacts) == hotwash.asked
    assert sum(each.unanswered for each in found.contacts) == hotwash.unanswered
    assert found.course.turns[-1].tension == hotwash.score.tension
    assert found.blind_turns == hotwash.blind_turns


def test_the_same_log_gives_the_same_measures(whole: tuple[Path, Measures]) -> None:
    """Twice, to the last digit."""
    path, found = whole
    assert measured(replay(path)) == found


def test_turning_points_are_in_order_and_include_every_crossing_and_conclusion(whole: tuple[Path, Measures]) -> None:
    """Whatever else moved tension further."""
    _, found = whole
    turns = [point.turn for point in found.turning_points]
    assert turns == sorted(turns)
    of_lines = {turn.number for turn in found.course.turns if turn.crossed or turn.concluded or turn.drawn_back}
    assert of_lines and of_lines <= set(turns)


def test_the_two_sides_are_measured_alike() -> None:
    """Swapping everybody's acts and readings swaps the measures."""
    acts = (act("us", 1, -1, 2), act("us", 2, 0, 0), act("china", 1, 1, -1))
    swapped = tuple(each._replace(key=("china" if each.key[0] == "us" else "us", *each.key[1:])) for each in acts)
    for one, two in (SIDES, SIDES[::-1]):
        assert direction(acts, one)._replace(sender=two) == direction(swapped, two)
        assert mirror(acts, one)._replace(side=two) == mirror(swapped, two)


def test_what_was_felt_above_tension_is_the_share_of_misreading() -> None:
    """A side whose felt tension follows the catalogue has none."""
    play = small()
    play.turn((draft("criticise", "press"),), ())
    course = trace_course(play.table, (play.state,))
    one, two = course.turns[-1], course.turns[-1]._replace(tension=4000, felt_us=5000, felt_china=4000)
    start = one._replace(number=0, tension=3000, felt_us=3000, felt_china=3000)
    us, china = felt(course._replace(turns=(start, two)), play.state)
    assert (us.end, us.distance, china.distance) == (5000, 1000, 0)
    assert felt(course._replace(turns=(start, two._replace(tension=1000))), play.state)[0].share == 1
    assert (us.share, china.share) == (Fraction(1, 2), Fraction(0))


def test_what_was_set_by_hand_is_apart_from_events_and_time() -> None:
    """Tension that the facilitator overrides is no doing of either side's, nor of the crisis."""
    play = small()
    start = play.state
    play.turn((), ())
    before = tension_by(trace_course(play.table, (start, play.state)), play.state)
    tension = play.state.tension
    play.submit("facilitator", a.Override(meter="tension", of="", to=tension + 500, reason="a test"))
    by = tension_by(trace_course(play.table, (start, play.state)), play.state)
    assert by == dict(before) | {"facilitator": 500, "other": before["other"]}


def test_alerts_and_conclusions_are_told_apart_from_misreading() -> None:
    """What a side felt above tension is divided as readings, alerts and conclusions had added to it."""
    play = small()
    play.turn((), ())
    state, course = play.state, trace_course(play.table, (play.state,))
    weighed = e.ActWeighed(
        act=("china", 1, 1), sender="china", base=200, weight=200, felt=600, tension=3000, felt_before=3000,
        at="x.yaml:1", alert=200, visible="facilitator",
    )  # fmt: skip
    drawn = e.ConclusionDrawn(side="us", line="a", leads_to="b", felt=100, trust=100, visible="us")
    back = e.FurtherFrom(side="us", line="a", leads_to="b", act=("china", 1, 1), felt=50, trust=50, visible="us")
    one = course.turns[-1]._replace(number=1, tension=3000, felt_us=3450, felt_china=3000)
    start = one._replace(number=0, felt_us=3000)
    told = state.turn_events[0], (weighed, drawn, back)
    us, china = felt(course._replace(turns=(start, one)), replace(state, turn_events=told))
    assert (us.share, us.alert, us.conclusions) == (Fraction(200, 450), Fraction(200, 450), Fraction(50, 450))
    assert china.share is None and china.alert is None


def test_turning_points_are_the_furthest_moves_whichever_way() -> None:
    """A fall counts as a rise does, a turn that moved nothing does not, and a crossing does however little it moved."""
    play = small()
    play.turn((), ())
    one = trace_course(play.table, (play.state,)).turns[-1]
    tensions = (3000, 2000, 2000, 2300, 2301, 2501)
    turns = tuple(
        one._replace(number=n, tension=at, crossed=("us/face",) if n == 4 else ()) for n, at in enumerate(tensions)
    )
    course = trace_course(play.table, (play.state,))._replace(turns=turns)
    assert [(point.turn, point.moved) for point in turning_points(course, 2)] == [(1, -1000), (3, 300), (4, 1)]


def test_what_is_at_stake_ends_better_or_worse_by_its_own_direction() -> None:
    """A track that is good when it rises is worse when it fell; of a clock only whether it ran out is told."""
    play = virus()
    for name, track in play.table.scenario.tracks.items():
        for by in (100, -100):
            state = replace(play.state, tracks={**play.state.tracks, name: track.start + by})
            found = next(each for each in at_stake(state, play.table) if each.id == name)
            assert found.better is (None if track.runs_out else (by > 0) == (track.good == "up"))
            assert found.ran_out is (track.runs_out and track.start + by <= track.least)


def test_a_clock_has_run_out_when_it_stands_at_its_end() -> None:
    """And not a hundredth before."""
    play = small()
    ((name, track),) = play.table.scenario.tracks.items()
    assert track.runs_out
    for left, out in ((0, True), (1, False)):
        state = replace(play.state, tracks={name: track.least + left})
        assert [each.ran_out for each in at_stake(state, play.table)] == [out]


def test_three_turning_points_are_told_where_nothing_else_is_asked() -> None:
    """Of five turns that moved tension."""
    play = small()
    one = trace_course(play.table, (play.state,)).turns[-1]
    turns = tuple(one._replace(number=n, tension=100 * n * n, crossed=()) for n in range(6))
    course = trace_course(play.table, (play.state,))._replace(turns=turns)
    assert [point.turn for point in turning_points(course)] == [3, 4, 5]
