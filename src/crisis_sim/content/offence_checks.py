"""A pack's card of offences and its hearing profiles: every act once, and every order an order of the card's acts."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.content import where
from crisis_sim.content.condition_checks import ConditionChecks
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence, commas
from crisis_sim.problems import Problems, did_you_mean
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.offences import OffenceCard
from crisis_sim.rules.pack import Pack


def link_offences(
    pack: Pack, earlier: OffenceCard | None, source: Source, uses: ConditionChecks, problems: Problems
) -> None:
    """Say what does not fit in a pack's card and profiles; `earlier` is the card of the packs before it."""
    check = _Check(source, problems)
    card = pack.offences or earlier
    if pack.offences is not None:
        for place, act in enumerate(pack.offences.acts):
            uses.condition(act.when, ("offences", "acts", place, "when"), where.OFFENCES[act.on])
        check.once([act.id for act in pack.offences.acts], ("offences", "acts"), "id")
        short = pack.offences.at_one_table
        if short is not None:
            loc: Loc = ("offences", "at_one_table", "acts")
            check.once(short.acts, loc)
            check.known(short.acts, pack.offences, loc)
    for name, profile in pack.profiles.items():
        loc = ("profiles", name, "order")
        if card is None:
            check.error(("profiles", name), Sentence("no pack listed so far has a card of offences to order"))
            continue
        check.once(profile.order, loc)
        check.known(profile.order, card, loc)
        left = [act.id for act in card.acts if act.id not in profile.order]
        if left and source.complete(*loc) and source.complete("offences", "acts"):
            check.error(
                loc, Sentence("an order names every act of the offence card; missing: {left}", left=commas(left))
            )


class _Check:
    """Complaints at places of one file."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self._source = source
        self._problems = problems

    def once(self, names: Sequence[str], loc: Loc, key: str = "") -> None:
        for place, name in enumerate(names):
            if name in names[:place]:
                at = (*loc, place, key) if key else (*loc, place)
                self.error(at, Sentence("'{name}' stands here twice", name=name), "link/duplicate")

    def known(self, names: Sequence[str], card: OffenceCard, loc: Loc) -> None:
        acts = [act.id for act in card.acts]
        for place, name in enumerate(names):
            if name not in acts and self._source.complete("offences", "acts"):
                said = Sentence("the card of offences has no act '{name}'", name=name)
                self.error((*loc, place), said, hint=did_you_mean(name, acts))

    def error(self, loc: Loc, said: Sentence, code: str = "link/offences", hint: str = "") -> None:
        if self._source.given(*loc):
            self._problems.error(self._source.spot(*loc), said, code=code, hint=hint)
