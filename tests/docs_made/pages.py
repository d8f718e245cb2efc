"""What is made from the code: the pages of `docs/reference/` (commands, moves, vocabulary, errors …), the schemas, and
the tables on pages that people write.

`python -m tests.docs_made.pages` writes them; with `--check` it writes nothing, names the stale ones and returns 1.

Those of refusals stand in their table; all others are read from the syntax tree, where they stand beside the code.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple

from tests.docs_made import tables
from tests.docs_made.event_data import event_data
from tests.docs_made.log_page import log_page
from tests.docs_made.vocabulary_entries import vocabulary_entries
from typer.core import TyperCommand, TyperGroup

from crisis_sim.cli.commands import app, command_of
from crisis_sim.cli.ending import run_to_exit_code, tell
from crisis_sim.cli.verbs import VERBS
from crisis_sim.numbers import points_text
from crisis_sim.pages.refusals import REFUSALS
from crisis_sim.rules.authored import LENGTHS
from crisis_sim.rules.move import Move, Term
from crisis_sim.rules.pack import Commitment, Pack
from crisis_sim.rules.workload_settings import LIMITS, WORKLOAD_PARTS, SettingLoad

_CODE: Final = re.compile(r"[a-z][a-z-]*/[a-z][a-z0-9-]*")
_PLACE: Final = re.compile(r"\{[a-z0-9_]+(?:!r|:[,.0-9a-z]+)?\}")
"""A place in a sentence whose parts are given apart from it."""
_NOT_CALLS: Final = frozenset({"place", "_drift", "roll", "luck", "line", "get"})
"""Calls whose `a/b` names a place or a purpose."""
WORKLOAD: Final = """\
# What is asked at each length

What the base pack, `rules/core.yaml`, leaves time for (`base: workload`): in sessions of so many minutes, where each
team has a screen of its own, and where both share one. A thing is on where a scenario has it *and* this table says yes;
a number is the most there can be. How to [write another](../write-rules.md#what-follows).

| key | what is asked | 45 | 90 | 150 | 45, one screen | 90, one screen | 150, one screen |
| --- | --- | --- | --- | --- | --- | --- | --- |"""
_LINT: Final = "warn"
"""The call by which the linter warns: place, sentence, the second half of a code, hint."""


class ErrorCode(NamedTuple):
    """A code, and what is said with it in the first place that uses it."""

    code: str
    says: str
    hint: str


def codes(source: Path) -> list[ErrorCode]:
    """The codes of all modules under `source`, by name, each once."""
    found = {
        code: ErrorCode(code, _with_places(why), _with_places(ways[-1])) for code, (why, *ways) in REFUSALS.items()
    }
    for path in sorted(source.rglob("*.py")):
        module = _Module(ast.parse(path.read_text(encoding="utf-8")))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                for code in module.of_call(node):
                    if code.code not in found or (code.says and not found[code.code].says):
                        found[code.code] = code
    return sorted(found.values())


class _Module:
    """One module, and what its variables were last given where a code is named."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self._functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        self._given = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]

    def of_call(self, call: ast.Call) -> Iterator[ErrorCode]:
        """The codes that stand in a call, each with what is said there."""
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in _NOT_CALLS:
            return
        hint = next((self._text(word.value) for word in call.keywords if word.arg == "hint"), "")
        if name == _LINT and len(call.args) == 4:
            yield ErrorCode(f"lint/{self._text(call.args[2])}", self._text(call.args[1]), self._text(call.args[3]))
            return
        values = [*call.args, *(word.value for word in call.keywords if word.arg != "hint")]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and _CODE.fullmatch(value.value):
                said = (self._text(other) for other in values if other is not value)
                yield ErrorCode(value.value, next((says for says in said if " " in says), ""), hint)

    def _text(self, node: ast.expr) -> str:
        """The words of a string as far as the source has them; `…` for what is filled in."""
        match node:
            case ast.Constant(value=str(said)):
                return _with_places(said)
            case ast.JoinedStr(values=values):
                parts = [str(part.value) if isinstance(part, ast.Constant) else "…" for part in values]
                return " ".join("".join(parts).split())
            case ast.Call(func=ast.Name(id="Sentence" | "_"), args=[said, *_]):
                return self._text(said)
            case ast.IfExp(body=body, orelse=orelse):
                return self._text(orelse) or self._text(body)
            case ast.Name(id=name):
                given = self._last_given(name, node.lineno)
                return "" if given is None else self._text(given)
        return ""

    def _last_given(self, name: str, line: int) -> ast.expr | None:
        """What a variable was given last above a line, in the same function or for the whole module."""
        around = [each.lineno for each in self._functions if each.lineno <= line <= (each.end_lineno or 0)]
        found = None
        for node in self._given:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            near = node.col_offset == 0 or max(around, default=0) <= node.lineno < line
            if near and any(isinstance(target, ast.Name) and target.id == name for target in targets):
                found = node if found is None or node.lineno > found.lineno else found
        return None if found is None else found.value


def _with_places(sentence: str) -> str:
    return _PLACE.sub("…", sentence)


ROOT: Final = Path(__file__).resolve().parents[2]
"""The checkout."""

MADE: Final = "<!-- Made by scripts/docs from the code. Change it there. -->\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or check that they are fresh; returns the exit code."""
    return run_to_exit_code(lambda: _check() if arguments == ["--check"] else _write())


def reference() -> Path:
    """The folder of the pages."""
    return ROOT / "docs" / "reference"


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    return {name: f"{MADE}\n{page()}" for name, page in PAGES.items()}


def stale() -> list[str]:
    """What is missing or not what the code says, by its path in the checkout."""
    return [
        path.relative_to(ROOT).as_posix()
        for path, text in made().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def made() -> dict[Path, str]:
    """Every page and schema, and where it lies."""
    from crisis_sim.authoring.schema import FILES, schema_text, shipped_schema

    schemas = {kind: schema_text(shipped_schema(kind)) for kind in FILES}
    return {
        **{reference() / name: text for name, text in pages().items()},
        **{
            ROOT / page: tables.with_tables((ROOT / page).read_text("utf-8"), language)
            for page, language in tables.PAGES.items()
        },
        ROOT / "scenarios" / FILES["scenario"]: schemas["scenario"],
        ROOT / "rules" / FILES["pack"]: schemas["pack"],
    }


def _write() -> int:
    reference().mkdir(parents=True, exist_ok=True)
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
    return 0


def _check() -> int:
    found = stale()
    for name in found:
        tell(f"{name} is stale", "scripts/docs writes it again")
    return 1 if found else 0


def commands() -> str:
    """The page of the command line."""
    parts = ["# Commands\n", f"```text\n{help_of(app(), 'crisis-sim')}\n```\n"]
    for verb in VERBS:
        parts.append(f"## {verb.name}\n\n```text\n{help_of(command_of(verb), f'crisis-sim {verb.name}')}\n```\n")
    return "\n".join(parts)


def help_of(command: TyperCommand | TyperGroup, name: str) -> str:
    """What `--help` says of a command."""
    return str(command.get_help(command.make_context(name, [], resilient_parsing=True))).rstrip()


def moves() -> str:
    """The page of the catalogue of moves."""
    found = core_moves()
    about = (
        "The catalogue of the base pack, `rules/core.yaml`. A move's weight is how far it moves tension, in points of"
        " 100, when it arrives with nothing else to say about it; negative calms. Rules scale it.\n"
    )
    parts = ["# Moves\n", about]
    for family in dict.fromkeys(move.family for move in found.values()):
        parts.append(f"## {family}\n")
        parts += [_move(name, move) for name, move in found.items() if move.family == family]
    return "\n".join(parts)


def core_moves() -> Mapping[str, Move]:
    """The moves of the base pack by id."""
    return _base_pack().moves


def _base_pack() -> Pack:
    from crisis_sim.content.listings import list_scenarios
    from crisis_sim.content.load import load_material

    return next(pack for pack in load_material(list_scenarios()[0].path).packs if pack.base is not None)


def _move(name: str, move: Move) -> str:
    asks = f" It asks: accept with `{move.asks.accept}`, decline with `{move.asks.decline}`." if move.asks else ""
    only = " It only answers what was asked." if move.only_as_answer else ""
    about = " It is about a channel." if move.about_channel else ""
    terms = f"- terms: {', '.join(f'`{term}`' for term in move.terms)}\n" if move.terms else ""
    return (
        f"### `{name}`\n\n"
        f"{move.label.en}. {move.does.en}{asks}{only}{about}\n\n"
        f"- weight {points_text(move.weight, signed=True)}, standing {points_text(move.standing, signed=True)},"
        f" severity {move.severity} of 5\n"
        f"- {' or '.join(move.visibility)}, over {', '.join(move.over)}\n"
        f"- costliness {points_text(move.costliness)}, face threat {move.face_threat} of 3,"
        f" ambiguity {points_text(move.ambiguity)}, {move.illocution}\n"
        f"{terms}"
        f"- why: {move.source.en}\n"
    )


def workload() -> str:
    """The page of what sessions of each length have the time to ask."""
    from crisis_sim.rules.vocabulary import field_docstrings

    pack = _base_pack()
    assert pack.base is not None
    settings, says = pack.base.workload, field_docstrings(SettingLoad)
    seatings = [(length, one_table) for one_table in (False, True) for length in LENGTHS]

    def row(key: str, cells: Iterable[str], told: str = "") -> str:
        return f"| `{key}` | {(told or says[key]).rstrip('.')} | {' | '.join(cells)} |"

    limits = [
        row(key, [str(settings.limit(key, length, one_table=one) or "") for length, one in seatings]) for key in LIMITS
    ]
    early: Final = "forecasts_with_readings"
    sittings = [settings.is_said(early, length, one_table=one) for length, one in seatings]
    limits.append(row(early, ["yes" if each else "no" for each in sittings]))
    things = [
        row(key, ["yes" if settings.is_on(key, length, one_table=one) else "no" for length, one in seatings])
        for key in WORKLOAD_PARTS
    ]
    kinds: dict[Literal["terms", "promises"], Mapping[str, Term | Commitment]]
    kinds = {"terms": pack.terms, "promises": pack.commitments}
    named = [
        row(
            f"{kind}: {name}",
            ["yes" if settings.has(kind, name, length, one_table=one) else "no" for length, one in seatings],
            of[name].says.en,
        )
        for kind, of in kinds.items()
        for name in getattr(settings, kind)
    ]
    return "\n".join([WORKLOAD, *limits, *things, *named, ""])


def vocabulary() -> str:
    """The page of everything that a rule can say."""
    heads = {
        "condition": "Conditions: what can stand under `when`",
        "move": "Under `move`: which act",
        "record": "Under `earlier`, `same_turn` and `ever`: which part of the record",
        "effect": "Effects: what can stand under `then`",
    }
    parts = ["# Vocabulary of rules\n"]
    found = vocabulary_entries()
    for part, head in heads.items():
        parts.append(f"## {head}\n")
        for entry in found:
            if entry.part == part:
                choices = f" One of {', '.join(f'`{choice}`' for choice in entry.choices)}." if entry.choices else ""
                source = f"\nSource: {entry.source}.\n" if entry.source else ""
                stands = f"\nMay stand in {_stands(entry.key)}.\n" if part == "effect" else ""
                text = f"{entry.says}{choices}\n\n```yaml\n{entry.example}\n```\n{stands}{source}"
                parts.append(f"### `{entry.key}`\n\n{text}")
    return "\n".join(parts)


def _stands(effect: str) -> str:
    """Where an effect means something: rules by their moments, and what else may have effects."""
    from crisis_sim.content.where import CROSSING, INJECT, MARK, RULES

    moments = [f"`{moment}`" for moment, where in RULES.items() if effect in where.does]
    others = {"the crossing of a line": CROSSING, "an inject": INJECT, "a mark of a track": MARK}
    places = [called for called, where in others.items() if effect in where.does]
    return "; ".join([f"a rule on {', '.join(moments)}", *places])


def errors() -> str:
    """The page of every code, with the sentence that goes with it; `…` stands for what differs."""
    found = codes(ROOT / "src" / "crisis_sim")
    about = (
        "Every problem, refusal and failure has a code that stays the same. The sentence says what happened and the"
        " hint what to do instead; `…` stands for what differs from case to case.\n"
    )
    parts = ["# Errors\n", about]
    for area in dict.fromkeys(code.code.partition("/")[0] for code in found):
        parts.append(f"## {area}\n")
        parts += ["Each with an example: [lint.md](lint.md).\n"] if area == "lint" else []
        parts += [_code(code) for code in found if code.code.startswith(f"{area}/")]
        parts.append("")
    return "\n".join(parts)


def _code(code: ErrorCode) -> str:
    said = f": {code.says}" if code.says else ""
    return f"- `{code.code}`{said}" + (f" (hint: {code.hint})" if code.hint else "")


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "commands.md": commands,
    "moves.md": moves,
    "vocabulary.md": vocabulary,
    "errors.md": errors,
    "event-data.md": event_data,
    "log-lines.md": log_page,
    "workload.md": workload,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
