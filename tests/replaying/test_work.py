"""What a replay costs: views made and entries folded, counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.session.play import HandClock, legal_play
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.seats import view_for
from crisis_sim.errors import LogDamaged
from crisis_sim.pages.console_blocks import note_lines
from crisis_sim.pages.duty import duty
from crisis_sim.plain.console import Console
from crisis_sim.plain.replay_lines import print_all
from crisis_sim.replaying import replayed, state_history
from crisis_sim.replaying.lens import Lens
from crisis_sim.replaying.moment_words import news
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.session.replay import fold
from crisis_sim.session.session import Session


@pytest.fixture(autouse=True)
def _no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crisis_sim.session.disk.sync", lambda descriptor: None)


def noted(path: Path, notes: int) -> Path:
    """A log of some acts and so many notes of the US."""
    with Session.start(path, small_material(), seed="work", length=45, clock=HandClock()) as session:
        session.submit("facilitator", a.Advance())
        list(legal_play(session, 3, 20))
        for number in range(notes):
            session.submit("us", a.TakeNote(text=f"They wait, {number}."))
    return session.path


def work(path: Path, lens: Lens, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a view is made, and an entry folded, while every moment is told."""
    done = Counter[str]()

    def counted(name: str, function: Any) -> Any:
        def call(*arguments: Any) -> Any:
            done[name] += 1
            return function(*arguments)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(replayed, "view_for", counted("views", view_for))
        patched.setattr(state_history, "fold", counted("folds", fold))
        said: list[str] = []
        print_all(Replayed.opened(path), Console(lambda: "", said.append), lens, 0)
    assert said
    return done


@pytest.mark.parametrize("lens", ["us", "dual", "whole"])
def test_notes_cost_no_views_and_twice_the_entries_twice_the_folds(
    lens: Lens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view holds all that its team has noted: one for each note would cost the square of their number."""
    few, many = (work(noted(tmp_path / f"{count}.jsonl", count), lens, monkeypatch) for count in (50, 190))
    assert many["views"] == few["views"]
    assert many["folds"] - few["folds"] <= 2 * 140 + 2 * state_history.EVERY


@pytest.mark.parametrize("side", ["us", "china"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_told_is_what_whole_views_tell(side: str, seed: int, tmp_path: Path) -> None:
    """With every view made at every entry, the same moments come out, in the same words."""
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="x", length=45, clock=HandClock()) as session:
        list(legal_play(session, seed, 150))
        assert any(isinstance(entry, a.TakeNote) for entry in _acts(session.path))
    found = Replayed.opened(session.path)
    before, told = None, []
    for seq in range(found.last + 1):
        view = found.view(side, seq)  # type: ignore[arg-type]  # a side is a seat
        assert isinstance(view, TeamView)
        if view != before:
            say = found.seat_formatter(side)  # type: ignore[arg-type]  # as above
            notes: list[str] = note_lines(view.notes[len(before.notes) :], say) if before is not None else []
            said = (*news(before, view, say), *(f"Our note: {note}" for note in notes))
            told.append((seq, said or (duty(view, say),)))
        before = view
    assert [(seq, found.moment(side, seq).sentences) for seq in found.moments(side)] == told  # type: ignore[arg-type]  # a lens


def test_what_was_looked_ahead_takes_no_view_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moments and curves of both teams are then what they would have been; a view that fails waits for who asks."""
    path = noted(tmp_path / "a.jsonl", 3)
    asked, ahead, torn = (Replayed.opened(path) for _ in range(3))
    lenses: tuple[Lens, ...] = ("us", "china", "dual")
    expected = [(asked.moments(lens), asked.curves(lens, asked.last)) for lens in lenses]
    assert all(curves for _, curves in expected)
    list(ahead.look_ahead())

    def gone(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr(replayed, "view_for", gone)
    assert [(ahead.moments(lens), ahead.curves(lens, ahead.last)) for lens in lenses] == expected
    list(torn.look_ahead())
    with pytest.raises(LogDamaged):
        torn.moments("us")


def _acts(path: Path) -> list[a.AnyAction]:
    from crisis_sim.session.log import read_log

    return [entry.action for entry in read_log(path).entries]
