"""What is opened after play, in words."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.hand import CALL, DOSSIER, DRILL, words

from crisis_sim.engine.sight.hotwash_facts import ChannelUse, CrossingFacts, HotwashFacts, PairFacts, ReplyFacts
from crisis_sim.engine.sight.hotwash_facts import SilenceFacts as Silence
from crisis_sim.engine.sight.parts import AccountFacts, ScoreFacts
from crisis_sim.pages.hotwash_page import HotwashPage, Quoted
from crisis_sim.pages.hotwash_parts import hotwash_page
from crisis_sim.pages.meaning_pairs import meaning_pair
from crisis_sim.rules.names import Language


def pair(**fields: Any) -> PairFacts:  # Any: fields of the facts
    given: dict[str, Any] = {
        "side": "us",
        "turn": 1,
        "order": 1,
        "act": CALL,
        "intent": -1,
        "reading": 2,
        "confidence": 3,
        "gap": 3,
    }
    return PairFacts(**given | {"arrived": 2} | fields)


def page(language: Language = "en", **fields: Any) -> HotwashPage:  # Any: fields of the facts
    none: dict[str, Any] = dict.fromkeys(("mean_gap_us", "mean_gap_china", "brier_us", "brier_china"))
    nought: dict[str, Any] = dict.fromkeys(("asked", "taken", "refused", "unanswered", "unheard"), 0)
    empty: dict[str, Any] = dict.fromkeys(
        (
            *("pairs", "lines", "forecasts_us", "forecasts_china", "silences", "crossings", "near_misses", "flags"),
            *("readouts", "questions", "blind_turns", "channels", "suspended", "contacts", "courses", "notes"),
        ),
        (),
    )
    score = ScoreFacts(tension=0, curve=(), sides=())
    return hotwash_page(HotwashFacts(**none | nought | empty | {"score": score} | fields), (), DOSSIER, language)


def test_words_of_an_act_stand_apart_from_how_they_were_put() -> None:
    told = meaning_pair(pair(), DOSSIER, "en")
    assert told.text == "Call us.\nput so: soon"
    assert told.said == Quoted(
        head="United States: Ask for a call, Hotline, private", text="Call us.", more="put so: soon"
    )
    assert told.seen is None
    assert told.arrived


def test_what_its_receiver_saw_stands_beside_what_was_done() -> None:
    """The head says who and where, as the receiver knew it, and no move."""
    seen = words("Ships move.", "船只移动。")
    told = meaning_pair(pair(side="china", act=DRILL, seen=seen), DOSSIER, "zh")
    assert told.head == "中方：举行演习，媒体，公开"
    assert told.seen == Quoted(head="中方：发现动向，媒体", text="", more="船只移动。")


def test_how_it_fared_is_told_in_sentences() -> None:
    told = meaning_pair(pair(fared=("late", "too-low"), hours=30), DOSSIER, "en")
    assert told.fared == (
        "It came late: 30 h after it was sent, in turn 2. "
        "It was taken by somebody without authority; it was passed on, and worth little."
    )
    lost = meaning_pair(pair(fared=("lost",), arrived=0), DOSSIER, "zh")
    assert (lost.fared, lost.arrived) == ("无人接收，对方从未收到。", False)


def test_replies_tell_silence_answer_and_accounts() -> None:
    account = AccountFacts(side="china", outcome="talked", tone=0, text="We spoke.")
    replies = (ReplyFacts(), ReplyFacts(act=DRILL, how="decline"), ReplyFacts(account=account))
    told = meaning_pair(pair(replies=replies), DOSSIER, "en").replies
    assert [reply.head for reply in told] == [
        "No answer came in time.",
        "China: Hold a drill, Press, public: declined",
        "As China told it: talked, tone 0 neutral",
    ]
    assert [reply.text for reply in told] == ["", "We drill.", "We spoke."]


@pytest.mark.parametrize(
    ("fate", "english", "chinese"),
    [
        ("lost", "it never reached them", "对方从未收到"),
        ("late", "it reached them late, in turn 3", "迟至第3轮才送达"),
        ("later", "it reached them in turn 3", "于第3轮送达"),
        ("had", "they had it, and did not answer in time", "对方已收到，但未按时答复"),
        (
            "replied",
            "they answered it, and their answer did not arrive in time",
            "对方已作答复，但答复未能按时送达",
        ),
    ],
)
def test_a_silence_says_whose_it_was(fate: Any, english: str, chinese: str) -> None:  # Any: a fate of the facts
    silences = (Silence(act=CALL, turn=1, fate=fate, arrived=3),)
    assert page(silences=silences).silences == (f"United States, turn 1: Ask for a call, Hotline: {english}",)
    assert page("zh", silences=silences).silences == (f"美方，第1轮：请求通话，热线：{chinese}",)


def test_a_crossing_names_the_small_steps_behind_it() -> None:
    crossings = (CrossingFacts(side="china", turn=2, line={"": "Ours"}, through=words("Drills", "演习")),)
    assert page(crossings=crossings).crossings == ("China, turn 2: Ours (small steps added up on: Drills)",)
    assert page("zh", crossings=crossings).crossings == ("中方，第2轮：Ours（渐进触线：演习）",)


def test_a_channel_that_is_suspended_at_the_end_is_called_so() -> None:
    use = ChannelUse(id="hotline", us=1, china=0, late=0, lost=0, too_low=0, leaked=0, start=70, end=20)
    (told,) = page("zh", channels=(use,), suspended=("hotline",)).channels
    assert (told.name, told.start_word, told.end_word) == ("热线", "常态", "已中止")
