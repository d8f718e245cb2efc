"""Keys: one table a screen, from which its keys, its footer, the palette and the help page are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from crisis_sim.text import cells
from crisis_sim.wording import Say

MAX_FOOTER_KEYS: Final = 6


class KeyBinding(Struct, frozen=True):
    """A key, what it does in a word or two for the footer, and in a sentence for help and the palette."""

    keys: str
    """One key or several with commas; the first is shown."""
    action: str
    """A method of the screen, `action_…`, with its parameters."""
    label: str
    description: str
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


FACES: Final = {
    "question_mark": "?",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "backspace": "⌫",
}

EVERYWHERE: Final[tuple[KeyBinding, ...]] = (
    KeyBinding("f1,question_mark", "app.help", "help", "Show what can be done here", shown="?"),
    KeyBinding("ctrl+p", "app.command_palette", "everything", "Search every action by name"),
    KeyBinding("ctrl+q", "app.leave", "quit", "Quit; what is acknowledged is safe in the log", foot=False),
)
BACK: Final = KeyBinding("escape", "back", "back", "Go back; what is half written is kept")


def footer_keys(keys: Sequence[KeyBinding], width: int, say: Say) -> list[KeyBinding]:
    """As many keys as fit, six at most, the help among them."""
    shown = [key for key in keys if key.foot]
    last = [key for key in shown if key in EVERYWHERE]
    room = width - 1 - sum(_cells(key, say) for key in last)
    first = []
    for key in [key for key in shown if key not in last][: MAX_FOOTER_KEYS - len(last)]:
        if (need := _cells(key, say)) <= room:
            first.append(key)
            room -= need
    return [*first, *last]


def _cells(key: KeyBinding, say: Say) -> int:
    return cells(f" {key.face} {key.name(say)}  ")


class Foot(Static):
    """The keys of a screen; each can be clicked."""

    auto_links = False  # keys keep their own colours

    DEFAULT_CSS = "Foot { dock: bottom; height: 1; background: $ink-bar; color: $ink-dim; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__(id="foot", markup=False)

    def show(self, keys: Sequence[KeyBinding], say: Say) -> None:
        """Show these keys."""
        pieces = []
        for key in footer_keys(keys, self.app.size.width - 2, say):
            press = Style.from_meta({"@click": ("screen.press", (key.keys.split(",")[0],))})
            pieces += [Content.styled(f" {key.face} ", "bold $ink-key"), Content(f"{key.name(say)}  ")]
            pieces[-2:] = [piece.stylize(press) for piece in pieces[-2:]]
        self.update(Content("").join(pieces))


def keys_text(keys: Sequence[KeyBinding], say: Say) -> list[tuple[str, str]]:
    """Each key with the sentence that says what it does."""
    return [(key.face, say(key.description)) for key in keys if key.description]


__all__ = ["BACK", "EVERYWHERE", "Foot", "KeyBinding", "footer_keys", "keys_text"]
