"""Keys and names at the edge of a screen: the footer, and the pages that there are. They know no seat."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.events import Click

from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.pane_rows import PaneRow, Piece, fit, width_of
from crisis_sim.tui.screen_words import said_by
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.wording import Say


def foot_pieces(keys: Sequence[KeyBinding], width: int, say: Say) -> list[tuple[KeyBinding, PaneRow]]:
    """As many keys as fit, six at most, each with its row."""
    shown_keys = [key for key in keys if key.foot]
    must = [key for key in shown_keys if key.action in ("help", "command_palette")]
    rest = [key for key in shown_keys if key not in must][: 6 - len(must)]
    pieces: dict[KeyBinding, PaneRow] = {
        key: ((f" {key.face} ", "key"), (key.name(say) + "  ", "dim")) for key in (*must, *rest)
    }
    room = width - 1
    kept: set[KeyBinding] = set()
    for key, piece in pieces.items():
        if (need := width_of(piece)) <= room:
            kept.add(key)
            room -= need
    return [(key, pieces[key]) for key in (*rest, *must) if key in kept]


class Foot(FixedRows):
    """The keys of its screen, each to be clicked too; none while a dialog over it takes them all."""

    def __init__(self, keys: Callable[[], Sequence[KeyBinding]]) -> None:
        """With what tells the keys that do something at present."""
        super().__init__(id="foot")
        self._keys = keys

    def on_mount(self) -> None:
        """Draw, and again whenever another screen lies on top."""
        self.show(lambda width: [((" ", ""), *(piece for _, row in self._pieces(width) for piece in row))])
        self.app.screen_change_signal.subscribe(self, lambda _: self.redraw())
        self.watch(self.screen, "focused", self.redraw, init=False)

    def _pieces(self, width: int) -> list[tuple[KeyBinding, PaneRow]]:
        return foot_pieces(self._keys() if self.app.screen is self.screen else (), width, said_by(self.screen))

    def on_click(self, event: Click) -> None:
        """As if the key under the mouse had been pressed."""
        at = 1
        for key, piece in self._pieces(self.size.width):
            if key.keys and at <= event.x < at + width_of(piece):
                self.app.simulate_key(key.keys.split(",")[0])
            at += width_of(piece)


def tab_row(
    names: Sequence[str], active: int, width: int, say: Say, short: Sequence[str] = (), *, numbered: bool = True
) -> PaneRow:
    """Names of the pages, behind the numbers that open them; the open one in brackets as well as in colour.

    Where they have no room they stand closer, then are in `short`, then the open one alone has its name.
    """
    alone = [name if index == active else "" for index, name in enumerate(short or names)]
    ways = ((names, " "), (names, ""), (short or names, ""), (alone, ""))
    rows = [_tabs(each, active, apart, say, numbered) for each, apart in ways]
    return next((each for each in rows if width_of(each) <= width), fit(rows[-1], width))


def _tabs(names: Sequence[str], active: int, apart: str, say: Say, numbered: bool) -> PaneRow:
    pieces: list[Piece] = [(" ", "")]
    for index, name in enumerate(names):
        text = f"{f'{index + 1} ' if numbered else ''}{say(name) if name else ''}".rstrip()
        pieces.append((f"[{text}]" if index == active else f" {text} ", "chosen" if index == active else "dim"))
        pieces.append((apart, ""))
    return tuple(pieces)
