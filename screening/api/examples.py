"""Examples for the OpenAPI document: contacts, and every problem that a call may answer with. Everybody is made up.

They are made by the same code that reads contacts and answers problems, so that none can fall behind.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from screening.api.problems import TITLES, document
from screening.domain.errors import Problem
from screening.intake.schemas import FAULTS, WARNINGS

Example = dict[str, Any]
"""One of OpenAPI's example objects: `summary` and `value`."""

LEAST: Final[dict[str, Any]] = {
    "contact_reference": "EXAMPLE-0001",
    "force_code": "40",
    "sent_at": "2026-09-14T07:30:00+01:00",
    "incident": {"occurred_at": "2026-09-14T00:10:00+01:00", "type": "verbal_argument"},
    "adults": [{"role": "victim"}],
}
"""The required fields alone: accepted, with a warning for each thing that a worker will miss."""

USUAL: Final[dict[str, Any]] = {
    **LEAST,
    "contact_reference": "EXAMPLE-0002",
    "incident": {
        "occurred_at": "2026-09-14T00:10:00+01:00",
        "reported_at": "2026-09-14T00:20:00+01:00",
        "incident_reference": "L-EXAMPLE-2",
        "type": "verbal_argument",
        "postcode": "MK99 9ZZ",
        "address": "1 Example Street, Sampleton",
        "weapon": "none",
        "adult_injury": "none",
        "strangulation": "no",
        "threat_to_kill": "no",
        "alcohol": "unknown",
        "narrative": "Neighbour called about shouting. Both parties calm on arrival. The child was asleep upstairs.",
    },
    "risk_assessment": {
        "tool": "dash_police_2009",
        "grade": "standard",
        "answers": {"very_frightened": "no", "isolated": "declined", "getting_worse": "dont_know"},
        "marac_referred": "no",
    },
    "adults": [
        {
            "role": "victim",
            "person_reference": "N-EXAMPLE-1",
            "given_name": "Vera",
            "family_name": "Sample",
            "date_of_birth": "1990-03-04",
            "pregnant": "no",
        },
        {
            "role": "suspect",
            "person_reference": "N-EXAMPLE-2",
            "given_name": "Sam",
            "family_name": "Sample",
            "date_of_birth": "1988-11-20",
            "relationship_to_victim": "partner",
        },
    ],
    "children": [
        {
            "person_reference": "N-EXAMPLE-3",
            "given_name": "Childa",
            "family_name": "Sample",
            "date_of_birth": "2018-05-02",
            "lives_at_address": "yes",
            "presence": "elsewhere_in_home",
            "injured": "no",
            "relationship_to_suspect": "child",
            "voice": {"spoken_to": "no", "reason_not_spoken_to": "asleep"},
        },
        {"unborn": True, "expected_date": "2027-01-20"},
    ],
    "police_history": {"incidents_last_12_months": 0, "suspect_violence_convictions": "no"},
    "police_action": {"arrest": "no", "suspect_whereabouts": "at_address", "school_notified": "yes"},
    "consent_to_early_help": "not_asked",
}

CONTACTS: Final[Mapping[str, Example]] = {
    "least": {"summary": "The required fields alone", "value": LEAST},
    "usual": {"summary": "What a force usually knows", "value": USUAL},
    "correction": {
        "summary": "A correction of an earlier contact",
        "value": {**USUAL, "contact_reference": "EXAMPLE-0003", "supersedes": "EXAMPLE-0002"},
    },
}


def _error(problem: str, code: str, pointer: str, **facts: str) -> Problem:
    said = FAULTS[problem][code]
    return Problem(pointer, code, said.detail.format(**facts), said.fix.format(**facts))


_ERRORS: Final[Mapping[str, tuple[Problem, ...]]] = {
    "unreadable": (_error("unreadable", "repeated_field", "/incident/weapon"),),
    "validation_failed": (
        _error("validation_failed", "not_a_date", "/children/0/date_of_birth"),
        _error("validation_failed", "unknown_field", "/incident/weapons", hint=" Did you mean weapon?"),
        _error("validation_failed", "no_offset", "/sent_at"),
    ),
}


def problems_of(status: int, *, but: frozenset[str] = frozenset()) -> dict[str, Example]:
    """An example for each code that a call may answer with this status, `but` for those that it never uses."""
    return {
        code: {"summary": title, "value": document(code, _ERRORS.get(code, ()))}
        for code, (answered, title, _) in TITLES.items()
        if answered == status and code not in but
    }


def _lines(*documents: object) -> str:
    return "".join(f"{json.dumps(one, separators=(',', ':'))}\n" for one in documents)


BATCHES: Final[Mapping[str, Example]] = {"two": {"summary": "Two contacts", "value": _lines(LEAST, USUAL)}}

RECEIPT: Final[dict[str, Any]] = {
    "receipt_id": "rcp_mzxw6ytboi3dqojq",
    "contact_reference": "EXAMPLE-0001",
    "received_at": "2026-09-14T06:30:01Z",
    "decide_by": "2026-09-15T07:45:00Z",
    "warnings": [
        {"code": "no_child_identified", "pointer": "/children", "text": WARNINGS["no_child_identified"]},
    ],
    "content_sha256": "96fc67f8bad988453f23c7972cf9602ed5c2bbbc910fcfe3245d753b04fc5347",
    "log_entry": 18423,
}

RESULTS: Final[Mapping[str, Example]] = {
    "one taken, one not": {
        "summary": "The second of two lines was not JSON",
        "value": _lines(
            {"line": 1, "status": 201, "receipt": RECEIPT},
            {"line": 2, "status": 400, "problem": document("unreadable", _ERRORS["unreadable"])},
        ),
    }
}
