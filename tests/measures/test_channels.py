"""Channels and contact: what counts as reached, late, lost, private before public, asked and answered."""

from __future__ import annotations

import pytest
from tests.engine.play import Play, shipped
from tests.measures.record import record, sent, table

from crisis_sim.engine import actions as a
from crisis_sim.engine.events import RequestUnanswered
from crisis_sim.engine.state import Request, Sent, State
from crisis_sim.engine.views.channel_use import channel_uses, contacts
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.hotwash_facts import ChannelUse, Contact, HotwashFacts
from crisis_sim.engine.views.hotwash_view import hotwash_facts
from crisis_sim.measures.meanings import meanings
from crisis_sim.pages.acts_opened import fared
from crisis_sim.pages.record_words import describe_silence
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import SIDES, Side, other

SAY = Translator(dossier_for(table(), "us"), "en")
Told = tuple[Sent, int | None]
SILENCE = (RequestUnanswered(("china", 1, 1), False, visible="china"),)


def draft(move: str, channel: str, visibility: str, **more: object) -> a.Draft:
    return a.Draft(move=move, channel=channel, visibility=visibility, text="", intent=0, **more)  # type: ignore[arg-type]  # as each test gives them


def hotwash(state: State) -> HotwashFacts:
    """What the room is shown."""
    return hotwash_facts(state, table())


def contact(side: Side, state: State) -> Contact:
    return next(each for each in contacts(state) if each.side == side)


def use(state: State, channel: str = "embassies") -> ChannelUse:
    return next(each for each in channel_uses(state, table()) if each.id == channel)


@pytest.mark.parametrize("side", SIDES)
def test_first_contact_is_the_hour_at_which_something_private_first_arrived(side: Side) -> None:
    """What was sent first and came later is second, what never came is none, and public words are no contact."""
    lost = sent(side, 1, "private-inquiry", outcome="unanswered", arrived=0)
    slow = sent(side, 1, "private-inquiry", order=2, arrived=3)
    public = sent(side, 1, "criticise", order=3, visibility="public")
    quick = sent(side, 2, "private-inquiry")
    state = record(lost, (slow[0], None), public, quick)
    slow_hour, quick_hour = 28, 52  # both were due four hours after they were sent
    assert contact(side, state).first_contact == min(slow_hour, quick_hour)
    assert contact(side, record(lost, public, quick)).first_contact == quick_hour
    assert contact(side, record(lost, public)).first_contact is None
    assert contact(other(side), state).first_contact is None


def test_private_acts_count_that_had_arrived_by_the_turn_of_the_first_public_one() -> None:
    """Of this side's own; without a public one, all that arrived. What was lost has said nothing to anybody."""
    acts = [
        sent("china", 1, "criticise", visibility="public"),
        sent("us", 1, "private-inquiry"),
        sent("us", 2, "private-inquiry", arrived=0, outcome="unanswered"),
        sent("us", 2, "private-inquiry", order=2, arrived=3),
        sent("us", 2, "criticise", order=3, visibility="public"),
        sent("us", 3, "private-inquiry"),
    ]
    found = contact("us", record(*acts))
    assert (found.private_before_public, found.private, found.public) == (1, 4, 1)
    assert contact("us", record(*acts[:3])).private_before_public == 1
    assert contact("us", record(*acts[:4])).private_before_public == 2
    assert contact("china", record(*acts)).private_before_public == 0


@pytest.mark.parametrize(
    ("how", "field"), [("accept", "taken"), ("decline", "refused"), ("counter", "countered"), ("holding", None)]
)
def test_what_became_of_a_request_is_counted_under_one_word(how: str, field: str | None) -> None:
    """A note that holds off answers nothing; each word counts its own and no other."""
    asked = Request(("us", 1, 1), 24, status="answered", how=how)  # type: ignore[arg-type]  # as parametrised
    theirs = Request(("china", 1, 1), 24, status="silent")
    state = record(requests=(asked, theirs), turn_events=(SILENCE,))
    found = contact("us", state)
    assert (found.asked, found.unanswered) == (1, 0)
    counts = {name: getattr(found, name) for name in ("taken", "refused", "countered")}
    assert counts == {name: int(name == field) for name in counts}
    assert contact("china", state).unanswered == 1


def test_a_request_may_be_met_with_silence_and_be_answered_later() -> None:
    """Both are counted, since both happened; one that is open is neither."""
    late = Request(("china", 1, 1), 24, status="answered", how="accept")
    found = contact("china", record(requests=(late, Request(("china", 2, 1), 99)), turn_events=((), SILENCE)))
    assert (found.asked, found.taken, found.unanswered) == (2, 1, 1)
    assert (found.answered_late, found.still_open) == (1, 1)


@pytest.mark.parametrize(("lost", "reply", "kept"), [(False, None, 1), (True, None, 0), (False, 2, 0), (False, 4, 1)])
def test_a_silence_is_held_against_nobody_who_could_not_break_it(lost: bool, reply: int | None, kept: int) -> None:
    """The request had not reached it by then, or the answer that it sent in time was lost; one sent later is late."""
    asked = sent("us", 1, "request-call", arrived=0 if lost else 1)
    answer = [] if reply is None else [sent("china", reply, "take-call", arrived=0, answers=("us", 1, 1))]
    silence = (RequestUnanswered(("us", 1, 1), lost, visible="us"),)
    state = record(
        asked, *answer, requests=(Request(("us", 1, 1), 24, status="silent"),), turn_events=((), (), (), silence)
    )
    found = contact("us", state)
    assert (found.asked, found.unanswered, found.unheard) == (1, kept, 1 - kept)
    told = hotwash(state)
    assert (told.unanswered, told.unheard) == (kept, 1 - kept)
    fate = "it never reached them" if lost else "and did not answer in time" if kept else "they answered it, and their"
    assert fate in describe_silence(told.silences[0], SAY)


@pytest.mark.parametrize(
    ("could", "told"), [(True, "it reached them late, in turn 3"), (False, "it reached them in turn 3")]
)
def test_the_hotwash_calls_nothing_late_that_its_channel_could_not_have_brought_in_time(could: bool, told: str) -> None:
    """It says when that came, and no more."""
    hour = 0 if could else table().hours[1]
    asked = sent("us", 1, "request-call", hour=hour, arrived=3, reading=0)
    silence = (RequestUnanswered(("us", 1, 1), True, visible="us"),)
    state = record(asked, requests=(Request(("us", 1, 1), 24, status="silent"),), turn_events=((), silence))
    view = hotwash(state)
    assert describe_silence(view.silences[0], SAY).endswith(told)
    pair, (act,) = view.pairs[0], meanings(state, table())
    told_of = fared(pair, SAY)
    assert told_of.endswith("h after it was sent, in turn 3.") and told_of.startswith("It came late: ") is could
    assert (act.fared, act.hours, act.arrived) == (pair.fared, pair.hours, pair.arrived), "the findings say the same"


def test_what_was_asked_adds_up() -> None:
    """Every request stands under a word, one without an answer too; what stands under two is told."""
    theirs = Request(("china", 1, 1), 24, status="silent")
    ways = [
        Request(("us", 1, 1), 24, status="answered", how="accept"),
        Request(("us", 1, 2), 24, status="answered", how="counter"),
        Request(("us", 2, 1), 24, held=True),
        Request(("us", 2, 2), 99),
        theirs,
    ]
    us, china = contacts(record(requests=tuple(ways), turn_events=(SILENCE,)))
    assert (us.still_open, china.still_open, china.unanswered) == (2, 0, 1)
    for found in (us, china):
        told = found.taken + found.refused + found.countered + found.unanswered + found.unheard + found.still_open
        assert told - found.answered_late == found.asked


def test_what_was_answered_late_was_met_with_silence_all_the_same() -> None:
    """Played: a call is asked for, nobody answers in time, and then somebody takes it. The hotwash counts the same."""
    play = Play(shipped("new-virus"), seed="1", length=150)
    play.turn((draft("request-call", "embassies", "private"),))
    while not any(isinstance(event, RequestUnanswered) for told in play.state.turn_events for event in told):
        play.turn()
    play.turn(china=(draft("take-call", "embassies", "private", answers=1, how="accept", taker="deputy"),))
    play.turn()
    us = contacts(play.state)[0]
    assert (us.asked, us.taken, us.unanswered, us.answered_late, us.still_open) == (1, 1, 1, 1, 0)
    assert hotwash_facts(play.state, play.table).unanswered == 1


@pytest.mark.parametrize(
    ("fields", "late", "lost", "too_low", "leaked"),
    [
        ({}, 0, 0, 0, 0),
        ({"arrived": 2}, 1, 0, 0, 0),
        ({"arrived": 2, "outcome": "late"}, 1, 0, 0, 0),
        ({"arrived": 0, "outcome": "late"}, 1, 0, 0, 0),
        ({"arrived": 0, "outcome": "unanswered"}, 0, 1, 0, 0),
        ({"outcome": "too-low"}, 0, 0, 1, 0),
        ({"arrived": 3, "outcome": "too-low"}, 1, 0, 1, 0),
        ({"outcome": "leaked"}, 0, 0, 0, 1),
    ],
)
def test_how_an_act_fared_is_counted_on_its_channel(
    fields: dict[str, object], late: int, lost: int, too_low: int, leaked: int
) -> None:
    """What was on its way when the log ended was late if it could have been in time; what was not taken up was not."""
    ours = sent("us", 1, "private-inquiry", order=2, hour=0, **fields)  # type: ignore[arg-type]  # as parametrised
    state = record(ours, sent("china", 1, "criticise", channel="press"))
    found = use(state)
    assert (found.late, found.lost, found.too_low, found.leaked) == (late, lost, too_low, leaked)
    assert (found.us, found.china) == (1, 0)
    press = use(state, "press")
    assert (press.us, press.china, press.late, press.lost, press.too_low, press.leaked) == (0, 1, 0, 0, 0, 0)


def test_what_its_channel_could_not_have_brought_in_its_turn_is_not_late() -> None:
    """A channel that takes longer than the turn has left is slow, and nobody's fault."""
    (turn, channel) = next(
        (number, name)
        for name, of in table().scenario.channels.items()
        for number in range(1, len(table().hours))
        if table().hours[number - 1] + of.latency > table().hours[number]
    )
    hour = table().hours[turn - 1]
    slow = sent("us", turn, "leader-call", channel=channel, hour=hour, arrived=turn + 1, outcome="late")
    cut = sent("china", turn, "leader-call", channel=channel, hour=hour, arrived=0, outcome="late")
    assert use(record(slow, cut), channel).late == 0


def test_readiness_is_told_from_the_scenarios_start_to_the_sessions_end() -> None:
    """Each channel its own."""
    state = record(readiness={**record().readiness, "embassies": 33})
    assert (use(state).start, use(state).end) == (80, 33)
