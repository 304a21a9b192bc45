"""A contact as it would be had certain answers been sent. The contact given is not changed: another one is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from screening.domain.contact import Answer, Child, Contact, Grade, RiskAssessment, RiskTool


class Part(StrEnum):
    """The parts of a contact that a missing answer can stand in. `FORM_ITEM` is an item of the risk form."""

    INCIDENT = "incident"
    CHILD = "children"
    ADULT = "adults"
    HISTORY = "police_history"
    ACTION = "police_action"
    FORM = "risk_assessment"
    FORM_ITEM = "risk_assessment/answers"


Fields = Mapping[str, Any]
"""Fields of one part by name, which have many types."""


@dataclass(frozen=True, slots=True)
class PossibleAnswer:
    """One answer that could be sent: fields of one part. `place` is the person's among theirs, else 0.

    A child's place just after the last child means a child not sent so far.
    """

    part: Part
    fields: Fields
    place: int = 0


def with_answers(contact: Contact, answers: Sequence[PossibleAnswer]) -> Contact:
    """`contact` as it would be had these answers been sent; of two for one field, the later."""
    changes: dict[tuple[Part, int], dict[str, Any]] = {}
    for answer in answers:
        changes.setdefault((answer.part, answer.place), {}).update(answer.fields)
    parts: dict[str, Any] = {}
    for (part, place), fields in changes.items():
        if part is Part.CHILD and place == len(contact.children):
            parts[part] = (*parts.get(part, contact.children), Child(**fields))
        elif part in {Part.CHILD, Part.ADULT}:
            people = parts.get(part, getattr(contact, part))
            parts[part] = (*people[:place], replace(people[place], **fields), *people[place + 1 :])
        elif part is Part.FORM:
            parts[part] = replace(_form(contact, parts), **fields)
        elif part is Part.FORM_ITEM:
            form = _form(contact, parts)
            parts[Part.FORM] = replace(form, answers={**form.answers, **fields})
        else:
            parts[part] = replace(getattr(contact, part), **fields)
    return replace(contact, **{str(part): value for part, value in parts.items()})


def _form(contact: Contact, parts: Mapping[str, Any]) -> RiskAssessment:
    """The form as changed so far; a DASH form with nothing on it where none was sent."""
    changed: RiskAssessment | None = parts.get(Part.FORM, contact.risk_assessment)
    return changed or RiskAssessment(tool=RiskTool.DASH_POLICE_2009, grade=Grade.NOT_GRADED)


def yes_or_no(part: Part, name: str, place: int = 0) -> tuple[PossibleAnswer, ...]:
    """The two answers to a question where yes is the more cautious."""
    return tuple(PossibleAnswer(part, {name: answer}, place) for answer in (Answer.NO, Answer.YES))


def one_of(part: Part, name: str, values: Sequence[object], place: int = 0) -> tuple[PossibleAnswer, ...]:
    """The answers to a question with other values, in the order given."""
    return tuple(PossibleAnswer(part, {name: value}, place) for value in values)
