"""The people of one contact against everybody known, and against the care register."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.contact import Contact
from screening.domain.household import CareStatus, MatchCertainty, PersonMatch
from screening.matching.compare import compare
from screening.matching.known import KnownPerson, PersonDetails, PersonKind
from screening.matching.match import NOTHING_TO_MATCH_BY, UNBORN, match_people, match_register, people_of
from screening.matching.normalise import form_of
from screening.matching.weights import SHIPPED
from tests.builders import INCIDENT_DAY, a_child, a_contact, a_suspect, a_victim
from tests.matching.people import a_register_entry, everybody_known, known, somebody

BABY = a_child(person_reference="N-B", given_name="Babette", family_name="Sample", unborn=True, date_of_birth=None)


def test_people_are_told_apart_by_their_place_in_the_contact() -> None:
    people = people_of(a_contact(children=(a_child(), a_child(given_name="Childo"))))

    assert [person.pointer for person in people] == ["/adults/0", "/adults/1", "/children/0", "/children/1"]
    assert {person.postcode for person in people} == {"MK99 9ZZ"}
    assert {person.seen_on for person in people} == {INCIDENT_DAY}


def test_an_unborn_child_is_never_matched_by_name_or_number() -> None:
    contact = a_contact(children=(BABY,))
    namesake = somebody(given_name="Babette", person_reference="N-B", date_of_birth=None)

    [*_, baby] = match_people(people_of(contact), [known("P", namesake)])

    assert people_of(contact)[-1].kind is PersonKind.UNBORN
    assert (baby.certainty, baby.grounds) == (MatchCertainty.NEW, (UNBORN,))


def test_everybody_gets_one_match_in_their_order() -> None:
    contact = a_contact(children=(a_child(), BABY))

    matches = match_people(people_of(contact), everybody_known(contact))

    assert [match.pointer for match in matches] == [person.pointer for person in people_of(contact)]
    assert [match.certain for match in matches] == [("p/adults/0",), ("p/adults/1",), ("p/children/0",), ()]


alike = st.builds(
    somebody,
    person_reference=st.sampled_from([None, "N-1", "N-2"]),
    given_name=st.sampled_from([None, "Vera", "Wera", "V", "Sample", "Tom"]),
    family_name=st.sampled_from([None, "Sample", "Sampel", "Vera"]),
    date_of_birth=st.sampled_from(
        [None, *(date(1990, *day) for day in ((3, 4), (4, 3), (1, 1), (3, 1), (3, 5), (9, 9))), date(1971, 5, 6)]
    ),
    age_years=st.sampled_from([None, 36, 55]),
    postcode=st.sampled_from([None, "MK99 9ZZ", "MK98 8ZZ"]),
)
"""People who share much with each other, and rarely everything."""


@given(alike, st.lists(alike, max_size=6))
def test_everybody_found_is_compared_whose_birth_or_number_can_agree(
    person: PersonDetails, found: list[PersonDetails]
) -> None:
    """Records are put aside by birth before they are compared: never one that comparing would have matched."""
    records = [known(f"P{place}", details) for place, details in enumerate(found)]
    [match] = match_people([person], records)
    form = form_of(person)
    verdicts = {
        one.person_id: compare(form, one.form, SHIPPED, different_nominals=bool(form.nominal and one.form.nominal))
        for one in records
    }

    assert {*match.certain, *(one.person_id for one in match.possible)} == {i for i, said in verdicts.items() if said}


def test_nobody_known_makes_everybody_new() -> None:
    matches = match_people(people_of(a_contact()), [])

    assert {match.certainty for match in matches} == {MatchCertainty.NEW}


def test_new_for_want_of_anything_to_match_by_says_so() -> None:
    nameless = a_contact(children=(a_child(person_reference=None, given_name=None, date_of_birth=None, age_years=10),))

    [*_, child] = match_people(people_of(nameless), [])

    assert child.grounds == (NOTHING_TO_MATCH_BY,)


def test_several_known_people_who_are_certainly_this_one_are_all_named() -> None:
    [match] = match_people(
        [somebody(person_reference="N1")],
        [known("P2", somebody()), known("P1", somebody(person_reference="N1", given_name="Vira"))],
    )

    assert match.certain == ("P1", "P2")
    assert match.grounds == ("Same police nominal number", "Same name and date of birth")


def test_a_possible_match_is_named_beside_a_certain_one() -> None:
    [match] = match_people([somebody()], [known("P1", somebody()), known("P2", somebody(given_name="Vira"))])

    assert match.certain == ("P1",)
    assert [possible.person_id for possible in match.possible] == ["P2"]


def test_the_likeliest_possible_match_comes_first() -> None:
    [match] = match_people(
        [somebody()],
        [
            known("P1", somebody(given_name="Vira", postcode="MK99 8YY")),
            known("P2", somebody(given_name="Vira")),
            known("P3", somebody(given_name="Vira")),
        ],
    )

    assert [possible.person_id for possible in match.possible] == ["P2", "P3", "P1"]


def test_of_several_records_of_one_person_the_likeliest_speaks() -> None:
    [match] = match_people([somebody()], [known("P", somebody(given_name="Vira")), known("P", somebody())])

    assert (match.certain, match.possible) == (("P",), ())


def test_another_nominal_on_any_record_of_a_namesake_leaves_a_doubt() -> None:
    namesake = [known("P", somebody(person_reference="N2", given_name="V")), known("P", somebody())]

    [match] = match_people([somebody(person_reference="N1")], namesake)

    assert match.certainty is MatchCertainty.POSSIBLE


def test_somebody_with_two_nominals_is_known_by_either() -> None:
    records = [known("P", somebody(person_reference="N1")), known("P", somebody(person_reference="N2"))]

    assert [match_people([somebody(person_reference=n)], records)[0].certain for n in ("N1", "N2")] == [("P",), ("P",)]


def test_who_certainly_is_one_of_the_contact_is_not_possibly_another() -> None:
    twins = a_contact(
        children=(
            a_child(person_reference=None, given_name="Jayden"),
            a_child(person_reference=None, given_name="Hayden"),
        )
    )
    one_known = [person for person in everybody_known(twins) if person.person_id == "p/children/0"]

    [*_, jayden, hayden] = match_people(people_of(twins), one_known)

    assert jayden.certain == ("p/children/0",)
    assert hayden.certainty is MatchCertainty.NEW


def test_people_of_one_contact_never_match_each_other() -> None:
    listed_twice = a_contact(adults=(a_victim(), a_suspect(), a_victim()))

    assert all(match.certainty is MatchCertainty.NEW for match in match_people(people_of(listed_twice), []))


def test_somebody_listed_twice_is_twice_the_same_known_person() -> None:
    listed_twice = a_contact(adults=(a_victim(), a_suspect(), a_victim()))

    matches = match_people(people_of(listed_twice), [known("P", people_of(a_contact())[0])])

    assert [match.certain for match in matches] == [("P",), (), ("P",), ()]


def test_a_higher_threshold_makes_fewer_possible_matches() -> None:
    strict = replace(SHIPPED, possible_from=1_000)

    [match] = match_people([somebody()], [known("P", somebody(given_name="Vira"))], strict)

    assert match.certainty is MatchCertainty.NEW


# ------------------------------------------------------------------------------------------------ the care register


def test_a_child_of_the_same_name_and_birth_certainly_is_on_the_register() -> None:
    [match] = match_register(people_of(a_contact()), [a_register_entry()])

    assert (match.pointer, match.certainty) == ("/children/0", MatchCertainty.CERTAIN)
    assert match.grounds == ("Same name and date of birth",)


def test_a_child_of_a_similar_name_possibly_is() -> None:
    [match] = match_register(people_of(a_contact()), [a_register_entry(given_name="Chidla", postcode=None)])

    assert (match.certainty, match.grounds) == (MatchCertainty.POSSIBLE, ("Similar name, same date of birth",))


def test_a_child_of_another_birth_is_not() -> None:
    assert match_register(people_of(a_contact()), [a_register_entry(date_of_birth=date(2011, 12, 25))]) == ()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"date_of_birth": date(2009, 1, 9)}, True),
        ({"date_of_birth": date(2008, 9, 15)}, True),
        ({"date_of_birth": date(2008, 9, 14)}, False),
        ({"date_of_birth": None, "age_years": 17}, True),
        ({"date_of_birth": None, "age_years": 18}, False),
        ({"date_of_birth": None, "age_years": None}, True),
        ({"date_of_birth": date(1900, 1, 1), "age_years": 17}, True),
        ({"date_of_birth": date(1900, 1, 1), "age_years": 40}, False),
        ({"date_of_birth": date(2008, 1, 1), "age_years": None}, True),
        ({"date_of_birth": date(2007, 1, 1), "age_years": None}, False),
    ],
)
def test_a_party_is_looked_for_on_the_register_until_the_day_they_turn_18(
    changes: dict[str, object], found: bool
) -> None:
    contact = a_contact(adults=(a_victim(**changes), a_suspect()), children=())
    row = a_register_entry(given_name="Vera", date_of_birth=contact.adults[0].date_of_birth)

    assert bool(match_register(people_of(contact), [row])) is found


def test_an_unborn_child_is_not_looked_for_on_the_register() -> None:
    row = a_register_entry(given_name="Babette", date_of_birth=None)

    assert match_register(people_of(a_contact(children=(BABY,))), [row]) == ()


def test_a_child_under_a_short_form_of_the_name_possibly_is() -> None:
    [match] = match_register(
        people_of(a_contact(children=(a_child(given_name="Tom"),))), [a_register_entry(given_name="Thomas")]
    )

    assert match.certainty is MatchCertainty.POSSIBLE
    assert match.grounds == ("Same family name with another given name, same date of birth, same postcode",)


def test_all_rows_of_one_child_are_that_child() -> None:
    rows = [a_register_entry(), a_register_entry(date_of_birth=None, status=CareStatus.CHILD_PROTECTION_PLAN)]

    matches = match_register(people_of(a_contact()), rows)

    assert [match.certainty for match in matches] == [MatchCertainty.CERTAIN] * 2
    assert {match.entry.status for match in matches} == {CareStatus.CHILD_IN_NEED, CareStatus.CHILD_PROTECTION_PLAN}


def test_a_twin_on_the_register_is_not_possibly_the_other_twin() -> None:
    twins = a_contact(children=(a_child(given_name="Jayden"), a_child(given_name="Hayden")))

    matches = match_register(people_of(twins), [a_register_entry(given_name="Hayden")])

    assert [(match.pointer, match.certainty) for match in matches] == [("/children/1", MatchCertainty.CERTAIN)]


def test_the_register_comes_in_the_order_of_the_people_and_each_row_once() -> None:
    younger = date(2018, 11, 23)
    contact = a_contact(children=(a_child(), a_child(given_name="Odo", date_of_birth=younger)))
    rows = [
        a_register_entry(child_id="C2", given_name="Odo", date_of_birth=younger),
        a_register_entry(child_id="C3", given_name="Childe"),
        a_register_entry(),
        a_register_entry(),
    ]

    for order in (rows, rows[::-1]):
        matches = match_register(people_of(contact), order)
        assert [match.entry.child_id for match in matches] == ["C1", "C3", "C2"]


# ---------------------------------------------------------------------------------------------------- whatever comes

NAMES = ("Vera", "Vira", "Odo", "Jayden", "Hayden", "Child1", "O'Brien", "Ng", "unknown", None)
DAYS = (date(1990, 3, 4), date(1990, 4, 3), date(1990, 3, 14), date(2016, 5, 2), None)

details = st.builds(
    somebody,
    person_reference=st.sampled_from((None, "N1", "N2", "unknown")),
    given_name=st.sampled_from(NAMES),
    family_name=st.sampled_from(NAMES),
    date_of_birth=st.sampled_from(DAYS),
    age_years=st.sampled_from((None, 10, 36)),
    postcode=st.sampled_from(("MK99 9ZZ", "MK99 8YY", None)),
    address=st.sampled_from(("1 Example Street", "2 Example Street", None)),
    kind=st.sampled_from(list(PersonKind)),
)
persons = st.lists(details, max_size=4).map(
    lambda some: [replace(one, pointer=f"/adults/{place}") for place, one in enumerate(some)]
)
records = st.lists(st.builds(known, st.sampled_from("ABCDEF"), details), max_size=10)


@given(persons, records, st.randoms(use_true_random=False))
def test_the_order_of_what_is_known_changes_nothing(
    people: list[PersonDetails], everybody: list[KnownPerson], shuffled: st.DrawFn
) -> None:
    other = list(everybody)
    shuffled.shuffle(other)  # type: ignore[attr-defined]  # hypothesis gives a random.Random

    assert match_people(people, everybody) == match_people(people, other + other)


@given(persons, records)
def test_each_known_person_is_named_once_and_never_both_certain_and_possible(
    people: list[PersonDetails], everybody: list[KnownPerson]
) -> None:
    matches = match_people(people, everybody)
    certain = {person_id for match in matches for person_id in match.certain}

    for match in matches:
        possible = [one.person_id for one in match.possible]
        assert len(set(match.certain)) == len(match.certain)
        assert len(set(possible)) == len(possible)
        assert certain.isdisjoint(possible)


@given(persons, records, st.lists(details, max_size=4))
def test_somebody_more_who_is_only_possible_changes_nobody_certain(
    people: list[PersonDetails], everybody: list[KnownPerson], more: list[PersonDetails]
) -> None:
    before = match_people(people, everybody)
    strangers = [known(f"new{place}", one) for place, one in enumerate(more)]
    after = match_people(people, [*everybody, *strangers])
    certain_now = {person_id for match in after for person_id in match.certain}

    assert [_without_new(match.certain) for match in after] == [match.certain for match in before]
    assert all(
        not one.person_id.startswith("new") or one.person_id not in certain_now
        for match in after
        for one in match.possible
    )


def _without_new(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(person_id for person_id in ids if not person_id.startswith("new"))


RENAMED = {"Vera": "Ruth", "Stan": "Kofi", "Childa": "Tomtom", "Sample": "Brzezinski", "Example": "Quill", "Odo": "Fay"}


def renamed(contact: Contact) -> Contact:
    """The same contact with everybody called something else, consistently."""
    return replace(
        contact,
        adults=tuple(
            replace(a, given_name=RENAMED[a.given_name or ""], family_name=RENAMED[a.family_name or ""])
            for a in contact.adults
        ),
        children=tuple(
            replace(c, given_name=RENAMED[c.given_name or ""], family_name=RENAMED[c.family_name or ""])
            for c in contact.children
        ),
    )


contacts = st.builds(
    lambda v, s, c, day: a_contact(
        adults=(a_victim(person_reference=v), a_suspect(person_reference=s)),
        children=(
            a_child(person_reference=c, given_name="Childa"),
            a_child(person_reference=None, given_name="Odo", date_of_birth=day),
        ),
    ),
    st.sampled_from((None, "N1", "N2")),
    st.sampled_from((None, "N1", "N3")),
    st.sampled_from((None, "N2", "N4")),
    st.sampled_from(DAYS),
)


@given(contacts, contacts)
def test_renaming_everybody_consistently_changes_nothing(contact: Contact, earlier: Contact) -> None:
    def matches(one: Contact, other: Contact) -> tuple[PersonMatch, ...]:
        return match_people(people_of(one), everybody_known(other))

    assert matches(renamed(contact), renamed(earlier)) == matches(contact, earlier)
