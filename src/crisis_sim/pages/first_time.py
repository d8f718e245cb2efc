"""A first time: one move, one reading and both gaps, for somebody who has never played.

It is no session: no rule judges it, nothing is logged, and what is said here is gone when it ends. What Beijing hears
of each move and means by its own words is written here; what lies between is the player's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from crisis_sim.engine.views.hotwash_facts import PairFacts
from crisis_sim.engine.views.shared_facts import ActFacts
from crisis_sim.pages.acts_opened import apart_blocks
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Quote, Span, line, prose
from crisis_sim.pages.phrases import EXAMPLES, format_hostility
from crisis_sim.rules.names import Side
from crisis_sim.wording import Say, _, quote_text

Scene: TypeAlias = Literal["situation", "move", "intent", "expected", "reading", "ours", "theirs"]
SCENES: Final[tuple[Scene, ...]] = ("situation", "move", "intent", "expected", "reading", "ours", "theirs")
SITUATION: Final = (
    _(
        "A fishing boat of a third country is going down in a storm, in waters where ships of both our countries sail; "
        "eleven people are aboard."
    ),
    _("A Chinese coast guard ship is nearest and has begun to search, but she carries no helicopter."),
    _("Your ship carries one, three hours of daylight are left, and both sides only want to get the eleven out."),
    _("You sit in Washington and can say one thing to Beijing; how it sounds there, nobody can tell you."),
)
NOTHING_KEPT: Final = _("This is no session: nothing that you say here is kept.")


class FirstMove(NamedTuple):
    """Something that can be said to Beijing, and how Beijing hears it."""

    name: str
    text: str
    reading: int
    why: str


MOVES: Final = (
    FirstMove(
        _("Say when your helicopter comes"),
        _(
            "Our helicopter will be over the boat at 17:40, low, from the east. "
            "We tell you so that nobody is surprised."
        ),
        1,
        _(
            "An officer in Beijing wanted no surprise either. He found an announcement and no question: "
            "foreigners will fly low over his ship."
        ),
    ),
    FirstMove(
        _("Ask how your helicopter can help"),
        _("Our helicopter can be with you in forty minutes. Where may it search, and whom shall it call?"),
        -1,
        _(
            "The question was welcome in Beijing. But three offices have to agree before anybody may answer it, "
            "and forty minutes sounded like a deadline."
        ),
    ),
    FirstMove(
        _("Say in public that help is coming"),
        _("Eleven people are in the sea. Our crew is on its way to them and will do all it can."),
        1,
        _(
            "In Beijing they heard it on the news. It did not mention the ship that was searching already, "
            "and her crew has families who listen too."
        ),
    ),
)
THEIR_TEXT: Final = _("Our ship leads the search. All aircraft keep ten miles off until she calls them.")
THEIR_INTENT: Final = -1
THEIR_EXPECTED: Final = 0
THEIR_WHY: Final = _(
    "Her captain was firing flares for the people in the water, and feared for a crew that could not see them. "
    "He wrote what he would write to any aircraft."
)
NOBODY_WRONG: Final = _("Nobody was wrong: each meant what it said, and each heard what could be heard.")
HINTS: Final[Mapping[Scene, str]] = {
    "intent": _(
        "In a session what you mean is sealed: the other side sees it when all is over. Say what you really mean."
    ),
    "expected": _("What you mean is one thing, how they will hear it another. This is sealed too."),
    "reading": _("Nobody tells you how it was meant. Say how it sounds to you; that is sealed as well."),
}
"""What each answer is for."""


class FirstTime(Struct, frozen=True):
    """How far it is, and what has been said so far."""

    scene: Scene = "situation"
    move: int = 0
    intent: int = 0
    expected: int = 0
    reading: int = 0

    @property
    def chosen(self) -> FirstMove:
        """The move that was made."""
        return MOVES[self.move]

    def on(self, answer: int = 0) -> FirstTime:
        """The next scene, with what was said in this one. There must be one."""
        answers = {self.scene: answer} if self.scene in HINTS or self.scene == "move" else {}
        return replace(self, scene=SCENES[SCENES.index(self.scene) + 1], **answers)


NEXT: Final = _("What comes next: a session of your own, alone, 45 minutes, against a team that listens.")
"""Where somebody who has tried it goes on."""


def first_time_blocks(step: FirstTime, say: Say) -> Iterator[Block]:
    """What is read in a scene, before what it asks."""
    match step.scene:
        case "situation":
            yield Heading(say("A first time: three minutes"))
            yield from (prose(say(sentence)) for sentence in SITUATION)
            yield prose(say(NOTHING_KEPT), "quiet")
        case "move":
            yield Heading(say("Your move"))
            yield prose(say("One thing can be said before dark. Each of the three is meant to help."))
        case "intent" | "expected":
            yield Heading(say("You say to Beijing"), tone="us")
            yield Quote(say(step.chosen.text), 1)
            yield prose(say(HINTS[step.scene]))
        case "reading":
            yield Heading(say("Then this comes from Beijing"), tone="china")
            yield Quote(say(THEIR_TEXT), 1)
            yield prose(say(HINTS[step.scene]))
        case "ours":
            yield Heading(say("What you said, and what was heard"), tone="us")
            yield from _apart(
                "us", step.chosen.text, (step.intent, step.expected, step.chosen.reading), step.chosen.why, say
            )
        case "theirs":
            yield Heading(say("What they said, and what you heard"), tone="china")
            yield from _apart("china", THEIR_TEXT, (THEIR_INTENT, THEIR_EXPECTED, step.reading), THEIR_WHY, say)
            yield prose(say(NOBODY_WRONG), "strong")
            yield prose(
                say("A session is this for an hour or two, while the crisis goes on; at its end all is opened.")
            )
            yield prose(say(NEXT), "quiet")


def _apart(side: Side, text: str, scale_values: tuple[int, int, int], why: str, say: Say) -> Iterator[Block]:
    """An act, what was meant, expected and heard on one scale, and why it could be heard so."""
    intent, expected, reading = scale_values
    yield Quote(say(text), 1)
    pair = PairFacts(
        side=side,
        turn=1,
        order=1,
        act=ActFacts(side, "", "private"),
        intent=intent,
        expected=expected,
        audience=None,
        taken_for=None,
        reading=reading,
        confidence=None,
        gap=reading - intent,
        unforeseen=reading - expected,
        foreseen=expected - intent,
        arrived=1,
    )
    yield from apart_blocks(pair, say)
    yield prose(say(why))


NOW: Final[Mapping[Scene, str]] = {
    "situation": _("Read this, then go on (space)."),
    "move": _("What do you do? Press 1, 2 or 3."),
    "intent": _("We mean it as: press 1 (friendly) to 7 (hostile)."),
    "expected": _("We expect them to take it as: press 1 (friendly) to 7 (hostile)."),
    "reading": _("We take it as: press 1 (friendly) to 7 (hostile)."),
    "ours": _("Yours: what was meant and what was heard. Go on (space)."),
    "theirs": _("Theirs: what was meant and what was heard. Enter plays a session alone; esc leaves."),
}


def first_time_now(step: FirstTime, say: Say) -> str:
    """What to do in a scene."""
    return say(NOW[step.scene])


def first_time_options(step: FirstTime, say: Say) -> list[Block]:
    """What can be answered in a scene, each behind its digit."""
    if step.scene == "move":
        moves = enumerate(MOVES, 1)
        return [
            Paragraph(
                line(Span(say(move.name), "strong"), f"\n{quote_text(say(move.text))}"),
                key=str(n),
                lead=line(Span(str(n), "strong")),
            )
            for n, move in moves
        ]
    if step.scene not in HINTS:
        return []
    return [
        Paragraph(
            line(format_hostility(value, say), Span(f"   {say(EXAMPLES[value + 3])}", "quiet")),
            key=str(n),
            lead=line(Span(str(n), "strong")),
        )
        for n, value in enumerate(range(-3, 4), 1)
    ]
