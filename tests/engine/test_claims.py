"""Lines written at the table: held crossed by their team, said in an act, or declared by the facilitator."""

from __future__ import annotations

import msgspec
import pytest
from tests.engine.asking import go_on, told
from tests.engine.lining import LOOM, NOTICE, lined, relined
from tests.engine.play import Play

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import DeclaredItem
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.console_blocks import flag_blocks
from crisis_sim.pages.console_forms import console_form
from crisis_sim.pages.line_blocks import word_of
from crisis_sim.pages.record_words import describe_crossing, line_sentences
from crisis_sim.pages.traces import describe_traces

CLAIM = {"claim": {"felt": 10, "trust": -1}}


def written(claims: bool = True, *, red: bool = True) -> tuple[Play, str]:
    """China has written a line of its own; the US has blamed it in public, and the readings are open."""
    play = lined(relined(lines=CLAIM if claims else {}))
    line = a.WriteLine(line="red" if red else "pink", concern="face", says="Nobody names our boat.", weight=9)
    if not red:
        line = msgspec.structs.replace(line, leads_to="forced-removal")
    play.submit("china", line)
    play.open_moves()
    play.submit("us", a.SealMove(draft=NOTICE))
    go_on(play, "readings")
    return play, play.state.china.own_lines[0].id


def read(play: Play, line: str, *, crosses: bool) -> None:
    """China reads the act as touching its line, and perhaps as crossing it."""
    reading = a.SealReading(item=1, hostility=2, confidence=4, touches=line)
    play.submit("china", msgspec.structs.replace(reading, crosses=True) if crosses else reading)
    go_on(play, "results")


def declare(play: Play, line: str, side: str = "china") -> None:
    """The facilitator puts it on record."""
    play.submit("facilitator", a.DeclareCrossing(side=side, line=line, reason="it was said aloud"))  # type: ignore[arg-type]  # a side


def test_a_claim_moves_what_its_owner_feels_and_its_trust_and_nothing_else() -> None:
    """By 10 and by −1; the world, the other team and observers are as if it had not been claimed."""
    plays = []
    for crosses in (True, False):
        play, line = written()
        read(play, line, crosses=crosses)
        plays.append(play)
    with_it, without = plays
    (claimed,) = told(with_it.events, e.CrossingClaimed)
    assert (claimed.side, claimed.act, claimed.felt, claimed.trust) == ("china", ("us", 1, 1), 1000, 100)
    assert with_it.state.tension == without.state.tension and not with_it.state.crossings
    for seat in ("us", "observer"):
        assert msgspec.json.encode(with_it.look(seat)) == msgspec.json.encode(without.look(seat))
    assert with_it.state.felt["us"] == without.state.felt["us"]


def test_its_owner_sees_how_its_line_stands() -> None:
    """On its line and in its feed, with the act."""
    play, line = written()
    read(play, line, crosses=True)
    (own,) = [each for each in play.team("china").lines if each.id == line]
    assert word_of(own, play.say("china")) == "held crossed" and not own.claimable
    (head,) = [each.head for each in play.told("china") if "hold our red line crossed" in each.head]
    assert "Nobody names our boat" in head


@pytest.mark.parametrize(
    ("claims", "red"), [(False, True), (True, False)], ids=["packs that know no claims", "a pink line"]
)
def test_what_can_not_be_claimed_is_neither_offered_nor_taken(claims: bool, red: bool) -> None:
    """Nor a line of the scenario's, nor the same line twice."""
    play, line = written(claims, red=red)
    assert not any(each.claimable for each in play.team("china").lines)
    with pytest.raises(ActionRefused, match="reading/crossed"):
        read(play, line, crosses=True)
    play, line = written()
    with pytest.raises(ActionRefused, match="reading/crossed"):
        read(play, "forced-removal", crosses=True)
    read(play, line, crosses=True)
    play.open_moves()
    play.submit("us", a.SealMove(draft=LOOM))
    go_on(play, "readings")
    with pytest.raises(ActionRefused, match="reading/crossed"):
        play.submit("china", a.SealReading(item=2, hostility=2, confidence=4, touches=line, crosses=True))


def test_what_the_facilitator_declares_both_teams_are_told() -> None:
    """With the act, at the same tension; its reason is for the console alone, and it is declared once."""
    play, line = written()
    read(play, line, crosses=True)
    tension, trust = play.state.tension, dict(play.state.trust)
    told = " ".join(map(str, flag_blocks(play.white(), play.say("facilitator"))))
    claim = "turn 1: red line of China “Nobody names our boat”; crossed by United States: "
    assert "Crossings that teams claim" in told and claim in told and "on record" not in told
    form = console_form("declare", play.white(), {"which": f"china/{line}"}, play.say("facilitator"))
    assert form is not None and claim.capitalize()[:8] in str(form.notes) and claim[8:] in str(form.notes)
    declare(play, line)
    assert "; on record" in " ".join(map(str, flag_blocks(play.white(), play.say("facilitator"))))
    assert (play.state.tension, play.state.trust) == (tension, trust)
    for side in ("us", "china"):
        (item,) = [item for item in play.look(side).feed if isinstance(item, DeclaredItem)]
        assert item.side == "china" and item.act is not None and item.act.move == "criticise"
        assert b"it was said aloud" not in msgspec.json.encode(play.look(side))
    assert not any(isinstance(item, DeclaredItem) for item in play.look("observer").feed)
    trace = describe_traces(play.white().traces, play.say("facilitator"))[-1]
    assert "declared: red line of China crossed" in trace.sentence and "it was said aloud" in trace.sentence
    with pytest.raises(ActionRefused, match="crossing/crossed"):
        declare(play, line)
    assert not any(each.is_open for each in play.white().proposed)


def test_what_a_rule_proposes_can_be_declared_and_nothing_else_can() -> None:
    """A line of which nobody holds that it was crossed is not declared by a slip of the finger."""
    play = lined(relined(lines=CLAIM))
    play.turn(us=(LOOM,))
    proposed = play.white().proposed[0]
    declare(play, proposed.id, proposed.side)
    assert [(of.side, of.line) for of in play.state.crossings] == [(proposed.side, proposed.id)]
    with pytest.raises(ActionRefused, match="crossing/unknown"):
        declare(play, "elsewhere")


def test_the_hotwash_opens_claims_and_names_what_was_declared() -> None:
    """Both with the act."""
    play, line = written()
    read(play, line, crosses=True)
    declare(play, line)
    go_on(play, "hotwash")
    hotwash = play.look("us").hotwash
    assert hotwash is not None
    told_of = list(line_sentences(hotwash, play.say("us")))
    assert any(each.startswith("held crossed: line of China, turn 1: Nobody names our boat") for each in told_of)
    words = describe_crossing(hotwash.crossings[0], play.say("us"))
    assert "; by: United States: " in words and words.endswith("; the facilitator declared it")
