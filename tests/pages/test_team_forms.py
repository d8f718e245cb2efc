"""Forms: whole sessions played through them alone, and what they ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, product
from random import Random

import pytest
from msgspec.structs import replace
from tests.engine.asking import CALL, answer, draft
from tests.engine.play import Play, shipped, small
from tests.pages.form_filling import filled, some_act
from tests.thinning import one_in

from crisis_sim.agents.form_answers import question_lines
from crisis_sim.cli.language import LANGUAGES
from crisis_sim.content.listings import shipped_folder
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.table_actions import HOTWASH_PAGES
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Paragraph, Table, words
from crisis_sim.pages.channel_blocks import channel_blocks
from crisis_sim.pages.form import FormAnswer, FormField
from crisis_sim.pages.pending_blocks import request_blocks
from crisis_sim.pages.seat_page import SeatPage, seat_form, seat_page
from crisis_sim.pages.team_forms import team_links, team_names
from crisis_sim.pages.team_page import team_main
from crisis_sim.rules.names import SIDES, Language, Side

SCENARIOS = sorted(folder.name for folder in (shipped_folder() / "scenarios").iterdir() if folder.is_dir())
BY_TEAMS: frozenset[type] = frozenset(
    {
        *(a.AdoptLines, a.WriteLine, a.DropLine, a.GuessLine, a.DropGuess),
        *(a.OrderOffences, a.GuessOrder, a.SealLines, a.PutPrinciple, a.AcceptPrinciple),
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
    play = Play(shipped(scenario), seed=seed, length=length)
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


@pytest.mark.parametrize("scenario", one_in(5, SCENARIOS))
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
    assert form is not None and "us-1, us-2 have said how to take this" in str(form.intro)


def test_what_is_asked_of_us_is_a_door_until_it_is_answered() -> None:
    """First of all in the moves, so that a digit answers it; one that is on our list is behind us."""
    play = small(length=150)
    play.turn(us=(CALL,))
    play.open_moves()
    doors = [door.name for door in team_links(play.team("china"), play.say("china"))]
    assert doors[0] == "request:1" and team_names(play.team("china"), play.say("china")).count("request:1") == 1
    play.submit("china", a.SealMove(draft=answer("take-call", 1, "accept")))
    assert "request:1" not in [door.name for door in team_links(play.team("china"), play.say("china"))]


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
            look.intro,
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
        assert form is not None and ("We have guessed none" in str(form.intro)) == (not guesses)


def test_every_action_of_a_team_comes_of_a_form() -> None:
    """Over a few sessions by chance, as many as it takes; what none of them did would be named here."""
    done: Counter[type] = Counter()
    for seed, scenario in product(range(20), ("lost-airliner", "bottomed-submarine", "asteroid", "new-virus")):
        done += played(scenario, f"{seed}", 90)[0]
        if done.keys() >= BY_TEAMS:
            break
    assert BY_TEAMS - done.keys() == set()


def test_whatever_a_sheet_holds_a_form_is_made_or_is_none() -> None:
    """Answers of other forms, of none, in the wrong shape: they count as not given, and nothing else comes of them."""
    play, chance = Play(shipped("lost-airliner"), seed="foul", length=90), Random("foul")
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
                assert made is None or all(field.answer != "\u202e\x00\ud800" for field in made.fields)
            if (action := some_act(view, say, chance)) is not None and not isinstance(action, a.PressReading):
                play.submit(side, action)
        play.submit("facilitator", a.Advance())


def test_the_last_look_shows_all_that_goes_out_and_that_no_word_does() -> None:
    """What a move is about, what an answer answers, and an act without words as that."""
    play = Play(shipped("cable-quake"), length=90)
    play.turn(us=(draft("request-call", "embassies", text="Let us speak."),))
    play.open_moves()
    play.submit("china", a.SealMove(draft=draft("reaffirm-rules", "embassies", about="embassies", text="Yes.")))
    number = play.team("china").requests[0].number
    play.submit("china", a.SealMove(draft=answer("take-call", number, "accept", "embassies", taker="desk")))
    form = seat_form("commit", play.team("china"), {}, play.say("china"))
    assert form is not None
    told = [words(block.line) for block in form.intro if isinstance(block, Paragraph)]
    assert any(each.startswith("about: ") for each in told)
    assert any(each.startswith("answering: United States: Ask for a call") for each in told)
    assert told.count("No words of ours go with it.") == 1


def form_names(page: SeatPage) -> Iterator[str]:
    """Every form that a page offers somewhere: its doors, its keys, its calls, the pages of the hotwash."""
    yield from (door.name for door in (*page.links, *page.hotwash) if not door.closed)
    yield from page.opens
    for talk in page.talks:
        yield from filter(None, (talk.prompt, talk.readout, talk.note, talk.ends))


def try_forms(play: Play, side: Side, chance: Random) -> tuple[list[str], set[type]]:
    """The forms that end in a refusal when they are filled in and done, and the types of the other actions.

    Forms are followed to those that they lead to. Nothing is done to the session.
    """
    view, say = play.team(side), play.say(side)
    names, refusals, action_types = list(form_names(seat_page(view, say))), list[str](), set[type]()
    for name in names:  # it grows while forms are followed
        form = filled(name, view, say, chance)
        assert form is not None, f"{name} is offered in {view.phase} and cannot be opened"
        names += [door.name for door in form.links if door.name not in names]
        if form.action is None or isinstance(form.action, a.PressReading):  # that one the host of rooms signs
            assert form.action or form.lacks or not form.submit, f"{name} can never be done in {view.phase}"
            continue
        try:
            decide(play.state, side, form.action, play.table)
            action_types.add(type(form.action))
        except ActionRefused as why:
            refusals.append(f"{view.phase} {name}: {type(form.action).__name__} {why.code}")
    return refusals, action_types


@pytest.mark.parametrize("scenario", one_in(10, SCENARIOS))
def test_whatever_a_page_offers_in_any_phase_can_be_done(scenario: str) -> None:
    """From the briefing to the last page of the hotwash, led through it or not; no form ends in a refusal."""
    play, chance = Play(shipped(scenario), seed="walk", length=45), Random(scenario)
    refusals, action_types = list[str](), dict[str, set[type]]()

    def walk() -> None:
        for side in SIDES:
            more, types = try_forms(play, side, chance)
            refusals.extend(more)
            action_types.setdefault(play.state.phase, set()).update(types)

    while play.state.phase != "hotwash":
        walk()
        for side in SIDES:
            for _act in range(3):
                action = some_act(play.team(side), play.say(side), chance)
                if action is not None and not isinstance(action, a.PressReading):
                    play.submit(side, action)
        walk()
        play.submit("facilitator", a.Advance())
    walk()
    for page in HOTWASH_PAGES:
        play.submit("facilitator", a.LeadHotwash(page=page))
        walk()
    assert refusals == []
    phases = {"briefing", "situation", "moves", "readings", "results", "closing", "hotwash"}
    assert phases <= action_types.keys() and a.TakeNote in action_types["hotwash"]


@pytest.mark.parametrize("seat", [*SIDES, "facilitator"])
def test_each_names_its_one_thing_to_change_on_the_page_for_that(seat: a.SeatName) -> None:
    """The page itself offers it, a team's also where it is led there; what is named stands under that seat."""
    play = small()
    while play.state.phase != "hotwash":
        play.submit("facilitator", a.Advance())
    play.submit("facilitator", a.LeadHotwash(page="changes"))
    view, say = play.look(seat), play.say(seat)
    step = seat_form(f"hotwash/{HOTWASH_PAGES.index('changes')}/0", view, {}, say)
    assert step is not None
    offered = [door for door in step.links if "one thing to change" in door.label]
    if seat != "facilitator":  # who leads stands on the step itself
        offered.append(seat_page(view, say).links[0])
        assert "one thing to change" in offered[-1].label
    for number, door in enumerate(offered, 1):
        form = seat_form(door.name, view, {"text": f"Ask before we fly, {number}."}, say)
        assert form is not None and form.action is not None
        play.submit(seat, form.action)
    record = play.look("facilitator").hotwash
    assert record is not None and {(note.about, note.of) for note in record.notes} == {("change", seat)}
    assert len(record.notes) == len(offered) >= 1
    assert seat_form(offered[0].name, play.look("observer"), {}, play.say("observer")) is None


@pytest.mark.parametrize("scenario", one_in(5, SCENARIOS))
def test_a_private_word_over_a_channel_that_the_host_keeps_is_said_to_be_heard_there(scenario: str) -> None:
    """Wherever a channel is chosen, by form or by a model, and in the list of channels; of no other channel.

    A delegation that writes to a coordinator in confidence knows that the other side will read it.
    """
    play = Play(shipped(scenario), length=90)
    play.open_moves()
    view, say, seen = play.team("china"), play.say("china"), set[bool]()
    others_keep = {name for name, of in play.table.scenario.channels.items() if of.kind == "multilateral"}
    for move in say.dossier.moves:
        form = seat_form("move", view, {"move": move}, say)
        assert form is not None
        fields = [field for field in form.fields if field.name == "way"]
        for option in chain.from_iterable(field.options for field in fields):
            channel, _slash, heard = option.name.partition("/")
            passed_on = heard == "private" and channel in others_keep
            assert ("passes it on" in option.note) is passed_on, (move, option)
            assert any(option.note in line for line in question_lines(fields, say))
            chosen = seat_form("move", view, {"move": move, "way": option.name}, say)
            assert chosen is not None and ("Private is not secret here" in str(chosen.notes)) is passed_on
            seen.add(passed_on)
    assert seen == {True, False}
    rows = [row for block in channel_blocks(view, say) if isinstance(block, Table) for row in block.rows]
    assert {row.key for row in rows if "not secret" in str(row.notes)} == {f"channel:{name}" for name in others_keep}
    assert all(("not secret" in row.sentence) is ("not secret" in str(row.notes)) for row in rows)


BINDING = {"promise", "terms", "discloses", "cites", "taker", "how", "answer"}
"""Questions whose answers bind a team once they have gone out."""


def check_cursor(field: FormField) -> None:
    """Where the cursor begins in a question that is not answered."""
    assert field.binding is (field.name in BINDING), field
    if field.skip_label or field.kind == "many":
        assert field.cursor == "", field
    elif field.binding:
        assert field.cursor is None, field
    elif field.scale:
        assert field.cursor == field.options[len(field.options) // 2].name, field


def test_no_binding_answer_lies_under_the_cursor() -> None:
    """It begins on what leaves a promise, a term or a citation out, and on nothing where each answer binds.

    On a scale it begins in the middle, and not on the gravest.
    """
    chance, names = Random("cursors 2"), set[str]()
    for scenario in ("lost-airliner", "bottomed-submarine"):
        play = Play(shipped(scenario), seed="cursor", length=90)
        while play.state.phase != "closing":
            for side in SIDES:
                view, say = play.team(side), play.say(side)
                for name in team_names(view, say):
                    form, sheet = filled(name, view, say, chance), dict[str, FormAnswer]()
                    for answered in form.fields if form is not None else ():
                        before = seat_form(name, view, sheet, say)
                        assert before is not None
                        field = next(field for field in before.fields if field.name == answered.name)
                        if field.answer is None and field.kind in ("one", "many"):
                            check_cursor(field)
                            names.add(field.name)
                        sheet[field.name] = answered.answer or ""
                for _act in range(6):
                    action = some_act(play.team(side), play.say(side), chance)
                    if action is not None and not isinstance(action, a.PressReading):
                        play.submit(side, action)
            play.submit("facilitator", a.Advance())
    assert {"promise", "terms", "discloses", "cites", "how", "answer", "taker", "weight", "intent"} <= names


def test_what_can_be_done_keeps_its_place_while_a_phase_lasts() -> None:
    """A hand that knows the digits of *new move* and *commit* never meets the one where the other was."""
    play, chance, phases = Play(shipped("lost-airliner"), seed="doors", length=45), Random("doors"), set[str]()
    while play.state.phase != "closing":
        for side in SIDES:
            places: dict[str, int] = {}
            for _act in range(12):
                view, say = play.team(side), play.say(side)
                doors = team_links(view, say)
                for place, label in enumerate(door.label for door in doors if view.phase in ("moves", "readings")):
                    assert places.setdefault(label, place) == place, (view.phase, label)
                    phases.add(view.phase)
                if (action := some_act(view, say, chance)) is not None and not isinstance(action, a.PressReading):
                    play.submit(side, action)
        play.submit("facilitator", a.Advance())
    assert phases == {"moves", "readings"}
