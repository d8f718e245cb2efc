"""What a turn asks of a team: keys, decisions and minutes, counted over sessions of bots that play as people might.

What an act takes is made of the same lists as the screens' steps; letters that are typed, arrows and the curtain come
on top. Nothing of a session is kept.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from crisis_sim.authoring.stats import A_MOVE, TOGETHER, around_moves, reading_units
from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide_with_state
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.state import opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.seats import lazy_view_for, view_for
from crisis_sim.pages.feed_words import item_words
from crisis_sim.pages.move_blocks import open_channels, overlooked_options
from crisis_sim.pages.move_choices import can_add, required_fields
from crisis_sim.pages.partial_move import MARKS, PartialMove, sealed_fields
from crisis_sim.pages.translator import Translator
from crisis_sim.playtest.bots import play_out
from crisis_sim.playtest.game import Bots, players
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Language

AS_PEOPLE: Final = "human-like"
SEEDS: Final = tuple("12345678")
"""One session or two differ from many by half a decision a turn."""


class TurnEffort(NamedTuple):
    """What a turn of one length asks of a team, on average."""

    length: int
    one_table: bool
    """Both teams share one screen."""
    keys: float
    """Keys that choose or go on; letters, arrows and the curtain come on top."""
    decisions: float
    minutes: dict[Language, float]
    """To read what is new, to agree on moves, decisions and readings, to forecast, and to look at results."""


def turn_efforts(material: Material) -> tuple[TurnEffort, ...]:
    """For each length of the scenario, where each team has a screen of its own and where both share one."""
    lengths = sorted(material.scenario.lengths)
    return tuple([_effort(material, length, one_table=one) for length in lengths for one in (False, True)])


def _effort(material: Material, length: int, *, one_table: bool) -> TurnEffort:
    table = build_table(material, seed="", length=length, session="effort", one_table=one_table)
    spent: Counter[str] = Counter()
    for seed in SEEDS:
        spent += _session(table.seeded(seed, table.session))
    turns = len(SEEDS) * len(SIDES) * table.turns
    around = spent["agreed"] / turns * A_MOVE + around_moves(length)
    minutes = {code: spent[code] / turns / TOGETHER[code] + around for code in material.scenario.languages}
    return TurnEffort(length, one_table, spent["keys"] / turns, spent["decisions"] / turns, minutes)


def _session(table: GameTable) -> Counter[str]:
    """What a session took both teams in its turns: keys, decisions, what it agreed on, and what there was to read."""
    state, spent = opening_state(table), Counter[str]()

    def submit(seat: a.SeatName, action: a.AnyAction) -> None:
        nonlocal state
        view = lazy_view_for(state, table, seat)
        if isinstance(view, TeamView) and view.turn:
            effort = effort_of(action, view, Translator(dossier_for(table, seat), "en"))
            agreed = isinstance(action, a.SealMove | a.AnswerDecision)
            spent.update(keys=effort.keys, decisions=effort.decisions, agreed=agreed)
        _events, state = decide_with_state(state, seat, action, table)

    play_out(
        players(Bots(AS_PEOPLE, AS_PEOPLE), table.seed, table),
        lambda seat: lazy_view_for(state, table, seat),
        submit,
        waits_for=lambda: waiting_for(state),
    )
    for side in SIDES:
        view = view_for(state, table, side)
        assert isinstance(view, TeamView)
        for language in table.scenario.languages:
            say = Translator(dossier_for(table, side), language)
            texts = ("\n".join(item_words(item, say)[:2]) for item in view.feed)
            spent[language] += sum(reading_units(text, language) for text in texts)
    return spent


class Effort(NamedTuple):
    """Of an act, or of several."""

    keys: int
    decisions: int


_PLAIN: Final[dict[type, Effort]] = {
    a.CommitMoves: Effort(2, 0),  # what is final asks once
    a.CommitReadings: Effort(1, 0),
    a.CommitForecasts: Effort(1, 0),
    a.SealForecast: Effort(3, 1),
    a.StaySilent: Effort(2, 1),
    a.AnswerDecision: Effort(2, 1),
    a.SealReadout: Effort(4, 2),
    a.AskCloser: Effort(2, 1),
}
"""What takes the same keys whatever is said: it is opened, chosen, and sent where that is a key of its own."""


def effort_of(action: a.AnyAction, view: TeamView, say: Translator) -> Effort:
    """What an act of a turn takes a team that sees `view`; nothing for what no step of a turn asks for."""
    match action:
        case a.SealMove(draft=draft):
            return _of_move(draft, view, say)
        case a.SealReading(touches=touches, audience=audience):
            question_count = 2 + bool(value_or_none(audience))
            return Effort(question_count + 2 * bool(touches), question_count + bool(touches))
        case a.AnswerCloser(acts=acts):
            return Effort(2 + 2 * bool(acts), 1 + 2 * bool(acts))
        case _:
            return _PLAIN.get(type(action), Effort(0, 0))


def _of_move(draft: a.Draft, view: TeamView, say: Translator) -> Effort:
    """The composer's three steps: what, how, words and what is sealed with them."""
    fields = {name: getattr(draft, name) for name in a.Draft.__struct_fields__}
    answers, move = PartialMove(**fields | {"audience": value_or_none(draft.audience)}), say.dossier.moves[draft.move]
    opens = Effort(1, 0) if draft.answers is None else Effort(2, 1)
    move_choice = 0 if draft.how in ("accept", "decline", "holding") else 1
    ways = [kind for kind in move.visibilities if kind in say.dossier.channels[draft.channel].visibilities]
    visibility = next((request.act.visibility for request in view.requests if request.number == draft.answers), None)
    other_way = int(draft.visibility != (visibility if visibility in ways else ways[0]))
    channel_choice = int(len(open_channels(move, view)) > 1 or len(ways) > 1)
    must = len(list(required_fields(answers, view, say)))
    marks = sum(
        len(pick) if isinstance(pick, tuple) else 1 for mark in MARKS if (pick := value_or_none(getattr(answers, mark)))
    )
    skips = len(list(overlooked_options(answers, view, say)))
    sealed = len(sealed_fields(answers))
    manner_keys, words, seal = marks + 1, 1, 1  # space marks, enter takes another way to be heard and goes on
    stops = not (other_way or marks or must or skips) and can_add(answers, view, say)  # to look at what was not chosen
    return Effort(
        opens.keys + move_choice + manner_keys + stops + must + skips + words + sealed + seal,
        opens.decisions + move_choice + channel_choice + must + marks + skips + sealed,
    )
