"""What `coastal-reactor` promises: it loads clean, agrees with itself, is fair to both teams, and answers to them.

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

FOLDER = shipped_folder() / "scenarios" / "coastal-reactor"
LENGTHS = (45, 90, 150)
HOSTILE = {"protest", "coerce", "force"}

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("coastal-reactor").scenario


def page(name: str) -> str:
    """A text as it stands beside the scenario."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def inject(name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in scenario().msel if one.id == name)


def told(name: str, side: Side = "us") -> str:
    """What one inject says to one team."""
    return (inject(name).text.us if side == "us" else inject(name).text.china).en


LED = public("back-un-lead", "emergency-centre")
TOLD = public("notify-activity", "emergency-centre")
SHARED = public("share-technical-data", "iaea-centre")
HELPED = public("deliver-help", "iaea-centre")
OWNED = public("own-up", "press")
INVITED = public("invite-inclusion", "emergency-centre")
CELL = public("joint-cell", "emergency-centre", "package")
STEPPED = public("grit-step", "press")
BLAMED = public("criticise", "press")
SHOWN = public("show-of-force", "radio")
DEMANDED = public("public-demand", "press")
DECLINED = public("no-comment", "press")
UNASKED = public("deliver-help", "iaea-centre", "without-consent")
CLUB = public("joint-cell", "emergency-centre", "exclusive")


CARE: Script = {4: both(TOLD), 12: both(LED, SHARED), 20: both(SHARED), 66: both(HELPED)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("coastal-reactor"), seed="wind", length=length)
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
    assert {one.id for one in scenario().msel if one.by_hand} == {"hesan-closes", "night-shift"}
    assert "night-shift" in came(played({}, by_hand={28: "night-shift"}))


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
    """Hours, rings, patients, tonnes and people are the same in briefs, injects and tracks."""
    text = " ".join(page("brief").split())
    assert all(f"**{number}**" in text for number in ("96 hours", "20 km", "1,080 patients")) and "T+108h" in text
    assert all(number in text for number in ("2,300 Americans", "6,800 Chinese", "80 km", "three fish in five"))
    tracks, ends = scenario().tracks, scenario().ends
    assert tracks["pool-hours"].start == tracks["pool-hours"].most == 9600
    assert tracks["moved-in-fear"].per_hour * ends == tracks["moved-in-fear"].most == 108_000
    gained = sum(change.by for change in tracks["release-known"].changes)
    assert tracks["release-known"].start + gained == tracks["release-known"].most == 10_000
    assert [change.by for change in tracks["pool-hours"].changes] == [500, 500, 5000]
    assert "2,300 Americans" in told("blackout") and "6,800 Chinese" in told("blackout", "china")
    for side in SIDES:
        assert "22:00" in told("blackout", side)
        assert all(number in told("eighty-and-twenty", side) for number in ("20 km", "80 km"))
        assert "9,000 tonnes" in told("water-release", side) and "T+46h" in told("water-release", side)
        assert f"{96 - 66} hours" in told("truck-and-robot", side) and "62 m" in told("truck-and-robot", side)
        assert "24 in all" in told("paired-samples", side)


def test_the_two_secrets_are_of_one_night() -> None:
    """The curve and the filters, the hour that fits and the second notice all speak of the same vent."""
    assert all(f"**{words}**" in page("brief-china") for words in ("T+5h", "40 minutes", "T+6h"))
    assert "**T+6h**" in page("brief-us") and "an hour old" in " ".join(page("brief-us").split())
    assert "T+5h" in told("one-hour")
    assert "T+2h" in told("two-maps") and "T+7h" in told("two-maps", "china")
    assert all(words in told("source-term") for words in ("T+5h", "40 minutes"))
    assert "T+6h" in told("link-told")


@pytest.mark.parametrize(
    ("side", "secret", "tells"),
    [
        ("us", r"\b[Ff]ilters?\b|air alarm", {"filters-told"}),
        ("china", r"\blink\b|pressure sensors|\bwire into\b", {"link-told"}),
    ],
)
def test_what_a_team_keeps_stands_in_its_own_brief_alone(side: Side, secret: str, tells: set[str]) -> None:
    """No public text, and no inject but the one that tells it, gives a private fact away."""
    kept, other = page(f"brief-{side}"), page(f"brief-{'china' if side == 'us' else 'us'}")
    assert re.search(secret, kept)
    shown = other + page("brief") + scenario().says.en + scenario().host.en
    assert not re.search(secret, shown)
    pods = "with filters in the pods"
    words = {one.id: (one.text.us.en + one.text.china.en).replace(pods, "") for one in scenario().msel}
    assert {name for name, text in words.items() if re.search(secret, text)} == tells


def test_an_hour_in_the_words_is_the_hour_of_the_inject() -> None:
    """A text that begins with its hour says the one at which it is due, to both teams."""
    for one in scenario().msel:
        for text in (one.text.us.en, one.text.china.en):
            found = re.match(r"T\+(\d+)", text)
            assert found is None or int(found[1]) == one.at, one.id


def test_no_real_host_and_no_real_plant_is_named() -> None:
    """What the teams read knows Hesan and Cape Tolva, and no real country or plant that had such an accident."""
    named = re.compile(r"Japan|Fukushima|Korea|Chernobyl|Ukrain|Taiwan|TEPCO|Philippin|Viet ?[Nn]am")
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
    """A room can read what comes, where nothing has gone wrong and Hesan's request stands."""
    play = Play(shipped("coastal-reactor"), length=length)
    planned = [
        one for one in scenario().msel if not list(asked(one.when)) and not one.by_hand and length in one.lengths
    ]
    due = [next(hour for hour in play.table.hours if hour >= one.at) for one in planned]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_without_work_the_pool_boils_dry_and_everybody_is_moved(length: int) -> None:
    """Two silent teams leave the fuel bare, the box empty and 1,080 patients on buses, in every length."""
    play = played({}, length)
    assert play.state.tracks["pool-hours"] == 0
    assert play.state.tracks["release-known"] == 1000
    assert play.state.tracks["moved-in-fear"] == 108_000
    assert {"moved-twice", "seat-at-the-valve", "filters-told", "link-told"} <= set(came(play))
    assert not crossed(play)


def test_joint_work_keeps_the_fuel_covered_and_the_patients_in_bed() -> None:
    """Data, a lead and help leave 48 hours of water and the box filled in; the buses stop at T+12h."""
    play = played(CARE)
    assert play.state.tracks["pool-hours"] == 4800
    assert play.state.tracks["release-known"] == 10_000
    assert play.state.tracks["moved-in-fear"] == 12_000
    assert {"one-schedule", "one-hour", "source-term", "neighbours-called", "ban-with-a-date"} <= set(came(play))
    assert not crossed(play) and play.state.tension < 2000


@pytest.mark.parametrize(
    ("left_out", "pool", "known"), [(LED, 0, 80), (SHARED, 48, 10), (HELPED, 0, 100), (TOLD, 48, 100)]
)
def test_each_part_of_the_work_matters(left_out: a.Draft, pool: int, known: int) -> None:
    """Without a lead, data or help, water or knowledge is lacking as the guide says; notices serve the lines alone."""
    lacking: Script = {
        hour: {side: tuple(draft for draft in drafts if draft != left_out) for side, drafts in acts.items()}
        for hour, acts in CARE.items()
    }
    play = played(lacking)
    assert play.state.tracks["pool-hours"] == 100 * pool and play.state.tracks["release-known"] == 100 * known


def test_a_machine_counts_when_it_can_be_there() -> None:
    """What was sent on the second day does its work from T+66h, in every length."""
    for length in LENGTHS:
        early = {44: both(HELPED, LED)}
        assert played(early, length).state.tracks["pool-hours"] == 4800


def test_one_side_alone_cannot_keep_the_fuel_covered() -> None:
    """A robot without a truck, or a truck without a robot, buys five hours, and six are lacking."""
    for side in SIDES:
        alone = played({hour: {side: acts[side]} for hour, acts in CARE.items()})
        assert alone.state.tracks["pool-hours"] == 0 and alone.state.tracks["release-known"] == 4500


@pytest.mark.parametrize(
    ("care", "good", "bad"),
    [
        ({12: both(SHARED, LED)}, "one-hour", "moved-twice"),
        ({20: {"us": (TOLD,)}}, None, "pods-on-camera"),
        ({28: {"china": (TOLD,)}}, None, "permit-asked"),
        ({20: both(TOLD)}, "one-schedule", "permit-asked"),
        ({20: both(SHARED), 28: both(SHARED)}, "source-term", "filters-told"),
        ({28: {"us": (OWNED,), "china": (SHARED,)}, 44: {"china": (SHARED,)}}, "source-term", "link-told"),
        ({44: both(INVITED)}, "neighbours-called", "seat-at-the-valve"),
        ({44: both(LED)}, "neighbours-called", "seat-at-the-valve"),
        ({66: {"china": (CELL,)}}, "ban-with-a-date", "ban-spreads"),
        ({66: {"china": (STEPPED,)}}, "ban-with-a-date", "ban-spreads"),
    ],
)
def test_care_opens_one_branch_and_neglect_another(care: Script, good: str | None, bad: str) -> None:
    """What neglect brings stays away after the act that answers it, and what care opens never comes without it."""
    cared, neglected = came(played(care)), came(played({}))
    assert bad in neglected and bad not in cared
    assert good is None or (good in cared and good not in neglected)


def test_a_wrong_letter_comes_of_quarrelling_in_public() -> None:
    """Whoever it is that blames, a newspaper takes milli for micro; without it nobody does."""
    for side in SIDES:
        assert "a-thousandfold" in came(played({12: {side: (BLAMED,)}}))
    assert "a-thousandfold" not in came(played(CARE)) + came(played({}))


def test_a_question_left_lying_is_noticed_and_a_holding_note_prevents_it() -> None:
    """Silence brings an inject of its own, whichever side keeps it."""
    for side in SIDES:
        other: Side = "china" if side == "us" else "us"
        asking = a.Draft(move="private-inquiry", channel="radio")
        assert "question-in-vienna" in came(played({4: {side: (asking,)}}))
        play = Play(shipped("coastal-reactor"), seed="wind", length=150)
        play.turn(**{side: (asking,)})
        play.open_moves()
        request = play.team(other).requests[0].number
        held = a.Draft(move="fact-statement", channel="radio", answers=request, how="holding")
        play.turn(**{other: (held,)})
        for _ in range(4):
            play.turn()
        assert "question-in-vienna" not in came(play)


@pytest.mark.parametrize(
    ("side", "line", "act"),
    [
        ("us", "measurers-stopped", a.Draft(move="unsafe-manoeuvre", channel="radio")),
        ("us", "measurers-stopped", public("ultimatum", "press")),
        ("us", "numbers-spoilt", a.Draft(move="jam-or-cyber", channel="iaea-centre")),
        ("us", "numbers-spoilt", UNASKED),
        ("us", "numbers-spoilt", CLUB),
        ("china", "helpers-hunted", a.Draft(move="unsafe-manoeuvre", channel="radio")),
        ("china", "helpers-hunted", a.Draft(move="jam-or-cyber", channel="radio")),
        ("china", "helpers-hunted", public("ultimatum", "press")),
        ("china", "alliance-decides", UNASKED),
        ("china", "alliance-decides", CLUB),
    ],
)
def test_grave_acts_cross_at_once_and_hesan_closes_its_coast(side: Side, line: str, act: a.Draft) -> None:
    """Each red line can be crossed outright; the host answers, and opens the gate when somebody answers it."""
    sender: Side = "china" if side == "us" else "us"
    play = played({20: {sender: (act,)}, 44: {sender: (LED,)}})
    assert (side, line) in crossed(play)
    assert came(play).index("hesan-closes") < came(play).index("hesan-reopens")


def test_behind_a_closed_gate_nothing_is_cooled() -> None:
    """While Hesan has sent its guests away no machine counts, and what speaks of the yard waits."""
    play = played({20: {"us": (UNASKED,)}, 66: both(HELPED)})
    assert "truck-and-robot" not in came(play) and play.state.tracks["pool-hours"] == 0


@pytest.mark.parametrize(
    ("side", "line", "slices"),
    [
        ("us", "measurers-stopped", (SHOWN, DEMANDED)),
        ("us", "numbers-spoilt", (BLAMED,)),
        ("china", "helpers-hunted", (SHOWN, DEMANDED)),
        ("china", "alliance-decides", (BLAMED,)),
    ],
)
def test_a_few_careless_turns_come_to_a_red_line(side: Side, line: str, slices: tuple[a.Draft, ...]) -> None:
    """No one of them crosses by itself; three or four in a row do, and a pink line is what leads there."""
    sender: Side = "china" if side == "us" else "us"
    assert not crossed(played({20: {sender: slices}}))
    play = played({hour: {sender: slices} for hour in (20, 28, 44, 66)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == (side, line))
    assert event.through is not None


def test_no_careful_act_crosses_a_line() -> None:
    """Of all moves that blame, coerce and threaten nobody, none crosses anything, whoever makes it."""
    play = Play(shipped("coastal-reactor"), length=150)
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
    """Four days of "no comment" press two lines on either side, and come to nothing worse."""
    play = played({hour: both(DECLINED) for hour in (0, 4, 12, 20, 28, 44, 66, 84)})
    assert {("us", "ban-before-numbers"), ("us", "measuring-as-cover")} <= pressed(play)
    assert {("china", "ally-first"), ("china", "unannounced-sniffers")} <= pressed(play)
    assert not crossed(play)


def test_a_slip_is_felt_only_by_the_side_whose_line_it_is() -> None:
    """Ship and ban press the US, flight and water China; notices from both take it off again."""
    owners = {"research-ship": "us", "seafood-ban": "us", "sniffer-flight": "china", "water-release": "china"}
    events = [one for one in played({}).events if isinstance(one, e.LinePressed)]
    for name, side in owners.items():
        assert {one.side for one in events if one.trace.rule == f"inject {name}"} == {side}
    eased = played({20: both(TOLD)}).events
    assert [one for one in eased if isinstance(one, e.NumberMoved) and one.trace.rule == "inject one-schedule"]


# how bots play it


@pytest.mark.parametrize("length", LENGTHS)
def test_careful_and_reckless_play_end_apart(length: int) -> None:
    """Two careful bots end at least 20 points under two that press, with more known and no line crossed."""
    careful, pressing, firm = (
        bots(shipped("coastal-reactor"), who, who, length=length) for who in ("cautious", "salami", "firm")
    )
    assert not crossed(careful) and crossed(firm)
    for hard in (pressing, firm):
        assert hard.state.tension - careful.state.tension >= 2000
        assert careful.state.tracks["host-confidence"] > hard.state.tracks["host-confidence"]
        assert careful.state.tracks["release-known"] > hard.state.tracks["release-known"]


@pytest.mark.parametrize("policy", ["cautious", "firm", "salami", "silent"])
@pytest.mark.parametrize("length", LENGTHS)
def test_the_same_bot_on_both_sides_favours_neither(policy: str, length: int) -> None:
    """Lines crossed are as many on either side, and felt tension differs by less than 15 %."""
    play = bots(shipped("coastal-reactor"), policy, policy, seed="2", length=length)
    sides = [side for side, _ in crossed(play)]
    assert sides.count("us") == sides.count("china")
    us, china = sorted((play.state.us.felt, play.state.china.felt))
    assert china - us <= max(100, china * 15 // 100)


def test_slices_cost_as_much_from_either_chair() -> None:
    """A team that slices against a careful one ends where the reverse does, within ten points."""
    one = bots(shipped("coastal-reactor"), "salami", "cautious", seed="2")
    other = bots(shipped("coastal-reactor"), "cautious", "salami", seed="2")
    assert abs(one.state.tension - other.state.tension) <= 1000
