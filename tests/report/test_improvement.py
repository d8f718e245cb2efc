"""What is called a strength or an area rests on what a side could know and do, and on more than noise."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.measures.record import record, sent

from crisis_sim.engine.events import RequestUnanswered
from crisis_sim.engine.state import Request, Sent, State
from crisis_sim.pages.blocks import Table, prose
from crisis_sim.pages.phrases import taken_as
from crisis_sim.report.dealings import dealing_blocks
from crisis_sim.report.improvement import findings
from crisis_sim.report.markdown import markdown
from crisis_sim.report.minute import minute
from crisis_sim.report.report_record import record_of
from crisis_sim.report.team_report import team_report
from crisis_sim.session.replay import Replay, replayed
from crisis_sim.wording import plain

Told = tuple[Sent, int | None]

PUBLIC = sent("us", 2, "criticise", visibility="public", channel="press")
KIND = sent("us", 1, "condole", visibility="public", channel="press")
HARD = "The US protested or pressed in public before it had said anything in private."
CALL = sent("us", 1, "request-call")
LOST_CALL = sent("us", 1, "request-call", arrived=0, outcome="unanswered")


def observed(session: Replay, state: State) -> dict[str, str]:
    """The observations of a session that stands so, with their evidence."""
    return {each.observation: each.evidence for each in findings(record_of(session._replace(state=state), "en"))}


@pytest.mark.parametrize(("call", "lost", "is_held"), [(CALL, False, True), (LOST_CALL, True, False)])
def test_a_request_that_never_reached_a_side_is_not_held_against_it(
    virus: Replay, call: Told, lost: bool, is_held: bool
) -> None:
    """Silence is an area of whoever had the request; where the channel lost it, the record of channels alone has it."""
    silence = (RequestUnanswered(("us", 1, 1), lost, visible="us"),)
    state = record(call, requests=(Request(("us", 1, 1), 24, status="silent"),), turn_events=((), (), (), silence))
    assert any("left requests unanswered" in told for told in observed(virus, state)) is is_held


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([CALL, PUBLIC], "The US spoke in private first."),
        ([LOST_CALL, PUBLIC], ""),
        ([LOST_CALL, sent("us", 1, "private-inquiry", order=2), PUBLIC], "The US spoke in private first."),
        ([PUBLIC, sent("us", 3, "request-call")], HARD),
        ([KIND, PUBLIC], HARD),
        ([KIND, sent("us", 3, "request-call")], ""),
    ],
)
def test_who_spoke_in_private_first_rests_on_what_arrived(virus: Replay, acts: list[Told], said: str) -> None:
    """A call that was lost is no word to anybody, whoever made it did not begin in public, and sympathy is not hard."""
    spoke = {
        told: evidence
        for told, evidence in observed(virus, record(*acts)).items()
        if told.startswith("The US") and "in private" in told
    }
    assert list(spoke) == ([said] if said else [])
    assert all("US 1.1" not in evidence for evidence in spoke.values()) or acts[0] is CALL


@pytest.mark.parametrize(
    ("readings", "said"), [((3, 3, 3), True), ((3, 3, 0), False), ((3, 3, 3, 2, 2, 3), True), ((1, 1, 0), False)]
)
def test_a_reading_is_called_wide_only_beyond_noise(virus: Replay, readings: tuple[int, ...], said: bool) -> None:
    """A mean distance above one step by less than two standard errors may be chance."""
    acts = [sent("china", 1, "warn", order=n, reading=taken) for n, taken in enumerate(readings, 1)]
    assert any("steps from what was meant" in told for told in observed(virus, record(*acts))) is said


@pytest.mark.parametrize(("wrong", "said"), [(3, []), (9, ["The US forecast worse than always saying 50."])])
def test_a_forecast_is_called_worse_than_even_odds_only_beyond_noise(
    virus: Replay, wrong: int, said: list[str]
) -> None:
    """Ten at ninety of a hundred: three that fail are bad luck or bad judgment, and nobody can tell; nine are not."""
    asked = virus.table.scenario.forecasts[0].id
    made = tuple((asked, 1, 90, number >= wrong) for number in range(10))
    state = record()
    told = observed(virus, replace(state, us=replace(state.us, scored=made)))
    assert [each for each in told if "forecast" in each and "worse" in each] == said


def test_a_private_deadline_is_not_told_as_a_public_one(virus: Replay) -> None:
    """The item is about deadlines anywhere and demands in public, and the sentence says no more."""
    told = observed(virus, record(sent("us", 1, "ultimatum")))
    assert "The US set a deadline or made a demand in public." in told


def test_acts_that_never_arrived_are_not_called_unread(virus: Replay) -> None:
    """Where nothing reached a side, that is what is said of it."""
    acts = [sent("us", 1, "warn", arrived=0), sent("china", 1, "warn")]
    (items, _) = [*minute(record_of(virus._replace(state=record(*acts)), "en"))][1:]
    assert "None of the acts of the US reached China." in str(items)
    assert "The US read none of the acts of China." in str(items)


def test_mixed_turns_are_counted_among_counts_and_named_beneath(virus: Replay) -> None:
    """A turn's number in a column of counts would be taken for one."""
    acts = [sent("us", turn, move, order=n) for turn in (3, 5) for n, move in enumerate(("offer-help", "warn"), 1)]
    blocks = [*dealing_blocks(record_of(virus._replace(state=record(*acts)), "en"))]
    (counts,) = [block for block in blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row.cells[:2]] for row in counts.rows] == [["US", "2"], ["China", "0"]]
    assert counts.columns[1].is_number
    assert prose("The US soothed and pressed at once in turn 3, 5.") in blocks


def test_a_teams_version_shows_what_the_hotwash_opened_as_opened(virus: Replay) -> None:
    """How they read our acts, what they meant, and that words never arrived; before the hotwash, it is sealed."""
    half = replayed(virus.log._replace(entries=virus.log.entries[:60]))
    for session, is_open in ((virus, True), (half, False)):
        twin = markdown(team_report(session, "us"))
        cells = {cell.strip() for cell in twin.split("|")}
        assert ("sealed" in cells) is not is_open and ("Their lines, as the hotwash opened them:" in twin) is is_open
        acts = {key: sent for key, sent in session.state.acts.items() if key[0] == "us"}
        assert ("never reached them" in cells) is (is_open and any(not sent.arrived for sent in acts.values()))
    (ours,) = [
        block
        for block in team_report(virus, "us").blocks
        if isinstance(block, Table) and block.columns[-1].name == "they took it as"
    ]
    read = {item.act: item.hostility for item in virus.state.china.inbox}
    told = [row.cells[-1].text.split("\n")[0] for row in ours.rows]
    assert told == [
        "not read" if value is None else taken_as(plain, value)
        for value in (read.get(key) for key in virus.state.acts if key[0] == "us")
    ]


def test_a_teams_version_claims_no_word_that_may_have_been_lost(virus: Replay) -> None:
    """A first private act is a strength only where an answer shows that it arrived, as nothing else does."""
    told = markdown(team_report(virus, "us"))
    answers = {virus.state.sent(item.act).act.answers for item in virus.state.us.inbox}
    own = [sent.act for key, sent in virus.state.acts.items() if key[0] == "us"]
    early = []
    for act in own:
        if act.visibility == "public":
            break
        early.append(act.key in answers)
    assert ("The US spoke in private first." in told) is any(early)
