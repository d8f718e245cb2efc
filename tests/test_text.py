"""Foreign text: nothing in it reaches a terminal as a command, and nothing takes long."""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.thinning import one_in

from crisis_sim.text import HARMLESS, MARKS, cells, character_name, clean, clipped, foul, inert, plain_markdown, wrapped

ANY = st.text(st.characters(codec=None, exclude_categories=())) | st.text(
    st.sampled_from("ab 中，。“”（\n\t\r\x00\x1b\x85\u2028\u202e\u2066\u200d\ud800\ue000\u0301\u0323\ufe0f👩"),
    max_size=60,
)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ESC = "\x1b"


def obeyed(text: str, lines: bool) -> list[str]:
    """The characters of a cleaned text that should not be in it."""
    allowed = "\n" if lines else ""
    gone = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    return [character for character in text if character not in allowed and unicodedata.category(character) in gone]


@given(ANY, st.booleans())
def test_a_clean_text_holds_nothing_a_terminal_would_obey(text: str, lines: bool) -> None:
    """No control, format, surrogate or private-use character is left, and newlines only where they may be."""
    assert not obeyed(clean(text, lines=lines), lines)


@given(ANY, st.booleans())
def test_cleaning_twice_changes_nothing(text: str, lines: bool) -> None:
    """What was logged clean reads back the same; it is in NFC, and can be written as UTF-8."""
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


def test_every_bad_character_of_unicode_goes() -> None:
    """Character by character through all of Unicode: by category here, by a fixed list in the code."""
    gone = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    left = [
        f"{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in gone
        and clean(f"a{chr(code)}b", lines=False) not in ("ab", "a b", "a\ufffdb")
    ]
    assert left == []


def test_nothing_good_goes() -> None:
    """Letters, digits, punctuation, symbols and spaces of every script stay."""
    lost = [
        f"{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code))[0] in "LNPSZ"
        and unicodedata.category(chr(code)) not in ("Zl", "Zp")
        and clean(chr(code), lines=False) != unicodedata.normalize("NFC", chr(code))
    ]
    assert lost == ["115F", "1160", "3164", "FFA0"], "only the letters that show nothing"


@pytest.mark.parametrize(
    ("text", "one_line", "lines"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a b c d e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b", "a    b"),
        (f"{ESC}[31mred{ESC}]52;c;eA==\x07", "[31mred]52;c;eA==", "[31mred]52;c;eA=="),
        ("a\x00b\u202ec\u2066d\u200de", "abcde", "abcde"),
        ("a\ud800b\ue000c", "a\ufffdb\ufffdc", "a\ufffdb\ufffdc"),
        ("e\u0301", "é", "é"),
        ("[/] [RED-1] [@click=app.quit]x", "[/] [RED-1] [@click=app.quit]x", "[/] [RED-1] [@click=app.quit]x"),
    ],
)
def test_what_becomes_of_hostile_text(text: str, one_line: str, lines: str) -> None:
    """Controls vanish, line ends become newlines or spaces, what was lost shows; markup is just text."""
    assert (clean(text, lines=False), clean(text, lines=True)) == (one_line, lines)


def test_stacked_marks_are_cut() -> None:
    """Of a thousand accents on a letter eight stay."""
    assert len(clean("x" + "\u0323\u0301" * 500, lines=False)) <= 1 + MARKS


@given(ANY)
def test_an_inert_line_keeps_its_columns(text: str) -> None:
    """A stand-in takes exactly the place of what it stands for."""
    assert len(inert(text)) == len(inert(text, lines=True)) == len(text)
    assert not obeyed(inert(text), lines=False)


def test_foul_characters_are_named_without_being_shown() -> None:
    """The names are what an author can search for."""
    assert list(foul("a\u202e\tb\x1b\n\x00\ue000\ud800")) == [
        (1, "U+202E right-to-left override"),
        (4, "U+001B escape"),
        (6, "U+0000 null"),
        (7, "U+E000 character without a meaning"),
        (8, "U+D800 surrogate"),
    ]
    assert character_name("\x9b") == "U+009B control character"


def test_chinese_takes_two_cells() -> None:
    """Widths are a terminal's, not a string's."""
    assert [cells(text) for text in ("abc", "潜艇", "e\u0301", "，", "👩", "")] == [3, 4, 1, 2, 2, 0]


@given(ANY, st.integers(-1, 30))
def test_a_clipped_text_fits(text: str, width: int) -> None:
    """It is whole if it fits; else it ends in an ellipsis and is not over the width."""
    text = clean(text, lines=False)
    cut = clipped(text, width)
    assert cells(cut) <= max(width, 0)
    assert cut == text if cells(text) <= width else cut == "" or cut.endswith("…")


@given(ANY, st.integers(2, 30))
def test_wrapping_loses_only_spaces(text: str, width: int) -> None:
    """Every line fits, and between them the lines hold every character that shows."""
    text = clean(text, lines=True)
    lines = wrapped(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_breaks_between_characters_but_not_before_a_comma() -> None:
    """No line begins with a closing mark, and an opening one goes with what follows it."""
    text = "发言人说：“我们已经派出救援船，正在赶往现场。”美国（国防部）表示欢迎。"
    for width in range(6, 40):
        lines = wrapped(text, width)
        assert not any(line[0] in "，。：”）" for line in lines), lines
        assert not any(line[-1] in "“（" for line in lines), lines


def test_english_breaks_at_spaces_and_lists_hang() -> None:
    """Paragraphs, empty lines and the indents of list items stay."""
    assert wrapped("The survey ship is on site.\n\n- It isn’t armed, they say.\n  10. Nor late.", 16) == [
        "The survey ship",
        "is on site.",
        "",
        "- It isn’t",
        "  armed, they",
        "  say.",
        "  10. Nor late.",
    ]


def test_a_long_word_is_cut() -> None:
    """A word wider than the line goes on in the next."""
    assert wrapped("ab " + "x" * 9, 4) == ["ab", "xxxx", "xxxx", "x"]


def test_what_is_passed_unseen_is_harmless() -> None:
    """Of the signs that a text in English or Chinese may hold none is foul, and none a mark, each by itself."""
    passed = [sign for sign in map(chr, range(sys.maxunicode + 1)) if re.match(f"[{HARMLESS}]", sign)]
    assert len(passed) > 20_000
    assert not [sign for sign in passed if inert(f"字{sign}\x1b") != f"字{sign}\ufffd"]
    assert not [sign for sign in passed if unicodedata.category(sign)[0] == "M"]


def test_markdown_reads_as_plain_lines() -> None:
    """Headings, lists and quotes stay lines; marks of emphasis, fences and comments go."""
    text = (
        "# Your *brief*\n\nYou **must** call `DTL` by __noon__; see [the report](x.md).\n<!-- not for you -->\n"
        "* one\n* two_three_four\n> quoted\n\n---\n\n2\\*3 and 4 * 5 * 6\n"
    )
    assert plain_markdown(text) == (
        "Your brief\n\nYou must call DTL by noon; see the report (x.md).\n\n"
        "- one\n- two_three_four\n  quoted\n\n2*3 and 4 * 5 * 6"
    )


HOSTILE = [
    "a",
    "word ",
    "中",
    "\x1b[31m",
    "a\u0301\u0323",
    "\u0301\u0323",
    "\n",
    "\t",
    "[",
    "*",
    "**a ",
    "_",
    "`",
    "<!--",
    "（",
]
HOSTILE += ["，", "# ", "- ", " ", "\ud800", "👩\u200d", "[a](", "\\", "> ", "<!---->", "“", "a #"]


@pytest.mark.parametrize("piece", one_in(4, HOSTILE))
@pytest.mark.parametrize(
    "act",
    [
        lambda text: clean(text, lines=True),
        lambda text: clean(text, lines=False),
        lambda text: wrapped(text, 80),
        lambda text: clipped(text, 80),
        plain_markdown,
        inert,
    ],
    ids=["clean-lines", "clean", "wrapped", "clipped", "markdown", "inert"],
)
def test_a_long_line_takes_no_time(piece: str, act: Callable[[str], object]) -> None:
    """No text makes any of this quadratic: four times as much takes nowhere near sixteen times as long."""
    size = 320_000 // len(piece.encode(errors="surrogatepass"))
    small, large = piece * (size // 4), piece * size
    started = time.process_time()
    act(small)
    between = time.process_time()
    act(large)
    ended = time.process_time()
    assert ended - between < max(10 * (between - started), 0.3)
