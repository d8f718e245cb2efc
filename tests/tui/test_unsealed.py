"""What lies on a desk fits what can be done: an answer goes back over the channel on which it was asked."""

from __future__ import annotations

from msgspec.structs import replace
from tests.tui.fake import DOSSIER, team_view, teller

from crisis_sim.tui.composer_rows import summary_rows
from crisis_sim.tui.unsealed import Composing, Taken, UnsealedWork, answering


def test_a_move_is_taken_as_its_channel_can_be_seen() -> None:
    """A move that is public by default goes in private over a channel that only carries what is private."""
    option = replace(DOSSIER.moves["offer-help"], channels=("embassy",), visibilities=("public", "private"))
    composing = Composing()
    composing.take(option, team_view(), DOSSIER.channels)
    assert (composing.channel, composing.visibility) == ("embassy", "private")


def test_an_answer_goes_back_over_the_channel_that_asked() -> None:
    """If that carries the answering move; otherwise over the move's own first."""
    view, say = team_view(), teller()
    request = view.requests[0]
    composing = answering(request, "accept", say)
    option = replace(DOSSIER.moves["take-call"], channels=("embassy", request.act.channel))
    composing.take(option, view, DOSSIER.channels, over=request.act.channel)
    assert composing.channel == request.act.channel
    elsewhere = answering(request, "accept", say)
    elsewhere.take(replace(option, channels=("embassy",)), view, DOSSIER.channels, over=request.act.channel)
    assert elsewhere.channel == "embassy"


def test_what_is_answered_stands_above_the_answer_with_its_words() -> None:
    """As many rows of it as there are for it, and a sign where there is more, with the key to all of it."""
    request, say = team_view().requests[0], teller()
    for text, ends in (("Can we speak at six?", "six?”"), ("word " * 90, "ctrl+r all of it")):
        asked = answering(replace(request, act=replace(request.act, text=text)), "accept", say)
        rows = ["".join(piece for piece, _ in each) for each in summary_rows(asked, 2, 78, say)]
        assert rows[0].startswith("answering: China: Ask for a call") and len(rows) == 3
        assert rows[1].endswith(ends), rows


def test_an_answer_is_heard_as_the_question_was() -> None:
    """What was asked in private is answered in private though the move is public by default, where the channel can."""
    view, say = team_view(), teller()
    request = view.requests[0]
    over = request.act.channel
    option = replace(DOSSIER.moves["holding-note"], channels=(over,), visibilities=("public", "private"))
    for carries, heard in ((("public", "private"), "private"), (("public",), "public")):
        channels = {over: replace(DOSSIER.channels[over], visibilities=carries)}
        composing = answering(request, "holding", say)
        composing.take(option, view, channels, over=over, heard=request.act.visibility)
        assert composing.visibility == heard


def test_a_desk_counts_its_own_seconds() -> None:
    """Another turn begins anew."""
    desk = UnsealedWork()
    for _ in range(4):
        desk.spend(1)
    assert (desk.spent_in(1), desk.spent_in(2)) == (4, 0)
    desk.spend(2)
    assert (desk.spent_in(1), desk.spent_in(2)) == (0, 1)


def test_what_a_host_has_rolled_back_comes_again() -> None:
    """A talk of the same number is another talk, and an earlier turn is told anew; forwards nothing is forgotten."""
    desk = UnsealedWork(talks={1: "over", 2: "over"}, told=3)
    view = replace(team_view(), turn=3, phase="situation")
    assert [each.number for each in view.exchanges] == [1]
    desk.gone_back(view)
    assert (desk.talks, desk.told) == ({1: "over"}, 3)
    desk.gone_back(replace(view, turn=2, exchanges=()))
    assert (desk.talks, desk.told) == ({}, 1)
    desk.gone_back(replace(view, phase="readings"))
    assert desk.told == 1


def test_what_was_half_done_before_a_rollback_is_not_done_to_something_else() -> None:
    """A card of the same number may be another act, a place on the list another move; words stay."""
    view = replace(team_view(), turn=3, phase="readings")
    desk = UnsealedWork(taken={1: Taken(hostility=2)})
    assert not desk.gone_back(view) and not desk.gone_back(view) and desk.taken
    assert desk.gone_back(replace(view, turn=2, phase="situation")) and not desk.taken
    assert not desk.gone_back(replace(view, turn=2, phase="moves"))
    desk.composing = Composing(move="offer-help", text="our words", answers=99, how="accept", asked="them", revising=2)
    assert desk.gone_back(replace(view, turn=1, phase="moves"))
    assert desk.composing == Composing(move="offer-help", text="our words")
