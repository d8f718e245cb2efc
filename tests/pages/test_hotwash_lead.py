"""The page that the facilitator shows: the same for a wall as for a screen that follows, and a team's own beside it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.pages.hand import observer_view
from tests.tui.fake import teller
from tests.tui.fake_room import hotwash_view

from crisis_sim.engine.room_actions import HOTWASH_PAGES
from crisis_sim.engine.sight.hotwash_facts import SpreadFacts
from crisis_sim.engine.sight.views import LeadFacts
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.hotwash_blocks import blocks_at
from crisis_sim.pages.hotwash_lead import follow, is_astray, lead_to, opening_of, shown_page, where_led
from crisis_sim.pages.opening import PAGES, PAIRS, Opening, last_of

VIEW = hotwash_view()


def test_every_place_that_can_be_opened_can_be_led_to() -> None:
    """What a facilitator's screen shows, a screen that has seen nothing else shows too, step by step to the end."""
    say = teller("facilitator")
    opening, lead, steps = Opening(), None, 0
    while True:
        where = lead_to(opening, VIEW)
        before = lead or LeadFacts(page=where.page)
        places, furthest, acts = dict(before.places), dict(before.furthest), dict(before.acts)
        if where.page != "pairs":
            places[where.page] = where.place
            furthest[where.page] = max(where.place, furthest.get(where.page, 0))
        elif where.act:
            acts[where.act] = where.opened
        lead = LeadFacts(page=where.page, act=where.act, places=places, furthest=furthest, acts=acts)
        assert list(blocks_at(VIEW, opening_of(lead, VIEW), say)) == list(blocks_at(VIEW, opening, say))
        assert say(PAGES[opening.page]) in lines_of(shown_page(VIEW, lead, say), say)[0]
        at = opening.page, opening.place, dict(opening.acts)
        opening.on(VIEW)
        steps += 1
        if (opening.page, opening.place, dict(opening.acts)) == at:
            break
    assert opening.page == len(PAGES) - 1 and steps > sum(last_of(page, VIEW) for page in range(len(PAGES)))
    assert len(HOTWASH_PAGES) == len(PAGES)


def test_what_is_led_past_the_end_of_a_page_stands_at_its_end() -> None:
    """A log of another version may have more places."""
    opening = opening_of(LeadFacts(page="forecasts", places={"forecasts": 900}), VIEW)
    assert opening.place == last_of(opening.page, VIEW) - 1
    assert opening_of(LeadFacts(page="pairs", act="us/9/9"), VIEW).pair == -1


def test_what_was_opened_alone_stays_open_when_one_follows_again() -> None:
    opening = Opening(page=PAIRS, acts={"us/2/1": 3})
    follow(opening, LeadFacts(page="pairs", act="us/2/1", acts={"us/2/1": 1}), VIEW)
    assert opening.how_far(VIEW.pairs[opening.pair]) == 3


def test_an_observer_is_told_where_the_room_is_and_how_to_get_there() -> None:
    view = observer_view(phase="hotwash", hotwash=VIEW, lead=LeadFacts(page="lines"))
    assert not is_astray(view, Opening()) and is_astray(view, Opening(astray=True))
    told = where_led(view, teller("observer"), "f")
    assert told == "You look around by yourself; the facilitator shows: Lines. f goes back there."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (((-1, "china-2"), (2, "china-1")), ["china-2: −1 rather friendly", "china-1: +2 hostile", "3 steps apart."]),
        (((1, ""), (1, "")), ["+1 rather hostile", "All the same."]),
        (((1, ""),), ["+1 rather hostile"]),
    ],
)
def test_a_team_reads_what_each_had_said_alone_once_the_act_is_open(
    said: tuple[tuple[int, str], ...], told: list[str]
) -> None:
    """And no sooner: before it is open nothing of it stands there, and on no page of who may not know."""
    view, say = replace(VIEW, spreads=(SpreadFacts(act="us/2/1", said=said),)), teller("china")
    heard = {
        far: "\n".join(lines_of(blocks_at(view, Opening(page=PAIRS, pair=0, acts={"us/2/1": far}), say), say))
        for far in (1, 2, 3)
    }
    assert all(each in heard[3] for each in told)
    assert "each alone before the team sealed it" in heard[3]
    assert "each alone" not in heard[1] + heard[2]
