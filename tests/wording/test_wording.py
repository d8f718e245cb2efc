"""Every sentence that a door says itself has its Chinese, once, in one catalogue that is what the code says."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Final

import pytest
from babel.messages.checkers import num_plurals
from hatch_build import PO
from tests.wording.catalogue import as_written, catalogue, renewed
from tests.wording.gathering import DOORS, ERRORS, SOURCE, calls, gathered, has_words, name_of, nodes, sentences_of

from crisis_sim.authoring.lints.translation import terms
from crisis_sim.rules.names import Language
from crisis_sim.wording import join_parts, plain, quote_text, speaker


def forms(said: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """A sentence, or its forms for one and for many."""
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def pairs() -> Iterator[tuple[str, str]]:
    """Every sentence of the catalogue with its Chinese; one with a count is given by what is said of many."""
    for message in catalogue():
        if message.id:
            yield forms(message.id)[-1], forms(message.string)[-1]


def places(sentence: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_the_catalogue_is_what_the_code_says() -> None:
    """Nothing that is said is missing, nothing is kept that nobody says: `scripts/words` brings it up to date."""
    assert len(gathered()) > 1500
    assert as_written(renewed(catalogue())) == PO.read_bytes()


def test_what_is_read_is_what_was_written() -> None:
    """Whoever asks for a sentence in Chinese gets the one that stands in the catalogue."""
    say = speaker("zh")
    single = [(message, message.id) for message in catalogue() if isinstance(message.id, str) and message.id]
    assert len(single) > 1500
    assert [english for message, english in single if say(english, message.context or "") != message.string] == []


def test_every_sentence_has_its_chinese() -> None:
    """Signs alone may stay as they are."""
    assert [english for english, chinese in pairs() if not chinese and any(map(str.isalpha, english))] == []
    assert not any(message.fuzzy for message in catalogue())


def test_a_translation_keeps_its_places() -> None:
    """What is filled in in English is filled in in Chinese."""
    assert [english for english, said in pairs() if said and places(english) != places(said)] == []


def test_a_sentence_with_a_count_has_all_its_forms() -> None:
    """English has one for one and one for many, with the same places but the count; Chinese has one for all."""
    found = catalogue()
    counted = [message for message in found if message.pluralizable]
    assert counted
    for message in counted:
        num_plurals(found, message)
        one, many = forms(message.id)
        assert places(one) - {"n"} == places(many) - {"n"}, many
    say = speaker("zh")
    for n in (1, 3):
        said = plain("{n} act read", plural="{n} acts read", n=n)
        assert said == f"{n} act{'s' if n > 1 else ''} read"
        assert say("{n} act read", plural="{n} acts read", n=n) == f"解读了{n}项行动"


def test_every_place_of_a_sentence_is_filled() -> None:
    """A word that is missing is found here, and not in front of those who would have read it."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for call in calls(path):
            given = {word.arg for word in call.keywords}
            if name_of(call) in ("say", "Sentence", *ERRORS) and None not in given and given - {"hint", "plural"}:
                said = [each for place in sentences_of(call) for each in places(place) if each not in given]
                found += [f"{path.relative_to(SOURCE)}:{call.lineno} {each}" for each in said]
    assert found == []


def test_no_sentence_is_chosen_by_a_count_in_the_code() -> None:
    """A language may have other forms than one and many: `say(…, plural=…, n=…)` asks its catalogue."""
    chosen = re.compile(r"^Compare\(.*ops=\[(?:Eq|NotEq)\(\)\], comparators=\[Constant\(value=1\)\]\)$")
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for package in DOORS
        for path in sorted((SOURCE / package).rglob("*.py"))
        for node in nodes(path)
        if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare) and chosen.match(ast.dump(node.test))
        if any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in (node.body, node.orelse))
    ]
    assert found == []


FOR_AUTHORS: Final = (
    *("content/*.py", "authoring/lints/*.py", "authoring/msel_[!i]*.py", "authoring/msel_injects.py"),
    *("session/disk.py", "session/lock.py"),
)
"""Modules below the doors that have sentences for those who write files, and for those whose disk refuses them."""
PUT_TOGETHER: Final = re.compile(r"[a-z]{2,},? [a-z]{2,}|[a-z]{2,} {}|{} [a-z]{2,}")


def test_no_sentence_for_authors_is_put_together_in_the_code() -> None:
    """What is said of a file goes to the doors as a `Sentence` with its parts, so that one can say it in Chinese."""
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {shape}"
        for modules in FOR_AUTHORS
        for path in sorted(SOURCE.glob(modules))
        for node in nodes(path)
        if isinstance(node, ast.JoinedStr)
        for shape in ["".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)]
        if PUT_TOGETHER.search(shape)
    ]
    assert found == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_catalogue_is_read_for_english(language: Language) -> None:
    """What speaks English pays for no other language."""
    code = f"import sys; from crisis_sim.wording import speaker; speaker({language!r})('turn {{n}}', n=1)"
    code += "; sys.exit('gettext' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == (language == "zh")


def test_a_word_of_two_meanings_is_told_apart_by_its_context() -> None:
    """How soon something arrives is said otherwise than where the session stands."""
    say = speaker("zh")
    assert say("now", "how soon") != say("now")
    assert speaker("en")("now", "how soon") == "now"


WORDS: Final = 3
"""A message of no more words may be a noun here and a verb there."""
ONE_MEANING: Final = Path(__file__).with_name("one_meaning.txt")
"""Such messages of several packages that mean the same everywhere."""


def test_a_short_message_of_several_packages_has_a_context_or_one_meaning() -> None:
    """No reader meets a word meant for another screen: add a context where it is said, or a line to that list."""
    packages: dict[str, set[str]] = {}
    for message in gathered():
        if message.context is None and len(message.english.split()) <= WORDS and has_words(message.english):
            packages.setdefault(message.english, set()).add(message.module.split("/")[0])
    shared = {english for english, where in packages.items() if len(where) > 1}
    assert set(map(repr, shared)) - set(ONE_MEANING.read_text(encoding="utf-8").splitlines()) == set()


@pytest.mark.parametrize(
    ("english", "context", "chinese"),
    [
        ("here", "", "在席"),
        ("both sides", "", "双方"),
        ("both sides", "a lens", "双方视角"),
        ("{n} of {m}", "", "第{n}处（共{m}处）"),
        ("without any of these", "", "不附加任何条件"),
        ("up", "of tension", "升"),
        ("about", "", "关切"),
        ("about", "a sign", "约"),
    ],
)
def test_a_short_message_says_what_is_meant_where_it_stands(english: str, context: str, chinese: str) -> None:
    """A seat is taken, a scenario is this one; tension rises and falls."""
    assert speaker("zh")(english, context) == chinese


CHINESE = re.compile("[\u3400-\u9fff]")
WRITTEN: Final[Mapping[str, str]] = {
    "content/guesses.py": "reads numbers and hours as people write them, in either language",
    "authoring/msel_cells.py": "reads what planners write in cells, in either language",
    "authoring/lints/texts.py": "knows texts that stand for none, in either language",
}
"""Modules that have Chinese in them, and why: each reads what others wrote."""


def test_no_chinese_stands_in_code() -> None:
    """It stands in the catalogue, where it is found beside its English; signs alone are no words."""
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        if CHINESE.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(WRITTEN)


PAGES: Final = Path(__file__).parents[2] / "docs" / "zh"


def test_one_thing_has_one_name() -> None:
    """A participant meets the same word on a screen and on a page: both keep to the table of terms."""
    lines = [line for page in sorted(PAGES.glob("*.md")) for line in page.read_text(encoding="utf-8").splitlines()]
    texts = [*pairs(), *(("", line) for line in lines)]
    assert lines
    for term in terms():
        meant = re.compile(rf"(?<!--)\b({'|'.join(term.english)})\b", re.IGNORECASE) if term.english else None
        assert [chinese for _, chinese in texts if term.wrong and term.wrong in chinese] == [], term.chinese
        for english, chinese in texts:
            assert not (meant and meant.search(english)) or any(word in chinese for word in term.chinese), english


WRONG = re.compile(r"[一-鿿][ ](?=[一-鿿{0-9])|[}0-9] (?=[一-鿿])|[一-鿿][,;:?!](?!/)|[一-鿿][(]|[)][一-鿿]")
"""Spaces between characters, or beside numbers, and punctuation of half width."""


def test_chinese_is_set_as_it_is_printed() -> None:
    """No space between characters and numbers, punctuation of full width."""
    assert [chinese for _, chinese in pairs() if WRONG.search(chinese)] == []


def test_parts_are_put_in_once() -> None:
    """What somebody wrote is neither looked up nor read as a sentence with places, in either language."""
    for say in (plain, speaker("zh")):
        assert "{who} public" in say("that belongs to the {phase} phase; this is {here}", phase="{who} public", here="")


def test_a_sentence_ends_once() -> None:
    """A title that asks, or a sentence put into another, brings no second stop: no `？。`, no `。；`, no `？：`."""
    zh, en = speaker("zh"), plain
    assert zh("{head}: {text}", head="这船在记录什么？", text="一名记者问。") == "这船在记录什么？一名记者问。"
    assert en("{head}: {text}", head="My Crisis!", text="45 minutes") == "My Crisis!: 45 minutes"
    assert zh("{sentence}.", sentence="渠道已中止。") == "渠道已中止。"
    assert en("{sentence}.", sentence="The channel is suspended.") == "The channel is suspended."
    titles = ["有没有时间？", "火箭归谁。", "", "一个数字"]
    assert join_parts(titles, zh) == "有没有时间？火箭归谁；一个数字"
    assert join_parts([], zh) == ""
    assert zh("Think back to: {what}.", what=join_parts(titles[:1], zh)) == "请回想：有没有时间？"


def test_what_is_quoted_has_the_inner_marks() -> None:
    """In either language: quotation marks within quotation marks are of the other kind; beside them they stay."""
    for say, around in ((plain, "“{}”"), (speaker("zh"), "“{}”")):
        assert around.format("官方为‘撞艇’推波助澜") in say("“{name}”", name="官方为“撞艇”推波助澜")
        assert "“{red}”".format(red="a ‘b’ c") in say("{head}: “{text}”", head="“x”", text="a “b” c")
        assert "“x”" in say("{head}: “{text}”", head="“x”", text="a “b” c")
    assert quote_text("官方为“撞艇”推波助澜") == "“官方为‘撞艇’推波助澜”"
