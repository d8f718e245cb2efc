"""`crisis-sim compare`: two sessions side by side."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import Argument, Option

from crisis_sim.cli.logs import LOG
from crisis_sim.cli.sealed import Open


def compare(
    a: Annotated[str, Argument(metavar="A", help=LOG)],
    b: Annotated[str, Argument(metavar="B", help="Another log, such as a branch of the first.")],
    form: Annotated[Literal["text", "json"], Option("--format", help="Text for people, JSON for programs.")] = "text",
    open_: Open = False,
) -> int:
    """Lay two sessions beside each other: where they part, what was done otherwise, and what came of it, turn by turn.

    It opens what was sealed, so both must have come to their hotwash, or --open says that this is wanted all the same.
    Made for a session and its branch; two sessions of one scenario that were begun apart can be compared too.
    """
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.contrasting import as_json, page, parting_rows
    from crisis_sim.cli.logs import log_named
    from crisis_sim.cli.sealed import opened
    from crisis_sim.engine.sight.dossiers import dossier_for
    from crisis_sim.errors import Sentence, UnreadableInput
    from crisis_sim.session.contrast import contrast, parting
    from crisis_sim.session.course import course_of
    from crisis_sim.session.misfit import told_from

    ours, theirs = (opened(log_named(log), on_purpose=open_) for log in (a, b))
    if ours.table.scenario.id != theirs.table.scenario.id:
        said = Sentence("A is of '{id}' and B of '{id2}'", id=ours.table.scenario.id, id2=theirs.table.scenario.id)
        raise UnreadableInput("compare/scenario", said, hint="compare two sessions of one scenario")
    with told_from(ours.log.path, theirs.log.path):
        found = contrast(course_of(ours.log, ours.table), course_of(theirs.log, theirs.table))
        parted, dossier = parting(ours.log, theirs.log), dossier_for(ours.table, "facilitator")
        if form == "json":
            told = as_json(found, parted, dossier)
        else:
            told = "\n".join(page(found, parting_rows(parted), dossier))
    answer(told)
    return 0
