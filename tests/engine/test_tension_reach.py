"""How far a turn takes tension: calm counts in part below rest, and words alone stop short of the top."""

from __future__ import annotations

from copy import deepcopy

import pytest
from tests.engine.asking import BLAME, FORCE, HELP, go_on, told
from tests.engine.play import Play
from tests.small import small_material

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e

TENSIONS = (("tension", ""), ("felt", "us"), ("felt", "china"))


def begun(at: int, **settings: float) -> Play:
    """The small scenario, which comes to rest at 10, with settings of tension, and every tension at a level."""
    bundle = deepcopy(small_material().bundle())
    (pack,) = bundle["packs"]
    pack["tree"]["base"]["tension"] |= settings
    pack["sha256"] = sha256(pack["tree"])
    play = Play(material_from_bundle(bundle))
    go_on(play, "situation")
    for meter, of in TENSIONS:
        play.submit("facilitator", a.Override(meter=meter, of=of, to=at, reason="to try it"))  # type: ignore[arg-type]  # meters
    return play


def ended(play: Play) -> tuple[int, ...]:
    """Tension, and what each team feels."""
    return play.state.tension, play.state.felt["us"], play.state.felt["china"]


def causes(play: Play) -> set[str]:
    """What moved tension besides acts."""
    return {each.trace.rule for each in told(play.events, e.NumberMoved) if each.meter == "tension"}


@pytest.mark.parametrize(
    ("at", "after"),
    [(1_500, 1_200), (1_200, 975), (1_000, 925), (600, 525)],
    ids=["above rest", "across rest", "from rest", "from below rest"],
)
def test_calm_counts_in_part_below_rest(at: int, after: int) -> None:
    """An offer of help takes 3 off; what of it lies below 10, or below where the turn began, counts a quarter."""
    play = begun(at, under_rest=0.25)
    play.turn(us=(HELP,))
    assert ended(play) == (after,) * 3
    assert ("under rest" in causes(play)) == (at < 1_300)


def test_what_stirs_below_rest_counts_whole() -> None:
    """Blame of 6 beside an offer that takes 3 off: the turn has raised tension, and nothing of it is held back."""
    play = begun(600, under_rest=0.25)
    play.turn(us=(BLAME,), china=(HELP,))
    assert play.state.tension == 900
    assert "under rest" not in causes(play)


def test_nothing_is_held_back_where_a_pack_does_not_say_so() -> None:
    """Without the two settings a turn takes tension as far as its acts weigh."""
    play = begun(1_000)
    play.turn(us=(HELP,))
    assert ended(play) == (700,) * 3


@pytest.mark.parametrize(("at", "after"), [(2_000, 2_600), (2_700, 3_000), (3_500, 3_500)])
def test_words_alone_stop_where_a_pack_says(at: int, after: int) -> None:
    """Blame of 6 lifts to 30 and no further; where a turn begins above that, it stays there."""
    play = begun(at, without_force=30)
    play.turn(us=(BLAME,))
    assert ended(play) == (after,) * 3
    assert ("without force" in causes(play)) == (at > 2_400)


def test_after_force_words_go_on() -> None:
    """Whoever showed it, and in whatever turn: blame then weighs beyond the mark as well."""
    play = begun(2_000, without_force=30)
    play.turn(china=(FORCE,))
    after = play.state.tension
    assert after > 3_000
    play.turn(us=(BLAME,))
    assert play.state.tension > after
    assert "without force" not in causes(play)
