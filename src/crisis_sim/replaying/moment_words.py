"""One moment in words.

For the whole it is what was done at which seat; for a team, what its view shows that it did not before: a team's words
are made from two of its views, and from what it noted itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import UNSET, UnsetType

from crisis_sim.engine import actions as a
from crisis_sim.engine.dealing_plans import DECISION
from crisis_sim.engine.events import AnyEvent, Bookmarked, NoteTaken
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.table_actions import HOTWASH_PAGES
from crisis_sim.engine.views.act_views import head_of, line_words, talk_of
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.feed_items import AnyFeedItem
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.engine.views.shared_facts import NoteFacts
from crisis_sim.numbers import points_text
from crisis_sim.pages.closer_words import CLOSER
from crisis_sim.pages.console_blocks import note_lines
from crisis_sim.pages.decision_blocks import ANSWERED
from crisis_sim.pages.duty import duty
from crisis_sim.pages.feed_words import FeedWords, item_words
from crisis_sim.pages.mirror_words import MIRROR
from crisis_sim.pages.opening import PAGES
from crisis_sim.pages.pending_blocks import draft_head, received
from crisis_sim.pages.phrases import format_hostility, format_signed, hostility, meant_for, sealed_meaning, taken_for
from crisis_sim.pages.translator import BELIEF, Translator, head_for
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import HERE_FOR_MORE, Language, Side
from crisis_sim.session.record import Entry
from crisis_sim.wording import _, speaker

SEAT_NAMES: Final[dict[a.SeatName, str]] = {
    "us": "US",
    "china": "China",
    "facilitator": _("Facilitator"),
    "observer": _("Observer"),
}

PLAIN: Final[dict[type[a.Action], str]] = {
    a.AdoptLines: _("adopts lines of the scenario"),
    a.DropLine: _("takes back a line"),
    a.DropGuess: _("takes back a guess"),
    a.OrderOffences: _("orders acts by how gravely it takes them"),
    a.GuessOrder: _("guesses in which order the other side has them"),
    a.SealLines: _("seals its lines and guesses"),
    a.WithdrawMove: _("takes a move off its list"),
    a.CommitMoves: _("commits its moves"),
    a.CommitReadings: _("commits its readings"),
    a.CommitForecasts: _("commits its forecasts"),
    a.EndCall: _("ends a talk"),
    a.ReportModel: _("puts on record how its model answers"),
    a.Advance: _("goes on to the next phase"),
    a.Pause: _("stops the clock"),
    a.Unpause: _("lets the clock run"),
}
"""Acts that need no more words than these."""
VERBS: Final[dict[type[a.Action], str]] = {
    a.ReleaseInject: _("releases"),
    a.HoldInject: _("holds back"),
    a.SkipInject: _("strikes"),
}
"""What is done with an inject."""


def describe_entry(entry: Entry | None, state: State, table: GameTable, language: Language) -> str:
    """What was done, with what was sealed; `state` is the one after it."""
    say = speaker(language)
    if entry is None:
        return say("The table is set; nobody has done anything.")
    sentence = say(
        "{who} {done}", who=say(SEAT_NAMES[entry.seat]), done=_describe_action(entry, state, table, language)
    )
    return (
        sentence
        if entry.action.made_by is UNSET
        else say("{told} (by the harness, in the model's place)", told=sentence)
    )


def _describe_action(entry: Entry, state: State, table: GameTable, language: Language) -> str:
    action, say = entry.action, speaker(language)
    if (plain := PLAIN.get(type(action))) is not None:
        return say(plain)
    match action:
        case a.SealMove(draft=draft):
            return say("seals a move: {draft}", draft=_draft(a.as_meant(action, draft), table, language))
        case a.ReviseMove(number=number, draft=draft):
            return say("writes move {number} anew: {draft}", number=number, draft=_draft(draft, table, language))
        case a.SealReading() if entry.seat in ("us", "china"):
            return _reading(action, entry.seat, state, table, language)
        case a.AgreeToCard(by=person):
            agrees = (
                _("agrees to what is recorded and who may see it ({by})")
                if person
                else _("agrees to what is recorded and who may see it")
            )
            return say(agrees, by=person)
        case a.PressReading(hostility=reading, by=person):
            return say("{by} takes something alone as {taken}", by=person, taken=format_hostility(reading, say))
        case a.SealForecast(forecast=forecast, chance=chance):
            asks = {
                scenario_forecast.id: scenario_forecast.ask.in_(language)
                for scenario_forecast in table.scenario.forecasts
            }
            question = asks.get(forecast) or say(BELIEF if forecast == HERE_FOR_MORE else forecast)
            return say("gives {chance} in 100: {asked}", chance=chance, asked=question)
        case a.WriteLine(line=kind, says=words):
            return say("writes a {kind} line: {says}", kind=say(kind), says=words)
        case a.GuessLine(line=kind, says=words):
            return say("guesses a {kind} line of the other side: {says}", kind=say(kind), says=words)
        case a.PutPrinciple(says=words, number=number):
            template = (
                _("puts a principle: {says}")
                if number is None
                else _("puts other words for principle {number}: {says}")
            )
            return say(template, says=words, number=number)
        case a.AcceptPrinciple(number=number):
            return say("accepts principle {number}", number=number)
        case a.StaySilent():
            return say("chooses to say nothing to what it was asked")
        case a.AnswerDecision(asked=question, answer=answer):
            about = _("says what it does about a conclusion: {answer}")
            if not question:
                about = _("says what it does about a hard voice at home: {answer}")
            elif question.startswith(DECISION):
                about = _("answers what it was asked to decide: {answer}")
                inject = table.injects.get(question.removeprefix(DECISION))
                if inject is not None and answer in inject.decide:
                    return say(about, answer=inject.decide[answer].says.in_(language))
            return say(about, answer=say(ANSWERED.get(answer, answer)))
        case a.AskCloser(channel=channel):
            return say(_("asks with its moves: “{says}”") if channel else _("takes back a question"), says=say(CLOSER))
        case a.AnswerCloser(acts=acts):
            return say(_("says what moved it closer") if acts else _("declines to say what moved it closer"))
        case a.SayInCall(text=text):
            return say("says in the call: {text}", text=text)
        case a.SealReadout(tone=tone, text=text):
            word = hostility(say, tone)
            return say(
                "seals its readout ({tone} {word}) {text}", tone=format_signed(tone), word=word, text=text
            ).rstrip()
        case _:
            return _facilitated(action, table, language)


def _facilitated(action: a.AnyAction, table: GameTable, language: Language) -> str:
    """What a facilitator does, and what any seat may do."""
    say = speaker(language)
    match action:
        case a.TakeSeat(occupant=occupant, policy=policy):
            sentence = say("is taken by a {occupant}", occupant=say(occupant))
            return say("{taken}, {policy}", taken=sentence, policy=policy) if policy else sentence
        case a.ReleaseInject(inject=inject) | a.HoldInject(inject=inject) | a.SkipInject(inject=inject):
            title = table.injects[inject].title.in_(language) if inject in table.injects else inject
            return say("{verb} {title}", verb=say(VERBS[type(action)]), title=title)
        case a.Improvise(to=to, text=text):
            return say("tells {to}: {text}", to=say("both teams" if to == "both" else SEAT_NAMES[to]), text=text)
        case a.Override(meter=meter, of=owner, to=to, reason=reason):
            value = str(to) if meter == "readiness" else points_text(to)
            target = " ".join(filter(None, (say(meter), owner)))
            return say("sets {what} to {value}: {reason}", what=target, value=value, reason=reason)
        case a.TakeNote(text=text, about="talk"):
            return say("notes of the talk: {text}", text=text)
        case a.TakeNote(text=text):
            return say("notes: {text}", text=text)
        case a.Bookmark(label=label):
            return say("marks this place: {label}", label=label)
        case a.Extend(minutes=minutes):
            return say("gives {n} more minute", plural="gives {n} more minutes", n=minutes)
        case a.RollBack(turn=turn, child=child):
            return say("goes back to turn {turn}, in session {child}", turn=turn, child=child)
        case a.ShortenLog(had=had, has=has):
            if had > has:
                return say(
                    "goes on without {n} acknowledged entry that is lost",
                    plural="goes on without {n} acknowledged entries that are lost",
                    n=had - has,
                )
            return say("goes on after the end of the log was cut off or changed")
        case a.DeclareCrossing(side=side, reason=reason):
            return say("declares a red line of {who} crossed: {reason}", who=say(SEAT_NAMES[side]), reason=reason)
        case a.PutQuestion():
            return say("asks both: “{says}”", says=say(CLOSER))
        case a.TranslateAct(side=side, turn=turn, order=order, text=text):
            template = _("translates act {turn}.{order} of {who}: {text}")
            if not text:
                template = _("takes the translation of act {turn}.{order} of {who} off")
            return say(template, turn=turn, order=order, who=say(SEAT_NAMES[side]), text=text)
        case a.TranslateLine(line=line, text=text):
            template = (
                _("translates line {n} of a call: {text}") if text else _("takes the translation of line {n} off")
            )
            return say(template, n=line, text=text)
        case a.LeadHotwash(page=page):
            return say("leads the hotwash to: {page}", page=say(PAGES[HOTWASH_PAGES.index(page)]))
        case a.HoldMirror():
            return say("says to both: {text}", text=say(MIRROR))
        case a.Reveal(side=side, turn=turn, order=order):
            return say(
                "shows both teams what act {turn}.{order} of {who} meant and how it was read",
                turn=turn,
                order=order,
                who=say(SEAT_NAMES[side]),
            )
        case _:
            return type(action).__name__


def _draft(draft: a.Draft, table: GameTable, language: Language) -> str:
    say = Translator(dossier_for(table, "facilitator"), language)
    meant = say(
        "{move}, {channel}, {visibility}, {meaning}",
        move=say.move(draft.move),
        channel=say.channel(draft.channel),
        visibility=say(draft.visibility),
        meaning=sealed_meaning(draft.intent, value_or_none(draft.expected), say),
    )
    if not isinstance(draft.audience, UnsetType):
        meant = say("{head}; {audience}", head=meant, audience=meant_for(draft.audience, say))
    # Translators: what an act was meant as, and its words
    return say("{meant} “{text}”", meant=meant, text=draft.text) if draft.text else meant


def _reading(action: a.SealReading, side: Side, state: State, table: GameTable, language: Language) -> str:
    say = Translator(dossier_for(table, "facilitator"), language)
    inbox = state.team(side).inbox
    reading_text = format_hostility(action.hostility, say)
    if not 0 < action.item <= len(inbox):
        return say("reads something as {taken}", taken=reading_text)
    act = head_of(table, state.sent(inbox[action.item - 1].act), side)
    head = head_for(act, side, say)
    read = say("reads {head} as {taken}, {sure} of 4 sure", head=head, taken=reading_text, sure=action.confidence)
    if not isinstance(action.audience, UnsetType):
        read = say("{read}, {audience}", read=read, audience=taken_for(action.audience, say))
    if not action.touches:
        return read
    line = say.localize(line_words(state, table, side, action.touches))
    return say("{read}, touching {line}", read=read, line=line)


# what a view shows that the one before did not


def news(previous_view: View | None, view: View, say: Translator, *, brief: bool = False) -> tuple[str, ...]:
    """What is new on a seat's screen but for its notes, in sentences; empty where nothing is.

    `brief` leaves out texts under a head.
    """
    if previous_view is None:
        return (duty(view, say),)
    return tuple(_news(previous_view, view, say, brief))


def _news(previous_view: View, view: View, say: Translator, brief: bool) -> Iterator[str]:
    if (view.turn, view.phase) != (previous_view.turn, previous_view.phase):
        if view.turn == previous_view.turn:
            yield say("{phase}.", phase=say(view.phase).capitalize())
        else:
            yield say("Turn {turn}: {phase}.", turn=view.turn, phase=say(view.phase))
    for item in fresh(previous_view.feed, view.feed, say):
        text = item.text.replace("\n", " ")
        if item.head and (brief or not text):
            yield item.head
        else:
            # Translators: a heading, and the text behind it on one line
            yield say("{head}: {text}", head=item.head, text=text) if item.head else text
    if isinstance(view, TeamView) and isinstance(previous_view, TeamView):
        yield from _preparation_sentences(previous_view, view, say)
    for seat in view.bots:
        if seat not in previous_view.bots:
            yield say("A bot takes the seat: {who}.", who=say(SEAT_NAMES[seat]))
    if view.paused != previous_view.paused:
        yield say("The clock stops." if view.paused else "The clock runs.")


def _preparation_sentences(previous_view: TeamView, view: TeamView, say: Translator) -> Iterator[str]:
    """What a team did itself, and whether the other is done."""
    if view.phase == previous_view.phase and view.drafts != previous_view.drafts:
        old_heads = {draft_head(draft.draft, say) for draft in previous_view.drafts}
        added = [head for draft in view.drafts if (head := draft_head(draft.draft, say)) not in old_heads]
        sentence = say("Our list: {head}", head=added[-1]) if added else ""
        yield sentence or say("Our list has {n} move.", plural="Our list has {n} moves.", n=len(view.drafts))
    old = {(card.number, card.hostility, card.confidence, card.touches) for card in previous_view.to_read}
    for card in view.to_read:
        if card.hostility is not None and (card.number, card.hostility, card.confidence, card.touches) not in old:
            yield say(
                "We read {head} as {taken}.", head=received(card.act, say), taken=format_hostility(card.hostility, say)
            )
    for forecast in view.asked_now:
        if forecast.chance is not None and forecast not in previous_view.asked_now:
            yield say("We give {chance} in 100: {asked}", chance=forecast.chance, asked=say.forecast(forecast.id))
    if view.phase in ("briefing", "closing") and _lining(view) != _lining(previous_view):
        yield say("We work on our lines and on our guesses of theirs.")
    if view.committed and not previous_view.committed:
        yield say("We are done with this phase.")
    if view.other_committed and not previous_view.other_committed:
        yield say("The other team is done with this phase.")


def noted(entry: Entry, seat: a.SeatName, language: Language) -> tuple[str, ...]:
    """What a seat noted with an entry, in sentences; a note in the place of an earlier one is none."""
    say = speaker(language)
    notes = [event for event in entry.events if isinstance(event, NoteTaken) and event.seat == seat]
    facts = [
        NoteFacts(turn=event.turn, text=event.text, talk=talk_of(event.about, event.of))
        for event in notes
        if event.replaces is None
    ]
    lines = note_lines(facts, say)
    return tuple(say("Our note: {note}", note=note) for note in lines)


def run_on(sentences: Sequence[str], language: Language) -> str:
    """Sentences as one paragraph."""
    if language == "en":
        return " ".join(
            sentence if sentence.endswith((".", "!", "?", "…", "”")) else f"{sentence}." for sentence in sentences
        )
    return "".join(
        sentence if sentence.endswith(("。", "！", "？", "…", "”")) else f"{sentence}。" for sentence in sentences
    )


def both_sides_lines(us: Sequence[str], china: Sequence[str], language: Language) -> Iterator[str]:
    """What the two sides were told, each under its name: what both were, once and first."""
    say = speaker(language)
    common = [sentence for sentence in us if sentence in china]
    alone = ([sentence for sentence in side_sentences if sentence not in common] for side_sentences in (us, china))
    for side_name, sentences in zip((_("Both"), SEAT_NAMES["us"], SEAT_NAMES["china"]), (common, *alone), strict=True):
        if sentences:
            yield say("{who}: {what}", who=say(side_name), what=run_on(sentences, language))


def _lining(view: TeamView) -> tuple[object, ...]:
    """What a team has written of its lines, of the other's, and of what is grave to whom."""
    return (
        view.lines,
        view.guesses,
        view.order,
        view.order_guess,
        view.principles,
    )


def fresh(previous_feed: Iterable[AnyFeedItem], feed: Iterable[AnyFeedItem], say: Translator) -> list[FeedWords]:
    """What a feed tells that the one before did not."""
    old_items = {_item_key(item, say) for item in previous_feed}
    return [item_words(item, say) for item in feed if _item_key(item, say) not in old_items]


def _item_key(item: AnyFeedItem, say: Translator) -> tuple[object, ...]:
    """What makes of an item the same one, whatever has become of it since."""
    return (item.turn, item.hour, *item_words(item, say)[:3])


def is_written_down(events: Iterable[AnyEvent]) -> bool:
    """Nothing that a team is told can have changed with these: somebody wrote down something for themselves.

    To know that without making the view, which holds all that a team has noted, keeps a log of very many such entries
    from costing the square of their number.
    """
    return all(isinstance(event, Bookmarked | NoteTaken) and event.visible != "everyone" for event in events)
