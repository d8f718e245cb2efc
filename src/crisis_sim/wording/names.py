"""What doors call sides, seats, families of moves, and how things went for the third party: English words by id.

A door says them through its catalogue, as it says its sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SIDES: Final[Mapping[str, str]] = {"us": "US", "china": "China"}
SEATS: Final[Mapping[str, str]] = {
    "us": "US team",
    "china": "China team",
    "facilitator": "Facilitator",
    "observer": "Observer",
}
FAMILIES: Final[Mapping[str, str]] = {
    "contact": "Make contact",
    "reassure": "Reassure",
    "cooperate": "Work together",
    "restrain": "Hold back",
    "inform": "Inform",
    "protest": "Protest",
    "coerce": "Press",
    "force": "Show force",
}
WAYS: Final[Mapping[str, str]] = {
    "better": "better than at the start",
    "worse": "worse than at the start",
    "same": "as at the start",
    "ran-out": "time ran out",
    "ran-down": "time did not run out",
}
"""By `Course.way`."""
FILLING: Final = (
    "The log is {percent}% as long as can be read again. From 75% on it takes only what leads to the close: keep notes "
    "short, and come to an end."
)
"""What the facilitator is told of a log that fills."""
