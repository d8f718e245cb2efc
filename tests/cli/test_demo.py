"""The demo is a session that is told, and what its narrator says of it is so under the rules as they stand."""

from __future__ import annotations

from functools import cache
from typing import cast

import pytest
from tests.pages.test_hotwash_blocks import drawn_text

from crisis_sim.cli import main
from crisis_sim.cli.exemplary import exemplary_log
from crisis_sim.cli.language import apply_language_option
from crisis_sim.engine import events as e
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.pages.blocks import Paragraph, Scale
from crisis_sim.replaying.replay_blocks import seconds_to_read, story_blocks
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.rules.names import Language
from crisis_sim.session.log import read_log
from crisis_sim.session.verify import verify

Captured = pytest.CaptureFixture[str]
MINUTES = 5


@cache
def demo(language: Language) -> Replayed:
    apply_language_option(["--lang", language, "demo"])
    return Replayed.opened(exemplary_log("demo"), language)


def keys(story: Replayed, seq: int) -> list[tuple[str, int, int]]:
    return [(pair.side, pair.turn, pair.order) for pair in story.pairs_at(seq)]


def happened() -> list[e.AnyEvent]:
    apply_language_option(["--lang", "en", "demo"])
    return [event for entry in read_log(exemplary_log("demo")).entries for event in entry.events]


def at(story: Replayed, words: str) -> FacilitatorView:
    """The room where the narrator says these words."""
    found = [seq for seq in story.moments("story") if words in " ".join(story.moment("story", seq).sentences)]
    assert len(found) == 1, words
    return cast(FacilitatorView, story.view("facilitator", found[0]))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_demo_is_read_in_five_minutes(language: Language) -> None:
    """At the pace at which it goes on by itself, in both languages; each stop is one thing."""
    pages = [tuple(story_blocks(demo(language), seq)) for seq in demo(language).moments("story")]
    assert sum(map(seconds_to_read, pages)) <= MINUTES * 60
    assert len(pages) >= 12
    assert all(len([block for block in page if isinstance(block, Scale)]) <= 1 for page in pages)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_stop_is_whole_in_a_small_window(language: Language) -> None:
    """Nothing of it has to be scrolled to at 80 by 24, whose pane has 15 rows of 75 cells."""
    for seq in demo(language).moments("story"):
        _head, *page = story_blocks(demo(language), seq)
        assert len(drawn_text(page).splitlines()) <= 17


def test_both_languages_tell_of_the_same_moments() -> None:
    """Stop by stop, and each with the same acts."""
    english, chinese = demo("en"), demo("zh")
    assert english.moments("story") == chinese.moments("story")
    for seq in english.moments("story"):
        assert keys(english, seq) == keys(chinese, seq)


def test_the_log_is_sound() -> None:
    """Its acts, judged again, are what it says."""
    assert verify(exemplary_log("demo")).is_sound


def test_what_is_told_is_so() -> None:
    """A misunderstanding that builds, a call, a disclosure, an ending; and neither side is the villain."""
    story, told = demo("en"), happened()
    full = at(story, "Now Beijing's pink line is full")
    before = at(story, "Washington hopes that she heard")
    assert full.score is not None and before.score is not None
    assert full.score.tension < before.score.tension
    assert full.score.sides[1].felt > before.score.sides[1].felt
    drawn = [(event.side, event.line) for event in told if isinstance(event, e.ConclusionDrawn)]
    assert drawn == [("china", "blame-hint")]
    crossed = [act.side for seq in story.moments("story") for act in story.pairs_at(seq) if act.taken_for == "them"]
    assert set(crossed) == {"us", "china"}
    asked, taken = (
        next(event.draft for event in told if isinstance(event, e.MoveSealed) and event.draft.move == move)
        for move in ("request-call", "take-call")
    )
    assert (asked.purpose, taken.purpose) == ("ask", "settle")
    assert (asked.their_purpose, taken.their_purpose) == ("seen", "inform")
    disclosed = {event.draft.discloses for event in told if isinstance(event, e.MoveSealed)}
    assert {"passing-log", "array-recording"} <= disclosed
    out = at(story, "All 44 come up")
    tracks = {track.id: track.value for track in out.tracks}
    assert tracks["crew-out"] == 4400 and tracks["hours-of-air"] > 0
    assert not [event for event in told if isinstance(event, e.LineCrossed)]


def test_both_sides_note_what_was_said_in_its_call() -> None:
    """Each side's own account of the talk, and not the same."""
    notes = [event for event in happened() if isinstance(event, e.NoteTaken) and event.about == "talk"]
    assert [note.seat for note in notes] == ["us", "china"] and notes[0].text != notes[1].text
    apply_language_option(["--lang", "zh", "demo"])
    told = [event for entry in read_log(exemplary_log("demo")).entries for event in entry.events]
    assert "测量船" in next(event.text for event in told if isinstance(event, e.NoteTaken))


def test_it_is_told_by_lines_where_there_is_no_screen(capsys: Captured) -> None:
    """From the first stop to the last: an act in its own words, then what is said of it, then what was meant."""
    assert main(["demo"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    heard = out.index("Whoever comes, comes as its guest")
    assert heard < out.index("Guest – is that us?") < out.index("US took it as: plus one rather hostile")
    assert out.endswith("crisis-sim play new-virus --us person --china attentive")


def test_a_session_that_nobody_tells_says_so(capsys: Captured) -> None:
    """And its other lenses stay."""
    assert main(["replay", "example:bottomed-submarine", "--lens", "story"]) == 0
    assert "Nobody tells this session" in capsys.readouterr().out


def test_a_stop_that_is_no_reading_opens_no_act() -> None:
    """What is told of the end is told alone."""
    story = demo("en")
    last = tuple(story_blocks(story, story.moments("story")[-1]))
    assert [block for block in last if isinstance(block, Paragraph)] and not [b for b in last if isinstance(b, Scale)]
