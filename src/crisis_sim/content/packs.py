"""Rule packs as a whole: one base, nothing twice, and every rule in a place where it means something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from crisis_sim.content import where
from crisis_sim.content.condition_checks import ConditionChecks
from crisis_sim.content.known_names import A, KnownNames
from crisis_sim.content.material import card_of
from crisis_sim.content.named_things import PARTS
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.secrets import sides_moved
from crisis_sim.content.sources import Located, Source
from crisis_sim.errors import Sentence, commas
from crisis_sim.problems import Problems, Spot, did_you_mean
from crisis_sim.rules.effects import OWNERS
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.move import Move
from crisis_sim.rules.offences import OffenceCard
from crisis_sim.rules.pack import Base, Pack, Rule


def link_offences(
    pack: Pack, earlier: OffenceCard | None, source: Source, uses: ConditionChecks, problems: Problems
) -> None:
    """Say what does not fit in a pack's card and profiles; `earlier` is the card of the packs before it."""
    check = _Check(source, problems)
    card = pack.offences or earlier
    if pack.offences is not None:
        for place, act in enumerate(pack.offences.acts):
            uses.condition(act.when, ("offences", "acts", place, "when"), where.OFFENCES[act.on])
        check.check_unique([act.id for act in pack.offences.acts], ("offences", "acts"), "id")
        short = pack.offences.at_one_table
        if short is not None:
            loc: Loc = ("offences", "at_one_table", "acts")
            check.check_unique(short.acts, loc)
            check.check_acts(short.acts, pack.offences, loc)
    for name, profile in pack.profiles.items():
        loc = ("profiles", name, "order")
        if card is None:
            check.error(("profiles", name), Sentence("no pack listed so far has a card of offences to order"))
            continue
        check.check_unique(profile.order, loc)
        check.check_acts(profile.order, card, loc)
        missing = [act.id for act in card.acts if act.id not in profile.order]
        if missing and source.complete(*loc) and source.complete("offences", "acts"):
            check.error(
                loc, Sentence("an order names every act of the offence card; missing: {left}", left=commas(missing))
            )


class _Check:
    """Complaints at places of one file."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self._source = source
        self._problems = problems

    def check_unique(self, names: Sequence[str], loc: Loc, key: str = "") -> None:
        for place, name in enumerate(names):
            if name in names[:place]:
                item_loc = (*loc, place, key) if key else (*loc, place)
                self.error(item_loc, Sentence("'{name}' stands here twice", name=name), "link/duplicate")

    def check_acts(self, names: Sequence[str], card: OffenceCard, loc: Loc) -> None:
        acts = [act.id for act in card.acts]
        for place, name in enumerate(names):
            if name not in acts and self._source.complete("offences", "acts"):
                message = Sentence("the card of offences has no act '{name}'", name=name)
                self.error((*loc, place), message, hint=did_you_mean(name, acts))

    def error(self, loc: Loc, message: Sentence, code: str = "link/offences", hint: str = "") -> None:
        if self._source.is_given(*loc):
            self._problems.error(self._source.spot(*loc), message, code=code, hint=hint)


def link_packs(packs: Sequence[Located[Pack]], names: KnownNames, problems: Problems, listed: Spot) -> None:
    """Say everything that does not fit together in packs used in this order; `listed` is where they are named.

    Without a base that is all there is to say: whatever else the packs name would be in it.
    """
    with_base = [(pack, source) for pack, source in packs if pack.base is not None]
    if not with_base and names.whole and all(source.is_given("base") for _, source in packs):
        hint = Sentence("one pack has base settings; list it first, for example rules: [core, …]")
        problems.error(listed, "none of these rule packs has the base settings", code="link/base", hint=hint)
        return
    for pack, source in with_base[1:]:
        message = Sentence(
            "'{pack}' has base settings, and so has '{other}'; only one pack may",
            pack=pack.id,
            other=with_base[0][0].id,
        )
        problems.error(source.key_spot("base"), message, code="link/base", hint="use one of the two packs")
    _check_unique(packs, problems)
    for place, (pack, source) in enumerate(packs):
        _Pack(pack, source, names, problems).check([earlier for earlier, _ in packs[:place]])


def _check_unique(packs: Sequence[Located[Pack]], problems: Problems) -> None:
    """Nothing but a rule may be given by two packs."""
    owners: dict[tuple[str, str], str] = {}
    for pack, source in packs:
        for part, kind in PARTS.items():
            for name in getattr(pack, part):
                owner = owners.setdefault((part, name), pack.id)
                if owner != pack.id:
                    message = Sentence(
                        "the rule pack '{pack}' has {thing} '{name}' already", pack=owner, thing=A[kind], name=name
                    )
                    problems.error(source.key_spot(part, name), message, code="link/duplicate", hint="leave one out")


def link_moves(moves: Mapping[str, Move], names: KnownNames, source: Source, problems: Problems) -> None:
    """Say what does not fit in moves that stand under the key `moves`."""

    def check_name(loc: Loc, kind: str, name: str) -> None:
        names.check_name(name, (source, ("moves", *loc)), kind)

    for name, move in moves.items():
        for place, kind in enumerate(move.over):
            check_name((name, "over", place), "channel kind", kind)
        for place, term in enumerate(move.terms):
            check_name((name, "terms", place), "term", term)
        if move.needs_consent_or is not None:
            _consent(name, move, names, source, problems)
        for place, concern in enumerate(move.concerns):
            check_name((name, "concerns", place), "concern", concern)
        if move.asks is not None:
            _answers(name, move, check_name, source, problems)
        elif move.exchange and source.is_given("moves", name, "asks"):
            message = Sentence("only a move that asks for something can lead to an exchange")
            problems.error(
                source.spot("moves", name, "exchange"), message, code="link/exchange", hint="give it asks: …"
            )


def link_instruments(scenario: Scenario, names: KnownNames, source: Source, uses: ConditionChecks) -> None:
    """Say what does not fit in the instruments that a scenario lists."""
    for name, instrument in scenario.instruments.items():
        for place, concern in enumerate(instrument.concerns):
            names.check_name(concern, (source, ("instruments", name, "concerns", place)), "concern")
        uses.condition(instrument.broken_by, ("instruments", name, "broken_by"), where.CITED)


def link_commitments(
    file: Pack | Scenario, names: KnownNames, source: Source, uses: ConditionChecks, breaks: where.Where
) -> None:
    """Report what does not fit in commitments."""
    for name, commitment in file.commitments.items():
        loc = ("commitments", name)
        for number, move in enumerate(commitment.with_moves):
            names.check_name(move, (source, (*loc, "with_moves", number)), "move")
        if commitment.void_by is not None:
            uses.condition(commitment.void_by, (*loc, "void_by"), breaks)
        uses.condition(commitment.broken_by, (*loc, "broken_by"), breaks)


def _consent(name: str, move: Move, names: KnownNames, source: Source, problems: Problems) -> None:
    """The term that stands for the host's word is one of the move's own."""
    loc, term = ("moves", name, "needs_consent_or"), move.needs_consent_or or ""
    if names.check_name(term, (source, loc), "term") and term not in move.terms and source.complete("moves", name):
        message = Sentence("the term '{term}' cannot be put on this move", term=term)
        problems.error(source.spot(*loc), message, code="link/consent", hint="list it under terms, too")


def _answers(
    name: str, move: Move, check_name: Callable[[Loc, str, str], None], source: Source, problems: Problems
) -> None:
    assert move.asks is not None
    check_name((name, "asks", "accept"), "move", move.asks.accept)
    check_name((name, "asks", "decline"), "move", move.asks.decline)
    if (stands := move.asks.stands) is not None:
        check_name((name, "asks", "stands", "under"), "fact", stands.under)
        for place, term in enumerate(stands.unless):
            check_name((name, "asks", "stands", "unless", place), "term", term)
    if move.asks.accept == move.asks.decline and source.complete("moves", name, "asks"):
        message = Sentence("the same move cannot accept and decline")
        problems.error(source.spot("moves", name, "asks", "decline"), message, code="link/answers")


class _Pack:
    """The checks of one pack."""

    def __init__(self, pack: Pack, source: Source, names: KnownNames, problems: Problems) -> None:
        self._pack = pack
        self._source = source
        self._names = names
        self._problems = problems
        self._uses = ConditionChecks(names, source, problems)
        self._error = self._uses.error

    def check(self, earlier: Sequence[Pack]) -> None:
        """All of them; `earlier` are the packs before this one."""
        link_moves(self._pack.moves, self._names, self._source, self._problems)
        if self._pack.base is not None:
            self._base(self._pack.base)
        link_commitments(self._pack, self._names, self._source, self._uses, where.BREAKS)
        link_offences(self._pack, card_of(earlier), self._source, self._uses, self._problems)
        ids = [rule.id for rule in self._pack.rules]
        for place, rule in enumerate(self._pack.rules):
            if rule.id in ids[:place]:
                self._error(
                    ("rules", place, "id"),
                    Sentence("there are two rules '{name}'", name=rule.id),
                    "link/duplicate",
                    "rename one",
                )
            self._rule(rule, ("rules", place))
        self._check_without(earlier)

    def _rule(self, rule: Rule, loc: Loc) -> None:
        here = where.RULES[rule.on] if self._source.is_given(*loc, "on") else where.ANY
        self._uses.condition(rule.when, (*loc, "when"), here)
        self._uses.effects(rule.then, (*loc, "then"), here)
        open_effects = [name for name in rule.then.effect_names if name in here.does and name not in OWNERS]
        if open_effects:
            why = Sentence(
                "a rule that does may only feel, press, relieve, trust or flag, not {key}", key=open_effects[0]
            )
            self._uses.unsealed(rule.when, (*loc, "when"), why)
        else:
            self._uses.own_alone(rule.when, (*loc, "when"), sides_moved(rule.then))
        if rule.once is not None and not here.is_once_allowed:
            self._error(
                (*loc, "once"),
                Sentence("`once` does nothing in {place}", place=here.called),
                "link/misplaced",
                "leave it out",
            )

    def _check_without(self, earlier: Sequence[Pack]) -> None:
        rules = {rule.id for pack in earlier for rule in pack.rules}
        for place, name in enumerate(self._pack.without):
            if name not in rules and not self._names.left_out(name):
                message = Sentence("unknown rule '{name}' in the packs before this one", name=name)
                self._error(("without", place), message, "link/unknown-rule", self._names.rule_hint(name, rules))

    def _base(self, base: Base) -> None:
        for place, fact in enumerate(base.standing.outcome.blocked_by if base.standing.outcome is not None else ()):
            self._names.check_name(fact, (self._source, ("base", "standing", "outcome", "blocked_by", place)), "fact")
        for place, move in enumerate(base.standing.voice.met_by if base.standing.voice is not None else ()):
            self._names.check_name(move, (self._source, ("base", "standing", "voice", "met_by", place)), "move")
        for within, load in (((), base.workload), (("one_table",), base.workload.one_table)):
            for term in load.terms:
                self._names.check_name(term, (self._source, ("base", "workload", *within, "terms", term)), "term")
            for name in load.promises:
                self._names.check_name(
                    name, (self._source, ("base", "workload", *within, "promises", name)), "commitment"
                )
        self._ascending([rung.at for rung in base.tension.rungs], ("base", "tension", "rungs"))
        self._ascending([state.at for state in base.channels.states], ("base", "channels", "states"))
        tension = base.tension
        for key, value in (("start", tension.start), ("rest", tension.rest), ("without_force", tension.without_force)):
            self._within(value or 0, 100, ("base", "tension", key))
        self._within(tension.under_rest, 1, ("base", "tension", "under_rest"))
        for meter in ("trust", "standing"):
            for key in ("start", "rest"):
                self._within(getattr(getattr(base, meter), key), 10, ("base", meter, key))
        for key in ("limit", "own_limit"):
            limits = getattr(base.lines, key)
            if limits and min(limits.values()) <= 0:
                self._error(("base", "lines", key), "a limit is a positive number", "link/number")
        self._decays(base)
        self._uses.effects(base.lines.crossing, ("base", "lines", "crossing"), where.DEFAULT_CROSSING)
        self._names.check_name(base.holding, (self._source, ("base", "holding")), "move")
        for answer, moves in ({} if base.lines.decision is None else base.lines.decision.moves()).items():
            for place, move in enumerate(moves):
                loc = ("base", "lines", "decision", answer, place)
                self._names.check_name(move, (self._source, loc), "move")

    def _decays(self, base: Base) -> None:
        for part in ("tension", "trust", "standing", "lines"):
            if getattr(base, part).decay < 0:
                self._error(("base", part, "decay"), "a decay is not negative", "link/number")
        for place, state in enumerate(base.channels.states):
            if state.unanswered + state.too_low > 100:
                message = Sentence("the chances of no answer and of an answer too low come to more than 100")
                self._error(("base", "channels", "states", place, "too_low"), message, "link/number")

    def _ascending(self, levels: Sequence[int], loc: Loc) -> None:
        if not self._source.complete(*loc) or not levels:
            return
        if levels[0] != 0:
            self._error((*loc, 0, "at"), "the first begins at 0", "link/order")
        for place, (previous, level) in enumerate(pairwise(levels), 1):
            if level <= previous:
                self._error((*loc, place, "at"), "list these in ascending order", "link/order")

    def _within(self, value: int, maximum: int, loc: Loc) -> None:
        if not 0 <= value <= maximum * 100:
            self._error(loc, Sentence("this lies outside 0 to {most}", most=maximum), "link/number")
