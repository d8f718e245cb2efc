"""The words that open forms and parts of a page, where people type instead of picking, and what each does.

A form is opened by its own name, or forms about things of a kind by one word for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.pages.form import NO_SHEET, FormLink, FormSheet
from crisis_sim.pages.seat_page import PageRegion
from crisis_sim.wording import Say, _

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "request": ("answer", _("answer what was asked of us")),
    "decision": ("decide", _("say what we do with what we now believe, or with a voice at home")),
    "draft": ("revise", _("change a move on our list")),
    "off": ("withdraw", _("take a move off our list")),
    "exchange": ("readout", _("publish our account of a private exchange")),
    "closer": ("ask", _("ask them which of our acts moved them closer, or answer that")),
    "card": ("read", _("read a card again")),
    "forecast": ("forecast", _("give our forecasts again")),
    "line": ("drop", _("take back a line that we wrote, or set one of ours aside")),
    "guess:": ("unguess", _("take back a guess")),
    "before": ("keep", _("keep guesses that we made before play")),
    "noted": ("talk", _("note what was said in a talk")),
    "advance": ("next", ""),
    "question": ("ask", ""),
    "act": ("reveal", _("show both teams what one act meant and how it was read")),
    "place": ("place", _("give a place a new code or the pen, or take it back")),
    "back": ("rollback", _("go on from the start of an earlier turn, in a branch")),
    "change": ("change", _("write down the one thing that somebody would change")),
    "edit": ("edit", _("put other words in place of a note that was written here, or strike it out")),
    "inject": ("inject", _("read an inject of the plan, and say what becomes of it")),
}
"""By the kind of a form: its word, and what that does where no door says so."""
ANSWERS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "inject": (
        "do",
        {
            "release": _("deliver an inject now"),
            "hold": _("keep an inject back until it is released"),
            "skip": _("strike an inject from this session"),
        },
    ),
    "principle": (
        "which",
        {
            "accept": _("accept a sentence of theirs; its number can follow"),
            "reword": _("put a sentence in other words"),
        },
    ),
}
"""By the kind of a form: its first question, and the answers that are words for it too."""
ELSEWHERE: Final = frozenset({"say", "end", "alone"})
"""Kinds of form that are asked where they belong."""
REGIONS: Final[Mapping[str, str]] = {
    "public": "brief",
    "brief-us": "brief",
    "brief-china": "brief",
    "own": "lines",
    "theirs": "lines",
    "feed": "news",
    "turn": "list",
    "home": "standing",
    "plan": "msel",
    "why": "traces",
    "places": "seats",
}
"""By the name of a part of a page: its word, where that is another."""


@dataclass
class FormCommand:
    """A word that opens forms."""

    label: str
    closed: str = ""
    """Why it opens none now."""
    answers: FormSheet = field(default_factory=lambda: NO_SHEET)  # a MappingProxyType cannot be hashed before 3.12
    """What it answers in the form already."""
    names: list[str] = field(default_factory=list)


def form_word(name: str, view: View) -> str:
    """The word that opens a form."""
    kind, colon, _suffix = name.partition(":")
    if kind.isdecimal():
        kind = "card"
    elif isinstance(view, TeamView) and any(forecast.id == name for forecast in view.asked_now):
        kind = "forecast"
    return WORDS.get(kind + colon, WORDS.get(kind, (kind, "")))[0]


def form_commands(links: Iterable[FormLink], names: Sequence[str], view: View, say: Say) -> dict[str, FormCommand]:
    """Everything that can be opened, by its word: the doors of the page first."""
    labels = {word: say(text) for word, text in WORDS.values() if text}
    commands = {form_word(link.name, view): FormCommand(link.label, link.closed) for link in links}
    for name in names:
        kind = name.partition(":")[0]
        answered, words = ANSWERS.get(kind, ("", {}))
        for word, label in words.items():
            commands.setdefault(word, FormCommand(say(label), answers={answered: word})).names.append(name)
        word = form_word(name, view)
        if kind not in ELSEWHERE:
            commands.setdefault(word, FormCommand(labels.get(word, ""))).names.append(name)
    if "read" in commands:  # in the order of the cards, and not the one that is read next first
        commands["read"].names.sort(key=int)
    return commands


def region_words(regions: Iterable[PageRegion]) -> dict[str, list[PageRegion]]:
    """The parts of a page by the words for them."""
    regions_by_word: dict[str, list[PageRegion]] = {}
    for region in regions:
        regions_by_word.setdefault(REGIONS.get(region.name, region.name), []).append(region)
    return regions_by_word
