"""What a facilitator's page holds: the room and the plan, and beside them scores, reasons, guide and briefs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.pages.blocks import Block, Heading, prose
from crisis_sim.pages.briefing_blocks import guide_text, sounds_text
from crisis_sim.pages.console_blocks import room_blocks, scores_page, trace_blocks, waiting_blocks
from crisis_sim.pages.markdown_blocks import markdown_blocks
from crisis_sim.pages.plan_blocks import plan_blocks, plan_groups
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.traces import traces_told


def console_main(view: FacilitatorView, say: Teller) -> Iterator[tuple[str, str, Iterable[Block]]]:
    """The room, and what comes."""
    yield "room", say("The room"), (*waiting_blocks(view, say), *room_blocks(view, say))
    if view.phase not in ("hotwash", "closed"):
        yield "plan", say("Plan"), _plan(view, say)


def _plan(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    for head, _keys, group in plan_groups(view.msel):
        yield Heading(say(head), 3)
        if not group:
            yield prose(say("Nothing comes by itself."), "quiet")
        yield from plan_blocks(group, say)


def console_sides(view: FacilitatorView, say: Teller) -> Iterator[tuple[str, str, Iterable[Block]]]:
    """Numbers, why they moved, and what can be read."""
    yield "scores", say("Scores"), scores_page(view, say)
    yield "why", say("Why"), trace_blocks(reversed(traces_told(view.traces, say)), say)
    yield "guide", say("Guide"), markdown_blocks(guide_text(say))
    yield "sounds", say("How each may sound"), markdown_blocks(sounds_text(say))
    yield "public", say("The situation"), markdown_blocks(say.of(say.dossier.brief))
