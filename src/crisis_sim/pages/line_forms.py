"""Lines, guesses and orders as forms: keep the scenario's, write our own, guess theirs, order what is grave, seal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.line_writing import LONGEST_LINE
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.blocks import Block, Choice, prose
from crisis_sim.pages.briefing_blocks import instruction_told
from crisis_sim.pages.closing_blocks import closing_told
from crisis_sim.pages.disclosure_words import facts_recalled
from crisis_sim.pages.form import Form, FormDoor, FormOption, FormSheet, Questions
from crisis_sim.pages.line_blocks import guessing, left_of, lines_to_keep
from crisis_sim.pages.teller import Teller
from crisis_sim.wording import _

WEIGHTS: Final = {
    10: _("more than anything"),
    8: _("very much"),
    6: _("much"),
    4: _("somewhat"),
    2: _("a little"),
    0: _("not at all"),
}
"""How much a line matters, in words."""
FormOf: TypeAlias = Callable[[str, TeamView, FormSheet, Teller], Form | None]


def weight_options(say: Teller) -> Iterator[FormOption]:
    """From 10, which matters most, to 0."""
    for weight in range(10, -1, -1):
        word = say(WEIGHTS[weight]) if weight in WEIGHTS else ""
        says = say("{value} {word}", "a weight", value=weight, word=word) if word else str(weight)
        yield FormOption(str(weight), says)


def line_doors(view: TeamView, say: Teller) -> Iterator[FormDoor]:
    """What can be done about lines before the first turn, and about guesses once more after the last."""
    is_briefing = view.phase == "briefing"
    if view.phase not in ("briefing", "closing"):
        return
    if not view.committed:
        if is_briefing:
            yield FormDoor("keep", say("Which of these lines do we keep?"))
            yield FormDoor("write", say("Write a line of our own"))
        yield FormDoor("guess", say("Guess a line of theirs"))
        if is_briefing and say.dossier.offences:
            yield FormDoor("order", say("What do we take most gravely?"))
    if say.dossier.offences and (is_briefing or not view.committed):
        yield FormDoor("theirs", say("What do they take most gravely?"))


def line_names(view: TeamView, say: Teller) -> Iterator[str]:
    """The forms about one line or guess, by the keys that their blocks have."""
    if view.committed or view.phase not in ("briefing", "closing"):
        return
    if view.phase == "briefing":
        yield from (f"line:{line.id}" for line in view.lines)
    yield from (f"guess:{guess.number}" for guess in view.guesses)
    yield from (f"before:{guess.number}" for guess in left_of(view.guesses_before, view.guesses))


def keep(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """Which of the scenario's lines are ours."""
    given = [line for line in view.lines if not line.ours]
    asked = Questions(sheet, {"lines": tuple(line.id for line in given if line.adopted)})
    shown = {block.key: block for block in lines_to_keep(given, say) if isinstance(block, Choice)}
    options = [FormOption(line.id, (of := shown[f"line:{line.id}"]).name, of.says) for line in given]
    title = say("Which of these lines do we keep?")
    note = say("Those not named are set aside. Only we see these.")
    kept = asked.many("lines", title, options, note=note, none=say("none"))
    return asked.form(name, title, say("Keep these"), a.AdoptLines(lines=kept or ()))


def write(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """A line of our own."""
    asked = Questions(sheet)
    kind, concern, says, weight = _described(asked, say)
    reds = [FormOption(line.id, say.of(line.says)) for line in view.lines if line.kind == "red" and line.adopted]
    leads = None
    if kind == "pink" and reds:
        leads = asked.one("leads", say("Which red line of ours does it lead to?"), reds, none=say("to none of them"))
    action = a.WriteLine(line=kind, concern=concern, says=says, weight=weight, leads_to=leads or None)
    return asked.form(name, say("Write a line of our own"), say("Write it down"), action)


def guess(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """A guess of one of theirs."""
    asked = Questions(sheet)
    kind, concern, says, weight = _described(asked, say)
    action = a.GuessLine(line=kind, concern=concern, says=says, weight=weight)
    note = prose(say("What would they not accept? The debrief lays it beside what they wrote."), "quiet")
    return asked.form(name, say("Guess a line of theirs"), say("Write it down"), action, before=(note,))


def order(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """What we take gravely, the gravest first."""
    title = say("What do we take most gravely?")
    why = say("By this order we feel what they do, and our own lines are pressed. Tension takes no notice of it.")
    asked, said = _ordered(sheet, view.order, title, why, say)
    return asked.form(name, title, say("Write it down"), a.OrderOffences(order=said))


def theirs(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """What they take gravely, as we think."""
    title = say("What do they take most gravely?")
    why = say("Only we see this. The debrief lays it beside their own order.")
    asked, said = _ordered(sheet, view.order_guess or view.order_guess_before, title, why, say)
    return asked.form(name, title, say("Write it down"), a.GuessOrder(order=said))


def seal(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """Lines and guesses are done: the last look at them."""
    ours = sum(line.adopted for line in view.lines)
    told: list[Block] = [prose(say("Lines of ours: {n}. Guesses of theirs: {m}.", n=ours, m=len(view.guesses)))]
    if view.phase == "briefing":
        told = [*facts_recalled(view.private_facts, say), *told]
    told += [prose(each) for each in (*instruction_told(say.dossier.team, say), *closing_told(view, say))]
    if not (view.guesses or view.guesses_before):
        words = say("We have guessed none of theirs; the debrief will have nothing to lay beside them.")
        told.append(prose(words, "bad"))
    if say.dossier.offences and view.phase == "briefing" and not view.order:
        words = say("We have ordered nothing: each of these acts weighs with us as the rules weigh it.")
        told.append(prose(words, "quiet"))
    if say.dossier.offences and not view.order_guess:
        told.append(prose(say("We have not guessed their order."), "quiet"))
    title = say("Lines and guesses are final once they are sealed. Seal them?")
    return Questions(sheet).form(name, title, say("seal"), a.SealLines(), before=told, final=True)


def of_line(name: str, view: TeamView, say: Teller) -> Form:
    """What can be done with one line, or with one guess, by the key of its block."""
    kind, _colon, which = name.partition(":")
    lines = {line.id: line for line in view.lines}
    match kind:
        case "line":
            of = lines[which]
            if of.ours:
                return _at_once(name, say.of(of.says), say("take back"), a.DropLine(line=which))
            kept = tuple(each.id for each in view.lines if not each.ours and each.adopted != (each.id == which))
            does = say("set aside") if of.adopted else say("take it as ours")
            return _at_once(name, say.of(of.says), does, a.AdoptLines(lines=kept))
        case "guess":
            said = next(each.says for each in view.guesses if str(each.number) == which)
            return _at_once(name, said, say("take back"), a.DropGuess(number=int(which)))
        case _:
            before = next(each for each in view.guesses_before if str(each.number) == which)
            return _at_once(name, before.says, say("guess it again"), guessing(before))


def _at_once(name: str, title: str, does: str, action: a.AnyAction) -> Form:
    return Questions({}).form(name, title, does, action)


def _ordered(
    sheet: FormSheet, order: Sequence[str], title: str, why: str, say: Teller
) -> tuple[Questions, tuple[str, ...]]:
    acts = tuple(say.dossier.offences)
    asked = Questions(sheet, {"order": tuple(order)} if order else {})
    options = [FormOption(act, say.offence(act)) for act in acts]
    return asked, asked.order("order", title, options, note=why) or ()


def _described(asked: Questions, say: Teller) -> tuple[Literal["red", "pink"], str, str, int]:
    """Kind, concern, words and weight of a line."""
    kinds = (
        FormOption("red", say("red"), say("Crossing it changes everything at once.")),
        FormOption("pink", say("pink"), say("Each step is small; together they lead to a red line.")),
    )
    says = asked.text("says", say("One sentence: what must not happen?"), most=LONGEST_LINE, lines=False)
    kind = asked.one("kind", say("A red or a pink line?"), kinds)
    concerns = [FormOption(name, say.concern(name)) for name in say.dossier.concerns]
    concern = asked.one("concern", say("What is it about?"), concerns)
    weight = asked.one("weight", say("How much does it matter?"), weight_options(say), scale=True)
    return "pink" if kind == "pink" else "red", concern or "", says or "", int(weight or 0)


LINE_FORMS: Final[dict[str, FormOf]] = {
    "keep": keep,
    "write": write,
    "guess": guess,
    "order": order,
    "theirs": theirs,
}
"""By the names of their doors."""
