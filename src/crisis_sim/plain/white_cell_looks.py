"""What the facilitator can look at, within every question too: boards, acts, scores, channels, notes, guide, briefs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.briefing_blocks import earlier_blocks, guide_text, sounds_text
from crisis_sim.pages.channel_blocks import agenda_blocks, channel_blocks
from crisis_sim.pages.console_blocks import act_blocks, board_blocks, call_blocks, note_blocks, record_blocks
from crisis_sim.pages.standing_blocks import score_blocks, track_blocks
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.desk import Sight, sight_of
from crisis_sim.plain.prose_lines import prose as markdown
from crisis_sim.wording import _


def _boards(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    for board in (view.us, view.china):
        yield from board_blocks(board, view, say, detailed=True)


def _acts(view: FacilitatorView, say: Teller) -> Iterable[Block]:
    return act_blocks(view.acts, say)


def _scores(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    if view.score is not None:
        yield from score_blocks(view.score, say)
    yield from track_blocks(view.tracks, say)


def _channels(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    yield from channel_blocks(view.channels, say)
    yield from agenda_blocks(view.agenda, say)


def _facts(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    if not view.facts and not view.commitments:
        yield prose(say("No named fact holds, and no promise is on the record."))
    yield from record_blocks(view, say)
    yield from call_blocks(view, say)


def _notes(view: FacilitatorView, say: Teller) -> Iterator[Block]:
    if not view.notes and not view.bookmarks:
        yield prose(say("Nothing has been noted, and nothing is marked."))
    yield from note_blocks(view, say)


def _guide(view: FacilitatorView, say: Teller) -> Iterator[str]:
    yield markdown("\n\n".join(filter(None, (guide_text(say), sounds_text(say)))))


def _briefs(view: FacilitatorView, say: Teller) -> Iterator[str]:
    heads = (say("Both teams"), say("US"), say("China"))
    for head, text in zip(heads, (say.dossier.brief, say.white.us.brief, say.white.china.brief), strict=True):
        yield from (say("{title}:", title=head), markdown(say.of(text)), "")
    yield from lines_of(earlier_blocks(say), say)


WHITE_CELL_LOOKS: Final[Mapping[str, Sight[FacilitatorView]]] = {
    "boards": Sight(_("both teams' boards"), sight_of(_boards)),
    "acts": Sight(_("every act: meant, fared, read, weighed"), sight_of(_acts)),
    "scores": Sight(_("tension, felt tension, trust, standing, and what is at stake"), sight_of(_scores)),
    "channels": Sight(_("the channels, and what shape they are in"), sight_of(_channels)),
    "facts": Sight(_("named facts that hold, and promises on the record"), sight_of(_facts)),
    "notes": Sight(_("our notes and bookmarks"), sight_of(_notes)),
    "guide": Sight(_("the facilitator's guide"), _guide),
    "briefs": Sight(_("the public brief and both teams' briefs"), _briefs),
}
"""By what is typed."""
