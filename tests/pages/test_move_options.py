"""The catalogue of a team as things stand."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from tests.engine.play import Play, shipped
from tests.pages.hand import OURS, channel_facts, team_view, words

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.views.dossier import Asks, PrivateFactEntry
from crisis_sim.engine.views.hotwash_facts import DisclosureStory, PrivateFactStory
from crisis_sim.engine.views.seat_views import AdviceFacts, BlockedMove, DraftFacts
from crisis_sim.pages import move_blocks
from crisis_sim.pages.move_blocks import open_channels, search_words, term_note, why_not
from crisis_sim.pages.move_choices import CHOICES
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language
from crisis_sim.text import pinyin_initials

EN, ZH = Translator(OURS, "en"), Translator(OURS, "zh")


def test_a_channel_that_is_suspended_carries_nothing_even_while_it_is_to_reopen() -> None:
    """The default is the first that is left."""
    call = OURS.moves["call"]
    reopening = team_view(channels=(channel_facts("hotline", state="reopening"), channel_facts("embassy")))
    assert open_channels(call, reopening) == ("embassy",)
    assert open_channels(call, team_view(channels=(channel_facts("hotline"),))) == ("hotline", "embassy")


def test_what_cannot_be_made_says_why() -> None:
    """Nothing waits for it, or nothing carries it."""
    blocked = (
        BlockedMove(move="hold", why="answer"),
        BlockedMove(move="call", why="suspended", channel="hotline"),
        BlockedMove(move="drill", why="nowhere"),
    )
    view = team_view(blocked=blocked)
    assert why_not("hold", view, EN) == "it only answers something that was asked, and nothing that waits takes it"
    assert why_not("call", view, EN) == "Hotline is suspended, and nothing else here carries this"
    assert why_not("drill", view, EN) == "nothing in this exercise carries this"
    assert why_not("call", view, ZH) == "热线已中止，没有其他渠道可用"
    assert why_not("hold", team_view(), EN) == ""


def test_advisers_say_first_what_they_always_say() -> None:
    """Then what would count against us, with which term, and what we have promised."""
    advice = (
        AdviceFacts(move="drill", rule=words("no warning", "未事先通报")),
        AdviceFacts(move="drill", rule=words("haste", "仓促"), term="soon"),
        AdviceFacts(move="drill", promised="keep-off"),
    )
    view, drill = team_view(advice=advice), OURS.moves["drill"]
    assert move_blocks.advice(drill, view, None, PartialMove(), EN) == [
        "Both home audiences will hear this.",
        "It can be read in more than one way.",
        "It would count against us: no warning",
        "“soon” would count against us: haste",
        "We have promised: we keep off",
    ]
    assert move_blocks.advice(drill, view, None, PartialMove(), ZH)[2:] == [
        "这将对我方不利：未事先通报。",
        "若附加“尽快”，将对我方不利：仓促。",
        "我方已承诺：不靠近",
    ]


def test_what_several_rules_count_against_us_is_said_in_one_sentence() -> None:
    """Each rule that a term runs into stands behind it once; with what spares it, where something does."""
    advice = (
        AdviceFacts(move="drill", rule=words("haste", "仓促"), term="soon"),
        AdviceFacts(move="drill", rule=words("no warning", "未事先通报"), spared_by=("soon",)),
        AdviceFacts(move="drill", rule=words("no reason", "没有理由"), term="soon"),
    )
    view, drill = team_view(advice=advice), OURS.moves["drill"]
    assert move_blocks.advice(drill, view, None, PartialMove(), EN)[2:] == [
        "“soon” would count against us: haste; no reason",
        "It would count against us, unless it is put as “soon”: no warning",
    ]


def test_who_hears_it_is_said_once() -> None:
    """Of a move that always is public and is sent in public."""
    view, move = team_view(), replace(OURS.moves["drill"], warns=("public",))
    assert move_blocks.advice(move, view, None, PartialMove(visibility="public"), EN) == [
        "Both home audiences will hear this."
    ]


def test_what_is_asked_in_the_last_turn_is_told_as_unanswered() -> None:
    """Nobody has moves left; unless both have accepted principles, under which it stands at once."""
    asks = replace(OURS.moves["call"], asks=Asks(accept="take", decline="refuse"))
    last, told = team_view(turn=6, turns=6), "In this last turn it is heard, and nobody has moves left to answer it."
    stands = replace(last, advice=(AdviceFacts(move="call", stands=True),))
    advised = [move_blocks.advice(asks, view, None, PartialMove(), EN) for view in (team_view(), last, stands)]
    assert [told in each for each in advised] == [False, True, False]


def test_terms_and_promises_stand_with_their_words() -> None:
    assert (ZH.term("soon"), term_note("soon", ZH), ZH.promise("keep-off")) == ("尽快", "", "不靠近")


def test_a_private_fact_is_explained_where_it_is_first_met() -> None:
    """In one line above what there is to choose from, in either language; by what its own team has done."""
    view, call = team_view(), OURS.moves["call"]
    later = replace(view, drafts=(DraftFacts(number=1, draft=Draft(move="call", channel="hotline")),))
    for language in ("en", "zh"):
        say = Translator(replace(OURS, moves={**OURS.moves, "call": replace(call, discloses=("log",))}), language)
        note = CHOICES["discloses"].note(PartialMove("call"), view, say)
        assert note and (re.search("[a-z]{3}", note) is None) is (language == "zh")
        assert CHOICES["discloses"].note(PartialMove("call"), later, say) == ""


def test_a_private_fact_says_that_it_was_told_before() -> None:
    """When and how, before its words, so that nobody tells it a second time unawares."""
    entry = PrivateFactEntry(
        side="us",
        clears="china",
        name={"en": "A log", "zh": "日志"},
        words={"whole": {"en": "We heard it at two.", "zh": "两点听到。"}},
        concerns=(),
        costs=None,
        vouches=None,
        backings=("source", "word"),
    )
    call = replace(OURS.moves["call"], discloses=("log",))
    told = DisclosureStory(turn=3, order=1, move="call", public=False, backed="source", truth="whole", arrived=3)
    view = team_view(private_facts=(PrivateFactStory(side="us", id="log", told=(told,)),))
    heard_in: dict[Language, str] = {"en": "told before: turn 3, in private, with its source", "zh": "已说过：第3轮"}
    for language, heard in heard_in.items():
        say = Translator(replace(OURS, moves={**OURS.moves, "call": call}, private_facts={"log": entry}), language)
        (first,), (again,) = (CHOICES["discloses"].options(PartialMove("call"), of, say) for of in (team_view(), view))
        assert first.note == say.localize(entry.words["whole"])
        assert again.note.startswith(heard) and again.note.endswith(first.note)


def test_a_move_is_found_by_its_id_its_names_their_pinyin_and_other_words() -> None:
    """Whatever the reader's language is."""
    label, also = words("Ask for a call", "请求通话"), words("phone", "电话")
    call = replace(OURS.moves["call"], id="request-call", label=label, also=also)
    assert all(
        each in search_words(call) for each in ("request-call", "Ask for a call", "请求通话", "qqth", "phone", "电话")
    )
    assert pinyin_initials("私下询问事实，a热线") == "sxxwssrx"
    assert pinyin_initials("no Chinese, 丂") == "", "what the standard does not read is left out"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("blame", "accuse"), ("inquire", "private-inquiry"), ("phone", "request-call"), ("谴责", "criticise")],
)
def test_a_shipped_move_is_found_by_the_word_that_people_have_for_it(typed: str, found: str) -> None:
    """Which is not always the catalogue's."""
    moves = Play(shipped("lost-airliner")).say("us").dossier.moves
    assert typed in search_words(moves[found])
