"""The facilitator's console as blocks: who is at work, every act, what is on the record, why numbers moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.events import Phase
from crisis_sim.engine.views.feed_items import ExchangeItem
from crisis_sim.engine.views.seat_views import ActRecord, Board, FacilitatorView, ProposedCrossing, TruthFacts
from crisis_sim.engine.views.shared_facts import PHASES_AFTER_PLAY, NoteFacts
from crisis_sim.numbers import points_printed
from crisis_sim.pages.asset_blocks import asset_lines
from crisis_sim.pages.binding_words import describe_binding
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Span, line, prose
from crisis_sim.pages.briefing_blocks import instruction_says
from crisis_sim.pages.channel_blocks import channel_blocks
from crisis_sim.pages.consent_card import not_agreed_blocks
from crisis_sim.pages.decision_blocks import decision_blocks
from crisis_sim.pages.disclosure_words import describe_fact
from crisis_sim.pages.forecast_blocks import chance_says
from crisis_sim.pages.line_blocks import guess_blocks, line_blocks
from crisis_sim.pages.mirror_words import mirror_blocks
from crisis_sim.pages.model_words import trouble_lines
from crisis_sim.pages.order_blocks import order_blocks
from crisis_sim.pages.pending_blocks import draft_head, format_deadline, readout_blocks, received
from crisis_sim.pages.phrases import CONFIDENCE, format_audience, format_hostility, meant_for, sealed_meaning, team
from crisis_sim.pages.record_words import record_sections
from crisis_sim.pages.standing_blocks import promise_text, score_blocks, track_blocks
from crisis_sim.pages.talk_blocks import talk_line
from crisis_sim.pages.traces import TraceWords, fact_says
from crisis_sim.pages.translator import Translator, head_for
from crisis_sim.rules.names import HERE_FOR_MORE, SIDES, Side
from crisis_sim.wording import Say, _, join_parts
from crisis_sim.wording.labels import SEATS

OUTCOMES: Final[Mapping[str, str]] = {
    "in-time": _("in time"),
    "late": "late",
    "unanswered": _("nobody took it up"),
    "too-low": _("answered too low"),
    "leaked": _("leaked"),
}
CHAIR: Final = (
    _("At this terminal play goes on by itself when a turn begins or has been judged; c brings you back for it."),
    _("You come to the terminal when a turn begins and when it has been judged; c lets play go on by itself."),
)
"""What a facilitator at a shared terminal reads of the chair: not asked for, and asked for."""
LOCK: Final = (
    _("Any team could open this console behind its curtain: l sets a word that it asks for."),
    _("This console opens by your word alone; l changes it."),
)
"""And of the lock: none set, and one set."""
GOES_ON: Final[Mapping[Phase, str]] = {
    "briefing": _("Nobody is waited for. n opens turn 1: the clock begins to run."),
    "situation": _("Nobody is waited for. n opens the moves; each team makes its own unseen by the other."),
    "moves": _("Nobody is waited for. n sends what is on both lists."),
    "readings": _("Nobody is waited for. n judges the turn."),
    "results": _("Nobody is waited for. n goes on; what comes with the next turn stands in the plan."),
    "forecasts": _("Nobody is waited for. n begins the next turn, with what stands first in the plan."),
    "closing": _("Nobody is waited for. n opens everything that was sealed, after one question."),
    "hotwash": _("Nobody is waited for. n closes the session for good."),
    "closed": _("The session is closed."),
}
"""What the key that goes on will change, where play waits for nobody else."""
ENDS: Final = _("Nobody is waited for. n ends play: each team reads what became of them, and guesses once more.")
"""The same once the last turn has been judged."""
AT_WORK: Final = ("briefing", "moves", "readings", "forecasts", "closing")
"""Phases in which a team commits something."""


def is_last(view: FacilitatorView) -> bool:
    """No turn comes after this one, and it has been judged."""
    return view.turn == view.turns and view.phase in ("results", "forecasts", "closing")


def goes_on(view: FacilitatorView) -> str:
    """What the key that goes on will change."""
    return ENDS if is_last(view) and view.phase != "closing" else GOES_ON[view.phase]


def waiting_blocks(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """Whom play waits for, other than the facilitator, and who has not agreed to what is recorded."""
    yield from not_agreed_blocks(view, say)
    names = [
        say(SEATS[seat]) + (say(" (bot)") if seat in view.bots else "")
        for seat in view.waiting_for
        if seat != "facilitator"
    ]
    if names:
        yield prose(say("Play waits for: {names}.", names=say(", ").join(names)), "strong")


def room_blocks(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """Both teams at work, every act with what it meant and how it was read, and what is on the record.

    What was said last in a call of this turn comes first until it is judged: both may be in it.
    """
    is_live = view.phase == "readings" and any(
        isinstance(item, ExchangeItem) and item.turn == view.turn for item in view.feed
    )
    if is_live:
        yield from call_blocks(view, say, limit=LATEST)
    for board in (view.us, view.china):
        yield from board_blocks(board, view, say)
    if not is_live or len(_list_remarks(view)) > LATEST:
        yield from call_blocks(view, say)
    yield Heading(say("Acts, the latest turn first"))
    yield from act_blocks(sorted(view.acts, key=lambda record: (-record.turn, record.order, record.act.side)), say)
    yield from flag_blocks(view, say)
    yield from record_blocks(view, say)
    yield from note_blocks(view, say)


LATEST: Final = 6
"""Lines of a call that goes on which stand before all else; the whole of a longer one stands below."""


def _list_remarks(view: FacilitatorView) -> list[tuple[Side, str, str]]:
    """What was said in calls of this turn and the one before, in its order."""
    calls = (item for item in view.feed if isinstance(item, ExchangeItem) and item.turn >= view.turn - 1)
    return [remark for call in calls for remark in call.said]


def call_blocks(view: FacilitatorView, say: Translator, *, limit: int = 0) -> Iterator[Block]:
    """What the two teams write to each other in a call, as they read it; or `most` of it, the latest."""
    remarks = _list_remarks(view)
    if remarks:
        is_whole = not 0 < limit < len(remarks)
        yield Heading(say("Said in a call") if is_whole else say("Said in a call, the latest lines"))
    for side, text, translation in remarks[-limit:]:
        yield talk_line(side, text, translation, say, depth=1)


def board_blocks(board: Board, view: FacilitatorView, say: Translator, *, detailed: bool = False) -> Iterator[Block]:
    """A team at work: its meters, its list, what is asked of it; with its lines and guesses if asked."""
    state = Span("")
    if view.phase in AT_WORK:
        label = say("committed") if view.phase in ("moves", "readings", "forecasts") else say("sealed")
        state = Span(label, "good") if board.committed else Span(say("at work"), "strong")
    meters = say(
        "standing {standing}, trust {trust}", standing=points_printed(board.standing), trust=points_printed(board.trust)
    )
    colon = say("{head}: {text}", head="", text="")
    between = say("; ") if state.text else ""
    if board.expectation is not None:
        meters += say("; ") + say("home expects of calls: {n}", n=points_printed(board.expectation))
    yield Paragraph(line(Span(say.team(board.side), board.side), colon, state, Span(between + meters, "quiet")))
    for draft in board.drafts:
        yield prose(f"{draft.number}. {draft_head(draft.draft, say)}", depth=1)
    yield from decision_blocks(board.decisions, say, ours=False)
    for request in board.requests:
        request_label = say("asked of it: {head}, ", head=received(request.act, say))
        deadline = say("not answered") if view.phase in PHASES_AFTER_PLAY else format_deadline(request, view, say)
        yield Paragraph(line(request_label, Span(deadline, "bad")), depth=1)
    if detailed:
        yield from line_blocks(board.lines, say)
        if board.guesses:
            yield prose(say("Its guesses of theirs:"))
            yield from guess_blocks(board.guesses, say)
        for heading, order in (
            (say("What it takes gravely, the gravest first:"), board.order),
            (say("It thinks that they take gravely:"), board.order_guess),
        ):
            if order:
                yield prose(heading)
                yield from order_blocks(order, say)


def act_blocks(acts: Iterable[ActRecord], say: Translator) -> Iterator[Block]:
    """Acts: words, what was meant and how it was read, how far apart, what became of them."""
    empty = True
    for act in acts:
        empty = False
        lead = line(Span(f"{act.turn}.{act.order}", act.act.side))
        yield Paragraph(
            line(Span(head_for(act.act, None, say), "strong")),
            key=f"act:{act.act.side}:{act.turn}:{act.order}",
            lead=lead,
        )
        yield from readout_blocks(act.act, say, 1)
        apart = 0 if act.reading is None or act.intent is None else abs(act.reading - act.intent)
        yield prose(_fared(act, apart, say), "bad" if apart >= 2 else "quiet", depth=1)
    if empty:
        yield prose(say("Nobody has acted."), "quiet")


def _fared(act: ActRecord, apart: int, say: Translator) -> str:
    is_under_way = act.outcome == "late" and not act.arrived
    read = say("still under way") if is_under_way else say("not read")
    if act.reading is not None:
        read = say("read as {meant}", meant=format_hostility(act.reading, say))
    if act.confidence is not None and 0 < act.confidence <= len(CONFIDENCE):
        read = say("{read}, {sure}", read=read, sure=say(CONFIDENCE[act.confidence - 1]))
    meaning = sealed_meaning(act.intent, act.expected, say)
    if act.audience is not None:
        meaning = say("{read}, {audience}", read=meaning, audience=meant_for(act.audience, say))
    if act.taken_for is not None:
        read = say("{read}, {audience}", read=read, audience=format_audience(act.taken_for, say))
    told_of = [meaning, read]
    if apart:
        told_of.append(say("{n} apart", n=apart))
    outcome = say(OUTCOMES.get(act.outcome, act.outcome))
    told_of.append(say("{outcome}, weight {weight}", outcome=outcome, weight=points_printed(act.weight, signed=True)))
    if act.revealed:
        told_of.append(say("revealed"))
    return join_parts(told_of, say)


def flag_blocks(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """What both teams misread at once, and red lines of which rules or their own teams hold that they were crossed."""
    yield from _dealt(view, ("flags",), say)
    yield from mirror_blocks(view, say)
    ruled, claimed = (
        [crossing for crossing in view.proposed if bool(crossing.rule) is by_rule] for by_rule in (True, False)
    )
    yield from _listed(say("Crossings that rules propose"), [describe_proposal(crossing, say) for crossing in ruled])
    yield from _listed(say("Crossings that teams claim"), [describe_proposal(crossing, say) for crossing in claimed])


def describe_proposal(crossing: ProposedCrossing, say: Translator) -> str:
    """A crossing that can be declared, who holds it for one, and through which act."""
    sentence = say(
        "turn {turn}: red line of {side} “{says}”",
        turn=crossing.turn,
        side=team(say, crossing.side),
        says=say.localize(crossing.line).rstrip(".。"),
    )
    cause = team(say, crossing.by) if crossing.act is None else head_for(crossing.act, None, say)
    parts = [sentence, say("crossed by {by}", by=cause)]
    parts += [say("{rule}, {at}", rule=crossing.rule, at=crossing.at)] if crossing.rule else []
    parts += [] if crossing.is_open else [say("on record")]
    return join_parts(parts, say)


def record_blocks(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """Named facts that hold, what the teams' things are and are seen as, and promises."""
    teams = ((side, say.white.us if side == "us" else say.white.china) for side in SIDES)
    cards = [(side, entry.instruction) for side, entry in teams if entry.instruction is not None]
    texts = [say("{side}: {text}", side=team(say, side), text=instruction_says(card.says, say)) for side, card in cards]
    yield from _listed(say("Instruction cards"), texts)
    yield from _listed(say("What each believes"), _believed(view, say))
    yield from _listed(say("What is true"), [_truth(truth, say) for truth in view.facts])
    yield from _listed(say("Held to at home"), [describe_binding(pledge, None, say) for pledge in view.pledges])
    yield from _listed(say("What the teams have"), asset_lines(view.assets, say))
    yield from _listed(say("What each team alone knows"), [describe_fact(fact, say) for fact in view.private_facts])
    yield from _dealt(view, ("citations",), say)
    yield from _listed(say("Promises on the record"), [promise_text(promise, say) for promise in view.commitments])


def _believed(view: FacilitatorView, say: Translator) -> Iterator[str]:
    """What each team last said of the other's card."""
    for board in (view.us, view.china):
        if board.belief is not None:
            belief = say("{head}: {text}", head=say.forecast(HERE_FOR_MORE), text=chance_says(board.belief, say))
            yield say("{side}: {text}", side=team(say, board.side), text=belief)


def note_blocks(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """What went wrong with models, what was noted, and marks in the log."""
    yield from _listed(say("Models"), trouble_lines(view.models, say))
    yield from _listed(say("Notes"), note_lines(view.notes, say))
    yield from _listed(say("Bookmarks"), note_lines(view.bookmarks, say))


def note_lines(notes: Iterable[NoteFacts], say: Say) -> list[str]:
    """What a seat wrote down, each with its turn."""
    templates: Mapping[bool, str] = {True: _("turn {turn}, of the talk: {says}"), False: _("turn {turn}: {says}")}
    return [
        say(templates[note.talk > 0] if note.turn else _("briefing: {says}"), turn=note.turn, says=note.text)
        for note in notes
    ]


def _truth(truth: TruthFacts, say: Translator) -> str:
    """A fact that is true, and since when."""
    sentence = fact_says(truth.fact, say)
    sentence = sentence if truth.of is None else say("{side}: {text}", side=team(say, truth.of), text=sentence)
    # Translators: a remark in brackets behind something
    return sentence + say(" ({word})", word=say("T+{hour}", hour=truth.since))


def _dealt(view: FacilitatorView, kinds: Iterable[str], say: Translator) -> Iterator[Block]:
    for head, texts in record_sections(view, kinds, say):
        yield from _listed(head, texts)


def _listed(head: str, texts: Iterable[str]) -> Iterator[Block]:
    texts = tuple(texts)
    if texts:
        yield Heading(head)
    for text in texts:
        yield prose(text, depth=1)


def scores_page(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """Tension and both felt tensions; trust, standing, what is at stake, both teams' lines, the channels."""
    if view.score is not None:
        yield from score_blocks(view.score, say)
    yield from track_blocks(view.tracks, say)
    for board in (view.us, view.china):
        yield Heading(say("Lines of {team}", team=say.team(board.side)))
        yield from line_blocks(board.lines, say)
    yield Heading(say("Channels"))
    yield from channel_blocks(view, say)


def trace_blocks(traces: Iterable[TraceWords], say: Translator) -> Iterator[Block]:
    """Why numbers moved, each with its rule's place."""
    empty = True
    for trace in traces:
        empty = False
        yield Paragraph(line(trace.sentence), lead=line(Span(say("turn {turn}", turn=trace.turn), "quiet")))
        if trace.place:
            yield prose(trace.place, "quiet", depth=1)
    if empty:
        yield prose(say("No number has moved."), "quiet")
