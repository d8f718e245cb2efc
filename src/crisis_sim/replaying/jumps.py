"""Moments worth going to: where the largest gaps were read, and what moved tension."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, NamedTuple

from crisis_sim.engine import events as e
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.engine.sight.seen import line_words
from crisis_sim.measures.meanings import Meaning, meanings, widest
from crisis_sim.measures.tension import turning_points
from crisis_sim.numbers import told as shown
from crisis_sim.pages.telling import Teller, head_for, in_language, words_for
from crisis_sim.replaying.reel import Reel
from crisis_sim.replaying.telling import WHO
from crisis_sim.rules.names import Language, Side
from crisis_sim.session.course import traced
from crisis_sim.wording import speaker


class Jump(NamedTuple):
    """A moment worth going to."""

    seq: int
    kind: Literal["gap", "turning"]
    says: str
    text: str = ""
    """The words of an act."""
    meaning: Meaning | None = None


def gaps_of(reel: Reel, language: Language) -> tuple[Jump, ...]:
    """Every act that was read, the largest gap first, at the entry that read it."""
    read: dict[object, int] = {}
    for entry in reel.log.entries:
        read |= {event.act: entry.seq for event in entry.events if isinstance(event, e.ReadingSealed)}
    found, say = meanings(reel.end, reel.table), Teller(dossier_for(reel.table, "facilitator"), language)
    return tuple(_gap(read.get(each.key, 0), each, say) for each in widest(found, len(found)) if each.key in read)


def _gap(seq: int, each: Meaning, say: Teller) -> Jump:
    says, text = head_for(each.act, None, say), words_for(each.act, say)
    return Jump(seq, "gap", says, text, each)


def turning_of(reel: Reel, language: Language) -> tuple[Jump, ...]:
    """The turns that moved the session, at the entry that moved them."""
    return tuple(
        Jump(_mover(reel, point.turn), "turning", _turned(reel, language, point.turn, point.moved, point.crossed))
        for point in turning_points(traced(reel.table, reel.ends))
    )


def _turned(reel: Reel, language: Language, turn: int, moved: int, crossed: tuple[str, ...]) -> str:
    """A turning point in words."""
    say = speaker(language)
    told = say("turn {turn}: tension {moved}", turn=turn, moved=shown(moved, signed=True))
    for named in crossed:
        owner, _, line = named.partition("/")
        side: Side = "us" if owner == "us" else "china"
        says = in_language(line_words(reel.end, reel.table, side, line), language).rstrip(".。")
        told = say("{told}; {who} line crossed: {says}", told=told, who=say(WHO[side]), says=says)
    return told


def _mover(reel: Reel, turn: int) -> int:
    """The entry of a turn that moved tension furthest; of equal ones the last."""
    best, found = -1, reel.turns[turn - 1]
    for before, after in pairwise(reel.changes):
        moved = abs(after.state.tension - before.state.tension)
        if after.state.turn == turn and moved >= best:
            best, found = moved, after.seq
    return found
