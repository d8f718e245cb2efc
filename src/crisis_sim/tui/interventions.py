"""What the facilitator does by hand, asked in small steps: improvise, override, roll back."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from msgspec.structs import replace

from crisis_sim.engine.actions import DeclareCrossing, Improvise, Override, TranslateAct, TranslateLine
from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.numbers import points, points_text
from crisis_sim.pages.console_blocks import proposed_told
from crisis_sim.pages.console_effects import EFFECTS
from crisis_sim.pages.places_forms import IN_BRANCH
from crisis_sim.pages.traces import meter_told
from crisis_sim.pages.translations import STANDS, translatable
from crisis_sim.tui.dialogs import Choose, Confirm, DialogOption, Write
from crisis_sim.tui.frame import SeatScreen

OverriddenMeter: TypeAlias = Literal["tension", "felt", "trust", "standing", "pressure", "readiness", "track"]
Recipients: TypeAlias = Literal["us", "china", "both"]


async def ask_to_improvise(screen: SeatScreen) -> Improvise | None:
    """To whom, and the words; None if somebody went back."""
    say, kept = screen.say, screen.unsealed.written
    options = [
        DialogOption("both", say("Both teams, the same words")),
        DialogOption("us", say("US alone")),
        DialogOption("china", say("China alone")),
        DialogOption("each", say("Both teams, different words")),
    ]
    asked = Choose(say("Who receives it?"), options, say, sentence=say(EFFECTS["improvise"]))
    to = await screen.app.push_screen_wait(asked)
    if to is None:
        return None
    title = say("Words for US") if to in ("us", "each") else say("Words for China") if to == "china" else say("Words")
    text = await screen.app.push_screen_wait(Write(title, say, kept, "improvise"))
    if text is None:
        return None
    if to != "each":
        return Improvise(to=cast(Recipients, to), text=text)
    kept["improvise"] = text
    text_china = await screen.app.push_screen_wait(Write(say("Words for China"), say, kept, "improvise china"))
    if text_china is None:
        return None
    kept.pop("improvise", None)
    return Improvise(to="both", text=text, text_china=text_china)


def place_to_write(screen: SeatScreen, title: str, what: str, *, short: bool = False) -> Write:
    """Where something is written, with what that changes."""
    say = screen.say
    return Write(say(title), say, screen.unsealed.written, what, sentence=say(EFFECTS[what]), short=short)


async def ask_for_minutes(screen: SeatScreen) -> int | None:
    """How many more minutes a turn has; None if somebody went back."""
    say = screen.say
    options = [
        DialogOption(str(n), say("{n} more minute", plural="{n} more minutes", n=n)) for n in (1, 2, 3, 5, 10, 15)
    ]
    asked = Choose(say("How much longer?"), options, say, sentence=say(EFFECTS["extend"]))
    minutes = await screen.app.push_screen_wait(asked)
    return None if minutes is None else int(minutes)


async def ask_to_override(screen: SeatScreen, view: FacilitatorView) -> Override | None:
    """Which number, what it should be, and why; None if somebody went back."""
    say, kept = screen.say, screen.unsealed.written
    options = [
        DialogOption(str(place), meter_told(each, say), _value(each.meter, each.value))
        for place, each in enumerate(view.meters)
    ]
    asked = Choose(say("Which number?"), options, say, sentence=say(EFFECTS["override"]))
    picked = await screen.app.push_screen_wait(asked)
    if picked is None:
        return None
    chosen = view.meters[int(picked)]
    title = f"{meter_told(chosen, say)}: {_value(chosen.meter, chosen.value)}"
    to = await _ask_number(screen, title, chosen.meter)
    if to is None:
        return None
    reason = await screen.app.push_screen_wait(
        Write(
            say("Why? It goes on the record."), say, kept, "reason", sentence=title + f" → {_value(chosen.meter, to)}"
        )
    )
    return (
        None
        if reason is None
        else Override(meter=cast(OverriddenMeter, chosen.meter), of=chosen.of, to=to, reason=reason)
    )


async def _ask_number(screen: SeatScreen, title: str, meter: str) -> int | None:
    """Ask until it is a number."""
    say = screen.say
    complaint = ""
    while True:
        sentence = complaint or say("A number with at most two decimals.")
        text = await screen.app.push_screen_wait(Write(title, say, {}, "number", sentence=sentence, short=True))
        if text is None:
            return None
        try:
            value = points(text.replace("−", "-"))
        except ValueError as error:
            complaint = f"{error}."
            continue
        return value // 100 if meter == "readiness" else value


def _value(meter: str, value: int) -> str:
    return f"{value} %" if meter == "readiness" else points_text(value)


async def ask_to_declare(screen: SeatScreen, view: FacilitatorView) -> DeclareCrossing | None:
    """Which crossing that a team claims or a rule proposes, and why; None if there is none or somebody went back."""
    say, kept = screen.say, screen.unsealed.written
    ready = [each for each in view.proposed if each.is_open]
    if not ready:
        screen.tell(say("No team claims a crossing, and no rule proposes one."))
        return None
    options = [DialogOption(str(place), proposed_told(each, say)) for place, each in enumerate(ready)]
    sentence = say("Both teams are told that the line was crossed. Tension stays where it is.")
    picked = await screen.app.push_screen_wait(Choose(say("Declare which crossing?"), options, say, sentence=sentence))
    if picked is None:
        return None
    chosen = ready[int(picked)]
    title = say("Why? It goes on the record.")
    reason = await screen.app.push_screen_wait(Write(title, say, kept, "declare", sentence=proposed_told(chosen, say)))
    return None if reason is None else DeclareCrossing(side=chosen.side, line=chosen.id, reason=reason)


async def _ask_to_translate(screen: SeatScreen, view: FacilitatorView) -> TranslateAct | TranslateLine | None:
    """Whose words, and how they read in the other language; None if nobody wrote any or somebody went back."""
    say, kept = screen.say, screen.unsealed.written
    words = translatable(view, say)
    if not words:
        screen.tell(say("Nobody has written anything yet."))
        return None
    options = [DialogOption(str(place), each.words.replace("\n", " "), each.head) for place, each in enumerate(words)]
    picked = await screen.app.push_screen_wait(Choose(say("Translate which words?"), options, say))
    if picked is None:
        return None
    chosen = words[int(picked)]
    if chosen.asks.text:
        ways = [DialogOption("anew", say("Write it anew")), DialogOption("off", say("Take it off"))]
        told = say("Translation: {text}", text=chosen.asks.text)
        way = await screen.app.push_screen_wait(Choose(say("It has a translation"), ways, say, sentence=told))
        if way != "anew":
            return None if way is None else replace(chosen.asks, text="")
    name = _kept_as(chosen.asks)
    kept.setdefault(name, chosen.asks.text)
    sentence = f"{chosen.words}\n\n{say(STANDS)}"
    text = await screen.app.push_screen_wait(Write(say("The translation"), say, kept, name, sentence=sentence))
    return None if text is None else replace(chosen.asks, text=text)


async def translate_words(screen: SeatScreen, view: FacilitatorView) -> None:
    """Ask for a translation and attach it; one that is refused is kept."""
    asked = await _ask_to_translate(screen, view)
    if asked is not None and not await screen.send(asked):
        screen.unsealed.written[_kept_as(asked)] = asked.text


def _kept_as(asks: TranslateAct | TranslateLine) -> str:
    """Under what name half of a translation is kept."""
    if isinstance(asks, TranslateAct):
        return f"translation {asks.side}/{asks.turn}/{asks.order}"
    return f"translation {asks.exchange}/{asks.line}"


async def ask_turn(screen: SeatScreen, view: FacilitatorView) -> int | None:
    """Which turn to go on from; None if somebody went back."""
    say = screen.say
    options = [DialogOption(str(turn), say("From the start of turn {n}", n=turn)) for turn in range(view.turn, 0, -1)]
    sentence = say(IN_BRANCH)
    turn = await screen.app.push_screen_wait(Choose(say("Roll back to where?"), options, say, sentence=sentence))
    if turn is None:
        return None
    question = say("Go on from the start of turn {n}?").format(n=turn)
    if await screen.app.push_screen_wait(Confirm(question, [sentence], say, yes="roll back", no="stay")):
        return int(turn)
    return None
