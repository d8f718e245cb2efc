"""What a seat has on its desk: work that is not sealed yet, what it has read, and its time.

It outlives every screen, refused action and curtain, and it never leaves its seat.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from msgspec import UNSET, Struct, field, structs

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.events import Phase
from crisis_sim.engine.sight.dossier import ChannelEntry, MoveEntry
from crisis_sim.engine.sight.views import RequestFacts, TeamView, View
from crisis_sim.pages.desk_blocks import quoted
from crisis_sim.pages.move_blocks import open_channels
from crisis_sim.pages.move_sheet import MoveSheet
from crisis_sim.pages.talk_blocks import TalkStage, stages_left
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.telling import telling_due
from crisis_sim.pages.whose_chair import ChairState
from crisis_sim.rules.facts import said
from crisis_sim.rules.names import How
from crisis_sim.session.half_written import Sheets
from crisis_sim.wording import _


class Composing(MoveSheet):
    """A move that is being composed step by step."""

    step: int = 1
    """1 what, 2 how, 3 words and meaning."""
    asked: str = ""
    """What is answered, with its words."""
    revising: int | None = None
    """The place on the list that it replaces."""
    before: Draft | None = None
    """The move as it stands on the list, where it replaces one."""
    search: str = ""
    offered: tuple[str, ...] = ()
    """What may be left out and has been pointed to."""

    def take(
        self, move: MoveEntry, view: TeamView, entries: Mapping[str, ChannelEntry], over: str = "", heard: str = ""
    ) -> None:
        """Choose a move, with its own defaults unless it is the one already chosen.

        It goes over the channel `over` if that can carry it, and is `heard` as it was asked, private or public, if that
        channel lets it. A proposal that would be held back is not in public before it is before them.
        """
        if move.id == self.move:
            return
        channels = open_channels(move, view)
        self.move = move.id
        self.channel = over if over in channels else channels[0] if channels else ""
        here = entries[self.channel].visibilities if self.channel else move.visibilities
        ways = [way for way in move.visibilities if way in here]
        held = any(each.move == move.id and each.later for each in view.advice)
        heard = "private" if held and not heard else heard
        first = heard if heard in ways else ways[0] if ways else "private"
        self.visibility = "public" if first == "public" else "private"
        self.terms, self.promise, self.about, self.asset = (), None, None, UNSET
        self.cites = self.purpose = self.their_purpose = UNSET
        self.offered = ()
        self.line = self.line if move.tells else UNSET
        if self.discloses not in move.discloses:
            self.discloses = self.backed = self.truth = UNSET

    @property
    def untouched(self) -> bool:
        """There is nothing in it that would be lost."""
        if self.before is not None:
            return self.draft() == self.before
        return not (self.move or self.text or self.answers)

    def taken_off(self, number: int) -> None:
        """A move has left the list: what replaced it becomes a move of its own, later places move up."""
        if self.revising == number:
            self.revising = self.before = None
        elif self.revising is not None and self.revising > number:
            self.revising -= 1


def revised(number: int, draft: Draft, asked: str = "") -> Composing:
    """A sealed draft, opened again."""
    fields = structs.asdict(draft) | {"expected": said(draft.expected), "audience": said(draft.audience)}
    return Composing(**fields, step=2, asked=asked, revising=number, before=draft)


def answering(request: RequestFacts, how: How, say: Teller) -> Composing:
    """An answer to a request; accepting and declining know their move already."""
    return Composing(answers=request.number, how=how, asked=quoted(request.act, say))


WENT_ON: Final = _("Play went on. What you were writing is kept.")
GONE_BACK: Final = _(
    "The facilitator has gone back to an earlier turn. Words that you were writing are kept; what was half read, or "
    "was about something that is not there any more, is to be done again."
)


class Taken(Struct, frozen=True):
    """How a card is taken, as far as that has been said."""

    hostility: int | None = None
    confidence: int | None = None
    touches: str | None = None
    crosses: bool = False
    """We hold that line crossed by it."""


class UnsealedWork(ChairState):
    """One seat's desk."""

    composing: Composing | None = None
    written: dict[str, str] = field(default_factory=dict)
    """Text left in a dialog, by what it was for."""
    half: Sheets = field(default_factory=dict)
    """What was half written when somebody left and has not been taken up again, by form."""
    taken: dict[int, Taken] = field(default_factory=dict)
    """Readings that are not whole yet, by place in the inbox."""
    page: str = ""
    """The page or tab that was open."""
    talks: dict[int, TalkStage] = field(default_factory=dict)
    """How far each talk has come here, by its number; one that is not named has not begun."""

    read_in: int = 0
    """The last turn in which the team has gone on from its cards to what is asked with them."""

    seen: tuple[int, int] = (0, 0)
    """The turn and phase that play was in when it was last looked at."""

    def carried(self, view: View) -> UnsealedWork:
        """What stays of it in a branch that begins at `view`: nobody holds a talk again that was held before."""
        desk = self.kept()
        desk.talks = stages_left(view, self.talks)
        return desk

    def gone_back(self, view: TeamView) -> bool:
        """Forget what play has not come to, where a host elsewhere has rolled back; whether somebody misses it.

        Words that were being written stay; what they answered or replaced is left where it is no longer there.
        """
        self.talks = stages_left(view, self.talks)
        if 0 < (due := telling_due(view)) < self.told:
            self.told = due - 1
        before, self.seen = self.seen, (view.turn, get_args(Phase).index(view.phase))
        if self.seen >= before:
            return False
        self.read_in = 0
        half_read, self.taken = bool(self.taken), {}  # a card of the same number may be another act
        return self._let_go(view) or half_read

    def _let_go(self, view: TeamView) -> bool:
        """Make a move that is being composed one that stands alone, where what it was about is gone."""
        composing = self.composing
        if composing is None:
            return False
        answered = composing.answers is not None and composing.answers not in {of.number for of in view.requests}
        if answered:
            composing.answers, composing.how, composing.asked = None, None, ""
        replaced = composing.revising is not None
        composing.revising = composing.before = None
        return answered or replaced

    def after_talk(self) -> None:
        """A talk is over here, and what was said is to be noted."""
        self.talks |= {number: "after" for number, stage in self.talks.items() if stage == "talk"}
