"""What every warning means, with a small example: the page `docs/reference/lint.md`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Page(NamedTuple):
    """One warning, as the reference explains it."""

    says: str
    """What it means, and why it matters in play."""
    wrong: str
    right: str
    """The least that is said instead."""


PAGES: Final[Mapping[str, Page]] = {
    "inject-never": Page(
        "No turn of a length begins while the inject is due, so it is never delivered in that length. Short lengths"
        " skip turns; look at their hours.",
        "turns: [0h, 6h, 14h, 24h]\nlengths: {45: [1, 2], 90: all}\nmsel:\n  - {id: storm, at: 20h, …}",
        "  - {id: storm, at: 20h, lengths: [90], …}",
    ),
    "until": Page(
        "`until` ends the time in which a condition is tried. An inject without a condition comes at its hour, so"
        " the key does nothing.",
        "  - {id: storm, at: 6h, until: 24h, …}",
        "  - {id: storm, at: 6h, until: 24h, when: {not: {ever: {move: notify-activity}}}, …}",
    ),
    "contingency-never": Page(
        "The condition of an inject can never hold in a length. What is reckoned with: which moves can be sent and"
        " when, injects and what they set, facts that acts, crossings and tracks may change, turns and hours. Injects"
        " that come by hand count as possible. Often the inject that it waits for is not played in that length.",
        "  - {id: second, at: 24h, when: {inject: first}, …}     # first has lengths: [90, 150]",
        "  - {id: second, at: 24h, when: {inject: first}, lengths: [90, 150], …}",
    ),
    "contingency-late": Page(
        "The condition can hold, but only after the inject has stopped being due. A condition is tried as a turn"
        " opens and sees what was done in earlier turns: what is asked of an act in the turn that begins at 6h is"
        " known at the next opening. An answer is a turn later than the question.",
        "turns: [0h, 12h, 24h, 36h]\nmsel:\n  - {id: thanks, at: 6h, until: 12h, when: {ever: {move: accept-help}}, …}",
        "  - {id: thanks, at: 6h, until: 36h, when: {ever: {move: accept-help}}, …}",
    ),
    "msel-order": Page(
        "An inject that comes by the clock stands below one that comes later. Play does not mind; a facilitator who"
        " reads the list does. Contingent injects may be grouped as you like.",
        "  - {id: second, at: 12h, …}\n  - {id: first, at: 6h, …}",
        "  - {id: first, at: 6h, …}\n  - {id: second, at: 12h, …}",
    ),
    "condition-never": Page(
        "What a line or a track watches for cannot happen in any turn of any length, so it never presses, crosses or"
        " moves anything.",
        "pressed_by:\n  - when: {hour: {at_least: 200}, move: no-comment}     # the session ends at 90h",
        "  - when: {hour: {at_least: 60}, move: no-comment}",
    ),
    "forecast-never": Page(
        "A forecast that cannot come true measures nothing: any team learns to say 0. It is tried at the end of each"
        " turn from the second on.",
        "happens: {same_turn: {move: take-call, by: other, at_least: 50}}",
        "happens: {same_turn: {move: take-call, by: other}}",
    ),
    "forecast-always": Page(
        "A forecast that always comes true measures nothing either.",
        "happens: {any: [{always: true}, {same_turn: {move: take-call, by: other}}]}",
        "happens: {same_turn: {move: take-call, by: other}}",
    ),
    "red-alone": Page(
        "No pink line leads to a red one, so nothing small can be seen to approach it: it is crossed out of the blue"
        " or not at all. The exercise is about the small steps.",
        "lines:\n  - {id: boarding, kind: red, …}",
        "  - {id: hull-survey, kind: pink, leads_to: boarding, …}",
    ),
    "red-mild": Page(
        "A red line is crossed and nobody feels it: its consequence moves no number, closes nothing, sets no fact"
        " and releases no inject. A line without `crossing` has the rule pack's consequence, which is felt.",
        "crossing: {flag: boarded}",
        "crossing: {tension: 10, trust: {receiver: -1}, flag: boarded}",
    ),
    "pink-idle": Page(
        "Nothing presses a pink line: it has no `pressed_by`, and no rule, inject or mark presses it or its concern.",
        "  - {id: hull-survey, kind: pink, concern: safety, leads_to: boarding, …}",
        "    pressed_by:\n      - {when: {move: show-of-force}, by: 1, says: Warships crowd the hull.}",
    ),
    "pink-never": Page(
        "The limit of a pink line is out of reach: even if the other team pressed it as hard as it can in every turn"
        " of the longest length, every act were read as hostile and as touching this line, and every rule that might"
        " press did, less would build up. The bound is generous, so a limit that is not warned of may still be hard"
        " to reach.",
        "limit: 900",
        "limit: 6",
    ),
    "pink-weak": Page(
        "The same, but readings could do it: acts, rules and injects can never bring the line to its limit, and only"
        " a team that names the line in its readings could. A line that depends on that alone is rarely crossed.",
        "limit: 60     # pressed by one act, by 0.5",
        "limit: 6",
    ),
    "salami": Page(
        "Acts of contact, reassurance, cooperation, restraint or information, without any term, cross a red line"
        " within one turn. Its owner never sees a near miss, the other team means no harm, and neither has a turn in"
        " which a word could help. The warning shows the acts; they have been played by the engine, unread. Slower or"
        " sharper paths are what pink lines are for and are not warned of: `crisis-sim show SCENARIO --paths` shows a"
        " short one for each red line.",
        "limit: 1.5\npressed_by:\n  - {when: {move: no-comment}, by: 1, says: It does not say.}",
        "limit: 6",
    ),
    "move-stuck": Page(
        "No channel of the scenario can carry these moves: none of the right kind, none of it open to what is public"
        " or private as the move is, or all of them suspended for good. Teams see the moves and cannot make them.",
        "channels:\n  embassies: {kind: diplomatic, visibility: private, …}     # and no press",
        "  press: {kind: press, visibility: public, …}",
    ),
    "move-dear": Page(
        "A move costs more standing in public than a team begins with. No rule forbids it, and no team will make it.",
        "standing: -6     # teams begin with 5",
        "standing: -1.5",
    ),
    "move-never": Page(
        "A condition describes a move that is not in the catalogue: each key fits some move, and no move fits all of"
        " them.",
        "move: {family: reassure, face_threat: {at_least: 3}}",
        "move: {family: [protest, coerce], face_threat: {at_least: 3}}",
    ),
    "move-nowhere": Page(
        "A condition of the scenario describes a move in a way in which no channel of this scenario carries it.",
        "move: {id: criticise, level: leader}     # only the press carries it",
        "move: criticise",
    ),
    "answer-idle": Page(
        "A move can only be made as an answer, and no move asks for it.",
        "only_as_answer: true",
        "asks: {accept: take-call, decline: refuse-contact}     # in the move that asks",
    ),
    "promise-idle": Page(
        "A promise that binds both sides comes into force when the other side accepts. This move asks for no answer,"
        " so nobody can accept.",
        "quiet-words: {binds: both, with_moves: [criticise], …}",
        "quiet-words: {binds: both, with_moves: [request-call], …}",
    ),
    "channel-idle": Page(
        "Nobody can use a channel: no move goes over its kind, none of them is public or private as the channel is,"
        " or it is suspended from the start and nothing could reopen it. It fills the channel board and tells teams"
        " nothing.",
        "old-line: {kind: defence-line, suspended: true, …}     # and nothing has reopen",
        "then: {reopen: {channel: old-line}}     # in an inject",
    ),
    "branch-injects": Page(
        "All injects that wait for what teams do wait for good conduct, or all for bad. Then the scenario rewards"
        " and never bites, or bites and never rewards, and teams learn half of a lesson. Counted are injects whose"
        " condition asks for acts that all calm or all alarm, or for crossed lines; `not` turns one into the other.",
        "when: {ever: {move: criticise}}     # and again, and no inject after good conduct",
        "when: {ever: {move: share-technical-data}}",
    ),
    "branch-track": Page(
        "A track moves by acts alone, and all of them move it the same way. Tracks that also move by the hour, or"
        " whose changes depend on facts, injects or a `not`, are left alone.",
        "changes:\n  - {when: {move: condole}, by: 1, …}\n  - {when: {move: offer-help}, by: 1, …}",
        "  - {when: {move: {family: coerce}}, by: -1, …}",
    ),
    "branch-channel": Page(
        "A crossing, an inject or a mark closes a channel by name, and nothing can open it again. Readiness needs no"
        " such care: it comes back with use.",
        "crossing: {suspend: hotline}     # and no reopen anywhere",
        "then: {reopen: {channel: hotline}}     # in an inject that comes later",
    ),
    "clock-still": Page(
        "A track that runs out is a clock; it falls by the hour, or conditions on `time_left` never change.",
        "hours-of-air: {runs_out: true, start: 90, …}",
        "hours-of-air: {runs_out: true, start: 90, per_hour: -1, …}",
    ),
    "language": Page(
        "The scenario says that it is in Chinese, and some text that teams read is not. What only the facilitator"
        " reads may stay in one language: guide, notes, likely misreadings.",
        "languages: [en, zh]\nsays: A ferry is adrift.",
        "says: {en: A ferry is adrift., zh: 一艘渡轮正在漂流。}",
    ),
    "brief-long": Page(
        "A team cannot read the public brief and its own in the minutes that the shortest length has for welcome,"
        " rules and briefs: 6, 12 or 20. Reckoned with 238 English words a minute (Brysbaert 2019) or 260 Chinese"
        " characters (Wang, Lin and Guo 2019); half of all people read more slowly, and somebody has to speak, too.",
        "lengths: {45: [1, 3, 5], 90: all}     # with briefs of 1,600 words",
        "lengths: {90: all}     # or shorter briefs",
    ),
    "reads-one": Page(
        "`reads_as` tells the facilitator how each side is likely to misread an inject. Here one side has none.",
        "reads_as: {us: It maps the hull., china: '-'}",
        "reads_as: {us: It maps the hull., china: It is the first to help.}",
    ),
    "reads-alike": Page(
        "Both sides are said to misread an inject in the same words. Then it divides nobody; or one of the two was"
        " copied to be filled in later.",
        "reads_as: A test of speed.",
        "reads_as: {us: A test of speed., china: A test of respect.}",
    ),
    "imbalance": Page(
        "One side has at least twice what the other has, and a good deal more in number: words in its brief or its"
        " injects, lines, ways in which lines are pressed or crossed, injects for itself alone. That side plays"
        " another game. Moves are the same for both.",
        "lines: […]     # seven for the US, two for China",
        "lines: […]     # five for the US, four for China",
    ),
    "blame-one": Page(
        "In many injects the likely misreading of one side names the other, and never the other way about: so one"
        " side always suspects and the other is always suspected. A program cannot tell what a sentence means. It"
        " counts names: America, Washington, the US; China, Chinese, Beijing. It sees no blame without a name, and"
        " speaks up from five against none.",
        "reads_as: {us: Beijing is behind it., china: We are glad to help.}     # in five injects",
        "reads_as: {us: Beijing is behind it., china: Washington wants the site to itself.}",
    ),
    "question-empty": Page(
        "A question of the hotwash is about something of which there can be no record in this scenario: readouts"
        " where no move makes an exchange, silence where nothing is asked, commitments where none can be made.",
        "{ask: Compare your readouts., about: readouts}     # no move has exchange: true",
        "{ask: Compare your readouts., about: channels}",
    ),
    "question-unmoored": Page(
        "None of the questions recalls an inject, so the talk hangs in the air. `recalls` puts names beneath a"
        " question on the screen: *Think back to: A survey ship on the scene*. Not every question needs one.",
        '{ask: "Which act needed a word beforehand?", about: gaps}',
        '{ask: "Which act needed a word beforehand?", about: gaps, recalls: [survey-ship]}',
    ),
    "file-name": Page(
        "A scenario is found by its folder and a pack by its file. If the id is another, two names go about for one"
        " thing.",
        "id: small-tests     # in scenarios/small-test/",
        "id: small-test",
    ),
    "format": Page(
        "The file is of an older format. It is read all the same; `crisis-sim migrate` rewrites it and keeps comments.",
        "format: 1     # where 2 is in use",
        "format: 2",
    ),
}

SILENCES: Final[Mapping[str, str]] = {
    "silence-form": "A comment begins with `lint:` and is not of the form above.",
    "silence-reason": "A warning is allowed without a reason. The warning stays.",
    "silence-unknown": "There is no warning of that name.",
    "silence-idle": (
        "Nothing is warned of there, so nothing is allowed. (Not said of rule packs, which serve many scenarios.)"
    ),
}
"""Warnings about silences; they cannot be allowed."""

_HEAD: Final = """# Lint

Warnings of `crisis-sim check`: what is allowed and probably not meant. They keep nothing from being played, and the
exit code stays 0. Each has a code; this page says what it means, with a small example of what is warned of and of what
is fine.

## To allow one

If you mean it, say so in place, with the reason:

```yaml
      # lint: allow red-alone – because surprise is what this scenario is about
      - id: boarding
        kind: red
```

The comment stands on the line of the warning or in a line of its own above it. Several codes go with commas. A warning
about a brief or a guide is allowed at the line of `scenario.yaml` that names the file. A `#` within a quoted or block
text is no comment.
"""


def lint_page() -> str:
    """The page of the warnings, and of those about silences."""
    parts = [_HEAD]
    parts += [f"- `lint/{code}`: {says}" for code, says in SILENCES.items()]
    parts.append("\n## The warnings\n")
    parts += ["| code | in short |", "| --- | --- |"]
    parts += [
        f"| [`{code}`](#lint{code}) | {page.says.partition('. ')[0].rstrip('.')} |" for code, page in PAGES.items()
    ]
    parts.append("")
    parts += [_section(code, page) for code, page in PAGES.items()]
    return "\n".join(parts)


def _section(code: str, page: Page) -> str:
    wrong, right = (f"```text\n{example}\n```\n" for example in (page.wrong, page.right))
    allow = f"To allow it: `# lint: allow {code} – because …`\n"
    return f"### `lint/{code}`\n\n{page.says}\n\nWarned of:\n\n{wrong}\nFine:\n\n{right}\n{allow}"
