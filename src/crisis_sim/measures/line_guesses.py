"""Lines and the guesses of them: how much of what one side would not accept the other had imagined, and who knew it.

A guess matches a line if it names the same kind (red or pink) and the same concern; each line is matched once. What the
words say is for people to compare. A side may also have said what it thinks the other guesses of its lines; that is
laid beside the guesses in the same way; and so is the order in which each takes offences gravely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from crisis_sim.content.authored_stakes import Line
from crisis_sim.engine.events import Guess
from crisis_sim.engine.sight.record_opened import guess_of, kendall_tau
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side, other

Matter: TypeAlias = tuple[str, str]
"""What a line or a guess is matched by: kind and concern."""


class LineMap(NamedTuple):
    """The lines of one side beside the other's guesses of them."""

    owner: Side
    guesser: Side
    lines: int
    """Lines that the owner held: those of the scenario that it adopted, and those that it wrote."""
    guesses: int
    matched: int
    hit_rate: Fraction | None
    """Matched lines of the owner's lines, 0–1; None without lines, and where nothing was guessed."""
    jaccard: Fraction | None
    """Matched of all lines and guesses together, |A∩B| / |A∪B|, 0–1; None where nothing was guessed."""
    weight_error: Fraction | None
    """Mean distance of weights over matched lines that the owner wrote itself, 0–10; None without any."""


class SecondOrder(NamedTuple):
    """What one side thought that the other guesses of its lines, beside what the other did guess.

    Where one of the two was left out, nothing is compared: no shares, and no lines that anybody was wrong about.
    """

    side: Side
    """Whose lines."""
    lines: int
    guesses: int
    """Of the other: the truth of the first order."""
    expected: int
    """Guesses that the side expected of the other: its guess of the second order."""
    matched: int
    """Guesses that it expected and that were made."""
    hit_rate: Fraction | None
    """Matched of the other's guesses, 0–1."""
    jaccard: Fraction | None
    """Matched of all that was guessed or expected, 0–1."""
    gap: Fraction | None
    """Truth without guess and guess without truth, of all that was guessed or expected: 1 − Jaccard."""
    weight_error: Fraction | None
    """Mean distance of the weights guessed and expected, over what matches, 0–10; None where nothing does."""
    seen: tuple[Matter, ...]
    """Lines that the other had guessed, as the side thought."""
    believed: tuple[Matter, ...]
    """Lines that the side believed understood, and that the other had not guessed."""
    unawares: tuple[Matter, ...]
    """Lines that the other had guessed without the side's thinking so."""
    neither: tuple[Matter, ...]
    """Lines that the other had not guessed, and that the side did not think guessed."""


def line_map(state: State, table: GameTable, owner: Side, guesses: Sequence[Guess]) -> LineMap:
    """The lines of `owner` against `guesses` of the other side; where it guessed nothing, there are no shares."""
    held, guessed = _held(state, table, owner), _weights(guesses)
    written: dict[Matter, list[int]] = defaultdict(list)
    for line in state.team(owner).own_lines:
        written[line.line, line.concern].append(line.weight)
    matched, lines = (held & _counted(guesses)).total(), held.total()
    union = lines + len(guesses) - matched
    return LineMap(
        owner=owner,
        guesser=other(owner),
        lines=lines,
        guesses=len(guesses),
        matched=matched,
        hit_rate=Fraction(matched, lines) if lines and guesses else None,
        jaccard=Fraction(matched, union) if guesses else None,
        weight_error=_weight_error(written, guessed),
    )


def second_order(
    state: State, table: GameTable, side: Side, guesses: Sequence[Guess], expected: Sequence[Guess]
) -> SecondOrder:
    """What `side` expected the other to guess of its lines, against the other's `guesses` of them."""
    held, guessed, thought = _held(state, table, side), _counted(guesses), _counted(expected)
    counts = (held.total(), len(guesses), len(expected))
    if not guesses or not expected:
        return SecondOrder(side, *counts, 0, None, None, None, None, (), (), (), ())
    matched, union = (guessed & thought).total(), (guessed | thought).total()
    understood, believed = held & guessed, held & thought
    return SecondOrder(
        side,
        *counts,
        matched,
        hit_rate=Fraction(matched, len(guesses)),
        jaccard=Fraction(matched, union),
        gap=Fraction(union - matched, union),
        weight_error=_weight_error(_weights(expected), _weights(guesses)),
        seen=tuple((understood & believed).elements()),
        believed=tuple((believed - understood).elements()),
        unawares=tuple((understood - believed).elements()),
        neither=tuple((held - (understood | believed)).elements()),
    )


def second_orders(state: State, table: GameTable, stage: Literal["before", "after"]) -> tuple[SecondOrder, ...]:
    """What each side expected of the other in the briefing or in the closing; empty where nobody was asked."""
    if not table.asks("second_order"):
        return ()
    found = []
    for side in SIDES:
        own, their = state.team(side), state.team(other(side))
        guesses, expected = (their.guesses_before, own.expected_before)
        if stage == "after":
            guesses, expected = (their.guesses_after, own.expected_after)
        found.append(second_order(state, table, side, guesses, expected))
    return tuple(found)


def _held(state: State, table: GameTable, owner: Side) -> Counter[Matter]:
    """The lines that the owner kept and those that it wrote, by what they are matched by."""
    held: Counter[Matter] = Counter((line.kind, line.concern) for line in _adopted(state, table, owner))
    held.update((line.line, line.concern) for line in state.team(owner).own_lines)
    return held


def _adopted(state: State, table: GameTable, owner: Side) -> list[Line]:
    """The lines of the scenario that the owner kept."""
    kept = state.team(owner).adopted
    return [line for line in table.scenario.teams.of(owner).lines if line.id in kept]


def _counted(guesses: Iterable[Guess]) -> Counter[Matter]:
    return Counter((guess.line, guess.concern) for guess in guesses)


def _weights(guesses: Iterable[Guess]) -> dict[Matter, list[int]]:
    """The weights of guesses, by what they are matched by."""
    found: dict[Matter, list[int]] = defaultdict(list)
    for guess in guesses:
        found[guess.line, guess.concern].append(guess.weight)
    return found


def _weight_error(one: Mapping[Matter, list[int]], two: Mapping[Matter, list[int]]) -> Fraction | None:
    """Mean distance of weights over pairs of the same matter, paired so that it is least; None without a pair."""
    both = [(weights, two[matter]) for matter, weights in one.items() if matter in two]
    pairs = sum(min(len(these), len(those)) for these, those in both)
    return Fraction(sum(least_distance(these, those) for these, those in both), pairs) if pairs else None


def least_distance(one: Sequence[int], two: Sequence[int]) -> int:
    """The least sum of |a − b| over pairs of numbers of two lists, as many as the shorter has, whatever their order.

    Sorted lists pair best in their order, so only what the longer one leaves out has to be found: `sums` holds the
    least sum for the numbers paired so far, by how many of the longer list have been left out.
    """
    few, many = sorted((sorted(one), sorted(two)), key=len)
    sums = [0] * (len(many) - len(few) + 1)
    for place, number in enumerate(few):
        longer: list[int] = []
        for left_out, before in enumerate(sums):
            paired = before + abs(number - many[place + left_out])
            longer.append(min(longer[-1], paired) if longer else paired)
        sums = longer
    return sums[-1]


class OrderKnown(NamedTuple):
    """A side's order of offences, and the other's guess of it."""

    side: Side
    """Whose order."""
    acts: int
    """Acts on the card."""
    order: tuple[str, ...]
    """The gravest first; empty where it gave none."""
    guess: tuple[str, ...]
    """The other side's, likewise."""
    tau: Fraction | None
    """Kendall's tau of the two, −1 the reverse … 1 the same; None where one is missing."""

    @property
    def pairs(self) -> int:
        """How many two acts of the card there are."""
        return self.acts * (self.acts - 1) // 2

    @property
    def pairs_known(self) -> int | None:
        """Of how many the guess has the graver one first; None where one is missing."""
        return None if self.tau is None else int((1 + self.tau) * self.pairs / 2)


def orders_known(state: State, table: GameTable, stage: Literal["before", "after"]) -> tuple[OrderKnown, ...]:
    """Both sides, by the guesses before play or after it; nobody where nobody was asked."""
    if table.card is None:
        return ()
    found = []
    for side in SIDES:
        order, guess = state.team(side).order, guess_of(state, side, stage)
        found.append(OrderKnown(side, len(table.card.says), order, guess, kendall_tau(order, guess)))
    return tuple(found)
