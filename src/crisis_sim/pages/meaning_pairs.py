"""Meant and read, act by act: what was said, how it came to the other side, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.hotwash_facts import PairFacts, ReplyFacts
from crisis_sim.engine.sight.parts import ActFacts
from crisis_sim.pages.hotwash_page import MeaningPair, Quoted
from crisis_sim.pages.phrases import answered
from crisis_sim.pages.telling import account_words, head_for, how_put, in_language, unclear_head, words_for
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker


def meaning_pair(pair: PairFacts, dossier: Dossier, language: Language) -> MeaningPair:
    """An act with its sealed intent and its sealed reading."""
    act = pair.act
    head = head_for(act, dossier, None, language)
    return MeaningPair(
        side=pair.side,
        turn=pair.turn,
        order=pair.order,
        head=head,
        text=words_for(act, dossier, language),
        intent=pair.intent,
        reading=pair.reading,
        confidence=pair.confidence,
        gap=pair.gap,
        arrived=bool(pair.arrived),
        said=_quoted(act, head, dossier, language),
        fared=" ".join(_fared(pair, language)),
        seen=_seen(pair, dossier, language),
        touched="" if pair.touched is None else in_language(pair.touched, language),
        replies=tuple(_reply(reply, dossier, language) for reply in pair.replies),
    )


def _quoted(act: ActFacts, head: str, dossier: Dossier, language: Language) -> Quoted:
    """The words of an act apart from how they were put."""
    return Quoted(head=head, text=act.text, more=how_put(act, dossier, language))


def _seen(pair: PairFacts, dossier: Dossier, language: Language) -> Quoted | None:
    """What the receiver saw of it, where that was something else than what was said."""
    if pair.seen is None:
        return None
    return Quoted(head=unclear_head(pair.act, dossier, language), text="", more=in_language(pair.seen, language))


def _fared(pair: PairFacts, language: Language) -> Iterator[str]:
    """How the channel served it, in sentences."""
    say, when = speaker(language), {"hours": pair.hours, "turn": pair.arrived}
    for fared in pair.fared:
        match fared:
            case "late":
                yield say("It came late: {hours} h after it was sent, in turn {turn}.", **when)
            case "later":
                yield say("It came {hours} h after it was sent, in turn {turn}.", **when)
            case "too-low":
                yield say("It was taken by somebody without authority; it was passed on, and worth little.")
            case "leaked":
                yield say("It leaked: the press had it too.")
            case "lost":
                yield say("Nobody took it up. It never reached them.")
            case "waiting":
                yield say("It was on its way when play ended. It never reached them.")


def _reply(reply: ReplyFacts, dossier: Dossier, language: Language) -> Quoted:
    """An answer, that none came in time, or a side's account of the exchange that followed."""
    say, account = speaker(language), reply.account
    if account is not None:
        head = say("As {side} told it: {outcome}, tone {tone} {word}", **account_words(account, language))
        return Quoted(head=head, text=account.text)
    if reply.act is None or reply.how is None:
        return Quoted(head=say("No answer came in time."), text="")
    head = head_for(reply.act, dossier, None, language)
    return _quoted(reply.act, say("{head}: {how}", head=head, how=answered(say, reply.how)), dossier, language)
