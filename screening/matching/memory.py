"""What is known, kept in memory: earlier contacts and a care register that were given as files.

The same reading that the store gives, so that a file is screened, and a history fitted to, exactly as the service would
have it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from screening.domain.contact import Contact
from screening.domain.household import RegisterEntry
from screening.matching.keys import NEWEST_OF_A_KEY, is_sure, register_keys
from screening.matching.known import EarlierContact, EarlierPerson, KnownPerson, LinkedPerson
from screening.matching.normalise import known_as
from screening.matching.recognise import Recognised, link, recognise


class KnownInMemory:
    """Known people, earlier contacts and the care register; `PeopleReading` over plain dictionaries."""

    def __init__(self, register: Iterable[RegisterEntry] | None = None) -> None:
        """`register` is `None` where there is no care register to look in."""
        self._people: dict[str, list[KnownPerson]] = defaultdict(list)
        self._contacts: dict[str, EarlierContact] = {}
        self._of_person: dict[str, list[str]] = defaultdict(list)
        self._register: dict[str, list[RegisterEntry]] = defaultdict(list)
        self._with_register = register is not None
        for entry in register or ():
            for key in register_keys(entry):
                self._register[key].append(entry)

    def known_people(self, keys: frozenset[str]) -> Sequence[KnownPerson]:
        """Every record of a known person under a sure one of `keys`, and the newest under each other; each once."""
        found = {key: self._people.get(key, [])[0 if is_sure(key) else -NEWEST_OF_A_KEY :] for key in sorted(keys)}
        return list({id(known): known for records in found.values() for known in records}.values())

    def earlier_contacts(self, person_ids: frozenset[str]) -> Sequence[EarlierContact]:
        """Every contact that one of these persons is certainly linked to."""
        ids = dict.fromkeys(contact for person in sorted(person_ids) for contact in self._of_person.get(person, ()))
        return [self._contacts[found] for found in ids]

    def register_entries(self, keys: frozenset[str]) -> Sequence[RegisterEntry] | None:
        """The care-register rows under any of `keys`; `None` where no care register was given."""
        if not self._with_register:
            return None
        return list(dict.fromkeys(entry for key in sorted(keys) for entry in self._register.get(key, ())))

    def remember(self, contact: Contact, recognised: Recognised | None = None) -> tuple[LinkedPerson, ...]:
        """Take an earlier contact in, linked to the people known so far, and give its people as they are linked.

        `recognised` is for whoever worked that out already. Of one reference the first stays; then nobody is linked.
        """
        this = contact_id(contact.force_code, contact.contact_reference)
        if this in self._contacts:
            return ()
        linked = link(this, recognise(self, contact) if recognised is None else recognised, contact)
        for person in linked:
            self._of_person[person.person_id].append(this)
            if person.details is not None:
                known = known_as(person.person_id, person.details)
                for key in person.keys:
                    self._people[key].append(known)
        self._contacts[this] = EarlierContact(
            contact_id=this,
            force_code=contact.force_code,
            incident_reference=contact.incident.incident_reference,
            occurred_at=contact.incident.occurred_at,
            type=contact.incident.type,
            grade=contact.risk_assessment.grade_in_force if contact.risk_assessment else None,
            decision=None,
            people=tuple(EarlierPerson(person.person_id, person.role) for person in linked),
        )
        corrected = self._contacts.get(contact_id(contact.force_code, contact.supersedes or ""))
        if corrected is not None:
            self._contacts[corrected.contact_id] = replace(corrected, superseded=True)
        return linked


def contact_id(force_code: str, reference: str) -> str:
    """How a contact is known here."""
    return f"{force_code}/{reference}"
