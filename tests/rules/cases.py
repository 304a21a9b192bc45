"""Cases for rules, as data: what differs from a quiet contact -> the contact and the picture (see cases.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

from screening.domain.contact import RISK_FORM_ITEMS, Answer, Consent, Contact, IncidentType, RiskAssessment
from screening.domain.decision import DecisionCode
from screening.domain.fact_list import establish
from screening.domain.facts import Facts, Subject
from screening.domain.household import (
    CareStatus,
    EarlierIncident,
    History,
    MatchCertainty,
    Picture,
    RegisterEntry,
    RegisterMatch,
    Relation,
)
from tests.builders import OCCURRED_AT, a_child, a_contact, a_risk_assessment, a_suspect, a_victim, an_incident

CASES = Path(__file__).with_name("cases.toml")
KINDS = ("hit", "near_miss", "unknown")

Changes = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """One case of one rule: a contact, what is known of its people, and what the rule should make of it."""

    rule_id: str
    kind: str
    contact: Contact
    picture: Picture

    @property
    def subject(self) -> Subject:
        return Subject.of(self.contact, self.picture)

    @property
    def facts(self) -> Facts:
        return establish(self.contact, self.picture)


@cache
def table() -> Mapping[str, Changes]:
    """cases.toml, by rule."""
    return tomllib.loads(CASES.read_text(encoding="utf-8"))


def all_cases() -> list[Case]:
    """Every case of every rule."""
    return [
        Case(rule_id, kind, *_built(changes))
        for rule_id, row in table().items()
        for kind in KINDS
        for changes in _several(row.get(kind))
    ]


def _several(given: Changes | list[Changes] | None) -> list[Changes]:
    if given is None:
        return []
    return given if isinstance(given, list) else [given]


def _built(changes: Changes) -> tuple[Contact, Picture]:
    strange = set(changes) - {
        "incident", "form", "victim", "suspect", "child", "children", "police_history", "police_action", "consent", "earlier", "register",
    }  # fmt: skip
    assert not strange, f"cases.toml: {strange} is nothing that a case may change"
    contact = a_contact()
    children = [changes["child"]] if "child" in changes else changes.get("children", [{}])
    contact = replace(
        contact,
        incident=_changed(an_incident(), changes.get("incident", {})),
        risk_assessment=_form(changes.get("form", {})),
        adults=(_changed(a_victim(), changes.get("victim", {})), _changed(a_suspect(), changes.get("suspect", {}))),
        children=tuple(_changed(a_child(), child) for child in children),
        police_history=_changed(contact.police_history, changes.get("police_history", {})),
        police_action=_changed(contact.police_action, changes.get("police_action", {})),
        consent_to_early_help=Consent(changes["consent"]) if "consent" in changes else None,
    )
    return contact, Picture(
        register=tuple(_on_register(row) for row in changes.get("register", [])),
        history=History(tuple(_earlier(number, row) for number, row in enumerate(changes.get("earlier", [])))),
    )


def _form(changes: Changes | str) -> RiskAssessment | None:
    if isinstance(changes, str):
        assert changes == "absent"
        return None
    fields = dict(changes)
    yes = (*fields.pop("yes", ()), *RISK_FORM_ITEMS[: fields.pop("first_yes", 0)])
    every = fields.pop("every_answer", None)
    answers = {item: Answer(every) for item in RISK_FORM_ITEMS} if every else {**a_risk_assessment(yes=yes).answers}
    answers |= {item: Answer(answer) for item, answer in fields.pop("answers", {}).items()}
    assert set(answers) == set(RISK_FORM_ITEMS)
    return replace(_changed(a_risk_assessment(), fields), answers=answers)


def _earlier(number: int, row: Changes) -> EarlierIncident:
    return EarlierIncident(
        occurred_at=OCCURRED_AT - timedelta(days=row["days_before"]),
        relation=Relation.HOUSEHOLD,
        contact_ids=(f"receipt-{number}",),
        type=IncidentType.VERBAL_ARGUMENT,
        decision=DecisionCode(row["decision"]) if "decision" in row else None,
    )


def _on_register(row: Changes) -> RegisterMatch:
    entry = RegisterEntry(
        "C-1", "Childa", "Sample", date(2016, 5, 2), None, CareStatus(row["status"]), "worker-1", None, None
    )
    certainty = MatchCertainty(row.get("certainty", "certain"))
    return RegisterMatch(f"/children/{row['child']}", certainty, entry, ("made up",))


def _changed(value: T, changes: Changes) -> T:
    hints = get_type_hints(type(value))
    unknown = set(changes) - set(hints)
    assert not unknown, f"cases.toml: {type(value).__name__} has no {unknown}"
    typed = {name: _typed(hints[name], given) for name, given in changes.items()}
    return replace(value, **typed)  # type: ignore[type-var]  # every value here is a dataclass


def _typed(hint: object, given: object) -> object:
    """`given` as the field's own type: a code as its enumeration, a list as a tuple, "absent" as nothing."""
    if given == "absent":
        return None
    if isinstance(given, list):
        return tuple(given)
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    codes = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum)]
    return codes[0](given) if codes else given
