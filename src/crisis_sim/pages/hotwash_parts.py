"""What is opened after play: meant and read, lines and guesses, how the two talked, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.hotwash_facts import (
    ChannelUse,
    CourseFacts,
    CrossingFacts,
    ExchangeResult,
    HotwashFacts,
    LineComparisonFacts,
    QuestionFacts,
    SilenceFacts,
)
from crisis_sim.pages.channel_board import shape_word
from crisis_sim.pages.feed import small_steps
from crisis_sim.pages.hotwash_page import ChannelStory, Course, HotwashPage, LineComparison, QuestionView
from crisis_sim.pages.line_parts import guess_views, line_views
from crisis_sim.pages.meaning_pairs import meaning_pair
from crisis_sim.pages.phrases import team
from crisis_sim.pages.score_parts import forecast_scores, score_view, track_word
from crisis_sim.pages.seat_parts import TrackView
from crisis_sim.pages.telling import account_line, channel_name, in_language, parts_of, readouts_head
from crisis_sim.pages.traces import flags_told
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker


def hotwash_page(
    facts: HotwashFacts, tracks: tuple[TrackView, ...], dossier: Dossier, language: Language
) -> HotwashPage:
    """Everything that was sealed, laid side by side."""
    return HotwashPage(
        pairs=tuple(meaning_pair(pair, dossier, language) for pair in facts.pairs),
        mean_gap_us=facts.mean_gap_us,
        mean_gap_china=facts.mean_gap_china,
        lines=tuple(_comparison(comparison, dossier, language) for comparison in facts.lines),
        forecasts_us=forecast_scores(facts.forecasts_us, dossier, language),
        forecasts_china=forecast_scores(facts.forecasts_china, dossier, language),
        brier_us=facts.brier_us,
        brier_china=facts.brier_china,
        asked=facts.asked,
        taken=facts.taken,
        refused=facts.refused,
        unanswered=facts.unanswered,
        unheard=facts.unheard,
        silences=tuple(_silence(silence, dossier, language) for silence in facts.silences),
        crossings=tuple(_crossing(crossing, language) for crossing in facts.crossings),
        near_misses=tuple(_crossing(near, language) for near in facts.near_misses),
        flags=flags_told(facts.flags, language),
        readouts=tuple(_readouts(exchange, language) for exchange in facts.readouts),
        score=score_view(facts.score, dossier, language),
        tracks=tracks,
        questions=tuple(_question(question, language) for question in facts.questions),
        blind_turns=facts.blind_turns,
        channels=tuple(channel_story(use, use.id in facts.suspended, dossier, language) for use in facts.channels),
        contacts=facts.contacts,
        courses=tuple(course(each, dossier, language) for each in facts.courses),
        notes=facts.notes,
    )


def _comparison(facts: LineComparisonFacts, dossier: Dossier, language: Language) -> LineComparison:
    """One team's lines beside the other's guesses of them."""
    return LineComparison(
        side=facts.side,
        lines=line_views(facts.lines, dossier, language),
        guesses_before=guess_views(facts.guesses_before, dossier, language),
        guesses_after=guess_views(facts.guesses_after, dossier, language),
        expected_before=guess_views(facts.expected_before, dossier, language),
        expected_after=guess_views(facts.expected_after, dossier, language),
        matched_before=facts.matched_before,
        matched_after=facts.matched_after,
        thought=facts.thought,
    )


def _silence(silence: SilenceFacts, dossier: Dossier, language: Language) -> str:
    """A silence, and what became of the request."""
    return speaker(language)(
        "{side}, turn {turn}: {move}, {channel}: {fate}",
        turn=silence.turn,
        fate=_fate(silence, language),
        **parts_of(silence.act, dossier, language),
    )


def _fate(silence: SilenceFacts, language: Language) -> str:
    say = speaker(language)
    match silence.fate:
        case "lost":
            return say("it never reached them")
        case "late":
            return say("it reached them late, in turn {turn}", turn=silence.arrived)
        case "later":
            return say("it reached them in turn {turn}", turn=silence.arrived)
        case "had":
            return say("they had it, and did not answer in time")
        case "replied":
            return say("they answered it, and their answer did not arrive in time")


def _crossing(crossing: CrossingFacts, language: Language) -> str:
    """A line that was crossed or came near its limit, with the small steps that did it."""
    say, says = speaker(language), in_language(crossing.line, language)
    if crossing.through is not None:
        steps = small_steps(in_language(crossing.through, language), language)
        says = say("{says} ({steps})", says=says, steps=steps)
    return say("{side}, turn {turn}: {says}", side=team(language, crossing.side), turn=crossing.turn, says=says)


def _readouts(exchange: ExchangeResult, language: Language) -> str:
    """How the two accounts of an exchange compare."""
    say = speaker(language)
    accounts = say("; ").join([account_line(account, language) for account in exchange.accounts])
    head = readouts_head(exchange.result, exchange.by, language)
    return say("{head}. {accounts}", head=head, accounts=accounts)


def _question(question: QuestionFacts, language: Language) -> QuestionView:
    """A question of the scenario's, with what it brings back to mind."""
    recalled = (in_language(words, language) for words in question.recalls)
    recalls = tuple(name.rstrip(".。") for name in recalled if name)
    return QuestionView(ask=in_language(question.ask, language), about=question.about, recalls=recalls)


def channel_story(use: ChannelUse, suspended: bool, dossier: Dossier, language: Language) -> ChannelStory:
    """What went over a channel, with a word for each of its shapes."""
    start, end = (shape_word(dossier, use.id, readiness, language) for readiness in (use.start, use.end))
    return ChannelStory(
        **asdict(use),
        name=channel_name(dossier, use.id, language),
        start_word=start,
        end_word=speaker(language)("suspended") if suspended else end,
    )


def course(facts: CourseFacts, dossier: Dossier, language: Language) -> Course:
    """Something at stake, from start to end."""
    of = dossier.tracks[facts.id]
    return Course(
        name=in_language(of.name, language),
        unit=in_language(of.unit, language),
        start=facts.start,
        end=facts.end,
        least=of.least,
        most=of.most,
        way=facts.way,
        word=track_word(dossier, facts.id, facts.end, language),
        marks=tuple(_marks(facts, language)),
    )


def _marks(facts: CourseFacts, language: Language) -> Iterator[str]:
    """What came to pass, each with its turn."""
    say = speaker(language)
    for turn, says in facts.marks:
        yield say("turn {turn}: {says}", turn=turn, says=in_language(says, language))
