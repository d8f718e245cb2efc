"""The MSEL: what is due, contingent, held, skipped, released or improvised, and what follows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.engine.asking import HELP, go_on, phase, refused, told
from tests.engine.play import Play, small
from tests.small import SMALL

from crisis_sim.content.load import load_material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.apply import apply


def delivered(play: Play) -> list[tuple[str, bool]]:
    """Injects delivered so far, and whether by hand."""
    return [(event.inject, event.by_hand) for event in told(play.events, e.InjectDelivered)]


def standing(play: Play) -> dict[str, str]:
    """Where each inject stands in the facilitator's list."""
    return {inject.id: inject.state for inject in play.white().msel}


def test_injects_come_when_their_hour_has_come() -> None:
    """In the first turn played at or after it; a shorter length brings several at once."""
    play = small(length=150)
    go_on(play, "situation")
    assert delivered(play) == [("alert", False)]
    play.turn()
    go_on(play, "situation")
    assert delivered(play)[1:] == [("survey-ship", False)]
    short = small(length=45)
    short.turn()
    go_on(short, "situation")
    assert delivered(short)[1:] == [("survey-ship", False), ("tug-offer", False)]


def test_each_team_reads_its_own_words() -> None:
    """An observer reads neither where they differ; the facilitator reads both."""
    play = small()
    play.turn()
    go_on(play, "situation")
    words = {
        seat: [item.text for item in play.told(seat) if item.head == "Survey ship"]
        for seat in ("us", "china", "observer", "facilitator")
    }
    assert words["us"] == ["A Chinese survey ship is beside the ferry."]
    assert words["china"] == ["Our survey ship is the first on the scene."]
    assert words["observer"] == []
    assert words["facilitator"] == [
        "United States: A Chinese survey ship is beside the ferry.\nChina: Our survey ship is the first on the scene."
    ]
    assert any(item.head == "Distress call" for item in play.told("observer"))


def test_a_contingent_inject_waits_for_its_condition_and_not_for_ever() -> None:
    """Help offered keeps the host from asking; after its time it expires."""
    play = small(length=150)
    play.turn(us=(HELP,))
    go_on(play, "closed")
    assert "tug-offer" not in dict(delivered(play))
    quiet = small(length=150)
    go_on(quiet, "closing")
    assert "tug-offer" in dict(delivered(quiet))
    assert standing(play)["tug-offer"] == "expired"


def test_an_inject_carries_out_what_follows_with_a_trace() -> None:
    """The host opens the door; the fact names the inject and its line."""
    play = small(length=45)
    play.turn()
    go_on(play, "situation")
    facts = told(play.events, e.FactSet)
    assert [(event.fact, event.to, event.rule) for event in facts] == [("host-consent", True, "inject tug-offer")]
    assert facts[0].at.startswith("scenarios/small-test/scenario.yaml:")
    assert ("host-consent", None) in play.state.truths


def test_an_inject_can_close_a_channel(tmp_path: Path) -> None:
    """By nobody: both teams are told of it, and neither is said to have done it."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "scenarios" / "small-test" / "scenario.yaml"
    old = "    then: {set: {fact: host-consent, to: true}}\n"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, "    then: {suspend: hotline}\n"), "utf-8")
    play = Play(load_material(path), length=45)
    play.turn()
    play.open_moves()
    assert [(event.channel, event.by) for event in told(play.events, e.ChannelSuspended)] == [("hotline", None)]
    assert {channel.id: channel.state for channel in play.team("us").channels}["hotline"] == "suspended"
    for seat in ("us", "china", "observer"):
        assert "Defence hotline is suspended" in [item.head for item in play.told(seat)]


def test_the_facilitator_releases_holds_and_skips() -> None:
    """Whatever the hour or condition; a held one waits for the hand, a skipped one is struck; both can come back."""
    play = small(length=150)
    play.submit("facilitator", a.HoldInject(inject="survey-ship"))
    play.submit("facilitator", a.SkipInject(inject="tug-offer"))
    assert refused(play, "facilitator", a.HoldInject(inject="survey-ship")) == "inject/held"
    go_on(play, "situation")
    play.submit("facilitator", a.ReleaseInject(inject="rumour"))
    while play.state.turn < 4:
        play.submit("facilitator", a.Advance())
    assert delivered(play) == [("alert", False), ("rumour", True)]
    assert standing(play) == {"alert": "past", "survey-ship": "held", "tug-offer": "skipped", "rumour": "past"}
    play.submit("facilitator", a.ReleaseInject(inject="survey-ship"))
    play.submit("facilitator", a.ReleaseInject(inject="tug-offer"))
    assert [name for name, _ in delivered(play)][2:] == ["survey-ship", "tug-offer"]


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (a.ReleaseInject(inject="alert"), "inject/delivered"),
        (a.SkipInject(inject="alert"), "inject/delivered"),
        (a.HoldInject(inject="alrt"), "inject/unknown"),
        (a.ReleaseInject(inject=""), "inject/unknown"),
        (a.Improvise(to="both", text=" \x00 "), "words/length"),
        (a.Improvise(to="both", text="x" * 2_001), "words/length"),
    ],
)
def test_what_cannot_be_done_with_an_inject_is_refused(action: a.AnyAction, code: str) -> None:
    """With a way out."""
    play = small()
    go_on(play, "situation")
    assert refused(play, "facilitator", action) == code
    assert refused(play, "us", action) == "seat/facilitator"


def test_nothing_is_delivered_outside_the_turns() -> None:
    """Neither before the first nor after the last; the plan can be changed before."""
    play = small()
    for action in (a.ReleaseInject(inject="rumour"), a.Improvise(to="us", text="Word")):
        assert refused(play, "facilitator", action) == "phase/play"
    play.submit("facilitator", a.HoldInject(inject="alert"))
    go_on(play, "closing")
    assert refused(play, "facilitator", a.ReleaseInject(inject="rumour")) == "phase/play"


def test_improvised_words_reach_whom_they_are_for() -> None:
    """One team, or both with the same or other words, and an observer only what both were told alike."""
    play = small()
    go_on(play, "situation")
    play.submit("facilitator", a.Improvise(to="us", text="XQZ for you"))
    play.submit("facilitator", a.Improvise(to="both", text="XQZ all", text_china=None))
    play.submit("facilitator", a.Improvise(to="both", text="XQZ one", text_china="XQZ two"))
    heard = {
        seat: [item.text for item in play.told(seat) if "XQZ" in item.text]
        for seat in ("us", "china", "observer", "facilitator")
    }
    assert heard["us"] == ["XQZ for you", "XQZ all", "XQZ one"]
    assert heard["china"] == ["XQZ all", "XQZ two"]
    assert heard["observer"] == ["XQZ all"]
    assert heard["facilitator"] == ["XQZ for you", "XQZ all", "United States: XQZ one\nChina: XQZ two"]
    assert [event.visible for event in told(play.events, e.Improvised)] == ["us", "everyone", "facilitator"]


def test_an_inject_by_hand_comes_by_no_clock_and_one_of_another_length_not_at_all() -> None:
    """The rumour waits for the facilitator in 90 minutes, and is not part of 45."""
    play = small()
    go_on(play, "closing")
    assert "rumour" not in dict(delivered(play))
    assert standing(play)["rumour"] == "by-hand"
    assert standing(small(length=45))["rumour"] == "not-in-length"


def test_what_an_effect_makes_due_comes_when_the_next_turn_opens() -> None:
    """Once, and never in the turn in which it was made due."""
    play = small(length=150)
    play.turn()
    play.state = apply(play.state, e.InjectDue("rumour", visible="facilitator"))
    before = len(play.events)
    assert standing(play)["rumour"] == "set-off"
    assert phase(play) == "results"
    go_on(play, "situation")
    assert [event.inject for event in told(play.events[before:], e.InjectDelivered)] == ["survey-ship", "rumour"]
    assert play.state.due_injects == ()
    go_on(play, "closing")
    assert [name for name, _ in delivered(play)].count("rumour") == 1
