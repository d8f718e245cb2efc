"""What happened, as a seat's feed tells it, in both languages and in its order."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.pages.hand import CALL, DOSSIER, DRILL, OURS, UNCLEAR, WHITE, words

from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.feed_items import (
    ActItem,
    AnyFeedItem,
    ChannelItem,
    ConclusionItem,
    ExchangeItem,
    FurtherFromItem,
    LineItem,
    MirrorItem,
    OwnActItem,
    PromiseItem,
    ReadoutsItem,
    RevealedItem,
    SilenceItem,
    SituationItem,
    TalkItem,
)
from crisis_sim.engine.views.shared_facts import AccountFacts, OwnFate, RequestStatus
from crisis_sim.pages import feed_words
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Paragraph, Quote
from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.feed_words import FeedWords, feed_blocks
from crisis_sim.pages.pending_blocks import readout_blocks
from crisis_sim.pages.translator import Translator


def told(item: AnyFeedItem, dossier: Dossier = OURS) -> tuple[FeedWords, FeedWords]:
    """In English and in Chinese."""
    return feed_words.item_words(item, Translator(dossier, "en")), feed_words.item_words(
        item, Translator(dossier, "zh")
    )


def situation(*texts: tuple[str | None, str, str]) -> SituationItem:
    made = tuple((side, words(en, zh)) for side, en, zh in texts)
    return SituationItem(turn=2, hour=24, title=words("Fog", "雾"), texts=made)  # type: ignore[arg-type]  # sides


def test_a_situation_is_told_in_both_forms_where_they_differ_in_the_readers_language() -> None:
    """Who sees both reads whose each is; where both say the same, it is said once."""
    english, chinese = told(situation(("us", "Fog.", "雾。"), ("china", "Fog.", "大雾。")), WHITE)
    assert (english.head, english.text) == ("Fog", "Fog.")
    assert (chinese.head, chinese.text) == ("雾", "美方：雾。\n中方：大雾。")
    english, chinese = told(situation((None, "T+24h. Fog.", "T+24小时。雾。")))
    assert (english.text, chinese.text) == ("Fog.", "雾。"), "the hour at which it is told is not told twice"
    assert told(situation((None, "T+2h. Fog.", "T+2小时。雾。")))[0].text == "T+2h. Fog."
    english, _ = told(SituationItem(turn=2, hour=24, texts=((None, {"": "Hello"}),)))
    assert (english.head, english.text, english.sort) == ("Word from the white cell", "Hello", "situation")


def test_who_speaks_stands_at_the_head_and_is_not_called_news() -> None:
    """A minister who telephones is no news; what nobody says is."""
    calm = situation((None, "Fog.", "雾。"))
    spoken = replace(calm, voice=words("the harbour master", "港务长"))
    for item, head in ((calm, "News: Fog"), (spoken, "The harbour master: Fog")):
        first = next(feed_words.feed_blocks([item], Translator(OURS, "en")))
        assert isinstance(first, Paragraph) and "".join(span.text for span in first.line) == head


@pytest.mark.parametrize(
    ("fate", "asked", "english", "chinese"),
    [
        ("said", None, "said in public", "已公开表态"),
        ("delivered", "counter", "delivered; answered: met with a counter-proposal", "已送达；已答复：提出对案"),
        (
            "waiting",
            "open",
            "no confirmation yet; should be there by T+30; answer due by T+48",
            "尚未确认；应于T+30小时前送达；答复截止T+48小时",
        ),
        ("unconfirmed", "silent", "never confirmed; no answer came", "未获对方确认收到；没有得到答复"),
        ("lost", "silent", "it never arrived; no answer came", "从未送达；没有得到答复"),
    ],
)
def test_our_act_says_what_became_of_it(fate: OwnFate, asked: RequestStatus | None, english: str, chinese: str) -> None:
    """As far as we can know."""
    item = OwnActItem(
        turn=2,
        hour=24,
        act=CALL,
        intent=-1,
        expected=None,
        audience=None,
        fate=fate,
        due_hour=30,
        asked=asked,
        answer_due=48,
    )
    en, zh = told(item)
    assert en.head == "Ask for a call, Hotline, private"
    assert en.text == "Call us."
    assert en.tail == f"put so: soon\nwe meant it as rather friendly (−1); {english}"
    assert en.sort == "ours"
    assert zh.head == "请求通话，热线，私下"
    assert zh.tail.endswith(f"\n我方本意：略偏友好（−1）；{chinese}")


def test_only_what_its_sender_wrote_stands_as_its_words() -> None:
    """How it was put stands beneath, on a card too; of what could not be made out there is what was seen."""
    say = Translator(OURS, "en")
    assert [type(each).__name__ for each in readout_blocks(CALL, say)] == ["Quote", "Paragraph"]
    assert lines_of(readout_blocks(CALL, say), say) == ["Call us.", "Put so: soon"]
    assert lines_of(readout_blocks(UNCLEAR, say), say) == ["Ships move."]


def test_an_act_that_could_not_be_made_out_shows_what_was_seen_to_its_receiver_alone() -> None:
    """Neither move nor words; who sees both sides reads the act."""
    en, zh = told(ActItem(turn=1, hour=12, act=UNCLEAR, late=6, hostility=2, confidence=1))
    assert (en.head, en.text) == ("China: something was seen, Press", "Ships move.")
    assert en.tail == "came 6 h after it was sent; we read it as hostile (+2), a guess"
    assert (zh.head, zh.text) == ("中方：发现动向，媒体", "船只移动。")
    whole, _ = told(ActItem(turn=2, hour=24, act=DRILL, hostility=2, confidence=1), WHITE)
    assert (whole.head, whole.text, whole.tail) == ("China: Hold a drill, Press, public", "We drill.", "")


def test_silence_tells_what_was_asked_and_when() -> None:
    en, zh = told(SilenceItem(turn=2, hour=24, act=CALL, asked_hour=6))
    assert en.head == "No answer to: Ask for a call, Hotline"
    assert en.text == "We asked at T+6. The time for an answer has passed."
    assert zh.head == "未获答复：请求通话，热线"
    white, _ = told(SilenceItem(turn=2, hour=24, act=CALL, asked_hour=6), WHITE)
    assert white.text == "United States asked at T+6. The time for an answer has passed."


def test_readouts_stand_side_by_side() -> None:
    """Each account with its tone, and its words below it; who alone gave one is named, and is told so as its own."""
    account = AccountFacts(side="us", outcome="agreed", tone=-2, text="Good talk.")
    alone = ReadoutsItem(turn=2, hour=24, result="one-sided", by="us", accounts=(account,))
    en, zh = told(alone)
    assert en.head == "We alone gave an account of the exchange"
    assert en.text == "United States: agreed, tone −2 friendly\n“Good talk.”"
    assert (zh.head, zh.text) == ("只有我方发布了会谈消息", "美方：达成一致，语气友好（−2）\n“Good talk.”")
    theirs, _ = told(alone, WHITE)
    assert theirs.head == "One side alone gave an account of the exchange: United States"


def test_a_promise_of_ours_is_ours_and_the_mirror_says_whose_word_it_is_and_of_which_turn() -> None:
    """Nobody reads of its own side as of a third party, nor takes the facilitator's word for the turn that begins."""
    ours = PromiseItem(turn=2, hour=24, commitment="keep-off", sides=("us",))
    assert told(ours)[0].head == "We are now bound by our promise: “we keep off”"
    assert told(ours, WHITE)[0].head == "United States now bound: “we keep off”"
    broken = PromiseItem(turn=2, hour=24, commitment="keep-off", sides=("us",), broken=True)
    assert told(broken)[0].head == "We broke our promise: “we keep off”"
    assert told(MirrorItem(turn=2, hour=24))[0].head.startswith(
        "The facilitator says of turn 2: “This turn each of you"
    )


@pytest.mark.parametrize(
    ("item", "english", "chinese"),
    [
        (
            PromiseItem(turn=2, hour=24, commitment="keep-off", sides=("us", "china")),
            "United States and China now bound: “we keep off”",
            "美方和中方受承诺约束：“不靠近”",
        ),
        (
            PromiseItem(turn=2, hour=24, commitment="keep-off", sides=("china",), broken=True),
            "China broke a commitment: “we keep off”",
            "中方违背承诺：“不靠近”",
        ),
        (
            ChannelItem(turn=2, hour=24, channel="hotline", change="suspended", by="china"),
            "China suspended Hotline",
            "中方中止了热线",
        ),
        (ChannelItem(turn=2, hour=24, channel="hotline", change="suspended"), "Hotline is suspended", "热线已中止"),
        (
            ChannelItem(turn=2, hour=24, channel="hotline", change="reopening"),
            "Hotline is to be reopened",
            "热线将恢复",
        ),
        (
            LineItem(turn=2, hour=24, line=words("No ships", "不派舰"), crossed=False),
            "Our line is near its limit: No ships",
            "我方界线所受压力接近极限：不派舰",
        ),
        (
            ConclusionItem(turn=2, hour=24, line=words("Drills", "演习"), leads_to=words("No ships", "不派舰")),
            "We now believe that they are coming for our red line: No ships",
            "我方已形成判断，认为对方是冲着这条红线来的：不派舰",
        ),
        (
            FurtherFromItem(turn=2, hour=24, line=words("Drills", "演习"), leads_to=words("No ships", "不派舰")),
            "We are further from believing that they are coming for our red line: No ships",
            "我方判断松动，对方未必是冲着这条红线来的：不派舰",
        ),
    ],
)
def test_what_is_told_in_a_line(item: AnyFeedItem, english: str, chinese: str) -> None:
    """Promises, channels and lines."""
    en, zh = told(item)
    assert (en.head, zh.head) == (english, chinese)


def test_what_was_revealed_is_named_first() -> None:
    """The act, then what it meant and how it was read."""
    en, zh = told(RevealedItem(turn=2, hour=24, act=CALL, intent=0, expected=None, hostility=None))
    assert en.head.startswith("Revealed: United States: ") and zh.head.startswith("揭示：美方：")
    assert (en.text, zh.text) == (
        "United States meant it as neutral (0); it was not read",
        "美方的本意为中性（0）；对方未作解读",
    )


def test_what_was_revealed_says_for_whom_it_was_and_was_taken_to_be() -> None:
    """Of public words whose sender said so; where they were read, also whom their reader heard addressed."""
    shown = RevealedItem(turn=2, hour=24, act=CALL, intent=0, expected=0, hostility=2, audience="home")
    assert told(shown)[0].tail == "Meant mainly for the public at home."
    en, zh = told(replace(shown, taken_for="them"))
    assert en.tail == "Meant mainly for the public at home; taken to be mainly for the other side."
    assert "国内民众" in zh.tail


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("alert", [False, True])
def test_a_conclusion_says_what_can_be_done_and_what_it_changes(again: bool, alert: bool) -> None:
    """What it changes only where the rules say that something is heard otherwise."""
    drills, ships = words("Drills", "演习"), words("No ships", "不派舰")
    en, zh = told(ConclusionItem(turn=2, hour=24, line=drills, leads_to=ships, again=again, alert=alert))
    assert en.text.startswith("Our line is full once more: Drills\n" if again else "Our line is full: Drills\n")
    assert zh.text.startswith("我方界线所受压力再次达到极限：演习" if again else "我方界线所受压力达到极限：演习")
    assert bool(en.tail) is bool(zh.tail) is alert


def test_words_of_no_language_and_of_one_are_told_as_they_are() -> None:
    """Chinese falls back to English, and both to what somebody wrote."""
    _, zh = told(SituationItem(turn=2, hour=24, title=words("Rain"), texts=((None, {"": "as typed"}),)), DOSSIER)
    assert (zh.head, zh.text) == ("Rain", "as typed")


def test_what_is_of_the_turn_and_not_our_own_is_new() -> None:
    """For one turn; what has been told keeps its words."""
    ours = OwnActItem(turn=2, hour=24, act=CALL, intent=0, expected=0, audience=None, fate="said", due_hour=30)
    feed_of_two, say = (situation((None, "Fog.", "雾。")), ours), Translator(OURS, "en")
    assert [row for row in lines_of(feed_blocks(feed_of_two, say, turn=2), say) if "NEW" in row] == [
        "T+24. NEW News: Fog"
    ]
    assert not [row for row in lines_of(feed_blocks(feed_of_two, say, turn=3), say) if "NEW" in row]
    assert feed_words.item_words(ours, say) is feed_words.item_words(ours, say)


def test_observers_are_told_that_the_two_sides_speak() -> None:
    """Not over what, nor who asked."""
    say = Translator(OURS, "en")
    assert lines_of(feed_blocks([TalkItem(turn=2, hour=24)], say), say) == [
        "T+24. The two sides speak with each other."
    ]


def test_what_was_said_in_a_call_is_quoted_line_by_line_and_not_once_more() -> None:
    """Each line names who said it, in quotation marks of its own."""
    held = ExchangeItem(turn=2, hour=24, act=CALL, said=(("us", "Hello.", ""), ("china", "Good evening.", "")))
    blocks = list(feed_blocks([held], Translator(OURS, "en")))
    assert not any(isinstance(block, Quote) for block in blocks)
    assert "United States: “Hello.”" in "\n".join(lines_of(blocks, Translator(OURS, "en")))
    translated = replace(held, said=(("china", "晚上好。", "Good evening."),))
    assert (
        feed_words.item_words(translated, Translator(OURS, "en")).text
        == "China: “晚上好。”\nTranslation: Good evening."
    )


def news(turn: int, hour: int) -> AnyFeedItem:
    return SituationItem(turn=turn, hour=hour, texts=())


def came(turn: int, hour: int) -> AnyFeedItem:
    return ActItem(turn=turn, hour=hour, act=DRILL)


def test_what_came_in_a_turn_stands_by_its_hour() -> None:
    """Behind what was there already; a turn stays whole, and of one hour the first told is the first."""
    alarm, following = news(1, 0), news(2, 24)
    ask = OwnActItem(turn=1, hour=0, act=CALL, intent=0, expected=0, audience=None, fate="said", due_hour=0)
    late, early, early_too, at_once = came(1, 26), came(1, 6), came(1, 6), came(2, 24)
    ordered = by_hour([alarm, ask, late, early, early_too, following, at_once])
    assert [*map(id, ordered)] == [*map(id, (alarm, ask, early, early_too, late, following, at_once))]


def test_what_an_act_led_to_stays_behind_it() -> None:
    """A line is not crossed before the act that crossed it; a silence and a promise stand at theirs."""
    blockade, said = came(1, 26), came(1, 6)
    silence = SilenceItem(turn=1, hour=9, act=CALL, asked_hour=0)
    promise = PromiseItem(turn=1, hour=6, commitment="keep-off", sides=("us",))
    crossed = LineItem(turn=1, hour=0, line=words("Ours"), crossed=True)
    assert by_hour([blockade, crossed, promise, silence, said]) == [said, promise, silence, blockade, crossed]
    assert by_hour([]) == []


def test_what_was_concluded_is_told_at_no_earlier_hour_than_what_it_rests_on() -> None:
    """It bears the hour of its turn, and what came in that turn came later."""
    ask = ActItem(turn=3, hour=24, act=CALL)
    drawn = ConclusionItem(turn=3, hour=14, line=words("Drills", "演习"), leads_to=words("No ships", "不派舰"))
    assert [item.hour for item in by_hour([ask, drawn])] == [24, 24]
    assert [item.hour for item in by_hour([drawn])] == [14]


def test_the_time_of_a_promise_has_run_behind_what_its_last_turn_brought() -> None:
    """A promise that an act made void ends with the act."""
    kept = PromiseItem(turn=1, hour=0, commitment="keep-off", sides=("us",), ended="kept")
    void = PromiseItem(turn=1, hour=6, commitment="keep-off", sides=("china",), ended="void")
    early, late = came(1, 6), came(1, 26)
    assert by_hour([early, late, kept, void]) == [early, void, late, kept]
