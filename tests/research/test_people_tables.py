"""Tables of the persons at the teams: who agreed to the card, and how each took an act before the team sealed it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from tests.research.made import CARD, played_in_rooms, sources

from crisis_sim.cli import main
from crisis_sim.engine.events import ReadingPressed
from crisis_sim.research.columns import BY_NAME
from crisis_sim.research.export_rows import rows_of
from crisis_sim.session.log import read_log

ExportedTable = list[dict[str, str]]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session with two persons at each team."""
    return played_in_rooms(tmp_path_factory.mktemp("rooms") / "rooms.jsonl", CARD)


def exported(folder: Path, *options: str) -> Mapping[str, ExportedTable]:
    """The two tables of an export."""
    assert main(["export", "-o", str(folder), *options]) == 0
    return {
        name: list(csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        for name in ("people", "readings_alone")
    }


def test_each_person_has_a_row_for_each_act_with_what_it_said_last(log: Path, tmp_path: Path) -> None:
    """As the log has it, under the labels of the table where sessions keep their own names."""
    said = {
        (*event.act, event.by): event.hostility
        for entry in read_log(log).entries
        for event in entry.events
        if isinstance(event, ReadingPressed)
    }
    rows = exported(tmp_path, str(log), "--named")["readings_alone"]
    found = {(row["side"], int(row["turn"]), int(row["order"]), row["person"]): int(row["reading"]) for row in rows}
    assert len(rows) == len(found) and found == said
    assert {row["person"] for row in rows if row["reader"] == "us"} == {"us-1", "us-2"}
    assert all(row["person"].startswith(row["reader"]) and row["reader"] != row["side"] for row in rows)


def test_the_tables_give_the_spread_that_readings_give(log: Path) -> None:
    """So that who reckons from the persons comes to the numbers of the acts."""
    (source,) = sources([log])
    rows = {
        name: [dict(zip(BY_NAME[name].names, row, strict=True)) for row in rows_of(source)[name]]
        for name in ("readings", "readings_alone")
    }
    for reading in rows["readings"]:
        key = [reading[name] for name in ("turn", "side", "order")]
        alone = [
            int(str(row["reading"]))
            for row in rows["readings_alone"]
            if [row[n] for n in ("turn", "side", "order")] == key
        ]
        assert (reading["alone"], reading["alone_spread"]) == (len(alone), max(alone) - min(alone))


def test_persons_go_by_codes_that_lead_to_nobody(log: Path, tmp_path: Path) -> None:
    """The same in both tables of one export and with one key; others in another export; no label in any file."""
    folders = [tmp_path / name for name in ("one", "two", "three")]
    key = ["--key", str(tmp_path / "names.key")]
    one, two = (exported(folder, str(log), *key) for folder in folders[:2])
    other = exported(folders[2], str(log))
    codes = {row["person"] for row in one["people"]}
    assert len(codes) == 5 and all(re.fullmatch("p[0-9a-f]{10}", code) for code in codes)
    assert {row["person"] for row in one["readings_alone"]} < codes
    assert one == two and not codes & {row["person"] for row in other["people"]}
    assert [row["person"] for row in one["people"]] == sorted(codes)  # the order of the labels is that of coming in
    for path in folders[0].glob("*.csv"):
        assert not re.search(r"\b(us|china|observer)-[0-9]", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("card", "told"), [(CARD, sha256(CARD.encode()).hexdigest()[:12]), ("", "shipped")])
def test_the_card_that_each_person_agreed_to_is_told(card: str, told: str, tmp_path: Path) -> None:
    """By its hash, or as the one that ships; of who said how it takes an act and did not agree, that it did not."""
    rows = exported(tmp_path / "out", str(played_in_rooms(tmp_path / "a.jsonl", card)), "--named")["people"]
    assert {row["person"]: (row["seat"], row["agreed"], row["card"]) for row in rows} == {
        "us-1": ("us", "true", told),
        "us-2": ("us", "false", ""),
        "china-1": ("china", "true", told),
        "china-2": ("china", "true", told),
        "observer": ("observer", "true", told),
    }


def test_without_a_card_nobody_is_said_to_have_agreed_or_not(tmp_path: Path) -> None:
    rows = exported(tmp_path / "out", str(played_in_rooms(tmp_path / "a.jsonl", None)), "--named")["people"]
    assert {row["person"]: (row["agreed"], row["card"]) for row in rows} == dict.fromkeys(
        ("us-1", "us-2", "china-1", "china-2"), ("", "")
    )


def test_what_was_said_alone_waits_for_the_hotwash(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A session in play is left out, with its persons."""
    cut = tmp_path / "cut.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if b'"reading-pressed"' in line)
    cut.write_bytes(b"".join(lines[: last + 1]))
    assert main(["export", str(cut), "-o", str(tmp_path / "out")]) == 2
    assert "has not come to its hotwash" in capsys.readouterr().err
    assert exported(tmp_path / "open", str(cut), "--open")["readings_alone"]


def test_queries_join_persons_to_acts(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the names of columns that both tables share."""
    acts, people = 'join moves using (session, turn, side, "order")', "join people using (session, person)"
    sql = f"select count(*) as n, count(distinct person) as who from readings_alone {acts} {people}"
    assert main(["query", sql, str(log), "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["n"] > 10 and row["who"] == 4
