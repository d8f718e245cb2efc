"""Whatever is asked of the table, in whatever order: it is done or refused, and what is kept is clean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from types import NoneType
from typing import Any, Literal, cast, get_args, get_origin

import msgspec
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType
from msgspec.structs import replace
from tests.engine.play import Play
from tests.engine.test_options import answers, offered
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.apply import fold
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.state import opening_state
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.refusals import refusal
from crisis_sim.rules.names import Language
from crisis_sim.text import foul

MATERIAL = small_material()
HOSTILE = (
    "",
    " ",
    "[/]",
    "[RED-1] [@click=app.quit]x",
    "\x1b]52;c;aGk=\x07\x1b[31m",
    "\u202eoverride\u2069",
    "nul\x00 lone \ud800 private \ue000",
    "{0} {move} %s ${x}",
    "e" + "\u0301" * 50,
    "x" * 5_000,
    "一句平常话",
)
INTS = (0, 0, 1, 1, 1, 2, 2, 3, -1, -2, -3, 4, 50, 100, 101, 10**6, -(10**6), 2**63, 10**30)
LINES = ("hull-survey", "boarding", "public-blame", "forced-removal", "own-1", "own-2")
OFFENCES = tuple(MATERIAL.profiles["blame-worst"].order)
NAMES: dict[str, tuple[str, ...]] = {
    "move": tuple(MATERIAL.moves),
    "channel": tuple(MATERIAL.scenario.channels),
    "about": tuple(MATERIAL.scenario.channels),
    "promise": tuple(MATERIAL.commitments),
    "terms": tuple(MATERIAL.terms),
    "concern": tuple(MATERIAL.concerns),
    "leads_to": LINES,
    "order": OFFENCES,
    "touches": LINES,
    "lines": LINES,
    "inject": tuple(inject.id for inject in MATERIAL.scenario.msel),
    "forecast": tuple(forecast.id for forecast in MATERIAL.scenario.forecasts),
    "of": ("", "us", "china", "us/hull-survey", "china/public-blame", "hotline", "hours-of-air"),
}
"""Names that exist, by the field that takes one."""
SCALES = {
    "hostility": 3,
    "tone": 3,
    "confidence": 4,
    "weight": 10,
    "chance": 100,
    "to": 1_000,
    "minutes": 9,
}
"""Values that fit, by the field that takes one; other numbers are places in short lists."""
CLOSING = (a.PutPrinciple, a.AcceptPrinciple, a.TakeNote)
KINDS: tuple[type[msgspec.Struct], ...] = get_args(a.AnyAction)


def wild(luck: Random, kind: type[msgspec.Struct]) -> Any:
    """A well-formed value: any value of the right type in each field, a name that exists more often than not."""
    return kind(**{field.name: filled(luck, field.name, field.type) for field in msgspec.structs.fields(kind)})


def filled(luck: Random, name: str, kind: Any) -> Any:
    """Something for one field."""
    choices = get_args(kind)
    if get_origin(kind) is Literal:
        return luck.choice(choices)
    if get_origin(kind) is tuple:
        if name == "order" and luck.random() < 0.5:
            return tuple(luck.sample(OFFENCES, len(OFFENCES)))
        return tuple(filled(luck, name, choices[0]) for _ in range(luck.choice((0, 0, 1, 2))))
    if msgspec.UnsetType in choices:
        given = next(one for one in choices if one is not msgspec.UnsetType)
        return msgspec.UNSET if luck.random() < 0.5 else filled(luck, name, given)
    if kind is bool:
        return luck.random() < 0.5
    if NoneType in choices:
        return None if luck.random() < 0.5 else filled(luck, name, next(one for one in choices if one is not NoneType))
    if UnsetType in choices:
        return (
            UNSET if luck.random() < 0.1 else filled(luck, name, next(one for one in choices if one is not UnsetType))
        )
    if kind is int:
        return luck.choice(INTS) if luck.random() < 0.3 else luck.randint(1, SCALES.get(name, 3))
    if kind is str:
        return luck.choice(NAMES[name]) if name in NAMES and luck.random() < 0.8 else luck.choice(HOSTILE)
    return wild(luck, kind)


def asked(luck: Random, play: Play, seat: a.SeatName) -> a.AnyAction:
    """What somebody at this seat might ask for, by the phase at hand or by no reason at all."""
    if luck.random() < 0.2 or seat == "observer":
        return cast("a.AnyAction", wild(luck, luck.choice(KINDS)))
    if seat == "facilitator":
        if luck.random() < 0.6:
            return a.Unpause() if play.state.paused else a.Advance()
        return cast(
            "a.AnyAction", wild(luck, luck.choice((a.Override, a.Improvise, a.ReleaseInject, a.HoldInject, a.Reveal)))
        )
    if play.state.phase == "moves" and luck.random() < 0.8:
        able = [*offered(play, play.team(seat)), *answers(play, play.team(seat)) * 5]
        return a.SealMove(
            draft=replace(luck.choice(able), text=luck.choice(HOSTILE), intent=luck.choice((-3, 0, 2, 9)))
        )
    kinds: dict[str, tuple[type[msgspec.Struct], ...]] = {
        "briefing": (
            a.WriteLine,
            a.GuessLine,
            a.AdoptLines,
            a.DropLine,
            a.DropGuess,
            a.OrderOffences,
            a.GuessOrder,
        ),
        "moves": (a.SealReadout, a.ReviseMove, a.WithdrawMove, a.CommitMoves),
        "readings": (a.SealReading, a.SealReading, a.SealReading, a.CommitReadings),
        "forecasts": (a.SealForecast, a.SealForecast, a.CommitForecasts),
        "closing": (a.GuessLine, a.DropGuess, *CLOSING),
        "hotwash": CLOSING,
    }
    return cast("a.AnyAction", wild(luck, luck.choice(kinds.get(play.state.phase, (a.TakeNote, a.TakeSeat)))))


@settings(max_examples=25, phases=[Phase.generate])
@given(seed=st.integers(0, 10**6))
def test_nothing_but_a_refusal_comes_of_any_action(seed: int) -> None:
    """A refusal is a short sentence with a code and a way out; what is kept can be written, read, folded and shown."""
    luck, play = (
        Random(seed),
        Play(MATERIAL, seed=str(seed), length=150, card="full" if seed % 3 else "none"),
    )
    seats: tuple[a.SeatName, ...] = ("us", "us", "china", "china", "facilitator", "facilitator", "observer")
    refusals = []
    for _ in range(120):
        seat = luck.choice(seats)
        try:
            play.submit(seat, asked(luck, play, seat))
        except ActionRefused as refused:
            refusals.append(refused)
    for each, language in product(refusals, get_args(Language)):
        why, instead = refusal(each, language)
        assert each.code not in why
        assert instead
        assert len(why) < 400
    for text in texts(msgspec.to_builtins(play.events)):
        assert not list(foul(text)), text
    decoder = msgspec.json.Decoder(AnyEvent)
    again = [decoder.decode(msgspec.json.encode(event)) for event in play.events]
    assert fold(opening_state(play.table), again) == play.state
    for seat in a.SEATS:
        assert msgspec.json.encode(play.look(seat))
        assert play.told(seat, "en") is not play.told(seat, "zh")


def texts(tree: object) -> Iterator[str]:
    """Every text in plain data."""
    match tree:
        case str():
            yield tree
        case dict():
            for key, value in tree.items():
                yield from texts(key)
                yield from texts(value)
        case list() | tuple():
            for value in tree:
                yield from texts(value)
