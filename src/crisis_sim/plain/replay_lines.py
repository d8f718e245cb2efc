"""Replaying a log by lines of text: one moment after the other, or by questions where somebody types."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block, capital
from crisis_sim.pages.form import FormOption
from crisis_sim.pages.refusals import refusal
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.first_time import wants_to_play
from crisis_sim.plain.typed import named, verb
from crisis_sim.replaying.lens import LENSES, Lens, LensCurve, lens_name
from crisis_sim.replaying.replay_blocks import gap_blocks, place_told, reason_blocks, story_blocks
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.wording import _

ASKED = _("Replay. Enter for the next moment, or ? for help.")
BRIEFLY = _("Replay.")
"""The same once it has been said what can be typed."""
HELP = (
    _("Enter goes to the next moment. next or back-one step; turn and turn-before, turning and turning-before jump."),
    _("go 45, go 50%, start, end. gap 1 goes to the largest gap; gaps lists them. find WORDS, then found goes on."),
    _("lens us, china, whole, dual or story. numbers tells every number; why NUMBER tells its steps."),
    _("bookmark NAME and note TEXT are kept beside the log; notes lists them. quit leaves."),
)


def tell_all(replayed: Replayed, console: Console, lens: Lens, first: int) -> None:
    """Every moment of a lens from the entry `first` on, in its words."""
    console.tell("{title}: {lens}.", title=replayed.title, lens=lens_name(lens, console.words))
    moments = replayed.moments(lens)
    for seq in moments[replayed.place(lens, first) :]:
        console.say()
        _tell(replayed, console, lens, seq)


def _tell(replayed: Replayed, console: Console, lens: Lens, seq: int) -> None:
    moment = replayed.moment(lens, seq)
    console.tell("{sentence}.", sentence=capital(place_told(moment, lens, console.words, heard=True)))
    if lens == "story":
        _head, *page = story_blocks(replayed, seq)
        for row in lines_of(page, console.words):
            console.say(row, indent=2)
        return
    for sentence in moment.told:
        console.say(sentence, indent=2)
    for sentence in replayed.traces(lens, seq):
        console.say(sentence, indent=4, mark="  -")


def ask(replayed: Replayed, console: Console, lens: Lens, first: int, *, leads_on: bool = False) -> bool:
    """Ask at each moment what to do, until somebody leaves; where it `leads_on`, or wants to play alone at its end."""
    replay = _Replay(replayed, console, lens, first)
    replay.leads_on = leads_on
    return replay.run()


class _Replay:
    """A replay by questions."""

    def __init__(self, replayed: Replayed, console: Console, lens: Lens, seq: int) -> None:
        self._log, self._console, self._lens, self._seq = replayed, console, lens, seq
        self._hits: tuple[int, ...] = ()
        self.leads_on = False
        """Whether its end asks to play alone."""

    def run(self) -> bool:
        """Until the end of the input, or quit; or until somebody wants to play alone."""
        self._headed()
        self._here()
        help = "\n".join(map(self._console.words, HELP))
        while True:
            if self.leads_on and self._seq == self._log.moments(self._lens)[-1] and wants_to_play(self._console):
                return True
            try:
                self._do(self._console.ask(self._console.once(ASKED, BRIEFLY), help))
            except Back:
                self._to(self._log.step(self._lens, self._seq, -1))
            except Quit:
                return False
            except CrisisSimError as refused:
                why, instead = refusal(refused, self._console.language)
                end = self._console.words("{why}. {instead}", why=why, instead=instead).rstrip(".。 ")
                self._console.tell("{sentence}.", sentence=end)

    def _headed(self) -> None:
        lens = lens_name(self._lens, self._console.words)
        self._console.tell("{title}: {lens}.", title=self._log.title, lens=lens)

    def _do(self, text: str) -> None:
        word, _, rest = text.partition(" ")
        command = self._commands().get(verb(word))
        if command is None:
            self._console.no_such(word, list(self._commands()))
        else:
            command(rest.strip())

    def _commands(self) -> dict[str, Callable[[str], None]]:
        log = self._log
        return {
            "": lambda rest: self._to(log.step(self._lens, self._seq, 1)),
            "next": lambda rest: self._to(log.step(self._lens, self._seq, 1)),
            "back-one": lambda rest: self._to(log.step(self._lens, self._seq, -1)),
            "turn": lambda rest: self._to(log.turn(self._lens, self._seq, 1)),
            "turn-before": lambda rest: self._to(log.turn(self._lens, self._seq, -1)),
            "turning": lambda rest: self._turning(1),
            "turning-before": lambda rest: self._turning(-1),
            "start": lambda rest: self._to(0),
            "end": lambda rest: self._to(log.last),
            "go": self._go,
            "gap": self._gap,
            "gaps": lambda rest: self._gaps(),
            "find": self._find,
            "found": lambda rest: self._found(),
            "lens": self._through,
            "numbers": lambda rest: self._numbers(),
            "why": self._why,
            "bookmark": lambda rest: self._remark("bookmark", rest),
            "note": lambda rest: self._remark("note", rest),
            "notes": lambda rest: self._remarks(),
        }

    # moving

    def _to(self, seq: int) -> None:
        self._seq = seq
        self._here()

    def _here(self) -> None:
        _tell(self._log, self._console, self._lens, self._seq)

    def _go(self, rest: str) -> None:
        number = rest.removesuffix("%").strip()
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            self._console.tell("Type go and a number, or percent as in go 50%.")
        elif rest.endswith("%"):
            self._to(self._log.part(self._lens, int(number)))
        else:
            self._to(self._log.numbered(self._lens, int(number)))

    def _turning(self, way: int) -> None:
        seqs = [each.seq for each in self._log.turning(self._lens, self._seq)]
        found = [seq for seq in seqs if (seq > self._seq if way > 0 else seq < self._seq)]
        if found:
            self._to(found[0] if way > 0 else found[-1])
        else:
            self._console.tell("There is no turning point that way.")

    def _gap(self, rest: str) -> None:
        gaps = self._log.gaps(self._lens, self._seq)
        if rest.isascii() and rest.isdigit() and 1 <= int(rest[:9]) <= len(gaps):
            number = int(rest[:9])
            self._to(gaps[number - 1].seq)
            self._show(gap_blocks([(number, gaps[number - 1])], self._console.words))
        else:
            self._console.tell("Type gap and a number, 1 to {most}." if gaps else "There is no gap.", most=len(gaps))

    def _gaps(self) -> None:
        gaps = self._log.gaps(self._lens, self._seq)
        self._show(gap_blocks(enumerate(gaps, 1), self._console.words))

    def _show(self, page: Iterable[Block]) -> None:
        for row in lines_of(page, self._console.words):
            self._console.say(row)

    def _find(self, rest: str) -> None:
        self._hits = self._log.find(self._lens, rest)
        if self._hits:
            self._console.tell("Found in {n} moment.", plural="Found in {n} moments.", n=len(self._hits))
        else:
            self._console.tell("That is nowhere here.")
        self._found()

    def _found(self) -> None:
        beyond = [hit for hit in self._hits if hit > self._seq]
        if beyond or self._hits:
            self._to((beyond or list(self._hits))[0])

    def _through(self, rest: str) -> None:
        found = named(rest, [FormOption(lens, lens_name(lens, self._console.words)) for lens in LENSES])
        if found is None:
            self._console.tell("Type lens and one of us, china, whole, dual, story.")
            return
        self._lens, self._hits = next(lens for lens in LENSES if lens == found), ()
        self._headed()
        self._here()

    # numbers

    def _curves(self) -> tuple[LensCurve, ...]:
        return self._log.curves(self._lens, self._seq)

    def _numbers(self) -> None:
        for number, curve in enumerate(self._curves(), 1):
            told = self._console.words("{name}: {value}", name=curve.number.name, value=self._value(curve))
            self._console.say(told, indent=4, mark=f"{number}.")

    def _value(self, curve: LensCurve) -> str:
        return curve.number.told(curve.at(self._log.place(self._lens, self._seq)))

    def _why(self, rest: str) -> None:
        curves = self._curves()
        if not (rest.isascii() and rest.isdigit() and 1 <= int(rest[:9]) <= len(curves)):
            sentence = _("Type why and the place of a number, 1 to {most}; numbers lists them.")
            self._console.tell(sentence, most=len(curves))
            return
        curve = curves[int(rest[:9]) - 1]
        number = curve.number
        reasons = self._log.why(self._lens, self._seq, number)
        value = curve.at(self._log.place(self._lens, self._seq))
        self._show(reason_blocks(number, value, reasons, self._console.words))

    # remarks

    def _remark(self, kind: str, rest: str) -> None:
        if not rest:
            self._console.tell("Type {kind} and some words.", kind=self._console.verb(kind))
            return
        self._log.remark(self._lens, self._seq, "bookmark" if kind == "bookmark" else "note", rest)
        self._console.tell("Kept in {file}.", file=self._log.notes_name)

    def _remarks(self) -> None:
        for remark in self._log.remarks_in(self._lens):
            place = self._log.place(self._lens, remark.seq)
            told = self._console.words("{kind}: {text}", kind=self._console.words(remark.kind), text=remark.text)
            self._console.say(told, indent=7, mark=f"{place:>5}.")
