"""What one team alone knows eases most when it is asked for, whole and shown; kept back, it may come out.

Whether it was told whole is the teller's secret: nothing in the world hangs on it until it is found out.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.engine.asking import closed
from tests.engine.play import Play, shipped, varied
from tests.engine.twins import with_limit
from tests.thinning import one_in

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.hotwash_facts import DisclosureStory
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.refusals import names_from, refusal
from crisis_sim.rules.names import SIDES, Backing, Side, Truth, other

RECORD: dict[Side, str] = {"us": "passing-log", "china": "array-recording"}
AWKWARD: dict[Side, str] = {"us": "pier-study", "china": "chart-plan"}


def telling(
    fact: str, truth: Truth = "whole", backed: Backing = "source", move: str = "private-reassure", **more: Any
) -> a.Draft:
    return a.Draft(move=move, channel="embassies", discloses=fact, backed=backed, truth=truth, **more)


def submarine(*, seed: str = "1", material: Material | None = None, length: int = 90) -> Play:
    """The submarine in its fifth turn, when a story runs that both teams' records speak to."""
    play = Play(material or shipped("bottomed-submarine"), seed=seed, length=length)
    for _ in range(4):
        play.turn()
    play.open_moves()
    assert "rumour" in play.state.injects
    return play


def told(play: Play, kind: type[e.Event]) -> list[Any]:
    return [event for event in play.events if isinstance(event, kind)]


def weighed(play: Play) -> int:
    """What the last telling added to the weight of its act, hundredths."""
    return int(told(play, e.FactDisclosed)[-1].weight)


@pytest.mark.parametrize("side", SIDES)
def test_a_record_eases_by_how_it_is_backed_and_costs_what_it_shows(side: Side) -> None:
    """With its source whole, vouched for 0.8, on their word alone 0.5, a part half of it; its team feels the loss."""
    found = []
    for backed, truth in (("source", "whole"), ("host", "whole"), ("word", "whole"), ("source", "part")):
        play = submarine()
        play.turn(**{side: (telling(RECORD[side], truth, backed),)})  # type: ignore[arg-type]  # words of the game
        (event,) = told(play, e.FactDisclosed)
        found.append((event.weight, event.cost))
        assert {by for _line, by in event.relieved} == {-event.weight * 2 // 3}
    assert found == [(-150, 200), (-120, 100), (-75, 50), (-75, 100)]


@pytest.mark.parametrize("side", SIDES)
def test_what_nobody_asked_for_eases_less(side: Side) -> None:
    """Told at the start, when nothing has touched what it speaks to, it costs the same and eases two fifths."""
    play = Play(shipped("bottomed-submarine"), length=90)
    play.turn(**{side: (telling(RECORD[side]),)})
    (event,) = told(play, e.FactDisclosed)
    assert (event.weight, event.cost) == (-60, 200)


@pytest.mark.parametrize("side", SIDES)
def test_what_is_awkward_costs_at_home_and_more_in_public(side: Side) -> None:
    """Standing falls, whatever is told of it: home hears what is so as it hears what is not."""
    costs = []
    for truth, backed, public in (
        ("whole", "source", False), ("untrue", "word", False), ("part", "source", False), ("whole", "source", True)
    ):  # fmt: skip
        play = submarine()
        sent = telling(AWKWARD[side], truth, backed)  # type: ignore[arg-type]  # words of the game
        if public:
            sent = msgspec.structs.replace(sent, move="fact-statement", channel="press", visibility="public")
        play.turn(**{side: (sent,)})
        costs.append(told(play, e.FactDisclosed)[0].cost)
    assert costs == [50, 50, 25, 100]


def found_out(truth: Truth, side: Side = "us") -> Play:
    """A session of many turns in which a telling comes out, up to that."""
    for seed in map(str, range(40)):
        play = Play(shipped("bottomed-submarine"), seed=seed, length=90)
        with_limit(play, 5_000)
        play.turn()
        play.turn()
        play.turn(**{side: (telling(RECORD[side], truth, "word"),)})
        if told(play, e.FactDisclosed)[0].due > play.state.turn and told(play, e.FactDisclosed)[0].due <= 6:
            while not told(play, e.FactCameOut):
                play.turn()
            return play
    raise AssertionError("half of them come out")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("truth", "trust"), [("part", -100), ("untrue", -200)])
def test_what_comes_out_takes_back_what_it_eased_and_trust(side: Side, truth: Truth, trust: int) -> None:
    """The other team reads what is so, tension and lines go back to where they would be, and its trust falls."""
    play = found_out(truth, side)
    (kept,) = told(play, e.FactDisclosed)
    moved = {
        (event.meter, event.of): event.trace.after - event.trace.before
        for event in told(play, e.NumberMoved)
        if event.trace.rule == "came out"
    }
    assert moved[("tension", "")] == -kept.weight and moved[("trust", other(side))] == trust
    whole = play.table.private_facts[RECORD[side]].words["whole"]["en"]
    for seat in SIDES:
        assert any(whole in item.text for item in play.told(seat))


def test_cheap_words_are_worth_half_after_an_untruth_has_come_out() -> None:
    """For good, and only for the side that told it."""
    play = found_out("untrue")
    before = len(play.events)
    play.turn(us=(a.Draft(move="condole", channel="embassies"),), china=(a.Draft(move="condole", channel="embassies"),))
    fired = {(event.rule, event.sender) for event in play.events[before:] if isinstance(event, e.RuleFired)}
    assert ("words-after-a-breach", "us") in fired and ("words-after-a-breach", "china") not in fired


def test_the_rest_told_by_its_own_team_costs_nothing_and_an_untruth_half() -> None:
    """What is put right before it comes out is told as that; what was eased by an untruth is taken back."""
    for truth, trust in (("part", 0), ("untrue", -100)):
        play = submarine()
        play.turn(us=(telling(RECORD["us"], truth, "word"),))  # type: ignore[arg-type]  # words of the game
        if told(play, e.FactCameOut):
            continue
        play.turn(us=(telling(RECORD["us"]),))
        (out,) = told(play, e.FactCameOut)
        assert out.by_itself and out.truth == truth
        moved = [each for each in told(play, e.NumberMoved) if each.trace.rule == "came out" and each.meter == "trust"]
        assert sum(each.trace.after - each.trace.before for each in moved) == trust
        assert any("told the rest" in item.head or "put right" in item.head for item in play.told("china"))


def test_a_fact_eases_once() -> None:
    """Said again, the same gives nothing more; the whole after a part gives the rest."""
    play = submarine()
    play.turn(us=(telling(RECORD["us"]), telling(RECORD["us"], move="private-inquiry")))
    assert [each.weight for each in told(play, e.FactDisclosed)] == [-150, 0]
    play = submarine()
    play.turn(us=(telling(RECORD["us"], "part"),))
    first = weighed(play)
    if not told(play, e.FactCameOut):
        play.turn(us=(telling(RECORD["us"]),))
        assert (first, weighed(play)) == (-75, -75)
        assert told(play, e.FactDisclosed)[-1].cost == 100


def test_the_close_settles_what_would_have_come_out() -> None:
    """Told in the last turn, what time would have brought out comes out before the closing, and no more."""
    seen = set()
    for seed in map(str, range(12)):
        play = submarine(seed=seed)
        play.turn()
        play.open_moves()
        play.submit("us", a.SealMove(draft=telling(RECORD["us"], "untrue", "word", move="private-reassure")))
        closed(play)
        for kept in told(play, e.FactDisclosed):
            assert bool(told(play, e.FactCameOut)) is bool(kept.due)
            seen.add(bool(kept.due))
    assert seen == {True, False}


def test_what_is_never_told_costs_nothing() -> None:
    """A session in which nobody tells anything has no event of it, and its numbers are those of one without facts."""

    def change(tree: dict[str, Any]) -> None:
        for side in SIDES:
            tree["teams"][side].pop("private_facts")
        tree["msel"] = [_without(each) for each in tree["msel"]]

    one, two = submarine(), submarine(material=varied("bottomed-submarine", change))
    for play in (one, two):
        play.turn()
    assert not told(one, e.FactDisclosed)
    assert (one.state.tension, one.state.trust, one.state.felt) == (two.state.tension, two.state.trust, two.state.felt)


def _without(inject: dict[str, Any]) -> dict[str, Any]:
    """An inject that names no private fact."""
    names = {*RECORD.values(), *AWKWARD.values()}
    calls = [name for name in inject.get("calls_for", ()) if name not in names]
    left = inject | ({"calls_for": calls} if "calls_for" in inject else {})
    if "disclosed" in str(left.get("when", "")):
        left["when"] = {"fact": "rescue-under-way"} if inject["id"] != "cause-clear" else left["when"]["any"][0]
        if inject["id"] in ("us-record-out", "china-record-out"):
            side = inject["id"].split("-")[0]
            moves = {"id": ["share-technical-data", "own-up", "private-reassure"]}
            left["when"] = {"not": {"ever": {"move": moves, "by": side}}}
    return left


@pytest.mark.parametrize("side", SIDES)
def test_a_telling_that_cannot_be_is_refused_with_a_way_out(side: Side) -> None:
    """Another team's fact and none are refused in the same words; so is what fact or move forbid."""
    play = submarine()
    theirs = RECORD[other(side)]
    for draft, code in (
        (telling(theirs), "fact/unknown"),
        (telling("no-such-fact"), "fact/unknown"),
        (telling(RECORD[side], move="condole"), "fact/unfit"),
        (telling(RECORD[side], "untrue", "source"), "fact/backed-untrue"),
        (telling(AWKWARD[side], "whole", "host"), "fact/host"),
        (msgspec.structs.replace(telling(RECORD[side]), backed=msgspec.UNSET), "fact/how"),
        (msgspec.structs.replace(telling(RECORD[side]), discloses=msgspec.UNSET), "fact/none"),
    ):
        with pytest.raises(ActionRefused) as refused:
            play.submit(side, a.SealMove(draft=draft))
        assert refused.value.code == code
        why, way = refusal(refused.value, "en", names_from(play.say(side)))
        assert why and way and "{" not in why + way
    play.submit(side, a.SealMove(draft=telling(RECORD[side])))


def test_at_45_minutes_nothing_is_disclosed() -> None:
    """No team has facts of its own to tell, and nothing asks for one."""
    play = Play(shipped("bottomed-submarine"), length=45)
    play.open_moves()
    assert not play.team("us").private_facts and not play.say("us").dossier.private_facts
    assert not any(move.discloses for move in play.say("us").dossier.moves.values())
    with pytest.raises(ActionRefused):
        play.submit("us", a.SealMove(draft=telling(RECORD["us"])))


def _told_for_true(side: Side) -> Material:
    """The submarine, where what could be told falsely of a record is so, and the other way round."""

    def change(tree: dict[str, Any]) -> None:
        fact = tree["teams"][side]["private_facts"][RECORD[side]]
        fact["says"], fact["untrue"] = fact["untrue"], fact["says"]

    return varied("bottomed-submarine", change)


def _small_and_whole(side: Side) -> Material:
    """The submarine, where what can be told of a record in part is all that there is of it."""

    def change(tree: dict[str, Any]) -> None:
        fact = tree["teams"][side]["private_facts"][RECORD[side]]
        fact["says"], fact["worth"] = fact["part"], 0.5

    return varied("bottomed-submarine", change)


@pytest.mark.parametrize("teller", SIDES)
@pytest.mark.parametrize("seed", one_in(3, ["1", "2", "3"]))
@pytest.mark.parametrize("truth", ["untrue", "part"])
def test_whether_it_was_told_whole_reaches_nobody_before_it_comes_out(teller: Side, seed: str, truth: Truth) -> None:
    """Two worlds in which the same words are told, whole in one alone: others are shown the same to the byte."""
    world = _told_for_true(teller) if truth == "untrue" else _small_and_whole(teller)
    one, two = submarine(seed=seed), submarine(seed=seed, material=world)
    watchers: tuple[a.SeatName, ...] = (other(teller), "observer")
    for seat in watchers:
        assert msgspec.json.encode(one.say(seat).dossier) == msgspec.json.encode(two.say(seat).dossier)
    for play, how in ((one, truth), (two, "whole")):
        play.turn(**{teller: (telling(RECORD[teller], how, "word"),)})
    while True:
        if told(one, e.FactCameOut) or one.state.turn == one.table.turns:
            break
        for seat in watchers:
            assert msgspec.json.encode(one.look(seat)) == msgspec.json.encode(two.look(seat))
        assert one.state.tension == two.state.tension and one.state.standing == two.state.standing
        for play in (one, two):
            play.turn()
    assert told(one, e.FactDisclosed)[0].truth == truth and told(two, e.FactDisclosed)[0].truth == "whole"


def test_what_a_team_alone_knows_is_worded_once() -> None:
    """Its view says by id how each fact stands; the words are in its dossier, and its page prints them."""
    play = submarine(seed="2")
    view, say = play.team("us"), play.say("us")
    assert {(each.id, *each.name, *each.words) for each in view.private_facts} == {(RECORD["us"],), (AWKWARD["us"],)}
    page = " ".join(lines_of(private_fact_blocks(view.private_facts, say), say))
    for name in (RECORD["us"], AWKWARD["us"]):
        fact = play.table.private_facts[name]
        assert fact.name["en"] in page and fact.words["whole"]["en"] in page


def test_a_team_that_told_on_its_word_alone_reads_that_it_was_its_own() -> None:
    """The word of whoever reads is ours, that of another is its."""
    play = submarine(seed="2")
    say, (fact, *_rest) = play.say("us"), play.team("us").private_facts
    told = DisclosureStory(turn=1, order=1, move="inform", public=True, backed="word", truth="whole", arrived=1)
    page = " ".join(lines_of(private_fact_blocks([msgspec.structs.replace(fact, told=(told,))], say), say))
    assert "on our word alone" in page and "on its word" not in page


def test_the_hotwash_opens_what_was_kept_told_and_found_out() -> None:
    """Each fact of both teams, in words, with how it was told; the white cell knew it all along."""
    play = submarine(seed="2")
    play.turn(us=(telling(RECORD["us"], "part"),), china=(telling(RECORD["china"], "untrue", "word"),))
    stories = {each.id: each for each in play.white().private_facts}
    assert len(stories) == 4 and stories[RECORD["china"]].told[0].truth == "untrue"
    traces = [each.event for each in play.white().traces if isinstance(each.event, e.FactDisclosed)]
    assert {each.truth for each in traces} == {"part", "untrue"}
    closed(play)
    while play.state.phase != "hotwash":
        play.submit("facilitator", a.Advance())
    hotwash = play.team("us").hotwash
    assert hotwash is not None
    assert {each.id: len(each.told) for each in hotwash.private_facts} == {
        RECORD["us"]: 1, AWKWARD["us"]: 0, RECORD["china"]: 1, AWKWARD["china"]: 0,
    }  # fmt: skip
