"""How old somebody is: on the day of the incident, and never from a date that is no date of birth."""

from datetime import date

import pytest

from screening.domain.fact_list import establish
from screening.domain.facts import NotKnown, Subject
from screening.domain.household import NOTHING_KNOWN
from screening.domain.people import adult_age, child_age
from tests.builders import a_child, a_contact, a_suspect, a_victim

SUBJECT = Subject.of(a_contact(), NOTHING_KNOWN)
A_SYSTEMS_FIRST_DAYS = (date(1900, 1, 1), date(1901, 1, 1))
THE_WRONG_CENTURY = date(1925, 5, 2)


@pytest.mark.parametrize("born", [*A_SYSTEMS_FIRST_DAYS, THE_WRONG_CENTURY])
def test_a_child_whose_date_of_birth_cannot_be_one_is_of_unknown_age(born: date) -> None:
    assert child_age(a_child(date_of_birth=born), SUBJECT) is None


@pytest.mark.parametrize("born", [*A_SYSTEMS_FIRST_DAYS, THE_WRONG_CENTURY])
def test_an_age_beside_such_a_date_is_taken_instead(born: date) -> None:
    assert child_age(a_child(date_of_birth=born, age_years=3), SUBJECT) == 3


@pytest.mark.parametrize("born", [*A_SYSTEMS_FIRST_DAYS, THE_WRONG_CENTURY])
def test_a_child_of_unknown_age_is_never_read_as_one_who_is_not_young(born: date) -> None:
    facts = establish(a_contact(children=(a_child(date_of_birth=born),)), NOTHING_KNOWN)

    assert facts["child_age_not_recorded"] is True
    assert {facts[f"child_under_{years}"] for years in (1, 5, 7)} == {NotKnown.NOT_RECORDED}
    assert facts["youngest_child_age"] is NotKnown.NOT_RECORDED


@pytest.mark.parametrize("born", A_SYSTEMS_FIRST_DAYS)
def test_a_party_whose_date_of_birth_cannot_be_one_is_not_read_as_grown_up(born: date) -> None:
    adults = (a_victim(), a_suspect(date_of_birth=born))

    assert establish(a_contact(adults=adults), NOTHING_KNOWN)["party_under_18"] is NotKnown.NOT_RECORDED


def test_a_very_old_adult_keeps_their_age() -> None:
    assert adult_age(a_victim(date_of_birth=date(1918, 1, 1)), SUBJECT) == 108


def test_a_grown_up_child_of_the_family_keeps_their_age() -> None:
    assert child_age(a_child(date_of_birth=date(2005, 1, 1)), SUBJECT) == 21


def test_a_child_born_after_the_incident_counts_as_the_youngest() -> None:
    assert child_age(a_child(date_of_birth=date(2026, 10, 1)), SUBJECT) == 0


def test_an_unborn_child_counts_as_the_youngest_whatever_else_is_said() -> None:
    assert child_age(a_child(unborn=True, date_of_birth=THE_WRONG_CENTURY), SUBJECT) == 0
