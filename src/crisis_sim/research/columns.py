"""What the tables of an export hold: their columns, each with its kind and what it says.

The codebook and the data package are made from this, and the tables are checked against it, so that none can say what
the others do not.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from crisis_sim.rules.names import SIDES, Diplomacy, How, Level, Outcome, Visibility

Kind: TypeAlias = Literal["string", "integer", "number", "boolean", "date"]
Value: TypeAlias = str | int | float | bool | None


class Column(NamedTuple):
    """One column."""

    name: str
    kind: Kind
    says: str
    unit: str = ""
    least: float | None = None
    """The least that stands in it; None where there is no end."""
    most: float | None = None
    values: tuple[str, ...] = ()
    """The words that stand in it, if there are no others."""
    labels: tuple[tuple[int, str], ...] = ()
    """What its numbers mean."""

    @property
    def title(self) -> str:
        """Its name as people write it."""
        words = self.name.replace("_", " ").replace("china", "China")
        words = " ".join("US" if word == "us" else word for word in words.split())
        return words[:1].upper() + words[1:]

    @property
    def holds(self) -> str:
        """Which values stand in it and in which unit, in a few words; empty where nothing is to be said."""
        if self.labels:
            return ", ".join(f"{value} {label}" for value, label in self.labels)
        if self.values:
            return ", ".join(self.values)
        if self.least is None:
            return self.unit
        ends = f"{self.least:g} or more" if self.most is None else f"{self.least:g} … {self.most:g}"
        return f"{ends} {self.unit}".rstrip()


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
_TURN = Column("turn", "integer", "Turn.", least=1)
_TURN_OR_START = Column("turn", "integer", "Turn; 0 is the start.", least=0)
_SIDE = Column("side", "string", "The side.", values=SIDES)
_SENDER = Column("side", "string", "Who made the act.", values=SIDES)
_ORDER = Column("order", "integer", "Place of the act in its side's list of that turn.", least=1)

_OF_SESSION = Link(("session",), "sessions")
_OF_TURN = Link(("session", "turn"), "turns")
_OF_MOVE = Link(("session", "turn", "side", "order"), "moves")


def _tension(name: str, says: str) -> Column:
    return Column(name, "number", says, "points", 0, 100)


def _meter(name: str, says: str) -> Column:
    return Column(name, "number", says, "points", 0, 10)


def _share(name: str, says: str) -> Column:
    return Column(name, "number", says, "", 0, 1)


def _steps(name: str, says: str, least: int, most: int) -> Column:
    return Column(name, "number", says, "steps", least, most)


def _count(name: str, says: str) -> Column:
    return Column(name, "integer", says, least=0)


def _hostility(name: str, says: str) -> Column:
    return Column(name, "integer", says, "steps", -3, 3, labels=_HOSTILITY)


_HOSTILITY: Final = (
    (-3, "very friendly"),
    (-2, "friendly"),
    (-1, "rather friendly"),
    (0, "neutral"),
    (1, "rather hostile"),
    (2, "hostile"),
    (3, "very hostile"),
)
_QUADS: Final = (
    (1, "words of cooperation"),
    (2, "deeds of cooperation"),
    (3, "words of conflict"),
    (4, "deeds of conflict"),
)
_CONFIDENCE: Final = ((1, "a guess"), (2, "not sure"), (3, "fairly sure"), (4, "certain"))


SESSIONS: Final = Sheet(
    "sessions",
    "session",
    (
        _SESSION,
        Column("scenario", "string", "Id of the scenario."),
        Column("scenario_hash", "string", "First 12 hex digits of the hash of scenario and packs as they were played."),
        Column("packs", "string", "Rule packs in their order, joined by a blank."),
        Column("length", "integer", "Planned length, in real time.", "minutes", 1),
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
        _count("turns", "Turns that were begun."),
        Column("ended", "boolean", "It came to its hotwash."),
        _count("entries", "Entries of the log."),
        _tension("tension_start", "Tension at the start."),
        _tension("tension_end", "Tension where the log ends."),
        _tension("tension_peak", "Highest tension at the start, at the end of a turn or of the log."),
        _count("crossings", "Red lines crossed."),
        _count("crossings_us", "Of those: lines of the US."),
        _count("blind_turns", "Turns in which each side meant well and took the other's acts as hostile."),
        _steps(
            "bias_us", "Mean of reading (by China) minus intent over acts of the US; empty if none was read.", -6, 6
        ),
        _steps("bias_china", "The same over acts of China, as the US read them.", -6, 6),
        _steps("error_us", "Mean size of reading minus intent over acts of the US; empty if none was read.", 0, 6),
        _steps("error_china", "The same over acts of China.", 0, 6),
        _share("brier_us", "Brier score of the forecasts that the US made, 0 best; empty if none came due."),
        _share("brier_china", "The same of those that China made."),
        _share(
            "hit_rate_us", "Share of the lines of the US that China guessed in the briefing; empty if it guessed none."
        ),
        _share("hit_rate_china", "The same of the lines of China, by the US."),
    ),
    ("session",),
)
TURNS: Final = Sheet(
    "turns",
    "turn of a session; 0 is the start",
    (
        _SESSION,
        _TURN_OR_START,
        Column("hour", "integer", "Game hour at which it began.", "hours", 0),
        _tension("tension", "Tension as it ended."),
        _tension("felt_us", "Tension as the US felt it."),
        _tension("felt_china", "Tension as China felt it."),
        _meter("trust_us", "Trust of the US in China."),
        _meter("trust_china", "Trust of China in the US."),
        _meter("standing_us", "Standing of the US team at home."),
        _meter("standing_china", "Standing of the China team at home."),
        _count("crossed", "Red lines crossed in it."),
    ),
    ("session", "turn"),
    (_OF_SESSION,),
)
TRACKS: Final = Sheet(
    "tracks",
    "track of a turn",
    (
        _SESSION,
        _TURN_OR_START,
        Column("track", "string", "Id of the track."),
        Column("value", "number", "Its value as the turn ended.", "the scenario's"),
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
        Column("hour", "integer", "Game hour at which it was sent.", "hours", 0),
        _SENDER,
        _ORDER,
        Column("move", "string", "Id of the move in the catalogue."),
        Column(
            "family",
            "string",
            "Family of the move, such as contact, cooperate or coerce; docs/reference/moves.md lists them.",
        ),
        Column("severity", "integer", "Class of provocation.", least=0, most=5),
        Column(
            "cameo", "string", "CAMEO code of the act, as in cameo, which leaves out what never arrived; read as text."
        ),
        Column("channel", "string", "Id of the channel."),
        Column("level", "string", "Level of the people at either end; or public.", values=get_args(Level)),
        Column("diplomacy", "string", "Whose diplomacy goes over the channel.", values=get_args(Diplomacy)),
        Column("visibility", "string", "As it was sent.", values=get_args(Visibility)),
        Column("terms", "string", "Terms put on it, joined by a blank."),
        Column("answer", "string", "How it answers, if it answers a request.", values=get_args(How)),
        Column("outcome", "string", "How the channel served it; unanswered is lost.", values=get_args(Outcome)),
        _count("arrived", "Turn in which it arrived; 0 if it never did."),
        _hostility("intent", "How hostile it was meant; sealed by the sender."),
        Column(
            "weight",
            "number",
            "What it weighed after the rules; positive raises tension. Empty if it was not judged.",
            "points",
        ),
        Column(
            "cut_off",
            "boolean",
            "It had not arrived when the log ended, and was not lost on its way: the session was over too soon for it, "
            "and nothing follows from there being no answer.",
        ),
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
        Column("reader", "string", "Who read it.", values=SIDES),
        _hostility("reading", "How hostile it was taken; sealed by the receiver."),
        Column("confidence", "integer", "How sure the reader was.", "", 1, 4, labels=_CONFIDENCE),
        Column("touches", "string", "The reader's line that it touched, as the reader said."),
        Column("gap", "integer", "Reading minus intent.", "steps", -6, 6),
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
        Column("side", "string", "Who forecast.", values=SIDES),
        Column("forecast", "string", "Id of the scenario's question."),
        Column("chance", "integer", "The chance that was given.", "percent", 0, 100),
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
            values=("held", "before", "after", "second-before", "second-after"),
        ),
        Column("number", "integer", "Place among those of the same side and role.", least=1),
        Column("kind", "string", "Kind of line.", values=("red", "pink")),
        Column("concern", "string", "Id of what it is about, such as face or safety: a concern of the rule packs."),
        Column("line", "string", "Id of the line, where it is one of the scenario or was written at the table."),
        Column("own", "boolean", "It was written at the table."),
        Column("weight", "integer", "How much it matters; empty for lines of the scenario.", "points", 0, 10),
        Column("pressure", "number", "Pressure on it where the log ends; empty for red lines and guesses.", "points"),
        Column("crossed", "boolean", "It was crossed; empty for guesses."),
        Column("crossed_turn", "integer", "Turn in which it was first crossed; empty if it was not.", least=1),
        Column("crossed_by", "string", "Who crossed it.", values=SIDES),
        Column("through", "string", "Id of the pink line by which it was reached; empty if an act crossed it at once."),
        Column(
            "act_turn",
            "integer",
            "Turn of the act that crossed it, which is in moves as an act of crossed_by.",
            least=1,
        ),
        Column(
            "act_order",
            "integer",
            "Place of that act in the list of crossed_by; empty, as its turn, if it was none.",
            least=1,
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
        Column("number", "integer", "Place among those of the session.", least=1),
        Column(
            "rule",
            "string",
            "Id of the rule, or `track ID/N`: what the scenario says of a track, in the order in which it says it.",
        ),
        Column("at", "string", "file:line of the rule; without the folder, which could be anybody's."),
        Column("side", "string", "Whose act it applied to, or which team; empty if neither.", values=SIDES),
        Column("act_turn", "integer", "Turn of that act; empty if it was none.", least=1),
        Column("act_order", "integer", "Place of that act in its side's list.", least=1),
    ),
    ("session", "number"),
    (_OF_SESSION, _OF_TURN),
)
EVENTS: Final = Sheet(
    "cameo",
    "event, as event data has it: an act that arrived, and for each side what took place because an act was accepted",
    (
        Column(
            "date",
            "date",
            "Day of the event: the day the session began, and the game's days after it; empty unless asked for.",
        ),
        Column(
            "source",
            "string",
            "Who did it; in Track II, which binds no government, without GOV.",
            values=("USAGOV", "CHNGOV", "USA", "CHN"),
        ),
        Column(
            "target",
            "string",
            "The same of the other side, or HSTGOV: the scenario's third state.",
            values=("USAGOV", "CHNGOV", "USA", "CHN", "HSTGOV"),
        ),
        Column(
            "stage",
            "string",
            "Act: what was said or done; result: what took place because both took it.",
            values=("act", "result"),
        ),
        Column("code", "string", "CAMEO code; read as text, it may begin with 0."),
        Column("event", "string", "What the code says; empty for a code of a rule pack that is not in our table."),
        Column("root", "string", "Root of the code, its cue category, 01–20; read as text."),
        Column("quad", "integer", "Class of the code.", least=1, most=4, labels=_QUADS),
        Column(
            "goldstein",
            "number",
            "Goldstein's weight, from conflict to cooperation; empty where no table gives one.",
            least=-10,
            most=10,
        ),
        Column("reference", "string", "Version and section of the code book."),
        _SESSION,
        _TURN,
        _SENDER,
        _ORDER,
        Column("private", "boolean", "It stayed private; event data made from news would not have it."),
        Column(
            "coding",
            "string",
            "Where the code is from: table of the shipped catalogue, pack of the move, or family of the move alone.",
            values=("table", "pack", "family"),
        ),
    ),
    ("session", "turn", "side", "order", "stage"),
    (_OF_SESSION, _OF_TURN, _OF_MOVE),
)

SHEETS: Final = (SESSIONS, TURNS, TRACKS, MOVES, READINGS, FORECASTS, LINES, FIRINGS, EVENTS)
BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}
