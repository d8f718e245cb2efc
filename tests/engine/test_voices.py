"""Low and high standing: a hard voice at home that must be answered, and one concession that costs nothing there."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from tests.bots import bot_at
from tests.engine.asking import go_on, moved_of, refused, told
from tests.engine.play import Play, unasked

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import SparedItem, VoiceItem
from crisis_sim.engine.views.seat_views import DecisionFacts
from crisis_sim.pages.decision_blocks import settled, unsettled
from crisis_sim.pages.record_words import record_sections
from crisis_sim.pages.traces import describe_traces
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.rules.names import SIDES, Language, Side, VoiceAnswer, other

CRITICISE = a.Draft(move="criticise", channel="press", visibility="public")
DENY = a.Draft(move="deny-charge", channel="embassies", visibility="private")
OWN_UP = a.Draft(move="own-up", channel="press", visibility="public")
APOLOGISE = a.Draft(move="apologise", channel="press", visibility="public")
DEMAND = a.Draft(move="public-demand", channel="press", visibility="public")


def standing(side: Side, at: int, *, length: int = 90) -> Play:
    """A team stands so high at home, and is at its moves."""
    play = Play(unasked(), length=length)
    play.submit("facilitator", a.Override(meter="standing", of=side, to=at, reason="a test"))
    play.open_moves()
    return play


def ended(play: Play, side: Side, *drafts: a.Draft, answer: VoiceAnswer | None = None) -> Play:
    """The turn judged, with what the team does about its voice and these moves."""
    if answer is not None:
        play.submit(side, a.AnswerDecision(asked="", answer=answer))
    play.turn(**{side: drafts})
    return play


def came(play: Play) -> list[tuple[Side, str, bool]]:
    """What voices came to."""
    return [(event.side, event.answer, event.said) for event in told(play.events, e.VoiceAnswered)]


def moved(play: Play, meter: str, rule: str) -> list[int]:
    """How far a rule moved a meter, each time."""
    return [by for _, by in moved_of(play, rule, meter)]


@pytest.mark.parametrize("side", SIDES)
def test_under_three_a_hard_voice_asks_its_own_team_alone(side: Side) -> None:
    """At the opening of the turn; at three nobody asks, nor where nobody has the time."""
    play, quiet = standing(side, 274), standing(side, 300)
    assert play.team(side).decisions == (DecisionFacts(asked="", says={}, leads_to={}, answer=None),)
    assert not play.team(other(side)).decisions
    assert [event.visible for event in told(play.events, e.VoiceRaised)] == [side]
    assert not quiet.team(side).decisions and not standing(side, 100, length=45).team(side).decisions
    assert refused(quiet, side, a.AnswerDecision(asked="", answer="wait")) == "decision/closed"
    assert refused(play, side, a.AnswerDecision(asked="", answer="hold")) == "decision/answer"
    assert msgspec.json.encode(play.look(other(side))) == msgspec.json.encode(quiet.look(other(side)))


@pytest.mark.parametrize(
    ("answer", "drafts", "became", "at_home", "abroad"),
    [
        ("speak", (), ("speak", True), 25, 50),
        ("wait", (CRITICISE,), ("wait", True), -25, 0),
        (None, (CRITICISE,), ("meet", True), 25, 0),
        ("meet", (CRITICISE,), ("meet", True), 25, 0),
        ("meet", (DENY,), ("speak", False), -50, 50),
        (None, (), ("speak", False), -50, 50),
    ],
)
def test_it_is_met_speaks_or_waits(
    answer: VoiceAnswer | None, drafts: tuple[a.Draft, ...], became: tuple[str, bool], at_home: int, abroad: int
) -> None:
    """As the team says, else as it does in public; unanswered it speaks by itself, and that costs most."""
    play = ended(standing("us", 250), "us", *drafts, answer=answer)
    assert came(play) == [("us", *became)]
    name = became[0] if became[1] else "unanswered"
    assert moved(play, "standing", f"voice {name}") == [at_home]
    assert moved(play, "tension", f"voice {name}") == ([abroad] if abroad else [])


def test_that_it_spoke_or_waits_is_known_abroad_in_the_same_words_of_both_sides() -> None:
    """Whether it was let speak or nobody answered it is not; that an act met it is its own team's to know."""
    heard: dict[VoiceAnswer | None, set[str]] = {}
    for side in SIDES:
        for answer in (*get_args(VoiceAnswer), None):
            play = ended(standing(side, 250), side, *([CRITICISE] if answer == "meet" else []), answer=answer)
            for seat in (other(side), "observer"):
                items = [item for item in play.look(seat).feed if isinstance(item, VoiceItem)]
                assert all(item.said and item.answer is not None for item in items)
                heard.setdefault(answer, set()).update(
                    words.head.replace("China", "{side}").replace("United States", "{side}")
                    for item, words in zip(play.look(seat).feed, play.told(seat), strict=True)
                    if isinstance(item, VoiceItem)
                )
            own = [item for item in play.team(side).feed if isinstance(item, VoiceItem)]
            assert [item.answer for item in own] == [None, answer or "speak"]
    assert heard["meet"] == set() and heard["speak"] == heard[None]
    assert len(heard["speak"]) == len(heard["wait"]) == 1


def test_an_answer_is_sealed_until_moves_are_committed_and_can_be_said_again() -> None:
    """To the byte; who has said to meet it and has no act for it is told so."""
    said, silent = standing("us", 250), standing("us", 250)
    said.submit("us", a.AnswerDecision(asked="", answer="wait"))
    assert [*settled(said.team("us"), said.say("us"))] == ["Our answer to the hard voice at home: Ask it to wait"]
    said.submit("us", a.AnswerDecision(asked="", answer="meet"))
    for seat in ("china", "observer"):
        assert msgspec.json.encode(said.look(seat)) == msgspec.json.encode(silent.look(seat))
    say = said.say("us")
    assert len(unsettled(said.team("us"), say)) == len(unsettled(silent.team("us"), say)) == 1
    for play in (said, silent):
        play.submit("us", a.SealMove(draft=CRITICISE))
        assert not unsettled(play.team("us"), say)


def test_it_asks_again_while_standing_is_low() -> None:
    """Each turn anew; what was said of the one before counts no more."""
    play = ended(standing("us", 100), "us", answer="wait")
    play.open_moves()
    assert [each.answer for each in play.team("us").decisions] == [None]
    assert [(of.turn, of.answer) for of in play.state.voices] == [(1, "wait"), (2, None)]


@pytest.mark.parametrize("policy", POLICIES)
def test_bots_answer_it(policy: str) -> None:
    """With what may be said, and an act in public where they meet it."""
    play = standing("china", 200)
    acts = list(bot_at(play.table, "china", policy, "1").actions(play.team("china")))
    said = [act.answer for act in acts if isinstance(act, a.AnswerDecision)]
    assert len(said) <= 1 and set(said) <= set(play.table.voice)
    for act in acts:
        play.submit("china", act)
    go_on(play, "results")
    assert came(play) == [("china", said[0] if said else came(play)[0][1], bool(said) or came(play)[0][1] == "meet")]


def test_over_seven_one_concession_costs_nothing_at_home() -> None:
    """Once a session, and not at seven; its team is told and, as why a number stayed, the white cell; nobody else."""
    play, plain = standing("us", 800), standing("us", 700)
    for each in (play, plain):
        ended(each, "us", OWN_UP, APOLOGISE)
    assert moved(play, "standing", "catalogue") == [-150] and moved(plain, "standing", "catalogue") == [-50, -150]
    assert [event.act for event in told(play.events, e.ConcessionSpared)] == [("us", 1, 1)]
    assert [type(item) for item in play.team("us").feed if isinstance(item, SparedItem)] == [SparedItem]
    assert not any(isinstance(item, SparedItem) for seat in ("china", "observer") for item in play.look(seat).feed)
    assert play.team("us").spared and not play.team("china").spared
    why = [trace.sentence for trace in describe_traces(play.white().traces, play.say("facilitator"))]
    assert "United States stood high enough at home that it cost nothing there: Admit an error without apology" in why


def test_what_is_spared_is_all_that_the_act_costs() -> None:
    """The pledge that it gives up included; the stake is not lost."""
    play = standing("us", 900)
    ended(play, "us", DEMAND)
    play.open_moves()
    ended(play, "us", OWN_UP)
    assert [event.how for event in told(play.events, e.PledgeSettled)] == ["dropped"]
    assert moved(play, "standing", "catalogue") == moved(play, "standing", "retreat-from-public-words") == []


@pytest.mark.parametrize("language", get_args(Language))
def test_the_hotwash_opens_both(language: Language) -> None:
    """What became of a voice, and what cost nothing."""
    play = standing("us", 800)
    play.submit("facilitator", a.Override(meter="standing", of="china", to=200, reason="a test"))
    ended(play, "us", OWN_UP)
    play.open_moves()
    ended(play, "china", answer="wait")
    go_on(play, "hotwash")
    hotwash = play.look("observer").hotwash
    assert hotwash is not None
    ((_head, words),) = record_sections(hotwash, ("home",), play.say("observer", language))
    assert len(words) >= 2 and all(words)
    assert [(each.side, each.turn, each.answer) for each in hotwash.home][:2] == [("us", 1, None), ("china", 2, "wait")]
