"""A language model at a seat: it plays to the end whatever it answers, sees its own pages alone, and tells no key."""

from __future__ import annotations

import asyncio
import json
import ssl
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.agents.model_server import Answer, ModelServer, Script, fitting, said
from tests.bots import bot_at
from tests.engine.play import Play, shipped, small
from tests.rooms.authority import issued
from tests.rooms.house import House
from tests.small import small_material

from crisis_sim.agents.agent_line import AgentLimits, AgentLine
from crisis_sim.agents.endpoint import CONNECT_SECONDS, Endpoint, ModelFailed, ModelRefused
from crisis_sim.agents.form_answers import Unusable, parse_answers
from crisis_sim.agents.model_player import ModelPlayer, due_forms
from crisis_sim.agents.transcript import Transcript
from crisis_sim.cli.seating import SEATABLE
from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.engine.views.seats import view_for
from crisis_sim.errors import ActionRefused, CrisisSimError, ModelGaveUp
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.console_blocks import note_blocks
from crisis_sim.pages.form import FormField
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.team_forms import team_names
from crisis_sim.pages.translator import Translator
from crisis_sim.playtest.bots import AutoFacilitator, sit
from crisis_sim.session.log import read_log
from crisis_sim.session.places import AnyHostAct
from crisis_sim.session.replay import replay
from crisis_sim.session.seat import Seat
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

USUAL = AgentLimits()
KEY = "sk-nobody-may-read-this"


class Played(NamedTuple):
    """How a session with a model went."""

    server: ModelServer
    troubles: list[CrisisSimError]
    gave_up: ModelGaveUp | None
    """Why the model was given up before the session's end."""


async def played(
    log: Path,
    material: Material,
    script: Script,
    *,
    secret: str = "",
    limits: AgentLimits = USUAL,
    model: str = "small-model",
    joins: bool = False,
) -> Played:
    """A session with a model as the United States, to its end or until the model is given up.

    `joins` over the wire, where a seat sends no more in a second than a host takes; else it sits in this process.
    """
    troubles: list[CrisisSimError] = []
    gave_up = None
    with Session.start(log, material, seed="1", length=45, bots=SEATABLE) as session:
        session.submit("us", a.TakeSeat(occupant="bot", policy=a.AGENT))
        if secret:
            session.submit("china", a.TakeNote(text=secret))
            session.submit("china", a.GuessLine(line="red", concern="face", says=secret, weight=5))
        async with ModelServer(script).open() as server, AsyncExitStack() as rooms, asyncio.timeout(240):
            seat: Seat = session.seat("us")
            if joins:
                house = await rooms.enter_async_context(House(log.parent, session).open())
                seat = await rooms.enter_async_context(house.invited("us"))
            china = bot_at(session.table, "china", "rota", "1")
            play = [
                asyncio.create_task(sit(china, session.seat("china"))),
                asyncio.create_task(sit(AutoFacilitator(), session.seat("facilitator"))),
            ]
            endpoint = Endpoint(AgentLine(server.url, model, limits=limits), KEY, wait=0.01)
            kept = Transcript(log.with_suffix(".agents.jsonl"))
            try:
                await ModelPlayer(SeatReader(seat, "en"), endpoint, kept, troubles.append).play()
            except ModelGaveUp as error:
                gave_up = error
            for task in play:
                task.cancel()
        assert gave_up or session.state.phase in ("hotwash", "closed")
    assert verify(log).is_whole
    return Played(server, troubles, gave_up)


def reports(log: Path) -> list[a.ModelReport]:
    """What is on record of the model of the United States."""
    return [entry.action.report for entry in read_log(log).entries if isinstance(entry.action, a.ReportModel)]


def by_harness(log: Path) -> list[a.AnyAction]:
    """What the harness did in the model's place."""
    return [entry.action for entry in read_log(log).entries if entry.action.made_by == "harness"]


async def test_a_model_plays_a_session_of_45_minutes_to_its_end(tmp_path: Path) -> None:
    """Its moves, readings and forecasts are on record as its own, and each of its 10 phases names the model."""
    log = tmp_path / "one.jsonl"
    server, troubles, _gave_up = await played(log, shipped("lost-airliner"), fitting, joins=True)
    assert troubles == [] and server.asked[0]["model"] == "small-model"
    asked = [entry.action for entry in read_log(log).entries if entry.seat == "us"]
    for kind in (a.SealMove, a.SealReading, a.SealForecast):
        assert any(isinstance(action, kind) for action in asked), kind
    told = reports(log)
    assert len(told) == 10 and {(each.model, each.settings) for each in told} == {("small-model", "temperature=0.7")}
    assert sum(each.tries for each in told) == len(server.asked) and not any(each.unusable for each in told)
    assert by_harness(log) == []


async def test_what_an_endpoint_says_of_an_answer_is_on_record(tmp_path: Path) -> None:
    """The model's own name, the system that it runs on, and tokens in and out, by phase."""

    def script(number: int, asked: dict[str, Any]) -> Answer:
        told = json.loads(fitting(number, asked)[1])
        usage = {"prompt_tokens": 70, "completion_tokens": 5, "total_tokens": 75}
        return 200, json.dumps(told | {"model": "big-2026", "system_fingerprint": "fp_1", "usage": usage}).encode()

    log = tmp_path / "one.jsonl"
    server, _troubles, _gave_up = await played(log, small_material(), script)
    told = reports(log)
    assert {(each.answered_as, each.fingerprint) for each in told if each.questions} == {("big-2026", "fp_1")}
    assert sum(each.tokens_in for each in told) == 70 * len(server.asked)
    assert sum(each.tokens_out for each in told) == 5 * len(server.asked)


async def test_the_last_report_holds_the_hash_of_what_was_asked_and_said(tmp_path: Path) -> None:
    """And neither the file nor the log nor a prompt holds the key, which goes into the header alone."""
    log = tmp_path / "one.jsonl"
    server = (await played(log, small_material(), fitting)).server
    kept = log.with_suffix(".agents.jsonl")
    assert Transcript(kept).hash == reports(log)[-1].transcript and kept.stat().st_mode & 0o777 == 0o600
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert lines[0]["settings"] == "temperature=0.7" and lines[0]["asked"] == server.asked[0]["messages"]
    assert all(f"Bearer {KEY}" in head for head in server.heads)
    assert KEY not in kept.read_text() + log.read_text() + server.prompts


async def test_two_models_are_asked_the_same_to_the_byte(tmp_path: Path) -> None:
    """No prompt holds a model's name, a hash or anything else that the harness has put on record."""
    asked = []
    for model in ("fake-a", "fake-b-ultraviolet"):
        log = tmp_path / f"{model}.jsonl"
        server = (await played(log, small_material(), fitting, model=model)).server
        asked.append([each["messages"] for each in server.asked])
        assert model not in server.prompts and "sha256" not in server.prompts
        assert not any(told.transcript[:8] in server.prompts for told in reports(log))
    assert asked[0] == asked[1] and len(asked[0]) > 10


def spoilt(number: int, asked: dict[str, Any]) -> Answer:
    """One kind of bad answer after another, and a good one now and then."""
    bad: list[Answer] = [
        said("I would rather not."),
        said("{" * 60_000),
        said('{"next": 99, "hostility": "much"}'),
        said("\x1b[2J\u202e{}\x00"),
        (429, b"slow down"),
        (500, b"\xff\xfe"),
        (200, b"not json"),
        (-2, b""),
    ]
    if number % 4 == 0 and "response_format" in asked:
        return fitting(number, asked)
    return bad[number % len(bad)]


async def test_whatever_a_model_answers_now_and_then_the_session_comes_to_its_end(tmp_path: Path) -> None:
    """What was wrong is told back, what fails is tried again, and no control byte gets on record."""
    log = tmp_path / "one.jsonl"
    server, _troubles, gave_up = await played(log, small_material(), spoilt)
    assert "The answer holds no JSON object." in server.prompts and gave_up is None
    assert "\\u001b" not in log.read_text() and "\\u202e" not in log.read_text()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((429, b"slow down"), "agent/http"),
        ((500, b"\xff\xfe"), "agent/http"),
        ((302, b""), "agent/http"),
        ((200, b"not json"), "agent/answer"),
        ((200, b"[" * 60_000), "agent/answer"),
        ((200, b" " * 1_000_001), "agent/answer"),
        ((-2, b""), "agent/unreachable"),
    ],
)
async def test_an_endpoint_that_always_fails_ends_play_after_three_questions(
    tmp_path: Path, answer: Answer, code: str
) -> None:
    """Each is sent as often as it may be; what was done in the model's place is marked, and none of it is a reading."""
    log, tries = tmp_path / "one.jsonl", 2
    server, troubles, gave_up = await played(
        log, small_material(), lambda _n, _asked: answer, limits=AgentLimits(tries=tries)
    )
    assert [trouble.code for trouble in troubles] == [code] * 3 and gave_up is not None
    assert len(server.asked) == 3 * tries and gave_up.exit_code == 1
    assert [each.trouble for each in reports(log)] == [code] * 3 and reports(log)[-1].gave_up
    assert [type(each) for each in by_harness(log)] == [a.SealLines, a.CommitMoves]


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_refused_key_or_address_ends_play_at_once(tmp_path: Path, status: int) -> None:
    """With where to look; nothing is done in the model's place."""
    log = tmp_path / "one.jsonl"
    server, _troubles, gave_up = await played(log, small_material(), lambda _n, _asked: (status, b""))
    assert len(server.asked) == 1 and gave_up is not None and gave_up.exit_code == 1
    assert f"HTTP {status}" in str(gave_up) and "CRISIS_SIM_AGENT_KEY" in gave_up.hint
    assert by_harness(log) == [] and reports(log)[-1].gave_up and reports(log)[-1].status == status


NOTHING_USABLE = ("I'm sorry, I can't help with that.", "", "[" * 100_000, "{" * 100_000, '{"next": NaN}', "{}", "[1]")


@pytest.mark.parametrize("text", NOTHING_USABLE, ids=lambda text: text[:9])
async def test_a_model_that_gives_nothing_usable_is_told_so_marked_and_given_up(tmp_path: Path, text: str) -> None:
    """It is told back as often as it may be; after three questions play ends, and the facilitator reads why."""
    log = tmp_path / "one.jsonl"
    server, troubles, gave_up = await played(log, shipped("lost-airliner"), lambda _n, _asked: said(text))
    assert {trouble.code for trouble in troubles} == {"agent/unusable"} and gave_up is not None
    assert "3 questions in a row" in str(gave_up) and "US team" in str(gave_up)
    asked = [each["messages"][1]["content"] for each in server.asked]
    wrong = [("holds no JSON object" in each or "does not fit its question" in each) for each in asked[:3]]
    assert wrong == [False, True, True] and asked[1].startswith(asked[0])
    told = reports(log)
    assert sum(each.unusable for each in told) == 3 and sum(each.tries for each in told) == 9 == len(server.asked)
    acts = [each for each in by_harness(log) if isinstance(each, a.SealMove)]
    played_acts = replay(log).state.acts.values()
    assert acts and [sent.act.intent for sent in played_acts if sent.act.side == "us"] == [None] * len(acts)
    notes = [line for block in console(log) if (line := str(block))]
    assert any("its model gave no answer that can be used" in line for line in notes)
    assert any("its model is given up" in line and text[:30] in line for line in notes)


def console(log: Path) -> list[str]:
    """What the facilitator's page has of notes at the end of a log."""
    played = replay(log)
    view = view_for(played.state, played.table, "facilitator")
    assert isinstance(view, FacilitatorView)
    return list(
        lines_of(note_blocks(view, teller := Translator(dossier_for(played.table, "facilitator"), "en")), teller)
    )


@pytest.mark.parametrize(
    "around",
    [
        '<think>First {{"{name}": 0}}, no.</think>{answer}',
        "<think>{{ {{ [</think>\n```json\n{answer}\n```\nThat is all.",
        "{{}} {answer}",
    ],
)
async def test_what_a_model_thinks_aloud_before_a_good_answer_costs_it_nothing(tmp_path: Path, around: str) -> None:
    """The last object that answers all that was asked is its answer."""

    def script(number: int, asked: dict[str, Any]) -> Answer:
        text = json.loads(fitting(number, asked)[1])["choices"][0]["message"]["content"]
        name = next(iter(asked["response_format"]["json_schema"]["schema"]["properties"]))
        return said(around.format(name=name, answer=text.removeprefix("Here it is: ")))

    log = tmp_path / "one.jsonl"
    _server, troubles, gave_up = await played(log, small_material(), script)
    assert troubles == [] and gave_up is None and by_harness(log) == []


async def test_an_endpoint_that_is_dead_costs_half_a_minute_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a question may be sent: tries and the waits between them are counted, not timed."""
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("crisis_sim.agents.endpoint.asyncio.sleep", wait)
    with Session.start(tmp_path / "one.jsonl", small_material(), seed="1", length=45, bots=SEATABLE) as session:
        session.submit("us", a.TakeSeat(occupant="bot", policy=a.AGENT))
        endpoint = Endpoint(AgentLine("http://127.0.0.1:9/v1", "m", limits=AgentLimits(tries=10)))
        player = ModelPlayer(SeatReader(session.seat("us"), "en"), endpoint, Transcript(None))

        async def play() -> None:
            for _phase in range(20):
                await player.act()
                session.submit("facilitator", a.Advance())

        with pytest.raises(ModelGaveUp, match="cannot be reached"):
            await play()
    assert endpoint.tries == 6 and endpoint.tries * CONNECT_SECONDS + sum(waits) <= 30


def test_words_that_are_too_long_are_told_how_many_they_may_be() -> None:
    """They are not cut, so that nothing is said by half."""
    field, say = FormField("text", "text", "What do we say?", maximum=10), small().say("us")
    assert parse_answers('{"text": "[b]ten[/b]"}', [field], say) == {"text": "[b]ten[/b]"}
    with pytest.raises(Unusable, match="longer than 10 characters"):
        parse_answers('{"text": "[b]eleven[/b]"}', [field], say)


@pytest.mark.parametrize("value", [2, -2])
async def test_a_number_on_the_scale_is_logged_as_the_model_says_it(tmp_path: Path, value: int) -> None:
    """Meant, expected and taken are asked in the scale's own values; 7, which is none of them, is told back."""

    def script(number: int, asked: dict[str, Any]) -> Answer:
        form = asked["response_format"]["json_schema"]["schema"]["properties"]
        scale = [name for name in ("intent", "expected", "hostility") if name in form]
        assert all(form[name]["enum"] == [-3, -2, -1, 0, 1, 2, 3] for name in scale)
        if not scale or "does not fit its question" in asked["messages"][1]["content"]:
            return fitting(number, asked, dict.fromkeys(scale, value))
        return fitting(number, asked, dict.fromkeys(scale, 7))

    log = tmp_path / "one.jsonl"
    server = (await played(log, small_material(), script)).server
    asked = [entry.action for entry in read_log(log).entries if entry.seat == "us"]
    meant = [
        number for each in asked if isinstance(each, a.SealMove) for number in (each.draft.intent, each.draft.expected)
    ]
    taken = [each.hostility for each in asked if isinstance(each, a.SealReading)]
    assert set(meant) == set(taken) == {value}
    assert "  -3: −3 very friendly" in server.prompts and "  2: +2 hostile" in server.prompts


async def test_a_certificate_that_nobody_vouches_for_is_said(tmp_path: Path) -> None:
    """Nothing is sent there, the key least of all."""
    issued(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "site.pem", tmp_path / "site.key")
    async with ModelServer(fitting).open(context) as server:
        with pytest.raises(ModelFailed) as failed:
            await asked_once(server.url)
        assert failed.value.code == "agent/certificate" and server.asked == []


async def test_a_model_that_never_answers_costs_its_time_and_no_more(tmp_path: Path) -> None:
    """Each phase then ends with the least that keeps play going, and after three it is given up."""
    log = tmp_path / "one.jsonl"
    _server, troubles, gave_up = await played(
        log, small_material(), lambda _number, _asked: (-1, b""), limits=AgentLimits(seconds=0.2)
    )
    assert [trouble.code for trouble in troubles] == ["agent/slow"] * 3 and gave_up is not None


def fails(trouble: CrisisSimError) -> None:
    """Nothing goes wrong here."""
    raise AssertionError(trouble)


class Refusing(SeatReader):
    """A seat at which the first move is refused."""

    refused = 0

    async def submit(self, action: a.AnyAction | AnyHostAct, ref: str | None = None) -> None:
        if isinstance(action, a.SealMove) and not self.refused:
            self.refused = 1
            raise ActionRefused("channel/suspended", channel=action.draft.channel or "press")
        await super().submit(action, ref)


async def test_a_refusal_is_told_back_in_its_own_sentence(tmp_path: Path) -> None:
    """The next time the form is asked, why it was refused stands beneath it."""
    with Session.start(tmp_path / "one.jsonl", small_material(), seed="1", length=45, bots=SEATABLE) as session:
        session.submit("us", a.TakeSeat(occupant="bot", policy=a.AGENT))
        async with ModelServer(fitting).open() as server, asyncio.timeout(60):
            china = bot_at(session.table, "china", "rota", "1")
            play = [
                asyncio.create_task(sit(china, session.seat("china"))),
                asyncio.create_task(sit(AutoFacilitator(), session.seat("facilitator"))),
            ]
            reader = Refusing(session.seat("us"), "en")
            endpoint = Endpoint(AgentLine(server.url, "m"), wait=0.01)
            await ModelPlayer(reader, endpoint, Transcript(None), fails).play()
            for task in play:
                task.cancel()
    assert reader.refused and "is suspended" in server.prompts


def test_every_form_that_waits_for_an_answer_is_one_that_can_be_had() -> None:
    """Over a session in which both are asked what moved them closer, which is never left to chance."""
    play, seen = Play(shipped("bottomed-submarine"), seed="1", length=90), set[str]()
    china, us = (bot_at(play.table, side, "rota", "1") for side in ("china", "us"))
    while play.state.phase != "hotwash":
        for bot in (china, us):
            view = play.team(bot.seat)
            names = list(due_forms(view))
            assert set(names) <= set(team_names(view, play.say(bot.seat)))
            seen |= {name.partition(":")[0] for name in names}
            for action in bot.actions(view):
                with suppress(ActionRefused):
                    play.submit(bot.seat, action)
        if play.white().can_ask:
            play.submit("facilitator", a.PutQuestion())
        if play.white().phase != "hotwash":
            play.submit("facilitator", a.Advance())
    assert "closer" in seen


async def test_a_place_of_people_is_no_place_for_a_model(tmp_path: Path) -> None:
    """It leaves at once where nobody has kept the seat for a program, and where its people take it back."""
    with Session.start(tmp_path / "one.jsonl", small_material(), seed="1", length=45, bots=SEATABLE) as session:
        async with ModelServer(fitting).open() as server, asyncio.timeout(10):
            endpoint = Endpoint(AgentLine(server.url, "m"))
            reader = SeatReader(session.seat("us"), "en")
            await ModelPlayer(reader, endpoint, Transcript(None), fails).play()
        assert server.asked == []


async def test_no_prompt_depends_on_the_other_sides_secrets(tmp_path: Path) -> None:
    """Two sessions that differ in what the other team has noted and guessed: the same is asked, to the byte."""
    asked: list[list[Any]] = []
    for secret in ("They bluff: ultraviolet.", "They mean it, all of it: infrared."):
        place = tmp_path / str(len(asked))
        place.mkdir()
        server = (await played(place / "one.jsonl", small_material(), fitting, secret=secret)).server
        assert secret not in server.prompts
        asked.append([each["messages"] for each in server.asked])
    assert asked[0] == asked[1] and len(asked[0]) > 10


async def test_what_an_endpoint_refuses_for_good_is_not_asked_again() -> None:
    """A wrong key ends it with a sentence; an endpoint without structured output is asked in words."""
    async with ModelServer(lambda _number, _asked: (401, b"")).open() as server:
        with pytest.raises(ModelRefused, match="401"):
            await asked_once(server.url)
        assert len(server.asked) == 1
    async with ModelServer(lambda number, _asked: (400, b"") if number == 1 else said("{}")).open() as server:
        assert await asked_once(server.url) == "{}"
        assert "response_format" in server.asked[0] and "response_format" not in server.asked[1]
    with pytest.raises(ModelFailed, match="cannot be reached"):
        await asked_once("http://127.0.0.1:9/v1")


async def asked_once(url: str) -> str:
    """What an endpoint answers."""
    return (await Endpoint(AgentLine(url, "m"), wait=0.01).ask([], {}, 5)).text


async def test_a_model_that_commits_too_short_a_list_is_told_why_before_anything_is_done_for_it(tmp_path: Path) -> None:
    """It then makes its own move, and nothing stands in its place; one that never does is acted for at last."""

    def script(number: int, asked: dict[str, Any]) -> Answer:
        prompt = asked["messages"][1]["content"]
        numbers = {
            label: int(number)
            for number, _, label in (line.partition(": ") for line in prompt.splitlines())
            if number.strip().isdigit()
        }
        wanted = "New move" if "takes at least" in prompt.splitlines()[-1] and heeds else "Commit our moves"
        return fitting(number, asked, {"next": numbers[wanted]} if wanted in numbers else {})

    for heeds in (True, False):
        log = tmp_path / f"{heeds}.jsonl"
        await played(log, shipped("lost-airliner"), script)
        acts = [
            entry.action
            for entry in read_log(log).entries
            if isinstance(entry.action, a.SealMove) and entry.seat == "us"
        ]
        assert acts and any(each.made_by == "harness" for each in acts) is not heeds
