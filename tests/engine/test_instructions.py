"""Instruction cards and beliefs: dealt by luck of their own, asked in place of forecasts, sealed, moving nothing."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from tests.bots import bots_at
from tests.engine.asking import FORCE, go_on, refused, told
from tests.engine.play import Play, bots, shipped, varied

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.instructions import asked_after, dealt
from crisis_sim.engine.table import build_table
from crisis_sim.engine.views.dossier import InstructionEntry
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.feed_items import ActItem
from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.engine.views.record_opened import brier_of
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.engine.views.seats import view_for
from crisis_sim.engine.views.shared_facts import BeliefFacts
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.console_blocks import record_blocks
from crisis_sim.playtest.bots import play_out
from crisis_sim.rules.names import HERE_FOR_MORE, SIDES, Side

SUBMARINE = "bottomed-submarine"


def small_deck(met_when: dict[str, Any] | None = None) -> Material:
    """The small scenario with one card, which every team is likely to have."""
    card = {"says": {"us": "ZQX of the US", "china": "ZQX of China"}, "met_when": met_when or {"always": True}}

    def change(tree: dict[str, Any]) -> None:
        tree["instructions"] = {"one_in": 2, "cards": {"more": card}}

    return varied(shipped_small(), change)


def without_deck() -> Material:
    """A shipped scenario in which nobody deals cards or asks for beliefs."""

    def change(tree: dict[str, Any]) -> None:
        del tree["instructions"]

    return varied(SUBMARINE, change)


def shipped_small() -> Material:
    from tests.small import small_material

    return small_material()


def playing(cards: dict[Side, str], met_when: dict[str, Any] | None = None) -> Play:
    """A session of the small scenario in which luck has dealt these cards."""
    material = small_deck(met_when)
    for number in range(100):
        play = Play(material, seed=str(number))
        if dealt(play.table) == cards:
            return play
    raise AssertionError(cards)


def opened(play: Play) -> HotwashFacts:
    """The hotwash, gone on to with nothing else done."""
    go_on(play, "hotwash")
    hotwash = play.white().hotwash
    assert hotwash is not None
    return hotwash


def test_a_card_is_dealt_by_seed_to_one_team_in_four_whatever_the_other_has() -> None:
    """The same seed deals the same, and each card of the deck comes."""
    table = build_table(shipped(SUBMARINE), seed="", length=90, session="")
    hands = [dict(dealt(table.seeded(str(number), ""))) for number in range(2000)]
    assert hands[7] == dict(dealt(table.seeded("7", "again")))
    for side in SIDES:
        assert 440 < sum(bool(hand[side]) for hand in hands) < 560
    both = sum(bool(hand["us"]) and bool(hand["china"]) for hand in hands)
    assert 90 < both < 160, "a sixteenth: what one has says nothing of what the other has"
    cards = Counter(hand["us"] for hand in hands)
    assert set(cards) == {"", *table.instructions.cards}


def test_swapping_the_sides_luck_swaps_the_cards() -> None:
    """Neither country is dealt more."""
    material = shipped(SUBMARINE)
    for seed in map(str, range(20)):
        one, two = (dealt(Play(material, seed=seed, mirrored=mirrored).table) for mirrored in (False, True))
        assert (one["us"], one["china"]) == (two["china"], two["us"])


@pytest.mark.parametrize("length", [45, 90, 150])
def test_cards_are_dealt_from_90_minutes_on_unless_a_session_goes_without(length: int) -> None:
    """At 45 minutes nobody has one; a scenario without a deck deals none."""
    material = shipped(SUBMARINE)
    on, off = (
        build_table(material, seed="1", length=length, session="", instructions=chosen) for chosen in (True, False)
    )
    assert bool(dealt(on)) is (length > 45) and not dealt(off)
    assert not dealt(Play(without_deck(), length=length).table)
    assert HERE_FOR_MORE not in asked_after(off, 1)


def test_a_belief_takes_the_place_of_a_forecast_and_forecasts_take_turns() -> None:
    """As many numbers a turn as without."""
    table = Play(shipped(SUBMARINE), length=150).table
    forecasts = {forecast.id for forecast in table.scenario.forecasts}
    asked = [asked_after(table, turn) for turn in range(1, 8)]
    assert {len(each) for each in asked} == {len(forecasts)} and {each[-1] for each in asked} == {HERE_FOR_MORE}
    assert {name for each in asked for name in each[:-1]} == forecasts
    plain = Play(without_deck()).table
    assert {asked_after(plain, turn) for turn in range(8)} == {tuple(each.id for each in plain.scenario.forecasts)}


def test_a_team_sees_its_card_and_the_white_cell_both() -> None:
    """Nobody else sees any of it before the hotwash, and then everybody does."""
    play = playing({"us": "more", "china": ""})
    us, china, white = (dossier_for(play.table, seat) for seat in ("us", "china", "facilitator"))
    assert us.team is not None and china.team is not None and white.white is not None
    assert us.team.instruction is not None and us.team.instruction.says["en"] == "ZQX of the US"
    assert china.team.instruction == InstructionEntry(), "the rescue and nothing else"
    assert white.white.us.instruction is not None and white.white.us.instruction.card == "more"
    for seat in ("china", "observer"):
        seen = msgspec.json.encode((dossier_for(play.table, seat), play.look(seat)))
        assert b"ZQX" not in seen
    own, other = opened(play).instructions
    assert (own.card, own.says["en"], own.met) == ("more", "ZQX of the US", True)
    assert (other.card, other.says, other.met) == ("", {}, None)
    assert b"ZQX" in msgspec.json.encode(play.look("china"))


@pytest.mark.parametrize("met_when", [{"ever": {"move": "show-of-force", "by": "self"}}])
def test_a_card_is_looked_at_once_at_the_close(met_when: dict[str, Any]) -> None:
    """For whoever holds it, by its own acts; the white cell alone is told."""
    found = []
    for acting in SIDES:
        play = playing({"us": "more", "china": "more"}, met_when)
        play.turn(**{acting: (FORCE,)})
        assert not told(play.events, e.InstructionJudged)
        hotwash = opened(play)
        judged = told(play.events, e.InstructionJudged)
        assert {event.visible for event in judged} == {"facilitator"}
        found.append([each.met for each in hotwash.instructions])
    assert found == [[True, False], [False, True]]


def test_a_belief_is_a_whole_number_from_0_to_100_asked_at_the_time() -> None:
    """Anything else is refused with a sentence; it can be said again until it is final."""
    play = playing({"us": "", "china": ""})
    play.turn()
    go_on(play, "forecasts")
    for chance in (-1, 101, 10**20):
        assert refused(play, "us", a.SealForecast(forecast=HERE_FOR_MORE, chance=chance)) == "forecast/chance"
    assert refused(play, "us", a.SealForecast(forecast="belief/else", chance=1)) == "forecast/unknown"
    for chance in (20, 30):
        play.submit("us", a.SealForecast(forecast=HERE_FOR_MORE, chance=chance))
    assert [(each.id, each.chance) for each in play.team("us").forecasts][-1] == (HERE_FOR_MORE, 30)
    play.turn()
    go_on(play, "forecasts")
    assert [each.before for each in play.team("us").forecasts if each.id == HERE_FOR_MORE] == [30]
    (curve,) = [each for each in opened(play).beliefs if each.side == "us"]
    assert (curve.said, curve.came) == (((1, 30),), False)
    assert brier_of(curve) == Fraction(9, 100)


def test_a_belief_that_is_not_asked_is_refused() -> None:
    """Where no card is dealt, nobody says what the other came for."""
    play = Play(without_deck())
    play.turn()
    go_on(play, "forecasts")
    assert refused(play, "us", a.SealForecast(forecast=HERE_FOR_MORE, chance=1)) == "forecast/unknown"


@pytest.mark.parametrize(
    ("chances", "came", "brier"), [((50, 50), True, Fraction(1, 4)), ((100,), False, 1), ((100,), True, 0)]
)
def test_a_belief_is_scored_by_the_mean_square(chances: tuple[int, ...], came: bool, brier: Fraction) -> None:
    """The textbook's values for a coin, for who is always wrong and for who knew."""
    held = BeliefFacts(side="us", said=tuple(enumerate(chances, 1)), came=came)
    assert brier_of(held) == brier


def test_every_bot_says_what_it_believes() -> None:
    """After each turn but the last, by what it has seen."""
    ends, turns = [], Play(shipped(SUBMARINE)).table.turns - 1
    for policy in ("attentive", "silent", "violent"):
        play = bots(shipped(SUBMARINE), policy, "human-like", seed="3")
        for side in SIDES:
            assert [turn for turn, _chance in play.state.team(side).believed] == list(range(1, turns + 1))
        ends.append(play.state.china.believed[-1][1])
    assert ends[0] < ends[2], "whoever was pressed hard believes it more"


def test_what_has_been_seen_is_counted_as_the_feed_tells_it() -> None:
    """Of the other's acts, those that could be told apart, by family; only where beliefs are asked."""
    play = Play(shipped(SUBMARINE), seed="3")
    players, counted = bots_at(play.table, ("mirror", "1"), ("violent", "2")), []

    def look(seat: a.SeatName) -> View:
        view = view_for(play.state, play.table, seat)
        if isinstance(view, TeamView):
            asks = view.phase == "forecasts" and any(each.id == HERE_FOR_MORE for each in view.forecasts)
            acts = [item.act for item in view.feed if isinstance(item, ActItem) and item.act.move and asks]
            assert view.seen == Counter(play.table.moves[act.move].family for act in acts)
            counted.append((len(acts), asks))
        return view

    play_out(players, look, play.submit)
    assert max(counted)[0] > 10 and {asks for _, asks in counted} == {True, False}


def test_an_attentive_bot_plays_its_card() -> None:
    """Whoever is to keep a picture to itself shares no data, and comes home with it."""
    material = shipped(SUBMARINE)
    seed = next(
        str(n) for n in range(200) if dealt(Play(material, seed=str(n)).table) == {"us": "own-picture", "china": ""}
    )
    play = bots(material, "attentive", "attentive", seed=seed)
    assert not any(act.move == "share-technical-data" and act.side == "us" for act in play.state.record)
    assert [event.met for event in told(play.events, e.InstructionJudged)] == [True]


def test_the_console_tells_both_cards() -> None:
    """To the white cell, on the record of the room."""
    play = playing({"us": "more", "china": ""})
    told = "\n".join(lines_of(record_blocks(play.white(), play.say("facilitator")), play.say("facilitator")))
    assert "United States: ZQX of the US" in told or "US: ZQX of the US" in told
    assert "China: The common task and nothing else." in told
