"""A call or meeting that both sides agreed to, as the scene that it is: who sits there, what was asked, what we want.

What both may look at together is made of what has reached each from the other alone. A team's own sheet is for its own
eyes. What is said aloud is on no record; what is written in rooms is both teams' until the hotwash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

from crisis_sim.engine.events import Phase
from crisis_sim.engine.views.seat_views import ExchangeFacts, TeamView, View
from crisis_sim.engine.views.shared_facts import ActFacts
from crisis_sim.pages.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Quote,
    Row,
    Span,
    Table,
    Tone,
    capital,
    line,
    prose,
)
from crisis_sim.pages.briefing_blocks import instruction_blocks
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.line_blocks import line_blocks
from crisis_sim.pages.pending_blocks import our_account
from crisis_sim.pages.phrases import PURPOSES, TAKERS, team
from crisis_sim.pages.standing_blocks import promises
from crisis_sim.pages.translator import (
    Translator,
    act_text,
    describe_taker,
    describe_wording,
    head_for,
    with_translation,
)
from crisis_sim.rules.names import Side, other
from crisis_sim.wording import _

TalkStage: TypeAlias = Literal["sheet", "talk", "after", "over"]
"""A team reads its own sheet, the two sides talk, each notes what was said, and play goes on."""
STAGES: Final[tuple[TalkStage, ...]] = ("sheet", "talk", "after", "over")
IN_TURN: Final[frozenset[Phase]] = frozenset({"readings", "results", "forecasts"})
"""Phases in which a talk of the turn at hand is held; if all were over at once, it is held when the next one begins."""
MINUTES: Final = 3
"""Real minutes of a talk; nobody is cut off."""
ENDS: Final[Mapping[str, str]] = {
    "leader": _("the leader in person"),
    "ministerial": _("a minister, or who speaks for one"),
    "command": _("a commander"),
    "diplomatic": _("a diplomat who reports home"),
    "working": _("officials who know the matter"),
    "technical": _("those who do the work"),
    "unofficial": _("people who hold no office"),
}
"""Who asks for a talk, by the level of the channel over which it was asked."""
NOW: Final[Mapping[TalkStage, str]] = {
    "sheet": _("We and they have agreed to talk. Read this sheet first; space goes on."),
    "talk": _("Talk now, {n} minutes. Press o when the talk is over."),
    "after": _("The talk is over. Note what was said (w), seal our readout (r) or give none; space goes on."),
}
WRITE: Final = _("Talk now, {n} minutes: write below, enter sends. Esc, then o, when the talk is over.")
ALONE: Final = _("No person sits at the other end: say aloud what we would say.")
PROGRAM: Final = _("A program plays them. It answers in writing, or not at all.")
END_CALL: Final = _("End the talk for both sides?")
ENDS_FOR_BOTH: Final = _("They are told at once. Nothing more can be said in it; each side then notes what was said.")
NOTE_QUESTION: Final = _("What was said in the talk?")
NOTED: Final = _(
    "They do not see what we note until the hotwash; there both sides’ notes of the talk stand side by side."
)
LAST: Final = _("The talk is over. Note what was said (w); play ends before a readout would come out. Space goes on.")
ALOUD: Final = _("What is said in a talk is on no record: what is to count goes into a move or a readout afterwards.")

WHO_READS: Final = _(
    "They and the facilitator read at once what you write here; in the hotwash everybody does. What is to count goes "
    "into a move or a readout afterwards."
)


def talk_due(view: View, stages: Mapping[int, TalkStage], *, accounted: bool = False) -> ExchangeFacts | None:
    """The first talk that a team has not come through, from when both had agreed until its next list goes out.

    One of which it has given its account is over, where it is not in the middle of it; with `accounted` it is not:
    others of the team may be in the middle of it.
    """
    if not isinstance(view, TeamView):
        return None
    turn, is_next = view.turn, view.phase in ("situation", "moves")
    if is_next:
        turn -= 1
    elif view.phase not in IN_TURN:
        return None
    if is_next and view.committed:
        return None
    talks = (talk for talk in view.exchanges if talk.turn == turn and stages.get(talk.number) != "over")
    return next((talk for talk in talks if accounted or talk.number in stages or not talk.ours), None)


def stages_left(view: View, stages: Mapping[int, TalkStage]) -> dict[int, TalkStage]:
    """How far each talk has come, where play has gone back: of those that had been agreed by then."""
    numbers = {talk.number for talk in view.exchanges} if isinstance(view, TeamView) else set()
    return {number: stage for number, stage in stages.items() if number in numbers}


def talks_due(view: View) -> list[ExchangeFacts]:
    """Every talk that a team has to come through, where nobody knows how far it has come."""
    stages: dict[int, TalkStage] = {}
    talks: list[ExchangeFacts] = []
    while (talk := talk_due(view, stages, accounted=True)) is not None:
        talks.append(talk)
        stages[talk.number] = "over"
    return talks


def to_note(view: TeamView) -> ExchangeFacts | None:
    """The first talk of the moment of which a team has noted nothing yet."""
    noted = {note.talk for note in view.notes}
    return next((talk for talk in talks_due(view) if talk.number not in noted and not talk.ours), None)


def is_written(view: TeamView, *, in_rooms: bool) -> bool:
    """The two sides cannot hear each other, and write."""
    other_side = other(view.side)
    return other_side in view.programs or (in_rooms and other_side not in view.bots)


def stage_of(talk: ExchangeFacts, stages: Mapping[int, TalkStage]) -> TalkStage:
    """How far a talk has come for a team: once one side has ended it, each notes what was said."""
    stage = stages.get(talk.number, "sheet")
    return "after" if talk.ended is not None and stage in ("sheet", "talk") else stage


def describe_end(talk: ExchangeFacts, say: Translator) -> str:
    """Who ended a talk; nothing where nobody did for both."""
    if talk.ended is None or talk.ended == say.dossier.side:
        return say("We ended the talk.") if talk.ended else ""
    return say("{team} ended the talk.", team=team(say, talk.ended))


def talk_now(
    view: TeamView, talk: ExchangeFacts, stage: TalkStage, say: Translator, *, in_writing: bool = False
) -> str:
    """What a team does at a stage."""
    if stage == "talk" and in_writing:
        return say(WRITE, n=MINUTES)
    if stage == "talk" and other(view.side) in view.bots:
        return say("{one} {other}", one=say(ALONE), other=say("Press o when that is done."))
    text = say(LAST if stage == "after" and view.turn == view.turns else NOW[stage], n=MINUTES)
    ended = describe_end(talk, say) if stage == "after" else ""
    return say("{ended} {told}", ended=ended, told=text) if ended else text


def talk_line(
    side: Side, text: str, translation: str, say: Translator, *, depth: int = 0, tone: Tone = ""
) -> Paragraph:
    """Whose words, and a translation beneath them if there is one."""
    words = with_translation(text, translation, say)
    return Paragraph(
        line(Span(say("{head}: {text}", head=team(say, side), text=""), side), Span(words, tone)), depth=depth
    )


def talk_line_blocks(talk: ExchangeFacts, say: Translator) -> Iterator[Block]:
    """What has been said in a talk, in its order."""
    yield Heading(say("What has been said"))
    yield from talk_lines_since(talk, 0, say)
    if not talk.said:
        yield prose(say("Nothing yet."), "quiet")
    if talk.ended is None:
        yield prose(say(WHO_READS), "quiet")


def talk_lines_since(talk: ExchangeFacts, since: int, say: Translator) -> Iterator[Paragraph]:
    """What has been said in a talk after so many lines of it, in its order."""
    for side, text, translation in talk.said[since:]:
        yield talk_line(side, text, translation, say, tone="strong")


def talk_blocks(request: ActFacts, agreed: ActFacts, say: Translator, *, in_writing: bool = False) -> Iterator[Block]:
    """Who sits at either end, over what, and the words with which it was asked and agreed: for both sides' eyes."""
    yield Heading(say("The talk"))
    rows = [
        Row((Span(team(say, side), side), Span(label)), say("{head}: {text}", head=team(say, side), text=label))
        for side, label in ((request.side, _asks(request, say)), (agreed.side, _takes(agreed, request, say)))
    ]
    yield Table((Column(""), Column("", is_wide=True)), tuple(rows))
    for act in (request, agreed):
        yield prose(head_for(act, None, say), "strong")
        if words := act_text(act, say):
            yield Quote(words, depth=1)
        if terms_text := describe_wording(act, say):
            yield prose(terms_text, "quiet", depth=1)
    if not in_writing:
        yield prose(say(ALOUD))


def _asks(request: ActFacts, say: Translator) -> str:
    level = say.dossier.channels[request.channel].level
    return say("{who} ({channel})", who=say(ENDS.get(level, ENDS["working"])), channel=say.channel(request.channel))


def _takes(agreed: ActFacts, request: ActFacts, say: Translator) -> str:
    return _asks(request, say) if agreed.taker is None else describe_taker(agreed.taker, say)


def other_end(view: TeamView, talk: ExchangeFacts, say: Translator) -> Iterator[Block]:
    """Who sits at the other end, and what that means for what is agreed."""
    yield Heading(say("Who sits at the other end"))
    if talk.answer is None:
        return
    theirs = talk.act if talk.act.side != view.side else talk.answer
    is_taker = theirs is talk.answer
    yield prose(capital(_takes(talk.answer, talk.act, say) if is_taker else _asks(talk.act, say)), "strong")
    if (taker := talk.answer.taker) is not None:
        binds = say.dossier.takers[taker]
        if is_taker:
            template = (
                _("What is agreed binds them.") if binds else _("What is agreed binds nobody: a desk passes it on.")
            )
        else:
            template = _("For us: {who}. What is agreed binds us.") if binds else _("For us: {who}. It binds nobody.")
        yield prose(say(template, who=say(TAKERS[taker])), "quiet")
    if other(view.side) in view.programs:
        yield prose(say(PROGRAM), "quiet")


def talk_sheet_blocks(view: TeamView, talk: ExchangeFacts, say: Translator) -> Iterator[Block]:
    """What a team takes into a talk: what it wants of it, and what it may tell and is bound by."""
    yield Heading(say("What we want of it"))
    if talk.purpose is not None and talk.guess is not None:
        wants, note = (say(text) for text in PURPOSES[talk.purpose])
        yield prose(capital(say("{says}: {note}", says=wants, note=note)), "strong")
        yield prose(say("They want, as we think: {what}", what=say(PURPOSES[talk.guess][0])))
    else:
        yield prose(say("Agree among yourselves on one thing to get, and on one that must not be said."))
    yield from instruction_blocks(say.dossier.team, say)
    yield from private_fact_blocks(view.private_facts, say)
    yield Heading(say("Our lines"))
    yield from line_blocks(view.lines, say)
    yield Heading(say("Promises on the record"))
    yield from promises(view.commitments, say)


def noted_blocks(view: TeamView, talk: ExchangeFacts, say: Translator) -> Iterator[Block]:
    """What a team has made of a talk so far: its notes of what was said, and its readout."""
    yield Heading(say("What we make of it"))
    notes = [note.text for note in view.notes if note.talk == talk.number]
    for text in notes:
        yield Quote(text)
    yield prose(say(NOTED) if notes else say("Nothing noted yet. {then}", then=say(NOTED)), "quiet")
    if talk.open or talk.ours:
        account = our_account(talk, say)
        readout_text = (
            say("{says}; it comes out with the next moves", says=account) if account else say("not sealed yet")
        )
        yield prose(capital(say("readout: ")) + readout_text, "good" if account else "quiet")
        if talk.ours and talk.ours.text:
            yield Quote(talk.ours.text)


def both_see(views: Mapping[Side, TeamView], number: int) -> tuple[ActFacts, ActFacts]:
    """What asked for a talk and what agreed to it, each as it reached the other side."""
    talks = {side: next(talk for talk in view.exchanges if talk.number == number) for side, view in views.items()}
    asker = talks["us"].act.side
    agreed = talks[asker].answer
    assert agreed is not None
    return talks[other(asker)].act, agreed
