"""Lines, guesses and orders as forms: keep the scenario's, write our own, guess theirs, order what is grave, seal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.line_writing import LONGEST_LINE
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages.blocks import Block, Choice, prose
from crisis_sim.pages.briefing_blocks import instruction_sentences
from crisis_sim.pages.closing_blocks import closing_sentences
from crisis_sim.pages.disclosure_words import facts_recalled
from crisis_sim.pages.form import Form, FormLink, FormOption, FormSheet, Questions
from crisis_sim.pages.line_blocks import guessing, left_of, lines_to_keep
from crisis_sim.pages.translator import Translator
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
FormOf: TypeAlias = Callable[[str, TeamView, FormSheet, Translator], Form | None]


def weight_options(say: Translator) -> Iterator[FormOption]:
    """From 0 to 10, which matters most."""
    for weight in range(11):
        word = say(WEIGHTS[weight]) if weight in WEIGHTS else ""
        label = say("{value} {word}", "a weight", value=weight, word=word) if word else str(weight)
        yield FormOption(str(weight), label)


def line_links(view: TeamView, say: Translator) -> Iterator[FormLink]:
    """What can be done about lines before the first turn, and about guesses once more after the last."""
    is_briefing = view.phase == "briefing"
    if view.phase not in ("briefing", "closing"):
        return
    if not view.committed:
        if is_briefing:
            yield FormLink("keep", say("Which of these lines do we keep?"))
            yield FormLink("write", say("Write a line of our own"))
        yield FormLink("guess", say("Guess a line of theirs"))
        if is_briefing and say.dossier.offences:
            yield FormLink("order", say("What do we take most gravely?"))
    if say.dossier.offences and (is_briefing or not view.committed):
        yield FormLink("theirs", say("What do they take most gravely?"))


def line_names(view: TeamView, say: Translator) -> Iterator[str]:
    """The forms about one line or guess, by the keys that their blocks have."""
    if view.committed or view.phase not in ("briefing", "closing"):
        return
    if view.phase == "briefing":
        yield from (f"line:{line.id}" for line in view.lines)
    yield from (f"guess:{guess.number}" for guess in view.guesses)
    yield from (f"before:{guess.number}" for guess in left_of(view.guesses_before, view.guesses))


def keep(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """Which of the scenario's lines are ours."""
    scenario_lines = [line for line in view.lines if not line.ours]
    questions = Questions(answers, {"lines": tuple(line.id for line in scenario_lines if line.adopted)})
    shown = {block.key: block for block in lines_to_keep(scenario_lines, say) if isinstance(block, Choice)}
    options = [FormOption(line.id, (choice := shown[f"line:{line.id}"]).name, choice.note) for line in scenario_lines]
    title = say("Which of these lines do we keep?")
    note = say("Those not named are set aside. Only we see these.")
    line_ids = questions.many("lines", title, options, note=note, skip_label=say("none"))
    return questions.form(name, title, say("Keep these"), a.AdoptLines(lines=line_ids or ()))


def write(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """A line of our own."""
    questions = Questions(answers)
    kind, concern, text, weight = _described(questions, say)
    reds = [FormOption(line.id, say.localize(line.says)) for line in view.lines if line.kind == "red" and line.adopted]
    leads = None
    if kind == "pink" and reds:
        leads = questions.one(
            "leads", say("Which red line of ours does it lead to?"), reds, skip_label=say("to none of them")
        )
    action = a.WriteLine(line=kind, concern=concern, says=text, weight=weight, leads_to=leads or None)
    return questions.form(name, say("Write a line of our own"), say("Write it down"), action)


def guess(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """A guess of one of theirs."""
    questions = Questions(answers)
    kind, concern, text, weight = _described(questions, say)
    action = a.GuessLine(line=kind, concern=concern, says=text, weight=weight)
    note = prose(say("What would they not accept? The debrief lays it beside what they wrote."), "quiet")
    return questions.form(name, say("Guess a line of theirs"), say("Write it down"), action, intro=(note,))


def order(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """What we take gravely, the gravest first."""
    title = say("What do we take most gravely?")
    why = say("By this order we feel what they do, and our own lines are pressed. Tension takes no notice of it.")
    questions, ranking = _ordered(answers, view.order, title, why, say)
    return questions.form(name, title, say("Write it down"), a.OrderOffences(order=ranking))


def theirs(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """What they take gravely, as we think."""
    title = say("What do they take most gravely?")
    why = say("Only we see this. The debrief lays it beside their own order.")
    questions, ranking = _ordered(answers, view.order_guess or view.order_guess_before, title, why, say)
    return questions.form(name, title, say("Write it down"), a.GuessOrder(order=ranking))


def seal(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """Lines and guesses are done: the last look at them."""
    ours = sum(line.adopted for line in view.lines)
    blocks: list[Block] = [prose(say("Lines of ours: {n}. Guesses of theirs: {m}.", n=ours, m=len(view.guesses)))]
    if view.phase == "briefing":
        blocks = [*facts_recalled(view.private_facts, say), *blocks]
    blocks += [
        prose(sentence) for sentence in (*instruction_sentences(say.dossier.team, say), *closing_sentences(view, say))
    ]
    if not (view.guesses or view.guesses_before):
        words = say("We have guessed none of theirs; the debrief will have nothing to lay beside them.")
        blocks.append(prose(words, "bad"))
    if say.dossier.offences and view.phase == "briefing" and not view.order:
        words = say("We have ordered nothing: each of these acts weighs with us as the rules weigh it.")
        blocks.append(prose(words, "quiet"))
    if say.dossier.offences and not view.order_guess:
        blocks.append(prose(say("We have not guessed their order."), "quiet"))
    title = say("Lines and guesses are final once they are sealed. Seal them?")
    return Questions(answers).form(name, title, say("seal"), a.SealLines(), intro=blocks, final=True)


def of_line(name: str, view: TeamView, say: Translator) -> Form:
    """What can be done with one line, or with one guess, by the key of its block."""
    kind, _colon, key = name.partition(":")
    lines = {line.id: line for line in view.lines}
    match kind:
        case "line":
            entry = lines[key]
            if entry.ours:
                return _at_once(name, say.localize(entry.says), say("take back"), a.DropLine(line=key))
            line_ids = tuple(line.id for line in view.lines if not line.ours and line.adopted != (line.id == key))
            does = say("set aside") if entry.adopted else say("take it as ours")
            return _at_once(name, say.localize(entry.says), does, a.AdoptLines(lines=line_ids))
        case "guess":
            text = next(guess.says for guess in view.guesses if str(guess.number) == key)
            return _at_once(name, text, say("take back"), a.DropGuess(number=int(key)))
        case _:
            old_guess = next(guess for guess in view.guesses_before if str(guess.number) == key)
            return _at_once(name, old_guess.says, say("guess it again"), guessing(old_guess))


def _at_once(name: str, title: str, does: str, action: a.AnyAction) -> Form:
    return Questions({}).form(name, title, does, action)


def _ordered(
    answers: FormSheet, order: Sequence[str], title: str, why: str, say: Translator
) -> tuple[Questions, tuple[str, ...]]:
    acts = tuple(say.dossier.offences)
    questions = Questions(answers, {"order": tuple(order)} if order else {})
    options = [FormOption(act, say.offence(act)) for act in acts]
    return questions, questions.order("order", title, options, note=why) or ()


def _described(questions: Questions, say: Translator) -> tuple[Literal["red", "pink"], str, str, int]:
    """Kind, concern, words and weight of a line."""
    kinds = (
        FormOption("red", say("red"), say("Crossing it changes everything at once.")),
        FormOption("pink", say("pink"), say("Each step is small; together they lead to a red line.")),
    )
    text = questions.text("says", say("One sentence: what must not happen?"), maximum=LONGEST_LINE, lines=False)
    kind = questions.one("kind", say("A red or a pink line?"), kinds)
    concerns = [FormOption(name, say.concern(name)) for name in say.dossier.concerns]
    concern = questions.one("concern", say("What is it about?"), concerns)
    weight = questions.one("weight", say("How much does it matter?"), weight_options(say), scale=True)
    return "pink" if kind == "pink" else "red", concern or "", text or "", int(weight or 0)


LINE_FORMS: Final[dict[str, FormOf]] = {
    "keep": keep,
    "write": write,
    "guess": guess,
    "order": order,
    "theirs": theirs,
}
"""By the names of their doors."""
