"""What stands in texts by a slip: words cut off by a `#`, and marks of unfinished work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.content.comments import Comment
from crisis_sim.content.scenario import Files
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence
from crisis_sim.rules.keys import Loc


def no_comment_eats_a_text(found: LintRun) -> None:
    """Behind the words of a text stands no `#` that looks like a part of them: `text: Generator #4 runs`."""
    for source, texts in found.texts:
        cut = {comment.line: comment.text for comment in source.comments("") if _looks_like_words(comment)}
        for loc, _text in texts if cut else ():
            spot = source.spot(*loc)
            if spot.line in cut:
                said = Sentence("from the # on nobody reads this, it is a comment: {words}", words=cut[spot.line][:40])
                hint = Sentence("put the text into quotes; a comment has a blank behind its #")
                found.warn(spot, said, "hash-text", hint)


def _looks_like_words(comment: Comment) -> bool:
    """Whether a comment follows words without a quotation mark or bracket that closes them, and a blank or a number."""
    before, after = comment.source[: comment.col - 1].rstrip(), comment.source[comment.col :]
    return before != "" and before[-1] not in "\"'}]:,-" and re.match(r"\w| [0-9]", after) is not None


_UNWRITTEN: Final = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX+)\b|\[(?:CHECK|TODO|TBD|INSERT|FILL|ADD|NAME|NUMBER|DATE)\b[^\]]{0,60}\]|\?{3}"
    r"|(?i:lorem ipsum)"
)
"""Marks of what somebody meant to write later."""


def nothing_is_left_to_write(found: LintRun) -> None:
    """No text that people read has a mark of unfinished work."""
    for source, loc, words, file in _read(found):
        mark = _UNWRITTEN.search(words)
        if mark is not None:
            said = Sentence("this text is not finished: “{mark}” stands in it", mark=mark[0])
            if file:
                line = words.count("\n", 0, mark.start()) + 1
                said = Sentence(
                    "{file} is not finished: “{mark}” stands in line {line}", file=file, mark=mark[0], line=line
                )
            found.warn(source.spot(*loc), said, "placeholder", Sentence("write what belongs there"))


def _read(found: LintRun) -> Iterator[tuple[Source, Loc, str, str]]:
    """Every text in each of its languages, with the way to it, and with its file's name where it has one."""
    for source, texts in found.texts:
        for loc, text in texts:
            if isinstance(text, Files):
                names = filter(None, (text.en, text.zh))
                yield from ((source, loc, found.material.texts.get(name, ""), name) for name in names)
            else:
                yield from ((source, loc, words, "") for words in text.words.values())
