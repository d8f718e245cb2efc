"""The command line: the answer is on standard output, the rest on standard error, and the code says how it went."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.small import SMALL_SCENARIO
from tests.thinning import one_in

from crisis_sim import __version__
from crisis_sim.cli import main
from crisis_sim.cli.branch import parting
from crisis_sim.cli.ending import PROBLEMS, run_to_exit_code
from crisis_sim.cli.verbs import STARTED_BY, VERBS, typed
from crisis_sim.errors import ActionRefused, UnreadableInput
from crisis_sim.session.replay import replay
from crisis_sim.session.verify import verify

Captured = pytest.CaptureFixture[str]

BIDI = "\u202e"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own settings and sessions are read or written."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("CRISIS_SIM_LANGUAGE", raising=False)
    monkeypatch.setenv("CRISIS_SIM_LOGS", str(tmp_path / "logs"))
    from crisis_sim.cli.settings import settings

    settings.cache_clear()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of a small game that two bots have played to its end."""
    path = tmp_path / "game.jsonl"
    assert (
        main(["play", str(SMALL_SCENARIO), "--us", "rota", "--china", "firm", "--seed", "7", "--log", str(path)]) == 0
    )
    return path


def shell(*arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a whole process."""
    return subprocess.run(
        [sys.executable, "-m", "crisis_sim", *arguments], capture_output=True, text=True, input=input, check=False
    )


def test_the_version_is_printed(capsys: Captured) -> None:
    """`--version` prints the version and nothing else."""
    assert main(["--version"]) == 0
    assert capsys.readouterr() == (f"crisis-sim {__version__}\n", "")


def test_the_version_and_the_help_import_no_verb() -> None:
    """Neither pays for a game, a checker or a screen."""
    heavy = "{'crisis_sim.session.session', 'crisis_sim.content.load', 'crisis_sim.playtest', 'textual', 'yaml'}"
    for argument in ("--version", "--help"):
        code = f"import sys; from crisis_sim.cli import main; main([{argument!r}])"
        code += f"; sys.exit(len({heavy} & set(sys.modules)))"
        assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_list_says_how_far_sessions_got_and_which_are_damaged(tmp_path: Path, capsys: Captured) -> None:
    """A torn last line is none; what does not even begin as a log is passed over."""
    folder, played = tmp_path / "logs", tmp_path / "played.jsonl"
    folder.mkdir()
    assert main(["play", "bottomed-submarine", "--us", "firm", "--china", "firm", "--log", str(played)]) == 0
    lines = played.read_bytes().splitlines(keepends=True)
    half = len(lines) // 2
    logs = (
        b"".join(lines),
        b"".join([*lines[:half], lines[half][:40]]),
        b"".join([*lines[:half], *lines[half + 1 :]]),
        b"".join(lines)[9:],
        lines[0],
    )
    for age, data in enumerate(logs):
        (folder / f"{age}.jsonl").write_bytes(data)
        os.utime(folder / f"{age}.jsonl", (10**9 - age, 10**9 - age))
    capsys.readouterr()
    assert main(["list", "sessions"]) == 0
    rows = " ".join(capsys.readouterr().out.split()).split("A submarine on the seabed, ")
    assert [row.partition(", last played")[0] for row in rows[1:]] == ["closed", "turn 2", "damaged", "briefing"]


def test_the_first_line_of_a_log_is_read_without_a_checker() -> None:
    """A list that tells of sessions, and a replay before its first picture, load nothing that checks scenarios."""
    code = "import sys, crisis_sim.session.record; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("words", [["play"], ["play", "one", "two"], ["list", "one", "two"]], ids=" ".join)
def test_words_too_many_or_too_few_are_the_parsers_to_refuse(words: list[str], capsys: Captured) -> None:
    """With the sentence that it has for that."""
    assert main(words) == 2
    assert f"crisis-sim {words[0]} --help" in capsys.readouterr().err


@pytest.mark.parametrize("verb", one_in(5, VERBS), ids=lambda verb: verb.name)
def test_no_verb_imports_what_it_may_not_need(verb: object) -> None:
    """The help of each verb loads its module; none of them loads Textual, or a library that counts, asks or draws."""
    name = getattr(verb, "name", "")
    heavy = "{'textual', 'duckdb', 'altair', 'vl_convert', 'openpyxl'}"
    code = f"import sys; from crisis_sim.cli import main; main([{name!r}, '--help'])"
    code += f"; sys.exit(len({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_clone_names_itself_as_it_was_started(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """Who opened it by `scripts/run` is told lines that can be typed as they stand, on another machine too."""
    monkeypatch.setenv(STARTED_BY, "../a clone/scripts/run")
    assert main(["plya"]) == 2
    assert capsys.readouterr().err.endswith("did you mean `'../a clone/scripts/run' play`?\n")
    assert typed("resume", "my log.jsonl") == "'../a clone/scripts/run' resume 'my log.jsonl'"
    assert typed("join", elsewhere=True) == "scripts/run join"


SHELLS = {
    "bash": lambda words: {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)},
    "zsh": lambda words: {"_TYPER_COMPLETE_ARGS": words},
    "fish": lambda words: {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
}
"""What each shell tells of the line that is typed."""
COMPLETED = {
    "crisis-sim comp": "compare",
    "crisis-sim play bottom": "bottomed-submarine",
    "crisis-sim play bottomed-submarine --swap": "--swap-sides",
    "crisis-sim play bottomed-submarine --us atten": "attentive",
    "crisis-sim play bottomed-submarine --rules core,safety-net-c": "core,safety-net-calms",
    "crisis-sim verify my-s": "my-session",
    "crisis-sim check --schema wr": "write",
}


@pytest.mark.parametrize("shell_name", SHELLS)
@pytest.mark.parametrize("line", COMPLETED)
def test_a_shell_completes_what_is_typed(line: str, shell_name: str, tmp_path: Path) -> None:
    """Verbs, options, scenarios, packs, bots and sessions."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "my-session.jsonl").touch()
    env = {**os.environ, "_CRISIS_SIM_COMPLETE": f"complete_{shell_name}", **SHELLS[shell_name](line)}
    done = subprocess.run([sys.executable, "-m", "crisis_sim"], capture_output=True, text=True, env=env, check=True)
    assert COMPLETED[line] in done.stdout and done.stderr == ""


@pytest.mark.parametrize("shell_name", SHELLS)
def test_each_shell_has_its_script(shell_name: str) -> None:
    """Which names the program."""
    env = {**os.environ, "_CRISIS_SIM_COMPLETE": f"source_{shell_name}"}
    done = subprocess.run([sys.executable, "-m", "crisis_sim"], capture_output=True, text=True, env=env, check=True)
    assert "crisis-sim" in done.stdout and "_CRISIS_SIM_COMPLETE" in done.stdout


def test_an_unknown_verb_gets_a_suggestion(capsys: Captured) -> None:
    """A slip names the nearest command on standard error and ends with 2."""
    assert main(["plya"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "crisis-sim: there is no command 'plya'\n  hint: did you mean `crisis-sim play`?\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["play"], "missing argument 'SCENARIO|LOG'"),
        (["play", "bottomed-submarine", "--lenth", "45"], "no such option: --lenth"),
        (["play", "bottomed-submarin"], "there is no scenario 'bottomed-submarin'"),
        (["play", "bottomed-submarine", "--us", "frim"], "there is no bot called 'frim'"),
        (["play", "bottomed-submarine", "--log", "game.txt"], "a log's name ends in .jsonl"),
        (["play", "bottomed-submarine", "--rules", "core,calms"], "calms"),
        (["verify", "nothing.jsonl"], "there is no log 'nothing.jsonl'"),
        (["resume", "nothing.jsonl"], "there is no log 'nothing.jsonl'"),
        (["check", "nothing"], "there is no file or folder 'nothing'"),
        (["show", "accus"], "nothing is called 'accus'"),
        (["branch", "nothing.jsonl", "--at", "soon"], "'soon' names no turn and no entry"),
        (["list", "games"], "games"),
        (["verify", "nothing.jsonl", "--save-sound", "x.jsonl"], "there is no log 'nothing.jsonl'"),
        (["compare", "game.jsonl"], "a session is compared with one other course"),
        (["new", "injects", "plan.csv"], "injects come from a table and go into a scenario"),
        (["verify", ""], "'' names no log"),
    ],
)
def test_a_slip_is_a_sentence_and_a_code(arguments: list[str], says: str, capsys: Captured) -> None:
    """What cannot be done is said on standard error in a sentence with a way out; nothing is on standard output."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert "hint: " in err
    assert "Traceback" not in err


def test_bots_play_to_the_end_and_their_log_is_sound(tmp_path: Path, capsys: Captured) -> None:
    """Two bots play a game out; the summary names the log, and the log verifies."""
    log = tmp_path / "game.jsonl"
    main(["play", str(SMALL_SCENARIO), "--us", "rota", "--china", "firm", "--seed", "7", "--log", str(log)])
    out = capsys.readouterr().out
    assert "A small test: 45 minutes, 2 turns, seed 7" in out
    assert "US rota; China firm; facilitator auto" in out
    assert f"Log: {log}" in out
    assert verify(log).is_sound


def test_the_same_seed_gives_the_same_game(tmp_path: Path, capsys: Captured) -> None:
    """Played twice with one seed, everything but the log's name is the same."""
    told = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.jsonl"
        main(["play", str(SMALL_SCENARIO), "--us", "random", "--china", "random", "--seed", "x", "--log", str(path)])
        told.append(capsys.readouterr().out.replace(str(path), ""))
    assert told[0] == told[1]


def test_a_branch_and_a_salvaged_log_can_be_shown(log: Path, tmp_path: Path, capsys: Captured) -> None:
    """A branch shares its parent's first entries; a salvaged log holds the sound ones; both can be read about."""
    capsys.readouterr()
    assert main(["branch", str(log), "--at", "turn-2"]) == 0
    branch = Path(capsys.readouterr().out.strip())
    assert main(["verify", str(branch), "--parent", str(log)]) == 0
    saved = tmp_path / "saved.jsonl"
    log.write_bytes(log.read_bytes()[:-400])
    assert main(["verify", str(log), "--save-sound", str(saved)]) == 0
    capsys.readouterr()
    assert main(["show", str(branch), str(saved)]) == 0
    assert "a branch of session" in capsys.readouterr().out


def test_check_lists_problems_on_standard_output(tmp_path: Path, capsys: Captured) -> None:
    """An error ends with 1, and its place is on standard output; what is shipped has none."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nid: bad\nid: again\n", encoding="utf-8")
    assert main(["check", str(bad)]) == 1
    out, err = capsys.readouterr()
    assert "bad.yaml:3:1: error:" in out
    assert err == ""


def test_private_briefs_are_spoilers(capsys: Captured) -> None:
    """`show` keeps a team's brief, lines and injects back until it is asked for them."""
    assert main(["show", "bottomed-submarine"]) == 0
    public = capsys.readouterr().out
    assert main(["show", "bottomed-submarine", "--spoilers"]) == 0
    everything = capsys.readouterr().out
    secret = "Survey of the hull"
    assert secret not in public
    assert secret in everything


def test_a_reader_that_hangs_up_is_no_fault() -> None:
    """A closed pipe ends the command quietly."""
    command = f"'{sys.executable}' -m crisis_sim show core | head -1"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert run.stdout == "The core rules (core)\n"
    assert run.stderr == ""


def test_a_refusal_that_nobody_worded_is_worded_at_the_end(capsys: Captured) -> None:
    """A verb that lets one through ends as with any other mistake of a person's."""

    def command() -> int:
        raise ActionRefused("move/text", most=4_000)

    assert run_to_exit_code(command) == PROBLEMS
    assert capsys.readouterr().err == "crisis-sim: the text is longer than 4000 characters\n  hint: shorten it\n"


def test_a_fault_of_ours_is_a_sentence_and_a_file(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """The traceback is in a file, the screen has a sentence, and the code is 3."""
    monkeypatch.setattr("crisis_sim.cli.list_._scenarios", lambda indent: 1 / 0)
    assert main(["list", "scenarios"]) == 3
    err = capsys.readouterr().err
    assert "fault of ours (ZeroDivisionError)" in err
    assert "Traceback" not in err
    kept = Path(err.split("the details are in ")[1].split("\n")[0])
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")
    kept.unlink()


@pytest.mark.parametrize("hostile", ["\x1b[2J", f"{BIDI}evil", "[/]", "\x1b]52;c;aGk=\x07", "\x00"])
def test_a_hostile_name_is_printed_inert(hostile: str, capsys: Captured) -> None:
    """What somebody types as a name is said back without a byte that a terminal would obey."""
    assert main([f"x{hostile}"]) == 2
    err = capsys.readouterr().err
    assert not set(err) & {"\x1b", "\x07", "\x00", BIDI}


def test_a_hostile_path_is_printed_inert(tmp_path: Path, capsys: Captured) -> None:
    """The log that two bots leave is named without a byte that a terminal would obey."""
    log = tmp_path / "x\x1b[2J.jsonl"
    assert main(["play", str(SMALL_SCENARIO), "--us", "firm", "--china", "firm", "--log", str(log)]) == 0
    out = capsys.readouterr().out
    assert f"Log: {tmp_path}/x" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("at", "means"),
    [("turn-3", (3, None)), ("t3", (3, None)), ("turn 3", (3, None)), ("57", (None, 57)), ("0", (None, 0))],
)
def test_a_parting_is_a_turn_or_an_entry(at: str, means: tuple[int | None, int | None]) -> None:
    """A bare number is an entry of the log, as hints write it; turns are named."""
    assert parting(at) == means
    with pytest.raises(UnreadableInput):
        parting(f"{at}!")


def test_nothing_of_the_other_team_is_on_the_page_of_one_person(tmp_path: Path) -> None:
    """Played by lines from a file, the session goes on to the end of the input and says how to go on."""
    log = tmp_path / "game.jsonl"
    run = shell(
        "play", str(SMALL_SCENARIO), "--china", "firm", "--seed", "1", "--log", str(log), "--plain", input="seal yes\n"
    )
    assert run.returncode == 0
    assert "crisis-sim resume" in run.stdout
    assert run.stderr == ""
    again = shell("resume", str(log), "--plain", input="stop\ncommit yes\n")
    assert "Moves. Type move, commit" in again.stdout


def test_an_interruption_is_said_and_has_its_code(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """Ctrl-C ends with 130 and a sentence, never a traceback."""

    def interrupted(indent: int) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("crisis_sim.cli.list_._scenarios", interrupted)
    assert main(["list", "scenarios"]) == 130
    assert "interrupted; what was acknowledged is in the log" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["list"], ["show", "lost-airliner"], ["new", "pack", "loud"], ["debrief", "cut.jsonl"]]
)
def test_every_command_that_a_sentence_names_can_be_typed_as_it_stands(
    words: list[str], log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """In a clone the program is `scripts/run`: answers and hints say so, whoever puts them together."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(STARTED_BY, "scripts/run")
    Path("cut.jsonl").write_bytes(log.read_bytes()[:-9000] + b"cut\n")
    main(words)
    told = "".join(capsys.readouterr())
    assert "scripts/run " in told and not re.search(r"crisis-sim [a-z]+ ", told), told


def test_a_facilitator_rolls_back_into_a_branch(tmp_path: Path) -> None:
    """Going back to a turn makes a branch that play goes on in; the log so far stays, and both are sound."""
    typed = "next\nnext\nnext\nrollback\n2\nyes\nquit\n"
    log = tmp_path / "game.jsonl"
    seats = ("--us", "rota", "--china", "mirror", "--facilitator", "person")
    run = shell("play", str(SMALL_SCENARIO), *seats, "--seed", "1", "--log", str(log), "--plain", input=typed)
    assert run.returncode == 0, run.stderr
    assert "Play goes on from the start of turn 1, in a branch:" in run.stdout
    branch = tmp_path / "game-turn-1.jsonl"
    assert f"crisis-sim resume {branch} --plain" in run.stdout
    assert verify(log).is_sound
    assert verify(branch, parent=log).is_sound


def test_a_branch_is_played_on_by_others(log: Path, capsys: Captured) -> None:
    """Bots sit where they are put, from there on, and the game goes to its end; the parent stays as it was."""
    before = log.read_bytes()
    assert main(["branch", str(log), "--at", "turn-2", "--us", "mirror"]) == 0
    branch = Path(capsys.readouterr().out.strip())
    assert main(["resume", str(branch), "--china", "salami"]) == 0
    seats = replay(branch).state.seats
    assert (seats["us"], seats["china"]) == (("bot", "mirror"), ("bot", "salami"))
    assert replay(branch).state.phase == "closed"
    assert verify(branch, parent=log).is_sound
    assert log.read_bytes() == before


def test_a_person_takes_the_seat_of_a_bot_in_a_branch(log: Path, tmp_path: Path) -> None:
    """Who goes on at a turning point may be somebody else; an export of people leaves that session out all the same."""
    run = shell("branch", str(log), "--at", "turn-2", "--us", "person")
    branch = Path(run.stdout.strip())
    played = shell("resume", str(branch), "--plain", input="quit\n")
    assert played.returncode == 0, played.stderr
    assert played.stdout.startswith("United States. Turn 2 of 2")
    left_out = shell("export", str(branch), "-o", str(tmp_path / "people"), "--open")
    assert "a bot plays a team in it" in left_out.stderr
    assert shell("export", str(branch), "-o", str(tmp_path / "all"), "--open", "--bots").returncode == 0
    with (tmp_path / "all" / "sessions.csv").open(encoding="utf-8") as file:
        assert [(row["us_player"], row["china_player"]) for row in csv.DictReader(file)] == [("rota person", "firm")]


def test_a_bot_that_there_is_not_leaves_no_branch(log: Path, capsys: Captured) -> None:
    """A slip in a name is told with the nearest before anything is made, and nobody is seated in a closed session."""
    files = sorted(log.parent.iterdir())
    assert main(["branch", str(log), "--at", "turn-2", "--us", "miror"]) == 2
    assert "did you mean 'mirror'?" in capsys.readouterr().err
    assert sorted(log.parent.iterdir()) == files
    assert main(["resume", str(log), "--us", "mirror"]) == 2
    assert "the session is closed, and nobody can be seated in it" in capsys.readouterr().err
