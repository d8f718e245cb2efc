"""The facilitator's plan as blocks."""

from __future__ import annotations

from msgspec.structs import replace
from tests.pages.hand import WHITE, words

from crisis_sim.engine.views.dossier import InjectEntry
from crisis_sim.engine.views.seat_views import InjectFacts
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Paragraph
from crisis_sim.pages.plan_blocks import inject_state, plan_blocks, plan_groups, plan_page
from crisis_sim.pages.translator import Translator


def inject(inject_id: str, at: int) -> InjectEntry:
    """An inject for both teams."""
    said = words(inject_id)
    return InjectEntry(
        id=inject_id,
        title=said,
        at=at,
        to="both",
        text_us=said,
        text_china=said,
        reads_us=said,
        reads_china=said,
        note=said,
        when=None,
        after=None,
        again=None,
        calls_for=(),
        excuses=False,
    )


def test_the_plan_is_told_hour_by_hour() -> None:
    """However a file orders its injects; those of one hour stay as they were written."""
    plan = (("storm", 24), ("taps", 14), ("alert", 0), ("rumour", 14))
    assert WHITE.white is not None
    white = replace(WHITE.white, msel=tuple(inject(*each) for each in plan))
    say = Translator(replace(WHITE, white=white), "en")
    told = plan_blocks([InjectFacts(id=name, at=at, state="planned") for name, at in plan], say)
    keys = [block.key for block in told if isinstance(block, Paragraph)]
    assert keys == ["inject:alert", "inject:taps", "inject:rumour", "inject:storm"]


def test_the_plan_counts_the_turns_that_passed_without_an_answer() -> None:
    """Of a decision that has come; one that nobody has put off stands as any other inject."""
    assert WHITE.white is not None
    say = Translator(replace(WHITE, white=replace(WHITE.white, msel=(inject("hearing", 6),))), "en")
    asked = InjectFacts(id="hearing", at=6, state="past")
    assert inject_state(asked, say) == ("delivered", "quiet")
    assert inject_state(replace(asked, delays=1), say) == ("delivered, 1 turn without an answer", "bad")


def test_the_plan_looks_ahead() -> None:
    """What comes by itself first, then what waits for a key, for its condition or its hour; what has come is last."""
    at = {
        "storm": "planned",
        "taps": "past",
        "alert": "by-hand",
        "rumour": "set-off",
        "camera": "due",
        "gone": "skipped",
    }
    assert WHITE.white is not None
    white = replace(WHITE.white, msel=tuple(inject(name, 6) for name in at))
    say = Translator(replace(WHITE, white=white), "en")
    facts = [InjectFacts(id=name, at=6, state=state) for name, state in at.items()]  # type: ignore[arg-type]  # as above
    groups = [(head, [each.id for each in group]) for head, _keys, group in plan_groups(facts)]
    assert groups == [
        ("With the next turn", ["rumour", "camera"]),
        ("Wait for your key", ["alert"]),
        ("Later", ["storm"]),
        ("Come and gone", ["taps", "gone"]),
    ]
    page = "\n".join(lines_of(plan_page(facts, say), say))
    assert "rumour: set off by a line, a conclusion or a rule" in page and "sends the one under the cursor" in page
    assert "Nothing comes by itself." in "\n".join(lines_of(plan_page(facts[:1], say), say))
    waits = [replace(facts[0], state="contingent")]
    assert "Nothing is certain to come; what waits for its condition may." in "\n".join(
        lines_of(plan_page(waits, say), say)
    )
    over = "\n".join(lines_of(plan_page(facts[:1], say, is_last=True), say))
    assert "With the next turn" not in over and "Later" in over, "after the last turn none is next"
