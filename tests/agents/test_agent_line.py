"""A model as a command names it."""

from __future__ import annotations

import pytest

from crisis_sim.agents.agent_line import BOUNDS, AgentLimits, AgentLine, parse_agent_line
from crisis_sim.errors import UnreadableInput

URL = "http://127.0.0.1:8000/v1"


def test_a_line_says_which_model_how_freely_and_how_much() -> None:
    """What is said is what is named again; what is left out is as usual."""
    line = parse_agent_line(f"{URL}#model=small&temperature=0.2&lines=4")
    assert line == AgentLine(URL, "small", 0.2, AgentLimits(lines=4))
    assert parse_agent_line(str(line)) == line
    assert parse_agent_line(f"{URL}#model=small") == AgentLine(URL, "small")


@pytest.mark.parametrize(
    "url", ["file:///etc", "127.0.0.1:8000", "http://me:key@host/v1", "http://[", "http://a:b", ""]
)
def test_an_address_that_is_none_is_said(url: str) -> None:
    """And so is a model without a name."""
    for said in (f"{url}#model=m", f"{URL}#model=", URL):
        with pytest.raises(UnreadableInput) as refused:
            parse_agent_line(said)
        assert refused.value.code == "usage/agent"


@pytest.mark.parametrize("said", ["tries=0", "tries=11", "tries=two", "tries=", "tries=1.5", "seconds=-1", "answer=１"])
def test_a_number_that_cannot_be_is_told_its_bounds(said: str) -> None:
    """For every limit, and for the temperature."""
    with pytest.raises(UnreadableInput) as refused:
        parse_agent_line(f"{URL}#model=m&{said}")
    least, most = BOUNDS[said.partition("=")[0]]
    assert refused.value.code == "usage/agent-number" and f"from {least} to {most}" in str(refused.value)
    for warm in ("3", "nan", "-1", "hot"):
        with pytest.raises(UnreadableInput, match="temperature is a number from 0 to 2"):
            parse_agent_line(f"{URL}#model=m&temperature={warm}")


def test_a_limit_that_there_is_not_is_told_the_nearest() -> None:
    """Wherever it stands."""
    with pytest.raises(UnreadableInput) as refused:
        parse_agent_line(f"{URL}#model=m&retries=3")
    assert refused.value.code == "usage/agent-limit" and "tries" in refused.value.hint


@pytest.mark.parametrize("host", ["10.0.0.5", "example.com", "[fe80::1]", "127.0.0.1.example.com", "localhost.example"])
def test_no_key_and_no_brief_goes_unencrypted_to_another_machine(host: str) -> None:
    """It is refused with a way out; https goes anywhere, and plain http to this machine."""
    with pytest.raises(UnreadableInput) as refused:
        parse_agent_line(f"http://{host}:8000/v1#model=m")
    assert (
        refused.value.code == "usage/agent-plain" and "https://" in refused.value.hint and "ssh" in refused.value.hint
    )
    for url in (f"https://{host}/v1", "http://127.0.0.5:1/v1", "http://[::1]:1/v1", "http://LOCALHOST:1/v1"):
        assert parse_agent_line(f"{url}#model=m").url == url
