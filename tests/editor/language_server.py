"""A small client of the Language Server Protocol: enough to open a file and ask what an editor would show.

It starts a server, speaks JSON-RPC with it over standard input and output, answers what the server asks back, and
waits for answers; a server that stays silent for a minute fails the test that waits.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

PATIENCE: Final = 60
"""Seconds after which a silent server is taken to be dead."""

SETTINGS: Final = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
}
"""What the server is set to: everything that an editor uses, and no network."""


class Diagnostic(NamedTuple):
    """A squiggle: the line from 1, and what it says."""

    line: int
    says: str


class Choice(NamedTuple):
    """One row of a completion list."""

    label: str
    inserts: str
    says: str


class LanguageServer:
    """A running server; use it with `with`."""

    def __init__(self, command: list[str]) -> None:
        """Start `command`."""
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input: IO[bytes] = self._process.stdin
        self._output: IO[bytes] = self._process.stdout
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._diagnostics: dict[str, queue.Queue[list[Any]]] = {}
        self._asked = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> LanguageServer:
        """Greet the server."""
        can = {
            "workspace": {"configuration": True},
            "textDocument": {
                "completion": {
                    "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
                },
                "hover": {"contentFormat": ["markdown", "plaintext"]},
            },
        }
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": can})
        self._send({"method": "initialized", "params": {}})
        return self

    def __exit__(self, *_: object) -> None:
        """Take leave, and be firm about it."""
        try:
            self._ask("shutdown", None)
            self._send({"method": "exit"})
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()

    def open(self, path: Path, text: str | None = None) -> list[Diagnostic]:
        """Open a file, with `text` in place of what is on the disk; what the server finds wrong with it."""
        uri = path.absolute().as_uri()
        found = self._diagnostics.setdefault(uri, queue.Queue())
        whole = path.read_text(encoding="utf-8") if text is None else text
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": whole}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        squiggles = found.get(timeout=PATIENCE)
        return [Diagnostic(one["range"]["start"]["line"] + 1, one["message"]) for one in squiggles]

    def complete(self, path: Path, line: int, column: int) -> list[Choice]:
        """What is offered at a place of an open file; line and column from 0."""
        answer = self._ask("textDocument/completion", _at(path, line, column))
        rows = answer["items"] if isinstance(answer, dict) else answer or []
        return [
            Choice(row["label"], row.get("textEdit", {}).get("newText", row.get("insertText", "")), _words(row))
            for row in rows
        ]

    def hover(self, path: Path, line: int, column: int) -> str:
        """What is shown over a place of an open file; line and column from 0."""
        answer = self._ask("textDocument/hover", _at(path, line, column))
        return "" if answer is None else str(answer["contents"]["value"])

    def _ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, **({} if params is None else {"params": params})})
        while (answer := self._answers.get(timeout=PATIENCE))["id"] != self._asked:
            continue
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._input.flush()

    def _listen(self) -> None:
        """Sort what the server says, until it says no more."""
        while (message := self._read()) is not None:
            if "method" not in message:
                self._answers.put(message)
            elif message["method"] == "textDocument/publishDiagnostics":
                params = message["params"]
                if (found := self._diagnostics.get(_plain(params["uri"]))) is not None:
                    found.put(params["diagnostics"])
            elif "id" in message:
                self._send({"id": message["id"], "result": _answered(message)})

    def _read(self) -> dict[str, Any] | None:
        length = 0
        while (line := self._output.readline()) not in (b"", b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if line == b"":
            return None
        found: dict[str, Any] = json.loads(self._output.read(length))
        return found


def _plain(uri: str) -> str:
    """A file's address as Python writes it; servers write some characters in another way."""
    from urllib.parse import quote, unquote

    return quote(unquote(uri), safe=":/")


def _answered(message: dict[str, Any]) -> Any:
    """What an editor answers to a server that asks for its settings, or announces something."""
    if message["method"] == "workspace/configuration":
        return [SETTINGS.get(item.get("section"), {}) for item in message["params"]["items"]]
    return None


def _at(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.absolute().as_uri()}, "position": {"line": line, "character": column}}


def _words(row: dict[str, Any]) -> str:
    said = row.get("documentation", "")
    return str(said["value"] if isinstance(said, dict) else said)
