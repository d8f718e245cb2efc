"""A dossier written by hand, as small as its tests allow, in both languages where it matters."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from crisis_sim.engine.views.dossier import (
    ChannelEntry,
    Dossier,
    MoveEntry,
    PromiseEntry,
    ScaleStep,
    TeamEntry,
    TermEntry,
    TrackEntry,
    WhiteEntry,
)
from crisis_sim.engine.views.seat_views import ChannelFacts, ObserverView, TeamView
from crisis_sim.engine.views.shared_facts import ActFacts
from crisis_sim.rules.names import Words


def words(en: str, zh: str = "") -> Words:
    return {"en": en, "zh": zh} if zh else {"en": en}


def channel(en: str, zh: str, always: Any = "", at_once: bool = False) -> ChannelEntry:  # Any: a word of the entry
    return ChannelEntry(
        name=words(en, zh),
        says=words("A way to talk."),
        kind="line",
        level="leader",
        track="1",
        visibilities=("private",),
        always=always,
        at_once=at_once,
    )


def move(move_id: str, en: str, zh: str, **fields: Any) -> MoveEntry:  # Any: fields of the entry
    given: dict[str, Any] = {
        "id": move_id,
        "label": words(en, zh),
        "does": words("Does it."),
        "family": "contact",
        "visibilities": ("private",),
        "channels": ("hotline", "embassy"),
        "terms": (),
        "promises": (),
        "about_channel": False,
        "asks": None,
        "only_as_answer": False,
        "tells": False,
        "warns": (),
    }
    return MoveEntry(**given | fields)


TEAM = TeamEntry(name=words("Team"), part=words("Part"), brief=words("Brief"), aims=())
DOSSIER = Dossier(
    seat="observer",
    title=words("A storm", "风暴"),
    handling=words("Exercise"),
    brief=words("It blows."),
    offences={},
    moves_least=1,
    moves_most=3,
    holding="hold",
    concerns={"face": words("face", "面子")},
    channels={
        "hotline": channel("Hotline", "热线"),
        "embassy": channel("Embassy", "使馆"),
        "press": channel("Press", "媒体", "public", at_once=True),
    },
    shapes=(ScaleStep(0, words("rusty", "生疏")), ScaleStep(60, words("routine", "常态"))),
    rungs=(ScaleStep(0, words("calm", "平稳")),),
    tracks={
        "ship": TrackEntry(name=words("Ship", "船"), unit=words("hours"), least=0, most=1000, good="up", runs_out=True)
    },
    moves={
        "call": move("call", "Ask for a call", "请求通话", terms=("soon",), promises=("keep-off",)),
        "drill": move("drill", "Hold a drill", "举行演习", warns=("public", "ambiguous")),
        "hold": move("hold", "Holding note", "暂复", only_as_answer=True),
    },
    terms={"soon": TermEntry(says=words("soon", "尽快"), note=None)},
    commitments={"keep-off": PromiseEntry(words("we keep off", "不靠近"))},
    answers={"ask": ("call",), "hold": (), "prepare": ("drill",)},
    forecasts={"sail": words("Will they sail?")},
)
OURS = replace(DOSSIER, seat="us", side="us", team=TEAM)
WHITE = replace(
    DOSSIER,
    seat="facilitator",
    white=WhiteEntry(guide=words("Guide"), us=TEAM, china=TEAM, msel=(), facts={}, named={}, reasons={}),
)

CALL = ActFacts(side="us", channel="hotline", visibility="private", move="call", text="Call us.", terms=("soon",))
DRILL = ActFacts(side="china", channel="press", visibility="public", move="drill", text="We drill.")
UNCLEAR = ActFacts(side="china", channel="press", visibility="public", seen=words("Ships move.", "船只移动。"))


def channel_facts(channel_id: str, **fields: Any) -> ChannelFacts:  # Any: fields of the facts
    given: dict[str, Any] = {
        "id": channel_id,
        "state": "open",
        "readiness": 70,
        "latency": 6,
        "late": False,
        "doubtful": False,
    }
    return ChannelFacts(**given | fields)


COMMON: dict[str, Any] = {  # Any: fields of a view
    "session": "s-1",
    "phase": "moves",
    "turn": 2,
    "turns": 4,
    "hour": 24,
    "next_hour": 48,
    "paused": False,
    "waiting_for": ("us", "china"),
    "bots": (),
    "programs": (),
    "minutes": 15,
    "tracks": (),
    "feed": (),
    "score": None,
    "hotwash": None,
    "lead": None,
}


def observer_view(**fields: Any) -> ObserverView:  # Any: fields of the view
    return ObserverView(seat="observer", **COMMON | fields)


def team_view(**fields: Any) -> TeamView:  # Any: fields of the view
    empty = dict.fromkeys(
        (
            *("lines", "guesses", "channels", "blocked", "advice", "drafts", "requests", "to_read", "exchanges"),
            *("decisions", "commitments", "forecasts", "forecast_scores", "notes"),
        ),
        (),
    )
    given: dict[str, Any] = {
        "side": "us",
        "standing": 500,
        "trust": 0,
        "lines_sealed": True,
        "committed": False,
        "other_committed": False,
    }
    return TeamView(seat="us", **COMMON | empty | given | fields)
