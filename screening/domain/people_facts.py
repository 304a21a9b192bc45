"""Facts of the children and the adults. A party under 18 is also a child of the contact and is screened as one."""

from collections.abc import Callable

from screening.domain.calendar import age_on
from screening.domain.contact import (
    Adult,
    AdultRole,
    Child,
    Presence,
    RelationshipToVictim,
    Whereabouts,
)
from screening.domain.facts import NOT_RECORDED, SENT, Fact, FactKind, FactValue, NotKnown, Subject, any_of, yes_no
from screening.domain.signals import Evidence

PRESENCE_RISING: tuple[Presence, ...] = (
    Presence.NOT_PRESENT,
    Presence.ELSEWHERE_IN_HOME,
    Presence.UNKNOWN,
    Presence.SAW_OR_HEARD,
    Presence.IN_THE_ROOM,
)
"""Where a child was, rising; one whose presence is not known stands between the lower and the upper half."""

PARTIES = frozenset({AdultRole.VICTIM, AdultRole.SUSPECT, AdultRole.BOTH})
VICTIMS = frozenset({AdultRole.VICTIM, AdultRole.BOTH})
SUSPECTS = frozenset({AdultRole.SUSPECT, AdultRole.BOTH})


OLDEST_ADULT_YEARS = 110
OLDEST_CHILD_YEARS = 25
"""Nobody older is a child to children's services. A date of birth that says so is a system's first day, or the wrong
century: it is not known how old the child is, and that is never read as "not a young child"."""


def adult_age(adult: Adult, subject: Subject) -> int | None:
    """Age in whole years on the day of the incident, or `None` where it is not recorded or cannot be so."""
    return _age(adult, subject, OLDEST_ADULT_YEARS)


def child_age(child: Child, subject: Subject) -> int | None:
    """Age in whole years on the day of the incident, 0 for an unborn child, `None` where not recorded or impossible."""
    return 0 if child.unborn else _age(child, subject, OLDEST_CHILD_YEARS)


def _age(person: Adult | Child, subject: Subject, oldest_years: int) -> int | None:
    """By the date of birth, else as sent; the first of the two that can be the age of such a person."""
    told = (age_on(person.date_of_birth, subject.day) if person.date_of_birth else None, person.age_years)
    return next((age for age in told if age is not None and age <= oldest_years), None)


def _is_party_under_18(adult: Adult, subject: Subject) -> FactValue:
    age = adult_age(adult, subject)
    return NOT_RECORDED if age is None else age < 18


def _parties(subject: Subject) -> tuple[tuple[int, Adult], ...]:
    return tuple((place, adult) for place, adult in enumerate(subject.contact.adults) if adult.role in PARTIES)


def _young_parties(subject: Subject) -> tuple[tuple[int, Adult], ...]:
    return tuple((place, adult) for place, adult in _parties(subject) if _is_party_under_18(adult, subject) is True)


def _party_under_18(subject: Subject) -> FactValue:
    return any_of(_is_party_under_18(adult, subject) for _, adult in _parties(subject))


def _age_fields(subject: Subject) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"/children/{place}", "unborn" if child.unborn else child_age(child, subject))
        for place, child in enumerate(subject.contact.children)
    )


def _party_fields(subject: Subject) -> tuple[Evidence, ...]:
    return tuple(Evidence(f"/adults/{place}", adult_age(adult, subject)) for place, adult in _parties(subject))


def _under(years: int) -> Fact:
    def read(subject: Subject) -> FactValue:
        ages = (child_age(child, subject) for child in subject.contact.children)
        return any_of(NOT_RECORDED if age is None else age < years for age in ages)

    return Fact(
        f"child_under_{years}",
        FactKind.YES_NO,
        f"A child under {years}, or unborn",
        read,
        _age_fields,
    )


def _youngest(subject: Subject) -> FactValue:
    ages = [child_age(child, subject) for child in subject.contact.children]
    ages += [adult_age(adult, subject) for _, adult in _young_parties(subject)]
    known = [age for age in ages if age is not None]
    return min(known) if known else NOT_RECORDED


def _unborn(subject: Subject) -> FactValue:
    """A child sent as unborn, or a pregnant adult. Silence counts as not recorded for the victim only."""
    pregnant = (
        yes_no(adult.pregnant)
        for adult in subject.contact.adults
        if adult.role in VICTIMS or adult.pregnant is not None
    )
    return any_of((any(child.unborn for child in subject.contact.children), *pregnant))


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


def _of_any_child(name: str, source: str, text: str) -> Fact:
    """Yes where it is so for any child; not known where it is not known for one and yes for none."""

    def fields(subject: Subject) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(f"/children/{place}/{source}", getattr(child, source))
            for place, child in enumerate(subject.contact.children)
            if getattr(child, source) is not None
        )

    return Fact(
        name,
        FactKind.YES_NO,
        text,
        lambda subject: any_of(yes_no(getattr(child, source)) for child in subject.contact.children),
        fields,
    )


def _of_any_adult(name: str, source: str, text: str) -> Fact:
    """Yes where it is so for any adult; silence about somebody who is no party to the incident is not counted."""

    def fields(subject: Subject) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(f"/adults/{place}/{source}", getattr(adult, source))
            for place, adult in enumerate(subject.contact.adults)
            if getattr(adult, source) is not None
        )

    def read(subject: Subject) -> FactValue:
        return any_of(
            yes_no(getattr(adult, source))
            for adult in subject.contact.adults
            if adult.role in PARTIES or getattr(adult, source) is not None
        )

    return Fact(name, FactKind.YES_NO, text, read, fields)


def _presence(subject: Subject) -> FactValue:
    """The nearest that any child was. A party under 18 was in the room."""
    if _young_parties(subject):
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
    return tuple(
        Evidence(f"/children/{place}/presence", child.presence)
        for place, child in enumerate(subject.contact.children)
        if child.presence is not None
    )


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
        *(adult for _, adult in _young_parties(subject)),
    )
    return any_of(_special_needs_of(person) for person in people)


def _special_needs_fields(subject: Subject) -> tuple[Evidence, ...]:
    people: dict[str, Child | Adult] = {f"/children/{n}": child for n, child in enumerate(subject.contact.children)}
    people |= {f"/adults/{n}": adult for n, adult in _young_parties(subject)}
    return tuple(
        Evidence(f"{pointer}/disability", "recorded")
        for pointer, person in people.items()
        if _special_needs_of(person) is True
    )


def _child_identified(subject: Subject) -> FactValue:
    return bool(subject.contact.children) or bool(_young_parties(subject)) or _unborn(subject) is True


def _children_count(subject: Subject) -> FactValue:
    return len(subject.contact.children) + len(_young_parties(subject))


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


def _suspect_is(kind: RelationshipToVictim) -> Callable[[Subject], FactValue]:
    def read(subject: Subject) -> FactValue:
        relations = [a.relationship_to_victim for a in subject.contact.adults if a.role in SUSPECTS]
        if not relations:
            return NOT_RECORDED
        return any_of(_relation_is(relation, kind) for relation in relations)

    return read


def _relation_is(relation: RelationshipToVictim | None, kind: RelationshipToVictim) -> FactValue:
    if relation is None:
        return NOT_RECORDED
    return SENT if relation is RelationshipToVictim.UNKNOWN else relation is kind


def _relation_fields(subject: Subject) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"/adults/{place}/relationship_to_victim", adult.relationship_to_victim)
        for place, adult in enumerate(subject.contact.adults)
        if adult.role in SUSPECTS
    )


def _at_large(subject: Subject) -> FactValue:
    """The suspect is not known to be in custody: silence and "unknown" leave them at large."""
    return subject.contact.police_action.suspect_whereabouts is not Whereabouts.CUSTODY


def _whereabouts_fields(subject: Subject) -> tuple[Evidence, ...]:
    return (Evidence("/police_action/suspect_whereabouts", subject.contact.police_action.suspect_whereabouts),)


def _arrest(subject: Subject) -> FactValue:
    return yes_no(subject.contact.police_action.arrest)


YES_NO, CODE, NUMBER = FactKind.YES_NO, FactKind.CODE, FactKind.NUMBER

PEOPLE_FACTS: tuple[Fact, ...] = (
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
    Fact("child_saw_or_heard", YES_NO, "A child saw or heard it", _saw_or_heard, _presence_fields),
    Fact(
        "child_presence_sent_unknown",
        YES_NO,
        "Where a child was is sent as unknown",
        _presence_sent_unknown,
        _presence_unknown_fields,
    ),
    _of_any_child("child_injured", "injured", "A child was hurt"),
    _of_any_child("child_intervened", "intervened", "A child tried to stop it, called for help or shielded somebody"),
    _of_any_child("child_threatened", "threatened", "A child was threatened"),
    _of_any_child("child_disclosed_fear", "disclosed_fear", "A child told of abuse or fear"),
    _of_any_child("child_lives_at_address", "lives_at_address", "A child lives at the address"),
    Fact("party_under_18", YES_NO, "The victim or the suspect is under 18", _party_under_18, _party_fields),
    Fact(
        "suspect_is_victims_child",
        YES_NO,
        "The suspect is the victim's child",
        _suspect_is(RelationshipToVictim.CHILD),
        _relation_fields,
    ),
    Fact(
        "suspect_is_ex_partner",
        YES_NO,
        "The suspect is a former partner",
        _suspect_is(RelationshipToVictim.EX_PARTNER),
        _relation_fields,
    ),
    _of_any_adult("mental_health_concern", "mental_health_concern", "Concern about an adult's mental health"),
    _of_any_adult("substance_concern", "substance_concern", "Concern about an adult's use of drugs or alcohol"),
    Fact("suspect_at_large", YES_NO, "The suspect is not known to be in custody", _at_large, _whereabouts_fields),
    Fact(
        "arrest",
        YES_NO,
        "An arrest was made",
        _arrest,
        lambda subject: (Evidence("/police_action/arrest", subject.contact.police_action.arrest),),
    ),
)
