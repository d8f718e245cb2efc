"""What bots say: with their moves, when they are asked what moved them closer or ask it, and in the closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.actions import AnswerCloser, AskCloser
from crisis_sim.engine.acts.closer import MOST_ACTS
from crisis_sim.engine.acts.closing import MOST_PRINCIPLES
from crisis_sim.engine.views.dossier import Dossier, MoveEntry
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.playtest.policy import LuckRoll, Policy
from crisis_sim.rules.names import Language
from crisis_sim.wording import _, speaker

BY_MOVE: Final = {
    "share-technical-data": _("Here is what our sensors show."),
    "offer-help": _("We can help, and ask nothing for it."),
    "deliver-help": _("Our people are on their way, as agreed."),
    "joint-cell": _("Let us put one cell in charge of the whole effort."),
    "invite-inclusion": _("Join us, as a full member."),
    "back-un-lead": _("The host leads, and we follow."),
    "notify-activity": _("Our unit will pass there tomorrow. Please take note."),
    "request-call": _("May we speak today?"),
    "private-inquiry": _("What is your unit doing there?"),
    "private-reassure": _("We are there to help and for nothing else."),
    "manage-expectations": _("A call is for talking. It need not settle anything."),
    "condole": _("Our thoughts are with the people affected."),
    "fact-statement": _("These are the facts as we know them."),
    "tell-line": _("We see this moving on a line of ours."),
    "tell-line-publicly": _("What we see is a step on our line."),
    "reaffirm-rules": _("The agreed rules stand, and we keep them."),
    "grit-step": _("We hold back one step of ours, from noon, for all to see."),
    "correct-together": _("What is told of this is not so. Let us both say it."),
    "propose-to-remove-the-cause": _("Let us both do this less often, farther off, and say so before."),
    "people-to-people": _("Let the families of both meet. It concerns nobody else."),
    "propose-principles": _("Let us agree first how we go about this, and then case by case."),
    "joint-statement": _("Let us say this together."),
    "criticise": _("This was not well done."),
    "public-demand": _("We call on the other side to make room."),
    "no-comment": _("We have nothing to say on this."),
    "show-of-force": _("Our forces will be where they have to be."),
    "take-call": _("We are on the line."),
    "accept-help": _("We accept, with thanks."),
    "reject-offer": _("Thank you, not at this time."),
    "refuse-contact": _("The time is not right for a call."),
}
BY_FAMILY: Final = {
    "contact": _("We would like to talk."),
    "reassure": _("We mean no harm."),
    "cooperate": _("Let us do this together."),
    "restrain": _("We take a step back."),
    "inform": _("This is what we know."),
    "protest": _("We do not accept this."),
    "coerce": _("This must change."),
    "force": _("We are moving."),
}


def words_for(move: MoveEntry, language: Language) -> str:
    """What a bot says when it makes this move: in the words of the scenario, or in plain ones."""
    words = move.bot_words
    plain = BY_MOVE.get(move.id, BY_FAMILY[move.family])
    return words.get(language, words["en"]) if words else speaker(language)(plain)


ASKED_IN: Final = 3
"""The turn in which a bot that tries everything asks it."""


def about_closer(view: TeamView, policy: Policy, luck: LuckRoll) -> Iterator[AnswerCloser | AskCloser]:
    """An answer where it is asked; and one that tries everything asks once, over any channel that there is for it."""
    yield from closer_answer(view, policy.candid)
    if policy.many and view.turn == ASKED_IN and not view.asks_closer and view.ways_to_ask:
        yield AskCloser(channel=view.ways_to_ask[luck("closer", 0) % len(view.ways_to_ask)])


def closer_answer(view: TeamView, candid: bool) -> Iterator[AnswerCloser]:
    """As it is, as far as a team knows that: what it took worst, over its line with the most pressure; or nothing."""
    question = view.closer
    if question is None or question.said:
        return
    worst = sorted(question.acts, key=lambda act: -(act.hostility or 0))
    acts = tuple([act.number for act in worst if (act.hostility or 0) > 0][:MOST_ACTS])
    pressed = max(view.lines, key=lambda line: line.pressure, default=None)
    if not candid or not acts or pressed is None:
        yield AnswerCloser(acts=(), concern="")
    else:
        yield AnswerCloser(acts=acts, concern=pressed.concern)


def closing_acts(
    view: TeamView, dossier: Dossier, language: Language, luck: Callable[[str, int], int]
) -> Iterator[a.AnyAction]:
    """One of the scenario's sentences, if it has put none."""
    used_texts = {principle.says for principle in view.principles}
    sentences = [words for words in dossier.sentences if words.get(language, words.get("en")) not in used_texts]
    if sentences and not any(principle.put_by == view.side for principle in view.principles):
        ours = sentences[view.side == "china" :: 2] or sentences  # so that both seldom put the same
        chosen = ours[luck("principle", 0) % len(ours)]
        yield a.PutPrinciple(says=chosen.get(language) or chosen["en"])


def principles_accepted(view: TeamView) -> Iterator[a.AcceptPrinciple]:
    """What the other side has put, as long as there is room."""
    room = MOST_PRINCIPLES - sum(principle.stands for principle in view.principles)
    theirs = [principle.number for principle in view.principles if principle.by != view.side and not principle.stands]
    yield from (a.AcceptPrinciple(number=number) for number in theirs[:room])
