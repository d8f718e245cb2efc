"""Who plays each run: the same two bots always, every pair in turn, or pairs drawn by luck.

The draw of a run depends on the seed and the number of the run alone, never on the scenario, on other runs or on who
plays it where; so two packs or two versions of a scenario can be compared run by run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from crisis_sim.engine.dice import roll
from crisis_sim.errors import UnreadableInput
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.problems import did_you_mean
from crisis_sim.rules.names import SIDES, Language, Side
from crisis_sim.wording import Say, _, speaker

Way: TypeAlias = Literal["mix", "pairs", "same", "fixed"]
EVERY: Final = tuple(POLICIES)
_WORDS: Final[Mapping[str, Way]] = {"mix": "mix", "pairs": "pairs", "same": "same"}
_FORM: Final = "write us=cautious,china=salami, or mix, pairs or same; several for one side as us=firm+salami"


@dataclass(frozen=True)
class Pairings:
    """How the bots of each run are chosen."""

    way: Way = "mix"
    us: tuple[str, ...] = EVERY
    china: tuple[str, ...] = EVERY

    def of(self, seed: str, run: int) -> tuple[str, str]:
        """The policies of a run, from 1: the American side's and the Chinese side's."""
        match self.way:
            case "same":
                policy = self.us[(run - 1) % len(self.us)]
                return policy, policy
            case "pairs":
                us, china = divmod((run - 1) % (len(self.us) * len(self.china)), len(self.china))
                return self.us[us], self.china[china]
            case _:
                return self._drawn(seed, run, "us", self.us), self._drawn(seed, run, "china", self.china)

    def _drawn(self, seed: str, run: int, side: Side, among: tuple[str, ...]) -> str:
        if len(among) == 1:
            return among[0]
        luck = roll(seed, "playtest/policy", side, run, 0) * 100 + roll(seed, "playtest/policy", side, run, 1)
        return among[luck * len(among) // 10_000]

    def says(self, language: Language = "en") -> str:
        """The choice in words, behind 'the bots are'."""
        say = speaker(language)
        if self.way == "fixed":
            us, china = (_among(each, say) for each in (self.us, self.china))
            return say("{us} for the US and {china} for China", us=us, china=china)
        return say(_WAYS[self.way], names=say(", ").join(self.us))


_WAYS: Final[Mapping[Way, str]] = {
    "mix": _("drawn for each side of each session from {names}"),
    "pairs": _("every pair of {names}, in turn"),
    "same": _("the same on both sides, in turn {names}"),
}


def _among(names: tuple[str, ...], say: Say) -> str:
    return names[0] if len(names) == 1 else say("one of {names}", names=say(", ").join(names))


def pairings(text: str) -> Pairings:
    """What `--policies` says. Raises UnreadableInput."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) == 1 and "=" not in words[0]:
        return _by_word(words[0])
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        side, _, names = word.partition("=")
        side = side.strip().lower()
        if side not in (*SIDES, "both") or not names or side in found:
            raise UnreadableInput("usage/policies", "'{word}' does not say who plays", hint=_FORM, word=word[:60])
        found[side] = tuple(policy(name.strip()) for name in names.split("+"))
    if "both" in found:
        if len(found) > 1:
            raise UnreadableInput("usage/policies", "'both' leaves no side over for another bot", hint=_FORM)
        return Pairings("same", found["both"], found["both"])
    if set(found) != set(SIDES):
        missing = "China" if "us" in found else "the US"
        raise UnreadableInput("usage/policies", "nothing says who plays {missing}", hint=_FORM, missing=missing)
    return Pairings("fixed", found["us"], found["china"])


def _by_word(word: str) -> Pairings:
    """One of the words for all policies."""
    if word in _WORDS:
        return Pairings(_WORDS[word])
    if word in POLICIES:
        return Pairings("same", (word,), (word,))
    hint = did_you_mean(word, [*_WORDS, *POLICIES])
    raise UnreadableInput("usage/policy", "there is no bot called '{word}'", hint=hint or _FORM, word=word[:60])


def policy(name: str) -> str:
    """The name of a policy that there is. Raises UnreadableInput."""
    if name not in POLICIES:
        raise UnreadableInput(
            "usage/policy",
            "there is no bot called '{name}'",
            hint=did_you_mean(name, POLICIES) or _FORM,
            name=name[:60],
        )
    return name
