"""The small scenario with the settings of lines that it leaves out; acts press and relieve by round numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from tests.engine.asking import draft
from tests.engine.play import Play
from tests.small import small_material

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine.events import LinePressed
from crisis_sim.engine.state import State
from crisis_sim.rules.names import Side

SETTINGS: Final[Mapping[str, Any]] = {  # Any: a tree as files have it
    "decay": "0.5",
    "keeps": 50,
    "others": "0.75",
    "conclusion": {"felt": 3, "trust": -1, "felt_again": 1, "trust_again": "-0.5"},
    "alert": {"ambiguity": "0.4", "felt": "1.5", "costliness": "0.5", "relief": "0.5"},
    "further_from": {"below": 50, "felt": -2, "trust": "0.5"},
}
"""How lines behave in the shipped rules."""

FACE: Final = "china/public-blame"
"""A pink line with a limit of 3 that leads to `forced-removal`."""
HELP: Final = draft("offer-help", "embassy")
"""Relieves face by 1, and is cheap."""
PLEDGE: Final = draft("reaffirm-rules", "embassy", about="hotline")
"""Relieves face by 1, and is costly."""
NOTICE: Final = draft("criticise", "press", "public")
"""Presses face by 1, and is plain."""
LOOM: Final = draft("show-of-force", "press", "public")
"""Presses face by 2, and is ambiguous."""


def rule(name: str, kind: str, when: Any, then: Any, **more: Any) -> dict[str, Any]:  # Any: as above
    """A rule as a file has it."""
    return {"id": name, "kind": kind, "says": "x", "when": when, "then": then, "source": "a test", **more}


RULES: Final = (
    rule("blamed", "pink", {"move": "criticise"}, {"press": {"line": "face", "by": 1}}),
    rule("loomed", "pink", {"move": "show-of-force"}, {"press": {"line": "face", "by": 2}}),
    rule("eased", "credit", {"move": ["offer-help", "reaffirm-rules"]}, {"relieve": {"line": "face", "by": 1}}),
)


@cache
def lined_material() -> Material:
    """The small scenario of eight turns under these settings and rules; its other rules on acts are left out."""
    return relined()


def relined(
    *rules: dict[str, Any],
    lines: Mapping[str, Any] | None = None,
    limit: Any = 3,
    inject: dict[str, Any] | None = None,
    channel: str | None = None,
    voice: bool = False,
) -> Material:
    """The same with more rules, other settings, another limit of China's line, an inject's effects, a slow channel."""
    bundle = small_material().bundle()
    pack, scenario = bundle["packs"][0], bundle["scenario"]
    tree, situation = pack["tree"], scenario["tree"]
    tree["base"]["lines"] |= {**SETTINGS, **(lines or {})}
    tree["moves"]["reaffirm-rules"]["costliness"] = "0.8"
    tree["rules"] = [each for each in tree["rules"] if each["id"] in KEPT] + [*RULES, *rules]
    situation["turns"], situation["ends"] = [f"{12 * turn}h" for turn in range(8)], "96h"
    situation["lengths"] = {"45": [1, 2, 3, 4], "90": [1, 2, 3, 4, 5, 6], "150": "all"}
    pink, red = situation["teams"]["china"]["lines"]
    pink |= {"pressed_by": [], "limit": limit}
    red["crossed_by"] = []
    if inject is not None:
        situation["msel"][1]["then"] = inject
    if voice:
        of = situation["msel"][1]
        del of["window"]
        when = {"line": {"id": "public-blame", "concluded": True}}
        of |= {"to": "china", "text": "They are coming for it.", "when": when}
    if channel is not None:
        situation["channels"][channel] = {**situation["channels"]["embassy"], "latency": "20h"}
    pack["sha256"] = sha256(tree)
    scenario["sha256"] = sha256([situation, scenario["texts"]])
    return material_from_bundle(bundle)


KEPT: Final = frozenset({"salami", "force-crosses", "blind-dilemma"})


def lined(material: Material | None = None, length: int = 150) -> Play:
    """A session of it at its briefing."""
    return Play(material or lined_material(), length=length)


def set_pressure(play: Play, to: int, line: str = FACE) -> None:
    """Set the pressure on a line by hand."""
    play.submit("facilitator", a.Override(meter="pressure", of=line, to=to, reason="a test"))


def read_all(play: Play, reader: Side, hostility: int, *, touches: str | None = None) -> None:
    """Read everything that has arrived as equally hostile, quite sure of it."""
    for item in play.team(reader).to_read:
        play.submit(reader, a.SealReading(item=item.number, hostility=hostility, confidence=4, touches=touches))


def turn(play: Play, *us: a.Draft, hostility: int | None = None, touches: str | None = None) -> State:
    """Play one turn of US moves, which China reads alike or not at all, up to its results."""
    play.open_moves()
    for each in us:
        play.submit("us", a.SealMove(draft=each))
    while play.state.phase not in {"readings", "results"}:
        play.submit("facilitator", a.Advance())
    if play.state.phase == "readings" and hostility is not None:
        read_all(play, "china", hostility, touches=touches)
    while play.state.phase != "results":
        play.submit("facilitator", a.Advance())
    return play.state


def pressings(play: Play) -> list[tuple[str, int]]:
    """Each pressing: by which rule, and by how much."""
    return [
        (event.trace.rule, event.trace.after - event.trace.before)
        for event in play.events
        if isinstance(event, LinePressed)
    ]
