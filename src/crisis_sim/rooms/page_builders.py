"""What a browser is told of a seat: its page in the reader's language, numbered as the seat's views are, and forms.

Pages are made of views alone, once for all who read them in one language; who comes back is told which parts differ.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final

import msgspec
from msgspec import Raw, UnsetType
from msgspec.structs import replace

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.blocks import Span, prose
from crisis_sim.pages.form import FormSheet, group_keys, option_keys
from crisis_sim.pages.places_forms import PlacesContent, places_content, places_form, welcome_content
from crisis_sim.pages.reading_blocks import FEW
from crisis_sim.pages.refusals import names_from, refusal
from crisis_sim.pages.seat_page import seat_form, seat_page
from crisis_sim.pages.translator import Translator
from crisis_sim.rooms.hosted_exercise import HostedExercise
from crisis_sim.rooms.seat_versions import SeatVersion
from crisis_sim.rooms.storage_words import storage_notice
from crisis_sim.rooms.wire import FormUpdate, PageUpdate, People, PeopleUpdate, Refused, encoded
from crisis_sim.rules.names import Language
from crisis_sim.session.places import Places
from crisis_sim.wording import in_words

KNOWN: Final = 64
"""Numbers of pages that were made here, so that whoever comes back with one of them is told only what differs."""

_encoder = msgspec.json.Encoder()


def plain(value: Any) -> Any:  # Any: whatever pages are made of
    """Blocks and what holds them as JSON has them: each named by its kind, a piece of text as a pair."""
    if isinstance(value, Span):
        return [value.text, value.tone]
    if isinstance(value, tuple):
        if (fields := getattr(value, "_fields", None)) is not None:
            return {"is": type(value).__name__} | {name: plain(getattr(value, name)) for name in fields}
        return [plain(each) for each in value]
    return value


def as_json(value: object) -> Raw:
    """The same value as JSON."""
    return Raw(_encoder.encode(plain(value)))


class SeatPages:
    """The pages of one seat in one language."""

    def __init__(self, dossier: Dossier, language: Language) -> None:
        self.say = Translator(dossier, language)
        self._made: dict[str, Raw] = {}
        """The newest page, in parts."""
        self._since: dict[str, int] = {}
        """Number of the page since which each part is as it is."""
        self._numbers: deque[int] = deque(maxlen=KNOWN)
        self._told: dict[int, bytes] = {}

    def since(self, version: SeatVersion, had: int) -> bytes:
        """What a reader is told who has the page numbered `had`, or none that is known."""
        self._make(version)
        said = self._told.get(had)
        if said is None:
            base = had if had in self._numbers else 0
            changed = {name: raw for name, raw in self._made.items() if self._since[name] > base}
            said = self._told[had] = encoded(PageUpdate(n=version.n, base=base, set=changed))
        return said

    def has_changed(self, version: SeatVersion, had: int) -> bool:
        """Whether the page shows anything else than the one numbered `had`, or that is not known any more."""
        self._make(version)
        return had not in self._numbers or any(since > had for since in self._since.values())

    def _make(self, version: SeatVersion) -> None:
        if self._numbers and self._numbers[-1] == version.n:
            return
        page = seat_page(version.view, self.say)
        for name in page._fields:
            raw = as_json(getattr(page, name))
            if self._made.get(name) != raw:
                self._made[name], self._since[name] = raw, version.n
        self._numbers.append(version.n)
        self._told.clear()

    def form(self, version: SeatVersion, name: str, sheet: FormSheet, places: Places | None) -> bytes:
        """A form as it is for a half-written sheet; `places` where its reader may ask about them."""
        is_asked = places is not None and version.view.seat == "facilitator"
        form = places_form(name, places, version.view, sheet, self.say) if is_asked and places is not None else None
        form = form or seat_form(name, version.view, sheet, self.say)
        if form is None:
            return encoded(FormUpdate(name=name, n=version.n))
        action = form.asks or form.action
        told = plain(form._replace(action=None, asks=None))
        for field, fields in zip(form.fields, told["fields"], strict=True):
            fields["keys"] = {option: key for key, option in option_keys(field).items()}
            fields["group_keys"] = {group: key for key, group in group_keys(field).items()}
        told |= {"action": None if action is None else Raw(_encoder.encode(action)), "asks": form.asks is not None}
        return encoded(FormUpdate(name=name, n=version.n, form=Raw(_encoder.encode(told))))

    def refused(self, ref: str, why: ActionRefused) -> bytes:
        """Why something was not done, in sentences."""
        told = refusal(why, self.say.language, names_from(self.say))
        return encoded(Refused(ref=ref, code=why.code, blocks=as_json(tuple(prose(each) for each in told if each))))

    def people(self, told_as: People, version: SeatVersion, places: Places | None) -> bytes:
        """Who shares the seat, what taking the pen means to who does not hold it, and who may come, if it is told."""
        say, you, people, storage = self.say, told_as.you, told_as.people, told_as.storage
        told = [say("{who} is here.", who=of.label) for of in people if of.presence == "here"]
        if not isinstance(storage, UnsetType):
            told.insert(0, str(in_words(storage_notice(storage.as_error()), say.language)))
        holder = next((of.label for of in people if of.pen), "")
        takes = say("{who} holds the pen. Take it, and do this?", who=holder) if holder not in ("", you) else ""
        few = sum(of.presence == "here" for of in people) >= FEW
        agreed = all(of.agreed for of in people if of.label == you)
        desk = None if places is None else self._places(version, places)
        said = PeopleUpdate(you=you, blocks=as_json(tuple(map(prose, told))), takes=takes, agreed=agreed, few=few)
        return encoded(said if desk is None else replace(said, places=as_json(desk)))

    def _places(self, version: SeatVersion, places: Places) -> PlacesContent | None:
        told = places_content if version.view.seat == "facilitator" else welcome_content
        return told(places, version.view, self.say)


class PageBuilders:
    """Every seat's dossier, and its pages by language."""

    def __init__(self, exercise: HostedExercise) -> None:
        self._exercise = exercise
        self._encoded: dict[SeatName, tuple[Raw, bool]] = {}
        self._seats: dict[tuple[SeatName, Language], SeatPages] = {}

    def dossier(self, seat: SeatName) -> tuple[Raw, bool]:
        """As it goes over the wire, and whether it has a card to agree to: made once, for however many come."""
        if seat not in self._encoded:
            dossier = self._exercise.dossier(seat)
            self._encoded[seat] = Raw(_encoder.encode(dossier)), dossier.consent is not None
        return self._encoded[seat]

    def pages_for(self, seat: SeatName, language: Language) -> SeatPages:
        """The pages of a seat in a language."""
        if (seat, language) not in self._seats:
            self._seats[seat, language] = SeatPages(self._exercise.dossier(seat), language)
        return self._seats[seat, language]
