"""A report as one HTML file: no script, no link, nothing fetched; for screens and for A4.

Built as a tree of elements, so that a text can only ever be text. How long or what a text is never changes which
elements there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import count
from typing import Final, TypeAlias
from xml.etree import ElementTree as ET

from crisis_sim.pages.blocks import Column, Heading, Items, Paragraph, Quote, Table, words
from crisis_sim.report.converter import DrawingFailed
from crisis_sim.report.report_blocks import APPENDIX, Picture, Report
from crisis_sim.text import clean
from crisis_sim.wording import _, speaker

STYLE: Final = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1b1f24;font:16px/1.5 Georgia,'Times New Roman','Liberation Serif',
'Noto Serif','DejaVu Serif','Songti SC','Noto Serif CJK SC','Source Han Serif SC',SimSun,serif}
html:lang(zh) body{font-family:'Songti SC','Noto Serif CJK SC','Source Han Serif SC',SimSun,'Noto Sans CJK SC',serif}
table.sheet{width:100%;max-width:62rem;margin:0 auto;border-collapse:collapse;table-layout:fixed}
table.sheet>*>tr>td{padding:0 1.5rem}
.handling{font:600 .8rem/1.4 Helvetica,Arial,'Liberation Sans','DejaVu Sans Condensed','PingFang SC',
'Noto Sans CJK SC',sans-serif;
text-align:center;padding:.5rem 0;color:#1b1f24;overflow-wrap:anywhere}
.top{border-bottom:1px solid #5a626c;margin-bottom:.6rem}.foot{border-top:1px solid #5a626c}
h1,h2,h3,th,svg text{font-family:Helvetica,Arial,'Liberation Sans','DejaVu Sans Condensed','PingFang SC',
'Noto Sans CJK SC','Microsoft YaHei',sans-serif}
html:lang(zh) :is(h1,h2,h3,th,text,.handling){font-family:'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif}
h1{font-size:1.8rem;line-height:1.2;margin:1.5rem 0 .5rem}
h2{font-size:1.25rem;margin:2.2rem 0 .5rem;border-bottom:2px solid #1b1f24;padding-bottom:.15rem}
h3{font-size:1rem;margin:1.3rem 0 .3rem}
h1,h2,h3,p,li,blockquote,.w,.s,.t,figcaption{overflow-wrap:anywhere}td,th{overflow-wrap:break-word}
table.data th,table.data td:not(.w):not(.s):not(.t){word-break:keep-all}
.front ol{margin:.6rem 0;padding:.6rem 1rem .6rem 2.2rem;background:#f3f4f6;border-left:4px solid #1b1f24}
.front ol li{margin:.35rem 0}
nav ol{columns:3 14rem;column-gap:2rem;padding-left:1.6rem;font-size:.86rem}nav li{margin:.15rem 0;break-inside:avoid}
nav a{color:inherit}
.appendix{counter-reset:section}.appendix h2{counter-increment:section}
.appendix h2::before{content:counter(section) "  "}
p{margin:.5rem 0;white-space:pre-line}
p.small,p.under{font-size:.86rem;color:#3b424b;margin:.25rem 0}
blockquote{margin:.4rem 0 .8rem;padding:.1rem 0 .1rem .9rem;border-left:3px solid #5a626c;white-space:pre-line}
table.data{width:100%;border-collapse:collapse;margin:.7rem 0 1rem;font-size:.86rem;line-height:1.35}
table.data th,table.data td{text-align:left;vertical-align:top;padding:.28rem .5rem;border-bottom:1px solid #b9bec5;
white-space:pre-line}
table.data th{border-bottom:2px solid #5a626c;font-size:.78rem}
table.data th.n,table.data td.n{text-align:right;font-variant-numeric:tabular-nums}
table.data .w{width:55%}table.data .s{width:38%}table.data .t{width:23%}table.data .b{width:11%}
table.data td.n{white-space:pre}
figure{margin:.8rem 0}
p.headline{font-weight:bold}
td.bad::before{content:"▲ "}td.good::before{content:"▼ "}
td.bad{color:#7a3d00}td.good{color:#0b4f47}
figcaption{font-size:.86rem;color:#3b424b}
svg{display:block;width:100%;min-width:38rem;height:auto}
.roll{overflow-x:auto}
p.wider{display:none}
@media screen and (max-width:40.9rem){figure p.wider{display:block}}
@page{size:A4;margin:7mm 12mm 11mm;@bottom-right{content:counter(page) " / " counter(pages);
font:9pt Helvetica,Arial,sans-serif}}
@media print{body{font-size:10.5pt}table.sheet{max-width:none}table.sheet>*>tr>td{padding:0}
thead{display:table-header-group}tfoot{display:table-footer-group}
.roll{overflow:visible}svg{min-width:0}
.handling{font-size:7pt;padding:.2rem 0}h1{font-size:17pt;margin:.4rem 0 .2rem}p.under{font-size:8pt;margin:.1rem 0}
.front h2,nav h2{font-size:12pt;margin:.7rem 0 .25rem}.front ol{padding:.3rem .8rem .3rem 2rem}
.front p,.front blockquote{margin:.25rem 0}.front p.small{font-size:8pt}
nav ol{columns:3;font-size:8pt;line-height:1.25;margin:.3rem 0}
.appendix{break-before:page;font:8pt/1.2 'Arial Narrow','Liberation Sans Narrow','DejaVu Sans Condensed',Helvetica,
Arial,'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif}
.appendix h2{font-size:10pt;margin:.5rem 0 .2rem;border-bottom-width:1px}
.appendix h3{font-size:8.5pt;margin:.35rem 0 .1rem}
.appendix p,.appendix blockquote{margin:.12rem 0;font-size:8pt}.appendix ul{margin:.1rem 0;padding-left:1.1rem}
.appendix ul:has(li+li){columns:2;column-gap:1.6rem}
.appendix p.small,.appendix figcaption{font-size:7.5pt}
.appendix table.data{font-size:7.5pt;line-height:1.15;margin:.15rem 0 .3rem}
.appendix table.data .w{width:66%}.appendix table.data .t{width:27%}.appendix table.data .b{width:7%}
.appendix table.data th{font-size:7pt}.appendix table.data th,.appendix table.data td{padding:.1rem .35rem}
.gridchart+div{display:none}.appendix figure{margin:.3rem 0}.appendix svg{width:auto;max-width:100%}
.curves svg,.squares svg,.calibration svg{max-height:40mm}.lanes svg{max-height:68mm}.gridchart svg{max-height:32mm}
.appendix table.data td:first-child:not(.w):not(.s):not(.t){white-space:nowrap}
h1,h2,h3,h2+p.small,table.data thead,table.data tr:first-child{break-after:avoid}
.front table.short,table.data tr,figure,blockquote,li{break-inside:avoid}p{orphans:3;widows:3}}
"""


SHORT: Final = 14
"""Lines of a table that stays on one page."""

NO_PICTURES: Final = _(
    "The charts are left out, since what draws them is not installed; the tables hold the same. "
    '`scripts/run` installs it, and so does `pip install "crisis-sim[report]"`.'
)

NOT_DRAWN: Final = _(
    "The charts are left out, since what draws them broke off, as it does where memory is short; "
    "the tables hold the same."
)

Drawings: TypeAlias = Sequence[ET.Element] | str
"""The drawings of a report in their order, or the sentence that says why there are none."""

WIDER: Final = _("The chart is wider than the window: move it sideways to see the rest.")
"""Smaller than its least width, its words could not be read."""


def can_draw() -> bool:
    """Whether what draws pictures is installed: the extra `report`."""
    return all(find_spec(module) is not None for module in ("altair", "vl_convert"))


def draw_pictures(report: Report) -> Drawings:
    """The pictures of a report, drawn."""
    if not can_draw():
        return NO_PICTURES
    try:
        from crisis_sim.report.drawn import drawings

        return drawings([block.shows for block in report.blocks if isinstance(block, Picture)])
    except (DrawingFailed, MemoryError):
        return NOT_DRAWN


def webpage(report: Report, pictures: Drawings | None = None) -> str:
    """The report as an HTML document, with its `pictures` if they are drawn already."""
    pictures = draw_pictures(report) if pictures is None else pictures
    root = ET.Element("html", {"lang": "zh-Hans" if report.language == "zh" else "en"})
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    policy = {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}
    ET.SubElement(head, "meta", policy)
    _say(head, "title", report.title)
    ET.SubElement(head, "style").text = STYLE
    main = _add_frame(ET.SubElement(root, "body"), report)
    _say(main, "h1", report.title)
    for line in report.subtitles:
        _say(main, "p", line, "under")
    if isinstance(pictures, str) and any(isinstance(block, Picture) for block in report.blocks):
        _say(main, "p", speaker(report.language)(pictures), "under")
    front = ET.SubElement(main, "section", {"class": "front"})
    for block in report.front:
        if not isinstance(block, Picture):
            _add_block(front, block)
    _contents(main, report)
    appendix = ET.SubElement(main, "section", {"class": "appendix"})
    numbered = enumerate(() if isinstance(pictures, str) else pictures, 1)
    sections = count(1)
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 2:
            _say(appendix, "h2", block.text).set("id", f"section-{next(sections)}")
        elif not isinstance(block, Picture):
            _add_block(appendix, block)
        elif (drawing := next(numbered, None)) is not None:
            _figure(appendix, block, *drawing, speaker(report.language)(WIDER))
    return f"<!DOCTYPE html>\n{ET.tostring(root, encoding='unicode', method='html')}\n"


def _contents(main: ET.Element, report: Report) -> None:
    """What the appendix holds, each section with a way to it."""
    nav = ET.SubElement(main, "nav")
    _say(nav, "h2", speaker(report.language)(APPENDIX))
    listed = ET.SubElement(nav, "ol")
    for number, head in enumerate(report.contents, 1):
        _say(ET.SubElement(listed, "li"), "a", head).set("href", f"#section-{number}")


def _add_frame(body: ET.Element, report: Report) -> ET.Element:
    """What holds everything: a table, since browsers repeat the head and foot of one on each printed page."""
    table = ET.SubElement(body, "table", {"class": "sheet", "role": "presentation"})
    for part, kind in (("thead", "handling top"), ("tfoot", "handling foot")):
        cell = ET.SubElement(ET.SubElement(ET.SubElement(table, part), "tr"), "td")
        _say(cell, "div", report.handling, kind)
    row = ET.SubElement(ET.SubElement(table, "tbody"), "tr")
    return ET.SubElement(ET.SubElement(row, "td"), "main")


def _figure(main: ET.Element, picture: Picture, number: int, svg: ET.Element, wider: str) -> None:
    """A drawing with its name and what it shows; `wider` stands under it where a window is too narrow for it."""
    name, desc_id = f"picture-{number}", f"picture-{number}-shows"
    svg.set("aria-labelledby", f"{name} {desc_id}")
    for place, (tag, key, text) in enumerate((("title", name, picture.title), ("desc", desc_id, picture.caption))):
        words = ET.Element(tag, {"id": key})
        words.text = clean(text, lines=False)
        svg.insert(place, words)
    figure = ET.SubElement(main, "figure", {"class": type(picture.shows).__name__.lower()})
    _say(figure, "p", picture.title, "headline")
    ET.SubElement(figure, "div", {"class": "roll", "tabindex": "0"}).append(svg)
    _say(figure, "p", wider, "small wider")
    _say(figure, "figcaption", picture.caption)


def _say(parent: ET.Element, tag: str, text: str, kind: str = "") -> ET.Element:
    element = ET.SubElement(parent, tag, {"class": kind} if kind else {})
    element.text = clean(text, lines=True)
    return element


def _add_block(main: ET.Element, block: Heading | Paragraph | Items | Quote | Table) -> None:
    match block:
        case Heading(text=text, level=level):
            _say(main, f"h{level}", text)
        case Paragraph(line=line):
            _say(main, "p", words(line), "small" if line[0].tone == "quiet" else "")
        case Quote(text=text):
            _say(main, "blockquote", text)
        case Items(items=items, numbered=numbered):
            listed = ET.SubElement(main, "ol" if numbered else "ul")
            for item in items:
                _say(listed, "li", words(item))
        case Table():
            _table(main, block)


def _table(main: ET.Element, table: Table) -> None:
    element = ET.SubElement(ET.SubElement(main, "div", {"class": "roll"}), "table", {"class": _size(table)})
    wide = sum(column.is_wide for column in table.columns)
    kinds = [_kind(column, wide) for column in table.columns]
    head = ET.SubElement(ET.SubElement(element, "thead"), "tr")
    for column, kind in zip(table.columns, kinds, strict=True):
        _say(head, "th", column.name, kind).set("scope", "col")
    body = ET.SubElement(element, "tbody")
    for row in table.rows:
        line = ET.SubElement(body, "tr")
        for cell, kind in zip(row.cells, kinds, strict=True):
            _say(line, "td", cell.text, f"{kind} {cell.tone}".strip())


def _size(table: Table) -> str:
    """The class of a table: a short one is not cut by the end of a page."""
    lines = sum(max(1 + cell.text.count("\n") + len(cell.text) // 70 for cell in row.cells) for row in table.rows)
    return "data short" if lines <= SHORT else "data"


def _kind(column: Column, wide: int) -> str:
    """The class of a column: a number, blank, or, of so many that are wide, the one, one of two, or one of more."""
    if column.is_number:
        return "n"
    if column.is_blank:
        return "b"
    return "wst"[min(wide, 3) - 1] if column.is_wide else ""
