"""Lines and the guesses of them: how much of what one side would not accept the other had imagined, and who knew it.

A guess matches a line if it names the same kind (red or pink) and the same concern; each line is matched once. What the
words say is for people to compare. The order in which each takes offences gravely is laid beside the other's guess too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from crisis_sim.content.authored_stakes import Line
from crisis_sim.engine.events import Guess
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.record_opened import guess_of, kendall_tau
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


def line_map(state: State, table: GameTable, owner: Side, guesses: Sequence[Guess]) -> LineMap:
    """The lines of `owner` against `guesses` of the other side; where it guessed nothing, there are no shares."""
    line_counts, guessed = _count_lines(state, table, owner), _weights(guesses)
    own_weights: dict[Matter, list[int]] = defaultdict(list)
    for line in state.team(owner).own_lines:
        own_weights[line.line, line.concern].append(line.weight)
    matched, lines = (line_counts & _counted(guesses)).total(), line_counts.total()
    union = lines + len(guesses) - matched
    return LineMap(
        owner=owner,
        guesser=other(owner),
        lines=lines,
        guesses=len(guesses),
        matched=matched,
        hit_rate=Fraction(matched, lines) if lines and guesses else None,
        jaccard=Fraction(matched, union) if guesses else None,
        weight_error=_weight_error(own_weights, guessed),
    )


def _count_lines(state: State, table: GameTable, owner: Side) -> Counter[Matter]:
    """The lines that the owner kept and those that it wrote, by what they are matched by."""
    line_counts: Counter[Matter] = Counter((line.kind, line.concern) for line in _adopted(state, table, owner))
    line_counts.update((line.line, line.concern) for line in state.team(owner).own_lines)
    return line_counts


def _adopted(state: State, table: GameTable, owner: Side) -> list[Line]:
    """The lines of the scenario that the owner kept."""
    line_ids = state.team(owner).adopted
    return [line for line in table.scenario.teams.team_of(owner).lines if line.id in line_ids]


def _counted(guesses: Iterable[Guess]) -> Counter[Matter]:
    return Counter((guess.line, guess.concern) for guess in guesses)


def _weights(guesses: Iterable[Guess]) -> dict[Matter, list[int]]:
    """The weights of guesses, by what they are matched by."""
    weights: dict[Matter, list[int]] = defaultdict(list)
    for guess in guesses:
        weights[guess.line, guess.concern].append(guess.weight)
    return weights


def _weight_error(one: Mapping[Matter, list[int]], two: Mapping[Matter, list[int]]) -> Fraction | None:
    """Mean distance of weights over pairs of the same matter, paired so that it is least; None without a pair."""
    weight_pairs = [(weights, two[matter]) for matter, weights in one.items() if matter in two]
    pairs = sum(min(len(these), len(those)) for these, those in weight_pairs)
    return Fraction(sum(least_distance(these, those) for these, those in weight_pairs), pairs) if pairs else None


def least_distance(one: Sequence[int], two: Sequence[int]) -> int:
    """The least sum of |a − b| over pairs of numbers of two lists, as many as the shorter has, whatever their order.

    Sorted lists pair best in their order, so only what the longer one leaves out has to be found: `sums` holds the
    least sum for the numbers paired so far, by how many of the longer list have been left out.
    """
    few, many = sorted((sorted(one), sorted(two)), key=len)
    sums = [0] * (len(many) - len(few) + 1)
    for place, number in enumerate(few):
        longer: list[int] = []
        for left_out, partial_sum in enumerate(sums):
            paired = partial_sum + abs(number - many[place + left_out])
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
    measures = []
    for side in SIDES:
        order, guess = state.team(side).order, guess_of(state, side, stage)
        measures.append(OrderKnown(side, len(table.card.says), order, guess, kendall_tau(order, guess)))
    return tuple(measures)
