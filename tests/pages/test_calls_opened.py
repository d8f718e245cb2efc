"""What the hotwash says of a call: what each side wanted, what the other thought, and what came of it."""

from __future__ import annotations

from tests.engine.asking import exchanged, go_on
from tests.engine.play import Play
from tests.engine.test_calls import published, talked

from crisis_sim.engine import actions as a
from crisis_sim.pages import opening as pages
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Table
from crisis_sim.pages.calls_opened import noted_blocks
from crisis_sim.pages.hotwash_blocks import whole_page
from crisis_sim.pages.opening import last_of
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
    assert "没有成果。" in told and "通报情况" in told and "purpose" not in told


def noted(play: Play) -> Play:
    """The same call, of which one side noted two things and the other nothing yet."""
    for text in ("They take us in at noon.", "Nothing on the hull."):
        play.submit("us", a.TakeNote(text=text, about="talk", of="1"))
    return play


def test_what_each_side_noted_of_a_talk_stands_side_by_side() -> None:
    """What differs is left to the reader; also where nobody was asked what the call was for, and nothing was noted."""
    play = noted(exchanged())
    go_on(play, "hotwash")
    hotwash, say = play.look("us").hotwash, play.say("us")
    assert hotwash is not None and not hotwash.calls
    table = next(block for block in noted_blocks(hotwash.talks, say) if isinstance(block, Table))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        *(["They take us in at noon.", "noted nothing"], ["Nothing on the hull.", ""])
    ]
    told = opened(play)
    assert "Talks, as each side noted them" in told and "What do both of you have, and what only one?" in told
    assert "United States noted: “They take us in at noon.”; China noted nothing" in told
    play = noted(exchanged())
    play.submit("china", a.TakeNote(text="中午。", about="talk", of="1"))
    assert "美方所记：“They take us in at noon.”；中方所记：“中午。”" in opened(play, "zh")


def test_what_was_written_in_a_talk_stands_under_its_notes() -> None:
    """Everybody reads it in the hotwash, whether anything was noted or not."""
    play = exchanged()
    play.submit("china", a.SayInCall(exchange=1, text="We hear you."))
    told = opened(play)
    assert (
        "United States noted nothing; China noted nothing" in told and "What has been said China: We hear you." in told
    )


def test_a_session_without_notes_and_words_of_talks_has_no_place_for_them() -> None:
    """A call alone makes none."""
    play = exchanged()
    assert "as each side noted them" not in opened(play)
