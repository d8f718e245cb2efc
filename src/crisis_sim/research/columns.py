"""What the tables of an export hold: their columns, each with its kind and what it says.

The codebook and the data package are made from this, and the tables are checked against it, so that none can say what
the others do not.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["string", "integer", "number", "boolean", "date"]
Value: TypeAlias = str | int | float | bool | None


class Column(NamedTuple):
    """One column."""

    name: str
    kind: Kind
    says: str
    """With units and range."""


class Link(NamedTuple):
    """Columns that name a row of another table; each of their rows is there."""

    columns: tuple[str, ...]
    """Called the same in both."""
    table: str


class Sheet(NamedTuple):
    """One table: a row for each of what `rows` says."""

    name: str
    rows: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that name a row."""
    links: tuple[Link, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)


_SESSION = Column("session", "string", "The session; the same in every table. Anonymous unless asked for otherwise.")
_TURN = Column("turn", "integer", "Turn, from 1.")
_SIDE = Column("side", "string", "us or china.")
_SENDER = Column("side", "string", "Who made the act: us or china.")
_ORDER = Column("order", "integer", "Place of the act in its side's list of that turn, from 1.")

_OF_SESSION = Link(("session",), "sessions")
_OF_TURN = Link(("session", "turn"), "turns")
_OF_MOVE = Link(("session", "turn", "side", "order"), "moves")


def _points(name: str, says: str) -> Column:
    return Column(name, "number", says)


SESSIONS: Final = Sheet(
    "sessions",
    "session",
    (
        _SESSION,
        Column("scenario", "string", "Id of the scenario."),
        Column("scenario_hash", "string", "First 12 hex digits of the hash of scenario and packs as they were played."),
        Column("packs", "string", "Rule packs in their order, joined by a blank."),
        Column("length", "integer", "Planned length, minutes of real time."),
        Column(
            "seed",
            "string",
            "Seed of the session's luck, as text; empty where people play, unless under own ids.",
        ),
        Column("app", "string", "Version of crisis-sim that began the log."),
        Column("date", "date", "Day on which the session began, UTC; empty unless asked for."),
        Column("parent", "string", "The session that this one is a branch of; empty if it is none."),
        Column("us_player", "string", "person, or the bot's policy; joined by a blank where the seat changed hands."),
        Column("china_player", "string", "The same for China."),
        Column("turns", "integer", "Turns that were begun."),
        Column("ended", "boolean", "It came to its hotwash."),
        Column("entries", "integer", "Entries of the log."),
        _points("tension_start", "Tension at the start, 0–100."),
        _points("tension_end", "Tension where the log ends, 0–100."),
        _points("tension_peak", "Highest tension at the start, at the end of a turn or of the log, 0–100."),
        Column("crossings", "integer", "Red lines crossed."),
        Column("crossings_us", "integer", "Of those: lines of the US."),
        Column("blind_turns", "integer", "Turns in which each side meant well and took the other's acts as hostile."),
        _points(
            "bias_us", "Mean of reading (by China) minus intent over acts of the US, -6 … +6; empty if none was read."
        ),
        _points("bias_china", "The same over acts of China, as the US read them."),
        _points("error_us", "Mean size of reading minus intent over acts of the US, 0–6; empty if none was read."),
        _points("error_china", "The same over acts of China."),
        _points("brier_us", "Brier score of the forecasts that the US made, 0 best – 1; empty if none came due."),
        _points("brier_china", "The same of those that China made."),
        _points(
            "hit_rate_us",
            "Share of the lines of the US that China guessed in the briefing, 0–1; empty if it guessed none.",
        ),
        _points("hit_rate_china", "The same of the lines of China, by the US."),
    ),
    ("session",),
)
TURNS: Final = Sheet(
    "turns",
    "turn of a session; 0 is the start",
    (
        _SESSION,
        Column("turn", "integer", "Turn; 0 is the start."),
        Column("hour", "integer", "Game hour at which it began."),
        _points("tension", "Tension as it ended, 0–100."),
        _points("felt_us", "Tension as the US felt it, 0–100."),
        _points("felt_china", "Tension as China felt it, 0–100."),
        _points("trust_us", "Trust of the US in China, 0–10."),
        _points("trust_china", "Trust of China in the US, 0–10."),
        _points("standing_us", "Standing of the US team at home, 0–10."),
        _points("standing_china", "Standing of the China team at home, 0–10."),
        Column("crossed", "integer", "Red lines crossed in it."),
    ),
    ("session", "turn"),
    (_OF_SESSION,),
)
TRACKS: Final = Sheet(
    "tracks",
    "track of a turn",
    (
        _SESSION,
        Column("turn", "integer", "Turn; 0 is the start."),
        Column("track", "string", "Id of the track."),
        _points("value", "Its value as the turn ended, in the scenario's unit."),
    ),
    ("session", "turn", "track"),
    (_OF_SESSION, _OF_TURN),
)
MOVES: Final = Sheet(
    "moves",
    "act",
    (
        _SESSION,
        _TURN,
        Column("hour", "integer", "Game hour at which it was sent."),
        _SENDER,
        _ORDER,
        Column("move", "string", "Id of the move in the catalogue."),
        Column(
            "family",
            "string",
            "Family of the move, such as contact, cooperate or coerce; docs/reference/moves.md lists them.",
        ),
        Column("severity", "integer", "Class of provocation, 0–5."),
        Column("cameo", "string", "CAMEO code of the move; read as text, it may begin with 0."),
        Column("channel", "string", "Id of the channel."),
        Column(
            "level",
            "string",
            "Level of the people at either end: leader, ministerial, working, technical or diplomatic; or public.",
        ),
        Column("diplomacy", "string", "track-1, track-1.5 or track-2."),
        Column("visibility", "string", "private or public, as it was sent."),
        Column("terms", "string", "Terms put on it, joined by a blank."),
        Column("answer", "string", "accept, decline, counter or holding if it answers a request."),
        Column("outcome", "string", "in-time, late, unanswered, too-low or leaked."),
        Column("arrived", "integer", "Turn in which it arrived; 0 if it never did."),
        Column("intent", "integer", "How hostile it was meant, -3 friendly … +3 hostile; sealed by the sender."),
        _points("weight", "What it weighed after the rules; positive raises tension. Empty if it was not judged."),
    ),
    ("session", "turn", "side", "order"),
    (_OF_SESSION, _OF_TURN),
)
READINGS: Final = Sheet(
    "readings",
    "act that was read",
    (
        _SESSION,
        _TURN,
        _SENDER,
        _ORDER,
        Column("reader", "string", "Who read it: us or china."),
        Column("reading", "integer", "How hostile it was taken, -3 … +3; sealed by the receiver."),
        Column("confidence", "integer", "How sure, 1 a guess … 4 certain."),
        Column("touches", "string", "The reader's line that it touched, as the reader said."),
        Column("gap", "integer", "Reading minus intent."),
    ),
    ("session", "turn", "side", "order"),
    (_OF_SESSION, _OF_TURN, _OF_MOVE),
)
FORECASTS: Final = Sheet(
    "forecasts",
    "forecast that came due",
    (
        _SESSION,
        _TURN,
        Column("side", "string", "Who forecast."),
        Column("forecast", "string", "Id of the scenario's question."),
        Column("chance", "integer", "The chance that was given, 0–100."),
        Column("happened", "boolean", "Whether it did."),
    ),
    ("session", "turn", "side", "forecast"),
    (_OF_SESSION, _OF_TURN),
)
LINES: Final = Sheet(
    "lines",
    "line of a side, or guess of one",
    (
        _SESSION,
        _SIDE,
        Column(
            "role",
            "string",
            "held: a line of this side; before or after: this side's guess of the other's line; second-before or "
            "second-after: the other's guess of a line of this side, as this side expects it.",
        ),
        Column("number", "integer", "Place among those of the same side and role, from 1."),
        Column("kind", "string", "red or pink."),
        Column("concern", "string", "Id of what it is about, such as face or safety: a concern of the rule packs."),
        Column("line", "string", "Id of the line, where it is one of the scenario or was written at the table."),
        Column("own", "boolean", "It was written at the table."),
        Column("weight", "integer", "How much it matters, 0–10; empty for lines of the scenario."),
        _points("pressure", "Pressure on it where the log ends; empty for red lines and guesses."),
        Column("crossed", "boolean", "It was crossed; empty for guesses."),
        Column("crossed_turn", "integer", "Turn in which it was first crossed; empty if it was not."),
        Column("crossed_by", "string", "Who crossed it: us or china."),
        Column("through", "string", "Id of the pink line by which it was reached; empty if an act crossed it at once."),
        Column("act_turn", "integer", "Turn of the act that crossed it, which is in moves as an act of crossed_by."),
        Column(
            "act_order", "integer", "Place of that act in the list of crossed_by; empty, as its turn, if it was none."
        ),
    ),
    ("session", "side", "role", "number"),
    (_OF_SESSION,),
)
FIRINGS: Final = Sheet(
    "firings",
    "rule that applied",
    (
        _SESSION,
        _TURN,
        Column("number", "integer", "Place among those of the session, from 1."),
        Column(
            "rule",
            "string",
            "Id of the rule, or `track ID/N`: what the scenario says of a track, in the order in which it says it.",
        ),
        Column("at", "string", "file:line of the rule; without the folder, which could be anybody's."),
        Column("side", "string", "Whose act it applied to, or which team; empty if neither."),
        Column("act_turn", "integer", "Turn of that act; empty if it was none."),
        Column("act_order", "integer", "Place of that act in its side's list."),
    ),
    ("session", "number"),
    (_OF_SESSION, _OF_TURN),
)
EVENTS: Final = Sheet(
    "cameo",
    "act, as event data has it",
    (
        Column(
            "date",
            "date",
            "Day of the act: the day the session began, and the game's days after it; empty unless asked for.",
        ),
        Column("source", "string", "USAGOV or CHNGOV."),
        Column("target", "string", "CHNGOV or USAGOV."),
        Column("code", "string", "CAMEO code; read as text, it may begin with 0."),
        _SESSION,
        _TURN,
        _ORDER,
        Column("private", "boolean", "It was private; event data made from news would not have it."),
    ),
    ("session", "turn", "source", "order"),
    (_OF_SESSION, _OF_TURN),
)

SHEETS: Final = (SESSIONS, TURNS, TRACKS, MOVES, READINGS, FORECASTS, LINES, FIRINGS, EVENTS)
BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}
