"""A team's turn by keys: answers, decisions, revisions, what is asked before it is final, what is gone meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.engine.play import Play as Session
from tests.engine.play import shipped
from tests.tui.conftest import Play, Played, keys, quiet, screen_text
from tests.tui.fake import CARDS, DOSSIER, FakeSeat, team_view
from textual.app import App, ComposeResult

from crisis_sim.engine.actions import (
    Advance,
    AnswerDecision,
    CommitMoves,
    Draft,
    ReviseMove,
    SealMove,
    SealReading,
    WithdrawMove,
)
from crisis_sim.engine.views.seat_views import DecisionFacts, DraftFacts
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.tui import themes
from crisis_sim.tui.form_panel import FormPanel
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.page_screen import PageScreen
from crisis_sim.tui.pane import Pane

DECISION = DecisionFacts(
    asked="survey", says={"en": "Hull survey beyond rescue need"}, leads_to={"en": "Boarding the hull."}, answer=None
)
ANSWER = ("1", "1", "0", "type:Yes", "ctrl+s", "2", "2", "enter")
"""Accept what is asked, without a promise, in a word."""


def one_line(pilot: Played) -> str:
    """Words of the screen without frames and breaks."""
    return " ".join(screen_text(pilot).translate({ord(sign): " " for sign in "│▎▌"}).split())


def notices(pilot: Played) -> list[str]:
    """What has been said in the corner."""
    return [note.message for note in pilot.app._notifications]


def panel(pilot: Played) -> FormPanel:
    """The form that is asked."""
    assert isinstance(pilot.app.screen, FormScreen)
    return pilot.app.screen.panel


def point_at(pilot: Played, key: str) -> None:
    """Put the cursor of the turn on what has that key."""
    pilot.app.screen.query_one("#m-turn", Pane).go_to(key)


async def list_moves(pilot: Played, *moves: str) -> None:
    """Put moves on the list, each with words that name it."""
    for move in moves:
        await keys(pilot, "n", f"type:{move}", "enter", "1", "0", f"type:For {move}.", "ctrl+s", "2", "3", "enter")


# answers


async def test_an_answer_is_given_by_digits_and_is_sealed_as_one(play: Play) -> None:
    """It says how it answers and what; opened from the request once more it is the same answer, and no second one."""
    async with play(seat := FakeSeat()) as pilot:
        await keys(pilot, *ANSWER)
        point_at(pilot, "request:1")
        await keys(pilot, "enter", *["up"] * 3, "enter", "type:, gladly", "ctrl+s", "enter")
    first, then = seat.sent
    assert isinstance(first, SealMove) and isinstance(then, ReviseMove)
    for draft, said in ((first.draft, "Yes"), (then.draft, "Yes, gladly")):
        assert (draft.move, draft.how, draft.answers, draft.text) == ("take-call", "accept", 1, said)


async def test_a_holding_note_is_an_answer_and_no_move_of_the_list(play: Play) -> None:
    """It is not counted for the least of a turn, and leaves room for as many moves as before."""
    async with play(seat := FakeSeat(moves_most=1)) as pilot:
        await keys(pilot, "1", "4")
        while isinstance(pilot.app.screen, FormScreen) and panel(pilot).kind != "ends":
            await keys(pilot, *{"text": ("ctrl+s",), "scale": ("4",)}.get(panel(pilot).kind, ("0",)))
        await keys(pilot, "enter")
        (sealed,) = seat.sent
        assert isinstance(sealed, SealMove) and (sealed.draft.move, sealed.draft.how) == ("holding-note", "holding")
        assert "0 of 1 of our own; answers come on top" in screen_text(pilot)
        await keys(pilot, "c")
        assert "Moves on the list: 0; a turn takes at least 1." in screen_text(pilot)
        await keys(pilot, "escape", "n")
        assert panel(pilot).form_name == "move"


async def test_an_answer_is_composed_though_our_own_moves_are_all_listed(play: Play) -> None:
    """It takes none of their room; a further move of our own says that there is none."""
    async with play(FakeSeat(moves_most=1)) as pilot:
        await list_moves(pilot, "sonar")
        assert "our own moves are all listed" in screen_text(pilot)
        await keys(pilot, "n")
        assert isinstance(pilot.app.screen, PageScreen)
        await keys(pilot, "1", "1")
        assert panel(pilot).form_name == "request:1"


async def test_all_that_is_answered_can_be_read_from_the_words(play: Play) -> None:
    """Of four thousand letters too: a key that the footer names leads by the button to them, and back to the words."""
    asked = team_view().requests[0]
    long = replace(asked, act=replace(asked.act, text=" ".join(f"word{n}" for n in range(600))))
    async with play(FakeSeat(team_view(requests=(long,)))) as pilot:
        await keys(pilot, "1", "1", "0", "type:Yes")
        assert "word599" not in screen_text(pilot) and "tab" in screen_text(pilot).splitlines()[-1]
        await keys(pilot, "tab", "tab", "end", "x", "3")
        assert "word599" in screen_text(pilot)
        await keys(pilot, "tab", "type: please")
        assert "Yes please" in screen_text(pilot)


async def test_a_decision_leads_to_the_move_for_it(play: Play) -> None:
    """Each answer says by which moves it is carried out; one of them opens, and to hold opens none."""
    view = team_view(decisions=(DECISION,), requests=())
    for digit, answer in (("1", "ask"), ("2", "hold")):
        async with play(seat := FakeSeat(view)) as pilot:
            await keys(pilot, "1")
            text = screen_text(pilot)
            assert "by: Ask for facts in private" in text and "no move goes out for it" in text
            await keys(pilot, "enter", digit)
            assert seat.sent == [AnswerDecision(asked="survey", answer=answer)]
            assert ("Which move? Ask for facts in private" in screen_text(pilot)) is (answer == "ask")


async def test_what_is_taken_back_while_its_question_is_open_is_said_to_be(play: Play) -> None:
    """The answer goes nowhere, and the page is as it is without it."""
    async with play(seat := FakeSeat(team_view(decisions=(DECISION,), requests=()))) as pilot:
        await keys(pilot, "1")
        seat.set(team_view(requests=()))
        await quiet(pilot)
        assert isinstance(pilot.app.screen, PageScreen) and "Hull survey" not in screen_text(pilot)
        (told,) = notices(pilot)
        assert told.startswith("What this was about has changed since you looked")
        await keys(pilot, "1")
    assert seat.sent == []


# the list


async def test_committing_names_what_is_not_answered(play: Play) -> None:
    """A request, and a decision by which we hold as it is; no sends nothing, yes commits."""
    listed = DraftFacts(number=1, draft=Draft(move="share-data", channel="embassy"))
    async with play(seat := FakeSeat(team_view(drafts=(listed,), decisions=(DECISION,)))) as pilot:
        await keys(pilot, "c")
        text = one_line(pilot)
        assert "No answer yet: China: Ask for a call" in text
        assert "Not decided, and so we hold: Hull survey beyond rescue need" in text
        await keys(pilot, "escape")
        assert seat.sent == []
        await keys(pilot, "c", "y")
    assert seat.sent == [CommitMoves()]


async def test_a_list_that_would_be_refused_is_not_offered_to_be_committed(play: Play) -> None:
    """Too few moves are named, and there is only a way back."""
    async with play(seat := FakeSeat()) as pilot:
        await keys(pilot, "c")
        assert "Moves on the list: 0; a turn takes at least 1." in screen_text(pilot)
        assert "y   commit" not in screen_text(pilot)
        await keys(pilot, "y", "enter", "1")
    assert seat.sent == []


async def test_after_committing_nothing_can_be_sent(play: Play) -> None:
    """Keys of moves do nothing; what a team can ask itself meanwhile is under the cursor, and is noted."""
    async with play(seat := FakeSeat(team_view(committed=True, waiting_for=("china",)))) as pilot:
        await keys(pilot, "n", "c", "x")
        assert isinstance(pilot.app.screen, PageScreen) and "Committed" in screen_text(pilot)
        assert "What would we ask them" in screen_text(pilot)
        await keys(pilot, "enter")
        assert panel(pilot).form_name == "note"
    assert seat.sent == []


async def test_a_move_of_the_list_that_was_only_looked_at_leaves_nothing_half_written(play: Play) -> None:
    """Opening it and going back changes nothing."""
    async with play(seat := FakeSeat()) as pilot:
        await list_moves(pilot, "sonar")
        point_at(pilot, "draft:1")
        await keys(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, PageScreen) and "half written" not in screen_text(pilot)
    assert len(seat.sent) == 1


async def test_taking_a_move_off_shows_the_words_that_are_lost(play: Play) -> None:
    """Before it is done; esc leaves it where it is."""
    async with play(seat := FakeSeat()) as pilot:
        await list_moves(pilot, "sonar")
        point_at(pilot, "draft:1")
        await keys(pilot, "x")
        assert "“For sonar.” These words are lost then." in one_line(pilot)
        await keys(pilot, "escape")
        assert not isinstance(seat.sent[-1], WithdrawMove)
        await keys(pilot, "x", "enter")
    assert seat.sent[-1] == WithdrawMove(number=1)


@pytest.mark.parametrize(("is_off", "now"), [(1, 1), (2, 0)], ids=["before", "itself"])
async def test_a_half_written_revision_stays_with_its_move(is_off: int, now: int, play: Play) -> None:
    """A move before it comes off and it has another number; of one that comes off itself a new move has the words."""
    async with play(FakeSeat()) as pilot:
        await list_moves(pilot, "sonar", "offer help")
        point_at(pilot, "draft:2")
        await keys(pilot, "enter", *["up"] * 3, "enter", "type: Soon.", "escape", "escape")
        point_at(pilot, f"draft:{is_off}")
        await keys(pilot, "x", "enter")
        point_at(pilot, "draft:1")
        await keys(pilot, "enter", *["up"] * 3, "enter")
        assert ("For offer help. Soon." in screen_text(pilot)) is bool(now)
        assert panel(pilot).kind == "text" and "For sonar. Soon." not in screen_text(pilot)
        if not now:
            await keys(pilot, "escape", "escape", "n", "type:sonar", "enter", "1", "0")
            assert "For offer help. Soon." in screen_text(pilot)


# keys that do nothing


async def test_keys_typed_while_a_card_is_read_again_do_nothing(play: Play) -> None:
    """A card that is read already stands with its reading; only the digit and the letter that it names do something."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS, requests=()))
    async with play(seat) as pilot:
        await keys(pilot, "2", "3", "escape")
        pane = next(pane for pane in pilot.app.screen.query(Pane) if "1" in pane.keys)
        pane.go_to("1")
        await keys(pilot, "enter")
        before = screen_text(pilot)
        await keys(pilot, *"0234567899hlJKxyc", "space", "left", "right", "tab")
        assert screen_text(pilot) == before
    assert [type(action) for action in seat.sent] == [SealReading]


@pytest.mark.parametrize("view", [{"decisions": (DECISION,), "requests": ()}, {}], ids=["decision", "request"])
async def test_enter_pressed_once_too_often_answers_nothing(play: Play, view: dict[str, Any]) -> None:
    """No answer that binds us lies under the cursor before a key has put it there."""
    async with play(seat := FakeSeat(team_view(**view))) as pilot:
        point_at(pilot, "decision:survey" if "decisions" in view else "request:1")
        await keys(pilot, "enter", "enter", "enter")
        assert panel(pilot).kind == "one" and seat.sent == []


async def test_words_of_a_form_outlast_the_phase(play: Play) -> None:
    """When play goes on under somebody's hands it is said so, and the words lie there the next time."""
    async with play(seat := FakeSeat()) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "1", "0", "type:too late")
        seat.set(team_view(phase="forecasts"))
        await quiet(pilot)
        assert notices(pilot) == ["Play went on. What you were writing is kept."]
        seat.set(team_view(turn=4))
        await quiet(pilot)
        await keys(pilot, "n")
        assert "too late" in screen_text(pilot)


# the list of moves


@pytest.mark.parametrize(("word", "move"), [("blame", "criticise"), ("state", "fact-statement")])
async def test_a_word_finds_the_move_that_is_called_so_before_one_that_mentions_it(word: str, move: str) -> None:
    """Whoever types *blame* and enter apologises for nothing, though an apology takes the blame."""
    session = Session(shipped("new-virus"))
    while session.state.phase != "moves":
        session.submit("facilitator", Advance())
    view, say = session.team("us"), session.say("us")

    class Searching(App[None]):
        """The form alone."""

        CSS = themes.SHEET

        def get_theme_variable_defaults(self) -> dict[str, str]:
            return themes.variables()

        def compose(self) -> ComposeResult:
            yield FormPanel(lambda name, sheet: seat_form(name, view, sheet, say), "move", {}, {}, say)

    async with Searching().run_test() as pilot:
        await keys(pilot, f"type:{word}")
        asks = pilot.app.query_one(FormPanel)
        asks.press("pick")
        await quiet(pilot)
        assert asks.sheet["move"] == move


async def test_a_move_that_only_answers_is_offered_as_an_answer_alone(play: Play) -> None:
    """The list of a new move does not show it."""
    async with play(FakeSeat(), size=(140, 60)) as pilot:
        await keys(pilot, "n")
        assert "Ask for a call" in screen_text(pilot) and "Take the call" not in screen_text(pilot)


async def test_no_move_is_cut_in_the_list(play: Play) -> None:
    """A long name is wrapped, in a narrow window too."""
    label = {"en": "Ask the host, its rescue centre and both navies for one common picture of the water overhead"}
    moves = {**DOSSIER.moves, "share-data": replace(DOSSIER.moves["share-data"], label=label)}
    async with play(FakeSeat(moves=moves), size=(60, 20)) as pilot:
        await keys(pilot, "n", "type:common picture")
        assert label["en"] in one_line(pilot)
