"""What a voice asks a team, as blocks and words: about a conclusion, for an answer to itself, or for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.shared_facts import AskedFacts
from crisis_sim.engine.sight.views import BlockedMove, DecisionFacts, TeamView
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Block, Column, Row, Span, Table, capital, prose
from crisis_sim.pages.phrases import end_sentence, one_after_another, team
from crisis_sim.pages.teller import Teller
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


def decision_blocks(decisions: Iterable[DecisionFacts], say: Teller, *, ours: bool = True) -> Iterator[Block]:
    """What asks a team what it does, each with what it has said; who reads of another's is told no rule of it."""
    for each in decisions:
        head = say("A voice at home asks: what do we do about “{line}”?", line=bare(each.says, say))
        head = head if each.asked and each.ask is None else named(each, say)
        said = say("not decided yet") if each.answer is None else answered(each, each.answer, say)
        short = say("answered") if each.ask is not None and each.answer in each.ask.answers else said
        status = Span(short, "bad" if each.answer is None else "good")
        told = one_after_another((end_sentence(head, say), end_sentence(capital(said), say)))
        yield Table(COLUMNS, (Row((Span(head), status), told, key_of(each)),))
        if short != said:
            yield prose(said, "quiet", depth=1)
        if ours and each.ask is not None and each.ask.is_first and each.answer is None:
            told = say("What we answer stays sealed until the hotwash; what follows of it does not.")
            yield prose(told, "quiet", depth=1)


def named(each: DecisionFacts, say: Teller) -> str:
    """What is asked about, in a few words."""
    if each.ask is not None:
        told = _("asked a second time by {voice}: {title}") if each.ask.delays else _("asked by {voice}: {title}")
        return capital(say(told, voice=bare(each.ask.voice, say), title=say.of(each.ask.title)))
    return bare(each.says, say) if each.asked else say("A hard voice at home must be answered with these moves")


def key_of(each: DecisionFacts) -> str:
    """What a decision is picked by."""
    return f"decision:{each.asked}"


def bare(says: Mapping[str, str], say: Teller) -> str:
    """A line's words without their stop."""
    return say.of(says).rstrip(".。")


def asked(each: DecisionFacts, say: Teller) -> str:
    """What a voice asks, by when, and what comes of no answer."""
    if each.ask is not None:
        return _decision_asked(each.ask, say)
    if not each.asked:
        return say(
            "A hard voice at home: “They take us for weak. Do something that all can see, or I shall speak myself.”"
            " If nothing is done, it speaks, and standing at home changes by {by}.",
            by=points_printed(say.dossier.at_home.standing["unanswered"], signed=True),
        )
    return say(
        "A voice at home: “We have seen enough; all of it points one way. They are coming for: {red}. What do we do?”",
        red=bare(each.leads_to, say),
    )


def _decision_asked(ask: AskedFacts, say: Teller) -> str:
    """What a decision is about, and what comes of letting a turn pass."""
    told = [capital(say("asked by {voice}: “{title}”", voice=bare(ask.voice, say), title=say.of(ask.title)))]
    told.append(say("We answer with these moves, or let the turn pass; then: {text}", text=_passed(ask, say)))
    if not ask.delays:
        told.append(say("Then the question comes a second time."))
    standing = say.dossier.at_home.standing.get("unanswered" if ask.delays else "delayed", 0)
    if standing and ask.at_home and (ask.acts is not None or not ask.delays):
        told.append(say("Standing at home: {by}.", by=points_printed(standing, signed=True)))
    return one_after_another(told)


def answers_to(each: DecisionFacts, say: Teller) -> tuple[DecisionAnswer, ...]:
    """What may be done."""
    if each.ask is not None:
        return (*each.ask.answers, *each.ask.may)
    return tuple(say.dossier.answers if each.asked else say.dossier.at_home.answers)


def answer_says(each: DecisionFacts, answer: DecisionAnswer, say: Teller) -> str:
    """An answer, as it is picked."""
    return (
        say.of(each.ask.answers[answer])
        if each.ask is not None and answer in each.ask.answers
        else say(ANSWERS[answer])
    )


def answered(each: DecisionFacts, answer: DecisionAnswer, say: Teller) -> str:
    """An answer that was given, in a word or two, or in those of the scenario."""
    if each.ask is not None and answer in each.ask.answers:
        return quote_text(bare(each.ask.answers[answer], say))
    return say(ANSWERED[answer])


def how(each: DecisionFacts, answer: DecisionAnswer, blocked: Iterable[BlockedMove], say: Teller) -> str:
    """By which moves an answer is carried out, or that none is needed; those that can't be made now stay out."""
    if each.ask is not None and answer in each.ask.answers:
        return ""
    moves = open_moves(each, answer, blocked, say)
    if answer in VOICE:
        by = points_printed(say.dossier.at_home.standing[answer], signed=True)
        return say(VOICE[answer], by=by, moves=join_parts(map(say.move, moves), say))
    if moves:
        return say("by: {moves}", moves=join_parts(map(say.move, moves), say))
    if say.dossier.carried_out_by(answer):
        return say("no move that does it can be made now")
    return say("no move goes out for it; it is what we do if we say nothing")


def open_moves(each: DecisionFacts, answer: DecisionAnswer, blocked: Iterable[BlockedMove], say: Teller) -> list[str]:
    """The moves that carry an answer out and can be made now; none carries out what is decided."""
    if each.ask is not None:
        return []
    shut = {each.move for each in blocked}
    return [move for move in say.dossier.carried_out_by(answer) if move not in shut]


def unsettled(view: TeamView, say: Teller) -> list[DecisionFacts]:
    """What asks and has no answer yet, an act to meet a hard voice that is on no list included."""
    meets = say.dossier.at_home.answers.get("meet", ())
    is_met = any(each.draft.move in meets and each.draft.visibility == "public" for each in view.drafts)
    return [
        each
        for each in view.decisions
        if (each.answer is None and (each.asked or not is_met))
        or (each.answer == "meet" and not each.asked and not is_met)
    ]


def settled(view: TeamView, say: Teller) -> Iterator[str]:
    """What goes with the moves and is none of them: how we answer whoever asks us."""
    for each in view.decisions:
        if each.answer is None:
            continue
        text = answer_says(each, each.answer, say)
        if each.ask is not None:
            yield say("Our answer to {voice}: {text}", voice=bare(each.ask.voice, say), text=text)
        elif each.asked:
            yield say("Our answer to the voice at home over “{line}”: {text}", line=bare(each.says, say), text=text)
        else:
            yield say("Our answer to the hard voice at home: {text}", text=text)


def unsettled_told(each: DecisionFacts, say: Teller) -> str:
    """What comes of it if that is so when the moves are committed."""
    if each.ask is not None:
        return say("No answer to {voice}, and so: {text}", voice=bare(each.ask.voice, say), text=_passed(each.ask, say))
    if each.asked:
        return say("Not decided, and so we hold: {line}", line=say.of(each.says))
    if each.answer == "meet":
        return say("No public act on the list meets the hard voice at home, and so it speaks by itself")
    return say("The hard voice at home is not answered, and so it speaks by itself")


def _passed(ask: AskedFacts, say: Teller) -> str:
    """What comes of letting the turn pass."""
    if not ask.delays:
        return quote_text(say.of(ask.otherwise))
    return (
        say("nobody asks any more.")
        if ask.acts is None
        else say("whoever asks then acts alone: “{acts}”", acts=say.of(ask.acts))
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


def became_told(side: Side | None, became: str, voice: Mapping[str, str], say: Teller) -> str:
    """What became of a decision."""
    ours = side is None or side == say.dossier.side
    words = {"voice": bare(voice, say), "side": "" if side is None else team(say, side)}
    return capital(say((BECAME_OURS if ours else BECAME_THEIRS)[became], **words))


def voice_told(side: Side, answer: str | None, said: bool, say: Teller) -> str:
    """That a hard voice asks, or what became of it: in the same words of both sides."""
    told = (OURS if side == say.dossier.side else THEIRS)[
        "unanswered" if answer is not None and not said else answer or "asks"
    ]
    return say(told, side=team(say, side))


def answer_told(answer: DecisionAnswer, said: bool, say: Say) -> str:
    """What a team did with a conclusion, in a clause."""
    if not said:
        return say("no answer was given, and so it held")
    return say("it chose to {answer}", answer=say(ANSWERED[answer]))
