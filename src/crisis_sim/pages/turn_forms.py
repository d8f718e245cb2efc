"""What a team is asked within a turn, as forms: decisions, the pink question, readouts, readings, forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import CardFacts, DecisionFacts, ExchangeFacts, ForecastFacts, TeamView
from crisis_sim.pages.blocks import Block, Span, line, prose
from crisis_sim.pages.closer_words import CLOSER, act_note, closer_settled, describe_act
from crisis_sim.pages.decision_blocks import (
    answer_says,
    answers_to,
    describe_moves,
    describe_unsettled,
    explain_decision,
    name_decision,
    open_moves,
    settled,
    unsettled,
)
from crisis_sim.pages.forecast_blocks import asked_again, chance_says
from crisis_sim.pages.form import Form, FormLink, FormOption, FormSheet, Questions
from crisis_sim.pages.move_blocks import describe_channel
from crisis_sim.pages.move_form import NEW, scale_options
from crisis_sim.pages.pending_blocks import (
    account_warnings,
    exchange_blocks,
    has_answer,
    our_list,
    readout_blocks,
    received,
)
from crisis_sim.pages.phrases import AUDIENCES, CONFIDENCE, audience_named
from crisis_sim.pages.reading_blocks import alone_blocks, card_blocks, crossed_line_text, touched_line_text
from crisis_sim.pages.talk_blocks import END_CALL, ENDS_FOR_BOTH, NOTE_QUESTION, NOTED
from crisis_sim.pages.translator import Translator, head_for
from crisis_sim.rules.names import HERE_FOR_MORE, Audience
from crisis_sim.wording import _, join_parts

COMMIT: Final = "commit"
OUTCOMES: Final = {
    "agreed": _("We agreed on something"),
    "talked": _("We talked"),
    "disagreed": _("We disagreed"),
}
"""What may come of an exchange."""
READINGS_FINAL: Final = {
    True: _("Our readings and forecasts are final once they are committed. Commit them?"),
    False: _("Our readings are final once they are committed. Commit them?"),
}
"""What is asked before readings are committed, and whether forecasts go with them."""
ALONE: Final = "alone"
"""Before a card's number: how one person takes it, before the team has talked."""
CROSSES: Final = "crosses/"
"""Before a line's id: that we hold it crossed."""


def decision(name: str, facts: DecisionFacts, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """What we do with a conclusion, a hard voice or a decision, and by which move."""
    questions = Questions(answers, {} if facts.answer is None else {"answer": facts.answer})
    options = [
        FormOption(answer, answer_says(facts, answer, say), describe_moves(facts, answer, view.blocked, say))
        for answer in answers_to(facts, say)
    ]
    answer = questions.one("answer", say("What do we do?"), options, binding=True)
    next_form = ""
    is_full = a.own_moves(entry.draft for entry in view.drafts) >= say.dossier.moves_most
    moves = [] if answer is None else open_moves(facts, answer, view.blocked, say)
    notes: tuple[Block, ...] = ()
    if moves and is_full:
        warning = say("Our own moves are all listed: revise one or take one off, then make the move for it.")
        notes = (prose(warning, "strong"),)
    elif len(moves) == 1:
        next_form = f"{NEW}:{moves[0]}"
    elif moves:
        move_options = [FormOption(move, say.move(move), say.localize(say.dossier.moves[move].does)) for move in moves]
        if move := questions.one(
            "by", say("By which move?"), move_options, skip_label=say("none of them for the moment")
        ):
            next_form = f"{NEW}:{move}"
    action = a.AnswerDecision(asked=facts.asked, answer=answer or "")
    intro = (prose(explain_decision(facts, say)),)
    return questions.form(
        name, name_decision(facts, say), say("Decide so"), action, intro=intro, notes=notes, next_form=next_form
    )


def ask_closer(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """Over which channel to ask what moved them closer, or not."""
    questions = Questions(answers, {"channel": view.asks_closer} if view.asks_closer else {})
    ways = [entry for entry in view.channels if entry.id in view.ways_to_ask]
    options = [
        FormOption(entry.id, say.channel(entry.id), describe_channel(entry, say, private=True)) for entry in ways
    ]
    none_label = say("Do not ask after all") if view.asks_closer else say("we do not ask")
    channel = questions.one("channel", say("Over which channel?"), options, skip_label=none_label)
    intro = (
        prose(say("We ask them: “{says}”", says=say(CLOSER)), "strong"),
        prose(
            say("It goes with our moves and is none of them; they answer with their next, truly or not, or decline.")
        ),
    )
    action = a.AskCloser(channel=channel or "")
    return questions.form(name, say("Ask them what moved them closer"), say("Ask so"), action, intro=intro)


def answer_closer(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form | None:
    """Up to two of their acts and a concern, or nothing."""
    if view.closer is None:
        return None
    questions = Questions(answers)
    acts = [FormOption(str(act.number), describe_act(act, say), act_note(act, say)) for act in view.closer.acts]
    picked = questions.many(
        "acts", say("Which acts? Two at most."), acts, skip_label=say("We decline to say"), maximum=2
    )
    chosen = tuple(int(number) for number in (picked or ())[:2])
    concern = ""
    if chosen:
        concerns = [FormOption(key, say.concern(key)) for key in say.dossier.concerns]
        concern = questions.one("concern", say("Over what?"), concerns) or ""
    action = a.AnswerCloser(acts=chosen, concern=concern)
    return questions.form(name, say(CLOSER), say("Say so"), action)


def readout(name: str, talk: ExchangeFacts, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """Our published account of an exchange."""
    earlier_answers: dict[str, str] = {}
    if talk.ours is not None:
        earlier_answers = {"outcome": talk.ours.outcome, "tone": str(talk.ours.tone), "text": talk.ours.text}
    questions = Questions(answers, earlier_answers)
    outcomes = [FormOption(outcome, say(label)) for outcome, label in OUTCOMES.items()]
    outcome = questions.one("outcome", say("What do we publish of it?"), outcomes)
    tone = questions.one("tone", say("In what tone?"), scale_options(say), scale=True)
    text = questions.text("text", say("What are our words to the press?"), skip_label=say("no words of ours"))
    result = next((key for key in OUTCOMES if key == outcome), "talked")
    action = a.SealReadout(exchange=talk.number, outcome=result, tone=int(tone or 0), text=text or "")  # type: ignore[arg-type]  # one of OUTCOMES
    warnings = (prose(warning, "strong") for warning in account_warnings(view, say))
    return questions.form(name, head_for(talk.act, view.side, say), say("Seal our readout"), action, intro=warnings)


def call_line_form(name: str, number: int, answers: FormSheet, say: Translator) -> Form:
    """What we say in a call that is held."""
    questions = Questions(answers)
    text = questions.text("text", say("What do we say to them?"))
    return questions.form(
        name, say("The talk"), say("Say it"), a.SayInCall(exchange=number, text=text or ""), next_form=name
    )


def call_ended(name: str, number: int, say: Translator) -> Form:
    """End a call for both sides."""
    warning = prose(say(ENDS_FOR_BOTH))
    return Questions({}).form(
        name, say(END_CALL), say("End it"), a.EndCall(exchange=number), intro=(warning,), final=True
    )


def note_talk(name: str, talk: ExchangeFacts, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """What was said in a talk, as we have it."""
    questions = Questions(answers)
    text = questions.text("text", say(NOTE_QUESTION), note=say(NOTED))
    action = a.TakeNote(text=text or "", about="talk", of=str(talk.number))
    intro = (prose(head_for(talk.act, view.side, say), "strong"),)
    return questions.form(name, say("Note what was said in the talk"), say("Note it"), action, intro=intro)


def note(name: str, answers: FormSheet, say: Translator) -> Form:
    """Something to write down."""
    questions = Questions(answers)
    text = questions.text("text", say("What do we note, for ourselves and the debrief?"))
    return questions.form(name, say("Write a note"), say("Note it"), a.TakeNote(text=text or ""))


def reading(name: str, card: CardFacts, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """How we take what reached us: how hostile, how sure, of public words for whom; and a line that it touches."""
    questions = Questions(answers, _read(card))
    place = 1 + [entry.number for entry in view.to_read].index(card.number)
    hostility = questions.one("hostility", say("How do we take it?"), scale_options(say), scale=True)
    sure = [FormOption(str(n), say(words)) for n, words in enumerate(CONFIDENCE, 1)]
    confidence = questions.one("confidence", say("How sure are we?"), sure, scale=True)
    audience: Audience | UnsetType = UNSET
    if card.act.visibility == "public":
        options = [FormOption(key, audience_named(key, say)) for key in AUDIENCES]
        whom = questions.one("audience", say("Whom was it mainly for?"), options)
        audience = next((key for key in AUDIENCES if key == whom), UNSET)
    lines = tuple(_touchable(view, say))
    line_answer = questions.one(
        "touches", say("Which line of ours does it touch?"), lines, skip_label=say("none of them"), aside=True
    )
    line_id, crosses = line_touched(line_answer or "")
    action = a.SealReading(
        item=card.number,
        hostility=int(hostility or 0),
        confidence=int(confidence or 1),
        touches=line_id,
        audience=audience,
    )
    if crosses:
        action = replace(action, crosses=True)
    lead = line(Span(say("card {n} of {m}", n=place, m=len(view.to_read)), "quiet"))
    shown = card_blocks(card, touched_line_text(view, card.touches, card.crosses, say), view, say, lead)
    intro = (*shown, *alone_blocks(card, say))
    unread = (str(other_card.number) for other_card in _unread(view) if other_card.number != card.number)
    next_form = next(unread, next(_unsaid(view), ""))
    alone = FormLink(f"{ALONE}:{card.number}", say("Say first, alone, how I take it"))
    links = (alone,) if card.hostility is None else ()
    does = say("Seal our reading")
    return questions.form(name, say("What reached us"), does, action, intro=intro, next_form=next_form, links=links)


def reading_alone(name: str, card: CardFacts, answers: FormSheet, say: Translator) -> Form:
    """How one person of the team takes it, before the team seals that."""
    questions = Questions(answers)
    note = say("It stays sealed until the hotwash; then the team sees how far apart its persons were.")
    hostility = questions.one("hostility", say("How do I take it?"), scale_options(say), note=note, scale=True)
    intro = (prose(received(card.act, say), "strong"), *readout_blocks(card.act, say))
    action = a.PressReading(item=card.number, hostility=int(hostility or 0))
    title, next_form = say("Say first, alone, how I take it"), str(card.number)
    return questions.form(name, title, say("Seal it"), action, intro=intro, next_form=next_form)


def _read(card: CardFacts) -> dict[str, str]:
    """What was said of a card before."""
    touches = "" if card.touches is None else touching(card.touches, crosses=card.crosses)
    answers = {"hostility": card.hostility, "confidence": card.confidence, "audience": card.audience}
    return {name: str(value) for name, value in answers.items() if value is not None} | {"touches": touches}


def touching(line: str, *, crosses: bool) -> str:
    """A line of ours that a card touches, or that we hold crossed by it, as the form of a reading says it."""
    return f"{CROSSES}{line}" if crosses else line


def line_touched(answer: str) -> tuple[str | None, bool]:
    """The line of ours that such an answer names, if any, and whether we hold it crossed."""
    return answer.removeprefix(CROSSES) or None, answer.startswith(CROSSES)


def _touchable(view: TeamView, say: Translator) -> Iterator[FormOption]:
    for ours in (entry for entry in view.lines if entry.adopted):
        text = say("{kind}: {says}", kind=say(ours.kind), says=say.localize(ours.says))
        yield FormOption(ours.id, text)
        if ours.claimable:
            note = say("Only we and the facilitator are told.")
            yield FormOption(touching(ours.id, crosses=True), crossed_line_text(text, say), note)


def _unread(view: TeamView) -> list[CardFacts]:
    return [card for card in view.to_read if card.hostility is None]


def forecast(name: str, facts: ForecastFacts, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """The chance that something happens, or of what is believed of the whole."""
    questions = Questions(answers, {} if facts.chance is None else {"chance": str(facts.chance)})
    note = ""
    if facts.id == HERE_FOR_MORE and facts.before is None:
        note = say(
            "The last one asks what we believe of the whole, not of the next turn; sealed, and compared in the hotwash."
        )
    chance = questions.whole("chance", say("How likely, in percent?"), 100, note=note)
    notes = () if chance is None else (prose(chance_says(chance, say), "good"),)
    action = a.SealForecast(forecast=facts.id, chance=chance or 0)
    title, next_form = asked_again(facts, say), next((key for key in _unsaid(view) if key != facts.id), "")
    return questions.form(name, title, say("Seal it"), action, notes=notes, next_form=next_form)


def _unsaid(view: TeamView) -> Iterator[str]:
    return (entry.id for entry in view.asked_now if entry.chance is None)


def commit(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form | None:
    """What the phase asks of us is final: the last look at it."""
    questions = Questions(answers)
    match view.phase:
        case "moves":
            return _commit_moves(questions, name, view, say)
        case "readings":
            unread = [received(card.act, say) for card in _unread(view)]
            blocks = [prose(head, "bad") for head in unread]
            if unread:
                title = say("Commit with {n} card unread?", plural="Commit with {n} cards unread?", n=len(unread))
                blocks.append(prose(say("What is skipped stays unread for good.")))
            else:
                title = say(READINGS_FINAL[bool(view.asked_now)])
            if missing := [say.forecast(key) for key in _unsaid(view)]:
                blocks.append(prose(say("Not forecast: {what}", what=join_parts(missing, say)), "bad"))
            return questions.form(name, title, say("commit"), a.CommitReadings(), intro=blocks, final=True)
        case "forecasts":
            missing = [say.forecast(key) for key in _unsaid(view)]
            title = say("Our forecasts are final once they are committed. Commit them?")
            if missing:
                n = len(missing)
                title = say("Commit with {n} forecast not said?", plural="Commit with {n} forecasts not said?", n=n)
            blocks = [prose(question, "bad") for question in missing]
            return questions.form(name, title, say("commit"), a.CommitForecasts(), intro=blocks, final=True)
        case _:
            return None


def _commit_moves(questions: Questions, name: str, view: TeamView, say: Translator) -> Form:
    """Every word that goes out, what is missing, and what goes with it."""
    blocks: list[Block] = []
    for request in view.requests:
        head = received(request.act, say)
        if not has_answer(request):
            blocks.append(prose(say("No answer yet: {head}").format(head=head), "bad"))
        elif request.stays_silent and not request.drafted:
            blocks.append(prose(say("We say nothing to: {head}", head=head)))
    blocks += [prose(describe_unsettled(entry, say), "bad") for entry in unsettled(view, say)]
    if view.closer is not None and not view.closer.said:
        blocks.append(prose(say("We are asked what moved us closer and have said nothing: that declines."), "bad"))
    blocks += [prose(text) for text in (*settled(view, say), *closer_settled(view, say))]
    blocks += our_list(view, say, detailed=True)
    blocks += exchange_blocks((talk for talk in view.exchanges if talk.ours is not None), say, detailed=True)
    minimum, on_list = say.dossier.moves_least, a.count_moves(entry.draft for entry in view.drafts)
    lacks = ""
    if on_list < minimum:
        lacks = say("Moves on the list: {n}; a turn takes at least {least}.", n=on_list, least=minimum)
    title = say("Our list is final once it is committed. Commit it?")
    return questions.form(name, title, say("commit"), a.CommitMoves(), intro=blocks, lacks=lacks, final=True)
