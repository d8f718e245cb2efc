"""A person's settings: from the environment before the file, and whatever cannot be used is named with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crisis_sim.cli import main
from crisis_sim.cli.settings import Settings, settings, settings_file

Captured = pytest.CaptureFixture[str]

FOLDER = "the path of a folder, without characters that do not show"
THEMES = "dark, light, high-contrast, colour-blind-safe"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own settings are read."""
    for name in list(os.environ):
        if name.startswith("CRISIS_SIM_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings_file().parent.mkdir(parents=True)
    settings.cache_clear()


def said(capsys: Captured) -> str:
    """What is said of settings that cannot be used."""
    assert main(["list", "sessions"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err.replace(str(settings_file()), "FILE")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What both say is taken from the environment; an empty variable says nothing, and `~` is one's home."""
    settings_file().write_text('language = "zh"\ntheme = "light"\nlogs = "~/games"\n', encoding="utf-8")
    monkeypatch.setenv("CRISIS_SIM_THEME", "high-contrast")
    monkeypatch.setenv("CRISIS_SIM_LANGUAGE", "")
    assert settings() == Settings(language="zh", theme="high-contrast", logs=Path.home() / "games")


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        ("logs = 5", "the setting 'logs' cannot be '5'", f"in FILE: {FOLDER}"),
        ('logs = "a\\u001bb"', "the setting 'logs' cannot be 'ab'", f"in FILE: {FOLDER}"),
        ('theme = "pink"', "the setting 'theme' cannot be 'pink'", f"in FILE: one of: {THEMES}"),
        ("[language]\nen = 1", "the setting 'language' cannot be '{'en': 1}'", "in FILE: one of: en, zh"),
        ('lnguage = "zh"', "there is no setting 'lnguage'", "in FILE: did you mean 'language'?"),
        (
            "theme: light",
            "FILE cannot be read: expected '=' after a key in a key/value pair (at line 1, column 6)",
            "mend it or take it away",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_place(
    text: str, sentence: str, hint: str, capsys: Captured
) -> None:
    """The sentence has the setting and what it is, the hint where it stands and what it can be."""
    settings_file().write_text(text, encoding="utf-8")
    assert said(capsys) == f"crisis-sim: {sentence}\n  hint: {hint}\n"


def test_a_setting_of_the_environment_is_named_as_it_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """The variable is named, and not the file."""
    monkeypatch.setenv("CRISIS_SIM_THEME", "pink")
    assert "hint: in CRISIS_SIM_THEME in the environment: one of: dark, light" in said(capsys)


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("CRISIS_SIM_THEME", "pink", "可用的有：dark、light、high-contrast、colour-blind-safe"),
        ("CRISIS_SIM_LOGS", "a\x1bb", "须写文件夹的路径，且不含不可见的字符"),
    ],
)
def test_what_a_setting_can_be_is_said_in_chinese(
    variable: str, value: str, allowed: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Whose words they are does not matter: the place and what may stand there are Chinese."""
    monkeypatch.setenv(variable, value)
    assert main(["--lang", "zh", "list", "sessions"]) == 2
    assert capsys.readouterr().err.endswith(f"\n  提示：环境变量“{variable}”，{allowed}\n")


@pytest.mark.parametrize("variable", ["CRISIS_SIM_LOGS", "XDG_DATA_HOME"])
@pytest.mark.parametrize("verb", [["list", "sessions"], ["verify", "nothing"]])
def test_a_folder_of_the_environment_is_printed_inert(
    variable: str, verb: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """A name with a newline or an escape in it is no folder for logs, and neither reaches a terminal."""
    monkeypatch.setenv(variable, f"{tmp_path}/a\nnote: all is well\x1b[2J")
    assert main(verb) == 2
    err = capsys.readouterr().err
    assert "the setting 'logs' cannot be" in err
    assert "\nnote" not in err
    assert "\x1b" not in err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize(("kind", "what"), [("pipe", "a pipe or device"), ("folder", "a folder")])
def test_what_is_no_file_is_said_and_not_waited_for(kind: str, what: str, capsys: Captured) -> None:
    """A pipe that nobody writes to, and a folder, are named; they are neither passed over nor waited for."""
    os.mkfifo(settings_file()) if kind == "pipe" else settings_file().mkdir()
    assert (
        said(capsys)
        == f"crisis-sim: FILE cannot be read: this is {what}, not a file\n  hint: mend it or take it away\n"
    )


def test_a_file_that_is_not_text_is_said(capsys: Captured) -> None:
    """Bytes that are no UTF-8 are named with their place."""
    settings_file().write_bytes(b'theme = "\xff"\n')
    assert "FILE cannot be read: line 1, column 10: the byte 0xFF is not UTF-8" in said(capsys)
