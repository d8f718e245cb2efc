"""Tracks whose numbers an inject's text tells: each name in braces leads to one, and no brace stands alone."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.content.known_names import KnownNames
from crisis_sim.content.scenario import Inject
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES
from crisis_sim.text import in_braces


def link_numbers(inject: Inject, loc: Loc, source: Source, names: KnownNames, problems: Problems) -> None:
    """Say what stands in the braces of an inject's text and is no track."""
    for at, text in _texts(inject, (*loc, "text"), source):
        for name in dict.fromkeys(in_braces(text)):
            if name is not None and name.strip():
                names.known(name, (source, at), "track")
            elif source.given(*at):
                said = Sentence(
                    "a brace stands alone in this text; only a track's id stands in braces, as {so}", so=_SO
                )
                hint = Sentence("a brace itself is written twice: {left} or {right}", left="{{", right="}}")
                problems.error(source.spot(*at), said, code="link/brace", hint=hint)


_SO = "{hours-of-air}"


def _texts(inject: Inject, loc: Loc, source: Source) -> Iterator[tuple[Loc, str]]:
    """The texts in which braces stand, each once, with the way to it in the file."""
    plan = source.tree.get("msel") if isinstance(source.tree, dict) else None
    assert isinstance(plan, list)
    written = plan[int(loc[1])].get("text")
    sided = isinstance(written, dict) and "en" not in written
    for side in SIDES if sided else SIDES[:1]:
        text = inject.text.us if side == "us" else inject.text.china
        each = written.get(side) if sided else written
        at = (*loc, side) if sided else loc
        for language, words in text.words.items():
            if not {"{", "}"}.isdisjoint(words):
                yield (*at, language) if isinstance(each, dict) else at, words
