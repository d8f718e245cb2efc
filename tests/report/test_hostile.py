"""Hostile text in every field: the page keeps the elements that it has for a harmless text, and nothing is obeyed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from tests.report.golden import bots_session

from crisis_sim.report import converter
from crisis_sim.report.markdown import markdown
from crisis_sim.report.team_report import team_report
from crisis_sim.report.webpage import webpage
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.authored import Text
from crisis_sim.session.record import Entry
from crisis_sim.session.replay import Replay, replayed

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>*{display:none}",
    "</td></tr></table><h1>x</h1>",
    "<!-- -->]]><svg onload=alert(1)>&lt;script&gt;&#60;b&#62;",
    "=1+1 {0} {name} %s",
    "long" * 400,
)
MARKS = (
    "# head\n- item\n1. one\n> quote\n---\n===\n\n    code\n```\nfence\n```",
    "[click](javascript:alert(1)) ![x](http://example.org/x.png) <http://example.org> www.example.org a@example.org",
    "x](javascript:alert(1)) `code` **bold** | cell | $x$ ~~gone~~",
)
CONTROLS = ("\x1b[2J\x1b]0;owned\x07\x9b31m", "\u202egnp.exe\u2066 \u200b\ufeff", "\t\r\x00\x85\u2028|")
HOSTILE = (" ".join(MARKUP), "\n".join(MARKS), "# " + " ".join(CONTROLS))
FOREIGN = {"text", "says", "label"}
"""Fields of actions and events in which a seat's own words stand."""


class Skeleton(HTMLParser):
    """The elements and the names of their attributes, in order; the one style sheet too."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(f"<{tag} {' '.join(name for name, _ in attrs)}>")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.parts.append("<!>")


def rewritten(value: Any, words: str) -> Any:  # Any: plain JSON values
    """JSON values with every word of a seat replaced."""
    if isinstance(value, list):
        return [rewritten(each, words) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: words if name in FOREIGN and isinstance(each, str) and each else rewritten(each, words)
        for name, each in value.items()
    }


def saying(session: Replay, words: str) -> Replay:
    """The session with `words` in the place of everything that a seat wrote."""
    plain = msgspec.json.decode(msgspec.json.encode(session.log.entries))
    entries = msgspec.convert(rewritten(plain, words), list[Entry])
    return replayed(session.log._replace(entries=entries))


class Written(NamedTuple):
    """A report in both forms."""

    page: str
    twin: str


def written(session: Replay, words: str, patch: pytest.MonkeyPatch) -> list[Written]:
    """The report for the room and one for a team, with `words` in every text of seats and scenario."""
    changed = saying(session, words)
    patch.setattr(Text, "in_", lambda *_: words)
    reports = whole_report(changed), team_report(changed, "us")
    return [Written(webpage(each), markdown(each)) for each in reports]


@pytest.fixture(scope="module")
def calm(logs: Path) -> list[Written]:
    """The reports with a harmless word."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converter, "apart", converter.svgs)
        return written(bots_session("bottomed-submarine", logs), "hello", patch)


CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


@pytest.mark.parametrize("words", HOSTILE, ids=("markup", "marks", "controls"))
def test_a_report_has_the_parts_that_it_has_for_hello(
    words: str, submarine: Replay, calm: list[Written], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in titles, handling, names, words, notes, guesses and bookmarks, in both forms."""
    for one, other in zip(written(submarine, words, monkeypatch), calm, strict=True):
        page, twin = one
        assert Skeleton(page).parts == Skeleton(other.page).parts
        assert not CONTROL.search(page) and not CONTROL.search(twin)
        bare = re.sub(r"\\.", "", re.sub(r"\]\(#[\w-]+\)$", "", twin.replace("<br>", " "), flags=re.MULTILINE))
        bare = re.sub(r"^> ", "", bare, flags=re.MULTILINE)
        assert not re.search(r"[<>`~$@]|\]\(|://", bare)
        for lead in (r"^#+ ", r"^\|", r"^- ", r"^\d+[.)] ", r"^(?:---+|===+)$"):
            found, expected = (re.findall(lead, text, re.MULTILINE) for text in (twin, other.twin))
            assert len(found) == len(expected), lead


def test_the_page_needs_nothing_and_runs_nothing(submarine: Replay) -> None:
    """No script, picture file, font or frame, and no link but from the contents to a section of its own; it forbids
    the rest itself."""
    page = webpage(whole_report(submarine))
    tags = set(re.findall(r"<([a-z0-9]+)[ >]", page))
    ways = re.findall(r'<a href="#(section-\d+)">', page)
    assert ways and ways == re.findall(r'<h2 id="([^"]+)">', page)
    page = re.sub(r'<a href="#section-\d+">', "", page)
    assert "<a" not in page
    assert not tags & {"script", "img", "link", "iframe", "object", "form", "base", "image", "use"}
    assert not re.search(r"\b(?:href|src|on[a-z]+)\s*=|url\(|@import", page)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
