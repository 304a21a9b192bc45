"""What may be missing or doubtful about a person: rows of data for adults and for children.

Ages are taken on the day of the incident in London.
"""

from datetime import date, timedelta
from typing import Final

from screening.domain.calendar import age_on
from screening.domain.contact import Adult, AdultRole, Child
from screening.intake.doubts import Doubt

OLDEST_LIKELY_YEARS: Final = 110
GROWN_UP_YEARS: Final = 18
LATE_BIRTH: Final = timedelta(weeks=4)
LONGEST_PREGNANCY: Final = timedelta(weeks=42)

_PARTIES = frozenset({AdultRole.VICTIM, AdultRole.SUSPECT, AdultRole.BOTH})


def _age(person: Adult | Child, day: date) -> int | None:
    return age_on(person.date_of_birth, day) if person.date_of_birth else person.age_years


def _cannot_be_matched(adult: Adult, _day: date) -> bool:
    return adult.role in _PARTIES and adult.person_reference is None and adult.date_of_birth is None


def _is_older_than_likely(adult: Adult, day: date) -> bool:
    age = _age(adult, day)
    return age is not None and age > OLDEST_LIKELY_YEARS


def _ages_disagree(person: Adult | Child, day: date) -> bool:
    if person.date_of_birth is None or person.age_years is None:
        return False
    return age_on(person.date_of_birth, day) != person.age_years


def _born_after_the_incident(person: Adult | Child, day: date) -> bool:
    return person.date_of_birth is not None and person.date_of_birth > day


def _none_beside_others(person: Adult | Child, _day: date) -> bool:
    return person.disability is not None and "NONE" in person.disability and len(set(person.disability)) > 1


def _has_no_name(child: Child, _day: date) -> bool:
    return not (child.unborn or child.person_reference or child.given_name or child.family_name)


def _has_no_age(child: Child, _day: date) -> bool:
    return not child.unborn and child.date_of_birth is None and child.age_years is None


def _is_grown_up(child: Child, day: date) -> bool:
    age = _age(child, day)
    return age is not None and age >= GROWN_UP_YEARS


def _is_unborn_with_an_age(child: Child, _day: date) -> bool:
    return child.unborn and (child.date_of_birth is not None or child.age_years is not None)


def _is_expected_at_an_unlikely_time(child: Child, day: date) -> bool:
    return child.expected_date is not None and not -LATE_BIRTH <= child.expected_date - day <= LONGEST_PREGNANCY


def _was_not_heard(child: Child, _day: date) -> bool:
    return not child.unborn and (child.voice is None or child.voice.spoken_to is None)


ADULT_DOUBTS: Final[tuple[Doubt[Adult], ...]] = (
    Doubt(
        "adult_hard_to_match",
        "",
        "This party has neither a date of birth nor a force reference, so earlier contacts may not be found.",
        _cannot_be_matched,
    ),
    Doubt("adult_age_unlikely", "", "This adult would be older than 110. Check the year.", _is_older_than_likely),
    Doubt("adult_ages_disagree", "/age_years", "The age and the date of birth do not agree.", _ages_disagree),
    Doubt(
        "adult_born_after_incident",
        "/date_of_birth",
        "The date of birth is after the incident. Check the year.",
        _born_after_the_incident,
    ),
    Doubt(
        "adult_disability_contradicts",
        "/disability",
        "NONE stands beside other disability codes.",
        _none_beside_others,
    ),
)

CHILD_DOUBTS: Final[tuple[Doubt[Child], ...]] = (
    Doubt("child_hard_to_match", "", "This child has neither a name nor a force reference.", _has_no_name),
    Doubt(
        "child_age_missing", "", "This child's age is not recorded, and the child is not sent as unborn.", _has_no_age
    ),
    Doubt("child_is_grown_up", "", "This child would be 18 or older. Check the year.", _is_grown_up),
    Doubt("child_ages_disagree", "/age_years", "The age and the date of birth do not agree.", _ages_disagree),
    Doubt(
        "child_born_after_incident",
        "/date_of_birth",
        "The date of birth is after the incident. Check the year.",
        _born_after_the_incident,
    ),
    Doubt("unborn_with_age", "/unborn", "An unborn child has a date of birth or an age.", _is_unborn_with_an_age),
    Doubt(
        "unborn_without_expected_date",
        "/expected_date",
        "The date when this unborn child is expected is not recorded.",
        lambda child, _day: child.unborn and child.expected_date is None,
    ),
    Doubt(
        "expected_date_without_unborn",
        "/expected_date",
        "A child is expected but not sent as unborn.",
        lambda child, _day: not child.unborn and child.expected_date is not None,
    ),
    Doubt(
        "expected_date_unlikely",
        "/expected_date",
        "The expected date is more than 4 weeks before or 42 weeks after the incident.",
        _is_expected_at_an_unlikely_time,
    ),
    Doubt(
        "child_presence_not_recorded",
        "/presence",
        "Where this child was during the incident is not recorded.",
        lambda child, _day: not child.unborn and child.presence is None,
    ),
    Doubt(
        "child_voice_not_recorded",
        "/voice",
        "Whether anybody spoke to this child is not recorded.",
        _was_not_heard,
    ),
    Doubt(
        "child_disability_contradicts",
        "/disability",
        "NONE stands beside other disability codes.",
        _none_beside_others,
    ),
)
