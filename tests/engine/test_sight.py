"""What each seat is shown: field by field from an allow-list, and the hotwash only when it opens."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import msgspec
import pytest
from tests.engine.asking import BLAME, CALL, HELP, answer, deliver, draft, go_on, told
from tests.engine.play import Play, bots, shipped, small
from tests.small import small_material

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.feed_items import ActItem
from crisis_sim.engine.views.seat_views import Common, FacilitatorView, ObserverView, TeamView, View
from crisis_sim.engine.views.seats import view_for
from crisis_sim.pages.channel_blocks import odds_of, shape_word
from crisis_sim.pages.duty import duty
from crisis_sim.pages.feed_words import item_words
from crisis_sim.pages.line_blocks import word_of
from crisis_sim.pages.move_blocks import advice, why_not
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.phrases import meter_word
from crisis_sim.pages.record_words import describe_crossing, describe_readouts, describe_silence
from crisis_sim.pages.room_talk import recalled
from crisis_sim.pages.traces import describe_traces
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import SIDES, Side, other

COMMON = {
    *("seat", "session", "phase", "turn", "turns", "hour", "next_hour", "paused"),
    *("waiting_for", "bots", "programs", "minutes", "tracks", "feed", "score", "hotwash", "lead"),
}
TEAM = {
    *("side", "standing", "trust", "lines", "guesses", "lines_sealed", "channels", "blocked", "advice", "drafts"),
    *("committed", "other_committed", "requests", "to_read", "exchanges", "decisions", "commitments", "forecasts"),
    *("forecast_scores", "notes", "guesses_before", "assets", "private_facts"),
    *("order", "order_guess", "order_guess_before", "pledges", "spared"),
    *("closer", "ways_to_ask", "asks_closer"),
    *("principles", "citations", "expectation", "seen", "courses", "agreed", "asked_now", "moved"),
}
WHITE = {
    *("us", "china", "channels", "msel", "acts", "traces", "facts", "flags"),
    *("commitments", "notes", "bookmarks", "meters", "proposed", "pledges", "assets", "private_facts"),
    *("principles", "citations", "agreed", "can_ask", "models"),
}
BEFOREHAND = {
    *("seat", "title", "handling", "brief", "moves_least", "moves_most", "holding", "concerns"),
    *("channels", "shapes", "rungs", "tracks", "moves", "terms", "commitments", "answers", "forecasts"),
    *("side", "team", "white", "offences", "assets", "private_facts", "settles", "at_home", "takers"),
    *(
        "call_purposes",
        "forecasts_early",
        "asks_principles",
        "sentences",
        "instruments",
        "record",
        "most_calls",
        "consent",
        "begins_again",
        "rehearses",
    ),
}


def test_views_have_the_fields_that_are_allowed_and_no_others() -> None:
    """A new field of a view is a decision about who may know: it is made here too."""
    assert set(Common.__struct_fields__) == COMMON
    assert set(TeamView.__struct_fields__) == COMMON | TEAM
    assert set(FacilitatorView.__struct_fields__) == COMMON | WHITE
    assert set(ObserverView.__struct_fields__) == COMMON
    assert set(Dossier.__struct_fields__) == BEFOREHAND


@pytest.mark.parametrize("side", SIDES)
def test_a_teams_dossier_holds_nothing_planned_sealed_or_the_others(side: Side) -> None:
    """Of the plan, the guide, the other's brief and lines, and the reasons of rules it has no word."""
    scenario, table = shipped("bottomed-submarine").scenario, Play(shipped("bottomed-submarine")).table
    told = msgspec.json.encode(dossier_for(table, side)).decode()
    theirs = scenario.teams.team_of(other(side))
    hidden = [inject.text.us.en for inject in scenario.msel] + [inject.title.en for inject in scenario.msel]
    ours = {aim.en for aim in scenario.teams.team_of(side).aims}
    hidden += [line.says.en for line in theirs.lines] + [aim.en for aim in theirs.aims if aim.en not in ours]
    hidden.append(theirs.part.en)
    hidden += [mark.says.en for track in scenario.tracks.values() for mark in track.marks]
    hidden += [table.material.texts[theirs.brief.en][:60], table.material.texts[scenario.guide.en][:60]]
    assert [words for words in hidden if json.dumps(words, ensure_ascii=False)[1:-1] in told] == []
    assert dossier_for(table, side).white is None and dossier_for(table, "observer").team is None


@pytest.mark.parametrize("seat", ["us", "china", "observer", "facilitator"])
def test_every_view_of_a_session_can_be_built_and_sent(seat: a.SeatName) -> None:
    """At every action of a session, and read back alike; so can the dossier."""
    play = bots(small_material(), "random", "random", seed="3")
    again = Play(small_material(), seed="3")
    decoder: msgspec.json.Decoder[View] = msgspec.json.Decoder(View)
    for actor, action in play.actions:
        again.submit(actor, action)
        view = view_for(again.state, again.table, seat)
        assert decoder.decode(msgspec.json.encode(view)) == view
    dossier = dossier_for(again.table, seat)
    assert msgspec.json.decode(msgspec.json.encode(dossier), type=Dossier) == dossier


ENGLISH = re.compile(r"[A-Za-z]{3,}")


def chinese_words(view: TeamView | FacilitatorView, say: Translator) -> list[str]:
    """What stands between the authored texts: sentences of what to do, tails, warnings, odds, words for numbers."""
    words = [duty(view, say), *(item_words(item, say).tail for item in view.feed)]
    words += [odds_of(channel, say) for channel in view.channels]
    if isinstance(view, TeamView):
        for move in say.dossier.moves.values():
            words += [why_not(move.id, view, say), *advice(move, view, None, PartialMove(), say)]
        words += [meter_word(say, view.standing), meter_word(say, view.trust)]
        words += [word_of(line, say) for line in view.lines]
    if view.hotwash is not None:
        words += [describe_silence(each, say) for each in view.hotwash.silences]
        words += [describe_crossing(each, say) for each in view.hotwash.crossings]
        words += [describe_readouts(each, say) for each in view.hotwash.readouts]
    return words


@pytest.mark.parametrize("scenario", ["bottomed-submarine", "new-virus"])
def test_a_chinese_view_speaks_chinese(scenario: str) -> None:
    """What the engine says between the authored texts, at every phase of a session."""
    material = shipped(scenario)
    play, again = bots(material, "random", "firm", seed="5", length=45), Play(material, seed="5", length=45)
    texts = {type(action).__name__ for _, action in play.actions}
    assert "SealMove" in texts
    names = {"STARTEX", "CUES", "AIS", "ISMERLO", "ICAO", "WHO", "CDC", "IHR"}
    for actor, action in play.actions:
        again.submit(actor, action)
        if actor != "facilitator":
            continue
        seats: tuple[a.SeatName, ...] = ("us", "facilitator")
        for seat in seats:
            view = again.look(seat)
            assert isinstance(view, TeamView | FacilitatorView)
            for sentence in chinese_words(view, again.say(seat, "zh")):
                assert set(ENGLISH.findall(sentence)) <= names, sentence


def test_traces_are_told_in_the_reader_s_language() -> None:
    """Rules by their own Chinese words, the engine's by phrases; ids stay as they are."""
    play = Play(shipped("bottomed-submarine"), length=45)
    play.turn(us=(BLAME,))
    go_on(play, "situation")
    traces = describe_traces(play.white().traces, play.say("facilitator", "zh"))
    assert any("公开指责之前不久未曾私下询问" in trace.sentence for trace in traces)
    assert any("随时间趋回常态" in trace.sentence for trace in traces)
    assert not any("time passed" in trace.sentence for trace in traces)


def test_a_team_sees_its_own_numbers_and_not_the_others() -> None:
    """Nor tension, unless the session shows all."""
    play = small()
    play.turn(us=(BLAME,), china=(HELP,))
    view = play.team("us")
    assert (view.standing, view.trust) == (play.state.standing["us"], play.state.trust["us"])
    assert {line.id for line in view.lines} == {"hull-survey", "boarding"}
    assert view.score is None
    assert play.look("observer").score is None
    assert play.white().score is not None


def test_an_observer_hears_what_is_public_and_nothing_else() -> None:
    """No private call, no word of the exchange over it but that there was one, no promise made in private."""
    play = small(length=150)
    play.turn(us=(draft("request-call", "embassy", promise="quiet-words"), BLAME))
    play.turn(china=(answer("take-call", 1, "accept"), draft("offer-help", "embassy", promise="no-forces")))
    play.turn(china=(BLAME,))
    assert told(play.events, e.ExchangeHeld)
    assert told(play.events, e.CommitmentBroken)
    sorts = [item.sort for item in play.told("observer")]
    assert sorts.count("theirs") == 2, "the two that were said in public"
    spoken = [(item.head, item.text) for item in play.told("observer") if item.sort == "answer"]
    assert spoken == [("The two sides speak with each other.", "")]
    assert "commitment" not in sorts
    public = small()
    public.turn(us=(draft("offer-help", "press", "public", promise="no-forces"),))
    assert "commitment" in [item.sort for item in public.told("observer")]


def test_the_hotwash_opens_in_the_hotwash() -> None:
    """For every seat at once, and not a phase before."""
    play = small()
    while play.state.phase != "closed":
        opened = play.state.phase == "hotwash"
        for seat in ("us", "china", "observer", "facilitator"):
            assert (play.look(seat).hotwash is not None) == opened
        play.submit("facilitator", a.Advance())
    assert play.look("observer").hotwash is not None


def test_intents_and_readings_are_laid_side_by_side() -> None:
    """The gap is reading minus intent, the largest first, and its mean by hand: US acts +2 and −1, so 0.50."""
    play = small(length=150)
    deliver(
        play, us=(draft("criticise", "press", "public", intent=1), draft("offer-help", "embassy", intent=0)), china=()
    )
    for item, hostility in ((1, 3), (2, -1)):
        play.submit("china", a.SealReading(item=item, hostility=hostility, confidence=2))
    go_on(play, "results")
    play.turn(us=(CALL,))
    go_on(play, "hotwash")
    opened = play.team("china").hotwash
    assert opened is not None
    assert [(pair.intent, pair.reading, pair.gap) for pair in opened.pairs] == [(1, 3, 2), (0, -1, -1), (0, None, None)]
    assert (opened.mean_gap_us, opened.mean_gap_china) == (50, None)


@pytest.mark.parametrize(
    ("chances", "brier"), [((100,), 0), ((0,), 100), ((50,), 25), ((70, 40), 23), ((80, 90, 60), 7), ((), None)]
)
def test_forecasts_are_scored_by_brier(chances: tuple[int, ...], brier: int | None) -> None:
    """(1/N) Σ (f − o)²: for 0.7 and 0.4 of what happened, (0.09 + 0.36) / 2 = 0.225; 0 is perfect."""
    play = small(length=150)
    for chance in chances:
        play.turn(china=(BLAME,))
        go_on(play, "forecasts")
        play.submit("us", a.SealForecast(forecast="public-blame", chance=chance))
    if chances:
        play.turn(china=(BLAME,))
    go_on(play, "hotwash")
    opened = play.white().hotwash
    assert opened is not None
    assert opened.brier_us == brier
    assert len(opened.forecasts_us) == len(chances)
    assert opened.brier_china is None


def test_lines_and_guesses_are_laid_side_by_side() -> None:
    """Each team's lines beside what the other guessed of them, before and after."""
    play = small()
    play.submit("us", a.WriteLine(line="pink", concern="face", says="Ours", weight=4))
    play.submit("china", a.GuessLine(line="red", concern="safety", says="Guessed before", weight=7))
    go_on(play, "closing")
    play.submit("china", a.GuessLine(line="pink", concern="face", says="Guessed after", weight=3))
    go_on(play, "hotwash")
    opened = play.look("observer").hotwash
    assert opened is not None
    us = next(item for item in opened.lines if item.side == "us")
    assert play.say("us").localize(us.lines[-1].says) == "Ours"
    assert [guess.says for guess in us.guesses_before] == ["Guessed before"]
    assert [guess.says for guess in us.guesses_after] == ["Guessed after"]


def test_a_question_recalls_what_happened_and_nothing_else() -> None:
    """Injects that came, lines that are held, moves that were made, promises that were given; channels and tracks."""
    material = small_material()
    names = (
        "survey-ship",
        "rumour",
        "hull-survey",
        "embassy",
        "hours-of-air",
        "offer-help",
        "criticise",
        "quiet-words",
    )
    question = material.scenario.hotwash[0].model_copy(update={"recalls": names})
    scenario = material.scenario.model_copy(update={"hotwash": (question,)})
    play = Play(replace(material, scenario=scenario))
    play.turn(us=(draft("offer-help", "embassy"),))
    play.turn()
    go_on(play, "hotwash")
    opened = play.look("observer").hotwash
    assert opened is not None
    assert recalled(opened.questions[0], play.say("observer")) == [
        "Survey ship",
        "Surveying the ferry's hull beyond what rescue needs",
        "Embassies",
        "Hours of drift",
        "Offer help",
    ]


def test_a_question_about_what_this_length_leaves_out_is_not_asked() -> None:
    """Nobody is asked whose the ship was in a session in which no ship could come; one that recalls more is asked."""
    material = small_material()
    asked = material.scenario.hotwash[0]
    lone, wide = (asked.model_copy(update={"recalls": names}) for names in (("rumour",), ("rumour", "embassy")))
    msel = tuple(
        each.model_copy(update={"lengths": (150,)}) if each.id == "rumour" else each for each in material.scenario.msel
    )
    scenario = material.scenario.model_copy(update={"hotwash": (lone, wide), "msel": msel})
    play = Play(replace(material, scenario=scenario))
    play.turn()
    play.turn()
    go_on(play, "hotwash")
    opened = play.look("observer").hotwash
    assert opened is not None
    assert [recalled(each, play.say("observer")) for each in opened.questions] == [["Embassies"]]


def test_a_channel_that_also_speaks_in_private_is_not_called_public() -> None:
    """A place on the scene is open at any hour; only what the world hears alone is public."""
    play = Play(shipped("new-virus"), seed="1")
    words = {of.id: shape_word(of.id, of.readiness, play.say("us")) for of in play.team("us").channels}
    assert (words["field-teams"], words["press"]) == ("always open", "public")


def test_the_guesses_on_view_are_those_that_can_be_dropped() -> None:
    """Before play the first ones, during play as a reminder, and in the closing the ones made once more."""
    play = small()
    play.submit("us", a.GuessLine(line="red", concern="safety", says="Before", weight=7))
    assert [guess.says for guess in play.team("us").guesses] == ["Before"]
    play.open_moves()
    assert [guess.says for guess in play.team("us").guesses] == ["Before"]
    assert play.team("us").guesses_before == ()
    go_on(play, "closing")
    assert play.team("us").guesses == ()
    assert [guess.says for guess in play.team("us").guesses_before] == ["Before"]
    assert play.team("china").guesses_before == ()
    play.submit("us", a.GuessLine(line="red", concern="safety", says="After", weight=7))
    number = play.team("us").guesses[0].number
    play.submit("us", a.DropGuess(number=number))
    assert play.team("us").guesses == ()


def asking(material: Material, seed: str, channel: str | None) -> Play:
    """Six turns in which each side says a fact; in the first the US may ask for a call as well."""
    play = Play(material, seed=seed, length=150)
    fact = (draft("fact-statement", "press", "public"),) if "fact-statement" in material.moves else ()
    for turn in range(min(6, play.table.turns)):
        call = (draft("request-call", channel),) if channel is not None and turn == 0 else ()
        play.turn(us=(*fact, *call), china=fact)
    return play


def test_silence_over_a_lost_message_tells_its_receiver_nothing() -> None:
    """Turns later, when the asker has felt the silence, the other side's view is the same to the byte."""
    material = small_material()
    channels, kinds = material.scenario.channels, material.moves["request-call"].over
    poor = min((name for name, of in channels.items() if of.kind in kinds), key=lambda name: channels[name].readiness)
    for number in range(40):
        play = asking(material, str(number), poor)
        silent = told(play.events, e.RequestUnanswered)
        feed = play.look("china").feed
        came = any(item.act.move == "request-call" for item in feed if isinstance(item, ActItem))
        if silent and silent[0].lost and not came:
            quiet = asking(material, str(number), None)
            assert msgspec.json.encode(play.look("china")) == msgspec.json.encode(quiet.look("china"))
            return
    raise AssertionError("no seed loses the call")
