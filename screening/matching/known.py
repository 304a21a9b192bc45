"""What matching is given: the details of people, who is known already, and their earlier contacts.

Values only. The store keeps them; nothing here compares anything.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from screening.domain.contact import Grade, IncidentType, Sex
from screening.domain.decision import DecisionCode


class PersonKind(StrEnum):
    """How somebody stood in the contact. It is no bar: last year's child may be this year's party."""

    ADULT = "adult"
    CHILD = "child"
    UNBORN = "unborn"


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """One person as one contact named them; `pointer` is their place in it, as `/children/0`.

    `postcode` and `address` are those of the incident. `age_years` held on `seen_on`, the day of the incident in
    London; without that day an age is not compared. `sex` is kept for planning and never compared.
    """

    pointer: str
    kind: PersonKind
    force_code: str
    person_reference: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    date_of_birth: date | None = None
    age_years: int | None = None
    postcode: str | None = None
    address: str | None = None
    sex: Sex | None = None
    seen_on: date | None = None


class Form(NamedTuple):
    """Somebody's details in comparable form. `born` is YYYYMMDD; `years` the first and last possible year of birth."""

    nominal: str
    given: str
    family: str
    born: str
    years: tuple[int, int] | None
    postcode: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One record of somebody known. A person may have several records, all with the same `person_id`.

    `form` follows from `details` (`normalise.known_as`). It is kept, since one record is compared again and again.
    """

    person_id: str
    details: PersonDetails
    form: Form = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EarlierPerson:
    """Somebody in an earlier contact, and their role in it: victim, suspect, both, other or child."""

    person_id: str
    role: str


@dataclass(frozen=True, slots=True)
class EarlierContact:
    """A contact that came before, whatever its incident's date. `occurred_at` is aware.

    `superseded` says that a later contact corrects it; `decided_at` orders the decisions of one incident.
    """

    contact_id: str
    force_code: str
    incident_reference: str | None
    occurred_at: datetime
    type: IncidentType
    grade: Grade | None
    decision: DecisionCode | None
    people: tuple[EarlierPerson, ...]
    superseded: bool = False
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    """One person of a contact tied to a known or new person id. `details` is `None` where nothing new was learnt."""

    pointer: str
    role: str
    person_id: str
    details: PersonDetails | None
    keys: frozenset[str] = frozenset()
