"""One session that bots play out in memory: who plays it, what is kept of it, and what came into play.

Nothing is written and nobody watches. The same table, bots and seed give the same record, and the same session as a log
of it would hold (`crisis_sim.playtest.experiment` writes one).

A key says what and which, such as `rule/salami`, `line/us/hull-survey/pressed` or `forecast/takes-call/yes`. What there
is to reach, in words and with its place, is listed in `crisis_sim.playtest.reachable`.

The draw of a run depends on the seed and the number of the run alone, never on the scenario, on other runs or on who
plays it where; so two packs or two versions of a scenario can be compared run by run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.decide import decide_with_state
from crisis_sim.engine.acts.phases import first_came, waiting_for
from crisis_sim.engine.dealing_plans import CardPlan
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.inject_times import inject_plan
from crisis_sim.engine.moment_facts import roll
from crisis_sim.engine.state import opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seats import lazy_view_for
from crisis_sim.errors import UnreadableInput, commas
from crisis_sim.playtest.bots import AUTO, AutoFacilitator, Player, bot_for, play_out
from crisis_sim.playtest.decision_shares import decided as how_decided
from crisis_sim.playtest.policies import MIXED, POLICIES
from crisis_sim.playtest.run_measures import FinishedSession, PlaytestMeasure
from crisis_sim.playtest.tension_budget import moved
from crisis_sim.problems import did_you_mean
from crisis_sim.rules.names import SIDES, Language, Side
from crisis_sim.wording import Say, _, speaker

PairingWay: TypeAlias = Literal["mix", "pairs", "same", "fixed"]
EVERY: Final = tuple(MIXED)
_WORDS: Final[Mapping[str, PairingWay]] = {"mix": "mix", "pairs": "pairs", "same": "same"}
_FORM: Final = _("write us=rota,china=salami, or mix, pairs or same; several for one side as us=firm+salami")


@dataclass(frozen=True)
class Pairings:
    """How the bots of each run are chosen."""

    way: PairingWay = "mix"
    us: tuple[str, ...] = EVERY
    china: tuple[str, ...] = EVERY

    def bots_for(self, seed: str, run: int) -> tuple[str, str]:
        """The policies of a run, from 1: the American side's and the Chinese side's."""
        match self.way:
            case "same":
                policy = self.us[(run - 1) % len(self.us)]
                return policy, policy
            case "pairs":
                us, china = divmod((run - 1) % (len(self.us) * len(self.china)), len(self.china))
                return self.us[us], self.china[china]
            case _:
                return self._draw_bot(seed, run, "us", self.us), self._draw_bot(seed, run, "china", self.china)

    def _draw_bot(self, seed: str, run: int, side: Side, among: tuple[str, ...]) -> str:
        if len(among) == 1:
            return among[0]
        luck = roll(seed, "playtest/policy", side, run, 0) * 100 + roll(seed, "playtest/policy", side, run, 1)
        return among[luck * len(among) // 10_000]

    def describe(self, language: Language = "en") -> str:
        """The choice in words, behind 'the bots are'."""
        say = speaker(language)
        if self.way == "fixed":
            us, china = (_among(names, say) for names in (self.us, self.china))
            return say("{us} for the US and {china} for China", us=us, china=china)
        return say(_WAYS[self.way], names=say(", ").join(self.us))


_WAYS: Final[Mapping[PairingWay, str]] = {
    "mix": _("drawn for each side of each session from {names}"),
    "pairs": _("every pair of {names}, in turn"),
    "same": _("the same on both sides, in turn {names}"),
}


def _among(names: tuple[str, ...], say: Say) -> str:
    return names[0] if len(names) == 1 else say("one of {names}", "of bots", names=say(", ").join(names))


def pairings(text: str) -> Pairings:
    """What `--policies` says. Raises UnreadableInput."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) == 1 and "=" not in words[0]:
        return _by_word(words[0])
    names_by_side: dict[str, tuple[str, ...]] = {}
    for word in words:
        side, _, names = word.partition("=")
        side = side.strip().lower()
        if side not in (*SIDES, "both") or not names or side in names_by_side:
            raise UnreadableInput("usage/policies", "'{word}' does not say who plays", hint=_FORM, word=word[:60])
        names_by_side[side] = tuple(policy(name.strip()) for name in names.split("+"))
    if "both" in names_by_side:
        if len(names_by_side) > 1:
            raise UnreadableInput("usage/policies", "'both' leaves no side over for another bot", hint=_FORM)
        return Pairings("same", names_by_side["both"], names_by_side["both"])
    if set(names_by_side) != set(SIDES):
        missing = "China" if "us" in names_by_side else "the US"
        raise UnreadableInput("usage/policies", "nothing says who plays {missing}", hint=_FORM, missing=missing)
    return Pairings("fixed", names_by_side["us"], names_by_side["china"])


def _by_word(word: str) -> Pairings:
    """One of the words for all policies."""
    if word in _WORDS:
        return Pairings(_WORDS[word])
    name = policy(word, _WORDS)
    return Pairings("same", (name,), (name,))


def policy(name: str, alternatives: Iterable[str] = ()) -> str:
    """The name of a policy that there is. Raises UnreadableInput; `others` could have been meant as well."""
    if name not in POLICIES:
        hint = did_you_mean(name, [*alternatives, *POLICIES]) or _FORM
        raise UnreadableInput("usage/policy", "there is no bot called '{name}'", hint=hint, name=name[:60])
    return name


class Bots(Struct, frozen=True):
    """The policies of both sides, and what they hear by."""

    us: str
    """The policy of the American side."""
    china: str
    release: int = 0
    """Percent: the chance in each turn that the facilitator releases an inject that comes by hand alone."""
    hears_us: tuple[str, ...] = ()
    """The American side's order of offences, where it goes by a hearing profile."""
    hears_china: tuple[str, ...] = ()


class GameRecord(Struct, frozen=True):
    """What is kept of a session."""

    values: tuple[int | None, ...]
    """In the order of the measures."""
    reached: dict[str, int]
    """How often each thing of the scenario and its rules came into play, by its key; and what moved tension and pressed
    lines, in hundredths, by the keys of `crisis_sim.playtest.tension_budget`."""


def table_for(material: Material, *, length: int, show: Literal["own", "all"] | None = None) -> GameTable:
    """The table for any number of sessions; each is dealt its own seed."""
    return build_table(material, seed="", length=length, show=show, session="playtest")


def players(bots: Bots, seed: str, table: GameTable) -> tuple[Player, Player, Player]:
    """The two bots and the facilitator of a session with this seed."""
    facilitator = AutoFacilitator(seed=seed, release=bots.release)
    us = bot_for("us", bots.us, seed, dossier_for(table, "us"), hears=bots.hears_us)
    china = bot_for("china", bots.china, seed, dossier_for(table, "china"), hears=bots.hears_china)
    return us, china, facilitator


def seating(bots: Bots) -> Mapping[a.SeatName, str]:
    """What the log says of who sits where."""
    return {"us": bots.us, "china": bots.china, "facilitator": AUTO}


def played(table: GameTable, bots: Bots, seed: str, measures: Sequence[PlaytestMeasure]) -> GameRecord:
    """Play one session of bots to its end."""
    table = table.seeded(seed, table.session)
    state, events = opening_state(table), list[AnyEvent]()

    def submit(seat: a.SeatName, action: a.AnyAction) -> None:
        nonlocal state
        new_events, state = decide_with_state(state, seat, action, table)
        events.extend(new_events)

    for seat, policy in seating(bots).items():
        submit(seat, a.TakeSeat(occupant="bot", policy=policy))
    play_out(
        players(bots, seed, table),
        lambda seat: lazy_view_for(state, table, seat),
        submit,
        waits_for=lambda: waiting_for(state),
    )
    ended = FinishedSession(table, state, events)
    return GameRecord(tuple(measure.read(ended) for measure in measures), reached(ended))


def reached(ended: FinishedSession) -> dict[str, int]:
    """How often each thing came into play, and what moved the numbers by how much."""
    counts: Counter[str] = Counter()
    for event in ended.events:
        keys = KEYS.get(type(event))
        if keys is not None:
            counts.update(keys(event, ended))
    counts.update(_stayed_away(ended))
    for key, points in (*moved(ended), *how_decided(ended)):
        counts[key] += points
    return dict(counts)


def _of_act(event: e.ActSent, ended: FinishedSession) -> Iterator[str]:
    act = event.act
    yield f"move/{act.move}"
    yield f"channel/{act.channel}"
    yield f"delivery/{act.outcome}"
    yield from (f"term/{term}" for term in act.terms)
    if act.asset:
        yield f"asset/{act.asset}/used"
    if act.discloses:
        yield f"private-fact/{act.discloses}/told"
    if act.answers is not None and act.answer is not None:
        yield f"answer/{ended.state.acts[act.answers].act.move}/{act.answer}"


def _pressed(event: e.LinePressed, ended: FinishedSession) -> Iterator[str]:
    yield f"line/{event.side}/{event.line}/pressed"
    if event.trace.rule == f"line {event.line}":
        yield f"line/{event.side}/{event.line}/watch/{event.trace.part}"


def _of_line(outcome: str) -> Callable[[Any, FinishedSession], Iterable[str]]:  # Any: each kind has its own
    """What became of a line, of whatever kind the event is."""
    return lambda event, ended: (f"line/{event.side}/{event.line}/{outcome}",)


def _fired(rule: str) -> str:
    """The key of a rule, or of a track's change, whose firing goes on record under `track NAME/PLACE`."""
    if not rule.startswith("track "):
        return f"rule/{rule}"
    track, _, place = rule.removeprefix("track ").partition("/")
    return f"track/{track}/change/{place}"


KEYS: Final[Mapping[type[e.Event], Callable[[Any, FinishedSession], Iterable[str]]]] = {  # Any: each kind has its own
    e.ActSent: _of_act,
    e.RequestUnanswered: lambda event, ended: (f"answer/{ended.state.acts[event.act].act.move}/silence",),
    e.CaseStood: lambda event, ended: (f"answer/{ended.state.acts[event.act].act.move}/accept",),
    e.RuleFired: lambda event, ended: (_fired(event.rule),),
    e.InjectDelivered: lambda event, ended: (f"inject/{event.inject}/{'by-hand' if event.by_hand else 'came'}",),
    e.TrackMarked: lambda event, ended: (f"track/{event.track}/mark/{event.mark}",),
    e.ForecastResolved: lambda event, ended: (f"forecast/{event.forecast}/{'yes' if event.happened else 'no'}",),
    e.FactSet: lambda event, ended: (f"fact/{event.fact}/{'true' if event.to else 'false'}",),
    e.CommitmentMade: lambda event, ended: (f"commitment/{event.commitment}/made",),
    e.CommitmentEnded: lambda event, ended: (f"commitment/{event.commitment}/{event.how}",),
    e.CommitmentBroken: lambda event, ended: (f"commitment/{event.commitment}/broken",),
    e.InstructionJudged: lambda event, ended: (f"instruction/{event.card}/{'met' if event.met else 'unmet'}",),
    e.AssetConcealed: lambda event, ended: (f"asset/{event.asset}/concealed",),
    e.AssetFoundOut: lambda event, ended: (f"asset/{event.asset}/found-out",),
    e.AssetClearedUp: lambda event, ended: (f"asset/{event.asset}/cleared-up",),
    e.FactCameOut: lambda event, ended: (f"private-fact/{event.fact}/came-out",),
    e.LinePressed: _pressed,
    e.NearMiss: _of_line("near"),
    e.ConclusionDrawn: _of_line("concluded"),
    e.FurtherFrom: _of_line("further-from"),
    e.LineCrossed: _of_line("crossed"),
}
"""What an event of each kind reaches; those of other kinds reach nothing."""


def _stayed_away(ended: FinishedSession) -> Iterator[str]:
    """Contingent injects of this length whose time came and whose condition never held."""
    table, state, hours = ended.table, ended.state, ended.table.hours[:-1]
    for name, inject in table.injects.items():
        if inject.when is None or table.length not in inject.lengths or name in state.injects:
            continue
        plan = inject_plan(inject, hours)
        first = 0 if plan.follows is None else first_came(state, plan.follows[0])
        turns = enumerate(hours, 1)
        if any(plan.is_timely(hour) and plan.is_after(first, hours, turn) for turn, hour in turns):
            yield f"inject/{name}/stayed-away"


NO_ORDER: Final = "none"
"""No order at all."""
_HEARING_FORM: Final = _("write us=NAME, china=NAME or both=NAME; commas stand between two")


def hearing(text: str, card: CardPlan | None, *, allow_none: bool = False) -> Mapping[Side, tuple[str, ...]]:
    """The order of each side that `text` names; `none`, where it may be said, is an empty one.

    Raises UnreadableInput for a side or a name that there is not, and where the session has no card.
    """
    orders: dict[Side, tuple[str, ...]] = {}
    for word in (word.strip() for word in text.split(",") if word.strip()):
        side, _sign, name = (part.strip() for part in word.partition("="))
        sides = SIDES if side == "both" else tuple(team for team in SIDES if team == side)
        if not sides or not name or any(team in orders for team in sides):
            raise UnreadableInput(
                "usage/hears", "'{word}' does not say who hears how", hint=_HEARING_FORM, word=word[:60]
            )
        orders.update(dict.fromkeys(sides, () if allow_none and name == NO_ORDER else _order(name, card)))
    return orders


def _order(name: str, card: CardPlan | None) -> tuple[str, ...]:
    if card is None:
        raise UnreadableInput(
            "usage/card",
            "nobody orders offences in this session",
            hint="a scenario says in which lengths it is asked: offence_card: [90, 150]",
        )
    if name not in card.profiles:
        fallback_hint = commas(list(card.profiles)) if card.profiles else _HEARING_FORM
        hint = did_you_mean(name, list(card.profiles)) or fallback_hint
        raise UnreadableInput("usage/profile", "there is no hearing profile '{name}'", hint=hint, name=name[:60])
    return card.profiles[name]
