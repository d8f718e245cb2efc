"""What the pages of the opening menu show, as rows: what to do, which scenario, which log."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from crisis_sim.text import cells, wrapped
from crisis_sim.tui.menu_choice import LogEntry, Offer, ScenarioEntry
from crisis_sim.tui.pane_rows import BLANK, PaneBlock, block, para, row, spread
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import own_name

ASKED: Final[Mapping[str, str]] = {
    "first": _("What would you like to do?"),
    "played": _("The session is over. What comes now?"),
    "what-if": _("What if it had gone otherwise: from the start of which turn?"),
    "pick": _("Which scenario? Those for newcomers come first."),
    "alone": _("Which scenario? It begins at once. Those for newcomers come first."),
    "start": _("Set the table, then start."),
    "look": _("Which scenario? What only the facilitator may know is shown."),
    "resume": _("Which log do you want to resume?"),
    "debrief": _("Of which session do you want the debrief?"),
    "replay": _("Which log do you want to replay?"),
    "verify": _("Which log do you want to verify?"),
}
"""What each page asks."""
MenuItem: TypeAlias = tuple[str, str, str]
"""What it does, what it is called, and what that means."""
ITEMS: Final[Sequence[MenuItem]] = (
    (
        "alone",
        _("Alone, 45 minutes, against a team that listens"),
        _("You play the United States; a bot plays China, and answers what you do."),
    ),
    ("start", _("Start a session"), _("Choose a scenario, how long it takes, and who sits where.")),
    (
        "try",
        _("A first time: three minutes"),
        _("Make one move and read one: how far what is meant lies from what is heard."),
    ),
    (
        "demo",
        _("Watch the demo"),
        _("Five minutes: how two good intentions miss each other, and what each heard."),
    ),
    (
        "host",
        _("Host an exercise"),
        _("A screen for each team: others join from their own terminal or browser, with a code from you."),
    ),
    (
        "join",
        _("Join an exercise"),
        _("Take your seat at a hosted one, with the address and the code you were given."),
    ),
    ("resume", _("Resume a session"), _("Go on from a log, after a break or a crash.")),
    ("debrief", _("Write a debrief"), _("The report of a session that came to its hotwash: a web page, and Markdown.")),
    ("replay", _("Replay a session"), _("Go through a log again, as each side saw it; what was sealed is shown.")),
    (
        "look",
        _("Look into a scenario"),
        _("For who writes or facilitates: all injects, what is tied to what, and each turn as a seat sees it."),
    ),
    ("verify", _("Verify a log"), _("Check that nothing in it was changed and the rules give the same results.")),
    ("quit", _("Quit"), ""),
)
"""The first page."""
CHAIRS: Final = _("A new session of the same scenario and length: the two teams change chairs.")
SIDES_CHANGED: Final = _("A new session of the same scenario and length, in which you sit where the bot sat.")
"""What *again from the other side* means, where people play both teams, and where a bot played one."""
ROOMY: Final = 36
"""Rows of a window in which every scenario has its sentence; in a lower one the chosen has."""
FRAMED: Final = 5
"""Rows of a window beside those of its list."""
MOST_SENTENCE: Final = 2
SENTENCE: Final = re.compile(r".*?[.!?](?=\s|$)|.*?[。！？]|.+", re.DOTALL)


def played_items(of: Offer) -> Sequence[MenuItem]:
    """What can be done with a session that is over."""
    turned = _("From the start of a turn on, by a bot that listens or by yourself; then both courses side by side.")
    return (
        ("debrief", _("Write the debrief"), _("One web page that prints on A4, and the same in Markdown.")),
        ("replay", _("Replay it"), _("Moment by moment, as each side saw it, with what was sealed.")),
        *([("what-if", _("What if …"), turned)] if of.turns else []),
        *([("compare", _("Compare"), _("Side by side with the session that it parted from."))] if of.parent else []),
        *([("again", _("Again from the other side"), of.changes)] if of.changes else []),
        *(
            [("resume", _("Back to the hotwash"), _("It was not closed, and stands where you left it."))]
            if of.goes_on
            else []
        ),
        ("first", _("The menu"), _("Another scenario, the demo, an earlier session.")),
        ("quit", _("Quit"), ""),
    )


def item_blocks(items: Sequence[MenuItem], chosen: str, width: int, height: int, say: Say) -> list[PaneBlock]:
    """Each with what it means; where there is no room for that, the chosen one has it, so that all are in sight."""
    told = {name: para(say(note), width, "dim", indent=2) if note else [] for name, _, note in items}
    is_roomy = sum(1 + len(rows) for rows in told.values()) <= height - FRAMED
    drawn = []
    for number, (name, label, _note) in enumerate(items, 1):
        rows = told[name] if is_roomy or name == (chosen or items[0][0]) else []
        face = row((f"{number} " if number < 10 else "  ", "key"), (say(label), "strong"))
        drawn.append(PaneBlock((face, *rows), name))
    return _airy(drawn, height)


def _airy(drawn: Sequence[PaneBlock], height: int) -> list[PaneBlock]:
    """With a blank row after each, where a window of this height has room for all."""
    if sum(len(each.rows) + 1 for each in drawn) > height - FRAMED + 1:
        return list(drawn)
    return [part for each in drawn for part in (each, block(BLANK))][:-1]


def _known(of: ScenarioEntry, say: Say) -> list[str]:
    """How difficult a scenario is, where it says so, how long, and in which languages."""
    length = say("{length} min", length=say(", ").join(map(str, of.lengths)))
    languages = say(", ").join(own_name(language) for language in of.languages)
    return [each for each in (of.difficulty, length, languages) if each]


def scenario_blocks(
    scenarios: Sequence[ScenarioEntry], chosen: str, width: int, height: int, say: Say
) -> list[PaneBlock]:
    """Each in a row with how difficult and how long it is and its languages; as there is room, what it is.

    No title is cut: what stands beside it goes first, in all rows alike, the languages before the lengths; those are
    then told of the chosen one.
    """
    known = [_known(each, say) for each in scenarios]
    shown = max(map(len, known), default=0)
    while shown and any(
        cells(each.title) + cells(" · ".join(of[:shown])) + 2 > width for each, of in zip(scenarios, known, strict=True)
    ):
        shown -= 1
    drawn = []
    for each, of in zip(scenarios, known, strict=True):
        rows = [spread(row((each.title, "strong")), row((" · ".join(of[:shown]), "dim")), width)]
        if height >= ROOMY:
            found = SENTENCE.match(each.says)
            first = found.group() if found is not None else each.says
            lines = wrapped(first, width - 2)
            lines = lines if len(lines) <= MOST_SENTENCE else wrapped(each.says, width - 2)[:MOST_SENTENCE]
            rows += [row(("  ", ""), (line, "dim")) for line in lines]
        elif each.id == chosen:
            rows += para(each.says, width, "dim", indent=2)
            rows += para(" · ".join(of[shown:]), width, "dim", indent=2) if of[shown:] else []
        drawn.append(PaneBlock(tuple(rows), each.id))
    return _airy(drawn, height) if height >= ROOMY else drawn


def log_blocks(logs: Sequence[LogEntry], width: int, height: int, none: str) -> list[PaneBlock]:
    """Each with where it lies; a sentence where there is none."""
    drawn = [PaneBlock((*para(log.says, width, "strong"), *para(log.path, width, "dim")), log.path) for log in logs]
    return _airy(drawn, height) or [block(*para(none, width, "dim"))]


def field_block(key: str, label: str, value: str, note: str, width: int) -> PaneBlock:
    """Something of a new session that can be chosen, as it stands."""
    rows = para(value, width, "strong", indent=16, first=row((label + " " * max(16 - cells(label), 1), "dim")))
    rows.extend(para(note, width, "dim", indent=16) if note else ())
    return PaneBlock(tuple(rows), key)
