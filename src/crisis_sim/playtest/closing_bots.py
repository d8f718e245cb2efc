"""What a bot says beside its guesses: what it thinks that they guess, a share, and principles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.closing import MOST_PRINCIPLES
from crisis_sim.engine.acts.line_writing import LONGEST_LINE
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.rules.names import Language

LEAST_SHARE, MOST_SHARE = 40, 75
"""Between which a bot claims a share by luck: what each of two claims of joint work (Ross and Sicoly 1979, a guess)."""


def lines_expected(view: TeamView, language: Language) -> Iterator[a.ExpectGuess]:
    """Two guesses that it expects of them: the first red and the first pink line of ours."""
    held = [line for line in view.lines if line.adopted]
    firsts = [next((line for line in held if line.kind == kind), None) for kind in ("red", "pink")]
    for line in [line for line in firsts if line is not None][len(view.expected) :]:
        words = line.says.get(language) or line.says.get("en") or line.says[""]
        weight = 8 if line.kind == "red" else 5
        yield a.ExpectGuess(line=line.kind, concern=line.concern, says=words[:LONGEST_LINE], weight=weight)


def said_at_the_close(
    view: TeamView, dossier: Dossier, language: Language, luck: Callable[[str, int], int]
) -> Iterator[a.AnyAction]:
    """A share by luck, as people claim them; one of the scenario's sentences, if it has put none."""
    if dossier.asks_share and view.share is None:
        yield a.ClaimShare(share=LEAST_SHARE + luck("share", 0) % (MOST_SHARE - LEAST_SHARE + 1))
    put = {each.says for each in view.principles}
    left = [words for words in dossier.sentences if words.get(language, words.get("en")) not in put]
    if left and not any(each.put_by == view.side for each in view.principles):
        ours = left[view.side == "china" :: 2] or left  # so that both seldom put the same
        chosen = ours[luck("principle", 0) % len(ours)]
        yield a.PutPrinciple(says=chosen.get(language) or chosen["en"])


def principles_accepted(view: TeamView) -> Iterator[a.AcceptPrinciple]:
    """What the other side has put, as long as there is room."""
    room = MOST_PRINCIPLES - sum(each.stands for each in view.principles)
    theirs = [each.number for each in view.principles if each.by != view.side and not each.stands]
    yield from (a.AcceptPrinciple(number=number) for number in theirs[:room])
