"""`crisis-sim verify`: whether a log is what was written, and whether the rules still agree with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from msgspec import Struct
from msgspec.structs import asdict
from typer import Option

from crisis_sim.cli.answer import answer
from crisis_sim.cli.ending import tell
from crisis_sim.cli.language import language, say
from crisis_sim.cli.logs import SEALED, WAY_OUT, logs_of
from crisis_sim.cli.shared_options import LogsArgument, OpenOption
from crisis_sim.cli.verbs import typed
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.record_opened import brier_of
from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.measures.meanings import Meaning
from crisis_sim.measures.session_measures import Measures, Register, measured, register
from crisis_sim.measures.sums import fraction_text
from crisis_sim.pages.refusals import NAMELESS, names_from, refusal
from crisis_sim.pages.translator import Translator, head_for, in_language, words_for
from crisis_sim.rules.names import Language
from crisis_sim.session.course import CourseAct
from crisis_sim.session.record import short
from crisis_sim.session.replay import replay
from crisis_sim.session.salvage import salvage
from crisis_sim.session.verify import LogFinding, LogFindings
from crisis_sim.session.verify import verify as verify_log
from crisis_sim.text import clean
from crisis_sim.wording import _, failure, in_words, speaker

_REFUSED: Final = _("{what}: {why}")

_HASH: Final = re.compile(r"(?:[0-9A-Fa-f][- ]?){15,63}[0-9A-Fa-f]")
"""A last hash as people note it: its first 16 digits or more, in groups or not."""


def verify(
    logs: LogsArgument,
    parent: Annotated[
        Path | None, Option(metavar="LOG", help="Check also that the log is a branch of this one.")
    ] = None,
    head: Annotated[
        bool,
        Option(
            "--head",
            help="Print the last hash too, short as it is read aloud, and whole. With a hash after it, compare the log "
            "with that: one that was noted when the session ended, short or whole.",
        ),
    ] = False,
    findings: Annotated[
        bool,
        Option("--findings", help="Find again, from the log alone, every number of a debrief, as JSON for programs."),
    ] = False,
    form: Annotated[
        Literal["text", "json"], Option("--format", help="Text for people, or JSON, one line a log.")
    ] = "text",
    save_sound: Annotated[
        Path | None,
        Option("--save-sound", metavar="FILE", help="Write what is sound of one damaged LOG to this new log instead."),
    ] = None,
    first_line: Annotated[
        list[str] | None,
        Option(
            "--first-line",
            metavar="LOG|SCENARIO",
            help="With --save-sound, where to find a damaged first line again: a copy of the log, a branch of it, or"
            " the scenario. By itself it is looked for in the logs beside it and the shipped scenarios.",
        ),
    ] = None,
    open_: OpenOption = False,
) -> int:
    """Check that nothing in LOG was changed, and that its acts, judged again, have the same results.

    The first difference is named. The exit code is 1 if a log is not what was written, not all of it (a loss that was
    accepted when play went on is told for ever), or not the one whose hash was noted. The measures of --findings (what
    was meant and taken, lines and guesses, forecasts, channels, conduct, tension) open what was sealed, so they are
    given of a session that has come to its hotwash, or if --open says so; otherwise the exit code is 1.

    With --save-sound, LOG stays as it is.
    """
    names, noted = _noted(logs) if head else (logs, None)
    paths = _paths(names)
    if save_sound is not None:
        answer(*_saved(paths, save_sound, first_line or ()))
        return 0
    if noted is not None and len(paths) > 1:
        raise UnreadableInput("usage/head", "a hash is that of one log", hint="name one log with --head HASH")
    wrong, is_json = 0, form == "json" or findings
    for path in paths:
        log_findings = _verified(path, parent, noted) if len(paths) > 1 else verify_log(path, parent=parent, head=noted)
        measures = _measures(log_findings, on_purpose=open_) if findings and log_findings.is_sound else None
        wrong += not log_findings.is_whole or (measures is None and findings)
        if is_json:
            answer(_as_json(log_findings, measures))
        else:
            answer(_format_findings(log_findings), _head(log_findings) if head else "")
    if len(paths) > 1 and not is_json:
        answer(say("{logs} logs: {sound} sound, {wrong} not", logs=len(paths), sound=len(paths) - wrong, wrong=wrong))
    return 1 if wrong else 0


def _noted(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words that name logs, and the hash among them."""
    hashes = [word for word in words if _HASH.fullmatch(word) and not Path(word).exists()]
    if len(hashes) > 1:
        raise UnreadableInput("usage/head", "there are two hashes", hint="name one log with --head HASH")
    noted = hashes[0].lower().translate({ord(mark): None for mark in "- "}) if hashes else None
    return [word for word in words if word not in hashes], noted


def _saved(paths: Sequence[Path], out: Path, first_lines: Sequence[str]) -> Iterator[str]:
    """Write what is sound of a log to `out`, and say how much that is. Raises UnreadableInput."""
    if len(paths) > 1:
        raise UnreadableInput("usage/save", "one log is saved at a time", hint="name the one that is damaged")
    saved = salvage(paths[0], out, first_lines)
    yield str(saved.path)
    entries = say("{n} entry saved", plural="{n} entries saved", n=saved.entries)
    lines = say("{n} line lost", plural="{n} lines lost", n=saved.lost)
    yield say("{entries}, {lines}", entries=entries, lines=lines)
    if saved.mended is not None:
        yield say("line 1, which was damaged, is as it was written again")
    if saved.damage is not None:
        yield say("the first fault: {what}", what=failure(saved.damage, language())[0])
    if saved.misses_acts:
        command = typed("verify", saved.path.name)
        yield say("acknowledged acts are missing from it; `{command}` says which", command=command)


def _paths(names: Sequence[str]) -> list[Path]:

    paths = logs_of(names)
    if not paths:
        raise UnreadableInput("logs/none", "there is no log to verify", hint="name a log, or a folder with logs in it")
    return paths


def _verified(path: Path, parent: Path | None, noted: str | None) -> LogFindings:
    """What is found of one log among several; one that cannot be read keeps none of the others from being verified."""
    try:
        return verify_log(path, parent=parent, head=noted)
    except CrisisSimError as error:
        return LogFindings(path, "", 0, "", (LogFinding(error.code, error.message, grave=True, hint=error.hint),))


def _head(findings: LogFindings) -> str:
    if not findings.head:
        return ""
    return say("  last hash: {short}\n  the whole: {whole}", short=short(findings.head), whole=findings.head)


def _measures(findings: LogFindings, *, on_purpose: bool) -> dict[str, Any] | None:  # Any: JSON
    """The measures of a sound log; None, and a word about it, while they are sealed."""
    played = replay(findings.path)
    if on_purpose or played.is_open:
        return values(measured(played), register(played), dossier_for(played.table, "facilitator"))
    tell(say("error: {what}", what=say(SEALED, name=findings.path.name)), say(WAY_OUT))
    return None


def _as_json(findings: LogFindings, measures: dict[str, Any] | None) -> str:  # Any: JSON
    """One object on one line for each log: what verifying found, and its measures if they are wanted and open."""
    fields: dict[str, Any] = {
        "format": 1,
        "log": findings.path.name,
        "session": findings.session,
        "entries": findings.entries,
    }
    fields |= {
        "head": findings.head,
        "sound": findings.is_sound,
        "findings": [_finding(finding) for finding in findings.findings],
    }
    if measures is not None:
        fields["measures"] = measures
    return json.dumps(fields, ensure_ascii=False)


def _finding(finding: LogFinding) -> dict[str, Any]:
    fields = finding._asdict() | {"sentence": _sentence(finding, "en", None)}
    del fields["refused"]
    return fields


def _sentence(finding: LogFinding, language: Language, table: GameTable | None) -> str:
    """What was found, and why, where it is a refusal; with a table, in the names of its channels and moves."""
    sentence = in_words(finding.sentence, language)
    if finding.refused is None:
        return sentence
    names = NAMELESS if table is None else names_from(Translator(dossier_for(table, "facilitator"), language))
    why, _way_out = refusal(finding.refused, language, names)
    return speaker(language)(_REFUSED, what=sentence, why=why)


def _format_findings(findings: LogFindings) -> str:
    name, entries = clean(findings.path.name, lines=False), findings.entries
    if not findings.findings:
        return say(
            "{name}: sound; {n} entry, and judging it again gives the same results",
            plural="{name}: sound; {n} entries, and judging them again gives the same results",
            name=name,
            n=entries,
        )
    lines = [
        say(
            "{name}: {verdict} ({n} sound entry)",
            plural="{name}: {verdict} ({n} sound entries)",
            name=name,
            verdict=_verdict(findings),
            n=entries,
        )
    ]
    for finding in findings.findings:
        sentence, hint = (
            clean(text, lines=False)
            for text in (_sentence(finding, language(), findings.table), in_words(finding.hint, language()))
        )
        lines.append(
            "  " + (say("error: {what}", what=sentence) if finding.grave else say("note: {what}", what=sentence))
        )
        lines += [f"    {say('hint: {way_out}', way_out=hint)}"] if hint else []
    return "\n".join(lines)


def _verdict(findings: LogFindings) -> str:
    if not findings.is_sound:
        return say("NOT SOUND")
    return say("sound, with something to know" if findings.is_whole else "sound, and SHORTENED")


_POINTS: Final = frozenset(
    {"tension", "felt_us", "felt_china", "trust", "standing", "tracks", "pressure", "limit", "end", "distance", "moved"}
    | {"start", "felt_moved", "trust_moved", "by_order", "tension_by", "stake", "candour"}
)
"""Names of numbers in hundredths."""


def values(measures: Measures, act_register: Register, dossier: Dossier) -> dict[str, Any]:  # Any: JSON
    """Everything: fractions with six decimals, points as decimals, acts by side, turn and order, with their entries."""
    tell = Translator(dossier, "en")
    entries = {sending.act: sending.entry for sending in act_register.entries}
    fields: dict[str, Any] = _plain(measures)
    fields["meanings"] = [_meaning(act, entries.get(act.key), tell) for act in measures.meanings]
    for turn, turn_point in zip(fields["course"]["turns"], measures.course.turns, strict=True):
        turn["acts"] = [_act_fields(act, tell) for act in turn_point.acts]
    for belief, facts in zip(fields["beliefs"], measures.beliefs, strict=True):
        belief["brier"] = _plain(brier_of(facts))
    register = {name: value for name, value in act_register._asdict().items() if name != "entries"}
    return fields | {"register": _plain(register)}


def _meaning(act: Meaning, entry: int | None, tell: Translator) -> dict[str, Any]:  # Any: JSON
    """An act with its words in English."""
    words = {"head": head_for(act.act, None, tell), "text": words_for(act.act, tell)}
    fields: dict[str, Any] = {}
    for name, value in act._asdict().items():
        fields |= words if name == "act" else {name: _plain(value, name)}
    return fields | {"gap": act.gap, "unforeseen": act.unforeseen, "foreseen": act.foreseen, "entry": entry}


def _act_fields(act: CourseAct, tell: Translator) -> dict[str, Any]:  # Any: JSON
    """An act of a turn with its words in English."""
    sealed = {"intent": act.intent, "expected": act.expected, "reading": act.reading}
    return {"side": act.act.side, "head": head_for(act.act, None, tell), **sealed}


def _plain(value: Any, name: str = "", type_name: str = "") -> Any:  # Any: whatever measures hold
    if isinstance(value, Fraction):
        return float(fraction_text(value, 6))
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        kind = type(value).__name__
        return {key: _plain(inner, key, kind) for key, inner in value._asdict().items()}
    if isinstance(value, Struct):
        return {key: _plain(inner, key, type(value).__name__) for key, inner in asdict(value).items()}
    if isinstance(value, Mapping) and "en" in value:
        return in_language(value, "en")
    if isinstance(value, dict):
        return {key: _plain(inner, name or key, type_name) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, name, type_name) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and name in _POINTS and type_name != "ChannelUse":
        return value / 100
    return value
