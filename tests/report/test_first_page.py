"""The first page says what was found in plain words, blames nobody, and the whole fits a folder."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.play import Play, small
from tests.measures.record import record, sent
from tests.report.paper import HIGH, first_page, pages
from tests.report.test_secrets import like, logged
from tests.thinning import one_in

from crisis_sim.cli.exemplary import exemplary_log
from crisis_sim.content.listings import list_scenarios
from crisis_sim.engine import actions as a
from crisis_sim.measures.meanings import meanings
from crisis_sim.measures.session_measures import measured
from crisis_sim.measures.tension import TensionPart
from crisis_sim.pages.blocks import Heading, Items, Quote, words
from crisis_sim.pages.translator import words_for
from crisis_sim.report.first_page import PRIORITIES, moved_by, priorities, understood
from crisis_sim.report.improvement import Observation
from crisis_sim.report.markdown import markdown
from crisis_sim.report.report_blocks import Report
from crisis_sim.report.report_record import record_of
from crisis_sim.report.team_report import team_report
from crisis_sim.report.webpage import webpage
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.session.replay import Replay, replay

MOST = {45: 8, 90: 12}
"""Pages that a session of so many minutes takes."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def listed(report: Report, head: str) -> list[str]:
    """The items beneath a head of the first page."""
    at = report.front.index(Heading(head))
    found = next(block for block in report.front[at:] if isinstance(block, Items))
    assert found.numbered
    return [words(item) for item in found.items]


def test_the_first_page_has_three_findings_one_exchange_and_three_priorities(virus: Replay, submarine: Replay) -> None:
    """The words are those of the players; behind it stands what the contents list."""
    for session in (virus, submarine):
        report, found = whole_report(session), measured(session).exchange
        assert len(listed(report, "What was found")) == 3 and len(listed(report, "Three priorities")) == PRIORITIES
        assert found is not None
        say = record_of(session, "en").say
        told = [
            words_for(each.act, say)
            for each in meanings(session.state, session.table)
            if each.key in (found.asked, found.key, found.answer)
        ]
        quoted = [block.text for block in report.front if isinstance(block, Quote)]
        assert quoted and sorted(quoted) == sorted(filter(None, told))
        assert list(report.contents) == [
            block.text for block in report.blocks if isinstance(block, Heading) and block.level == 2
        ]


def test_what_events_added_to_tension_is_told_as_no_sides_act(virus: Replay) -> None:
    """What each side added, what events and time did, and the bounds of the scale come to the whole."""
    told = listed(whole_report(virus), "What was found")[1]
    rise = re.search(r"rose from (\S+) to (\S+) of 100 .*?: ([^;]+);", told)
    assert rise is not None
    parts = re.findall(r"by (the US|China|events and time|the bounds of its scale) ([+−][\d.]+)", rise[3])
    assert [name for name, _ in parts][:3] == ["the US", "China", "events and time"]
    added = sum(Decimal(number.replace("−", "-")) for _, number in parts)
    assert added == Decimal(rise[2]) - Decimal(rise[1]) != 0


def test_what_the_facilitator_set_by_hand_is_no_events_doing(virus: Replay) -> None:
    """A number that was overridden stands for itself, and where none was the sentence says nothing of it."""
    say = record_of(virus, "en").say
    parts: dict[TensionPart, int] = {"us": 100, "china": 0, "facilitator": 1400, "other": 50, "bounds": 0}
    assert moved_by(parts, say).endswith("by events and time +0.5, by the facilitator’s hand +14")
    assert "hand" not in moved_by(parts | {"facilitator": 0}, say)


OFF = "0.8 steps off what was meant on average"
UNTOLD = "cannot tell whether it leans friendly or hostile"


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ((1, 1, 1, 2), "as 1.3 steps more hostile than it was meant (4 acts; +0.8 to +1.8)"),
        ((-1, -1, -1, -1), "as 1.0 steps friendlier than it was meant (4 acts; −1.0 to −1.0)"),
        ((2, -1, 0, 0), f"{OFF}, and 4 acts {UNTOLD} (−1.0 to +1.5 steps, which holds zero)"),
        ((0, 0, 0), "just as it was meant (3 acts)"),
        ((3, 3), "in ways that are not known, for too few acts were read (2)"),
    ],
)
def test_a_difference_that_chance_explains_is_called_that(virus: Replay, readings: tuple[int, ...], said: str) -> None:
    """An interval that holds zero says so, and how far off it was: the same sentence for both sides charges neither."""
    acts = [sent(side, 1, "warn", order=n, reading=taken) for side in SIDES for n, taken in enumerate(readings, 1)]
    of = record_of(virus._replace(state=record(*acts)), "en")
    assert understood(of.measures.directions, of.say) == f"What the US did was taken {said}; what China did, {said}."


def test_priorities_are_what_is_gravest_whosever_it_is(virus: Replay) -> None:
    """Each is said once, in words that name no side, with its rows of the plan; else what there is to talk over."""
    say = record_of(virus, "en").say
    promise = "Check every move against the promises on record before it is sealed."
    crossed = "Ask about a line before an act that may touch it."
    made = [
        Observation(False, "The US broke 1 of 1 promises.", "US 1.1", "promise"),
        Observation(True, "The US spoke in private first.", "US 1.1"),
        Observation(False, "China broke 1 of 1 promises.", "China 1.1", "promise"),
        Observation(False, "China crossed red lines of the other: 1.", "turn 1", "crossed"),
    ]
    _, told = priorities(made, None, say)
    assert isinstance(told, Items)
    assert [words(item) for item in told.items][:2] == [f"{crossed} (Plan: 3)", f"{promise} (Plan: 1, 2)"]
    assert len(told.items) == 3 and not re.search("US|China", " ".join(map(words, told.items)))


def test_the_joint_version_holds_what_the_hotwash_opened_and_no_more() -> None:
    """No byte of a note that a team took, nor of words that it threw away, in play or after; the room's own stand."""
    for hider in SIDES:
        written = [_written(hider, secret) for secret in ("XQZ one", "XQZ two")]
        one, two = (webpage(whole_report(each)) + markdown(whole_report(each)) for each in written)
        assert one == two and "XQZ" not in one and "what the room said" in one


def _written(hider: a.SeatName, secret: str) -> Replay:
    """A session that came to its hotwash, in which a team wrote something for itself alone."""
    play: Play = small()
    play.submit(hider, a.TakeNote(text=secret))
    play.open_moves()
    draft = a.Draft(move="criticise", channel="press", visibility="public", text="Said aloud", intent=-2)
    play.submit(hider, a.SealMove(draft=a.Draft(move="criticise", channel="press", visibility="public", text=secret)))
    play.submit(hider, a.WithdrawMove(number=1))
    play.submit(hider, a.SealMove(draft=draft))
    while play.state.phase != "hotwash":
        play.submit("facilitator", a.Advance())
    play.submit(hider, a.TakeNote(text=secret))
    play.submit("facilitator", a.TakeNote(text="what the room said", about="session"))
    return logged(like(play), play.actions)


def test_sixty_notes_of_the_room_leave_the_first_page_as_it_is() -> None:
    """Each stands once, beside what it is about, and where there are no others that is said."""
    play: Play = small()
    play.open_moves()
    play.submit("us", a.SealMove(draft=a.Draft(move="criticise", channel="press", visibility="public", text="Said")))
    while play.state.phase != "hotwash":
        play.submit("facilitator", a.Advance())
    few = whole_report(logged(like(play), play.actions))
    for n in range(60):
        text = f"What the room said, number {n}: that it was meant for home, and heard where nobody looked for it."
        play.submit("facilitator", a.TakeNote(text=text, about="act", of="us/1/1"))
    many = whole_report(logged(like(play), play.actions))
    said, before = markdown(many), markdown(few)
    assert all(said.count(f"number {n}:") == 1 for n in range(60))
    assert "What the room said stands beside what it is about." in said and "None were taken." not in said
    assert "None were taken." in before and said.split("## Appendix")[0] == before.split("## Appendix")[0]
    assert first_page(many) == first_page(few) <= HIGH and pages(many) <= pages(few) + 3


@pytest.mark.parametrize("scenario", one_in(4, [each.path.parent.name for each in list_scenarios() if each.example]))
def test_a_session_of_45_minutes_gives_eight_pages_at_most(scenario: str) -> None:
    """The joint version and a team's, in both languages, and one of 90 twelve; the first page is one page."""
    session = replay(exemplary_log(scenario))
    most = MOST[session.table.length]
    for language in LANGUAGES:
        for report in (whole_report(session, language), *(team_report(session, side, language) for side in SIDES)):
            assert pages(report) <= most and first_page(report) <= HIGH


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs a browser to count pages")
@pytest.mark.parametrize("language", one_in(2, LANGUAGES))
def test_a_browser_needs_no_more_pages_than_are_counted_without_one(
    virus: Replay, tmp_path: Path, language: Language
) -> None:
    """So that the count above is on the safe side; and what 45 minutes gave is printed on eight pages at most."""
    assert 1 <= printed(whole_report(virus, language), tmp_path) <= pages(whole_report(virus, language))
    short = replay(exemplary_log("bottomed-submarine"))
    assert short.table.length == 45 and printed(whole_report(short, language), tmp_path) <= MOST[45]


def printed(report: Report, folder: Path) -> int:
    """Pages of A4 that a browser prints of it."""
    page = folder / "a.html"
    page.write_text(webpage(report), encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--user-data-dir={folder}/home"]
    subprocess.run([*command, f"--print-to-pdf={folder}/a.pdf", str(page)], check=True, capture_output=True)
    return len(re.findall(rb"/Type\s*/Page\b", (folder / "a.pdf").read_bytes()))
