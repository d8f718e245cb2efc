"""A track's number in the text of an inject: as it stood when it was told, in the reader's words, and so ever after."""

from __future__ import annotations

from typing import Any

import msgspec
from tests.engine.play import Play, varied
from tests.engine.test_event_words import inject, through, with_injects

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.apply import apply
from crisis_sim.engine.state import opening_state
from crisis_sim.pages.plan_blocks import inject_facts
from crisis_sim.rules.names import Side
from crisis_sim.text import braces_doubled, braces_filled, in_braces

BOTH = {"en": "{hours-of-air} are left.", "zh": "还剩{hours-of-air}。"}


def text_of(play: Play, seat: a.SeatName = "us", language: Any = "en") -> list[str]:
    """What a seat was told under the title News."""
    return [told.text for told in play.told(seat, language) if told.head == "News"]


def test_a_number_is_told_as_it_stands_and_stays_as_it_was_told() -> None:
    """Each reader has it in its own language with its unit; later falls of the track change nothing."""
    play = Play(with_injects(inject("news", at="14h", text=BOTH)), length=150)
    for turn in through(play):
        if turn < 3:
            assert text_of(play) == []
            continue
        assert text_of(play) == ["76 hours are left."]
        assert text_of(play, "china", "zh") == ["还剩76小时。"]
        assert text_of(play, "facilitator") == text_of(play, "observer") == ["76 hours are left."]
    assert play.state.tracks["hours-of-air"] < 7600
    (came,) = (event for event in play.events if isinstance(event, e.InjectDelivered) and event.inject == "news")
    assert came.numbers == (("hours-of-air", 7600),)


def test_a_number_is_told_again_each_time_that_an_inject_comes() -> None:
    """What comes twice says each time how it stands."""
    play = Play(with_injects(inject("news", text=BOTH, again={"every": "14h", "times": 2})), length=150)
    assert [list(text_of(play)) for _ in through(play)][-1] == ["90 hours are left.", "76 hours are left."]


def test_a_team_is_told_the_numbers_that_its_own_words_name() -> None:
    """What only the other's text names does not stand in its feed."""
    text = {"us": "{hours-of-air}.", "china": "{host-confidence}."}
    play = Play(with_injects(inject("news", text=text)), length=150)
    next(through(play))
    told: tuple[tuple[Side, str], ...] = (("us", "hours-of-air"), ("china", "host-confidence"))
    for side, track in told:
        (item,) = (item for item in play.look(side).feed if getattr(item, "numbers", None))
        assert [name for name, _ in item.numbers] == [track]  # type: ignore[union-attr]  # it has them


def test_the_plan_says_how_it_stands_until_it_is_told() -> None:
    """The facilitator reads what would be told now, and then what was."""
    play = Play(with_injects(inject("news", at="14h", text=BOTH)), length=150)
    say, told = play.say("facilitator"), {}
    for turn in through(play):
        (planned,) = (each for each in play.white().msel if each.id == "news")
        told[turn] = next(fact for fact in inject_facts(planned, say) if fact.startswith("Words"))
    assert told[1] == "Words: 90 hours are left." and told[2] == "Words: 84 hours are left."
    assert told[3] == told[6] == "Words: 76 hours are left."


def test_a_brace_written_twice_is_one_and_improvised_braces_are_braces() -> None:
    """Authors write {{; what the white cell types is told as typed."""
    play = Play(with_injects(inject("news", text="Set {{1, 2}}: {hours-of-air}")), length=150)
    play.open_moves()
    assert text_of(play) == ["Set {1, 2}: 90 hours"]
    play.submit("facilitator", a.Improvise(to="both", text="{hours-of-air} {{x}}"))
    assert play.told("us")[-1].text == "{hours-of-air} {{x}}"


def test_braces_of_older_formats_are_braces() -> None:
    """A log of a scenario of format 2 says what it said."""

    def change(tree: dict[str, Any]) -> None:
        tree["format"] = 2
        tree["msel"][0] |= {"title": "News", "text": {"us": "{hours-of-air} {{x}}", "china": {"en": "}", "zh": "{"}}}

    material = varied("bottomed-submarine", change)
    assert material_from_bundle(material.bundle()).scenario == material.scenario
    play = Play(material)
    play.open_moves()
    assert text_of(play)[0] == "{hours-of-air} {{x}}"
    assert text_of(play, "china")[0] == "}" and text_of(play, "china", "zh")[0] == "{"
    assert "{hours-of-air} {{x}}" in text_of(play, "facilitator")[0]


def test_a_log_from_before_numbers_opens() -> None:
    """An entry that names no numbers is read, and the text says what would have stood there."""
    bare = b'{"kind":"inject-delivered","inject":"news","to":"both","by_hand":false,"visible":"everyone"}'
    event = msgspec.json.decode(bare, type=e.AnyEvent)
    assert msgspec.json.encode(event) == bare, "what names no number is written as it ever was"
    play = Play(with_injects(inject("news", text=BOTH)), length=150)
    play.state = apply(apply(opening_state(play.table), e.TurnOpened(1, 0, 6, visible="everyone")), event)
    assert text_of(play) == ["[Air in the boat] are left."]


def test_doubled_braces_are_literal_whatever_stands_in_them() -> None:
    """Doubling and filling give back any text; names are found in no doubled brace."""
    for text in ("", "{", "}}", "{a}", "{{a}}", "{{{a}}}", "a {b} c", "}{"):
        assert braces_filled(braces_doubled(text), {"a": "1", "b": "2"}) == text
        assert list(in_braces(braces_doubled(text))) == []
    assert braces_filled("{a}{b}{c}", {"a": "{b}", "b": "2"}) == "{b}2{c}"
    assert list(in_braces("{a} {{b}} { {c}")) == ["a", None, "c"]
