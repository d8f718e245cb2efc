"""Forms of a team by ear: which one a verb opens, and what came of it, said."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.closer_words import KEY
from crisis_sim.pages.closing_blocks import to_accept
from crisis_sim.pages.closing_forms import OWN
from crisis_sim.pages.form import NO_SHEET, FormField, FormOption
from crisis_sim.pages.line_blocks import guess_blocks
from crisis_sim.pages.move_form import is_move
from crisis_sim.pages.team_forms import ASK, team_names
from crisis_sim.plain import team_commands as table
from crisis_sim.plain.field_prompts import FieldPrompt
from crisis_sim.plain.prompter import FormCommand, Prompter
from crisis_sim.plain.team_commands import choices, form_names
from crisis_sim.plain.typed import PromptOption, numeral
from crisis_sim.text import narrow
from crisis_sim.wording import _


class TeamPrompter(Prompter):
    """Fills in a team's forms."""

    @property
    def view(self) -> TeamView:
        """What the team sees now."""
        view = self.seat.view()
        assert isinstance(view, TeamView)
        return view

    def names(self, of: FormCommand) -> list[str]:
        """The forms that a verb opens now."""
        return form_names(of.opens, team_names(self.view, self.seat.say), self.view)

    def choices(self, names: Sequence[str]) -> list[PromptOption]:
        """Forms about things of a kind, as they are picked."""
        return choices(names, self.view, self.seat.say)

    async def run(self, of: FormCommand, rest: str) -> None:
        """Open the form of a verb, and before all is sent say what is not. Raises Back."""
        if of.name == "commit" and self.names(of) and any(map(is_move, self.half_written())):
            self.console.tell("A move is half written and will not be sent.")
        await super().run(of, rest)

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

    async def again(self, rest: str) -> None:
        """Guesses that were made before play, once more."""
        names = self.names(table.AGAIN)
        if not names:
            self.console.tell(table.AGAIN.lacks)
            return
        options = tuple(FormOption(each.id, each.label) for each in self.choices(names))
        asks, none = map(self.console.words, (_("Which of these do we still think?"), _("none of them any more")))
        said = FieldPrompt(
            self.console, FormField("again", "many", asks, options=options, most=len(options), none=none)
        )
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
        """Accept one of the principles that the other team proposes."""
        view = self.view
        names = [f"principle:{each.number}" for each in to_accept(view.principles, view.side)]
        if not names:
            self.console.tell(table.CLOSING[-1].lacks)
            return
        name, _rest = self.picked(names, rest, alone=False)
        await self.open(name, "", {"which": "accept"})
