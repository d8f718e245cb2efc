"""What the shipped scenarios promise together: ten texts and not one, and over all of them as much for either chair.

Each by itself is held by `test_texts.py`; here stands what no single folder can show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

import pytest
from tests.engine.play import shipped
from tests.scenarios.promises import SCENARIOS, promises, tracked

from crisis_sim.authoring.lints.translation import terms
from crisis_sim.authoring.lints.ways import find_models
from crisis_sim.authoring.stats import TOGETHER, reading_units, stats_of
from crisis_sim.content.scenario import Files, Scenario
from crisis_sim.rules.authored import SourceText, Text
from crisis_sim.rules.names import SIDES, Language, Side

every = pytest.mark.parametrize("scenario", tracked())
BRIEFS = [(name, side) for name in tracked() for side in SIDES]

RUN = 5
MEAN_SHARED, MOST_SHARED = 0.04, 0.08
"""Shares of a brief's runs of five words that another scenario's private brief has too."""
PUBLIC, PRIVATE = 280, 450
APART = 1.05
BEFORE_TURN_ONE = 5
"""Minutes in which a team reads what it has to before its first turn in the short form."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")
USED_UP = (
    "yours to decide",
    "as you mean it",
    "asked something worse",
    "To begin with",
    "Announce it?",
    "Which of your lines would you want them to know",
)
"""Sentences of the template that the first ten were made from."""


def of(scenario: str) -> Scenario:
    """A scenario as it is shipped."""
    return shipped(scenario).scenario


@cache
def brief(scenario: str, name: str, language: Language = "en") -> str:
    """A brief as it stands beside the scenario."""
    ending = ".md" if language == "en" else ".zh.md"
    return (SCENARIOS / scenario / f"{name}{ending}").read_text(encoding="utf-8")


@cache
def runs(scenario: str, side: Side) -> tuple[tuple[str, ...], ...]:
    """Each five words in a row of a private brief."""
    words = re.findall(r"[a-z0-9']+", brief(scenario, f"brief-{side}").lower())
    return tuple(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


@cache
def shared(scenario: str, side: Side) -> float:
    """The share of a brief's runs that stand in some private brief of another scenario, of either side."""
    others = {run for name, whose in BRIEFS if name != scenario for run in runs(name, whose)}
    own = runs(scenario, side)
    return sum(run in others for run in own) / len(own)


def test_private_briefs_are_told_each_in_its_own_words() -> None:
    """On average one run in twenty-five stands elsewhere, and in no brief more than two."""
    found = {f"{name}/{side}": round(shared(name, side), 3) for name, side in BRIEFS}
    assert {name: share for name, share in found.items() if share > MOST_SHARED} == {}
    assert sum(found.values()) / len(found) <= MEAN_SHARED, found


def test_no_brief_is_filled_into_the_old_form() -> None:
    """Nor does any give a remedy away, which stands in the guide and in how each may sound."""
    texts = {f"{name}/{side}": " ".join(brief(name, f"brief-{side}").split()) for name, side in BRIEFS}
    assert {name: old for name, text in texts.items() for old in USED_UP if old in text} == {}


def test_no_two_scenarios_tell_their_private_briefs_under_the_same_headings() -> None:
    """Each is a letter, a telegram, minutes, a note: below its title its headings are its own."""
    heads = {
        name: set(re.findall(r"^##+ .*|^\*\*[^*]+\*\*", brief(name, "brief-us"), re.MULTILINE)) for name in tracked()
    }
    assert [(one, other) for one, other in combinations(tracked(), 2) if heads[one] & heads[other]] == []


@every
def test_briefs_are_short_and_weigh_the_same(scenario: str) -> None:
    """A public one of 280 words, private ones of 450, and neither side has a twentieth more to read."""
    assert reading_units(brief(scenario, "brief"), "en") <= PUBLIC
    us, china = (reading_units(brief(scenario, f"brief-{side}"), "en") for side in SIDES)
    assert max(us, china) <= PRIVATE and max(us, china) <= APART * min(us, china)
    us, china = (reading_units(brief(scenario, f"brief-{side}", "zh"), "zh") for side in SIDES)
    assert max(us, china) <= APART * min(us, china), "in Chinese"


@every
def test_all_that_a_side_is_told_weighs_the_same(scenario: str) -> None:
    """Brief, aims, lines, injects, how the other may sound: neither reads a twentieth more, in either language."""
    told = Counter[tuple[str, Language]]()
    for reading in stats_of(shipped(scenario)).readings:
        told.update({(reading.audience, language): words for language, words in reading.words.items()})
    for language in LANGUAGES:
        us, china = told["US", language], told["China", language]
        assert 0 < max(us, china) <= APART * min(us, china), language


@every
def test_what_is_read_before_the_first_turn_takes_five_minutes(scenario: str) -> None:
    """Both briefs, the part, the aims and the lines of a team, read together."""
    for side, language in product(SIDES, LANGUAGES):
        team = of(scenario).teams.team_of(side)
        told = [brief(scenario, name, language) for name in ("brief", f"brief-{side}")]
        told += [text.in_(language) for text in (team.part, *team.aims, *(line.says for line in team.lines))]
        assert sum(reading_units(text, language) for text in told) <= BEFORE_TURN_ONE * TOGETHER[language], side


@every
def test_each_is_written_in_both_languages(scenario: str) -> None:
    """The file says so, and every text beside it is there twice; the checker holds the two together."""
    assert of(scenario).languages == ("en", "zh")
    folder = SCENARIOS / scenario
    pages = {path.name.removesuffix(".md") for path in folder.glob("*.md") if ".zh" not in path.name}
    assert {name for name in pages if not (folder / f"{name}.zh.md").exists()} == set()


@every
def test_every_text_of_the_file_is_in_both(scenario: str) -> None:
    """The facilitator's too; where a number or a claim comes from may stand in one."""
    material = shipped(scenario)
    texts = find_models(material.scenario, (), Text, Files)
    missing = [loc for loc, text in texts if not isinstance(text, SourceText) and getattr(text, "zh", None) is None]
    assert missing == []


@every
def test_the_chinese_keeps_to_the_table_of_terms(scenario: str) -> None:
    """In the sessions that come with it, too, at which the checker does not look."""
    files = [*(SCENARIOS / scenario).glob("*.yaml"), *(SCENARIOS / scenario).glob("*.zh.md")]
    wrong = {row.wrong for row in terms() if row.wrong}
    assert {word for file in files for word in wrong if word in file.read_text(encoding="utf-8")} == set()


@every
def test_each_says_where_its_facts_are_from(scenario: str) -> None:
    """What was looked up, what is from memory and what is invented; as of a month."""
    text = (SCENARIOS / scenario / "sources.md").read_text(encoding="utf-8")
    heads = [head.lower() for head in re.findall(r"^## (.*)$", text, re.MULTILINE)]
    for part in ("looked up", "memory", "invented"):
        assert any(part in head for head in heads), part
    assert re.search(r"\b2026\b", text)


@every
def test_what_was_looked_up_is_the_same_in_both_languages(scenario: str) -> None:
    """As many entries under each heading, so that neither reader takes for memory what the other can look up."""
    counted = []
    for name in ("sources.md", "sources.zh.md"):
        parts = (SCENARIOS / scenario / name).read_text(encoding="utf-8").split("\n## ")[1:]
        counted.append([len(re.findall(r"^(?:- |\| )", part, re.MULTILINE)) for part in parts])
    assert counted[0] == counted[1]


@every
def test_the_guide_begins_with_the_dilemma(scenario: str) -> None:
    """In bold, in its first paragraph, in each language."""
    for name in ("guide.md", "guide.zh.md"):
        text = (SCENARIOS / scenario / name).read_text(encoding="utf-8")
        first = text.partition("\n## ")[2].partition("\n\n")[2].partition("\n\n")[0]
        assert "**" in first, name


@every
def test_the_guide_says_what_either_side_may_mind(scenario: str) -> None:
    """In one paragraph of its sensitive points, so that whoever minds finds the other's complaint beside its own."""
    told = (SCENARIOS / scenario / "guide.md").read_text(encoding="utf-8").partition("\n## Sensitive points\n")[2]
    points = [" ".join(point.split()) for point in told.partition("\n## ")[0].split("\n- ")]
    named = (r"\b(Beijing|Chinese)\b", r"\b(Washington|American)\b", r"\bmay\b")
    assert any(all(re.search(each, point) for each in named) for point in points)


def test_no_two_scenarios_are_about_one_dilemma() -> None:
    """What stands in bold there is another each time."""
    firsts = [(SCENARIOS / name / "guide.md").read_text("utf-8").partition("\n## ")[2] for name in tracked()]
    bold = [" ".join(re.findall(r"\*\*([^*]+)\*\*", first)[0].split()) for first in firsts]
    assert len(set(bold)) == len(bold)


def test_outcomes_differ_in_kind() -> None:
    """Over the ten no kind of thing is what is counted in more than three; the less the better is another kind."""
    counted = [(of(name).tracks, promises(name).outcome) for name in tracked()]
    kinds = Counter((re.sub(r" ?\d+", "", tracks[end.track].unit.en), end.fewer) for tracks, end in counted)
    assert len({end.track for _, end in counted}) == len(counted)
    assert max(kinds.values()) <= 3 and len(kinds) >= 5, kinds


def test_no_question_of_the_hotwash_is_asked_twice() -> None:
    """Word for word, in either language."""
    for language in LANGUAGES:
        asked = Counter(question.ask.words[language] for name in tracked() for question in of(name).hotwash)
        assert [question for question, times in asked.items() if times > 1] == []


def test_each_side_owns_lines_of_every_concern() -> None:
    """At least twice over the ten, so that no concern is one country's by nature."""
    owned = {
        side: Counter(line.concern for name in tracked() for line in of(name).teams.team_of(side).lines)
        for side in SIDES
    }
    concerns = shipped(tracked()[0]).concerns
    assert {(side, concern) for side in SIDES for concern in concerns if owned[side][concern] < 2} == set()


def test_each_side_opens_either_way_about_as_often() -> None:
    """With principles or with cases; where one opens so, the other opens otherwise."""
    openings = [tuple(of(name).teams.team_of(side).opening for side in SIDES) for name in tracked()]
    assert all(us != china for us, china in openings)
    by_us = Counter(us for us, _ in openings)
    assert abs(by_us["framework-first"] - by_us["case-first"]) <= 2


@every
def test_each_has_what_the_game_is_about(scenario: str) -> None:
    """On both sides facts to tell or keep, and things that are seen; cards from one deck; instruments that bind."""
    known = of(scenario)
    for side in SIDES:
        team = known.teams.team_of(side)
        assert 1 <= len(team.private_facts) <= 2 and all(fact.costs for fact in team.private_facts.values())
        assert team.assets
    assert known.instructions is not None and len(known.instructions.cards) >= 4
    assert 5 <= len(known.instruments) <= 8
    assert all(instrument.broken_by is not None for instrument in known.instruments.values())
    assert known.closing.sentences and known.call_purposes


def test_half_of_them_and_more_have_voices_and_decisions() -> None:
    """Both sides are asked as often."""
    asked = {name: Counter(one.to for one in of(name).msel if one.decide) for name in tracked()}
    assert len([name for name in tracked() if of(name).voices and asked[name]]) >= 5
    assert all(each["us"] == each["china"] for each in asked.values())


@pytest.mark.parametrize(
    ("words", "least"),
    [
        (r"people-to-people", 3),
        (r"\bMMCA\b|Military Maritime Consultative Agreement", 2),
        (r"manage-expectations|managing expectations", 2),
        (r"public goods?\b", 2),
    ],
)
def test_what_the_report_names_is_met_with_by_name(words: str, least: int) -> None:
    """The people-to-people side, the maritime talks, expectations, and public goods and who answers for them."""
    found = [name for name in tracked() if any(re.search(words, text, re.IGNORECASE) for text in _played(name))]
    assert len(found) >= least, found


def _played(scenario: str) -> Iterator[str]:
    """What teams and facilitator have before them, without what merely is a word of a bot."""
    file = (SCENARIOS / scenario / "scenario.yaml").read_text(encoding="utf-8")
    yield file.partition("\nbot_words:")[0]
    for name in ("brief", "brief-us", "brief-china", "guide"):
        yield brief(scenario, name)
