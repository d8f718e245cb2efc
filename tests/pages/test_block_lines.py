"""Blocks by lines: each is said aloud, nothing is drawn, and sentences join as their language has it."""

from __future__ import annotations

import pytest
from tests.pages.hand import OURS

from crisis_sim.engine.views.shared_facts import TrackFacts
from crisis_sim.pages import blocks as b
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.standing_blocks import track_blocks
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language
from crisis_sim.wording import plain


def test_every_block_is_a_line_that_can_be_read_aloud() -> None:
    """A row says its sentence, a meter its value, words stand under who said them; a bar is never drawn."""
    page = (
        b.Heading("Channels"),
        b.Table((b.Column(""), b.Column("")), (b.Row((b.Span("Press"), b.Span("●")), sentence="Press: at once."),)),
        b.MeterBar("Standing", b.line("6.5 good"), 650, 1000),
        b.Paragraph(b.line("US: Ask for a call"), lead=b.line("T+6")),
        b.Quote("Is anybody hurt?\n\nSay so.", depth=1),
        b.Items((b.line("One,\ntwo."), b.line("Three.")), numbered=True),
        b.Scale((b.ScaleMark("US meant it as", b.line("−2 friendly"), -2),), -3, 3, ("friendly", "hostile")),
        b.Table((b.Column("act"),), (b.Row((b.Span("Offer help"),), notes=(b.line("late"),)),)),
    )
    assert lines_of(page, plain) == [
        "Channels",
        "Press: at once.",
        "Standing: 6.5 good",
        "T+6. US: Ask for a call",
        "  Is anybody hurt?",
        "  Say so.",
        "1. One,",
        "   two.",
        "2. Three.",
        "US meant it as: −2 friendly",
        "Offer help; late",
    ]


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        ((), ""),
        (("It is open.", "It takes two hours."), "It is open. It takes two hours."),
        (("渠道通畅。", "需两小时。"), "渠道通畅。需两小时。"),
        (("We are left out.", "已承受压力。"), "We are left out. 已承受压力。"),
        (("则“无人答复。”", "随后再问。"), "则“无人答复。”随后再问。"),
        (("Then: “Nobody answers.”", "It asks again."), "Then: “Nobody answers.” It asks again."),
    ],
)
def test_a_blank_stands_only_behind_a_sign_that_is_narrow(sentences: tuple[str, ...], text: str) -> None:
    """A full-width stop brings its own."""
    assert one_after_another(sentences) == text


@pytest.mark.parametrize(
    ("language", "change", "seen", "heard"),
    [
        ("en", -1000, "(−10)", "10 less than before"),
        ("en", 500, "(+5)", "5 more than before"),
        ("zh", -1000, "（−10）", "比此前少10"),
        ("zh", 500, "（+5）", "比此前多5"),
    ],
)
def test_a_change_is_heard_as_one_and_not_as_a_place_on_a_scale(
    language: Language, change: int, seen: str, heard: str
) -> None:
    """Eyes see its sign."""
    say = Translator(OURS, language)
    meter = next(iter(track_blocks((TrackFacts(id="ship", value=1400, change=change),), say)))
    assert seen in b.words(meter.text)
    (line,) = lines_of((meter,), say)
    assert heard in line and seen not in line
