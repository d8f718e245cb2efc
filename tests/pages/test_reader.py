"""A seat as its reader's door holds it, and what its seat is told of the moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace
from tests.pages.hand import CALL, DOSSIER, OURS, channel_facts, observer_view, team_view

from crisis_sim.engine.actions import AnyAction, CommitMoves, SeatName
from crisis_sim.engine.views.dossier import Dossier, ScaleStep
from crisis_sim.engine.views.seat_views import ExchangeFacts, View
from crisis_sim.engine.views.shared_facts import AccountFacts, TrackFacts
from crisis_sim.pages.channel_blocks import odds_of, shape_of, shape_word
from crisis_sim.pages.duty import describe_turn, duty
from crisis_sim.pages.pending_blocks import our_account
from crisis_sim.pages.phrases import meter_word
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.standing_blocks import track_blocks, track_word
from crisis_sim.pages.translator import Translator


class HandSeat:
    """A seat that shows what it is given."""

    name: SeatName = "observer"

    def __init__(self, view: View, dossier: Dossier = DOSSIER) -> None:
        self.shown = view
        self.dossier = dossier
        self.asked: list[tuple[AnyAction, str | None]] = []

    def view(self) -> View:
        return self.shown

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        self.asked.append((action, ref))

    async def _news(self) -> AsyncIterator[None]:
        yield None

    def changes(self) -> AsyncIterator[None]:
        return self._news()

    @property
    def company(self) -> None:
        return None

    def cut_off(self) -> None:
        return None

    def seconds_left(self) -> int | None:
        return 7


def test_a_reader_shows_what_its_seat_sees_and_tells_it_in_its_language() -> None:
    """The facts as they are, the words from the dossier."""
    seat = HandSeat(observer_view())
    reader = SeatReader(seat, "zh")
    assert reader.view() is seat.shown
    assert (reader.say.title, reader.say.language, reader.say is reader.say) == ("风暴", "zh", True)


async def test_a_reader_passes_on_what_its_seat_does() -> None:
    seat = HandSeat(observer_view())
    reader = SeatReader(seat, "zh")
    await reader.submit(CommitMoves(), "r-1")
    assert seat.asked == [(CommitMoves(), "r-1")]
    assert [change async for change in reader.changes()] == [None]
    assert (reader.name, reader.language, reader.seconds_left()) == ("observer", "zh", 7)


EN, ZH = Translator(OURS, "en"), Translator(OURS, "zh")


def now(say: Translator = EN, **fields: object) -> str:
    return duty(team_view(**fields), say)


ASKED_MORE = ("briefing", "closing")


def test_a_seat_is_told_what_it_does_at_the_moment() -> None:
    assert now() == "Choose 1 to 3 moves besides answers, then commit."
    just = [now(Translator(replace(OURS, moves_least=n, moves_most=n), "en")) for n in (1, 2)]
    assert just == [f"Choose {n} besides answers, then commit." for n in ("1 move", "2 moves")]
    assert now(committed=True, waiting_for=("china", "facilitator")) == (
        "Our moves are committed. Waiting for China and the facilitator."
    )
    assert now(ZH, committed=True) == "我方行动已提交。等待美方和中方。"
    ordered = Translator(replace(OURS, offences={"silence": {"en": "No answer"}}), "en")
    assert all("grave" in now(ordered, phase=phase) for phase in ASKED_MORE)
    assert now(phase="results", committed=True) == "See how it stands with us. The facilitator goes on."
    assert now(paused=True) == "Play is paused. Nothing is lost."
    assert now(Translator(OURS, "en", now="A look only.")) == "A look only."
    assert duty(observer_view(), Translator(DOSSIER, "en")) == "You are watching what is public."


def test_the_last_turn_has_none_after_it() -> None:
    """Where the clock stands is told with the next turn, and in the last one with the end."""
    first, last = (describe_turn(team_view(turn=turn, turns=4, hour=64, next_hour=90), EN) for turn in (3, 4))
    assert first.endswith("; the next turn begins at hour 90.") and last.endswith("; it ends at hour 90.")
    over = describe_turn(team_view(turn=4, turns=4, hour=64, next_hour=90, phase="hotwash"), EN)
    assert over == "Turn 4 of 4, hour 90; play is over."


def test_a_scale_is_told_where_its_unit_does_not_say_it() -> None:
    """'of 44' says where the scale ends, and so do a percentage and what stands at the end of it."""
    track = replace(OURS.tracks["ship"], most=44_00)
    for unit, value, scale in (
        ("hours", 0, "of at most 44"),
        ("of 44", 0, ""),
        ("percent", 0, ""),
        ("hours", 44_00, ""),
    ):
        say = Translator(replace(OURS, tracks={"ship": replace(track, unit={"en": unit})}), "en")
        (bar,) = track_blocks([TrackFacts(id="ship", value=value, change=0)], say)
        assert bar.scale == scale, unit


def test_meters_and_clocks_have_words_of_their_own() -> None:
    """Gone trust and a gone clock are two words in Chinese."""
    assert (meter_word(EN, 0), meter_word(EN, 500)) == ("gone", "fair")
    assert meter_word(ZH, 0) == "丧失" != track_word(ZH.dossier.tracks["ship"], 0, ZH)


@pytest.mark.parametrize(
    ("fields", "english"),
    [
        ({}, "in time as a rule"),
        ({"doubtful": True}, "in time as a rule, but may not be taken up"),
        ({"late": True}, "will arrive late"),
        ({"late": True, "doubtful": True}, "will arrive late, if it is taken up"),
        ({"state": "suspended"}, "suspended"),
        ({"channel_id": "press"}, "arrives at once"),
    ],
)
def test_the_board_says_what_may_happen_to_a_message(fields: dict[str, Any], english: str) -> None:
    channel = channel_facts(**{"channel_id": "hotline", **fields})
    assert odds_of(channel, EN) == english
    assert shape_word(channel.id, channel.readiness, EN) == ("public" if "channel_id" in fields else "routine")


def test_our_account_of_an_exchange_says_its_tone() -> None:
    ours = AccountFacts(side="us", outcome="agreed", tone=1)
    exchange = ExchangeFacts(number=1, act=CALL, ours=ours, open=True)
    assert our_account(exchange, EN) == "agreed, +1 rather hostile"
    assert our_account(exchange, ZH) == "达成一致，语气略偏敌对（+1）"


def test_the_mark_of_a_channel_follows_its_word() -> None:
    """Whatever the readiness at which a word begins: the better the word, the fuller the mark."""
    steps = [(0, "dormant"), (20, "rusty"), (45, "working"), (70, "routine")]
    for taken, marks in ((steps, "○◔◑●"), (steps[1:], "○◑●"), (steps[:2], "○●")):
        say = Translator(replace(OURS, shapes=tuple(ScaleStep(at, {"en": word}) for at, word in taken)), "en")
        first = taken[0][0]
        shapes = [shape_of(channel_facts("embassy", readiness=n), say)[0] for n in range(first, 101)]
        assert list(dict.fromkeys(shapes)) == [f"{mark} {word}" for mark, (_, word) in zip(marks, taken, strict=True)]
