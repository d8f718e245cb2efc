"""Comments are found where YAML has them, and nowhere else."""

from __future__ import annotations

import pytest

from crisis_sim.content.yamlfile import parse_yaml
from crisis_sim.problems import Problems


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
