"""A scenario's exemplary session as a log: its own, or one that is played from its acts by the rules as they stand.

It is played anew each time, and lies in a folder of its own, so that it is never taken for a session of people.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from crisis_sim.cli.language import language, say
from crisis_sim.content.finding import scenario_file
from crisis_sim.content.listings import Listing, list_scenarios
from crisis_sim.content.load import load_material
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.errors import Sentence, StorageFailed, UnreadableInput, why_not
from crisis_sim.playtest.played_acts import play_example
from crisis_sim.problems import Problems
from crisis_sim.replaying.remarks import mark_log, remarks_path
from crisis_sim.session.clock import wall_clock
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session

PREFIX: Final = "example:"
"""What stands before a scenario's name where its exemplary session is meant."""
DEMO: Final = "demo"
"""The session that `crisis-sim demo` shows: `example:demo`, wherever a log is asked for."""
REHEARSED: Final = ("bottomed-submarine", "lost-airliner")
"""What rooms rehearse on, the first that is not the exercise's own: what the demo shows gives nothing away."""
_DEMO: Final = ("bottomed-submarine", "demo.yaml")
"""Its scenario, and the file of its acts beside that."""
_HOUR: Final = 3_600_000
"""Milliseconds within which one log is like the other, so that the story beside it is of both: two may look at once."""


def examples() -> Iterator[tuple[str, Listing]]:
    """The scenarios that have an exemplary session, each with what its log is called."""
    return (
        (f"{PREFIX}{listing.path.parent.name}", listing)
        for listing in list_scenarios(Path("scenarios"))
        if listing.example
    )


def exemplary_log(scenario: str) -> Path:
    """The log of the exemplary session of a scenario, by id or path, in the reader's language where it has that.

    Raises UnreadableInput where there is none, ProblemsFound where its acts cannot be done, and StorageFailed.
    """
    scenario, name = _DEMO if scenario == DEMO else (scenario, None)
    file = scenario_file(scenario)
    material = load_material(file)
    name = name or material.scenario.example
    if name is None:
        sentence = Sentence("{scenario} has no exemplary session", scenario=material.scenario.id)
        log_names = [log_name for log_name, _ in examples()]
        hint = Sentence("there is one of these: {known}", known=say(", ").join(log_names)) if log_names else ""
        raise UnreadableInput("example/none", sentence, hint=hint)
    if name.endswith(".jsonl"):
        return file.parent / name
    problems = Problems()
    example = SourceReader(problems).example_beside(file, name)
    problems.raise_errors()
    assert example is not None
    spoken = language() if language() in material.scenario.languages else material.scenario.languages[0]
    called = f"{name.removesuffix('.yaml')}-{material.scenario.id}-{spoken}"
    folder = user_cache_path("crisis-sim", appauthor=False) / "examples"
    log_path = folder / f"{called}.jsonl"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=folder) as scratch_folder:
            session = Session.start(
                Path(scratch_folder),
                material,
                seed=example.model.seed,
                length=example.model.length,
                options={"language": spoken},
                session=called,
                clock=lambda: wall_clock() // _HOUR * _HOUR,
                waits=False,
            )
            with session:
                narration = play_example(example, session, spoken, language())
            mark_log(read_log(session.path), narration)
            session.path.replace(log_path)
            if (story := remarks_path(session.path)).exists():
                story.replace(remarks_path(log_path))
            else:
                remarks_path(log_path).unlink(missing_ok=True)
    except OSError as error:
        why = why_not(error, Sentence("it cannot be written"))
        sentence = Sentence("{folder} cannot be written: {why}", folder=folder, why=why)
        raise StorageFailed("example/folder", sentence, hint="set XDG_CACHE_HOME to a folder of your own") from error
    return log_path
