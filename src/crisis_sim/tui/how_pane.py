"""The list of how a move goes: who hears it, what it bears. Enter passes by nothing of it that has not been on screen.

It chooses nothing: where enter reads on, the cursor rests on what is chosen already.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.move_choices import CHOICES, can_add, stays
from crisis_sim.pages.move_sheet import MoveSheet
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.widgets.beside import Beside
from crisis_sim.wording import _

GO: Final = "go"
"""The key of the way on."""
OPTIONAL: Final = {"term" if field == "terms" else field for field, of in CHOICES.items() if of.none}
"""Kinds of keys that a move can do without: enter marks none of them."""
LEFT_OUT: Final = {"visibility", *OPTIONAL}
"""Kinds of keys that stand as they are, or for nothing, unless somebody says otherwise."""


class HowPane(Beside):
    """Knows what of it has been in sight."""

    def __init__(self, title: str, *, id: str, into: str, keys: str, classes: str) -> None:
        """Beside the words, of which nothing has been seen."""
        super().__init__(title, id=id, into=into, keys=keys, classes=classes)
        self._have_seen: set[str] = set()
        self._reads = False

    def begin(self) -> None:
        """Another move is chosen, of which nothing has been seen."""
        self._have_seen.clear()

    def note_seen(self) -> None:
        """What is in sight now has been seen."""
        self._have_seen |= self._at_hand()

    def _at_hand(self) -> set[str]:
        return {self._blocks[index].key for index in self._in_sight()}

    @property
    def unseen(self) -> str:
        """The first thing that can be left out, or heard otherwise, and has never been in sight; empty if none is."""
        seen = self._have_seen | self._at_hand()
        left = (key for key in self.keys if key.partition(":")[0] in LEFT_OUT)
        return next((key for key in left if key not in seen), "")

    def leads_to(self, sheet: MoveSheet, view: TeamView, say: Teller) -> str:
        """What enter does, where it takes nothing."""
        if self._reads and self.unseen:
            return _("What can come with it. Enter reads on, space marks.")
        if self.key != GO:
            marks = self.is_optional and not stays(sheet, self.key)
            return _("Space marks it; enter goes on without it.") if marks else ""
        through = _("Above: what comes with it. Enter goes on to the words.")
        return through if can_add(sheet, view, say) else _("Enter goes on to the words.")

    @property
    def is_optional(self) -> bool:
        """Whether a move can do without what the cursor is on."""
        return self.key.partition(":")[0] in OPTIONAL

    def action_click(self) -> None:
        """Mark what can be left out; take anything else."""
        if self.is_optional:
            self.app.simulate_key("space")
        else:
            self.pick()

    def unseen_before(self, kind: str) -> bool:
        """Whether that stands above the keys of a kind, or anywhere where there is none."""
        found = (at for at, key in enumerate(self.keys) if kind and key.startswith(f"{kind}:"))
        return bool(unseen := self.unseen) and self.keys.index(unseen) < next(found, len(self.keys))

    def read_on(self, sheet: MoveSheet) -> None:
        """Show what follows from the first that has not been seen, with the cursor where enter changes nothing."""
        unseen = self.unseen
        first = next(index for index, block in enumerate(self._blocks) if block.key == unseen)
        top = self._starts[first]
        self._have_seen.add(unseen)  # however high it is
        heading = next((at for at in range(first - 1, -1, -1) if not self._blocks[at].key), first)
        top = self._starts[heading] if top - self._starts[heading] <= 3 else top
        self._reads = False
        shown = self._in_sight(min(top, max(len(self._lines) - self._rows, 0)))
        still = [at for at in shown if (key := self._blocks[at].key) == GO or stays(sheet, key)]
        last = next(at for at, block in enumerate(self._blocks) if block.key == GO)
        self._put(still[-1] if still else last)
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self._reads = True

    def show_kind(self, kind: str) -> None:
        """Put the cursor on the first key of a kind, with as many of that kind in sight as there is room for."""
        found = [key for key in self.keys if key.startswith(kind)]
        if found:
            self.move_to(found[-1])
            self.move_to(found[0])

    @property
    def _rows(self) -> int:
        return max(self.scrollable_content_region.height, 1)

    def _in_sight(self, top: int | None = None) -> list[int]:
        """Blocks with a key that are seen whole, from a row on."""
        first = self.scroll_offset.y if top is None else top
        return [
            at
            for at, block in enumerate(self._blocks)
            if block.key and first <= self._starts[at] and self._starts[at] + len(block.rows) <= first + self._rows
        ]

    def _step(self, way: int) -> None:
        """From where one reads, not from where the cursor was left."""
        here = self._in_sight()
        if self._reads and here and self._cursor not in here:
            self._put(here[0] if way > 0 else here[-1])
        else:
            super()._step(way)

    def _put(self, index: int) -> None:
        self._reads = False
        super()._put(index)

    def _keep_in_view(self, *, is_drawn: bool = False) -> None:
        """What is being read stays in sight, though the list is drawn anew."""
        if not (is_drawn and self._reads):
            super()._keep_in_view(is_drawn=is_drawn)
