"""The channel board in words: what shape each channel is in, and what may happen to a message."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.views import ChannelFacts
from crisis_sim.pages.seat_parts import ChannelView
from crisis_sim.pages.telling import in_language
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker


def channel_views(channels: Iterable[ChannelFacts], dossier: Dossier, language: Language) -> tuple[ChannelView, ...]:
    """Every channel, as far as the reader may know it."""
    return tuple(_channel(channel, dossier, language) for channel in channels)


def _channel(channel: ChannelFacts, dossier: Dossier, language: Language) -> ChannelView:
    of = dossier.channels[channel.id]
    return ChannelView(
        id=channel.id,
        name=in_language(of.name, language),
        says=in_language(of.says, language),
        kind=of.kind,
        level=speaker(language)(of.level),
        track=of.track,
        visibilities=of.visibilities,
        state=channel.state,
        word=shape_word(dossier, channel.id, channel.readiness, language),
        readiness=channel.readiness,
        latency=channel.latency,
        odds=_odds(channel, of.at_once, language),
        mandate=channel.mandate,
    )


def shape_word(dossier: Dossier, channel: str, readiness: int, language: Language) -> str:
    """The word for a readiness; a channel that needs none is public, or always open if it also speaks in private."""
    say = speaker(language)
    match dossier.channels[channel].always:
        case "always-open":
            return say("always open")
        case "public":
            return say("public")
        case _:
            return in_language([step for step in dossier.shapes if step.at <= readiness][-1].name, language)


def _odds(channel: ChannelFacts, at_once: bool, language: Language) -> str:
    """What may happen to a message."""
    say = speaker(language)
    if channel.state != "open":
        return say("suspended")
    if at_once:
        return say("arrives at once")
    if channel.late:
        return say("will arrive late, if it is taken up") if channel.doubtful else say("will arrive late")
    if channel.doubtful:
        return say("should arrive in time, but may not be taken up")
    return say("should arrive in time")
