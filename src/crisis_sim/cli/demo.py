"""`crisis-sim demo`: two bots play a short game, and each step is explained as it happens.

What happens, what was sealed, why numbers move, and what it is all for, at a reading pace: Enter goes on at once, q
stops. Where nobody watches, nothing waits.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from typer import Option

from crisis_sim.cli.answer import answer
from crisis_sim.cli.language import language, say
from crisis_sim.engine import events as e
from crisis_sim.engine.actions import Advance
from crisis_sim.engine.sight.feed_items import SituationItem
from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.pages.feed_words import item_words
from crisis_sim.pages.narration import act_told, ending_told, furthest_told, tension_told
from crisis_sim.pages.reader import SeatReader
from crisis_sim.text import cells, clean, wrapped
from crisis_sim.wording import _

if TYPE_CHECKING:
    from crisis_sim.cli.seating import Seated

SCENARIO, LENGTH, SEED = "bottomed-submarine", 45, 3
POLICY = "human-like"
"""Both teams play alike, so that neither is the one at fault; luck makes them differ."""
WIDTH: Final = 78
A_WORD: Final = 0.2
"""Seconds that a word is left on the screen before the next paragraph."""
MOST_NEWS = 2
"""Injects told in one turn."""
MOST_TRACES = 3
"""Reasons told in one turn."""

LESSONS = {
    1: _(
        "Each act has now been made, sealed with what it was meant to say, delivered by its channel, and read by the"
        " other side. Neither team sees the other's meaning. The distance between the two is what this game measures."
    ),
    2: _(
        "Lines are next. A red line is crossed only by an act that fits its words. A pink line gathers pressure from"
        " small acts, as its owner reads them; when it is full, its owner concludes that the other side is coming for"
        " the red line behind it. That moves no tension, and nobody is told. Nobody sees the other's lines either."
    ),
    3: _(
        "Channels matter as much as words. One that is kept in use answers in time; a rusty one is late, goes"
        " unanswered, or is answered by somebody without authority. A request that meets silence says something too."
    ),
}


def demo(
    fast: Annotated[bool, Option("--fast", help="Do not wait between paragraphs.")] = False,
    log: Annotated[
        Path | None, Option(metavar="PATH", help="Where the log goes: a new file that ends in .jsonl, or a folder.")
    ] = None,
) -> int:
    """Watch two bots play a short game, with everything explained as it happens.

    It takes about five minutes. Enter goes on at once, q and Enter stop. Nothing is sealed here: the demo shows what
    the two teams of a real session would only see in the debrief.
    """
    from crisis_sim.cli.play import log_place
    from crisis_sim.cli.seating import begun
    from crisis_sim.tui.menu_choice import MenuChoice

    choice = MenuChoice(
        do="start", scenario=SCENARIO, length=LENGTH, us=POLICY, china=POLICY, facilitator="auto", seed=SEED
    )
    seated = begun(choice, place=log_place(log), show="all")
    with seated.session:
        pace = Pace(fast=fast)
        with suppress(DemoStopped):
            Narration(seated, pace).play()
        _farewell(seated)
    return 0


def _farewell(seated: Seated) -> None:
    rows = {
        say("The log of this game:"): str(seated.session.path),
        say("Play it yourself:"): f"crisis-sim play {SCENARIO} --china mirror",
        say("The menu:"): "crisis-sim",
    }
    widest = max(map(cells, rows))
    answer("\n" + "\n".join(f"{head}{' ' * (widest - cells(head))} {row}" for head, row in rows.items()))


def _tension_steps(event: e.AnyEvent) -> tuple[e.Trace, ...]:
    """What rules made of the weight of an act, or of tension itself."""
    match event:
        case e.ActWeighed(steps=steps):
            return steps
        case e.NumberMoved(meter="tension", trace=trace):
            return (trace,)
        case _:
            return ()


class Narration:
    """Plays the bots, phase by phase, and tells what happens."""

    def __init__(self, seated: Seated, pace: Pace) -> None:
        """For a session that two bots play."""
        from crisis_sim.playtest.bots import Bot

        self.session = seated.session
        self.bots = [bot for bot in seated.bots if isinstance(bot, Bot)]
        self.pace = pace
        self._room = SeatReader(self.session.seat("facilitator"), language())
        self.told = 0
        self.before = 0
        """Tension when the turn began."""

    @property
    def view(self) -> FacilitatorView:
        """The room as it is."""
        view = self._room.view()
        assert isinstance(view, FacilitatorView)
        return view

    def play(self) -> None:
        """From the briefing to the hotwash."""
        from crisis_sim.playtest.bots import play_out

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
        tell = self.pace.tell
        keys = say(" Enter goes on at once; q and Enter stop.") if self.pace.takes_keys else ""
        tell(say("{title}: a game of two bots, explained.", title=self._room.say.title.upper()) + keys)
        tell()
        tell(self.session.table.scenario.says.in_(language()))
        tell()
        tell(
            say(
                "Two teams, the United States and China, face a crisis that neither caused. They do not fight. Turn by "
                "turn they choose whom to call, over what, in public or in private, what to offer, ask, refuse, or "
                "leave unanswered. Usually people play; here two bots do. They see only what a team may see."
            )
        )
        tell()
        tell(say("Both teams: {says}", says=say(self.bots[0].policy.says)), indent=2)

    def _situation(self) -> None:
        view = self.view
        score = view.score
        self.before = score.tension if score is not None else 0
        self.pace.tell()
        self.pace.tell(
            say("--- Turn {turn} of {turns}, hour {hour} ---", turn=view.turn, turns=view.turns, hour=view.hour)
        )
        news = [item_words(item, self._room.say) for item in view.feed[self.told :] if isinstance(item, SituationItem)]
        for item in news[:MOST_NEWS]:
            self.pace.tell(say("{head}: {text}", head=item.head.rstrip(".?!。？！"), text=item.text))
        self.told = len(view.feed)

    def _results(self) -> None:
        view = self.view
        tell = self.pace.tell
        tell()
        for act in view.acts:
            if act.turn == view.turn:
                for row in act_told(act, self._room.say):
                    tell(row, indent=2)
        score = view.score
        if score is not None:
            tell()
            tell(tension_told(self.before, score, self._room.say))
        for reason in self._reasons(view):
            tell(say("because: {reason}", reason=reason), indent=2)
        if view.turn in LESSONS:
            tell()
            tell(say(LESSONS[view.turn]))

    def _reasons(self, view: FacilitatorView) -> list[str]:
        """What the rules say that moved tension in this turn, those first that moved it furthest."""
        rules, moved = self.session.table.rules, Counter[str]()
        for facts in view.traces:
            if facts.turn == view.turn:
                for step in _tension_steps(facts.event):
                    moved[step.rule] += abs(step.after - step.before)
        fired = [name for name, by in moved.most_common() if by and name in rules]
        return [rules[name].says.in_(language()) for name in fired[:MOST_TRACES]]

    def _hotwash(self) -> None:
        view = self.view
        hotwash = view.hotwash
        tell = self.pace.tell
        if hotwash is None:
            return
        tell()
        tell(say("--- The hotwash ---"))
        tell(
            say(
                "Everything that was sealed is opened. First, the acts whose readings their senders had least foreseen:"
            )
        )
        for row in furthest_told(hotwash, self._room.say):
            tell(row, indent=2)
        for row in ending_told(hotwash, self._room.say):
            tell(row)
        tell()
        tell(
            say(
                "There is no winner and no single score. The record is for the talk afterwards: what did we mean, what "
                "did you hear, and what would each of us have needed to know?"
            )
        )


class DemoStopped(Exception):
    """Whoever watches has seen enough."""


class Pace:
    """Writes paragraphs and waits as long as they take to read."""

    def __init__(self, *, fast: bool) -> None:
        """With `fast`, or where standard output is no terminal, nothing waits."""
        self._waits = not fast and sys.stdout.isatty()
        self._keys = self._waits and sys.stdin.isatty()

    @property
    def takes_keys(self) -> bool:
        """Enter and q are understood."""
        return self._keys

    def tell(self, text: str = "", *, indent: int = 0) -> None:
        """Write a paragraph and wait. Raises Stopped."""
        for line in wrapped(clean(text, lines=True), WIDTH - indent):
            sys.stdout.write((" " * indent + line).rstrip() + "\n")
        sys.stdout.flush()
        if self._waits:
            self._wait(len(text.split()) * A_WORD)

    def _wait(self, seconds: float) -> None:
        if not self._keys:
            time.sleep(seconds)
            return
        typed = _line_within(seconds)
        if typed is not None and typed.strip().lower() in ("q", "quit"):
            raise DemoStopped


def _line_within(seconds: float) -> str | None:
    """The line that is typed within a time; None if none is. Where a terminal cannot be asked, only time passes."""
    import select

    try:
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
    except (OSError, ValueError):
        time.sleep(seconds)
        return None
    return sys.stdin.readline() if ready else None
