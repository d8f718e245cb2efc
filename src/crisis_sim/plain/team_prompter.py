"""Forms of a team by ear: which one a verb opens, and what came of it, said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.closer_words import KEY
from crisis_sim.pages.closing_blocks import to_accept
from crisis_sim.pages.closing_forms import OWN
from crisis_sim.pages.done_blocks import done_blocks
from crisis_sim.pages.form import FormAnswer, FormField, FormOption
from crisis_sim.pages.line_blocks import expected_of, guess_blocks, kind_and_words
from crisis_sim.pages.move_form import NEW
from crisis_sim.pages.team_forms import ASK, team_names
from crisis_sim.plain import team_commands as table
from crisis_sim.plain.field_prompts import FieldPrompt
from crisis_sim.plain.prompter import NO_SHEET, Prompter
from crisis_sim.plain.team_commands import FormCommand, choices, form_names
from crisis_sim.plain.typed import PromptOption, narrow, numeral
from crisis_sim.wording import _


class TeamPrompter(Prompter):
    """Fills in a team's forms."""

    @property
    def view(self) -> TeamView:
        """What the team sees now."""
        view = self.seat.view()
        assert isinstance(view, TeamView)
        return view

    def show(self, page: Iterable[Block]) -> None:
        """Write a part of a page."""
        for line in lines_of(page, self.console.words):
            self.console.say(line)

    def names(self, of: FormCommand) -> list[str]:
        """The forms that a verb opens now; where it opens none, that is said by whoever runs it."""
        return form_names(of.opens, self.view, self.seat.say)

    async def run(self, of: FormCommand, rest: str) -> None:
        """Open the form of a verb, or the one of its forms that is picked. Raises Back."""
        names = self.names(of)
        if not names:
            self.console.tell(of.lacks or "That cannot be done now.")
            return
        name, rest = self.picked(names, rest) if of.opens.endswith(":") else (names[0], rest)
        if of.name == "commit" and any(map(is_move, self.half_written())):
            self.console.tell("A move is half written and will not be sent.")
        await self.open(name, rest, titled=of.titled)

    def picked(self, names: Sequence[str], rest: str, *, alone: bool = True) -> tuple[str, str]:
        """One of several forms, by the number of its thing if that was typed, and what was typed behind it."""
        first, _space, more = rest.partition(" ")
        by_thing = {name.partition(":")[2] or name: name for name in names}
        thing = str(int(narrow(first))) if numeral(first) else first
        if thing in by_thing:
            return by_thing[thing], more.strip()
        if len(names) == 1 and alone:
            return names[0], rest
        options = choices(names, self.view, self.seat.say)
        picked = self.console.pick("Which one?", options)
        return by_thing[picked or ""], rest

    async def open(
        self,
        name: str,
        typed: str = "",
        given: Mapping[str, FormAnswer] = NO_SHEET,
        *,
        titled: bool = False,
        leaves: str = "",
    ) -> bool:
        """Fill in a form, say what came of it, and go on to the move that it leads to; False where it is left."""
        form = await self.fill(name, typed, given, titled=titled, leaves=leaves)
        if form is None or form.action is None:
            return False
        self.show(done_blocks(form.action, self.view, self.seat.say))
        kind, _colon, move = form.then.partition(":")
        if kind == NEW:
            self.console.tell("{title}:", title=self.seat.say.move(move))
            await self.open(NEW, given={"move": move})
        return True

    async def closer(self, rest: str) -> None:
        """Answer where we are asked, or ask them; where both can be done, whichever is picked."""
        names = [name for name in team_names(self.view, self.seat.say) if name in (KEY, ASK)]
        if len(names) > 1 and self.view.closer is not None and self.view.closer.said:
            options = [
                PromptOption(KEY, self.console.words("Answer again")),
                PromptOption(ASK, self.console.words("Ask them")),
            ]
            names = [self.console.pick("Which one?", options) or KEY]
        await self.open(KEY if KEY in names else ASK, titled=KEY in names)

    async def expect(self, rest: str) -> None:
        """That they have guessed a line of ours, or one that we do not have."""
        view, say = self.view, self.seat.say
        ours = [each for each in view.lines if each.adopted and expected_of(each, view.expected, say) is None]
        picked = None
        if ours and not rest:
            self.console.tell("What do they think our lines are? Those that they know, and those that they get wrong.")
            options = [PromptOption(each.id, kind_and_words(each, say)) for each in ours]
            picked = self.console.pick("Which of ours have they guessed?", options, none=_("one that we do not have"))
        await self.open(f"ours:{picked}" if picked else "expect", rest)

    async def again(self, rest: str) -> None:
        """Guesses that were made before play, once more."""
        names = self.names(table.AGAIN)
        if not names:
            self.console.tell(table.AGAIN.lacks)
            return
        options = tuple(FormOption(each.id, each.label) for each in choices(names, self.view, self.seat.say))
        asks = self.console.words("Which of these do we still think?")
        said = FieldPrompt(self.console, FormField("again", "many", asks, options=options, most=len(options)))
        for number in said.asked(rest).answer or ():
            await self.fill(f"before:{number}")
        self.show(guess_blocks(self.view.guesses, self.seat.say))

    async def put(self, rest: str) -> None:
        """A sentence, or other words for one by its number, which may come first."""
        first, _space, words = rest.partition(" ")
        if numeral(first):
            await self.open(f"principle:{int(narrow(first))}", words.strip(), {"which": "reword"})
        else:
            await self.open("put", rest, {"which": OWN} if rest else NO_SHEET)

    async def accept(self, rest: str) -> None:
        """One of theirs."""
        view = self.view
        names = [f"principle:{each.number}" for each in to_accept(view.principles, view.side)]
        if not names:
            self.console.tell(table.CLOSING[-1].lacks)
            return
        name, _rest = self.picked(names, rest, alone=False)
        await self.open(name, "", {"which": "accept"})


def is_move(name: str) -> bool:
    """Whether a form makes a move."""
    return name.partition(":")[0] in (NEW, "request", "draft")
