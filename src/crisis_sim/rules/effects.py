"""Effects: what a rule, a crossed line, an inject or a track may do to the numbers.

Effects are data as well, and each one that is carried out leaves a trace. `sender` and `receiver` mean what they mean
in the condition above them. For a moment that belongs to no act (an inject, a track), only `us` and `china` make sense.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Final, TypeAlias

from pydantic import Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredHours, AuthoredPoints, Factor, Id, OneOrMany, SomeOf, Text
from crisis_sim.rules.keys import Place, effect_key, part, required_part
from crisis_sim.rules.names import OwnerWord, Pledged, PledgeEnd

ChannelRef: TypeAlias = Annotated[str, Field(max_length=60)]
"""A channel id, or `used` (the act's own), `about` (the one the act is about), `all`."""
ForTurns: TypeAlias = Annotated[int, Field(ge=1, le=50), required_part(says="{turns} turns", once=("1 turn", "1 turn"))]
PointsChange: TypeAlias = Annotated[int, Field(ge=-100, le=100, strict=True)]

WHOSE_PHRASES: Final[dict[OwnerWord, str]] = {
    "sender": "the sender’s",
    "receiver": "the receiver’s",
    "both": "both teams’",
    "us": "the US’s",
    "china": "China’s",
}
"""How a phrase says whose something is."""

PLEDGES: Final[dict[Pledged, str]] = {"demand": "demand", "threat": "threat", "promise": "promise"}
"""What pledges are called in a phrase."""
ALL_PLEDGES: Final[tuple[Pledged, ...]] = ("demand", "threat", "promise")
PLEDGE_ENDS: Final[dict[PledgeEnd, str]] = {
    "met": "met",
    "shared": "given up together",
    "carried-out": "carried out",
    "lapsed": "not put to the test",
    "excused": "excused",
    "yielded": "given up under a public threat",
    "dropped": "dropped",
}
"""What can become of a pledge; of several in one turn the first counts."""

CHANNELS: Final = {"used": "the channel used", "about": "the channel it is about", "all": "every channel"}
"""What the words that stand for channels are called in a phrase."""

_CHANNEL: Final = ("channel word", "channel")


ON_WEIGHT: Final = frozenset(
    {"weigh", "weigh_by_repeat", "add", "felt", "weigh_felt", "weigh_relief", "weigh_standing"}
)
"""Effects on what the act at hand weighs, to the other side and at home."""
OWNERS: Final = frozenset({"felt", "weigh_felt", "weigh_relief", "press", "relieve", "grow", "trust", "flag"})
"""Effects on what a team keeps to itself, and marks; nothing else may hang on what a team keeps sealed."""


ASKED_CONCERNS: Final = "asked"
"""Stands for the concerns of the move that asked."""


class Press(Authored):
    """Add pressure to every line of a concern, or to one line by id."""

    line: Annotated[Id, required_part(names=("concern", "pink line"), words={ASKED_CONCERNS: "of what was asked"})]
    """A concern (face, status, safety, sovereignty, people, capability, openness …), a line id of the scenario, or
    `asked`: whatever the move that asked, and is answered or left unanswered here, speaks to."""
    by: Annotated[AuthoredPoints, required_part()]
    """How much, as a positive number."""
    whose: OwnerWord = part("receiver", words=WHOSE_PHRASES)
    """On whose lines."""


class Cross(Authored):
    """Cross one red line, by its id; of a concern, propose to the facilitator that its red lines were crossed."""

    line: Annotated[Id, required_part(names=("concern", "red line"))]
    """A concern, or a red line of the scenario by id."""
    whose: OwnerWord = part("receiver", words=WHOSE_PHRASES)
    """Whose lines."""


class Meter(Authored):
    """Points for one team's meter, or both."""

    sender: AuthoredPoints = 0
    """Points for the sender."""
    receiver: AuthoredPoints = 0
    """Points for the receiver."""
    us: AuthoredPoints = 0
    """Points for the United States."""
    china: AuthoredPoints = 0
    """Points for China."""


class Standing(Meter):
    """Points for one team's standing at home, or both."""

    most: AuthoredPoints | None = part(None, says="never above {most}", span=(0, 10))
    """It lifts standing to this, and no further."""
    turns: Annotated[int, Field(ge=1, le=50)] | None = part(
        None, says="gone in {turns} turns", once=("gone in the next turn", "gone in the next turn")
    )
    """It wears off evenly over so many turns."""


class Bind(Authored):
    """Bind the sender at home to what it has said in public."""

    pledge: Annotated[Pledged, required_part(words=PLEDGES)]
    """To what kind of word."""
    stake: Annotated[AuthoredPoints, required_part()]
    """Points of standing that hang on it."""
    again: Annotated[AuthoredPoints, required_part()] = 0
    """What is added to the stake when the sender says so again while it is bound."""
    most: Annotated[AuthoredPoints, required_part()]
    """The stake never grows beyond this."""
    turns: ForTurns
    """Its time has run at the end of the turn so many turns on."""


class Settle(Authored):
    """Settle pledges by which a team is bound at home."""

    whose: OwnerWord = part("sender", words=WHOSE_PHRASES)
    """Whose pledges; where the time of one has run, that one alone."""
    pledge: SomeOf[Pledged] = part(ALL_PLEDGES, says="{pledge}", words=PLEDGES)
    """What kinds of pledge."""
    how: Annotated[PledgeEnd, required_part(words=PLEDGE_ENDS)]
    """What became of them."""
    costs: Factor | None = part(None, says="at {costs} times its stake")
    """So many times the stake are lost at home."""
    wins: AuthoredPoints | None = part(None, says="winning {wins} once")
    """Points of standing that it wins, once a session for each kind of pledge."""
    most: AuthoredPoints | None = part(None, says="never above {most}", span=(0, 10))
    """It lifts standing to this, and no further."""


class Readiness(Authored):
    """Change the readiness of channels, 0–100."""

    channel: ChannelRef = part("used", names=_CHANNEL, words=CHANNELS)
    by: Annotated[PointsChange, required_part()]
    """Points of readiness, −100 … +100."""


class Suspend(Authored):
    """Close a channel until it is reopened, or for some hours. A plain word stands for `{channel: …}`."""

    channel: Annotated[ChannelRef, required_part(names=_CHANNEL, words=CHANNELS)]
    for_: AuthoredHours | None = part(None, alias="for", says="for {for_}", span=(1, 30))
    """It is back in the first turn that begins so many game hours later."""

    @model_validator(mode="before")
    @classmethod
    def _from_channel(cls, value: Any) -> Any:
        return {"channel": value} if isinstance(value, str) else value


class MoveTrack(Authored):
    """Move a track of the scenario."""

    id: Annotated[Id, required_part(names=("track",))]
    """The track."""
    by: Annotated[AuthoredPoints, required_part()]
    """How far, in the track's own unit; it stays within its bounds."""


class Latency(Authored):
    """Multiply the latency of channels for some turns."""

    channel: ChannelRef = part("used", names=_CHANNEL, words=CHANNELS)
    times: Annotated[Factor, required_part()]
    """What the hours are multiplied by."""
    turns: ForTurns
    """For so many turns."""


class Odds(Authored):
    """Change how likely one team's end of a channel is to answer, in percent points, for some turns."""

    channel: ChannelRef = part("used", names=_CHANNEL, words=CHANNELS)
    of: OwnerWord = part("receiver", words=WHOSE_PHRASES)
    """Whose end of the channel."""
    by: Annotated[PointsChange, required_part()]
    """Percent points, −100 … +100."""
    turns: ForTurns
    """For so many turns."""


class Reopen(Authored):
    """Reopen a suspended channel after some turns; not one that the other side has suspended in this very turn."""

    channel: ChannelRef = part("about", names=_CHANNEL, words=CHANNELS)
    after: Annotated[int, Field(ge=0, le=50), required_part(says="{after} turns", once=("1 turn", "1 turn"))] = 1
    """After so many turns."""


class SetFact(Authored):
    """Make a named fact true or false."""

    fact: Annotated[Id, required_part(names=("fact",))]
    """The fact."""
    of: OwnerWord | None = part(None, words=WHOSE_PHRASES)
    """Whose, for a fact that belongs to a team."""
    to: Annotated[bool, required_part(words={True: "true", False: "false"})]
    """True or false."""


class Repeat(Authored):
    """Scale the weight once for each time the same announced act was made before, not below a floor."""

    by: Annotated[Factor, required_part()]
    """Factor for each time before."""
    floor: Annotated[Factor, required_part()]
    """The weight keeps at least this share."""


_ACT: Final[frozenset[Place]] = frozenset({"act"})
_WEIGHED: Final[frozenset[Place]] = frozenset({"act", "silence"})
_DELIVERY: Final[frozenset[Place]] = frozenset({"delivery"})
_PRESS: Final[frozenset[Place]] = frozenset({"press"})
_SETTLED: Final[frozenset[Place]] = frozenset({"act", "breach", "due"})


class Effects(Authored):
    """What follows. At least one key; a rule's kind limits their signs (see `crisis_sim.rules.pack`)."""

    weigh: Factor | None = effect_key(None, places=_ACT, says="weighs {weigh} times as much", example="1.5")
    """Scale the act's weight; a pink rule never lowers it and a credit rule never raises it."""
    weigh_by_repeat: Repeat | None = effect_key(
        None,
        places=_ACT,
        says="weighs {by} times as much for each time before, down to {floor}",
        example="{by: 0.5, floor: 0.1}",
        source="2021 report on routinised acts",
    )
    add: AuthoredPoints | None = effect_key(None, places=_WEIGHED, says="weight {add:+}", example="2")
    """Add to the act's weight."""
    tension: AuthoredPoints | None = effect_key(None, says="tension {tension:+}", example="12")
    """Move tension and both felt tensions."""
    floor: AuthoredPoints | None = effect_key(None, says="tension not below {floor}", example="60")
    """Tension does not lie below this at the end of a turn in which the rule fires."""
    felt: AuthoredPoints | None = effect_key(None, places=_WEIGHED, says="weight as felt {felt:+}", example="1")
    """Add to the act's weight as the receiver feels it, where the receiver has not read it."""
    weigh_felt: Factor | None = effect_key(
        None,
        places=_ACT,
        says="as felt weighs {weigh_felt} times as much",
        example="0.5",
        source="Jervis 1970; Kydd 2005",
    )
    """Scale the act's weight as the receiver feels it, reading and all; a pink rule never makes it felt less, nor a
    credit rule more."""
    weigh_relief: Factor | None = effect_key(
        None, places=_ACT, says="relieves lines {weigh_relief} times as much", example="0.5"
    )
    """Scale what the act takes off the receiver's lines."""
    weigh_standing: Factor | None = effect_key(
        None, places=_ACT, says="costs its sender {weigh_standing} times as much at home", example="0"
    )
    """Scale what the catalogue takes off the sender's standing for the act; what it wins there is left alone."""
    press: OneOrMany[Press] = effect_key(
        (),
        says="presses {whose} line {line} by {by}",
        example="{line: face, by: 1}",
        source="2021 report on pink lines",
    )
    relieve: OneOrMany[Press] = effect_key(
        (), says="takes {by} off {whose} line {line}", example="{line: face, by: 2, whose: both}"
    )
    """Take pressure off lines; `by` is written as a positive number."""
    cross: OneOrMany[Cross] = effect_key(
        (),
        says="crosses {whose} line {line} (of a concern: proposes that it was)",
        example="{line: sovereignty}",
        source="2021 report on red lines",
    )
    grow: Factor | None = effect_key(
        None, places=_PRESS, says="grows by {grow} for each turn before in which it was pressed", example="0.5"
    )
    """For rules on press: scale this pressing by 1 + grow × the turns before this one in which the same side pressed
    the line, as far back as `pressed` looks."""
    trust: Meter | None = effect_key(None, says="{whose} trust {by:+}", example="{receiver: -0.5}")
    """`sender` is the trust that the sender gives."""
    standing: Standing | None = effect_key(
        None,
        says=(
            "{whose} standing {by:+}",
            "{whose} standing {by:+}, {most}",
            "{whose} standing {by:+}, {turns}",
            "{whose} standing {by:+}, {most}, {turns}",
        ),
        example="{sender: 0.25, most: 6}",
        source="Fearon 1994; Weiss 2014; 2021 report on domestic legitimacy",
    )
    expectation: Meter | None = effect_key(
        None,
        says="what {whose} home expects of calls {by:+}",
        example="{sender: -0.3}",
        source="2021 report on managing expectations",
    )
    """Between 0 and 1, where a scenario asks what calls are for; elsewhere it does nothing."""
    bind: Bind | None = effect_key(
        None,
        places=_ACT,
        says="binds the sender at home to its {pledge}: {stake}, {again} more each time, at most {most}, for {turns}",
        example="{pledge: demand, stake: 1, again: 0.5, most: 3, turns: 2}",
        source="Fearon 1994; Weiss 2014",
    )
    """A public word that home will hold the sender to."""
    settle: OneOrMany[Settle] = effect_key(
        (),
        places=_SETTLED,
        says=("settles {whose} pledge, {how}", "settles {whose} pledge {pledge}, {how} {costs} {wins} {most}"),
        example="{whose: sender, how: dropped, costs: 1}",
        source="Fearon 1994; Weiss 2014",
    )
    """Pledges of earlier turns; of all that settles one in a turn, the first of this list counts: met, shared,
    carried-out, lapsed, excused, yielded, dropped."""
    readiness: OneOrMany[Readiness] = effect_key(
        (), says="readiness of {channel} {by:+}", example="{channel: used, by: 20}"
    )
    latency: OneOrMany[Latency] = effect_key(
        (), says="{channel} takes {times} times as long for {turns}", example="{channel: all, times: 2, turns: 3}"
    )
    odds: OneOrMany[Odds] = effect_key(
        (),
        says="{of} end of {channel} answers {by:+} in 100 for {turns}",
        example="{channel: about, of: receiver, by: -20, turns: 3}",
    )
    suspend: Suspend | None = effect_key(
        None, says=("closes {channel}", "closes {channel} {for_}"), example="{channel: about, for: 24h}"
    )
    reopen: Reopen | None = effect_key(
        None, says="reopens {channel} after {after}", example="{channel: about, after: 1}"
    )
    track: OneOrMany[MoveTrack] = effect_key((), says="{id} {by:+}", example="{id: hours-of-air, by: -4}")
    set: OneOrMany[SetFact] = effect_key(
        (), says=("{fact} becomes {to}", "{fact} ({of}) becomes {to}"), example="{fact: host-consent, to: true}"
    )
    flag: Id | None = effect_key(None, says="a mark for the debrief: {flag}", example="blind-dilemma")
    """A mark for the facilitator and the debrief; moves no number."""
    release: Id | None = effect_key(None, says="brings the inject {release}", names=("inject",), example="survey-ship")
    """An inject of the scenario that becomes due."""
    delay: Annotated[int, Field(ge=1, le=10)] | None = effect_key(
        None,
        places=_DELIVERY,
        says="arrives {delay} turns later",
        once=("arrives 1 turn later", "arrives 1 turn later"),
        example="1",
    )
    """For rules on delivery: the act arrives so many turns later."""
    unclear: Text | None = effect_key(
        None,
        places=_DELIVERY,
        says="is seen only as: {unclear}",
        example="Units near the scene have changed course.",
        source="2021 report on miscommunication",
    )
    """For rules on delivery: the receiver sees this instead of the move's name and words."""

    @cached_property
    def effect_names(self) -> tuple[str, ...]:
        """Names of the effects that are written, in the order of this class."""
        return tuple(name for name in type(self).model_fields if name in self.model_fields_set)

    @model_validator(mode="after")
    def _does_something(self) -> Effects:
        if not self.model_fields_set:
            raise ValueError(Sentence("an empty `then`; say what follows, for example add: 1"))
        return self
