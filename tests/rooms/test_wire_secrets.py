"""Two hosted sessions that differ in what one team keeps to itself: the bytes to everybody else are the same."""

from __future__ import annotations

import msgspec
import pytest
from tests.engine.play import Play
from tests.engine.test_secrets import twins
from tests.rooms.hosted import Hosted, Line
from tests.rooms.page_line import PageLine
from tests.thinning import examples

from crisis_sim.engine import actions as a
from crisis_sim.rooms.guests import Guests
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.wire import encoded
from crisis_sim.rules.names import SIDES, Side

CLIENTS: tuple[a.SeatName, ...] = ("us", "china", "observer")


class Telling(Hosted):
    """A host with a number on its wire that counts what everybody does."""

    def seconds_left(self) -> int:
        return len(self.play.actions)


def room(hosted: Hosted, monkeypatch: pytest.MonkeyPatch) -> tuple[Hub, dict[a.SeatName, Line]]:
    """A hub with one client at each seat, whose codes and tokens are the same in every room."""
    codes = iter(f"AAAAAA{number}" for number in range(10, 99))
    monkeypatch.setattr("crisis_sim.rooms.guests.secrets.token_hex", lambda count: "ab" * count)
    monkeypatch.setattr("crisis_sim.rooms.guests.fresh_code", lambda: next(codes))
    hub = Hub(hosted, Guests.fresh(lambda guests: None), "life")
    lines: dict[a.SeatName, Line] = {}
    for who, seat in enumerate(CLIENTS):
        _guest, code = hub.guests.invite(seat)
        lines[seat] = Line(hub, who, SeatMirror(code=code))
        lines[seat].due()
    return hub, lines


def pages_in(hub: Hub) -> dict[a.SeatName, PageLine]:
    """The same room, with somebody at each seat who reads pages, in one language or the other."""
    lines: dict[a.SeatName, PageLine] = {}
    for who, seat in enumerate(CLIENTS, 10):
        _guest, code = hub.guests.invite(seat)
        lines[seat] = PageLine(hub, who, code=code, language="zh" if seat == "china" else "en")
        lines[seat].due()
    return lines


def first_difference(hider: Side, seed: str, kind: type[Hosted], monkeypatch: pytest.MonkeyPatch) -> str | None:
    """Where the bytes to somebody who may not know differ, after each step of play with refused acts of the hider's
    and clients that come back; None where they never do.
    """
    pair = twins("small", hider, "all", ("random", "random"), seed)
    rooms: list[tuple[Hub, dict[a.SeatName, Line]]] = []
    pages: list[dict[a.SeatName, PageLine]] = []
    steps = 0

    def begun(play: Play) -> tuple[Hub, dict[a.SeatName, Line]]:
        return room(kind(play), monkeypatch)

    for label, one, two in pair.side_by_side():
        if not rooms:
            rooms = [begun(one), begun(two)]
            pages = [pages_in(hub) for hub, _lines in rooms]
        steps += 1
        for number, (hub, lines) in enumerate(rooms):
            hub.look()
            lines[hider].ask(a.WithdrawMove(number=97 + number), f"no-{steps}")
        for seat in pair.watchers():
            said = []
            for hub, lines in rooms:
                sent = lines[seat].due()
                if steps % 7 == 0:
                    lines[seat].lose()
                    lines[seat] = Line(hub, 100 * steps + CLIENTS.index(seat), lines[seat].mirror, lines[seat].now)
                    sent += lines[seat].due()
                said.append(sent)
            for lines_of_pages in pages:
                reader = lines_of_pages[seat]
                sent = reader.due()
                if steps % 7 == 0:
                    lines_of_pages[seat] = reader = reader.back(1_000 * steps + CLIENTS.index(seat))
                if reader.page["opens"] and steps % 3 == 0:
                    reader.form(reader.page["opens"][steps % len(reader.page["opens"])])
                said.append([*sent, msgspec.json.encode(reader.page), *map(encoded, reader.heard)])
                reader.heard.clear()
            if said[0] != said[1] or said[2] != said[3]:
                return f"{label}, to {seat}"
    assert steps > 20
    return None


@pytest.mark.parametrize("hider", SIDES)
@pytest.mark.parametrize("seed", [str(number) for number in range(1, 1 + examples(2, 50))])
def test_no_byte_to_the_other_room_depends_on_what_a_team_keeps_to_itself(
    hider: Side, seed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Views, changes, numbers, answers, lengths and signs of life."""
    assert first_difference(hider, seed, Hosted, monkeypatch) is None


def test_a_secret_that_is_planted_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that counts all acts tells one room that the other is at work."""
    assert first_difference("us", "1", Telling, monkeypatch) is not None
