"""A language model at a seat: it plays to the end whatever it answers, sees its own pages alone, and tells no key."""

from __future__ import annotations

import asyncio
import json
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.agents.model_server import Answer, ModelServer, Script, fitting, said
from tests.bots import bot_at
from tests.engine.play import Play, shipped, small
from tests.rooms.authority import issued
from tests.rooms.house import House
from tests.small import small_material

from crisis_sim.agents.agent_line import AgentLimits, AgentLine
from crisis_sim.agents.endpoint import Endpoint, ModelFailed, ModelRefused
from crisis_sim.agents.form_answers import Unusable, answers
from crisis_sim.agents.model_player import ModelPlayer, due
from crisis_sim.agents.transcript import Transcript
from crisis_sim.cli.seating import SEATABLE
from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused, CrisisSimError
from crisis_sim.pages.form import FormField
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.team_forms import team_names
from crisis_sim.playtest.bots import AutoFacilitator, sit
from crisis_sim.session.log import read_log
from crisis_sim.session.places import AnyHostAct
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

USUAL = AgentLimits()
KEY = "sk-nobody-may-read-this"


async def played(
    log: Path, material: Material, script: Script, *, secret: str = "", limits: AgentLimits = USUAL
) -> tuple[ModelServer, list[CrisisSimError]]:
    """A session with a model as the United States, over the wire, to its end."""
    troubles: list[CrisisSimError] = []
    with Session.start(log, material, seed="1", length=45, bots=SEATABLE) as session:
        session.submit("us", a.TakeSeat(occupant="bot", policy=a.AGENT))
        if secret:
            session.submit("china", a.TakeNote(text=secret))
            session.submit("china", a.GuessLine(line="red", concern="face", says=secret, weight=5))
        async with House(log.parent, session).open() as house, ModelServer(script).open() as server:
            china = bot_at(session.table, "china", "cautious", "1")
            play = [
                asyncio.create_task(sit(china, session.seat("china"))),
                asyncio.create_task(sit(AutoFacilitator(), session.seat("facilitator"))),
            ]
            async with house.invited("us") as seat, asyncio.timeout(240):
                endpoint = Endpoint(AgentLine(server.url, "small-model", limits=limits), KEY, wait=0.01)
                kept = Transcript(log.with_suffix(".agents.jsonl"))
                await ModelPlayer(SeatReader(seat, "en"), endpoint, kept, troubles.append).play()
            for task in play:
                task.cancel()
        assert session.state.phase in ("hotwash", "closed")
    assert verify(log).is_whole
    return server, troubles


async def test_a_model_plays_a_session_of_45_minutes_to_its_end(tmp_path: Path) -> None:
    """Its moves, readings and forecasts are on record, and each of its 10 phases names the model."""
    log = tmp_path / "one.jsonl"
    server, troubles = await played(log, shipped("lost-airliner"), fitting)
    assert troubles == [] and server.asked[0]["model"] == "small-model"
    asked = [entry.action for entry in read_log(log).entries if entry.seat == "us"]
    for kind in (a.SealMove, a.SealReading, a.SealForecast):
        assert any(isinstance(action, kind) for action in asked), kind
    notes = [action.text for action in asked if isinstance(action, a.TakeNote)]
    assert len(notes) == 10 and all("agent: small-model; temperature 0.7" in note for note in notes)


async def test_the_note_at_the_end_holds_the_hash_of_what_was_asked_and_said(tmp_path: Path) -> None:
    """And neither the file nor the log nor a prompt holds the key, which goes into the header alone."""
    log = tmp_path / "one.jsonl"
    server, _troubles = await played(log, small_material(), fitting)
    kept = log.with_suffix(".agents.jsonl")
    notes = [entry.action.text for entry in read_log(log).entries if isinstance(entry.action, a.TakeNote)]
    assert Transcript(kept).hash in notes[-1] and kept.stat().st_mode & 0o777 == 0o600
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert lines[0]["temperature"] == 0.7 and lines[0]["asked"] == server.asked[0]["messages"]
    assert all(f"Bearer {KEY}" in head for head in server.heads)
    assert KEY not in kept.read_text() + log.read_text() + server.prompts


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


async def test_whatever_a_model_answers_the_session_comes_to_its_end(tmp_path: Path) -> None:
    """What was wrong is told back, what fails is tried again, and no control byte gets on record."""
    log = tmp_path / "one.jsonl"
    server, _troubles = await played(log, small_material(), spoilt)
    assert "The answer holds no JSON object." in server.prompts
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
        ((401, b""), "agent/refused"),
    ],
)
async def test_an_endpoint_that_always_fails_is_said_once_a_phase(tmp_path: Path, answer: Answer, code: str) -> None:
    """Each question is sent as often as it may be, the seat holds, and play comes to its end."""
    log, tries = tmp_path / "one.jsonl", 2
    server, troubles = await played(log, small_material(), lambda _n, _asked: answer, limits=AgentLimits(tries=tries))
    assert {trouble.code for trouble in troubles} == {code}
    assert len(server.asked) == len(troubles) * (1 if code == "agent/refused" else tries)
    asked = [entry.action for entry in read_log(log).entries if entry.seat == "us"]
    assert sum(isinstance(action, a.CommitMoves) for action in asked) == 2
    assert not any(isinstance(action, a.SealReading) for action in asked)
    assert len(troubles) <= sum(isinstance(action, a.TakeNote) for action in asked), "one in a phase is enough"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", "does not fit its question"),
        ('{"next": 99, "move": "declare-war", "text": 3, "chance": true}', "does not fit its question"),
        ("[1]", "holds no JSON object"),
    ],
)
async def test_what_cannot_be_used_is_told_back_as_often_as_it_may_be(tmp_path: Path, text: str, told: str) -> None:
    """Then that form is left, the next is asked, and nothing of it is a trouble of the endpoint."""
    server, troubles = await played(tmp_path / "one.jsonl", small_material(), lambda _n, _asked: said(text))
    assert troubles == []
    assert [told in each["messages"][1]["content"] for each in server.asked[:3]] == [False, True, True]
    assert server.asked[0]["messages"][1]["content"] in server.asked[1]["messages"][1]["content"]


def test_words_that_are_too_long_are_told_how_many_they_may_be() -> None:
    """They are not cut, so that nothing is said by half."""
    field, say = FormField("text", "text", "What do we say?", most=10), small().say("us")
    assert answers('{"text": "[b]ten[/b]"}', [field], say) == {"text": "[b]ten[/b]"}
    with pytest.raises(Unusable, match="longer than 10 characters"):
        answers('{"text": "[b]eleven[/b]"}', [field], say)


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
    server, _troubles = await played(log, small_material(), script)
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
    """Each phase then ends with the least that keeps play going."""
    log = tmp_path / "one.jsonl"
    _server, troubles = await played(
        log, small_material(), lambda _number, _asked: (-1, b""), limits=AgentLimits(seconds=0.2)
    )
    assert {trouble.code for trouble in troubles} == {"agent/slow"}


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
            china = bot_at(session.table, "china", "cautious", "1")
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
    china, us = (bot_at(play.table, side, "cautious", "1") for side in ("china", "us"))
    while play.state.phase != "hotwash":
        for bot in (china, us):
            view = play.team(bot.seat)
            names = list(due(view))
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
        server, _troubles = await played(place / "one.jsonl", small_material(), fitting, secret=secret)
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
