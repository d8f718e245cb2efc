"""Forms: whole sessions played through them alone, and what they ask."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from msgspec.structs import replace
from tests.engine.asking import CALL, answer, draft
from tests.engine.play import Play, shipped, small
from tests.pages.form_filling import filled, some_act
from tests.thinning import examples, one_in

from crisis_sim.cli.language import LANGUAGES
from crisis_sim.content.listings import shipped_folder
from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Paragraph, words
from crisis_sim.pages.desk_blocks import request_blocks
from crisis_sim.pages.form import FormAnswer
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.pages.team_forms import team_doors, team_names
from crisis_sim.pages.team_page import team_main
from crisis_sim.rules.names import SIDES, Language

SCENARIOS = sorted(folder.name for folder in (shipped_folder() / "scenarios").iterdir() if folder.is_dir())
BY_TEAMS: frozenset[type] = frozenset(
    {
        *(a.AdoptLines, a.WriteLine, a.DropLine, a.GuessLine, a.DropGuess, a.ExpectGuess, a.DropExpected),
        *(a.OrderOffences, a.PreAuthorise, a.GuessOrder, a.SealLines, a.ClaimShare, a.PutPrinciple, a.AcceptPrinciple),
        *(a.SealMove, a.ReviseMove, a.WithdrawMove, a.AnswerDecision, a.AskCloser, a.AnswerCloser, a.SayInCall),
        *(a.EndCall, a.StaySilent),
        *(a.SealReadout, a.CommitMoves, a.SealReading, a.CommitReadings, a.SealForecast, a.CommitForecasts, a.TakeNote),
        a.PressReading,
    }
)
"""What a team can ask for."""
FOUL = ("", "-1", "9" * 40, "\u202e\x00\ud800", "٣", "accept", "crosses/x", "/", "own", "public", "[/]", "x" * 5_000)


def played(scenario: str, seed: str, length: int) -> tuple[Counter[type], Counter[str]]:
    """A session of two that fill forms by chance: the actions that came of it, and what was refused."""
    play = Play(shipped(scenario), seed=seed, length=length, second_order=True)
    chance = Random(f"{scenario}/{seed}")
    done: Counter[type] = Counter()
    refused: Counter[str] = Counter()
    say = {side: play.say(side) for side in SIDES}

    def ask(side: a.SeatName, action: a.AnyAction) -> None:
        if isinstance(action, a.PressReading):
            action = replace(action, by=f"{side}-1")  # the host of rooms signs it
        try:
            play.submit(side, action)
            done[type(action)] += 1
        except ActionRefused as why:
            refused[f"{type(action).__name__} {why.code}"] += 1

    for _round in range(400):
        if play.state.phase == "hotwash":
            break
        for side in SIDES:
            for _act in range(5):
                if (action := some_act(play.team(side), say[side], chance)) is not None:
                    ask(side, action)
            for name in ("commit", "seal"):
                form = filled(name, play.team(side), say[side], chance)
                if form is not None and form.action is not None and chance.random() < 0.4:
                    ask(side, form.action)
        if play.white().waiting_for in ((), ("facilitator",)) or chance.random() < 0.05:
            ask("facilitator", a.Advance())
    assert play.state.phase == "hotwash"
    return done, refused


@pytest.mark.parametrize("scenario", one_in(4, SCENARIOS))
def test_a_whole_session_is_played_through_forms_alone(scenario: str) -> None:
    """By chance; nothing that a form offers is refused."""
    done, refused = played(scenario, "1", 90)
    assert done[a.CommitMoves] and done[a.SealReading] and done[a.SealForecast]
    assert not refused


def test_who_has_said_alone_how_they_take_a_card_stands_on_its_page() -> None:
    """Their labels, and nothing of what they said; once the team has sealed its reading, no more."""
    play = Play(shipped("lost-airliner"), seed="1", length=90)
    while play.state.phase != "readings" or not play.team("us").to_read:
        play.turn() if play.state.phase == "readings" else play.submit("facilitator", a.Advance())
        if play.state.phase == "moves":
            play.submit("china", a.SealMove(draft=a.Draft(move="offer-help", channel="embassies", expected=0)))
    for by in ("us-2", "us-1"):
        play.submit("us", a.PressReading(item=play.team("us").to_read[0].number, hostility=3, by=by))
    card, say = str(play.team("us").to_read[0].number), play.say("us")
    form = seat_form(card, play.team("us"), {}, say)
    assert form is not None and "us-1, us-2 have said how to take this" in str(form.before)


def test_what_is_asked_of_us_is_a_door_until_it_is_answered() -> None:
    """First of all in the moves, so that a digit answers it; one that is on our list is behind us."""
    play = small(length=150)
    play.turn(us=(CALL,))
    play.open_moves()
    doors = [door.name for door in team_doors(play.team("china"), play.say("china"))]
    assert doors[0] == "request:1" and team_names(play.team("china"), play.say("china")).count("request:1") == 1
    play.submit("china", a.SealMove(draft=answer("take-call", 1, "accept")))
    assert "request:1" not in [door.name for door in team_doors(play.team("china"), play.say("china"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_to_say_nothing_is_shown_as_our_choice(language: Language) -> None:
    """On the list, on the browser's page, in the last look and in what asks for the commit; no longer as a lack."""
    says: dict[Language, tuple[str, str]] = {
        "en": ("we say nothing", "no answer yet"),
        "zh": ("我方不作答复", "尚未答复"),
    }
    ours, lack = says[language]
    play = small(length=150)
    play.turn(us=(CALL,))
    play.open_moves()
    say = play.say("china", language)
    form = seat_form("request:1", play.team("china"), {"how": "silence"}, say)
    assert form is not None and form.action == a.StaySilent(request=1)
    for choice, shown, hidden in ((None, lack, ours), (form.action, ours, lack)):
        if choice is not None:
            play.submit("china", choice)
        view = play.team("china")
        look = seat_form("commit", view, {}, say)
        assert look is not None
        pages = [
            request_blocks(view.requests, view, say),
            look.before,
            next(blocks for name, _head, blocks in team_main(view, say) if name == "turn"),
        ]
        told = ["\n".join(lines_of(page, say)).casefold() for page in pages]
        assert all(shown in page and hidden not in page for page in told)


def test_private_stands_before_public_over_every_channel_of_every_move() -> None:
    """A hand that knows the rows from the last move does not publish the next."""
    play, both = Play(shipped("new-virus"), length=90), 0
    play.open_moves()
    view, say = play.team("us"), play.say("us")
    for move in say.dossier.moves:
        form = seat_form("move", view, {"move": move}, say)
        assert form is not None
        ways = [option.name for field in form.fields if field.name == "way" for option in field.options]
        for channel in {way.partition("/")[0] for way in ways}:
            heard = [way.partition("/")[2] for way in ways if way.partition("/")[0] == channel]
            assert heard == sorted(heard, key=("private", "public").index)
            both += len(heard) == 2
    assert both


def test_a_guess_from_before_play_is_not_none_at_the_close() -> None:
    """It stands unless it is changed; who has never guessed is told so."""
    for guesses in (0, 1):
        play = small()
        if guesses:
            play.submit("us", a.GuessLine(line="pink", concern="face", says="Blame", weight=5))
        while play.state.phase != "closing":
            play.submit("facilitator", a.Advance())
        form = seat_form("seal", play.team("us"), {}, play.say("us"))
        assert form is not None and ("We have guessed none" in str(form.before)) == (not guesses)


def test_every_action_of_a_team_comes_of_a_form() -> None:
    """Over a few sessions by chance; what none of them did would be named here."""
    done: Counter[type] = Counter()
    for scenario in ("lost-airliner", "bottomed-submarine", "asteroid", "new-virus"):
        for seed in range(examples(2, 20)):
            done += played(scenario, f"{seed}", 90)[0]
    assert BY_TEAMS - done.keys() == set()


def test_whatever_a_sheet_holds_a_form_is_made_or_is_none() -> None:
    """Answers of other forms, of none, in the wrong shape: they count as not given, and nothing else comes of them."""
    play, chance = Play(shipped("lost-airliner"), seed="foul", length=90, second_order=True), Random("foul")
    while play.state.phase != "hotwash":
        for side in SIDES:
            view, say = play.team(side), play.say(side)
            for name in (*team_names(view, say), *FOUL, "move:x", "draft:", "request:x", "hotwash/1/0"):
                form = seat_form(name, view, {}, say)
                fields = [] if form is None else [field.name for field in form.fields]
                sheet: dict[str, FormAnswer] = {}
                for field in fields:
                    sheet[field] = (chance.choice(FOUL), "x") if chance.random() < 0.5 else chance.choice(FOUL)
                made = seat_form(name, view, sheet | {"move": "offer-help", "way": chance.choice(FOUL)}, say)
                assert made is None or all(field.said != "\u202e\x00\ud800" for field in made.fields)
            if (action := some_act(view, say, chance)) is not None and not isinstance(action, a.PressReading):
                play.submit(side, action)
        play.submit("facilitator", a.Advance())


def test_the_last_look_shows_all_that_goes_out_and_that_no_word_does() -> None:
    """The item of the agenda that a move endorses, what an answer answers, and an act without words as that."""
    play = Play(shipped("cable-quake"), length=90)
    play.turn(us=(draft("request-call", "embassies", text="Let us speak."),))
    play.open_moves()
    mandate = draft(
        "reaffirm-rules", "embassies", terms=("endorse-track-two",), item="repair-ships", about="embassies", text="Yes."
    )
    play.submit("china", a.SealMove(draft=mandate))
    number = play.team("china").requests[0].number
    play.submit("china", a.SealMove(draft=answer("take-call", number, "accept", "embassies", taker="desk")))
    form = seat_form("commit", play.team("china"), {}, play.say("china"))
    assert form is not None
    told = [words(block.line) for block in form.before if isinstance(block, Paragraph)]
    assert any("endorses for the unofficial channel: How a repair ship announces" in each for each in told)
    assert any(each.startswith("answering: United States: Ask for a call") for each in told)
    assert told.count("No words of ours go with it.") == 1
