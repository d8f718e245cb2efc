"""A session once more with the sides exchanged: the same scenario, rules, length and choices, under luck of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from msgspec.structs import replace

from crisis_sim.cli.agent_seat import BEFORE
from crisis_sim.cli.logs import log_named
from crisis_sim.cli.seating import Seated, begun, resumed, seated
from crisis_sim.cli.verbs import typed
from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.rules.names import SIDES, other
from crisis_sim.session.admission import consent_of


def other_side(table: Seated, place: Path | None = None, us: str | None = None, china: str | None = None) -> Seated:
    """A new session like the one at `table`, begun at `place` or beside its log; `us` and `china` play who are named.

    Raises StorageFailed, SessionLocked, or UnreadableInput for a bot that there is not.
    """
    session, choice = table.session, exchanged(table)
    choice = replace(choice, us=us or choice.us, china=china or choice.china)
    return begun(choice, place=place or session.path.parent, show=session.header.show, like=session)


def again_from_log(log: str, us: str | None, china: str | None, place: Path | None) -> Seated:
    """Likewise of the session in a log. Raises what resuming it does."""
    with resumed(log_named(log)) as session:
        return other_side(seated(session), place, us, china)


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
    models = [word for side in played for word in (f"--{other(side)}", f"{BEFORE}{table.models[side]}")]
    return typed("play", table.session.path, "--swap-sides", *models)


def _occupant(table: Seated, seat: SeatName) -> str:
    if seat in table.models:
        return f"{BEFORE}{table.models[seat]}"
    who, policy = table.session.state.seats.get(seat, ("person", None))
    return policy or "person" if who == "bot" and seat not in table.people else "person"
