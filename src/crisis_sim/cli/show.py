"""`crisis-sim show`: a scenario, a rule pack, a move or a session, to read in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

from typer import Argument, Option


def show(
    names: Annotated[
        list[str], Argument(metavar="NAME...", help="Scenarios, rule packs, moves, words or logs, by name or by path.")
    ],
    spoilers: Annotated[
        bool, Option("--spoilers", help="Also what only the facilitator may know: private briefs, lines, injects.")
    ] = False,
    paths: Annotated[
        bool,
        Option("--paths", help="For a scenario: small acts that together cross each red line. Takes a few seconds."),
    ] = False,
) -> int:
    """Read about scenarios, rule packs, moves, words of the rules, bots or sessions.

    What one team must not know of the other is left out, unless you ask for it with --spoilers or --paths.
    """
    from crisis_sim.cli.answer import answer

    for place, name in enumerate(names):
        rows = _paths(name) if paths else _shown(name)(spoilers)
        answer(("\n" if place else "") + "\n".join(rows))
    return 0


def _paths(name: str) -> Iterator[str]:
    """How small acts cross the red lines of a scenario. Raises UnreadableInput where there is none of this name."""
    from crisis_sim.cli.showing import path_rows
    from crisis_sim.content.finding import scenario_file

    return path_rows(scenario_file(name))


def _shown(name: str) -> Callable[[bool], Iterator[str]]:
    """What shows the thing of this name. Raises UnreadableInput."""
    from functools import partial
    from pathlib import Path

    from crisis_sim.cli import lexicon, showing
    from crisis_sim.cli.logs import log_named
    from crisis_sim.content.finding import scenario_file
    from crisis_sim.content.listings import list_packs, list_scenarios
    from crisis_sim.content.load import is_scenario
    from crisis_sim.content.reader import Reader
    from crisis_sim.errors import Sentence, UnreadableInput
    from crisis_sim.problems import Problems, nearest

    if name.endswith(".jsonl"):
        return partial(showing.log_rows, log_named(name))
    packs = [pack.id for pack in list_packs()]
    if name in packs:
        return partial(showing.pack_rows, name)
    if name in showing.catalogue():
        return partial(showing.move_rows, name)
    if name.endswith((".yaml", ".yml")) and Path(name).is_file() and not is_scenario(Path(name), Reader(Problems())):
        return partial(showing.pack_file_rows, Path(name))
    try:
        return partial(showing.scenario_rows, scenario_file(name))
    except UnreadableInput:
        pass
    try:
        return partial(showing.log_rows, log_named(name))
    except UnreadableInput:
        words = lexicon.names()
        if name in words:
            return partial(lexicon.word_rows, name)
        titled = {listing.title.en: listing.id for listing in (*list_packs(), *list_scenarios())}
        titled |= {move.label.en: id for id, move in showing.catalogue().items()}
        known = {**titled, **{id: id for id in (*titled.values(), *sorted(words))}}
        near = nearest(name, known)
        hint = (
            Sentence("did you mean {known}?", known=known[near])
            if near
            else Sentence("`crisis-sim list` shows what there is")
        )
        what = Sentence("nothing is called '{name}': no scenario, pack, move, word or log", name=name[:60])
        raise UnreadableInput("usage/name", what, hint=hint) from None
