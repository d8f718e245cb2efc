"""Questionnaires: filled-in tables of any make are read, slips are told all at once, and scales are scored."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.content.mistakes import left_in_english

from crisis_sim.errors import CrisisSimError
from crisis_sim.problems import ProblemsFound
from crisis_sim.research.study.answers import ITEMS, SCALES, Person, read_answers
from crisis_sim.research.study.change import questionnaire, score
from crisis_sim.research.study.sheets import markdown, sheets, webpage
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker

HEAD = "code,team,when," + ",".join(item.key for item in ITEMS)


def answers(folder: Path, *rows: str, head: str = HEAD) -> tuple[Person, ...]:
    path = folder / "answers.csv"
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    return read_answers([path])


def test_before_and_after_are_paired_by_code(tmp_path: Path) -> None:
    """Case and blanks of a code, names of teams and times in English and Chinese, and gaps of any kind are read."""
    people = answers(
        tmp_path,
        "Ba 7,US,pre,1,2,3,4,5,6,7,1,2,3,4,NA",
        "ba  7,美国,后,2,2,3.0,4,5,6,7,1,2,n/a,–,",
        "ko3,China,before" + ",4" * 12,
    )
    assert [(each.code, each.team) for each in people] == [("ba 7", "us"), ("ko3", "china")]
    assert people[0].before == (1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, None)
    assert people[0].after == (2, 2, 3, 4, 5, 6, 7, 1, 2, None, None, None)
    assert people[1].after is None


def test_the_same_code_in_two_sessions_is_two_people(tmp_path: Path) -> None:
    """Only the pair of session and code has to be of one person."""
    rows = [f"{session},ba7,us,pre" + ",4" * 12 for session in ("monday", "tuesday")]
    assert len(answers(tmp_path, *rows, head=f"session,{HEAD}")) == 2


def test_the_example_is_no_answer(tmp_path: Path) -> None:
    """The table that `--sheets` writes holds nobody until somebody is typed in."""
    path = tmp_path / "answers.csv"
    path.write_bytes(sheets(())["answers.csv"])
    assert read_answers([path]) == ()


def test_all_slips_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    """Each with file, line and column, and what to write instead."""
    with pytest.raises(ProblemsFound) as told:
        answers(
            tmp_path,
            "ba7,us,pre,8" + ",4" * 11,
            "ba7,china,post" + ",4" * 12,
            ",us,later" + ",4" * 12,
            "ba7,us,pre,4,4,many" + ",4" * 9,
        )
    assert left_in_english(told.value.problems) == []
    said = str(told.value)
    for place, sentence in (
        ("2:12", "'8' is no answer to q1"),
        ("3:1", "code 'ba7' is of team china here, and of us in line 2"),
        ("4:1", "this row has no code"),
        ("4:5", "'later' is not pre or post"),
        ("5:1", "code 'ba7' has a second row for pre; the first is in line 2"),
        ("5:16", "'many' is no answer to q3"),
    ):
        assert f"answers.csv:{place}: error: {sentence}" in said
    assert "hint: write a whole number from 1 to 7, or NA where nobody answered" in said


def test_a_column_that_is_missing_or_there_twice_is_told(tmp_path: Path) -> None:
    """A misspelt heading is pointed out."""
    with pytest.raises(CrisisSimError) as told:
        answers(tmp_path, head=HEAD.replace("q12", "q-12").replace("team", "code"))
    said = str(told.value)
    assert "error: there is no column 'q12'" in said
    assert "hint: is 'q-12' meant for it?" in said
    assert "error: two columns are headed 'code'" in said


def test_reversed_items_are_turned_round() -> None:
    """q3 counts as 8 minus its answer; a quarter of the items may be missing, and no more."""
    scale = SCALES[0]
    full = tuple(1 if item.key in scale.reversed else 7 for item in ITEMS)
    assert score(scale, full) == 7
    gaps = tuple(None if item.key in ("q1", "q2") else answer for item, answer in zip(ITEMS, full, strict=True))
    assert score(scale, gaps) == 7
    assert (
        score(scale, tuple(None if item.key == "q4" else each for item, each in zip(ITEMS, gaps, strict=True))) is None
    )


def test_change_is_told_for_each_team_and_together(tmp_path: Path) -> None:
    """Only those with both sheets are compared; the others are counted."""
    rows = [f"us{n},us,{when}" + f",{4 + (when == 'post')}" * 12 for n in range(3) for when in ("pre", "post")]
    found = questionnaire(answers(tmp_path, *rows, "ch1,china,pre" + ",2" * 12))
    assert (found.people, found.pairs, found.only_before, found.only_after) == (4, 3, 1, 0)
    by = {(result.what.key, result.team): result for result in found.results}
    assert by["q1", "us"].change.mean == 1
    assert by["q1", "china"].change.n == 0
    assert by["understanding", "all"].change.mean == pytest.approx(6 / 8)
    alpha = by["understanding", "all"].alpha_before
    assert alpha is not None
    assert alpha.n == 4


def test_every_item_belongs_to_one_scale_or_stands_alone() -> None:
    """Understanding has eight, pressure two; moral hazard and transfer stand alone."""
    scaled = [key for scale in SCALES for key in scale.items]
    assert sorted(set(scaled)) == sorted(scaled)
    assert {item.key for item in ITEMS} - set(scaled) == {"q6", "q12"}


def test_the_sheet_is_self_contained_and_whole_in_both_languages() -> None:
    """Nothing is fetched, nobody's name is asked for, and every statement has its row of boxes."""
    sheets_in: tuple[tuple[Language, str], ...] = (("en", "Do not write your name"), ("zh", "请勿写姓名"))
    for language, word in sheets_in:
        say, page, twin = speaker(language), webpage(language), markdown(language)
        assert word in page
        assert "http://" not in page and "https://" not in page and "<script" not in page
        assert page.count('<td class="box">☐</td>') == 8 * len(ITEMS)
        assert all(say(item.text) in page and say(item.text) in twin for item in ITEMS)
