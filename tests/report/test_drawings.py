"""The drawings of a report: what they should show is in them, nothing else is, and no word changes what is drawn."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import pytest
from jsonschema import Draft7Validator
from tests.engine.play import shipped
from tests.thinning import one_in

from crisis_sim.content.listings import list_scenarios
from crisis_sim.numbers import points_text
from crisis_sim.pages.translator import in_language
from crisis_sim.report import converter
from crisis_sim.report.drawn import chart, drawings
from crisis_sim.report.drawn.lanes import lines_for, room_for
from crisis_sim.report.drawn.layers import GAPS, INK, QUIET, SHADES, STROKES
from crisis_sim.report.drawn.shaded_cells import NAME
from crisis_sim.report.drawn.svg import ChartWords
from crisis_sim.report.pictures import (
    ActBox,
    Calibration,
    Chances,
    ChartCurve,
    Curves,
    GridChart,
    GridRow,
    Lanes,
    Panel,
    Squares,
    Turn,
    chances,
)
from crisis_sim.report.report_blocks import Picture, Report
from crisis_sim.report.team_report import team_report
from crisis_sim.report.webpage import NO_PICTURES, STYLE, WIDER, can_draw, webpage
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.names import Language
from crisis_sim.session.replay import Replay, replayed

ELEMENTS = {"svg", "g", "path", "line", "rect", "text", "title", "desc"}
FOREIGN = (
    "</text><script>alert(1)</script>",
    "https://example.org/",
    "word0",
    "datum.x > 0",
    "{0:.2f}",
    "\x1b[2J\u202e",
)


def texts(svg: ET.Element) -> list[str]:
    """All that is written in a drawing."""
    return [each.text or "" for each in svg.iter("text")]


def drawn(report: Report) -> Iterator[tuple[Picture, ET.Element]]:
    """Every picture of a report with its drawing."""
    pictures = [block for block in report.blocks if isinstance(block, Picture)]
    return zip(pictures, drawings([picture.shows for picture in pictures]), strict=True)


def skeleton(svg: ET.Element) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and attributes in their order."""
    return [(each.tag, tuple(each.attrib)) for each in svg.iter()]


def test_every_act_and_every_number_is_drawn(virus: Replay) -> None:
    """Each act by its number with both meanings; each turn's hour; each pressure; each curve's last value."""
    found = dict.fromkeys((Curves, GridChart, Lanes, Squares, Calibration), 0)
    for picture, svg in drawn(whole_report(virus)):
        said, shows = texts(svg), picture.shows
        found[type(shows)] += 1
        match shows:
            case Curves():
                assert {turn.hour for turn in shows.turns} <= set(said)
                assert all(f"{curve.name} {points_text(curve.values[-1])}" in said for curve in shows.curves)
                crossed = [f"× {line}" for turn in shows.turns for line in turn.crossed]
                assert crossed and sorted(crossed) == sorted(each for each in said if each.startswith("×"))
            case GridChart():
                cells = [cell for row in shows.rows for cell, _ in row.cells]
                assert cells and all(said.count(cell) >= cells.count(cell) for cell in cells)
            case Lanes():
                acts = (*shows.us, *shows.china)
                assert len(acts) == len(virus.state.acts)
                assert all(said.count(f"{act.name}: {act.gap}") >= 1 for act in acts)
                assert {act.title for act in acts} == {each.text for each in svg.iter("title")}
                dashed = [each for each in svg.iter("path") if each.get("stroke-dasharray") == "3,3"]
                assert len(dashed) == sum(not act.is_complete for act in acts)
            case Squares():
                counts = [str(panel.pairs.count(pair)) for panel in shows.panels for pair in set(panel.pairs)]
                assert counts and all(said.count(count) >= counts.count(count) for count in counts)
            case Calibration():
                assert all(f"n = {count}" in said for side in shows.sides for *_, count in side.points)
    assert set(found.values()) == {1}


@pytest.mark.parametrize("name", ["whole", "us", "china"])
def test_a_drawing_holds_shapes_and_words_and_nothing_else(name: str, submarine: Replay) -> None:
    """No script, link, style, font, clip or class; no number of a word is left in place of the word."""
    report = whole_report(submarine) if name == "whole" else team_report(submarine, "us" if name == "us" else "china")
    for _, svg in drawn(report):
        for each in svg.iter():
            assert each.tag in ELEMENTS
            assert not re.search(
                r"href|style|class|font-family|textLength|url\(|^on", " ".join([*each.attrib, *each.attrib.values()])
            )
            assert not re.fullmatch(r"word\d+", each.text or "")


def test_an_act_of_which_one_meaning_is_sealed_is_dashed(virus: Replay) -> None:
    """In the version of one team before the hotwash, that is most of them."""
    virus = replayed(virus.log._replace(entries=virus.log.entries[:60]))
    lanes = next(
        block for block in team_report(virus, "us").blocks if isinstance(block, Picture) and type(block.shows) is Lanes
    )
    assert isinstance(lanes.shows, Lanes)
    sealed = sum(not act.is_complete for act in (*lanes.shows.us, *lanes.shows.china))
    dashed = [each for each in drawings([lanes.shows])[0].iter("path") if each.get("stroke-dasharray") == "3,3"]
    assert sealed and len(dashed) == sealed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_move_and_no_pink_line_is_cut_in_a_picture(language: Language) -> None:
    """Of all that ship, however many turns stand beside each other."""
    drawn_so: list[str] = []
    for material in (shipped(each.id) for each in list_scenarios()):
        for move in material.moves.values():
            drawn_so += put(in_language(move.label.words, language), room_for(8), lines_for(room_for(8)))
            drawn_so += put(in_language(move.label.words, language), room_for(4), lines_for(room_for(4)))
        for line in (*material.scenario.teams.us.lines, *material.scenario.teams.china.lines):
            drawn_so += put(f"China: {in_language(line.says.words, language)}", NAME, 3) if line.kind == "pink" else []
    assert [words for words in drawn_so if "…" in words] == []


def put(text: str, room: int, lines: int) -> list[str]:
    """A text in the lines that a picture has for it."""
    words = ChartWords()
    words.lines(text, room, lines)
    return words.put


def every_picture(words: str) -> list[Curves | GridChart | Lanes | Squares | Calibration]:
    """A picture of each kind, every word of which is `words`."""
    turns = tuple(Turn(words, words, (words,) * (place % 3)) for place in range(4))
    curve = ChartCurve(words, (1000, 2000, 4500, 3000))
    act = ActBox(1, words, words, words, 4, False, words)
    panel = Panel(words, ((0, 3), (1, 1), (1, 1)))
    return [
        Curves((curve, curve, curve), turns, ((0, words), (3000, words)), words),
        GridChart((GridRow(words, ((words, 0), (words, 4)), words),), (words, words), words, words),
        Lanes((act, act), (act._replace(turn=2, shade=0, is_complete=True),), (words, words), (words, words), words),
        Squares((panel, panel), words, words),
        Calibration((Chances(words, ((1000, 0, 5), (9000, 10_000, 7))),), words, words),
    ]


@cache
def calm() -> list[ET.Element]:
    """Every picture with a harmless word."""
    return drawings(every_picture("calm"))


@pytest.mark.parametrize("words", one_in(5, [*FOREIGN, "长" * 500, "long" * 500, "", " "]))
def test_no_word_changes_what_is_drawn(words: str) -> None:
    """Markup, links, numbers of words, expressions, formats, controls, too much, nothing: only the texts differ."""
    for one, other in zip(calm(), drawings(every_picture(words)), strict=True):
        assert skeleton(one) == skeleton(other)
        for each in other.iter():
            if each.tag not in ("text", "title"):
                assert not each.text
        assert [each.attrib for each in one.iter()] == [each.attrib for each in other.iter()]


def test_every_chart_is_sound() -> None:
    """Nothing looks a chart through before it is drawn, so each is held here to the schema that charts have."""
    sound = Draft7Validator(alt.load_schema())
    charts = [chart(shows, ChartWords()) for shows in every_picture("Khoram")]
    assert charts and all(map(sound.is_valid, charts))
    charts[0]["layer"][0]["mark"] = "ZQX"
    assert not sound.is_valid(charts[0])


def test_no_word_reaches_what_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chart holds the number of each word, and the drawings are asked for once for all pictures."""
    asked: list[str] = []

    def looked_at(charts: Sequence[dict[str, Any]]) -> list[str]:
        asked.append(json.dumps(charts))
        return converter.svgs(charts)

    monkeypatch.setattr(converter, "apart", looked_at)
    drawings(every_picture("Khoram"))
    (charts,) = asked
    assert "word0" in charts
    assert "Khoram" not in charts


def test_chinese_is_drawn_as_it_is_written(virus: Replay) -> None:
    """Character by character, cut at the end of its room at most."""
    said = [text for _, svg in drawn(whole_report(virus, "zh")) for text in texts(svg)]
    assert {"轮次", "美方", "中方"} <= set(said) and any("紧张度" in text for text in said)


def test_a_drawing_has_a_name_and_words_of_its_own(virus: Replay) -> None:
    """For those who do not see it; no two things of the page have the same id."""
    report = whole_report(virus)
    page = webpage(report)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    ids = [each for each in ids if not each.startswith("section-")]
    assert len(ids) == 2 * sum(isinstance(block, Picture) for block in report.blocks)
    named = re.findall(r'<svg viewBox="[^"]+" role="img" aria-labelledby="(\S+) (\S+)">', page)
    assert sorted(each for pair in named for each in pair) == sorted(ids)


def test_every_ink_stands_out_from_its_ground() -> None:
    """By seven and more, on paper and in every shade; and curves differ in dashes and marks, not in colour alone."""
    inks = re.findall(r"[^-]color:(#[0-9a-f]{6})", STYLE)
    assert inks
    pairs = [
        *SHADES,
        *GAPS.values(),
        *((ink, "#ffffff") for ink in inks),
        *((stroke[0], "#ffffff") for stroke in STROKES),
    ]
    pairs += [(INK, "#e9ebee"), (QUIET, "#e9ebee")]
    assert min(contrast(*pair) for pair in pairs) >= 7
    assert len({stroke[1] for stroke in STROKES}) == len({stroke[2] for stroke in STROKES}) == 3


def contrast(one: str, two: str) -> float:
    """The contrast of two colours, by WCAG 2."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(one), light(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_chances_are_put_into_steps_of_twenty() -> None:
    """Each with the mean of the chances given, how often it happened, and how many there were."""
    made = [(10, False), (15, True), (70, True), (70, True), (100, True)]
    assert chances("US", made).points == ((1250, 5000, 2), (7000, 10_000, 2), (10_000, 10_000, 1))


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_without_what_draws_the_tables_stay_and_a_line_says_how_to_get_charts(
    missing: str, virus: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the language of the report; and nothing of the library is asked for."""
    report = whole_report(virus)
    whole = webpage(report)
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "crisis_sim.report.drawn")
    assert not can_draw()
    page = webpage(report)
    assert "<svg" not in page and "<figure" not in page and "crisis-sim[report]" in page and "scripts/run" in page
    assert page.count("<table") == whole.count("<table")
    assert NO_PICTURES.split(";")[0] not in whole
    assert "图表从略" in webpage(whole_report(virus, "zh"))


def test_the_command_says_so_too(
    virus: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, once both files are written."""
    from crisis_sim.cli.debrief import debrief

    monkeypatch.setitem(sys.modules, "altair", None)
    page = tmp_path / "page.html"
    assert debrief(str(virus.log.path), out=page) == 0
    said = capsys.readouterr()
    assert said.out.split() == [str(page), str(page.with_suffix(".md"))] and "crisis-sim[report]" in said.err


def test_a_report_is_made_without_what_draws_it() -> None:
    """Altair is imported when the first picture is drawn, and by nothing before."""
    import subprocess

    said = (
        "import sys, crisis_sim.report.whole_report, crisis_sim.report.team_report, crisis_sim.report.webpage\n"
        "print([name for name in ('altair', 'vl_convert') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_chart_wider_than_its_window_says_that_it_can_be_moved(virus: Replay) -> None:
    """Under every chart, on narrow screens alone and not on paper; keys reach the frame that moves."""
    assert "p.wider{display:none}" in STYLE
    assert "@media screen and (max-width:40.9rem){figure p.wider{display:block}}" in STYLE
    page, chinese = webpage(whole_report(virus)), webpage(whole_report(virus, "zh"))
    charts = page.count("<svg ")
    assert charts and page.count(WIDER) == page.count('<div class="roll" tabindex="0"><svg ') == charts
    assert chinese.count("图比窗口宽") == charts and WIDER not in chinese
