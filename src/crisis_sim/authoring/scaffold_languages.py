"""A new scenario in Chinese, too: each text of the English one gets its other language, at its place in the file.

The Chinese stands in `scaffold_files/scenario.zh.txt`, a line a text: the English, ` = `, the Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from crisis_sim.authoring.yamltext import Edit, Loc, YamlText, yaml_text
from crisis_sim.authoring.yamlwriting import Unwritable, node, put
from crisis_sim.problems import Problems

Languages: TypeAlias = Literal["en", "zh", "both"]

LISTED: Final[Mapping[str, str]] = {"en": "en", "zh": "zh", "both": "en, zh"}
"""What a scenario says of its languages, by the answer of whoever begins it."""

_MARK: Final = re.compile(r"@([a-z0-9]+)@")


def in_both_languages(text: str, catalogue: str, english: Mapping[str, str], chinese: Mapping[str, str]) -> str:
    """The text of a scenario's file with the Chinese of the catalogue beside the English.

    `english` and `chinese` are what stands for each mark in either.
    """
    pairs = (line.split(" = ") for line in catalogue.splitlines())
    known = {_filled(en, english): _filled(zh, chinese) for en, zh in pairs}
    read = yaml_text(text, "", Problems())
    assert read is not None  # what is written here is read everywhere
    return read.edited(_edit(read, loc, said, known[said]) for loc, said in _texts(read.value) if said in known)


def _edit(read: YamlText, loc: Loc, en: str, zh: str) -> Edit:
    both = {"en": en, "zh": zh}
    try:
        return put(read, loc, both)
    except Unwritable:  # an item of a list has no key beside which to write it
        extent = read.file.extent(loc)
        assert extent is not None
        return Edit(*read.span(extent), node(both, flow=True, indent=0))


def _texts(tree: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of a tree with their places."""
    if isinstance(tree, str):
        yield loc, tree
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, item in items:
        yield from _texts(item, (*loc, key))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _MARK.sub(lambda mark: values[mark[1]], text)
