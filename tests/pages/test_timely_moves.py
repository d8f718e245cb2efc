"""Where a move is chosen: what answers what has just happened stands first, and what can do nothing stands last."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.engine.play import Play, shipped
from tests.tui.fake import CARDS, DOSSIER, FakeSeat, act, team_view

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.views.feed_items import ActItem
from crisis_sim.engine.views.seat_views import BlockedMove, DecisionFacts, DraftFacts, TeamView
from crisis_sim.pages.form import FormField, able_options, group_keys, option_keys
from crisis_sim.pages.move_form import move_options
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.pages.team_forms import team_links
from crisis_sim.pages.timely_moves import MAX_TIMELY_MOVES, timely_moves

SAY = FakeSeat().say


def families(view: TeamView) -> list[str]:
    """Of the moves that stand first."""
    return [DOSSIER.moves[name].family for name in timely_moves(view, SAY)]


def arrived(move: str) -> TeamView:
    """What stands before a team that an act has just reached, and nothing else."""
    item = ActItem(turn=2, hour=12, act=act("china", move, "embassy"))
    return team_view(requests=(), decisions=(), drafts=(), feed=(item,))


@pytest.mark.parametrize(
    ("move", "first"),
    [
        ("offer-help", ["cooperate", "contact", "reassure"]),
        ("accuse", ["contact", "reassure", "protest"]),
        ("show-of-force", ["contact", "restrain", "protest"]),
    ],
    ids=["offered", "accused", "pressed"],
)
def test_what_reached_us_brings_replies_of_its_kind_to_the_front(move: str, first: list[str]) -> None:
    """One of each family that replies to it, before a second of any."""
    assert families(arrived(move))[:3] == first
    assert len(families(arrived(move))) <= MAX_TIMELY_MOVES


def test_what_is_asked_comes_before_what_was_done() -> None:
    """A request that waits, then a decision; once either is answered, it brings nothing to the front."""
    request = team_view().requests[0]
    asked = replace(request, accept="joint-cell", decline="accuse", held=False, drafted=False, stays_silent=False)
    view = replace(arrived("show-of-force"), requests=(asked,))
    assert timely_moves(view, SAY)[:2] == ("joint-cell", "accuse")
    answered = replace(view, requests=(replace(asked, drafted=True),))
    assert families(answered) == families(arrived("show-of-force"))


def test_what_cannot_be_made_or_is_listed_is_not_among_the_first() -> None:
    """What is closed stands last in its group, with the reason."""
    view = arrived("show-of-force")
    first, second, *_more = timely_moves(view, SAY)
    listed = DraftFacts(number=1, draft=Draft(move=second, channel="embassy", expected=0))
    blocked = tuple(BlockedMove(move=move, why="nowhere") for move in (first, "private-reassure"))
    view = replace(view, blocked=blocked, drafts=(listed,))
    assert not {first, second} & set(timely_moves(view, SAY))
    options = list(move_options(view, SAY))
    assert len({option.name for option in options}) == len(options)
    reassure = [option for option in options if option.group == "Reassure"]
    assert [option.name for option in reassure] == ["reaffirm-rules", "private-reassure"]
    assert [option.closed for option in reassure] == ["", "nothing in this exercise carries this"]


def test_the_first_are_in_sight_and_the_rest_is_folded_by_group() -> None:
    """Six take 1 to 6, the groups the numbers after them, what is folded the numbers after those."""
    play = Play(shipped("bottomed-submarine"), length=90)
    play.open_moves()
    form = seat_form("move", play.team("us"), {}, play.say("us"))
    assert form is not None
    field: FormField = form.fields[0]
    keys, groups = option_keys(field), group_keys(field)
    unfolded = [option.name for option in able_options(field) if not option.folded]
    assert (
        [keys[str(number)] for number in range(1, 7)] == unfolded == list(timely_moves(play.team("us"), play.say("us")))
    )
    assert next(iter(groups)) == "7" and not set(groups) & set(keys)
    assert sorted(map(int, {**groups, **keys})) == list(range(1, len(groups) + len(keys) + 1))
    assert set(keys.values()) == {option.name for option in able_options(field)}


def test_what_can_do_nothing_is_no_first_link() -> None:
    """Where nothing was asked of a team, answering is left out, and a new move is 1."""
    assert next(link.label for link in team_links(team_view(requests=(), decisions=()), SAY)) == "New move"
    assert next(link.label for link in team_links(team_view(), SAY)) == "Answer what is asked of us"
    readings = team_view(phase="readings", to_read=(), requests=())
    assert not [link for link in team_links(readings, SAY) if link.label == "Read the next card"]
    assert next(link.name for link in team_links(replace(readings, to_read=CARDS), SAY)) == "1"


def test_a_decision_that_waits_brings_its_moves_to_the_front() -> None:
    """The moves of each answer that it has, before any other."""
    hull = DecisionFacts(asked="survey", says={"en": "Hull."}, leads_to={"en": "Boarding."}, answer=None)
    view = replace(arrived("show-of-force"), decisions=(hull,))
    moves = [move for answer in SAY.dossier.answers for move in SAY.dossier.answers[answer]]
    able = [move for move in moves if not DOSSIER.moves[move].only_as_answer]
    assert able and timely_moves(view, SAY)[0] in able
    assert timely_moves(replace(view, decisions=(replace(hull, answer="hold"),)), SAY) == timely_moves(
        arrived("show-of-force"), SAY
    )
