"""One team's report is the same to the byte whatever the other team sealed, and whatever the facilitator wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import Raw
from tests.engine.play import Play, bots, shipped, small
from tests.engine.test_secrets import before_hotwash, with_other_secrets
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.report.markdown import markdown
from crisis_sim.report.team import team_report
from crisis_sim.report.webpage import webpage
from crisis_sim.report.whole import whole_report
from crisis_sim.rules.names import Language
from crisis_sim.session.log import Log
from crisis_sim.session.record import Entry, Header, chain_of
from crisis_sim.session.replay import Replay, replay_on

Actions = list[tuple[a.Seat, a.AnyAction]]
NOTE = a.TakeNote(text="XQZ for the white cell alone")


def played_like(game: Play) -> Play:
    """A session like it, at its briefing."""
    table = game.table
    return Play(table.material, seed=table.seed, length=table.length, second_order=table.second_order)


def crossings(game: Play, actions: Actions) -> set[tuple[int, str, str, str]]:
    """The red lines that are crossed: in which turn, whose, which, by whom."""
    play = Play(game.table.material, seed=game.table.seed, length=game.table.length)
    for seat, action in actions:
        play.submit(seat, action)
    return {(each.turn, each.side, each.line, each.by) for each in play.state.crossings}


def logged(game: Play, actions: Actions, before: int = 99) -> Replay:
    """A log with these actions, up to where the turn `before` opens."""
    play = played_like(game)
    entries: list[Entry] = []
    for seat, action in actions:
        events = play.submit(seat, action)
        entries.append(Entry(seq=len(entries) + 1, time=0, away=0, seat=seat, action=action, events=events, prev=""))
        if play.state.turn == before:
            break
    table = play.table
    header = Header(
        app="", session="test", seed=table.seed, length=table.length, show="own", options={}, started=0, material=Raw()
    )
    log = Log(Path("test.jsonl"), header, entries, 0, 0, False, None, chain_of(b""))
    return replay_on(log, table)


def pages(session: Replay, language: Language) -> str:
    """Both files of China's report."""
    report = team_report(session, "china", language)
    return webpage(report) + markdown(report)


played_twice = given(
    pair=st.sampled_from((("random", "random"), ("cautious", "firm"), ("curious", "mirror"), ("reckless", "reckless"))),
    seed=st.integers(1, 50).map(str),
    shift=st.integers(0, 7),
    language=st.sampled_from(("en", "zh")),
)


def twins(scenario: str, pair: tuple[str, str], seed: str, shift: int) -> tuple[Play, Actions, Actions]:
    """A session, and its actions with those of one that differs in what the US sealed."""
    material = small_material() if scenario == "small" else shipped(scenario)
    game = bots(material, *pair, seed=seed, length=90 if scenario == "small" else 45)
    return game, list(before_hotwash(game)), [*with_other_secrets(game, shift), ("facilitator", NOTE)]


@settings(max_examples=6, phases=[Phase.explicit, Phase.generate], deadline=None)
@played_twice
@pytest.mark.parametrize("scenario", ["small", "bottomed-submarine"])
def test_us_secrets_change_no_byte_of_the_report_for_china(
    scenario: str, pair: tuple[str, str], seed: str, shift: int, language: Language
) -> None:
    """Beyond crossed lines too, as long as the same lines are crossed in the same turns.

    How the US takes acts presses on its lines. A red line that is crossed in one session and not in the other has
    consequences that all can see, and from there on the two are not the same play.
    """
    game, ours, others = twins(scenario, pair, seed, shift)
    apart = crossings(game, ours) ^ crossings(game, others)
    before = min((turn for turn, *_ in apart), default=99)
    if before > 1:
        assert pages(logged(game, ours, before), language) == pages(logged(game, others, before), language)


@settings(max_examples=6, phases=[Phase.explicit, Phase.generate], deadline=None)
@played_twice
@pytest.mark.parametrize("scenario", ["small", "bottomed-submarine"])
def test_whole_sessions_that_differ_in_all_but_us_readings_give_china_one_report(
    scenario: str, pair: tuple[str, str], seed: str, shift: int, language: Language
) -> None:
    """To the end, whatever is crossed: intents, forecasts, guesses, drafts and notes have no consequences."""
    game, ours, others = twins(scenario, pair, seed, shift)
    readings = iter([action for seat, action in ours if seat == "us" and isinstance(action, a.SealReading)])
    calm: Actions = [
        (seat, next(readings) if seat == "us" and isinstance(action, a.SealReading) else action)
        for seat, action in others
    ]
    assert pages(logged(game, ours), language) == pages(logged(game, calm), language)


def test_pairs_go_beyond_crossed_lines() -> None:
    """Otherwise the two promises above would say less than they seem to."""
    game, ours, others = twins("bottomed-submarine", ("reckless", "reckless"), "1", 3)
    assert crossings(game, ours) & crossings(game, others)


def test_what_one_team_wrote_is_not_in_the_report_of_the_other() -> None:
    """Lines, guesses, notes, drafts and the meaning of acts; its own report has them."""
    play = small()
    play.submit("us", a.WriteLine(line="pink", concern="face", says="XQZ our own line", weight=5))
    play.submit("us", a.GuessLine(line="red", concern="face", says="XQZ a guess", weight=5))
    play.open_moves()
    draft = a.Draft(move="criticise", channel="press", visibility="public", text="Said aloud", intent=-2)
    play.submit("us", a.SealMove(draft=draft))
    play.submit("us", a.TakeNote(text="XQZ a note"))
    while play.state.phase != "results":
        play.submit("facilitator", a.Advance())
    session = logged(play, [*play.actions, ("facilitator", NOTE)])
    theirs = pages(session, "en")
    assert "XQZ" not in theirs and "friendly" not in theirs and "Said aloud" in theirs
    ours = markdown(team_report(session, "us"))
    assert ours.count("XQZ") == 3 and "friendly (−2)" in ours and "white cell alone" not in ours


def test_what_the_facilitator_revealed_is_in_both_reports() -> None:
    """It was shown to both teams in play."""
    play = small()
    draft = a.Draft(move="criticise", channel="press", visibility="public", text="Said aloud", intent=-2)
    play.turn((draft,))
    play.submit("facilitator", a.Reveal(side="us", turn=1, order=1))
    session = logged(play, play.actions)
    assert "friendly (−2)" in markdown(team_report(session, "china"))


def test_what_a_team_thought_the_other_guesses_is_in_its_own_report_alone() -> None:
    """And in the whole one, with what it was wrong about in words."""
    play = Play(small_material(), second_order=True)
    play.submit("us", a.ExpectGuess(line="red", concern="safety", says="XQZ they think so", weight=5))
    play.submit("china", a.GuessLine(line="pink", concern="safety", says="A hull survey", weight=5))
    play.turn()
    session = logged(play, play.actions)
    assert "XQZ" not in pages(session, "en")
    assert "We thought before that they guess:" in markdown(team_report(session, "us"))
    assert "XQZ" in markdown(team_report(session, "us"))
    assert "我方" in markdown(team_report(session, "us", "zh"))
    whole = markdown(whole_report(session))
    assert "What each thought the other guesses" in whole
    assert "The US thought before that China guesses:" in whole and "XQZ" in whole
    assert "The US, before: was understood by China, and did not believe it: pink" in whole
