"""What all tests share."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hatch_build import compile_catalogue, is_outdated
from hypothesis import HealthCheck, settings
from tests.small import SMALL
from tests.thinning import NIGHTLY

from crisis_sim.cli.language import apply_language_option
from crisis_sim.content import yamlfile
from crisis_sim.problems import Problems
from crisis_sim.report import converter

LONG = 20_000
"""Characters of a file that is worth keeping; those that tests write are shorter."""
MOST_LONG = 30
"""Files that are kept, those that were asked for last: the shipped ones, and some that a test has changed."""

settings.register_profile(
    "steady",
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile(NIGHTLY, parent=settings.get_profile("steady"), max_examples=100)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the Chinese once, and let what tests start hear ctrl+c.

    The Chinese is compiled where it is older than what is written, and not in each worker. A shell lets what it runs
    in the background ignore ctrl+c, and what is started from there would too.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput") and is_outdated():
        compile_catalogue()


@pytest.fixture(scope="session", autouse=True)
def a_long_file_is_parsed_once() -> Iterator[None]:
    """Most tests read the shipped packs, each as they stand; nobody writes in what was read."""
    parse, known = yamlfile._parsed, dict[str, yamlfile.YamlFile]()

    def parsed(text: str, shown: str, problems: Problems) -> yamlfile.YamlFile | None:
        file, said = known.pop(text, None), len(problems)
        if file is None and (
            (file := parse(text, shown, problems)) is None or len(text) < LONG or len(problems) > said
        ):
            return file
        if len(known) >= MOST_LONG:
            del known[next(iter(known))]
        known[text] = file
        return yamlfile.YamlFile(shown, file.value, file.lines, file._root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlfile, "_parsed", parsed)
        yield


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A home for each test, which is made when something is put there: most tests ask for none."""
    return map(f"{tmp_path_factory.getbasetemp()}/homes/{{}}".format, count(1))


@pytest.fixture
def where_it_began() -> Iterator[None]:
    """A test leaves the process in the folder in which it found it, where those that come after look for modules."""
    before = Path.cwd()
    yield
    assert Path.cwd() == before


@pytest.fixture(autouse=True)
def nobody_is_at_home(where_it_began: None, homes: Iterator[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests leave nothing among one's own sessions and caches, and read no settings or language of who runs them."""
    home = next(homes)
    monkeypatch.setenv("XDG_DATA_HOME", f"{home}/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", f"{home}/config")
    monkeypatch.setenv("XDG_CACHE_HOME", f"{home}/cache")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    apply_language_option([])


@cache
def _svg(chart: str) -> str:
    return converter.svgs([json.loads(chart)])[0]


def drawn_once(charts: Sequence[dict[str, Any]]) -> list[str]:
    """Each chart as SVG, drawn in this process, and not again where the same one comes back: charts hold no words."""
    return [_svg(json.dumps(chart)) for chart in charts]


@pytest.fixture
def drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn in the process of the tests, which starts what draws once; test_debrief draws as people do."""
    monkeypatch.setattr(converter, "apart", drawn_once)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small scenario and its rules, where the test stands."""
    shutil.copytree(SMALL, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    return tmp_path / "copy"
