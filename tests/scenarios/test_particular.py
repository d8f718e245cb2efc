"""Promises of single scenarios that are no number, no text and no script: arithmetic, mirrors, and one in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from tests.engine.play import Play, shipped
from tests.scenarios.promises import LENGTHS, promises
from tests.scenarios.sessions import asked, by_bots, came, crossed, played
from tests.scenarios.test_texts import BRIEFS, page, told

from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.authored import Text
from crisis_sim.rules.names import SIDES

BRIDGES = {"COSPAS", "SARSAT", "K", "T", "A", "B"}
"""Latin letters that stand in a Chinese text: names of a system, of the box, of the hours, of two seats."""


def of(scenario: str) -> Scenario:
    """A scenario as it is shipped."""
    return shipped(scenario).scenario


def inject(scenario: str, name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in of(scenario).msel if one.id == name)


def test_asteroid_a_certified_letter_takes_the_thirty_days_of_the_law() -> None:
    """The road between the two agencies is dormant, and then four times its latency is the whole session."""
    letters, states = of("asteroid").channels["agency-letters"], shipped("asteroid").base.channels.states
    state = max((one for one in states if one.at <= letters.readiness), key=lambda one: one.at)
    assert letters.latency * state.latency / 100 == of("asteroid").ends == 30 * 24


def test_asteroid_days_and_nights_are_told_and_counted() -> None:
    """Every planned inject begins with its day; six dark hours a night for 25 nights end as the last turn begins."""
    planned = [one for one in of("asteroid").msel if one.when is None and not one.by_hand]
    assert all(re.match(r"Day \d+\. ", text) for one in planned for text in told(one))
    dark = of("asteroid").tracks["dark-hours"]
    assert dark.start == 25 * 6 * 100 == -of("asteroid").turns[-1] * dark.per_hour


def test_cable_quake_the_two_losses_contradict_each_other_and_two_floods_explain_both() -> None:
    """Six faults and the American loss lie on one curve that slows from 21 metres a second to 11; the Chinese loss does
    not, by twelve minutes, and a flood from the large shock through the side arm is as fast as the other.
    """
    rows = re.findall(r"^\| (\d\d):(\d\d) \| (.+) \| (\d+) \|$", page("cable-quake", "guide"), re.MULTILINE)
    points = [(60 * int(hour) + int(minute), int(far), what) for hour, minute, what, far in rows]
    assert len(points) == 8 and points == sorted(points)
    faults = [(minute, far) for minute, far, what in points if what.startswith("fault")]
    assert len(faults) == 6 and faults[0] == (189, 0) and faults[-1] == (279, 82)
    speeds = [1000 * (far - near) / (60 * (later - sooner)) for (sooner, near), (later, far) in pairwise(faults)]
    assert speeds == sorted(speeds, reverse=True)
    assert (round(speeds[0]), round(speeds[-1])) == (21, 11)
    slow, fast = speeds[-1] - 1, speeds[0] + 1
    ((corer, at),) = [(minute, far) for minute, far, what in points if "corer" in what]
    for (sooner, near, _), (later, far, _) in pairwise(point for point in points if "corer" not in point[2]):
        assert slow < 1000 * (far - near) / (60 * (later - sooner)) < fast
        if near < at < far:
            assert round(sooner + (later - sooner) * (at - near) / (far - near)) - corer == 12
    side_arm, shock = 20, 60 * 3 + 12
    assert slow < 1000 * side_arm / (60 * (corer - shock)) < fast


def test_polar_rescue_the_cutter_comes_six_days_after_she_sailed() -> None:
    """She sails at T+20h and is due at T+164h, before the end and after the wind has freed the other ship."""
    due = inject("polar-rescue", "cutter-sails").at + 6 * 24
    assert due == 164
    assert inject("polar-rescue", "wind-shift").at < due < of("polar-rescue").ends


def test_new_virus_the_arrests_are_mirrors() -> None:
    """Each side can be led into holding somebody at the same hour, in the same lengths, by the same kind of act."""
    courier, researcher = (inject("new-virus", name) for name in ("courier-held", "researcher-held"))
    assert (courier.at, courier.until, courier.lengths) == (researcher.at, researcher.until, researcher.lengths)
    assert courier.reads_as.china == researcher.reads_as.us
    assert [made.move for made in asked(courier.when)] == [made.move for made in asked(researcher.when)]
    assert [made.by for made in asked(courier.when)] == ["us", "china"]
    assert [made.by for made in asked(researcher.when)] == ["china", "us"]


def test_new_virus_verification_is_due_when_its_words_say() -> None:
    """WHO waits for a day, and the day ends at T+48h; the ward's 110 beds are a mark of its patients."""
    assert 11_000 in {mark.at_least for mark in of("new-virus").tracks["severe-cases"].marks}
    window = inject("new-virus", "who-verification")
    assert window.window == 24 and window.at + window.window == 48


def test_shared_evacuation_the_arithmetic_stands_in_the_guide() -> None:
    """What brings people out is in the guide as it is in the track, and the last come in the hours after T+62h."""
    rows = re.findall(r"^\| [^|]* \| (\d[\d,]*) \|$", page("shared-evacuation", "guide"), re.MULTILINE)
    out = of("shared-evacuation").tracks["brought-out"]
    *work, last = (change.by for change in out.changes)
    assert [int(row.replace(",", "")) * 100 for row in rows] == work
    assert last == out.per_hour * (of("shared-evacuation").ends - 62)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ({"one-bulletin"}, {"night-alarm"}),
        ({"club-folded"}, {"club-stands"}),
        ({"berth-plan"}, {"two-at-the-quay"}),
        ({"files-meet"}, {"us-record-out", "china-record-out"}),
        ({"one-voice"}, {"quarrel-heard"}),
    ],
)
def test_island_tsunami_care_and_neglect_open_different_branches(good: set[str], bad: set[str]) -> None:
    """Of each pair one half comes to some bots, the other half to others; care may follow neglect, not the reverse."""
    pairs = [(us, china) for us in ("rota", "firm", "mirror") for china in ("rota", us)]
    sessions = [came(by_bots("island-tsunami", us, china, 90, "1")) for us, china in pairs]
    assert any(good <= set(one) for one in sessions)
    assert any(bad <= set(one) for one in sessions)
    mixed = [one for one in sessions if good <= set(one) and bad & set(one)]
    assert all(max(map(one.index, bad & set(one))) < min(map(one.index, good)) for one in mixed)


def texts(scenario: str) -> Iterator[Text]:
    """Every text that a team reads or may be asked, and what the facilitator is told of each inject."""
    known = of(scenario)
    yield from (known.title, known.says, known.host, known.handling)
    for side in SIDES:
        team = known.teams.team_of(side)
        yield from (team.name, team.part, *team.aims, *(line.says for line in team.lines))
    for channel in known.channels.values():
        yield from (channel.name, channel.says)
    for track in known.tracks.values():
        yield from (track.name, track.unit, track.says, *(mark.says for mark in track.marks))
    for one in known.msel:
        yield from (one.title, one.text.us, one.text.china, one.reads_as.us, one.reads_as.china, one.note)
    yield from (forecast.ask for forecast in known.forecasts)
    yield from (question.ask for question in known.hotwash)


def figures(words: str) -> set[int]:
    """The numbers that are written in figures; an hour is two of them, and a full hour one."""
    return {int(figure) for figure in re.findall(r"\d+", words.replace(",", "").replace(":00", ""))}


def test_bottomed_submarine_every_text_that_a_team_reads_is_in_both_languages() -> None:
    """Each has a Chinese form that is not the English one, and the English has no Chinese in it."""
    notes = {one.note.en for one in of("bottomed-submarine").msel}
    read = [text for text in texts("bottomed-submarine") if text.en not in notes]
    assert [text.en for text in read if not text.zh or text.zh == text.en] == []
    assert [text.en for text in read if re.search("[\u3400-\u9fff]", text.en)] == []


def test_lost_airliner_every_text_is_in_chinese_and_in_nothing_else() -> None:
    """No text is missing, and none keeps an English word, half a stop between characters, or a real name."""
    found = [text.zh or "" for text in texts("lost-airliner")]
    assert all(found)
    notes = {one.note.zh for one in of("lost-airliner").msel}
    latin = {word for text in found if text not in notes for word in re.findall(r"[A-Za-z]+", text)}
    assert latin <= BRIDGES
    assert not [text for text in found if re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()\"][\u4e00-\u9fff]", text)]
    real = re.compile("南海|南沙|西沙|菲律宾|越南|马来西亚|印度尼西亚|印尼|文莱|台湾|黄岩")
    assert not [text for text in found if real.search(text)]


def test_lost_airliner_chinese_briefs_have_the_parts_of_the_english_ones() -> None:
    """As many headings and items, and the same figures."""
    for name in BRIEFS:
        pages = [page("lost-airliner", name), page("lost-airliner", name, "zh")]
        english, chinese = (re.findall(r"^(?:##? |\d\.|-(?= ))", text, re.MULTILINE) for text in pages)
        assert english == chinese, name
    assert figures(page("lost-airliner", "brief")) - figures("1.5") <= figures(page("lost-airliner", "brief", "zh"))


def test_lost_airliner_injects_say_the_same_in_chinese() -> None:
    """Hours and figures are the English ones, and what differs between the teams in English differs in Chinese."""
    for one in of("lost-airliner").msel:
        for english, chinese in zip(told(one), told(one, "zh"), strict=True):
            hours = [re.match(r"T\+(\d+)", words) for words in (english, chinese)]
            assert [hour and hour[1] for hour in hours] == [hours[0] and hours[0][1]] * 2, one.id
            assert figures(english.replace("30 million", "")) == figures(chinese), one.id
        assert (told(one)[0] == told(one)[1]) == (told(one, "zh")[0] == told(one, "zh")[1]), one.id


def until(play: Play, phase: e.Phase, hour: int = 0) -> None:
    """Go on to a phase, of the first turn that begins at this hour or later."""
    while play.state.phase != phase or play.state.hour < hour:
        play.submit("facilitator", a.Advance())


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("hostility", [None, 0, 3])
def test_bottomed_submarine_two_public_words_drive_nobody_off(length: int, hostility: int | None) -> None:
    """A "no comment" and a mild criticism while the story runs: however they are taken, no line is crossed.

    Each presses a line once, and tension moves by what the two weigh.
    """
    play = Play(shipped("bottomed-submarine"), length=length)
    until(play, "moves", 24)
    before = play.state.tension
    for move in ("no-comment", "criticise"):
        play.submit("china", a.SealMove(draft=a.Draft(move=move, channel="press", visibility="public", intent=0)))
    until(play, "readings")
    for item in (1, 2) if hostility is not None else ():
        play.submit("us", a.SealReading(item=item, hostility=hostility or 0, confidence=4))
    play.submit("facilitator", a.Advance())
    weighed = [event for event in play.events if isinstance(event, e.ActWeighed)]
    assert len(weighed) == 2
    assert play.state.tension - before == sum(event.weight for event in weighed)
    assert not crossed(play)
    pressed = [(event.line, event.trace.act) for event in play.events if isinstance(event, e.LinePressed)]
    by_acts = [each for each in pressed if each[1] is not None]
    assert by_acts and len(by_acts) == len(set(by_acts))


@pytest.mark.parametrize("length", LENGTHS)
def test_new_virus_a_shared_sequence_shuts_nothing_away(length: int) -> None:
    """China criticises in every turn, and in one of them shares its sequence: no evidence is shut away in that turn.

    Nothing is crossed before or after it either, and no crossing moves tension.
    """
    blamed, shared = (promises("new-virus").acts[name] for name in ("blamed", "shared"))
    turns = [(hour, (), (blamed, shared) if hour == 72 else (blamed,)) for hour in (24, 36, 54, 72)]
    play = played("new-virus", tuple(turns), length)
    assert "share-technical-data" in {event.act.move for event in play.events if isinstance(event, e.ActSent)}
    assert not crossed(play)
    moved = [event for event in play.events if isinstance(event, e.NumberMoved) and event.meter == "tension"]
    assert not [event for event in moved if event.trace.rule.startswith("crossing")]
