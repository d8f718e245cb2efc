"""Moves of the catalogue as a team may use them now: what they do, why not, over which channels, what advisers say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crisis_sim.engine.views.dossier import MoveEntry
from crisis_sim.engine.views.seat_views import AdviceFacts, ChannelFacts, TeamView
from crisis_sim.pages.binding_words import COULD_CITE, should_cite
from crisis_sim.pages.blocks import Block, Paragraph, line, prose
from crisis_sim.pages.channel_blocks import PASSED_ON, is_passed_on, is_rusty, odds_of, shape_word
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Taker
from crisis_sim.text import pinyin_initials
from crisis_sim.wording import _, join_parts

NOT_FOUND: Final = _("No move has these words. Delete some of them.")
"""What a search among moves says that comes to none."""
VISIBILITY_WORDS: Final[Mapping[str, str]] = {
    "private": _("private: for the other side alone"),
    "public": _("public: both home audiences hear it"),
}
"""Who hears a move, by its visibility."""


def move_blocks(move: MoveEntry, view: TeamView, say: Translator, *, advised: bool = True) -> Iterator[Block]:
    """All that is known of a move before it is made; with advisers, where those stand nowhere beside."""
    yield Paragraph(line(say.localize(move.does)))
    if blocked := why_not(move.id, view, say):
        yield prose(say("Not now: ") + blocked, "bad")
    for warning in _warnings(move, view, say) if advised else ():
        yield prose(say("Our advisers: {warning}", warning=warning), "strong")


def search_words(move: MoveEntry) -> str:
    """By what a move is found besides its words in the reader's language: its id, names, their pinyin, other words."""
    return " ".join((move.id, *move.label.values(), pinyin_initials(move.label.get("zh", "")), *move.also.values()))


def open_channels(move: MoveEntry, view: TeamView) -> tuple[str, ...]:
    """The channels that can carry a move now, the default first."""
    closed = {channel.id for channel in view.channels if channel.state != "open"}
    return tuple(channel for channel in move.channels if channel not in closed)


def takers(partial_move: PartialMove, view: TeamView, say: Translator) -> tuple[Taker, ...]:
    """Who may take the call that a move agrees to; nobody where that is not asked."""
    requested_moves = [
        request.act.move
        for request in view.requests
        if (request.number, "accept") == (partial_move.answers, partial_move.how)
    ]
    return (
        tuple(say.dossier.takers)
        if requested_moves and requested_moves[0] and say.dossier.moves[requested_moves[0]].exchange
        else ()
    )


def terms_of(move: MoveEntry, visibility: str, say: Translator) -> tuple[str, ...]:
    """The terms that a move can bear where it is heard so."""
    return tuple([term for term in move.terms if say.dossier.terms[term].heard in (None, visibility)])


def overlooked_options(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[tuple[str, str]]:
    """What a move could bear and is easily passed over: its key among the marks, and what is said of it."""
    if should_cite(view, partial_move, say):
        yield "cites:", say(COULD_CITE)
    move, promises = say.dossier.moves[partial_move.move], say.dossier.commitments
    offered = [name for name in move.promises if promises[name].offered]
    if offered and partial_move.promise is None:
        first = {"promise": say.promise(offered[0]), "note": promise_note(offered[0], say)}
        yield "promise:", say("It could promise: {promise}. {note}", **first)
    for term in terms_of(move, partial_move.visibility, say):
        if say.dossier.terms[term].offered and term not in partial_move.terms:
            yield f"term:{term}", say("It could say: {term}. {note}", term=say.term(term), note=term_note(term, say))


def describe_channel(channel: ChannelFacts, say: Translator, *, private: bool = False) -> str:
    """How a move would go over a channel: its shape, how long, what may happen; who else hears it if it is private."""
    word, odds = shape_word(channel.id, channel.readiness, say), odds_of(channel, say)
    text = say("{head}: {text}", head=word, text=odds)
    if channel.latency:
        text = say("{word}, {hours}: {odds}", word=word, hours=say("{n} h", n=channel.latency), odds=odds)
    return say("; ").join([text, say(PASSED_ON)]) if private and is_passed_on(channel.id, say) else text


def why_not(move: str, view: TeamView, say: Translator) -> str:
    """Why a move can't be made now; empty if it can."""
    blocked = next((entry for entry in view.blocked if entry.move == move), None)
    if blocked is None:
        names_line = move in say.dossier.moves and say.dossier.moves[move].tells
        has_line = any(line.adopted for line in view.lines)
        return say("we keep no line that it could name") if names_line and not has_line else ""
    match blocked.why:
        case "answer":
            return say("it only answers something that was asked, and nothing that waits takes it")
        case "calls":
            return say("this exercise has had its calls")
        case "suspended":
            channel = say.channel(blocked.channel)
            return say("{channel} is suspended, and nothing else here carries this", channel=channel)
        case "nowhere":
            return say("nothing in this exercise carries this")


def advice(
    move: MoveEntry, view: TeamView, channel: ChannelFacts | None, partial_move: PartialMove, say: Translator
) -> list[str]:
    """What our own advisers warn of as a move is composed, knowing what our side knows."""
    visibility, terms = partial_move.visibility, partial_move.terms
    warnings = [
        *_binding(partial_move, view, say),
        *_warnings(move, view, say, terms, partial_move.asset if isinstance(partial_move.asset, str) else ""),
        *filter(None, (term_note(term, say) for term in move.terms if term in terms)),
    ]
    if (
        channel is not None
        and is_rusty(channel.id, channel.readiness, say)
        and "public" not in say.dossier.channels[channel.id].visibilities
    ):
        word = shape_word(channel.id, channel.readiness, say)
        rusty = {"name": say.channel(channel.id), "word": word, "odds": odds_of(channel, say)}
        warnings.append(say("{name} is {word}: {odds}.", **rusty))
    late_advice = (
        entry
        for entry in view.advice
        if entry.move == move.id and entry.later and not set(entry.spared_by) & set(terms)
    )
    if not partial_move.answers and (later := next(late_advice, None)) is not None:
        warnings.append(_held_back(later, view, say, public=visibility == "public"))
    if visibility == "public" and "public" not in move.warns:
        warnings.append(say("The press and both home audiences will hear this."))
    return warnings


def _binding(partial_move: PartialMove, view: TeamView, say: Translator) -> Iterator[str]:
    """That an acceptance binds us by the promise of what it accepts, unless a desk takes it that binds nobody."""
    request_act = next((request.act for request in view.requests if request.number == partial_move.answers), None)
    if partial_move.how != "accept" or request_act is None or request_act.promise is None:
        return
    binds = not partial_move.taker or say.dossier.takers[partial_move.taker]
    if binds and say.dossier.commitments[request_act.promise].binds_both:
        yield say("Accepting this binds us too: “{says}”.", says=say.promise(request_act.promise).rstrip(".。"))


def find_refusal(move: str, terms: Sequence[str], view: TeamView, say: Translator) -> tuple[str, str]:
    """Why a move with these terms is not taken as things stand, and the term that it needs; or nothing."""
    reasons = ((_advised([entry], say), entry.unasked) for entry in view.advice if entry.move == move)
    return next(((reason, term) for reason, term in reasons if term is not None and term not in terms), ("", ""))


def term_note(term: str, say: Translator) -> str:
    """What is to be known of a term; empty where nothing is."""
    note = say.dossier.terms[term].note
    return "" if note is None else say.localize(note)


def promise_note(promise: str, say: Translator) -> str:
    """What is to be known of a promise before it is given; empty where nothing is."""
    note = say.dossier.commitments[promise].note
    return "" if note is None else say.localize(note)


def _warnings(
    move: MoveEntry, view: TeamView, say: Translator, terms: Sequence[str] = (), asset: str = ""
) -> Iterator[str]:
    """What advisers always say of such a move, and what they say as things stand.

    Of what goes with a thing of ours they speak as of the one that is used, once it is known which.
    """
    if (calls := say.dossier.most_calls) and move.exchange:
        yield say(
            "This exercise has {n} call or meeting in all; after it nobody takes another.",
            plural="This exercise has {n} calls or meetings in all; after them nobody takes another.",
            n=calls,
        )
    if (
        move.asks is not None
        and view.turn == view.turns
        and not any(e.move == move.id and e.stands for e in view.advice)
    ):
        yield say("In this last turn it is heard, and nobody has moves left to answer it.")
    for warns in move.warns:
        match warns:
            case "public":
                yield say("Both home audiences will hear this.")
            case "face":
                yield say("They will lose face by it.")
            case "ambiguous":
                yield say("It can be read in more than one way.")
    asset_terms = {
        asset_facts.id: asset_facts.is_so or () for asset_facts in view.assets if asset_facts.id in move.assets
    }
    groups: dict[tuple[str | int | None, str, tuple[str, ...]], list[AdviceFacts]] = {}
    for place, entry in enumerate(view.advice):
        goes_with = entry.term is not None and any(entry.term in is_so for is_so in asset_terms.values())
        if entry.move != move.id or entry.later or set(entry.spared_by) & set(terms):
            continue
        if not (goes_with and asset) or entry.term in asset_terms.get(asset, ()):
            asset_name = say.asset(asset) if goes_with and asset else ""
            groups.setdefault((place if entry.rule is None else entry.term, asset_name, entry.spared_by), []).append(
                entry
            )
    for (_group_key, asset_name, _spared), alike in groups.items():
        yield _advised(alike, say, asset_name)


def _held_back(advice: AdviceFacts, view: TeamView, say: Translator, *, public: bool) -> str:
    """That a proposal comes before the other side in a later turn, public words too, and what spares it that."""
    turn = view.turn + advice.later
    if turn > view.turns and public:
        text = say("Said in public at once, but it would come before them only after the last turn.")
    elif turn > view.turns:
        text = say("It would come before them only after the last turn.")
    elif public:
        text = say("Said in public at once; before them as a proposal in turn {turn}.", turn=turn)
    else:
        text = say("It would come before them in turn {turn} at the soonest.", turn=turn)
    if not advice.spared_by:
        return text
    spared = say(", ").join(map(say.term, advice.spared_by))
    return say("{one} {two}", one=text, two=say("Put as “{spared}” it is there at once.", spared=spared))


def _advised(alike: Sequence[AdviceFacts], say: Translator, asset_name: str = "") -> str:
    """What a move, or a term of it, would run into, all rules alike at once; for the term, the thing that brings it."""
    advice = alike[0]
    if advice.unasked is not None:
        return say(
            "The host has not accepted this help; until it does, it goes only as “{term}”",
            term=say.term(advice.unasked),
        )
    if advice.promised is not None:
        text = say.promise(advice.promised)
        if advice.term is not None:
            words = {"term": asset_name or say.term(advice.term), "says": text}
            if asset_name and advice.spared_by:
                spared = say(", ").join(map(say.term, advice.spared_by))
                return say(
                    "“{term}” breaks what we have promised, unless it is put as “{spared}”: {says}",
                    spared=spared,
                    **words,
                )
            return say("“{term}” touches what we have promised: {says}", **words)
        return say("We have promised: {says}", says=text)
    if advice.cited is not None:
        name = say.instrument(advice.cited)
        if advice.term is not None:
            term = asset_name or say.term(advice.term)
            return say("“{term}” goes against what we have cited: {name}", term=term, name=name)
        return say("It goes against what we have cited: {name}", name=name)
    if advice.stands:
        return say("Under the principles that both have accepted it stands at once, and nobody is asked.")
    if advice.in_return and advice.term is not None:
        return say(
            "Asks of ours in {n} turn met silence: with “{term}” this asks in return; no linkage.",
            plural="Asks of ours in {n} turns in a row met silence: with “{term}” this asks in return; no linkage.",
            n=advice.in_return,
            term=say.term(advice.term),
        )
    text = join_parts((say.localize(entry.rule) for entry in alike if entry.rule is not None), say)
    spared = say(", ").join(map(say.term, advice.spared_by))
    if advice.term is None and spared:
        return say("It would count against us, unless it is put as “{spared}”: {says}", spared=spared, says=text)
    if advice.term is None:
        return say("It would count against us: {says}", says=text)
    if asset_name and spared:
        template = _("“{term}” would count against us, unless it is put as “{spared}”: {says}")
        return say(template, term=asset_name, spared=spared, says=text)
    return say("“{term}” would count against us: {says}", term=asset_name or say.term(advice.term), says=text)
