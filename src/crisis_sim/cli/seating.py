"""Who sits where: a session with its people and its bots, begun from a choice or brought back from its log.

Seats are lent to doors here; nothing else joins bots, doors and a session. Who sits where is in the log, so that a
resumed session finds its bots again. The card that people agree to before their first act is chosen here too.
"""

from __future__ import annotations

import re
import secrets
import shlex
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from crisis_sim.agents.agent_line import AgentLine
from crisis_sim.cli.agent_seat import AGENT_PREFIX, model_of, named_agent
from crisis_sim.cli.language import language
from crisis_sim.cli.logs import find_log
from crisis_sim.cli.verbs import typed
from crisis_sim.content.load import load_material
from crisis_sim.content.scenario import Scenario, chosen_length
from crisis_sim.engine.actions import AGENT, SeatName, TakeSeat
from crisis_sim.errors import Sentence, UnreadableInput, commas
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.pages.reader import Reader, SeatReader
from crisis_sim.playtest.bots import SEATED, AutoFacilitator, Player, bot_for, play_out, sit
from crisis_sim.problems import did_you_mean
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.session.admission import OPTION as CONSENT
from crisis_sim.session.disk import read_whole
from crisis_sim.session.inheriting import inherited_from
from crisis_sim.session.session import Session
from crisis_sim.text import clean

if TYPE_CHECKING:
    from crisis_sim.agents.model_player import ModelPlayer

SEATABLE: Final[Mapping[SeatName, Sequence[str]]] = {
    seat: (*bots, AGENT) if seat in SIDES else tuple(bots) for seat, bots in SEATED.items()
}
"""The bots that a log of ours can name."""
ARM: Final = re.compile(r"[\w.-]{1,40}")
"""A label of an arm."""
PLAYED: tuple[SeatName, ...] = ("us", "china", "facilitator")
"""The seats without which there is no play."""


Occupants: TypeAlias = Mapping[SeatName, str | None]
"""Who is to sit where: `person`, `auto` for the facilitator, or the name of a bot; None as it is."""


class Seated(Struct, frozen=True):
    """A session, and who plays it."""

    session: Session
    people: tuple[SeatName, ...]
    bots: tuple[Player, ...]
    language: Language
    strangers: tuple[tuple[SeatName, str], ...] = ()
    """Seats whose bot, by the log, is not known here; they are people's until somebody is seated there."""
    models: Mapping[SeatName, AgentLine] = {}
    """Teams that a language model plays from here; no log says where it is to be asked."""

    @property
    def seats(self) -> dict[SeatName, Reader]:
        """The seats that people hold here."""
        return {name: SeatReader(self.session.seat(name), self.language) for name in self.people}

    @property
    def resume(self) -> str:
        """The command that goes on with this session."""
        return f"{typed('resume', self.session.path)}{self.named_models}"

    @property
    def named_models(self) -> str:
        """The options that seat its models again."""
        return "".join(f" --{side} {shlex.quote(f'{AGENT_PREFIX}{line}')}" for side, line in self.models.items())

    @property
    def debrief(self) -> str:
        """The command that writes the debrief of this session."""
        return typed("debrief", self.session.path)

    def play_bots(self) -> None:
        """Let every bot act until none has anything to do."""
        play_out(self.bots, lambda seat: self.session.seat(seat).view(), self.session.submit)

    def players(self) -> dict[SeatName, ModelPlayer]:
        """Its models, each at its team's seat."""
        return {seat: model_of(self.session, seat, self.language, line) for seat, line in self.models.items()}

    def play_others(self) -> Callable[[], Coroutine[None, None, None]]:
        """What lets every bot and model act until none has anything to do."""
        players = self.players()

        async def act() -> None:
            self.play_bots()
            while any([await player.act() for player in players.values()]):
                self.play_bots()

        return act

    def companions(self) -> list[Callable[[], Awaitable[None]]]:
        """Every bot and model as something that runs beside a screen."""
        bots = [partial(sit, bot, self.session.seat(bot.seat)) for bot in self.bots]
        return [*bots, *(player.play for player in self.players().values())]


def begin_session(
    choice: MenuChoice,
    *,
    place: Path,
    show: Literal["own", "all"] | None = None,
    seed: str | None = None,
    like: Session | None = None,
    in_rooms: bool = False,
) -> Seated:
    """A new session as chosen, its log at `place` or in that folder, with everybody seated.

    `seed` goes before the choice's; a length of 0 is the shortest; the scenario, its rules and what came before are
    those of the session `like`, if there is one. `in_rooms` each team has a screen of its own. Raises ProblemsFound,
    UnreadableInput, StorageFailed or SessionLocked.
    """
    material = load_material(choice.scenario, choice.packs or None) if like is None else like.table.material
    occupants: dict[SeatName, str] = {
        "us": _occupant(choice.us, in_rooms=in_rooms),
        "china": _occupant(choice.china, in_rooms=in_rooms),
    }
    occupants["facilitator"] = choice.facilitator
    spoken = _spoken(material.scenario, choice.language)
    length = chosen_length(material.scenario, choice.length or None, 0)
    options: dict[str, str | bool | int] = {"language": spoken}
    if choice.offence_card is not None:
        options["offence_card"] = choice.offence_card
    if not in_rooms and occupants["us"] == occupants["china"] == "person":
        options["one_table"] = True
    if not choice.cards:
        options["cards"] = False
    if choice.briefs == "explained":
        if material.scenario.explained is None:
            raise UnreadableInput(
                "usage/briefs",
                "{scenario} has no explained brief",
                hint="leave --explained out, or write one: explained: explained.md",
                scenario=material.scenario.id,
            )
        options["briefs"] = choice.briefs
    if choice.consent is not None:
        options[CONSENT] = choice.consent
    if choice.again_of:
        options["again_of"] = clean(choice.again_of, lines=False)[:60]
    if choice.arm:
        options["arm"] = _checked_arm(choice.arm)
    earlier = inherited_from(find_log(choice.inherits), material.scenario) if choice.inherits else None
    earlier = earlier if like is None else like.header.inherited
    session = Session.start(
        place,
        material,
        seed=clean(seed or str(choice.seed or "") or secrets.token_hex(4), lines=False),
        length=length,
        show=show,
        options=options,
        inherits=earlier,
        bots=SEATABLE,
    )
    return reseat(session, occupants, in_rooms=in_rooms)


def _checked_arm(label: str) -> str:
    """The label. Raises UnreadableInput where no table could have it as one word."""
    if ARM.fullmatch(label) is None:
        raise UnreadableInput(
            "usage/arm",
            "'{name}' is no label of an arm",
            hint="1 to 40 letters, digits, points, hyphens and underscores, such as early-question",
            name=label[:60],
        )
    return label


def resume_session(log: Path, *, accept_loss: bool = False) -> Session:
    """The session in `log`, to be gone on with, and in which every bot that there is can be seated.

    Raises AcknowledgedLost, unless `accept_loss`; UnreadableInput, LogDamaged, SessionLocked or StorageFailed.
    """
    return Session.resume(log, accept_loss=accept_loss, bots=SEATABLE)


def reseat(session: Session, occupants: Occupants, *, in_rooms: bool = False) -> Seated:
    """The session with others at its seats from here on, by the log; None leaves a seat as it is.

    Raises UnreadableInput before anybody has moved.
    """
    check_seats(occupants, in_rooms=in_rooms)
    wanted = {seat: occupant for seat, occupant in occupants.items() if occupant is not None}
    models: dict[SeatName, AgentLine] = {
        side: named_agent(occupant) for side in SIDES if (occupant := wanted.get(side, "")).startswith(AGENT_PREFIX)
    }
    if session.state.phase == "closed" and wanted:
        hint = Sentence("make a branch, and seat them there: crisis-sim branch LOG --at turn-N --us … --china …")
        raise UnreadableInput("usage/closed", "the session is closed, and nobody can be seated in it", hint=hint)
    for seat, occupant in wanted.items():
        policy = AGENT if seat in models else None if occupant == "person" else occupant
        session.submit(seat, TakeSeat(occupant="person" if policy is None else "bot", policy=policy))
    return seat_players(session, models)


def check_seats(occupants: Occupants, *, in_rooms: bool = False) -> None:
    """Raise UnreadableInput where a team would be played by a bot that there is not."""
    for side in SIDES:
        _occupant(occupants.get(side) or "person", in_rooms=in_rooms)


def _spoken(scenario: Scenario, wanted: Language | None) -> Language:
    """The language of a session; where nobody asks for one, the reader's, or the first that the scenario has."""
    if wanted is None:
        return language() if language() in scenario.languages else scenario.languages[0]
    if wanted not in scenario.languages:
        raise UnreadableInput(
            "usage/language",
            "{scenario} is not written in '{name}'",
            hint="one of: {known}",
            scenario=scenario.id,
            name=wanted,
            known=commas(scenario.languages),
        )
    return wanted


def _occupant(name: str, *, in_rooms: bool = False) -> str:
    policies = (SEATABLE if in_rooms else SEATED)["us"]
    if name.startswith(AGENT_PREFIX):
        named_agent(name)
    elif name != "person" and name not in policies:
        hint = did_you_mean(name, ["person", *policies])
        raise UnreadableInput("usage/policy", "there is no bot called '{name}'", hint=hint, name=name)
    return name


def seat_players(session: Session, models: Mapping[SeatName, AgentLine] = MappingProxyType({})) -> Seated:
    """The session with the people and bots that its log says play it, and `models` where it says that a program does.

    A bot that is not known here leaves its seat.
    """
    bot_policies = {seat: policy or "" for seat, (occupant, policy) in session.state.seats.items() if occupant == "bot"}
    bots = {seat: bot_policies[seat] for seat in PLAYED if bot_policies.get(seat) in SEATED[seat]}
    modelled: dict[SeatName, AgentLine] = {
        side: line for side, line in models.items() if bot_policies.get(side) == AGENT
    }
    people = tuple(seat for seat in PLAYED if seat not in bots and seat not in modelled)
    return Seated(
        session,
        people,
        tuple(_bot(session, seat, policy, bool(people)) for seat, policy in bots.items()),
        _language(session),
        tuple((seat, clean(bot_policies[seat], lines=False)) for seat in people if seat in bot_policies),
        modelled,
    )


def _language(session: Session) -> Language:
    """The language in which the session is played."""
    return "zh" if session.header.options.get("language") == "zh" else "en"


def _bot(session: Session, seat: SeatName, policy: str, with_people: bool) -> Player:
    if seat == "us" or seat == "china":
        return bot_for(seat, policy, session.header.seed, session.seat(seat).dossier, _language(session))
    return AutoFacilitator(close=not with_people)


LONGEST: Final = 4_000
"""Characters of a facilitator's own card."""


def with_card(choice: MenuChoice, own: Path | None = None, *, in_rooms: bool = False) -> MenuChoice:
    """The choice with the card that ships, or a facilitator's `own`, where several people take part.

    Who plays alone against bots, with nobody else at the table, is shown his own card alone. Raises UnreadableInput.
    """
    if own is not None:
        return replace(choice, consent=_own(own))
    several = (choice.us, choice.china, choice.facilitator).count("person") > 1
    return replace(choice, consent="") if in_rooms or several else choice


def _own(path: Path) -> str:
    try:
        text = clean(read_whole(path).decode(), lines=True).strip()
    except UnicodeDecodeError:
        text = ""
    if 0 < len(text) <= LONGEST:
        return text
    raise UnreadableInput(
        "usage/consent",
        "{path} is no card that can be shown: plain text of 1 to {most} characters, in UTF-8",
        hint=Sentence("write what is recorded, who may see it, and that one may leave; or leave --consent out"),
        path=path,
        most=LONGEST,
    )
