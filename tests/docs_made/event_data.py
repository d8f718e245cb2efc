"""The page of how moves are coded as event data."""

from __future__ import annotations

from typing import Final

from crisis_sim.research.cameo import CameoCode, Coding, catalogue, codes

_ABOUT: Final = """# Event data

How `export` codes what was done in `cameo.csv`; [research.md](../research.md) says what its rows are. Codes and
sections are those of CAMEO, Conflict and Mediation Event Observations, code book version 1.1b3 (Schrodt 2012); weights
are Goldstein's (1992), as GDELT's table `CAMEO.goldsteinscale` maps them to CAMEO. Class 1 is words and 2 deeds of
cooperation, 3 words and 4 deeds of conflict, by the first two digits: 01–05, 06–08, 09–13, 14–20.

## Moves

What sending it is, accepting it, and refusing it; and what took place where both took it: as the asker had it and,
where that differs, as the other had it.

| move | to | sent | accepted | refused | took place |
| --- | --- | --- | --- | --- | --- |
"""
_CODES: Final = """
## Codes

| code | event | class | Goldstein | source |
| --- | --- | ---: | ---: | --- |
"""


def event_data() -> str:
    """The page, in Markdown."""
    moves = "".join(_move(name, of) for name, of in catalogue().items())
    return _ABOUT + moves + _CODES + "".join(map(_code, codes().values()))


def _move(name: str, of: Coding) -> str:
    held = " / ".join(dict.fromkeys(filter(None, (of.held, of.held_by_other))))
    return f"| `{name}` | {of.to} | {of.sent} | {of.agreed} | {of.refused} | {held} |\n"


def _code(code: CameoCode) -> str:
    weight = "–" if code.goldstein is None else code.goldstein
    return f"| {code.code} | {code.event} | {code.quad} | {weight} | {code.source} |\n"
