"""Keys: one table a screen, from which its bindings, its footer, the palette and the help page are made."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding, BindingType

from crisis_sim.wording import Say


class KeyBinding(Struct, frozen=True):
    """A key, what it does in a word or two for the footer, and in a sentence for help and the palette."""

    keys: str
    """One key or several with commas; the first is shown."""
    action: str
    label: str
    says: str
    foot: bool = True
    """It stands in the footer, if there is room: six at most."""
    shown: str = ""
    """How the key is written; the key itself if empty."""

    def name(self, say: Say) -> str:
        """What the footer and the palette call it, in the reader's language."""
        return say(self.label, "a key")

    @property
    def face(self) -> str:
        """The key as people know it."""
        first = self.keys.split(",")[0]
        return self.shown or FACES.get(first, first.upper() if first.startswith("f") and first[1:].isdigit() else first)


FACES = {
    "question_mark": "?",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "minus": "-",
    "backspace": "⌫",
}

EVERYWHERE: tuple[KeyBinding, ...] = (
    KeyBinding("f1,question_mark", "help", "help", "Show what can be done here", shown="?"),
    KeyBinding("ctrl+p", "command_palette", "everything", "Search every action by name", shown="ctrl+p"),
    KeyBinding("ctrl+q", "leave", "quit", "Quit; what is acknowledged is safe in the log", foot=False),
)
WRITING: tuple[KeyBinding, ...] = (replace(EVERYWHERE[0], shown="F1"), *EVERYWHERE[1:])
"""The same while somebody writes, where a question mark is only that."""

FACTS = KeyBinding(
    "f,f3", "facts", "what we alone know", "Read what we alone know, and how we have told it", foot=False
)
"""At every screen of a team; f3 where letters are words."""

TOLD = KeyBinding("t,f4", "telling", "told again", "Read again how this turn began, one thing at a time", foot=False)
"""At every screen of a team; f4 where letters are words."""


FIRST = frozenset({"leave", "throw_away"})
"""Actions whose keys mean the same while somebody writes, whatever a place to write would do with them."""


def bindings(keys: Iterable[KeyBinding]) -> list[BindingType]:
    """Textual's bindings for a table of keys."""
    return [
        Binding(key.keys, key.action, key.label, show=False, priority=key.action in FIRST) for key in keys if key.keys
    ]
