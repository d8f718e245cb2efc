"""Logs that somebody wrote by hand: lines changed at will and sealed again, so that every hash is right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from crisis_sim.session.first_line import parts_of
from crisis_sim.session.record import Chain

Change = Callable[[list[dict[str, Any]]], None]
HOSTILE = (
    "x\x1b[2J\x1b]0;owned\x07\x9b31m\u202egnp\nA only: forged\r\x00<script>alert(1)</script>[a](javascript:1)[red]=1+1"
)
"""What a terminal, a browser, Markdown, Textual and a spreadsheet would each obey."""


def forged(path: Path, source: Path, change: Change) -> Path:
    """A copy of the log in `source`, changed and sealed again."""
    lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    change(lines)
    chain, prev, written = Chain(), "", []
    for place, line in enumerate(lines):
        line.pop("hash")
        if place:
            line["prev"] = prev
        elif "parts" in line:
            line["parts"] = parts(line)
        body = written_as(line)[:-1]
        prev = chain.seal(body)
        sealed = body + b',"hash":"' + prev.encode() + b'"}\n'
        chain.add(sealed)
        written.append(sealed)
    path.write_bytes(b"".join(written))
    return path


def written_as(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def parts(header: dict[str, Any]) -> Any:
    """What a header that was changed has to list."""
    start = {name: value for name, value in header.items() if name not in ("parts", "material", "hash")}
    return msgspec.to_builtins(parts_of(written_as(start), written_as(header["material"])))


def everywhere(key: str, value: Any) -> Change:
    """Put `value` wherever an act or an event has `key`."""

    def change(lines: list[dict[str, Any]]) -> None:
        for line in lines[1:]:
            _put(line["action"], key, value)
            _put(line["events"], key, value)

    return change


def all_texts(lines: list[dict[str, Any]]) -> None:
    """Every text of the header and of what people wrote becomes hostile; the scenario's has a hash of its own."""
    lines[0] |= {"app": HOSTILE, "session": HOSTILE, "seed": HOSTILE}
    for line in lines[1:]:
        for key in ("text", "says", "label", "reason", "policy"):
            _put(line["action"], key, HOSTILE)
            _put(line["events"], key, HOSTILE)


def _put(found: Any, key: str, value: Any) -> None:
    if isinstance(found, dict):
        for name, inner in found.items():
            if name == key and inner is not None:
                found[name] = value
            else:
                _put(inner, key, value)
    elif isinstance(found, list):
        for inner in found:
            _put(inner, key, value)
