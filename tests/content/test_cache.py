"""What is kept comes back as it was, or not at all; nothing foreign is read, and nothing is ever said of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crisis_sim.content import cache

NAME = "0" * 64


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return cache.cache_folder()


@pytest.fixture
def entry(folder: Path) -> Path:
    """One that holds something."""
    cache.write_cached(NAME, b"something")
    assert cache.read_cached(NAME) == b"something"
    return folder / NAME


def test_the_folder_is_where_the_environment_says_and_its_owners_alone(tmp_path: Path, entry: Path) -> None:
    """XDG_CACHE_HOME is honoured; the folder is 0700 and an entry 0600, whatever the umask."""
    assert entry.is_relative_to(tmp_path / "cache")
    assert entry.parent.stat().st_mode & 0o777 == 0o700
    assert entry.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cut", [0, 1, 31, 32, 40])
def test_half_an_entry_is_none(entry: Path, cut: int) -> None:
    """Cut anywhere, it is as if it were not there, and can be kept again."""
    entry.write_bytes(entry.read_bytes()[:cut])
    assert cache.read_cached(NAME) is None
    cache.write_cached(NAME, b"again")
    assert cache.read_cached(NAME) == b"again"


def test_an_entry_with_a_flipped_bit_is_none(entry: Path) -> None:
    """Every bit counts, those of the hash too."""
    whole = entry.read_bytes()
    for place in range(len(whole)):
        entry.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.read_cached(NAME) is None


def test_a_link_is_not_followed(entry: Path, tmp_path: Path) -> None:
    """Neither to read an entry, nor to write through it, nor as the folder."""
    elsewhere = tmp_path / "elsewhere"
    entry.rename(elsewhere)
    entry.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    assert cache.read_cached(NAME) is None
    cache.write_cached(NAME, b"mine")
    assert elsewhere.read_bytes() == before
    assert not entry.is_symlink()
    entry.parent.rename(tmp_path / "moved")
    entry.parent.symlink_to(tmp_path / "moved")
    assert cache.read_cached(NAME) is None


def test_a_pipe_or_folder_in_place_of_an_entry_is_passed_over(entry: Path) -> None:
    """Nobody waits for a pipe."""
    entry.unlink()
    os.mkfifo(entry, 0o600)
    assert cache.read_cached(NAME) is None
    entry.unlink()
    entry.mkdir(mode=0o700)
    assert cache.read_cached(NAME) is None
    cache.write_cached(NAME, b"mine")
    assert entry.is_dir()


@pytest.mark.parametrize("part", ["folder", "entry"])
def test_what_others_may_write_or_read_is_not_trusted(entry: Path, part: str) -> None:
    """A folder or an entry that is open to anybody else."""
    at = entry if part == "entry" else entry.parent
    at.chmod(0o777)
    assert cache.read_cached(NAME) is None


def test_what_is_another_accounts_is_not_trusted(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever else made the folder, nothing is read from it and nothing written."""
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    assert cache.read_cached(NAME) is None
    cache.write_cached("1" * 64, b"mine")
    assert [path.name for path in entry.parent.iterdir()] == [NAME]


@pytest.mark.parametrize("home", ["/proc/none", "/dev/null/cache"])
def test_where_nothing_can_be_written_nothing_is_said(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that cannot be made is none."""
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    cache.write_cached(NAME, b"something")
    assert cache.read_cached(NAME) is None


def test_a_full_disk_leaves_nothing_behind(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry before stays, and no half of the other one lies beside it."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    cache.write_cached(NAME, b"other")
    assert cache.read_cached(NAME) == b"something"
    assert [path.name for path in entry.parent.iterdir()] == [NAME]


def test_it_can_be_switched_off(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CRISIS_SIM_CACHE=off reads nothing and writes nothing."""
    monkeypatch.setenv("CRISIS_SIM_CACHE", "off")
    assert cache.read_cached(NAME) is None
    cache.write_cached("1" * 64, b"mine")
    assert [path.name for path in entry.parent.iterdir()] == [NAME]


def test_the_oldest_go_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All entries together hold no more than so much; what is too large alone is not kept."""
    monkeypatch.setattr(cache, "MOST_BYTES", 3 * 132)
    for number in range(5):
        cache.write_cached(f"{number:064}", bytes(100))
        os.utime(folder / f"{number:064}", (number, number))
    assert sorted(int(path.name) for path in folder.iterdir()) == [2, 3, 4]
    monkeypatch.setattr(cache, "LARGEST", 131)
    cache.write_cached(NAME, bytes(100))
    assert cache.read_cached(NAME) is None


@pytest.fixture
def made_by(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Whoever makes a key may be changed."""
    cache.maker.cache_clear()
    yield monkeypatch
    cache.maker.cache_clear()


@pytest.mark.parametrize("what", ["__version__", "version"])
def test_another_version_or_python_has_other_keys(made_by: pytest.MonkeyPatch, what: str) -> None:
    """Nothing that another crisis-sim or another Python made is found."""
    before = cache.key("a", b"b")
    cache.maker.cache_clear()
    assert cache.key("a", b"b") == before
    cache.maker.cache_clear()
    made_by.setattr(cache if what == "__version__" else sys, what, "another")
    assert cache.key("a", b"b") != before


def test_parts_of_a_key_do_not_run_together() -> None:
    """`ab` and `c` are not `a` and `bc`."""
    assert len({cache.key("ab", "c"), cache.key("a", "bc"), cache.key("abc"), cache.key("abc", "")}) == 4


def test_two_processes_at_once_never_mix(folder: Path) -> None:
    """Whoever reads while others write finds one whole entry or another."""
    script = (
        "import sys; from crisis_sim.content import cache\n"
        "for _ in range(200): cache.write_cached('0' * 64, bytes([int(sys.argv[1])]) * 9999)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(number)]) for number in (1, 2)]
    found = set()
    while any(writer.poll() is None for writer in writers):
        found.add(cache.read_cached(NAME))
    assert [writer.returncode for writer in writers] == [0, 0]
    assert found - {None} <= {bytes([number]) * 9999 for number in (1, 2)}
    assert [path.name for path in folder.iterdir()] == [NAME]
