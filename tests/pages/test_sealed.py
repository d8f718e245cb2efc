"""What a team is told of what it seals."""

from __future__ import annotations

import pytest
from tests.engine.play import Play
from tests.engine.twins import showing
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.pages.sealed import READINGS, SCORES, of_secrets
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker


@pytest.mark.parametrize("show", ["own", "all"])
def test_a_team_is_told_what_can_show_where_it_seals(show: str) -> None:
    """In the briefing and at its readings, and wherever tension is on the screen; in the hotwash all is open."""
    play = showing(Play(small_material()), "all" if show == "all" else "own")
    scores = [SCORES] if show == "all" else []
    assert [*of_secrets(play.team("us"))] == [READINGS, *scores]
    play.open_moves()
    assert [*of_secrets(play.team("us"))] == scores
    play.submit("china", a.SealMove(draft=a.Draft(move="criticise", channel="press", visibility="public")))
    play.submit("facilitator", a.Advance())
    assert [*of_secrets(play.team("us"))] == [READINGS, *scores]
    assert not [*of_secrets(play.white())]
    while play.white().hotwash is None:
        play.submit("facilitator", a.Advance())
    assert not [*of_secrets(play.team("us"))]


@pytest.mark.parametrize("sentence", [READINGS, SCORES])
def test_it_is_told_in_both_languages(sentence: str) -> None:
    languages: tuple[Language, ...] = ("en", "zh")
    assert len({speaker(language)(sentence) for language in languages}) == 2
