"""What is known, kept in memory: a file is screened as the service would screen it."""

from screening.domain.contact import Contact
from screening.intake.parse import read_contact
from screening.journey.service import Service
from screening.matching.keys import NEWEST_OF_A_KEY, keys
from screening.matching.match import people_of
from screening.matching.memory import KnownInMemory
from screening.matching.recognise import PeopleReading, recognise
from tests.documents import a_document, as_body
from tests.journey.acting import deliver
from tests.services import AT

HOSTEL = {"postcode": "ZZ10 1AA", "address": "1 Hostel Road, Sampleton"}


def in_the_hostel(number: int) -> dict[str, object]:
    """A family of its own whose home and dates of birth are those of many."""
    document = a_document(number)
    incident, adults = document["incident"], document["adults"]
    assert isinstance(incident, dict)
    assert isinstance(adults, list)
    incident |= HOSTEL
    for adult in adults:
        adult["date_of_birth"] = "1990-01-01"
    return document


def a_contact_of(document: dict[str, object]) -> Contact:
    return read_contact(as_body(document), AT).contact


def certain(look: PeopleReading, contact: Contact) -> list[bool]:
    return [bool(match.certain) for match in recognise(look, contact).picture.matches]


def test_whom_a_contact_is_about_is_the_same_from_memory_and_from_the_store(service: Service) -> None:
    memory = KnownInMemory()
    documents = [in_the_hostel(number) for number in range(12)]
    for document in documents:
        deliver(service, document)
        memory.remember(a_contact_of(document))
    again = a_contact_of(documents[0] | {"contact_reference": "T-AGAIN"})

    with service.store.read() as look:
        assert certain(look, again) == certain(memory, again) == [True, True, True]
        assert len(recognise(look, again).known) == len(recognise(memory, again).known)


def test_in_a_crowd_somebody_is_still_recognised_and_the_work_is_bounded() -> None:
    memory = KnownInMemory()
    crowd = 4 * NEWEST_OF_A_KEY
    for number in range(crowd):
        memory.remember(a_contact_of(in_the_hostel(number)))
    first = a_contact_of(in_the_hostel(0) | {"contact_reference": "T-AGAIN"})

    assert certain(memory, first) == [True, True, True]
    # Every adult of the crowd shares the postcode with the date of birth.
    assert len(memory.known_people(keys(people_of(first)[0]))) < crowd


def test_of_one_reference_the_first_contact_stays_as_in_the_store() -> None:
    memory = KnownInMemory()
    first, other = a_document(1), a_document(2) | {"contact_reference": "T-000001"}
    for document in (first, first, other):
        memory.remember(a_contact_of(document))

    assert certain(memory, a_contact_of(first | {"contact_reference": "T-AGAIN"})) == [True, True, True]
    assert not any(certain(memory, a_contact_of(other | {"contact_reference": "T-OTHER"})))
