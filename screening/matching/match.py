"""The people of a contact against known people and against the care register: certain, possible or new.

People of one contact are never compared with each other, and somebody who certainly is one of them is not possibly
another. Adults and children are matched alike. The order of what is known changes nothing.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from screening.domain.calendar import LONDON, age_on
from screening.domain.contact import Adult, Child, Contact
from screening.domain.household import MatchCertainty, PersonMatch, PossibleMatch, RegisterEntry, RegisterMatch
from screening.matching.compare import Verdict, compare
from screening.matching.known import Form, KnownPerson, PersonDetails, PersonKind
from screening.matching.likeness import OTHER_BIRTH, birth_likeness
from screening.matching.normalise import form_of, recorded_birth, register_form
from screening.matching.weights import SHIPPED, Weights

UNBORN = "An unborn child is not matched by name; earlier incidents are found through the mother"
NOTHING_TO_MATCH_BY = "Too little is recorded to match by"
PERHAPS_UNDER_18 = "May be under 18: the age is not recorded, or the day of birth may stand for not known"
ADULT_FROM_YEARS = 18
CERTAIN = MatchCertainty.CERTAIN

Alike: TypeAlias = Sequence[Sequence[tuple[str, Form]]]
"""Ids with the forms of their records, those of one birth together: most comparisons end at the birth."""


def people_of(contact: Contact) -> tuple[PersonDetails, ...]:
    """The people of a contact, adults first, each as sent. Of an unborn child nothing is taken but its place."""
    day = contact.incident.occurred_at.astimezone(LONDON).date()
    adults = (
        _details(contact, f"/adults/{place}", PersonKind.ADULT, adult, day)
        for place, adult in enumerate(contact.adults)
    )
    children = (
        _unborn(contact, f"/children/{place}")
        if child.unborn
        else _details(contact, f"/children/{place}", PersonKind.CHILD, child, day)
        for place, child in enumerate(contact.children)
    )
    return (*adults, *children)


def _details(contact: Contact, pointer: str, kind: PersonKind, person: Adult | Child, day: date) -> PersonDetails:
    return PersonDetails(
        pointer=pointer,
        kind=kind,
        force_code=contact.force_code,
        person_reference=person.person_reference,
        given_name=person.given_name,
        family_name=person.family_name,
        date_of_birth=person.date_of_birth,
        age_years=person.age_years,
        postcode=contact.incident.postcode,
        address=contact.incident.address,
        sex=person.sex,
        seen_on=day,
    )


def _unborn(contact: Contact, pointer: str) -> PersonDetails:
    return PersonDetails(pointer=pointer, kind=PersonKind.UNBORN, force_code=contact.force_code)


def match_people(
    people: Sequence[PersonDetails], known: Sequence[KnownPerson], weights: Weights = SHIPPED
) -> tuple[PersonMatch, ...]:
    """Who each person is: one match for each, in their order.

    Of several records of one known person the likeliest speaks for them. `certain` is in the order of the ids,
    `possible` from the likeliest on.
    """
    nominals, by_birth = _nominals(known), _by_birth((person.person_id, person.form) for person in known)
    forms = [form_of(person) for person in people]
    found = [
        _verdicts(person.force_code, form, by_birth, nominals, weights)
        for person, form in zip(people, forms, strict=True)
    ]
    taken = _taken(found)
    return tuple(
        _match(person, form, verdicts, taken) for person, form, verdicts in zip(people, forms, found, strict=True)
    )


def _nominals(known: Iterable[KnownPerson]) -> dict[tuple[str, str], set[str]]:
    """The nominal numbers of each known person in each force."""
    nominals: dict[tuple[str, str], set[str]] = {}
    for person in known:
        if person.form.nominal:
            nominals.setdefault((person.person_id, person.details.force_code), set()).add(person.form.nominal)
    return nominals


def _by_birth(records: Iterable[tuple[str, Form]]) -> Alike:
    """Records with one date of birth, or one age, together."""
    alike: dict[tuple[object, ...], list[tuple[str, Form]]] = {}
    for record in records:
        alike.setdefault((record[1].born, record[1].years), []).append(record)
    return list(alike.values())


def _worth_comparing(person: Form, by_birth: Alike) -> Iterator[tuple[str, Form]]:
    """Without the many who were born on another day and have another number: `compare` would give none of them."""
    for alike in by_birth:
        if birth_likeness(person, alike[0][1]) is not OTHER_BIRTH:
            yield from alike
        elif person.nominal:
            yield from (record for record in alike if record[1].nominal == person.nominal)


def _verdicts(
    force_code: str, person: Form, by_birth: Alike, nominals: Mapping[tuple[str, str], set[str]], weights: Weights
) -> dict[str, Verdict]:
    """The best verdict on everybody recorded who is or may be this person, by id."""
    known_otherwise = {
        record_id
        for (record_id, force), numbers in (nominals.items() if person.nominal else ())
        if force == force_code and person.nominal not in numbers
    }
    best: dict[str, Verdict] = {}
    for record_id, record in _worth_comparing(person, by_birth):
        verdict = compare(person, record, weights, different_nominals=record_id in known_otherwise)
        if verdict is not None and (record_id not in best or _rank(verdict) > _rank(best[record_id])):
            best[record_id] = verdict
    return best


def _rank(verdict: Verdict) -> tuple[bool, int, tuple[str, ...]]:
    return (verdict.certainty is CERTAIN, verdict.points, verdict.grounds)


def _taken(found: Iterable[Mapping[str, Verdict]]) -> frozenset[str]:
    """The ids that certainly are somebody of this contact."""
    return frozenset(
        record_id for verdicts in found for record_id, verdict in verdicts.items() if verdict.certainty is CERTAIN
    )


def _match(person: PersonDetails, form: Form, verdicts: Mapping[str, Verdict], taken: frozenset[str]) -> PersonMatch:
    certain = sorted(i for i, verdict in verdicts.items() if verdict.certainty is CERTAIN)
    possible = sorted((-verdict.points, i, verdict.grounds) for i, verdict in verdicts.items() if i not in taken)
    grounds = dict.fromkeys(ground for i in certain for ground in verdicts[i].grounds)
    return PersonMatch(
        pointer=person.pointer,
        certain=tuple(certain),
        possible=tuple(PossibleMatch(i, why) for _, i, why in possible),
        grounds=tuple(grounds) if verdicts else _why_new(person, form),
    )


def _why_new(person: PersonDetails, form: Form) -> tuple[str, ...]:
    if person.kind == PersonKind.UNBORN:
        return (UNBORN,)
    names = bool(form.given) + bool(form.family) + bool(form.born)
    return () if form.nominal or names >= 2 else (NOTHING_TO_MATCH_BY,)


def match_register(
    people: Sequence[PersonDetails], register: Sequence[RegisterEntry], weights: Weights = SHIPPED
) -> tuple[RegisterMatch, ...]:
    """The rows of the care register that are or may be a child of the contact, or an adult of it under 18.

    An adult who may be under 18 is looked for too, since unknown is never no; so long as that is open they are on it at
    most possibly. In the order of the people, certain before possible, then by child id. All rows of one child id are
    one child. A child who certainly is one of the people is not possibly another. Unborn children are looked for by
    `unborn`.
    """
    rows = sorted(set(register), key=lambda entry: (entry.child_id, str(entry.status), str(entry.since)))
    by_birth = _by_birth((entry.child_id, register_form(entry)) for entry in rows)
    minors = [person for person in people if _is_minor(person) is not False]
    found = [
        _with_age_open(person, _verdicts(person.force_code, form_of(person), by_birth, {}, weights))
        for person in minors
    ]
    taken = _taken(found)
    return tuple(
        RegisterMatch(person.pointer, wanted, entry, verdict.grounds)
        for person, verdicts in zip(minors, found, strict=True)
        for wanted in (CERTAIN, MatchCertainty.POSSIBLE)
        for entry in rows
        if (verdict := verdicts.get(entry.child_id)) is not None and verdict.certainty is wanted
        if wanted is CERTAIN or entry.child_id not in taken
    )


def _is_minor(person: PersonDetails) -> bool | None:
    """Whether somebody is a child who was born, or an adult under 18; `None` where that is not known."""
    if person.kind != PersonKind.ADULT:
        return person.kind == PersonKind.CHILD
    born = recorded_birth(person)
    if born is None or person.seen_on is None:
        return None if person.age_years is None else person.age_years < ADULT_FROM_YEARS
    if age_on(born, person.seen_on) < ADULT_FROM_YEARS:
        return True
    return None if age_on(_latest_birth(born), person.seen_on) < ADULT_FROM_YEARS else False


def _latest_birth(day: date) -> date:
    """The last day that a date of birth may stand for, where its day stands for one that is not known."""
    if (day.month, day.day) == (1, 1):
        return day.replace(month=12, day=31)
    return day.replace(day=monthrange(day.year, day.month)[1]) if day.day in (1, 15) else day


def _with_age_open(person: PersonDetails, verdicts: dict[str, Verdict]) -> dict[str, Verdict]:
    """The verdicts on somebody, at most possible ones where it is not known whether they are under 18."""
    if _is_minor(person) is not None:
        return verdicts
    return {
        record_id: verdict._replace(certainty=MatchCertainty.POSSIBLE, grounds=(*verdict.grounds, PERHAPS_UNDER_18))
        for record_id, verdict in verdicts.items()
    }
