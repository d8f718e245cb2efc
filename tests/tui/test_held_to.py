"""What a team is held to, on its screens: a hard voice at home, and instruments that words cite."""

from __future__ import annotations

from msgspec.structs import replace
from tests.tui.conftest import Play, keys, screen_text
from tests.tui.fake import DOSSIER, FakeSeat, team_view, words

from crisis_sim.engine.actions import AnswerDecision
from crisis_sim.engine.sight.dossier import AtHomeEntry, InstrumentEntry
from crisis_sim.engine.sight.shared_facts import CitationFacts
from crisis_sim.engine.sight.views import DecisionFacts
from crisis_sim.tui.composer_screen import Composer
from crisis_sim.tui.team_screen import TeamScreen

VOICE = DecisionFacts(asked="", says={}, leads_to={}, answer=None)
AT_HOME = AtHomeEntry(
    under=300,
    answers={"meet": ("private-protest",), "speak": (), "wait": ()},
    standing={"meet": 25, "speak": 25, "wait": -25, "unanswered": -50},
    over=700,
)


async def test_a_hard_voice_says_what_each_answer_does_and_what_none_does(play: Play) -> None:
    """First on the list; to ask it to wait is sent, and opens no move."""
    seat = FakeSeat(team_view(decisions=(VOICE,), requests=(), standing=250), at_home=AT_HOME)
    async with play(seat, size=(80, 24)) as pilot:
        assert "A hard voice at home must be answered" in screen_text(pilot)
        await keys(pilot, "enter")
        text = screen_text(pilot)
        assert "standing −0.25" in text and "standing at home changes by −0.5" in " ".join(text.split())
        await keys(pilot, "3")
        assert isinstance(pilot.app.screen, TeamScreen)
    assert seat.sent == [AnswerDecision(asked="", answer="wait")]


async def test_to_meet_it_opens_the_move_for_it(play: Play) -> None:
    """And a commit without such a move on the list says what comes of it."""
    seat = FakeSeat(team_view(decisions=(VOICE,), requests=(), standing=250), at_home=AT_HOME)
    async with play(seat) as pilot:
        await keys(pilot, "enter", "1")
        assert isinstance(pilot.app.screen, Composer) and pilot.app.screen.move.move == "private-protest"
    met = replace(VOICE, answer="meet")
    async with play(FakeSeat(team_view(decisions=(met,), requests=()), at_home=AT_HOME)) as pilot:
        await keys(pilot, "c")
        assert "No public act on the list meets the hard voice" in " ".join(screen_text(pilot).split())


CODE = InstrumentEntry(title=words("Rescue code"), says=words("Nobody hinders help."), year=1979, accepted_by=("us",))
CITING = {name: replace(of, can_cite=of.family in ("protest", "inform")) for name, of in DOSSIER.moves.items()}


async def test_hard_words_stop_once_at_what_they_could_cite(play: Play) -> None:
    """Enter there goes on with nothing; space cites one, and says what it asks."""
    seat = FakeSeat(team_view(requests=()), instruments={"code": CODE}, moves=CITING)
    async with play(seat, size=(80, 24)) as pilot:
        await keys(pilot, "n", "type:protest", "enter")
        composer = pilot.app.screen
        assert isinstance(composer, Composer) and composer.move.step == 2
        await keys(pilot, "enter")
        text = " ".join(screen_text(pilot).split())
        assert composer.move.step == 2 and composer.pane("how").key == "cites:", "not passed over"
        assert "It could cite what was agreed" in text and "binds us too" in text
        await keys(pilot, "down", "space")
        assert "Rescue code (1979), accepted by the US" in " ".join(screen_text(pilot).split())
        assert composer.move.draft().cites == "code"
        await keys(pilot, "up", "space")
        assert not composer.move.draft().cites
        await keys(pilot, "enter")
        assert composer.move.step == 3


async def test_what_is_bound_by_a_citation_stands_on_the_page_of_ours(play: Play) -> None:
    """Beneath our standing."""
    cited = (CitationFacts(side="us", id="code", turn=1, broken=2, returned=3),)
    seat = FakeSeat(team_view(citations=cited, requests=()), instruments={"code": CODE}, moves=CITING)
    async with play(seat, size=(140, 60)) as pilot:
        text = " ".join(screen_text(pilot).split())
        assert "Instruments cited" in text and "Rescue code (1979)" in text
