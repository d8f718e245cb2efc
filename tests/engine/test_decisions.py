"""Decisions: what a voice asks a team, what comes of an answer, of none, and of a second none, and who hears of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.bots import bot_at
from tests.engine.asking import go_on, moved, refused, told
from tests.engine.play import Play, shipped, varied

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import DecisionItem, VoiceItem
from crisis_sim.pages.console_blocks import board_blocks
from crisis_sim.pages.decision_blocks import (
    decision_blocks,
    describe_unsettled,
    explain_decision,
    name_decision,
    settled,
    unsettled,
)
from crisis_sim.pages.record_words import record_sections
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.rules.names import SIDES, Side, other

HEARING = "inject/hearing"
COLUMN = "inject/column"
ASKED = {"us": HEARING, "china": COLUMN}


def asking(side: Side = "us", *, length: int = 90, material: Material | None = None, turn: int = 2) -> Play:
    """A session at the moves of a turn: in the second each team's own voice asks."""
    play = Play(material or shipped("bottomed-submarine"), length=length)
    while play.state.turn < turn or play.state.phase != "moves":
        play.submit("facilitator", a.Advance())
    return play


def answered(play: Play, answer: str, side: Side = "us", name: str | None = None) -> None:
    """The team answers, and the turn is judged."""
    play.submit(side, a.AnswerDecision(asked=name or ASKED[side], answer=answer))
    go_on(play, "results")


def next_moves(play: Play) -> None:
    """On to the moves of the next turn."""
    go_on(play, "situation")
    play.open_moves()


def became(play: Play, inject: str = "hearing") -> list[str]:
    """What became of a decision, in the order of play."""
    kinds = (e.VoiceRaised, e.VoiceAnswered, e.AnswerDelayed)
    return [
        f"{event.answer}{'' if event.said else ' by itself'}"
        if isinstance(event, e.VoiceAnswered)
        else event.__class__.__name__
        for event in play.events
        if isinstance(event, kinds) and event.inject == inject
    ]


def quiet(tree: dict[str, Any]) -> None:
    """Nothing in the world hangs on any answer."""
    for inject in tree["msel"]:
        for each in inject.get("decide", {}).values():
            each.pop("then", None)


@pytest.mark.parametrize("side", SIDES)
def test_a_decision_asks_its_own_team_alone(side: Side) -> None:
    """From the moves of the turn in which it comes, with who asks, what may be said and what comes of silence."""
    play = asking()
    (decision,) = play.team(side).decisions
    assert decision.asked == ASKED[side] and decision.answer is None
    assert decision.ask is not None and len(decision.ask.answers) == 3 and decision.ask.may == ("speak", "wait")
    words = explain_decision(decision, play.say(side))
    assert name_decision(decision, play.say(side)) and "comes a second time" in words and "0.25" in words
    assert all(told.visible == told.side for told in told_raised(play))
    assert refused(play, other(side), a.AnswerDecision(asked=ASKED[side], answer="wait")) == "decision/closed"


def test_logs_have_an_answer_under_the_name_that_it_had_first() -> None:
    """Whatever asked: a name in a log stays, so that those of before decisions open."""
    answer = a.AnswerDecision(asked=HEARING, answer="share-it")
    assert msgspec.json.encode(answer) == b'{"kind":"answer-conclusion","line":"inject/hearing","answer":"share-it"}'
    sealed = e.DecisionAnswerSealed("us", HEARING, "share-it", visible="us")
    assert b'"kind":"conclusion-answer-sealed"' in msgspec.json.encode(sealed)
    assert b'"line":"inject/hearing"' in msgspec.json.encode(sealed)


def told_raised(play: Play) -> list[e.VoiceRaised]:
    """Those who asked for a decision."""
    return told(play.events, e.VoiceRaised)


def test_what_is_gone_unknown_or_too_late_is_refused() -> None:
    """With a sentence and a way out; an answer can be said again until the list is committed."""
    play = asking()
    assert refused(play, "us", a.AnswerDecision(asked=HEARING, answer="never")) == "decision/answer"
    assert refused(play, "us", a.AnswerDecision(asked="inject/officer-us", answer="afterwards")) == "decision/closed"
    assert refused(play, "us", a.AnswerDecision(asked="inject/nothing", answer="x" * 5000)) == "decision/closed"
    play.submit("us", a.AnswerDecision(asked=HEARING, answer="keep-it"))
    play.submit("us", a.AnswerDecision(asked=HEARING, answer="share-it"))
    assert [each.answer for each in play.team("us").decisions] == ["share-it"]
    play.submit("facilitator", a.Pause())
    assert refused(play, "us", a.AnswerDecision(asked=HEARING, answer="keep-it")) == "phase/paused"
    play.submit("facilitator", a.Unpause())
    go_on(play, "results")
    assert refused(play, "us", a.AnswerDecision(asked=HEARING, answer="keep-it")) == "phase/wrong"
    next_moves(play)
    assert refused(play, "us", a.AnswerDecision(asked=HEARING, answer="keep-it")) == "decision/closed"
    assert became(play) == ["VoiceRaised", "share-it"]


def test_an_answer_leads_to_what_it_says() -> None:
    """Carried out with the results of the turn; nothing is lost at home for the time it took."""
    play = asking()
    answered(play, "share-it")
    assert moved(play, "decision hearing") == [("readiness", "ismerlo", 10), ("standing", "us", -50)][::-1]
    assert ("standing", "us", -25) not in moved(play, "voice delayed")


def test_a_turn_without_an_answer_is_a_delay_and_at_the_second_the_voice_acts() -> None:
    """What the decision says of no answer is carried out once; each delay costs at home, the second more."""
    play = asking()
    go_on(play, "results")
    assert became(play) == ["VoiceRaised", "AnswerDelayed"]
    assert moved(play, "voice delayed") == [("standing", "us", -25), ("standing", "china", -25)]
    assert ("standing", "us", -25) in moved(play, "decision hearing")
    next_moves(play)
    decision = next(each for each in play.team("us").decisions if each.asked == HEARING)
    assert decision.ask is not None and decision.ask.delays == 1 and "second" in name_decision(decision, play.say("us"))
    go_on(play, "results")
    assert became(play) == ["VoiceRaised", "AnswerDelayed", "speak by itself"]
    assert moved(play, "voice unanswered")[0] == ("standing", "us", -50)
    assert len(moved(play, "decision hearing")) == 2
    next_moves(play)
    assert HEARING not in [each.asked for each in play.team("us").decisions]


def test_an_answer_after_a_delay_still_counts() -> None:
    """It is carried out beside what the delay brought; the same as that brought is carried out once."""
    play = asking()
    go_on(play, "results")
    next_moves(play)
    answered(play, "share-it")
    assert became(play) == ["VoiceRaised", "AnswerDelayed", "share-it"]
    assert ("readiness", "ismerlo", 10) in moved(play, "decision hearing")

    def names(tree: dict[str, Any]) -> None:
        next(each for each in tree["msel"] if each["id"] == "hearing")["otherwise"] = "share-it"

    play = asking(material=varied("bottomed-submarine", names))
    go_on(play, "results")
    next_moves(play)
    answered(play, "share-it")
    assert [step for step in moved(play, "decision hearing") if step[0] == "readiness"] == [
        ("readiness", "ismerlo", 10)
    ]


def test_a_voice_of_our_own_is_let_speak_or_asked_to_wait_once() -> None:
    """Let speak, it does what it does in public, and what no answer brings; asked to wait it asks again."""
    spoke, waits = asking(), asking()
    answered(spoke, "speak")
    assert became(spoke) == ["VoiceRaised", "speak"] and moved(spoke, "voice speak")[0] == ("standing", "us", 25)
    assert moved(spoke, "decision hearing")
    answered(waits, "wait")
    assert not moved(waits, "decision hearing") and moved(waits, "voice wait") == [("standing", "us", -25)]
    next_moves(waits)
    decision = next(each for each in waits.team("us").decisions if each.asked == HEARING)
    assert decision.ask is not None and decision.ask.may == ("speak",) and decision.ask.delays == 0
    assert refused(waits, "us", a.AnswerDecision(asked=HEARING, answer="wait")) == "decision/answer"


def test_a_third_party_is_neither_let_speak_nor_asked_to_wait() -> None:
    """It is nobody's to let; nothing is lost at home; at the second delay it acts, and both hear the same."""
    play = asking(turn=4)
    ask = next(each.ask for each in play.team("us").decisions if each.asked == "inject/officer-us")
    assert ask is not None and ask.may == () and not ask.at_home
    play.submit("china", a.AnswerDecision(asked="inject/officer-china", answer="afterwards"))
    go_on(play, "results")
    before = len(moved(play, "voice delayed"))
    next_moves(play)
    go_on(play, "results")
    assert len(moved(play, "voice delayed")) == before
    assert moved(play, "voice harbour-minister") == [("track", "host-confidence", -50)]
    heard = [[item.voice, item.words] for item in play.team("china").feed if isinstance(item, DecisionItem)]
    assert [ask.voice, ask.acts] in heard


def test_abroad_only_what_is_public_is_heard_and_in_the_same_words() -> None:
    """Whoever it is: whether a voice was let speak or spoke by itself nobody else can tell."""
    abroad: dict[str, set[str]] = {}
    for side in SIDES:
        for answer in ("share-it", "one-list", "speak", "wait", None):
            play = asking()
            if answer in (*play.table.answers_to(ASKED[side]), None):
                if answer is not None:
                    play.submit(side, a.AnswerDecision(asked=ASKED[side], answer=answer))
                play.submit(other(side), a.AnswerDecision(asked=ASKED[other(side)], answer="after-the-crew"))
                go_on(play, "results")
                if answer is None:
                    next_moves(play)
                    go_on(play, "results")
                seats: tuple[a.SeatName, ...] = (other(side), "observer")
                for seat in seats:
                    heard = [
                        words.head.replace("China", "{side}").replace("United States", "{side}")
                        for item, words in zip(play.look(seat).feed, play.told(seat), strict=True)
                        if isinstance(item, VoiceItem) or (isinstance(item, DecisionItem) and item.how == "heard")
                    ]
                    abroad.setdefault(f"{answer} {side}" if answer in (None, "speak") else str(answer), set()).update(
                        heard
                    )
    assert abroad["share-it"] == abroad["one-list"] == set()
    assert len(abroad["wait"]) == 1
    for side in SIDES:
        assert len(abroad[f"speak {side}"]) == 1 and abroad[f"speak {side}"] == abroad[f"None {side}"]


@pytest.mark.parametrize("answers", [("keep-it", "share-it"), ("keep-it", None)])
def test_an_answer_that_changes_nothing_is_seen_by_nobody_else(answers: tuple[str, str | None]) -> None:
    """To the byte, up to the hotwash: who was asked, what it said, and that it let a turn pass."""
    material = varied("bottomed-submarine", quiet)
    plays = [asking(material=material) for _ in answers]
    for play, answer in zip(plays, answers, strict=True):
        if answer is not None:
            play.submit("us", a.AnswerDecision(asked=HEARING, answer=answer))
        assert not [item for item in play.team("china").feed if isinstance(item, DecisionItem)]
    one, two = plays
    for seat in ("china", "observer"):
        assert msgspec.json.encode(one.look(seat)) == msgspec.json.encode(two.look(seat))
    for play in plays:
        go_on(play, "results")
    if answers[1] is not None:
        for phase in ("results", "moves", "closing"):
            one_phase: Any = phase
            for play in plays:
                go_on(play, one_phase)
            assert msgspec.json.encode(one.look("china")) == msgspec.json.encode(two.look("china"))
            assert msgspec.json.encode(one.look("observer")) == msgspec.json.encode(two.look("observer"))


def test_who_could_not_answer_is_not_late() -> None:
    """Released when its team has committed, or after the moves, a decision asks in the next turn."""
    play = asking()
    play.submit("us", a.SealMove(draft=a.Draft(move="fact-statement", channel="press", visibility="public")))
    play.submit("us", a.CommitMoves())
    play.submit("facilitator", a.ReleaseInject(inject="officer-us"))
    go_on(play, "results")
    assert became(play, "officer-us") == ["VoiceRaised"]
    next_moves(play)
    assert "inject/officer-us" in [each.asked for each in play.team("us").decisions]


def test_two_ask_at_once_and_each_is_answered_by_itself() -> None:
    """The list of what asks names both; commit says of each what comes of it."""
    play = asking()
    play.submit("facilitator", a.ReleaseInject(inject="officer-us"))
    assert [each.asked for each in play.team("us").decisions] == [HEARING, "inject/officer-us"]
    play.submit("us", a.AnswerDecision(asked="inject/officer-us", answer="afterwards"))
    left = unsettled(play.team("us"), play.say("us"))
    assert [each.asked for each in left] == [HEARING] and describe_unsettled(left[0], play.say("us"))
    (answer,) = settled(play.team("us"), play.say("us"))
    assert answer.startswith("Our answer to Marenga's ports minister: The room is too small"), "and what is answered"


def test_the_facilitator_is_not_spoken_to_as_one_of_the_team() -> None:
    """What a team is told of its own answer does not stand on the board that the white cell reads."""
    play, rule = asking(), "What we answer stays sealed"
    assert rule in str(list(decision_blocks(play.team("us").decisions, play.say("us"))))
    board = str(list(board_blocks(play.white().us, play.white(), play.say("facilitator"))))
    assert "Senate committee" in board and rule not in board


def test_the_facilitator_takes_a_question_back() -> None:
    """Skipped while it asks, nothing follows; skipped or held before, it never asks."""
    play = asking()
    play.submit("facilitator", a.SkipInject(inject="hearing"))
    assert not play.team("us").decisions
    assert refused(play, "us", a.AnswerDecision(asked=HEARING, answer="keep-it")) == "decision/closed"
    go_on(play, "results")
    assert became(play) == ["VoiceRaised"] and not moved(play, "decision hearing")
    assert refused(play, "facilitator", a.SkipInject(inject="hearing")) == "inject/delivered"


def test_the_last_turn_is_not_free() -> None:
    """Whoever asks its voice to wait there has let it wait for nothing; a first delay there is no second."""

    def at_last(tree: dict[str, Any]) -> None:
        next(each for each in tree["msel"] if each["id"] == "hearing")["at"] = "78h"

    material = varied("bottomed-submarine", at_last)
    for answer, came in (("wait", ["VoiceRaised", "wait", "AnswerDelayed"]), (None, ["VoiceRaised", "AnswerDelayed"])):
        play = asking(material=material, turn=6)
        if answer is not None:
            play.submit("us", a.AnswerDecision(asked=HEARING, answer=answer))
        go_on(play, "hotwash")
        assert became(play) == came and moved(play, "decision hearing")


def test_at_45_minutes_nobody_is_asked() -> None:
    """The inject stays away; the facilitator can read it out, and nobody has to answer."""

    def in_all(tree: dict[str, Any]) -> None:
        for inject in tree["msel"]:
            if "decide" in inject:
                inject["lengths"] = [45, 90, 150]

    play = asking(length=45, material=varied("bottomed-submarine", in_all), turn=4)
    assert "hearing" not in play.state.injects and not play.state.voices
    play.submit("facilitator", a.ReleaseInject(inject="hearing"))
    assert not play.team("us").decisions
    go_on(play, "hotwash")


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("side", SIDES)
def test_bots_answer_with_what_may_be_said(side: Side, policy: str) -> None:
    """Or not at all, and the session goes on."""
    play = asking()
    said = [
        act
        for act in bot_at(play.table, side, policy, "1").actions(play.team(side))
        if isinstance(act, a.AnswerDecision)
    ]
    for act in said:
        assert act.answer in play.table.answers_to(ASKED[side])
        play.submit(side, act)
    go_on(play, "results")


def test_the_hotwash_opens_what_each_was_asked() -> None:
    """By whom, what it answered or let pass, and what moved because of it."""
    play = asking()
    play.submit("us", a.AnswerDecision(asked=HEARING, answer="share-it"))
    go_on(play, "hotwash")
    view = play.look("china").hotwash
    assert view is not None
    ((_head, words),) = record_sections(view, ("decisions",), play.say("china"))
    assert len(words) == 4
    assert "share-it" not in words[0] and "Whatever helps" in words[0] and "Readiness" not in words[0]
    assert "turn passed" in words[1] and "acted by itself" in words[1]


FELL: dict[str, dict[str, Any]] = {
    "made": {"id": "hearing"},
    "so": {"id": "hearing", "answer": "share-it"},
    "late": {"id": "hearing", "delayed": True},
    "so-in-time": {"id": "hearing", "answer": ["share-it", "keep-it"], "delayed": False},
    "spoke": {"id": "hearing", "answer": "speak"},
}


@pytest.mark.parametrize(
    ("answers", "came"),
    [
        (("share-it",), {"made", "so", "so-in-time"}),
        ((None, "share-it"), {"made", "so", "late"}),
        ((None, None), {"late", "spoke"}),
        (("speak",), {"made", "spoke"}),
        (("wait", None), {"late"}),
    ],
)
def test_what_its_own_team_is_told_may_hang_on_how_a_decision_fell(
    answers: tuple[str | None, ...], came: set[str]
) -> None:
    """Whether it was made, how, and whether a turn had passed; each asked by an inject to that team alone."""

    def ask(tree: dict[str, Any]) -> None:
        for name, fell in FELL.items():
            words = {"us": "A.", "china": "B."}
            more = {
                "id": f"ask-{name}",
                "title": "T",
                "at": "24h",
                "to": "us",
                "text": "X.",
                "note": "N.",
                "reads_as": words,
            }
            tree["msel"].append({**more, "when": {"decided": fell}})

    play = asking(material=varied("bottomed-submarine", ask))
    for answer in answers:
        if answer is not None:
            play.submit("us", a.AnswerDecision(asked=HEARING, answer=answer))
        go_on(play, "results")
        next_moves(play)
    while play.state.turn < 4:
        go_on(play, "results")
        next_moves(play)
    assert {name for name in FELL if f"ask-{name}" in play.state.injects} == came
