"""The key of each number that a form asks for records one value: in the terminal, by lines, in a browser.

A model that answers by itself names the values themselves.

`python -m tests.tui.test_option_keys` prints the table: question, steps, keys, values.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

import msgspec
import pytest
from tests.engine.asking import CALL
from tests.engine.asking import answer as taken
from tests.engine.play import Play, small
from tests.pages.form_filling import answer
from tests.tui.conftest import keys, quiet
from tests.tui.test_menu_screen import offer

from crisis_sim.agents.form_answers import Unusable, parse_answers
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import View
from crisis_sim.pages.form import Form, FormAnswer, FormField, FormSheet, Questions, option_keys
from crisis_sim.pages.menu_choice import TurnEntry
from crisis_sim.pages.menu_forms import PLAYED, menu_form
from crisis_sim.pages.places_forms import back_form
from crisis_sim.pages.seat_page import seat_form, seat_names
from crisis_sim.pages.translator import Translator
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.fields import FieldPrompt
from crisis_sim.rooms.page_builders import SeatPages
from crisis_sim.rooms.seat_versions import SeatVersion
from crisis_sim.tui.ask_screen import AskScreen
from crisis_sim.tui.base_app import CrisisApp
from crisis_sim.wording import speaker

PAGES: Final = Path("src/crisis_sim/pages")
SEATS: Final[tuple[a.SeatName, ...]] = ("us", "china", "facilitator")
DIGITS: Final = tuple("0123456789")
HOSTILITY: Final = {str(key): str(key - 4) for key in range(1, 8)}
"""From very friendly to very hostile."""
AGENT_SAY: Final = small().say("us")


class AskedNumber(NamedTuple):
    """A question whose options are numbers, and where a seat is asked it."""

    field: FormField
    form: str = ""
    sheet: FormSheet = {}
    view: View | None = None
    dossier: Dossier | None = None
    """None where no browser asks it."""


def is_numbered(field: FormField) -> bool:
    """Whether its options are numbers."""
    names = [option.name for option in field.options]
    return field.kind == "one" and (field.scale or (bool(names) and all(n.lstrip("-").isdecimal() for n in names)))


def asked_in(name: str, view: View, say: Translator, chance: Random) -> Iterator[AskedNumber]:
    """The numbers that one form asks for on its way, and the form filled in by chance."""
    sheet: dict[str, FormAnswer] = {}
    while (form := seat_form(name, view, sheet, say)) is not None:
        for field in form.fields:
            if is_numbered(field):
                yield AskedNumber(field, name, dict(sheet), view, say.dossier)
        unanswered = [field for field in form.fields if field.name not in sheet]
        if not unanswered:
            return
        sheet[unanswered[0].name] = answer(unanswered[0], chance)


def a_session() -> Iterator[Play]:
    """A session at each of its moments: with a call that was held, and an act to read in every turn."""
    play = small(length=150)
    while play.state.phase != "hotwash":
        yield play
        if play.state.phase == "moves":
            play.submit("us", a.SealMove(draft=CALL))
            for request in play.team("china").requests:
                play.submit("china", a.SealMove(draft=taken("take-call", request.number, "accept", text="At noon.")))
            yield play
        play.submit("facilitator", a.Advance())


@cache
def asked_numbers() -> dict[tuple[str, tuple[str, ...]], AskedNumber]:
    """Every question in numbers that the forms of a session, of its host and of the menu ask, by asks and options."""
    asked: list[AskedNumber] = []
    chance = Random("keys")
    for play in a_session():
        for seat in SEATS:
            view, say = play.look(seat), play.say(seat)
            for name in seat_names(view, say):
                asked += asked_in(name, view, say, chance)
        back = back_form(play.look("facilitator"), {}, play.say("facilitator"))
        asked += [AskedNumber(field) for field in (back.fields if back else ()) if is_numbered(field)]
    offered = offer(turns=tuple(TurnEntry(turn, f"Turn {turn}") for turn in range(4, 0, -1)))
    for name in (PLAYED, "what-if", "start:sub"):
        menu = menu_form(name, offered, {}, speaker("en"))
        asked += [AskedNumber(field) for field in (menu.fields if menu else ()) if is_numbered(field)]
    return {(of.field.asks, tuple(option.name for option in of.field.options)): of for of in reversed(asked)}


def wanted(field: FormField) -> dict[str, str]:
    """The value that each digit records: written down once more, by the rule and not by the code."""
    names = [option.name for option in field.options if not option.closed]
    if field.scale and names == [str(number) for number in range(11)]:
        return {digit: digit for digit in DIGITS}
    if names == [str(value) for value in range(-3, 4)]:
        return HOSTILITY
    return dict(zip(DIGITS[1:], names, strict=False)) | ({"0": ""} if field.skip_label else {})


class AskingApp(CrisisApp[None]):
    """A terminal that asks one question again and again, and keeps what was recorded."""

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self.field = field
        self.recorded: list[FormAnswer | None] = []

    def on_mount(self) -> None:
        """Ask it."""
        self.ask()

    def ask(self) -> None:
        """Ask it afresh."""
        self.push_screen(AskScreen(self._make, "one", speaker("en")), self._record)

    def _make(self, name: str, sheet: FormSheet) -> Form:
        questions, field = Questions(sheet), self.field
        questions.one(field.name, field.asks, field.options, skip_label=field.skip_label, scale=field.scale)
        return questions.form(name, "", "", None)

    def _record(self, form: Form | None) -> None:
        self.recorded.append(form.fields[0].answer if form else None)


async def by_terminal(field: FormField) -> dict[str, FormAnswer]:
    """What each digit records in the form's own panel."""
    app, recorded = AskingApp(field), dict[str, FormAnswer]()
    async with app.run_test(size=(80, 24)) as pilot:
        for digit in DIGITS:
            if app.recorded:
                app.recorded.clear()
                app.ask()
            await quiet(pilot)
            await keys(pilot, digit)
            if app.recorded and app.recorded[0] is not None:
                recorded[digit] = app.recorded[0]
    return recorded


def by_lines(field: FormField, typed: str) -> FormAnswer | None:
    """What a typed line records where nothing else is typed."""
    lines = iter([typed])
    console = Console(lambda: f"{line}\n" if (line := next(lines, "")) else "", lambda text: None)
    try:
        return FieldPrompt(console, field).ask().answer
    except (Back, Quit):
        return None


def by_browser(asked: AskedNumber) -> dict[str, FormAnswer]:
    """What each digit picks by the form as a host sends it."""
    assert asked.view is not None and asked.dossier is not None
    pages, version = SeatPages(asked.dossier, "en"), SeatVersion(1, asked.view, {}, ())
    sent = msgspec.json.decode(pages.form(version, asked.form, asked.sheet, None))
    (field,) = (field for field in sent["form"]["fields"] if field["name"] == asked.field.name)
    return {key: name for name, key in field["keys"].items() if key in DIGITS}


def by_agent(field: FormField, number: str) -> FormAnswer | None:
    """What a model's number records."""
    try:
        return parse_answers(json.dumps({field.name: int(number)}), [field], AGENT_SAY)[field.name]
    except Unusable:
        return None


async def test_a_digit_records_the_same_value_in_every_renderer() -> None:
    """Over every scale, and every other question whose options are numbers."""
    for asked in asked_numbers().values():
        field = asked.field._replace(answer=None)
        values = wanted(field)
        assert await by_terminal(field) == values, field.asks
        assert {digit: said for digit in DIGITS if (said := by_lines(field, digit)) is not None} == values, field.asks
        if asked.dossier is not None:
            assert by_browser(asked) == values, field.asks


def test_a_model_names_the_value_itself_on_a_scale() -> None:
    """So that no place is taken for a value; elsewhere its numbers are the keys that people press."""
    for asked in asked_numbers().values():
        field = asked.field._replace(answer=None)
        said = {number: said for number in range(-10, 11) if (said := by_agent(field, str(number))) is not None}
        if field.scale:
            assert said == {int(option.name): option.name for option in field.options}, field.asks
        else:
            assert {str(number): name for number, name in said.items() if number < 10} == wanted(field), field.asks


async def test_ten_is_typed_or_reached_by_arrow() -> None:
    """Of eleven steps the last has no digit of its own."""
    (asked,) = (of for (_asks, names), of in asked_numbers().items() if of.field.scale and len(names) == 11)
    field = asked.field._replace(answer=None)
    assert by_lines(field, "10") == "10"
    app = AskingApp(field)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        await keys(pilot, *["right"] * 7, "enter")
    assert app.recorded == ["10"]


@pytest.mark.parametrize("typed", ["-2", "minus two", "−2", "friendly"])
def test_by_lines_a_place_is_picked_by_its_value_with_a_sign_too(typed: str) -> None:
    """A sign says that it is no key."""
    (field, *_more) = (of.field for (_a, names), of in asked_numbers().items() if names[0] == "-3")
    assert by_lines(field, typed) == "-2"


def test_no_scale_is_left_out() -> None:
    """Every field that the pages ask as a scale is one that these sessions came by."""
    scales = set[str]()
    for path in PAGES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and any(keyword.arg == "scale" for keyword in node.keywords):
                scales |= {str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    assert scales == {of.field.name for of in asked_numbers().values() if of.field.scale}


def table() -> Iterator[str]:
    """The table of questions, each with its steps, its keys and the values that they record."""
    yield "| question | steps | keys | values |"
    yield "| --- | --- | --- | --- |"
    for asked in sorted(asked_numbers().values(), key=lambda of: (not of.field.scale, of.field.asks)):
        rows = option_keys(asked.field)
        cells = (asked.field.asks, str(len(asked.field.options)), " ".join(rows), " ".join(rows.values()))
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(*table(), sep="\n")
