"""The pages say what was found, fit eighty columns, and read the same on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.playtest.experiments import found
from tests.playtest.test_comparison import CALMS, EMBOLDENS, comparison

from crisis_sim.playtest.findings import findings
from crisis_sim.playtest.findings_page import comparison_page, page
from crisis_sim.playtest.page_tables import columns, span, tenths
from crisis_sim.playtest.runs import Gathered
from crisis_sim.playtest.statistics import RunInterval
from crisis_sim.rules.names import Language
from crisis_sim.text import cells

GOLDEN = Path(__file__).parent / "data" / "small-page.txt"


def test_a_page_reads_as_it_did() -> None:
    """To the letter, as `tests/playtest/data/small-page.txt` has it."""
    assert "\n".join(page(found())) + "\n" == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("policies", ["mix", "pairs", "same", "us=firm,china=silent+mirror"])
def test_a_page_fits_eighty_columns(policies: str) -> None:
    """Whoever plays, no line is longer than 78 cells or ends in a space."""
    for line in page(found(24, policies)):
        assert cells(line) <= 78 and line == line.rstrip(), line


def test_a_comparison_fits_eighty_columns_and_names_both() -> None:
    """A and B are said at the top, with their packs."""
    lines = list(comparison_page(comparison(CALMS, EMBOLDENS)))
    assert [line for line in lines if cells(line) > 78 or line != line.rstrip()] == []
    text = " ".join(" ".join(lines).split())
    assert "A: A submarine on the seabed, bottomed-submarine under core, safety-net-calms" in text
    assert "B: A submarine on the seabed, bottomed-submarine under core, safety-net-emboldens" in text


STARS: tuple[tuple[Language, str], ...] = (
    ("en", "Of the {n} rows in which a session came out otherwise, about {stars} would have a star by luck alone."),
    ("zh", "有场次结果不同的行共{n}行，其中仅凭偶然约有{stars}行会带星号。"),
)


@pytest.mark.parametrize(("language", "sentence"), STARS)
def test_a_comparison_says_how_many_stars_luck_makes(language: Language, sentence: str) -> None:
    """One in twenty of the rows that can have one, which are those in which some session came out otherwise."""
    found = comparison(CALMS, EMBOLDENS)
    rows = sum(each.changed > 0 for each in found.differences)
    assert 0 < rows < len(found.differences)
    told = unspaced("".join(comparison_page(found, language)))
    assert unspaced(sentence.format(n=rows, stars=f"{rows / 20:.1f}")) in told
    same = found._replace(differences=tuple(each._replace(changed=0) for each in found.differences))
    assert unspaced(sentence.partition("{")[0]) not in unspaced("".join(comparison_page(same, language)))


def unspaced(text: str) -> str:
    return "".join(text.split())


def test_every_inject_is_told_with_how_often_it_came() -> None:
    """In the order of the plan; those that come by the clock come always."""
    lines = list(page(found()))
    start = lines.index("WHICH INJECTS CAME")
    told = lines[start + 2 : lines.index("WHAT WAS REACHED") - 1]
    rows = [line for line in told if line.endswith("%")]
    assert "Not in sessions of 45 minutes; another --length has: A rumour" in told
    length = found().subject.table.length
    assert len(rows) == sum(length in inject.lengths for inject in found().subject.material.scenario.msel)
    assert rows[0].startswith("Distress call (alert)") and rows[0].endswith("100.0 %")


def test_what_the_author_wrote_and_nobody_reached_comes_first() -> None:
    """Before what stands in the rule packs."""
    text = "\n".join(page(found(2, "silent")))
    own, packs = text.index("In the scenario:"), text.index("In the rule packs")
    assert text.index("NEVER REACHED") < own < packs


def test_no_sessions_make_no_page() -> None:
    """Stopped before the first was finished, there is nothing to print."""
    none = findings(found().subject, found().outcome._replace(runs=0), Gathered())
    assert list(page(none)) == []


def test_every_bot_has_its_place_in_the_table_of_pairs() -> None:
    """Row and column of a pair hold its mean, found by its number."""
    lines = list(page(found(64, "pairs")))
    start = lines.index("WHO PLAYED")
    head, *rows = lines[start + 3 : start + 12]
    places = {number: head.index(number) for number in head.split()}
    cell = next(cell for cell in found(64, "pairs").cells if (cell.us, cell.china) == ("firm", "silent"))
    row = next(row for row in rows if row.split()[1] == "firm")
    column = next(other.split()[0] for other in rows if other.split()[1] == "silent")
    assert row[: places[column] + 1].split()[-1] == tenths(cell.peak)


def test_numbers_have_one_decimal() -> None:
    """Rounded from hundredths, halves away from zero, zero without a sign."""
    assert [tenths(value) for value in (0, 4, 5, -5, -4, 1234, 100)] == [
        "0.0",
        "0.0",
        "0.1",
        "-0.1",
        "0.0",
        "12.3",
        "1.0",
    ]
    assert [tenths(value, signed=True) for value in (0, 150, -150)] == ["0.0", "+1.5", "-1.5"]
    assert span(None) == "–"
    assert span(RunInterval(-100, 250)) == "-1.0 to 2.5"


def test_words_that_are_too_long_go_on_in_the_next_line() -> None:
    """Numbers stand beside the last of them, wide characters keep their columns."""
    head, first, second, wide = columns(("", "n"), [("a " * 50, "1"), ("  在海上 在海上", "22")])
    assert head == f"{'':77}n"
    assert first == ("a " * 37).strip()
    assert second == f"{('a ' * 13).strip():74}   1"
    assert wide == f"  在海上 在海上{'':59}  22"
    assert cells(wide) == 78
