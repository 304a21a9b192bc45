"""Two people, case by case: what makes them certainly one, possibly one, or two.

The weights are held to these cases; a changed weight that moves one of them must be argued for here.
"""

from datetime import date

import pytest

from screening.domain.household import MatchCertainty, PersonMatch
from screening.matching.keys import keys
from screening.matching.known import PersonDetails, PersonKind
from screening.matching.match import match_people
from tests.matching.people import known, somebody

CERTAIN, POSSIBLE, NEW = MatchCertainty.CERTAIN, MatchCertainty.POSSIBLE, MatchCertainty.NEW
NO_PLACE: dict[str, object] = {"postcode": None, "address": None}
ELSEWHERE: dict[str, object] = {"postcode": "MK99 8YY", "address": "9 Other Road, Sampleton"}
NEARBY: dict[str, object] = {"address": "7 Example Street, Sampleton"}
NOT_BORN: dict[str, object] = {"date_of_birth": None}

Change = dict[str, object]

CASES: tuple[tuple[str, Change, Change, MatchCertainty], ...] = (
    ("everything the same", {}, {}, CERTAIN),
    ("same name and date of birth in another place", ELSEWHERE, {}, CERTAIN),
    ("same nominal, nothing else recorded", {"person_reference": "N1", "given_name": None, "family_name": None, "date_of_birth": None}, {"person_reference": "n1"}, CERTAIN),
    ("same nominal under a new family name", {"person_reference": "N1", "family_name": "Married"}, {"person_reference": "N1"}, CERTAIN),
    ("same nominal, another name, same birth", {"person_reference": "N1", "given_name": "Olga", "family_name": "Fremd"}, {"person_reference": "N1"}, CERTAIN),
    ("same nominal, same name, another birth", {"person_reference": "N1", "date_of_birth": date(1971, 12, 25)}, {"person_reference": "N1"}, CERTAIN),
    ("same nominal, but another name and another birth", {"person_reference": "N1", "given_name": "Olga", "family_name": "Fremd", "date_of_birth": date(1971, 12, 25)}, {"person_reference": "N1"}, POSSIBLE),
    ("same nominal, another name, an age that cannot be", {"person_reference": "N1", "given_name": "Olga", "family_name": "Fremd", "date_of_birth": None, "age_years": 5}, {"person_reference": "N1"}, POSSIBLE),
    ("same nominal of another force", {"person_reference": "N1", "force_code": "41", "given_name": "Olga", "family_name": "Fremd"}, {"person_reference": "N1"}, NEW),
    ("same name and birth, other nominal of the same force", {"person_reference": "N1"}, {"person_reference": "N2"}, POSSIBLE),
    ("same name and birth, other nominal of another force", {"person_reference": "N1", "force_code": "41"}, {"person_reference": "N2"}, CERTAIN),
    ("a placeholder for a nominal makes nobody the same", {"person_reference": "unknown", "given_name": "Olga", "family_name": "Fremd"}, {"person_reference": "unknown"}, NEW),
    ("a child last time, a party now", {"kind": PersonKind.CHILD, "date_of_birth": date(2009, 5, 5)}, {"date_of_birth": date(2009, 5, 5)}, CERTAIN),
    ("one letter typed wrongly", {**NO_PLACE, "family_name": "Sanple"}, NO_PLACE, POSSIBLE),
    ("two letters changed about", {**NO_PLACE, "family_name": "Smaple"}, NO_PLACE, POSSIBLE),
    ("a letter left out", {**NO_PLACE, "given_name": "Vea"}, NO_PLACE, POSSIBLE),
    ("another spelling of the same sound", {**NO_PLACE, "given_name": "Mohammed"}, {**NO_PLACE, "given_name": "Muhamad"}, POSSIBLE),
    ("a second given name", {**ELSEWHERE, "given_name": "Vera Maria"}, {}, POSSIBLE),
    ("one of two family names", {**ELSEWHERE, "family_name": "Example-Sample"}, {}, POSSIBLE),
    ("given and family name swapped", {**ELSEWHERE, "given_name": "Sample", "family_name": "Vera"}, {}, POSSIBLE),
    ("swapped and mistyped", {"given_name": "Sanple", "family_name": "Vera"}, {}, POSSIBLE),
    ("an initial for a given name", {"given_name": "V"}, {}, POSSIBLE),
    ("twice the same initial may be twins", {"given_name": "V"}, {"given_name": "V"}, POSSIBLE),
    ("a new family name", {**ELSEWHERE, "family_name": "Married"}, {}, POSSIBLE),
    ("a newborn without a given name", {**NO_PLACE, "given_name": "Baby"}, NO_PLACE, POSSIBLE),
    ("a newborn without a given name, a day of birth that is not known", {**NEARBY, "given_name": "Baby", "date_of_birth": date(1990, 3, 15)}, {}, POSSIBLE),
    ("a newborn without a given name or a birth, same address", {"given_name": "Baby", **NOT_BORN}, {}, POSSIBLE),
    ("a mistyped given name without a birth, same postcode", {**NEARBY, **NOT_BORN, "given_name": "Veta"}, {}, POSSIBLE),
    ("no name, same birth, same address", {"given_name": None, "family_name": None}, {}, POSSIBLE),
    ("no name, same birth, no address", {"given_name": None, "family_name": None, **NO_PLACE}, {}, NEW),
    ("day and month of birth swapped", {**ELSEWHERE, "date_of_birth": date(1990, 4, 3)}, {}, POSSIBLE),
    ("similar name, day and month swapped", {**NO_PLACE, "given_name": "Vira", "date_of_birth": date(1990, 4, 3)}, NO_PLACE, POSSIBLE),
    ("one digit of the birth wrong", {**ELSEWHERE, "date_of_birth": date(1990, 3, 14)}, {}, POSSIBLE),
    ("two digits of the birth changed about", {**ELSEWHERE, "date_of_birth": date(1990, 3, 12)}, {"date_of_birth": date(1990, 3, 21)}, POSSIBLE),
    ("the day of birth not known, written as the fifteenth", {**ELSEWHERE, "date_of_birth": date(1990, 3, 15)}, {"date_of_birth": date(1990, 3, 28)}, POSSIBLE),
    ("only the year of birth known, written as 1 January", {**ELSEWHERE, "date_of_birth": date(1990, 1, 1)}, {"date_of_birth": date(1990, 7, 28)}, POSSIBLE),
    ("an age that agrees for a birth", {**ELSEWHERE, **NOT_BORN, "age_years": 36}, {}, POSSIBLE),
    ("an age one out", {**ELSEWHERE, **NOT_BORN, "age_years": 37}, {}, POSSIBLE),
    ("two ages that agree, a year apart", {**NOT_BORN, "age_years": 36}, {**NOT_BORN, "age_years": 35, "seen_on": date(2025, 9, 14)}, POSSIBLE),
    ("an age that cannot be", {**NOT_BORN, "age_years": 60}, {}, NEW),
    ("similar name and an age that agrees, elsewhere", {**ELSEWHERE, **NOT_BORN, "given_name": "Vira", "age_years": 36}, {}, NEW),
    ("similar name and an age that agrees, same postcode", {**NEARBY, **NOT_BORN, "given_name": "Vira", "age_years": 36}, {}, POSSIBLE),
    ("a name and nothing that could speak against it", {**NO_PLACE, **NOT_BORN}, {}, POSSIBLE),
    ("a name alone, and another place", {**ELSEWHERE, **NOT_BORN}, {}, NEW),
    ("a name alone, and another nominal", {**NO_PLACE, **NOT_BORN, "person_reference": "N1"}, {"person_reference": "N2"}, NEW),
    ("a name and a postcode", {**NEARBY, **NOT_BORN}, {}, POSSIBLE),
    ("the same address with the town left out", {**NOT_BORN, "given_name": "Vira", "postcode": None, "address": "1 Example St"}, {}, POSSIBLE),
    ("a new family name without a birth, same address", {**NOT_BORN, "family_name": "Married"}, {}, POSSIBLE),
    ("a short form of the given name", {"given_name": "Tom"}, {"given_name": "Thomas"}, POSSIBLE),
    ("a short form, the address without its postcode", {"given_name": "Kasia", "postcode": None}, {"given_name": "Katarzyna"}, POSSIBLE),
    ("a short form, same postcode", {"given_name": "Guto", **NEARBY}, {"given_name": "Gruffydd"}, POSSIBLE),
    ("another given name and an age that agrees, same address", {"given_name": "Tom", **NOT_BORN, "age_years": 36}, {"given_name": "Thomas"}, NEW),
    ("another given name, born the same day elsewhere", {"given_name": "Tom", **ELSEWHERE}, {"given_name": "Thomas"}, NEW),
    ("a twin, or a short form: nothing tells which", {"given_name": "Odo"}, {}, POSSIBLE),
    ("a twin of another number", {"given_name": "Odo", "person_reference": "N1"}, {"person_reference": "N2"}, NEW),
    ("a sibling put under the same number", {"given_name": "Odo", "person_reference": "N1", "date_of_birth": date(1971, 12, 25)}, {"person_reference": "N1"}, POSSIBLE),
    ("a twin with a similar name", {"given_name": "Jayden"}, {"given_name": "Hayden"}, POSSIBLE),
    ("numbered twins", {"given_name": "Child1"}, {"given_name": "Child2"}, NEW),
    ("father and son of the same name", {"date_of_birth": date(1962, 8, 19)}, {}, NEW),
    ("the same name with another birth elsewhere", {**ELSEWHERE, "date_of_birth": date(1993, 11, 30)}, {}, NEW),
    ("a sibling", {"given_name": "Odo", "date_of_birth": date(1993, 11, 30)}, {}, NEW),
    ("a sibling without a date of birth", {"given_name": "Odo", **NOT_BORN}, {}, NEW),
    ("a neighbour born the same day", {"given_name": "Odo", "family_name": "Fremd", **NEARBY}, {}, NEW),
    ("strangers", {"given_name": "Odo", "family_name": "Fremd", "date_of_birth": date(1961, 1, 9), **ELSEWHERE}, {}, NEW),
    ("two short names", {"given_name": "Li", **ELSEWHERE}, {"given_name": "Le"}, NEW),
    ("Welsh family names in two spellings", {"family_name": "Llewellyn-Sample", **NO_PLACE}, {"family_name": "Llywelyn Sample", **NO_PLACE}, POSSIBLE),
    ("a name beside Kaur in two orders", {"given_name": "Simran Kaur", "family_name": "Sample", **ELSEWHERE}, {"given_name": "Simran", "family_name": "Kaur Sample"}, POSSIBLE),
    ("Kaur first", {"given_name": "Kaur", "family_name": "Simran", **ELSEWHERE}, {"given_name": "Simran", "family_name": "Kaur"}, POSSIBLE),
    ("one of two given names", {"given_name": "Mohammed Ali", "family_name": "Khan", **ELSEWHERE}, {"given_name": "Ali", "family_name": "Khan"}, POSSIBLE),
    ("people called Null are people", {"family_name": "Null"}, {"family_name": "Null"}, CERTAIN),
    ("whole names of system words are none", {"given_name": "Null", "family_name": "Null", **ELSEWHERE}, {"given_name": "Null", "family_name": "Null"}, NEW),
    ("unknown is no name", {"given_name": "Unknown", "family_name": "Unknown", **ELSEWHERE}, {"given_name": "Unknown", "family_name": "Unknown"}, NEW),
    ("a system's first day is no birth", {"date_of_birth": date(1900, 1, 1), **ELSEWHERE}, {"date_of_birth": date(1900, 1, 1)}, NEW),
)  # fmt: skip


def matched(one: PersonDetails, other: PersonDetails) -> PersonMatch:
    [match] = match_people([one], [known("P", other)])
    return match


@pytest.mark.parametrize(("here", "there", "certainty"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_pair_comes_out_as_written(here: Change, there: Change, certainty: MatchCertainty) -> None:
    assert matched(somebody(**here), somebody(**there)).certainty is certainty


@pytest.mark.parametrize(("here", "there"), [case[1:3] for case in CASES], ids=[case[0] for case in CASES])
def test_it_does_not_matter_which_of_two_was_known_first(here: Change, there: Change) -> None:
    one, other = somebody(**here), somebody(**there)

    assert matched(one, other).certainty is matched(other, one).certainty
    assert matched(one, other).possible == matched(other, one).possible


FOUND = [case for case in CASES if case[3] is not NEW]


@pytest.mark.parametrize(("here", "there"), [case[1:3] for case in FOUND], ids=[case[0] for case in FOUND])
def test_whoever_may_be_the_same_shares_a_key(here: Change, there: Change) -> None:
    assert not keys(somebody(**here)).isdisjoint(keys(somebody(**there)))


GROUNDS: tuple[tuple[Change, Change, tuple[str, ...]], ...] = (
    ({"person_reference": "N1"}, {"person_reference": "N1"}, ("Same police nominal number",)),
    ({"person_reference": "N1", "date_of_birth": date(1971, 12, 25)}, {"person_reference": "N1"}, ("Same police nominal number", "Another date of birth or age")),
    ({"person_reference": "N1", "given_name": "Olga", "family_name": "Fremd"}, {"person_reference": "N1"}, ("Same police nominal number", "Another name")),
    ({"person_reference": "N1", "given_name": "Olga", "family_name": "Fremd", "date_of_birth": date(1971, 12, 25)}, {"person_reference": "N1"}, ("Same police nominal number", "Another name and another date of birth")),
    ({}, {}, ("Same name and date of birth",)),
    ({"person_reference": "N1"}, {"person_reference": "N2"}, ("Same name and date of birth", "Different police nominal numbers of the same force")),
    ({"given_name": "Vira", "date_of_birth": date(1990, 4, 3), **NEARBY}, {}, ("Similar name, day and month of birth swapped, same postcode",)),
    ({"given_name": "Sample", "family_name": "Vera"}, {}, ("Given and family name swapped, same date of birth, same address",)),
    ({"given_name": "Vira", **NO_PLACE}, {}, ("Similar name, same date of birth",)),
    ({"family_name": "Example-Sample", **NO_PLACE}, {}, ("Similar name, same date of birth",)),
    ({"given_name": "Vera Maria", **NO_PLACE}, {}, ("Similar name, same date of birth",)),
    ({"family_name": "Married", **NO_PLACE}, {}, ("Same given name with another family name, same date of birth",)),
    ({"given_name": "Vira", **ELSEWHERE}, {}, ("Similar name, same date of birth, another postcode",)),
    ({"given_name": "Vira", "person_reference": "N1", **NO_PLACE}, {"person_reference": "N2"}, ("Similar name, same date of birth", "Different police nominal numbers of the same force")),
)  # fmt: skip


@pytest.mark.parametrize(("here", "there", "grounds"), GROUNDS)
def test_the_grounds_say_why_in_words(here: Change, there: Change, grounds: tuple[str, ...]) -> None:
    match = matched(somebody(**here), somebody(**there))

    assert (match.grounds or match.possible[0].grounds) == grounds
