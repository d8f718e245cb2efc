"""Readings, forecasts, briefing: a key or two a card."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from tests.tui.conftest import Play, frame_of, keys, quiet, screen_text, until
from tests.tui.fake import CARDS, FORECASTS, SCORES, FakeSeat, team_view
from textual import events

from crisis_sim.engine.actions import (
    AdoptLines,
    CommitForecasts,
    CommitReadings,
    GuessLine,
    PressReading,
    SealForecast,
    SealLines,
    SealReading,
    WriteLine,
)
from crisis_sim.engine.sight.dossier import AssetEntry
from crisis_sim.engine.sight.shared_facts import AssetFacts, PrincipleFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.session.places import Occupant
from crisis_sim.text import cells
from crisis_sim.tui.briefing_screen import BriefingScreen
from crisis_sim.tui.dialogs import Choose
from crisis_sim.tui.pane_rows import READING, PaneBlock
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.tui.widgets.text_inputs import LineInput


async def test_two_keys_read_a_card_and_the_next_one_comes(play: Play) -> None:
    """How hostile, how sure, and the second card is there."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS))
    async with play(seat) as pilot:
        assert "card 1 of 3" in screen_text(pilot)
        await keys(pilot, "2", "3")
        assert "card 2 of 3" in screen_text(pilot)
    assert seat.sent == [SealReading(item=1, hostility=-2, confidence=3)]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_where_numbers_are_chances_no_panel_bears_one(size: tuple[int, int], play: Play) -> None:
    """A 2 there is two percent, and goes to no panel."""
    async with play(FakeSeat(team_view(phase="forecasts", asked_now=FORECASTS)), size=size) as pilot:
        assert "What happened" in screen_text(pilot) and "2 What happened" not in screen_text(pilot)


async def test_each_step_of_the_scale_has_its_example_beside_it(play: Play) -> None:
    """In the words of its row, also on a small screen and after that has been resized; the list at hand is framed."""
    async with play(FakeSeat(team_view(phase="readings", to_read=CARDS)), size=(140, 40)) as pilot:
        for size in ((140, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            rows = screen_text(pilot).splitlines()
            assert any("−2 friendly" in row and "help with no strings" in row for row in rows)
        panes = [pilot.app.screen.query_one(f"#{name}", Pane) for name in ("hostility", "confidence")]
        framed = [frame_of(pane)[1] for pane in panes]
        await keys(pilot, "5")
        after = [frame_of(pane)[1] for pane in panes]
        assert framed == after[::-1] and framed[0] != framed[1]


async def test_on_a_small_screen_one_key_shows_what_lies_beside_a_card(play: Play) -> None:
    """What passed before and our lines, in the card's place; the scales stay, and the card comes back."""
    async with play(FakeSeat(team_view(phase="readings", to_read=CARDS))) as pilot:
        assert "What passed between us" not in screen_text(pilot) and "card 1 of 3" in screen_text(pilot)
        await keys(pilot, "b")
        shown = screen_text(pilot)
        assert "What passed between us" in shown and "Hull survey beyond rescue need" in shown
        assert "Share sonar data" in shown and "First: taken as" in shown and "card 1 of 3" not in shown
        await keys(pilot, "b")
        assert "card 1 of 3" in screen_text(pilot)


async def test_what_is_longer_than_its_room_beside_a_card_can_be_leafed_through(play: Play) -> None:
    """At 80×24 as well, where nothing has the focus: page down and up."""
    of = team_view().lines[0]
    lines = tuple(replace(of, id=f"line-{n}", says={"": f"Line number {n}"}) for n in range(12))
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS, lines=lines))
    async with play(seat) as pilot:
        await keys(pilot, "b")
        assert "Line number 0" in screen_text(pilot) and "Line number 11" not in screen_text(pilot)
        await keys(pilot, *["pagedown"] * 9)
        assert "Line number 11" in screen_text(pilot)
        await keys(pilot, *["pageup"] * 9)
        assert "Line number 0" in screen_text(pilot) and seat.sent == []


async def test_the_first_key_can_be_taken_back(play: Play) -> None:
    """Backspace forgets how hostile before how sure is said."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS))
    async with play(seat) as pilot:
        await keys(pilot, "7", "backspace", "1", "4")
    assert seat.sent == [SealReading(item=1, hostility=-3, confidence=4)]


async def test_a_reading_says_which_line_it_touches(play: Play) -> None:
    """t names a line of ours, and the two keys seal it with the card."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS))
    async with play(seat) as pilot:
        await keys(pilot, "t", "2", "6", "2")
        await keys(pilot, "p", "t")
        assert isinstance(pilot.app.screen, Choose)
        assert pilot.app.screen.query_one("#options", Pane).key == "touches:survey"
    assert seat.sent == [SealReading(item=1, hostility=2, confidence=2, touches="survey")]


async def test_a_small_footer_has_the_key_that_goes_on(play: Play) -> None:
    """The bar says c once all is read, and the footer bears it at 80 by 24 too."""
    async with play(FakeSeat(team_view(phase="readings", requests=(), to_read=CARDS)), size=(80, 24)) as pilot:
        assert "c commit" in screen_text(pilot).splitlines()[-1]


async def test_unread_cards_are_named_before_committing(play: Play) -> None:
    """Commit asks while cards are unread, and not when all are read."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS))
    async with play(seat) as pilot:
        await keys(pilot, "4", "4", "c")
        assert "Commit with 2 cards unread?" in screen_text(pilot)
        await keys(pilot, "escape", *"444444", "c")
    assert seat.sent[-1] == CommitReadings()


async def test_a_key_too_many_reads_no_card_anew_that_has_been_read(play: Play) -> None:
    """Going on past the last card leads to the first as it was sealed, and digits there change nothing; e does."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS))
    async with play(seat) as pilot:
        await keys(pilot, *"44444444")
        sent = list(seat.sent)
        await keys(pilot, "n", "7", "4", "1")
        assert "card 1 of 3" in screen_text(pilot) and "e)" in screen_text(pilot)
        assert seat.sent == sent and "A card begun anew" not in screen_text(pilot)
        await keys(pilot, "e", "7", "4")
    assert seat.sent[len(sent) :] == [SealReading(item=1, hostility=3, confidence=4)]


async def test_a_reading_begun_anew_is_not_dropped_on_the_way_out(play: Play) -> None:
    """With one key of two it is not all read: what is asked next is said, and c leads to the card that lacks it."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS))
    async with play(seat) as pilot:
        await keys(pilot, *"44444444", "e", "1")
        assert "How sure are we?" in screen_text(pilot) and "All read." not in screen_text(pilot)
        await keys(pilot, "n")
        assert "card 1 of 3" in screen_text(pilot) and "A card begun anew lacks a key" in screen_text(pilot)
        await keys(pilot, "c")
        assert "card 3 of 3" in screen_text(pilot) and CommitReadings() not in seat.sent
        await keys(pilot, "2", "1", "c")
    assert seat.sent[-2:] == [SealReading(item=3, hostility=-3, confidence=2, audience="them"), CommitReadings()]


@pytest.mark.parametrize("typed", ["5", "50", "100", "0", "07"])
async def test_a_number_that_is_typed_is_percent_as_on_every_other_page(typed: str, play: Play) -> None:
    """Not tens: what the terminal seals is what the same digits make in the form of lines and browsers."""
    view = team_view(phase="forecasts", asked_now=FORECASTS)
    assert isinstance(view, TeamView)
    seat = FakeSeat(view)
    async with play(seat) as pilot:
        await keys(pilot, *typed)
        assert seat.sent == [] and "not sealed yet" in screen_text(pilot)
        await keys(pilot, "enter")
    form = seat_form("takes-call", view, {"chance": typed}, seat.say)
    assert form is not None and seat.sent == [form.action] == [SealForecast("takes-call", int(typed))]


async def test_a_chance_is_stepped_by_ten_and_taken_by_enter(play: Play) -> None:
    """The cursor goes to what is not said yet; what is typed and left is not sealed, and too large a number is none."""
    seat = FakeSeat(team_view(phase="forecasts", asked_now=FORECASTS, forecast_scores=SCORES))
    async with play(seat) as pilot:
        assert "we said 70 of 100, likely" in screen_text(pilot)
        await keys(pilot, "right", "right", "enter", *"995", "down", "enter")
        assert seat.sent == [SealForecast(forecast="takes-call", chance=60)]
        await keys(pilot, *"5", "escape", "enter", "left", "enter")
        assert seat.sent[1:] == [SealForecast(forecast="shares", chance=50)]
        await keys(pilot, "right", *"995", "enter", "c")
    assert seat.sent[2:] == [SealForecast(forecast="goes-public", chance=5), CommitForecasts()]


@pytest.mark.parametrize("phase", ["briefing", "closing", "moves", "readings", "forecasts"])
async def test_on_a_projector_nothing_is_wider_than_is_read_with_ease(phase: str, play: Play) -> None:
    """At 200 by 50 long lines of ours and long guesses of theirs are wrapped where a book would."""
    view = team_view(phase=phase, turn=0 if phase == "briefing" else 3, to_read=CARDS, asked_now=FORECASTS)
    says = {"en": "Nobody may enter, open or clear out the hull before Marenga has said in public who may, and how."}
    lines = tuple(replace(each, says=says) for each in view.lines)
    guesses = tuple(replace(each, says=says["en"]) for each in view.guesses)
    async with play(FakeSeat(replace(view, lines=lines, guesses=guesses)), size=(200, 50)) as pilot:
        rows = screen_text(pilot).splitlines()[3:-1]
        assert any("Nobody may enter" in row for row in rows)
        told = [part.strip("█▇▆▅▄▃▂▁▌▐ ") for row in rows if "──" not in row for part in row.split("│")]
        assert [part for part in told if cells(part) > READING] == []


async def test_briefs_show_headings_lists_and_foreign_text_as_it_is(play: Play) -> None:
    """A brief's markup-like text is printed, not obeyed; bold loses its stars."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat, size=(100, 40)) as pilot:
        text = screen_text(pilot)
    assert "The situation" in text
    assert "of Marenga with 44" in text
    assert "[/][RED-1][@click=app.quit]x[/]" in text
    assert "\x1b" not in text


async def test_space_reads_the_briefs_to_their_end_and_then_the_next(play: Play) -> None:
    """Nothing is taken or set aside on the way; it reads on too where the briefs are only read again."""
    brief = {"en": "\n\n".join(f"Paragraph {n}." for n in range(40))}
    seat = FakeSeat(team_view(phase="briefing", turn=0), brief=brief)
    async with play(seat) as pilot:
        assert "Paragraph 39." not in screen_text(pilot)
        for _ in range(8):
            if "Paragraph 39." in screen_text(pilot):
                break
            await keys(pilot, "space")
        assert "Paragraph 39." in screen_text(pilot) and "[1 The situation]" in screen_text(pilot)
        await keys(pilot, "space")
        assert "[2 Our brief]" in screen_text(pilot)
    assert seat.sent == []
    async with play(FakeSeat(brief=brief)) as pilot:
        await keys(pilot, "b", "space")
        assert "Paragraph 0." not in screen_text(pilot) and "Paragraph 12." in screen_text(pilot)


async def test_a_line_of_the_scenario_is_set_aside_with_space(play: Play) -> None:
    """Space on one of our lines leaves the others adopted."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat) as pilot:
        await keys(pilot, "3", "space")
    assert seat.sent == [AdoptLines(lines=("survey", "blame"))]


async def test_what_is_pasted_is_cut_to_its_room_and_that_is_said(play: Play) -> None:
    """A line that is too long was dropped whole; as much as fits is written now, and how much did not is told."""
    async with play(FakeSeat(team_view(phase="briefing", turn=0))) as pilot:
        await keys(pilot, "w", "type:No ")
        place = pilot.app.screen.query_one(LineInput)
        room = place.max_length or 0
        place.post_message(events.Paste("x" * room))
        await quiet(pilot)
        assert place.value == "No " + "x" * (room - 3)
        (note,) = pilot.app._notifications
        assert " ".join(note.message.split()) == "3 letters had no room and were left out"


async def test_a_line_is_written_in_small_steps(play: Play) -> None:
    """Words, kind, concern, weight, and for a pink line the red line it leads to."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat) as pilot:
        await keys(pilot, "w", "type:No blame", "enter", "2", "2", "8", "1")
    assert seat.sent == [WriteLine(line="pink", concern="face", says="No blame", weight=8, leads_to="boarding")]


async def test_what_was_written_last_is_under_the_cursor(play: Play) -> None:
    """A line of our own, or a guess, is seen where it went, below the fold of a small window too."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat, size=(60, 20)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, BriefingScreen)
        for said in ("Nothing of the first", "Nothing of the last"):
            await keys(pilot, "w", f"type:{said}", "enter", "1", "2", "8")
        assert screen.focused is screen.pane("own")
        assert (screen.pane("own").key, "Nothing of the last" in screen_text(pilot)) == ("line:ours-4", True)
        await keys(pilot, "g", "type:Not before others", "enter", "1", "2", "8")
        assert screen.focused is screen.pane("theirs")
        assert (screen.pane("theirs").key, "Not before others" in screen_text(pilot)) == ("guess:2", True)


async def test_the_closing_shows_what_was_guessed_before_play(play: Play) -> None:
    """A guess made before play stands there until it is made once more, which is one key, and then no longer."""
    before = team_view().guesses
    seat = FakeSeat(team_view(phase="closing", guesses=(), guesses_before=before))
    async with play(seat, size=(100, 40)) as pilot:
        assert "not yet again:" in screen_text(pilot) and "Enter on one guesses" in screen_text(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, BriefingScreen)
        screen.pane("theirs").move_to("before:1")
        await keys(pilot, "enter")
        assert "not yet again" not in screen_text(pilot)
    assert seat.sent == [GuessLine(line="pink", concern="face", says="Public hint that China caused it", weight=8)]
    async with play(FakeSeat(team_view(phase="closing", guesses_before=before, guesses=(), committed=True))) as pilot:
        assert "Enter on one guesses" not in screen_text(pilot)


@pytest.mark.parametrize(("phase", "task"), [("briefing", 1), ("closing", 1.5)])
async def test_what_is_to_be_done_has_most_room(phase: str, task: float, play: Play) -> None:
    """Before play all is to be read; in the closing, what is said and guessed once more is wider than the briefs."""
    async with play(FakeSeat(team_view(phase=phase, turn=0)), size=(140, 40)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, BriefingScreen)
        wide = {name: screen.pane(name).size.width for name, _ in screen.TABS}
        assert wide["own"] >= task * wide["public"] - 2 and wide["theirs"] >= task * wide["private"] - 2


async def test_the_last_look_shows_every_sentence(play: Play) -> None:
    """Before a team seals its closing."""
    principle = PrincipleFacts(number=1, says="Rescue first", by="us", put_by="us", stands=False)
    view = team_view(phase="closing", turn=6, principles=(principle,))
    async with play(FakeSeat(view, asks_principles=True)) as pilot:
        await keys(pilot, "s")
        assert "Rescue first: our words; they have not accepted them" in screen_text(pilot)


async def test_what_goes_nowhere_is_not_sent(play: Play) -> None:
    """A guess is written down, and no dialog says that it is sent."""
    async with play(FakeSeat(team_view(phase="briefing", turn=0))) as pilot:
        await keys(pilot, "g")
        assert "enter done" in screen_text(pilot) and "send" not in screen_text(pilot)


async def test_a_half_answered_question_keeps_its_words(play: Play) -> None:
    """Esc goes to the question before, and from the first leaves; the sentence is kept for the next time."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat) as pilot:
        await keys(pilot, "g", "type:No blame", "enter", "escape", "escape", "g")
        assert "No blame" in screen_text(pilot)
        await keys(pilot, "enter", "1", "1", "1")
    assert seat.sent == [GuessLine(line="red", concern="sovereignty", says="No blame", weight=1)]


async def test_sealing_asks_once(play: Play) -> None:
    """Seal names what is there; y seals."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat) as pilot:
        await keys(pilot, "s")
        assert "Lines of ours: 3. Guesses of theirs: 1." in screen_text(pilot)
        await keys(pilot, "y")
    assert seat.sent == [SealLines()]


async def test_a_wide_screen_never_shows_its_narrow_self(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages are laid out for the width that they have, and for no other before."""
    widths: dict[str, set[int]] = {}
    take = Pane._take

    def laid_out(pane: Pane, blocks: Sequence[PaneBlock]) -> None:
        widths.setdefault(pane.id or "", set()).add(pane._width)
        take(pane, blocks)

    monkeypatch.setattr(Pane, "_take", laid_out)
    async with play(FakeSeat(team_view(phase="briefing")), size=(140, 40)):
        assert set(widths) == {"public", "own", "private", "theirs"}
        assert all(len(each) == 1 for each in widths.values())


async def test_our_brief_is_read_before_what_we_have(play: Play) -> None:
    """What the team alone knows stands in it; ships and aircraft come after, as in plain lines."""
    tug = {"tug": AssetEntry(side="us", name={"en": "Ocean tug"}, says={"en": "It tows."})}
    view = team_view(phase="briefing", turn=0, assets=(AssetFacts(id="tug", is_so=(), seen=()),))
    async with play(FakeSeat(view, assets=tug), size=(140, 70)) as pilot:
        text = screen_text(pilot)
        assert 0 < text.index("Be not alone.") < text.index("Ocean tug")


class OfThree(FakeSeat):
    """A seat that three people share, and that a fourth has never come to."""

    @property
    def company(self) -> Any:  # Any: as little of a company as is asked for
        people = tuple(Occupant(f"us-{n}", "us", "here" if n < 4 else "away", n == 1) for n in (1, 2, 3, 4))
        return SimpleNamespace(you="us-2", people=people)


async def test_a_person_says_alone_how_it_takes_a_card_before_the_team_does(play: Play) -> None:
    """One key, then the scale; nothing of it is on the screen but who has said it, and it asks until one has."""
    cards = (replace(CARDS[0], pressed=("us-3",)), *CARDS[1:])
    seat = OfThree(team_view(phase="readings", to_read=cards))
    async with play(seat, size=(140, 40)) as pilot:
        assert "Before you talk, each alone: i" in screen_text(pilot)
        assert "1 of 3 has said alone how it takes this; you have not." in screen_text(pilot)
        await keys(pilot, "i")
        assert "You alone: how do you take it?" in screen_text(pilot)
        await keys(pilot, "escape", "i", "6")
        assert seat.sent == [PressReading(item=1, hostility=2, by="us-2")]
        seat.set(team_view(phase="readings", to_read=(replace(CARDS[0], pressed=("us-2", "us-3")), *CARDS[1:])))
        await until(pilot, "2 of 3 have said alone how they take this, you among them.")
        assert "Before you talk" not in screen_text(pilot)
        await keys(pilot, "2", "3")
    assert seat.sent[1:] == [SealReading(item=1, hostility=-2, confidence=3)]


async def test_whoever_sits_alone_is_not_asked_what_each_takes_it_for(play: Play) -> None:
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS))
    async with play(seat) as pilot:
        await keys(pilot, "i", "2", "3")
    assert seat.sent == [SealReading(item=1, hostility=-2, confidence=3)]


async def test_forecasts_that_come_with_the_readings_are_committed_with_them_and_lead_back_to_the_cards(
    play: Play,
) -> None:
    """c goes on from the cards; r goes back to them, what was said is kept; c then commits both, and asks once."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS, asked_now=FORECASTS))
    async with play(seat) as pilot:
        await keys(pilot, "c")
        assert type(pilot.app.screen).__name__ == "ForecastsScreen"
        await keys(pilot, *"70", "enter", "r")
        assert type(pilot.app.screen).__name__ == "ReadingsScreen"
        await keys(pilot, "c")
        assert "70 of 100" in screen_text(pilot)
        await keys(pilot, *"100", "enter", *"0", "enter")
        await keys(pilot, "c")
        assert "Commit with 3 cards unread?" in screen_text(pilot) and CommitReadings() not in seat.sent
        await keys(pilot, "y")
    assert seat.sent[-1] == CommitReadings() and CommitForecasts() not in seat.sent
