"""Whole contacts as documents, as the police would send them: made up, and told apart by a number."""

import json
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

CONTACTS = Path(__file__).parent / "contacts"
LETTERS = "abcdefghijklmnoprstuvwz"
PEOPLE_AT_MOST = 40
FAMILIES_FROM = 2**31
ADULT_AGES = 37


def an_example(name: str) -> dict[str, object]:
    """One of the example contacts, by name."""
    document = json.loads((CONTACTS / f"{name}.json").read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def a_document(number: int, name: str = "minor-repeated-child-11") -> dict[str, object]:
    """An example contact with a reference, an incident, a home and people of its own."""
    document = deepcopy(an_example(name))
    document["contact_reference"] = f"T-{number:06d}"
    incident = document["incident"]
    assert isinstance(incident, dict)
    incident["incident_reference"] = f"L-{number:06d}"
    incident["address"] = f"{number} Example Street, Sampleton"
    incident["postcode"] = f"ZZ{number % 90 + 10} {number // 90 % 10}{LETTERS[number % 23]}{LETTERS[number // 23 % 23]}"
    for kind, first_place in (("adults", 1), ("children", 11)):
        people = document.get(kind, [])
        assert isinstance(people, list)
        for place, person in enumerate(people, first_place):
            person["person_reference"] = f"N{number:06d}-{place}"
            person["given_name"] = _word(number * PEOPLE_AT_MOST + place)
            person["family_name"] = f"{_word(number + FAMILIES_FROM)}sample"
            if "date_of_birth" in person:
                years = number % ADULT_AGES if kind == "adults" else 0
                person["date_of_birth"] = _moved(person["date_of_birth"], years, number * 11 + place * 97)
    return document


def _word(number: int) -> str:
    """A number in letters: names that neither look nor sound like each other, and like nobody's."""
    # An odd factor gives every number below 2**32 another one, far from its neighbours.
    rest = number * 2_654_435_761 % 2**32
    letters = ""
    while rest:
        rest, digit = divmod(rest, len(LETTERS))
        letters += LETTERS[digit]
    return letters.title() or "Q"


def _moved(born: str, years: int, days: int) -> str:
    """A date of birth some years earlier, on a day before autumn: a child's age stays as it was."""
    day = date.fromisoformat(born)
    return (date(day.year - years, 1, 1) + timedelta(days=days % 240)).isoformat()


def as_body(document: dict[str, object]) -> bytes:
    """The document as bytes on the wire."""
    return json.dumps(document).encode()
