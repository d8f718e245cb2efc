"""What the composer's three steps say, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.dossier import MoveEntry
from crisis_sim.engine.sight.views import ChannelFacts, TeamView
from crisis_sim.pages.channel_blocks import PASSED_ON, is_passed_on
from crisis_sim.pages.desk_blocks import move_called
from crisis_sim.pages.move_blocks import HEARD, NOT_FOUND, advice, move_blocks, open_channels, sought, way_told, why_not
from crisis_sim.pages.move_choices import CHOICES
from crisis_sim.pages.phrases import (
    AUDIENCES,
    EXAMPLES,
    audience_named,
    meant_for,
    one_after_another,
    signed,
    stopped,
    valued,
)
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Audience
from crisis_sim.text import cells, narrow
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.pane_rows import (
    BLANK,
    READING,
    PaneBlock,
    PaneRow,
    PaneTone,
    Piece,
    block,
    fit,
    para,
    row,
    spread,
    width_of,
)
from crisis_sim.tui.screen_words import FAMILIES
from crisis_sim.tui.unsealed import Composing
from crisis_sim.wording import Say, _

POINTS: Final = range(-3, 4)
STEPS = ("What", "How", _("Words and meaning"))


def summary_rows(composing: Composing, quoted: int, width: int, say: Teller) -> list[PaneRow]:
    """The move so far, and what it answers in up to `quoted` rows; where that is more, with the key to all of it."""
    rows = []
    if composing.asked:
        column = min(width, READING)
        rows += para(composing.asked, column, indent=2, first=row((say("answering: "), "dim")))
        if len(rows) > quoted:
            more = row(("ctrl+r ", "key"), (say("all of it"), "dim"))
            rows[quoted - 1 :] = [spread((*rows[quoted - 1], (" …", "")), more, column)]
    if not composing.move:
        return [*rows, fit(row((say("No move chosen yet."), "dim")), width)]
    heard = say(composing.visibility)
    meaning = say("meaning not said yet")
    if composing.intent is not None:
        meaning = say("we mean ") + valued(composing.intent, say)
        if composing.expected is not None:
            numbers = {"meant": signed(composing.intent), "expected": signed(composing.expected)}
            meaning = say("we mean {meant}, expect {expected}", **numbers)
            if composing.visibility == "public" and composing.audience is not None:
                meaning = say("{head}; {audience}", head=meaning, audience=meant_for(composing.audience, say))
    left, right = row((move_called(composing.move, composing.how, say), "strong"), " → "), row((meaning, "head"))
    told = heard
    if composing.channel:
        told = say("{channel}, {visibility}", channel=say.channel(composing.channel), visibility=heard)
    whole = (*left, (told, ""))
    if width_of(whole) + width_of(right) < width:
        return [*rows, spread(whole, right, width)]
    head = para(told, width, indent=4, first=left)
    if len(head) == 1 or width_of(head[-1]) + width_of(right) >= width:
        return [*rows, *head, spread((), right, width)]
    return [*rows, *head[:-1], spread(head[-1], right, width)]


def step_row(step: int, width: int, say: Teller) -> PaneRow:
    """The three steps, with the one at hand in brackets."""
    pieces: PaneRow = ((" ", ""),)
    for number, name in enumerate(STEPS, 1):
        face = f"{number} {say(name)}"
        pieces = (*pieces, (f"[{face}]", "chosen") if number == step else (f" {face} ", "dim"))
        if number < len(STEPS):
            pieces = (*pieces, (" › ", "dim"))
    return fit(pieces, width)


def matches(move: MoveEntry, search: str, say: Teller) -> bool:
    """Whether every word that was typed occurs in the move's names, sentence or family."""
    family = say(FAMILIES.get(move.family, move.family))
    text = f"{sought(move)} {say.of(move.does)} {move.family} {family}".casefold()
    return all(word in text for word in narrow(search).casefold().split())


def best_match(team: TeamView, search: str, keys: list[str], say: Teller) -> str:
    """The move that was most likely meant: its label begins with what was typed or has it, then its other names do.

    A sentence that merely mentions the words comes after all of these, and what cannot be made now last among equals.
    """
    words = narrow(search).casefold()
    labels = {key: say.move(key).casefold() for key in keys}
    blocked = {each.move for each in team.blocked}

    def further(key: str) -> tuple[bool, ...]:
        named = words in sought(say.dossier.moves[key]).casefold()
        return not labels[key].startswith(words), words not in labels[key], not named, key in blocked

    return min(keys, key=further)


def catalogue_rows(team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    """The catalogue by family; what cannot be made now stays, with the reason."""
    found = [move for move in say.dossier.moves.values() if matches(move, composing.search, say)]
    if composing.how in ("accept", "decline", "holding"):
        found = [move for move in found if move.id == composing.move]
    else:
        found = [move for move in found if not move.only_as_answer]
    if not found:
        return [block(*para(say(NOT_FOUND), width, "dim"))]
    drawn: list[PaneBlock] = []
    for family in dict.fromkeys(move.family for move in found):
        heading = row((say(FAMILIES.get(family, family)).upper(), "head"))
        drawn.append(block(*([BLANK] if drawn else []), heading))
        for move in (each for each in found if each.family == family):
            drawn.append(_move_block(move, why_not(move.id, team, say), composing, width, say))
    return drawn


def _move_block(move: MoveEntry, blocked: str, composing: Composing, width: int, say: Teller) -> PaneBlock:
    chosen = composing.move == move.id
    mark, label = "● " if chosen else "✕ " if blocked else "  ", move_called(move.id, composing.how, say)
    tone: PaneTone = "dim" if blocked else "strong" if chosen else ""
    rows = para(label, width, tone, indent=2, first=row((mark, "dim" if blocked else "key")))
    rows += para(say("not now: ") + blocked, width, "dim", indent=4) if blocked else []
    return PaneBlock(tuple(rows), move.id)


def detail_rows(team: TeamView, move: MoveEntry | None, chosen: str, width: int, say: Teller) -> list[PaneRow]:
    """What the move under the cursor does and costs, and what advisers say of it; of the chosen they say it below."""
    if move is None:
        return []
    page = move_blocks(move, team, say, advised=move.id != chosen)
    return [row for drawn in laid_out(page, width) for row in drawn.rows]


def how_blocks(team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    """Channel with its odds, who will see it, what it is about, terms, promise."""
    move = say.dossier.moves.get(composing.move)
    if move is None:
        return [block(*para(say("Choose a move first."), width, "dim"))]
    drawn = [block(row((say("OVER WHICH CHANNEL"), "head")))]
    channels, facts = open_channels(move, team), {channel.id: channel for channel in team.channels}
    for name in channels:
        drawn.append(_channel_block(facts[name], composing.channel == name, width, say))
    if not channels:
        drawn.append(block(*para(say("No channel can carry it now."), width, "bad")))
    drawn.extend(_visibility_blocks(move, composing, say))
    for field in HEADS:
        drawn.extend(_choice_blocks(field, team, composing, width, say))
    return [*drawn, block(()), PaneBlock((row(("→ ", "key"), (say("Go on to the words"), "strong")),), "go")]


def _radio(chosen: bool) -> str:
    return "(•) " if chosen else "( ) "


def _mark(chosen: bool) -> str:
    return "[x] " if chosen else "[ ] "


def _channel_block(channel: ChannelFacts, chosen: bool, width: int, say: Teller) -> PaneBlock:
    face = row((_radio(chosen), "key"), (say.channel(channel.id), "strong" if chosen else ""))
    return PaneBlock((fit(face, width), *para(way_told(channel, say), width, "dim", indent=4)), f"channel:{channel.id}")


def _visibility_blocks(move: MoveEntry, composing: Composing, say: Teller) -> list[PaneBlock]:
    channel = say.dossier.channels.get(composing.channel)
    kinds = sorted(kind for kind in move.visibilities if channel is None or kind in channel.visibilities)
    if not kinds:
        return []
    drawn = [block(BLANK, row((say("WHO HEARS IT"), "head")))]
    for kind in kinds:
        chosen = composing.visibility == kind
        rows = [row((_radio(chosen), "key"), say(HEARD[kind]))]
        if kind == "private" and channel is not None and is_passed_on(composing.channel, say):
            rows.append(row(("    " + say(PASSED_ON), "dim")))
        drawn.append(PaneBlock(tuple(rows), f"visibility:{kind}"))
    return drawn


HEADS: Final[Mapping[str, str]] = {
    "taker": _("WHO TAKES IT"),
    "purpose": _("WHAT WE WANT OF IT"),
    "their_purpose": _("WHAT THEY WANT, AS WE THINK"),
    "asset": _("WITH WHICH OF WHAT WE HAVE"),
    "about": _("WHICH CHANNEL IT IS ABOUT"),
    "line": _("WHICH LINE OF OURS IT NAMES"),
    "discloses": _("WHAT WE ALONE KNOW"),
    "terms": _("WHAT COMES WITH IT"),
    "cites": _("WHAT IT CITES"),
    "promise": _("A PROMISE ON THE RECORD"),
}
"""Of what is chosen of a move, in its order; what stands behind a fact that it tells is chosen beneath that."""


def _choice_blocks(field: str, team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    """Everything that can be chosen, under its head; nothing where the move is not asked for it.

    What may be left out and is one of several has a row for none of it, since choosing one unmarks the other.
    """
    choice = CHOICES[field]
    drawn = list(_option_blocks(field, team, composing, width, say))
    if not drawn:
        return []
    if choice.none and not _is_box(field, len(list(choice.options(composing, team, say)))):
        none = row((_radio(not getattr(composing, field)), "key"), say(choice.none))
        drawn.insert(0, PaneBlock((none,), f"{field}:"))
    head = row((say(HEADS[field]), "head"), *([(say("  space marks"), "dim")] if choice.none else ()))
    note = choice.note(composing, team, say)
    return [block(BLANK, head, *(para(note, width, "dim") if note else ())), *drawn]


def _is_box(field: str, options: int) -> bool:
    """It is marked by itself, whatever else is; what is cited is offered beside nothing, where it is one thing too."""
    return field == "terms" or (options == 1 and field != "cites" and bool(CHOICES[field].none))


def _option_blocks(
    field: str, team: TeamView, composing: Composing, width: int, say: Teller, indent: int = 0
) -> Iterator[PaneBlock]:
    """What can be chosen, each with what is to be known of it, and beneath it what is chosen with it."""
    choice, key = CHOICES[field], "term" if field == "terms" else field
    options = list(choice.options(composing, team, say))
    marked = _mark if _is_box(field, len(options)) else _radio
    for option in options:
        chosen = option.name in composing.terms if field == "terms" else getattr(composing, field) == option.name
        mark = row(*([" " * indent] if indent else ()), (marked(chosen), "key"))
        label = say("{says}: {note}", says=option.label, note=option.note) if field == "purpose" else option.label
        state = row((option.note, "dim")) if field == "about" else ()
        rows = para(label, width - (width_of(state) + 1 if state else 0), indent=indent + 4, first=mark)
        if state:
            rows[0] = spread(rows[0], state, width)
        if field == "asset":
            rows += para(option.note, width, "dim", indent=4)
        elif field in ("terms", "cites") and chosen and option.note:
            rows += para("! " + option.note if field == "terms" else option.note, width, "head", indent=4)
        yield PaneBlock(tuple(rows), f"{key}:{option.name}")
        if field == "discloses" and chosen:
            for inner in ("backed", "truth"):
                if within := list(_option_blocks(inner, team, composing, width, say, indent=4)):
                    yield block(*para(say(CHOICES[inner].asks), width, "dim", indent=4))
                    yield from within


def scale_blocks(chosen: int | None, width: int, say: Say) -> list[PaneBlock]:
    """The seven steps from friendly to hostile, each with its key, and an example of each where there is room."""
    words = [valued(number, say) for number in POINTS]
    says = [" " + each if each.startswith("0") else each for each in words]
    wide, examples = max(map(cells, says)), exemplified(width, say)
    drawn = []
    for number, value, example in zip(POINTS, says, EXAMPLES, strict=True):
        mark = "● " if chosen == number else "  "
        tone: PaneTone = "chosen" if chosen == number else ""
        face = row((f"{number + 4} ", "key"), (mark, "key"), (value, tone))
        told: Piece = (" " * (wide - cells(value) + 2) + say(example), "dim")
        drawn.append(PaneBlock((fit(row(*face, told) if examples else face, width),), str(number)))
    return drawn


def exemplified(width: int, say: Say) -> bool:
    """Whether the steps of the scale have room for their examples."""
    return (
        cells("1 ● ")
        + max(cells(valued(number, say)) for number in POINTS)
        + 2
        + max(cells(say(each)) for each in EXAMPLES)
        <= width
    )


def audience_blocks(chosen: Audience | None, reader: int, width: int, say: Teller) -> list[PaneBlock]:
    """Whom public words are mainly for, each with its key; `reader` is 1 where they are somebody else's."""
    drawn = []
    for number, (key, words) in enumerate(AUDIENCES.items(), 1):
        mark = "● " if chosen == key else "  "
        tone: PaneTone = "chosen" if chosen == key else ""
        name = audience_named(key, say) if reader else say(words[0])
        face = row((f"{number} ", "key"), (mark, "key"), (name, tone))
        drawn.append(PaneBlock((fit(face, width),), key))
    return drawn


def adviser_rows(team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneRow]:
    """What our own advisers would warn of, knowing what our side knows."""
    move = say.dossier.moves.get(composing.move)
    if move is None:
        return []
    channel = next((each for each in team.channels if each.id == composing.channel), None)
    warnings = advice(move, team, channel, composing, say)
    whose = row((say("Advisers: "), "dim"))
    if not warnings:
        return [fit((*whose, (say("nothing to warn of"), "dim")), width)]
    return para(
        one_after_another(stopped(each, say) for each in warnings),
        width,
        "head",
        indent=width_of(whose),
        first=whose,
    )
