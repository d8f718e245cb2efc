"""The same acts come to the same scores, to the hundredth, in every shipped scenario at every length."""

import pytest
from tests.ruler.recorded import RecordedSession, read_sessions, replayed_changes


@pytest.mark.parametrize("recorded", read_sessions(), ids=lambda each: f"{each.scenario}-{each.seed}")
def test_recorded_acts_change_the_scores_as_they_did(recorded: RecordedSession) -> None:
    """Every entry of a recorded session moves every score by what it moved when it was recorded."""
    assert list(replayed_changes(recorded)) == recorded.changes
