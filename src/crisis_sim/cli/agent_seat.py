"""A seat that a language model plays: one that was joined from here, or one that a command seats a model at.

The key of its endpoint comes from the environment. What it is asked and says is kept in a file of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crisis_sim.agents.agent_line import KEY, AgentLine, parse_agent_line
from crisis_sim.cli.ending import run_loop, stopping, tell
from crisis_sim.cli.language import language, say
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.pages.reader import SeatReader
from crisis_sim.rules.names import Language
from crisis_sim.session.folder import asked_of_model
from crisis_sim.session.seat import Seat
from crisis_sim.session.session import Session
from crisis_sim.wording import failure

if TYPE_CHECKING:
    from crisis_sim.agents.model_player import ModelPlayer
    from crisis_sim.rooms.remote import Remote

AGENT_PREFIX: Final = "agent:"
"""Before the line of a model, where the name of a bot could stand."""


def named_agent(text: str) -> AgentLine:
    """The model that a command names. Raises UnreadableInput, also where none could be asked."""
    if find_spec("httpx") is None:
        raise UnreadableInput(
            "extra/agents",
            "a model is asked with httpx, which is not installed",
            hint='pip install "crisis-sim[agents]"',
        )
    return parse_agent_line(text.removeprefix(AGENT_PREFIX))


def model_at(
    seat: Seat,
    spoken: Language,
    line: AgentLine,
    transcript_path: Path,
    trouble: Callable[[CrisisSimError], None] = lambda _: None,
) -> ModelPlayer:
    """A model at a seat."""
    from crisis_sim.agents.endpoint import Endpoint
    from crisis_sim.agents.model_player import ModelPlayer
    from crisis_sim.agents.transcript import Transcript

    endpoint = Endpoint(line, os.environ.get(KEY, ""))
    return ModelPlayer(SeatReader(seat, spoken), endpoint, Transcript(transcript_path), trouble)


def model_of(session: Session, seat: SeatName, spoken: Language, line: AgentLine) -> ModelPlayer:
    """A model that a command has seated at a team of `session`."""
    return model_at(session.seat(seat), spoken, line, asked_of_model(session.path, seat))


def played_by_model(remote: Remote, line: AgentLine) -> int:
    """Let a model play a seat that was joined until the hotwash. Raises ModelGaveUp."""

    def trouble(failed: CrisisSimError) -> None:
        tell(*failure(failed, language()))

    async def play() -> None:
        async with remote as seat:
            view = seat.view()
            if not isinstance(view, TeamView) or view.side not in view.bots:
                raise UnreadableInput(
                    "usage/agent-seat",
                    "this place is kept for people, and no model plays there",
                    hint="whoever hosts opens one for a program: crisis-sim host SCENARIO --china agent",
                )
            transcript_path = asked_of_model(Path(view.session), view.side)
            tell(
                say("A model plays this seat. All that is asked of it is kept here: {file}", file=str(transcript_path))
            )
            await model_at(seat, language(), line, transcript_path, trouble).play()
            tell(say("The model has played this seat to its end."))

    with stopping():
        run_loop(play())
    return 0
