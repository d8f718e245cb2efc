"""What a team does with a conclusion: who is asked, when and until when, and that nothing comes of it by itself."""

from __future__ import annotations

import msgspec
import pytest
from tests.bots import bot_at
from tests.engine.asking import CALL, go_on, told
from tests.engine.lining import FACE, NOTICE, lined, relined, set_pressure, turn
from tests.engine.play import Play
from tests.thinning import one_in

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import AnswerItem
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.console_blocks import board_blocks
from crisis_sim.pages.record_words import describe_conclusion
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.rules.names import ConclusionAnswer

LINE = FACE.partition("/")[2]
ASKING = {"decision": {"ask": ["request-call"], "prepare": ["show-of-force"]}}
"""How a pack has it asked; the moves are of the small one."""


def asked() -> Play:
    """China has drawn a conclusion in turn 1 and is at its moves of turn 2."""
    play = lined(relined(lines=ASKING))
    go_on(play, "situation")
    set_pressure(play, 250)
    turn(play, NOTICE)
    assert not play.team("china").decisions, "not before the moves"
    play.open_moves()
    return play


def answer(play: Play, said: ConclusionAnswer) -> None:
    """China says what it does."""
    play.submit("china", a.AnswerDecision(asked=LINE, answer=said))


def answers(play: Play) -> list[tuple[str, bool]]:
    """What has become final: the answer, and whether the team said so."""
    return [(event.answer, event.said) for event in told(play.events, e.ConclusionAnswered)]


def test_a_conclusion_asks_its_owner_in_its_next_moves_and_once() -> None:
    """With its line, what is believed, and what can be done; in the moves after those it asks nothing."""
    play = asked()
    (decision,) = play.team("china").decisions
    assert (decision.asked, decision.answer) == (LINE, None)
    assert list(play.say("china").dossier.answers) == ["ask", "hold", "prepare"]
    answer(play, "ask")
    go_on(play, "results")
    play.open_moves()
    assert not play.team("china").decisions
    with pytest.raises(ActionRefused, match="decision/closed"):
        answer(play, "ask")


def test_it_can_be_said_again_until_the_moves_are_committed() -> None:
    """The last answer counts; once the list is final, so is that."""
    play = asked()
    answer(play, "ask")
    answer(play, "prepare")
    assert play.team("china").decisions[0].answer == "prepare" and not answers(play)
    play.submit("china", a.SealMove(draft=CALL))
    play.submit("china", a.CommitMoves())
    with pytest.raises(ActionRefused, match="phase/committed"):
        answer(play, "hold")
    go_on(play, "results")
    assert answers(play) == [("prepare", True)]


def test_no_answer_means_to_hold() -> None:
    """And the record tells it from one that was given."""
    play = asked()
    go_on(play, "results")
    assert answers(play) == [("hold", False)]
    (item,) = [item for item in play.team("china").feed if isinstance(item, AnswerItem)]
    assert (item.answer, item.said) == ("hold", False)


def test_what_nobody_asks_is_refused() -> None:
    """An answer that has no move here, another line, and the other team's."""
    play = asked()
    with pytest.raises(ActionRefused, match="decision/answer"):
        answer(play, "tell")
    for seat, line in (("china", "forced-removal"), ("us", LINE)):
        with pytest.raises(ActionRefused, match="decision/closed"):
            play.submit(seat, a.AnswerDecision(asked=line, answer="hold"))  # type: ignore[arg-type]  # seats


def test_a_pack_that_says_nothing_of_it_asks_nothing() -> None:
    """As those of formats 1 and 2, and those that logs of past sessions hold."""
    play = lined()
    go_on(play, "situation")
    set_pressure(play, 250)
    turn(play, NOTICE)
    play.open_moves()
    assert not play.team("china").decisions
    go_on(play, "results")
    assert not answers(play)


def test_an_answer_moves_nothing_and_shows_to_nobody_else() -> None:
    """Whatever is said or not, the world, the other team and observers are the same to the byte, up to the hotwash."""
    plays = [asked() for _ in range(4)]
    said: tuple[ConclusionAnswer | None, ...] = ("ask", "hold", "prepare", None)
    for play, each in zip(plays, said, strict=True):
        if each is not None:
            answer(play, each)
        go_on(play, "results")
        play.turn()
    for seat in ("us", "observer"):
        assert len({msgspec.json.encode(play.look(seat)) for play in plays}) == 1
    assert len({play.state.curve for play in plays}) == 1
    assert len({msgspec.json.encode((play.state.pressure, play.state.trust)) for play in plays}) == 1


def test_the_facilitator_sees_what_is_asked_and_said() -> None:
    """On the team's board."""
    play = asked()
    say = play.say("facilitator")
    board = " ".join(map(str, board_blocks(play.white().china, play.white(), say)))
    assert "A voice at home asks" in board and "not decided yet" in board
    answer(play, "ask")
    assert "ask them" in " ".join(map(str, board_blocks(play.white().china, play.white(), say)))


def test_the_hotwash_opens_it() -> None:
    """Beside the conclusion, with the act that filled the line."""
    play = asked()
    answer(play, "ask")
    go_on(play, "hotwash")
    hotwash = play.look("us").hotwash
    assert hotwash is not None
    words = describe_conclusion(hotwash.conclusions[0], play.say("us"))
    assert "filled by: United States: Criticise" in words and "; it chose to ask them; " in words


@pytest.mark.parametrize("policy", one_in(4, POLICIES))
def test_bots_answer_by_policy_and_carry_it_out(policy: str) -> None:
    """What they say is among what is asked; asking and preparing put a move that does it on their list."""
    play = asked()
    bot = bot_at(play.table, "china", policy, "1")
    acts = list(bot.actions(play.team("china")))
    said = [act.answer for act in acts if isinstance(act, a.AnswerDecision)]
    assert len(said) <= 1 and set(said) <= set(play.table.answers)
    for each in said:
        made = {act.draft.move for act in acts if isinstance(act, a.SealMove)}
        assert set(play.say("china").dossier.carried_out_by(each)) <= made
