"""What a team is asked within a turn, as forms: decisions, the pink question, readouts, readings, forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import CardFacts, DecisionFacts, ExchangeFacts, ForecastFacts, TeamView
from crisis_sim.pages.blocks import Block, Span, line, prose
from crisis_sim.pages.closer_words import CLOSER, act_note, act_told, closer_settled
from crisis_sim.pages.decision_blocks import (
    answer_says,
    answers_to,
    asked,
    how,
    named,
    open_moves,
    settled,
    unsettled,
    unsettled_told,
)
from crisis_sim.pages.desk_blocks import account_warnings, exchange_blocks, has_answer, our_list, received, said_blocks
from crisis_sim.pages.forecast_blocks import asked_again, chance_says
from crisis_sim.pages.form import Form, FormDoor, FormOption, FormSheet, Questions
from crisis_sim.pages.move_blocks import way_told
from crisis_sim.pages.move_form import NEW, scale_options
from crisis_sim.pages.phrases import AUDIENCES, CONFIDENCE, audience_named
from crisis_sim.pages.reading_blocks import alone_blocks, card_blocks, held_crossed, touched
from crisis_sim.pages.talk_blocks import ASKED, END_CALL, ENDS_FOR_BOTH, NOTED
from crisis_sim.pages.teller import Teller, head_for
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


def decision(name: str, of: DecisionFacts, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """What we do with a conclusion, a hard voice or a decision, and by which move."""
    asking = Questions(sheet, {} if of.answer is None else {"answer": of.answer})
    options = [
        FormOption(answer, answer_says(of, answer, say), how(of, answer, view.blocked, say))
        for answer in answers_to(of, say)
    ]
    answer = asking.one("answer", say("What do we do?"), options, binding=True)
    then = ""
    is_full = a.own_moves(each.draft for each in view.drafts) >= say.dossier.moves_most
    moves = [] if answer is None else open_moves(of, answer, view.blocked, say)
    after: tuple[Block, ...] = ()
    if moves and is_full:
        told = say("Our own moves are all listed: revise one or take one off, then make the move for it.")
        after = (prose(told, "strong"),)
    elif len(moves) == 1:
        then = f"{NEW}:{moves[0]}"
    elif moves:
        by = [FormOption(move, say.move(move), say.of(say.dossier.moves[move].does)) for move in moves]
        if move := asking.one("by", say("By which move?"), by, none=say("none of them for the moment")):
            then = f"{NEW}:{move}"
    action = a.AnswerDecision(asked=of.asked, answer=answer or "")
    before = (prose(asked(of, say)),)
    return asking.form(name, named(of, say), say("Decide so"), action, before=before, after=after, then=then)


def ask_closer(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """Over which channel to ask what moved them closer, or not."""
    asking = Questions(sheet, {"channel": view.asks_closer} if view.asks_closer else {})
    ways = [each for each in view.channels if each.id in view.ways_to_ask]
    options = [FormOption(each.id, say.channel(each.id), way_told(each, say, private=True)) for each in ways]
    none = say("Do not ask after all") if view.asks_closer else say("we do not ask")
    channel = asking.one("channel", say("Over which channel?"), options, none=none)
    before = (
        prose(say("We ask them: “{says}”", says=say(CLOSER)), "strong"),
        prose(
            say("It goes with our moves and is none of them; they answer with their next, truly or not, or decline.")
        ),
    )
    action = a.AskCloser(channel=channel or "")
    return asking.form(name, say("Ask them what moved them closer"), say("Ask so"), action, before=before)


def answer_closer(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form | None:
    """Up to two of their acts and a concern, or nothing."""
    if view.closer is None:
        return None
    asking = Questions(sheet)
    acts = [FormOption(str(each.number), act_told(each, say), act_note(each, say)) for each in view.closer.acts]
    said = asking.many("acts", say("Which acts? Two at most."), acts, none=say("We decline to say"), most=2)
    chosen = tuple(int(each) for each in (said or ())[:2])
    concern = ""
    if chosen:
        concerns = [FormOption(each, say.concern(each)) for each in say.dossier.concerns]
        concern = asking.one("concern", say("Over what?"), concerns) or ""
    action = a.AnswerCloser(acts=chosen, concern=concern)
    return asking.form(name, say(CLOSER), say("Say so"), action)


def readout(name: str, of: ExchangeFacts, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """Our published account of an exchange."""
    given: dict[str, str] = {}
    if of.ours is not None:
        given = {"outcome": of.ours.outcome, "tone": str(of.ours.tone), "text": of.ours.text}
    asking = Questions(sheet, given)
    outcomes = [FormOption(outcome, say(says)) for outcome, says in OUTCOMES.items()]
    outcome = asking.one("outcome", say("What do we publish of it?"), outcomes)
    tone = asking.one("tone", say("In what tone?"), scale_options(say), scale=True)
    text = asking.text("text", say("What are our words to the press?"), none=say("no words of ours"))
    result = next((each for each in OUTCOMES if each == outcome), "talked")
    action = a.SealReadout(exchange=of.number, outcome=result, tone=int(tone or 0), text=text or "")  # type: ignore[arg-type]  # one of OUTCOMES
    told = (prose(each, "strong") for each in account_warnings(view, say))
    return asking.form(name, head_for(of.act, view.side, say), say("Seal our readout"), action, before=told)


def said_in_call(name: str, number: int, sheet: FormSheet, say: Teller) -> Form:
    """What we say in a call that is held."""
    asking = Questions(sheet)
    text = asking.text("text", say("What do we say to them?"))
    return asking.form(name, say("The talk"), say("Say it"), a.SayInCall(exchange=number, text=text or ""), then=name)


def call_ended(name: str, number: int, say: Teller) -> Form:
    """End a call for both sides."""
    told = prose(say(ENDS_FOR_BOTH))
    return Questions({}).form(
        name, say(END_CALL), say("End it"), a.EndCall(exchange=number), before=(told,), final=True
    )


def noted(name: str, talk: ExchangeFacts, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """What was said in a talk, as we have it."""
    asking = Questions(sheet)
    text = asking.text("text", say(ASKED), note=say(NOTED))
    action = a.TakeNote(text=text or "", about="talk", of=str(talk.number))
    before = (prose(head_for(talk.act, view.side, say), "strong"),)
    return asking.form(name, say("Note what was said in the talk"), say("Note it"), action, before=before)


def note(name: str, sheet: FormSheet, say: Teller) -> Form:
    """Something to write down."""
    asking = Questions(sheet)
    text = asking.text("text", say("What do we note, for ourselves and the debrief?"))
    return asking.form(name, say("Write a note"), say("Note it"), a.TakeNote(text=text or ""))


def reading(name: str, card: CardFacts, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """How we take what reached us: how hostile, how sure, of public words for whom; and a line that it touches."""
    asking = Questions(sheet, _read(card))
    place = 1 + [each.number for each in view.to_read].index(card.number)
    hostility = asking.one("hostility", say("How do we take it?"), scale_options(say), scale=True)
    sure = [FormOption(str(n), say(words)) for n, words in enumerate(CONFIDENCE, 1)]
    confidence = asking.one("confidence", say("How sure are we?"), sure, scale=True)
    audience: Audience | UnsetType = UNSET
    if card.act.visibility == "public":
        options = [FormOption(each, audience_named(each, say)) for each in AUDIENCES]
        whom = asking.one("audience", say("Whom was it mainly for?"), options)
        audience = next((each for each in AUDIENCES if each == whom), UNSET)
    lines = tuple(_touchable(view, say))
    said = asking.one("touches", say("Which line of ours does it touch?"), lines, none=say("none of them"), aside=True)
    named, crosses = line_touched(said or "")
    action = a.SealReading(
        item=card.number,
        hostility=int(hostility or 0),
        confidence=int(confidence or 1),
        touches=named,
        audience=audience,
    )
    if crosses:
        action = replace(action, crosses=True)
    lead = line(Span(say("card {n} of {m}", n=place, m=len(view.to_read)), "quiet"))
    shown = card_blocks(card, touched(view, card.touches, card.crosses, say), view, say, lead)
    before = (*shown, *alone_blocks(card, say))
    unread = (str(each.number) for each in _unread(view) if each.number != card.number)
    then = next(unread, next(_unsaid(view), COMMIT))
    alone = FormDoor(f"{ALONE}:{card.number}", say("Say first, alone, how I take it"))
    doors = (alone,) if card.hostility is None else ()
    does = say("Seal our reading")
    return asking.form(name, say("What reached us"), does, action, before=before, then=then, doors=doors)


def reading_alone(name: str, card: CardFacts, sheet: FormSheet, say: Teller) -> Form:
    """How one person of the team takes it, before the team seals that."""
    asking = Questions(sheet)
    note = say("It stays sealed until the hotwash; then the team sees how far apart its persons were.")
    hostility = asking.one("hostility", say("How do I take it?"), scale_options(say), note=note, scale=True)
    before = (prose(received(card.act, say), "strong"), *said_blocks(card.act, say))
    action = a.PressReading(item=card.number, hostility=int(hostility or 0))
    title, then = say("Say first, alone, how I take it"), str(card.number)
    return asking.form(name, title, say("Seal it"), action, before=before, then=then)


def _read(card: CardFacts) -> dict[str, str]:
    """What was said of a card before."""
    touches = "" if card.touches is None else touching(card.touches, crosses=card.crosses)
    said = {"hostility": card.hostility, "confidence": card.confidence, "audience": card.audience}
    return {name: str(value) for name, value in said.items() if value is not None} | {"touches": touches}


def touching(line: str, *, crosses: bool) -> str:
    """A line of ours that a card touches, or that we hold crossed by it, as the form of a reading says it."""
    return f"{CROSSES}{line}" if crosses else line


def line_touched(said: str) -> tuple[str | None, bool]:
    """The line of ours that such an answer names, if any, and whether we hold it crossed."""
    return said.removeprefix(CROSSES) or None, said.startswith(CROSSES)


def _touchable(view: TeamView, say: Teller) -> Iterator[FormOption]:
    for ours in (each for each in view.lines if each.adopted):
        says = say("{kind}: {says}", kind=say(ours.kind), says=say.of(ours.says))
        yield FormOption(ours.id, says)
        if ours.claimable:
            note = say("Only we and the facilitator are told.")
            yield FormOption(touching(ours.id, crosses=True), held_crossed(says, say), note)


def _unread(view: TeamView) -> list[CardFacts]:
    return [card for card in view.to_read if card.hostility is None]


def forecast(name: str, of: ForecastFacts, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """The chance that something happens, or of what is believed of the whole."""
    asking = Questions(sheet, {} if of.chance is None else {"chance": str(of.chance)})
    note = ""
    if of.id == HERE_FOR_MORE and of.before is None:
        note = say(
            "The last one asks what we believe of the whole, not of the next turn; sealed, and compared in the hotwash."
        )
    chance = asking.whole("chance", say("How likely, in percent?"), 100, note=note)
    after = () if chance is None else (prose(chance_says(chance, say), "good"),)
    action = a.SealForecast(forecast=of.id, chance=chance or 0)
    title, then = asked_again(of, say), next((each for each in _unsaid(view) if each != of.id), COMMIT)
    return asking.form(name, title, say("Seal it"), action, after=after, then=then)


def _unsaid(view: TeamView) -> Iterator[str]:
    return (each.id for each in view.asked_now if each.chance is None)


def commit(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form | None:
    """What the phase asks of us is final: the last look at it."""
    asking = Questions(sheet)
    match view.phase:
        case "moves":
            return _commit_moves(asking, name, view, say)
        case "readings":
            unread = [received(card.act, say) for card in _unread(view)]
            told = [prose(each, "bad") for each in unread]
            if unread:
                title = say("Commit with {n} card unread?", plural="Commit with {n} cards unread?", n=len(unread))
                told.append(prose(say("What is skipped stays unread for good.")))
            else:
                title = say(READINGS_FINAL[bool(view.asked_now)])
            if missing := [say.forecast(each) for each in _unsaid(view)]:
                told.append(prose(say("Not forecast: {what}", what=join_parts(missing, say)), "bad"))
            return asking.form(name, title, say("commit"), a.CommitReadings(), before=told, final=True)
        case "forecasts":
            missing = [say.forecast(each) for each in _unsaid(view)]
            title = say("Our forecasts are final once they are committed. Commit them?")
            if missing:
                n = len(missing)
                title = say("Commit with {n} forecast not said?", plural="Commit with {n} forecasts not said?", n=n)
            told = [prose(each, "bad") for each in missing]
            return asking.form(name, title, say("commit"), a.CommitForecasts(), before=told, final=True)
        case _:
            return None


def _commit_moves(asking: Questions, name: str, view: TeamView, say: Teller) -> Form:
    """Every word that goes out, what is missing, and what goes with it."""
    told: list[Block] = []
    for request in view.requests:
        head = received(request.act, say)
        if not has_answer(request):
            told.append(prose(say("No answer yet: {head}").format(head=head), "bad"))
        elif request.stays_silent and not request.drafted:
            told.append(prose(say("We say nothing to: {head}", head=head)))
    told += [prose(unsettled_told(each, say), "bad") for each in unsettled(view, say)]
    if view.closer is not None and not view.closer.said:
        told.append(prose(say("We are asked what moved us closer and have said nothing: that declines."), "bad"))
    told += [prose(each) for each in (*settled(view, say), *closer_settled(view, say))]
    told += our_list(view, say, detailed=True)
    told += exchange_blocks((each for each in view.exchanges if each.ours is not None), say, detailed=True)
    least, on_list = say.dossier.moves_least, a.made(each.draft for each in view.drafts)
    lacks = ""
    if on_list < least:
        lacks = say("Moves on the list: {n}; a turn takes at least {least}.", n=on_list, least=least)
    title = say("Our list is final once it is committed. Commit it?")
    return asking.form(name, title, say("commit"), a.CommitMoves(), before=told, lacks=lacks, final=True)
