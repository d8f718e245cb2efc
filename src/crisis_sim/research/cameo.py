"""Acts as the event data of international relations has them: who did what to whom, by CAMEO, with Goldstein's weight.

What was meant to be is kept apart from what was: to propose, ask, offer or agree is an event of its own, and a call,
a meeting or a text is one only where both took it. What never arrived happened between nobody. `cameo_moves.csv` has
the code of each move of the shipped catalogue, `cameo_codes.csv` what a code says. Codes and sections are those of the
code book 1.1b3 (Schrodt 2012), where root NN is section 2.NN; weights are Goldstein's (1992) as GDELT maps them to
CAMEO, and stay empty where that map has none. Events are of four classes, as there: words and deeds, of cooperation and
of conflict.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

from crisis_sim.engine.events import ActKey
from crisis_sim.engine.state import Request, Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import Hours
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import SIDES, Side, other

COUNTRIES: Final[Mapping[Side, str]] = {"us": "USA", "china": "CHN"}
HOST: Final = "HSTGOV"
"""The third state of a scenario; it is invented, so CAMEO has no code for it."""
FALLBACK: Final[Mapping[str, str]] = {
    "contact": "030",
    "reassure": "010",
    "cooperate": "030",
    "restrain": "035",
    "inform": "010",
    "protest": "110",
    "coerce": "130",
    "force": "150",
}
"""By family: how a move is coded that is in no table and whose pack gives it no code."""
_CODE: Final = re.compile("(0[1-9]|1[0-9]|20)[0-9]{0,2}")


class CameoCode(NamedTuple):
    """A code of CAMEO."""

    code: str
    event: str
    """What it says; empty for a code of a pack that is not in the table."""
    goldstein: float | None

    @property
    def root(self) -> str:
        """The cue category, 01–20."""
        return self.code[:2]

    @property
    def quad(self) -> int:
        """1 words and 2 deeds of cooperation, 3 words and 4 deeds of conflict."""
        return sum(int(self.root) > last for last in (5, 8, 13)) + 1

    @property
    def source(self) -> str:
        """Where it stands."""
        return f"CAMEO 1.1b3, 2.{int(self.root)}"


class Coding(NamedTuple):
    """The codes of a move."""

    to: Literal["other", "host"]
    """Whom it is done to."""
    sent: str
    """By sending it."""
    agreed: str
    """By accepting it; empty where the accepting move has its own."""
    refused: str
    meeting: str
    """What took place because it was accepted; empty where nothing is on record but the acceptance."""
    meeting_by_other: str
    origin: Literal["table", "pack", "family"]
    """Where the code is from."""


class CameoEvent(NamedTuple):
    """One event."""

    key: ActKey
    """The act that made it: of what was held, each side's own."""
    hour: Hours
    source: str
    target: str
    code: CameoCode
    stage: Literal["act", "result"]
    is_private: bool
    origin: Literal["table", "pack", "family"]


@cache
def codes() -> Mapping[str, CameoCode]:
    """The codes that are used, by code."""
    return {
        row["code"]: CameoCode(row["code"], row["event"], float(row["goldstein"]) if row["goldstein"] else None)
        for row in _read("cameo_codes.csv")
    }


@cache
def catalogue() -> Mapping[str, Coding]:
    """The moves of the shipped catalogue by id."""
    return {
        row.pop("move"): Coding(**row, origin="table")  # type: ignore[arg-type]  # as the file's head says
        for row in _read("cameo_moves.csv")
    }


def _read(name: str) -> Iterator[dict[str, str]]:
    text = files("crisis_sim.research").joinpath(name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


def code_of(code: str) -> CameoCode:
    """What is known of a code."""
    return codes().get(code) or CameoCode(code, "", None)


def coding_of(name: str, move: Move) -> Coding:
    """How a move is coded: by the table, else by the code that its pack gives it, else by its family."""
    if name in catalogue():
        return catalogue()[name]
    if move.cameo is not None and _CODE.fullmatch(move.cameo):
        return Coding("other", move.cameo, "", "", "", "", "pack")
    return Coding("other", FALLBACK[move.family], "", "", "", "", "family")


def act_code(sent: Sent, state: State, table: GameTable) -> str:
    """The code of an act: an answer's by what it answers, since CAMEO has none for a bare yes or no."""
    act = sent.act
    own = coding_of(act.move, table.moves[act.move]).sent
    if act.answers is None or act.answer not in ("accept", "decline"):
        return own
    asked = state.sent(act.answers).act.move
    coding = coding_of(asked, table.moves[asked])
    return (coding.agreed if act.answer == "accept" else coding.refused) or own


def events(state: State, table: GameTable) -> Iterator[CameoEvent]:
    """All events between the two and from each to the host: acts that arrived, then what took place."""
    for key, sent in state.acts.items():
        if sent.arrived:
            coding = coding_of(sent.act.move, table.moves[sent.act.move])
            code = act_code(sent, state, table)
            yield _event(sent, key, sent.act.hour, coding, code, "act", _is_private(sent))
    for request in state.requests:
        if request.how == "accept":
            yield from _held(request, request.answer or request.act, state, table)


def _held(request: Request, answer: ActKey, state: State, table: GameTable) -> Iterator[CameoEvent]:
    """What took place, as each side had it, in the hour in which the asker had the answer."""
    asked, answered = state.sent(request.act), state.sent(answer)
    coding = coding_of(asked.act.move, table.moves[asked.act.move])
    if not coding.meeting:
        return
    hour = next(item.hour for side in SIDES for item in state.team(side).inbox if item.act == answer)
    is_private = _is_private(asked) and _is_private(answered)
    yield _event(asked, request.act, hour, coding, coding.meeting, "result", is_private)
    if answer != request.act:  # what stood with nobody asked has no act of the other side
        yield _event(asked, answer, hour, coding, coding.meeting_by_other, "result", is_private)


def _event(
    sent: Sent, key: ActKey, hour: Hours, coding: Coding, code: str, stage: Literal["act", "result"], is_private: bool
) -> CameoEvent:
    """An event of whoever's act `key` is, over the channel of `sent`."""
    role = "" if sent.act.track == "2" else "GOV"
    target = HOST if coding.to == "host" else COUNTRIES[other(key[0])] + role
    return CameoEvent(key, hour, COUNTRIES[key[0]] + role, target, code_of(code), stage, is_private, coding.origin)


def _is_private(sent: Sent) -> bool:
    """Nobody but the two had it."""
    return sent.act.visibility == "private" and sent.act.outcome != "leaked"
