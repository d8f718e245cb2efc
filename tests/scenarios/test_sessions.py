"""What every shipped scenario promises of sessions: who acts in it, scripted or by bots, gets what the file says.

Sessions are played through the engine alone; scripted teams send what is scripted and read nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from tests.engine.play import Play, shipped
from tests.scenarios.promises import LENGTHS, Other, Played, Promise, Promises, promises, tracked
from tests.scenarios.sessions import (
    asked,
    both,
    by_bots,
    came,
    concluded,
    crossed,
    dated,
    named,
    owners,
    played,
    pressed,
    sent,
)
from tests.thinning import one_in, spread

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, other

HOSTILE = {"protest", "coerce", "force"}
POINTS = 100
"""A point of tension, in hundredths."""

every = pytest.mark.parametrize("scenario", tracked())


def each(part: str) -> pytest.MarkDecorator:
    """A mark: one test for each entry of a part of the promises, in every scenario that has it."""
    found = [(name, entry, label) for name in tracked() for label, entry in _entries(promises(name), part)]
    return pytest.mark.parametrize(
        ("scenario", "entry"), [pytest.param(name, entry, id=f"{name}: {label}") for name, entry, label in found]
    )


def _entries(told: Promises, part: str) -> Iterator[tuple[str, Any]]:
    match part:
        case "sessions":
            yield from ((label, of) for promise in told.sessions for label, of in _cases(promise))
        case "branches":
            yield from ((f"{one.forestalls} or {one.opens} {place}", one) for place, one in enumerate(told.branches))
        case "grave" if told.grave:
            yield from ((f"{act} {line}", (line, act)) for line, acts in told.grave.lines.items() for act in acts)
        case "slices" if told.slices:
            yield from ((line, (line, acts)) for line, acts in told.slices.lines.items())
        case "silence" if told.silence:
            yield "no comment", told.silence
        case "by-hand":
            yield from ((name, (name, hour)) for name, hour in told.by_hand.items() if hour is not None)
        case _:
            pass


def _cases(promise: Promise) -> Iterator[tuple[str, Played]]:
    base = {name: getattr(promise, name) for name in promise.model_fields_set - {"says", "cases"}}
    for place, case in enumerate(promise.cases or (Played(),)):
        own = {name: getattr(case, name) for name in case.model_fields_set}
        session = Played.model_construct(**{**base, **own})
        for length in session.lengths:
            label = "".join((promise.says, f" [{place}]" * bool(promise.cases), f" ({length})" * (length != 150)))
            yield label, session.model_copy(update={"lengths": (length,)})


@each("sessions")
def test_what_the_teams_send_brings_what_is_promised(scenario: str, entry: Played) -> None:
    """A scripted session moves the tracks, brings the injects and touches the lines that its promise names."""
    told, length = promises(scenario), entry.lengths[0]
    play = played(scenario, named(told, entry.play, entry), length, entry.released)
    for name, bound in entry.tracks.items():
        assert bound.holds(play.state.tracks[name]), f"{name} is {play.state.tracks[name] / 100}"
    for channel, bound in entry.readiness.items():
        assert bound.holds(100 * play.state.readiness[channel]), f"{channel} is {play.state.readiness[channel]}"
    assert entry.tension is None or entry.tension.holds(play.state.tension), play.state.tension / 100
    _in_its_course(play, entry)
    _injects(play, entry)
    _lines(play, entry)
    _rules(play, entry)
    if entry.against is not None:
        _against(play, played(scenario, named(told, entry.against.play), length), entry.against)


def _in_its_course(play: Play, entry: Played) -> None:
    moved = [(hour, one) for hour, one in dated(play) if isinstance(one, e.NumberMoved) and one.meter == "track"]
    for track, bound in entry.peaks.items():
        assert bound.holds(max(one.trace.after for _, one in moved if one.of == track))
    for track, hours in entry.moves_at.items():
        assert tuple(hour for hour, one in moved if one.of == track) == hours
    for track, marks in entry.marks.items():
        reached = {one.mark: hour for hour, one in dated(play) if isinstance(one, e.TrackMarked) and one.track == track}
        assert marks.items() <= reached.items() and len(reached) >= len(marks)


def _injects(play: Play, entry: Played) -> None:
    told, known = came(play), {one.id for one in play.table.material.scenario.msel}
    assert {*entry.comes, *entry.away, *entry.order, *entry.one_of} <= known
    assert set(entry.comes) - set(told) == set()
    assert set(entry.away) & set(told) == set()
    assert [name for name in told if name in entry.order] == list(entry.order)
    assert len(set(entry.one_of) & set(told)) == bool(entry.one_of)


def _lines(play: Play, entry: Played) -> None:
    over, weighed = crossed(play), pressed(play)
    lines = {f"{side}/{line.id}" for side in SIDES for line in play.table.material.scenario.teams.team_of(side).lines}
    assert {*entry.keeps, *entry.spares} <= lines
    assert set(entry.crosses) <= over and not set(entry.keeps) & over
    assert entry.crosses_only is None or over == set(entry.crosses_only)
    assert set(entry.concludes) <= concluded(play)
    assert set(entry.presses) <= weighed and not set(entry.spares) & weighed
    assert entry.presses_only is None or weighed == set(entry.presses_only)


def _rules(play: Play, entry: Played) -> None:
    presses = [one for one in play.events if isinstance(one, e.LinePressed)]
    for rule, sides in entry.pressed_by.items():
        assert {one.side for one in presses if one.trace.rule == rule} == set(sides), rule
    for fact, teams in entry.truths.items():
        assert {side for true, side in play.state.truths if true == fact} == set(teams), fact
    moved = {one.trace.rule for one in play.events if isinstance(one, e.NumberMoved)}
    assert set(entry.moved_by) <= moved


def _against(play: Play, than: Play, more: Other) -> None:
    tracks = {name: value - than.state.tracks[name] for name, value in play.state.tracks.items()}
    for name, bound in more.tracks.items():
        assert bound.holds(tracks[name]), f"{name} differs by {tracks[name] / 100}"
    assert more.every_track is None or more.every_track.holds(sum(tracks.values()))
    for channel, bound in more.readiness.items():
        assert bound.holds(100 * (play.state.readiness[channel] - than.state.readiness[channel]))


@each("branches")
def test_care_opens_one_branch_and_neglect_another(scenario: str, entry: Any) -> None:
    """What neglect brings stays away after the act that answers it, and what care opens never comes without it."""
    cared, neglected = came(played(scenario, named(promises(scenario), entry.play))), came(played(scenario))
    assert entry.forestalls in neglected and entry.forestalls not in cared
    assert entry.opens is None or (entry.opens in cared and entry.opens not in neglected)


@each("by-hand")
def test_some_injects_are_the_facilitators(scenario: str, entry: tuple[str, int]) -> None:
    """It comes by nothing that the teams leave undone, and comes by hand."""
    name, hour = entry
    assert name not in came(played(scenario))
    assert name in came(played(scenario, released={hour: name}))


@each("grave")
def test_grave_acts_cross_at_once_and_are_answered(scenario: str, entry: tuple[str, str]) -> None:
    """Each red line can be crossed outright; the host answers, and relents when somebody answers it."""
    told, (line, act) = promises(scenario), entry
    grave = told.grave
    assert grave is not None
    sender = other("us" if line.startswith("us/") else "china")
    answer = [(hour, *sent(sender, acts)) for hour, acts, _ in named(told, grave.answered)]
    play = played(scenario, ((grave.hour, *sent(sender, (told.acts[act],))), *answer))
    assert line in crossed(play)
    assert came(play).index(grave.stops) < came(play).index(grave.resumes)


@each("slices")
def test_a_few_careless_turns_lead_to_a_conclusion(scenario: str, entry: tuple[str, tuple[str, ...]]) -> None:
    """One of them does not; a few in a row do, and words and ships in sight still cross nothing."""
    told, (line, names) = promises(scenario), entry
    assert told.slices is not None
    sender = other("us" if line.startswith("us/") else "china")
    turns = [(hour, *sent(sender, tuple(told.acts[name] for name in names))) for hour in told.slices.hours]
    once = next(turn for turn in turns if turn[0] == (told.slices.once or told.slices.hours[0]))
    assert line not in concluded(played(scenario, (once,)))
    sliced = played(scenario, tuple(turns))
    assert line in concluded(sliced)
    assert not crossed(sliced)


@each("silence")
def test_silence_presses_and_does_not_cross(scenario: str, entry: Any) -> None:
    """A session of "no comment" presses lines on either side, and comes to nothing worse."""
    hours = entry.hours or shipped(scenario).scenario.turns
    play = played(scenario, tuple((hour, *both(promises(scenario).acts["declined"])) for hour in hours))
    assert set(entry.presses) <= pressed(play, by_acts=True) and not set(entry.spares) & pressed(play)
    assert not crossed(play)


@every
def test_no_careful_act_crosses_a_line(scenario: str) -> None:
    """Of all moves that blame, coerce and threaten nobody, none crosses anything, whoever makes it."""
    play, hour = Play(shipped(scenario), length=150), promises(scenario).hour
    while play.state.hour < hour or play.state.phase != "moves":
        play.submit("facilitator", a.Advance())
    dossier = play.say("us").dossier
    mild = [one for one in dossier.moves.values() if one.family not in HOSTILE]
    options = [one for one in mild if not one.only_as_answer and not one.tells]
    assert len(options) >= 20
    for option in options:
        way = option.visibilities[0]
        channel = next(name for name in option.channels if way in dossier.channels[name].visibilities)
        about = channel if option.about_channel else None
        seen: Literal["public", "private"] = "public" if way == "public" else "private"
        draft = a.Draft(move=option.id, channel=channel, visibility=seen, about=about)
        assert not crossed(played(scenario, ((hour, *both(draft)),))), option.id


@every
@pytest.mark.parametrize("length", LENGTHS)
def test_the_clock_alone_never_brings_more_than_four_injects_in_a_turn(scenario: str, length: int) -> None:
    """A room can read what comes; what comes in place of something else is counted once."""
    hours, instead = Play(shipped(scenario), length=length).table.hours, promises(scenario).instead
    injects = [one for one in shipped(scenario).scenario.msel if not one.by_hand and length in one.lengths]
    planned = [one for one in injects if not list(asked(one.when)) and one.id not in instead]
    due = [next(hour for hour in hours if hour >= one.at) for one in planned]
    assert due and max(map(due.count, hours)) <= 4
    assert set(instead.values()) <= {one.id for one in planned}


@every
@pytest.mark.parametrize("length", LENGTHS)
def test_every_turn_calls_for_something_and_none_for_everything(scenario: str, length: int) -> None:
    """While nobody does anything, some calming moves are called for in each turn, and at most two in three of them.

    Injects name moves and what teams alone know, and no family; what turns out well mostly calls for nothing.
    """
    play = played(scenario, (), length)
    callers, came_in = play.table.callers, play.state.injects
    assert callers is not None
    calming = {name for name, move in shipped(scenario).moves.items() if move.weight < 0}
    for turn in range(1, len(play.table.hours) + 1):
        lately = {name for name, came in came_in.items() if turn - 2 <= came <= turn}
        called = {move for move, injects in callers["us"].items() if lately.intersection(injects)}
        assert 0 < len(calming & called) <= len(calming) * 2 // 3, turn
    msel, teams = shipped(scenario).scenario.msel, shipped(scenario).scenario.teams
    known = {*callers["us"], *teams.us.private_facts, *teams.china.private_facts}
    assert {name for one in msel for name in one.calls_for} <= known
    assert [one for one in msel if not one.calls_for]


@pytest.mark.parametrize(("scenario", "length"), spread(3, tracked(), LENGTHS))
def test_careful_and_reckless_bots_end_apart(scenario: str, length: int) -> None:
    """Two attentive bots end 20 points under two that press, and leave more at stake unharmed; so do two that do one
    calming deed after another, though these may come too late to save as many.

    They cross no line and bring nobody to a conclusion; two firm ones bring both sides to one, or over a line.
    """
    told = promises(scenario).bots
    careful, rota, firm = (by_bots(scenario, who, who, length, told.seed) for who in ("attentive", "rota", "firm"))
    for each in (careful, rota):
        assert not crossed(each) and not concluded(each)
    assert {line.partition("/")[0] for line in crossed(firm) | concluded(firm)} == {*SIDES}
    for who in told.reckless:
        hard = by_bots(scenario, who, who, length, told.seed)
        for each in (careful, rota):
            assert hard.state.tension - each.state.tension >= 20 * POINTS
            for track in told.more:
                assert each.state.tracks[track] > hard.state.tracks[track]
        for track in told.as_much:
            assert careful.state.tracks[track] >= hard.state.tracks[track]


@pytest.mark.parametrize(("scenario", "length"), spread(3, tracked(), LENGTHS))
def test_attention_saves_in_every_length(scenario: str, length: int) -> None:
    """Two attentive bots save a tenth of all that is at stake more than two that say nothing."""
    told, track = promises(scenario).bots, promises(scenario).outcome
    care, silence = (by_bots(scenario, who, who, length, told.seed).state.tracks for who in ("attentive", "silent"))
    saved = (care[track.track] - silence[track.track]) * (-1 if track.fewer else 1)
    assert saved >= shipped(scenario).scenario.tracks[track.track].most // 10


@pytest.mark.parametrize(("scenario", "length"), spread(3, tracked(), LENGTHS))
def test_the_same_bot_on_both_sides_favours_neither(scenario: str, length: int) -> None:
    """Lines crossed are as many on either side, and felt tension differs by less than 15 %, on average over seeds."""
    told = promises(scenario).bots
    seeds = told.seeds or (told.seed,)
    for policy in told.policies:
        plays = [by_bots(scenario, policy, policy, length, seed) for seed in seeds]
        assert all(abs(owners(play, "us") - owners(play, "china")) <= told.uneven for play in plays), policy
        less, more = sorted(sum(play.state.felt[side] for play in plays) // len(plays) for side in SIDES)
        assert more - less <= max(POINTS, more * 15 // 100), policy


@pytest.mark.parametrize(
    ("scenario", "length"), one_in(3, [(name, length) for name in tracked() for length in promises(name).bots.lengths])
)
def test_slices_cost_as_much_from_either_chair(scenario: str, length: int) -> None:
    """A team that slices against a careful one ends on average where the reverse does, within ten points."""
    seeds = promises(scenario).bots.seeds or (promises(scenario).bots.seed,)
    ends = {
        pair: sum(by_bots(scenario, *pair, length, seed).state.tension for seed in seeds) // len(seeds)
        for pair in (("salami", "rota"), ("rota", "salami"))
    }
    assert abs(ends["salami", "rota"] - ends["rota", "salami"]) <= 10 * POINTS
