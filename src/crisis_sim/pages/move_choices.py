"""What is chosen of a move besides its channel, its words and its meaning: one list, from which every door asks.

What there is to choose from and what is to be known of it is said here; what a choice may be left out has a word for
none of it. Where a choice is not asked of the move as it stands, it has no options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from msgspec import UNSET

from crisis_sim.engine.views.feed_items import OwnActItem
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages.asset_blocks import choice_note
from crisis_sim.pages.binding_words import FIRST_CITED, citable, describe_instrument, is_first_citing
from crisis_sim.pages.channel_blocks import shape_word
from crisis_sim.pages.disclosure_words import backing_choice, fact_note, truth_choice, truths
from crisis_sim.pages.line_blocks import line_named
from crisis_sim.pages.move_blocks import find_refusal, promise_note, takers, term_note, terms_of
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.phrases import PURPOSES
from crisis_sim.pages.translator import Translator, describe_taker
from crisis_sim.wording import _


class MoveOption(NamedTuple):
    """Something that can be chosen."""

    name: str
    label: str
    note: str = ""
    """What is to be known of it."""


_Options: TypeAlias = Callable[[PartialMove, TeamView, Translator], Iterable[MoveOption]]


class MoveChoice(NamedTuple):
    """Something that is chosen of a move, by the field of a draft that says so."""

    asks: str
    """The question."""
    lacks: str
    """What is said while it has to be chosen and is not; of what may be left out, of a move that has none of it."""
    options: _Options
    skip_label: str = ""
    """What leaving it out is called; empty where it has to be chosen."""
    note: Callable[[PartialMove, TeamView, Translator], str] = lambda partial_move, view, say: ""
    """What is to be known before."""
    binding: bool = False
    """What is chosen binds us once the move has gone out."""


def _takers(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    if partial_move.channel:
        yield from (MoveOption(taker, describe_taker(taker, say)) for taker in takers(partial_move, view, say))


def asks_purpose(partial_move: PartialMove, view: TeamView, say: Translator) -> bool:
    """Whether a move asks for a call or takes one, of which it is said what it is for."""
    if not say.dossier.call_purposes or not partial_move.move:
        return False
    if partial_move.how == "accept":
        return any(
            say.dossier.moves[request.act.move].exchange
            for request in view.requests
            if request.number == partial_move.answers
        )
    return (
        say.dossier.moves[partial_move.move].exchange
        and partial_move.how != "decline"
        and partial_move.how != "holding"
    )


def _sealed(partial_move: PartialMove, view: TeamView, say: Translator) -> str:
    """What becomes of what is said of a call, and what home makes of one that is announced."""
    if partial_move.visibility == "public":
        return say("Sealed until the hotwash. It is announced: home will expect more of it.")
    return say("Sealed until the hotwash; home asks only what came of the talk.")


def _ours(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    if asks_purpose(partial_move, view, say):
        yield from (MoveOption(name, say(label), say(note)) for name, (label, note) in PURPOSES.items())


def _theirs(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    yield from (option._replace(note="") for option in _ours(partial_move, view, say))


def _assets(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    for name in say.dossier.moves[partial_move.move].assets:
        yield MoveOption(name, say.asset(name), choice_note(name, view.assets, say))


def _about(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    for channel in view.channels if say.dossier.moves[partial_move.move].about_channel else ():
        yield MoveOption(channel.id, say.channel(channel.id), shape_word(channel.id, channel.readiness, say))


def _lines(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    for line in view.lines if say.dossier.moves[partial_move.move].tells else ():
        if line.adopted:
            yield MoveOption(line.id, line_named(line, say))


def _facts(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    for name in say.dossier.moves[partial_move.move].discloses:
        yield MoveOption(name, say.private_fact(name), fact_note(name, view.private_facts, say))


def _backings(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    if partial_move.discloses:
        entry = say.dossier.private_facts[partial_move.discloses]
        yield from (MoveOption(backing, backing_choice(backing, entry, say)) for backing in entry.backings)


def _truths(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    if partial_move.discloses and partial_move.backed:
        entry = say.dossier.private_facts[partial_move.discloses]
        yield from (MoveOption(truth, truth_choice(truth, entry, say)) for truth in truths(partial_move, entry))


def _terms(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    for term in terms_of(say.dossier.moves[partial_move.move], partial_move.visibility, say):
        yield MoveOption(term, say.term(term), term_note(term, say))


def _instruments(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    for name in citable(view, partial_move.move, partial_move.cites, say):
        yield MoveOption(name, describe_instrument(name, say), say.localize(say.dossier.instruments[name].says))


def _promises(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[MoveOption]:
    for name in say.dossier.moves[partial_move.move].promises:
        yield MoveOption(name, say.promise(name), promise_note(name, say))


def _disclosure_default(partial_move: PartialMove, view: TeamView, say: Translator) -> str:
    """What telling a fact does, the first time that a move could."""
    earlier_moves = [entry.draft.move for entry in view.drafts] + [
        item.act.move for item in view.feed if type(item) is OwnActItem
    ]
    if any(say.dossier.moves[move].discloses for move in earlier_moves):
        return ""
    return say(
        "Told it cannot be taken back. It eases them, at a price to us; told in part or untruly it may come out later."
    )


CHOICES: Final[Mapping[str, MoveChoice]] = {
    "taker": MoveChoice(_("Who takes it?"), _("Say who takes it."), _takers, binding=True),
    "purpose": MoveChoice(_("What do we want of this talk?"), _("Say what we want of the talk."), _ours, note=_sealed),
    "their_purpose": MoveChoice(
        _("And what do they want of it, as we think?"), _("Say what they want of it, as we think."), _theirs
    ),
    "asset": MoveChoice(_("With which of what we have?"), _("Say with which of what we have."), _assets),
    "about": MoveChoice(_("Which channel is it about?"), _("Say which channel it is about."), _about),
    "line": MoveChoice(_("Which line of ours does it name?"), _("Say which line of ours it names."), _lines),
    "discloses": MoveChoice(
        _("Does it tell what we alone know?"), "", _facts, _("tell nothing of it"), _disclosure_default, binding=True
    ),
    "backed": MoveChoice(_("What stands behind it?"), _("Say what stands behind what we tell."), _backings),
    "truth": MoveChoice(
        _("How do we tell it? That stays sealed."), _("Say how we tell it; that stays sealed."), _truths
    ),
    "terms": MoveChoice(_("Which of these hold for it?"), "", _terms, _("without any of these"), binding=True),
    "cites": MoveChoice(
        _("What does it cite?"),
        _("That move cites nothing."),
        _instruments,
        _("nothing"),
        lambda partial_move, view, say: say(FIRST_CITED) if is_first_citing(view) else "",
        binding=True,
    ),
    "promise": MoveChoice(_("Does it carry a promise?"), "", _promises, _("no promise"), binding=True),
}
"""By the field of a draft, in the order in which they are shown."""


def required_fields(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[str]:
    """What this move has to say before its words, by field."""
    for field, choice in CHOICES.items() if partial_move.move else ():
        if not choice.skip_label and any(choice.options(partial_move, view, say)):
            yield field


def missing_choice(partial_move: PartialMove, view: TeamView, say: Translator) -> tuple[str, str]:
    """What has to be chosen before a move's words and is not: its field, and what asks for it; or nothing."""
    missing = (
        (field, say(CHOICES[field].lacks))
        for field in required_fields(partial_move, view, say)
        if not getattr(partial_move, field)
    )
    return next(missing, ("", ""))


def missing_part(partial_move: PartialMove, view: TeamView, say: Translator) -> tuple[str, str]:
    """What keeps a move from being taken though all that is sealed with it is said: its key, and what says so."""
    field, reason = missing_choice(partial_move, view, say)
    if field:
        return f"{field}:", reason
    reason, term = find_refusal(partial_move.move, partial_move.terms, view, say)
    return (f"term:{term}", say("{sentence}.", sentence=reason)) if reason else ("", "")


def can_add(partial_move: PartialMove, view: TeamView, say: Translator) -> bool:
    """There is something that a move may bear and need not, or another way to be heard: to be seen before its words."""
    ways = say.dossier.moves[partial_move.move].visibilities
    if partial_move.channel:
        ways = tuple([way for way in ways if way in say.dossier.channels[partial_move.channel].visibilities])
    optional_choices = (choice for choice in CHOICES.values() if choice.skip_label)
    return len(ways) > 1 or any(any(choice.options(partial_move, view, say)) for choice in optional_choices)


def choose(partial_move: PartialMove, field: str, name: str | None) -> None:
    """Say it, or nothing of it; what hung on what was said before is to be said again."""
    setattr(partial_move, field, name or {"terms": (), "promise": None, "about": None}.get(field, UNSET))
    if field == "discloses":
        partial_move.backed = partial_move.truth = UNSET
    elif field == "backed" and name != "word" and partial_move.truth == "untrue":
        partial_move.truth = UNSET


def is_marked(partial_move: PartialMove, key: str) -> bool:
    """Whether what a list offers under `field:name` is chosen."""
    kind, _, name = key.partition(":")
    return name in partial_move.terms if kind == "term" else bool(getattr(partial_move, kind) == name)


def changes_nothing(partial_move: PartialMove, key: str) -> bool:
    """Whether choosing what a list offers under `field:name`, or under `field:` for none of it, changes nothing."""
    kind, _, name = key.partition(":")
    return is_marked(partial_move, key) if name else not getattr(partial_move, kind)
