"""Whole contacts as documents, as the police would send them: made up, and told apart by a number."""

import json
from copy import deepcopy
from pathlib import Path

CONTACTS = Path(__file__).parent / "contacts"


def an_example(name: str) -> dict[str, object]:
    """One of the example contacts, by name."""
    document = json.loads((CONTACTS / f"{name}.json").read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def a_document(number: int, name: str = "minor-repeated-child-11") -> dict[str, object]:
    """An example contact with a reference, an incident and people of its own."""
    document = deepcopy(an_example(name))
    document["contact_reference"] = f"T-{number:06d}"
    incident = document["incident"]
    assert isinstance(incident, dict)
    incident["incident_reference"] = f"L-{number:06d}"
    for kind in ("adults", "children"):
        people = document.get(kind, [])
        assert isinstance(people, list)
        for place, person in enumerate(people):
            person["person_reference"] = f"N{number:06d}-{kind[0]}{place}"
            person["family_name"] = f"Sample{number}"
    return document


def as_body(document: dict[str, object]) -> bytes:
    """The document as bytes on the wire."""
    return json.dumps(document).encode()
