"""What the hotwash says of a call: what each side wanted, what the other thought, and what came of it."""

from __future__ import annotations

from tests.engine.asking import go_on
from tests.engine.play import Play
from tests.engine.test_calls import published, talked

from crisis_sim.pages import opening as pages
from crisis_sim.pages.hotwash_blocks import whole_page
from crisis_sim.pages.opening import last_of
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.rules.names import Language


def opened(play: Play, language: Language = "en") -> str:
    """The page on channels, whole, as it is read out."""
    go_on(play, "hotwash")
    hotwash, say = play.look("us").hotwash, play.say("us", language)
    assert hotwash is not None
    return " ".join(" ".join(lines_of(whole_page(hotwash, pages.CHANNELS, say), say)).split())


def test_each_side_s_purpose_stands_beside_what_the_other_thought() -> None:
    """With what came of it, and that home had heard; its place comes with a question for the room."""
    told = opened(published(talked("settle", "seen")))
    assert "What did you want of the call? Whom was it for?" in told
    assert "United States wanted to ask; the other side thought to be seen talking" in told
    assert "China wanted to settle a principle; the other side thought to ask" in told
    assert "Nothing came of it. Home had heard of it." in told


def test_a_session_without_calls_has_no_place_for_them() -> None:
    """Nor one in which nobody was asked what they are for."""
    play = talked()
    play.turn()
    quiet, told = Play(play.table.material, length=90), opened(play)
    assert "Home heard nothing of it." in told
    go_on(quiet, "hotwash")
    hotwash = quiet.look("us").hotwash
    assert hotwash is not None and last_of(pages.CHANNELS, hotwash) == 3


def test_it_is_said_in_chinese_too() -> None:
    """All of it."""
    told = opened(published(talked("inform", "seen")), "zh")
    assert "没有成果。" in told and "告知" in told and "purpose" not in told
