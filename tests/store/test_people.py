"""Known people, earlier contacts and the care register, as kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from screening.domain.contact import Grade, IncidentType, Sex
from screening.domain.decision import DecisionCode
from screening.domain.household import CareStatus, RegisterEntry
from screening.matching.keys import NEWEST_OF_A_KEY
from screening.matching.known import EarlierContact, EarlierPerson, LinkedPerson, PersonDetails, PersonKind
from screening.matching.normalise import known_as
from screening.store.store import SqlStore
from tests.stores import AT, a_new_contact, a_person, correct, decide, taking

VERA = PersonDetails(
    pointer="/adults/0",
    kind=PersonKind.ADULT,
    force_code="40",
    person_reference="N-TEST-V",
    given_name="Véra",
    family_name="Sample",
    date_of_birth=date(1990, 3, 4),
    age_years=36,
    postcode="MK99 9ZZ",
    address="1 Example Street",
    sex=Sex.FEMALE,
    seen_on=date(2026, 9, 14),
)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is executed meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def an_entry(child_id: str, **changes: object) -> RegisterEntry:
    values: dict[str, object] = {
        "given_name": "Childa",
        "family_name": "Sample",
        "date_of_birth": date(2016, 5, 2),
        "postcode": "MK99 9ZZ",
        "status": CareStatus.CHILD_IN_NEED,
        "allocated_worker": "W. Worker",
        "team": "North",
        "since": date(2026, 1, 5),
        **changes,
    }
    return RegisterEntry(child_id, **values)  # type: ignore[arg-type]  # a builder takes any field by name


def test_a_known_person_comes_back_under_any_of_their_keys_once(store: SqlStore) -> None:
    vera = LinkedPerson("/adults/0", "victim", "p_v", VERA, frozenset({"k1", "k2"}))
    store.write(taking("A", people=(vera,)))

    with store.read() as look:
        assert look.known_people(frozenset({"k1", "k2", "k9"})) == [known_as("p_v", VERA)]
        assert look.known_people(frozenset({"k9"})) == []
        assert list(look.known_people(frozenset())) == []


def test_a_person_may_have_several_records_and_they_come_oldest_first(store: SqlStore) -> None:
    for reference, name in (("A", "k1"), ("B", "k2")):
        store.write(taking(reference, people=(a_person("/adults/0", "p_v", keys=(name, "both")),)))

    with store.read() as look:
        assert [known.person_id for known in look.known_people(frozenset({"both"}))] == ["p_v", "p_v"]
        assert len(look.known_people(frozenset({"k2"}))) == 1


def test_nothing_new_about_a_person_adds_no_record(store: SqlStore) -> None:
    store.write(taking("A", people=(a_person("/adults/0", "p_v", keys=("k1",)),)))
    store.write(taking("B", people=(a_person("/adults/0", "p_v"),)))

    with store.read() as look:
        assert len(look.known_people(frozenset({"k1"}))) == 1
        assert len(look.earlier_contacts(frozenset({"p_v"}))) == 2


def test_an_earlier_contact_comes_with_all_its_people_and_its_decision(store: SqlStore) -> None:
    people = (
        a_person("/adults/0", "p_v"),
        a_person("/adults/1", "p_s", "suspect"),
        a_person("/children/0", "p_c", "child"),
    )
    store.write(taking("A", people=people))
    store.write(taking("ELSEWHERE", people=(a_person("/adults/0", "p_other"),)))
    store.write(lambda unit: decide(unit, "rcp_A", DecisionCode.EARLY_HELP))

    with store.read() as look:
        (earlier,) = look.earlier_contacts(frozenset({"p_s", "p_nobody"}))
        assert list(look.earlier_contacts(frozenset())) == []
    assert earlier == EarlierContact(
        contact_id="rcp_A",
        force_code="40",
        incident_reference="L-A",
        occurred_at=datetime(2026, 9, 13, 23, 10, tzinfo=UTC),
        type=IncidentType.VERBAL_ARGUMENT,
        grade=Grade.STANDARD,
        decision=DecisionCode.EARLY_HELP,
        people=(EarlierPerson("p_v", "victim"), EarlierPerson("p_s", "suspect"), EarlierPerson("p_c", "child")),
        superseded=False,
        decided_at=AT,
    )


def test_one_person_tied_to_two_ids_is_found_by_either(store: SqlStore) -> None:
    twice = (a_person("/adults/0", "p_1"), a_person("/adults/0", "p_2"))
    store.write(taking("A", people=twice))

    with store.read() as look:
        for person_id in ("p_1", "p_2"):
            (earlier,) = look.earlier_contacts(frozenset({person_id}))
            assert [person.person_id for person in earlier.people] == ["p_1", "p_2"]


def test_a_corrected_contact_says_that_it_was(store: SqlStore) -> None:
    people = (a_person("/adults/0", "p_v"),)
    store.write(taking("A", people=people))
    store.write(lambda unit: correct(unit, "rcp_A", a_new_contact("B", people=people)))

    with store.read() as look:
        earlier = look.earlier_contacts(frozenset({"p_v"}))
    assert [(one.contact_id, one.superseded) for one in earlier] == [("rcp_A", True), ("rcp_B", False)]


def test_of_a_crowded_key_the_newest_are_found_and_of_a_sure_one_everybody(store: SqlStore) -> None:
    crowd = NEWEST_OF_A_KEY + 20
    for number in range(crowd // 20):
        people = tuple(
            a_person(f"/children/{place}", f"p_{number}_{place}", "child", ("crowded", "sure=")) for place in range(20)
        )
        store.write(taking(f"R{number}", people=people))

    with store.read() as look:
        found = [known.person_id for known in look.known_people(frozenset({"crowded"}))]
        everybody = look.known_people(frozenset({"sure="}))
        both = look.known_people(frozenset({"crowded", "sure="}))

    assert len(found) == NEWEST_OF_A_KEY
    assert found[0] == "p_1_0"
    assert found[-1] == f"p_{number}_19"
    assert len(everybody) == len(both) == crowd


def test_a_crowded_key_takes_nothing_from_what_another_finds(store: SqlStore) -> None:
    store.write(taking("OLDEST", people=(a_person("/adults/0", "p_old", keys=("crowded", "quiet")),)))
    for number in range(NEWEST_OF_A_KEY // 20):
        people = tuple(
            a_person(f"/children/{place}", f"p_{number}_{place}", "child", ("crowded",)) for place in range(20)
        )
        store.write(taking(f"R{number}", people=people))

    with store.read() as look:
        assert "p_old" not in {known.person_id for known in look.known_people(frozenset({"crowded"}))}
        assert "p_old" in {known.person_id for known in look.known_people(frozenset({"crowded", "quiet"}))}


def test_looking_people_up_takes_one_statement_however_many_they_are(store: SqlStore) -> None:
    for number in range(12):
        people = tuple(a_person(f"/children/{place}", f"p_{place}", "child", (f"k{place}",)) for place in range(20))
        store.write(taking(f"R{number}", people=people))
    everybody = frozenset(f"p_{place}" for place in range(20))
    keys = frozenset(f"k{place}" for place in range(20))

    with store.read() as look:
        look.head()
        with statements() as seen:
            assert len(look.known_people(keys)) == 240
            assert len(look.earlier_contacts(everybody)) == 12

    assert len(seen) == 2


def test_without_an_import_there_is_no_care_register_and_an_empty_one_is_one(store: SqlStore) -> None:
    with store.read() as look:
        assert look.register_entries(frozenset({"k"})) is None

    store.write(lambda unit: unit.replace_register([]))

    with store.read() as look:
        assert look.register_entries(frozenset({"k"})) == []
        assert look.register_entries(frozenset()) == []


def test_a_register_is_found_by_its_keys_in_the_order_of_the_file(store: SqlStore) -> None:
    first, second = an_entry("c1"), an_entry("c2", date_of_birth=None, postcode=None, allocated_worker=None, team=None)
    store.write(
        lambda unit: unit.replace_register([(first, frozenset({"k1", "both"})), (second, frozenset({"k2", "both"}))])
    )

    with store.read() as look:
        assert look.register_entries(frozenset({"both", "k1"})) == [first, second]
        assert look.register_entries(frozenset({"k2"})) == [second]


def test_a_new_register_takes_the_old_ones_place_whole(store: SqlStore) -> None:
    store.write(lambda unit: unit.replace_register([(an_entry("old"), frozenset({"k"}))]))
    store.write(lambda unit: unit.replace_register([(an_entry("new"), frozenset({"k"}))]))

    with store.read() as look:
        assert [entry.child_id for entry in look.register_entries(frozenset({"k"})) or ()] == ["new"]


def test_a_register_that_cannot_be_kept_leaves_the_old_one(store: SqlStore) -> None:
    store.write(lambda unit: unit.replace_register([(an_entry("old"), frozenset({"k"}))]))

    def broken() -> Iterator[tuple[RegisterEntry, frozenset[str]]]:
        yield an_entry("new"), frozenset({"k"})
        raise KeyError("the file broke off")

    with pytest.raises(KeyError):
        store.write(lambda unit: unit.replace_register(broken()))

    with store.read() as look:
        assert [entry.child_id for entry in look.register_entries(frozenset({"k"})) or ()] == ["old"]


def test_the_same_child_may_stand_in_the_register_twice(store: SqlStore) -> None:
    rows = [(an_entry("c1", since=date(2026, 1, 5) + timedelta(days=n)), frozenset({"k"})) for n in range(2)]
    store.write(lambda unit: unit.replace_register(rows))

    with store.read() as look:
        assert look.register_entries(frozenset({"k"})) == [entry for entry, _ in rows]
