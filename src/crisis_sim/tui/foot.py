"""Rows of keys and names at the edge of a screen: the footer, and the pages that there are. They know no seat."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.pane_rows import PaneRow, Piece, fit, width_of
from crisis_sim.wording import Say


def foot_pieces(keys: Sequence[KeyBinding], width: int, say: Say) -> list[tuple[KeyBinding, PaneRow]]:
    """As many keys as fit, six at most, each with its row."""
    shown_keys = [key for key in keys if key.foot]
    must = [key for key in shown_keys if key.action in ("help", "command_palette")]
    rest = [key for key in shown_keys if key not in must][: 6 - len(must)]
    pieces: dict[KeyBinding, PaneRow] = {
        key: ((f" {key.face} ", "key"), (say(key.label) + "  ", "dim")) for key in (*must, *rest)
    }
    room = width - 1
    kept: set[KeyBinding] = set()
    for key, piece in pieces.items():
        if (need := width_of(piece)) <= room:
            kept.add(key)
            room -= need
    return [(key, pieces[key]) for key in (*rest, *must) if key in kept]


def foot_row(keys: Sequence[KeyBinding], width: int, say: Say) -> PaneRow:
    """The footer."""
    pieces: list[Piece] = [(" ", "")]
    for _, piece in foot_pieces(keys, width, say):
        pieces.extend(piece)
    return tuple(pieces)


def tab_row(names: Sequence[str], active: int, width: int, say: Say) -> PaneRow:
    """Names of the pages, with the open one marked in brackets as well as in colour."""
    pieces: list[Piece] = [(" ", "")]
    for index, name in enumerate(names):
        text = f"{index + 1} {say(name)}"
        pieces.append((f"[{text}]" if index == active else f" {text} ", "chosen" if index == active else "dim"))
        pieces.append((" ", ""))
    return fit(tuple(pieces), width)
