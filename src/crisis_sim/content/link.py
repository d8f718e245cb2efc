"""What files say about each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crisis_sim.content.scenario import Scenario
from crisis_sim.content.sources import Source
from crisis_sim.problems import Problems
from crisis_sim.rules.pack import Pack


def link(
    scenario: Scenario,
    source: Source,
    packs: Sequence[tuple[Pack, Source]],
    texts: Mapping[str, str],
    problems: Problems,
) -> None:
    """Say everything that does not fit together."""
