"""Who is shown a conclusion: its owner and the facilitator; the other team and observers only in the hotwash."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from tests.engine.asking import draft, go_on, told
from tests.engine.play import Play, shipped

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.apply import apply
from crisis_sim.engine.views.shared_facts import LineFacts
from crisis_sim.pages.console_blocks import flag_blocks
from crisis_sim.pages.line_blocks import line_blocks, word_of
from crisis_sim.pages.record_words import describe_conclusion
from crisis_sim.pages.traces import describe_traces
from crisis_sim.rules.names import Side

LINE = "alliance-command"
"""A pink line of China's in *A submarine on the seabed*, about status."""


def filled(side: Side = "china", line: str = LINE) -> Play:
    """A session in which a team draws a conclusion at the end of turn 1."""
    play = Play(shipped("bottomed-submarine"))
    play.open_moves()
    fill(play, side, line, play.table.pink_of(f"{side}/{line}").limit)
    go_on(play, "results")
    return play


def fill(play: Play, side: Side, line: str, pressure: int) -> None:
    """Set the pressure on a line by hand."""
    play.submit("facilitator", a.Override(meter="pressure", of=f"{side}/{line}", to=pressure, reason="a test"))


def draw_back(play: Play) -> None:
    """The US makes an offer that eases China's line, and China takes it kindly."""
    play.open_moves()
    fill(play, "china", LINE, 100)
    play.submit("us", a.SealMove(draft=draft("invite-inclusion", "embassies")))
    go_on(play, "readings")
    play.submit("china", a.SealReading(item=1, hostility=-1, confidence=3))
    go_on(play, "results")


def line_of(play: Play, side: Side = "china") -> LineFacts:
    """The line, as its owner sees it."""
    return next(line for line in play.team(side).lines if line.id == LINE)


def test_its_owner_is_told_what_it_now_believes_and_what_it_can_do() -> None:
    """In the feed with what a voice at home will ask, and on its line for as long as it is on alert."""
    play = filled()
    head, text, tail = play.told("china")[-1][1:]
    red = play.say("china").localize(line_of(play).leads_to_says or {}).rstrip(".")
    assert head == f"We now believe that they are coming for our red line: {red}"
    assert all(way in text for way in ("A voice at home", "Ask them", "Hold", "Prepare"))
    assert "doubtful acts that touch this line weigh more with us" in tail
    assert (line_of(play).concluded, line_of(play).state) == (1, "concluded")
    assert word_of(line_of(play), play.say("china")) == "on alert"
    board = " ".join(map(str, line_blocks([line_of(play)], play.say("china"), detailed=True)))
    assert "100 % full, on alert; conclusion drawn in turn 1" in board
    assert "Since turn 1 we believe that they are coming for that red line." in board and red in board
    draw_back(play)
    (back,) = [item for item in play.told("china") if item.head.startswith("We are further from believing")]
    assert back.tail == "our trust in them rises by 0.5"
    assert line_of(play).state == "pressed" and word_of(line_of(play), play.say("china")) == "pressed"


def test_a_line_says_that_they_were_told_of_it() -> None:
    """Once it has reached them; whoever has told can see so on the line, for as long as it is on alert."""
    play = filled()
    play.open_moves()
    play.submit("china", a.SealMove(draft=draft("tell-line", "embassies", line=LINE)))
    go_on(play, "results")
    board = " ".join(map(str, line_blocks([line_of(play)], play.say("china"))))
    assert "on alert; conclusion drawn in turn 1, they were told in turn 2" in board


def test_the_facilitator_sees_why_numbers_moved() -> None:
    """Board and traces name the conclusion, and later what drew the team back."""
    play = filled()
    board = next(line for line in play.white().china.lines if line.id == LINE)
    assert board.state == "concluded"
    told_of = [trace.sentence for trace in describe_traces(play.white().traces, play.say("facilitator"))]
    assert any("China drew a conclusion" in sentence for sentence in told_of)
    assert any(sentence.startswith("conclusion: a pink line was full; China felt tension") for sentence in told_of)
    draw_back(play)
    told_of = [trace.sentence for trace in describe_traces(play.white().traces, play.say("facilitator"))]
    assert any("China was drawn back from a conclusion" in sentence for sentence in told_of)


def test_a_crossing_that_a_rule_proposes_is_the_facilitators_alone() -> None:
    """It is traced with rule and place, and stays on the console; it moves nothing, and teams are not told."""
    play = Play(shipped("bottomed-submarine"))
    play.turn()
    before = [msgspec.json.encode(play.look(seat)) for seat in ("us", "china", "observer")]
    event = e.CrossingProposed(
        visible="facilitator", side="china", line="host-passed-over", by="us", rule="no-host-consent", at="x.yaml:1"
    )
    play.state = apply(play.state, event)
    trace = describe_traces(play.white().traces, play.say("facilitator"))[-1]
    assert trace.sentence.startswith("a rule holds that United States crossed the red line of China")
    assert "nothing follows of itself" in trace.sentence and (trace.rule, trace.place) == (
        "no-host-consent",
        "x.yaml:1",
    )
    assert [msgspec.json.encode(play.look(seat)) for seat in ("us", "china", "observer")] == before
    play.turn()
    play.turn()
    (proposed,) = play.white().proposed
    assert (proposed.turn, proposed.side, proposed.by, proposed.at) == (1, "china", "us", "x.yaml:1")
    shown = " ".join(map(str, flag_blocks(play.white(), play.say("facilitator"))))
    assert "Crossings that rules propose" in shown and "no-host-consent, x.yaml:1" in shown


@pytest.mark.parametrize("seat", ["us", "observer"])
def test_before_the_hotwash_nobody_else_is_shown_a_byte_of_it(seat: a.SeatName) -> None:
    """Sessions with and without a conclusion, and with and without being drawn back, are the same to others."""
    with_it, without = filled(), Play(shipped("bottomed-submarine"))
    without.turn()
    assert told(with_it.events, e.ConclusionDrawn) and not told(without.events, e.ConclusionDrawn)
    assert msgspec.json.encode(with_it.look(seat)) == msgspec.json.encode(without.look(seat))
    for play in (with_it, without):
        draw_back(play)
    assert told(with_it.events, e.FurtherFrom)
    assert msgspec.json.encode(with_it.look(seat)) == msgspec.json.encode(without.look(seat))


def test_the_hotwash_opens_both_sides_conclusions() -> None:
    """Each with its line, what was believed, and when the team was drawn back."""
    play = filled()
    draw_back(play)
    fill(play, "us", "hull-survey", 1_000)
    play.turn()
    go_on(play, "hotwash")
    for seat in a.SEATS:
        facts = play.look(seat).hotwash
        assert facts is not None
        assert [(of.side, of.turn, of.drawn_back) for of in facts.conclusions] == [("china", 1, 2), ("us", 2, 0)]
    says = list(_told(play))
    assert says[0].startswith("China, turn 1: ") and says[0].endswith("; drawn back in turn 2")
    assert says[1].endswith("; not drawn back")


def _told(play: Play) -> Iterator[str]:
    facts = play.look("china").hotwash
    assert facts is not None
    yield from (describe_conclusion(each, play.say("china")) for each in facts.conclusions)
