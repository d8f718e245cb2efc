"""`crisis-sim playtest`: bots play many sessions of a scenario, and what came of them is laid out in tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Option

from crisis_sim.cli.answer import answer
from crisis_sim.cli.language import language, say
from crisis_sim.cli.logs import progress
from crisis_sim.cli.shared_options import ScenarioArgument
from crisis_sim.playtest.experiment import ExperimentOptions, ready, run_experiment, stopped
from crisis_sim.playtest.exports import as_csv, as_json
from crisis_sim.playtest.findings import Comparison, Findings
from crisis_sim.playtest.findings_page import comparison_page, page

BOTS = "us=rota,china=salami, or mix (drawn for each session), pairs (every pair in turn), same, or one bot's name."


def playtest(
    scenario: ScenarioArgument,
    runs: Annotated[int, Option(metavar="N", help="How many sessions are played.")] = 100,
    seed: Annotated[str, Option(metavar="WORD", help="The seed of all luck: same seed, same result.")] = "1",
    policies: Annotated[str, Option(metavar="BOTS", help=f"Who plays: {BOTS}")] = "mix",
    length: Annotated[
        Literal["45", "90", "150"] | None, Option(help="Minutes at the table; the longest that the scenario has.")
    ] = None,
    rules: Annotated[
        str, Option(metavar="A,B", help="Rule packs in place of the scenario's own, the base first.")
    ] = "",
    against: Annotated[
        str | None, Option(metavar="SCENARIO", help="Another version of the scenario, to compare it with.")
    ] = None,
    against_rules: Annotated[
        str, Option(metavar="A,C", help="Other rule packs, to compare them with; same bots, same luck.")
    ] = "",
    hears: Annotated[
        str,
        Option(
            metavar="SIDE=NAME",
            help="By which hearing profile a side's bots hear: us=closed-door-worst,china=public-blame-worst.",
        ),
    ] = "",
    release: Annotated[
        int, Option(metavar="PERCENT", help="How often in a turn an inject that comes by hand is released by luck.")
    ] = 20,
    first: Annotated[int, Option(metavar="RUN", help="Number of the first session, to play one again.")] = 1,
    keep: Annotated[
        Path | None,
        Option(
            metavar="FOLDER",
            help="Write there the logs of the worst and most typical sessions, and every session in runs.csv; `all`"
            " writes every log into a folder kept-SCENARIO, and all:FOLDER into that.",
        ),
    ] = None,
    workers: Annotated[
        int | None, Option(metavar="K", help="Processes that play side by side; one for each core.")
    ] = None,
    form: Annotated[
        Literal["text", "json", "csv"], Option("--format", help="Pages to read, or everything for programs.")
    ] = "text",
) -> int:
    """Let bots play many sessions of SCENARIO, and say how they end and what they never reach.

    The same seed gives the same result on any number of workers. Ctrl+c stops at once and reports the sessions
    finished so far, as if no more had been asked for.
    """
    minutes = None if length is None else int(length)
    experiment = ready(
        ExperimentOptions(
            scenario,
            runs,
            seed,
            policies,
            minutes,
            rules,
            release,
            first,
            workers,
            against,
            against_rules,
            hears,
            *_parse_keep(keep, scenario),
        )
    )
    with progress(say("sessions"), runs) as advance:
        result = run_experiment(experiment, advance)
    _answered(result, form)
    if (early := stopped(result)) is not None:
        raise early
    return 0


def _answered(result: Findings | Comparison, form: Literal["text", "json", "csv"]) -> None:
    if form == "text":
        lines = page(result, language()) if isinstance(result, Findings) else comparison_page(result, language())
        answer("\n".join(lines))
    else:
        answer((as_json if form == "json" else as_csv)(result).rstrip("\n"))


def _parse_keep(keep: Path | None, scenario: str) -> tuple[Path | None, bool]:
    """The folder for logs, and whether every log is to be kept."""
    word, _, folder = str(keep).partition(":")
    if keep is None or word != "all":
        return keep, False
    return Path(folder or f"kept-{Path(scenario).name}"), True
