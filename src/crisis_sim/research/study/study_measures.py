"""The measures that a study lays beside each other, in the sections and the order in which they are read.

Every one is a number of `crisis_sim.measures`; none is made here. A measure of each side has a value for the US and one
for China; the others have one for the session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.measures.forecasts import brier_by
from crisis_sim.measures.session_measures import Measures
from crisis_sim.rules.names import ENDS_IN_FORCE, HERE_FOR_MORE, SIDES, Belief
from crisis_sim.wording import _

MeasureValue: TypeAlias = Fraction | float | None
ReadValue: TypeAlias = Callable[[Measures, int], MeasureValue]
"""Reads a measure of a session; the place is 0 for the US and 1 for China."""


class StudyMeasure(NamedTuple):
    """One measure."""

    key: str
    says: str
    """In a few words, with its unit."""
    read: str | ReadValue
    """What reads it, or where it stands: `bias` of a side's `directions`; None where nobody was asked for it."""
    low: float | None = None
    """The least that it can be."""
    high: float | None = None
    sided: bool = True


class Section(NamedTuple):
    """Measures that are read together."""

    title: str
    side: str
    """What a row of the US is about."""
    measures: tuple[StudyMeasure, ...]


SECTIONS: Final = (
    Section(
        _("Meant and taken"),
        _("acts of the US, as China read them"),
        (
            StudyMeasure("bias", _("bias, steps"), "directions.bias", -6, 6),
            StudyMeasure("error", _("error, steps"), "directions.error", 0, 6),
            StudyMeasure("noise", _("noise, steps"), "directions.noise", 0),
            StudyMeasure("unforeseen", _("unforeseen, steps"), "directions.unforeseen", -6, 6),
            StudyMeasure("foreseen", _("foreseen, steps"), "directions.foreseen", -6, 6),
            StudyMeasure("surprise", _("surprise, steps"), "directions.surprise", 0, 6),
            StudyMeasure("crossed", _("crossed audiences"), "directions.crossed", 0),
            StudyMeasure("accuracy", _("accuracy, -1 to 1"), "directions.accuracy", -1, 1),
        ),
    ),
    Section(
        _("Mirror image"),
        _("how the US saw acts of China, beside how it meant its own"),
        (
            StudyMeasure("mirror_image", _("mirror image, steps"), "mirrors.image", -6, 6),
            StudyMeasure("blind_turns", _("blind turns"), lambda of, at: len(of.blind_turns), 0, sided=False),
        ),
    ),
    Section(
        _("Lines and guesses of them"),
        _("lines of the US, as China guessed them"),
        (
            StudyMeasure("hit_rate_before", _("hit rate before"), "lines_before.hit_rate", 0, 1),
            StudyMeasure("hit_rate_after", _("hit rate after"), "lines_after.hit_rate", 0, 1),
            StudyMeasure("jaccard_before", _("Jaccard before"), "lines_before.jaccard", 0, 1),
            StudyMeasure("jaccard_after", _("Jaccard after"), "lines_after.jaccard", 0, 1),
            StudyMeasure("weight_error_before", _("weight error before"), "lines_before.weight_error", 0, 10),
            StudyMeasure("weight_error_after", _("weight error after"), "lines_after.weight_error", 0, 10),
        ),
    ),
    Section(
        _("Guesses of guesses"),
        _("what the US thought that China guesses of its lines"),
        (
            StudyMeasure("second_before", _("second-order gap before"), "second_before.gap", 0, 1),
            StudyMeasure("second_after", _("second-order gap after"), "second_after.gap", 0, 1),
        ),
    ),
    Section(
        _("Orders of offences"),
        _("what the US takes gravely, as China guessed it"),
        (
            StudyMeasure("tau_before", _("Kendall's tau before"), "orders_before.tau", -1, 1),
            StudyMeasure("tau_after", _("Kendall's tau after"), "orders_after.tau", -1, 1),
        ),
    ),
    Section(
        _("Shares claimed"),
        _("how much of what was done the US says that it did"),
        (
            StudyMeasure("claimed_share", _("share claimed, %"), lambda of, at: of.claimed and of.claimed[at], 0, 100),
            StudyMeasure(
                "share_excess",
                _("both shares less 100"),
                lambda of, at: of.claimed and of.claimed.excess,
                -100,
                100,
                sided=False,
            ),
        ),
    ),
    Section(
        _("Calls"),
        _("what China wanted of calls, as the US guessed it"),
        (StudyMeasure("purposes_guessed", _("purposes guessed right"), "purposes.share", 0, 1),),
    ),
    Section(
        _("What each team alone knew"),
        _("what the US told of it"),
        (
            StudyMeasure("facts_told", _("share told"), "openness.share", 0, 1),
            StudyMeasure("facts_truth", _("truth, 1 whole"), "openness.truth", 0, 1),
            StudyMeasure("facts_first", _("first told, turn"), "openness.first", 1),
        ),
    ),
    Section(
        _("What moved it closer"),
        _("what the US said, beside what had pressed its lines"),
        (StudyMeasure("candour", _("candour, 1 best"), "candours.candour", 0, 1),),
    ),
    Section(
        _("Instruments cited"),
        _("what the US cited"),
        (
            StudyMeasure("cited", _("instruments cited"), "citing.cited", 0),
            StudyMeasure("cited_shared", _("of those: theirs too"), "citing.share_shared", 0, 1),
            StudyMeasure("cited_broken", _("of those: acted against"), "citing.share_broken", 0, 1),
        ),
    ),
    Section(
        _("Decisions"),
        _("what the US was asked to decide"),
        (
            StudyMeasure("answered_share", _("decisions answered"), "decisions.share", 0, 1),
            StudyMeasure("delays", _("delays of each decision"), "decisions.delay", 0, 2),
            StudyMeasure("answer_turns", _("turns until an answer"), "decisions.wait", 0),
        ),
    ),
    Section(
        _("Forecasts"),
        _("forecasts that the US made"),
        (
            StudyMeasure("brier", _("Brier, 0 best"), "foresights.brier", 0, 1),
            StudyMeasure("skill", _("skill, 1 best"), "foresights.skill", -3, 1),
            StudyMeasure("log_score", _("log score, 0 best"), "foresights.log_score", 0),
            StudyMeasure(
                "brier_card", _("Brier of what the other came for"), lambda of, at: _held(of, at, HERE_FOR_MORE), 0, 1
            ),
            StudyMeasure(
                "brier_force", _("Brier of ending in force"), lambda of, at: _held(of, at, ENDS_IN_FORCE), 0, 1
            ),
        ),
    ),
    Section(
        _("Tension"),
        _("what the US felt, and lines of the US"),
        (
            StudyMeasure("tension_end", _("tension at the end"), lambda of, at: _tension(of)[-1], 0, 100, sided=False),
            StudyMeasure(
                "tension_peak", _("tension at its peak"), lambda of, at: max(_tension(of)), 0, 100, sided=False
            ),
            StudyMeasure("felt_end", _("felt tension at the end"), lambda of, at: of.felt[at].end / 100, 0, 100),
            StudyMeasure(
                "felt_distance", _("felt minus tension"), lambda of, at: of.felt[at].distance / 100, -100, 100
            ),
            StudyMeasure("misread_share", _("of its rise: misread"), "felt.share", 0, 1),
            StudyMeasure("order_share", _("of its rise: own order"), "felt.order", 0, 1),
            StudyMeasure("alert_share", _("of its rise: on alert"), "felt.alert", 0, 1),
            StudyMeasure("conclusion_share", _("of its rise: concluded"), "felt.conclusions", 0, 1),
            StudyMeasure("crossings", _("red lines crossed"), lambda of, at: _of_lines(of, at, "crossed"), 0),
            StudyMeasure("conclusions", _("conclusions drawn"), lambda of, at: _of_lines(of, at, "concluded"), 0),
            StudyMeasure("further_from", _("drawn back"), lambda of, at: _of_lines(of, at, "drawn_back"), 0),
        ),
    ),
    Section(
        _("Contact"),
        _("what the US sent and asked"),
        (
            StudyMeasure("first_contact", _("first contact, hour"), "contacts.first_contact", 0),
            StudyMeasure("private_before_public", _("private before public"), "contacts.private_before_public", 0),
            StudyMeasure("private", _("private acts"), "contacts.private", 0),
            StudyMeasure("public", _("public acts"), "contacts.public", 0),
            StudyMeasure("asked", _("asked"), "contacts.asked", 0),
            StudyMeasure("taken", _("of that: taken"), "contacts.taken", 0),
            StudyMeasure("refused", _("refused"), "contacts.refused", 0),
            StudyMeasure("countered", _("countered"), "contacts.countered", 0),
            StudyMeasure("stood", _("stood with nobody asked"), "contacts.stood", 0),
            StudyMeasure("unanswered", _("unanswered in time"), "contacts.unanswered", 0),
            StudyMeasure("unheard", _("not arrived in time"), "contacts.unheard", 0),
            StudyMeasure("answered_late", _("of both: answered late"), "contacts.answered_late", 0),
            StudyMeasure("still_open", _("still open at the end"), "contacts.still_open", 0),
        ),
    ),
    Section(
        _("Conduct"),
        _("what the US did"),
        (
            StudyMeasure("promised", _("promises"), "conducts.promised", 0),
            StudyMeasure("broken", _("promises broken"), "conducts.broken", 0),
            StudyMeasure("mixed_turns", _("say-do gaps, turns"), lambda of, at: len(of.conducts[at].mixed_turns), 0),
            StudyMeasure("provocations", _("provocations"), lambda of, at: len(of.conducts[at].provocations), 0),
            StudyMeasure("unmatched", _("theirs, unmatched"), lambda of, at: len(of.conducts[at].unmatched), 0),
            StudyMeasure("notices", _("notices given"), "conducts.notices", 0),
            StudyMeasure("ways_left", _("ways left to the other"), "conducts.ways_left", 0),
            StudyMeasure("actors_named", _("named the actor"), "conducts.actors_named", 0),
            StudyMeasure("restraint_announced", _("restraint announced"), "conducts.restraint_announced", 0),
            StudyMeasure("restraint_kept", _("restraint kept"), "conducts.restraint_kept", 0),
            StudyMeasure("george", _("George, met of 7"), lambda of, at: _met(of, at, "george"), 0, 7),
            StudyMeasure("swaine", _("Swaine, met of 7"), lambda of, at: _met(of, at, "swaine"), 0, 7),
        ),
    ),
)

MEASURES: Final = tuple(measure for section in SECTIONS for measure in section.measures)


def values_of(found: Measures) -> tuple[float | None, ...]:
    """The values of a session in the order of MEASURES; a measure of each side has two, the US first."""
    return tuple(_value(measure, found, at) for measure in MEASURES for at in range(2 if measure.sided else 1))


def columns() -> Iterator[tuple[StudyMeasure, str]]:
    """What stands in each place of the values of a session: the measure, and us, china or nothing."""
    for measure in MEASURES:
        yield from ((measure, side) for side in (("us", "china") if measure.sided else ("",)))


def _value(measure: StudyMeasure, found: Measures, at: int) -> float | None:
    if isinstance(measure.read, str):
        part, _dot, name = measure.read.partition(".")
        sides = getattr(found, part)
        value = getattr(sides[at], name) if sides else None
    else:
        value = measure.read(found, at)
    return None if value is None else float(value)


def _held(found: Measures, at: int, belief: Belief) -> MeasureValue:
    """How near a side's belief was to what was so; None where it said nothing of it in time."""
    return brier_by(found.beliefs, belief, SIDES[at])


def _tension(found: Measures) -> list[float]:
    return [turn.tension / 100 for turn in found.course.turns]


def _of_lines(found: Measures, at: int, what: Literal["crossed", "concluded", "drawn_back"]) -> int:
    """How often it came to this on a line of this side's."""
    side = ("us/", "china/")[at]
    return sum(line.startswith(side) for turn in found.course.turns for line in getattr(turn, what))


def _met(found: Measures, at: int, checklist: str) -> int:
    """Items of a checklist that are met."""
    conduct = found.conducts[at]
    return sum(item.met for item in (conduct.george if checklist == "george" else conduct.swaine))
