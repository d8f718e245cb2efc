"""Material that was checked before and is what it was: of a scenario's files, or of a log.

Nothing is said of mistakes here. What is kept was free of them, and hangs on every byte of every file that it was read
from; whatever has changed is loaded as if nothing had been kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from crisis_sim.content import cache
from crisis_sim.content.file_cache import is_settled, stamp
from crisis_sim.content.files import file_bytes, is_inside
from crisis_sim.content.finding import file_name, pack_file, scenario_file, whole_path
from crisis_sim.content.material import Material
from crisis_sim.content.model_data import BROKEN, read, written
from crisis_sim.content.scenario import long_texts
from crisis_sim.content.sources import from_log

if TYPE_CHECKING:
    from crisis_sim.content.load import Loaded

_MOST_IN_HAND: Final = 4
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
        if len(_in_hand) >= _MOST_IN_HAND:
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
