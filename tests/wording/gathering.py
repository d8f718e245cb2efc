"""The sentences that the code says, as Babel gathers them: calls that say, questions, what `_` marks, and the words in
the records of the rules' vocabulary."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise, repeat
from pathlib import Path
from typing import Final, NamedTuple

import crisis_sim
from crisis_sim.cli.commands import app, command_of, paragraphs
from crisis_sim.cli.verbs import VERBS
from crisis_sim.research.columns import SHEETS
from crisis_sim.rules.keys import CONTEXT, keys_of
from crisis_sim.rules.vocabulary import VOCABULARY

SOURCE: Final = Path(crisis_sim.__file__).parent
ERRORS: Final = (
    *("CrisisSimError", "UnreadableInput", "LogDamaged", "AcknowledgedLost", "SessionLocked"),
    *("StorageFailed", "ModelFailed", "ModelRefused", "ModelGaveUp"),
)
"""What is raised with a sentence and a way out, wherever that is done."""
FINDINGS: Final[Mapping[str, slice]] = {
    **dict.fromkeys(("error", "warning"), slice(1, 2)),
    **dict.fromkeys(("_error", "_stop", "warn"), slice(1, 4, 2)),
    "MistakeSentence": slice(1, 3),
    **dict.fromkeys(("refuse", "doubt"), slice(2, 4)),
    **dict.fromkeys(("_unreadable", "_unwritable"), slice(1, 3)),
    "SyntaxMistake": slice(3, 5),
}
"""What is said of a file, and its hint, wherever that is done."""
SAYING: Final[Mapping[str, slice]] = {
    **dict.fromkeys(("_", "say", "_say", "words", "tell"), slice(0, 1)),
    **dict.fromkeys(("ask", "written", "confirm", "pick", "some", "number", "serve", "_chosen", "_sure"), slice(0, 1)),
    **dict.fromkeys(("KeyBinding", "key"), slice(3, 4)),
    **dict.fromkeys(("Command", "DeskLook"), slice(1, 2)),
    "Verb": slice(1, 2),
    "Sentence": slice(0, 1),
    **dict.fromkeys(ERRORS, slice(1, 2)),
    **FINDINGS,
}
"""Calls whose arguments there are sentences: what doors say, what they ask and what they offer."""
LABELS: Final[Mapping[str, tuple[slice, str]]] = {
    **dict.fromkeys(("KeyBinding", "key"), (slice(2, 3), "a key")),
    "ConfirmScreen": (slice(0), "a key"),
}
"""Calls with a short label, and the context in which it is looked up: it may be a verb where elsewhere it is none."""
NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "_sure": ("yes",),
    "pick": ("none",),
    **dict.fromkeys((*ERRORS, *FINDINGS), ("hint",)),
}
"""Calls whose arguments of these names are."""
FOR_TRANSLATORS: Final = "Translators:"
"""How a comment begins that stands above a call and goes into the catalogue, as gettext has it."""
_PLACE: Final = re.compile(r"\{[^}]*\}")
DOORS: Final = (
    "agents",
    "authoring",
    "cli",
    "measures",
    "pages",
    "plain",
    "playtest",
    "replaying",
    "report",
    "research",
    "tui",
    "wording",
)
"""Packages whose sentences are said in either language."""


class Message(NamedTuple):
    """One sentence, in one of its meanings."""

    english: str
    context: str | None
    module: str
    plural: str | None = None
    """What is said of more than one, where there is a count."""
    note: str = ""
    """What a translator is told of it."""

    @property
    def id(self) -> str | tuple[str, str]:
        """What the catalogue keeps it under."""
        return self.english if self.plural is None else (self.english, self.plural)


@cache
def gathered() -> tuple[Message, ...]:
    """Every sentence, in the order of the modules; what is marked or raised comes from wherever it stands."""
    return tuple(_gathered())


def _gathered() -> Iterator[Message]:
    yield from of_commands()
    yield from of_rules()
    yield from of_codebook()
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        is_door = name.split("/")[0] in DOORS
        notes = Notes(path)
        for call in calls(path):
            if is_door or name_of(call) in (*ERRORS, *FINDINGS, "Sentence", "_"):
                for message in _messages(call, name):
                    yield message._replace(note=notes.of_call(call, has_words(message.english)))


def of_commands() -> Iterator[Message]:
    """What the pages of help say: of each verb its docstring by paragraphs, and the help of what it takes."""
    for command, module in ((app(), "crisis_sim.cli.commands"), *((command_of(verb), verb.module) for verb in VERBS)):
        texts = [*paragraphs(command.help or ""), *(getattr(param, "help", "") or "" for param in command.params)]
        file = module.removeprefix("crisis_sim.").replace(".", "/") + ".py"
        yield from (Message(" ".join(text.split()), None, file) for text in texts if text)


def of_rules() -> Iterator[Message]:
    """The words of every key that rules may ask or do."""
    for model in VOCABULARY:
        module = f"{model.__module__.removeprefix('crisis_sim.').replace('.', '/')}.py"
        for key in keys_of(model).values():
            yield from (Message(said, CONTEXT, module) for said in key.sentences())


def of_codebook() -> Iterator[Message]:
    """What the tables of an export hold, as `query --tables` tells it."""
    for sheet in SHEETS:
        said = {sheet.rows, *(each.description for each in sheet.columns), *(each.unit for each in sheet.columns)} - {
            ""
        }
        yield from (Message(each, "codebook", "research/columns.py") for each in sorted(said))
        yield from (Message(label, None, "research/columns.py") for each in sheet.columns for _, label in each.labels)


def _messages(call: ast.Call, module: str) -> Iterator[Message]:
    """The sentences of a call; where two are chosen from, their plurals stand in the same order."""
    if name_of(call) in LABELS:
        place, of_label = LABELS[name_of(call)]
        ways = [word.value for word in call.keywords if word.arg in ("yes", "no")]
        labels = (label for each in (*call.args[place], *ways) for label in _texts(each))
        yield from (Message(label, of_label, module) for label in labels if has_words(label))
    context, said = _context(call), [*sentences_of(call)]
    plurals = [each for word in call.keywords if word.arg == "plural" for each in _texts(word.value)]
    for english, plural in zip(said, plurals or repeat(None), strict=bool(plurals)):
        yield Message(english, context, module, plural)


class Notes:
    """What a module tells translators: comments above calls, and what functions do that only join parts."""

    def __init__(self, path: Path) -> None:
        self._lines = path.read_text(encoding="utf-8").splitlines()
        self._described: list[tuple[ast.stmt, str]] = [
            (node, ast.get_docstring(node) or "")
            for node in nodes(path)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        self._commented: dict[int, ast.Call] = {}
        for node, behind in pairwise(tree_of(path).body):
            match behind:
                case ast.Expr(value=ast.Constant(value=str(says))):
                    self._described.append((node, says))

    def of_call(self, call: ast.Call, has_words: bool) -> str:
        """The comment above the first call of a line; else, where it has no word, what its function or table is for."""
        above: list[str] = []
        for line in reversed(self._lines[: call.lineno - 1]):
            if not line.lstrip().startswith("# "):
                break
            above.insert(0, line.strip().removeprefix("# "))
        comment = "".join(" ".join(above).partition(FOR_TRANSLATORS)[1:])
        if comment and self._commented.setdefault(call.lineno, call) is call:
            return comment
        if has_words:
            return ""
        around = [
            (node.lineno, says)
            for node, says in self._described
            if node.lineno <= call.lineno <= (node.end_lineno or 0)
        ]
        return max(around, default=(0, ""))[1].partition("\n")[0]


def has_words(english: str) -> bool:
    """There is something to translate besides the places and the signs around them."""
    return bool(re.search(r"[a-z]{2}", _PLACE.sub("", english), re.IGNORECASE))


@cache
def tree_of(path: Path) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a module."""
    return tuple(ast.walk(tree_of(path)))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a module."""
    yield from (node for node in nodes(path) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    """What is called; what `speaker(…)` gives back is `say`."""
    if isinstance(call.func, ast.Call) and name_of(call.func) == "speaker":
        return "say"
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def sentences_of(call: ast.Call) -> Iterator[str]:
    """What a call says, of one and otherwise."""
    name = name_of(call)
    places = list(call.args[SAYING[name]]) if name in SAYING else []
    if name == "map" and ast.unparse(call.args[0]).endswith("say"):
        places = list(call.args[1:])
    places += [word.value for word in call.keywords if word.arg in NAMED.get(name, ())]
    for place in places:
        yield from (each for each in _texts(place) if each.strip())


def _context(call: ast.Call) -> str | None:
    """What tells this meaning of the word from others."""
    match call.args:
        case [_, ast.Constant(value=str(context))] if name_of(call) in ("say", "_say", "_"):
            return context
        case _:
            return None


def _texts(place: ast.expr) -> Iterator[str]:
    """Whole strings in an expression; one put together in the code is none of them."""
    match place:
        case ast.Constant(value=str(said)):
            yield said
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body), *_texts(orelse))
        case ast.BoolOp(values=several) | ast.Tuple(elts=several) | ast.List(elts=several):
            for each in several:
                yield from _texts(each)
        case _:
            return
