"""Rule packs as they can be asked about where no scenario is meant: their own, those beside them, and those that ship.

The first shipped scenario stands in, since a material has one; who asks leaves it out (`Asker(…, scenario=False)`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from crisis_sim.content.cached_material import ready_material
from crisis_sim.content.listings import list_packs, list_scenarios
from crisis_sim.content.material import Material
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.content.sources import Written
from crisis_sim.problems import Problems
from crisis_sim.rules.pack import Pack


def packs_in(folder: Path) -> Sequence[Written[Pack]]:
    """The packs that ship, and those in a folder in place of any of the same name, as far as they can be read."""
    files = {each.id: each.path for each in list_packs()}
    files |= {file.stem: file for file in sorted(folder.glob("*.yaml"))}
    return list(_read(files.values(), SourceReader(Problems())))


def pack_with_base(file: Path) -> Material:
    """The pack in a file, with the base that ships where it is none itself. Raises ProblemsFound."""
    problems = Problems()
    reader = SourceReader(problems)
    reader.pack_alone(file)
    problems.raise_errors()
    shipped = () if (own := reader.pack(file)) and own.model.base else [each.path for each in list_packs()]
    bases = [pack for pack in _read(shipped, reader) if pack.model.base is not None and pack.model.id != file.stem]
    return packs_alone([*bases[:1], *_read([file], reader)])


def packs_alone(packs: Sequence[Written[Pack]]) -> Material:
    """Packs, one of them a base, as a material."""
    first = ready_material(list_scenarios()[0].path)
    models, sources = [pack.model for pack in packs], [pack.source for pack in packs]
    return Material.of(first.scenario, models, first.texts, (first.sources[0], *sources))


def _read(files: Iterable[Path], reader: SourceReader) -> Iterator[Written[Pack]]:
    found = (reader.pack(file) for file in files)
    yield from (pack for pack in found if pack is not None and pack.source.sound)
