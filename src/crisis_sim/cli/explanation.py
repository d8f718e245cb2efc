"""What there is to say of a name when an author asks back, as lines and as JSON: for `show` and for `check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from re import escape, search
from typing import Any

from crisis_sim.authoring.name_uses import HEADS, Asker, NameUses, merge_answers
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


def explain_name(
    material: Material, name: str, spoken: Language | None = None, *, scenario: bool = True
) -> list[NameUses]:
    """What a scenario and its packs say of a name, or the packs alone; of everything that has one for `all`.

    Raises UnreadableInput.
    """
    asker = Asker(material, spoken or language(), scenario=scenario)
    if name == "all":
        return [asker.answer(kind, entry) for kind, names in asker.names.items() for entry in names]
    if not (answers := list(asker.answers(name))):
        sentence = Sentence(
            "nothing in '{scenario}' is called '{name}'",
            scenario=material.scenario.id if scenario else material.packs[-1].id,
            name=name[:60],
        )
        known_names = [known_name for names in asker.names.values() for known_name in names]
        raise UnreadableInput("usage/name", sentence, hint=did_you_mean(name, known_names))
    return answers


def explain_in_files(files: Sequence[str], name: str, spoken: Language) -> Iterator[tuple[str, NameUses]]:
    """What each scenario among some files says of a name, with the scenario's id. Raises UnreadableInput for no one."""
    reader, refusal, has_answer = SourceReader(Problems()), None, False
    for file in (path for path in map(Path, files) if is_scenario(path, reader)):
        material = load_material(file)
        try:
            yield from ((material.scenario.id, explanation) for explanation in explain_name(material, name, spoken))
            has_answer = True
        except UnreadableInput as error:
            refusal = refusal or error
    if not has_answer:
        sentence = Sentence("no scenario was checked, in which '{name}' could be explained", name=name[:60])
        raise refusal or UnreadableInput("usage/name", sentence, hint=Sentence("name one that uses it"))


def names_in_packs(material: Material) -> Iterator[str]:
    """All that can be asked back of the packs of a material."""
    for names in Asker(material, language(), scenario=False).names.values():
        yield from names


def explain_in_packs(materials: Sequence[Material], name: str) -> Iterator[NameUses]:
    """What the packs of some materials say of a name, whichever scenario they are used in."""
    explanations = [
        explanation
        for material in materials
        for explanation in Asker(material, language(), scenario=False).answers(name)
    ]
    for kind in dict.fromkeys(explanation.kind for explanation in explanations):
        yield merge_answers([explanation for explanation in explanations if explanation.kind == kind])


@cache
def shipped_materials() -> tuple[Material, ...]:
    """The first shipped scenario under every shipped pack that is no base, so that each pack is in one of them."""
    first = load_material(list_scenarios()[0].path)
    base = next(pack.id for pack in first.packs if pack.base is not None)
    other_ids = [pack.id for pack in list_packs() if pack.id != base]
    return tuple(load_material(list_scenarios()[0].path, [base, other]) for other in other_ids) or (first,)


def scenarios_with(name: str) -> list[str]:
    """The shipped scenarios whose files have a name, by their ids."""
    word = rf"(?<![\w-]){escape(name)}(?![\w-])"
    return [
        scenario.id for scenario in list_scenarios() if search(word, Path(scenario.path).read_text(encoding="utf-8"))
    ]


def explanation_rows(explanation: NameUses, indent: int = 0) -> Iterator[str]:
    """An answer as lines: a head, and each part with its rows and places."""
    words = {"name": explanation.name, "kind": say(A[explanation.kind]), "title": explanation.title}
    yield _append_place(say("{name} is {kind}: {title}", **words), explanation.place, indent)
    for part, rows in explanation.parts.items():
        empty = explanation.empty(part)
        if rows or empty:
            yield prose(say(HEADS[part]), indent + 2)
        for row in rows:
            yield _append_place(row.sentence, row.place, indent + 4)
            yield from (prose(detail, indent + 8) for detail in row.details)
        if empty and not rows:
            yield prose(say(empty), indent + 4)


def explanation_fields(explanation: NameUses) -> dict[str, Any]:
    """An answer as JSON has it."""
    parts: dict[str, Any] = {
        part: [{"says": row.sentence, "at": row.place or None, "details": list(row.details)} for row in rows]
        for part, rows in explanation.parts.items()
    }
    return {
        "kind": explanation.kind,
        "name": explanation.name,
        "title": explanation.title,
        "at": explanation.place or None,
        **parts,
    }


def _append_place(text: str, place: str, indent: int) -> str:
    """A row, and its place at the end of its last line or on a line of its own."""
    *first_lines, last = prose(text, indent).split("\n")
    if not place:
        return "\n".join([*first_lines, last])
    if cells(last) + cells(place) + 2 <= width():
        return "\n".join([*first_lines, f"{last}  {place}"])
    return "\n".join([*first_lines, last, f"{'':{indent + 4}}{place}"])
