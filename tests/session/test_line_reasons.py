"""Why a line of a log cannot be read, in the reader's language."""

from __future__ import annotations

import pytest

from crisis_sim.session.record import Chain, LineWrong, read_header
from crisis_sim.wording import in_words

TOO_DEEP = 1_000_000
"""Levels that no Python reads: 3.11 stops at a thousand, 3.12 and 3.13 at ten thousand, 3.14 where its stack ends."""


@pytest.mark.parametrize(
    ("body", "why"),
    [(b'{"material":' + b"[" * TOO_DEEP, "嵌套过深"), (b'{"app":"\xff"', "不是UTF-8编码")],
    ids=["nested", "encoding"],
)
def test_a_reason_is_said_in_chinese(body: bytes, why: str) -> None:
    """Its half sentence and what stands in brackets."""
    line = body + b',"hash":"' + Chain().seal(body).encode() + b'"}'
    with pytest.raises(LineWrong) as wrong:
        read_header(line)
    assert in_words(wrong.value.reason, "zh") == f"不是日志首行（{why}）"
