"""A track that is one team's: before the hotwash nobody else is shown it, its marks or its numbers in a text."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.engine.play import Play, varied, with_own_tracks
from tests.engine.test_event_words import inject, through, with_injects
from tests.engine.twins import shown
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.blocks import MeterBar
from crisis_sim.pages.cost_opened import cost_blocks
from crisis_sim.pages.phrases import team
from crisis_sim.pages.standing_blocks import track_blocks
from crisis_sim.pages.summary import at_the_end
from crisis_sim.rules.names import Language

ASK = a.Draft(move="request-call", channel="hotline")


def bars(play: Play, seat: a.SeatName, language: Language = "en") -> list[str]:
    """What stands beside the bars of what is at stake."""
    blocks = track_blocks(play.look(seat).tracks, play.say(seat, language))
    return [bar.name for bar in blocks if isinstance(bar, MeterBar)]


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
