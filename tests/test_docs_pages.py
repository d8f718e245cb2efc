"""The written pages: what they link to exists, what they tell people to type works, and their numbers are right."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from tests.session.lines import small_log
from tests.test_tutorials import TUTORIALS

from crisis_sim.cli.commands import app, command_of
from crisis_sim.cli.verbs import BY_NAME
from crisis_sim.content.load import load_material
from crisis_sim.numbers import points_text, scale

ROOT = Path(__file__).parents[1]
PAGES = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "zh").glob("*.md")),
)
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")

WORDS = """
scenario; session; log; turn; move; inject; MSEL; release; hold; skip; action; event; seat; view; facilitator;
white cell; channel; level; visibility; latency; readiness; unofficial; intent; reading; line; red line; pink line;
pressure; crossing; near miss; tension; rung; felt tension; standing; trust; track; commitment; readout; rule pack;
rule; trace; branch; hotwash; AAR
"""
"""Words with one meaning each."""


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language, without their indent."""
    found = BLOCK.findall(text_of(name))
    return [re.sub(f"^{indent}", "", body, flags=re.MULTILINE) for indent, tongue, body in found if tongue == language]


def prose(name: str) -> str:
    """A page without its fenced blocks."""
    return BLOCK.sub("", text_of(name))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made on the web."""
    heads = re.findall(r"^#+ (.*)$", BLOCK.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    """A relative link names a file that is there, and a heading in it."""
    here = (ROOT / name).parent
    for link in LINK.findall(prose(name)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (here / path).resolve() if path else ROOT / name
        assert target.exists(), f"{name} links to {link}, which is not there"
        assert target.is_relative_to(ROOT), f"{name} links out of the repository: {link}"
        assert not anchor or anchor in anchors(target), f"{name} links to {link}, and there is no such heading"


def test_pictures_are_small() -> None:
    """A page opens at once, on a slow line too."""
    assert [path.name for path in (ROOT / "docs" / "pictures").iterdir() if path.stat().st_size > 300_000] == []


def commands(name: str) -> list[list[str]]:
    """What the fenced blocks of a page tell people to type, in words, without `scripts/run` or `crisis-sim`."""
    lines = [line.strip().removeprefix("$ ") for block in blocks(name, "sh") for line in block.splitlines()]
    return [words[1:] for line in lines if (words := shlex.split(line)) and words[0] in ("scripts/run", "crisis-sim")]


def mentioned(name: str) -> list[list[str]]:
    """Commands named in the middle of a sentence."""
    spans = re.findall(r"`((?:scripts/run|crisis-sim) [^`]+)`", prose(name))
    return [shlex.split(span)[1:] for span in spans]


@pytest.mark.parametrize("name", NAMES)
def test_what_people_are_told_to_type_can_be_typed(name: str) -> None:
    """Every command of a page names a verb that exists, with options, values and arguments that it takes."""
    for typed in (*commands(name), *mentioned(name)):
        words = typed[2:] if typed[:2] == ["--lang", "zh"] else typed  # before any verb, for all that is printed
        if words in ([], ["--help"], ["--version"], ["--install-completion"]):
            continue
        verb, *rest = words
        assert verb in BY_NAME, f"{name}: there is no command {verb}"
        command_of(BY_NAME[verb]).make_context(verb, rest)


@pytest.mark.parametrize("name", NAMES)
def test_every_option_that_a_page_names_is_one(name: str) -> None:
    """`--plain` and its like, wherever they stand alone."""
    whole = (app(), *map(command_of, BY_NAME.values()))
    known = {option for command in whole for param in command.params for option in param.opts}
    for option in re.findall(r"`(--[a-z-]+)[^`]*`", prose(name)):
        assert option in known | {"--help"}, f"{name}: nothing takes {option}"


@pytest.mark.parametrize("name", NAMES)
def test_scripts_and_files_that_a_page_names_are_there(name: str) -> None:
    """Paths from the top of the repository; what a tutorial lets its reader write is there only then."""
    if name in TUTORIALS:
        return
    for path in re.findall(r"`((?:scripts|src|tests|rules|scenarios|docs)/[\w./-]*)`", prose(name)):
        assert (ROOT / path).exists(), f"{name} names {path}, which is not there"


def test_modules_that_the_architecture_names_are_there() -> None:
    """`decide.py` and its like, named without their folder."""
    known = {path.name for path in (ROOT / "src").rglob("*.*")}
    named = re.findall(r"`([a-z_]+\.(?:py|txt))`", text_of("docs/architecture.md"))
    assert named
    assert [name for name in named if name not in known] == []


def test_every_verb_is_named_somewhere() -> None:
    """The pages between them say what each command is for."""
    together = " ".join(map(text_of, NAMES))
    assert [verb for verb in BY_NAME if f"`{verb}`" not in together and f"scripts/run {verb}" not in together] == []


@pytest.mark.parametrize("word", [word.strip() for word in WORDS.split(";")])
def test_the_glossary_has_every_word(word: str) -> None:
    """Each word stands at the head of a row."""
    heads = re.findall(r"^\| (\*\*.*?) \|", text_of("docs/glossary.md"), re.MULTILINE)
    assert word in {name for head in heads for name in re.findall(r"\*\*(.+?)\*\*", head)}


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a page's Python as a reader would."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_log_is_checked_with_ten_lines_of_python(tmp_path: Path) -> None:
    """The program of the page passes a sound log, and finds a changed byte, a lost line and two swapped ones."""
    (program,) = blocks("docs/log-format.md", "python")
    assert len([line for line in program.splitlines() if line.strip()]) <= 11
    path, entries = small_log(tmp_path / "a.jsonl")
    passed = run(program, str(path))
    assert passed.stdout == f"{len(entries)} entries, sound; the last hash is {entries[-1].hash}\n"
    header, first, second, *rest = path.read_bytes().splitlines(keepends=True)
    for wrong in (
        [header, first.replace(b'"away":0', b'"away":1'), second, *rest],
        [header, second, *rest],
        [header, second, first, *rest],
    ):
        assert wrong != [header, first, second, *rest]
        path.write_bytes(b"".join(wrong))
        assert "AssertionError" in run(program, str(path)).stderr


def test_the_worked_example_gives_what_the_page_says() -> None:
    """The program under the example prints the block below it, and every result in the tables above is in it."""
    (program,), (expected,) = blocks("docs/scoring.md", "python"), blocks("docs/scoring.md", "text")
    printed = run(program)
    assert printed.stderr == ""
    assert printed.stdout == expected
    numbers = set(re.findall(r"-?\d+(?:\.\d+)?", printed.stdout))
    example = text_of("docs/scoring.md").split("## A worked example", 1)[1].split("### Do the sum", 1)[0]
    results = re.findall(r"^\| .* \| ([^|]*\d[^|]*) \|$", example, re.MULTILINE)
    assert len(results) >= 15
    for result in results:
        for number in re.findall(r"-?\d+(?:\.\d+)?", result.replace("−", "-")):
            assert number in numbers, f"{number} of '{result}' is not what comes out"


def row_of(first: str) -> list[str]:
    """The cells of the row of docs/scoring.md that begins with `first`."""
    line = next(line for line in text_of("docs/scoring.md").splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_the_scoring_page_has_the_same_numbers_in_chinese() -> None:
    """Every number with decimals stands on both pages, and none on one alone."""
    english, chinese = (set(re.findall(r"\d+\.\d+", prose(f"docs/{name}"))) for name in ("scoring.md", "zh/scoring.md"))
    assert chinese == english


def test_the_scoring_page_has_the_numbers_of_the_core_pack() -> None:
    """Starts, decays, shares and scales are those of the shipped rules."""
    base = load_material("bottomed-submarine").base
    read = base.readings
    assert row_of("share *s*") == [f"{scale(read.blend, sure) / 100:.2f}" for sure in read.confidence]
    assert row_of("times") == [points_text(factor) for factor in (*read.pressure, 100)]
    assert row_of("**tension**")[1] == points_text(base.tension.start)
    assert (
        f"falls by {points_text(base.tension.decay)} a turn, down to {points_text(base.tension.rest)};"
        in row_of("**tension**")[2]
    )
    for name, meter in (("trust", base.trust), ("standing", base.standing)):
        row = row_of(f"**{name}**, one for each team")
        assert row[1:] == [
            points_text(meter.start),
            f"by {points_text(meter.decay)} a turn, to {points_text(meter.rest)}",
        ]
    pressure = row_of("**pressure** on each pink line")
    limits = [points_text(limit) for _, limit in sorted(base.lines.limit.items())]
    assert (pressure[0], pressure[2]) == (
        f"0 to the limit: {limits[0]}, {limits[1]} or {limits[2]} at 45, 90 or 150 minutes",
        f"falls by {points_text(base.lines.decay)} a turn, not below {base.lines.keeps} % of what it came to",
    )
    channels = base.channels
    assert row_of("**readiness** of each channel")[2] == (
        f"{channels.decay_per_day} lost for each day unused; {channels.use} won back in a turn of use; where a session "
        f"[begins with what another left](facilitate.md#a-second-crisis-after-the-first), {channels.lapse_keeps} % of "
        "what practice had changed is left"
    )
    rungs = ", ".join(f"{rung.name.en} from {points_text(rung.at)}" for rung in base.tension.rungs)
    assert rungs.replace(" from 80", "") in " ".join(text_of("docs/scoring.md").split())
    moves = load_material("bottomed-submarine").moves
    text = " ".join(text_of("docs/scoring.md").replace("−", "-").split())
    accused, condoled = (points_text(moves[name].weight) for name in ("accuse", "condole"))
    assert f"a public accusation {accused}, a condolence {condoled}" in text
    for name, move in (("delivered", "deliver-help"), ("apology", "apologise")):
        assert f"{name} {points_text(moves[move].standing, signed=True)}" in text
    touch = ", ".join(map(points_text, base.lines.touch[:3]))
    assert f"{touch} or {points_text(base.lines.touch[3])} for a reading of 0, +1, +2, +3" in text_of("docs/scoring.md")
