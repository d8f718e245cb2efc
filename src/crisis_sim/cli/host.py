"""`crisis-sim host`: one exercise for many screens; whoever is invited joins from another terminal or machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias

from msgspec.structs import replace
from typer import Argument, Option

from crisis_sim.cli.agent_seat import BEFORE
from crisis_sim.cli.doors import needs_terminal
from crisis_sim.cli.ending import tell
from crisis_sim.cli.host_rooms import HostRooms
from crisis_sim.cli.language import asked, say
from crisis_sim.cli.logs import log_named
from crisis_sim.cli.page_ways import PageWays
from crisis_sim.cli.play import chosen, log_place
from crisis_sim.cli.seating import begun, reseated, resumed, with_card
from crisis_sim.cli.settings import settings
from crisis_sim.cli.shared_options import (
    REACHED,
    ArmOption,
    BriefsOption,
    CardsOption,
    ChinaOption,
    ConsentOption,
    InheritsOption,
    LengthOption,
    LogPlaceOption,
    OffenceCardOption,
    RulesOption,
    SeedOption,
    ShowOption,
    UsOption,
    complete_scenarios_and_logs,
)
from crisis_sim.engine.actions import SEATS, SeatName
from crisis_sim.errors import UnreadableInput
from crisis_sim.rooms.address import HERE, PORT, public_address
from crisis_sim.rooms.doorway import check_free
from crisis_sim.rooms.room_folder import Ports, ports_kept

if TYPE_CHECKING:
    from crisis_sim.cli.seating import Seated
    from crisis_sim.pages.menu_choice import MenuChoice

NETWORK: Final = "0.0.0.0"
"""Every address that this machine has in its network."""
MOST: Final = 60
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
            rich_help_panel=REACHED,
            metavar="ADDRESS",
            help=f"Where it can be reached: {HERE} from this machine alone, 0.0.0.0 from its network.",
        ),
    ] = HERE,
    port: Annotated[
        int | None,
        Option(
            rich_help_panel=REACHED,
            min=0,
            max=65535,
            help=f"The port that it listens at, and the next one for browsers; 0 for free ones. {PORT}, or where a log"
            " was hosted last.",
        ),
    ] = None,
    plain: Annotated[
        bool, Option("--plain", help="Run it by plain lines of text instead of screens; good for screen readers.")
    ] = False,
    lan_plain: Annotated[
        bool,
        Option(
            "--lan-plain",
            rich_help_panel=REACHED,
            help="Let browsers of this network in without encryption: whoever shares the network could read along.",
        ),
    ] = False,
    cert: Annotated[
        Path | None,
        Option(
            rich_help_panel=REACHED,
            metavar="FILE",
            help="A certificate of yours, for browsers and terminals; in PEM, with --key.",
        ),
    ] = None,
    key: Annotated[
        Path | None, Option(rich_help_panel=REACHED, metavar="FILE", help="The key of that certificate, in PEM.")
    ] = None,
    public_url: Annotated[
        str,
        Option(
            rich_help_panel=REACHED,
            metavar="https://…",
            help="The address of a proxy before this host, which encrypts.",
        ),
    ] = "",
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
    rules: RulesOption = "",
    seed: SeedOption = "",
    show: ShowOption = None,
    offence_card: OffenceCardOption = None,
    cards: CardsOption = None,
    briefs: BriefsOption = "plain",
    inherits: InheritsOption = "",
    consent: ConsentOption = None,
    arm: ArmOption = "",
    log: LogPlaceOption = None,
) -> int:
    """Host one exercise: who is invited gets a code, and joins from a terminal (`crisis-sim join`) or a browser.

    The log lies here. Who closes the lid or loses the network comes back, and so does everybody when this is stopped
    and hosted again: `crisis-sim host LOG`.
    """
    earlier = _earlier(scenario)
    port, browsers = _ports(port, earlier)
    pages = PageWays(bind, browsers, lan_plain, cert, key, _public(public_url))
    pages.context()
    check_free(bind, port)
    check_free(pages.at, pages.port)
    if earlier is None:
        if facilitator == "here" and not plain:
            needs_terminal()
        choice = chosen(
            scenario, length, us or "person", china or "person", "auto" if facilitator == "auto" else "person", rules
        )
        choice = replace(choice, offence_card=offence_card, cards=cards, briefs=briefs)
        choice = with_card(replace(choice, inherits=inherits, arm=arm), consent, in_rooms=True)
        table = begun(choice, place=log_place(log), show=show, seed=seed or None, in_rooms=True)
    else:
        table = _gone_on_with(earlier, {"us": us or "", "china": china or ""})
    try:
        is_here = facilitator == "here" and "facilitator" in table.people
        if plain and not is_here:
            tell(say("--plain changes nothing here: nobody runs it at this terminal, and nothing is typed at it."))
        rooms = HostRooms(table, bind, port, pages, is_here=is_here, by_lines=plain, sheet=sheet, rehearses=rehearse)
        wanted = _invited(people, table, facilitator)
        if plain and is_here:  # whoever runs it by lines here has joined too
            wanted["facilitator"] = wanted.get("facilitator", 0) + 1
        rooms.invite(wanted)
        return rooms.run()
    finally:
        table.session.close()


def host_chosen(choice: MenuChoice) -> int:
    """Host what was chosen in the menu, or go on with its log: at its last ports or else the usual, or at free ones."""
    bind, ports = NETWORK if choice.reach == "network" else HERE, _ports(None, Path(choice.log) if choice.log else None)
    try:
        check_free(bind, ports.terminals)
        check_free(HERE, ports.browsers)
    except UnreadableInput:  # another exercise is hosted here
        ports = Ports(0, 0)
    if choice.log:
        table = _gone_on_with(Path(choice.log), {})
    else:
        table = begun(with_card(choice, in_rooms=True), place=settings().logs, in_rooms=True)
    try:
        pages = PageWays(bind, ports.browsers)
        rooms = HostRooms(table, bind, ports.terminals, pages, is_here="facilitator" in table.people)
        rooms.invite(_invited("", table, "here"))
        return rooms.run()
    finally:
        table.session.close()


def _ports(port: int | None, log: Path | None) -> Ports:
    """Where terminals and browsers are listened for: as told, as `log` was hosted last, or as usual."""
    kept = None if log is None or port is not None else ports_kept(log)
    if kept is not None:
        return kept
    port = PORT if port is None else port
    return Ports(port, 0 if port in (0, 65535) else port + 1)


def _public(url: str) -> str:
    return public_address(url).public if url else ""


def _earlier(name: str) -> Path | None:
    """The log that is gone on with, where the argument names one."""
    if not name.endswith(".jsonl"):
        return None
    return log_named(name)


def _gone_on_with(log: Path, teams: Mapping[SeatName, str]) -> Seated:
    """The session in `log`; of who plays `teams`, models are seated, and the rest is as the log has it."""
    models = {seat: who if who.startswith(BEFORE) else None for seat, who in teams.items()}
    table = reseated(resumed(log), models)
    return replace(table, language=asked() or table.language)


def _invited(people: str, table: Seated, facilitator: ConsoleAt) -> dict[SeatName, int]:
    """How many are to be at each seat. Raises UnreadableInput."""
    wanted: dict[SeatName, int] = {
        seat: 1 for seat in ("us", "china", "observer") if seat in (*table.people, "observer")
    }
    if facilitator == "joined" and "facilitator" in table.people:
        wanted["facilitator"] = 1
    for part in filter(None, (each.strip() for each in people.split(","))):
        name, _, number = part.partition("=")
        seat = PLURALS.get(name.strip(), name.strip())
        if seat not in SEATS or not number.strip().isdecimal() or int(number) > MOST:
            raise UnreadableInput(
                "usage/people",
                "'{part}' is not how many sit where",
                hint="write it as us=3,china=2,observers=10; at most {most} a seat",
                part=part[:60],
                most=MOST,
            )
        wanted[seat] = int(number)
    for seat in [of for of in ("us", "china") if wanted.get(of) and of not in table.people]:
        raise UnreadableInput(
            "usage/people",
            "a bot plays {seat}, and nobody can be invited there",
            hint="leave it out of --people, or seat a person: --us person",
            seat=seat,
        )
    return wanted
