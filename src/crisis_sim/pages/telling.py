"""Telling an act in words: who did what, over what, how it was put, and how it fared as far as its reader may know."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.feed_items import ActTold, OwnActTold
from crisis_sim.engine.sight.parts import AccountFacts, ActFacts, OwnFate
from crisis_sim.pages.phrases import OUTCOMES, answered, confidence, hostility, signed, team, visibility
from crisis_sim.rules.names import Language, Side, Words
from crisis_sim.wording import speaker


def in_language(words: Words, language: Language) -> str:
    """The words in `language`, or else in English, or in whatever there is."""
    return words.get(language) or words.get("en") or words.get("") or next(iter(words.values()), "")


def move_label(dossier: Dossier, move: str, language: Language) -> str:
    """A move's name."""
    return in_language(dossier.moves[move].label, language)


def channel_name(dossier: Dossier, channel: str, language: Language) -> str:
    """A channel's name."""
    return in_language(dossier.channels[channel].name, language)


def term_says(dossier: Dossier, term: str, language: Language) -> str:
    """What a term puts on an act."""
    return in_language(dossier.terms[term].says, language)


def promise_says(dossier: Dossier, commitment: str, language: Language) -> str:
    """What a commitment promises."""
    return in_language(dossier.commitments[commitment], language)


def parts_of(act: ActFacts, dossier: Dossier, language: Language) -> dict[str, str]:
    """Move, channel, visibility and team of an act, in words; no move where it could not be made out."""
    return {
        "move": move_label(dossier, act.move, language) if act.move else "",
        "channel": channel_name(dossier, act.channel, language),
        "visibility": visibility(speaker(language), act.visibility),
        "side": team(language, act.side),
    }


def head_for(act: ActFacts, dossier: Dossier, reader: Side | None, language: Language) -> str:
    """An act in a line, for a team or for those who see both."""
    say, words = speaker(language), parts_of(act, dossier, language)
    if reader == act.side:
        return say("{move}, {channel}, {visibility}", **words)
    if reader is not None and (act.seen is not None or not act.move):
        return unclear_head(act, dossier, language)
    return say("{side}: {move}, {channel}, {visibility}", **words)


def unclear_head(act: ActFacts, dossier: Dossier, language: Language) -> str:
    """An act in a line, for a receiver who could not make it out."""
    say, words = speaker(language), parts_of(act, dossier, language)
    return say("{side}: something was seen, {channel}", **words)


def words_for(act: ActFacts, dossier: Dossier, language: Language) -> str:
    """An act's words with its terms and promise, or what its receiver saw instead."""
    if act.seen is not None:
        return in_language(act.seen, language)
    return "\n".join([*([act.text] if act.text else ()), *_put(act, dossier, language)])


def how_put(act: ActFacts, dossier: Dossier, language: Language) -> str:
    """An act's terms and promise, and what it is about, apart from its words."""
    return "\n".join(_put(act, dossier, language))


def _put(act: ActFacts, dossier: Dossier, language: Language) -> Iterator[str]:
    say = speaker(language)
    if act.terms:
        terms = say("; ").join([term_says(dossier, term, language) for term in act.terms])
        yield say("put so: {terms}", terms=terms)
    if act.promise is not None:
        yield say("with a promise: {says}", says=promise_says(dossier, act.promise, language))
    if act.about is not None:
        yield say("about: {channel}", channel=channel_name(dossier, act.about, language))


def own_tail(item: OwnActTold, language: Language) -> str:
    """What became of our act, as far as we can know."""
    say = speaker(language)
    meant = {"word": hostility(language, item.intent), "value": signed(item.intent)}
    told = [say("we meant it as {word} ({value})", **meant), _fate(item.fate, item.due_hour, language)]
    match item.asked:
        case None:
            pass
        case "silent":
            told.append(say("no answer came"))
        case "open":
            told.append(say("answer due by T+{hour}", hour=item.answer_due))
        case how:
            told.append(say("answered: {how}", how=answered(say, how)))
    return say("; ").join(told)


def _fate(fate: OwnFate, due_hour: int, language: Language) -> str:
    say = speaker(language)
    match fate:
        case "said":
            return say("said in public", "of an act")
        case "too-low":
            return say("taken by somebody without authority; passed on, and worth little")
        case "leaked":
            return say("it leaked, and the press has it")
        case "delivered":
            return say("delivered", "of an act")
        case "waiting":
            return say("no confirmation yet; should be there by T+{hour}", hour=due_hour)
        case "unconfirmed":
            return say("never confirmed")


def their_tail(item: ActTold, language: Language) -> str:
    """How their act came to us and how we read it."""
    say, told = speaker(language), []
    if item.leaked:
        told.append(say("it leaked, and the press has it"))
    if item.late:
        told.append(say("came {hours} h after it was sent", hours=item.late))
    if item.hostility is not None and item.confidence is not None:
        read = {"word": hostility(language, item.hostility), "value": signed(item.hostility)}
        sure = confidence(language, item.confidence)
        told.append(say("we read it as {word} ({value}), {sure}", sure=sure, **read))
    return say("; ").join(told)


def account_words(account: AccountFacts, language: Language) -> dict[str, str]:
    """Side, outcome and tone of an account, in words."""
    return {
        "side": team(language, account.side),
        "outcome": speaker(language)(OUTCOMES[account.outcome]),
        "tone": signed(account.tone),
        "word": hostility(language, account.tone),
    }


def account_line(account: AccountFacts, language: Language) -> str:
    """A side's account of an exchange in a line, without its own words."""
    return speaker(language)("{side}: {outcome}, tone {tone} {word}", **account_words(account, language))


def readouts_head(result: str, by: Side | None, language: Language) -> str:
    """How the two accounts of an exchange compare."""
    say = speaker(language)
    match result:
        case "match":
            return say("Both sides' accounts of the exchange agree")
        case "differ":
            return say("The two accounts of the exchange differ")
        case _:
            side = "" if by is None else team(language, by)
            return say("One side alone gave an account of the exchange: {side}", side=side)
