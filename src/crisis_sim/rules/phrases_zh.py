"""The Chinese words for each key of a condition, as it is asserted and as it is denied.

Every phrase can stand after a comma, as the English ones can: `explain` joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from crisis_sim.numbers import shown
from crisis_sim.rules.authored import Range
from crisis_sim.rules.conditions import Condition, Made, MoveIs, Who
from crisis_sim.rules.names import Illocution
from crisis_sim.rules.phrases import Phrase, Phrases

_WHO: Final[Mapping[Who, str]] = {
    "sender": "发出方",
    "receiver": "接收方",
    "self": "预测方",
    "other": "对方",
    "either": "任何一方",
    "us": "美方",
    "china": "中方",
}
_FAMILIES: Final = {
    "contact": "接触",
    "reassure": "安抚",
    "cooperate": "合作",
    "restrain": "克制",
    "inform": "通报",
    "protest": "抗议",
    "coerce": "施压",
    "force": "示强",
}
_DELIVERY: Final = {
    "in-time": "按时",
    "late": "迟到",
    "unanswered": "无人接收",
    "too-low": "接收层级过低",
    "leaked": "外泄",
}
_ANSWERS: Final = {"accept": "接受", "decline": "拒绝", "counter": "对案", "holding": "暂复"}
_VISIBILITY: Final = {"public": "公开", "private": "私下"}
_TRACKS: Final = {"track-1": "一轨", "track-1.5": "一轨半", "track-2": "二轨"}
LEVELS: Final[Mapping[str, str]] = {
    "leader": "领导人",
    "ministerial": "部长级",
    "command": "战区指挥",
    "diplomatic": "外交",
    "working": "工作层",
    "technical": "技术",
    "unofficial": "非官方",
    "public": "公开",
}
_WORDS: Final[Mapping[Illocution, str]] = {
    "assertive": "断言",
    "directive": "要求",
    "commissive": "承诺",
    "expressive": "表态",
    "declarative": "宣告",
}
_STATES: Final = {"kept": "得到遵守", "broken": "遭到违背", "in-force": "有效"}
_READOUTS: Final = {
    "match": "双方会谈消息口径一致",
    "differ": "双方会谈消息口径不一",
    "one-sided": "只有一方发布会谈消息",
}


class ChinesePhrases(Phrases):
    """Chinese words for conditions, with names for ids."""

    def named(self, ident: str) -> str:
        """What people call it; the id where it has no name."""
        return f"“{self._names.get(ident, ident)}”"

    def either(self, idents: Sequence[str]) -> str:
        """`甲、乙或丙`."""
        return _or([self.named(ident) for ident in idents])

    def kind_of_act(self, move: MoveIs) -> str:
        """What sort of act, without any other quality."""
        families = _or([_FAMILIES.get(family, self.named(family)) for family in move.family or ()])
        if move.id is None:
            return f"{families}类行动" if families else "行动"
        return f"属于{families}的{self.either(move.id)}" if families else self.either(move.id)

    def qualities(self, move: MoveIs) -> str:
        """What else is asked of an act, put before its kind."""
        said = [
            _VISIBILITY[move.visibility] if move.visibility else "",
            f"经{self.either(move.channel)}" if move.channel else "",
            f"属{_or([_TRACKS[diplomacy] for diplomacy in move.diplomacy])}" if move.diplomacy else "",
            f"{_or([LEVELS[level] for level in move.level])}层级" if move.level else "",
            f"作为{_or([_ANSWERS[how] for how in move.answer])}" if move.answer else "",
            f"附带承诺{self.either(move.promise)}" if move.promise else "",
            f"附加{self.either(move.term)}" if move.term else "",
            f"属{_WORDS[move.illocution]}之言" if move.illocution else "",
            *(
                f"{quality}{_range(bounds)}"
                for quality, bounds in (
                    ("级别", move.severity),
                    ("代价", move.costliness),
                    ("伤及面子的程度", move.face_threat),
                    ("含混程度", move.ambiguity),
                )
                if bounds is not None
            ),
        ]
        return "、".join(words for words in said if words)

    def act(self, move: MoveIs) -> str:
        """An act in the middle of a sentence."""
        qualities = self.qualities(move)
        return f"{qualities}的{self.kind_of_act(move)}" if qualities else self.kind_of_act(move)

    def made(self, made: Made, when: str, denied: bool) -> str:
        """Acts of the record: `过去6小时内发出方没有“私下询问”`."""
        by = "" if made.by == "either" else _WHO[made.by]
        about = "经由或涉及同一渠道" if made.about else ""
        act = f"{about}的{self.act(made.move)}" if about else self.act(made.move)
        has = "没有" if denied and made.at_least == 1 else "有"
        count = "" if made.at_least == 1 else f"{'少于' if denied else '至少'}{made.at_least}次"
        return f"{_times(made, when)}{by}{has}{count}{act}"

    def line(self, c: Condition, denied: bool) -> str:
        """A line crossed or not, or its pressure."""
        assert c.line is not None
        name, said = self.named(c.line.id), []
        if c.line.crossed is not None:
            said.append(f"界线{name}{'已' if c.line.crossed else '未'}被越过")
        if c.line.pressure:
            said.append(f"界线{name}所受压力{_range(c.line.pressure)}")
        return _not("且".join(said), denied)

    def fact(self, c: Condition, denied: bool) -> str:
        """A named fact that holds, or does not."""
        assert c.fact is not None
        of = "" if c.fact.of is None else f"就{_WHO[c.fact.of]}而言"
        if c.fact.lasting is not None:
            return f"{of}{self.named(c.fact.id)}{'未' if denied else '已'}持续至少{_hours(c.fact.lasting)}"
        return f"{of}{self.named(c.fact.id)}{'不成立' if denied else '成立'}"

    def commitment(self, c: Condition, denied: bool) -> str:
        """A promise in force, kept or broken."""
        assert c.commitment is not None
        who, name = _WHO[c.commitment.by], self.named(c.commitment.id)
        return _not(f"{who}的承诺{name}{_STATES[c.commitment.state]}", denied)


def _or(words: Sequence[str]) -> str:
    return "或".join(["、".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _not(said: str, denied: bool) -> str:
    return f"并非{said}" if denied else said


def _range(bounds: Range | None, denied: bool = False) -> str:
    """`不低于2`, `不高于3`, `在2至3之间`, `为2`, or the opposite."""
    assert bounds is not None
    low, high = bounds.at_least, bounds.at_most
    if low is not None and high is not None:
        if low == high:
            return f"{'不为' if denied else '为'}{shown(low)}"
        return f"{'不在' if denied else '在'}{shown(low)}至{shown(high)}之间"
    if low is not None:
        return f"{'低于' if denied else '不低于'}{shown(low)}"
    assert high is not None
    return f"{'高于' if denied else '不高于'}{shown(high)}"


def _hours(hours: int) -> str:
    return f"{hours // 24}天" if hours % 24 == 0 and hours > 24 else f"{hours}小时"


def _times(made: Made, when: str) -> str:
    said = [
        f"过去{_hours(made.within)}内" if made.within is not None else "",
        f"至少{_hours(made.ago)}前" if made.ago is not None else "",
        ("上一轮内" if made.turns == 1 else f"过去{made.turns}轮内") if made.turns else "",
    ]
    bounded = "".join(said)
    return bounded if bounded and when != "同一轮内" else f"{bounded}{when}"


def _with(what: str) -> Callable[[Range | None, bool], str]:
    return lambda bounds, denied: f"{what}{_range(bounds, denied)}"


def _move(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.move is not None
    return f"{'并非' if denied else ''}{p.act(c.move)}"


def _answers(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.answers is not None
    return _not(f"答复{p.act(c.answers)}", denied)


def _repeated(p: Phrases, c: Condition, denied: bool) -> str:
    if c.repeated == 1:
        return f"同一方此前{'未曾' if denied else '曾'}采取"
    return f"同一方此前采取{'少于' if denied else '至少'}{c.repeated}次"


def _pressed(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.pressed is not None
    by = "" if c.pressed.by == "either" else _WHO[c.pressed.by]
    turns = "此前" if c.pressed.turns is None else f"过去{c.pressed.turns}轮内"
    if c.pressed.at_least == 1:
        return f"这条界线{turns}{'未' if denied else '已'}受{by}施压"
    return f"这条界线{turns}受{by}施压{'少于' if denied else '至少'}{c.pressed.at_least}次"


def _trust(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.trust is not None
    return f"{_WHO[c.trust.of]}的信任{_range(c.trust, denied)}"


def _standing(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.standing is not None
    return f"{_WHO[c.standing.of]}的国内声望{_range(c.standing, denied)}"


def _number(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.track is not None
    return f"{p.named(c.track.id)}{_range(c.track, denied)}"


def _readiness(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.readiness is not None
    return f"{p.named(c.readiness.id)}的畅通度{_range(c.readiness, denied)}"


def _made(key: str, when: str) -> Phrase:
    return lambda p, c, denied: p.made(getattr(c, key), when, denied)


PHRASES_ZH: Final[Mapping[str, Phrase]] = {
    "always": lambda p, c, denied: "从不" if denied else "始终",
    "move": _move,
    "delivery": lambda p, c, denied: _not(f"送达情况为{_or([_DELIVERY[each] for each in c.delivery or ()])}", denied),
    "answers": _answers,
    "intent": lambda p, c, denied: _with("本意")(c.intent, denied),
    "read_as": lambda p, c, denied: f"{'未解读，或' if denied else ''}解读{_range(c.read_as, denied)}",
    "above_provocation": lambda p, c, denied: _not(
        f"回应力度高出对方过去两轮最重行动{c.above_provocation}级以上", denied
    ),
    "repeated": _repeated,
    "first_on_channel": lambda p, c, denied: _not("该渠道上首次这样的行动", denied),
    "pressed": _pressed,
    "earlier": _made("earlier", "此前"),
    "same_turn": _made("same_turn", "同一轮内"),
    "ever": _made("ever", "迄今"),
    "fact": lambda p, c, denied: p.fact(c, denied),
    "commitment": lambda p, c, denied: p.commitment(c, denied),
    "line": lambda p, c, denied: p.line(c, denied),
    "track": _number,
    "readiness": _readiness,
    "channel_readiness": lambda p, c, denied: _with("所经渠道的畅通度")(c.channel_readiness, denied),
    "tension": lambda p, c, denied: _with("紧张度")(c.tension, denied),
    "trust": _trust,
    "standing": _standing,
    "turn": lambda p, c, denied: _with("轮次")(c.turn, denied),
    "hour": lambda p, c, denied: _with("时间（小时）")(c.hour, denied),
    "time_left": lambda p, c, denied: f"剩余时间{_range(c.time_left, denied)}%",
    "inject": lambda p, c, denied: f"导调事件{p.either(c.inject or ())}{'发布之前' if denied else '发布之后'}",
    "opening_mismatch": lambda p, c, denied: f"双方开场方式{'一致' if denied else '不同'}",
    "blind_dilemma": lambda p, c, denied: f"{'没有出现' if denied else ''}双方都出于善意却都认为对方怀有敌意",
    "readouts": lambda p, c, denied: _not(_READOUTS[c.readouts or "match"], denied),
    "chance": lambda p, c, denied: f"概率为{100 - (c.chance or 0) if denied else c.chance}%",
}
"""What each key says."""
