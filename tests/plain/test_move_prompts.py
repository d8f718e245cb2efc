"""Composing an answer, at the plain door."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace
from tests.plain.test_door import console
from tests.tui.fake import DOSSIER, team_view, teller

from crisis_sim.plain.move_prompts import MovePrompts


def test_whoever_takes_a_call_is_asked_who_takes_it() -> None:
    """With whether that binds; of a refusal, or under a pack that does not ask, nobody is."""
    moves = {name: replace(move, exchange=True) for name, move in DOSSIER.moves.items()}
    say = teller("us", moves=moves, takers={"desk": False, "minister": True})
    view, said = team_view(), list[str]()
    sheet = MovePrompts(console(["accept", "minister", "Yes.", "-1 0", ""], said), view, say).answer(view.requests[0])
    assert sheet.taker == "minister" and sheet.draft().taker == "minister"
    assert "a desk officer (binds nobody)" in "".join(said)
    refused = MovePrompts(console(["decline", "No.", "0 0", ""], []), view, say).answer(view.requests[0])
    assert refused.taker is UNSET
    unasked = MovePrompts(console(["accept", "Yes.", "-1 0", ""], []), view, teller("us", moves=moves))
    assert unasked.answer(view.requests[0]).taker is UNSET
