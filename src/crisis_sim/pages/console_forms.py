"""All that a facilitator can be asked, by name: what goes on with play, with an inject or an act, and by hand.

What each key will change is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.feed_items import ExchangeItem
from crisis_sim.engine.sight.views import ActRecord, FacilitatorView, InjectFacts, MeterFacts
from crisis_sim.numbers import points, points_text
from crisis_sim.pages.blocks import Block, capital, prose
from crisis_sim.pages.closer_words import CHANGES as ANSWERS
from crisis_sim.pages.closer_words import CLOSER
from crisis_sim.pages.console_blocks import act_blocks, proposed_told
from crisis_sim.pages.form import Form, FormDoor, FormOption, FormSheet, Questions
from crisis_sim.pages.mirror_words import CHANGES, MIRROR, is_offered
from crisis_sim.pages.phrases import sides, team
from crisis_sim.pages.plan_blocks import FINISHED_STATES, inject_blocks, title_of
from crisis_sim.pages.seal_words import OPENS
from crisis_sim.pages.teller import Teller, head_for
from crisis_sim.pages.traces import meter_told
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


def translatable(view: FacilitatorView, say: Teller) -> tuple[Translatable, ...]:
    """What people wrote that can be translated, the newest first; of a turn what was said before what was sent."""
    found = [*_lines(view, say), *_acts(view, say)]
    return tuple([each for _turn, each in sorted(found, key=itemgetter(0), reverse=True)])


def _lines(view: FacilitatorView, say: Teller) -> Iterator[tuple[int, Translatable]]:
    held = [item for item in view.feed if isinstance(item, ExchangeItem)]
    for number, item in enumerate(held, 1):
        for place, (side, words, translation) in reversed(tuple(enumerate(item.said, 1))):
            asks = a.TranslateLine(exchange=number, line=place, text=translation)
            head = say("{team}, in the call of turn {turn}", team=team(say, side), turn=item.turn)
            yield item.turn, Translatable(asks, head, words)


def _acts(view: FacilitatorView, say: Teller) -> Iterator[tuple[int, Translatable]]:
    for each in reversed(view.acts):
        act = each.act
        if act.text:
            asks = a.TranslateAct(side=act.side, turn=each.turn, order=each.order, text=act.translation)
            yield each.turn, Translatable(asks, head_for(act, None, say), act.text)


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
_Making: TypeAlias = Callable[[str, FacilitatorView, FormSheet, Teller], Form | None]


def console_doors(view: FacilitatorView, say: Teller) -> Iterator[FormDoor]:
    """What a facilitator can do at the moment, what play waits for first."""
    if view.phase == "closed":
        return
    is_played = view.phase != "hotwash"
    if view.paused:
        yield FormDoor("unpause", say("Go on"))
    else:
        yield FormDoor("advance", say("Next phase"))
        yield FormDoor("pause", say("Pause"))
    if _is_in_turn(view):
        yield FormDoor("extend", say("More minutes for this turn"))
        yield FormDoor("improvise", say("Improvise: words that are in no plan"))
    if translatable(view, say):
        yield FormDoor("translate", say("Translate words of a team"))
    yield FormDoor("note", say("Write a note"))
    if any(each.is_open for each in view.proposed):
        yield FormDoor("declare", say("Declare a red line crossed"))
    if is_offered(view):
        yield FormDoor("mirror", say("The mirror: say to both what neither sees"))
    if view.can_ask:
        yield FormDoor("question", say("Ask both what moved them closer"))
    if view.meters and is_played:
        yield FormDoor("override", say("Override a number"))
    yield FormDoor("bookmark", say("Bookmark this place in the log"))


def console_names(view: FacilitatorView, say: Teller) -> tuple[str, ...]:
    """Every form that can be had now, those about one thing of a page by the key of its block."""
    names = [door.name for door in console_doors(view, say)]
    if view.phase not in ("hotwash", "closed"):
        names += [
            f"inject:{each.id}" for each in view.msel if each.state not in FINISHED_STATES or each.state == "skipped"
        ]
        names += [_key(each) for each in view.acts if _can_be_revealed(each, view)]
    return tuple(names)


def _can_be_revealed(act: ActRecord, view: FacilitatorView) -> bool:
    """It arrived, read or not, in a turn that is judged."""
    is_at_work = view.phase in ("moves", "readings") and act.arrived == view.turn
    return bool(act.arrived) and not act.revealed and not is_at_work


def console_form(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form | None:
    """The form of that name as it is for a half-written sheet; None where it is not to be had now."""
    if name not in console_names(view, say):
        return None
    return _FORMS[name.partition(":")[0]](name, view, sheet, say)


def _advance(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    names = sides(say, [seat for seat in view.waiting_for if seat != "facilitator"])
    told, final, submit = list[str](), "", say("Go on")
    if view.phase == "closing":
        told = [say("Guesses not sealed yet: {names}. They are taken as they stand.", names=names)] if names else []
        told.append(say(OPENS))
        final, submit = say("Are both teams in the room? Open the hotwash?"), say("Open it")
    elif names:
        told.append(say("What they have not committed is taken as it stands."))
        final = say("Go on without {names}?", names=names)
    before = map(prose, told)
    return Questions(sheet).form(name, say("Next phase"), submit, a.Advance(), before=before, final=final)


def _pause(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    return Questions(sheet).form(name, say("Pause"), say("Pause"), a.Pause())


def _unpause(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    return Questions(sheet).form(name, say("Go on"), say("Go on"), a.Unpause())


def _extend(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    asked = Questions(sheet)
    minutes = asked.whole("minutes", say("How many minutes more?"), LONGEST_EXTENSION)
    action = a.Extend(minutes=minutes) if minutes else None
    return asked.form(name, say("More minutes for this turn"), say("Give them"), action, before=_effect(name, say))


def _improvise(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    asked = Questions(sheet)
    to = asked.one("to", say("Who receives it?"), (FormOption(each, say(label)) for each, label in RECIPIENTS.items()))
    action = None
    if to is not None:
        text, china = "", None
        if to != "china":
            text = (
                asked.text("text", say("What do they hear?") if to == "both" else say("What does the US hear?")) or ""
            )
        if to in ("china", "each"):
            china = asked.text("text_china", say("What does China hear?")) or ""
        if to == "china":
            text, china = china or "", None
        action = a.Improvise(to=_RECIPIENT[to], text=text, text_china=china)
    title, told = say("Improvise: words that are in no plan"), _effect(name, say)
    return asked.form(name, title, say("Deliver it"), action, before=told)


_RECIPIENT: Final[Mapping[str, Literal["us", "china", "both"]]] = {
    "both": "both",
    "us": "us",
    "china": "china",
    "each": "both",
}


def _translate(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    words = translatable(view, say)
    asked = Questions(sheet)
    options = [FormOption(str(n), each.head, each.words) for n, each in enumerate(words)]
    picked = asked.one("which", say("Translate which words?"), options)
    action, lacks = None, ""
    if picked is not None:
        chosen = words[int(picked)].asks
        asked.given = {"text": chosen.text} if chosen.text else {}
        off = say("take the translation off") if chosen.text else ""
        question = say("How do they read in the other language?")
        text = asked.text("text", question, note=words[int(picked)].words, none=off)
        if chosen.text and (text or "").strip() == chosen.text:
            lacks = say("That is how it reads already.")
        else:
            action = replace(chosen, text=text or "")
    told = prose(say(STANDS))
    return asked.form(name, say("Translate words of a team"), say("Attach it"), action, before=(told,), lacks=lacks)


def _note(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    asked = Questions(sheet)
    text = asked.text("text", say("A note for the debrief"), note=say(EFFECTS[name]))
    return asked.form(name, say("Write a note"), say("Note it"), a.TakeNote(text=text or ""))


def _bookmark(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    asked = Questions(sheet)
    label = asked.text("label", say("Name this place in the log"), note=say(EFFECTS[name]), lines=False)
    return asked.form(name, say("Bookmark this place in the log"), say("Mark it"), a.Bookmark(label=label or ""))


def _effect(name: str, say: Teller) -> tuple[Block, ...]:
    """What it changes, and who is told."""
    return (prose(say(EFFECTS[name])),)


def _declare(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    asked, ready = Questions(sheet), [each for each in view.proposed if each.is_open]
    options = [FormOption(f"{each.side}/{each.id}", proposed_told(each, say)) for each in ready]
    picked = asked.one("which", say("Declare which crossing?"), options)
    reason = asked.text("reason", say("Why? It goes on the record."))
    chosen = next((each for each in ready if f"{each.side}/{each.id}" == picked), ready[0])
    action = a.DeclareCrossing(side=chosen.side, line=chosen.id, reason=reason or "")
    told = prose(say("Both teams are told that the line was crossed. Tension stays where it is."))
    after = () if picked is None else (prose(capital(proposed_told(chosen, say)), "strong"),)
    title, final = say("Declare a red line crossed"), say("Declare it?")
    return asked.form(name, title, say("Declare it"), action, before=(told,), after=after, final=final)


def _mirror(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    told = (prose(quote_text(say(MIRROR)), "strong"), prose(say(CHANGES)))
    return Questions(sheet).form(
        name, say("Say this to both teams?"), say("Say it"), a.HoldMirror(), before=told, final=True
    )


def _question(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    told = (prose(quote_text(say(CLOSER)), "strong"), prose(say(ANSWERS)))
    return Questions(sheet).form(
        name, say("Say this to both teams?"), say("Say it"), a.PutQuestion(), before=told, final=True
    )


def _override(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    asked = Questions(sheet)
    meters = {f"{each.meter}/{each.of}": each for each in view.meters}
    options = [
        FormOption(name, meter_told(each, say), meter_value(each.meter, each.value)) for name, each in meters.items()
    ]
    picked = asked.one("which", say("Which number?"), options)
    action, lacks, after = None, "", tuple[Block, ...]()
    if picked is not None:
        meter = meters[picked]
        stands = say("{head}: {text}", head=meter_told(meter, say), text=meter_value(meter.meter, meter.value))
        written = asked.text("to", say("To what? A number with at most two decimals."), note=stands, lines=False)
        reason = asked.text("reason", say("Why? It goes on the record."))
        to = None if written is None else _number(written, meter)
        if written is not None and to is None:
            lacks = say("That is no number with at most two decimals.")
        if to is not None and not meter.least <= to <= meter.most:
            least, most = (meter_value(meter.meter, each) for each in (meter.least, meter.most))
            to, lacks = None, say("It goes from {least} to {most}.", least=least, most=most)
        if to is not None:
            changed = f"{meter_value(meter.meter, meter.value)} → {meter_value(meter.meter, to)}"
            after = (prose(say("{head}: {text}", head=meter_told(meter, say), text=changed), "strong"),)
            action = a.Override(meter=meter.meter, of=meter.of, to=to, reason=reason or "")  # type: ignore[arg-type]  # one of those that can be overridden
    return asked.form(
        name, say("Override a number"), say("Override it"), action, before=_effect(name, say), after=after, lacks=lacks
    )


def _number(written: str, meter: MeterFacts) -> int | None:
    """Hundredths, or percent, or None where it is no number."""
    try:
        value = points(written.replace("−", "-"))
    except ValueError:
        return None
    return value // 100 if meter.meter == "readiness" else value


def meter_value(meter: str, value: int) -> str:
    """A number by hand, as it is read."""
    return f"{value}%" if meter == "readiness" else points_text(value)


def _inject(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    of: InjectFacts = next(each for each in view.msel if f"inject:{each.id}" == name)
    asked = Questions(sheet)
    out = {{"held": "hold", "skipped": "skip"}.get(of.state, ""), "" if _is_in_turn(view) else "release"}
    options = [FormOption(each, say(label)) for each, (label, _action) in INTERVENTIONS.items() if each not in out]
    picked = asked.one("do", say("What becomes of it?"), options)
    action = None if picked is None else INTERVENTIONS[picked][1](inject=of.id)
    told, title = tuple(inject_blocks(of, say)), title_of(of, say)
    if picked == "release" and of.at > view.hour:
        early = say("It is T+{hour} now; its words were written for T+{at}.", hour=view.hour, at=of.at)
        told = (prose(early, "strong"), *told)
    final = say(STRIKES[picked], title=title) if picked in STRIKES else ""
    submit = say(DOES[picked]) if picked else say("Do it")
    return asked.form(name, title, submit, action, before=told, final=final)


def _act(name: str, view: FacilitatorView, sheet: FormSheet, say: Teller) -> Form:
    of = next(each for each in view.acts if _key(each) == name)
    action = a.Reveal(side=of.act.side, turn=of.turn, order=of.order)
    final = say("Show both teams what this act meant and how it was read?")
    title = say("Turn {turn}. {head}", turn=of.turn, head=head_for(of.act, None, say))
    told = (*act_blocks((of,), say), prose(final, "strong"))
    return Questions(sheet).form(name, title, say("Reveal it"), action, before=told, final=final)


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
