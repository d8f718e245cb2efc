"""The feed of a seat in words: a teller for each kind of thing that happened, and blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from crisis_sim.engine.sight.feed_items import (
    ActItem,
    AnswerItem,
    AnyFeedItem,
    AssetItem,
    CallItem,
    CameOutItem,
    ChannelItem,
    CitationItem,
    ClaimItem,
    CloserItem,
    ConclusionItem,
    DecisionItem,
    DeclaredItem,
    ExchangeItem,
    FurtherFromItem,
    LineItem,
    MarkItem,
    MirrorItem,
    OwnActItem,
    PledgeItem,
    PromiseItem,
    ReadoutsItem,
    RevealedItem,
    SilenceItem,
    SituationItem,
    SparedItem,
    TalkItem,
    TrackItem,
    VoiceItem,
)
from crisis_sim.numbers import points_text
from crisis_sim.pages.asset_blocks import asset_told
from crisis_sim.pages.binding_words import ENDS, PLEDGES, cited_told, promise_told, spared_told
from crisis_sim.pages.blocks import Block, Paragraph, Quote, Span, Tone, capital, line, prose
from crisis_sim.pages.calls_opened import call_told
from crisis_sim.pages.closer_words import closer_told
from crisis_sim.pages.decision_blocks import ANSWERED, ANSWERS, bare, became_told, voice_told
from crisis_sim.pages.disclosure_words import came_out_told
from crisis_sim.pages.mirror_words import MIRROR
from crisis_sim.pages.phrases import audiences_told, sealed_meaning, taken_as, team
from crisis_sim.pages.teller import (
    Teller,
    account_line,
    act_text,
    head_for,
    how_put,
    own_tail,
    parts_of,
    readouts_head,
    their_tail,
    with_translation,
)
from crisis_sim.wording import _, join_parts, quote_text

FeedSort: TypeAlias = Literal[
    "situation",
    "voice",
    "theirs",
    "ours",
    "silence",
    "answer",
    "channel",
    "commitment",
    "readout",
    "line",
    "relief",
    "track",
    "note",
]
"""What sort of thing happened."""


MOST_KEPT: Final = 4096
"""Things whose words are kept, so that a long replay holds no more of them than it shows."""


class FeedWords(NamedTuple):
    """What a teller makes of a thing."""

    sort: FeedSort
    head: str
    text: str = ""
    tail: str = ""


def item_words(item: AnyFeedItem, say: Teller) -> FeedWords:
    """One thing that happened, as the dossier's seat learned of it; what has been told before keeps its words."""
    _facts, kept = say.kept.get(id(item), (None, None))
    if not isinstance(kept, FeedWords):
        if len(say.kept) >= MOST_KEPT:
            say.kept.clear()
        kept = TELLERS[type(item)](item, say)
        say.kept[id(item)] = (item, kept)
    return kept


def _situation(item: SituationItem, say: Teller) -> FeedWords:
    """An inject or improvised words; both forms where the reader sees both and they differ."""
    head = say("Word from the white cell") if item.title is None else say.of(item.title)
    sort: FeedSort = "situation" if item.voice is None else "voice"
    if item.voice is not None:
        head = say("{head}: {text}", head=capital(bare(item.voice, say)), text=head)
    texts = [(side, say.told_at(item.hour, words, item.numbers)) for side, words in item.texts]
    if len({text for _, text in texts}) > 1:
        told = [
            text if side is None else say("{side}: {text}", side=team(say, side), text=text) for side, text in texts
        ]
        return FeedWords(sort, head, "\n".join(told))
    return FeedWords(sort, head, texts[0][1] if texts else "")


def _own_act(item: OwnActItem, say: Teller) -> FeedWords:
    head = head_for(item.act, say.dossier.side, say)
    return FeedWords("ours", head, act_text(item.act, say), _after(how_put(item.act, say), own_tail(item, say)))


def _act(item: ActItem, say: Teller) -> FeedWords:
    head = head_for(item.act, say.dossier.side, say)
    return FeedWords("theirs", head, act_text(item.act, say), _after(how_put(item.act, say), their_tail(item, say)))


def _after(*told: str) -> str:
    """What stands beneath the words of an act."""
    return "\n".join(filter(None, told))


def _silence(item: SilenceItem, say: Teller) -> FeedWords:
    words = parts_of(item.act, say) | {"hour": str(item.asked_hour)}
    asked = (
        _("{side} asked at T+{hour}. The time for an answer has passed.")
        if say.dossier.side is None
        else _("We asked at T+{hour}. The time for an answer has passed.")
    )
    return FeedWords("silence", say("No answer to: {move}, {channel}", **words), say(asked, **words))


def _exchange(item: ExchangeItem, say: Teller) -> FeedWords:
    told = "\n".join(
        with_translation(say("{team}: “{text}”", team=team(say, side), text=text), translation, say)
        for side, text, translation in item.said
    )
    head = say("The two sides spoke ({channel}); it began with “{move}”", **parts_of(item.act, say))
    return FeedWords("answer", head, told)


def _readouts(item: ReadoutsItem, say: Teller) -> FeedWords:
    told = []
    for account in item.accounts:
        line = account_line(account, say)
        told.append(f"{line}\n{say('“{says}”', says=account.text)}" if account.text else line)
    alone = item.by is not None and item.by == say.dossier.side
    head = say("We alone gave an account of the exchange") if alone else readouts_head(item.result, item.by, say)
    return FeedWords("readout", head, "\n".join(told))


def _pledge(item: PledgeItem, say: Teller) -> FeedWords:
    """A public word that binds a team at home, or what became of it."""
    words = {"side": team(say, item.side), "pledge": say(PLEDGES[item.pledge]), "move": say.move(item.act.move)}
    ours = item.side == say.dossier.side
    if item.how is not None:
        told = _("Our {pledge}, “{move}”: {end}") if ours else _("{side}: {pledge}, “{move}”: {end}")
        text = quote_text(item.act.text) if item.act.text else ""
        return FeedWords("commitment", say(told, **words, end=say(ENDS[item.how])), text, say.of(item.why or {}))
    head = (
        _("We are bound at home by our {pledge}, “{move}”")
        if ours
        else _("{side} is bound at home by its {pledge}, “{move}”")
    )
    text = say(
        "{stake} of standing is at stake until the end of turn {due}.", stake=points_text(item.stake), due=item.due
    )
    return FeedWords("commitment", say(head, **words), text)


def _decision(item: DecisionItem, say: Teller) -> FeedWords:
    """What became of a decision, or what a voice does in public."""
    text = quote_text(say.of(item.words)) if item.words else ""
    return FeedWords("commitment", became_told(item.side, item.how, item.voice, say), text)


def _spared(item: SparedItem, say: Teller) -> FeedWords:
    """A concession that cost nothing at home."""
    return FeedWords("commitment", spared_told(item.side, item.act, say))


def _channel(item: ChannelItem, say: Teller) -> FeedWords:
    name = say.channel(item.channel)
    match item.change:
        case "suspended" if item.by is not None:
            head = say("{side} suspended {channel}", side=team(say, item.by), channel=name)
        case "suspended":
            head = say("{channel} is suspended", channel=name)
        case "reopening":
            head = say("{channel} is to be reopened", channel=name)
        case _:
            head = say("{channel} is open again", channel=name)
    return FeedWords("channel", head)


def _mark(item: MarkItem, say: Teller) -> FeedWords:
    return FeedWords("track", say("{track}: {says}", track=say.track(item.track), says=say.of(item.says)))


def _moved(item: TrackItem, say: Teller) -> FeedWords:
    """What conduct has brought about, and by how much."""
    return FeedWords("track", say.of(item.says), "", say.moved(item.track, item.before, item.after))


def _line(item: LineItem, say: Teller) -> FeedWords:
    line = say.of(item.line)
    if not item.crossed:
        return FeedWords("line", say("Our line is near its limit: {says}", says=line))
    text = "" if item.says is None else say.of(item.says)
    return FeedWords("line", say("Our red line was crossed: {says}", says=line), text)


def _claim(item: ClaimItem, say: Teller) -> FeedWords:
    """A line of our own that we hold crossed, and what can be made of that."""
    text = say("What went over it: {act}.", act=head_for(item.act, say.dossier.side, say))
    tail = say("Nobody else is told unless we say so in an act or the facilitator declares it.")
    return FeedWords("line", say("We hold our red line crossed: {says}", says=say.of(item.line)), text, tail)


def _declared(item: DeclaredItem, say: Teller) -> FeedWords:
    """A crossing that the facilitator has put on record."""
    says, side = say.of(item.line), team(say, item.side)
    if item.side == say.dossier.side:
        head = say("Put on record by the facilitator: our red line was crossed: {says}", says=says)
    else:
        head = say("Put on record by the facilitator: a red line of {side} was crossed: {says}", side=side, says=says)
    act = item.act
    text = "" if act is None else say("What went over it: {act}.", act=head_for(act, say.dossier.side, say))
    return FeedWords("line", head, text)


def _conclusion(item: ConclusionItem, say: Teller) -> FeedWords:
    """What we now believe, which act made us, and what a voice at home will ask of us."""
    says = say.of(item.leads_to).rstrip(".。")  # a head bears no stop
    full = _("Our line is full once more: {says}") if item.again else _("Our line is full: {says}")
    told = [say(full, says=say.of(item.line))]
    if item.act is not None:
        told.append(say("What filled it: {act}.", act=head_for(item.act, say.dossier.side, say)))
    told.append(say("A voice at home: “We have seen enough; all of it points one way.”"))
    if say.dossier.answers:
        ways = join_parts((say(ANSWERS[answer]) for answer in say.dossier.answers), say)
        told.append(say("With the next moves it asks what we do: {ways}.", ways=ways))
    tail = say(
        "Until something draws us back, doubtful acts that touch this line weigh more with us, and what costs them"
        " little takes less off it."
    )
    return FeedWords(
        "line",
        say("We now believe that they are coming for our red line: {says}", says=says),
        "\n".join(told),
        tail if item.alert else "",
    )


def _answer(item: AnswerItem, say: Teller) -> FeedWords:
    """What we do with a conclusion."""
    head = say("What we do about it: {answer}", answer=say(ANSWERED[item.answer]))
    text = say("We believe that they are coming for our red line: {says}", says=say.of(item.leads_to))
    return FeedWords("line", head, text, "" if item.said else say("we said nothing, and so we hold"))


def _further_from(item: FurtherFromItem, say: Teller) -> FeedWords:
    says = say.of(item.leads_to).rstrip(".。")
    head = say("We are further from believing that they are coming for our red line: {says}", says=says)
    eased = say("Something that they did has eased our line: {says}", says=say.of(item.line))
    gained = say("our trust in them rises by {n}", n=points_text(item.trust)) if item.trust else ""
    return FeedWords("relief", head, eased, gained)


def _asset(item: AssetItem, say: Teller) -> FeedWords:
    head = asset_told(item.side, item.asset, item.terms, is_more=item.is_more, say=say)
    return FeedWords("note", head)


def _came_out(item: CameOutItem, say: Teller) -> FeedWords:
    head, text = came_out_told(item, say)
    return FeedWords("note", head, text)


def _revealed(item: RevealedItem, say: Teller) -> FeedWords:
    parts = {"side": team(say, item.act.side), "intent": taken_as(say, item.intent or 0)}
    if item.intent is None:
        meant = sealed_meaning(None, None, say)
    elif item.expected is None:
        meant = say("{side} meant it as {intent}", **parts)
    elif item.expected == item.intent:
        meant = say("{side} meant it as {intent} and expected it to be taken so", **parts)
    else:
        expected = taken_as(say, item.expected)
        meant = say("{side} meant it as {intent} and expected {expected}", expected=expected, **parts)
    if item.hostility is None:
        text = say("{meant}; it was not read", meant=meant)
    else:
        text = say("{meant}; it was read as {reading}", meant=meant, reading=taken_as(say, item.hostility))
    tail = "" if item.audience is None else audiences_told(item.audience, item.taken_for, say)
    return FeedWords("note", say("Revealed: {act}", act=head_for(item.act, None, say)), text, tail)


TELLERS: Final[Mapping[type, Callable[[Any, Teller], FeedWords]]] = {  # Any: each kind has its own
    SituationItem: _situation,
    OwnActItem: _own_act,
    ActItem: _act,
    SilenceItem: _silence,
    ExchangeItem: _exchange,
    TalkItem: lambda item, say: FeedWords("answer", say("The two sides speak with each other.")),
    MirrorItem: lambda item, say: FeedWords(
        "situation", say("The facilitator says of turn {turn}: “{says}”", turn=item.turn, says=say(MIRROR))
    ),
    CloserItem: lambda item, say: FeedWords("readout", closer_told(item, say)),
    CallItem: lambda item, say: FeedWords("readout", call_told(item, say)),
    ReadoutsItem: _readouts,
    PromiseItem: lambda item, say: FeedWords("commitment", promise_told(item, say)),
    PledgeItem: _pledge,
    CitationItem: lambda item, say: FeedWords("commitment", cited_told(item, say)),
    VoiceItem: lambda item, say: FeedWords("commitment", voice_told(item.side, item.answer, item.said, say)),
    DecisionItem: _decision,
    SparedItem: _spared,
    ChannelItem: _channel,
    MarkItem: _mark,
    TrackItem: _moved,
    LineItem: _line,
    ClaimItem: _claim,
    DeclaredItem: _declared,
    ConclusionItem: _conclusion,
    AnswerItem: _answer,
    FurtherFromItem: _further_from,
    AssetItem: _asset,
    CameOutItem: _came_out,
    RevealedItem: _revealed,
}
"""What tells each kind of thing."""


WHOSE: Final[Mapping[FeedSort, str]] = {"situation": _("News"), "ours": _("From us")}
"""Those whose head alone does not tell what they are."""
QUOTED: Final = ("theirs", "ours")
"""Words that are one side's alone; those of a talk name who said each, in quotation marks of their own."""
TONES: Final[Mapping[FeedSort, Tone]] = {"silence": "bad", "line": "bad", "channel": "quiet", "track": "quiet"}


def feed_blocks(feed: Iterable[AnyFeedItem], say: Teller, *, turn: int = 0) -> Iterator[Block]:
    """Each thing in the order given; what is of the turn `turn`, and not our own, is marked as new."""
    empty = True
    for item in feed:
        empty = False
        yield from _item(item, item_words(item, say), say, is_new=item.turn == turn)
    if empty:
        yield prose(say("Nothing has happened yet."), "quiet")


def _item(item: AnyFeedItem, told: FeedWords, say: Teller, *, is_new: bool) -> Iterator[Block]:
    is_new = is_new and told.sort != "ours"
    tone: Tone = "strong" if is_new else TONES.get(told.sort, "")
    whose = say("{head}: {text}", head=say(WHOSE[told.sort]), text="") if told.sort in WHOSE else ""
    new = (Span(say("NEW") + " ", "new"),) if is_new else ()
    hour = line(Span(f"T+{item.hour}", "quiet"))
    yield Paragraph((*new, Span(whose, "quiet"), Span(told.head, tone)), lead=hour)
    if told.text and told.sort in QUOTED:
        yield Quote(told.text, depth=1)
    elif told.text:
        yield prose(told.text, depth=1)
    if told.tail:
        yield prose(told.tail, "quiet", depth=1)
