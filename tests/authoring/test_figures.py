"""What a text says in numbers, and names that are spelt in two ways: found alike in English and Chinese."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_sim.authoring.lints.figures import Figures, apart, counts, numbering
from crisis_sim.authoring.lints.spelling import BothWords, Respelt, only_in_chinese, respelt
from crisis_sim.authoring.lints.translation import pieces_of, terms


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("44 people", "44人"),
        ("forty-four people", "四十四人"),
        ("two hundred and fifty people", "250人"),
        ("1,018 of 2,100 satellites", "2100颗卫星中的1018颗"),
        ("90 million views", "浏览量九千万"),
        ("90 million views", "浏览量9000万"),
        ("a thousand beds", "1000张床位"),
        ("the dusk of 22 January 2026", "2026年1月22日黄昏"),
        ("at 14:00", "下午2时"),
        ("at four in the afternoon", "16时"),
        ("at noon", "中午12时"),
        ("a Track 1.5 dialogue", "一轨半对话"),
        ("two point nine percent", "2.9%"),
        ("five hundredths of a percent", "0.05%"),
        ("three or four hours", "三四个小时"),
        ("two dozen trawlers", "二十多条拖网渔船"),
        ("an AS-28, H5N1, COVID-19 and the 2000s", "一艘潜器、一种流感、新冠和本世纪初"),
        ("seven, eight", "八、七"),
        ("article XI of a treaty", "条约第十一条"),
        ("a Track 1.5 dialogue", "一点五轨对话"),
        ("from T+58h and a half", "从T+58.5小时起"),
        ("Tern-2", "“燕鸥2号”"),
        ("since the 1960s, and in 2013/14", "自上世纪60年代起，以及2013至2014年"),
    ],
)
def test_the_same_numbers_are_the_same_in_both(english: str, chinese: str) -> None:
    """However they are written: in digits, in words, with a unit, as a month or an hour of the afternoon."""
    assert apart(english, chinese) == ((), ())


@pytest.mark.parametrize(
    ("english", "chinese", "missing"),
    [
        ("44 people", "54人", (("44",), ("54",))),
        ("forty-four people", "五十四人", (("44",), ("54",))),
        ("9 million", "九千万", (("9000000",), ())),
        ("14 families", "2户人家", (("14",), ("2",))),
        ("at 60 one side could fly", "到61", (("60",), ("61",))),
        ("T+28h", "T+82小时", (("28",), ("82",))),
        ("article XI of a treaty", "条约第十二条", ((), ("12",))),
    ],
)
def test_another_number_is_found(english: str, chinese: str, missing: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    """From either language; a number in Chinese signs of a hundred and more may be a figure of speech."""
    assert apart(english, chinese) == tuple(tuple(map(Decimal, each)) for each in missing)


ENGLISH = (
    "five",
    "forty",
    "-",
    " ",
    "hundred",
    " and ",
    "Thousand",
    "3",
    "12",
    ",000",
    ".5",
    ":00",
    "s",
    "XI",
    "may",
    "a",
)
CHINESE = ("五", "十", "百", "万", "3", "12", ",000", ".5", "点", "半", "多", "夜", "人", "A-", "三四")


@given(st.lists(st.sampled_from(ENGLISH), max_size=6), st.lists(st.sampled_from(CHINESE), max_size=6))
def test_what_is_passed_over_at_a_glance_says_no_number_that_the_other_has_to_say(
    english: list[str], chinese: list[str]
) -> None:
    """A short look at two texts finds what reading them whole finds, and words show whether to look at all."""
    texts = "".join(english), "".join(chinese)
    one, other = Figures(texts[0], "en"), Figures(texts[1], "zh")
    assert apart(*texts) == (one.beyond(other), other.beyond(one))
    if not numbering(re.findall(r"\w+", texts[0])) and not counts(texts[1]):
        assert apart(*texts) == ((), ())


def test_a_long_text_is_compared_piece_by_piece() -> None:
    """Where it has as many sections and items in both languages; else as it stands."""
    english = "# Air\n\nIt lasts 90 hours.\n\n- 44 people\n- 310 metres\n\n# Ships\n\nTwo."
    chinese = "# 空气\n\n可维持90小时。\n\n- 310米\n- 44人\n\n# 船\n\n两条。"
    pieces = pieces_of(BothWords(english, chinese))
    assert len(pieces) > 4 and ("\n- 44 people", "\n- 310米") in [(f"\n{en}", f"\n{zh}") for en, zh in pieces]
    assert pieces_of(BothWords("# One", "# 一")) == [BothWords("", ""), BothWords("", "")]
    assert pieces_of(BothWords("One.\n\nTwo.", "一。")) == [BothWords("One.\n\nTwo.", "一。")]


def test_a_long_row_of_digits_takes_no_time_and_is_no_number() -> None:
    """Whatever somebody writes, there is an answer at once."""
    for text in ("9" * 20_000, "九" * 20_000, "亿" * 20_000, "nine " * 4_000, "9" + ",000" * 5_000):
        assert len(Figures(text, "zh").any | Figures(text, "en").any) < 6_000


KNOWN = [BothWords("The Tarela is down.", "“塔雷拉”号沉没。")] * 3


def test_a_slip_of_one_letter_is_a_slip_and_another_name_is_none() -> None:
    """What is known three times is the name; its own forms, and other names that are known, are left alone."""
    slip = BothWords("The Tarella is down.", "“塔雷娜”号沉没。")
    assert list(respelt([*KNOWN, slip])) == [Respelt(3, "Tarella", "Tarela")]
    assert list(respelt([*KNOWN, slip._replace(en="The Tarela is up.")])) == [Respelt(3, "塔雷娜", "塔雷拉")]
    assert list(respelt([*KNOWN, BothWords("The Tarelas and a Morella.", "潜艇。")])) == []
    others = [BothWords("The Talela is down, and the Tarela.", "“塔莱拉”号沉没。")] * 3
    assert list(respelt([*KNOWN, *others])) == []


def test_latin_letters_in_chinese_stand_in_the_english_too() -> None:
    """Whichever case they have there."""
    assert only_in_chinese(BothWords("The ISMERLO page", "ISMERLO网页")) == []
    assert only_in_chinese(BothWords("The rescue page", "ISMERLO网页，ISMERLO")) == ["ISMERLO"]


def test_the_table_of_terms_says_what_to_write_in_each_row() -> None:
    """Each row forbids a word, or asks for one; no word is forbidden that another row asks for."""
    rows = terms()
    assert all(row.chinese and row.chinese[0] and (row.wrong or row.english) for row in rows)
    asked = {word for row in rows for word in row.chinese}
    assert not asked & {row.wrong for row in rows if row.wrong} and len({row.wrong for row in rows}) > 10
