"""The channel board: what shape each channel is in, in words, from what both sides may know."""

from __future__ import annotations

from crisis_sim.engine.delivery import channel_word, latency_of
from crisis_sim.engine.keeping import kept
from crisis_sim.engine.phrases import LEVELS, ODDS, say
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.views import ChannelView
from crisis_sim.rules.names import Language

DOUBTFUL = 10
"""Percent chance of not being taken up from which the board speaks of it."""


@kept("readiness", "mandate", "suspended", "reopening", "latency", "hour", "ends")
def channel_views(state: State, table: Table, language: Language) -> tuple[ChannelView, ...]:
    """Every channel of the scenario. Luck and what the other side's end is like are not told."""
    return tuple(_channel(state, table, channel, language) for channel in table.scenario.channels)


def _channel(state: State, table: Table, channel: str, language: Language) -> ChannelView:
    of = table.scenario.channels[channel]
    suspended = channel in state.suspended
    return ChannelView(
        id=channel,
        name=of.name.in_(language),
        says=of.says.in_(language),
        kind=of.kind,
        level=LEVELS[language].get(of.level, of.level),
        track=of.track,
        visibilities=of.visibility,
        state="reopening" if channel in state.reopening else "suspended" if suspended else "open",
        word=shape_word(table, channel, state.readiness[channel], language),
        readiness=state.readiness[channel],
        latency=latency_of(state, table, channel),
        odds=_odds(state, table, channel, language),
        mandate=state.mandate[channel],
    )


def shape_word(table: Table, channel: str, readiness: int, language: Language) -> str:
    """The word for a readiness; a channel that needs none is public, or always open if it also speaks in private."""
    of = table.scenario.channels[channel]
    if of.latency == 0 and "public" in of.visibility:
        return say(language, "always-open" if "private" in of.visibility else "public")
    return [word for word in table.base.channels.states if word.at <= readiness][-1].name.in_(language)


def _odds(state: State, table: Table, channel: str, language: Language) -> str:
    """What may happen to a message, in words; from readiness alone."""
    words = ODDS[language]
    if channel in state.suspended:
        return words[5]
    if table.scenario.channels[channel].latency == 0:
        return words[0]
    late = state.hour + latency_of(state, table, channel) > state.ends > 0
    doubtful = channel_word(state, table, channel).unanswered >= DOUBTFUL
    if late:
        return words[4] if doubtful else words[3]
    return words[2] if doubtful else words[1]
