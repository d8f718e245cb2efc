"""What one team keeps to itself changes nothing that the other or an observer is shown.

Two sessions are played side by side (`twins`). They differ only in what one team sealed, wrote or noted for itself, and
in what the facilitator did for that team alone: intents, readings, lines, guesses, the guesses that it expects,
forecasts, notes, drafts as they were before, words for it alone, its own numbers set by hand. The views of the other
team and of an observer must be the same to the byte after every action, in sessions that show all as well.
"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as with_changes
from pydantic import ValidationError
from tests.engine.asking import go_on
from tests.engine.play import Play, shipped, with_own_tracks
from tests.engine.twins import Twins, first_difference, objective, showing, shown
from tests.small import small_material
from tests.thinning import examples, spread

from crisis_sim.content.listings import shipped_folder
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.closer_views import closer_stories
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seats import view_for
from crisis_sim.rules.names import HERE_FOR_MORE, SIDES, Side, other
from crisis_sim.rules.pack import Rule

PAIRS = (("salami", "reckless"), ("random", "random"), ("rota", "firm"), ("salami", "mirror"))
SCENARIOS = sorted(folder.name for folder in (shipped_folder() / "scenarios").iterdir() if folder.is_dir())
SHOWS = ("own", "all")


def twins(
    scenario: str, hider: Side, show: str, pair: tuple[str, str], seed: str, *, readings_alone: bool = False
) -> Twins:
    """Two sessions of 45 minutes, or of 90 of the small scenario, in which conclusions are drawn early."""
    small = scenario == "small"
    material = with_own_tracks(small_material()) if small else shipped(scenario)
    return Twins(
        material,
        pair,
        seed,
        "all" if show == "all" else "own",
        hider,
        length=90 if small else 45,
        readings_alone=readings_alone,
        card=(None, "full", "short")[int(seed) % 3],
        limit=(None, 150)[int(seed) % 2],
    )


@pytest.mark.parametrize("hider", SIDES)
def test_a_card_and_what_is_believed_change_no_byte_of_what_others_are_shown(hider: Side) -> None:
    """Nor anything in the world: the other side's view and dossier, an observer's, tension, tracks, standing."""
    material = shipped("bottomed-submarine")
    found = Twins(material, ("attentive", "human-like"), "7", "all", hider, length=90)
    one, two = found.begun(), found.dealt_otherwise(found.begun())
    assert dossier_for(one.table, hider) != dossier_for(two.table, hider)
    for seat in found.watchers():
        assert dossier_for(one.table, seat) == dossier_for(two.table, seat)
    for seat, action in found.actions():
        one.submit(seat, action)
        if isinstance(action, a.SealForecast) and action.forecast == HERE_FOR_MORE and seat == hider:
            action = with_changes(action, chance=100 - action.chance)
        two.submit(seat, action)
        assert objective(one) == objective(two)
        assert_alike(found, one, two, type(action).__name__)
    assert one.state.team(hider).believed != two.state.team(hider).believed
    for play in (one, two):
        go_on(play, "hotwash")
    assert shown(one, other(hider)) != shown(two, other(hider)), "the hotwash opens both"


@pytest.mark.parametrize("hider", SIDES)
def test_what_a_team_thinks_of_saying_moved_it_closer_changes_no_byte_of_what_others_are_shown(hider: Side) -> None:
    """Nor how candid it is: the other hears what is told once moves are final, which is the same."""
    found = Twins(shipped("bottomed-submarine"), ("curious", "curious"), "6", "all", hider, length=90, asks=True)
    for label, one, two in found.side_by_side():
        assert_alike(found, one, two, label)
    said = [[(of.acts, of.concern) for of in play.state.closer] for play in (one, two)]
    assert said[0] == said[1] and any(acts for acts, _concern in said[0])
    assert {of.by for of in one.state.closer} == {None, "us", "china"}
    candour = [[each.candour for each in closer_stories(play.state, play.table)] for play in (one, two)]
    assert candour[0] != candour[1], "the hotwash alone lays it beside what had pressed its lines"


def assert_alike(pair: Twins, one: Play, two: Play, label: str) -> None:
    """Whoever may not know of the secrets is shown the same, to the byte."""
    for seat in pair.watchers():
        views = shown(one, seat), shown(two, seat)
        assert views[0] == views[1], f"{label}, as {seat}: {first_difference(*views)}"
        assert b"XQZ" not in views[1], f"{label}, as {seat}"


@settings(max_examples=examples(2, 12), phases=[Phase.explicit, Phase.generate], deadline=None)
@given(pair=st.sampled_from(PAIRS), seed=st.integers(1, 60).map(str))
@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("hider", SIDES)
@pytest.mark.parametrize("scenario", ["small", "bottomed-submarine"])
def test_secrets_change_no_byte_of_what_others_are_shown(
    scenario: str, hider: Side, show: str, pair: tuple[str, str], seed: str
) -> None:
    """Readings among them, and whatever is concluded from them: from the briefing to the hotwash, which opens them."""
    found = twins(scenario, hider, show, pair, seed)
    for label, one, two in found.side_by_side():
        assert_alike(found, one, two, label)
    assert one.state.phase == "closing" and one.state.crossings == two.state.crossings
    assert one.state.team(hider).guesses_after != two.state.team(hider).guesses_after


@settings(max_examples=examples(1, 6), phases=[Phase.explicit, Phase.generate], deadline=None)
@given(pair=st.sampled_from(PAIRS), seed=st.integers(1, 60).map(str))
@pytest.mark.parametrize(("scenario", "hider"), spread(2, ("small", *SCENARIOS), SIDES))
def test_a_sealed_reading_moves_nothing_in_the_world(
    scenario: str, hider: Side, pair: tuple[str, str], seed: str
) -> None:
    """The same acts, read otherwise by one side: tension, tracks, standing, injects and crossings are the same, and
    what the other side and observers are shown; what the reader feels and concludes is not."""
    found = twins(scenario, hider, "all", pair, seed, readings_alone=True)
    for label, one, two in found.side_by_side():
        assert objective(one) == objective(two), label
        if one.actions[-1] == ("facilitator", a.Advance()):
            assert_alike(found, one, two, label)
    assert one.state.phase == "closing"
    assert one.state.curve != two.state.curve, "what the reader felt on the way"


@pytest.mark.parametrize(("seat", "sides"), [("us", ["us"]), ("china", ["china"]), ("observer", [])])
def test_a_session_that_shows_all_shows_nobody_what_the_others_felt(seat: a.SeatName, sides: list[str]) -> None:
    """Tension, which acts move, and a team's own felt tension; the facilitator has both, in the hotwash everybody."""
    play = showing(Play(small_material()), "all")
    play.turn(us=(a.Draft(move="criticise", channel="press", visibility="public"),))
    scores = {name: play.look(name).score for name in a.SEATS}
    assert [of.side for of in scores[seat].sides] == sides  # type: ignore[union-attr]  # all is shown
    assert [of.side for of in scores["facilitator"].sides] == ["us", "china"]  # type: ignore[union-attr]  # as above
    assert len({score.tension for score in scores.values() if score}) == 1
    while play.state.phase != "hotwash":
        play.submit("facilitator", a.Advance())
    assert [of.side for of in play.look(seat).score.sides] == ["us", "china"]  # type: ignore[union-attr]  # as above


@given(seed=st.integers(1, 400).map(str))
@settings(max_examples=examples(10, 300))
def test_a_message_that_never_arrives_is_never_seen(seed: str) -> None:
    """A private message that nobody took up leaves no trace in the receiver's view, nor one still on its way."""
    material = shipped("bottomed-submarine")
    draft = next(
        a.Draft(move="private-inquiry", channel=channel, text="XQZ?", intent=-3)
        for channel, of in material.scenario.channels.items()
        if of.kind == "leader-line"
    )
    with_it, without = Play(material, seed=seed), Play(material, seed=seed)
    with_it.turn(us=(draft,))
    without.turn()
    arrived = any(isinstance(event, e.ActArrived) for event in with_it.events)
    one, other = (view_for(play.state, play.table, "china") for play in (with_it, without))
    assert (one != other) == arrived
    assert (b"XQZ" in msgspec.json.encode(one)) == arrived


def test_views_hold_what_their_seat_may_know() -> None:
    """The other side's brief, lines, drafts, intents and readings are in nobody else's view before the hotwash."""
    play = Play(small_material())
    play.submit("us", a.WriteLine(line="pink", concern="face", says="XQZ our own line", weight=5))
    play.submit("us", a.GuessLine(line="red", concern="face", says="XQZ a guess", weight=5))
    play.open_moves()
    play.submit(
        "us", a.SealMove(draft=a.Draft(move="criticise", channel="press", visibility="public", text="XQZ draft"))
    )
    play.submit("us", a.TakeNote(text="XQZ a note"))
    brief = play.table.material.texts[play.table.scenario.teams.us.brief.en].encode()
    for seat in ("china", "observer"):
        view = msgspec.json.encode(play.look(seat))
        assert b"XQZ" not in view
        assert msgspec.json.encode(brief.decode())[1:-1] not in view
    assert msgspec.json.encode(play.look("us")).count(b"XQZ") >= 4


@pytest.mark.parametrize(
    "then",
    [
        {"trust": {"sender": "-0.50"}},
        {"standing": {"sender": 1, "receiver": 1}},
        {"press": {"line": "face", "by": 1, "whose": "both"}},
        {"relieve": {"line": "face", "by": 1, "whose": "sender"}},
        {"readiness": {"by": -5}},
        {"set": {"fact": "host-consent", "to": True}},
    ],
)
def test_no_rule_on_silence_may_tell_the_silent_side_of_a_lost_request(then: dict[str, object]) -> None:
    """It is refused when it is loaded; what the asker alone sees may move."""
    rule = {"id": "x", "kind": "pink", "on": "silence", "says": "x", "when": {"always": True}, "source": "a test"}
    Rule.model_validate({**rule, "then": {"trust": {"receiver": -1}, "press": {"line": "face", "by": 1}}})
    if "relieve" in then:
        rule["kind"] = "credit"
    with pytest.raises(ValidationError, match="a rule on silence moves only"):
        Rule.model_validate({**rule, "then": then})


def test_a_message_that_never_arrives_is_no_part_of_the_record() -> None:
    """Public blame weighs the same to China whether or not a private inquiry is on its way before it."""
    material = shipped("bottomed-submarine", ("core",))
    hotline = next(channel for channel, of in material.scenario.channels.items() if of.kind == "leader-line")
    inquiry = a.Draft(move="private-inquiry", channel=hotline)
    blame = a.Draft(move="criticise", channel="press", visibility="public")
    for seed in map(str, range(1, 60)):
        with_it, without = Play(material, seed=seed), Play(material, seed=seed)
        with_it.turn(us=(inquiry,))
        without.turn()
        if any(0 < sent.due_turn <= 2 for sent in with_it.state.acts.values()):
            continue
        for play in (with_it, without):
            play.turn(us=(blame,))
        fired = [{event.rule for event in play.events if isinstance(event, e.RuleFired)} for play in (with_it, without)]
        assert "public-before-private" in fired[0] & fired[1]
        assert with_it.look("china") == without.look("china")
        return
    raise AssertionError("no seed kept the inquiry so long")
