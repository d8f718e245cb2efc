"""Started by test_hostile in a terminal of its own: a team's screen whose every text is hostile."""

from __future__ import annotations

import sys
from typing import Any, TypeVar

import msgspec
from tests.tui.fake import CARDS, FORECASTS, HOSTILE, FakeSeat, team_view

from crisis_sim.tui.app import run_at
from crisis_sim.tui.screen_table import ScreenTable

T = TypeVar("T")

IDS = (
    "id kind phase seat side state good level track visibility visibilities move session waiting_for bots bound by "
    "about channel channels concern accept decline leads_to why fate asked change family terms promises promise "
    "holding always"
)
KEPT = {*IDS.split()}
"""Fields that hold ids, which nobody is shown."""


def poisoned(value: Any, name: str = "") -> Any:  # Any: whatever a view is made of
    """`value` with hostile text in place of every text that is shown."""
    if isinstance(value, str):
        return value if name in KEPT else value[:8] + HOSTILE
    if isinstance(value, list):
        return [poisoned(each, name) for each in value]
    if isinstance(value, dict):
        return {key: poisoned(each, key) for key, each in value.items()}
    return value


def main() -> int:
    phase = sys.argv[1]
    view = team_view(phase=phase, to_read=CARDS, asked_now=FORECASTS if phase == "forecasts" else ())
    seat = FakeSeat(hostile(view))
    seat.say.dossier = hostile(seat.say.dossier)
    return run_at(ScreenTable({"us": seat}, ("us",)))


def hostile(facts: T) -> T:
    """The same facts with hostile text in every text."""
    return msgspec.convert(poisoned(msgspec.to_builtins(facts)), type(facts))


if __name__ == "__main__":
    sys.exit(main())
