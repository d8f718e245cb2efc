"""The facilitator's forms: what a console in a browser can do, and that it is not refused."""

from __future__ import annotations

from collections import Counter
from random import Random

from tests.engine.play import Play, shipped
from tests.pages.form_filling import filled, some_act
from tests.thinning import examples

from crisis_sim.engine import actions as a
from crisis_sim.engine.table_actions import TranslateAct
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.blocks import Paragraph, words
from crisis_sim.pages.console_forms import console_form, console_names
from crisis_sim.pages.seat_page import seat_page
from crisis_sim.rules.names import SIDES

BY_HAND: frozenset[type] = frozenset(
    {
        *(a.Advance, a.ReleaseInject, a.HoldInject, a.SkipInject, a.Improvise, a.Override, a.TakeNote, a.Bookmark),
        *(a.Pause, a.Unpause, a.Extend, a.Reveal, a.PutQuestion, TranslateAct),
    }
)
"""What a facilitator comes to in a few sessions by chance; a claim to declare and a blind turn are rarer."""


def played(scenario: str, seed: str, length: int = 90) -> tuple[Counter[type], Counter[str]]:
    """A session of three who fill forms by chance: what the facilitator did, and what was refused to him."""
    play = Play(shipped(scenario), seed=seed, length=length)
    chance = Random(f"{scenario}/{seed}")
    done: Counter[type] = Counter()
    refused: Counter[str] = Counter()
    say = {side: play.say(side) for side in SIDES}
    white = play.say("facilitator")

    def ask(seat: a.SeatName, action: a.AnyAction) -> None:
        try:
            play.submit(seat, action)
        except ActionRefused as why:
            refused[f"{type(action).__name__} {why.code}"] += seat == "facilitator"
        else:
            done[type(action)] += seat == "facilitator"

    for _round in range(300):
        if play.state.phase == "hotwash":
            break
        for side in SIDES:
            for _act in range(3):
                if not play.white().paused and (action := some_act(play.team(side), say[side], chance)) is not None:
                    ask(side, action)
        for _act in range(3):
            if (action := some_act(play.white(), white, chance)) is not None:
                ask("facilitator", action)
        if not play.white().paused and (form := filled("advance", play.white(), white, chance)) is not None:
            assert form.action is not None
            ask("facilitator", form.action)
    assert play.state.phase == "hotwash"
    return done, +refused


def test_every_key_of_the_console_that_a_room_needs_has_its_form() -> None:
    """Over a few sessions by chance; and nothing that a form offers is refused."""
    done: Counter[type] = Counter()
    refused: Counter[str] = Counter()
    for scenario in ("lost-airliner", "bottomed-submarine"):
        for seed in range(examples(3, 20)):
            more, not_done = played(scenario, f"{seed}")
            done, refused = done + more, refused + not_done
    assert BY_HAND - done.keys() == set()
    assert not refused


def test_nothing_is_offered_that_would_be_refused_whatever_the_length() -> None:
    """At 45 minutes nobody tells lines, and so nobody is asked what moved him closer."""
    for length in (45, 150):
        done, refused = played("new-virus", "new", length)
        assert not refused and bool(done[a.PutQuestion]) == (length == 150)


def test_what_is_on_the_page_can_be_opened() -> None:
    """An inject of the plan and an act of the room by the key of their line; nothing of that at a team's seat."""
    play = Play(shipped("lost-airliner"), seed="1", length=45)
    page = seat_page(play.white(), play.say("facilitator"))
    keys = {block.key for region in page.main for block in region.blocks if isinstance(block, Paragraph)}
    opened = {name for name in page.opens if name.startswith("inject:")}
    assert opened and opened <= keys
    assert not [name for name in seat_page(play.team("us"), play.say("us")).opens if name.startswith("inject:")]


def test_an_override_says_before_it_is_done_what_it_changes() -> None:
    """The number as it is and as it would be; what is no number is no action."""
    play = Play(shipped("lost-airliner"), seed="1", length=45)
    view, say = play.white(), play.say("facilitator")
    assert "override" in console_names(view, say)
    whole = {"which": "tension/", "to": "41.5", "reason": "The words were misjudged."}
    form = console_form("override", view, whole, say)
    assert form is not None and isinstance(form.action, a.Override) and form.action.to == 4150
    assert "→ 41.5" in str(form.notes)
    wrong = console_form("override", view, {**whole, "to": "much"}, say)
    assert wrong is not None and wrong.action is None and wrong.lacks


def test_an_inject_that_is_sent_before_its_hour_says_for_which_its_words_were_written() -> None:
    """Its text may name an hour that has not come."""
    play = Play(shipped("cable-quake"), length=90)
    play.open_moves()
    say, told = play.say("facilitator"), "It is T+0 now; its words were written for T+18."
    form = console_form("inject:by-bicycle", play.white(), {"do": "release"}, say)
    assert form is not None and told in [words(each.line) for each in form.intro if isinstance(each, Paragraph)]
    struck = console_form("inject:by-bicycle", play.white(), {"do": "skip"}, say)
    assert struck is not None and told not in [words(each.line) for each in struck.intro if isinstance(each, Paragraph)]
