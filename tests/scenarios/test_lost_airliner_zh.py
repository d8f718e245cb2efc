"""What `lost-airliner` promises in Chinese: it is whole, has the figures of the English, and gives nothing away."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.engine.play import shipped

from crisis_sim.content.scenario import Scenario
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.rules.authored import Text
from crisis_sim.rules.names import SIDES, Side

FOLDER = shipped_folder() / "scenarios" / "lost-airliner"
PAGES = ("brief", "brief-us", "brief-china")
BRIDGES = {"COSPAS", "SARSAT", "K", "T", "A", "B"}
"""Latin letters that stand in a Chinese text: names of a system, of the box, of the hours, of two seats."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("lost-airliner").scenario


def page(name: str, ending: str = ".zh") -> str:
    """A text as it stands beside the scenario, in Chinese unless told otherwise."""
    return (FOLDER / f"{name}{ending}.md").read_text(encoding="utf-8")


def texts() -> Iterator[Text]:
    """Every text that a team reads or may be asked, and what the facilitator is told of each inject."""
    told = scenario()
    yield from (told.title, told.says, told.host, told.handling)
    for side in SIDES:
        team = told.teams.of(side)
        yield from (team.name, team.part, *team.aims, *(line.says for line in team.lines))
    for channel in told.channels.values():
        yield from (channel.name, channel.says)
    for track in told.tracks.values():
        yield from (track.name, track.unit, track.says, *(mark.says for mark in track.marks))
    for one in told.msel:
        yield from (one.title, one.text.us, one.text.china, one.reads_as.us, one.reads_as.china, one.note)
    yield from (forecast.ask for forecast in told.forecasts)
    yield from (question.ask for question in told.hotwash)


def figures(words: str) -> set[int]:
    """The numbers that are written in figures; an hour is two of them, and a full hour one."""
    return {int(figure) for figure in re.findall(r"\d+", words.replace(",", "").replace(":00", ""))}


def test_every_text_is_in_chinese_and_in_nothing_else() -> None:
    """No text is missing, and none keeps an English word or half a stop between two characters."""
    found = [text.zh or "" for text in texts()]
    assert all(found)
    notes = {one.note.zh for one in scenario().msel}
    latin = {word for text in found if text not in notes for word in re.findall(r"[A-Za-z]+", text)}
    assert latin <= BRIDGES
    assert not [text for text in found if re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()\"][\u4e00-\u9fff]", text)]


def test_briefs_have_the_parts_of_the_english_ones() -> None:
    """As many headings and items, and the same hours, people and miles."""
    for name in PAGES:
        english, chinese = page(name, ""), page(name)
        parts = [re.findall(r"^(?:##? |\d\.|-(?= ))", text, re.MULTILINE) for text in (english, chinese)]
        assert parts[0] == parts[1], name
    assert figures(page("brief", "")) - figures("1.5") <= figures(page("brief"))
    assert all("41分钟" in page(f"brief-{side}") for side in SIDES)
    assert "2时51分" in page("brief-us") and "2时10分" in page("brief-china")


def test_an_hour_in_the_words_is_the_hour_of_the_inject() -> None:
    """A Chinese text begins with its hour where the English one does, and with the same."""
    for one in scenario().msel:
        for text in (one.text.us, one.text.china):
            hours = [re.match(r"T\+(\d+)", words) for words in (text.en, text.zh or "")]
            assert [hour and hour[1] for hour in hours] == [hours[0] and hours[0][1]] * 2, one.id


def test_figures_are_the_english_ones() -> None:
    """What is written in figures for one team in English stands in figures for it in Chinese."""
    for one in scenario().msel:
        for text in (one.text.us, one.text.china):
            assert figures(text.en.replace("30 million", "")) == figures(text.zh or ""), one.id


def test_what_differs_in_english_differs_in_chinese() -> None:
    """A text that is told to both in the same words is the same for both, and no other."""
    for one in scenario().msel:
        assert (one.text.us.en == one.text.china.en) == (one.text.us.zh == one.text.china.zh), one.id
        assert one.reads_as.us.zh != one.reads_as.china.zh, one.id


@pytest.mark.parametrize(
    ("side", "secret", "tells"),
    [("us", "海底设有水听器|海底.{0,6}水听器", "us-record-out"), ("china", "气象气球|岸基", "china-record-out")],
)
def test_what_a_team_keeps_stands_in_its_own_brief_alone(side: Side, secret: str, tells: str) -> None:
    """No public text, and no inject but the one that tells it, gives a private fact away."""
    assert re.search(secret, page(f"brief-{side}").replace("*", ""))
    other = page("brief-china" if side == "us" else "brief-us") + page("brief")
    assert not re.search(secret, other.replace("*", ""))
    told = {one.id for one in scenario().msel if re.search(secret, f"{one.text.us.zh}{one.text.china.zh}")}
    assert told == {tells}


def test_no_real_water_and_no_real_claimant_is_named() -> None:
    """What the teams read knows 苏拉纳 and 泰萨罗, and no real coast of a contested sea."""
    named = re.compile("南海|南沙|西沙|菲律宾|越南|马来西亚|印度尼西亚|印尼|文莱|台湾|黄岩")
    assert not [text.zh for text in texts() if named.search(text.zh or "")]
    assert not [name for name in PAGES if named.search(page(name))]
