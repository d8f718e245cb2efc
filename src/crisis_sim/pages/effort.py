"""What an act takes on screens: the keys that choose or go on, and how many of them decide something.

Made of the same lists as the screens' steps. Letters that are typed, arrows and the curtain come on top.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.move_blocks import open_channels, passed_over
from crisis_sim.pages.move_choices import can_add, needed
from crisis_sim.pages.move_sheet import MARKS, MoveSheet, sealed_fields
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.facts import said


class Effort(NamedTuple):
    """Of an act, or of several."""

    keys: int
    decisions: int


_PLAIN: Final[dict[type, Effort]] = {
    a.CommitMoves: Effort(2, 0),  # what is final asks once
    a.CommitReadings: Effort(1, 0),
    a.CommitForecasts: Effort(1, 0),
    a.SealForecast: Effort(1, 1),
    a.AnswerDecision: Effort(2, 1),
    a.SealReadout: Effort(4, 2),
    a.AskCloser: Effort(2, 1),
}
"""What takes the same keys whatever is said: it is opened, chosen, and sent where that is a key of its own."""


def effort_of(action: a.AnyAction, view: TeamView, say: Teller) -> Effort:
    """What an act of a turn takes a team that sees `view`; nothing for what no step of a turn asks for."""
    match action:
        case a.SealMove(draft=draft):
            return _of_move(draft, view, say)
        case a.SealReading(touches=touches, audience=audience):
            asked = 2 + bool(said(audience))
            return Effort(asked + 2 * bool(touches), asked + bool(touches))
        case a.AnswerCloser(acts=acts):
            return Effort(2 + 2 * bool(acts), 1 + 2 * bool(acts))
        case _:
            return _PLAIN.get(type(action), Effort(0, 0))


def _of_move(draft: a.Draft, view: TeamView, say: Teller) -> Effort:
    """The composer's three steps: what, how, words and what is sealed with them."""
    fields = {name: getattr(draft, name) for name in a.Draft.__struct_fields__}
    sheet, move = MoveSheet(**fields | {"audience": said(draft.audience)}), say.dossier.moves[draft.move]
    opens = Effort(1, 0) if draft.answers is None else Effort(2, 1)
    what = 0 if draft.how in ("accept", "decline", "holding") else 1
    ways = [kind for kind in move.visibilities if kind in say.dossier.channels[draft.channel].visibilities]
    heard = next((each.act.visibility for each in view.requests if each.number == draft.answers), None)
    other_way = int(draft.visibility != (heard if heard in ways else ways[0]))
    where = int(len(open_channels(move, view)) > 1 or len(ways) > 1)
    must = len(list(needed(sheet, view, say)))
    marks = sum(len(kept) if isinstance(kept, tuple) else 1 for mark in MARKS if (kept := said(getattr(sheet, mark))))
    left = len(list(passed_over(sheet, view, say)))
    sealed = len(sealed_fields(sheet))
    how, words, seal = max(1, other_way + marks), 1, 1  # enter marks the last of them and goes on
    stops = not (other_way or marks or must or left) and can_add(sheet, view, say)  # to look at what was not chosen
    return Effort(
        opens.keys + what + how + stops + must + left + words + sealed + seal,
        opens.decisions + what + where + must + marks + left + sealed,
    )
