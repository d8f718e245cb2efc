"""Themes: the colours behind each tone. Colour only repeats what a word or a shape already says.

Every pair of text and ground reaches a contrast of 4.5 to 1 (7 to 1 in the high-contrast theme). A frame stands 3 to 1
from what it frames, and the one where keys go 3 to 1 from the others. The two teams are told apart by lightness as well
as by hue, 1.5 to 1, and no team has the colour of what is good, bad or a warning, to eyes that lack red or green
either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.theme import Theme

NAMES: tuple[str, ...] = ("dark", "light", "high-contrast", "colour-blind-safe")
DEFAULT = "dark"

PALETTES: dict[str, dict[str, str]] = {
    "dark": {
        "ground": "#14171c",
        "panel": "#1b2027",
        "bar": "#252c36",
        "text": "#d7dce3",
        "dim": "#97a1af",
        "edge": "#5d6c80",
        "strong": "#ffffff",
        "head": "#f0e092",
        "new": "#74ecc8",
        "us": "#a8d0ff",
        "china": "#ee8524",
        "good": "#74ecc8",
        "bad": "#ff6b7f",
        "now-ground": "#f0e092",
        "now": "#14171c",
        "key": "#f0e092",
        "cursor": "#263244",
        "focus": "#f0e092",
    },
    "light": {
        "ground": "#f7f6f2",
        "panel": "#ffffff",
        "bar": "#e6e3da",
        "text": "#22262b",
        "dim": "#5a626c",
        "edge": "#938d79",
        "strong": "#000000",
        "head": "#3c3600",
        "new": "#07724f",
        "us": "#00296b",
        "china": "#984e04",
        "good": "#07724f",
        "bad": "#a90032",
        "now-ground": "#3c3600",
        "now": "#ffffff",
        "key": "#3c3600",
        "cursor": "#d5e3f5",
        "focus": "#3c3600",
    },
    "high-contrast": {
        "ground": "#000000",
        "panel": "#000000",
        "bar": "#000000",
        "text": "#ffffff",
        "dim": "#d0d0d0",
        "edge": "#808080",
        "strong": "#ffffff",
        "head": "#ffff00",
        "new": "#4dfca8",
        "us": "#cfeaff",
        "china": "#f8ac44",
        "good": "#4dfca8",
        "bad": "#ff9dc4",
        "now-ground": "#ffff00",
        "now": "#000000",
        "key": "#ffff00",
        "cursor": "#002a66",
        "focus": "#ffff00",
    },
    "colour-blind-safe": {
        "ground": "#12161b",
        "panel": "#181d24",
        "bar": "#232a33",
        "text": "#e3e6ea",
        "dim": "#a3adb9",
        "edge": "#5c6a7b",
        "strong": "#ffffff",
        "head": "#f4ec3c",
        "new": "#b6faba",
        "us": "#a6dcff",
        "china": "#d08f10",
        "good": "#b6faba",
        "bad": "#ef73a3",
        "now-ground": "#f4ec3c",
        "now": "#12161b",
        "key": "#f4ec3c",
        "cursor": "#223648",
        "focus": "#f4ec3c",
    },
}
"""What each theme calls its colours; the style sheet knows no others."""

SHEET = """
Toast { background: $ink-bar; color: $ink-text; border-left: outer $ink-focus; }
CommandPalette { background: $ink-ground 60%; }
CommandPalette > Vertical { width: 84; max-width: 96%; }
CommandPalette > .command-palette--help-text { color: $ink-dim; text-style: none; }
CommandPalette CommandList > .option-list--option-highlighted { background: $ink-cursor; }
CommandPalette > .command-palette--highlight { color: $ink-focus; }
CommandPalette CommandInput > .input--placeholder { color: $ink-dim; }
CommandPalette #--input, CommandPalette CommandList { background: $ink-panel; color: $ink-text; }
"""
"""What every screen of the app has in common."""


def themes() -> list[Theme]:
    """The themes, ready to register."""
    from textual.theme import Theme

    return [
        Theme(
            name=name,
            primary=colours["head"],
            accent=colours["focus"],
            foreground=colours["text"],
            background=colours["ground"],
            surface=colours["panel"],
            panel=colours["bar"],
            success=colours["good"],
            warning=colours["head"],
            error=colours["bad"],
            dark=name != "light",
            variables={f"ink-{tone}": colour for tone, colour in colours.items()},
        )
        for name, colours in PALETTES.items()
    ]


def variables() -> dict[str, str]:
    """The style sheet's variables before a theme is chosen."""
    return {f"ink-{tone}": colour for tone, colour in PALETTES[DEFAULT].items()}
