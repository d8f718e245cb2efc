"""What a browser is told: pages in its language, forms as they are for its sheet, answers after their page."""

from __future__ import annotations

import msgspec
import pytest
from tests.engine.play import Play as Session
from tests.engine.play import shipped, small
from tests.rooms.hosted import joined, opened
from tests.rooms.page_line import PageLine, paged

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.rooms import wire
from crisis_sim.rooms.page_builders import KNOWN

NOTE = a.TakeNote(text="seen")


def test_a_code_opens_a_page_and_no_facts() -> None:
    """A welcome without a dossier, the page whole, a sign of life, and who is there."""
    hub, _ = opened(small())
    line = paged(hub, 1, "us")
    assert [type(each) for each in line.heard] == [wire.Welcome, wire.PageUpdate, wire.Tick, wire.PeopleUpdate]
    assert line.page["seat"] == "us" and line.page["head"][0]["line"][0] == ["United States", "us"]
    assert msgspec.json.decode(wire.encoded(line.heard[0])).keys() == {
        "say",
        "seat",
        "label",
        "life",
        "token",
        "agreed",
    }


def test_who_asks_whether_the_line_holds_is_answered_with_a_sign_of_life() -> None:
    """At once and alone, as long as every other one."""
    hub, _ = opened(small())
    line, other = paged(hub, 1, "us"), paged(hub, 2, "china")
    line.heard.clear()
    line.send(wire.Still())
    assert [len(each) for each in line.due()] == [len(wire.encoded(hub.tick()))]
    assert [type(each) for each in line.heard] == [wire.Tick] and not other.due()


def test_two_at_one_seat_read_two_languages() -> None:
    """One page of facts, in the words of each."""
    hub, _ = opened(small())
    english, chinese = paged(hub, 1, "us"), paged(hub, 2, "us", "zh")
    assert english.page["now"] != chinese.page["now"]
    assert english.page["opens"] == chinese.page["opens"]


def test_after_an_act_only_what_differs_is_told_and_before_the_answer() -> None:
    """The notes stand in another part of the page than the list."""
    hub, _ = opened(small())
    line = paged(hub, 1, "us")
    line.heard.clear()
    assert line.ask(NOTE, "one") == wire.Acknowledged("one", line.n)
    told = line.heard[0]
    assert isinstance(told, wire.PageUpdate) and told.base == 1 and set(told.set) == {"sides"}
    assert line.heard[1] == wire.Acknowledged("one", 2)


def test_who_comes_back_has_the_page_and_an_act_sent_twice_counts_once() -> None:
    """By the token alone; the ref is known."""
    hub, hosted = opened(small())
    line = paged(hub, 1, "us")
    line.ask(NOTE, "one")
    again = line.back(2)
    assert again.page == line.page
    assert isinstance(again.ask(NOTE, "one"), wire.Acknowledged)
    assert [action for _seat, action in hosted.play.actions] == [NOTE]


def test_a_form_is_made_of_the_sheet_and_nothing_of_it_is_kept() -> None:
    """The same sheet gives the same form, from another line too; an empty one asks from the beginning."""
    play = small()
    hub, _ = opened(play)
    play.open_moves()
    one, two = paged(hub, 1, "us"), paged(hub, 2, "us")
    begun = one.form("move")
    assert begun is not None and begun["action"] is None and begun["fields"][0]["answer"] is None
    sheet = {"move": "offer-help", "text": "Ours."}
    form = one.form("move", sheet)
    assert form is not None and form["fields"][0]["answer"] == "offer-help" and form == two.form("move", sheet)
    assert one.form("move") == begun


def test_what_a_form_makes_is_done() -> None:
    """The action goes back as it came."""
    play = Session(shipped("lost-airliner"), length=45)
    hub, _ = opened(play)
    line = paged(hub, 1, "china")
    form = line.form("guess", {"says": "No search there.", "kind": "red", "concern": "sovereignty", "weight": "8"})
    assert form is not None
    action = msgspec.json.decode(msgspec.json.encode(form["action"]), type=a.AnyAction)
    assert isinstance(line.ask(action, "one"), wire.Acknowledged)
    assert [guess.says for guess in play.team("china").guesses] == ["No search there."]


def test_what_is_refused_is_told_in_words_of_the_reader() -> None:
    """Why, and the way out."""
    hub, _ = opened(small())
    for who, language in ((1, "en"), (2, "zh")):
        line = PageLine(hub, who, code=hub.guests.invite("us")[1], language=language)  # type: ignore[arg-type]  # both are languages
        line.due()
        answer = line.ask(a.CommitMoves(), f"{who}")
        assert isinstance(answer, wire.Refused) and answer.code == ("phase/wrong" if who == 1 else "room/pen")
        told = msgspec.json.decode(answer.blocks)  # type: ignore[arg-type]  # it is set for who reads pages
        assert len(told) == 2 and all(each["is"] == "Paragraph" for each in told)


@pytest.mark.parametrize(
    "name", ["", "move", "draft:7", "draft:x", "guess:0", "hotwash/1/0", "about/0/0", "say:1", "é"]
)
def test_a_form_that_is_not_to_be_had_is_none(name: str) -> None:
    """Whatever somebody asks for in the briefing."""
    hub, _ = opened(small())
    assert paged(hub, 1, "us").form(name) is None
    assert paged(hub, 2, "observer").form(name) is None


def test_who_reads_facts_has_no_forms() -> None:
    """A program makes its own."""
    hub, _ = opened(small())
    line = joined(hub, 1, "us")
    line.send(wire.Fill(form="note"))
    assert hub.is_over(1)
    line.due()
    assert line.heard[-1] == wire.Farewell("malformed")


@pytest.mark.parametrize("sheet", ['{"a":1}', '{"a":{"b":"c"}}', '["a"]', '{"a":[1]}'])
def test_a_sheet_holds_words_and_nothing_else(sheet: str) -> None:
    """Anything else is no message."""
    with pytest.raises(wire.Malformed):
        wire.from_client(f'{{"say":"fill","form":"note","answers":{sheet}}}')


@pytest.mark.parametrize(("acts", "whole"), [(12, False), (KNOWN + 2, True)])
def test_a_reader_far_behind_is_told_what_makes_the_newest_page(acts: int, whole: bool) -> None:
    """By what differs, also where much has happened since; the whole where the number of its page is forgotten."""
    hub, _ = opened(small())
    writer, reader = paged(hub, 1, "us"), paged(hub, 2, "us")
    for number in range(acts):
        writer.ask(NOTE, f"{number}")
    reader.heard.clear()
    reader.due()
    told = next(each for each in reader.heard if isinstance(each, wire.PageUpdate))
    assert (told.base == 0) is whole and reader.page == writer.page
    assert ("main" in told.set) is whole, "a note changes nothing of it"


def test_a_page_that_shows_nothing_of_it_is_told_nothing() -> None:
    """That the other side has committed, say: no frame comes at that moment, and what follows is put together right."""
    play = small()
    hub, _ = opened(play)
    play.open_moves()
    us, china, wall = paged(hub, 1, "us"), paged(hub, 2, "china"), paged(hub, 3, "observer")
    for number in range(KNOWN + 1):
        us.ask(a.SealMove(draft=a.Draft(move="offer-help", channel="embassy", intent=-1, expected=0)), f"seal {number}")
        us.ask(a.WithdrawMove(number=number + 1), f"withdraw {number}")
    us.ask(a.CommitMoves(), "committed")
    china_view = hub.exercise.view("china")
    assert isinstance(china_view, TeamView) and china_view.other_committed
    assert not {2, 3} & set(hub.stirred())
    assert china.due() == wall.due() == []
    assert isinstance(china.ask(NOTE, "note"), wire.Acknowledged)
    assert china.page == paged(hub, 4, "china").page


def test_half_a_form_is_told_to_nobody_else() -> None:
    """Neither the other room nor who shares the seat is due anything."""
    play = small()
    hub, _ = opened(play)
    play.open_moves()
    hub.look()
    lines = [paged(hub, who, seat) for who, seat in ((1, "us"), (2, "us"), (3, "china"))]  # type: ignore[arg-type]  # seats
    for line in lines:
        line.due()
    form = lines[0].form("move", {"move": "offer-help", "text": "A secret."})
    assert form is not None and not any(isinstance(each, wire.FormUpdate) for each in lines[1].heard)
    assert [hub.due_messages(2), hub.due_messages(3)] == [[], []]
