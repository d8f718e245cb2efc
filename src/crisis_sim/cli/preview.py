"""`crisis-sim preview`: a scenario as its people will meet it, without a session.

As text, or on the author's screen and on the real screens of its seats.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

from typer import Argument, Option

from crisis_sim.authoring.graph import graph_of
from crisis_sim.authoring.preview import InjectPage, Preview
from crisis_sim.authoring.preview_blocks import inject_blocks
from crisis_sim.authoring.stats import stats_of
from crisis_sim.cli.answer import answer, markdown_prose, prose, table
from crisis_sim.cli.ending import stopping
from crisis_sim.cli.language import language, say
from crisis_sim.cli.settings import settings
from crisis_sim.cli.shared_options import ScenarioArgument
from crisis_sim.content.finding import scenario_file
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import ActionRefused, CrisisSimError
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Heading
from crisis_sim.pages.briefing_blocks import assumed_text
from crisis_sim.pages.seat_page import seat_page
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language
from crisis_sim.session.local import Changes
from crisis_sim.session.places import AnyHostAct
from crisis_sim.wording import join_parts
from crisis_sim.wording.labels import SIDES

if TYPE_CHECKING:
    from crisis_sim.tui.explore_screen import Explored, Selection


def preview(
    scenario: ScenarioArgument,
    inject: Annotated[str | None, Argument(metavar="[INJECT]", help="An inject to begin with, by its id.")] = None,
    length: Annotated[int | None, Option("--length", help="Minutes: 45, 90 or 150.")] = None,
    seat: Annotated[
        Literal["us", "china", "facilitator", "observer"] | None,
        Option("--as", help="Show the screen of one seat, as a turn opens."),
    ] = None,
    turn: Annotated[int, Option("--turn", help="The turn for --as, from 1; 0 is the briefing.")] = 1,
    plain: Annotated[bool, Option("--plain", help="Print it as text, as where there is no terminal.")] = False,
) -> int:
    """Walk through SCENARIO turn by turn and inject by inject, without a session.

    Nothing is played or kept. In a terminal a screen opens with the plan, what is tied to what, and the numbers; there
    `u`, `c` and `f` show a turn as the US, China or the facilitator sees it. Elsewhere the plan, or INJECT, is printed.
    """
    material = load_material(scenario)
    minutes = usual_length(material) if length is None else length
    if not plain and sys.stdin.isatty() and sys.stdout.isatty():
        return look_around(scenario, minutes, language(), inject, seat, turn)
    answer(_render_text(material, minutes, language(), inject, seat, turn))
    return 0


def usual_length(material: Material) -> int:
    """90 minutes where there are; otherwise the shortest length."""
    lengths = material.scenario.lengths
    return 90 if 90 in lengths else min(lengths)


# as text


def _render_text(
    material: Material, length: int, language: Language, inject: str | None, seat: SeatName | None, turn: int
) -> str:
    """The plan, one inject, or what a seat sees. Raises UnreadableInput for what the scenario does not have."""
    preview = Preview(material, length, language)
    if seat is not None:
        return "\n".join(_view(preview.view_at(seat, turn, inject), preview.seat_formatter(seat)))
    return "\n".join(_plan(preview) if inject is None else inject_rows(preview.inject(inject)))


def _plan(preview: Preview) -> Iterator[str]:
    title = preview.material.scenario.title.in_(preview.language)
    yield say("{title}, {minutes} minutes", title=title, minutes=preview.length)
    assumes = preview.material.scenario.assumes
    if assumes is not None:
        text = assumed_text(assumes.as_of, [assumption.in_(preview.language) for assumption in assumes.says], say)
        yield from ("", prose(markdown_prose(text)))
    for turn in preview.turns():
        yield ""
        yield say("Turn {turn}, T+{hour}h to T+{ends}h", turn=turn.number, hour=turn.hour, ends=turn.ends)
        stake = join_parts((say("{name} {value}", name=name, value=value) for name, value in turn.tracks), say)
        yield prose(say("at stake if nobody acts: {stake}", stake=stake), 2)
        late = [say("{name} ({hours}h)", name=name, hours=hours) for name, _, hours, soon in turn.channels if not soon]
        if late:
            yield prose(say("too slow for this turn, unused: {channels}", channels=say(", ").join(late)), 2)
        rows = [(_hour(page.hour), page.id, f"{page.title}{_only(page)}{_comes(page)}") for page in turn.injects]
        yield table(rows, 2) if rows else "  " + say("no inject")


def _hour(hour: int) -> str:
    return say("T+{hour}h", hour=hour)


def _only(page: InjectPage) -> str:
    return say(" ({team} only)", team=say(SIDES[page.to])) if page.to in SIDES else ""


def _comes(page: InjectPage) -> str:
    """What an inject waits for, besides its hour."""
    if page.comes == "never":
        return say(" – never in this length")
    suffix = say(" – {after}", after=page.after) if page.after and page.comes != "by hand" else ""
    if page.condition:
        return suffix + say(" – if: {condition}", condition=page.condition)
    return say(" – by hand") if page.comes == "by hand" else suffix


def inject_rows(page: InjectPage) -> Iterator[str]:
    """An inject: when it comes, and what is written of it for each that reads it."""
    title, *blocks = inject_blocks(page, say)
    yield from (prose(line) for line in lines_of([title], say))
    for block in blocks:
        lines = lines_of([block], say)
        yield from ("", *lines) if isinstance(block, Heading) else (prose(line.lstrip(), 2) for line in lines)


def _view(view: View, say: Translator) -> Iterator[str]:
    """What a seat is shown, in the order in which people read it."""
    page = seat_page(view, say)
    yield from (*lines_of(page.head, say), *lines_of(page.now, say))
    for region in (*page.main, *page.sides):
        rows = lines_of(region.blocks, say)
        yield from ("", region.title, *(prose(row.lstrip(), len(row) - len(row.lstrip()) + 2) for row in rows))


# on screens


def look_around(
    scenario: str | Path, length: int, language: Language, inject: str | None, seat: SeatName | None, turn: int
) -> int:
    """Look into a scenario, see turns as seats see them, and come back, until somebody leaves."""
    from crisis_sim.tui.explore_screen import Selection, run_explore

    looked_at = PreviewSource(scenario)
    first = Preview(looked_at.material, length, language)
    if seat is not None:
        first.view_at(seat, turn, inject)
        _see(first, seat, turn, inject)
        return 0
    if inject is not None:
        first.inject(inject)
    position: Selection | None = Selection(length, language, key="" if inject is None else f"inject/{inject}")
    while position is not None:
        with stopping():
            position = run_explore(looked_at.explored(position), theme=settings().theme)
        if position is not None and position.seat is not None:
            _see(
                Preview(looked_at.material, position.length, position.language),
                position.seat,
                position.turn,
                position.inject,
            )
    return 0


class PreviewSource:
    """A scenario that is looked at while somebody writes it: as it was saved last without a mistake."""

    def __init__(self, scenario: str | Path) -> None:
        """Raises as `load_material` does."""
        self._file = scenario_file(scenario)
        self.material = load_material(self._file)

    def explored(self, position: Selection) -> Explored:
        """What the author's screen shows."""
        from crisis_sim.tui.explore_screen import Explored

        material = self.material
        return Explored(
            lengths=tuple(sorted(material.scenario.lengths)),
            languages=material.scenario.languages,
            plan=cache(lambda length, language: Preview(material, length, language).turns()),
            graph=cache(lambda language: graph_of(material, language)),
            stats=cache(lambda language: stats_of(material, language)),
            selection=position,
            speaks=language(),
            saved=partial(self._saved, position),
        )

    def _saved(self, position: Selection, stop: Event) -> Iterator[Explored | str]:
        """What the screen shows after each save, or why it shows what was before."""
        from crisis_sim.authoring.check import Checker, watch

        for change in watch(Checker([self._file], lints=False), stop=stop):
            if change.checked is None:
                yield say("The scenario cannot be found any more; this is how it was last.")
                continue
            try:
                material = load_material(self._file)
            except CrisisSimError:
                yield say("What was saved has mistakes, which `crisis-sim check` tells; this is how it was before.")
            else:
                if material.bundle() != self.material.bundle():
                    self.material = material
                    yield self.explored(position)
                else:
                    yield ""


def _see(preview: Preview, seat: SeatName, turn: int, inject: str | None) -> None:
    """The real screen of a seat, which can be looked at and does nothing."""
    from crisis_sim.tui.app import run_at

    reader = _PreviewSeat(seat, preview.view_at(seat, turn, inject), preview.seat_formatter(seat))
    with stopping():
        run_at(SeatTable({seat: reader}, (seat,), is_kept=False), theme=settings().theme)


class _PreviewSeat:
    """A view that is looked at, as a reader shows it; nothing is sent and nothing changes."""

    def __init__(self, seat: SeatName, view: View, say: Translator) -> None:
        self.name = seat
        self.say = say
        self._view = view

    def view(self) -> View:
        """The view that is previewed; it never changes."""
        return self._view

    async def submit(self, action: AnyAction | AnyHostAct, ref: str | None = None) -> NoReturn:
        """Refuse every action: a preview is only looked at."""
        raise ActionRefused("preview/look")

    def changes(self) -> Changes:
        """Changes that never come."""
        return Changes()

    @property
    def company(self) -> None:
        """Nobody else looks."""

    def cut_off(self) -> None:
        """There is nothing to be cut off from."""

    def seconds_left(self) -> None:
        """Nothing is timed."""
