"""What a team may do now: a view never offers what the table refuses, and what it blocks it explains."""

from __future__ import annotations

from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace
from tests.bots import act_once, bots_at
from tests.engine.asking import CALL, HELP, answer, draft
from tests.engine.play import Play, shipped, small
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.actions import Draft
from crisis_sim.engine.acts.options import check_draft
from crisis_sim.engine.move_advice import advice_of
from crisis_sim.engine.views.dossier import MoveEntry
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages.move_blocks import advice, open_channels, takers, terms_of, why_not
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.rules.pack import Rule


def ways(play: Play, view: TeamView, move: MoveEntry) -> list[tuple[str, str]]:
    """Every channel and visibility that a composer offers for a move."""
    channels = play.say(view.side).dossier.channels
    return [
        (channel, visibility)
        for channel in open_channels(move, view)
        for visibility in move.visibilities
        if visibility in channels[channel].visibilities
    ]


def offered(play: Play, view: TeamView) -> list[Draft]:
    """Every draft that a composer would let a team make, one detail at a time."""
    found, say = [], play.say(view.side)
    for move in say.dossier.moves.values():
        if move.only_as_answer or why_not(move.id, view, say):
            continue
        details: list[dict[str, object]] = [{}, {"terms": move.terms}]
        details += [{"promise": promise} for promise in move.promises]
        about: dict[str, object] = {"about": view.channels[-1].id} if move.about_channel else {}
        about |= {"line": next(line.id for line in view.lines if line.adopted)} if move.tells else {}
        if move.assets:
            about["asset"] = move.assets[-1]
        if any(each.move == move.id and each.unasked for each in view.advice):
            details = [detail | {"terms": (move.needs_consent_or,)} for detail in details]
        found += [
            fitting(say, draft(move.id, channel, visibility, **about, **detail))  # type: ignore[arg-type]  # of the view
            for channel, visibility in ways(play, view, move)
            for detail in details
        ]
    return found


def fitting(say: Translator, each: Draft) -> Draft:
    """The draft with those of its terms that go with what is said so."""
    able = terms_of(say.dossier.moves[each.move], each.visibility, say)
    return replace(each, terms=tuple([term for term in each.terms if term in able]))


def answers(play: Play, view: TeamView) -> list[Draft]:
    """Every answer to what waits, over every way that its move can go."""
    say = play.say(view.side)
    dossier = say.dossier
    return [
        draft(move, channel, visibility, answers=request.number, how=how, taker=taker)  # type: ignore[arg-type]  # of the view
        for request in view.requests
        if not request.drafted
        for move, how in ((request.accept, "accept"), (request.decline, "decline"), (dossier.holding, "holding"))
        if not why_not(move, view, say)
        for channel, visibility in ways(play, view, dossier.moves[move])
        for taker in takers(PartialMove(answers=request.number, how=how), view, say) or (UNSET,)  # type: ignore[arg-type]  # one of them
    ]


@settings(max_examples=6, phases=[Phase.generate])
@given(seed=st.integers(1, 10_000).map(str), scenario=st.sampled_from(["small", "bottomed-submarine", "new-virus"]))
def test_no_view_offers_what_would_be_refused(seed: str, scenario: str) -> None:
    """In sessions played by luck: every move that is not blocked, over each way, with its terms and promises."""
    material = small_material() if scenario == "small" else shipped(scenario)
    play = Play(material, seed=seed, length=45)
    players = bots_at(play.table, ("random", seed), ("random", seed + "x"))
    seen: set[int] = set()
    while play.state.phase != "closed":
        if play.state.phase == "moves" and play.state.turn not in seen:
            seen.add(play.state.turn)
            for side in SIDES:
                view = play.team(side)
                for one in (*offered(play, view), *answers(play, view)):
                    check_draft(play.state, play.table, side, one)
        for player in players:
            act_once(player, play)


def test_what_is_blocked_says_why() -> None:
    """A suspended channel by name, in the reader's language; an answer while nothing is asked."""
    play = small(length=150)
    play.turn(us=tuple(draft("suspend-channel", "press", "public", about=name) for name in ("embassy", "hotline")))
    play.open_moves()
    view, say = play.team("china"), play.say("china")
    assert open_channels(say.dossier.moves["request-call"], view) == ()
    assert why_not("request-call", view, say) == "Defence hotline is suspended, and nothing else here carries this"
    assert why_not("take-call", view, say).startswith("it only answers")
    assert why_not("criticise", view, say) == ""


def test_an_answer_is_free_while_something_waits_for_it() -> None:
    """Accepting, declining and holding, each as the request allows."""
    play = small()
    play.turn(us=(HELP,))
    play.open_moves()
    view, say = play.team("china"), play.say("china")
    answering = [move.id for move in say.dossier.moves.values() if move.only_as_answer]
    free = {move for move in answering if not why_not(move, view, say)}
    assert free == {"accept-help", "refuse-contact", "holding-note"}
    request = play.team("china").requests[0]
    assert (request.accept, request.decline, say.dossier.holding) == ("accept-help", "refuse-contact", "holding-note")
    play.submit("china", a.SealMove(draft=answer("accept-help", request.number, "accept")))


def test_advisers_speak_of_what_is_public_of_faces_and_of_two_meanings() -> None:
    """With only what our side may know."""
    play = small()
    play.open_moves()
    warnings = dict_of(play, "us")
    assert "Both home audiences will hear this." in warnings["criticise"]
    assert "They will lose face by it." in warnings["show-of-force"]
    assert "It can be read in more than one way." in warnings["show-of-force"]
    assert warnings["request-call"] == ()


def test_advisers_warn_of_a_first_step_left_out() -> None:
    """Blame before any private word, until there was one; gear that was not announced, until it is."""
    play = small()
    play.open_moves()
    counts = "It would count against us: Public blame before any private word."
    assert counts in dict_of(play, "us")["criticise"]
    play.turn(us=(CALL,))
    play.open_moves()
    assert counts not in dict_of(play, "us")["criticise"]
    assert counts in dict_of(play, "china")["criticise"]
    large = Play(shipped("bottomed-submarine"))
    large.open_moves()
    notice = "Gear that could serve war came without notice"
    assert any(notice in said for said in dict_of(large, "us")["show-of-force"])
    notify = next(one for one in offered(large, large.team("us")) if one.move == "notify-activity")
    large.submit("us", a.SealMove(draft=notify))
    assert not any(notice in said for said in dict_of(large, "us")["show-of-force"])
    assert any(notice in said for said in dict_of(large, "china")["show-of-force"])


def test_advisers_say_nothing_against_a_move_with_the_term_that_spares_it() -> None:
    """A unit that is pulled back and announced is pulled back with a word."""
    play = Play(shipped("bottomed-submarine"))
    play.open_moves()
    view, say = play.team("us"), play.say("us")
    unsaid, move = "unless it is put as “Announced beforehand", say.dossier.moves["stand-down"]
    assert any(unsaid in said for said in advice(move, view, None, PartialMove(), say))
    sheet = PartialMove(terms=("announced",))
    assert not any("count against us" in said for said in advice(move, view, None, sheet, say))


def test_a_term_spares_a_move_only_where_nothing_else_is_asked_with_it() -> None:
    """A rule that asks for the term and for private words is not kept off by the term alone."""
    first = {"not": {"earlier": {"by": "sender", "move": "hotline-call"}}}
    told = {"any": [{"move": {"term": ["announced"]}}, {"move": {"term": ["dual-use"], "visibility": "private"}}]}
    when = {"all": [{"move": {"id": "show-of-force"}}, first, {"not": told}]}
    written = {"id": "said-first", "kind": "red", "says": "x", "source": "a test", "when": when, "then": {"tension": 1}}
    (found,) = advice_of([Rule.model_validate(written)], shipped("bottomed-submarine").moves)
    assert found.spared_by == ("announced",)


def dict_of(play: Play, side: Side) -> dict[str, tuple[str, ...]]:
    """Warnings by move."""
    view, say = play.team(side), play.say(side)
    return {move.id: tuple(advice(move, view, None, PartialMove(), say)) for move in say.dossier.moves.values()}


def test_advisers_recall_what_we_have_promised() -> None:
    """A promise of ours, not one of theirs."""
    play = small()
    play.turn(us=(draft("offer-help", "embassy", promise="no-forces"),))
    play.open_moves()
    promised = "We have promised: We keep our forces away from the scene."
    assert promised in dict_of(play, "us")["show-of-force"]
    assert promised not in dict_of(play, "china")["show-of-force"]


def test_advisers_recall_a_promise_that_a_term_or_one_of_several_acts_breaks() -> None:
    """With the term beside it where the move alone breaks nothing."""
    play = Play(shipped("bottomed-submarine"), length=150)
    offers = (draft("offer-help", "embassies", promise="host-leads"),)
    play.turn(us=(*offers, draft("private-reassure", "embassies", promise="notify-first")))
    play.open_moves()
    of = {(each.move, each.promised, each.term) for each in play.team("us").advice if each.promised}
    assert ("deliver-help", "host-leads", "without-consent") in of and ("deliver-help", "host-leads", None) not in of
    assert ("show-of-force", "notify-first", None) in of and ("deliver-help", "notify-first", "dual-use") in of
    said = dict_of(play, "us")["deliver-help"]
    assert any(each.startswith("“") and "touches what we have promised: " in each for each in said)
    notice = {"promised": "notify-first", "term": "dual-use", "spared_by": ("announced",)}
    warned = [
        each for each in play.team("us").advice if each.move == "deliver-help" and each.promised == "notify-first"
    ]
    assert [{name: getattr(each, name) for name in notice} for each in warned] == [notice]
    play.submit("us", a.SealMove(draft=draft("notify-activity", "embassies")))
    assert all(each.promised != "notify-first" for each in play.team("us").advice), "notice is on the list"
    for is_given in (True, False):
        play.turn()
        play.open_moves()
        warned = [each for each in play.team("us").advice if each.promised == "notify-first"]
        assert bool(warned) is not is_given, "notice is on record, and good for a turn"


def test_advisers_speak_of_the_thing_that_is_used_and_of_what_would_keep_the_promise() -> None:
    """Nothing is said of what its sender has seen to, and nothing of a thing that is left at home."""
    play = Play(shipped("bottomed-submarine"), length=150)
    play.turn(us=(draft("private-reassure", "embassies", promise="notify-first"),))
    play.open_moves()
    view, say = play.team("us"), play.say("us")
    move = say.dossier.moves["deliver-help"]
    dual, plain = (
        next(
            each.id for each in view.assets if each.id in move.assets and ("dual-use" in (each.is_so or ())) is is_dual
        )
        for is_dual in (True, False)
    )

    def said(**chosen: Any) -> list[str]:
        told = advice(move, view, None, PartialMove(move=move.id, **chosen), say)
        return [each for each in told if "we have promised" in each or "count against us" in each]

    counts, broken = said(asset=dual)
    assert counts.startswith(f"“{say.asset(dual)}” would count against us, unless it is put as “Announced beforehand, ")
    assert broken.startswith(f"“{say.asset(dual)}” breaks what we have promised, unless it is put as “")
    assert said(asset=plain) == said(asset=dual, terms=("announced",)) == []
