"""Calls and decisions, as they are opened after play: what each side wanted or guessed, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from crisis_sim.engine.views.feed_items import CallItem
from crisis_sim.engine.views.hotwash_facts import TalkFacts
from crisis_sim.engine.views.shared_facts import CallFacts, HomeFacts
from crisis_sim.pages.blocks import Heading, Items, Paragraph, Row, Span, Table, listed, prose, table_of
from crisis_sim.pages.decision_blocks import bare
from crisis_sim.pages.phrases import PURPOSES, team
from crisis_sim.pages.talk_blocks import talk_line
from crisis_sim.pages.traces import describe_change
from crisis_sim.pages.translator import Translator, head_for, parts_of
from crisis_sim.rules.names import SIDES, Purpose, Side, other
from crisis_sim.wording import _, join_parts


def call_blocks(calls: tuple[CallFacts, ...], say: Translator) -> Iterator[Paragraph | Table]:
    """Each call in its turn."""
    for call in calls:
        yield prose(say("Turn {turn}: {says}", turn=call.turn, says=head_for(call.act, None, say)), "strong")
        yield _wanted(call, say)
        yield prose(describe_outcome(call, say))


def _wanted(call: CallFacts, say: Translator) -> Table:
    """What each side wanted, beside what the other thought that it did."""
    table = table_of(("", say("wanted"), say("the other side thought")), (), wide=frozenset({1, 2}))
    rows = []
    for side in SIDES:
        wanted, guess = _format_purpose(call.purposes[side], say), _format_purpose(call.guesses[other(side)], say)
        words = {"side": team(say, side), "wanted": wanted, "guess": guess}
        sentence = say("{side} wanted {wanted}; the other side thought {guess}", **words)
        right = call.purposes[side] == call.guesses[other(side)]
        rows.append(Row((Span(words["side"], side), Span(wanted), Span(guess, "good" if right else "")), sentence))
    return Table(table.columns, tuple(rows))


def _format_purpose(purpose: Purpose | None, say: Translator) -> str:
    return "–" if purpose is None else say(PURPOSES[purpose][0])


def noted_blocks(talks: tuple[TalkFacts, ...], say: Translator) -> Iterator[Paragraph | Table]:
    """Each talk as the two sides noted it, side by side; below what was written in it. What differs is not judged."""
    for talk in talks:
        yield prose(say("Turn {turn}: {says}", turn=talk.turn, says=head_for(talk.act, None, say)), "strong")
        yield _noted(talk, say)
        if talk.said:
            yield prose(say("What has been said"), "quiet")
        for side, text, translation in talk.said:
            yield talk_line(side, text, translation, say, depth=1)


def _noted(talk: TalkFacts, say: Translator) -> Table:
    """Both sides' notes of it."""
    table = table_of([team(say, side) for side in SIDES], (), wide=frozenset({0, 1}))
    empty_note = say("noted nothing")
    rows = []
    for place in range(max(1, *(len(talk.notes[side]) for side in SIDES))):
        notes = [talk.notes[side][place : place + 1] or ((empty_note,) if not place else ("",)) for side in SIDES]
        cells = [Span(text, "" if talk.notes[side] else "quiet") for side, (text,) in zip(SIDES, notes, strict=True)]
        sentences = [
            say("{side} noted: “{text}”", side=team(say, side), text=text)
            for side, (text,) in zip(SIDES, notes, strict=True)
            if text and talk.notes[side]
        ]
        sentences += [
            say("{side} noted nothing", side=team(say, side)) for side in SIDES if not (place or talk.notes[side])
        ]
        rows.append(Row(tuple(cells), join_parts(sentences, say)))
    return Table(table.columns, tuple(rows))


def describe_call(item: CallItem, say: Translator) -> str:
    """That home looks at a call, and whether anything came of it."""
    came = _("Home looks at the talk of turn {turn}, and something came of it: {move}, {channel}")
    no_result = _("Home looks at the talk of turn {turn}, and nothing came of it: {move}, {channel}")
    return say(came if item.came else no_result, turn=item.since, **parts_of(item.act, say))


def describe_result(call: CallFacts, say: Translator) -> str:
    """A call by its turn, and what came of it."""
    return say("turn {turn}: {says}", turn=call.turn, says=describe_outcome(call, say))


def describe_outcome(call: CallFacts, say: Translator) -> str:
    """What came of a call by the end of the next turn, and whether home had heard of it."""
    came = [say("accepted: {act}", act=head_for(act, None, say)) for act in call.requests]
    came += [say("promised: “{says}”", says=say.promise(name).rstrip(".。")) for name in call.promises]
    sentence = say("What came of it: {came}.", came=join_parts(came, say)) if came else say("Nothing came of it.")
    home = say("Home had heard of it.") if call.heard_of else say("Home heard nothing of it.")
    return say("{one} {two}", one=sentence, two=home)


def own_decisions(home: Iterable[HomeFacts], side: Side, say: Translator) -> Iterator[Heading | Items]:
    """For one team: what it was asked, and what it made of that; what moved on the other side is not its to know."""
    ours = [text for fact in home if fact.side == side and (text := describe_decision(replace(fact, followed=()), say))]
    if ours:
        yield Heading(say("What we were asked to decide"))
        yield listed(ours)


def describe_decision(fact: HomeFacts, say: Translator) -> str:
    """What a team was asked to decide, what it made of that, and what followed; empty where it was asked nothing."""
    if (ask := fact.ask) is None:
        return ""
    words = {
        "turn": fact.turn,
        "voice": bare(ask.voice, say),
        "title": say.localize(ask.title),
        "side": team(say, fact.side),
    }
    parts = [say("turn {turn}: {voice} asked {side}: {title}", **words)]
    if fact.waited:
        parts.append(say("it was asked to wait"))
    if ask.delays:
        parts.append(say("a turn passed, and so: “{otherwise}”", otherwise=bare(ask.otherwise, say)))
    if fact.answer is not None and fact.answer in ask.answers:
        text = bare(ask.answers[fact.answer], say)
        parts.append(say("answered in turn {turn}: “{text}”", turn=fact.ended, text=text))
    elif fact.answer is None:
        parts.append(say("not answered"))
    elif fact.answer == "speak":
        acts = bare(ask.acts or {}, say)
        note = (
            _("let speak in turn {turn}: “{acts}”") if fact.said else _("in turn {turn} it acted by itself: “{acts}”")
        )
        parts.append(say(note, turn=fact.ended, acts=acts))
    else:
        parts.append(say("taken back") if not fact.answer else say("let pass a second time"))
    moved = [describe_change(change, say) for change in fact.followed]
    if moved:
        parts.append(say("what moved: {moved}", moved=say(", ").join(moved)))
    return join_parts(parts, say)
