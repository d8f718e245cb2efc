"""No code and no token stands where others may read it (A14): arguments, what is printed, logs, folders, tracebacks."""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path

import pytest
from tests.cli.test_rooms import hosted, hosting
from tests.rooms.house import House, begun

from crisis_sim.engine.actions import AgreeToCard, TakeNote
from crisis_sim.rooms.address import room_address
from crisis_sim.rooms.guests import Guests
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.not_admitted import NotAdmitted
from crisis_sim.rooms.remote import Remote


def spelt(secret: str) -> tuple[bytes, ...]:
    """However it could be written."""
    plain = secret.replace("-", "")
    return tuple(each.encode() for each in (secret, secret.lower(), plain, plain.lower()))


async def played(remote: Remote) -> None:
    async with remote.joined():
        await remote.submit(AgreeToCard())
        await remote.submit(TakeNote(text="a note"))


def test_no_code_or_token_stands_in_arguments_logs_or_beside_them(tmp_path: Path) -> None:
    """The host's own screen shows the codes once; a token is shown nowhere."""
    with hosting(*hosted(tmp_path / "one.jsonl")) as (process, line, codes):
        mirrors = {label: SeatMirror(code=code) for label, code in codes.items()}
        for mirror in mirrors.values():
            asyncio.run(played(Remote(room_address(line), mirror)))
        secrets = [*codes.values(), *(mirror.token for mirror in mirrors.values())]
        read = [Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ")]
        read += [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(secrets) == 4 and all(secrets) and len(read) > 4
    for secret in secrets:
        assert not any(each in said for said in read for each in spelt(secret))
        assert secret not in line


async def test_a_fault_at_the_door_tells_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of it to be sent to somebody is where it happened, and nothing that was typed."""
    faults: list[Exception] = []
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            house.hub.on_fault = faults.append
            _guest, code = house.hub.guests.invite("us")

            def stumbles(*_: object) -> None:
                raise ZeroDivisionError

            monkeypatch.setattr(Guests, "_by_code", stumbles)
            with pytest.raises(NotAdmitted):
                async with Remote(house.address, SeatMirror(code=code)).joined():
                    pass
    [fault] = faults
    told = "".join(traceback.format_exception(fault)).encode()
    assert b"_by_code" in told or b"stumbles" in told
    assert not any(each in told for each in spelt(code))
