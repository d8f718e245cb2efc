"""What a scenario or a rule pack gives a name to: of each kind where it stands, and how a thing of it is called.

Who lists what may be named asks here: the checks of names, the places that traces and logs tell, titles in sentences,
what an editor offers, and what can be asked back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from crisis_sim.content.scenario import Scenario
from crisis_sim.rules.authored import Text
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.pack import Pack

PARTS: Final = {
    "moves": "move",
    "terms": "term",
    "concerns": "concern",
    "facts": "fact",
    "commitments": "commitment",
    "profiles": "hearing profile",
}
"""Parts of a pack that go by id, and what one of each is called."""
_IN_PACKS: Final[Mapping[Loc, str]] = {
    **{(part,): kind for part, kind in PARTS.items()},
    ("rules",): "rule",
    ("offences", "acts"): "offence",
    ("base", "channels", "kinds"): "channel kind",
}
_IN_SCENARIOS: Final[Mapping[Loc, str]] = {
    **{
        ("teams", side, part): kind
        for side in SIDES
        for part, kind in {"lines": "line", "assets": "asset", "private_facts": "private fact"}.items()
    },
    **{(f"{kind}s",): kind for kind in ("channel", "track", "move", "commitment", "voice", "instrument")},
    ("instructions", "cards"): "instruction",
    ("msel",): "inject",
    ("forecasts",): "forecast",
    ("facts",): "fact",
}
NAMED_PARTS: Final = {**_IN_PACKS, **_IN_SCENARIOS}
"""Where names are given in files of either kind, as keys or as the ids of items, and of what kind of thing."""
LISTED: Final = frozenset({"rules", "acts", "lines", "msel", "forecasts"})
"""Parts whose items have ids."""


class NamedThing(NamedTuple):
    """One thing that has a name."""

    kind: str
    name: str
    place: Loc
    """Where it stands in its file."""
    entry: Any
    """As its file says it."""

    @property
    def title(self) -> Text:
        """What it is called or, where it has no title, what it says."""
        keys = () if isinstance(self.entry, Text) else ("title", "name", "label", "ask", "says")
        title: Text = next(
            (getattr(self.entry, key) for key in keys if key in type(self.entry).model_fields), self.entry
        )
        return title


def named_things(file: Pack | Scenario) -> Iterator[NamedThing]:
    """Everything that a file gives a name to."""
    for part_loc, kind in (_IN_PACKS if isinstance(file, Pack) else _IN_SCENARIOS).items():
        part: Any = file
        for step in part_loc:
            part = None if part is None else getattr(part, str(step))
        if isinstance(part, Mapping):
            yield from (NamedThing(kind, name, (*part_loc, name), item) for name, item in part.items())
        else:
            yield from (NamedThing(kind, item.id, (*part_loc, place), item) for place, item in enumerate(part or ()))
