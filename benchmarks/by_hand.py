"""The rules of the core pack that watch acts, written by hand as a careful programmer would write them in Python.

One function a rule, entered on the list of just the moves that it can concern, so that it asks no more about the move.
Looking back is one helper that stops as early as it can. This is the peer of the compiled rules in `benchmarks.rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeAlias

from crisis_sim.content.load import load_material
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.names import Side

RuleFunction: TypeAlias = Callable[[Act, Facts], bool]

MOVES = load_material("bottomed-submarine", ["core"]).moves
BIT = {move: 1 << place for place, move in enumerate(MOVES)}
BY_HAND: dict[str, tuple[frozenset[str], RuleFunction]] = {}


def rule(name: str, moves: Iterable[str]) -> Callable[[RuleFunction], RuleFunction]:
    """Enter a rule for the moves it can concern."""

    def entered(function: RuleFunction) -> RuleFunction:
        BY_HAND[name] = (frozenset(moves), function)
        return function

    return entered


def family(*families: str) -> list[str]:
    return [name for name, move in MOVES.items() if move.family in families]


class Moves(frozenset[str]):
    """Moves to look back for, with their bits."""

    bits: int

    def __new__(cls, *moves: str) -> Moves:
        made = super().__new__(cls, moves)
        made.bits = sum(BIT[move] for move in made)
        return made


def ever_made(facts: Facts, moves: Moves, side: Side | None) -> int:
    us, china = facts.made
    return moves.bits & (us | china if side is None else us if side == "us" else china)


def earlier(act: Act, facts: Facts, moves: Moves, side: Side | None, since: int = 0, oldest: int = 0) -> bool:
    """An act of these moves in an earlier turn, or higher up the sender's own list."""
    if not ever_made(facts, moves, side):
        return False
    turn = facts.turn
    for past in reversed(facts.record):
        if past.turn < oldest or past.hour < since:
            return False
        if (
            past.move in moves
            and (side is None or past.side == side)
            and (past.turn < turn or (past.order < act.order and past.turn == act.turn and past.side == act.side))
            and not (past.order == act.order and past.turn == act.turn and past.side == act.side)
        ):
            return True
    return False


def same_turn(act: Act, facts: Facts, moves: Moves, side: Side) -> bool:
    """Another act of these moves in this turn."""
    if not ever_made(facts, moves, side):
        return False
    turn = facts.turn
    for past in reversed(facts.record):
        if past.turn < turn:
            return False
        if (
            past.move in moves
            and past.side == side
            and past.turn == turn
            and not (past.order == act.order and past.turn == act.turn and past.side == act.side)
        ):
            return True
    return False


def repeated(act: Act, facts: Facts) -> bool:
    move, side, turn = act.move, facts.sender, facts.turn
    for past in reversed(facts.record):
        if past.move == move and past.side == side and past.turn < turn:
            if past.turn == act.turn and past.order == act.order and past.side == act.side:
                continue
            return True
    return False


def first_on_channel(act: Act, facts: Facts) -> bool:
    move, channel, turn = act.move, act.about or act.channel, facts.turn
    for past in reversed(facts.record):
        if (
            past.move == move
            and (past.about or past.channel) == channel
            and (past.turn < turn or (past.order < act.order and past.turn == act.turn and past.side == act.side))
            and not (past.order == act.order and past.turn == act.turn and past.side == act.side)
        ):
            return False
    return True


def earlier_term(act: Act, facts: Facts, term: str, side: Side | None, since: int = 0) -> bool:
    turn = facts.turn
    for past in reversed(facts.record):
        if past.hour < since:
            return False
        if (
            term in past.terms
            and (side is None or past.side == side)
            and (past.turn < turn or (past.order < act.order and past.turn == act.turn and past.side == act.side))
            and not (past.order == act.order and past.turn == act.turn and past.side == act.side)
        ):
            return True
    return False


def stepped_back(act: Act, facts: Facts, side: Side, oldest: int, this_turn: bool) -> bool:
    """An announced step of restraint by a side, before this act or anywhere in this turn."""
    if not ever_made(facts, STEPS_BACK, side):
        return False
    turn = facts.turn
    for past in reversed(facts.record):
        if past.turn < oldest:
            return False
        if (
            past.side == side
            and (past.move == "grit-step" or (past.move == "stand-down" and "announced" in past.terms))
            and not (past.order == act.order and past.turn == act.turn and past.side == act.side)
            and (past.turn < turn or this_turn or (past.order < act.order and past.turn == act.turn))
        ):
            return True
    return False


def public(act: Act) -> bool:
    return act.visibility == "public" or act.outcome == "leaked"


FORCE = Moves(*family("force"))
INQUIRY = Moves("private-inquiry")
NOTIFY = Moves("notify-activity")
STEPS_BACK = Moves("grit-step", "stand-down")
CONTACT_MADE = Moves("take-call", "leader-call", "third-venue-meeting", "working-group", "reaffirm-rules")
PUBLIC_THREATS = Moves("public-demand", "warn", "ultimatum")
SOFT_WORDS = ("private-reassure", "reaffirm-rules", "condole", "ambiguous-regret", "own-up", "apologise")
TECHNICAL = Moves("share-technical-data")
REGRET = Moves("ambiguous-regret")
SUSPENDED = Moves("suspend-channel")
REAFFIRMED = Moves("reaffirm-rules")
ASKED = frozenset(
    {"private-inquiry", "request-call", "leader-call", "third-venue-meeting", "send-envoy", "working-group"}
)
STRAIGHT_ANSWERS = frozenset({"accept", "decline", "counter"})
REPAIRS = ("apologise", "own-up")


def sender_fact(facts: Facts, fact: str) -> bool:
    return (fact, facts.sender) in facts.truths


@rule("interference-with-rescue", FORCE)
def _interference(act: Act, facts: Facts) -> bool:
    return "on-rescue-unit" in act.terms or (
        act.move in ("unsafe-manoeuvre", "jam-or-cyber") and ("rescue-under-way", None) in facts.truths
    )


@rule("interference-withdrawn", ["stand-down"])
def _withdrawn(act: Act, facts: Facts) -> bool:
    return sender_fact(facts, "rescue-interfered")


@rule("interference-admitted", REPAIRS)
def _admitted(act: Act, facts: Facts) -> bool:
    return sender_fact(facts, "rescue-interfered")


@rule("no-host-consent", MOVES)
def _no_consent(act: Act, facts: Facts) -> bool:
    return (
        "without-consent" in act.terms
        and ("host-consent", None) not in facts.truths
        and ("host-unable", None) not in facts.truths
    )


@rule("host-plainly-unable", MOVES)
def _unable(act: Act, facts: Facts) -> bool:
    return (
        "without-consent" in act.terms
        and ("host-unable", None) in facts.truths
        and ("host-consent", None) not in facts.truths
    )


@rule("delay-despite-need", ["reject-offer", "refuse-contact", "cancel-event", "suspend-channel"])
def _delay(act: Act, facts: Facts) -> bool:
    return ("host-unable", None) in facts.truths and ("rescue-under-way", None) in facts.truths


@rule("people-freed", ["release"])
def _freed(act: Act, facts: Facts) -> bool:
    return sender_fact(facts, "persons-held")


@rule("access-allowed", ["accept-help", "release"])
def _allowed(act: Act, facts: Facts) -> bool:
    return sender_fact(facts, "access-refused")


@rule("say-do-gap", SOFT_WORDS)
def _say_do(act: Act, facts: Facts) -> bool:
    return same_turn(act, facts, FORCE, facts.sender)


@rule("public-before-private", ["criticise", "accuse", "public-demand"])
def _public_first(act: Act, facts: Facts) -> bool:
    return (
        public(act)
        and not earlier(act, facts, INQUIRY, facts.sender, since=facts.hour - 6)
        and not earlier(act, facts, INQUIRY, facts.sender, oldest=facts.turn - 1)
    )


@rule("leaked-by-accident", MOVES)
def _leaked(act: Act, facts: Facts) -> bool:
    return act.outcome == "leaked"


@rule("over-match", MOVES)
def _over_match(act: Act, facts: Facts) -> bool:
    return 0 < facts.provocation <= MOVES[act.move].severity - 2


@rule("exclusive-help", family("cooperate", "contact"))
def _exclusive(act: Act, facts: Facts) -> bool:
    return "exclusive" in act.terms


@rule("club-opened", ["invite-inclusion", "back-un-lead"])
def _opened(act: Act, facts: Facts) -> bool:
    return earlier_term(act, facts, "exclusive", facts.sender, since=facts.hour - 168)


@rule("linkage", MOVES)
def _tied(act: Act, facts: Facts) -> bool:
    return "tied" in act.terms


def noticed(act: Act, facts: Facts) -> bool:
    return (
        "announced" in act.terms
        or same_turn(act, facts, NOTIFY, facts.sender)
        or earlier(act, facts, NOTIFY, facts.sender, oldest=facts.turn - 2)
    )


def near_crew(act: Act, facts: Facts) -> bool:
    return "near-crewed" in act.terms or ("crewed-craft-near", None) in facts.truths


@rule("unnotified-capability", MOVES)
def _unnotified(act: Act, facts: Facts) -> bool:
    return "dual-use" in act.terms and not near_crew(act, facts) and not noticed(act, facts)


@rule("unnotified-near-crew", MOVES)
def _unnotified_near(act: Act, facts: Facts) -> bool:
    return "dual-use" in act.terms and near_crew(act, facts) and not noticed(act, facts)


@rule("notified-capability", MOVES)
def _notified(act: Act, facts: Facts) -> bool:
    return "dual-use" in act.terms and noticed(act, facts) and not repeated(act, facts)


@rule("routinised", family("coerce", "force"))
def _routine(act: Act, facts: Facts) -> bool:
    return "announced" in act.terms and repeated(act, facts)


@rule("moral-hazard", [name for name, move in MOVES.items() if move.severity >= 5])
def _hazard(act: Act, facts: Facts) -> bool:
    return earlier(act, facts, CONTACT_MADE, facts.sender, oldest=facts.turn - 1)


@rule("time-pressure", [name for name, move in MOVES.items() if move.ambiguity >= 40])
def _pressed(act: Act, facts: Facts) -> bool:
    return facts.time_left <= 25


@rule("grit-series", ["grit-step", "stand-down"])
def _series(act: Act, facts: Facts) -> bool:
    return (act.move == "grit-step" or "announced" in act.terms) and stepped_back(
        act, facts, facts.sender, facts.turn - 3, this_turn=False
    )


@rule("grit-matched", ["grit-step", "stand-down"])
def _matched(act: Act, facts: Facts) -> bool:
    return (act.move == "grit-step" or "announced" in act.terms) and stepped_back(
        act, facts, facts.receiver, facts.turn - 2, this_turn=True
    )


@rule("costly-reassurance", family("reassure"))
def _costly(act: Act, facts: Facts) -> bool:
    return not public(act) and (
        MOVES[act.move].costliness >= 50 or "with-proof" in act.terms or same_turn(act, facts, TECHNICAL, facts.sender)
    )


@rule("ambiguous-regret", MOVES)
def _regret(act: Act, facts: Facts) -> bool:
    return act.answer == "accept" and facts.answered is not None and facts.answered.move == "ambiguous-regret"


@rule("regret-read-again", [name for name, move in MOVES.items() if move.ambiguity >= 40])
def _read_again(act: Act, facts: Facts) -> bool:
    return earlier(act, facts, REGRET, None) and facts.luck("rule/regret-read-again") < 10


HELPFUL = ("offer-help", "accept-help", "share-technical-data", "notify-activity", "joint-cell", "invite-inclusion")
LINES = frozenset({"leader-line", "defence-line", "staff-line"})


@rule("benign-topic-dividend", HELPFUL)
def _dividend(act: Act, facts: Facts) -> bool:
    return (act.channel in LINES or act.channel_kind in LINES) and first_on_channel(act, facts)


@rule("reaffirm-and-joint-readout", ["reaffirm-rules"])
def _reaffirm(act: Act, facts: Facts) -> bool:
    return first_on_channel(act, facts)


@rule("agreed-text", MOVES)
def _agreed(act: Act, facts: Facts) -> bool:
    return act.answer == "accept" and facts.answered is not None and facts.answered.move == "joint-statement"


@rule("leaders-reopen", ["take-call"])
def _leaders(act: Act, facts: Facts) -> bool:
    return (
        act.answer == "accept" and facts.answered is not None and facts.answered.move in ("leader-call", "send-envoy")
    )


@rule("retreat-from-public-words", ["stand-down", "apologise", "own-up", "accept-help", "release"])
def _retreat(act: Act, facts: Facts) -> bool:
    side, turn, oldest = facts.sender, facts.turn, facts.turn - 3
    if not public(act) or not ever_made(facts, PUBLIC_THREATS, side):
        return False
    for past in reversed(facts.record):
        if past.turn < oldest:
            return False
        if (
            past.move in PUBLIC_THREATS
            and past.side == side
            and public(past)
            and (past.turn < turn or (past.order < act.order and past.turn == act.turn and past.side == act.side))
            and not (past.order == act.order and past.turn == act.turn and past.side == act.side)
        ):
            return True
    return False


CHEAP = [name for name in family("contact", "reassure", "cooperate") if MOVES[name].costliness <= 40]


@rule("words-worn-thin", CHEAP)
def _thin(act: Act, facts: Facts) -> bool:
    return act.answer not in STRAIGHT_ANSWERS and repeated(act, facts)


HARD = [name for name in family("protest", "coerce") if MOVES[name].face_threat >= 2]


@rule("quiet-word", HARD)
def _quiet(act: Act, facts: Facts) -> bool:
    return not public(act)


@rule("shamed-in-public", [name for name in HARD if MOVES[name].face_threat == 2])
def _shamed(act: Act, facts: Facts) -> bool:
    return public(act)


@rule("shamed-gravely", [name for name in HARD if MOVES[name].face_threat >= 3])
def _gravely(act: Act, facts: Facts) -> bool:
    return public(act)


@rule("named-as-guilty", ["accuse"])
def _guilty(act: Act, facts: Facts) -> bool:
    return public(act)


@rule("blame-hinted", ["criticise", "public-demand"])
def _hinted(act: Act, facts: Facts) -> bool:
    return public(act)


@rule("ultimatum", ["ultimatum"])
def _ultimatum(act: Act, facts: Facts) -> bool:
    return public(act)


@rule("close-to-a-crew", FORCE)
def _crew(act: Act, facts: Facts) -> bool:
    return "near-crewed" in act.terms


@rule("partners-in-arms", FORCE)
def _partners(act: Act, facts: Facts) -> bool:
    return "exclusive" in act.terms


@rule("door-closed", MOVES)
def _closed(act: Act, facts: Facts) -> bool:
    return act.answer == "decline" and facts.answered is not None and facts.answered.move in ASKED


@rule("facts-shared", ["share-technical-data", "fact-statement", "deny-charge"])
def _shared(act: Act, facts: Facts) -> bool:
    return act.move == "share-technical-data" or "with-proof" in act.terms


@rule("restraint-verified", ["grit-step", "stand-down"])
def _verified(act: Act, facts: Facts) -> bool:
    return "with-proof" in act.terms


@rule("seat-offered", ["invite-inclusion", "joint-cell"])
def _seat(act: Act, facts: Facts) -> bool:
    return "exclusive" not in act.terms


def always(act: Act, facts: Facts) -> bool:
    return True


ALWAYS = {
    "publishing-the-private": ["leak-exchange"],
    "channel-as-weapon": ["suspend-channel"],
    "event-cancelled": ["cancel-event"],
    "arms-in-sight": ["show-of-force"],
    "harm-in-reach": ["unsafe-manoeuvre", "jam-or-cyber"],
    "people-sent-home": ["expel-staff"],
    "face-restored": REPAIRS,
    "room-given": ["grit-step", "stand-down"],
    "host-put-first": ["back-un-lead"],
}
BY_HAND |= {name: (frozenset(moves), always) for name, moves in ALWAYS.items()}
assert set(chain.from_iterable(moves for moves, _ in BY_HAND.values())) <= MOVES.keys()
