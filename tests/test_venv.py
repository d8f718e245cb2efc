"""scripts/venv: one finished .venv, made once, renewed when the locks change, and never a half one taken for it.

A stand-in for uv makes the folder without installing anything, so that these run in a moment and need no network.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ["cat", "dirname", "head", "ln", "mkdir", "mv", "readlink", "rm", "sh", "sleep", "touch"]
LEVELS = ["run", "research", "test"]
LOCKS = {"run": "requirements.lock", "research": "requirements-research.lock", "test": "requirements-test.lock"}
COPIED = ["scripts/venv", "pyproject.toml", "src/crisis_sim/wording/zh.po", *LOCKS.values()]
UV = """#!/bin/sh
echo "$*" >>"$CALLS"
[ -z "${UV_FAILS:-}" ] || exit 1
for last in "$@"; do :; done
case $1 in
    venv) mkdir -p "$last/bin" && ln -s "$STUB" "$last/bin/python" ;;
    pip) case "$*" in *' -e '*) ln -sf "$STUB" "${5%/python}/crisis-sim" ;; esac ;;
esac
"""
STUB = """#!/bin/sh
case $1 in
    -c) ;; # new enough
    *hatch_build.py) echo "$*" >>"$CALLS" && exec touch "${1%/*}/src/crisis_sim/wording/zh.mo" ;;
    *) exit 1 ;; # without pip
esac
"""


@dataclass
class Checkout:
    """A folder with scripts/venv in it, and a PATH that holds only what a bare machine has."""

    folder: Path
    path: Path

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def calls(self) -> list[str]:
        """What the stand-in was asked so far."""
        log = self.path / "calls"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": str(self.path), "CALLS": str(self.path / "calls"), "STUB": str(self.path / "stub")}

    def make(self, level: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [self.folder / "scripts" / "venv", level],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


def write_script(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder = tmp_path / "a checkout"
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    path = tmp_path / "bin"
    path.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (path / tool).symlink_to(found)
    write_script(path / "uv", UV)
    write_script(path / "stub", STUB)
    return Checkout(folder, path)


def test_the_first_use_says_what_it_does_and_the_second_nothing(checkout: Checkout) -> None:
    """A plain line on stderr the first time; after that only where it is, and nothing is asked of any installer."""
    first = checkout.make("run")
    asked = checkout.calls
    second = checkout.make("run")
    assert (first.returncode, first.stdout) == (0, f"{checkout.venv}\n")
    assert first.stderr == "crisis-sim: setting up .venv, on first use only; one or two minutes\n"
    assert any("requirements.lock" in call for call in asked)
    assert (second.returncode, second.stdout, second.stderr) == (0, f"{checkout.venv}\n", "")
    assert checkout.calls == asked


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "crisis-sim：首次使用"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "crisis-sim：首次使用"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "crisis-sim: setting up"),
    ],
)
def test_the_first_use_speaks_the_language_of_who_reads(checkout: Checkout, locale: dict[str, str], said: str) -> None:
    """By the same variables, and the first of them that is set, as the program itself."""
    assert checkout.make("run", **locale).stderr.startswith(said)


@pytest.mark.parametrize(("made", "asked"), [("test", "run"), ("test", "research"), ("research", "run")])
def test_what_was_made_for_more_serves_less(checkout: Checkout, made: str, asked: str) -> None:
    """scripts/run takes a .venv that was made for research or by scripts/test, and installs nothing."""
    checkout.make(made)
    calls = checkout.calls
    assert checkout.make(asked).stderr == ""
    assert checkout.calls == calls


@pytest.mark.parametrize(("made", "asked"), [("run", "test"), ("run", "research"), ("research", "test")])
def test_what_was_made_for_less_is_widened(checkout: Checkout, made: str, asked: str) -> None:
    """scripts/test and scripts/venv research add their packages to the .venv that scripts/run made."""
    checkout.make(made)
    before = len(checkout.calls)
    assert checkout.make(asked).returncode == 0
    assert any(LOCKS[asked] in call for call in checkout.calls[before:])


@pytest.mark.parametrize("level", LEVELS)
def test_another_lock_is_installed_over_the_old(checkout: Checkout, level: str) -> None:
    """A changed lock file is noticed, and a .venv that has more than the game needs keeps it."""
    checkout.make(level)
    before = len(checkout.calls)
    lock = checkout.folder / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "extra==1.0\n", encoding="utf-8")
    again = checkout.make("run")
    assert again.stderr == "crisis-sim: bringing .venv up to date; usually less than a minute\n"
    renewed = checkout.calls[before:]
    assert not any(call.startswith("venv") for call in renewed)
    assert [name for name in LOCKS if any(f"/{LOCKS[name]}" in call for call in renewed)] == [level]
    assert checkout.make("run").stderr == ""


def test_chinese_that_is_older_than_its_catalogue_is_compiled_again(checkout: Checkout) -> None:
    """After `git pull` the next start reads the new sentences, and nothing is installed for them."""
    checkout.make("run")
    po = checkout.folder / "src" / "crisis_sim" / "wording" / "zh.po"
    compiled = po.with_suffix(".mo").stat().st_mtime
    before = checkout.calls
    checkout.make("run")
    assert checkout.calls == before
    os.utime(po, (compiled + 5, compiled + 5))
    os.utime(po.with_suffix(".mo"), (compiled, compiled))
    renewed = checkout.make("run")
    assert (renewed.returncode, renewed.stdout, renewed.stderr) == (0, f"{checkout.venv}\n", "")
    assert checkout.calls == [*before, f"{checkout.folder}/hatch_build.py"]


def test_each_python_has_an_environment_of_its_own(checkout: Checkout) -> None:
    """Where PYTHON names one, what is made bears its version, and the usual one is left alone."""
    write_script(checkout.path / "python9", "#!/bin/sh\n[ $# -eq 2 ] && echo 3.19\n")
    checkout.make("run")
    made = checkout.make("run", PYTHON="python9")
    assert made.stdout == f"{checkout.folder / '.venv-3.19'}\n"
    assert any("--python python9" in call for call in checkout.calls)
    assert sorted(path.name for path in checkout.folder.glob(".venv*")) == [".venv", ".venv-3.19"]
    assert checkout.make("run", PYTHON="python9").stderr == ""


def test_a_python_that_does_not_run_is_refused(checkout: Checkout) -> None:
    """A slip in PYTHON makes nothing with another one."""
    made = checkout.make("run", PYTHON="python-three")
    assert made.returncode == 2
    assert "PYTHON names 'python-three'" in made.stderr
    assert not checkout.calls


def test_what_is_installed_is_what_was_locked(checkout: Checkout) -> None:
    """Every file that is fetched must have a hash of the lock."""
    checkout.make("run")
    assert all("--require-hashes" in call for call in checkout.calls if "requirements" in call)


def test_a_level_that_there_is_not_is_refused(checkout: Checkout) -> None:
    """A slip in the word installs nothing and names the words that there are."""
    made = checkout.make("reserch")
    assert made.returncode == 2
    assert "makes 'run', 'research' or 'test', not 'reserch'" in made.stderr
    assert checkout.calls == []


def test_a_moved_checkout_is_renewed(checkout: Checkout) -> None:
    """The scripts in .venv name the folder they were made in; in another they are made again."""
    checkout.make("run")
    moved = Checkout(checkout.folder.rename(checkout.folder.with_name("moved")), checkout.path)
    assert "up to date" in moved.make("run").stderr


def test_a_half_made_one_is_thrown_away(checkout: Checkout) -> None:
    """After an install that failed, nothing of it is left in the next .venv."""
    assert checkout.make("run", UV_FAILS="yes").returncode == 2
    (checkout.venv / "bin").mkdir(parents=True)
    (checkout.venv / "bin" / "python").symlink_to(checkout.path / "stub")
    leftover = checkout.venv / "half"
    leftover.touch()
    assert checkout.make("run").returncode == 0
    assert not leftover.exists()
    assert sorted(path.name for path in checkout.folder.glob(".venv*")) == [".venv"]


def test_a_failed_renewal_is_not_taken_for_a_finished_one(checkout: Checkout) -> None:
    """The stamp goes before the packages do, so a failure in between is made good by the next use."""
    checkout.make("run")
    lock = checkout.folder / "requirements.lock"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(text + "extra==1.0\n", encoding="utf-8")
    assert checkout.make("run", UV_FAILS="yes").returncode == 2
    lock.write_text(text, encoding="utf-8")
    assert "setting up .venv" in checkout.make("run").stderr


def test_a_machine_without_python_is_told_what_to_install(checkout: Checkout) -> None:
    """No uv and no Python from 3.11 on: one sentence with the way out, and exit code 2."""
    (checkout.path / "uv").unlink()
    write_script(checkout.path / "python3", "#!/bin/sh\nexit 1  # too old\n")
    made = checkout.make("run")
    assert made.returncode == 2
    assert "no Python 3.11 or later was found" in made.stderr


def test_the_lock_of_a_dead_process_holds_nobody_up(checkout: Checkout) -> None:
    """A process that was killed while it set up leaves a lock that the next one takes over."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (checkout.folder / ".venv.lock").symlink_to(str(gone.pid))
    assert checkout.make("run").returncode == 0
    assert not (checkout.folder / ".venv.lock").is_symlink()


def test_a_second_process_waits_for_the_first(checkout: Checkout) -> None:
    """Two that start at once make one .venv; the second says for whom it waits."""
    lock = checkout.folder / ".venv.lock"
    lock.symlink_to(str(os.getpid()))
    with subprocess.Popen(
        [checkout.folder / "scripts" / "venv", "run"], env=checkout.environment, stderr=subprocess.PIPE, text=True
    ) as second:
        assert second.stderr
        assert f"process {os.getpid()} is setting up .venv" in second.stderr.readline()
        assert checkout.calls == []
        lock.unlink()
        assert second.wait(timeout=30) == 0
    assert checkout.calls
