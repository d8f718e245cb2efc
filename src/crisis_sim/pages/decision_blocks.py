"""What a team does with a conclusion that it has drawn, as blocks and words: what is asked, and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.views import BlockedMove, DecisionFacts
from crisis_sim.pages.blocks import Block, Column, Row, Span, Table
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import ConclusionAnswer
from crisis_sim.wording import Say, _

COLUMNS: Final = (Column("", is_wide=True), Column(""))
"""What it is, and how far it has come."""
ANSWERS: Final[Mapping[ConclusionAnswer, str]] = {
    "tell": _("Tell them what we believe"),
    "ask": _("Ask them what they mean by it"),
    "hold": _("Hold as we are"),
    "prepare": _("Prepare for what may come"),
}
"""What can be done with a conclusion."""
ANSWERED: Final[Mapping[ConclusionAnswer, str]] = {
    "tell": _("tell them"),
    "ask": _("ask them"),
    "hold": _("hold still"),
    "prepare": _("prepare"),
}
"""The same in a word or two."""


def decision_blocks(decisions: Iterable[DecisionFacts], say: Teller) -> Iterator[Block]:
    """Conclusions that ask what we do with them, each with what we have said."""
    for each in decisions:
        head = say("A voice at home asks: what do we do about “{line}”?", line=bare(each.says, say))
        said = say("not decided yet") if each.answer is None else say(ANSWERED[each.answer])
        status = Span(said, "bad" if each.answer is None else "good")
        yield Table(COLUMNS, (Row((Span(head), status), say("{head}: {text}", head=head, text=said), key_of(each)),))


def key_of(each: DecisionFacts) -> str:
    """What a decision is picked by."""
    return f"decision:{each.line}"


def bare(says: Mapping[str, str], say: Teller) -> str:
    """A line's words without their stop."""
    return say.of(says).rstrip(".。")


def asked(each: DecisionFacts, say: Teller) -> str:
    """What a voice at home asks."""
    return say(
        "A voice at home: “We have seen enough; all of it points one way. They are coming for: {red}. What do we do?”",
        red=bare(each.leads_to, say),
    )


def how(answer: ConclusionAnswer, blocked: Iterable[BlockedMove], say: Teller) -> str:
    """By which moves an answer is carried out, or that none is needed; those that can't be made now stay out."""
    moves = open_moves(answer, blocked, say)
    if moves:
        return say("by: {moves}", moves=say("; ").join(map(say.move, moves)))
    if say.dossier.answers[answer]:
        return say("no move that does it can be made now")
    return say("no move goes out for it; it is what we do if we say nothing")


def open_moves(answer: ConclusionAnswer, blocked: Iterable[BlockedMove], say: Teller) -> list[str]:
    """The moves that carry an answer out and can be made now."""
    shut = {each.move for each in blocked}
    return [move for move in say.dossier.answers[answer] if move not in shut]


def answer_told(answer: ConclusionAnswer, said: bool, say: Say) -> str:
    """What a team did with a conclusion, in a clause."""
    if not said:
        return say("no answer was given, and so it held")
    return say("it chose to {answer}", answer=say(ANSWERED[answer]))
