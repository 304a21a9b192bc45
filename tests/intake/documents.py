"""Documents of the contact contract for tests: plainly made-up people, and ways to change one place in a document."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from screening.domain.contact import RISK_FORM_ITEMS

NOW = datetime(2026, 9, 14, 6, 35, tzinfo=UTC)
"""Five minutes after `a_document` was sent."""

CONTACTS = Path(__file__).parents[1] / "contacts"
HOSTILE = json.loads((Path(__file__).parents[1] / "vectors" / "hostile_text.json").read_text(encoding="utf-8"))

Document = dict[str, Any]


def a_document(**changes: object) -> Document:
    """The least that is a contact: what the contract marks as required, and nothing else."""
    return {
        "contact_reference": "TEST-1",
        "force_code": "40",
        "sent_at": "2026-09-14T07:30:00+01:00",
        "incident": {"occurred_at": "2026-09-14T00:10:00+01:00", "type": "verbal_argument"},
        "adults": [{"role": "victim"}],
    } | changes


def a_full_document() -> Document:
    """Every field of the contract, filled."""
    return a_document(
        supersedes="TEST-0",
        incident=_a_full_incident(),
        risk_assessment=_a_full_form(),
        adults=[_a_full_adult("victim"), _a_full_adult("suspect")],
        children=[_a_full_child()],
        police_history={
            "incidents_last_12_months": 2,
            "last_incident_on": "2026-03-02",
            "suspect_other_households": "unknown",
            "suspect_violence_convictions": "no",
        },
        police_action={"arrest": "no", "suspect_whereabouts": "at_address", "school_notified": "yes"},
        protective_factors=["supportive_family", "suspect_left_area"],
        consent_to_early_help="not_asked",
        extensions={"unit": "Example North", "codes": [1, 2.5, None, True]},
    )


def _a_full_incident() -> Document:
    asked = ("strangulation", "threat_to_kill", "alcohol", "drugs", "honour_based", "forced_marriage", "fgm_risk")
    return {
        "occurred_at": "2026-09-14T00:10:00+01:00",
        "reported_at": "2026-09-14T00:20:00+01:00",
        "incident_reference": "L-TEST-1",
        "type": "verbal_argument",
        "offence_code": "8/30",
        "postcode": "MK99 9ZZ",
        "address": "1 Example Street, Sampleton",
        "weapon": "none",
        "adult_injury": "none",
        **dict.fromkeys((*asked, "order_breached", "separated"), "no"),
        "narrative": "Neighbour called about shouting. Both parties calm on arrival, an argument about a late bill.",
    }


def _a_full_form() -> Document:
    return {
        "tool": "dash_police_2009",
        "grade": "standard",
        "reviewed_grade": "medium",
        "not_completed_reason": "other",
        "answers": {**dict.fromkeys(RISK_FORM_ITEMS, "no"), "fear_detail": "That it happens again."},
        "dara_items": [{"code": "D01", "frequency": "often", "comment": "Said so twice."}],
        "marac_referred": "no",
    }


def _a_full_adult(role: str) -> Document:
    return {
        "role": role,
        "person_reference": f"N-TEST-{role}",
        "given_name": "Vera",
        "family_name": "Sample",
        "date_of_birth": "1990-03-04",
        "age_years": 36,
        "sex": "female",
        "relationship_to_victim": "partner",
        "pregnant": "no",
        "mental_health_concern": "unknown",
        "substance_concern": "no",
        "ethnicity": "NOBT",
        "first_language": "English",
        "interpreter_needed": "no",
        "disability": ["NONE"],
    }


def _a_full_child() -> Document:
    return {
        "person_reference": "N-TEST-C",
        "given_name": "Childa",
        "family_name": "Sample",
        "date_of_birth": "2018-05-02",
        "age_years": 8,
        "unborn": False,
        "expected_date": "2026-12-01",
        "sex": "unknown",
        "ethnicity": "NOBT",
        "first_language": "English",
        "interpreter_needed": "no",
        "disability": ["LD", "AUT"],
        "school": "Example Primary School",
        "lives_at_address": "yes",
        "presence": "elsewhere_in_home",
        "injured": "no",
        "intervened": "no",
        "threatened": "no",
        "disclosed_fear": "unknown",
        "relationship_to_suspect": "child",
        "voice": {
            "spoken_to": "yes",
            "alone": "yes",
            "words": "I heard them shouting.",
            "demeanour": "quiet",
            "reason_not_spoken_to": "other",
        },
    }


def changed(document: Document, pointer: str, value: object) -> Document:
    """A copy with another value at `pointer`, which need not be there yet."""
    copied = copy.deepcopy(document)
    place, last = _place_of(copied, pointer)
    place[last] = value
    return copied


def without(document: Document, pointer: str) -> Document:
    """A copy that lacks what stands at `pointer`."""
    copied = copy.deepcopy(document)
    place, last = _place_of(copied, pointer)
    del place[last]
    return copied


def _place_of(document: Document, pointer: str) -> tuple[Any, str | int]:
    *way, last = (int(step) if step.isdigit() else step for step in pointer.split("/")[1:])
    place: Any = document
    for step in way:
        place = place[step]
    return place, last


def body_of(document: object) -> bytes:
    """The bytes that a sender would send."""
    return json.dumps(document).encode()
