"""Which names sessions go by in tables: made up with a key, or their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from typer import Option

from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.text import clean

Named: TypeAlias = Annotated[bool, Option("--named", help="Of sessions: under their own ids, not under made-up names.")]
Key: TypeAlias = Annotated[
    Path | None,
    Option(
        "--key",
        metavar="FILE",
        help="Of made-up names: the file of their secret, for the same names another time; made if it is not there.",
    ),
]
BESIDE: Final = "names.key"
"""The key that sheets for coders are written with, in their folder."""


def key_beside(sheets: Path | None, codes: Sequence[Path]) -> Path | None:
    """The key of the sheets that are to be written into a folder, or of those that coders have filled in."""
    if sheets is not None:
        return sheets / BESIDE
    return next((at for at in (path.parent / BESIDE for path in codes) if at.is_file()), None)


def key_of(key: Path | None, *, named: bool, out: Path | None = None) -> bytes | None:
    """The key of made-up names: kept in a file, or for this once; None for own ids.

    Raises UnreadableInput where both are asked for, and for a key in the folder `out`, which is to be handed on.
    """
    from crisis_sim.cli.ending import tell
    from crisis_sim.research.sources import key_in, new_key

    if key is None:
        return None if named else new_key()
    if named:
        said = Sentence("--named leaves sessions their own ids, and --key is for made-up names")
        raise UnreadableInput("usage/key", said, hint="give one of the two")
    if out is not None and key.resolve().is_relative_to(out.resolve()):
        said = Sentence("the key would lie in {out}, with what it is to hide", out=clean(str(out), lines=False))
        raise UnreadableInput("usage/key", said, hint="keep it in another folder, and hand it to nobody")
    is_there = key.exists()
    found = key_in(key)
    if not is_there:
        tell(f"wrote {key}, the secret that made-up names are made with: keep it, and give it to nobody")
    return found
