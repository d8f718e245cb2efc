"""`crisis-sim compare`: two sessions, or one and its acts under other rules, side by side as a page of text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Final, Literal, TypeAlias

from msgspec.structs import asdict
from typer import Option

from crisis_sim.cli.answer import answer, prose, table
from crisis_sim.cli.language import language, say
from crisis_sim.cli.logs import find_log, opened
from crisis_sim.cli.shared_options import LogArgument, OpenOption, OtherLogArgument, complete_packs
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.record_opened import belief_facts, brier_of
from crisis_sim.engine.views.shared_facts import BeliefFacts
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.measures.forecasts import brier_by
from crisis_sim.measures.sums import fraction_printed, fraction_text
from crisis_sim.numbers import points_printed
from crisis_sim.pages.phrases import format_audience, format_signed, meant_for
from crisis_sim.pages.refusals import names_from, refusal
from crisis_sim.pages.translator import Translator, head_for, in_language
from crisis_sim.playtest.game import hearing
from crisis_sim.rules.names import SIDES as BOTH
from crisis_sim.session.course import (
    Contrast,
    Course,
    CourseAct,
    Parting,
    TurnContrast,
    TurnPoint,
    contrast,
    course_of,
    find_divergence,
    trace_course,
)
from crisis_sim.session.rejudge import RefusedAct, rejudge, table_for
from crisis_sim.session.verify import wrong_events_named
from crisis_sim.text import clean
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES

BothHeld: TypeAlias = "tuple[Sequence[BeliefFacts], Sequence[BeliefFacts]]"
"""What was believed in A and in B."""
NOTHING_HELD: Final = ((), ())
NUMBERS: Final = (("tension", _("tension")), ("felt_us", _("felt by US")), ("felt_china", _("felt by China")))


def compare(
    a: LogArgument,
    b: OtherLogArgument = None,
    under: Annotated[
        str,
        Option(
            metavar="A,B",
            help="In place of another log: rule packs under which the acts of LOG are judged again, the base first:"
            " core,safety-net-emboldens.",
            autocompletion=complete_packs,
        ),
    ] = "",
    hears: Annotated[
        str,
        Option(
            metavar="SIDE=NAME",
            help="Likewise, by which hearing profile a side hears: us=closed-door-worst,china=none, or both=NAME.",
        ),
    ] = "",
    form: Annotated[Literal["text", "json"], Option("--format", help="Text for people, JSON for programs.")] = "text",
    open_: OpenOption = False,
) -> int:
    """Lay two sessions beside each other: where they part, what was done otherwise, and what came of it, turn by turn.

    It opens what was sealed, so both must have come to their hotwash, or --open says that this is wanted all the same.
    Made for a session and its branch; two sessions of one scenario that were begun apart can be compared too.

    With --under or --hears, the acts of LOG are judged again under other rule packs, or as sides with another order of
    offences would hear them. People did what they did under the first rules; nobody answers to the others. So it says
    how much of the course lies in the rules, and not how the session would have gone.
    """
    if b is None or under or hears:
        if b is not None or not (under or hears):
            hint = "name another log, or say by what this one is judged again: --under PACKS, --hears SIDE=NAME"
            raise UnreadableInput("usage/compare", "a session is compared with one other course", hint=hint)
        answer(_compare_rejudged(a, under, hears, form, on_purpose=open_))
        return 0
    ours, theirs = (opened(find_log(log), on_purpose=open_) for log in (a, b))
    if ours.table.scenario.id != theirs.table.scenario.id:
        sentence = Sentence("A is of '{id}' and B of '{id2}'", id=ours.table.scenario.id, id2=theirs.table.scenario.id)
        raise UnreadableInput("compare/scenario", sentence, hint="compare two sessions of one scenario")
    with wrong_events_named(ours.log.path, theirs.log.path):
        differences = contrast(course_of(ours.log, ours.table), course_of(theirs.log, theirs.table))
        parted, dossier = find_divergence(ours.log, theirs.log), dossier_for(ours.table, "facilitator")
        both_beliefs = belief_facts(ours.state, ours.table), belief_facts(theirs.state, theirs.table)
        if form == "json":
            text = as_json(differences, parted, dossier, both_beliefs)
        else:
            text = "\n".join(page(differences, parting_rows(parted), dossier, both_beliefs))
    answer(text)
    return 0


def _compare_rejudged(log: str, pack_names: str, hears: str, form: Literal["text", "json"], *, on_purpose: bool) -> str:
    """The course of a session beside that of its acts, judged again."""
    packs = [name.strip() for name in pack_names.split(",") if name.strip()]
    original = opened(find_log(log), on_purpose=on_purpose)
    with wrong_events_named(original.log.path):
        table = table_for(original.log, packs, hears=bool(hears))
        again = rejudge(original.log, table, hearing(hears, table.card, allow_none=True))
        differences = contrast(course_of(original.log, original.table), trace_course(again.table, again.states))
        dossier = dossier_for(original.table, "facilitator")
        if form == "json":
            return as_json(differences, again.refused, dossier)
        between = [say("B hears so: {hears}.", hears=clean(hears, lines=False))] if hears else []
        return "\n".join(page(differences, [*between, *refused_rows(again.refused, dossier)], dossier))


def page(
    differences: Contrast, between: Sequence[str], dossier: Dossier, both_beliefs: BothHeld = NOTHING_HELD
) -> Iterator[str]:
    """Compare the two courses side by side.

    `between` says how the two sessions are related, `both_beliefs` what was believed in each.
    """
    tracks = _track_names(dossier)
    yield from (_head("A", differences.a), _head("B", differences.b), "", *between)
    first = differences.first
    if first is None:
        yield say("Nothing is otherwise: every turn has the same numbers, acts and readings.")
        return
    if differences.a.length != differences.b.length:
        yield prose(say("They have different lengths, so that turns of one number may be at different hours."))
    place = say("at the start") if first.number == 0 else say("in turn {n}", n=first.number)
    yield prose(say("The first difference in numbers, acts or readings is {where}.", where=place))
    yield from ("", say("Turn by turn, A → B:"), *_columns(differences))
    for turn in differences.turns:
        yield from _turn(turn, dossier)
    yield from ("", _ends_heading(differences.a.ended, differences.b.ended), *_ends(differences, tracks, both_beliefs))


def _track_names(dossier: Dossier) -> dict[str, str]:
    """What is at stake as screens call it, and what that counts, by id."""
    return {
        name: say("{name}, {unit}", name=in_language(track.name, language()), unit=in_language(track.unit, language()))
        for name, track in dossier.tracks.items()
    }


def _ends_heading(a: bool, b: bool) -> str:
    """Where the last numbers stand: a log that was not played to its end has another last moment."""
    if a and b:
        return say("At the end:")
    if a or b:
        ended, other = ("A", "B") if a else ("B", "A")
        return say("At the end of {ended}, and where the log of {other} ends:", ended=ended, other=other)
    return say("Where their logs end:")


def _head(name: str, course: Course) -> str:
    heading = say(
        "{name}: {title}, {minutes} minutes, seed {seed}, session {session}, rules {packs}",
        name=name,
        title=in_language(course.title, language()),
        minutes=course.length,
        seed=course.seed,
        session=course.session,
        packs=say(", ").join(course.packs),
    )
    if course.inherits:
        heading = say("{course}, begun with what session {session} left", course=heading, session=course.inherits)
    return clean(heading if course.ended else say("{course}, not played to its end", course=heading), lines=False)


def parting_rows(parted: Parting) -> list[str]:
    """Where two logs part."""
    if not parted.a and not parted.b:
        return [
            say(
                "The two logs have the same {n} entry.",
                plural="The two logs have the same {n} entries.",
                n=parted.shared,
            )
        ]
    if not parted.shared:
        return [say("The two logs share no entry; they are sessions of their own.")]
    sentence = say(
        "They share {n} entry and part in {turn}: A goes on with {a}, B with {b}.",
        plural="They share {n} entries and part in {turn}: A goes on with {a}, B with {b}.",
        n=parted.shared,
        turn=say("the briefing") if parted.turn == 0 else say("turn {n}", n=parted.turn),
        a=parted.a or say("nothing"),
        b=parted.b or say("nothing"),
    )
    return [prose(sentence)]


def refused_rows(refused: Sequence[RefusedAct], dossier: Dossier) -> list[str]:
    """Acts that the other rules did not let anybody make."""
    if not refused:
        return [say("All acts could be made under the other rules.")]
    rows = [
        say(
            "{n} of the acts could not be made under the other rules and is left out of B:",
            plural="{n} of the acts could not be made under the other rules and are left out of B:",
            n=len(refused),
        )
    ]
    names = names_from(Translator(dossier, language()))
    for act in refused:
        sentence = say(
            "entry {seq}, turn {turn}, {seat}: {why}",
            seq=act.seq,
            turn=act.turn,
            seat=say(act.seat),
            why=refusal(act.why, language(), names)[0],
        )
        rows.append(prose(sentence, 2))
    return rows


def _columns(differences: Contrast) -> Iterator[str]:
    rows = [(say("turn"), *(say(name) for _name, name in NUMBERS), "")]
    for turn in differences.turns:
        if turn.number:
            cells = [_pair(turn, name) for name, _label in NUMBERS]
            rows.append((f"{turn.number}", *cells, "" if turn.is_same else "*"))
    yield table(rows, 2)


def _pair(turn: TurnContrast, name: str) -> str:
    one = "–" if turn.a is None else points_printed(getattr(turn.a, name))
    two = "–" if turn.b is None else points_printed(getattr(turn.b, name))
    return one if one == two else f"{one} → {two}"


def _turn(turn: TurnContrast, dossier: Dossier) -> Iterator[str]:
    """What one turn has that the other does not."""
    only = [("A", _act(act, dossier)) for act in turn.only_a] + [("B", _act(act, dossier)) for act in turn.only_b]
    for marks in (_of_lines, _injects):
        one, two = marks(turn.a), marks(turn.b)
        only += [("A", mark) for mark in one if mark not in two] + [("B", mark) for mark in two if mark not in one]
    if only:
        yield from ("", say("Turn {turn}", turn=turn.number))
        for name, difference in only:
            yield prose(clean(say("{name} only: {what}", name=name, what=difference), lines=False), 2)


def _act(act: CourseAct, dossier: Dossier) -> str:
    head = head_for(act.act, None, Translator(dossier, language()))
    parts = [say("meant {intent}", intent=format_signed(act.intent))]
    if act.expected is not None:
        parts.append(say("expected {expected}", expected=format_signed(act.expected)))
    if act.audience is not None:
        parts.append(meant_for(act.audience, say))
    parts.append(
        say("not read") if act.reading is None else say("taken as {reading}", reading=format_signed(act.reading))
    )
    if act.taken_for is not None:
        parts.append(format_audience(act.taken_for, say))
    return say("{act} ({told})", act=head, told=say(", ").join(parts))


def _of_lines(point: TurnPoint | None) -> list[str]:
    """What became of lines in a turn."""
    return [
        say(sentence, line=_line(line))
        for sentence, key in (
            (_("red line crossed, {line}"), "crossed"),
            (_("conclusion drawn, {line}"), "concluded"),
            (_("further from a conclusion, {line}"), "drawn_back"),
        )
        for line in getattr(point, key, ())
    ]


def _injects(point: TurnPoint | None) -> list[str]:
    return (
        []
        if point is None
        else [say("inject, {inject}", inject=in_language(title, language())) for title in point.injects]
    )


def _line(name: str) -> str:
    side, _slash, line = name.partition("/")
    return say("{side}: {line}", side=say(SIDES[side]), line=line.replace("-", " "))


def _ends(differences: Contrast, tracks: Mapping[str, str], both_beliefs: BothHeld) -> Iterator[str]:
    a, b = differences.a.turns[-1], differences.b.turns[-1]
    rows = [(say(name), points_printed(getattr(a, key)), points_printed(getattr(b, key))) for key, name in NUMBERS]
    for meter, label in (("trust", _("trust of {side}")), ("standing", _("standing of {side}"))):
        rows += [
            (
                say(label, side=say(SIDES[side])),
                points_printed(getattr(a, meter)[side]),
                points_printed(getattr(b, meter)[side]),
            )
            for side in SIDES
        ]
    rows += [
        (clean(tracks[name], lines=False), points_printed(a.tracks[name]), points_printed(b.tracks[name]))
        for name in differences.tracks
    ]
    for count_label, key in (
        (_("red lines crossed"), "crossed"),
        (_("conclusions drawn"), "concluded"),
        (_("drawn back from conclusions"), "drawn_back"),
    ):
        counts = [
            str(sum(len(getattr(turn, key)) for turn in course.turns)) for course in (differences.a, differences.b)
        ]
        rows.append((say(count_label), counts[0], counts[1]))
    yield table([("", "A", "B"), *rows, *_believed(both_beliefs)], 2)


def _believed(both_beliefs: BothHeld) -> Iterator[tuple[str, str, str]]:
    """How near each side's beliefs were, where either session asked for them."""
    for side in BOTH:
        a, b = (brier_by(beliefs, side) for beliefs in both_beliefs)
        if (a, b) != (None, None):
            name = say("{head}: {text}", head=say(SIDES[side]), text=say("Brier of what the other came for"))
            yield name, fraction_printed(a, 3), fraction_printed(b, 3)


def as_json(
    differences: Contrast,
    between: Parting | Sequence[RefusedAct],
    dossier: Dossier,
    both_beliefs: BothHeld = NOTHING_HELD,
) -> str:
    """Both courses whole, points as numbers with two decimals at most, and how the two are related."""
    related = (
        {"parting": between._asdict()}
        if isinstance(between, Parting)
        else {"refused": [_refused_act_fields(act, dossier) for act in between]}
    )
    a, b = (
        {**_course(course, dossier), "beliefs": [_belief_fields(belief) for belief in beliefs]}
        for course, beliefs in zip((differences.a, differences.b), both_beliefs, strict=True)
    )
    whole = {"format": 1, "a": a, "b": b, **related}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _belief_fields(belief: BeliefFacts) -> dict[str, object]:
    """What a side believed, and its score."""
    brier = brier_of(belief)
    return {**asdict(belief), "brier": None if brier is None else float(fraction_text(brier, 6))}


def _refused_act_fields(refused: RefusedAct, dossier: Dossier) -> dict[str, object]:
    """An act that could not be made, and why not."""
    sentence, _ = refusal(refused.why, "en", names_from(Translator(dossier, "en")))
    return {"seq": refused.seq, "turn": refused.turn, "seat": refused.seat, "sentence": sentence}


def _course(course: Course, dossier: Dossier) -> dict[str, object]:
    title, turns = in_language(course.title, "en"), [_plain(turn, dossier) for turn in course.turns]
    return {**course._asdict(), "title": title, "turns": turns}


def _plain(turn: TurnPoint, dossier: Dossier) -> dict[str, object]:
    fields: dict[str, object] = {}
    for key, value in turn._asdict().items():
        if key in ("number", "hour", "crossed", "concluded", "drawn_back"):
            fields[key] = value
        elif key == "injects":
            fields[key] = [in_language(title, "en") for title in turn.injects]
        elif key == "acts":
            fields[key] = [_act_done(act, dossier) for act in turn.acts]
        elif isinstance(value, dict):
            fields[key] = {name: points / 100 for name, points in value.items()}
        else:
            fields[key] = value / 100
    return fields


def _act_done(act: CourseAct, dossier: Dossier) -> dict[str, object]:
    head = head_for(act.act, None, Translator(dossier, "en"))
    sealed = {"expected": act.expected, "reading": act.reading, "audience": act.audience, "taken_for": act.taken_for}
    return {"side": act.act.side, "head": head, "intent": act.intent, **sealed}
