"""Tracks whose numbers an inject's text tells: each name in braces leads to one that all its readers see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crisis_sim.content.authored_tracks import TrackOf
from crisis_sim.content.condition_checks import TEAMS
from crisis_sim.content.known_names import KnownNames
from crisis_sim.content.scenario import Inject
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.text import in_braces


def link_numbers(
    inject: Inject, tracks: Mapping[str, TrackOf], loc: Loc, source: Source, names: KnownNames, problems: Problems
) -> None:
    """Say what stands in the braces of an inject's text and is no track, or one that a reader does not see."""
    for at, text, readers in _texts(inject, (*loc, "text"), source):
        for name in dict.fromkeys(in_braces(text)):
            if name is not None and name.strip():
                track = tracks.get(name) if names.known(name, (source, at), "track") else None
                if track is not None and track.of is not None and {*readers} - {track.of}:
                    said = Sentence("only {team} sees '{track}', and {other} reads this", track=name, **_TOLD[track.of])
                    hint = Sentence("tell it in words for {team} alone: `text: {so}`", so=_APART, **_TOLD[track.of])
                    problems.error(source.spot(*at), said, code="link/track-of", hint=hint)
            elif source.given(*at):
                said = Sentence(
                    "a brace stands alone in this text; only a track's id stands in braces, as {so}", so=_SO
                )
                hint = Sentence("a brace itself is written twice: {left} or {right}", left="{{", right="}}")
                problems.error(source.spot(*at), said, code="link/brace", hint=hint)


_SO = "{hours-of-air}"
_APART = "{us: …, china: …}"
_TOLD: Mapping[Side, Mapping[str, Sentence]] = {
    "us": {"team": TEAMS["us"], "other": TEAMS["china"]},
    "china": {"team": TEAMS["china"], "other": TEAMS["us"]},
}


def _texts(inject: Inject, loc: Loc, source: Source) -> Iterator[tuple[Loc, str, Sequence[Side]]]:
    """The texts in which braces stand, each once, with the way to it in the file and the teams that read it."""
    plan = source.tree.get("msel") if isinstance(source.tree, dict) else None
    assert isinstance(plan, list)
    item: Any = plan[int(loc[1])]
    written: Any = item.get("text") if isinstance(item, dict) else None
    sided = isinstance(written, dict) and "en" not in written
    told = [side for side in SIDES if inject.to in ("both", side)]
    for side in SIDES if sided else SIDES[:1]:
        text = inject.text.us if side == "us" else inject.text.china
        each = written.get(side) if sided else written
        at = (*loc, side) if sided else loc
        for language, words in text.words.items():
            if not {"{", "}"}.isdisjoint(words):
                readers = [side] if sided else told
                yield (*at, language) if isinstance(each, dict) else at, words, readers
