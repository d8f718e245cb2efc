"""What the questionnaires say: scales and single items, before and after, for each team and together.

A person's score on a scale is the mean of the answers to its items, those that run the other way turned round; it is
there if three quarters of them were answered. Single items are told as they were answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.research.study.answers import ITEMS, LEAST, MOST, SCALES, Answered, Item, Person, Scale
from crisis_sim.research.study.change import Alpha, Change, changed, cronbach

Team: TypeAlias = Literal["us", "china", "all"]
TEAMS: Final[tuple[Team, ...]] = ("us", "china", "all")
_PLACES: Final = {item.key: place for place, item in enumerate(ITEMS)}


class Result(NamedTuple):
    """A scale or an item, of one team or of all."""

    what: Scale | Item
    team: Team
    change: Change
    alpha_before: Alpha | None
    """None for single items."""
    alpha_after: Alpha | None

    @property
    def failed(self) -> tuple[str, ...]:
        """Its numbers that could not be found, in words."""
        alphas = ((self.alpha_before, "before"), (self.alpha_after, "after"))
        of_alphas = (f"{name} {when}" for alpha, when in alphas if alpha is not None for name in alpha.failed)
        return (*self.change.failed, *of_alphas)


class Questionnaire(NamedTuple):
    """Everything that the answers say."""

    people: int
    pairs: int
    """Of them: with a sheet before and one after."""
    only_before: int
    only_after: int
    results: tuple[Result, ...]


def questionnaire(people: Sequence[Person]) -> Questionnaire:
    """What these people said before and after."""
    return Questionnaire(
        people=len(people),
        pairs=sum(each.before is not None and each.after is not None for each in people),
        only_before=sum(each.after is None for each in people),
        only_after=sum(each.before is None for each in people),
        results=tuple(_results(people)),
    )


def _results(people: Sequence[Person]) -> Iterator[Result]:
    members: dict[Team, list[Person]] = {
        team: [each for each in people if team in ("all", each.team)] for team in TEAMS
    }
    for scale in SCALES:
        for team in TEAMS:
            pairs = [(score(scale, each.before), score(scale, each.after)) for each in members[team]]
            yield Result(
                what=scale,
                team=team,
                change=changed([(one, two) for one, two in pairs if one is not None and two is not None]),
                alpha_before=_alpha(scale, [each.before for each in members[team]]),
                alpha_after=_alpha(scale, [each.after for each in members[team]]),
            )
    for place, item in enumerate(ITEMS):
        for team in TEAMS:
            yield Result(item, team, changed(list(_pairs(place, members[team]))), None, None)


def _pairs(place: int, people: Sequence[Person]) -> Iterator[tuple[float, float]]:
    for each in people:
        if each.before is not None and each.after is not None:
            one, two = each.before[place], each.after[place]
            if one is not None and two is not None:
                yield one, two


def score(scale: Scale, answers: Answered | None) -> float | None:
    """A person's mean on a scale, 1-7; None where too few of its items were answered."""
    there = [answer for answer in _turned(scale, answers) if answer is not None] if answers is not None else []
    return fmean(there) if len(there) >= scale.enough else None


def _turned(scale: Scale, answers: Answered) -> list[int | None]:
    """The answers to the items of a scale, all running the same way."""
    turned: list[int | None] = []
    for key in scale.items:
        answer = answers[_PLACES[key]]
        turned.append(LEAST + MOST - answer if answer is not None and key in scale.reversed else answer)
    return turned


def _alpha(scale: Scale, sheets: Sequence[Answered | None]) -> Alpha:
    """Cronbach's alpha over those who answered every item of the scale."""
    whole: list[list[float]] = []
    for answers in sheets:
        turned = [] if answers is None else [float(each) for each in _turned(scale, answers) if each is not None]
        if len(turned) == len(scale.items):
            whole.append(turned)
    return cronbach(whole)
