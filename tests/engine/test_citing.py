"""Instruments: words that cite what was agreed before, what that eases or presses, and being held to it oneself."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.engine.asking import draft, go_on, moved_of, refused, told
from tests.engine.play import Play, shipped, varied
from tests.engine.play import in_time as play

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.undertakings import AGAINST_CITED, CITED
from crisis_sim.engine.views.feed_items import CitationItem
from crisis_sim.pages.move_blocks import advice
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.refusals import REFUSALS
from crisis_sim.rules.names import SIDES, Side, other

SHARED, THEIRS, OURS = "rescue-at-sea", "law-of-the-sea", "rescue-manual"


def citing(move: str, instrument: str, **rest: Any) -> a.Draft:  # Any: fields of a draft
    """Words that cite an instrument: in private over the embassies, or in public."""
    way = ("press", "public") if rest.pop("aloud", False) else ("embassies", "private")
    return msgspec.structs.replace(draft(move, *way, **rest), cites=instrument)  # type: ignore[arg-type]  # a visibility


def pressures(of: Play, side: Side, concern: str, to: int) -> list[str]:
    """The pink lines of a concern, each put under some pressure."""
    found = [n for n, line in of.table.lines.items() if n.startswith(f"{side}/") and line.kind == "pink"]
    found = [name for name in found if of.table.lines[name].concern == concern]
    of.open_moves()
    for name in found:
        of.submit("facilitator", a.Override(meter="pressure", of=name, to=to, reason="a test"))
    return found


def test_only_what_the_scenario_lists_can_be_cited_by_words_that_can_and_once() -> None:
    """At 45 minutes nothing can; each refusal has its sentence and its way out."""
    of = play()
    of.open_moves()

    def seal(draft: a.Draft) -> str:
        return refused(of, "us", a.SealMove(draft=draft))

    assert seal(citing("private-inquiry", "magna-carta")) == "cite/unknown"
    assert seal(citing("private-inquiry", "x" * 9_000)) == "cite/unknown"
    assert seal(citing("request-call", SHARED)) == "cite/move"
    of.submit("us", a.SealMove(draft=citing("private-inquiry", SHARED)))
    assert seal(citing("private-reassure", SHARED)) == "cite/again"
    of.submit("us", a.ReviseMove(number=1, draft=citing("private-protest", SHARED)))
    of.turn()
    of.open_moves()
    assert seal(citing("private-reassure", SHARED)) == "cite/again"
    short = play(length=45)
    short.open_moves()
    assert not short.say("us").dossier.instruments
    assert refused(short, "us", a.SealMove(draft=citing("private-inquiry", SHARED))) == "cite/none"
    assert {"cite/unknown", "cite/move", "cite/again", "cite/none"} <= REFUSALS.keys()


@pytest.mark.parametrize("side", SIDES)
def test_what_both_accepted_takes_half_a_point_off_lines_of_its_concerns(side: Side) -> None:
    """Off the other side's, once, whoever cites it; the citer is bound, and both are told."""
    of = play()
    lines = pressures(of, other(side), "blame", 200)
    assert lines, "a line that it speaks to"
    of.turn(**{side: (citing("private-protest", SHARED),)})
    assert moved_of(of, CITED, "pressure") == [(name, -50) for name in lines]
    assert [(each.side, each.instrument, each.broken) for each in of.state.citations] == [(side, SHARED, 0)]
    for seat in ("us", "china", "facilitator"):
        assert [item.instrument for item in of.look(seat).feed if isinstance(item, CitationItem)] == [SHARED]
        assert any("cites: Search and Rescue Convention" in f"{words}" for words in of.told(other(side)))
    assert not any(isinstance(item, CitationItem) for item in of.look("observer").feed), "it was said in private"


@pytest.mark.parametrize(("side", "instrument"), [("us", OURS), ("china", THEIRS)])
def test_what_the_other_never_accepted_presses_its_status(side: Side, instrument: str) -> None:
    """By half a point, on a line of its status, and relieves nothing."""

    def owned(tree: dict[str, Any]) -> None:
        tree["teams"]["us"]["lines"][0]["concern"] = "status"

    of = Play(varied("bottomed-submarine", owned), seed="3", length=150)
    of.turn(**{side: (citing("private-protest", instrument),)})
    pressed = [event for event in told(of.events, e.LinePressed) if event.trace.rule == CITED]
    assert pressed and {event.trace.after - event.trace.before for event in pressed} <= {50, 75}
    assert {of.table.lines[f"{event.side}/{event.line}"].concern for event in pressed} == {"status"}
    assert {event.side for event in pressed} == {other(side)}
    assert not moved_of(of, CITED, "pressure")


def test_what_only_the_other_accepted_binds_its_citer_and_moves_nothing() -> None:
    """The citer takes on what it had not; from then on it counts as having accepted it."""
    of = play()
    of.turn(us=(citing("private-protest", THEIRS),))
    assert [each.side for each in of.state.citations] == ["us"]
    assert not moved_of(of, CITED, "pressure")
    assert not [event for event in told(of.events, e.LinePressed) if event.trace.rule == CITED]
    lines = pressures(of, "us", "capability", 200)
    of.turn(china=(citing("private-protest", THEIRS),))
    assert moved_of(of, CITED, "pressure") == [(name, -50) for name in lines], "cited back, and accepted by then"


@pytest.mark.parametrize("side", SIDES)
def test_a_later_act_against_what_one_cited_costs_trust_once(side: Side) -> None:
    """One point of the other side's; not for an act of the same turn, and not twice."""
    harm = draft("unsafe-manoeuvre", "on-scene", "public")
    harm = msgspec.structs.replace(
        harm, channel=next(n for n, c in play().table.scenario.channels.items() if c.kind == "on-scene")
    )
    harm = msgspec.structs.replace(harm, asset=play().table.usable(side, "unsafe-manoeuvre")[0])
    same = play()
    same.turn(**{side: (citing("private-protest", "unplanned-encounters"), harm)})
    assert not told(same.events, e.InstrumentBroken)
    of = play()
    of.turn(**{side: (citing("private-protest", "unplanned-encounters"),)})
    of.turn(**{side: (harm,)})
    of.turn(**{side: (harm,)})
    assert moved_of(of, AGAINST_CITED, "trust") == [(other(side), -100)]
    assert [(event.side, event.act[1]) for event in told(of.events, e.InstrumentBroken)] == [(side, 2)]
    of.turn(**{other(side): (citing("private-protest", "unplanned-encounters"),)})
    assert not [name for name, _ in moved_of(of, CITED, "pressure") if name.startswith(side)], (
        "a reproach eases nothing"
    )
    go_on(of, "hotwash")
    hotwash = of.look("observer").hotwash
    assert hotwash is not None
    assert [(each.side, each.turn, each.broken, each.returned) for each in hotwash.citations] == [
        (side, 1, 2, 4),
        (other(side), 4, 0, 0),
    ]


@pytest.mark.parametrize("side", SIDES)
def test_advisers_recall_what_we_have_cited(side: Side) -> None:
    """Of what its citer may do, and with which term; the other side's advisers say nothing of it."""
    of = play()
    of.turn(**{side: (citing("private-protest", "unplanned-encounters"), citing("private-inquiry", SHARED))})
    of.open_moves()
    warned = {(each.move, each.cited, each.term) for each in of.team(side).advice if each.cited}
    plain = {name: move for name, move in of.table.moves.items() if "on-rescue-unit" in move.terms}
    assert ("unsafe-manoeuvre", "unplanned-encounters", None) in warned
    assert {(name, SHARED, "on-rescue-unit") for name in plain} <= warned | {
        (name, SHARED, "on-rescue-unit") for name in ("unsafe-manoeuvre", "jam-or-cyber")
    }
    assert not [each for each in of.team(other(side)).advice if each.cited]
    told_of = advice(of.say(side).dossier.moves["unsafe-manoeuvre"], of.team(side), None, PartialMove(), of.say(side))
    assert any(each.startswith("It goes against what we have cited: ") for each in told_of)


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("side", SIDES)
def test_partners_whom_the_host_has_asked_for_leave_nobody_out(side: Side, *, asked: bool) -> None:
    """A coalition that stands for a day presses the other's status, unless the host itself wanted those in it."""

    def invited(tree: dict[str, Any]) -> None:
        tree["facts"]["partners-invited"] = {side: asked, "says": "The host has asked for its partners."}

    of = Play(varied("bottomed-submarine", invited), seed="3", length=150)
    of.turn(**{side: (draft("joint-cell", "embassies", terms=("exclusive",)),)})
    for _ in range(5):
        of.turn()
    fired = {event.sender for event in told(of.events, e.RuleFired) if event.rule == "exclusive-club"}
    assert fired == (set() if asked else {side})


def test_two_who_cite_the_same_in_one_turn_are_judged_alike() -> None:
    """Neither counts as having cited it before the other."""
    of = play()
    for side in SIDES:
        pressures(of, side, "blame", 200)
    of.turn(us=(citing("private-protest", SHARED),), china=(citing("private-protest", SHARED),))
    assert {name.partition("/")[0] for name, by in moved_of(of, CITED, "pressure") if by == -50} == {"us", "china"}
    go_on(of, "hotwash")
    hotwash = of.look("us").hotwash
    assert hotwash is not None and [each.returned for each in hotwash.citations] == [0, 0]


@pytest.mark.parametrize(
    ("scenario", "channel", "instrument", "concern"),
    [
        ("bottomed-submarine", "embassies", "unplanned-encounters", "blame"),
        ("bottomed-submarine", "embassies", "maritime-consultation", "status"),
        ("new-virus", "embassies", "health-regulations", "blame"),
    ],
)
def test_a_standing_rule_can_be_reaffirmed_by_its_name(
    scenario: str, channel: str, instrument: str, concern: str
) -> None:
    """CUES and the MMCA at sea, others on land: it relieves the other's lines, and it mends its channel besides."""
    of = Play(shipped(scenario), seed="3", length=150)
    lines = pressures(of, "china", concern, 250)
    before = of.state.readiness[channel]
    of.turn(us=(citing("reaffirm-rules", instrument, about=channel, intent=-1),))
    assert lines and {name for name, by in moved_of(of, CITED, "pressure") if by < 0} & set(lines)
    assert of.state.readiness[channel] >= before + 10
