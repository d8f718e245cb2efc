"""The session in numbers: what stands behind the sentences of the first page, and what is too long for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from crisis_sim.engine.acts.notes import notes
from crisis_sim.measures.meanings import Meaning, least_foreseen
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.measures.tables import felt_parts
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Heading, listed, prose
from crisis_sim.pages.phrases import one_after_another, taken_as
from crisis_sim.pages.standing_blocks import rung_of
from crisis_sim.report.improvement import findings
from crisis_sim.report.report_blocks import ReportBlock
from crisis_sim.report.report_record import ReportRecord
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.wording import _, join_parts


def minute(record: ReportRecord) -> Iterator[ReportBlock]:
    """How it went, what was crossed, what it came to, how each was understood, and what there is to do."""
    say = record.say
    yield Heading(say("In numbers"))
    told = [_tension(record), _crossed(record), _third_party(record), *(_understood(record, place) for place in (0, 1))]
    told += [*_orders(record), *_widest(record), _to_do(record)]
    if not record.found.course.ended:
        told.insert(0, say("The session was not played to its end; this is how far its log goes."))
    yield listed(tuple(told))
    yield prose(say("A step is one of those from very friendly (−3) over neutral (0) to very hostile (+3)."), "quiet")


def _tension(record: ReportRecord) -> str:
    turns = record.found.course.turns
    start, end, high = turns[0], turns[-1], max(turns, key=lambda turn: turn.tension)
    words = {
        "start": points_printed(start.tension),
        "end": points_printed(end.tension),
        "rung": rung_of(record.opened.score.tension, record.say),
    }
    if end.tension > start.tension:
        went = record.say("Tension rose from {start} to {end} of 100 ({rung}).", **words)
    elif end.tension < start.tension:
        went = record.say("Tension fell from {start} to {end} of 100 ({rung}).", **words)
    else:
        went = record.say("Tension ended where it began, at {end} of 100 ({rung}).", **words)
    if high.tension <= max(start.tension, end.tension):
        return went
    peak = record.say("It was highest in turn {turn}, at {most}.", turn=high.number, most=points_printed(high.tension))
    return one_after_another((went, peak))


def _crossed(record: ReportRecord) -> str:
    """How many red lines were crossed and conclusions drawn, whose, and in which turns; else how near it came."""
    say, near, opened = record.say, len(record.opened.near_misses), record.opened
    crossings = [(each.side, each.turn) for each in record.replay.state.crossings]
    drawn = [(each.side, each.turn) for each in opened.conclusions]
    if not crossings and not drawn and not near:
        return say("No red line was crossed, and no pink line came near its limit.")
    if not crossings and not drawn:
        return say("No red line was crossed; pink lines came near their limits: {n}.", n=near)
    told = [say("No red line was crossed.")]
    if crossings:
        whose = _whose(record, crossings, _("{n} of {side}, in turn {turns}"))
        told = [say("Red lines crossed: {whose}.", whose=whose)]
    if drawn:
        told.append(
            say("Conclusions drawn: {whose}.", whose=_whose(record, drawn, _("{n} by {side}, in turn {turns}")))
        )
    back = sum(each.drawn_back > 0 for each in opened.conclusions)
    if back:
        told.append(say("Of these, drawn back: {n}.", n=back))
    return one_after_another(tuple(told))


def _whose(record: ReportRecord, came: Sequence[tuple[Side, int]], counted: str) -> str:
    """How many of each side, and in which turns, as `counted` has it."""
    say, told = record.say, []
    for side in SIDES:
        turns = [str(turn) for owner, turn in came if owner == side]
        if turns:
            shown_turns = record.say(", ").join(tuple(dict.fromkeys(turns)))
            told.append(say(counted, n=len(turns), side=record.team(side), turns=shown_turns))
    return join_parts(told, say)


def _third_party(record: ReportRecord) -> str:
    """What it came to for those whose crisis it was."""
    say = record.say
    told = []
    for each in record.opened.courses:
        track = say.course(each)
        words = {"what": say.track_name(track), "unit": say.of(track.unit)}
        words |= {"start": points_printed(each.start), "end": points_printed(each.end)}
        told.append(say("{what} {start} → {end} {unit}", **words))
    return say("For the third party: {told}.", told=join_parts(told, say) or say("nothing"))


def _understood(record: ReportRecord, place: int) -> str:
    """How one side's acts were taken by the other."""
    say, each, felt = record.say, record.found.directions[place], record.found.felt[1 - place]
    words = {"sender": record.team(each.sender), "hearer": record.team(other(each.sender)), "n": each.read}
    if not each.arrived:
        return say("None of the acts of {sender} reached {hearer}.", **words)
    if each.bias is None or each.error is None:
        return say("{hearer} read none of the acts of {sender}.", **words)
    words |= {"bias": fraction_printed(abs(each.bias)), "error": fraction_printed(each.error)}
    if not each.error:
        told = say("{hearer} took every act of {sender} as it was meant ({n} read).", **words)
    elif not each.bias:
        told = say("{hearer} took the acts of {sender} {error} steps off, to either side alike ({n} read).", **words)
    elif each.bias > 0:
        told = say(
            "{hearer} took the acts of {sender} as {bias} steps more hostile than they were meant, on average; misses "
            "either way come to {error} steps ({n} acts read).",
            **words,
        )
    else:
        told = say(
            "{hearer} took the acts of {sender} as {bias} steps friendlier than they were meant, on average; misses "
            "either way come to {error} steps ({n} acts read).",
            **words,
        )
    if each.unforeseen is not None and each.foreseen is not None and each.error:
        split_in = {"foreseen": each.foreseen, "unforeseen": each.unforeseen}
        words |= {name: fraction_printed(part, signed=True) for name, part in split_in.items()} | {"asked": each.asked}
        split = say(
            "On average {sender} had foreseen {foreseen} of it; {unforeseen} it had not ({asked} acts).", **words
        )
        told = one_after_another((told, split))
    if sum(filter(None, (felt.share, felt.order, felt.alert, felt.conclusions)), Fraction(0)) >= Fraction(1, 100):
        parts = say(", ").join(felt_parts(felt, say))
        share = say("Of the tension that {side} felt rise: {parts}.", side=record.team(felt.side), parts=parts)
        return one_after_another((told, share))
    return told


def _orders(record: ReportRecord) -> Iterator[str]:
    """How far each side knew what the other takes gravely, before play and after it."""
    say, found = record.say, record.found
    for before, after in zip(found.orders_before, found.orders_after, strict=True):
        if before.tau is None and after.tau is None:
            continue
        words = {"guesser": record.team(other(before.side)), "side": record.team(before.side)}
        words |= {"m": str(before.acts), "pairs": str(before.pairs)}
        if before.pairs_known is not None and after.pairs_known is not None:
            yield say(
                "Of each two of {m} acts, {guesser} knew which {side} takes more gravely in {before} cases before play "
                "and {after} after it, of {pairs}; luck knows half.",
                before=before.pairs_known,
                after=after.pairs_known,
                **words,
            )
            continue
        when, known = (_("before"), before) if after.pairs_known is None else (_("after"), after)
        yield say(
            "Of each two of {m} acts, {guesser} knew {when} play which {side} takes more gravely in {n} cases of "
            "{pairs}; luck knows half.",
            when=say(when),
            n=known.pairs_known,
            **words,
        )


def _widest(record: ReportRecord) -> Iterator[str]:
    """The act whose reading its sender had least foreseen; where acts of both sides share that, one of each."""
    say, found = record.say, least_foreseen(record.found.meanings)
    if not found:
        return
    is_asked = found[0].expected is not None
    if len(found) == 1:
        told = _("What was least foreseen: {act}.") if is_asked else _("The widest gap: {act}.")
        yield say(told, act=_act_told(record, found[0]))
        return
    named = [next(each for each in found if each.key[0] == side) for side in dict.fromkeys(of.key[0] for of in found)]
    several = _("Least foreseen were {n} acts alike, steps off: {steps}; among them {acts}.")
    if not is_asked:
        several = _("The widest gap is that of {n} acts alike, steps off: {steps}; among them {acts}.")
    acts = join_parts((_act_told(record, each) for each in named), say)
    yield say(several, n=len(found), steps=abs(found[0].surprise), acts=acts)


def _act_told(record: ReportRecord, act: Meaning) -> str:
    """An act by its name, with what was sealed of it."""
    say = record.say
    words = {"act": record.name(act.key), "head": record.head(act.key)}
    words |= {"meant": taken_as(say, act.intent or 0), "taken": taken_as(say, act.reading or 0)}
    if act.expected is None:
        return say("{act}, {head}, meant as {meant} and taken as {taken}", **words)
    expected = taken_as(say, act.expected)
    told = _("{act}, {head}, meant as {meant}, expected to be taken as {expected} and taken as {taken}")
    return say(told, expected=expected, **words)


def _to_do(record: ReportRecord) -> str:
    """What the rules found, and what the room said it would change."""
    made = findings(record)
    strengths = sum(each.is_strength for each in made)
    words = {"n": strengths, "m": len(made) - strengths}
    changes = sum(note.about == "change" for note in notes(record.replay.state))
    if changes:
        return record.say(
            "Strengths: {n}; areas for improvement: {m}; things that the room would change: {k}. They stand before the "
            "plan at the end.",
            k=changes,
            **words,
        )
    return record.say("Strengths: {n}; areas for improvement: {m}. The plan is at the end.", **words)
