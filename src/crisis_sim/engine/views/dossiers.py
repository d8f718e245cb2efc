"""Making dossiers: what a seat is told before play, and what its views name by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from crisis_sim.content.authored_channel import Channel
from crisis_sim.content.authored_stakes import Mark, TrackOf, Watch
from crisis_sim.content.scenario import Files, Inject
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.dealing_plans import tellable
from crisis_sim.engine.inject_times import inject_plan
from crisis_sim.engine.instructions import dealt
from crisis_sim.engine.judging.hearing import OFFENCE
from crisis_sim.engine.move_advice import broken_by_accounts
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.asset_views import private_facts
from crisis_sim.engine.views.dossier import (
    Asks,
    AssetEntry,
    AtHomeEntry,
    ChannelEntry,
    Dossier,
    InjectEntry,
    InstructionEntry,
    InstrumentEntry,
    MoveEntry,
    PromiseEntry,
    PublicRecord,
    ScaleStep,
    SettleEntry,
    TeamEntry,
    TermEntry,
    TrackEntry,
    WhiteEntry,
)
from crisis_sim.engine.views.score_views import sees_track
from crisis_sim.rules.authored import Text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.keys import keys_within, names_in
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import SIDES, Side, Words
from crisis_sim.rules.properties import Made

FACE_THREAT = 2
"""Class of face threat, 0–3, from which advisers speak of it."""
AMBIGUOUS = 40
"""Ambiguity in hundredths from which advisers speak of it."""


def dossier_for(table: GameTable, seat: SeatName) -> Dossier:
    """All that `seat` may know of scenario and packs from the start; made once for all sessions that deal it alike."""
    name = "/".join([seat, *(card for side, card in dealt(table).items() if seat in (side, "facilitator"))])
    if name not in table.dossiers:
        table.dossiers[name] = _dossier(table, seat)
    dossier: Dossier = table.dossiers[name]
    return dossier


def _dossier(table: GameTable, seat: SeatName) -> Dossier:
    scenario, base, material = table.scenario, table.base, table.material
    side: Side | None = seat if seat == "us" or seat == "china" else None
    return Dossier(
        seat=seat,
        title=scenario.title.words,
        handling=scenario.handling.words,
        brief=_brief(table, scenario.brief, scenario.explained),
        offences={} if table.card is None else {name: text.words for name, text in table.card.says.items()},
        moves_least=scenario.moves_a_turn.least,
        moves_most=table.workload.moves,
        holding=base.holding,
        concerns={name: text.words for name, text in material.concerns.items()},
        channels={name: _channel(channel) for name, channel in scenario.channels.items()},
        shapes=tuple([ScaleStep(word.at, word.name.words) for word in base.channels.states]),
        rungs=tuple([ScaleStep(rung.at, rung.name.words) for rung in base.tension.rungs]),
        tracks={name: track_entry(track) for name, track in scenario.tracks.items() if sees_track(seat, track.of)},
        moves={
            name: _move(table, name, move, side) for name, move in table.moves.items() if name not in table.left_out
        },
        terms={
            name: TermEntry(
                says=term.says.words,
                note=None if term.note is None else term.note.words,
                of_thing=bool(table.assets) and term.of == "thing",
                heard=term.heard,
                offered=term.offered,
            )
            for name, term in material.terms.items()
        },
        instruments={
            name: InstrumentEntry(
                title=instrument.title.words,
                says=instrument.says.words,
                year=instrument.year,
                accepted_by=tuple(instrument.accepted_by),
            )
            for name, instrument in scenario.instruments.items()
            if name in table.instruments
        },
        commitments={
            name: PromiseEntry(
                says=commitment.says.words,
                note=None if commitment.note is None else commitment.note.words,
                offered=commitment.offered,
                accounts=tuple(sorted(broken_by_accounts(commitment.broken_by))),
                binds_both=commitment.binds == "both",
            )
            for name, commitment in table.commitments.items()
        },
        answers=table.answers,
        forecasts={forecast.id: forecast.ask.words for forecast in scenario.forecasts},
        settles=tuple(_settles(table)),
        at_home=_at_home(table),
        record=_record(table),
        forecasts_early=table.workload.with_readings,
        asks_principles=table.asks("principles"),
        sentences=tuple([sentence.words for sentence in scenario.closing.sentences])
        if table.asks("principles")
        else (),
        call_purposes=table.calls is not None,
        most_calls=table.workload.calls,
        takers={taker: settings.binds for taker, settings in base.channels.takers.items()},
        assets={
            name: AssetEntry(
                side=owner, name=asset.name.words, says=asset.says.words if seat in (owner, "facilitator") else None
            )
            for owner in SIDES
            for name, asset in scenario.teams.team_of(owner).assets.items()
        },
        private_facts=private_facts(table, seat),
        side=side,
        team=None if side is None else _team(table, side),
        white=_white(table) if seat == "facilitator" else None,
    )


def _record(table: GameTable) -> PublicRecord | None:
    inherited = table.inherits
    if inherited is None:
        return None
    return PublicRecord(
        session=inherited.session,
        title=inherited.title,
        promises=inherited.promises,
        principles=inherited.principles,
        acts=inherited.acts,
        keeps=table.base.channels.lapse_keeps,
    )


def _settles(table: GameTable) -> Iterator[SettleEntry]:
    """What rules say of how public words that bind a team at home are settled."""
    for rule in table.rules.values():
        for item in rule.then.settle:
            yield SettleEntry(
                pledges=item.pledge, how=item.how, says=rule.says.words, costs=item.costs or 0, wins=item.wins or 0
            )


def _at_home(table: GameTable) -> AtHomeEntry:
    """What standing asks of a team and allows it."""
    voice, concession = table.base.standing.voice if table.voice else None, table.base.standing.concession
    threshold = None if concession is None else concession.over
    if voice is None:
        return AtHomeEntry(over=threshold)
    ends = {"meet": voice.met, "speak": voice.speaks, "wait": voice.waits, "unanswered": voice.unanswered}
    standing = {name: end.standing for name, end in ends.items()} | {"delayed": voice.delayed.standing}
    return AtHomeEntry(under=voice.under, answers=table.voice, standing=standing, over=threshold)


def _brief(table: GameTable, files: Files, more: Files | None) -> Words:
    """A brief, and behind it what explains it, where the session has that."""
    brief = _texts(table, files)
    if more is None or not table.explained:
        return brief
    explained = _texts(table, more)
    return {language: f"{text}\n\n{explained.get(language, explained['en'])}" for language, text in brief.items()}


def _texts(table: GameTable, files: Files) -> Words:
    """A long text in every language that it has been written in."""
    texts = table.material.texts
    return {"en": texts[files.en]} if files.zh is None else {"en": texts[files.en], "zh": texts[files.zh]}


def track_entry(track: TrackOf) -> TrackEntry:
    """What is at stake, as those who see it know it."""
    return TrackEntry(
        name=track.name.words,
        unit=track.unit.words,
        least=track.least,
        most=track.most,
        good=track.good,
        runs_out=track.runs_out,
        of=track.of,
    )


def _channel(channel: Channel) -> ChannelEntry:
    always: Literal["", "public", "always-open"] = ""
    if channel.latency == 0 and "public" in channel.visibility:
        always = "always-open" if "private" in channel.visibility else "public"
    return ChannelEntry(
        name=channel.name.words,
        says=channel.says.words,
        kind=channel.kind,
        level=channel.level,
        track=channel.track,
        visibilities=channel.visibility,
        always=always,
        at_once=channel.latency == 0,
    )


def _move(table: GameTable, name: str, move: Move, side: Side | None) -> MoveEntry:
    warns: list[Literal["public", "face", "ambiguous"]] = []
    if move.visibility == ("public",):
        warns.append("public")
    if move.face_threat >= FACE_THREAT:
        warns.append("face")
    if move.ambiguity >= AMBIGUOUS:
        warns.append("ambiguous")
    words = table.scenario.bot_words
    move_words = None if side is None else words.get(name, words.get(move.family))
    return MoveEntry(
        id=name,
        label=move.label.words,
        also={} if move.also is None else move.also.words,
        does=move.does.words,
        family=move.family,
        visibilities=move.visibility,
        channels=table.carriers[name],
        terms=table.terms[name],
        can_cite=any(name in instrument.with_moves for instrument in table.instruments.values()),
        promises=tuple([promise for promise, commitment in table.commitments.items() if name in commitment.with_moves]),
        about_channel=move.about_channel,
        asks=None if move.asks is None else Asks(accept=move.asks.accept, decline=move.asks.decline),
        only_as_answer=move.only_as_answer,
        tells=move.tells,
        warns=tuple(warns),
        exchange=move.exchange,
        assets=() if side is None else table.usable(side, name),
        discloses=() if side is None else tellable(table.private_facts, side, move),
        bot_words={} if move_words is None else (move_words.us if side == "us" else move_words.china).words,
        needs_consent_or=None if table.scenario.consent is None else move.needs_consent_or,
    )


def _team(table: GameTable, side: Side) -> TeamEntry:
    authored = table.scenario.teams.team_of(side)
    return TeamEntry(
        name=authored.name.words,
        part=authored.part.words,
        brief=_brief(table, authored.brief, authored.sounds),
        aims=tuple([aim.words for aim in authored.aims]),
        instruction=instruction_entry(table, side),
    )


def instruction_entry(table: GameTable, side: Side) -> InstructionEntry | None:
    """The card that a team was dealt; None where none are."""
    deck, card = table.scenario.instructions, dealt(table).get(side)
    if deck is None or not card:
        return None if card is None else InstructionEntry()
    dealt_card = deck.cards[card]
    text = dealt_card.says.us if side == "us" else dealt_card.says.china
    wanted, avoided = (tuple(dict.fromkeys(_own_moves(dealt_card.met_when, denied=denied))) for denied in (False, True))
    return InstructionEntry(card=card, says=text.words, moves=wanted, avoids=avoided)


def _own_moves(when: Condition, *, denied: bool) -> Iterator[str]:
    """The moves that a card asks of whoever holds it, or asks not to make."""
    for way, key, value, holder in keys_within(when):
        if isinstance(holder, Made) and holder.by in ("self", "either") and ("not" in way) is denied:
            yield from (name for _way, name, kinds in names_in(key, value) if "move" in kinds)


def _white(table: GameTable) -> WhiteEntry:
    facts = {fact: entry.says.words for fact, entry in table.material.facts.items()}
    texts = table.base.channels.kinds | {line.id: line.says for _side, _place, line in table.scenario.teams.lines}
    assumes = table.scenario.assumes
    return WhiteEntry(
        guide=_texts(table, table.scenario.guide),
        sounds={
            side: _texts(table, files)
            for side in SIDES
            if (files := table.scenario.teams.team_of(side).sounds) is not None
        },
        us=_team(table, "us"),
        china=_team(table, "china"),
        msel=tuple([_inject(inject, table.material.waits) for inject in table.scenario.msel]),
        facts=facts | {fact: entry.says.words for fact, entry in table.scenario.facts.items()},
        named={name: text.words for name, text in texts.items()},
        assumed=() if assumes is None else tuple([text.words for text in assumes.says]),
        assumed_of="" if assumes is None else assumes.as_of,
        reasons=_reasons(table),
    )


def _inject(inject: Inject, waits: Mapping[str, Any]) -> InjectEntry:  # Any: a condition as files write it
    plan = inject_plan(inject, ())
    return InjectEntry(
        id=inject.id,
        title=inject.title.words,
        at=inject.at,
        to=inject.to,
        text_us=inject.text.us.words,
        text_china=inject.text.china.words,
        reads_us=inject.reads_as.us.words,
        reads_china=inject.reads_as.china.words,
        note=inject.note.words,
        when=waits.get(inject.id),
        after=plan.follows,
        again=plan.again,
        calls_for=inject.calls_for,
        excuses=inject.excuses,
    )


def _reasons(table: GameTable) -> dict[str, Words]:
    """What rules, lines and tracks say of a change, by what a trace calls them; of several by `#` and the part too."""
    reasons = {name: rule.says for name, rule in table.rules.items()}
    for place, side in enumerate(SIDES):
        for line in table.scenario.teams.team_of(side).lines:
            reasons |= {f"line {side}/{line.id}": line.says, f"crossing {line.id}#{place}": line.says}
            reasons |= _parts(f"line {side}/{line.id}", line.pressed_by)
    for track, settings in table.scenario.tracks.items():
        reasons |= {f"track {track}/{place}": change.says for place, change in enumerate(settings.changes)}
        reasons |= _parts(f"track {track}", settings.marks)
    if table.card is not None:
        reasons |= {f"{OFFENCE}{name}": text for name, text in table.card.says.items()}
    return {name: text.words for name, text in reasons.items()}


def _parts(name: str, several: Sequence[Watch | Mark]) -> dict[str, Text]:
    """What each of several says."""
    return {f"{name}#{place}": part.says for place, part in enumerate(several)}
