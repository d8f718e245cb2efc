"""`check` beside its peers: reading the same files, compiling as large an ink story; and the wait after a save.

Whole processes of the same Python in pairs, medians of pairs. The ink story is made here, with as many knots as the
shipped files have injects, rules, moves, lines and the like; inkjs compiles it under node. npm fetches inkjs once, into
the folder that `CRISIS_SIM_INKJS` names. Where node or inkjs is missing, its row says so.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.start import ROOT, seconds
from benchmarks.table import Row, show

PAIRS = 5
SAVES = 30
PARTS = ("scenarios/*/scenario.yaml", "rules/*.yaml")
FILES = [str(path.relative_to(ROOT)) for part in PARTS for path in sorted(ROOT.glob(part))]
CHECK = [sys.executable, "-m", "crisis_sim", "check"]
LOADER = f"""
import yaml
for name in {FILES!r}:
    with open(name, "rb") as file:
        yaml.load(file, yaml.CLoader)
"""
IMPORTS = "import gc; gc.disable(); import crisis_sim.authoring.check\n"
INK = """
const { Compiler } = require("inkjs/full");
const source = require("fs").readFileSync(process.argv[2], "utf8");
new Compiler(source).Compile().ToJson();
"""


def main() -> None:
    """Print milliseconds and ratios."""
    show("check of everything shipped, whole processes", [*_loading(), *_ink()], "× the peer", _sizes())
    waits = sorted(_waits())
    figure = f"{median(waits) * 1000:.0f} ms, most {waits[-1] * 1000:.0f} ms"
    show("check --watch, one scenario saved among all", [Row(f"save to printed result, {SAVES} saves", figure)], "")


def _loading() -> list[Row]:
    rows = []
    for name, code in (("PyYAML's C loader alone", LOADER), ("PyYAML's C loader after our imports", IMPORTS + LOADER)):
        rows.append(_against(name, [sys.executable, "-c", code]))
    return rows


def _against(name: str, peer: Sequence[str]) -> Row:
    """`check` of everything beside a peer, pair by pair."""
    seconds(CHECK), seconds([*peer])
    pairs = [(seconds(CHECK), seconds([*peer])) for _ in range(PAIRS)]
    ours, theirs = (median(each) * 1000 for each in zip(*pairs, strict=True))
    return Row(f"against {name}", f"{ours:.0f} ms, {theirs:.0f} ms", median(one / other for one, other in pairs))


def _ink() -> list[Row]:
    node, folder = shutil.which("node"), Path(os.environ.get("CRISIS_SIM_INKJS", ROOT))
    if node is None or not (folder / "node_modules" / "inkjs").is_dir():
        missing = "node" if node is None else "inkjs"
        return [Row("against an ink compile with inkjs", f"no {missing} here")]
    with tempfile.TemporaryDirectory() as name:
        story, script = Path(name) / "story.ink", folder.resolve() / "crisis-sim-ink.cjs"
        story.write_text(_story(_things()), "utf-8")
        script.write_text(INK, "utf-8")
        try:
            return [_against("an ink compile with inkjs", [node, str(script), str(story)])]
        finally:
            script.unlink()


def _things() -> int:
    """How many injects, forecasts, lines, channels, moves and rules the shipped files have."""
    from crisis_sim.content.listings import list_scenarios
    from crisis_sim.content.load import load_material

    count = 0
    packs: set[tuple[str, int]] = set()
    for listing in list_scenarios():
        material = load_material(listing.path)
        story = material.scenario
        count += len(story.msel) + len(story.forecasts) + len(story.channels) + len(story.tracks)
        count += len(story.teams.us.lines) + len(story.teams.china.lines)
        packs |= {pack.id: len(pack.moves) + len(pack.rules) for pack in material.packs}.items()
    return count + sum(number for _, number in packs)


def _story(knots: int) -> str:
    """An ink story of so many knots, each with a text, a condition and two ways on."""
    parts = ["VAR tension = 20\n-> knot_0\n"]
    for number in range(knots):
        onward, other = (number + 1) % knots, (number * 7 + 3) % knots
        parts.append(
            f"=== knot_{number} ===\nA ship is on site, and somebody asks for word number {number}.\n"
            f"{{tension > {number % 90}: It is tense. | It is calm.}}\n"
            f"* [Ask in private]\n  ~ tension = tension - 1\n  They answer. -> knot_{onward}\n"
            f"* [Speak in public]\n  ~ tension = tension + 2\n  They do not. -> knot_{other}\n+ [End] -> END\n"
        )
    return "\n".join(parts)


def _sizes() -> str:
    size = sum((ROOT / name).stat().st_size for name in FILES)
    return (
        f"{len(FILES)} files of {size / 1024:.0f} KiB together; {_things()} things in them, as many knots in the story"
    )


def _waits() -> list[float]:
    """Seconds from a save of one scenario to the printed result, with a mistake put in and taken out in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("scenarios", "rules"):
            shutil.copytree(ROOT / part, folder / part)
        scenario = sorted(folder.glob("scenarios/*/scenario.yaml"))[-1]
        good = scenario.read_text("utf-8")
        texts = (good, good.replace("kind: pink", "kind: pinc", 1))
        command = [*CHECK, str(folder), "--watch"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
            assert process.stdout is not None
            _printed(process.stdout.fileno())
            waits = []
            for number in range(1, SAVES + 1):
                time.sleep(0.3)
                started = time.perf_counter()
                scenario.write_text(texts[number % 2], "utf-8")
                _printed(process.stdout.fileno())
                waits.append(time.perf_counter() - started)
            process.terminate()  # an interrupt would be ignored where a shell has put the benchmark in the background
        return waits


def _printed(descriptor: int) -> None:
    """Wait for one result, which ends in an empty line."""
    found = b""
    while not found.endswith(b"\n\n"):
        ready, _, _ = select.select([descriptor], [], [], 30)
        if not ready:
            raise TimeoutError(found.decode())
        found += os.read(descriptor, 65536)


if __name__ == "__main__":
    main()
