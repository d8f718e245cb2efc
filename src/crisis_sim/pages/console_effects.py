"""What each key of the console will change, in one line, before it is pressed for good or as it has been."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.wording import _

EFFECTS: Final[Mapping[str, str]] = {
    "extend": _("This turn's clock has more minutes for both teams; game time stays where it is."),
    "hold": _("Held: it does not come by itself; it comes when you release it."),
    "pause": _("The clock stands and no team can act; what is half written stays. The same key goes on."),
    "unpause": _("The clock goes on where it stood."),
    "improvise": _("They read it at once among this turn's news, under no name; it moves no number, and stands."),
    "override": _("The number is what you say from now on; nobody is told, and the record says why."),
    "note": _("Nobody reads it before the debrief; it stands in the joint version, and moves nothing."),
    "bookmark": _("The place can be found again in a replay and in the debrief; nobody is told."),
}
"""By what is done."""
