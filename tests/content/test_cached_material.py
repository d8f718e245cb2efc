"""What was checked before comes back the same, for as long as not a byte of what it was made of is another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.small import SMALL, SMALL_SCENARIO, edited
from tests.thinning import one_in

from crisis_sim.content import cache, cached_material, file_cache, listings
from crisis_sim.content.cached_material import logged_material, ready_material
from crisis_sim.content.file_head import FileHead, FileKind
from crisis_sim.content.listings import list_scenarios
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.problems import ProblemsFound

FIELDS = ("scenario", "packs", "base", "moves", "rules", "terms", "concerns", "facts", "commitments", "texts")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of each test's own, and files that count as settled at once."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(file_cache, "SETTLED", -1)
    monkeypatch.setattr(cached_material, "_in_hand", {})


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each scenario's file that was loaded in earnest."""
    from crisis_sim.content import load

    done: list[Path] = []
    load_file = load.load_file

    def counted(path: Path, packs: Any) -> load.Loaded:
        done.append(path)
        return load_file(path, packs)

    monkeypatch.setattr(load, "load_file", counted)
    return done


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The file of a scenario that may be edited."""
    shutil.copytree(SMALL, tmp_path / "mine")
    return tmp_path / "mine" / SMALL_SCENARIO.relative_to(SMALL)


def as_told(material: Material) -> tuple[str, ...]:
    """All of a material, with the types and the order of everything in it."""
    return (*(repr(getattr(material, field)) for field in FIELDS[:-1]), repr(sorted(material.texts.items())))


def again(scenario: Path | str) -> Material:
    """The material as another process would find it."""
    cached_material._in_hand.clear()
    return ready_material(scenario)


@pytest.mark.parametrize("scenario", one_in(3, [listing.id for listing in list_scenarios()]))
def test_every_shipped_scenario_comes_back_as_it_was_checked(scenario: str, loads: list[Path]) -> None:
    """Every value, type, order, what was written and what was left out; the bytes for a log's header too."""
    fresh = load_material(scenario)
    again(scenario), again(scenario)
    kept = again(scenario)
    assert len(loads) == 2  # that of `load_material`, and the first
    assert as_told(kept) == as_told(fresh)
    assert kept.packed == fresh.packed
    assert kept.places == fresh.places
    for one, other in zip(_models(kept), _models(fresh), strict=True):
        assert type(one) is type(other)
        assert one.model_fields_set == other.model_fields_set


def _models(value: Any) -> Iterator[Any]:
    if isinstance(value, Material):
        yield from _models((value.scenario, *value.packs))
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _models(item)
    elif hasattr(value, "model_fields_set"):
        yield value
        yield from _models(tuple(value.__dict__[name] for name in type(value).field_notes))


def test_a_log_is_not_checked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The header of a log whose material was checked needs no second check; another byte does."""
    packed = load_material(SMALL_SCENARIO).packed
    first = logged_material(packed, lambda: msgspec.json.decode(packed))
    cached_material._in_hand.clear()
    second = logged_material(packed, lambda: pytest.fail("checked again"))
    assert as_told(first) == as_told(second)
    assert first.packed == second.packed == packed
    other = packed.replace(b'"id":"small-test"', b'"id":"small-tess"', 1)
    with pytest.raises(UnreadableInput, match="was changed after it was written"):
        logged_material(other, lambda: msgspec.json.decode(other))


def put_in_front(draft: Path) -> None:
    """A pack of the same name in the scenario's own folder, where it is found before the other."""
    shutil.copytree(draft.parents[2] / "rules", draft.parent / "rules")
    edited(draft.parent / "rules" / "small.yaml", "title: {en: ", "title: {en: Nearer ")


EDITS: dict[str, Callable[[Path], object]] = {
    "scenario": lambda file: edited(file, "title: {en: ", "title: {en: Other "),
    "pack": lambda file: edited(file.parents[2] / "rules" / "small.yaml", "title: {en: ", "title: {en: Other "),
    "text": lambda file: next(file.parent.glob("*.md")).write_text("Another text.\n", "utf-8"),
    "pack in front": put_in_front,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_whatever_is_edited_is_loaded_anew(draft: Path, loads: list[Path], edit: Callable[[Path], object]) -> None:
    """The scenario, a pack, a text beside it; or a pack of the same name that is found before."""
    again(draft), again(draft)
    assert loads == [draft]
    edit(draft)
    changed = again(draft)
    assert loads == [draft, draft]
    assert as_told(changed) == as_told(load_material(draft))


def test_mistakes_are_said_as_if_nothing_were_kept(draft: Path) -> None:
    """Each with its place, and as often as it is asked."""
    again(draft)
    edited(draft, "kind: pink", "kind: pinc")
    with pytest.raises(ProblemsFound) as fresh:
        load_material(draft)
    for _ in range(2):
        with pytest.raises(ProblemsFound) as found:
            again(draft)
        assert str(found.value) == str(fresh.value)


def test_a_text_that_leads_outside_is_refused_again(draft: Path, tmp_path: Path) -> None:
    """The same words behind a link out of the folder are not the same."""
    again(draft)
    text = next(draft.parent.glob("*.md"))
    text.rename(tmp_path / "outside.md")
    text.symlink_to(tmp_path / "outside.md")
    with pytest.raises(CrisisSimError, match="outside"):
        again(draft)


def test_what_was_warned_of_is_not_kept(draft: Path, loads: list[Path]) -> None:
    """A scenario under another name than its id."""
    draft.parent.rename(draft.parent.with_name("other"))
    moved = draft.parent.with_name("other") / draft.name
    again(moved), again(moved)
    assert len(loads) == 2


def test_a_file_that_was_just_written_is_not_kept(
    draft: Path, loads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could be another by the time its bytes are looked at."""
    monkeypatch.setattr(file_cache, "SETTLED", 10**18)
    again(draft), again(draft)
    assert len(loads) == 2


def test_other_packs_are_another_material(draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice of packs is kept apart from the scenario's own, and a path of one goes by where one stands."""
    own = again(draft)
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "small.yaml").write_bytes((draft.parents[2] / "rules" / "small.yaml").read_bytes())
        edited(folder / "small.yaml", "title: {en: ", f"title: {{en: Number {number} ")
        monkeypatch.chdir(folder)
        cached_material._in_hand.clear()
        assert ready_material(draft, ["small.yaml"]).packs[0].title.en.startswith(f"Number {number}")
    assert as_told(again(draft)) == as_told(own)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xc1", b"\x92\x90\x90", b"\x92\x91\xa9os.system\x91\x93\x00\x80\xc0", b"\x92\x90\x91\x93\x05\x80\xc0"],
    ids=["empty", "no msgpack", "nothing in it", "no model of ours", "no such class"],
)
def test_what_cannot_be_read_is_made_again(draft: Path, data: bytes) -> None:
    """An entry with the right seal and the wrong content is as good as none."""
    fresh = as_told(again(draft))
    for entry in cache.cache_folder().iterdir():
        cache.write_cached(entry.name, data)
    assert as_told(again(draft)) == fresh
    assert all(cache.read_cached(entry.name) != data for entry in cache.cache_folder().iterdir())


def test_without_a_cache_all_is_as_it_was(draft: Path, loads: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Switched off, everything is loaded each time."""
    fresh = as_told(load_material(draft))
    monkeypatch.setenv("CRISIS_SIM_CACHE", "off")
    assert as_told(again(draft)) == as_told(again(draft)) == fresh
    assert len(loads) == 3
    assert not cache.cache_folder().exists()


def test_a_list_reads_heads_anew_where_a_file_has_changed(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A head out of the cache says what the file says; a file with mistakes is looked at each time."""
    reads: list[object] = []
    read = listings._read

    def counted(kind: FileKind, contents: Mapping[str, bytes | None]) -> Sequence[FileHead | None]:
        reads.append(kind)
        return read(kind, contents)

    monkeypatch.setattr(listings, "_read", counted)
    own = draft.parents[1]
    first = list_scenarios(own)
    assert list_scenarios(own) == first
    assert len(reads) == 1
    edited(draft, "title: {en: ", "title: {en: Other ")
    assert {listing.title.en for listing in list_scenarios(own)} - {listing.title.en for listing in first} == {
        "Other A small test"
    }
    edited(draft, "title: {", "title: [")
    for seen in (3, 4):
        assert any("mistakes" in listing.says.en for listing in list_scenarios(own))
        assert len(reads) == seen
