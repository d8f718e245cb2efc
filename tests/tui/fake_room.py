"""Canned views of the facilitator and of the hotwash, for screens that a fake team cannot show."""

from __future__ import annotations

from typing import Any  # a way that a course can take

from tests.pages.hand import COMMON, words
from tests.tui.fake import CHANNELS, CHINESE, HOSTILE, act, channel, line, team_view

from crisis_sim.engine import events as e
from crisis_sim.engine.views.hotwash_facts import (
    ChannelUse,
    ConclusionFacts,
    Contact,
    CourseFacts,
    CrossingFacts,
    HotwashFacts,
    LineComparisonFacts,
    PairFacts,
    QuestionFacts,
    RoomNote,
    SilenceFacts,
)
from crisis_sim.engine.views.seat_views import (
    ActRecord,
    Board,
    FacilitatorView,
    InjectFacts,
    MeterFacts,
    TraceFacts,
    TruthFacts,
)
from crisis_sim.engine.views.shared_facts import (
    ActFacts,
    ForecastScoreFacts,
    GuessFacts,
    NoteFacts,
    ScoreFacts,
    SideScore,
)
from crisis_sim.rules.names import Side, Words

SCORE = ScoreFacts(
    tension=4150,
    curve=(2500, 3300, 4150),
    sides=(
        SideScore(side="us", felt=5200, curve=(2500, 4100, 5200), trust=450, standing=620),
        SideScore(side="china", felt=3000, curve=(2500, 2600, 3000), trust=380, standing=510),
    ),
)
OFFER = act("us", "offer-help", "embassy", "Our system can be there in 40 hours.")
SHARE = act("china", "share-data", "embassy", CHINESE)
FACTS = act("china", "fact-statement", "press", "Our system can be there in 40 hours. " + CHINESE)
WEIGHED = e.ActWeighed(
    visible="facilitator",
    act=("china", 2, 1),
    sender="china",
    base=150,
    weight=150,
    felt=150,
    tension=4000,
    felt_before=0,
    at="rules/core.yaml:812",
    silence=False,
    steps=(),
)


def board(side: Side, committed: bool) -> Board:
    return Board(
        side=side,
        committed=committed,
        standing=620,
        trust=450,
        felt=5200,
        lines=(
            line("boarding", "red", "Boarding the hull without the host", 0, "quiet"),
            line("survey", "pink", "Hull survey beyond rescue need", 500, "near", "boarding"),
        ),
        guesses=(),
        drafts=(),
        requests=team_view().requests if side == "us" else (),
    )


def record(turn: int, act: ActFacts, meant: int, read: int) -> ActRecord:
    return ActRecord(
        turn=turn,
        order=1,
        act=act,
        intent=meant,
        expected=-1,
        audience=None,
        taken_for=None,
        outcome="in-time",
        reading=read,
        confidence=3,
        weight=-120,
        revealed=False,
    )


def room_view() -> FacilitatorView:
    """The room in the moves of turn 3."""
    team = team_view()
    shared = {name: getattr(team, name) for name in COMMON} | {"score": SCORE}
    return FacilitatorView(
        **shared,
        seat="facilitator",
        us=board("us", False),
        china=board("china", True),
        channels=tuple(map(channel, CHANNELS)),
        msel=(
            InjectFacts(id="alert", at=0, state="past"),
            InjectFacts(id="ship", at=14, state="due"),
            InjectFacts(id="taps", at=20, state="contingent"),
            InjectFacts(id="rumour", at=28, state="held"),
            InjectFacts(id="storm", at=48, state="planned"),
        ),
        acts=(record(2, OFFER, -2, 1), record(2, SHARE, -2, -2)),
        traces=(TraceFacts(turn=2, event=WEIGHED, act=SHARE),),
        facts=(TruthFacts(fact="people-in-the-hull", of=None, since=0),),
        flags=(),
        commitments=team.commitments,
        notes=(NoteFacts(turn=3, text="US is slow to answer."),),
        bookmarks=(),
        meters=(MeterFacts(meter="tension", of="", value=4150),),
    )


def pair(turn: int, act: ActFacts, meant: int, expected: int, read: int | None) -> PairFacts:
    return PairFacts(
        side=act.side,
        turn=turn,
        order=1,
        act=act,
        intent=meant,
        expected=expected,
        audience="home" if act.visibility == "public" else None,
        taken_for="them" if act.visibility == "public" and read is not None else None,
        reading=read,
        confidence=None if read is None else 2,
        gap=None if read is None else read - meant,
        unforeseen=None if read is None else read - expected,
        foreseen=None if read is None else expected - meant,
        arrived=turn,
    )


def hotwash_view() -> HotwashFacts:
    """After play."""
    guesses = (GuessFacts(number=1, kind="pink", concern="face", says="Public hints that they caused it", weight=8),)
    scores = (ForecastScoreFacts(id="takes-call", turn=2, chance=70, happened=False),)
    lines = (line("boarding", "red", "Boarding the hull without the host", 0, "crossed"),)
    near = CrossingFacts(side="us", turn=4, line=words("Hull survey beyond rescue need"))
    drawn = ConclusionFacts(
        side="us", turn=5, line=near.line, leads_to=words("Boarding the hull without the host"), drawn_back=6
    )
    ask = act("china", "request-call", "defense-telephone-link")
    return HotwashFacts(
        pairs=(pair(2, OFFER, -2, -1, 1), pair(2, SHARE, -2, -2, -2), pair(3, FACTS, 0, 1, None)),
        mean_gap_us=150,
        mean_gap_china=-20,
        unforeseen_us=100,
        unforeseen_china=0,
        lines=(
            LineComparisonFacts(side="us", lines=lines, guesses_before=guesses, guesses_after=()),
            LineComparisonFacts(side="china", lines=lines, guesses_before=(), guesses_after=guesses),
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
        silences=(SilenceFacts(act=ask, turn=2, fate="had", arrived=2),),
        crossings=(),
        conclusions=(drawn,),
        tellings=(),
        claims=(),
        near_misses=(near,),
        pledges=(),
        flags=(),
        readouts=(),
        score=SCORE,
        questions=(
            QuestionFacts(
                ask=words("Which act was read most wrongly, and what made it so?"),
                about="gaps",
                recalls=(words("A survey ship on the scene"), words("Defence hotline")),
            ),
            QuestionFacts(ask=words("Who was silent?"), about="silence", recalls=()),
        ),
        blind_turns=(2,),
        channels=(
            use("defense-telephone-link", 3, 1, 1, 2, 35, 60),
            use("embassy", 6, 2, 0, 0, 80, 98),
            use("track-two", 0, 0, 0, 0, 55, 41),
        ),
        suspended=(),
        contacts=(contact("us", 6), contact("china", None)),
        courses=(
            course("air", 9000, 0, "ran-out", (5, words("The air is gone. " + HOSTILE))),
            course("crew", 0, 4400, "better"),
        ),
        notes=(
            RoomNote(
                seat="facilitator", number=1, about="question", of="1", text="It sounded like a claim.\n" + HOSTILE
            ),
            RoomNote(seat="us", number=1, about="change", of="us", text="We ask in private first."),
        ),
        talks=(),
    )


def use(name: str, us: int, china: int, late: int, lost: int, start: int, end: int) -> ChannelUse:
    return ChannelUse(id=name, us=us, china=china, late=late, lost=lost, too_low=0, leaked=0, start=start, end=end)


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


def course(name: str, start: int, end: int, way: Any, *marks: tuple[int, Words]) -> CourseFacts:
    return CourseFacts(id=name, start=start, end=end, way=way, marks=marks)
