"""What lies on a desk fits what can be done: an answer goes back over the channel on which it was asked."""

from __future__ import annotations

from msgspec.structs import replace
from tests.tui.fake import team_view

from crisis_sim.tui.unsealed import Composing, answering


def test_a_move_is_taken_as_its_channel_can_be_seen() -> None:
    """A move that is public by default goes in private over a channel that only carries what is private."""
    view = team_view()
    channel = replace(view.channels[0], visibilities=("private",))
    option = replace(view.moves[0], id="accept-help", channels=(channel.id,), visibilities=("public", "private"))
    composing = Composing()
    composing.take(option, (channel,))
    assert (composing.channel, composing.visibility) == (channel.id, "private")


def test_an_answer_goes_back_over_the_channel_that_asked() -> None:
    """If that carries the answering move; otherwise over the move's own first."""
    view = team_view()
    request = view.requests[0]
    others = [channel.id for channel in view.channels if channel.id != request.channel]
    composing = answering(request, "accept")
    option = replace(view.moves[0], id="take-call", channels=(others[0], request.channel))
    composing.take(option, view.channels, over=request.channel)
    assert composing.channel == request.channel
    elsewhere = answering(request, "accept")
    elsewhere.take(replace(option, channels=(others[0],)), view.channels, over=request.channel)
    assert elsewhere.channel == others[0]


def test_an_answer_is_heard_as_the_question_was() -> None:
    """What was asked in private is answered in private though the move is public by default, where the channel can."""
    view = team_view()
    request = view.requests[0]
    option = replace(view.moves[0], id="state-facts", channels=(request.channel,), visibilities=("public", "private"))
    both = replace(view.channels[0], id=request.channel, visibilities=("public", "private"))
    composing = answering(request, "holding")
    composing.take(option, (both,), over=request.channel, heard=request.visibility)
    assert composing.visibility == "private"
    loud = answering(request, "holding")
    loud.take(option, (replace(both, visibilities=("public",)),), over=request.channel, heard=request.visibility)
    assert loud.visibility == "public"
