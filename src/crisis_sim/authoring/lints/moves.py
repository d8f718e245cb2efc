"""Moves, channels and promises that nobody can use, mechanisms with one branch only, and clocks that stand still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.ways import HasEffects, fitting, moves_listed
from crisis_sim.content.authored_channel import Channel
from crisis_sim.errors import Sentence, either
from crisis_sim.numbers import points_text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.properties import MoveIs
from crisis_sim.wording import _


def moves_can_be_sent(run: LintRun) -> None:
    """Every move of the catalogue goes over some channel of the scenario that is open, or can be opened."""
    stuck = [name for name, ways in run.ways.items() if not ways]
    if stuck:
        message = Sentence("no channel of this scenario can carry {moves}", moves=moves_listed(stuck))
        hint = Sentence("add a channel of their kind, open to what is public or private as they are")
        run.warn(run.source.key_spot("channels"), message, "move-stuck", hint)


def channels_are_used(run: LintRun) -> None:
    """Every channel can carry some move."""
    used = {way.name for ways in run.ways.values() for way in ways}
    for name, channel in run.scenario.channels.items():
        if name in used:
            continue
        if channel.suspended and name not in run.reopened:
            message = Sentence(
                "nobody can use the channel '{channel}': it is suspended, and no rule or inject reopens it",
                channel=name,
            )
            hint = Sentence("let something reopen it, or leave it out and tell of it in the brief")
        else:
            message = Sentence(
                "no move goes over the channel '{channel}': {why}", channel=name, why=_explain_unused(run, channel)
            )
            hint = Sentence("give it another kind or visibility, or add a move that goes over it")
        run.warn(run.source.key_spot("channels", name), message, "channel-idle", hint)


def _explain_unused(run: LintRun, channel: Channel) -> Sentence:
    if not any(channel.kind in move.over for move in run.material.moves.values()):
        return Sentence("none is sent over its kind, '{kind}'", kind=channel.kind)
    return Sentence("those of its kind are never {visibility}", visibility=either(list(channel.visibility)))


def instruments_bind(run: LintRun) -> None:
    """Every instrument has been accepted by a team, and some act that can be made here goes against it."""
    for name, instrument in run.scenario.instruments.items():
        if not any(side in instrument.accepted_by for side in SIDES):
            message = Sentence("neither team has accepted '{instrument}', so to cite it eases nobody", instrument=name)
            hint = Sentence("say in `accepted_by` who has, or leave it out")
            run.warn(run.source.key_spot("instruments", name), message, "cite-nobody", hint)
        worlds = run.worlds.values()
        if not any(world.may(instrument.broken_by, half) for world in worlds for _, half in world.moments(acts=True)):
            message = Sentence("nothing that can be done here goes against '{instrument}'", instrument=name)
            hint = Sentence("whoever cites it is bound to nothing; look at what `broken_by` asks for")
            run.warn(run.source.key_spot("instruments", name, "broken_by"), message, "cite-unbroken", hint)


def moves_can_be_afforded(run: LintRun) -> None:
    """No move of the scenario's own costs more standing, when it is public, than a team begins with."""
    base, teams = run.material.base.standing.start, run.scenario.teams
    has = min(base if team.standing is None else team.standing for team in (teams.team_of(side) for side in SIDES))
    for name, move in run.material.moves.items():
        if "public" in move.visibility and -move.standing > has:
            message = Sentence(
                "no team can afford '{move}' in public: it costs {cost} points of standing, and a team begins with"
                " {has}",
                move=name,
                cost=points_text(-move.standing),
                has=points_text(has),
            )
            spot = run.spot("moves", name, "standing")
            run.warn(spot, message, "move-dear", "let it cost less, or let teams begin with more")


def answers_are_asked_for(run: LintRun) -> None:
    """A move that only answers is what some move asks for."""
    material = run.material
    answer_moves = {
        name for move in material.moves.values() if move.asks for name in (move.asks.accept, move.asks.decline)
    }
    for name, move in material.moves.items():
        if move.only_as_answer and name not in answer_moves and name != material.base.holding:
            spot = run.spot("moves", name, "only_as_answer")
            message = Sentence(
                "the move '{move}' only answers, and no move asks for it, so nobody can make it", move=name
            )
            run.warn(spot, message, "answer-idle", "name it in the `asks` of a move")


def promises_can_be_accepted(run: LintRun) -> None:
    """A promise that binds both is carried by moves that the other side can accept."""
    for name, commitment in run.material.commitments.items():
        for place, move in enumerate(commitment.with_moves):
            if commitment.binds == "both" and run.material.moves[move].asks is None:
                spot = run.spot("commitments", name, "with_moves", place)
                message = Sentence(
                    "'{move}' asks for no answer, so nobody can accept the promise '{promise}' that binds both",
                    move=move,
                    promise=name,
                )
                run.warn(spot, message, "promise-idle", "use a move that asks, or binds: maker")


def moves_asked_for_can_be_made(run: LintRun) -> None:
    """Every move that a condition describes is one that somebody could make; in the scenario's file, one made here."""
    for source, described in run.described:
        here = source is run.source
        for loc, move_test in described:
            if here and run.fitting(move_test):
                continue
            if not run.fitting(move_test, here=False):
                message = Sentence("no move of the catalogue is like this, so the condition never holds")
                run.warn(source.spot(*loc), message, "move-never", "look at the keys together: each must hold")
            elif here:
                message = Sentence(
                    "no channel of this scenario carries such a move in this way, so the condition never holds"
                )
                hint = Sentence("look at channel, level and visibility beside the move: they must fit together")
                run.warn(source.spot(*loc), message, "move-nowhere", hint)


def public_acts_can_be_made(run: LintRun) -> None:
    """What a condition asks to be made in public can be, and not only leaked; the base is not asked."""
    own = {id(source) for _pack, source in run.own_packs} | {id(run.source)}
    for source, described in run.described:
        for loc, move_test in described if id(source) in own else ():
            moves = fitting(move_test.model_copy(update={"visibility": None}), run.material, None)
            if move_test.visibility != "public" or any(
                "public" in run.material.moves[name].visibility for name in moves
            ):
                continue
            if moves:
                words = {"moves": moves_listed(sorted(moves))}
                message = Sentence("nobody makes {moves} in public, so only a leak could bring this about", **words)
                hint = Sentence("leave `visibility` out, or say that you mean the leak: delivery: leaked")
                run.warn(source.spot(*loc), message, "public-never", hint)


BranchKind: TypeAlias = Literal["good", "bad"]

_CAUSES: Final[Mapping[HasEffects, str]] = {
    "rule": _("rule {name}"),
    "line": _("line {name}"),
    "inject": _("inject {name}"),
    "track": _("track {name}"),
}

_SUSPENDED: Final = "{channel: …, for: 12h}"
FEWEST: Final = 2
"""So many injects or changes must ask for conduct before one branch is missed."""


def injects_have_both_branches(run: LintRun) -> None:
    """Where injects wait for conduct, some come after good conduct and some after bad."""
    waits = {
        place: set(_conduct(run, inject.when, True))
        for place, inject in enumerate(run.scenario.msel)
        if inject.when is not None
    }
    waits = {place: conduct for place, conduct in waits.items() if conduct}
    released = any(effects.release for cause, _, effects in run.effects if cause in ("line", "rule", "track"))
    kinds = {kind for conduct in waits.values() for kind in conduct}
    if len(waits) >= FEWEST and len(kinds) == 1 and not (released and kinds == {"good"}):
        bad = kinds.pop() == "bad"
        message = Sentence(
            "{n} injects answer bad conduct, and none answers good conduct"
            if bad
            else "{n} injects answer good conduct, and none answers bad conduct",
            n=len(waits),
        )
        hint = Sentence(
            "add an inject that comes when the teams did well"
            if bad
            else "add an inject that comes when the teams did badly"
        )
        run.warn(run.source.key_spot("msel", min(waits), "when"), message, "branch-injects", hint)


def tracks_have_both_branches(run: LintRun) -> None:
    """A track that only acts move is moved for the better by some and for the worse by others."""
    for name, track in run.scenario.tracks.items():
        if track.per_hour or len(track.changes) < FEWEST or any(_is_gated(change.when) for change in track.changes):
            continue
        rises = {change.by > 0 for change in track.changes if change.by}
        if len(rises) == 1 and all(list(_conduct(run, change.when, True)) for change in track.changes):
            helps = rises.pop() == (track.good == "up")
            message = Sentence(
                "acts can only help the track '{track}'" if helps else "acts can only hurt the track '{track}'",
                track=name,
            )
            hint = Sentence(
                "let some acts move it down, or the hours: per_hour"
                if track.changes[0].by > 0
                else "let some acts move it up, or the hours: per_hour"
            )
            run.warn(run.source.key_spot("tracks", name, "changes"), message, "branch-track", hint)


def closed_channels_reopen(run: LintRun) -> None:
    """A channel that an effect closes by name can be opened again."""
    for name, channel in run.scenario.channels.items():
        if channel.suspended:
            continue
        closes = [
            Sentence(_CAUSES[cause], name=cause_name)
            for cause, cause_name, effects in run.effects
            if effects.suspend is not None and effects.suspend.channel == name and effects.suspend.for_ is None
        ]
        if closes and name not in run.reopened:
            message = Sentence(
                "the channel '{channel}' can be closed, by {cause}, and nothing reopens it",
                channel=name,
                cause=closes[0],
            )
            spot = run.source.key_spot("channels", name)
            run.warn(spot, message, "branch-channel", "give an inject or a rule reopen: {channel: …}")
    by_name = {effects.reopen.channel for _, _, effects in run.effects if effects.reopen is not None}
    for place, inject in enumerate(run.scenario.msel):
        suspend = None if inject.then is None else inject.then.suspend
        if suspend is None or suspend.for_ is not None or suspend.channel in by_name:
            continue
        if suspend.channel in run.reopened:
            message = Sentence(
                "'{inject}' closes the channel '{channel}', and only an act of the teams, if any, opens it again",
                inject=inject.id,
                channel=suspend.channel,
            )
            hint = Sentence("say for how long: suspend: {so}; or let an inject reopen it", so=_SUSPENDED)
            run.warn(run.source.key_spot("msel", place, "then"), message, "branch-channel", hint)


def _conduct(run: LintRun, condition: Condition | None, holds: bool) -> Iterator[BranchKind]:
    """The kinds of conduct that a condition waits for; `holds` is false below a `not`."""
    if condition is None:
        return
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from _conduct(run, part, holds)
    yield from _conduct(run, condition.not_, not holds)
    move_tests = [condition.move] + [
        search.move for search in (condition.earlier, condition.same_turn, condition.ever) if search
    ]
    for move in move_tests:
        good = None if move is None else _is_good(run, move)
        if good is not None:
            yield "good" if good == holds else "bad"
    if condition.line is not None and condition.line.crossed:
        yield "bad" if holds else "good"


def _is_good(run: LintRun, move_test: MoveIs) -> bool | None:
    """Whether all moves that are asked for calm, or all alarm; None where they differ or weigh nothing."""
    weights = [run.material.moves[name].weight for name in run.fitting(move_test, here=False)]
    if move_test.term or not weights:
        return None
    return True if max(weights) < 0 else False if min(weights) > 0 else None


def _is_gated(condition: Condition) -> bool:
    """Whether something besides acts has a say."""
    parts = (*(condition.all or ()), *(condition.any or ()))
    own = condition.model_fields_set - {"all", "any", "move", "earlier", "same_turn", "ever"}
    return bool(own) or any(map(_is_gated, parts))


def clocks_run(run: LintRun) -> None:
    """A track that runs out falls by the hour."""
    for name, track in run.scenario.tracks.items():
        if track.runs_out and track.per_hour >= 0:
            message = Sentence(
                "the track '{track}' runs out and does not fall by the hour, so time is never short", track=name
            )
            spot = run.source.spot("tracks", name, "runs_out")
            run.warn(spot, message, "clock-still", "give it a negative per_hour")
