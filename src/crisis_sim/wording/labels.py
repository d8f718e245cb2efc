"""What doors call sides, seats, families of moves, and how things went for the third party: English words by id.

A door says them through its catalogue, as it says its sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.rules.names import Language
from crisis_sim.wording import _, speaker

SIDES: Final[Mapping[str, str]] = {"us": "US", "china": "China"}
THE: Final[Mapping[str, str]] = {"us": _("the US"), "china": _("China")}
"""The same within a sentence."""
BOTH_SIDES: Final = _("both sides")
SPOKEN_FOR: Final[Mapping[str, str]] = {
    "us": _("its own side"),
    "china": _("its own side"),
    "host": _("the host"),
    "ally": _("an ally"),
    "legislature": _("the legislature"),
    "hardliners": _("hardliners"),
    "media": _("the media"),
    "families": _("the families"),
}
"""Whom a voice speaks for."""
DIFFICULTIES: Final[Mapping[str, str]] = {"easy": _("easy"), "medium": _("medium"), "hard": _("hard")}
"""How difficult a scenario is."""
SEATS: Final[Mapping[str, str]] = {
    "us": _("US team"),
    "china": _("China team"),
    "facilitator": _("Facilitator"),
    "observer": _("Observer"),
}
FAMILIES: Final[Mapping[str, str]] = {
    "contact": _("Make contact"),
    "reassure": _("Reassure"),
    "cooperate": _("Work together"),
    "restrain": _("Hold back"),
    "inform": _("Inform"),
    "protest": _("Protest"),
    "coerce": _("Press"),
    "force": _("Show force"),
}
WAYS: Final[Mapping[str, str]] = {
    "better": _("better than at the start"),
    "worse": _("worse than at the start"),
    "same": _("as at the start"),
    "ran-out": _("time ran out"),
    "ran-down": _("time did not run out"),
}
"""By `CourseFacts.way`."""
BACKED: Final[Mapping[str, str]] = {
    "source": _("with its source"),
    "host": _("vouched for by a third party"),
    "word": _("on its word alone"),
}
"""What stands behind a private fact that is told."""
TOLD_HOW: Final[Mapping[str, str]] = {
    "whole": _("told whole"),
    "part": _("told in part"),
    "untrue": _("told falsely"),
}
"""How far a private fact is told."""
FILLING: Final = _(
    "The log is {percent}% as long as can be read again. From 75% on it takes only what leads to the close: keep notes "
    "short, and come to an end."
)
"""What the facilitator is told of a log that fills."""
WORDS: Final = (
    *(_("briefing"), _("situation"), _("moves"), _("readings"), _("results"), _("closing"), _("hotwash"), _("closed")),
    *(_("accept"), _("decline"), _("counter"), _("holding"), _("suspended"), _("reopening")),
    *(_("in-time"), _("unanswered"), _("too-low")),
    *(_("leader"), _("ministerial"), _("command"), _("diplomatic"), _("working"), _("technical"), _("unofficial")),
    *(_("gaps"), _("channels"), _("silence"), _("tracks"), _("readouts"), _("commitments")),
    *(_("felt"), _("pressure"), _("track")),
    *(_("us"), _("china"), _("both"), _("facilitator"), _("observer"), _("person")),
)
"""Words of the game that views and actions give by their ids: phases, answers, states, levels, pages, meters, seats."""
_OWN: Final = _("English", "what this language calls itself")


def own_name(language: Language) -> str:
    """What a language calls itself."""
    return speaker(language)(_OWN, "what this language calls itself")
