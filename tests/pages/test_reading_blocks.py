"""A card is read beside what it answers and what passed before."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.dossier import InstrumentEntry
from crisis_sim.engine.views.shared_facts import CitationFacts
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.reading_blocks import before_blocks, card_blocks
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side

OFFER = a.Draft(move="offer-help", channel="embassy", text="We have tugs.")
YES = a.Draft(move="accept-help", channel="embassy", answers=1, how="accept", text="Come.")


def before_us(play: Play) -> str:
    """What the US team reads beside its cards."""
    say = play.say("us")
    return " ".join(lines_of(before_blocks(play.team("us"), say), say))


def in_readings(play: Play, us: tuple[a.Draft, ...] = (), china: tuple[a.Draft, ...] = ()) -> None:
    """Play a turn up to its readings."""
    play.open_moves()
    for side, drafts in (("us", us), ("china", china)):
        for draft in drafts:
            play.submit(side, a.SealMove(draft=draft))  # type: ignore[arg-type]  # one of the two
        play.submit(side, a.CommitMoves())  # type: ignore[arg-type]  # as above
    assert play.state.phase == "readings"


def test_an_answer_is_read_under_what_was_asked() -> None:
    """The request stands above its words; a card that answers nothing says nothing of it."""
    play = small()
    in_readings(play, us=(OFFER,))
    say = play.say("china")
    (card,) = play.team("china").to_read
    assert "answers" not in " ".join(lines_of(card_blocks(card, "", play.team("china"), say), say))
    play.submit("facilitator", a.Advance())
    in_readings(play, china=(YES,))
    say = play.say("us")
    (card,) = play.team("us").to_read
    assert "It answers what we asked: Offer help, Embassies, private: “We have tugs.”" in " ".join(
        lines_of(card_blocks(card, "", play.team("us"), say), say)
    )


@pytest.mark.parametrize(("by", "told"), [("china", True), ("us", False)])
def test_what_a_card_cites_of_ours_says_so(by: Side, told: bool) -> None:
    """That we cited it too, and when; of what the other side alone has cited nothing is said."""
    play = small()
    in_readings(play, us=(OFFER,))
    code = InstrumentEntry(title={"en": "Code"}, says={"en": "Nobody hinders help."}, year=1979, accepted_by=("us",))
    say = Translator(replace(play.say("china").dossier, instruments={"code": code}), "en")
    view = replace(play.team("china"), citations=(CitationFacts(side=by, id="code", turn=1),))
    (card,) = view.to_read
    card = replace(card, act=replace(card.act, cites="code"))
    read = " ".join(lines_of(card_blocks(card, "", view, say), say))
    assert ("We cited it ourselves, in turn 1" in read) is told


def test_what_passed_before_is_the_last_acts_of_both_sides() -> None:
    """Those of earlier turns alone, oldest first, with how theirs were taken; at first that there was nothing."""
    play = small()
    in_readings(play, us=(OFFER,))
    assert before_us(play) == "Nothing has passed between us before."
    play.submit("facilitator", a.Advance())
    in_readings(play, china=(YES,))
    assert "we: Offer help, Embassies, private" in before_us(play) and "Come." not in before_us(play)
    play.submit("us", a.SealReading(item=1, hostility=-2, confidence=4))
    play.submit("facilitator", a.Advance())
    in_readings(play, us=(OFFER,))
    assert "China: Accept help, Embassies, private" in before_us(play)
    assert "read as −2 friendly" in " ".join(before_us(play).split()).lower()
