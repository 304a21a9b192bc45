"""Whom a contact is about and what came before: its people asked for, matched and put into one picture, then linked.

The one way for the service, for files and for fitting: what the score learnt of is what it is asked about. What is
known is asked for through `PeopleReading`; nothing is kept here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, TypeAlias

from screening.domain.contact import Contact
from screening.domain.household import Picture, RegisterEntry, RegisterMatch
from screening.matching.history import history_of
from screening.matching.keys import awaited_keys, keys
from screening.matching.known import EarlierContact, KnownPerson, LinkedPerson, PersonDetails
from screening.matching.match import match_people, match_register, people_of
from screening.matching.normalise import says_the_same
from screening.matching.unborn import Awaited, awaited, match_unborn


class PeopleReading(Protocol):
    """Who and what is known already; `keys` are those of `keys.py`."""

    def known_people(self, keys: frozenset[str]) -> Sequence[KnownPerson]:
        """Every record of a known person under a sure one of `keys`, and the newest under each other."""

    def earlier_contacts(self, person_ids: frozenset[str]) -> Sequence[EarlierContact]:
        """Every contact that one of these persons is certainly linked to, with all its people."""

    def register_entries(self, keys: frozenset[str]) -> Sequence[RegisterEntry] | None:
        """The care-register rows under any of `keys`; `None` where no care register was ever imported."""


Sought: TypeAlias = tuple[tuple[PersonDetails, frozenset[str]], ...]
"""The people of one contact, each with the keys under which somebody known would be found."""


def whom_to_seek(contact: Contact) -> Sought:
    """The people of `contact` and their keys: pure, so it can be worked out before the store is asked for."""
    return tuple((person, keys(person)) for person in people_of(contact))


@dataclass(frozen=True, slots=True)
class Recognised:
    """The people of one contact with the keys they are looked for by, whom of them we know, and what follows.

    `told` is every contact that they certainly or possibly were in, corrected ones too, whenever it came.
    """

    people: Sought
    known: Sequence[KnownPerson]
    told: Sequence[EarlierContact]
    picture: Picture


def recognise(
    look: PeopleReading,
    contact: Contact,
    *,
    sought: Sought | None = None,
    instead_of: str | None = None,
    this: str | None = None,
    history_given: bool = True,
) -> Recognised:
    """Match the people of `contact` to known people, the care register and earlier contacts, as of its incident.

    `sought` is what `whom_to_seek` gave, where that was worked out already. `instead_of` is the receipt of a contact
    that this one corrects, `this` its own where it is stored already: neither is an earlier incident.
    """
    looked_for = whom_to_seek(contact) if sought is None else sought
    people = tuple(person for person, _ in looked_for)
    wanted = frozenset().union(*(of_one for _, of_one in looked_for))
    known = look.known_people(wanted)
    matches = match_people(people, known)
    ids = frozenset(i for m in matches for i in (*m.certain, *(possible.person_id for possible in m.possible)))
    told = look.earlier_contacts(ids) if ids else ()
    children = awaited(contact)
    entries = look.register_entries(wanted | awaited_keys(children))
    picture = Picture(
        matches=matches,
        register=_on_register(contact, people, children, entries) if entries else (),
        history=history_of(contact, matches, [c for c in told if c.contact_id not in (instead_of, this)]),
        register_given=entries is not None,
        history_given=history_given,
    )
    return Recognised(looked_for, known, told, picture)


def _on_register(
    contact: Contact, people: Sequence[PersonDetails], children: Sequence[Awaited], entries: Sequence[RegisterEntry]
) -> tuple[RegisterMatch, ...]:
    """Who is on the care register: by name and birth, and, as an unborn child has neither, by whose child it is."""
    found = match_register(people, entries)
    return (*found, *match_unborn(contact, children, entries, found))


def link(receipt_id: str, recognised: Recognised, contact: Contact) -> tuple[LinkedPerson, ...]:
    """Tie each person of the contact to everybody they certainly are, or to a new id made from the receipt's.

    Details are kept only where they add to what is known of that person, so that records do not pile up.
    """
    matched = {match.pointer: match for match in recognised.picture.matches}
    linked: list[LinkedPerson] = []
    for person, looked_for in recognised.people:
        ids = matched[person.pointer].certain or (_new_person_id(receipt_id, person.pointer),)
        role = _role(contact, person.pointer)
        learnt = not any(k.person_id in ids and says_the_same(k.details, person) for k in recognised.known)
        first, *others = ids
        linked.append(
            LinkedPerson(person.pointer, role, first, person if learnt else None, looked_for if learnt else frozenset())
        )
        linked.extend(LinkedPerson(person.pointer, role, other, None) for other in others)
    return tuple(linked)


def _new_person_id(receipt_id: str, pointer: str) -> str:
    return "p_" + sha256(f"{receipt_id}{pointer}".encode()).hexdigest()[:20]


def _role(contact: Contact, pointer: str) -> str:
    kind, place = pointer.strip("/").split("/")
    return "child" if kind == "children" else str(contact.adults[int(place)].role)
