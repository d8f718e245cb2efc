"""`crisis-sim list`: what there is to play, with what, against whom, and what has been played."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument

from crisis_sim.cli.answer import answer, table
from crisis_sim.cli.language import language, say
from crisis_sim.cli.settings import settings
from crisis_sim.cli.verbs import as_started
from crisis_sim.content.listings import Listing, list_packs, list_scenarios
from crisis_sim.errors import UnreadableInput
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.problems import did_you_mean, one_of
from crisis_sim.session.folder import files_in
from crisis_sim.wording import _
from crisis_sim.wording.labels import DIFFICULTIES


def list_(
    plural_kind: Annotated[
        str | None,
        Argument(
            metavar="[scenarios|packs|policies|sessions|WORDS]",
            help="What to list; the first four otherwise. WORDS: moves, concerns, terms, facts, commitments.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """List the scenarios and rule packs that come with crisis-sim, the bots, and the sessions played here.

    Of the scenarios the easiest come first. Scenarios of your own are listed where a folder `scenarios` holds them.
    Words that packs and files use are listed by their kind.
    """
    parts = {"scenarios": _scenarios, "packs": _packs, "policies": _policies, "sessions": _sessions}
    heads = dict(zip(parts, (_("Scenarios:"), _("Packs:"), _("Bots:"), _("Sessions:")), strict=True))
    if plural_kind is not None:
        answer(parts[plural_kind](0) if plural_kind in parts else _words(plural_kind))
        return 0
    for name, part in parts.items():
        answer(say(heads[name]), part(2) + ("\n" if name != "sessions" else ""))
    return 0


def _words(plural_kind: str) -> str:
    """The words of a kind that the shipped packs define. Raises UnreadableInput where there is no such kind."""
    from crisis_sim.authoring.name_uses import Asker  # it loads the whole of a scenario, which other lists need not
    from crisis_sim.cli.explanation import shipped_materials

    asker = Asker(shipped_materials()[0], language(), scenario=False)
    kinds = {f"{kind}s": kind for kind, names in asker.names.items() if names}
    if plural_kind in kinds:
        kind = kinds[plural_kind]
        return table([(name, asker.answer(kind, name).title) for name in asker.names[kind]])
    list_names = ("scenarios", "packs", "policies", "sessions", *kinds)
    hint = did_you_mean(plural_kind, list_names) or one_of(list_names)
    raise UnreadableInput("usage/list", "there is no list of '{what}'", hint=hint, what=plural_kind[:60])


def _scenarios(indent: int) -> str:
    listings = list_scenarios(Path("scenarios"))
    hard = [say(DIFFICULTIES[item.difficulty]) if item.difficulty else "" for item in listings]
    rows = table(
        [(item.id, difficulty, _titled(item)) for item, difficulty in zip(listings, hard, strict=True)], indent
    )
    if not any(item.example for item in listings):
        return rows
    played = as_started(say("To see one played: crisis-sim replay example:NAME"))
    return f"{rows}\n{' ' * indent}{played}"


def _packs(indent: int) -> str:
    return table([(item.id, _titled(item)) for item in list_packs()], indent)


def _policies(indent: int) -> str:
    return table([(policy.id, say(policy.summary)) for policy in POLICIES.values()], indent)


def _sessions(indent: int) -> str:
    folder = settings().logs
    if files_in(folder):  # what reads logs is slow to load
        from crisis_sim.cli.session_words import session_lines

        entries = session_lines(folder)
        rows = [(path.name, say("{minutes} min", minutes=length), line) for path, length, line, *_ in entries]
        if rows:
            return table(rows, indent)
    return " " * indent + say("none in {folder}", folder=folder)


def _titled(item: Listing) -> str:
    """The title, and the first sentence of what it is."""
    if language() == "zh" and item.title.zh is None:
        return f"{item.title.en}. {_first(item.summary.en)}"
    return say("{title}. {says}", title=item.title.in_(language()), says=_first(item.summary.in_(language())))


def _first(text: str) -> str:
    """The first sentence of a text."""
    text = text.replace("\n", " ")
    stop = "。" if "。" in text else ". "
    head, stop, _rest = text.partition(stop)
    return head + stop.rstrip()
