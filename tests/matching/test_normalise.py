"""The comparable form: what a keyboard, a form or a system changes about a name is taken away, and nothing more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.matching.known import PersonDetails, PersonKind
from screening.matching.normalise import (
    address,
    birth,
    comparable,
    force_number,
    form_of,
    name,
    postcode,
    says_the_same,
    sound,
)
from tests.matching.people import anybody, somebody

SAME_NAMES = (
    ("O'Brien", "obrien"),
    ("O’Brien", "OBRIEN"),  # noqa: RUF001 - the apostrophe that word processors write
    ("O Brien", "O-Brien"),
    ("Mc Donald", "McDonald"),
    ("Smith-Jones", "Smith Jones"),
    ("Siân", "Sian"),
    ("Sia\u0302n", "Si\u00e2n"),
    ("Łukasz", "Lukasz"),
    ("İpek", "ipek"),
    ("I\u015f\u0131k", "isik"),
    ("STRAẞE", "strasse"),
    ("Ｖｅｒａ", "vera"),  # noqa: RUF001 - letters of full width, as some systems send them
    ("  Vera\u00a0", "Vera"),
    ("zero\u200bwidth", "Zerowidth"),
    ("\u202eVera", "Vera"),
    ("Æsa", "Aesa"),
    ("مُحَمَّد", "محمد"),
)


@pytest.mark.parametrize(("one", "other"), SAME_NAMES)
def test_spellings_of_one_name_have_one_form(one: str, other: str) -> None:
    assert name(one) == name(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Vera", "Vere"), ("की", "कु"), ("Ng", "Na"), ("Child1", "Child2")])
def test_different_names_keep_different_forms(one: str, other: str) -> None:
    assert name(one) != name(other)


@pytest.mark.parametrize(
    "nothing",
    [
        None,
        "",
        "-",
        "\u00a0",
        "?",
        "...",
        "Unknown",
        "UNKNOWN",
        "not known",
        "n/k",
        "N/A",
        "👨‍👩‍👧",
        "undefined",
        "xxx",
    ],
)
def test_a_placeholder_is_no_name(nothing: str | None) -> None:
    assert name(nothing) == ""


@pytest.mark.parametrize("surname", ["Ng", "Null", "O", "NaN", "Na", "None", "Child", "Male", "Test", "Li"])
def test_a_name_that_people_bear_counts_however_odd_it_looks_to_a_system(surname: str) -> None:
    assert form_of(somebody(family_name=surname)).family == surname.lower()


@pytest.mark.parametrize("given_name", ["Baby", "baby girl", "Unborn", "Child", "infant"])
def test_a_word_for_a_baby_is_no_given_name(given_name: str) -> None:
    assert form_of(somebody(given_name=given_name)).given == ""


def test_a_whole_name_of_system_words_is_no_name() -> None:
    form = form_of(somebody(given_name="Null", family_name="null"))

    assert (form.given, form.family) == ("", "")


@given(st.text(max_size=60))
def test_a_comparable_form_is_its_own_comparable_form(text: str) -> None:
    once = comparable(text)

    assert comparable(once) == once


@given(st.text(max_size=60))
def test_case_never_matters(text: str) -> None:
    assert comparable(text.casefold()) == comparable(text)


@pytest.mark.parametrize("day", [None, date(1, 1, 1), date(1900, 1, 1), date(1901, 1, 1)])
def test_a_systems_first_day_is_nobodys_date_of_birth(day: date | None) -> None:
    form = form_of(somebody(date_of_birth=day))

    assert (birth(day), form.born, form.years) == ("", "", None)


def test_an_age_gives_two_years_of_birth() -> None:
    form = form_of(somebody(date_of_birth=None, age_years=36, seen_on=date(2026, 9, 14)))

    assert form.years == (1989, 1990)


def test_an_age_without_the_day_it_held_on_is_not_compared() -> None:
    assert form_of(somebody(date_of_birth=None, age_years=36, seen_on=None)).years is None


@pytest.mark.parametrize(
    ("sent", "form"),
    [
        ("MK99 9ZZ", "MK999ZZ"),
        ("mk999zz", "MK999ZZ"),
        ("MK99", ""),
        ("unknown", ""),
        ("ZZ99 3VZ", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_postcode_is_whole_or_nothing(sent: str | None, form: str) -> None:
    assert postcode(sent) == form


def test_an_address_is_its_words_written_out() -> None:
    assert address("Apt 2, 1 Example St.") == address("flat 2 1 EXAMPLE STREET")
    assert address(None) == frozenset()


@pytest.mark.parametrize(
    "nothing", [None, "", " ", "-", "0", "0000", "999", "9999999", "unknown", "N/A", "none", "XXX"]
)
def test_a_placeholder_is_no_number(nothing: str | None) -> None:
    assert force_number("40", nothing) == ""


@pytest.mark.parametrize("number", ["1", "N0000112-1", "9", "40/00123/26", "X1"])
def test_a_number_is_opaque_but_for_case_and_spaces(number: str) -> None:
    assert force_number("40", f" {number.lower()} ") == force_number("40", number) != ""


def test_two_forces_numbers_never_meet() -> None:
    assert force_number("40", "N1") != force_number("41", "N1")


@pytest.mark.parametrize(
    ("one", "other"),
    [("mohammed", "muhamad"), ("stephen", "steven"), ("catherine", "kathryn"), ("philip", "filip"), ("hannah", "anna")],
)
def test_spellings_of_one_sound_agree(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("vera", "stan"), ("sample", "example"), ("محمد", "احمد")])
def test_other_sounds_differ(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@given(anybody)
def test_sex_and_place_in_the_contact_are_never_compared(person: PersonDetails) -> None:
    other = somebody(
        pointer="/children/3",
        kind=PersonKind.CHILD,
        **{
            field: getattr(person, field)
            for field in PersonDetails.__slots__
            if field not in {"pointer", "kind", "sex"}
        },
    )

    assert form_of(other) == form_of(person)


def test_a_record_that_says_the_same_adds_nothing() -> None:
    assert says_the_same(somebody(), somebody(given_name="VERA", postcode="mk999zz", address="elsewhere"))


@pytest.mark.parametrize(
    "change",
    [{"given_name": "Vira"}, {"person_reference": "N1"}, {"date_of_birth": None}, {"postcode": "MK99 8YY"}],
)
def test_a_record_that_says_something_else_is_kept(change: dict[str, object]) -> None:
    assert not says_the_same(somebody(), somebody(**change))
