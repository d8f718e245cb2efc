"""What a team makes of a talk: a note for itself, and the account that it publishes."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from msgspec.structs import replace

from crisis_sim.engine.actions import SealReadout, TakeNote
from crisis_sim.engine.sight.views import ExchangeFacts
from crisis_sim.pages.desk_blocks import account_warnings
from crisis_sim.pages.phrases import valued
from crisis_sim.pages.talk_blocks import ASKED, NOTED
from crisis_sim.pages.teller import head_for
from crisis_sim.pages.turn_forms import OUTCOMES
from crisis_sim.tui.dialogs import Choose, DialogOption, Write
from crisis_sim.tui.frame import TeamSeatScreen

ExchangeOutcome: TypeAlias = Literal["agreed", "talked", "disagreed"]


async def read_out(screen: TeamSeatScreen, exchange: ExchangeFacts) -> None:
    """Ask what came of an exchange, in what tone and words, and seal that; words that are refused are kept."""
    say, written = screen.say, screen.unsealed.written
    head, name = head_for(exchange.act, screen.team.side, say), f"readout {exchange.number}"
    outcomes = [DialogOption(each, say(says)) for each, says in OUTCOMES.items()]
    told = "\n\n".join((head, *account_warnings(screen.team, say)))
    outcome = await screen.app.push_screen_wait(Choose(say("What do we publish of it?"), outcomes, say, sentence=told))
    if outcome is None:
        return
    tones = [DialogOption(str(n), valued(n, say)) for n in range(-3, 4)]
    tone = await screen.app.push_screen_wait(Choose(say("In what tone?"), tones, say, sentence=head))
    if tone is None:
        return
    text = await screen.app.push_screen_wait(Write(say("Our words to the press"), say, written, name, sentence=head))
    if text is not None:
        kind = cast(ExchangeOutcome, outcome)
        if not await screen.send(SealReadout(exchange=exchange.number, outcome=kind, tone=int(tone), text=text)):
            written[name] = text


async def write_note(screen: TeamSeatScreen, title: str) -> None:
    """Write something down; words that are refused are kept."""
    await _noted(screen, TakeNote(text=""), title, "note")


async def note_talk(screen: TeamSeatScreen, exchange: ExchangeFacts) -> None:
    """Note what was said in a talk, likewise."""
    note, name = TakeNote(text="", about="talk", of=str(exchange.number)), f"noted {exchange.number}"
    await _noted(screen, note, screen.say(ASKED), name, screen.say(NOTED))


async def _noted(screen: TeamSeatScreen, note: TakeNote, title: str, name: str, sentence: str = "") -> None:
    written = screen.unsealed.written
    text = await screen.app.push_screen_wait(Write(title, screen.say, written, name, sentence=sentence))
    if text is not None and not await screen.send(replace(note, text=text)):
        written[name] = text
