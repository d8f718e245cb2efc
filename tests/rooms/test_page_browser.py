"""The page in a real browser: a session by keyboard alone, a reload, a cut line, words that would be markup."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest
from tests.pages.form_filling import filled, some_act
from tests.rooms.browsed import Exercise, in_call, in_moves, joined, nothing_said, open_part, to, to_doors
from tests.rooms.browser import CHROMIUM, Tab, browser

from crisis_sim.engine import actions as a
from crisis_sim.pages.translator import Translator
from crisis_sim.rooms.page_server import PageServer
from crisis_sim.rooms.server import RoomServer

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium"),
    pytest.mark.usefixtures("quick_page"),
]
SIZES = [(390, 844), (1280, 800), pytest.param((820, 1180), marks=pytest.mark.slow)]
"""A phone, a laptop, and by night a tablet."""
STEPS = 900
"""Keys after which a session is given up."""
SCENE = """(() => {
  const has = (wanted) => document.querySelector(wanted) !== null;
  const at = document.activeElement;
  return {
    scene: ["telling", "talk", "form", "doors"].find((name) => has(`#stage > .${name}`)) ?? "",
    title: document.querySelector("#form-title")?.innerText ?? "",
    asked: document.querySelector("#asked")?.innerText ?? "",
    at: at.tagName, type: at.type ?? "", key: at.dataset.key ?? "",
    digits: [...document.querySelectorAll(".options button[data-digit]")].map((each) => each.dataset.digit),
    doors: [...document.querySelectorAll(".doors button")].map((each) => [each.dataset.key, each.ariaDisabled]),
    ready: has('[data-key="submit"]'), can_throw_away: has('[data-key="throw"]'), on: has('.question [data-key="on"]'),
    refused: document.querySelector(".refused")?.innerText ?? "",
  };
})()"""


async def pressed(tab: Tab, chance: Random) -> str:
    """One key of somebody who has no mouse, as the page at hand asks for it; the scene that it was."""
    await tab.until("document.querySelector('#main').ariaBusy !== 'true'")
    now = await tab.run(SCENE)
    match now["scene"]:
        case "telling":
            await tab.press(chance.choice(["ArrowRight", "Enter"]))
        case "talk":
            if now["at"] == "TEXTAREA":
                await tab.type(f"We say {chance.randint(1, 9)}.")
                await tab.press("Enter")
                await tab.press("Tab")
                await tab.press("Tab")
            await tab.press("Enter")
        case "doors":
            able = [place for place, (_key, closed) in enumerate(now["doors"]) if not closed]
            ends = [place for place in able if now["doors"][place][0] in ("door commit", "door seal")]
            place = ends[0] if ends and chance.random() < 0.5 else chance.choice(able)
            await tab.press(str(1 + min(place, 8)))
        case "form":
            await _answered(tab, now, chance)
        case _:
            await asyncio.sleep(0.02)
    return str(now["scene"])


async def _answered(tab: Tab, now: dict[str, object], chance: Random) -> None:
    digits, kind = now["digits"], now["type"]
    assert isinstance(digits, list)
    if now["at"] == "TEXTAREA":
        await tab.type("Words [of] <b>ours</b> & 我方")
        await tab.press("Enter", ctrl=True)
    elif kind == "number":
        await tab.type(str(chance.randint(0, 100)))
        await tab.press("Enter")
    elif kind == "search":
        if chance.random() < 0.3:
            await tab.type(chance.choice("aeio"))
        for _step in range(chance.randint(1, 20)):
            await tab.press("ArrowDown")
        await tab.press("Enter")
    elif digits and now["on"]:
        await tab.press(str(chance.choice([digit for digit in digits if digit != "0"])))
        await to(tab, "on")
        await tab.press("Enter")
    elif digits:
        await tab.press(str(chance.choice(digits)))
    elif now["on"]:
        await to(tab, "on")
        await tab.press("Enter")
    elif now["ready"]:
        await to(tab, "submit")
        await tab.press("Enter")
    elif now["can_throw_away"] and chance.random() < 0.5:  # what cannot go as it stands
        await to(tab, "throw")
        await tab.press("Enter")
    else:
        await tab.press("Escape" if chance.random() < 0.7 else "ArrowRight")


async def other_side(exercise: Exercise, side: a.SeatName, say: Translator, chance: Random) -> None:
    """The other team and the facilitator do what is asked of them."""
    view = exercise.team(side)
    if side in view.waiting_for:
        action = some_act(view, say, chance)
        if action is not None and chance.random() < 0.6:
            await exercise.ask(side, action)
        for name in ("commit", "seal"):
            form = filled(name, exercise.team(side), say, chance)
            if form is not None and form.action is not None:
                await exercise.ask(side, form.action)
    if exercise.session.view("facilitator").waiting_for == ("facilitator",):
        await exercise.ask("facilitator", a.Advance())


def _is_quiet(tab: Tab, exercise: Exercise) -> None:
    """The browser complains of nothing, and asks nothing of anybody else."""
    assert tab.complaints == []
    host = exercise.address.partition("//")[2]
    assert {each.partition("//")[2][: len(host)] for each in tab.asked if not each.startswith("about:")} == {host}


async def test_a_whole_session_is_played_by_keyboard_alone(tmp_path: Path) -> None:
    """Every scene comes by; the console of the browser stays empty, and nothing is asked of anybody else."""
    exercise, chance, scenes = Exercise(tmp_path / "one.jsonl"), Random("page"), set[str]()
    say = Translator(exercise.session.dossier("china"), "en")
    async with exercise.browsed("us") as tab:
        for _step in range(STEPS):
            scenes.add(await pressed(tab, chance))
            await other_side(exercise, "china", say, chance)
            if exercise.session.view("us").phase == "hotwash":
                break
        assert exercise.session.view("us").phase == "hotwash", (scenes, await tab.text())
        await tab.until("document.querySelector('.form h2')")
        assert {"telling", "doors", "form"} <= scenes
        _is_quiet(tab, exercise)


async def test_a_reload_loses_nothing_and_a_cut_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a move, the words in a field, the seat; what was asked for while the line was cut counts once."""
    exercise = Exercise(tmp_path / "one.jsonl")
    monkeypatch.setattr(RoomServer, "farewell", nothing_said)
    async with browser() as opened:
        async with exercise.open():
            tab = await opened(exercise.address)
            await joined(tab, exercise.code("us"))
            await tab.press("3")
            await tab.until("document.activeElement?.id === 'text'")
            await tab.type("No search without us")
            await tab.call("Page.reload")
            await tab.until("document.activeElement?.id === 'text'")
            assert await tab.run("document.activeElement.value") == "No search without us"
            await tab.press("Enter")
            await tab.until("document.querySelectorAll('.options button').length === 2")
            await tab.press("1")
            await tab.until("document.querySelector('#asked')?.innerText === 'What is it about?'")
            await tab.press("1")
            await tab.until("document.querySelectorAll('.options button').length === 11")
            await tab.press("1")
            await tab.until("document.querySelector('[data-key=submit]')")
            port = int(exercise.address.rstrip("/").rpartition(":")[2])
        await tab.until("document.querySelector('#state.cut')")
        await tab.press("Enter")
        await tab.reads("counts once", "#state")
        assert exercise.team("us").guesses == ()
        async with PageServer(exercise.server).listening("127.0.0.1", port):
            await tab.until("document.querySelector('.doors') && !document.querySelector('#state.cut')")
        assert [guess.says for guess in exercise.team("us").guesses] == ["No search without us"]


async def test_each_window_reads_its_own_language_and_words_are_never_markup(tmp_path: Path) -> None:
    """Chinese is marked as such; what somebody writes stands there as it was written."""
    exercise, foul = Exercise(tmp_path / "one.jsonl"), "<img src=x onerror=alert(1)> </script>[/b] &amp; \u202eevil"
    await exercise.ask("us", a.TakeNote(text=foul))
    await exercise.ask("us", a.WriteLine(line="red", concern="face", says=foul, weight=3))
    async with exercise.open(), browser() as opened:
        tab = await opened(exercise.address)
        await tab.until("document.activeElement?.id === 'code'")
        await tab.run("document.querySelector('#foot button[lang=zh]').focus()")
        await tab.press("Enter")
        await tab.until("document.documentElement.lang === 'zh' && document.activeElement?.id === 'code'")
        await joined(tab, exercise.code("us"))
        await open_part(tab, "m-own")
        await tab.reads("<img src=x onerror=alert(1)> </script>[/b] &amp; evil", "#regions")
        assert await tab.run("document.querySelectorAll('img, script:not([src])').length") == 0
        title = await tab.run("document.title")
        assert title and not title.isascii()
        _is_quiet(tab, exercise)


async def test_what_a_screen_reader_is_given_has_names(tmp_path: Path) -> None:
    """Every button, field and group of the page and of a form has one, and heads go down step by step."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("china") as tab:
        assert await _nameless(tab) == []
        for door in range(1, 6):
            await tab.press(str(door))
            await tab.until("document.querySelector('.form')")
            assert await _nameless(tab) == []
            await tab.press("Escape")
            await tab.until("document.querySelector('.doors')")


async def _nameless(tab: Tab) -> list[str]:
    """What a screen reader would come to and could not name."""
    await tab.call("Accessibility.enable")
    nodes = (await tab.call("Accessibility.getFullAXTree"))["nodes"]
    asked = {"button", "textbox", "searchbox", "spinbutton", "group", "region", "heading", "link", "DisclosureTriangle"}
    return [
        node["role"]["value"]
        for node in nodes
        if not node.get("ignored")
        and node.get("role", {}).get("value") in asked
        and not node.get("name", {}).get("value", "").strip()
    ]


IN_SIGHT = """(() => {
  const at = document.activeElement, of = at.getBoundingClientRect();
  const bar = document.querySelector("#bar").getBoundingClientRect();
  return of.top >= bar.bottom && of.bottom <= innerHeight && getComputedStyle(at).outlineStyle === "solid";
})()"""


@pytest.mark.parametrize("size", [(640, 400), (320, 600)])
async def test_at_twice_the_size_and_on_a_narrow_page_the_focus_is_in_sight(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Nothing lies beside the page; by tab and back, each place is seen whole, and none is under the bar."""
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    async with exercise.browsed("us") as tab:
        await tab.picture(*size)
        await tab.press("Escape")
        await to_doors(tab)
        await tab.press("1")
        await tab.until("document.activeElement?.id === 'search'")
        for key in ["Tab"] * 12 + ["ArrowDown"] * 12 + ["ArrowUp"] * 12:
            await tab.press(key)
            assert await tab.run(IN_SIGHT), (key, await tab.run("document.activeElement.dataset.key"))
        assert await tab.run("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", SIZES)
async def test_what_has_happened_stands_first_in_the_briefing(tmp_path: Path, size: tuple[int, int]) -> None:
    """Before what can be done, and alone: the brief, which takes it for known, is one key away; also on a phone."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("us") as tab:
        await tab.picture(*size)
        await tab.call("Page.reload")
        await tab.until("document.querySelector('.doors')")
        order = "[...document.querySelectorAll('#main h2, #main .doors')].map((of) => of.className || of.innerText)"
        assert await tab.run(order) == ["The situation", "doors"]
        assert await tab.run("document.querySelector('#tabs').getBoundingClientRect().top < 200")
        assert await tab.run("document.querySelector('#main h2').getBoundingClientRect().bottom < 260")
        assert await tab.run("document.querySelector('#bar').getBoundingClientRect().bottom <= 120")
        await tab.reads("last answered radar at 02:10", "#main")
        await tab.reads("Hours in which somebody could live", "#head")


async def test_a_console_begins_with_no_empty_picture(tmp_path: Path) -> None:
    """A number that has one value so far is told, and not drawn."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("facilitator") as tab:
        await open_part(tab, "s-scores")
        await tab.reads("as weighed", "#panel-s-scores")
        assert await tab.run("document.querySelectorAll('svg.curve').length") == 0


async def test_who_reads_in_the_dark_prints_dark_on_white(tmp_path: Path) -> None:
    async with Exercise(tmp_path / "one.jsonl").browsed("us") as tab:
        inks = []
        for media, scheme in (("screen", "light"), ("print", "dark"), ("screen", "dark")):
            wish = {"name": "prefers-color-scheme", "value": scheme}
            await tab.call("Emulation.setEmulatedMedia", media=media, features=[wish])
            inks.append(await tab.run("getComputedStyle(document.body).color"))
        assert inks[0] == inks[1] != inks[2]


async def test_observers_watch_and_are_asked_nothing(tmp_path: Path) -> None:
    """The situation, and what happened in public."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("observer") as tab:
        await tab.reads("You are watching what is public.")
        assert await tab.run("document.querySelectorAll('.doors button').length") == 0
        _is_quiet(tab, exercise)


async def test_a_wall_shows_no_head_without_its_words(tmp_path: Path) -> None:
    """Whatever the projector has room for, nothing is cut in the midst of what was told."""
    exercise = Exercise(tmp_path / "one.jsonl", "bottomed-submarine")
    async with exercise.open(), browser() as opened:
        wall = await opened(exercise.address + "wall")
        await joined(wall, exercise.code("observer"))
        hidden = 0
        for turn in (0, 4):
            while exercise.session.view("us").turn < turn:
                await exercise.ask("facilitator", a.Advance())
            if turn:
                await wall.until("document.querySelector('#head').innerText.includes('4')")
            for height in range(300, 1200, 15):
                await wall.call(
                    "Emulation.setDeviceMetricsOverride", width=1600, height=height, deviceScaleFactor=1, mobile=False
                )
                told = await wall.run("""dispatchEvent(new Event("resize")),
                  [...document.querySelectorAll("#regions .region > [hidden]")]
                  .filter((each) => !each.previousElementSibling.hidden)
                  .map((each) => [each.className, each.previousElementSibling.innerText])""")
                hidden += len(told)
                assert not any(of == "depth-1" or head == "A rescue takes" for of, head in told), (turn, height)
        assert hidden


def agreed(exercise: Exercise) -> tuple[str, ...]:
    """The teams of which somebody has agreed to the card by now."""
    return exercise.session.state.agreed


async def test_a_card_comes_before_everything_and_the_wall_is_not_asked(tmp_path: Path) -> None:
    """Nothing else is on the page until it is agreed to by one key; who leaves can come back, and is asked again.

    Both are seen on a laptop without scrolling, and each has its digit.
    """
    exercise = Exercise(tmp_path / "one.jsonl", consent="")
    async with exercise.open(), browser() as opened:
        tab, wall = await opened(exercise.address), await opened(exercise.address + "wall")
        await joined(tab, exercise.code("us"))
        await joined(wall, exercise.code("observer"))
        await tab.reads("Read this card; then agree, or leave.", "#duty")
        assert (await tab.run("document.title")).startswith("Read this card; then agree, or leave.")
        await tab.reads("the Chatham House rule", "#stage")
        assert await tab.run("[...document.querySelectorAll('#stage button')].map((of) => of.dataset.key).join()") == (
            "submit,leave"
        )
        assert await tab.run("getComputedStyle(document.querySelector('#sides')).display") == "none"
        await tab.picture(1280, 800)
        assert await tab.run(
            "document.querySelector('[data-key=submit]').getBoundingClientRect().bottom <= innerHeight"
        )
        await tab.press("Escape")
        await tab.run("document.querySelector('[data-key=leave]').click()")
        await tab.reads("you have left", "#state")
        assert not agreed(exercise)
        await tab.run("document.querySelector('#state button').click()")
        await tab.until("document.activeElement?.dataset.key === 'submit'")
        await tab.press("1")
        await tab.until("document.querySelector('.doors')")
        await tab.reads("then seal", "#duty")
        assert agreed(exercise) == ("us",)
        await wall.reads("What comes next")
        _is_quiet(tab, exercise)


async def test_who_does_not_hold_the_pen_is_asked_whether_to_take_it(tmp_path: Path) -> None:
    """Then the same thing is done."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        first, second = await opened(exercise.address), await opened(exercise.address)
        await joined(first, exercise.code("us"))
        await joined(second, exercise.code("us"))
        await second.press("4")
        await second.until("document.activeElement?.id === 'form-title'")
        await second.press("1")
        await second.reads("us-1 holds the pen", ".refused")
        await to(second, "pen")
        await second.press("Enter")
        await first.reads("Our lines are sealed", "#duty")


IN_VIEW = """((wanted) => {
  const of = [...document.querySelectorAll(wanted)].at(-1).getBoundingClientRect();
  const log = document.querySelector(".log")?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  const inLog = !wanted.startsWith(".log") || (of.top >= log.top && of.bottom <= log.bottom);
  return inLog && of.top >= document.querySelector("#bar").getBoundingClientRect().bottom && of.bottom <= innerHeight;
})"""
"""Whether the last of what is meant is seen whole, without scrolling."""


@pytest.mark.parametrize("size", SIZES)
async def test_in_a_call_the_newest_words_and_the_time_stand_above_the_box(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """On a laptop, a tablet and a phone, from the button that begins it on; what is read aloud is the new line alone.

    A tab that nobody looks at says in its title that something was said.
    """
    exercise = await in_call(tmp_path)
    async with exercise.browsed("us") as tab:
        await tab.picture(*size)
        await tab.until("document.querySelector('.talk button.main') === document.activeElement")
        assert await tab.run(f"{IN_VIEW}('.talk button.main')")
        await tab.press("Enter")
        await tab.until("document.activeElement?.tagName === 'TEXTAREA'")
        began = await tab.text("#talk-left")
        for line in range(12):
            side: a.SeatName = "china" if line % 2 else "us"
            await exercise.ask(side, a.SayInCall(exchange=1, text=f"Line {line}. " + 6 * "We have two aircraft. "))
            await tab.reads(f"Line {line}.", ".log")
            if line == 0:
                await tab.run("document.querySelector('.log').firstElementChild.isFirst = true")
        await tab.until(f"{IN_VIEW}('.log > :last-child')")
        assert await tab.run("document.querySelector('.log').firstElementChild.isFirst"), "told once"
        assert await tab.run("document.querySelector('.log').role") == "log"
        box = "document.querySelector('.saying').getBoundingClientRect()"
        assert await tab.run(f"document.querySelector('.log').getBoundingClientRect().bottom <= {box}.top")
        assert await tab.run(f"{IN_VIEW}('.saying')") and await tab.run(f"{IN_VIEW}('#talk-left')")
        await tab.until(f"document.querySelector('#talk-left').innerText !== {began!r}")
        await tab.call("Page.reload")
        await tab.until("document.querySelector('#talk-left')")
        assert (await tab.text("#talk-left")) != began, "the time of a talk goes on"
        assert not (await tab.run("document.title")).startswith("●")
        await tab.run("Object.defineProperty(document, 'hidden', { value: true, configurable: true }); true")
        await exercise.ask("china", a.SayInCall(exchange=1, text="Are you there?"))
        await tab.until("document.title.startsWith('●')")
        await tab.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); true")
        await tab.until("!document.title.startsWith('●')")
        _is_quiet(tab, exercise)


async def test_a_tab_says_in_its_title_that_a_phase_has_opened(tmp_path: Path) -> None:
    """What is to be done now stands first in it, and a mark before that until somebody has looked."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("us") as tab:
        title = await tab.run("document.title")
        assert title.startswith(await tab.run("document.querySelector('#duty').lastChild.textContent.trim()"))
        await tab.run("Object.defineProperty(document, 'hidden', { value: true, configurable: true }); true")
        await exercise.ask("facilitator", a.Advance())
        await tab.until(f"document.title.startsWith('●') && !document.title.endsWith({title!r})")


async def test_in_a_call_two_rooms_write_to_each_other_by_keyboard_alone(tmp_path: Path) -> None:
    """Each reads its own sheet, writes, hears the other at once while typing, and goes on to its readout."""
    exercise = await in_call(tmp_path)
    async with exercise.open(), browser() as opened:
        us, china = await opened(exercise.address), await opened(exercise.address)
        for tab, seat in ((us, "us"), (china, "china")):
            await joined(tab, exercise.code(seat))  # type: ignore[arg-type]  # seats
            await tab.until("document.querySelector('.talk button.main') === document.activeElement")
            gap = """(([of, words]) => words.getBoundingClientRect().left - of.getBoundingClientRect().right)(
              document.querySelector(".talk .row").children)"""
            assert 0 <= await tab.run(gap) < 50, "who sits at an end stands beside their name"
            await tab.press("Enter")
            await tab.until("document.activeElement?.tagName === 'TEXTAREA'")
        await china.type("Half a sen")
        await us.type("Can you hear us?")
        await us.press("Enter")
        await china.reads("Can you hear us?", ".talk")
        assert await china.run("document.activeElement.value") == "Half a sen"
        await china.type("tence.")
        await china.press("Enter")
        await us.reads("Half a sentence.", ".talk")
        await us.until("document.activeElement.value === ''")
        for _step in range(3):
            await us.press("Tab")
            if await us.run("document.activeElement.dataset.key") == "on":
                break
        await us.press("Enter")
        await us.reads("End the talk for both sides?", "#form-title")
        await us.until("document.activeElement?.id === 'form-title'")
        await us.press("1")
        await us.reads("The talk is over.", ".talk h2")
        await us.reads("The talk is over. What else is asked of us comes after this.", "#duty")
        await china.reads("United States ended the talk.", ".talk h2")
        await to(us, "readout")
        await us.press("Enter")
        await us.reads("What do we publish of it?", "#asked")
        await us.press("2")
        await us.reads("In what tone?", "#asked")
        await us.press("4")
        await us.until("document.activeElement?.tagName === 'TEXTAREA'")
        await us.type("We talked.")
        await us.press("Enter", ctrl=True)
        await us.until("document.querySelector('[data-key=submit]')")
        await to(us, "submit")
        await us.press("Enter")
        await us.reads("it comes out with the next moves", ".talk")
        await to(us, "on")
        await us.press("Enter")
        await us.until("document.querySelector('#main').ariaBusy !== 'true' && document.querySelector('.doors')")
        account = exercise.team("us").exchanges[0].ours
        assert account is not None and (account.outcome, account.text) == ("talked", "We talked.")
        _is_quiet(us, exercise)
        _is_quiet(china, exercise)


NEVER_OPENS = """(async () => {
  const { Line } = await import("./line.js");
  const due = [];
  let opened = 0, closed = 0;
  const kept = [window.WebSocket, window.setTimeout, window.clearTimeout];
  window.WebSocket = class { constructor() { opened += 1; } close() { closed += 1; } };
  window.setTimeout = (then, after) => due.push([then, after]);
  window.clearTimeout = () => {};
  const line = new Line({ token: "known" }, () => {}, () => {});
  const runs = (after) => due.find((each) => each[1] === after)?.[0]();
  line.open("en");
  runs(8000);
  const state = line.state;
  runs(100);
  [window.WebSocket, window.setTimeout, window.clearTimeout] = kept;
  return [state, opened, closed];
})()"""
"""A line whose socket stays in connecting, by a clock that is wound by hand."""


async def test_a_line_that_never_opens_is_given_up(tmp_path: Path) -> None:
    """After as long as a silent one: it is lost, and opened anew."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        tab = await opened(exercise.address)
        assert await tab.run(NEVER_OPENS) == ["lost", 2, 1]
