"""What checks authored models says what pydantic's own models of them say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any, Final

import pytest
from pydantic_core import ValidationError
from tests.rules.pydantics_own import checker_of

from crisis_sim.content.load import load_material
from crisis_sim.content.scenario import Scenario
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.fields import field
from crisis_sim.rules.pack import Pack
from crisis_sim.rules.validators import checked

WRONG: Final[tuple[Any, ...]] = ({}, [], "", "Xx", -7, 10**9, True, None)
"""One of these takes the place of every so-manieth part of a file."""


def parts(tree: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each part of a tree."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in entries:
        yield (*way, step)
        yield from parts(inner, (*way, step))


def spoiled(tree: Any, way: tuple[Any, ...], wrong: Any) -> Any:
    """The tree with something else at the end of a way."""
    if not way:
        return wrong
    made = tree.copy()
    made[way[0]] = spoiled(tree[way[0]], way[1:], wrong)
    return made


def said(check: Callable[[Any], Any], tree: Any) -> Any:
    """What comes of a check: a model, or each mistake."""
    try:
        return check(tree)
    except ValidationError as error:
        return [(each["type"], each["loc"], each["msg"], each["input"]) for each in error.errors()]


@pytest.mark.parametrize(("kind", "place", "every"), [(Scenario, 0, 61), (Pack, 1, 61), (Pack, 2, 3)])
def test_a_file_is_checked_as_pydantic_would(kind: type[Authored], place: int, every: int) -> None:
    """Whole files as they ship, and with something wrong anywhere: the same models, the same mistakes."""
    tree = load_material("bottomed-submarine").sources[place].tree
    ours, pydantics, ways = partial(checked, kind), checker_of(kind).model_validate, list(parts(tree))
    assert said(ours, tree) == said(pydantics, tree) == ours(tree)
    for number, way in enumerate(ways[::every]):
        wrong = spoiled(tree, way, WRONG[number % len(WRONG)])
        assert said(ours, wrong) == said(pydantics, wrong), way


class Bounded(Authored):
    """A model with a bound that nothing here checks."""

    number: Annotated[int, field(multiple_of=3)]


def test_a_bound_that_nothing_checks_is_refused() -> None:
    """It would be taken for kept, and files would break it."""
    with pytest.raises(TypeError, match="multiple_of=3"):
        checked(Bounded, {"number": 4})
