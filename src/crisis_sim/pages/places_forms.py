"""What a facilitator who joined can be asked about who may come, by name, and the list of places that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.views.seat_views import FacilitatorView, View
from crisis_sim.pages.blocks import Block, Paragraph, Span, line, prose
from crisis_sim.pages.form import NO_SHEET, Form, FormLink, FormOption, FormSheet, Questions
from crisis_sim.pages.seat_page import PageRegion
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import SIDES
from crisis_sim.session import places as p
from crisis_sim.session.places import AnyHostAct, Invited, Places, Reach
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import SEATS

PLACE: Final = "place"
BACK: Final = "back"
TRY: Final = "try-again"
AGAIN: Final = (_("Give a new code"), _("Whoever sits there is asked to leave."))
PEN: Final = (_("Give the pen"), _("Then this one commits and seals."))
REMOVE: Final = (_("Take the place back"), _("Its code and its seat are gone."))
"""What can be done about a place, and what comes of it."""
SEND_AWAY_NOTE: Final = _("What was acknowledged stays; half-written words on that screen are lost.")
IN_BRANCH: Final = _("Play goes on in a branch. The log so far stays as it is.")
LOCKED: Final = _("The door is locked: nobody new is let in.")
WAITING: Final = _("Too many wrong codes came from {addresses}: for a minute nobody new is let in from there.")
LET_TRY: Final = _("Let them try again at once")
IN_TERMINAL: Final[Mapping[Reach, str]] = {
    "machine": _("In a terminal, on this machine alone:"),
    "network": _("In a terminal, on this machine or in its network:"),
    "anywhere": _("In a terminal, from anywhere:"),
}
IN_BROWSER: Final[Mapping[Reach, str]] = {
    "machine": _("In a browser, on this machine alone:"),
    "network": _("In a browser, on this machine or in its network:"),
    "open": _("In a browser, on this machine or in its network, in the open:"),
    "anywhere": _("In a browser, from anywhere:"),
}
ON_WALL: Final = _("On a projector (the wall), with an observer's code:")
HERE_ALONE: Final = _(
    "For other machines, host it again with --bind 0.0.0.0; for their browsers also with a certificate (--browsers "
    "FILE.pem) or in the open (--browsers open)."
)
TERMINALS_ALONE: Final = _(
    "For browsers of other machines, host it again with a certificate (--browsers FILE.pem) or in the open (--browsers "
    "open)."
)
READ_ALONG: Final = _(
    "Whoever shares this network could read along with the browsers: codes, briefs, all that is sealed. A "
    "certificate, or a proxy that encrypts, keeps them to themselves."
)
INVITABLE: Final[Sequence[SeatName]] = (*SIDES, "observer", "facilitator")
"""Seats that further people are invited to; who facilitates sees everything, and so stands last."""
_Making: TypeAlias = Callable[[str, Places, View, FormSheet, Translator], Form | None]


class PlacesContent(NamedTuple):
    """All that a page shows of them."""

    region: PageRegion
    links: tuple[FormLink, ...]
    opens: tuple[str, ...]
    """Every form that can be had, also by the key of a block."""


def places_content(places: Places, view: View, say: Translator) -> PlacesContent:
    """Who may come, and what can be asked about that now."""
    region = PageRegion("places", say("Who may come"), tuple(places_blocks(places, say)))
    return PlacesContent(region, tuple(places_links(places, view, say)), places_names(places, view, say))


def welcome_content(places: Places, view: View, say: Translator) -> PlacesContent | None:
    """How many have come to each side, and how one joins: for observers and a wall, until the first turn."""
    if view.phase != "briefing":
        return None
    arrivals = [
        line(Span(say(SEATS[side]), side), Span("  "), Span(_arrivals_text(places, side, view, say))) for side in SIDES
    ]
    asks = prose(say("Whoever runs the exercise hands out the codes."))
    blocks = (*map(Paragraph, arrivals), *_ways(places, say), asks)
    return PlacesContent(PageRegion("places", say("Who has come, and how to join"), blocks), (), ())


def _arrivals_text(places: Places, side: SeatName, view: View, say: Translator) -> str:
    if side in view.bots:
        return say("a bot plays")
    expected = [invitee for invitee in places.invited if invitee.person.seat == side]
    if not expected:
        return say("nobody is expected")
    arrived = sum(not invitee.code for invitee in expected)
    return say("{n} of {of} has come", plural="{n} of {of} have come", n=arrived, of=len(expected))


def describe_attempts(invitee: Invited, say: Translator) -> str:
    """That a used code of this place was tried again, if it was."""
    return say("a used code was tried again ({n})", n=invitee.person.attempts) if invitee.person.attempts else ""


def status_spans(invitee: Invited, shared: bool, say: Translator) -> tuple[Span, ...]:
    """How somebody is there, or what lets him in; `shared`, where others sit at the same seat."""
    person = invitee.person
    if invitee.code:
        spans: tuple[Span, ...] = (Span(say("expected, code "), "quiet"), Span(invitee.code, "strong"))
    elif person.presence != "here":
        spans = (Span(say("was here, and is away"), "quiet"),)
    elif not person.agreed:
        if person.seat == "observer":
            spans = (Span(say("here: a wall, or not agreed yet"), "quiet"),)
        else:
            spans = (Span(say("here, and has not agreed to the card yet"), "strong"),)
    else:
        holds = person.pen and shared and person.seat in SIDES
        spans = (Span(say("here, and holds the pen") if holds else say("here")),)
    return spans


def can_be_given_pen(invitee: Invited) -> bool:
    """Somebody of a team who has come and does not hold it."""
    return invitee.person.seat in SIDES and not invitee.person.pen and not invitee.code


def places_blocks(places: Places, say: Translator) -> Iterator[Block]:
    """How one joins, and everybody who is expected or has come."""
    if places.is_locked:
        yield prose(say(LOCKED), "strong")
    if places.waiting:
        yield prose(say(WAITING, addresses=", ".join(places.waiting)), "strong")
    yield from _ways(places, say)
    if note := reach_note(places, say):
        yield prose(note, "quiet")
    for invitee in places.invited:
        shared = sum(entry.person.seat == invitee.person.seat for entry in places.invited) > 1
        spans = [Span(invitee.person.label, "strong"), Span("  "), *status_spans(invitee, shared, say)]
        if retry_note := describe_attempts(invitee, say):
            spans += [Span("  "), Span(retry_note, "strong")]
        yield Paragraph(line(*spans), depth=1, key=f"{PLACE}:{invitee.person.label}")


def ways_in(places: Places, say: Say) -> Iterator[tuple[str, str]]:
    """How one joins: from where, and what is typed there."""
    yield say(IN_TERMINAL.get(places.terminals, IN_TERMINAL["network"])), places.join
    yield say(IN_BROWSER[places.browsers]), places.page
    if any(invitee.person.seat == "observer" for invitee in places.invited):
        yield say(ON_WALL), wall_of(places.page)


def wall_of(page: str) -> str:
    """The address of the wall, by that of the page."""
    return f"{page}wall"


def reach_note(places: Places, say: Say) -> str:
    """What lets more machines in, or who could read along; empty where there is neither."""
    if places.browsers == "machine":
        return say(HERE_ALONE if places.terminals == "machine" else TERMINALS_ALONE)
    return say(READ_ALONG) if places.browsers == "open" else ""


def _ways(places: Places, say: Translator) -> Iterator[Block]:
    for head, way in ways_in(places, say):
        yield prose(head, "quiet")
        yield Paragraph(line(Span(way, "strong")), depth=1)


def places_links(places: Places, view: View, say: Translator) -> Iterator[FormLink]:
    """What can be done about all of them."""
    yield FormLink("invite", say("Another place, and a code for it"))
    yield FormLink("door", say("Unlock the door") if places.is_locked else say("Lock the door"))
    if places.waiting:
        yield FormLink(TRY, say(LET_TRY))
    if places.goes_back and back_form(view, NO_SHEET, say) is not None:
        yield FormLink(BACK, say("Roll back to an earlier turn"))


def places_names(places: Places, view: View, say: Translator) -> tuple[str, ...]:
    """Every form that can be had now."""
    names = [link.name for link in places_links(places, view, say)]
    return (*names, *[f"{PLACE}:{invitee.person.label}" for invitee in places.invited])


def back_form(view: View, answers: FormSheet, say: Translator) -> Form | None:
    """What a facilitator is asked who goes back to the start of a turn; None before the first and after play."""
    if not isinstance(view, FacilitatorView) or not view.turn or view.phase in ("hotwash", "closed"):
        return None
    questions = Questions(answers)
    turns = [FormOption(str(turn), say("From the start of turn {n}", n=turn)) for turn in range(view.turn, 0, -1)]
    turn = questions.one("turn", say("Roll back to where?"), turns)
    act = None
    if turn is not None:
        question = say("Go on from the start of turn {n}?", n=int(turn))
        is_sure = _is_sure(questions, question, say("roll back"), say(IN_BRANCH), say)
        act = p.GoBack(view.session, int(turn)) if is_sure else None
    return _asking(questions, BACK, say("Roll back to an earlier turn"), say("Roll back"), act)


def places_form(name: str, places: Places, view: View, answers: FormSheet, say: Translator) -> Form | None:
    """The form of that name as it is for a half-written sheet; None where it is not to be had now."""
    if name not in places_names(places, view, say):
        return None
    if name == BACK:
        return back_form(view, answers, say)
    return _FORMS[name.partition(":")[0]](name, places, view, answers, say)


def _asking(
    questions: Questions, name: str, title: str, submit: str, act: AnyHostAct | None, intro: Iterable[Block] = ()
) -> Form:
    """A form whose answers make something that the host is asked for."""
    return questions.form(name, title, submit, None, intro=intro)._replace(asks=act if questions.is_whole else None)


def _place(name: str, places: Places, view: View, answers: FormSheet, say: Translator) -> Form:
    label = name.partition(":")[2]
    invitee = next(entry for entry in places.invited if entry.person.label == label)
    offered = {"again": AGAIN, "pen": PEN, "remove": REMOVE}
    questions = Questions(answers)
    picked = questions.one(
        "do",
        say("What is to be done about {who}?", who=label),
        [
            FormOption(key, say(head), say(note))
            for key, (head, note) in offered.items()
            if key != "pen" or can_be_given_pen(invitee)
        ],
    )
    acts: dict[str | None, AnyHostAct] = {
        "again": p.RenewCode(label),
        "pen": p.GivePen(label),
        "remove": p.RemovePlace(label),
    }
    sends_away = picked in ("again", "remove") and not invitee.code
    if sends_away and not _is_sure(
        questions, say("Send {who} away?", who=label), say("send away"), say(SEND_AWAY_NOTE), say
    ):
        return _asking(questions, name, label, say("Do it"), None)
    return _asking(questions, name, label, say("Do it"), acts.get(picked))


def _is_sure(questions: Questions, question: str, yes: str, note: str, say: Translator) -> bool:
    """What cannot be taken back is asked twice."""
    options = (FormOption("yes", yes), FormOption("no", say("back")))
    return questions.one("sure", question, options, note=note, binding=True) == "yes"


def _invite(name: str, places: Places, view: View, answers: FormSheet, say: Translator) -> Form:
    questions = Questions(answers)
    labels = [invitee.person.label for invitee in places.invited]
    seat = questions.one(
        "seat",
        say("Where is another person to sit?"),
        [FormOption(seat_name, say(SEATS[seat_name])) for seat_name in INVITABLE],
    )
    act = next(
        (p.AddPlace(seat_name, p.next_label(seat_name, labels)) for seat_name in INVITABLE if seat_name == seat), None
    )
    return _asking(questions, name, say("Another place, and a code for it"), say("Add it"), act)


def _lock_form(name: str, places: Places, view: View, answers: FormSheet, say: Translator) -> Form:
    title = say("Unlock the door") if places.is_locked else say("Lock the door")
    note = say(LOCKED) if places.is_locked else say("Whoever has come can come back; nobody new is let in.")
    return _asking(Questions(answers), name, title, title, p.LockDoor(not places.is_locked), [prose(note)])


def _let_try(name: str, places: Places, view: View, answers: FormSheet, say: Translator) -> Form:
    note = say(WAITING, addresses=", ".join(places.waiting))
    return _asking(Questions(answers), name, say(LET_TRY), say(LET_TRY), p.LetTryAgain(), [prose(note)])


_FORMS: Final[Mapping[str, _Making]] = {PLACE: _place, "invite": _invite, "door": _lock_form, TRY: _let_try}


def bot_form(
    played: Mapping[SeatName, str], bots: Sequence[tuple[str, str]], answers: FormSheet, say: Translator
) -> Form:
    """Let a bot play for a team that has dropped out, or give a team back to its people."""
    questions = Questions(answers)
    note = say("The log says so, and so do the screens of both teams.")
    options = [
        FormOption(side, say("Give {team} back to its people", team=say(SEATS[side])))
        if side in played
        else FormOption(side, say("Let a bot play for {team}", team=say(SEATS[side])), note)
        for side in SIDES
    ]
    side = questions.one("side", say("Who plays for a team?"), options)
    if side is not None and side not in played:
        questions.one("bot", say("Which bot?"), [FormOption(name, name, summary) for name, summary in bots])
    return questions.form("bot", say("Who plays for a team?"), say("Do it"), None)


def host_blocks(played: Mapping[SeatName, str], failure: str, rehearsal: str, say: Translator) -> Iterator[Block]:
    """What a host is told besides: a disk that fails, teams that bots play, a rehearsal and how long it lasts."""
    if failure:
        yield prose(failure, "bad")
    for seat, policy in played.items():
        yield prose(
            say("A bot plays for {team} ({policy}); its people look on.", team=say(SEATS[seat]), policy=policy),
            "strong",
        )
    if rehearsal:
        template = say(
            "A rehearsal runs: whoever comes sees bots play. {left}; then the exercise begins with these codes."
        )
        yield prose(template.format(left=rehearsal), "strong")
