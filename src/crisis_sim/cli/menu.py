"""`crisis-sim` alone: the menu, filled with what there is, and what was chosen from it."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from crisis_sim.cli.ending import stopping, tell
from crisis_sim.cli.exemplary import examples
from crisis_sim.cli.language import language, say
from crisis_sim.cli.settings import settings
from crisis_sim.cli.verbs import typed
from crisis_sim.content.listings import Listing, list_packs, list_scenarios
from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.menu_choice import LogEntry, MenuChoice, Offer, PackEntry, PolicyEntry, ScenarioEntry
from crisis_sim.session.folder import files_in, is_hosted
from crisis_sim.wording import failure
from crisis_sim.wording.labels import DIFFICULTIES

if TYPE_CHECKING:
    from crisis_sim.cli.seating import Seated

MOST_LOGS = 30
"""Logs that the menu offers."""
NEXT = {"debrief": "replay", "replay": "again"}
"""What is done with a closed session after that."""


def menu() -> int:
    """Show the menu and do what is chosen; returns the exit code. Raises SessionOver."""
    from crisis_sim.tui.menu_screen import run_menu

    with stopping():
        choice = run_menu(build_menu_offer(), theme=settings().theme)
    return 0 if choice is None else _run_choice(choice)


def build_menu_offer() -> Offer:
    """Everything that the menu can offer, one's own scenarios too.

    Only heads of files are read; a scenario whose head has mistakes is left out, and `check` says why.
    """
    listings = [listing for listing in list_scenarios(Path("scenarios")) if listing.lengths]
    bases = {listing.rules[0] for listing in listings if listing.rules}
    return Offer(
        scenarios=tuple(map(_entry, listings)),
        packs=tuple(PackEntry(pack.id, pack.summary.in_(language())) for pack in list_packs() if pack.id not in bases),
        policies=_policies,
        logs=_logs(),
        examples=tuple(LogEntry(name, _exemplary(listing)) for name, listing in examples()),
        language=language(),
        unheard=_unheard,
    )


def _unheard(address: str) -> str:
    """Why nobody can be joined there, in a sentence; empty where somebody answers."""
    from crisis_sim.rooms.address import room_address
    from crisis_sim.rooms.remote import check_answers

    try:
        check_answers(room_address(address))
    except CrisisSimError as error:
        return " ".join(failure(error, language()))
    return ""


def _policies() -> tuple[PolicyEntry, ...]:
    from crisis_sim.playtest.policies import POLICIES

    return tuple(PolicyEntry(policy.id, say(policy.summary)) for policy in POLICIES.values())


def _entry(listing: Listing) -> ScenarioEntry:
    return ScenarioEntry(
        id=listing.path.parent.name,
        title=listing.title.in_(language()),
        summary=listing.summary.in_(language()),
        lengths=listing.lengths,
        languages=listing.languages,
        packs=listing.rules,
        offence_card=listing.offence_card,
        instructions=listing.instructions,
        explained=listing.explained,
        difficulty="" if listing.difficulty is None else say(DIFFICULTIES[listing.difficulty]),
    )


def _exemplary(listing: Listing) -> str:
    return say("An exemplary session: {title}", title=listing.title.in_(language()))


def _logs() -> tuple[LogEntry, ...]:
    folder = settings().logs
    if not files_in(folder):  # what reads logs is slow to load
        return ()
    from crisis_sim.cli.session_words import session_lines

    lines = islice(session_lines(folder), MOST_LOGS)
    return tuple(
        [LogEntry(str(line.path), line.sentence, line.is_open, line.is_closed, is_hosted(line.path)) for line in lines]
    )


def choose_next(table: Seated) -> int:
    """What comes after a session that is over here; returns the exit code. Raises SessionOver."""
    from crisis_sim.cli.debrief import page_of
    from crisis_sim.cli.played_again import branch_session, misread_turns, other_side, parent_log
    from crisis_sim.pages.menu_forms import CHAIRS, SIDES_CHANGED
    from crisis_sim.tui.menu_screen import run_menu

    path, message, follows = table.session.path, "", ""
    changes = CHAIRS if {"us", "china"} <= set(table.people) else SIDES_CHANGED
    turns, parent, goes_on = misread_turns(table), parent_log(table), table.session.state.phase != "closed"
    after_it = {"changes": changes, "turns": turns, "parent": str(parent or ""), "goes_on": goes_on}
    while True:
        with stopping():
            offered = replace(build_menu_offer(), played=str(path), result=message, next=follows, **after_it)
            choice = run_menu(offered, theme=settings().theme)
        if choice is None:
            return 0
        if choice.do == "again":
            return _play(other_side(table))
        if choice.do == "what-if" and choice.us == "person":
            return _play(branch_session(table, choice.turn, by_bot=False))
        if choice.do in ("what-if", "compare"):
            other = parent if choice.do == "compare" else None
            _compare(other or path, path if other else branch_session(table, choice.turn, by_bot=True).session.path)
            follows, message = choice.do, ""
            continue
        code = _run_choice(choice)
        if choice.log != str(path):
            return code
        follows = NEXT.get(choice.do, "")
        message = say("The debrief is written: {file}", file=page_of(path).absolute()) if choice.do == "debrief" else ""


def _compare(a: Path, b: Path) -> None:
    """Print two sessions side by side, until they have been read."""
    from crisis_sim.cli.compare import compare

    compare(str(a), str(b))
    tell(say("Again with: {command}", command=typed("compare", a, b)))
    tell(say("Enter goes back to what can be done with the session."))
    with suppress(EOFError):
        input()


def _play(table: Seated) -> int:
    from crisis_sim.cli.playing import play_at

    return play_at(table, plain=False)


def _run_choice(choice: MenuChoice) -> int:
    from crisis_sim.cli.seating import begin_session, with_card

    match choice.do:
        case "demo" | "try":
            from crisis_sim.cli.demo import try_first_move, watch_demo
            from crisis_sim.cli.play import play_alone

            wants_to_play = (try_first_move if choice.do == "try" else watch_demo)(plain=False)
            return play_alone() if wants_to_play else menu()
        case "host":
            from crisis_sim.cli.host import host_chosen

            return host_chosen(choice)
        case "join":
            from crisis_sim.cli.join import join

            return join(choice.address)
        case "resume":
            from crisis_sim.cli.resume import resume

            return resume(choice.log)
        case "debrief":
            from crisis_sim.cli.debrief import debrief

            tell(say("The debrief is being written …"))
            return debrief(choice.log, force=True)
        case "replay":
            from crisis_sim.cli.replay import replay

            return replay(choice.log)
        case "verify":
            from crisis_sim.cli.verify import verify

            return verify([choice.log])
        case "look":
            from crisis_sim.cli.preview import look_around, usual_length
            from crisis_sim.content.load import load_material

            material = load_material(choice.scenario)
            return look_around(choice.scenario, usual_length(material), language(), None, None, 1)
        case _:
            return _play(begin_session(with_card(choice), place=settings().logs))
