"""The host's part of the wire: who is let in, what is told in what order, what is done once, and what is refused."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from tests.engine.play import small
from tests.rooms.hosted import LIFE, Hosted, Line, joined, opened

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages.company_words import company_sentences
from crisis_sim.rooms import wire
from crisis_sim.rooms.guests import GuestList, Guests
from crisis_sim.rooms.hub import MOST, Hub
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.session.places import Occupant
from crisis_sim.wording import speaker

NOTE = a.TakeNote(text="seen")
ASK = a.SealMove(draft=a.Draft(move="offer-help", channel="embassy", intent=-1, expected=0))


def in_moves() -> tuple[Hub, Line, Line]:
    play = small()
    hub, _ = opened(play)
    play.open_moves()
    return hub, joined(hub, 1, "us"), joined(hub, 2, "china")


def test_a_code_is_exchanged_once_for_a_token_and_the_view_comes_with_it() -> None:
    """Who tries the code again is not let in; the token comes back as often as it likes."""
    hub, _ = opened(small())
    guest, code = hub.guests.invite("us")
    line = Line(hub, 1, SeatMirror(code=code))
    line.due()
    assert [type(each) for each in line.heard[:2]] == [wire.Welcome, wire.Whole]
    assert line.mirror.view == hub.exercise.view("us") and line.mirror.dossier == hub.exercise.dossier("us")
    assert line.mirror.state == "live" and line.mirror.label == guest.label == "us-1"
    again = Line(hub, 2, SeatMirror(code=code))
    again.due()
    assert again.heard == [wire.Farewell("used")] and hub.is_over(2)
    assert [of.attempts for of in hub.people()] == [1], "the facilitator sees that somebody tried it"
    line.lose()
    back = Line(hub, 3, line.mirror)
    back.due()
    assert back.mirror.state == "live" and back.heard[0] == wire.Welcome(seat="us", label="us-1", life=LIFE)


@pytest.mark.parametrize(("phase", "last"), [("moves", wire.Stopped()), ("closed", wire.Farewell("over"))])
def test_a_host_that_stops_is_no_exercise_that_is_over(phase: str, last: wire.AnyFromHost) -> None:
    """Each line hears it last, also one that is opened at that moment; where play can go on the clock stands."""
    play = small()
    hub, hosted = opened(play)
    line = joined(hub, 1, "us")
    while play.state.phase != phase:
        play.submit("facilitator", a.Advance())
    hosted.left = 321
    hub.close()
    late = Line(hub, 2, SeatMirror(code="any"))
    for each in (line, late):
        each.due()
        assert each.heard[-1] == last and hub.is_over(each.who)
    is_over = phase == "closed"
    assert (line.mirror.state, line.mirror.is_stopped) == (("over", False) if is_over else ("lost", True))
    assert is_over or line.mirror.left == 321
    hub.open()
    line.lose()
    back = Line(hub, 3, line.mirror)
    back.due()
    assert is_over or (back.mirror.state, back.mirror.is_stopped) == ("live", False)


def test_of_one_who_joins_at_a_terminal_one_sentence_is_told() -> None:
    """Though it opens a line to be let in, closes it, and opens another for its screens."""
    hub, _ = opened(small())
    codes = [hub.guests.invite(seat)[1] for seat in ("us", "us", "china")]
    joined(hub, 9, "facilitator")
    seen, told = hub.people(), list[str]()

    def tell(people: tuple[Occupant, ...]) -> None:
        nonlocal seen
        seen, before = people, seen
        told.extend(company_sentences(before, people, "", speaker("en")))

    hub.on_people = tell
    for place, code in enumerate(codes):
        mirror = SeatMirror(code=code)
        let_in = Line(hub, 10 * place, mirror, admits_only=True)
        let_in.due()
        assert hub.people()[place].presence == "away", "it has still to open its screens"
        let_in.lose()
        Line(hub, 10 * place + 1, mirror).due()
    assert told == ["us-1 is here, and holds the pen: it commits and seals.", "us-2 is here.", "china-1 is here."]


def test_a_code_whose_token_never_came_counts_again() -> None:
    """The line was lost in the middle of joining, or the host killed: the card is no waste paper. Once whoever holds
    it has come with the token, or has asked for anything, it lets nobody in."""
    hub, _ = opened(small())
    _guest, code = hub.guests.invite("us")
    lost = Line(hub, 1, SeatMirror(code=code))
    hub.leave(1)
    assert not lost.mirror.token
    line = Line(hub, 2, SeatMirror(code=code))
    line.due()
    assert line.mirror.state == "live" and line.mirror.label == "us-1"
    line.ask(NOTE, "one")
    line.lose()
    late = Line(hub, 3, SeatMirror(code=code))
    late.due()
    assert late.heard == [wire.Farewell("used")] and [of.attempts for of in hub.people()] == [1]
    back = Line(hub, 4, line.mirror)
    back.due()
    assert back.mirror.state == "live"


@pytest.mark.parametrize("spelt", ["{0}", "{1}", " {0} ", "{2}"])
def test_a_code_is_known_however_it_is_typed(spelt: str) -> None:
    """In small letters, without the dash, with O for 0 and l for 1."""
    hub, _ = opened(small())
    _guest, code = hub.guests.invite("us")
    typed = spelt.format(code, code.lower().replace("-", ""), code.replace("0", "O").replace("1", "l"))
    line = Line(hub, 1, SeatMirror(code=typed))
    line.due()
    assert line.mirror.state == "live"


def test_after_five_wrong_codes_a_minute_passes_before_another_is_looked_at() -> None:
    """From that address; somebody elsewhere is let in meanwhile."""
    hub, _ = opened(small())
    _guest, code = hub.guests.invite("us")
    for now in range(5):
        assert hub.guests.admit(f"WRNG-000{now}", "", "there", now) is None
    assert hub.guests.admit(code, "", "there", 6) is None
    assert hub.guests.admit(code, "", "there", 66) is not None


def test_a_printed_code_holds_beside_one_of_a_later_life_of_the_host_until_one_of_them_is_used() -> None:
    """Then neither lets anybody in, and whoever tries either is noticed; a new code takes both away."""
    hub, _ = opened(small())
    for used, other in ((0, 1), (1, 0)):
        guest, printed = hub.guests.invite("us")
        codes = [printed, hub.guests.free_label(guest.label)]
        admitted = hub.guests.admit(codes[used], "", "there", 1)
        assert admitted is not None and admitted[0].label == guest.label
        hub.guests.met(guest.label)
        for tried, code in enumerate((codes[other], codes[used]), start=1):
            assert hub.guests.admit(code, "", "there", 100 * tried) is None
            assert next(of.used for of in hub.guests.all if of.label == guest.label) == tried
    guest, printed = hub.guests.invite("us")
    codes = [printed, hub.guests.free_label(guest.label), hub.guests.again(guest.label)]
    assert [hub.guests.admit(code, "", "there", 900) is not None for code in codes] == [False, False, True]


def test_codes_and_tokens_are_kept_as_digests_alone() -> None:
    """Nothing by which somebody could come stands in what is kept."""
    kept: list[bytes] = []
    hub, _ = opened(small())
    hub.guests.kept_by(lambda guests: kept.append(msgspec.json.encode(guests)))
    _guest, code = hub.guests.invite("us")
    line = Line(hub, 1, SeatMirror(code=code))
    line.due()
    assert line.mirror.token and len(kept) == 2
    for data in kept:
        assert code.encode() not in data and code.replace("-", "").encode() not in data
        assert line.mirror.token.encode() not in data


def test_what_is_done_is_in_the_view_before_it_is_answered() -> None:
    """Whoever hears that it is done sees it; and only what differs is told."""
    _hub, us, china = in_moves()
    us.heard.clear()
    assert us.ask(ASK, "one").refused is None
    assert [type(each) for each in us.heard] == [wire.Diff, wire.Acknowledged]
    assert us.mirror.view is not None and len(us.mirror.view.drafts) == 1  # type: ignore[union-attr]  # a team's
    assert china.due() == [], "that the other side works is told by nothing at all"


def test_the_time_that_is_left_comes_with_the_view_that_it_belongs_to() -> None:
    """A new turn is not shown with what was left of the last until the next sign of life."""
    play = small()
    hub, hosted_ = opened(play)
    line = joined(hub, 1, "us")
    hosted_.left = 420
    play.open_moves()
    hub.look()
    line.due()
    assert line.mirror.left == 420


def test_an_act_counts_once_however_often_it_is_sent() -> None:
    """Sent again on another line, it is answered; another act under its name is a mistake of the client's."""
    hub, us, _china = in_moves()
    us.ask(ASK, "one")
    us.lose()
    us.mirror.ask("one", ASK)
    back = Line(hub, 3, us.mirror)
    back.due()
    for do in back.mirror.unsent():
        back.send(do)
    back.due()
    assert [each.refused for each in back.answers] == [None]
    assert len(back.mirror.view.drafts) == 1  # type: ignore[union-attr]  # a team's


def test_an_act_that_was_not_sent_can_be_taken_back_and_one_that_was_cannot() -> None:
    _hub, us, _china = in_moves()
    us.mirror.disconnect()
    us.mirror.ask("one", ASK)
    assert us.mirror.unsent() == []
    assert us.mirror.take_back("one")
    assert not us.mirror.waits
    _hub, _us, china = in_moves()
    china.mirror.ask("two", ASK)
    assert len(china.mirror.unsent()) == 1
    assert not china.mirror.take_back("two")


def test_two_at_one_seat_hit_nothing_that_they_did_not_see() -> None:
    """A move taken off, or committed, is the one that stood there when it was chosen."""
    hub, one, _china = in_moves()
    two = joined(hub, 3, "us")
    one.ask(ASK, "first")
    two.due()
    second = replace(ASK, draft=replace(ASK.draft, channel="hotline"))
    one.ask(second, "second")
    one.ask(a.WithdrawMove(number=1), "off")
    answer = two.ask(a.WithdrawMove(number=1), "off too")  # its writer sees the first move there
    assert answer.refused is not None and answer.refused.code == "room/changed"
    assert two.ask(a.WithdrawMove(number=1), "off now").refused is None, "the refusal came with the view"
    one.mirror.ask("commit", a.CommitMoves())  # chosen while a move stands on the list
    for do in one.mirror.unsent():
        one.send(do)
    one.due()
    assert one.answers[-1].refused is not None and one.answers[-1].refused.code == "room/changed"


def test_one_of_a_team_holds_the_pen_and_anybody_of_it_may_take_it() -> None:
    """Whoever came first commits; the other is told so, takes the pen, and the team hears of it."""
    hub, one, china = in_moves()
    two = joined(hub, 3, "us")
    one.ask(ASK, "first")
    two.due()
    refused = two.ask(a.CommitMoves(), "commit").refused
    assert refused is not None and refused.code == "room/pen"
    two.take_pen()
    assert two.ask(a.CommitMoves(), "commit again").refused is None
    one.due()
    china.due()
    told = [each for each in one.heard if isinstance(each, wire.People)][-1]
    assert [(of.label, of.pen) for of in told.people] == [("us-1", False), ("us-2", True)]
    assert all(of.seat == "china" for each in china.heard if isinstance(each, wire.People) for of in each.people)


def test_who_held_the_pen_holds_it_after_the_host_was_killed_whoever_is_back_first() -> None:
    """It is kept with the guests: another of the team who comes back sooner does not find it in his hand."""
    play = small()
    kept: list[GuestList] = []
    hub, hosted = opened(play)
    hub.guests.kept_by(kept.append)
    one, two = joined(hub, 1, "us"), joined(hub, 2, "us")
    two.due()
    again = Hub(hosted, Guests(kept[-1], kept.append), "another life")
    Line(again, 3, two.mirror)
    assert [(of.label, of.pen) for of in again.people()] == [("us-1", True), ("us-2", False)]
    one.due()
    assert [of.pen for of in hub.people()] == [True, False]


def test_the_pen_of_a_place_that_is_taken_back_goes_to_the_next_who_has_come() -> None:
    """And not to one who was only invited: a team whose holder was sent away has one who commits, and hears who."""
    hub, _one, _china = in_moves()
    hub.guests.invite("us")
    two = joined(hub, 3, "us")
    hub.remove("us-1")
    two.due()
    assert [(of.label, of.pen) for of in hub.people() if of.seat == "us"] == [("us-2", False), ("us-3", True)]
    told = [each for each in two.heard if isinstance(each, wire.People)][-1]
    assert [of.label for of in told.people if of.pen] == ["us-3"]


def test_that_a_used_code_was_tried_again_is_told_to_the_facilitator_alone() -> None:
    """At once, and to no team: not to the own one either, of whom one may have tried it."""
    hub, us, _china = in_moves()
    runs = joined(hub, 3, "facilitator")
    _guest, code = hub.guests.invite("us")
    for who in (4, 5):
        line = Line(hub, who, SeatMirror(code=code))
        line.due()
    us.due()
    runs.due()
    tried = [max(of.attempts for of in line.mirror.people.people) for line in (runs, us) if line.mirror.people]
    assert tried == [1, 0]


def test_a_second_line_of_one_person_ends_the_first() -> None:
    """A line that is half dead would hold the place otherwise."""
    hub, us, _china = in_moves()
    other = Line(hub, 3, SeatMirror(token=us.mirror.token))
    other.due()
    us.due()
    assert other.mirror.state == "live" and (us.mirror.state, us.mirror.why) == ("over", "elsewhere")


def test_whoever_is_sent_away_is_told_and_comes_back_by_a_new_code_alone() -> None:
    hub, us, _china = in_moves()
    code = hub.again("us-1")
    us.due()
    assert (us.mirror.state, us.mirror.why) == ("over", "removed")
    for mirror, state in ((SeatMirror(token=us.mirror.token), "over"), (SeatMirror(code=code), "live")):
        line = Line(hub, 10 + len(state), mirror)
        line.due()
        assert line.mirror.state == state


def test_a_locked_door_lets_back_in_and_nobody_new() -> None:
    hub, us, _china = in_moves()
    _guest, code = hub.guests.invite("observer")
    hub.guests.lock(True)
    for who, mirror, state in ((5, SeatMirror(code=code), "over"), (6, SeatMirror(token=us.mirror.token), "live")):
        line = Line(hub, who, mirror)
        line.due()
        assert line.mirror.state == state
        assert state == "live" or line.mirror.why == "locked"


def test_wrong_codes_from_a_shared_address_keep_nobody_out_who_has_come() -> None:
    """Both rooms may sit behind one router: what one of them mistypes is nothing to the other."""
    hub, us, _china = in_moves()
    _guest, code = hub.guests.invite("observer")
    for who, mirror, why in (
        *((who, SeatMirror(code="AAAA-AAAA"), "credentials") for who in range(10, 14)),
        (14, SeatMirror(code="AAAA-AAAA"), "slow"),
        (15, SeatMirror(code=code), "slow"),
        (16, SeatMirror(token=us.mirror.token), ""),
    ):
        line = Line(hub, 9, mirror)
        line.due()
        assert line.mirror.why == why, who


@pytest.mark.parametrize(
    "action",
    [
        a.TakeSeat(occupant="bot", policy="rota"),
        a.RollBack(turn=1, child="x"),
        a.ShortenLog(had=9, has=1, had_bytes=None, has_bytes=1, torn=0, hash=None),
    ],
)
def test_nobody_who_has_joined_asks_for_what_the_host_puts_on_record(action: a.AnyAction) -> None:
    """A rollback leaves the log that all rooms are at; who sits where would be told to both rooms."""
    hub, us, china = in_moves()
    for line in (us, joined(hub, 5, "facilitator"), joined(hub, 6, "observer")):
        refused = line.ask(action, "own").refused
        assert refused is not None and refused.code == "room/own"
    assert china.due() == []


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[" * 60_000,
        b'{"say":"do","ref":"x","seen":1,"action":{"kind":"commit-moves"},"more":1}',
        b'{"say":"do","ref":"x","seen":1e400,"action":{"kind":"commit-moves"}}',
        b'{"say":"do","ref":"x","seen":1,"action":{"kind":"take-note","text":"\\ud800"}}',
        b'{"say":"do","ref":"x","seen":' + b"9" * 60_000 + b',"action":{"kind":"commit-moves"}}',
        b'{"say":"shout"}',
        b"\xff\xfe",
        b" " * (wire.LARGEST + 1),
    ],
)
def test_what_is_no_message_ends_the_line_and_changes_nothing(said: bytes) -> None:
    """Whatever somebody sends: a sentence at his end, and nobody else hears of it."""
    hub, us, china = in_moves()
    hub.handle(us.who, said, 99.0)
    us.due()
    assert (us.mirror.state, us.mirror.why) == ("over", "malformed") and china.due() == []


def test_nothing_is_done_for_whoever_has_not_said_who_he_is() -> None:
    hub, _ = opened(small())
    hub.connect(1, "somewhere")
    hub.handle(1, b'{"say":"do","ref":"x","seen":1,"action":{"kind":"advance"}}', 1.0)
    assert hub.due_messages(1) == [wire.encoded(wire.Farewell("credentials"))]
    hub.connect(2, "somewhere")
    hub.handle(2, wire.encoded(wire.Hello(v=999)), 1.0)
    assert hub.due_messages(2) == [wire.encoded(wire.Farewell("version"))]


def test_whoever_comes_when_as_many_are_connected_as_a_host_takes_is_told_so() -> None:
    """And the next one is let in when somebody has left."""
    hub, _ = opened(small())
    for who in range(MOST + 1):
        hub.connect(who, f"address {who}")
    assert hub.due_messages(MOST) == [wire.encoded(wire.Farewell("full"))] and hub.is_over(MOST) and not hub.is_over(0)
    for gone in (MOST, 0):
        hub.leave(gone)
    assert joined(hub, 999, "us").mirror.state == "live"


def test_the_act_of_another_seat_is_refused_and_a_flood_ends_the_line() -> None:
    _hub, us, _china = in_moves()
    refused = us.ask(a.Advance(), "go")
    assert refused.refused is not None
    for _ in range(wire.RATE + 1):
        us.now -= 1
        us.mirror.ask(f"note {_}", NOTE)
        for do in us.mirror.unsent():
            us.send(do)
    us.due()
    assert (us.mirror.state, us.mirror.why) == ("over", "flood")


def test_a_refusal_names_the_act_it_is_of() -> None:
    _hub, us, _china = in_moves()
    us.heard.clear()
    us.ask(a.WithdrawMove(number=7), "off")
    assert [each.ref for each in us.heard if isinstance(each, wire.Refused)] == ["off"]


def test_a_dossier_is_written_down_once_for_however_many_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty who join at once and never read cost one of it."""
    play = small()
    hub, hosted = opened(play)
    asked: list[str] = []
    of_session = hosted.dossier

    def dossier(seat: a.SeatName) -> Dossier:
        asked.append(seat)
        return of_session(seat)

    monkeypatch.setattr(hosted, "dossier", dossier)
    play.open_moves()
    for who in range(1, 5):
        joined(hub, who, "us")
    assert asked == ["us"]


def test_what_a_person_says_alone_is_under_its_own_label() -> None:
    """Whatever the client sent as its own; sent again under its name it is known, and done once."""
    hub, us, china = in_moves()
    us.ask(ASK, "a")
    us.ask(a.CommitMoves(), "b")
    china.ask(a.CommitMoves(), "c")
    second = joined(hub, 3, "china")
    pressed = a.PressReading(item=1, hostility=2, by="us-1")
    assert second.ask(pressed, "d").refused is None and second.ask(pressed, "d").refused is None
    china.due()
    assert second.mirror.label == "china-2"
    view = china.mirror.view
    assert isinstance(view, TeamView) and view.to_read[0].pressed == ("china-2",)
    assert second.ask(a.PressReading(item=1, hostility=-2), "e").refused is None
    china.due()
    assert china.mirror.view == view, "who has said it before is not told of twice, nor what it says"


def carded() -> tuple[Hub, Hosted]:
    """A session in which people agree to a card before they act."""
    hub, hosted = opened(small())
    of_session = hosted.dossier
    hosted.dossier = lambda seat: replace(of_session(seat), consent="")  # type: ignore[method-assign]  # as a header has it
    return hub, hosted


def test_each_person_agrees_by_himself_before_anything_can_be_done() -> None:
    """One who has does not speak for another of the team; who is told: the own team and the facilitator."""
    hub, hosted = carded()
    one, two, china = joined(hub, 1, "us"), joined(hub, 2, "us"), joined(hub, 3, "china")
    observer, facilitator = joined(hub, 4, "observer"), joined(hub, 5, "facilitator")
    china.heard.clear()
    assert [line.mirror.agreed for line in (one, two, china, observer, facilitator)] == [False] * 4 + [True]
    for line in (one, observer):
        refused = line.ask(NOTE, "early").refused
        assert refused is not None and refused.code == "consent/first"
    assert one.ask(a.AgreeToCard(by="somebody else"), "agree").refused is None
    assert one.ask(NOTE, "late").refused is None and one.mirror.agreed
    refused = two.ask(NOTE, "early").refused
    assert refused is not None and refused.code == "consent/first"
    assert observer.ask(a.AgreeToCard(), "agree").refused is None and observer.mirror.agreed
    assert [action for _seat, action in hosted.play.actions] == [
        a.AgreeToCard(by="us-1"),
        NOTE,
        a.AgreeToCard(by="observer-1"),
    ]
    facilitator.due()
    people = facilitator.mirror.people
    assert people is not None and [of.label for of in people.people if of.agreed] == [
        "us-1",
        "observer-1",
        "facilitator-1",
    ]
    china.due()
    assert not china.heard, "the other room hears nothing of it"


def test_who_comes_with_a_new_code_is_asked_anew_and_nobody_else_twice() -> None:
    """Who comes back by a token has agreed already; a new code may be somebody else's."""
    hub, _ = carded()
    line = joined(hub, 1, "us")
    line.ask(a.AgreeToCard(), "agree")
    line.lose()
    back = Line(hub, 2, line.mirror)
    back.due()
    assert back.mirror.agreed and back.ask(NOTE, "one").refused is None
    code = hub.again("us-1")
    other = Line(hub, 3, SeatMirror(code=code))
    other.due()
    assert other.mirror.state == "live" and not other.mirror.agreed


def test_who_has_agreed_is_asked_no_more_from_the_moment_it_is_done() -> None:
    """What is told of people comes behind the answer: in between nobody is shown the card again."""
    hub, _ = carded()
    line = joined(hub, 1, "us")
    assert not line.mirror.agreed
    line.mirror.ask("agree", a.AgreeToCard())
    line.send(line.mirror.unsent()[0])
    for message in map(wire.from_host, hub.due_messages(1)):
        if line.mirror.take(message) is not None:
            break
    assert line.mirror.agreed


def test_what_was_agreed_to_holds_on_a_branch_that_begins_before_it() -> None:
    """A facilitator rolls back to before a latecomer had come: the branch's log says so too, and nobody is asked."""
    hub, _ = carded()
    line = joined(hub, 1, "us")
    line.ask(a.AgreeToCard(), "agree")
    _other, branch = carded()
    hub.moved_to(branch)
    line.due()
    assert branch.play.state.agreed == ("us",) and line.mirror.agreed and line.ask(NOTE, "one").refused is None


def test_another_session_is_told_from_the_start_to_whoever_is_here() -> None:
    """After a rehearsal: what each may know comes with the first view, nothing of the old one stays, nobody leaves."""
    rehearsed, exercise = small(), small()
    rehearsed.open_moves()
    hub, hosted = opened(rehearsed)
    of_session = hosted.dossier
    hosted.dossier = lambda seat: replace(of_session(seat), rehearses=True)  # type: ignore[method-assign]  # as a host does
    line = joined(hub, 1, "us")
    assert line.mirror.dossier is not None
    now = Hosted(exercise)
    hub.renewed(now, "another life")
    assert line.mirror.view is not None
    seen = [(line.mirror.dossier.rehearses, line.mirror.view.phase)]
    for said in hub.due_messages(1):
        line.mirror.take(wire.from_host(said))
        seen.append((line.mirror.dossier.rehearses, line.mirror.view.phase))
    assert set(seen) == {(True, "moves"), (False, "briefing")}, "never the one's words with the other's facts"
    assert line.mirror.view == now.view("us") and line.ask(NOTE, "one").refused is None
    assert [action for _seat, action in exercise.actions][-1] == NOTE and NOTE not in [
        of for _, of in rehearsed.actions
    ]


def test_a_program_at_a_bots_seat_is_not_asked() -> None:
    """It is no person."""
    hub, hosted = carded()
    hosted.play.submit("us", a.TakeSeat(occupant="bot", policy="agent"))
    line = joined(hub, 1, "us")
    assert line.mirror.agreed and line.ask(NOTE, "one").refused is None


def test_two_who_run_it_see_one_view_and_go_on_once_from_what_both_have_seen() -> None:
    """Whatever the one does the other reads at once; who goes on from a phase that the other has left is refused."""
    play = small()
    hub, _hosted = opened(play)
    one, two = joined(hub, 1, "facilitator"), joined(hub, 2, "facilitator")
    two.mirror.ask("late", a.Advance())  # chosen in the briefing
    assert one.ask(a.Advance(), "first").refused is None
    for do in two.mirror.unsent():
        two.send(do)
    two.due()
    assert two.answers[-1].refused is not None and two.answers[-1].refused.code == "room/advanced"
    assert hub.exercise.view("facilitator").phase == "situation"
    assert one.mirror.view == two.mirror.view == hub.exercise.view("facilitator")
    assert two.ask(a.TakeNote(text="from the second"), "note").refused is None
    one.due()
    assert one.mirror.view == two.mirror.view == hub.exercise.view("facilitator")
    assert two.ask(a.Advance(), "on").refused is None
    assert hub.exercise.view("facilitator").phase == "moves"
