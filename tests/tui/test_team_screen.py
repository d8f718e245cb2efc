"""A team's turn: composing, sealing, revising, answering, committing; and that nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace
from tests.engine.play import Play as Played
from tests.engine.play import shipped
from tests.tui.conftest import Play, keys, quiet, screen_text
from tests.tui.fake import DOSSIER, FakeSeat, act, team_view, teller, words
from tests.tui.fake_room import room_view
from textual import events

from crisis_sim.cli.language import LANGUAGES
from crisis_sim.engine.actions import (
    AnswerCloser,
    AnswerDecision,
    AskCloser,
    CommitMoves,
    Draft,
    ReviseMove,
    SealMove,
    StaySilent,
    TakeNote,
    WithdrawMove,
)
from crisis_sim.engine.sight.dossier import AssetEntry, TermEntry
from crisis_sim.engine.sight.shared_facts import AssetFacts, CloserAct, CloserFacts
from crisis_sim.engine.sight.views import DecisionFacts, DraftFacts, ForecastFacts, TeamView, View
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.move_choices import toggle
from crisis_sim.rules.names import HERE_FOR_MORE
from crisis_sim.text import cells
from crisis_sim.tui.composer_rows import best_match, matches, summary_rows
from crisis_sim.tui.composer_screen import Composer
from crisis_sim.tui.dialogs import Choose, Confirm
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.pane_rows import READING, width_of
from crisis_sim.tui.team_screen import TeamScreen
from crisis_sim.tui.unsealed import Composing
from crisis_sim.tui.widgets.pane import Pane

SONAR = ("n", "type:sonar", "enter", "enter", "type:We share", "ctrl+j", "2", "3", "enter")


async def test_what_to_do_now_is_on_the_screen(play: Play) -> None:
    """The NOW bar says what to do, with which key what was asked is answered, and how long there is."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        text = screen_text(pilot)
    assert "NOW  Enter answers what they asked. Choose 1 to 3 moves besides answers, then commit." in text
    assert "06:12 left" in text


async def test_now_says_as_soon_as_the_list_can_be_committed(play: Play) -> None:
    """With how much more it would take, and by which key; that nothing waits for an answer it does not say."""
    async with play(FakeSeat(team_view(requests=())), size=(140, 40)) as pilot:
        assert "NOW  Choose 1 to 3 moves" in screen_text(pilot)
        await keys(pilot, *SONAR)
        assert "NOW  Our list can be committed; 2 more of our own would fit. c commits." in screen_text(pilot)
    async with play(FakeSeat(team_view(requests=()), moves_most=1), size=(140, 40)) as pilot:
        await keys(pilot, *SONAR)
        assert "NOW  Our list is full: commit it, or change it first. c commits." in screen_text(pilot)


async def test_all_of_what_is_answered_is_a_key_away_while_it_is_answered(play: Play) -> None:
    """From the words too, which stay as they are."""
    asked = team_view().requests[0]
    long = replace(asked, act=replace(asked.act, text=" ".join(f"word{n}" for n in range(120))))
    async with play(FakeSeat(team_view(requests=(long,)))) as pilot:
        await keys(pilot, "enter", "1", "ctrl+j", "type:Yes")
        assert "word119" not in screen_text(pilot) and "ctrl+r all of it" in screen_text(pilot)
        await keys(pilot, "ctrl+r")
        assert "word119" in screen_text(pilot)
        await keys(pilot, "escape", "type: please")
        assert "Yes please" in screen_text(pilot)


async def test_advisers_words_stand_right_behind_their_name_in_chinese(play: Play) -> None:
    """Which is shorter than in English; rows beneath begin where the words did."""
    moves = {**DOSSIER.moves, "share-data": replace(DOSSIER.moves["share-data"], warns=("face",))}
    async with play(FakeSeat(moves=moves, language="zh"), size=(140, 40)) as pilot:
        await keys(pilot, "n", "type:sonar", "enter")
        assert re.search("顾问：[^ ]", screen_text(pilot))


async def test_no_move_is_cut_in_the_list_and_advisers_speak_of_the_chosen_once(play: Play) -> None:
    """A long name is wrapped; what advisers say of the chosen move stands below alone."""
    label = words("Ask the host, its rescue centre and both navies for one common picture of the water overhead")
    moves = {**DOSSIER.moves, "share-data": replace(DOSSIER.moves["share-data"], label=label, warns=("face",))}
    async with play(FakeSeat(moves=moves), size=(140, 40)) as pilot:
        await keys(pilot, "n", "type:common picture")
        assert "overhead" in screen_text(pilot) and screen_text(pilot).count("They will lose face") == 1
        await keys(pilot, "enter")
        assert screen_text(pilot).count("They will lose face") == 1


async def test_a_move_is_sealed_with_nine_keys_and_its_words(play: Play) -> None:
    """What, how, words and meanings end in one SealMove with the words, what is meant and what is expected."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *SONAR)
        assert isinstance(pilot.app.screen, TeamScreen)
    draft = Draft(
        move="share-data", channel="rescue-office", visibility="private", text="We share", intent=-2, expected=-1
    )
    assert seat.sent == [SealMove(draft=draft)]


async def test_a_move_is_not_sealed_before_its_meaning_is_said(play: Play) -> None:
    """Nobody seals 'neutral' by accident: the meaning is asked for."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "enter", "ctrl+j", "ctrl+j")
        assert isinstance(pilot.app.screen, Composer)
    assert seat.sent == []


async def test_a_move_is_not_sealed_before_it_is_said_how_they_will_take_it(play: Play) -> None:
    """The cursor lies on what we mean; enter says the same, and only the next one seals what has been seen."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *SONAR[:-3], "2", "ctrl+j")
        assert isinstance(pilot.app.screen, Composer)
        assert "meaning not said yet" not in screen_text(pilot)
        await keys(pilot, "enter")
        assert "we mean −2, expect −2" in screen_text(pilot)
        assert seat.sent == []
        await keys(pilot, "enter")
    assert [(act.draft.intent, act.draft.expected) for act in seat.sent if isinstance(act, SealMove)] == [(-2, -2)]


async def test_a_refused_move_stays_in_the_composer(play: Play) -> None:
    """A refusal is told with its way out, and words and meaning stay."""
    seat = FakeSeat()
    seat.refuse = ActionRefused("move/term", term="[b]closed[/b]")
    async with play(seat) as pilot:
        await keys(pilot, *SONAR)
        assert isinstance(pilot.app.screen, Composer)
        text = screen_text(pilot)
        assert "We share" in text
        (note,) = pilot.app._notifications
        assert " ".join(note.message.split()) == "This move can't be made '[b]closed[/b]' – leave the term out"
        seat.refuse = None
        await keys(pilot, "enter")
    assert len(seat.sent) == 1


async def test_a_draft_outlives_news_and_leaving_the_composer(play: Play) -> None:
    """Words stay when something arrives, after esc, and when the composer opens again."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "enter", "type:half a sent")
        seat.set(team_view(hour=15))
        await quiet(pilot)
        assert "half a sent" in screen_text(pilot)
        await keys(pilot, "escape", "escape", "escape")
        assert "half written" in screen_text(pilot)
        await keys(pilot, "n", "enter", "enter", "enter")
        assert "half a sent" in screen_text(pilot)


async def test_a_draft_is_kept_when_play_goes_on(play: Play) -> None:
    """When the phase ends under somebody's hands, the words lie there the next time."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "enter", "type:too late")
        seat.set(team_view(phase="forecasts"))
        await quiet(pilot)
        assert not isinstance(pilot.app.screen, Composer)
        seat.set(team_view(phase="moves"))
        await quiet(pilot)
        assert "too late" in screen_text(pilot)


async def test_a_sealed_move_is_revised_and_taken_off(play: Play) -> None:
    """Enter on a sealed move opens it again; x takes it off the list."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *SONAR)
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        screen.pane("todo").move_to("draft:1")
        await keys(pilot, "enter", "enter", "ctrl+j", "7", "enter")
        revised = seat.sent[-1]
        assert isinstance(revised, ReviseMove)
        assert revised.draft.intent == 3
        screen.pane("todo").move_to("draft:1")
        await keys(pilot, "x", "y")
        assert seat.sent[-1] == WithdrawMove(number=1)


async def test_a_sealed_move_that_was_only_looked_at_leaves_nothing_half_written(play: Play) -> None:
    """Opening a move of the list and going back changes nothing."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *SONAR)
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        screen.pane("todo").move_to("draft:1")
        await keys(pilot, "enter", "escape", "escape")
        assert "half written" not in screen_text(pilot)
        assert seat.sent[1:] == []


async def test_a_revision_of_a_move_taken_off_is_sealed_as_a_new_one(play: Play) -> None:
    """The half-written text is not lost, and does not point at a place that is gone."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *SONAR)
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        screen.pane("todo").move_to("draft:1")
        await keys(pilot, "enter", "enter", "ctrl+j", "7", "escape", "escape", "escape")
        screen.pane("todo").move_to("draft:1")
        await keys(pilot, "x", "y")
        screen.pane("todo").move_to("go-on")
        await keys(pilot, "enter", "ctrl+j", "ctrl+j", "ctrl+j", "enter")
        sealed = seat.sent[-1]
        assert isinstance(sealed, SealMove), sealed
        assert (sealed.draft.move, sealed.draft.intent) == ("share-data", 3)


async def test_the_bar_asks_for_one_thing_at_a_time(play: Play) -> None:
    """Words, meaning, expectation and audience are asked for where the keys go, and then enter seals."""
    asked = []
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "type:state", "enter", "enter")
        for pressed in ("type:No", "ctrl+j", "6", "7", "2"):
            asked.append(screen_text(pilot).partition("NOW  ")[2].partition("  ")[0])
            await keys(pilot, pressed)
        asked.append(screen_text(pilot).partition("NOW  ")[2].partition("  ")[0])
    assert asked == [
        "Write the words, or none; ctrl+j goes on.",
        "Write the words, or none; ctrl+j goes on.",
        "How do we mean it? Press 1 to 7.",
        "How will they take it? Press 1 to 7, or enter for the same.",
        "Whom is it mainly for? Press 1 to 4.",
        "Enter seals the move.",
    ]


async def test_the_last_look_before_committing_shows_all_that_goes_out(play: Play) -> None:
    """The question names each move with its words, and apart from them its terms, its promise and a line it names."""
    draft = Draft(move="share-data", channel="embassy", text="We share", terms=("linked",), promise="joint")
    drafts = (DraftFacts(number=1, draft=draft, line={"en": "Our boat."}),)
    async with play(FakeSeat(team_view(drafts=drafts))) as pilot:
        await keys(pilot, "c")
        text = screen_text(pilot)
        question = text[text.index("Our list is final once") :].partition(" y commit")[0]
        assert "“We share”" in question
        for said in ("put so: ", "with a promise: ", "the line that it names: Our boat."):
            assert said in question


async def test_a_request_is_accepted_over_the_composer(play: Play) -> None:
    """Accepting a request composes its answering move and seals it as the answer."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "enter", "1", "enter", "type:Yes", "ctrl+j", "2", "2", "enter")
    sealed = seat.sent[-1]
    assert isinstance(sealed, SealMove)
    assert (sealed.draft.move, sealed.draft.how, sealed.draft.answers) == ("take-call", "accept", 1)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_list_says_what_a_move_goes_out_with(size: tuple[int, int], play: Play) -> None:
    """Its ship, its terms and its promise stand there before the last look, so that none goes out unmeant."""
    terms = {"announced": TermEntry(says=words("Announced beforehand"), note=None)}
    assets = {"tug": AssetEntry(side="us", name=words("Tug Resolute"), says=None)}
    draft = Draft(move="offer-help", channel="embassy", terms=("announced",), promise="joint", asset="tug")
    seat = FakeSeat(team_view(drafts=(DraftFacts(number=1, draft=draft),)), terms=terms, assets=assets)
    async with play(seat, size=size) as pilot:
        told = " ".join(screen_text(pilot).split())
    for part in ("put so: Announced beforehand", "with: Tug Resolute", "with a promise: “Both publish only"):
        assert part in told, told


async def test_a_request_whose_answer_is_on_the_list_opens_that_answer(play: Play) -> None:
    """Nobody composes a second answer that would be refused in the end: the first one opens for revision."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "enter", "1", "enter", "type:Yes", "ctrl+j", "2", "2", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        screen.pane("todo").move_to("request:1")
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, Composer)
        assert "Our answer is on the list" in str([note.message for note in pilot.app._notifications])
        await keys(pilot, "enter", "type:Oh, ", "ctrl+j", "enter")
    sealed = seat.sent[-1]
    assert isinstance(sealed, ReviseMove), sealed
    assert (sealed.number, sealed.draft.text, sealed.draft.answers) == (1, "Oh, Yes", 1)


async def test_who_says_nothing_sees_that_on_the_list_and_can_still_answer(play: Play) -> None:
    """It is our choice and no longer due; esc is no answer and chooses nothing."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "enter", "escape")
        assert seat.sent == [] and "no answer yet" in screen_text(pilot)
        await keys(pilot, "enter", "5")
        assert seat.sent == [StaySilent(request=1)]
        text = screen_text(pilot)
        assert "we say nothing" in text and "no answer yet" not in text and "Enter answers" not in text
        await keys(pilot, "enter", "1")
        assert isinstance(pilot.app.screen, Composer)


async def test_a_notice_told_again_stands_once_and_takes_no_other_away(play: Play) -> None:
    """What was said between may be news that nobody has read yet."""
    async with play(FakeSeat()) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        for sentence in ("one", "another", "one"):
            screen.tell(sentence)
            await pilot.pause()
        assert [note.message for note in pilot.app._notifications] == ["Another", "One"]


async def test_a_holding_note_is_no_move_of_the_list(play: Play) -> None:
    """What does not count as a move is not counted, neither for the most nor for the least of a turn."""
    held = DraftFacts(number=1, draft=Draft(move="holding-note", channel="embassy", answers=1, how="holding", intent=0))
    async with play(FakeSeat(team_view(drafts=(held,)), moves_most=1)) as pilot:
        assert "0 of 1 of our own; answers come on top" in screen_text(pilot)
        await keys(pilot, "c")
        assert "Moves on the list: 0; a turn takes at least 1." in screen_text(pilot)
        await keys(pilot, "escape", "n")
        assert isinstance(pilot.app.screen, Composer)


async def test_an_answer_is_composed_though_our_own_moves_are_all_listed(play: Play) -> None:
    """It takes none of their room, and the list says so."""
    async with play(FakeSeat(team_view(), moves_most=1)) as pilot:
        await keys(pilot, *SONAR)
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        assert "1 of 1 of our own; answers come on top" in screen_text(pilot)
        screen.pane("todo").move_to("request:1")
        await keys(pilot, "enter", "1")
        assert isinstance(pilot.app.screen, Composer)


async def test_enter_keeps_the_channel_that_asked(play: Play) -> None:
    """An answer opens with the cursor on its marked channel though others stand above: enter takes no other."""
    view = team_view()
    last = view.channels[-1].id
    request = replace(view.requests[0], act=replace(view.requests[0].act, channel=last))
    first = view.channels[1].id
    carries = {name: replace(move, channels=(first, last)) for name, move in DOSSIER.moves.items()}
    seat = FakeSeat(replace(view, requests=(request,)), moves=carries)
    async with play(seat) as pilot:
        await keys(pilot, "enter", "1", "enter", "type:Yes", "ctrl+j", "2", "2", "enter")
    sealed = seat.sent[-1]
    assert isinstance(sealed, SealMove)
    assert sealed.draft.channel == last


async def test_a_move_that_answers_is_offered_only_as_an_answer(play: Play) -> None:
    """The catalogue of a new move does not show moves that only answer."""
    async with play(FakeSeat(), size=(140, 60)) as pilot:
        await keys(pilot, "n")
        text = screen_text(pilot)
    assert "Take the call" not in text
    assert "Ask for a call" in text


async def test_a_blocked_move_stays_visible_with_its_reason(play: Play) -> None:
    """What cannot be done now says why, and picking it changes nothing."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "n", "type:leaders")
        assert "not now: Leader hotline is suspended, and nothing else here" in screen_text(pilot)
        await keys(pilot, "enter")
        assert "No move chosen yet" in screen_text(pilot)


async def test_committing_names_what_is_missing(play: Play) -> None:
    """Commit asks once and names unanswered requests; no sends nothing, yes commits."""
    listed = DraftFacts(number=1, draft=Draft(move="share-data", channel="embassy"))
    seat = FakeSeat(team_view(drafts=(listed,)))
    async with play(seat) as pilot:
        await keys(pilot, "c")
        assert "No answer yet: China: Ask for a call" in screen_text(pilot)
        await keys(pilot, "escape")
        assert seat.sent == []
        await keys(pilot, "c", "y")
    assert seat.sent == [CommitMoves()]


async def test_a_list_that_would_be_refused_is_not_offered_to_be_committed(play: Play) -> None:
    """Too few moves are named, and there is only a way back."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "c")
        text = screen_text(pilot)
        assert "Moves on the list: 0; a turn takes at least 1." in text
        await keys(pilot, "y", "c", "enter")
    assert seat.sent == []


DECISION = DecisionFacts(
    asked="survey", says={"en": "Hull survey beyond rescue need"}, leads_to={"en": "Boarding the hull."}, answer=None
)


async def test_a_conclusion_asks_what_we_do_and_opens_the_move_for_it(play: Play) -> None:
    """First on the list, each answer with the moves that carry it out; picking one of them composes it."""
    seat = FakeSeat(team_view(decisions=(DECISION,), requests=()))
    async with play(seat) as pilot:
        assert "A voice at home asks" in screen_text(pilot)
        await keys(pilot, "enter")
        text = screen_text(pilot)
        assert "by: Ask for facts in private" in text and "no move goes out for it" in text
        await keys(pilot, "1")
        assert isinstance(pilot.app.screen, Composer)
        assert pilot.app.screen.move.move == "private-inquiry"
    assert seat.sent == [AnswerDecision(asked="survey", answer="ask")]


@pytest.mark.parametrize("view", [{"decisions": (DECISION,), "requests": ()}, {}], ids=["decision", "request"])
async def test_enter_pressed_once_too_often_answers_nothing(play: Play, view: dict[str, Any]) -> None:
    """No answer that binds us lies under the cursor before a key has put it there."""
    seat = FakeSeat(team_view(**view))
    async with play(seat) as pilot:
        await keys(pilot, "enter", "enter", "enter")
        assert isinstance(pilot.app.screen, Choose) and seat.sent == []
        await keys(pilot, "up")
        options = pilot.app.screen.query_one("#options", Pane)
        assert options.key == options.keys[-1]
        await keys(pilot, "escape", "enter", "down", "enter")
        assert isinstance(pilot.app.screen, Composer)


async def test_what_is_taken_back_while_its_dialog_is_open_is_said_to_ask_no_more(play: Play) -> None:
    """The answer goes nowhere, no move is composed for it, and the table is as it is without it."""
    seat = FakeSeat(team_view(decisions=(DECISION,), requests=()))
    async with play(seat) as pilot:
        await keys(pilot, "enter")
        seat.set(team_view(requests=()))
        seat.refuse = ActionRefused("decision/closed")
        await keys(pilot, "1")
        assert isinstance(pilot.app.screen, TeamScreen)
        text = screen_text(pilot)
        assert "Nothing of that name asks us for an" in text and "A voice at home asks" not in text
    assert seat.sent == []


async def test_to_hold_opens_no_move(play: Play) -> None:
    """It is noted, and the list is where it was."""
    seat = FakeSeat(team_view(decisions=(DECISION,), requests=()))
    async with play(seat) as pilot:
        await keys(pilot, "enter", "2")
        assert isinstance(pilot.app.screen, TeamScreen)
    assert seat.sent == [AnswerDecision(asked="survey", answer="hold")]


async def test_committing_names_a_conclusion_that_was_not_answered(play: Play) -> None:
    """That is to hold, and it is said before it is final."""
    listed = DraftFacts(number=1, draft=Draft(move="share-data", channel="embassy"))
    async with play(FakeSeat(team_view(decisions=(DECISION,), drafts=(listed,), requests=()))) as pilot:
        await keys(pilot, "c")
        assert "Not decided, and so we hold: Hull survey beyond rescue need" in screen_text(pilot)


async def test_a_full_list_says_so(play: Play) -> None:
    """With the most moves of our own on the list, n says what to do in place of opening the composer."""
    seat = FakeSeat(team_view(), moves_most=1)
    async with play(seat) as pilot:
        await keys(pilot, *SONAR, "n")
        assert isinstance(pilot.app.screen, TeamScreen)


async def test_committing_leads_to_what_can_be_done_meanwhile(play: Play) -> None:
    """Wherever the cursor was: on an answer that is given it would only be told that it is."""
    view = team_view()
    assert isinstance(view, TeamView)
    seat = FakeSeat(view)
    async with play(seat) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, SeatScreen)
        await keys(pilot, "down")
        seat.set(replace(view, committed=True))
        await keys(pilot)
        assert screen.pane("todo").key == screen.pane("todo").keys[0] == "note"


@pytest.mark.parametrize("view", [team_view(), team_view(phase="briefing", turn=0), room_view()])
async def test_panels_bear_the_keys_that_go_to_them(view: View, play: Play) -> None:
    """Each head has its number, and that key puts the cursor there."""
    async with play(FakeSeat(view), size=(140, 40)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, SeatScreen)
        for number, (pane, name) in enumerate((*screen.TABS, *screen.OTHERS), 1):
            assert f"─ {number} {screen.say(name)} ─" in screen_text(pilot)
            await keys(pilot, str(number))
            assert screen.focused is screen.pane(pane)


async def test_keys_of_a_screen_beneath_a_dialog_are_not_offered(play: Play) -> None:
    """The dialog takes them all; once it is closed they stand there again, and a click on one presses it."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        assert "n new move" in screen_text(pilot)
        await keys(pilot, "w")
        assert "ctrl+j done" in screen_text(pilot) and "n new move" not in screen_text(pilot)
        await pilot.click(offset=(2, 23))
        await keys(pilot, "escape")
        assert "n new move" in screen_text(pilot)
        await pilot.click(offset=(2, 23))
        await quiet(pilot)
        assert isinstance(pilot.app.screen, Composer)


async def test_after_committing_nothing_can_be_sent(play: Play) -> None:
    """A committed team sees that it is done; n and c do nothing."""
    view = team_view()
    assert isinstance(view, TeamView)
    seat = FakeSeat(replace(view, committed=True))
    async with play(seat) as pilot:
        await keys(pilot, "n", "c")
        assert isinstance(pilot.app.screen, TeamScreen)
        assert "Committed" in screen_text(pilot)
    assert seat.sent == []


async def test_what_was_typed_finds_the_move_whose_name_it_is(play: Play) -> None:
    """Typing 'state' puts the cursor on the move of that name, not on one whose sentence has the word."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "type:state")
        screen = pilot.app.screen
        assert isinstance(screen, Composer)
        assert screen.pane("moves").key == "fact-statement"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_words_typed_beside_the_page_are_words(size: tuple[int, int], play: Play) -> None:
    """Where a list has the focus, letters go to the words and choose nothing; none is lost, spaces included."""
    async with play(FakeSeat(), size=size) as pilot:
        await keys(pilot, "n", "type:sonar", "enter")
        composer = pilot.app.screen
        assert isinstance(composer, Composer)
        before = (composer.move.channel, composer.move.visibility, composer.move.terms, composer.move.promise)
        await keys(pilot, "down", "type:just 2 jokes, keep calm")
        assert composer.move.text == "just 2 jokes, keep calm"
        await keys(pilot, "ctrl+j", "type: 4 jets")
        after = (composer.move.channel, composer.move.visibility, composer.move.terms, composer.move.promise)
        assert after == before
        assert composer.move.text == "just 2 jokes, keep calm 4 jets"
        assert composer.move.intent is None


async def test_words_pasted_beside_the_page_are_words(play: Play) -> None:
    """Pasting while a list has the focus loses nothing."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "type:sonar", "enter")
        composer = pilot.app.screen
        assert isinstance(composer, Composer)
        composer.pane("how").post_message(events.Paste("Two tugs are free."))
        await quiet(pilot)
        assert composer.move.text == "Two tugs are free."


def test_a_word_finds_the_move_that_is_called_so_before_one_that_mentions_it() -> None:
    """Whoever types *blame* and enter apologises for nothing, though an apology takes the blame."""
    played = Played(shipped("new-virus"))
    team, say = played.team("us"), played.say("us")
    found = [key for key, move in say.dossier.moves.items() if matches(move, "blame", say)]
    assert "apologise" in found
    assert say.move(best_match(team, "blame", found, say)) == "Criticise in public"


async def test_letters_typed_in_the_catalogue_search_it(play: Play) -> None:
    """They move the cursor where it can be seen, and choose nothing."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "tab", "type:sonar")
        composer = pilot.app.screen
        assert isinstance(composer, Composer)
        assert composer.move.search == "sonar"
        assert composer.move.move == ""
        assert composer.pane("moves").key == "share-data"


@pytest.mark.parametrize("where", ["list", "half-written", "table", "composer"])
async def test_words_are_thrown_away_only_when_somebody_says_so(where: str, play: Play) -> None:
    """Taking a move off the list, or giving up a half-written one, shows its words and asks."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *(SONAR if where == "list" else SONAR[:5]))
        key = "ctrl+d" if where in ("composer", "table") else "x"
        if where in ("half-written", "table"):
            await keys(pilot, "escape", "escape", "escape")
        screen = pilot.app.screen
        assert isinstance(screen, SeatScreen)
        if where != "composer":
            screen.pane("todo").move_to({"list": "draft:1", "table": "request:1"}.get(where, "go-on"))
        await keys(pilot, key)
        assert "These words are lost then." in screen_text(pilot)
        await keys(pilot, "escape")
        assert not any(isinstance(action, WithdrawMove) for action in seat.sent)
        kept = screen.unsealed.composing
        assert where == "list" or (kept is not None and kept.text == "We share")
        await keys(pilot, key)
        await keys(pilot, "y")
        await quiet(pilot)
        assert screen.unsealed.composing is None
        assert (seat.sent[-1:] == [WithdrawMove(number=1)]) == (where == "list")


async def test_enter_passes_by_nothing_that_a_move_can_bear(play: Play) -> None:
    """On a channel it leads to where who hears it and what comes with it can be seen; once more, to the words."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "enter")
        composer = pilot.app.screen
        assert isinstance(composer, Composer)
        assert composer.move.step == 2 and composer.pane("how").key == "go"
        assert "Above: what comes with it." in screen_text(pilot) and "Tied to another issue" in screen_text(pilot)
        await keys(pilot, "enter")
        assert composer.move.step == 3


async def test_the_composers_footer_offers_enter_only_where_it_goes_on(play: Play) -> None:
    """Among the words enter begins a line, and nothing is marked there or in the search."""
    async with play(FakeSeat(), size=(80, 24)) as pilot:
        await keys(pilot, "n")
        assert "mark" not in screen_text(pilot).splitlines()[-1]
        await keys(pilot, "type:sonar", "enter")
        assert "space mark" in screen_text(pilot).splitlines()[-1]
        await keys(pilot, "enter", "enter")
        foot = screen_text(pilot).splitlines()[-1]
        assert "enter" not in foot and "mark" not in foot and "ctrl+j go on" in foot and "esc back" in foot


async def test_enter_answers_what_they_asked_from_a_panel_that_has_nothing_to_pick(play: Play) -> None:
    """So the bar says, whichever panel was looked at last; where something is under the cursor, enter is for that."""
    async with play(FakeSeat(), size=(80, 24)) as pilot:
        await keys(pilot, "2", "enter")
        assert isinstance(pilot.app.screen, Confirm)
        await keys(pilot, "escape", "4", "enter")
        assert isinstance(pilot.app.screen, Choose) and "Accept" in screen_text(pilot)


async def test_nobody_is_pointed_to_what_a_move_cannot_bear(play: Play) -> None:
    """Where nothing comes with it, the way on is all that is said."""
    bare = {
        name: replace(of, terms=(), promises=(), discloses=(), visibilities=("private",))
        for name, of in DOSSIER.moves.items()
    }
    async with play(FakeSeat(moves=bare)) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "end")
        assert "Enter goes on to the words." in screen_text(pilot) and "what comes with it" not in screen_text(pilot)


@pytest.mark.parametrize("phase", ["moves", "readings", "forecasts"])
async def test_who_waits_has_something_to_do_for_itself(phase: str, play: Play) -> None:
    """What it would ask them, which enter notes, and what it last believed of the whole."""
    belief = ForecastFacts(id=HERE_FOR_MORE, chance=None, before=30)
    view = team_view(phase=phase, committed=True, waiting_for=("china",), forecasts=(belief,))
    seat = FakeSeat(view)
    async with play(seat, size=(100, 30)) as pilot:
        assert "What would we ask them" in screen_text(pilot) and "we last said 30 of 100" in screen_text(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, SeatScreen)
        assert screen.pane("todo").keys[0] == "note", "what can still be done stands first"
        screen.pane("todo").move_to("note")
        await keys(pilot, "enter", "type:Whose ship is it", "ctrl+j")
        assert seat.sent == [TakeNote(text="Whose ship is it")]


def test_the_move_so_far_is_whole_at_any_width() -> None:
    """Its channel, who hears it and what is meant; where one row cannot hold them, what is meant stands beneath."""
    composing = Composing(move="share-data", channel="rescue-office", visibility="private", intent=-1, expected=-1)
    for width, count in ((90, 1), (66, 2), (40, 3)):
        rows = ["".join(piece for piece, _ in row) for row in summary_rows(composing, 2, width, teller())]
        told = " ".join(" ".join(rows).split())
        assert "Rescue coordination office, private we mean −1, expect −1" in told and "…" not in told
        assert len(rows) == count and all(cells(row) <= width for row in rows)


def test_what_a_move_answers_is_quoted_as_wide_as_it_is_read() -> None:
    """On a projector too."""
    composing = Composing(asked=" ".join(f"word{n}" for n in range(40)))
    *quoted, _none_yet = summary_rows(composing, 6, 198, teller())
    assert len(quoted) > 3 and all(width_of(row) <= READING for row in quoted)


def test_the_move_so_far_is_one_sentence_of_the_readers_language() -> None:
    """Between channel and who hears it stands the sign that the language has there."""
    composing = Composing(move="share-data", channel="rescue-office", visibility="private")
    english, chinese = (
        "".join(piece for piece, _ in summary_rows(composing, 2, 78, teller(language=language))[0])
        for language in LANGUAGES
    )
    assert ", private " in english
    assert "，私下" in chinese
    assert ", " not in chinese


@pytest.mark.parametrize(("size", "on"), [((80, 24), "enter"), ((140, 40), "ctrl+j")])
async def test_with_which_thing_cannot_be_left_out(size: tuple[int, int], on: str, play: Play) -> None:
    """Going on by either key leads to the things; each says how it is seen; the one that is picked is sealed."""
    view = team_view()
    assert isinstance(view, TeamView)
    things = {
        name: AssetEntry(side=DOSSIER.side or "us", name={"en": says, "zh": says}, says={"en": "It tows."})
        for name, says in (("tug", "Ocean tug"), ("barge", "Work barge"))
    }
    seen = (AssetFacts(id="tug", is_so=(), seen=()), AssetFacts(id="barge", is_so=("linked",), seen=()))
    moves = {name: replace(move, assets=tuple(things)) for name, move in DOSSIER.moves.items()}
    seat = FakeSeat(replace(view, assets=seen), moves=moves, assets=things)
    async with play(seat, size=size) as pilot:
        await keys(pilot, "n", "type:state", "enter", on)
        text = screen_text(pilot)
        assert "Say with which of what we have." in text and "Ocean tug" in text
        await keys(pilot, "down", "enter", "ctrl+j", "4", "4", "1", "enter")
    sealed = seat.sent[-1]
    assert isinstance(sealed, SealMove) and sealed.draft.asset == "barge"
    seat = FakeSeat(replace(view, assets=seen), moves=moves, assets=things)
    async with play(seat, size=size) as pilot:
        await keys(pilot, "n", "type:state", "enter", on)
        composer = pilot.app.screen
        assert isinstance(composer, Composer)
        await keys(pilot, "tab", "ctrl+j", "4", "4", "1")  # past it
        assert "Say with which of what we have." in screen_text(pilot).partition("NOW  ")[2][:60], (
            "nothing says that enter seals it"
        )
        await keys(pilot, "enter")
        assert composer.move.step == 2 and composer.pane("how").key == "asset:tug" and not seat.sent


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_who_takes_a_call_cannot_be_left_out(size: tuple[int, int], play: Play) -> None:
    """Going on from the channel leads to those who may, with whether it binds; the one that is picked is sealed."""
    moves = {name: replace(move, exchange=True) for name, move in DOSSIER.moves.items()}
    seat = FakeSeat(moves=moves, takers={"desk": False, "deputy": True, "minister": True})
    async with play(seat, size=size) as pilot:
        await keys(pilot, "enter", "1", "enter")
        text = screen_text(pilot)
        assert "Say who takes it." in text
        assert "a desk officer (binds nobody)" in text and "a minister or above (binds)" in text
        await keys(pilot, "down", "enter", "ctrl+j", "2", "2", "enter")
    sealed = seat.sent[-1]
    assert isinstance(sealed, SealMove) and sealed.draft.taker == "deputy"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_cover_is_pointed_to_once_and_enter_sets_no_mark(size: tuple[int, int], play: Play) -> None:
    """It goes with private words alone: it is offered of those, and falls away with them."""
    terms = {
        "cover": TermEntry(
            says=words("They may announce it"), note=words("It costs us."), heard="private", offered=True
        )
    }
    moves = {name: replace(move, terms=("cover",), promises=()) for name, move in DOSSIER.moves.items()}
    async with play(FakeSeat(team_view(requests=()), moves=moves, terms=terms), size=size) as pilot:
        await keys(pilot, "n", "type:offer", "enter")
        composer = pilot.app.screen
        assert isinstance(composer, Composer)
        await keys(pilot, "enter")
        text = screen_text(pilot)
        assert "It could say: They may" in text and "It costs us." in text
        assert composer.move.step == 2 and composer.pane("how").key == "go"
        toggle(composer.move, "term:cover", composer.say)
        toggle(composer.move, "channel:press", composer.say)
        assert (composer.move.visibility, composer.move.terms) == ("public", ())
        toggle(composer.move, "channel:embassy", composer.say)
        await keys(pilot, "enter")
        assert composer.move.step == 3 and composer.move.draft().terms == ()


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_what_a_call_is_for_cannot_be_left_out(size: tuple[int, int], play: Play) -> None:
    """Going on leads to what we want of it, then to what they want as we think; both are sealed, by a key each."""
    moves = {name: replace(move, exchange=True) for name, move in DOSSIER.moves.items()}
    seat = FakeSeat(moves=moves, call_purposes=True)
    async with play(seat, size=size) as pilot:
        await keys(pilot, "enter", "1", "enter", "ctrl+j", "ctrl+j")
        assert "Say what we want of the talk." in screen_text(pilot)
        assert len(pilot.app.screen.query("Toast")) == 1
        await keys(pilot, "down", "enter")
        text = screen_text(pilot)
        assert "Say what they want of it, as we" in text and "to ask: to learn or get something" in text
        await keys(pilot, "down", "down", "down", "enter")
        while (how := pilot.app.screen.query_one("#how", Pane)).has_focus:  # what can come with it is read
            assert how.key.partition(":")[0] != "their_purpose"
            await keys(pilot, "enter")
        await keys(pilot, "ctrl+j", "2", "2", "enter")
    sealed = seat.sent[-1]
    assert isinstance(sealed, SealMove)
    assert (sealed.draft.purpose, sealed.draft.their_purpose) == ("ask", "seen")


async def test_what_home_expects_of_calls_stands_beside_our_standing(play: Play) -> None:
    """In words, where a session asks what calls are for; elsewhere nothing is said of it."""
    async with play(FakeSeat(team_view(expectation=70)), size=(140, 60)) as pilot:
        (said,) = [line for line in screen_text(pilot).splitlines() if "home expects of calls" in line]
        assert "much" in said and "0.7" not in said
    async with play(FakeSeat(), size=(140, 60)) as pilot:
        assert "home expects of calls" not in screen_text(pilot)


SHEET = CloserFacts(
    by="china",
    acts=tuple(
        CloserAct(number=number, act=act("china", "offer-help", "embassy"), turn=number, hostility=2)
        for number in (2, 1)
    ),
    chosen=(),
    concern="",
    said=False,
    is_first=True,
)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_what_moved_us_closer_is_picked_act_by_act_then_over_what(size: tuple[int, int], play: Play) -> None:
    """Or declined; committing says so where nothing is said."""
    seat = FakeSeat(team_view(closer=SHEET, requests=()))
    async with play(seat, size=size) as pilot:
        assert "China asks us: “Which acts" in " ".join(screen_text(pilot).split())
        await keys(pilot, "enter", "1", "1", "1")
        await keys(pilot, "enter", "3")
        await keys(pilot, "c")
        assert "declines." in screen_text(pilot)
    concern = next(iter(teller("us").dossier.concerns))
    assert seat.sent == [AnswerCloser(acts=(2, 1), concern=concern), AnswerCloser(acts=(), concern="")]


async def test_they_can_be_asked_what_moved_them_closer(play: Play) -> None:
    """Over a channel that is offered, and not where none is."""
    seat = FakeSeat(team_view(ways_to_ask=("embassy",), asks_closer="embassy"))
    async with play(seat, size=(140, 40)) as pilot:
        await keys(pilot, "c")
        assert "We ask them: “Which acts" in " ".join(screen_text(pilot).split()), "the last look says so"
        await keys(pilot, "escape")
        await keys(pilot, "a")
        assert "they answer with their next" in " ".join(screen_text(pilot).split())
        await keys(pilot, "enter")
    assert seat.sent == [AskCloser(channel="embassy")]


async def test_what_comes_as_the_app_ends_is_not_drawn(play: Play) -> None:
    """Its screens have lost their parts by then, and nobody looks."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "type:sonar", "enter")
        composer = pilot.app.screen
        assert isinstance(composer, Composer)
        pilot.app._running = False
        await composer.query_one("#how").remove()
        composer.show(team_view())
