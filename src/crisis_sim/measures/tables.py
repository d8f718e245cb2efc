"""The tables of measures that several doors show, as heads and rounded cells; each door names sides in its own way."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.state_parts import Promise
from crisis_sim.measures.candour import Candour, Openness
from crisis_sim.measures.claimed_shares import ClaimedShares
from crisis_sim.measures.decisions_made import DecisionsMade
from crisis_sim.measures.firmness import Citing, Firmness
from crisis_sim.measures.forecasts import Foresight
from crisis_sim.measures.line_guesses import LineMap, OrderKnown, SecondOrder
from crisis_sim.measures.meanings import Direction
from crisis_sim.measures.purposes import PurposesGuessed
from crisis_sim.measures.session_measures import Measures
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.measures.tension import Felt
from crisis_sim.numbers import points_printed
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import SIDES

UNDERSTOOD: Final = (_("acts of"), _("acts"), _("arrived"), _("read"), _("bias"), _("noise"), _("error"), _("accuracy"))
"""How the acts of each side were understood."""
SPLIT: Final = (_("acts of"), _("read"), _("asked of"), _("foreseen"), _("unforeseen"), _("surprise"))
"""How much of the gaps the sender of the acts had foreseen, of those of which it had said what it expected."""
HEARD: Final = (_("acts of"), _("in public"), _("same audience"), _("audience crossed"))
"""Whom public words were for and whom they were taken to be for, of those of which both sides said it."""
GUESSED: Final = (
    _("lines of"),
    _("guessed"),
    _("lines"),
    _("guesses"),
    _("matched"),
    _("hit rate"),
    _("Jaccard"),
    _("weight error"),
)
"""How far each side had imagined the other's lines, before and after."""
EXPECTED: Final = (
    _("lines of"),
    _("guessed"),
    _("guesses"),
    _("expected"),
    _("matched"),
    _("hit rate"),
    _("Jaccard"),
    _("gap"),
    _("weight error"),
)
"""How far each side knew what the other guesses of its lines."""
ORDERED: Final = (_("order of"), _("guessed"), _("acts"), _("Kendall's tau"))
"""How far each side knew what the other takes gravely."""
CLAIMED: Final = ("US", "China", _("over 100"))
"""How much of what was done each side says that it did."""
FORESEEN: Final = (
    _("by"),
    _("forecasts"),
    _("Brier"),
    _("reliability"),
    _("resolution"),
    _("uncertainty"),
    _("skill"),
    _("log score"),
)
"""How well each side foresaw the other."""


def understood(each: Direction) -> tuple[str, ...]:
    """A row of UNDERSTOOD, without whose acts they were."""
    bias, accuracy = fraction_printed(each.bias, signed=True), fraction_printed(each.accuracy, signed=True)
    return (
        str(each.acts),
        str(each.arrived),
        str(each.read),
        bias,
        fraction_printed(each.noise),
        fraction_printed(each.error),
        accuracy,
    )


def split(each: Direction) -> tuple[str, ...]:
    """A row of SPLIT, without whose acts they were."""
    parts = (fraction_printed(part, signed=True) for part in (each.foreseen, each.unforeseen))
    return (str(each.read), str(each.asked), *parts, fraction_printed(each.surprise))


def heard(each: Direction) -> tuple[str, ...]:
    """A row of HEARD, without whose acts they were."""
    return tuple(map(str, (each.audiences, each.same_audience, each.crossed)))


def guessed(each: LineMap) -> tuple[str, ...]:
    """A row of GUESSED, without whose lines and when."""
    counts = (str(each.lines), str(each.guesses), str(each.matched))
    return (
        *counts,
        fraction_printed(each.hit_rate),
        fraction_printed(each.jaccard),
        fraction_printed(each.weight_error),
    )


def expected(each: SecondOrder) -> tuple[str, ...]:
    """A row of EXPECTED, without whose lines and when."""
    counts = (str(each.guesses), str(each.expected), str(each.matched))
    return (*counts, *(fraction_printed(part) for part in (each.hit_rate, each.jaccard, each.gap, each.weight_error)))


def ordered(each: OrderKnown) -> tuple[str, ...]:
    """A row of ORDERED, without whose order and when."""
    return str(each.acts), fraction_printed(each.tau, signed=True)


def claimed(of: ClaimedShares) -> tuple[str, ...]:
    """The row of CLAIMED."""
    over = "–" if of.excess is None else f"{of.excess:+}".replace("-", "−")
    return (*("–" if share is None else f"{share} %" for share in (of.us, of.china)), over)


def beside(found: Measures, say: Say) -> dict[str, list[str]]:
    """What was measured of dealings, in sentences that stand behind those of each kind."""
    return {
        "calls": purposes_told(found.purposes, say),
        "decisions": decisions_counted(found.decisions, say),
        "positions": firmness_told(found.firmness, say),
        "citations": citing_told(found.citing, say),
        "facts": openness_told(found.openness, say),
        "closer": candour_told(found.candours, say),
    }


def ended(promise: Promise, say: Say) -> str:
    """What became of a promise by the end."""
    return say("broken") if promise.broken else say("void") if promise.ended == "void" else say("kept")


def purposes_told(guessed: tuple[PurposesGuessed, ...], say: Say) -> list[str]:
    """How often each side guessed what the other wanted of a call, where there was one."""
    told = _("{side} guessed what the other wanted of a call in {right} of {calls}; by chance one in four.")
    return [say(told, side=say(SIDES[each.side]), right=each.right, calls=each.calls) for each in guessed if each.calls]


def openness_told(found: tuple[Openness, ...], say: Say) -> list[str]:
    """How much each side told of what it alone knew, how truly, and when first."""
    told, kept = [], _("{side} told 0 of the {facts} facts that it alone knew.")
    says = _("{side} told {told} of the {facts} facts that it alone knew, first in turn {turn}; truth {truth} of 1.")
    for of in [each for each in found if each.facts]:
        words = {"side": say(SIDES[of.side]), "told": of.told, "facts": of.facts, "turn": of.first}
        told.append(say(says if of.told else kept, truth=fraction_printed(of.truth), **words))
    return told


def candour_told(found: tuple[Candour, ...], say: Say) -> list[str]:
    """How often each side said what had moved it closer, and how far that fits its record, where it was asked."""
    told, so = [], _("{side} named acts in {named} of {asked} answers; candour {candour} of 1, over {n} of them.")
    none = _("{side} named acts in {named} of {asked} answers; none can be laid beside its record.")
    for of in [each for each in found if each.asked]:
        words = {"side": say(SIDES[of.side]), "named": of.named, "asked": of.asked}
        told.append(say(so if of.measured else none, candour=fraction_printed(of.candour), n=of.measured, **words))
    return told


def citing_told(found: tuple[Citing, ...], say: Say) -> list[str]:
    """How much each side cited that the other had accepted, and how much of all it acted against, where it cited."""
    told = _("{side} cited {cited}, of which the other had accepted {shared}, and acted against {broken} later.")
    return [
        say(told, side=say(SIDES[of.side]), cited=of.cited, shared=of.shared, broken=of.broken)
        for of in found
        if of.cited
    ]


def firmness_told(found: tuple[Firmness, ...], say: Say) -> list[str]:
    """How many positions each side took, how firmly, and how many it acted against, where it took any."""
    told = _("{side} took {taken} positions, of mean firmness {firmness} of 3, and acted against {broken}.")
    one = _("{side} took one position, of firmness {firmness} of 3, and acted against {broken}.")
    return [
        say(
            one if of.taken == 1 else told,
            side=say(SIDES[of.side]),
            taken=of.taken,
            firmness=fraction_printed(of.mean_firmness),
            broken=of.broken,
        )
        for of in found
        if of.taken
    ]


def decisions_counted(made: tuple[DecisionsMade, ...], say: Say) -> list[str]:
    """How many decisions each side made, put off and let pass, where it was asked for any."""
    told = _("{side} answered {answered} of {asked}, let {passed} pass, and took {delays} turns too long.")
    found = []
    for each in made:
        if each.asked:
            words = {"side": say(SIDES[each.side]), "answered": each.answered, "asked": each.asked}
            found.append(say(told, passed=each.let_pass, delays=each.delays, **words))
    return found


def foreseen(each: Foresight) -> tuple[str, ...]:
    """A row of FORESEEN, without by whom."""
    parts = (each.brier, each.reliability, each.resolution, each.uncertainty)
    skill = fraction_printed(each.skill, 3, signed=True)
    return (
        str(len(each.forecasts)),
        *(fraction_printed(part, 3) for part in parts),
        skill,
        fraction_printed(each.log_score, 3),
    )


def felt_parts(felt: Felt, say: Say) -> list[str]:
    """What lies behind the rise that a side felt, in percent, but for what added nothing; empty where nothing rose."""
    parts = (
        (_("{share} % came of misreading"), felt.share),
        (_("{share} % of its own order of offences"), felt.order),
        (_("{share} % of being on alert"), felt.alert),
        (_("{share} % of its conclusions"), felt.conclusions),
    )
    return [
        say(says, share=fraction_printed(share * 100, 0))
        for place, (says, share) in enumerate(parts)
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
