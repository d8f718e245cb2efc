"""A first time by lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.first_time import MOVES, SCENES, FirstTime, Scene, first_time_blocks
from crisis_sim.pages.form import FormField, FormOption
from crisis_sim.pages.move_form import scale_options
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.fields import FieldPrompt, pick
from crisis_sim.wording import _

QUESTIONS: Final[Mapping[Scene, str]] = {
    "intent": _("How do we mean it?"),
    "expected": _("How do we expect them to take it?"),
    "reading": _("How do we take it?"),
}


def play_first_time(console: Console) -> bool:
    """Scene by scene, until the last has been read or somebody leaves; whether somebody wants to play alone then."""
    earlier: list[FirstTime] = []
    state = FirstTime()
    while True:
        for line in lines_of(first_time_blocks(state, console.words), console.words):
            console.say(line)
        if state.scene == SCENES[-1]:
            return wants_to_play(console)
        try:
            answer = _answer(state, console)
        except Back:
            state = earlier.pop() if earlier else state
        except Quit:
            return False
        else:
            earlier.append(state)
            state = state.on(answer)
        console.say()


def wants_to_play(console: Console) -> bool:
    """Ask whether to play alone now."""
    try:
        console.confirm(_("Play a session alone now, 45 minutes, against a team that listens?"))
    except (Back, Quit):
        return False
    return True


def _answer(state: FirstTime, console: Console) -> int:
    """What somebody says in a scene; 0 where nothing is asked but to go on. Raises Back or Quit."""
    if state.scene == "move":
        say = console.words
        options = [FormOption(str(n), say(move.name), say(move.text)) for n, move in enumerate(MOVES)]
        return int(pick(console, _("What do you do?"), options))
    if state.scene in QUESTIONS:
        places = tuple(scale_options(console.words))
        field = FormField(state.scene, "one", console.words(QUESTIONS[state.scene]), options=places, scale=True)
        return int(str(FieldPrompt(console, field).ask().answer))
    console.ask(_("Enter goes on, {quit} leaves."), quit=console.verb("quit"))
    return 0
