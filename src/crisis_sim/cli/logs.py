"""Finding a log by what a person calls it: its path, its file's name, or the id of its session."""

from __future__ import annotations

from pathlib import Path

from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.text import clean


def log_named(name: str) -> Path:
    """The log that `name` means; a path goes before a name in the sessions folder. Raises UnreadableInput."""
    path = Path(name)
    if not path.name:
        hint = Sentence("give the path of a session's log; `crisis-sim list sessions` shows the ones there are")
        raise UnreadableInput("log/unknown", "'{name}' names no log", hint=hint, name=name)
    if _exists(path) or len(path.parts) != 1:
        return path
    from crisis_sim.cli.settings import settings
    from crisis_sim.problems import nearest
    from crisis_sim.session.folder import log_of, logs_in

    folder = settings().logs
    for found in (folder / name, folder / f"{name}.jsonl"):
        if _exists(found):
            return found
    by_session = log_of(name, folder)
    if by_session is not None:
        return by_session
    near = nearest(name, [listed.path.name for listed in logs_in(folder)])
    hint = (
        Sentence("did you mean {near}?", near=clean(near, lines=False))
        if near
        else Sentence("`crisis-sim list sessions` shows the ones there are")
    )
    shown = clean(name, lines=False)
    raise UnreadableInput(
        "log/unknown",
        "there is no log '{shown}' here or in {folder}",
        hint=hint,
        shown=shown,
        folder=folder,
    )


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
