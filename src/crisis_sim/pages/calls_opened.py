"""Calls and decisions, as they are opened after play: what each side wanted or guessed, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from crisis_sim.engine.sight.feed_items import CallItem
from crisis_sim.engine.sight.hotwash_facts import TalkFacts
from crisis_sim.engine.sight.shared_facts import CallFacts, HomeFacts
from crisis_sim.pages.blocks import Heading, Items, Paragraph, Row, Span, Table, listed, prose, table_of
from crisis_sim.pages.decision_blocks import bare
from crisis_sim.pages.phrases import PURPOSES, team
from crisis_sim.pages.talk_blocks import said_line
from crisis_sim.pages.teller import Teller, head_for, parts_of
from crisis_sim.pages.traces import change_told
from crisis_sim.rules.names import SIDES, Purpose, Side, other
from crisis_sim.wording import _, join_parts


def call_blocks(calls: tuple[CallFacts, ...], say: Teller) -> Iterator[Paragraph | Table]:
    """Each call in its turn."""
    for call in calls:
        yield prose(say("Turn {turn}: {says}", turn=call.turn, says=head_for(call.act, None, say)), "strong")
        yield _wanted(call, say)
        yield prose(came_told(call, say))


def _wanted(call: CallFacts, say: Teller) -> Table:
    """What each side wanted, beside what the other thought that it did."""
    made = table_of(("", say("wanted"), say("the other side thought")), (), wide=frozenset({1, 2}))
    rows = []
    for side in SIDES:
        wanted, guess = _named(call.purposes[side], say), _named(call.guesses[other(side)], say)
        words = {"side": team(say, side), "wanted": wanted, "guess": guess}
        says = say("{side} wanted {wanted}; the other side thought {guess}", **words)
        right = call.purposes[side] == call.guesses[other(side)]
        rows.append(Row((Span(words["side"], side), Span(wanted), Span(guess, "good" if right else "")), says))
    return Table(made.columns, tuple(rows))


def _named(purpose: Purpose | None, say: Teller) -> str:
    return "–" if purpose is None else say(PURPOSES[purpose][0])


def noted_blocks(talks: tuple[TalkFacts, ...], say: Teller) -> Iterator[Paragraph | Table]:
    """Each talk as the two sides noted it, side by side; below what was written in it. What differs is not judged."""
    for talk in talks:
        yield prose(say("Turn {turn}: {says}", turn=talk.turn, says=head_for(talk.act, None, say)), "strong")
        yield _noted(talk, say)
        if talk.said:
            yield prose(say("What has been said"), "quiet")
        for side, text, translation in talk.said:
            yield said_line(side, text, translation, say, depth=1)


def _noted(talk: TalkFacts, say: Teller) -> Table:
    """Both sides' notes of it."""
    made = table_of([team(say, side) for side in SIDES], (), wide=frozenset({0, 1}))
    nothing = say("noted nothing")
    rows = []
    for place in range(max(1, *(len(talk.notes[side]) for side in SIDES))):
        told = [talk.notes[side][place : place + 1] or ((nothing,) if not place else ("",)) for side in SIDES]
        cells = [Span(text, "" if talk.notes[side] else "quiet") for side, (text,) in zip(SIDES, told, strict=True)]
        heard = [
            say("{side} noted: “{text}”", side=team(say, side), text=text)
            for side, (text,) in zip(SIDES, told, strict=True)
            if text and talk.notes[side]
        ]
        heard += [
            say("{side} noted nothing", side=team(say, side)) for side in SIDES if not (place or talk.notes[side])
        ]
        rows.append(Row(tuple(cells), join_parts(heard, say)))
    return Table(made.columns, tuple(rows))


def call_told(item: CallItem, say: Teller) -> str:
    """That home looks at a call, and whether anything came of it."""
    came = _("Home looks at the talk of turn {turn}, and something came of it: {move}, {channel}")
    nothing = _("Home looks at the talk of turn {turn}, and nothing came of it: {move}, {channel}")
    return say(came if item.came else nothing, turn=item.since, **parts_of(item.act, say))


def result_told(call: CallFacts, say: Teller) -> str:
    """A call by its turn, and what came of it."""
    return say("turn {turn}: {says}", turn=call.turn, says=came_told(call, say))


def came_told(call: CallFacts, say: Teller) -> str:
    """What came of a call by the end of the next turn, and whether home had heard of it."""
    came = [say("accepted: {act}", act=head_for(act, None, say)) for act in call.requests]
    came += [say("promised: “{says}”", says=say.promise(name).rstrip(".。")) for name in call.promises]
    told = say("What came of it: {came}.", came=join_parts(came, say)) if came else say("Nothing came of it.")
    home = say("Home had heard of it.") if call.heard_of else say("Home heard nothing of it.")
    return say("{one} {two}", one=told, two=home)


def own_decisions(home: Iterable[HomeFacts], side: Side, say: Teller) -> Iterator[Heading | Items]:
    """For one team: what it was asked, and what it made of that; what moved on the other side is not its to know."""
    ours = [told for each in home if each.side == side and (told := decision_told(replace(each, followed=()), say))]
    if ours:
        yield Heading(say("What we were asked to decide"))
        yield listed(ours)


def decision_told(each: HomeFacts, say: Teller) -> str:
    """What a team was asked to decide, what it made of that, and what followed; empty where it was asked nothing."""
    if (ask := each.ask) is None:
        return ""
    words = {"turn": each.turn, "voice": bare(ask.voice, say), "title": say.of(ask.title), "side": team(say, each.side)}
    told = [say("turn {turn}: {voice} asked {side}: {title}", **words)]
    if each.waited:
        told.append(say("it was asked to wait"))
    if ask.delays:
        told.append(say("a turn passed, and so: “{otherwise}”", otherwise=bare(ask.otherwise, say)))
    if each.answer is not None and each.answer in ask.answers:
        text = bare(ask.answers[each.answer], say)
        told.append(say("answered in turn {turn}: “{text}”", turn=each.ended, text=text))
    elif each.answer is None:
        told.append(say("not answered"))
    elif each.answer == "speak":
        acts = bare(ask.acts or {}, say)
        how = _("let speak in turn {turn}: “{acts}”") if each.said else _("in turn {turn} it acted by itself: “{acts}”")
        told.append(say(how, turn=each.ended, acts=acts))
    else:
        told.append(say("taken back") if not each.answer else say("let pass a second time"))
    moved = [change_told(of, say) for of in each.followed]
    if moved:
        told.append(say("what moved: {moved}", moved=say(", ").join(moved)))
    return join_parts(told, say)
