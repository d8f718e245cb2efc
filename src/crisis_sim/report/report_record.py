"""What the whole report is told from: the measures, what the hotwash opens, and where in the log each act stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from crisis_sim.engine import events as e
from crisis_sim.engine.views.act_views import head_of, words_of_line
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.engine.views.hotwash_view import hotwash_facts
from crisis_sim.measures.session_measures import Measures, measured
from crisis_sim.measures.tables import write_sentences
from crisis_sim.pages.acts_opened import fared
from crisis_sim.pages.blocks import Heading, Items, listed
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.record_words import record_sections
from crisis_sim.pages.translator import head_for
from crisis_sim.replaying.remarks import FoundRemarks
from crisis_sim.report.report_blocks import Reporter
from crisis_sim.rules.names import Language, Side, owner_of
from crisis_sim.session.replay import Replay
from crisis_sim.wording.labels import SIDES, THE

NO_REMARKS: Final = FoundRemarks((), 0)
"""No remarks beside a log."""


class ReportRecord(NamedTuple):
    """One session, as the whole report reads it."""

    replay: Replay
    measures: Measures
    opened: HotwashFacts
    entries: Mapping[e.ActKey, int]
    """The entry of the log with which each act was sent."""
    say: Reporter
    """With what the white cell knows beforehand."""
    remarks: FoundRemarks | None
    """Remarks made in a replay; None if their file could not be read."""

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.say.language

    def side(self, side: Side) -> str:
        """What a side is called in a table."""
        return self.say(SIDES[side])

    def team(self, side: Side) -> str:
        """What a side is called in a sentence."""
        return self.say(THE[side])

    def head(self, key: e.ActKey) -> str:
        """What an act was, over which channel; its name says whose."""
        sent = self.replay.state.sent(key)
        return head_for(head_of(self.replay.table, sent, None), sent.act.side, self.say)

    def move_of(self, key: e.ActKey) -> str:
        """What an act was, without its channel."""
        return self.say.move(self.replay.state.sent(key).act.move)

    def name(self, key: e.ActKey) -> str:
        """What an act is called: side, turn and place in the list, as in `US 2.1`."""
        return f"{self.side(key[0])} {key[1]}.{key[2]}"

    def name_acts(self, keys: Iterable[e.ActKey], limit: int = 6) -> str:
        """Acts by name with their entries, at most so many."""
        labels = [self.say("{act} (entry {n})", act=self.name(key), n=self.entries.get(key, 0)) for key in keys]
        return self.say(", ").join(labels[:limit]) + (" …" if len(labels) > limit else "")

    def line(self, name: str) -> str:
        """A line, `side/id`, in its own words."""
        text = self.say.localize(words_of_line(self.replay.state, self.replay.table, name))
        return self.say("{what}: {says}", what=self.side(owner_of(name)), says=text)

    def describe_act(self, key: e.ActKey) -> str:
        """An act by its name and what it was."""
        return self.say("{what}: {says}", what=self.name(key), says=self.head(key))

    def dealt(self, *kinds: str) -> Iterator[Heading | Items]:
        """What came of dealings of these kinds, each under its head, with what was measured of it."""
        for head, sentences in record_sections(self.opened, kinds, self.say, write_sentences(self.measures, self.say)):
            if sentences:
                yield Heading(head, 3)
                yield listed(sentences)

    def way(self, key: e.ActKey) -> str:
        """What an act answered, and how its channel served it; empty if nothing, and if in time and as it was sent."""
        request_acts = [request.act for request in self.replay.state.requests if request.answer == key]
        answered = [self.say("It answered {act}.", act=self.describe_act(act)) for act in request_acts]
        (act,) = [meaning for meaning in self.measures.meanings if meaning.key == key]
        served = fared(act, self.say)
        return one_after_another([*answered, *([served] if served else [])])


def record_of(replay: Replay, language: Language, remark_file: FoundRemarks | None = NO_REMARKS) -> ReportRecord:
    """What the log in `replay` holds for a report, with what lies beside it."""
    sent = {
        event.act.key: entry.seq for entry in replay.log.entries for event in entry.events if type(event) is e.ActSent
    }
    say = Reporter(dossier_for(replay.table, "facilitator"), language)
    return ReportRecord(replay, measured(replay), hotwash_facts(replay.state, replay.table), sent, say, remark_file)


def day(replay: Replay) -> str:
    """The day on which the session began, by its log, in UTC."""
    seconds = replay.log.header.started // 1000
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return "–"
