"""What `bottomed-submarine` promises: it loads clean, agrees with itself, treats both teams alike, and answers to them.

Sessions are played through the engine alone, with the facilitator moving every phase on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import pytest
from tests.scenarios.story import both, public

from crisis_sim.authoring.check import check_paths
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Inject
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.apply import apply
from crisis_sim.engine.decide import decide
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import build_table
from crisis_sim.rules.authored import Text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.names import SIDES, Language, Side

FOLDER = shipped_folder() / "scenarios" / "bottomed-submarine"
LANGUAGES: tuple[Language, ...] = ("en", "zh")

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


class Played(NamedTuple):
    """How a session came out."""

    state: State
    events: tuple[e.AnyEvent, ...]

    @property
    def injects(self) -> tuple[str, ...]:
        """Ids of the injects that came, in order."""
        return tuple(event.inject for event in self.events if isinstance(event, e.InjectDelivered))

    @property
    def crossed(self) -> frozenset[tuple[Side, str]]:
        """Red lines that were crossed."""
        return frozenset((event.side, event.line) for event in self.events if isinstance(event, e.LineCrossed))

    def track(self, name: str) -> int:
        """Where a track ended, in whole units."""
        return self.state.tracks[name] // 100


@cache
def material() -> Material:
    """The scenario as it is shipped, with its rule packs."""
    return load_material(FOLDER)


def played(script: Script, length: int = 150, released: Mapping[int, str] | None = None) -> Played:
    """A session in which the teams send what is scripted and read nothing; `released` is by hand, by hour."""
    table = build_table(material(), seed="calm sea", length=length, session="test")
    state, events = opening_state(table), list[e.AnyEvent]()
    while state.phase != "closing":
        acts: list[tuple[a.Seat, a.AnyAction]] = []
        if state.phase == "moves":
            acts = [
                (side, a.SealMove(draft=draft)) for side in SIDES for draft in script.get(state.hour, {}).get(side, ())
            ]
        elif state.phase == "situation" and released and state.hour in released:
            acts = [("facilitator", a.ReleaseInject(inject=released[state.hour]))]
        for seat, action in (*acts, ("facilitator", a.Advance())):
            for event in decide(state, seat, action, table):
                state = apply(state, event)
                events.append(event)
    return Played(state, tuple(events))


LED = public("back-un-lead", "marenga-rcc")
TOLD = public("notify-activity", "ismerlo")
SHARED = public("share-technical-data", "ismerlo")
HELPED = public("deliver-help", "ismerlo")
UNASKED = public("deliver-help", "ismerlo", "without-consent")
CARE: Script = {6: both(LED), 14: both(TOLD), 24: both(SHARED), 36: both(HELPED)}


def length_of(text: str, language: Language) -> int:
    """Words in English, characters without spaces in Chinese."""
    return len(text.split()) if language == "en" else len(re.sub(r"\s", "", text))


def brief(name: str, language: Language) -> str:
    """A brief as it stands beside the scenario."""
    return (FOLDER / (f"{name}.md" if language == "en" else f"{name}.zh.md")).read_text(encoding="utf-8")


def asked_moves(condition: Condition | None) -> Iterator[str]:
    """Moves of the teams that a condition asks for on the record."""
    if condition is None:
        return
    for made in (condition.ever, condition.earlier, condition.same_turn):
        if made is not None:
            yield from made.move.id or ("any",)
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from asked_moves(part)
    yield from asked_moves(condition.not_)


def test_it_loads_without_a_problem_or_a_warning() -> None:
    """The loader and its lint have nothing to say."""
    assert check_paths([FOLDER]).shown() == ""


def test_at_least_ten_injects_can_be_misread_by_either_side() -> None:
    """The two likely misreadings of an inject are written in both languages and are not the same."""
    misread = [inject for inject in material().scenario.msel if inject.reads_as.us.en != inject.reads_as.china.en]
    assert len(misread) == len(material().scenario.msel) >= 14
    assert all(reading.zh for inject in misread for reading in (inject.reads_as.us, inject.reads_as.china))


def test_at_least_four_injects_answer_to_what_the_teams_did_or_left_undone() -> None:
    """A contingent inject asks for acts of the teams, not only for the hour."""
    contingent = [inject.id for inject in material().scenario.msel if set(asked_moves(inject.when))]
    assert len(contingent) >= 4


def test_two_injects_come_only_by_the_facilitators_hand() -> None:
    """Of what never comes by the clock, two are released by nothing that the teams can do."""
    by_hand = {inject.id for inject in material().scenario.msel if inject.by_hand}
    assert by_hand == {"host-suspends", "centre-dark", "families"}
    assert not {"centre-dark", "families"} & set(played({6: both(UNASKED)}).injects)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_private_briefs_are_of_like_length_and_ask_the_same(language: Language) -> None:
    """Neither team is given more to read or more to answer: within 15 %, under the same headings."""
    us, china = brief("brief-us", language), brief("brief-china", language)
    sizes = sorted((length_of(us, language), length_of(china, language)))
    assert sizes[1] <= sizes[0] * 1.15
    assert [line for line in us.splitlines() if line.startswith("## ")] == [
        line for line in china.splitlines() if line.startswith("## ")
    ]


def test_briefs_can_be_read_in_the_time_there_is() -> None:
    """The public brief has at most 450 words, a private one at most 500."""
    assert length_of(brief("brief", "en"), "en") <= 450
    assert all(length_of(brief(f"brief-{side}", "en"), "en") <= 500 for side in SIDES)


def test_each_team_has_as_many_lines_of_each_kind_about_like_matters() -> None:
    """Both sides can be hurt in as many ways, and red lines are about the same things."""
    us, china = (material().scenario.teams.of(side).lines for side in SIDES)
    assert [line.kind for line in us] == [line.kind for line in china]
    assert [line.concern for line in us if line.kind == "red"] == [line.concern for line in china if line.kind == "red"]
    assert [len(line.crossed_by) for line in us] == [len(line.crossed_by) for line in china]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_agree_wherever_they_stand(language: Language) -> None:
    """Crew, depth, distance, air, dives, chambers and window are the same in briefs, injects and tracks."""
    scenario = material().scenario
    told = {inject.id: inject.text.us.in_(language) for inject in scenario.msel}
    crew, air = scenario.tracks["crew-out"], scenario.tracks["hours-of-air"]
    words = brief("brief", language)
    assert crew.most == 4400 and sum(change.by for change in crew.changes) == crew.most
    assert air.start == 9000 and scenario.ends == 90 and air.per_hour == -100
    assert all(number in words for number in ("44", "310", "90"))
    assert "44" in told["submiss"] and "310" in told["two-requests"] and "310" in told["two-offers"]
    assert all(number in told["skirt"] for number in ("18", "32"))
    assert 18 + 32 >= 44
    assert all(number in told["weather"] for number in ("60", "76"))
    assert "82" in told["air-shorter"] and air.changes[0].by == -800
    assert "14" in told["air-shorter"] and air.changes[1].by == 1400
    assert all("44" in brief(f"brief-{side}", language) for side in SIDES)


def test_every_text_that_a_team_reads_is_in_both_languages() -> None:
    """Titles, words, lines, channels, tracks and forecasts have a Chinese form that is not the English one."""
    scenario = material().scenario
    texts: list[Text] = [
        scenario.title,
        scenario.says,
        scenario.host,
        *(forecast.ask for forecast in scenario.forecasts),
    ]
    texts += [text for inject in scenario.msel for text in (inject.title, inject.text.us, inject.text.china)]
    texts += [line.says for side in SIDES for line in scenario.teams.of(side).lines]
    texts += [text for channel in scenario.channels.values() for text in (channel.name, channel.says)]
    texts += [question.ask for question in scenario.hotwash]
    assert all(text.zh and text.zh != text.en and not re.search("[\u3400-\u9fff]", text.en) for text in texts)


def test_the_guide_speaks_of_every_inject() -> None:
    """No inject leaves the facilitator without a note in the guide, nor without one on the screen."""
    guide = brief("guide", "en")
    assert [inject.id for inject in material().scenario.msel if f"`{inject.id}`" not in guide] == []
    assert all(inject.note.en for inject in material().scenario.msel)


@pytest.mark.parametrize("length", [45, 90, 150])
def test_silence_saves_nine(length: int) -> None:
    """Two teams that do nothing lose most of the crew, in every length, and hear of what they left undone."""
    session = played({}, length)
    assert session.track("crew-out") == 9
    assert {"survey-unannounced", "sonobuoys", "two-plans"} <= set(session.injects)


def test_care_on_both_sides_saves_everybody() -> None:
    """Host lead, notice, shared data and help delivered bring up all 44, stop the clock and forestall the bad news."""
    session = played(CARE)
    assert session.track("crew-out") == 44
    assert session.track("hours-of-air") > 0
    assert "cause-clear" in session.injects
    assert not {"survey-unannounced", "sonobuoys", "two-plans", "us-record-out"} & set(session.injects)
    assert not session.crossed


@pytest.mark.parametrize("left_out", [6, 24, 36])
def test_each_part_of_the_rescue_matters(left_out: int) -> None:
    """Without host lead, without shared data, or without help delivered, fewer than 44 come up."""
    assert played({hour: acts for hour, acts in CARE.items() if hour != left_out}).track("crew-out") < 44


def test_an_act_without_consent_crosses_the_same_line_on_either_side_and_closes_the_site() -> None:
    """Both teams hold that the host decides; passing it over stops the dives until somebody answers for it."""
    session = played({14: both(UNASKED)})
    assert session.crossed == {("us", "hull-entered"), ("china", "host-passed-over")}
    assert "host-suspends" in session.injects
    assert session.track("crew-out") == 0
    assert "host-resumes" in played({14: both(UNASKED), 24: both(LED)}).injects


def test_while_the_centre_is_dark_an_act_unasked_presses_and_does_not_cross() -> None:
    """A host that cannot speak softens the red line to a pink one on both sides, and speaks again a turn later."""
    session = played({24: both(UNASKED)}, released={24: "centre-dark"})
    assert not session.crossed
    assert {line for event in session.events if isinstance(event, e.LinePressed) for line in [event.line]} >= {
        "hull-survey",
        "alliance-command",
    }
    assert session.injects.index("centre-dark") < session.injects.index("centre-back")
    assert ("host-unable", None) not in session.state.truths


def test_a_public_accusation_reaches_the_families() -> None:
    """Words in public come back by way of the host; private inquiry does not."""
    accused = public("accuse", "press")
    assert "said-in-public" in played({14: {"us": (accused,)}}).injects
    assert "said-in-public" not in played({14: {"us": (a.Draft(move="private-inquiry", channel="embassies"),)}}).injects


def test_warships_that_nobody_was_told_of_press_both_sides() -> None:
    """A show of force at the site presses the line of either team that speaks of it; an announced one does not."""
    lines = {("us", "hull-survey"), ("china", "alliance-command")}
    for told in (False, True):
        shown = public("show-of-force", "bridge-to-bridge", *(("announced",) if told else ()))
        session = played({6: both(shown)})
        pressed = {(one.side, one.line) for one in session.events if isinstance(one, e.LinePressed) and one.trace.act}
        assert (lines <= pressed) is not told


def test_leaving_the_other_side_out_is_noticed() -> None:
    """An exclusive cell brings the photograph of the empty chair."""
    assert "seat-at-the-table" in played({6: {"us": (public("joint-cell", "marenga-rcc", "exclusive"),)}}).injects


def test_injects_of_one_length_are_few_enough_to_read() -> None:
    """In no length does the clock alone bring more than four injects in one turn."""
    scenario = material().scenario
    for length, turns in scenario.lengths.items():
        numbers = range(1, len(scenario.turns) + 1) if isinstance(turns, str) else turns
        hours = [scenario.turns[number - 1] for number in numbers]
        planned = [inject for inject in scenario.msel if length in inject.lengths and _by_the_clock(inject)]
        due = [next(hour for hour in hours if hour >= inject.at) for inject in planned]
        assert max(due.count(hour) for hour in hours) <= 4


def _by_the_clock(inject: Inject) -> bool:
    return not inject.by_hand and not set(asked_moves(inject.when))
