"""A forged log in a real terminal: whatever a player is said to have written, the terminal obeys nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.replaying.recorded import forged, played, recorded
from tests.tui.fake import HOSTILE
from tests.tui.test_hostile import nothing_is_obeyed, run_in_terminal

from crisis_sim.replaying.replayed import Replayed


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log whose every text is hostile, with hostile remarks beside it."""
    folder = tmp_path_factory.mktemp("forged")
    log = forged(folder / "evil.jsonl", recorded(folder / "log.jsonl", played().actions))
    replayed = Replayed.opened(log)
    for seq in (0, replayed.last):
        replayed.remark("whole", seq, "note", "x")
    notes = folder / replayed.notes_name
    escaped = "".join(f"\\u{ord(character):04x}" for character in HOSTILE)
    notes.write_bytes(notes.read_bytes().replace(b'"text":"x"', f'"text":"{escaped}"'.encode()))
    return log


@pytest.mark.parametrize(
    ("arguments", "pressed"),
    [
        (["--from", "14"], b"l]l]l]l"),
        (["--from", "30"], b"\t\ry\t\t\t/x\r1w"),
        pytest.param(["--from", "14", "--lens", "dual"], b"l]l]l", marks=pytest.mark.slow),
        pytest.param(["--from", "30", "--lens", "us"], b"\t\t\t\t]u]c]d", marks=pytest.mark.slow),
    ],
)
def test_no_byte_of_a_forged_log_is_obeyed(arguments: list[str], pressed: bytes, evil: Path) -> None:
    """ESC, OSC 52, C1, NUL and bidi overrides in its texts and notes never reach the terminal, through any lens."""
    nothing_is_obeyed(run_in_terminal(["crisis_sim", "replay", str(evil), *arguments], pressed))
