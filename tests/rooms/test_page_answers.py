"""The page asks and is answered as it says it is: keys, where the focus goes, what it says was done, another host."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.asking import CALL
from tests.rooms.browsed import Exercise, in_moves, joined, nothing_said, open_door, to, to_doors
from tests.rooms.browser import CHROMIUM, Tab, browser
from tests.small import SMALL_SCENARIO

from crisis_sim.engine import actions as a
from crisis_sim.pages.form import group_keys, option_keys
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.pages.translator import Translator
from crisis_sim.rooms import page_server
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.page_server import PageServer, page_files
from crisis_sim.rooms.server import RoomServer

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium"),
    pytest.mark.usefixtures("quick_page"),
]


async def test_from_one_question_a_key_leads_to_where_the_next_is_answered(tmp_path: Path) -> None:
    """From terms to words too: whoever goes on by *go on* and types has not gone on without words."""
    exercise = Exercise(tmp_path / "one.jsonl", "coastal-reactor")
    await in_moves(exercise)
    await exercise.ask("us", a.SealMove(draft=replace(CALL, channel="embassies", expected=0)))
    await exercise.ask("us", a.CommitMoves())
    await exercise.ask("facilitator", a.Advance())
    await in_moves(exercise)
    async with exercise.browsed("china") as tab:
        await to_doors(tab)
        await to(tab, "request:1")
        await tab.press("Enter")
        await tab.until("document.querySelector('.question')")
        went_on = False
        for _question in range(9):
            await tab.until("document.querySelector('#main').ariaBusy !== 'true' && document.querySelector('#asked')")
            if await tab.run("document.querySelector('#text') !== null"):
                break
            asked = await tab.text("#asked")
            if went_on := await tab.run("document.querySelector('.question [data-key=on]') !== null"):
                await to(tab, "on")
                await tab.press("Enter")
            else:
                await tab.press("1")
            await tab.until(f"document.querySelector('#asked')?.innerText !== {json.dumps(asked)}")
        assert went_on
        await tab.until("document.activeElement?.id === 'text'")
        await tab.type("Tonight.")
        await tab.press("Enter", ctrl=True)
        await tab.until("document.querySelector('[data-key=\"again text\"]')?.innerText === 'Tonight.'")


async def asks(tab: Tab, question: str) -> None:
    """Wait until a question is asked."""
    await tab.until(f"document.querySelector('#asked')?.innerText === {json.dumps(question)}")


async def test_keys_that_come_early_bind_nobody_and_words_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever types the words a question too soon promises nothing by a space or a digit, and finds them where they go.

    A commit takes a key of its own: neither Enter nor a second digit on its way from before makes it.
    """
    monkeypatch.setattr(page_server, "page_files", page_files)
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    async with exercise.browsed("us") as tab:
        await to_doors(tab)
        await tab.press("1")
        await tab.until("document.activeElement?.id === 'search'")
        await tab.type("private-reassure")
        await tab.press("Enter")
        await asks(tab, "Over which channel?")
        await tab.press("1")
        await asks(tab, "Which of these hold for it?")
        assert await tab.run("document.activeElement.dataset.key") == "none terms"
        await tab.press("1", early=True)
        await tab.press(" ")
        for letter in "Our 2 ships":
            await tab.press(letter, early=True)
        await tab.reads("Kept for our words: 1 Our 2 ships", "#typed")
        assert await tab.run("document.querySelectorAll('.options [aria-pressed=true]').length") == 0
        await tab.press("0")
        await asks(tab, "Does it carry a promise?")
        assert await tab.run("document.activeElement.dataset.key") == "none promise"
        await tab.press(" ", early=True)
        await tab.press("Enter", early=True)
        await tab.press("Enter")
        await tab.until("document.activeElement?.id === 'text'")
        assert (await tab.run("document.activeElement.value")).strip() == "1 Our 2 ships"
        await tab.press("Enter", ctrl=True)
        for question in ("How do we mean it?", "How do we expect them to take it?"):
            await asks(tab, question)
            assert (await tab.run("document.activeElement.dataset.key")).endswith(" 0"), "not on an end"
            await tab.press("4")
        await tab.until("document.querySelector('[data-key=submit]')")
        await tab.press("1")
        await tab.until("document.querySelector('.doors')")
        (listed,) = exercise.team("us").drafts
        assert (listed.draft.promise, listed.draft.terms, listed.draft.intent) == (None, (), 0)
        await tab.press("2")
        await tab.press("1", early=True)
        await tab.until("document.activeElement?.id === 'form-title'")
        await tab.press("Enter")
        await tab.press("0")
        await tab.until("document.querySelector('.doors')")
        assert not exercise.team("us").committed
        await tab.press("2")
        await tab.until("document.activeElement?.id === 'form-title'")
        await tab.press("1")
        await tab.until("document.querySelector('.doors')")
        assert exercise.team("us").committed


async def test_a_promise_on_the_list_is_taken_back_before_the_commit(tmp_path: Path) -> None:
    """The list says what each move carries; opened again, its promise and terms go by one key each."""
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    move = a.Draft(
        move="private-reassure", channel="embassies", text="None.", terms=("tied",), promise="hold-back", expected=0
    )
    await exercise.ask("us", a.SealMove(draft=move))
    async with exercise.browsed("us") as tab:
        await to_doors(tab)
        promise = exercise.session.dossier("us").commitments["hold-back"].says["en"]
        await tab.reads(promise, "#regions")
        await tab.reads("Tied to an unrelated issue", "#regions")
        await tab.run("document.querySelector('[data-key=\"draft:1\"]').click()")
        for field in ("terms", "promise"):
            await tab.until(f"document.querySelector('[data-key=\"again {field}\"]')")
            await tab.run(f"document.querySelector('[data-key=\"again {field}\"]').click()")
            await tab.until(f"document.querySelector('[data-key=\"none {field}\"]')")
            if field == "terms":
                await tab.press("2")
            await tab.press("0")
            await tab.until("!document.querySelector('.question') && document.querySelector('[data-key=submit]')")
        await tab.press("1")
        await tab.until("document.querySelector('.doors')")
        (listed,) = exercise.team("us").drafts
        assert (listed.draft.promise, listed.draft.terms) == (None, ())


async def test_what_is_a_number_is_picked_by_that_number(tmp_path: Path) -> None:
    """Zero to ten: 8 is 8, and not the eighth of them."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("us") as tab:
        await tab.press("3")
        await tab.until("document.activeElement?.id === 'text'")
        await tab.type("No search without us")
        await tab.press("Enter")
        for _question in ("kind", "concern"):
            await tab.until("document.querySelector('#main').ariaBusy !== 'true' && !document.querySelector('#text')")
            await tab.press("1")
        await tab.until("document.querySelectorAll('.options button').length === 11")
        assert await tab.run("document.querySelectorAll('.options kbd').length") == 0
        await tab.press("8")
        await tab.until("document.querySelector('[data-key=submit]')")
        await tab.press("Enter")
        await tab.until("document.querySelector('.doors')")
        assert [guess.weight for guess in exercise.team("us").guesses] == [8]


async def test_a_search_that_comes_to_nothing_says_so_and_the_next_one_begins_anew(tmp_path: Path) -> None:
    """What was sought before is not in the way of what is sought now."""
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    async with exercise.browsed("us") as tab:
        await to_doors(tab)
        await tab.press("1")
        await tab.until("document.activeElement?.id === 'search'")
        await tab.type("zzz")
        await tab.reads("No move has these words.", "#found")
        await tab.press("Escape")
        await tab.until("document.querySelector('.doors')")
        await tab.press("1")
        await tab.until("document.activeElement?.id === 'search'")
        assert await tab.run("document.activeElement.value") == ""
        await tab.type("condol")
        await tab.until("document.querySelectorAll('.options button').length === 1")
        assert await tab.text("#found") == ""


async def test_moves_are_folded_by_group_behind_those_that_reply(tmp_path: Path) -> None:
    """A digit takes one of the first six or opens a group, a search looks into all; nothing else is in sight."""
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    form = seat_form("move", exercise.team("us"), {}, Translator(exercise.session.dossier("us"), "en"))
    assert form is not None
    field = form.fields[0]
    keys, groups = option_keys(field), group_keys(field)
    shown = "[...document.querySelectorAll('.options [data-key^=option]')].map((of) => of.dataset.key.split(' ')[2])"
    async with exercise.browsed("us") as tab:
        await to_doors(tab)
        await tab.press("1")
        await tab.until("document.activeElement?.id === 'search'")
        first = [keys[str(number)] for number in range(1, 7)]
        assert await tab.run(shown) == first
        assert await tab.run("document.querySelectorAll('.options [aria-expanded=false]').length") == len(groups)
        inside = [option.name for option in field.options if option.folded and option.group == groups["7"]]
        await tab.press("7")
        assert await tab.run(shown) == first + inside
        assert await tab.run("document.activeElement.ariaExpanded") == "true"
        await tab.press("Enter")
        assert await tab.run(shown) == first
        await tab.run("document.querySelector('#search').focus()")
        folded = next(option for option in field.options if option.folded)
        await tab.type(folded.label)
        await tab.until(f"document.querySelector('.options button')?.dataset.key.endsWith('{folded.name}')")
        await tab.run("document.querySelector('#search').select()")
        await tab.press("Backspace")
        await tab.until("document.querySelectorAll('.options [aria-expanded]').length > 0")
        await tab.press("2")
        label = next(option.label for option in field.options if option.name == keys["2"])
        await tab.until(f"document.querySelector('[data-key=\"again move\"]')?.innerText === {json.dumps(label)}")


async def test_what_was_done_is_not_said_of_the_next_phase(tmp_path: Path) -> None:
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("us") as tab:
        await tab.press("4")
        await tab.until("document.activeElement?.id === 'form-title'")
        await tab.press("1")
        await tab.reads("on the record", "#state")
        await exercise.ask("facilitator", a.Advance())
        await tab.until("document.querySelector('#state').innerText === ''")


async def test_what_was_asked_of_a_host_that_was_killed_is_done_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit too, which is about all that stands on the list, and though numbers of pages begin anew."""
    exercise = Exercise(tmp_path / "one.jsonl", str(SMALL_SCENARIO), "150")
    await in_moves(exercise)
    await exercise.ask("us", a.SealMove(draft=CALL))
    monkeypatch.setattr(RoomServer, "farewell", nothing_said)
    async with browser() as opened:
        async with exercise.open():
            tab = await opened(exercise.address)
            await joined(tab, exercise.code("us"))
            await to_doors(tab)
            await exercise.ask("us", a.TakeNote(text="so that the numbers of the next life are others"))
            await tab.press("2")
            await tab.until("document.activeElement?.id === 'form-title'")
            port = int(exercise.address.rstrip("/").rpartition(":")[2])
        await tab.until("document.querySelector('#state.cut')")
        await tab.press("1")
        await tab.reads("counts once", "#state")
        again = RoomServer(Hub(exercise.session, exercise.hub.guests, "another life"))
        async with PageServer(again).listening("127.0.0.1", port):
            await tab.until("!document.querySelector('#state.cut') && document.querySelector('#state').innerText")
            await tab.reads("on the record", "#state")
        assert exercise.team("us").committed


async def test_what_is_asked_for_is_sent_once(tmp_path: Path) -> None:
    """A form when it is opened, an act when it is done; a line that was not cut resends nothing."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("facilitator") as tab:
        await tab.run(
            "window.sent = []; const sends = WebSocket.prototype.send; WebSocket.prototype.send = function (said) {"
            " window.sent.push(JSON.parse(said).say); return sends.call(this, said); }; true"
        )
        await tab.run("document.querySelector('[data-key=\"door pause\"]').click()")
        await tab.until("document.querySelector('[data-key=submit]')")
        assert await tab.run("window.sent") == ["fill"]
        await tab.run("document.querySelector('[data-key=submit]').click()")
        await tab.until("!document.querySelector('#form-title')")
        assert (await tab.run("window.sent")).count("do") == 1


async def test_while_the_line_is_cut_a_form_says_what_can_be_done_and_keeps_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever picks a channel then is told that the next question comes, writes the words, and goes on by itself.

    Another form opens likewise when the line is back.
    """
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    monkeypatch.setattr(RoomServer, "farewell", nothing_said)
    async with browser() as opened:
        async with exercise.open():
            tab = await opened(exercise.address)
            await joined(tab, exercise.code("us"))
            await to_doors(tab)
            await open_door(tab, "move")
            await tab.until("document.activeElement?.id === 'search'")
            await tab.type("private-reassure")
            await tab.press("Enter")
            await asks(tab, "Over which channel?")
            port = int(exercise.address.rstrip("/").rpartition(":")[2])
        await tab.until("document.querySelector('#state.cut')")
        await tab.press("1")
        await tab.reads("The next question comes by itself when the line is back", ".question")
        await tab.until("document.activeElement?.id === 'ahead'")
        await tab.type("Our ships stay where they a")
        async with PageServer(exercise.server).listening("127.0.0.1", port):
            await asks(tab, "Which of these hold for it?")
            for letter in "re.":
                await tab.press(letter, early=True)
            await tab.press("0")
            await asks(tab, "Does it carry a promise?")
            await tab.press("0")
            await tab.until("document.activeElement?.id === 'text'")
            assert await tab.run("document.activeElement.value") == "Our ships stay where they are."
            await tab.press("Escape")
            await tab.until("document.querySelector('.doors')")
        await tab.until("document.querySelector('#state.cut')")
        await open_door(tab, "note")
        await tab.reads("It opens by itself when the line is back", ".form")
        assert await tab.text("#form-title") == "Write a note"
        async with PageServer(exercise.server).listening("127.0.0.1", port):
            await tab.until("document.activeElement?.id === 'text'")
        assert tab.complaints == [] or all("WebSocket" in each or "ERR_CONN" in each for each in tab.complaints)
