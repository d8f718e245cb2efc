"""`crisis-sim play`: begin a session, whoever sits where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

from crisis_sim.cli.language import asked, language
from crisis_sim.cli.verbs import typed
from crisis_sim.tui.menu_choice import LISTENER

if TYPE_CHECKING:
    from typer import Argument, Option

    from crisis_sim.cli import shared_options
    from crisis_sim.tui.menu_choice import MenuChoice


def play(
    scenario: Annotated[
        str, Argument(metavar="SCENARIO", help="The scenario: its name (`crisis-sim list`), its folder or its file.")
    ],
    length: shared_options.LengthOption = None,
    us: shared_options.PlayUsOption = None,
    china: shared_options.PlayChinaOption = None,
    facilitator: Annotated[
        Literal["person", "auto"] | None,
        Option(help="Who runs the session; by itself ('auto') unless people play both teams."),
    ] = None,
    rules: shared_options.RulesOption = "",
    seed: shared_options.SeedOption = "",
    show: shared_options.ShowOption = None,
    offence_card: shared_options.OffenceCardOption = None,
    cards: shared_options.CardsOption = None,
    briefs: shared_options.BriefsOption = "plain",
    hears: shared_options.HearsOption = "",
    inherits: shared_options.InheritsOption = "",
    consent: shared_options.ConsentOption = None,
    again_of: shared_options.AgainOfOption = "",
    arm: shared_options.ArmOption = "",
    log: shared_options.LogPlaceOption = None,
    plain: Annotated[
        bool, Option("--plain", help="Play by plain lines of text instead of screens; good for screen readers.")
    ] = False,
    read: Annotated[
        Literal["less", "usual", "more"] | None,
        Option("--read", help="How much is read out by plain lines; `more` and `less` change it while you play."),
    ] = None,
) -> int:
    """Begin a session of SCENARIO and play it here.

    Seats that people play share this terminal. Alone: `--us person`, against the bot that listens. When bots play both
    teams, the session is played to its end at once.
    """
    from msgspec.structs import replace

    from crisis_sim.cli.doors import play_at
    from crisis_sim.cli.seating import begun, with_card

    listens = LISTENER if "person" in (us, china) else "person"
    choice = chosen(scenario, length, us or listens, china or listens, facilitator, rules)
    place = log_place(log)
    choice = replace(choice, offence_card=offence_card, cards=cards, briefs=briefs)
    choice = with_card(replace(choice, hears=hears, inherits=inherits, again_of=again_of, arm=arm), consent)
    return play_at(begun(choice, place=place, show=show, seed=seed or None), plain=plain, reads=read)


ALONE: Final = ("new-virus", "--us", "person", "--china", LISTENER)
"""What is typed to play alone for a first time."""


def alone_command() -> str:
    """The command that begins such a session."""
    return typed("play", *ALONE, *(("--lang", language()) if asked() else ()))


def play_alone(*, plain: bool = False) -> int:
    """Begin such a session. Raises SessionOver."""
    return play(ALONE[0], us="person", plain=plain)


def chosen(
    scenario: str, length: str | None, us: str, china: str, facilitator: Literal["person", "auto"] | None, rules: str
) -> MenuChoice:
    """What the options of a new session say, as the menu would."""
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
