"""The demo's voice: what happens, what was sealed, why numbers move, and what it is all for."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.cli.pace import Pace
from crisis_sim.cli.seating import Seated
from crisis_sim.engine.actions import Advance
from crisis_sim.numbers import shown
from crisis_sim.pages.hotwash_page import MeaningPair
from crisis_sim.pages.phrases import hostility
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_pages import ActView, FacilitatorPage, TeamPage
from crisis_sim.playtest.bots import Bot, play_out

SIDES = {"us": "US", "china": "China"}
OUTCOMES = {
    "late": "It arrives late",
    "unanswered": "Nobody takes it up",
    "too-low": "Somebody without authority takes it",
    "leaked": "It leaks to the press",
}
MOST_NEWS = 2
"""Injects told in one turn."""
MOST_TRACES = 3
"""Reasons told in one turn."""

LESSONS = {
    1: (
        "Each act has now been made, sealed with what it was meant to say, delivered by its channel, and read by the"
        " other side. Neither team sees the other's meaning. The distance between the two is what this game measures."
    ),
    2: (
        "Lines are next. A red line is one that must not be crossed. A pink line gathers pressure from small acts, as"
        " its owner reads them, and at its limit the red line behind it is crossed. Nobody sees the other's lines."
    ),
    3: (
        "Channels matter as much as words. One that is kept in use answers in time; a rusty one is late, goes"
        " unanswered, or is answered by somebody without authority. A request that meets silence says something too."
    ),
}


class Narration:
    """Plays the bots, phase by phase, and tells what happens."""

    def __init__(self, seated: Seated, pace: Pace) -> None:
        """For a session that two bots play."""
        self.session = seated.session
        self.bots = [bot for bot in seated.bots if isinstance(bot, Bot)]
        self.pace = pace
        self._room = SeatReader(self.session.seat("facilitator"), "en")
        self._seats = {bot.seat: SeatReader(self.session.seat(bot.seat), "en") for bot in self.bots}
        self.told = 0
        self.before = 0
        """Tension when the turn began."""

    @property
    def view(self) -> FacilitatorPage:
        """The room as it is."""
        page = self._room.view()
        assert isinstance(page, FacilitatorPage)
        return page

    def team(self, bot: Bot) -> TeamPage:
        """What a bot sees."""
        page = self._seats[bot.seat].view()
        assert isinstance(page, TeamPage)
        return page

    def play(self) -> None:
        """From the briefing to the hotwash."""
        self._begin()
        while self.view.phase != "hotwash":
            play_out(self.bots, lambda seat: self.session.seat(seat).view(), self.session.submit)
            match self.view.phase:
                case "situation":
                    self._situation()
                case "results":
                    self._results()
                case _:
                    pass
            self.session.submit("facilitator", Advance())
        self._hotwash()

    def _begin(self) -> None:
        view = self.view
        tell = self.pace.tell
        keys = " Enter goes on at once; q and Enter stop." if self.pace.takes_keys else ""
        tell(f"{view.title.upper()}: a game of two bots, explained.{keys}")
        tell()
        tell(self.session.table.scenario.says.in_("en"))
        tell()
        tell(
            "Two teams, the United States and China, face a crisis that neither caused. They do not fight. Turn by turn"
            " they choose whom to call, over what, in public or in private, what to offer, ask, refuse, or leave"
            " unanswered. Usually people play; here two bots do. They see only what a team may see."
        )
        tell()
        for bot in self.bots:
            tell(f"{self.team(bot).name}: {bot.policy.says}", indent=2)

    def _situation(self) -> None:
        view = self.view
        score = view.score
        self.before = score.tension if score is not None else 0
        self.pace.tell()
        self.pace.tell(f"--- Turn {view.turn} of {view.turns}, hour {view.hour} ---")
        news = [item for item in view.feed[self.told :] if item.sort == "situation"]
        for item in news[:MOST_NEWS]:
            self.pace.tell(f"{item.head.rstrip('.?!')}: {item.text}")
        self.told = len(view.feed)

    def _results(self) -> None:
        view = self.view
        tell = self.pace.tell
        tell()
        for act in view.acts:
            if act.turn == view.turn:
                for row in _act(act):
                    tell(row, indent=2)
        score = view.score
        if score is not None:
            tell()
            us, china = score.sides
            tell(
                f"Tension {shown(self.before)} → {shown(score.tension)} of 100, {score.rung}."
                f" The US feels {shown(us.felt)}, China {shown(china.felt)}."
            )
        for reason in self._reasons(view):
            tell(f"because: {reason}", indent=2)
        if view.turn in LESSONS:
            tell()
            tell(LESSONS[view.turn])

    def _reasons(self, view: FacilitatorPage) -> list[str]:
        """What the first few rules of this turn say, with the number that each moved."""
        told = {
            trace.rule: trace.sentence.partition(": ")[2] or trace.sentence
            for trace in reversed(view.traces)
            if trace.turn == view.turn and trace.rule in self.session.table.rules
        }
        return list(reversed(told.values()))[:MOST_TRACES]

    def _hotwash(self) -> None:
        view = self.view
        hotwash = view.hotwash
        tell = self.pace.tell
        if hotwash is None:
            return
        tell()
        tell("--- The hotwash ---")
        tell("Everything that was sealed is opened. First, the acts that were taken furthest from how they were meant:")
        for pair in [pair for pair in hotwash.pairs if pair.gap][:3]:
            tell(_pair(pair), indent=2)
        for team, hearer, gap in (("US", "China", hotwash.mean_gap_us), ("China", "the US", hotwash.mean_gap_china)):
            if gap is not None:
                how = "more hostile" if gap > 0 else "friendlier"
                took = f"{shown(abs(gap))} steps {how} than they were meant" if gap else "as they were meant"
                tell(f"On average, {hearer} took {team} acts {took}.")
        lines = [*hotwash.crossings, *hotwash.near_misses]
        tell("Lines: " + ("; ".join(lines) if lines else "none was crossed, and none came near its limit."))
        tell("; ".join(f"{track.name}: {shown(track.value)} {track.unit}" for track in hotwash.tracks) + ".")
        tell()
        tell(
            "There is no winner and no single score. The record is for the talk afterwards: what did we mean, what did"
            " you hear, and what would each of us have needed to know?"
        )


def _act(act: ActView) -> Iterator[str]:
    yield act.head + "."
    words = act.text.split("\n")[0] if act.text else ""
    meant = f"Meant as {hostility('en', act.intent)} ({_signed(act.intent)})"
    fate = f"{OUTCOMES[act.outcome]}. " if act.outcome in OUTCOMES else ""
    if act.reading is None:
        taken = "not read this turn"
    else:
        gap = abs(act.reading - act.intent)
        apart = "as meant" if not gap else f"{gap} {'step' if gap == 1 else 'steps'} apart"
        taken = f"taken as {hostility('en', act.reading)} ({_signed(act.reading)}): {apart}"
    yield f"  {f'“{words}” ' if words else ''}{fate}{meant}, {taken}."


def _pair(pair: MeaningPair) -> str:
    reading = pair.reading or 0
    gap = abs(pair.gap or 0)
    apart = "1 step" if gap == 1 else f"{gap} steps"
    return (
        f"Turn {pair.turn}. {pair.head}: meant as {hostility('en', pair.intent)}, taken as"
        f" {hostility('en', reading)}, {apart} apart."
    )


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "0"
