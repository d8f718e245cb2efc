"""Why numbers moved, as the white cell reads it."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace
from tests.pages.hand import CALL, WHITE, words

from crisis_sim.engine import events as e
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import MeterFacts, TraceFacts
from crisis_sim.pages.traces import describe_meter, describe_trace, reason_of
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language, Words


def knowing(reasons: dict[str, Words]) -> Dossier:
    assert WHITE.white is not None
    return replace(WHITE, white=replace(WHITE.white, reasons=reasons))


def moved(rule: str, dossier: Dossier = WHITE, language: Language = "en") -> str:
    """The sentence of a trust that fell because of a rule, as logs name it."""
    trace = e.Trace(rule=rule, at="core.yaml:3", act=None, before=250, after=200)
    event = e.NumberMoved(visible="facilitator", meter="trust", of="us", trace=trace)
    view = describe_trace(TraceFacts(turn=2, event=event), Translator(dossier, language))
    assert view is not None
    return view.sentence


def test_a_rule_says_why_in_the_readers_language() -> None:
    dossier = knowing({"no-warning": words("Nobody was told.", "无人获悉。")})
    assert moved("no-warning", dossier) == "no-warning: Nobody was told; United States trust 2.5 → 2"
    assert moved("no-warning", dossier, "zh") == "no-warning：无人获悉；美方信任2.5 → 2"


def test_the_engines_own_causes_are_said_in_the_catalogue() -> None:
    """A clock, a bound, a full pink line, a crossing whose line nobody wrote down beforehand."""
    assert moved("clock") == "clock: time passed; United States trust 2.5 → 2"
    assert moved("clock", language="zh") == "时间流逝；美方信任2.5 → 2"
    assert moved("limit", language="zh") == "粉红线压力到达极限；美方信任2.5 → 2"
    assert moved("crossing own-1") == "crossing own-1: a red line was crossed; United States trust 2.5 → 2"
    assert moved("crossing own-1", language="zh") == "越线 own-1：越过了一条红线；美方信任2.5 → 2"


def test_a_fact_that_became_true_is_told_without_its_stop() -> None:
    """In Chinese by what it says, in English by its name."""
    assert WHITE.white is not None
    dossier = replace(WHITE, white=replace(WHITE.white, facts={"cell": words("A cell stands.", "机构已设立。")}))
    event = e.FactSet("cell", None, True, "rule help", "core.yaml:3", visible="facilitator")
    told = [describe_trace(TraceFacts(turn=2, event=event), Translator(dossier, language)) for language in ("en", "zh")]
    assert [each and each.sentence for each in told] == ["cell is true", "机构已设立：成立"]


def test_a_reason_is_found_by_what_a_trace_calls_it() -> None:
    """By the rule and, of several, the part; without a part a line is told by what it says itself."""
    line, second, mark = words("The line"), words("Its second"), words("A mark")
    white = knowing({"line us/face": line, "line us/face#1": second, "track air#0": mark}).white
    assert white is not None
    trace = e.Trace(rule="line face", at="", act=None, before=0, after=1, part=1)
    assert reason_of(trace, white, "us") == second
    assert reason_of(replace(trace, part=UNSET), white, "us") == line
    assert reason_of(trace, white, "china") is None
    assert reason_of(replace(trace, rule="track air", part=0), white) == mark
    assert reason_of(replace(trace, rule="track air", part=1), white) is None


def test_an_act_that_was_weighed_tells_each_step() -> None:
    step = e.Trace(rule="haste", at="core.yaml:9", act=None, before=200, after=300)
    event = e.ActWeighed(
        visible="facilitator",
        act=("us", 1, 1),
        sender="us",
        base=200,
        weight=300,
        felt=350,
        tension=1000,
        felt_before=0,
        at="core.yaml:1",
        silence=True,
        steps=(step,),
    )
    view = describe_trace(
        TraceFacts(turn=1, event=event, act=CALL), Translator(knowing({"haste": words("In haste")}), "en")
    )
    assert view is not None
    assert view.sentence == (
        "silence on: United States: Ask for a call, Hotline: +3; haste: In haste (2 → 3); felt +3.5; tension 10 → 13"
    )


def test_a_number_is_named_for_people() -> None:
    line = MeterFacts(meter="pressure", of="us/own-1", value=100, line=words("No ships.", "不派舰。"))
    found = (line, MeterFacts(meter="odds", of="us/hotline", value=5))
    assert [describe_meter(each, Translator(WHITE, "zh")) for each in found] == [
        "美方界线“不派舰”所受压力",
        "美方应答概率（百分点）（热线）",
    ]
    assert [describe_meter(each, Translator(WHITE, "en")) for each in found] == [
        "pressure on the United States line “No ships”",
        "United States odds of answering, percent points (Hotline)",
    ]
