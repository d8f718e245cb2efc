"""`crisis-sim host`: one exercise for many screens; whoever is invited joins from another terminal or machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from msgspec.structs import replace
from typer import Argument, Option

from crisis_sim.cli.agent_seat import AGENT_PREFIX
from crisis_sim.cli.ending import tell
from crisis_sim.cli.host_rooms import HostRooms
from crisis_sim.cli.host_ways import HostWays, bound_at
from crisis_sim.cli.language import requested_language, say
from crisis_sim.cli.logs import find_log
from crisis_sim.cli.play import chosen, log_place
from crisis_sim.cli.playing import needs_terminal
from crisis_sim.cli.seating import Seated, begin_session, reseat, resume_session, with_card
from crisis_sim.cli.settings import settings
from crisis_sim.cli.shared_options import (
    ChinaOption,
    LengthOption,
    LogPlaceOption,
    UsOption,
    complete_scenarios_and_logs,
)
from crisis_sim.engine.actions import SEATS, SeatName
from crisis_sim.errors import UnreadableInput
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.rooms.address import HERE, PORT
from crisis_sim.rooms.connection_gate import check_free
from crisis_sim.rooms.room_folder import Ports, ports_kept

NETWORK: Final = "0.0.0.0"
"""Every address that this machine has in its network."""
MAX_PEOPLE_PER_SEAT: Final = 60
"""People invited to one seat."""
PLURALS: Final[Mapping[str, SeatName]] = {"observers": "observer", "facilitators": "facilitator"}
ConsoleAt: TypeAlias = Literal["here", "joined", "auto"]


def host(
    scenario: Annotated[
        str,
        Argument(
            metavar="SCENARIO|LOG",
            help="What is played: a scenario, or the log of a session to go on with.",
            autocompletion=complete_scenarios_and_logs,
        ),
    ],
    length: LengthOption = None,
    us: UsOption = None,
    china: ChinaOption = None,
    facilitator: Annotated[
        ConsoleAt,
        Option(help="Who runs it: somebody at this terminal ('here'), somebody who joins, or nobody ('auto')."),
    ] = "here",
    people: Annotated[
        str,
        Option(
            metavar="SEAT=N,…",
            help="How many are invited: us=3,china=2,observers=10,facilitators=1; usually one for each team, and one "
            "who watches or opens the wall.",
        ),
    ] = "",
    bind: Annotated[
        str,
        Option(
            metavar="ADDRESS[:PORT]",
            help=f"Where it can be reached: {HERE} from this machine alone, 0.0.0.0 from its network. The port is "
            f"{PORT}, or where a log was hosted last, and the next one is for browsers; 0 is any that is free.",
        ),
    ] = HERE,
    browsers: Annotated[
        str,
        Option(
            metavar="HOW",
            help="How browsers of other machines come in: FILE.pem, a certificate of yours with its key; https://…, "
            "the address of a proxy before this host; or 'open', without encryption: whoever shares the network could "
            "read along.",
        ),
    ] = "",
    plain: Annotated[
        bool, Option("--plain", help="Run it by plain lines of text instead of screens; good for screen readers.")
    ] = False,
    sheet: Annotated[
        Path | None, Option(metavar="FILE.html", help="Write the cards of all who are invited on one sheet to print.")
    ] = None,
    rehearse: Annotated[
        bool,
        Option(
            "--rehearse",
            help="First let people come in, with the same codes, to five minutes that bots play; nothing is kept.",
        ),
    ] = False,
    log: LogPlaceOption = None,
) -> int:
    """Host one exercise: who is invited gets a code, and joins from a terminal (`crisis-sim join`) or a browser.

    The log lies here. Who closes the lid or loses the network comes back, and so does everybody when this is stopped
    and hosted again: `crisis-sim host LOG`. What else can be set of a session, `crisis-sim play SCENARIO --to-host`
    takes; it prints the log to host.
    """
    address, port = bound_at(bind)
    earlier = find_log(scenario) if scenario.endswith(".jsonl") else None
    ways = HostWays(address, _ports(port, earlier), browsers)
    ways.context()
    check_free(ways.bind, ways.ports.terminals)
    check_free(ways.page_bind, ways.ports.browsers)
    if earlier is not None:
        table = _resume_table(earlier, {"us": us or "", "china": china or ""})
    else:
        if facilitator == "here" and not plain:
            needs_terminal()
        occupant: Literal["person", "auto"] = "auto" if facilitator == "auto" else "person"
        choice = with_card(chosen(scenario, length, us or "person", china or "person", occupant), in_rooms=True)
        table = begin_session(choice, place=log_place(log), in_rooms=True)
    try:
        is_here = facilitator == "here" and "facilitator" in table.people
        if plain and not is_here:
            tell(say("--plain changes nothing here: nobody runs it at this terminal, and nothing is typed at it."))
        rooms = HostRooms(table, ways, is_here=is_here, by_lines=plain, cards_path=sheet, rehearses=rehearse)
        wanted = _count_invited(people, table, facilitator)
        if plain and is_here:  # whoever runs it by lines here has joined too
            wanted["facilitator"] = wanted.get("facilitator", 0) + 1
        rooms.invite(wanted)
        return rooms.run()
    finally:
        table.session.close()


def host_chosen(choice: MenuChoice) -> int:
    """Host what was chosen in the menu, or go on with its log: at its last ports or else the usual, or at free ones."""
    log = Path(choice.log) if choice.log else None
    ways = HostWays(NETWORK if choice.reach == "network" else HERE, _ports(None, log))
    try:
        check_free(ways.bind, ways.ports.terminals)
        check_free(ways.page_bind, ways.ports.browsers)
    except UnreadableInput:  # another exercise is hosted here
        ways = HostWays(ways.bind)
    if log is not None:
        table = _resume_table(log, {})
    else:
        table = begin_session(with_card(choice, in_rooms=True), place=settings().logs, in_rooms=True)
    try:
        rooms = HostRooms(table, ways, is_here="facilitator" in table.people)
        rooms.invite(_count_invited("", table, "here"))
        return rooms.run()
    finally:
        table.session.close()


def _ports(port: int | None, log: Path | None) -> Ports:
    """Where terminals and browsers are listened for: as told, as `log` was hosted last, or as usual."""
    saved_ports = None if log is None or port is not None else ports_kept(log)
    if saved_ports is not None:
        return saved_ports
    port = PORT if port is None else port
    return Ports(port, 0 if port in (0, 65535) else port + 1)


def _resume_table(log: Path, teams: Mapping[SeatName, str]) -> Seated:
    """The session in `log`; of who plays `teams`, models are seated, and the rest is as the log has it."""
    models = {seat: occupant if occupant.startswith(AGENT_PREFIX) else None for seat, occupant in teams.items()}
    table = reseat(resume_session(log), models)
    return replace(table, language=requested_language() or table.language)


def _count_invited(people: str, table: Seated, facilitator: ConsoleAt) -> dict[SeatName, int]:
    """How many are to be at each seat. Raises UnreadableInput."""
    wanted: dict[SeatName, int] = {
        seat: 1 for seat in ("us", "china", "observer") if seat in (*table.people, "observer")
    }
    if facilitator == "joined" and "facilitator" in table.people:
        wanted["facilitator"] = 1
    for part in filter(None, (entry.strip() for entry in people.split(","))):
        name, _, number = part.partition("=")
        seat = PLURALS.get(name.strip(), name.strip())
        if seat not in SEATS or not number.strip().isdecimal() or int(number) > MAX_PEOPLE_PER_SEAT:
            raise UnreadableInput(
                "usage/people",
                "'{part}' is not how many sit where",
                hint="write it as us=3,china=2,observers=10; at most {most} a seat",
                part=part[:60],
                most=MAX_PEOPLE_PER_SEAT,
            )
        wanted[seat] = int(number)
    for seat in [team for team in ("us", "china") if wanted.get(team) and team not in table.people]:
        raise UnreadableInput(
            "usage/people",
            "a bot plays {seat}, and nobody can be invited there",
            hint="leave it out of --people, or seat a person: --us person",
            seat=seat,
        )
    return wanted
