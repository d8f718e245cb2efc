"""Of a picture that changes in part, only the lines that do are drawn, and of what lies in them only what can be seen.

Textual draws whatever lies between the first line that changes and the last, and the boxes beneath all of that: a head
and a foot that change are a whole screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region, Size
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


def _drawn(compositor: Compositor, spans: Sequence[Span]) -> Sequence[Mapping[int, Strip]]:
    """Of each line its parts by the column in which they begin; those that are not asked for are None."""
    cuts = compositor.cuts
    parts: list[dict[int, Strip]] = [dict.fromkeys(each[:-1]) for each in cuts]  # type: ignore[misc]  # as Textual has it
    lacking: dict[int, set[int]] = {}
    for line, begin, end in spans:
        lacking.setdefault(line, set()).update(at for at, to in pairwise(cuts[line]) if at < end and begin < to)
    for widget, (region, clip) in compositor.visible_widgets.items():  # what lies in front first
        x, y, width, height = region.intersection(clip)
        lines = [at for at in range(y, y + height) if any(x <= cut < x + width for cut in lacking.get(at, ()))]
        for first, rows in _runs(lines):
            strips = widget.render_lines(Region(x - region.x, first - region.y, width, rows))
            for line, strip in enumerate(strips, first):
                own = [cut for cut in cuts[line] if x <= cut <= x + width]
                for cut, part in zip(own, strip.divide([cut - x for cut in own[1:]]), strict=False):
                    if cut in lacking[line]:
                        lacking[line].remove(cut)
                        parts[line][cut] = part
    return parts


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
    Widget._size_updated = _sized  # type: ignore[method-assign,assignment]  # as meant
