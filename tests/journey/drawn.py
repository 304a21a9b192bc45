"""Contacts as documents and pictures of what is known of their people, drawn by a seeded generator.

A drawn contact has every field of the contract, each with any of its values or silent. How much of it is alarming and
how much is not known is drawn first, so that quiet contacts come up as often as grave ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from screening.domain.contact import Grade, IncidentType
from screening.domain.decision import DecisionCode
from screening.domain.household import (
    CareStatus,
    EarlierIncident,
    History,
    MatchCertainty,
    Picture,
    RegisterEntry,
    RegisterMatch,
    Relation,
)

Document = dict[str, object]

OCCURRED_AT = datetime(2026, 9, 13, 23, 10, tzinfo=UTC)
INCIDENT_DAY = date(2026, 9, 14)
"""The day of the incident in London."""

SILENT = "silent"
"""Stands for a field that is left out."""

FORM_ITEMS = (
    "injury_this_incident", "very_frightened", "isolated", "victim_depressed_suicidal", "separation_past_year",
    "child_contact_conflict", "stalking_harassment", "pregnant_or_baby_18m", "stepchildren_or_dependants",
    "children_hurt", "children_threatened", "more_frequent", "getting_worse", "control_jealousy", "weapons_objects",
    "threat_to_kill", "strangulation", "sexual_abuse", "other_threatener", "hurt_others", "animal_abuse",
    "financial_issues", "abuser_substance_mh", "abuser_suicide", "breached_order", "abuser_criminal_history",
)  # fmt: skip
TYPES = (
    "verbal_argument", "verbal_argument", "verbal_argument", "child_contact_dispute", "criminal_damage", "other",
    "violence_without_injury", "violence_with_injury", "threats", "stalking_harassment", "coercive_control",
    "sexual_offence", "breach_of_order",
)  # fmt: skip
ASKED_OF_INCIDENT = (
    "strangulation", "threat_to_kill", "alcohol", "drugs", "honour_based", "forced_marriage", "fgm_risk",
    "order_breached", "separated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mood:
    """How likely an answer is alarming, and how likely it is not known; else it is quiet."""

    dice: Random
    alarming: float
    not_known: float

    def answer(self, quiet: object = "no", alarm: Sequence[object] = ("yes",), not_known: str = "unknown") -> object:
        """One answer; what is not known is sent as such or left out."""
        chance = self.dice.random()
        if chance < self.alarming:
            return self.dice.choice(alarm)
        if chance < self.alarming + self.not_known:
            return self.dice.choice((not_known, SILENT))
        return quiet


def a_mood(dice: Random) -> Mood:
    """From a quiet contact with every answer to a grave one of which half is not known."""
    return Mood(dice, dice.choice((0.0, 0.0, 0.01, 0.03, 0.15)), dice.choice((0.0, 0.0, 0.02, 0.1, 0.5)))


def a_drawn_document(dice: Random) -> Document:
    """Any contact, as the police would send it."""
    mood = a_mood(dice)
    number = dice.randrange(10**6)
    return _said(
        {
            "contact_reference": f"D-{number}",
            "force_code": "40",
            "sent_at": "2026-09-14T07:30:00+01:00",
            "incident": _an_incident(mood, number),
            "risk_assessment": SILENT if dice.random() < mood.not_known / 2 else _a_form(mood),
            "adults": [_an_adult(mood, role, number) for role in _roles(dice)],
            "children": [_a_child(mood, number + place) for place in range(dice.choice((0, 1, 1, 1, 2, 3)))],
            "police_history": _a_history(mood),
            "police_action": {
                "arrest": mood.answer(),
                "suspect_whereabouts": dice.choice(("custody", "at_address", "elsewhere", "unknown", SILENT)),
            },
            "protective_factors": dice.sample(("suspect_in_custody", "supportive_family", "suspect_left_area"), 1),
            "consent_to_early_help": dice.choice(("given", "refused", "not_asked", SILENT)),
        }
    )


def a_drawn_picture(dice: Random, document: Document) -> Picture:
    """What could be known of its people: nothing, or earlier incidents and a care register, certain or possible."""
    children = document["children"]
    assert isinstance(children, list)
    return Picture(
        register=tuple(_on_register(dice, place) for place in range(len(children)) if dice.random() < 0.1),
        history=History(
            certain=tuple(_an_earlier_incident(dice) for _ in range(dice.choice((0, 0, 0, 0, 0, 1, 3)))),
            possible=tuple(_an_earlier_incident(dice) for _ in range(dice.choice((0, 0, 0, 1)))),
        ),
    )


def _an_incident(mood: Mood, number: int) -> Document:
    dice = mood.dice
    return {
        "occurred_at": OCCURRED_AT.isoformat(),
        "type": dice.choice(TYPES if mood.alarming else TYPES[:5]),
        "incident_reference": f"L-{number}",
        "postcode": "ZZ1 1ZZ",
        "weapon": mood.answer("none", ("threatened", "used")),
        "adult_injury": mood.answer("none", ("minor", "serious")),
        **{name: mood.answer() for name in ASKED_OF_INCIDENT},
        "narrative": "An argument.",
    }


def _a_form(mood: Mood) -> Document:
    dice = mood.dice
    return {
        "tool": dice.choice(("dash_police_2009", "dash_safelives", "dara", "none")),
        "grade": _graded(mood.answer("standard", ("medium", "high"), "not_graded")),
        "reviewed_grade": dice.choice((SILENT, SILENT, SILENT, "standard", "medium", "not_graded")),
        "answers": {item: mood.answer(not_known=dice.choice(_NOT_ANSWERED)) for item in FORM_ITEMS},
        "marac_referred": mood.answer(),
    }


def _graded(grade: object) -> object:
    """A form always has a grade."""
    return "not_graded" if grade == SILENT else grade


_NOT_ANSWERED = ("dont_know", "not_asked", "declined")


def _roles(dice: Random) -> tuple[str, ...]:
    return dice.choice((("victim", "suspect"), ("both", "both"), ("victim",), ("victim", "suspect", "other")))


def _an_adult(mood: Mood, role: str, number: int) -> Document:
    dice = mood.dice
    relation = dice.choice(("partner", "ex_partner", "parent", "child", "unknown", SILENT))
    return {
        "role": role,
        "person_reference": f"N-{number}-{role}",
        "given_name": "Vera",
        "family_name": "Sample",
        "age_years": dice.randint(16, 17) if dice.random() < mood.alarming / 4 else dice.randint(18, 60),
        "relationship_to_victim": relation if role == "suspect" else SILENT,
        "pregnant": mood.answer() if role in {"victim", "both"} else SILENT,
        "mental_health_concern": mood.answer(),
        "substance_concern": mood.answer(),
    }


def _a_child(mood: Mood, number: int) -> Document:
    dice = mood.dice
    return {
        "person_reference": f"N-{number}-c",
        "given_name": "Childa",
        "family_name": "Sample",
        "age_years": SILENT if dice.random() < mood.not_known else dice.randint(0 if mood.alarming else 8, 17),
        "disability": dice.choice((["NONE"], ["NONE"], ["NONE"], ["LD"], SILENT)),
        "lives_at_address": dice.choice(("yes", "yes", "no", "unknown")),
        "presence": mood.answer("not_present", ("elsewhere_in_home", "saw_or_heard", "in_the_room")),
        **{name: mood.answer() for name in ("injured", "intervened", "threatened", "disclosed_fear")},
    }


def _a_history(mood: Mood) -> Document:
    last = (INCIDENT_DAY - timedelta(days=mood.dice.randint(0, 800))).isoformat()
    return {
        "incidents_last_12_months": _number_or_silent(mood.answer(0, (1, 2, 5))),
        "last_incident_on": SILENT if mood.dice.random() > mood.alarming else last,
        "suspect_other_households": mood.answer(),
        "suspect_violence_convictions": mood.answer(),
    }


def _number_or_silent(value: object) -> object:
    return value if isinstance(value, int) else SILENT


def _on_register(dice: Random, place: int) -> RegisterMatch:
    entry = RegisterEntry(
        f"C-{place}", "Childa", "Sample", None, None, dice.choice(tuple(CareStatus)), "A. Worker", None, None
    )
    certainty = dice.choice((MatchCertainty.CERTAIN, MatchCertainty.POSSIBLE))
    return RegisterMatch(f"/children/{place}", certainty, entry, ("same name",))


def _an_earlier_incident(dice: Random) -> EarlierIncident:
    return EarlierIncident(
        occurred_at=OCCURRED_AT - timedelta(days=dice.randint(1, 360)),
        relation=dice.choice(tuple(Relation)),
        contact_ids=(f"rcp_{dice.randrange(10**6)}",),
        type=dice.choice(tuple(IncidentType)),
        grade=dice.choice((None, *Grade)),
        decision=dice.choice((None, *DecisionCode)),
    )


def _said(value: object) -> Document:
    """The document without what is silent."""
    cleared = _without_silence(value)
    assert isinstance(cleared, dict)
    return cleared


def _without_silence(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_silence(inner) for name, inner in value.items() if inner != SILENT}
    if isinstance(value, list):
        return [_without_silence(inner) for inner in value]
    return value
