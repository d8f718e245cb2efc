"""A view as lines of text: where the session stands, what happened, channels, lines, requests, promises.

Each function gives whole lines, one thing a line and no columns, so that a screen reader can read them aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crisis_sim.numbers import shown
from crisis_sim.pages.phrases import hostility, stopped
from crisis_sim.pages.promises import promised
from crisis_sim.pages.seat_pages import CommonPage, TeamPage
from crisis_sim.pages.seat_parts import (
    ChannelView,
    CommitmentView,
    FeedItem,
    GuessView,
    LineView,
    RequestView,
    ScoreView,
    TrackView,
)
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say, _, plain
from crisis_sim.wording.names import SIDES

SEATS = {"us": _("US team"), "china": _("China team"), "facilitator": "facilitator", "observer": "observer"}
SORTS = {
    "situation": _("News"),
    "theirs": _("From them"),
    "ours": _("From us"),
    "silence": _("Silence"),
    "answer": _("Answer"),
    "channel": _("Channel"),
    "commitment": _("Promise"),
    "readout": _("Readouts"),
    "line": _("Our line"),
    "track": _("At stake"),
    "note": _("Note"),
}


def where(view: CommonPage, say: Say = plain) -> str:
    """Phase, turn and game hour."""
    if not view.turn:
        return say("{title}. Before the first turn.", title=view.title)
    clock = say(
        "Turn {turn} of {turns}, hour {hour}; the next turn begins at hour {next}.",
        turn=view.turn,
        turns=view.turns,
        hour=view.hour,
        next=view.next_hour,
    )
    return clock + say(" Paused.") if view.paused else clock


def feed(items: Iterable[FeedItem], say: Say = plain) -> list[str]:
    """What happened, oldest first."""
    lines: list[str] = []
    for item in items:
        lines.append(say("Hour {hour}. {sort}: {head}", hour=item.hour, sort=say(SORTS[item.sort]), head=item.head))
        lines += [f"  {line}" for line in item.text.split("\n") if line.strip()]
        lines += [say("  ({tail})", tail=item.tail)] if item.tail else []
    return lines or [say("Nothing has happened.")]


def tracks(views: Sequence[TrackView], say: Say = plain) -> list[str]:
    """What is at stake, and how it moved."""
    return [_track(track, say) for track in views]


def _track(track: TrackView, say: Say) -> str:
    told = say(
        "{name}: {value} {unit} on a scale to {most}",
        name=track.name,
        value=shown(track.value),
        unit=track.unit,
        most=shown(track.most),
    )
    told = say("{told}, {word}", told=told, word=track.word) if track.word else told
    if not track.change:
        return told
    return say("{told}, {moved} since the turn before", told=told, moved=shown(track.change, signed=True))


def channels(views: Sequence[ChannelView], say: Say = plain) -> list[str]:
    """The channel board."""
    return [_channel(number, channel, say) for number, channel in enumerate(views, 1)]


def _channel(number: int, channel: ChannelView, say: Say) -> str:
    state = "" if channel.state == "open" else say(" {state}.", state=say(channel.state))
    mandate = say(" Authority {mandate} in 100.", mandate=channel.mandate) if channel.mandate < 100 else ""
    return say(
        "{number}. {name}: {word}, {takes}, {how}. {odds}.{state}{mandate} {says}",
        number=number,
        name=channel.name,
        word=channel.word,
        takes=say("about {hours} h a message", hours=channel.latency) if channel.latency else say("at once"),
        how=say(" and ").join(map(say, channel.visibilities)),
        odds=f"{channel.odds[:1].upper()}{channel.odds[1:]}",
        state=state,
        mandate=mandate,
        says=channel.says,
    )


def lines(views: Sequence[LineView], say: Say = plain) -> list[str]:
    """Our lines, with how each stands."""
    return [_line(number, line, say) for number, line in enumerate(views, 1)] or [say("We have no lines.")]


def _line(number: int, line: LineView, say: Say) -> str:
    word = line.word
    if line.kind == "pink":
        sentence = _("{word}, pressure {pressure} of {limit}")
        word = say(sentence, word=word, pressure=shown(line.pressure), limit=shown(line.limit))
    return say(
        "{number}. {kind} ({concern}): {says} It is {word}.{leads}{whose}{aside}",
        number=number,
        kind=say(line.kind),
        concern=say(line.concern),
        says=stopped(line.says, say),
        word=word,
        leads=say(" It leads to: {line}", line=line.leads_to_says) if line.leads_to_says else "",
        whose=say(" We wrote it.") if line.ours else "",
        aside="" if line.adopted else say(" Set aside."),
    )


def guesses(views: Sequence[GuessView], say: Say = plain) -> list[str]:
    """Our guesses of theirs."""
    return _numbered(views, say) or [say("We have guessed none of theirs.")]


def expected(views: Sequence[GuessView], say: Say = plain) -> list[str]:
    """What we think they guess of ours."""
    return _numbered(views, say) or [say("We have not said what they think our lines are.")]


def _numbered(views: Sequence[GuessView], say: Say) -> list[str]:
    return [
        say(
            "{number}. {kind} ({concern}), weight {weight}: {says}",
            number=guess.number,
            kind=say(guess.kind),
            concern=say(guess.concern),
            weight=guess.weight,
            says=guess.says,
        )
        for guess in views
    ]


def requests(views: Sequence[RequestView], now: int, say: Say = plain) -> list[str]:
    """What was asked of us; at the game hour `now` the time for an answer may be past, and it can still be given."""
    told = []
    for place, request in enumerate(views, 1):
        past = _("{place}. {head}. Answer was due by hour {hour}, and can still be given.")
        asked = _("{place}. {head}. Answer due by hour {hour}.") if now <= request.due_hour else past
        due = say(asked, place=place, head=request.head, hour=request.due_hour)
        held = say(" We sent a holding note.") if request.held else ""
        drafted = say(" An answer is on our list.") if request.drafted else ""
        told.append(f"{due}{held}{drafted}")
        told += [f"   {line}" for line in request.text.split("\n") if line.strip()]
    return told or [say("Nothing waits for an answer.")]


def drafts(view: TeamPage, say: Say = plain) -> list[str]:
    """This turn's list, with every word that goes out."""
    told = []
    for draft in view.drafts:
        told.append(f"{draft.number}. {draft.head}")
        told += [f"   {line}" for line in draft.draft.text.split("\n") if line.strip()]
    return told or [say("Our list is empty.")]


def commitments(views: Sequence[CommitmentView], say: Say = plain) -> list[str]:
    """Promises on the record."""
    return [promised(each, say) for each in views] or [say("No promise is on the record.")]


def standing(view: TeamPage, say: Say = plain) -> list[str]:
    """How it stands with us."""
    return [
        say("Our standing at home: {word} ({value} of 10).", word=view.standing_word, value=shown(view.standing)),
        say("What we give them credit for: {word} ({value} of 10).", word=view.trust_word, value=shown(view.trust)),
    ]


def score(view: ScoreView, say: Say = plain) -> list[str]:
    """The scores, as far as they may be seen."""
    tension, rung = shown(view.tension), view.rung
    if len(view.sides) < len(SIDES):
        told = [say("Tension {tension} of 100, {rung}.", tension=tension, rung=rung)]
        return [*told, *(say("As we feel it: {felt}.", felt=shown(ours.felt)) for ours in view.sides)]
    us, china = view.sides
    return [
        say(
            "Tension {tension} of 100, {rung}; felt by the US {us}, by China {china}.",
            tension=tension,
            rung=rung,
            us=shown(us.felt),
            china=shown(china.felt),
        ),
        say(
            "Trust: US {us}, China {china}. Standing: US {home_us}, China {home_china}.",
            us=shown(us.trust),
            china=shown(china.trust),
            home_us=shown(us.standing),
            home_china=shown(china.standing),
        ),
    ]


def meant(value: int, language: Language) -> str:
    """A number of the scale from friendly to hostile, with its word."""
    number = f"{value:+d}" if value else "0"
    return f"{number}{'' if language == 'zh' else ' '}{hostility(language, value)}"
