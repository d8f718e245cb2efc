"""A log replayed in Chinese is told in Chinese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.replaying.chinese import latin, played_in_chinese

from crisis_sim.replaying.lens import LENSES, Lens
from crisis_sim.replaying.replayed import Replayed

BOTS = ("auto", "firm", "salami")


@pytest.fixture(scope="module", params=["bottomed-submarine", "asteroid"])
def scenario(request: pytest.FixtureRequest) -> str:
    """The scenarios that are replayed here."""
    return str(request.param)


@pytest.fixture(scope="module")
def replayed(scenario: str, tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    return Replayed.opened(played_in_chinese(tmp_path_factory.mktemp("chinese"), scenario), "zh")


def told(replayed: Replayed, lens: Lens) -> Iterator[str]:
    """All that a lens says from end to end."""
    for seq in replayed.moments(lens):
        yield from (*replayed.moment(lens, seq).sentences, *replayed.traces(lens, seq))
    for curve in replayed.curves(lens, replayed.last):
        yield curve.number.name
        yield from (reason.sentence for reason in replayed.why(lens, replayed.last, curve.number))
    yield from (jump.sentence for jump in (*replayed.turning(lens, replayed.last), *replayed.gaps(lens, replayed.last)))
    yield from replayed.notices


@pytest.mark.parametrize("lens", LENSES)
def test_a_whole_replay_has_no_english_in_it(lens: Lens, scenario: str, replayed: Replayed) -> None:
    """Moments, numbers, reasons and jumps; ids and names that a Chinese text holds stay as they are."""
    texts = list(told(replayed, lens))
    assert len(texts) > 150
    assert latin(texts, scenario, also=BOTS) == []


def test_sentences_are_set_as_they_are_printed(replayed: Replayed) -> None:
    """No punctuation of half width, and no sentence that ends twice."""
    for text in told(replayed, "whole"):
        assert not any(pair in text for pair in ("。；", "。。", "。，", ", ", "; ")), text
