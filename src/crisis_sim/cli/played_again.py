"""A session that is over, played again: from the start of a turn, or whole with the sides exchanged.

From a turn on, a bot that listens plays to the end for the people, or they play on themselves; the result is a branch
beside the log. With the sides exchanged, a new session has the same scenario, rules, length and choices, under luck of
its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

from msgspec.structs import replace

from crisis_sim.cli.agent_seat import AGENT_PREFIX
from crisis_sim.cli.language import language, say
from crisis_sim.cli.logs import find_log
from crisis_sim.cli.seating import Occupants, Seated, begin_session, reseat, resume_session, seat_players
from crisis_sim.cli.verbs import typed
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.views.hotwash_facts import PairFacts
from crisis_sim.pages.menu_choice import LISTENER, MenuChoice, TurnEntry
from crisis_sim.pages.phrases import format_hostility
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.translator import Translator, act_text, head_for
from crisis_sim.rules.names import SIDES, other
from crisis_sim.session.admission import consent_of
from crisis_sim.session.branch import branch
from crisis_sim.session.folder import log_of
from crisis_sim.wording import quote_text


def misread_turns(table: Seated) -> tuple[TurnEntry, ...]:
    """The turns of a session that is over, each with its most misread act; the one misread most comes first."""
    seat = SeatReader(table.session.seat("facilitator"), language())
    opened = seat.view().hotwash
    worst: dict[int, PairFacts] = {}
    for pair in () if opened is None else opened.pairs:
        if pair.gap is not None and (pair.turn not in worst or _gap(pair) > _gap(worst[pair.turn])):
            worst[pair.turn] = pair
    pairs = sorted(worst.values(), key=lambda pair: (-_gap(pair), pair.turn))
    return tuple(TurnEntry(pair.turn, _misread_sentence(pair, seat.say)) for pair in pairs)


def _gap(pair: PairFacts) -> int:
    return abs(pair.gap or 0)


def _misread_sentence(pair: PairFacts, tell: Translator) -> str:
    head, words = head_for(pair.act, None, tell), act_text(pair.act, tell)
    parts = {
        "meant": format_hostility(pair.intent or 0, tell),
        "taken": format_hostility(pair.reading or 0, tell),
        "n": pair.turn,
    }
    quote = quote_text(words) if words else head
    return tell("Turn {n}: {what}; meant {meant}, taken as {taken}", what=quote, **parts)


def branch_session(table: Seated, turn: int, *, by_bot: bool) -> Seated:
    """The session from the start of `turn` on, to be played; with a bot for its people it is played to its end.

    Raises UnreadableInput, LogDamaged, StorageFailed or SessionLocked.
    """
    session = resume_session(branch(table.session.path, turn=turn))
    if not by_bot:
        return seat_players(session, table.models)
    try:
        teams: Occupants = {side: LISTENER for side in SIDES if side in table.people}
        played = reseat(session, {**teams, "facilitator": "auto"})
        asyncio.run(played.play_others()())
        return played
    finally:
        session.close()


def parent_log(table: Seated) -> Path | None:
    """The log that a branch parted from, where it lies beside it."""
    parent, path = table.session.header.parent, table.session.path
    return None if parent is None else log_of(parent.session, path.parent)


def commands_after(table: Seated) -> Sequence[tuple[str, str]]:
    """What can be done with a session that is over, each with its command."""
    path, turns = table.session.path, misread_turns(table)
    commands = [(say("The debrief:"), table.debrief), (say("Its replay:"), typed("replay", path))]
    teams = [word for side in SIDES if side in table.people for word in (f"--{side}", LISTENER)]
    if turns and teams:
        turn_option = f"turn-{turns[0].turn}"
        commands.append(
            (say("From another turn on, by a bot that listens:"), typed("branch", path, "--at", turn_option, *teams))
        )
    return commands


def other_side(table: Seated, place: Path | None = None, us: str | None = None, china: str | None = None) -> Seated:
    """A new session like the one at `table`, begun at `place` or beside its log; `us` and `china` play who are named.

    Raises StorageFailed, SessionLocked, or UnreadableInput for a bot that there is not.
    """
    session, choice = table.session, exchanged(table)
    choice = replace(choice, us=us or choice.us, china=china or choice.china)
    return begin_session(choice, place=place or session.path.parent, show=session.header.show, like=session)


def again_from_log(log: str, us: str | None, china: str | None, place: Path | None) -> Seated:
    """Likewise of the session in a log. Raises what resuming it does."""
    with resume_session(find_log(log)) as session:
        return other_side(seat_players(session), place, us, china)


def exchanged(table: Seated) -> MenuChoice:
    """How the session at `table` was begun, with what sat at either team's seat at the other's."""
    session, options = table.session, table.session.header.options
    return MenuChoice(
        do="start",
        scenario=session.table.scenario.id,
        length=session.header.length,
        us=_occupant(table, "china"),
        china=_occupant(table, "us"),
        facilitator="person" if "facilitator" in table.people else "auto",
        packs=tuple(pack.id for pack in session.table.material.packs),
        language=table.language,
        offence_card=cast(Literal["none", "short", "full"] | None, options.get("offence_card")),
        cards=options.get("cards") is not False,
        briefs="explained" if options.get("briefs") == "explained" else "plain",
        consent=consent_of(session.header),
        again_of=session.table.session,
    )


def command(table: Seated) -> str:
    """What is typed to play it from the other side."""
    played = [side for side in SIDES if side in table.models]
    models = [word for side in played for word in (f"--{other(side)}", f"{AGENT_PREFIX}{table.models[side]}")]
    return typed("play", table.session.path, "--swap-sides", *models)


def _occupant(table: Seated, seat: SeatName) -> str:
    if seat in table.models:
        return f"{AGENT_PREFIX}{table.models[seat]}"
    occupant, policy = table.session.state.seats.get(seat, ("person", None))
    return policy or "person" if occupant == "bot" and seat not in table.people else "person"
