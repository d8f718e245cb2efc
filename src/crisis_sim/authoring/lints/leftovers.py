"""What stands in texts by a slip: words cut off by a `#`, marks of unfinished work, ids and hours that are not so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.content.comments import Comment
from crisis_sim.content.named_things import named_things
from crisis_sim.content.scenario import Files
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence
from crisis_sim.problems import nearest
from crisis_sim.rules.keys import Loc


def no_comment_eats_a_text(run: LintRun) -> None:
    """Behind the words of a text stands no `#` that looks like a part of them: `text: Generator #4 runs`."""
    for source, texts in run.texts:
        comment_texts = {comment.line: comment.text for comment in source.comments("") if _looks_like_words(comment)}
        for loc, _text in texts if comment_texts else ():
            spot = source.spot(*loc)
            if spot.line in comment_texts:
                message = Sentence(
                    "from the # on nobody reads this, it is a comment: {words}", words=comment_texts[spot.line][:40]
                )
                hint = Sentence("put the text into quotes; a comment has a blank behind its #")
                run.warn(spot, message, "hash-text", hint)


def _looks_like_words(comment: Comment) -> bool:
    """Whether a comment follows words without a quotation mark or bracket that closes them, and a blank or a number."""
    preceding, following = comment.source[: comment.col - 1].rstrip(), comment.source[comment.col :]
    return preceding != "" and preceding[-1] not in "\"'}]:,-" and re.match(r"\w| [0-9]", following) is not None


_UNWRITTEN: Final = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX+)\b|\[(?:CHECK|TODO|TBD|INSERT|FILL|ADD|NAME|NUMBER|DATE)\b[^\]]{0,60}\]|\?{3}"
    r"|(?i:lorem ipsum)"
)
"""Marks of what somebody meant to write later."""


def nothing_is_left_to_write(run: LintRun) -> None:
    """No text that people read has a mark of unfinished work."""
    for source, loc, words, file in _texts_by_language(run):
        mark = _UNWRITTEN.search(words)
        if mark is not None:
            message = Sentence("this text is not finished: “{mark}” stands in it", mark=mark[0])
            if file:
                line = words.count("\n", 0, mark.start()) + 1
                message = Sentence(
                    "{file} is not finished: “{mark}” stands in line {line}", file=file, mark=mark[0], line=line
                )
            run.warn(source.spot(*loc), message, "placeholder", Sentence("write what belongs there"))


def _texts_by_language(run: LintRun) -> Iterator[tuple[Source, Loc, str, str]]:
    """Every text in each of its languages, with the way to it, and with its file's name where it has one."""
    for source, texts in run.texts:
        for loc, text in texts:
            if isinstance(text, Files):
                names = filter(None, (text.en, text.zh))
                yield from ((source, loc, run.material.texts.get(name, ""), name) for name in names)
            else:
                yield from ((source, loc, words, "") for words in text.words.values())


_ID: Final = re.compile(r"(?<!`)`([a-z0-9]+(?:-[a-z0-9]+)+)`(?!`)")
"""An id of several words in backticks, as guides write them."""


def guides_name_what_there_is(run: LintRun) -> None:
    """Every id that the facilitator's guide has in backticks is one of the scenario's or its packs'."""
    scenario, packs = run.scenario, run.material.packs
    valid_names = {scenario.id, *(pack.id for pack in packs), *(item.name for item in named_things(scenario))}
    valid_names |= {item.name for pack in packs for item in named_things(pack)}
    valid_names |= {answer for inject in scenario.msel for answer in inject.decide}
    for language in scenario.languages:
        for name in dict.fromkeys(_ID.findall(run.material.text(scenario.guide, language))):
            if name not in valid_names:
                message = Sentence("the guide speaks of `{name}`, and nothing here is called so", name=name)
                near = nearest(name, sorted(valid_names))
                hint = Sentence("did you mean '{near}'?", near=near) if near else Sentence("change it in the guide too")
                run.warn(run.source.spot("guide"), message, "guide-name", hint)


_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_HOUR: Final = re.compile(r"\bT\+([0-9]{1,5})(?![0-9])")
_NOW: Final = re.compile(r"\b(?:it is|now|as of)\W+T\+([0-9]{1,5})(?![0-9])", re.IGNORECASE)
_PAST: Final = re.compile(
    r"\b(?:was|were|had|went|came|fell|sank|left|lost|struck|began|broke|\w{3,}ed)\b", re.IGNORECASE
)
_TO_COME: Final = re.compile(
    r"\b(?:will|would|can|could|may|might|shall|should|must|due|is to|are to|has|have|until|from|by|for|before|to) ",
    re.IGNORECASE,
)


def hours_in_texts_agree(run: LintRun) -> None:
    """What an English text says of the past or of now lies at no later or other hour than it is told."""
    for place, inject in enumerate(run.scenario.msel):
        inject_hours = {
            world.hour(world.injects[inject.id]) for world in run.worlds.values() if inject.id in world.injects
        }
        if inject.by_hand or not inject_hours:
            continue
        for sentence in _SENTENCE.split(f"{inject.text.us.en}\n{inject.text.china.en}"):
            past = _PAST.search(sentence) and not _TO_COME.search(sentence) and not sentence.startswith("T+")
            hours = {int(hour) for hour in _HOUR.findall(sentence) if past and int(hour) > max(inject_hours)}
            hours |= {int(hour) for hour in _NOW.findall(sentence) if int(hour) not in inject_hours}
            if hours:
                words = {"inject": inject.id, "hour": min(hours), "at": min(inject_hours)}
                message = Sentence("'{inject}' speaks of T+{hour} as if it had come, and is told at {at}h", **words)
                hint = Sentence("change the hour in the text, or the inject's own")
                run.warn(run.source.key_spot("msel", place, "text"), message, "clock-text", hint)
                break
