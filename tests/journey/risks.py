"""The declared risks and what is never an input, each with the values that it may take, and how to put one in place."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.journey.drawn import FORM_ITEMS, INCIDENT_DAY, SILENT, Document

CONTRACT = """
`incident.weapon` none, threatened, used · `.adult_injury` none, minor, serious · `.strangulation .threat_to_kill
.order_breached .honour_based .forced_marriage .fgm_risk .separated .alcohol .drugs` no, yes · `risk_assessment.grade`
standard, medium, high · `.marac_referred` no, yes · every `answers` item no, yes (26 items; `fear_detail` is free text
and not among them) · `children[].injured .intervened .threatened .disclosed_fear` no, yes · `children[].presence`
not_present, elsewhere_in_home, saw_or_heard, in_the_room · younger children · `adults[].pregnant
.mental_health_concern .substance_concern` no, yes · `police_history.incidents_last_12_months` upward, more recent
`last_incident_on`, `.suspect_violence_convictions .suspect_other_households` no, yes.
"""
"""The inputs under the monotone constraint, in the contact contract's own words (Declared risks)."""

NO_YES = ("no", "yes")
UNKNOWN = ("unknown", SILENT)
NOT_ANSWERED = ("dont_know", "not_asked", "declined", SILENT)
YEARS = (17, 12, 9, 8, 7, 6, 4, 1, 0)
LAST_INCIDENTS = tuple((INCIDENT_DAY - timedelta(days=days)).isoformat() for days in (900, 500, 366, 365, 100, 8, 0))

Rising = tuple[tuple[object, ...], tuple[str, ...]]
"""A risk's values from low to high, and how the lowest of them can be not known instead."""

DECLARED_RISKS: dict[str, Rising] = {
    "/incident/weapon": (("none", "threatened", "used"), UNKNOWN),
    "/incident/adult_injury": (("none", "minor", "serious"), UNKNOWN),
    **{
        f"/incident/{name}": (NO_YES, UNKNOWN)
        for name in (
            "strangulation", "threat_to_kill", "order_breached", "honour_based", "forced_marriage", "fgm_risk",
            "separated", "alcohol", "drugs",
        )
    },
    "/risk_assessment/grade": (("standard", "medium", "high"), ("not_graded",)),
    "/risk_assessment/marac_referred": (NO_YES, UNKNOWN),
    **{f"/risk_assessment/answers/{item}": (NO_YES, NOT_ANSWERED) for item in FORM_ITEMS},
    **{
        f"/children/*/{name}": (NO_YES, UNKNOWN) for name in ("injured", "intervened", "threatened", "disclosed_fear")
    },
    "/children/*/presence": (("not_present", "elsewhere_in_home", "saw_or_heard", "in_the_room"), UNKNOWN),
    "/children/*/age_years": (YEARS, (SILENT,)),
    "/children/*/date_of_birth": (tuple(date(2026 - years, 2, 1).isoformat() for years in YEARS), ()),
    **{f"/adults/*/{name}": (NO_YES, UNKNOWN) for name in ("pregnant", "mental_health_concern", "substance_concern")},
    "/police_history/incidents_last_12_months": ((0, 1, 2, 3, 5, 12, 40), (SILENT,)),
    "/police_history/last_incident_on": (LAST_INCIDENTS, (SILENT,)),
    "/police_history/suspect_violence_convictions": (NO_YES, UNKNOWN),
    "/police_history/suspect_other_households": (NO_YES, UNKNOWN),
}  # fmt: skip

ALARMING_WORDS = "He held a knife to her throat and strangled her. The baby was hurt. Vera Sample, NOBT, English."
OF_ANYBODY: dict[str, tuple[object, ...]] = {
    "person_reference": ("N-OTHER", SILENT),
    "given_name": ("Zed", "", SILENT),
    "family_name": ("O'Example-Quux", SILENT),
    "sex": ("female", "male", "unknown", SILENT),
    "ethnicity": ("WBRI", "BCRB", "NOBT", SILENT),
    "first_language": ("Welsh", SILENT),
    "interpreter_needed": ("yes", "no", "unknown", SILENT),
}
NEVER_INPUTS: dict[str, tuple[object, ...]] = {
    "/contact_reference": ("OTHER-1",),
    "/supersedes": ("OTHER-0",),
    "/incident/incident_reference": ("L-OTHER", SILENT),
    "/incident/offence_code": ("8/30", SILENT),
    "/incident/postcode": ("ZZ99 9ZZ", SILENT),
    "/incident/address": ("1 Example Street, Sampleton", SILENT),
    "/incident/narrative": (ALARMING_WORDS, SILENT),
    "/risk_assessment/answers/fear_detail": (ALARMING_WORDS, SILENT),
    **{f"/adults/*/{name}": values for name, values in OF_ANYBODY.items()},
    "/adults/*/disability": (["LD"], ["NONE"], SILENT),
    **{f"/children/*/{name}": values for name, values in OF_ANYBODY.items()},
    "/children/*/school": ("Example Primary School", SILENT),
    "/protective_factors": (["suspect_in_custody", "order_in_force", "child_safety_plan"], [], SILENT),
    "/extensions": ({"religion": "none", "nationality": "none", "score": 1, "response": "no_further_action"}, SILENT),
}
"""What is never an input of the score (contact contract), and may move no response either."""

OTHERWISE: frozenset[str] = frozenset(
    {
        "/force_code", "/sent_at", "/incident/occurred_at", "/incident/reported_at", "/incident/type",
        "/adults/*/role", "/adults/*/age_years", "/adults/*/date_of_birth", "/adults/*/relationship_to_victim",
        "/children/*/disability", "/children/*/expected_date", "/children/*/unborn", "/children/*/lives_at_address",
        "/children/*/relationship_to_suspect", "/children/*/voice/alone", "/children/*/voice/demeanour",
        "/children/*/voice/reason_not_spoken_to", "/children/*/voice/spoken_to", "/children/*/voice/words",
        "/risk_assessment/tool", "/risk_assessment/reviewed_grade", "/risk_assessment/not_completed_reason",
        "/risk_assessment/dara_items/*/code", "/risk_assessment/dara_items/*/frequency",
        "/risk_assessment/dara_items/*/comment", "/police_action/arrest", "/police_action/school_notified",
        "/police_action/suspect_whereabouts", "/consent_to_early_help",
    }
)  # fmt: skip
"""The rest of the contract: which rules apply, who lives with whom, what kind of risk it is. None has a low and a high
end that the contract declares, and each may move a response."""


def places(document: object, pointer: str) -> Iterator[tuple[str | int, ...]]:
    """The paths of `pointer` in `document`, one for each person where it has a `*`; none where its object is absent."""
    *way, last = pointer.split("/")[1:]
    found: list[tuple[tuple[str | int, ...], object]] = [((), document)]
    for step in way:
        found = [
            ((*path, key), inner)
            for path, value in found
            for key, inner in (enumerate(value) if step == "*" and isinstance(value, list) else ())
        ] + [((*path, step), value[step]) for path, value in found if isinstance(value, dict) and step in value]
    return ((*path, last) for path, _ in found)


def put(document: object, path: tuple[str | int, ...], value: object) -> Document:
    """A copy of `document` with `value` at `path`, or nothing there where it is silent."""
    step, *rest = path
    copied: dict[str | int, object] = (
        dict(document) if isinstance(document, dict) else dict(enumerate(_as_list(document)))
    )
    if rest:
        copied[step] = put(copied[step], tuple(rest), value)
    elif value == SILENT:
        copied.pop(step, None)
    else:
        copied[step] = value
    return copied if isinstance(document, dict) else list(copied.values())  # type: ignore[return-value]  # a list only inside


def _as_list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def is_of_an_adult_under_18(document: Document, path: tuple[str | int, ...]) -> bool:
    """Whether `path` leads into an adult party under 18, who is screened as a child too."""
    adults, place = document["adults"], path[1] if len(path) > 1 else None
    return path[0] == "adults" and isinstance(place, int) and _as_list(adults)[place]["age_years"] < 18  # type: ignore[index]  # an object
