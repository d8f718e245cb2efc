"""How the two talked: over what, how soon, in private before in public, and what became of what was asked.

The engine counts it, from the record alone, since the hotwash shows it too; here it is under the names of the measures.
"""

from __future__ import annotations

from crisis_sim.engine.channel_use import ChannelUse, Contact, channel_uses, contacts

__all__ = ["ChannelUse", "Contact", "channel_uses", "contacts"]
