"""What bots say with their moves, in English and Chinese: one plain sentence for each family or move."""

from __future__ import annotations

from crisis_sim.rules.names import Language

BY_MOVE: dict[str, dict[Language, str]] = {
    "share-technical-data": {"en": "Here is what our sensors show.", "zh": "这是我方传感器获得的数据。"},
    "offer-help": {"en": "We can help, and ask nothing for it.", "zh": "我方愿提供帮助，不附带任何条件。"},
    "deliver-help": {"en": "Our people are on their way, as agreed.", "zh": "按照约定，我方人员已经出发。"},
    "joint-cell": {
        "en": "Let us put one cell in charge of the whole effort.",
        "zh": "建议设立联合协调机构，统一负责。",
    },
    "invite-inclusion": {"en": "Join us, as a full member.", "zh": "欢迎贵方作为正式成员加入。"},
    "back-un-lead": {"en": "The host leads, and we follow.", "zh": "应由当事国主导，我方予以配合。"},
    "notify-activity": {
        "en": "Our unit will pass there tomorrow. Please take note.",
        "zh": "我方力量将于明日经过该处，特此通报。",
    },
    "request-call": {"en": "May we speak today?", "zh": "今日可否通话？"},
    "private-inquiry": {"en": "What is your unit doing there?", "zh": "请问贵方人员和装备在该处执行何种任务？"},
    "private-reassure": {
        "en": "We are there to help and for nothing else.",
        "zh": "我方在该处只为提供协助，别无他意。",
    },
    "condole": {"en": "Our thoughts are with the people affected.", "zh": "谨向受影响的人员及家属表示慰问。"},
    "fact-statement": {"en": "These are the facts as we know them.", "zh": "以下是我方掌握的事实。"},
    "reaffirm-rules": {"en": "The agreed rules stand, and we keep them.", "zh": "我方重申恪守既有规则。"},
    "grit-step": {
        "en": "We hold back one step of ours, from noon, for all to see.",
        "zh": "自正午起，我方主动暂停一项行动，各方均可核实。",
    },
    "joint-statement": {"en": "Let us say this together.", "zh": "建议双方共同发表声明。"},
    "criticise": {"en": "This was not well done.", "zh": "这一做法并不妥当。"},
    "public-demand": {"en": "We call on the other side to make room.", "zh": "我方要求对方保持距离。"},
    "no-comment": {"en": "We have nothing to say on this.", "zh": "对此不作评论。"},
    "show-of-force": {"en": "Our forces will be where they have to be.", "zh": "我方兵力将按需部署。"},
    "take-call": {"en": "We are on the line.", "zh": "我方在线，请讲。"},
    "accept-help": {"en": "We accept, with thanks.", "zh": "我方接受，谨致谢意。"},
    "reject-offer": {"en": "Thank you, not at this time.", "zh": "感谢好意，目前不需要。"},
    "refuse-contact": {"en": "The time is not right for a call.", "zh": "目前不宜通话。"},
}
BY_FAMILY: dict[str, dict[Language, str]] = {
    "contact": {"en": "We would like to talk.", "zh": "我方希望沟通。"},
    "reassure": {"en": "We mean no harm.", "zh": "我方没有恶意。"},
    "cooperate": {"en": "Let us do this together.", "zh": "让我们共同努力。"},
    "restrain": {"en": "We take a step back.", "zh": "我方后退一步。"},
    "inform": {"en": "This is what we know.", "zh": "这是我方了解的情况。"},
    "protest": {"en": "We do not accept this.", "zh": "我方对此不能接受。"},
    "coerce": {"en": "This must change.", "zh": "这种情况必须改变。"},
    "force": {"en": "We are moving.", "zh": "我方正在行动。"},
}


def words_for(move: str, family: str, language: Language) -> str:
    """What a bot says when it makes this move."""
    return BY_MOVE.get(move, BY_FAMILY[family])[language]
