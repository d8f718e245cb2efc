"""What `new-virus` promises: it loads clean, agrees with itself, is fair to both teams, and answers to what they do.

Sessions are played through the engine alone; the teams send what is scripted and read nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from tests.engine.play import Play, shipped
from tests.scenarios.story import asked, both, came, crossed, public

from crisis_sim.authoring.check import check_paths
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, Language, Side

FOLDER = shipped_folder() / "scenarios" / "new-virus"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
LENGTHS = (45, 90, 150)

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("new-virus").scenario


def brief(name: str, language: Language = "en") -> str:
    """A text as it stands beside the scenario."""
    return (FOLDER / (f"{name}.md" if language == "en" else f"{name}.zh.md")).read_text(encoding="utf-8")


def size(text: str, language: Language) -> int:
    """Words in English, characters without spaces in Chinese."""
    return len(text.split()) if language == "en" else len(re.sub(r"\s", "", text))


def told(inject: str, side: Side = "us", language: Language = "en") -> str:
    """What one inject says to one team."""
    found = next(one for one in scenario().msel if one.id == inject)
    return (found.text.us if side == "us" else found.text.china).in_(language)


LED = public("back-un-lead", "khoram-desk")
SHARED = public("share-technical-data", "ihr-focal-points")
HELPED = public("deliver-help", "khoram-desk")
TOLD = public("notify-activity", "khoram-desk")
CELL = public("joint-cell", "khoram-desk", "package")
BLAMED = public("criticise", "press")
FREED = public("release", "embassies")
DECLINED = public("no-comment", "press")


CARE: Script = {0: both(LED), 24: both(SHARED, HELPED), 36: both(TOLD, CELL), 54: both(SHARED)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("new-virus"), seed="spring", length=length)
    for hour in play.table.hours[:-1]:
        while (play.state.phase, play.state.hour) != ("situation", hour):
            play.submit("facilitator", a.Advance())
        if by_hand and hour in by_hand:
            play.submit("facilitator", a.ReleaseInject(inject=by_hand[hour]))
        sent = script.get(hour, {})
        play.turn(sent.get("us", ()), sent.get("china", ()))
    while play.state.phase != "closing":
        play.submit("facilitator", a.Advance())
    return play


def held(play: Play) -> set[Side | None]:
    """Teams that hold somebody at the end."""
    return {side for fact, side in play.state.truths if fact == "persons-held"}


# what it says


def test_it_loads_without_a_problem_or_a_warning() -> None:
    """The loader and its lint have nothing to say."""
    assert check_paths([FOLDER]).shown() == ""


def test_every_inject_can_be_misread_by_either_side_in_both_languages() -> None:
    """At least ten injects carry two likely misreadings that differ; here all of them do."""
    pairs = [(one.reads_as.us, one.reads_as.china) for one in scenario().msel]
    assert len(pairs) >= 10
    assert all(us.en != china.en and us.zh and china.zh for us, china in pairs)


def test_injects_answer_to_what_the_teams_did_or_left_undone() -> None:
    """At least four contingent injects look back on the teams' own acts."""
    assert len([one.id for one in scenario().msel if list(asked(one.when))]) >= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_private_briefs_are_of_like_length_under_the_same_headings(language: Language) -> None:
    """Neither team has more to read: within 15 %, with as many items under the same headings."""
    us, china = brief("brief-us", language), brief("brief-china", language)
    sizes = sorted((size(us, language), size(china, language)))
    assert sizes[1] <= 1.15 * sizes[0]
    marks = [re.findall(r"^(?:## .*|\d\.|-(?= ))", text, re.MULTILINE) for text in (us, china)]
    assert marks[0] == marks[1]


def test_briefs_can_be_read_in_the_time_there_is() -> None:
    """At most 450 words in public and 500 in private."""
    assert size(brief("brief"), "en") <= 450
    assert all(size(brief(f"brief-{side}"), "en") <= 500 for side in SIDES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_agree_wherever_they_stand(language: Language) -> None:
    """Patients, beds, vials, staff, distance and hours are the same in briefs, injects and tracks."""
    words, tracks = brief("brief", language), scenario().tracks
    assert {"40", "5", "110", "6", "8", "11", "300", "24", "180"} <= set(re.findall(r"\d+", words))
    assert tracks["severe-cases"].start == 4000
    assert 11000 in {mark.at_least for mark in tracks["severe-cases"].marks}
    assert tracks["committee-clock"].start == scenario().ends * 100 and scenario().ends == 180
    assert all(number in told("press-report", "us", language) for number in ("40", "5"))
    assert all(number in told("two-doors", "us", language) for number in ("8", "40", "6", "300"))
    assert all(number in told("two-doors", "china", language) for number in ("11", "6", "300"))
    window = next(one for one in scenario().msel if one.id == "who-verification")
    assert window.window == 24 and window.at + window.window == 48
    for side in SIDES:
        assert all(number in told("who-verification", side, language) for number in ("24", "T+48"))


@pytest.mark.parametrize(
    ("inject", "side", "en", "zh"),
    [
        ("us-record-out", "us", ("9 ", "fourteen months"), ("9份", "十四个月")),
        ("china-record-out", "china", ("goats", "six months"), ("病羊", "六个月")),
    ],
)
def test_what_a_team_keeps_is_what_comes_out(inject: str, side: Side, en: tuple[str, ...], zh: tuple[str, ...]) -> None:
    """The private fact of a brief and the inject that tells it agree in number and age."""
    spoken: dict[Language, tuple[str, ...]] = {"en": en, "zh": zh}
    for language, words in spoken.items():
        assert all(word.strip() in brief(f"brief-{side}", language).replace("*", "") for word in words)
        assert all(word.strip() in told(inject, side, language) for word in words)


def test_an_hour_in_the_words_is_the_hour_of_the_inject() -> None:
    """A text that begins with its hour says the one at which it is due, in both languages and to both teams."""
    for one in scenario().msel:
        for language in LANGUAGES:
            for text in (one.text.us, one.text.china):
                found = re.match(r"T\+(\d+)", text.in_(language))
                assert found is None or int(found[1]) == one.at, one.id


def test_no_place_or_state_of_the_real_world_lends_its_name_to_the_illness() -> None:
    """Nothing that a team is told, and no brief, gives a real town or province as the source."""
    named = re.compile(r"Wuhan|Xinjiang|Detrick|武汉|新疆|德特里克")
    texts = [text for one in scenario().msel for text in (one.text.us, one.text.china)]
    assert not [text.en for text in texts if named.search(text.en + (text.zh or ""))]
    assert not any(
        named.search(brief(name, tongue)) for name in ("brief", "brief-us", "brief-china") for tongue in LANGUAGES
    )


def test_the_guide_speaks_of_every_inject() -> None:
    """No inject leaves the facilitator without a line in the guide."""
    guide = brief("guide")
    assert [one.id for one in scenario().msel if f"`{one.id}`" not in guide] == []


def test_the_arrests_are_mirrors() -> None:
    """Each side can be led into holding somebody at the same hour, in the same lengths, by the same kind of act."""
    courier, researcher = (
        next(one for one in scenario().msel if one.id == name) for name in ("courier-held", "researcher-held")
    )
    assert (courier.at, courier.until, courier.lengths) == (researcher.at, researcher.until, researcher.lengths)
    assert courier.reads_as.china == researcher.reads_as.us
    assert [made.move for made in asked(courier.when)] == [made.move for made in asked(researcher.when)]
    assert [made.by for made in asked(courier.when)] == ["us", "china"]
    assert [made.by for made in asked(researcher.when)] == ["china", "us"]


@pytest.mark.parametrize("length", LENGTHS)
def test_the_clock_alone_never_brings_more_than_four_injects_in_a_turn(length: int) -> None:
    """A room can read what comes."""
    play = Play(shipped("new-virus"), length=length)
    planned = [one for one in scenario().msel if one.when is None and not one.by_hand and length in one.lengths]
    due = [next(hour for hour in play.table.hours if hour >= one.at) for one in planned]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_without_work_the_outbreak_runs_its_course(length: int) -> None:
    """Two silent teams end with 175 patients, nothing on the table, and WHO's request unverified, in every length."""
    play = played({}, length)
    assert play.state.tracks["severe-cases"] == 17_500
    assert play.state.tracks["evidence-pooled"] == play.state.tracks["committee-clock"] == 0
    assert {"unverified", "us-record-out", "china-record-out"} <= set(came(play))
    assert not crossed(play)


def test_joint_work_bends_the_curve_and_clears_both() -> None:
    """A lead, data, help and the old records empty the ward, fill the table, and forestall the bad news."""
    play = played(CARE)
    assert play.state.tracks["severe-cases"] <= 3500
    assert play.state.tracks["evidence-pooled"] == 600
    assert "origin-clear" in came(play)
    assert not {"unverified", "us-record-out", "china-record-out", "courier-held", "researcher-held"} & set(came(play))
    assert not crossed(play)


@pytest.mark.parametrize("left_out", [(LED, CELL), (SHARED,), (HELPED,)])
def test_each_part_of_the_work_matters(left_out: tuple[a.Draft, ...]) -> None:
    """Without a lead, without data, or without help delivered, the ward stays fuller."""
    lacking: Script = {
        hour: {side: tuple(draft for draft in drafts if draft not in left_out) for side, drafts in acts.items()}
        for hour, acts in CARE.items()
    }
    assert played(lacking).state.tracks["severe-cases"] > 3500 >= played(CARE).state.tracks["severe-cases"]


def test_one_side_alone_cannot_finish() -> None:
    """What either team does by itself leaves pieces off the table and more patients in the ward."""
    together = played(CARE).state.tracks
    for side in SIDES:
        alone = played({hour: {side: acts[side]} for hour, acts in CARE.items()}).state.tracks
        assert alone["evidence-pooled"] < together["evidence-pooled"]
        assert alone["severe-cases"] > together["severe-cases"]


@pytest.mark.parametrize(("speaker", "arrest"), [("china", "courier-held"), ("us", "researcher-held")])
def test_own_public_words_and_the_others_silence_lead_to_an_arrest(speaker: Side, arrest: str) -> None:
    """The side that spoke holds somebody; a notice by the other, or no hard words, and nobody is held."""
    other: Side = "us" if speaker == "china" else "china"
    play = played({72: {speaker: (BLAMED,)}})
    assert arrest in came(play) and held(play) == {speaker}
    assert arrest not in came(played({36: {other: (TOLD,)}, 72: {speaker: (BLAMED,)}}))
    assert arrest not in came(played({}))


def test_while_people_are_held_tension_stays_tense_until_they_go_home() -> None:
    """The rule on detaining people fires for either side, and release repairs it."""
    for speaker in SIDES:
        script: Script = {72: {speaker: (BLAMED,)}}
        assert played(script).state.tension >= 5000
        mended = played({**script, 96: {speaker: (FREED,)}})
        assert mended.state.tension < 5000 and held(mended) == set()
        assert not crossed(mended)


def test_holding_somebody_in_silence_crosses_a_red_line_of_either_side() -> None:
    """Declining comment on a held person is what neither side can bear."""
    lines = {"china": ("us", "citizens-held"), "us": ("china", "outbreak-as-attack")}
    for holder in SIDES:
        play = played({72: {holder: (BLAMED,)}, 126: {holder: (DECLINED,)}})
        assert lines[holder] in crossed(play)
        assert "khoram-closes" in came(play)


def test_words_in_the_yard() -> None:
    """Public blame reaches the ward and presses both sides alike in kind; a private question does not."""
    blamed = played({36: both(BLAMED)})
    assert "quarrel-in-the-yard" in came(blamed)
    pressed = {(event.side, event.line) for event in blamed.events if isinstance(event, e.LinePressed)}
    assert {("us", "evidence-held-back"), ("china", "origin-blame")} <= pressed
    assert "quarrel-in-the-yard" not in came(played({36: both(a.Draft(move="private-inquiry", channel="embassies"))}))


@pytest.mark.parametrize("line", [("us", "evidence-shut"), ("china", "outbreak-as-attack")])
def test_small_blame_each_turn_comes_to_a_red_line_on_both_sides(line: tuple[Side, str]) -> None:
    """Nobody crosses at once; four turns of public criticism do, and a pink line is what leads there."""
    play = played({hour: both(BLAMED) for hour in (24, 36, 54, 72)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == line)
    assert event.through is not None


def test_acting_without_khorams_word_is_chinas_line() -> None:
    """It closes the ward, and an answer to the minister opens it again."""
    uninvited = public("deliver-help", "khoram-desk", "without-consent")
    play = played({0: {"us": (uninvited,)}, 24: {"us": (LED,)}})
    assert ("china", "consent-bypassed") in crossed(play)
    assert came(play).index("khoram-closes") < came(play).index("khoram-reopens")


def test_while_the_minister_is_ill_the_same_act_presses_and_does_not_cross() -> None:
    """A host that cannot sign softens the line, and speaks for itself a turn later."""
    uninvited = public("deliver-help", "khoram-desk", "without-consent")
    play = played({0: both(LED), 54: {"us": (uninvited,)}}, by_hand={54: "minister-ill"})
    assert not crossed(play)
    assert ("china", "set-aside") in {(one.side, one.line) for one in play.events if isinstance(one, e.LinePressed)}
    assert "minister-back" in came(play)


def test_an_unanswered_question_and_an_empty_chair_are_noticed() -> None:
    """Silence and exclusion each bring an inject of their own."""
    assert "no-answer" in came(played({24: {"us": (a.Draft(move="request-call", channel="embassies"),)}}))
    assert "empty-chair" in came(played({24: {"china": (public("joint-cell", "khoram-desk", "exclusive"),)}}))


def test_saying_nothing_presses_and_does_not_cross() -> None:
    """A week of "no comment" is a slice on the line about evidence; nobody enters anywhere by it."""
    play = played({hour: both(DECLINED) for hour in (24, 36, 54, 72, 96, 126, 156)})
    pressed = {(one.side, one.line) for one in play.events if isinstance(one, e.LinePressed)}
    assert ("us", "evidence-held-back") in pressed
    assert ("china", "set-aside") not in pressed
    assert not crossed(play)


def test_statements_without_more_press_either_side() -> None:
    """After three days public words press the US where no data came, and China where nobody was put in the lead."""
    words = public("fact-statement", "press")
    play = played({72: both(words), 96: both(words)})
    pressed = {(one.side, one.line) for one in play.events if isinstance(one, e.LinePressed)}
    assert {("us", "evidence-held-back"), ("china", "set-aside")} <= pressed
    eased = played({36: both(LED, SHARED), 72: both(words), 96: both(words)})
    assert not [one for one in eased.events if isinstance(one, e.LinePressed)]
