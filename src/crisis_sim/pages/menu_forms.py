"""The opening menu as forms: what to do, which scenario, who sits where; and the choice that the answers make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from msgspec.structs import replace

from crisis_sim.pages.blocks import prose
from crisis_sim.pages.form import Form, FormOption, FormSheet, Questions
from crisis_sim.pages.menu_choice import (
    BRIEFS,
    CARDS,
    DECKS,
    LISTENER,
    REACHES,
    Do,
    LogEntry,
    MenuChoice,
    Offer,
    ScenarioEntry,
    alone,
    with_scenario,
)
from crisis_sim.text import narrow
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import SEATS, own_name

FIRST: Final = "first"
PLAYED: Final = "played"
START: Final = "start"
"""The form that sets the table: `start:SCENARIO` or `host:SCENARIO`."""
HOST: Final = "host"
MOTTO: Final = _("two teams talk their way through a crisis that is nobody's fault")
PROMPTS: Final[Mapping[str, str]] = {
    FIRST: _("What would you like to do?"),
    PLAYED: _("The session is over. What comes now?"),
    "what-if": _("What if it had gone otherwise: from the start of which turn?"),
    START: _("Which scenario? Those for newcomers come first."),
    HOST: _("Which scenario? Those for newcomers come first."),
    "alone": _("Which scenario? It begins at once. Those for newcomers come first."),
    "look": _("Which scenario? What only the facilitator may know is shown."),
    "resume": _("Which log do you want to resume?"),
    "debrief": _("Of which session do you want the debrief?"),
    "replay": _("Which log do you want to replay?"),
    "verify": _("Which log do you want to verify?"),
}
"""What each page asks."""
ITEMS: Final[Sequence[tuple[str, str, str]]] = (
    (
        "alone",
        _("Alone, 45 minutes, against a team that listens"),
        _("You play the United States; a bot plays China, and answers what you do."),
    ),
    (START, _("Start a session"), _("Choose a scenario, how long it takes, and who sits where.")),
    (
        "try",
        _("A first time: three minutes"),
        _("Make one move and read one: how far what is meant lies from what is heard."),
    ),
    (
        "demo",
        _("Watch the demo"),
        _("Five minutes: how two good intentions miss each other, and what each heard."),
    ),
    (
        HOST,
        _("Host an exercise"),
        _("A screen for each team: others join from their own terminal or browser, with a code from you."),
    ),
    (
        "join",
        _("Join an exercise"),
        _("Take your seat at a hosted one, with the address and the code you were given."),
    ),
    ("resume", _("Resume a session"), _("Go on from a log, after a break or a crash.")),
    ("debrief", _("Write a debrief"), _("The report of a session that came to its hotwash: a web page, and Markdown.")),
    ("replay", _("Replay a session"), _("Go through a log again, as each side saw it; what was sealed is shown.")),
    (
        "look",
        _("Look into a scenario"),
        _("For who writes or facilitates: all injects, what is tied to what, and each turn as a seat sees it."),
    ),
    ("verify", _("Verify a log"), _("Check that nothing in it was changed and the rules give the same results.")),
    ("quit", _("Quit"), ""),
)
"""What can be done, what it is called, and what that means."""
CHAIRS: Final = _("A new session of the same scenario and length: the two teams change chairs.")
SIDES_CHANGED: Final = _("A new session of the same scenario and length, in which you sit where the bot sat.")
"""What *again from the other side* means, where people play both teams, and where a bot played one."""
NO_LOGS: Final[Mapping[str, str]] = {
    "resume": _("There is no session to go on with. Start one first."),
    "debrief": _("No session has come to its hotwash yet. Start one first."),
}
NO_LOG: Final = _("There is no log yet. Start a session first.")
NO_SCENARIO: Final = _("There is no scenario. Make one with: crisis-sim new")


def menu_form(name: str, offer: Offer, answers: FormSheet, say: Say) -> Form | None:
    """The page of the menu of that name."""
    kind, _colon, scenario_id = name.partition(":")
    match kind:
        case "first" | "played":
            options = [FormOption(*item) for item in (_items(offer, say) if kind == PLAYED else _first_items(say))]
            intro = (prose(offer.result, "new"),) if offer.result and kind == PLAYED else ()
            questions = Questions(answers)
            questions.one("do", say(PROMPTS[kind]), options)
            title = say("crisis-sim: {motto}", motto=say(MOTTO))
            return questions.form(name, title, "", None, intro=intro)
        case "what-if":
            return _what_if(name, offer, answers, say)
        case "join":
            questions = Questions(answers)
            note = say("As the host's screen shows it. Your code is asked for next.")
            questions.text("address", say("Where is the exercise hosted?"), note=note, lines=False)
            return questions.form(name, say("Join an exercise"), "", None)
        case "start" | "host" if scenario_id:
            return _table(name, offer, answers, say)
        case "start" | "host" | "alone" | "look":
            return _scenarios(name, offer, answers, say)
        case _:
            return _logs(name, offer, answers, say)


def _first_items(say: Say) -> Iterator[tuple[str, str, str]]:
    yield from ((name, say(label), say(note) if note else "") for name, label, note in ITEMS)


def _items(offer: Offer, say: Say) -> Iterator[tuple[str, str, str]]:
    """What can be done with a session that is over."""
    yield "debrief", say("Write the debrief"), say("One web page that prints on A4, and the same in Markdown.")
    yield "replay", say("Replay it"), say("Moment by moment, as each side saw it, with what was sealed.")
    if offer.turns:
        note = say("From the start of a turn on, by a bot that listens or by yourself; then both courses side by side.")
        yield "what-if", say("What if …"), note
    if offer.parent:
        yield "compare", say("Compare"), say("Side by side with the session that it parted from.")
    if offer.changes:
        yield "again", say("Again from the other side"), say(offer.changes)
    if offer.goes_on:
        yield "resume", say("Back to the hotwash"), say("It was not closed, and stands where you left it.")
    yield FIRST, say("The menu"), say("Another scenario, the demo, an earlier session.")
    yield "quit", say("Quit"), ""


def _scenarios(name: str, offer: Offer, answers: FormSheet, say: Say) -> Form:
    questions = Questions(answers)
    options = []
    for scenario in offer.scenarios:
        lengths = say("{lengths} min", lengths="/".join(map(str, scenario.lengths)))
        details = " · ".join(filter(None, (scenario.difficulty, lengths, " ".join(map(own_name, scenario.languages)))))
        options.append(FormOption(scenario.id, f"{scenario.title}  ({details})", scenario.summary))
    questions.one("scenario", say(PROMPTS[name]), options)
    title = next((say(label) for item, label, _note in ITEMS if item == name), "")
    return questions.form(name, title, "", None, lacks="" if options else say(NO_SCENARIO))


def _offered_logs(kind: str, offer: Offer) -> list[LogEntry]:
    match kind:
        case "resume":
            return [log for log in offer.logs if not log.is_closed]
        case "debrief":
            return [log for log in offer.logs if log.is_open]
        case "replay":
            return [*offer.logs, *offer.examples]
        case _:
            return [*offer.logs]


def _logs(name: str, offer: Offer, answers: FormSheet, say: Say) -> Form:
    questions, logs = Questions(answers), _offered_logs(name, offer)
    title = next((say(label) for item, label, _note in ITEMS if item == name), "")
    if not logs:
        return questions.form(name, title, "", None, lacks=say(NO_LOGS.get(name, NO_LOG)))
    picked = questions.one("log", say(PROMPTS[name]), [FormOption(log.path, log.summary, log.path) for log in logs])
    if name == "resume" and any(log.path == picked and log.was_hosted for log in logs):
        note = say("People joined this session from screens of their own; hosted again, they come back to them.")
        ways = [FormOption(reach, say(label), say(note)) for reach, (label, note) in REACHES.items()]
        table = FormOption("table", say("at this terminal alone"), say("All who play share it."))
        questions.one("reach", say("From where can people join?"), [*ways, table], note=note)
    return questions.form(name, title, "", None)


def _what_if(name: str, offer: Offer, answers: FormSheet, say: Say) -> Form:
    questions = Questions(answers)
    turns = [FormOption(str(turn.turn), turn.summary) for turn in offer.turns]
    if questions.one("turn", say(PROMPTS["what-if"]), turns) is not None:
        players = (
            FormOption(LISTENER, say("A bot that listens"), say("It plays to the end at once.")),
            FormOption("person", say("We ourselves"), say("Play goes on from there, in a session of its own.")),
        )
        questions.one("us", say("Who plays for us from there?"), players)
    return questions.form(name, say("What if …"), "", None)


def _scenario(name: str, offer: Offer) -> ScenarioEntry:
    return next(scenario for scenario in offer.scenarios if scenario.id == name.partition(":")[2])


def _card(choice: MenuChoice, scenario: ScenarioEntry) -> str:
    """Which card of offences teams order, as the scenario has it unless somebody chose."""
    if choice.length not in scenario.offence_card:
        return "none"
    return "short" if choice.us == choice.china == "person" and choice.do != HOST else "full"


def _table(name: str, offer: Offer, answers: FormSheet, say: Say) -> Form:
    """What a new session is begun with; each answer stands as it is and can be changed."""
    scenario, do = _scenario(name, offer), cast(Do, name.partition(":")[0])
    defaults = with_scenario(MenuChoice(do=do, language=offer.language), scenario)
    so_far = _choice_of(answers, defaults)
    questions = Questions(
        answers,
        {
            "length": str(defaults.length),
            "reach": defaults.reach,
            "us": defaults.us,
            "china": defaults.china,
            "facilitator": defaults.facilitator,
            "packs": defaults.packs,
            "language": defaults.language or "en",
            "briefs": defaults.briefs,
            "cards": "on",
            "offence_card": _card(so_far, scenario),
            "inherits": "",
            "seed": "",
        },
    )

    def worded(options: Mapping[Any, tuple[str, str]]) -> list[FormOption]:
        return [FormOption(option, say(label), say(note) if note else "") for option, (label, note) in options.items()]

    lengths = [FormOption(str(n), say("{length} minutes", length=n)) for n in scenario.lengths]
    questions.one("length", say("How long?"), lengths)
    if do == HOST:
        questions.one("reach", say("From where can people join?"), worded(REACHES))
    person = say("Whoever joins with its code") if do == HOST else say("A person, here")
    bots = [FormOption(bot.id, say("Bot: {who}", who=bot.id), bot.summary) for bot in offer.policies()]
    for seat in ("us", "china"):
        questions.one(seat, say("Who plays: {seat}?", seat=say(SEATS[seat])), [FormOption("person", person), *bots])
    by_itself = FormOption("auto", say("It runs by itself"), say("Phases go on when both teams are done."))
    questions.one("facilitator", say("Who facilitates?"), [FormOption("person", say("A person, here")), by_itself])
    if offer.packs:
        base = [pack for pack in defaults.packs if pack not in {entry.id for entry in offer.packs}]
        note = say("Enter adds a pack or takes it out.")
        packs = [FormOption(pack.id, pack.id, pack.summary) for pack in offer.packs]
        questions.many("packs", say("Which rules?"), packs, note=note, skip_label=say(", ").join(base) or "–")
    if len(scenario.languages) > 1:
        questions.one(
            "language", say("Which language?"), [FormOption(code, own_name(code)) for code in scenario.languages]
        )
    if scenario.explained:
        questions.one("briefs", say("How is the public brief given?"), worded(BRIEFS))
    if so_far.length in scenario.instructions:
        questions.one("cards", say("May a team be told to come home with more?"), worded(DECKS))
    questions.one("offence_card", say("Does each team order acts by how gravely it takes them?"), worded(CARDS))
    if open_logs := [log for log in offer.logs if log.is_open]:
        logs = [FormOption(log.path, log.summary, log.path) for log in open_logs]
        questions.one(
            "inherits", say("Which earlier session does it begin with?"), logs, skip_label=say("Nothing earlier")
        )
    note = say("A whole number. The same seed and the same acts give the same session; 0 draws a fresh one.")
    seed = questions.text("seed", say("Seed of luck"), note=note, skip_label=say("drawn fresh"), lines=False)
    lacks = "" if _is_seed(seed or "") else say("“{text}” is not a whole number", text=(seed or "")[:40])
    title = scenario.title
    intro = (prose(scenario.summary, "quiet"),)
    return questions.form(name, title, say("Start"), None, intro=intro, lacks=lacks)


def _is_seed(text: str) -> bool:
    number = narrow(text)
    return not number or (number.isascii() and number.isdigit() and len(number) <= 18)


def _choice_of(answers: Mapping[str, object], defaults: MenuChoice) -> MenuChoice:
    """The choice with what has been answered in place of what was given."""
    fields: dict[str, object] = {name: value for name, value in answers.items() if name in _PLAIN and value}
    if isinstance(length := answers.get("length"), str) and length.isdecimal():
        fields["length"] = int(length)
    return replace(defaults, **fields)


_PLAIN: Final = frozenset({"us", "china", "facilitator", "reach", "language", "briefs"})
"""Answers that a choice holds as they are."""


def chosen_in(form: Form, offer: Offer) -> MenuChoice | str | None:
    """What a page that is answered makes: a choice, the page that comes next, or None for leaving."""
    answers = {field.name: field.answer for field in form.fields if field.answer is not None}
    kind, _colon, scenario_id = form.name.partition(":")
    match kind:
        case "first" | "played":
            do = str(answers["do"])
            if do == "quit":
                return None
            if do in ("demo", "try"):
                return MenuChoice(do=cast(Do, do))
            if kind == FIRST or do in (FIRST, "what-if"):
                first, *rest = offer.scenarios
                only = "" if rest else first.id
                return f"{do}:{only}" if do in (START, HOST) and only else do
            return MenuChoice(do=cast(Do, do), log=offer.played)
        case "what-if":
            return MenuChoice(do="what-if", log=offer.played, turn=int(str(answers["turn"])), us=str(answers["us"]))
        case "join":
            return MenuChoice(do="join", address=narrow(str(answers["address"])).rpartition("join ")[2].strip())
        case "start" | "host" if scenario_id:
            return _table_choice(form, answers, offer)
        case "start" | "host":
            return f"{kind}:{answers['scenario']}"
        case "alone":
            return alone(next(entry for entry in offer.scenarios if entry.id == answers["scenario"]), offer.language)
        case "look":
            return MenuChoice(do="look", scenario=str(answers["scenario"]))
        case _:
            reach, log = answers.get("reach", "table"), str(answers["log"])
            if reach != "table":
                return MenuChoice(do=HOST, log=log, reach="network" if reach == "network" else "here")
            return MenuChoice(do=cast(Do, kind), log=log)


def _table_choice(form: Form, answers: Mapping[str, object], offer: Offer) -> MenuChoice:
    scenario = _scenario(form.name, offer)
    choice = _choice_of(
        answers, with_scenario(MenuChoice(do=cast(Do, form.name.partition(":")[0]), language=offer.language), scenario)
    )
    offered = {pack.id for pack in offer.packs}
    base = tuple(pack for pack in scenario.packs if pack not in offered)
    if isinstance(packs := answers.get("packs"), tuple):
        choice = replace(choice, packs=(*base, *packs))
    card, default = answers.get("offence_card"), _card(choice, scenario)
    seed = narrow(str(answers.get("seed", "")))
    return replace(
        choice,
        offence_card=None if card == default else card,
        cards=answers.get("cards") != "off",
        inherits=str(answers.get("inherits", "")),
        seed=int(seed or 0) or None,
    )
