"""`crisis-sim demo`: a session of two characterful sides, told stop by stop by a narrator.

It is the session `example:demo`, played from its acts by the rules as they stand, and so never out of date; what is
shown is its replay in the lens of the story.
"""

from __future__ import annotations

from typing import Annotated

from typer import Option

from crisis_sim.cli.exemplary import DEMO, PREFIX


def demo(
    plain: Annotated[bool, Option("--plain", help="By plain lines of text instead of screens.")] = False,
) -> int:
    """Watch a session of two teams who mean well and are not heard so, told as it goes.

    It takes about five minutes: a key goes on, or it goes on by itself. Nothing is sealed here: the demo shows what the
    two teams of a real session would only see in the debrief.
    """
    from crisis_sim.cli.replay import replay

    return replay(f"{PREFIX}{DEMO}", lens="story", plain=plain)
