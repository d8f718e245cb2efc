"""A seat's page, for a door that knows no facts: where we are, what to do now, the task at hand, what stands beside it.

It is made of the seat's view alone. What a reader has come through by himself, such as a telling, stands in it whole,
and whoever shows it keeps how far that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from crisis_sim.engine.events import Phase
from crisis_sim.engine.views.seat_views import FacilitatorView, ObserverView, TeamView, View
from crisis_sim.pages.announcements import announcement_pages, due_announcement
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Span, line, markdown_blocks, prose
from crisis_sim.pages.briefing_blocks import earlier_blocks, guide_text, sounds_text
from crisis_sim.pages.consent_card import CONSENT, consent_form
from crisis_sim.pages.console_blocks import is_last, room_blocks, scores_page, trace_blocks, waiting_blocks
from crisis_sim.pages.console_forms import console_form, console_links, console_names
from crisis_sim.pages.duty import duty, hour_now
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.form import NO_SHEET, Form, FormLink, FormSheet
from crisis_sim.pages.hotwash_lead import hotwash_form, led_links, page_links, shown_page
from crisis_sim.pages.plan_blocks import plan_blocks, plan_groups
from crisis_sim.pages.room_talk import room_form, room_names
from crisis_sim.pages.standing_blocks import track_blocks
from crisis_sim.pages.talk_blocks import MINUTES
from crisis_sim.pages.team_forms import NOTED, asked_in_turn, team_form, team_links, team_names
from crisis_sim.pages.team_page import team_main, team_sides, team_talks
from crisis_sim.pages.traces import describe_traces
from crisis_sim.pages.translator import Translator
from crisis_sim.wording import _
from crisis_sim.wording.labels import SEATS

_NEXT: Final = _(
    "Each team reads its brief, writes down its lines, guesses the other side's, and seals both. Then turn 1 begins."
)
"""What observers and a wall read before the first turn."""


SIDE_FIRST: Final[Mapping[Phase, str]] = {
    "moves": "home",
    "forecasts": "home",
    "readings": "before",
    "briefing": "",
    "closing": "",
}
"""The region that stands beside the task at first, by the phase; in any other the first there is."""


class PageRegion(NamedTuple):
    """A part of a page with its head."""

    name: str
    title: str
    blocks: tuple[Block, ...]


class TalkPage(NamedTuple):
    """A call or meeting that a team comes through: a stage after the other, each with what to do in it."""

    number: int
    prompt: str
    """The form in which something is said in it; empty where the two sides speak aloud."""
    readout: str
    note: str
    """The form in which what was said in it is noted."""
    ends: str
    """The form in which it is ended for both; empty where they speak aloud, or it is ended."""
    ended: bool
    seconds: int
    """How long it lasts; nobody is cut off."""
    stages: tuple[PageRegion, ...]


class SeatPage(NamedTuple):
    """All that a seat is shown now."""

    session: str
    seat: str
    phase: str
    turn: int
    paused: bool
    head: tuple[Block, ...]
    now: tuple[Block, ...]
    main: tuple[PageRegion, ...]
    sides: tuple[PageRegion, ...]
    side_first: str = ""
    """The one of these that stands beside the task at first; empty for none."""
    links: tuple[FormLink, ...] = ()
    """What can be done, what is asked first."""
    opens: tuple[str, ...] = ()
    """Every form that can be had, also by the key of a block."""
    opens_itself: str = ""
    """The form that opens by itself once in a phase, which commits nothing; empty where none does."""
    announcement_number: int = 0
    """Up to which telling it is to have been read; 0 where none is due."""
    announcements: tuple[tuple[Block, ...], ...] = ()
    """That telling, one thing after the other."""
    talks: tuple[TalkPage, ...] = ()
    hotwash: tuple[FormLink, ...] = ()
    """The pages of the hotwash, once it is open."""
    led: tuple[Block, ...] = ()
    """Its page to which the facilitator leads, as far as it is open; empty where nobody leads."""
    rehearses: bool = False
    """This is a rehearsal, and nothing is kept."""


def seat_page(view: View, say: Translator) -> SeatPage:
    """The page of a seat."""
    page = _seat_page(view, say)
    names = [region.name for region in page.sides]
    first = SIDE_FIRST.get(view.phase, next(iter(names), ""))
    return page._replace(side_first=first if first in names else "")


def _seat_page(view: View, say: Translator) -> SeatPage:
    page = SeatPage(
        session=view.session,
        seat=view.seat,
        phase=view.phase,
        turn=view.turn,
        paused=view.paused,
        head=tuple(head_blocks(view, say)),
        now=(prose(duty(view, say), "strong"),),
        main=(),
        sides=(),
        hotwash=() if view.hotwash is None else tuple(page_links(say)),
        led=tuple(_led(view, say)),
        rehearses=say.dossier.rehearses,
    )
    match view:
        case TeamView():
            return page._replace(
                main=_regions(team_main(view, say)),
                sides=_regions(team_sides(view, say)),
                links=(*led_links(view, say), *team_links(view, say)),
                opens=team_names(view, say),
                opens_itself=_first_asked(view, say),
                announcement_number=due_announcement(view),
                announcements=announcement_pages(view, say) if due_announcement(view) else (),
                talks=tuple(_talks(view, say)),
            )
        case FacilitatorView():
            return page._replace(
                main=_regions(console_main(view, say)),
                sides=_regions(console_sides(view, say)),
                links=tuple(console_links(view, say)),
                opens=console_names(view, say),
            )
        case ObserverView():
            return page._replace(main=_regions(_public(view, say)), sides=_regions(_side_regions(view, say)))


def _first_asked(view: TeamView, say: Translator) -> str:
    """The reading or forecast that a team is asked first, unless it would commit something."""
    names = () if view.paused else asked_in_turn(view)
    forms = ((name, team_form(name, view, NO_SHEET, say)) for name in names)
    return next((name for name, form in forms if form is not None and form.commits_nothing), "")


def seat_names(view: View, say: Translator) -> tuple[str, ...]:
    """Every form that can be had at a seat now."""
    match view:
        case TeamView():
            return (*team_names(view, say), *room_names(view))
        case FacilitatorView():
            return (*console_names(view, say), *room_names(view))
        case ObserverView():
            return ()


def seat_form(name: str, view: View, answers: FormSheet, say: Translator) -> Form | None:
    """The form of that name as it is for a half-written sheet; None where it is not to be had."""
    if name == CONSENT:
        return consent_form(view, say)
    opened = (
        None if view.hotwash is None else hotwash_form(name, view, answers, say) or room_form(name, view, answers, say)
    )
    if opened is not None:
        return opened
    match view:
        case TeamView():
            return team_form(name, view, answers, say)
        case FacilitatorView():
            return console_form(name, view, answers, say)
        case ObserverView():
            return None


def _regions(parts: Iterable[tuple[str, str, Iterable[Block]]]) -> tuple[PageRegion, ...]:
    regions = (PageRegion(name, title, tuple(blocks)) for name, title, blocks in parts)
    return tuple([region for region in regions if region.blocks])


def _talks(view: TeamView, say: Translator) -> Iterator[TalkPage]:
    for talk, is_written, stages in team_talks(view, say):
        readout = f"exchange:{talk.number}" if talk.open else ""
        say_form, ends = (f"{form}:{talk.number}" if is_written and not talk.ended else "" for form in ("say", "end"))
        note, ended = f"{NOTED}:{talk.number}", talk.ended is not None
        yield TalkPage(talk.number, say_form, readout, note, ends, ended, 60 * MINUTES, _regions(stages))


def _led(view: View, say: Translator) -> Iterator[Block]:
    if view.hotwash is not None and view.lead is not None and view.seat != "facilitator":
        yield from shown_page(view.hotwash, view.lead, say)


def head_blocks(view: View, say: Translator) -> Iterator[Block]:
    """Who we are, where the session stands, and the clock."""
    name = say.team(view.side) if isinstance(view, TeamView) else say(SEATS[view.seat])
    yield Paragraph(line(Span(name, view.side if isinstance(view, TeamView) else "strong")))
    yield Paragraph(line(Span(say.title, "strong")))
    place = say("turn {turn} of {turns}", turn=view.turn, turns=view.turns) if view.turn else say(view.phase)
    yield Paragraph(line(place + (say("   T+{hour} h", hour=hour_now(view)) if view.turn else "")))
    clocks = [track for track in view.tracks if say.dossier.tracks[track.id].runs_out] or view.tracks[:1]
    yield from track_blocks(clocks[:1], say)


def _public(view: View, say: Translator) -> Iterator[tuple[str, str, Iterable[Block]]]:
    if view.phase == "briefing":
        yield from _situation(view, say)
        yield "next", say("What comes next"), (prose(say(_NEXT)),)
        return
    if view.feed:
        yield "feed", say("What happened"), feed_blocks(newest_first(view.feed), say, turn=view.turn)
    else:
        yield from _situation(view, say)  # a wall has nothing else to show until something was public
    yield from _at_stake(view, say)


def _side_regions(view: ObserverView, say: Translator) -> Iterator[tuple[str, str, Iterable[Block]]]:
    if view.phase == "briefing":
        yield from _at_stake(view, say)
    elif view.feed:
        yield from _situation(view, say)


def _at_stake(view: View, say: Translator) -> Iterator[tuple[str, str, Iterable[Block]]]:
    yield "tracks", say("At stake"), track_blocks(view.tracks, say)


def _situation(view: View, say: Translator) -> Iterator[tuple[str, str, Iterable[Block]]]:
    brief = (*markdown_blocks(say.localize(say.dossier.brief)), *earlier_blocks(say))
    yield "public", say("The situation"), brief


def console_main(view: FacilitatorView, say: Translator) -> Iterator[tuple[str, str, Iterable[Block]]]:
    """The room, and what comes."""
    yield "room", say("The room"), (*waiting_blocks(view, say), *room_blocks(view, say))
    if view.phase not in ("hotwash", "closed"):
        yield "plan", say("Plan"), _plan(view, say)


def _plan(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    for head, keys, group in plan_groups(view.msel, is_last=is_last(view)):
        yield Heading(say(head), 3)
        if not group:
            yield prose(say(keys), "quiet")
        yield from plan_blocks(group, say)


def console_sides(view: FacilitatorView, say: Translator) -> Iterator[tuple[str, str, Iterable[Block]]]:
    """Numbers, why they moved, and what can be read."""
    yield "scores", say("Scores"), scores_page(view, say)
    yield "why", say("Why"), trace_blocks(reversed(describe_traces(view.traces, say)), say)
    yield "guide", say("Guide"), markdown_blocks(guide_text(say))
    yield "sounds", say("How each may sound"), markdown_blocks(sounds_text(say))
    yield "public", say("The situation"), markdown_blocks(say.localize(say.dossier.brief))
    for side, team in (("us", say.white.us), ("china", say.white.china)):
        yield f"brief-{side}", say("Brief of {team}", team=say(SEATS[side])), markdown_blocks(say.localize(team.brief))
