"""Whatever is written, every reader of YAML reads, and all of them read the same."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.authoring.test_yamlwriting import SPOTS, TEXT, read, values
from tests.small import SMALL
from tests.thinning import examples, one_in

from crisis_sim.authoring.msel_import import read_msel
from crisis_sim.authoring.scaffold import Answers, new_pack, new_scenario
from crisis_sim.authoring.yamltext import edit_value, insert_item

ROOT = Path(__file__).parents[2]
NASTY = "Is it? {Or: not}, [who] knows? # ' \" - ? : 中文？是吗"


def agreed(text: str) -> Any:
    """The tree of a text, its scalars as they are spelt, once PyYAML, its C library and ruamel.yaml agree on it."""
    tree = yaml.BaseLoader(text).get_single_data()
    assert yaml.CBaseLoader(text).get_single_data() == tree
    assert YAML(typ="base", pure=True).load(text) == tree
    return tree


def shipped() -> Iterator[Path]:
    yield from sorted((ROOT / "rules").glob("*.yaml"))
    yield from sorted((ROOT / "scenarios").glob("*/*.yaml"))


def shown() -> Iterator[tuple[str, str]]:
    """The YAML that the pages show, to be copied."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for number, block in enumerate(re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S), 1):
            yield f"{page.relative_to(ROOT)}:{number}", block


@pytest.mark.parametrize("path", one_in(3, shipped()), ids=lambda path: "/".join(path.parts[-2:]))
def test_every_reader_reads_what_is_shipped(path: Path) -> None:
    """Scenarios, rule packs, and what scenarios promise."""
    assert agreed(path.read_text("utf-8"))


def test_every_reader_reads_what_the_pages_show() -> None:
    """Each example."""
    examples = dict(shown())
    assert len(examples) > 50
    for block in examples.values():
        agreed(block)


def test_every_reader_reads_what_new_writes(tmp_path: Path) -> None:
    """As proposed, and with answers that need care."""
    new_pack("plain pack", "", tmp_path / "rules")
    new_pack("nasty pack", NASTY, tmp_path / "rules")
    new_scenario("plain", Answers(), tmp_path / "scenarios")
    new_scenario("nasty", Answers(NASTY, NASTY, NASTY), tmp_path / "scenarios")
    new_scenario("chinese", Answers(languages="zh"), tmp_path / "scenarios")
    new_scenario("nasty in both", Answers(NASTY, NASTY, NASTY, languages="both"), tmp_path / "scenarios")
    for file in (*tmp_path.glob("rules/*.yaml"), *tmp_path.glob("scenarios/*/*.yaml")):
        agreed(file.read_text("utf-8"))
    assert agreed((tmp_path / "scenarios/nasty/scenario.yaml").read_text("utf-8"))["title"] == NASTY
    assert agreed((tmp_path / "rules/nasty-pack.yaml").read_text("utf-8"))["title"] == NASTY


def test_every_reader_reads_what_a_table_brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changed texts, in brackets and not, a second language, and an inject of its own."""
    shutil.copytree(SMALL, tmp_path / "small")
    monkeypatch.chdir(tmp_path / "small")
    told = NASTY.replace("{", "{{").replace("}", "}}")  # in what an inject tells, a brace is written twice
    rows = [
        ["ID", "Time", "To", "Subject", "Text"],
        ["alert", "", "", NASTY, told],
        ["tug-offer", "", "", "Whose tug? Ours?", ""],
        ["another", "T+13h", "both", "Is it?", told],
    ]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    Path("plan.csv").write_text(out.getvalue(), "utf-8", newline="")
    done = read_msel(Path("plan.csv"), Path("scenarios/small-test/scenario.yaml"))
    assert not done.problems.errors and done.added == ["another"]
    injects = {inject["id"]: inject for inject in agreed(done.new.decode())["msel"]}
    assert injects["alert"]["title"]["en"] == NASTY
    assert (injects["another"]["title"], injects["another"]["text"]) == ("Is it?", told)


@settings(max_examples=examples(100, 1000))
@given(spot=st.sampled_from(SPOTS), value=values | st.fixed_dictionaries({"en": values, "zh": values}))
def test_every_reader_reads_what_is_rewritten(spot: tuple[str | int, ...], value: Any) -> None:
    """Any text, anywhere in a file."""
    text = read(TEXT)
    found = agreed(text.edited([edit_value(text, spot, value)]))
    for step in spot:
        found = found[step]
    assert found == value
    item = {"id": "z", "title": value, "ask": {"en": value}}
    assert agreed(text.edited([insert_item(text, ("list",), 1, item)]))["list"][1]["title"] == value
