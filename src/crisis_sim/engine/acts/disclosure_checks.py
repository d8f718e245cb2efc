"""Whether a draft may tell a private fact as it does: the fact is its team's own, and can be told in this way.

To name a fact of the other team's and to name none that there is are refused in the same words.
"""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.dealing_plans import tellable
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import Side

LONGEST_ID = 60
"""Characters of an unknown id that a refusal repeats."""


def check_disclosure(table: GameTable, side: Side, draft: Draft) -> None:
    """Refuse a telling that cannot be, with a code and its parts."""
    fact, ours = draft.discloses, tuple([name for name, of in table.private_facts.items() if of.side == side])
    if isinstance(fact, UnsetType):
        raise ActionRefused("fact/none")
    if fact not in ours:
        raise ActionRefused("fact/unknown", private=fact[:LONGEST_ID], privates=ours)
    if not tellable(table.private_facts, side, table.moves[draft.move]):
        raise ActionRefused("fact/unfit", move=draft.move)
    plan = table.private_facts[fact]
    if draft.backed is UNSET or draft.truth is UNSET:
        raise ActionRefused("fact/how")
    if draft.backed not in plan.backings:
        raise ActionRefused("fact/host", private=fact)
    if draft.truth == "part" and draft.truth not in plan.words:
        raise ActionRefused("fact/part", private=fact)
    if draft.truth not in plan.words:
        raise ActionRefused("fact/untrue", private=fact)
    if draft.truth == "untrue" and draft.backed != "word":
        raise ActionRefused("fact/backed-untrue")
