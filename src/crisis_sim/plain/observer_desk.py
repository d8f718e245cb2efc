"""An observer's desk: what is public, told as it comes, and looked at in between."""

from __future__ import annotations

from crisis_sim.pages.duty import duty, where
from crisis_sim.plain.desk import LOOKS, Desk


class ObserverDesk(Desk):
    """Somebody who watches at this terminal."""

    async def sit(self) -> None:
        """Tell what has come, and take looks until more does. Raises Quit."""
        self.sit_down()
        view, say = self.common, self.words
        if self.placed != view.turn:
            self.placed = view.turn
            self.console.say(where(view, say))
        self.news()
        self.console.say(duty(view, say))
        commands = self.shared_commands()
        await self.serve(
            "{phase}. Type {names}, or {how}.",
            commands,
            lambda: self.common.phase == view.phase and len(self.common.feed) == self.seen,
            phase=self.console.words(view.phase).capitalize(),
            names=self.console.words(", ").join(self.console.verb(name) for name in LOOKS),
            how=self.console.verb("help"),
        )
