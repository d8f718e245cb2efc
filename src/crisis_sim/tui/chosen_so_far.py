"""What a new session is begun with, as it has been chosen so far: a row for each thing that can be chosen otherwise."""

from __future__ import annotations

from typing import Final

from crisis_sim.tui.menu_choice import BRIEFS, CARDS, DECKS, REACHES, SECOND_GUESS, MenuChoice, Offer, ScenarioEntry
from crisis_sim.tui.menu_rows import ROOMY, field_block
from crisis_sim.tui.pane_rows import BLANK, PaneBlock, block, para, row
from crisis_sim.wording import speaker
from crisis_sim.wording.labels import SEATS, own_name

PLAYED: Final = ("us", "china", "facilitator")
"""Seats that somebody sits at."""


class ChosenSoFar:
    """What was offered, and what was chosen of it."""

    def __init__(self, offer: Offer, choice: MenuChoice) -> None:
        """Both as they stand."""
        self.offer = offer
        self.choice = choice
        self.say = speaker(offer.language)

    @property
    def scenario(self) -> ScenarioEntry | None:
        """What is played; None where there is nothing to play."""
        return next((each for each in self.offer.scenarios if each.id == self.choice.scenario), None)

    @property
    def card(self) -> str:
        """Which card of offences teams order, as the scenario has it unless somebody chose."""
        scenario, choice = self.scenario, self.choice
        if choice.offence_card is not None or scenario is None or choice.length not in scenario.offence_card:
            return choice.offence_card or "none"
        return "short" if choice.us == choice.china == "person" and choice.do != "host" else "full"

    def blocks(self, width: int, height: int) -> list[PaneBlock]:
        """The page that sets the table; in a low window the scenario does not say what it is."""
        choice, scenario, say = self.choice, self.scenario, self.say
        if scenario is None:
            return [block(*para(say("There is no scenario. Make one with: crisis-sim new"), width, "bad"))]
        is_told = height >= ROOMY or len(self.offer.scenarios) == 1
        fields = [("scenario", say("Scenario"), scenario.title, scenario.says if is_told else "")]
        if choice.do == "host":
            where, what = REACHES[choice.reach]
            fields.append(("reach", say("Joined from"), say(where), say(what)))
        fields += [
            ("length", say("Length"), say("{length} minutes", length=choice.length), ""),
            *((f"seat:{name}", say(SEATS[name]), self._occupant(name), "") for name in PLAYED),
            ("packs", say("Rules"), say(", ").join(choice.packs), ""),
        ]
        if len(scenario.languages) > 1:
            fields.append(("language", say("Language"), own_name(choice.language or "en"), ""))
        fields += self._explained(scenario)
        drawn = [block(BLANK), *(field_block(*field, width) for field in fields)]
        drawn.extend([block(BLANK), PaneBlock((row(("→ ", "key"), (say("Start"), "strong")),), "go")])
        return drawn

    def _explained(self, scenario: ScenarioEntry) -> list[tuple[str, str, str, str]]:
        """What is dealt, asked and taken over; each with what it costs."""
        choice, say, fields = self.choice, self.say, []
        if scenario.explained:
            briefs, what = BRIEFS[choice.briefs]
            fields.append(("briefs", say("Briefs"), say(briefs), say(what)))
        if choice.length in scenario.instructions:
            dealt, what = DECKS[choice.cards or "on"]
            fields.append(("dealt", say("Instructions"), say(dealt), say(what)))
        card, costs = CARDS[self.card]
        fields += [
            ("second", say("Also asked"), *self._second_guess()),
            ("card", say("What is grave"), say(card), say(costs)),
        ]
        if any(log.is_open for log in self.offer.logs):
            fields.append(("inherits", say("Begins with"), *self._earlier(choice.inherits)))
        fields.append(("seed", say("Seed of luck"), str(choice.seed or say("drawn fresh")), ""))
        return fields

    def _second_guess(self) -> tuple[str, str]:
        """Whether teams are asked for it, and what it is."""
        scenario, asked = self.scenario, self.choice.second_order
        if asked is None:
            asked = scenario is not None and self.choice.length in scenario.second_order
        what, costs = SECOND_GUESS
        return (self.say(what), self.say(costs)) if asked else (self.say("nothing more"), "")

    def _earlier(self, path: str) -> tuple[str, str]:
        """The earlier session that a session begins with, and what that means."""
        of = next((log for log in self.offer.logs if log.path == path), None)
        if of is None:
            return self.say("nothing earlier"), ""
        return of.says, self.say("Trust, channels, promises and the public record are as they were left.")

    def _occupant(self, seat: str) -> str:
        who = {"us": self.choice.us, "china": self.choice.china, "facilitator": self.choice.facilitator}[seat]
        if who == "person":
            joins = self.choice.do == "host" and seat != "facilitator"
            return self.say("whoever joins with its code") if joins else self.say("a person, here")
        if who == "auto":
            return self.say("runs by itself")
        says = next((policy.says for policy in self.offer.policies() if policy.id == who), "")
        return self.say("bot: {who} ({says})", who=who, says=says) if says else self.say("bot: {who}", who=who)
