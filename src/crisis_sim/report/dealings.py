"""How the two dealt with each other: channels, what was asked, promises and deeds, checklists, and the third party."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.measures.conduct import ChecklistItem
from crisis_sim.measures.tables import ended, purpose_cells
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Heading, listed, prose, table_of
from crisis_sim.pages.calls_opened import call_blocks, noted_blocks
from crisis_sim.report.report_blocks import ReportBlock
from crisis_sim.report.report_record import ReportRecord
from crisis_sim.wording import _


def channels(record: ReportRecord) -> Iterator[ReportBlock]:
    """First contact, private before public, what was asked, and the traffic of every channel."""
    say, measures = record.say, record.measures
    yield Heading(say("Channels"))
    head = (
        *(
            "side",
            _("first contact"),
            _("private acts before the first public one"),
            _("private"),
            _("public"),
            _("asked"),
            _("taken"),
        ),
        *("refused", _("countered"), "unanswered in time", _("did not arrive in time")),
    )
    rows = tuple(
        (
            record.side(contact.side),
            "–" if contact.first_contact is None else say("T+{hour}h", hour=contact.first_contact),
            *map(str, (contact.private_before_public, contact.private, contact.public)),
            *map(
                str,
                (contact.asked, contact.taken, contact.refused, contact.countered, contact.unanswered, contact.unheard),
            ),
        )
        for contact in measures.contacts
    )
    yield table_of((*map(say, head),), rows, frozenset(range(1, 11)))
    yield prose(
        say(
            "Private acts before the first public one are those that had arrived by its turn. Unanswered in time are "
            "requests that the other side had; where the request or its answer did not arrive in time, the silence is "
            "nobody’s. What was asked and stands in none of the last five columns was still open at the end."
        ),
        "quiet",
    )
    uses = (
        _("channel"),
        "US acts",
        "China’s acts",
        "late",
        _("not taken up"),
        _("answered too low"),
        _("leaked"),
        _("readiness"),
    )
    traffic = tuple(
        (
            say.channel(use.id),
            *map(str, (use.us, use.china, use.late, use.lost, use.too_low, use.leaked)),
            f"{use.start} → {use.end}",
        )
        for use in measures.channels
    )
    yield table_of((*map(say, uses),), traffic, frozenset(range(1, 8)), frozenset({0}))
    if record.opened.calls:
        yield Heading(say("Calls, and what each side wanted of them"), 3)
        yield from call_blocks(record.opened.calls, say)
        yield listed(purpose_cells(measures.purposes, say))
    if record.opened.talks:
        yield Heading(say("Talks, as each side noted them"), 3)
        yield from noted_blocks(record.opened.talks, say)
    yield from record.dealt("silences", "readouts", "assets", "closer", "facts")


def dealing_blocks(record: ReportRecord) -> Iterator[ReportBlock]:
    """Promises kept and broken, mixed turns, provocations answered or not, restraint."""
    say, state, table = record.say, record.replay.state, record.replay.table
    yield Heading(say("Said and done"))
    promises = tuple(
        (
            str(promise.turn),
            record.side(promise.side),
            table.commitments[promise.commitment].says.in_(record.language),
            ended(promise, say),
        )
        for promise in state.promises
    )
    if promises:
        yield table_of((*map(say, ("turn", "by", "promise", "at the end")),), promises, frozenset({0}), frozenset({2}))
    else:
        yield prose(say("Nobody made a promise on the record."))
    head = (
        *("side", _("mixed turns"), _("provocations"), _("of the other’s not answered in kind"), _("undecided")),
        *(_("notices of movements"), _("restraint announced"), "kept", "broken"),
    )
    rows = tuple(
        (
            record.side(conduct.side),
            *map(
                str,
                (len(conduct.mixed_turns), len(conduct.provocations), len(conduct.unmatched), len(conduct.undecided)),
            ),
            str(conduct.notices),
            *map(str, (conduct.restraint_announced, conduct.restraint_kept, conduct.restraint_broken)),
        )
        for conduct in record.measures.conducts
    )
    yield table_of((*map(say, head),), rows, frozenset(range(1, 9)))
    for conduct in record.measures.conducts:
        if conduct.ways_left or conduct.actors_named:
            yield prose(
                say(
                    "{side} left the other a way in {ways_left} of its acts, and named the actor in {actors_named}.",
                    side=record.team(conduct.side),
                    ways_left=conduct.ways_left,
                    actors_named=conduct.actors_named,
                )
            )
        if conduct.mixed_turns:
            turns = record.say(", ").join(tuple(map(str, conduct.mixed_turns)))
            yield prose(
                say("{side} soothed and pressed at once in turn {turns}.", side=record.team(conduct.side), turns=turns)
            )
    yield prose(
        say(
            "In a mixed turn a side soothed and pressed at once. A provocation may be answered in kind from the turn "
            "in which it arrived, and restraint be broken from its own turn, to the second after; what had fewer turns "
            "after it is undecided."
        ),
        "quiet",
    )


def checklists(record: ReportRecord) -> Iterator[ReportBlock]:
    """Both checklists for both sides. They say what was done, and not whether it was wise."""
    say, (us, china) = record.say, record.measures.conducts
    yield Heading(say("Two checklists"))
    yield prose(say("They say what was done by the record, and not whether it was wise."), "quiet")
    for name, ours, theirs in (
        (_("Requirements of crisis management, after George (1984, 1991)"), us.george, china.george),
        (_("Principles of crisis management, after Swaine (2009, 2024)"), us.swaine, china.swaine),
    ):
        yield Heading(say(name), 3)
        rows = tuple(
            (say(one.says), _met(record, one), _met(record, two)) for one, two in zip(ours, theirs, strict=True)
        )
        yield table_of((say("item"), record.side("us"), record.side("china")), rows, wide=frozenset({0, 1, 2}))


def _met(record: ReportRecord, item: ChecklistItem) -> str:
    mark = record.say("yes") if item.met else record.say("no")
    return f"{mark}\n{record.name_acts(item.evidence, 3)}" if item.evidence else mark


def third_party(record: ReportRecord) -> Iterator[ReportBlock]:
    """What the crisis itself came to, for those whose it was."""
    say = record.say
    yield Heading(say("What it came to for the third party"))
    yield prose(record.replay.table.scenario.host.in_(record.language))
    rows = []
    for stake in record.measures.at_stake:
        track = say.dossier.tracks[stake.id]
        word = (
            _("ran out")
            if stake.ran_out
            else {True: _("better"), False: _("worse"), None: _("as it began")}[stake.better]
        )
        if stake.clock and not stake.ran_out:
            word = _("did not run out")
        rows.append(
            (
                say.track_name(track),
                say.localize(track.unit),
                points_printed(stake.start),
                points_printed(stake.end),
                say(word),
            )
        )
    yield table_of(
        (*map(say, ("what", "unit", "start", "end", "it ended")),), tuple(rows), frozenset({2, 3}), frozenset({0})
    )
