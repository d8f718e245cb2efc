"""Whatever a seat asks for, its session can be resumed: what could stop that is refused before it is in the log."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.engine.play import Play
from tests.engine.test_wild import MATERIAL, asked
from tests.session.play import HandClock
from tests.small import small_material

from crisis_sim.cli.seating import resume_session, seat_players
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seats import view_for
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.refusals import refusal
from crisis_sim.playtest.bots import SEATED
from crisis_sim.rules.names import CardSize
from crisis_sim.session.branch import branch
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

pytestmark = pytest.mark.usefixtures("no_sync")


@pytest.mark.parametrize(
    ("seat", "action", "code"),
    [
        ("us", a.TakeSeat(occupant="bot", policy="no-such-bot"), "seat/bot"),
        ("china", a.TakeSeat(occupant="bot", policy=" rota"), "seat/bot"),
        ("china", a.TakeSeat(occupant="bot", policy="auto"), "seat/bot"),
        ("us", a.TakeSeat(occupant="bot"), "seat/bot"),
        ("facilitator", a.TakeSeat(occupant="bot", policy="rota"), "seat/bot"),
        ("observer", a.TakeSeat(occupant="bot", policy="rota"), "seat/bot"),
        ("us", a.TakeSeat(occupant="person", policy="rota"), "seat/person"),
        ("us", a.AdoptLines(lines=("hull-survey",) * 1_000_000), "action/too-many"),
        ("us", a.SealMove(draft=a.Draft(move="criticise", channel="press", terms=("x",) * 101)), "action/too-many"),
    ],
)
def test_what_could_stop_a_resume_is_refused(tmp_path: Path, seat: a.SeatName, action: a.AnyAction, code: str) -> None:
    """By its code, with a way out; the log holds nothing of it, and the session goes on and is resumed."""
    with Session.start(tmp_path, small_material(), seed="1", length=45, bots=SEATED) as session:
        size = session.path.stat().st_size
        with pytest.raises(ActionRefused) as refused:
            session.submit(seat, action)
        assert refused.value.code == code and all(refusal(refused.value, "en"))
        assert session.path.stat().st_size == size
        session.submit(seat, a.TakeSeat(occupant="person"))
    with seat_players(resume_session(session.path)).session as again:
        assert again.state == session.state


def test_a_session_that_knows_no_bots_seats_none(tmp_path: Path) -> None:
    """Who plays a session says which bots it can seat again; where nobody says, people sit."""
    with (
        Session.start(tmp_path, small_material(), seed="1", length=45) as session,
        pytest.raises(ActionRefused, match="seat/bot .*'rota'"),
    ):
        session.submit("us", a.TakeSeat(occupant="bot", policy="rota"))


@settings(max_examples=12, phases=[Phase.generate], deadline=None)
@given(seed=st.integers(0, 10**6))
def test_whatever_was_accepted_is_resumed_branched_and_verified(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any actions of any seats in any order: the log of what was not refused gives back the state it led to."""
    luck = Random(seed)
    card: CardSize = "full" if seed % 2 else "none"
    asks = Play(MATERIAL, seed=str(seed), length=150, card=card)
    place = tmp_path_factory.mktemp("wild") / "a.jsonl"
    seats: tuple[a.SeatName, ...] = ("us", "us", "china", "china", "facilitator", "facilitator", "observer")
    with Session.start(
        place,
        MATERIAL,
        seed=str(seed),
        length=150,
        options={"offence_card": card},
        session="test",
        clock=HandClock(),
        bots=SEATED,
    ) as session:
        for _ in range(120):
            asks.state = session.state
            seat = luck.choice(seats)
            action = asked(luck, asks, seat)
            if isinstance(action, a.RollBack):
                continue
            with suppress(ActionRefused):
                session.submit(seat, action)
    assert verify(place).is_sound
    assert replay(place).state == session.state
    for at in (0, len(replay(place).log.entries) // 2, None):
        with seat_players(resume_session(branch(place, seq=at))).session as again:
            assert view_for(again.state, again.table, "us").session != "test"
    with seat_players(resume_session(place)).session as again:
        for seat in a.SEATS:
            assert view_for(again.state, again.table, seat) == view_for(session.state, session.table, seat)
