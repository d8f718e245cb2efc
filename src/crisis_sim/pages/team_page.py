"""What a team's page holds: the task of the phase, what stands beside it, and the talks that it comes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from crisis_sim.engine.actions import own_moves
from crisis_sim.engine.views.seat_views import ExchangeFacts, TeamView
from crisis_sim.pages.asset_blocks import asset_blocks
from crisis_sim.pages.blocks import Block, Heading, listed, markdown_blocks, prose
from crisis_sim.pages.briefing_blocks import earlier_blocks, instruction_blocks
from crisis_sim.pages.channel_blocks import channel_blocks
from crisis_sim.pages.closer_words import closer_blocks
from crisis_sim.pages.closing_blocks import own_principles
from crisis_sim.pages.cost_opened import cost_blocks
from crisis_sim.pages.decision_blocks import decision_blocks
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.forecast_blocks import belief_note, forecast_blocks, forecast_scores
from crisis_sim.pages.line_blocks import guess_blocks, guesses_before, line_blocks, lines_to_keep
from crisis_sim.pages.order_blocks import own_order, their_order
from crisis_sim.pages.pending_blocks import exchange_blocks, our_list, request_blocks, while_waiting
from crisis_sim.pages.reading_blocks import before_blocks, card_list, cards_taken
from crisis_sim.pages.seal_words import of_secrets
from crisis_sim.pages.standing_blocks import home_blocks, meter_blocks, track_blocks
from crisis_sim.pages.talk_blocks import (
    ALONE,
    ALOUD,
    MINUTES,
    WHO_READS,
    describe_end,
    is_written,
    noted_blocks,
    other_end,
    talk_blocks,
    talk_lines_since,
    talk_sheet_blocks,
    talks_due,
)
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import other
from crisis_sim.wording import _

Titled: TypeAlias = tuple[str, str, Iterable[Block]]
"""A region: its name, its head, its blocks."""
PREPARE_HEAD: Final = _("We and they have agreed to talk. Read this sheet first.")
IN_WRITING_HEAD: Final = _("Talk now, {n} minutes, in writing.")
AFTER_TALK_HEAD: Final = _("The talk is over. Note what was said; seal our readout, or give none.")
LAST: Final = _("The talk is over. Note what was said; play ends before a readout would come out.")


def team_main(view: TeamView, say: Translator) -> Iterator[Titled]:
    """The task of the phase."""
    match view.phase:
        case "briefing":
            yield _situation(say)
            yield "brief", say("Our brief"), own_brief(view, say)
            yield "own", say("Our lines"), _own_lines(view, say)
            yield from _their_lines(view, say)
        case "closing":
            yield "end", say("What became of them"), cost_blocks(view.courses, say)
            yield "closing", say("At the end"), own_principles(view, say)
            yield from _their_lines(view, say)
        case "readings":
            yield "cards", say("What reached us"), _cards(view, say)
            if view.asked_now:
                yield "forecasts", say("For the next turn, how likely is it?"), _forecasts(view, say)
        case "forecasts":
            yield "forecasts", say("For the next turn, how likely is it?"), _forecasts(view, say)
        case "results":
            yield "home", say("How it stands with us"), (*meter_blocks(view, say), *track_blocks(view.tracks, say))
            yield "turn", say("This turn"), _turn(view, say)
        case "hotwash" | "closed":
            yield "principles", say("Principles of crisis management"), own_principles(view, say)
        case _:
            yield "turn", say("This turn"), _turn(view, say)


def team_sides(view: TeamView, say: Translator) -> Iterator[Titled]:
    """What stands beside the task."""
    if view.phase == "readings":
        yield "before", say("What passed between us before"), before_blocks(view, say)
    if view.phase not in ("briefing", "hotwash", "closed"):
        yield "feed", say("What happened"), feed_blocks(newest_first(view.feed), say, turn=view.turn)
    if view.phase != "hotwash":
        yield "channels", say("Channels"), tuple(channel_blocks(view, say))
    if view.phase != "briefing":
        yield "lines", say("Our lines"), (*line_blocks(view.lines, say), *own_order(view, say))
        if view.phase != "closing":
            yield "theirs", say("Our guesses of theirs"), guess_blocks(view.guesses, say) if view.guesses else ()
        yield "home", say("At home"), home_blocks(view, say)
    if view.phase != "briefing":
        yield _situation(say)
        yield "brief", say("Our brief"), own_brief(view, say)
    notes = [note.text for note in view.notes]
    yield "notes", say("Our notes"), (listed(notes),) if notes else ()
    yield "sealed", say("Who sees what we seal"), (prose(say(sentence)) for sentence in of_secrets(view))


def _situation(say: Translator) -> Titled:
    """What has happened, before anything else in the briefing."""
    return "public", say("The situation"), (*markdown_blocks(say.localize(say.dossier.brief)), *earlier_blocks(say))


def own_brief(view: TeamView, say: Translator) -> Iterator[Block]:
    """What a team comes with."""
    team = say.dossier.team
    if team is None:
        return
    yield prose(say.localize(say.dossier.handling), "quiet")
    yield prose(say.localize(team.part), "strong")
    yield Heading(say("What the capital wants"), 3)
    yield listed(map(say.localize, team.aims))
    yield from instruction_blocks(team, say)
    yield from markdown_blocks(say.localize(team.brief))
    yield from asset_blocks(view.assets, say)
    yield from private_fact_blocks(view.private_facts, say)


def _own_lines(view: TeamView, say: Translator) -> Iterator[Block]:
    yield prose(say("Only we see these."), "quiet")
    yield from lines_to_keep(view.lines, say)
    yield from own_order(view, say)


def _their_lines(view: TeamView, say: Translator) -> Iterator[Titled]:
    is_open = not view.committed
    hint = prose(say("What would they not accept? The debrief lays it beside what they wrote."), "quiet")
    guessed = (*guess_blocks(view.guesses, say), *guesses_before(view, say, is_open=is_open), *their_order(view, say))
    yield "theirs", say("Their lines"), (hint, *guessed)


def _turn(view: TeamView, say: Translator) -> Iterator[Block]:
    """What is asked of us, what is on our list, and the next thing to do."""
    page = [
        *closer_blocks(view, say),
        *decision_blocks(view.decisions, say),
        *request_blocks(view.requests, view, say, detailed=True),
        *exchange_blocks(view.exchanges, say),
    ]
    yield from page
    if view.phase == "moves":
        yield from our_list(view, say, detailed=True)
        own, maximum = own_moves(entry.draft for entry in view.drafts), say.dossier.moves_most
        if not view.committed:
            yield prose(say("{n} of {most} of our own; answers come on top", n=own, most=maximum), "quiet")
    elif not page:
        yield prose(say("Nothing to do here until the next moves."), "quiet")
    if view.committed:
        yield from while_waiting(view, say)


def _cards(view: TeamView, say: Translator) -> Iterator[Block]:
    if not view.to_read:
        yield prose(say("Nothing reached us this turn."), "quiet")
    yield from cards_taken(view.to_read, say) if view.committed else card_list(view.to_read, say)
    yield from exchange_blocks(view.exchanges, say)
    if view.committed:
        yield from while_waiting(view, say)


def _forecasts(view: TeamView, say: Translator) -> Iterator[Block]:
    yield from forecast_blocks(view.asked_now, say)
    yield from belief_note(view.asked_now, say)
    yield from forecast_scores(view.forecast_scores, say)


def team_talks(view: TeamView, say: Translator) -> Iterator[tuple[ExchangeFacts, bool, tuple[Titled, ...]]]:
    """Each talk that a team comes through, whether it is written, and its stages."""
    for talk in talks_due(view):
        if talk.answer is None:
            continue
        in_writing = is_written(view, in_rooms=True)
        during = say(IN_WRITING_HEAD, n=MINUTES) if in_writing else say(ALONE) if other(view.side) in view.bots else ""
        after_head = say(LAST if view.turn == view.turns else AFTER_TALK_HEAD)
        after_head = say("{ended} {told}", ended=describe_end(talk, say), told=after_head) if talk.ended else after_head
        transcript = list(talk_lines_since(talk, 0, say)) or [prose(say("Nothing yet."), "quiet")]
        scene = talk_blocks(talk.act, talk.answer, say, in_writing=in_writing)
        yield talk, in_writing, (
            ("sheet", say(PREPARE_HEAD), (*scene, *other_end(view, talk, say), *talk_sheet_blocks(view, talk, say))),
            ("talk", during, (prose(say(WHO_READS if in_writing else ALOUD), "quiet"),)),
            ("said", say("What has been said"), transcript if in_writing else ()),
            ("after", after_head, noted_blocks(view, talk, say)),
        )  # fmt: skip
