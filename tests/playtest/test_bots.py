"""The bots that go looking, and the facilitator that lets things happen."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from tests.engine.play import Play, bots, shipped, varied
from tests.playtest.experiments import subject, subject_of

from crisis_sim.content.listings import list_scenarios
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.table import build_table
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seats import lazy_view_for
from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.playtest import attentive_policies
from crisis_sim.playtest.bot_words import words_for
from crisis_sim.playtest.bots import POLICIES, play_out
from crisis_sim.playtest.game import Bots, hearing, played, players
from crisis_sim.playtest.policy import HOSTILE
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import SIDES


@cache
def reached(us: str, china: str, *, release: int = 0, seed: str = "1") -> Counter[str]:
    """What a long session of the virus reaches."""
    of = subject_of(shipped("new-virus"), 150)
    return Counter(played(of.table, Bots(us, china, release), seed, of.measures).reached)


def test_a_bot_speaks_in_the_words_of_the_scenario() -> None:
    """By move, then by family, of its own side and in its language; else it says one plain sentence."""

    def change(tree: dict[str, Any]) -> None:
        tree["bot_words"] = {
            "condole": {"us": {"en": "Sorrow.", "zh": "哀悼。"}, "china": "Grief."},
            "reassure": "Peace.",
        }

    table = build_table(varied("bottomed-submarine", change), seed="1", length=45, session="s")
    us, china = (dossier_for(table, side).moves for side in SIDES)
    assert [words_for(us["condole"], language) for language in ("en", "zh")] == ["Sorrow.", "哀悼。"]
    assert words_for(china["condole"], "zh") == "Grief." and words_for(us["private-reassure"], "en") == "Peace."
    assert words_for(us["offer-help"], "en") == "We can help, and ask nothing for it."
    assert dossier_for(table, "facilitator").moves["condole"].bot_words == {}
    with pytest.raises(CrisisSimError, match="condol"):
        varied("bottomed-submarine", lambda tree: tree.update(bot_words={"condol": "Sorrow."}))


def test_a_facilitator_releases_by_luck_only_where_asked() -> None:
    """Never at 0 %, always at 100 %."""
    by_hand = {inject.id for inject in shipped("new-virus").scenario.msel if inject.by_hand}
    assert by_hand

    def released(percent: int) -> tuple[set[str], set[str]]:
        told = reached("silent", "silent", release=percent)
        ways = ("by-hand", "came")
        hand, alone = ({inject for inject in by_hand if f"inject/{inject}/{way}" in told} for way in ways)
        return hand, alone

    assert released(0)[0] == set()
    hand, alone = released(100)
    assert hand == by_hand - alone and hand


def test_what_is_released_hangs_on_the_seed() -> None:
    """At 15 % in a turn, some sessions see an inject and others don't; each the same again."""
    told = [
        {key for key in reached("silent", "silent", release=15, seed=seed) if key.endswith("/by-hand")}
        for seed in ("1", "2", "3", "4", "1")
    ]
    assert told[0] == told[-1]
    assert len({frozenset(each) for each in told}) > 1


@pytest.mark.parametrize("seed", ["1", "6", "9"])
def test_a_curious_bot_repeats_no_move_while_there_are_others(seed: str) -> None:
    """In eight turns of three moves it makes two dozen different ones, those that meet a hard voice at home too."""
    made = {key: times for key, times in reached("curious", "silent", seed=seed).items() if key.startswith("move/")}
    del made["move/no-comment"]  # which the silent one makes
    assert len(made) >= 22
    assert set(made.values()) == {1}


def test_a_curious_bot_asks_in_return_where_its_asks_met_silence() -> None:
    """What it is told costs nothing it tries."""
    assert reached("curious", "silent")["rule/counter-ask"]


def test_curious_bots_reach_what_even_tempers_do_not() -> None:
    """More channels, terms and ways to answer than two careful ones."""
    for part in ("channel/", "term/", "answer/", "move/"):
        many, few = (
            {key for seed in "12" for key in reached(name, name, seed=seed) if key.startswith(part)}
            for name in ("curious", "rota")
        )
        assert len(many) > len(few), part


def test_a_reckless_bot_makes_nothing_but_hostile_moves_of_its_own() -> None:
    """And declines, or says nothing, when it is asked."""
    told = reached("reckless", "reckless")
    moves = shipped("new-virus").moves
    own = {key.split("/")[1] for key in told if key.startswith("move/")}
    answers = {move.asks.decline for move in moves.values() if move.asks is not None}
    assert {moves[name].family for name in own - answers} <= {"protest", "coerce", "force"}
    assert {key.rsplit("/", 1)[1] for key in told if key.startswith("answer/")} <= {"decline", "silence"}


@cache
def acts(us: str, china: str, seed: str = "1") -> list[Act]:
    """What a long session of the virus sends."""
    turns = bots(shipped("new-virus"), us, china, seed=seed, length=150).state.turn_events
    return [event.act for events in turns for event in events if isinstance(event, e.ActSent)]


def test_an_attentive_bot_accepts_presses_nobody_and_repeats_nothing() -> None:
    """Nothing hostile; whatever it answers it accepts; no move of its own is made twice."""
    told = [act for act in acts("attentive", "firm") if act.side == "us"]
    moves = shipped("new-virus").moves
    assert {moves[act.move].family for act in told} <= {"contact", "reassure", "cooperate", "restrain", "inform"}
    own = [act.move for act in told if act.answers is None and act.move != "fact-statement"]
    assert max(Counter(own).values()) == 1
    assert not any(key.endswith(("/decline", "/counter")) for key in reached("attentive", "attentive"))


def test_an_attentive_bot_goes_towards_a_side_that_protests() -> None:
    """Against a side that only helps it holds nothing back; against one that protests it does."""
    meets = set(attentive_policies.MEETS) - {"private-reassure"}
    assert meets & {act.move for act in acts("attentive", "firm") if act.side == "us"}
    assert not meets & {act.move for act in acts("attentive", "attentive")}


def test_an_attentive_bot_does_what_the_report_names_where_it_fits() -> None:
    """Principles and people among what keeps the talk going; home is told to expect less once there is a call, and only
    to a side that says something hard is a correction or an end of what alarms it proposed.
    """
    with_friend = {act.move for act in acts("attentive", "attentive") if act.side == "us"}
    assert {"propose-principles", "people-to-people"} <= with_friend
    assert not {"correct-together", "propose-to-remove-the-cause"} & with_friend
    assert "propose-to-remove-the-cause" in {act.move for act in acts("attentive", "firm") if act.side == "us"}
    aloud = [act for seed in "12" for act in acts("attentive", "reckless", seed) if act.side == "us"]
    assert "correct-together" in {act.move for act in aloud}
    told = [act for seed in "123" for act in acts("attentive", "rota", seed) if act.side == "us"]
    lowered = [act for act in told if act.move == "manage-expectations"]
    assert lowered and {act.audience for act in lowered} == {"home"}


def test_no_bot_tells_one_fact_in_two_acts_of_a_turn() -> None:
    """Nor cites one instrument in two: what is on its list already is left out of the next."""
    for name, seed in (("human-like", "1"), ("human-like", "3"), ("attentive", "1"), ("curious", "2")):
        play = bots(shipped("bottomed-submarine"), name, name, seed=seed, length=150)
        told = [(act.side, act.turn, act.discloses) for act in play.state.record if act.discloses]
        assert len(told) == len(set(told)), (name, seed)


def test_a_human_like_bot_slips_by_luck_alone() -> None:
    """In some of a few sessions it says something hard, in others not; the same seed plays the same."""
    hard = [[act.move for act in acts("human-like", "rota", seed) if act.move == "criticise"] for seed in "123451"]
    assert hard[0] == hard[-1] and any(hard) and not all(hard)


def test_firm_in_private_concedes_nothing_and_has_no_audience() -> None:
    """Nothing hostile of its own is public, and of what is asked it takes calls alone."""
    told = [act for act in acts("firm-in-private", "rota") if act.side == "us"]
    moves = shipped("new-virus").moves
    assert not [act.move for act in told if act.visibility == "public" and moves[act.move].family in HOSTILE]
    assert "accept-help" not in {act.move for act in told}


def test_reckless_words_move_no_forces_and_the_violent_do_nothing_else() -> None:
    """The two halves of what the reckless do."""
    moves = shipped("new-virus").moves
    for name, families in (("reckless-words", {"protest", "coerce"}), ("violent", {"force"})):
        own = [act for act in acts(name, "attentive") if act.side == "us" and act.answers is None]
        assert own and {moves[act.move].family for act in own} <= families


def test_a_record_is_the_same_each_time() -> None:
    """Table, bots and seed are all that it hangs on, whatever was played at the table before."""
    of = subject()
    first = played(of.table, Bots("curious", "random", 40), "5", of.measures)
    played(of.table, Bots("firm", "salami"), "6", of.measures)
    assert played(of.table, Bots("curious", "random", 40), "5", of.measures) == first
    assert played(of.table, Bots("curious", "random", 40), "6", of.measures) != first


def test_bots_order_offences_by_luck_or_by_a_profile() -> None:
    """All but the random one take the other's order for their own; a profile orders by its name, whoever goes by it."""
    play = bots(shipped("new-virus"), "mirror", "random", length=150)
    us, china = play.state.us, play.state.china
    card = play.table.card
    assert card is not None and sorted(us.order) == sorted(china.order) == sorted(card.says)
    assert us.order != china.order, "luck is each one's own"
    assert us.order_guess_before == us.order_guess_after == us.order
    assert china.order_guess_before not in ((), china.order)
    table, order = play.table, card.profiles["closed-door-worst"]
    heard = Play(shipped("new-virus"), length=150)
    play_out(players(Bots("firm", "salami", hears_china=order), "1", table), heard.look, heard.submit)
    assert heard.state.china.order == order != heard.state.us.order
    short = bots(shipped("new-virus"), "mirror", "salami", length=45)
    assert (short.state.us.order, short.state.us.order_guess_before) == ((), ()), "nobody is asked"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("us", "usage/hears"),
        ("us=", "usage/hears"),
        ("them=closed-door-worst", "usage/hears"),
        ("us=closed-door-worst,us=closed-door-worst", "usage/hears"),
        ("us=closed-door", "usage/profile"),
        ("us=none", "usage/profile"),
    ],
)
def test_a_profile_is_named_for_a_side(typed: str, code: str) -> None:
    """A slip is said with what there is; nobody's order goes by a flag."""
    card = Play(shipped("new-virus"), length=150).table.card
    assert card is not None
    with pytest.raises(UnreadableInput) as refused:
        hearing(typed, card)
    assert refused.value.code == code
    with pytest.raises(UnreadableInput, match="nobody orders offences"):
        hearing("us=closed-door-worst", None)
    profiles = card.profiles
    assert hearing(" both=closed-door-worst ", card) == dict.fromkeys(SIDES, profiles["closed-door-worst"])
    assert hearing("us=none, china=public-blame-worst", card, allow_none=True) == {
        "us": (),
        "china": profiles["public-blame-worst"],
    }


def test_the_automatic_facilitator_does_the_same_on_its_part_of_the_view() -> None:
    """So a playtest need not make all of its view, and plays what a table with people would."""
    material, who = shipped("bottomed-submarine"), Bots("firm", "random", release=60)
    whole, part = (Play(material, seed="3", length=90) for _ in range(2))
    play_out(players(who, "3", whole.table), whole.look, whole.submit)
    play_out(players(who, "3", part.table), lambda seat: lazy_view_for(part.state, part.table, seat), part.submit)
    assert any(isinstance(action, a.ReleaseInject) for _, action in part.actions)
    assert part.actions == whole.actions
    assert part.events == whole.events


@pytest.mark.parametrize("policy", POLICIES)
def test_nobody_acts_whom_play_does_not_wait_for(policy: str) -> None:
    """So a session in which only those are asked whom play waits for is the one in which everybody always is."""
    material, who = shipped("bottomed-submarine"), Bots(policy, "random", release=30)
    everybody, waited = (Play(material, seed="3", length=45) for _ in range(2))
    play_out(players(who, "3", everybody.table), everybody.look, everybody.submit)
    play_out(players(who, "3", waited.table), waited.look, waited.submit, waits_for=lambda: waiting_for(waited.state))
    assert waited.actions == everybody.actions
    assert waited.events == everybody.events


@pytest.mark.parametrize(
    ("policy", "turns"), [("tells-all", {1}), ("tells-nothing", set()), ("attentive", {2, 3, 4, 5, 6})]
)
def test_policies_tell_what_they_alone_know_at_once_when_it_is_timely_or_never(policy: str, turns: set[int]) -> None:
    """All of it in turn 1, what the moment asks for later on, or nothing."""
    play = bots(shipped("bottomed-submarine"), policy, "mirror", seed="3")
    told = [event for event in play.events if isinstance(event, e.FactDisclosed) and event.side == "us"]
    assert {event.act[1] for event in told} <= turns
    assert len({event.fact for event in told}) == (0 if policy == "tells-nothing" else 2)


@pytest.mark.parametrize("name", [listing.id for listing in list_scenarios()])
def test_each_delegation_has_words_of_its_own_in_every_shipped_scenario(name: str) -> None:
    """For moves that can be made there, in each of its languages, and no words that both could say."""
    material = shipped(name)
    dossier = dossier_for(build_table(material, seed="1", length=150, session="s"), "us")
    assert len(material.scenario.bot_words) >= 9
    for move, said in material.scenario.bot_words.items():
        assert dossier.moves[move].channels, "some channel carries it"
        for language in material.scenario.languages:
            assert said.us.words[language] != said.china.words[language]
            assert words_for(dossier.moves[move], language) == said.us.words[language]
