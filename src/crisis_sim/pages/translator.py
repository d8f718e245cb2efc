"""What tells: sentences in a language, and what a dossier calls its things. Acts, accounts and promises in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.views.dossier import Dossier, TrackEntry, WhiteEntry
from crisis_sim.engine.views.feed_items import ActItem, OwnActItem
from crisis_sim.engine.views.hotwash_facts import CourseFacts
from crisis_sim.engine.views.shared_facts import AccountFacts, ActFacts, OwnFate
from crisis_sim.numbers import points_printed, wholes
from crisis_sim.pages.phrases import (
    OUTCOMES,
    TAKERS,
    answer_word,
    confidence,
    format_signed,
    hostility,
    meant_for,
    taken_for,
    team,
    visibility,
)
from crisis_sim.rules.names import HERE_FOR_MORE, Language, Side, Taker, TrackNumbers, Words
from crisis_sim.text import braces_filled
from crisis_sim.wording import Say, _, join_parts, speaker
from crisis_sim.wording.labels import BACKED, TOLD_HOW

BELIEF: Final = _("They are here for something besides the common task.")
"""What teams are asked to believe, as they say it."""
_STAMP: Final = re.compile(r"T\+([0-9]+)[^\W\d_]{1,2}[.\u3002] ?")
"""An hour with which words of the plan begin, in any language."""


def in_language(words: Words, language: Language) -> str:
    """The words in `language`, or else in English, or in whatever there is."""
    return words.get(language) or words.get("en") or words.get("") or next(iter(words.values()), "")


class Translator:
    """Says sentences of the catalogue in a language, and by their ids what a seat's dossier calls its things."""

    def __init__(self, dossier: Dossier, language: Language, now: str = "") -> None:
        """`now` stands where play would say what the seat does, if play does not."""
        self.dossier = dossier
        self.language: Language = language
        self.now = now
        self.kept: dict[int, tuple[object, object]] = {}
        """Facts that are told again and again, by their identity, with what they were told as."""
        self._say = speaker(language)

    def __call__(self, english: str, context: str = "", /, *, plural: object = "", **words: object) -> str:
        """A sentence."""
        return self._say(english, context, plural=plural, **words)

    def localize(self, words: Words) -> str:
        """Words of scenario or packs."""
        return in_language(words, self.language)

    def move(self, move: str) -> str:
        """A move's name."""
        return self.localize(self.dossier.moves[move].label)

    def channel(self, channel: str) -> str:
        """A channel's name."""
        return self.localize(self.dossier.channels[channel].name)

    def track(self, track: str) -> str:
        """What is at stake."""
        return self.localize(self.dossier.tracks[track].name)

    def course(self, course: CourseFacts) -> TrackEntry:
        """What it is that went from start to end; the hotwash opens tracks that were one team's."""
        return course.own or self.dossier.tracks[course.id]

    def track_name(self, entry: TrackEntry) -> str:
        """What a track is called, and whose own it is."""
        if entry.of is None:
            return self.localize(entry.name)
        owner = (
            self(_("ours alone"))
            if entry.of == self.dossier.side
            else self(_("{team} alone"), team=team(self, entry.of))
        )
        return self(_("{label} ({note})"), label=self.localize(entry.name), note=owner)

    def amount(self, track: str, value: int) -> str:
        """Where a track stands, in its unit."""
        return self(_("{value} {unit}"), value=self.counted(value), unit=self.localize(self.dossier.tracks[track].unit))

    def counted(self, value: int) -> str:
        """A track's number; whole but for the white cell, and nothing only where there is nothing."""
        return points_printed(self._whole(value))

    def _whole(self, value: int) -> int:
        return value if self.dossier.white is not None else wholes(value)

    def change(self, old_value: int, new_value: int) -> str:
        """By how much a track has moved, as its numbers show it."""
        if difference := self._whole(new_value) - self._whole(old_value):
            return points_printed(difference, signed=True)
        return self(_("a little more") if new_value > old_value else _("a little less"))

    def moved(self, track: str, old_value: int, new_value: int) -> str:
        """What a track was, and what it came to."""
        words = {"track": self.track(track), "after": self.amount(track, new_value)}
        if self._whole(old_value) == self._whole(new_value):
            return self(_("{track}: {after}, {change}"), change=self.change(old_value, new_value), **words)
        return self(_("{track}: {before} → {after}"), before=self.counted(old_value), **words)

    def numbered(self, words: Words, numbers: TrackNumbers) -> str:
        """Words in which a track's id in braces stands for its number; its name where no number is given."""
        placeholders = {
            track: self(_("[{track}]"), track=self.localize(entry.name)) for track, entry in self.dossier.tracks.items()
        }
        return braces_filled(
            self.localize(words), placeholders | {track: self.amount(track, value) for track, value in numbers}
        )

    def format_moment(self, hour: int, words: Words, numbers: TrackNumbers | None) -> str:
        """Words of the plan as they are told at an hour, which is not told twice where they begin with it."""
        text = self.localize(words) if numbers is None else self.numbered(words, numbers)
        stamp = _STAMP.match(text)
        return text[stamp.end() :] if stamp is not None and int(stamp[1]) == hour else text

    def term(self, term: str) -> str:
        """What a term puts on an act."""
        return self.localize(self.dossier.terms[term].says)

    def asset(self, asset: str) -> str:
        """What a thing of a team's is called."""
        return self.localize(self.dossier.assets[asset].name)

    def private_fact(self, fact: str) -> str:
        """What something is called that one team alone knows."""
        return self.localize(self.dossier.private_facts[fact].name)

    def promise(self, commitment: str) -> str:
        """What a commitment promises."""
        return self.localize(self.dossier.commitments[commitment].says)

    def instrument(self, instrument: str) -> str:
        """What an instrument is called."""
        return self.localize(self.dossier.instruments[instrument].title)

    def concern(self, concern: str) -> str:
        """What a line is about; its id where no pack knows it."""
        return self.localize(self.dossier.concerns.get(concern, {"": concern}))

    def offence(self, offence: str) -> str:
        """An act of the card of offences."""
        return self.localize(self.dossier.offences[offence])

    def forecast(self, forecast: str) -> str:
        """What a forecast or the belief asks."""
        if forecast == HERE_FOR_MORE:
            return self(BELIEF)
        return self.localize(self.dossier.forecasts[forecast])

    def team(self, side: Side) -> str:
        """What a team calls itself."""
        entry = self.dossier.team
        if (white := self.dossier.white) is not None:
            entry = white.us if side == "us" else white.china
        return team(self, side) if entry is None else self.localize(entry.name)

    @property
    def white(self) -> WhiteEntry:
        """What the white cell alone knows from the start, whose dossier it is."""
        assert self.dossier.white is not None
        return self.dossier.white

    @property
    def title(self) -> str:
        """The scenario's title; where rooms are only tried, that first."""
        title = self.localize(self.dossier.title)
        return self(_("REHEARSAL: {title}"), title=title) if self.dossier.rehearses else title


def parts_of(act: ActFacts, say: Translator) -> dict[str, str]:
    """Move, channel, visibility and team of an act, in words; no move where it could not be made out."""
    return {
        "move": say("Holding note") if act.holding else say.move(act.move) if act.move else "",
        "channel": say.channel(act.channel),
        "visibility": visibility(say, act.visibility),
        "side": team(say, act.side),
    }


def head_for(act: ActFacts, reader: Side | None, say: Translator) -> str:
    """An act in a line, for a team or for those who see both."""
    words = parts_of(act, say)
    if reader == act.side:
        return say("{move}, {channel}, {visibility}", **words)
    if reader is not None and (act.seen is not None or not act.move):
        return unclear_head(act, say)
    return say("{side}: {move}, {channel}, {visibility}", **words)


def unclear_head(act: ActFacts, say: Translator) -> str:
    """An act in a line, for a receiver who could not make it out."""
    return say("{side}: something was seen, {channel}", **parts_of(act, say))


def words_for(act: ActFacts, say: Translator) -> str:
    """An act's words with its terms and promise, or what its receiver saw instead."""
    return "\n".join(filter(None, (act_text(act, say), describe_wording(act, say))))


def act_text(act: ActFacts, say: Translator) -> str:
    """An act's own words, or what its receiver saw instead."""
    return act.text if act.seen is None else say.localize(act.seen)


def translated(translation: str, say: Say) -> str:
    """A translation that was attached to words; it says that it is one."""
    return say("Translation: {text}", text=translation) if translation else ""


def with_translation(text: str, translation: str, say: Say) -> str:
    """What somebody wrote, and beneath it a translation of it, if one was attached."""
    return "\n".join(filter(None, (text, translated(translation, say))))


def describe_wording(act: ActFacts, say: Translator) -> str:
    """What stands beneath an act's words: a translation of them, its terms and promise, and what it is about."""
    return "\n".join(_attachments(act, say))


def _attachments(act: ActFacts, say: Translator) -> Iterator[str]:
    if translation := translated(act.translation, say):
        yield translation
    asset_terms = [term for term in act.terms if act.asset is not None and say.dossier.terms[term].of_thing]
    if act.asset is not None:
        yield say("with: {asset}", asset=say.asset(act.asset))
    if asset_terms:
        yield say("seen of it: {terms}", terms=join_parts(map(say.term, asset_terms), say))
    if other_terms := [term for term in act.terms if term not in asset_terms]:
        yield say("put so: {terms}", terms=join_parts(map(say.term, other_terms), say))
    if act.told is not None:
        ours = (act.backed or "word") == "word" and act.side == say.dossier.side
        backed = say("on our word alone") if ours else say(BACKED[act.backed or "word"])
        yield say("discloses, {backed}: “{words}”", backed=backed, words=say.localize(act.told))
    if act.promise is not None:
        yield say("with a promise: “{says}”", says=say.promise(act.promise))
    if act.taker is not None:
        yield say("taken by: {who}", who=describe_taker(act.taker, say))
    if act.cites is not None:
        yield say("cites: {title}", title=say.instrument(act.cites))
    if act.about is not None:
        yield say("about: {channel}", channel=say.channel(act.about))
    if act.line is not None:
        yield say("the line that it names: {says}", says=say.localize(act.line))


def describe_taker(taker: Taker, say: Translator) -> str:
    """Who takes a call, and whether that binds their side."""
    binds = say("binds") if say.dossier.takers[taker] else say("binds nobody")
    return say("{label} ({note})", label=say(TAKERS[taker]), note=binds)


def own_tail(item: OwnActItem, say: Translator) -> str:
    """What became of our act, as far as we can know."""
    meant = {"word": hostility(say, item.intent or 0), "value": format_signed(item.intent)}
    parts = [] if item.intent is None else [say("we meant it as {word} ({value})", **meant)]
    if item.intent is not None and item.expected == item.intent:
        parts = [say("we meant it as {word} ({value}) and expected it to be taken so", **meant)]
    elif item.expected is not None:
        expected = {"word": hostility(say, item.expected), "value": format_signed(item.expected)}
        parts.append(say("we expected it to be taken as {word} ({value})", **expected))
    if item.truth is not None:
        parts.append(say(TOLD_HOW[item.truth]))
    if item.audience is not None:
        parts.append(meant_for(item.audience, say))
    parts.append(describe_fate(item, say))
    return join_parts(parts, say)


def describe_fate(item: OwnActItem, say: Translator, hour: int = 0, *, is_over: bool = False) -> str:
    """How our act came there, and what became of what it asked.

    As of an hour past which an answer was due it is not called late: with their next moves it may come for the first
    time. Once play is over nothing is due.
    """
    parts = [_fate(item.fate, item.due_hour, say, is_over=is_over)]
    match item.asked:
        case None:
            pass
        case "silent":
            parts.append(say("no answer came"))
        case "stands":
            parts.append(say("it stands at once, under the principles that both have accepted"))
        case "open" if is_over:
            pass
        case "open" if hour > item.answer_due:
            parts.append(say("they can answer it with their next moves"))
        case "open":
            parts.append(say("answer due by T+{hour}", hour=item.answer_due))
        case way:
            parts.append(say("answered: {how}", how=answer_word(say, way)))
    return join_parts(parts, say)


def _fate(fate: OwnFate, due_hour: int, say: Translator, *, is_over: bool) -> str:
    match fate:
        case "said":
            return say("said in public", "of an act")
        case "held-back" if is_over:
            return say("said in public, too late to come before them")
        case "held-back":
            return say("said in public; it comes before them a turn later")
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
        case "lost":
            return say("it never arrived")


def their_tail(item: ActItem, say: Translator) -> str:
    """How their act came to us and how we read it; to who is no team, why a private one is known."""
    parts = []
    if item.leaked:
        parts.append(say("it leaked, and the press has it"))
    if item.late:
        parts.append(say("came {hours} h after it was sent", hours=item.late))
    if say.dossier.side is not None and item.hostility is not None and item.confidence is not None:
        read = {"word": hostility(say, item.hostility), "value": format_signed(item.hostility)}
        parts.append(say("we read it as {word} ({value}), {sure}", sure=confidence(say, item.confidence), **read))
        if item.audience is not None:
            parts.append(taken_for(item.audience, say))
    return join_parts(parts, say)


def account_words(account: AccountFacts, say: Translator) -> dict[str, str]:
    """Side, outcome and tone of an account, in words."""
    return {
        "side": team(say, account.side),
        "outcome": say(OUTCOMES[account.outcome]),
        "tone": format_signed(account.tone),
        "word": hostility(say, account.tone),
    }


def account_line(account: AccountFacts, say: Translator) -> str:
    """A side's account of an exchange in a line, without its own words."""
    return say("{side}: {outcome}, tone {tone} {word}", **account_words(account, say))


def readouts_head(result: str, author: Side | None, say: Translator) -> str:
    """How the two accounts of an exchange compare."""
    match result:
        case "match":
            return say("Both sides' accounts of the exchange agree")
        case "differ":
            return say("The two accounts of the exchange differ")
        case _:
            side = "" if author is None else team(say, author)
            return say("One side alone gave an account of the exchange: {side}", side=side)
