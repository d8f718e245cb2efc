"""A move as a form: what, over which channel, for whose ears, what it bears, its words, and what is sealed with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import UNSET

from crisis_sim.engine import actions as a
from crisis_sim.engine.actions import Draft
from crisis_sim.engine.views.seat_views import DraftFacts, RequestFacts, TeamView
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.channel_blocks import NOT_SECRET, is_passed_on
from crisis_sim.pages.form import Form, FormLink, FormOption, FormSheet, Questions
from crisis_sim.pages.move_blocks import (
    advice,
    describe_channel,
    find_refusal,
    move_blocks,
    open_channels,
    search_words,
    why_not,
)
from crisis_sim.pages.move_choices import CHOICES, choose
from crisis_sim.pages.partial_move import PartialMove, sealed_fields
from crisis_sim.pages.pending_blocks import draft_head, readout_blocks, received, request_status
from crisis_sim.pages.phrases import AUDIENCES, EXAMPLES, format_hostility
from crisis_sim.pages.timely_moves import timely_moves
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import AnswerKind, Visibility
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import FAMILIES

SCALE: Final = range(-3, 4)
WAYS: Final[dict[AnswerKind, str]] = {
    "accept": _("Accept: {label}"),
    "decline": _("Decline: {label}"),
    "counter": _("Counter with a move of our own"),
    "holding": _("Send a holding note; it keeps the request open"),
}
"""How a request is answered."""
SILENCE: Final = "silence"
SAY_NOTHING: Final = (_("Say nothing"), _("Silence past its time is an act, and goes on the record."))
"""The answer that no move makes: what it is called, and what it means."""
FOLDED_FROM: Final = 10
"""Moves of a catalogue from which their groups are folded."""
NEW: Final = "move"
"""The form of a move of our own; with a colon and a move's id, of that one."""


def scale_options(say: Say) -> Iterator[FormOption]:
    """The places of the scale from −3 very friendly to +3 very hostile, each with an example."""
    for value in SCALE:
        yield FormOption(str(value), format_hostility(value, say), say(EXAMPLES[value + 3]))


def move_form(name: str, move: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """A move of our own, with or without saying which."""
    questions = Questions(answers, {"move": move} if move else {})
    composed = _composed(questions, view, say, PartialMove())
    action = None if composed is None else a.SealMove(draft=composed)
    return _form(questions, name, say("New move"), view, say, action)


def answer_form(name: str, request: RequestFacts, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """An answer to what was asked of us, in one of the four ways, or nothing."""
    questions = Questions(answers)
    moves_by_way = {"accept": request.accept, "decline": request.decline, "holding": say.dossier.holding}
    labels = {way: say.move(move) for way, move in moves_by_way.items()}
    options = [
        FormOption(way, say(label, label=labels.get(way, "")), closed=why_not(moves_by_way.get(way, ""), view, say))
        for way, label in WAYS.items()
    ]
    label, note = map(say, SAY_NOTHING)
    options.append(FormOption(SILENCE, label, note))
    chosen_way = questions.one("how", say("How do we answer?"), options, binding=True)
    action = None
    if chosen_way == SILENCE:
        silent = a.StaySilent(request=request.number)
        return questions.form(
            name, received(request.act, say), say("Say nothing"), silent, intro=_waits(request, view, say)
        )
    if chosen_way is not None:
        questions.given = {**_as_asked(request), "move": moves_by_way.get(chosen_way, "")}
        way: AnswerKind = next(key for key in WAYS if key == chosen_way)
        draft = _composed(
            questions, view, say, PartialMove(answers=request.number, how=way), fixed=chosen_way in moves_by_way
        )
        action = None if draft is None else a.SealMove(draft=draft)
    return _form(questions, name, received(request.act, say), view, say, action, intro=_waits(request, view, say))


def revised_form(name: str, listed: DraftFacts, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """A move of the list once more, to be put otherwise or taken off."""
    draft = listed.draft
    request = next((entry for entry in view.requests if entry.number == draft.answers), None)
    questions = Questions(answers, answers_from(draft))
    partial_move = PartialMove(answers=draft.answers, how=draft.how)
    is_fixed = draft.how in ("accept", "decline", "holding")
    composed = _composed(questions, view, say, partial_move, fixed=is_fixed)
    action = None if composed is None else a.ReviseMove(number=listed.number, draft=composed)
    intro = () if request is None else (prose(received(request.act, say), "strong"), *_waits(request, view, say))
    off = FormLink(f"off:{listed.number}", say("take off"))
    return _form(questions, name, draft_head(draft, say), view, say, action, intro=intro, links=(off,))


def _waits(request: RequestFacts, view: TeamView, say: Translator) -> tuple[Block, ...]:
    """How long what was asked of us can wait, and its words."""
    status, tone = request_status(request, view, say)
    return prose(status, tone), *readout_blocks(request.act, say)


def is_move(name: str) -> bool:
    """Whether a form makes a move."""
    return name.partition(":")[0] in (NEW, "request", "draft")


def answers_from(move: Draft | PartialMove) -> dict[str, str | tuple[str, ...]]:
    """What a sheet of answers would hold that made the move, as far as it is said."""
    answers: dict[str, str | tuple[str, ...]] = {
        "move": move.move,
        "way": f"{move.channel}/{'public' if move.visibility == 'public' else 'private'}",
        "text": move.text,
    }
    for field in ("intent", "expected", "audience"):
        if (value := getattr(move, field)) not in (None, UNSET):
            answers[field] = str(value)
    for field in CHOICES:
        value = getattr(move, field)
        answers[field] = value if isinstance(value, tuple) else "" if value in (None, UNSET) else str(value)
    return answers


def _as_asked(request: RequestFacts) -> dict[str, str]:
    """An answer goes the way that the question came, where it can."""
    return {"way": f"{request.act.channel}/{'public' if request.act.visibility == 'public' else 'private'}"}


def _form(
    questions: Questions,
    name: str,
    title: str,
    view: TeamView,
    say: Translator,
    action: a.SealMove | a.ReviseMove | None,
    intro: tuple[Block, ...] = (),
    links: tuple[FormLink, ...] = (),
) -> Form:
    advice_blocks, lacks = tuple(_advisers(questions, view, say)), ""
    if action is not None:
        lacks, _term = find_refusal(action.draft.move, action.draft.terms, view, say)
    form = questions.form(
        name, title, say("Put it on our list"), action, intro=intro, notes=advice_blocks, lacks=lacks, links=links
    )
    if any(field.name == "text" for field in form.fields):
        return form
    later = Questions(questions.sheet, questions.given)
    _words(later, say)
    return form._replace(later=later.fields[0])


def _composed(
    questions: Questions, view: TeamView, say: Translator, partial_move: PartialMove, *, fixed: bool = False
) -> Draft | None:
    """Ask for every part of a move, each once what it hangs on is said; None while something is not said."""
    partial_move.move = (
        str(questions.given["move"])
        if fixed
        else questions.one("move", say("Which move?"), move_options(view, say)) or ""
    )
    if not partial_move.move or not _way(questions, view, say, partial_move):
        return None
    for field in CHOICES:
        _choice(field, questions, view, say, partial_move)
        if not questions.is_whole:
            return None
    text = _words(questions, say)
    _sealed(questions, say, partial_move)
    if not questions.is_whole:
        return None
    partial_move.text = text or ""
    return partial_move.draft()


def _words(questions: Questions, say: Translator) -> str | None:
    return questions.text("text", say("In what words?"), skip_label=say("no words of ours"))


def move_options(view: TeamView, say: Translator) -> Iterator[FormOption]:
    """First what answers what has just happened, then the rest of the catalogue by family.

    What can't be made now stands last in its family, with the reason.
    """
    moves = [entry for entry in say.dossier.moves.values() if not entry.only_as_answer]
    timely = timely_moves(view, say)
    for name in timely:
        yield _move_option(name, say("Replies to what has happened"), "", say)
    for family in dict.fromkeys(entry.family for entry in moves):
        group = say(FAMILIES[family]) if family in FAMILIES else family
        names = [move.id for move in moves if move.family == family and move.id not in timely]
        options = [_move_option(name, group, why_not(name, view, say), say) for name in names]
        for option in sorted(options, key=lambda option: option.closed != ""):
            yield option._replace(folded=len(moves) >= FOLDED_FROM)


def _move_option(name: str, group: str, closed: str, say: Translator) -> FormOption:
    move = say.dossier.moves[name]
    return FormOption(name, say.localize(move.label), say.localize(move.does), group, closed, search_words(move))


def _way(questions: Questions, view: TeamView, say: Translator, partial_move: PartialMove) -> bool:
    """Channel and visibility together: only what goes together is offered; whether it is said."""
    move, channels = say.dossier.moves[partial_move.move], {facts.id: facts for facts in view.channels}
    options = []
    for channel in open_channels(move, view):
        ways = sorted(set(move.visibilities).intersection(say.dossier.channels[channel].visibilities))
        for way in ways:
            label = say("{channel}, {visibility}", channel=say.channel(channel), visibility=say(way))
            note = describe_channel(channels[channel], say, private=way == "private")
            options.append(FormOption(f"{channel}/{way}", label, note))
    answer = questions.one("way", say("Over which channel?"), options)
    if answer is None:
        return False
    partial_move.channel, _slash, visibility = answer.partition("/")
    partial_move.visibility = "public" if visibility == "public" else "private"
    return True


def _choice(field: str, questions: Questions, view: TeamView, say: Translator, partial_move: PartialMove) -> None:
    """What is chosen of it besides, where it is asked for that."""
    choice = CHOICES[field]
    if field == "cites" and partial_move.move == questions.given.get("move"):
        partial_move.cites = (
            str(questions.given.get(field, "")) or UNSET
        )  # what it cites already is no more to be cited by others
    options = [FormOption(*option) for option in choice.options(partial_move, view, say)]
    if not options:
        return
    note, none_label = choice.note(partial_move, view, say), say(choice.skip_label) if choice.skip_label else ""
    if field == "terms":
        partial_move.terms = (
            questions.many(field, say(choice.asks), options, note=note, skip_label=none_label, binding=choice.binding)
            or ()
        )
    else:
        choose(
            partial_move,
            field,
            questions.one(field, say(choice.asks), options, note=note, skip_label=none_label, binding=choice.binding),
        )


def _sealed(questions: Questions, say: Translator, partial_move: PartialMove) -> None:
    """What is sealed with the words."""
    fields = sealed_fields(partial_move)
    note = say("That stays sealed.")
    intent = questions.one("intent", say("How do we mean it?"), scale_options(say), note=note, scale=True)
    question = say("How do we expect them to take it?")
    expected = questions.one("expected", question, scale_options(say), note=note, scale=True)
    partial_move.intent = None if intent is None else int(intent)
    partial_move.expected = None if expected is None else int(expected)
    if "audience" in fields:
        options = [FormOption(name, say(ours)) for name, (ours, _theirs) in AUDIENCES.items()]
        audience = questions.one("audience", say("Whom is it mainly for?"), options)
        partial_move.audience = next((key for key in AUDIENCES if key == audience), None)


def _advisers(questions: Questions, view: TeamView, say: Translator) -> Iterator[Block]:
    """What is known of the move so far, and what our advisers say of it."""
    answers = {field.name: field.answer for field in questions.fields if field.answer is not None}
    name = str(answers.get("move", questions.given.get("move", "")))
    move = say.dossier.moves.get(name)
    if move is None:
        return
    if "way" not in answers:
        yield from move_blocks(move, view, say)
        return
    yield prose(say.localize(move.does))
    channel, _slash, visibility = str(answers["way"]).partition("/")
    if visibility == "private" and is_passed_on(channel, say):
        yield prose(say(NOT_SECRET), "strong")
    asset = str(answers["asset"]) if "asset" in answers else UNSET
    heard_by: Visibility = "public" if visibility == "public" else "private"
    partial_move = PartialMove(visibility=heard_by, terms=tuple(answers.get("terms", ())), asset=asset)
    facts = next((entry for entry in view.channels if entry.id == channel), None)
    for warning in advice(move, view, facts, partial_move, say):
        yield prose(say("Our advisers: {warning}", warning=warning), "strong")
