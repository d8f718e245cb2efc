"""What `shared-evacuation` promises: it loads clean, agrees with itself, is fair to both teams, and answers to them.

Sessions are played through the engine alone; scripted teams send what is scripted and read nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import pytest
from tests.engine.play import Play, bots, shipped
from tests.scenarios.story import asked, both, came, crossed, pressed, public

from crisis_sim.authoring.check import check_paths
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, Side

FOLDER = shipped_folder() / "scenarios" / "shared-evacuation"
LENGTHS = (45, 90, 150)
HOSTILE = {"protest", "coerce", "force"}

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("shared-evacuation").scenario


def page(name: str) -> str:
    """A text as it stands beside the scenario."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def inject(name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in scenario().msel if one.id == name)


def told(name: str, side: Side = "us") -> str:
    """What one inject says to one team."""
    return (inject(name).text.us if side == "us" else inject(name).text.china).en


LED = public("back-un-lead", "port-office")
TOLD = public("notify-activity", "port-office")
SHARED = public("share-technical-data", "port-office")
HELPED = public("deliver-help", "port-office")
OWNED = public("own-up", "press")
INVITED = public("invite-inclusion", "port-office")
SPOKEN = a.Draft(move="private-inquiry", channel="quay-radio")
CALLED = a.Draft(move="request-call", channel="quay-radio")
CELL = public("joint-cell", "port-office", "package")
BLAMED = public("criticise", "press")
SHOWN = public("show-of-force", "quay-radio")
DEMANDED = public("public-demand", "press")
DECLINED = public("no-comment", "press")
UNASKED = public("deliver-help", "port-office", "without-consent")


CARE: Script = {6: both(TOLD), 14: both(LED, SHARED), 24: both(HELPED, OWNED), 34: both(TOLD)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("shared-evacuation"), seed="dusk", length=length)
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


# what it says


def test_it_loads_without_a_problem_or_a_warning() -> None:
    """The loader and its lint have nothing to say."""
    assert check_paths([FOLDER]).shown() == ""


def test_every_inject_can_be_misread_by_either_side() -> None:
    """Each carries two likely misreadings that differ."""
    pairs = [(one.reads_as.us.en, one.reads_as.china.en) for one in scenario().msel]
    assert 20 <= len(pairs) <= 28
    assert all(us != china for us, china in pairs)


def test_injects_answer_to_what_the_teams_did_or_left_undone() -> None:
    """At least eight contingent injects look back on the teams' own acts."""
    assert len([one.id for one in scenario().msel if list(asked(one.when))]) >= 8


def test_two_injects_are_the_facilitators() -> None:
    """One of the two comes by nothing that the teams can do."""
    assert {one.id for one in scenario().msel if one.by_hand} == {"quay-shut", "born-on-the-quay"}
    assert "born-on-the-quay" in came(played({}, by_hand={34: "born-on-the-quay"}))


def test_private_briefs_are_of_like_length_under_the_same_headings() -> None:
    """Neither team has more to read: within 10 %, with as many items under the same headings."""
    us, china = page("brief-us"), page("brief-china")
    sizes = sorted((len(us.split()), len(china.split())))
    assert sizes[1] <= 1.1 * sizes[0]
    marks = [re.findall(r"^(?:## .*|\d\.|-(?= ))", text, re.MULTILINE) for text in (us, china)]
    assert marks[0] == marks[1]


def test_briefs_can_be_read_in_the_time_there_is() -> None:
    """At most 450 words in public and 500 in private."""
    assert len(page("brief").split()) <= 450
    assert all(len(page(f"brief-{side}").split()) <= 500 for side in SIDES)


def test_numbers_agree_wherever_they_stand() -> None:
    """People, guards, vehicles and hours are the same in briefs, injects and tracks, and those who wait add up."""
    numbers = set(re.findall(r"\d[\d,]*(?<!,)", page("brief")))
    assert {"7,800", "2,100", "700", "5,000", "38", "70"} <= numbers
    names, out = (scenario().tracks[name] for name in ("names-listed", "brought-out"))
    assert sorted(change.by for change in names.changes) == [70_000, 210_000, 500_000]
    assert sum(change.by for change in names.changes) == names.most == out.most == 780_000
    *work, last = (change.by for change in out.changes)
    assert sum(work) + out.per_hour * 70 == out.most and last == out.per_hour * (70 - 62)
    assert scenario().ends == 70 and scenario().tracks["hours-of-light"].start == 7000
    for side in SIDES:
        assert all(number in told("airport-shut", side) for number in ("7,800", "2,100", "700", "5,000", "38"))
        assert all(number in told("convoy", side) for number in ("11 vehicles", "140 people", "11 m wide"))
        assert told("places-asked", side).count("63 Americans") == 1 and "9 are hurt" in told("crush", side)
        assert "30 guards" in told("orsa-speaks", side) and "400 Marines" in told("amphib-turns", side)
        assert "38 countries" in told("common-list", side)


def test_the_arithmetic_stands_in_the_guide() -> None:
    """What brings people out is in the guide as it is in the track."""
    rows = re.findall(r"^\| [^|]* \| (\d[\d,]*) \|$", page("guide"), re.MULTILINE)
    changes = scenario().tracks["brought-out"].changes[:-1]
    assert [int(row.replace(",", "")) * 100 for row in rows] == [change.by for change in changes]


def test_the_two_offers_want_half_of_one_thing_each() -> None:
    """The colonel asks for hours and the sergeant for names, of both sides; the truce is made of the two."""
    assert "**Give me the hours** of your ships and theirs" in " ".join(page("brief-us").split())
    assert "**Give me names**, anybody's" in " ".join(page("brief-china").split())
    assert all(word in told("gate-and-guns") for word in ("names", "hours", "sergeant", "colonel"))
    assert all(word in told("us-line-out") for word in ("colonel", "40 coastguard officers", "fourteen months"))
    assert all(word in told("china-line-out", "china") for word in ("60 watchmen", "eleven months", "double"))


@pytest.mark.parametrize(
    ("side", "secret", "tells"),
    [
        ("us", r"colonel|first aid", {"us-line-out", "gate-and-guns"}),
        ("china", r"watchm[ae]n|container yard|in Chinese pay|[Ff]oreman|wage book", {"china-line-out"}),
    ],
)
def test_what_a_team_keeps_stands_in_its_own_brief_alone(side: Side, secret: str, tells: set[str]) -> None:
    """No public text, and no inject but those that tell it, gives a private fact away."""
    kept, other = page(f"brief-{side}"), page(f"brief-{'china' if side == 'us' else 'us'}")
    assert re.search(secret, kept)
    tracks = scenario().tracks.values()
    marks = " ".join(mark.says.en for track in tracks for mark in track.marks)
    channels = " ".join(channel.says.en for channel in scenario().channels.values())
    assert not re.search(secret, other + page("brief") + scenario().says.en + scenario().host.en + marks + channels)
    assert {one.id for one in scenario().msel if re.search(secret, one.text.us.en + one.text.china.en)} == tells


def test_an_hour_in_the_words_is_the_hour_of_the_inject() -> None:
    """A text that begins with its hour says the one at which it is due, to both teams."""
    for one in scenario().msel:
        for text in (one.text.us.en, one.text.china.en):
            found = re.match(r"T\+(\d+)", text)
            assert found is None or int(found[1]) == one.at, one.id


def test_no_real_war_is_named_to_the_teams_as_this_one() -> None:
    """Places and dates of real evacuations stand in the guide; no inject and no public text names one."""
    named = re.compile(r"Yemen|Aden\b|Djibouti|Houthi|Libya|Tripoli|Sudan|Khartoum|Jeddah|Kabul|Afghan")
    texts = [text.en for one in scenario().msel for text in (one.text.us, one.text.china)]
    assert not [text for text in texts if named.search(text)]
    assert not named.search(page("brief") + scenario().says.en + scenario().host.en)


def test_the_guide_speaks_of_every_inject() -> None:
    """No inject leaves the facilitator without a line in the guide."""
    assert [one.id for one in scenario().msel if f"`{one.id}`" not in page("guide")] == []


def test_lines_are_as_many_and_as_heavy_on_both_sides() -> None:
    """Two pink lines lead to two red ones on each side; crossings cost the same; no two lines are about the same."""
    us, china = (scenario().teams.of(side).lines for side in SIDES)
    assert [line.kind for line in us] == [line.kind for line in china] == ["pink", "pink", "red", "red"]
    assert [line.crossing for line in us] == [line.crossing for line in china]
    assert not {line.says.en for line in us} & {line.says.en for line in china}
    assert all(one.concern != other.concern for one, other in zip(us[:2], china[:2], strict=True))


def test_every_question_about_something_particular_recalls_it() -> None:
    """Eight to ten questions, most of which bring something back to mind."""
    questions = scenario().hotwash
    assert 8 <= len(questions) <= 10
    assert len([one for one in questions if one.recalls]) >= 6


@pytest.mark.parametrize("length", LENGTHS)
def test_the_clock_alone_never_brings_more_than_four_injects_in_a_turn(length: int) -> None:
    """A room can read what comes."""
    play = Play(shipped("shared-evacuation"), length=length)
    planned = [one for one in scenario().msel if one.when is None and not one.by_hand and length in one.lengths]
    due = [next(hour for hour in play.table.hours if hour >= one.at) for one in planned]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_without_work_the_launches_go_and_nobody_else(length: int) -> None:
    """Two silent teams leave 1,400 out, no list and no light, in every length."""
    play = played({}, length)
    assert play.state.tracks["brought-out"] == 140_000
    assert play.state.tracks["names-listed"] == play.state.tracks["hours-of-light"] == 0
    assert {"boots-on-the-roof", "sorted-by-passport", "convoy-turned", "two-wakes"} <= set(came(play))
    assert not crossed(play)


def test_joint_work_brings_everybody_out_before_dusk() -> None:
    """Notices, a lead, names, places and the two telephone numbers: 7,800, with eight hours of light."""
    play = played(CARE)
    assert play.state.tracks["brought-out"] == play.state.tracks["names-listed"] == 780_000
    assert play.state.tracks["hours-of-light"] == 800
    assert {"one-timetable", "head-count", "gate-and-guns", "convoy-through", "last-list"} <= set(came(play))
    assert not crossed(play) and play.state.tension < 2000


def test_the_last_come_aboard_after_the_last_ship_was_spoken_of() -> None:
    """Nobody is told that all are out before the morning on which one more ship may sail."""
    hour, marked = 0, dict[int, int]()
    for event in played(CARE).events:
        if isinstance(event, e.TurnOpened):
            hour = event.hour
        elif isinstance(event, e.TrackMarked) and event.track == "brought-out":
            marked[event.mark] = hour
    assert marked[1] == 62


def less(left_out: a.Draft) -> Script:
    """All the careful work but one kind of act."""
    return {
        hour: {side: tuple(draft for draft in drafts if draft != left_out) for side, drafts in acts.items()}
        for hour, acts in CARE.items()
    }


@pytest.mark.parametrize(
    ("left_out", "people"), [(TOLD, 900), (HELPED, 2000), (OWNED, 1400), (SHARED, 1500), (LED, 1500 + 600)]
)
def test_each_part_of_the_work_matters(left_out: a.Draft, people: int) -> None:
    """Without notices, places, telephone numbers, names or a lead, as many fewer are out as the guide says."""
    assert played(less(left_out)).state.tracks["brought-out"] == 780_000 - 100 * people


def test_a_second_share_tells_what_owning_up_would_have_told() -> None:
    """Hours for the guns and names for the gate can be given as data."""
    twice = {**less(OWNED), 44: both(SHARED)}
    play = played(twice)
    assert "gate-and-guns" in came(play) and play.state.tracks["brought-out"] == 780_000


@pytest.mark.parametrize(("act", "names"), [(LED, 780_000), (CELL, 780_000), (INVITED, 780_000), (DECLINED, 280_000)])
def test_the_list_is_whole_when_the_others_are_let_in(act: a.Draft, names: int) -> None:
    """Two lists make 2,800; a lead, a cell or an invitation brings the other 5,000."""
    play = played({14: {"us": (SHARED, act), "china": (SHARED,)}})
    assert play.state.tracks["names-listed"] == names
    assert ("last-list" in came(play)) is (names == 780_000)


def test_a_cell_that_leaves_somebody_out_lists_nobody_else() -> None:
    """The 5,000 are not served by a table at which they have no chair."""
    shut = public("joint-cell", "port-office", "package", "exclusive")
    assert played({14: {"us": (SHARED, shut), "china": (SHARED,)}}).state.tracks["names-listed"] == 280_000


def test_one_side_alone_brings_fewer() -> None:
    """What either team does by itself leaves thousands on the quay, and equally many from either chair."""
    alone = {
        side: played({hour: {side: acts[side]} for hour, acts in CARE.items()}).state.tracks["brought-out"]
        for side in SIDES
    }
    assert alone["us"] == alone["china"] < 400_000


@pytest.mark.parametrize(
    ("care", "good", "bad"),
    [
        ({14: {"us": (TOLD,)}}, None, "boots-on-the-roof"),
        ({14: {"china": (TOLD,)}}, None, "sorted-by-passport"),
        ({14: {"china": (INVITED,)}}, None, "sorted-by-passport"),
        ({14: both(TOLD)}, "one-timetable", "boots-on-the-roof"),
        ({24: both(SHARED)}, "head-count", "drone-shot"),
        ({34: {"us": (TOLD,)}}, "convoy-through", "convoy-turned"),
        ({34: {"china": (SPOKEN,)}}, "convoy-through", "convoy-turned"),
        ({34: {"us": (CALLED,)}}, "convoy-through", "convoy-turned"),
        ({24: both(OWNED)}, "gate-and-guns", "us-line-out"),
        ({14: both(SHARED), 34: both(SHARED)}, "gate-and-guns", "china-line-out"),
        ({44: {"us": (LED, SHARED), "china": (SHARED,)}}, "last-list", "two-wakes"),
    ],
)
def test_care_opens_one_branch_and_neglect_another(care: Script, good: str | None, bad: str) -> None:
    """What neglect brings stays away after the act that answers it, and what care opens never comes without it."""
    cared, neglected = came(played(care)), came(played({}))
    assert bad in neglected and bad not in cared
    assert good is None or (good in cared and good not in neglected)


def test_a_word_before_the_convoy_does_not_last_for_it() -> None:
    """What was said on the first day tells nobody what comes down the street on the second night."""
    assert "convoy-turned" in came(played({6: both(TOLD), 14: both(SPOKEN)}))


@pytest.mark.parametrize("length", LENGTHS)
def test_a_convoy_either_comes_through_or_turns(length: int) -> None:
    """Never both, and never neither, whatever is said afterwards."""
    for script in ({}, {34: both(TOLD)}, {44: both(TOLD)}, {62: both(TOLD)}):
        ways = [name for name in came(played(script, length)) if name in {"convoy-through", "convoy-turned"}]
        assert len(ways) == 1


def test_a_question_left_lying_is_noticed_and_a_holding_note_prevents_it() -> None:
    """Silence brings an inject of its own, whichever side keeps it."""
    for side in SIDES:
        other: Side = "china" if side == "us" else "us"
        asking = a.Draft(move="private-inquiry", channel="quay-radio")
        assert "no-answer" in came(played({6: {side: (asking,)}}))
        play = Play(shipped("shared-evacuation"), seed="dusk", length=150)
        play.turn(**{side: (asking,)})
        play.open_moves()
        request = play.team(other).requests[0].number
        held = a.Draft(move="fact-statement", channel="quay-radio", answers=request, how="holding")
        play.turn(**{other: (held,)})
        for _ in range(4):
            play.turn()
        assert "no-answer" not in came(play)


@pytest.mark.parametrize(
    ("side", "line", "act"),
    [
        ("us", "road-barred", a.Draft(move="unsafe-manoeuvre", channel="quay-radio")),
        ("us", "road-barred", public("ultimatum", "press")),
        ("us", "citizens-held", a.Draft(move="jam-or-cyber", channel="escort-chat")),
        ("us", "citizens-held", UNASKED),
        ("china", "ship-lit-up", a.Draft(move="unsafe-manoeuvre", channel="quay-radio")),
        ("china", "ship-lit-up", a.Draft(move="jam-or-cyber", channel="quay-radio")),
        ("china", "ship-lit-up", public("ultimatum", "press")),
        ("china", "orsa-decided-for", UNASKED),
    ],
)
def test_grave_acts_cross_at_once_and_the_gangways_are_taken_up(side: Side, line: str, act: a.Draft) -> None:
    """Each red line can be crossed outright; the port captain answers, and opens again when somebody answers him."""
    sender: Side = "china" if side == "us" else "us"
    play = played({24: {sender: (act,)}, 44: {sender: (LED,)}})
    assert (side, line) in crossed(play)
    assert came(play).index("quay-shut") < came(play).index("quay-reopens")


@pytest.mark.parametrize(
    ("side", "line", "slices"),
    [
        ("us", "road-barred", (SHOWN, DEMANDED)),
        ("us", "citizens-held", (BLAMED,)),
        ("china", "orsa-decided-for", (SHOWN, DEMANDED)),
        ("china", "ship-lit-up", (BLAMED,)),
    ],
)
def test_a_few_careless_turns_come_to_a_red_line(side: Side, line: str, slices: tuple[a.Draft, ...]) -> None:
    """No one of them crosses by itself; three or four in a row do, and a pink line is what leads there."""
    sender: Side = "china" if side == "us" else "us"
    assert not crossed(played({24: {sender: slices}}))
    play = played({hour: {sender: slices} for hour in (24, 34, 44, 54)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == (side, line))
    assert event.through is not None


def test_no_careful_act_crosses_a_line() -> None:
    """Of all moves that blame, coerce and threaten nobody, none crosses anything, whoever makes it."""
    play = Play(shipped("shared-evacuation"), length=150)
    while play.state.hour < 44 or play.state.phase != "moves":
        play.submit("facilitator", a.Advance())
    options = [one for one in play.team("us").moves if one.family not in HOSTILE and not one.only_as_answer]
    assert len(options) >= 20
    for option in options:
        way = option.visibilities[0]
        channels = {one.id: one for one in play.team("us").channels}
        channel = next(name for name in option.channels if way in channels[name].visibilities)
        about = channel if option.about_channel else None
        seen: Literal["public", "private"] = "public" if way == "public" else "private"
        draft = a.Draft(move=option.id, channel=channel, visibility=seen, about=about)
        assert not crossed(played({44: both(draft)})), option.id


def test_silence_presses_and_does_not_cross() -> None:
    """Three days of "no comment" press two lines on either side, and come to nothing worse."""
    play = played({hour: both(DECLINED) for hour in (0, 6, 14, 24, 34, 44, 54, 62)})
    assert {("us", "places-by-passport"), ("us", "over-our-heads")} <= pressed(play)
    assert {("china", "shore-party"), ("china", "called-a-base")} <= pressed(play)
    assert not crossed(play)


def test_a_slip_is_felt_only_by_the_side_whose_line_it_is() -> None:
    """The berth presses the US, the Marines China, the two broadcasts one line each; notices take pressure off."""
    owners = {"one-flag-berth": {"us"}, "amphib-turns": {"china"}, "two-broadcasts": {"us", "china"}}
    events = [one for one in played({}).events if isinstance(one, e.LinePressed)]
    for name, sides in owners.items():
        assert {one.side for one in events if one.trace.rule == f"inject {name}"} == sides
    eased = played({14: both(TOLD)}).events
    assert [one for one in eased if isinstance(one, e.NumberMoved) and one.trace.rule == "inject one-timetable"]


# how bots play it


@pytest.mark.parametrize("length", LENGTHS)
def test_careful_and_reckless_play_end_apart(length: int) -> None:
    """Two careful bots end at least 20 points under two that press, with a longer list and no line crossed."""
    careful, pressing, firm = (
        bots(shipped("shared-evacuation"), who, who, length=length) for who in ("cautious", "salami", "firm")
    )
    assert not crossed(careful) and crossed(firm)
    for hard in (pressing, firm):
        assert hard.state.tension - careful.state.tension >= 2000
        assert careful.state.tracks["names-listed"] > hard.state.tracks["names-listed"]
        assert careful.state.tracks["brought-out"] >= hard.state.tracks["brought-out"]


@pytest.mark.parametrize("policy", ["cautious", "firm", "salami", "silent"])
@pytest.mark.parametrize("length", LENGTHS)
def test_the_same_bot_on_both_sides_favours_neither(policy: str, length: int) -> None:
    """Lines crossed are as many on either side, and felt tension differs by less than 15 %."""
    play = bots(shipped("shared-evacuation"), policy, policy, seed="2", length=length)
    sides = [side for side, _ in crossed(play)]
    assert sides.count("us") == sides.count("china")
    us, china = sorted((play.state.us.felt, play.state.china.felt))
    assert china - us <= max(100, china * 15 // 100)


def test_slices_cost_as_much_from_either_chair() -> None:
    """A team that slices against a careful one ends where the reverse does, within ten points."""
    one = bots(shipped("shared-evacuation"), "salami", "cautious", seed="2")
    other = bots(shipped("shared-evacuation"), "cautious", "salami", seed="2")
    assert abs(one.state.tension - other.state.tension) <= 1000
