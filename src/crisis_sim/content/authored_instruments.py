"""Instruments as scenarios write them: texts that were agreed, who accepted each, and what goes against them.

Who accepted an instrument is a fact of the world and is said here; nobody at the table can claim it.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from crisis_sim.rules.authored import Authored, Id, SourceText, Text, one_or_many
from crisis_sim.rules.conditions import Condition

Accepting: TypeAlias = Literal["us", "china", "host"]
"""Whoever may have accepted an instrument."""


class Instrument(Authored):
    """A treaty, code, resolution or communiqué that words can cite; whoever cites it is bound by it."""

    title: Text
    """What everybody calls it."""
    says: Text
    """What it asks of whoever has accepted it, in a sentence."""
    year: Annotated[int, Field(ge=1600, le=2100, strict=True)]
    """When it was agreed."""
    accepted_by: Annotated[tuple[Accepting, ...], BeforeValidator(one_or_many)] = ()
    """Who has accepted it: `us`, `china`, the `host`."""
    concerns: Annotated[tuple[Id, ...], BeforeValidator(one_or_many), Field(min_length=1)]
    """What it speaks to: lines of these are eased where both have accepted it."""
    broken_by: Condition
    """An act (of the sender, who cited it) that goes against it."""
    source: SourceText
    """Where its text and who accepted it can be looked up."""
