"""`crisis-sim stats`: a scenario in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

if TYPE_CHECKING:
    from crisis_sim.authoring.stats import Reading, Session, Stats
    from crisis_sim.rules.names import Language


def stats(
    scenario: Annotated[str, Argument(metavar="SCENARIO", help="Its id, its folder, or its file.")],
    form: Annotated[Literal["text", "json"], Option("--format", help="Text for people, JSON for programs.")] = "text",
) -> int:
    """Tell SCENARIO in numbers: what there is to read, what comes when, how long a session takes, what is in play.

    Times are estimates: reading at 238 English words or 260 Chinese characters a minute, and the plan of a session in
    the facilitator's handbook. `crisis-sim playtest` tells what happens in play.
    """
    import json

    from crisis_sim.authoring.stats import stats_of
    from crisis_sim.cli.answer import answer
    from crisis_sim.content.load import load_material

    found = stats_of(load_material(scenario))
    answer(json.dumps(_plain(found), ensure_ascii=False, indent=2) if form == "json" else "\n".join(_rows(found)))
    return 0


def _plain(value: object) -> object:
    """Named tuples as objects, minutes with one decimal."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(inner) for key, inner in value._asdict().items()}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return round(value, 1) if isinstance(value, float) else value


def _rows(stats: Stats) -> Iterator[str]:
    from crisis_sim.cli.answer import prose, table

    yield from (stats.title, "", "To read:")
    rows = [
        (
            reading.what,
            reading.who,
            *(_amount(reading, language) for language in reading.words),
        )
        for reading in stats.readings
    ]
    yield table(rows, 2)
    for session in stats.sessions:
        yield from ("", *_session(session))
    if stats.by_hand:
        yield from ("", prose(f"released by hand or by an effect: {', '.join(stats.by_hand)}"))
    families = ", ".join(f"{number} {family}" for family, number in stats.families.items())
    yield from ("", f"In play: {stats.moves} moves, {stats.rules} rules", prose(families, 2))
    if stats.stuck:
        yield prose(f"no channel can carry: {', '.join(stats.stuck)}", 2)
    yield from (
        f"  {'US' if side == 'us' else 'China'}: {pink} pink and {red} red lines"
        for side, (pink, red) in stats.lines.items()
    )
    yield from ("", "Channels:")
    yield table([(each.id, f"{each.readiness}%", f"{each.moves} moves", each.name) for each in stats.channels], 2)
    yield from ("", "Languages:")
    yield from (f"  {each.language}: {each.written} of {each.texts} texts written" for each in stats.coverage)


def _amount(reading: Reading, language: Language) -> str:
    if not reading.words[language]:
        return "not written"
    unit = "words" if language == "en" else "characters"
    return f"{reading.words[language]:,} {unit}, {reading.minutes[language]:.1f} min"


def _session(session: Session) -> Iterator[str]:
    from crisis_sim.cli.answer import table

    yield (
        f"{session.length} minutes planned: {session.least:.0f} to {session.most:.0f} estimated, "
        f"{session.briefs:.1f} of them for the briefs"
    )
    rows = []
    for turn in session.turns:
        maybe = f"; may come: {', '.join(turn.contingent)}" if turn.contingent else ""
        rows.append((f"turn {turn.number}", f"T+{turn.hour}h", f"{', '.join(turn.timed) or 'nothing new'}{maybe}"))
    yield table(rows, 2)
