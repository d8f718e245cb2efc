"""What lies on a desk fits what can be done: an answer goes back over the channel on which it was asked."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.tui.fake import DOSSIER, team_view, teller, words

from crisis_sim.engine.sight.dossier import PromiseEntry
from crisis_sim.engine.sight.views import AdviceFacts
from crisis_sim.pages.move_choices import toggle
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Visibility
from crisis_sim.tui.composer_rows import catalogue_rows, how_blocks, summary_rows
from crisis_sim.tui.unsealed import Composing, Taken, UnsealedWork, answering


def test_a_move_is_taken_as_its_channel_can_be_seen() -> None:
    """A move that is public by default goes in private over a channel that only carries what is private."""
    option = replace(DOSSIER.moves["offer-help"], channels=("embassy",), visibilities=("public", "private"))
    composing = Composing()
    composing.take(option, team_view(), DOSSIER.channels)
    assert (composing.channel, composing.visibility) == ("embassy", "private")


def test_a_proposal_that_would_be_held_back_is_not_in_public_first() -> None:
    """Its words would be out a turn before it comes before them; a channel that carries nothing else has its way."""
    option = replace(DOSSIER.moves["offer-help"], channels=("embassy",), visibilities=("public", "private"))
    for later, carries, heard in (
        (1, ("public", "private"), "private"),
        (0, ("public", "private"), "public"),
        (1, ("public",), "public"),
    ):
        channels = {"embassy": replace(DOSSIER.channels["embassy"], visibilities=carries)}
        composing = Composing()
        composing.take(option, team_view(advice=(AdviceFacts(move="offer-help", later=later),)), channels)
        assert composing.visibility == heard


def test_a_holding_note_is_called_one_as_it_is_written() -> None:
    """In the line above and in the list of moves, whatever move it is made of."""
    view, say = team_view(), teller()
    composing = answering(view.requests[0], "holding", say)
    composing.take(DOSSIER.moves["holding-note"], view, DOSSIER.channels)
    above = "".join(piece for row in summary_rows(composing, 2, 78, say) for piece, _ in row)
    listed = "".join(piece for of in catalogue_rows(view, composing, 40, say) for row in of.rows for piece, _ in row)
    assert "Holding note" in above and "Holding note" in listed


def test_what_is_one_of_several_is_shown_as_one_choice() -> None:
    """With none of it at its head; what is alone, or marked beside others, is a box."""
    promises = {name: replace(of, promises=("no-units", "host-first")) for name, of in DOSSIER.moves.items()}
    commitments = {name: PromiseEntry(says=words(name)) for name in ("no-units", "host-first")}
    say = teller(moves=promises, commitments=commitments)
    composing = Composing()
    composing.take(say.dossier.moves["offer-help"], team_view(), DOSSIER.channels)

    def marks() -> dict[str, str]:
        drawn = how_blocks(team_view(), composing, 60, say)
        return {of.key: of.rows[0][0][0] for of in drawn if of.key.startswith("promise:")}

    assert marks() == {"promise:": "(•) ", "promise:no-units": "( ) ", "promise:host-first": "( ) "}
    toggle(composing, "promise:no-units", say)
    assert marks() == {"promise:": "( ) ", "promise:no-units": "(•) ", "promise:host-first": "( ) "}
    toggle(composing, "promise:", say)
    assert composing.promise is None


@pytest.mark.parametrize("kinds", [("public", "private"), ("private", "public")])
def test_who_hears_it_stands_in_one_order_for_every_move(kinds: tuple[Visibility, ...]) -> None:
    """A hand that knows the rows from the last move does not publish the next."""
    embassy = replace(DOSSIER.channels["embassy"], visibilities=kinds)
    option = replace(DOSSIER.moves["offer-help"], channels=("embassy",), visibilities=kinds)
    dossier = replace(DOSSIER, channels={"embassy": embassy}, moves={"offer-help": option})
    composing = Composing()
    composing.take(option, team_view(), dossier.channels)
    drawn = how_blocks(team_view(), composing, 60, Teller(dossier, "en"))
    heard = [of.key for of in drawn if of.key.startswith("visibility:")]
    assert (composing.visibility, heard) == (kinds[0], ["visibility:private", "visibility:public"])


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


def test_a_talk_that_was_held_is_not_held_again_in_a_branch() -> None:
    """Where play goes back to after it; where it goes back to before, the talk that comes then is another."""
    desk, view = UnsealedWork(word="xyz"), team_view()
    number = view.exchanges[0].number
    desk.talks = {number: "over"}
    assert desk.carried(view).talks == {number: "over"} and desk.carried(view).word == "xyz"
    assert desk.carried(team_view(exchanges=())).talks == {}


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


def test_a_long_name_of_what_a_move_is_about_stands_whole() -> None:
    """On as many rows as it takes, its state beside the first."""
    name = "Notification office of the two defence ministries"
    channels = {**DOSSIER.channels, "embassy": replace(DOSSIER.channels["embassy"], name=words(name))}
    composing, say = Composing(), teller(channels=channels)
    composing.take(say.dossier.moves["suspend-channel"], team_view(), channels)
    drawn = next(of for of in how_blocks(team_view(), composing, 44, say) if of.key == "about:embassy")
    told = ["".join(piece for piece, _ in each) for each in drawn.rows]
    assert len(told) > 1 and all(word in " ".join(told) for word in name.split()) and "…" not in "".join(told)


def test_private_words_over_a_channel_that_others_keep_say_who_hears_them() -> None:
    """A host's desk passes on what it is told; an embassy of one's own is nobody else's."""
    for kind, is_kept in (("multilateral", True), ("diplomatic", False)):
        channels = {**DOSSIER.channels, "embassy": replace(DOSSIER.channels["embassy"], kind=kind)}
        say = Teller(replace(DOSSIER, channels=channels), "en")
        composing = Composing(move="offer-help", channel="embassy", visibility="private")
        drawn = next(of for of in how_blocks(team_view(), composing, 44, say) if of.key == "visibility:private")
        assert ("its keeper hears it" in "".join(piece for row in drawn.rows for piece, _ in row)) is is_kept
