"""Enter on the way to the words: all that a move can bear has been on screen, and none of it is taken."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.tui.conftest import Play, Played, keys, screen_text
from tests.tui.fake import DOSSIER, FakeSeat, team_view, words

from crisis_sim.engine.sight.dossier import PrivateFactEntry, PromiseEntry, TermEntry
from crisis_sim.rules.names import Visibility
from crisis_sim.tui.composer_screen import Composer
from crisis_sim.tui.widgets.pane import Pane

TERMS = {f"term-{n}": TermEntry(says=words(f"Term {n} holds"), note=None) for n in range(20)}
PROMISES = {f"promise-{n}": PromiseEntry(says=words(f"Promise {n} of ours")) for n in range(6)}
FACTS = {
    f"fact-{n}": PrivateFactEntry(
        side="us",
        name=words(f"Fact {n}"),
        words={"whole": words("We know.")},
        backings=("word",),
        vouches=None,
        clears="china",
        concerns=(),
        costs=None,
    )
    for n in range(3)
}
WAYS: tuple[Visibility, ...] = ("private", "public")
HEARD = ("private: for the other side", "public: both home audiences")
OFFERED = [
    *HEARD,
    *(f"Term {n} holds" for n in range(20)),
    *(f"Promise {n} of ours" for n in range(6)),
    *(f"Fact {n}" for n in range(3)),
]


def much() -> FakeSeat:
    """A seat whose moves can bear more than a screen has room for."""
    moves = {
        name: replace(
            of,
            visibilities=WAYS,
            terms=tuple(TERMS),
            promises=tuple(PROMISES),
            discloses=tuple(FACTS),
        )
        for name, of in DOSSIER.moves.items()
    }
    channels = {**DOSSIER.channels, "embassy": replace(DOSSIER.channels["embassy"], visibilities=WAYS)}
    return FakeSeat(
        team_view(requests=()),
        channels=channels,
        moves=moves,
        terms=TERMS,
        commitments={**DOSSIER.commitments, **PROMISES},
        private_facts=FACTS,
    )


def composer_of(pilot: Played) -> Composer:
    composer = pilot.app.screen
    assert isinstance(composer, Composer)
    return composer


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40), (200, 50)])
async def test_enter_comes_to_the_words_when_all_has_been_on_screen(size: tuple[int, int], play: Play) -> None:
    """Who hears it, facts, terms and promises, whatever the window has room for; nothing is chosen by it."""
    async with play(much(), size=size) as pilot:
        await keys(pilot, "n", "type:offer", "enter")
        composer = composer_of(pilot)
        before, seen = composer.move.draft(), set[str]()
        for _ in range(20):
            if composer.move.step == 3:
                break
            text = screen_text(pilot)
            seen |= {each for each in OFFERED if each in text}
            await keys(pilot, "enter")
        assert composer.move.step == 3 and seen == set(OFFERED), sorted({*OFFERED} - seen)
        assert composer.move.draft() == before


async def test_what_comes_by_is_marked_from_where_one_reads(play: Play) -> None:
    """Arrows begin in what is in sight, NOW says that enter reads on, and a move of the list is not read again."""
    async with play(much()) as pilot:
        await keys(pilot, "n", "type:offer", "enter", "enter")
        composer = composer_of(pilot)
        assert "Enter reads on, space marks." in screen_text(pilot)
        while "Term 19 holds" not in screen_text(pilot):
            await keys(pilot, "enter")
        await keys(pilot, "up", "space")
        assert composer.move.terms == ("term-19",)
        while composer.move.step == 2:
            await keys(pilot, "enter")
        await keys(pilot, "type:Two tugs.", "ctrl+j", "3", "3", "enter")
        pilot.app.screen.query_one("#todo", Pane).move_to("draft:1")
        await keys(pilot, "enter", "enter")
        assert composer_of(pilot).move.step == 3 and composer_of(pilot).move.terms == ("term-19",)


async def test_enter_on_what_can_come_with_a_move_marks_nothing(play: Play) -> None:
    """Nothing goes out announced, tied or promised unmeant: space marks, as NOW says, and a click does."""
    async with play(much(), size=(140, 40)) as pilot:
        await keys(pilot, "n", "type:offer", "enter")
        composer = composer_of(pilot)
        for key in ("term:term-1", "promise:promise-3", "discloses:fact-1"):
            composer.step(2)
            await keys(pilot)
            composer.how.move_to(key)
            await keys(pilot)
            assert "Space marks it; enter goes on without it." in " ".join(screen_text(pilot).split())
            await keys(pilot, "enter")
        assert (composer.move.terms, composer.move.promise) == ((), None)
        assert not composer.move.discloses
        composer.step(2)
        await keys(pilot)
        composer.how.move_to("term:term-1")
        await keys(pilot)
        row = next(n for n, line in enumerate(screen_text(pilot).split("\n")) if "Term 1 holds" in line)
        await pilot.click(offset=(composer.how.region.x + 6, row))
        assert composer.move.terms == ("term-1",) and composer.move.step == 2
