"""What a session can begin with of an earlier one, taken from its log; that log is not needed afterwards."""

from __future__ import annotations

from pathlib import Path

from crisis_sim.content.scenario import Scenario
from crisis_sim.engine.inheritance import Inheritance
from crisis_sim.engine.views.public_record import left_by
from crisis_sim.errors import UnreadableInput
from crisis_sim.rules.names import SIDES
from crisis_sim.session.replay import replay


def inherited_from(path: Path, scenario: Scenario) -> Inheritance:
    """What the session in the log at `path` leaves to one of `scenario`.

    Any log that can be read will do, of any format, scenario and packs, if it came to its hotwash: before that, a
    promise may still be broken, and both sides hold what is sealed. Raises UnreadableInput or LogDamaged.
    """
    earlier = replay(path)
    if not earlier.is_open:
        raise UnreadableInput(
            "inherits/unfinished",
            "{name} has not come to its hotwash, so that nothing of it is settled yet",
            hint="play it to its close first: crisis-sim resume {name}",
            name=path.name,
        )
    teams = earlier.table.scenario.teams
    for side in SIDES:
        earlier_name, here = teams.team_of(side).name.en, scenario.teams.team_of(side).name.en
        if earlier_name.casefold() != here.casefold():
            raise UnreadableInput(
                "inherits/dyad",
                "{name} has other sides: '{before}' plays there where '{here}' plays here",
                hint="take a log of the same two sides",
                name=path.name,
                before=earlier_name,
                here=here,
            )
    return left_by(earlier.state, earlier.table, earlier.log.last_hash)
