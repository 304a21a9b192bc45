"""The earlier incidents that follow from who the people are: whose they are, within which time, and none twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.contact import AdultRole, Answer, Contact, Grade, IncidentType
from screening.domain.decision import DecisionCode
from screening.domain.household import History, PersonMatch, Relation
from screening.matching.history import history_of
from screening.matching.known import EarlierContact, EarlierPerson
from screening.matching.match import match_people, people_of
from tests.builders import OCCURRED_AT, a_child, a_contact, a_suspect, a_victim, an_incident
from tests.matching.people import FAMILY, FAMILY_MATCHES, an_earlier_contact, at, everybody_known, perhaps

VICTIM, SUSPECT, CHILD = FAMILY
OTHER_WOMAN = EarlierPerson("W", "victim")
OTHER_CHILD = EarlierPerson("D", "child")
ONLY_CHILD = (PersonMatch("/adults/0"), PersonMatch("/adults/1"), PersonMatch("/children/0", certain=("C",)))


def relations(history: History) -> list[Relation]:
    return [incident.relation for incident in history.certain]


def ids(history: History) -> list[tuple[str, ...]]:
    return [incident.contact_ids for incident in history.certain]


def of(people: tuple[EarlierPerson, ...], matches: tuple[PersonMatch, ...] = FAMILY_MATCHES) -> History:
    return history_of(a_contact(), matches, [an_earlier_contact(people=people)])


# ---------------------------------------------------------------------------------------------------- whose incident


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ((CHILD,), [Relation.HOUSEHOLD]),
        ((CHILD, OTHER_WOMAN), [Relation.HOUSEHOLD]),
        ((EarlierPerson("C", "victim"),), [Relation.HOUSEHOLD]),
        ((EarlierPerson("C", "other"),), [Relation.HOUSEHOLD]),
        ((VICTIM, SUSPECT), [Relation.HOUSEHOLD]),
        ((EarlierPerson("V", "suspect"), EarlierPerson("S", "victim")), [Relation.HOUSEHOLD]),
        ((EarlierPerson("V", "both"), EarlierPerson("S", "both")), [Relation.HOUSEHOLD]),
        ((EarlierPerson("V", "other"), EarlierPerson("S", "child")), [Relation.HOUSEHOLD]),
        ((SUSPECT, OTHER_WOMAN, OTHER_CHILD), [Relation.SUSPECT_ELSEWHERE]),
        ((EarlierPerson("S", "both"), OTHER_WOMAN), [Relation.SUSPECT_ELSEWHERE]),
        ((EarlierPerson("S", "victim"), OTHER_WOMAN), []),
        ((EarlierPerson("S", "other"), OTHER_WOMAN), []),
        ((VICTIM, EarlierPerson("M", "suspect")), []),
        ((OTHER_WOMAN, OTHER_CHILD), []),
        ((), []),
    ],
)
def test_an_incident_belongs_by_the_people_it_shares(people: tuple[EarlierPerson, ...], found: list[Relation]) -> None:
    assert relations(of(people)) == found


def test_a_victim_of_this_contact_who_was_a_suspect_elsewhere_is_no_suspect_elsewhere() -> None:
    assert of((EarlierPerson("V", "suspect"), EarlierPerson("M", "victim"))) == History()


def test_one_known_person_taken_for_both_adults_is_not_both_adults() -> None:
    one_for_two = (PersonMatch("/adults/0", certain=("V",)), PersonMatch("/adults/1", certain=("V",)))

    assert of((VICTIM,), one_for_two) == History()


def test_a_suspect_who_is_also_a_victim_here_is_not_a_couple_alone() -> None:
    contact = a_contact(adults=(a_victim(role=AdultRole.BOTH),), children=())
    told = an_earlier_contact(people=(EarlierPerson("V", "victim"), EarlierPerson("M", "suspect")))

    assert history_of(contact, (PersonMatch("/adults/0", certain=("V",)),), [told]) == History()


def test_one_person_with_two_records_is_not_a_couple() -> None:
    contact = a_contact(adults=(a_victim(role=AdultRole.BOTH),), children=())
    told = an_earlier_contact(people=(EarlierPerson("V", "victim"), EarlierPerson("V-old", "victim")))

    assert history_of(contact, (PersonMatch("/adults/0", certain=("V", "V-old")),), [told]) == History()


def test_an_adult_who_is_no_party_finds_no_household() -> None:
    contact = a_contact(adults=(a_victim(), a_suspect(), a_victim(role=AdultRole.OTHER)))
    matches = (PersonMatch("/adults/0", certain=("V",)), PersonMatch("/adults/2", certain=("G",)))
    told = an_earlier_contact(people=(EarlierPerson("V", "victim"), EarlierPerson("G", "suspect")))

    assert history_of(contact, matches, [told]) == History()


def test_any_record_of_a_certain_person_will_do() -> None:
    two_records = (PersonMatch("/children/0", certain=("C", "C-old")),)

    assert relations(of((EarlierPerson("C-old", "child"),), two_records)) == [Relation.HOUSEHOLD]


def test_a_party_under_18_is_a_child_of_the_contact() -> None:
    contact = a_contact(adults=(a_victim(date_of_birth=date(2009, 1, 9)), a_suspect()), children=())
    told = an_earlier_contact(people=(EarlierPerson("V", "child"), EarlierPerson("M", "suspect")))

    assert relations(history_of(contact, FAMILY_MATCHES[:2], [told])) == [Relation.HOUSEHOLD]


def test_somebody_under_18_who_is_no_party_is_no_child_of_the_contact() -> None:
    contact = a_contact(adults=(a_victim(role=AdultRole.OTHER, date_of_birth=date(2009, 1, 9)), a_suspect()))
    told = an_earlier_contact(people=(EarlierPerson("V", "child"), EarlierPerson("M", "suspect")))

    assert history_of(contact, FAMILY_MATCHES[:1], [told]) == History()


def test_a_suspect_under_18_who_was_a_suspect_elsewhere_still_is() -> None:
    contact = a_contact(adults=(a_victim(), a_suspect(date_of_birth=date(2009, 1, 9))), children=())
    told = an_earlier_contact(people=(SUSPECT, OTHER_WOMAN))

    assert relations(history_of(contact, FAMILY_MATCHES[:2], [told])) == [Relation.SUSPECT_ELSEWHERE]


UNBORN = a_child(unborn=True, date_of_birth=None, given_name=None, person_reference=None)


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        (a_contact(adults=(a_victim(pregnant=Answer.YES), a_suspect()), children=()), True),
        (a_contact(children=(UNBORN,)), True),
        (a_contact(adults=(a_victim(), a_suspect(pregnant=Answer.YES)), children=(UNBORN,)), False),
        (a_contact(adults=(a_victim(pregnant=Answer.UNKNOWN), a_suspect()), children=()), False),
        (a_contact(children=()), False),
    ],
)
def test_an_unborn_child_is_found_through_the_mother_alone(contact: Contact, found: bool) -> None:
    told = an_earlier_contact(people=(VICTIM, EarlierPerson("M", "suspect")))

    assert bool(history_of(contact, FAMILY_MATCHES[:2], [told]).certain) is found


def test_a_pregnant_suspect_who_was_a_suspect_elsewhere_still_is() -> None:
    contact = a_contact(adults=(a_victim(), a_suspect(pregnant=Answer.YES)), children=())
    told = an_earlier_contact(people=(SUSPECT, OTHER_WOMAN))

    assert relations(history_of(contact, FAMILY_MATCHES[:2], [told])) == [Relation.SUSPECT_ELSEWHERE]


# --------------------------------------------------------------------------------------------------------- possible


def test_an_incident_reached_through_a_possible_match_is_only_possible() -> None:
    history = of((CHILD,), (perhaps("/children/0", "C"),))

    assert (history.certain, [one.relation for one in history.possible]) == ((), [Relation.HOUSEHOLD])


def test_both_adults_of_whom_one_is_only_possible_make_it_possible() -> None:
    history = of((VICTIM, SUSPECT), (PersonMatch("/adults/0", certain=("V",)), perhaps("/adults/1", "S")))

    assert (len(history.certain), len(history.possible)) == (0, 1)


def test_an_incident_that_is_certain_is_not_possible_as_well() -> None:
    history = of(FAMILY, (PersonMatch("/children/0", certain=("C",)), perhaps("/adults/1", "S")))

    assert (len(history.certain), len(history.possible)) == (1, 0)


def test_a_certain_incident_told_of_again_by_a_possible_person_is_not_possible_as_well() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference="L-1", people=(CHILD,)),
        an_earlier_contact("E2", incident_reference="L-1", people=(EarlierPerson("M", "victim"),)),
    ]
    matches = (*ONLY_CHILD[:1], perhaps("/adults/1", "M"), *ONLY_CHILD[2:])

    history = history_of(a_contact(), matches, earlier)

    assert (len(history.certain), history.possible) == (1, ())


# ------------------------------------------------------------------------------------------------------- the window

WINDOWS = (
    ("the moment before", "2026-09-13T23:09:59+00:00", True),
    ("the same moment", "2026-09-13T23:10:00+00:00", False),
    ("the same moment in another zone", "2026-09-14T00:10:00+01:00", False),
    ("a minute later, though received before", "2026-09-13T23:11:00+00:00", False),
    ("the first moment of the window, midnight in London", "2025-09-14T00:00:00+01:00", True),
    ("the same, said in UTC", "2025-09-13T23:00:00+00:00", True),
    ("a second before the window", "2025-09-13T22:59:59+00:00", False),
    ("that day in UTC, but the day before in London", "2025-09-13T12:00:00+00:00", False),
)


@pytest.mark.parametrize(("moment", "counts"), [case[1:] for case in WINDOWS], ids=[case[0] for case in WINDOWS])
def test_the_window_is_twelve_months_of_london_days(moment: str, counts: bool) -> None:
    history = history_of(a_contact(), FAMILY_MATCHES, [an_earlier_contact(occurred_at=at(moment))])

    assert bool(history.certain) is counts


@pytest.mark.parametrize(
    ("incident", "earlier", "counts"),
    [
        ("2028-02-29T12:00:00+00:00", "2027-02-28T00:00:00+00:00", True),
        ("2028-02-29T12:00:00+00:00", "2027-02-27T23:59:00+00:00", False),
        ("2029-02-28T12:00:00+00:00", "2028-02-28T00:00:00+00:00", True),
        ("2029-03-01T12:00:00+00:00", "2028-02-29T23:59:00+00:00", False),
        ("2029-03-01T12:00:00+00:00", "2028-03-01T00:00:00+00:00", True),
        # The clocks went forward on 29 March 2026: that day begins in winter time and ends in summer time.
        ("2027-03-29T12:00:00+01:00", "2026-03-29T00:00:00+00:00", True),
        ("2027-03-29T12:00:00+01:00", "2026-03-28T23:59:59+00:00", False),
        # The clocks go back on 25 October 2026 at two: half past one comes twice.
        ("2026-10-25T01:30:00+00:00", "2026-10-25T01:30:00+01:00", True),
        ("2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00", False),
        ("2026-10-25T12:00:00+00:00", "2025-10-25T00:00:00+01:00", True),
        ("2026-10-25T12:00:00+00:00", "2025-10-24T23:59:00+01:00", False),
    ],
)
def test_the_window_holds_on_leap_days_and_when_the_clocks_change(incident: str, earlier: str, counts: bool) -> None:
    contact = a_contact(incident=an_incident(occurred_at=at(incident)))

    history = history_of(contact, FAMILY_MATCHES, [an_earlier_contact(occurred_at=at(earlier))])

    assert bool(history.certain) is counts


# ------------------------------------------------------------------------------------------------------- none twice


def test_two_contacts_of_one_incident_are_one_earlier_incident() -> None:
    history = history_of(
        a_contact(),
        FAMILY_MATCHES,
        [
            an_earlier_contact("E2", incident_reference="l-1 ", days_before=29.9, grade=Grade.STANDARD),
            an_earlier_contact("E1", incident_reference="L-1", days_before=30, grade=Grade.HIGH),
        ],
    )

    assert ids(history) == [("E1", "E2")]
    assert history.certain[0].grade is Grade.HIGH
    assert history.certain[0].occurred_at == OCCURRED_AT - timedelta(days=29.9)


def test_one_log_number_of_two_forces_is_two_incidents() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference="L-1"),
        an_earlier_contact("E2", incident_reference="L-1", force_code="41", days_before=30.5),
    ]

    assert len(history_of(a_contact(), FAMILY_MATCHES, earlier).certain) == 2


def test_a_log_number_that_comes_round_again_months_later_is_another_incident() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference="L-1"),
        an_earlier_contact("E2", incident_reference="L-1", days_before=90),
    ]

    assert len(history_of(a_contact(), FAMILY_MATCHES, earlier).certain) == 2


@pytest.mark.parametrize("placeholder", [None, "", "-", "N/A", "unknown", "0000"])
def test_a_placeholder_for_a_log_number_joins_nothing(placeholder: str | None) -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference=placeholder),
        an_earlier_contact("E2", incident_reference=placeholder, days_before=31),
    ]
    contact = a_contact(incident=an_incident(incident_reference=placeholder))

    assert len(history_of(contact, FAMILY_MATCHES, earlier).certain) == 2


def test_one_moment_in_one_household_is_one_incident_whatever_its_numbers() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference=None),
        an_earlier_contact("E2", people=(CHILD,)),
        an_earlier_contact("E3", people=(SUSPECT, VICTIM)),
    ]

    assert ids(history_of(a_contact(), FAMILY_MATCHES, earlier)) == [("E1", "E2", "E3")]


def test_two_records_of_one_child_at_one_moment_are_one_incident() -> None:
    earlier = [
        an_earlier_contact("E1", people=(CHILD,)),
        an_earlier_contact("E2", people=(EarlierPerson("C2", "child"),)),
    ]
    matches = (PersonMatch("/children/0", certain=("C", "C2")),)

    assert ids(history_of(a_contact(), matches, earlier)) == [("E1", "E2")]


def test_one_moment_in_two_households_is_two_incidents() -> None:
    earlier = [
        an_earlier_contact("E1", people=(VICTIM, CHILD, EarlierPerson("M", "suspect"))),
        an_earlier_contact("E2", people=(SUSPECT, OTHER_WOMAN)),
    ]

    found = relations(history_of(a_contact(), FAMILY_MATCHES, earlier))

    assert sorted(found) == [Relation.HOUSEHOLD, Relation.SUSPECT_ELSEWHERE]


def test_contacts_joined_through_a_third_are_one_incident() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference="L-1"),
        an_earlier_contact("E2", incident_reference=None, days_before=29.99),
        an_earlier_contact("E3", incident_reference="L-1", days_before=29.99),
    ]

    assert ids(history_of(a_contact(), FAMILY_MATCHES, earlier)) == [("E1", "E2", "E3")]


def test_contacts_of_one_incident_find_the_household_together() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference="L-1", people=(VICTIM,)),
        an_earlier_contact("E2", incident_reference="L-1", people=(SUSPECT,)),
    ]

    assert relations(history_of(a_contact(), FAMILY_MATCHES, earlier)) == [Relation.HOUSEHOLD]


def test_this_incident_is_not_its_own_history() -> None:
    same_number = an_earlier_contact(incident_reference="L-TEST-1", days_before=0.01)

    assert history_of(a_contact(), FAMILY_MATCHES, [same_number]) == History()


def test_what_is_joined_to_this_incident_through_another_contact_is_not_history_either() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference="L-TEST-1", days_before=0.01),
        an_earlier_contact("E2", incident_reference=None, days_before=0.01),
    ]

    assert history_of(a_contact(), FAMILY_MATCHES, earlier) == History()


def test_a_corrected_contact_folds_into_its_correction() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference="L-1", superseded=True, type=IncidentType.OTHER),
        an_earlier_contact("E2", incident_reference="L-1", days_before=30.1, type=IncidentType.THREATS),
    ]

    [incident] = history_of(a_contact(), FAMILY_MATCHES, earlier).certain

    assert (incident.contact_ids, incident.type) == (("E2", "E1"), IncidentType.THREATS)


def test_a_corrected_contact_whose_correction_stands_for_itself_is_not_counted() -> None:
    earlier = [
        an_earlier_contact("E1", superseded=True),
        an_earlier_contact("E2", days_before=30.1),
    ]

    assert ids(history_of(a_contact(), FAMILY_MATCHES, earlier)) == [("E2",)]


# ------------------------------------------------------------------------------------------------ what an incident says


def test_incidents_come_newest_first() -> None:
    earlier = [an_earlier_contact(f"E{days}", days_before=days) for days in (40, 5, 200)]

    assert ids(history_of(a_contact(), FAMILY_MATCHES, earlier)) == [("E5",), ("E40",), ("E200",)]


@pytest.mark.parametrize(
    ("grades", "highest"),
    [
        ((Grade.MEDIUM, Grade.STANDARD), Grade.MEDIUM),
        ((Grade.NOT_GRADED, Grade.STANDARD), Grade.STANDARD),
        ((None, Grade.NOT_GRADED), Grade.NOT_GRADED),
        ((None, None), None),
    ],
)
def test_the_highest_grade_of_its_contacts_is_the_incidents(
    grades: tuple[Grade | None, Grade | None], highest: Grade | None
) -> None:
    earlier = [
        an_earlier_contact(f"E{place}", incident_reference="L-1", grade=grade) for place, grade in enumerate(grades)
    ]

    assert history_of(a_contact(), FAMILY_MATCHES, earlier).certain[0].grade is highest


def test_the_latest_final_decision_is_the_incidents() -> None:
    decided = datetime(2026, 8, 20, 9, tzinfo=UTC)
    earlier = [
        an_earlier_contact("E1", incident_reference="L-1", decision=DecisionCode.ASSESSMENT, decided_at=decided),
        an_earlier_contact(
            "E2",
            incident_reference="L-1",
            decision=DecisionCode.NO_FURTHER_ACTION,
            decided_at=decided - timedelta(hours=1),
        ),
        an_earlier_contact(
            "E3",
            incident_reference="L-1",
            decision=DecisionCode.REQUEST_INFORMATION,
            decided_at=decided + timedelta(hours=1),
        ),
    ]

    assert history_of(a_contact(), FAMILY_MATCHES, earlier).certain[0].decision is DecisionCode.ASSESSMENT


def test_an_undecided_incident_has_no_decision() -> None:
    told = an_earlier_contact(decision=DecisionCode.REQUEST_INFORMATION)

    assert history_of(a_contact(), FAMILY_MATCHES, [told]).certain[0].decision is None


def test_the_children_of_all_its_contacts_are_named() -> None:
    earlier = [
        an_earlier_contact("E1", incident_reference="L-1"),
        an_earlier_contact("E2", incident_reference="L-1", people=(CHILD, OTHER_CHILD)),
    ]

    assert history_of(a_contact(), FAMILY_MATCHES, earlier).certain[0].children == ("C", "D")


def test_a_contact_of_last_month_is_found_from_its_people_alone() -> None:
    """The whole way: details to matches to history."""
    last_month = a_contact(contact_reference="TEST-0", incident=an_incident(incident_reference="L-0"))
    this = a_contact(adults=(a_victim(person_reference=None), a_suspect(person_reference=None)))
    told = an_earlier_contact(
        people=(
            EarlierPerson("p/adults/0", "victim"),
            EarlierPerson("p/adults/1", "suspect"),
            EarlierPerson("p/children/0", "child"),
        )
    )

    matches = match_people(people_of(this), everybody_known(last_month))

    assert relations(history_of(this, matches, [told])) == [Relation.HOUSEHOLD]


# ---------------------------------------------------------------------------------------------------- whatever comes

PEOPLE = ("V", "S", "C", "W", "M")
earlier_people = st.builds(
    EarlierPerson, st.sampled_from(PEOPLE), st.sampled_from(("victim", "suspect", "both", "other", "child"))
)
told_contacts = st.lists(
    st.builds(
        lambda number, days, reference, force, people, superseded, decision: an_earlier_contact(
            f"E{number}",
            days_before=days,
            incident_reference=reference,
            force_code=force,
            people=tuple(people),
            superseded=superseded,
            decision=decision,
        ),
        st.integers(0, 99),
        st.sampled_from((0, 0.01, 1, 3, 30, 300, 365, 366, 400, -1)),
        st.sampled_from((None, "L-1", "L-2", "L-TEST-1")),
        st.sampled_from(("40", "41")),
        st.lists(earlier_people, max_size=3),
        st.booleans(),
        st.none() | st.sampled_from(list(DecisionCode)),
    ),
    max_size=10,
    unique_by=lambda told: told.contact_id,
)
ways = st.fixed_dictionaries(
    {
        pointer: st.tuples(st.sets(st.sampled_from(PEOPLE), max_size=2), st.sets(st.sampled_from(PEOPLE), max_size=2))
        for pointer in ("/adults/0", "/adults/1", "/children/0")
    }
).map(
    lambda found: tuple(
        replace(perhaps(pointer, *sorted(possible - certain)), certain=tuple(sorted(certain)))
        for pointer, (certain, possible) in found.items()
    )
)


@given(ways, told_contacts, st.randoms(use_true_random=False))
def test_the_order_of_earlier_contacts_changes_nothing(
    matches: tuple[PersonMatch, ...], earlier: list[EarlierContact], shuffled: st.DrawFn
) -> None:
    other = list(earlier)
    shuffled.shuffle(other)  # type: ignore[attr-defined]  # hypothesis gives a random.Random

    assert history_of(a_contact(), matches, other) == history_of(a_contact(), matches, earlier)


@given(ways, told_contacts)
def test_the_zone_that_a_time_is_told_in_changes_no_count(
    matches: tuple[PersonMatch, ...], earlier: list[EarlierContact]
) -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    elsewhere = [replace(told, occurred_at=told.occurred_at.astimezone(east)) for told in earlier]

    assert history_of(a_contact(), matches, elsewhere) == history_of(a_contact(), matches, earlier)


@given(ways, told_contacts)
def test_no_possible_match_adds_to_or_takes_from_what_is_certain(
    matches: tuple[PersonMatch, ...], earlier: list[EarlierContact]
) -> None:
    sure_alone = tuple(replace(match, possible=()) for match in matches)

    assert history_of(a_contact(), matches, earlier).certain == history_of(a_contact(), sure_alone, earlier).certain


@given(ways, told_contacts)
def test_no_contact_is_in_two_incidents(matches: tuple[PersonMatch, ...], earlier: list[EarlierContact]) -> None:
    history = history_of(a_contact(), matches, earlier)
    named = [i for incident in (*history.certain, *history.possible) for i in incident.contact_ids]

    assert len(named) == len(set(named))


@given(ways, told_contacts)
def test_counting_is_stable_when_everything_is_delivered_again(
    matches: tuple[PersonMatch, ...], earlier: list[EarlierContact]
) -> None:
    again = [replace(told, contact_id=f"again-{told.contact_id}") for told in earlier]
    once = history_of(a_contact(), matches, earlier)
    twice = history_of(a_contact(), matches, [*earlier, *again, *earlier])

    assert [(i.occurred_at, i.relation) for i in twice.certain] == [(i.occurred_at, i.relation) for i in once.certain]
    assert len(twice.possible) == len(once.possible)


@given(ways, told_contacts)
def test_all_that_is_found_is_earlier_and_within_the_window(
    matches: tuple[PersonMatch, ...], earlier: list[EarlierContact]
) -> None:
    history = history_of(a_contact(), matches, earlier)

    for incident in (*history.certain, *history.possible):
        assert at("2025-09-14T00:00:00+01:00") <= incident.occurred_at < OCCURRED_AT
