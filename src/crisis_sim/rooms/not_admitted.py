"""Why a host has done with a client, or cannot be reached, and what to do; in words."""

from __future__ import annotations

from typing import Final

from crisis_sim.errors import CrisisSimError, Sentence
from crisis_sim.rooms.address import RoomAddress


class NotAdmitted(CrisisSimError):
    """The host does not let this client in, or has sent it away."""

    exit_code = 2


REASONS: Final = {
    "over": (
        Sentence("the exercise is over"),
        Sentence("the facilitator has its log, and the debrief is made of that"),
    ),
    "left": (Sentence("you have left"), Sentence("join here again, if you come back")),
    "removed": (
        Sentence("the facilitator has taken this place back"),
        Sentence("ask for a new code, and join with it"),
    ),
    "elsewhere": (
        Sentence("somebody has joined at this place from another window or machine"),
        Sentence("go on there, or join here again"),
    ),
    "version": (
        Sentence("the host runs another version of crisis-sim"),
        Sentence("run the same version on both machines"),
    ),
    "credentials": (
        Sentence("the host does not know this code"),
        Sentence("type it as it is on the card; after five wrong ones wait a minute, or ask for a new code"),
    ),
    "used": (
        Sentence("this code was used already, in another browser or at another machine"),
        Sentence("come back there, or ask the facilitator for a new code"),
    ),
    "locked": (Sentence("the facilitator lets nobody new in"), Sentence("ask the facilitator to unlock the door")),
    "full": (Sentence("as many are connected as the host takes"), Sentence("join again when somebody has left")),
    "crowded": (
        Sentence("whoever answers here closes every line at once, as a host does at whose door too many wait"),
        Sentence("wait a few seconds, and join again; if it stays so, check the address"),
    ),
    "slow": (
        Sentence("too many wrong codes came from this address"),
        Sentence("wait a minute, or ask the facilitator to let you try again at once"),
    ),
    "flood": (Sentence("this machine sent more than the host takes"), Sentence("join again")),
    "malformed": (
        Sentence("the host did not understand this machine"),
        Sentence("run the same version on both machines"),
    ),
    "fault": (
        Sentence("the host stumbled over what came from this machine; what it had acknowledged counts"),
        Sentence("join again; the host says at its end where the details are"),
    ),
    "storage": (
        Sentence("the host's disk takes nothing at present, not even that somebody has come"),
        Sentence("tell the facilitator, and join again when there is room on it"),
    ),
    "fingerprint": (
        Sentence("another machine answers at this address than the one that was named, or that was there before"),
        Sentence("compare the join line with the host's screen; where the host is new, add its fingerprint: #…"),
    ),
    "untrusted": (
        Sentence("nobody whom this machine trusts vouches for who answers at this address"),
        Sentence("check the address; where the organisation has an authority of its own, install that"),
    ),
}
"""Why the host has done with a client, and what to do."""


def not_reached(address: RoomAddress) -> NotAdmitted:
    """That nobody answers there."""
    return NotAdmitted(
        "room/unreachable",
        "no host answers at {place}",
        hint=Sentence("check that it is running, that both machines are on one network, and the address"),
        place=address.place,
    )


def not_admitted(why: str) -> NotAdmitted:
    """Why the host has done with us."""
    what, instead = REASONS[why]
    return NotAdmitted(f"room/{why}", what, hint=instead)
