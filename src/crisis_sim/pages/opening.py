"""How far the record has been opened in the hotwash: one thing after another, and what is open stays.

It belongs to a terminal and not to a seat: whoever takes it next goes on from the same place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, Literal, TypeAlias

from msgspec import Struct, field

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.views.hotwash_facts import HotwashFacts, PairFacts
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.shared_facts import ForecastScoreFacts
from crisis_sim.pages.reader import Reader
from crisis_sim.rules.names import Side, other
from crisis_sim.wording import _

COST, PAIRS, ALL, LINES, FORECASTS, CHANNELS, CURVES, QUESTIONS, CHANGES = range(9)
"""The pages, in their order."""
PAGES: Final = (
    *(
        _("How it ended"),
        _("One by one"),
        _("All acts"),
        _("Lines"),
        "Forecasts",
        "Channels",
        _("Curves"),
        _("Questions"),
    ),
    _("To change"),
)
SHORT: Final = (_("End"), _("Pairs"), _("All"), _("Lines"), _("Odds"), _("Paths"), _("Curves"), _("Ask"), _("Change"))
ABOUT: Final = {
    "gaps": PAIRS,
    "lines": LINES,
    "forecasts": FORECASTS,
    "channels": CHANNELS,
    "silence": CHANNELS,
    "readouts": CHANNELS,
    "commitments": CHANNELS,
    "tracks": COST,
    "standing": CURVES,
}
"""The page that a question is about."""
WORDS_OPEN, INTENT_OPEN, READING_OPEN = 1, 2, 3
"""How far an act is open."""
CROSSED_PLACE = 4
"""The place after both teams' lines, each of which takes two."""
ORDER_GUESSES_PLACE = 5
"""The place after that, where they were asked: how each side thought that the other orders offences."""
ORDERS_PLACE = 6
"""The place after that, or the same where nobody guessed: what each side takes gravely."""
Dealing: TypeAlias = Literal["contacts", "calls", "talks", "channels", "told"]
AUDIENCES_PLACE = 1
"""The place after the table of all acts: whom public words were for, where both sides said so of any."""


class Opening(Struct):
    """What is open, and where the room is."""

    page: int = COST
    pair: int = -1
    """−1 is the cover, before the first act."""
    places: dict[int, int] = field(default_factory=dict)
    """By page: where on it."""
    acts: dict[str, int] = field(default_factory=dict)
    """By act: how far it is open."""
    furthest: dict[int, int] = field(default_factory=dict)
    """By page: the place up to which it is open."""
    all_open: bool = False
    alone: Side | None = None
    """The team of the one person who looks at it, against a bot; None where there are more."""
    astray: bool = False
    """This terminal looks around by itself where the hotwash is led, and the facilitator's leads nobody."""

    @property
    def place(self) -> int:
        """Where on the page at hand."""
        return self.pair if self.page == PAIRS else self.places.get(self.page, 0)

    def disclosed_steps(self, pair: PairFacts) -> int:
        """How far an act is open."""
        return READING_OPEN if self.all_open else self.acts.get(name_of(pair), WORDS_OPEN)

    def is_open(self, place: int) -> bool:
        """Whether a place of the page at hand has been opened."""
        return self.all_open or place <= max(self.place, self.furthest.get(self.page, 0))

    def on(self, view: HotwashFacts) -> None:
        """Open the next thing: more of this act, the next act, line, forecast or question, and then the next page."""
        if self.page == PAIRS and 0 <= self.pair < len(view.pairs):
            pair = view.pairs[self.pair]
            if (far := self.disclosed_steps(pair)) < READING_OPEN:
                self.acts[name_of(pair)] = READING_OPEN if self.alone else far + 1
                return
        if self.place + 1 < last_of(self.page, view):
            self._go(self.place + 1)
        elif self.page < CHANGES:
            self.page += 1

    def back(self) -> None:
        """The place before, as open as it was left; from the first one the page before."""
        first = -1 if self.page == PAIRS else 0
        if self.place > first:
            self._go(self.place - 1)
        elif self.page > COST:
            self.page -= 1

    def to(self, pair: int) -> None:
        """Go to an act."""
        self.page, self.pair = PAIRS, pair

    def _go(self, place: int) -> None:
        if self.page == PAIRS:
            self.pair = place
        else:
            self.furthest[self.page] = max(self.furthest.get(self.page, 0), self.place, place)
            self.places[self.page] = place


def opening_for(seat: Reader, people: Collection[SeatName]) -> Opening:
    """The record as people are first shown it; one alone, who has just read how it ended, begins with the acts."""
    view, is_shared = seat.view(), len(people) > 1 or seat.company is not None
    if is_shared or not isinstance(view, TeamView) or not {other(view.side), "facilitator"} <= set(view.bots):
        return Opening()
    return Opening(page=PAIRS, alone=view.side)


def name_of(pair: PairFacts) -> str:
    """What an act is called in notes: side, turn, place in that side's list."""
    return f"{pair.side}/{pair.turn}/{pair.order}"


def last_of(page: int, view: HotwashFacts) -> int:
    """How many places a page has."""
    places = {
        PAIRS: len(view.pairs),
        ALL: AUDIENCES_PLACE + any(pair.audience and pair.taken_for for pair in view.pairs),
        LINES: ORDER_GUESSES_PLACE + bool(view.orders) + has_guessed_orders(view),
        FORECASTS: 2 * (len(forecast_turns(view)) + len(belief_parts(view))) + 1,
        CHANNELS: len(dealings(view)),
        QUESTIONS: max(len(view.questions), 1),
    }
    return places.get(page, 1)


def has_guessed_orders(view: HotwashFacts) -> bool:
    """Whether anybody guessed how the other side orders offences."""
    return any(order_facts.guessed_before or order_facts.guessed_after for order_facts in view.orders)


def dealings(view: HotwashFacts) -> tuple[Dealing, ...]:
    """What the page on channels tells, place by place."""
    optional_places: dict[Dealing, object] = {"calls": view.calls, "talks": view.talks}
    return ("contacts", *(place for place, entries in optional_places.items() if entries), "channels", "told")


def forecast_turns(view: HotwashFacts) -> tuple[int, ...]:
    """Turns for which somebody gave a forecast that has come due."""
    return tuple(sorted({score.turn for score in (*view.forecasts_us, *view.forecasts_china)}))


def belief_parts(view: HotwashFacts) -> tuple[Side, ...]:
    """The teams of whose card something was believed, each in two places."""
    return tuple([instruction.side for instruction in view.instructions])


def forecasts_for(view: HotwashFacts, turn: int) -> Iterator[tuple[Side, ForecastScoreFacts]]:
    """Both teams' forecasts for one turn."""
    for score in view.forecasts_us:
        if score.turn == turn:
            yield "us", score
    for score in view.forecasts_china:
        if score.turn == turn:
            yield "china", score
