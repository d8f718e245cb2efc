"""What every shipped scenario promises of its texts: they load clean, agree with themselves and favour neither team."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

import pytest
from pydantic import ValidationError
from tests.engine.play import shipped
from tests.playthroughs.golden import example_of, golden_path, names
from tests.scenarios.promises import SCENARIOS, Promises, Secret, Text, promises, tracked
from tests.scenarios.sessions import asked
from tests.small import check_paths

from crisis_sim.content.finding import authored_files
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.numbers import points_text
from crisis_sim.rules import authored
from crisis_sim.rules.names import SIDES, Language, other
from crisis_sim.text import braces_filled

every = pytest.mark.parametrize("scenario", tracked())
CHINESE = [name for name in tracked() if (SCENARIOS / name / "brief.zh.md").exists()]
tongues = pytest.mark.parametrize(
    ("scenario", "language"), [(name, "en") for name in tracked()] + [(name, "zh") for name in CHINESE]
)
BRIEFS = ("brief", "brief-us", "brief-china")


def of(scenario: str) -> Scenario:
    """A scenario as it is shipped."""
    return shipped(scenario).scenario


@cache
def page(scenario: str, name: str, language: Language = "en") -> str:
    """A text as it stands beside the scenario."""
    ending = ".md" if language == "en" else ".zh.md"
    return (SCENARIOS / scenario / f"{name}{ending}").read_text(encoding="utf-8")


def told(inject: Inject, language: Language = "en") -> tuple[str, str]:
    """What an inject says to each team."""
    return inject.text.us.in_(language), inject.text.china.in_(language)


def size(text: str, language: Language) -> int:
    """Words in English, characters without spaces in Chinese."""
    return len(text.split()) if language == "en" else len(re.sub(r"\s", "", text))


def place(scenario: str, name: str, language: Language) -> list[str]:
    """The texts that a name means, each on one line: a page, or what an inject says to one team or to both."""
    if name in (*BRIEFS, "guide"):
        return [" ".join(page(scenario, name, language).split())]
    if name.startswith("track "):
        return [of(scenario).tracks[name.removeprefix("track ")].says.in_(language)]
    ident, _, side = name.partition("/")
    inject = next(one for one in of(scenario).msel if one.id == ident)
    numbers = {track: _number(scenario, inject, track, language) for track in inject.tracks_named}
    texts = {seat: braces_filled(text, numbers) for seat, text in zip(SIDES, told(inject, language), strict=True)}
    return list(texts.values()) if not side else [text for seat, text in texts.items() if seat == side]


def _number(scenario: str, inject: Inject, track: str, language: Language) -> str:
    """What a text tells of a track at the inject's hour where nobody has moved it, with its unit."""
    known = of(scenario).tracks[track]
    value = max(known.least, known.start + inject.at * known.per_hour)
    return f"{points_text(value)} {known.unit.in_(language)}"


def stands(words: str, text: str) -> bool:
    """Whether words stand in a text by themselves: 18 does not stand in 1,018, nor in 18.5."""
    return bool(re.search(rf"(?<!\w)(?<!\d[,.]){re.escape(words)}(?!\w|[,.]\d)", text, re.ASCII))


@tongues
def test_what_a_scenario_takes_to_be_so_is_told_with_its_date(scenario: str, language: Language) -> None:
    """Whoever hands it out reads in each of its languages what of the world it rests on, and as of when."""
    assumes = of(scenario).assumes
    assert assumes is not None and assumes.as_of >= "2026"
    assert all(language in each.words for each in assumes.says)


@every
def test_what_binds_names_neither_reader_nor_maker(scenario: str) -> None:
    """A promise and the name of a move stand on both sides' screens: neither says "we" or "our", which either would
    take for itself.
    """
    material = shipped(scenario)
    names = [move.label for move in material.moves.values()] + [bound.says for bound in material.commitments.values()]
    ours = re.compile(r"\b([Ww]e|[Uu]s|[Oo]urs?)\b|我")
    assert [text.en for text in names if ours.search(f"{text.en} {text.zh or ''}")] == []


@every
def test_it_has_an_exemplary_session_that_says_what_it_shows(scenario: str) -> None:
    """In each of the scenario's languages."""
    says = example_of(scenario).says
    assert set(of(scenario).languages) == set(says.words)


@tongues
def test_what_explains_the_brief_is_read_in_two_minutes(scenario: str, language: Language) -> None:
    """As a list of terms under one heading, as many in each language."""
    text = page(scenario, "explained", language)
    assert (
        size(text, language) <= (250 if language == "en" else 600) and text.count("\n## ") + text.startswith("## ") == 1
    )
    assert len(re.findall(r"^- \*\*", text, re.MULTILINE)) >= 6
    if scenario in CHINESE:
        terms = [len(re.findall(r"^- \*\*", page(scenario, "explained", of), re.MULTILINE)) for of in ("en", "zh")]
        assert terms[0] == terms[1]


@tongues
def test_how_each_may_sound_stands_in_the_guide_and_in_no_plain_brief(scenario: str, language: Language) -> None:
    """As much for each team; a brief says who a team is and what it wants, not how to read the other."""
    us, china = (page(scenario, f"sounds-{side}", language) for side in SIDES)
    less, more = sorted((size(us, language), size(china, language)))
    assert more <= 1.25 * less
    assert all(page(scenario, f"sounds-{side}").split("\n")[0] not in page(scenario, f"brief-{side}") for side in SIDES)


@every
def test_home_has_something_to_point_to(scenario: str) -> None:
    """New facts and the host's word: at least two injects excuse who goes back on hard words, told to both alike."""
    excusing = [one for one in of(scenario).msel if one.excuses]
    assert len(excusing) >= 2 and {one.to for one in excusing} == {"both"}


def test_every_scenario_says_how_difficult_it_is() -> None:
    """At least one to begin with and three for experts; the page for facilitators says the same, in the same order."""
    said = [of(name).difficulty for name in tracked()]
    assert None not in said and said.count("easy") >= 1 and said.count("hard") == 3
    page = (SCENARIOS.parent / "docs" / "facilitate.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (easy|medium|hard) \|", page, re.MULTILINE)
    assert dict(rows) == dict(zip(tracked(), said, strict=True))
    assert rows == sorted(rows, key=lambda row: ("easy", "medium", "hard").index(row[1]))


def test_a_promise_that_nobody_reads_is_refused() -> None:
    """A key that the form does not know is no promise kept, but a mistake."""
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Promises.model_validate({"sessions": [{"says": "all is well", "brings": "peace"}]})


def test_promises_are_no_scenario() -> None:
    """What checks the folder of all scenarios does not take them for one, nor for a rule pack."""
    assert {path.name for path in authored_files(SCENARIOS)} == {"scenario.yaml"}


@every
def test_it_checks_clean_with_nothing_silenced(scenario: str) -> None:
    """No error, no warning, and no comment that allows one."""
    assert check_paths([SCENARIOS / scenario]).shown() == ""
    text = (SCENARIOS / scenario / "scenario.yaml").read_text(encoding="utf-8")
    assert re.findall(r"(?:^|\s)#\s*lint:.*", text) == []


@every
def test_it_has_a_playthrough_and_a_guide(scenario: str) -> None:
    """Somebody has played it by hand, and the facilitator is told how, with a line and a note on every inject."""
    heads = [golden_path(name).read_text(encoding="utf-8").partition("---\n")[0] for name in names()]
    assert any(f"scenario: {scenario}\n" in head for head in heads)
    guide = page(scenario, "guide")
    assert len(guide.split()) >= 500
    assert [one.id for one in of(scenario).msel if f"`{one.id}`" not in guide or not one.note.en] == []


@pytest.mark.parametrize("scenario", CHINESE)
def test_a_guide_tells_in_chinese_what_it_tells_in_english(scenario: str) -> None:
    """The same injects and tables under as many headings, and the file says that there are two."""
    texts = [page(scenario, "guide", language) for language in ("en", "zh")]
    marks = [(set(re.findall(r"`[^`]+`", text)), text.count("\n| "), text.count("\n#")) for text in texts]
    assert marks[0] == marks[1] and of(scenario).guide.zh == "guide.zh.md"


@every
def test_every_inject_can_be_misread_by_either_side(scenario: str) -> None:
    """Each carries two likely misreadings that differ, in each language that it has."""
    injects, (least, most) = of(scenario).msel, promises(scenario).injects
    assert least <= len([one for one in injects if not one.decide]) <= most
    assert [sum(1 for one in injects if one.decide and one.to == side) for side in SIDES] == [
        promises(scenario).decisions
    ] * 2
    for language in ("en", "zh") if scenario in CHINESE else ("en",):
        pairs = {one.id: (_in(one.reads_as.us, language), _in(one.reads_as.china, language)) for one in injects}
        assert [name for name, (us, china) in pairs.items() if us == china or not (us and china)] == []


def _in(text: authored.Text, language: str) -> str | None:
    return text.zh if language == "zh" else text.en


@every
def test_injects_answer_to_what_the_teams_did_or_left_undone(scenario: str) -> None:
    """So many look back on the teams' own acts, and the facilitator's are those that the file names."""
    injects = of(scenario).msel
    assert len([one.id for one in injects if list(asked(one.when))]) >= promises(scenario).contingent
    assert {one.id for one in injects if one.by_hand} == set(promises(scenario).by_hand)


@tongues
def test_private_briefs_are_of_like_length_under_the_same_headings(scenario: str, language: Language) -> None:
    """Neither team has more to read: within a tenth, with as many items under the same headings."""
    us, china = (page(scenario, f"brief-{side}", language) for side in SIDES)
    less, more = sorted((size(us, language), size(china, language)))
    assert more <= 1.1 * less
    marks = [re.findall(r"^(?:## .*|\d\.|-(?= ))", text, re.MULTILINE) for text in (us, china)]
    assert marks[0] == marks[1]


@every
def test_briefs_can_be_read_in_the_time_there_is(scenario: str) -> None:
    """At most 450 words in public and 500 in private."""
    assert len(page(scenario, "brief").split()) <= 450
    assert all(len(page(scenario, f"brief-{side}").split()) <= 500 for side in SIDES)


@tongues
def test_an_hour_in_the_words_is_the_hour_of_the_inject(scenario: str, language: Language) -> None:
    """A text that begins with its hour or its day says the one at which it is due, to both teams."""
    for one in of(scenario).msel:
        for text in told(one, language):
            hour, day = re.match(r"T\+(\d+)", text), re.match(r"Day (\d+)\.", text)
            assert hour is None or int(hour[1]) == one.at, one.id
            assert day is None or int(day[1]) * 24 == one.at, one.id


@tongues
def test_no_name_of_the_real_world_is_lent_to_the_crisis(scenario: str, language: Language) -> None:
    """What the teams read knows the places of the scenario, and no real one that it could be taken for."""
    known, named = of(scenario), promises(scenario).unnamed
    pattern = re.compile(named.pattern if language == "en" else named.zh or named.pattern)
    texts = [text for one in known.msel for text in told(one, language)]
    texts += [page(scenario, name, language) for name in named.in_]
    texts += [known.says.in_(language), known.host.in_(language)]
    assert [found[0] for found in map(pattern.search, texts) if found] == []


@every
def test_lines_are_as_many_and_as_heavy_on_both_sides(scenario: str) -> None:
    """Two pink lines lead to two red ones on each side; crossings cost the same; no two lines are about the same."""
    us, china = (of(scenario).teams.team_of(side).lines for side in SIDES)
    form = promises(scenario).lines
    for lines in (us, china):
        assert [line.kind for line in lines] == ["pink", "pink", "red", "red"]
        assert {line.leads_to for line in lines[:2]} == {line.id for line in lines[2:]}
    assert ([line.crossing for line in us] == [line.crossing for line in china]) is ("crossing" not in form.differ)
    assert not {line.says.en for line in us} & {line.says.en for line in china}
    concerns = [[line.concern for line in lines] for lines in (us, china)]
    match form.concerns:
        case "pink-differ":
            assert all(one != its for one, its in zip(concerns[0][:2], concerns[1][:2], strict=True))
        case "all-differ":
            assert not set(concerns[0]) & set(concerns[1])
        case "red-alike":
            assert concerns[0][2:] == concerns[1][2:]
            assert [len(line.crossed_by) for line in us] == [len(line.crossed_by) for line in china]


@every
def test_every_question_about_something_particular_recalls_it(scenario: str) -> None:
    """Eight to ten questions, most of which bring something back to mind."""
    questions = of(scenario).hotwash
    assert 8 <= len(questions) <= promises(scenario).questions
    assert len([one for one in questions if one.recalls]) >= 6


@pytest.mark.parametrize(
    ("scenario", "text"),
    [pytest.param(name, one, id=f"{name}: {one.says}") for name in tracked() for one in promises(name).texts],
)
def test_what_is_said_agrees_wherever_it_stands(scenario: str, text: Text) -> None:
    """Numbers and names stand in each of the texts that speak of them."""
    for language, words in (("en", text.in_), ("zh", text.zh)):
        tongue: Language = "zh" if language == "zh" else "en"
        for name, wanted in words.items():
            for found in place(scenario, name, tongue):
                assert [word for word in wanted if not stands(word, found)] == [], name
    for name, wanted in text.once.items():
        assert [word for found in place(scenario, name, "en") for word in wanted if found.count(word) != 1] == []


@pytest.mark.parametrize(("scenario", "name"), [(name, track) for name in tracked() for track in promises(name).tracks])
def test_what_moves_a_track_adds_up(scenario: str, name: str) -> None:
    """Its numbers are those of the file, and together they come to what the file says."""
    known, form, ends = of(scenario).tracks[name], promises(scenario).tracks[name], of(scenario).ends
    drift = ends * known.per_hour
    told = [inject.then for inject in of(scenario).msel if inject.then is not None]
    brought = sum(each.by for then in told for each in then.track if each.id == name)
    for bound, value in (
        (form.start, known.start),
        (form.most, known.most),
        (form.per_hour, known.per_hour),
        (form.sum, known.start + sum(change.by for change in known.changes) + drift + brought),
        (form.sum_once, known.start + sum(change.by for change in known.changes if change.once)),
    ):
        assert bound is None or bound.holds(value), f"{value / 100}"
    changes = tuple(Decimal(change.by) / 100 for change in known.changes)
    assert form.changes is None or changes == form.changes
    assert ends == promises(scenario).ends


def _secrets() -> Iterator[tuple[str, Secret, Language]]:
    for name in tracked():
        for secret in promises(name).secrets:
            yield name, secret, "en"
            if secret.zh is not None:
                yield name, secret, "zh"


@pytest.mark.parametrize(("scenario", "secret", "language"), _secrets())
def test_what_a_team_keeps_stands_in_its_own_brief_alone(scenario: str, secret: Secret, language: Language) -> None:
    """No public text, and no inject but those that tell it, gives a private fact away."""
    known, pattern = of(scenario), (secret.zh if language == "zh" else None) or secret.pattern
    assert re.search(pattern, _plain([page(scenario, f"brief-{secret.side}", language)], secret))
    theirs = other(secret.side)
    shown = [page(scenario, name, language) for name in ("brief", "explained", f"brief-{theirs}", f"sounds-{theirs}")]
    shown += [known.says.in_(language), known.host.in_(language)]
    shown += [mark.says.in_(language) for track in known.tracks.values() for mark in track.marks]
    shown += [channel.says.in_(language) for channel in known.channels.values()]
    assert re.findall(pattern, _plain(shown, secret)) == []
    tell = {one.id for one in known.msel if re.search(pattern, _plain(told(one, language), secret))}
    assert tell == set(secret.told_by)


def _plain(texts: Iterable[str], secret: Secret) -> str:
    whole = " ".join(" ".join(texts).replace("*", "").split())
    for words in secret.aside:
        whole = whole.replace(words, "")
    return whole
