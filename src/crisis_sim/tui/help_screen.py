"""Help for the screen at hand, and the screen that says that the disk failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from crisis_sim.errors import StorageFailed
from crisis_sim.pages.duty import duty
from crisis_sim.pages.seal_words import of_secrets
from crisis_sim.rules.names import Language
from crisis_sim.tui.key_bindings import WRITING, KeyBinding
from crisis_sim.tui.pane_rows import BLANK, READING, PaneBlock, PaneRow, PaneTone, para, row
from crisis_sim.tui.screen_table import ScreenTable
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import Say, _, failure, speaker

if TYPE_CHECKING:
    from crisis_sim.tui.frame import SeatScreen

PHASES: dict[str, str] = {
    "briefing": _("Each team reads its briefs, writes its lines, guesses the other's, and seals them."),
    "situation": _("The clock moves on and news arrives. The facilitator opens the moves."),
    "moves": _("Each team composes its moves unseen by the other, answers what was asked of it, and commits."),
    "readings": _("Each team says how it takes what arrived: how hostile, and how sure."),
    "results": _("Rules judge. Each team sees its own lines, its standing and what is at stake."),
    "forecasts": _("Each team says how likely it is that the other will do this or that."),
    "closing": _("Each team guesses the other's lines once more, and seals them."),
    "hotwash": _("Everything is open. Talk about the gap between what was meant and how it was read."),
    "closed": _("The session is closed; its log stays."),
}


class HelpScreen(ModalScreen[None]):
    """Where we are in play, and every key of the screen below."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen Pane { width: 84; max-width: 96%; height: auto; max-height: 94%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,question_mark,enter", "back", "Back")]

    def __init__(self, keys: Sequence[KeyBinding], told: Sequence[str], say: Say) -> None:
        """For a screen's keys, under what is told of it: what to do, what it is for, and the rest."""
        super().__init__()
        self._keys, self._told, self._say = keys, told, say

    def compose(self) -> ComposeResult:
        """One pane."""
        say = self._say
        yield Pane(say("Help: esc goes back"))

    def on_mount(self) -> None:
        """Fill in the help and put the focus on it."""
        pane = self.query_one(Pane)
        pane.show(self._draw)
        pane.focus()

    def _draw(self, width: int) -> list[PaneBlock]:
        say = self._say
        width = min(width, READING)
        tones: Iterable[PaneTone] = chain(("strong", ""), repeat("dim"))
        told = zip(self._told, tones, strict=False)
        rows = [each for text, tone in told for each in (*para(text, width, tone), BLANK)]
        for face, says in _lines(self._keys):
            rows.extend(
                # Translators: a sentence that has no full stop of its own
                para(say("{sentence}.", sentence=say(says)), width, indent=12, first=row((f"{face:<12}", "key")))
            )
        legend = LEGEND_WRITING if WRITING[0] in self._keys else LEGEND
        rows.extend([BLANK, *para(say(legend), width, "dim")])
        return [PaneBlock(tuple(rows))]

    def action_back(self) -> None:
        """Close the help."""
        self.dismiss(None)


def told_of(screen: SeatScreen) -> list[str]:
    """What to do on a seat's screen, what it or its phase is for, and who sees what is sealed there."""
    view, say = screen.look, screen.say
    about = screen.ABOUT or PHASES[view.phase]
    return [screen.now(view) or duty(view, say), say(about), *(say(sentence) for sentence in of_secrets(view))]


LEGEND = _("Arrows or j and k move, enter picks, esc goes back.")
LEGEND_WRITING = _("Arrows move, enter picks, esc goes back.")
MANY: dict[str, str] = {
    "tab": _("Go to a panel by its number"),
    "open": _("Open a page by its number"),
    "digit": _("First key: how hostile, 1 (−3) to 7 (+3); second: how sure, 1 to 4; of public words a third: for whom"),
    "chance": _("A chance in tens of 100; x is 100"),
    "mean": _("How we mean it, then how we expect them to take it, 1 (−3) to 7 (+3); of public words for whom, 1 to 4"),
    "gap": "Go to where this gap was read",
}
"""What keys that stand for numbers do together."""


def _lines(keys: Sequence[KeyBinding]) -> list[tuple[str, str]]:
    """Faces and sentences; keys that stand for numbers share one."""
    together: dict[str, list[KeyBinding]] = {}
    for key in keys:
        if key.action not in ("nothing", "on", "search_up", "search_down"):
            name = key.action.partition("(")[0]
            together.setdefault(name if name in MANY else key.action, []).append(key)
    lines = []
    for name, same in together.items():
        digits = [key.face for key in same if key.face.isdigit()]
        lines.append((f"{digits[0]}–{digits[-1]}", MANY[name]) if name in MANY else (same[0].face, same[0].says))
    return lines


class StorageScreen(Screen[None]):
    """The disk refused: play stands still, and nothing that was acknowledged is lost."""

    DEFAULT_CSS = "StorageScreen { align: center middle; } StorageScreen FixedRows { max-width: 82; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,ctrl+q,enter", "stop", "Quit"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, failed: StorageFailed, table: ScreenTable, language: Language) -> None:
        """With what the disk said."""
        super().__init__()
        self._language: Language = language
        self._failed, self._table = failed, table

    def compose(self) -> ComposeResult:
        """A few sentences."""
        yield FixedRows(id="sentences", most=18)

    def on_mount(self) -> None:
        """Draw the sentences."""
        self.query_one("#sentences", FixedRows).show(self._draw)

    def _draw(self, width: int) -> list[PaneRow]:
        say, (why, way_out) = speaker(self._language), failure(self._failed, self._language)
        rows = [*para(say("Play is paused: the log could not be written."), width, "bad"), BLANK, *para(why, width)]
        rows.extend(para(way_out, width, "dim") if way_out else ())
        lost = say("Nothing that was acknowledged is lost. The last thing you asked for has not been done.")
        rows.extend([BLANK, *para(lost, width)])
        if self._table.log:
            rows.extend(para(say("The log: {path}", path=self._table.log), width))
        if self._table.resume:
            then = (
                _("When the disk is well again, go on with: {command}")
                if self._failed.is_final
                else _("Once there is room, go back and do it again; or leave, and go on later with: {command}")
            )
            rows.extend(para(say(then, command=self._table.resume), width))
        back = say("back, to look only") if self._failed.is_final else say("back, to do it again")
        return [*rows, BLANK, row((" q ", "key"), f"{say('quit')}    ", (" esc ", "key"), back)]

    def action_stop(self) -> None:
        """End the program with exit code 1."""
        self.app.exit(1)

    def action_back(self) -> None:
        """Look at the screen below."""
        self.dismiss(None)
