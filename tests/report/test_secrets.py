"""One team's report is the same to the byte whatever the other team sealed, and the facilitator wrote or did for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import Raw
from tests.engine.play import Play, small
from tests.engine.test_secrets import twins
from tests.thinning import examples

from crisis_sim.engine import actions as a
from crisis_sim.report.markdown import markdown
from crisis_sim.report.team_report import team_report
from crisis_sim.report.webpage import webpage
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.names import SIDES, Language, Side, other
from crisis_sim.session.log import Log
from crisis_sim.session.record import Entry, Header, chain_of
from crisis_sim.session.replay import Replay, replay_on

Actions = list[tuple[a.SeatName, a.AnyAction]]
NOTE = a.TakeNote(text="XQZ for the white cell alone")


def logged(begun: Play, actions: Actions) -> Replay:
    """A log with these actions, of the session that has just `begun`."""
    entries: list[Entry] = []
    for seat, action in actions:
        events = begun.submit(seat, action)
        entries.append(Entry(seq=len(entries) + 1, time=0, away=0, seat=seat, action=action, events=events, prev=""))
    table = begun.table
    header = Header(
        app="", session="test", seed=table.seed, length=table.length, show="own", options={}, started=0, material=Raw()
    )
    log = Log(Path("test.jsonl"), header, entries, 0, 0, False, None, chain_of(b""))
    return replay_on(log, table)


def like(play: Play) -> Play:
    """A session like it, at its briefing."""
    table = play.table
    return Play(table.material, seed=table.seed, length=table.length)


def pages(session: Replay, language: Language, team: Side = "china") -> str:
    """Both files of a team's report."""
    report = team_report(session, team, language)
    return webpage(report) + markdown(report)


@settings(max_examples=examples(2, 12), phases=[Phase.explicit, Phase.generate], deadline=None)
@given(
    pair=st.sampled_from((("random", "random"), ("rota", "firm"), ("curious", "mirror"), ("reckless", "reckless"))),
    seed=st.integers(1, 50).map(str),
    scenario=st.sampled_from(("small", "bottomed-submarine")),
    language=st.sampled_from(("en", "zh")),
)
@pytest.mark.parametrize("hider", SIDES)
@pytest.mark.parametrize("show", ["own", "all"])
def test_secrets_change_no_byte_of_the_report_for_the_other_team(
    hider: Side, show: str, pair: tuple[str, str], seed: str, scenario: str, language: Language
) -> None:
    """Readings among them, and what was concluded from them."""
    found = twins(scenario, hider, show, pair, seed)
    *_, (_, one, two) = found.side_by_side()
    assert one.actions != two.actions
    reports = [pages(logged(found.begun(), play.actions), language, other(hider)) for play in (one, two)]
    assert reports[0] == reports[1] and "XQZ" not in reports[1]


def test_pairs_go_beyond_conclusions() -> None:
    """Otherwise the promise above would say less than it seems to."""
    found = twins("bottomed-submarine", "us", "own", ("curious", "mirror"), "6")
    *_, (_, one, two) = found.side_by_side()
    assert one.state.concluded != two.state.concluded


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
    session = logged(like(play), [*play.actions, ("facilitator", NOTE)])
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
    session = logged(like(play), play.actions)
    assert "friendly (−2)" in markdown(team_report(session, "china"))


def test_what_persons_said_alone_stands_in_their_own_teams_report_and_in_no_other() -> None:
    """Not in the joint one, which the room reads, nor in the other team's, nor before the hotwash has opened."""
    actions: Actions = [("facilitator", a.Advance())] * 2
    help_ = a.Draft(move="offer-help", channel="embassy", text="Two tugs.", intent=-2, expected=-1)
    actions += [("us", a.SealMove(draft=help_)), ("us", a.CommitMoves()), ("china", a.CommitMoves())]
    actions += [("china", a.PressReading(item=1, hostility=n, by=f"china-{n}")) for n in (1, 3)]
    actions += [("china", a.SealReading(item=1, hostility=2, confidence=3)), ("china", a.CommitReadings())]
    until_hotwash = small()
    for seat, action in actions:
        until_hotwash.submit(seat, action)
    more = 0
    while until_hotwash.state.phase != "hotwash":
        until_hotwash.submit("facilitator", a.Advance())
        more += 1
    ends: Actions = [("facilitator", a.Advance())]
    closed: Actions = [*actions, *(ends * more)]
    ours = pages(logged(small(), closed), "en")
    assert "Each of us alone, before we talked" in ours
    assert "china-1 +1, china-3 +3" in ours
    assert "on average" not in ours and "2.00 steps apart" in ours
    session = logged(small(), closed)
    whole = whole_report(session, "en")
    for told in (pages(session, "en", "us"), webpage(whole) + markdown(whole)):
        assert "china-1" not in told and "each alone" not in told.lower()
    assert "china-1" not in pages(logged(small(), actions), "en")
