"""The tables of measures that several doors show, each a list of its columns; each door names sides in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, TypeVar

from crisis_sim.engine.state import Promise
from crisis_sim.measures.candour import Candour, Openness
from crisis_sim.measures.citing import Citing
from crisis_sim.measures.decisions_made import DecisionsMade
from crisis_sim.measures.forecasts import PurposesGuessed
from crisis_sim.measures.session_measures import Measures
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.measures.tension import Felt
from crisis_sim.numbers import points_printed
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import SIDES

_T = TypeVar("_T")


class MeasureTable(NamedTuple):
    """A table that has a row for each thing measured; the first cells of a row are each door's own."""

    first: tuple[str, ...]
    """The heads of those."""
    heads: tuple[str, ...]
    """The heads of what is measured."""
    columns: str
    """Its names: a plain one as it stands, `name:2` a fraction with so many decimals, `name:+2` with its sign."""

    def head(self, say: Say) -> tuple[str, ...]:
        """The heads of all columns."""
        return tuple([say(head) for head in (*self.first, *self.heads)])

    def cells(self, measure: object) -> tuple[str, ...]:
        """What stands in a row behind its first cells."""
        parts = [column.partition(":") for column in self.columns.split()]
        return tuple([_cell(getattr(measure, name), form) for name, _, form in parts])

    @property
    def numbers(self) -> frozenset[int]:
        """The places of the columns that hold numbers."""
        return frozenset(range(len(self.first), len(self.first) + len(self.heads)))


def _cell(value: Any, form: str) -> str:  # Any: a count, what is counted, or a fraction that may be missing
    if form:
        return fraction_printed(value, int(form[-1]), signed=form[0] == "+")
    return str(len(value) if isinstance(value, tuple) else value)


UNDERSTOOD: Final = MeasureTable(
    (_("acts of"),),
    (_("acts"), _("arrived"), _("read"), _("bias"), _("noise"), _("error"), _("accuracy")),
    "acts arrived read bias:+2 noise:2 error:2 accuracy:+2",
)
"""How the acts of each side were understood."""
SPLIT: Final = MeasureTable(
    (_("acts of"),),
    (_("read"), _("asked of"), _("foreseen"), _("unforeseen"), _("surprise")),
    "read asked foreseen:+2 unforeseen:+2 surprise:2",
)
"""How much of the gaps the sender of the acts had foreseen, of those of which it had said what it expected."""
AUDIENCES: Final = MeasureTable(
    (_("acts of"),),
    (_("in public"), _("same audience"), _("audience crossed")),
    "audiences same_audience crossed",
)
"""Whom public words were for and whom they were taken to be for, of those of which both sides said it."""
GUESSED: Final = MeasureTable(
    (_("lines of"), _("guessed")),
    (_("lines"), _("guesses"), _("matched"), _("hit rate"), _("Jaccard"), _("weight error")),
    "lines guesses matched hit_rate:2 jaccard:2 weight_error:2",
)
"""How far each side had imagined the other's lines, before and after."""
ORDERED: Final = MeasureTable((_("order of"), _("guessed")), (_("acts"), _("Kendall's tau")), "acts tau:+2")
"""How far each side knew what the other takes gravely."""
FORESEEN: Final = MeasureTable(
    (_("by"),),
    (_("forecasts"), _("Brier"), _("reliability"), _("resolution"), _("uncertainty"), _("skill"), _("log score")),
    "forecasts brier:3 reliability:3 resolution:3 uncertainty:3 skill:+3 log_score:3",
)
"""How well each side foresaw the other."""


def staged(early_guesses: Sequence[_T], late_guesses: Sequence[_T]) -> list[tuple[_T, str]]:
    """What was given before play, then what was given after it, each with which it was."""
    return [*((guess, _("before")) for guess in early_guesses), *((guess, _("after")) for guess in late_guesses)]


def write_sentences(measures: Measures, say: Say) -> dict[str, list[str]]:
    """What was measured of dealings, in sentences that stand behind those of each kind."""
    return {
        "calls": purpose_cells(measures.purposes, say),
        "decisions": decisions_counted(measures.decisions, say),
        "citations": citing_cells(measures.citing, say),
        "facts": openness_cells(measures.openness, say),
        "closer": candour_cells(measures.candours, say),
    }


def ended(promise: Promise, say: Say) -> str:
    """What became of a promise by the end."""
    return say("broken") if promise.broken else say("void") if promise.ended == "void" else say("kept")


def purpose_cells(guessed: tuple[PurposesGuessed, ...], say: Say) -> list[str]:
    """How often each side guessed what the other wanted of a call, where there was one."""
    sentence = _("{side} guessed what the other wanted of a call in {right} of {calls}; by chance one in four.")
    return [
        say(sentence, side=say(SIDES[measure.side]), right=measure.right, calls=measure.calls)
        for measure in guessed
        if measure.calls
    ]


def openness_cells(measures: tuple[Openness, ...], say: Say) -> list[str]:
    """How much each side told of what it alone knew, how truly, and when first."""
    sentences, zero_text = [], _("{side} told 0 of the {facts} facts that it alone knew.")
    text = _("{side} told {told} of the {facts} facts that it alone knew, first in turn {turn}; truth {truth} of 1.")
    for measure in [row for row in measures if row.facts]:
        words = {
            "side": say(SIDES[measure.side]),
            "told": measure.told,
            "facts": measure.facts,
            "turn": measure.first,
        }
        sentences.append(say(text if measure.told else zero_text, truth=fraction_printed(measure.truth), **words))
    return sentences


def candour_cells(measures: tuple[Candour, ...], say: Say) -> list[str]:
    """How often each side said what had moved it closer, and how far that fits its record, where it was asked."""
    sentences, so = [], _("{side} named acts in {named} of {asked} answers; candour {candour} of 1, over {n} of them.")
    short_text = _("{side} named acts in {named} of {asked} answers; none can be laid beside its record.")
    for measure in [row for row in measures if row.asked]:
        words = {"side": say(SIDES[measure.side]), "named": measure.named, "asked": measure.asked}
        sentences.append(
            say(
                so if measure.measured else short_text,
                candour=fraction_printed(measure.candour),
                n=measure.measured,
                **words,
            )
        )
    return sentences


def citing_cells(measures: tuple[Citing, ...], say: Say) -> list[str]:
    """How much each side cited that the other had accepted, and how much of all it acted against, where it cited."""
    sentence = _("{side} cited {cited}, of which the other had accepted {shared}, and acted against {broken} later.")
    return [
        say(sentence, side=say(SIDES[measure.side]), cited=measure.cited, shared=measure.shared, broken=measure.broken)
        for measure in measures
        if measure.cited
    ]


def decisions_counted(measures: tuple[DecisionsMade, ...], say: Say) -> list[str]:
    """How many decisions each side made, put off and let pass, where it was asked for any."""
    sentence = _("{side} answered {answered} of {asked}, let {passed} pass, and took {delays} turns too long.")
    sentences = []
    for measure in measures:
        if measure.asked:
            words = {"side": say(SIDES[measure.side]), "answered": measure.answered, "asked": measure.asked}
            sentences.append(say(sentence, passed=measure.let_pass, delays=measure.delays, **words))
    return sentences


def felt_parts(felt: Felt, say: Say) -> list[str]:
    """What lies behind the rise that a side felt, in percent, but for what added nothing; empty where nothing rose."""
    parts = (
        (_("{share} % came of misreading"), felt.share),
        (_("{share} % of its own order of offences"), felt.order),
        (_("{share} % of being on alert"), felt.alert),
        (_("{share} % of what it concluded or held crossed"), felt.conclusions),
    )
    return [
        say(label, share=fraction_printed(share * 100, 0))
        for place, (label, share) in enumerate(parts)
        if share is not None and (share or place == 0)
    ]


def with_and_without(felt: Felt, say: Say) -> str:
    """What a side felt at the end with its own order of offences and without it, before what time took from either."""
    return say(
        "Its own order of offences moved what it felt by {by} in all: {end} at the end with it, {without} without it, "
        "apart from what time took.",
        by=points_printed(felt.by_order, signed=True),
        end=points_printed(felt.end),
        without=points_printed(max(0, felt.end - felt.by_order)),
    )
