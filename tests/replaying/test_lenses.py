"""Lenses: a team's shows what its view showed and nothing else, conclusions too, up to the hotwash."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import msgspec
import pytest
from tests.engine.play import bots, shipped
from tests.engine.test_conclusions_seen import draw_back, filled
from tests.engine.test_instructions import small_deck
from tests.replaying.recorded import opened, played, recorded, with_other_secrets

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.engine.views.seats import view_for
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.console_blocks import record_blocks
from crisis_sim.replaying.lens import LENSES, SEATS, Lens, numbers_of
from crisis_sim.replaying.page_blocks import HEADS, curve_blocks
from crisis_sim.replaying.replay_blocks import reason_blocks
from crisis_sim.replaying.replayed import OPEN, Replayed
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.session.replay import replay, states


def everything(replayed: Replayed, lens: Side) -> Iterator[bytes]:
    """All that a team's lens gives at each moment before the hotwash, as bytes."""
    for number, seq in enumerate(replayed.moments(lens)):
        view = replayed.view(lens, seq)
        if view.phase in OPEN:
            return
        moment = replayed.moment(lens, seq)
        assert moment.number == number
        curves = [(each.number, each.steps, each.until) for each in replayed.curves(lens, seq)]
        known = (view, moment, curves, replayed.turn_places(lens), replayed.traces(lens, seq))
        yield msgspec.json.encode(known)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_secrets_of_the_other_team_change_no_byte_of_a_lens(side: Side, seed: str, tmp_path: Path) -> None:
    """Intents, readings, forecasts, notes and withdrawn drafts leave no trace, not even in the count of moments."""
    other: Side = "china" if side == "us" else "us"
    acts = played("random", "rota", seed).actions
    ours = Replayed.opened(recorded(tmp_path / "a.jsonl", acts, seed=seed))
    theirs = Replayed.opened(recorded(tmp_path / "b.jsonl", with_other_secrets(acts, other), seed=seed))
    assert ours.last < theirs.last
    one, two = list(everything(ours, side)), list(everything(theirs, side))
    assert len(one) > 20
    assert one == two
    words = ("call", "ferry", "survey", "for us alone")
    for word in words:
        assert [ours.place(side, seq) for seq in ours.find(side, word)] == [
            theirs.place(side, seq) for seq in theirs.find(side, word)
        ]


@pytest.mark.parametrize("lens", ["us", "china", "dual"])
def test_before_the_hotwash_a_team_is_told_of_no_gap(lens: Lens, tmp_path: Path) -> None:
    """Gaps, turning points and reasons are refused until the hotwash has opened them; the whole has them always."""
    replayed = opened(tmp_path)
    number = numbers_of(replayed.view("facilitator", 0), replayed.say)[0]
    middle = replayed.last // 2
    for ask in (
        lambda through, seq: replayed.gaps(through, seq),
        lambda through, seq: replayed.turning(through, seq),
        lambda through, seq: replayed.why(through, seq, number),
    ):
        with pytest.raises(ActionRefused, match="replay/sealed"):
            ask(lens, middle)
        assert ask("whole", replayed.last)
        assert ask(lens, replayed.last) == ask("whole", replayed.last)


def test_a_lens_is_the_view_of_its_seat_at_that_entry(tmp_path: Path) -> None:
    """However one came to a moment, it shows the page of the state after that entry."""
    replayed = opened(tmp_path)
    log = replay(tmp_path / "log.jsonl").log
    table = replay(tmp_path / "log.jsonl").table
    expected = {seq: state for seq, (_, state) in enumerate(states(log, table))}
    for seq in (*range(0, replayed.last + 1, 7), *range(replayed.last, -1, -5)):
        for seat in ("us", "china", "facilitator"):
            assert replayed.view(seat, seq) == view_for(expected[seq], table, seat)


@pytest.mark.parametrize("side", SIDES)
def test_between_two_moments_a_view_does_not_change(side: Side, tmp_path: Path) -> None:
    """What lies between is somebody else's business, and each moment shows something."""
    acts = played().actions
    told: tuple[a.SeatName, a.AnyAction] = ("facilitator", a.Improvise(to=side, text="A rumour goes round."))
    halfway = [index for index, (_, action) in enumerate(acts) if isinstance(action, a.CommitMoves)][2]
    replayed = Replayed.opened(recorded(tmp_path / "log.jsonl", [*acts[:halfway], told, *acts[halfway:]]))
    assert "A rumour goes round." in replayed.moment(side, halfway + 1).sentences[0]
    moments = replayed.moments(side)
    assert 1 < len(moments) < replayed.last
    for seq in range(replayed.last + 1):
        assert replayed.view(side, seq) == replayed.view(side, moments[replayed.place(side, seq)])
    assert all(replayed.view(side, one) != replayed.view(side, two) for one, two in pairwise(moments))


@pytest.mark.parametrize("lens", LENSES)
def test_steps_go_everywhere_and_come_back(lens: Lens, tmp_path: Path) -> None:
    """On to the end and back to the start, through the same moments; the ends hold."""
    replayed = opened(tmp_path)
    there = [0]
    while (seq := replayed.step(lens, there[-1], 1)) != there[-1]:
        there.append(seq)
    back = [there[-1]]
    while (seq := replayed.step(lens, back[-1], -1)) != back[-1]:
        back.append(seq)
    assert there == back[::-1] == replayed.moments(lens)
    assert [replayed.moment(lens, seq).number for seq in there] == list(range(len(there)))
    assert replayed.part(lens, 0) == 0 and replayed.part(lens, 100) == there[-1]


def test_turns_lead_to_where_they_begin(tmp_path: Path) -> None:
    """On from turn to turn, and back to the start of the one at hand first."""
    replayed = opened(tmp_path)
    seq, turns = 0, []
    while (seq := replayed.turn("whole", seq, 1)) != replayed.last:
        assert replayed.moment("whole", seq).turn == replayed.moment("whole", seq - 1).turn + 1
        turns.append(seq)
    assert len(turns) == replayed.view("us", 0).turns
    assert replayed.turn("whole", turns[1] + 3, -1) == turns[1]
    assert replayed.turn("whole", turns[1], -1) == turns[0]


def test_a_curve_ends_at_the_value_on_the_screen(tmp_path: Path) -> None:
    """At every moment each curve's value is the number that the view shows; a team's knows nothing of later."""
    replayed = opened(tmp_path)
    for lens in ("us", "whole"):
        for seq in replayed.moments(lens)[::9]:
            place = replayed.place(lens, seq)
            shown = {
                number.key: number
                for number in numbers_of(replayed.view(SEATS[lens][0], seq), replayed.seat_formatter(SEATS[lens][0]))
            }
            for curve in replayed.curves(lens, seq):
                if curve.number.key in shown:
                    assert curve.value_at(place) == shown[curve.number.key].value, curve.number
                    assert curve.number == shown[curve.number.key]
                assert lens == "whole" or all(since <= place for since, _ in curve.steps)


def test_reasons_of_a_number_lead_to_its_value(tmp_path: Path) -> None:
    """The newest step of tension ends at what tension is, with the entry and the place of its rule."""
    replayed = opened(tmp_path)
    tension = next(curve for curve in replayed.curves("whole", replayed.last) if curve.number.meter == "tension")
    reasons = replayed.why("whole", replayed.last, tension.number)
    assert reasons[0].sentence.endswith(f"→ {tension.number.format_value(tension.number.value)}")
    assert [reason.seq for reason in reasons] == sorted((reason.seq for reason in reasons), reverse=True)
    early = replayed.why("whole", reasons[-1].seq, tension.number)
    assert early[-1] == reasons[-1] and all(reason.seq <= reasons[-1].seq for reason in early)


def test_gaps_come_largest_first_at_the_entry_that_read_them(tmp_path: Path) -> None:
    """At a gap's entry the act has its reading, and before it has none."""
    replayed = opened(tmp_path)
    gaps = replayed.gaps("whole", 0)
    sizes = [abs(gap.meaning.gap or 0) for gap in gaps if gap.meaning is not None]
    assert sizes and sizes == sorted(sizes, reverse=True)
    assert all("reads" in replayed.moment("whole", gap.seq).sentences[0] for gap in gaps)


def test_a_search_finds_texts_moves_and_ids(tmp_path: Path) -> None:
    """Whatever the case; a team's lens finds only what it showed."""
    replayed = opened(tmp_path)
    draft = next(action.draft for _, action in played().actions if hasattr(action, "draft") and _ == "china")
    assert replayed.find("whole", draft.move.upper())
    assert replayed.find("whole", "commit-moves")
    assert replayed.find("us", "commit-moves") == ()
    assert replayed.find("us", "ferry") and replayed.find("whole", " ") == ()


def test_what_a_team_believed_has_a_curve_in_its_own_lens_and_in_the_whole(tmp_path: Path) -> None:
    """In percent, step by step as it was said, with what had come meanwhile; the other team's lens has none of it."""
    play = bots(small_deck(), "mirror", "salami")
    replayed = Replayed.opened(recorded(tmp_path / "log.jsonl", play.actions, small_deck()))
    for side in SIDES:
        (curve,) = [each for each in replayed.curves(side, replayed.last) if each.number.meter == "belief"]
        said = [chance for _turn, chance in play.state.team(side).believed]
        assert curve.number.subject == side
        assert [value for _place, value in curve.steps] == [chance for chance, _same in groupby(said)]
        assert curve.number.format_value(40) == "40%"
    both = [each.number for each in replayed.curves("dual", replayed.last) if each.number.meter == "belief"]
    assert HEADS["belief"] in str(tuple(curve_blocks(replayed.curves("us", replayed.last), 0, 9, replayed.say)))
    assert len(both) == len({number.name for number in both}) == 2
    told = "\n".join(lines_of(reason_blocks(both[0], both[0].value, (), replayed.say), replayed.say))
    assert "no rule moves it" in told


def test_the_whole_tells_what_each_believed_and_what_had_come_meanwhile(tmp_path: Path) -> None:
    """Both teams' curves; behind each step the acts of the other side since the one before; on the table the last."""
    play = bots(small_deck(), "mirror", "salami")
    replayed = Replayed.opened(recorded(tmp_path / "log.jsonl", play.actions, small_deck()))
    numbers = [each.number for each in replayed.curves("whole", replayed.last) if each.number.meter == "belief"]
    believed = {side: play.state.team(side).believed[-1][1] for side in SIDES}
    assert {number.subject: number.value for number in numbers} == believed
    for number in numbers:
        reasons = replayed.why("whole", replayed.last, number)
        assert reasons[0].sentence.startswith(f"{number.value} of 100, ")
        assert f"entry {reasons[0].seq}\n" in "\n".join(
            lines_of(reason_blocks(number, 0, reasons, replayed.say), replayed.say)
        )
        came = {sent.arrived for sent in play.state.acts.values() if not number.subject.startswith(sent.act.side)}
        moved = {each.turn for each in reasons if "nothing new" not in each.sentence}
        assert moved == came & {each.turn for each in reasons}
    view = replayed.view("facilitator", replayed.last)
    assert isinstance(view, FacilitatorView)
    told = lines_of(record_blocks(view, replayed.say), replayed.say)
    assert "What each believes" in "\n".join(told)
    assert any(
        f"They are here for something besides the common task: {numbers[0].value} of 100" in line for line in told
    )


BELIEF, EASED = "We now believe that they are coming for our red line", "We are further from believing"


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    """A session in which China draws a conclusion in turn 1 and is drawn back in turn 2; its hotwash has not opened."""
    play = filled()
    draw_back(play)
    path: Path = tmp_path_factory.mktemp("replayed") / "a.jsonl"
    return Replayed.opened(recorded(path, play.actions, shipped("bottomed-submarine"), length=90))


def told(replayed: Replayed, lens: Lens) -> list[str]:
    """All that the lens tells, moment by moment, with the reasons that it shows."""
    return [
        " ".join((*replayed.moment(lens, seq).sentences, *replayed.traces(lens, seq))) for seq in replayed.moments(lens)
    ]


@pytest.mark.parametrize("lens", ["china", "dual"])
def test_its_owner_steps_through_what_it_believed(replayed: Replayed, lens: Lens) -> None:
    """One moment tells of the conclusion, a later one of being drawn back."""
    belief, eased = (
        [place for place, each in enumerate(told(replayed, lens)) if says in each] for says in (BELIEF, EASED)
    )
    assert len(belief) == len(eased) == 1 and belief < eased
    assert [replayed.place(lens, seq) for seq in replayed.find(lens, BELIEF)] == belief


def test_the_other_team_is_told_nothing_of_it(replayed: Replayed) -> None:
    """Neither in a moment nor in a search, nor by the name of the line."""
    assert not [each for each in told(replayed, "us") if "believ" in each or "conclusion" in each]
    assert not replayed.find("us", BELIEF) and not replayed.find("us", "alliance-command")


def test_the_whole_has_the_reasons_and_jumps_there(replayed: Replayed) -> None:
    """What it moved, in the reasons of pressure and of what was felt; its turns are turning points."""
    whole = told(replayed, "whole")
    assert any("China drew a conclusion" in each for each in whole)
    assert any("China was drawn back from a conclusion" in each for each in whole)
    jumps = {jump.sentence: jump.seq for jump in replayed.turning("whole", replayed.last)}
    drawn = next(seq for says, seq in jumps.items() if "China drew a conclusion on" in says)
    assert any("China further from a conclusion on" in says for says in jumps)
    assert "China drew a conclusion" in " ".join(replayed.traces("whole", drawn))
    numbers = {curve.number.key: curve.number for curve in replayed.curves("whole", replayed.last)}
    for key in ("pressure:china/alliance-command", "felt:china"):
        reasons = [reason.sentence for reason in replayed.why("whole", replayed.last, numbers[key])]
        assert any("conclusion" in sentence for sentence in reasons)
