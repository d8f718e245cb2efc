"""The hotwash as blocks: nothing is told before it is opened, both doors tell the same, and who follows sees it."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

import pytest
from msgspec.structs import replace
from rich.console import Console
from tests.pages.hand import observer_view
from tests.tui.fake import DOSSIER, teller
from tests.tui.fake_room import hotwash_view

from crisis_sim.engine.table_actions import HOTWASH_PAGES
from crisis_sim.engine.views.hotwash_facts import (
    CourseFacts,
    CrossingFacts,
    OrderFacts,
    SpreadFacts,
)
from crisis_sim.engine.views.seat_views import Lead
from crisis_sim.engine.views.shared_facts import BeliefFacts, InstructionFacts, OutcomeFacts
from crisis_sim.pages import opening as pages
from crisis_sim.pages.beliefs_opened import acts_before
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block, Items, Paragraph, Quote, Scale, Span, Spans, line, words
from crisis_sim.pages.cost_opened import cost_blocks
from crisis_sim.pages.hotwash_blocks import blocks_at, whole_page
from crisis_sim.pages.hotwash_lead import follow, is_astray, lead_to, opening_of, shown_page, where_led
from crisis_sim.pages.hotwash_now import next_key
from crisis_sim.pages.opening import PAGES, PAIRS, Opening, last_of
from crisis_sim.pages.room_talk import prompt
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language, other
from crisis_sim.text import clean
from crisis_sim.tui.drawing import Ink, draw
from crisis_sim.wording import plain, speaker


def drawn_text(page: Iterable[Block]) -> str:
    """A page as a screen of 78 columns draws it."""
    drawn = StringIO()
    console = Console(width=78, file=drawn, color_system=None)
    for piece in draw(page, Ink()):
        console.print(piece.body)
    return drawn.getvalue()


EN, ZH = teller("observer"), teller("observer", "zh")
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def told(found: Iterable[Block]) -> str:
    """Blocks by lines."""
    return "\n".join(lines_of(found, plain))


def scale_of(far: int) -> Scale:
    """The marks of the first act, open so far."""
    view = hotwash_view()
    opening = Opening(page=pages.PAIRS, pair=0, acts={pages.name_of(view.pairs[0]): far})
    return next(block for block in blocks_at(view, opening, EN) if isinstance(block, Scale))


def test_no_mark_is_set_before_it_is_opened() -> None:
    """What was meant after one step, how it was taken after another."""
    assert [[mark.value for mark in scale_of(far).marks] for far in (1, 2, 3)] == [
        [None, None, None],
        [-2, -1, None],
        [-2, -1, 1],
    ]
    assert [[words(mark.text) for mark in scale_of(far).marks] for far in (1, 2, 3)] == [
        ["sealed", "sealed", "sealed"],
        ["−2 friendly", "−1 rather friendly", "sealed"],
        ["−2 friendly", "−1 rather friendly", "+1 rather hostile, not sure"],
    ]


def test_what_never_arrived_is_not_said_to_be_unread() -> None:
    """The other team could not read what it did not have."""
    view = hotwash_view()
    lost = replace(view, pairs=(replace(view.pairs[2], arrived=0), *view.pairs[:2]))
    assert "US: It did not arrive." in told(whole_page(lost, pages.PAIRS, EN))
    assert "It was not read." not in told(whole_page(lost, pages.PAIRS, EN))


def test_a_claim_is_not_said_to_be_none() -> None:
    """What its own team holds crossed is no crossing on record, and nobody is told that nothing came near."""
    held = CrossingFacts(side="china", turn=1, line={"en": "Nobody names our boat."})
    view = replace(hotwash_view(), crossings=(), near_misses=(), conclusions=(), claims=(held,))
    opened = told(blocks_at(view, Opening(page=pages.LINES, places={pages.LINES: pages.CROSSED_PLACE}), EN))
    assert "No red line is on record as crossed." in opened and "none came near" not in opened
    assert "Held crossed by their own team" in opened


def test_nobody_is_asked_how_sure_he_was_of_a_forecast_that_nobody_gave() -> None:
    """Where none came due, the page says so, and asks what it would have been."""
    none = replace(hotwash_view(), forecasts_us=(), forecasts_china=())
    asked = [prompt(view, Opening(page=pages.FORECASTS), EN) for view in (hotwash_view(), none)]
    assert asked == ["Who would still say the same?", "What would you have forecast?"]


def test_nobody_is_asked_how_near_a_guess_is_that_nobody_made() -> None:
    """The other team is asked what it would have guessed; who was guessed of, how near it is."""
    view, opening = hotwash_view(), Opening(page=pages.LINES)
    assert prompt(view, opening, EN) == "US team: how near are they?"
    us = replace(view.lines[0], guesses_before=(), guesses_after=())
    view = replace(view, lines=(us, *view.lines[1:]))
    assert prompt(view, opening, EN) == "China team: what would you have guessed?"


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (900, "Of 44 at risk, 9 were saved and 35 lost."),
        (4400, "All of those at risk were saved."),
        (0, "All of those at risk were lost."),
        (4300, "Of 44 at risk, 43 were saved and 1 lost."),
    ],
)
def test_people_are_counted_whole(end: int, said: str) -> None:
    """Not in tenths that do not add up: nine of 44 are two in ten, and the others nearly eight."""
    crew = replace(DOSSIER.tracks["crew"], most=4400, good="up")
    say = Translator(replace(EN.dossier, tracks={"crew": crew}), "en")
    lost = 10 * (4400 - end) // 4400
    came = OutcomeFacts(lost=lost, withheld=("us",))
    course = CourseFacts(id="crew", start=0, end=end, way="better", marks=(), outcome=came)
    blocks = [*cost_blocks((course,), say)]
    (outcome,) = [each for each in blocks if isinstance(each, Paragraph) and words(each.line).startswith(said)]
    assert (outcome.line[0].tone == "bad") is (end < 4400), "also where it is less than a tenth"
    text = told(blocks)
    assert said in text and ("Help was refused, left unanswered or blocked by: United States." in text) is (lost > 0)


def test_crossed_audiences_have_a_step_of_their_own() -> None:
    """After all acts, and of open acts alone: whom words were for was sealed as well."""
    view = hotwash_view()
    assert pages.last_of(pages.ALL, view) == 1
    first, *rest = view.pairs
    view = replace(view, pairs=(replace(first, audience="home", taken_for="them"), *rest))
    assert pages.last_of(pages.ALL, view) == 2
    step, all_acts = (
        Opening(page=pages.ALL, places={pages.ALL: pages.AUDIENCES_PLACE}),
        Opening(page=pages.ALL, all_open=True),
    )
    assert f"0 of {len(view.pairs)} acts are open." in told(blocks_at(view, step, EN))
    assert "Meant mainly for the public at home" not in told(blocks_at(view, step, EN))
    assert "Crossed audiences" not in told(blocks_at(view, all_acts, EN))
    step.all_open = True
    opened = told(blocks_at(view, step, EN))
    assert "Meant mainly for the public at home, and taken to be meant for the other side:" in opened
    assert opened in told(whole_page(view, pages.ALL, EN))


def test_lines_are_told_after_the_guesses_of_them() -> None:
    """At the first place what was guessed alone; at the next what there was."""
    view = hotwash_view()
    first, second = (told(blocks_at(view, Opening(page=pages.LINES, places={pages.LINES: n}), EN)) for n in (0, 1))
    assert "Public hints that they caused it" in first and "Boarding the hull" not in first
    assert "Boarding the hull without the host." in second and "China guessed none of this kind and concern." in second


def test_an_order_of_offences_is_told_after_the_guess_of_it() -> None:
    """A step for what each thought, with nothing of how it is; then the truth. Who guessed nothing has one step."""
    say = Translator(
        replace(EN.dossier, offences={"silence": {"en": "No answer"}, "public-blame": {"en": "Blame"}}), "en"
    )
    ours = OrderFacts("us", ("silence", "public-blame"), ("public-blame", "silence"), (), -100, None)
    theirs = OrderFacts("china", ("silence", "public-blame"), (), (), None, None)
    view = replace(hotwash_view(), orders=(ours, theirs))
    opening = Opening(page=pages.LINES, places={pages.LINES: pages.ORDER_GUESSES_PLACE})
    assert pages.last_of(pages.LINES, view) == pages.ORDERS_PLACE + 1
    guess = told(blocks_at(view, opening, say))
    assert "China team: what it thought that the other takes gravely" in guess and "Nothing was guessed." in guess
    assert "1. Blame" in guess and "2. No answer" in guess and "what it takes gravely" not in guess
    assert "Kendall" not in guess and prompt(view, opening, say) == "What is worst to you? Say it before it is opened."
    assert next_key(view, opening, say) == "→ opens what each takes gravely."
    opening.on(view)
    truth = told(blocks_at(view, opening, say))
    assert "1. No answer" in truth and "Kendall" in truth and "what it thought" not in truth
    assert prompt(view, opening, say) == "What is worst to you? Did they know?"
    opening.back()
    assert told(blocks_at(view, opening, say)) == truth
    whole = told(whole_page(view, pages.LINES, say))
    assert whole.index("what it thought that the other takes gravely") < whole.index("what it takes gravely")
    unguessed = replace(view, orders=(theirs,))
    assert pages.last_of(pages.LINES, unguessed) == pages.ORDER_GUESSES_PLACE + 1
    opening = Opening(page=pages.LINES, places={pages.LINES: pages.ORDER_GUESSES_PLACE})
    assert "1. No answer" in told(blocks_at(unguessed, opening, say))


def test_beliefs_are_drawn_and_what_was_so_waits_until_it_has_been_opened() -> None:
    """On the page of curves, step by step as they were said; whoever goes there first reads of no card."""
    card = InstructionFacts("china", "foothold", {"en": "ZQX a foothold"}, True)
    held = BeliefFacts("us", ((1, 30), (2, 70)), True)
    view = replace(hotwash_view(), instructions=(card,), beliefs=(held,))
    opening = Opening(page=pages.CURVES)
    before = told(blocks_at(view, opening, EN))
    assert "30%, 70%" in before and before.count("What was so is sealed.") == 1 and "ZQX" not in before
    opening.furthest[pages.FORECASTS] = pages.last_of(pages.FORECASTS, view) - 1
    after = told(blocks_at(view, opening, EN))
    assert "China was told: ZQX a foothold" in after and "sealed" not in after
    assert after in told(whole_page(view, pages.CURVES, EN))
    assert draw(blocks_at(view, opening, EN), Ink())
    assert "besides the common task" not in told(whole_page(hotwash_view(), pages.CURVES, EN))


def test_the_curves_say_what_fell_due_after_their_end() -> None:
    """The number beneath them is that of the close; nothing is said where it is the same."""
    view, opening = hotwash_view(), Opening(page=pages.CURVES)
    end = view.score.tension
    for last, is_told in ((end, False), (end + 400, True)):
        score = replace(view.score, curve=(*view.score.curve, last))
        page = told(blocks_at(replace(view, score=score), opening, EN))
        assert ("what fell due after it" in page) == is_told


def test_a_room_reads_whole_numbers() -> None:
    """Of tension as it was weighed and felt, of trust and of standing: between which two they lie."""
    view = hotwash_view()
    sides = tuple(replace(each, curve=(4012, 3875), trust=350, standing=650) for each in view.score.sides)
    score = replace(view.score, curve=(4012, 3875), tension=3875, sides=sides)
    drawn = blocks_at(replace(view, score=score), Opening(page=pages.CURVES), EN)
    text = str(list(drawn))
    assert all(each in text for each in ("'40'", "'39'", "Tension 39 of 100", "'3–4'", "'6–7'"))


def test_a_question_says_what_to_think_back_to() -> None:
    """What a question recalls stands beneath it; one that recalls nothing says nothing of it."""
    view = hotwash_view()
    first, second = (Opening(page=pages.QUESTIONS, places={pages.QUESTIONS: place}) for place in (0, 1))
    asked = list(blocks_at(view, first, EN))
    at = asked.index(Paragraph(line(Span("Think back to", "quiet"))))
    assert asked[at + 1] == Items((line("A survey ship on the scene"), line("Defence hotline")))
    assert "Think back" not in told(blocks_at(view, second, EN))
    assert "请回想" in told(blocks_at(view, first, ZH))


def test_a_holding_note_before_a_belief_is_called_one() -> None:
    """As on both ends while play goes on, and not by the move that carries it."""
    view = hotwash_view()
    pair = view.pairs[0]
    held = BeliefFacts(other(pair.side), ((1, 30), (2, 70)), True)
    note = replace(pair, arrived=2, act=replace(pair.act, holding=True))
    assert acts_before(replace(view, pairs=(note,)), held, 1, 2, EN) == ("Holding note",)


def test_the_next_question_about_the_same_has_the_next_of_the_record() -> None:
    """Each sentence stands once; where none is left, it says under which question they stand."""
    view = hotwash_view()
    one = view.questions[0]
    view = replace(view, questions=(replace(one, about="tracks"), replace(one, about="tracks"), one))
    shown = [told(blocks_at(view, Opening(page=pages.QUESTIONS, places={pages.QUESTIONS: n}), EN)) for n in (0, 1)]
    sentences = [f"{EN.track_name(EN.course(of))}: " for of in view.courses]
    assert all((sentence in shown[0]) == (n < 3) for n, sentence in enumerate(sentences))
    assert all((sentence in shown[1]) == (3 <= n < 6) for n, sentence in enumerate(sentences))
    few = replace(view, courses=view.courses[:2])
    again = told(blocks_at(few, Opening(page=pages.QUESTIONS, places={pages.QUESTIONS: 1}), EN))
    assert "as at question 1" in again and sentences[0] not in again


def test_what_was_asked_adds_up_for_the_reader() -> None:
    """It says what was still open; what stands under two words is named only where there is any."""
    view = hotwash_view()
    us, china = view.contacts
    assert "counted twice" not in told(whole_page(view, pages.CHANNELS, EN))
    late = replace(view, contacts=(replace(us, asked=4, answered_late=1, taken=2, still_open=1), china))
    rows = told(whole_page(late, pages.CHANNELS, EN)).splitlines()
    assert "Answered after that, and counted twice: US 1, China 0" in rows
    assert "Still open at the end: US 1, China 0" in rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", range(9))
def test_both_doors_tell_the_same(page: int, language: Language) -> None:
    """Every sentence of a page is on the screen and in the lines; only what a table or a picture shows differs."""
    found = list(whole_page(hotwash_view(), page, teller("observer", language)))
    on_screen = flat(drawn_text(found))
    in_lines = flat("".join(lines_of(found, speaker(language))))
    assert found
    for sentence in map(words, sentences(found)):
        assert flat(sentence) in in_lines
        assert flat(clean(sentence, lines=True)) in on_screen


def sentences(found: Iterable[Block]) -> Iterable[Spans]:
    """What is said in full in every door."""
    for block in found:
        match block:
            case Paragraph(line=said):
                yield said
            case Items(items=items):
                yield from items
            case Quote(text=text):
                yield line(text)
            case Scale(marks=marks):
                yield from (mark.text for mark in marks)
            case _:
                pass


def flat(text: str) -> str:
    """A text without its spaces and capitals, which are a door's own."""
    return "".join(text.split()).casefold()


VIEW = hotwash_view()


def test_every_place_that_can_be_opened_can_be_led_to() -> None:
    """What a facilitator's screen shows, a screen that has seen nothing else shows too, step by step to the end."""
    say = teller("facilitator")
    opening, lead, steps = Opening(), None, 0
    while True:
        where = lead_to(opening, VIEW)
        before = lead or Lead(page=where.page)
        places, furthest, acts = dict(before.places), dict(before.furthest), dict(before.acts)
        if where.page != "pairs":
            places[where.page] = where.place
            furthest[where.page] = max(where.place, furthest.get(where.page, 0))
        elif where.act:
            acts[where.act] = where.opened
        lead = Lead(page=where.page, act=where.act, places=places, furthest=furthest, acts=acts)
        assert list(blocks_at(VIEW, opening_of(lead, VIEW), say)) == list(blocks_at(VIEW, opening, say))
        assert say(PAGES[opening.page]) in lines_of(shown_page(VIEW, lead, say), say)[0]
        at = opening.page, opening.place, dict(opening.acts)
        opening.on(VIEW)
        steps += 1
        if (opening.page, opening.place, dict(opening.acts)) == at:
            break
    assert opening.page == len(PAGES) - 1 and steps > sum(last_of(page, VIEW) for page in range(len(PAGES)))
    assert len(HOTWASH_PAGES) == len(PAGES)


def test_what_is_led_past_the_end_of_a_page_stands_at_its_end() -> None:
    """A log of another version may have more places."""
    opening = opening_of(Lead(page="forecasts", places={"forecasts": 900}), VIEW)
    assert opening.place == last_of(opening.page, VIEW) - 1
    assert opening_of(Lead(page="pairs", act="us/9/9"), VIEW).pair == -1


def test_what_was_opened_alone_stays_open_when_one_follows_again() -> None:
    opening = Opening(page=PAIRS, acts={"us/2/1": 3})
    follow(opening, Lead(page="pairs", act="us/2/1", acts={"us/2/1": 1}), VIEW)
    assert opening.disclosed_steps(VIEW.pairs[opening.pair]) == 3


def test_an_observer_is_told_where_the_room_is_and_how_to_get_there() -> None:
    view = observer_view(phase="hotwash", hotwash=VIEW, lead=Lead(page="lines"))
    assert not is_astray(view, Opening()) and is_astray(view, Opening(astray=True))
    told = where_led(view, teller("observer"), "f")
    assert told == "You look around by yourself; the facilitator shows: Lines. f goes back there."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (((-1, "china-2"), (2, "china-1")), ["china-2: −1 rather friendly", "china-1: +2 hostile", "3 steps apart."]),
        (((1, ""), (1, "")), ["+1 rather hostile", "All the same."]),
        (((1, ""),), ["+1 rather hostile"]),
    ],
)
def test_a_team_reads_what_each_had_said_alone_once_the_act_is_open(
    said: tuple[tuple[int, str], ...], told: list[str]
) -> None:
    """And no sooner: before it is open nothing of it stands there, and on no page of who may not know."""
    view, say = replace(VIEW, spreads=(SpreadFacts(act="us/2/1", said=said),)), teller("china")
    heard = {
        far: "\n".join(lines_of(blocks_at(view, Opening(page=PAIRS, pair=0, acts={"us/2/1": far}), say), say))
        for far in (1, 2, 3)
    }
    assert all(each in heard[3] for each in told)
    assert "each alone before the team sealed it" in heard[3]
    assert "each alone" not in heard[1] + heard[2]
