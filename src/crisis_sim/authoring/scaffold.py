"""New scenarios and rule packs: small, complete, and written to be read by somebody who has never seen one.

The texts are the files in `scaffold_files/`, the Chinese of a scenario in `scenario.zh.txt`, a line a text: the
English, ` = `, the Chinese. What a person answers is put into them as inert words. Nothing that is there is
overwritten, and a scenario comes whole or not at all.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from crisis_sim.authoring.schema import schema_beside, write_schema
from crisis_sim.authoring.yamltext import Edit, Unwritable, YamlText, edit_value, node, yaml_text
from crisis_sim.content.listings import FileKind, list_packs, list_scenarios
from crisis_sim.content.yamlfile import AnyLoc
from crisis_sim.errors import Sentence, StorageFailed, UnreadableInput, why_not
from crisis_sim.numbers import hours, points_text
from crisis_sim.problems import Problems, shown_path
from crisis_sim.text import braces_doubled, clean
from crisis_sim.wording import _, speaker

TEMPLATES: Final = Path(__file__).with_name("scaffold_files")

TEXTS: Final = ("brief", "brief-us", "brief-china", "guide")
"""A scenario's long texts."""

EVERY_KEY: Final = "every-key.yaml"
"""Beside a scenario: what it could say besides, to be copied from; nothing reads it."""

LONGEST_ID: Final = 60
LONGEST: Final[Mapping[str, int]] = {"title": 80, "host": 60, "event": 400}
"""The most characters of an answer."""
_CALLED: Final[Mapping[str, str]] = {"title": _("title"), "host": _("host"), "event": _("event")}

LEAST_HOURS, MOST_HOURS = 12, 2400


class Answers(NamedTuple):
    """What a scenario begins from; every answer has a default."""

    title: str = ""
    """Empty for one made from the name."""
    host: str = _("Marenga")
    event: str = _("A ferry with three hundred people on board is adrift off the coast.")
    hours: str = "48h"
    languages: str = "en"


def id_of(name: str, kind: FileKind) -> str:
    """The id that a name makes: `My Crisis!` is my-crisis. Raises UnreadableInput where nothing is left of it.

    It also raises where something shipped is called so, since that would hide one of the two.
    """
    plain = unicodedata.normalize("NFKD", name[:1000]).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    ident = "-".join(words)
    if ident[:1].isdigit():
        ident = f"{kind}-{ident}"
    ident = ident[:LONGEST_ID].rstrip("-")
    if not ident:
        hint = Sentence(
            'give it an id of its own, and the title beside it: crisis-sim new {kind} my-{kind} --title "…"', kind=kind
        )
        raise UnreadableInput("new/name", "no id can be made of a name without Latin letters", hint=hint)
    shipped = list_scenarios() if kind == "scenario" else list_packs()
    if ident in {item.id for item in shipped}:
        raise UnreadableInput(
            "new/taken",
            "crisis-sim comes with a scenario '{made}'"
            if kind == "scenario"
            else "crisis-sim comes with a pack '{made}'",
            hint="choose another name",
            made=ident,
        )
    return ident


def free_place(name: str, kind: FileKind, folder: Path) -> Path:
    """Where something of that name goes. Raises UnreadableInput as `id_of` does, and if something is there."""
    ident = id_of(name, kind)
    target = folder / (ident if kind == "scenario" else f"{ident}.yaml")
    if os.path.lexists(target):
        place = clean(shown_path(target), lines=False)
        hint = Sentence("choose another name, or another folder")
        raise UnreadableInput("new/exists", "{where} is there already, and is left as it is", hint=hint, where=place)
    return target


def new_scenario(name: str, answers: Answers, folder: Path) -> Path:
    """Write a scenario of that name below `folder`; its own folder is returned.

    Raises UnreadableInput for answers that cannot be used and where something is there already, StorageFailed where
    the disk refuses.
    """
    target = free_place(name, "scenario", folder)
    values = _values(name, target.name, answers)
    chinese = _in_chinese(values, answers)
    temp_folder = folder / f".{target.name}.{os.getpid()}"
    try:
        temp_folder.mkdir(parents=True)
        scenario = _fill_template("scenario.yaml", values)
        if values["languages"] != "en":
            catalogue = (TEMPLATES / "scenario.zh.txt").read_text(encoding="utf-8")
            scenario = in_both_languages(scenario, catalogue, values, chinese)
            for text in TEXTS:
                _write(temp_folder / f"{text}.zh.md", _fill_template(f"{text}.zh.md", chinese))
        _write(temp_folder / "scenario.yaml", scenario)
        _write(temp_folder / EVERY_KEY, _fill_template(EVERY_KEY, values))
        for text in TEXTS:
            _write(temp_folder / f"{text}.md", _fill_template(f"{text}.md", values))
        write_schema(*schema_beside(temp_folder / "scenario.yaml"))
        temp_folder.rename(target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        shutil.rmtree(temp_folder, ignore_errors=True)
    return target


def new_pack(name: str, title: str, folder: Path) -> Path:
    """Write a rule pack of that name into `folder`; its file is returned. Raises as `new_scenario` does."""
    target = free_place(name, "pack", folder)
    ident = target.stem
    text = _fill_template("pack.yaml", {"id": ident, "title": _usable("title", title) or _title_of(name, ident)})
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(target, text)
    except OSError as error:
        raise _not_written(target, error) from error
    write_schema(*schema_beside(target))
    return target


def check_answer(key: str, answer: str) -> None:
    """Raise UnreadableInput if an answer of `Answers` cannot be used; an empty one is its default."""
    if key == "hours" and answer.strip():
        _hours(answer)
    elif key == "languages":
        _languages(answer)
    elif key != "hours":
        _usable(key, answer)


def _values(name: str, ident: str, answers: Answers) -> dict[str, str]:
    """What stands for each mark in the texts."""
    defaults = Answers()
    event = _usable("event", answers.event) or defaults.event
    host = _usable("host", answers.host) or defaults.host
    whole = _hours(answers.hours or defaults.hours)
    quarter = whole // 4
    return _with_inject_texts(
        {
            "id": ident,
            "languages": _languages(answers.languages),
            "title": _usable("title", answers.title) or _title_of(name, ident),
            "host": host,
            "hoststart": host[0].upper() + host[1:],
            "event": _ended(event, "."),
            **{f"q{part}": f"{whole * part // 4}h" for part in (1, 2, 3, 4)},
            "fast": f"{max(quarter // 4, 1)}h",
            "slow": f"{max(quarter // 2, 1)}h",
            "pace": points_text(max(round(6000 / whole), 1)),
        }
    )


def _with_inject_texts(values: dict[str, str]) -> dict[str, str]:
    """The values, and what stands for some in the texts of injects, where a brace is written twice."""
    return values | {f"told{key}": braces_doubled(values[key]) for key in ("host", "hoststart", "event")}


def _ended(sentence: str, stop: str) -> str:
    return sentence if sentence[-1] in ".!?…。！？" else f"{sentence}{stop}"


def _in_chinese(values: Mapping[str, str], answers: Answers) -> dict[str, str]:
    """The same for Chinese texts: what was answered stands as it is, what was not has its Chinese."""
    host = _usable("host", answers.host)
    event = _usable("event", answers.event)
    chinese = speaker("zh")
    host, is_own = (chinese(Answers().host), False) if host in ("", Answers().host) else (host, True)
    event_text = chinese(Answers().event) if event in ("", Answers().event) else _ended(event, "。")
    return _with_inject_texts(
        {**values, "host": host, "hoststart": values["hoststart"] if is_own else host, "event": event_text}
    )


def _languages(answer: str) -> str:
    choice = answer.strip().casefold() or "en"
    if choice not in LISTED:
        shown = clean(answer, lines=False)[:20]
        hint = Sentence("write en for English, zh for Chinese, or both")
        raise UnreadableInput("new/languages", "'{shown}' is not a choice of languages", hint=hint, shown=shown)
    return LISTED[choice]


def _title_of(name: str, ident: str) -> str:
    """A title from a name: as it was typed, or of an id its words."""
    typed = _usable("title", name)
    return ident.replace("-", " ").capitalize() if not typed or typed == ident else typed


def _usable(key: str, answer: str) -> str:
    """An answer as one clean line. Raises UnreadableInput if it is too long."""
    clean_answer = " ".join(clean(answer[:10_000], lines=False).split())
    if len(clean_answer) > LONGEST[key]:
        raise UnreadableInput(
            "new/too-long",
            "the {key} has {said} characters, and there is room for {most}",
            hint="shorten it; the files have room for more",
            key=Sentence(_CALLED[key]),
            said=len(clean_answer),
            most=LONGEST[key],
        )
    return clean_answer


def _hours(answer: str) -> int:
    text = answer.strip()[:20]
    try:
        hour_count = hours(f"{text}h" if text.isascii() and text.isdigit() else text)
    except ValueError as wrong:
        raise UnreadableInput("new/hours", wrong.args[0], hint="for example 48h") from None
    if not LEAST_HOURS <= hour_count <= MOST_HOURS:
        raise UnreadableInput(
            "new/hours",
            "a new scenario covers from {least}h to {most}d, and not {found}h",
            hint="for example 48h",
            least=LEAST_HOURS,
            most=MOST_HOURS // 24,
            found=hour_count,
        )
    return hour_count


def _fill_template(file: str, values: Mapping[str, str]) -> str:
    """A text with its marks replaced, once: what an answer holds is not looked at again."""
    escape = _in_quotes if file.endswith(".yaml") else _in_markdown
    text = (TEMPLATES / file).read_text(encoding="utf-8")
    return _marked(text, {name: escape(value) for name, value in values.items()})


def _marked(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"@([a-z0-9]+)@", lambda mark: values[mark[1]], text)


def _in_quotes(words: str) -> str:
    """Words as they stand between double quotes in YAML."""
    return json.dumps(words, ensure_ascii=False)[1:-1]


def _in_markdown(words: str) -> str:
    """Words that mean nothing but themselves in Markdown."""
    return re.sub(r"(^[#>+-]|[\\*_{}\[\]!])", r"\\\1", words)


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _not_written(target: Path, error: OSError) -> StorageFailed:
    place = clean(shown_path(target), lines=False)
    why = why_not(error, Sentence("the disk refused"))
    return StorageFailed(
        "new/not-written",
        "{where} could not be written: {why}",
        hint="look at the folder's permissions",
        where=place,
        why=why,
    )


LISTED: Final[Mapping[str, str]] = {"en": "en", "zh": "zh", "both": "en, zh"}
"""What a scenario says of its languages, by the answer of whoever begins it."""


def in_both_languages(text: str, catalogue: str, english: Mapping[str, str], chinese: Mapping[str, str]) -> str:
    """The text of a scenario's file with the Chinese of the catalogue beside the English.

    `english` and `chinese` are what stands for each mark in either.
    """
    pairs = (line.split(" = ") for line in catalogue.splitlines())
    translations = {_marked(en, english): _marked(zh, chinese) for en, zh in pairs}
    read = yaml_text(text, "", Problems())
    assert read is not None  # what is written here is read everywhere
    return read.edited(
        _edit(read, loc, sentence, translations[sentence])
        for loc, sentence in _texts(read.value)
        if sentence in translations
    )


def _edit(read: YamlText, loc: AnyLoc, en: str, zh: str) -> Edit:
    texts_by_language = {"en": en, "zh": zh}
    try:
        return edit_value(read, loc, texts_by_language)
    except Unwritable:  # an item of a list has no key beside which to write it
        extent = read.file.extent(loc)
        assert extent is not None
        return Edit(*read.span(extent), node(texts_by_language, flow=True, indent=0))


def _texts(tree: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of a tree with their places."""
    if isinstance(tree, str):
        yield loc, tree
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, item in items:
        yield from _texts(item, (*loc, key))
