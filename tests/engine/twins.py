"""Two sessions side by side that differ in what one team, and the facilitator about that team, keeps to itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Literal

import msgspec
from msgspec import UNSET
from msgspec.structs import replace as with_changes
from tests.bots import bot_at
from tests.engine.play import Play

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.options import open_decisions, open_requests
from crisis_sim.engine.dealing_plans import DECISION
from crisis_sim.engine.events import ActKey
from crisis_sim.engine.instructions import dealt
from crisis_sim.engine.judging.conclusions import claimable
from crisis_sim.engine.views.seat_views import FacilitatorView, View
from crisis_sim.engine.views.seats import view_for
from crisis_sim.playtest.bots import AutoFacilitator, play_out
from crisis_sim.rules.names import AUDIENCES, CardSize, Side, other

Asked = tuple[a.SeatName, a.AnyAction]

BY_HAND = ("hold", "skip", "release", "improvise", "override", "reveal", "note", "bookmark", "extend", "pause", "roll")
"""What a facilitator does besides going on."""
AT_HOME = ("standing", "expectation")
"""Numbers of a team's own that move what others see."""
OUT_OF_REACH = 10**9
"""A limit that no pressure comes to."""


@dataclass
class BusyFacilitator:
    """Does all that a facilitator can do, by luck, and keeps play going."""

    luck: Random
    asks: bool = False
    """It asks both teams after turn 2 what moved them closer."""
    seat: a.SeatName = "facilitator"
    done: set[tuple[int, str]] = field(default_factory=set)
    planned: list[a.AnyAction] = field(default_factory=list)

    def actions(self, view: View) -> Iterator[a.AnyAction]:
        """The next thing that it does at this point, then go on."""
        assert isinstance(view, FacilitatorView)
        if not view.paused and view.waiting_for != ("facilitator",):
            return
        if (view.turn, view.phase) not in self.done and view.phase in {"situation", "results"}:
            self.done.add((view.turn, view.phase))
            for what in self.luck.sample(BY_HAND, 5):
                self.planned += self._acts(what, view)
            if self.asks and view.turn == 2 and view.phase == "results":
                self.planned.append(a.PutQuestion())
        if self.planned:
            yield self.planned.pop(0)
        else:
            yield from AutoFacilitator().actions(view)

    def way_out(self, view: View) -> a.AnyAction:
        """Nothing that matters."""
        return a.TakeNote(text="refused")

    def _acts(self, what: str, view: FacilitatorView) -> list[a.AnyAction]:
        luck = self.luck
        inject = luck.choice(view.msel).id
        arrived = [act for act in view.acts if act.turn < view.turn or view.phase == "results"]
        match what:
            case "hold":
                return [a.HoldInject(inject=inject)]
            case "skip":
                return [a.SkipInject(inject=inject)]
            case "release":
                return [a.ReleaseInject(inject=inject)]
            case "improvise":
                to: Literal["us", "china", "both"] = luck.choice(("us", "china", "both"))
                return [a.Improvise(to=to, text="A word", text_china="Another" if to == "both" else None)]
            case "override":
                meter = luck.choice(view.meters)
                to_value = meter.value + luck.choice((-10, 10))
                return [a.Override(meter=meter.meter, of=meter.of, to=to_value, reason="so")]  # type: ignore[arg-type]  # one to set
            case "reveal" if arrived:
                act = luck.choice(arrived)
                return [a.Reveal(side=act.act.side, turn=act.turn, order=act.order)]
            case "note":
                return [a.TakeNote(text="seen")]
            case "bookmark":
                return [a.Bookmark(label="here")]
            case "extend":
                return [a.Extend(minutes=5)]
            case "pause":
                return [a.Pause(), a.Unpause()]
            case "roll":
                return [a.RollBack(turn=max(1, view.turn), child="elsewhere")]
            case _:
                return []


def showing(play: Play, show: Literal["own", "all"]) -> Play:
    """The session at its start, showing this much."""
    play.table = with_changes(play.table, show=show, memos={})
    return play


def with_limit(play: Play, limit: int) -> Play:
    """The session at its start, with this limit of every pink line."""
    of = with_changes(play.table.own_pink, limit=limit, near=limit * 3 // 4, below=limit // 2)
    play.table = with_changes(
        play.table, pink=dict.fromkeys(play.table.pink, of), own_pink=of, least_near=of.near, memos={}
    )
    return play


def _is_asked(play: Play, seat: a.SeatName, action: a.AnyAction) -> bool:
    """It is no answer to a conclusion that this session's team has not drawn."""
    if not isinstance(action, a.AnswerDecision) or not action.asked:
        return True
    return action.asked in open_decisions(play.state, play.table, "us" if seat == "us" else "china")


@dataclass
class Twins:
    """One session, and the same with other secrets of `hider`."""

    material: Material
    pair: tuple[str, str]
    seed: str
    show: Literal["own", "all"]
    hider: Side
    length: int
    readings_alone: bool = False
    """Of the secrets of the hider only its readings of acts differ."""
    card: CardSize | None = None
    limit: int | None = None
    """Of every pink line, where it is another than the scenario has."""
    asks: bool = False
    """Both teams are asked what moved them closer."""

    def begun(self) -> Play:
        play = Play(self.material, seed=self.seed, length=self.length, card=self.card)
        return showing(play if self.limit is None else with_limit(play, self.limit), self.show)

    def dealt_otherwise(self, play: Play) -> Play:
        """The session at its start, its hider dealt another instruction card than luck deals it."""
        cards = dict(dealt(play.table))
        if cards and not self.readings_alone:
            cards[self.hider] = "" if cards[self.hider] else play.table.instructions.cards[0]
            play.table = with_changes(play.table, memos={"dealt": ((), cards)}, dossiers={})
        return play

    def actions(self) -> list[Asked]:
        """Everything that was done in a session of two bots and a busy facilitator, up to the hotwash."""
        play, luck = self.begun(), Random(self.seed)
        us, china = self.pair
        seats = (
            bot_at(play.table, "us", us, f"{self.seed}/us"),
            bot_at(play.table, "china", china, f"{self.seed}/china"),
        )
        play_out((*seats, BusyFacilitator(luck, self.asks)), play.look, play.submit)
        assert play.state.phase == "closed"
        return play.actions[: max(n for n, (_, action) in enumerate(play.actions) if isinstance(action, a.Advance)) - 1]

    def side_by_side(self) -> Iterator[tuple[str, Play, Play]]:
        """Both sessions, after each step that is not the hider's own business alone."""
        one, two = self.begun(), self.dealt_otherwise(self.begun())
        actions = self.actions()
        opened = {(act.side, act.turn, act.order) for _, act in actions if isinstance(act, a.Reveal)}
        for number, (seat, action) in enumerate(actions):
            for changed in self._otherwise(seat, action, one, opened, number):
                if _is_asked(two, *changed):
                    two.submit(*self._claimed(two, *changed, opened))
            one.submit(seat, action)
            if seat != self.hider or isinstance(
                action, a.CommitMoves | a.CommitReadings | a.CommitForecasts | a.SealLines
            ):
                yield f"{number} {seat} {type(action).__name__} in turn {one.state.turn}", one, two

    def _otherwise(
        self, seat: a.SeatName, action: a.AnyAction, one: Play, opened: set[ActKey], number: int
    ) -> Iterator[Asked]:
        """What is done in the other session where this is done in the one."""
        if self.readings_alone and not (seat == self.hider and isinstance(action, a.SealReading)):
            yield seat, action
            return
        if seat == "facilitator":
            yield from self._of_the_facilitator(action, one)
            return
        if seat != self.hider:
            yield seat, action
            return
        team = one.state.team(self.hider)
        match action:
            case a.SealMove(draft=draft):
                kept = (self.hider, one.state.turn, len(team.drafts) + 1) in opened
                meant, expected = -(draft.intent or 0) or number % 3 + 1, number % 7 - 3
                aloud = draft.visibility == "public"
                audience = AUDIENCES[number % 4] if aloud else UNSET
                other_draft = draft if kept else with_changes(draft, intent=meant, expected=expected, audience=audience)
                if number % 2:
                    yield seat, a.SealMove(draft=with_changes(draft, text="XQZ"))
                    yield seat, a.ReviseMove(number=len(team.drafts) + 1, draft=other_draft)
                else:
                    yield seat, a.SealMove(draft=other_draft)
            case a.SealReading(item=item, confidence=confidence):
                if not self.readings_alone:
                    yield seat, a.PressReading(item=item, hostility=number % 7 - 3, by=f"{seat}-{number % 3}")
                if team.inbox[item - 1].act not in opened:
                    touches = (*team.adopted, None)[number % (len(team.adopted) + 1)]
                    audience = UNSET if action.audience is UNSET else AUDIENCES[number % 4]
                    action = with_changes(
                        action, hostility=number % 7 - 3, confidence=5 - confidence, touches=touches, audience=audience
                    )
                yield seat, action
            case a.SealForecast(chance=chance):
                yield seat, with_changes(action, chance=100 - chance)
            case a.AnswerDecision(asked=asked) if asked and not asked.startswith(DECISION):
                answers = tuple(one.table.answers)
                yield seat, with_changes(action, answer=answers[(answers.index(action.answer) + 1) % len(answers)])
            case a.AnswerCloser(acts=acts):  # what it says before its moves are final
                yield (
                    seat,
                    a.AnswerCloser(
                        acts=() if acts else (1,), concern="" if acts else next(iter(one.table.material.concerns))
                    ),
                )
                yield seat, action
            case a.AskCloser(channel=channel):
                yield seat, action
                yield seat, a.AskCloser(channel="")
                yield seat, a.AskCloser(channel=channel)
            case a.GuessLine():
                yield seat, with_changes(action, says="Something else altogether", weight=1)
            case a.OrderOffences(order=order) | a.GuessOrder(order=order):
                yield seat, with_changes(action, order=order[::-1])
            case a.SealReadout():
                yield seat, with_changes(action, tone=3, text="XQZ")
                yield seat, action
            case a.CommitReadings() | a.CommitMoves():
                talks = range(1, len(one.state.exchanges) + 1)
                yield from ((seat, a.TakeNote(text="XQZ was said", about="talk", of=str(talk))) for talk in talks)
                if isinstance(action, a.CommitMoves):
                    answered = {draft.answers for draft in team.drafts}
                    requests = (each.number for each in open_requests(one.state, self.hider))
                    yield from ((seat, a.StaySilent(request=each)) for each in requests if each not in answered)
                yield seat, action
            case a.SealLines():
                yield from self._more_before_lines(one, number)
                yield seat, action
            case _:
                yield seat, action

    def _claimed(self, two: Play, seat: a.SeatName, action: a.AnyAction, opened: set[ActKey]) -> Asked:
        """A reading that holds the line crossed which the hider has written in this session, where one can."""
        if seat != self.hider or not isinstance(action, a.SealReading):
            return seat, action
        team = two.state.team(self.hider)
        line = next((own.id for own in team.own_lines if claimable(two.state, two.table, self.hider, own.id)), None)
        if line is None or team.inbox[action.item - 1].act in opened:
            return seat, action
        return seat, with_changes(action, touches=line, crosses=True)

    def _more_before_lines(self, one: Play, number: int) -> Iterator[Asked]:
        """Notes, a line, and guesses that the one session has not."""
        concern = next(iter(one.table.material.concerns))
        yield self.hider, a.TakeNote(text="XQZ for us alone")
        yield self.hider, a.GuessLine(line="pink", concern=concern, says="XQZ", weight=number % 11)
        if one.state.phase == "briefing":
            yield self.hider, a.WriteLine(line="pink", concern=concern, says="XQZ", weight=3)
            yield self.hider, a.WriteLine(line="red", concern=concern, says="XQZ in red", weight=9)

    def _of_the_facilitator(self, action: a.AnyAction, one: Play) -> Iterator[Asked]:
        """What the facilitator notes and tells or does to the hider alone is otherwise too."""
        match action:
            case a.TakeNote():
                yield "facilitator", a.TakeNote(text="XQZ")
                yield "observer", a.TakeNote(text="XQZ")
            case a.Bookmark():
                yield "facilitator", a.Bookmark(label="XQZ")
            case a.Improvise(to=to):
                words = {"us": "text", "china": "text_china"}[self.hider] if to == "both" else "text"
                yield "facilitator", with_changes(action, **{words: "XQZ"}) if to != other(self.hider) else action
            case a.Override(meter=meter, of=of, to=to) if meter not in (
                "standing",
                "expectation",
            ) and self._is_the_hiders(of, one):
                yield "facilitator", with_changes(action, to=min(to + 40, 900), reason="XQZ")
            case a.Override():
                yield "facilitator", with_changes(action, reason="XQZ")
            case _:
                yield "facilitator", action

    def _is_the_hiders(self, of: str, one: Play) -> bool:
        """A number that is the hider's own and moves nothing else."""
        return self.hider in (of.partition("/")[0], one.table.own_tracks.get(of))

    def watchers(self) -> tuple[a.SeatName, ...]:
        """Those who may not know."""
        return (other(self.hider), "observer")


def shown(play: Play, seat: a.SeatName) -> bytes:
    """A seat's view, to the byte."""
    return msgspec.json.encode(view_for(play.state, play.table, seat))


def first_difference(one: bytes, two: bytes) -> str:
    """Where two views part."""
    for place, (left, right) in enumerate(zip(one, two, strict=False)):
        if left != right:
            return f"…{one[max(0, place - 200) : place + 80]!r}\n…{two[max(0, place - 200) : place + 80]!r}"
    return "one is longer"


def objective(play: Play) -> tuple[object, ...]:
    """All that stands in the world, and in no team's mind."""
    state = play.state
    return (
        (state.phase, state.turn, state.hour, state.tension, [tension for tension, _, _ in state.curve]),
        (state.tracks, state.standing, state.readiness, state.latency, state.odds),
        (state.truths, state.injects, state.due_injects, state.crossings, state.suspended, state.reopening),
        (state.promises, state.requests, state.exchanges, state.marked, state.record),
        (state.weights(), [(key, sent.act, sent.arrived) for key, sent in state.acts.items()]),
    )
