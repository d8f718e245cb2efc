"""A preview shows what play would show, and leaks no more than play would."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.engine.play import Play, shipped
from tests.small import small_material

from crisis_sim.authoring.preview import Preview
from crisis_sim.content.listings import list_scenarios
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView
from crisis_sim.errors import UnreadableInput
from crisis_sim.pages.duty import duty
from crisis_sim.pages.feed_words import item_words


def preview(length: int = 90) -> Preview:
    return Preview(small_material(), length)


def test_a_turn_is_the_one_that_play_would_open() -> None:
    """What a team sees in a preview of turn 2 is what it sees in a session in which nobody has acted."""
    play = Play(small_material(), seed="preview", length=90)
    play.turn()
    while play.state.phase != "moves" or play.state.turn != 2:
        play.submit("facilitator", a.Advance())
    for seat in ("us", "china", "facilitator", "observer"):
        assert preview().view_at(seat, 2) == replace(play.look(seat), session="preview")


def feed_of(shown: Preview, seat: a.SeatName, turn: int, inject: str | None = None) -> list[str]:
    """What a seat has been told, in heads and words."""
    feed, say = shown.view_at(seat, turn, inject).feed, shown.seat_formatter(seat)
    return [f"{of.head} {of.text}" for of in (item_words(item, say) for item in feed)]


def test_a_contingent_inject_can_be_looked_at_as_if_it_had_come() -> None:
    """Released for the look alone; a second look without it does not have it."""
    shown = preview()
    told = feed_of(shown, "china", 3, "rumour")
    assert any("American vessel" in text for text in told)
    assert not any("American vessel" in text for text in feed_of(shown, "china", 3))
    assert not any("American vessel" in text for text in feed_of(shown, "us", 3, "rumour"))


def test_an_inject_is_looked_at_without_its_opposite() -> None:
    """Two branches of one question are never on the screen together."""
    virus = Preview(shipped("lost-airliner"), 90)
    turn = next(turn for turn in virus.turns() if any(page.id == "notices-joined" for page in turn.injects))
    assert {"notice-stands", "notices-joined"} <= {page.id for page in turn.injects}
    titles = {page.id: page.title for page in turn.injects}
    heads = " ".join(feed_of(virus, "us", turn.number, "notices-joined"))
    assert titles["notices-joined"] in heads and titles["notice-stands"] not in heads
    alone = " ".join(feed_of(virus, "us", turn.number, "notice-stands"))
    assert titles["notice-stands"] in alone and titles["notices-joined"] not in alone


def test_a_look_says_that_it_is_one() -> None:
    """On every seat's screen, where play would say what to do."""
    for seat in ("us", "china", "facilitator", "observer"):
        assert "A look only" in duty(preview().view_at(seat, 2), preview().seat_formatter(seat))


@pytest.mark.parametrize("length", [45, 90, 150])
def test_every_inject_of_a_length_stands_in_one_turn(length: int) -> None:
    """The plan leaves none out and tells none twice."""
    for listing in list_scenarios():
        material = shipped(listing.id)
        told = [page.id for turn in Preview(material, length).turns() for page in turn.injects]
        assert sorted(told) == sorted(each.id for each in material.scenario.msel if length in each.lengths)


def test_a_page_tells_each_team_its_own_words() -> None:
    """An inject for one team has no words for the other."""
    page = preview().inject("survey-ship")
    assert page.us == "A Chinese survey ship is beside the ferry." and "Our survey ship" in page.china
    rumour = preview().inject("rumour")
    assert rumour.us == "" and rumour.china
    assert preview().inject("tug-offer").follows == ("“Marenga has let foreign crews in” becomes true",)


def test_channels_tell_whether_an_unused_one_is_quick_enough() -> None:
    """A message over a channel takes longer than a short turn has hours."""
    virus = Preview(shipped("new-virus"), 150)
    short = virus.turns()[1]
    in_time = {name: soon for name, _, _, soon in short.channels}
    view = virus.view_at("us", 2)
    assert isinstance(view, TeamView)
    for channel in view.channels:
        assert in_time[virus.seat_formatter("us").channel(channel.id)] == (channel.latency <= short.ends - short.hour)
    assert set(in_time.values()) == {True, False}


def test_what_is_not_there_is_said_with_a_way_out() -> None:
    """A wrong length, turn or inject is a sentence."""
    with pytest.raises(UnreadableInput) as length:
        preview(60)
    assert str(length.value.hint) == "choose 45 or 90 or 150"
    with pytest.raises(UnreadableInput) as turn:
        preview().view_at("us", 9)
    assert turn.value.hint == "choose 1 to 3"
    with pytest.raises(UnreadableInput) as inject:
        preview().inject("rumor")
    assert inject.value.hint == "did you mean 'rumour'?"


def test_a_team_sees_no_plan_in_a_preview_either() -> None:
    """The plan is the facilitator's."""
    assert isinstance(preview().view_at("facilitator", 1), FacilitatorView)
    assert not hasattr(preview().view_at("us", 1), "msel")
    assert not hasattr(preview().view_at("observer", 1), "msel")
