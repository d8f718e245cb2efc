"""The process that draws: charts come in on standard input, and their drawings go out on standard output.

What draws is native code, and where it finds no memory it takes its process with it; so the process is one of its own,
started once for all charts of a report, and what is lost with it are the drawings. It knows charts and no words.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, Final

SECONDS: Final = 120
"""The longest that the drawings of one report may take."""


class DrawingFailed(Exception):  # a signal between two modules; people read that the charts are left out
    """The process that draws did not come to its end."""


def apart(charts: Sequence[dict[str, Any]]) -> list[str]:  # Any: Vega-Lite charts as JSON
    """Each chart as SVG, drawn in another process. Raises NotDrawn."""
    if not charts:
        return []
    command = [sys.executable, "-P", "-m", __name__]
    try:
        process = subprocess.run(
            command, input=json.dumps(charts).encode(), capture_output=True, timeout=SECONDS, check=True
        )
        drawings: list[str] = json.loads(process.stdout)
    except (OSError, ValueError, MemoryError, subprocess.SubprocessError) as error:
        raise DrawingFailed from error
    return drawings


def svgs(charts: Sequence[dict[str, Any]]) -> list[str]:
    """Each chart as SVG, drawn in this process."""
    import vl_convert

    return [vl_convert.vegalite_to_svg(chart, allowed_base_urls=[]) for chart in charts]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(svgs(json.load(sys.stdin))))
