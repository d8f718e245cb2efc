"""The channel board as blocks: what shape each channel is in, how long a message takes, and what may become of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.pages.blocks import Block, Column, Row, Span, Table, Tone
from crisis_sim.pages.seat_parts import ChannelView
from crisis_sim.wording import Say

MARKS = ((25, "○"), (50, "◔"), (75, "◑"), (101, "●"))
"""A shape for how ready a channel is, by the readiness that it does not reach."""
CLOSED = {"suspended": "✕", "reopening": "◔"}
RUSTY = 50
"""A readiness below which a channel is not to be relied on."""


def channel_blocks(channels: Iterable[ChannelView], say: Say) -> Iterator[Block]:
    """Every channel with its shape, the hours of one message and its odds."""
    columns = (
        Column("", is_wide=True),
        Column(say("shape")),
        Column(say("takes"), is_number=True),
        Column(say("a message"), is_wide=True),
    )
    yield Table(columns, tuple(_row(channel, say) for channel in channels))


def _row(channel: ChannelView, say: Say) -> Row:
    hours = say("now", "how soon") if channel.latency == 0 else say("{n} h", n=channel.latency)
    shape, tone = shape_of(channel, say)
    odds = channel.odds if channel.state == "open" else ""
    aloud = [say("{head}: {text}", head=channel.name, text=say("{sentence}.", sentence=shape[2:]))]
    return Row(
        (Span(channel.name), Span(shape, tone), Span(hours, "quiet"), Span(odds, "quiet")),
        says=say(" ", "between sentences").join([*aloud, *channel_facts(channel, say)]),
        key=f"channel:{channel.id}",
    )


def shape_of(channel: ChannelView, say: Say) -> tuple[str, Tone]:
    """A mark and a word for the state of a channel."""
    if channel.state != "open":
        return f"{CLOSED[channel.state]} {say(channel.state)}", "bad" if channel.state == "suspended" else "quiet"
    mark = next(mark for below, mark in MARKS if channel.readiness < below)
    return f"{mark} {channel.word}", "quiet" if channel.readiness < RUSTY else ""


def channel_facts(channel: ChannelView, say: Say) -> list[str]:
    """Everything that is known of a channel, in sentences."""
    seen = say(" or ").join(say(kind) for kind in channel.visibilities)
    facts = [channel.says, say("Level: {level}. It carries {seen} words.", level=channel.level, seen=seen)]
    if channel.state == "open" and channel.latency:
        facts.append(say("A message: {odds}, about {hours} h.", odds=channel.odds, hours=channel.latency))
    elif channel.state == "open":
        facts.append(say("A message: {odds}.", odds=channel.odds))
    if channel.mandate < 100:
        facts.append(
            say(
                "Mandate {n} of 100: unofficial words count for little until the channel is endorsed.",
                n=channel.mandate,
            )
        )
    return facts
