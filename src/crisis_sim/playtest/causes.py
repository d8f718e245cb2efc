"""Why something was never reached: followed back, step by step, to what never happened first, and what to try.

From the files and from what many sessions reached. Each step names one thing without which the one before cannot come;
the last says why that did not happen, or what else may have stood in the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from crisis_sim.authoring.lints.ways import fitting
from crisis_sim.content.material import Material
from crisis_sim.errors import Sentence
from crisis_sim.playtest.reachable import Reachable, carriers, world_of
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.keys import names_in, used_keys
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.properties import Made, MoveIs

_LONGEST: Final = 6
"""Steps that are followed back, at most."""

_CURIOUS: Final = Sentence("no bot that played here does it; try --policies curious, or more sessions")
_TOGETHER: Final = Sentence(
    "all that its condition names came at some time, and the condition never held; try wider hours, numbers or counts,"
    " or more sessions"
)
_NEVER: Final = Sentence("its condition can never hold in sessions of this length, whoever plays")
_LATE: Final = Sentence("what it follows came too late for it; try a shorter time between the two, or more sessions")
_LUCK: Final = Sentence("luck did not bring it about; try more sessions")
_LASTED: Final = Sentence("it was taken for more than it is to the end; try more sessions, or other bots")
_NO_SOURCE: Final = Sentence("nothing in the files brings it about by itself")
_FURTHER: Final = Sentence("that waits for more in its turn; `crisis-sim check SCENARIO --explain NAME` tells for what")
_BY_HAND: Final = Sentence("it comes by hand alone; try --release 100")
_ALWAYS: Final = Sentence(
    "its condition held whenever it was tried; try --policies silent, or ask whether it needs one"
)
_LEVEL: Final = Sentence("the track never came so far; try a level nearer to where it starts")
_PRESSED: Final = Sentence("too little built up on it; try --policies salami, a lower limit, or more that presses it")
_BACK: Final = Sentence("nobody was drawn back; try --policies us=salami,china=attentive")
_DEALT: Final = Sentence("one team in a few is dealt a card; try more sessions")
_NOT_DISCLOSED: Final = Sentence("nobody told it; try --policies tells-all")
_WHOLE: Final = Sentence("it was told whole, or luck kept it hidden; try more sessions")


class MissingCause(NamedTuple):
    """Why a thing was never reached."""

    waits_for: tuple[Reachable, ...]
    """What it waits for, each for the next; none of them was reached."""
    because: Sentence
    """Why the last of these never happened, and what to try."""


class NeverReached:
    """Answers for one material and what its sessions reached."""

    def __init__(self, material: Material, length: int, targets: Sequence[Reachable], reached: Collection[str]) -> None:
        """`things` are all that sessions of `length` minutes could reach; `reached` the keys of those that were."""
        self._material = material
        self._world = world_of(material, length)
        self._things = {target.key: target for target in targets}
        self._reached = frozenset(reached)

    def cause_of(self, target: Reachable) -> MissingCause:
        """Why nothing reached it."""
        steps, key = list[Reachable](), target.key
        while len(steps) < _LONGEST:
            blamed = self._blamed(self._things[key])
            if isinstance(blamed, Sentence) or blamed == target.key or blamed in {step.key for step in steps}:
                return MissingCause(tuple(steps), blamed if isinstance(blamed, Sentence) else _TOGETHER)
            steps.append(self._things[blamed])
            key = blamed
        return MissingCause(tuple(steps), _FURTHER)

    def _blamed(self, target: Reachable) -> str | Sentence:
        """The key of what it waits for and nobody reached; or why it did not happen."""
        material, (sort, *parts) = self._material, target.key.split("/")
        match sort:
            case "inject" if parts[1] == "by-hand":
                return _BY_HAND
            case "inject" if parts[1] == "stayed-away":
                came = f"inject/{parts[0]}/came"
                return came if self._missing(came) else _ALWAYS
            case "inject":
                return self._of_inject(parts[0])
            case "rule":
                return self._unheld(next(rule.when for rule in material.rules if rule.id == parts[0]))
            case "forecast":
                return self._unheld(
                    next(forecast.happens for forecast in material.scenario.forecasts if forecast.id == parts[0])
                )
            case "delivery":
                return _LUCK
            case "line":
                return self._of_line(parts[0], parts[1], parts[2], parts[3:])
            case "track" if parts[1] == "change":
                return self._unheld(material.scenario.tracks[parts[0]].changes[int(parts[2])].when)
            case "track":
                return _LEVEL
            case "fact":
                name, to = parts[0], parts[1] == "true"
                return self._one_of(
                    carriers(material, lambda effects: any(item.fact == name and item.to == to for item in effects.set))
                )
            case "effect":
                return self._one_of(target.keys)
            case "commitment" if parts[1] == "broken":
                key = f"commitment/{parts[0]}/made"
                return key if self._missing(key) else self._unheld(material.commitments[parts[0]].broken_by)
            case "commitment" if parts[1] == "void":
                key, voids = f"commitment/{parts[0]}/made", material.commitments[parts[0]].void_by
                return key if self._missing(key) or voids is None else self._unheld(voids)
            case "instruction":
                return _DEALT if parts[1] == "unmet" else self._of_instruction(parts[0])
            case "asset":
                return self._of_asset(*parts)
            case "private-fact" if parts[1] == "came-out":
                fact_key = f"private-fact/{parts[0]}/told"
                return fact_key if self._missing(fact_key) else _WHOLE
            case "private-fact":
                return _NOT_DISCLOSED
            case "answer":
                return self._one_of([f"move/{parts[0]}"])
            case "move":
                answered = [
                    name
                    for name, move in material.moves.items()
                    if move.asks and parts[0] in (move.asks.accept, move.asks.decline)
                ]
                only = material.moves[parts[0]].only_as_answer
                return self._one_of([f"move/{name}" for name in answered]) if only else _CURIOUS
            case _:
                return _CURIOUS

    def _of_inject(self, name: str) -> str | Sentence:
        """An inject that nothing brought: what it follows, its condition, or else the effects that release it."""
        inject = next(inject for inject in self._material.scenario.msel if inject.id == name)
        if not inject.by_hand and inject.after is not None:
            prior_key = next(self._first(self._keys("inject", inject.after.inject)), None)
            if prior_key is not None or inject.when is None:
                return prior_key or _LATE
        if not inject.by_hand and inject.when is not None:
            return self._unheld(inject.when)
        return self._one_of(carriers(self._material, lambda effects: effects.release == name))

    def _of_line(self, side: str, name: str, state: str, rest: Sequence[str]) -> str | Sentence:
        key = f"line/{side}/{name}"
        team = self._material.scenario.teams.team_of("us" if side == "us" else "china")
        line = next(line for line in team.lines if line.id == name)
        if state == "watch":
            return self._unheld(line.pressed_by[int(rest[0])].when)
        if state == "crossed":
            crossing = carriers(self._material, lambda effects: any(item.line == name for item in effects.cross))
            watched = (self._unheld(watch.when) for watch in line.crossed_by)
            return next(watched, self._one_of(crossing) if crossing else _NO_SOURCE)
        prior_state = {"near": "pressed", "concluded": "near", "further-from": "concluded"}.get(state)
        if prior_state is not None and self._missing(f"{key}/{prior_state}"):
            return f"{key}/{prior_state}"
        if state == "pressed":
            return self._one_of([f"{key}/watch/{place}" for place in range(len(line.pressed_by))])
        return _BACK if state == "further-from" else _PRESSED

    def _of_instruction(self, name: str) -> str | Sentence:
        deck, unmet = self._material.scenario.instructions, f"instruction/{name}/unmet"
        if deck is None or self._missing(unmet):
            return _DEALT
        return self._unheld(deck.cards[name].met_when)

    def _of_asset(self, name: str, state: str) -> str | Sentence:
        asset = next(
            team.assets[name] for team in map(self._material.scenario.teams.team_of, SIDES) if name in team.assets
        )
        prior_key = f"asset/{name}/{'concealed' if state == 'found-out' else 'used'}"
        if state != "used" and self._missing(prior_key):
            return prior_key
        if state == "used":
            moves = self._material.moves
            return self._one_of([f"move/{move}" for move in asset.used_in or moves if moves[move].uses == "asset"])
        if asset.seen_as is not None and state == "concealed":
            return self._unheld(asset.seen_as.when)
        return _LUCK if state == "found-out" else _LASTED

    def _missing(self, key: str) -> bool:
        return key in self._things and key not in self._reached

    def _one_of(self, keys: Sequence[str]) -> str | Sentence:
        """The first of some, any of which would do, if none was reached."""
        candidates = [key for key in keys if key in self._things]
        return candidates[0] if candidates and all(map(self._missing, candidates)) else _CURIOUS

    def _unheld(self, condition: Condition) -> str | Sentence:
        """What a condition asks for and nobody reached."""
        if not self._world.ever_may(condition):
            return _NEVER
        return next((key for keys in self._needs(condition) for key in self._first(keys)), _TOGETHER)

    def _first(self, keys: Sequence[str]) -> Iterator[str]:
        blamed = self._one_of(keys)
        if not isinstance(blamed, Sentence):
            yield blamed

    def _needs(self, condition: Condition) -> Iterator[Sequence[str]]:
        """What has to have happened, each as keys of which one would do; of an `any`, all its parts together."""
        for name, key, value in used_keys(condition):
            if isinstance(value, MoveIs | Made):
                yield from self._acts(value if isinstance(value, MoveIs) else value.move)
            elif name not in ("all", "any", "not_"):
                for _way, ident, kinds in names_in(key, value):
                    yield self._keys(kinds[0], ident)
        for part in condition.all or ():
            yield from self._needs(part)
        if condition.any:
            parts = [list(self._needs(part)) for part in condition.any]
            if all(parts):
                yield [key for part in parts for key in part[0]]

    def _acts(self, move: MoveIs) -> Iterator[Sequence[str]]:
        yield [f"move/{name}" for name in sorted(fitting(move, self._material, None))]
        if move.term is not None:
            yield [f"term/{term}" for term in move.term]
        if move.asset is not None:
            yield [f"asset/{asset}/used" for asset in move.asset]

    def _keys(self, kind: str, name: str) -> Sequence[str]:
        """Under which keys it counts that a thing came about; none where it is so from the start."""
        scenario = self._material.scenario
        if kind == "fact":
            start = scenario.facts.get(name)
            return () if start is not None and (start.start or start.us or start.china) else (f"fact/{name}/true",)
        if kind == "line":
            return tuple(f"line/{side}/{name}/{state}" for side in SIDES for state in ("crossed", "concluded"))
        if kind == "inject":
            return f"inject/{name}/came", f"inject/{name}/by-hand"
        return (f"commitment/{name}/made",) if kind == "commitment" else ()
