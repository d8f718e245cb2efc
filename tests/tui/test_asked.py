"""What waits for an answer and for a reading, in rows: by when, and in which place."""

from __future__ import annotations

from msgspec.structs import replace
from tests.tui.fake import CARDS, team_view, teller

from crisis_sim.engine.sight.shared_facts import AccountFacts
from crisis_sim.pages.desk_blocks import due, exchange_blocks
from crisis_sim.pages.reading_blocks import card_list
from crisis_sim.pages.team_forms import team_form
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.pane_rows import PaneBlock


def test_a_time_that_is_past_is_told_as_past() -> None:
    """A turn may be longer than the channel: at its hour the answer is due, an hour later it was.

    Not so for what came last turn, after which these moves are the first in which it can be answered.
    """
    request, say = team_view().requests[0], teller()
    at, later = (team_view(hour=request.due_hour + hours) for hours in (0, 1))
    assert due(request, at, say) == f"due T+{request.due_hour}"
    late = f"was due T+{request.due_hour}; it can still be answered"
    assert due(request, later, say) == late
    assert due(replace(request, arrived=later.turn - 1), later, say) == "due with these moves"
    assert (
        due(replace(request, arrived=later.turn - 2), later, say)
        == f"was due T+{request.due_hour}; it can still be answered"
    )


def test_an_answer_that_no_later_moves_can_give_in_time_is_due_with_these() -> None:
    """An hour before the next turn would be asked of a channel that takes three."""
    request, say = team_view().requests[0], teller()
    before = team_view(hour=request.due_hour - 1)
    assert due(request, replace(before, next_hour=request.due_hour), say) == f"due T+{request.due_hour}"
    assert due(request, replace(before, next_hour=request.due_hour + 1), say) == "due with these moves"


def test_an_account_that_is_out_is_nothing_to_do() -> None:
    """While it can still be put otherwise it stands in the list, as sealed; once published it is news."""
    exchange, ours = team_view().exchanges[0], AccountFacts(side="us", outcome="talked", tone=0, text="")
    (drawn,) = laid_out(exchange_blocks([replace(exchange, ours=ours)], teller()), 140)
    assert _text(drawn).endswith("it comes out with these moves") and drawn.key
    assert not list(exchange_blocks([replace(exchange, ours=ours, open=False)], teller()))


def test_what_is_published_goes_out_with_the_list_and_is_read_before_it_is_final() -> None:
    """With its words to the press; an account that nobody has sealed is none."""
    exchange, ours = team_view().exchanges[0], AccountFacts(side="us", outcome="agreed", tone=-1, text="We meet again.")
    for given, is_read in ((ours, True), (None, False)):
        form = team_form("commit", team_view(exchanges=(replace(exchange, ours=given),)), {}, teller())
        assert form is not None
        said = "\n".join(_text(of) for of in laid_out(form.before, 140))
        assert ("agreed, −1 rather friendly" in said and "We meet again." in said) is is_read


def test_cards_are_counted_from_one_in_every_turn() -> None:
    """The list counts as the card does, not by the place in the inbox."""
    cards = tuple(replace(card, number=card.number + 40) for card in CARDS)
    blocks = laid_out(card_list(cards, teller()), 80)
    assert [_text(block).split()[0] for block in blocks] == [str(place) for place in range(1, len(cards) + 1)]
    assert [block.key for block in blocks] == [str(card.number) for card in cards]


def _text(block: PaneBlock) -> str:
    return "".join(piece[0] for row in block.rows for piece in row)
