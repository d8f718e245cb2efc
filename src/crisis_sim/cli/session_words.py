"""Sessions in words: in a line for lists and menus, as `show` tells of one, or in a dozen lines when bots played it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from crisis_sim.cli.answer import prose
from crisis_sim.cli.language import language, say
from crisis_sim.engine.events import PhaseOpened, TurnOpened
from crisis_sim.engine.state import State
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.engine.views.seat_views import View
from crisis_sim.engine.views.seats import view_for
from crisis_sim.errors import CrisisSimError
from crisis_sim.numbers import points_text
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.briefing_blocks import began_with, promise_sentences
from crisis_sim.pages.cost_opened import summary_blocks
from crisis_sim.pages.model_words import model_sentences
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.standing_blocks import rung_of
from crisis_sim.pages.translator import Translator
from crisis_sim.session.clock import dated
from crisis_sim.session.folder import files_in
from crisis_sim.session.log import acts_by_harness, find_last, read_sound_part
from crisis_sim.session.notices import notices_of
from crisis_sim.session.record import Entry, Header, Milliseconds
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session
from crisis_sim.wording import _, in_words, join_parts
from crisis_sim.wording.labels import SIDES


class SessionLine(NamedTuple):
    """A log in a line."""

    path: Path
    length: int
    """Minutes."""
    sentence: str
    """What it is, how far it got and when."""
    is_open: bool
    """It came to its hotwash, so that another session can begin with what it left."""
    is_closed: bool
    """Nobody can play it any further."""


def session_lines(folder: Path) -> Iterator[SessionLine]:
    """The logs in a folder, the one last played first.

    Each is read once, as its turn comes.
    """
    for path, changed in files_in(folder):
        try:
            header, far = find_last(path, _how_far) or _as_far_as_sound(path)
        except CrisisSimError:
            continue
        progress = say("turn {n}", n=far) if isinstance(far, int) else say(str(far or "briefing"))
        words = {"title": title_of(header), "how_far": progress, "when": local_time(changed)}
        line = say("{title}, {how_far}, last played {when}", **words)
        yield SessionLine(path, header.length, line, far in ("hotwash", "closed"), far == "closed")


def title_of(header: Header) -> str:
    """The title of the scenario that a log was begun with, in the reader's language where it has it."""
    try:
        title = header.title
        return title if isinstance(title, str) else title.get(language()) or title["en"]
    except (ValueError, LookupError, RecursionError):
        return say("a scenario that cannot be read")


def _as_far_as_sound(path: Path) -> tuple[Header, int | str | None]:
    """The header of a log, and that it is damaged, or the turn or phase that it has reached if it is not."""
    log, damage = read_sound_part(path)
    far = (progress for entry in reversed(log.entries) if (progress := _how_far(entry)) is not None)
    return log.header, next(far, None) if damage is None else _("damaged")


def _how_far(entry: Entry) -> int | str | None:
    """The turn or the last phases, if this act led to one."""
    for event in reversed(entry.events):
        if isinstance(event, TurnOpened):
            return event.turn
        if isinstance(event, PhaseOpened) and event.phase in ("closing", "hotwash", "closed"):
            return event.phase
    return None


def local_time(time: Milliseconds) -> str:
    """A time on this machine's clock, as `2026-11-24 14:32`."""
    return dated(time, "%Y-%m-%d %H:%M")


def log_rows(log: Path, spoilers: bool) -> Iterator[str]:
    """A session: what it was begun with, who plays it and how far it got."""
    played = replay(log)
    header, state = played.log.header, played.state
    table = played.table
    view, tell = view_for(state, table, "facilitator"), Translator(dossier_for(table, "facilitator"), language())
    yield say(
        "{title}: {length} minutes, seed {seed}, session {session}",
        title=tell.title,
        length=header.length,
        seed=header.seed,
        session=header.session,
    )
    yield say(
        "begun {when} with crisis-sim {version}; teams see {show}",
        when=local_time(header.started),
        version=header.app,
        show=header.show,
    )
    if header.parent is not None:
        parent = header.parent
        yield say("a branch of session {session}, from entry {seq}", session=parent.session, seq=parent.seq)
    record = tell.dossier.record
    if record is not None:
        yield began_with(record, tell)
        yield from promise_sentences(record, tell)
        yield from record.principles
    yield join_parts((say("{seat} {who}", seat=seat, who=player) for seat, player in players(state)), say)
    yield from _of_models(state, played.log.entries)
    yield say(
        "{n} entry; turn {turn} of {turns}, {phase}",
        plural="{n} entries; turn {turn} of {turns}, {phase}",
        n=len(played.log.entries),
        turn=view.turn,
        turns=view.turns,
        phase=say(view.phase),
    )
    for notice in notices_of(played.log):
        yield say("note: {what}", what=in_words(notice.sentence, language()))
    if view.hotwash is not None:
        yield from ("", *hotwash_lines(view.hotwash, tell))
    elif spoilers and view.score is not None:
        yield say(
            "tension {tension}, {rung}", tension=points_text(view.score.tension), rung=rung_of(view.score.tension, tell)
        )


def summary(session: Session) -> list[str]:
    """The lines about a session at its end, and where its log is."""
    seat = SeatReader(session.seat("facilitator"), language())
    view = seat.view()
    return [
        say(
            "{title}: {minutes} minutes, {turns} turns, seed {seed}",
            title=seat.say.title,
            minutes=session.header.length,
            turns=view.turn,
            seed=session.header.seed,
        ),
        join_parts((say("{seat} {who}", seat=seat, who=player) for seat, player in players(session.state)), say),
        *_of_models(session.state, read_sound_part(session.path)[0].entries),
        "",
        *(hotwash_lines(view.hotwash, seat.say) if view.hotwash is not None else [_unfinished(view)]),
        "",
        say("Log: {path}", path=session.path),
    ]


def _of_models(state: State, entries: Iterable[Entry]) -> Iterator[str]:
    """Which models played, and how much of it they did themselves."""
    yield from map(prose, model_sentences(state.models, acts_by_harness(entries), say))


def players(state: State) -> list[tuple[str, str]]:
    """Seats with who plays them: a person, or a bot by its name."""
    names = {**SIDES, "facilitator": "facilitator"}
    return [
        (say(names[seat]), policy or say(occupant)) for seat, (occupant, policy) in state.seats.items() if seat in names
    ]


def _unfinished(view: View) -> str:
    return say(
        "It stands in turn {turn} of {turns}, at {phase}.", turn=view.turn, turns=view.turns, phase=say(view.phase)
    )


def hotwash_lines(hotwash: HotwashFacts, tell: Translator) -> list[str]:
    """Scores, lines, requests and what was at stake."""
    return [prose(row.lstrip(), len(row) - len(row.lstrip())) for row in lines_of(summary_blocks(hotwash, tell), tell)]
