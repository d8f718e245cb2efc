"""The exercise by ear: told one thing at a time, chairs change seldom, and no question costs what is half written."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.plain import keyboard
from tests.playthroughs.golden import golden_path, names
from tests.session.play import take_a_call
from tests.small import small_material
from tests.tui.fake import CARDS, FakeSeat, team_view

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.notes import notes
from crisis_sim.pages.form import FormField, FormOption
from crisis_sim.pages.move_form import scale_options
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.plain.console import Back, Console, Quit, Reads
from crisis_sim.plain.fields import FieldPrompt, pick
from crisis_sim.plain.line_session import play
from crisis_sim.plain.seat_lines import SeatLines
from crisis_sim.plain.spoken import spoken
from crisis_sim.plain.standard_streams import BrokenOff, never
from crisis_sim.plain.typed import VERBS, find_option, in_digits, match_leading_option, spelled, verb
from crisis_sim.session.session import Session
from crisis_sim.text import cells
from crisis_sim.wording import plain, speaker

WIPED = "(out of sight)\n"
console = partial(keyboard.console, wipe=WIPED)
PEOPLE: tuple[a.SeatName, ...] = ("us", "china", "facilitator")
OPTIONS = [FormOption("red", "Red", "not to be crossed"), FormOption("pink", "Pink"), FormOption("grey", "Grey")]
ANSWERS = (
    ("look away", ""),
    ("1 of 4.", "stop"),
    ("Briefing. ", "seal yes"),
    ("Closing. ", "seal yes"),
    ("Moves. ", "commit yes"),
    ("Readings. ", "commit yes"),
    ("Forecasts. ", "commit yes"),
    ("Situation.", "next"),
    ("Results.", "next"),
    ("Type next, pause", "next"),
    ("Open the hotwash? Type", "yes"),
    ("Enter opens the next", "quit"),
)
"""What somebody in a hurry types, by what stands in the prompt; to all else, Enter."""


def at_table(session: Session, asks: Console, people: tuple[a.SeatName, ...] = PEOPLE) -> None:
    """Play it."""
    seats = {name: SeatReader(session.seat(name), asks.language) for name in people}
    assert asyncio.run(play(SeatTable(seats, people, log="the-log"), asks)) == 0


def in_moves(folder: Path) -> Session:
    """A session whose first moves wait."""
    session = Session.start(folder, small_material(), seed="1", length=45)
    while session.state.phase != "moves":
        session.submit("facilitator", a.Advance())
    return session


@pytest.mark.parametrize(("chair", "most"), [(False, 15), (True, 99)])
def test_chairs_change_as_seldom_as_on_screens(tmp_path: Path, chair: bool, most: int) -> None:
    """At most 15 changes in four turns; the facilitator comes for the hotwash alone, unless he asks for the chair."""
    said: list[str] = []
    first = ["", "hand facilitator", "", "chair", "hand us"] if chair else []

    def read() -> str:
        if first:
            return first.pop(0) + "\n"
        tail = " ".join("".join(said[-40:]).split())[-260:]
        found = [(tail.rfind(prompt), answer) for prompt, answer in ANSWERS if prompt in tail]
        comes = "".join(said).rpartition(WIPED)[2]
        answer = max(found)[1] if found else ""
        is_led = comes.startswith("FACILITATOR") and answer.endswith(" yes")
        return ("next" if is_led else answer) + "\n"

    with Session.start(tmp_path, small_material(), seed="a", length=150) as session:
        at_table(session, Console(read, said.append, wipe=WIPED))
        assert session.state.turn == 4 and session.state.phase == "hotwash"
    comes = [part.split(",")[0] for part in "".join(said).split(WIPED)[1:]]
    assert len(comes) <= most, comes
    assert comes.count("FACILITATOR") == 1 if not chair else comes.count("FACILITATOR") >= 9, comes


def test_what_has_happened_is_told_one_thing_at_a_time(tmp_path: Path) -> None:
    """Enter or next goes on, back goes back, a number goes there, again says it again; the table comes after it."""
    said: list[str] = []
    with in_moves(tmp_path) as session:
        at_table(session, console(["back", "again", "next", "back", "2", "下一个"], said), ("us",))
    text = "".join(said)
    places = re.findall(r"(\d) of 2\.", text)
    assert places == ["1", "1", "1", "2", "1", "2"]
    assert "This is the first." in text
    first, last = text.index("A ferry with 300 people"), text.index("What is left\n")
    assert first < last < text.index("Moves. Type")
    assert text.count("What is asked of us") == 2


@pytest.mark.parametrize("reads", ["usual", "more"])
def test_what_has_been_heard_whole_is_said_in_short(tmp_path: Path, reads: Reads) -> None:
    """What can be typed is told once at a desk, also over a curtain; with `more` it is told each time."""
    said: list[str] = []
    with in_moves(tmp_path) as session:
        turn = ["", "stop", "note x", "commit yes"]
        at_table(session, console([*turn, *turn], said, reads=reads), ("us", "china"))
    text = " ".join("".join(said).split())
    assert "Moves. Type move, commit" in text
    assert ("Moves. >" in text) is (reads == "usual")


def test_a_team_is_told_of_a_pause_at_its_desk(tmp_path: Path) -> None:
    """It is asked nothing until play goes on, and is told that too."""
    said: list[str] = []
    does: Iterator[a.AnyAction] = iter((a.Pause(), a.Unpause()))

    def read() -> str:
        if said[-2].startswith("Moves.") and asks.breaks_off is not never and (action := next(does, None)) is not None:
            session.submit("facilitator", action)
            assert asks.breaks_off()
            raise BrokenOff
        return "stop\n" if "again says it again" in said[-2] else ""

    asks = Console(read, said.append)
    with in_moves(tmp_path) as session:
        at_table(session, asks, ("us",))
    text = "".join(said)
    paused = text.index("Play is paused. Nothing is lost.")
    assert text.count("Play is paused") == 1
    assert "note, now, news, or help" in text[paused:] and "Moves.\n" in text[paused:]


def test_who_stands_at_a_question_hears_that_play_goes_on(tmp_path: Path) -> None:
    """Once, with what is asked of the team now; the question is asked anew and nothing that was said is lost."""
    said: list[str] = []
    lines = iter(["stop", "move offer-help", "1", "", "", "Two tugs.", "-2 -1"])

    def read() -> str:
        if said[-2].startswith("In what words?") and session.state.phase == "moves":
            session.submit("facilitator", a.Advance())
        if asks.is_left():
            raise BrokenOff
        return f"{line}\n" if (line := next(lines, None)) is not None else ""

    asks = Console(read, said.append)
    with in_moves(tmp_path) as session:
        at_table(session, asks, ("us",))
    text = " ".join("".join(said).split())
    assert text.count("Meanwhile: Turn 1 of 2, hour 0; the next turn begins at hour 24.") == 1
    meanwhile = text[text.index("Meanwhile") :]
    assert (
        "See how it stands with us." in meanwhile.split(">")[0] and meanwhile.split(">")[0].count("In what words?") == 1
    )
    assert "That cannot be done any more." in meanwhile


def test_whoever_has_been_told_is_not_told_again(tmp_path: Path) -> None:
    """Coming back within the turn, a team finds its table; `telling` tells it once more."""
    said: list[str] = []
    with in_moves(tmp_path) as session:
        at_table(
            session,
            console(["", "stop", "hand china", "", "stop", "hand us", "", "telling", "stop"], said),
            ("us", "china"),
        )
    assert "".join(said).count("1 of 2.") == 3
    assert "".join(said).count("United States. Turn 1 of 2") == 2


def test_looking_within_a_question_loses_nothing(tmp_path: Path) -> None:
    """Every look is answered where words are asked for, the question is asked again, and the move is whole after it."""
    said: list[str] = []
    looks = ["brief", "lines", "channels", "promises", "time", "standing", "news", "telling", "", "", "界线", "now"]
    with in_moves(tmp_path) as session:
        typed = ["stop", "move criticise", *looks, "Not done well.", "time", "５ ５", "lines", "them"]
        at_table(session, console(typed, said), ("us",))
        (draft,) = session.state.us.drafts
    assert (draft.text, draft.intent, draft.expected) == ("Not done well.", 1, 1)
    text = "".join(said)
    assert text.count("In what words?") == 1 + len(looks) - 2
    assert text.count("Our lines:") == 3


def test_what_is_listed_is_read_again_and_counts() -> None:
    """`?` and a look read the options again, so that a number counts what was just listed."""
    said: list[str] = []
    asks = console(["?", "lines", "again", "２"], said)
    asks.looks = {"lines": lambda: asks.say("1. not this")}
    assert pick(asks, "Which one?", OPTIONS) == "pink"
    text = "".join(said)
    assert text.count("2.  Pink") == 4
    assert "1.  Red (not to be crossed)" in text[text.index("1. not this") :]


def test_again_says_the_last_thing_and_nothing_of_who_sat_before() -> None:
    """Also after a question in between; the curtain takes it away."""
    said: list[str] = []
    asks = console(["again", "again", "x", "again", "y"], said)
    asks.say("The last thing.")
    assert asks.ask("What?") == "x"
    assert "".join(said).count("The last thing.") == 3
    asks.say("A secret.")
    asks.wipe()
    said.clear()
    assert asks.ask("What?") == "y"
    assert "secret" not in "".join(said)
    assert asks.looks == {}


def test_again_says_what_several_questions_are_about() -> None:
    """The second question after a card has nothing before it but the card."""
    said: list[str] = []
    asks = console(["1", "again", "again", "2"], said)
    asks.say("The card.")
    assert asks.ask("How do we take it?") == "1" and asks.ask("How sure are we?") == "2"
    assert "".join(said).count("The card.") == 3


@pytest.mark.parametrize("leaving", ["quit", "q", "退出", None])
def test_nothing_half_written_is_left_without_asking(leaving: str | None, tmp_path: Path) -> None:
    """quit, and ctrl+c and ctrl+d too, say what would be lost; no goes on where it was."""
    said: list[str] = []
    typed = iter(["stop", "move criticise", "Many words.", leaving, "no", "5 5", "them", "quit"])

    def read() -> str:
        line = next(typed, "")
        if line is None:
            raise KeyboardInterrupt
        return f"{line}\n"

    with in_moves(tmp_path) as session:
        at_table(session, Console(read, said.append), ("us",))
        assert [draft.text for draft in session.state.us.drafts] == ["Many words."]
    assert "Half written, and not in the log: “Many words.”\nLeave without it?" in "".join(said)


def test_the_end_of_input_leaves_after_one_question() -> None:
    """ctrl+d at a terminal may be a slip; a second one, or input that has ended, is none."""
    said: list[str] = []
    asks = console(["Words."], said)
    FieldPrompt(asks, FormField("text", "text", "What?", maximum=100)).ask()
    with pytest.raises(Quit):
        asks.ask("And?")
    assert "".join(said).count("Leave without it?") == 1
    asks = console([], said)
    with pytest.raises(Quit):
        asks.ask("What?")


def test_how_much_is_read_out_is_set_and_kept() -> None:
    """Less: a list is counted and a question is its first sentence; ? has all of it. More: ? is said unasked."""
    said: list[str] = []
    asks = console(["less", "?", "1", "2", "more", "more", "3"], said)
    assert pick(asks, "Which one?", OPTIONS) == "red"
    text = "".join(said)
    assert "3 to choose from; help reads them.\nWhich one?\n" in text
    assert text.count("1.  Red") == 2
    said.clear()
    assert asks.ask("How many? It matters.", "Count them.") == "2"
    assert "".join(said) == "How many?\n> "
    assert asks.ask("How many?", "Count them.") == "3"
    assert asks.reads == "more"
    said.clear()
    with pytest.raises(Quit):
        asks.ask("How many?", "Count them.")
    assert "Count them.\n> " in "".join(said)


def test_what_is_final_is_asked_whole_however_little_is_read_out() -> None:
    """A question that ends something is never cut."""
    said: list[str] = []
    asks = console(["no"], said)
    asks.reads = "less"
    with pytest.raises(Back):
        asks.confirm("It is final. Do it?")
    assert "It is final. Do it? Type yes or no." in "".join(said)


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("meant −2 friendly, not +1", "meant minus two friendly, not plus one"),
        ("90 h (−48), was due T+14", "90 hours (minus 48), was due hour 14"),
        ("T+0. News", "Hour 0. News"),
        ("within 300 m, 5 km off, at 5 mm", "within 300 metres, 5 kilometres off, at 5 mm"),
        ("air: 66 → 2 h", "air: from 66 to 2 hours"),
        ("calm (−0.25 → 1.1)", "calm (from minus 0.25 to 1.1)"),
        ("Track II, room III, II", "Track 2, room 3, II"),
        ("Offer help → Press, public", "Offer help, Press, public"),
        ("Take the call → 16 channels, private", "Take the call, 16 channels, private"),
        ("-3 very friendly to 3", "minus three very friendly to 3"),
        ("US: 始于T+5小时。 at T+5", "US: 始于T+5小时。 at hour 5"),
        ("3–5 tugs, ≥ 2 of them", "3 to 5 tugs, at least 2 of them"),
        ("2020-21, request-call, a-1, 5 - 3, 10-12", "2020-21, request-call, a-1, 5 - 3, 10-12"),
    ],
)
def test_signs_are_words(written: str, heard: str) -> None:
    """What a voice would leave out or spell is said; names and years stay."""
    assert spoken(written, plain) == heard
    assert not set("−→≥") & set(spoken(written, speaker("zh")))


def test_typed_signs_and_words_are_understood() -> None:
    """Full-width digits, minus in words, yes and verbs in Chinese; a name goes before a verb."""
    said: list[str] = []
    field = FormField("intent", "one", "?", options=tuple(scale_options(plain)), scale=True)
    asks = console(["负二", "minus one", "−３"], said)
    assert [FieldPrompt(asks, field).ask().answer for _typed in range(3)] == ["-2", "-1", "-3"]
    assert in_digits("正１") == "+1"
    assert verb("下一个") == "next" and verb("返回") == "back" and verb("再读") == "again" and verb("Q") == "quit"
    console(["是"], said).confirm("Sure?")
    assert find_option("预测", [FormOption("forecasts", "forecasts")]) == "forecasts"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("minus two, four", "-2, 4"),
        ("twelve forty-two", "12 42"),
        ("twenty five a hundred", "25 100"),
        ("十二，二十五 负三", "12,25 -3"),
        ("两 一百", "2 100"),
        ("tenfold, forty-twos, 第十二", "tenfold, forty-twos, 第十二"),
    ],
)
def test_numbers_in_words_are_understood_up_to_a_hundred(written: str, digits: str) -> None:
    """In both languages; a word that only has one in it is none."""
    assert in_digits(written) == digits


def test_a_number_in_words_answers_wherever_digits_do() -> None:
    """It picks from a list, stands on a scale, is a percentage, goes to a place; own words may begin with it."""
    said: list[str] = []
    names = [FormOption(str(number), f"Channel {number:b}") for number in range(1, 13)]
    asks = console(["twelve", "十二", "eight", "四", "百分之四十", "forty percent", "three", "", "Two ships"], said)
    assert [pick(asks, "Which?", names) for _typed in range(2)] == ["12", "12"]
    weight = FormField("weight", "one", "?", options=tuple(FormOption(str(n), str(n)) for n in range(11)), scale=True)
    assert [FieldPrompt(asks, weight).ask().answer for _typed in range(2)] == ["8", "4"]
    chance = FormField("chance", "number", "?", maximum=100)
    assert [FieldPrompt(asks, chance).ask().answer for _typed in range(2)] == ["40", "40"]
    assert asks.step_through([["one"], ["two"], ["three"]]) == ""
    assert FieldPrompt(asks, FormField("text", "text", "?", maximum=100)).ask().answer == "Two ships"


def test_words_pick_what_alone_has_them_and_of_several_those_are_read() -> None:
    """As an answer; whole words, wherever they stand. Those that have them are read with their numbers."""
    names = {"a": "Embassies, private", "b": "Embassies, public", "c": "Press"}
    channels = [FormOption(name, label) for name, label in names.items()]
    said: list[str] = []
    asks = console(["press", "ass", "embassies", "2"], said)
    assert pick(asks, "Over which?", channels) == "c"
    assert pick(asks, "Over which?", channels) == "b"
    text = "".join(said)
    assert "'ass' is not one of these.\n" in text
    told = "2 of these have 'embassies' in them. Type a number:\n"
    assert f"{told}1.  Embassies, private\n2.  Embassies, public\n" in text
    assert pick(console(["private"], []), "Over which?", channels) == "a"


def test_a_chinese_word_names_what_alone_has_it_in_its_label() -> None:
    """Ahead of its question too: no space says where a word begins. There an English one begins a label or is an id."""
    options = [FormOption("home", "其国内"), FormOption("third", "第三方"), FormOption("safety", "Own units")]
    assert pick(console(["国内"], []), "?", options) == "home"
    assert match_leading_option("国内 3", options) == ("home", "3")
    assert [find_option(word, options, within=True) for word in ("三", "方", "units")] == ["third", "third", None]
    assert find_option("国内", options) is None
    assert find_option("其", [*options, FormOption("us", "其盟友、伙伴")], within=True) is None


def test_the_name_of_a_group_reads_what_is_in_it() -> None:
    """As it was named in the help to the question; any other word is looked for in names and labels."""
    options = tuple(
        FormOption(name, label, group=group, folded=True)
        for name, label, group in (
            ("notice", "Give notice", "Inform"),
            ("inform", "Name one's line", "Protest"),
            ("warn", "Warn", "Press"),
            ("close", "Close a line", "Press"),
        )
    )
    for word, listed in (("press", ("Warn", "Close a line")), ("line", ("Name one's line", "Close a line"))):
        said: list[str] = []
        assert FieldPrompt(console([word, "notice"], said), FormField("move", "one", "Which?", options=options)).ask()
        assert [option.label in "".join(said) for option in options] == [option.label in listed for option in options]


def test_everything_that_can_be_typed_has_a_chinese_verb(tmp_path: Path) -> None:
    """All that `?` lists, at every desk, and no verb stands for two of them at one prompt."""
    said: list[str] = []
    with in_moves(tmp_path) as session:
        at_table(session, console(["", "stop", "?", "hand facilitator", "", "?"], said, language="zh"))
        listed = re.findall(r"^\d+\. ([^：]+)：", "".join(said), re.MULTILINE)
    assert len(listed) > 35
    assert [name for name in listed if name.isascii()] == []
    shown = [others[0] for others in spelled(VERBS, "zh").values()]
    assert sorted(name for name in shown if shown.count(name) > 1) == ["预测", "预测"]


def test_the_hotwash_opens_one_thing_after_the_other(tmp_path: Path) -> None:
    """It begins with what became of them; an act is read before what it meant, and the one who took it speaks first."""
    with in_moves(tmp_path) as session:
        draft = a.Draft(move="offer-help", channel="embassy", text="Two tugs.", intent=-2, expected=-1)
        session.submit("us", a.SealMove(draft=draft))
        while session.state.phase != "hotwash":
            session.submit("facilitator", a.Advance())
        said: list[str] = []
        at_table(session, console(["", "", "", "next", "back", "下一个", "again", "note Too late."], said))
        (note,) = notes(session.state)
    opened = [" ".join(part.split()) for part in "".join(said).split("> ")]
    assert "what became of them" in opened[0]
    assert "One by one:" in opened[1] and "Two tugs." not in opened[1]
    assert "Two tugs." in opened[2] and "how did you take this? Say it before it is opened." in opened[2]
    assert "minus two" not in opened[2] and "sealed" not in opened[2]
    assert "meant it as: minus two friendly" in opened[3] and "Two tugs." not in opened[3]
    assert "It was not read." in opened[4] or "took it as" in opened[4]
    assert opened[6] == opened[7]
    assert (note.about, note.of) == ("act", "us/1/1")


def test_each_team_has_its_own_clock_from_its_curtain(tmp_path: Path) -> None:
    """Half of the turn where two teams share a terminal: 7½ minutes; neither curtain nor telling costs any of it."""
    said: list[str] = []
    with in_moves(tmp_path) as session:
        typed = ["", "stop", "time", "hand china", "", "stop", "time", "hand us", "", "time"]
        at_table(session, console(typed, said, now=lambda: 60.0 * said.count("> ")), ("us", "china"))
    left = [int(number) for number in re.findall(r"(\d+) minutes? (?:is|are) left of this turn", "".join(said))]
    assert left == [7, 7, 5]


def test_the_facilitators_word_opens_his_curtain(tmp_path: Path) -> None:
    """Nobody opens the console without it, and it is out of sight when it opens."""
    said: list[str] = []
    typed = [
        "",
        "stop",
        "hand facilitator",
        "",
        "lock",
        "Heron",
        "hand us",
        "",
        "stop",
        "hand facilitator",
        "egret",
        "heron",
    ]
    with in_moves(tmp_path) as session:
        at_table(session, console(typed, said))
    last = "".join(said).split("FACILITATOR, please.")[-1]
    assert last.count("Type the facilitator's word, then Enter.") == 2
    assert "That is not the word." in last and f"> {WIPED}Facilitator." in last


def test_no_line_is_wider_than_its_column() -> None:
    """In every playthrough at the plain door, a Chinese character counted as two."""
    for name in names():
        if name.startswith("plain-"):
            body = golden_path(name).read_text(encoding="utf-8").partition("---\n")[2].splitlines()
            assert [line for line in body if not line.startswith("> ") and cells(line) > 78] == [], name


def test_two_teams_at_one_terminal_talk_between_their_sheets(tmp_path: Path) -> None:
    """Each reads its own behind the curtain, then both hear what has reached each, and nothing of one side alone."""
    said: list[str] = []
    with Session.start(tmp_path, small_material(), seed="a", length=150) as session:
        take_a_call(session)
        at_table(session, console(["", "", "", "", "", "", "They come at noon.", "readout"], said))
        assert [(each.about, each.of, each.text) for each in notes(session.state)] == [
            ("talk", "1", "They come at noon.")
        ]
    us, china, both, after = "".join(said).split(WIPED)[1:5]
    for sheet in (us, china):
        assert "Read this sheet first." in sheet and "Our lines" in sheet and "Talk now" not in sheet
    assert both.startswith("Both teams, please.") and "At noon." in both and "Talk now, aloud, 3 minutes." in both
    assert "Our lines" not in both and "What we want of it" not in both
    assert "What was said in the talk?" in after and "Noted." in after and "Talk now" not in after


def test_how_to_step_is_said_once_to_whoever_sits_here() -> None:
    """Then how far one is and the key; the next one to sit down hears it whole."""
    heard: list[str] = []
    asks = console(["", "", "", ""], heard)
    pages = (("One.",), ("Two.",))
    asks.step_through(pages)
    assert "".join(heard).count("again says it again") == 1 and "2 of 2.\n" in "".join(heard)
    asks.forget()
    asks.step_through(pages)
    assert "".join(heard).count("again says it again") == 2


def test_a_card_is_read_again_by_its_place() -> None:
    """`read 1` is the first of those to be read, whatever number its act has."""
    said: list[str] = []
    cards = tuple(replace(card, hostility=0, confidence=2) for card in CARDS[1:])
    seat = FakeSeat(team_view(phase="readings", to_read=cards, asked_now=()))
    with pytest.raises(Quit):
        asyncio.run(SeatLines(seat, console(["read 1", "-2 3 third"], said), ("us",)).sit())
    read = a.SealReading(item=2, hostility=-2, confidence=3, audience="third-parties")
    assert cards[0].number == 2 and seat.sent == [read]
