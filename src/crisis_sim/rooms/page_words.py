"""The words that a page in a browser has of its own: what its buttons are called, and how its line stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crisis_sim.engine.actions import Advance
from crisis_sim.pages.blocks import capital
from crisis_sim.pages.consent_card import DUTY
from crisis_sim.pages.duty import REHEARSED
from crisis_sim.pages.move_blocks import NOT_FOUND
from crisis_sim.pages.refusals import outdated
from crisis_sim.pages.screen_words import refusal_text
from crisis_sim.rooms.not_admitted import REASONS
from crisis_sim.rooms.remote import LOST, LOST_WITH_ACT, STOPPED, STOPPED_WITH_ACT
from crisis_sim.rules.names import Language
from crisis_sim.wording import _, in_words, speaker
from crisis_sim.wording.labels import own_name

if TYPE_CHECKING:
    from crisis_sim.wording import Say

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
WORDS: Final = {
    "title": _("Join an exercise"),
    "code": _("The code on your card"),
    "code_note": _(
        "Eight letters and digits. It works once; after that this browser knows its seat, also where the window was "
        "closed."
    ),
    "seats_here": _("Seats of this browser"),
    "sit_again": _("Come back as {seat}"),
    "sits_elsewhere": _("open in another window; it moves here"),
    "seat_unknown": _(
        "The seat that this browser had is none of this exercise any more. Type the code on your card, or ask the "
        "facilitator for a new one."
    ),
    "seat_forgotten": _("This browser has forgotten its seat and everything half written. A new code opens it again."),
    "leave_machine": _("Leave this machine"),
    "leave_ask": _("Forget the seat and everything half written on this machine? To come back takes a new code."),
    "leave_yes": _("Forget it"),
    "leave_no": _("Stay"),
    "join": _("Join"),
    "join_again": _("Join again"),
    "joining": _("Joining …"),
    "done": _("Done; it is on the record."),
    "now": _("NOW"),
    "paused": _("PAUSED"),
    "left": _("{clock} left"),
    "over_time": _("{clock} over time"),
    "go_on": _("go on"),
    "back": _("back"),
    "throw_away": _("throw away"),
    "take_pen": _("take the pen"),
    "half_written": _("half written"),
    "not_said": _("not said yet"),
    "cut_form": _(
        "The next question comes by itself when the line is back, and what you have answered is kept. Until then you "
        "can change an answer, or go back and read."
    ),
    "cut_words": _("You can write these already: they are kept, and asked in their place."),
    "cut_open": _("It opens by itself when the line is back. Until then you can go back and read."),
    "cut_title": _("The line is cut"),
    "parts": _("Parts of this page"),
    "new": _("new"),
    "typed_ahead": _("Kept for our words: {text}"),
    "search": _("Type to search"),
    "not_found": NOT_FOUND,
    "up": _("up"),
    "down": _("down"),
    "ctrl_enter": _("ctrl+enter"),
    "begin_talk": _("Begin the talk"),
    "end_talk": _("The talk is over"),
    "talk_sheet": _("Who sits there, what was asked, and our own sheet"),
    "readout": _("Seal our readout"),
    "note": _("Note what was said in the talk"),
    "say": _("What do we say to them?"),
    "send": _("Send"),
    "look_around": _("Look around by ourselves"),
    "agree_first": DUTY,
    "telling_first": _("Read what has happened. What else is asked of us comes after it."),
    "talk_first": _("A call or meeting is held. What else is asked of us comes after it."),
    "talk_over": _("The talk is over. What else is asked of us comes after this."),
    "leave": _("Leave"),
    "rehearsed": REHEARSED,
    "follow": _("Back to what the facilitator shows"),
    "keys": _("Digits choose, tab and arrows move, enter takes, esc goes back."),
}
"""By what the page's script calls them."""
CUTS: Final = {"lost": LOST, "lost_with_act": LOST_WITH_ACT, "stopped": STOPPED, "stopped_with_act": STOPPED_WITH_ACT}
"""Why the line is cut; `_with_act` where something waits to be sent."""


def page_words(language: Language) -> dict[str, Any]:
    """All of them in a language."""
    say: Say = speaker(language)
    words: dict[str, Any] = {name: say(english) for name, english in WORDS.items()}
    words["cut"] = {name: str(in_words(sentence, language)) for name, sentence in CUTS.items()}
    words["overtaken"] = capital(refusal_text(outdated(Advance()), language))
    words["languages"] = {each: own_name(each) for each in LANGUAGES}
    words["over"] = {why: _over(why, say, language) for why in REASONS}
    return words


def _over(why: str, say: Say, language: Language) -> str:
    what, instead = (in_words(part, language) for part in REASONS[why])
    if why in ("credentials", "used", "slow", "locked", "full"):  # nobody has come yet
        return capital(say("{head}: {text}", head=what, text=say("{sentence}.", sentence=instead)))
    return say("This screen takes nothing more: {what}; {instead}.", what=what, instead=instead)
