"""A view as lines of text: where the session stands, what happened, channels, lines, requests, promises.

Each function gives whole lines, one thing a line and no columns, so that a screen reader can read them aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crisis_sim.engine.phrases import hostility
from crisis_sim.engine.views import (
    ChannelView,
    CommitmentView,
    Common,
    FeedItem,
    GuessView,
    LineView,
    RequestView,
    ScoreView,
    TeamView,
    TrackView,
)
from crisis_sim.numbers import shown
from crisis_sim.rules.names import Language

SIDES = {"us": "US", "china": "China"}
SEATS = {"us": "US team", "china": "China team", "facilitator": "facilitator", "observer": "observer"}
SORTS = {
    "situation": "News",
    "theirs": "From them",
    "ours": "From us",
    "silence": "Silence",
    "answer": "Answer",
    "channel": "Channel",
    "commitment": "Promise",
    "readout": "Readouts",
    "line": "Our line",
    "track": "At stake",
    "note": "Note",
}


def where(view: Common) -> str:
    """Phase, turn and game hour."""
    if not view.turn:
        return f"{view.title}. Before the first turn."
    clock = f"Turn {view.turn} of {view.turns}, hour {view.hour}; the next turn begins at hour {view.next_hour}."
    return f"{clock} Paused." if view.paused else clock


def feed(items: Iterable[FeedItem]) -> list[str]:
    """What happened, oldest first."""
    lines: list[str] = []
    for item in items:
        lines.append(f"Hour {item.hour}. {SORTS[item.sort]}: {item.head}")
        lines += [f"  {line}" for line in item.text.split("\n") if line.strip()]
        lines += [f"  ({item.tail})"] if item.tail else []
    return lines or ["Nothing has happened."]


def tracks(views: Sequence[TrackView]) -> list[str]:
    """What is at stake, and how it moved."""
    return [_track(track) for track in views]


def _track(track: TrackView) -> str:
    moved = "" if not track.change else f", {shown(track.change, signed=True)} since the turn before"
    word = f", {track.word}" if track.word else ""
    return f"{track.name}: {shown(track.value)} {track.unit} on a scale to {shown(track.most)}{word}{moved}"


def channels(views: Sequence[ChannelView]) -> list[str]:
    """The channel board."""
    return [_channel(number, channel) for number, channel in enumerate(views, 1)]


def _channel(number: int, channel: ChannelView) -> str:
    state = "" if channel.state == "open" else f" {channel.state}."
    takes = "at once" if not channel.latency else f"about {channel.latency} h a message"
    mandate = f" Authority {channel.mandate} in 100." if channel.mandate < 100 else ""
    how = " and ".join(channel.visibilities)
    return (
        f"{number}. {channel.name}: {channel.word}, {takes}, {how}. {channel.odds[:1].upper()}{channel.odds[1:]}."
        f"{state}{mandate} {channel.says}"
    )


def lines(views: Sequence[LineView]) -> list[str]:
    """Our lines, with how each stands."""
    told = []
    for number, line in enumerate(views, 1):
        leads = f" It leads to: {line.leads_to_says}" if line.leads_to_says else ""
        aside = "" if line.adopted else " Set aside."
        whose = " We wrote it." if line.ours else ""
        pressure = f", pressure {shown(line.pressure)} of {shown(line.limit)}" if line.kind == "pink" else ""
        says = f"{stopped(line.says)} It is {line.word}{pressure}."
        told.append(f"{number}. {line.kind} ({line.concern}): {says}{leads}{whose}{aside}")
    return told or ["We have no lines."]


def guesses(views: Sequence[GuessView]) -> list[str]:
    """Our guesses of theirs."""
    return _numbered(views) or ["We have guessed none of theirs."]


def expected(views: Sequence[GuessView]) -> list[str]:
    """What we think they guess of ours."""
    return _numbered(views) or ["We have not said what they think our lines are."]


def _numbered(views: Sequence[GuessView]) -> list[str]:
    return [f"{guess.number}. {guess.kind} ({guess.concern}), weight {guess.weight}: {guess.says}" for guess in views]


def requests(views: Sequence[RequestView]) -> list[str]:
    """What was asked of us."""
    told = []
    for place, request in enumerate(views, 1):
        held = " We sent a holding note." if request.held else ""
        drafted = " An answer is on our list." if request.drafted else ""
        told.append(f"{place}. {request.head}. Answer due by hour {request.due_hour}.{held}{drafted}")
        told += [f"   {line}" for line in request.text.split("\n") if line.strip()]
    return told or ["Nothing waits for an answer."]


def drafts(view: TeamView) -> list[str]:
    """This turn's list."""
    return [f"{draft.number}. {draft.head}" for draft in view.drafts] or ["Our list is empty."]


def commitments(views: Sequence[CommitmentView]) -> list[str]:
    """Promises on the record."""
    told = []
    for promise in views:
        bound = " and ".join(SIDES[side] for side in promise.bound)
        broken = "".join(f" Broken by {SIDES[side]}." for side in promise.broken_by)
        told.append(f"{stopped(promise.says)} Bound: {bound}.{broken}")
    return told or ["No promise is on the record."]


def standing(view: TeamView) -> list[str]:
    """How it stands with us."""
    return [
        f"Our standing at home: {view.standing_word} ({shown(view.standing)} of 10).",
        f"What we give them credit for: {view.trust_word} ({shown(view.trust)} of 10).",
    ]


def score(view: ScoreView) -> list[str]:
    """The scores, where they may be seen."""
    felt = f"felt by the US {shown(view.felt_us)}, by China {shown(view.felt_china)}"
    homes = f"Standing: US {shown(view.standing_us)}, China {shown(view.standing_china)}."
    return [
        f"Tension {shown(view.tension)} of 100, {view.rung}; {felt}.",
        f"Trust: US {shown(view.trust_us)}, China {shown(view.trust_china)}. {homes}",
    ]


def meant(value: int, language: Language) -> str:
    """A number of the scale from friendly to hostile, with its word."""
    return f"{value:+d} {hostility(language, value)}" if value else f"0 {hostility(language, value)}"


def stopped(sentence: str) -> str:
    """A sentence that ends, whatever its author wrote."""
    return sentence if sentence.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{sentence}."
