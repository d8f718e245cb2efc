"""What authors can have happen: channels closed, tracks moved, facts, injects in a row, and numbers in their texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from tests.engine.play import Play, varied
from tests.small import small_material

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.moment_facts import MomentFacts
from crisis_sim.engine.state import INJECT_HELD, SKIPPED
from crisis_sim.engine.views.seat_views import FacilitatorView, InjectFacts
from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.blocks import words
from crisis_sim.pages.plan_blocks import inject_blocks
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language, Side
from crisis_sim.text import braces_doubled, braces_filled, in_braces

CONDOLE = a.Draft(move="condole", channel="press", visibility="public")


def inject(name: str, **rest: object) -> dict[str, Any]:
    """An inject for both at hour 0, and what else is said of it."""
    words = {"title": "News", "text": "Something has happened.", "note": "Watch.", "at": "0h"}
    return {"id": name, "reads_as": {"us": "As it is.", "china": "As it is."}, **words, **rest}


def with_injects(*injects: dict[str, Any], **rest: Any) -> Material:
    """The submarine with no other injects than these."""

    def change(tree: dict[str, Any]) -> None:
        known = {name for each in tree["msel"] for name in [each["id"]]}
        kept = [each for each in tree["msel"] if each["id"] in known - {each["id"] for each in injects}]
        tree["msel"] = [*injects, *({**each, "by_hand": True} for each in kept)]
        for part, value in rest.items():
            tree[part] = {**tree[part], **value}

    return varied("bottomed-submarine", change)


def planned_told(inject: InjectFacts, say: Translator) -> list[str]:
    """What the plan says of an inject, a sentence each."""
    return [words(each.line) for each in inject_blocks(inject, say)]


def turns_of(play: Play, name: str) -> list[int]:
    """Turns in which an inject came."""
    return [
        turn
        for turn, told in enumerate(play.state.turn_events)
        for event in told
        if isinstance(event, e.InjectDelivered) and event.inject == name
    ]


def through(play: Play) -> Iterator[int]:
    """Each turn up to its moves."""
    while play.state.phase != "closing":
        play.submit("facilitator", a.Advance())
        if play.state.phase == "moves":
            yield play.state.turn


def test_a_channel_is_closed_for_hours() -> None:
    """It is back in the first turn that begins so many hours later, and both are told so at once."""
    dark = inject("dark", then={"suspend": {"channel": "embassies", "for": "10h"}})
    play = Play(with_injects(dark), length=150)
    hours = play.table.hours
    for turn in through(play):
        assert ("embassies" in play.state.suspended) == (hours[turn - 1] < 10)
    assert [event.turn for event in play.events if isinstance(event, e.ChannelReopening)] == [
        next(turn for turn, hour in enumerate(hours, 1) if hour >= 10)
    ]


def test_what_reopens_a_channel_sooner_is_not_lost_on_one_that_is_closed_for_hours() -> None:
    """The sooner of the two counts; a later one changes nothing."""
    dark = inject("dark", then={"suspend": {"channel": "embassies", "for": "900h"}})
    late = inject("late", at="1h", then={"suspend": {"channel": "press", "for": "24h"}})
    for after, back in ((1, True), (20, False)):
        soon = inject("soon", at="1h", then={"reopen": {"channel": "press", "after": after}})
        play = Play(with_injects(dark, late, soon), length=150)
        come = [turn for turn in through(play) if "press" not in play.state.suspended and turn > 2]
        assert (come[0] == turns_of(play, "soon")[0] + 1) is back


def test_a_channel_that_would_be_back_after_the_end_stays_closed() -> None:
    """Nobody is told of a turn that does not come."""
    dark = inject("dark", then={"suspend": {"channel": "embassies", "for": "900h"}})
    play = Play(with_injects(dark), length=150)
    assert all("embassies" in play.state.suspended for _ in through(play))
    assert not any(isinstance(event, e.ChannelReopening) for event in play.events)


def test_an_inject_moves_a_track_within_its_bounds() -> None:
    """By so much, with a trace; never below its least."""
    less = inject("less", then={"track": {"id": "hours-of-air", "by": -4}})
    nothing = inject("nothing", at="1h", then={"track": {"id": "hours-of-air", "by": -1000}})
    play = Play(with_injects(less, nothing), length=150)
    play.open_moves()
    start = play.table.scenario.tracks["hours-of-air"].start
    assert play.state.tracks["hours-of-air"] == start - 400
    play.turn()
    play.open_moves()
    assert play.state.tracks["hours-of-air"] == play.table.scenario.tracks["hours-of-air"].least


def test_a_scenario_has_facts_of_its_own() -> None:
    """They stand as it says, are set by its injects, and its conditions ask for them."""
    shut = inject("shut", at="1h", then={"set": {"fact": "port-open", "to": False}})
    told = inject("told", at="1h", when={"not": {"fact": "port-open"}})
    facts = {"port-open": {"start": True, "says": "The port takes ships."}}
    play = Play(with_injects(shut, told, facts=facts), length=150)
    play.open_moves()
    assert ("port-open", None) in play.state.truths
    play.turn()
    for _ in through(play):
        pass
    assert ("port-open", None) not in play.state.truths
    assert turns_of(play, "told") == [turns_of(play, "shut")[0] + 1], "an opening knows what came before"


def test_an_inject_follows_another_by_hours() -> None:
    """Not before that one has come, however that came about, and so many hours after it."""
    first = inject("first", by_hand=True)
    then = inject("then", after={"inject": "first", "by": "10h"})
    play = Play(with_injects(first, then), length=150)
    for turn in through(play):
        if turn == 2:
            play.submit("facilitator", a.ReleaseInject(inject="first"))
    hours = play.table.hours
    due = next(turn for turn, hour in enumerate(hours, 1) if hour >= hours[1] + 10)
    assert turns_of(play, "then") == [due]
    play = Play(with_injects(first, then), length=150)
    for _ in through(play):
        pass
    assert turns_of(play, "then") == []


@pytest.mark.parametrize("length", [45, 90, 150])
def test_until_after_and_again_count_turns_alike_in_every_length(length: int) -> None:
    """A contingency is tried in so many turns; what follows another, or comes again, does so as many turns later."""
    never = {"fact": "host-unable"}
    tried = inject("tried", at="1h", when={"not": never}, until_turns=1)
    missed = inject("missed", at="1h", when=never, until_turns=2)
    then = inject("then", after={"inject": "tried", "turns": 2})
    calls = inject("calls", again={"turns": 2, "times": 2})
    play = Play(with_injects(tried, missed, then, calls), length=length)
    states = []
    for _ in through(play):
        view = play.look("facilitator")
        assert isinstance(view, FacilitatorView)
        states += [each.state for each in view.msel if each.id == "missed"]
    assert (turns_of(play, "tried"), turns_of(play, "then"), turns_of(play, "calls")) == ([2], [4], [1, 3])
    assert states == ["contingent", "contingent", *["expired"] * (play.table.turns - 2)]


def test_a_contingency_is_tried_in_no_turn_after_its_last() -> None:
    """Its condition comes true one turn too late; with a turn more it comes."""
    for tries, came in ((1, []), (2, [3])):
        set_ = inject("set", at="1h", then={"set": {"fact": "host-unable", "to": True}})
        late = inject("late", at="1h", when={"fact": "host-unable"}, until_turns=tries)
        play = Play(with_injects(late, set_), length=150)
        for _ in through(play):
            pass
        assert turns_of(play, "late") == came


def test_an_inject_comes_again() -> None:
    """At least so many hours after it last came, so often and no more, and while its condition holds."""
    calls = inject("calls", again={"every": "10h", "times": 3})
    play = Play(with_injects(calls), length=150)
    for _ in through(play):
        pass
    hours, expected = play.table.hours, [1]
    for turn in range(2, play.table.turns + 1):
        if len(expected) < 3 and hours[turn - 1] >= hours[expected[-1] - 1] + 10:
            expected.append(turn)
    assert turns_of(play, "calls") == expected
    assert len([item for item in play.told("us") if "Something has happened." in str(item)]) == len(expected)


@pytest.mark.parametrize("length", [45, 150])
def test_a_time_to_answer_can_be_given_in_turns(length: int) -> None:
    """It runs out by turns and not by hours, so it is as long in each length; in its last turn nothing is left."""
    news = inject("news", window_turns=3)
    play = Play(with_injects(news, tracks={}), length=length)
    left = []
    for _ in through(play):
        facts = MomentFacts(play.state, replace(play.table, clocks={}), "us")
        left.append(facts.time_left)
    assert left[:4] == [66, 33, 0, 100] and set(left[4:]) <= {100}


def test_what_is_held_back_or_struck_out_has_not_come() -> None:
    """A condition that asks for an inject holds for those that came, and for no others."""
    play = Play(small_material())
    state = replace(play.state, injects={"came": 1, "held": INJECT_HELD, "struck": SKIPPED})
    assert set(MomentFacts(state, play.table, "us").injects) == {"came"}
    state = replace(state, injects={"came": 1})
    assert set(MomentFacts(state, play.table, "us").injects) == {"came"}


def test_a_condition_asks_whose_act_is_at_hand() -> None:
    """A track that watches acts of one team leaves those of the other alone."""

    def change(tree: dict[str, Any]) -> None:
        air = tree["tracks"]["hours-of-air"]
        air["changes"] = [{"when": {"move": {"id": "condole", "by": "us"}}, "by": 5, "says": "A pump is lent."}]
        air["per_hour"] = 0

    for side, moved in (("us", 500), ("china", 0)):
        play = Play(varied("bottomed-submarine", change))
        play.open_moves()
        before = play.state.tracks["hours-of-air"]
        play.turn(**{side: (CONDOLE,)})
        assert play.state.tracks["hours-of-air"] - before == moved


@pytest.mark.parametrize(
    "wrong",
    [
        {"then": {"track": {"id": "no-such", "by": 1}}},
        {"after": "no-such"},
        {"then": {"suspend": {"channel": "no-such", "for": "2h"}}},
        {"calls_for": "no-such"},
    ],
)
def test_what_is_named_has_to_be_there(wrong: dict[str, Any]) -> None:
    """An unknown name is a mistake in the file and not a silent nothing."""
    with pytest.raises(CrisisSimError, match="no-such"):
        with_injects(inject("one", **wrong))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", {"10 hours after “News”", "3 times at most", "Offer help without conditions, "}),
        ("zh", {"“News”之后10小时", "最多3次", "无条件提供援助"}),
    ],
)
def test_the_plan_says_what_an_inject_follows_and_calls_for(language: Language, said: set[str]) -> None:
    """The facilitator sees after what it comes, how often, and what answer it looks for."""
    then = inject("then", after={"inject": "first", "by": "10h"}, again={"every": "10h", "times": 3})
    play = Play(with_injects(inject("first"), {**then, "calls_for": ["offer-help", "reassure"]}))
    planned = next(each for each in play.white().msel if each.id == "then")
    facts = "\n".join(planned_told(planned, play.say("facilitator", language)))
    assert {words for words in said if words in facts} == said


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


def test_a_number_is_told_as_it_stood_at_the_hour_of_its_news() -> None:
    """Between two turns the clock had run so far and no further, and the plan says the same."""
    play = Play(with_injects(inject("news", at="10h", text=BOTH)), length=150)
    for turn in through(play):
        (planned,) = (each for each in play.white().msel if each.id == "news")
        if turn > 2:
            assert play.table.hours[1] < 10 < play.table.hours[2]
            assert text_of(play) == ["80 hours are left."]
            assert "Words: 80 hours are left." in planned_told(planned, play.say("facilitator"))


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
        (numbers,) = filter(None, (getattr(item, "numbers", None) for item in play.look(side).feed))
        assert [name for name, _ in numbers] == [track]


def test_the_plan_says_how_it_stands_until_it_is_told() -> None:
    """The facilitator reads what would be told now, and then what was."""
    play = Play(with_injects(inject("news", at="14h", text=BOTH)), length=150)
    say, told = play.say("facilitator"), {}
    for turn in through(play):
        (planned,) = (each for each in play.white().msel if each.id == "news")
        told[turn] = next(fact for fact in planned_told(planned, say) if fact.startswith("Words"))
    assert told[1] == "Words: 90 hours are left." and told[2] == "Words: 84 hours are left."
    assert told[3] == told[6] == "Words: 76 hours are left."


def test_a_brace_written_twice_is_one_and_improvised_braces_are_braces() -> None:
    """Authors write {{; what the white cell types is told as typed."""
    play = Play(with_injects(inject("news", text="Set {{1, 2}}: {hours-of-air}")), length=150)
    play.open_moves()
    assert text_of(play) == ["Set {1, 2}: 90 hours"]
    play.submit("facilitator", a.Improvise(to="both", text="{hours-of-air} {{x}}"))
    assert play.told("us")[-1].text == "{hours-of-air} {{x}}"


def test_doubled_braces_are_literal_whatever_stands_in_them() -> None:
    """Doubling and filling give back any text; names are found in no doubled brace."""
    for text in ("", "{", "}}", "{a}", "{{a}}", "{{{a}}}", "a {b} c", "}{"):
        assert braces_filled(braces_doubled(text), {"a": "1", "b": "2"}) == text
        assert list(in_braces(braces_doubled(text))) == []
    assert braces_filled("{a}{b}{c}", {"a": "{b}", "b": "2"}) == "{b}2{c}"
    assert list(in_braces("{a} {{b}} { {c}")) == ["a", None, "c"]
