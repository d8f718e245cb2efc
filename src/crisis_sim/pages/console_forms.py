"""All that a facilitator can be asked, by name: what goes on with play, with an inject or an act, and by hand.

What each key will change is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.feed_items import ExchangeItem
from crisis_sim.engine.views.seat_views import ActRecord, FacilitatorView, InjectFacts, MeterFacts
from crisis_sim.numbers import points, points_text
from crisis_sim.pages.blocks import Block, capital, prose
from crisis_sim.pages.closer_words import CHANGES as ANSWERS
from crisis_sim.pages.closer_words import CLOSER
from crisis_sim.pages.console_blocks import act_blocks, describe_proposal
from crisis_sim.pages.form import Form, FormLink, FormOption, FormSheet, Questions
from crisis_sim.pages.mirror_words import CHANGES, MIRROR, is_offered
from crisis_sim.pages.phrases import sides, team
from crisis_sim.pages.plan_blocks import FINISHED_STATES, inject_blocks, title_of
from crisis_sim.pages.seal_words import OPENS
from crisis_sim.pages.traces import describe_meter
from crisis_sim.pages.translator import Translator, head_for
from crisis_sim.wording import _, quote_text

EFFECTS: Final[Mapping[str, str]] = {
    "extend": _("This turn's clock has more minutes for both teams; game time stays where it is."),
    "improvise": _("They read it at once among this turn's news, under no name; it moves no number, and stands."),
    "override": _("The number is what you say from now on; nobody is told, and the record says why."),
    "note": _("Nobody reads it before the debrief; it stands in the joint version, and moves nothing."),
    "bookmark": _("The place can be found again in a replay and in the debrief; nobody is told."),
}
"""What each key will change, in one line, before it is pressed for good or as it has been."""
STANDS: Final = _("It stands beneath the words for whoever may read them, and on the record; it replaces nothing.")


class Translatable(NamedTuple):
    """Words that somebody wrote."""

    asks: a.TranslateAct | a.TranslateLine
    """What attaches a translation; with the one that is there, if one is."""
    head: str
    """Whose words, in what."""
    words: str


def translatable(view: FacilitatorView, say: Translator) -> tuple[Translatable, ...]:
    """What people wrote that can be translated, the newest first; of a turn what was said before what was sent."""
    entries = [*_lines(view, say), *_acts(view, say)]
    return tuple([entry for _turn, entry in sorted(entries, key=itemgetter(0), reverse=True)])


def _lines(view: FacilitatorView, say: Translator) -> Iterator[tuple[int, Translatable]]:
    exchanges = [item for item in view.feed if isinstance(item, ExchangeItem)]
    for number, item in enumerate(exchanges, 1):
        for place, (side, words, translation) in reversed(tuple(enumerate(item.said, 1))):
            asks = a.TranslateLine(exchange=number, line=place, text=translation)
            head = say("{team}, in the call of turn {turn}", team=team(say, side), turn=item.turn)
            yield item.turn, Translatable(asks, head, words)


def _acts(view: FacilitatorView, say: Translator) -> Iterator[tuple[int, Translatable]]:
    for record in reversed(view.acts):
        act = record.act
        if act.text:
            asks = a.TranslateAct(side=act.side, turn=record.turn, order=record.order, text=act.translation)
            yield record.turn, Translatable(asks, head_for(act, None, say), act.text)


LONGEST_EXTENSION: Final = 60
"""Minutes that can be given at once."""
RECIPIENTS: Final[Mapping[str, str]] = {
    "both": _("Both teams, the same words"),
    "us": _("US alone"),
    "china": _("China alone"),
    "each": _("Both teams, different words"),
}
INTERVENTIONS: Final[Mapping[str, tuple[str, type[a.ReleaseInject | a.HoldInject | a.SkipInject]]]] = {
    "release": (_("release it now"), a.ReleaseInject),
    "hold": (_("hold it until it is released"), a.HoldInject),
    "skip": (_("skip it: strike it from this session"), a.SkipInject),
}
"""What can be done with an inject of the plan."""
DOES: Final[Mapping[str, str]] = {"release": _("Deliver it"), "hold": _("Hold it"), "skip": _("Strike it")}
STRIKES: Final[Mapping[str | None, str]] = {
    "release": _("“{title}” cannot be taken back once it is delivered. Deliver it now?"),
    "skip": _("Strike “{title}” from this session?"),
}
"""What is asked before it is done."""
_Making: TypeAlias = Callable[[str, FacilitatorView, FormSheet, Translator], Form | None]


def console_links(view: FacilitatorView, say: Translator) -> Iterator[FormLink]:
    """What a facilitator can do at the moment, what play waits for first."""
    if view.phase == "closed":
        return
    is_played = view.phase != "hotwash"
    if view.paused:
        yield FormLink("unpause", say("Go on"))
    else:
        yield FormLink("advance", say("Next phase"))
        yield FormLink("pause", say("Pause"))
    if _is_in_turn(view):
        yield FormLink("extend", say("More minutes for this turn"))
        yield FormLink("improvise", say("Improvise: words that are in no plan"))
    if translatable(view, say):
        yield FormLink("translate", say("Translate words of a team"))
    yield FormLink("note", say("Write a note"))
    if any(crossing.is_open for crossing in view.proposed):
        yield FormLink("declare", say("Declare a red line crossed"))
    if is_offered(view):
        yield FormLink("mirror", say("The mirror: say to both what neither sees"))
    if view.can_ask:
        yield FormLink("question", say("Ask both what moved them closer"))
    if view.meters and is_played:
        yield FormLink("override", say("Override a number"))
    yield FormLink("bookmark", say("Bookmark this place in the log"))


def console_names(view: FacilitatorView, say: Translator) -> tuple[str, ...]:
    """Every form that can be had now, those about one thing of a page by the key of its block."""
    names = [link.name for link in console_links(view, say)]
    if view.phase not in ("hotwash", "closed"):
        names += [
            f"inject:{inject.id}"
            for inject in view.msel
            if inject.state not in FINISHED_STATES or inject.state == "skipped"
        ]
        names += [_key(record) for record in view.acts if _can_be_revealed(record, view)]
    return tuple(names)


def _can_be_revealed(act: ActRecord, view: FacilitatorView) -> bool:
    """It arrived, read or not, in a turn that is judged."""
    is_at_work = view.phase in ("moves", "readings") and act.arrived == view.turn
    return bool(act.arrived) and not act.revealed and not is_at_work


def console_form(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form | None:
    """The form of that name as it is for a half-written sheet; None where it is not to be had now."""
    if name not in console_names(view, say):
        return None
    return _FORMS[name.partition(":")[0]](name, view, answers, say)


def _advance(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    names = sides(say, [seat for seat in view.waiting_for if seat != "facilitator"])
    notes, final, submit = list[str](), "", say("Go on")
    if view.phase == "closing":
        notes = [say("Guesses not sealed yet: {names}. They are taken as they stand.", names=names)] if names else []
        notes.append(say(OPENS))
        final, submit = say("Are both teams in the room? Open the hotwash?"), say("Open it")
    elif names:
        notes.append(say("What they have not committed is taken as it stands."))
        final = say("Go on without {names}?", names=names)
    blocks = map(prose, notes)
    return Questions(answers).form(name, say("Next phase"), submit, a.Advance(), intro=blocks, final=final)


def _pause(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    return Questions(answers).form(name, say("Pause"), say("Pause"), a.Pause())


def _unpause(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    return Questions(answers).form(name, say("Go on"), say("Go on"), a.Unpause())


def _extend(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    questions = Questions(answers)
    minutes = questions.whole("minutes", say("How many minutes more?"), LONGEST_EXTENSION)
    action = a.Extend(minutes=minutes) if minutes else None
    return questions.form(name, say("More minutes for this turn"), say("Give them"), action, intro=_effect(name, say))


def _improvise(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    questions = Questions(answers)
    to = questions.one(
        "to", say("Who receives it?"), (FormOption(key, say(label)) for key, label in RECIPIENTS.items())
    )
    action = None
    if to is not None:
        text, china = "", None
        if to != "china":
            text = (
                questions.text("text", say("What do they hear?") if to == "both" else say("What does the US hear?"))
                or ""
            )
        if to in ("china", "each"):
            china = questions.text("text_china", say("What does China hear?")) or ""
        if to == "china":
            text, china = china or "", None
        action = a.Improvise(to=_RECIPIENT[to], text=text, text_china=china)
    title, blocks = say("Improvise: words that are in no plan"), _effect(name, say)
    return questions.form(name, title, say("Deliver it"), action, intro=blocks)


_RECIPIENT: Final[Mapping[str, Literal["us", "china", "both"]]] = {
    "both": "both",
    "us": "us",
    "china": "china",
    "each": "both",
}


def _translate(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    words = translatable(view, say)
    questions = Questions(answers)
    options = [FormOption(str(n), entry.head, entry.words) for n, entry in enumerate(words)]
    picked = questions.one("which", say("Translate which words?"), options)
    action, lacks = None, ""
    if picked is not None:
        chosen = words[int(picked)].asks
        questions.given = {"text": chosen.text} if chosen.text else {}
        off = say("take the translation off") if chosen.text else ""
        question = say("How do they read in the other language?")
        text = questions.text("text", question, note=words[int(picked)].words, skip_label=off)
        if chosen.text and (text or "").strip() == chosen.text:
            lacks = say("That is how it reads already.")
        else:
            action = replace(chosen, text=text or "")
    note = prose(say(STANDS))
    return questions.form(name, say("Translate words of a team"), say("Attach it"), action, intro=(note,), lacks=lacks)


def _note(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    questions = Questions(answers)
    text = questions.text("text", say("A note for the debrief"), note=say(EFFECTS[name]))
    return questions.form(name, say("Write a note"), say("Note it"), a.TakeNote(text=text or ""))


def _bookmark(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    questions = Questions(answers)
    label = questions.text("label", say("Name this place in the log"), note=say(EFFECTS[name]), lines=False)
    return questions.form(name, say("Bookmark this place in the log"), say("Mark it"), a.Bookmark(label=label or ""))


def _effect(name: str, say: Translator) -> tuple[Block, ...]:
    """What it changes, and who is told."""
    return (prose(say(EFFECTS[name])),)


def _declare(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    questions, ready = Questions(answers), [crossing for crossing in view.proposed if crossing.is_open]
    options = [FormOption(f"{crossing.side}/{crossing.id}", describe_proposal(crossing, say)) for crossing in ready]
    picked = questions.one("which", say("Declare which crossing?"), options)
    reason = questions.text("reason", say("Why? It goes on the record."))
    chosen = next((crossing for crossing in ready if f"{crossing.side}/{crossing.id}" == picked), ready[0])
    action = a.DeclareCrossing(side=chosen.side, line=chosen.id, reason=reason or "")
    note = prose(say("Both teams are told that the line was crossed. Tension stays where it is."))
    preview = () if picked is None else (prose(capital(describe_proposal(chosen, say)), "strong"),)
    title, final = say("Declare a red line crossed"), say("Declare it?")
    return questions.form(name, title, say("Declare it"), action, intro=(note,), notes=preview, final=final)


def _mirror(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    blocks = (prose(quote_text(say(MIRROR)), "strong"), prose(say(CHANGES)))
    return Questions(answers).form(
        name, say("Say this to both teams?"), say("Say it"), a.HoldMirror(), intro=blocks, final=True
    )


def _question(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    blocks = (prose(quote_text(say(CLOSER)), "strong"), prose(say(ANSWERS)))
    return Questions(answers).form(
        name, say("Say this to both teams?"), say("Say it"), a.PutQuestion(), intro=blocks, final=True
    )


def _override(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    questions = Questions(answers)
    meters = {f"{fact.meter}/{fact.of}": fact for fact in view.meters}
    options = [
        FormOption(name, describe_meter(fact, say), meter_value(fact.meter, fact.value))
        for name, fact in meters.items()
    ]
    picked = questions.one("which", say("Which number?"), options)
    action, lacks, preview = None, "", tuple[Block, ...]()
    if picked is not None:
        meter = meters[picked]
        stands = say("{head}: {text}", head=describe_meter(meter, say), text=meter_value(meter.meter, meter.value))
        text = questions.text("to", say("To what? A number with at most two decimals."), note=stands, lines=False)
        reason = questions.text("reason", say("Why? It goes on the record."))
        to = None if text is None else _number(text, meter)
        if text is not None and to is None:
            lacks = say("That is no number with at most two decimals.")
        if to is not None and not meter.least <= to <= meter.most:
            minimum, maximum = (meter_value(meter.meter, limit) for limit in (meter.least, meter.most))
            to, lacks = None, say("It goes from {least} to {most}.", least=minimum, most=maximum)
        if to is not None:
            changed = f"{meter_value(meter.meter, meter.value)} → {meter_value(meter.meter, to)}"
            preview = (prose(say("{head}: {text}", head=describe_meter(meter, say), text=changed), "strong"),)
            action = a.Override(meter=meter.meter, of=meter.of, to=to, reason=reason or "")  # type: ignore[arg-type]  # one of those that can be overridden
    return questions.form(
        name, say("Override a number"), say("Override it"), action, intro=_effect(name, say), notes=preview, lacks=lacks
    )


def _number(text: str, meter: MeterFacts) -> int | None:
    """Hundredths, or percent, or None where it is no number."""
    try:
        value = points(text.replace("−", "-"))
    except ValueError:
        return None
    return value // 100 if meter.meter == "readiness" else value


def meter_value(meter: str, value: int) -> str:
    """A number by hand, as it is read."""
    return f"{value}%" if meter == "readiness" else points_text(value)


def _inject(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    inject: InjectFacts = next(candidate for candidate in view.msel if f"inject:{candidate.id}" == name)
    questions = Questions(answers)
    out = {{"held": "hold", "skipped": "skip"}.get(inject.state, ""), "" if _is_in_turn(view) else "release"}
    options = [FormOption(key, say(label)) for key, (label, _action) in INTERVENTIONS.items() if key not in out]
    picked = questions.one("do", say("What becomes of it?"), options)
    action = None if picked is None else INTERVENTIONS[picked][1](inject=inject.id)
    blocks, title = tuple(inject_blocks(inject, say)), title_of(inject, say)
    if picked == "release" and inject.at > view.hour:
        early = say("It is T+{hour} now; its words were written for T+{at}.", hour=view.hour, at=inject.at)
        blocks = (prose(early, "strong"), *blocks)
    final = say(STRIKES[picked], title=title) if picked in STRIKES else ""
    submit = say(DOES[picked]) if picked else say("Do it")
    return questions.form(name, title, submit, action, intro=blocks, final=final)


def _act(name: str, view: FacilitatorView, answers: FormSheet, say: Translator) -> Form:
    record = next(candidate for candidate in view.acts if _key(candidate) == name)
    action = a.Reveal(side=record.act.side, turn=record.turn, order=record.order)
    final = say("Show both teams what this act meant and how it was read?")
    title = say("Turn {turn}. {head}", turn=record.turn, head=head_for(record.act, None, say))
    blocks = (*act_blocks((record,), say), prose(final, "strong"))
    return Questions(answers).form(name, title, say("Reveal it"), action, intro=blocks, final=final)


def _is_in_turn(view: FacilitatorView) -> bool:
    return bool(view.turn) and view.phase not in ("closing", "hotwash", "closed")


def _key(act: ActRecord) -> str:
    return f"act:{act.act.side}:{act.turn}:{act.order}"


_FORMS: Final[Mapping[str, _Making]] = {
    "advance": _advance,
    "pause": _pause,
    "unpause": _unpause,
    "extend": _extend,
    "improvise": _improvise,
    "translate": _translate,
    "note": _note,
    "bookmark": _bookmark,
    "declare": _declare,
    "mirror": _mirror,
    "question": _question,
    "override": _override,
    "inject": _inject,
    "act": _act,
}
