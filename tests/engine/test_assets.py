"""Things are what they are, are judged by what is seen of them, and what was hidden may come out.

Nobody tags his own guilt: what is true of a thing stands in the scenario, and a sender chooses which thing it uses.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.engine.asking import closed
from tests.engine.play import Play, shipped, varied, without_assets
from tests.engine.twins import with_limit

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.move_choices import missing_part
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.refusals import names_from, refusal
from crisis_sim.rules.names import SIDES, Language, Side, other

HELP = a.Draft(move="deliver-help", channel="ismerlo", visibility="public")
SHARE = a.Draft(move="share-technical-data", channel="ismerlo", visibility="public")
LEAD = a.Draft(move="back-un-lead", channel="marenga-rcc", visibility="public")
BEST: dict[Side, str] = {"us": "rescue-vehicle", "china": "rescue-ship"}
PLAIN: dict[Side, str] = {"us": "pod-ship", "china": "stores-ship"}


def using(asset: str) -> a.Draft:
    return msgspec.structs.replace(HELP, asset=asset)


def submarine(*, seed: str = "1", material: Material | None = None, length: int = 150) -> Play:
    """The submarine in its third turn, when the host has accepted help."""
    play = Play(material or shipped("bottomed-submarine"), seed=seed, length=length)
    play.turn()
    play.turn()
    play.open_moves()
    return play


def told(play: Play, kind: type[e.Event]) -> list[Any]:
    return [event for event in play.events if isinstance(event, kind)]


def hidden(seed_from: int = 1, *, found: bool, side: Side = "us") -> Play:
    """A session in which a team has used what is more than it is seen as, and that comes out, or never does."""
    for seed in map(str, range(seed_from, seed_from + 40)):
        play = submarine(seed=seed)
        play.turn(**{side: (using(BEST[side]),)})
        if told(play, e.AssetConcealed) and bool(told(play, e.AssetConcealed)[0].due) is found:
            return play
    raise AssertionError("half of them come out")


@pytest.mark.parametrize("side", SIDES)
def test_nobody_can_tag_his_own_guilt(side: Side) -> None:
    """What is true of a thing is no term that a sender puts on an act: the honest and the silent send the same."""
    play = submarine()
    for term in ("dual-use", "near-crewed"):
        with pytest.raises(ActionRefused) as refused:
            play.submit(side, a.SealMove(draft=msgspec.structs.replace(using(BEST[side]), terms=(term,))))
        assert refused.value.code == "move/term"
    move = play.say(side).dossier.moves["deliver-help"]
    assert not {"dual-use", "near-crewed"} & set(move.terms)


def test_honest_and_silent_senders_are_judged_alike() -> None:
    """The mirrored pair that once ended 25 points apart: what is said of the same things makes no difference."""
    ends = []
    for words in ("It has sonar that could map a hull, and works close to the crew.", ""):
        play = submarine(length=45, seed="2")
        drafts = {side: msgspec.structs.replace(using(BEST[side]), text=words) for side in SIDES}
        play.turn(us=(drafts["us"],), china=(drafts["china"],))
        closed(play)
        ends.append((play.state.tension, play.state.pressure, play.state.crossings))
    assert ends[0] == ends[1]


@pytest.mark.parametrize("side", SIDES)
def test_with_which_thing_is_a_step_that_cannot_be_left_out(side: Side) -> None:
    """Without one, with the other team's, with one that is of no use here: each is refused, with what there is."""
    play = submarine()
    theirs = PLAIN["china" if side == "us" else "us"]
    for draft, code in (
        (HELP, "asset/which"),
        (using(theirs), "asset/unknown"),
        (using("no-such-thing"), "asset/unknown"),
        (using({"us": "escort", "china": "guard-ship"}[side]), "asset/unfit"),
    ):
        with pytest.raises(ActionRefused) as refused:
            play.submit(side, a.SealMove(draft=draft))
        assert refused.value.code == code
    parts: dict[str, str | tuple[str, ...]] = {
        "move": "deliver-help",
        "assets": play.table.usable(side, "deliver-help"),
    }
    why, way = refusal(ActionRefused("asset/which", **parts), "en", names_from(play.say(side)))
    assert why == "say with which of what we have this is made" and "pods" in way
    play.submit(side, a.SealMove(draft=using(PLAIN[side])))


def test_a_move_that_uses_nothing_drops_what_it_is_given() -> None:
    """As it drops a channel that it is not about."""
    play = submarine()
    play.submit("us", a.SealMove(draft=msgspec.structs.replace(SHARE, asset="pod-ship")))
    assert play.state.us.drafts[0].asset is msgspec.UNSET


def test_help_waits_for_the_hosts_word_unless_it_goes_openly_without() -> None:
    """The refusal names the request; advisers say it beforehand; once the fact stands it goes."""
    play = Play(shipped("bottomed-submarine"), length=150)
    play.open_moves()
    with pytest.raises(ActionRefused) as refused:
        play.submit("us", a.SealMove(draft=using("pod-ship")))
    assert refused.value.code == "consent/missing"
    why, way = refusal(refused.value, "en", names_from(play.say("us")))
    assert why == "the host has not accepted this help" and "Offer help without conditions" in way
    assert next(each.unasked for each in play.team("us").advice if each.move == "deliver-help") == "without-consent"
    sheet = PartialMove(move="deliver-help", asset="pod-ship")
    stops: dict[Language, str] = {"en": ".", "zh": "。"}
    for language, stop in stops.items():
        field, said = missing_part(sheet, play.team("us"), play.say("us", language))
        assert field == "term:without-consent" and said.endswith(stop) and said[-2] != stop
    play.submit("us", a.SealMove(draft=msgspec.structs.replace(using("pod-ship"), terms=("without-consent",))))
    play.submit("us", a.WithdrawMove(number=1))
    play.turn()
    play.open_moves()
    assert ("host-consent", None) in play.state.truths
    assert not [each for each in play.team("us").advice if each.unasked]
    play.submit("us", a.SealMove(draft=using("pod-ship")))


@pytest.mark.parametrize("side", SIDES)
def test_an_act_is_judged_by_what_is_seen_of_its_thing(side: Side) -> None:
    """The tool whose sonar maps a hull is seen as none; once its data have been shared it is seen as what it is."""
    kept, shown = submarine(), submarine()
    for play, before in ((kept, ()), (shown, (SHARE,))):
        play.turn(**{side: before})
        play.turn(**{side: (using(BEST[side]),)})
    acts = [next(sent.act for sent in play.state.acts.values() if sent.act.asset) for play in (kept, shown)]
    assert ["dual-use" in act.terms for act in acts] == [False, True]
    assert [act.unseen for act in acts] == [("dual-use",), ()]
    fired = [{event.rule for event in told(play, e.RuleFired)} for play in (kept, shown)]
    assert ["unnotified-near-crew" in rules for rules in fired] == [False, True]


def test_what_is_seen_as_more_costs_as_what_it_seems_and_nothing_once_it_is_cleared_up() -> None:
    """The host vouches for the grey ship: that is told as a fact, and nothing is punished."""
    play = submarine()
    play.turn(us=(using("pod-ship"),))
    act = next(sent.act for sent in play.state.acts.values() if sent.act.asset)
    assert act.mistaken == ("dual-use",) and "dual-use" in act.terms and not told(play, e.AssetClearedUp)
    trust = dict(play.state.trust)
    play.turn(us=(LEAD,))
    assert [(event.asset, event.terms) for event in told(play, e.AssetClearedUp)] == [("pod-ship", ("dual-use",))]
    assert play.state.trust["china"] >= trust["china"] - 10, "time alone has moved it"
    assert "cleared up" in play.told("china")[-1].head


@pytest.mark.parametrize("side", SIDES)
def test_what_comes_out_counts_twice_and_costs_trust(side: Side) -> None:
    """What was not counted counts, the pressure twice; the other side's trust falls by one; and it is told to both."""
    play = with_limit(hidden(found=True, side=side), 5_000)
    (kept,) = told(play, e.AssetConcealed)
    assert kept.weight == 150
    before = len(play.events)
    while not told(play, e.AssetFoundOut):
        play.turn() if play.state.turn < play.table.turns else play.submit("facilitator", a.Advance())
    assert play.state.turn == min(kept.due, play.table.turns)
    moved = [
        event for event in play.events[before:] if isinstance(event, e.NumberMoved) and event.trace.rule == "found out"
    ]
    assert {(event.meter, event.of): event.trace.after - event.trace.before for event in moved} == {
        ("tension", ""): 150, ("felt", "us"): 150, ("felt", "china"): 150, ("trust", other(side)): -100,
    }  # fmt: skip
    pressed = [event for event in told(play, e.LinePressed) if event.trace.rule == "found out"]
    assert {event.line for event in pressed} == {line for line, _ in kept.presses}
    assert pressed or side == "us", "China's lines are not about what a thing can do"
    for event in pressed:
        by = dict(kept.presses)[event.line]
        assert event.trace.after - event.trace.before in (2 * by, 3 * by), "half more where the turn before pressed it"
    for seat in SIDES:
        assert any("more than was seen" in item.head for item in play.told(seat))


def test_what_has_come_out_is_seen_from_then_on() -> None:
    """The next act with the same thing is judged by what is known of it."""
    play = hidden(found=True)
    while not told(play, e.AssetFoundOut):
        play.turn()
    assert "dual-use" in next(each for each in play.team("china").assets if each.id == "rescue-vehicle").seen
    play.turn(us=(using("rescue-vehicle"),))
    assert "dual-use" in [sent.act for sent in play.state.acts.values() if sent.act.asset][-1].terms


def test_the_close_settles_what_would_have_come_out() -> None:
    """A thing is used in the last turn: what time would have brought out comes out before the closing, and no more."""
    seen = set()
    for seed in map(str, range(12)):
        play = Play(shipped("bottomed-submarine"), seed=seed, length=45)
        while play.state.turn < play.table.turns - 1 or play.state.phase != "results":
            play.turn()
        play.turn(us=(using("rescue-vehicle"),))
        kept = told(play, e.AssetConcealed)
        assert not told(play, e.AssetFoundOut)
        closed(play)
        if kept:
            assert bool(told(play, e.AssetFoundOut)) is bool(kept[0].due)
            seen.add(bool(kept[0].due))
    assert seen == {True, False}


def test_about_half_of_concealments_come_out() -> None:
    """By luck of seed, turn and act: the same in the same session."""
    due = []
    for seed in map(str, range(40)):
        play = submarine(seed=seed)
        play.turn(us=(using("rescue-vehicle"),))
        due += [event.due for event in told(play, e.AssetConcealed)]
    assert 0.3 <= sum(turn > 0 for turn in due) / len(due) <= 0.7
    assert {turn - 3 for turn in due if turn} == {1, 2, 3}


def _harmless(hider: Side) -> Material:
    """The submarine, with a tool of one side's that is no more than it is seen as."""

    def change(tree: dict[str, Any]) -> None:
        del tree["teams"][hider]["assets"][BEST[hider]]["is"]["dual-use"]

    return varied("bottomed-submarine", change)


@pytest.mark.parametrize("hider", SIDES)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_what_is_true_and_not_seen_reaches_nobody_before_it_comes_out(hider: Side, seed: str) -> None:
    """Two worlds that differ in what a thing is alone: the other team and observers are shown the same to the byte."""
    one, two = submarine(seed=seed), submarine(seed=seed, material=_harmless(hider))
    watchers: tuple[a.SeatName, ...] = ("china" if hider == "us" else "us", "observer")
    for seat in watchers:
        dossiers = [msgspec.json.encode(play.say(seat).dossier) for play in (one, two)]
        assert dossiers[0] == dossiers[1]
    for acts in ((using(BEST[hider]),), (), ()):
        for play in (one, two):
            play.turn(**{hider: acts})
        if told(one, e.AssetFoundOut):
            break
        for seat in watchers:
            assert msgspec.json.encode(one.look(seat)) == msgspec.json.encode(two.look(seat))
    assert told(one, e.AssetConcealed) and not told(two, e.AssetConcealed)


def test_a_scenario_without_assets_plays_as_before() -> None:
    """Its terms are chosen, no thing is asked for, and no host is waited for."""
    play = Play(without_assets(), length=150)
    play.open_moves()
    draft = msgspec.structs.replace(HELP, terms=("dual-use", "near-crewed"))
    play.submit("us", a.SealMove(draft=draft))
    assert {"dual-use", "near-crewed"} <= set(play.say("us").dossier.moves["deliver-help"].terms)
    assert not play.team("us").assets
