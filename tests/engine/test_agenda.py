"""The agenda: unofficial channels gain their mandate when both governments endorse the same item, untied."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace as with_fields
from tests.engine.asking import draft, refused
from tests.engine.play import Play, shipped, varied

from crisis_sim.engine import actions as a
from crisis_sim.rules.names import SIDES, Side

SCHOLARS, EMBASSIES = "scholars-group", "embassies"
ONE, OTHER = "rescue-first", "inquiry"


def session() -> Play:
    """A session whose scenario has an agenda."""
    return Play(shipped("bottomed-submarine", ("core",)), length=150)


def endorses(item: str | None, *terms: str, **rest: Any) -> a.Draft:  # Any: fields of a draft
    """A rule reaffirmed over the embassies, and an item of the agenda endorsed with it."""
    fields: dict[str, Any] = {"terms": ("endorse-track-two", *terms), "item": item or UNSET} | rest
    return draft(fields.pop("move", "working-group"), EMBASSIES, **fields)


def endorsed(*turns: dict[Side, a.Draft]) -> int:
    """The mandate of the scholars' channel after these turns; it began at 20."""
    play = session()
    for turn in turns:
        play.turn(**{side: (one,) for side, one in turn.items()})
    play.turn()
    return play.state.mandate[SCHOLARS]


@pytest.mark.parametrize("first", SIDES)
def test_the_same_item_endorsed_by_both_gives_the_mandate_once(first: Side) -> None:
    """In one turn or one after the other, whoever comes first; said again it gives nothing more."""
    second: Side = "china" if first == "us" else "us"
    assert endorsed({first: endorses(ONE)}) == 20
    assert endorsed({first: endorses(ONE)}, {first: endorses(ONE)}) == 20
    assert endorsed({first: endorses(ONE), second: endorses(ONE)}) == 60
    assert endorsed({first: endorses(ONE)}, {second: endorses(ONE)}) == 60
    assert endorsed({first: endorses(ONE)}, {second: endorses(ONE)}, {first: endorses(ONE)}) == 60
    assert endorsed({first: endorses(ONE)}, {second: endorses(OTHER)}) == 20
    assert endorsed(*({first: endorses(item)} for item in (ONE, OTHER)), {second: endorses(OTHER)}) == 60


def test_what_is_tied_endorses_nothing() -> None:
    """Neither of the two, whichever is tied."""
    assert endorsed({"us": endorses(ONE, "tied")}, {"china": endorses(ONE)}) == 20
    assert endorsed({"us": endorses(ONE)}, {"china": endorses(ONE, "tied")}) == 20
    assert endorsed({"us": endorses(ONE, "tied")}, {"china": endorses(ONE)}, {"us": endorses(ONE)}) == 60


def test_whoever_endorses_says_what() -> None:
    """One of the items; a move that endorses nothing keeps none, and under other rules an act is taken as it is."""
    play = session()
    play.open_moves()
    assert refused(play, "us", a.SealMove(draft=endorses(None))) == "agenda/which"
    assert refused(play, "us", a.SealMove(draft=endorses("weather"))) == "agenda/unknown"
    play.submit("us", a.SealMove(draft=draft("private-inquiry", EMBASSIES, item=ONE)))
    assert play.team("us").drafts[0].draft.item is UNSET
    play.table = with_fields(play.table, asks_all=False)
    play.submit("us", a.SealMove(draft=endorses(None)))


def test_without_an_agenda_one_government_is_enough_as_before() -> None:
    """Nobody is asked for an item."""

    def forget(tree: dict[str, Any]) -> None:
        del tree["agenda"]

    play = Play(varied(shipped("bottomed-submarine", ("core",)), forget), length=150)
    play.turn(us=(endorses(None),))
    play.turn()
    assert play.state.mandate[SCHOLARS] == 60
    assert play.team("us").agenda == ()


def test_a_team_knows_what_reached_it_and_no_more() -> None:
    """The other's view is the same to the byte whichever item is on a list that has not been delivered."""
    looks = []
    for item in (ONE, OTHER):
        play = session()
        play.open_moves()
        play.submit("us", a.SealMove(draft=endorses(item, move="reaffirm-rules", about=EMBASSIES)))
        play.submit("us", a.CommitMoves())
        looks.append([msgspec.json.encode(play.look(seat)) for seat in ("china", "observer")])
        play.turn()
        play.open_moves()
        observed = msgspec.json.encode(play.look("observer"))
        assert b'"item"' not in observed, "it was said in private"
        for side in SIDES:
            known = {each.item: (each.us, each.china) for each in play.team(side).agenda}
            assert known[item] == (1, 0) and sum(map(sum, known.values())) == 1
    assert looks[0] == looks[1]


def test_what_is_on_its_way_is_known_to_its_sender_alone() -> None:
    """Over a line that takes turns: the other side hears of it when it comes, and not before."""
    play = session()
    play.turn(us=(draft("leader-call", "leader-hotline", terms=("endorse-track-two",), item=ONE),))
    sent = play.state.acts["us", 1, 1]
    assert sent.arrived == 0
    since = {side: {each.item: each.us for each in play.team(side).agenda}[ONE] for side in SIDES}
    assert since == {"us": 1, "china": 0}
