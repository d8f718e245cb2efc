"""What a team can look at, within every question too: briefs, lines, channels, requests, promises, how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.asset_blocks import asset_blocks
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.briefing_blocks import earlier_blocks, instruction_blocks
from crisis_sim.pages.channel_blocks import agenda_blocks, channel_blocks, own_leave
from crisis_sim.pages.desk_blocks import waiting
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.line_blocks import expected_blocks, guess_blocks, guesses_before, line_blocks, lines_to_keep
from crisis_sim.pages.order_blocks import own_order, their_order
from crisis_sim.pages.stand_words import citation_blocks, position_blocks
from crisis_sim.pages.standing_blocks import meter_blocks, promises
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.desk import Sight, sight_of
from crisis_sim.plain.prose_lines import prose as markdown
from crisis_sim.wording import _


def _brief(view: TeamView, say: Teller) -> Iterator[str]:
    team = say.dossier.team
    assert team is not None
    yield from (markdown(say.of(say.dossier.brief)), "", markdown(say.of(team.brief)))
    yield from lines_of(instruction_blocks(team, say), say)
    yield from sight_of(_assets, _facts)(view, say)
    yield from lines_of(earlier_blocks(say), say)


def _facts(view: TeamView, say: Teller) -> Iterable[Block]:
    return private_fact_blocks(view.private_facts, say)


def _assets(view: TeamView, say: Teller) -> Iterable[Block]:
    return asset_blocks(view.assets, say)


def _lines(view: TeamView, say: Teller) -> Iterator[Block]:
    yield prose(say("Our lines:"))
    briefing = view.phase == "briefing"
    yield from lines_to_keep(view.lines, say) if briefing else line_blocks(view.lines, say, detailed=True)
    yield prose(say("Our guesses of theirs:"))
    yield from guess_blocks(view.guesses, say)
    yield from guesses_before(view, say, is_open=False)
    if say.dossier.second_order:
        yield prose(say("What we think they guess of ours:"))
        yield from expected_blocks(view, say)
    yield from own_leave(view, say)
    yield from own_order(view, say)
    yield from their_order(view, say)


def _channels(view: TeamView, say: Teller) -> Iterator[Block]:
    yield from channel_blocks(view.channels, say)
    yield from agenda_blocks(view.agenda, say)


def _requests(view: TeamView, say: Teller) -> Iterable[Block]:
    return waiting(view, say, detailed=True)


def _promises(view: TeamView, say: Teller) -> Iterator[Block]:
    yield from position_blocks(view.positions, say)
    yield from citation_blocks(view.citations, say)
    yield from promises(view.commitments, say)


TEAM_LOOKS: Final[Mapping[str, Sight[TeamView]]] = {
    "brief": Sight(_("the public brief, then our own"), _brief),
    "facts": Sight(_("what we alone know"), sight_of(_facts), lambda view: bool(view.private_facts)),
    "assets": Sight(_("what we have, and what we see of theirs"), sight_of(_assets), lambda view: bool(view.assets)),
    "lines": Sight(_("our lines, and our guesses of theirs"), sight_of(_lines)),
    "channels": Sight(_("the channels, and what shape they are in"), sight_of(_channels)),
    "requests": Sight(_("what waits for an answer"), sight_of(_requests)),
    "promises": Sight(_("promises on the record"), sight_of(_promises)),
    "standing": Sight(_("our standing at home, and what we give them credit for"), sight_of(meter_blocks)),
}
"""By what is typed."""
