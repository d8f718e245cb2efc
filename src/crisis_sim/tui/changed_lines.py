"""Of a picture that changes in part, only the lines that do are drawn, and of what lies in them only what can be seen.

Textual draws whatever lies between the first line that changes and the last, and the boxes beneath all of that: a head
and a foot that change are a whole screen. Of a screen beneath a dialog it draws all, for a second of the clock too:
what has changed there once counts as changed from then on. And it cuts what lies in front wherever something beneath
it begins or ends: of a notice the ideographs that are cut in two would be blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor
from textual.color import Color
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Span = tuple[int, int, int]
"""A line, and the columns of it from the first to that behind the last."""


def _changed(compositor: Compositor) -> ChopsUpdate | None:
    """What changed, drawn; nothing where nothing did."""
    spans = list(compositor._regions_to_spans(compositor._dirty_regions))
    compositor._dirty_regions.clear()
    if not spans:
        return None
    return ChopsUpdate(_drawn(compositor, spans), spans, [cuts[1:] for cuts in compositor.cuts])


def _drawn(compositor: Compositor, spans: Iterable[Span]) -> Sequence[Mapping[int, Strip]]:
    """Of each line its parts by the column in which they begin; those that are not asked for are None."""
    cuts = compositor.cuts
    parts: list[dict[int, Strip]] = [dict.fromkeys(each[:-1]) for each in cuts]  # type: ignore[misc]  # as Textual has it
    lacking: dict[int, dict[int, int]] = {}
    for line, begin, end in spans:
        asked = {at: to for at, to in pairwise(cuts[line]) if at < end and begin < to}
        lacking.setdefault(line, {}).update(asked)
    for widget, (region, clip) in compositor.visible_widgets.items():  # what lies in front first
        x, y, width, height = region.intersection(clip)
        lines = [at for at in range(y, y + height) if any(x <= cut < x + width for cut in lacking.get(at, ()))]
        for first, rows in _runs(lines):
            strips = widget.render_lines(Region(x - region.x, first - region.y, width, rows))
            for line, strip in enumerate(strips, first):
                for cut in [each for each in lacking[line] if x <= each < x + width]:
                    parts[line][cut] = strip.crop(cut - x, lacking[line].pop(cut) - x)
    return parts


def _all_drawn(compositor: Compositor, crop: Region, is_asked: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
    """The same of a region, for pictures of a whole screen."""
    return _drawn(compositor, [(line, *crop.column_span) for line in crop.line_range if is_asked(line)])


def _cuts(compositor: Compositor) -> list[list[int]]:
    """Of each line the columns in which something begins or ends, but for those over which something else lies."""
    if compositor._cuts is None:
        width, height = compositor.size
        cuts: list[set[int]] = [{0, width} for _ in range(height)]
        front: list[list[tuple[int, int]]] = [[] for _ in range(height)]
        for region, clip in compositor.visible_widgets.values():  # what lies in front first
            x, y, wide, high = region.intersection(clip)
            for line in range(y, y + high if wide else y):
                before, here = front[line], cuts[line]
                here.update(at for at in (x, x + wide) if not any(begin < at < end for begin, end in before))
                before.append((x, x + wide))
        compositor._cuts = [sorted(each) for each in cuts]
    return compositor._cuts


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
            for part in filter(None, parts[line].values())
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
    Compositor.cuts = property(_cuts)  # type: ignore[method-assign,assignment]  # as meant
    Screen._compositor_refresh = _refresh  # type: ignore[method-assign,assignment]  # as meant
    Screen.render_lines = _ground  # type: ignore[method-assign,assignment]  # as meant
    Widget._size_updated = _sized  # type: ignore[method-assign,assignment]  # as meant
