"""A study of many sessions: which are in it, what it says of them, and how coders stand to what was sealed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import fields
from tests.cli.test_language import CHINESE, ENGLISH
from tests.research.made import played

from crisis_sim.cli import main
from crisis_sim.engine.sight.hotwash_facts import Contact
from crisis_sim.measures.session_measures import measured
from crisis_sim.research import research_extra
from crisis_sim.research.study.study_measures import MEASURES, values_of
from crisis_sim.session.branch import branch
from crisis_sim.session.replay import replay

Captured = pytest.CaptureFixture[str]


def study(*arguments: str | Path) -> int:
    return main(["study", *map(str, arguments)])


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture(scope="session")
def coding(logs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The coders' table of the two sessions, as `--sheets` writes it."""
    folder = tmp_path_factory.mktemp("sheets") / "sheets"
    assert study("--sheets", folder, *logs) == 0
    return folder / "coding.csv"


def coded(coding: Path, to: Path, logs: list[Path], like: str) -> Path:
    """A coder who codes hostility as the intent or the reading says; what has no reading stays empty."""
    sealed = {}
    for log in logs:
        for act in measured(replay(log)).meanings:
            sealed[act.key] = act.intent if like == "intent" else act.reading
    rows = table(coding)
    for row in rows:
        key = (row["side"], int(row["turn"]), int(row["order"]))
        row["hostility"] = "" if sealed[key] is None else str(sealed[key])  # type: ignore[index]  # sides are text in CSV
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return to


def test_each_number_is_the_mean_over_sessions(logs: list[Path], capsys: Captured) -> None:
    """A session counts once; the difference between the sides is taken within sessions."""
    assert study(*logs, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    rows = {(row["measure"], row["side"]): row for row in told["measures"]}
    each = [measured(replay(log)) for log in logs]
    bias = [[float(of.directions[at].bias or 0) for of in each] for at in (0, 1)]
    assert rows["bias", "us"]["mean"] == pytest.approx(sum(bias[0]) / 2, abs=1e-6)
    assert rows["bias", "difference"]["mean"] == pytest.approx((sum(bias[0]) - sum(bias[1])) / 2, abs=1e-6)
    assert {row["n"] for row in told["measures"] if row["measure"] == "tension_end"} == {2}
    assert {key for key, _ in rows} == {measure.key for measure in MEASURES}


def test_a_value_lies_within_its_scale(logs: list[Path]) -> None:
    """The ends at which intervals are cut off are the ends of the measure."""
    values = iter(values_of(measured(replay(logs[0]))))
    for measure in MEASURES:
        for _ in range(2 if measure.sided else 1):
            value = next(values)
            if value is not None:
                assert measure.low is None or value >= measure.low, measure.key
                assert measure.high is None or value <= measure.high, measure.key
    assert next(values, "end") == "end"


def test_every_count_of_what_was_asked_is_compared() -> None:
    """So that what was asked adds up there as it does in the debrief."""
    counts = {field.name for field in fields(Contact) if field.type in (int, int | None)}
    assert len(counts) > 10
    assert counts <= {measure.key for measure in MEASURES}


def test_few_sessions_are_said_to_be_few(logs: list[Path], capsys: Captured) -> None:
    """In words, beside every group; no line is longer than a hundred columns."""
    assert study(*logs) == 0
    text = capsys.readouterr().out
    assert "A STUDY OF 2 SESSIONS" in text
    assert "2 sessions are few. Read the intervals before the means" in text
    assert max(map(len, text.splitlines())) <= 100
    assert study(logs[0], "--by", "scenario") == 0
    text = capsys.readouterr().out
    assert "new-virus: 1 session" in text
    assert "One session is a case and not a sample" in text


def test_a_branch_shares_turns_with_its_parent_and_stays_out(
    logs: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    """So does a second copy of a log; a branch whose parent is not there counts."""
    copy, child = tmp_path / "copy.jsonl", tmp_path / "child.jsonl"
    copy.write_bytes(logs[0].read_bytes())
    branch(logs[0], seq=len(logs[0].read_bytes().splitlines()) - 1, to=child)
    assert study(*logs, copy, child, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["sessions"]) == 2
    assert {each["log"]: each["why"] for each in told["left_out"]} == {
        "copy.jsonl": "its session is in already",
        "child.jsonl": "it shares turns with spring.jsonl, which is in",
    }
    assert study(child, "--format", "json") == 0
    assert len(json.loads(capsys.readouterr().out)["sessions"]) == 1


def test_bots_and_damaged_logs_are_named_and_left_out(logs: list[Path], tmp_path: Path, capsys: Captured) -> None:
    """People only, unless --bots; a damaged log makes the exit code 1 and keeps nobody else out."""
    bots, torn = played(tmp_path / "bots.jsonl"), tmp_path / "torn.jsonl"
    torn.write_bytes(b"{nothing}\n")
    assert study(logs[0], bots, torn, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [each["bot"] for each in told["sessions"]] == [False]
    assert [(each["log"], each["damaged"]) for each in told["left_out"]] == [
        ("bots.jsonl", False),
        ("torn.jsonl", True),
    ]
    assert study(bots) == 2
    assert "there is no session in these logs that is wanted" in capsys.readouterr().err
    assert study(bots, "--bots") == 0
    assert "what follows says something of bots" in capsys.readouterr().out


def test_the_same_logs_give_the_same_bytes(logs: list[Path], tmp_path: Path, capsys: Captured) -> None:
    """On one process or two."""
    key = ("--key", tmp_path / "names.key")
    for folder, workers in (("one", 1), ("two", 2)):
        assert study(*logs, "-o", tmp_path / folder, "--workers", str(workers), *key) == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert sorted(one) == ["codebook.md", "measures.csv", "values.csv"]
    text = capsys.readouterr().out
    assert text[: len(text) // 2] == text[len(text) // 2 :]


def test_the_codebook_names_every_column(logs: list[Path], tmp_path: Path) -> None:
    """Of each table that is written, and of no other."""
    assert study(*logs, "-o", tmp_path / "out") == 0
    book = (tmp_path / "out" / "codebook.md").read_text(encoding="utf-8")
    for path in (tmp_path / "out").glob("*.csv"):
        assert all(f"| `{column}` |" in book for column in table(path)[0])
    assert "questionnaire.csv" not in book


def test_coders_see_nothing_that_was_sealed(coding: Path) -> None:
    """Their table has acts and words, a made-up name of the session, and columns to fill in; all are guarded."""
    rows = table(coding)
    fixed = ["coder", "session", "turn", "side", "order", "move", "act", "words"]
    assert list(rows[0]) == [*fixed, "hostility", "illocution", "audience", "control"]
    assert all(row["session"].startswith("s") and not row["hostility"] for row in rows)
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row.values() if cell)


def test_sheets_write_over_nothing(coding: Path, logs: list[Path], capsys: Captured) -> None:
    """What somebody has filled in is not lost to a second call."""
    assert study("--sheets", coding.parent, *logs) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(("like", "leans"), [("intent", "intent"), ("reading", "reading")])
def test_whom_an_outsider_reads_like_is_found(
    coding: Path, logs: list[Path], tmp_path: Path, capsys: Captured, like: str, leans: str
) -> None:
    """One who codes as the sender meant agrees wholly with intents, and lies further off readings; and the reverse."""
    sheet = coded(coding, tmp_path / "li.csv", [logs[0]], like)
    key = coding.with_name("names.key")
    assert study(logs[0], "--codes", sheet, "--key", key, "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["agreement"]
    errors = {row["two"]: row["value"] for row in rows if row["statistic"] == "error" and row["side"] == "all"}
    alphas = {row["two"]: row["value"] for row in rows if row["statistic"] == "krippendorff" and row["side"] == "all"}
    nearer = next(row["value"] for row in rows if row["statistic"] == "nearer" and row["side"] == "all")
    assert errors[leans] == 0
    assert alphas[leans] == 1
    assert (nearer < 0) == (leans == "intent")


def test_the_key_of_the_sheets_is_found_beside_them(
    coding: Path, logs: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    """Elsewhere it is to be named, and the page says so; it gives the tables of results the same names."""
    coded(coding, tmp_path / "li.csv", [logs[0]], "intent")
    assert study(logs[0], "--codes", tmp_path / "li.csv") == 0
    assert "belong to none of these sessions; --key takes the key of the sheets" in capsys.readouterr().out
    (tmp_path / "names.key").write_bytes(coding.with_name("names.key").read_bytes())
    assert study(*logs, "--codes", tmp_path / "li.csv", "-o", tmp_path / "results") == 0
    assert "belong to none" not in capsys.readouterr().out
    names = {row["session"] for row in table(tmp_path / "results" / "values.csv")}
    assert names == {row["session"] for row in table(coding)}


def test_coders_are_named_by_file_or_by_column(
    coding: Path, logs: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    """Two coders who code alike agree wholly; a variable of one's own is counted at its level."""
    one = coded(coding, tmp_path / "li.csv", [logs[0]], "intent")
    text = one.read_text(encoding="utf-8").replace("coder;", "coder;frame:nominal;", 1)
    head, *rows = text.splitlines()
    frames = [f"Smith;{'ab'[place % 2]}{row}" for place, row in enumerate(rows)]
    (tmp_path / "two.csv").write_text("\n".join([head, *frames]), encoding="utf-8")
    assert study("--codes", one, "--codes", tmp_path / "two.csv") == 0
    text = capsys.readouterr().out
    assert "CODING: 2 coders" in text
    assert "coders: Smith, li" in text
    assert "1.00 … 1.00    firm" in text
    assert "BESIDE WHAT WAS MEANT" not in text


def test_what_is_said_of_coders_is_chinese(coding: Path, logs: list[Path], tmp_path: Path, capsys: Captured) -> None:
    """Two coders, with the session whose acts they coded and without."""
    one, two = (coded(coding, tmp_path / f"{name}.csv", [logs[0]], "intent") for name in ("li", "wang"))
    key = coding.with_name("names.key")
    for words in (["--key", key, logs[0]], [logs[0]], []):
        assert study("--codes", one, "--codes", two, *words, "--lang", "zh") == 0
        said = "".join(capsys.readouterr())
        assert CHINESE.search(said)
        assert ENGLISH.findall(said) == []


def test_slips_in_codes_are_told_at_once(coding: Path, tmp_path: Path, capsys: Captured) -> None:
    """A wrong value, an act that is none, and an act that is coded twice."""
    head = "session,turn,side,order,hostility,audience\n"
    (tmp_path / "li.csv").write_text(
        head + "s1,1,us,1,4,home\ns1,1,nobody,1,1,home\ns1,2,us,1,1,me\ns1,2,us,1,1,home\n", encoding="utf-8"
    )
    assert study("--codes", tmp_path / "li.csv") == 1
    said = capsys.readouterr().err
    assert "li.csv:2:11: error: '4' is no hostility" in said
    assert "li.csv:3:6: error: 'nobody' is no side of an act" in said
    assert "li.csv:4:13: error: 'me' is no audience" in said
    assert "li.csv:5:1: error: li codes this act a second time" in said


def test_a_study_of_nothing_says_what_to_give(capsys: Captured) -> None:
    """And answers without anybody in them say so."""
    assert study() == 2
    assert "nothing says what to study" in capsys.readouterr().err


def test_without_the_extra_a_sentence_says_how_to_get_it(
    logs: list[Path], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, and the sheets are written all the same."""
    monkeypatch.setattr(research_extra, "find_spec", lambda module: None)
    assert study(*logs) == 2
    said = capsys.readouterr().err
    assert "`crisis-sim study` needs SciPy and statsmodels, which are not installed here" in said
    assert "hint: scripts/venv research installs it" in said
    assert study("--sheets", tmp_path / "sheets") == 0


def test_other_verbs_do_not_pay_for_the_extra() -> None:
    """Neither the help of `study` nor its sheets load SciPy or statsmodels."""
    asked = "import sys, crisis_sim.cli.study, crisis_sim.research.study.sheets"
    found = "sys.exit(bool({'scipy', 'numpy', 'statsmodels', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", f"{asked}; {found}"], check=False).returncode == 0


def test_sheets_that_nobody_has_filled_in_are_no_study(logs: list[Path], tmp_path: Path, capsys: Captured) -> None:
    """Neither of codes nor of answers."""
    assert study(*logs, "--sheets", tmp_path) == 0
    capsys.readouterr()
    assert study(*logs, "--codes", tmp_path / "coding.csv") == 2
    assert "no act is coded in these sheets" in capsys.readouterr().err
    assert study("--answers", tmp_path / "answers.csv") == 2
    assert "there are no answers to study" in capsys.readouterr().err
