"""The facilitator's plan as blocks: each inject with its hour, its state, and on what it waits."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from crisis_sim.engine.views.dossier import InjectEntry
from crisis_sim.engine.views.seat_views import InjectFacts
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Span, Tone, filled, line, prose
from crisis_sim.pages.translator import Translator
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import FAMILIES, SIDES

STATES: Final[Mapping[str, tuple[str, Tone]]] = {
    "past": (_("delivered"), "quiet"),
    "set-off": (_("set off by a line, a conclusion or a rule"), "bad"),
    "due": (_("comes next turn"), "new"),
    "planned": (_("planned"), "quiet"),
    "contingent": (_("if its condition holds"), "quiet"),
    "by-hand": (_("by hand"), "strong"),
    "held": (_("held"), "bad"),
    "skipped": (_("skipped"), "quiet"),
    "not-in-length": (_("not in this length"), "quiet"),
    "expired": (_("its time has passed"), "quiet"),
}
"""A word for each state of an inject."""
FINISHED_STATES: Final = ("past", "skipped", "expired", "not-in-length")
GROUPS: Final[Sequence[tuple[str, str, Container[str]]]] = (
    (_("With the next turn"), _("By themselves, unless o keeps one back or x strikes it."), ("set-off", "due")),
    (_("Wait for your key"), _("r sends the one under the cursor at once, whatever its hour."), ("by-hand", "held")),
    (_("If their condition holds"), "", ("contingent",)),
    (_("Later"), "", ("planned",)),
    (_("Come and gone"), "", FINISHED_STATES),
)
"""The parts of the plan as the facilitator looks ahead, what a key does there, and the injects of each by state."""


def by_plan(msel: Iterable[InjectFacts]) -> list[InjectFacts]:
    """The plan hour by hour; injects of one hour stay as they were written."""
    return sorted(msel, key=lambda inject: inject.at)


def plan_groups(msel: Sequence[InjectFacts], *, is_last: bool = False) -> Iterator[tuple[str, str, list[InjectFacts]]]:
    """The plan in its parts, each hour by hour; what comes next first, though nothing does, while a turn is to come."""
    may = any(inject.state == "contingent" for inject in msel)
    empty_note = (
        _("Nothing is certain to come; what waits for its condition may.") if may else _("Nothing comes by itself.")
    )
    for head, keys, states in GROUPS:
        group = [inject for inject in by_plan(msel) if inject.state in states]
        if group or (head == GROUPS[0][0] and not is_last):
            yield head, keys if group else empty_note, group


def plan_page(msel: Sequence[InjectFacts], say: Translator, *, is_last: bool = False) -> Iterator[Block]:
    """The plan in its parts, with what a key does in each."""
    for head, keys, group in plan_groups(msel, is_last=is_last):
        yield Heading(say(head))
        if keys:
            yield prose(say(keys), "quiet")
        yield from plan_blocks(group, say)


def plan_blocks(msel: Iterable[InjectFacts], say: Translator) -> Iterator[Block]:
    """Every inject, hour by hour."""
    for inject in by_plan(msel):
        entry = entry_of(inject, say)
        to = "" if entry.to == "both" else f" → {say(SIDES[entry.to])}"
        state, tone = inject_state(inject, say)
        title = Span(say.localize(entry.title) + to, "quiet" if inject.state in FINISHED_STATES else "strong")
        yield Paragraph(
            line(title, say("{head}: {text}", head="", text=""), Span(state, tone)),
            key=f"inject:{inject.id}",
            lead=line(Span(f"T+{inject.at}", "quiet")),
        )


def inject_state(inject: InjectFacts, say: Translator) -> tuple[str, Tone]:
    """Where an inject stands, and on what it still waits."""
    (state, tone), entry = STATES[inject.state], entry_of(inject, say)
    if inject.delays:
        late = say("{n} turn without an answer", plural="{n} turns without an answer", n=inject.delays)
        return say("{told}, {word}", told=say(state), word=late), "bad" if inject.state == "past" else tone
    if (entry.when is None and entry.after is None) or inject.state in FINISHED_STATES:
        return say(state), tone
    waits = "" if entry.when is None else say("only if: {condition}", condition=_explained(entry.when, say))
    if entry.after is not None:
        delay_text = _predecessor_words(entry.after, say)
        waits = say("{told}, {word}", told=delay_text, word=waits) if waits else delay_text
    return (waits if inject.state == "contingent" else say("{told}, {word}", told=say(state), word=waits)), tone


def inject_blocks(inject: InjectFacts, say: Translator) -> Iterator[Paragraph]:
    """Everything that is planned for an inject, in sentences; what each is about stands out."""
    entry, (state, _tone) = entry_of(inject, say), inject_state(inject, say)
    yield Paragraph(filled(say("{head}: {text}"), head=Span(f"T+{inject.at}", "strong"), text=state))
    yield _about(say("To watch: "), say.localize(entry.note))
    if entry.again is not None:
        yield prose(again_words(entry.again, say))
    if called := list(filter(None, (_called(name, say) for name in entry.calls_for))):
        yield _about(say("Calls for: "), say(", ").join(called))
    if entry.excuses:
        yield prose(say("Something to point to at home, for who goes back on hard public words within two turns."))
    us, china = (say.numbered(text, inject.numbers) for text in (entry.text_us, entry.text_china))
    if us == china:
        yield _about(say("Words: "), us)
    else:
        yield _about(say("Words for US: "), us)
        yield _about(say("Words for China: "), china)
    yield _about(say("US may read it as: "), say.localize(entry.reads_us))
    yield _about(say("China may read it as: "), say.localize(entry.reads_china))


def _about(label: str, text: str) -> Paragraph:
    return Paragraph(line(Span(label, "strong"), text))


def _predecessor_words(delay: tuple[str, int, int], say: Translator) -> str:
    """The inject that has to have come before."""
    return after_words(delay, next(say.localize(entry.title) for entry in say.white.msel if entry.id == delay[0]), say)


def after_words(delay: tuple[str, int, int], title: str, say: Say) -> str:
    """How long after the inject of this title another follows: `delay` of its plan, in words."""
    _inject, hours, turns = delay
    if turns:
        return say("{n} turn after “{title}”", plural="{n} turns after “{title}”", n=turns, title=title)
    if not hours:
        return say("after “{title}”", title=title)
    return say("{n} hour after “{title}”", plural="{n} hours after “{title}”", n=hours, title=title)


def later_words(hours: int, turns: int, say: Say) -> str:
    """So many hours or turns later; empty for none."""
    if turns:
        return say("{n} turn later", plural="{n} turns later", n=turns)
    return say("{n} hour later", plural="{n} hours later", n=hours) if hours else ""


def again_words(again: tuple[int, int, int], say: Say) -> str:
    """How often an inject comes: `again` of its plan, in words."""
    every, turns, times = again
    words = {"every": every, "n": turns, "times": times}
    if not turns:
        return say("Comes again after {every} hours or more, {times} times at most.", **words)
    return say(
        "Comes again after {n} turn or more, {times} times at most.",
        plural="Comes again after {n} turns or more, {times} times at most.",
        **words,
    )


def _called(name: str, say: Translator) -> str:
    """A move, a family of moves, or what a team alone knows, that an inject calls for; empty for what is not here."""
    if name in say.dossier.private_facts:
        return say.private_fact(name)
    move = say.dossier.moves.get(name)
    return say(FAMILIES.get(name, "")) if move is None else say.localize(move.label)


def entry_of(inject: InjectFacts, say: Translator) -> InjectEntry:
    """An inject as it was written."""
    return next(entry for entry in say.white.msel if entry.id == inject.id)


def title_of(inject: InjectFacts, say: Translator) -> str:
    """An inject's title."""
    return say.localize(entry_of(inject, say).title)


def _explained(when: Mapping[str, Any], say: Translator) -> str:  # Any: as files write it
    """A condition in words. The models of conditions are loaded where there is one to explain."""
    _when, text = say.kept.get(id(when), (None, ""))
    if not text:
        from crisis_sim.rules.conditions import Condition
        from crisis_sim.wording.explain import explain

        text = explain(Condition.model_validate(when), names_of(say), say.language)
        say.kept[id(when)] = (when, text)
    return str(text)


def names_of(say: Translator) -> dict[str, str]:
    """By id, what conditions may name: a title or, where there is none, what the thing says."""
    dossier, white = say.dossier, say.white
    labels = {**dossier.concerns, **white.facts, **white.named}
    labels |= {promise: entry.says for promise, entry in dossier.commitments.items()}
    labels |= {term: entry.says for term, entry in dossier.terms.items()}
    labels |= {move_id: move.label for move_id, move in dossier.moves.items()}
    labels |= {channel: entry.name for channel, entry in dossier.channels.items()}
    labels |= {track: entry.name for track, entry in dossier.tracks.items()}
    labels |= {fact: entry.name for fact, entry in dossier.private_facts.items()}
    labels |= {asset: entry.name for asset, entry in dossier.assets.items()}
    labels |= {instrument: entry.title for instrument, entry in dossier.instruments.items()}
    labels |= {inject.id: inject.title for inject in white.msel}
    return {name: say.localize(words).rstrip(".。") for name, words in labels.items()}
