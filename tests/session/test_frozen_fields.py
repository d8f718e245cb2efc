"""What the lines of a closed format hold is written down, and its log holds all of it."""

from __future__ import annotations

from typing import get_args

import pytest
from msgspec import UNSET
from tests.docs_made.log_page import log_records
from tests.session.freeze import CLOSED, FROZEN, unpacked

from crisis_sim.engine.actions import AnyAction, Draft, ReviseMove, SealMove
from crisis_sim.engine.events import AnyEvent
from crisis_sim.rules.names import Backing, How, Purpose, Truth
from crisis_sim.session.record import FORMAT
from crisis_sim.session.replay import Replay, replay

NOBODYS = {"renew-judging", "judging-renewed", "shorten-log", "log-shortened"}
"""Asked for by what opens a damaged or an older log, and by no seat."""
UNSEEN = {"case-stood"}
"""What no session of two bots brings about by luck."""
LATER = {"report-model", "model-reported", "stay-silent", "silence-sealed"}
"""What the format after it has added."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """The log of the last closed format."""
    return replay(unpacked(CLOSED, tmp_path_factory.mktemp("frozen")))


def test_a_closed_format_keeps_its_fields() -> None:
    """None is taken away, renamed, moved or given another form, and none comes to it.

    Whoever adds a field, an action or an event makes another format: the next number in `FORMAT`, which is open until
    it has a listing and a log beside these. Those of a closed format are never written again.
    """
    kept = (FROZEN / f"format-{CLOSED}.txt").read_text(encoding="utf-8").splitlines()
    now = [record.frozen for records in log_records().values() for record in records]
    assert CLOSED < FORMAT or now == kept


def test_the_log_of_a_closed_format_has_every_action_and_event(played: Replay) -> None:
    """But for what no seat asks for, and what no luck brought."""
    entries = played.log.entries
    held = {entry.action.__struct_config__.tag for entry in entries}
    held |= {event.__struct_config__.tag for entry in entries for event in entry.events}
    kinds = {each.__struct_config__.tag for each in (*get_args(AnyAction), *get_args(AnyEvent))}
    assert kinds - held == NOBODYS | UNSEEN | LATER


def test_the_log_of_a_closed_format_says_all_that_can_be_said_of_a_move(played: Replay) -> None:
    """Every move, term, instrument and private fact, every field of a draft, and every value that is one of a few."""
    table = played.table
    drafts = [entry.action.draft for entry in played.log.entries if isinstance(entry.action, SealMove | ReviseMove)]
    assert {draft.move for draft in drafts} == set(table.moves)
    assert {term for draft in drafts for term in draft.terms} == {term for of in table.terms.values() for term in of}
    assert {draft.cites for draft in drafts} == {UNSET, *table.instruments}
    assert {draft.discloses for draft in drafts} == {UNSET, *table.private_facts}
    for field, values in (("how", How), ("purpose", Purpose), ("truth", Truth), ("backed", Backing)):
        assert {getattr(draft, field) for draft in drafts} - {UNSET, None} == set(get_args(values)), field
    bare = Draft(move="", channel="")
    fields = set(Draft.__struct_fields__)
    assert {name for name in fields for draft in drafts if getattr(draft, name) != getattr(bare, name)} == fields
