"""`new`: what it writes passes every check, plays to the hotwash, and holds a person's words as mere words."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.authoring.test_schema import complaints, tree_of
from tests.engine.play import Play, bots
from tests.small import check_paths
from tests.thinning import examples, one_in

from crisis_sim.authoring.scaffold import TEMPLATES, Answers, id_of, new_pack, new_scenario
from crisis_sim.authoring.schema import MODELINE, scenario_schema, schema_text
from crisis_sim.cli import main
from crisis_sim.content.finding import ID
from crisis_sim.content.load import load_material
from crisis_sim.engine import events as e
from crisis_sim.errors import StorageFailed, UnreadableInput
from crisis_sim.text import braces_doubled, clean, plain_markdown

HOSTILE = (
    "[/] [red]x[/red] {{host}} @host@ @id@ ${title} %s \\n \" ' `x` *y* _z_ # - : | > & ! ? ~ <!-- gone",
    "\x1b[2J\x07bell \u202egnp.exe\u202c \ue000 \ud800 \x00",
    '"}\nmsel: []\n# ',
    "<!-- a --> --- ... 霍拉姆的新病毒 🚢 עברית",
)


def written(folder: Path, name: str = "My crisis", **answers: str) -> Path:
    return new_scenario(name, Answers(**answers), folder / "scenarios")


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new scenario as it comes, with a new pack beside it."""
    folder = tmp_path_factory.mktemp("mine")
    new_pack("my pack", "", folder / "rules")
    return written(folder)


@pytest.fixture(scope="module")
def games(mine: Path) -> list[Play]:
    """The new scenario with the new pack, played by every pair of bots, short or long, and by two curious ones."""
    material = load_material(mine, ["core", "my-pack"])
    policies = ("silent", "random", "rota", "firm", "salami")
    pairs = [(us, china, "1", 90 - 45 * (place % 2)) for place, (us, china) in enumerate(product(policies, policies))]
    return [
        bots(material, us, china, seed=seed, length=length)
        for us, china, seed, length in (*pairs, ("curious", "curious", "3", 90))
    ]


def test_a_new_scenario_passes_without_a_warning(mine: Path) -> None:
    """Neither the check nor the lint has anything to say, of the scenario or of the pack."""
    problems = check_paths([mine, mine.parents[1] / "rules"])
    assert problems.shown() == ""


def test_a_new_scenario_is_small_and_says_what_to_do(mine: Path) -> None:
    """It fits on a few screens, a sixth of it says why each part is there, and nothing of the making is left in it."""
    lines = (mine / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    assert 150 <= len(lines) <= 230
    assert sum("#" in line for line in lines) >= len(lines) / 6
    assert any("What to change first" in line for line in lines)
    assert (
        max(
            len(line)
            for file in files(TEMPLATES)
            if file.suffix != ".txt"
            for line in file.read_text(encoding="utf-8").splitlines()
        )
        <= 120
    )
    assert not [file.name for file in mine.iterdir() if "@" in file.read_text(encoding="utf-8")]


def test_the_deck_that_a_new_scenario_shows_can_be_taken_out_of_its_comment(mine: Path) -> None:
    """Without the mark of a comment it passes, and deals cards."""
    text = (mine / "scenario.yaml").read_text(encoding="utf-8")
    shown = text[text.index("#   instructions:") : text.index("# What each team foretells")]
    deck = "".join(line.removeprefix("#   ") + "\n" for line in shown.splitlines())
    with_deck = mine.parent / "with-deck"
    shutil.copytree(mine, with_deck)
    named = text.replace(shown, deck).replace(f"id: {mine.name}", "id: with-deck", 1)
    (with_deck / "scenario.yaml").write_text(named, encoding="utf-8")
    problems = check_paths([str(with_deck)])
    assert not problems.errors and not problems.warnings, problems.shown()
    deck_of = load_material(with_deck).scenario.instructions
    assert deck_of is not None and set(deck_of.cards) == {"credit"}


def test_what_else_a_new_scenario_shows_can_be_taken_out_of_its_comments(mine: Path) -> None:
    """A thing, a private fact, a voice and a decision: the check has nothing to say of them."""
    text = (mine / "scenario.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    asset, fact = (next(line for line in lines if line.startswith(f"    #   {name}: ")) for name in ("tug", "log"))
    voice = next(line for line in lines if line.startswith("#   voices: "))
    first = next(place for place, line in enumerate(lines) if line.startswith("#   - {id: mayor-asks"))
    inject = "\n".join("  " + line.removeprefix("#   ") for line in lines[first : first + 3])
    own = "\n".join(
        f"    {key}:\n      {shown.removeprefix('    #   ')}"
        for key, shown in (("assets", asset), ("private_facts", fact))
    )
    text = text.replace(asset, f"{asset}\n{own}").replace(voice, f"{voice}\n{voice.removeprefix('#   ')}")
    text = text.replace("  - id: rumour\n", f"{inject}\n  - id: rumour\n").replace(
        f"id: {mine.name}", "id: with-all", 1
    )
    shutil.copytree(mine, mine.parent / "with-all")
    (mine.parent / "with-all" / "scenario.yaml").write_text(text, encoding="utf-8")
    problems = check_paths([str(mine.parent / "with-all")])
    assert problems.shown() == ""
    scenario = load_material(mine.parent / "with-all").scenario
    assert scenario.teams.us.assets.keys() == {"tug"} and scenario.teams.us.private_facts.keys() == {"log"}
    assert [inject.id for inject in scenario.msel if inject.decide] == ["mayor-asks"]


def test_a_new_scenario_has_a_schema_of_its_own(mine: Path) -> None:
    """Its first line names the schema beside it, which knows its ids and finds no fault."""
    first = (mine / "scenario.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"{MODELINE}scenario.schema.json"
    schema = scenario_schema(load_material(mine))
    assert (mine / "scenario.schema.json").read_text(encoding="utf-8") == schema_text(schema)
    assert complaints(schema, tree_of(mine / "scenario.yaml")) == []


def test_a_new_scenario_is_all_there(mine: Path) -> None:
    """Its texts and the page of keys lie beside it, and nothing else does."""
    texts = ["brief-china.md", "brief-us.md", "brief.md", "every-key.yaml", "guide.md"]
    assert sorted(file.name for file in mine.iterdir()) == [*texts, "scenario.schema.json", "scenario.yaml"]


def test_bots_play_it_to_the_hotwash(games: list[Play]) -> None:
    """Whoever sits where, the session comes to its end."""
    assert {play.state.phase for play in games} == {"closed"}


def test_every_inject_and_line_is_reached(games: list[Play], mine: Path) -> None:
    """Each inject comes in some session; each pink line is pressed and each red one crossed."""
    story = load_material(mine).scenario
    events = [event for play in games for event in play.events]
    assert {each.inject for each in events if isinstance(each, e.InjectDelivered)} == {each.id for each in story.msel}
    lines = {line.id: line.kind for team in (story.teams.us, story.teams.china) for line in team.lines}
    pressed = {each.line for each in events if isinstance(each, e.LinePressed)}
    crossed = {each.line for each in events if isinstance(each, e.LineCrossed)}
    assert pressed >= {line for line, kind in lines.items() if kind == "pink"}
    assert crossed >= {line for line, kind in lines.items() if kind == "red"}


def test_care_and_recklessness_end_differently(games: list[Play], mine: Path) -> None:
    """What the teams do matters, in a scenario that nobody has worked on yet."""
    material = load_material(mine)
    careful = bots(material, "rota", "rota", seed="3")
    reckless = bots(material, "firm", "firm", seed="3")
    assert reckless.state.tension - careful.state.tension > 2000


def test_every_rule_of_a_new_pack_fires(games: list[Play], mine: Path) -> None:
    """A new pack works beside core: one rule of each kind, and each of them fires in some session."""
    material = load_material(mine, ["core", "my-pack"])
    pack = material.packs[-1]
    assert [rule.kind for rule in pack.rules] == ["red", "pink", "credit"]
    assert {rule.id for rule in pack.rules} <= {
        each.rule for play in games for each in play.events if isinstance(each, e.RuleFired)
    }


def test_answers_stand_where_they_belong(tmp_path: Path) -> None:
    """Title, state, news and time go into the plan and into the texts."""
    folder = written(tmp_path, "lake", title="The lake", host="Dervan", event="A dam has cracked", hours="4d")
    material = load_material(folder)
    story = material.scenario
    assert (story.id, story.title.en) == ("lake", "The lake")
    assert story.host.en.startswith("Dervan, ")
    assert story.msel[0].text.us.en.startswith("A dam has cracked. The government of Dervan asks")
    assert (story.turns, story.ends) == ((0, 24, 48, 72), 96)
    assert material.texts["brief.md"].startswith("# The lake\n")
    assert "A dam has cracked." in material.texts["brief.md"]
    assert "Marenga" not in str(material.bundle())


def test_a_state_of_several_words_begins_its_sentences_with_a_capital(tmp_path: Path) -> None:
    """And only there: within a sentence it stands as it was typed."""
    folder = written(tmp_path, host="the Republic of Tashan")
    said = "\n".join((folder / name).read_text(encoding="utf-8") for name in ("scenario.yaml", "brief.md", "guide.md"))
    starts = re.findall(r"(\w+ |(?:^|[.!?] |[\"-] ?))(the Republic of Tashan)", said)
    assert len(starts) == said.count("the Republic of Tashan") == 3  # of the Republic, in the Republic, a third party
    assert said.count("The Republic of Tashan") >= 6


def test_no_text_has_numbers_that_only_the_proposed_event_has(tmp_path: Path) -> None:
    """With an event of one's own, nothing is said of three hundred people; tracks keep their numbers, marked."""
    folder = written(tmp_path, event="A dam has cracked")
    texts = [(folder / name).read_text(encoding="utf-8") for name in ("brief.md", "guide.md", "scenario.yaml")]
    assert not re.search(r"three hundred|twenty|\bferry\b", "".join(texts), re.IGNORECASE)
    assert "most: 300 # how many there are in all" in texts[-1]


def test_neither_side_of_a_new_scenario_is_favoured(mine: Path) -> None:
    """With the same bot on both sides, one side's red lines are crossed about as often as the other's."""
    material = load_material(mine)
    policies = ("silent", "random", "rota", "firm", "mirror", "salami", "reckless", "curious")
    crossed = {"us": 0, "china": 0}
    for policy, seed in product(policies, map(str, range(examples(3, 6)))):
        for event in bots(material, policy, policy, seed=seed).events:
            if isinstance(event, e.LineCrossed):
                crossed[event.side] += 1
    assert sum(crossed.values()) >= 10
    assert abs(crossed["us"] - crossed["china"]) <= sum(crossed.values()) / 6


@pytest.mark.parametrize("hours", one_in(4, ["12", "13h", "48h", "5d", "100d"]))
def test_any_time_will_do(hours: str, tmp_path: Path) -> None:
    """A scenario of hours or of months passes the check and is played."""
    folder = written(tmp_path, hours=hours)
    assert check_paths([folder]).shown() == ""
    assert bots(load_material(folder), "rota", "firm").state.phase == "closed"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_mere_words(words: str, tmp_path: Path) -> None:
    """Whatever is answered stands in the files as text, cleaned, and means nothing to YAML or Markdown."""
    folder = written(tmp_path, "x", title=words[:70], host=words[:50], event=words)
    assert check_paths([folder]).shown() == ""
    story = load_material(folder).scenario
    said = " ".join(clean(words, lines=False).split())
    assert story.title.en == " ".join(clean(words[:70], lines=False).split())
    assert story.msel[0].text.us.en.startswith(braces_doubled(said))
    assert story.msel[0].id == "first-news"
    brief = plain_markdown(load_material(folder).texts["brief.md"])
    assert said.replace("`", "") in brief.replace("`", "")
    assert "What stands between these marks is for you" not in brief


@settings(max_examples=examples(3, 24))
@given(title=st.text(max_size=80), event=st.text(max_size=120))
def test_any_title_passes(tmp_path_factory: pytest.TempPathFactory, title: str, event: str) -> None:
    """Titles in any script, of any characters, give a sound scenario."""
    folder = written(tmp_path_factory.mktemp("any"), "x", title=title, event=event)
    assert check_paths([folder]).shown() == ""
    assert load_material(folder).scenario.title.en == (" ".join(clean(title, lines=False).split()) or "X")


NAMES = {
    "My Crisis!": "my-crisis",
    "  Ärger im Süden  ": "arger-im-suden",
    "../../etc/passwd": "etc-passwd",
    "2027": "scenario-2027",
    "a" * 100: "a" * 60,
    "x--y__z": "x-y-z",
    "Ｗｉｄｅ": "wide",
}


@pytest.mark.parametrize(("name", "made"), NAMES.items(), ids=[made[:12] for made in NAMES.values()])
def test_a_name_is_made_an_id(name: str, made: str) -> None:
    """Lower case letters, digits and hyphens are what is left of it."""
    assert id_of(name, "scenario") == made


@given(st.text(max_size=200))
def test_every_name_makes_an_id_or_is_refused(name: str) -> None:
    """No name leads out of the folder or to an id that the loader would refuse."""
    made = id_or_nothing(name)
    assert made == "" or (ID.fullmatch(made) and len(made) <= 60)


def id_or_nothing(name: str) -> str:
    try:
        return id_of(name, "pack")
    except UnreadableInput:
        return ""


def test_a_name_without_letters_is_refused() -> None:
    """The sentence says how to have such a title all the same."""
    with pytest.raises(UnreadableInput) as refused:
        id_of("新病毒", "scenario")
    assert str(refused.value) == "no id can be made of a name without Latin letters"
    assert refused.value.hint.endswith('crisis-sim new scenario my-scenario --title "…"')


@pytest.mark.parametrize(("kind", "name"), [("scenario", "New virus"), ("pack", "core")])
def test_a_shipped_name_is_refused(kind: str, name: str) -> None:
    """A scenario or pack of the same name would hide the shipped one."""
    with pytest.raises(UnreadableInput, match="crisis-sim comes with a"):
        id_of(name, "pack" if kind == "pack" else "scenario")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """What is there stays to the byte, whatever it is, and nothing else is left behind."""
    folder = written(tmp_path)
    (folder / "scenario.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(UnreadableInput) as refused:
        written(tmp_path)
    assert refused.value.code == "new/exists"
    assert str(refused.value).endswith("scenarios/my-crisis is there already, and is left as it is")
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == "mine"
    assert [file.name for file in folder.parent.iterdir()] == ["my-crisis"]
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.yaml").symlink_to("nowhere")
    with pytest.raises(UnreadableInput):
        new_pack("mine", "", tmp_path / "rules")


def test_a_scenario_comes_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses half-way, no half scenario is left."""
    whole = Path.open

    def full(path: Path, *arguments: object, **options: object) -> object:
        if path.name == "guide.md" and arguments == ("x",):
            raise OSError(28, "No space left on device")
        return whole(path, *arguments, **options)  # type: ignore[call-overload]  # passed through as it came

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(StorageFailed, match="could not be written: no space left on device"):
        written(tmp_path)
    assert list((tmp_path / "scenarios").iterdir()) == []


BAD_ANSWERS = {
    "no time": ({"hours": "soon"}, "'soon' is not a time in whole hours: write it like 14h or 2d"),
    "too little time": ({"hours": "3h"}, "a new scenario covers from 12h to 100d, and not 3h"),
    "a long title": ({"title": "x" * 81}, "the title has 81 characters, and there is room for 80"),
}


@pytest.mark.parametrize(("answers", "said"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_an_answer_that_cannot_be_used_is_refused(answers: dict[str, str], said: str, tmp_path: Path) -> None:
    """In a sentence, and before anything is written."""
    with pytest.raises(UnreadableInput) as refused:
        written(tmp_path, **answers)
    assert str(refused.value) == said
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_ends_with_what_to_do_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three commands, which work as they stand."""
    assert main(["new", "scenario", "My Crisis!", "--yes"]) == 0
    printed = capsys.readouterr().out
    assert [line.strip() for line in printed.splitlines() if line.startswith("  ")] == [
        "crisis-sim check scenarios/my-crisis",
        "crisis-sim play scenarios/my-crisis --length 45",
        "crisis-sim play scenarios/my-crisis --length 45 --us rota --china salami",
    ]
    assert main(["check", "scenarios/my-crisis"]) == 0
    capsys.readouterr()
    played = "play scenarios/my-crisis --length 45 --us rota --china salami --log here.jsonl"
    assert main(played.split()) == 0
    assert "My Crisis!: 45 minutes, 3 turns" in capsys.readouterr().out


def test_the_command_writes_a_pack(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into ./rules, or where it is told to, with the schema that its first line names."""
    assert main(["new", "pack", "Small talk", "--title", "小规则"]) == 0
    assert "rules: [core, small-talk]" in capsys.readouterr().out
    first = (here / "rules" / "small-talk.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert (here / "rules" / first.removeprefix(MODELINE)).is_file()
    assert main(["check", "rules/small-talk.yaml"]) == 0
    assert main(["new", "pack", "other", "--in", "elsewhere"]) == 0
    assert (here / "elsewhere" / "other.yaml").is_file()


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Somebody sits at the terminal and types."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


def test_at_a_terminal_it_asks_what_is_not_given(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At most five questions, each with a default that enter takes; ctrl+d takes the rest."""
    typed(monkeypatch, "The lake\n\nA dam has cracked\n")
    assert main(["new", "scenario", "lake"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("?") == 4
    assert "[Marenga]" in printed
    story = load_material(here / "scenarios" / "lake").scenario
    assert (story.title.en, story.ends) == ("The lake", 48)
    assert story.msel[0].text.us.en.startswith("A dam has cracked. The government of Marenga")


def test_without_a_name_it_asks_for_the_title_first(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name is made from it; a title that cannot be used is asked for again."""
    typed(monkeypatch, "New virus\nThe lake\nDervan\n")
    assert main(["new", "scenario"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("What is it called?") == 2
    assert "That cannot be used: crisis-sim comes with a scenario 'new-virus'." in printed
    assert load_material(here / "scenarios" / "the-lake").scenario.title.en == "The lake"


@pytest.mark.parametrize("words", [["new", "scenario"], ["new", "pack", "--yes"]])
def test_without_a_name_and_a_terminal_it_says_what_is_missing(
    here: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """As for any argument."""
    assert main(words) == 2
    assert "missing argument 'NAME'" in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_an_answer_that_cannot_be_used_is_asked_for_again(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said why, and none of the other answers is lost."""
    typed(monkeypatch, "The lake\nDervan\nA dam has cracked\ntwo days\n3d\n")
    assert main(["new", "scenario", "lake"]) == 0
    printed = capsys.readouterr().out
    why = "That cannot be used: 'two days' is not a time in whole hours: write it like 14h or 2d.\n  for example 48h\n"
    assert why in printed
    story = load_material(here / "scenarios" / "lake").scenario
    assert (story.title.en, story.ends) == ("The lake", 72)


@pytest.mark.parametrize(
    "extra", [["--yes"], ["--title", "a", "--host", "b", "--event", "c", "--hours", "48h", "--languages", "en"]]
)
def test_it_asks_nothing_that_is_given(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], extra: list[str]
) -> None:
    """With options, or `--yes`, there is no question."""
    typed(monkeypatch, "")
    assert main(["new", "scenario", "lake", *extra]) == 0
    assert "?" not in capsys.readouterr().out


def test_what_cannot_be_written_is_said_before_anything_is_asked(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody answers four questions for nothing."""
    (here / "scenarios" / "lake").mkdir(parents=True)
    typed(monkeypatch, "")
    assert main(["new", "scenario", "lake"]) == 2
    assert capsys.readouterr().out == ""


def test_a_slip_is_a_sentence(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is taken, and a kind that is none."""
    (here / "scenarios" / "lake").mkdir(parents=True)
    assert main(["new", "scenario", "lake", "--yes"]) == 2
    assert capsys.readouterr().err == (
        "crisis-sim: scenarios/lake is there already, and is left as it is\n"
        "  hint: choose another name, or another folder\n"
    )
    assert main(["new", "novel", "lake"]) == 2
    assert "'novel' is not one of 'scenario', 'pack'" in capsys.readouterr().err


def files(folder: Path) -> Iterator[Path]:
    yield from (path for path in folder.rglob("*") if path.is_file())


def test_the_same_answers_give_the_same_files(tmp_path: Path) -> None:
    """No clock, no chance and no machine is in them."""
    first, second = tmp_path / "a", tmp_path / "b"
    written(first)
    written(second)
    texts = [{path.relative_to(root): path.read_bytes() for path in files(root)} for root in (first, second)]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("languages", ["en", "zh", "both"])
def test_a_scenario_comes_in_the_languages_that_are_asked_for(languages: str, tmp_path: Path) -> None:
    """Without a warning, as of a text that lacks its Chinese; every text of the catalogue is one of the scenario's."""
    folder = written(tmp_path, languages=languages)
    assert check_paths([folder]).shown() == ""
    material = load_material(folder)
    said = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}[languages]
    assert material.scenario.languages == said
    assert complaints(scenario_schema(material), tree_of(folder / "scenario.yaml")) == []
    text = (folder / "scenario.yaml").read_text("utf-8")
    if languages == "en":
        assert not re.search(r"[\u4e00-\u9fff]", text) and not list(folder.glob("*.zh.md"))
        return
    assert material.scenario.says.in_("zh").startswith("一艘载有三百人的渡轮")
    assert "马伦加" in material.text(material.scenario.brief, "zh")
    catalogue = (TEMPLATES / "scenario.zh.txt").read_text("utf-8").splitlines()
    for line in catalogue:
        pieces = re.split("@[a-z]+@", line.partition(" = ")[2])
        assert all(piece in text for piece in pieces), line
    bots(material, "rota", "salami", seed="1", length=45)


def test_what_is_answered_stands_in_both_languages(tmp_path: Path) -> None:
    """In whichever it was typed; words that mean something to YAML stay words."""
    answers = {"title": "海上的渡轮: {x}", "host": "霍拉姆", "event": "渡轮 # 遇险", "languages": "both"}
    scenario = load_material(written(tmp_path, "ferry", **answers)).scenario
    assert (scenario.title.en, scenario.title.zh) == ("海上的渡轮: {x}", "海上的渡轮: {x}")
    assert scenario.says.in_("zh").startswith("渡轮 # 遇险。这不是")
    assert scenario.host.in_("zh").startswith("霍拉姆，与")


def test_other_languages_are_refused(tmp_path: Path) -> None:
    """In a sentence, with what there is."""
    with pytest.raises(UnreadableInput, match="'fr' is not a choice of languages"):
        written(tmp_path, languages="fr")
