"""The team's own screen: what happened, channels, lines, home, and this turn's list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from textual import on, work
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import AnswerDecision, StaySilent, WithdrawMove, own_moves
from crisis_sim.engine.sight.views import DecisionFacts, DraftFacts, RequestFacts, TeamView, View
from crisis_sim.pages.channel_blocks import channel_blocks, channel_facts
from crisis_sim.pages.closer_words import KEY
from crisis_sim.pages.decision_blocks import (
    ANSWERS,
    answer_says,
    answers_to,
    asked,
    how,
    open_moves,
)
from crisis_sim.pages.desk_blocks import has_answer, quoted, received
from crisis_sim.pages.duty import duty, is_enough
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.line_blocks import line_blocks, line_facts
from crisis_sim.pages.move_form import SAY_NOTHING, SILENCE, WAYS
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.standing_blocks import home_blocks
from crisis_sim.pages.teller import words_for
from crisis_sim.rules.names import How
from crisis_sim.tui.block_rows import draws
from crisis_sim.tui.dialogs import Choose, Confirm, DialogOption
from crisis_sim.tui.frame import PANE_KEYS
from crisis_sim.tui.key_bindings import FACTS, TOLD, KeyBinding
from crisis_sim.tui.leafed_back import LeafedBack
from crisis_sim.tui.team_rows import todo_rows
from crisis_sim.tui.unsealed import Composing, answering, revised
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _


class TeamScreen(LeafedBack):
    """Where a team plays its turn."""

    TABS = (("feed", _("What happened")), ("channels", "Channels"), ("lines", _("Our lines")), ("home", _("At home")))
    OTHERS = (("todo", _("This turn")),)
    KEYS = (
        KeyBinding("n", "new_move", "new move", "Compose a move, or go on with the one half written"),
        KeyBinding("c", "commit", "commit", "Our moves of this turn are final"),
        KeyBinding("x,delete", "withdraw", "take off", "Take the move under the cursor off the list"),
        KeyBinding("ctrl+d", "throw_away", "throw away", "Throw the half-written move away", foot=False),
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person"),
        KeyBinding("b", "briefs", "briefs", "Read the briefs and our aims again"),
        FACTS,
        TOLD,
        KeyBinding("a", "form('ask')", "ask", "Ask them which of our acts moved them closer, and to what", foot=False),
        KeyBinding("w", "form('note')", "write a note", "Write a note for ourselves and the debrief", foot=False),
        *PANE_KEYS,
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (132, "-broad")]
    DEFAULT_CSS = """
    TeamScreen {
        #table { height: 1fr; }
        #todo { dock: bottom; height: auto; min-height: 4; max-height: 55%; }
        &.-wide #table { layout: grid; grid-size: 2 2; grid-columns: 5fr 4fr; grid-rows: 1fr auto; }
        &.-wide #lines, &.-wide #home { max-height: 12; min-height: 4; }
        &.-broad #table { layout: grid; grid-size: 3 3; grid-columns: 9fr 12fr 10fr; grid-rows: 6fr 3fr 5fr; }
        &.-broad #feed { row-span: 3; }
        &.-broad #todo { dock: none; height: 1fr; max-height: 100%; row-span: 2; }
        &.-broad #lines { row-span: 2; }
    }
    """

    _waits = False

    def body(self) -> Iterable[Widget]:
        """Four panels that fold into tabs, and the list: beneath them, or in their middle where there is room."""
        feed, *others = (self.folded(name) for name in ("feed", "channels", "lines", "home"))
        yield Container(feed, Pane(self.titled("todo"), id="todo"), *others, id="table")

    def on_mount(self) -> None:
        """Begin at the list, where there is something to do."""
        self.pane("todo").focus()

    def draw(self, view: View) -> None:
        """Fill the panels."""
        team, say = cast(TeamView, view), self.say
        self.pane("feed").show(draws(feed_blocks(newest_first(team.feed), say, turn=team.turn)))
        self.pane("channels").show(draws(channel_blocks(team, say)))
        self.pane("lines").show(draws(line_blocks(team.lines, say)))
        self.pane("home").show(draws(home_blocks(team, say)))
        todo, waits = self.pane("todo"), bool(team.committed)
        todo.show(lambda width: todo_rows(team, self.unsealed.composing, width, say, has_room=self.has_class("-broad")))
        if waits and not self._waits:  # what is ours to do while we wait stands first
            todo.action_edge(0)
        self._waits = waits

    def now(self, view: View) -> str | None:
        """With which key what is asked of us is answered, and that the list can be committed."""
        team, say = cast(TeamView, view), self.say
        if team.phase != "moves" or team.committed or team.paused or say.now:
            return None
        told = duty(team, say)
        if is_enough(team, say):
            told = one_after_another([told, say("c commits.")])
        if not all(map(has_answer, team.requests)):
            told = one_after_another([say("Enter answers what they asked."), told])
        return told

    def can(self, action: str) -> bool:
        """Moves only in their phase and only until they are committed."""
        if action in ("new_move", "commit"):
            return self.team.phase == "moves" and not self.team.committed
        if action == "form('ask')":
            return bool(self.team.ways_to_ask) and not self.team.committed
        if action == "withdraw":
            ours = bool(self.team.drafts) or self.unsealed.composing is not None
            return self.team.phase == "moves" and not self.team.committed and ours
        if action == "throw_away":
            return self.unsealed.composing is not None
        return super().can(action)

    # picking

    @on(Pane.Picked, "#todo")
    def _picked(self, event: Pane.Picked) -> None:
        kind, _, number = event.key.partition(":")
        if kind in ("new", "go-on"):
            self.action_new_move()
        elif kind == "draft":
            self._revise(next(item for item in self.team.drafts if item.number == int(number)))
        elif kind == "request":
            listed = next((item for item in self.team.drafts if item.draft.answers == int(number)), None)
            if listed is None or self.team.committed:
                self._answer(next(item for item in self.team.requests if item.number == int(number)))
            else:
                self._revise_answer(listed)
        elif kind == "exchange":
            self.action_form(event.key)
        elif kind == "closer" and self.team.closer is not None and not self.team.committed:
            self.action_form(KEY)
        elif kind == "note":
            self.action_form("note")
        elif kind == "decision":
            self._decide(next(item for item in self.team.decisions if item.asked == number))

    @on(Pane.Picked, "#channels,#lines")
    def _explain(self, event: Pane.Picked) -> None:
        kind, _, name = event.key.partition(":")
        if kind == "channel":
            channel = next(item for item in self.team.channels if item.id == name)
            self.app.push_screen(
                Confirm(self.say.channel(name), channel_facts(channel, self.say), self.say, yes="", no="back")
            )
        else:
            line = next(item for item in self.team.lines if item.id == name)
            title = self.say("Our red line") if line.kind == "red" else self.say("Our pink line")
            self.app.push_screen(Confirm(title, line_facts(line, self.say), self.say, yes="", no="back"))

    def action_new_move(self) -> None:
        """Compose, from where it was left."""
        if self.unsealed.composing is None:
            if self._is_full():
                return
            self.unsealed.composing = Composing()
        self._open_composer()

    def _is_full(self) -> bool:
        """The list has no room for a move of our own; then that is said."""
        is_full = own_moves(each.draft for each in self.team.drafts) >= self.say.dossier.moves_most
        if is_full:
            self.tell(self.say("Our own moves are all listed: revise one (enter) or take one off (x)."), warning=True)
        return is_full

    def _revise(self, item: DraftFacts) -> None:
        """Open a move of the list again."""
        asked = next((each.act for each in self.team.requests if each.number == item.draft.answers), None)
        self.unsealed.composing = revised(item.number, item.draft, "" if asked is None else quoted(asked, self.say))
        self._open_composer()

    def _open_composer(self) -> None:
        from crisis_sim.tui.composer_screen import Composer

        self.app.push_screen(Composer(self.seat, self.unsealed), lambda _: self.show(self.seat.view()))

    def key_enter(self) -> None:
        """From a panel in which there is nothing to pick, enter goes to the list, and does there what the bar says."""
        if isinstance(self.focused, Pane) and not self.focused.key:
            self.pane("todo").focus()

    # answering

    @work
    async def _answer(self, request: RequestFacts) -> None:
        if self.team.phase != "moves" or self.team.committed:
            self.tell(self.say("Answers go with the moves; there is none to make at present."), warning=True)
            return
        say, hold, act = self.say, self.say.dossier.holding, request.act
        options = [
            DialogOption("accept", say(WAYS["accept"], label=say.move(request.accept))),
            DialogOption("decline", say(WAYS["decline"], label=say.move(request.decline))),
            DialogOption("counter", say("Counter: answer with another move")),
            DialogOption("holding", say("Holding note"), say("Keeps it open; it does not count as a move.")),
            DialogOption(SILENCE, *map(say, SAY_NOTHING)),
        ]
        so_far = SILENCE if request.stays_silent else ""
        asked_how = Choose(received(act, say), options, say, sentence=words_for(act, say), chosen=so_far)
        picked = await self.app.push_screen_wait(asked_how)
        if picked == SILENCE and await self.send(StaySilent(request=request.number)):
            self.show(self.seat.view())
        if picked is None or picked == SILENCE:
            return
        composing = answering(request, cast(How, picked), say)
        move = {"accept": request.accept, "decline": request.decline, "holding": hold}.get(picked, "")
        if move:
            dossier = say.dossier
            composing.take(dossier.moves[move], self.team, dossier.channels, over=act.channel, heard=act.visibility)
            composing.step = 2
        if await self._may_replace():
            self.unsealed.composing = composing
            self._open_composer()

    @work
    async def _revise_answer(self, listed: DraftFacts) -> None:
        """A request has one answer a turn: the one on the list opens again."""
        if self.unsealed.composing is not None and self.unsealed.composing.revising == listed.number:
            self._open_composer()
        elif await self._may_replace():
            self._revise(listed)
            self.tell(self.say("Our answer is on the list: revise it here, or take it off (x) to answer otherwise."))

    async def _may_replace(self) -> bool:
        if self.unsealed.composing is None or not (self.unsealed.composing.move or self.unsealed.composing.text):
            return True
        question = self.say("Another move is half written.")
        sentences = [self.say("Go on without it? Its text is lost then.")]
        return await self.app.push_screen_wait(
            Confirm(question, sentences, self.say, yes="leave it and answer", no="back to it")
        )

    # what moved whom closer

    # what we do with a conclusion

    @work
    async def _decide(self, decision: DecisionFacts) -> None:
        """Ask what we do, put it on record, and open the composer at a move that carries it out."""
        team, say = self.team, self.say
        if team.committed:
            self.tell(say("Our moves are committed, and with them what we do about it."), warning=True)
            return
        options = [
            DialogOption(answer, answer_says(decision, answer, say), how(decision, answer, team.blocked, say))
            for answer in answers_to(decision, say)
        ]
        full = say("Our line is full: {says}", says=say.of(decision.says)) if decision.says else ""
        picked = await self.app.push_screen_wait(
            Choose(asked(decision, say), options, say, sentence=full, chosen=decision.answer or "")
        )
        if picked is None:
            return
        if not await self.send(AnswerDecision(asked=decision.asked, answer=picked)):
            return
        moves = open_moves(decision, picked, team.blocked, say)
        move: str | None = moves[0] if moves else None
        if len(moves) > 1:
            listed = [DialogOption(each, say.move(each), say.of(say.dossier.moves[each].does)) for each in moves]
            move = await self.app.push_screen_wait(Choose(say(ANSWERS[picked]), listed, say))
        if move is None or self._is_full() or not await self._may_replace():
            return
        self.unsealed.composing = Composing(step=2, line=decision.asked)
        self.unsealed.composing.take(say.dossier.moves[move], self.team, say.dossier.channels)
        self._open_composer()

    # the list

    @work
    async def action_commit(self) -> None:
        """Ask once, naming what is missing; then the moves are final."""
        half = self.say("A move is half written and will not be sent.") if self.unsealed.composing is not None else ""
        await self.fill_in("commit", also=half)

    @work
    async def action_withdraw(self) -> None:
        """Take the move under the cursor off the list, or throw away the half-written one, and no words unasked."""
        kind, _colon, number = self.pane("todo").key.partition(":")
        if kind == "draft":
            text = next((item.draft.text for item in self.team.drafts if item.number == int(number)), "")
            if text and not await self.gives_up(_("Take this move off the list?"), text):
                return
            if await self.send(WithdrawMove(number=int(number))) and self.unsealed.composing is not None:
                self.unsealed.composing.taken_off(int(number))
        elif kind == "go-on":
            self.action_throw_away()
        else:
            self.tell(self.say("Put the cursor on a move of ours first."))
        self.show(self.seat.view())

    @work
    async def action_throw_away(self) -> None:
        """Drop the half-written move, wherever the cursor is, and no words unasked."""
        half = self.unsealed.composing
        if half and half.text and not await self.gives_up(_("Throw this half-written move away?"), half.text):
            return
        self.unsealed.composing = None
        self.show(self.seat.view())
