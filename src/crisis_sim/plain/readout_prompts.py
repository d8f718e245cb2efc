"""Publishing our account of a private exchange, at the plain door: of which, what came of it, and in what words."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.actions import SealReadout
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.desk_blocks import our_account
from crisis_sim.pages.teller import Teller, head_for
from crisis_sim.plain.console import Console, PromptOption
from crisis_sim.wording import _

OUTCOMES: Final = (("agreed", _("Agreed")), ("talked", _("Talked, without agreeing")), ("disagreed", _("Disagreed")))
"""What may come of an exchange."""


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
    text = console.ask("In what words? Type them in one line, or Enter for none.")
    result = next(name for name, _ in OUTCOMES if name == outcome)
    return SealReadout(exchange=int(number or 0), outcome=result, tone=tone, text=text)  # type: ignore[arg-type]  # one of OUTCOMES
