"""The sheet of cards: a code on its own card alone, addresses as pictures, both languages, nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from crisis_sim.rooms.code_cards import SeatCard, WaysIn, card_sheet, qr_rows, qr_svg
from crisis_sim.rules.names import Language

TITLE: dict[Language, str] = {"en": "The lost airliner", "zh": "失联客机"}
CARDS = (
    SeatCard("us-1", "us", "K7QF-M2XD"),
    SeatCard("china-1", "china", "AAAA-2222"),
    SeatCard("observer-1", "observer"),
)
WAYS = WaysIn("crisis-sim join 192.168.1.20:7410#abcd-efgh-ijkl-mnop", "http://192.168.1.20:7411/")


class Cards(HTMLParser):
    """The words of each card."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.cards: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "section":
            self.cards.append("")

    def handle_data(self, data: str) -> None:
        if self.cards:
            self.cards[-1] += data


def test_each_card_has_its_own_code_and_the_ways_in_in_both_languages() -> None:
    """One that has been used says so, and has neither."""
    page = Cards(card_sheet(TITLE, CARDS, WAYS))
    us, china, observer = page.cards
    for text, code, other in ((us, "K7QF-M2XD", "AAAA-2222"), (china, "AAAA-2222", "K7QF-M2XD")):
        assert code in text and other not in text
        for told in (WAYS.terminal, WAYS.browser, "失联客机", "The lost airliner", "In a terminal, type", "在终端"):
            assert told in text, told
    assert "This card is used up." in observer and WAYS.terminal not in observer


def test_a_picture_holds_the_address_and_never_a_code() -> None:
    """Whoever photographs the wall has no seat by it."""
    page = card_sheet(TITLE, CARDS, WAYS)
    assert set(re.findall(r"<svg.*?</svg>", page, re.DOTALL)) == {qr_svg(WAYS.browser)}
    assert qr_svg(WAYS.browser) != qr_svg(WAYS.browser + CARDS[0].code)


def test_the_sheet_runs_nothing_and_asks_for_nothing() -> None:
    """Words of a scenario stand as words."""
    page = card_sheet({"en": "<script>alert(1)</script>", "zh": "[/]"}, CARDS, WAYS)
    assert "default-src 'none'" in page and "script" not in Cards(page).tags
    assert not re.findall(r"(?:src|href)=", page)


def test_a_picture_on_the_screen_is_the_one_on_paper() -> None:
    """In half blocks, with white around it; each row as wide as the next."""
    rows = qr_rows(WAYS.browser)
    assert len({len(row) for row in rows}) == 1 and len(rows) == (len(rows[0]) + 1) // 2
    assert rows[0].strip() == "" and set("".join(rows)) <= set(" ▀▄█")
    assert rows[1].startswith("  █▀▀▀▀▀█"), "the corner by which a telephone finds it"
