"""Who is who in a contact and how old: what the facts of children and of adults both rest on.

A party under 18 is also a child of the contact and is screened as one (design decision 1).
"""

from screening.domain.calendar import age_on
from screening.domain.contact import Adult, AdultRole, Child
from screening.domain.facts import NOT_RECORDED, FactValue, Subject

PARTIES = frozenset({AdultRole.VICTIM, AdultRole.SUSPECT, AdultRole.BOTH})
VICTIMS = frozenset({AdultRole.VICTIM, AdultRole.BOTH})
SUSPECTS = frozenset({AdultRole.SUSPECT, AdultRole.BOTH})


OLDEST_ADULT_YEARS = 110
OLDEST_CHILD_YEARS = 25
"""Nobody older is a child to children's services. A date of birth that says so is a system's first day, or the wrong
century: it is not known how old the child is, and that is never read as "not a young child"."""


def adult_age(adult: Adult, subject: Subject) -> int | None:
    """Age in whole years on the day of the incident, or `None` where it is not recorded or cannot be so."""
    return _age(adult, subject, OLDEST_ADULT_YEARS)


def child_age(child: Child, subject: Subject) -> int | None:
    """Age in whole years on the day of the incident, 0 for an unborn child, `None` where not recorded or impossible."""
    return 0 if child.unborn else _age(child, subject, OLDEST_CHILD_YEARS)


def _age(person: Adult | Child, subject: Subject, oldest_years: int) -> int | None:
    """By the date of birth, else as sent; the first of the two that can be the age of such a person."""
    told = (age_on(person.date_of_birth, subject.day) if person.date_of_birth else None, person.age_years)
    return next((age for age in told if age is not None and age <= oldest_years), None)


def is_party_under_18(adult: Adult, subject: Subject) -> FactValue:
    """Whether an adult is under 18 on the day of the incident; not recorded where the age is not."""
    age = adult_age(adult, subject)
    return NOT_RECORDED if age is None else age < 18


def parties(subject: Subject) -> tuple[tuple[int, Adult], ...]:
    """The victims and suspects, each with their place in the contact."""
    return tuple((place, adult) for place, adult in enumerate(subject.contact.adults) if adult.role in PARTIES)


def young_parties(subject: Subject) -> tuple[tuple[int, Adult], ...]:
    """The victims and suspects who are surely under 18."""
    return tuple((place, adult) for place, adult in parties(subject) if is_party_under_18(adult, subject) is True)
