"""A seat with a canned view: a submarine on the seabed, turn 3, seen by the US team.

It takes every action it knows how to show, records all, and holds Chinese and hostile text.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Literal  # Any: one of FeedItem's sorts

from msgspec.structs import replace

from crisis_sim.engine.actions import (
    AnyAction,
    CommitForecasts,
    CommitMoves,
    CommitReadings,
    GuessLine,
    ReviseMove,
    SealForecast,
    SealMove,
    SealReading,
    WithdrawMove,
    WriteLine,
)
from crisis_sim.engine.actions import Seat as SeatName
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.seat_pages import Page, TeamPage
from crisis_sim.pages.seat_parts import (
    ChannelView,
    CommitmentView,
    DraftView,
    ExchangeView,
    FeedItem,
    ForecastScore,
    ForecastView,
    GuessView,
    LineView,
    MoveOption,
    ReadingCard,
    RequestView,
    TermView,
    TrackView,
)

HOSTILE = "[/][RED-1][@click=app.quit]x[/] \x1b[31mred\x1b]52;c;aGk=\x07 \u202eevil\u202c \x9b2J \x00 end"
CHINESE = "我方救援船将与东道国共享声呐图像，并愿意说明航线。"

CHANNELS = (
    ("leader-hotline", "Leader hotline", "leader", 20, 72, "rusty", "may not be taken up"),
    ("defense-telephone-link", "Defence telephone link", "ministerial", 35, 6, "rusty", "may come late"),
    ("embassy", "Embassy", "diplomatic", 70, 4, "working", "will arrive in time"),
    ("rescue-office", "Rescue coordination office", "technical", 90, 1, "routine", "will arrive in time"),
    ("press", "Press", "public", 100, 0, "public", "is heard at once"),
    ("track-two", "Track II", "unofficial", 60, 48, "no mandate", "may come late"),
)

MOVES = (
    ("request-call", "Ask for a call", "contact", ("defense-telephone-link", "leader-hotline"), ""),
    ("private-inquiry", "Ask for facts in private", "contact", ("embassy", "rescue-office"), ""),
    ("take-call", "Take the call", "contact", ("defense-telephone-link",), ""),
    ("decline-call", "Decline the call", "protest", ("defense-telephone-link",), ""),
    ("holding-note", "Holding note", "contact", ("embassy",), ""),
    ("leader-call", "Leaders speak", "contact", (), "the leader hotline needs a call agreed first"),
    ("private-reassure", "Reassure on intent in private", "reassure", ("embassy",), ""),
    ("reaffirm-rules", "Reaffirm a standing rule", "reassure", ("press",), ""),
    ("share-data", "Share sonar data", "cooperate", ("rescue-office", "embassy"), ""),
    ("offer-help", "Offer help, no conditions", "cooperate", ("embassy", "press"), ""),
    ("joint-cell", "Set up a joint cell", "cooperate", ("rescue-office",), ""),
    ("grit-step", "Announce a small restraint", "restrain", ("press",), ""),
    ("fact-statement", "State the facts in public", "inform", ("press",), ""),
    ("private-protest", "Protest in private", "protest", ("embassy",), ""),
    ("accuse", "Accuse in public", "protest", ("press",), ""),
    ("suspend-channel", "Suspend a channel", "coerce", ("press",), ""),
    ("show-of-force", "Move forces near the scene", "force", (), "nothing of ours is within reach of the site"),
)


def channel(item: tuple[str, str, str, int, int, str, str]) -> ChannelView:
    ident, name, level, readiness, latency, word, odds = item
    return ChannelView(
        id=ident,
        name=name,
        says=f"{name}: one path among several.",
        kind=ident,
        level=level,
        track="2" if ident == "track-two" else "1",
        visibilities=("public",) if ident == "press" else ("private",),
        state="suspended" if ident == "leader-hotline" else "open",
        word=word,
        readiness=readiness,
        latency=latency,
        odds=odds,
        mandate=30 if ident == "track-two" else 100,
    )


def move(item: tuple[str, str, str, tuple[str, ...], str]) -> MoveOption:
    ident, label, family, channels, blocked = item
    public = channels and channels[0] == "press"
    return MoveOption(
        id=ident,
        label=label,
        does=f"{label}: says something plain, and costs a little of what we have to give.",
        family=family,
        visibilities=("public", "private") if public else ("private", "public"),
        channels=channels,
        terms=(
            TermView(id="no-conditions", says="Without conditions", note=""),
            TermView(id="linked", says="Tied to another issue", note="Linkage cuts the worth of help and costs trust."),
        )
        if family == "cooperate"
        else (),
        promises=(("joint-readout", "We publish only a readout that both have agreed"),) if family == "contact" else (),
        about_channel=ident == "suspend-channel",
        asks=ident == "request-call",
        only_as_answer=ident in ("take-call", "decline-call", "holding-note"),
        blocked=blocked,
        warnings=("We have blamed them in public within six hours.",) if ident == "private-protest" else (),
    )


def feed() -> tuple[FeedItem, ...]:
    def item(hour: int, sort: Any, head: str, text: str = "", tail: str = "", new: bool = False) -> FeedItem:
        return FeedItem(turn=hour // 6 + 1, hour=hour, is_new=new, sort=sort, head=head, text=text, tail=tail)

    return (
        item(
            0,
            "situation",
            "Distress signal",
            "A Marenga submarine with 44 crew lies at 310 metres. Air for about 90 hours.",
        ),
        item(
            3,
            "situation",
            "Marenga asks both countries for help",
            "It asks the rescue office, and China by its embassy.",
        ),
        item(
            6,
            "ours",
            "Offer help, no conditions → China, embassy, private",
            "Our fly-away rescue system can be there in 40 hours.",
            "accepted",
        ),
        item(8, "channel", "The defence telephone link was tried and rang out", tail="readiness 35, rusty"),
        item(9, "theirs", "Share sonar data → us, embassy, private", CHINESE, "you read it: −2 friendly, sure"),
        item(
            10,
            "theirs",
            "State the facts in public → everybody, press",
            HOSTILE,
            "you read it: +1 rather hostile, a guess",
        ),
        item(12, "silence", "Our call request: no answer yet (due T+18)"),
        item(13, "line", "Pink line pressed: hull survey beyond rescue need", tail="3 → 4 of 6", new=True),
        item(
            14,
            "situation",
            "A survey ship with sonar is on site",
            "A Chinese survey ship with sonar is already on site.",
            new=True,
        ),
    )


def line(
    ident: str, kind: Literal["red", "pink"], says: str, pressure: int, word: str, leads_to: str | None = None
) -> LineView:
    return LineView(
        id=ident,
        kind=kind,
        concern="sovereignty",
        says=says,
        ours=False,
        adopted=True,
        weight=7,
        pressure=pressure,
        limit=600,
        word=word,
        leads_to=leads_to,
        leads_to_says="Boarding the hull without the host" if leads_to else None,
    )


def team_view(**changes: object) -> TeamPage:
    view = TeamPage(
        seat="us",
        language="en",
        session="fake",
        title="A submarine on the seabed",
        handling="Exercise only",
        phase="moves",
        turn=3,
        turns=6,
        hour=14,
        next_hour=20,
        paused=False,
        waiting_for=("us",),
        bots=("china",),
        minutes=8,
        now="Choose up to 3 moves, then commit (c). China has committed.",
        public_brief="# The situation\n\nA diesel submarine of **Marenga** with 44 crew is down at 310 m.\n\n"
        "- Air for about 90 hours\n- Both countries have rescue gear\n\n## What is known\n\nNobody is at fault. "
        + HOSTILE,
        tracks=(
            TrackView(
                id="air",
                name="air",
                unit="h",
                value=7600,
                least=0,
                most=9000,
                good="up",
                runs_out=True,
                change=-600,
                word="",
            ),
            TrackView(
                id="crew",
                name="crew brought up",
                unit="people",
                value=0,
                least=0,
                most=4400,
                good="up",
                runs_out=False,
                change=0,
                word="",
            ),
        ),
        feed=feed(),
        score=None,
        hotwash=None,
        side="us",
        name="United States",
        part="You are the interagency group that runs the response in Washington.",
        brief="# Your part\n\nYou lead. **Your aim** is that the crew lives.\n\n1. Be first.\n2. Be not alone.\n\n"
        + CHINESE,
        aims=(
            "The crew comes up alive.",
            "No one surveys the hull beyond what rescue needs.",
            "The alliance is seen to work.",
        ),
        standing=620,
        standing_word="firm",
        trust=450,
        trust_word="wary",
        concerns=(("sovereignty", "Who may act where"), ("face", "How we look"), ("secrets", "What the hull holds")),
        lines=(
            line("boarding", "red", "Boarding the hull without the host", 0, "quiet"),
            line("survey", "pink", "Hull survey beyond rescue need", 400, "near its limit", "boarding"),
            line("blame", "pink", "Public hints that a US boat hit it " + HOSTILE[:12], 100, "quiet", "boarding"),
        ),
        guesses=(GuessView(number=1, kind="pink", concern="face", says="Public hint that China caused it", weight=8),),
        lines_sealed=False,
        channels=tuple(map(channel, CHANNELS)),
        moves=tuple(map(move, MOVES)),
        moves_least=1,
        moves_most=3,
        drafts=(),
        committed=False,
        other_committed=True,
        requests=(
            RequestView(
                number=1,
                head="Ask for a call ← China, defence telephone link, private",
                text="Our deputy minister can speak at 18:00 your time.",
                channel="defense-telephone-link",
                visibility="private",
                due_hour=20,
                accept="take-call",
                accept_label="Take the call",
                decline="decline-call",
                decline_label="Decline the call",
                hold="holding-note",
                hold_label="Say that an answer will come",
                held=False,
                drafted=False,
            ),
        ),
        to_read=(),
        exchanges=(ExchangeView(number=1, head="Offer of help, accepted by China", ours="", open=True),),
        commitments=(
            CommitmentView(
                id="joint",
                says="Both publish only an agreed readout",
                by=("china",),
                bound=("us", "china"),
                broken_by=(),
            ),
        ),
        forecasts=(),
        forecast_scores=(),
        notes=(),
    )
    return replace(view, **changes)


CARDS = (
    ReadingCard(
        number=1,
        head="Offer help, no conditions ← China",
        text="Our rescue ship can take your divers aboard. " + CHINESE,
        channel="Embassy",
        move="",
        visibility="private",
        hostility=None,
        confidence=None,
        touches=None,
    ),
    ReadingCard(
        number=2,
        head="State the facts in public ← China",
        text=HOSTILE,
        channel="Press",
        move="",
        visibility="public",
        hostility=None,
        confidence=None,
        touches=None,
    ),
    ReadingCard(
        number=3,
        head="Move forces near the scene ← China",
        text="",
        channel="Press",
        move="",
        visibility="public",
        hostility=None,
        confidence=None,
        touches=None,
    ),
)
FORECASTS = (
    ForecastView(id="takes-call", ask="Will they take a call in the next turn?", chance=None),
    ForecastView(id="goes-public", ask="Will they blame us in public in the next turn?", chance=None),
    ForecastView(id="shares", ask="Will they share sonar data with the host?", chance=None),
)
SCORES = (ForecastScore(ask="Will they take a call in the next turn?", turn=2, chance=70, happened=False),)


class FakeSeat:
    """A seat whose view a test sets, and which answers a few actions as the game would."""

    def __init__(self, view: Page | None = None, *, seconds: int | None = 372) -> None:
        self._view: Page = team_view() if view is None else view
        self.name: SeatName = self._view.seat
        self.sent: list[AnyAction] = []
        self.refuse: ActionRefused | None = None
        self.seconds = seconds
        self._stirred = asyncio.Event()

    def view(self) -> Page:
        return self._view

    def seconds_left(self) -> int | None:
        return self.seconds

    def set(self, view: Page) -> None:
        self._view = view
        self._stirred.set()

    async def changes(self) -> AsyncIterator[None]:
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            yield

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.sent.append(action)
        if isinstance(self._view, TeamPage):
            self.set(after(self._view, action))


def after(view: TeamPage, action: AnyAction) -> TeamPage:
    """What a team would see next, roughly."""
    match action:
        case SealMove(draft=draft):
            drafts = (
                *view.drafts,
                DraftView(number=len(view.drafts) + 1, draft=draft, head=f"{draft.move} → {draft.channel}"),
            )
            return replace(view, drafts=drafts)
        case ReviseMove(number=number, draft=draft):
            drafts = tuple(
                DraftView(number=number, draft=draft, head=f"{draft.move} → {draft.channel}")
                if item.number == number
                else item
                for item in view.drafts
            )
            return replace(view, drafts=drafts)
        case WithdrawMove(number=number):
            kept = [item for item in view.drafts if item.number != number]
            return replace(view, drafts=tuple(replace(item, number=place) for place, item in enumerate(kept, 1)))
        case CommitMoves() | CommitReadings() | CommitForecasts():
            return replace(view, committed=True, waiting_for=())
        case SealReading(item=item, hostility=hostility, confidence=confidence, touches=touches):
            cards = tuple(
                replace(card, hostility=hostility, confidence=confidence, touches=touches)
                if card.number == item
                else card
                for card in view.to_read
            )
            return replace(view, to_read=cards)
        case WriteLine(line=kind, concern=concern, says=says, weight=weight):
            written = LineView(
                id=f"ours-{len(view.lines)}",
                kind=kind,
                concern=concern,
                says=says,
                ours=True,
                adopted=True,
                weight=weight,
                pressure=0,
                limit=600,
                word="quiet",
                leads_to=None,
                leads_to_says=None,
            )
            return replace(view, lines=(*view.lines, written))
        case GuessLine(line=kind, concern=concern, says=says, weight=weight):
            guess = GuessView(len(view.guesses) + 1, kind, concern, says, weight)
            return replace(view, guesses=(*view.guesses, guess))
        case SealForecast(forecast=forecast, chance=chance):
            return replace(
                view,
                forecasts=tuple(
                    replace(each, chance=chance) if each.id == forecast else each for each in view.forecasts
                ),
            )
        case _:
            return view
