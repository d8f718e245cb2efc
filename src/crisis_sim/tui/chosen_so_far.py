"""What a new session is begun with, as it has been chosen so far: a row for each thing that can be chosen otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from crisis_sim.tui.menu_choice import BRIEFS, CARDS, DECKS, REACHES, MenuChoice, Offer, ScenarioEntry
from crisis_sim.tui.menu_rows import ROOMY, field_block
from crisis_sim.tui.pane_rows import BLANK, PaneBlock, block, para, row
from crisis_sim.wording import _, speaker
from crisis_sim.wording.labels import SEATS, own_name

PLAYED: Final = ("us", "china", "facilitator")
"""Seats that somebody sits at."""


class TableQuestion(NamedTuple):
    """What is asked about one of them."""

    asks: str
    options: Sequence[tuple[str, ...]]
    """Each with its name, what it is called and a note."""
    chosen: str
    answered: Callable[[str], MenuChoice]
    """The choice with another answer, by its name."""
    note: str = ""


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
        fields.append(("card", say("What is grave"), say(card), say(costs)))
        if any(log.is_open for log in self.offer.logs):
            fields.append(("inherits", say("Begins with"), *self._earlier(choice.inherits)))
        fields.append(("seed", say("Seed of luck"), str(choice.seed or say("drawn fresh")), ""))
        return fields

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

    def question(self, kind: str, seat: str) -> TableQuestion | None:
        """What is asked about a row; None where there is nothing to play."""
        choice, scenario, say = self.choice, self.scenario, self.say

        def asking(
            asks: str, options: Iterable[tuple[str, ...]], field: str, chosen: str, values: Mapping[str, object] = {}
        ) -> TableQuestion:
            def answered(picked: str) -> MenuChoice:
                return replace(choice, **{field: values.get(picked, picked)})

            return TableQuestion(asks, tuple(options), chosen, answered)

        def worded(options: Iterable[tuple[str, tuple[str, str]]]) -> list[tuple[str, ...]]:
            return [(name, *map(say, told)) for name, told in options]

        if scenario is None:
            return None
        match kind:
            case "length":
                lengths = {str(n): n for n in scenario.lengths}
                options = [(name, say("{length} minutes", length=n)) for name, n in lengths.items()]
                return asking(_("How long?"), options, kind, str(choice.length), lengths)
            case "reach":
                return asking(_("From where can people join?"), worded(REACHES.items()), kind, choice.reach)
            case "card":
                asks = _("Does each team order acts by how gravely it takes them?")
                return asking(asks, worded(CARDS.items()), "offence_card", self.card)
            case "dealt":
                asks = _("May a team be told to come home with more?")
                return asking(asks, worded(DECKS.items()), "cards", choice.cards or "on", {"on": None})
            case "briefs":
                return asking(_("How is the public brief given?"), worded(BRIEFS.items()), kind, choice.briefs)
            case "inherits":
                none = ("none", say("Nothing earlier"), say("Both sides begin as the scenario has them."))
                logs = [none, *((log.path, log.says, log.path) for log in self.offer.logs if log.is_open)]
                asks = _("Which earlier session does it begin with?")
                return asking(asks, logs, kind, choice.inherits or "none", {"none": ""})
            case "language":
                languages = [(language, own_name(language)) for language in scenario.languages]
                return asking(_("Which language?"), languages, kind, choice.language or "en")
            case "packs":
                marks = {True: "[x] ", False: "[ ] "}
                packs = [(pack.id, marks[pack.id in choice.packs] + pack.id, pack.says) for pack in self.offer.packs]
                note = _("Enter adds a pack or takes it out.")
                return TableQuestion(_("Which rules?"), packs, "", self._with_pack, note)
            case _:
                asks = _("Who facilitates?") if seat == "facilitator" else _("Who plays?")
                return asking(asks, *self._sitters(seat))

    def _with_pack(self, pack: str) -> MenuChoice:
        """With a pack that it was without, or without it."""
        packs = self.choice.packs
        left = tuple(name for name in packs if name != pack)
        return replace(self.choice, packs=left if pack in packs else (*packs, pack))

    def _sitters(self, seat: str) -> tuple[list[tuple[str, ...]], str, str]:
        """Who may sit at a seat, the field that says so, and who does so far."""
        say, here = self.say, ("person", self.say("A person, here"))
        if seat == "facilitator":
            alone = ("auto", say("It runs by itself"), say("Phases go on when both teams are done."))
            return [here, alone], seat, self.choice.facilitator
        here = ("person", say("Whoever joins with its code")) if self.choice.do == "host" else here
        bots = [(bot.id, say("Bot: {who}", who=bot.id), bot.says) for bot in self.offer.policies()]
        return [here, *bots], seat, self.choice.us if seat == "us" else self.choice.china
