"""What `polar-rescue` promises: it loads clean, agrees with itself, is fair to both teams, and answers to them.

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

FOLDER = shipped_folder() / "scenarios" / "polar-rescue"
LENGTHS = (45, 90, 150)
HOSTILE = {"protest", "coerce", "force"}

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("polar-rescue").scenario


def page(name: str) -> str:
    """A text as it stands beside the scenario."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def inject(name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in scenario().msel if one.id == name)


def told(name: str, side: Side = "us") -> str:
    """What one inject says to one team."""
    return (inject(name).text.us if side == "us" else inject(name).text.china).en


LED = public("back-un-lead", "rova-centre")
TOLD = public("notify-activity", "rova-centre")
SHARED = public("share-technical-data", "safety-network")
HELPED = public("deliver-help", "safety-network")
OFFERED = a.Draft(move="offer-help", channel="embassies")
OWNED = public("own-up", "press")
ASKED = a.Draft(move="private-inquiry", channel="ice-radio")
CELL = public("joint-cell", "rova-centre", "package")
BLAMED = public("criticise", "press")
SHOWN = public("show-of-force", "ice-radio")
DEMANDED = public("public-demand", "press")
DECLINED = public("no-comment", "press")
UNASKED = public("deliver-help", "safety-network", "without-consent")
PRICED = public("deliver-help", "safety-network", "tied")


CARE: Script = {10: both(LED, TOLD), 22: both(SHARED, HELPED), 56: both(ASKED), 80: both(SHARED)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("polar-rescue"), seed="pack", length=length)
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
    assert {one.id for one in scenario().msel if one.by_hand} == {"air-stopped", "carols"}
    assert "carols" in came(played({}, by_hand={36: "carols"}))


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
    """People, hours, degrees and miles are the same in briefs, injects and tracks, and those brought out add up."""
    numbers = set(re.findall(r"\d+", page("brief")))
    assert {"310", "212", "98", "71", "68", "150", "18", "168"} <= numbers
    assert 212 + 98 == 310
    tracks = scenario().tracks
    assert tracks["heat"].start == 15_000 and tracks["list"].start == 300
    people = tracks["people-out"]
    assert sum(change.by for change in people.changes) == people.most == 31_000
    assert people.changes[0].by == 9000
    for side in SIDES:
        assert all(number in told("beset", side) for number in ("310", "212", "71", "68", "18 hours"))
        assert all(number in told("diversion", side) for number in ("1,900", "Heng Shan"))
        assert all(number in told("helicopter-lift", side) for number in ("90", "11 miles", "twelve"))
        assert all(number in told("rescuer-beset", side) for number in ("101", "90"))
        assert "420 tonnes" in told("oil", side)
    assert "420 tonnes" in tracks["list"].says.en


def test_the_cutter_comes_six_days_after_she_sailed() -> None:
    """She sails at T+20h and is due at T+164h, before the end and after the wind has freed the other ship."""
    assert "T+164h" in told("cutter-sails") and 20 + 6 * 24 == 164
    assert inject("cutter-sails").at == 20
    assert inject("wind-shift").at < 164 < scenario().ends


def test_the_two_secrets_are_halves_of_one_way_out() -> None:
    """What each keeps is in its brief as the inject tells it, and the way along the shore is made of both."""
    assert "**two of her three shafts**" in page("brief-us") and "two of her three shafts" in told("us-shaft-out")
    assert "**eight naval hydrographers**" in page("brief-china")
    assert "eight naval hydrographers" in told("china-list-out", "china")
    assert "along the shore" in " ".join(page("brief-china").split())
    assert all(words in told("way-along-shore") for words in ("cutter can break", "soundings"))


@pytest.mark.parametrize(
    ("side", "secret", "tells"),
    [("us", r"shafts", {"us-shaft-out"}), ("china", r"hydrograph|naval survey", {"china-list-out"})],
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


def test_no_real_coast_and_no_real_claimant_is_named() -> None:
    """What the teams read knows Rova and Veland, and no real ship, station, coast or claimant of the Antarctic."""
    named = re.compile(
        r"Australia|New Zealand|Chile|Argentin|Norw|France|French|Brit|Ross Sea|Ad[eé]lie|McMurdo|Zhongshan|Casey"
        r"|Xue ?Long|Polar Star|Shokalskiy|Hobart"
    )
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
    play = Play(shipped("polar-rescue"), length=length)
    planned = [one for one in scenario().msel if one.when is None and not one.by_hand and length in one.lengths]
    due = [next(hour for hour in play.table.hours if hour >= one.at) for one in planned]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_without_work_only_the_first_lift_comes_out(length: int) -> None:
    """Two silent teams leave 90 people out, no heat, 19.8 degrees of list and a sixth of a season, in every length."""
    play = played({}, length)
    assert play.state.tracks == {"heat": 0, "people-out": 9000, "list": 1980, "season": 1600}
    assert {"two-commands", "captain-silent", "offer-again", "us-shaft-out", "china-list-out"} <= set(came(play))
    assert not crossed(play)


def test_joint_work_brings_everybody_out() -> None:
    """A lead, notices, data, help, and then the truth: 310 are out, warm, upright, with half of a season left."""
    play = played(CARE)
    assert play.state.tracks["people-out"] == 31_000
    assert play.state.tracks["list"] == 880 and play.state.tracks["season"] == 5600
    assert play.state.tracks["heat"] > 0
    assert {"fuel-promised", "one-pencil", "captains-talk", "window-flown", "way-along-shore"} <= set(came(play))
    assert not crossed(play) and play.state.tension < 2000


def test_a_short_session_can_bring_everybody_out() -> None:
    """The same can be done in four turns."""
    play = played({0: both(LED, TOLD), 22: both(SHARED, HELPED), 56: both(SHARED)}, 45)
    assert play.state.tracks["people-out"] == 31_000


@pytest.mark.parametrize(
    ("left_out", "people", "degrees"), [(LED, 74, 1), (TOLD, 52, 0), (SHARED, 130, 2), (HELPED, 90, 8)]
)
def test_each_part_of_the_work_matters(left_out: a.Draft, people: int, degrees: int) -> None:
    """Without a lead, notices, data or help, as many fewer come out and she leans as much further as the guide says."""
    lacking: Script = {
        hour: {side: tuple(draft for draft in drafts if draft != left_out) for side, drafts in acts.items()}
        for hour, acts in CARE.items()
    }
    tracks = played(lacking).state.tracks
    assert tracks["people-out"] == 31_000 - 100 * people
    assert tracks["list"] == 880 + 100 * degrees


def test_the_whole_season_is_never_saved() -> None:
    """With everything done by T+22h, more than four tenths of it are gone all the same."""
    assert played({hour: both(LED, TOLD, HELPED) for hour in (10, 22)}).state.tracks["season"] == 5600


def test_one_side_alone_brings_out_fewer() -> None:
    """What either team does by itself leaves most of them in the ship."""
    for side in SIDES:
        alone = played({hour: {side: acts[side]} for hour, acts in CARE.items()})
        assert alone.state.tracks["people-out"] < 15_500


def test_aircraft_land_only_where_somebody_said_yes() -> None:
    """American help over Heng Shan's runway waits until China has given notice, agreed to something or made room."""
    flown: Script = {22: {"us": (HELPED,)}}
    assert played(flown).state.tracks["people-out"] == 9000
    for act in (TOLD, CELL, public("invite-inclusion", "rova-centre")):
        assert played({**flown, 36: {"china": (act,)}}).state.tracks["people-out"] == 14_200


@pytest.mark.parametrize(
    ("care", "good", "bad"),
    [
        ({10: {"us": (OFFERED,)}}, "fuel-promised", "uncounted"),
        ({10: {"us": (SHARED,)}}, None, "uncounted"),
        ({10: {"china": (TOLD,)}}, None, "unreported"),
        ({22: {"china": (LED,)}}, None, "two-commands"),
        ({22: both(TOLD, CELL)}, "one-pencil", "two-commands"),
        ({56: {"china": (OWNED,)}}, "captains-talk", "captain-silent"),
        ({56: {"china": (TOLD,)}}, None, "captain-silent"),
        ({56: {"us": (ASKED,)}}, "captains-talk", "offer-again"),
        ({56: {"us": (public("apologise", "press"),)}}, "captains-talk", "offer-again"),
        ({36: both(SHARED)}, "window-flown", "window-missed"),
        ({56: both(OWNED)}, "way-along-shore", "us-shaft-out"),
        ({36: both(SHARED), 56: both(SHARED)}, "way-along-shore", "china-list-out"),
    ],
)
def test_care_opens_one_branch_and_neglect_another(care: Script, good: str | None, bad: str) -> None:
    """What neglect brings stays away after the act that answers it, and what care opens never comes without it."""
    cared, neglected = came(played(care)), came(played({}))
    assert bad in neglected and bad not in cared
    assert good is None or (good in cared and good not in neglected)


def test_half_of_a_way_out_is_none() -> None:
    """What one team tells keeps its own secret from coming out, and opens no way without the other's."""
    secrets = {"us-shaft-out", "china-list-out"}
    assert secrets & set(came(played({56: {"us": (OWNED,)}}))) == {"china-list-out"}
    assert secrets & set(came(played({56: {"china": (OWNED,)}}))) == {"us-shaft-out"}
    assert not [side for side in SIDES if "way-along-shore" in came(played({56: {side: (OWNED,)}}))]


@pytest.mark.parametrize(
    ("side", "line", "act"),
    [
        ("us", "people-left", a.Draft(move="unsafe-manoeuvre", channel="ice-radio")),
        ("us", "people-left", public("ultimatum", "press")),
        ("us", "people-left", PRICED),
        ("us", "taken-over", a.Draft(move="jam-or-cyber", channel="safety-network")),
        ("us", "taken-over", UNASKED),
        ("china", "crew-in-danger", a.Draft(move="unsafe-manoeuvre", channel="ice-radio")),
        ("china", "crew-in-danger", a.Draft(move="jam-or-cyber", channel="ice-radio")),
        ("china", "crew-in-danger", public("ultimatum", "press")),
        ("china", "claim-on-ship", UNASKED),
        ("china", "claim-on-ship", PRICED),
    ],
)
def test_grave_acts_cross_at_once_and_nothing_flies_for_a_turn(side: Side, line: str, act: a.Draft) -> None:
    """Each red line can be crossed outright; flying stops, and is cleared again in a later turn."""
    sender: Side = "china" if side == "us" else "us"
    play = played({56: {sender: (act,)}})
    assert (side, line) in crossed(play)
    assert came(play).index("air-stopped") < came(play).index("air-resumes")


def test_a_day_without_flying_costs_heat_for_good() -> None:
    """Flying that is stopped by hand takes eight hours of heat away, once, and nothing gives them back."""
    helped = {22: both(HELPED)}
    lost = played(helped).state.tracks["heat"] - played(helped, by_hand={80: "air-stopped"}).state.tracks["heat"]
    assert lost == 800


@pytest.mark.parametrize(
    ("side", "line", "slices"),
    [
        ("us", "taken-over", (SHOWN, DEMANDED)),
        ("us", "people-left", (BLAMED, DEMANDED)),
        ("china", "claim-on-ship", (SHOWN, DEMANDED)),
        ("china", "crew-in-danger", (BLAMED, DEMANDED)),
    ],
)
def test_a_few_careless_turns_come_to_a_red_line(side: Side, line: str, slices: tuple[a.Draft, ...]) -> None:
    """No one of them crosses by itself; three or four in a row do, and a pink line is what leads there."""
    sender: Side = "china" if side == "us" else "us"
    assert not crossed(played({56: {sender: slices}}))
    play = played({hour: {sender: slices} for hour in (36, 56, 80, 108)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == (side, line))
    assert event.through is not None


def test_no_careful_act_crosses_a_line() -> None:
    """Of all moves that blame, coerce and threaten nobody, none crosses anything, whoever makes it."""
    play = Play(shipped("polar-rescue"), length=150)
    while play.state.hour < 80 or play.state.phase != "moves":
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
        assert not crossed(played({80: both(draft)})), option.id


def test_silence_presses_and_does_not_cross() -> None:
    """A week of "no comment" presses every line on either side, and comes to nothing worse."""
    play = played({hour: both(DECLINED) for hour in (0, 10, 22, 36, 56, 80, 108, 140)})
    assert {("us", "not-shown"), ("us", "own-course")} <= pressed(play)
    assert {("china", "second-place"), ("china", "offer-by-press")} <= pressed(play)
    assert not crossed(play)


def test_an_offer_presses_only_if_nobody_asked_first() -> None:
    """Help for a beset ship that is offered in public weighs on her side's face, unless a private word went before."""
    offer = public("offer-help", "press")

    def weight(script: Script) -> list[int]:
        events = [one for one in played(script).events if isinstance(one, e.LinePressed)]
        return [one.trace.after - one.trace.before for one in events if one.trace.rule == "line offer-by-press"]

    assert weight({80: {"us": (offer,)}})
    assert not weight({56: {"us": (ASKED,)}, 80: {"us": (offer,)}})


def test_a_slip_is_felt_only_by_the_side_whose_line_it_is() -> None:
    """The early flight and the silent ship press the US, the phrase and the headline China; one plan eases both."""
    owners = {"helicopter-lift": "us", "rescuer-beset": "us", "cutter-sails": "china", "offer-leaks": "china"}
    events = [one for one in played({}).events if isinstance(one, e.LinePressed)]
    for name, side in owners.items():
        assert {one.side for one in events if one.trace.rule == f"inject {name}"} == {side}
    eased = played({10: both(TOLD, LED)}).events
    assert [one for one in eased if isinstance(one, e.NumberMoved) and one.trace.rule == "inject one-pencil"]


# how bots play it


@pytest.mark.parametrize("length", LENGTHS)
def test_careful_and_reckless_play_end_apart(length: int) -> None:
    """Two careful bots end at least 20 points under two that press, with more people out and no line crossed."""
    careful, pressing, firm = (
        bots(shipped("polar-rescue"), who, who, length=length) for who in ("cautious", "salami", "firm")
    )
    assert not crossed(careful) and crossed(firm)
    for hard in (pressing, firm):
        assert hard.state.tension - careful.state.tension >= 2000
        assert careful.state.tracks["people-out"] > hard.state.tracks["people-out"]


@pytest.mark.parametrize("policy", ["cautious", "firm", "salami", "silent"])
@pytest.mark.parametrize("length", LENGTHS)
def test_the_same_bot_on_both_sides_favours_neither(policy: str, length: int) -> None:
    """Lines crossed are as many on either side, and felt tension differs by less than 15 %."""
    play = bots(shipped("polar-rescue"), policy, policy, seed="2", length=length)
    sides = [side for side, _ in crossed(play)]
    assert sides.count("us") == sides.count("china")
    us, china = sorted((play.state.us.felt, play.state.china.felt))
    assert china - us <= max(100, china * 15 // 100)


def test_slices_cost_as_much_from_either_chair() -> None:
    """A team that slices against a careful one ends where the reverse does, within ten points."""
    one = bots(shipped("polar-rescue"), "salami", "cautious", seed="2")
    other = bots(shipped("polar-rescue"), "cautious", "salami", seed="2")
    assert abs(one.state.tension - other.state.tension) <= 1000
