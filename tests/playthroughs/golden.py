"""Golden playthroughs: what they look like, and how one is played again.

A file begins with a header of `name: value` lines up to a line of dashes: scenario, length, seed, who sits where, and
perhaps rules, lang and show. Below, lines that begin with `> ` are typed, and every other line is what the plain door
or, for bots alone, the record says. `scripts/golden NAME` plays one again and rewrites that one file.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from crisis_sim.cli.seating import Seated, begun, seated
from crisis_sim.cli.summary import summary
from crisis_sim.content.load import load_material
from crisis_sim.content.material import material_from_bundle
from crisis_sim.engine.actions import RollBack
from crisis_sim.engine.events import RuleFired
from crisis_sim.plain.console import Console
from crisis_sim.plain.door import play
from crisis_sim.plain.hotwash import PARTS, part
from crisis_sim.plain.table import Table
from crisis_sim.rules.pack import Pack
from crisis_sim.session.folder import log_of, logs_in
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.tui.choice import Choice

FOLDER = Path(__file__).parent
ENDS = "---"
TYPED = "> "
WIPED = "(everything above is out of sight)\n"


class Played(NamedTuple):
    """A playthrough played again."""

    text: str
    fired: frozenset[tuple[str, str]]
    """Ids of packs, each with the id of a rule of it that fired."""


def names() -> list[str]:
    """Every golden playthrough."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def golden_path(name: str) -> Path:
    """The file of a playthrough."""
    return FOLDER / f"{name}.txt"


def played(text: str, folder: Path) -> Played:
    """Play a golden's text again, its logs in `folder`."""
    head, _, body = text.partition(f"{ENDS}\n")
    table = begun(_choice(_settings(head)), place=folder, show=_show(head), seed=_settings(head)["seed"])
    said = _by_lines(table, body) if table.people else _by_bots(table)
    table.session.close()
    fired = frozenset(pair for log in logs_in(folder) for pair in _fired(log.path))
    return Played(f"{head}{ENDS}\n{said}", fired)


def _settings(head: str) -> dict[str, str]:
    rows = [line.partition(":") for line in head.splitlines() if line.strip() and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in rows}


def _show(head: str) -> Literal["own", "all"] | None:
    show = _settings(head).get("show")
    return "all" if show == "all" else "own" if show == "own" else None


def _choice(settings: dict[str, str]) -> Choice:
    scenario = FOLDER / settings["scenario"]
    return Choice(
        do="start",
        scenario=str(scenario if scenario.is_dir() else settings["scenario"]),
        length=int(settings["length"]),
        us=settings["us"],
        china=settings["china"],
        facilitator="auto" if settings["facilitator"] == "auto" else "person",
        packs=tuple(pack.strip() for pack in settings.get("rules", "").split(",") if pack.strip()),
        language="zh" if settings.get("lang") == "zh" else "en",
        second_order=True if settings.get("second-order") == "yes" else None,
    )


def _by_bots(table: Seated) -> str:
    """The record of a game that bots play out."""
    table.play_bots()
    view = table.session.seat("facilitator", table.language).view()
    assert view.hotwash is not None
    rows = summary(table.session)[:-2]
    for name in PARTS:
        rows += ["", f"{name.upper()}", *part(name, view.hotwash, table.language)]
    return "\n".join(rows) + "\n"


def _by_lines(table: Seated, body: str) -> str:
    """What the plain door says when the typed lines of `body` are typed again."""
    typed = iter([line[len(TYPED) :] for line in body.split("\n") if line.startswith(TYPED)])
    said: list[str] = []
    console = Console(lambda: _next(typed), said.append, wipe=WIPED, echo=True, language=table.language)
    held = table

    def plain() -> Table:
        async def others() -> None:
            held.play_bots()

        return Table(held.seats, held.people, others)

    async def branch(turn: int) -> Table:
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
    return seated(Session.resume(log))


def _next(typed: Iterator[str]) -> str:
    line = next(typed, None)
    return "" if line is None else f"{line}\n"


def _fired(path: Path) -> set[tuple[str, str]]:
    """The rules that fired in a log, each with the pack that it stood in."""
    log = read_log(path)
    material = material_from_bundle(log.header.bundle())
    packs = {rule.id: pack.id for pack in material.packs for rule in pack.rules}
    events = [event for entry in log.entries for event in entry.events]
    return {(packs[event.rule], event.rule) for event in events if isinstance(event, RuleFired) and event.rule in packs}


def all_rules() -> set[tuple[str, str]]:
    """Every rule of every shipped pack, with its pack."""
    packs = [pack for name in ("calms", "emboldens") for pack in _packs(name)]
    return {(pack.id, rule.id) for pack in packs for rule in pack.rules}


def _packs(name: str) -> tuple[Pack, ...]:
    return load_material("bottomed-submarine", ["core", f"safety-net-{name}"]).packs


def main(arguments: list[str]) -> int:
    """Play one golden again and write what came of it into its file."""
    if len(arguments) != 1 or not golden_path(arguments[0]).is_file():
        print(f"usage: scripts/golden NAME, one of: {', '.join(names())}", file=sys.stderr)
        return 2
    path = golden_path(arguments[0])
    with tempfile.TemporaryDirectory() as folder:
        again = played(path.read_text(encoding="utf-8"), Path(folder))
    path.write_text(again.text, encoding="utf-8")
    print(f"{path.name}: {len(again.fired)} rules fired")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
