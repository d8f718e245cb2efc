"""A whole study: the sessions and what came of them, of questionnaires and of coders, and all of it as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crisis_sim.research.columns import Sheet
from crisis_sim.research.study import tables
from crisis_sim.research.study.agreement import Findings
from crisis_sim.research.study.overview import Group
from crisis_sim.research.study.questionnaire import Questionnaire
from crisis_sim.research.study.sessions import Sessions
from crisis_sim.research.study.tables import Row


class Studied(NamedTuple):
    """What came of a study; None for what was not asked for."""

    sessions: Sessions
    groups: tuple[Group, ...] | None
    questionnaire: Questionnaire | None
    agreement: Findings | None


def tables_of(found: Studied) -> dict[Sheet, Sequence[Row]]:
    """What was found as tables."""
    made: dict[Sheet, Sequence[Row]] = {}
    if found.groups is not None:
        made[tables.MEASURES] = list(tables.measure_rows(found.groups))
        made[tables.VALUES] = list(tables.value_rows(found.groups))
    if found.questionnaire is not None:
        made[tables.QUESTIONNAIRE] = list(tables.questionnaire_rows(found.questionnaire))
    if found.agreement is not None:
        made[tables.AGREEMENT] = list(tables.agreement_rows(found.agreement))
    return made
