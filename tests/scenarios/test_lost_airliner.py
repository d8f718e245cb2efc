"""What `lost-airliner` promises: it loads clean, agrees with itself, is fair to both teams, and answers to them.

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

FOLDER = shipped_folder() / "scenarios" / "lost-airliner"
LENGTHS = (45, 90, 150)
HOSTILE = {"protest", "coerce", "force"}

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("lost-airliner").scenario


def page(name: str) -> str:
    """A text as it stands beside the scenario."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def inject(name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in scenario().msel if one.id == name)


def told(name: str, side: Side = "us") -> str:
    """What one inject says to one team."""
    return (inject(name).text.us if side == "us" else inject(name).text.china).en


LED = public("back-un-lead", "amary-centre")
TOLD = public("notify-activity", "amary-centre")
SHARED = public("share-technical-data", "beacon-network")
HELPED = public("deliver-help", "beacon-network")
RULES = a.Draft(move="reaffirm-rules", channel="radio", visibility="public", about="radio")
SPOKEN = a.Draft(move="private-inquiry", channel="radio")
CELL = public("joint-cell", "amary-centre", "package")
BLAMED = public("criticise", "press")
SHOWN = public("show-of-force", "radio")
DEMANDED = public("public-demand", "press")
DECLINED = public("no-comment", "press")
UNASKED = public("deliver-help", "beacon-network", "without-consent")


CARE: Script = {4: both(TOLD), 10: both(LED, SHARED), 18: both(HELPED), 28: both(RULES)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("lost-airliner"), seed="haze", length=length)
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
    assert {one.id for one in scenario().msel if one.by_hand} == {"sulana-closes", "row-fourteen"}
    assert "row-fourteen" in came(played({}, by_hand={28: "row-fourteen"}))


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
    """People, hours, miles and days are the same in briefs, injects and tracks, and those aboard add up."""
    numbers = set(re.findall(r"\d+", page("brief")))
    assert {"417", "142", "61", "38", "36", "7", "72", "200", "76"} <= numbers
    assert 61 + 38 + 36 + 7 == 142
    tracks = scenario().tracks
    assert tracks["hours-to-live"].start == 7200 and tracks["people-found"].most == 14_200
    assert [change.by for change in tracks["people-found"].changes] == [900, 800]
    once = sum(change.by for change in tracks["area-searched"].changes)
    assert once + scenario().ends * tracks["area-searched"].per_hour == tracks["area-searched"].most == 10_000
    for side in SIDES:
        assert all(number in told("distress", side) for number in ("417", "142", "61", "38", "02:10"))
        assert all(number in told("two-fleets", side) for number in ("200", "90 by 60"))
        assert "30 days" in told("closure-notice", side) and "1,400 m" in told("recorder", side)
        assert "300 m" in told("near-pass", side)


def test_the_two_secrets_are_of_one_flight() -> None:
    """The sound and the track give the same minutes, and so does the chart that is drawn from both."""
    assert all("**41 minutes**" in page(f"brief-{side}") for side in SIDES)
    assert "**02:51**" in page("brief-us") and "**02:10**" in page("brief-china")
    assert all(words in told("one-chart") for words in ("02:10", "41 minutes", "02:51"))
    assert "41 minutes" in told("china-record-out")


@pytest.mark.parametrize(
    ("side", "secret", "tells"),
    [("us", r"hydrophones", {"us-record-out"}), ("china", r"balloon|coastal radar", {"china-record-out"})],
)
def test_what_a_team_keeps_stands_in_its_own_brief_alone(side: Side, secret: str, tells: set[str]) -> None:
    """No public text, and no inject but the one that tells it, gives a private fact away."""
    kept, other = page(f"brief-{side}"), page(f"brief-{'china' if side == 'us' else 'us'}")
    assert re.search(secret, kept)
    shown = other.replace("balloon of 2023", "") + page("brief") + scenario().says.en + scenario().host.en
    assert not re.search(secret, shown)
    assert {one.id for one in scenario().msel if re.search(secret, one.text.us.en + one.text.china.en)} == tells


def test_an_hour_in_the_words_is_the_hour_of_the_inject() -> None:
    """A text that begins with its hour says the one at which it is due, to both teams."""
    for one in scenario().msel:
        for text in (one.text.us.en, one.text.china.en):
            found = re.match(r"T\+(\d+)", text)
            assert found is None or int(found[1]) == one.at, one.id


def test_no_real_water_and_no_real_claimant_is_named() -> None:
    """What the teams read knows Sulana and Tessaro, and no real coast of a contested sea."""
    named = re.compile(r"South China Sea|Philippin|Viet ?[Nn]am|Malaysia|Indonesia|Brunei|Taiwan|Spratly|Scarborough")
    texts = [text.en for one in scenario().msel for text in (one.text.us, one.text.china)]
    assert not [text for text in texts if named.search(text)]
    assert not [name for name in ("brief", "brief-us", "brief-china") if named.search(page(name))]


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
    play = Play(shipped("lost-airliner"), length=length)
    planned = [one for one in scenario().msel if one.when is None and not one.by_hand and length in one.lengths]
    due = [next(hour for hour in play.table.hours if hour >= one.at) for one in planned]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_without_work_nobody_is_found(length: int) -> None:
    """Two silent teams leave 38 percent searched, nobody found and the doctors' hours over, in every length."""
    play = played({}, length)
    assert play.state.tracks["area-searched"] == 3800
    assert play.state.tracks["people-found"] == play.state.tracks["hours-to-live"] == 0
    assert {"notice-stands", "buoy-on-camera", "second-pass", "custody-race"} <= set(came(play))
    assert not crossed(play)


def test_joint_work_finds_both_rafts() -> None:
    """Notices, a lead, data and help search the whole box; seventeen live, and the clock stops."""
    play = played(CARE)
    assert play.state.tracks["people-found"] == 1700
    assert play.state.tracks["area-searched"] == 10_000
    assert play.state.tracks["hours-to-live"] > 0
    assert {"notices-joined", "one-chart", "cause-clear", "even-and-odd", "one-deck"} <= set(came(play))
    assert not crossed(play) and play.state.tension < 2000


def test_the_first_raft_comes_in_the_turn_that_the_guide_names() -> None:
    """Notices, lead and data by T+10h: nine at the end of the turn of T+18h; with help by then, eight a turn later."""
    marks = [event for event in played(CARE).events if isinstance(event, e.TurnOpened | e.TrackMarked)]
    hour, found = 0, dict[int, int]()
    for event in marks:
        if isinstance(event, e.TurnOpened):
            hour = event.hour
        elif event.track == "people-found":
            found[event.mark] = hour
    assert found == {0: 18, 1: 28}


@pytest.mark.parametrize(("left_out", "percent"), [(TOLD, 8), (LED, 14), (SHARED, 16), (HELPED, 24)])
def test_each_part_of_the_work_matters(left_out: a.Draft, percent: int) -> None:
    """Without notices, a lead, data or help, as much less is searched as the guide says."""
    lacking: Script = {
        hour: {side: tuple(draft for draft in drafts if draft != left_out) for side, drafts in acts.items()}
        for hour, acts in CARE.items()
    }
    assert played(lacking).state.tracks["area-searched"] == 10_000 - 100 * percent


def test_one_side_alone_finds_fewer() -> None:
    """What either team does by itself leaves the second raft to the sea."""
    for side in SIDES:
        alone = played({hour: {side: acts[side]} for hour, acts in CARE.items()})
        assert alone.state.tracks["people-found"] < 1700


@pytest.mark.parametrize(
    ("care", "good", "bad"),
    [
        ({4: {"china": (TOLD,)}}, None, "notice-stands"),
        ({10: {"us": (TOLD,)}}, None, "buoy-on-camera"),
        ({10: both(TOLD)}, "notices-joined", "notice-stands"),
        ({10: {"us": (LED,)}}, None, "two-charts"),
        ({10: both(SHARED, LED)}, "one-chart", "two-charts"),
        ({10: both(SHARED)}, "cause-clear", "us-record-out"),
        ({28: {"us": (public("own-up", "press"),), "china": (SHARED,)}}, "cause-clear", "china-record-out"),
        ({28: {"china": (RULES,)}}, "even-and-odd", "second-pass"),
        ({28: {"us": (SPOKEN,)}}, "even-and-odd", "second-pass"),
        ({40: both(LED)}, "one-deck", "custody-race"),
        ({40: {"china": (CELL,)}}, "one-deck", "custody-race"),
    ],
)
def test_care_opens_one_branch_and_neglect_another(care: Script, good: str | None, bad: str) -> None:
    """What neglect brings stays away after the act that answers it, and what care opens never comes without it."""
    cared, neglected = came(played(care)), came(played({}))
    assert bad in neglected and bad not in cared
    assert good is None or (good in cared and good not in neglected)


def test_a_question_left_lying_is_noticed_and_a_holding_note_prevents_it() -> None:
    """Silence brings an inject of its own, whichever side keeps it."""
    for side in SIDES:
        other: Side = "china" if side == "us" else "us"
        asking = a.Draft(move="private-inquiry", channel="radio")
        assert "no-answer" in came(played({4: {side: (asking,)}}))
        play = Play(shipped("lost-airliner"), seed="haze", length=150)
        play.turn(**{side: (asking,)})
        play.open_moves()
        request = play.team(other).requests[0].number
        held = a.Draft(move="fact-statement", channel="radio", answers=request, how="holding")
        play.turn(**{other: (held,)})
        for _ in range(4):
            play.turn()
        assert "no-answer" not in came(play)


@pytest.mark.parametrize(
    ("side", "line", "act"),
    [
        ("us", "search-blocked", a.Draft(move="unsafe-manoeuvre", channel="radio")),
        ("us", "search-blocked", public("ultimatum", "press")),
        ("us", "evidence-kept", a.Draft(move="jam-or-cyber", channel="beacon-network")),
        ("us", "evidence-kept", UNASKED),
        ("china", "search-as-hunt", a.Draft(move="unsafe-manoeuvre", channel="radio")),
        ("china", "search-as-hunt", a.Draft(move="jam-or-cyber", channel="radio")),
        ("china", "search-as-hunt", public("ultimatum", "press")),
        ("china", "recorder-lifted", UNASKED),
    ],
)
def test_grave_acts_cross_at_once_and_sulana_clears_the_box(side: Side, line: str, act: a.Draft) -> None:
    """Each red line can be crossed outright; the host answers, and opens the box again when somebody answers it."""
    sender: Side = "china" if side == "us" else "us"
    play = played({18: {sender: (act,)}, 40: {sender: (LED,)}})
    assert (side, line) in crossed(play)
    assert came(play).index("sulana-closes") < came(play).index("sulana-reopens")


@pytest.mark.parametrize(
    ("side", "line", "slices"),
    [
        ("us", "search-blocked", (SHOWN, DEMANDED)),
        ("us", "evidence-kept", (BLAMED,)),
        ("china", "search-as-hunt", (SHOWN, DEMANDED)),
        ("china", "recorder-lifted", (BLAMED,)),
    ],
)
def test_a_few_careless_turns_come_to_a_red_line(side: Side, line: str, slices: tuple[a.Draft, ...]) -> None:
    """No one of them crosses by itself; three or four in a row do, and a pink line is what leads there."""
    sender: Side = "china" if side == "us" else "us"
    assert not crossed(played({18: {sender: slices}}))
    play = played({hour: {sender: slices} for hour in (18, 28, 40, 52)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == (side, line))
    assert event.through is not None


def test_no_careful_act_crosses_a_line() -> None:
    """Of all moves that blame, coerce and threaten nobody, none crosses anything, whoever makes it."""
    play = Play(shipped("lost-airliner"), length=150)
    while play.state.hour < 40 or play.state.phase != "moves":
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
        assert not crossed(played({40: both(draft)})), option.id


def test_silence_presses_and_does_not_cross() -> None:
    """Three days of "no comment" press two lines on either side, and come to nothing worse."""
    play = played({hour: both(DECLINED) for hour in (0, 4, 10, 18, 28, 40, 52, 64)})
    assert {("us", "told-last"), ("us", "claim-by-notice")} <= pressed(play)
    assert {("china", "rival-name"), ("china", "listening-gear")} <= pressed(play)
    assert not crossed(play)


def test_a_slip_is_felt_only_by_the_side_whose_line_it_is() -> None:
    """The closure and the picture press the US, the buoys and the map China; notices from both take it off again."""
    owners = {"closure-notice": "us", "satellite-image": "us", "sonobuoys": "china", "map-name": "china"}
    events = [one for one in played({}).events if isinstance(one, e.LinePressed)]
    for name, side in owners.items():
        assert {one.side for one in events if one.trace.rule == f"inject {name}"} == {side}
    eased = played({10: both(TOLD)}).events
    assert [one for one in eased if isinstance(one, e.NumberMoved) and one.trace.rule == "inject notices-joined"]


# how bots play it


@pytest.mark.parametrize("length", LENGTHS)
def test_careful_and_reckless_play_end_apart(length: int) -> None:
    """Two careful bots end at least 20 points under two that press, with more people found and no line crossed."""
    careful, pressing, firm = (
        bots(shipped("lost-airliner"), who, who, length=length) for who in ("cautious", "salami", "firm")
    )
    assert not crossed(careful) and crossed(firm)
    for hard in (pressing, firm):
        assert hard.state.tension - careful.state.tension >= 2000
        assert careful.state.tracks["people-found"] > hard.state.tracks["people-found"]


@pytest.mark.parametrize("policy", ["cautious", "firm", "salami", "silent"])
@pytest.mark.parametrize("length", LENGTHS)
def test_the_same_bot_on_both_sides_favours_neither(policy: str, length: int) -> None:
    """Lines crossed are as many on either side, and felt tension differs by less than 15 %."""
    play = bots(shipped("lost-airliner"), policy, policy, seed="2", length=length)
    sides = [side for side, _ in crossed(play)]
    assert sides.count("us") == sides.count("china")
    us, china = sorted((play.state.us.felt, play.state.china.felt))
    assert china - us <= max(100, china * 15 // 100)


def test_slices_cost_as_much_from_either_chair() -> None:
    """A team that slices against a careful one ends where the reverse does, within ten points."""
    one = bots(shipped("lost-airliner"), "salami", "cautious", seed="2")
    other = bots(shipped("lost-airliner"), "cautious", "salami", seed="2")
    assert abs(one.state.tension - other.state.tension) <= 1000
