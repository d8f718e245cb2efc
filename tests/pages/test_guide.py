"""What the facilitator's guide says, and what teams are told of what they seal."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.play import Play, shipped, small, varied
from tests.engine.twins import showing
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.table import build_table
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.briefing_blocks import guide_text, sounds_text
from crisis_sim.pages.seal_words import READINGS, SCORES, of_secrets

SAYS = [{"en": "Both have a tug.", "zh": "双方都有拖船。"}, "The reef is charted."]


def assuming(as_of: object) -> Play:
    """The small scenario, which takes two things to be so."""

    def change(tree: dict[str, Any]) -> None:
        tree["assumes"] = {"as_of": as_of, "says": SAYS}

    return Play(varied(small_material(), change))


def test_what_a_scenario_takes_to_be_so_stands_before_the_guide() -> None:
    """In the reader's language, with its date; teams have no guide, and read nothing of it."""
    play = assuming("2026-11")
    english, chinese = (guide_text(play.say("facilitator", language)) for language in ("en", "zh"))
    assert english.startswith(
        "This scenario takes it that, as of 2026-11:\n\n- Both have a tug.\n- The reef is charted.\n\n"
    )
    assert chinese.startswith("本想定假定以下情况属实（截至2026-11）：\n\n- 双方都有拖船。\n- The reef is charted.\n\n")
    assert play.say("us").dossier.white is None
    plain = small()
    assert english.endswith(guide_text(plain.say("facilitator")))


def test_the_second_page_says_how_each_may_sound() -> None:
    """To the facilitator, both; to a team where briefs are explained, its own; in a plain session to no team."""
    play = Play(shipped("asteroid"))
    english, chinese = (sounds_text(play.say("facilitator", language)) for language in ("en", "zh"))
    assert english.startswith("# Told to US\n\n## How they may sound to you") and "# Told to China" in english
    assert chinese.startswith("# 给美方\n\n## 他们的话在你们听来")
    assert "How they may sound" not in str(play.say("us").dossier)
    explained = dossier_for(build_table(shipped("asteroid"), seed="1", length=90, session="s", explained=True), "us")
    assert explained.team is not None and "let the month run out" in explained.team.brief["en"]
    assert "like a door that is shut" not in str(explained)
    assert sounds_text(small().say("facilitator")) == ""


@pytest.mark.parametrize("as_of", [2026, "2026", "2026-11-05"])
def test_a_date_may_be_a_year_a_month_or_a_day(as_of: object) -> None:
    """A year alone is a number to YAML."""
    assert f"as of {as_of}:" in guide_text(assuming(as_of).say("facilitator"))


@pytest.mark.parametrize("as_of", ["Nov 2026", "11/2026", 26, ""])
def test_anything_else_is_no_date(as_of: object) -> None:
    """It is refused where it stands."""
    with pytest.raises(CrisisSimError):
        assuming(as_of)


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
