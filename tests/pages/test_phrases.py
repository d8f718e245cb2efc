"""What stands between the sentences of one text."""

from __future__ import annotations

import pytest

from crisis_sim.pages.phrases import one_after_another


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
