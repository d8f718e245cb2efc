"""What the composer's three steps say, as rows."""

from __future__ import annotations

from crisis_sim.engine.sight.dossier import MoveEntry
from crisis_sim.engine.sight.views import ChannelFacts, TeamView
from crisis_sim.pages.asset_blocks import choice_note
from crisis_sim.pages.channel_blocks import shape_word
from crisis_sim.pages.citation_words import FIRST_CITED, citable, instrument_told, is_first_citing
from crisis_sim.pages.disclosure_words import backing_choice, truth_choice, truths
from crisis_sim.pages.line_blocks import line_named
from crisis_sim.pages.move_blocks import (
    HEARD,
    advice,
    asks_purpose,
    items,
    move_blocks,
    open_channels,
    sealed_note,
    taker_choice,
    takers,
    term_note,
    terms_of,
    way_told,
    why_not,
)
from crisis_sim.pages.phrases import (
    AUDIENCES,
    PURPOSES,
    audience_named,
    meant_for,
    one_after_another,
    signed,
    stopped,
    valued,
)
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Audience
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.pane_rows import BLANK, PaneBlock, PaneRow, PaneTone, block, fit, para, row, spread
from crisis_sim.tui.screen_words import FAMILIES
from crisis_sim.tui.unsealed import Composing
from crisis_sim.wording import _

STEPS = ("What", "How", _("Words and meaning"))


def summary_rows(composing: Composing, width: int, say: Teller) -> list[PaneRow]:
    """The move so far in one line, and what it answers."""
    rows = []
    if composing.asked:
        rows.append(fit(row((say("answering: "), "dim"), composing.asked), width))
    if not composing.move:
        return [*rows, fit(row((say("No move chosen yet."), "dim")), width)]
    heard, over = say(composing.visibility), composing.channel
    way = say("{channel}, {visibility}", channel=say.channel(over), visibility=heard) if over else heard
    meaning = say("meaning not said yet")
    if composing.intent is not None:
        meaning = say("we mean ") + valued(composing.intent, say)
        if composing.expected is not None:
            numbers = {"meant": signed(composing.intent), "expected": signed(composing.expected)}
            meaning = say("we mean {meant}, expect {expected}", **numbers)
            if composing.visibility == "public" and composing.audience is not None:
                meaning = say("{head}; {audience}", head=meaning, audience=meant_for(composing.audience, say))
    left = row((say.move(composing.move), "strong"), f" → {way}")
    return [*rows, spread(left, row((meaning, "head")), width)]


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
    """Whether every word that was typed occurs in the move's label, sentence or family."""
    family = say(FAMILIES.get(move.family, move.family))
    text = f"{say.of(move.label)} {say.of(move.does)} {move.family} {family}".casefold()
    return all(word in text for word in search.casefold().split())


def best_match(team: TeamView, search: str, keys: list[str], say: Teller) -> str:
    """The move that was most likely meant: its label begins with what was typed, or has it; blocked ones come last."""
    words = search.casefold()
    labels = {key: say.move(key).casefold() for key in keys}
    blocked = {each.move for each in team.blocked}
    return min(keys, key=lambda key: (not labels[key].startswith(words), words not in labels[key], key in blocked))


def catalogue_rows(team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    """The catalogue by family; what cannot be made now stays, with the reason."""
    found = [move for move in say.dossier.moves.values() if matches(move, composing.search, say)]
    if composing.how in ("accept", "decline", "holding"):
        found = [move for move in found if move.id == composing.move]
    else:
        found = [move for move in found if not move.only_as_answer]
    if not found:
        return [block(*para(say("No move has these words. Delete some of them."), width, "dim"))]
    drawn: list[PaneBlock] = []
    for family in dict.fromkeys(move.family for move in found):
        heading = row((say(FAMILIES.get(family, family)).upper(), "head"))
        drawn.append(block(*([BLANK] if drawn else []), heading))
        for move in (each for each in found if each.family == family):
            drawn.append(_move_block(move, why_not(move.id, team, say), composing.move == move.id, width, say))
    return drawn


def _move_block(move: MoveEntry, blocked: str, chosen: bool, width: int, say: Teller) -> PaneBlock:
    mark, label = "● " if chosen else "✕ " if blocked else "  ", say.of(move.label)
    if not blocked:
        return PaneBlock((fit(row((mark, "key"), (label, "strong" if chosen else "")), width),), move.id)
    reason = para(say("not now: ") + blocked, width, "dim", indent=4)
    return PaneBlock((fit(row((mark, "dim"), (label, "dim")), width), *reason), move.id)


def detail_rows(team: TeamView, move: MoveEntry | None, width: int, say: Teller) -> list[PaneRow]:
    """What the move under the cursor does and costs, and what our advisers say of it."""
    if move is None:
        return []
    return [row for drawn in laid_out(move_blocks(move, team, say), width) for row in drawn.rows]


def how_blocks(team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    """Channel with its odds, who will see it, what it is about, terms, position, promise."""
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
    drawn.extend(_taker_blocks(team, composing, width, say))
    drawn.extend(_purpose_blocks(team, composing, width, say))
    drawn.extend(_asset_blocks(team, move, composing, width, say))
    drawn.extend(_about_blocks(team, move, composing, width, say))
    drawn.extend(_line_blocks(team, move, composing, width, say))
    drawn.extend(_fact_blocks(move, composing, width, say))
    drawn.extend(_extra_blocks(team, move, composing, width, say))
    drawn.extend(_item_blocks(team, composing, width, say))
    return [*drawn, block(()), PaneBlock((row(("→ ", "key"), (say("Go on to the words"), "strong")),), "go")]


def _radio(chosen: bool) -> str:
    return "(•) " if chosen else "( ) "


def _channel_block(channel: ChannelFacts, chosen: bool, width: int, say: Teller) -> PaneBlock:
    face = row((_radio(chosen), "key"), (say.channel(channel.id), "strong" if chosen else ""))
    return PaneBlock((fit(face, width), *para(way_told(channel, say), width, "dim", indent=4)), f"channel:{channel.id}")


def _visibility_blocks(move: MoveEntry, composing: Composing, say: Teller) -> list[PaneBlock]:
    channel = say.dossier.channels.get(composing.channel)
    kinds = [kind for kind in move.visibilities if channel is None or kind in channel.visibilities]
    if not kinds:
        return []
    drawn = [block(BLANK, row((say("WHO HEARS IT"), "head")))]
    for kind in kinds:
        chosen = composing.visibility == kind
        drawn.append(PaneBlock((row((_radio(chosen), "key"), say(HEARD[kind])),), f"visibility:{kind}"))
    return drawn


def _taker_blocks(team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    drawn = []
    for taker in takers(composing, team, say) if composing.channel else ():
        face = row((_radio(composing.taker == taker), "key"), taker_choice(taker, composing, team, say))
        drawn.append(PaneBlock((fit(face, width),), f"taker:{taker}"))
    return [block(BLANK, row((say("WHO TAKES IT"), "head"))), *drawn] if drawn else []


def _purpose_blocks(team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    """What we want of a call, and what they want as we think."""
    drawn: list[PaneBlock] = []
    if not asks_purpose(composing, team, say):
        return drawn
    for kind, title in (("purpose", _("WHAT WE WANT OF IT")), ("their_purpose", _("WHAT THEY WANT, AS WE THINK"))):
        head = [row((say(title), "head"))]
        if kind == "purpose":
            head += para(sealed_note(composing, say), width, "dim")
        drawn.append(block(BLANK, *head))
        for name, (says, note) in PURPOSES.items():
            first = row((_radio(getattr(composing, kind) == name), "key"))
            told = say("{says}: {note}", says=say(says), note=say(note)) if kind == "purpose" else say(says)
            drawn.append(PaneBlock(tuple(para(told, width, indent=4, first=first)), f"{kind}:{name}"))
    return drawn


def _asset_blocks(team: TeamView, move: MoveEntry, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    if not move.assets:
        return []
    drawn = [block(BLANK, row((say("WITH WHICH OF WHAT WE HAVE"), "head")))]
    for name in move.assets:
        face = fit(row((_radio(composing.asset == name), "key"), say.asset(name)), width)
        note = para(choice_note(name, team.assets, say), width, "dim", indent=4)
        drawn.append(PaneBlock((face, *note), f"asset:{name}"))
    return drawn


def _fact_blocks(move: MoveEntry, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    """What we alone know and the move can tell; of what is chosen, what stands behind it and how it is told."""
    if not move.discloses:
        return []
    drawn = [block(BLANK, row((say("WHAT WE ALONE KNOW"), "head"), (say("  space marks"), "dim")))]
    for name in move.discloses:
        entry, chosen = say.dossier.private_facts[name], composing.discloses == name
        mark = row(("[x] " if chosen else "[ ] ", "key"))
        drawn.append(PaneBlock(tuple(para(say.private_fact(name), width, indent=4, first=mark)), f"discloses:{name}"))
        if not chosen:
            continue
        for backed in entry.backings:
            face = row("    ", (_radio(composing.backed == backed), "key"))
            told = para(backing_choice(backed, entry, say), width, indent=8, first=face)
            drawn.append(PaneBlock(tuple(told), f"backed:{backed}"))
        for truth in truths(composing, entry) if composing.backed else ():
            face = row("    ", (_radio(composing.truth == truth), "key"))
            told = para(truth_choice(truth, entry, say), width, indent=8, first=face)
            drawn.append(PaneBlock(tuple(told), f"truth:{truth}"))
    return drawn


def _about_blocks(team: TeamView, move: MoveEntry, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    if not move.about_channel:
        return []
    drawn = [block(BLANK, row((say("WHICH CHANNEL IT IS ABOUT"), "head")))]
    for channel in team.channels:
        face = row((_radio(composing.about == channel.id), "key"), say.channel(channel.id))
        word = shape_word(channel.id, channel.readiness, say)
        drawn.append(PaneBlock((spread(face, row((word, "dim")), width),), f"about:{channel.id}"))
    return drawn


def _line_blocks(team: TeamView, move: MoveEntry, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    """The lines of ours that a move which tells of one can name."""
    if not move.tells:
        return []
    drawn = [block(BLANK, row((say("WHICH LINE OF OURS IT NAMES"), "head")))]
    for line in (each for each in team.lines if each.adopted):
        radio = row((_radio(composing.line == line.id), "key"))
        drawn.append(PaneBlock(tuple(para(line_named(line, say), width, indent=4, first=radio)), f"line:{line.id}"))
    return drawn


def _item_blocks(team: TeamView, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    drawn = []
    for item, told in items(composing, team, say).items():
        radio = row((_radio(composing.item == item), "key"))
        drawn.append(PaneBlock(tuple(para(told, width, indent=4, first=radio)), f"item:{item}"))
    return [block(BLANK, row((say("WHICH ITEM OF THE AGENDA IT ENDORSES"), "head"))), *drawn] if drawn else []


def _extra_blocks(team: TeamView, move: MoveEntry, composing: Composing, width: int, say: Teller) -> list[PaneBlock]:
    drawn = []
    terms = terms_of(move, composing.visibility, say)
    if terms:
        drawn.append(block(BLANK, row((say("WHAT COMES WITH IT"), "head"), (say("  space marks"), "dim"))))
    for term in terms:
        chosen = term in composing.terms
        rows = para(say.term(term), width, indent=4, first=row(("[x] " if chosen else "[ ] ", "key")))
        if chosen and (note := term_note(term, say)):
            rows.extend(para("! " + note, width, "head", indent=4))
        drawn.append(PaneBlock(tuple(rows), f"term:{term}"))
    if move.positions:
        drawn.append(block(BLANK, row((say("A POSITION OF OURS"), "head"), (say("  space marks"), "dim"))))
    for name in move.positions:
        mark = row(("[x] " if composing.position == name else "[ ] ", "key"))
        drawn.append(PaneBlock(tuple(para(say.position(name), width, indent=4, first=mark)), f"position:{name}"))
    names = citable(team, move.id, composing.cites, say)
    if names:
        drawn.append(block(BLANK, row((say("WHAT IT CITES"), "head"), (say("  space marks"), "dim"))))
        if is_first_citing(team):
            drawn.append(block(*para(say(FIRST_CITED), width, "dim")))
        none = row(("[ ] " if composing.cites else "[x] ", "key"), say("nothing"))
        drawn.append(PaneBlock((none,), "cites:"))
    for name in names:
        mark = row(("[x] " if composing.cites == name else "[ ] ", "key"))
        rows = para(instrument_told(name, say), width, indent=4, first=mark)
        if composing.cites == name:
            rows.extend(para(say.of(say.dossier.instruments[name].says), width, "head", indent=4))
        drawn.append(PaneBlock(tuple(rows), f"cites:{name}"))
    if move.promises:
        drawn.append(block(BLANK, row((say("A PROMISE ON THE RECORD"), "head"), (say("  space marks"), "dim"))))
    for name in move.promises:
        mark = row(("[x] " if composing.promise == name else "[ ] ", "key"))
        drawn.append(PaneBlock(tuple(para(say.promise(name), width, indent=4, first=mark)), f"promise:{name}"))
    return drawn


def scale_blocks(chosen: int | None, width: int, say: Teller) -> list[PaneBlock]:
    """The seven steps from friendly to hostile, each with its key."""
    drawn = []
    for number in range(-3, 4):
        mark = "● " if chosen == number else "  "
        tone: PaneTone = "chosen" if chosen == number else ""
        face = row((f"{number + 4} ", "key"), (mark, "key"), ((" " if number == 0 else "") + valued(number, say), tone))
        drawn.append(PaneBlock((fit(face, width),), str(number)))
    return drawn


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
    warnings = advice(move, team, channel, composing.visibility, composing.terms, say)
    if not warnings:
        return [fit(row((say("Advisers: "), "dim"), (say("nothing to warn of"), "dim")), width)]
    return para(
        one_after_another(stopped(each, say) for each in warnings),
        width,
        "head",
        indent=10,
        first=row((say("Advisers: "), "dim")),
    )
