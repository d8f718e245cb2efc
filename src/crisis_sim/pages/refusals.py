"""What was refused, in a sentence for people, and the way out: by the code and parts that a refusal carries.

Nothing below says why it refuses in a language, and nothing above makes such a sentence. Says nothing of what else can
go wrong: files, logs and disks have sentences of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from string import Formatter
from typing import Final, Literal, TypeAlias

from crisis_sim.engine.actions import Advance
from crisis_sim.errors import ActionRefused, CrisisSimError, SentencePart
from crisis_sim.pages.phrases import PURPOSES, TAKERS
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say, _, failure, speaker

RefusalNames: TypeAlias = Mapping[
    Literal["channel", "move", "asset", "private", "term", "instrument"], Mapping[str, str]
]
"""What people call channels, moves, assets, private facts, terms and instruments, by their ids, as they read them."""

NAMELESS: Final[RefusalNames] = {}
"""Where nothing that can be refused has a name: ids stand for themselves."""


def outdated(action: object = None) -> ActionRefused:
    """That somebody else has changed what an act is about since it was chosen."""
    if isinstance(action, Advance):
        return ActionRefused("room/advanced")
    return ActionRefused("room/changed")


def names_from(say: Translator) -> RefusalNames:
    """The names that a seat knows from the start."""
    dossier = say.dossier
    return {
        "channel": {channel: say.channel(channel) for channel in dossier.channels},
        "move": {move: say.move(move) for move in dossier.moves},
        "asset": {asset: say.asset(asset) for asset in dossier.assets},
        "private": {fact: say.private_fact(fact) for fact in dossier.private_facts},
        "term": {term: say.term(term) for term in dossier.terms},
        "instrument": {instrument: say.instrument(instrument) for instrument in dossier.instruments},
    }


def refusal(error: CrisisSimError, language: Language, names: RefusalNames = NAMELESS) -> tuple[str, str]:
    """Why something was refused and what to do instead, both in `language`; of another failure, what it says itself."""
    if not isinstance(error, ActionRefused):
        return failure(error, language)
    say = speaker(language)
    parts = {name: _worded(name, part, names, say) for name, part in error.parts.items()}
    if isinstance(listed := error.parts.get("names"), tuple) and error.code in LISTED:
        parts["names"] = say(", ").join(LISTED[error.code](item, names, say) for item in listed)
    try:
        why, *ways = REFUSALS[error.code]
        return say(why, **parts), say(_way_out(ways, parts), **parts)
    except (LookupError, ValueError):  # another version refuses with codes or parts of its own
        return say(UNKNOWN, code=error.code), say(UNKNOWN_WAY)


def _way_out(ways: Iterable[str], parts: Mapping[str, object]) -> str:
    """The first way that has something for each of its places, or the last."""
    way = ""
    for way in ways:
        if all(parts.get(place) for place in places(way)):
            break
    return way


def places(sentence: str) -> set[str]:
    """The names of what is put into a sentence."""
    return {place for _text, place, _form, _conversion in Formatter().parse(sentence) if place is not None}


def _worded(name: str, part: SentencePart, names: RefusalNames, say: Say) -> SentencePart:
    """A part as people read it: what has a name by it, a word of the game in their language, all else as it is."""
    if isinstance(part, tuple):
        kinds: Mapping[str, Literal["asset", "private"]] = {"assets": "asset", "privates": "private"}
        called = names.get(kinds[name], {}) if name in kinds else {}
        return say(", ").join(called.get(item, item) for item in part)
    if isinstance(part, int):
        return part
    match name:
        case "channel" | "instead":
            return names.get("channel", {}).get(part, part)
        case "move" | "ask":
            return names.get("move", {}).get(part, part)
        case "asset" | "private" | "term" | "instrument":
            return names.get(name, {}).get(part, part)
        case "phase" | "here" | "visibility" | "how" | "reason":
            return say(part)
        case "error":
            return say(MALFORMED.get(part, part))
        case "field":
            return part.replace("_", " ")
        case _:
            return part


LISTED: Final[Mapping[str, Callable[[str, RefusalNames, Say], str]]] = {
    "answer/taker": lambda name, names, say: say(_CHOICES.get(name, name)),
    "call/purpose": lambda name, names, say: say(_CHOICES.get(name, name)),
    "cite/unknown": lambda name, names, say: names.get("instrument", {}).get(name, name),
    "closer/channel": lambda name, names, say: names.get("channel", {}).get(name, name),
}
"""What people call what can be chosen instead, by the code of the refusal."""

_CHOICES: Final[Mapping[str, str]] = dict(
    [*TAKERS.items(), *((purpose, word) for purpose, (word, _note) in PURPOSES.items())]
)

UNKNOWN: Final = _("that is refused: {code}")
UNKNOWN_WAY: Final = _("a later version of crisis-sim can say why")

MALFORMED: Final[Mapping[str, str]] = {
    "missing": _("something is missing"),
    "unknown": _("it holds something that no act has"),
    "type": _("something is of the wrong kind"),
    "value": _("something has a value that it cannot have"),
}
"""What may be wrong with an act that no door lets anybody make."""

REFUSALS: Final[Mapping[str, tuple[str, ...]]] = {
    "action/malformed": (_("this is not an act that can be logged: {error} ({field})"), _("fill it in again")),
    "action/made-by": (
        _("only the program that asks a model can say that it did this in the model's place"),
        _("leave `made_by` out"),
    ),
    "action/own": (_("no seat asks for that"), _("resume the log; it is asked for there")),
    "action/too-long": (_("{field} has {count:,} characters, more than {most:,}"), _("write less")),
    "action/too-many": (_("{field} names {count:,} things, more than {most:,}"), _("name fewer")),
    "answer/closed": (_("there is no open request of that number"), _("look at the inbox again")),
    "answer/counter": (_("a counter is a move of its own"), _("choose a move that offers or asks")),
    "answer/how": (_("say how it answers"), _("accept, decline, counter or holding")),
    "answer/move": (_("to {how} here means: {move}"), _("make that move")),
    "answer/nothing": (_("this only answers something that was asked"), _("choose the request it answers")),
    "answer/taker": (_("say who takes it"), _("one of {names}")),
    "call/purpose": (
        _("say what we want of this talk, and what they want"),
        _("two keys, each one of {names}; they stay sealed until the hotwash"),
    ),
    "call/unasked": (_("nobody is asked what this move is for"), _("leave the purpose out")),
    "answer/taker-unfit": (_("nobody of that kind takes this"), _("say who takes it only of a call or a meeting")),
    "answer/twice": (_("an answer to that is on the list"), _("revise it or withdraw it first")),
    "asset/unfit": (_("{asset} is of no use for this"), _("use {assets}")),
    "asset/unknown": (_("we have no such thing for this: {asset!r}"), _("use {assets}"), _("leave it out")),
    "asset/which": (_("say with which of what we have this is made"), _("use {assets}")),
    "call/spent": (
        _("an exercise of {length} minutes has no more calls or meetings than have been held: {n}"),
        _("say it in writing, or decline with a word why"),
    ),
    "channel/suspended": (
        _("{channel} is suspended"),
        _("send it another way, or ask through the embassy to reopen it"),
    ),
    "channel/unfit": (_("{channel} does not carry this move"), _("{instead} does"), _("choose another move")),
    "channel/unknown": (
        _("there is no channel called {channel!r}"),
        _("did you mean {near}?"),
        _("pick a channel from the board"),
    ),
    "channel/visibility": (_("{channel} carries only what is {visibility}"), _("choose another channel or visibility")),
    "clock/minutes": (_("an extension is 1 to {most} minutes"), _("give fewer")),
    "closer/act": (_("no such act of theirs has reached us"), _("pick acts of the list, or decline")),
    "closer/acts": (_("an answer names {most} acts at most, each once"), _("name fewer, or decline")),
    "closer/channel": (_("nothing can be asked over that channel with these moves"), _("one of {names}"), _("wait")),
    "closer/concern": (_("no pack knows that concern"), _("pick one of the list, or decline")),
    "closer/early": (_("nothing of the other side has reached both teams yet"), _("ask after the first turn")),
    "closer/late": (_("the teams have no more moves to answer with"), _("ask in the hotwash")),
    "closer/moves": (_("the teams are at their moves or readings"), _("ask with the results, or before the moves")),
    "closer/not-asked": (_("nobody asks us what moved us closer"), _("say it in a move")),
    "closer/off": (_("this session does not ask what moved a team closer"), _("ask it in the hotwash")),
    "closer/open": (_("both have been asked and have not answered yet"), _("wait for their moves")),
    "decision/answer": (_("nobody asks for that answer here"), _("one of {names}")),
    "decision/closed": (
        _("nothing of that name asks us for an answer now"),
        _("answer what is listed with the moves, before they are committed"),
    ),
    "crossing/crossed": (_("that line stands as crossed already"), _("pick another one")),
    "crossing/unknown": (_("nobody claims that crossing, and no rule proposes it"), _("pick one of the list")),
    "cite/again": (_("we have cited {instrument} and are bound by it"), _("cite another, or leave it out")),
    "cite/move": (_("this cites nothing: {move}"), _("leave the citation out, or make another move")),
    "cite/none": (_("nothing can be cited in this session"), _("leave the citation out")),
    "cite/unknown": (_("the scenario has no instrument {instrument!r} to cite"), _("use one of {names}")),
    "consent/missing": (
        _("the host has not accepted this help"),
        _("ask for its word first: {ask}; or say openly that it goes unasked: {term}"),
    ),
    "fact/backed-untrue": (
        _("what is not so has no source, and nobody to vouch for it"),
        _("tell it whole or in part, or on our word alone"),
    ),
    "fact/host": (_("nobody of the host can vouch for {private}"), _("tell it with its source, or on our word alone")),
    "fact/how": (_("say how it is told"), _("with its source or not, and whole, in part or falsely")),
    "fact/none": (_("it is not said which fact that tells"), _("name what we alone know, or leave out how it is told")),
    "fact/part": (_("{private} cannot be told in part"), _("tell it whole, or keep it")),
    "fact/unfit": (_("{move} cannot carry what we alone know"), _("tell it with a move that informs")),
    "fact/unknown": (
        _("that is nothing that we alone know: {private!r}"),
        _("we can tell of {privates}"),
        _("leave it out"),
    ),
    "fact/untrue": (_("there are no words in which {private} could be told falsely"), _("tell it whole, or keep it")),
    "forecast/chance": (_("a chance lies between 0 and 100"), _("give it in percent")),
    "forecast/unknown": (_("there is no such forecast"), _("pick one of the list")),
    "guess/many": (_("a team makes at most {most} guesses"), _("drop one first")),
    "guess/unknown": (_("there is no guess of that number"), _("look at the list again")),
    "inject/delivered": (_("that inject has been delivered"), _("improvise a correction instead")),
    "inject/held": (_("that inject is held already"), _("release it or skip it")),
    "inject/unknown": (_("there is no inject {inject!r}"), _("did you mean {near}?"), _("pick one of the list")),
    "line/concern": (_("there is no concern {concern!r}"), _("one of {names}")),
    "line/leads": (_("a pink line leads to a red line of our own"), _("pick one of ours")),
    "line/led-to": (_("another line of ours leads to it"), _("drop that one first")),
    "line/many": (_("a team writes at most {most} lines"), _("drop one first")),
    "line/not-ours": (_("we wrote no such line"), _("to set a scenario's line aside, adopt others")),
    "line/unknown": (_("the scenario has no line {line!r} for us"), _("pick from the list")),
    "line/weight": (_("a weight lies between 0 and 10"), _("10 matters most")),
    "line/words": (_("a line has 1 to {most} characters"), _("say it in one sentence")),
    "lines/played": (_("our own lines stand as they were played"), _("guess theirs once more")),
    "lines/sealed": (_("our lines are sealed"), _("wait for the next phase")),
    "log/full": (
        _("the log is nearly as long as can be read again"),
        _("let the facilitator go on to the close, or roll back"),
    ),
    "move/about": (_("say which channel this is about"), _("name a channel of the board")),
    "move/about-unknown": (_("there is no such channel to be about"), _("name a channel of the board")),
    "move/few": (
        _("too few moves are on the list: a turn takes at least {least}"),
        _("even declining comment is a move"),
    ),
    "move/audience": (_("what is private is for the other side alone"), _("leave out whom it is mainly for")),
    "move/audience-unsaid": (
        _("it is not said whom these public words are mainly meant for"),
        _("say it: for them, for home, for third parties, or for allies"),
    ),
    "move/expected": (_("how an act is expected to be taken lies between -3 and +3"), _("-3 is friendly, +3 hostile")),
    "move/expected-unsaid": (
        _("it is not said how we expect them to take it"),
        _("say it, -3 friendly to +3 hostile; it may be the same as how we mean it"),
    ),
    "move/intent": (_("an intent lies between -3 and +3"), _("-3 is friendly, +3 hostile")),
    "move/left-out": (_("this session, of {length} minutes, is without this move"), _("choose another move")),
    "move/line": (_("say which line of ours this names"), _("pick one of our lines")),
    "move/no-line": (_("this move names no line of ours"), _("leave the line out")),
    "move/many": (
        _("a turn has at most {most} moves of our own; answers come on top"),
        _("revise or withdraw one, or commit"),
    ),
    "move/many-holding": (_("at most {most} holding notes a turn"), _("answer one instead")),
    "move/number": (_("there is no move of that number on our list"), _("look at the list again")),
    "move/promise": (_("this move can't carry that promise"), _("leave the promise out")),
    "move/term": (_("this move can't be made {term!r}"), _("leave the term out")),
    "move/term-heard": (
        _("“{term}” goes only with a move that is {visibility}"),
        _("send it as {visibility}, or leave the term out"),
    ),
    "move/term-twice": (_("a term is given twice"), _("give each term once")),
    "move/text": (_("the text is longer than {most} characters"), _("shorten it")),
    "move/unknown": (_("there is no move called {move!r}"), _("did you mean {near}?"), _("pick a move from the list")),
    "move/visibility": (_("this move is always {visibility}"), _("send it as {visibility}")),
    "note/about": (_("there is nothing of that name to note about"), _("pick one of the list")),
    "note/early": (_("what the room says is noted in the hotwash"), _("take a note of your own until then")),
    "note/many": (
        _("this seat has written {most:,} notes, changes included, and that is all that a session keeps"),
        _("write on paper, and bring it to the hotwash"),
    ),
    "note/opened": (
        _("what each side noted of a talk lies open, and stays as it is"),
        _("note what the room says of it instead"),
    ),
    "note/seat": (_("everybody names their own thing to change"), _("let them type it, or the facilitator")),
    "note/text": (_("a note has 1 to {most} characters"), _("write a shorter one")),
    "note/unknown": (_("there is no such note of ours"), _("pick one of the list")),
    "override/range": (_("that lies outside the scale"), _("look at the scale of this number")),
    "override/unknown": (_("there is no such number"), _("pick one of the list")),
    "order/acts": (_("an order names all {n} acts of the offence card, each once"), _("put all of them in order")),
    "order/not-asked": (
        _("this session does not ask how gravely each side takes what"),
        _("a note can say what we mind most"),
    ),
    "phase/closed": (_("the session is closed"), _("read its log, or start a new one")),
    "phase/committed": (_("we have committed this phase"), _("wait for the other side")),
    "phase/lines": (_("lines are written before the first turn and after the last"), _("take a note of it instead")),
    "phase/paused": (_("play is paused"), _("wait until the facilitator goes on; drafts are kept")),
    "phase/paused-advance": (_("play is paused"), _("go on with unpause first")),
    "phase/paused-already": (_("play is paused already"), _("go on with unpause")),
    "phase/play": (_("nothing is delivered outside the turns"), _("wait for a turn to begin")),
    "phase/running": (_("play is not paused"), _("pause it first")),
    "phase/wrong": (_("that belongs to the {phase} phase; this is {here}"), _("wait for it")),
    "preview/look": (_("this is a look at the screen; nothing is sent"), _("ctrl+q goes back")),
    "reading/audience": (_("what is private was for us alone"), _("leave out whom it was mainly for")),
    "reading/audience-unsaid": (
        _("it is not said whom we take these public words to be mainly meant for"),
        _("say it: for us, for their home, for third parties, or for their allies"),
    ),
    "reading/confidence": (_("how sure lies between 1 and 4"), _("1 is a guess, 4 is certain")),
    "reading/crossed": (
        _("only a red line that we wrote here, and do not hold crossed yet, can be held crossed"),
        _("say that it touches the line"),
    ),
    "reading/hostility": (_("a reading lies between -3 and +3"), _("-3 is friendly, +3 hostile")),
    "reading/line": (_("that is not a line of ours"), _("pick one of our lines, or none")),
    "reading/nobody": (
        _("who says this alone is not known"),
        _("do it from a screen that has joined; at one table the team reads together"),
    ),
    "reading/sealed": (
        _("the team has sealed its reading of this"),
        _("say how you yourself take the next one before the team does"),
    ),
    "translation/length": (_("a translation has at most {most} characters"), _("shorten it")),
    "translation/none": (_("there is no translation that could be taken off"), _("write one")),
    "translation/same": (_("that translation stands there already"), _("write another, or leave it")),
    "translation/unknown": (
        _("nothing of that place has words that could be translated"),
        _("pick an act or a line of a call that has words"),
    ),
    "hotwash/closed": (_("the hotwash is not open"), _("open it once play is over; it can be led from then on")),
    "hotwash/place": (_("the hotwash has no such place"), _("go to one of its pages")),
    "reading/unknown": (_("nothing of that number reached us this turn"), _("pick one of the cards")),
    "principle/many": (_("we have put {most} sentences already"), _("put other words for one that does not stand")),
    "principle/not-asked": (
        _("this session asks for no principles"),
        _("note the sentence for the debrief"),
    ),
    "principle/own": (_("those words are ours, so we accept them already"), _("wait for the other side")),
    "principle/phase": (_("principles are agreed once play is over"), _("note it until then")),
    "principle/stands": (_("both sides accept that sentence, so it stands"), _("put another one")),
    "principle/three": (_("{most} sentences stand already, and more are not asked for"), _("leave it at those")),
    "principle/unknown": (_("there is no sentence of that number"), _("look at the list")),
    "principle/words": (_("a principle is one sentence of up to {most} characters"), _("shorten it")),
    "readout/closed": (_("there is no exchange of that number to account for"), _("look at the list")),
    "readout/last": (_("play ends before a readout of that talk would be published"), _("write a note of it")),
    "readout/text": (_("the text is longer than {most} characters"), _("shorten it")),
    "readout/tone": (_("a tone lies between -3 and +3"), _("-3 is friendly, +3 hostile")),
    "ref/malformed": (_("a submit is named by 1 to 64 letters, digits, - and _"), _("send the act under another name")),
    "ref/other-act": (
        _("another act was sent under this name before, and it counts"),
        _("send the act under a name of its own"),
    ),
    "consent/first": (
        _("the card on what is recorded and who may see it comes first"),
        _("read it, and agree or leave"),
    ),
    "consent/facilitator": (
        _("whoever facilitates shows the card, and is not asked"),
        _("the teams and observers agree"),
    ),
    "room/bot": (
        _("a bot plays for our team at present"),
        _("look on and take notes, or ask the facilitator to give the seat back"),
    ),
    "room/changed": (
        _("what this was about has changed since you looked: somebody else was at work"),
        _("look again, and do it if it still fits"),
    ),
    "room/advanced": (
        _("another facilitator has gone on to the next phase already"),
        _("look where play is now before you go on again"),
    ),
    "room/over": (_("the host takes nothing more from here"), _("leave, and join again")),
    "room/own": (_("only the host itself does that"), _("ask for it at the host's console")),
    "room/place": (_("there is no place called {place}"), _("look at the list of places")),
    "room/pen": (_("another person of our team holds the pen, and commits and seals"), _("take the pen first")),
    "room/rehearsal": (
        _("bots play this rehearsal, and people press readings in it"),
        _("wait until something has reached us, and say how we take it"),
    ),
    "room/disk": (_("{name} cannot be written: {reason}"), _("look at that disk, then do it again")),
    "room/displaced": (_("{name} was moved; all of it is in {copy}"), _("stop the host, then: crisis-sim host {copy}")),
    "room/full": (_("the disk that {name} lies on is full"), _("free some space there, then do it again")),
    "room/stopped": (_("{name} takes no more acts: {reason}"), _("stop the host, see to the disk, and host it again")),
    "room/storage": (
        _("the host could not keep it, so it does not count"),
        _("do it again once the facilitator says so"),
    ),
    "talk/many": (_("we have said {most} things in this talk"), _("note what was said; a move says the rest")),
    "talk/over": (_("no talk of that number is held at present"), _("say it with a move, or in a readout")),
    "talk/text": (_("what is said has 1 to {most} characters"), _("shorten it")),
    "replay/sealed": (
        _("before the hotwash no team knows that"),
        _("look through the whole (w) to see what was sealed"),
    ),
    "mirror/untrue": (
        _("it would not be true now: both must have meant well, and each have taken the other as hostile"),
        _("wait for a turn's results: the console offers it there when it is true"),
    ),
    "mirror/held": (_("both teams have been told so this turn"), _("let them talk")),
    "reveal/done": (_("both teams have been shown that act"), _("pick another one")),
    "reveal/early": (_("that act is still being read"), _("wait for the results")),
    "reveal/under-way": (_("that act has not reached the other side"), _("reveal it once it has")),
    "reveal/unknown": (_("nobody has sent such an act"), _("pick one of the list")),
    "roll-back/turn": (_("that turn has not been played"), _("choose an earlier turn")),
    "seat/bot": (_("there is no bot {policy!r} for this seat"), _("one of {names}"), _("seat a person here")),
    "seat/facilitator": (_("only the facilitator does that"), _("ask the white cell")),
    "seat/person": (_("a person has no policy"), _("leave the policy out")),
    "seat/team": (_("only a team does that"), _("hand over to a team's seat")),
    "words/length": (_("write 1 to {most} characters"), _("say it shorter")),
}
"""By code: why, then the ways out; the first of these counts that has something for each of its places."""
