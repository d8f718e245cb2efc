"""A seat as its reader's door holds it, and what a page says of the moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace
from tests.pages.hand import CALL, DOSSIER, OURS, channel_facts, observer_view, team_view, words

from crisis_sim.engine.actions import AnyAction, CommitMoves
from crisis_sim.engine.actions import Seat as SeatName
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.feed_items import SituationTold
from crisis_sim.engine.sight.parts import AccountFacts
from crisis_sim.engine.sight.views import ExchangeFacts, View
from crisis_sim.pages import page_for
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_pages import TeamPage


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

    def seconds_left(self) -> int | None:
        return 7


def situation(turn: int, text: str) -> SituationTold:
    return SituationTold(turn=turn, hour=0, title=words("News"), texts=((None, words(text)),))


def test_a_page_stays_while_its_reader_sees_the_same() -> None:
    """Equal views have one page; another view has another."""
    seat = HandSeat(observer_view())
    reader = SeatReader(seat, "en")
    page = reader.view()
    seat.shown = observer_view()
    assert reader.view() is page
    seat.shown = observer_view(hour=30)
    assert reader.view().hour == 30


def test_what_was_told_keeps_its_words_and_is_new_for_one_turn() -> None:
    """Items that are the same facts are the same items, until the turn is another."""
    first, second = situation(2, "One."), situation(2, "Two.")
    seat = HandSeat(observer_view(feed=(first,)))
    reader = SeatReader(seat, "en")
    (before,) = reader.view().feed
    seat.shown = observer_view(feed=(first, second, first))
    after = reader.view().feed
    assert after[0] is before and after[2] is before and after[1].text == "Two."
    assert before.is_new
    seat.shown = observer_view(feed=(first,), turn=3)
    assert not reader.view().feed[0].is_new


async def test_a_reader_passes_on_what_its_seat_does() -> None:
    seat = HandSeat(observer_view())
    reader = SeatReader(seat, "zh")
    await reader.submit(CommitMoves(), "r-1")
    assert seat.asked == [(CommitMoves(), "r-1")]
    assert [change async for change in reader.changes()] == [None]
    assert (reader.name, reader.language, reader.seconds_left()) == ("observer", "zh", 7)


def team_page(language: str = "en", dossier: Dossier = OURS, **fields: object) -> TeamPage:
    page = page_for(team_view(**fields), dossier, "zh" if language == "zh" else "en")
    assert isinstance(page, TeamPage)
    return page


def test_a_page_says_what_its_seat_does_at_the_moment() -> None:
    second = replace(OURS, second_order=True)
    assert team_page().now == "Choose 1 to 3 moves, answer what was asked, then commit."
    assert team_page(committed=True, waiting_for=("china", "facilitator")).now == (
        "Our moves are committed. Waiting for China and the facilitator."
    )
    assert team_page("zh", committed=True).now == "我方行动已提交。等待美方和中方。"
    assert team_page(phase="closing", dossier=second).now.startswith("Guess their lines once more, say")
    assert team_page(phase="results", committed=True).now == "See how it stands with us. The facilitator goes on."
    assert team_page(paused=True).now == "Play is paused. Nothing is lost."
    assert page_for(observer_view(), DOSSIER).now == "You are watching what is public."


def test_meters_and_clocks_have_words_of_their_own() -> None:
    """Gone trust and a gone clock are two words in Chinese."""
    assert (team_page().trust_word, team_page().standing_word) == ("gone", "fair")
    assert team_page("zh").trust_word == "丧失"


@pytest.mark.parametrize(
    ("fields", "english"),
    [
        ({}, "should arrive in time"),
        ({"doubtful": True}, "should arrive in time, but may not be taken up"),
        ({"late": True}, "will arrive late"),
        ({"late": True, "doubtful": True}, "will arrive late, if it is taken up"),
        ({"state": "suspended"}, "suspended"),
        ({"channel_id": "press"}, "arrives at once"),
    ],
)
def test_the_board_says_what_may_happen_to_a_message(fields: dict[str, Any], english: str) -> None:
    (channel,) = team_page(channels=(channel_facts(**{"channel_id": "hotline", **fields}),)).channels
    assert channel.odds == english
    assert channel.word == ("public" if "channel_id" in fields else "routine")


def test_our_account_of_an_exchange_says_its_tone() -> None:
    ours = AccountFacts(side="us", outcome="agreed", tone=1)
    exchange = ExchangeFacts(number=1, act=CALL, ours=ours, open=True)
    assert team_page(exchanges=(exchange,)).exchanges[0].ours == "agreed, +1 rather hostile"
    assert team_page("zh", exchanges=(exchange,)).exchanges[0].ours == "达成一致，语气+1较为敌对"
