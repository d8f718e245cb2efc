"""What is opened after play, in words."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.pages.hand import CALL, DOSSIER, DRILL, words
from tests.tui.fake_room import hotwash_view

from crisis_sim.engine.views.hotwash_facts import (
    ChannelUse,
    DisclosureStory,
    OrderFacts,
    PairFacts,
    PrivateFactStory,
    ReplyFacts,
    SilenceFacts,
)
from crisis_sim.engine.views.shared_facts import AccountFacts, ForecastScoreFacts
from crisis_sim.pages.acts_opened import act_blocks, fared
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.disclosure_words import describe_fact
from crisis_sim.pages.forecast_blocks import outcome
from crisis_sim.pages.hotwash_blocks import whole_page
from crisis_sim.pages.opening import CHANNELS, READING_OPEN
from crisis_sim.pages.order_blocks import agreement
from crisis_sim.pages.record_words import describe_silence
from crisis_sim.pages.translator import Translator

EN, ZH = Translator(DOSSIER, "en"), Translator(DOSSIER, "zh")


def pair(**fields: Any) -> PairFacts:  # Any: fields of the facts
    given: dict[str, Any] = {
        "side": "us",
        "turn": 1,
        "order": 1,
        "act": CALL,
        "intent": -1,
        "expected": 0,
        "reading": 2,
        "confidence": 3,
        "gap": 3,
        "unforeseen": 2,
        "audience": None,
        "taken_for": None,
        "foreseen": 1,
    }
    return PairFacts(**given | {"arrived": 2} | fields)


def opened(pair: PairFacts, say: Translator = EN) -> list[str]:
    """All that is told of an act, a line each."""
    return lines_of(act_blocks(pair, 1, 1, READING_OPEN, say), say)


def test_words_of_an_act_stand_apart_from_how_they_were_put() -> None:
    """Who and over what, the words, and how they were put, beneath each other."""
    head, *told = opened(pair())[1:4]
    assert head.strip() == "United States: Ask for a call, Hotline, private"
    assert [line.strip() for line in told] == ["Call us.", "put so: soon"]


def test_what_its_receiver_saw_stands_beside_what_was_done() -> None:
    """The head says who and where, as the receiver knew it, and no move."""
    seen = words("Ships move.", "船只移动。")
    told = [line.strip() for line in opened(pair(side="china", act=DRILL, seen=seen), ZH)]
    assert told[1] == "中方：举行演习，媒体，公开"
    assert told[-2:] == ["中方：发现动向，媒体", "船只移动。"]


def test_who_gave_it_even_chances_was_neither_right_nor_wrong() -> None:
    """What came of it has the colour of neither."""
    scores = [ForecastScoreFacts(id="sail", turn=2, chance=chance, happened=False) for chance in (0, 40, 50, 60, 100)]
    assert [outcome(score, EN).tone for score in scores] == ["good", "good", "strong", "bad", "bad"]


def test_how_it_fared_is_told_in_sentences() -> None:
    assert fared(pair(fared=("late", "too-low"), hours=30), EN) == (
        "It came late: 30 h after it was sent, in turn 2. "
        "It was taken by somebody without authority; it was passed on, and worth little."
    )
    assert fared(pair(fared=("lost",), arrived=0), ZH) == "无人接收，对方从未收到。"


def test_replies_tell_silence_answer_and_accounts() -> None:
    account = AccountFacts(side="china", outcome="talked", tone=0, text="We spoke.")
    replies = (ReplyFacts(), ReplyFacts(act=DRILL, how="decline"), ReplyFacts(account=account))
    told = [line.strip() for line in opened(pair(replies=replies))]
    assert told[told.index("What followed") + 1 :] == [
        "No answer came in time.",
        "China: Hold a drill, Press, public: declined",
        "We drill.",
        "As China told it: talked, tone 0 neutral",
        "We spoke.",
    ]


@pytest.mark.parametrize(
    ("fate", "english", "chinese"),
    [
        ("lost", "it never reached them", "对方从未收到"),
        ("late", "it reached them late, in turn 3", "迟至第3轮才送达"),
        ("later", "it reached them in turn 3", "于第3轮送达"),
        ("had", "they had it, and did not answer in time", "对方已收到，但未按时答复"),
        (
            "held",
            "they had it, and after a holding note did not answer in time",
            "对方已收到，作过暂复，此后未按时答复",
        ),
        ("replied", "they answered it, and their answer did not arrive in time", "对方已作答复，但答复未能按时送达"),
    ],
)
def test_a_silence_says_whose_it_was(fate: Any, english: str, chinese: str) -> None:  # Any: a fate of the facts
    silence = SilenceFacts(act=CALL, turn=1, fate=fate, arrived=3)
    assert describe_silence(silence, EN) == f"United States, turn 1: Ask for a call, Hotline: {english}"
    assert describe_silence(silence, ZH) == f"美方，第1轮：请求通话，热线：{chinese}"


def test_a_channel_that_is_suspended_at_the_end_is_called_so() -> None:
    use = ChannelUse(id="hotline", us=1, china=0, late=0, lost=0, too_low=0, leaked=0, start=70, end=20)
    view = replace(hotwash_view(), channels=(use,), suspended=("hotline",), silences=())
    told = lines_of(whole_page(view, CHANNELS, ZH), ZH)
    assert any(line.startswith("热线：") and "常态 70" in line and "已中止 20" in line for line in told)


def test_how_far_an_order_was_known_is_counted_in_pairs() -> None:
    """What a room understands comes before the statistic: of each two acts, which is the graver."""
    order = ("silence", "refused-call", "public-blame")
    of = OrderFacts(
        side="us",
        order=order,
        guessed_before=("silence", "public-blame", "refused-call"),
        guessed_after=order,
        tau_before=33,
        tau_after=100,
    )
    before, after = agreement(of, EN)
    assert before == (
        "Of each two acts, China knew before play which US takes more gravely in 2 of 3 cases; luck knows half "
        "(Kendall's tau +0.33)."
    )
    assert "in 3 of 3 cases" in after


def test_of_a_fact_told_twice_neither_is_called_never_found_out_once_it_came_out() -> None:
    """What the other side learned in the end it learned of the fact, by whichever act that had told it in part."""
    first = DisclosureStory(
        turn=3, order=1, move="fact-statement", public=False, backed="word", truth="part", arrived=3, out=4
    )
    again = replace(first, order=2, out=0)
    story = PrivateFactStory(side="us", id="log", name={"en": "a log"}, words={"whole": {"en": "All of it."}})
    told = describe_fact(replace(story, told=(first, again)), EN)
    assert "found out in turn 4" in told and "never" not in told
    assert describe_fact(replace(story, told=(again,)), EN).endswith("never found out")
