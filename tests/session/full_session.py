"""A session in which as much happens as can in one: most kinds of actions and events, moves, terms and private facts.

Two bots that try everything play the submarine, five moves a turn. Beside them the facilitator uses each of its powers,
and the teams do what no bot does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import replace
from tests.bots import bots_at
from tests.engine.play import varied
from tests.session.play import HandClock

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView
from crisis_sim.errors import ActionRefused
from crisis_sim.playtest.bots import play_out
from crisis_sim.rules.names import PURPOSES, SIDES, Truth
from crisis_sim.session.session import Session

SEED: Final = "104"
"""With which luck brings about what can be."""
ENDS: Final = (a.SealLines, a.CommitMoves, a.CommitReadings, a.CommitForecasts, a.Advance)
"""What ends a seat's part of a phase; what it does besides comes before."""
TRUTHS: Final[tuple[Truth, ...]] = ("whole", "part", "untrue")
BEGINS: Final = (0, 6, 10, 14, 20, 24, 30, 36, 43, 50, 64, 78)
"""Hours at which turns begin."""
CLASH: Final = (3, 4)
"""Turns in which both mean well and take the other as hostile, and lines are near their limits."""
SILENT: Final = (8, 9, 10)
"""Turns in which China answers nothing."""
OURS: Final = "own-1"
"""The red line that the US writes at the table."""


def submarine(tree: dict[str, Any]) -> None:
    """Room for so many moves that in one session each is made, and a channel that closes for some hours."""
    tree["turns"] = [f"{hour}h" for hour in BEGINS]
    tree["moves_a_turn"] = {"least": 0, "most": 5, "most_at": {150: 5}}
    tree["instructions"]["one_in"] = 2
    column = next(inject for inject in tree["msel"] if inject["id"] == "column")
    column["then"] = {"suspend": {"channel": "ismerlo", "for": "10h"}}


class Table:
    """A session at which bots play; what no bot does is done beside them, and what is refused is passed over."""

    def __init__(self, session: Session, seed: str) -> None:
        """Nothing has been played yet."""
        self.session = session
        self._seed = seed

    def play(self) -> None:
        """From the first line to the last act."""
        for seat in a.SEATS[:3]:
            self.session.submit(seat, a.TakeSeat(occupant="person"))
        for side in SIDES:
            self.session.submit(side, a.AgreeToCard(by=f"{side}-1"))
        players = bots_at(self.session.table, ("curious", self._seed), ("curious", self._seed[::-1] + "2"))
        play_out(players, lambda seat: self.session.seat(seat).view(), self._submit)
        self.session.submit("facilitator", a.RollBack(turn=2, child="fedcba987654"), "roll-back-once")

    def _submit(self, seat: a.SeatName, action: a.AnyAction) -> None:
        state = self.session.state
        if seat == "china" and (
            (isinstance(action, a.AnswerDecision) and state.turn < 5)
            or (isinstance(action, a.SealMove) and action.draft.how is not None and state.turn in SILENT)
        ):
            return  # a decision is let pass, a request is not answered
        if isinstance(action, ENDS):
            for each in _besides(self.session, seat, action):
                self._try(seat, each)
        if isinstance(action, a.SealReading) and seat in ("us", "china") and state.turn in CLASH:
            side, turn, order = state.team(seat).inbox[action.item - 1].act
            self._try(
                "facilitator", a.TranslateAct(side=side, turn=turn, order=order, text="In other words. 换句话说。")
            )
            self._try(seat, a.PressReading(item=action.item, hostility=-1, by=f"{seat}-1"))
        self.session.submit(seat, action)

    def _try(self, seat: a.SeatName, action: a.AnyAction) -> None:
        try:
            self.session.submit(seat, action)
        except ActionRefused:
            return


def _besides(session: Session, seat: a.SeatName, ending: a.AnyAction) -> Iterator[a.AnyAction]:
    """What a seat does besides before it ends its part of a phase."""
    turn, phase = session.state.turn, session.state.phase
    if seat not in ("us", "china"):
        yield from _white_cell(session, turn, phase)
    elif phase == "briefing" and seat == "us":
        yield a.TakeNote(text="Keep the hotline warm. 保持热线畅通。")
        yield a.WriteLine(line="red", concern="face", says="No ultimatum before cameras.", weight=7)
        yield a.WriteLine(line="pink", concern="face", says="Talk of one.", weight=3, leads_to=OURS)
        yield a.DropLine(line="own-2")
        yield a.AdoptLines(lines=tuple(line.id for line in session.table.scenario.teams.us.lines))
        yield a.DropGuess(number=1)
    elif isinstance(ending, a.CommitMoves) and (drafts := session.state.team(seat).drafts):
        if turn in CLASH:
            yield from (a.ReviseMove(number=n, draft=replace(draft, intent=-2)) for n, draft in enumerate(drafts, 1))
        elif turn == 2:
            yield a.ReviseMove(number=1, draft=replace(drafts[0], text="In other words. 换句话说。"))
            yield a.WithdrawMove(number=len(drafts))
        for number, draft in enumerate(drafts, 1):
            if draft.discloses is not UNSET:
                truth = TRUTHS[turn % 3]
                backed = "word" if truth == "untrue" else draft.backed
                yield a.ReviseMove(number=number, draft=replace(draft, truth=truth, backed=backed))
            if draft.purpose is not UNSET:
                yield a.ReviseMove(number=number, draft=replace(draft, purpose=PURPOSES[turn % 4]))
    elif isinstance(ending, a.CommitReadings) and turn in CLASH:
        view = session.seat(seat).view()
        assert isinstance(view, TeamView)
        for talk in view.exchanges:
            yield a.SayInCall(exchange=talk.number, text="We hear you. 我们听到了。")
            yield a.TakeNote(text=f"They heard {seat}. 对方听到了。", about="talk", of=str(talk.number))
            if seat == "china":
                yield a.EndCall(exchange=talk.number)
        for card in view.to_read:
            yield a.SealReading(item=card.number, hostility=3, confidence=4, audience=card.audience or UNSET)
            yield a.SealReading(item=card.number, hostility=3, confidence=4, touches=OURS, crosses=True)


def _white_cell(session: Session, turn: int, phase: str) -> Iterator[a.AnyAction]:
    """Each of the facilitator's powers, some of them whenever they are allowed."""
    yield from (a.HoldMirror(), a.PutQuestion())
    if phase == "results" and turn == 1:
        yield from (a.Pause(), a.Unpause(), a.Extend(minutes=2), a.Bookmark(label="the beginning"))
        yield from (a.HoldInject(inject="hearing"), a.ReleaseInject(inject="hearing"), a.SkipInject(inject="rumour"))
        yield a.Improvise(to="both", text="A rumour goes round.", text_china="有传言。")
        yield a.Override(meter="standing", of="us", to=900, reason="the room disagreed")
        yield a.Reveal(side="us", turn=1, order=1)
    elif phase == "hotwash":
        yield from (a.LeadHotwash(page=page) for page in a.HOTWASH_PAGES)
        yield a.LeadHotwash(page="pairs", act="us/1/1", opened=3)
    elif phase == "results" and turn in CLASH:
        yield from (a.TranslateLine(exchange=n, line=1, text="我们听到了。") for n in range(1, 9))
        yield a.DeclareCrossing(side="us", line=OURS, reason="Both saw it so.")
    elif phase == "situation" and turn in (min(CLASH), max(CLASH) + 1):
        view = session.seat("facilitator").view()
        assert isinstance(view, FacilitatorView)
        for board in (view.us, view.china):
            for line in board.lines:
                to = line.limit - 10 if turn in CLASH else 0
                yield a.Override(meter="pressure", of=f"{board.side}/{line.id}", to=to, reason="the room disagreed")


def full_log(folder: Path) -> Path:
    """The log of such a session, which is played into `folder`."""
    path = folder / "full.jsonl"
    with Session.start(
        path,
        varied("bottomed-submarine", submarine),
        seed=SEED,
        length=150,
        session="0123456789ab",
        clock=HandClock(),
        options={"language": "en", "cards": True},
    ) as session:
        Table(session, SEED).play()
    return path
