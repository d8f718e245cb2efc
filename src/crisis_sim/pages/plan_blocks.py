"""The facilitator's plan as blocks: each inject with its hour, its state, and on what it waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.pages.blocks import Block, Paragraph, Span, Tone, line
from crisis_sim.pages.seat_pages import InjectView
from crisis_sim.wording import Say, _
from crisis_sim.wording.names import SIDES

STATES: Final[Mapping[str, tuple[str, Tone]]] = {
    "past": (_("delivered"), "quiet"),
    "due": (_("comes next turn"), "new"),
    "planned": (_("planned"), "quiet"),
    "contingent": (_("if its condition holds"), "quiet"),
    "by-hand": (_("by hand"), "strong"),
    "held": (_("held"), "bad"),
    "skipped": (_("skipped"), "quiet"),
    "not-in-length": (_("not in this length"), "quiet"),
    "expired": (_("its time has passed"), "quiet"),
}
"""A word for each state of an inject."""
OVER: Final = ("past", "skipped", "expired", "not-in-length")


def plan_blocks(msel: Iterable[InjectView], say: Say) -> Iterator[Block]:
    """Every inject in its order."""
    for inject in msel:
        to = "" if inject.to == "both" else f" → {say(SIDES[inject.to])}"
        state, tone = inject_state(inject, say)
        title = Span(inject.title + to, "quiet" if inject.state in OVER else "strong")
        yield Paragraph(
            line(title, say("{head}: {text}", head="", text=""), Span(state, tone)),
            key=f"inject:{inject.id}",
            lead=line(Span(f"T+{inject.at}", "quiet")),
        )


def inject_state(inject: InjectView, say: Say) -> tuple[str, Tone]:
    """Where an inject stands, and on what it still waits."""
    state, tone = STATES[inject.state]
    if not inject.condition or inject.state in OVER:
        return say(state), tone
    waits = say("only if: {condition}", condition=inject.condition)
    return (waits if inject.state == "contingent" else say("{told}, {word}", told=say(state), word=waits)), tone


def inject_facts(inject: InjectView, say: Say) -> list[str]:
    """Everything that is planned for an inject, in sentences."""
    hour, (state, _tone) = f"T+{inject.at}", inject_state(inject, say)
    facts = [say("{head}: {text}", head=hour, text=state), say("To watch: ") + inject.note]
    if inject.text_us == inject.text_china:
        facts.append(say("Words: ") + inject.text_us)
    else:
        facts += [say("Words for US: ") + inject.text_us, say("Words for China: ") + inject.text_china]
    return [*facts, say("US may read it as: ") + inject.reads_us, say("China may read it as: ") + inject.reads_china]
