"""A session once more with the sides exchanged: the same scenario, rules, length and choices, under luck of its own."""

from __future__ import annotations

from typing import Literal, cast

from crisis_sim.cli.agent_seat import BEFORE
from crisis_sim.cli.seating import Seated, begun
from crisis_sim.cli.verbs import typed
from crisis_sim.engine.actions import SeatName
from crisis_sim.session.admission import consent_of
from crisis_sim.tui.menu_choice import MenuChoice

SWAPPED = {"us=": "china=", "china=": "us="}


def other_side(table: Seated) -> Seated:
    """A new session like the one at `table`, begun beside its log. Raises StorageFailed or SessionLocked."""
    session = table.session
    return begun(exchanged(table), place=session.path.parent, show=session.header.show, like=session)


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
        cards=None if "cards" not in options else "on" if options["cards"] else "off",
        briefs="explained" if options.get("briefs") == "explained" else "plain",
        consent=consent_of(session.header),
        again_of=session.table.session,
        hears=",".join(_heard(each) for each in str(options.get("hears", "")).split(",") if each),
    )


def command(table: Seated) -> str:
    """What is typed to play it from the other side."""
    choice, rules = exchanged(table), table.session.table.scenario.rules
    words = ["play", choice.scenario, "--length", str(choice.length), "--us", choice.us, "--china", choice.china]
    words += ["--rules", ",".join(choice.packs)] if choice.packs != tuple(rules) else []
    words += ["--facilitator", choice.facilitator] if choice.us == choice.china == "person" else []
    words += ["--offence-card", choice.offence_card] if choice.offence_card is not None else []
    words += ["--cards", choice.cards] if choice.cards is not None else []
    words += ["--briefs", choice.briefs] if choice.briefs != "plain" else []
    words += ["--hears", choice.hears] if choice.hears else []
    words += ["--again-of", choice.again_of]
    return typed(*words)


def _occupant(table: Seated, seat: SeatName) -> str:
    if seat in table.models:
        return f"{BEFORE}{table.models[seat]}"
    who, policy = table.session.state.seats.get(seat, ("person", None))
    return policy or "person" if who == "bot" and seat not in table.people else "person"


def _heard(profile: str) -> str:
    """By which profile the other side hears."""
    return next((new + profile.removeprefix(old) for old, new in SWAPPED.items() if profile.startswith(old)), profile)
