"""Who may come to which seat: codes that are spoken once, the tokens they are exchanged for, and who was sent away.

Only digests are kept, in a file that is its owner's alone, so that everybody comes back after the host has been killed.
Codes end with the session. Nothing here waits or knows a socket.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from crisis_sim.engine.actions import SeatName
from crisis_sim.errors import StorageFailed
from crisis_sim.session.places import next_label

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two that are not taken for one another when spoken or written (Crockford's base 32)."""
CODE: Final = 8
"""Letters in a code: 40 bits, of which a few can be tried in a minute."""
TOKEN: Final = 16
"""Bytes in a token."""
TRIES: Final = 5
"""Wrong codes from one address in a minute; further ones are not looked at."""
_SPELT: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Guest(Struct, frozen=True):
    """One person who is expected, or has come."""

    label: str
    """What people call the place: `us-1`."""
    seat: SeatName
    code: str = ""
    """Digest of the code, until it is exchanged or struck out."""
    others: tuple[str, ...] = ()
    """Digests of what it was before the host was started anew: it may be printed, and counts as the code does."""
    token: str = ""
    """Digest of the token; empty until somebody has come."""
    used: int = 0
    """How often its code was tried again after it had been used."""
    spent: str = ""
    """Digest of the code that was exchanged, to know it when somebody tries it again."""
    met: bool = False
    """It has shown that it has its token: the line may have been lost before it came."""
    agreed: bool = False
    """Whoever sits there has agreed to the card on what is recorded."""
    pen: bool = False
    """It commits and seals for its team, also when the host has been started anew and others are back first."""

    @property
    def open(self) -> tuple[str, ...]:
        """Digests of codes that let somebody in."""
        return (self.code, *self.others) if self.code else ()

    @property
    def used_up(self) -> tuple[str, ...]:
        """Digests of codes that did."""
        return () if self.code else (self.spent, *self.others)


class GuestList(Struct, frozen=True):
    """All of them, as they are kept."""

    salt: str
    guests: tuple[Guest, ...] = ()
    is_locked: bool = False
    """Nobody new is taken in."""
    session: str = ""
    """Whose guests they are: the session, as the header of its log names it."""


class Guests:
    """The guests of one exercise."""

    def __init__(self, kept: GuestList, keep: Callable[[GuestList], None]) -> None:
        """As they were kept; `keep` is handed each change before it holds."""
        self._list = kept
        self._keep = keep
        self._wrong: dict[str, list[float]] = {}

    @classmethod
    def fresh(cls, keep: Callable[[GuestList], None]) -> Guests:
        """A list of guests with nobody on it."""
        return cls(GuestList(secrets.token_hex(8)), keep)

    def kept_by(self, keep: Callable[[GuestList], None]) -> None:
        """Hand changes to another keeper from here on: the folder has moved."""
        self._keep = keep

    def keep_all(self) -> None:
        """Keep them as they are."""
        self._store(self._list)

    @property
    def all(self) -> tuple[Guest, ...]:
        """Everybody who is expected or has come, in order of invitation."""
        return self._list.guests

    @property
    def is_locked(self) -> bool:
        """Nobody new is taken in; those who have come can come back."""
        return self._list.is_locked

    def lock(self, locked: bool) -> None:
        """Take nobody new in, or take them in again."""
        self._store(replace(self._list, is_locked=locked))

    def invite(self, seat: SeatName) -> tuple[Guest, str]:
        """A further place at `seat`, and the code for it, which is not kept."""
        code = fresh_code()
        guest = Guest(next_label(seat, [of.label for of in self.all]), seat, code=self._digest(code))
        self._store(replace(self._list, guests=(*self.all, guest)))
        return guest, shown_code(code)

    def again(self, label: str) -> str:
        """A new code for a place; whoever had it before is no longer let in."""
        code = fresh_code()
        self._change(label, code=self._digest(code), others=(), token="", spent="", met=False, agreed=False)
        return shown_code(code)

    def free_label(self, label: str) -> str:
        """A further code for a place that nobody has come to; those that were handed out count as well."""
        code = fresh_code()
        self._change(label, code=self._digest(code), others=next(of.open for of in self.all if of.label == label))
        return shown_code(code)

    def remove(self, label: str) -> None:
        """Nobody is let in at this place any more; the pen that it held goes to the next of its seat who has come."""
        held = next((of.seat for of in self.all if of.label == label and of.pen), None)
        self._store(replace(self._list, guests=tuple(of for of in self.all if of.label != label)))
        self.give_pen(next((of.label for of in self.all if of.seat == held and of.token), ""))

    def met(self, label: str) -> None:
        """Whoever sits there has asked for something, and so has the token: the code is of no more use.

        A disk that does not take that keeps nobody out; it is tried again with the next message.
        """
        if any(of.label == label and not of.met for of in self.all):
            with suppress(StorageFailed):
                self._change(label, met=True)

    def agree(self, label: str) -> None:
        """Whoever sits there has agreed to the card."""
        self._change(label, agreed=True)

    def holder(self, seat: SeatName) -> str:
        """Who holds the pen of a seat; nobody until somebody has come."""
        return next((of.label for of in self.all if of.seat == seat and of.pen), "")

    def give_pen(self, label: str) -> None:
        """Let this one hold it, and nobody else of the same seat."""
        seat = next((of.seat for of in self.all if of.label == label and not of.pen), None)
        if seat is not None:
            given = tuple(replace(of, pen=of.label == label) if of.seat == seat else of for of in self.all)
            self._store(replace(self._list, guests=given))

    def admit(
        self, code: str, token: str, address: str, now: float, here: Collection[str] = ()
    ) -> tuple[Guest, str] | None:
        """The guest whom a code or token names, with the new token where it was a code; None where nobody is named.

        `here` are those who are connected. A code counts again where the line was lost before its token had come.
        """
        if token:  # nobody guesses one, so that wrong codes from a shared address keep nobody out who has come
            known = self._by_token(token)
            if known is not None:
                self.met(known.label)
            return None if known is None else (known, "")
        recent = self._attempts(address, now)
        if len(recent) >= TRIES:
            return None
        found = self._by_code(code, here)
        if found is None:
            self._wrong[address] = [*recent, now]
            if len(self._wrong) > 1_000:  # addresses cost a guesser nothing on some networks
                self._wrong = {address: self._wrong[address]}
            return None
        fresh = secrets.token_hex(TOKEN)
        token, pen = hashlib.sha256(fresh.encode()).hexdigest(), self.holder(found.seat) in ("", found.label)
        self._change(found.label, code="", spent=found.code or found.spent, token=token, pen=pen)
        return found, fresh

    def why(self, token: str, address: str, now: float) -> Literal["credentials", "locked", "slow"]:
        """Why somebody was not let in, as far as he may know: whatever code he typed."""
        if token:
            return "credentials"
        if self.is_locked:
            return "locked"
        return "slow" if len(self._attempts(address, now)) > TRIES - 1 else "credentials"

    def waiting(self, now: float) -> tuple[str, ...]:
        """Addresses from which so many wrong codes came that none is looked at for a minute."""
        return tuple(address for address in self._wrong if len(self._attempts(address, now)) >= TRIES)

    def let_try_again(self) -> None:
        """Look at codes from every address again, at once."""
        self._wrong.clear()

    def _attempts(self, address: str, now: float) -> list[float]:
        return [then for then in self._wrong.get(address, ()) if now - then < 60]

    def _by_token(self, token: str) -> Guest | None:
        return _equal(hashlib.sha256(token.encode()).hexdigest(), [(of.token, of) for of in self.all])

    def _by_code(self, code: str, here: Collection[str]) -> Guest | None:
        digest = self._digest(code.upper().translate(_SPELT)[: 4 * CODE])
        again = _equal(digest, [(each, of) for of in self.all for each in of.used_up])
        if again is not None and not again.met and again.label not in here:
            return None if self.is_locked else again
        if again is not None:
            self._change(again.label, used=again.used + 1)
        return None if self.is_locked else _equal(digest, [(each, of) for of in self.all for each in of.open])

    def _digest(self, code: str) -> str:
        """Slow to compute, since a code is short."""
        return hashlib.scrypt(code.encode(), salt=self._list.salt.encode(), n=2**12, r=8, p=1).hex()

    def _change(self, label: str, **changes: str | int | tuple[str, ...]) -> None:
        changed = tuple(replace(of, **changes) if of.label == label else of for of in self.all)
        self._store(replace(self._list, guests=changed))

    def _store(self, guests: GuestList) -> None:
        self._keep(guests)
        self._list = guests


def _equal(digest: str, known: Iterable[tuple[str, Guest]]) -> Guest | None:
    """Whose digest it is; it takes as long whoever it is, and where it is nobody's."""
    found = None
    for each, guest in known:
        if secrets.compare_digest(each, digest) and each:
            found = guest
    return found


def fresh_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE))


def shown_code(code: str) -> str:
    """A code as it is spoken: in two halves."""
    return f"{code[:4]}-{code[4:]}"


def kept_guests(data: bytes) -> GuestList:
    """What `keep` was handed. Raises msgspec.MsgspecError."""
    return msgspec.json.decode(data, type=GuestList)
