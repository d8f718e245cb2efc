"""Acts as the hotwash opens them: what was said, then what was meant, then how it was taken, and how far apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from crisis_sim.engine.views.hotwash_facts import HotwashFacts, PairFacts, ReplyFacts
from crisis_sim.engine.views.shared_facts import ActFacts, Fared
from crisis_sim.numbers import points_printed, points_text
from crisis_sim.pages.blocks import (
    Block,
    Column,
    Heading,
    Items,
    Quote,
    Row,
    Scale,
    ScaleMark,
    Span,
    Table,
    line,
    listed,
    prose,
)
from crisis_sim.pages.mirror_words import describe_mirror
from crisis_sim.pages.opening import ALL, AUDIENCES_PLACE, INTENT_OPEN, READING_OPEN, Opening, last_of
from crisis_sim.pages.phrases import (
    answer_word,
    confidence,
    describe_audiences,
    format_hostility,
    format_signed,
    one_after_another,
    sealed_meaning,
)
from crisis_sim.pages.translator import Translator, account_words, act_text, describe_wording, head_for, unclear_head
from crisis_sim.rules.names import other
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import SIDES

FAR = 2
"""Steps between meant and taken from which a gap stands out."""
CROSSED: Final = _("Words for home, heard as if for the other side: a crossed audience.")


def cover_blocks(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """Before the first act: what will be opened, and three rules for the talk."""
    meant = say("What each meant and expected, and what the other took it to mean; the least foreseen first")
    yield prose(meant, "strong")
    acts = say(
        "{n} act was sealed, with what it was meant as and, if it was read, with how it was taken.",
        plural="{n} acts were sealed, each with what it was meant as, and most with how it was taken.",
        n=len(view.pairs),
    )
    yield prose(acts)
    rules = (
        say("Ask what made a reading reasonable, not whose fault it was."),
        say("Stay with acts that are on the record."),
        say("Let both readings stand. The point is the distance."),
    )
    yield Items(tuple(map(line, rules)), numbered=True)
    yield prose(say("One word from each first: how did it feel from where you sat?"))


def act_blocks(pair: PairFacts, number: int, total: int, far: int, say: Translator) -> Iterator[Block]:
    """One act of so many, as far as it is open."""
    counted = say("Act {n} of {m}, turn {turn}", n=number, m=total, turn=pair.turn)
    yield Heading(counted, tone=pair.side)
    yield from _act(pair.act, head_for(pair.act, None, say), say)
    yield _scale(pair, far, say)
    if far >= READING_OPEN:
        yield from _came_to(pair, say)


def _act(act: ActFacts, head: str, say: Translator) -> Iterator[Block]:
    """An act under its head, its words apart from how they were put."""
    return _quoted(head, act_text(act, say), describe_wording(act, say))


def _quoted(head: str, text: str = "", more: str = "") -> Iterator[Block]:
    """Who and over what, then the words, and beneath what is not in anybody's words."""
    yield prose(head, depth=1)
    if text:
        yield Quote(text, 1)
    if more:
        yield prose(more, "quiet", depth=1)


def taken_blocks(pair: PairFacts, blocks: Iterable[Block], say: Translator) -> Iterator[Block]:
    """An act as it was sent, what is told of it, then what was meant and how it was taken, and how far apart."""
    yield from _act(pair.act, head_for(pair.act, None, say), say)
    yield from blocks
    yield from apart_blocks(pair, say)


def apart_blocks(pair: PairFacts, say: Say) -> Iterator[Block]:
    """What was meant and how it was taken on one scale, and how far apart."""
    yield _scale(pair, READING_OPEN, say)
    if pair.reading is not None:
        apart, *_ = describe_difference(pair.intent, pair.expected, pair.reading, say)
        surprise = (pair.gap if pair.unforeseen is None else pair.unforeseen) or 0
        yield prose(apart, "bad" if abs(surprise) >= FAR else "strong")
    if pair.is_crossed:
        yield prose(say(CROSSED), "bad")


def _scale(pair: PairFacts, far: int, say: Say) -> Scale:
    """Meant, expected and taken on the same scale, as far as they are open."""
    hearer = other(pair.side)
    sealed = line(Span(say("sealed"), "quiet"))
    meant = ScaleMark(say("{team} meant it as", team=say(SIDES[pair.side])), sealed, None, pair.side)
    hoped = ScaleMark(say("{team} expected", team=say(SIDES[pair.side])), sealed, None, pair.side)
    took = ScaleMark(say("{team} took it as", team=say(SIDES[hearer])), sealed, None, hearer)
    if far >= INTENT_OPEN:
        label = say("nobody meant it") if pair.intent is None else format_hostility(pair.intent, say)
        meant = meant._replace(text=line(Span(label, "strong")), value=pair.intent)
        label = say("not asked") if pair.expected is None else format_hostility(pair.expected, say)
        hoped = hoped._replace(text=line(Span(label, "strong")), value=pair.expected)
    if far >= READING_OPEN:
        name = took.name if pair.reading is not None else say(SIDES[hearer])
        took = ScaleMark(name, line(Span(_reading(pair, say), "strong")), pair.reading, hearer)
    marks = (meant, took) if pair.expected is None else (meant, hoped, took)
    return Scale(marks, -3, 3, (say("friendly"), say("hostile")))


def _reading(pair: PairFacts, say: Say) -> str:
    """How an act was taken, and how sure; an act that nobody had is no fault of its reader."""
    if pair.reading is None:
        return say("It was not read.") if pair.arrived else say("It did not arrive.")
    word = format_hostility(pair.reading, say)
    return say("{word}, {sure}", word=word, sure=confidence(say, pair.confidence)) if pair.confidence else word


def distance(gap: int | None, say: Say) -> str:
    """The gap in words."""
    if gap is None:
        return say("It was not read.")
    if gap == 0:
        return say("Taken as it was meant.")
    return say(
        "One step more hostile than meant." if gap > 0 else "One step friendlier than meant.",
        plural="{n} steps more hostile than meant." if gap > 0 else "{n} steps friendlier than meant.",
        n=abs(gap),
    )


def describe_difference(intent: int | None, expected: int | None, reading: int | None, say: Say) -> list[str]:
    """How far apart meaning and reading are: what the sender did not foresee, then what it did.

    A sender who knew that an act would sting has not been misread; where it was not asked, the whole gap is told.
    """
    if intent is None:
        return [say("The harness made it in the model's place: nobody meant anything by it.")]
    if reading is None or expected is None:
        return [distance(None if reading is None else reading - intent, say)]
    unforeseen, foreseen = reading - expected, expected - intent
    if unforeseen == foreseen == 0:
        return [say("Taken as it was meant, and as its sender expected.")]
    if unforeseen == 0:
        sentences = [say("Taken as its sender expected.")]
    elif unforeseen > 0:
        sentences = [
            say(
                "One step more hostile than its sender expected.",
                plural="{n} steps more hostile than its sender expected.",
                n=unforeseen,
            )
        ]
    else:
        sentences = [
            say(
                "One step friendlier than its sender expected.",
                plural="{n} steps friendlier than its sender expected.",
                n=-unforeseen,
            )
        ]
    if foreseen > 0:
        sentences.append(
            say(
                "Its sender expected it to be taken as one step more hostile than meant.",
                plural="Its sender expected it to be taken as {n} steps more hostile than meant.",
                n=foreseen,
            )
        )
    elif foreseen < 0:
        sentences.append(
            say(
                "Its sender expected it to be taken as one step friendlier than meant.",
                plural="Its sender expected it to be taken as {n} steps friendlier than meant.",
                n=-foreseen,
            )
        )
    return sentences


def describe_gap(turn: int, intent: int | None, expected: int | None, reading: int, say: Say) -> str:
    """What an act meant, what was expected of it, how it was taken, and how far apart these are."""
    words = {"meaning": sealed_meaning(intent, expected, say), "read": format_hostility(reading, say)}
    apart = one_after_another(describe_difference(intent, expected, reading, say))
    return say("turn {turn}: {meaning}, read {read}. {distance}", turn=turn, distance=apart, **words)


def _came_to(pair: PairFacts, say: Translator) -> Iterator[Block]:
    """The distance, how the act came to the other side, and what that side made of it."""
    hearer, tone = say(SIDES[other(pair.side)]), other(pair.side)
    if pair.gap is not None or pair.intent is None:
        first, *more = describe_difference(pair.intent, pair.expected, pair.reading, say)
        surprise = (pair.gap if pair.unforeseen is None else pair.unforeseen) or 0
        yield prose(first, "bad" if abs(surprise) >= FAR else "strong")
        yield from (prose(sentence) for sentence in more)
    if pair.audience is not None:
        sentences = [describe_audiences(pair.audience, pair.taken_for, say)]
        if pair.is_crossed:
            sentences.append(say(CROSSED))
        yield prose(one_after_another(sentences), "bad" if pair.is_crossed else "")
    if pair.translated:
        yield prose(say("Its words were read with a translation beneath them."), "quiet")
    if pair.fared:
        yield Heading(say("On its way"))
        yield prose(fared(pair, say), depth=1)
    if pair.seen is not None:
        yield Heading(say("{team} saw only", team=hearer), tone=tone)
        yield from _quoted(unclear_head(pair.act, say), more=say.localize(pair.seen))
    if pair.touched is not None:
        yield Heading(say("{team} felt its line touched", team=hearer), tone=tone)
        yield prose(say.localize(pair.touched), depth=1)
    if pair.replies:
        yield Heading(say("What followed"))
        for reply in pair.replies:
            yield from _reply(reply, say)


def crossed_blocks(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """Open acts that were meant for home and taken to be meant for the other side; each is nobody's fault alone."""
    yield Heading(say("Crossed audiences"))
    is_open = [opening.disclosed_steps(pair) == READING_OPEN for pair in view.pairs]
    crossed = [pair for pair, opened in zip(view.pairs, is_open, strict=True) if opened and pair.is_crossed]
    if not all(is_open):
        yield _opened(is_open, say)
    if crossed:
        yield prose(say("Meant mainly for the public at home, and taken to be meant for the other side:"))
        heads = (say("turn {turn}: {says}", turn=pair.turn, says=head_for(pair.act, None, say)) for pair in crossed)
        yield listed(tuple(heads))
    elif last_of(ALL, view) == AUDIENCES_PLACE:
        yield prose(say("Of no public words did both sides say whom they were for."), "quiet")
    elif all(is_open):
        yield prose(say("None: no words for home were heard as if they were for the other side."))


class OnItsWay(Protocol):
    """An act of which is known how its channel served it."""

    @property
    def fared(self) -> tuple[Fared, ...]:
        """How; nothing where it came in time and as it was sent."""

    @property
    def hours(self) -> int:
        """From sending to arrival, where it arrived in a later turn."""

    @property
    def arrived(self) -> int:
        """Turn in which it arrived; 0 if it never did."""


def fared(act: OnItsWay, say: Translator) -> str:
    """How the channel served an act, in sentences; empty if it came in time and as it was sent."""
    when = {"hours": act.hours, "turn": act.arrived}
    return one_after_another(say(FARED[outcome], **when) for outcome in act.fared)


FARED: Final = {
    "late": _("It came late: {hours} h after it was sent, in turn {turn}."),
    "later": _("It came {hours} h after it was sent, in turn {turn}."),
    "too-low": _("It was taken by somebody without authority; it was passed on, and worth little."),
    "leaked": _("It leaked: the press had it too."),
    "lost": _("Nobody took it up. It never reached them."),
    "waiting": _("It was on its way when play ended. It never reached them."),
}
"""By `PairFacts.fared`."""


def _reply(reply: ReplyFacts, say: Translator) -> Iterator[Block]:
    """An answer, that none came in time, or a side's account of the exchange that followed."""
    if (account := reply.account) is not None:
        head = say("As {side} told it: {outcome}, tone {tone} {word}", **account_words(account, say))
        return _quoted(head, account.text)
    if reply.act is None and reply.how is not None:
        return _quoted(say("It stood at once, under the principles that both had accepted."))
    if reply.act is None or reply.how is None:
        return _quoted(say("No answer came in time."))
    head = head_for(reply.act, None, say)
    return _act(reply.act, say("{head}: {how}", head=head, how=answer_word(say, reply.how)), say)


# all acts


def acts_blocks(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """Every act in a row, the least foreseen first, as far as each is open; the means once all of it is."""
    far = [opening.disclosed_steps(pair) == READING_OPEN for pair in view.pairs]
    if all(far):
        yield from mean_blocks(view, say)
    else:
        yield _opened(far, say)
    columns = (
        Column(say("turn"), is_number=True),
        Column(say("act"), is_wide=True),
        Column(say("meant"), is_number=True),
        Column(say("expected", "a reading"), is_number=True),
        Column(say("read", "a reading"), is_number=True),
        Column(say("gap"), is_number=True),
        Column(say("unforeseen"), is_number=True),
    )
    rows = (
        _row(pair, is_open, f"pair:{number}", say)
        for number, (pair, is_open) in enumerate(zip(view.pairs, far, strict=True))
    )
    yield Table(columns, tuple(rows))


def _opened(far: Sequence[bool], say: Translator) -> Block:
    return prose(say("{n} of {m} acts are open.", n=sum(far), m=len(far)), "quiet")


def _row(pair: PairFacts, is_open: bool, key: str, say: Translator) -> Row:
    """One act: `?` is sealed, `·` has no reading."""
    if is_open:
        sealed = (pair.intent, pair.expected, pair.reading, pair.gap)
        *numbers, unforeseen = map(_signed, (*sealed, pair.unforeseen))
    else:
        *numbers, unforeseen = ("?",) * 5
    surprise = (pair.gap if pair.unforeseen is None else pair.unforeseen) or 0
    cells = (*map(Span, numbers), Span(unforeseen, "bad" if is_open and abs(surprise) >= FAR else ""))
    return Row((Span(str(pair.turn), pair.side), Span(head_for(pair.act, None, say)), *cells), key=key)


def _signed(number: int | None) -> str:
    return "·" if number is None else format_signed(number)


def mean_blocks(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """How each side was taken on average, and the turns in which neither saw it."""
    if sentences := mean_gap_sentences(view, say):
        yield listed(sentences)
    if view.blind_turns:
        turns = say(", ").join(map(str, view.blind_turns))
        blind = say("Turns in which both meant well and took the other as hostile: {turns}.", turns=turns)
        yield prose(blind, "bad")
    if view.mirrored:
        yield prose(describe_mirror(view.mirrored, say))


def mean_gap_sentences(view: HotwashFacts, say: Say) -> list[str]:
    """How each side's acts were taken, on average."""
    sentences = []
    for side, gap, unforeseen in (
        ("us", view.mean_gap_us, view.unforeseen_us),
        ("china", view.mean_gap_china, view.unforeseen_china),
    ):
        if gap is not None:
            part = () if unforeseen is None else (points_printed(unforeseen, signed=True),)
            notes = (say("Unforeseen: {steps}.", steps=steps) for steps in part)
            sentences.append(one_after_another((_mean(say(SIDES[side]), gap, say), *notes)))
    return sentences


def _mean(side: str, gap: int, say: Say) -> str:
    if not gap:
        return say("{side} acts were taken, on average, as they were meant.", side=side)
    words = {"side": side, "steps": points_text(abs(gap)), "n": abs(gap) // 100 if gap % 100 == 0 else 2}
    if gap > 0:
        return say(
            "{side} acts were taken, on average, {steps} step more hostile than they were meant.",
            plural="{side} acts were taken, on average, {steps} steps more hostile than they were meant.",
            **words,
        )
    return say(
        "{side} acts were taken, on average, {steps} step friendlier than they were meant.",
        plural="{side} acts were taken, on average, {steps} steps friendlier than they were meant.",
        **words,
    )
