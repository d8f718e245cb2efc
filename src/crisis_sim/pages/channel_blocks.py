"""The channel board as blocks: what shape each channel is in, how long a message takes, and what may become of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.views.seat_views import ChannelFacts, FacilitatorView, TeamView
from crisis_sim.numbers import rounded
from crisis_sim.pages.blocks import Block, Column, Row, Span, Table, Tone, line
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.translator import Translator
from crisis_sim.wording import _

MARKS: Final = "○◔◑●"
"""A shape for how ready a channel is, from the first word for that to the last."""
CLOSED = {"suspended": "✕", "reopening": "◔"}
PASSED_ON: Final = _("its keeper hears it, and passes it on")
"""Beside a private way over a channel that others keep."""
NOT_SECRET: Final = _("Private is not secret here: the channel's keeper hears it, and passes it on to the other side.")
"""The same as a sentence."""


def channel_blocks(view: TeamView | FacilitatorView, say: Translator) -> Iterator[Block]:
    """Every channel with its shape and the hours of one message, and its odds where they are not the usual ones."""
    columns = (
        Column("", is_wide=True),
        Column(say("shape")),
        Column(say("takes"), is_number=True),
    )
    legend = say("In time as a rule, where nothing else is said.")
    yield Table(columns, tuple(_row(channel, say) for channel in view.channels), line(Span(legend, "quiet")))


def _row(channel: ChannelFacts, say: Translator) -> Row:
    hours = say("now", "how soon") if channel.latency == 0 else say("{n} h", n=channel.latency)
    name, (shape, tone) = say.channel(channel.id), shape_of(channel, say)
    aloud = [say("{head}: {text}", head=name, text=say("{sentence}.", sentence=shape[2:]))]
    notes = [odds_of(channel, say)] if channel.state == "open" and (channel.late or channel.doubtful) else []
    notes += [say(NOT_SECRET)] if is_passed_on(channel.id, say) else []
    return Row(
        (Span(name), Span(shape, tone), Span(hours, "quiet")),
        sentence=one_after_another([*aloud, *channel_facts(channel, say)]),
        key=f"channel:{channel.id}",
        notes=tuple(map(line, notes)),
    )


def is_passed_on(channel: str, say: Translator) -> bool:
    """Whether others keep a channel, who hear private words over it and pass them on."""
    entry = say.dossier.channels[channel]
    return entry.kind == "multilateral" and "private" in entry.visibilities


def shape_of(channel: ChannelFacts, say: Translator) -> tuple[str, Tone]:
    """A mark and a word for the state of a channel."""
    if channel.state != "open":
        return f"{CLOSED[channel.state]} {say(channel.state)}", "bad" if channel.state == "suspended" else "quiet"
    mark, word = _mark(channel.id, channel.readiness, say), shape_word(channel.id, channel.readiness, say)
    return f"{mark} {word}", "quiet" if is_rusty(channel.id, channel.readiness, say) else ""


def _mark(channel: str, readiness: int, say: Translator) -> str:
    """The shape that goes with the word for a readiness."""
    steps = [step.at <= readiness for step in say.dossier.shapes]
    if say.dossier.channels[channel].always or all(steps):
        return MARKS[-1]
    return MARKS[rounded((sum(steps) - 1) * (len(MARKS) - 1), len(steps) - 1)]


def is_rusty(channel: str, readiness: int, say: Translator) -> bool:
    """Whether a channel is in a shape in which it is not to be relied on."""
    return _mark(channel, readiness, say) in MARKS[:2]


def shape_word(channel: str, readiness: int, say: Translator) -> str:
    """The word for a readiness; a channel that needs none is public, or always open if it also speaks in private."""
    match say.dossier.channels[channel].always:
        case "always-open":
            return say("always open")
        case "public":
            return say("public")
        case _:
            return say.localize([step for step in say.dossier.shapes if step.at <= readiness][-1].name)


def odds_of(channel: ChannelFacts, say: Translator) -> str:
    """What may happen to a message."""
    if channel.state != "open":
        return say("suspended")
    if say.dossier.channels[channel.id].at_once:
        return say("arrives at once")
    if channel.late:
        return say("will arrive late, if it is taken up") if channel.doubtful else say("will arrive late")
    if channel.doubtful:
        return say("in time as a rule, but may not be taken up")
    return say("in time as a rule")


def channel_facts(channel: ChannelFacts, say: Translator) -> list[str]:
    """Everything that is known of a channel, in sentences."""
    entry, odds = say.dossier.channels[channel.id], odds_of(channel, say)
    kinds = say(" or ").join(say(kind) for kind in entry.visibilities)
    facts = [
        say.localize(entry.says),
        say("Level: {level}. It carries {seen} words.", level=say(entry.level), seen=kinds),
    ]
    if channel.state == "open" and channel.latency:
        facts.append(say("A message: {odds}, about {hours} h.", odds=odds, hours=channel.latency))
    elif channel.state == "open":
        facts.append(say("A message: {odds}.", odds=odds))
    if is_passed_on(channel.id, say):
        facts.append(say(NOT_SECRET))
    if entry.track != "1":
        facts.append(say("Unofficial: what is said here weighs nothing, costs nothing at home and binds nobody."))
    return facts
