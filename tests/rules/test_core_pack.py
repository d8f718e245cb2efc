"""The shipped rule packs keep what they promise: whole, traced to their sources, fair to both sides, and sane."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.rules.weighing import BASE, CORE, MOVES, PACKS, act, facts, holds, rules_of, shipped, weighed

from crisis_sim.numbers import points
from crisis_sim.rules.authored import Authored, SourceText, Text
from crisis_sim.rules.effects import Cross, Meter, Press, SetFact
from crisis_sim.rules.moment import CommitmentIs, FactIs
from crisis_sim.rules.move import Move
from crisis_sim.rules.properties import MoveIs

with (Path(__file__).parent / "data" / "catalogue.csv").open(encoding="utf-8") as table:
    CATALOGUE = {row.pop("move"): row for row in csv.DictReader(table)}
PROPOSED = [
    *(f"R{n:02}" for n in range(1, 5)),
    *(f"P{n:02}" for n in range(5, 18) if n != 15),
    *(f"C{n}" for n in range(18, 23)),
]
NAMES = {
    "R01": ["interference-with-rescue", "interference-floor", "interference-repaired"],
    "R02": ["no-host-consent", "host-plainly-unable"],
    "R03": ["detaining-people"],
    "R04": ["ultimatum"],
    "P05": ["salami"],
    "P06": ["say-do-gap"],
    "P07": ["public-before-private"],
    "P08": ["publishing-the-private"],
    "P09": ["channel-as-weapon"],
    "P10": ["silence"],
    "P11": ["over-match"],
    "P12": ["exclusive-club", "club-opened"],
    "P13": ["linkage"],
    "P14": ["unnotified-capability", "routinised"],
    "P16": ["blind-dilemma"],
    "P17": ["time-pressure"],
    "C18": ["grit-series", "grit-matched", "pull-back-misread"],
    "C19": ["costly-reassurance"],
    "C20": ["ambiguous-regret"],
    "C21": ["benign-topic-dividend"],
    "C22": ["reaffirm-and-joint-readout"],
}
CALMING = {"contact", "reassure", "cooperate", "restrain"}
HOSTILE = {"protest", "coerce", "force"}
COUNTRIES = re.compile(
    r"\b(US|U\.S\.|America\w*|United States|Washington|Chin\w+|PRC|Beijing)\b|美国|美方|中国|中方|北京|华盛顿"
)
RULES = rules_of("core")


def below(thing: object) -> Iterator[Authored]:
    """Every model within a model."""
    if isinstance(thing, Authored):
        yield thing
        for name in type(thing).model_fields:
            yield from below(getattr(thing, name))
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from below(each)
    elif isinstance(thing, dict):
        for each in thing.values():
            yield from below(each)


def of_family(families: set[str]) -> dict[str, Move]:
    return {name: move for name, move in MOVES.items() if move.family in families}


# --- whole and traced


def test_the_catalogue_is_whole_and_true_to_its_table() -> None:
    """All 53 moves are there and no other, each with the signal's traits that the table gives it."""
    assert set(MOVES) == set(CATALOGUE)
    assert len(MOVES) == 53
    for name, row in CATALOGUE.items():
        move = MOVES[name]
        written = (move.family, move.costliness, move.face_threat, move.ambiguity, move.illocution)
        given = (row["family"], points(row["costliness"]), int(row["face_threat"]), points(row["ambiguity"]))
        assert written == (*given, row["illocution"]), name


@pytest.mark.parametrize("code", PROPOSED)
def test_each_proposed_rule_is_there_under_its_name(code: str) -> None:
    """Each proposed rule has the entries that make it up, and each of them names it and more than it as a source."""
    for name in NAMES[code]:
        source = RULES[name].source.en
        assert code in source, name
        assert len(source) > len(code) + 10, f"{name} says where it comes from and not only its number"


def test_every_weight_is_defended() -> None:
    """No two moves share a defence, so each weight was argued for by itself."""
    assert len({move.source.en for move in MOVES.values()}) == len(MOVES)
    assert all(len(move.source.en) > 40 for move in MOVES.values())


def test_a_concern_is_worded_for_either_side() -> None:
    """A guess of their line is about the same concerns as a line of ours, so none of them says whose it is."""
    for name, concern in CORE.concerns.items():
        assert not {"us", "our", "ours", "we"} & set(re.findall(r"[a-z]+", concern.in_("en").lower())), name
        assert "我方" not in concern.in_("zh"), name


def test_every_word_on_offer_means_something() -> None:
    """Every term, fact and concern that players and scenarios may use is one that some rule or promise asks for."""
    everything = list(below([RULES[name] for name in RULES])) + list(below(CORE.commitments))
    assert set(CORE.terms) == {term for part in everything if isinstance(part, MoveIs) for term in part.term or ()}
    assert set(CORE.terms) == {term for move in MOVES.values() for term in move.terms}
    assert set(CORE.facts) == {part.id for part in everything if isinstance(part, FactIs)}
    assert {*CORE.concerns, "asked"} == {part.line for part in everything if isinstance(part, Press)}
    assert {part.line for part in everything if isinstance(part, Cross)} <= set(CORE.concerns)
    assert {part.fact for part in everything if isinstance(part, SetFact)} <= set(CORE.facts)
    assert {part.id for part in everything if isinstance(part, CommitmentIs)} == set(CORE.commitments)


def cells(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def test_labels_fit_a_narrow_screen() -> None:
    """A move's label, and a term's, takes at most 45 columns in either language."""
    texts = [move.label for move in MOVES.values()] + [term.says for term in CORE.terms.values()]
    assert [text.en for text in texts if max(cells(text.en), cells(text.zh or "")) > 45] == []


# --- fair


@pytest.mark.parametrize("name", PACKS)
def test_no_country_is_named(name: str) -> None:
    """Neither a condition, an effect nor a text of a pack names a country; only sources tell history."""
    pack = shipped(name)
    for part in below(pack):
        if isinstance(part, Text) and not isinstance(part, SourceText):
            assert not COUNTRIES.search(part.en + (part.zh or "")), part.en
        assert not isinstance(part, Meter) or (part.us, part.china) == (0, 0)
        assert not {getattr(part, key, None) for key in ("by", "of", "whose")} & {"us", "china"}


@pytest.mark.parametrize("name", PACKS)
def test_every_text_is_there_in_chinese(name: str) -> None:
    """Every text has its Chinese form, in Chinese characters and with Chinese punctuation."""
    for part in below(shipped(name)):
        if isinstance(part, Text):
            assert part.zh, part.en
            assert re.search(r"[\u4e00-\u9fff]", part.zh), part.en
            assert not re.search(r"[\u4e00-\u9fff][,.:;?!()]|[,:;?!()][\u4e00-\u9fff]", part.zh), part.zh


def test_both_sides_weigh_the_same() -> None:
    """Each move weighs the same whichever side makes it."""
    for move in MOVES:
        assert weighed(RULES, act(move)) == weighed(RULES, act(move, side="china")), move


# --- sane weights


def test_signs_fit_families() -> None:
    """Contact, reassurance, cooperation and restraint calm; protest, coercion and force alarm; facts hardly move."""
    assert all(move.weight < 0 and move.severity == 0 for move in of_family(CALMING).values())
    assert all(move.weight > 0 and move.severity > 0 for move in of_family(HOSTILE).values())
    assert all(abs(move.weight) <= points("0.5") for move in of_family({"inform"}).values())


def test_a_higher_class_weighs_more() -> None:
    """On the ladder of provocation every move of a class weighs more than every move of the class below."""
    by_class: dict[int, list[int]] = {}
    for move in of_family(HOSTILE).values():
        by_class.setdefault(move.severity, []).append(move.weight)
    classes = [by_class[severity] for severity in sorted(by_class)]
    assert all(max(lower) < min(higher) for lower, higher in pairwise(classes))


def test_fear_is_believed_sooner_than_friendship() -> None:
    """No single calming act outweighs a sanction or anything above it."""
    most_calming = min(move.weight for move in MOVES.values())
    assert -most_calming < min(move.weight for move in MOVES.values() if move.severity >= 4)


@pytest.mark.parametrize("name", [name for name, move in of_family(HOSTILE).items() if len(move.visibility) == 2])
def test_public_is_never_lighter_than_private(name: str) -> None:
    """A hostile move that can be made either way weighs no less in public, and hard words weigh more."""
    public = weighed(RULES, act(name, visibility="public"))
    private = weighed(RULES, act(name, visibility="private"))
    hard_words = MOVES[name].family != "force" and MOVES[name].face_threat >= 2
    assert public > private if hard_words else public >= private


def test_blame_is_heavier_in_public_and_heaviest_unasked() -> None:
    """A private protest weighs less than public criticism after an inquiry, and that less than one out of the blue."""
    asked = act("private-inquiry", turn=2, hour=18)
    private, after, unasked = (
        weighed(RULES, act("private-protest")),
        weighed(RULES, act("criticise"), [asked]),
        weighed(RULES, act("criticise")),
    )
    assert private < after < unasked


def test_proof_and_price_make_reassurance_worth_more() -> None:
    """Reassurance calms more with proof, less while force is shown, and least when it is tied to something."""
    plain = weighed(RULES, act("private-reassure"))
    proven = weighed(RULES, act("private-reassure", terms=("with-proof",)))
    belied = weighed(RULES, act("private-reassure"), [act("show-of-force", order=2)])
    assert proven < plain < belied < 0
    assert plain < weighed(RULES, act("private-reassure", terms=("tied",))) < 0


def test_routine_wears_an_announced_show_of_force_down_to_a_floor() -> None:
    """Announced and let pass twice, it halves each time, down to a tenth; unannounced, it keeps its weight."""
    once = weighed(RULES, act("show-of-force", terms=("announced",)))
    past = [act("show-of-force", turn=1, hour=turn, order=turn, terms=("announced",)) for turn in range(1, 7)]
    worn = [weighed(RULES, act("show-of-force", terms=("announced",)), past[:times]) for times in range(7)]
    assert worn[:3] == [once, once, once // 4]
    assert worn[-1] == once // 10
    assert weighed(RULES, act("show-of-force"), past) == weighed(RULES, act("show-of-force"))


def test_routine_is_what_two_accept() -> None:
    """Once is enough where the other side has done the same; where it protests, no repetition is routine."""
    announced = act("show-of-force", terms=("announced",))
    once = weighed(RULES, announced)
    ours = [act("show-of-force", turn=1, hour=turn, order=turn, terms=("announced",)) for turn in range(1, 4)]
    theirs = act("show-of-force", side="china", turn=1, terms=("announced",))
    protest = act("private-protest", side="china", turn=1)
    assert weighed(RULES, announced, [ours[0], theirs]) == once // 2
    assert weighed(RULES, announced, [*ours, protest]) == once


# --- the table plays


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if move.asks])
def test_what_is_asked_can_be_answered_where_it_was_asked(name: str) -> None:
    """Yes and no can both go back over every kind of channel that carries the question, and in private."""
    asked = MOVES[name]
    assert asked.asks is not None
    for answer in (asked.asks.accept, asked.asks.decline):
        kinds = set(asked.over) if "private" in asked.visibility else set()
        assert kinds <= set(MOVES[answer].over), answer
        assert "private" in MOVES[answer].visibility


def test_a_promise_to_each_other_can_be_accepted() -> None:
    """Promises that bind both go with moves that ask for an answer, since only an answer brings them into force."""
    for name, promise in CORE.commitments.items():
        if promise.binds == "both":
            assert all(MOVES[move].asks for move in promise.with_moves), name


def test_a_holding_note_goes_anywhere_and_blames_nobody() -> None:
    """The holding note can answer over every kind of channel, in private, and weighs next to nothing."""
    note = MOVES[BASE.holding]
    assert set(note.over) == set(BASE.channels.kinds)
    assert "private" in note.visibility
    assert note.family == "inform"


HELD = {("rescue-interfered", "us"): 10}


@pytest.mark.parametrize(
    ("done", "known", "lifted"),
    [
        ([], {}, False),
        (["stand-down"], {}, False),
        (["own-up"], {}, False),
        (["stand-down", "own-up"], {}, True),
        (["apologise"], {("unit-withdrawn", "us"): 20}, True),
        (["stand-down"], {("interference-owned", "us"): 20}, True),
    ],
)
def test_interference_is_made_good_by_deed_and_word(done: list[str], known: dict[Any, int], lifted: bool) -> None:
    """The floor stays until the unit is back and the side has owned up; the two together lift it."""
    at = facts(None, [act(move, order=place) for place, move in enumerate(done, 1)], truths={**HELD, **known})
    assert holds(RULES["interference-repaired"], at) is lifted
    assert holds(RULES["interference-floor"], at) is not lifted


def test_an_ultimatum_is_the_heaviest_word() -> None:
    """With its own leap, a public ultimatum moves tension more than twice as far as any other act of words."""
    words = [name for name, move in MOVES.items() if move.family in HOSTILE - {"force"}]
    leap = RULES["ultimatum"].then.tension or 0
    assert weighed(RULES, act("ultimatum")) + leap > 2 * max(
        weighed(RULES, act(name)) for name in words if name != "ultimatum"
    )
    assert holds(RULES["ultimatum"], facts(act("ultimatum")))
    assert not holds(RULES["ultimatum"], facts(act("ultimatum", visibility="private")))


def test_an_announced_pull_back_is_a_step_of_a_series_and_can_be_matched() -> None:
    """Restraint counts as such whichever of the two forms it took; a pull-back without a word does not."""
    for terms, counts in (((), False), (("announced",), True)):
        before = act("stand-down", turn=2, hour=20, terms=terms)
        theirs = act("stand-down", side="china", turn=2, hour=20, terms=terms)
        assert holds(RULES["grit-series"], facts(act("grit-step"), [before])) is counts
        assert holds(RULES["grit-matched"], facts(act("grit-step"), [theirs])) is counts


def test_a_proposal_weighs_less_than_a_deed() -> None:
    """A cell on the table calms less than a unit pulled back, sympathy less than notice; a door closed in private
    alarms no more than open criticism, which each capital holds for the graver of the two."""
    weight = {name: move.weight for name, move in MOVES.items()}
    assert weight["stand-down"] < weight["joint-cell"] < weight["joint-statement"]
    assert weight["notify-activity"] < weight["condole"]
    assert weight["summon-ambassador"] < weight["refuse-contact"] <= weight["criticise"] < weight["accuse"]


# --- two answers to an open question, twice


def test_a_tough_start_divides_the_two_answers() -> None:
    """Hard public words at the outset, and what is offered after them: less and more where toughness buys room."""
    packs: tuple[list[str], ...] = ([], ["toughness-buys-room"], ["toughness-closes-room"])
    hard, asked = act("criticise", turn=1, hour=2), act("private-inquiry", turn=0, hour=0)
    plain, buys, closes = (weighed(rules_of("core", *more), hard, [asked], turn=1) for more in packs)
    assert buys < plain < closes
    offer = act("invite-inclusion", turn=4, hour=60)
    plain, buys, closes = (weighed(rules_of("core", *more), offer, [hard], turn=4) for more in packs)
    assert buys < plain < closes < 0


def test_who_has_not_been_tough_meets_neither_answer() -> None:
    """A side that has said nothing hard in public is judged as the base pack judges it."""
    for pack in ("toughness-buys-room", "toughness-closes-room"):
        for name in of_family(CALMING):
            assert weighed(rules_of("core", pack), act(name)) == weighed(RULES, act(name))


def test_risk_after_contact_divides_the_two_answers() -> None:
    """A show of force after a call taken weighs least where the safety net calms and most where it emboldens.

    What contact does to the appetite for risk is an open question, so the base pack answers it neither way.
    """
    called = act("take-call", turn=2, hour=20, answer="accept")
    plain, calms, emboldens = (
        weighed(rules_of("core", *more), act("show-of-force"), [called])
        for more in ([], ["safety-net-calms"], ["safety-net-emboldens"])
    )
    assert calms < MOVES["show-of-force"].weight == plain < emboldens


def test_contact_by_itself_is_not_punished() -> None:
    """Under all three, taking a call weighs the same, and a careful act after it is no heavier."""
    called = act("take-call", turn=2, hour=20, answer="accept")
    for pack in PACKS[1:]:
        rules = rules_of("core", pack)
        assert weighed(rules, act("take-call", answer="accept")) == MOVES["take-call"].weight
        for name in of_family(CALMING):
            assert weighed(rules, act(name), [called]) <= weighed(RULES, act(name), [called])


# --- whose ruler


def test_an_opening_says_in_which_order_and_nothing_more() -> None:
    """Which side begins with principles delays a proposal by a turn; no weight, line or offence hangs on it."""
    hang = [
        name for name, rule in RULES.items() if any(getattr(part, "opening_mismatch", None) for part in below(rule))
    ]
    assert hang == ["opening-mismatch"]
    assert RULES["opening-mismatch"].then.model_fields_set == {"delay"}


def test_the_card_of_offences_goes_by_no_flag() -> None:
    """Eight acts, five at one table; places whose mean is one; and profiles that name no country and order them all."""
    card, profiles = CORE.offences, CORE.profiles
    assert card is not None and card.at_one_table is not None
    acts = {act.id for act in card.acts}
    assert (len(card.acts), len(card.at_one_table.acts)) == (8, 5)
    assert sum(card.factors) == 100 * 8 and sum(card.at_one_table.factors) == 100 * 5
    for part in below(card):
        assert getattr(part, "opening_mismatch", None) is None
        assert not {getattr(part, key, None) for key in ("by", "of", "whose")} & {"us", "china"}
    assert set(profiles) == {"public-blame-worst", "closed-door-worst"}
    assert all(set(profile.order) == acts for profile in profiles.values())


def test_every_source_of_the_base_pack_is_argued_in_both_languages() -> None:
    """And most of what history is called to witness is called from both capitals."""
    one_sided = []
    for name, source in {
        **{rule.id: rule.source for rule in RULES.values()},
        **{m: MOVES[m].source for m in MOVES},
    }.items():
        assert source.zh, name
        us = re.search(r"Washington|American|United States", source.en)
        china = re.search(r"Beijing|Chin(a|ese)", source.en)
        if bool(us) != bool(china) and "mirror" not in source.en:
            one_sided.append(name)
    assert one_sided == []
