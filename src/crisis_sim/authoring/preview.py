"""A scenario as its people will meet it, without a session: each inject as each seat gets it, each turn as it begins.

Nothing is written and nobody acts. The turns are the engine's own, walked through in silence; what a seat sees at one
of them is the view that the engine would show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.content.material import Material, titles_by_id
from crisis_sim.content.scenario import Inject
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.apply import apply
from crisis_sim.engine.inject_times import inject_plan, schedule_of
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seat_views import FacilitatorView, View
from crisis_sim.engine.views.seats import view_for
from crisis_sim.errors import ActionRefused, Sentence, UnreadableInput, either
from crisis_sim.pages.channel_blocks import shape_word
from crisis_sim.pages.plan_blocks import after_words, again_words
from crisis_sim.pages.translator import Translator
from crisis_sim.problems import nearest
from crisis_sim.rules.names import Language, TrackNumbers
from crisis_sim.wording import _, speaker
from crisis_sim.wording.explain import explain, outcomes

Comes: TypeAlias = Literal["by the clock", "if", "by hand", "never"]
"""What brings an inject: `if` is a condition, or another inject that waits for something."""


class InjectPage(NamedTuple):
    """An inject as its people get it."""

    id: str
    title: str
    hour: int
    """From which it is due; of one that follows another or comes again, the hour of the turn in which it comes."""
    comes: Comes
    after: str
    """How long after what it comes, in words; empty where it follows nothing."""
    again: str
    """How often it comes, in words; empty where it comes once."""
    condition: str
    """In words; empty where there is none."""
    to: str
    """`us`, `china` or `both`."""
    us: str
    """The words that the US team reads; empty if it gets none."""
    china: str
    reads_us: str
    """How the US may misread it."""
    reads_china: str
    note: str
    follows: tuple[str, ...]
    """What changes when it comes."""
    window: int | None
    """Hours in which somebody should answer it."""
    window_turns: int | None
    """Turns in which somebody should."""
    until: int | None
    until_turns: int | None
    """Turns in which its condition is tried."""
    thread: str
    place: str
    """file:line."""


class TurnPage(NamedTuple):
    """A turn of one length as it begins, if nobody has done anything."""

    number: int
    """As it is played, from 1."""
    hour: int
    ends: int
    """Hour at which the next one begins, or the session ends."""
    injects: tuple[InjectPage, ...]
    """Those that come here at the earliest: by the clock, then those that need something, then those released by hand,
    and in the last turn those that never come."""
    tracks: tuple[tuple[str, str], ...]
    """What is at stake, each with its value and unit."""
    channels: tuple[tuple[str, str, int, bool], ...]
    """Each channel with its shape in a word, hours for a message, and whether one sent now arrives within the turn."""


class Preview:
    """One scenario at one length, in one language."""

    def __init__(self, material: Material, length: int, language: Language = "en") -> None:
        """Raises UnreadableInput where the scenario has no such length."""
        if length not in material.scenario.lengths:
            lengths = either([str(option) for option in sorted(material.scenario.lengths)])
            message = Sentence("'{id}' cannot be played in {length} minutes", id=material.scenario.id, length=length)
            raise UnreadableInput("preview/length", message, hint="choose {lengths}", lengths=lengths)
        self.material = material
        self.length = length
        self.language: Language = language
        self._names = titles_by_id(material, language)
        self._table = build_table(material, seed="preview", length=length, session="preview")
        self._schedule = schedule_of(material, length)
        self._states = _states_without_acts(self._table)

    @property
    def hours(self) -> tuple[int, ...]:
        """Hours at which the turns begin, and at last the one at which the session ends."""
        return self._table.hours

    def turns(self) -> tuple[TurnPage, ...]:
        """Every turn, with the injects that come in it at the earliest."""
        turns, last = range(1, len(self.hours)), len(self.hours) - 1
        pages_by_turn: dict[int, list[InjectPage]] = {turn: [] for turn in turns}
        for inject in self.material.scenario.msel:
            if self.length in inject.lengths:
                for turn in self._turns_of(inject) or (last,):
                    pages_by_turn[turn].append(self.inject(inject.id, turn))
        return tuple(
            self._turn(turn - 1, tuple(sorted(pages, key=lambda page: _ORDER[page.comes])))
            for turn, pages in pages_by_turn.items()
        )

    def _turns_of(self, inject: Inject) -> tuple[int, ...]:
        """The turns in which an inject comes at the earliest; none where it never does."""
        return self._schedule[inject.id].turns if inject.id in self._schedule else ()

    def inject(self, ident: str, turn: int | None = None) -> InjectPage:
        """One inject by its id, as it first comes or as in a turn. Raises UnreadableInput for an unknown one."""
        inject = next((entry for entry in self.material.scenario.msel if entry.id == ident), None)
        if inject is None:
            near = nearest(ident, [entry.id for entry in self.material.scenario.msel])
            hint = (
                Sentence("did you mean '{near}'?", near=near)
                if near
                else Sentence("crisis-sim preview SCENARIO lists them")
            )
            raise UnreadableInput("preview/inject", "there is no inject '{ident}'", hint=hint, ident=ident[:60])
        language, plan, turns = self.language, inject_plan(inject, self.hours[:-1]), self._turns_of(inject)
        turn = turn or next(iter(turns), len(self.hours) - 1)
        say, numbers = self.seat_formatter("facilitator"), self._numbers(inject, turn)
        us, china = (say.numbered(text.words, numbers) for text in (inject.text.us, inject.text.china))
        return InjectPage(
            id=inject.id,
            title=inject.title.in_(language),
            hour=self.hours[turn - 1] if turns and (plan.follows or turn != turns[0]) else inject.at,
            comes=self._comes(inject),
            after="" if plan.follows is None else after_words(plan.follows, self._title(plan.follows[0]), say),
            again="" if plan.again is None else again_words(plan.again, say),
            condition="" if inject.when is None else explain(inject.when, self._names, self.language),
            to=inject.to,
            us=us if inject.to != "china" else "",
            china=china if inject.to != "us" else "",
            reads_us=inject.reads_as.us.in_(language),
            reads_china=inject.reads_as.china.in_(language),
            note=inject.note.in_(language),
            follows=() if inject.then is None else outcomes(inject.then, self._names, self.language),
            window=inject.window,
            window_turns=inject.window_turns,
            until=inject.until,
            until_turns=inject.until_turns,
            thread=(inject.thread or "").replace("-", " "),
            place=self.material.places.get(f"inject/{inject.id}", ""),
        )

    def _comes(self, inject: Inject) -> Comes:
        """What brings an inject, in this length."""
        if not self._turns_of(inject):
            return "never"
        return "by hand" if inject.by_hand else "by the clock" if self._schedule[inject.id].is_certain else "if"

    def _title(self, ident: str) -> str:
        return next(inject.title.in_(self.language) for inject in self.material.scenario.msel if inject.id == ident)

    def _numbers(self, inject: Inject, turn: int) -> TrackNumbers:
        """Where the tracks that its text names stand in a turn, if nobody has acted."""
        return tuple((track, self._states[turn].tracks[track]) for track in self._table.numbered.get(inject.id, ()))

    def view_at(self, seat: a.SeatName, turn: int, inject: str | None = None) -> View:
        """What a seat sees as its moves of a turn open (0: the briefing), as if `inject` had come in it.

        The other injects of that turn that wait for something have not come then: one of them may be its opposite.
        Raises UnreadableInput for a turn that this length does not have.
        """
        if not 0 <= turn < len(self._states):
            message = Sentence("there is no turn {turn} in {length} minutes", turn=turn, length=self.length)
            raise UnreadableInput("preview/turn", message, hint="choose 1 to {states}", states=len(self._states) - 1)
        state = self._states[turn]
        if inject is not None and turn:
            state = self._with(self.inject(inject).id, turn)
        return view_for(state, self._table, seat)

    def seat_formatter(self, seat: a.SeatName) -> Translator:
        """What tells what a seat sees, and that it is a look only."""
        return Translator(dossier_for(self._table, seat), self.language, now=speaker(self.language)(_NOW))

    def _with(self, inject: str, turn: int) -> State:
        """The state as a turn opens in which this inject came, and no other that waits for something."""
        state = self._states[turn - 1]
        for other, times in self._schedule.items():
            if turn in times.turns and not times.is_certain:
                state = _apply_if_allowed(state, self._table, a.HoldInject(inject=other))
        while (state.phase, state.turn) != ("moves", turn):
            state = _apply_action(state, self._table, "facilitator", a.Advance())
        return _apply_if_allowed(state, self._table, a.ReleaseInject(inject=inject))

    def _turn(self, place: int, injects: tuple[InjectPage, ...]) -> TurnPage:
        view = self.view_at("facilitator", place + 1)
        assert isinstance(view, FacilitatorView)
        hour, ends = self.hours[place], self.hours[place + 1]
        say = self.seat_formatter("facilitator")
        channels = tuple(
            (
                say.channel(channel.id),
                shape_word(channel.id, channel.readiness, say),
                channel.latency,
                channel.latency <= ends - hour,
            )
            for channel in view.channels
        )
        tracks = tuple(
            (say.track_name(say.dossier.tracks[track.id]), say.amount(track.id, track.value)) for track in view.tracks
        )
        return TurnPage(place + 1, hour, ends, injects, tracks, channels)


_ORDER: Final[Mapping[Comes, int]] = {"by the clock": 0, "if": 1, "by hand": 2, "never": 3}


def _states_without_acts(table: GameTable) -> tuple[State, ...]:
    """The state at the briefing, and at the opening of the moves of every turn in which nobody has acted."""
    state = opening_state(table)
    states = [state]
    while state.phase != "closing":
        state = _apply_action(state, table, "facilitator", a.Advance())
        if state.phase == "moves":
            states.append(state)
    return tuple(states)


_NOW: Final = _("A look only: nothing is sent or kept. ctrl+q goes back.")
"""What stands where play would say what to do."""


def _apply_if_allowed(state: State, table: GameTable, action: a.AnyAction) -> State:
    """The state after something that the facilitator does; unchanged where there is nothing to be done."""
    try:
        return _apply_action(state, table, "facilitator", action)
    except ActionRefused:
        return state


def _apply_action(state: State, table: GameTable, seat: a.SeatName, action: a.AnyAction) -> State:
    for event in decide(state, seat, action, table):
        state = apply(state, event)
    return state
