"""`crisis-sim play`: begin a session, whoever sits where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

if TYPE_CHECKING:
    from typer import Argument, Option

    from crisis_sim.tui.menu_choice import MenuChoice

SEATED = "'person' for people here, or the name of a bot (`crisis-sim list policies`)."


def play(
    scenario: Annotated[
        str, Argument(metavar="SCENARIO", help="The scenario: its name (`crisis-sim list`), its folder or its file.")
    ],
    length: Annotated[
        Literal["45", "90", "150"] | None,
        Option(help="Minutes at the table, briefing and hotwash included; the shortest that the scenario has."),
    ] = None,
    us: Annotated[str, Option(metavar="WHO", help=f"Who plays the United States: {SEATED}")] = "person",
    china: Annotated[str, Option(metavar="WHO", help=f"Who plays China: {SEATED}")] = "person",
    facilitator: Annotated[
        Literal["person", "auto"] | None,
        Option(help="Who runs the session; by itself ('auto') unless people play both teams."),
    ] = None,
    rules: Annotated[
        str,
        Option(metavar="A,B", help="Rule packs in place of the scenario's own, the base first: core,safety-net-calms."),
    ] = "",
    seed: Annotated[
        str, Option(metavar="WORD", help="The seed of luck: the same seed and the same acts give the same session.")
    ] = "",
    show: Annotated[
        Literal["own", "all"] | None,
        Option(
            help="What teams see: their own side, or tension as well, and each what it felt itself;"
            " never what the other felt."
        ),
    ] = None,
    second_order: Annotated[
        bool | None,
        Option(
            "--second-order/--no-second-order",
            help="Also ask each team what it thinks the other guesses of its lines; else as the scenario has it.",
        ),
    ] = None,
    offence_card: Annotated[
        Literal["none", "short", "full"] | None,
        Option(
            help="Whether each team orders acts by how gravely it takes them: none of them, five, or all eight;"
            " else as the scenario has it, and five where both teams sit here."
        ),
    ] = None,
    cards: Annotated[
        Literal["on", "off"] | None,
        Option(
            help="Whether teams are dealt instruction cards: what one of them may have to come home with besides;"
            " on wherever the scenario deals them in this length."
        ),
    ] = None,
    briefs: Annotated[
        Literal["plain", "explained"],
        Option(help="Explained: behind the public brief stand the terms, bodies and rules that experts know."),
    ] = "plain",
    hears: Annotated[
        str,
        Option(
            metavar="SIDE=NAME",
            help="By which hearing profile a bot hears: us=public-blame-worst,china=closed-door-worst.",
        ),
    ] = "",
    inherits: Annotated[
        str,
        Option(
            metavar="LOG",
            help="Begin with what an earlier session left: trust, channels, promises, principles, the public record.",
        ),
    ] = "",
    log: Annotated[
        Path | None, Option(metavar="PATH", help="Where the log goes: a new file that ends in .jsonl, or a folder.")
    ] = None,
    plain: Annotated[
        bool, Option("--plain", help="Play by plain lines of text instead of screens; good for screen readers.")
    ] = False,
) -> int:
    """Begin a session of SCENARIO and play it here.

    Seats that people play share this terminal. When bots play both teams, the session is played to its end at once.
    """
    from msgspec.structs import replace

    from crisis_sim.cli.doors import play_at
    from crisis_sim.cli.seating import begun

    choice, place = _chosen(scenario, length, us, china, facilitator, rules), log_place(log)
    choice = replace(choice, second_order=second_order, offence_card=offence_card, cards=cards, briefs=briefs)
    choice = replace(choice, hears=hears, inherits=inherits)
    return play_at(begun(choice, place=place, show=show, seed=seed or None), plain=plain)


def _chosen(
    scenario: str, length: str | None, us: str, china: str, facilitator: Literal["person", "auto"] | None, rules: str
) -> MenuChoice:
    from crisis_sim.cli.language import asked
    from crisis_sim.tui.menu_choice import MenuChoice

    both = us == china == "person"
    return MenuChoice(
        do="start",
        scenario=scenario,
        length=int(length or 0),
        us=us,
        china=china,
        facilitator=facilitator or ("person" if both else "auto"),
        packs=tuple(pack.strip() for pack in rules.split(",") if pack.strip()),
        language=asked(),
    )


def log_place(log: Path | None) -> Path:
    """Where a new log goes: as said, or in the folder of the settings. Raises UnreadableInput."""
    from crisis_sim.cli.settings import settings
    from crisis_sim.errors import Sentence, UnreadableInput

    if log is None:
        return settings().logs
    if log.suffix and log.suffix != ".jsonl" and not log.is_dir():
        hint = Sentence("write {name}, or name a folder", name=log.with_suffix(".jsonl").name)
        raise UnreadableInput(
            "usage/log", "a log's name ends in .jsonl, and '{name}' does not", hint=hint, name=log.name
        )
    return log
