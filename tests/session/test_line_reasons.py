"""Why a line of a log cannot be read, in the reader's language."""

from __future__ import annotations

import pytest

from crisis_sim.session.record import Chain, LineWrong, read_header
from crisis_sim.wording import in_words


@pytest.mark.parametrize(
    ("body", "why"),
    [(b'{"material":' + b"[" * 5000, "嵌套过深"), (b'{"app":"\xff"', "不是UTF-8编码")],
    ids=["nested", "encoding"],
)
def test_a_reason_is_said_in_chinese(body: bytes, why: str) -> None:
    """Its half sentence and what stands in brackets."""
    line = body + b',"hash":"' + Chain().seal(body).encode() + b'"}'
    with pytest.raises(LineWrong) as wrong:
        read_header(line)
    assert in_words(wrong.value.reason, "zh") == f"不是日志首行（{why}）"
