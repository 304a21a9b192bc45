"""Keys: few, opaque, met by whoever may be the same person; and two of them that say who somebody is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.household import MatchCertainty
from screening.matching.keys import is_sure, keys, register_keys
from screening.matching.known import PersonDetails, PersonKind
from screening.matching.match import match_people
from tests.matching.people import a_register_entry, anybody, known, somebody

COMPARED = ("person_reference", "given_name", "family_name", "date_of_birth", "postcode", "address", "age_years")


def sure_keys(person: PersonDetails) -> frozenset[str]:
    return frozenset(filter(is_sure, keys(person)))


def test_keys_are_few_and_name_nobody() -> None:
    found = keys(somebody(person_reference="N1"))

    assert 1 < len(found) <= 10
    for key in found:
        digest = key.removesuffix("=")
        assert len(digest) == 24
        assert set(digest) <= set("0123456789abcdef")


@given(anybody)
def test_nobody_has_more_than_ten_keys_and_two_sure_ones(person: PersonDetails) -> None:
    assert len(keys(person)) <= 10
    assert len(sure_keys(person)) <= 2


def test_an_unborn_child_has_no_keys() -> None:
    assert keys(somebody(kind=PersonKind.UNBORN)) == frozenset()


def test_somebody_of_whom_nothing_is_recorded_has_no_keys() -> None:
    nobody = PersonDetails("/adults/0", PersonKind.ADULT, "40", given_name="-", family_name="Unknown")

    assert keys(nobody) == frozenset()


def test_a_row_of_the_register_meets_the_child_it_is_about() -> None:
    child = somebody(given_name="Childa", date_of_birth=date(2016, 5, 2))

    assert register_keys(a_register_entry()) == keys(child)


@given(anybody)
def test_sex_and_place_in_the_contact_make_no_key(person: PersonDetails) -> None:
    assert keys(replace(person, sex=None, pointer="/children/3", kind=PersonKind.CHILD)) == keys(person)


@given(anybody, anybody, st.sets(st.sampled_from(COMPARED)))
def test_whoever_is_certainly_the_same_person_shares_a_sure_key(
    person: PersonDetails, stranger: PersonDetails, changed: set[str]
) -> None:
    other = replace(person, **{field: getattr(stranger, field) for field in changed})

    (match,) = match_people((person,), (known("p", other),))

    if match.certainty is MatchCertainty.CERTAIN:
        assert not sure_keys(person).isdisjoint(sure_keys(other))


@pytest.mark.parametrize(
    "change",
    [{"given_name": "Vira"}, {"family_name": "Other"}, {"date_of_birth": date(1990, 3, 5)}, {"person_reference": "N2"}],
)
def test_somebody_else_in_any_part_of_it_shares_no_sure_key_of_that_kind(change: dict[str, object]) -> None:
    one = somebody(person_reference="N1")

    assert len(sure_keys(one) & sure_keys(replace(one, **change))) == 1  # type: ignore[arg-type]  # fields by name


def test_what_one_contact_adds_lies_side_by_side() -> None:
    family = [
        somebody(given_name=given, date_of_birth=born, person_reference=number)
        for given, born, number in (
            ("Vera", date(1990, 3, 4), "N1000001"),
            ("Childa", date(2016, 5, 2), "N1000002"),
            ("Sibyl", date(2018, 7, 9), "N1000003"),
        )
    ]
    found = frozenset[str]().union(*map(keys, family))

    assert len(found) > 25
    assert len({key[:8] for key in found}) <= 10
