"""The page of how moves are coded as event data."""

from __future__ import annotations

from typing import Final

from crisis_sim.research.cameo import CameoCode, Coding, catalogue, codes

_ABOUT: Final = """# Event data

How `export` codes what was done in `cameo.csv`, [one of its tables](../research.md). Codes and
sections are those of CAMEO, Conflict and Mediation Event Observations, code book version 1.1b3 (Schrodt 2012); weights
are Goldstein's (1992), as GDELT's table `CAMEO.goldsteinscale` maps them to CAMEO. Class 1 is words and 2 deeds of
cooperation, 3 words and 4 deeds of conflict, by the first two digits: 01–05, 06–08, 09–13, 14–20.

- **Intents and results are apart.** A row with `stage` *act* is what was said or done by sending it: to propose a
  call is 036, *express intent to meet*, and to agree to it is 036 again, by the other. A row with *result* is what
  took place because both took it, one for each side: 041, *discuss by telephone*. A joint text and a joint cell take
  place when they are accepted, since the record has nothing after that. An answer is coded by what it answers: CAMEO
  has no bare yes or no.
- **What never arrived is no event** and has no row; `moves.csv` has it, with `arrived` 0, under the code that it
  would have had.
- **Actors** are `USAGOV` and `CHNGOV`, in Track II `USA` and `CHN`. What is done to the third state, such as an offer
  of help or a condolence, has the target `HSTGOV`: the state is invented, and CAMEO has no code for it. The answer
  that the other side gives to such an offer is between the two.
- **`goldstein`** is empty for 176, *attack cybernetically*: it came into the code book after the weights had been
  mapped.
- **A move of one's own** goes by the code that its pack gives it (`cameo`, for sending it), or else by its family;
  `coding` says which. Moves of the shipped catalogue go by the table, in old logs too.
- `date` is the day on which the session began plus the days that had passed in the game (with `--dates`; otherwise it
  is empty, and `turn` tells the order); of a result, when its asker had the answer. Events that stayed private have
  `private` true: data made from news reports would not have them, and setting them beside the public ones shows how
  much such data misses. What leaked did not stay private.

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
    held = " / ".join(dict.fromkeys(filter(None, (of.meeting, of.meeting_by_other))))
    return f"| `{name}` | {of.to} | {of.sent} | {of.agreed} | {of.refused} | {held} |\n"


def _code(code: CameoCode) -> str:
    weight = "–" if code.goldstein is None else code.goldstein
    return f"| {code.code} | {code.event} | {code.quad} | {weight} | {code.source} |\n"
