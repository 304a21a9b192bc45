"""Contacts drawn by a seeded generator, and every way in which a declared risk can rise (contact contract)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from screening.domain.contact import (
    RISK_FORM_ITEMS,
    Adult,
    AdultRole,
    Answer,
    Child,
    Consent,
    Contact,
    Grade,
    IncidentType,
    Injury,
    Presence,
    ProtectiveFactor,
    RelationshipToVictim,
    RiskTool,
    Weapon,
    Whereabouts,
)
from tests.builders import INCIDENT_DAY, a_child, a_contact, a_risk_assessment, a_suspect, a_victim, an_incident

ANSWERS: tuple[Answer | None, ...] = (Answer.NO, Answer.YES, Answer.UNKNOWN, Answer.NOT_ASKED, None)
NOT_KNOWN: tuple[Answer | None, ...] = (Answer.UNKNOWN, Answer.NOT_ASKED, Answer.DECLINED, Answer.DONT_KNOW, None)
INCIDENT_RISKS = (
    "strangulation",
    "threat_to_kill",
    "order_breached",
    "honour_based",
    "forced_marriage",
    "fgm_risk",
    "separated",
    "alcohol",
    "drugs",
)
CHILD_RISKS = ("injured", "intervened", "threatened", "disclosed_fear")
ADULT_RISKS = ("pregnant", "mental_health_concern", "substance_concern")
HISTORY_RISKS = ("suspect_violence_convictions", "suspect_other_households")

WEAPONS = (Weapon.NONE, Weapon.THREATENED, Weapon.USED)
INJURIES = (Injury.NONE, Injury.MINOR, Injury.SERIOUS)
GRADES = (Grade.STANDARD, Grade.MEDIUM, Grade.HIGH)
PRESENCES = (Presence.NOT_PRESENT, Presence.ELSEWHERE_IN_HOME, Presence.SAW_OR_HEARD, Presence.IN_THE_ROOM)
AGES: tuple[int, ...] = (17, 12, 9, 8, 7, 6, 4, 1, 0)
COUNTS: tuple[int, ...] = (0, 1, 2, 3, 5, 12, 40)


@dataclass(frozen=True)
class Risk:
    """One declared risk of one contact: how to set it, its values from low to high, and how it can be not known."""

    name: str
    set_to: Callable[[Contact, Any], Contact]
    rising: Sequence[Any]
    not_known: Sequence[Any]


def a_drawn_contact(dice: Random) -> Contact:
    """Any contact: every field that rules or score read has any of its values, or is silent."""
    incident: dict[str, object] = {name: dice.choice(ANSWERS) for name in INCIDENT_RISKS}
    incident |= {
        "type": dice.choice(tuple(IncidentType)),
        "weapon": dice.choice((*WEAPONS, Weapon.UNKNOWN, None)),
        "adult_injury": dice.choice((*INJURIES, Injury.UNKNOWN, None)),
    }
    contact = a_contact(
        incident=an_incident(**incident),
        adults=tuple(_an_adult(dice, place) for place in range(dice.randint(1, 3))),
        children=tuple(_a_child(dice) for _ in range(dice.choice((0, 1, 1, 2, 3)))),
        protective_factors=tuple(dice.sample(tuple(ProtectiveFactor), dice.randint(0, 2))),
        consent_to_early_help=dice.choice((*Consent, None)),
    )
    told = {name: dice.choice(ANSWERS) for name in HISTORY_RISKS}
    history = replace(
        contact.police_history,
        **told,
        incidents_last_12_months=dice.choice((*COUNTS, None)),
        last_incident_on=dice.choice((None, None, *_days())),
    )
    action = replace(contact.police_action, suspect_whereabouts=dice.choice((*Whereabouts, None)))
    return replace(_with_form(contact, dice), police_history=history, police_action=action)


def _with_form(contact: Contact, dice: Random) -> Contact:
    if dice.random() < 0.1:
        return replace(contact, risk_assessment=None)
    share_of_yes = dice.random() * 0.6
    answers = {
        item: Answer.YES if dice.random() < share_of_yes else dice.choice((Answer.NO, Answer.NO, *NOT_KNOWN[:4]))
        for item in RISK_FORM_ITEMS
        if dice.random() < 0.9
    }
    form = a_risk_assessment(
        tool=dice.choice(tuple(RiskTool)),
        grade=dice.choice((*GRADES, Grade.NOT_GRADED)),
        reviewed_grade=dice.choice((None, None, None, *Grade)),
        answers=answers,
        marac_referred=dice.choice(ANSWERS),
    )
    return replace(contact, risk_assessment=form)


def _an_adult(dice: Random, place: int) -> Adult:
    role = (AdultRole.VICTIM, AdultRole.SUSPECT, dice.choice(tuple(AdultRole)))[place]
    changes: dict[str, object] = {name: dice.choice(ANSWERS) for name in ADULT_RISKS}
    changes["relationship_to_victim"] = dice.choice((*RelationshipToVictim, None))
    changes |= {"date_of_birth": None, "age_years": dice.choice((None, 16, 30, 41))}
    return a_suspect(role=role, **changes) if role is AdultRole.SUSPECT else a_victim(role=role, **changes)


def _a_child(dice: Random) -> Child:
    changes: dict[str, object] = {name: dice.choice(ANSWERS) for name in (*CHILD_RISKS, "lives_at_address")}
    changes |= {
        "presence": dice.choice((*Presence, None)),
        "disability": dice.choice((None, ("NONE",), ("LD",))),
        "date_of_birth": None,
        "age_years": dice.choice((*AGES, None)),
    }
    return a_child(**changes)


def risks_of(contact: Contact) -> Iterator[Risk]:
    """Every declared risk that this contact can have."""
    for name in INCIDENT_RISKS:
        yield _of_incident(name, (Answer.NO, Answer.YES), NOT_KNOWN)
    yield _of_incident("weapon", WEAPONS, (Weapon.UNKNOWN, None))
    yield _of_incident("adult_injury", INJURIES, (Injury.UNKNOWN, None))
    for name in HISTORY_RISKS:
        yield _of_history(name, (Answer.NO, Answer.YES), NOT_KNOWN)
    yield _of_history("incidents_last_12_months", COUNTS, (None,))
    yield _of_history("last_incident_on", tuple(sorted(_days())), (None,))
    if contact.risk_assessment is not None:
        yield _of_form("grade", GRADES, (Grade.NOT_GRADED,))
        yield _of_form("reviewed_grade", GRADES, ())
        yield _of_form("marac_referred", (Answer.NO, Answer.YES), NOT_KNOWN)
        for item in RISK_FORM_ITEMS:
            yield Risk(f"form {item}", partial(_answered, item), (Answer.NO, Answer.YES), NOT_KNOWN)
    for place, _ in enumerate(contact.children):
        for name in CHILD_RISKS:
            yield _of_child(place, name, (Answer.NO, Answer.YES), NOT_KNOWN)
        yield _of_child(place, "presence", PRESENCES, (Presence.UNKNOWN, None))
        yield _of_child(place, "age_years", AGES, (None,))
    for place, _ in enumerate(contact.adults):
        for name in ADULT_RISKS:
            yield _of_adult(place, name, (Answer.NO, Answer.YES), NOT_KNOWN)


def _days() -> tuple[date, ...]:
    return tuple(INCIDENT_DAY - timedelta(days=days) for days in (900, 731, 500, 366, 365, 364, 100, 8, 0, -3))


def _of_incident(name: str, rising: Sequence[object], not_known: Sequence[object]) -> Risk:
    return Risk(name, lambda c, v: replace(c, incident=replace(c.incident, **{name: v})), rising, not_known)


def _of_history(name: str, rising: Sequence[object], not_known: Sequence[object]) -> Risk:
    return Risk(name, lambda c, v: replace(c, police_history=replace(c.police_history, **{name: v})), rising, not_known)


def _of_form(name: str, rising: Sequence[object], not_known: Sequence[object]) -> Risk:
    def set_to(contact: Contact, value: Any) -> Contact:
        assert contact.risk_assessment is not None
        return replace(contact, risk_assessment=replace(contact.risk_assessment, **{name: value}))

    return Risk(name, set_to, rising, not_known)


def _answered(item: str, contact: Contact, answer: Answer | None) -> Contact:
    assert contact.risk_assessment is not None
    answers = {name: value for name, value in contact.risk_assessment.answers.items() if name != item}
    if answer is not None:
        answers[item] = answer
    return replace(contact, risk_assessment=replace(contact.risk_assessment, answers=answers))


def _of_child(place: int, name: str, rising: Sequence[object], not_known: Sequence[object]) -> Risk:
    def set_to(contact: Contact, value: Any) -> Contact:
        children = list(contact.children)
        children[place] = replace(children[place], **{name: value})
        return replace(contact, children=tuple(children))

    return Risk(f"child {place} {name}", set_to, rising, not_known)


def _of_adult(place: int, name: str, rising: Sequence[object], not_known: Sequence[object]) -> Risk:
    def set_to(contact: Contact, value: Any) -> Contact:
        adults = list(contact.adults)
        adults[place] = replace(adults[place], **{name: value})
        return replace(contact, adults=tuple(adults))

    return Risk(f"adult {place} {name}", set_to, rising, not_known)
