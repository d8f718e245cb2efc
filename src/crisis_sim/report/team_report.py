"""The report of one team: what it did, meant, saw and thought, and nothing that the other sealed.

Built from the team's view as it stood before the hotwash opened, and for its acts from the parts of the state that it
wrote itself or was shown; never from the whole report. Evidence is by act and turn: numbers of log entries would count
what the other team did in secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Final, NamedTuple

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import guess_facts
from crisis_sim.engine.views.decision_views import home_facts
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.feed_items import ConclusionItem, FurtherFromItem
from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.engine.views.hotwash_view import hotwash_facts
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.seats import view_for
from crisis_sim.engine.views.shared_facts import GuessFacts
from crisis_sim.errors import UnreadableInput
from crisis_sim.measures.forecasts import foresight
from crisis_sim.measures.session_measures import measured
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Heading, Quote, listed, prose, table_of
from crisis_sim.pages.briefing_blocks import instruction_says
from crisis_sim.pages.calls_opened import own_decisions
from crisis_sim.pages.console_blocks import note_lines
from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.feed_words import item_words
from crisis_sim.pages.phrases import confidence, format_signed, meant_for, taken_as, taken_for
from crisis_sim.report.acts_known import KnownAct, mixed_turns, own_acts, persons_apart, their_acts
from crisis_sim.report.first_page import team_page
from crisis_sim.report.foresight import chances_by_turn, forecast_rows, line_rows, scores
from crisis_sim.report.headlines import of_acts, of_pressure
from crisis_sim.report.improvement import HARD, OPENED_HARD, Observation, foreseen, mixed_signals, plan
from crisis_sim.report.notes_and_remarks import own_changes
from crisis_sim.report.pictures import ActBox, GridChart, GridRow, Lanes, box_of, shade
from crisis_sim.report.report_blocks import Picture, Report, ReportBlock, Reporter, guess
from crisis_sim.report.report_record import day
from crisis_sim.rules.names import HERE_FOR_MORE, Language, Side
from crisis_sim.session.replay import Replay, states
from crisis_sim.wording import _, quote_text
from crisis_sim.wording.labels import SIDES, THE

OPEN_PHASES: Final = (_("hotwash"), _("closed"))
"""Phases in which everything is open."""
BEFORE_READING: Final = (_("situation"), _("moves"), _("readings"))
"""Phases of a turn in which nobody need have read what arrives in it."""
NO_INTENT: Final = _("nobody meant it")
"""Of an act that the harness of a model made."""


class TeamRecord(NamedTuple):
    """All that a team's report is told from."""

    view: TeamView
    """Before the hotwash opened."""
    opened: HotwashFacts | None
    """What the hotwash has opened to both teams since; None before it."""
    missed: tuple[str, ...]
    """What reached us, could have been read and was not."""
    ends: Mapping[int, TeamView]
    """The view at the end of each turn."""
    guesses: tuple[tuple[str, tuple[GuessFacts, ...]], ...]
    """Our guesses of the briefing and of the closing."""
    orders: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    """What we take gravely; what we thought of them before play, and after it."""
    believed: tuple[tuple[int, int], ...]
    """What we believed of the other: after which turn, and the chance, 0–100."""
    own: tuple[KnownAct, ...]
    theirs: tuple[KnownAct, ...]
    side: Side
    say: Reporter

    def name(self, side: Side) -> str:
        """What a side is called in a table."""
        return self.say(SIDES[side])


def team_report(replay: Replay, side: Side, language: Language = "en") -> Report:
    """The report for one team. Raises LogDamaged, and UnreadableInput where nothing was played."""
    last: dict[int, State] = {}
    for _entry, state in states(replay.log, replay.table):
        if state.phase not in OPEN_PHASES:
            last[state.turn] = state
    if max(last) == 0:
        raise UnreadableInput("debrief/nothing", f"no turn was played in {replay.log.path.name}")
    table, say = replay.table, Reporter(dossier_for(replay.table, side), language)
    ends = {turn: _view(state, table, side) for turn, state in sorted(last.items())}
    end = last[max(last)]
    is_opened = replay.state.phase in OPEN_PHASES
    own = tuple(own_acts(end, table, side, say, is_opened=is_opened))
    theirs = tuple(their_acts(end, table, side, say, is_opened=is_opened))
    team = end.team(side)
    guesses = tuple(
        (when, guess_facts(team_guesses))
        for when, team_guesses in ((_("before"), team.guesses_before), (_("after"), team.guesses_after))
    )
    orders = team.order, team.order_guess_before, team.order_guess_after
    last_due_turn = end.turn - (end.phase in BEFORE_READING)
    missed = tuple(act.name for act in theirs if act.reading is None and act.turn <= last_due_turn)
    opened = hotwash_facts(replay.state, table, side) if is_opened else None
    view = ends[max(ends)]
    record = TeamRecord(view, opened, missed, ends, guesses, orders, team.believed, own, theirs, side, say)
    forecasts = foresight(end, side)
    observations = (*_findings(record, table), *foreseen(say, say(THE[side]), forecasts))
    sections = (_summary, _acts, _words, _lines, _timeline, _tracks)
    return Report(
        title=say("Debrief for {team}: {title}", team=say(THE[side]), title=say.title),
        subtitles=(
            say("Begun on {day} (UTC); {length} minutes.", day=day(replay), length=table.length),
            say("For this team. Of what the other team sealed it holds what the hotwash has opened to both.")
            if is_opened
            else say(
                "For this team. It holds nothing that the other team sealed: what it meant, how it read us, its lines."
            ),
        ),
        handling=say.localize(say.dossier.handling),
        language=language,
        front=tuple(
            team_page(
                (ends[min(ends)], view),
                theirs,
                None if opened is None else (opened, measured(replay)),
                observations,
                say,
            )
        ),
        blocks=(
            *(block for section in sections for block in section(record)),
            *persons_apart(opened, side, measured(replay).alone, say),
            Heading(say("Our forecasts")),
            scores(say, [(record.name(side), forecasts)]),
            *([forecast_rows(say, record.view.forecast_scores)] if record.view.forecast_scores else []),
            *_instructed(record),
            *_promises(record),
            *own_decisions(home_facts(end, table), side, say),
            *own_changes(replay.state, side, say),
            *plan(say, observations),
            *_notes(record),
        ),
    )


def _view(state: State, table: GameTable, side: Side) -> TeamView:
    view = view_for(state, table, side)
    assert isinstance(view, TeamView)
    return view


def _summary(record: TeamRecord) -> Iterator[ReportBlock]:
    say, view = record.say, record.view
    yield Heading(say("In numbers"))
    read = [act.reading for act in record.theirs if act.reading is not None]
    counts = {"n": len(record.own), "m": len(record.theirs), "k": len(read)}
    sentences = [
        say(
            "We made {n} act; {m} of the other team reached us, and we read {k}.",
            plural="We made {n} acts; {m} of the other team reached us, and we read {k}.",
            **counts,
        ),
    ]
    pressed = [line for line in view.lines if line.adopted and line.pressure]
    sentences.append(say("Lines of ours still under pressure at the end: {n}.", n=len(pressed)))
    conclusion_count, back = (
        sum(isinstance(item, kind) for item in view.feed) for kind in (ConclusionItem, FurtherFromItem)
    )
    if conclusion_count:
        sentences.append(
            say("Conclusions that we drew: {n}; that we were drawn back from: {m}.", n=conclusion_count, m=back)
        )
    yield listed(tuple(sentences))


def _timeline(record: TeamRecord) -> Iterator[ReportBlock]:
    """Everything that the team learned, by the hour."""
    say = record.say
    yield Heading(say("Timeline, as we saw it"))
    rows = tuple(
        (str(item.turn), say("T+{hour}h", hour=item.hour), entry.head, _lines_of(entry.text, entry.tail))
        for item, entry in ((item, item_words(item, say)) for item in by_hour(record.view.feed))
    )
    yield table_of(
        (*map(say, ("turn", "hour", "what", "words, and what became of it")),), rows, frozenset({0}), frozenset({2, 3})
    )


def _tracks(record: TeamRecord) -> Iterator[ReportBlock]:
    """What everybody could see of the crisis, and the team's own meters."""
    say, view = record.say, record.view
    yield Heading(say("What it came to for the third party"))
    rows = tuple(
        (
            str(turn),
            *(points_printed(track.value) for track in turn_view.tracks),
            points_printed(turn_view.standing),
            points_printed(turn_view.trust),
        )
        for turn, turn_view in record.ends.items()
    )
    head = (say("turn"), *(say.track(track.id) for track in view.tracks), say("our standing"), say("our trust"))
    yield table_of(head, rows, frozenset(range(len(head))))


def _acts(record: TeamRecord) -> Iterator[ReportBlock]:
    """Both lanes, each with the half that the team knows."""
    say = record.say
    yield Heading(say("What we did and meant, what we saw and took it for"))
    own, theirs = tuple(map(_box, record.own)), tuple(map(_box, record.theirs))
    caption = say("Our acts with what we meant, and theirs with how we took them: meant → taken; – where it is sealed.")
    if record.opened:
        caption = say(
            "Our acts and theirs, meant → taken: ▲ more hostile than its sender expected, ▼ friendlier, by so many "
            "steps; dashed, not read, or never arrived."
        )
    turns = tuple(str(turn) for turn in record.ends if turn)
    us, china = (own, theirs) if record.side == "us" else (theirs, own)
    title = of_acts((*own, *theirs), say, is_asked=any(act.expected is not None for act in record.own))
    yield Picture(
        Lanes(us, china, (record.name("us"), record.name("china")), turns, say("turn")),
        title if record.opened else say("Acts by turn"),
        caption,
    )


def _box(act: KnownAct) -> ActBox:
    base = act.intent if act.expected is None else act.expected
    gap = None if act.reading is None or base is None else act.reading - base
    return box_of(
        act.turn, act.name, format_signed(act.intent), format_signed(act.reading), gap, (act.move_name, act.head)
    )


def _words(record: TeamRecord) -> Iterator[ReportBlock]:
    """Every act with its words, ours and theirs."""
    say = record.say
    yield Heading(say("Our acts"), 3)
    rows = tuple(
        (
            act.name,
            _lines_of(act.head, act.text),
            _lines_of(
                say(NO_INTENT) if act.intent is None else taken_as(say, act.intent),
                act.audience and meant_for(act.audience, say),
            ),
            "–" if act.expected is None else taken_as(say, act.expected),
            _lines_of(
                say("never reached them")
                if record.opened and not act.has_arrived
                else _format_sealed(record, act.reading),
                act.taken_for and taken_for(act.taken_for, say, by_sender=True),
            ),
        )
        for act in record.own
    )
    yield table_of(
        (*map(say, ("act", "what it was", "we meant", "we expected", "they took it as")),), rows, wide=frozenset({1})
    )
    yield Heading(say("What reached us"), 3)
    reached = tuple(
        (
            act.name,
            str(act.turn),
            _lines_of(act.head, act.text),
            _lines_of(
                "–" if act.reading is None else taken_as(say, act.reading),
                act.taken_for and taken_for(act.taken_for, say),
            ),
            confidence(say, act.sure) if act.sure else "–",
            _lines_of(
                _format_sealed(record, act.intent, NO_INTENT),
                act.audience and meant_for(act.audience, say, by_reader=True),
            ),
        )
        for act in record.theirs
    )
    head = (*map(say, ("no.", "turn", "what it was", "we took it as", "how sure", "they meant")),)
    yield table_of(head, reached, frozenset({1}), frozenset({2}))


def _lines_of(*lines: str | None) -> str:
    """What stands in one cell, under each other."""
    return "\n".join(filter(None, lines))


def _format_sealed(record: TeamRecord, value: int | None, otherwise: str = _("not read")) -> str:
    """What the other team sealed, once the hotwash has opened it, or why it is nothing: until then it is sealed."""
    if value is None:
        return record.say(otherwise if record.opened else "sealed")
    return taken_as(record.say, value)


def _lines(record: TeamRecord) -> Iterator[ReportBlock]:
    """The team's own lines with their pressure, and its guesses."""
    say, view = record.say, record.view
    yield Heading(say("Our lines, and our guesses of theirs"))
    pink = [line for line in view.lines if line.kind == "pink" and line.adopted]
    cells = {line.id: [_pressure(turn_view, line.id) for turn_view in record.ends.values()] for line in pink}
    rows = tuple(
        GridRow(
            say.localize(line.says),
            tuple((points_printed(p), shade(p, line.limit)) for p in cells[line.id]),
            points_printed(line.limit),
        )
        for line in pink
    )
    if rows:
        caption = say("Pressure on our pink lines at the end of each turn; black is at the limit.")
        shows = GridChart(rows, tuple(map(str, record.ends)), say("turn"), say("limit"))
        pressed = [([_pressure(turn_view, line.id) for turn_view in record.ends.values()], line.limit) for line in pink]
        yield Picture(shows, of_pressure([series for series in pressed if any(series[0])], say), caption)
    yield line_rows(view.lines, say)
    for team_lines in record.opened.lines if record.opened else ():
        if team_lines.side != record.side:
            yield prose(say("Their lines, as the hotwash opened them:"))
            yield line_rows(team_lines.lines, say)
    for when, guesses in record.guesses:
        yield prose(say("We guessed {when}:" if guesses else "We guessed nothing {when}.", when=say(when)))
        if guesses:
            yield listed(tuple(guess(say, facts) for facts in guesses))
    if say.dossier.offences:
        yield from _orders(record)


def _orders(record: TeamRecord) -> Iterator[ReportBlock]:
    """What we take gravely, and what we thought that they do."""
    say = record.say
    for sentence, order in (
        (_("We take gravely, the gravest first:"), record.orders[0]),
        (_("Before play we thought that they take gravely:"), record.orders[1]),
        (_("After play we thought that they take gravely:"), record.orders[2]),
    ):
        if order:
            yield prose(say(sentence))
            yield listed(tuple(map(say.offence, order)))
    if not record.orders[0]:
        yield prose(say("We have ordered nothing: each of these acts weighs with us as the rules weigh it."))


def _pressure(view: TeamView, line: str) -> int:
    return next((own_line.pressure for own_line in view.lines if own_line.id == line), 0)


def _instructed(record: TeamRecord) -> Iterator[ReportBlock]:
    """Our card, and what we believed of theirs; whether that was so is not this version's to tell."""
    say, entry = record.say, record.say.dossier.team
    if entry is not None and entry.instruction is not None:
        yield Heading(say("Our instruction card"))
        yield Quote(instruction_says(entry.instruction.says, say))
    if record.believed:
        yield Heading(say("What we believed"))
        head = say("belief: chance given, in percent, by turn")
        yield chances_by_turn(say, head, {(HERE_FOR_MORE, turn): str(chance) for turn, chance in record.believed})


def _promises(record: TeamRecord) -> Iterator[ReportBlock]:
    """Promises on the record, which both know."""
    say = record.say
    if record.view.commitments:
        yield Heading(say("Promises on the record"))
        rows = tuple(
            (
                quote_text(say.promise(commitment.id)),
                record.say(", ").join([record.name(side) for side in commitment.bound]),
                record.say(", ").join([record.name(side) for side in commitment.broken_by]) or "–",
            )
            for commitment in record.view.commitments
        )
        yield table_of((*map(say, ("promise", "bound", "broken by")),), rows, wide=frozenset({0}))


def _findings(record: TeamRecord, table: GameTable) -> Iterator[Observation]:
    """Strengths and areas that the team can see by itself."""
    say, us = record.say, record.say(THE[record.side])
    early = [act for act in takewhile(lambda act: not act.is_public, record.own) if act.has_arrived]
    if early:
        yield Observation(True, say("{side} spoke in private first.", side=us), early[0].name)
    opening = takewhile(lambda act: act.is_public, record.own)
    if hard := [act.name for act in opening if table.moves[act.move].family in HARD]:
        yield Observation(False, say(OPENED_HARD, side=us), record.say(", ").join(hard), "private")
    turns = mixed_turns(record.own, table)
    if turns:
        yield mixed_signals(say, us, record.say(", ").join(turns))
    broken = [
        say.promise(commitment.id) for commitment in record.view.commitments if record.side in commitment.broken_by
    ]
    if broken:
        sentence = say("{side} broke promises: {n}.", side=us, n=len(broken))
        yield Observation(False, sentence, record.say(", ").join(broken), "promise")
    if record.missed:
        sentence = say("{side} left acts of the other unread: {n}.", side=us, n=len(record.missed))
        yield Observation(False, sentence, record.say(", ").join(record.missed), "read")


def _notes(record: TeamRecord) -> Iterator[ReportBlock]:
    """The team's own notes."""
    if record.view.notes:
        yield Heading(record.say("Our notes"))
        for note in note_lines(record.view.notes, record.say):
            yield Quote(note)
