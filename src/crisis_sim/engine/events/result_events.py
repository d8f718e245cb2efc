"""Events of judging: rules that fired, numbers that moved, lines that were pressed or crossed."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from crisis_sim.engine.events.event import ActKey, Event, MeterName, Trace
from crisis_sim.rules.names import Pledged, PledgeEnd, Side, Truth


class RuleFired(Event, frozen=True, tag="rule-fired"):
    """A rule applied, with the act or team that it applied to."""

    rule: str
    at: str
    sender: Side | None = None
    act: ActKey | None = None


class ActWeighed(Event, frozen=True, tag="act-weighed"):
    """What an act, or a silence, weighs after the rules.

    It moves tension and the sender's felt tension by `weight`, and the receiver's felt tension by `felt`.
    """

    act: ActKey
    sender: Side
    base: int
    weight: int
    felt: int
    tension: int
    """Tension before."""
    felt_before: int
    """The receiver's felt tension before."""
    at: str
    """file:line of the weight it began with."""
    silence: bool = False
    steps: tuple[Trace, ...] = ()
    """How the rules took it from base to weight."""
    alert: int | UnsetType = UNSET
    """How much of `felt` comes of a conclusion that the receiver has drawn, where something does."""


class NumberMoved(Event, frozen=True, tag="number-moved"):
    """A number changed.

    `of` is a side, a channel, a track, `side/line`, or empty for tension. Latency is kept by `channel` and odds by
    `side/channel`, with the turn until which they hold in `until`; standing that wears off has it too.
    """

    meter: MeterName
    of: str
    trace: Trace
    until: int | None = None


class LinePressed(Event, frozen=True, tag="line-pressed"):
    """Pressure rose on a line."""

    side: Side
    line: str
    by: Side
    trace: Trace


class TurnJudged(Event, frozen=True, tag="turn-judged"):
    """The results of a turn are complete: the curve gets its next point."""


class NearMiss(Event, frozen=True, tag="near-miss"):
    """A pink line came near its limit."""

    side: Side
    line: str
    pressure: int
    limit: int


class ConclusionDrawn(Event, frozen=True, kw_only=True, tag="conclusion-drawn"):
    """A pink line was full, and its owner now believes that the other side is coming for the red line behind it."""

    side: Side
    """Whose line."""
    line: str
    leads_to: str
    act: ActKey | None = None
    """The act that filled it."""
    felt: int
    """What it added to the owner's felt tension, hundredths."""
    trust: int
    """What it took of the owner's trust, hundredths."""


class FurtherFrom(Event, frozen=True, kw_only=True, tag="further-from"):
    """A team that had drawn a conclusion was drawn back from it."""

    side: Side
    """Whose line."""
    line: str
    leads_to: str
    act: ActKey
    """The act that relieved it last."""
    felt: int
    """What it took off the owner's felt tension, hundredths."""
    trust: int
    """What it gave back of the owner's trust, hundredths."""


class PledgeBound(Event, frozen=True, kw_only=True, tag="pledge-bound"):
    """A public word binds a team at home, or binds it more."""

    side: Side
    pledge: Pledged
    act: ActKey
    stake: int
    """Points of standing that hang on it, hundredths."""
    due: int
    """The turn at whose end its time has run."""
    rule: str
    at: str


class PledgeSettled(Event, frozen=True, kw_only=True, tag="pledge-settled"):
    """What became of a public word that had bound a team at home."""

    side: Side
    pledge: Pledged
    given: ActKey
    """The act that last bound it."""
    how: PledgeEnd
    rule: str
    at: str
    act: ActKey | None = None
    """The act that settled it."""


class InstrumentCited(Event, frozen=True, tag="instrument-cited"):
    """A team cited an instrument for the first time, and is bound by it."""

    side: Side
    instrument: str
    act: ActKey


class InstrumentBroken(Event, frozen=True, tag="instrument-broken"):
    """A team acted against an instrument that it had cited itself."""

    side: Side
    instrument: str
    act: ActKey


class ConcessionSpared(Event, frozen=True, tag="concession-spared"):
    """An act cost a team nothing at home, where it stands high; once a session."""

    side: Side
    act: ActKey
    at: str
    """file:line of what spares it."""


class AssetConcealed(Event, frozen=True, kw_only=True, tag="asset-concealed"):
    """A thing was used that is more than it was seen as; what that would have weighed is kept until it comes out."""

    side: Side
    """Whose thing."""
    asset: str
    act: ActKey
    terms: tuple[str, ...]
    """What was true of it and not seen."""
    weight: int
    """What the act would have weighed more, hundredths."""
    presses: tuple[tuple[str, int], ...]
    """Lines of the other team by id, each with the pressure that it would have had more; hundredths."""
    crosses: tuple[str, ...]
    """Red lines of the other team that it would have crossed."""
    due: int
    """The turn in which it comes out; 0 if it never does, and after the last turn at the close."""


class AssetFoundOut(Event, frozen=True, kw_only=True, tag="asset-found-out"):
    """It came out that a thing that was used is more than it was seen as."""

    side: Side
    asset: str
    act: ActKey
    terms: tuple[str, ...]
    """What was true of it and had not been seen."""


class AssetClearedUp(Event, frozen=True, kw_only=True, tag="asset-cleared-up"):
    """A thing that was used is seen to be less than it had been taken for; nothing follows."""

    side: Side
    asset: str
    terms: tuple[str, ...]
    """What had been seen of it and was not true."""


class FactDisclosed(Event, frozen=True, kw_only=True, tag="fact-disclosed"):
    """A private fact was told to the other team, and that was weighed."""

    side: Side
    fact: str
    act: ActKey
    truth: Truth
    share: int
    """How much of what such a fact eases was counted, hundredths."""
    cost: int
    """What it cost its team, hundredths of felt tension or of standing."""
    weight: int
    """What it added to the weight of its act, hundredths."""
    relieved: tuple[tuple[str, int], ...]
    """Lines of the other team by id, each with the pressure that it was to take off; hundredths."""
    due: int
    """The turn in which what was kept back comes out; 0 if it never does, and after the last at the close."""


class FactCameOut(Event, frozen=True, kw_only=True, tag="fact-came-out"):
    """It came out that a private fact had been told in part, or falsely."""

    side: Side
    fact: str
    act: ActKey
    truth: Truth
    by_itself: bool
    """Its own team has told the whole."""


class CrossingProposed(Event, frozen=True, kw_only=True, tag="crossing-proposed"):
    """A rule of a pack holds that an act went over a red line of a concern; nothing follows of itself."""

    side: Side
    """Whose line."""
    line: str
    by: Side
    rule: str
    at: str
    act: ActKey | None = None


class CrossingClaimed(Event, frozen=True, kw_only=True, tag="crossing-claimed"):
    """A team holds that an act went over a red line which it wrote at the table; nobody else is told."""

    side: Side
    """Whose line."""
    line: str
    act: ActKey
    felt: int
    """What it added to the owner's felt tension, hundredths."""
    trust: int
    """What it took of the owner's trust, hundredths."""


class CrossingDeclared(Event, frozen=True, kw_only=True, tag="crossing-declared"):
    """The facilitator put on record that a red line was crossed; tension stays where it is."""

    side: Side
    """Whose line."""
    line: str
    by: Side
    act: ActKey | None
    reason: str


class LineCrossed(Event, frozen=True, kw_only=True, tag="line-crossed"):
    """A red line was crossed."""

    side: Side
    """Whose line."""
    line: str
    by: Side
    rule: str
    at: str
    act: ActKey | None = None


class ChannelSuspended(Event, frozen=True, tag="channel-suspended"):
    """A channel was suspended."""

    channel: str
    by: Side | None
    """The team whose doing it was; None where no team did it, as after an inject."""


class ChannelReopening(Event, frozen=True, tag="channel-reopening"):
    """A suspended channel comes back in a turn."""

    channel: str
    turn: int


class ChannelReopened(Event, frozen=True, tag="channel-reopened"):
    """A suspended channel is back."""

    channel: str


class FactSet(Event, frozen=True, tag="fact-set"):
    """A named fact changed."""

    fact: str
    of: Side | None
    to: bool
    rule: str
    at: str


class FlagRaised(Event, frozen=True, tag="flag-raised"):
    """Something for the facilitator and the debrief."""

    flag: str
    rule: str
    at: str


class TrackMarked(Event, frozen=True, tag="track-marked"):
    """A track reached one of its marks."""

    track: str
    mark: int
    """Place among the track's marks, from 0."""


class Overridden(Event, frozen=True, tag="overridden"):
    """The facilitator set a number by hand."""

    meter: MeterName
    of: str
    before: int
    after: int
    reason: str
