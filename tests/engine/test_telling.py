"""Telling the other side of a line: what it weighs, what it makes of their relief, and what they learn of it."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest
from tests.engine.asking import draft, go_on, told
from tests.engine.lining import FACE, NOTICE, PLEDGE, lined, relined, set_pressure, turn
from tests.engine.play import Play, shipped

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.apply import ONCE_TOLD
from crisis_sim.engine.views.feed_items import ActItem
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.record_words import describe_line_disclosure
from crisis_sim.pages.translator import words_for

LINE = FACE.partition("/")[2]
TELL = draft("confide", "embassy", line=LINE)
DECLARE = draft("declare", "press", "public", line=LINE)
WARM = -1


@cache
def telling(at: tuple[int, ...] = (90, 150)) -> Material:
    """The small scenario with two moves that tell of a line, and what follows from that."""
    further = {"below": 50, "felt": -2, "trust": "0.5", "told": "0.5"}
    lines = {"telling": {"relief": "1.5"}, "further_from": further}
    bundle = relined(lines=lines).bundle()
    pack = bundle["packs"][0]
    tree = pack["tree"]
    for name, like, way in (("confide", "offer-help", "private"), ("declare", "criticise", "public")):
        move = {**tree["moves"][like], "label": name, "does": "x", "tells": True, "weight": "0.25", "visibility": [way]}
        for key in ("asks", "exchange"):
            move.pop(key, None)
        tree["moves"][name] = move | {"over": ["diplomatic"] if way == "private" else ["press"], "family": "inform"}
    tree["base"].setdefault("workload", {})["telling"] = list(at)
    tree["base"]["lines"]["decision"] = {"tell": ["confide"], "ask": ["request-call"], "prepare": ["show-of-force"]}
    pack["sha256"] = sha256(tree)
    return material_from_bundle(bundle)


def concluded(length: int = 150, pressure: int = 250) -> Play:
    """China has drawn a conclusion in turn 1 and is at its moves of turn 2; or not, with less pressure."""
    play = lined(telling(), length=length)
    go_on(play, "situation")
    set_pressure(play, pressure)
    turn(play, NOTICE)
    play.open_moves()
    return play


def tell(play: Play, said: a.Draft = TELL) -> None:
    """China tells, and the turn is judged."""
    play.submit("china", a.SealMove(draft=said))
    go_on(play, "results")


def eased(play: Play) -> list[int]:
    """By how much relief counted more."""
    return [
        event.trace.before - event.trace.after
        for event in told(play.events, e.NumberMoved)
        if event.trace.rule == ONCE_TOLD
    ]


def test_what_was_told_in_private_makes_their_next_relief_count_half_more() -> None:
    """Once: the relief after that counts as it is. Another session in which nothing was told has none of it."""
    play = concluded()
    tell(play)
    for _ in range(2):
        set_pressure(play, 300)
        turn(play, PLEDGE, hostility=WARM)
    assert eased(play) == [50]
    silent = concluded()
    go_on(silent, "results")
    turn(silent, PLEDGE, hostility=WARM)
    assert not eased(silent)


@pytest.mark.parametrize(("pressure", "said"), [(100, TELL), (250, DECLARE)])
def test_without_a_conclusion_or_in_public_relief_counts_as_it_is(pressure: int, said: a.Draft) -> None:
    """A bluff buys nothing, and what everybody hears is no confidence."""
    play = concluded(pressure=pressure)
    tell(play, said)
    set_pressure(play, 200)
    turn(play, PLEDGE, hostility=WARM)
    assert not eased(play)


def test_what_they_did_before_they_heard_it_counts_as_it_is() -> None:
    """An act of the turn in which it was told had been made before."""
    play = concluded()
    play.submit("us", a.SealMove(draft=PLEDGE))
    tell(play)
    assert not eased(play)


def test_told_of_a_line_on_which_they_were_drawn_back_relief_counts_as_it_is() -> None:
    """The conclusion is not held any more, so that nothing is confided."""
    play = concluded()
    go_on(play, "results")
    set_pressure(play, 140)
    turn(play, PLEDGE, hostility=WARM)
    assert told(play.events, e.FurtherFrom)
    play.open_moves()
    tell(play)
    set_pressure(play, 200)
    turn(play, PLEDGE, hostility=WARM)
    assert not eased(play)


def test_who_had_told_gains_more_trust_when_drawn_back() -> None:
    """By a half more, and never more than the conclusion has cost and time has not given back."""
    gained, cost = [], 0
    for tells in (False, True):
        play = concluded()
        if tells:
            play.submit("china", a.SealMove(draft=TELL))
        go_on(play, "results")
        set_pressure(play, 140)
        turn(play, PLEDGE, hostility=WARM)
        (back,) = told(play.events, e.FurtherFrom)
        gained.append(back.trust)
        cost = told(play.events, e.ConclusionDrawn)[0].trust
    assert gained[0] == 50 < gained[1] <= min(100, cost)


def test_in_private_it_presses_nothing() -> None:
    """Not by rules, nor where its reader says that a line of its own is touched."""
    play = concluded()
    play.submit("china", a.SealMove(draft=TELL))
    go_on(play, "readings")
    lines = [line.id for line in play.team("us").lines if line.kind == "pink"]
    for item in play.team("us").to_read:
        touches = lines[0] if lines else None
        play.submit("us", a.SealReading(item=item.number, hostility=3, confidence=4, touches=touches))
    before = dict(play.state.pressure)
    go_on(play, "results")
    assert {name: at for name, at in play.state.pressure.items() if name.startswith("us/")} == {
        name: at for name, at in before.items() if name.startswith("us/")
    }


def test_they_learn_that_it_was_told_and_not_whether_it_was_believed() -> None:
    """The words and the line; a bluff and the truth are the same to them to the byte, until the hotwash names each."""
    plays = [concluded(pressure=pressure) for pressure in (250, 100)]
    for play in plays:
        tell(play)
    assert len({msgspec.json.encode(play.look("us")) for play in plays}) == 1
    (item,) = [item for item in plays[0].team("us").feed if isinstance(item, ActItem) and item.act.move == "confide"]
    says = next(line.says for line in plays[0].team("china").lines if line.id == LINE)
    assert plays[0].say("us").localize(says) in words_for(item.act, plays[0].say("us"))
    told_of = []
    for play in plays:
        go_on(play, "hotwash")
        hotwash = play.look("us").hotwash
        assert hotwash is not None
        told_of.append(describe_line_disclosure(hotwash.tellings[0], play.say("us")))
    assert told_of[0].endswith("it had concluded so") and "a bluff" in told_of[1]


def test_a_move_that_tells_names_a_line_of_ours_and_no_other_move_does() -> None:
    """Neither none, nor one of theirs."""
    play = concluded()
    for wrong, code in (
        (draft("confide", "embassy"), "move/line"),
        (draft("confide", "embassy", line="elsewhere"), "reading/line"),
        (draft("offer-help", "embassy", line=LINE), "move/no-line"),
    ):
        with pytest.raises(ActionRefused, match=code):
            play.submit("china", a.SealMove(draft=wrong))


def test_at_forty_five_minutes_a_conclusion_is_drawn_and_not_told() -> None:
    """There is no such move, no such answer, and a draft that somebody sends all the same is refused."""
    play = concluded(length=45)
    dossier = play.say("china").dossier
    assert "confide" not in dossier.moves and list(dossier.answers) == ["ask", "hold", "prepare"]
    with pytest.raises(ActionRefused, match="move/left-out"):
        play.submit("china", a.SealMove(draft=TELL))
    assert "tell" in concluded().say("china").dossier.answers


def test_the_shipped_moves_tell_in_private_and_in_public() -> None:
    """They weigh 0.25 and 1.75, the private one presses nobody, and *tell* leads to them."""
    table = Play(shipped("bottomed-submarine")).table
    assert table.answers["tell"] == ("tell-line", "tell-line-publicly")
    assert [table.moves[name].weight for name in table.answers["tell"]] == [25, 175]
    assert not Play(shipped("bottomed-submarine"), length=45).table.asks("telling")
