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
    sentences = [
        _tension(record),
        _crossed(record),
        _third_party(record),
        *(_understood(record, place) for place in (0, 1)),
    ]
    sentences += [*_orders(record), *_widest(record), _to_do(record)]
    if not record.measures.course.ended:
        sentences.insert(0, say("The session was not played to its end; this is how far its log goes."))
    yield listed(tuple(sentences))
    yield prose(say("A step is one of those from very friendly (−3) over neutral (0) to very hostile (+3)."), "quiet")


def _tension(record: ReportRecord) -> str:
    turns = record.measures.course.turns
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
    crossings = [(crossing.side, crossing.turn) for crossing in record.replay.state.crossings]
    conclusions = [(conclusion.side, conclusion.turn) for conclusion in opened.conclusions]
    if not crossings and not conclusions and not near:
        return say("No red line was crossed, and no pink line came near its limit.")
    if not crossings and not conclusions:
        return say("No red line was crossed; pink lines came near their limits: {n}.", n=near)
    sentences = [say("No red line was crossed.")]
    if crossings:
        side_counts = _count_by_side(record, crossings, _("{n} of {side}, in turn {turns}"))
        sentences = [say("Red lines crossed: {whose}.", whose=side_counts)]
    if conclusions:
        sentences.append(
            say(
                "Conclusions drawn: {whose}.",
                whose=_count_by_side(record, conclusions, _("{n} by {side}, in turn {turns}")),
            )
        )
    back = sum(conclusion.drawn_back > 0 for conclusion in opened.conclusions)
    if back:
        sentences.append(say("Of these, drawn back: {n}.", n=back))
    return one_after_another(tuple(sentences))


def _count_by_side(record: ReportRecord, came: Sequence[tuple[Side, int]], counted: str) -> str:
    """How many of each side, and in which turns, as `counted` has it."""
    say, phrases = record.say, []
    for side in SIDES:
        turns = [str(turn) for owner, turn in came if owner == side]
        if turns:
            shown_turns = record.say(", ").join(tuple(dict.fromkeys(turns)))
            phrases.append(say(counted, n=len(turns), side=record.team(side), turns=shown_turns))
    return join_parts(phrases, say)


def _third_party(record: ReportRecord) -> str:
    """What it came to for those whose crisis it was."""
    say = record.say
    phrases = []
    for course in record.opened.courses:
        track = say.course(course)
        words = {"what": say.track_name(track), "unit": say.localize(track.unit)}
        words |= {"start": points_printed(course.start), "end": points_printed(course.end)}
        phrases.append(say("{what} {start} → {end} {unit}", **words))
    return say("For the third party: {told}.", told=join_parts(phrases, say) or say("nothing"))


def _understood(record: ReportRecord, place: int) -> str:
    """How one side's acts were taken by the other."""
    say, direction, felt = record.say, record.measures.directions[place], record.measures.felt[1 - place]
    words = {
        "sender": record.team(direction.sender),
        "hearer": record.team(other(direction.sender)),
        "n": direction.read,
    }
    if not direction.arrived:
        return say("None of the acts of {sender} reached {hearer}.", **words)
    if direction.bias is None or direction.error is None:
        return say("{hearer} read none of the acts of {sender}.", **words)
    words |= {"bias": fraction_printed(abs(direction.bias)), "error": fraction_printed(direction.error)}
    if not direction.error:
        sentence = say("{hearer} took every act of {sender} as it was meant ({n} read).", **words)
    elif not direction.bias:
        sentence = say(
            "{hearer} took the acts of {sender} {error} steps off, to either side alike ({n} read).", **words
        )
    elif direction.bias > 0:
        sentence = say(
            "{hearer} took the acts of {sender} as {bias} steps more hostile than they were meant, on average; misses "
            "either way come to {error} steps ({n} acts read).",
            **words,
        )
    else:
        sentence = say(
            "{hearer} took the acts of {sender} as {bias} steps friendlier than they were meant, on average; misses "
            "either way come to {error} steps ({n} acts read).",
            **words,
        )
    if direction.unforeseen is not None and direction.foreseen is not None and direction.error:
        split_in = {"foreseen": direction.foreseen, "unforeseen": direction.unforeseen}
        words |= {name: fraction_printed(part, signed=True) for name, part in split_in.items()} | {
            "asked": direction.asked
        }
        split = say(
            "On average {sender} had foreseen {foreseen} of it; {unforeseen} it had not ({asked} acts).", **words
        )
        sentence = one_after_another((sentence, split))
    if sum(filter(None, (felt.share, felt.order, felt.alert, felt.conclusions)), Fraction(0)) >= Fraction(1, 100):
        parts = say(", ").join(felt_parts(felt, say))
        share = say("Of the tension that {side} felt rise: {parts}.", side=record.team(felt.side), parts=parts)
        return one_after_another((sentence, share))
    return sentence


def _orders(record: ReportRecord) -> Iterator[str]:
    """How far each side knew what the other takes gravely, before play and after it."""
    say, measures = record.say, record.measures
    for order_before, order_after in zip(measures.orders_before, measures.orders_after, strict=True):
        if order_before.tau is None and order_after.tau is None:
            continue
        words = {"guesser": record.team(other(order_before.side)), "side": record.team(order_before.side)}
        words |= {"m": str(order_before.acts), "pairs": str(order_before.pairs)}
        if order_before.pairs_known is not None and order_after.pairs_known is not None:
            yield say(
                "Of each two of {m} acts, {guesser} knew which {side} takes more gravely in {before} cases before play "
                "and {after} after it, of {pairs}; luck knows half.",
                before=order_before.pairs_known,
                after=order_after.pairs_known,
                **words,
            )
            continue
        when, known_order = (
            (_("before"), order_before) if order_after.pairs_known is None else (_("after"), order_after)
        )
        yield say(
            "Of each two of {m} acts, {guesser} knew {when} play which {side} takes more gravely in {n} cases of "
            "{pairs}; luck knows half.",
            when=say(when),
            n=known_order.pairs_known,
            **words,
        )


def _widest(record: ReportRecord) -> Iterator[str]:
    """The act whose reading its sender had least foreseen; where acts of both sides share that, one of each."""
    say, meanings = record.say, least_foreseen(record.measures.meanings)
    if not meanings:
        return
    is_asked = meanings[0].expected is not None
    if len(meanings) == 1:
        sentence = _("What was least foreseen: {act}.") if is_asked else _("The widest gap: {act}.")
        yield say(sentence, act=_describe_act(record, meanings[0]))
        return
    examples = [
        next(meaning for meaning in meanings if meaning.key[0] == side)
        for side in dict.fromkeys(meaning.key[0] for meaning in meanings)
    ]
    several = _("Least foreseen were {n} acts alike, steps off: {steps}; among them {acts}.")
    if not is_asked:
        several = _("The widest gap is that of {n} acts alike, steps off: {steps}; among them {acts}.")
    acts = join_parts((_describe_act(record, meaning) for meaning in examples), say)
    yield say(several, n=len(meanings), steps=abs(meanings[0].surprise), acts=acts)


def _describe_act(record: ReportRecord, act: Meaning) -> str:
    """An act by its name, with what was sealed of it."""
    say = record.say
    words = {"act": record.name(act.key), "head": record.head(act.key)}
    words |= {"meant": taken_as(say, act.intent or 0), "taken": taken_as(say, act.reading or 0)}
    if act.expected is None:
        return say("{act}, {head}, meant as {meant} and taken as {taken}", **words)
    expected = taken_as(say, act.expected)
    sentence = _("{act}, {head}, meant as {meant}, expected to be taken as {expected} and taken as {taken}")
    return say(sentence, expected=expected, **words)


def _to_do(record: ReportRecord) -> str:
    """What the rules found, and what the room said it would change."""
    observations = findings(record)
    strengths = sum(observation.is_strength for observation in observations)
    words = {"n": strengths, "m": len(observations) - strengths}
    changes = sum(note.about == "change" for note in notes(record.replay.state))
    if changes:
        return record.say(
            "Strengths: {n}; areas for improvement: {m}; things that the room would change: {k}. They stand before the "
            "plan at the end.",
            k=changes,
            **words,
        )
    return record.say("Strengths: {n}; areas for improvement: {m}. The plan is at the end.", **words)
