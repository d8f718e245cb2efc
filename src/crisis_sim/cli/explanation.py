"""What there is to say of a name when an author asks back, as lines and as JSON: for `show` and for `check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from re import escape, search
from typing import Any

from crisis_sim.authoring.asked_back import HEADS, AskedBack, Asker, together
from crisis_sim.cli.answer import prose, width
from crisis_sim.cli.language import language, say
from crisis_sim.content.known_names import A
from crisis_sim.content.listings import list_packs, list_scenarios
from crisis_sim.content.load import is_scenario, load_material
from crisis_sim.content.material import Material
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.problems import Problems, did_you_mean
from crisis_sim.rules.names import Language
from crisis_sim.text import cells


def told_in(material: Material, name: str, spoken: Language | None = None, *, scenario: bool = True) -> list[AskedBack]:
    """What a scenario and its packs say of a name, or the packs alone; of everything that has one for `all`.

    Raises UnreadableInput.
    """
    asker = Asker(material, spoken or language(), scenario=scenario)
    if name == "all":
        return [asker.answer(kind, each) for kind, names in asker.names.items() for each in names]
    if not (answers := list(asker.answers(name))):
        said = Sentence(
            "nothing in '{scenario}' is called '{name}'",
            scenario=material.scenario.id if scenario else material.packs[-1].id,
            name=name[:60],
        )
        known = [each for names in asker.names.values() for each in names]
        raise UnreadableInput("usage/name", said, hint=did_you_mean(name, known))
    return answers


def told_of_files(files: Sequence[str], name: str, spoken: Language) -> Iterator[tuple[str, AskedBack]]:
    """What each scenario among some files says of a name, with the scenario's id. Raises UnreadableInput for no one."""
    reader, refusal, found = SourceReader(Problems()), None, False
    for file in (each for each in map(Path, files) if is_scenario(each, reader)):
        material = load_material(file)
        try:
            yield from ((material.scenario.id, told) for told in told_in(material, name, spoken))
            found = True
        except UnreadableInput as error:
            refusal = refusal or error
    if not found:
        said = Sentence("no scenario was checked, in which '{name}' could be explained", name=name[:60])
        raise refusal or UnreadableInput("usage/name", said, hint=Sentence("name one that uses it"))


def names_in_packs(material: Material) -> Iterator[str]:
    """All that can be asked back of the packs of a material."""
    for names in Asker(material, language(), scenario=False).names.values():
        yield from names


def told_in_packs(materials: Sequence[Material], name: str) -> Iterator[AskedBack]:
    """What the packs of some materials say of a name, whichever scenario they are used in."""
    found = [told for each in materials for told in Asker(each, language(), scenario=False).answers(name)]
    for kind in dict.fromkeys(told.kind for told in found):
        yield together([told for told in found if told.kind == kind])


@cache
def shipped_materials() -> tuple[Material, ...]:
    """The first shipped scenario under every shipped pack that is no base, so that each pack is in one of them."""
    first = load_material(list_scenarios()[0].path)
    base = next(pack.id for pack in first.packs if pack.base is not None)
    others = [pack.id for pack in list_packs() if pack.id != base]
    return tuple(load_material(list_scenarios()[0].path, [base, other]) for other in others) or (first,)


def scenarios_with(name: str) -> list[str]:
    """The shipped scenarios whose files have a name, by their ids."""
    word = rf"(?<![\w-]){escape(name)}(?![\w-])"
    return [each.id for each in list_scenarios() if search(word, Path(each.path).read_text(encoding="utf-8"))]


def asked_rows(told: AskedBack, indent: int = 0) -> Iterator[str]:
    """An answer as lines: a head, and each part with its rows and places."""
    words = {"name": told.name, "kind": say(A[told.kind]), "title": told.title}
    yield _placed(say("{name} is {kind}: {title}", **words), told.at, indent)
    for part, rows in told.parts.items():
        empty = told.empty(part)
        if rows or empty:
            yield prose(say(HEADS[part]), indent + 2)
        for row in rows:
            yield _placed(row.says, row.at, indent + 4)
            yield from (prose(each, indent + 8) for each in row.details)
        if empty and not rows:
            yield prose(say(empty), indent + 4)


def asked_fields(told: AskedBack) -> dict[str, Any]:
    """An answer as JSON has it."""
    parts: dict[str, Any] = {
        part: [{"says": row.says, "at": row.at or None, "details": list(row.details)} for row in rows]
        for part, rows in told.parts.items()
    }
    return {"kind": told.kind, "name": told.name, "title": told.title, "at": told.at or None, **parts}


def _placed(says: str, at: str, indent: int) -> str:
    """A row, and its place at the end of its last line or on a line of its own."""
    *before, last = prose(says, indent).split("\n")
    if not at:
        return "\n".join([*before, last])
    if cells(last) + cells(at) + 2 <= width():
        return "\n".join([*before, f"{last}  {at}"])
    return "\n".join([*before, last, f"{'':{indent + 4}}{at}"])
