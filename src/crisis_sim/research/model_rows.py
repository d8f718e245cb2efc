"""What exports say of language models: which played, how asking them went, and who made each act and each reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from crisis_sim.engine.actions import AGENT, ModelReport
from crisis_sim.engine.events import ActKey, ActSent, ReadingSealed, SeatTaken
from crisis_sim.engine.state import State
from crisis_sim.research.columns import ExportValue
from crisis_sim.rules.names import SIDES
from crisis_sim.session.log import Log, acts_by_harness


class Sources(NamedTuple):
    """Who made each act and each reading: person, bot, model, program or harness."""

    acts: Mapping[ActKey, str]
    readings: Mapping[ActKey, str]
    """By the act that was read."""


def sources_of(log: Log, state: State) -> Sources:
    """Who sat at a team's seat when an act was sent or a reading sealed; the harness where that made the act."""
    reported = {event.side for event in state.models}
    occupants: dict[str, str] = dict.fromkeys(SIDES, "person")
    acts, readings = dict[ActKey, str](), dict[ActKey, str]()
    for event in (event for entry in log.entries for event in entry.events):
        match event:
            case SeatTaken(seat=seat, occupant="person"):
                occupants[seat] = "person"
            case SeatTaken(seat=seat, policy=policy):
                occupants[seat] = "bot" if policy != AGENT else "model" if seat in reported else "program"
            case ActSent(act=act):
                acts[act.key] = "harness" if act.intent is None else occupants[act.side]
            case ReadingSealed(side=side, act=key):
                readings[key] = occupants[side]
            case _:
                pass
    return Sources(acts, readings)


def model_cells(log: Log, state: State) -> Iterator[ExportValue]:
    """The columns of `sessions` from `model_us` to `gave_up_china`."""
    by_harness = acts_by_harness(log.entries)
    reports = {side: [event.report for event in state.models if event.side == side] for side in SIDES}
    for cell in _CELLS:
        yield from (cell(reports[side], by_harness[side]) for side in SIDES)


_Cell = Callable[[Sequence[ModelReport], int], ExportValue]


def _names(field: Callable[[ModelReport], str]) -> _Cell:
    return lambda reports, _by_harness: _joined(map(field, reports))


def _joined(texts: Iterable[str]) -> str:
    """Different texts in their order, joined by a blank."""
    return " ".join(dict.fromkeys(filter(None, texts)))


def _sum(field: Callable[[ModelReport], int]) -> _Cell:
    return lambda reports, _by_harness: sum(map(field, reports)) if reports else None


_CELLS: Final[Sequence[_Cell]] = (
    _names(lambda report: report.model),
    _names(lambda report: report.settings),
    _names(lambda report: report.prompt[:12]),
    _names(lambda report: report.answered_as),
    _names(lambda report: report.fingerprint),
    _sum(lambda report: report.questions),
    _sum(lambda report: report.tries),
    _sum(lambda report: report.unusable),
    lambda reports, by_harness: by_harness if reports or by_harness else None,
    _sum(lambda report: report.tokens_in),
    _sum(lambda report: report.tokens_out),
    lambda reports, _by_harness: any(report.gave_up for report in reports) if reports else None,
)
"""What each column says of the reports of a side's models, in the order of the table."""
