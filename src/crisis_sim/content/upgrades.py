"""Older formats of authored files, and what brings them up to the one in use.

A format is a number of its own for each kind of file (docs/formats.md). Each step says what changes from one format to
the next as a few plain changes of the tree, so that the same steps serve a file as it is loaded, which keeps its old
spelling on the disk, and `crisis-sim migrate`, which writes them into its text. A step never looks at a model: what a
file may say in the format in use is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

from crisis_sim.content.authored_channel import Channel
from crisis_sim.content.scenario import Scenario
from crisis_sim.errors import Sentence
from crisis_sim.problems import did_you_mean, one_of, write
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import TRACK_OF
from crisis_sim.rules.pack import Pack
from crisis_sim.rules.properties import MoveIs
from crisis_sim.text import braces_doubled, clipped


class Renamed(NamedTuple):
    """A key has another name; `loc` leads to it under the old one."""

    loc: Loc
    to: str


class Rewritten(NamedTuple):
    """A word or number is written in another way."""

    loc: Loc
    to: str | int


class Doubled(NamedTuple):
    """The braces of a text are written twice, since in the later format one of them means something."""

    loc: Loc


class UpgradeRefused(NamedTuple):
    """What stands here was a mistake in the old format too. It is said; a stand-in lets the rest be looked at."""

    loc: Loc
    sentence: str
    hint: str = ""


UpgradeChange: TypeAlias = Renamed | Rewritten | Doubled | UpgradeRefused

UpgradeStep: TypeAlias = Callable[[Any], Iterator[UpgradeChange]]
"""What changes in a tree from one format to the next, told in the spelling of the older."""


def _one_word_for_tracks(tree: Any) -> Iterator[UpgradeChange]:
    """1 → 2. A track is something at stake; whose diplomacy a channel is, is no longer called so."""
    channels = tree.get("channels") if isinstance(tree, dict) else None
    for name, channel in channels.items() if isinstance(channels, dict) else ():
        if isinstance(channel, dict):
            yield from _diplomacy(channel, ("channels", name), several=False)
    for loc, asked in _moves_asked_about(tree):
        yield from _diplomacy(asked, loc)


_FORMER: Final[Mapping[str, str]] = {former: diplomacy for diplomacy, former in TRACK_OF.items()}


def _diplomacy(holder: Mapping[Any, Any], loc: Loc, *, several: bool = True) -> Iterator[UpgradeChange]:
    """The key `track` of a channel, or of a move in a condition; where it holds more, the condition on a track."""
    value, at = holder.get("track"), (*loc, "track")
    if "track" not in holder or "diplomacy" in holder or isinstance(value, dict):
        return
    words = [((*at, place), word) for place, word in enumerate(value)] if isinstance(value, list) else [(at, value)]
    wrong = next(((spot, word) for spot, word in words if word is not None and _spelt(word) not in _FORMER), None)
    refused = None
    if isinstance(value, list) and not several:
        refused = UpgradeRefused(
            at, Sentence("write one word here, not {value}", value=Sentence("a list")), one_of(list(_FORMER))
        )
    elif not words:
        refused = UpgradeRefused(
            at, Sentence("'{key}' needs at least {least} of its kind and has none", key="track", least=1)
        )
    elif wrong is not None:
        said = Sentence("'{value}' is not a value of '{key}'", value=clipped(_spelt(wrong[1]), 60), key="track")
        refused = UpgradeRefused(wrong[0], said, did_you_mean(_spelt(wrong[1]), _FORMER))
    if refused is not None:
        yield from (refused, Rewritten(at, "track-2"))
    else:
        yield from (Rewritten(spot, _FORMER[_spelt(word)]) for spot, word in words if word is not None)
    yield Renamed(at, "diplomacy")


def spelt_today(key: str, value: Any, models: Sequence[type[Authored]]) -> str:
    """What to write in place of a key of an older format, where somebody uses it in the one in use; or nothing."""
    if key != "track" or isinstance(value, dict) or {Channel, MoveIs}.isdisjoint(models):
        return ""
    words = [_FORMER.get(_spelt(word), "track-…") for word in (value if isinstance(value, list) else [value])]
    return write(f"diplomacy: {words[0] if len(words) == 1 else '[' + ', '.join(words) + ']'}")


def _spelt(word: Any) -> str:
    """A word as the file has it; 2 and 1.5 without their quotes are meant well."""
    return str(word) if isinstance(word, str | int | Decimal) else "…"


def _moves_asked_about(tree: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Mapping[Any, Any]]]:
    """The moves that conditions anywhere in a tree describe."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        if isinstance(value, dict) and key in ("move", "answers") and loc != ("channels",):
            yield (*loc, key), value
        if isinstance(value, dict | list):
            yield from _moves_asked_about(value, (*loc, key))


def _braces_mean_something(tree: Any) -> Iterator[UpgradeChange]:
    """2 → 3. What stands in braces in the text of an inject is a track's number."""
    plan = tree.get("msel") if isinstance(tree, dict) else None
    for place, inject in enumerate(plan if isinstance(plan, list) else ()):
        if isinstance(inject, dict):
            for loc, text in _texts_in(inject.get("text"), ("msel", place, "text")):
                if not {"{", "}"}.isdisjoint(text):
                    yield Doubled(loc)


def _texts_in(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """The texts for each team and in each language, with the way to each."""
    if isinstance(value, str):
        yield loc, value
    for key, each in value.items() if isinstance(value, dict) else ():
        yield from _texts_in(each, (*loc, key))


def _as_it_was(tree: Any) -> Iterator[UpgradeChange]:
    """2 → 3. What a rule pack of format 2 says, it says in format 3."""
    yield from ()


STEPS: Final[Mapping[type[Authored], Sequence[UpgradeStep]]] = {
    Scenario: (_one_word_for_tracks, _braces_mean_something),
    Pack: (_one_word_for_tracks, _as_it_was),
}
"""For each kind of file, the steps from format 1 to 2, from 2 to 3 and so on."""


def latest(kind: type[Authored]) -> int:
    """The format in use of a kind of file."""
    return len(STEPS.get(kind, ())) + 1


def format_of(tree: Any) -> int | None:
    """The format that a tree says it is written in; None where it says none, or something that is no number."""
    number = tree.get("format") if isinstance(tree, dict) else None
    return number if type(number) is int and number > 0 else None


def steps_for(tree: Any, kind: type[Authored]) -> Sequence[UpgradeStep]:
    """What is to be done to bring a tree up to the format in use; nothing where it says no format that is known."""
    number = format_of(tree)
    return () if number is None else STEPS.get(kind, ())[number - 1 :]


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A tree in the format in use, and how it is spelt in the file."""

    tree: Any
    refused: Sequence[UpgradeRefused]
    renamed: Sequence[Mapping[Loc, str]]
    """For each step, new keys with the old spelling of all around them, and the old key."""

    def former(self, loc: Loc) -> Loc:
        """The way in the file to what `loc` leads to in the tree."""
        for renamed in reversed(self.renamed):
            old: Loc = ()
            for part in loc:
                old = (*old, renamed.get((*old, part), part))
            loc = old
        return loc

    def respelt(self, keys: Mapping[Loc, str]) -> Upgraded:
        """The same with other names for the keys at some places; none of them lies inside another."""
        tree = _copy(self.tree)
        apply([Renamed(loc, to) for loc, to in keys.items()], tree)
        names = {(*loc[:-1], to): str(loc[-1]) for loc, to in keys.items()}
        return Upgraded(tree, self.refused, (*self.renamed, names))


def upgraded(tree: Any, kind: type[Authored]) -> Upgraded:
    """A tree of any known format in the one in use; the given one is left as it is."""
    steps = steps_for(tree, kind)
    if not steps:
        return Upgraded(tree, (), ())
    done = Upgraded(_copy(tree), (), ())
    for step in steps:
        changes = list(step(done.tree))
        apply(changes, done.tree)
        refused = [each._replace(loc=done.former(each.loc)) for each in changes if isinstance(each, UpgradeRefused)]
        names = {(*each.loc[:-1], each.to): str(each.loc[-1]) for each in changes if isinstance(each, Renamed)}
        done = Upgraded(done.tree, (*done.refused, *refused), (*done.renamed, names))
    done.tree["format"] = latest(kind)
    return done


def apply(changes: Sequence[UpgradeChange], tree: Any) -> None:
    """Make the changes of one step in a tree, the deepest first, so that each finds its way in the old spelling."""
    for change in sorted(changes, key=lambda each: (-len(each.loc), isinstance(each, Renamed))):
        holder, key = tree, change.loc[-1]
        for part in change.loc[:-1]:
            holder = holder[part]
        match change:
            case Renamed(to=to):
                items = [(to if name == key else name, value) for name, value in holder.items()]
                holder.clear()
                holder.update(items)
            case Rewritten(to=to):
                holder[key] = to
            case Doubled():
                holder[key] = braces_doubled(holder[key])
            case UpgradeRefused():
                continue


def _copy(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _copy(value) for key, value in tree.items()}
    return [_copy(value) for value in tree] if isinstance(tree, list) else tree
