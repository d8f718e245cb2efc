"""YAML files: plain values, exact places, comments where they are, and a located sentence for everything else."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.content.mistakes import left_in_english
from tests.thinning import one_in
from yamlcore import CoreLoader  # type: ignore[import-untyped]  # it ships no types

from crisis_sim.content import yamlfile
from crisis_sim.content.files import LINE, SIZE, read_text_file
from crisis_sim.content.syntax_mistakes import MAX_MISTAKES
from crisis_sim.content.yamlfile import DEPTH, NODES, SCALAR, YamlFile, parse_yaml, read_yaml
from crisis_sim.problems import Problems, Spot

BAD = Path(__file__).parent / "data" / "bad" / "yaml"
PURE = yamlfile._PurePython


@pytest.fixture(params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with its C library, and without."""
    if request.param == "python":
        monkeypatch.setattr(yamlfile, "_parser", PURE)
    elif yamlfile._parser is PURE:
        pytest.skip("PyYAML is built without its C library here")


def read(text: str) -> YamlFile:
    """The file that `text` makes, without a problem."""
    problems = Problems()
    file = parse_yaml(text, "x.yaml", problems)
    assert file is not None, problems.shown()
    assert len(problems) == 0, problems.shown()
    return file


def said(text: str) -> list[str]:
    """The codes of what is wrong with `text`."""
    problems = Problems()
    parse_yaml(text, "x.yaml", problems)
    return [problem.code for problem in problems]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_mistake_prints_where_it_is_and_what_to_write_instead(path: Path) -> None:
    """One mistake a file, with the exact text it prints, whichever parser PyYAML has."""
    problems = Problems()
    read_yaml(path, problems, shown=path.name)
    assert problems.shown() + "\n" == path.with_suffix(".txt").read_text("utf-8")
    assert left_in_english(problems) == []


@pytest.mark.usefixtures("parser")
def test_scalars_are_what_yaml_1_2_says() -> None:
    """Times, dates and yes stay text; numbers with a fraction stay exact."""
    text = (
        "[10:30, no, on, Yes, 2026-01-02, 1_000, ~, null, true, False, 42, -7, 0x1F, 0o17, 007, 1.10, -.5, 1e3, "
        "'42', \"true\", 1.2.3, +, .]"
    )
    values = read(text).value
    assert values == [
        *("10:30", "no", "on", "Yes", "2026-01-02", "1_000", None, None, True, False),
        *(42, -7, 31, 15, 7, Decimal("1.10"), Decimal("-0.5"), Decimal(1000), "42", "true", "1.2.3", "+", "."),
    ]
    assert [type(value) for value in values[10:18]] == [int] * 5 + [Decimal] * 3
    assert str(values[15]) == "1.10"


@given(st.text("0123456789+-.eExoabfFnNaAlsTtrRuU~_: ", min_size=1, max_size=10))
def test_scalars_resolve_as_yamlcore_does(text: str) -> None:
    """Except that a fraction is a Decimal, and what nobody can count with is refused."""
    problems = Problems()
    file = parse_yaml(f"- {text}", "x.yaml", problems)
    try:
        theirs = yaml.load(f"- {text}", CoreLoader)  # noqa: S506 - yamlcore's is a safe loader
    except (yaml.YAMLError, ValueError):
        assert problems.errors
        return
    if file is None or problems.errors:
        assert theirs[0] is None or not isinstance(theirs[0], str) or problems.errors
        return
    ours = file.value[0]
    assert (float(ours) if isinstance(ours, Decimal) else ours) == theirs[0]
    assert isinstance(ours, Decimal) == isinstance(theirs[0], float)


PLACES = """\
format: 1
teams:
  us: {brief: brief-us.md, lines: [a, b]}
  china:
    brief: 简报.md
rules:
  - id: one
    says: |
      Long
      text
  - id: two
    when: {all: [{move: x}, {not: {earlier: {move: joint-cell}}}]}
45:
"""


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("loc", "key", "place"),
    [
        (("format",), False, (1, 9, 1)),
        (("format",), True, (1, 1, 6)),
        (("teams", "us", "lines", 1), False, (3, 39, 1)),
        (("teams", "china", "brief"), False, (5, 12, 5)),
        (("teams", "china"), False, (4, 3, 5)),
        (("rules", 1), False, (11, 5, 2)),
        (("rules", 0, "says"), False, (8, 11, 1)),
        (("rules", 1, "when", "all", 1, "not", "earlier", "move"), False, (12, 52, 10)),
        (("rules", 1, "when", "all", 1), False, (12, 29, 36)),
        ((45,), True, (13, 1, 2)),
        (("45",), True, (13, 1, 2)),
        ((45,), False, (13, 4, 1)),
        ((), False, (1, 1, 6)),
        (("teams", "us", "opening"), False, (3, 3, 2)),
        (("rules", 7, "id"), False, (6, 1, 5)),
        (("rules", 1, "when", "All", "all", 0, "Move", "move"), False, (12, 25, 1)),
        (("format", "[key]"), False, (1, 1, 6)),
        (("nothing", "here"), False, (1, 1, 6)),
    ],
)
def test_everything_has_its_place(loc: tuple[str | int, ...], key: bool, place: tuple[int, int, int]) -> None:
    """Values and keys by line, column and width; what is missing stands for the nearest thing around it."""
    file = read(PLACES)
    assert file.place(loc, key=key) == place
    spot = file.spot(loc, key=key)
    assert (spot.path, spot.line, spot.col) == ("x.yaml", *place[:2])
    assert file.spot(loc, key=key).source == PLACES.split("\n")[place[0] - 1]


def test_line_ends_of_every_system_count_as_one() -> None:
    """Places and values are the same for \\n, \\r\\n and \\r, and a byte order mark is no character."""
    texts = [PLACES.replace("\n", end) for end in ("\n", "\r\n", "\r")]
    files = [read(text) for text in texts]
    assert [file.value for file in files] == [files[0].value] * 3
    assert [file.place(("rules", 1)) for file in files] == [(11, 5, 2)] * 3


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    """Some editors begin every file with one."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: one\n")
    problems = Problems()
    file = read_yaml(path, problems)
    assert file is not None
    assert (file.value, file.place(("id",), key=True)) == ({"id": "one"}, (1, 1, 2))


def test_texts_come_clean() -> None:
    """Tabs become spaces and letters are in NFC, in keys too."""
    assert read('a: "c\\td\\ne"\n').value == {"a": "c    d\ne"}
    assert read('e\u0301: a\tb\nb: "c\\td\\ne"\n').value == {"é": "a    b", "b": "c    d\ne"}


def test_the_rest_of_a_file_is_read_after_a_slip() -> None:
    """A key given twice, a tag and an alias are said together, and what can be used is."""
    problems = Problems()
    file = parse_yaml("a: !x 1\nb: *c\na: 2\nd: &e f\n~: g\n", "x.yaml", problems)
    assert file is not None
    assert file.value == {"a": "1", "b": None, "d": "f"}
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "yaml/tag"),
        (2, "yaml/alias"),
        (3, "yaml/duplicate-key"),
        (4, "yaml/anchor"),
        (5, "yaml/key"),
    ]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("fits", "over", "code"),
    [
        ("[" * DEPTH + "]" * DEPTH, "[" * (DEPTH + 1) + "]" * (DEPTH + 1), "yaml/depth"),
        ("- a\n" * (NODES - 1), "- a\n" * NODES, "yaml/nodes"),
        ("a: |\n" + "  bcd\n" * (SCALAR // 4), "a: |\n" + "  bcd\n" * (SCALAR // 4 + 1), "yaml/text-length"),
        (f"a: {'b' * (LINE - 3)}", f"a: {'b' * (LINE - 2)}", "file/line-length"),
    ],
    ids=["depth", "values", "text", "line"],
)
def test_a_file_has_bounds(fits: str, over: str, code: str) -> None:
    """At the limit it is read, one further it is not."""
    assert said(fits) == []
    assert said(over) == [code]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text",
    one_in(
        2,
        [
            "[" * 1_000_000,
            "{a: " * 300_000,
            "- " * 500_000,
            "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(5000)),
            "? " * 500_000,
            '"' * 999_999,
            "a: '" + "x\n" * 400_000,
            "!" * 1_000_000,
            "a: |" + "\n" * 1_000_000,
            "\t" * 1_000_000,
            "\\" * 1_000_000,
            "'\n" * 400_000,
            "a:\n" * 300_000,
            "\u0301\u0323" * 9_000,
        ],
    ),
    ids=lambda text: ascii(text[:8]),
)
def test_hostile_files_are_refused_in_bounded_time(text: str) -> None:
    """Bombs of brackets, aliases, quotes and indents end in a sentence."""
    done: list[list[str]] = []
    thread = threading.Thread(target=lambda: done.append(said(text)), daemon=True)
    thread.start()
    thread.join(20)
    assert done, "still reading"


@given(
    st.binary(max_size=200)
    | st.text("ab1:-?#&*!|>'\"%@`[]{}, \n\t\\~<.ux0￿\u202e\x1b中：，", max_size=80).map(lambda text: text.encode())
)
@example(b'a: "\\UFFFFFFFF"')
@example(b"\xff\xfea\x00")
@example(b"%YAML 99999999999999999999.1\n---\na")
@example(b"? [a]\n: [*b")
@example(b"? a")
def test_any_bytes_give_a_value_or_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Never an exception, never a file without value and without reason, never a control character on the way out."""
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    for parser in (yamlfile._parser, PURE):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yamlfile, "_parser", parser)
            problems = Problems()
            file = read_yaml(path, problems, shown="any.yaml")
        assert file is not None or problems.errors
        assert printable(problems.shown())
        if file is None:
            continue
        for loc, value in walk(file.value):
            assert not isinstance(value, str) or printable(value)
            assert 1 <= file.place(loc).line <= len(file.lines)
            assert 1 <= file.place(loc, key=True).line <= len(file.lines)


YAML_PARTS = (
    *("a: ", "b:", "45: ", "'45': ", "- ", "1", "1.5", "~", "'<<': ", "<<: ", "{", "}", "[", "]", ", ", "&x ", "*x"),
    *(
        '"\\u202e"',
        '"e\\u0301"',
        "e\u0301",
        "'q'",
        "!!str ",
        "|\n  c",
        "---",
        "...",
        "\n",
        "\n  ",
        "\n    ",
        "? ",
        "\t",
    ),
)


def printable(text: str) -> bool:
    """Whether `text` holds nothing that a terminal would obey, newlines aside."""
    return not any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") for character in text if character != "\n"
    )


def walk(value: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value and key under `value`."""
    yield loc, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*loc, key), key
            yield from walk(item, (*loc, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*loc, index))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "x.yaml: error: there is no such file"),
        (lambda path: path.mkdir(), "x.yaml: error: this is a folder, not a file"),
        (lambda path: os.mkfifo(path), "x.yaml: error: this is a pipe or device, not a file"),
        (lambda path: path.symlink_to("/dev/zero"), "x.yaml: error: this is a pipe or device, not a file"),
        (lambda path: path.symlink_to(path), "x.yaml: error: this cannot be read: too many levels of symbolic links"),
        (lambda path: path.write_bytes(b"#" * (SIZE + 1)), "x.yaml: error: this file is larger than 2 MiB"),
    ],
    ids=["missing", "folder", "pipe", "device", "loop", "large"],
)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and links in the file system")
def test_what_is_no_file_is_refused_before_it_is_read(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    """A pipe does not make us wait and a device does not fill the memory."""
    make(tmp_path / "x.yaml")
    problems = Problems()
    assert read_yaml(tmp_path / "x.yaml", problems, shown="x.yaml") is None
    assert problems.shown().split("\n")[0] == message


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    """Nor does a null byte in a name raise."""
    problems = Problems()
    assert read_yaml(tmp_path / "a\x00b", problems, shown="a\x00b") is None
    assert problems.shown() == "ab: error: this cannot be read: its name is not valid"


def test_a_missing_file_has_a_near_name(tmp_path: Path) -> None:
    """The hint looks around."""
    (tmp_path / "scenario.yaml").write_text("a: 1")
    problems = Problems()
    read_yaml(tmp_path / "scenaro.yaml", problems, shown="scenaro.yaml")
    assert problems.shown().endswith("hint: did you mean 'scenario.yaml'?")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied"), "x.yaml: error: this may not be read"),
        (OSError(5, "Input/output error"), "x.yaml: error: this cannot be read: input/output error"),
    ],
    ids=["permission", "disk"],
)
def test_a_file_that_the_system_withholds_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, message: str
) -> None:
    """A sentence, not a traceback."""

    def refuse(*_: object) -> int:
        raise error

    (tmp_path / "x.yaml").write_text("a: 1")
    problems = Problems()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        assert read_yaml(tmp_path / "x.yaml", problems, shown="x.yaml") is None
    assert problems.shown().split("\n")[0] == message


def test_a_text_beside_a_scenario_comes_clean(tmp_path: Path) -> None:
    """Its lines stay; tabs become spaces."""
    (tmp_path / "brief.md").write_bytes("# Brief\r\n\te\u0301\n".encode())
    problems = Problems()
    assert read_text_file(tmp_path / "brief.md", problems, within=tmp_path) == "# Brief\n    é\n"
    assert len(problems) == 0


def test_a_text_with_hidden_characters_is_refused_where_they_are(tmp_path: Path) -> None:
    """The place is in the text, not where the scenario names it."""
    (tmp_path / "brief.md").write_text("ok\nsafe \u202eword \x1b[2J\n", "utf-8")
    problems = Problems()
    named = Spot("scenario.yaml", 4, 9, 8, "  brief: brief.md")
    assert read_text_file(tmp_path / "brief.md", problems, within=tmp_path, shown="brief.md", reference=named) is None
    assert [problem[:3] for problem in problems] == [("brief.md", 2, 6), ("brief.md", 2, 12)]


@pytest.mark.parametrize(
    "name", ["../secret.md", "/etc/hostname", "link.md", "sub/../../secret.md", "folder/secret.md"]
)
def test_a_text_outside_the_scenarios_folder_is_refused(tmp_path: Path, name: str) -> None:
    """Not upwards, not from the root, not through a link."""
    (tmp_path / "secret.md").write_text("secret")
    home = tmp_path / "scenario"
    (home / "sub").mkdir(parents=True)
    (home / "link.md").symlink_to("../secret.md")
    (home / "folder").symlink_to("..")
    problems = Problems()
    named = Spot("scenario.yaml", 1, 8, len(name), f"brief: {name}")
    assert read_text_file(home / name, problems, within=home, shown=name, reference=named) is None
    assert problems.shown().split("\n")[0] == f"scenario.yaml:1:8: error: '{name}' is outside the scenario's folder"


def test_a_missing_text_is_said_where_it_is_named(tmp_path: Path) -> None:
    """The mistake is in the scenario, not in a file that is not there."""
    (tmp_path / "brief-us.md").write_text("x")
    problems = Problems()
    named = Spot("scenario.yaml", 2, 8, 11, "brief: brief_us.md")
    assert (
        read_text_file(tmp_path / "brief_us.md", problems, within=tmp_path, shown="brief_us.md", reference=named)
        is None
    )
    assert problems.shown().split("\n") == [
        "scenario.yaml:2:8: error: there is no file 'brief_us.md'",
        "    | brief: brief_us.md",
        "    |        ^^^^^^^^^^^",
        "    hint: did you mean 'brief-us.md'?",
    ]


@pytest.mark.usefixtures("parser")
def test_items_whose_dash_is_lost_are_read_as_items() -> None:
    """Nothing else is said of them, and what names them finds them; a key that is given twice at once is just that."""
    problems = Problems()
    file = parse_yaml("- id: a\n  at: 1\n  id: b\n  at: 2\n- id: c\n", "x.yaml", problems)
    assert file is not None
    assert file.value == [{"id": "a", "at": 1}, {"id": "b", "at": 2}, {"id": "c"}]
    assert [problem.code for problem in problems] == ["yaml/lost-dash"]
    assert file.place((1, "at")).line == 4
    assert said("- id: a\n  id: b\n") == ["yaml/duplicate-key"]
    assert said("id: a\nat: 1\nid: b\n") == ["yaml/duplicate-key"]
    assert said("- {id: a, at: 1, id: b}\n") == ["yaml/duplicate-key"]


@pytest.mark.usefixtures("parser")
def test_slips_are_looked_for_to_a_bound() -> None:
    """After twenty it is enough, and where a text in quotes has no end nobody knows what follows."""
    assert said("a: b: c\n" * 200) == ["yaml/syntax"] * MAX_MISTAKES
    assert said('a: "b\nc: d: e\n') == ["yaml/syntax"]


def found(text: str) -> list[tuple[int, int, str, bool]]:
    file = parse_yaml(text, "some.yaml", problems := Problems())
    assert file is not None, problems.shown()
    return [(comment.line, comment.col, comment.text, comment.alone) for comment in file.comments()]


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# head\na: b", [(1, 1, "head", True)]),
        ("a: b # tail", [(1, 6, "tail", False)]),
        ("a: b#c\nd: e", []),
        ('a: "x # y" # tail', [(1, 12, "tail", False)]),
        ("a: 'x\n  # y\n  z' # tail", [(3, 6, "tail", False)]),
        ("a: >- # head\n  # text\n  text # text", [(1, 7, "head", False)]),
        ("a: |\n  text\n\n  # text\n# out", [(5, 1, "out", True)]),
        ("a: |\n  text # text", []),
        ("a: plain\n  # between\nb: c", [(2, 3, "between", True)]),
        ('a: {b: "c # d", e: f} # tail', [(1, 23, "tail", False)]),
        ("a:\n  - b\n  # item\n  - c", [(3, 3, "item", True)]),
        ('"a # b": c # tail', [(1, 12, "tail", False)]),
    ],
)
def test_a_hash_within_a_value_begins_no_comment(text: str, comments: list[tuple[int, int, str, bool]]) -> None:
    """Quoted and block texts keep their `#`; what stands after a value or on a line of its own is a comment."""
    assert found(text) == comments
