"""Once play is over, by lines of text: how much of it our side did, and sentences on principles."""

from __future__ import annotations

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.closing_blocks import WHAT_IS_ASKED, principle_told, share_typed, to_accept, to_reword
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.console import Console
from crisis_sim.plain.typed import PromptOption, numeral

NEW = "new"


def share_said(console: Console, rest: str) -> a.ClaimShare:
    """How much of it our side did, as typed with the command or asked for."""
    return a.ClaimShare(share=share_typed(rest) if rest else console.number(WHAT_IS_ASKED, 0, 100))


def principle_put(console: Console, view: TeamView, say: Teller, rest: str) -> a.PutPrinciple:
    """A sentence of our own, or other words for one by its number, which may come first."""
    first, _space, words = rest.partition(" ")
    if numeral(first):
        return a.PutPrinciple(says=words or console.written(ASKED), number=int(first[:6]))
    if rest:
        return a.PutPrinciple(says=rest)
    put = {each.says for each in view.principles}
    options = [
        PromptOption(f"reword:{each.number}", each.says, console.words("other words"))
        for each in to_reword(view.principles)
    ]
    options += [
        PromptOption(f"given:{n}", says) for n, says in enumerate(map(say.of, say.dossier.sentences)) if says not in put
    ]
    kind, _colon, which = (
        console.pick("Which sentence?", options, none="one of our own") or NEW if options else NEW
    ).partition(":")
    if kind == "given":
        return a.PutPrinciple(says=say.of(say.dossier.sentences[int(which)]))
    return a.PutPrinciple(says=console.written(ASKED), number=int(which) if which else None)


def principle_accepted(console: Console, view: TeamView, say: Teller, rest: str) -> a.AcceptPrinciple | None:
    """One of theirs, by its number or as it is picked; None where there is none."""
    if numeral(rest):
        return a.AcceptPrinciple(number=int(rest[:6]))
    options = [
        PromptOption(str(each.number), principle_told(each, view.side, say))
        for each in to_accept(view.principles, view.side)
    ]
    if not options:
        console.tell("There is no sentence of theirs to accept.")
        return None
    return a.AcceptPrinciple(number=int(console.pick("Which sentence do we accept?", options) or 0))


ASKED = "One sentence that both sides could keep to in the next crisis."
