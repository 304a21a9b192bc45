"""Generated contacts, and pairs of them that differ in one declared risk (contact contract, Declared risks)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import TypeVar

from hypothesis import strategies as st

from screening.domain.contact import (
    RISK_FORM_ITEMS,
    Adult,
    AdultRole,
    Answer,
    Child,
    Contact,
    Grade,
    Incident,
    IncidentType,
    Injury,
    PoliceAction,
    PoliceHistory,
    Presence,
    RelationshipToVictim,
    RiskAssessment,
    RiskTool,
    Weapon,
    Whereabouts,
)
from tests.builders import INCIDENT_DAY, OCCURRED_AT, SENT_AT

E = TypeVar("E", bound=Enum)

asked = st.sampled_from([None, Answer.YES, Answer.NO, Answer.NO, Answer.NO, Answer.UNKNOWN])
days = st.dates(date(2024, 9, 14), INCIDENT_DAY)


def maybe(codes: type[E]) -> st.SearchStrategy[E | None]:
    return st.sampled_from([None, *codes])


incidents = st.builds(
    Incident,
    occurred_at=st.just(OCCURRED_AT),
    type=st.sampled_from(IncidentType),
    weapon=maybe(Weapon),
    adult_injury=maybe(Injury),
    strangulation=asked,
    threat_to_kill=asked,
    alcohol=asked,
    drugs=asked,
    honour_based=asked,
    forced_marriage=asked,
    fgm_risk=asked,
    order_breached=asked,
    separated=asked,
)
children = st.builds(
    Child,
    date_of_birth=st.none() | st.dates(date(2008, 9, 15), INCIDENT_DAY),
    unborn=st.sampled_from([False, False, False, True]),
    disability=st.sampled_from([None, ("NONE",), ("LD",)]),
    lives_at_address=asked,
    presence=maybe(Presence),
    injured=asked,
    intervened=asked,
    threatened=asked,
    disclosed_fear=asked,
)
adults = st.builds(
    Adult,
    role=st.sampled_from(AdultRole),
    date_of_birth=st.none() | st.dates(date(1970, 1, 1), date(2010, 1, 1)),
    relationship_to_victim=maybe(RelationshipToVictim),
    pregnant=asked,
    mental_health_concern=asked,
    substance_concern=asked,
)
forms = st.builds(
    RiskAssessment,
    tool=st.sampled_from(RiskTool),
    grade=st.sampled_from(Grade),
    reviewed_grade=st.sampled_from([None, None, None, *Grade]),
    answers=st.dictionaries(
        st.sampled_from(RISK_FORM_ITEMS), st.sampled_from([Answer.YES, Answer.NO, Answer.DONT_KNOW])
    ),
    marac_referred=asked,
)
contacts = st.builds(
    Contact,
    contact_reference=st.just("TEST-1"),
    force_code=st.just("40"),
    sent_at=st.just(SENT_AT),
    incident=incidents,
    adults=st.lists(adults, min_size=1, max_size=3).map(tuple),
    children=st.lists(children, max_size=3).map(tuple),
    risk_assessment=st.none() | forms,
    police_history=st.builds(
        PoliceHistory,
        incidents_last_12_months=st.none() | st.integers(0, 5),
        last_incident_on=st.none() | days,
        suspect_other_households=asked,
        suspect_violence_convictions=asked,
    ),
    police_action=st.builds(PoliceAction, suspect_whereabouts=maybe(Whereabouts)),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts that differ in one thing, which in `after` is the higher risk or, from a no, not known."""

    what: str
    before: Contact
    after: Contact


Put = Callable[[Contact, object], Contact]


def _in(part: str, name: str) -> Put:
    return lambda contact, value: replace(contact, **{part: replace(getattr(contact, part), **{name: value})})


def _of_one(part: str, place: int, name: str) -> Put:
    def put(contact: Contact, value: object) -> Contact:
        several = list(getattr(contact, part))
        several[place] = replace(several[place], **{name: value})
        return replace(contact, **{part: tuple(several)})  # type: ignore[arg-type]  # any field by name

    return put


def _answer(item: str) -> Put:
    def put(contact: Contact, value: object) -> Contact:
        form = contact.risk_assessment
        assert form is not None
        answers = {**form.answers, item: value}
        return replace(contact, risk_assessment=replace(form, answers=answers))  # type: ignore[arg-type]  # an answer, as drawn

    return put


RISING_CODES: dict[tuple[str, str], tuple[Enum, ...]] = {
    ("incident", "weapon"): (Weapon.NONE, Weapon.THREATENED, Weapon.USED),
    ("incident", "adult_injury"): (Injury.NONE, Injury.MINOR, Injury.SERIOUS),
    ("risk_assessment", "grade"): (Grade.STANDARD, Grade.MEDIUM, Grade.HIGH),
    ("children", "presence"): (
        Presence.NOT_PRESENT,
        Presence.ELSEWHERE_IN_HOME,
        Presence.SAW_OR_HEARD,
        Presence.IN_THE_ROOM,
    ),
}
NOT_KNOWN: dict[tuple[str, str], Enum] = {
    ("incident", "weapon"): Weapon.UNKNOWN,
    ("incident", "adult_injury"): Injury.UNKNOWN,
    ("risk_assessment", "grade"): Grade.NOT_GRADED,
    ("children", "presence"): Presence.UNKNOWN,
}
YES_NO: tuple[tuple[str, str], ...] = (
    *(
        ("incident", name)
        for name in (
            "strangulation", "threat_to_kill", "alcohol", "drugs", "honour_based", "forced_marriage", "fgm_risk", "order_breached", "separated",
        )
    ),
    *(("children", name) for name in ("injured", "intervened", "threatened", "disclosed_fear")),
    *(("adults", name) for name in ("pregnant", "mental_health_concern", "substance_concern")),
    *(("police_history", name) for name in ("suspect_other_households", "suspect_violence_convictions")),
    ("risk_assessment", "marac_referred"),
    *(("answers", item) for item in RISK_FORM_ITEMS),
)  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """A generated contact twice, with one declared risk set low and then higher, or low and then not known."""
    contact = draw(contacts)
    part, name = draw(
        st.sampled_from(
            [
                *YES_NO,
                *RISING_CODES,
                ("children", "date_of_birth"),
                ("police_history", "incidents_last_12_months"),
                ("police_history", "last_incident_on"),
            ]
        )
    )
    if part in {"answers", "risk_assessment"} and contact.risk_assessment is None:
        contact = replace(contact, risk_assessment=draw(forms))
    if part == "children" and not contact.children:
        contact = replace(contact, children=(draw(children),))
    put = _putting(draw, contact, part, name)
    low, high = _values(draw, part, name)
    return Pair(f"{part}.{name}: {low} to {high}", put(contact, low), put(contact, high))


def _putting(draw: st.DrawFn, contact: Contact, part: str, name: str) -> Put:
    if part == "answers":
        return _answer(name)
    if part in {"children", "adults"}:
        return _of_one(part, draw(st.integers(0, len(getattr(contact, part)) - 1)), name)
    return _in(part, name)


def _values(draw: st.DrawFn, part: str, name: str) -> tuple[object, object]:
    """The lower and the higher value; a not-known is the higher one only beside the lowest."""
    if name == "date_of_birth":
        born = draw(st.dates(date(2008, 9, 15), INCIDENT_DAY))
        return born, min(INCIDENT_DAY, born + timedelta(days=draw(st.integers(1, 3000))))
    if name == "incidents_last_12_months":
        count = draw(st.integers(0, 5))
        return count, count + draw(st.integers(1, 5))
    if name == "last_incident_on":
        last = draw(days)
        return last, min(INCIDENT_DAY, last + timedelta(days=draw(st.integers(1, 400))))
    if (part, name) not in RISING_CODES:
        higher = (
            (Answer.YES, Answer.DONT_KNOW, Answer.NOT_ASKED, Answer.DECLINED)
            if part == "answers"
            else (Answer.YES, Answer.UNKNOWN, None)
        )
        return Answer.NO, draw(st.sampled_from(higher))
    levels = RISING_CODES[part, name]
    low = draw(st.integers(0, len(levels) - 2))
    higher_codes = levels[low + 1 :] if low else (*levels[1:], NOT_KNOWN[part, name])
    return levels[low], draw(st.sampled_from(higher_codes))
