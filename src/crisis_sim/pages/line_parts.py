"""Lines and guesses in words."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.parts import GuessFacts, LineFacts
from crisis_sim.pages.phrases import LINE_WORDS
from crisis_sim.pages.seat_parts import GuessView, LineView
from crisis_sim.pages.telling import in_language
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker


def line_views(lines: Iterable[LineFacts], dossier: Dossier, language: Language) -> tuple[LineView, ...]:
    """A team's lines."""
    say = speaker(language)
    return tuple(
        LineView(
            id=line.id,
            kind=line.kind,
            concern=concern_name(dossier, line.concern, language),
            says=in_language(line.says, language),
            ours=line.ours,
            adopted=line.adopted,
            weight=line.weight,
            pressure=line.pressure,
            limit=line.limit,
            word=say(LINE_WORDS[line.state]),
            leads_to=line.leads_to,
            leads_to_says=None if line.leads_to_says is None else in_language(line.leads_to_says, language),
            about=line.concern,
        )
        for line in lines
    )


def guess_views(guesses: Iterable[GuessFacts], dossier: Dossier, language: Language) -> tuple[GuessView, ...]:
    """A team's guesses, or those that it expects of the other."""
    return tuple(
        GuessView(
            number=guess.number,
            kind=guess.kind,
            concern=concern_name(dossier, guess.concern, language),
            says=guess.says,
            weight=guess.weight,
        )
        for guess in guesses
    )


def concern_name(dossier: Dossier, concern: str, language: Language) -> str:
    """What a line is about; its id where no pack knows it."""
    return in_language(dossier.concerns.get(concern, {"": concern}), language)
