"""A line is waited for at a terminal, and left when something else comes up."""

from __future__ import annotations

import os
import pty
import select
import socket
import sys
from typing import Any

import pytest

from crisis_sim.plain import standard_streams
from crisis_sim.plain.standard_streams import BrokenOff, read_line


def test_a_prompt_is_left_as_soon_as_something_comes_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at the next look only: what stirs is waited for with what is typed, and taken, so that it stirs once."""
    terminal, end = pty.openpty()
    ours, theirs = socket.socketpair()
    theirs.send(b"..")
    ours.setblocking(False)
    looks: list[list[Any]] = []  # Any: whatever is waited for

    def at_once(waits: list[Any], *_others: object) -> tuple[list[Any], list[Any], list[Any]]:
        looks.append(waits)
        return select.select(waits, [], [], 0)

    monkeypatch.setattr(standard_streams, "select", type("At", (), {"select": staticmethod(at_once)}))
    with os.fdopen(end, "r") as typed, ours, theirs:
        monkeypatch.setattr(sys, "stdin", typed)
        with pytest.raises(BrokenOff):
            read_line(lambda: True, ours)
        assert looks == [[typed, ours]]
        with pytest.raises(BlockingIOError):
            ours.recv(1)
        os.write(terminal, b"news\n")
        assert read_line(lambda: True, ours) == "news\n"
    os.close(terminal)
