"""What a voice asks a team, as blocks and words: about a conclusion, for an answer to itself, or for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.views.seat_views import BlockedMove, DecisionFacts, TeamView
from crisis_sim.engine.views.shared_facts import AskedFacts
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Block, Column, Row, Span, Table, capital, prose
from crisis_sim.pages.phrases import end_sentence, one_after_another, team
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import DecisionAnswer, Side
from crisis_sim.wording import Say, _, join_parts, quote_text

COLUMNS: Final = (Column("", is_wide=True), Column(""))
"""What it is, and how far it has come."""
ANSWERS: Final[Mapping[DecisionAnswer, str]] = {
    "tell": _("Tell them what we believe"),
    "ask": _("Ask them what they mean by it"),
    "hold": _("Hold as we are"),
    "prepare": _("Prepare for what may come"),
    "meet": _("Meet it by an act"),
    "speak": _("Let it speak"),
    "wait": _("Ask it to wait"),
}
"""What can be done with a conclusion, and with a hard voice."""
ANSWERED: Final[Mapping[DecisionAnswer, str]] = {
    "tell": _("tell them"),
    "ask": _("ask them"),
    "hold": _("hold still"),
    "prepare": _("prepare"),
    "meet": _("meet it by an act"),
    "speak": _("let it speak"),
    "wait": _("ask it to wait"),
}
"""The same in a word or two."""


VOICE: Final[Mapping[DecisionAnswer, str]] = {
    "meet": _("standing {by}, besides what the act itself does; in public, by: {moves}"),
    "speak": _("standing {by}; it is heard abroad"),
    "wait": _("standing {by}; that it was asked is known abroad"),
}
"""What each answer to a hard voice does."""
OURS: Final[Mapping[str, str]] = {
    "asks": _("A hard voice at home asks to be answered"),
    "unanswered": _("Nobody has answered the hard voice at home, and it has spoken"),
    "meet": _("We have met the hard voice at home by what we did in public"),
    "speak": _("We have let the hard voice at home speak"),
    "wait": _("We have asked the hard voice at home to wait"),
}
THEIRS: Final[Mapping[str, str]] = {
    "asks": _("{side}: a hard voice at home asks to be answered"),
    "unanswered": _("{side}: nobody has answered the hard voice at home, and it has spoken"),
    "meet": _("{side} has met a hard voice at home by what it did in public"),
    "speak": _("{side}: a hard voice at home has spoken"),
    "wait": _("{side} has asked a hard voice at home to wait"),
}
"""What is told of a hard voice: to its own team, and to everybody else."""


def decision_blocks(decisions: Iterable[DecisionFacts], say: Translator, *, ours: bool = True) -> Iterator[Block]:
    """What asks a team what it does, each with what it has said; who reads of another's is told no rule of it."""
    for decision in decisions:
        head = say("A voice at home asks: what do we do about “{line}”?", line=bare(decision.says, say))
        head = head if decision.asked and decision.ask is None else name_decision(decision, say)
        answer_text = say("not decided yet") if decision.answer is None else answered(decision, decision.answer, say)
        short = say("answered") if decision.ask is not None and decision.answer in decision.ask.answers else answer_text
        status = Span(short, "bad" if decision.answer is None else "good")
        sentence = one_after_another((end_sentence(head, say), end_sentence(capital(answer_text), say)))
        yield Table(COLUMNS, (Row((Span(head), status), sentence, key_of(decision)),))
        if short != answer_text:
            yield prose(answer_text, "quiet", depth=1)
        if ours and decision.ask is not None and decision.ask.is_first and decision.answer is None:
            sentence = say("What we answer stays sealed until the hotwash; what follows of it does not.")
            yield prose(sentence, "quiet", depth=1)


def name_decision(decision: DecisionFacts, say: Translator) -> str:
    """What is asked about, in a few words."""
    if decision.ask is not None:
        label = _("asked a second time by {voice}: {title}") if decision.ask.delays else _("asked by {voice}: {title}")
        return capital(say(label, voice=bare(decision.ask.voice, say), title=say.localize(decision.ask.title)))
    return bare(decision.says, say) if decision.asked else say("A hard voice at home must be answered with these moves")


def key_of(decision: DecisionFacts) -> str:
    """What a decision is picked by."""
    return f"decision:{decision.asked}"


def bare(texts: Mapping[str, str], say: Translator) -> str:
    """A line's words without their stop."""
    return say.localize(texts).rstrip(".。")


def explain_decision(decision: DecisionFacts, say: Translator) -> str:
    """What a voice asks, by when, and what comes of no answer."""
    if decision.ask is not None:
        return _decision_asked(decision.ask, say)
    if not decision.asked:
        return say(
            "A hard voice at home: “They take us for weak. Do something that all can see, or I shall speak myself.”"
            " If nothing is done, it speaks, and standing at home changes by {by}.",
            by=points_printed(say.dossier.at_home.standing["unanswered"], signed=True),
        )
    return say(
        "A voice at home: “We have seen enough; all of it points one way. They are coming for: {red}. What do we do?”",
        red=bare(decision.leads_to, say),
    )


def _decision_asked(ask: AskedFacts, say: Translator) -> str:
    """What a decision is about, and what comes of letting a turn pass."""
    sentences = [capital(say("asked by {voice}: “{title}”", voice=bare(ask.voice, say), title=say.localize(ask.title)))]
    sentences.append(say("We answer with these moves, or let the turn pass; then: {text}", text=_passed(ask, say)))
    if not ask.delays:
        sentences.append(say("Then the question comes a second time."))
    standing = say.dossier.at_home.standing.get("unanswered" if ask.delays else "delayed", 0)
    if standing and ask.at_home and (ask.acts is not None or not ask.delays):
        sentences.append(say("Standing at home: {by}.", by=points_printed(standing, signed=True)))
    return one_after_another(sentences)


def answers_to(decision: DecisionFacts, say: Translator) -> tuple[DecisionAnswer, ...]:
    """What may be done."""
    if decision.ask is not None:
        return (*decision.ask.answers, *decision.ask.may)
    return tuple(say.dossier.answers if decision.asked else say.dossier.at_home.answers)


def answer_says(decision: DecisionFacts, answer: DecisionAnswer, say: Translator) -> str:
    """An answer, as it is picked."""
    return (
        say.localize(decision.ask.answers[answer])
        if decision.ask is not None and answer in decision.ask.answers
        else say(ANSWERS[answer])
    )


def answered(decision: DecisionFacts, answer: DecisionAnswer, say: Translator) -> str:
    """An answer that was given, in a word or two, or in those of the scenario."""
    if decision.ask is not None and answer in decision.ask.answers:
        return quote_text(bare(decision.ask.answers[answer], say))
    return say(ANSWERED[answer])


def describe_moves(
    decision: DecisionFacts, answer: DecisionAnswer, blocked: Iterable[BlockedMove], say: Translator
) -> str:
    """By which moves an answer is carried out, or that none is needed; those that can't be made now stay out."""
    if decision.ask is not None and answer in decision.ask.answers:
        return ""
    moves = open_moves(decision, answer, blocked, say)
    if answer in VOICE:
        change = points_printed(say.dossier.at_home.standing[answer], signed=True)
        return say(VOICE[answer], by=change, moves=join_parts(map(say.move, moves), say))
    if moves:
        return say("by: {moves}", moves=join_parts(map(say.move, moves), say))
    if say.dossier.carried_out_by(answer):
        return say("no move that does it can be made now")
    return say("no move goes out for it; it is what we do if we say nothing")


def open_moves(
    decision: DecisionFacts, answer: DecisionAnswer, blocked: Iterable[BlockedMove], say: Translator
) -> list[str]:
    """The moves that carry an answer out and can be made now; none carries out what is decided."""
    if decision.ask is not None:
        return []
    shut = {blocked_move.move for blocked_move in blocked}
    return [move for move in say.dossier.carried_out_by(answer) if move not in shut]


def unsettled(view: TeamView, say: Translator) -> list[DecisionFacts]:
    """What asks and has no answer yet, an act to meet a hard voice that is on no list included."""
    meets = say.dossier.at_home.answers.get("meet", ())
    is_met = any(draft.draft.move in meets and draft.draft.visibility == "public" for draft in view.drafts)
    return [
        decision
        for decision in view.decisions
        if (decision.answer is None and (decision.asked or not is_met))
        or (decision.answer == "meet" and not decision.asked and not is_met)
    ]


def settled(view: TeamView, say: Translator) -> Iterator[str]:
    """What goes with the moves and is none of them: how we answer whoever asks us."""
    for decision in view.decisions:
        if decision.answer is None:
            continue
        text = answer_says(decision, decision.answer, say)
        if decision.ask is not None:
            yield say("Our answer to {voice}: {text}", voice=bare(decision.ask.voice, say), text=text)
        elif decision.asked:
            yield say("Our answer to the voice at home over “{line}”: {text}", line=bare(decision.says, say), text=text)
        else:
            yield say("Our answer to the hard voice at home: {text}", text=text)


def describe_unsettled(decision: DecisionFacts, say: Translator) -> str:
    """What comes of it if that is so when the moves are committed."""
    if decision.ask is not None:
        return say(
            "No answer to {voice}, and so: {text}", voice=bare(decision.ask.voice, say), text=_passed(decision.ask, say)
        )
    if decision.asked:
        return say("Not decided, and so we hold: {line}", line=say.localize(decision.says))
    if decision.answer == "meet":
        return say("No public act on the list meets the hard voice at home, and so it speaks by itself")
    return say("The hard voice at home is not answered, and so it speaks by itself")


def _passed(ask: AskedFacts, say: Translator) -> str:
    """What comes of letting the turn pass."""
    if not ask.delays:
        return quote_text(say.localize(ask.otherwise))
    return (
        say("nobody asks any more.")
        if ask.acts is None
        else say("whoever asks then acts alone: “{acts}”", acts=say.localize(ask.acts))
    )


BECAME_OURS: Final[Mapping[str, str]] = {
    "answered": _("We have answered {voice}"),
    "delayed": _("We have let {voice} wait"),
    "speak": _("We have let {voice} speak"),
    "wait": _("We have asked {voice} to wait"),
    "pass": _("We have not answered {voice}; it is not asked again"),
    "unanswered": _("We have not answered {voice}, who now acts by itself"),
    "heard": _("{voice}, in public"),
}
BECAME_THEIRS: Final[Mapping[str, str]] = {
    "answered": _("{side} has answered {voice}"),
    "delayed": _("{side} has let {voice} wait"),
    "speak": _("{side} has let {voice} speak"),
    "wait": _("{side} has asked {voice} to wait"),
    "pass": _("{side} has not answered {voice}; it is not asked again"),
    "unanswered": _("{side} has not answered {voice}, who now acts by itself"),
}
"""What became of a decision: to its own team and whoever hears the voice, and to the white cell."""


def describe_settlement(side: Side | None, became: str, voice: Mapping[str, str], say: Translator) -> str:
    """What became of a decision."""
    ours = side is None or side == say.dossier.side
    words = {"voice": bare(voice, say), "side": "" if side is None else team(say, side)}
    return capital(say((BECAME_OURS if ours else BECAME_THEIRS)[became], **words))


def describe_voice(side: Side, answer: str | None, was_stated: bool, say: Translator) -> str:
    """That a hard voice asks, or what became of it: in the same words of both sides."""
    sentence = (OURS if side == say.dossier.side else THEIRS)[
        "unanswered" if answer is not None and not was_stated else answer or "asks"
    ]
    return say(sentence, side=team(say, side))


def describe_answer(answer: DecisionAnswer, was_stated: bool, say: Say) -> str:
    """What a team did with a conclusion, in a clause."""
    if not was_stated:
        return say("no answer was given, and so it held")
    return say("it chose to {answer}", answer=say(ANSWERED[answer]))
