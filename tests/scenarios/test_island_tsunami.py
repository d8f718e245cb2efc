"""What `island-tsunami` promises: it loads clean, agrees with itself, is fair to both teams, and answers to them.

Sessions are played through the engine alone; scripted teams send what is scripted and read nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from statistics import mean

import pytest
from tests.engine.play import Play, bots, shipped
from tests.scenarios.story import asked, both, came, crossed, pressed, public

from crisis_sim.authoring.check import check_paths
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, Side

FOLDER = shipped_folder() / "scenarios" / "island-tsunami"
LENGTHS = (45, 90, 150)
PAIRS = (
    ({"one-bulletin"}, {"night-alarm"}),
    ({"club-folded"}, {"club-stands"}),
    ({"berth-plan"}, {"two-at-the-quay"}),
    ({"files-meet"}, {"us-record-out", "china-record-out"}),
    ({"one-voice"}, {"quarrel-heard"}),
)
"""What care brings, and what neglect brings in its place."""

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("island-tsunami").scenario


def page(name: str) -> str:
    """A text as it stands beside the scenario."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def inject(name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in scenario().msel if one.id == name)


def told(name: str, side: Side = "us") -> str:
    """What one inject says to one team."""
    return (inject(name).text.us if side == "us" else inject(name).text.china).en


LED = public("back-un-lead", "relief-desk")
TOLD = public("notify-activity", "relief-desk")
SHARED = public("share-technical-data", "relief-desk")
HELPED = public("deliver-help", "relief-desk")
CELL = public("joint-cell", "relief-desk", "package")
ADMITTED = public("own-up", "press")
BLAMED = public("criticise", "press")
ACCUSED = public("accuse", "press")
DEMANDED = public("public-demand", "press")
DECLINED = public("no-comment", "press")
SHOWN = public("show-of-force", "quay-and-runway")
UNASKED = public("deliver-help", "relief-desk", "without-consent")
PRICED = public("deliver-help", "relief-desk", "tied")
CUT = a.Draft(move="suspend-channel", channel="press", visibility="public", about="defense-telephone-link")


CARE: Script = {0: both(TOLD), 6: both(LED, SHARED), 18: both(SHARED), 30: both(CELL), 42: both(HELPED)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("island-tsunami"), seed="ash", length=length)
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


def tracks(play: Play) -> dict[str, float]:
    """Where each track ended."""
    return {name: value / 100 for name, value in play.state.tracks.items()}


@cache
def by_bots(us: str, china: str, length: int, seed: int) -> Play:
    """A session of two bots."""
    return bots(shipped("island-tsunami"), us, china, seed=str(seed), length=length)


# what it says


def test_it_loads_without_a_problem_or_a_warning() -> None:
    """The loader and its lint have nothing to say."""
    assert check_paths([FOLDER]).shown() == ""


def test_every_inject_can_be_misread_by_either_side() -> None:
    """Each carries two likely misreadings, which differ."""
    assert [one.id for one in scenario().msel if one.reads_as.us.en == one.reads_as.china.en] == []
    assert 20 <= len(scenario().msel) <= 28


def test_injects_answer_to_what_the_teams_did_or_left_undone() -> None:
    """At least eight look back on the teams' own acts, and two are the facilitator's to release."""
    assert len([one.id for one in scenario().msel if list(asked(one.when))]) >= 8
    assert len([one.id for one in scenario().msel if one.by_hand]) >= 2


def test_private_briefs_are_of_like_length_under_the_same_headings() -> None:
    """Neither team has more to read: within a tenth, with as many items under the same headings."""
    us, china = page("brief-us"), page("brief-china")
    sizes = sorted((len(us.split()), len(china.split())))
    assert sizes[1] <= 1.1 * sizes[0]
    marks = [re.findall(r"^(?:## .*|\d\.|-(?= ))", text, re.MULTILINE) for text in (us, china)]
    assert marks[0] == marks[1]


def test_briefs_can_be_read_in_the_time_there_is() -> None:
    """At most 450 words in public and 500 in private."""
    assert len(page("brief").split()) <= 450
    assert all(len(page(f"brief-{side}").split()) <= 500 for side in SIDES)


def test_both_teams_have_as_many_lines_of_each_kind() -> None:
    """Two pink lines a team, each leading to a red one of its own."""
    for side in SIDES:
        lines = scenario().teams.of(side).lines
        assert [line.kind for line in lines] == ["pink", "pink", "red", "red"]
        assert {line.leads_to for line in lines[:2]} == {line.id for line in lines[2:]}


def test_numbers_agree_wherever_they_stand() -> None:
    """People, islands, water, tonnes, heights, ships and hours are the same in briefs, injects and tracks."""
    brief, at_stake = page("brief"), scenario().tracks
    assert {"96,000", "12", "9,400", "14", "84", "8", "15", "200", "400", "600", "108", "60", "22"} <= set(
        re.findall(r"\d+(?:,\d+)*", brief)
    )
    assert at_stake["clean-water"].start == 8400 and at_stake["tonnes-a-day"].start == 1500
    assert at_stake["tonnes-a-day"].most == 20_000 and at_stake["islands-reached"].most == 1200
    assert scenario().ends == 108
    for side in SIDES:
        assert all(number in told("eruption", side) for number in ("14", "60 km"))
        assert all(number in told("tavu-asks", side) for number in ("11,000", "84", "12"))
        assert all(number in told("two-heights", side) for number in ("0.9 m", "2.6 m", "11,000"))
        assert all(number in told("one-berth", side) for number in ("T+44h", "T+50h", "18 hours"))
        assert all(number in told("cash-and-port", side) for number in ("30 million", "6 million"))
    assert "T+50h" in told("two-ships", "us") and "T+44h" in told("two-ships", "china")
    assert all(number in told("one-bulletin") for number in ("0.9 m", "2.6 m", "11,000"))


def test_the_arithmetic_of_the_guide_is_that_of_the_tracks() -> None:
    """What adds to water, tonnes and islands sums up as the guide says."""
    at_stake = scenario().tracks
    assert [change.by for change in at_stake["clean-water"].changes] == [2400, 2400, 1200]
    assert 1500 + sum(change.by for change in at_stake["tonnes-a-day"].changes) == at_stake["tonnes-a-day"].most
    assert sum(change.by for change in at_stake["islands-reached"].changes) == at_stake["islands-reached"].most
    assert "15 + 40 + 40 + 40 + 40 + 25 = 200" in page("guide")
    assert "3 + 3 + 3 + 3 = 12" in page("guide")


@pytest.mark.parametrize(
    ("name", "side", "words"),
    [
        ("us-record-out", "us", ("sixteen months ago", "5 American engineers")),
        ("china-record-out", "china", ("nine months ago", "survey boat")),
    ],
)
def test_what_a_team_keeps_is_what_comes_out(name: str, side: Side, words: tuple[str, ...]) -> None:
    """The private file of a brief and the inject that tells it agree, and no text for both teams knows of it."""
    spoken = page(f"brief-{side}").replace("*", "").casefold()
    assert all(word.casefold() in " ".join(spoken.split()) and word in told(name, side) for word in words)
    other: Side = "china" if side == "us" else "us"
    assert not any(word.casefold() in (page("brief") + page(f"brief-{other}")).casefold() for word in words)


def test_an_hour_in_the_words_is_the_hour_of_the_inject() -> None:
    """A text that begins with its hour says the one at which it is due, to both teams."""
    for one in scenario().msel:
        for text in (one.text.us.en, one.text.china.en):
            found = re.match(r"T\+(\d+)", text)
            assert found is None or int(found[1]) == one.at, one.id


def test_the_guide_speaks_of_every_inject() -> None:
    """No inject leaves the facilitator without a line in the guide."""
    assert [one.id for one in scenario().msel if f"`{one.id}`" not in page("guide")] == []


@pytest.mark.parametrize("length", LENGTHS)
def test_the_clock_alone_never_brings_more_than_four_injects_in_a_turn(length: int) -> None:
    """A room can read what comes."""
    play = Play(shipped("island-tsunami"), length=length)
    planned = [
        one for one in scenario().msel if not list(asked(one.when)) and not one.by_hand and length in one.lengths
    ]
    due = [
        next((hour for hour in play.table.hours if hour >= one.at), 0) for one in planned if one.id in came(played({}))
    ]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_two_silent_teams_leave_tavu_dry(length: int) -> None:
    """Without work nothing is landed and the water is gone, in every length, yet no red line is crossed."""
    play = played({}, length)
    assert tracks(play)["clean-water"] == tracks(play)["islands-reached"] == 0
    assert tracks(play)["tonnes-a-day"] == 15
    assert {"night-alarm", "two-at-the-quay", "us-record-out", "china-record-out"} <= set(came(play))
    assert {"club-stands", "terms-asked"} <= set(came(play))
    assert not crossed(play)


def test_joint_work_reaches_every_island() -> None:
    """A lead, notices, data, the old files and help leave 36 hours of water, and forestall the bad news."""
    play = played(CARE)
    assert tracks(play) == {"clean-water": 36, "tonnes-a-day": 200, "islands-reached": 12, "host-confidence": 10}
    good, bad = set[str]().union(*(pair[0] for pair in PAIRS)), set[str]().union(*(pair[1] for pair in PAIRS))
    assert good - {"one-voice"} <= set(came(play))  # nobody answers in a script, and that one wants an answer
    assert not (bad | {"terms-asked"}) & set(came(play))
    assert not crossed(play)


@pytest.mark.parametrize("left_out", [(LED, CELL), (SHARED,), (HELPED,), (TOLD,)])
def test_each_part_of_the_work_matters(left_out: tuple[a.Draft, ...]) -> None:
    """Without a lead, data, help or notice less is landed, or fewer islands are reached."""
    lacking: Script = {
        hour: {side: tuple(draft for draft in drafts if draft not in left_out) for side, drafts in acts.items()}
        for hour, acts in CARE.items()
    }
    assert sum(tracks(played(lacking)).values()) < sum(tracks(played(CARE)).values())


def test_one_side_alone_cannot_finish() -> None:
    """What either team does by itself leaves islands unreached and the tanks empty at the end."""
    for side in SIDES:
        alone = tracks(played({hour: {side: acts[side]} for hour, acts in CARE.items()}))
        assert alone["islands-reached"] < 12 and alone["clean-water"] <= 12


@pytest.mark.parametrize(("good", "bad"), PAIRS)
def test_care_and_neglect_open_different_branches(good: set[str], bad: set[str]) -> None:
    """Of each pair one half comes to some bots, the other half to others; care may follow neglect, not the reverse."""
    sessions = [came(by_bots(us, china, 90, 1)) for us in ("cautious", "firm", "mirror") for china in ("cautious", us)]
    assert any(good <= set(one) for one in sessions)
    assert any(bad <= set(one) for one in sessions)
    mixed = [one for one in sessions if good <= set(one) and bad & set(one)]
    assert all(max(map(one.index, bad & set(one))) < min(map(one.index, good)) for one in mixed)


def test_what_is_told_in_time_does_not_come_out() -> None:
    """Owning up keeps a file from the newspaper, for either side."""
    for side, record in (("us", "us-record-out"), ("china", "china-record-out")):
        owned: dict[Side, tuple[a.Draft, ...]] = {"us": (ADMITTED,)} if side == "us" else {"china": (ADMITTED,)}
        assert record not in came(played({30: owned}))
        assert record in came(played({}))


def test_the_five_flags_and_the_wharf_wait_two_days() -> None:
    """Either side has until T+48h to open what it began; after that the other's line is pressed."""
    assert "club-stands" not in came(played({42: {"us": (LED,)}}))
    assert "terms-asked" not in came(played({42: {"china": (LED,)}}))
    late = played({56: both(LED)})
    assert {"club-stands", "terms-asked"} <= set(came(late))
    assert {("china", "club-of-partners"), ("us", "facility-tied")} <= pressed(late)


def test_no_single_careless_act_of_the_milder_kind_crosses_a_line() -> None:
    """One public criticism, one demand, one warning by each side is no crossing."""
    for act in (BLAMED, DEMANDED, ACCUSED, DECLINED):
        assert not crossed(played({42: both(act)}))


@pytest.mark.parametrize("line", [("us", "tavu-cut-off"), ("china", "ship-driven-off")])
def test_public_blame_each_turn_comes_to_a_red_line_on_both_sides(line: tuple[Side, str]) -> None:
    """Nobody crosses at once; some turns of it do, and a pink line is what leads there."""
    play = played({hour: both(ACCUSED) for hour in (30, 42, 56, 72)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == line)
    assert event.through is not None


@pytest.mark.parametrize("line", [("us", "berth-denied"), ("china", "tavu-decided-for")])
def test_strings_and_doors_closed_come_to_a_red_line_on_both_sides(line: tuple[Side, str]) -> None:
    """Force in sight and talks broken off, a turn each, use up the other pink line."""
    off = public("cancel-event", "press")
    play = played({18: both(SHOWN), 30: both(off), 42: both(DEMANDED, SHOWN)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == line)
    assert event.through is not None


def test_acting_without_tavus_word_crosses_a_line_of_either_side() -> None:
    """Once Tavu can speak; it closes the harbour, and an answer to its question opens it again."""
    lines = {"us": ("china", "tavu-decided-for"), "china": ("us", "berth-denied")}
    for side in SIDES:
        acts: dict[Side, tuple[a.Draft, ...]] = {"us": (UNASKED,)} if side == "us" else {"china": (UNASKED,)}
        play = played({18: acts, 30: both(LED)})
        assert lines[side] in crossed(play)
        assert came(play).index("tavu-closes") < came(play).index("tavu-reopens")


@pytest.mark.parametrize(("hour", "by_hand"), [(0, {}), (56, {56: "line-dead"})])
def test_while_tavu_cannot_speak_the_same_act_presses_and_does_not_cross(hour: int, by_hand: dict[int, str]) -> None:
    """In the first hours, and again while the telephone is dead; it is back by itself a turn later."""
    play = played({6: both(LED), hour: both(UNASKED) if hour else {"us": (UNASKED,)}}, by_hand=by_hand)
    assert not crossed(play)
    assert ("china", "club-of-partners") in pressed(play)
    assert ("line-back" in came(play)) == bool(by_hand)


def test_once_the_telephone_is_back_the_same_act_crosses_again() -> None:
    """A turn after it went dead Tavu speaks for itself."""
    play = played({72: {"us": (UNASKED,)}}, by_hand={56: "line-dead"})
    assert ("china", "tavu-decided-for") in crossed(play)


def test_a_condition_printed_on_relief_crosses_chinas_line_and_presses_americas() -> None:
    """The same act by either side: one holds a red line on it, the other a pink one that leads to a red."""
    play = played({30: both(PRICED)})
    assert ("china", "tavu-decided-for") in crossed(play)
    assert ("us", "facility-tied") in pressed(play) and ("us", "berth-denied") not in crossed(play)


def test_closing_a_channel_after_sharing_nothing_crosses_americas_line() -> None:
    """A side that has shared something, or that closes nothing, crosses none by it."""
    assert ("us", "tavu-cut-off") in crossed(played({30: {"china": (CUT,)}}))
    assert ("us", "tavu-cut-off") not in crossed(played({18: {"china": (SHARED,)}, 30: {"china": (CUT,)}}))


def test_an_armed_guard_at_the_quay_crosses_americas_line() -> None:
    """Where nobody has put Tavu in the lead; with a lead the same boats only press."""
    assert ("us", "berth-denied") in crossed(played({56: {"china": (SHOWN,)}}))
    assert ("us", "berth-denied") not in crossed(played({6: both(LED), 56: {"china": (SHOWN,)}}))


def test_quay_and_runway_wait_while_tavu_has_sent_its_guests_outside() -> None:
    """No inject speaks of ships at the berth before they may be there."""
    shut = played({18: {"us": (UNASKED,)}})
    assert "tavu-closes" in came(shut)
    assert not {"ash-crews", "satcom", "berth-plan", "two-at-the-quay"} & set(came(shut))


# how bots fare in it


@pytest.mark.parametrize("length", LENGTHS)
def test_careful_and_reckless_play_end_apart(length: int) -> None:
    """At least twenty points of tension lie between them, no careful line is crossed, and the islands show it."""
    careful, reckless = by_bots("cautious", "cautious", length, 7), by_bots("firm", "firm", length, 7)
    assert not crossed(careful)
    assert {side for side, _ in crossed(reckless)} == set(SIDES)
    assert reckless.state.tension - careful.state.tension >= 2000
    assert tracks(careful)["tonnes-a-day"] > tracks(reckless)["tonnes-a-day"]
    assert tracks(careful)["host-confidence"] > tracks(reckless)["host-confidence"]


def test_every_red_line_is_crossed_in_some_session_of_firm_bots() -> None:
    """Two at each side."""
    assert {line for _, line in crossed(by_bots("firm", "firm", 150, 1))} == {
        "berth-denied",
        "tavu-cut-off",
        "tavu-decided-for",
        "ship-driven-off",
    }


@pytest.mark.parametrize("policy", ["silent", "cautious", "firm", "mirror", "salami"])
def test_the_same_bot_on_both_sides_favours_neither(policy: str) -> None:
    """Felt tension and crossings of the two sides lie close together."""
    sessions = [by_bots(policy, policy, length, seed) for length in LENGTHS for seed in (1, 2, 3)]
    felt = [mean(one.state.curve[-1][place] / 100 for one in sessions) for place in (1, 2)]
    count = [mean(sum(owner == side for owner, _ in crossed(one)) for one in sessions) for side in SIDES]
    assert abs(felt[0] - felt[1]) <= 0.15 * max(felt[0], felt[1], 1)
    assert abs(count[0] - count[1]) <= 0.34


@pytest.mark.parametrize("length", LENGTHS)
def test_it_matters_little_which_side_slices(length: int) -> None:
    """A slicing US against a careful China ends within ten points of the reverse."""
    one, other = (
        mean(by_bots(us, china, length, seed).state.tension for seed in range(1, 6))
        for us, china in (("salami", "cautious"), ("cautious", "salami"))
    )
    assert abs(one - other) <= 1000
