"""Canned views of the facilitator and of the hotwash, for screens that a fake team cannot show."""

from __future__ import annotations

from typing import (
    Any,  # a way that a course can take
    Literal,
)

from tests.tui.fake import CHANNELS, CHINESE, HOSTILE, channel, line, team_view

from crisis_sim.engine.sight.hotwash_facts import Contact, RoomNote
from crisis_sim.engine.sight.parts import SideScore
from crisis_sim.pages.hotwash_page import ChannelStory, Course, HotwashPage, LineComparison, MeaningPair, QuestionView
from crisis_sim.pages.seat_pages import ActView, BoardView, FacilitatorPage, InjectView, TraceView
from crisis_sim.pages.seat_parts import ForecastScore, GuessView, ScoreView
from crisis_sim.rules.names import Side

State = Literal["past", "due", "planned", "contingent", "by-hand", "held", "skipped", "not-in-length", "expired"]
SCORE = ScoreView(
    tension=4150,
    rung="strained",
    curve=(2500, 3300, 4150),
    sides=(
        SideScore(side="us", felt=5200, curve=(2500, 4100, 5200), trust=450, standing=620),
        SideScore(side="china", felt=3000, curve=(2500, 2600, 3000), trust=380, standing=510),
    ),
)


def board(side: Side, name: str, committed: bool) -> BoardView:
    return BoardView(
        side=side,
        name=name,
        committed=committed,
        standing=620,
        trust=450,
        felt=5200,
        lines=(
            line("boarding", "red", "Boarding the hull without the host", 0, "quiet"),
            line("survey", "pink", "Hull survey beyond rescue need", 500, "near its limit", "boarding"),
        ),
        guesses=(),
        drafts=(),
        requests=team_view().requests if side == "us" else (),
    )


def inject(ident: str, at: int, state: State, title: str, condition: str = "") -> InjectView:
    return InjectView(
        id=ident,
        title=title,
        at=at,
        to="both",
        text_us="Taps on the hull are heard.",
        text_china="Taps on the hull are heard.",
        reads_us="They get in the way.",
        reads_china="They want to be first.",
        note="Who tells whom first?",
        state=state,
        condition=condition,
    )


def act(side: Side, turn: int, order: int, head: str, text: str, meant: int, read: int | None) -> ActView:
    return ActView(
        side=side,
        turn=turn,
        order=order,
        head=head,
        text=text,
        intent=meant,
        outcome="in-time",
        reading=read,
        confidence=None if read is None else 3,
        weight=-120,
        revealed=False,
    )


def room_view() -> FacilitatorPage:
    """The room in the moves of turn 3."""
    team = team_view()
    shared = {
        name: getattr(team, name) for name in ("session", "title", "handling", "turn", "turns", "hour", "next_hour")
    }
    return FacilitatorPage(
        **shared,
        seat="facilitator",
        language="en",
        phase="moves",
        paused=False,
        waiting_for=("us",),
        bots=("china",),
        minutes=8,
        now="The teams choose their moves.",
        public_brief=team.public_brief,
        tracks=team.tracks,
        feed=team.feed,
        score=SCORE,
        hotwash=None,
        guide="# Guide\n\nLet them talk. " + HOSTILE,
        brief_us="For US",
        brief_china="For China",
        us=board("us", "United States", False),
        china=board("china", "China", True),
        channels=tuple(map(channel, CHANNELS)),
        msel=(
            inject("alert", 0, "past", "Distress signal"),
            inject("ship", 14, "due", "A survey ship is on site"),
            inject("taps", 20, "contingent", "Taps on the hull", "nobody has shared data since the start"),
            inject("rumour", 28, "held", "A rumour of a collision " + HOSTILE[:12]),
            inject("storm", 48, "planned", "A window in the weather"),
        ),
        acts=(
            act(
                "us", 2, 1, "United States: Offer help, Embassy, private", "Our system can be there in 40 hours.", -2, 1
            ),
            act("china", 2, 1, "China: Share sonar data, Embassy, private", CHINESE, -2, -2),
        ),
        traces=(
            TraceView(
                turn=2,
                sentence="public-before-private: the accusation came before any private inquiry; tension 40 → 41.5",
                rule="public-before-private",
                at="rules/core.yaml:812",
            ),
        ),
        facts=("People are in the hull",),
        flags=(),
        commitments=team.commitments,
        notes=("US is slow to answer.",),
        bookmarks=(),
        meters=(("tension", "", "tension", 4150),),
    )


def pair(side: Side, turn: int, head: str, meant: int, read: int | None) -> MeaningPair:
    return MeaningPair(
        side=side,
        turn=turn,
        order=1,
        head=head,
        text="Our system can be there in 40 hours. " + CHINESE,
        intent=meant,
        reading=read,
        confidence=None if read is None else 2,
        gap=None if read is None else read - meant,
        arrived=True,
    )


def hotwash_view() -> HotwashPage:
    """After play."""
    guesses = (GuessView(number=1, kind="pink", concern="face", says="Public hints that they caused it", weight=8),)
    scores = (ForecastScore(ask="Will they take a call?", turn=2, chance=70, happened=False),)
    lines = (line("boarding", "red", "Boarding the hull without the host", 0, "crossed"),)
    return HotwashPage(
        pairs=(
            pair("us", 2, "United States: Offer help, Embassy, private", -2, 1),
            pair("china", 2, "China: Share sonar data, Embassy, private", -2, -2),
            pair("china", 3, "China: State the facts, Press, public", 0, None),
        ),
        mean_gap_us=150,
        mean_gap_china=-20,
        lines=(
            LineComparison(side="us", lines=lines, guesses_before=guesses, guesses_after=()),
            LineComparison(side="china", lines=lines, guesses_before=(), guesses_after=guesses),
        ),
        forecasts_us=scores,
        forecasts_china=scores,
        brier_us=49,
        brier_china=None,
        asked=4,
        taken=2,
        refused=1,
        unanswered=1,
        unheard=0,
        silences=("China, turn 2: Ask for a call: nobody took it.",),
        crossings=(),
        near_misses=("US: Hull survey beyond rescue need came to 5 of 6.",),
        flags=(),
        readouts=(),
        score=SCORE,
        tracks=team_view().tracks,
        questions=(
            QuestionView(
                ask="Which act was read most wrongly, and what made it so?",
                about="gaps",
                recalls=("A survey ship on the scene", "Defence hotline"),
            ),
            QuestionView(ask="Who was silent?", about="silence", recalls=()),
        ),
        blind_turns=(2,),
        channels=(
            story("Defence telephone link", 3, 1, 1, 2, ("rusty", 35, "working", 60)),
            story("Embassies and foreign ministries", 6, 2, 0, 0, ("routine", 80, "routine", 98)),
            story("Track II group", 0, 0, 0, 0, ("working", 55, "rusty", 41)),
        ),
        contacts=(contact("us", 6), contact("china", None)),
        courses=(
            course("Air in the boat", "hours", 9000, 0, "ran-out", "gone", ("turn 5: The air is gone. " + HOSTILE,)),
            course("Crew brought out", "of 44", 0, 4400, "better", "", ()),
        ),
        notes=(
            RoomNote(
                seat="facilitator", number=1, about="question", of="1", text="It sounded like a claim.\n" + HOSTILE
            ),
            RoomNote(seat="us", number=1, about="change", of="us", text="We ask in private first."),
        ),
    )


def story(name: str, us: int, china: int, late: int, lost: int, shape: tuple[str, int, str, int]) -> ChannelStory:
    start_word, start, end_word, end = shape
    return ChannelStory(
        id=name,
        name=name,
        us=us,
        china=china,
        late=late,
        lost=lost,
        too_low=0,
        leaked=0,
        start=start,
        start_word=start_word,
        end=end,
        end_word=end_word,
    )


def contact(side: Side, first: int | None) -> Contact:
    return Contact(
        side=side,
        first_contact=first,
        private_before_public=2,
        public=4,
        private=5,
        asked=3,
        taken=1,
        refused=1,
        countered=0,
        unanswered=1,
        unheard=0,
        answered_late=0,
        still_open=0,
    )


def course(name: str, unit: str, start: int, end: int, way: Any, word: str, marks: tuple[str, ...]) -> Course:
    return Course(name=name, unit=unit, start=start, end=end, least=0, most=9000, way=way, word=word, marks=marks)
