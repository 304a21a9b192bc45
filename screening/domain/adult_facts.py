"""Facts of the adults: the parties, what they are to each other, and where the suspect is."""

from collections.abc import Callable

from screening.domain.contact import RelationshipToVictim, Whereabouts
from screening.domain.facts import NOT_RECORDED, SENT, Fact, FactKind, FactValue, Subject, any_told, yes_no
from screening.domain.people import PARTIES, SUSPECTS, adult_age, is_party_under_18, parties
from screening.domain.signals import Evidence


def _party_under_18(subject: Subject) -> FactValue:
    return any_told(is_party_under_18(adult, subject) for _, adult in parties(subject))


def _party_fields(subject: Subject) -> tuple[Evidence, ...]:
    """The parties who are under 18 or may be."""
    return tuple(
        Evidence(f"/adults/{place}", adult_age(adult, subject))
        for place, adult in parties(subject)
        if is_party_under_18(adult, subject) is not False
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
        return any_told(
            yes_no(getattr(adult, source))
            for adult in subject.contact.adults
            if adult.role in PARTIES or getattr(adult, source) is not None
        )

    return Fact(name, FactKind.YES_NO, text, read, fields)


def _suspect_is(kind: RelationshipToVictim) -> Callable[[Subject], FactValue]:
    def read(subject: Subject) -> FactValue:
        return any_told(
            _relation_is(adult.relationship_to_victim, kind)
            for adult in subject.contact.adults
            if adult.role in SUSPECTS
        )

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


YES_NO = FactKind.YES_NO

ADULT_FACTS: tuple[Fact, ...] = (
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
