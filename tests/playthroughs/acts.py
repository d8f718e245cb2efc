"""Playthroughs whose typed lines are acts as data: what each seat does, turn by turn, and what came of it.

A line is YAML. `SEAT: {…}` is a draft as `actions.Draft` has it, which goes on the team's list, expected to be taken as
it is meant unless it says otherwise, or with `kind` any other action: of a team while it makes its moves, of the
facilitator at once. `next` plays the turn out;
`next: {SEAT: [HOSTILITY SURENESS AUDIENCE LINE, …]}` says how a team takes what reached it in this turn, card by card,
public words as meant for it unless an audience is named, and which line of its own that touches, if any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
import yaml
from msgspec import UNSET
from tests.engine.play import as_expected, as_heard

from crisis_sim.cli.seating import Seated
from crisis_sim.cli.session_words import hotwash_lines
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.engine.sight.seats import trace_facts
from crisis_sim.engine.sight.views import FacilitatorView, TeamView
from crisis_sim.numbers import points_printed
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.traces import trace_told
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.rules.names import AUDIENCES, SIDES, Side
from crisis_sim.text import wrapped

TYPED: Final = "> "
NEXT: Final = "next"
WIDTH: Final = 118


class Acts:
    """A session that is played by what is typed, and what is said of it."""

    def __init__(self, table: Seated, turn_by_turn: bool) -> None:
        """Before the first turn; `turn_by_turn` tells of each what came and why numbers moved."""
        self._table = table
        self._session = table.session
        self._turn_by_turn = turn_by_turn
        self._since: list[e.AnyEvent] = []
        self._came: dict[int, list[str]] = {}
        self._seen = 0
        self._say = Teller(dossier_for(self._session.table, "facilitator"), table.language)

    def played(self, lines: list[str]) -> str:
        """The lines again, each turn with what came of it, and how it ended."""
        self._to("situation")
        said = [row for line in lines for row in (f"{TYPED}{line}", *self._typed(line))]
        self._to("hotwash")
        return "\n".join([*said, *_narrow(self._ended())]) + "\n"

    def _typed(self, line: str) -> list[str]:
        typed = yaml.safe_load(line)
        if typed == NEXT:
            return self._next({})
        ((who, given),) = typed.items()
        if who == NEXT:
            return self._next(given)
        if who in SIDES:
            self._to("moves")
        action = given if "kind" in given else {"kind": "seal-move", "draft": given}
        self._submit(who, as_expected(msgspec.convert(action, a.AnyAction)))
        return []

    def _next(self, readings: dict[Side, list[str]]) -> list[str]:
        turn = self._session.state.turn
        for side, taken in readings.items():
            self._to("readings")
            self._read(side, taken)
        self._to("results")
        rows = _narrow(self._told()) if self._turn_by_turn else []
        self._to("situation" if turn < self._session.table.turns else "closing")
        return rows

    def _read(self, side: Side, readings: list[str]) -> None:
        view = self._session.seat(side).view()
        assert isinstance(view, TeamView)
        for card, reading in zip(view.to_read, readings, strict=True):
            hostility, sure, *more = reading.split()
            audience = next((word for word in more if word in AUDIENCES), UNSET)
            touches = next((word for word in more if word not in AUDIENCES), None)
            taken = a.SealReading(
                item=card.number, hostility=int(hostility), confidence=int(sure), touches=touches, audience=audience
            )
            self._submit(side, as_heard(self._session.state, side, taken))

    def _to(self, phase: str) -> None:
        while self._session.state.phase != phase:
            self._submit("facilitator", a.Advance())

    def _submit(self, seat: a.SeatName, action: a.AnyAction) -> None:
        events = self._session.submit(seat, action).events
        self._since += events
        came = [event.inject for event in events if isinstance(event, e.InjectDelivered)]
        if came:
            self._came.setdefault(self._session.state.turn, []).extend(came)

    # what is said of it

    @property
    def _view(self) -> FacilitatorView:
        view = self._session.seat("facilitator").view()
        assert isinstance(view, FacilitatorView)
        return view

    def _told(self) -> Iterator[str]:
        """What came in this turn, why each number moved, and the rules that fired."""
        view, state = self._view, self._session.state
        fresh, self._seen = view.feed[self._seen :], len(view.feed)
        if fresh:
            yield from lines_of(feed_blocks(fresh, self._say), self._say)
        for event in self._since:
            facts = trace_facts(state, self._session.table, state.turn, event)
            trace = None if facts is None else trace_told(facts, self._say)
            if trace is not None and trace.rule != "decay":
                yield f"- {trace.sentence}"
        yield f"Rules that fired: {'; '.join(self._fired()) or 'none'}."
        self._since.clear()

    def _fired(self) -> Iterator[str]:
        """Rules by their ids, each with what it fired for, in the order in which they first did."""
        state, fired = self._session.state, dict[str, list[str]]()
        for event in self._since:
            if isinstance(event, e.RuleFired):
                act = None if event.act is None else state.sent(event.act).act
                on = (event.sender or "turn") if act is None else f"{act.side} {act.move}"
                fired.setdefault(event.rule, []).append(on)
        return (f"{rule} ({', '.join(dict.fromkeys(on))})" for rule, on in fired.items())

    def _ended(self) -> Iterator[str]:
        view = self._view
        assert view.hotwash is not None
        yield "The end."
        yield from hotwash_lines(view.hotwash, self._say)
        boards = (
            f"{board.side} {points_printed(board.trust)}, {points_printed(board.standing)}"
            for board in (view.us, view.china)
        )
        yield f"Trust and standing: {'; '.join(boards)}"
        yield "Injects by turn: " + "; ".join(f"{turn} {', '.join(came)}" for turn, came in self._came.items())


def _narrow(rows: Iterator[str]) -> list[str]:
    return [line for row in rows for line in wrapped(row, WIDTH)]
