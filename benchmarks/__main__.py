"""Every benchmark one after another, each printing its own tables: `python -m benchmarks`, or with names of some.

They run one at a time, since they compare within themselves and would only disturb each other.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

EACH = (
    "engine",
    "log",
    "replay",
    "start",
    "check",
    "screen",
    "opening",
    "debrief",
    "playtest",
    "turns",
    "export",
    "rooms",
    "page",
    "terminals",
)


def main(names: Sequence[str]) -> int:
    """Run the benchmarks named, or all of them; 2 for a name that there is not."""
    unknown = [name for name in names if name not in EACH]
    if unknown:
        print(f"no benchmark is called {unknown[0]!r}; there are {', '.join(EACH)}", file=sys.stderr)
        return 2
    for name in names or EACH:
        print(f"— {name} —", flush=True)
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
