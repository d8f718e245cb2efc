"""The places of a hub, without a host around them."""

from __future__ import annotations

from crisis_sim.errors import ActionRefused
from crisis_sim.rooms.hosted_places import HostedPlaces
from crisis_sim.session.places import Reach


class PlaceKeeper(HostedPlaces):
    """They are kept, and play cannot be taken back."""

    join = "crisis-sim join there"
    page = "http://there/"
    goes_back = True
    terminals: Reach = "network"
    browsers: Reach = "open"

    def go_back(self, session: str, turn: int) -> None:
        raise ActionRefused("room/changed")
