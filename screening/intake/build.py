"""Typed fields to the domain's Contact. What is absent, blank or empty becomes the domain's "not recorded".

The fields come from `schemas` and have passed `checks`; nothing is judged here.
"""

from collections.abc import Mapping
from typing import Any, TypeGuard

from screening.domain.contact import (
    Adult,
    Child,
    Contact,
    DaraItem,
    Incident,
    PoliceAction,
    PoliceHistory,
    RiskAssessment,
    Voice,
)

Read = Mapping[str, Any]
"""The fields of one object as its schema read them, by name; each schema says their types."""


def contact_of(read: Read) -> Contact:
    """The contact for the fields that `ContactSchema` read."""
    form = read.get("risk_assessment")
    return Contact(
        contact_reference=read["contact_reference"],
        force_code=read["force_code"],
        sent_at=read["sent_at"],
        incident=Incident(**read["incident"]),
        adults=tuple(_adult(adult) for adult in read["adults"]),
        children=tuple(_child(child) for child in read.get("children", ())),
        supersedes=read.get("supersedes"),
        risk_assessment=None if form is None else _risk_assessment(form),
        police_history=PoliceHistory(**read.get("police_history", {})),
        police_action=PoliceAction(**read.get("police_action", {})),
        protective_factors=tuple(read.get("protective_factors", ())),
        consent_to_early_help=read.get("consent_to_early_help"),
        extensions=read.get("extensions"),
    )


def _risk_assessment(read: Read) -> RiskAssessment:
    answers = dict(read.get("answers", {}))
    return RiskAssessment(
        **{
            **read,
            "fear_detail": answers.pop("fear_detail", None),
            "answers": answers,
            "dara_items": tuple(DaraItem(**item) for item in read.get("dara_items", ())),
        }
    )


def _adult(read: Read) -> Adult:
    return Adult(**{**read, "disability": tuple(read.get("disability", ())) or None})


def _child(read: Read) -> Child:
    voice = read.get("voice")
    return Child(
        **{
            **read,
            "disability": tuple(read.get("disability", ())) or None,
            "voice": Voice(**voice) if _says_anything(voice) else None,
        }
    )


def _says_anything(read: Read | None) -> TypeGuard[Read]:
    """Whether an object that may be absent holds anything: blank texts in it say no more than its absence."""
    return read is not None and any(value is not None for value in read.values())
