"""Builders for matching: plainly made-up people as contacts name them, and contacts that came before."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from screening.domain.contact import Contact, Grade, IncidentType, Sex
from screening.domain.household import CareStatus, PersonMatch, PossibleMatch, RegisterEntry
from screening.matching.known import EarlierContact, EarlierPerson, KnownPerson, PersonDetails, PersonKind
from screening.matching.match import people_of
from screening.matching.normalise import NOT_A_GIVEN_NAME, known_as
from tests.builders import INCIDENT_DAY, OCCURRED_AT


def somebody(**changes: object) -> PersonDetails:
    """Vera Sample at 1 Example Street, without a nominal number."""
    vera = PersonDetails(
        pointer="/adults/0",
        kind=PersonKind.ADULT,
        force_code="40",
        given_name="Vera",
        family_name="Sample",
        date_of_birth=date(1990, 3, 4),
        postcode="MK99 9ZZ",
        address="1 Example Street, Sampleton",
        seen_on=INCIDENT_DAY,
    )
    return replace(vera, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


anybody = st.builds(
    somebody,
    person_reference=st.none() | st.text(max_size=8),
    given_name=st.none() | st.text(max_size=12) | st.sampled_from(sorted(NOT_A_GIVEN_NAME)),
    family_name=st.none() | st.text(max_size=12),
    date_of_birth=st.none() | st.dates(),
    age_years=st.none() | st.integers(0, 130),
    postcode=st.none() | st.text(max_size=9),
    address=st.none() | st.text(max_size=30),
    sex=st.none() | st.sampled_from(list(Sex)),
    seen_on=st.none() | st.just(INCIDENT_DAY),
)
"""Anybody's details as they might be sent, most of them strange."""


def known(person_id: str, details: PersonDetails) -> KnownPerson:
    """A record of somebody known, under that id."""
    return known_as(person_id, details)


def everybody_known(contact: Contact) -> tuple[KnownPerson, ...]:
    """All people of a contact as known people, each under an id made from their place: `p/adults/0`."""
    return tuple(known("p" + person.pointer, person) for person in people_of(contact))


def a_register_entry(**changes: object) -> RegisterEntry:
    """Childa Sample, a child in need with an allocated worker."""
    entry = RegisterEntry(
        child_id="C1",
        given_name="Childa",
        family_name="Sample",
        date_of_birth=date(2016, 5, 2),
        postcode="MK99 9ZZ",
        status=CareStatus.CHILD_IN_NEED,
        allocated_worker="worker-17",
        team="Safeguarding 1",
        since=date(2026, 1, 5),
    )
    return replace(entry, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


FAMILY = (EarlierPerson("V", "victim"), EarlierPerson("S", "suspect"), EarlierPerson("C", "child"))
"""The victim, the suspect and the child of `a_contact`, as `FAMILY_MATCHES` has them."""

FAMILY_MATCHES = (
    PersonMatch("/adults/0", certain=("V",)),
    PersonMatch("/adults/1", certain=("S",)),
    PersonMatch("/children/0", certain=("C",)),
)


def perhaps(pointer: str, *person_ids: str) -> PersonMatch:
    """Somebody who may be one of these known people."""
    return PersonMatch(pointer, possible=tuple(PossibleMatch(i, ("Similar name",)) for i in person_ids))


def an_earlier_contact(contact_id: str = "E1", *, days_before: float = 30, **changes: object) -> EarlierContact:
    """A verbal argument of the whole family that many days before, with a log number of its own."""
    earlier = EarlierContact(
        contact_id=contact_id,
        force_code="40",
        incident_reference=f"L-{contact_id}",
        occurred_at=OCCURRED_AT - timedelta(days=days_before),
        type=IncidentType.VERBAL_ARGUMENT,
        grade=Grade.STANDARD,
        decision=None,
        people=FAMILY,
    )
    return replace(earlier, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def at(text: str) -> datetime:
    """A moment from ISO 8601 with an offset."""
    return datetime.fromisoformat(text)
