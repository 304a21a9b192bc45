"""The people of contacts: who is known under which keys, which contacts tell of whom. One query each, however many."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, bindparam, column, insert, select, text

from screening.matching.keys import NEWEST_OF_A_KEY, is_sure
from screening.matching.known import EarlierContact, EarlierPerson, KnownPerson, LinkedPerson, PersonDetails
from screening.matching.normalise import known_as
from screening.store.look import AnyRow, Look
from screening.store.tables import CONTACT, CONTACT_PERSON, PERSON_KEY, PERSON_RECORD

PLACES_IN_A_CONTACT = 1000
"""A record's number is its contact's number times this, plus its place among the people linked to that contact."""

_ADD_LINK = insert(CONTACT_PERSON)
_ADD_RECORD = insert(PERSON_RECORD)

_CONTACTS_OF_PEOPLE = (
    select(
        CONTACT.c.log_entry,
        CONTACT.c.receipt_id,
        CONTACT.c.force_code,
        CONTACT.c.incident_reference,
        CONTACT.c.occurred_at,
        CONTACT.c.incident_type,
        CONTACT.c.grade,
        CONTACT.c.decision,
        CONTACT.c.decided_at,
        CONTACT.c.superseded_by,
        CONTACT_PERSON.c.person_id,
        CONTACT_PERSON.c.role,
    )
    .join_from(CONTACT, CONTACT_PERSON, CONTACT_PERSON.c.contact == CONTACT.c.log_entry)
    .where(
        CONTACT.c.log_entry.in_(
            select(CONTACT_PERSON.c.contact).where(CONTACT_PERSON.c.person_id.in_(bindparam("ids", expanding=True)))
        )
    )
    .order_by(CONTACT.c.log_entry, CONTACT_PERSON.c.pointer, CONTACT_PERSON.c.person_id)
)


# Keys come and go as JSON lists, so that one statement serves any number of them. Of a looser key only its newest
# few index entries are read, however many there are: SQLite finds the oldest of them first, PostgreSQL goes key by key.
_FOUND = {
    "sqlite": """
        SELECT known.record_id
          FROM json_each(:sure) AS wanted JOIN person_key AS known ON known.key = wanted.value
        UNION ALL
        SELECT known.record_id
          FROM json_each(:looser) AS wanted JOIN person_key AS known ON known.key = wanted.value
         WHERE known.record_id >= coalesce(
               (SELECT newest.record_id FROM person_key AS newest WHERE newest.key = wanted.value
                 ORDER BY newest.record_id DESC LIMIT 1 OFFSET :at_most - 1), 0)
    """,
    "postgresql": """
        SELECT known.record_id
          FROM json_array_elements_text(CAST(:sure AS json)) AS wanted (value)
          JOIN person_key AS known ON known.key = wanted.value
        UNION ALL
        SELECT newest.record_id
          FROM json_array_elements_text(CAST(:looser AS json)) AS wanted (value)
         CROSS JOIN LATERAL (SELECT known.record_id FROM person_key AS known WHERE known.key = wanted.value
                              ORDER BY known.record_id DESC LIMIT CAST(:at_most AS integer)) AS newest
    """,
}
_UNDER_KEYS = {
    dialect: select(PERSON_RECORD).where(PERSON_RECORD.c.record_id.in_(text(found))).order_by(PERSON_RECORD.c.record_id)
    for dialect, found in _FOUND.items()
}


_ADD_KEYS = {
    dialect: insert(PERSON_KEY).from_select(
        ["key", "record_id"], text(pairs).columns(column("key"), column("record_id"))
    )
    for dialect, pairs in {
        "sqlite": "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:pairs)",
        "postgresql": "SELECT pair ->> 0, CAST(pair ->> 1 AS bigint) "
        "FROM json_array_elements(CAST(:pairs AS json)) AS wanted (pair)",
    }.items()
}


class PeopleKnown(Look):
    """Looking people up over one connection."""

    def known_people(self, keys: frozenset[str]) -> Sequence[KnownPerson]:
        """Every record of a known person under a sure one of `keys`, and the newest under each other; oldest first."""
        if not keys:
            return ()
        sure = [key for key in keys if is_sure(key)]
        wanted = {"sure": json.dumps(sure), "looser": json.dumps([*keys.difference(sure)]), "at_most": NEWEST_OF_A_KEY}
        under_keys = _UNDER_KEYS[self._connection.dialect.name]
        return [known_person(row) for row in self._connection.execute(under_keys, wanted)]

    def earlier_contacts(self, person_ids: frozenset[str]) -> Sequence[EarlierContact]:
        """Every contact that one of these persons is certainly linked to, with all its people; the oldest first."""
        if not person_ids:
            return ()
        rows = self._connection.execute(_CONTACTS_OF_PEOPLE, {"ids": sorted(person_ids)})
        return [_earlier(tuple(of_one)) for _, of_one in groupby(rows, key=attrgetter("log_entry"))]


def add_people(connection: Connection, contact: int, people: Sequence[LinkedPerson]) -> None:
    """Tie people to the contact with this number, and keep what it told of those it taught something about."""
    if not people:
        return
    links = [
        {"contact": contact, "pointer": person.pointer, "person_id": person.person_id, "role": person.role}
        for person in people
    ]
    connection.execute(_ADD_LINK, links)
    records = list(_records(contact, people))
    if records:
        connection.execute(_ADD_RECORD, [record for record, _ in records])
    pairs = [(key, record["record_id"]) for record, keys in records for key in sorted(keys)]
    if pairs:
        connection.execute(_ADD_KEYS[connection.dialect.name], {"pairs": json.dumps(pairs)})


def _records(contact: int, people: Sequence[LinkedPerson]) -> Iterator[tuple[dict[str, object], frozenset[str]]]:
    for place, person in enumerate(people):
        details = person.details
        if details is None:
            continue
        yield (
            {
                "record_id": contact * PLACES_IN_A_CONTACT + place,
                "person_id": person.person_id,
                "pointer": details.pointer,
                "kind": details.kind,
                "force_code": details.force_code,
                "person_reference": details.person_reference,
                "given_name": details.given_name,
                "family_name": details.family_name,
                "date_of_birth": details.date_of_birth,
                "age_years": details.age_years,
                "postcode": details.postcode,
                "address": details.address,
                "sex": details.sex,
                "seen_on": details.seen_on,
            },
            person.keys,
        )


def known_person(row: AnyRow) -> KnownPerson:
    """A record of somebody as the table has it."""
    details = PersonDetails(
        pointer=row.pointer,
        kind=row.kind,
        force_code=row.force_code,
        person_reference=row.person_reference,
        given_name=row.given_name,
        family_name=row.family_name,
        date_of_birth=row.date_of_birth,
        age_years=row.age_years,
        postcode=row.postcode,
        address=row.address,
        sex=row.sex,
        seen_on=row.seen_on,
    )
    return known_as(row.person_id, details)


def _earlier(rows: Sequence[AnyRow]) -> EarlierContact:
    first = rows[0]
    return EarlierContact(
        contact_id=first.receipt_id,
        force_code=first.force_code,
        incident_reference=first.incident_reference,
        occurred_at=first.occurred_at,
        type=first.incident_type,
        grade=first.grade,
        decision=first.decision,
        people=tuple(EarlierPerson(row.person_id, row.role) for row in rows),
        superseded=first.superseded_by is not None,
        decided_at=first.decided_at,
    )
