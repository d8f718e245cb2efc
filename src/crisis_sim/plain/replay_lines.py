"""Replaying a log by lines of text: one moment after the other, or by questions where somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block, capital
from crisis_sim.pages.form import FormOption
from crisis_sim.pages.refusals import refusal
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.first_time_lines import wants_to_play
from crisis_sim.plain.typed import find_option, numeral, verb
from crisis_sim.replaying.lens import LENSES, Lens, lens_name
from crisis_sim.replaying.replay_blocks import format_place, gap_blocks, reason_blocks, story_blocks
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.wording import _

FIRST_PROMPT = _("Replay. Enter for the next moment, or ? for help.")
BRIEFLY = _("Replay.")
"""The same once it has been said what can be typed."""
HELP = (
    _("Enter goes to the next moment. next or back-one step; turn and turn-before, turning and turning-before jump."),
    _("go 45, go 50%, start, end. gap 1 goes to the largest gap; gaps lists them. find WORDS, then found goes on."),
    _("lens us, china, whole, dual or story. numbers tells every number; why NUMBER tells its steps."),
    _("bookmark NAME and note TEXT are kept beside the log; notes lists them. quit leaves."),
)
WORDS: Final = (
    *("next", "back-one", "turn", "turn-before", "turning", "turning-before", "start", "end", "go", "gap", "gaps"),
    *("find", "found", "lens", "numbers", "why", "bookmark", "note", "notes"),
)


def print_all(replayed: Replayed, console: Console, lens: Lens, first: int) -> None:
    """Every moment of a lens from the entry `first` on, in its words."""
    replay = _Replay(replayed, console, lens, first)
    replay.print_lens()
    for seq in replayed.moments(lens)[replayed.place(lens, first) :]:
        console.say()
        replay.go_to(seq)


def ask(replayed: Replayed, console: Console, lens: Lens, first: int, *, leads_on: bool = False) -> bool:
    """Ask at each moment what to do, until somebody leaves; where it `leads_on`, or wants to play alone at its end."""
    replay, help = _Replay(replayed, console, lens, first), "\n".join(map(console.words, HELP))
    replay.print_lens()
    replay.go_to(first)
    while True:
        if leads_on and replay.seq == replayed.moments(replay.lens)[-1] and wants_to_play(console):
            return True
        try:
            replay.do(console.ask(console.ask_once(FIRST_PROMPT, BRIEFLY), help))
        except Back:
            replay.do("back-one")
        except Quit:
            return False
        except CrisisSimError as refused:
            why, instead = refusal(refused, console.language)
            console.tell(
                "{sentence}.", sentence=console.words("{why}. {instead}", why=why, instead=instead).rstrip(".。 ")
            )


class _Replay:
    """A moment of a log, seen through a lens."""

    def __init__(self, replayed: Replayed, console: Console, lens: Lens, seq: int) -> None:
        self.log, self.console, self.lens, self.seq = replayed, console, lens, seq
        self.hits: tuple[int, ...] = ()
        """Where what was looked for last is found."""

    def print_lens(self) -> None:
        """Whose view it is."""
        self.console.tell("{title}: {lens}.", title=self.log.title, lens=lens_name(self.lens, self.console.words))

    def go_to(self, seq: int) -> None:
        """Go to a moment, and tell it."""
        self.seq, console, lens = seq, self.console, self.lens
        moment = self.log.moment(lens, seq)
        console.tell("{sentence}.", sentence=capital(format_place(moment, lens, console.words, for_speech=True)))
        if lens == "story":
            _head, *page = story_blocks(self.log, seq)
            self._show(page, indent=2)
            return
        for sentence in moment.sentences:
            console.say(sentence, indent=2)
        for sentence in self.log.traces(lens, seq):
            console.say(sentence, indent=4, mark="  -")

    def _show(self, blocks: Iterable[Block], indent: int = 0) -> None:
        for line in lines_of(blocks, self.console.words):
            self.console.say(line, indent=indent)

    def do(self, text: str) -> None:
        """Do what a line says."""
        word, _space, rest = text.partition(" ")
        name, rest, log, lens, seq, tell = verb(word), rest.strip(), self.log, self.lens, self.seq, self.console.tell
        way = -1 if name.endswith(("-before", "-one")) else 1
        match name:
            case "" | "next" | "back-one":
                self.go_to(log.step(lens, seq, way))
            case "turn" | "turn-before":
                self.go_to(log.turn(lens, seq, way))
            case "turning" | "turning-before":
                points = [jump.seq for jump in log.turning(lens, seq) if (jump.seq - seq) * way > 0]
                if points:
                    self.go_to(points[0 if way > 0 else -1])
                else:
                    tell("There is no turning point that way.")
            case "start" | "end":
                self.go_to(0 if name == "start" else log.last)
            case "go" if numeral(number := rest.removesuffix("%").strip()):
                self.go_to(log.part(lens, int(number)) if rest.endswith("%") else log.numbered(lens, int(number)))
            case "go":
                tell("Type go and a number, or percent as in go 50%.")
            case "gap" | "gaps":
                self._gaps(rest if name == "gap" else None)
            case "find" | "found":
                self._find(rest if name == "find" else None)
            case "lens":
                chosen = find_option(
                    rest, [FormOption(choice, lens_name(choice, self.console.words)) for choice in LENSES]
                )
                if chosen is None:
                    tell("Type lens and one of us, china, whole, dual, story.")
                    return
                self.lens, self.hits = next(choice for choice in LENSES if choice == chosen), ()
                self.print_lens()
                self.go_to(seq)
            case "numbers" | "why":
                self._numbers(rest if name == "why" else None)
            case "bookmark" | "note":
                if not rest:
                    tell("Type {kind} and some words.", kind=self.console.verb(name))
                    return
                log.remark(lens, seq, "bookmark" if name == "bookmark" else "note", rest)
                tell("Kept in {file}.", file=log.notes_name)
            case "notes":
                for remark in log.remarks_in(lens):
                    kind, mark = self.console.words(remark.kind), f"{log.place(lens, remark.seq):>5}."
                    tell("{kind}: {text}", kind=kind, text=remark.text, indent=7, mark=mark)
            case _:
                self.console.no_such(word, WORDS)

    def _gaps(self, number_text: str | None) -> None:
        """The largest gaps, or the one of that number."""
        gaps = list(enumerate(self.log.gaps(self.lens, self.seq), 1))
        if number_text is not None:
            if not (numeral(number_text) and 1 <= int(number_text) <= len(gaps)):
                sentence = _("Type gap and a number, 1 to {most}.") if gaps else _("There is no gap.")
                self.console.tell(sentence, most=len(gaps))
                return
            gaps = gaps[int(number_text) - 1 : int(number_text)]
            self.go_to(gaps[0][1].seq)
        self._show(gap_blocks(gaps, self.console.words))

    def _find(self, words: str | None) -> None:
        """Where words are found, and go to the next place; the same words again where none are given."""
        if words is not None:
            self.hits = self.log.find(self.lens, words)
            if self.hits:
                self.console.tell("Found in {n} moment.", plural="Found in {n} moments.", n=len(self.hits))
            else:
                self.console.tell("That is nowhere here.")
        if self.hits:
            self.go_to(next((hit for hit in self.hits if hit > self.seq), self.hits[0]))

    def _numbers(self, number_text: str | None) -> None:
        """Every number as it stands, or why the one in that place does."""
        curves, place = self.log.curves(self.lens, self.seq), self.log.place(self.lens, self.seq)
        if number_text is None:
            for number, curve in enumerate(curves, 1):
                value = curve.number.format_value(curve.value_at(place))
                self.console.tell("{name}: {value}", name=curve.number.name, value=value, indent=4, mark=f"{number}.")
        elif numeral(number_text) and 1 <= int(number_text) <= len(curves):
            curve = curves[int(number_text) - 1]
            reasons = self.log.why(self.lens, self.seq, curve.number)
            self._show(reason_blocks(curve.number, curve.value_at(place), reasons, self.console.words))
        else:
            sentence = _("Type why and the place of a number, 1 to {most}; numbers lists them.")
            self.console.tell(sentence, most=len(curves))
