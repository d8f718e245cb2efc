"""Which submits have been done, by the name that their seat gave them.

Whoever did not hear whether an act counted sends it again under the same `ref`; it is answered and not done again, by a
resumed session too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from msgspec import UnsetType
from msgspec.structs import replace

from crisis_sim.engine.actions import AnyAction, RollBack, Seat
from crisis_sim.errors import ActionRefused
from crisis_sim.session.record import Entry

_FORM: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Submits:
    """The named submits of a session; one seat's `ref` says nothing of another's."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Those of a log."""
        self._done = {(entry.seat, entry.ref): entry for entry in entries if not isinstance(entry.ref, UnsetType)}

    def keep(self, entry: Entry, ref: str | None) -> None:
        """`entry` is what the submit named `ref` led to."""
        if ref is not None:
            self._done[entry.seat, ref] = entry

    def known(self, seat: Seat, ref: str, action: AnyAction) -> Entry | None:
        """The entry of this submit, if it was done. Raises ActionRefused where its name is another act's, or none."""
        if _FORM.fullmatch(ref) is None:
            raise ActionRefused("ref/malformed")
        known = self._done.get((seat, ref))
        if known is not None and _asked(action, known) != known.action:
            raise ActionRefused("ref/other-act")
        return known


def _asked(action: AnyAction, known: Entry) -> AnyAction:
    """`action` with what the session adds: the id of a branch, where none was asked for."""
    if isinstance(action, RollBack) and isinstance(known.action, RollBack) and not action.child:
        return replace(action, child=known.action.child)
    return action
