"""A scenario's exemplary session stands wherever a log is asked for, and an act that cannot be done is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.small import SMALL, check_paths

from crisis_sim.cli import main
from crisis_sim.cli.exemplary import exemplary_log
from crisis_sim.cli.menu import build_menu_offer
from crisis_sim.engine import events as e
from crisis_sim.session.log import read_log

Captured = pytest.CaptureFixture[str]
ACT = "{move: request-call, channel: embassy, intent: -1, text: {en: What is it?, zh: 这是什么？}}"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario of one's own that names an example, in a folder of its own, where nothing else is written."""
    shutil.copytree(SMALL / "scenarios" / "small-test", tmp_path / "scenarios" / "small-test")
    shutil.copytree(SMALL / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "scenarios" / "small-test"
    with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write("\nexample: example.yaml\n")
    return folder


def write(folder: Path, *acts: str) -> None:
    lines = ["says: {en: One asks., zh: 一方询问。}", "length: 45", "seed: 1", "acts:", *(f"  - {act}" for act in acts)]
    (folder / "example.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_an_exemplary_session_is_replayed_and_debriefed(own: Path, capsys: Captured) -> None:
    """In the reader's language, to its close; it is no session that somebody played, and lies with none."""
    write(
        own, f"us: {ACT}", "next: {china: [1 2]}", "china: {move: take-call, channel: embassy, answers: 1, how: accept}"
    )
    assert main(["replay", "example:small-test"]) == 0
    shown = capsys.readouterr().out
    assert "“What is it?”" in shown and "“We are on the line.”" in shown
    assert (
        "as plus one rather hostile, 2 of 4 sure" in " ".join(shown.split()) and "turn 2 of 2, hour 24, closed" in shown
    )
    file = own / "scenario.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("languages: [en]", "languages: [en, zh]"), encoding="utf-8"
    )
    assert main(["replay", "example:small-test", "--lang", "zh"]) == 0
    assert "这是什么？" in capsys.readouterr().out
    assert main(["debrief", "example:small-test", "--lang", "en"]) == 0
    capsys.readouterr()
    assert main(["list", "sessions", "--lang", "en"]) == 0
    assert "small-test" not in capsys.readouterr().out


def test_an_exemplary_session_guesses_and_forecasts(own: Path) -> None:
    """Before the first turn and after the last, in the language of the session; and for the next turn."""
    guess = "{line: pink, concern: face, says: {en: To be shamed., zh: 当众难堪。}, weight: 5}"
    write(
        own,
        f"guesses: {{us: [{guess}], china: [{guess}]}}",
        f"us: {ACT}",
        "next: {china: [1 2], forecasts: {us: {takes-call: 70}, china: {public-blame: 10}}}",
        "china: {move: take-call, channel: embassy, answers: 1, how: accept}",
        "next: {}",
        f"guesses: {{us: [{guess}]}}",
    )
    log = read_log(exemplary_log("small-test"))
    told = [event for entry in log.entries for event in entry.events]
    guessed = [(event.side, event.stage, event.guess.says) for event in told if isinstance(event, e.LineGuessed)]
    before = [(side, "before", "To be shamed.") for side in ("us", "china")]
    assert guessed == [*before, ("us", "after", "To be shamed.")]
    assert {(event.side, event.forecast, event.chance) for event in told if isinstance(event, e.ForecastResolved)} == {
        ("us", "takes-call", 70),
        ("china", "public-blame", 10),
    }


@pytest.mark.parametrize(
    ("act", "why", "hint"),
    [
        (
            "us: {move: request-call, channel: embassy, visibilty: public}",
            "an act has no 'visibilty'",
            "visibility",
        ),
        ("us: {move: private-inquiry, channel: [], intent: -1}", "this act cannot be done:", "write-scenarios.md"),
        ("us: {move: request-call, channel: embassy, intent: 9}", "this act cannot be done:", ""),
        ("us: {kind: fly}", "this act cannot be done:", ""),
        ("us: 3", "this act cannot be done:", ""),
        ("next: {us: [-1 3]}", "this act cannot be done:", ""),
        ("next: {moon: []}", "this act cannot be done:", ""),
    ],
)
def test_an_act_that_cannot_be_done_is_named(own: Path, capsys: Captured, act: str, why: str, hint: str) -> None:
    """With its file and line, whatever is wrong with it, and what to do."""
    write(own, f"us: {ACT}", act)
    assert main(["replay", "example:small-test"]) == 1
    said = capsys.readouterr().err
    assert "example.yaml:6:" in said and why in said and hint in said


def test_a_file_of_acts_that_cannot_be_read_is_found_by_the_check(own: Path) -> None:
    """As is one that is not there, at the key that names it."""
    assert "there is no file" in check_paths([own]).shown()
    write(own, "moon: {}")
    assert "example.yaml:5:" in check_paths([own]).shown()
    write(own, f"us: {ACT}")
    assert check_paths([own]).shown() == ""


def test_the_log_of_a_session_can_be_the_example(own: Path, capsys: Captured) -> None:
    """It is taken as it is."""
    write(own, f"us: {ACT}")
    assert main(["replay", "example:small-test"]) == 0
    capsys.readouterr()
    (log,) = own.parents[1].glob("cache/**/*.jsonl")
    shutil.copy(log, own / "played.jsonl")
    file = own / "scenario.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("example.yaml", "played.jsonl"), encoding="utf-8")
    assert check_paths([own]).shown() == ""
    assert main(["replay", "example:small-test"]) == 0
    assert "“What is it?”" in capsys.readouterr().out


def test_where_there_is_no_example_it_is_said_which_there_are(own: Path, capsys: Captured) -> None:
    """And whoever gives a scenario for a log is told how to see it played."""
    file = own / "scenario.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("example: example.yaml", ""), encoding="utf-8")
    assert main(["replay", "example:small-test"]) == 2
    said = capsys.readouterr().err
    assert "small-test has no exemplary session" in said and "example:bottomed-submarine" in said
    assert main(["replay", "lost-airliner"]) == 2
    assert "did you mean example:lost-airliner?" in capsys.readouterr().err


def test_lists_and_menu_say_how_one_is_seen(capsys: Captured) -> None:
    """Beside the scenarios, of one, and among the logs that can be replayed."""
    assert main(["list", "scenarios"]) == 0 and main(["show", "asteroid"]) == 0
    shown = capsys.readouterr().out
    assert "crisis-sim replay example:NAME" in shown and "`crisis-sim replay example:asteroid`" in shown
    assert [each.path for each in build_menu_offer().examples][:1] == ["example:bottomed-submarine"]


def test_two_who_look_at_an_example_at_once_have_one_log_and_one_story(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes last leaves beside the log a story that is also of the one before."""
    write(own, f"us: {ACT}", "next: {china: [1 2]}")
    seconds = iter(range(10_000))
    monkeypatch.setattr("crisis_sim.session.clock.wall_clock", lambda: 1_800_000_000_000 + 1_000 * next(seconds))
    first = exemplary_log("small-test").read_bytes()
    kept = exemplary_log("small-test")
    assert kept.read_bytes() == first
