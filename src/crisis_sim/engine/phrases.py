"""The words that views are made of, in English and Chinese: how acts, outcomes, numbers and duties are put to people.

What the scenario and the packs say comes from them; here is only what stands between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crisis_sim.engine.events import Phase
from crisis_sim.rules import phrases_zh
from crisis_sim.rules.names import Language, Side

HOSTILITY: dict[Language, tuple[str, ...]] = {
    "en": ("very friendly", "friendly", "rather friendly", "neutral", "rather hostile", "hostile", "very hostile"),
    "zh": ("非常友好", "友好", "较为友好", "中性", "较为敌对", "敌对", "非常敌对"),
}
CONFIDENCE: dict[Language, tuple[str, ...]] = {
    "en": ("a guess", "not sure", "fairly sure", "certain"),
    "zh": ("猜测", "不太确定", "比较确定", "确定"),
}
TEAM: dict[Language, dict[Side, str]] = {
    "en": {"us": "United States", "china": "China"},
    "zh": {"us": "美方", "china": "中方"},
}
LEVELS: dict[Language, Mapping[str, str]] = {"en": {}, "zh": phrases_zh.LEVELS}
"""Words for levels that are not their ids."""
METER_WORDS: dict[Language, tuple[str, ...]] = {
    "en": ("gone", "very low", "low", "fair", "good", "high"),
    "zh": ("丧失", "很低", "低", "尚可", "良好", "高"),
}
CLOCK_WORDS: dict[Language, tuple[str, ...]] = {
    "en": ("gone", "nearly gone", "half gone", "plenty left", "full"),
    "zh": ("耗尽", "告急", "不足一半", "尚足", "充足"),
}
LINE_WORDS: dict[Language, tuple[str, ...]] = {
    "en": ("quiet", "pressed", "near its limit", "at its limit", "crossed", "set aside"),
    "zh": ("未受压", "受压", "接近极限", "到达极限", "已越过", "已搁置"),
}
ODDS: dict[Language, tuple[str, ...]] = {
    "en": (
        "arrives at once",
        "should arrive in time",
        "should arrive in time, but may not be taken up",
        "will arrive late",
        "will arrive late, if it is taken up",
        "suspended",
    ),
    "zh": ("即时到达", "应能按时到达", "应能按时到达，但可能无人接收", "会迟到", "即使有人接收也会迟到", "已中止"),
}
PHRASES: dict[Language, dict[str, str]] = {
    "en": {
        "public": "public",
        "private": "private",
        "ours": "{move}, {channel}, {visibility}",
        "theirs": "{side}: {move}, {channel}, {visibility}",
        "unclear": "{side}: something was seen, {channel}",
        "meant": "we meant it as {word} ({value})",
        "draft": "{move} → {channel}, {visibility}; meant {value} {word}",
        "draft-answer": "answer: ",
        "flag": "turn {turn}: {says}",
        "read": "we read it as {word} ({value}), {sure}",
        "unread": "not read",
        "said": "said in public",
        "delivered": "delivered",
        "too-low": "taken by somebody without authority; passed on, and worth little",
        "leaked": "it leaked, and the press has it",
        "leaked-theirs": "it leaked, and the press has it",
        "waiting": "no confirmation yet; should be there by T+{hour}",
        "unconfirmed": "never confirmed",
        "asked": "answer due by T+{hour}",
        "answered": "answered: {how}",
        "silent": "no answer came",
        "late": "came {hours} h after it was sent",
        "silence": "No answer to: {move}, {channel}",
        "silence-text": "We asked at T+{hour}. The time for an answer has passed.",
        "promise": "with a promise: {says}",
        "terms": "put so: {terms}",
        "about": "about: {channel}",
        "committed": "{sides} now bound: {says}",
        "broken": "{side} broke a commitment: {says}",
        "suspended": "{side} suspended {channel}",
        "closed": "{channel} is suspended",
        "reopening": "{channel} is to be reopened",
        "reopened": "{channel} is open again",
        "mark": "{track}: {says}",
        "crossed": "Our red line was crossed: {says}",
        "crossed-through": "small steps added up on: {says}",
        "near": "Our line is near its limit: {says}",
        "readouts-match": "Both sides' accounts of the exchange agree",
        "readouts-differ": "The two accounts of the exchange differ",
        "readouts-one-sided": "One side alone gave an account of the exchange: {side}",
        "exchange": "The two sides spoke: {move}, {channel}",
        "improvised": "Word from the white cell",
        "revealed": "Revealed: {side} meant it as {intent}; it was read as {reading}",
        "readout": "{side}: {outcome}, tone {tone} {word}",
        "agreed": "agreed",
        "talked": "talked",
        "disagreed": "disagreed",
        "accept": "accepted",
        "decline": "declined",
        "counter": "met with a counter-proposal",
        "holding": "a holding note",
        "both": "Both sides are",
        "now-briefing": "Read the briefs, write our lines, guess theirs, then seal them.",
        "now-briefing-done": "Our lines are sealed. Waiting for {waiting}.",
        "now-situation": "Read what happened. The facilitator opens the moves.",
        "now-moves": "Choose {least} to {most} moves, answer what was asked, then commit.",
        "now-moves-done": "Our moves are committed. Waiting for {waiting}.",
        "now-readings": "Read what reached us: how hostile, how sure. Then commit.",
        "now-readings-done": "Our readings are committed. Waiting for {waiting}.",
        "now-results": "See how it stands with us. The facilitator goes on.",
        "now-forecasts": "Forecast what they will do next turn, then commit.",
        "now-forecasts-done": "Our forecasts are committed. Waiting for {waiting}.",
        "now-closing": "Guess their lines once more, then seal them.",
        "now-briefing-second": "Read, write our lines, guess theirs, say what they think ours are; then seal.",
        "now-closing-second": "Guess their lines once more, say what they think ours are, then seal.",
        "now-closing-done": "Sealed. Waiting for {waiting}.",
        "now-hotwash": "Look at the gaps together.",
        "now-closed": "The session is closed.",
        "now-paused": "Play is paused. Nothing is lost.",
        "white-waiting": "Waiting for {waiting}. Go on without them only if time is up.",
        "white-briefing": "Both teams are ready. Go on to open turn 1.",
        "white-situation": "The situation is out. Add or hold injects, then go on to open the moves.",
        "white-results": "The turn is judged. Check the traces, then go on.",
        "white-closing": "Both teams are done. Go on to open the hotwash.",
        "white-hotwash": "The sealed meanings are open. Go on to close the session.",
        "watching": "You are watching what is public.",
        "facilitator": "the facilitator",
        "and": " and ",
        "due-hour": "due T+{hour}",
        "; ": "; ",
        "to-side": "{side}: {text}",
        "in-brackets": " ({word})",
        "fate-lost": "it never reached them",
        "fate-late": "it reached them late, in turn {turn}",
        "fate-later": "it reached them in turn {turn}",
        "fate-had": "they had it, and did not answer in time",
        "fate-replied": "they answered it, and their answer did not arrive in time",
        "silence-fate": "{side}, turn {turn}: {move}, {channel}: {fate}",
        "line-in-turn": "{side}, turn {turn}: {says}",
        "with-small-steps": "{says} ({steps})",
        "head-and-accounts": "{head}. {accounts}",
        "fared-late": "It came late: {hours} h after it was sent, in turn {turn}.",
        "fared-later": "It came {hours} h after it was sent, in turn {turn}.",
        "fared-too-low": "It was taken by somebody without authority; it was passed on, and worth little.",
        "fared-leaked": "It leaked: the press had it too.",
        "fared-lost": "Nobody took it up. It never reached them.",
        "fared-waiting": "It was on its way when play ended. It never reached them.",
        "silent-in-time": "No answer came in time.",
        "reply": "{head}: {how}",
        "account": "As {side} told it: {outcome}, tone {tone} {word}",
        "in-turn": "turn {turn}: {says}",
        "suspended-word": "suspended",
        "always-open": "always open",
        "warn-public": "Both home audiences will hear this.",
        "warn-face": "They will lose face by it.",
        "warn-ambiguous": "It can be read in more than one way.",
        "warn-promised": "We have promised: {says}",
        "warn-counts": "It would count against us: {says}",
        "warn-term": "With “{term}” it would count against us: {says}",
        "blocked-suspended": "{channel} is suspended, and nothing else here carries this",
        "blocked-nowhere": "nothing in this exercise carries this",
        "blocked-answer": "it only answers something that was asked, and nothing that waits takes it",
        "trace-crossed": "{side}'s red line crossed: {says}",
        "trace-true": "{fact}{whose} is true",
        "trace-false": "{fact}{whose} is no longer true",
        "trace-override": "override: {reason}; {name} {span}",
        "trace-silence": "silence on: {what}",
        "trace-felt": "felt {value}",
        "trace-why": "{rule}: {why}",
        "the-scale": "the scale",
        "trace-span": "{name} {span}",
        "trace-weighed": "{what}, {channel}: {weight}{how}",
        "meter-of": "{whose} {meter}",
        "meter-tension": "tension",
        "meter-pressure": "{side}: {says}",
        "meter-felt": "felt tension",
        "meter-trust": "trust",
        "meter-standing": "standing",
        "meter-readiness": "readiness",
        "meter-mandate": "mandate",
        "meter-latency": "latency, percent",
        "meter-odds": "odds of answering, percent points",
    },
    "zh": {
        "public": "公开",
        "private": "私下",
        "ours": "{move}，{channel}，{visibility}",
        "theirs": "{side}：{move}，{channel}，{visibility}",
        "unclear": "{side}：发现动向，{channel}",
        "meant": "我方本意：{word}（{value}）",
        "draft": "{move} → {channel}，{visibility}；本意{value}{word}",
        "draft-answer": "答复：",
        "flag": "第{turn}轮：{says}",
        "read": "我方解读：{word}（{value}），{sure}",
        "unread": "未解读",
        "said": "已公开表态",
        "delivered": "已送达",
        "too-low": "由无授权人员接收；已转达，但分量很小",
        "leaked": "消息外泄，媒体已经获悉",
        "leaked-theirs": "消息外泄，媒体已经获悉",
        "waiting": "尚未确认；应于T+{hour}小时前送达",
        "unconfirmed": "始终未获确认",
        "asked": "答复截止T+{hour}小时",
        "answered": "已答复：{how}",
        "silent": "没有得到答复",
        "late": "发出{hours}小时后送达",
        "silence": "未获答复：{move}，{channel}",
        "silence-text": "我方于T+{hour}小时提出，答复时限已过。",
        "promise": "附带承诺：{says}",
        "terms": "附加：{terms}",
        "about": "涉及：{channel}",
        "committed": "{sides}受承诺约束：{says}",
        "broken": "{side}违背承诺：{says}",
        "suspended": "{side}中止了{channel}",
        "closed": "{channel}已中止",
        "reopening": "{channel}将恢复",
        "reopened": "{channel}已恢复",
        "mark": "{track}：{says}",
        "crossed": "我方红线被越过：{says}",
        "crossed-through": "渐进触线：{says}",
        "near": "我方界线所受压力接近极限：{says}",
        "readouts-match": "双方会谈消息口径一致",
        "readouts-differ": "双方会谈消息口径不一",
        "readouts-one-sided": "只有{side}发布了会谈消息",
        "exchange": "双方进行了交流：{move}，{channel}",
        "improvised": "导调组消息",
        "revealed": "揭示：{side}的本意为{intent}；对方解读为{reading}",
        "readout": "{side}：{outcome}，语气{tone}{word}",
        "agreed": "达成一致",
        "talked": "进行了会谈",
        "disagreed": "存在分歧",
        "accept": "接受",
        "decline": "拒绝",
        "counter": "提出对案",
        "holding": "暂复",
        "both": "双方",
        "now-briefing": "阅读背景材料，写下我方界线，推测对方界线，然后封存。",
        "now-briefing-done": "我方界线已封存。等待{waiting}。",
        "now-situation": "阅读最新情况。由主持人开启行动阶段。",
        "now-moves": "选择{least}至{most}项行动，答复对方请求，然后提交。",
        "now-moves-done": "我方行动已提交。等待{waiting}。",
        "now-readings": "解读收到的行动：敌意多大，把握多大。然后提交。",
        "now-readings-done": "我方解读已提交。等待{waiting}。",
        "now-results": "查看我方处境。由主持人继续。",
        "now-forecasts": "预测对方下一轮的行动，然后提交。",
        "now-forecasts-done": "我方预测已提交。等待{waiting}。",
        "now-closing": "再次推测对方界线，然后封存。",
        "now-briefing-second": "阅读材料，写下我方界线，推测对方界线，估计对方以为我方有哪些界线，然后封存。",
        "now-closing-second": "再次推测对方界线，估计对方以为我方有哪些界线，然后封存。",
        "now-closing-done": "已封存。等待{waiting}。",
        "now-hotwash": "共同查看双方的认知落差。",
        "now-closed": "本场推演已结束。",
        "now-paused": "推演暂停，内容不会丢失。",
        "white-waiting": "等待{waiting}。只有时间已到才可直接继续。",
        "white-briefing": "双方已就绪。继续以开启第1轮。",
        "white-situation": "情况已发布。可发布或扣住导调事件，然后开启行动阶段。",
        "white-results": "本轮已裁定。查看变动原因后继续。",
        "white-closing": "双方已完成。继续以开启即时复盘。",
        "white-hotwash": "封存内容已公开。继续以结束推演。",
        "watching": "你正在旁观公开内容。",
        "facilitator": "主持人",
        "and": "和",
        "due-hour": "截止T+{hour}小时",
        "; ": "；",
        "to-side": "{side}：{text}",
        "in-brackets": "（{word}）",
        "fate-lost": "对方从未收到",
        "fate-late": "迟至第{turn}轮才送达",
        "fate-later": "于第{turn}轮送达",
        "fate-had": "对方已收到，但未按时答复",
        "fate-replied": "对方已作答复，但答复未能按时送达",
        "silence-fate": "{side}，第{turn}轮：{move}，{channel}：{fate}",
        "line-in-turn": "{side}，第{turn}轮：{says}",
        "with-small-steps": "{says}（{steps}）",
        "head-and-accounts": "{head}。{accounts}",
        "fared-late": "迟到：发出{hours}小时后，于第{turn}轮送达。",
        "fared-later": "发出{hours}小时后，于第{turn}轮送达。",
        "fared-too-low": "由无授权人员接收；已转达，但分量很小。",
        "fared-leaked": "消息外泄：媒体也已获悉。",
        "fared-lost": "无人接收，对方从未收到。",
        "fared-waiting": "推演结束时仍在途中，对方从未收到。",
        "silent-in-time": "未按时得到答复。",
        "reply": "{head}：{how}",
        "account": "{side}会谈消息：{outcome}，语气{tone}{word}",
        "in-turn": "第{turn}轮：{says}",
        "suspended-word": "已中止",
        "always-open": "始终畅通",
        "warn-public": "双方国内公众都会听到。",
        "warn-face": "这会让对方失面子。",
        "warn-ambiguous": "这可能引起不同解读。",
        "warn-promised": "我方已承诺：{says}",
        "warn-counts": "这将对我方不利：{says}。",
        "warn-term": "若附加“{term}”，将对我方不利：{says}。",
        "blocked-suspended": "{channel}已中止，没有其他渠道可用",
        "blocked-nowhere": "本推演中没有可用的渠道",
        "blocked-answer": "只能用于答复对方请求，目前没有可这样答复的请求",
        "trace-crossed": "{side}的红线被越过：{says}",
        "trace-true": "{fact}{whose}：成立",
        "trace-false": "{fact}{whose}：不再成立",
        "trace-override": "人工调整：{reason}；{name} {span}",
        "trace-silence": "沉默：{what}",
        "trace-felt": "感受{value}",
        "trace-why": "{rule}：{why}",
        "the-scale": "刻度",
        "trace-span": "{name}{span}",
        "trace-weighed": "{what}，{channel}：{weight}{how}",
        "meter-of": "{whose}{meter}",
        "meter-tension": "紧张度",
        "meter-pressure": "{side}界线“{says}”所受压力",
        "meter-felt": "感受到的紧张度",
        "meter-trust": "信任",
        "meter-standing": "国内声望",
        "meter-readiness": "畅通度",
        "meter-mandate": "授权",
        "meter-latency": "时延（百分比）",
        "meter-odds": "应答概率（百分点）",
    },
}
WHY: dict[Language, dict[str, str]] = {
    "en": {},
    "zh": {
        "decay": "随时间回落",
        "clock": "时间流逝",
        "channel-use": "渠道得到使用",
        "catalogue": "国内舆论的反应",
        "bounds": "已到刻度尽头",
        "limit": "粉红线压力到达极限",
        "reading": "解读方指明触及这条界线",
    },
}
"""What the engine's own traces say, by rule, where a log's English will not do."""
KINDS: dict[Language, dict[str, str]] = {
    "en": {},
    "zh": {"inject": "导调事件", "line": "界线", "track": "事态", "crossing": "越线"},
}
"""What else than a rule moves numbers; its id follows."""


def say(language: Language, phrase: str, **parts: object) -> str:
    """A phrase with its parts put in. Parts are plain values, put in once: no part is read as a phrase."""
    words = PHRASES[language][phrase]
    return words.format_map(parts) if parts else words


def hostility(language: Language, value: int) -> str:
    """−3 … +3 in words."""
    return HOSTILITY[language][value + 3]


def signed(value: int) -> str:
    """−3 … +3 as it is written: −2, 0, +1."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def sides(language: Language, named: Sequence[str]) -> str:
    """Seats in words, joined by and."""
    words = [
        TEAM[language]["us" if seat == "us" else "china"] if seat in ("us", "china") else say(language, "facilitator")
        for seat in named
    ]
    return PHRASES[language]["and"].join(words)


def stretch(words: Sequence[str], value: int, most: int) -> str:
    """The word for where a value lies between 0 and `most`; the first word is for nothing left."""
    if value <= 0:
        return words[0]
    return words[min(len(words) - 1, 1 + value * (len(words) - 1) // (most + 1))]


def clock_word(language: Language, value: int, most: int) -> str:
    """The word for what is left of a clock: full only at its most, as a bar is."""
    words = CLOCK_WORDS[language]
    if value <= 0:
        return words[0]
    quarters = value * 4 // most if most > 0 else 4
    return words[(1, 2, 3, 3, 4)[min(quarters, 4)]]


def now_phrase(phase: Phase, committed: bool) -> str:
    """The name of the sentence that tells a team what to do now."""
    done = committed and phase in {"briefing", "moves", "readings", "forecasts", "closing"}
    return f"now-{phase}-done" if done else f"now-{phase}"
