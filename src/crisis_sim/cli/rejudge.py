"""`crisis-sim rejudge`: the same acts under other rules."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import Argument, Option

from crisis_sim.cli.language import say
from crisis_sim.cli.logs import LOG, log_named, opened
from crisis_sim.cli.shared_options import OpenOption
from crisis_sim.errors import UnreadableInput
from crisis_sim.text import clean


def rejudge(
    log: Annotated[str, Argument(metavar="LOG", help=LOG)],
    rules: Annotated[
        str, Option("--rules", metavar="A,B", help="Rule packs, the base first: core,safety-net-emboldens.")
    ] = "",
    hears: Annotated[
        str,
        Option(
            "--hears",
            metavar="SIDE=NAME",
            help="By which hearing profile a side hears: us=closed-door-worst,china=none, or both=NAME.",
        ),
    ] = "",
    form: Annotated[Literal["text", "json"], Option("--format", help="Text for people, JSON for programs.")] = "text",
    open_: OpenOption = False,
) -> int:
    """Judge the acts of LOG again under other rule packs, or as sides with another order of offences would hear them.

    People did what they did under the first rules; nobody answers to the others. So the result says how much of the
    course lies in the rules, and not how the session would have gone. LOG stays as it is. What was sealed in it is
    opened, so it must have come to its hotwash, or --open says that this is wanted all the same.
    """
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.compare import as_json, page, refused_rows
    from crisis_sim.engine.sight.dossiers import dossier_for
    from crisis_sim.playtest.game import hearing
    from crisis_sim.session.course import contrast, course_of, traced
    from crisis_sim.session.rejudge import rejudge as rejudge_log
    from crisis_sim.session.rejudge import table_for
    from crisis_sim.session.verify import wrong_events_named

    packs = [name.strip() for name in rules.split(",") if name.strip()]
    if not packs and not hears:
        hint = "--rules names rule packs, --hears a hearing profile for a side"
        raise UnreadableInput("usage/rejudge", "nothing says by what it is to be judged again", hint=hint)
    before = opened(log_named(log), on_purpose=open_)
    with wrong_events_named(before.log.path):
        table = table_for(before.log, packs, hears=bool(hears))
        again = rejudge_log(before.log, table, hearing(hears, table.card, none=True))
        found = contrast(course_of(before.log, before.table), traced(again.table, again.states))
        dossier = dossier_for(before.table, "facilitator")
        if form == "json":
            told = as_json(found, again.refused, dossier)
        else:
            between = [say("B hears so: {hears}.", hears=clean(hears, lines=False))] if hears else []
            told = "\n".join(page(found, [*between, *refused_rows(again.refused, dossier)], dossier))
    answer(told)
    return 0
