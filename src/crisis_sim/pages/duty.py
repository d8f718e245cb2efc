"""What a seat does now, and where its session stands, in sentences; and in which order seats are asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from crisis_sim.engine.actions import SeatName, count_moves, own_moves
from crisis_sim.engine.events import Phase
from crisis_sim.engine.views.feed_items import ExchangeItem
from crisis_sim.engine.views.seat_views import FacilitatorView, ObserverView, TeamView, View
from crisis_sim.engine.views.shared_facts import PHASES_AFTER_PLAY
from crisis_sim.pages.phrases import sides
from crisis_sim.pages.translator import Translator
from crisis_sim.wording import _

DUTIES: Final[Mapping[Phase, str]] = {
    "briefing": _("Read the briefs, write our lines, guess theirs, then seal them."),
    "situation": _("Read what happened. The facilitator opens the moves."),
    "readings": _("Read what reached us: how hostile, how sure. Then commit."),
    "results": _("See how it stands with us. The facilitator goes on."),
    "forecasts": _("Forecast what they will do next turn, then commit."),
    "closing": _("Guess their lines once more, then seal them."),
    "hotwash": _("Look at the gaps together."),
}
"""What a team does in each phase but that of moves."""
ORDERS: Final[Mapping[Phase, str]] = {
    "briefing": _("Read, write our lines, guess theirs, order what is grave to us and to them; then seal."),
    "closing": _("Guess their lines and what is grave to them once more, then seal."),
}
"""The same where each team orders offences."""
WAITING_DUTIES: Final[Mapping[Phase, str]] = {
    "briefing": _("Our lines are sealed. Waiting for {waiting}."),
    "moves": _("Our moves are committed. Waiting for {waiting}."),
    "readings": _("Our readings are committed. Waiting for {waiting}."),
    "forecasts": _("Our forecasts are committed. Waiting for {waiting}."),
    "closing": _("Sealed. Waiting for {waiting}."),
}
"""What a team does that has committed what the phase asks of it."""
_WITH_FORECASTS: Final = _("Read what reached us, forecast what they will do next turn, then commit.")
_BOTH_DONE: Final = _("Our readings and forecasts are committed. Waiting for {waiting}.")
WHITE: Final[Mapping[Phase, str]] = {
    "briefing": _("Both teams are ready. Go on to open turn 1."),
    "situation": _("The situation is out. Add or hold injects, then go on to open the moves."),
    "closing": _("Both teams are done. Go on to open the hotwash."),
    "hotwash": _("The sealed meanings are open. Go on to close the session."),
}
"""What the facilitator does when play waits for nobody else; in all other phases the turn has been judged."""


REHEARSES: Final = _("A rehearsal: bots play. Look around; nothing is kept.")
PRESS: Final = _("A rehearsal: press how you take what reached you. Nothing is kept.")
REHEARSED: Final = _(
    "The rehearsal is over, and nothing of it is kept. The same place is yours in the exercise: here it is."
)
"""What is said in a rehearsal of rooms, where a reading is asked for, and once it is over."""


def order(people: Collection[SeatName], turn: int) -> tuple[SeatName, ...]:
    """The order in which people at one terminal are asked: teams before the facilitator, another first each turn."""
    teams: tuple[SeatName, ...] = ("us", "china") if turn % 2 or not turn else ("china", "us")
    return tuple(seat for seat in (*teams, "facilitator", "observer") if seat in people)


def after_going_back(sentence: str, view: View, say: Translator) -> str:
    """The same, behind that play has gone back to this turn, as long as it stands at its start."""
    again = say.dossier.begins_again
    if not again or (view.turn, view.phase) != (again, "situation"):
        return sentence
    back = say("Play has gone back to the start of turn {n}: what came after no longer counts.", n=again)
    return say("{one} {two}", one=back, two=sentence)


def duty(view: View, say: Translator) -> str:
    """What a seat does at the moment, in a sentence."""
    return after_going_back(_duty(view, say), view, say)


def _duty(view: View, say: Translator) -> str:
    if say.now:
        return say.now
    if view.phase == "closed":
        return say("The session is closed.")
    if view.paused:
        return say("Play is paused. Nothing is lost.")
    if say.dossier.rehearses:
        return say(PRESS if isinstance(view, TeamView) and view.phase == "readings" else REHEARSES)
    match view:
        case ObserverView():
            return say("You are watching what is public.")
        case FacilitatorView():
            if view.waiting_for != ("facilitator",):
                waiting = sides(say, view.waiting_for)
                if _may_talk(view):
                    return say(
                        "A call is held: they are talking, or noting it. Waiting for {waiting}.", waiting=waiting
                    )
                return say("Waiting for {waiting}. Go on without them only if time is up.", waiting=waiting)
            return say(WHITE.get(view.phase, _("The turn is judged. Check the traces, then go on.")))
        case TeamView():
            return _team_duty(view, say)


def _may_talk(view: FacilitatorView) -> bool:
    """Whether both sides have a call to hold before anything else of the phase, and none has ended it."""
    exchanges = (item for item in view.feed if isinstance(item, ExchangeItem) and item.turn == view.turn)
    return view.phase == "readings" and any(not item.ended for item in exchanges)


def _team_duty(view: TeamView, say: Translator) -> str:
    if view.committed and view.phase in WAITING_DUTIES:
        is_both = view.phase == "readings" and bool(view.asked_now)
        return say(_BOTH_DONE if is_both else WAITING_DUTIES[view.phase], waiting=sides(say, view.waiting_for))
    order_duties = ORDERS if say.dossier.offences else {}
    if view.phase == "closing" and say.dossier.asks_principles:
        return say("Guess once more, put principles or accept theirs, then seal.")
    if view.phase == "readings" and view.asked_now:
        return say(_WITH_FORECASTS)
    if view.phase in order_duties:
        return say(order_duties[view.phase])
    if view.phase == "moves":
        return _ready(view, say) if is_enough(view, say) else _to_choose(say)
    return say(DUTIES[view.phase])


def _to_choose(say: Translator) -> str:
    """How many moves a turn takes."""
    minimum, maximum = say.dossier.moves_least, say.dossier.moves_most
    if minimum < maximum:
        return say("Choose {least} to {most} moves besides answers, then commit.", least=minimum, most=maximum)
    return say(
        "Choose {n} move besides answers, then commit.",
        plural="Choose {n} moves besides answers, then commit.",
        n=maximum,
    )


def is_enough(view: TeamView, say: Translator) -> bool:
    """Whether something is on a team's list, and the list can be committed as it is."""
    return bool(view.drafts) and count_moves(draft.draft for draft in view.drafts) >= say.dossier.moves_least


def _ready(view: TeamView, say: Translator) -> str:
    """That the list can be committed as it is, and how much more could be on it."""
    free_moves = say.dossier.moves_most - own_moves(draft.draft for draft in view.drafts)
    if free_moves <= 0:
        return say("Our list is full: commit it, or change it first.")
    return say("Our list can be committed; {n} more of our own would fit.", n=free_moves)


def hour_now(view: View) -> int:
    """The hour on the crisis's own clock; once play is over, that of its end."""
    return view.next_hour if view.phase in PHASES_AFTER_PLAY else view.hour


def describe_turn(view: View, say: Translator) -> str:
    """Phase, turn and game hour."""
    if not view.turn:
        return say("{title}. Before the first turn.", title=say.title)
    if view.phase in PHASES_AFTER_PLAY:
        sentence = _("Turn {turn} of {turns}, hour {hour}; play is over.")
    elif view.turn < view.turns:
        sentence = _("Turn {turn} of {turns}, hour {hour}; the next turn begins at hour {next}.")
    else:
        sentence = _("Turn {turn} of {turns}, hour {hour}; it ends at hour {next}.")
    clock = say(sentence, turn=view.turn, turns=view.turns, hour=hour_now(view), next=view.next_hour)
    return clock + say(" Paused.") if view.paused else clock
