"""How each side conducted itself: what it promised and did, what it answered in kind, and two checklists of the field.

The checklists put sentences of the literature into terms of the record, and are no better than those terms: they say
what was done, and not whether it was wise. George 1984 and 1991 for the requirements of crisis management; Swaine 2009
and 2024 for principles that American and Chinese scholars have both set down. Osgood 1962 for announced restraint.
What takes two turns to show is decided of no act that had fewer. A side is measured by what it did, whether or not that
arrived, against what had reached it: what a channel lost is held against nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from crisis_sim.engine.events import ActKey
from crisis_sim.engine.state import State, inherited_promises
from crisis_sim.engine.table import GameTable
from crisis_sim.measures.meanings import Meaning
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import Side, other
from crisis_sim.wording import _

PROVOKES: Final = 3
"""The class of severity from which an act is a provocation: pressure, sanction, force."""
LOOKS_BACK: Final = 2
"""Turns after which an act no longer answers another."""
NOTICE: Final = 1
"""Turns after which a notice of movements has lapsed, as in the promise to give notice."""

WAYS_LEFT: Final = frozenset({"no-victory-lap", "then-no-units", "then-no-measures", "then-no-blame"})
"""Promises that leave the other side a way to say yes, or to hold back."""

HIGH: Final = frozenset({"leader", "ministerial"})
"""Levels at which governments speak for themselves."""


class ChecklistItem(NamedTuple):
    """One line of a checklist."""

    key: str
    says: str
    met: bool
    evidence: tuple[ActKey, ...]
    """Acts that show it: those that meet it, or those that speak against it."""


class Conduct(NamedTuple):
    """One side's conduct over the session."""

    side: Side
    promised: int
    """Commitments that it made, or took part in."""
    broken: int
    mixed_turns: tuple[int, ...]
    """Turns in which it soothed and pressed at once (Jervis 1976: words and deeds point in opposite ways)."""
    provocations: tuple[ActKey, ...]
    """Its acts of pressure, sanction or force."""
    unmatched: tuple[ActKey, ...]
    """Provocations that reached it, with none of its own in the turn in which they did or in the two after."""
    undecided: tuple[ActKey, ...]
    """Provocations that reached it, that it has not matched, and had fewer than two turns after them to match."""
    notices: int
    """Notices of its own movements that it gave."""
    ways_left: int
    """Acts that left the other side a way: who may announce, no victory lap, what a threat spares."""
    actors_named: int
    """Acts that named the actor, and not the act."""
    restraint_announced: int
    restraint_kept: int
    """Of those: it did not provoke in their turn or the two after."""
    restraint_broken: int
    """Of those announced: it provoked in their turn or the two after."""
    restraint_open: int
    """It did not, and fewer than two turns came after."""
    george: tuple[ChecklistItem, ...]
    swaine: tuple[ChecklistItem, ...]


ConductTest = Callable[["_Record"], tuple[bool, Sequence[ActKey]]]


class _Record:
    """What the checklists ask of one side's record."""

    def __init__(self, state: State, table: GameTable, side: Side, meanings: Sequence[Meaning]) -> None:
        self.state = state
        self._table = table
        every = [sent.act for sent in state.acts.values() if sent.act.side == side]
        self.acts = [act for act in every if act.intent is not None]
        """Its own: not those that the harness of a model made in its place."""
        self.came = [sent for sent in state.acts.values() if sent.act.side == other(side) and sent.arrived]
        """Acts of the other side that reached it."""
        self.notices = [act for act in self.acts if act.move == "notify-activity"]
        self.read = [meaning for meaning in meanings if meaning.key[0] == other(side) and meaning.gap is not None]

    def family(self, act: Act) -> str:
        return self._table.moves[act.move].family

    def severity(self, act: Act) -> int:
        return self._table.moves[act.move].severity

    def ambiguity(self, act: Act) -> int:
        """The ambiguity of an act's move, hundredths."""
        return self._table.moves[act.move].ambiguity

    def of_family(self, *families: str) -> list[ActKey]:
        return [act.key for act in self.acts if self.family(act) in families]

    def ways_left(self) -> list[ActKey]:
        """Acts that left the other side a way: who may announce, no victory lap, what a threat spares."""
        return [act.key for act in self.acts if "you-announce" in act.terms or act.promise in WAYS_LEFT]

    def of_moves(self, *moves: str) -> list[ActKey]:
        return [act.key for act in self.acts if act.move in moves]

    def direct(self, levels: frozenset[str] | None = None) -> list[ActKey]:
        """Private acts; at these levels."""
        return [act.key for act in self.acts if act.visibility == "private" and (levels is None or act.level in levels)]

    def is_announced(self, act: Act) -> bool:
        """Its terms say so, or a notice was given in its turn or the one before."""
        return "announced" in act.terms or any(0 <= act.turn - notice.turn <= NOTICE for notice in self.notices)

    def mixed(self) -> tuple[int, ...]:
        """Turns with both a soothing and a pressing act."""
        soothing = {act.turn for act in self.acts if self.family(act) in ("reassure", "restrain", "cooperate")}
        pressing = {act.turn for act in self.acts if self.family(act) in ("coerce", "force")}
        return tuple(sorted(soothing & pressing))

    def jumps(self) -> list[ActKey]:
        """Acts more than one class above the worst that reached it in this turn and the two before."""
        keys = []
        for act in self.acts:
            worst = max(
                (self.severity(past.act) for past in self.came if 0 <= act.turn - past.arrived <= LOOKS_BACK), default=0
            )
            if self.severity(act) >= PROVOKES and self.severity(act) > worst + 1:
                keys.append(act.key)
        return keys


def conduct(state: State, table: GameTable, side: Side, meanings: tuple[Meaning, ...]) -> Conduct:
    """The conduct of `side`; `found` are all acts with their meanings."""
    record = _Record(state, table, side, meanings)
    restraints = [
        act
        for act in record.acts
        if act.move == "grit-step" or ("announced" in act.terms and record.family(act) == "restrain")
    ]
    provocations = [act for act in record.acts if record.severity(act) >= PROVOKES]
    unmatched = [
        past for past in record.came if record.severity(past.act) >= PROVOKES and not _soon(past.arrived, provocations)
    ]
    broken = [step for step in restraints if _soon(step.turn, provocations)]
    honoured_steps = [step for step in restraints if step not in broken and _is_decided(step.turn, state)]
    promises = [promise for promise in state.promises if promise.side == side]
    earlier = [promise for promise in inherited_promises(table) if promise.side == side]
    return Conduct(
        side=side,
        promised=len(promises) - len(earlier),
        broken=sum(promise.broken for promise in promises) - sum(promise.broken for promise in earlier),
        mixed_turns=record.mixed(),
        provocations=tuple(act.key for act in provocations),
        unmatched=tuple(past.act.key for past in unmatched if _is_decided(past.arrived, state)),
        undecided=tuple(past.act.key for past in unmatched if not _is_decided(past.arrived, state)),
        notices=len(record.of_moves("notify-activity")),
        ways_left=len(record.ways_left()),
        actors_named=sum(1 for act in record.acts if "names-actor" in act.terms),
        restraint_announced=len(restraints),
        restraint_kept=len(honoured_steps),
        restraint_broken=len(broken),
        restraint_open=len(restraints) - len(honoured_steps) - len(broken),
        george=_checked(GEORGE, record),
        swaine=_checked(SWAINE, record),
    )


def _soon(turn: int, provocations: Sequence[Act]) -> bool:
    """One of the provocations came in this turn or the two after."""
    return any(0 <= later.turn - turn <= LOOKS_BACK for later in provocations)


def _is_decided(turn: int, state: State) -> bool:
    """Two turns after this one have been played."""
    return turn + LOOKS_BACK < len(state.curve)


def _checked(items: Sequence[tuple[str, str, ConductTest]], record: _Record) -> tuple[ChecklistItem, ...]:
    return tuple(ChecklistItem(key, label, *_met(test(record))) for key, label, test in items)


def _met(result: tuple[bool, Sequence[ActKey]]) -> tuple[bool, tuple[ActKey, ...]]:
    return result[0], tuple(result[1])


def _has_any(keys: Sequence[ActKey]) -> tuple[bool, Sequence[ActKey]]:
    return bool(keys), keys


def _has_none(keys: Sequence[ActKey]) -> tuple[bool, Sequence[ActKey]]:
    return not keys, keys


def _clear(record: _Record) -> tuple[bool, Sequence[ActKey]]:
    """Its acts could mostly be read in one way: mean ambiguity at most 0.4."""
    total = sum(record.ambiguity(act) for act in record.acts)
    unclear = [act.key for act in record.acts if record.ambiguity(act) > 40]
    return bool(record.acts) and total <= 40 * len(record.acts), unclear


def _understood(record: _Record) -> tuple[bool, Sequence[ActKey]]:
    """Its readings lay within one step of what was meant, on average, or nothing had reached it."""
    total = sum(abs(meaning.gap or 0) for meaning in record.read)
    wide = [meaning.key for meaning in record.read if abs(meaning.gap or 0) > 1]
    return not record.came or (bool(record.read) and total <= len(record.read)), wide


GEORGE: Final[Sequence[tuple[str, str, ConductTest]]] = (
    ("top", _("It turned to the other side at the level of leaders or ministers"), lambda r: _has_any(r.direct(HIGH))),
    (
        "pause",
        _("It gave the other side time: a holding note, or an act of restraint"),
        lambda r: _has_any([*r.of_family("restrain"), *(act.key for act in r.acts if act.answer == "holding")]),
    ),
    (
        "matched",
        _("In no turn did it soothe and press at once"),
        lambda r: (not r.mixed(), [act.key for act in r.acts if act.turn in r.mixed()]),
    ),
    (
        "limited",
        _("It set no deadline and made no demand in public"),
        lambda r: _has_none(r.of_moves("ultimatum", "public-demand")),
    ),
    (
        "no-alarm",
        _("It moved no forces without notice"),
        lambda r: _has_none([act.key for act in r.acts if r.family(act) == "force" and not r.is_announced(act)]),
    ),
    (
        "exit",
        _("It offered something, accepted what was offered, or left the other side a way to say yes or hold back"),
        lambda r: _has_any(
            tuple(
                dict.fromkeys(
                    [*r.of_family("cooperate"), *(act.key for act in r.acts if act.answer == "accept"), *r.ways_left()]
                )
            )
        ),
    ),
    ("talk", _("It sought to talk: asked for contact, or took it"), lambda r: _has_any(r.of_family("contact"))),
)
"""Seven requirements, after George."""

SWAINE: Final[Sequence[tuple[str, str, ConductTest]]] = (
    ("direct", _("It used direct channels"), lambda r: _has_any(r.direct())),
    ("clear", _("Its acts were of kinds that are clear, on average"), _clear),
    (
        "limited",
        _("It set no deadline and made no demand in public"),
        lambda r: _has_none(r.of_moves("ultimatum", "public-demand")),
    ),
    (
        "slow",
        _("It did not climb more than one step above what had reached it of the other side"),
        lambda r: _has_none(r.jumps()),
    ),
    (
        "flexible",
        _("It kept a choice open: a counter-offer, a holding note, or an acceptance"),
        lambda r: _has_any([act.key for act in r.acts if act.answer in ("counter", "holding", "accept")]),
    ),
    (
        "open",
        _("It did not shut a channel, expel people or cancel what was agreed"),
        lambda r: _has_none(r.of_moves("suspend-channel", "expel-staff", "cancel-event")),
    ),
    ("their-side", _("It read the other side within one step of what was meant, on average"), _understood),
)
"""Seven principles, after Swaine."""
