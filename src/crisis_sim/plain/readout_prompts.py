"""A talk at the plain door, and publishing our account of it: of which, what came of it, and in what words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from crisis_sim.engine.actions import SealReadout
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.desk_blocks import our_account
from crisis_sim.pages.talk_blocks import MINUTES, TalkStage, other_end, sheet_blocks, talk_blocks, talk_due
from crisis_sim.pages.teller import Teller, head_for
from crisis_sim.plain.console import Console
from crisis_sim.plain.typed import PromptOption
from crisis_sim.wording import _

Talks: TypeAlias = dict[int, TalkStage]
READOUT: Final = _("publish our account of a private exchange")
OUTCOMES: Final = (("agreed", _("Agreed")), ("talked", _("Talked, without agreeing")), ("disagreed", _("Disagreed")))
"""What may come of an exchange."""


def tell_talk(
    console: Console, view: TeamView, stages: Talks, say: Teller, show: Callable[[Iterable[Block]], None]
) -> None:
    """A talk that both sides have agreed to, once: who sits there, what we want of it, and to talk now."""
    talk = talk_due(view, stages)
    if talk is not None and talk.answer is not None:
        stages[talk.number] = "over"
        show([*other_end(view, talk, say), *talk_blocks(talk.act, talk.answer, say), *sheet_blocks(view, talk, say)])
        console.tell(
            "Talk now, aloud, {n} minutes. Then {note} writes down what was said.", n=MINUTES, note=console.verb("note")
        )
        if talk.open:
            told = _("Type {readout} to seal what we publish of it; it comes out with the next moves.")
            console.tell(told, readout=console.verb("readout"))


def readout(console: Console, view: TeamView, say: Teller) -> SealReadout | None:
    """The account of one of the exchanges that wait for one; None where none does. Raises Back."""
    ready = [exchange for exchange in view.exchanges if exchange.open]
    if not ready:
        console.tell("There is no exchange to give a readout of.")
        return None
    options = [
        PromptOption(str(each.number), head_for(each.act, view.side, say), our_account(each, say)) for each in ready
    ]
    number = console.pick("Of which exchange?", options)
    outcomes = [PromptOption(name, console.words(label)) for name, label in OUTCOMES]
    outcome = console.pick("What came of it?", outcomes)
    tone = console.number("In what tone? -3 very friendly, 3 very hostile.", -3, 3)
    text = console.written("In what words? Type them in one line, or Enter for none.")
    result = next(name for name, _ in OUTCOMES if name == outcome)
    return SealReadout(exchange=int(number or 0), outcome=result, tone=tone, text=text)  # type: ignore[arg-type]  # one of OUTCOMES
