"""The catalogue of a team as things stand."""

from __future__ import annotations

from tests.pages.hand import OURS, channel_facts, team_view, words

from crisis_sim.engine.sight.views import AdviceFacts, BlockedMove
from crisis_sim.pages import page_for
from crisis_sim.pages.seat_pages import TeamPage
from crisis_sim.pages.seat_parts import MoveOption
from crisis_sim.rules.names import Language


def options(language: Language = "en", **fields: object) -> dict[str, MoveOption]:
    page = page_for(team_view(**fields), OURS, language)
    assert isinstance(page, TeamPage)
    return {option.id: option for option in page.moves}


def test_a_channel_that_is_suspended_carries_nothing_even_while_it_is_to_reopen() -> None:
    """The default is the first that is left."""
    found = options(channels=(channel_facts("hotline", state="reopening"), channel_facts("embassy")))
    assert found["call"].channels == ("embassy",)
    assert options(channels=(channel_facts("hotline"),))["call"].channels == ("hotline", "embassy")


def test_what_cannot_be_made_says_why() -> None:
    """Nothing waits for it, or nothing carries it."""
    blocked = (
        BlockedMove(move="hold", why="answer"),
        BlockedMove(move="call", why="suspended", channel="hotline"),
        BlockedMove(move="drill", why="nowhere"),
    )
    found = options(blocked=blocked)
    assert found["hold"].blocked == "it only answers something that was asked, and nothing that waits takes it"
    assert found["call"].blocked == "Hotline is suspended, and nothing else here carries this"
    assert found["drill"].blocked == "nothing in this exercise carries this"
    assert options("zh", blocked=blocked)["call"].blocked == "热线已中止，没有其他渠道可用"
    assert options()["hold"].blocked == ""


def test_advisers_say_first_what_they_always_say() -> None:
    """Then what would count against us, with which term, and what we have promised."""
    advice = (
        AdviceFacts(move="drill", rule=words("no warning", "未事先通报")),
        AdviceFacts(move="drill", rule=words("haste", "仓促"), term="soon"),
        AdviceFacts(move="drill", promised="keep-off"),
    )
    assert options(advice=advice)["drill"].warnings == (
        "Both home audiences will hear this.",
        "It can be read in more than one way.",
        "It would count against us: no warning",
        "With “soon” it would count against us: haste",
        "We have promised: we keep off",
    )
    assert options("zh", advice=advice)["drill"].warnings[2:] == (
        "这将对我方不利：未事先通报。",
        "若附加“尽快”，将对我方不利：仓促。",
        "我方已承诺：不靠近",
    )


def test_terms_and_promises_stand_with_their_words() -> None:
    call = options("zh")["call"]
    assert [(term.id, term.says, term.note) for term in call.terms] == [("soon", "尽快", "")]
    assert call.promises == (("keep-off", "不靠近"),)
