"""What a report must have: the measures as `verify --findings` finds them, all sections, handling, both languages."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from tests.engine.asking import go_on
from tests.engine.play import Play, bots, shipped
from tests.engine.test_instructions import playing, small_deck
from tests.replaying.recorded import recorded
from tests.report.test_secrets import logged

from crisis_sim.engine.actions import SealForecast
from crisis_sim.measures.line_guesses import OrderKnown
from crisis_sim.measures.session_measures import measured
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.numbers import points_printed
from crisis_sim.pages.acts_opened import fared
from crisis_sim.pages.blocks import Heading, Items, Table, listed, prose, words
from crisis_sim.report import converter, timeline
from crisis_sim.report.improvement import ADVICE, findings
from crisis_sim.report.markdown import markdown
from crisis_sim.report.minute import minute
from crisis_sim.report.pictures import Curves
from crisis_sim.report.report_blocks import Picture, Report
from crisis_sim.report.report_record import record_of
from crisis_sim.report.team_report import team_report
from crisis_sim.report.webpage import STYLE, webpage
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.names import HERE_FOR_MORE, SIDES, Language
from crisis_sim.session.replay import Replay, replay

MATCHED_BY_NONE = "Matched by no guess of the same kind and concern, whatever its words:"


def rows_of(report: Report, first: str) -> list[tuple[str, ...]]:
    """The texts of the table whose head begins so."""
    found = (block for block in report.blocks if isinstance(block, Table) and block.columns[0].name == first)
    return [tuple(cell.text for cell in row.cells) for row in next(found).rows]


def test_what_nobody_said_or_felt_is_no_sentence(virus: Replay) -> None:
    """Of an order that was guessed before play alone the one number stands, and of no rise that was felt nothing."""
    record = record_of(virus, "en")
    before = OrderKnown("us", 8, (), (), Fraction(1, 2))
    felt = tuple(each._replace(share=None, order=None, alert=None, conclusions=None) for each in record.measures.felt)
    found = record.measures._replace(orders_before=(before,), orders_after=(before._replace(tau=None),), felt=felt)
    record = record._replace(measures=found)
    told = [*map(str, minute(record)), *map(str, timeline.tension(record))]
    assert any("China knew before play which" in each and "21 cases of 28; luck" in each for each in told)
    assert not any("–" in each and ("Of the rise" in each or "play and" in each) for each in told)


def test_the_numbers_are_those_of_the_measures(virus: Replay) -> None:
    """Bias, Brier and its parts, hit rates, tension: rounded as `verify --findings` rounds them."""
    report, found = whole_report(virus), measured(virus)
    for row, each in zip(rows_of(report, "acts of"), found.directions, strict=True):
        assert row[2:4] == (str(each.arrived), str(each.read))
        assert row[4:] == (
            fraction_printed(each.bias, signed=True),
            fraction_printed(each.noise),
            fraction_printed(each.error),
            fraction_printed(each.accuracy, signed=True),
        )
    for row, made in zip(rows_of(report, "by"), found.foresights, strict=True):
        assert row[2] == fraction_printed(made.brier, 3) and row[6] == fraction_printed(made.skill, 3, signed=True)
    for row, lines in zip(rows_of(report, "lines of"), (*found.lines_before, *found.lines_after), strict=True):
        assert row[5:7] == (fraction_printed(lines.hit_rate), fraction_printed(lines.jaccard))
    for row, turn in zip(rows_of(report, "turn"), found.course.turns, strict=True):
        assert row[1] == points_printed(turn.tension)


def test_what_moved_tension_and_was_nobodys_act_is_told_beside_the_acts(submarine: Replay) -> None:
    """So that help in the turn in which time ran out is not taken for what raised tension."""
    rows = [row.cells for block in whole_report(submarine).blocks if isinstance(block, Table) for row in block.rows]
    (told,) = [row[-1].text for row in rows if "Two rescuers and no rescue (+2)" in row[-1].text]
    assert "US 4.1" in told
    lines = told.split("\n")
    assert len(lines) == len(set(lines))


def test_the_first_finding_tells_all_that_was_at_stake(virus: Replay) -> None:
    """Time that ran out as well; but for what was one team's own."""
    found = next(block for block in whole_report(virus).front if isinstance(block, Items))
    shared = [track.name.in_("en") for track in virus.table.scenario.tracks.values() if track.of is None]
    assert len(shared) == 4 and all(name in words(found.items[0]) for name in shared)


def test_a_page_has_one_minus_sign(virus: Replay, submarine: Replay) -> None:
    """That of meanings; in numbers, tables and sentences."""
    for session in (virus, submarine):
        twin = markdown(whole_report(session))
        assert re.search(r"[| ]−[0-9]+\.[0-9]", twin) and not re.search(r"[| (]-[0-9]", twin)


def test_every_act_is_told_with_its_entry(virus: Replay) -> None:
    """And the entry of the log is the one that sent it."""
    record, report = record_of(virus, "en"), whole_report(virus)
    rows = rows_of(report, "act")
    assert len(rows) == len(virus.state.acts)
    for key, row in zip(virus.state.acts, rows, strict=True):
        entry = virus.log.entries[int(row[1]) - 1]
        assert any(getattr(event, "act", None) == virus.state.acts[key].act for event in entry.events)
        assert row[0] == record.name(key)


def test_a_gap_says_what_the_act_answered_and_how_it_fared(submarine: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    """What leaked, came late or was taken too low, in the words of the hotwash; and in both languages."""
    monkeypatch.setattr(timeline, "WIDEST", 99)
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        record, said = record_of(submarine, language), [*map(str, whole_report(submarine, language).blocks)]
        gaps = [pair for pair in record.opened.pairs if pair.gap]
        ways = [fared(pair, record.say) for pair in gaps if pair.fared]
        assert ways and all(any(way in block for block in said) for way in ways)
        acts = {(pair.side, pair.turn, pair.order) for pair in gaps}
        asked = {each.answer: each.act for each in submarine.state.requests if each.answer in acts}
        assert asked and all(record.describe_act(act) in record.way(answer) for answer, act in asked.items())


def test_a_line_that_nobody_imagined_is_told_in_its_own_words(virus: Replay) -> None:
    """Two lines of one kind and concern are two; what a guess matched is not among them."""
    lines = whole_report(virus).blocks
    opened = (record := record_of(virus, "en")).opened.lines
    for place, of in zip(
        [
            n
            for n, each in enumerate(lines)
            if each == prose("Matched by no guess of the same kind and concern, whatever its words:")
        ],
        opened,
        strict=True,
    ):
        matched = {name for name, _ in (*of.matched_before, *of.matched_after)}
        missed = [line for line in of.lines if line.adopted and line.id not in matched]
        told = lines[place + 1]
        assert missed and isinstance(told, Items)
        assert told == listed(
            f"{line.kind}, {record.say.concern(line.concern)}: {record.say.localize(line.says)}" for line in missed
        )


def test_every_picture_is_told_in_words_and_in_a_table(virus: Replay) -> None:
    """A reader who sees none of them misses nothing."""
    for report in (whole_report(virus), team_report(virus, "china")):
        for place, block in enumerate(report.blocks):
            if isinstance(block, Picture):
                assert block.title and block.caption
                assert any(isinstance(each, Table) for each in report.blocks[place + 1 : place + 4])


def test_the_handling_line_is_in_the_head_and_the_foot_that_printers_repeat(virus: Replay) -> None:
    """Of the page, and at both ends of the Markdown."""
    report = whole_report(virus)
    page, twin = webpage(report), markdown(report)
    assert re.search(rf"<thead>(?:<[^>]+>)*{re.escape(report.handling)}<", page)
    assert re.search(rf"<tfoot>(?:<[^>]+>)*{re.escape(report.handling)}<", page)
    assert "thead{display:table-header-group}tfoot{display:table-footer-group}" in STYLE
    assert twin.startswith(f"**{report.handling}**") and twin.endswith(f"**{report.handling}**\n")


def test_notes_and_bookmarks_of_the_facilitator_are_quoted(virus: Replay) -> None:
    """Word for word, with their turn."""
    twin = markdown(whole_report(virus))
    assert "> Nobody asked what the samples were for." in twin and "> The first public word" in twin
    assert "Nobody asked" not in markdown(team_report(virus, "us"))


def test_a_teams_notes_of_play_stand_in_its_own_version_alone(virus: Replay) -> None:
    """The joint page holds what the hotwash opened, and that opens no private notes."""
    note = "They answer faster through the embassy."
    assert note in markdown(team_report(virus, "us"))
    assert note not in markdown(whole_report(virus)) and note not in markdown(team_report(virus, "china"))


def test_every_area_has_a_row_in_the_plan(virus: Replay) -> None:
    """With evidence and a recommendation; owner and date are left to the room."""
    areas = [each for each in findings(record_of(virus, "en")) if not each.is_strength]
    rows = rows_of(whole_report(virus), "no.")
    assert areas and [row[1:4] for row in rows] == [
        (each.observation, each.evidence, ADVICE[each.area]) for each in areas
    ]
    assert all(row[2] and row[3] and row[4:] == ("", "") for row in rows)


def test_a_session_that_did_not_end_says_so(virus: Replay) -> None:
    """And is reported as far as it goes."""
    from crisis_sim.session.replay import replayed

    half = replayed(virus.log._replace(entries=virus.log.entries[:60]))
    assert "The session was not played to its end" in markdown(whole_report(half))


def test_the_same_log_gives_the_same_bytes(virus: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, in both forms, and drawn each time."""
    monkeypatch.setattr(converter, "apart", converter.svgs)
    once, again = (webpage(report) + markdown(report) for report in (whole_report(virus), whole_report(virus)))
    assert once == again


# looks


def test_sections_follow_the_order_of_the_house(virus: Replay) -> None:
    """From the minute's summary to where the numbers come from."""
    heads = [block.text for block in whole_report(virus).blocks if isinstance(block, Heading) and block.level == 2]
    assert heads == [
        "In numbers",
        "Tension, and how it was felt",
        "Timeline",
        "Pressure on lines",
        "What was done, meant and taken",
        "What was least foreseen",
        "Turning points",
        "Lines and guesses of them",
        "Forecasts",
        "Mirror images and blind turns",
        "Channels",
        "Said and done",
        "Two checklists",
        "What it came to for the third party",
        "Principles of crisis management",
        "Strengths",
        "Areas for improvement",
        "Improvement plan",
        "Notes and bookmarks",
        "Questions for the room",
        "Where the numbers come from",
    ]


def test_a_team_s_debrief_has_its_own_card_and_what_it_believed(tmp_path: Path) -> None:
    """Turn by turn; nothing of the card that the other was dealt, nor of who was right."""
    play = playing({"us": "more", "china": ""})
    for chance in (20, 60):
        play.turn()
        go_on(play, "forecasts")
        for side in SIDES:
            play.submit(side, SealForecast(forecast=HERE_FOR_MORE, chance=chance + (side == "china")))
    go_on(play, "hotwash")
    session = replay(recorded(tmp_path / "log.jsonl", play.actions, small_deck(), seed=play.table.seed))
    us, china = (markdown(team_report(session, side)) for side in SIDES)
    assert "ZQX of the US" in us and "The common task and nothing else." in china
    assert "ZQX" not in china
    for text, row in ((us, "| 20 | 60 |"), (china, "| 21 | 61 |")):
        (said,) = [line for line in text.splitlines() if "something besides" in line]
        assert said.endswith(row) and "Brier score" not in text.split("What we believed")[1].split("##")[0]


def test_what_was_believed_is_drawn_turn_by_turn() -> None:
    """A curve for each side, as both said it; at 45 minutes nobody is asked, and none is drawn."""
    for length, drawn in ((90, 1), (45, 0)):
        play = bots(shipped("bottomed-submarine"), "attentive", "rota", seed="3", length=length)
        session = logged(Play(shipped("bottomed-submarine"), seed="3", length=length), play.actions)
        pictures = [block for block in whole_report(session).blocks if isinstance(block, Picture)]
        shown = [block.shows for block in pictures if block.caption.startswith("How likely each side held it")]
        assert len(shown) == drawn
        for block in pictures:
            if block.shows not in shown:
                continue
            assert isinstance(block.shows, Curves)
            for side, curve in zip(SIDES, block.shows.curves, strict=True):
                said = [chance for _turn, chance in session.state.team(side).believed]
                assert [value // 100 for value in curve.values] == said and len(said) == len(block.shows.turns) >= 3
                assert str(said[0]) in block.title and str(said[-1]) in block.title
