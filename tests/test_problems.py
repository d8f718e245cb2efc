"""Problems: where, what, and what to write instead, in lines that are safe to print."""

from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_sim.errors import ActionRefused, CrisisSimError, LogDamaged, SessionLocked, StorageFailed, UnreadableInput
from crisis_sim.problems import KEPT, Problems, ProblemsFound, Spot, did_you_mean, nearest, problem_at, shown_path
from crisis_sim.text import cells
from crisis_sim.wording import failure

LINE = "  - not: {earlier: {move: private-enquiry, by: sender}}"


def shown(spot: Spot, message: str = "wrong", hint: str = "") -> list[str]:
    """The lines of one problem."""
    return problem_at(spot, "error", message, code="test/wrong", hint=hint).shown().split("\n")


def test_a_problem_says_where_what_and_what_to_write_instead() -> None:
    """Place and sentence, the line with a caret under the word, the hint."""
    hint = did_you_mean("private-enquiry", ["request-call", "private-inquiry"])
    assert shown(Spot("rules/core.yaml", 31, 27, 15, LINE), "unknown move 'private-enquiry'", hint) == [
        "rules/core.yaml:31:27: error: unknown move 'private-enquiry'",
        "    |   - not: {earlier: {move: private-enquiry, by: sender}}",
        "    |                           ^^^^^^^^^^^^^^^",
        "    hint: did you mean 'private-inquiry'?",
    ]


def test_the_caret_stands_under_wide_characters() -> None:
    """A Chinese character takes two cells, a tab and a hidden character one each."""
    assert shown(Spot("a.yaml", 1, 9, 2, "\t海底\u202eab: 潜艇")) == [
        "a.yaml:1:9: error: wrong",
        "    |  海底�ab: 潜艇",
        "    |           ^^^^",
    ]


def test_files_with_mistakes_are_refused_in_the_readers_language() -> None:
    """The mistakes, what to write instead, and what to do then; also as another process hands them on."""
    problems = Problems()
    problems.error(Spot("a.yaml", 3), "this file is empty", code="yaml/empty", hint=did_you_mean("mve", ["move"]))
    refused = pickle.loads(pickle.dumps(ProblemsFound(problems)))  # noqa: S301 - made here
    assert failure(refused, "zh") == ("a.yaml:3: 错误：此文件是空的\n    提示：是否指“move”？", "请改正文件后重新加载")
    assert failure(refused, "en")[0] == str(refused) == problems.shown()


def test_nothing_is_invented() -> None:
    """Without a line there is no line, without a column no caret."""
    assert shown(Spot("a.yaml")) == ["a.yaml: error: wrong"]
    assert shown(Spot("a.yaml", 3, None, 1, "a: 1")) == ["a.yaml:3: error: wrong"]


def test_a_long_line_is_shown_around_the_caret() -> None:
    """At most a hundred cells, with ellipses where it is cut."""
    source = "海底" * 200 + "here" + "x" * 400
    _, line, caret = shown(Spot("a.yaml", 1, 401, 4, source))
    assert cells(line) <= len("    | ") + 100
    assert line.startswith("    | …海底")
    assert line.endswith("x…")
    start = caret.index("^")
    assert cells(line[: line.index("here")]) == start
    assert caret[start:] == "^^^^"


@given(st.text(max_size=300), st.integers(1, 320), st.integers(1, 400), st.text(max_size=30))
def test_whatever_is_in_a_file_a_problem_is_safe_to_print(source: str, col: int, width: int, message: str) -> None:
    """Every line of it is free of controls, and short."""
    for line in shown(Spot(f"a{message}.yaml", 1, col, width, source), message, message):
        assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") for character in line)
    for line in shown(Spot("a.yaml", 1, col, width, source))[1:]:
        assert cells(line) <= len("    | ") + 101


def test_a_huge_message_is_cut() -> None:
    """A value that a message quotes may be a megabyte."""
    assert len(shown(Spot("a.yaml"), "x" * 10**6)[0]) < 1300


def test_problems_come_in_the_order_of_the_file() -> None:
    """By path, line and column, however they were found; one said twice is said once."""
    problems = Problems()
    for path, line, col in [("b", 1, 1), ("a", 10, 1), ("a", 9, 5), ("a", 9, 2), ("a", None, None), ("a", 9, 2)]:
        problems.error(Spot(path, line, col), "wrong", code="test/wrong")
    assert [(problem.path, problem.line, problem.col) for problem in problems] == [
        ("a", None, None),
        ("a", 9, 2),
        ("a", 9, 5),
        ("a", 10, 1),
        ("b", 1, 1),
    ]


def test_twenty_are_written_out_and_the_rest_counted() -> None:
    """However many there are, the list stays short, and memory bounded."""
    problems = Problems()
    for number in range(1, KEPT * 3):
        problems.error(Spot("a.yaml", number), "wrong", code="test/wrong")
    lines = problems.shown().split("\n")
    assert (len(lines), lines[-1]) == (21, f"and {KEPT * 3 - 21} more problems")
    assert len(problems) == problems.errors == KEPT * 3 - 1
    assert sum(1 for _ in problems) == KEPT


def test_warnings_alone_raise_nothing() -> None:
    """Errors raise one exception that says all of them."""
    problems = Problems()
    problems.raise_errors()
    problems.warning(Spot("a.yaml", 2), "odd", code="test/odd")
    problems.raise_errors()
    problems.error(Spot("a.yaml", 1), "wrong", code="test/wrong")
    with pytest.raises(ProblemsFound) as found:
        problems.raise_errors()
    assert str(found.value) == "a.yaml:1: error: wrong\na.yaml:2: warning: odd"
    assert (found.value.exit_code, found.value.problems, problems.summary()) == (1, problems, "1 error, 1 warning")


def test_of_a_line_without_end_only_the_beginning_is_quoted() -> None:
    """A megabyte on one line is not cleaned ten times over; beyond what is quoted no caret is put anywhere."""
    source = "\0" * 1_000_000
    assert len(problem_at(Spot("a.yaml", 1, 5, 1, source), "error", "wrong", code="test/wrong").source) == 50_000
    assert shown(Spot("a.yaml", 1, 900_000, 1, source)) == ["a.yaml:1:900000: error: wrong"]


def test_no_problems_are_said_in_words() -> None:
    """An empty list shows nothing."""
    assert (Problems().shown(), Problems().summary(), len(Problems())) == ("", "no problems", 0)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("private-enquiry", "private-inquiry"),
        ("Private_Inquiry", "private-inquiry"),
        ("request call", "request-call"),
        ("zebra", None),
        ("", None),
        ("x" * 10**6, None),
    ],
)
def test_the_nearest_spelling_is_offered(word: str, meant: str | None) -> None:
    """Only where it is near, and whatever was written."""
    assert nearest(word, ["request-call", "private-inquiry", "y" * 1000]) == meant


def test_a_short_list_is_offered_where_nothing_is_near() -> None:
    """A dozen choices can be read; more cannot."""
    assert did_you_mean("zebra", ["us", "china"]) == "one of: china, us"
    assert did_you_mean("zebra", [f"move-{number}" for number in range(50)]) == ""


def test_paths_are_written_with_forward_slashes() -> None:
    """As given, on every system."""
    assert shown_path("rules/core.yaml") == "rules/core.yaml"


@pytest.mark.parametrize(
    "error",
    [
        ActionRefused("line/concern", concern="{face}", names=("face", "status")),
        LogDamaged("log/hash", "line 7 is not what was written", line=7, last_good=5, hint="salvage it"),
        UnreadableInput("log/missing", "there is no log"),
        SessionLocked("log/locked", "another process writes this log"),
        StorageFailed("log/full", "the disk is full"),
    ],
)
def test_errors_survive_a_trip_between_processes(error: CrisisSimError) -> None:
    """Code, sentence, hint and whatever else they carry."""
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(copy), str(copy), vars(copy)) == (type(error), error.message, vars(error))
    assert copy.exit_code == (2 if isinstance(error, UnreadableInput | SessionLocked) else 1)
