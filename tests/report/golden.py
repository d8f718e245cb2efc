"""Golden reports: the Markdown twin of frozen sessions. `python -m tests.report.golden NAME` writes one of them anew.

The logs beside them are two sessions of bots by a fixed clock, with a facilitator's notes; each holds its scenario and
its rules, so no change of those reaches a golden.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path
from typing import Final

from crisis_sim.report.markdown import markdown
from crisis_sim.report.report_blocks import Report
from crisis_sim.report.team_report import team_report
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.names import Language, Side
from crisis_sim.session.replay import Replay, replay

FOLDER: Final = Path(__file__).parent / "golden"
GOLDEN: Final[dict[str, tuple[str, Language, Side | None]]] = {
    "bottomed-submarine": ("bottomed-submarine", "en", None),
    "bottomed-submarine-china": ("bottomed-submarine", "en", "china"),
    "new-virus": ("new-virus", "en", None),
    "new-virus-zh": ("new-virus", "zh", None),
    "new-virus-us-zh": ("new-virus", "zh", "us"),
}
"""Name, log, language, and whose."""


def frozen(log: str, folder: Path) -> Replay:
    """A frozen session; its log is unpacked into `folder`."""
    path = folder / f"{log}.jsonl"
    if not path.exists():
        path.write_bytes(gzip.decompress((FOLDER / f"{log}.jsonl.gz").read_bytes()))
    return replay(path)


def report(name: str, folder: Path) -> Report:
    """The report of a golden's name."""
    log, language, side = GOLDEN[name]
    played = frozen(log, folder)
    return whole_report(played, language) if side is None else team_report(played, side, language)


def golden_path(name: str) -> Path:
    """The file of a golden report."""
    return FOLDER / f"{name}.md"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        golden_path(sys.argv[1]).write_text(markdown(report(sys.argv[1], Path(place))), encoding="utf-8", newline="\n")
