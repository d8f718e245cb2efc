"""Incidents between the two as acts of the catalogue, turn by turn, each from public sources.

A coding, and an open one: what is not in the catalogue is left out, one act stands for many of a kind, and who argues
for another coding can write it here and run `scripts/calibration` again. Turns are days to weeks. Nobody's guilt is
coded: the same acts by the other side would weigh the same.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Stand = Literal["adversarial", "benign"]
Turn = tuple[tuple[str, ...], tuple[str, ...]]
"""What the US did, and what China did."""


class Incident(NamedTuple):
    """One incident."""

    name: str
    stand: Stand
    turns: tuple[Turn, ...]
    source: str
    accepts: bool = True
    """What was asked or offered was taken; else it was declined."""


INCIDENTS: Final = (
    Incident(
        "Embassy in Belgrade, May 1999",
        "adversarial",
        (
            (("unsafe-manoeuvre", "fact-statement"), ("accuse", "public-demand")),
            (("apologise", "request-call"), ("suspend-channel", "cancel-event")),
            (("apologise",), ("public-demand", "refuse-contact")),
            (("send-envoy", "fact-statement"), ("criticise",)),
        ),
        "T. Pickering, oral presentation to the Chinese government, 17 June 1999; Weiss 2014, Powerful Patriots, ch. 2",
        accepts=False,
    ),
    Incident(
        "Collision off Hainan, April 2001",
        "adversarial",
        (
            (("public-demand", "fact-statement"), ("unsafe-manoeuvre", "accuse")),
            (("public-demand", "private-inquiry"), ("public-demand", "refuse-contact")),
            (("ambiguous-regret",), ("public-demand",)),
            (("fact-statement",), ("release", "criticise")),
        ),
        "S. Kan and others, China-U.S. Aircraft Collision Incident of April 2001, CRS report RL30946",
        accepts=False,
    ),
    Incident(
        "USNS Impeccable, March 2009",
        "adversarial",
        (
            (("private-protest",), ("unsafe-manoeuvre",)),
            (("criticise",), ("deny-charge", "criticise")),
            (("show-of-force",), ("criticise",)),
            (("fact-statement",), ("fact-statement",)),
        ),
        "U.S. Department of Defense, 9 March 2009; Chinese Foreign Ministry, press conference of 10 March 2009",
    ),
    Incident(
        "Origin of the virus and expulsions, March 2020",
        "adversarial",
        (
            (("sanction-entity",), ("accuse",)),
            (("accuse",), ("expel-staff", "deny-charge")),
            (("criticise",), ("criticise",)),
            (("leader-call",), ("share-technical-data",)),
        ),
        "Statements of both foreign ministries, 2 to 27 March 2020, from the cap on state media staff to the call",
    ),
    Incident(
        "Visit to Taiwan, August 2022",
        "adversarial",
        (
            (("fact-statement",), ("warn", "ultimatum")),
            (("criticise",), ("show-of-force", "sanction-entity")),
            (("criticise", "cancel-event"), ("suspend-channel", "show-of-force")),
            (("fact-statement",), ("criticise",)),
        ),
        "Chinese Foreign Ministry, eight countermeasures of 5 August 2022; White House, statement of 4 August 2022",
        accepts=False,
    ),
    Incident(
        "Balloon, February 2023",
        "adversarial",
        (
            (("accuse", "cancel-event"), ("fact-statement",)),
            (("show-of-force", "request-call"), ("criticise", "refuse-contact")),
            (("sanction-entity",), ("accuse", "sanction-entity")),
            (("third-venue-meeting", "criticise"), ("criticise",)),
        ),
        "U.S. Departments of Defense and Commerce, 2 to 10 February 2023; Chinese Foreign Ministry, 3 to 16 February",
        accepts=False,
    ),
    Incident(
        "Indian Ocean tsunami, December 2004",
        "benign",
        (
            (("condole", "offer-help"), ("condole", "offer-help")),
            (("back-un-lead", "notify-activity"), ("back-un-lead", "deliver-help")),
            (("share-technical-data",), ("share-technical-data",)),
            (("fact-statement",), ("fact-statement",)),
        ),
        "UN OCHA and the Jakarta meeting of 6 January 2005, at which the core group gave way to the UN's lead",
    ),
    Incident(
        "Earthquake in Wenchuan, May 2008",
        "benign",
        (
            (("condole", "offer-help"), ("fact-statement",)),
            (("notify-activity",), ("fact-statement",)),
            (("share-technical-data",), ("condole",)),
            (("fact-statement",), ("fact-statement",)),
        ),
        "U.S. Pacific Command, two C-17 flights to Chengdu on 18 May 2008; thanks of the Chinese Foreign Ministry",
    ),
    Incident(
        "Patrols in the Gulf of Aden, from December 2008",
        "benign",
        (
            (("private-inquiry", "notify-activity"), ("notify-activity",)),
            (("share-technical-data",), ("working-group",)),
            (("working-group",), ("share-technical-data",)),
            (("notify-activity",), ("notify-activity",)),
        ),
        "C. Cheng, China and U.S. anti-piracy engagement in the Gulf of Aden, Carter Center; minutes of SHADE",
    ),
    Incident(
        "Typhoon Haiyan, November 2013",
        "benign",
        (
            (("condole", "offer-help"), ("condole",)),
            (("notify-activity", "deliver-help"), ("offer-help",)),
            (("fact-statement",), ("deliver-help", "notify-activity")),
            (("fact-statement",), ("fact-statement",)),
        ),
        "UN OCHA situation reports, November 2013; hospital ship Peace Ark off Leyte, U.S. Operation Damayan",
    ),
    Incident(
        "Search for MH370, March 2014",
        "benign",
        (
            (("condole", "offer-help"), ("condole", "public-demand")),
            (("share-technical-data",), ("share-technical-data", "notify-activity")),
            (("back-un-lead",), ("criticise", "joint-cell")),
            (("fact-statement",), ("fact-statement",)),
        ),
        "JACC, Perth, bulletins of 2014; the demands were made of the host and weigh here as if made of the US",
    ),
    Incident(
        "Ebola in West Africa, 2014",
        "benign",
        (
            (("private-inquiry", "offer-help"), ("offer-help",)),
            (("share-technical-data", "notify-activity"), ("deliver-help",)),
            (("joint-cell",), ("working-group",)),
            (("joint-statement",), ("share-technical-data",)),
        ),
        "G. Smith 2024, How Foes Can Defeat a Common Enemy, CSIS and Brookings; Y. Huang 2017, Global Challenges 1",
    ),
)
"""Twelve, six of either stand."""
