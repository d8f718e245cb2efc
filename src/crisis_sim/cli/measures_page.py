"""The measures of a session and its register, as `crisis-sim verify --findings` prints them for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crisis_sim.cli.answer import prose, table
from crisis_sim.cli.language import language, say
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.hotwash_facts import Contact, HotwashFacts
from crisis_sim.engine.sight.record_opened import brier_of
from crisis_sim.measures import tables
from crisis_sim.measures.conduct import Conduct
from crisis_sim.measures.meanings import Meaning, widest
from crisis_sim.measures.session_measures import Measures, Register
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.numbers import points_printed
from crisis_sim.pages.acts_opened import fared
from crisis_sim.pages.beliefs_opened import met_told
from crisis_sim.pages.briefing_blocks import instruction_says
from crisis_sim.pages.closing_blocks import principle_told
from crisis_sim.pages.decision_blocks import answer_told
from crisis_sim.pages.phrases import signed
from crisis_sim.pages.record_words import dealt
from crisis_sim.pages.teller import Teller, head_for, in_language, words_for
from crisis_sim.rules.names import HERE_FOR_MORE, Side, Words
from crisis_sim.text import clean, clipped
from crisis_sim.wording import _, join_parts
from crisis_sim.wording.labels import SIDES

WIDEST: Final = 5
"""Gaps that the page tells; JSON has all acts."""
LINE: Final = 48
"""Cells of a line's words at the head of a row."""
DEALINGS: Final = ("calls", "home", "decisions", "citations", "assets", "facts", "closer")
"""What the two did with each other, the first under its own head."""


def page(
    found: Measures, kept: Register, dossier: Dossier, lines: Mapping[str, Words], opened: HotwashFacts
) -> Iterator[str]:
    """All measures in the order of the debrief; `lines` is what each line says."""
    course, tell = found.course, Teller(dossier, language())
    says = {name: in_language(line, language()).rstrip(".。") for name, line in lines.items()}
    words = {"title": in_language(course.title, language()), "minutes": course.length, "session": course.session}
    head = say("{title}, {minutes} minutes, session {session}", **words)
    yield head if course.ended else say("{head}; not played to its end", head=head)
    yield from ("", say("TENSION"), *_tension(found, says), *_turns(found), *_pressed(found, kept, says))
    yield from ("", say("MEANT AND TAKEN"), *_meanings(found, tell))
    yield from ("", say("LINES AND GUESSES OF THEM"), *_lines(found, tell))
    yield from _listed(say("Principles that were put"), [principle_told(each, None, tell) for each in kept.principles])
    yield from ("", say("FORECASTS"), *_forecasts(found), *_beliefs(found, tell))
    yield from ("", say("CHANNELS"), *_channels(found, tell))
    calls, *others = dealt(opened, DEALINGS, tell, tables.beside(found, say))
    yield from _listed(*calls)
    yield from ("", say("CONDUCT"), *_conduct(found), *_promises(kept, tell))
    for head, told in others:
        yield from _listed(head, told)
    yield from ("", say("AT STAKE"), *_stake(found, tell))


def _side(side: Side) -> str:
    return say(SIDES[side])


def _line(name: str, lines: Mapping[str, str]) -> str:
    """A line by what it says and whose it is."""
    return say("“{says}” ({side})", says=lines.get(name, name.split("/")[1]), side=say(SIDES[name.split("/")[0]]))


def _heads(*heads: str) -> tuple[str, ...]:
    """The heads of a table, in the reader's language."""
    return tuple(say(head) if head else "" for head in heads)


def _turn(number: int, told: str) -> str:
    """What a turn brought, as lines."""
    return prose(say("turn {turn}, {told}", turn=number, told=told), 2)


def _tension(found: Measures, lines: Mapping[str, str]) -> Iterator[str]:
    for felt in found.felt:
        parts = say(", ").join(tables.felt_parts(felt, say))
        share = say("of the rise felt: {parts}", parts=parts) if parts else say("nothing rose")
        end, distance = points_printed(felt.end), points_printed(felt.distance, signed=True)
        words = {"side": _side(felt.side), "end": end, "distance": distance, "share": share}
        yield prose(say("{side} felt {end} at the end, {distance} beside tension; {share}", **words), 2)
        if felt.by_order:
            yield prose(tables.with_and_without(felt, say), 4)
    for turn in found.turning_points:
        told = say("T+{hour}h: tension {moved}", hour=turn.hour, moved=points_printed(turn.moved, signed=True))
        for says, several in (
            (_("{told}; crossed: {lines}"), turn.crossed),
            (_("{told}; concluded on: {lines}"), turn.concluded),
            (_("{told}; drawn back on: {lines}"), turn.drawn_back),
        ):
            if several:
                told = say(says, told=told, lines=join_parts((_line(name, lines) for name in several), say))
        yield _turn(turn.turn, told)
    if found.blind_turns:
        turns = say(", ").join(map(str, found.blind_turns))
        yield prose(say("blind dilemma, neither saw it get worse: turn {turns}", turns=turns), 2)


def _turns(found: Measures) -> Iterator[str]:
    """The numbers as each turn ended."""
    head = ("turn", "tension", "felt by US", "felt by China", _("trust US"), "China", _("standing US"), "China", "acts")
    rows = [
        (
            str(turn.number),
            *map(points_printed, (turn.tension, turn.felt_us, turn.felt_china, turn.trust["us"], turn.trust["china"])),
            *map(points_printed, (turn.standing["us"], turn.standing["china"])),
            str(len(turn.acts)),
        )
        for turn in found.course.turns
    ]
    yield table([_heads(*head), *rows], 2)


def _pressed(found: Measures, kept: Register, lines: Mapping[str, str]) -> Iterator[str]:
    """How far the pink lines were pressed, what was concluded from that, and what was crossed."""
    turns = found.course.turns
    pressed = [of for of in kept.pink_lines if any(turn.pressure.get(of.line) for turn in turns)]
    if pressed:
        head = (say("lines of"), say("pressure on"), *(say("turn {n}", n=turn.number) for turn in turns), say("limit"))
        rows = [
            (
                say(SIDES[of.line.partition("/")[0]]),
                clipped(lines.get(of.line, of.line), LINE),
                *(points_printed(turn.pressure.get(of.line, 0)) for turn in turns),
                points_printed(of.limit),
            )
            for of in pressed
        ]
        yield table([head, *rows], 2)
    for near in kept.near_misses:
        at = say("{pressure} of {limit}", pressure=points_printed(near.pressure), limit=points_printed(near.limit))
        line = _line(f"{near.side}/{near.line}", lines)
        yield _turn(near.turn, say("{line} came near its limit: {at}", line=line, at=at))
    for drawn in kept.conclusions:
        words = {"side": _side(drawn.side), "line": _line(f"{drawn.side}/{drawn.line}", lines)}
        words |= {"red": _line(f"{drawn.side}/{drawn.leads_to}", lines)}
        words |= {"felt": points_printed(drawn.felt_moved, signed=True)}
        words |= {"trust": points_printed(drawn.trust_moved, signed=True)}
        told = say("{side} concluded from {line} that the other comes for {red}: felt {felt}, trust {trust}", **words)
        back = say("drawn back in turn {turn}", turn=drawn.drawn_back) if drawn.drawn_back else say("not drawn back")
        if drawn.answer is not None:
            told = say("{told}; {change}", told=told, change=answer_told(drawn.answer, drawn.said, say))
        yield _turn(drawn.turn, say("{told}; {change}", told=told, change=back))
    for told_of in kept.tellings:
        words = {"side": _side(told_of.act[0]), "line": _line(f"{told_of.act[0]}/{told_of.line}", lines)}
        says = (
            _("{side} told of {line} without having concluded so") if told_of.is_bluff else _("{side} told of {line}")
        )
        yield _turn(told_of.act[1], say(says, **words))
    for crossing in kept.crossings:
        line = _line(f"{crossing.side}/{crossing.line}", lines)
        told = say("{side} crossed {line}", side=_side(crossing.by), line=line)
        yield _turn(crossing.turn, told)


def _promises(kept: Register, tell: Teller) -> Iterator[str]:
    for each in kept.promises:
        words = {"side": _side(each.side), "promise": tell.promise(each.commitment)}
        yield _turn(each.turn, say("{side} promised “{promise}”: {how}", how=tables.ended(each, say), **words))


def _listed(head: str, told: Sequence[str]) -> Iterator[str]:
    """Sentences under their head; nothing where there are none."""
    if told:
        yield from (prose(head, 2), *(prose(each, 4) for each in told))


def _meanings(found: Measures, tell: Teller) -> Iterator[str]:
    rows = [(_side(each.sender), *tables.UNDERSTOOD.cells(each)) for each in found.directions]
    yield table([tables.UNDERSTOOD.head(say), *rows], 2)
    yield table(
        [tables.SPLIT.head(say), *((_side(each.sender), *tables.SPLIT.cells(each)) for each in found.directions)], 2
    )
    yield table(
        [tables.HEARD.head(say), *((_side(each.sender), *tables.HEARD.cells(each)) for each in found.directions)], 2
    )
    for each in found.mirrors:
        words = {part: fraction_printed(getattr(each, part), signed=True) for part in ("own", "others", "image")}
        told = _("{side} meant its own acts as {own}, took the other's as {others}: mirror image {image}")
        yield prose(say(told, side=_side(each.side), **words), 2)
    for apart in found.alone:
        told = _(
            "{side}, each alone: of {n} acts that two or more took so, {spread} steps apart on average; together then "
            "{shift} steps from their mean"
        )
        steps = {"spread": fraction_printed(apart.spread), "shift": fraction_printed(apart.shift, signed=True)}
        yield prose(say(told, side=_side(apart.side), n=apart.acts, **steps), 2)
    for act in widest(found.meanings, WIDEST):
        yield _turn(act.key[1], _gap(act, tell))
        if act.fared:
            yield prose(fared(act, tell), 4)
    if (of := found.exchange) is not None:
        head = next(head_for(act.act, None, tell) for act in found.meanings if act.key == of.key)
        yield _turn(of.key[1], say("the exchange that mattered most, {weight}: {head}", weight=of.weight, head=head))


def _gap(act: Meaning, tell: Teller) -> str:
    head, text = head_for(act.act, None, tell), words_for(act.act, tell)
    words = {"meant": signed(act.intent), "taken": "–" if act.reading is None else signed(act.reading)}
    if act.expected is None:
        told = say("{head}: meant {meant}, taken as {taken}", head=head, **words)
    else:
        words |= {"expected": signed(act.expected)}
        told = say("{head}: meant {meant}, expected {expected}, taken as {taken}", head=head, **words)
    # Translators: what was done, and the words that went with it
    return say("{told} “{text}”", told=told, text=clean(text, lines=False)) if text else told


def _lines(found: Measures, tell: Teller) -> Iterator[str]:
    maps = tables.staged(found.lines_before, found.lines_after)
    rows = [(_side(each.owner), say(when), *tables.GUESSED.cells(each)) for each, when in maps]
    yield table([tables.GUESSED.head(say), *rows], 2)
    if found.orders_before:
        yield "  " + say("What each takes gravely, as the other guessed it:")
        told = tables.staged(found.orders_before, found.orders_after)
        known = [(_side(each.side), say(when), *tables.ORDERED.cells(each)) for each, when in told]
        yield table([tables.ORDERED.head(say), *known], 2)


def _forecasts(found: Measures) -> Iterator[str]:
    rows = [(_side(each.side), *tables.FORESEEN.cells(each)) for each in found.foresights]
    yield table([tables.FORESEEN.head(say), *rows], 2)


def _beliefs(found: Measures, tell: Teller) -> Iterator[str]:
    """What each side was told to come home with, and what each believed of it, by turn and scored."""
    told = [
        say("{side} was told: {text}", side=_side(card.side), text=instruction_says(card.says, tell))
        + ("" if card.met is None else " " + met_told(card, tell))
        for card in found.instructions
    ]
    yield from _listed(say("Instruction cards"), told)
    turns = sorted({turn for held in found.beliefs for turn, _chance in held.said})
    rows = [
        (
            _side(held.side),
            clipped(tell.forecast(HERE_FOR_MORE), LINE),
            *(str(dict(held.said).get(turn, "–")) for turn in turns),
            say("yes") if held.came else say("no"),
            fraction_printed(brier_of(held), 3),
        )
        for held in found.beliefs
    ]
    if rows:
        after = (say("turn {n}", n=turn) for turn in turns)
        yield table([(say("by"), say("believed, in percent"), *after, say("so"), say("Brier")), *rows], 2)


def _channels(found: Measures, tell: Teller) -> Iterator[str]:
    for each in found.contacts:
        yield prose(say("{side}: {first}; {told}; {asked}", side=_side(each.side), **_contacted(each)), 2)
    head = ("channel", "US", "China", "late", "lost", _("too low"), "leaked", "readiness")
    rows = [
        (
            tell.channel(use.id),
            *(str(count) for count in (use.us, use.china, use.late, use.lost, use.too_low, use.leaked)),
            f"{use.start} → {use.end}",
        )
        for use in found.channels
    ]
    yield table([_heads(*head), *rows], 2)


def _contacted(each: Contact) -> dict[str, str]:
    """How a side sought the other: when first, how often in private and in public, what it was asked."""
    first = (
        say("never reached the other in private")
        if each.first_contact is None
        else say("first reached the other in private at T+{hour}h", hour=each.first_contact)
    )
    told = say(
        "{private} private acts ({before} before the first public one), {public} public",
        private=each.private,
        before=each.private_before_public,
        public=each.public,
    )
    asked = say(
        "{asked} asked: {taken} taken, {refused} refused, {countered} countered, {unanswered} met with silence",
        asked=each.asked,
        taken=each.taken,
        refused=each.refused,
        countered=each.countered,
        unanswered=each.unanswered,
    )
    if each.stood:
        asked = say("{asked}, {n} of those taken with nobody asked, under principles", asked=asked, n=each.stood)
    if each.unheard:
        asked = say("{asked}, {n} more as request or answer did not arrive in time", asked=asked, n=each.unheard)
    return {"first": first, "told": told, "asked": asked}


def _conduct(found: Measures) -> Iterator[str]:
    for each in found.conducts:
        yield prose(_conducted(each), 2)
        for name, items in ((_("George"), each.george), (_("Swaine"), each.swaine)):
            met = sum(item.met for item in items)
            words = {"side": _side(each.side), "name": say(name), "met": met, "all": len(items)}
            yield "  " + say("{side}, {name}: {met} of {all}", **words)
            yield from (prose(f"{'✓' if item.met else '·'} {say(item.says)}", 4) for item in items)


def _conducted(each: Conduct) -> str:
    told = say(
        "{side}: promises {promised}, of them broken {broken}; provocations {provocations}; of the other's {unmatched} "
        "unmatched, {undecided} undecided; notices given {notices}; restraint announced {announced}, of it kept "
        "{kept}, broken {given_up}, undecided {open}; left the other a way {ways_left}, named the actor {actors_named}",
        side=_side(each.side),
        promised=each.promised,
        broken=each.broken,
        provocations=len(each.provocations),
        unmatched=len(each.unmatched),
        undecided=len(each.undecided),
        notices=each.notices,
        announced=each.restraint_announced,
        kept=each.restraint_kept,
        given_up=each.restraint_broken,
        open=each.restraint_open,
        ways_left=each.ways_left,
        actors_named=each.actors_named,
    )
    if not each.mixed_turns:
        return told
    turns = say(", ").join(map(str, each.mixed_turns))
    return say("{told}; soothed and pressed at once in turn {turns}", told=told, turns=turns)


def _stake(found: Measures, tell: Teller) -> Iterator[str]:
    rows = []
    for each in found.at_stake:
        how = say("as it was") if each.better is None else say("better") if each.better else say("worse")
        if each.clock:
            how = say("time ran out") if each.ran_out else say("time was left")
        rows.append((tell.track(each.id), f"{points_printed(each.start)} → {points_printed(each.end)}", how))
    yield table(rows, 2)
