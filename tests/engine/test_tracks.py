"""What is at stake for all or for one team: how tracks move, stop, and what follows at their marks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from tests.engine.asking import FORCE, HELP, answer, go_on, told
from tests.engine.play import Play, small, varied, with_own_tracks
from tests.engine.test_event_words import inject, through, with_injects
from tests.engine.twins import shown
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.blocks import MeterBar, words
from crisis_sim.pages.cost_opened import at_the_end, cost_blocks
from crisis_sim.pages.phrases import team
from crisis_sim.pages.seat_page import head_blocks
from crisis_sim.pages.standing_blocks import is_nearly_lost, meter_blocks, track_blocks, track_word
from crisis_sim.pages.traces import reason_of
from crisis_sim.rules.names import Language

AIR = "hours-of-air"


def moved(play: Play) -> list[tuple[str, int]]:
    """Each change of the track: rule, and by how much."""
    return [
        (event.trace.rule, event.trace.after - event.trace.before)
        for event in told(play.events, e.NumberMoved)
        if event.meter == "track"
    ]


def test_a_clock_runs_by_the_hours_of_the_game() -> None:
    """However long the turn; everybody sees it, with what changed since the turn before."""
    play = small(length=45)
    play.turn()
    go_on(play, "situation")
    assert moved(play) == [("clock", -2400)]
    for seat in ("us", "china", "observer", "facilitator"):
        track = play.look(seat).tracks[0]
        assert (track.value, track.change) == (1600, -2400)


def test_a_clock_stops_once_its_condition_holds() -> None:
    """Help accepted: the tow is across, and the hours run no more."""
    play = small(length=150)
    play.turn(us=(HELP,))
    play.turn(china=(answer("accept-help", 1, "accept"),))
    assert play.state.tracks[AIR] == 4000 - 1200 + 600
    go_on(play, "situation")
    assert play.state.tracks[AIR] == 3400
    assert moved(play) == [("clock", -1200), (f"track {AIR}/0", 600)]


def test_a_change_of_once_happens_once_and_one_of_each_turn_every_turn() -> None:
    """Both are traced, and what the scenario says of them is found again."""
    play = small(length=150)
    play.turn(us=(HELP, HELP))
    play.turn(china=(answer("accept-help", 1, "accept"), answer("accept-help", 2, "accept")), us=(FORCE,))
    assert [change for change in moved(play) if change[0] == f"track {AIR}/0"] == [(f"track {AIR}/0", 600)]
    play.turn(us=(FORCE,))
    assert [change for change in moved(play) if change[0] == f"track {AIR}/1"] == [(f"track {AIR}/1", -200)] * 2
    traces = [event.trace for event in told(play.events, e.NumberMoved) if event.trace.rule.startswith("track")]
    says = [reason_of(trace, play.say("facilitator").white) for trace in traces]
    assert {each["en"] for each in says if each} == {"A tow line is across.", "The tugs stand off."}
    assert all(trace.at.startswith("scenarios/small-test/scenario.yaml:") for trace in traces)


def test_a_mark_is_reached_once_with_its_consequence() -> None:
    """The ferry is on the reef: tension rises by five, and it is told to all."""
    play = small()
    go_on(play, "situation")
    play.submit("facilitator", a.Override(meter="track", of=AIR, to=600, reason="a storm"))
    go_on(play, "results")
    before = play.state.tension
    go_on(play, "situation")
    assert play.state.tracks[AIR] == 0, "it stops at its least"
    assert [(event.track, event.mark) for event in told(play.events, e.TrackMarked)] == [(AIR, 0)]
    assert play.state.tension == before - 100 + 500
    assert any(item.head == "Hours of drift: The ferry is on the reef." for item in play.told("observer"))
    go_on(play, "closed")
    assert len(told(play.events, e.TrackMarked)) == 1


def test_once_play_is_over_no_track_has_changed_since_a_turn() -> None:
    """Where it came to is told from the start to the end, and not from a turn that is no more."""
    play = small()
    go_on(play, "situation")
    go_on(play, "results")
    go_on(play, "situation")
    assert play.team("us").tracks[0].change
    go_on(play, "closing")
    assert not play.team("us").tracks[0].change


def test_teams_are_told_whole_numbers_that_agree_with_what_changed() -> None:
    """A little is never nothing, nor a small move none; the white cell has every decimal."""
    play = small()
    go_on(play, "situation")
    say, white = play.say("us"), play.say("facilitator")
    assert [say.counted(value) for value in (0, 30, 825, 850, 900)] == ["0", "1", "8", "9", "9"]
    assert say.change(825, 900) == "+1" and say.change(900, 825) == "−1"
    assert say.change(825, 845) == "a little more"
    assert say.moved(AIR, 825, 900).endswith(": 8 → 9 h")
    assert say.moved(AIR, 845, 825).endswith(": 8 h, a little less")
    assert white.moved(AIR, 825, 900).endswith(": 8.25 → 9 h")


def test_a_clock_is_shown_as_bad_only_when_its_word_says_so() -> None:
    """Red at an eighth of the scale, wherever a clock is drawn, and not while half of it may be left."""
    play = small()
    go_on(play, "situation")
    drawn = {}
    for value in (1500, 800, 700):
        play.submit("facilitator", a.Override(meter="track", of=AIR, to=value, reason="to look at it"))
        view, say = play.team("us"), play.say("us")
        face = f"{value // 100} {say.localize(say.dossier.tracks[AIR].unit)}"
        meters = [block for block in head_blocks(view, say) if isinstance(block, MeterBar)]
        drawn[value] = {span.tone for meter in meters for span in meter.text if face in span.text}
    red = {place for place, tones in drawn.items() if tones == {"bad"}}
    assert red == {700}


def test_a_clock_of_no_length_is_full() -> None:
    """An author may write one that can stand at one number alone; it is drawn, and nothing is bad about it."""
    play = small()
    go_on(play, "situation")
    say = play.say("us")
    stuck = replace(say.dossier.tracks[AIR], least=500, most=500)
    assert (track_word(stuck, 500, say), is_nearly_lost(stuck, 500)) == ("full", False)


def test_a_clock_word_agrees_with_its_bar() -> None:
    """Full only at the most there can be, as a bar is; gone at nothing."""
    play = small()
    go_on(play, "situation")
    words = {}
    for value in (6000, 5900, 4600, 3000, 2900, 1500, 1400, 800, 700, 1, 0):
        play.submit("facilitator", a.Override(meter="track", of=AIR, to=value, reason="to look at it"))
        words[value] = track_word(play.say("us").dossier.tracks[AIR], value, play.say("us"))
    assert words == {
        6000: "full",
        5900: "plenty left",
        4600: "plenty left",
        3000: "plenty left",
        2900: "over half gone",
        1500: "over half gone",
        1400: "little left",
        800: "little left",
        700: "nearly gone",
        1: "nearly gone",
        0: "gone",
    }


ASK = a.Draft(move="request-call", channel="hotline")


def bars(play: Play, seat: a.SeatName, language: Language = "en") -> list[str]:
    """What stands beside the bars of what is at stake."""
    blocks = track_blocks(play.look(seat).tracks, play.say(seat, language))
    return [bar.name for bar in blocks]


def test_what_a_team_has_for_itself_changes_no_byte_of_what_others_see() -> None:
    """Another start, name, pace and marks of the US track: China and an observer see and know the same."""

    def change(tree: dict[str, Any]) -> None:
        of = tree["tracks"]["fuel-us"]
        of |= {"name": "ZQX men", "start": 77, "per_hour": 1, "unit": "ZQX men", "marks": [], "changes": []}

    material = with_own_tracks(small_material())
    one, two = Play(material), Play(varied(material, change))
    seats: tuple[a.SeatName, ...] = ("china", "observer")
    for seat in seats:
        assert dossier_for(one.table, seat) == dossier_for(two.table, seat)
        assert ("fuel-china" in dossier_for(one.table, seat).tracks) == (seat == "china")
    while one.state.phase != "closing":
        for play in (one, two):
            if play.state.phase == "moves" and not play.state.us.drafts:
                play.submit("us", a.SealMove(draft=ASK))
                play.submit("china", a.SealMove(draft=ASK))
            play.submit("facilitator", a.Advance())
        assert shown(one, "china") == shown(two, "china")
        assert shown(one, "observer") == shown(two, "observer") and b"ZQX" not in shown(one, "observer")
        assert b"ZQX us" not in shown(one, "china") and b"fuel-us" not in shown(one, "china")
    assert b"ZQX china under 20" in shown(one, "china") and b"ZQX us under 20" in shown(one, "us")
    assert one.state.tracks["fuel-us"] != two.state.tracks["fuel-us"]


def test_its_team_and_the_facilitator_see_whose_it_is() -> None:
    """On the page of what is at stake; each event of it may be seen by that team alone."""
    play = Play(with_own_tracks(small_material()))
    play.turn(us=(ASK,), china=(ASK,))
    names = {seat: bars(play, seat) for seat in a.SEATS}
    assert names["us"] == ["Hours of drift", "ZQX fuel of us (ours alone)"]
    assert names["china"] == ["Hours of drift", "ZQX fuel of china (ours alone)"]
    assert names["facilitator"] == [
        "Hours of drift",
        "ZQX fuel of us (United States alone)",
        "ZQX fuel of china (China alone)",
    ]
    assert names["observer"] == ["Hours of drift"]
    assert bars(play, "us", "zh")[1] == "ZQX fuel of us（仅我方）"
    for event in play.events:
        if isinstance(event, e.TrackMarked | e.NumberMoved) and b"fuel-us" in msgspec.json.encode(event):
            assert event.visible == "us"
    assert play.state.tracks["fuel-us"] < 4000


def test_the_hotwash_opens_it_to_all() -> None:
    """What it was, and what it came to, in every seat's own pages."""
    play = Play(with_own_tracks(small_material()))
    while play.state.phase != "hotwash":
        play.submit("facilitator", a.Advance())
    for seat in a.SEATS:
        hotwash, say = play.look(seat).hotwash, play.say(seat)
        assert hotwash is not None
        whose = "ours alone" if seat == "us" else f"{team(say, 'us')} alone"
        assert any(told.startswith(f"ZQX fuel of us ({whose}): ") for told in at_the_end(hotwash, say))
        assert f"ZQX fuel of us ({whose})" in str(list(cost_blocks(hotwash.courses, say)))


def test_a_text_may_tell_a_teams_own_number_to_that_team() -> None:
    """Each team has its own in its feed."""
    text = {"us": "Ours: {fuel-us}.", "china": "Ours: {fuel-china}."}
    own = with_own_tracks(with_injects(inject("news")))
    play = Play(varied(own, lambda tree: tree["msel"][0].update(text=text)), length=150)
    next(through(play))
    assert play.told("us")[-1].text == play.told("china")[-1].text == "Ours: 40 ZQX tonnes."
    assert b"fuel-us" not in shown(play, "china") and b"fuel-china" not in shown(play, "us")


@pytest.mark.parametrize("text", ["{fuel-us}", {"us": "-", "china": "{fuel-us}"}])
def test_a_text_for_others_names_no_teams_own_track(text: object) -> None:
    """It is refused where it stands."""
    with pytest.raises(CrisisSimError, match="only the US sees 'fuel-us', and China reads this"):
        with_own_tracks(
            varied(with_own_tracks(with_injects(inject("x"))), lambda tree: tree["msel"][0].update(text=text))
        )


def test_a_team_sees_which_way_its_trust_goes_though_its_number_stays() -> None:
    """Since the turn before, until the turn at hand is judged; and nothing of the other side's."""
    play = small()
    go_on(play, "moves")
    trust = play.state.trust["us"]
    play.submit("facilitator", a.Override(meter="trust", of="us", to=trust - 30, reason="to look at it"))
    for phase in ("moves", "results", "situation"):
        go_on(play, phase)
        told = [
            words(each.text) for each in meter_blocks(play.team("us"), play.say("us")) if isinstance(each, MeterBar)
        ]
        assert [text.rpartition(", ")[2] for text in told][:2] == ["fair", "falling"], phase
        assert play.team("china").moved[1] >= 0
    play.turn()
    go_on(play, "situation")
    assert play.team("us").moved[1] >= 0
