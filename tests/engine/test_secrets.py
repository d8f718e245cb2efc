"""What one team keeps to itself changes nothing that the other is shown.

Two sessions are played side by side. They differ only in what the US team sealed, wrote or noted for itself: its
intents, readings, lines, guesses, the guesses that it expects, forecasts and notes, drafts that it withdrew, and
messages that never arrived. China's view must be the same to the byte after every action.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pydantic import ValidationError
from tests.engine.play import Play, bots, shipped
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.sight import view_for
from crisis_sim.rules.pack import Rule

PAIRS = (("random", "random"), ("cautious", "firm"), ("salami", "mirror"))


def other_secrets(action: a.AnyAction, shift: int) -> a.AnyAction:
    """The action with other sealed meanings."""
    match action:
        case a.SealMove(draft=draft):
            return replace(action, draft=replace(draft, intent=-draft.intent if draft.intent else shift % 4 - 1))
        case a.SealReading(confidence=confidence):
            return replace(action, hostility=-3, confidence=5 - confidence)
        case a.SealForecast(chance=chance):
            return replace(action, chance=100 - chance)
        case a.GuessLine() | a.ExpectGuess():
            return replace(action, says="Something else altogether", weight=1)
        case _:
            return action


def with_other_secrets(play: Play, shift: int) -> Iterator[tuple[a.Seat, a.AnyAction]]:
    """The actions of a session with other US secrets, and some that it had not."""
    listed = 0
    for seat, action in before_hotwash(play):
        if seat != "us":
            yield seat, action
            continue
        if isinstance(action, a.SealLines):
            yield seat, a.TakeNote(text="for us alone")
            if play.table.second_order:
                yield seat, a.ExpectGuess(line="pink", concern="face", says="One more", weight=shift)
        listed = 0 if isinstance(action, a.CommitMoves) else listed + isinstance(action, a.SealMove)
        if isinstance(action, a.SealMove) and shift % 2:
            yield seat, action
            yield seat, a.WithdrawMove(number=listed)
        yield seat, other_secrets(action, shift)


def shown(play: Play) -> bytes:
    """China's view, to the byte."""
    return msgspec.json.encode(play.look("china"))


def china_views(played: Play, actions: list[tuple[a.Seat, a.AnyAction]]) -> Iterator[tuple[str, bytes]]:
    """China's view after each action that is not the US team's own business."""
    table = played.table
    play = Play(table.material, seed=table.seed, length=table.length, second_order=table.second_order)
    crossed = 0
    for seat, action in actions:
        play.submit(seat, action)
        crossed = max(crossed, len(play.state.crossings))
        if seat != "us" or isinstance(action, a.CommitMoves | a.CommitReadings | a.CommitForecasts | a.SealLines):
            yield f"{seat} {type(action).__name__} turn {play.state.turn} crossed {crossed}", shown(play)


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(pair=st.sampled_from(PAIRS), seed=st.integers(1, 50).map(str), shift=st.integers(0, 7))
@pytest.mark.parametrize("scenario", ["small", "bottomed-submarine"])
def test_us_secrets_change_no_byte_of_the_view_of_china(
    scenario: str, pair: tuple[str, str], seed: str, shift: int
) -> None:
    """Until the hotwash opens what was sealed; a crossed line has consequences that all can see, so up to there."""
    material = small_material() if scenario == "small" else shipped(scenario)
    length, asked = 45 if scenario != "small" else 90, bool(shift % 3)
    played = bots(material, *pair, seed=seed, length=length, second_order=asked)
    ours = list(before_hotwash(played))
    theirs = list(with_other_secrets(played, shift))
    for (label, view), (other_label, other_view) in zip(
        china_views(played, ours), china_views(played, theirs), strict=True
    ):
        if "crossed 0" not in label or "crossed 0" not in other_label:
            return
        assert label == other_label
        assert view == other_view, first_difference(view, other_view)


def before_hotwash(play: Play) -> list[tuple[a.Seat, a.AnyAction]]:
    """The actions but the last two, which open the hotwash and close."""
    assert isinstance(play.actions[-1][1], a.Advance)
    return play.actions[:-2]


def first_difference(one: bytes, other: bytes) -> str:
    """Where two views part."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return f"…{one[max(0, place - 200) : place + 80]!r}\n…{other[max(0, place - 200) : place + 80]!r}"
    return "one is longer"


@given(seed=st.integers(1, 400).map(str))
@settings(max_examples=60)
def test_a_message_that_never_arrives_is_never_seen(seed: str) -> None:
    """A private message that nobody took up leaves no trace in the receiver's view, nor one still on its way."""
    material = shipped("bottomed-submarine")
    draft = next(
        a.Draft(move="private-inquiry", channel=channel, text="XQZ?", intent=-3)
        for channel, of in material.scenario.channels.items()
        if of.kind == "leader-line"
    )
    with_it, without = Play(material, seed=seed), Play(material, seed=seed)
    with_it.turn(us=(draft,))
    without.turn()
    arrived = any(isinstance(event, e.ActArrived) for event in with_it.events)
    one, other = (view_for(play.state, play.table, "china") for play in (with_it, without))
    assert (one != other) == arrived
    assert (b"XQZ" in msgspec.json.encode(one)) == arrived


def test_views_hold_what_their_seat_may_know() -> None:
    """The other side's brief, lines, drafts, intents and readings are in nobody else's view before the hotwash."""
    play = Play(small_material(), second_order=True)
    play.submit("us", a.WriteLine(line="pink", concern="face", says="XQZ our own line", weight=5))
    play.submit("us", a.GuessLine(line="red", concern="face", says="XQZ a guess", weight=5))
    play.submit("us", a.ExpectGuess(line="red", concern="face", says="XQZ what they guess", weight=5))
    play.open_moves()
    play.submit(
        "us", a.SealMove(draft=a.Draft(move="criticise", channel="press", visibility="public", text="XQZ draft"))
    )
    play.submit("us", a.TakeNote(text="XQZ a note"))
    brief = play.table.material.texts[play.table.scenario.teams.us.brief.en].encode()
    for seat in ("china", "observer"):
        view = msgspec.json.encode(play.look(seat))
        assert b"XQZ" not in view
        assert msgspec.json.encode(brief.decode())[1:-1] not in view
    assert msgspec.json.encode(play.look("us")).count(b"XQZ") >= 5


@pytest.mark.parametrize(
    "then",
    [
        {"trust": {"sender": "-0.50"}},
        {"standing": {"sender": 1, "receiver": 1}},
        {"press": {"line": "face", "by": 1, "whose": "both"}},
        {"relieve": {"line": "face", "by": 1, "whose": "sender"}},
        {"readiness": {"by": -5}},
        {"set": {"fact": "host-consent", "to": True}},
    ],
)
def test_no_rule_on_silence_may_tell_the_silent_side_of_a_lost_request(then: dict[str, object]) -> None:
    """It is refused when it is loaded; what the asker alone sees may move."""
    rule = {"id": "x", "kind": "pink", "on": "silence", "says": "x", "when": {"always": True}, "source": "a test"}
    Rule.model_validate({**rule, "then": {"trust": {"receiver": -1}, "press": {"line": "face", "by": 1}}})
    if "relieve" in then:
        rule["kind"] = "credit"
    with pytest.raises(ValidationError, match="a rule on silence moves only"):
        Rule.model_validate({**rule, "then": then})


def test_a_message_that_never_arrives_is_no_part_of_the_record() -> None:
    """Public blame weighs the same to China whether or not a private inquiry was lost before it."""
    material = shipped("bottomed-submarine", ("core",))
    hotline = next(channel for channel, of in material.scenario.channels.items() if of.kind == "leader-line")
    inquiry = a.Draft(move="private-inquiry", channel=hotline)
    blame = a.Draft(move="criticise", channel="press", visibility="public")
    for seed in map(str, range(1, 60)):
        with_it, without = Play(material, seed=seed), Play(material, seed=seed)
        with_it.turn(us=(inquiry,))
        without.turn()
        if any(sent.due_turn for sent in with_it.state.acts.values()):
            continue
        for play in (with_it, without):
            play.turn(us=(blame,))
        fired = [{event.rule for event in play.events if isinstance(event, e.RuleFired)} for play in (with_it, without)]
        assert "public-before-private" in fired[0] & fired[1]
        assert with_it.look("china") == without.look("china")
        return
    raise AssertionError("no seed lost the inquiry")
