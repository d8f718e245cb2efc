"""What is installed with crisis-sim may be used, changed and handed on as crisis-sim may."""

import pytest
from tests.licences import PAGE, is_free, licence_of, locked_for, page


@pytest.mark.parametrize("package", locked_for())
def test_every_package_has_a_licence_that_asks_nothing_of_this_one(package: str) -> None:
    """No locked package is under a licence that would have to be passed on, or under none."""
    assert is_free(licence_of(package))


def test_the_page_lists_what_is_installed() -> None:
    """The page of licences is that of the locks: `python -m tests.licences` writes it."""
    assert PAGE.read_text(encoding="utf-8") == page()
