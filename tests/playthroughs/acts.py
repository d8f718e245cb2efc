"""Playthroughs whose typed lines are acts as data (`crisis_sim.playtest.played_acts`), and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

from crisis_sim.cli.seating import Seated
from crisis_sim.cli.session_words import hotwash_lines
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.engine.views.seats import trace_facts
from crisis_sim.numbers import points_printed
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.traces import describe_trace
from crisis_sim.pages.translator import Translator
from crisis_sim.playtest.played_acts import Acts
from crisis_sim.text import wrapped

TYPED: Final = "> "
WIDTH: Final = 118


class ToldActs(Acts):
    """A session that is played by what is typed, and what is said of it."""

    def __init__(self, table: Seated, turn_by_turn: bool) -> None:
        """Before the first turn; `turn_by_turn` tells of each what came and why numbers moved."""
        super().__init__(table.session, table.language, worded=False)
        self._turn_by_turn = turn_by_turn
        self._since: list[e.AnyEvent] = []
        self._came: dict[int, list[str]] = {}
        self._seen = 0
        self._say = Translator(dossier_for(self.session.table, "facilitator"), table.language)

    def played(self, lines: list[str]) -> str:
        """The lines again, each turn with what came of it, and how it ended."""
        said = [row for line in lines for row in (f"{TYPED}{line}", *self._typed(yaml.safe_load(line)))]
        return "\n".join([*said, *self.ended()]) + "\n"

    def ended(self) -> list[str]:
        """How it ended, played to its hotwash."""
        self.to("hotwash")
        return _narrow(self._ended())

    def _typed(self, line: Any) -> list[str]:  # Any: what YAML makes of it
        typed = {"next": {}} if line == "next" else line
        if "next" not in typed or not self._turn_by_turn:
            self.play(typed)
            return []
        turn = self.session.state.turn
        self.read(typed["next"])
        self.to("results")
        rows = _narrow(self._told())
        self.to("situation" if turn < self.session.table.turns else "closing")
        return rows

    def submit(self, seat: a.SeatName, action: a.AnyAction) -> None:
        """Let a seat act, and keep what came of it."""
        events = self.session.submit(seat, action).events
        self._since += events
        came = [event.inject for event in events if isinstance(event, e.InjectDelivered)]
        if came:
            self._came.setdefault(self.session.state.turn, []).extend(came)

    # what is said of it

    @property
    def _view(self) -> FacilitatorView:
        view = self.session.seat("facilitator").view()
        assert isinstance(view, FacilitatorView)
        return view

    def _told(self) -> Iterator[str]:
        """What came in this turn, why each number moved, and the rules that fired."""
        view, state = self._view, self.session.state
        fresh, self._seen = view.feed[self._seen :], len(view.feed)
        if fresh:
            yield from lines_of(feed_blocks(fresh, self._say), self._say)
        for event in self._since:
            facts = trace_facts(state, self.session.table, state.turn, event)
            trace = None if facts is None else describe_trace(facts, self._say)
            if trace is not None and trace.rule != "decay":
                yield f"- {trace.sentence}"
        yield f"Rules that fired: {'; '.join(self._fired()) or 'none'}."
        self._since.clear()

    def _fired(self) -> Iterator[str]:
        """Rules by their ids, each with what it fired for, in the order in which they first did."""
        state, fired = self.session.state, dict[str, list[str]]()
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
