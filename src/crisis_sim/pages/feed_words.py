"""The feed of a seat in words: a teller for each kind of thing that happened, and blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from crisis_sim.engine.views.feed_items import (
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
from crisis_sim.pages.asset_blocks import describe_asset
from crisis_sim.pages.binding_words import (
    ENDS,
    PLEDGES,
    describe_cited_terms,
    describe_promise,
    describe_spared_concession,
)
from crisis_sim.pages.blocks import Block, Paragraph, Quote, Span, Tone, capital, line, prose
from crisis_sim.pages.calls_opened import describe_call
from crisis_sim.pages.closer_words import describe_closer_answer
from crisis_sim.pages.decision_blocks import ANSWERED, ANSWERS, bare, describe_settlement, describe_voice
from crisis_sim.pages.disclosure_words import describe_discovery
from crisis_sim.pages.mirror_words import MIRROR
from crisis_sim.pages.phrases import describe_audiences, sealed_meaning, taken_as, team
from crisis_sim.pages.translator import (
    Translator,
    account_line,
    act_text,
    describe_wording,
    head_for,
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


def item_words(item: AnyFeedItem, say: Translator) -> FeedWords:
    """One thing that happened, as the dossier's seat learned of it; what has been told before keeps its words."""
    _facts, words = say.kept.get(id(item), (None, None))
    if not isinstance(words, FeedWords):
        if len(say.kept) >= MOST_KEPT:
            say.kept.clear()
        words = TELLERS[type(item)](item, say)
        say.kept[id(item)] = (item, words)
    return words


def _situation(item: SituationItem, say: Translator) -> FeedWords:
    """An inject or improvised words; both forms where the reader sees both and they differ."""
    head = say("Word from the white cell") if item.title is None else say.localize(item.title)
    sort: FeedSort = "situation" if item.voice is None else "voice"
    if item.voice is not None:
        head = say("{head}: {text}", head=capital(bare(item.voice, say)), text=head)
    texts = [(side, say.format_moment(item.hour, words, item.numbers)) for side, words in item.texts]
    if len({text for _, text in texts}) > 1:
        sentences = [
            text if side is None else say("{side}: {text}", side=team(say, side), text=text) for side, text in texts
        ]
        return FeedWords(sort, head, "\n".join(sentences))
    return FeedWords(sort, head, texts[0][1] if texts else "")


def _own_act(item: OwnActItem, say: Translator) -> FeedWords:
    head = head_for(item.act, say.dossier.side, say)
    return FeedWords(
        "ours", head, act_text(item.act, say), _join_tail(describe_wording(item.act, say), own_tail(item, say))
    )


def _act(item: ActItem, say: Translator) -> FeedWords:
    head = head_for(item.act, say.dossier.side, say)
    return FeedWords(
        "theirs", head, act_text(item.act, say), _join_tail(describe_wording(item.act, say), their_tail(item, say))
    )


def _join_tail(*parts: str) -> str:
    """What stands beneath the words of an act."""
    return "\n".join(filter(None, parts))


def _silence(item: SilenceItem, say: Translator) -> FeedWords:
    words = parts_of(item.act, say) | {"hour": str(item.asked_hour)}
    sentence = (
        _("{side} asked at T+{hour}. The time for an answer has passed.")
        if say.dossier.side is None
        else _("We asked at T+{hour}. The time for an answer has passed.")
    )
    return FeedWords("silence", say("No answer to: {move}, {channel}", **words), say(sentence, **words))


def _exchange(item: ExchangeItem, say: Translator) -> FeedWords:
    transcript = "\n".join(
        with_translation(say("{team}: “{text}”", team=team(say, side), text=text), translation, say)
        for side, text, translation in item.said
    )
    head = say("The two sides spoke ({channel}); it began with “{move}”", **parts_of(item.act, say))
    return FeedWords("answer", head, transcript)


def _readouts(item: ReadoutsItem, say: Translator) -> FeedWords:
    lines = []
    for account in item.accounts:
        line = account_line(account, say)
        lines.append(f"{line}\n{say('“{says}”', says=account.text)}" if account.text else line)
    alone = item.by is not None and item.by == say.dossier.side
    head = say("We alone gave an account of the exchange") if alone else readouts_head(item.result, item.by, say)
    return FeedWords("readout", head, "\n".join(lines))


def _pledge(item: PledgeItem, say: Translator) -> FeedWords:
    """A public word that binds a team at home, or what became of it."""
    words = {"side": team(say, item.side), "pledge": say(PLEDGES[item.pledge]), "move": say.move(item.act.move)}
    ours = item.side == say.dossier.side
    if item.how is not None:
        label = _("Our {pledge}, “{move}”: {end}") if ours else _("{side}: {pledge}, “{move}”: {end}")
        text = quote_text(item.act.text) if item.act.text else ""
        return FeedWords("commitment", say(label, **words, end=say(ENDS[item.how])), text, say.localize(item.why or {}))
    head = (
        _("We are bound at home by our {pledge}, “{move}”")
        if ours
        else _("{side} is bound at home by its {pledge}, “{move}”")
    )
    text = say(
        "{stake} of standing is at stake until the end of turn {due}.", stake=points_text(item.stake), due=item.due
    )
    return FeedWords("commitment", say(head, **words), text)


def _decision(item: DecisionItem, say: Translator) -> FeedWords:
    """What became of a decision, or what a voice does in public."""
    text = quote_text(say.localize(item.words)) if item.words else ""
    return FeedWords("commitment", describe_settlement(item.side, item.how, item.voice, say), text)


def _spared(item: SparedItem, say: Translator) -> FeedWords:
    """A concession that cost nothing at home."""
    return FeedWords("commitment", describe_spared_concession(item.side, item.act, say))


def _channel(item: ChannelItem, say: Translator) -> FeedWords:
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


def _mark(item: MarkItem, say: Translator) -> FeedWords:
    return FeedWords("track", say("{track}: {says}", track=say.track(item.track), says=say.localize(item.says)))


def _moved(item: TrackItem, say: Translator) -> FeedWords:
    """What conduct has brought about, and by how much."""
    return FeedWords("track", say.localize(item.says), "", say.moved(item.track, item.before, item.after))


def _line(item: LineItem, say: Translator) -> FeedWords:
    line = say.localize(item.line)
    if not item.crossed:
        return FeedWords("line", say("Our line is near its limit: {says}", says=line))
    text = "" if item.says is None else say.localize(item.says)
    return FeedWords("line", say("Our red line was crossed: {says}", says=line), text)


def _claim(item: ClaimItem, say: Translator) -> FeedWords:
    """A line of our own that we hold crossed, and what can be made of that."""
    text = say("What went over it: {act}.", act=head_for(item.act, say.dossier.side, say))
    tail = say("Nobody else is told unless we say so in an act or the facilitator declares it.")
    return FeedWords("line", say("We hold our red line crossed: {says}", says=say.localize(item.line)), text, tail)


def _declared(item: DeclaredItem, say: Translator) -> FeedWords:
    """A crossing that the facilitator has put on record."""
    red_line, side = say.localize(item.line), team(say, item.side)
    if item.side == say.dossier.side:
        head = say("Put on record by the facilitator: our red line was crossed: {says}", says=red_line)
    else:
        head = say(
            "Put on record by the facilitator: a red line of {side} was crossed: {says}", side=side, says=red_line
        )
    act = item.act
    text = "" if act is None else say("What went over it: {act}.", act=head_for(act, say.dossier.side, say))
    return FeedWords("line", head, text)


def _conclusion(item: ConclusionItem, say: Translator) -> FeedWords:
    """What we now believe, which act made us, and what a voice at home will ask of us."""
    red_line = say.localize(item.leads_to).rstrip(".。")  # a head bears no stop
    full = _("Our line is full once more: {says}") if item.again else _("Our line is full: {says}")
    sentences = [say(full, says=say.localize(item.line))]
    if item.act is not None:
        sentences.append(say("What filled it: {act}.", act=head_for(item.act, say.dossier.side, say)))
    sentences.append(say("A voice at home: “We have seen enough; all of it points one way.”"))
    if say.dossier.answers:
        ways = join_parts((say(ANSWERS[answer]) for answer in say.dossier.answers), say)
        sentences.append(say("With the next moves it asks what we do: {ways}.", ways=ways))
    tail = say(
        "Until something draws us back, doubtful acts that touch this line weigh more with us, and what costs them"
        " little takes less off it."
    )
    return FeedWords(
        "line",
        say("We now believe that they are coming for our red line: {says}", says=red_line),
        "\n".join(sentences),
        tail if item.alert else "",
    )


def _answer(item: AnswerItem, say: Translator) -> FeedWords:
    """What we do with a conclusion."""
    head = say("What we do about it: {answer}", answer=say(ANSWERED[item.answer]))
    text = say("We believe that they are coming for our red line: {says}", says=say.localize(item.leads_to))
    return FeedWords("line", head, text, "" if item.said else say("we said nothing, and so we hold"))


def _further_from(item: FurtherFromItem, say: Translator) -> FeedWords:
    red_line = say.localize(item.leads_to).rstrip(".。")
    head = say("We are further from believing that they are coming for our red line: {says}", says=red_line)
    eased = say("Something that they did has eased our line: {says}", says=say.localize(item.line))
    gained = say("our trust in them rises by {n}", n=points_text(item.trust)) if item.trust else ""
    return FeedWords("relief", head, eased, gained)


def _asset(item: AssetItem, say: Translator) -> FeedWords:
    head = describe_asset(item.side, item.asset, item.terms, is_more=item.is_more, say=say)
    return FeedWords("note", head)


def _came_out(item: CameOutItem, say: Translator) -> FeedWords:
    head, text = describe_discovery(item, say)
    return FeedWords("note", head, text)


def _revealed(item: RevealedItem, say: Translator) -> FeedWords:
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
    tail = "" if item.audience is None else describe_audiences(item.audience, item.taken_for, say)
    return FeedWords("note", say("Revealed: {act}", act=head_for(item.act, None, say)), text, tail)


TELLERS: Final[Mapping[type, Callable[[Any, Translator], FeedWords]]] = {  # Any: each kind has its own
    SituationItem: _situation,
    OwnActItem: _own_act,
    ActItem: _act,
    SilenceItem: _silence,
    ExchangeItem: _exchange,
    TalkItem: lambda item, say: FeedWords("answer", say("The two sides speak with each other.")),
    MirrorItem: lambda item, say: FeedWords(
        "situation", say("The facilitator says of turn {turn}: “{says}”", turn=item.turn, says=say(MIRROR))
    ),
    CloserItem: lambda item, say: FeedWords("readout", describe_closer_answer(item, say)),
    CallItem: lambda item, say: FeedWords("readout", describe_call(item, say)),
    ReadoutsItem: _readouts,
    PromiseItem: lambda item, say: FeedWords("commitment", describe_promise(item, say)),
    PledgeItem: _pledge,
    CitationItem: lambda item, say: FeedWords("commitment", describe_cited_terms(item, say)),
    VoiceItem: lambda item, say: FeedWords("commitment", describe_voice(item.side, item.answer, item.said, say)),
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


SORT_LABELS: Final[Mapping[FeedSort, str]] = {"situation": _("News"), "ours": _("From us")}
"""Those whose head alone does not tell what they are."""
QUOTED: Final = ("theirs", "ours")
"""Words that are one side's alone; those of a talk name who said each, in quotation marks of their own."""
TONES: Final[Mapping[FeedSort, Tone]] = {"silence": "bad", "line": "bad", "channel": "quiet", "track": "quiet"}


def feed_blocks(feed: Iterable[AnyFeedItem], say: Translator, *, turn: int = 0) -> Iterator[Block]:
    """Each thing in the order given; what is of the turn `turn`, and not our own, is marked as new."""
    empty = True
    for item in feed:
        empty = False
        yield from _item(item, item_words(item, say), say, is_new=item.turn == turn)
    if empty:
        yield prose(say("Nothing has happened yet."), "quiet")


def _item(item: AnyFeedItem, words: FeedWords, say: Translator, *, is_new: bool) -> Iterator[Block]:
    is_new = is_new and words.sort != "ours"
    tone: Tone = "strong" if is_new else TONES.get(words.sort, "")
    sort_label = say("{head}: {text}", head=say(SORT_LABELS[words.sort]), text="") if words.sort in SORT_LABELS else ""
    new = (Span(say("NEW") + " ", "new"),) if is_new else ()
    hour = line(Span(f"T+{item.hour}", "quiet"))
    yield Paragraph((*new, Span(sort_label, "quiet"), Span(words.head, tone)), lead=hour)
    if words.text and words.sort in QUOTED:
        yield Quote(words.text, depth=1)
    elif words.text:
        yield prose(words.text, depth=1)
    if words.tail:
        yield prose(words.tail, "quiet", depth=1)
