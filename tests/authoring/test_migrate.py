"""Rewriting files of an older format: what changes, what stays, and what is left alone."""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.play import bots
from tests.small import check_paths
from tests.thinning import examples

from crisis_sim.authoring.migrate import Migration, migrated, migrations
from crisis_sim.authoring.yamltext import YamlText, replace_file, yaml_text
from crisis_sim.cli import main
from crisis_sim.content.listings import list_packs, list_scenarios
from crisis_sim.content.load import load_material
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.sources import from_file
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems
from crisis_sim.rules.pack import Pack

OLD = Path(__file__).parents[1] / "content" / "data" / "format-1"
SCENARIO = OLD / "scenarios" / "small-test" / "scenario.yaml"
PACK = OLD / "rules" / "small.yaml"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the scenario and pack of format 1, where the test stands."""
    shutil.copytree(OLD, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    return tmp_path / "copy"


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def text_of(text: str) -> YamlText:
    """A text to edit, which has no mistakes."""
    found = yaml_text(text, "file.yaml", Problems())
    assert found is not None
    return found


def changed(text: str, kind: type[Scenario] | type[Pack]) -> str:
    """The same in the format in use."""
    new = migrated(text_of(text), kind)
    assert new is not None
    return new


def test_only_keys_and_words_that_changed_are_touched() -> None:
    """A scenario and a pack, line by line: what differs is what docs/formats.md says."""
    old, new = SCENARIO.read_text("utf-8"), changed(SCENARIO.read_text("utf-8"), Scenario)
    pairs = zip(old.split("\n"), new.split("\n"), strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1]] == [
        ("format: 1", "format: 3"),
        ('    track: "2"   # former officials', "    diplomacy: track-2   # former officials"),
        (
            "    when: {not: {ever: {move: {id: offer-help, track: ['1', '1.5']}}}}",
            "    when: {not: {ever: {move: {id: offer-help, diplomacy: [track-1, track-1.5]}}}}",
        ),
        (
            "    happens: {same_turn: {move: {id: criticise, track: '1'}, by: other}}",
            "    happens: {same_turn: {move: {id: criticise, diplomacy: track-1}, by: other}}",
        ),
    ]


SPELLINGS = {
    "track: '2'": "diplomacy: track-2",
    'track:    "2"': "diplomacy:    track-2",
    "track: 2": "diplomacy: track-2",
    "'track': '2' # '1.5' # 2": "'diplomacy': track-2 # '1.5' # 2",
    '"track": 2': '"diplomacy": track-2',
    '"tr\\x61ck": "\\x32"': '"diplomacy": track-2',
    "? track\n    : '2'": "? diplomacy\n    : track-2",
    "track: |- # two\n      2\n    # after": "diplomacy: |- # two\n      track-2\n    # after",
    "track: >-\n      2\n\n": "diplomacy: >-\n      track-2\n\n",
    "track:\n      # above\n      '2' #after": "diplomacy:\n      # above\n      track-2 #after",
    "track: '1.5'": "diplomacy: track-1.5",
    "track: 1.5": "diplomacy: track-1.5",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_word_is_found_however_it_is_written(spelling: str) -> None:
    """Quotes of keys stay, those of values go where they are not needed, comments and blanks stay."""
    old = SCENARIO.read_text("utf-8")
    stands = 'track: "2"   # former officials'
    assert old.count(stands) == 1
    new = changed(old.replace(stands, spelling), Scenario)
    assert SPELLINGS[spelling] in new
    assert text_of(new).value["channels"]["scholars"]["diplomacy"] in ("track-1.5", "track-2")


def test_values_that_would_run_into_something_keep_their_quotes() -> None:
    """In brackets without blanks, the quotes are what tells a word from what stands beside it."""
    head = "format: 1\nid: own\ntitle: T\nsays: S\nsource: Test.\nrules:\n"
    rule = "  - {id: r, kind: pink, says: R., when: WHEN, then: {tension: 1}, source: Test.}\n"
    old = head + rule.replace("WHEN", """{"move":{"track":"2"}, not: {move: {"track": ["1",'1.5' ]}}}""")
    assert """{"move":{"diplomacy":"track-2"}, not: {move: {"diplomacy": [track-1,track-1.5 ]}}}""" in changed(
        old, Pack
    )


def test_line_ends_a_mark_and_permissions_stay(copy: Path) -> None:
    """A file from Windows, with a byte order mark, is the same file afterwards."""
    path = copy / "scenarios" / "small-test" / "scenario.yaml"
    old = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(old)
    path.chmod(0o640)
    assert main(["migrate", "--write", "scenarios/small-test"]) == 0
    new = path.read_bytes()
    assert new.startswith(b"\xef\xbb\xbf#") and new.count(b"\r\n") == new.count(b"\n") == old.count(b"\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(path.parent) == names(SCENARIO.parent)


def test_a_symbolic_link_stays_one(copy: Path) -> None:
    """What it leads to is rewritten."""
    real, link = copy / "rules" / "small.yaml", copy / "rules" / "linked.yaml"
    link.symlink_to(real)
    assert main(["migrate", str(link), "--write"]) == 0
    assert link.is_symlink() and b"format: 3" in real.read_bytes()


def test_check_and_diff_write_nothing(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--check ends with 1 while something would change; --diff shows it; after the rewriting there is nothing to do."""
    before = SCENARIO.read_bytes()
    assert main(["migrate", "--check", "."]) == 1
    assert main(["migrate", "--diff", "."]) == 0
    out = capsys.readouterr().out
    assert '-    track: "2"   # former officials\n+    diplomacy: track-2   # former officials\n' in out
    assert "rules/small.yaml: would be rewritten from format 1 to 3" in out
    assert "--- rules/small.yaml (format 1)\n+++ rules/small.yaml\n" in out
    assert main(["--lang", "zh", "migrate", "--diff", "."]) == 0
    assert "--- rules/small.yaml（格式1）\n+++ rules/small.yaml\n" in capsys.readouterr().out
    assert (copy / "scenarios" / "small-test" / "scenario.yaml").read_bytes() == before
    assert main(["migrate", ".", "--write"]) == 0
    assert "scenarios/small-test/scenario.yaml: rewritten from format 1 to 3" in capsys.readouterr().out
    assert main(["check", "."]) == 0
    assert "format" not in capsys.readouterr().out
    assert main(["migrate", "--check", "."]) == 0
    assert capsys.readouterr().out == "nothing to do: everything is in the format in use\n"


def test_without_a_terminal_it_only_shows(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can be asked, so nothing is written, and that is said."""
    path = copy / "rules" / "small.yaml"
    assert main(["migrate", "rules/small.yaml"]) == 0
    out = capsys.readouterr().out
    assert "-format: 1\n+format: 3\n" in out and out.endswith(
        "nothing is written; crisis-sim migrate … --write writes it\n"
    )
    assert path.read_bytes() == PACK.read_bytes()


@pytest.mark.parametrize(("said", "written"), [("y", True), ("YES ", True), ("n", False), ("", False), (None, False)])
def test_at_a_terminal_it_asks(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, said: str | None, written: bool
) -> None:
    """The difference first, then the question; whoever does not agree keeps the files."""

    def answered(question: str) -> str:
        assert question == "Rewrite them so? y or n " and "+format: 3" in capsys.readouterr().out
        if said is None:
            raise EOFError
        return said

    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answered)
    assert main(["migrate", "rules/small.yaml"]) == 0
    assert ((copy / "rules" / "small.yaml").read_bytes() != PACK.read_bytes()) == written
    assert ("rewritten from format 1 to 3" in capsys.readouterr().out) == written


def test_what_an_author_has_to_decide_is_listed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A track's id in the braces of an old text may have been meant as its number; it is written as it was."""
    path = copy / "scenarios" / "small-test" / "scenario.yaml"
    stands = "text: Marenga asks either side for a tug, if nobody has offered help."
    path.write_text(path.read_text("utf-8").replace(stands, 'text: "{hours-of-air} {so} {hours-of-air}"'), "utf-8")
    line = path.read_text("utf-8").split("\n").index('    text: "{hours-of-air} {so} {hours-of-air}"') + 1
    assert main(["migrate", "--write", "scenarios/small-test"]) == 0
    out = capsys.readouterr().out
    assert f"scenario.yaml:{line}:11: warning" in out and out.count("{hours-of-air} stays as it is written") == 1
    assert 'text: "{{hours-of-air}} {{so}} {{hours-of-air}}"' in path.read_text("utf-8")


@pytest.mark.parametrize("past", sorted(OLD.parent.glob("format-*")), ids=lambda folder: folder.name)
def test_what_is_migrated_loads_without_a_warning_and_plays_the_same(
    past: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scenario and a pack of each past format: the same events from the same acts, and no word more of them."""
    shutil.copytree(past, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    before = [bots(load_material("scenarios/small-test"), "salami", "firm", seed=seed).events for seed in "12"]
    said = {each.code for each in check_paths(["."])}
    assert main(["migrate", ".", "--write"]) == 0
    assert {each.code for each in check_paths(["."])} == said - {"lint/format"}
    assert [bots(load_material("scenarios/small-test"), "salami", "firm", seed=seed).events for seed in "12"] == before


def test_a_scenarios_own_packs_go_with_it(copy: Path) -> None:
    """A folder is one thing: its scenario and the rules in it."""
    folder = copy / "scenarios" / "small-test"
    (folder / "rules").mkdir()
    (copy / "rules" / "small.yaml").rename(folder / "rules" / "small.yaml")
    assert [each.path.name for each in migrations([folder]).found] == ["scenario.yaml", "small.yaml"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("mistake", "format: 1\nid: x\n", "the key 'title' is missing"),
        ("later", "format: 7\nid: x\n", "is of format 7, and crisis-sim"),
        ("syntax", "format: 1\nid: [x\n", "own.yaml"),
        ("encoding", "format: 1\nsays: \udcff\n", "is not UTF-8"),
    ],
)
def test_a_file_that_does_not_load_is_left_alone(
    copy: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    """Its problems are said, the exit code is 1, and the others are rewritten."""
    own = copy / "rules" / "own.yaml"
    own.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = own.read_bytes()
    assert main(["migrate", ".", "--write"]) == 1
    out = capsys.readouterr().out
    assert said in out and "small.yaml: rewritten" in out
    assert own.read_bytes() == before


def test_a_file_that_somebody_changes_meanwhile_is_left_alone(copy: Path) -> None:
    """Between the reading and the writing an editor may save."""
    (found,) = migrations(["rules/small.yaml"]).found
    path = copy / "rules" / "small.yaml"
    path.write_text("mine", "utf-8")
    with pytest.raises(UnreadableInput, match="somebody else has changed it"):
        found.write()
    assert path.read_text("utf-8") == "mine"
    assert names(path.parent) == ["small.yaml"]


def test_a_folder_that_cannot_be_written_keeps_the_file(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full or protected disk is a sentence, and the old file is whole."""
    path = copy / "rules" / "small.yaml"

    def refuse(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(UnreadableInput, match="left as it was: no space left on device"):
        replace_file(path, path.read_bytes(), b"new")
    assert path.read_bytes() == PACK.read_bytes()
    assert names(path.parent) == ["small.yaml"]


TOLD = re.compile(r"\{([a-z-]+)\}")


def former(text: str) -> str:
    """A shipped file as it would stand in format 1, in which a text tells no number of a track."""
    text = TOLD.sub(r"[\1]", text)
    for diplomacy, track in (("track-1.5", '"1.5"'), ("track-1", "'1'"), ("track-2", '"2"')):
        text = text.replace(f"diplomacy: {diplomacy}", f"track: {track}")
    return text.replace("\nformat: 3\n", "\nformat: 1\n", 1)


SHIPPED = [(listing.path, Scenario) for listing in list_scenarios()] + [(pack.path, Pack) for pack in list_packs()]


@pytest.mark.parametrize(("path", "kind"), SHIPPED, ids=lambda value: value.stem if isinstance(value, Path) else "")
def test_every_shipped_file_comes_back_from_format_1(path: Path, kind: type[Scenario] | type[Pack]) -> None:
    """Written in format 1 and migrated, each is to the letter what is shipped."""
    text = path.read_text("utf-8")
    if text_of(text).value["format"] == 3:
        assert changed(former(text), kind) == TOLD.sub(r"[\1]", text)


PIECES = [
    "  ",
    " # two '2'",
    "#x",
    "- ",
    ": ",
    "'",
    '"',
    "{",
    "}",
    "track: '1.5', ",
    "中文",
    "é",
    "\r\n",
    "\n",
    "\n\n",
    "|-\n",
]


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, type[Scenario] | type[Pack]]:
    """An old file with pieces put in, and lines doubled, taken away or commented."""
    path = draw(st.sampled_from([SCENARIO, PACK]))
    luck = random.Random(draw(st.integers(0, 2**32)))
    lines = path.read_text("utf-8").split("\n")
    for _ in range(luck.randint(1, 4)):
        at = luck.randrange(len(lines))
        if luck.random() < 0.4:
            at = luck.choice([place for place, line in enumerate(lines) if "track" in line])
        cut = luck.randrange(len(lines[at]) + 1)
        match luck.randrange(5):
            case 0:
                lines[at] = lines[at][:cut] + luck.choice(PIECES) + lines[at][cut:]
            case 1:
                lines.insert(at, " " * luck.randrange(8) + "# was: track: '2'")
            case 2:
                lines[at] += luck.choice(["   ", " # track: '1.5'", "\r", " #"])
            case 3:
                lines[at] = lines[at].replace("'", luck.choice(['"', ""])).replace(", ", luck.choice([",", " , "]))
            case _:
                lines.insert(at, lines[at])
    return "\n".join(lines), Scenario if path == SCENARIO else Pack


@settings(max_examples=examples(100, 5_000))
@given(mutations())
def test_what_loads_is_migrated_to_the_same_model(mutation: tuple[str, type[Scenario] | type[Pack]]) -> None:
    """Any old file that loads: the new one loads to an equal model, and has every comment where it was."""
    same_afterwards(*mutation)


def same_afterwards(old: str, kind: type[Scenario] | type[Pack]) -> None:
    """Migrate a text if it loads, and compare."""
    before = yaml_text(old, "old.yaml", Problems())
    model = None if before is None else from_file(before.file, "old.yaml").written(kind, Problems())
    if before is None or model is None:
        return
    new = migrated(before, kind)
    assert new is not None
    after = text_of(new)
    again = from_file(after.file, "new.yaml").written(kind, Problems())
    assert again is not None and again.model == model.model
    assert [(each.line, each.text, each.alone) for each in after.file.comments()] == [
        (each.line, each.text, each.alone) for each in before.file.comments()
    ]
    assert hashes(new) == hashes(old)
    assert migrated(after, kind) == new


def hashes(text: str) -> list[str]:
    """What follows the first # of each line that has one, trailing blanks and line ends included."""
    return [line.partition("#")[2] for line in text.split("\n") if "#" in line]


def test_a_migration_says_what_it_is() -> None:
    """What would be written is known before anything is."""
    (found,) = migrations([PACK]).found
    assert isinstance(found, Migration)
    assert (found.was, found.becomes, found.old) == (1, 3, PACK.read_bytes())


BRACED = {
    "text: Set {1} of it": "text: Set {{1}} of it",
    "text: 'Set {1} of it' # {1}": "text: 'Set {{1}} of it' # {1}",
    'text: "Set {1} of \\"it\\""': 'text: "Set {{1}} of \\"it\\""',
    "text: |- # {1}\n      {1}\n      #of {it}\n    # {2}": "text: |- # {1}\n      {{1}}\n      #of {{it}}\n    # {2}",
    "text: {en: 'a {b}', zh: '}'}": "text: {en: 'a {{b}}', zh: '}}'}",
    'text:\n      us: a{1}\n      china: {en: "{", zh: 无}': 'text:\n      us: a{{1}}\n      china: {en: "{{", zh: 无}',
}


@pytest.mark.parametrize("spelling", BRACED)
def test_braces_that_meant_nothing_are_doubled(spelling: str) -> None:
    """In the text of an inject, however it is written; those of comments, titles and notes stay."""
    old = SCENARIO.read_text("utf-8").replace("title: Survey ship", "title: Survey {ship}")
    stands = "text: Marenga asks either side for a tug, if nobody has offered help."
    assert old.count(stands) == 1
    new = changed(old.replace(stands, spelling), Scenario)
    assert BRACED[spelling] in new and "title: Survey {ship}" in new


def test_a_brace_that_no_letter_shows_is_left_to_its_author(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be changed with certainty is said, with its place, and not rewritten."""
    path = copy / "scenarios" / "small-test" / "scenario.yaml"
    stands = "text: Marenga asks either side for a tug, if nobody has offered help."
    path.write_text(path.read_text("utf-8").replace(stands, 'text: "Set \\x7b1}"'), "utf-8")
    before = path.read_bytes()
    assert main(["migrate", "--write", "scenarios/small-test"]) == 1
    assert "scenario.yaml:2:9: error: this file has to be brought" in capsys.readouterr().out
    assert path.read_bytes() == before
