"""Ordering the acts of the card: carry them up and down until the list says what we mean, then seal it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from crisis_sim.pages.order_blocks import moved
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.dialogs import BOX
from crisis_sim.tui.pane_rows import PaneBlock, PaneRow, para, row
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane


class OrderingScreen(ModalScreen["tuple[str, ...] | None"]):
    """The acts, the gravest first; None where somebody went back."""

    DEFAULT_CSS = BOX.format(name="OrderingScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("K,shift+up", "carry(-1)", "Carry up"),
        Binding("J,shift+down", "carry(1)", "Carry down"),
        *(Binding(str(number), f"to({number})", f"To place {number}", show=False) for number in range(1, 9)),
        Binding("escape", "back", "Back"),
    ]

    def __init__(
        self, title: str, sentence: str, order: Sequence[str], say: Teller, keep: Callable[[tuple[str, ...]], None]
    ) -> None:
        """Begin from an order; the sentence says whose gravity it is, and `keep` takes what has been carried so far."""
        super().__init__()
        self._title, self._sentence, self._say, self._keep = title, sentence, say, keep
        self.order = tuple(order)

    def compose(self) -> ComposeResult:
        """Title, acts, keys."""
        with Vertical():
            yield FixedRows(id="question", most=6)
            yield Pane(id="acts", classes="-bare", cursor=True)
            yield FixedRows(id="keys", most=3)

    def on_mount(self) -> None:
        """Fill in, with the cursor on the first."""
        self.query_one("#question", FixedRows).show(self._top)
        self.query_one("#keys", FixedRows).show(self._keys)
        self._draw(self.order[0])
        self.query_one("#acts", Pane).focus()

    def _top(self, width: int) -> list[PaneRow]:
        return [*para(self._title, width, "head"), *para(self._sentence, width), ()]

    def _keys(self, width: int) -> list[PaneRow]:
        say = self._say
        first = row((" j k ", "key"), say("choose") + "   ", (" J K ", "key"), say("carry it down, up") + "   ")
        second = row(
            (f" 1–{len(self.order)} ", "key"), say("to that place") + "   ", (" enter ", "key"), say("done") + "   "
        )
        return [(), first, (*second, (" esc ", "key"), (say("back"), ""))]

    def _draw(self, act: str) -> None:
        self.query_one("#acts", Pane).show(self._rows, key=act)

    def _rows(self, width: int) -> list[PaneBlock]:
        return [
            PaneBlock(tuple(para(self._say.offence(act), width, indent=3, first=row((f"{place} ", "key")))), act)
            for place, act in enumerate(self.order, 1)
        ]

    def action_carry(self, way: int) -> None:
        """Carry the act under the cursor up or down; the cursor goes with it."""
        act = self.query_one("#acts", Pane).key
        self._put(act, moved(self.order, act, way))

    def action_to(self, place: int) -> None:
        """Carry the act under the cursor to a place."""
        act = self.query_one("#acts", Pane).key
        if place <= len(self.order):
            self._put(act, moved(self.order, act, place - 1 - self.order.index(act)))

    def _put(self, act: str, order: tuple[str, ...]) -> None:
        self.order = order
        self._keep(order)
        self._draw(act)

    @on(Pane.Picked)
    def _sealed(self, event: Pane.Picked) -> None:
        event.stop()
        self.dismiss(self.order)

    def action_back(self) -> None:
        """Leave; what has been carried is kept, and nothing is said."""
        self.dismiss(None)
