"""Who is who in a contact, how old, and whether a party was hurt or threatened: what facts of several kinds rest on.

A party under 18 is also a child of the contact and is screened as one (design decision 1).
"""

from screening.domain.calendar import age_on
from screening.domain.contact import Adult, AdultRole, Child, IncidentType, Injury, Weapon
from screening.domain.facts import NOT_RECORDED, SENT, FactValue, Subject, any_of, yes_no
from screening.domain.signals import Evidence

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


def party_hurt(subject: Subject) -> FactValue:
    """Whether a party was hurt, of whatever age: by the class of the incident, or an injury."""
    incident = subject.contact.incident
    return any_of((incident.type is IncidentType.VIOLENCE_WITH_INJURY, _is_any(incident.adult_injury)))


def party_hurt_fields(subject: Subject) -> tuple[Evidence, ...]:
    """Where that was read."""
    injury = Evidence("/incident/adult_injury", subject.contact.incident.adult_injury)
    return (*_type_if(subject, IncidentType.VIOLENCE_WITH_INJURY), injury)


def party_threatened(subject: Subject) -> FactValue:
    """Whether a party was threatened, of whatever age: by the class, a threat to kill, or a weapon shown or used.

    A weapon that goes from threatened to used is no less of a threat.
    """
    incident = subject.contact.incident
    return any_of((incident.type is IncidentType.THREATS, yes_no(incident.threat_to_kill), _is_any(incident.weapon)))


def party_threat_fields(subject: Subject) -> tuple[Evidence, ...]:
    """Where that was read."""
    incident = subject.contact.incident
    asked = (
        Evidence("/incident/threat_to_kill", incident.threat_to_kill),
        Evidence("/incident/weapon", incident.weapon),
    )
    return (*_type_if(subject, IncidentType.THREATS), *asked)


def _is_any(code: Injury | Weapon | None) -> FactValue:
    if code is None:
        return NOT_RECORDED
    return SENT if code in (Injury.UNKNOWN, Weapon.UNKNOWN) else code not in (Injury.NONE, Weapon.NONE)


def _type_if(subject: Subject, kind: IncidentType) -> tuple[Evidence, ...]:
    """The incident's class, where it is `kind`: a field is evidence only of what it says."""
    return (Evidence("/incident/type", kind),) if subject.contact.incident.type is kind else ()
