"""Golden playthroughs: what they look like, and how one is played again.

A file begins with a header of `name: value` lines up to a line of dashes: scenario, length, seed, and perhaps who sits
where, rules, lang and show. Below, lines that begin with `> ` are typed, and every other line is what is said to them:
by the plain door, or, where the header says `tells: turns` or `tells: end`, by what plays acts that stand as data
(`acts.py`); with `example: yes` these are those of the scenario's own exemplary session. Names say what for: `plain-…`
the plain door, `rules-…` rules of a kind, `exemplary-…` a shipped scenario.
`scripts/golden NAME` plays one again and rewrites that one file; `scripts/golden rules` writes the table of rules.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from tests.playthroughs.acts import TYPED, ToldActs

from crisis_sim.cli.seating import Seated, begin_session, seat_players
from crisis_sim.content.example import Example
from crisis_sim.content.finding import scenario_file
from crisis_sim.content.joining import packed_material
from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.load import load_material
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.engine.actions import RollBack
from crisis_sim.engine.events import RuleFired
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.plain.console import Console
from crisis_sim.plain.line_session import play
from crisis_sim.problems import Problems
from crisis_sim.session.folder import log_of, logs_in
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

FOLDER = Path(__file__).parent
TABLE = FOLDER / "rules.md"
RULES = "rules-"
CORE = "core"
ENDS = "---"
WIPED = "(everything above is out of sight)\n"


class Played(NamedTuple):
    """A playthrough played again."""

    text: str
    fired: frozenset[tuple[str, str]]
    """Ids of packs, each with the id of a rule of it that fired."""
    unsound: tuple[str, ...]
    """What verifying its logs found grave."""


def names() -> list[str]:
    """Every golden playthrough."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def golden_path(name: str) -> Path:
    """The file of a playthrough."""
    return FOLDER / f"{name}.txt"


def again(name: str) -> Played:
    """A playthrough of that name, played again."""
    with tempfile.TemporaryDirectory() as folder:
        return played(golden_path(name).read_text(encoding="utf-8"), Path(folder))


def played(text: str, folder: Path) -> Played:
    """Play a golden's text again, its logs in `folder`."""
    head, _, body = text.partition(f"{ENDS}\n")
    settings = _settings(head)
    example = example_of(settings["scenario"]) if "example" in settings else None
    if example is not None:
        settings |= {"length": str(example.length), "seed": example.seed}
    choice, tells = _choice(settings), settings.get("tells")
    if tells is None and example is None:
        table = begin_session(choice, place=folder, show=_show(head), seed=settings["seed"])
    else:
        table = _by_themselves(choice, folder, _show(head), settings["seed"])
    if example is not None:
        told = ToldActs(table, turn_by_turn=False)
        for line in example.acts:
            told.play(line)
        said = "\n".join(told.ended()) + "\n"
    else:
        said = _by_lines(table, body) if tells is None else ToldActs(table, tells == "turns").played(_typed(body))
    table.session.close()
    logs = [log.path for log in logs_in(folder)]
    fired = frozenset(pair for log in logs for pair in _fired(log))
    unsound = tuple(found.sentence for log in logs for found in verify(log).findings if found.grave)
    return Played(f"{head}{ENDS}\n{said}", fired, unsound)


def example_of(scenario: str) -> Example:
    """The acts of a shipped scenario's exemplary session."""
    problems = Problems()
    example = SourceReader(problems).example_beside(scenario_file(scenario))
    problems.raise_errors()
    assert example is not None
    return example.model


def _settings(head: str) -> dict[str, str]:
    rows = [line.partition(":") for line in head.splitlines() if line.strip() and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in rows}


def _show(head: str) -> Literal["own", "all"] | None:
    show = _settings(head).get("show")
    return "all" if show == "all" else "own" if show == "own" else None


def _by_themselves(choice: MenuChoice, place: Path, show: Literal["own", "all"] | None, seed: str) -> Seated:
    """A session of acts that stand as data: nobody sits at a screen, so that nothing is left out for want of one."""
    options: dict[str, str | bool | int] = {"language": str(choice.language)}
    material = load_material(choice.scenario, choice.packs or None)
    return seat_players(Session.start(place, material, seed=seed, length=choice.length, show=show, options=options))


def _choice(settings: dict[str, str]) -> MenuChoice:
    scenario = FOLDER / settings["scenario"]
    return MenuChoice(
        do="start",
        scenario=str(scenario if scenario.is_dir() else settings["scenario"]),
        length=int(settings["length"]),
        us=settings.get("us", "person"),
        china=settings.get("china", "person"),
        facilitator="person" if settings.get("facilitator") == "person" else "auto",
        packs=tuple(pack.strip() for pack in settings.get("rules", "").split(",") if pack.strip()),
        language="zh" if settings.get("lang") == "zh" else "en",
    )


def _typed(body: str) -> list[str]:
    return [line[len(TYPED) :] for line in body.split("\n") if line.startswith(TYPED)]


def _by_lines(table: Seated, body: str) -> str:
    """What the plain door says when the typed lines of `body` are typed again."""
    typed = iter(_typed(body))
    said: list[str] = []
    console = Console(lambda: _next(typed), said.append, wipe=WIPED, echo=True, language=table.language)
    held = table

    def plain() -> SeatTable:
        async def others() -> None:
            held.play_bots()

        return SeatTable(held.seats, held.people, play_others=others)

    async def branch(turn: int) -> SeatTable:
        nonlocal held
        held = _rolled_back(held, turn)
        return plain()

    asyncio.run(play(plain(), console, branch))
    held.session.close()
    return "".join(said)


def _rolled_back(table: Seated, turn: int) -> Seated:
    table.session.submit("facilitator", RollBack(turn=turn, child="branch"))
    log = log_of("branch", table.session.path.parent)
    assert log is not None
    table.session.close()
    return seat_players(Session.resume(log))


def _next(typed: Iterator[str]) -> str:
    line = next(typed, None)
    return "" if line is None else f"{line}\n"


def _fired(path: Path) -> set[tuple[str, str]]:
    """The rules that fired in a log, each with the pack that it stood in."""
    log = read_log(path)
    material = packed_material(bytes(log.header.material))
    packs = {rule.id: pack.id for pack in material.packs for rule in pack.rules}
    events = [event for entry in log.entries for event in entry.events]
    return {(packs[event.rule], event.rule) for event in events if isinstance(event, RuleFired) and event.rule in packs}


def all_rules() -> dict[tuple[str, str], str]:
    """Every rule of every shipped pack, with its pack, in the packs' order, and what it says."""
    names = [path.stem for path in sorted((shipped_folder() / "rules").glob("*.yaml")) if path.stem != CORE]
    packs = [pack for name in names for pack in load_material("bottomed-submarine", [CORE, name]).packs]
    return {(pack.id, rule.id): rule.says.en for pack in packs for rule in pack.rules}


def table(games: Mapping[str, Played]) -> str:
    """The page of rules: every rule, and the playthroughs on the small scenario in which it fires."""
    rows = [
        f"| {pack} | `{rule}` | {says} | {_where((pack, rule), games)} |" for (pack, rule), says in all_rules().items()
    ]
    return "\n".join(["# Where each rule fires", "", *_HEAD, *rows]) + "\n"


_HEAD = (
    "`scripts/golden rules` writes this page from the `rules-…` playthroughs beside it.",
    "",
    "| pack | rule | says | fires in |",
    "| --- | --- | --- | --- |",
)


def _where(rule: tuple[str, str], games: Mapping[str, Played]) -> str:
    names = [f"[{name}]({name}.txt)" for name, game in games.items() if name.startswith(RULES) and rule in game.fired]
    return ", ".join(names) or "nowhere"


def main(arguments: list[str]) -> int:
    """Play one golden again, or all that the table of rules is made from, and write down what came of it."""
    if arguments == ["rules"]:
        TABLE.write_text(table({name: again(name) for name in names() if name.startswith(RULES)}), encoding="utf-8")
        return 0
    if len(arguments) != 1 or not golden_path(arguments[0]).is_file():
        print(f"usage: scripts/golden NAME, one of: rules, {', '.join(names())}", file=sys.stderr)
        return 2
    played_again = again(arguments[0])
    golden_path(arguments[0]).write_text(played_again.text, encoding="utf-8")
    print(f"{arguments[0]}: {len(played_again.fired)} rules fired")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
