"""Facts of the children. A party under 18 is also a child of the contact and is screened as one.

Where no child is named, nothing is known of any: an empty list is never read as no.
"""

from collections.abc import Callable
from dataclasses import dataclass

from screening.domain.contact import Adult, Child, Presence
from screening.domain.facts import (
    NOT_RECORDED,
    SENT,
    Fact,
    FactKind,
    FactValue,
    NotKnown,
    Subject,
    any_of,
    any_told,
    yes_no,
)
from screening.domain.people import (
    VICTIMS,
    adult_age,
    child_age,
    is_party_under_18,
    party_hurt,
    party_hurt_fields,
    party_threat_fields,
    party_threatened,
    young_parties,
)
from screening.domain.signals import Evidence

PRESENCE_RISING: tuple[Presence, ...] = (
    Presence.NOT_PRESENT,
    Presence.ELSEWHERE_IN_HOME,
    Presence.UNKNOWN,
    Presence.SAW_OR_HEARD,
    Presence.IN_THE_ROOM,
)
"""Where a child was, rising; one whose presence is not known stands between the lower and the upper half."""


def _age_fields(subject: Subject) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"/children/{place}", "unborn" if child.unborn else child_age(child, subject))
        for place, child in enumerate(subject.contact.children)
    )


def _under(years: int) -> Fact:
    """An unborn child is under every age, whether it is named as a child or its mother is said to be pregnant."""

    def read(subject: Subject) -> FactValue:
        ages = (child_age(child, subject) for child in subject.contact.children)
        born = any_told(NOT_RECORDED if age is None else age < years for age in ages)
        return any_of((born, _unborn(subject)))

    def fields(subject: Subject) -> tuple[Evidence, ...]:
        young = tuple(
            Evidence(f"/children/{place}", age)
            for place, child in enumerate(subject.contact.children)
            if not child.unborn and ((age := child_age(child, subject)) is None or age < years)
        )
        return (*young, *_unborn_fields(subject))

    return Fact(f"child_under_{years}", FactKind.YES_NO, f"A child under {years}, or unborn", read, fields)


def _youngest(subject: Subject) -> FactValue:
    ages = [child_age(child, subject) for child in subject.contact.children]
    ages += [adult_age(adult, subject) for _, adult in young_parties(subject)]
    known = [age for age in ages if age is not None]
    return min(known) if known else NOT_RECORDED


def _unborn(subject: Subject) -> FactValue:
    """A child sent as unborn, or a pregnant adult. Silence counts as not recorded for the victim only."""
    if any(child.unborn for child in subject.contact.children):
        return True
    return any_told(
        yes_no(adult.pregnant)
        for adult in subject.contact.adults
        if adult.role in VICTIMS or adult.pregnant is not None
    )


def _unborn_fields(subject: Subject) -> tuple[Evidence, ...]:
    children = tuple(
        Evidence(f"/children/{place}/unborn", True)
        for place, child in enumerate(subject.contact.children)
        if child.unborn
    )
    adults = tuple(
        Evidence(f"/adults/{place}/pregnant", adult.pregnant)
        for place, adult in enumerate(subject.contact.adults)
        if adult.pregnant is not None
    )
    return (*children, *adults)


@dataclass(frozen=True, slots=True)
class _OfYoungVictim:
    """Where the same is told of a victim under 18, who is named among the adults: how it is read, and from where."""

    read: Callable[[Subject], FactValue]
    fields: Callable[[Subject], tuple[Evidence, ...]]


def _of_any_child(name: str, source: str, text: str, of_young_victim: _OfYoungVictim | None = None) -> Fact:
    """Yes where it is so for any child; not known where it is not known for one and yes for none."""

    def read(subject: Subject) -> FactValue:
        of_children = [yes_no(getattr(child, source)) for child in subject.contact.children]
        if of_young_victim and _has_young_victim(subject):
            of_children.append(of_young_victim.read(subject))
        return any_told(of_children)

    def fields(subject: Subject) -> tuple[Evidence, ...]:
        of_children = tuple(
            Evidence(f"/children/{place}/{source}", getattr(child, source))
            for place, child in enumerate(subject.contact.children)
            if getattr(child, source) is not None
        )
        if of_young_victim and _has_young_victim(subject):
            return (*of_children, *of_young_victim.fields(subject))
        return of_children

    return Fact(name, FactKind.YES_NO, text, read, fields)


def _has_young_victim(subject: Subject) -> bool:
    return any(adult.role in VICTIMS and is_party_under_18(adult, subject) is True for adult in subject.contact.adults)


def _presence(subject: Subject) -> FactValue:
    """The nearest that any child was. A party under 18 was in the room."""
    if young_parties(subject):
        return str(Presence.IN_THE_ROOM)
    sent = [child.presence for child in subject.contact.children if child.presence is not None]
    silent = len(sent) < len(subject.contact.children)
    if not sent:
        return NOT_RECORDED
    nearest = max(sent, key=PRESENCE_RISING.index)
    if PRESENCE_RISING.index(nearest) > PRESENCE_RISING.index(Presence.UNKNOWN):
        return str(nearest)
    if nearest is Presence.UNKNOWN:
        return SENT
    return NOT_RECORDED if silent else str(nearest)


def _saw_or_heard(subject: Subject) -> FactValue:
    presence = _presence(subject)
    if isinstance(presence, NotKnown):
        return presence
    return presence in (Presence.SAW_OR_HEARD, Presence.IN_THE_ROOM)


def _presence_fields(subject: Subject) -> tuple[Evidence, ...]:
    children = tuple(
        Evidence(f"/children/{place}/presence", child.presence)
        for place, child in enumerate(subject.contact.children)
        if child.presence is not None
    )
    return (*children, *_young_party_fields(subject))


def _young_party_fields(subject: Subject) -> tuple[Evidence, ...]:
    return tuple(Evidence(f"/adults/{place}", adult_age(adult, subject)) for place, adult in young_parties(subject))


def _saw_or_heard_fields(subject: Subject) -> tuple[Evidence, ...]:
    """Who saw or heard it, or may have; not who was elsewhere."""
    away = (Presence.NOT_PRESENT, Presence.ELSEWHERE_IN_HOME)
    return tuple(field for field in _presence_fields(subject) if field.value not in away)


def _presence_sent_unknown(subject: Subject) -> FactValue:
    """Whether it was sent as unknown where a born child was, whatever is known of the others."""
    return any(_is_sent_unknown(child) for child in subject.contact.children)


def _is_sent_unknown(child: Child) -> bool:
    return child.presence is Presence.UNKNOWN and not child.unborn


def _presence_unknown_fields(subject: Subject) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"/children/{place}/presence", child.presence)
        for place, child in enumerate(subject.contact.children)
        if _is_sent_unknown(child)
    )


def _special_needs_of(person: Child | Adult) -> FactValue:
    if not person.disability:
        return NOT_RECORDED
    return any(code != "NONE" for code in person.disability)


def _special_needs(subject: Subject) -> FactValue:
    people: tuple[Child | Adult, ...] = (
        *subject.contact.children,
        *(adult for _, adult in young_parties(subject)),
    )
    return any_told(_special_needs_of(person) for person in people)


def _special_needs_fields(subject: Subject) -> tuple[Evidence, ...]:
    people: dict[str, Child | Adult] = {f"/children/{n}": child for n, child in enumerate(subject.contact.children)}
    people |= {f"/adults/{n}": adult for n, adult in young_parties(subject)}
    return tuple(
        Evidence(f"{pointer}/disability", "recorded")
        for pointer, person in people.items()
        if _special_needs_of(person) is True
    )


def _child_identified(subject: Subject) -> FactValue:
    return bool(subject.contact.children) or bool(young_parties(subject)) or _unborn(subject) is True


def _children_count(subject: Subject) -> FactValue:
    return len(subject.contact.children) + len(young_parties(subject))


def _count_fields(subject: Subject) -> tuple[Evidence, ...]:
    return (Evidence("/children", len(subject.contact.children)),)


def _age_not_recorded(subject: Subject) -> FactValue:
    return any(child_age(child, subject) is None for child in subject.contact.children)


def _ageless_fields(subject: Subject) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"/children/{place}", None)
        for place, child in enumerate(subject.contact.children)
        if child_age(child, subject) is None
    )


YES_NO, CODE, NUMBER = FactKind.YES_NO, FactKind.CODE, FactKind.NUMBER

CHILD_FACTS: tuple[Fact, ...] = (
    Fact("child_identified", YES_NO, "A child or unborn child was identified", _child_identified, _count_fields),
    Fact("children_count", NUMBER, "Number of children, a party under 18 included", _children_count, _count_fields),
    Fact("child_age_not_recorded", YES_NO, "A child's age is not recorded", _age_not_recorded, _ageless_fields),
    Fact("youngest_child_age", NUMBER, "Age of the youngest child, unborn as 0", _youngest, _age_fields),
    _under(1),
    _under(5),
    _under(7),
    Fact("unborn_child", YES_NO, "An unborn child", _unborn, _unborn_fields),
    Fact("special_needs", YES_NO, "A child has special needs or a disability", _special_needs, _special_needs_fields),
    Fact(
        "child_presence",
        CODE,
        "The nearest that a child was",
        _presence,
        _presence_fields,
        levels=("not_present", "elsewhere_in_home", "saw_or_heard", "in_the_room"),
        ordered=True,
    ),
    Fact("child_saw_or_heard", YES_NO, "A child saw or heard it", _saw_or_heard, _saw_or_heard_fields),
    Fact(
        "child_presence_sent_unknown",
        YES_NO,
        "Where a child was is sent as unknown",
        _presence_sent_unknown,
        _presence_unknown_fields,
    ),
    _of_any_child("child_injured", "injured", "A child was hurt", _OfYoungVictim(party_hurt, party_hurt_fields)),
    _of_any_child("child_intervened", "intervened", "A child tried to stop it, called for help or shielded somebody"),
    _of_any_child(
        "child_threatened",
        "threatened",
        "A child was threatened",
        _OfYoungVictim(party_threatened, party_threat_fields),
    ),
    _of_any_child("child_disclosed_fear", "disclosed_fear", "A child told of abuse or fear"),
    _of_any_child("child_lives_at_address", "lives_at_address", "A child lives at the address"),
)
