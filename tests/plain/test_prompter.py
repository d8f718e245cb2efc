"""Forms by ear: whatever a form asks is asked and done, nothing half written is lost, and what is gone is said."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest
from msgspec import UNSET
from msgspec.structs import replace
from tests.engine.play import Play, shipped, small
from tests.pages.form_filling import answer
from tests.plain.keyboard import typed
from tests.tui.fake import CARDS, DOSSIER, FakeSeat, act, team_view, teller

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.dossier import PromiseEntry, TermEntry
from crisis_sim.engine.views.seat_views import DecisionFacts, DraftFacts, View
from crisis_sim.engine.views.shared_facts import CloserAct, CloserFacts
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.closer_words import KEY
from crisis_sim.pages.form import Form, FormAnswer, FormField, FormOption, group_keys, option_keys
from crisis_sim.pages.seat_page import seat_form, seat_names
from crisis_sim.pages.translator import Translator
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.fields import FieldPrompt, understand
from crisis_sim.plain.forms import FEW, Prompter
from crisis_sim.session.session import Session

HULL = DecisionFacts(asked="survey", says={"en": "Hull survey."}, leads_to={"en": "Boarding the hull."}, answer=None)
CLOSER = CloserFacts(
    by=None,
    acts=tuple(CloserAct(number=n, act=act("china", "offer-help", "embassy"), turn=n, hostility=2) for n in (2, 1)),
    chosen=(),
    concern="",
    said=False,
    is_first=True,
)
CONCERN = next(iter(DOSSIER.concerns))


class Asked:
    """Forms asked of somebody who types some lines: what was done, and what was said."""

    def __init__(self, view: View | None = None, say: Translator | None = None) -> None:
        self.seat, self.told, self.lines = FakeSeat(view or team_view()), list[str](), list[str]()
        self.seat.say = say or self.seat.say
        console = Console(lambda: f"{self.lines.pop(0)}\n" if self.lines else "", self.told.append)
        self.prompter = Prompter(self.seat, console, self.seat.submit, console.refused)

    def form(self, name: str, *lines: str, typed: str = "") -> Form:
        """A form once these lines have been typed to it, every one of them."""
        self.lines[:] = lines
        form = asyncio.run(self.prompter.fill(name, typed))
        assert form is not None and not self.lines, self.text
        return form

    def draft(self, name: str, *lines: str, typed: str = "") -> a.Draft:
        """The move that it makes."""
        action = self.form(name, *lines, typed=typed).action
        assert isinstance(action, a.SealMove | a.ReviseMove)
        return action.draft

    @property
    def text(self) -> str:
        """All that was said, in one line."""
        return " ".join("".join(self.told).split())


SEATED: tuple[a.SeatName, ...] = ("us", "china", "facilitator")
CALLS = {name: replace(move, exchange=True) for name, move in DOSSIER.moves.items()}
"""Every move a call."""


def typed_as(of: FormField, said: FormAnswer, kept: bool) -> str:
    """What somebody types to answer so, where Enter keeps an answer and where it does not."""
    keys = {name: key for key, name in option_keys(of).items()}
    match of.kind:
        case "one" if said in keys:
            return str(said) if any(each.group for each in of.options) else keys[str(said)]
        case "one":
            return str(len(keys) + 1) if kept else ""
        case "many" | "order":
            picked = " ".join(keys[each] for each in said)
            return picked or ("-" if kept else "")
        case _:
            return str(said) or ("-" if kept else "")


@pytest.mark.parametrize("scenario", ["lost-airliner", "bottomed-submarine"])
def test_by_ear_a_form_asks_and_does_what_it_does_on_a_page(scenario: str) -> None:
    """Every form of a whole session that is not read as a list, answered by chance: the same action comes of both."""
    play, chance = Play(shipped(scenario), seed="ear", length=90), Random("by ear")
    done = set[type]()
    while play.state.phase != "hotwash":
        for side in SEATED:
            view, say = play.look(side), play.say(side)
            for name in seat_names(view, say):
                sheet, lines = dict[str, FormAnswer](), list[str]()
                begun = form = seat_form(name, view, sheet, say)
                assert form is not None
                if form.action is not None and len(form.fields) > FEW:
                    continue
                while ask := next((of for of in form.fields if not of.aside and of.name not in sheet
                                  and (of.answer is None or of.skip_label or len(of.options) != 1)), None):  # fmt: skip
                    sheet[ask.name] = answer(ask, chance)
                    lines.append(typed_as(ask, sheet[ask.name], bool(ask.answer)))
                    form = seat_form(name, view, sheet, say)
                    assert form is not None
                if form.action is None:
                    continue
                asked = Asked(view, say)
                said = asked.form(name, *lines, *(["yes"] if form.final else []))
                assert said.action == form.action, (name, begun, asked.text)
                done.add(type(form.action))
                if (
                    not form.final
                    and not isinstance(form.action, a.PressReading | a.Pause | a.Advance)
                    and chance.random() < 0.3
                ):
                    play.submit(side, form.action)
                    break
        play.submit("facilitator", a.Advance())
    assert done >= {a.SealMove, a.SealReading, a.SealForecast, a.GuessLine, a.AdoptLines}
    assert done >= {a.Improvise, a.Extend, a.Override, a.TranslateAct, a.Bookmark}


def test_answers_can_stand_in_one_line() -> None:
    """What follows on a scale, whom it is for by name or number, and last the line of ours; the rest is asked for."""
    public = Asked(team_view(phase="readings", to_read=CARDS[1:2]))
    first, second, *_more = team_view().lines
    read = a.SealReading(item=2, hostility=-1, confidence=3, touches=second.id, audience="third-parties")
    assert public.form("2", "-1 3 third 2").action == public.form("2", "-1 3 3 2").action == read
    private = Asked(team_view(phase="readings", to_read=CARDS[:1]))
    assert private.form("1", "minus one 9", "3").action == a.SealReading(item=1, hostility=-1, confidence=3)
    assert "That is no number from 1 to 4." in private.text
    assert first.says["en"] not in private.text and "help reads how" in private.text
    asked = Asked(team_view(phase="readings", to_read=CARDS[:1]))
    asked.form("1", "?", "-1 3")
    assert f"Which line of ours does it touch? 1. {first.kind}: {first.says['en']}" in asked.text


@pytest.mark.parametrize(
    ("typed", "then", "complaint"),
    [
        ("red fcae 5 They fence it.", ("face",), "'fcae' is not one of these."),
        ("rad face 5 They fence it.", ("red",), "'rad' is not one of these."),
        ("red face 55 They fence it.", ("5",), "That is no number from 0 to 10."),
        ("They fence it.", ("red", "face", "5"), ""),
    ],
)
def test_of_a_line_with_one_wrong_word_that_word_alone_is_asked_for(
    typed: str, then: tuple[str, ...], complaint: str
) -> None:
    """What is right in it stays; a line of words alone is the words, and the rest is asked for."""
    asked = Asked(team_view(phase="briefing"))
    action = asked.form("guess", *then, typed=typed).action
    assert isinstance(action, a.GuessLine) and action.says == "They fence it."
    assert (action.line, action.concern, action.weight) == ("red", "face", 5)
    assert asked.text.count(" is not one of these.") + asked.text.count("That is no number") == bool(complaint)
    assert complaint in asked.text


def test_whoever_takes_a_call_is_asked_who_takes_it_and_what_it_is_for() -> None:
    """With whether that binds; of a refusal, or under a pack that does not ask, nobody is."""
    asked = Asked(say=teller(moves=CALLS, takers={"desk": False, "minister": True}, call_purposes=True))
    draft = asked.draft("request:1", "accept", "minister", "settle", "4", "", "Yes.", "-1 4")
    assert (draft.taker, draft.purpose, draft.their_purpose) == ("minister", "settle", "seen")
    assert "a desk officer (binds nobody)" in asked.text
    assert "Sealed until the hotwash; home asks only what came of the talk." in asked.text
    say = teller(moves=CALLS, takers={"desk": False, "minister": True}, call_purposes=True)
    refused = Asked(say=say).draft("request:1", "decline", "No.", "4 4")
    unasked = Asked(say=teller(moves=CALLS)).draft("request:1", "accept", "", "Yes.", "-1 4")
    for draft in (refused, unasked):
        assert (draft.taker, draft.purpose) == (UNSET, UNSET)


def test_what_hangs_on_an_answer_is_asked_after_it() -> None:
    """A term that goes with private words is offered of them alone."""
    moves = {name: replace(move, terms=("cover", "package")) for name, move in DOSSIER.moves.items()}
    terms = {
        "cover": TermEntry(says={"en": "They may announce it."}, note={"en": "It costs us a little."}, heard="private"),
        "package": TermEntry(says={"en": "With practical steps."}, note=None),
    }
    say = teller("us", moves=moves, terms=terms)
    asked = Asked(say=say)
    draft = asked.draft("move", "embassy/private", "cover package", "Yes.", "-1 4", typed="share-data")
    assert draft.terms == ("cover", "package")
    assert "They may announce it. (It costs us a little.)" in asked.text
    public = Asked(say=say)
    draft = public.draft("move", "press/public", "", "", "Yes.", "-1 4 them", typed="fact-statement")
    assert "They may announce it." not in public.text and "With practical steps." in public.text


@pytest.mark.parametrize(
    ("typed", "acts"), [(("1 2", "1"), (2, 1)), (("2", "1"), (1,)), (("",), ())], ids=["two", "one", "none"]
)
def test_what_moved_us_closer_is_picked_of_a_list(typed: tuple[str, ...], acts: tuple[int, ...]) -> None:
    """Then over what; Enter declines."""
    asked = Asked(team_view(closer=CLOSER))
    concern = CONCERN if acts else ""
    assert asked.form(KEY, *typed).action == a.AnswerCloser(acts=acts, concern=concern)
    assert "(read as plus two hostile)" in asked.text


def test_a_decision_says_what_is_believed_and_leads_to_its_move() -> None:
    """The question, then the answers with their moves; a full list says so, and no move is made that is refused."""
    asked = Asked(team_view(decisions=(HULL,)))
    form = asked.form("decision:survey", "ask")
    assert "They are coming for: Boarding the hull" in asked.text and "by: Ask for facts in private" in asked.text
    assert (form.action, form.next_form) == (a.AnswerDecision(asked="survey", answer="ask"), "move:private-inquiry")
    assert Asked(team_view(decisions=(HULL,))).form("decision:survey", "hold").next_form == ""
    drafts = tuple(DraftFacts(number=n, draft=a.Draft(move="accuse", channel="press")) for n in (1, 2, 3))
    full = Asked(team_view(decisions=(HULL,), drafts=drafts))
    assert full.form("decision:survey", "ask").next_form == ""
    assert "Our own moves are all listed" in full.text


def test_back_goes_to_the_question_before_and_keeps_what_was_said() -> None:
    """Enter keeps it there; from the first question it leaves, and a first answer alone is not kept."""
    asked = Asked()
    draft = asked.draft("move", "embassy/private", "", "One.", "back", "", "back", "Two.", "5 6", typed="share-data")
    assert (draft.channel, draft.text, draft.intent, draft.expected) == ("embassy", "Two.", 1, 2)
    assert "Its words so far: One." in asked.text
    with pytest.raises(Back):
        asked.form("move", "share-data", "back", "back")
    assert asked.prompter.sheets == {}


def test_what_is_half_written_is_gone_on_with_or_begun_anew() -> None:
    """It is read out first; words outlast leaving the form, however it is left."""
    asked = Asked()
    with pytest.raises(Back):
        asked.form("move", "embassy/private", "", "Half.", *["back"] * 5, typed="share-data")
    with pytest.raises(Quit):  # the end of input
        asked.form("move", "1")
    assert list(asked.prompter.half_written()) == ["move"]
    draft = asked.draft("move", "1", "4 4")
    assert (draft.move, draft.text) == ("share-data", "Half.") and asked.prompter.sheets == {}
    with pytest.raises(Back):
        asked.form("move", "embassy/private", "", "Half.", *["back"] * 5, typed="share-data")
    assert asked.draft("move", "1", "4 4", typed="share-data").text == "Half." and "is not one" not in asked.text
    assert "This is half written: Which move? Share" in asked.text


def test_a_reading_that_is_half_taken_outlasts_leaving() -> None:
    """One of its two answers is worth as much as a word; by it alone nothing is sealed."""
    asked = Asked(team_view(phase="readings", to_read=CARDS[:1]))
    with pytest.raises(Quit):
        asked.form("1", "-1")
    assert asked.prompter.sheets == {"1": {"hostility": "-1"}} and asked.seat.sent == []
    assert asked.form("1", "1", "3").action == a.SealReading(item=1, hostility=-1, confidence=3)
    assert asked.prompter.sheets == {}


def test_what_was_refused_can_be_changed_where_it_is_in_the_way() -> None:
    """It is read as a list; back gives it up, and it is kept."""
    asked = Asked()
    asked.seat.refuse = ActionRefused("channel/suspended", channel="embassy")
    with pytest.raises(Back):
        asked.form(
            "move", "embassy/private", "", "Words.", "4 4", "2", "rescue-office/private", "back", typed="share-data"
        )
    assert asked.text.count("Refused:") == 1 and "Over which channel? (Embassy, private)" in asked.text
    assert asked.prompter.sheets["move"]["way"] == "rescue-office/private"
    asked.seat.refuse = None
    assert asked.draft("move", "1", "").channel == "rescue-office"


def test_a_list_that_was_read_is_counted_after_that_where_it_may_be_left_out() -> None:
    """`?` reads it again, and its numbers count."""
    moves = {name: replace(move, promises=("first", "second", "third")) for name, move in DOSSIER.moves.items()}
    promise = PromiseEntry(says={"en": "A promise."})
    asked = Asked(say=teller(moves=moves, commitments=dict.fromkeys(("first", "second", "third"), promise)))
    asked.draft("move", "embassy/private", "", "", "", "4 4", typed="share-data")
    draft = asked.draft("move", "embassy/private", "", "third", "", "4 4", typed="share-data")
    assert draft.promise == "third" and asked.text.count("1. A promise.") == 1
    assert "3 to choose from; help reads them." in asked.text


def test_channels_that_have_been_heard_are_counted_for_another_move() -> None:
    """Whatever their order there; `?` and a word of a name know them."""
    names = tuple(DOSSIER.channels)
    channels = {name: replace(each, visibilities=("private", "public")) for name, each in DOSSIER.channels.items()}
    moves = {name: replace(move, channels=names) for name, move in DOSSIER.moves.items()}
    moves["private-protest"] = replace(moves["private-protest"], channels=tuple(reversed(names)))
    asked = Asked(say=teller(moves=moves, channels=channels))
    asked.draft("move", "1", "", "", "", "4 4", typed="share-data")
    heard = len(asked.told)
    asked.draft("move", "embassy", "1", "", "", "", "4 4", typed="private-protest")
    assert "to choose from; help reads them." in "".join(asked.told[heard:])


def test_what_is_picked_from_a_list_ahead_of_it_spares_the_list() -> None:
    """It is read where something of it is not understood."""
    options = tuple(FormOption(name, f"Line {name}") for name in ("a", "b", "c"))
    field = FormField("keep", "many", "Which?", options=options, maximum=3)
    assert understand(field, "1 3").answer == ("a", "c")
    assert understand(field, "1 4").answer is None


def test_channels_are_read_out_once() -> None:
    """While somebody sits here; after that they are counted."""
    both = {name: replace(each, visibilities=("private", "public")) for name, each in DOSSIER.channels.items()}
    everywhere = {name: replace(move, channels=tuple(both)) for name, move in DOSSIER.moves.items()}
    asked = Asked(say=teller(channels=both, moves=everywhere))
    asked.draft("move", "1", "", "", "", "4 4", typed="share-data")
    first = asked.text
    assert asked.draft("move", "2", "", "", "", "4 4", "1", typed="share-data").visibility == "public"
    assert asked.text.count("will arrive late") == first.count("will arrive late"), "it is counted"
    assert "to choose from; help reads them." in asked.text


def test_a_move_on_the_list_is_read_as_a_list_and_what_it_cites_stays() -> None:
    """An instrument that no other move may cite again can be kept; nothing is asked but what is changed."""
    play = Play(shipped("bottomed-submarine"), seed="1", length=90)
    while play.state.phase != "moves":
        play.submit("facilitator", a.Advance())
    cited = next(iter(play.say("us").dossier.instruments))
    draft = a.Draft(move="private-inquiry", channel="embassies", text="Who leads?", intent=0, expected=0, cites=cited)
    play.submit("us", a.SealMove(draft=draft))
    asked = Asked(play.team("us"), play.say("us"))
    assert asked.draft("draft:1", "text", "Who leads it?", "") == replace(draft, text="Who leads it?")
    assert asked.text.count("Which of these do we change?") == 2


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """At the moves of turn 2, in which a voice at home asks the US."""
    with Session.start(tmp_path, shipped("bottomed-submarine"), seed="1", length=90) as session:
        while session.state.turn < 2 or session.state.phase != "moves":
            session.submit("facilitator", a.Advance())
        yield session


def test_a_question_that_was_taken_back_while_it_was_read_is_said_to_be_gone(session: Session) -> None:
    """The answer goes nowhere, and nobody has to begin again."""

    def lines() -> Iterator[str]:
        yield "stop"
        yield "decide"
        session.submit("facilitator", a.SkipInject(inject="hearing"))
        yield "keep-it"
        yield "decide"

    told = typed(session, ("us",), lines())
    assert "That cannot be done any more." in told
    assert "That cannot be done now." in told
    assert [of.answer for of in session.state.voices if of.inject == "hearing"] == [""]


def test_what_is_no_fact_of_ours_and_no_instrument_of_the_scenarios_cannot_be_typed(session: Session) -> None:
    """The prompt says that it is none of these and asks again; the other's fact is as unknown as one that none has."""
    theirs = next(iter(session.table.scenario.teams.china.private_facts))
    draft = a.Draft(move="private-inquiry", channel="leader-hotline", intent=0, expected=0)
    session.submit("us", a.SealMove(draft=draft))
    told = typed(session, ("us",), ["stop", "revise 1", "cites", "magna-carta"])
    assert "'magna-carta' is not one of these" in told, told
    told = typed(session, ("us",), ["stop", "move share-technical-data", "1", theirs, "no-such-fact"])
    assert f"'{theirs}' is not one of these" in told and "'no-such-fact' is not one of these" in told, told
    assert "Does it tell what we alone know?" in told, told


def test_a_chance_is_a_whole_number_of_percent(session: Session) -> None:
    """Whatever else is typed is asked again; enter leaves it out."""
    while session.state.phase != "forecasts":
        session.submit("facilitator", a.Advance())
    told = typed(session, ("us",), ["1e20", "1" * 400, "101", "−1", "half", "30 %"])
    assert told.count("That is no number from 0 to 100.") == 5
    first = session.seat("us").view().forecasts[0]  # type: ignore[union-attr]  # a team's view
    assert first.chance == 30


def _next_line(lines: list[str]) -> str:
    return f"{lines.pop(0)}\n" if lines else ""


def test_by_lines_the_first_moves_are_read_and_the_groups_named() -> None:
    """A group's number or name lists what is in it, and more lists all; each option has its number everywhere."""
    field = next(iter(seat_form("move", team_view(), {}, FakeSeat().say).fields))  # type: ignore[union-attr]  # it is there
    keys, groups = option_keys(field), group_keys(field)
    number, group = next((key, name) for key, name in groups.items() if name == "Work together")
    inside = [option.label for option in field.options if option.folded and option.group == group]
    folded = [option.label for option in field.options if option.folded and not option.closed]
    for lists, listed in ((number, inside), (group, inside), ("more", folded)):
        said: list[str] = []
        lines = [lists, "2"]
        console = Console(partial(_next_line, lines), said.append)
        assert FieldPrompt(console, field).ask().answer == keys["2"] and console.reads == "usual"
        before, _prompt, after = "".join(said).partition("Which move?")
        assert all(option.label in before for option in field.options if not option.folded)
        assert f"{number}. {group}" in " ".join(before.split()) and not any(label in before for label in inside)
        assert all(label in after for label in listed)


def test_a_yes_that_comes_after_another_facilitator_has_gone_on_does_not_go_on_once_more() -> None:
    """It was an answer to what was asked in the phase before; who typed it is told."""
    play = small()
    asked = Asked(play.look("facilitator"), play.say("facilitator"))

    def type_late() -> str:
        play.submit("facilitator", a.Advance())
        asked.seat.set(play.look("facilitator"))
        return "yes\n"

    asked.prompter.console = Console(type_late, asked.told.append)
    with pytest.raises(ActionRefused, match="room/advanced"):
        asyncio.run(asked.prompter.fill("advance"))
    assert asked.seat.sent == [] and play.state.phase == "situation"
