"""Conduct: promises, provocations and what became of them, restraint, and each item of the two checklists."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace
from tests.measures.record import found_in, record, sent, table

from crisis_sim.engine.state import Promise, Sent
from crisis_sim.measures.conduct import ChecklistItem, Conduct, conduct
from crisis_sim.measures.tables import ended
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.wording import plain

Told = tuple[Sent, int | None]

us, china = partial(sent, "us"), partial(sent, "china")


def of(side: Side, *acts: Told, played: int = 8, **more: object) -> Conduct:
    state = record(*acts, played=played, **more)
    return conduct(state, table(), side, found_in(state))


def item(key: str, side: Side, *acts: Told) -> ChecklistItem:
    """An item of either checklist; George's first where both have one of that name."""
    found = of(side, *acts)
    return next(each for each in (*found.george, *found.swaine) if each.key == key)


# promises, provocations, restraint


@pytest.mark.parametrize("side", SIDES)
def test_promises_are_counted_by_whose_they_are_and_broken_ones_apart(side: Side) -> None:
    """Two of this side, one of them broken; the other's broken one is none of its own."""
    made = (
        Promise("hold-back", side, (side, 1, 1), 1, broken=True),
        Promise("notify-first", side, (side, 1, 2), 1),
        Promise("hold-back", other(side), (other(side), 1, 1), 1, broken=True),
    )
    found, theirs = of(side, promises=made), of(other(side), promises=made)
    assert (found.promised, found.broken) == (2, 1)
    assert (theirs.promised, theirs.broken) == (1, 1)


def test_a_promise_that_the_other_side_made_void_was_not_kept_to_the_end() -> None:
    """Nor broken: the debrief and the findings say which of the three it is."""
    made = Promise("hold-back", "us", ("us", 1, 1), 1)
    ends = (made, replace(made, ended="kept"), replace(made, ended="void"), replace(made, broken=True))
    assert [ended(each, plain) for each in ends] == ["kept", "kept", "void", "broken"]


@pytest.mark.parametrize(("move", "provokes"), [("criticise", False), ("accuse", True), ("show-of-force", True)])
def test_a_provocation_is_of_class_three_or_above(move: str, provokes: bool) -> None:
    """Criticism is of class two, an accusation of three."""
    assert bool(of("us", us(1, move)).provocations) is provokes
    assert bool(of("china", us(1, move)).unmatched) is provokes


@pytest.mark.parametrize(
    ("answer", "played", "unmatched", "undecided"),
    [(None, 8, 1, 0), (None, 3, 1, 0), (None, 2, 0, 1), (None, 1, 0, 1), (1, 1, 0, 0), (3, 8, 0, 0), (4, 8, 1, 0)],
)
def test_a_provocation_is_unmatched_only_after_two_turns_without_an_answer(
    answer: int | None, played: int, unmatched: int, undecided: int
) -> None:
    """One of the last two turns is not decided: there was no time for an answer."""
    acts = [us(1, "accuse")] + ([china(answer, "accuse")] if answer else [])
    found = of("china", *acts, played=played)
    assert (len(found.unmatched), len(found.undecided)) == (unmatched, undecided)


def test_a_provocation_counts_from_the_turn_in_which_it_arrived() -> None:
    """Two turns after that are left to answer it; one that never arrived asks for no answer."""
    late = us(1, "accuse", arrived=4)
    assert of("china", late, china(6, "accuse")).unmatched == ()
    assert of("china", late, china(3, "accuse")).unmatched == (("us", 1, 1),)
    assert of("china", late, played=5).undecided == (("us", 1, 1),)
    lost = of("china", us(1, "ultimatum", arrived=0))
    assert (lost.unmatched, lost.undecided) == ((), ())


def test_an_answer_of_a_lower_class_leaves_a_provocation_unmatched() -> None:
    """And so does one that came before it."""
    assert of("china", us(2, "accuse"), china(3, "criticise")).unmatched == (("us", 2, 1),)
    assert of("china", us(2, "accuse"), china(1, "accuse")).unmatched == (("us", 2, 1),)


@pytest.mark.parametrize(
    ("provoked", "played", "kept", "broken", "still_open"),
    [(None, 3, 1, 0, 0), (None, 2, 0, 0, 1), (1, 8, 0, 1, 0), (2, 2, 0, 1, 0), (3, 8, 0, 1, 0), (4, 8, 1, 0, 0)],
)
def test_restraint_is_kept_once_two_turns_went_by_without_a_provocation(
    provoked: int | None, played: int, kept: int, broken: int, still_open: int
) -> None:
    """Announced in one of the last two turns it is open; a provocation in the same turn breaks it."""
    acts = [us(1, "grit-step")] + ([us(provoked, "accuse", order=2)] if provoked else [])
    found = of("us", *acts, played=played)
    assert (found.restraint_announced, found.restraint_kept) == (1, kept)
    assert (found.restraint_broken, found.restraint_open) == (broken, still_open)


def test_restraint_is_announced_by_a_step_of_its_own_kind_or_by_its_terms() -> None:
    """Standing down without a word announces nothing, and neither does an announced show of force."""
    assert of("us", us(1, "stand-down", terms=("announced",))).restraint_announced == 1
    assert of("us", us(1, "stand-down")).restraint_announced == 0
    assert of("us", us(1, "show-of-force", terms=("announced",))).restraint_announced == 0


def test_the_other_sides_provocation_breaks_nobodys_restraint() -> None:
    """Only one's own does."""
    assert of("us", us(1, "grit-step"), china(1, "accuse")).restraint_kept == 1


def test_notices_count_where_they_were_given() -> None:
    """Of this side's movements, by this side."""
    acts = (us(1, "notify-activity"), us(2, "notify-activity"), china(1, "notify-activity"))
    assert (of("us", *acts).notices, of("china", *acts).notices) == (2, 1)


def test_ways_left_to_the_other_side_are_counted_and_names_that_close_them() -> None:
    """Cover, a promise of no victory lap, what a threat spares; words that name the actor."""
    left = (
        us(1, "offer-help", terms=("you-announce",)),
        us(1, "warn", order=2, promise="then-no-units"),
        us(2, "accept-help", promise="no-victory-lap"),
        us(2, "warn", order=2, promise="notify-first"),
        us(3, "criticise", terms=("names-actor",)),
    )
    assert (of("us", *left).ways_left, of("us", *left).actors_named) == (3, 1)
    assert (of("china", *left).ways_left, of("china", *left).actors_named) == (0, 0)


def test_a_threat_that_says_what_it_spares_leaves_a_way_out() -> None:
    """As an offer does; the same threat without it leaves none."""
    for promise, met in (("then-no-units", True), ("notify-first", False)):
        found = of("us", us(1, "warn", promise=promise)).george
        assert [(each.met, len(each.evidence)) for each in found if each.key == "exit"] == [(met, int(met))]


@pytest.mark.parametrize("soothing", ["private-reassure", "grit-step", "offer-help"])
@pytest.mark.parametrize("pressing", ["warn", "show-of-force"])
def test_soothing_and_pressing_are_mixed_in_one_turn_alone(soothing: str, pressing: str) -> None:
    """In two turns they are a change of mind."""
    assert of("us", us(2, soothing), us(2, pressing, order=2)).mixed_turns == (2,)
    assert of("us", us(2, soothing), us(3, pressing)).mixed_turns == ()
    assert of("us", us(2, soothing), china(2, pressing)).mixed_turns == ()


def test_contact_and_protest_mix_with_anything() -> None:
    """They neither soothe nor press."""
    assert of("us", us(1, "private-inquiry"), us(1, "warn", order=2)).mixed_turns == ()
    assert of("us", us(1, "criticise"), us(1, "offer-help", order=2)).mixed_turns == ()


# the checklists: each item is met, and is not met


@pytest.mark.parametrize(
    ("key", "met", "unmet"),
    [
        ("top", [us(1, "leader-call", level="leader")], [us(1, "private-inquiry")]),
        ("top", [us(1, "private-inquiry", level="ministerial")], [us(1, "criticise", level="public")]),
        (
            "top",
            [us(1, "leader-call", level="leader", outcome="too-low")],
            [us(1, "leader-call", level="working")],
        ),
        (
            "top",
            [us(1, "leader-call", level="leader", outcome="unanswered", arrived=0)],
            [china(1, "leader-call", level="leader")],
        ),
        ("pause", [us(1, "grit-step")], [us(1, "offer-help")]),
        ("pause", [us(1, "fact-statement", answer="holding")], [us(1, "fact-statement")]),
        ("pause", [us(1, "stand-down")], [us(1, "fact-statement", answer="accept")]),
        ("matched", [], [us(1, "offer-help"), us(1, "warn", order=2)]),
        ("limited", [us(1, "warn")], [us(1, "ultimatum")]),
        ("limited", [], [us(1, "public-demand")]),
        ("no-alarm", [], [us(1, "show-of-force")]),
        ("no-alarm", [us(1, "show-of-force", terms=("announced",))], [us(1, "jam-or-cyber")]),
        (
            "no-alarm",
            [us(1, "notify-activity"), us(2, "show-of-force")],
            [us(1, "notify-activity"), us(3, "show-of-force")],
        ),
        (
            "no-alarm",
            [us(1, "notify-activity"), us(1, "show-of-force", order=2)],
            [us(2, "notify-activity"), us(1, "show-of-force")],
        ),
        (
            "no-alarm",
            [us(1, "notify-activity", outcome="unanswered", arrived=0), us(1, "show-of-force", order=2)],
            [us(1, "show-of-force", order=2)],
        ),
        ("no-alarm", [china(1, "show-of-force")], [china(1, "notify-activity"), us(1, "show-of-force")]),
        ("exit", [us(1, "offer-help")], [us(1, "private-inquiry")]),
        ("exit", [us(1, "take-call", answer="accept")], [us(1, "reject-offer", answer="decline")]),
        ("talk", [us(1, "request-call")], [us(1, "offer-help")]),
        ("direct", [us(1, "private-inquiry")], [us(1, "private-inquiry", visibility="public")]),
        ("direct", [us(1, "private-inquiry", arrived=0)], [us(1, "criticise", visibility="public")]),
        ("clear", [us(1, "warn")], [us(1, "no-comment")]),
        ("clear", [us(1, "no-comment"), us(1, "criticise", order=2)], []),
        (
            "clear",
            [us(1, "warn", order=n) for n in range(10)],
            [*(us(1, "warn", order=n) for n in range(10)), us(2, "refuse-contact")],
        ),
        (
            "clear",
            [us(1, "criticise", arrived=0)],
            [us(1, "criticise"), us(1, "ambiguous-regret", arrived=0, order=2)],
        ),
        ("slow", [us(1, "criticise")], [us(1, "accuse")]),
        ("slow", [china(1, "criticise"), us(1, "accuse")], [china(1, "deny-charge"), us(1, "accuse")]),
        ("slow", [china(1, "accuse"), us(3, "sanction-entity")], [china(1, "accuse"), us(4, "sanction-entity")]),
        (
            "slow",
            [china(1, "accuse", arrived=3), us(5, "sanction-entity")],
            [china(1, "accuse", arrived=0), us(2, "sanction-entity")],
        ),
        ("slow", [china(1, "warn"), us(1, "suspend-channel")], [china(2, "warn"), us(1, "suspend-channel")]),
        ("flexible", [us(1, "fact-statement", answer="holding")], [us(1, "reject-offer", answer="decline")]),
        ("flexible", [us(1, "offer-help", answer="counter")], [us(1, "offer-help")]),
        ("flexible", [us(1, "take-call", answer="accept")], []),
        ("open", [], [us(1, "suspend-channel")]),
        ("open", [china(1, "suspend-channel")], [us(1, "expel-staff")]),
        ("open", [us(1, "sanction-entity")], [us(1, "cancel-event")]),
        ("their-side", [china(1, "warn", reading=1)], [china(1, "warn", reading=2)]),
        (
            "their-side",
            [china(1, "warn", reading=-2), china(1, "warn", order=2, reading=0)],
            [china(1, "warn", reading=-3), china(1, "warn", order=2, reading=0)],
        ),
        ("their-side", [china(1, "warn", reading=0), us(1, "warn", reading=3)], [china(1, "warn")]),
        ("their-side", [china(1, "warn", arrived=0)], [china(1, "warn"), china(2, "warn", arrived=0)]),
    ],
)  # fmt: skip
def test_an_item_of_a_checklist_is_met_and_is_not_met(key: str, met: list[Told], unmet: list[Told]) -> None:
    """By acts that differ in just what the item asks."""
    assert item(key, "us", *met).met is True
    assert item(key, "us", *unmet).met is False


@pytest.mark.parametrize(
    ("key", "acts", "shown"),
    [
        ("top", [us(1, "leader-call", level="leader")], (("us", 1, 1),)),
        ("pause", [us(1, "fact-statement", answer="holding"), us(2, "grit-step")], (("us", 2, 1), ("us", 1, 1))),
        ("matched", [us(1, "criticise"), us(2, "offer-help"), us(2, "warn", order=2)], (("us", 2, 1), ("us", 2, 2))),
        ("exit", [us(1, "offer-help"), us(2, "take-call", answer="accept")], (("us", 1, 1), ("us", 2, 1))),
        ("clear", [us(1, "warn"), us(2, "no-comment"), us(3, "criticise")], (("us", 2, 1),)),
        ("slow", [us(1, "accuse"), us(1, "criticise", order=2)], (("us", 1, 1),)),
        ("their-side", [china(1, "warn", reading=1), china(2, "warn", reading=2)], (("china", 2, 1),)),
    ],
)  # fmt: skip
def test_an_item_names_the_acts_that_show_it(key: str, acts: list[Told], shown: tuple[object, ...]) -> None:
    """Those that meet it, or those that speak against it, whether or not these were enough."""
    assert item(key, "us", *acts).evidence == shown
