"""Every verb speaks the language of whoever asks: `--lang`, then the setting, then the system's, in its help too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.small import SMALL_SCENARIO

from crisis_sim.cli import main
from crisis_sim.cli.language import apply_language_option, language, requested_language
from crisis_sim.cli.settings import settings, settings_file
from crisis_sim.cli.verbs import VERBS
from crisis_sim.session.log import read_log

Captured = pytest.CaptureFixture[str]

CHINESE = re.compile("[一-鿿]")
ENGLISH = re.compile(r"(?<![\w<|'`/.=-])[a-z]{3,} [a-z]{2,} [a-z]{2,}")
"""Three small words in a row: a sentence, or a piece of one."""


FEW = ("--runs", "3", "--length", "45", "--workers", "1")


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither environment nor file name a language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CRISIS_SIM_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()
    apply_language_option([])


def test_the_command_goes_before_the_setting_and_that_before_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the places is asked in its turn; whatever is no Chinese is English."""
    assert language() == "en"
    for name, said in (("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "fr_FR"), ("LC_ALL", "zh_TW")):
        monkeypatch.setenv(name, said)
        apply_language_option(["list"])
        assert language() == ("zh" if said.startswith("zh") else "en")
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('language = "en"\n', encoding="utf-8")
    apply_language_option(["list"])
    assert language() == "en"
    monkeypatch.setenv("CRISIS_SIM_LANGUAGE", "zh")
    apply_language_option(["list"])
    assert (language(), requested_language()) == ("zh", None)
    apply_language_option(["list", "--lang", "en"])
    assert (language(), requested_language()) == ("en", "en")


def test_a_file_of_settings_that_cannot_be_read_keeps_nobody_from_the_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's language is taken; the verb that needs a setting says what is wrong."""
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("language: zh\n", encoding="utf-8")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    apply_language_option(["--help"])
    assert language() == "zh"


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        (["--lang", "zh", "list", "packs"], ["list", "packs"]),
        (["list", "packs", "--lang=zh"], ["list", "packs"]),
        (["--lang", "zh"], []),
        (["--help", "--lang", "zh"], ["--help"]),
        (["query", "--", "--lang"], ["query", "--", "--lang"]),
        (["list", "--lang"], ["list", "--lang"]),
    ],
)
def test_it_stands_wherever_people_write_it(given: list[str], passed: list[str]) -> None:
    """Before the verb, among its options, and with or without one; the verb sees nothing of it."""
    assert apply_language_option(given) == passed


def test_a_language_that_there_is_not_is_said(capsys: Captured) -> None:
    """Before every verb, and among the options of one."""
    for words in (["--lang", "fr", "--help"], ["list", "--lang", "fr"]):
        assert main(words) == 2
        assert "there is no language 'fr'\n  hint: one of: en, zh" in capsys.readouterr().err


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_the_help_of_every_verb_is_chinese(verb: object, capsys: Captured) -> None:
    """Headings, docstring and options; ids, paths and things to type stay."""
    name = getattr(verb, "name", "")
    assert main(["--lang", "zh", name, "--help"]) == 0
    page = capsys.readouterr().out
    assert page.startswith(f"用法：crisis-sim {name} [选项]")
    assert "选项：\n" in page
    assert "--lang <en|zh>" in page
    assert not ENGLISH.search(re.sub(r'"[^"]*"|`[^`]*`', "", page)), ENGLISH.search(page)
    assert main([name, "--help"]) == 0
    assert not CHINESE.search(capsys.readouterr().out)


def test_the_list_of_verbs_is_chinese_where_the_system_is() -> None:
    """Without importing any verb."""
    code = "import sys; from crisis_sim.cli import main; main(['--help'])"
    code += "; sys.exit(len({'crisis_sim.session.session', 'crisis_sim.content.load', 'textual'} & set(sys.modules)))"
    env = {"LANG": "zh_CN.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2] / "src"), "PYTHONUTF8": "1"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=env, check=False)
    assert run.returncode == 0, run.stderr
    assert all(f"  {verb.name} " in run.stdout for verb in VERBS)
    assert not ENGLISH.search(run.stdout)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["plya"], "crisis-sim: 没有“plya”这个命令\n  提示：是否指 `crisis-sim play`？\n"),
        (["play"], "crisis-sim: 缺少参数“SCENARIO|LOG”\n  提示：可用的参数见 `crisis-sim play --help`\n"),
        (["play", "x", "--lenth", "45"], "没有此选项：--lenth"),
        (["play", "x", "--length", "5"], "“--length”的值无效：“5”不在45、90、150之内"),
        (["preview", "bottomed-submarine", "--length", "60"], "请选择45或90或150"),
        (["playtest", "bottomed-submarine", "--policies", "x=firm"], "提示：请写成us=rota"),
    ],
)
def test_a_slip_is_said_in_chinese(arguments: list[str], says: str, capsys: Captured) -> None:
    """On standard error, with its way out and the same exit code."""
    assert main(["--lang", "zh", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of a session that two bots have played to its end in Chinese."""
    log = tmp_path_factory.mktemp("played") / "game.jsonl"
    ours = ["--us", "salami", "--china", "firm", "--seed", "1", "--log", str(log)]
    assert main(["--lang", "zh", "play", "bottomed-submarine", *ours]) == 0
    return log


@pytest.mark.parametrize(
    "words",
    [
        ["list", "packs"],
        ["list", "policies"],
        ["list", "sessions"],
        ["verify", "LOG"],
        ["verify", "--head", "LOG", "LOG"],
        ["export", "LOG", "--bots", "--out", "NEW"],
        ["query", "--tables"],
        ["compare", "LOG", "LOG"],
        ["show", "bottomed-submarine", "--stats", "text"],
        ["preview", "bottomed-submarine", "--plain"],
        ["preview", "bottomed-submarine", "survey-unannounced", "--plain"],
        ["preview", "bottomed-submarine", "--as", "us", "--plain"],
        ["preview", "bottomed-submarine", "--as", "facilitator", "--plain"],
        ["show", "bottomed-submarine", "--graph", "plan"],
        ["show", "bottomed-submarine", "--graph", "lines", "--format", "dot"],
        ["show", "bottomed-submarine"],
        ["show", "core"],
        ["show", "offer-help"],
        ["show", "LOG"],
        ["compare", "LOG", "--under", "core"],
        ["verify", "LOG", "--save-sound", "NEW"],
        ["demo"],
        ["play", "bottomed-submarine", "--us", "firm", "--china", "silent", "--log", "NEW"],
        ["playtest", "bottomed-submarine", *FEW],
        ["playtest", "bottomed-submarine", *FEW, "--policies", "us=firm,china=salami+silent", "--release", "0"],
        ["playtest", "bottomed-submarine", *FEW, "--policies", "same", "--against-rules", "core,safety-net-emboldens"],
    ],
    ids=" ".join,
)
def test_what_is_said_to_people_is_chinese(words: list[str], played: Path, tmp_path: Path, capsys: Captured) -> None:
    """Ids, names of files and commands stay."""
    places = {"LOG": str(played), "NEW": str(tmp_path / "new.jsonl")}
    assert main(["--lang", "zh", *(places.get(word, word) for word in words)]) == 0
    said = "".join(capsys.readouterr())
    assert CHINESE.search(said)
    assert ENGLISH.findall(re.sub(r"`[^`]*`|crisis-sim .*", "", said)) == []


def test_a_move_is_told_by_the_names_of_what_it_needs(capsys: Captured) -> None:
    """Beside each name the id that an author types."""
    assert main(["--lang", "zh", "show", "offer-help"]) == 0
    said = capsys.readouterr().out
    assert "类别合作" in said
    assert "领导人热线（leader-line）" in said.replace("\n  ", "")
    assert "由对方当作自己的成果对外宣布（you-announce）" in said.replace("\n  ", "")


@pytest.mark.skipif(sys.platform != "linux", reason="places of this system where nothing can be")
@pytest.mark.parametrize(
    "words",
    [
        ["play", "bottomed-submarine", "--us", "firm", "--china", "firm", "--log", "/proc/none/new.jsonl"],
        ["playtest", "bottomed-submarine", *FEW, "--keep", "/proc/none"],
        ["export", "bottomed-submarine", "--msel", "csv", "-o", "/proc/none/x"],
        ["resume", "/dev/null"],
        ["host", "bottomed-submarine", "--bind", "203.0.113.1"],
    ],
    ids=" ".join,
)
def test_why_a_file_cannot_be_had_is_chinese(words: list[str], capsys: Captured) -> None:
    """What the system says is known where it says it often; the exit code is that of any language."""
    assert main(["--lang", "zh", *words]) in (1, 2)
    said = capsys.readouterr().err
    assert CHINESE.search(said) and ENGLISH.findall(re.sub(r"`[^`]*`", "", said)) == []


@pytest.mark.parametrize(
    "words",
    [
        ["verify", "LOG", "--findings"],
        ["compare", "LOG", "LOG"],
        ["show", str(SMALL_SCENARIO), "--stats"],
        ["playtest", "bottomed-submarine", *FEW],
    ],
    ids=" ".join,
)
def test_what_is_for_programs_is_the_same_in_every_language(words: list[str], played: Path, capsys: Captured) -> None:
    """JSON says nothing that is looked up."""
    words = [str(played) if word == "LOG" else word for word in words]
    words += {"--stats": ["json"], "--findings": []}.get(words[-1], ["--format", "json"])
    answers = []
    for spoken in ("en", "zh"):
        assert main([*words, "--lang", spoken]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


def test_a_session_is_played_in_the_language_of_whoever_begins_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Where the scenario has it; a language that is asked for and is not there is refused."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    bots = ["--us", "silent", "--china", "silent"]
    for scenario, spoken in (("bottomed-submarine", "zh"), (str(SMALL_SCENARIO), "en")):
        log = tmp_path / f"{spoken}.jsonl"
        assert main(["play", scenario, *bots, "--log", str(log)]) == 0
        assert read_log(log).header.options["language"] == spoken
    capsys.readouterr()
    assert main(["play", str(SMALL_SCENARIO), *bots, "--lang", "zh", "--log", str(tmp_path / "no.jsonl")]) == 2
    assert "没有“zh”版本" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_chinese_that_would_be_question_marks_says_so_and_what_to_do(language: str) -> None:
    """Where the system has no letters but English ones; whoever reads English is told nothing."""
    run = subprocess.run(
        [sys.executable, "-m", "crisis_sim", "list", "scenarios", "--lang", language],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]},
        check=True,
    )
    assert ("no Chinese letters: set PYTHONUTF8=1" in run.stderr) is (language == "zh")
