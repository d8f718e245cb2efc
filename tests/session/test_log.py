"""The log as a file: what is written is read back, and what was not written is noticed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tracemalloc
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.session.lines import HEADER, open_log, small_log, write_entry

from crisis_sim.engine.actions import TakeNote
from crisis_sim.errors import CrisisSimError, LogDamaged, SessionLocked, StorageFailed, UnreadableInput
from crisis_sim.session.log import Log, find_last, read_log, sound_part
from crisis_sim.session.notices import notices_of
from crisis_sim.session.record import Entry, Header
from crisis_sim.session.tip_file import Tip, read_tip, tip_path
from crisis_sim.session.writer import create_log
from crisis_sim.wording import failure

pytestmark = pytest.mark.usefixtures("no_sync")
LOG_FORMAT = Path(__file__).parents[2] / "docs" / "log-format.md"


def found(path: Path, data: bytes, tip: Tip | None) -> str | None:
    """The code of what is noticed about `data`; None when it passes for what was written."""
    try:
        log, damage = sound_part(path, data, tip)
    except CrisisSimError as error:
        return error.code
    notices = notices_of(log)
    return damage.code if damage else notices[0].code if notices else None


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """Every entry comes back as it was acknowledged, with the header, and nothing is noticed."""
    path, written = small_log(tmp_path / "a.jsonl")
    log = read_log(path)
    assert log.entries == written
    assert replace(log.header, hash="", material=HEADER.material, parts=HEADER.parts) == HEADER
    assert notices_of(log) == ()


def test_what_is_found_last_is_found_in_a_sound_log_alone(tmp_path: Path) -> None:
    """The last entry in which something is found, none of those before it; with any byte changed or lost, nothing."""
    path, _ = small_log(tmp_path / "a.jsonl")
    looked = []

    def look(entry: Entry) -> str | None:
        looked.append(entry.seq)
        return entry.action.text if isinstance(entry.action, TakeNote) else None

    header, text = find_last(path, look) or pytest.fail("it is sound")
    assert (header.session, text, looked) == (HEADER.session, "海 *J", [4, 3, 2])
    assert find_last(path, lambda _: None) == (header, None)
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert find_last(path, look) is None, place
    heads = [line for line, end in enumerate(data) if end == ord("\n")]
    for place in set(range(1, len(data))) - {end + 1 for end in heads}:
        path.write_bytes(data[:place])
        assert find_last(path, look) is None, place


def test_each_line_ends_with_the_hash_of_all_before_it(tmp_path: Path) -> None:
    """The chain can be checked with nothing but sha256 and JSON, as docs/log-format.md says."""
    path, _ = small_log(tmp_path / "a.jsonl")
    data = path.read_bytes()
    ends = [place for place in range(len(data)) if data.startswith(b',"hash":"', place)]
    lines = [msgspec.json.decode(line) for line in data.splitlines()]
    assert [line["hash"] for line in lines] == [sha256(data[:end]).hexdigest() for end in ends]
    assert [line["prev"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]


@pytest.mark.parametrize("line", [Header, Entry])
def test_the_docs_name_every_field_in_order(line: type[Header | Entry]) -> None:
    """The tables of docs/log-format.md are the fields that a line has."""
    named = re.findall(r"^\| `(\w+)` \|", LOG_FORMAT.read_text("utf-8"), re.MULTILINE)
    assert " ".join(line.__struct_fields__) in " ".join(named)


def test_any_flipped_bit_is_found(tmp_path: Path) -> None:
    """Whichever bit of a log flips, its reading says so; not one passes."""
    path, _ = small_log(tmp_path / "a.jsonl")
    data, tip = bytearray(path.read_bytes()), read_tip(path)
    assert found(path, bytes(data), tip) is None
    for place in range(len(data) * 8):
        data[place // 8] ^= 1 << place % 8
        assert found(path, bytes(data), tip) is not None, f"bit {place % 8} of byte {place // 8}"
        data[place // 8] ^= 1 << place % 8


def test_a_flip_loses_no_entry_before_it(tmp_path: Path) -> None:
    """Damage in a line is refused with that line's number and the last good entry, which is the one before."""
    path, _ = small_log(tmp_path / "a.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    for number in range(1, len(lines)):
        damaged = b"".join([*lines[:number], lines[number].replace(b'"kind"', b'"kinD"'), *lines[number + 1 :]])
        log, damage = sound_part(path, damaged, None)
        assert damage is not None
        assert (damage.line, damage.last_good, len(log.entries)) == (number + 1, number - 1, number - 1)


@pytest.mark.parametrize("tipped", [True, False])
def test_a_line_dropped_doubled_or_swapped_is_found(tmp_path: Path, tipped: bool) -> None:
    """No line can go, come twice or change places; that the last one is gone only the tip beside the log can tell."""
    path, written = small_log(tmp_path / "a.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    tip = read_tip(path) if tipped else None
    for number in range(len(lines)):
        dropped = [*lines[:number], *lines[number + 1 :]]
        is_last = number == len(written)
        assert (found(path, b"".join(dropped), tip) is not None) is (tipped or not is_last)
        assert found(path, b"".join([*lines[: number + 1], *lines[number:]]), tip) is not None
        for other in range(number + 1, len(lines)):
            swapped = list(lines)
            swapped[number], swapped[other] = lines[other], lines[number]
            assert found(path, b"".join(swapped), tip) is not None


def test_a_log_cut_at_any_byte_resumes(tmp_path: Path) -> None:
    """Wherever the file breaks off behind its header, every whole entry is kept and the next one is taken."""
    path, written = small_log(tmp_path / "a.jsonl")
    data = path.read_bytes()
    header = data.index(b"\n")
    for size in range(header, len(data)):
        path.write_bytes(data[:size])
        log, writer = open_log(path)
        whole = data[: size + 1].count(b"\n") - 1
        assert log.entries == written[:whole]
        added = write_entry(writer, 7)
        writer.close()
        assert read_log(path).entries == [*written[:whole], added]


def test_a_header_that_breaks_off_is_said(tmp_path: Path) -> None:
    """Without its whole first line a log cannot be played, and the sentence says that, whatever is left of it."""
    path, _ = small_log(tmp_path / "a.jsonl")
    data = path.read_bytes()
    for size in range(data.index(b"\n")):
        path.write_bytes(data[:size])
        with pytest.raises((LogDamaged, UnreadableInput)) as refused:
            open_log(path)
        assert refused.value.code in {"log/header", "log/no-log"}
        assert refused.value.hint


def test_a_torn_end_is_cut_and_said(tmp_path: Path) -> None:
    """What was being written when the power went is left out, with its size, and the tip tells whether it counted."""
    path, written = small_log(tmp_path / "a.jsonl")
    data = path.read_bytes()
    path.write_bytes(data[:-20])
    (torn, lost) = notices_of(read_log(path))
    assert torn.code == "log/torn"
    assert torn.sentence.endswith("are an act that was never completely written; they are left out")
    assert lost.sentence == "entry 4 was acknowledged, and a.jsonl ends before that"
    tip_path(path).unlink()
    assert [notice.code for notice in notices_of(read_log(path))] == ["log/torn"]
    assert len(read_log(path).entries) == len(written) - 1


@given(tail=st.binary(max_size=400).filter(lambda tail: b"\n" not in tail))
def test_any_torn_end_is_survived(tmp_path_factory: pytest.TempPathFactory, tail: bytes) -> None:
    """Whatever bytes stand behind the last newline, the entries before it are read."""
    path, written = small_log(tmp_path_factory.mktemp("log") / "a.jsonl", 2)
    log, damage = sound_part(path, path.read_bytes() + tail, None)
    assert damage is None
    assert log.entries == written
    assert log.torn == len(tail)


@given(data=st.binary(max_size=600) | st.binary(max_size=200).map(lambda rest: b'{"format":1' + rest))
def test_any_bytes_give_a_log_or_a_sentence(data: bytes) -> None:
    """Bytes that are no log are refused in a sentence, never with a traceback."""
    with pytest.raises((LogDamaged, UnreadableInput)):
        sound_part(Path("a.jsonl"), data, None)


def sealed(before: bytes, body: bytes) -> bytes:
    """A line with the right hash, by another hand."""
    return body + b',"hash":"%s"}\n' % sha256(before + body).hexdigest().encode()


def test_lines_of_another_hand_are_refused(tmp_path: Path) -> None:
    """A line with a right hash still has to be canonical, in order, chained and of known fields."""
    path, _ = small_log(tmp_path / "a.jsonl", 1)
    header, line = path.read_bytes().splitlines(keepends=True)
    body = line.rsplit(b',"hash":', 1)[0]
    prev = body[-65:-1]
    for was, now, code in [
        (b'"time":', b'"time": ', "log/not-canonical"),
        (b'"seq":1', b'"seq":1,"seq":1', "log/not-canonical"),
        (b'"seq":1', b'"seq":1,"more":1', "log/later-entry"),
        (b'"pause"', b'"halt"', "log/later-entry"),
        (b'"pause"', b'"pa\xff"', "log/entry"),
        (b'"seq":1', b'"seq":' + b"[" * 100_000, "log/entry"),
        (b'"seq":1', b'"seq":2', "log/order"),
        (prev, b"0" * 64, "log/chain"),
    ]:
        assert was in body
        _, damage = sound_part(path, header + sealed(header, body.replace(was, now)), None)
        assert damage is not None
        assert damage.code == code
        assert "\n" not in damage.message
        assert ("later crisis-sim" in str(damage.hint)) is (code == "log/later-entry")
    for line in (b"\n", b"{}\n"):
        _, damage = sound_part(path, header + line, None)
        assert damage is not None
        assert damage.code == "log/no-hash"


def test_a_line_changed_and_sealed_again_is_found(tmp_path: Path) -> None:
    """The tip knows that the end is another one; and if only the last line was sealed again, a close look tells."""
    path, _ = small_log(tmp_path / "a.jsonl")
    tip = read_tip(path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"time":2000', b'"time":2001')
    lines[-1] = sealed(b"".join(lines[:-1]), lines[-1].rsplit(b',"hash":', 1)[0])
    forged = b"".join(lines)
    assert found(path, forged, tip) == "log/rewritten"
    assert found(path, forged, None) is None
    _, damage = sound_part(path, forged, None, closely=True)
    assert damage is not None
    assert (damage.code, damage.line) == ("log/hash", 2)


@pytest.mark.parametrize("number", [2, 3, 99])
def test_another_format_is_named(number: int, tmp_path: Path) -> None:
    """A log of another format is not called damaged; what this program reads is said, in both languages."""
    path, _ = small_log(tmp_path / "a.jsonl")
    head = path.read_bytes().splitlines()[0].replace(b'"format":1', b'"format":%d' % number, 1)
    path.write_bytes(sealed(b"", head.rsplit(b',"hash":', 1)[0]))
    with pytest.raises(UnreadableInput) as refused:
        read_log(path)
    said, hint = failure(refused.value, "en")
    assert said == f"line 1 of a.jsonl says that the log is of format {number}, and this program reads format 1"
    assert hint == "use the version of crisis-sim that wrote it"
    assert failure(refused.value, "zh")[0] == f"“a.jsonl”的首行说明日志为格式{number}，而本程序只读格式1"


def test_a_damaged_number_is_damage(tmp_path: Path) -> None:
    """Where the hash is right under the number of the format that is read, only the number was changed."""
    path, _ = small_log(tmp_path / "a.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":3', 1))
    with pytest.raises(LogDamaged):
        read_log(path)


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    """Folders, pipes, missing files and impossible names are refused in a sentence, at once."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "none", tmp_path / "no\0name", Path("x" * 5000)):
        with pytest.raises(UnreadableInput, match=r"cannot be read: "):
            open_log(path)
    assert [place.name for place in tmp_path.iterdir()] == ["pipe"]


def test_a_log_is_never_written_over(tmp_path: Path) -> None:
    """Beginning a log where there is a file is refused and leaves that file alone."""
    path, _ = small_log(tmp_path / "a.jsonl")
    before = path.read_bytes()
    with pytest.raises(StorageFailed, match="there is such a file"):
        create_log(path, HEADER)
    assert path.read_bytes() == before


def test_a_log_is_private(tmp_path: Path) -> None:
    """It holds both teams' secrets: only its owner reads it, and what lies beside it."""
    path, _ = small_log(tmp_path / "deep" / "down" / "a.jsonl")
    for place in path.parent.iterdir():
        assert place.stat().st_mode & 0o077 == 0, place.name


def test_one_log_has_one_writer(tmp_path: Path) -> None:
    """While somebody writes, another is told so, by whichever name it comes; reading goes on."""
    log, writer = create_log(tmp_path / "a.jsonl", HEADER)
    (tmp_path / "link.jsonl").symlink_to(log.path)
    for path in (log.path, tmp_path / "link.jsonl"):
        with pytest.raises(SessionLocked, match="another crisis-sim is writing") as refused:
            open_log(path)
        assert refused.value.hint
        assert read_log(path).entries == []
    writer.close()
    open_log(log.path)[1].close()


WRITE_UNTIL_TOLD = """
import sys
from pathlib import Path
from tests.session.lines import open_log
log, writer = open_log(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_two_processes_cannot_write_one_log(tmp_path: Path) -> None:
    """The lock holds between processes, and a killed one leaves it free."""
    path, _ = small_log(tmp_path / "a.jsonl")
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_TOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        with pytest.raises(SessionLocked):
            open_log(path)
        child.kill()
        child.wait()
        log, writer = open_log(path)
        writer.close()
    assert isinstance(log, Log)


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path) -> None:
    """An entry of the wrong types is our bug; it never reaches the file."""
    log, writer = create_log(tmp_path / "a.jsonl", HEADER)
    before = log.path.read_bytes()
    with pytest.raises(TypeError, match=r"entry 1 \(TakeNote\) could not be read back"):
        writer.append(time=1, away=0, seat="us", action=TakeNote(text=7), events=())  # type: ignore[arg-type]  # wrong on purpose
    assert log.path.read_bytes() == before
    assert write_entry(writer, 0).seq == 1
    writer.close()


def test_a_file_of_empty_lines_takes_little_more_than_its_bytes(tmp_path: Path) -> None:
    """Lines behind the first damage are not held apart: a file of nothing but line ends is refused where it lies."""
    path, _ = small_log(tmp_path / "a.jsonl")
    data = path.read_bytes() + b"\n" * 4_000_000
    tracemalloc.start()
    try:
        _, damage = sound_part(path, data, None)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert damage is not None
    assert peak < 4 * len(data)
