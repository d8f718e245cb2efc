"""What `asteroid` promises: it loads clean, agrees with itself, is fair to both teams, and answers to them.

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

FOLDER = shipped_folder() / "scenarios" / "asteroid"
LENGTHS = (45, 90, 150)
HOURS = (0, 72, 144, 216, 312, 408, 504, 600)
HOSTILE = {"protest", "coerce", "force"}

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("asteroid").scenario


def page(name: str) -> str:
    """A text as it stands beside the scenario, on one line."""
    return " ".join((FOLDER / f"{name}.md").read_text(encoding="utf-8").split())


def inject(name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in scenario().msel if one.id == name)


def told(name: str, side: Side = "us") -> str:
    """What one inject says to one team."""
    return (inject(name).text.us if side == "us" else inject(name).text.china).en


SHARED = public("share-technical-data", "iawn")
OWNED = public("own-up", "press")
TOLD = public("notify-activity", "vienna-committee")
LED = public("back-un-lead", "vienna-committee")
CELL = public("joint-cell", "smpag", "package")
GROUP = public("working-group", "smpag", "package")
OPENED = public("open-payload", "smpag")
HELPED = public("deliver-help", "smpag")
STATED = public("joint-statement", "press", "package")
BLAMED = public("criticise", "press")
SHOWN = public("show-of-force", "control-rooms")
DEMANDED = public("public-demand", "press")
DECLINED = public("no-comment", "press")
UNASKED = public("deliver-help", "smpag", "without-consent")
ASKED = a.Draft(move="private-inquiry", channel="control-rooms")


CARE: Script = {72: both(SHARED, TOLD), 144: both(OWNED, GROUP), 216: both(LED), 312: both(OPENED)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("asteroid"), seed="rock", length=length)
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


def refused(side: Side, hours: tuple[int, ...], first: Script | None = None) -> Play:
    """A session in which `side` asks at each of these hours, and the other declines to comment a turn later."""
    other: Side = "china" if side == "us" else "us"
    play = Play(shipped("asteroid"), seed="rock", length=150)
    for hour in HOURS:
        play.open_moves()
        acts: dict[Side, list[a.Draft]] = {"us": [], "china": []}
        for name, drafts in (first or {}).get(hour, {}).items():
            acts[name] += drafts
        acts[side] += [ASKED] * (hour in hours)
        acts[other] += [
            a.Draft(move=one.decline, channel="control-rooms", answers=one.number, how="decline")
            for one in play.team(other).requests
        ]
        play.turn(tuple(acts["us"]), tuple(acts["china"]))
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
    assert {one.id for one in scenario().msel if one.by_hand} == {"corridor-closes", "fireball"}
    assert "fireball" in came(played({}, by_hand={216: "fireball"}))


def test_private_briefs_are_of_like_length_under_the_same_headings() -> None:
    """Neither team has more to read: within 10 %, with as many items under the same headings."""
    us, china = ((FOLDER / f"brief-{side}.md").read_text(encoding="utf-8") for side in SIDES)
    sizes = sorted((len(us.split()), len(china.split())))
    assert sizes[1] <= 1.1 * sizes[0]
    marks = [re.findall(r"^(?:## .*|\d\.|-(?= ))", text, re.MULTILINE) for text in (us, china)]
    assert marks[0] == marks[1]


def test_briefs_can_be_read_in_the_time_there_is() -> None:
    """At most 450 words in public and 500 in private."""
    assert len(page("brief").split()) <= 450
    assert all(len(page(f"brief-{side}").split()) <= 500 for side in SIDES)


def test_numbers_agree_wherever_they_stand() -> None:
    """Metres, percents, nights, months, people and dates are the same in briefs, injects and tracks."""
    brief = page("brief")
    for number in (
        "2031 QX",
        "60 m",
        "1.1 percent",
        "17 August 2037",
        "25 nights",
        "14 months",
        "210 million",
        "30 days",
    ):
        assert number in brief, number
    for side in SIDES:
        assert all(number in told("notice", side) for number in ("2031 QX", "60 m", "1.1 percent", "17 August 2037"))
        assert all(number in told("two-numbers", side) for number in ("1.9", "2.6"))
        assert all(number in told("corridor-map", side) for number in ("nine countries", "210 million"))
        assert all(number in told("quiet-departures", side) for number in ("900", "700"))
        assert all(number in told("law-bars", side) for number in ("2011", "30 days"))
        assert "eleven months" in told("impactor-offer", side) and "18 million" in told("standoff-study", side)
        assert "2.9 percent" in told("peak", side) and "0.3 percent" in told("falls", side)
    assert all(number in told("two-tickers") for number in ("1.9", "2.6")) and "0.9 percent" in told("orbit-settles")


def test_the_dark_hours_are_the_nights_of_the_brief() -> None:
    """Six dark hours a night for 25 nights run out as the last turn begins."""
    hours = scenario().tracks["dark-hours"]
    assert hours.start == hours.most == 25 * 6 * 100
    assert -HOURS[-1] * hours.per_hour == hours.start


def test_what_moves_path_and_plan_adds_up_to_all_of_it() -> None:
    """The parts in the guide and the drift of a month make a hundred, for the path; the parts alone, for the plan."""
    path, plan = scenario().tracks["path-known"], scenario().tracks["common-plan"]
    assert [change.by for change in path.changes] == [1800, 1800, 1400, 1400]
    assert sum(change.by for change in path.changes) + scenario().ends * path.per_hour == path.most == 10_000
    assert [change.by for change in plan.changes] == [2000] * 5 and plan.most == 10_000


def test_days_in_the_words_are_the_hours_of_the_injects() -> None:
    """A text that begins with its day says the one on which it is due, to both teams."""
    for one in scenario().msel:
        for text in (one.text.us.en, one.text.china.en):
            found = re.match(r"Day (\d+)\.", text)
            assert found is None or int(found[1]) * 24 == one.at, one.id
    planned = [one for one in scenario().msel if one.when is None and not one.by_hand]
    assert all(re.match(r"Day \d+\. ", told(one.id, side)) for one in planned for side in SIDES)


def test_a_certified_letter_takes_the_thirty_days_of_the_law() -> None:
    """The road between the two agencies is dormant, and then four times its latency is the whole session."""
    letters, states = scenario().channels["agency-letters"], shipped("asteroid").base.channels.states
    state = max((one for one in states if one.at <= letters.readiness), key=lambda one: one.at)
    assert letters.latency * state.latency / 100 == scenario().ends == 30 * 24


@pytest.mark.parametrize(
    ("side", "secret", "tells"),
    [
        ("us", r"(?i)four frames|August 2028|streak", {"us-record-out"}),
        ("china", r"(?i)\bclock\b|1\.8 seconds|cable", {"china-record-out"}),
    ],
)
def test_what_a_team_keeps_stands_in_its_own_brief_alone(side: Side, secret: str, tells: set[str]) -> None:
    """No public text, and no inject but the one that tells it, gives a private fact away."""
    kept, other = page(f"brief-{side}"), page(f"brief-{'china' if side == 'us' else 'us'}")
    assert re.search(secret, kept)
    assert not re.search(secret, other + page("brief") + scenario().says.en + scenario().host.en)
    assert {one.id for one in scenario().msel if re.search(secret, one.text.us.en + one.text.china.en)} == tells


def test_no_real_country_lies_under_the_band() -> None:
    """What the teams read of the nine knows Calvera and Ondara, and no real state."""
    named = re.compile(r"Africa|Brazil|Colombia|Venezuela|India|Nigeria|Sudan|Kenya|Ethiopia|Japan|Russia|Taiwan")
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
    assert not {line.concern for line in us} & {line.concern for line in china}


def test_every_question_about_something_particular_recalls_it() -> None:
    """Eight to ten questions, most of which bring something back to mind."""
    questions = scenario().hotwash
    assert 8 <= len(questions) <= 10
    assert len([one for one in questions if one.recalls]) >= 6


@pytest.mark.parametrize("length", LENGTHS)
def test_the_clock_alone_never_brings_more_than_four_injects_in_a_turn(length: int) -> None:
    """A room can read what comes."""
    play = Play(shipped("asteroid"), length=length)
    planned = [one for one in scenario().msel if one.when is None and not one.by_hand and length in one.lengths]
    due = [next(hour for hour in play.table.hours if hour >= one.at) for one in planned]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_without_work_a_third_of_the_path_is_known_and_nothing_is_planned(length: int) -> None:
    """Two silent teams leave 36 percent, no plan, a faded object, and what neglect brings, in every length."""
    play = played({}, length)
    tracks = play.state.tracks
    assert (tracks["path-known"], tracks["common-plan"], tracks["dark-hours"]) == (3600, 0, 0)
    neglect = {one.id for one in scenario().msel if one.id in NEGLECT and length in one.lengths}
    assert neglect <= set(came(play)) and not crossed(play)


NEGLECT = {
    "two-tickers",
    "tower-photo",
    "paper-model",
    "corridor-walks",
    "us-record-out",
    "china-record-out",
    "two-victories",
}
GOOD = {"one-number", "hour-inside", "two-pages", "orbit-settles", "table-set", "one-list"}


def test_joint_work_knows_the_path_before_the_object_fades_and_leaves_a_plan() -> None:
    """Data, admissions, notices, a group, the UN and open payloads: all of both, and every good branch."""
    play = played(CARE)
    assert play.state.tracks["path-known"] == play.state.tracks["common-plan"] == 10_000
    assert play.state.tracks["dark-hours"] > 0
    assert set(came(play)) >= GOOD and not set(came(play)) & NEGLECT
    assert not crossed(play) and play.state.tension < 2000


@pytest.mark.parametrize(
    ("left_out", "path", "plan"),
    [
        ({"us": (OWNED,)}, 18, 0),
        ({"china": (OWNED,)}, 14, 0),
        (both(GROUP), 14, 20),
        (both(TOLD), 0, 20),
        (both(LED), 0, 20),
        ({"us": (OPENED,)}, 0, 20),
        ({"china": (OPENED,)}, 0, 20),
        ({"us": (SHARED,)}, 18, 0),
    ],
)
def test_each_part_of_the_work_matters(left_out: Mapping[Side, tuple[a.Draft, ...]], path: int, plan: int) -> None:
    """Without one act, as much less is known or planned as the guide says."""
    lacking: Script = {
        hour: {
            side: tuple(draft for draft in drafts if draft not in left_out.get(side, ()))
            for side, drafts in acts.items()
        }
        for hour, acts in CARE.items()
    }
    tracks = played(lacking).state.tracks
    assert (tracks["path-known"], tracks["common-plan"]) == (10_000 - 100 * path, 10_000 - 100 * plan)


def test_a_second_share_stands_for_what_was_kept() -> None:
    """Sharing twice does what owning up does, on either side."""
    for side in SIDES:
        once, twice = (played({hour: {side: (SHARED,)} for hour in hours}) for hours in ((72,), (72, 144)))
        more = twice.state.tracks["path-known"] - once.state.tracks["path-known"]
        assert more == {"us": 1800, "china": 1400}[side]
        assert f"{side}-record-out" in came(once) and f"{side}-record-out" not in came(twice)


def test_while_the_nine_say_no_nothing_is_added_to_the_plan() -> None:
    """Notices count in their own turn; given while the nine say no, only once somebody has answered them."""

    def grew(play: Play) -> list[int]:
        hours, hour = list[int](), 0
        for event in play.events:
            match event:
                case e.TurnOpened():
                    hour = event.hour
                case e.NumberMoved(meter="track", of="common-plan"):
                    hours.append(hour)
                case _:
                    pass
        return hours

    notices: Script = {216: {"us": (TOLD,)}, 312: {"china": (TOLD,)}}
    answered: Script = {**notices, 408: {"us": (OWNED,)}}
    assert grew(played(notices)) == [312]
    assert grew(played(answered, by_hand={312: "corridor-closes"})) == [504]


@pytest.mark.parametrize(
    ("care", "good", "bad"),
    [
        ({72: both(SHARED)}, "one-number", "two-tickers"),
        ({312: {"china": (TOLD,)}}, None, "tower-photo"),
        ({312: {"us": (TOLD,)}}, None, "paper-model"),
        ({216: {"china": (OPENED,)}}, "hour-inside", "tower-photo"),
        ({216: {"us": (OPENED,)}}, "hour-inside", "paper-model"),
        ({312: both(TOLD)}, "two-pages", "tower-photo"),
        ({312: {"us": (LED,)}}, "table-set", "corridor-walks"),
        ({312: {"china": (CELL,)}}, "table-set", "corridor-walks"),
        ({216: both(OWNED)}, "orbit-settles", "us-record-out"),
        ({216: {"us": (OWNED,), "china": (SHARED,)}, 312: {"china": (SHARED,)}}, "orbit-settles", "china-record-out"),
        ({504: both(LED)}, "one-list", "two-victories"),
        ({504: {"us": (STATED,)}}, "one-list", "two-victories"),
    ],
)
def test_care_opens_one_branch_and_neglect_another(care: Script, good: str | None, bad: str) -> None:
    """What neglect brings stays away after the act that answers it, and what care opens never comes without it."""
    cared, neglected = came(played(care)), came(played({}))
    assert bad in neglected and bad not in cared
    assert good is None or (good in cared and good not in neglected)


@pytest.mark.parametrize(
    ("side", "line", "act"),
    [
        ("us", "sealed-payload", a.Draft(move="unsafe-manoeuvre", channel="control-rooms")),
        ("us", "sealed-payload", public("ultimatum", "press")),
        ("us", "sky-shut", a.Draft(move="jam-or-cyber", channel="control-rooms")),
        ("us", "sky-shut", UNASKED),
        ("china", "bomb-without-the-un", a.Draft(move="unsafe-manoeuvre", channel="control-rooms")),
        ("china", "bomb-without-the-un", a.Draft(move="jam-or-cyber", channel="control-rooms")),
        ("china", "bomb-without-the-un", public("ultimatum", "press")),
        ("china", "over-their-heads", UNASKED),
    ],
)
def test_grave_acts_cross_at_once_and_the_nine_say_no(side: Side, line: str, act: a.Draft) -> None:
    """Each red line can be crossed outright; the nine answer, and agree again when somebody answers them."""
    sender: Side = "china" if side == "us" else "us"
    play = played({312: {sender: (act,)}, 408: {sender: (LED,)}})
    assert (side, line) in crossed(play)
    assert came(play).index("corridor-closes") < came(play).index("corridor-reopens")


@pytest.mark.parametrize(("side", "line"), [("us", "sealed-payload"), ("china", "bomb-without-the-un")])
def test_a_second_refusal_is_the_answer_and_a_declaration_takes_that_away(side: Side, line: str) -> None:
    """Refused once, nothing is crossed; refused again with nothing declared, the line about weapons is."""
    other: Side = "china" if side == "us" else "us"
    assert not crossed(refused(side, (312,)))
    assert crossed(refused(side, (312, 408))) == {(side, line)}
    assert not crossed(refused(side, (312, 408), first={72: {other: (TOLD,)}}))


@pytest.mark.parametrize(
    ("side", "line", "slices"),
    [
        ("us", "sealed-payload", (SHOWN, DEMANDED)),
        ("us", "sky-shut", (BLAMED,)),
        ("china", "bomb-without-the-un", (SHOWN, DEMANDED)),
        ("china", "over-their-heads", (BLAMED,)),
    ],
)
def test_a_few_careless_turns_come_to_a_red_line(side: Side, line: str, slices: tuple[a.Draft, ...]) -> None:
    """No one of them crosses by itself; three or four in a row do, and a pink line is what leads there."""
    sender: Side = "china" if side == "us" else "us"
    assert not crossed(played({312: {sender: slices}}))
    play = played({hour: {sender: slices} for hour in (312, 408, 504, 600)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == (side, line))
    assert event.through is not None


def test_no_careful_act_crosses_a_line() -> None:
    """Of all moves that blame, coerce and threaten nobody, none crosses anything, whoever makes it."""
    play = Play(shipped("asteroid"), length=150)
    while play.state.hour < 408 or play.state.phase != "moves":
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
        assert not crossed(played({408: both(draft)})), option.id


def test_silence_presses_and_does_not_cross() -> None:
    """A month of "no comment" presses all pink lines, and comes to nothing worse."""
    play = played({hour: both(DECLINED) for hour in HOURS})
    assert {("us", "told-by-press"), ("us", "undeclared-launch")} <= pressed(play)
    assert {("china", "shut-out"), ("china", "bomb-in-public")} <= pressed(play)
    assert not crossed(play)


def test_a_slip_is_felt_only_by_the_side_whose_line_it_is() -> None:
    """The number and the rocket press the US, the radar and the study China; notices from both take it off again."""
    owners = {"two-numbers": "us", "impactor-offer": "us", "radar-range": "china", "standoff-study": "china"}
    events = [one for one in played({}).events if isinstance(one, e.LinePressed)]
    for name, side in owners.items():
        assert {one.side for one in events if one.trace.rule == f"inject {name}"} == {side}
    eased = played({312: both(TOLD)}).events
    assert [one for one in eased if isinstance(one, e.NumberMoved) and one.trace.rule == "inject two-pages"]


def test_unused_channels_rust_over_the_month() -> None:
    """What is in good order at the notice and never used is rusty when the object has faded; the press is not."""
    play = played({})
    assert play.state.readiness["iawn"] < 45 and play.state.readiness["space-link"] < 20
    assert play.state.readiness["press"] == 100 and play.state.readiness["control-rooms"] == 75


# how bots play it


@pytest.mark.parametrize("length", LENGTHS)
def test_careful_and_reckless_play_end_apart(length: int) -> None:
    """Two careful bots end at least 20 points under two that press, keep the nine's confidence, and cross no line."""
    careful, pressing, firm = (
        bots(shipped("asteroid"), who, who, length=length) for who in ("cautious", "salami", "firm")
    )
    assert not crossed(careful) and crossed(firm)
    for hard in (pressing, firm):
        assert hard.state.tension - careful.state.tension >= 2000
        assert careful.state.tracks["confidence-of-the-nine"] > hard.state.tracks["confidence-of-the-nine"]


@pytest.mark.parametrize("policy", ["cautious", "firm", "salami", "silent"])
@pytest.mark.parametrize("length", LENGTHS)
def test_the_same_bot_on_both_sides_favours_neither(policy: str, length: int) -> None:
    """Lines crossed are as many on either side, and felt tension differs by less than 15 %."""
    play = bots(shipped("asteroid"), policy, policy, seed="2", length=length)
    sides = [side for side, _ in crossed(play)]
    assert sides.count("us") == sides.count("china")
    us, china = sorted((play.state.us.felt, play.state.china.felt))
    assert china - us <= max(100, china * 15 // 100)


def test_slices_cost_as_much_from_either_chair() -> None:
    """A team that slices against a careful one ends on average where the reverse does, within ten points."""
    ends = {
        pair: sum(bots(shipped("asteroid"), *pair, seed=str(seed), length=150).state.tension for seed in range(6)) // 6
        for pair in (("salami", "cautious"), ("cautious", "salami"))
    }
    assert abs(ends["salami", "cautious"] - ends["cautious", "salami"]) <= 1000
