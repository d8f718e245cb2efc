"""The catalogue as a team may use it: what can be made, over which channels, and what advisers say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from crisis_sim.engine.sight.dossier import Dossier, MoveEntry
from crisis_sim.engine.sight.views import AdviceFacts, BlockedMove, ChannelFacts
from crisis_sim.pages.seat_parts import MoveOption, TermView
from crisis_sim.pages.telling import channel_name, in_language, promise_says, term_says
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker


def catalogue(dossier: Dossier, language: Language) -> tuple[MoveOption, ...]:
    """Every move, as far as it is the same throughout a session."""
    return tuple(_option(move_id, move, dossier, language) for move_id, move in dossier.moves.items())


def _option(move_id: str, move: MoveEntry, dossier: Dossier, language: Language) -> MoveOption:
    return MoveOption(
        id=move_id,
        label=in_language(move.label, language),
        does=in_language(move.does, language),
        family=move.family,
        visibilities=move.visibilities,
        channels=move.channels,
        terms=tuple(_term(term, dossier, language) for term in move.terms),
        promises=tuple((promise, promise_says(dossier, promise, language)) for promise in move.promises),
        about_channel=move.about_channel,
        asks=move.asks is not None,
        only_as_answer=move.only_as_answer,
        blocked="",
        warnings=tuple(_warning(warns, language) for warns in move.warns),
    )


def _term(term: str, dossier: Dossier, language: Language) -> TermView:
    note = dossier.terms[term].note
    return TermView(
        id=term, says=term_says(dossier, term, language), note="" if note is None else in_language(note, language)
    )


def _warning(warns: str, language: Language) -> str:
    """What advisers always say of such a move."""
    say = speaker(language)
    match warns:
        case "public":
            return say("Both home audiences will hear this.")
        case "face":
            return say("They will lose face by it.")
        case _:
            return say("It can be read in more than one way.")


def move_options(
    options: tuple[MoveOption, ...],
    channels: Iterable[ChannelFacts],
    blocked: Iterable[BlockedMove],
    advice: Iterable[AdviceFacts],
    dossier: Dossier,
    language: Language,
) -> tuple[MoveOption, ...]:
    """The whole catalogue as things stand; what can't be made says why."""
    suspended = {channel.id for channel in channels if channel.state != "open"}
    why = {each.move: _blocked(each, dossier, language) for each in blocked}
    advised: defaultdict[str, list[str]] = defaultdict(list)
    for item in advice:
        advised[item.move].append(_advised(item, dossier, language))
    return tuple(
        replace(
            option,
            channels=tuple(channel for channel in option.channels if channel not in suspended),
            blocked=why.get(option.id, ""),
            warnings=(*option.warnings, *advised.get(option.id, ())),
        )
        if option.id in why or option.id in advised or not suspended.isdisjoint(option.channels)
        else option
        for option in options
    )


def _blocked(blocked: BlockedMove, dossier: Dossier, language: Language) -> str:
    """Why a move can't be made."""
    say = speaker(language)
    match blocked.why:
        case "answer":
            return say("it only answers something that was asked, and nothing that waits takes it")
        case "suspended":
            channel = channel_name(dossier, blocked.channel, language)
            return say("{channel} is suspended, and nothing else here carries this", channel=channel)
        case "nowhere":
            return say("nothing in this exercise carries this")


def _advised(advice: AdviceFacts, dossier: Dossier, language: Language) -> str:
    """What a move, or a term of it, would run into."""
    say = speaker(language)
    if advice.promised is not None:
        return say("We have promised: {says}", says=promise_says(dossier, advice.promised, language))
    says = "" if advice.rule is None else in_language(advice.rule, language)
    if advice.term is None:
        return say("It would count against us: {says}", says=says)
    term = term_says(dossier, advice.term, language)
    return say("With “{term}” it would count against us: {says}", term=term, says=says)
