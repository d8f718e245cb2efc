"""However lines are cut, doubled and opened again: what is on a client's screen is what its seat sees, and each act
counts once.
"""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace
from tests.engine.asking import CALL
from tests.engine.play import Play, small
from tests.rooms.hosted import Line, joined, opened
from tests.thinning import examples

from crisis_sim.engine import actions as a
from crisis_sim.rooms.mirror import OutOfStep, SeatMirror
from crisis_sim.rooms.wire import from_host

SEATED: dict[int, a.SeatName] = {1: "us", 2: "us", 3: "china"}
SEEDS = examples(20, 10_000)


def test_no_client_is_ever_shown_what_its_seat_does_not_see() -> None:
    """Each seed cuts, doubles, holds back and drops what goes over the lines of two people at one seat, and of one at
    the other; when all are back, every view is the seat's own, and every note that was asked for stands once."""
    for seed in range(SEEDS):
        luck = Random(seed)
        play = small(str(seed % 7 + 1))
        hub, _ = opened(play)
        play.open_moves()
        lines = {who: joined(hub, who, seat) for who, seat in SEATED.items()}
        asked: dict[int, list[str]] = {who: [] for who in lines}
        fresh = 10
        for step in range(30):
            name = luck.choice(sorted(lines))
            line = lines[name]
            what = luck.random()
            if what < 0.35:
                text = f"{name}/{step}"
                asked[name].append(text)
                line.mirror.ask(text.replace("/", "-"), a.TakeNote(text=text))
            elif what < 0.6:
                for do in line.mirror.unsent():
                    line.send(do)
                    if luck.random() < 0.2:
                        line.send(do)
            elif what < 0.8:
                if not drained(line, luck):
                    line.lose()
                    fresh += 1
                    lines[name] = Line(hub, fresh, line.mirror, line.now)
            elif what < 0.9:
                play.submit("facilitator", a.Bookmark(label=f"{step}"))
                hub.look()
            else:
                line.lose()
                fresh += 1
                lines[name] = Line(hub, fresh, line.mirror, line.now)
            if (view := lines[name].mirror.view) is not None and lines[name].mirror.state == "live":
                assert view.seat == SEATED[name]
        for name, line in lines.items():
            line.lose()
            fresh += 1
            back = lines[name] = Line(hub, fresh, line.mirror, line.now + 100)
            back.due()
            for do in back.mirror.unsent():
                back.now += 1
                back.send(do)
            back.due()
            assert not back.mirror.waits, seed
        for name, line in lines.items():
            line.due()
            seat = SEATED[name]
            assert line.mirror.view == play.look(seat), seed
            texts = [note.text for note in play.team(seat).notes]  # type: ignore[arg-type]  # a side
            assert [texts.count(text) for text in asked[name]] == [1] * len(asked[name]), seed


def drained(line: Line, luck: Random) -> bool:
    """Take in what is due, or a part of it; False where the line breaks in the middle, and the rest is lost."""
    said = line.hub.due_messages(line.who)
    heard = luck.randint(0, len(said))
    for each in said[:heard]:
        line.mirror.take(from_host(each))
    return heard == len(said)


def test_a_change_of_a_view_that_is_not_here_is_no_change() -> None:
    """The client says so, and opens its line anew."""
    play = small()
    hub, _ = opened(play)
    play.open_moves()
    us = joined(hub, 1, "us")
    us.hub.exercise.submit("us", a.TakeNote(text="one"))
    hub.look()
    lost = hub.due_messages(1)
    hub.exercise.submit("us", a.TakeNote(text="two"))
    hub.look()
    with pytest.raises(OutOfStep):
        us.due()
    assert lost and us.mirror.view is not None and len(us.mirror.view.notes) == 0  # type: ignore[union-attr]  # a team's


def test_another_life_of_the_host_begins_with_the_whole_view() -> None:
    """Numbers of views count in one life; what was known of the last one is not built upon."""
    play = small()
    first, _ = opened(play)
    us = joined(first, 1, "us")
    second, _ = opened(play)
    second._life = "another"
    _guest, code = second.guests.invite("us")
    mirror = us.mirror
    mirror.token, mirror._code = "", code
    mirror.disconnect()
    line = Line(second, 1, mirror)
    line.due()
    assert mirror.state == "live" and mirror.view == play.look("us") and isinstance(mirror, SeatMirror)


def reborn(play: Play, last: Line) -> Line:
    """The same client at another life of the host: its line is open, and what waits has not been sent."""
    last.mirror.disconnect()
    hub, _ = opened(play)
    hub._life = f"{last.hub._life}, and another"
    guest, _code = hub.guests.invite("us")
    last.mirror.token, last.mirror._code = "", hub.guests.again(guest.label)
    line = Line(hub, last.who, last.mirror)
    line.due()
    return line


def sent(line: Line) -> str | None:
    """What waits goes out, and is answered: why it is refused, None where it is done."""
    for do in line.mirror.unsent():
        line.send(do)
    line.due()
    [answer] = line.answers
    return None if answer.refused is None else answer.refused.code


@pytest.mark.parametrize(
    ("between", "code"),
    [(None, None), (a.TakeNote(text="of something else"), None), (a.WithdrawMove(number=1), "room/changed")],
)
@pytest.mark.parametrize("waits", ["before", "after"])
def test_what_waited_while_the_host_was_killed_is_done_where_what_it_is_about_stands(
    between: a.AnyAction | None, code: str | None, waits: str
) -> None:
    """Asked for before the line was cut or after it; numbers of the life that is over name no view of the next."""
    play = small()
    play.open_moves()
    us = joined(opened(play)[0], 1, "us")
    us.ask(a.SealMove(draft=CALL), "move")
    us.answers.clear()
    if waits == "after":
        us.mirror.disconnect()
    us.mirror.ask("commit", a.CommitMoves())
    us.mirror.unsent()  # on its way when the host was killed
    if between is not None:
        play.submit("us", between)
    assert sent(reborn(play, us)) == code


def test_what_was_chosen_from_an_older_view_than_the_last_is_not_done_in_another_life() -> None:
    """A second person of the team had changed the list already; the numbers of the next life begin below."""
    play = small()
    play.open_moves()
    us = joined(opened(play)[0], 1, "us")
    us.ask(a.SealMove(draft=CALL), "move")
    us.answers.clear()
    us.mirror.ask("commit", a.CommitMoves())
    us.hub.exercise.submit("us", a.ReviseMove(number=1, draft=replace(CALL, text="At noon.")))
    us.hub.look()
    us.due()
    assert sent(reborn(play, us)) == "room/changed"
