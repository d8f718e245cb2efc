"""What `cable-quake` promises: it loads clean, agrees with itself, is fair to both teams, and answers to them.

Sessions are played through the engine alone; scripted teams send what is scripted and read nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
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

FOLDER = shipped_folder() / "scenarios" / "cable-quake"
LENGTHS = (45, 90, 150)
HOSTILE = {"protest", "coerce", "force"}

Script = Mapping[int, Mapping[Side, tuple[a.Draft, ...]]]
"""Hour of a turn → what each team sends in it."""


def scenario() -> Scenario:
    """The scenario as it is shipped."""
    return shipped("cable-quake").scenario


def page(name: str) -> str:
    """A text as it stands beside the scenario."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def inject(name: str) -> Inject:
    """An inject by its id."""
    return next(one for one in scenario().msel if one.id == name)


def told(name: str, side: Side = "us") -> str:
    """What one inject says to one team."""
    return (inject(name).text.us if side == "us" else inject(name).text.china).en


LED = public("back-un-lead", "amary-desk")
TOLD = public("notify-activity", "amary-desk")
SHARED = public("share-technical-data", "seismic-networks")
HELPED = public("deliver-help", "fault-desks")
OWNED = public("own-up", "press")
RULES = a.Draft(move="reaffirm-rules", channel="radio", visibility="public", about="radio")
SPOKEN = a.Draft(move="private-inquiry", channel="radio")
CELL = public("joint-cell", "amary-desk", "package")
STEPPED = public("grit-step", "press")
REGRETTED = public("ambiguous-regret", "press")
BLAMED = public("criticise", "press")
SHOWN = public("show-of-force", "radio")
DEMANDED = public("public-demand", "press")
DECLINED = public("no-comment", "press")
UNASKED = public("deliver-help", "fault-desks", "without-consent")
CLOSED = a.Draft(move="suspend-channel", channel="press", visibility="public", about="crisis-working-group")


CARE: Script = {4: both(TOLD), 10: both(LED, SHARED), 18: both(HELPED), 26: both(RULES), 42: both(OWNED)}


def played(script: Script, length: int = 150, by_hand: Mapping[int, str] | None = None) -> Play:
    """A whole session of what is scripted, up to the closing; `by_hand` are releases, by hour."""
    play = Play(shipped("cable-quake"), seed="mud", length=length)
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
    assert {one.id for one in scenario().msel if one.by_hand} == {"ships-put-about", "by-bicycle"}
    assert "by-bicycle" in came(played({}, by_hand={26: "by-bicycle"}))


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
    """Faults, times, distances and hours are the same in briefs, injects, guide and tracks, and the sums come out."""
    for text in (page("brief"), told("six-faults"), told("six-faults", "china")):
        assert all(number in text for number in ("03:09", "04:39"))
    assert {"90", "82", "78", "18", "84"} <= set(re.findall(r"\d+", page("brief")))
    tracks = scenario().tracks
    assert tracks["bridging-hours"].start == 7800 and tracks["posts-unheard"].start == 1800
    traffic = tracks["urgent-traffic"]
    grown = traffic.start + scenario().ends * traffic.per_hour + sum(change.by for change in traffic.changes)
    assert grown == traffic.most == 10_000
    posts = [change.by for change in tracks["posts-unheard"].changes if change.once]
    assert sum(posts) == -tracks["posts-unheard"].start
    odds = [change.by for change in tracks["hostile-odds"].changes if change.once]
    assert tracks["hostile-odds"].start + sum(odds) == 400
    for side in SIDES:
        assert all(number in told("quake-bulletin", side) for number in ("6.8", "03:12", "03:09"))
        assert "22:40" in told("research-ship", side) and "300 m" in told("patrol-aircraft", side)
        assert "24 hours" in told("repair-permits", side) and "24 hours" in told("permit-late", side)
    assert "5.6" in told("foreshock") and "02:57" in told("foreshock")
    assert "Seven posts" in told("command-circuits") and "five posts" in told("command-circuits", "china")


def test_six_faults_and_two_losses_lie_on_one_slowing_curve() -> None:
    """The eight points of the guide begin and end as the brief says, and slow from 21 metres a second to 11."""
    rows = re.findall(r"^\| (\d\d):(\d\d) \| (.+) \| (\d+) \|$", page("guide"), re.MULTILINE)
    points = [(60 * int(hour) + int(minute), int(far), what) for hour, minute, what, far in rows]
    assert len(points) == 8 and points == sorted(points)
    faults = [(minute, far) for minute, far, what in points if what.startswith("fault")]
    assert len(faults) == 6 and faults[0] == (189, 0) and faults[-1] == (279, 82)
    speeds = [1000 * (far - near) / (60 * (later - sooner)) for (sooner, near), (later, far) in pairwise(faults)]
    assert speeds == sorted(speeds, reverse=True)
    assert (round(speeds[0]), round(speeds[-1])) == (21, 11)
    for (sooner, near, _), (later, far, _) in pairwise(points):
        assert speeds[-1] - 1 < 1000 * (far - near) / (60 * (later - sooner)) < speeds[0] + 1


def test_the_two_secrets_are_told_as_they_are_kept() -> None:
    """Brief, record and curve give the same minute and the same distance for each side's loss."""
    for side, distance, minute in (("us", "6", "03:28"), ("china", "4", "03:43")):
        assert f"**{distance} nautical miles**" in page(f"brief-{side}") and f"**{minute}**" in page(f"brief-{side}")
        record = told(f"{side}-record-out")
        assert f"{distance} nautical miles" in record and minute in record
        assert minute in told("eight-points")


@pytest.mark.parametrize(
    ("side", "secret", "tells"),
    [
        ("us", r"Corwin|string of instruments", {"us-record-out", "eight-points"}),
        ("china", r"corer|grapnel|4 nautical", {"china-record-out", "eight-points"}),
    ],
)
def test_what_a_team_keeps_stands_in_its_own_brief_alone(side: Side, secret: str, tells: set[str]) -> None:
    """No public text, and no inject but those that tell it, gives a private fact away."""
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
    play = Play(shipped("cable-quake"), length=length)
    planned = [one for one in scenario().msel if one.when is None and not one.by_hand and length in one.lengths]
    due = [next(hour for hour in play.table.hours if hour >= one.at) for one in planned]
    assert max(due.count(hour) for hour in play.table.hours) <= 4


# what it does


@pytest.mark.parametrize("length", LENGTHS)
def test_without_work_sulana_is_left_to_its_own_lines(length: int) -> None:
    """Two silent teams leave 29 percent of the traffic, 15 posts unheard and the clock at 0, in every length."""
    play = played({}, length)
    tracks = play.state.tracks
    assert (tracks["urgent-traffic"], tracks["posts-unheard"], tracks["bridging-hours"]) == (2900, 1500, 0)
    assert {"dark-track", "wing-tip", "three-minutes", "permit-late"} <= set(came(play))
    assert ("crossed-alert" in came(play)) is (length > 45)
    assert not crossed(play)


def test_joint_work_brings_sulana_back() -> None:
    """Notices, a lead, data, help and two admissions carry all urgent traffic, and London closes the file."""
    play = played(CARE)
    assert play.state.tracks["urgent-traffic"] == 10_000
    assert play.state.tracks["posts-unheard"] == 0
    assert play.state.tracks["hostile-odds"] == 400
    assert {"names-exchanged", "foreshock", "quiet-watch", "eight-points", "notice-from-amary"} <= set(came(play))
    assert not crossed(play) and play.state.tension < 2000


def test_the_clock_stops_in_the_turn_that_the_guide_names() -> None:
    """Notices, lead, data and help by T+18h stop the hours at the end of the turn of T+26h, with 52 left."""
    assert played(CARE).state.tracks["bridging-hours"] == 5200


@pytest.mark.parametrize(("left_out", "percent"), [(LED, 27), (SHARED, 16), (HELPED, 28)])
def test_each_part_of_the_work_matters(left_out: a.Draft, percent: int) -> None:
    """Without a lead (and with it leave to repair), data or help, as much less is carried as the guide says."""
    lacking: Script = {
        hour: {side: tuple(draft for draft in drafts if draft != left_out) for side, drafts in acts.items()}
        for hour, acts in CARE.items()
    }
    assert played(lacking).state.tracks["urgent-traffic"] == 10_000 - 100 * percent


def test_hard_words_cost_the_cable_ships_their_cover() -> None:
    """Four public accusations bring the odds to 70, and the ships put about; one answer sends them out again."""
    accused = public("accuse", "press")
    play = played({4: both(accused), 10: both(accused), 18: both(LED)})
    assert max(_odds(play)) >= 7000
    assert came(play).index("ships-put-about") < came(play).index("ships-sail-again")
    assert "ships-put-about" not in came(played({4: both(BLAMED)}))


def _odds(play: Play) -> list[int]:
    """Every value that the odds came to."""
    moved = [one for one in play.events if isinstance(one, e.NumberMoved) and one.of == "hostile-odds"]
    return [one.trace.after for one in moved]


def test_one_side_alone_brings_less() -> None:
    """What either team does by itself leaves a third of the urgent traffic uncarried, and more."""
    for side in SIDES:
        alone = played({hour: {side: acts[side]} for hour, acts in CARE.items()})
        assert alone.state.tracks["urgent-traffic"] <= 7000


@pytest.mark.parametrize(
    ("care", "good", "bad"),
    [
        ({10: {"china": (TOLD,)}}, None, "dark-track"),
        ({10: {"china": (SHARED,)}}, None, "dark-track"),
        ({10: {"us": (TOLD,)}}, None, "wing-tip"),
        ({10: {"us": (STEPPED,)}}, None, "wing-tip"),
        ({10: both(TOLD)}, "names-exchanged", "dark-track"),
        ({10: {"us": (SPOKEN,)}}, "names-exchanged", "dark-track"),
        ({10: {"china": (SPOKEN,)}}, "names-exchanged", "wing-tip"),
        ({10: both(SHARED)}, "foreshock", "three-minutes"),
        ({18: {"us": (RULES,)}}, "quiet-watch", "crossed-alert"),
        ({18: {"china": (RULES,)}}, "quiet-watch", "crossed-alert"),
        ({18: both(TOLD)}, "quiet-watch", "crossed-alert"),
        ({26: {"china": (LED,)}}, "notice-from-amary", "permit-late"),
        ({26: {"china": (STEPPED,)}}, "notice-from-amary", "permit-late"),
        ({26: {"us": (CELL,)}}, "notice-from-amary", "permit-late"),
        ({18: both(SHARED), 26: both(SHARED)}, "eight-points", "us-record-out"),
        ({26: both(OWNED)}, "eight-points", "china-record-out"),
    ],
)
def test_care_opens_one_branch_and_neglect_another(care: Script, good: str | None, bad: str) -> None:
    """What neglect brings stays away after the act that answers it, and what care opens never comes without it."""
    cared, neglected = came(played(care)), came(played({}))
    assert bad in neglected and bad not in cared
    assert good is None or (good in cared and good not in neglected)


def test_a_word_about_hard_words_is_noticed_and_so_is_its_lack() -> None:
    """After the mud the sentences are printed if nobody has said a word about them; thanks come if somebody has."""
    blamed: Script = {10: {"us": (BLAMED,)}}
    assert "who-said-what" in came(played(blamed)) and "thanks-page" not in came(played(blamed))
    mended = came(played({**blamed, 58: {"us": (REGRETTED,)}}))
    assert "thanks-page" in mended and "who-said-what" not in mended
    assert "thanks-page" in came(played({}))


def test_the_mud_waits_until_a_cable_ship_is_at_sea() -> None:
    """Nobody lifts a cable end while the ships have put about."""
    grave = a.Draft(move="jam-or-cyber", channel="radio")
    lost = came(played({26: {"us": (grave,)}}))
    assert "ships-put-about" in lost and "sediment" not in lost
    found = came(played({26: {"us": (grave,)}, 42: {"us": (LED,)}}))
    assert found.index("ships-sail-again") < found.index("sediment")


@pytest.mark.parametrize(
    ("side", "line", "act"),
    [
        ("us", "repair-ship-blocked", a.Draft(move="unsafe-manoeuvre", channel="radio")),
        ("us", "repair-ship-blocked", public("ultimatum", "press")),
        ("us", "last-links-touched", a.Draft(move="jam-or-cyber", channel="fault-desks")),
        ("us", "last-links-touched", CLOSED),
        ("us", "last-links-touched", UNASKED),
        ("china", "research-ship-stopped", a.Draft(move="unsafe-manoeuvre", channel="radio")),
        ("china", "research-ship-stopped", public("ultimatum", "press")),
        ("china", "sentence-first", public("sanction-entity", "press")),
        ("china", "sentence-first", public("expel-staff", "press")),
        ("china", "sentence-first", a.Draft(move="jam-or-cyber", channel="radio")),
        ("china", "sentence-first", UNASKED),
    ],
)
def test_grave_acts_cross_at_once_and_the_cable_ships_put_about(side: Side, line: str, act: a.Draft) -> None:
    """Each red line can be crossed outright; the ships put about, and sail again when somebody answers."""
    sender: Side = "china" if side == "us" else "us"
    play = played({26: {sender: (act,)}, 58: {sender: (LED,)}})
    assert (side, line) in crossed(play)
    assert came(play).index("ships-put-about") < came(play).index("ships-sail-again")


@pytest.mark.parametrize(
    ("side", "line", "slices"),
    [
        ("us", "repair-ship-blocked", (BLAMED,)),
        ("us", "last-links-touched", (SHOWN, DEMANDED)),
        ("china", "sentence-first", (BLAMED,)),
        ("china", "research-ship-stopped", (SHOWN, DEMANDED)),
    ],
)
def test_a_few_careless_turns_come_to_a_red_line(side: Side, line: str, slices: tuple[a.Draft, ...]) -> None:
    """No one of them crosses by itself; three or four in a row do, and a pink line is what leads there."""
    sender: Side = "china" if side == "us" else "us"
    assert not crossed(played({18: {sender: slices}}))
    play = played({hour: {sender: slices} for hour in (18, 26, 42, 58)})
    event = next(one for one in play.events if isinstance(one, e.LineCrossed) and (one.side, one.line) == (side, line))
    assert event.through is not None


def test_no_careful_act_crosses_a_line() -> None:
    """Of all moves that blame, coerce and threaten nobody, none crosses anything, whoever makes it."""
    play = Play(shipped("cable-quake"), length=150)
    while play.state.hour < 42 or play.state.phase != "moves":
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
        assert not crossed(played({42: both(draft)})), option.id


def test_silence_presses_and_does_not_cross() -> None:
    """Three days of "no comment" press two lines on either side, and come to nothing worse."""
    play = played({hour: both(DECLINED) for hour in (0, 4, 10, 18, 26, 42, 58, 72)})
    assert {("us", "permits-withheld"), ("us", "unseen-ship")} <= pressed(play)
    assert {("china", "named-first"), ("china", "crowded-ship")} <= pressed(play)
    assert not crossed(play)


def test_a_slip_is_felt_only_by_the_side_whose_line_it_is() -> None:
    """The dark ship and the form press the US, the aircraft and the map China; two crews take it off again."""
    owners = {"research-ship": "us", "repair-permits": "us", "patrol-aircraft": "china", "arrow-maps": "china"}
    events = [one for one in played({}).events if isinstance(one, e.LinePressed)]
    for name, side in owners.items():
        assert {one.side for one in events if one.trace.rule == f"inject {name}"} == {side}
    eased = played({10: both(TOLD)}).events
    assert [one for one in eased if isinstance(one, e.NumberMoved) and one.trace.rule == "inject names-exchanged"]


# how bots play it


@pytest.mark.parametrize("length", LENGTHS)
def test_careful_and_reckless_play_end_apart(length: int) -> None:
    """Two careful bots end at least 20 points under two that press, with more traffic carried and no line crossed."""
    careful, pressing, firm = (
        bots(shipped("cable-quake"), who, who, length=length) for who in ("cautious", "salami", "firm")
    )
    assert not crossed(careful) and crossed(firm)
    for hard in (pressing, firm):
        assert hard.state.tension - careful.state.tension >= 2000
        assert careful.state.tracks["urgent-traffic"] > hard.state.tracks["urgent-traffic"]


@pytest.mark.parametrize("policy", ["cautious", "firm", "salami", "silent"])
@pytest.mark.parametrize("length", LENGTHS)
def test_the_same_bot_on_both_sides_favours_neither(policy: str, length: int) -> None:
    """Lines crossed are as many on either side, and felt tension differs by less than 15 %."""
    play = bots(shipped("cable-quake"), policy, policy, seed="2", length=length)
    sides = [side for side, _ in crossed(play)]
    assert sides.count("us") == sides.count("china")
    us, china = sorted((play.state.us.felt, play.state.china.felt))
    assert china - us <= max(100, china * 15 // 100)


def test_slices_cost_as_much_from_either_chair() -> None:
    """A team that slices against a careful one ends where the reverse does, within ten points."""
    one = bots(shipped("cable-quake"), "salami", "cautious", seed="2")
    other = bots(shipped("cable-quake"), "cautious", "salami", seed="2")
    assert abs(one.state.tension - other.state.tension) <= 1000
