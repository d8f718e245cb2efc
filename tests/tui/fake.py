"""A seat with a canned view: a submarine on the seabed, turn 3, seen by the US team.

It takes every action it knows how to show, records all, and holds Chinese and hostile text.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Literal  # Any: fields of a dossier

from msgspec.structs import replace
from tests.pages import hand
from tests.pages.hand import words

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
    SeatName,
    StaySilent,
    WithdrawMove,
    WriteLine,
)
from crisis_sim.engine.views.dossier import (
    ChannelEntry,
    Dossier,
    InjectEntry,
    MoveEntry,
    PromiseEntry,
    ScaleStep,
    TeamEntry,
    TermEntry,
    TrackEntry,
    WhiteEntry,
)
from crisis_sim.engine.views.feed_items import (
    ActItem,
    AnyFeedItem,
    ChannelItem,
    LineItem,
    OwnActItem,
    SilenceItem,
    SituationItem,
)
from crisis_sim.engine.views.seat_views import (
    BlockedMove,
    CardFacts,
    ChannelFacts,
    DraftFacts,
    ExchangeFacts,
    ForecastFacts,
    RequestFacts,
    TeamView,
    View,
)
from crisis_sim.engine.views.shared_facts import (
    ActFacts,
    CommitmentFacts,
    ForecastScoreFacts,
    GuessFacts,
    LineFacts,
    TrackFacts,
)
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language, Side
from crisis_sim.session.places import AnyHostAct, HostAct

HOSTILE = "[/][RED-1][@click=app.quit]x[/] \x1b[31mred\x1b]52;c;aGk=\x07 \u202eevil\u202c \x9b2J \x00 end"
CHINESE = "我方救援船将与东道国共享声呐图像，并愿意说明航线。"

CHANNELS = (
    ("leader-hotline", "Leader hotline", "leader", 20, 72),
    ("defense-telephone-link", "Defence telephone link", "ministerial", 35, 6),
    ("embassy", "Embassy", "diplomatic", 70, 4),
    ("rescue-office", "Rescue coordination office", "technical", 90, 1),
    ("press", "Press", "public", 100, 0),
    ("track-two", "Track II", "unofficial", 60, 48),
)

MOVES = (
    ("request-call", "Ask for a call", "contact", ("defense-telephone-link", "leader-hotline")),
    ("private-inquiry", "Ask for facts in private", "contact", ("embassy", "rescue-office")),
    ("take-call", "Take the call", "contact", ("defense-telephone-link",)),
    ("decline-call", "Decline the call", "protest", ("defense-telephone-link",)),
    ("holding-note", "Say that an answer will come", "contact", ("embassy",)),
    ("leader-call", "Leaders speak", "contact", ("leader-hotline",)),
    ("private-reassure", "Reassure on intent in private", "reassure", ("embassy",)),
    ("reaffirm-rules", "Reaffirm a standing rule", "reassure", ("press",)),
    ("share-data", "Share sonar data", "cooperate", ("rescue-office", "embassy")),
    ("offer-help", "Offer help, no conditions", "cooperate", ("embassy", "press")),
    ("joint-cell", "Set up a joint cell", "cooperate", ("rescue-office",)),
    ("grit-step", "Announce a small restraint", "restrain", ("press",)),
    ("fact-statement", "State the facts in public", "inform", ("press",)),
    ("private-protest", "Protest in private", "protest", ("embassy",)),
    ("accuse", "Accuse in public", "protest", ("press",)),
    ("suspend-channel", "Suspend a channel", "coerce", ("press",)),
    ("show-of-force", "Move forces near the scene", "force", ()),
)


OFFERED: dict[str, Any] = {"intent": -2, "expected": -1, "audience": None}  # Any: what is sealed of an offer


def channel_entry(item: tuple[str, str, str, int, int]) -> ChannelEntry:
    ident, name, level, *_ = item
    entry = hand.channel(name, "", "public" if ident == "press" else "", at_once=ident == "press")
    return replace(
        entry,
        says=words(f"{name}: one path among several."),
        kind=ident,
        level=level,
        track="2" if ident == "track-two" else "1",
        visibilities=("public",) if ident == "press" else ("private",),
    )


INJECTS = (
    ("alert", 0, "Distress signal"),
    ("ship", 14, "A survey ship is on site"),
    ("taps", 20, "Taps on the hull"),
    ("rumour", 28, "A rumour of a collision " + HOSTILE[:12]),
    ("storm", 48, "A window in the weather"),
)


def inject(ident: str, at: int, title: str) -> InjectEntry:
    taps = words("Taps on the hull are heard.")
    return InjectEntry(
        id=ident,
        title=words(title),
        at=at,
        to="both",
        text_us=taps,
        text_china=taps,
        reads_us=words("They get in the way."),
        reads_china=words("They want to be first."),
        note=words("Who tells whom first?"),
        when={"not": {"earlier": {"move": "share-data"}}} if ident == "taps" else None,
        after=None,
        again=None,
        calls_for=(),
        excuses=False,
    )


def channel(item: tuple[str, str, str, int, int]) -> ChannelFacts:
    ident, _name, _level, readiness, latency = item
    state = "suspended" if ident == "leader-hotline" else "open"
    late = ident in ("defense-telephone-link", "track-two")
    return hand.channel_facts(ident, state=state, readiness=readiness, latency=latency, late=late)


def move(item: tuple[str, str, str, tuple[str, ...]]) -> MoveEntry:
    ident, label, family, channels = item
    public = channels and channels[0] == "press"
    return hand.move(
        ident,
        label,
        "",
        does=words(f"{label}: says something plain, and costs a little of what we have to give."),
        family=family,
        visibilities=("public", "private") if public else ("private", "public"),
        channels=channels,
        terms=("no-conditions", "linked") if family == "cooperate" else (),
        promises=("joint-readout",) if family == "contact" else (),
        about_channel=ident == "suspend-channel",
        only_as_answer=ident in ("take-call", "decline-call", "holding-note"),
        warns=("ambiguous",) if ident == "private-protest" else (),
    )


TEAMS: dict[Side, TeamEntry] = {
    "us": TeamEntry(
        name=words("United States"),
        part=words("You are the interagency group that runs the response in Washington."),
        brief=words(
            "# Your part\n\nYou lead. **Your aim** is that the crew lives.\n\n1. Be first.\n2. Be not alone.\n\n"
            + CHINESE
        ),
        aims=(
            words("The crew comes up alive."),
            words("No one surveys the hull beyond what rescue needs."),
            words("The alliance is seen to work."),
        ),
    ),
    "china": TeamEntry(name=words("China"), part=words("Your part."), brief=words("ours alone"), aims=()),
}
DOSSIER = Dossier(
    seat="observer",
    title=words("A submarine on the seabed"),
    handling=words("Exercise only"),
    brief=words(
        "# The situation\n\nA diesel submarine of **Marenga** with 44 crew is down at 310 m.\n\n"
        "- Air for about 90 hours\n- Both countries have rescue gear\n\n## What is known\n\nNobody is at fault. "
        + HOSTILE
    ),
    offences={},
    moves_least=1,
    moves_most=3,
    holding="holding-note",
    concerns={
        "sovereignty": words("Who may act where"),
        "face": words("How we look"),
        "secrets": words("What the hull holds"),
    },
    channels={item[0]: channel_entry(item) for item in CHANNELS},
    shapes=(ScaleStep(0, words("rusty")), ScaleStep(40, words("working")), ScaleStep(80, words("routine"))),
    rungs=(ScaleStep(0, words("calm")), ScaleStep(4000, words("strained"))),
    tracks={
        "air": TrackEntry(name=words("air"), unit=words("h"), least=0, most=9000, good="up", runs_out=True),
        "crew": TrackEntry(
            name=words("crew brought up"), unit=words("people"), least=0, most=4400, good="up", runs_out=False
        ),
    },
    moves={item[0]: move(item) for item in MOVES},
    terms={
        "no-conditions": TermEntry(says=words("Without conditions"), note=None),
        "linked": TermEntry(
            says=words("Tied to another issue"), note=words("Linkage cuts the worth of help and costs trust.")
        ),
    },
    commitments={
        "joint-readout": PromiseEntry(words("We publish only a readout that both have agreed")),
        "joint": PromiseEntry(words("Both publish only an agreed readout")),
    },
    answers={"ask": ("private-inquiry",), "hold": (), "prepare": ("grit-step", "show-of-force")},
    forecasts={
        "takes-call": words("Will they take a call in the next turn?"),
        "goes-public": words("Will they blame us in public in the next turn?"),
        "shares": words("Will they share sonar data with the host?"),
    },
)


def dossier(seat: SeatName, **changes: Any) -> Dossier:
    """What a seat knows from the start."""
    own: dict[str, Any] = {"seat": seat}
    if seat in ("us", "china"):
        own |= {"side": seat, "team": TEAMS[seat]}
    if seat == "facilitator":
        guide = words("# Guide\n\nLet them talk. " + HOSTILE)
        own["white"] = WhiteEntry(
            guide=guide,
            us=TEAMS["us"],
            china=TEAMS["china"],
            msel=tuple(inject(*item) for item in INJECTS),
            facts={"people-in-the-hull": words("People are in the hull")},
            named={},
            reasons={},
        )
    return replace(DOSSIER, **own | changes)


def teller(seat: SeatName = "us", language: Language = "en", now: str = "", **changes: Any) -> Translator:
    """What tells a seat's view; `changes` are of its dossier."""
    return Translator(dossier(seat, **changes), language, now)


def act(side: Side, move_id: str, over: str, text: str = "") -> ActFacts:
    visibility = DOSSIER.channels[over].visibilities[0]
    return ActFacts(side=side, channel=over, visibility=visibility, move=move_id, text=text)


def feed() -> tuple[AnyFeedItem, ...]:
    def news(hour: int, title: str, text: str) -> AnyFeedItem:
        return SituationItem(turn=hour // 6 + 1, hour=hour, texts=((None, words(text)),), title=words(title))

    offer = act("us", "offer-help", "embassy", "Our fly-away rescue system can be there in 40 hours.")
    return (
        news(0, "Distress signal", "A Marenga submarine with 44 crew lies at 310 metres. Air for about 90 hours."),
        news(3, "Marenga asks both countries for help", "It asks the rescue office, and China by its embassy."),
        OwnActItem(
            turn=2,
            hour=6,
            act=offer,
            intent=-2,
            expected=-1,
            audience=None,
            fate="delivered",
            due_hour=10,
            asked="accept",
        ),
        ChannelItem(turn=2, hour=8, channel="defense-telephone-link", change="reopened"),
        ActItem(turn=2, hour=9, act=act("china", "share-data", "embassy", CHINESE), hostility=-2, confidence=3),
        ActItem(turn=2, hour=10, act=act("china", "fact-statement", "press", HOSTILE), hostility=1, confidence=1),
        SilenceItem(turn=3, hour=12, act=act("us", "request-call", "defense-telephone-link"), asked_hour=6),
        LineItem(turn=3, hour=13, line=words("Hull survey beyond rescue need"), crossed=False),
        news(14, "A survey ship with sonar is on site", "A Chinese survey ship with sonar is already on site."),
    )


def line(
    ident: str,
    kind: Literal["red", "pink"],
    says: str,
    pressure: int,
    state: Literal["quiet", "near", "crossed"],
    leads_to: str | None = None,
) -> LineFacts:
    return LineFacts(
        id=ident,
        kind=kind,
        concern="sovereignty",
        says=words(says),
        ours=False,
        adopted=True,
        weight=7,
        pressure=pressure,
        limit=600,
        state=state,
        leads_to=leads_to,
        leads_to_says=words("Boarding the hull without the host") if leads_to else None,
    )


def team_view(**changes: object) -> TeamView:
    call = act("china", "request-call", "defense-telephone-link", "Our deputy minister can speak at 18:00 your time.")
    view = hand.team_view(
        session="fake",
        turn=3,
        turns=6,
        hour=14,
        next_hour=20,
        waiting_for=("us",),
        bots=("china",),
        minutes=8,
        tracks=(TrackFacts(id="air", value=7600, change=-600), TrackFacts(id="crew", value=0, change=0)),
        feed=feed(),
        standing=620,
        trust=450,
        lines=(
            line("boarding", "red", "Boarding the hull without the host", 0, "quiet"),
            line("survey", "pink", "Hull survey beyond rescue need", 400, "near", "boarding"),
            line("blame", "pink", "Public hints that a US boat hit it " + HOSTILE[:12], 100, "quiet", "boarding"),
        ),
        guesses=(GuessFacts(number=1, kind="pink", concern="face", says="Public hint that China caused it", weight=8),),
        lines_sealed=False,
        channels=tuple(map(channel, CHANNELS)),
        blocked=(
            BlockedMove(move="leader-call", why="suspended", channel="leader-hotline"),
            BlockedMove(move="show-of-force", why="nowhere"),
        ),
        other_committed=True,
        requests=(
            RequestFacts(
                number=1, act=call, due_hour=20, accept="take-call", decline="decline-call", held=False, drafted=False
            ),
        ),
        exchanges=(ExchangeFacts(number=1, act=act("us", "offer-help", "embassy"), ours=None, open=True),),
        commitments=(CommitmentFacts(id="joint", by=("china",), bound=("us", "china"), broken_by=()),),
    )
    return replace(view, **changes)


def card(number: int, act: ActFacts) -> CardFacts:
    public = act.visibility == "public"
    return CardFacts(
        number=number, act=act, public=public, hostility=None, confidence=None, touches=None, audience=None
    )


CARDS = (
    card(1, act("china", "offer-help", "embassy", "Our rescue ship can take your divers aboard. " + CHINESE)),
    card(2, act("china", "fact-statement", "press", HOSTILE)),
    card(3, act("china", "show-of-force", "press")),
)
FORECASTS = tuple(ForecastFacts(id=name, chance=None) for name in DOSSIER.forecasts)
SCORES = (ForecastScoreFacts(id="takes-call", turn=2, chance=70, happened=False),)


class FakeSeat:
    """A seat whose view a test sets, and which answers a few actions as the game would."""

    def __init__(self, view: View | None = None, *, seconds: int | None = 372, **told: Any) -> None:
        """`told` is what differs in its dossier and in how it is told."""
        self._view: View = team_view() if view is None else view
        self.name: SeatName = self._view.seat
        self.say = teller(self.name, **told)
        self.sent: list[AnyAction] = []
        self.asked: list[AnyHostAct] = []
        self.refuse: ActionRefused | None = None
        self.seconds = seconds
        self._stirred = asyncio.Event()

    def view(self) -> View:
        return self._view

    @property
    def company(self) -> None:
        return None

    def cut_off(self) -> None:
        return None

    def seconds_left(self) -> int | None:
        return self.seconds

    def set(self, view: View) -> None:
        self._view = view
        self._stirred.set()

    async def changes(self) -> AsyncIterator[None]:
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            yield

    async def submit(self, action: AnyAction | AnyHostAct, ref: str | None = None) -> None:
        if self.refuse is not None:
            raise self.refuse
        if isinstance(action, HostAct):
            self.asked.append(action)
            return
        self.sent.append(action)
        if isinstance(self._view, TeamView):
            self.set(after(self._view, action))


def after(view: TeamView, action: AnyAction) -> TeamView:
    """What a team would see next, roughly."""
    match action:
        case SealMove(draft=draft):
            drafts = (*view.drafts, DraftFacts(number=len(view.drafts) + 1, draft=draft))
            return replace(view, drafts=drafts)
        case ReviseMove(number=number, draft=draft):
            drafts = tuple(
                DraftFacts(number=number, draft=draft) if item.number == number else item for item in view.drafts
            )
            return replace(view, drafts=drafts)
        case WithdrawMove(number=number):
            kept = [item for item in view.drafts if item.number != number]
            return replace(view, drafts=tuple(replace(item, number=place) for place, item in enumerate(kept, 1)))
        case StaySilent(request=number):
            asked = tuple(replace(each, stays_silent=each.number == number) for each in view.requests)
            return replace(view, requests=asked)
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
            written = replace(
                line(f"ours-{len(view.lines)}", kind, says, 0, "quiet"), concern=concern, ours=True, weight=weight
            )
            return replace(view, lines=(*view.lines, written))
        case GuessLine(line=kind, concern=concern, says=says, weight=weight):
            guess = GuessFacts(len(view.guesses) + 1, kind, concern, says, weight)
            return replace(view, guesses=(*view.guesses, guess))
        case SealForecast(forecast=forecast, chance=chance):
            return replace(
                view,
                asked_now=tuple(
                    replace(each, chance=chance) if each.id == forecast else each for each in view.asked_now
                ),
            )
        case _:
            return view
