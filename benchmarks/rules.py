"""Nanoseconds per rule and move: the core pack's rules compiled, against the same rules written by hand.

Both are tried on every act of the same played-out games, in turns in one process, and the best of many rounds counts.
A rule on which the two do not agree for every act is left out and named. Run with `python -m benchmarks.rules`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from random import Random
from time import perf_counter_ns
from typing import NamedTuple, TypeAlias

from benchmarks.by_hand import BIT, BY_HAND, MOVES, RuleFunction

from crisis_sim.content.load import load_material
from crisis_sim.rules.compile import Watched, compile_condition, compile_watch
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.rules.pack import Rule

GAMES = 12
TURNS = 8
ROUNDS = 60
FACTS = ("rescue-under-way", "host-unable", "host-consent", "crewed-craft-near")
OWN_FACTS = ("rescue-interfered", "persons-held", "access-refused")
ANSWERS = {"take-call": "accept", "accept-help": "accept", "reject-offer": "decline", "refuse-contact": "decline"}


Truths: TypeAlias = dict[tuple[str, Side | None], int]


class Way(NamedTuple):
    """One way to find the rules that hold for an act."""

    name: str
    finds: Callable[[Facts], list[int]]


def game(random: Random) -> list[Facts]:
    """A game of two acts a side and turn, and the facts of each of its acts."""
    record: list[Act] = []
    moments: list[Facts] = []
    truths: Truths = {(fact, None): 0 for fact in FACTS if random.random() < 0.4}
    for turn in range(1, TURNS + 1):
        before = list(record)
        record += [_act(random, side, turn, order, before) for side in SIDES for order in (1, 2)]
        moments += [_moment(random, act, record, truths) for act in record[-4:]]
    return moments


def _act(random: Random, side: str, turn: int, order: int, before: Sequence[Act]) -> Act:
    move = random.choice(list(MOVES))
    entry = MOVES[move]
    asked = [act for act in before if act.side != side]
    answer = ANSWERS.get(move) if asked else None
    return Act(
        side="us" if side == "us" else "china",
        turn=turn,
        hour=turn * 6,
        order=order,
        move=move,
        channel=random.choice(["hotline", "embassy", "press"]),
        channel_kind=random.choice(entry.over),
        track="1",
        level="working",
        visibility=random.choice(entry.visibility),
        terms=tuple(term for term in entry.terms if random.random() < 0.2),
        about="hotline" if entry.about_channel else None,
        answer="accept" if answer == "accept" else "decline" if answer == "decline" else None,
        answers=asked[-1].key if answer else None,
        intent=random.randint(-2, 2),
        outcome="leaked" if random.random() < 0.05 else "in-time",
    )


def _moment(random: Random, act: Act, record: Sequence[Act], truths: Truths) -> Facts:
    f = Facts()
    f.act = act
    f.answered = next((past for past in record if past.key == act.answers), None)
    f.reading, f.sender, f.receiver = 1, act.side, other(act.side)
    f.turn, f.hour, f.record = act.turn, act.hour, tuple(record)
    bits = dict.fromkeys(SIDES, 0)
    for past in record:
        bits[past.side] |= BIT[past.move]
    f.made = (bits["us"], bits["china"])
    f.unreturned = 0
    f.provocation, f.channel_readiness, f.time_left = random.randint(0, 3), 40, random.choice([100, 80, 50, 20])
    f.truths = {**truths, **{(fact, act.side): 0 for fact in OWN_FACTS if random.random() < 0.2}}
    f.in_force = f.broken = f.kept = f.breached = f.pledged = f.disclosed = frozenset()
    f.concluded = f.assets = f.decided = frozenset()
    f.due, f.mends, f.first_of_turn = None, True, True
    f.stands = f.called_for = f.excused = False
    f.crossed, f.pressure, f.line, f.presses = frozenset(), {}, None, ()
    f.tracks, f.readiness, f.tension = {}, {}, 3000
    f.trust = f.standing = (500, 500)
    f.injects, f.opening_mismatch, f.blind_dilemma, f.readouts = frozenset(), True, False, None
    f.luck = lambda purpose: (len(purpose) * 7 + act.turn * 13) % 100
    return f


def by_hand(rules: Sequence[Rule]) -> Way:
    """The list of each move's functions, gone through."""
    lists: dict[str, list[tuple[int, RuleFunction]]] = {move: [] for move in MOVES}
    for place, rule in enumerate(rules):
        moves, function = BY_HAND[rule.id]
        for move in moves:
            lists[move].append((place, function))

    def finds(facts: Facts) -> list[int]:
        act = facts.act
        assert act is not None
        found = []
        for place, holds in lists[act.move]:
            if holds(act, facts):
                found.append(place)
        return found

    return Way("by hand, listed by move", finds)


def one_each(rules: Sequence[Rule]) -> Way:
    """One compiled function a rule, all tried."""
    tests = [compile_condition(rule.when, MOVES, f"rule/{rule.id}") for rule in rules]

    def finds(facts: Facts) -> list[int]:
        return [place for place, holds in enumerate(tests) if holds(facts)]

    return Way("compiled, one function a rule", finds)


def fused(rules: Sequence[Rule]) -> Way:
    """What the engine uses: what an act of the move could meet."""
    watched = [Watched(place, rule.when, f"rule/{rule.id}") for place, rule in enumerate(rules)]
    return Way("compiled, indexed by move", compile_watch(watched, MOVES))


def compared(moments: Sequence[Facts]) -> tuple[list[Rule], list[str]]:
    """The rules on acts for which both ways agree on every moment, and the ids of the others."""
    rules = [rule for rule in load_material("bottomed-submarine", ["core"]).rules if rule.on == "act"]
    known = [rule for rule in rules if rule.id in BY_HAND]
    hand, compiled = by_hand(known), fused(known)
    differ = {known[place].id for facts in moments for place in set(hand.finds(facts)) ^ set(compiled.finds(facts))}
    agreed = [rule for rule in known if rule.id not in differ]
    return agreed, [rule.id for rule in rules if rule not in agreed]


def timed(ways: Sequence[Way], moments: Sequence[Facts]) -> list[float]:
    """Best time of each way over all moments, in ns, taking turns."""
    best = [float("inf")] * len(ways)
    gc.disable()
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            finds = way.finds
            start = perf_counter_ns()
            for facts in moments:
                finds(facts)
            best[place] = min(best[place], perf_counter_ns() - start)
    gc.enable()
    return best


def main() -> None:
    """Time what agrees and print the table."""
    random = Random(2021)
    moments = [facts for _ in range(GAMES) for facts in game(random)]
    rules, left_out = compared(moments)
    ways = [by_hand(rules), fused(rules), one_each(rules)]
    held = sum(len(ways[0].finds(facts)) for facts in moments)
    times = timed(ways, moments)
    print(f"{len(rules)} rules on {len(moments)} acts of {GAMES} games; {held / len(moments):.2f} hold for an act")
    if left_out:
        print(f"left out, because by_hand.py has none that says the same: {', '.join(left_out)}")
    print(f"{'':32}{'ns/rule·move':>14}{'ns/act':>10}{'to by hand':>12}")
    for way, time in zip(ways, times, strict=True):
        each = time / len(moments)
        print(f"{way.name:32}{each / len(rules):14.2f}{each:10.0f}{time / times[0]:12.2f}")


if __name__ == "__main__":
    main()
