"""Recorded sessions that hold the scores still while the code around them changes.

Each session is a list of actions that bots once took, none of them over an unofficial channel, with what each action
changed in the scores. `python -m tests.ruler.recorded` writes the file anew; that is done only when scores are meant to
change.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from tests.bots import bots_at

from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide_with_state
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.engine.views.seats import lazy_view_for
from crisis_sim.errors import ActionRefused
from crisis_sim.playtest.bots import play_out

SESSIONS: Final = Path(__file__).with_name("sessions.jsonl.gz")
SCENARIOS: Final = tuple(sorted(path.parent.name for path in Path("scenarios").glob("*/scenario.yaml")))
LENGTHS: Final = (45, 90, 150)
PAIRS: Final = (("attentive", "human-like"), ("random", "random"), ("salami", "firm"))
UNOFFICIAL: Final = frozenset({"track-two", "track-one-half"})
SCORES: Final = ("tension", "felt", "trust", "standing", "expectation", "pressure", "tracks", "readiness")


class RecordedSession(msgspec.Struct):
    """One session: how it is set up, each action with its seat, and the scores that each action changed."""

    scenario: str
    length: int
    seed: str
    actions: list[tuple[a.SeatName, dict[str, Any]]]
    changes: list[dict[str, int]]
    """After each action: new values, in hundredths as the state holds them, by `score` or `score/key`."""


@cache
def material(scenario: str) -> Material:
    """A shipped scenario, loaded once."""
    return load_material(scenario)


def table_of(recorded: RecordedSession) -> GameTable:
    """The table at which a recorded session is played."""
    return build_table(material(recorded.scenario), seed=recorded.seed, length=recorded.length, session="ruler")


def scores(state: State) -> dict[str, int]:
    """Every score of a state, by name."""
    values: dict[str, int] = {}
    for name in SCORES:
        value = getattr(state, name)
        if isinstance(value, dict):
            values.update({f"{name}/{key}": number for key, number in value.items()})
        else:
            values[name] = value
    return values


def replayed_changes(recorded: RecordedSession) -> Iterator[dict[str, int]]:
    """What each recorded action changes in the scores when it is done again."""
    table = table_of(recorded)
    state, before = opening_state(table), dict[str, int]()
    for seat, action in recorded.actions:
        _, state = decide_with_state(state, seat, msgspec.convert(action, a.AnyAction), table)
        after = scores(state)
        yield {name: value for name, value in after.items() if before.get(name) != value}
        before = after


def read_sessions() -> list[RecordedSession]:
    """The recorded sessions."""
    lines = gzip.decompress(SESSIONS.read_bytes()).splitlines()
    return [msgspec.json.decode(line, type=RecordedSession) for line in lines]


def _plain(action: a.AnyAction) -> dict[str, Any]:
    """An action as plain values; a draft without what it leaves at its default."""
    fields: dict[str, Any] = msgspec.to_builtins(action)
    if "draft" in fields:
        fields["draft"] = {
            name: value for name, value in fields["draft"].items() if value is not None and value not in ("", [])
        }
    return fields


def record(scenario: str, length: int, pair: tuple[str, str]) -> RecordedSession:
    """Let two bots play a session, without what they would do over unofficial channels."""
    recorded = RecordedSession(scenario, length, f"{length}-{pair[0]}", [], [])
    table = table_of(recorded)
    unofficial = {name for name, channel in table.scenario.channels.items() if channel.kind in UNOFFICIAL}
    state = opening_state(table)

    def submit(seat: a.SeatName, action: a.AnyAction) -> None:
        nonlocal state
        if isinstance(action, a.SealMove):
            draft = action.draft
            if draft.channel in unofficial or draft.about in unofficial:
                return
        if isinstance(action, a.AskCloser) and action.channel in unofficial:
            return
        try:
            _, state = decide_with_state(state, seat, action, table)
        except ActionRefused as refusal:
            if refusal.code != "move/few":
                raise
            press = next(name for name, channel in table.scenario.channels.items() if channel.kind == "press")
            words = a.Draft(
                move="fact-statement", channel=press, visibility="public", text="-", expected=0, audience="them"
            )
            submit(seat, a.SealMove(draft=words))
            submit(seat, action)
            return
        recorded.actions.append((seat, _plain(action)))

    players = bots_at(table, (pair[0], f"us-{length}"), (pair[1], f"china-{length}"))
    policies: dict[a.SeatName, str] = {"us": pair[0], "china": pair[1], "facilitator": "auto"}
    for seat, policy in policies.items():
        submit(seat, a.TakeSeat(occupant="bot", policy=policy))
    play_out(players, lambda seat: lazy_view_for(state, table, seat), submit, waits_for=lambda: waiting_for(state))
    recorded.changes = list(replayed_changes(recorded))
    return recorded


if __name__ == "__main__":
    encoder = msgspec.json.Encoder()
    sessions = [record(scenario, length, pair) for scenario in SCENARIOS for length in LENGTHS for pair in PAIRS]
    SESSIONS.write_bytes(gzip.compress(b"\n".join(encoder.encode(session) for session in sessions), mtime=0))
    print(len(sessions), sum(len(s.actions) for s in sessions), SESSIONS.stat().st_size)
