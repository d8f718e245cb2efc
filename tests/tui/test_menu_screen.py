"""The opening menu: one key or two for each thing, everything in sight, and the choice that comes of it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.conftest import keys, quiet, screen_text

from crisis_sim.pages.menu_choice import LISTENER, LogEntry, MenuChoice, Offer, PolicyEntry, ScenarioEntry, TurnEntry
from crisis_sim.rules.names import Language
from crisis_sim.tui.menu_screen import MenuApp

SCENARIOS = (
    ScenarioEntry("sub", "A submarine [/] on the seabed", "Forty-four people.", (45, 90), ("en", "zh"), ("core",),
                  offence_card=(90,), instructions=(90,), explained=True, difficulty="easy"),
    ScenarioEntry("virus", "A new virus", "Forty ill.", (90,), ("en",), ("core",)),
)  # fmt: skip
LOGS = (LogEntry("a.jsonl", "A submarine, turn 2"), LogEntry("b.jsonl", "A virus, over", is_open=True, is_closed=True),
        LogEntry("c.jsonl", "Hosted, turn 1", was_hosted=True))  # fmt: skip


def offer(**changes: object) -> Offer:
    """What is offered in a test."""
    fields: dict[str, object] = {
        "scenarios": SCENARIOS,
        "policies": lambda: (PolicyEntry("attentive", "It listens."), PolicyEntry("mirror", "It mirrors.")),
        "logs": LOGS,
    }
    return Offer(**fields | changes)  # type: ignore[arg-type]  # as they are named


async def chosen(*pressed: str, size: tuple[int, int] = (80, 24), **changes: object) -> MenuChoice | None:
    """What comes of keys."""
    app = MenuApp(offer(**changes))
    async with app.run_test(size=size) as pilot:
        await quiet(pilot)
        await keys(pilot, *pressed)
    return app.return_value


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_all_that_can_be_done_is_in_sight(size: tuple[int, int], language: Language) -> None:
    """Alone comes first; what is under the cursor says what it is."""
    async with MenuApp(offer(language=language)).run_test(size=size) as pilot:
        await quiet(pilot)
        text = screen_text(pilot)
    told = ("Alone, 45 minutes", "Quit", "a bot plays China") if language == "en" else ("退出",)
    assert all(each in text for each in told), text


async def test_whoever_is_alone_plays_with_two_keys() -> None:
    """Alone, and the first scenario: 45 minutes against the bot that listens, with nobody to run it."""
    choice = await chosen("1", "1")
    assert choice is not None
    assert (choice.do, choice.scenario, choice.length) == ("start", "sub", 45)
    assert (choice.us, choice.china, choice.facilitator) == ("person", LISTENER, "auto")


async def test_a_session_is_set_up_from_what_stands_and_what_is_changed() -> None:
    """Start, a scenario, and enter plays it as it stands; a row that is opened takes another answer."""
    choice = await chosen("2", "1", "enter")
    assert choice is not None
    assert (choice.do, choice.scenario, choice.length, choice.packs, choice.seed) == (
        "start",
        "sub",
        90,
        ("core",),
        None,
    )
    assert choice.offence_card is None and choice.cards
    choice = await chosen("2", "1", "home", "enter", "1", "enter")
    assert choice is not None and choice.length == 45
    choice = await chosen("2", "1", "up", "enter", "type:７", "enter", "enter")
    assert choice is not None and choice.seed == 7


async def test_a_seed_that_is_none_starts_nothing() -> None:
    """It says so, and the table stays as it is."""
    app = MenuApp(offer())
    async with app.run_test(size=(80, 40)) as pilot:
        await quiet(pilot)
        await keys(pilot, "2", "2", "up", "enter", "type:seven", "enter", "enter")
        assert "is not a whole number" in screen_text(pilot)
        assert app.is_running


@pytest.mark.parametrize(("pressed", "do"), [(("3",), "try"), (("4",), "demo")])
async def test_a_number_chooses(pressed: tuple[str, ...], do: str) -> None:
    """A first time stands before the demo."""
    choice = await chosen(*pressed)
    assert choice is not None and choice.do == do


async def test_esc_goes_back_and_from_the_first_page_nowhere() -> None:
    """q leaves."""
    assert (await chosen("2", "1", "escape", "escape", "escape", "4")) == MenuChoice(do="demo")
    assert await chosen("q") is None


async def test_logs_are_gone_on_with_replayed_and_hosted_again() -> None:
    """A closed one is none to go on with; one that people joined asks how."""
    assert await chosen("7", "1") == MenuChoice(do="resume", log="a.jsonl")
    assert await chosen("7", "2", "3") == MenuChoice(do="resume", log="c.jsonl")
    assert await chosen("7", "2", "2") == MenuChoice(do="host", log="c.jsonl", reach="network")
    assert await chosen("9", "2") == MenuChoice(do="replay", log="b.jsonl")
    assert await chosen("8", "enter") == MenuChoice(do="debrief", log="b.jsonl")


async def test_after_a_session_comes_what_can_be_done_with_it() -> None:
    """What if, from the turn that was misread most, by a bot or by oneself; what is done next is under the cursor."""
    turns = (TurnEntry(2, "Turn 2: they took it as a threat."), TurnEntry(1, "Turn 1."))
    after: dict[str, Any] = {
        "played": "b.jsonl",
        "turns": turns,
        "result": "The debrief is written: x.html",
        "changes": "Chairs change.",
    }
    assert await chosen("1", **after) == MenuChoice(do="debrief", log="b.jsonl")
    assert await chosen("3", "1", "2", **after) == MenuChoice(do="what-if", log="b.jsonl", turn=2, us="person")
    assert await chosen("enter", next="replay", **after) == MenuChoice(do="replay", log="b.jsonl")
    assert await chosen("4", **after) == MenuChoice(do="again", log="b.jsonl")


async def test_an_exercise_is_joined_where_somebody_answers() -> None:
    """Where nobody does, that is said and the address asked for again."""
    typed = ("6", "type:crisis-sim join 10.0.0.2:7410#ab", "enter")
    assert await chosen(*typed) == MenuChoice(do="join", address="10.0.0.2:7410#ab")
    app = MenuApp(offer(unheard=lambda address: f"Nobody answers at {address}."))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await quiet(pilot)
        await keys(pilot, *typed)
        await pilot.pause(0.3)
        assert "Nobody answers" in screen_text(pilot) and "Where is the exercise hosted?" in screen_text(pilot)
