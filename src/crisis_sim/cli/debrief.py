"""`crisis-sim debrief`: the report of a session, for the room or for one team."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from typer import Option

from crisis_sim.cli.answer import answer, write_new
from crisis_sim.cli.ending import tell
from crisis_sim.cli.language import language, requested_language, say
from crisis_sim.cli.logs import find_log, opened
from crisis_sim.cli.shared_options import LogArgument, OpenOption
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.replaying.remarks import FoundRemarks, read_remarks
from crisis_sim.report.markdown import markdown
from crisis_sim.report.team_report import team_report
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.names import Language
from crisis_sim.session.log import Log
from crisis_sim.session.replay import Replay
from crisis_sim.session.verify import wrong_events_named
from crisis_sim.text import clean
from crisis_sim.wording import failure

if TYPE_CHECKING:
    from crisis_sim.report.report_blocks import Report

For: TypeAlias = Literal["us", "china"]


def debrief(
    log: LogArgument,
    team: Annotated[
        For | None,
        Option(
            "--for", help="One team's version: its own notes and views, and of what the other sealed what is opened."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        Option("--out", "-o", help="The web page; the Markdown twin gets its name with .md. Here if nothing is said."),
    ] = None,
    open_: OpenOption = False,
    force: Annotated[bool, Option("--force", help="Write over files that are there.")] = False,
) -> int:
    """Write the debrief of LOG: one web page that needs no network and prints on A4, and the same in Markdown.

    One page with three findings, the exchange that mattered most and three priorities; behind it timeline, curves, what
    was meant and taken, lines, forecasts, channels, checklists, what it came to, and an improvement plan. It opens what
    was sealed, with --for what that team sealed, so the session must have come to its hotwash, or --open says that this
    is wanted all the same.
    """
    from crisis_sim.report.webpage import draw_pictures, webpage

    path = find_log(log)
    report = _report(path, team, on_purpose=open_)
    page = out if out is not None else page_of(path, team)
    twin = _twin(page, force=force)
    pictures = draw_pictures(report)
    for name, text in ((page, webpage(report, pictures)), (twin, markdown(report))):
        write_new(name, text.encode(), force=force)
        answer(str(name))
    if isinstance(pictures, str):
        tell(say(pictures))
    return 0


def page_of(log: Path, team: For | None = None) -> Path:
    """What the web page of a log is called where nobody names it; it goes here."""
    return Path("-".join(filter(None, ("debrief", log.stem, team))) + ".html")


def _report(path: Path, team: For | None, *, on_purpose: bool) -> Report:
    with wrong_events_named(path):
        session = opened(path, on_purpose=on_purpose)
        lang = _spoken(session)
        if team is None:
            return whole_report(session, lang, _find_remarks(session.log))
        return team_report(session, team, lang)


def _spoken(session: Replay) -> Language:
    """The language that the command names; else Chinese for a session that was played in it, and the reader's own."""
    return requested_language() or ("zh" if session.log.header.options.get("language") == "zh" else language())


def _find_remarks(log: Log) -> FoundRemarks | None:
    """The remarks that lie beside the log; None, and said, where there is a file of them that cannot be read."""
    try:
        return read_remarks(log)
    except UnreadableInput as error:
        why, _ = failure(error, language())
        tell(say("{why}; the debrief is made without these notes", why=why))
        return None


def _twin(page: Path, *, force: bool) -> Path:
    """The name of the Markdown beside a page.

    Raises UnreadableInput where `page` is no name, the two are one, or one of them is there: then neither is written.
    """
    if not page.name:
        raise UnreadableInput(
            "debrief/folder",
            "'{page}' is a folder, and no name of a web page",
            hint="name the page, with .html",
            page=page,
        )
    twin = page.with_suffix(".md")
    shown = [clean(str(path), lines=False) for path in (page, twin)]
    if page == twin:
        sentence = Sentence(
            "{shown} is to be a web page, and its twin in Markdown would have the same name", shown=shown[0]
        )
        raise UnreadableInput("debrief/name", sentence, hint="name the web page, with .html; the twin follows")
    for path, name in zip((page, twin), shown, strict=True):
        if path.exists() and not force:
            hint = Sentence("name another with --out, or write over it with --force")
            raise UnreadableInput("output/exists", "{name} is there already", hint=hint, name=name)
    return twin
