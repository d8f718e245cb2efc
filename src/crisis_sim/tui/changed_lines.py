"""Of a picture that changes in part, only the lines that do are drawn, and of what lies in them only what can be seen.

Textual draws whatever lies between the first line that changes and the last, and the boxes beneath all of that: a head
and a foot that change are a whole screen. Of a screen beneath a dialog it draws all, for a second of the clock too:
what has changed there once counts as changed from then on. And it cuts what lies in front wherever something beneath
it begins or ends: of a notice the ideographs that are cut in two would be blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import Compositor, CompositorUpdate
from textual.color import Color
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Span = tuple[int, int, int]
"""A line, and the columns of it from the first to that behind the last."""
Stretches = tuple[tuple[int, int], ...]
"""Columns of a line in the same way."""
Parts = dict[int, Strip]
"""Of a line what is drawn by the column in which it begins, from left to right."""


class ChangedLines(CompositorUpdate):
    """What changed on a screen, line by line."""

    def __init__(self, lines: Mapping[int, Parts]) -> None:
        """By the number of the line."""
        self.lines = lines

    def render_segments(self, console: Console) -> str:
        """As a terminal is told; each part at its place, as not every terminal takes all signs for as wide as we do."""
        parts = ((line + 1, at + 1, part) for line, drawn in self.lines.items() for at, part in drawn.items())
        return "".join([f"\x1b[{line};{at}H{part.render(console)}" for line, at, part in parts])


def _changed(compositor: Compositor) -> ChangedLines | None:
    """What changed, drawn; nothing where nothing did."""
    spans = list(compositor._regions_to_spans(compositor._dirty_regions))
    compositor._dirty_regions.clear()
    return ChangedLines(_drawn(compositor, spans)) if spans else None


def _drawn(compositor: Compositor, spans: Iterable[Span]) -> Mapping[int, Parts]:
    """What is seen of the widgets that lie in spans, whole: cut where another lies in front of it, and nowhere else."""
    asked: dict[int, Stretches] = {}
    for line, begin, end in spans:
        asked[line] = (*asked.get(line, ()), (begin, end))
    drawn: dict[int, Parts] = {line: {} for line in asked}
    free: dict[int, Stretches] = dict.fromkeys(asked, ((0, compositor.size.width),))
    for widget, (region, clip) in compositor.visible_widgets.items():  # what lies in front first
        x, y, width, height = region.intersection(clip)
        seen: dict[int, Stretches] = {}
        for line in range(y, y + height):
            if gaps := free.get(line):
                wanted, free[line] = _filled(gaps, asked[line], x, x + width)
                if wanted:
                    seen[line] = wanted
        for first, rows in _runs(seen):
            strips = widget.render_lines(Region(x - region.x, first - region.y, width, rows))
            for line, strip in enumerate(strips, first):
                for begin, end in seen[line]:
                    drawn[line][begin] = strip.crop(begin - x, end - x)
    return {line: dict(sorted(parts.items())) for line, parts in drawn.items()}


@lru_cache(maxsize=1024)
def _filled(free: Stretches, asked: Stretches, x: int, right: int) -> tuple[Stretches, Stretches]:
    """What is seen between two columns of what is asked for, where it is free; and what is free still."""
    seen = [(max(begin, x), min(end, right)) for begin, end in free]
    rest = [part for begin, end in free for part in ((begin, min(end, x)), (max(begin, right), end))]
    return _among(seen, asked), _among(rest, asked)


def _among(stretches: Iterable[tuple[int, int]], asked: Stretches) -> Stretches:
    """Those with columns in which something is asked for."""
    return tuple((b, e) for b, e in stretches if b < e and any(b < end and begin < e for begin, end in asked))


def _all_drawn(compositor: Compositor, crop: Region, is_asked: Callable[[int], bool]) -> Sequence[Parts]:
    """The same of a region, for pictures of a whole screen."""
    drawn = _drawn(compositor, [(line, *crop.column_span) for line in crop.line_range if is_asked(line)])
    return [drawn.get(line, {}) for line in range(compositor.size.height)]


_GROUND = Screen.render_lines


def _ground(screen: Screen[Any], crop: Region) -> list[Strip]:
    """Lines of a screen's ground: where it lets what lies beneath shine through, that, tinted."""
    tint, stack = screen.styles.background, screen.app.screen_stack
    below = stack[stack.index(screen) - 1]._compositor if tint.a < 1 and screen in stack[1:] else None
    if below is None or below.size != screen.size:
        return _GROUND(screen, crop)
    parts = _drawn(below, [(line, 0, below.size.width) for line in crop.line_range])
    plain, lines = screen.visual_style.rich_style, []
    for line in crop.line_range:
        strip = Strip(
            Segment(text, plain + _tinted(style, tint), control)
            for part in parts[line].values()
            for text, style, control in part
        )
        for each in screen.get_line_filters():
            strip = strip.apply_filter(each, tint)
        lines.append(strip.crop(*crop.column_span))
    return lines


@lru_cache(maxsize=1024)
def _tinted(style: Style | None, tint: Color) -> Style | None:
    return next(iter(BackgroundScreen.process_segments([Segment("", style)], tint))).style


_REFRESH = Screen._compositor_refresh


def _refresh(screen: Screen[Any]) -> None:
    """Draw what has changed; of a screen beneath, through the one on top."""
    app, changed = screen.app, screen._compositor._dirty_regions
    if app.is_inline or not changed or screen not in app._background_screens:
        _REFRESH(screen)
        return
    app.screen.refresh(*changed)
    changed.clear()
    screen._dirty_widgets.clear()


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Lines as the first of each stretch, and how many it has."""
    first = rows = 0
    for line in lines:
        if rows and line == first + rows:
            rows += 1
            continue
        if rows:
            yield first, rows
        first, rows = line, 1
    if rows:
        yield first, rows


_SIZED = Widget._size_updated


def _sized(widget: Widget, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
    """Take a size; what cannot scroll lies as it was laid out just now."""
    can_scroll = {widget.styles.overflow_x, widget.styles.overflow_y} != {"hidden"}
    return _SIZED(widget, size, virtual_size, container_size, layout and can_scroll)


def draw_what_changes() -> None:
    """Have Textual lay out and draw no more than that, in this process from now on."""
    Compositor.render_partial_update = _changed  # type: ignore[method-assign,assignment]  # as meant
    Compositor._render_chops = _all_drawn  # type: ignore[method-assign,assignment]  # as meant
    Screen._compositor_refresh = _refresh  # type: ignore[method-assign,assignment]  # as meant
    Screen.render_lines = _ground  # type: ignore[method-assign,assignment]  # as meant
    Widget._size_updated = _sized  # type: ignore[method-assign,assignment]  # as meant
