"""What conditions may ask of private facts: that one has been told, by whom, how, and what has come out of it since.

Whether it was told whole is sealed until the hotwash, and nothing can ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, Id
from crisis_sim.rules.facts import Act
from crisis_sim.rules.formula import Formula, In, Keyed, Read, some
from crisis_sim.rules.keys import asks, must, part
from crisis_sim.rules.lowering import sides
from crisis_sim.rules.names import TRUTHS, Backing, Side, Who
from crisis_sim.rules.properties import WHO


class DisclosedIs(Authored):
    """A private fact has been told to the other team, or has come out. A plain id stands for `{id: …}`."""

    id: Annotated[Id | None, must(names=("private fact",))] = None
    """The fact; any, where it is left out."""
    by: Who = part("either", says="by {by}", words=WHO)
    """Whose fact it is."""
    in_public: bool | None = part(None, words={True: "in public", False: "in private"})
    """Whether it was told in public."""
    backed: Backing | None = part(
        None,
        words={"source": "with its source", "host": "vouched for by the host", "word": "on its word alone"},
        meanings={
            "source": "Its source was shown",
            "host": "The host vouched for it",
            "word": "Nothing stood behind it but its team's word",
        },
    )
    """How it was told."""
    turned_out: Literal["part", "untrue"] | None = part(
        None,
        words={"part": "and found out to be a part", "untrue": "and found out to be untrue"},
        meanings={"part": "The rest has come out", "untrue": "It has come out that it was not so"},
    )
    """What has come out of it; what its team has put right itself is not meant."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        if isinstance(value, dict) and not {"truth", *TRUTHS, "false"}.isdisjoint(value):
            raise ValueError(
                Sentence("whether a fact was told whole stays sealed; ask with turned_out what has come out of it")
            )
        return {"id": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_something(self) -> DisclosedIs:
        if not self.model_fields_set:
            raise ValueError(Sentence("say which fact, by whom, or how it was told"))
        return self


def _key(fact: str | None, public: bool | None, backed: str | None, out: str | None) -> str:
    """What names, among all that has been told, whatever fits; None stands for any."""
    return "/".join("*" if each is None else str(each) for each in (fact, public, backed, out))


def ways_asked(acts: Iterable[Act], out: Mapping[tuple[Side, int, int], str]) -> frozenset[tuple[str, Side]]:
    """Of acts that tell a fact, all that a condition may ask for; `out` is what has come out, by the act that told."""
    found = set()
    for act in acts:
        if act.discloses:
            public, turned_out = act.visibility == "public" or act.outcome == "leaked", out.get(act.key)
            for fact in {act.discloses, None}:
                for heard in {public, None}:
                    for backed in {act.backed or None, None}:
                        for came in {turned_out, None}:
                            found.add((_key(fact, heard, backed, came), act.side))
    return frozenset(found)


def _disclosed(asked: DisclosedIs) -> Formula:
    """A fact has been told as is asked for, by one of the sides."""
    key = _key(asked.id, asked.in_public, asked.backed, asked.turned_out)
    return some(In(Keyed(key, side), Read("facts", "disclosed")) for side in sides(asked.by))


DISCLOSED: Final[DisclosedIs | None] = asks(
    lambda low, told: _disclosed(told),
    says=(
        "after a private fact was disclosed {by} {in_public} {backed} {turned_out}",
        "after {id} was disclosed {by} {in_public} {backed} {turned_out}",
    ),
    denied=(
        "before a private fact was disclosed {by} {in_public} {backed} {turned_out}",
        "before {id} was disclosed {by} {in_public} {backed} {turned_out}",
    ),
    example="{id: sonar-record, in_public: true, backed: host}",
    source="Kydd 2005 on reassurance that costs something",
)
"""The record of the key."""
