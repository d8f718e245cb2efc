"""What `scripts/words` does for a translator: no Chinese is lost, and what is to be done is told."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hatch_build import is_outdated
from tests.wording import catalogue as words
from tests.wording.catalogue import as_written, catalogue, main, renewed, unfinished
from tests.wording.gathering import Notes, calls, has_words

OLD = 'The host has\nclosed the "door" for now.'
NEW = 'The host has\nclosed the "door".'
CHINESE = "主机暂时\n关门。"


def catalog(**said: str) -> Catalog:
    """A catalogue with these sentences, by names that stand for none of them."""
    made = Catalog(locale=words.LOCALE, charset="utf-8")
    for english, chinese in said.items():
        made.add(OLD if english == "old" else NEW if english == "new" else english, chinese or None)
    return made


def again(written: Catalog, said: Catalog, folder: Path) -> Catalog:
    """Brought up to date, and read back from its file."""
    path = folder / "zh.po"
    path.write_bytes(as_written(renewed(written, said)))
    return catalogue(path)


def test_a_sentence_whose_english_changes_keeps_its_chinese(tmp_path: Path) -> None:
    """A corrected comma costs a look and no new translation: the old one stays, marked, with the English it was for."""
    once = again(catalog(old=CHINESE), catalog(new=""), tmp_path)
    twice = again(once, catalog(new=""), tmp_path)
    for found in (once, twice):
        message = found[NEW]
        assert (message.string, message.fuzzy, message.previous_id) == (CHINESE, True, [OLD])
    lines = (tmp_path / "zh.po").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("#| msgid") for line in lines) == 1


def test_a_sentence_that_is_said_again_has_its_chinese_again(tmp_path: Path) -> None:
    """What nobody says is kept at the end of the file, so that a change taken back costs nothing."""
    without = again(catalog(old=CHINESE, wholly="另一句"), catalog(wholly=""), tmp_path)
    assert OLD not in without
    assert [message.string for message in without.obsolete.values()] == [CHINESE]
    message = again(without, catalog(old="", wholly=""), tmp_path)[OLD]
    assert (message.string, message.fuzzy) == (CHINESE, False)


@pytest.mark.parametrize("said", [{"new": ""}, {"wholly": ""}])
def test_no_release_has_a_sentence_without_its_chinese(
    said: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`scripts/check` fails on an entry that is empty or fuzzy, names it, and says what to do."""
    path = tmp_path / "zh.po"
    path.write_bytes(as_written(catalog(old=CHINESE)))
    monkeypatch.setattr(words, "PO", path)
    monkeypatch.setattr(words, "template", lambda: catalog(**said))
    assert main(["--check"]) == 1
    assert "run scripts/words" in capsys.readouterr().out
    assert main([]) == 0
    assert main(["--check"]) == 1
    told = capsys.readouterr().out
    assert unfinished(catalogue(path))[0] in told
    assert "Unfinished in zh.po: 1" in told
    waiting = path.read_bytes()
    assert main(["--release"]) == 1
    assert "Unfinished in zh.po: 1" in capsys.readouterr().out
    assert path.read_bytes() == waiting


def test_a_release_clears_away_what_nobody_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old sentences are kept for translators until a release; what is said stays."""
    path = tmp_path / "zh.po"
    path.write_bytes(as_written(renewed(catalog(old=CHINESE, wholly="另一句"), catalog(wholly=""))))
    monkeypatch.setattr(words, "PO", path)
    monkeypatch.setattr(words, "template", lambda: catalog(wholly=""))
    assert main([]) == 0
    assert not is_outdated(path)
    assert catalogue(path).obsolete
    assert main(["--release"]) == 0
    assert not catalogue(path).obsolete
    assert [message.string for message in catalogue(path) if message.id] == ["另一句"]


def test_a_translator_is_told_what_a_sentence_is_for(tmp_path: Path) -> None:
    """By a comment above the call; where nothing but places is said, by what its function does."""
    module = tmp_path / "module.py"
    module.write_text(
        "def line(say):\n"
        '    """The side, then what it did.\n\n    More."""\n'
        '    say("{a}: {b}", a=1, b=2)\n'
        "    # Other people read this.\n"
        "    # Translators: a verb, said\n"
        "    # to a seat\n"
        '    say("seal")\n'
        '    return say("sealed")\n',
        encoding="utf-8",
    )
    notes = Notes(module)
    told = {
        call.args[0].value: notes.of_call(call, has_words(str(call.args[0].value)))
        for call in calls(module)
        if isinstance(call.args[0], ast.Constant)
    }
    assert told == {
        "{a}: {b}": "The side, then what it did.",
        "seal": "Translators: a verb, said to a seat",
        "sealed": "",
    }
