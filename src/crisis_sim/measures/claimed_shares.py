"""How much of what was done each side says that it did, and what the two come to together.

Ross and Sicoly 1979, "Egocentric biases in availability and attribution", Journal of Personality and Social Psychology
37(3): each remembers its own part of a joint work best, so that the shares that people claim come to more than all.
"""

from __future__ import annotations

from typing import NamedTuple

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable


class ClaimedShares(NamedTuple):
    """Both shares, in percent; None where a side did not say."""

    us: int | None
    china: int | None

    @property
    def excess(self) -> int | None:
        """us + china − 100, −100 … 100: above zero, the two claim more than was done; None where one is missing."""
        return None if self.us is None or self.china is None else self.us + self.china - 100


def claimed_shares(state: State, table: GameTable) -> ClaimedShares | None:
    """What both sides said; None where nobody was asked."""
    return ClaimedShares(state.us.share, state.china.share) if table.asks("share") else None
