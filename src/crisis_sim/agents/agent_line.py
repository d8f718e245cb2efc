"""A model as a command names it: `http://127.0.0.1:8000/v1#model=NAME&temperature=0.7&lines=6`.

What stands behind the `#` goes to no server: which model, how freely it answers, and how much it may use. A word or a
number that cannot be is refused with what can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from ipaddress import ip_address
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import did_you_mean

KEY: Final = "CRISIS_SIM_AGENT_KEY"
"""The variable of the environment that holds the key of the endpoint."""
WARMEST: Final = 2


class AgentLimits(Struct, frozen=True):
    """How much a model may use."""

    requests: int = 40
    """Questions in one phase."""
    tokens: int = 200_000
    """Those of questions and answers in one phase, where the endpoint says them."""
    seconds: float = 240
    """For one phase."""
    answer: float = 60
    """Seconds for one answer."""
    tries: int = 3
    """How often a question is sent where the endpoint fails, and a form is asked where its answer cannot be used."""
    lines: int = 12
    """What it says in one call; after that it ends the call. With 0 it takes no part."""


BOUNDS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "requests": (1, 1_000),
        "tokens": (1_000, 10_000_000),
        "seconds": (1, 3_600),
        "answer": (1, 600),
        "tries": (1, 10),
        "lines": (0, 40),
    }
)
"""The least and the most that each limit can be."""


SENT: Final[Mapping[str, tuple[int, int, Callable[[str], float]]]] = MappingProxyType(
    {"top_p": (0, 1, float), "seed": (0, 2**31 - 1, int), "max_tokens": (1, 1_000_000, int)}
)
"""What is sent with each question if it is named, beside the temperature: the least, the most, and how it is read."""


class AgentLine(Struct, frozen=True):
    """An endpoint, the model that is asked there, what is sent with each question, and its limits."""

    url: str
    model: str
    temperature: float = 0.7
    limits: AgentLimits = AgentLimits()
    sent: tuple[tuple[str, float], ...] = ()
    """Settings of `SENT` by name."""

    @property
    def settings(self) -> str:
        """What is sent with each question, as it is recorded."""
        return " ".join(f"{name}={value}" for name, value in (("temperature", self.temperature), *self.sent))

    def __str__(self) -> str:
        limits = {
            name: value for name in BOUNDS if (value := getattr(self.limits, name)) != getattr(AgentLimits(), name)
        }
        words = {"model": self.model, "temperature": self.temperature, **dict(self.sent), **limits}
        return f"{self.url}#{'&'.join(f'{name}={value}' for name, value in words.items())}"


def parse_agent_line(text: str) -> AgentLine:
    """The model that a command names. Raises UnreadableInput."""
    url, _, fragment = text.partition("#")
    words = dict(parse_qsl(fragment, keep_blank_values=True))
    model = words.pop("model", "")
    if not _is_address(url) or not model:
        raise UnreadableInput(
            "usage/agent",
            "a model has the address of an endpoint and a name",
            hint="http://127.0.0.1:8000/v1#model=NAME; a key stands in {key}",
            key=KEY,
        )
    _check_encrypted(url)
    warm = _number("temperature", words.pop("temperature", "0.7"), 0, WARMEST)
    sent = tuple((name, _number(name, words.pop(name), *bounds)) for name, bounds in SENT.items() if name in words)
    return AgentLine(url, model, warm, AgentLimits(**dict(_limits(words.items()))), sent)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


def _check_encrypted(url: str) -> None:
    """Raise UnreadableInput where the key and a sealed brief would be sent unencrypted to another machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        is_here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if parts.scheme == "http" and not is_here:
        raise UnreadableInput(
            "usage/agent-plain",
            "the key and all that the model is told would go unencrypted to {host}",
            hint="write https://…, or open a tunnel and name this machine: ssh -L 8000:localhost:8000 {host}, "
            "http://127.0.0.1:8000/v1",
            host=host[:60],
        )


def _limits(words: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    for name, value in words:
        if name not in BOUNDS:
            raise UnreadableInput(
                "usage/agent-limit",
                "'{name}' is neither a setting nor a limit of a model",
                hint=did_you_mean(name, [*SENT, *BOUNDS]),
                name=name[:40],
            )
        yield name, int(_number(name, value, *BOUNDS[name], int))


def _number(name: str, value: str, lowest: int, highest: int, read: Callable[[str], float] = float) -> float:
    """A number in its bounds. Raises UnreadableInput."""
    try:
        number = read(value) if value.isascii() else -1
    except ValueError:
        number = -1
    if not lowest <= number <= highest:
        raise UnreadableInput(
            "usage/agent-number",
            "{name} is a number from {least} to {most}, and '{value}' is none",
            name=name,
            least=lowest,
            most=highest,
            value=value[:40],
        )
    return number
