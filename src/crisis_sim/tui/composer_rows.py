"""What the composer's three steps say, as rows."""

from __future__ import annotations

from crisis_sim.pages.move_blocks import advice, move_blocks
from crisis_sim.pages.phrases import valued
from crisis_sim.pages.seat_pages import TeamPage
from crisis_sim.pages.seat_parts import ChannelView, MoveOption
from crisis_sim.tui.blocks import laid_out
from crisis_sim.tui.rows import BLANK, Block, Row, Tone, block, fit, para, row, spread
from crisis_sim.tui.unsealed import Composing
from crisis_sim.tui.wording import FAMILIES, Say
from crisis_sim.wording import _

STEPS = ("What", "How", _("Words and meaning"))


def option_of(team: TeamPage, composing: Composing) -> MoveOption | None:
    """The move that is chosen, if one is."""
    return next((move for move in team.moves if move.id == composing.move), None)


def channel_of(team: TeamPage, composing: Composing) -> ChannelView | None:
    """The channel that is chosen, if one is."""
    return next((channel for channel in team.channels if channel.id == composing.channel), None)


def summary_rows(team: TeamPage, composing: Composing, width: int, say: Say) -> list[Row]:
    """The move so far in one line, and what it answers."""
    option, channel = option_of(team, composing), channel_of(team, composing)
    rows = []
    if composing.asked:
        rows.append(fit(row((say("answering: "), "dim"), composing.asked), width))
    if option is None:
        return [*rows, fit(row((say("No move chosen yet."), "dim")), width)]
    over = f" → {channel.name}" if channel else ""
    meaning = say("meaning not said yet") if composing.intent is None else (
        say("we mean ") + valued(composing.intent, say)
    )  # fmt: skip
    left = row((option.label, "strong"), over, f", {say(composing.visibility)}")
    return [*rows, spread(left, row((meaning, "head")), width)]


def step_row(step: int, width: int, say: Say) -> Row:
    """The three steps, with the one at hand in brackets."""
    pieces: Row = ((" ", ""),)
    for number, name in enumerate(STEPS, 1):
        face = f"{number} {say(name)}"
        pieces = (*pieces, (f"[{face}]", "chosen") if number == step else (f" {face} ", "dim"))
        if number < len(STEPS):
            pieces = (*pieces, (" › ", "dim"))
    return fit(pieces, width)


def matches(move: MoveOption, search: str, say: Say) -> bool:
    """Whether every word that was typed occurs in the move's label, sentence or family."""
    text = f"{move.label} {move.does} {move.family} {say(FAMILIES.get(move.family, move.family))}".casefold()
    return all(word in text for word in search.casefold().split())


def best_match(team: TeamPage, search: str, keys: list[str]) -> str:
    """The move that was most likely meant: its label begins with what was typed, or has it; blocked ones come last."""
    words = search.casefold()
    labels = {move.id: move.label.casefold() for move in team.moves}
    blocked = {move.id for move in team.moves if move.blocked}
    return min(keys, key=lambda key: (not labels[key].startswith(words), words not in labels[key], key in blocked))


def catalogue_rows(team: TeamPage, composing: Composing, width: int, say: Say) -> list[Block]:
    """The catalogue by family; what cannot be made now stays, with the reason."""
    found = [move for move in team.moves if matches(move, composing.search, say)]
    if composing.how in ("accept", "decline", "holding"):
        found = [move for move in found if move.id == composing.move]
    else:
        found = [move for move in found if not move.only_as_answer]
    if not found:
        return [block(*para(say("No move has these words. Delete some of them."), width, "dim"))]
    drawn: list[Block] = []
    for family in dict.fromkeys(move.family for move in found):
        heading = row((say(FAMILIES.get(family, family)).upper(), "head"))
        drawn.append(block(*([BLANK] if drawn else []), heading))
        for move in (each for each in found if each.family == family):
            drawn.append(_move_block(move, composing, width, say))
    return drawn


def _move_block(move: MoveOption, composing: Composing, width: int, say: Say) -> Block:
    chosen = move.id == composing.move
    mark = "● " if chosen else "✕ " if move.blocked else "  "
    if not move.blocked:
        return Block((fit(row((mark, "key"), (move.label, "strong" if chosen else "")), width),), move.id)
    reason = para(say("not now: ") + move.blocked, width, "dim", indent=4)
    return Block((fit(row((mark, "dim"), (move.label, "dim")), width), *reason), move.id)


def detail_rows(move: MoveOption | None, width: int, say: Say) -> list[Row]:
    """What the move under the cursor does and costs, and what our advisers say of it."""
    if move is None:
        return []
    return [row for drawn in laid_out(move_blocks(move, say), width) for row in drawn.rows]


def how_blocks(team: TeamPage, option: MoveOption | None, composing: Composing, width: int, say: Say) -> list[Block]:
    """Channel with its odds, who will see it, what it is about, terms, promise."""
    if option is None:
        return [block(*para(say("Choose a move first."), width, "dim"))]
    drawn = [block(row((say("OVER WHICH CHANNEL"), "head")))]
    names = {channel.id: channel for channel in team.channels}
    for name in option.channels:
        if name in names:
            drawn.append(_channel_block(names[name], composing.channel == name, width, say))
    if not option.channels:
        drawn.append(block(*para(say("No channel can carry it now."), width, "bad")))
    drawn.extend(_visibility_blocks(option, names.get(composing.channel), composing, say))
    drawn.extend(_about_blocks(team, option, composing, width, say))
    drawn.extend(_extra_blocks(option, composing, width, say))
    return [*drawn, block(()), Block((row(("→ ", "key"), (say("Go on to the words"), "strong")),), "go")]


def _radio(chosen: bool) -> str:
    return "(•) " if chosen else "( ) "


def _channel_block(channel: ChannelView, chosen: bool, width: int, say: Say) -> Block:
    hours = say("at once") if channel.latency == 0 else say("{n} h", n=channel.latency)
    face = row((_radio(chosen), "key"), (channel.name, "strong" if chosen else ""))
    odds = say("{word}, {hours}: {odds}", word=channel.word, hours=hours, odds=channel.odds)
    return Block((fit(face, width), *para(odds, width, "dim", indent=4)), f"channel:{channel.id}")


def _visibility_blocks(option: MoveOption, channel: ChannelView | None, composing: Composing, say: Say) -> list[Block]:
    kinds = [kind for kind in option.visibilities if channel is None or kind in channel.visibilities]
    if not kinds:
        return []
    words = {"private": _("private: for the other side alone"), "public": _("public: both home audiences hear it")}
    drawn = [block(BLANK, row((say("WHO HEARS IT"), "head")))]
    for kind in kinds:
        chosen = composing.visibility == kind
        drawn.append(Block((row((_radio(chosen), "key"), say(words[kind])),), f"visibility:{kind}"))
    return drawn


def _about_blocks(team: TeamPage, option: MoveOption, composing: Composing, width: int, say: Say) -> list[Block]:
    if not option.about_channel:
        return []
    drawn = [block(BLANK, row((say("WHICH CHANNEL IT IS ABOUT"), "head")))]
    for channel in team.channels:
        face = row((_radio(composing.about == channel.id), "key"), channel.name)
        drawn.append(Block((spread(face, row((channel.word, "dim")), width),), f"about:{channel.id}"))
    return drawn


def _extra_blocks(option: MoveOption, composing: Composing, width: int, say: Say) -> list[Block]:
    drawn = []
    if option.terms:
        drawn.append(block(BLANK, row((say("WHAT COMES WITH IT"), "head"), (say("  space marks"), "dim"))))
    for term in option.terms:
        chosen = term.id in composing.terms
        rows = para(term.says, width, indent=4, first=row(("[x] " if chosen else "[ ] ", "key")))
        if term.note and chosen:
            rows.extend(para("! " + term.note, width, "head", indent=4))
        drawn.append(Block(tuple(rows), f"term:{term.id}"))
    if option.promises:
        drawn.append(block(BLANK, row((say("A PROMISE ON THE RECORD"), "head"), (say("  space marks"), "dim"))))
    for name, words in option.promises:
        rows = para(words, width, indent=4, first=row(("[x] " if composing.promise == name else "[ ] ", "key")))
        drawn.append(Block(tuple(rows), f"promise:{name}"))
    return drawn


def scale_blocks(chosen: int | None, width: int, say: Say) -> list[Block]:
    """The seven steps from friendly to hostile, each with its key."""
    drawn = []
    for number in range(-3, 4):
        mark = "● " if chosen == number else "  "
        tone: Tone = "chosen" if chosen == number else ""
        face = row((f"{number + 4} ", "key"), (mark, "key"), ((" " if number == 0 else "") + valued(number, say), tone))
        drawn.append(Block((fit(face, width),), str(number)))
    return drawn


def adviser_rows(team: TeamPage, composing: Composing, width: int, say: Say) -> list[Row]:
    """What our own advisers would warn of, knowing what our side knows."""
    option, channel = option_of(team, composing), channel_of(team, composing)
    if option is None:
        return []
    warnings = advice(option, channel, composing.visibility, composing.terms, say)
    if not warnings:
        return [fit(row((say("Advisers: "), "dim"), (say("nothing to warn of"), "dim")), width)]
    return para(" ".join(warnings), width, "head", indent=10, first=row((say("Advisers: "), "dim")))
