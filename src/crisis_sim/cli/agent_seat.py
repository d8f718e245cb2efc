"""A joined seat that a language model plays: what it needs, its key from the environment, and its file beside."""

from __future__ import annotations

import asyncio
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from crisis_sim.cli.ending import stopping, tell
from crisis_sim.cli.language import language, say
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.pages.reader import SeatReader
from crisis_sim.rooms.remote import Remote
from crisis_sim.wording import failure

KEY: Final = "CRISIS_SIM_AGENT_KEY"
"""The variable of the environment that holds the key of the endpoint."""


def needs_agent(url: str, model: str) -> None:
    """Raise UnreadableInput where a model could not be asked."""
    if find_spec("httpx") is None:
        raise UnreadableInput(
            "extra/agents", "--agent needs httpx, which is not installed", hint='pip install "crisis-sim[agents]"'
        )
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_one = False
    if not is_one or not model:
        raise UnreadableInput(
            "usage/agent",
            "--agent takes the address of an endpoint, and --model the name of a model there",
            hint="--agent http://127.0.0.1:8000/v1 --model NAME; a key stands in {key}",
            key=KEY,
        )


def played_by_model(remote: Remote, url: str, model: str, temperature: float) -> int:
    """Let a model play the seat until the hotwash."""
    from crisis_sim.agents.endpoint import Endpoint
    from crisis_sim.agents.model_player import ModelPlayer
    from crisis_sim.agents.transcript import Transcript

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
            transcript = Transcript(Path(f"{view.session}-{seat.name}.agents.jsonl"))
            tell(
                say("A model plays this seat. All that is asked of it is kept here: {file}", file=str(transcript.path))
            )
            endpoint = Endpoint(url, model, temperature, os.environ.get(KEY, ""))
            player = ModelPlayer(SeatReader(seat, language()), endpoint, transcript, trouble)
            await player.play()
            tell(say("The model has played this seat to its end."))

    with stopping():
        asyncio.run(play())
    return 0
