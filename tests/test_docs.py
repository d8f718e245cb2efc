"""The reference pages say what the code does: every verb, key of the rules, move and error code; none is stale."""

from __future__ import annotations

import re

import pytest
from tests.docs_made import pages, tables
from tests.test_architecture import PACKAGE


def page(name: str) -> str:
    return (pages.reference() / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", pages.PAGES)
def test_a_page_is_fresh(name: str) -> None:
    """What is committed is what the code says; `scripts/docs` writes it again."""
    assert page(name) == f"{pages.MADE}\n{pages.PAGES[name]()}"


@pytest.mark.parametrize("name", tables.PAGES)
def test_what_is_made_on_a_page_that_people_write_is_fresh(name: str) -> None:
    """A row for each scenario, as the files are, and for each key of a screen; `scripts/docs` writes them again."""
    text, language = (pages.ROOT / name).read_text(encoding="utf-8"), tables.PAGES[name]
    assert tables.with_tables(text, language) == text
    marks = re.findall("<!-- table: ([a-z]+) -->", text)
    rows = [len(re.findall(r"^\| [`[]", part.partition("<!-- end -->")[0], re.MULTILINE)) for part in marked(text)]
    assert rows and rows == [len(list(tables.TABLES[mark](language))) for mark in marks]


def marked(text: str) -> list[str]:
    """What stands behind each mark of a table, to the end of the page."""
    return text.split("<!-- table: ")[1:]


def test_every_error_code_is_documented() -> None:
    """A code that is raised anywhere in the source is on the page of errors."""
    raised = re.compile(
        r"""(?:ActionRefused|UnreadableInput|StorageFailed|LogDamaged|SessionLocked|Finding|Notice|LineWrong)\(\s*"""
        r""""([a-z-]+/[a-z0-9-]+)"|code="([a-z-]+/[a-z0-9-]+)\""""
    )
    text = page("errors.md")
    found = {
        first or second
        for module in PACKAGE.rglob("*.py")
        for first, second in raised.findall(module.read_text(encoding="utf-8"))
    }
    assert len(found) > 80
    assert sorted(code for code in found if f"`{code}`" not in text) == []
