"""What an author sees in an editor: the real language server with our schemas, asked as VS Code and vim ask it."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.editor.language_server import Choice, LanguageServer

from crisis_sim.authoring.scaffold import Answers, new_pack, new_scenario
from crisis_sim.authoring.schema import MODELINE, schema_beside, write_schema
from crisis_sim.content.listings import list_packs, list_scenarios
from crisis_sim.content.load import load_material

SCENARIOS = [each.path for each in list_scenarios()]
PACKS = [each.path for each in list_packs()]
NAMES = itertools.count()


class Desk(NamedTuple):
    """An author at work on a scenario that has a schema of its own."""

    server: LanguageServer
    folder: Path
    text: str

    def squiggles(self, old: str, new: str) -> list[tuple[int, str]]:
        """What is wrong once `new` stands in the place of `old`: lines counted from the one with the change."""
        found = self.server.open(self._file(), self.text.replace(old, new, 1))
        return [(one.line - self.line(old), one.says) for one in found]

    def line(self, words: str) -> int:
        """The line on which `words` first stand, counted from 1."""
        return self.text[: self.text.index(words)].count("\n") + 1

    def offers(self, old: str, new: str) -> dict[str, Choice]:
        """What is offered at the `|` of `new`, which stands in the place of `old`."""
        at = self.text.index(old) + new.index("|")
        text = self.text.replace(old, new.replace("|", ""), 1)
        file = self._file()
        self.server.open(file, text)
        return {choice.label: choice for choice in self.server.complete(file, *_place(text, at))}

    def shows(self, words: str) -> str:
        """What is shown over the beginning of `words`."""
        file = self._file()
        self.server.open(file, self.text)
        return self.server.hover(file, *_place(self.text, self.text.index(words)))

    def _file(self) -> Path:
        """A file that the server has not seen; it needs to be on no disk."""
        return self.folder / f"scenario-{next(NAMES)}.yaml"


def _place(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n"), at - (before.rfind("\n") + 1)


@pytest.fixture(scope="module")
def desk(server: LanguageServer, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The virus, with a schema of its own."""
    folder = tmp_path_factory.mktemp("desk")
    shipped = load_material("new-virus")
    file = next(path for path in SCENARIOS if path.parent.name == "new-virus")
    _, schema = schema_beside(file)
    write_schema(folder / "scenario.schema.json", schema)
    _, _, rest = file.read_text(encoding="utf-8").partition("\n")
    assert shipped.scenario.id in rest
    return Desk(server, folder, f"{MODELINE}scenario.schema.json\n{rest}")


@pytest.mark.parametrize("file", [*SCENARIOS, *PACKS], ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_sound_file_shows_nothing_wrong(server: LanguageServer, file: Path) -> None:
    """Every shipped scenario and rule pack opens without a squiggle, with the schema that its first line names."""
    assert server.open(file) == []


def test_a_sound_scenario_shows_nothing_wrong_under_its_own_schema(desk: Desk) -> None:
    """The schema that knows the scenario's own ids finds fault with none of them."""
    assert desk.squiggles("format: 1", "format: 1") == []


def test_a_new_scenario_is_complete_in_an_editor(server: LanguageServer, tmp_path: Path) -> None:
    """What `new` writes shows nothing wrong, and offers its own channels at once."""
    folder = new_scenario("My crisis", Answers(), tmp_path)
    file = folder / "scenario.yaml"
    assert server.open(file) == []
    text = file.read_text(encoding="utf-8")
    at = text.index("{channel: rescue-desk") + len("{channel: ")
    assert "defence-hotline" in {choice.label for choice in server.complete(file, *_place(text, at))}
    pack = new_pack("My pack", "", tmp_path / "rules")
    assert server.open(pack) == []


UNKNOWN = (
    "Nothing here has this id. Ctrl+Space lists those there are;"
    " `crisis-sim check FILE --schema write` brings the list up to date."
)

MISTAKES = {
    "another format": ("format: 1", "format: 2", [(0, "Value must be 1.")]),
    "a choice that is none": (
        "opening: case-first",
        "opening: cases-first",
        [(0, 'Value is not accepted. Valid values: "framework-first", "case-first".')],
    ),
    "a number out of range": ("readiness: 70", "readiness: 170", [(0, "Value is above the maximum of 100.")]),
    "hours without a unit": (
        "latency: 6h",
        "latency: 6",
        [(0, "A time says what it counts: write 14h for hours, or 2d for days.")],
    ),
    "hours in words": (
        "latency: 6h",
        "latency: six hours",
        [(0, "Write a time in whole hours or days, such as 14h or 2d.")],
    ),
    "a move that is none": ("move: expel-staff", "move: expell-staff", [(0, UNKNOWN)]),
    "a move in a list that is none": ("id: [accuse, criticise]", "id: [accuse, critisise]", [(0, UNKNOWN)]),
    "a concern that is none": ("concern: openness", "concern: open-ness", [(0, UNKNOWN)]),
    "a fact that is none": ("{fact: host-unable, to: true}", "{fact: host-unabel, to: true}", [(0, UNKNOWN)]),
    "a key of a move that is none": (
        "{id: [accuse, criticise], visibility: public}",
        "{id: [accuse, criticise], visible: public}",
        [(0, "Property visible is not allowed.")],
    ),
    "a pink line that leads nowhere": ("        leads_to: evidence-shut\n", "", [(-3, 'Missing property "leads_to".')]),
    "a red line that is pressed": (
        "        crossed_by:",
        "        pressed_by:",
        [(0, "Property pressed_by is not allowed.")],
    ),
    "an act at hand where there is none": (
        "when: {inject: minister-ill}",
        "when: {move: accuse}",
        [(0, "Property move is not allowed.")],
    ),
    "an effect half written": (
        "readiness: {channel: health-scholars, by: 20}",
        "readiness: {channel: health-scholars, buy: 20}",
        [(0, 'Missing property "by".'), (0, "Property buy is not allowed.")],
    ),
    "an id with a space": (
        "thread: people",
        "thread: the people",
        [(0, "An id is written in lower case letters, digits and hyphens, such as survey-ship.")],
    ),
    "a text file that is none": (
        "guide: {en: guide.md",
        "guide: {en: guide.docx",
        [(0, "Name a Markdown file beside the scenario, such as brief.md.")],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_underlined_where_it_is(desk: Desk, old: str, new: str, said: list[tuple[int, str]]) -> None:
    """The usual slips show on their own line, in words that say what to do."""
    assert desk.squiggles(old, new) == said


def test_a_key_of_the_file_that_is_none_is_missed_at_its_first_key(desk: Desk) -> None:
    """A misspelt key shows where it stands, and the one that it stands for where the keys begin."""
    first = desk.line("format: 1") - desk.line("teams:")
    assert desk.squiggles("teams:", "team:") == [
        (first, 'Missing property "teams".'),
        (0, "Property team is not allowed."),
    ]


def test_top_level_keys_are_offered(desk: Desk) -> None:
    """At the margin come the keys that a scenario has and this one does not, each with what it is for."""
    offered = desk.offers("\nhotwash:", "\n|\nhotwash:")
    assert {"assumes", "moves", "tension", "commitments"} >= set(offered)
    assert set(offered) >= {"moves", "tension"}
    assert offered["moves"].says == "Moves that only this scenario has."
    empty = desk.server
    file = desk.folder / "empty.yaml"
    text = f"{MODELINE}scenario.schema.json\n\n"
    empty.open(file, text)
    labels = {choice.label for choice in empty.complete(file, 1, 0)}
    assert {"format", "id", "title", "teams", "channels", "tracks", "msel", "forecasts", "hotwash"} <= labels


def test_keys_of_a_condition_are_offered_where_they_mean_something(desk: Desk) -> None:
    """A line may ask for the act at hand and an inject may not."""
    line = desk.offers("          - when: {move: expel-staff}", "          - when:\n              |")
    assert {"move", "earlier", "same_turn", "hour", "fact", "all", "not"} <= set(line)
    inject = desk.offers("when: {inject: minister-ill}", "when:\n      |")
    assert {"earlier", "same_turn", "hour", "fact", "all", "not"} <= set(inject)
    assert "move" not in inject


def test_keys_inside_a_move_are_offered(desk: Desk) -> None:
    """What can be asked of a move, with an example of each."""
    offered = desk.offers(
        "          - when: {move: expel-staff}", "          - when:\n              move:\n                |"
    )
    assert {"id", "family", "visibility", "channel", "diplomacy", "term", "answer"} <= set(offered)
    assert offered["family"].says.endswith("```yaml\nfamily: [protest, coerce]\n```")


@pytest.mark.parametrize(
    "new",
    [
        "when: {move: |}",
        "when: {move: exp|}",
        "when:\n              move: |",
        "when:\n              move:\n                id: |",
        "when:\n              move:\n                id:\n                  - |",
    ],
)
def test_move_ids_are_offered(desk: Desk, new: str) -> None:
    """Wherever a move is meant, in whatever form: every move of the packs, with its name."""
    offered = desk.offers("when: {move: expel-staff}", new)
    assert offered["expel-staff"].says == "Expel journalists or staff, or close a post"
    assert set(load_material("new-virus").moves) <= set(offered)


def test_own_channels_are_offered(desk: Desk) -> None:
    """Where an effect changes a channel: this scenario's channels by their names, and `all`."""
    offered = desk.offers("readiness: {channel: health-scholars, by: 20}", "readiness:\n        channel: |")
    assert offered["cdc-link"].says == "CDC to China CDC"
    assert set(offered) == {*load_material("new-virus").scenario.channels, "all"}


def test_own_lines_are_offered(desk: Desk) -> None:
    """A pink line leads to a red line of this scenario."""
    offered = desk.offers("leads_to: evidence-shut", "leads_to: |")
    assert set(offered) == {"evidence-shut", "citizens-held", "outbreak-as-attack", "consent-bypassed"}


@pytest.mark.parametrize("new", ["when: {inject: |}", "when: {inject: [|]}", "when:\n      inject:\n        - |"])
def test_own_injects_are_offered(desk: Desk, new: str) -> None:
    """A contingency waits for an inject of this scenario, which is offered by its title."""
    assert desk.offers("when: {inject: minister-ill}", new)["minister-ill"].says == "The minister is ill"


def test_facts_concerns_and_packs_are_offered(desk: Desk) -> None:
    """So are the names that rule packs give, and the packs."""
    assert "host-unable" in desk.offers("set: {fact: host-unable, to: true}", "set: {fact: |, to: true}")
    assert desk.offers("concern: openness", "concern: |")["openness"].says == "Access to facts, data and answers"
    assert "safety-net-emboldens" in desk.offers("rules: [core, safety-net-calms]", "rules: [core, |]")


def test_what_a_key_is_for_is_shown_over_it(desk: Desk) -> None:
    """The docstring, and the vocabulary's example."""
    assert "For a pink line: what presses it, besides the rules that press its concern." in desk.shows("pressed_by:")
    earlier = desk.shows("earlier:")
    assert "Made in an earlier turn, or earlier in the sender's own list this turn." in earlier
    assert "```yaml\nearlier: {move: private-inquiry, by: sender, within: 6h}\n```" in earlier


def test_what_an_id_stands_for_is_shown_over_it(desk: Desk) -> None:
    """Over a move's id stands its name, before all others."""
    shown = desk.shows("expel-staff}")
    assert "* `expel-staff`: Expel journalists or staff, or close a post" in shown.split("Allowed Values:")[1][:80]


def test_a_pack_is_completed_too(server: LanguageServer) -> None:
    """In a rule pack: what a rule may ask and do, and the facts of the packs."""
    pack = next(path for path in PACKS if path.stem == "safety-net-calms")
    text = pack.read_text(encoding="utf-8") + (
        "\n  - id: mine\n    kind: pink\n    says: Mine\n    source: mine\n    when:\n      \n    then:\n      "
    )
    file = pack.parent / "not-on-the-disk.yaml"
    server.open(file, text)
    last = text.count("\n")
    asks = {choice.label for choice in server.complete(file, last - 2, 6)}
    assert {"move", "earlier", "tension", "chance", "pressed"} <= asks
    does = {choice.label for choice in server.complete(file, last, 6)}
    assert {"weigh", "add", "press", "standing", "flag"} <= does
