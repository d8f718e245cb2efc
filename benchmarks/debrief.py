"""What a debrief with its charts costs, as a whole process: a session of 90 minutes to a web page and its twin.

It stands beside the floor for anything drawn with the same library: a process that imports Altair and vl-convert and
draws one small chart. Pair by pair; medians.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.start import COMMAND, ROOT, seconds
from benchmarks.table import Row, show

PAIRS = 5
PLAY = ["play", "bottomed-submarine", "--us", "mirror", "--china", "salami", "--length", "90", "--seed", "7"]
CHART = """
import altair, vl_convert
data = altair.InlineData(values=[{"x": 1, "y": 2}, {"x": 2, "y": 1}])
chart = altair.Chart(data).mark_line().encode(x="x:Q", y="y:Q")
vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[])
"""
LIMIT = 3.0
"""Seconds that a debrief with charts may take."""


def main() -> None:
    """Print seconds and the median ratio of pairs."""
    with tempfile.TemporaryDirectory(prefix="crisis-sim-") as name:
        log = Path(name, "game.jsonl")
        subprocess.run([*COMMAND, *PLAY, "--log", str(log)], cwd=ROOT, check=True, capture_output=True)
        ours = [*COMMAND, "debrief", str(log), "--out", str(Path(name, "page.html")), "--force"]
        peer = [sys.executable, "-c", CHART]
        seconds(ours), seconds(peer)
        pairs = [(seconds(ours), seconds(peer)) for _ in range(PAIRS)]
    mine, theirs = (median(each) for each in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    rows = [
        Row("import Altair and vl-convert, draw one chart", f"{theirs:.2f} s", 1),
        Row("debrief of 90 minutes: five charts, both files", f"{mine:.2f} s", ratio),
    ]
    show("A debrief as a whole process", rows, "× one chart", f"it may take {LIMIT:.0f} s")


if __name__ == "__main__":
    main()
