"""What is said to a seat once something that it asked for is done, where its page does not show it by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView, View
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.closing_blocks import own_principles
from crisis_sim.pages.console_forms import meter_value
from crisis_sim.pages.decision_blocks import answered
from crisis_sim.pages.line_blocks import guess_blocks, lines_to_keep
from crisis_sim.pages.order_blocks import own_order, their_order
from crisis_sim.pages.pending_blocks import draft_named
from crisis_sim.pages.phrases import confidence, format_hostility, taken_for
from crisis_sim.pages.places_forms import IN_BRANCH
from crisis_sim.pages.reading_blocks import touched_line_text
from crisis_sim.pages.traces import describe_meter
from crisis_sim.pages.translator import Translator
from crisis_sim.session import places as p
from crisis_sim.session.places import AnyHostAct, HostAct
from crisis_sim.wording import _

CONFIRMATIONS: Final[Mapping[type[a.AnyAction | AnyHostAct], str]] = {
    a.WithdrawMove: _("Taken off our list."),
    a.StaySilent: _("We say nothing on this. Until we commit it can still be answered."),
    a.AskCloser: _("It goes with our moves, and can be changed until we commit."),
    a.AnswerCloser: _("It goes with our moves, and can be changed until we commit."),
    a.SealReadout: _("Sealed; it comes out with the next moves."),
    a.CommitMoves: _("Our moves are final."),
    a.CommitReadings: _("Our readings are final."),
    a.CommitForecasts: _("Our forecasts are final."),
    a.SealLines: _("Sealed."),
    a.DropLine: _("Taken back."),
    a.DropGuess: _("Taken back."),
    a.TakeNote: _("Noted."),
    a.Improvise: _("Delivered."),
    a.ReleaseInject: _("Delivered."),
    a.HoldInject: _("Held: it does not come by itself; it comes when you release it."),
    a.SkipInject: _("Struck from this session."),
    a.Pause: _("The clock stands and no team can act; what is half written stays."),
    a.Unpause: _("The clock goes on where it stood."),
    a.DeclareCrossing: _("Declared."),
    a.Reveal: _("Both teams can see it."),
    a.HoldMirror: _("Both teams have heard it."),
    a.PutQuestion: _("Both teams have heard it."),
    a.Bookmark: _("Marked."),
    p.GoBack: IN_BRANCH,
}
"""Where one sentence says it."""


def done_blocks(action: a.AnyAction | AnyHostAct, view: View, say: Translator) -> Iterator[Block]:
    """What was done, by what the seat sees after it."""
    if isinstance(action, a.TakeNote) and action.replaces is not None:
        yield prose(say("Changed.") if action.text else say("Struck out. The log keeps what it said."))
    elif isinstance(action, a.CommitReadings) and say.dossier.forecasts_early and view.turn < view.turns:
        yield prose(say("Our readings and forecasts are final."))
    elif type(action) in CONFIRMATIONS:
        yield prose(say(CONFIRMATIONS[type(action)]))
    elif isinstance(action, HostAct):
        return
    elif isinstance(view, TeamView):
        yield from _of_team(action, view, say)
    elif isinstance(view, FacilitatorView):
        yield from _by_hand(action, view, say)


def _by_hand(action: a.AnyAction, view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """What a facilitator has changed."""
    match action:
        case a.Extend():
            yield prose(say("This turn has {minutes} minutes.", minutes=view.minutes))
        case a.Override(meter=meter, of=subject, to=to):
            changed = next(fact for fact in view.meters if (fact.meter, fact.of) == (meter, subject))
            yield prose(say("{name} is {value}.", name=describe_meter(changed, say), value=meter_value(meter, to)))
        case a.TranslateAct(text=text) | a.TranslateLine(text=text):
            yield prose(say("It stands beneath the words.") if text else say("It is taken off."))
        case _:
            return


def _of_team(action: a.AnyAction, view: TeamView, say: Translator) -> Iterator[Block]:
    """What a team has done, by what it sees after it."""
    match action:
        case a.SealMove(draft=draft) | a.ReviseMove(draft=draft):
            yield prose(say("On our list: {move}.", move=draft_named(draft, say)))
        case a.AnswerDecision(asked=question_id, answer=answer):
            decision = next((candidate for candidate in view.decisions if candidate.asked == question_id), None)
            if decision is not None:
                text = _("What we do about it: {answer}. It can be changed until we commit.")
                yield prose(say(text, answer=answered(decision, answer, say)))
        case a.SealReading(hostility=hostility, confidence=sure, audience=audience, touches=line, crosses=crosses):
            text = say("Read as {meant}, {sure}.", meant=format_hostility(hostility, say), sure=confidence(say, sure))
            if audience:
                text = say(
                    "Read as {meant}, {sure}; {audience}.",
                    meant=format_hostility(hostility, say),
                    sure=confidence(say, sure),
                    audience=taken_for(audience, say),
                )
            yield prose(text)
            if touches := touched_line_text(view, line, crosses is True, say):
                yield prose(say("touches our line: ") + touches)
        case a.PressReading(hostility=hostility):
            text = _("Sealed for yourself alone: {taken}. Now how do we take it together?")
            yield prose(say(text, taken=format_hostility(hostility, say)))
        case _:
            yield from _of_lines(action, view, say)


def _of_lines(action: a.AnyAction, view: TeamView, say: Translator) -> Iterator[Block]:
    """What now stands, of lines and guesses and of the close."""
    match action:
        case a.AdoptLines():
            yield from lines_to_keep(view.lines, say)
        case a.WriteLine():
            yield from lines_to_keep(view.lines[-1:], say)
        case a.GuessLine():
            yield from guess_blocks(view.guesses[-1:], say)
        case a.OrderOffences():
            yield from own_order(view, say)
        case a.GuessOrder():
            yield from their_order(view, say)
        case a.PutPrinciple() | a.AcceptPrinciple():
            yield from own_principles(view, say)
        case _:
            return
