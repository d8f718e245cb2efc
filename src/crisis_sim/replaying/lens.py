"""Through whose eyes a log is looked at, and what numbers there are to see.

A team's lens is that team's view and nothing else: also *that* something happened shows only where its view has
changed, so that the other team's work at its desk leaves no gap in the count. The whole is the facilitator's view; a
story is that view where its narrator stops.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.events.event import MeterName
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView, View
from crisis_sim.numbers import points_text
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import HERE_FOR_MORE, Side
from crisis_sim.wording import Say, _

Lens: TypeAlias = Literal["us", "china", "whole", "dual", "story"]
LENSES: Final[Mapping[Lens, str]] = {
    "us": _("as the US saw it", "a lens"),
    "china": _("as China saw it", "a lens"),
    "whole": _("the whole", "a lens"),
    "dual": _("both sides", "a lens"),
    "story": _("as it is told", "a lens"),
}
"""A lens in words; they stand on every screen."""

SEATS: Final[dict[Lens, tuple[SeatName, ...]]] = {
    "us": ("us",),
    "china": ("china",),
    "whole": ("facilitator",),
    "dual": ("us", "china"),
    "story": ("facilitator",),
}
"""The seats whose views a lens is made of."""


def lens_name(lens: Lens, say: Say) -> str:
    """What a lens is called in the reader's language."""
    return say(LENSES[lens], "a lens")


class LensNumber(NamedTuple):
    """A number that a view shows."""

    meter: MeterName | Literal["belief"]
    subject: str
    """As events name it: a side, `side/line`, a channel, a track; empty for tension; `side/belief` of a belief."""
    name: str
    value: int
    """Hundredths; percent for readiness and beliefs."""
    maximum: int
    """The top of its scale."""
    minimum: int = 0

    @property
    def key(self) -> str:
        """What names it."""
        return f"{self.meter}:{self.subject}"

    def among_both(self, say: Translator, owner: str) -> LensNumber:
        """The same beside the other team's, under the name of whose it is where both have one."""
        if self.meter not in ("pressure", "standing", "trust", "expectation", "belief"):
            return self
        return self._replace(name=say("{who}: {what}", who=say(owner), what=self.name))

    def format_value(self, value: int | None) -> str:
        """A value of it as people read it."""
        if value is None:
            return "–"
        return f"{value}%" if self.meter in ("readiness", "belief") else points_text(value)


class LensCurve(NamedTuple):
    """How a number went, as far as the lens knows at the moment at hand."""

    number: LensNumber
    """As it stands there."""
    steps: tuple[tuple[int, int], ...]
    """Place in the lens, from 0, and value; the first may be later than 0."""
    until: int
    """The last place that is known: what comes later a team could not see."""

    def value_at(self, place: int) -> int | None:
        """The value at a place; None before there was one, and where it is not known."""
        latest = None
        for since, value in self.steps if place <= self.until else ():
            if since > place:
                break
            latest = value
        return latest


ORDER: Final = ("tension", "felt", "standing", "trust", "expectation", "belief", "pressure", "readiness", "track")
"""Meters in the order in which their curves stand."""
HIGHEST: Final = 10_000
"""The top of tension, in hundredths."""
FULL: Final = 1_000
"""The top of trust and standing."""

FELT: Final = {"us": _("felt by the US"), "china": "felt by China"}
"""What each side's felt tension is called."""


def numbers_of(view: View, say: Translator) -> tuple[LensNumber, ...]:
    """Every number of a view that is drawn as a curve."""
    if isinstance(view, TeamView):
        return (*_scores(view, say), *_of_team(view, say), *_shared(view, say))
    if isinstance(view, FacilitatorView):
        return (*_scores(view, say), *_of_facilitator(view, say), *_shared(view, say))
    return _scores(view, say)


def build_number_steps(numbers: Iterable[tuple[int, LensNumber]]) -> tuple[tuple[tuple[int, LensNumber], ...], ...]:
    """For each number, every place at which it was another, in the order of the screen."""
    went: dict[str, list[tuple[int, LensNumber]]] = {}
    for place, number in numbers:
        steps = went.setdefault(number.key, [])
        if not steps or steps[-1][1] != number:
            steps.append((place, number))
    return tuple(map(tuple, sorted(went.values(), key=lambda steps: ORDER.index(steps[0][1].meter))))


def _scores(view: View, say: Translator) -> tuple[LensNumber, ...]:
    """Tension and what was felt, where the view shows them."""
    if view.score is None:
        return ()
    return (
        LensNumber("tension", "", say("tension"), view.score.tension, HIGHEST),
        *(
            LensNumber("felt", side_score.side, say(FELT[side_score.side]), side_score.felt, HIGHEST)
            for side_score in view.score.sides
        ),
    )


def _of_team(view: TeamView, say: Translator) -> tuple[LensNumber, ...]:
    side = view.side
    return (
        LensNumber("standing", side, say("standing at home"), view.standing, FULL),
        LensNumber("trust", side, say("trust in the other side"), view.trust, FULL),
        *_expected(side, say("what home expects of calls"), view.expectation),
        *(
            LensNumber("pressure", f"{side}/{line.id}", say.localize(line.says), line.pressure, line.limit)
            for line in view.lines
            if line.adopted and line.kind == "pink"
        ),
        *(
            LensNumber("belief", side, say.forecast(forecast.id), chance, 100)
            for forecast in view.forecasts
            if forecast.id == HERE_FOR_MORE
            and (chance := forecast.before if forecast.chance is None else forecast.chance) is not None
        ),
    )


def _of_facilitator(view: FacilitatorView, say: Translator) -> tuple[LensNumber, ...]:
    boards = ((view.us, say("US")), (view.china, say("China")))
    numbers = []
    for board, owner in boards:
        numbers.append(LensNumber("standing", board.side, say("{who}: standing", who=owner), board.standing, FULL))
        numbers.append(LensNumber("trust", board.side, say("{who}: trust", who=owner), board.trust, FULL))
        name = say("{who}: {what}", who=owner, what=say("what home expects of calls"))
        numbers += _expected(board.side, name, board.expectation)
        if board.belief is not None:
            name = say("{who}: {what}", who=owner, what=say.forecast(HERE_FOR_MORE))
            numbers.append(LensNumber("belief", board.side, name, board.belief, 100))
    numbers += [
        LensNumber(
            "pressure",
            f"{board.side}/{line.id}",
            say("{who}: {what}", who=owner, what=say.localize(line.says)),
            line.pressure,
            line.limit,
        )
        for board, owner in boards
        for line in board.lines
        if line.adopted and line.kind == "pink"
    ]
    return tuple(numbers)


def _expected(side: Side, name: str, value: int | None) -> list[LensNumber]:
    """What home expects of calls, where it is asked what one is for."""
    return [] if value is None else [LensNumber("expectation", side, name, value, 100)]


def _shared(view: TeamView | FacilitatorView, say: Translator) -> tuple[LensNumber, ...]:
    """Channels and what is at stake."""
    tracks = ((track, say.dossier.tracks[track.id]) for track in view.tracks)
    return (
        *(
            LensNumber("readiness", channel.id, say.channel(channel.id), channel.readiness, 100)
            for channel in view.channels
        ),
        *(
            LensNumber("track", track.id, say.localize(definition.name), track.value, definition.most, definition.least)
            for track, definition in tracks
        ),
    )
