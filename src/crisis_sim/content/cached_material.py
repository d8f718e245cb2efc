"""Material that was checked before and is what it was: of a scenario's files, or of a log.

Nothing is said of mistakes here. What is kept was free of them, and hangs on every byte of every file that it was read
from; whatever has changed is loaded as if nothing had been kept. Models are kept as plain values, and only authored
ones; what comes back names its classes out of the closed list of those, and nothing is imported or called by a name
that stands in the data.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import msgspec

from crisis_sim.content import cache
from crisis_sim.content.file_cache import is_settled, stamp
from crisis_sim.content.files import file_bytes, is_inside
from crisis_sim.content.finding import file_name, pack_file, scenario_file, whole_path
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import long_texts
from crisis_sim.content.sources import from_log
from crisis_sim.rules.authored import Authored

if TYPE_CHECKING:
    from crisis_sim.content.load import Loaded

Data: TypeAlias = Any
"""What msgspec's msgpack holds."""

_TUPLE: Final = -1
"""Begins what was a tuple; a model begins with the place of its class in the list."""

BROKEN: Final = (msgspec.MsgspecError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading raises for data that was not written here, or by other classes."""


def written(models: tuple[Authored, ...]) -> bytes:
    """Models as bytes. Raises TypeError for one that holds anything but models, tuples, mappings and plain values."""
    names: dict[str, int] = {}
    data = [_data(model, names) for model in models]
    return msgspec.msgpack.encode((list(names), data))


def read(data: bytes) -> list[Any]:  # Any: whichever models were written
    """The models in `data`. Raises one of `BROKEN`."""
    names, models = msgspec.msgpack.decode(data, type=tuple[list[str], list[Data]], strict=True)
    known = {_name(kind): kind for kind in _below(Authored)}
    kinds = [_template(known[name]) for name in names]
    return [_value(model, kinds) for model in models]


def _data(value: Any, names: dict[str, int]) -> Data:
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, Authored):
        kind = type(value)
        usual = _template(kind).fields
        fields = {
            name: _data(found, names)
            for name in kind.field_notes
            if not _same(found := value.__dict__[name], usual[name])
        }
        given = value.model_fields_set
        named = names.setdefault(_name(kind), len(names))
        return [named, fields, None if given == fields.keys() else sorted(given)]
    if type(value) is tuple:
        return [_TUPLE, *(_data(item, names) for item in value)]
    if type(value) is dict and all(type(name) in (str, int) for name in value):
        return {name: _data(item, names) for name, item in value.items()}
    raise TypeError(type(value))


class _Kind(NamedTuple):
    kind: type[Authored]
    fields: dict[str, Any]
    """Every field in its order, with what is usual for it; what has no such value has one that nothing is the same as.
    """


_NONE_USUAL: Final = object()


def _same(value: Any, usual: Any) -> bool:
    return value is usual or (type(value) is type(usual) and type(value) in (str, int) and bool(value == usual))


@functools.cache
def _template(kind: type[Authored]) -> _Kind:
    usual: dict[str, Any] = {}
    for name, notes in kind.field_notes.items():
        simple = notes.default is None or type(notes.default) in (str, int, bool) or notes.default == ()
        usual[name] = notes.default if simple else _NONE_USUAL
    return _Kind(kind, usual)


def _value(data: Data, kinds: list[_Kind]) -> Any:
    if type(data) is dict:
        return {name: _value(item, kinds) if type(item) in _PARTS else item for name, item in data.items()}
    if data[0] == _TUPLE:
        return tuple([_value(item, kinds) if type(item) in _PARTS else item for item in data[1:]])
    place, given, said = data
    kind, usual = kinds[place]
    fields = usual.copy()
    for name, item in given.items():
        fields[name] = _value(item, kinds) if type(item) in _PARTS else item
    return kind.kept(fields, set(given if said is None else said))


_PARTS: Final = frozenset({list, dict})


def _below(kind: type[Authored]) -> Iterator[type[Authored]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def _name(kind: type[Authored]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


MOST_IN_HAND: Final = 4
"""Materials that one process keeps."""
_in_hand: dict[bytes, Material] = {}
"""Materials that this process has, by the hash of their bytes."""


class _Files(NamedTuple):
    """What a scenario's file and a choice of packs led to."""

    packs: list[str]
    texts: list[str]
    digest: bytes
    """Of every file that was read."""
    packed: bytes


def ready_material(scenario: str | Path, packs: Sequence[str] | None = None) -> Material:
    """What `load_material` gives, without the columns of what stands in it; raises as that does."""
    path = scenario_file(scenario)
    name = _name_of(path, packs)
    found = _found(name, path)
    if found is not None:
        return logged_material(found.packed, lambda: msgspec.json.decode(found.packed))
    from crisis_sim.content.load import load_file

    loaded = load_file(path, packs)
    if loaded.is_clean:
        _keep(name, path, loaded, packs)
    return loaded.material


def logged_material(packed: bytes, bundle: Callable[[], Any]) -> Material:
    """The material with these bytes; `bundle` gives what they hold where they have to be checked.

    Raises as `material_from_bundle` does.
    """
    digest = hashlib.sha256(packed).digest()
    if digest not in _in_hand:
        if len(_in_hand) >= MOST_IN_HAND:
            _in_hand.clear()
        _in_hand[digest] = _of_log(digest, packed, bundle)
    return _in_hand[digest]


def _of_log(digest: bytes, packed: bytes, bundle: Callable[[], Any]) -> Material:
    name = cache.key("models", digest)
    if (data := cache.read_cached(name)) is not None:
        with suppress(*BROKEN):
            return _joined(packed, data)
    from crisis_sim.content.joining import material_from_bundle

    material = material_from_bundle(bundle())
    with suppress(TypeError):
        cache.write_cached(name, written((material.scenario, *material.packs)))
    return replace(material, kept_packed=packed)


def _joined(packed: bytes, models: bytes) -> Material:
    """The material of a bundle whose models need not be made of it."""
    bundle = msgspec.json.decode(packed)
    scenario, *packs = read(models)
    parts = (bundle["scenario"], *bundle["packs"])
    sources = [from_log(part["tree"], part["file"]) for part in parts]
    return Material.of(scenario, packs, bundle["scenario"]["texts"], sources, bundle["places"], packed)


def _name_of(path: Path, packs: Sequence[str] | None) -> str:
    """The key of what a scenario's file and a choice of packs lead to, from where one stands."""
    chosen = (str(Path.cwd()), *packs) if packs is not None else ()
    return cache.key("files", str(whole_path(path)), *chosen)


def _found(name: str, path: Path) -> _Files | None:
    """What was kept, if every file is still what it was and found where it was."""
    found = cache.kept_as(_Files, name)
    return found if found is not None and _digest(path, found.packs, found.texts) == found.digest else None


def _keep(name: str, path: Path, loaded: Loaded, packs: Sequence[str] | None) -> None:
    """Keep a material, unless one of its files may have changed since it was read."""
    material = loaded.material
    named = list(dict.fromkeys(material.scenario.rules if packs is None else packs))
    texts = list(dict.fromkeys(text for _, text in long_texts(material.scenario)))
    digest = _digest(path, named, texts)
    same = all(stamp(at) == was and is_settled(was) for at, was in loaded.trail.items())
    if digest is not None and same:
        cache.write_cached(name, msgspec.msgpack.encode(_Files(named, texts, digest, material.packed)))


def _digest(path: Path, packs: Iterable[str], texts: Iterable[str]) -> bytes | None:
    """A hash over the names and bytes of all files of a scenario; None where one is not to be read."""
    at = [path]
    for pack in packs:
        if (file := pack_file(pack, path)) is None:
            return None
        at.append(file)
    for text in texts:
        if not is_inside(path.parent / text, path.parent):
            return None
        at.append(path.parent / text)
    parts: list[str | bytes] = []
    for file in at:
        if (data := file_bytes(file)) is None:
            return None
        parts += file_name(file), data
    return cache.digest(*parts)
