"""Any form at a screen: what its dialogs ask makes the same action as a page's answers do, and no words are lost."""

from __future__ import annotations

import asyncio
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from tests.engine.play import Play, shipped
from tests.pages.form_filling import filled
from tests.tui.conftest import Play as PlayScreens
from tests.tui.conftest import keys, screen_text
from tests.tui.fake import FakeSeat, team_view
from textual.screen import Screen

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import ObserverView, View
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.form import FormAnswer
from crisis_sim.pages.seat_page import seat_form, seat_names
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.dialogs import Choose, Confirm, DialogOption, Write
from crisis_sim.tui.form_dialogs import LEFT, FormFilling
from crisis_sim.tui.now_bar import SMALLEST
from crisis_sim.tui.ordering_screen import OrderingScreen
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import plain

SEATED: tuple[a.SeatName, ...] = ("us", "china", "facilitator")


class FakeScreen:
    """A screen at which somebody knows what to answer: it picks and writes in every dialog that opens."""

    def __init__(self, name: str, view: View, say: Teller, answers: dict[str, FormAnswer]) -> None:
        self.WRITES_BELOW = False
        self.seat, self.say, self.app = SimpleNamespace(view=lambda: view, company=None, say=say), say, self
        self.unsealed = SimpleNamespace(written=dict[str, str](), half={})
        self.sent: list[a.AnyAction] = []
        self.answers = answers
        self.filling = FormFilling(self, name, {})  # type: ignore[arg-type]  # what it uses of a screen

    def tell(self, sentence: str) -> None:
        """Nobody reads what is said once it is done."""

    async def push_screen_wait(self, dialog: Any) -> Any:  # Any: whichever opens
        if isinstance(dialog, Confirm):
            return True
        form = self.filling.form
        assert form is not None
        field = next(each for each in form.fields if self.filling.is_due(each))
        said = self.answers[field.name]
        match dialog:
            case OrderingScreen():
                return said
            case Write():
                assert said or dialog._none, "a text that has to be is none"
                return said
            case Choose() if field.kind == "many":
                left = [name for name in said if any(option.key == name for option in dialog._options)]
                return left[0] if left else LEFT
            case Choose():
                picked = said or LEFT
                assert picked in [option.key for option in dialog._options]
                return picked
        raise AssertionError(dialog)

    async def send(self, *actions: a.AnyAction) -> bool:
        self.sent += actions
        return True


@pytest.mark.parametrize("scenario", ["lost-airliner", "bottomed-submarine"])
def test_dialogs_do_what_a_page_does_with_the_same_answers(scenario: str) -> None:
    """Every form of a whole session, answered by chance at every seat."""
    play, chance, done = Play(shipped(scenario), seed="shown", length=90), Random("shown"), set[type]()
    while play.state.phase != "hotwash":
        for seat in SEATED:
            view, say = play.look(seat), play.say(seat)
            for name in seat_names(view, say):
                assert not isinstance(view, ObserverView)
                whole = filled(name, view, say, chance)
                asked = [] if whole is None else [of for of in whole.fields if of.said is not None and not of.aside]
                answers = {of.name: of.said for of in asked if of.said is not None}
                form = seat_form(name, view, answers, say)
                if form is None or form.action is None:
                    continue
                screen = FakeScreen(name, view, say, answers)
                assert asyncio.run(screen.filling.filled(None)), name
                assert screen.sent == [form.action], name
                done.add(type(form.action))
                kept = a.PressReading | a.Pause | a.Advance
                if not (form.final or isinstance(form.action, kept)) and chance.random() < 0.3:
                    play.submit(seat, form.action)
                    break
        play.submit("facilitator", a.Advance())
    assert done >= {a.SealMove, a.GuessLine, a.OrderOffences, a.Override, a.Improvise, a.TranslateAct}


async def test_back_goes_to_the_question_before_and_no_words_are_lost(play: PlayScreens) -> None:
    """From the first it leaves; what was written stands there the next time."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat) as pilot:
        await keys(pilot, "g", "type:No blame", "enter", "1", "escape")
        assert "A red or a pink line?" in screen_text(pilot)
        await keys(pilot, "escape")
        assert "One sentence" in screen_text(pilot) and "No blame" in screen_text(pilot)
        await keys(pilot, "end", "type:!", "escape")
        assert "One sentence" not in screen_text(pilot)
        await keys(pilot, "g", "enter", "1", "1", "1")
    assert seat.sent == [a.GuessLine(line="red", concern="sovereignty", says="No blame!", weight=1)]


@pytest.mark.parametrize("size", [SMALLEST, (80, 24)])
async def test_a_dialog_says_in_its_frame_what_is_asked_in_it(size: tuple[int, int], play: PlayScreens) -> None:
    """Above each of its questions; where the frame has no room for it, beneath the question."""
    async with play(FakeSeat(team_view(phase="briefing", turn=0)), size=size) as pilot:
        await keys(pilot, "g", "type:No blame")
        assert "╭─ Guess a line of theirs ─" in screen_text(pilot)
        await keys(pilot, "enter")
        assert "╭─ Guess a line of theirs ─" in screen_text(pilot) and "A red or a pink line?" in screen_text(pilot)
        await keys(pilot, "escape", "escape")
        pilot.app.push_screen(Choose("Which?", [DialogOption("1", "one")], plain, name="what it is about, " * 6))
        await keys(pilot)
        told = [line.strip(" │▌") for line in screen_text(pilot).splitlines()]
        assert " ".join(told).count("what it is about,") == 6


@pytest.mark.parametrize("after", [(), ("enter",), ("enter", "1")], ids=["writing", "first", "second"])
async def test_play_that_goes_on_takes_no_words_away(after: tuple[str, ...], play: PlayScreens) -> None:
    """Whatever a form asks by then, what has been written in it stands there when it is asked again."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat) as pilot:
        await keys(pilot, "g", "type:No blame", *after)
        seat.set(team_view())
        await keys(pilot)
        assert "Play went on." in screen_text(pilot)
        seat.set(team_view(phase="closing"))
        await keys(pilot)
        await keys(pilot, "g")
        assert "No blame" in screen_text(pilot)
        await keys(pilot, "enter", "1", "1", "1", "g")
        assert seat.sent == [a.GuessLine(line="red", concern="sovereignty", says="No blame", weight=1)]
        assert screen_text(pilot).count("No blame") == 1, "in the list; it is done"


async def test_what_is_refused_is_kept(play: PlayScreens) -> None:
    """The words stand there when the same is asked again."""
    seat = FakeSeat(team_view())
    seat.refuse = ActionRefused("note/text", most=10)
    async with play(seat) as pilot:
        await keys(pilot, "w", "type:They wait.", "ctrl+j", "w")
        assert "They wait." in screen_text(pilot)


@pytest.mark.parametrize("kind", ["confirm", "choose"])
async def test_what_just_fits_into_a_dialog_does_not_scroll(kind: str, play: PlayScreens) -> None:
    """The space above the keys is none of it."""
    seat, lines = FakeSeat(), [f"Line {number}." for number in range(28)]
    options = [DialogOption(line, line) for line in lines[1:]]
    asked = Confirm("Sure?", lines, plain) if kind == "confirm" else Choose("Which?", options, plain)
    async with play(seat, size=(140, 40)) as pilot:
        await pilot.app.push_screen(asked)
        await pilot.pause()
        assert [pane.max_scroll_y for pane in asked.query(Pane)] == [0] * len(asked.query(Pane))
        assert lines[-1] in screen_text(pilot)


@pytest.mark.parametrize("kind", ["choose", "write", "confirm"])
async def test_what_is_too_long_for_a_dialog_scrolls_and_hides_nothing(kind: str, play: PlayScreens) -> None:
    """At 80 by 24 what can be picked or written stays in sight, and a key reads on to the end of the question."""
    told = [f"sentence {n}." for n in range(40)]
    options = [DialogOption(str(n), f"option {n}") for n in range(4)]
    async with play(FakeSeat()) as pilot:
        dialogs: dict[str, Screen[Any]] = {
            "choose": Choose("Which?", options, plain, sentence=told),
            "write": Write("What?", plain, {}, "it", sentence=told),
            "confirm": Confirm("Sure of all of it? " * 20, told, plain, no="back"),
        }
        await pilot.app.push_screen(dialogs[kind])
        await keys(pilot)
        text = screen_text(pilot)
        assert "sentence 0." in text and "sentence 39." not in text and "pgdn read on" in text and "esc back" in text
        assert kind != "choose" or all(option.label in text for option in options)
        assert kind != "confirm" or text.count("Sure") == 20
        await keys(pilot, *["pagedown"] * 6)
        assert "sentence 39." in screen_text(pilot) and "esc back" in screen_text(pilot)


@pytest.mark.parametrize("size", [SMALLEST, (80, 24)])
async def test_a_long_list_under_a_long_question_scrolls_too(size: tuple[int, int], play: PlayScreens) -> None:
    """The cursor and the keys are in sight, whichever option it is on."""
    told = [f"sentence {n}." for n in range(40)]
    options = [DialogOption(str(n), f"option {n}") for n in range(14)]
    async with play(FakeSeat(), size=size) as pilot:
        pilot.app.push_screen(Choose("Which?", options, plain, sentence=told))
        await keys(pilot, "end")
        text = screen_text(pilot)
        assert "▌   option 13" in text and "esc back" in text and "sentence 0." in text
