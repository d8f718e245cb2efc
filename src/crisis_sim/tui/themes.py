"""Themes: the colours behind each tone. Colour only repeats what a word or a shape already says.

Every pair of text and ground reaches a contrast of 4.5 to 1 (7 to 1 in the high-contrast theme), and the two teams
are told apart by lightness as well as by hue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
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
        "edge": "#3d4754",
        "strong": "#ffffff",
        "head": "#e6c98f",
        "new": "#8fd18f",
        "us": "#7fb8ff",
        "china": "#f2b661",
        "good": "#8fd18f",
        "bad": "#ff9b8a",
        "now-ground": "#e6c98f",
        "now": "#14171c",
        "key": "#e6c98f",
        "cursor": "#263244",
        "focus": "#e6c98f",
    },
    "light": {
        "ground": "#f7f6f2",
        "panel": "#ffffff",
        "bar": "#e6e3da",
        "text": "#22262b",
        "dim": "#5a626c",
        "edge": "#b9b5a8",
        "strong": "#000000",
        "head": "#6b4a00",
        "new": "#1c6b2a",
        "us": "#0b4f9e",
        "china": "#8a4b00",
        "good": "#1c6b2a",
        "bad": "#a3200f",
        "now-ground": "#5a3f00",
        "now": "#ffffff",
        "key": "#6b4a00",
        "cursor": "#d5e3f5",
        "focus": "#6b4a00",
    },
    "high-contrast": {
        "ground": "#000000",
        "panel": "#000000",
        "bar": "#000000",
        "text": "#ffffff",
        "dim": "#d0d0d0",
        "edge": "#ffffff",
        "strong": "#ffffff",
        "head": "#ffff00",
        "new": "#00ff7f",
        "us": "#7fd4ff",
        "china": "#ffd24d",
        "good": "#00ff7f",
        "bad": "#ffb0b0",
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
        "edge": "#47525f",
        "strong": "#ffffff",
        "head": "#f0e442",
        "new": "#56b4e9",
        "us": "#56b4e9",
        "china": "#e69f00",
        "good": "#56b4e9",
        "bad": "#f0a060",
        "now-ground": "#f0e442",
        "now": "#12161b",
        "key": "#f0e442",
        "cursor": "#223648",
        "focus": "#f0e442",
    },
}
"""What each theme calls its colours; the style sheet knows no others."""


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


def put_on(app: App[Any], name: str) -> None:
    """Give an app our themes and no others, and begin with one of them, before it draws anything."""
    for theme in themes():
        app.register_theme(theme)
    app.set_reactive(type(app).theme, name if name in NAMES else DEFAULT)
    for other in tuple(app.available_themes):
        if other not in NAMES:
            app.unregister_theme(other)
    app.stylesheet.set_variables(app.get_css_variables())


def variables() -> dict[str, str]:
    """The style sheet's variables before a theme is chosen."""
    return {f"ink-{tone}": colour for tone, colour in PALETTES[DEFAULT].items()}
