"""Whatever is refused anywhere is said, with a way out, in one place, in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast, get_args

import pytest
from msgspec.structs import replace
from tests.engine.asking import BLAME
from tests.engine.play import small
from tests.wording.catalogue import catalogue

import crisis_sim
from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused, UnreadableInput
from crisis_sim.pages.refusals import REFUSALS, RefusalNames, names_from, places, refusal
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker

SOURCE = Path(crisis_sim.__file__).parent
NAMES: RefusalNames = {"channel": {"press": "媒体"}, "move": {"take-call": "接听电话"}}


class Raised(NamedTuple):
    """A place that refuses."""

    where: str
    code: str
    parts: frozenset[str]


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that makes a refusal."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ActionRefused":
                yield f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}", node


def raised() -> Iterator[Raised]:
    """Every refusal that the source makes."""
    for where, call in calls():
        code = cast("ast.Constant", call.args[0]).value
        yield Raised(where, str(code), frozenset(str(part.arg) for part in call.keywords))


def test_a_refusal_carries_a_code_and_its_parts_alone() -> None:
    """Wherever it is made: one code as it stands, no sentence, and nothing in words among the parts."""
    assert len(list(calls())) > 80
    for where, call in calls():
        assert [type(place) for place in call.args] == [ast.Constant], where
        words = [node.value for part in call.keywords for node in ast.walk(part) if isinstance(node, ast.Constant)]
        assert not [word for word in words if isinstance(word, str) and " " in word], where


def test_every_refusal_has_its_sentence_and_no_sentence_waits_for_one() -> None:
    """The table and the source name the same codes."""
    assert {refused.code for refused in raised()} == set(REFUSALS)


@pytest.mark.parametrize("language", get_args(Language))
def test_a_refusal_is_told_with_a_way_out_in_every_language(language: Language) -> None:
    """No sentence and no way is empty or, in Chinese, English."""
    chinese = {str(message.id) for message in catalogue() if message.string}
    for code, (why, *ways) in REFUSALS.items():
        assert why and ways and all(ways), code
        assert language == "en" or {why, *ways} <= chinese, code


@pytest.mark.parametrize("language", get_args(Language))
def test_what_a_sentence_has_a_place_for_is_given_wherever_it_is_refused(language: Language) -> None:
    """In each language, and for each of the ways out."""
    say = speaker(language)
    for refused in raised():
        for sentence in REFUSALS[refused.code]:
            assert places(say(sentence)) <= refused.parts, f"{refused.where}: {sentence}"


def test_channels_and_moves_are_called_what_the_reader_calls_them() -> None:
    """And the game's own words are those of the language; a channel that has no name stands by its id."""
    refused = ActionRefused("channel/visibility", channel="press", visibility="public")
    assert refusal(refused, "zh", NAMES) == ("媒体只能传递公开的内容", "请另选渠道，或改变公开与否")
    assert refusal(refused, "en") == ("press carries only what is public", "choose another channel or visibility")
    assert refusal(ActionRefused("answer/move", how="accept", move="take-call"), "zh", NAMES) == (
        "此处的接受是指：接听电话",
        "请采取这项行动",
    )


def test_what_can_be_chosen_instead_is_listed_as_people_call_it() -> None:
    """Ids of takers, purposes, channels and instruments are words for a log."""
    for code, listed, told in (
        ("answer/taker", ("desk", "deputy"), "经办人员、副职官员"),
        ("call/purpose", ("inform", "seen"), ""),
        ("closer/channel", ("press",), "媒体"),
    ):
        _why, instead = refusal(ActionRefused(code, names=listed), "zh", NAMES)
        assert told in instead and not any(of in instead for of in listed), instead


def test_a_view_names_what_its_seat_is_refused() -> None:
    """The names come with the language of the view."""
    play = small()
    play.open_moves()
    with pytest.raises(ActionRefused) as refused:
        play.submit("us", a.SealMove(draft=replace(BLAME, channel="embassy")))
    assert refused.value.parts == {"channel": "embassy", "instead": "press"}
    called = play.table.scenario.channels
    for language in get_args(Language):
        names = names_from(play.say("us", language))
        why, instead = refusal(refused.value, language, names)
        assert called["embassy"].name.in_(language) in why
        assert called["press"].name.in_(language) in instead
        assert names["move"]["criticise"] == play.table.moves["criticise"].label.in_(language)


def test_the_way_out_is_the_nearest_there_is() -> None:
    """A spelling that was nearly right is offered, and otherwise the list."""
    typed = {"move": "take-cal"}
    assert refusal(ActionRefused("move/unknown", near="take-call", **typed), "en")[1] == "did you mean take-call?"
    assert refusal(ActionRefused("move/unknown", near="", **typed), "en")[1] == "pick a move from the list"
    assert refusal(ActionRefused("seat/bot", policy="x", names=("firm", "mirror")), "zh")[1].endswith("firm、mirror")
    assert refusal(ActionRefused("seat/bot", policy="x", names=()), "en")[1] == "seat a person here"


@pytest.mark.parametrize("refused", [ActionRefused("move/tomorrow", at=3), ActionRefused("move/text", length=3)])
def test_a_refusal_of_another_version_is_said_by_its_code(refused: ActionRefused) -> None:
    """A code that is not known here, or other parts than its sentence has places for, are no fault."""
    assert refusal(refused, "en") == (f"that is refused: {refused.code}", "a later version of crisis-sim can say why")
    assert refused.code in refusal(refused, "zh")[0]


def test_what_somebody_wrote_is_put_in_as_it_is() -> None:
    """It is neither looked up nor read as a sentence with places."""
    for language in get_args(Language):
        for wrote in ("{near} public", "[b]press[/b]", "public"):
            assert wrote in refusal(ActionRefused("move/unknown", move=wrote, near=""), language)[0]


def test_a_log_or_a_test_reads_code_and_parts() -> None:
    """Where nobody words it."""
    assert str(ActionRefused("seat/team")) == "seat/team"
    refused = ActionRefused("channel/unfit", channel="press", instead="")
    assert str(refused) == "channel/unfit (channel='press', instead='')"


def test_what_is_no_refusal_says_its_own_sentence() -> None:
    """Doors word all that fails by one function."""
    failed = UnreadableInput("log/missing", "there is no log {name!r}", hint="look at its name", name="a")
    assert refusal(failed, "en") == ("there is no log 'a'", "look at its name")
