"""What `orbit-breakup` promises: it loads clean, agrees with itself, is fair to both teams, and answers to them.

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

FOLDER = shipped_folder() / "scenarios" / "orbit-breakup"
LENGTHS = (45, 90, 150)
HOSTILE = {"protest", "coerce", "force"}

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("orbit-breakup").scenario


def page(name: str) -> str:
    """A text as it stands beside the scenario."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def inject(name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in scenario().msel if one.id == name)


def told(name: str, side: Side = "us") -> str:
    """What one inject says to one team."""
    return (inject(name).text.us if side == "us" else inject(name).text.china).en


LED = public("back-un-lead", "ketara-office")
TOLD = public("notify-activity", "operators-loop")
SHARED = public("share-technical-data", "operators-loop")
HELPED = public("deliver-help", "operators-loop")
RULES = a.Draft(move="reaffirm-rules", channel="operators-loop", visibility="public", about="operators-loop")
SPOKEN = a.Draft(move="private-inquiry", channel="operators-loop")
REASSURED = a.Draft(move="private-reassure", channel="operators-loop")
CELL = public("joint-cell", "ketara-office", "package")
BLAMED = public("criticise", "press")
SHOWN = public("show-of-force", "operators-loop")
DEMANDED = public("public-demand", "press")
DECLINED = public("no-comment", "press")
UNASKED = public("deliver-help", "operators-loop", "without-consent")


CARE: Script = {3: both(TOLD), 7: both(LED, SHARED), 13: both(HELPED), 21: both(RULES)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("orbit-breakup"), seed="cloud", length=length)
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
    assert {one.id for one in scenario().msel if one.by_hand} == {"loop-silent", "from-the-window"}
    assert "from-the-window" in came(played({}, by_hand={31: "from-the-window"}))


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
    """Fragments, crew, heights, chances and hours are the same in briefs, injects and tracks."""
    numbers = set(re.findall(r"[\d,]*\d", page("brief")))
    assert {"11", "900", "390", "2,100", "38", "40", "12", "60", "66"} <= numbers
    tracks = scenario().tracks
    assert tracks["hours-to-window"].start == 6000 and tracks["operators-on-loop"].most == 4000
    assert tracks["operators-on-loop"].start == 1200
    mapped = tracks["cloud-mapped"]
    once = sum(change.by for change in mapped.changes)
    assert mapped.start + once + scenario().ends * mapped.per_hour == mapped.most == 10_000
    assert [change.by for change in tracks["dodging-left"].changes] == [-2000, -2500, -2500, -2500]
    for side in SIDES:
        assert "900" in told("break-up", side) and "2,100" in told("break-up", side)
        assert "T+10h" in told("conjunction", side) and "T+10h" in told("auto-avoid", side)
        assert "90 km" in told("companion", side) and "300 km" in told("inspector", side)
        assert "T+60h" in told("capsule-window", side) and "50 km" in told("capsule-window", side)
    assert "1 in 12,000" in told("conjunction", "us") and "1 in 800" in told("conjunction", "china")
    assert all(number in page("guide") for number in ("1 in 12,000", "1 in 800", "31 orbits", "61 degrees", "60 km"))


def test_the_two_secrets_are_of_one_battery() -> None:
    """The picture and the temperatures speak of the same bank, and so does the finding that comes of both."""
    assert all("**bank B**" in page(f"brief-{side}") for side in SIDES)
    assert "bank B" in told("cause-clear")
    assert "**60 km**" in page("brief-us") and "60 km" in told("us-record-out")
    assert "**31 orbits**" in page("brief-china")


@pytest.mark.parametrize(
    ("side", "secret", "tells"),
    [("us", r"swollen|[Nn]ine days", {"us-record-out"}), ("china", r"maintenance line", {"china-record-out"})],
)
def test_what_a_team_keeps_stands_in_its_own_brief_alone(side: Side, secret: str, tells: set[str]) -> None:
    """No public text, and no inject but the one that tells it, gives a private fact away."""
    kept, other = page(f"brief-{side}"), page(f"brief-{'china' if side == 'us' else 'us'}")
    assert re.search(secret, kept)
    assert not re.search(secret, other + page("brief") + scenario().says.en + scenario().host.en)
    assert {one.id for one in scenario().msel if re.search(secret, one.text.us.en + one.text.china.en)} == tells


def test_an_hour_in_the_words_is_the_hour_of_the_inject() -> None:
    """A text that begins with its hour says the one at which it is due, to both teams."""
    for one in scenario().msel:
        for text in (one.text.us.en, one.text.china.en):
            found = re.match(r"T\+(\d+)", text)
            assert found is None or int(found[1]) == one.at, one.id


def test_no_real_company_and_no_real_craft_is_named() -> None:
    """What the teams are told is of Ketara and Trellis, and of no craft or company that flies."""
    named = re.compile(r"Starlink|SpaceX|Tiangong|Shenzhou|Kuiper|OneWeb|Qianfan|Guowang|Musk|NASA|CNSA")
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
    play = Play(shipped("orbit-breakup"), length=length)
    planned = [one for one in scenario().msel if one.when is None and not one.by_hand and length in one.lengths]
    due = [next(hour for hour in play.table.hours if hour >= one.at) for one in planned]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_without_work_every_pass_is_made_blind(length: int) -> None:
    """Two silent teams leave 39 percent known, one dodge and no time, in every length."""
    play = played({}, length)
    assert play.state.tracks["cloud-mapped"] == 3900
    assert play.state.tracks["dodging-left"] == 500
    assert play.state.tracks["hours-to-window"] == 0 and play.state.tracks["operators-on-loop"] == 1200
    assert {"late-mail", "shell-dodges", "two-clouds", "reply-all", "both-move", "two-keep-outs"} <= set(came(play))
    assert not crossed(play)


def test_joint_work_maps_the_cloud_and_stops_the_clock() -> None:
    """Notices, a lead, data and help make all paths known; one pass alone is dear, and there is time to wait."""
    play = played(CARE)
    assert play.state.tracks["cloud-mapped"] == 10_000
    assert play.state.tracks["dodging-left"] == 8000
    assert play.state.tracks["hours-to-window"] > 0
    assert {"one-timetable", "cause-clear", "hold-still", "corridor"} <= set(came(play))
    assert not crossed(play) and play.state.tension < 2000


@pytest.mark.parametrize(
    ("known", "passes"), [({}, 4), ({3: both(TOLD)}, 4), ({3: both(TOLD), 7: both(LED, SHARED)}, 3), (CARE, 1)]
)
def test_a_pass_is_cheap_once_enough_is_known(known: Script, passes: int) -> None:
    """The first pass is dear whatever anybody does; each later one is, unless its share of the fragments is known."""
    spent = [20, 45, 70, 95]
    assert played(known).state.tracks["dodging-left"] == 10_000 - 100 * spent[passes - 1]


@pytest.mark.parametrize(("left_out", "percent"), [(TOLD, 8), (LED, 13), (SHARED, 16), (HELPED, 24)])
def test_each_part_of_the_work_matters(left_out: a.Draft, percent: int) -> None:
    """Without notices, a lead, data or help, as much less is known as the guide says."""
    lacking: Script = {
        hour: {side: tuple(draft for draft in drafts if draft != left_out) for side, drafts in acts.items()}
        for hour, acts in CARE.items()
    }
    assert played(lacking).state.tracks["cloud-mapped"] == 10_000 - 100 * percent


def test_one_side_alone_knows_less_and_spends_more() -> None:
    """What either team does by itself leaves most of the passes blind."""
    for side in SIDES:
        alone = played({hour: {side: acts[side]} for hour, acts in CARE.items()})
        assert alone.state.tracks["cloud-mapped"] < 7000
        assert alone.state.tracks["dodging-left"] <= 5500


@pytest.mark.parametrize(
    ("care", "good", "bad"),
    [
        ({7: {"us": (TOLD,)}}, None, "late-mail"),
        ({3: {"us": (REASSURED,)}}, None, "late-mail"),
        ({7: {"china": (TOLD,)}}, None, "shell-dodges"),
        ({13: {"china": (SHARED,)}}, None, "shell-dodges"),
        ({7: both(TOLD)}, "one-timetable", "shell-dodges"),
        ({13: {"us": (LED,)}}, None, "two-clouds"),
        ({13: {"china": (CELL,)}}, None, "two-clouds"),
        ({13: both(SHARED)}, "cause-clear", "us-record-out"),
        ({31: {"us": (public("own-up", "press"),), "china": (SHARED,)}}, None, "us-record-out"),
        ({21: {"us": (public("own-up", "press"),), "china": (SHARED,)}}, "cause-clear", "china-record-out"),
        ({31: {"china": (RULES,)}}, "hold-still", "both-move"),
        ({31: {"us": (SPOKEN,)}}, "hold-still", "both-move"),
        ({42: both(LED)}, "corridor", "two-keep-outs"),
        ({42: {"china": (CELL,)}}, "corridor", "two-keep-outs"),
    ],
)
def test_care_opens_one_branch_and_neglect_another(care: Script, good: str | None, bad: str) -> None:
    """What neglect brings stays away after the act that answers it, and what care opens never comes without it."""
    cared, neglected = came(played(care)), came(played({}))
    assert bad in neglected and bad not in cared
    assert good is None or (good in cared and good not in neglected)


@pytest.mark.parametrize("side", SIDES)
def test_a_call_that_is_taken_puts_names_on_the_list(side: Side) -> None:
    """The link wakes when either side's call is taken, and stays dormant when it is only asked for."""
    other: Side = "china" if side == "us" else "us"
    asking = a.Draft(move="request-call", channel="operators-loop")
    unanswered = played({7: {side: (asking,)}})
    assert "reply-all" in came(unanswered) and "names-exchanged" not in came(unanswered)
    play = Play(shipped("orbit-breakup"), seed="cloud", length=150)
    play.turn(**{side: (asking,)})
    play.open_moves()
    taken = a.Draft(
        move="take-call", channel="operators-loop", answers=play.team(other).requests[0].number, how="accept"
    )
    play.turn(**{other: (taken,)})
    for _ in range(4):
        play.turn()
    assert "names-exchanged" in came(play) and "reply-all" not in came(play)
    assert play.state.readiness["space-link"] > unanswered.state.readiness["space-link"] + 30


@pytest.mark.parametrize(
    ("side", "line", "act"),
    [
        ("us", "sensors-blinded", a.Draft(move="jam-or-cyber", channel="operators-loop")),
        ("us", "sensors-blinded", a.Draft(move="unsafe-manoeuvre", channel="operators-loop")),
        ("us", "sensors-blinded", public("show-of-force", "operators-loop", "near-crewed")),
        ("us", "wreck-taken", UNASKED),
        ("us", "wreck-taken", public("ultimatum", "press")),
        ("china", "keep-out-breached", a.Draft(move="jam-or-cyber", channel="space-track")),
        ("china", "keep-out-breached", a.Draft(move="unsafe-manoeuvre", channel="operators-loop")),
        ("china", "keep-out-breached", public("show-of-force", "operators-loop", "near-crewed")),
        ("china", "crew-ordered-down", UNASKED),
        ("china", "crew-ordered-down", public("ultimatum", "press")),
    ],
)
def test_grave_acts_cross_at_once_and_the_loop_goes_quiet(side: Side, line: str, act: a.Draft) -> None:
    """Each red line can be crossed outright; the operators leave, and come back when somebody answers it."""
    sender: Side = "china" if side == "us" else "us"
    play = played({13: {sender: (act,)}, 31: {sender: (LED,)}})
    assert (side, line) in crossed(play)
    assert came(play).index("loop-silent") < came(play).index("loop-back")


def test_while_the_loop_is_silent_no_work_counts() -> None:
    """What is done by both in the silence is added only when operators are back."""
    act = a.Draft(move="unsafe-manoeuvre", channel="operators-loop")
    script: Script = {3: {"us": (act,)}, 13: both(SHARED), 21: both(TOLD)}
    play = played(script)
    assert "loop-silent" in came(play) and "loop-back" not in came(play)
    assert play.state.tracks["cloud-mapped"] == 3900
    mended = played({**script, 31: both(LED)})
    assert mended.state.tracks["cloud-mapped"] == 3900 + 800 + 1300 + 1600


@pytest.mark.parametrize(
    ("side", "line", "slices"),
    [
        ("us", "sensors-blinded", (SHOWN, DEMANDED)),
        ("us", "wreck-taken", (BLAMED,)),
        ("china", "keep-out-breached", (SHOWN, DEMANDED)),
        ("china", "crew-ordered-down", (BLAMED,)),
    ],
)
def test_a_few_careless_turns_come_to_a_red_line(side: Side, line: str, slices: tuple[a.Draft, ...]) -> None:
    """No one of them crosses by itself; three or four in a row do, and a pink line is what leads there."""
    sender: Side = "china" if side == "us" else "us"
    assert not crossed(played({13: {sender: slices}}))
    play = played({hour: {sender: slices} for hour in (13, 21, 31, 42)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == (side, line))
    assert event.through is not None


def test_no_careful_act_crosses_a_line() -> None:
    """Of all moves that blame, coerce and threaten nobody, none crosses anything, whoever makes it."""
    play = Play(shipped("orbit-breakup"), length=150)
    while play.state.hour < 31 or play.state.phase != "moves":
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
        assert not crossed(played({31: both(draft)})), option.id


def test_silence_presses_and_does_not_cross() -> None:
    """Three days of "no comment" press two lines on either side, and come to nothing worse."""
    play = played({hour: both(DECLINED) for hour in scenario().turns})
    assert {("us", "unannounced-approach"), ("us", "tried-in-vienna")} <= pressed(play)
    assert {("china", "late-warning"), ("china", "no-name")} <= pressed(play)
    assert not crossed(play)


def test_a_slip_is_felt_only_by_the_side_whose_line_it_is() -> None:
    """Mailbox and machine press China, arm and draft the US; notices from both take pressure off again."""
    owners = {"mail-bounces": "china", "auto-avoid": "china", "companion": "us", "note-drafted": "us"}
    events = [one for one in played({}).events if isinstance(one, e.LinePressed)]
    for name, side in owners.items():
        assert {one.side for one in events if one.trace.rule == f"inject {name}"} == {side}
    eased = played({7: both(TOLD)}).events
    assert [one for one in eased if isinstance(one, e.NumberMoved) and one.trace.rule == "inject one-timetable"]


# how bots play it


@pytest.mark.parametrize("length", LENGTHS)
def test_careful_and_reckless_play_end_apart(length: int) -> None:
    """Two careful bots end at least 20 points under two that press, know more of the cloud and cross no line."""
    careful, pressing, firm = (
        bots(shipped("orbit-breakup"), who, who, length=length) for who in ("cautious", "salami", "firm")
    )
    assert not crossed(careful) and crossed(firm)
    for hard in (pressing, firm):
        assert hard.state.tension - careful.state.tension >= 2000
        assert careful.state.tracks["cloud-mapped"] > hard.state.tracks["cloud-mapped"]


@pytest.mark.parametrize("policy", ["cautious", "firm", "salami", "silent"])
@pytest.mark.parametrize("length", LENGTHS)
def test_the_same_bot_on_both_sides_favours_neither(policy: str, length: int) -> None:
    """Lines crossed are as many on either side, and felt tension differs by less than 15 %."""
    play = bots(shipped("orbit-breakup"), policy, policy, seed="2", length=length)
    sides = [side for side, _ in crossed(play)]
    assert sides.count("us") == sides.count("china")
    us, china = sorted((play.state.us.felt, play.state.china.felt))
    assert china - us <= max(100, china * 15 // 100)


def test_slices_cost_as_much_from_either_chair() -> None:
    """A team that slices against a careful one ends where the reverse does, within ten points."""
    one = bots(shipped("orbit-breakup"), "salami", "cautious", seed="2")
    other = bots(shipped("orbit-breakup"), "cautious", "salami", seed="2")
    assert abs(one.state.tension - other.state.tension) <= 1000
