"""Blocks on a screen: nothing leaves its width, what can be picked keeps its key, and words stay whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crisis_sim.pages import blocks as b
from crisis_sim.text import clean
from crisis_sim.tui.block_rows import draws, laid_out
from crisis_sim.tui.pane_rows import READING, PaneBlock, width_of

TEXTS = st.text(max_size=60).map(lambda text: clean(text, lines=False))
LINES = st.lists(st.builds(b.Span, TEXTS, st.sampled_from(("", "quiet", "strong", "bad"))), max_size=3).map(tuple)
NUMBERS = st.integers(0, 100)
COLUMNS = (
    b.Column(""),
    b.Column("name", is_wide=True),
    b.Column("hours", is_number=True),
    b.Column("odds", is_wide=True),
)
ROWS = st.builds(b.Row, st.tuples(*[st.builds(b.Span, TEXTS)] * 4), notes=st.lists(LINES, max_size=2).map(tuple))
MARKS = st.lists(st.builds(b.ScaleMark, TEXTS, LINES, st.none() | st.integers(-3, 3)), min_size=1, max_size=2).map(
    tuple
)
BLOCKS = st.one_of(
    st.builds(b.Heading, TEXTS, st.integers(2, 3)),
    st.builds(b.Paragraph, LINES, st.just(""), st.integers(0, 2), LINES),
    st.builds(b.Items, st.lists(LINES, max_size=2).map(tuple), st.booleans(), st.integers(0, 1)),
    st.builds(b.Scale, MARKS, st.just(-3), st.just(3), st.just(("friendly", "hostile"))),
    st.builds(b.Quote, TEXTS, st.integers(0, 2)),
    st.builds(b.MeterBar, TEXTS, LINES, NUMBERS, NUMBERS, st.just(0), TEXTS),
    st.builds(b.Curve, TEXTS, st.just((1, 50, 100)), st.just(("1", "50", "100")), st.just(100)),
    st.builds(b.Choice, st.just("k"), TEXTS, TEXTS, st.booleans()),
    st.builds(b.Table, st.just(COLUMNS), st.lists(ROWS, max_size=3).map(tuple)),
)


@given(st.lists(BLOCKS, max_size=6), st.integers(34, 90), st.integers(0, 2))
def test_nothing_leaves_its_width(page: list[b.Block], width: int, air: int) -> None:
    """Whatever a page says, Chinese and long words too."""
    short = [block for block in page if not isinstance(block, b.Paragraph) or len(b.words(block.lead)) < 12]
    assert all(width_of(row) <= width for drawn in laid_out(short, width, air=air) for row in drawn.rows)


def test_what_stands_under_a_block_is_picked_with_it() -> None:
    """Its words and what became of it have no key of their own; what comes after stands alone."""
    page = (
        b.Paragraph(b.line("They asked for a call."), key="act"),
        b.Quote("Is anybody hurt?", depth=1),
        b.Paragraph(b.line("No answer yet."), depth=1),
        b.Paragraph(b.line("Something else.")),
    )
    assert [(len(drawn.rows), drawn.key) for drawn in laid_out(page, 60)] == [(3, "act"), (1, "")]


def test_what_a_line_stands_at_is_never_squeezed_beside_its_name() -> None:
    """A value stays whole beside its name, or on a row of its own beneath it; no bar is widened at its cost."""
    name = "pink: Public hints by American officials that China caused the loss, or is there to steal the secrets"
    for says in ("46 % full, pressed", "83 % full, on alert; conclusion drawn in turn 3"):
        bars = [b.MeterBar(name, b.line(says), 83, 100), b.MeterBar(name, b.line("quiet"), 0, 100)]
        for width in (60, 78, 84, 97):
            drawn = laid_out(bars, width, air=1)
            assert says in text_of(drawn) and max(len(meter.rows) for meter in drawn) <= 3, (says, width)


def test_columns_stand_close_before_prose_between_them_is_cramped() -> None:
    """On a page for a room they stand apart only where an act still has room for its words."""
    heads = (*COLUMNS[1:2], *[b.Column(each, is_number=True) for each in ("meant", "expected", "read", "unforeseen")])
    row = b.Row((b.Span("China: Put the effort under a host, Rescue Centre"), *[b.Span("+3")] * 4))
    (_heads, wide), (_closer, narrow) = (laid_out([b.Table(heads, (row,))], width, air=1) for width in (92, 60))
    assert "meant   expected" in text_of([_heads]) and len(wide.rows) == 1
    assert "meant expected" in text_of([_closer]) and len(narrow.rows) == 2


def test_what_is_wrapped_keeps_its_words_and_tones() -> None:
    """A line under a margin breaks at its spaces, and each word has the tone that it had."""
    text = b.Paragraph(b.line(b.Span("one two ", "bad"), "three four five"), lead=b.line("T+6"))
    rows = laid_out([text], 14)[0].rows
    assert [said(row) for row in rows] == ["T+6 one two", "    three four", "    five"]
    assert [tone for piece, tone in rows[0] if piece.strip() == "one two"] == ["bad"]


def test_a_bar_stands_beside_a_short_name() -> None:
    """One long value does not send the bars of all under their names, nor wraps those: it is wrapped beside its own."""
    meters = (
        b.MeterBar("standing at home", b.line("6.2 of 10, good"), 620, 1000),
        b.MeterBar("air", b.line("76 h of air (−14), plenty left"), 7600, 9000),
    )
    rows = [said(row) for drawn in laid_out(meters, 46) for row in drawn.rows]
    assert rows == [
        "standing at home ▮▮▮▮▮▮▯▯▯▯ 6.2 of 10, good",
        "air              ▮▮▮▮▮▮▮▮▯▯ 76 h of air (−14),",
        "                            plenty left",
    ]


def test_each_ten_of_a_hundred_has_a_bar_of_its_own_and_all_bars_of_a_page_begin_together() -> None:
    """Chances of 10 and 20 differ to the eye; a heading between does not shift those beneath it."""
    chances = [b.MeterBar("Likely?", b.line(f"{chance} of 100"), chance, 100) for chance in range(0, 101, 10)]
    belief = b.MeterBar("A longer question", b.line("not said yet"), 0, 100)
    rows = [said(row) for drawn in laid_out([*chances, b.Heading("Beliefs", 3), belief], 60) for row in drawn.rows]
    assert len({row.count("▮") for row in rows[:11]}) == 11
    assert len({min(at for at in (row.find("▮"), row.find("▯")) if at >= 0) for row in rows if row != "Beliefs"}) == 1


def test_it_is_seen_where_each_row_of_a_list_begins() -> None:
    """What is wrapped of a name stands further in; and on a wide screen no page is wider than is read with ease."""
    rows = tuple(
        b.Row((b.Span(f"{n} Share data or imagery over a channel that has a long name"), b.Span("sealed")))
        for n in (1, 2)
    )
    table = b.Table((b.Column("", is_wide=True), b.Column("")), rows)
    drawn = [said(row) for each in laid_out([table], 40) for row in each.rows]
    assert [row[:2] for row in drawn if not row.startswith("  ")] == ["1 ", "2 "] and len(drawn) == 4
    meter = b.MeterBar(
        "Will they share data or give notice of their movements next turn?", b.line("not said yet"), 0, 100
    )
    first, *more = [said(row) for row in laid_out([meter], 50)[0].rows]
    assert first.startswith("Will") and more and all(row.startswith("  ") for row in more)
    assert all(width_of(row) <= READING for each in draws([table, meter])(150) for row in each.rows)


def test_no_eye_crosses_a_gap() -> None:
    """In a wide panel numbers stand beside what they are of, and a label beside its words, for a room too."""
    heads = (b.Column("", is_wide=True), b.Column("US", is_number=True), b.Column("China", is_number=True))
    trust = b.Table(heads, (b.Row((b.Span("standing"), b.Span("4"), b.Span("2.7"))),))
    assert said(laid_out([trust], 78)[1].rows[0]) == "standing  4   2.7"
    guess = b.Table((b.Column(""), b.Column("", is_wide=True)), (b.Row((b.Span("red"), b.Span("To be kept out."))),))
    assert said(laid_out([guess], 78, air=1)[0].rows[0]) == "red  To be kept out."


def test_a_table_without_room_leaves_out_its_last_columns() -> None:
    """What names a row stays."""
    row = b.Row((b.Span(""), b.Span("Embassies"), b.Span("2 h"), b.Span("should arrive in time, but who knows")))
    assert "but who knows" in text_of(laid_out([b.Table(COLUMNS, (row,))], 70))
    assert "should" not in text_of(laid_out([b.Table(COLUMNS, (row,))], 24))


def test_what_no_head_names_stands_beneath_its_row_where_it_finds_no_room_beside_it() -> None:
    """By when an answer is due is read at any width; a table of numbers that is too narrow loses columns instead."""
    row = b.Row((b.Span("China: ask for a call"), b.Span("no answer yet, due with these moves", "bad")), "")
    (drawn,) = laid_out([b.Table((b.Column("", is_wide=True), b.Column("")), (row,))], 45)
    assert [said(each).rstrip() for each in drawn.rows] == [row.cells[0].text, f"  ╰─ {row.cells[1].text}"]


def test_a_name_is_not_wrapped_word_by_word_beside_what_is_said_of_it() -> None:
    """How a card was taken stands beneath its name, where beside it the name would run down a column of two words."""
    name = "2 China: Deliver help that the host has accepted, Between the seismic networks, public"
    said_of_it = "+2 hostile, fairly sure, as meant mainly for third parties"
    row = b.Row((b.Span(name), b.Span(said_of_it)), "")
    (drawn,) = laid_out([b.Table((b.Column("", is_wide=True), b.Column("")), (row,))], 82)
    assert len(drawn.rows) == 3 and said(drawn.rows[-1]).rstrip() == f"  ╰─ {said_of_it}"


def test_marks_on_a_scale_are_joined_so_that_their_distance_is_seen() -> None:
    """Each has its words beside it; one that is sealed has no place."""
    us, china = b.ScaleMark("US", b.line("friendly"), -2), b.ScaleMark("China", b.line("hostile"), 1)
    drawn = laid_out([b.Scale((us, china), -3, 3, ("friendly", "hostile"))], 60)
    assert [said(row) for row in drawn[0].rows] == [
        "US     ·  ●  ·  │  ·  ·  ·  friendly",
        "          ╰────────╮",
        "China  ·  ·  ·  │  ●  ·  ·  hostile",
        "       friendly    hostile",
    ]
    sealed = b.Scale((us, china._replace(value=None)), -3, 3, ("friendly", "hostile"))
    assert "●" not in said(laid_out([sealed], 60)[0].rows[2])


def test_a_page_that_a_room_reads_has_air_between_its_parts() -> None:
    """What belongs together stays together."""
    page = (
        b.Paragraph(b.line("One.")),
        b.Heading("Two"),
        b.Paragraph(b.line("Three.")),
        b.Table((b.Column("", is_wide=True),), (b.Row((b.Span("Four"),), notes=(b.line("Five"),)),)),
    )
    rows = [said(row) for drawn in laid_out(page, 60, air=2) for row in drawn.rows]
    assert rows == ["One.", "", "", "TWO", "Three.", "", "Four", "  ╰─ Five"]


def text_of(drawn: list[PaneBlock]) -> str:
    """All that is drawn."""
    return " ".join(said(row) for block in drawn for row in block.rows)


def said(row: object) -> str:
    """A row without its tones."""
    assert isinstance(row, tuple)
    return "".join(text for text, _ in row).rstrip()
