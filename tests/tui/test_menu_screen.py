"""The opening menu gives back what was chosen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.cli.test_language import CHINESE, ENGLISH
from tests.tui.conftest import keys, screen_text
from textual.pilot import Pilot

from crisis_sim.cli.language import LANGUAGES
from crisis_sim.rules.names import Language
from crisis_sim.tui.menu_choice import TurnEntry
from crisis_sim.tui.menu_rows import ITEMS, played_items
from crisis_sim.tui.menu_screen import LogEntry, MenuApp, MenuChoice, Offer, PolicyEntry, ScenarioEntry
from crisis_sim.tui.pane_rows import READING
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import speaker

SUBMARINE = ScenarioEntry("sub", "A submarine on the seabed", "Air for 90 hours.", (90, 150), ("en",), ("core",), (90,))
TO_HOST = ("5",)


async def chosen(*presses: str) -> MenuChoice:
    app = MenuApp(Offer((SUBMARINE,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, *presses)
    assert app.return_value is not None
    return app.return_value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_all_that_can_be_done_is_in_sight(size: tuple[int, int], language: Language) -> None:
    """With what each means where there is room, and else of the chosen one."""
    app, say = MenuApp(Offer((SUBMARINE,), language=language)), speaker(language)
    async with app.run_test(size=size) as pilot:
        for at, (_do, label, note) in enumerate(ITEMS):
            text = "".join(screen_text(pilot).translate(dict.fromkeys(map(ord, "│▌"))).split())
            assert all("".join(say(each).split()) in text for _, each, _ in ITEMS), label
            told = ["".join(say(each).split()) in text for _, _, each in ITEMS]
            assert told[at] or not note
            assert all(told) is (size[1] == 40)
            await keys(pilot, "down")


async def test_whoever_is_alone_plays_with_two_keys() -> None:
    """Enter, a scenario, enter: one person for 45 minutes against the bot that listens, and no form to fill in."""
    short = replace(SUBMARINE, lengths=(45, 90))
    for size in ((80, 24), (140, 40)):
        app = MenuApp(Offer((SUBMARINE, replace(short, id="other"))))
        async with app.run_test(size=size) as pilot:
            assert "Alone, 45 minutes, against a team that listens" in screen_text(pilot)
            await keys(pilot, "enter")
            assert "esc back" in screen_text(pilot).splitlines()[-1]
            await keys(pilot, "down", "enter")
        choice = app.return_value
        assert choice is not None and (choice.do, choice.scenario, choice.length) == ("start", "other", 45)
        assert (choice.us, choice.china, choice.facilitator) == ("person", "attentive", "auto")


async def test_a_number_chooses_and_a_first_time_stands_before_the_demo() -> None:
    """Each thing on the first page has its number; those for newcomers come before those for groups."""
    for number, (do, _label, _note) in enumerate(ITEMS[:9], 1):
        if do in ("try", "demo"):
            assert (await chosen(str(number))).do == do
    names = [do for do, _label, _note in ITEMS]
    assert names.index("alone") < names.index("try") < names.index("demo") < names.index("host")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_help_and_the_palette_open_over_the_menu_and_esc_leaves_nothing_by_accident(language: Language) -> None:
    """`?` tells its keys, ctrl+p finds what can be chosen and does it; the first page stays where esc leads nowhere."""
    say, app = speaker(language), MenuApp(Offer((SUBMARINE,), language=language))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "esc" not in screen_text(pilot).splitlines()[-1]
        await keys(pilot, "escape", "question_mark")
        assert "".join(say("Choose what is under the cursor").split()) in "".join(screen_text(pilot).split())
        await keys(pilot, "escape", "ctrl+p", "type:" + say("Watch the demo")[:4])
        await pilot.pause(0.5)  # the palette searches
        await keys(pilot, "enter")
    assert app.return_value is not None and app.return_value.do == "demo"


TURNS = (TurnEntry(3, "Turn 3: “Keep off.”; meant 0 neutral, taken as +2 hostile"), TurnEntry(1, "Turn 1: as meant"))


@pytest.mark.parametrize(("presses", "us"), [(("3", "enter", "1"), "attentive"), (("3", "enter", "2"), "person")])
async def test_what_if_begins_at_the_turn_that_was_misread_most(presses: tuple[str, ...], us: str) -> None:
    """One key from the end of a session, then the turn, then whether a bot that listens plays for us or we do."""
    app = MenuApp(Offer(TEN, played="logs/x.jsonl", turns=TURNS))
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, presses[0])
        assert screen_text(pilot).index("Keep off.") < screen_text(pilot).index("Turn 1: as meant")
        await keys(pilot, "escape")
        assert "What comes now?" in screen_text(pilot)
        await keys(pilot, *presses)
    choice = app.return_value
    assert choice is not None and (choice.do, choice.log, choice.turn, choice.us) == ("what-if", "logs/x.jsonl", 3, us)


async def test_what_can_be_done_with_a_session_is_one_key_each() -> None:
    """Debrief, replay and what if first; only what there is: a hotwash that was left, a session that it parted from."""
    for offer, expected in (
        (Offer(TEN, played="x"), ["debrief", "replay", "first", "quit"]),
        (Offer(TEN, played="x", turns=TURNS), ["debrief", "replay", "what-if", "first", "quit"]),
        (
            Offer(TEN, played="x", turns=TURNS, parent="y", changes="You sit there.", goes_on=True),
            ["debrief", "replay", "what-if", "compare", "again", "resume", "first", "quit"],
        ),
    ):
        assert [do for do, _label, _note in played_items(offer)] == expected
        for number, do in enumerate(expected, 1):
            if do in ("debrief", "replay", "compare", "again", "resume"):
                app = MenuApp(offer)
                async with app.run_test(size=(80, 24)) as pilot:
                    await keys(pilot, str(number))
                assert app.return_value is not None and (app.return_value.do, app.return_value.log) == (do, "x")


async def test_how_many_acts_teams_order_is_shown_and_can_be_chosen() -> None:
    """As the scenario has it by length, five at one table, all eight against a bot; otherwise if somebody says so."""
    app = MenuApp(Offer((SUBMARINE,), policies=lambda: (PolicyEntry("rota", "by a list"),)))
    async with app.run_test(size=(80, 30)) as pilot:
        await keys(pilot, "2")
        assert "each team orders five acts" in screen_text(pilot)
        await keys(pilot, "home", "down", "down", "enter", "2")
        assert "each team orders eight acts" in screen_text(pilot)
        await keys(pilot, "home", "down", "enter", "2")
        assert "What is grave   no team orders acts" in screen_text(pilot)
        await keys(pilot, "end", "enter")
    assert app.return_value is not None and app.return_value.offence_card is None
    assert (await chosen("2", "up", "up", "enter", "3", "end", "enter")).offence_card == "full"


async def test_whether_cards_are_dealt_is_shown_where_a_scenario_has_them() -> None:
    """As the scenario has it by length, unless somebody says no, or yes again."""
    offer = Offer((replace(SUBMARINE, instructions=(90,)),))
    for picks, cards in (((), None), (("1",), "off"), (("1", "2"), None)):
        app = MenuApp(offer)
        async with app.run_test(size=(80, 30)) as pilot:
            await keys(pilot, "2")
            assert "instruction cards are dealt" in screen_text(pilot)
            for pick in picks:
                await keys(pilot, "end", *["up"] * 3, "enter", pick)
            told = "no instruction cards" if cards else "instruction cards are dealt"
            assert told in screen_text(pilot)
            await keys(pilot, "home", "down", "enter", "2")
            assert "instruction cards" not in screen_text(pilot)
            await keys(pilot, "end", "enter")
        assert app.return_value is not None and app.return_value.cards == cards
    async with MenuApp(Offer((SUBMARINE,))).run_test(size=(80, 30)) as pilot:
        await keys(pilot, "enter")
        assert "instruction cards" not in screen_text(pilot)


async def test_a_session_may_begin_with_what_an_earlier_one_left() -> None:
    """Those that came to their hotwash are offered, and nothing is asked where there is none."""
    logs = (LogEntry("logs/half.jsonl", "Half played"), LogEntry("logs/first.jsonl", "A lost airliner, closed", True))
    for picks, path in (((), ""), (("2",), "logs/first.jsonl"), (("2", "1"), "")):
        app = MenuApp(Offer((SUBMARINE,), logs=logs))
        async with app.run_test(size=(80, 24)) as pilot:
            await keys(pilot, "2")
            assert "Begins with     nothing earlier" in screen_text(pilot)
            for pick in picks:
                await keys(pilot, "end", "up", "up", "enter")
                assert "A lost airliner, closed" in screen_text(pilot)
                assert "Half played" not in screen_text(pilot)
                await keys(pilot, pick)
            assert ("Trust, channels" in screen_text(pilot)) is bool(path)
            await keys(pilot, "end", "enter")
        assert app.return_value is not None and app.return_value.inherits == path
    async with MenuApp(Offer((SUBMARINE,), logs=logs[:1])).run_test(size=(80, 24)) as pilot:
        await keys(pilot, "2")
        assert "Begins with" not in screen_text(pilot)


async def test_the_menu_speaks_the_language_of_whoever_opens_it() -> None:
    """On every page, and in what it asks; names and ids stay."""
    scenario = replace(SUBMARINE, title="坐沉海底的潜艇", says="", languages=("en", "zh"))
    for presses in (
        [],
        ["2"],
        ["2", "home", "down", "enter"],
        ["2", "up", "up", "enter"],
        ["7"],
        TO_HOST,
        [*TO_HOST, "home", "down", "enter"],
        ["6"],
        ["2", "end", "up", "up", "enter"],
    ):
        logs = (LogEntry("-", "", True),)
        async with MenuApp(Offer((scenario,), logs=logs, language="zh")).run_test(size=(80, 30)) as pilot:
            await keys(pilot, *presses)
            text = screen_text(pilot)
            assert CHINESE.search(text) and ENGLISH.findall(text) == []


async def test_a_choice_opens_on_what_is_chosen_so_far() -> None:
    """Enter twice on a row changes nothing, though what is chosen stands second in the list."""
    choice = await chosen("2", "home", "down", "enter", "2", "enter", "enter", "end", "enter")
    assert choice.length == 150


TEN = tuple(
    replace(SUBMARINE, id=f"s{n}", title=f"Case {n}", says=f"It begins with {n}. More follows.", difficulty="easy")
    for n in range(10)
)


async def test_every_scenario_is_in_sight_with_what_it_is() -> None:
    """All ten at 140 by 40, each with a sentence, how difficult and how long it is, and its languages."""
    async with MenuApp(Offer(TEN)).run_test(size=(140, 40)) as pilot:
        await keys(pilot, "2")
        text = screen_text(pilot)
        for n in range(10):
            assert f"Case {n}" in text and f"It begins with {n}." in text
        assert text.count("easy · 90, 150 min · English") == 10
        assert "More follows." not in text


async def test_where_all_have_room_sentences_are_as_wide_as_they_are_read() -> None:
    """At 200 by 50 all ten stand in a column of a book's width."""
    long = "An airliner with 142 people aboard has vanished near a bank that appears under three names on three charts."
    async with MenuApp(Offer(tuple(replace(each, says=long) for each in TEN))).run_test(size=(200, 50)) as pilot:
        await keys(pilot, "enter")
        text = screen_text(pilot)
        assert all(f"Case {n}" in text for n in range(10)) and text.count("three charts.") == 10
        assert max(len(row.strip("│ ▌")) for row in text.splitlines() if "airliner" in row) <= READING


async def test_in_a_small_window_the_chosen_scenario_says_what_it_is() -> None:
    """All ten have a row at 80 by 24; the sentence goes with the cursor, and enter sets the table for it."""
    app = MenuApp(Offer(TEN))
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "2")
        assert all(f"Case {n}" in screen_text(pilot) for n in range(10))
        assert "It begins with 0. More follows." in screen_text(pilot)
        await keys(pilot, "down", "down")
        assert "It begins with 2." in screen_text(pilot) and "It begins with 0." not in screen_text(pilot)
        await keys(pilot, "enter")
        assert "Scenario        Case 2" in screen_text(pilot)
        await keys(pilot, "escape")
        assert "Which scenario?" in screen_text(pilot) and "It begins with 2." in screen_text(pilot)
        await keys(pilot, "enter", "enter")
    assert app.return_value is not None and app.return_value.scenario == "s2"


async def test_after_a_session_comes_what_can_be_done_with_it() -> None:
    """Its debrief, its replay, once more from the other side, the menu; what came of the last choice is said."""
    changes, said = "You sit where the bot sat.", "The debrief is written: x.html"
    offer = Offer(TEN, played="logs/x.jsonl", changes=changes, said=said)
    for presses, do in (((), "debrief"), (("down",), "replay"), (("down", "down"), "again")):
        app = MenuApp(offer)
        async with app.run_test(size=(80, 24)) as pilot:
            assert "The debrief is written: x.html" in screen_text(pilot)
            assert "You sit where the bot sat." in screen_text(pilot)
            await keys(pilot, *presses, "enter")
        assert app.return_value is not None
        assert (app.return_value.do, app.return_value.log) == (do, "logs/x.jsonl")
    app = MenuApp(offer)
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "down", "down", "down", "enter")
        assert "What would you like to do?" in screen_text(pilot)
        await keys(pilot, "q")
    assert app.return_value is None


async def test_what_is_done_next_is_marked() -> None:
    """With the debrief written the cursor is on the replay, and enter takes that."""
    app = MenuApp(
        Offer(TEN, played="logs/x.jsonl", changes="You sit where the bot sat.", said="written", next="replay")
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "enter")
    assert app.return_value is not None and app.return_value.do == "replay"


async def test_after_a_session_all_is_in_sight_beneath_what_is_said() -> None:
    """Also where that takes several rows of a small window."""
    app = MenuApp(Offer(TEN, played="logs/x.jsonl", changes="You sit where the bot sat.", said="written " * 40))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.screen.query_one("#menu", Pane).max_scroll_y == 0


async def test_a_list_begins_at_its_first_row() -> None:
    """Whatever row the cursor was in before: what enter takes is the newest log, and not one further down."""
    logs = tuple(LogEntry(f"logs/{n}.jsonl", f"A submarine, {n}") for n in range(9))
    app = MenuApp(Offer((SUBMARINE,), logs=logs))
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "7")
        assert "Which log do you want to resume?" in screen_text(pilot)
        await keys(pilot, "enter")
    assert app.return_value is not None and app.return_value.log == "logs/0.jsonl"


async def test_a_closed_session_is_none_to_go_on_with() -> None:
    """It is debriefed and replayed; where there is nothing to choose, a sentence says so."""
    logs = (LogEntry("logs/x.jsonl", "A lost airliner, closed", is_open=True, is_closed=True),)
    async with MenuApp(Offer((SUBMARINE,), logs=logs)).run_test(size=(80, 30)) as pilot:
        await keys(pilot, "7")
        assert "There is no session to go on with." in screen_text(pilot)
        await keys(pilot, "escape", "down", "enter")
        assert "A lost airliner, closed" in screen_text(pilot)
    async with MenuApp(Offer((SUBMARINE,))).run_test(size=(80, 30)) as pilot:
        await keys(pilot, "8")
        assert "No session has come to its hotwash yet." in screen_text(pilot)


async def test_an_exercise_is_hosted_from_the_menu() -> None:
    """The table is set as for a session, with who joins, and from where: this machine alone unless somebody says so."""
    app = MenuApp(Offer((SUBMARINE,)))
    async with app.run_test(size=(100, 40)) as pilot:
        await keys(pilot, *TO_HOST)
        assert "Joined from     this machine alone" in screen_text(pilot)
        assert screen_text(pilot).count("whoever joins with its code") == 2
        assert "each team orders eight acts" in screen_text(pilot)  # teams work at once
        await keys(pilot, "escape")
        assert "What would you like to do?" in screen_text(pilot)
        await keys(pilot, "enter", "end", "enter")
    choice = app.return_value
    assert choice is not None and (choice.do, choice.scenario, choice.reach) == ("host", "sub", "here")
    choice = await chosen(*TO_HOST, "home", "down", "enter", "2", "end", "enter")
    assert (choice.do, choice.reach) == ("host", "network")
    choice = await chosen(*TO_HOST, "escape", "2", "end", "enter")
    assert choice.do == "start"


async def test_an_exercise_is_joined_from_the_menu() -> None:
    """Its address is asked for, and may be typed or pasted as the host shows it; nothing typed leads back."""
    for typed in ("192.168.1.20:7410", "crisis-sim join 192.168.1.20:7410", "scripts/run join 192.168.1.20:7410"):
        app = MenuApp(Offer((SUBMARINE,)))
        async with app.run_test(size=(80, 30)) as pilot:
            await keys(pilot, "6")
            assert "Where is the exercise hosted?" in screen_text(pilot)
            await keys(pilot, "escape")
            assert "What would you like to do?" in screen_text(pilot)
            await keys(pilot, "enter", *("space" if each == " " else each for each in typed), "enter")
            await until_left(app, pilot)
        assert app.return_value == MenuChoice(do="join", address="192.168.1.20:7410")


async def until_left(app: MenuApp, pilot: Pilot[MenuChoice | None]) -> None:
    """Until what was chosen is being done."""
    for _ in range(200):
        if app.return_value is not None:
            return
        await pilot.pause(0.01)
    raise AssertionError(screen_text(pilot))


async def test_where_nobody_answers_the_address_is_asked_for_again() -> None:
    """A sentence says so, and what was typed stands there to be mended."""
    said = {"10.0.0.9": "No host answers at 10.0.0.9."}
    app = MenuApp(Offer((SUBMARINE,), unheard=lambda address: said.get(address, "")))
    async with app.run_test(size=(80, 30)) as pilot:
        await keys(pilot, "6", *"10.0.0.9", "enter")
        for _ in range(200):
            if "Where is the exercise hosted?" in screen_text(pilot) and "10.0.0.9" in screen_text(pilot):
                break
            await pilot.pause(0.01)
        assert [str(each.message) for each in app._notifications] == ["No host answers at 10.0.0.9."]
        assert app.return_value is None
        await keys(pilot, "end", "backspace", "1", "enter")
        await until_left(app, pilot)
    assert app.return_value == MenuChoice(do="join", address="10.0.0.1")


async def test_a_session_that_people_joined_is_hosted_again_from_the_menu_or_played_here() -> None:
    """So that they come back to their screens; one of this terminal alone is gone on with here without a question."""
    hosted = LogEntry("logs/rooms.jsonl", "A lost airliner, turn 2", was_hosted=True)
    here = LogEntry("logs/table.jsonl", "A lost airliner, turn 3")
    for presses, expected in (
        (("home", "enter", "1"), MenuChoice(do="host", log=hosted.path, reach="here")),
        (("home", "enter", "2"), MenuChoice(do="host", log=hosted.path, reach="network")),
        (("home", "enter", "3"), MenuChoice(do="resume", log=hosted.path)),
        (("home", "down", "enter"), MenuChoice(do="resume", log=here.path)),
    ):
        app = MenuApp(Offer((SUBMARINE,), logs=(hosted, here)))
        async with app.run_test(size=(80, 30)) as pilot:
            await keys(pilot, "7", *presses)
            await until_left(app, pilot)
        assert app.return_value == expected


async def test_a_seed_may_be_typed_in_full_width() -> None:
    """As a Chinese input method types digits."""
    choice = await chosen("2", "up", *"", "enter", *"１２", "enter", "down", "enter")
    assert choice.seed == 12


async def test_a_list_that_becomes_wider_leaves_no_row_behind() -> None:
    """What was wrapped in the width of the page before is gone, below the last row too."""
    said = [" ".join(f"s{n}w{place}" for place in range(20 if n == 9 else 30)) + "." for n in range(10)]
    ten = tuple(ScenarioEntry(f"s{n}", f"Case {n}", told, (90,), ("en",), (), (), ()) for n, told in enumerate(said))
    async with MenuApp(Offer(ten)).run_test(size=(140, 40)) as pilot:
        await keys(pilot, "enter")
        text = screen_text(pilot).replace(".", " ").split()
        assert [text.count(f"s9w{place}") for place in range(20)] == [1] * 20
