"""Composing an answer, at the plain door."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace
from tests.plain.test_door import console
from tests.tui.fake import DOSSIER, team_view, teller

from crisis_sim.engine.sight.dossier import TermEntry
from crisis_sim.engine.sight.shared_facts import AgendaFacts
from crisis_sim.pages.move_sheet import MoveSheet
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


def test_a_move_that_endorses_the_unofficial_channel_says_which_item() -> None:
    """Each with who has endorsed it; of a move without the term nobody asks."""
    moves = {name: replace(move, terms=("endorse",)) for name, move in DOSSIER.moves.items()}
    terms = {"endorse": TermEntry(says={"en": "Gives it a mandate."}, note=None)}
    agenda = {name: {"en": says} for name, says in (("ships", "Rescue ships."), ("samples", "Samples."))}
    say = teller("us", moves=moves, terms=terms, agenda=agenda, endorsing="endorse")
    view = replace(team_view(), agenda=(AgendaFacts("ships", 0, 2), AgendaFacts("samples", 0, 0)))
    said = list[str]()
    sheet = MovePrompts(console(["", "-1 0", "1", "samples", ""], said), view, say).parts(
        MoveSheet("take-call", channel="defense-telephone-link")
    )
    assert sheet.draft().item == "samples"
    assert "Rescue ships. (China since turn 2)" in "".join(said) and "(endorsed by nobody yet)" in "".join(said)
    plain = MovePrompts(console(["", "-1 0", "", ""], []), view, say).parts(MoveSheet("take-call"))
    assert plain.item is UNSET


def test_a_term_that_goes_with_private_words_is_offered_of_them_alone() -> None:
    """With what our advisers say of it."""
    moves = {name: replace(move, terms=("cover",)) for name, move in DOSSIER.moves.items()}
    note = {"en": "At home it costs us a little."}
    terms = {"cover": TermEntry(says={"en": "They may announce it."}, note=note, heard="private")}
    view, say, said = team_view(), teller("us", moves=moves, terms=terms), list[str]()
    typed = ["2", "Yes.", "-1 0", "cover"]
    prompts = MovePrompts(console(typed, said), view, say)
    assert prompts.parts(MoveSheet("share-data")).draft().terms == ("cover",)
    assert "They may announce it" in "".join(said) and "At home it costs us a little" in "".join(said)


def test_what_a_call_is_for_takes_two_answers_and_of_what_is_no_call_none() -> None:
    """What we want, with what each means; what they want, by name. A refusal, and a session without, ask neither."""
    moves = {name: replace(move, exchange=True) for name, move in DOSSIER.moves.items()}
    say = teller("us", moves=moves, call_purposes=True)
    view, said = team_view(), list[str]()
    typed = ["accept", "settle", "4", "Yes.", "-1 0", ""]
    draft = MovePrompts(console(typed, said), view, say).answer(view.requests[0]).draft()
    assert (draft.purpose, draft.their_purpose) == ("settle", "seen")
    told = " ".join("".join(said).split())
    assert "Sealed until the hotwash; home asks only what came of the talk." in told
    assert told.count("that others see us talk") == 1 and told.count("to be seen talking") == 2
    refused = MovePrompts(console(["decline", "No.", "0 0", ""], []), view, say).answer(view.requests[0]).draft()
    unasked = MovePrompts(console(["accept", "Yes.", "-1 0", ""], []), view, teller("us", moves=moves))
    assert (refused.purpose, unasked.answer(view.requests[0]).draft().their_purpose) == (UNSET, UNSET)
