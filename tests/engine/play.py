"""A session in memory: the engine without a log, for tests of the engine alone."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache, lru_cache
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace
from tests.bots import bots_at
from tests.small import small_material

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.apply import apply
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.judging.at_home import is_call
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView, View
from crisis_sim.engine.views.seats import view_for
from crisis_sim.pages.feed_words import FeedWords, item_words
from crisis_sim.pages.translator import Translator
from crisis_sim.playtest.bots import play_out
from crisis_sim.rules.names import CardSize, Language, Side


@cache
def shipped(scenario: str, packs: tuple[str, ...] | None = None) -> Material:
    """A shipped scenario under its own rule packs, or others."""
    return load_material(scenario, packs)


def varied(scenario: str | Material, change: Callable[[dict[str, Any]], object]) -> Material:
    """A shipped scenario, or another, after a change to its tree."""
    material = shipped(scenario) if isinstance(scenario, str) else scenario
    bundle = deepcopy(material.bundle())
    authored = bundle["scenario"]
    change(authored["tree"])
    authored["sha256"] = sha256([authored["tree"], authored["texts"]])
    return material_from_bundle(bundle)


def as_expected(action: a.AnyAction) -> a.AnyAction:
    """A sealed or revised move that says how it is expected to be taken, and public words for whom.

    Where a test says nothing of it: as it is meant, and for the other side.
    """
    if isinstance(action, a.SealMove | a.ReviseMove) and type(action.draft) is a.Draft:
        draft = action.draft
        expected = draft.intent if draft.expected is UNSET else draft.expected
        audience = "them" if draft.audience is UNSET and draft.visibility == "public" else draft.audience
        return replace(action, draft=replace(draft, expected=expected, audience=audience))
    return action


def as_wanted(state: State, table: GameTable, seat: a.SeatName, action: a.AnyAction) -> a.AnyAction:
    """A call asked for or taken that says what it is for, where that is asked: where a test says nothing, to ask."""
    if not isinstance(action, a.SealMove | a.ReviseMove) or table.calls is None or (seat != "us" and seat != "china"):
        return action
    draft, inbox = action.draft, state.team(seat).inbox
    if type(draft) is not a.Draft or draft.move not in table.moves or draft.purpose is not UNSET:
        return action
    number = draft.answers
    asked = state.acts[inbox[number - 1].act].act.move if number is not None and 1 <= number <= len(inbox) else None
    if not is_call(table, draft.move, draft.how, asked):
        return action
    return replace(action, draft=replace(draft, purpose="ask", their_purpose="ask"))


def as_heard(state: State, seat: a.SeatName, action: a.AnyAction) -> a.AnyAction:
    """A reading of public words that says for whom they were: where a test says nothing of it, for the reader."""
    if (
        isinstance(action, a.SealReading)
        and type(action.item) is int
        and action.audience is UNSET
        and (seat == "us" or seat == "china")
    ):
        inbox = state.team(seat).inbox
        if 1 <= action.item <= len(inbox) and state.acts[inbox[action.item - 1].act].act.visibility == "public":
            return replace(action, audience="them")
    return action


def with_own_tracks(material: Material, **more: object) -> Material:
    """The same with a track of each team's own, which falls by the hour and by acts, and comes to a mark."""

    def change(tree: dict[str, Any]) -> None:
        for side in ("us", "china"):
            moved = {"when": {"move": {"family": "contact"}}, "by": -3, "says": f"ZQX {side} waits."}
            tree["tracks"][f"fuel-{side}"] = {
                "of": side,
                "name": f"ZQX fuel of {side}",
                "unit": "ZQX tonnes",
                "says": "ZQX.",
                "good": "up",
                "start": 40,
                "most": 90,
                "per_hour": -0.5,
                "changes": [moved],
                "marks": [{"at_most": level, "says": f"ZQX {side} under {level}."} for level in (35, 30, 25, 20)],
                **more,
            }

    return varied(material, change)


@cache
def without_assets() -> Material:
    """The submarine as a scenario without assets has it: terms are the sender's, and nothing waits for the host."""

    def change(tree: dict[str, Any]) -> None:
        del tree["consent"], tree["teams"]["us"]["assets"], tree["teams"]["china"]["assets"]
        for each in tree["tracks"]["crew-out"]["changes"]:
            for part in each["when"]["all"]:
                if isinstance(part.get("ever", {}).get("move"), dict):
                    part["ever"]["move"].pop("asset", None)

    return varied("bottomed-submarine", change)


@cache
def unasked() -> Material:
    """The submarine without anybody who asks a team to decide."""

    def change(tree: dict[str, Any]) -> None:
        tree["msel"] = [each for each in tree["msel"] if "decide" not in each]

    return varied("bottomed-submarine", change)


@lru_cache(64)
def _table(material: Material, length: int, mirrored: bool, card: CardSize | None) -> GameTable:
    """The table of an exercise: its rules are compiled once, however many sessions are played on it."""
    return build_table(material, seed="1", length=length, session="test", mirrored=mirrored, card=card)


class Play:
    """One session in memory, with every action it took."""

    def __init__(
        self,
        material: Material,
        *,
        seed: str = "1",
        length: int = 90,
        mirrored: bool = False,
        card: CardSize | None = None,
    ) -> None:
        """At the briefing."""
        self.table: GameTable = _table(material, length, mirrored, card).seeded(seed, "test")
        self.state: State = opening_state(self.table)
        self.actions: list[tuple[a.SeatName, a.AnyAction]] = []
        self.events: list[AnyEvent] = []

    def submit(self, seat: a.SeatName, action: a.AnyAction) -> tuple[AnyEvent, ...]:
        """Decide an action and fold what follows; a move of which a test says no more is expected as it is meant."""
        action = as_wanted(self.state, self.table, seat, as_heard(self.state, seat, as_expected(action)))
        told = decide(self.state, seat, action, self.table)
        for event in told:
            self.state = apply(self.state, event)
        self.actions.append((seat, action))
        self.events.extend(told)
        return told

    def look(self, seat: a.SeatName) -> View:
        """The view of a seat."""
        return view_for(self.state, self.table, seat)

    def say(self, seat: a.SeatName, language: Language = "en") -> Translator:
        """What tells a seat's view."""
        return Translator(dossier_for(self.table, seat), language)

    def told(self, seat: a.SeatName, language: Language = "en") -> list[FeedWords]:
        """The feed of a seat, in words."""
        say = self.say(seat, language)
        return [item_words(item, say) for item in self.look(seat).feed]

    def team(self, side: Side) -> TeamView:
        """The view of a team."""
        view = self.look(side)
        assert isinstance(view, TeamView)
        return view

    def white(self) -> FacilitatorView:
        """The facilitator's view."""
        view = self.look("facilitator")
        assert isinstance(view, FacilitatorView)
        return view

    def open_moves(self) -> None:
        """Go on to the moves of the next turn, nothing sealed."""
        while self.state.phase != "moves":
            self.submit("facilitator", a.Advance())

    def with_thing(self, side: Side, draft: a.Draft) -> a.Draft:
        """A draft with the first thing that its team has for it, where it says nothing and has to."""
        usable = self.table.usable(side, draft.move)
        return replace(draft, asset=usable[0]) if usable and not draft.asset else draft

    def turn(self, us: tuple[a.Draft, ...] = (), china: tuple[a.Draft, ...] = ()) -> None:
        """Play one turn with these moves and no readings, up to its results."""
        self.open_moves()
        for draft in us:
            self.submit("us", a.SealMove(draft=self.with_thing("us", draft)))
        for draft in china:
            self.submit("china", a.SealMove(draft=self.with_thing("china", draft)))
        while self.state.phase != "results":
            self.submit("facilitator", a.Advance())


def small(seed: str = "1", length: int = 90) -> Play:
    """The small scenario at its briefing."""
    return Play(small_material(), seed=seed, length=length)


def bots(
    material: Material,
    us: str,
    china: str,
    *,
    seed: str = "1",
    length: int = 90,
    mirrored: bool = False,
    card: CardSize | None = None,
) -> Play:
    """A whole session of two bots."""
    play = Play(material, seed=seed, length=length, mirrored=mirrored, card=card)
    players = bots_at(play.table, (us, f"{seed}/us"), (china, f"{seed}/china"))
    play_out(players, play.look, play.submit)
    return play


def in_time(*, length: int = 150) -> Play:
    """A shipped scenario under the core rules, where every private word arrives in time."""
    return Play(shipped("bottomed-submarine"), seed="3", length=length)
