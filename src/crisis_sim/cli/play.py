"""`crisis-sim play`: begin a session, whoever sits where."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from msgspec.structs import replace
from typer import Argument, Option

from crisis_sim.cli.answer import answer
from crisis_sim.cli.language import language, requested_language
from crisis_sim.cli.played_again import again_from_log
from crisis_sim.cli.playing import play_at
from crisis_sim.cli.seating import begin_session, with_card
from crisis_sim.cli.settings import settings
from crisis_sim.cli.shared_options import (
    ArmOption,
    ChinaOption,
    ConsentOption,
    ExplainedOption,
    FacilitatorOption,
    InheritsOption,
    LengthOption,
    LogPlaceOption,
    NoCardsOption,
    OffenceCardOption,
    RulesOption,
    SeedOption,
    ShowOption,
    UsOption,
    complete_scenarios_and_logs,
)
from crisis_sim.cli.verbs import typed
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.pages.menu_choice import LISTENER, MenuChoice


def play(
    scenario: Annotated[
        str,
        Argument(
            metavar="SCENARIO|LOG",
            help="The scenario: its name (`crisis-sim list`), its folder or its file; with --swap-sides, a log.",
            autocompletion=complete_scenarios_and_logs,
        ),
    ],
    length: LengthOption = None,
    us: UsOption = None,
    china: ChinaOption = None,
    facilitator: FacilitatorOption = None,
    rules: RulesOption = "",
    seed: SeedOption = "",
    show: ShowOption = None,
    offence_card: OffenceCardOption = None,
    no_cards: NoCardsOption = False,
    explained: ExplainedOption = False,
    inherits: InheritsOption = "",
    consent: ConsentOption = None,
    arm: ArmOption = "",
    log: LogPlaceOption = None,
    swap_sides: Annotated[
        bool,
        Option(
            "--swap-sides",
            help="Play the session in LOG once more from the other side: the same scenario, rules, length and choices,"
            " under luck of its own.",
        ),
    ] = False,
    to_host: Annotated[
        bool,
        Option(
            "--to-host",
            help="Only begin it, for a screen at each seat: prints the log, and `crisis-sim host LOG` goes on.",
        ),
    ] = False,
    plain: Annotated[
        bool, Option("--plain", help="Play by plain lines of text instead of screens; good for screen readers.")
    ] = False,
) -> int:
    """Begin a session of SCENARIO and play it here.

    Seats that people play share this terminal. Alone: `--us person`, against the bot that listens. Where neither team
    is said, people play both. It runs by itself unless they do. When bots play both teams, the session is played to its
    end at once.
    """
    if swap_sides:
        return play_at(again_from_log(scenario, us, china, log_place(log) if log else None), plain=plain)
    if to_host:
        us, china, facilitator = us or "person", china or "person", facilitator or "person"
    listens = LISTENER if "person" in (us, china) else "person"
    choice = replace(
        chosen(scenario, length, us or listens, china or listens, facilitator, rules),
        offence_card=offence_card,
        cards=not no_cards,
        briefs="explained" if explained else "plain",
        inherits=inherits,
        arm=arm,
    )
    choice = with_card(choice, consent, in_rooms=to_host)
    table = begin_session(choice, place=log_place(log), show=show, seed=seed or None, in_rooms=to_host)
    if not to_host:
        return play_at(table, plain=plain)
    table.session.close()
    answer(str(table.session.path))
    return 0


ALONE: Final = ("new-virus", "--us", "person", "--china", LISTENER)
"""What is typed to play alone for a first time."""


def alone_command() -> str:
    """The command that begins such a session."""
    return typed("play", *ALONE, *(("--lang", language()) if requested_language() else ()))


def play_alone(*, plain: bool = False) -> int:
    """Begin such a session. Raises SessionOver."""
    return play(ALONE[0], us="person", plain=plain)


def chosen(
    scenario: str,
    length: str | None,
    us: str,
    china: str,
    facilitator: Literal["person", "auto"] | None,
    rules: str = "",
) -> MenuChoice:
    """What the options of a new session say, as the menu would."""
    has_two_teams = us == china == "person"
    return MenuChoice(
        do="start",
        scenario=scenario,
        length=int(length or 0),
        us=us,
        china=china,
        facilitator=facilitator or ("person" if has_two_teams else "auto"),
        packs=tuple(pack.strip() for pack in rules.split(",") if pack.strip()),
        language=requested_language(),
    )


def log_place(log: Path | None) -> Path:
    """Where a new log goes: as said, or in the folder of the settings. Raises UnreadableInput."""
    if log is None:
        return settings().logs
    if log.suffix and log.suffix != ".jsonl" and not log.is_dir():
        hint = Sentence("write {name}, or name a folder", name=log.with_suffix(".jsonl").name)
        raise UnreadableInput(
            "usage/log", "a log's name ends in .jsonl, and '{name}' does not", hint=hint, name=log.name
        )
    return log
