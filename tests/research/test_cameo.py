"""Event data says what happened between whom: proposals apart from what took place, and nothing that never arrived."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.play import shipped
from tests.measures.record import record, sent, table
from tests.research.made import sources

from crisis_sim.content.listings import list_scenarios
from crisis_sim.engine.state import Received, Request, Sent, State
from crisis_sim.research.cameo import FALLBACK, HOST, catalogue, code_of, codes, coding_of, events
from crisis_sim.research.columns import BY_NAME
from crisis_sim.research.export_rows import rows_of
from crisis_sim.rules.names import AnswerKind

Told = tuple[Sent, int | None]


def told(state: State) -> list[tuple[str, str, str, str]]:
    """The events of a record."""
    return [(each.stage, each.source, each.code.code, each.target) for each in events(state, table())]


def answered(asked: str, answer: str, how: AnswerKind, *, arrived: int = 2) -> State:
    """A record in which China answered something that the US asked."""
    key, reply = ("us", 1, 1), ("china", 2, 1)
    state = record(
        sent("us", 1, asked),
        sent("china", 2, answer, answer=how, answers=key, arrived=arrived),
        requests=(Request(key, 24, "answered", how=how, answer=reply) if arrived else Request(key, 24),),  # type: ignore[arg-type]  # keys
    )
    return replace(state, us=replace(state.us, inbox=(Received(reply, 2, 41),)) if arrived else state.us)  # type: ignore[arg-type]  # a key


def test_every_move_of_every_shipped_pack_and_scenario_has_codes_of_the_table() -> None:
    """No act of a shipped scenario is coded by its family alone, and the table has no move that is nowhere."""
    materials = [shipped(scenario.id) for scenario in list_scenarios()]
    moves = {name: move for material in materials for pack in material.packs for name, move in pack.moves.items()}
    moves |= {name: move for material in materials for name, move in material.scenario.moves.items()}
    assert set(catalogue()) == set(moves) and len(moves) > 46
    assert {coding_of(name, move).origin for name, move in moves.items()} == {"table"}
    asking = {name for name, move in moves.items() if move.asks}
    assert {name for name, of in catalogue().items() if of.agreed or of.refused} == asking
    assert {name for name, move in moves.items() if move.exchange} <= {n for n, of in catalogue().items() if of.meeting}


def test_every_code_that_is_used_is_in_the_table_with_its_root_and_class() -> None:
    """And the table holds none that is not used; a weight has the sign of its class."""
    used = {code for of in catalogue().values() for code in of[1:6] if code} | set(FALLBACK.values())
    assert used == set(codes())
    for code in codes().values():
        assert code.event and code.source == f"CAMEO 1.1b3, 2.{int(code.code[:2])}"
        assert code.quad == 1 + (int(code.root) > 5) + (int(code.root) > 8) + (int(code.root) > 13)
        cooperates = code.quad in (1, 2)
        assert code.goldstein is None or cooperates is (code.goldstein > 0) or int(code.root) == 1


@pytest.mark.parametrize(
    ("code", "event", "quad", "goldstein"),
    [
        ("176", "Attack cybernetically", 4, None),
        ("041", "Discuss by telephone", 1, 1.0),
        ("060", "Engage in material cooperation, not specified below", 2, 6.0),
        ("139", "Give ultimatum", 3, -7.0),
        ("036", "Express intent to meet or negotiate", 1, 4.0),
    ],
)
def test_a_code_says_what_the_code_book_says(code: str, event: str, quad: int, goldstein: float | None) -> None:
    """Looked up by hand; the attack came into the code book after the weights had been mapped, and has none."""
    assert (codes()[code].event, codes()[code].quad, codes()[code].goldstein) == (event, quad, goldstein)


@pytest.mark.parametrize(
    ("move", "intent", "held", "by_other"),
    [
        ("request-call", "036", "041", "041"),
        ("leader-call", "036", "041", "041"),
        ("third-venue-meeting", "036", "044", "044"),
        ("send-envoy", "036", "042", "043"),
        ("working-group", "036", "046", "046"),
        ("joint-cell", "031", "060", "060"),
        ("joint-statement", "032", "057", "057"),
    ],
)
def test_a_proposal_is_an_intent_and_what_took_place_a_result(move: str, intent: str, held: str, by_other: str) -> None:
    """Proposed and no more; refused; accepted, which is an intent of the other's and then an event of either."""
    alone = ("act", "USAGOV", intent, "CHNGOV")
    assert told(record(sent("us", 1, move))) == [alone]
    asks = table().moves[move].asks
    assert asks is not None
    (first, no) = told(answered(move, asks.decline, "decline"))
    assert first == alone and no[:2] == ("act", "CHNGOV") and no[2][:2] == "12"
    assert told(answered(move, asks.accept, "accept")) == [
        alone,
        ("act", "CHNGOV", intent, "USAGOV"),
        ("result", "USAGOV", held, "CHNGOV"),
        ("result", "CHNGOV", by_other, "USAGOV"),
    ]


def test_an_acceptance_that_never_arrived_brings_nothing_about() -> None:
    """Neither it nor what it would have led to is an event."""
    assert told(answered("leader-call", "take-call", "accept", arrived=0)) == [("act", "USAGOV", "036", "CHNGOV")]


def test_what_never_arrived_is_no_event() -> None:
    """It is an act of its sender's, in the table of moves, and happened between nobody."""
    assert told(record(sent("us", 1, "warn", arrived=0), sent("china", 1, "warn"))) == [
        ("act", "CHNGOV", "130", "USAGOV")
    ]


@pytest.mark.parametrize(("move", "code"), [("offer-help", "0333"), ("deliver-help", "073"), ("condole", "018")])
def test_what_is_done_to_the_host_has_the_host_as_its_target(move: str, code: str) -> None:
    """Help and sympathy are for the third state, whoever hears of them."""
    assert told(record(sent("china", 1, move))) == [("act", "CHNGOV", code, HOST)]


def test_an_attack_on_systems_is_coded() -> None:
    """It is an act like any other."""
    assert told(record(sent("us", 1, "jam-or-cyber"))) == [("act", "USAGOV", "176", "CHNGOV")]


def test_scholars_speak_for_no_government() -> None:
    """In Track II the two are countries."""
    assert told(record(sent("us", 1, "track2-probe", track="2"))) == [("act", "USA", "020", "CHN")]


def test_a_leaked_act_is_no_private_event() -> None:
    """The news had it too."""
    acts = [sent("us", 1, "warn", order=n, outcome=way) for n, way in enumerate(("in-time", "leaked"), 1)]
    assert [each.is_private for each in events(record(*acts), table())] == [True, False]


@pytest.mark.parametrize(
    ("cameo", "code", "by", "event"),
    [
        ("0233", "0233", "pack", ""),
        ("064", "064", "pack", "Share intelligence or information"),
        ("sixty", "030", "family", "Express intent to cooperate, not specified below"),
        (None, "030", "family", "Express intent to cooperate, not specified below"),
    ],
)
def test_a_move_of_ones_own_is_coded_by_its_pack_or_by_its_family(
    cameo: str | None, code: str, by: str, event: str
) -> None:
    """It is never dropped, and the row says which."""
    move = table().moves["offer-help"].model_copy(update={"cameo": cameo})
    coding = coding_of("own-move", move)
    assert (coding.sent, coding.origin, code_of(coding.sent).event) == (code, by, event)


def test_a_log_of_before_is_coded_by_the_table() -> None:
    """Whatever code its pack gave a move of the catalogue."""
    wrong = table().moves["joint-cell"].model_copy(update={"cameo": "0311"})
    assert coding_of("joint-cell", wrong).sent == "031"


def test_each_row_is_an_event_of_an_act_that_is_in_moves(logs: list[Path]) -> None:
    """No act that arrived is left out, and none has two events of one stage."""
    for source in sources(logs):
        rows = [dict(zip(BY_NAME["cameo"].names, row, strict=True)) for row in rows_of(source)["cameo"]]
        acts = [(row["turn"], row["side"], row["order"]) for row in rows if row["stage"] == "act"]
        arrived = [(turn, side, order) for (side, turn, order), of in source.replay.state.acts.items() if of.arrived]
        assert acts == arrived and len(set(acts)) == len(acts)
        held = [row for row in rows if row["stage"] == "result"]
        assert {row["coding"] for row in rows} == {"table"} and len(held) % 2 == 0
