"""The card before the first act: what is recorded, who may see it, and that what was said is nobody's by name.

Who sits at a seat agrees or leaves. Its words are these, or the facilitator's own; who is still asked is said here too,
for every door.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.actions import AgreeToCard
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView, View
from crisis_sim.pages.blocks import Block, Heading, prose
from crisis_sim.pages.form import Form, Questions
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import SIDES
from crisis_sim.wording import _
from crisis_sim.wording.labels import SEATS

CONSENT: Final = "consent"
"""The form's name."""
TITLE: Final = _("Before the first act: what is recorded, and who may see it")
CARD: Final = (
    (
        _("What is recorded"),
        _(
            "Every act, reading, guess and note that is entered at a seat, word for word and with the time, in one log "
            "on the facilitator's machine. What is said aloud is not. Nobody is asked for a name; where several sit at "
            "a team, what each says alone bears the label of the place, such as us-2."
        ),
    ),
    (
        _("Who may see it"),
        _(
            "In play what a team seals is shown to that team and the facilitator alone. In the hotwash it is opened to "
            "everybody who takes part, notes of a talk included; other notes, and what each said alone, are not. The "
            "facilitator keeps the log, and says to whom else it may go, such as researchers."
        ),
    ),
    (
        _("Not attributed to anybody"),
        _(
            "Afterwards everybody may use what was learned here. Nobody says who said it, for whom they work, or "
            "who else was in the room (the Chatham House rule)."
        ),
    ),
    (
        _("You may leave"),
        _(
            "Taking part is voluntary. You may leave now or at any time and need give no reason. What was entered by "
            "then stays in the log, unless it is removed."
        ),
    ),
    (
        _("It can be removed"),
        _(
            "If you ask, the facilitator removes the session and all that was made from it here with one command, "
            "“crisis-sim forget”. Copies that have gone elsewhere are beyond its reach."
        ),
    ),
)
"""The card that ships: a head, and what it says."""
OWN: Final = _("What is entered here is recorded. The facilitator's own card on it:")
DUTY: Final = _("Read this card; then agree, or leave. Nothing can be done before.")
AGREE: Final = _("I have read this, and agree")
WE_AGREE: Final = _("We have read this, and agree")


def is_asked(reader: Reader) -> bool:
    """Whoever sits there has still to agree to the card: each person by himself, at one table each team."""
    view = reader.view()
    if reader.say.dossier.consent is None or isinstance(view, FacilitatorView) or view.phase == "closed":
        return False
    if reader.company is not None:
        return not reader.company.has_agreed
    return isinstance(view, TeamView) and not view.agreed


def agree_words(reader: Reader) -> str:
    """What agreeing is called, for one person or a team at one screen."""
    return reader.say(WE_AGREE if reader.company is None else AGREE)


def card_blocks(say: Translator) -> Iterator[Block]:
    """The card."""
    own = say.dossier.consent or ""
    if own:
        yield prose(say(OWN), "quiet")
        yield from (prose(paragraph.strip()) for paragraph in own.split("\n\n") if paragraph.strip())
        return
    for head, text in CARD:
        yield Heading(say(head), 3)
        yield prose(say(text))


def consent_form(view: View, say: Translator) -> Form | None:
    """The card as a form; None where nobody is asked."""
    if say.dossier.consent is None or isinstance(view, FacilitatorView):
        return None
    return Questions({}).form(CONSENT, say(TITLE), say(AGREE), AgreeToCard(), intro=tuple(card_blocks(say)))


def not_agreed_blocks(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """Which teams the facilitator waits for to agree, people of which can do nothing before."""
    if say.dossier.consent is None or view.phase == "closed":
        return
    names = [say(SEATS[side]) for side in SIDES if side not in view.agreed and side not in view.bots]
    if names:
        template = _("Nobody has agreed to the card yet at: {names}. Nothing can be done there before.")
        yield prose(say(template, names=say(", ").join(names)), "strong")
