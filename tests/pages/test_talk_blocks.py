"""A talk as a scene: what both may look at together, and what each side has for itself."""

from __future__ import annotations

from typing import Final

import msgspec
import pytest
from tests.engine.asking import CALL, answer, draft, exchanged, go_on
from tests.engine.play import Play, shipped, small
from tests.engine.test_calls import take
from tests.engine.test_takers import EMBASSIES

from crisis_sim.agents.model_player import due_forms
from crisis_sim.engine import actions as a
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Paragraph
from crisis_sim.pages.duty import duty
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.pages.talk_blocks import (
    TalkStage,
    both_see,
    noted_blocks,
    other_end,
    talk_blocks,
    talk_due,
    talk_line_blocks,
    talk_now,
    talk_sheet_blocks,
)
from crisis_sim.pages.team_forms import team_links, team_names
from crisis_sim.rules.names import SIDES, Purpose, Side


def talked(us: tuple[Purpose, Purpose], china: tuple[Purpose, Purpose], intent: int = 0) -> Play:
    """A call was taken, by sides that want this and think that of each other."""
    play = Play(shipped("bottomed-submarine", ("core",)), seed="1", length=150)
    play.turn(us=(draft("request-call", EMBASSIES, purpose=us[0], their_purpose=us[1], intent=intent),))
    while not play.team("china").requests:
        play.turn()
    play.open_moves()
    play.submit("china", a.SealMove(draft=take(purpose=china[0], their_purpose=china[1], intent=intent)))
    while not play.state.exchanges:
        play.turn()
    return play


ONE: Final[tuple[tuple[Purpose, Purpose], tuple[Purpose, Purpose]]] = ("ask", "inform"), ("settle", "seen")


def together(play: Play) -> list[str]:
    """What both look at, in lines."""
    say = play.say("us")
    return lines_of(talk_blocks(*both_see({side: play.team(side) for side in SIDES}, 1), say), say)


def sheet(play: Play, side: Side) -> str:
    """A side's own sheet."""
    view, say = play.team(side), play.say(side)
    talk = talk_due(view, {})
    assert talk is not None
    return "\n".join(lines_of([*other_end(view, talk, say), *talk_sheet_blocks(view, talk, say)], say))


def test_both_look_at_nothing_that_one_side_alone_knows() -> None:
    """Sessions that differ in what either side wants, thinks and means show both the same; their sheets differ."""
    one, other = talked(*ONE), talked(("seen", "settle"), ("inform", "ask"), intent=2)
    assert together(one) == together(other)
    assert msgspec.json.encode(one.team("us").exchanges) != msgspec.json.encode(other.team("us").exchanges)
    assert sheet(one, "us") != sheet(other, "us") and sheet(one, "china") != sheet(other, "china")


@pytest.mark.parametrize("side", SIDES)
def test_a_sheet_says_who_sits_there_and_all_that_a_team_brings(side: Side) -> None:
    """What it wants and thinks they want, what it alone knows, its lines, promises, and what binds whom."""
    told = sheet(talked(*ONE), side)
    wants = {"us": ("To ask: to learn or get something", "to inform"), "china": ("To settle a principle", "to be seen")}
    for words in (*wants[side], "What we alone know", "Our lines", "No promise is on the record."):
        assert words in told
    ends = {"us": "What is agreed binds them.", "china": "For us: a minister or above. What is agreed binds us."}
    assert ends[side] in told


def test_a_talk_is_due_once_and_only_where_one_is_held() -> None:
    """From the turn in which it was agreed until the next list goes out; a readout given or a stage passed ends it."""
    play = small(length=150)
    play.turn(us=(CALL,))
    assert talk_due(play.team("us"), {}) is None
    play.turn(china=(answer("take-call", 1, "accept"),))
    over: dict[int, TalkStage] = {1: "over"}
    for side in SIDES:
        assert talk_due(play.team(side), {}) is not None and talk_due(play.team(side), over) is None
    assert talk_due(play.look("facilitator"), {}) is None
    play.open_moves()
    assert talk_due(play.team("china"), {}) is not None
    play.submit("china", a.SealReadout(exchange=1, outcome="talked", tone=0))
    assert talk_due(play.team("china"), {}) is None, "a session that is opened again does not hold it twice"
    assert talk_due(play.team("china"), {1: "after"}) is not None, "nobody is sent away in the middle of it"
    play.submit("us", a.SealMove(draft=draft("offer-help", "embassy", intent=-1)))
    play.submit("us", a.CommitMoves())
    assert talk_due(play.team("china"), {}) is None and talk_due(play.team("us"), {}) is None
    go_on(play, "results")
    assert talk_due(play.team("us"), {}) is None


def test_in_the_last_turn_nobody_is_told_to_publish() -> None:
    """A readout would come out after play."""
    play = small(length=150)
    while play.state.turn < play.table.turns - 1:
        play.turn(us=(CALL,) if play.state.turn == play.table.turns - 2 else ())
    play.turn(china=(answer("take-call", 1, "accept"),))
    view, say = play.team("us"), play.say("us")
    talk = talk_due(view, {})
    assert talk is not None and "seal our readout" not in talk_now(view, talk, "after", say)
    alone = talk_now(msgspec.structs.replace(view, bots=("china",)), talk, "talk", say)
    assert alone.startswith("No person sits") and "Press o" in alone


def test_after_a_talk_a_sealed_readout_stands_with_the_words_that_go_out() -> None:
    """Until then they can be changed, and nobody has to remember them."""
    play = exchanged()
    play.open_moves()
    say = play.say("us")
    play.submit("us", a.SealReadout(exchange=1, outcome="talked", tone=0, text="We spoke of the crew."))
    told = lines_of(noted_blocks(play.team("us"), play.team("us").exchanges[0], say), say)
    assert any("We spoke of the crew." in line for line in told)


def test_what_is_said_in_a_talk_is_the_brightest_of_it() -> None:
    """Each line of it, behind the name of whose it is."""
    play = talked(("ask", "inform"), ("inform", "ask"))
    (talk,) = play.team("us").exchanges
    said = msgspec.structs.replace(talk, said=(("us", "Can you hear us?", ""), ("china", "We can.", "")))
    tones = [block.line[-1].tone for block in talk_line_blocks(said, play.say("us")) if isinstance(block, Paragraph)]
    assert tones[:2] == ["strong", "strong"]


def test_after_a_talk_every_door_asks_what_was_said_until_something_is_noted() -> None:
    """The form is the page's, a model's and a browser's; a note of anything else is none of the talk."""
    play = exchanged()
    say = play.say("us")
    play.submit("us", a.TakeNote(text="The room is cold."))
    assert "noted:1" in [door.name for door in team_links(play.team("us"), say)]
    assert next(iter(due_forms(play.team("us")))) == "noted:1"
    told = lines_of(noted_blocks(play.team("us"), play.team("us").exchanges[0], say), say)
    assert not any("cold" in line for line in told) and "Nothing noted yet" in " ".join(told)
    form = seat_form("noted:1", play.team("us"), {"text": "At noon."}, say)
    assert form is not None and form.action == a.TakeNote(text="At noon.", about="talk", of="1")
    play.submit("us", form.action)
    assert "noted:1" not in [door.name for door in team_links(play.team("us"), say)]
    assert "noted:1" not in due_forms(play.team("us")) and "noted:1" in team_names(play.team("us"), say)
    assert "noted:1" in [door.name for door in team_links(play.team("china"), play.say("china"))]
    assert "At noon." in " ".join(lines_of(noted_blocks(play.team("us"), play.team("us").exchanges[0], say), say))
    go_on(play, "hotwash")
    assert "noted:1" not in team_names(play.team("us"), say), "both lie open"


def test_a_facilitator_reads_that_the_sides_are_talking_and_not_to_go_on_without_them() -> None:
    """While a call that is held has not been ended; then the teams are waited for as ever."""
    play = small(length=150)
    play.turn(us=(CALL,))
    play.open_moves()
    play.submit("china", a.SealMove(draft=answer("take-call", 1, "accept")))
    play.submit("facilitator", a.Advance())
    assert play.state.phase == "readings" and play.state.exchanges
    talking = duty(play.white(), play.say("facilitator"))
    assert "they are talking" in talking and "Go on without them" not in talking
    play.submit("us", a.EndCall(exchange=1))
    assert "Go on without them only if time is up." in duty(play.white(), play.say("facilitator"))
