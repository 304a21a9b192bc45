"""What holds for every contact, over thousands of generated ones on the whole way from document to suggestion.

A floor is never lowered whatever the score; nothing that failed ends in no further action; a declared risk that rises,
or a no that becomes not known, lowers nothing; and who somebody is moves nothing.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, product
from random import Random
from statistics import median

import pytest

from screening.config import Settings
from screening.domain.fact_list import establish
from screening.domain.household import Picture
from screening.domain.signals import EffectKind, NoRulebook, Score, Thresholds, Unscored
from screening.domain.suggestion import Response, Suggestion
from screening.intake.parse import read_document
from screening.journey.suggest import Signals, suggest
from screening.rules.rulebook import Rulebook, default_text, load
from screening.triage.features import describe
from screening.triage.model import Model
from screening.triage.scorecard import Scorecard
from screening.wiring import signals_from
from tests.journey.drawn import FORM_ITEMS, INCIDENT_DAY, SILENT, Document, a_drawn_document, a_drawn_picture
from tests.journey.hostile import HostileScorecard
from tests.triage.scorecards import a_scorecard_document

NOW = datetime(2026, 9, 14, 7, 0, tzinfo=UTC)
THRESHOLDS = Thresholds(assessment_from=0.7, early_help_from=0.5, nfa_upto=0.42)
RULEBOOK: Rulebook = load(default_text())
NFA, UNDETERMINED, EARLY_HELP, ASSESSMENT = Response

DOCUMENTS = 180
POINTERS_A_DOCUMENT = 10

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
    **{f"/adults/*/{name}": values for name, values in OF_ANYBODY.items()},
    "/adults/*/disability": (["LD"], ["NONE"], SILENT),
    **{f"/children/*/{name}": values for name, values in OF_ANYBODY.items()},
    "/children/*/school": ("Example Primary School", SILENT),
    "/protective_factors": (["suspect_in_custody", "order_in_force", "child_safety_plan"], [], SILENT),
    "/extensions": ({"religion": "none", "nationality": "none", "score": 1, "response": "no_further_action"}, SILENT),
}
"""What is never an input of the score (contact contract), and may move no response either."""


# ------------------------------------------------------------------------------------------------------ the documents


def drawn(seed: int) -> tuple[Document, Picture]:
    dice = Random(seed)
    document = a_drawn_document(dice)
    return document, a_drawn_picture(dice, document)


def suggested(document: Document, picture: Picture, signals: Signals) -> Suggestion:
    return suggest(read_document(document, NOW).contact, picture, signals)


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


# --------------------------------------------------------------------------------------------------------- the models


def a_model(scorecard: Scorecard) -> Model:
    return Model("test", "0" * 64, scorecard, THRESHOLDS, {})


def a_centred_scorecard(seed: int) -> Scorecard:
    """A drawn scorecard whose scores lie around its thresholds, so that they settle many a response."""
    document = a_scorecard_document(Random(seed))
    scorecard = Scorecard.from_json(json.dumps(document), "drawn")
    contacts = (read_document(drawn(place)[0], NOW).contact for place in range(60))
    raw = [scorecard.raw_scores(describe(establish(contact, Picture()))) for contact in contacts]
    document["early_help"]["intercept"] -= median(early_help for early_help, _ in raw)
    document["assessment"]["intercept"] -= median(assessment for _, assessment in raw)
    return Scorecard.from_json(json.dumps(document), "drawn")


DRAWN = tuple(Signals(RULEBOOK, a_model(a_centred_scorecard(seed))) for seed in range(5))
SHIPPED = signals_from(Settings(database_url="", secret=""))


def drawn_signals(seed: int) -> Signals:
    return DRAWN[seed % len(DRAWN)]


def shipped_signals(seed: int) -> Signals:
    del seed
    if isinstance(SHIPPED.model, Unscored):
        pytest.skip(f"no model is shipped: {SHIPPED.model.reason}")
    return SHIPPED


NUMBERS = (math.nan, math.inf, -math.inf, -1.0, 2.0, 0.0, 1.0)
FAULTS = (ValueError, KeyError, ZeroDivisionError, OverflowError, RecursionError, MemoryError, AssertionError)
HOSTILE: tuple[Model | Unscored, ...] = (
    *(a_model(HostileScorecard(Score(one, other, "hostile"))) for one, other in product(NUMBERS, NUMBERS)),
    *(a_model(HostileScorecard(fault("made to fail"))) for fault in FAULTS),
    Unscored("there is none"),
)


def is_usable(model: Model | Unscored) -> bool:
    """Whether this hostile model gives two probabilities after all."""
    if isinstance(model, Unscored):
        return False
    try:
        score = model.scorecard.score(())
    except Exception:  # noqa: BLE001  whatever it raises, it is of no use
        return False
    return all(number in (0.0, 1.0) for number in (score.p_assessment, score.p_early_help_or_more))


# --------------------------------------------------------------------------------------------------------- the floors


def floor_by_hand(suggestion: Suggestion) -> Response | None:
    """The floor that its rules set, worked out apart from the code that combines."""
    effects = {(effect.kind, effect.level) for hit in suggestion.hits for effect in hit.effects}
    if (EffectKind.FLOOR, "assessment") in effects:
        return ASSESSMENT
    if (EffectKind.FLOOR, "early_help") not in effects:
        return None
    return ASSESSMENT if EffectKind.UPLIFT in {kind for kind, _ in effects} else EARLY_HELP


def test_no_score_lowers_a_floor_and_none_that_failed_ends_in_nfa() -> None:
    counted: Counter[str] = Counter()
    for seed in range(200):
        document, picture = drawn(seed)
        contact = read_document(document, NOW).contact
        for model in HOSTILE:
            suggestion = suggest(contact, picture, Signals(RULEBOOK, model))
            floor = floor_by_hand(suggestion)
            counted["asked"] += 1
            counted["with a floor"] += floor is not None

            assert suggestion.floor is floor
            assert floor is None or suggestion.response.caution >= floor.caution
            if not is_usable(model):
                assert suggestion.response is (floor or UNDETERMINED)
                assert isinstance(suggestion.score, Unscored)

    print(f"\n{dict(counted)}")
    assert counted["asked"] > 10_000
    assert counted["asked"] * 0.2 < counted["with a floor"] < counted["asked"] * 0.9


def test_without_a_rulebook_every_suggestion_is_undetermined() -> None:
    signals = replace(drawn_signals(1), rulebook=NoRulebook("there is none"))
    for seed in range(200):
        assert suggested(*drawn(seed), signals).response is UNDETERMINED


# ------------------------------------------------------------------------------------------------- the declared risks


def test_every_risk_that_the_contract_declares_is_raised_here() -> None:
    declared: set[str] = set()
    at = ""
    for word in re.findall(r"`([^`]+)`", CONTRACT):
        for name in word.split():
            if "." in name[1:]:
                at = name.rpartition(".")[0]
            declared.add(f"{at}.{name.rpartition('.')[2]}")
    answers = {f"risk_assessment.answers.{item}" for item in FORM_ITEMS}
    younger = {"children[].age_years", "children[].date_of_birth"}
    declared = declared - {"risk_assessment.answers", "risk_assessment.fear_detail"} | answers | younger

    assert len(FORM_ITEMS) == 26
    assert declared == {pointer[1:].replace("/*", "[]").replace("/", ".") for pointer in DECLARED_RISKS}


def lowered(after: Suggestion, before: Suggestion) -> bool:
    return after.response.caution < before.response.caution or p_assessment(after) < p_assessment(before)


def p_assessment(suggestion: Suggestion) -> float:
    assert isinstance(suggestion.score, Score)
    return suggestion.score.p_assessment


def some_pointers(seed: int) -> tuple[str, ...]:
    """Some of the declared risks, others for each seed, so that all have their turn."""
    names = list(DECLARED_RISKS)
    start = seed * POINTERS_A_DOCUMENT % len(names)
    return tuple(islice([*names, *names], start, start + POINTERS_A_DOCUMENT))


@pytest.mark.parametrize("signals_for", [drawn_signals, shipped_signals])
def test_a_declared_risk_that_rises_or_a_no_that_is_not_known_lowers_nothing(
    signals_for: Callable[[int], Signals],
) -> None:
    pairs: Counter[str] = Counter()
    started: Counter[Response] = Counter()
    for seed in range(DOCUMENTS):
        document, picture = drawn(seed)
        signals = signals_for(seed)
        for pointer in some_pointers(seed):
            rising, not_known = DECLARED_RISKS[pointer]
            for path in islice(places(document, pointer), 2):
                steps = [suggested(put(document, path, value), picture, signals) for value in rising]
                for lower, higher in pairwise(steps):
                    assert not lowered(higher, lower), (seed, path)
                lowest, highest = steps[0], steps[-1]
                for value in not_known:
                    unsaid = suggested(put(document, path, value), picture, signals)
                    assert not lowered(unsaid, lowest), (seed, path, value)
                    assert p_assessment(unsaid) <= p_assessment(highest), (seed, path, value)
                pairs[pointer] += len(rising) - 1 + len(not_known)
                started[lowest.response] += 1

    print(f"\n{pairs.total()} pairs over {len(pairs)} declared risks, from {dict(started)}")
    assert set(pairs) == set(DECLARED_RISKS)
    assert pairs.total() > 4_000
    assert signals_for is shipped_signals or all(started[response] > 50 for response in Response)


# ------------------------------------------------------------------------------------------------- what moves nothing


def essence(suggestion: Suggestion) -> tuple[object, ...]:
    return (
        suggestion.response,
        suggestion.floor,
        suggestion.urgency,
        suggestion.route,
        suggestion.certainty,
        suggestion.score,
        suggestion.needs_sign_off,
        [hit.rule_id for hit in suggestion.hits],
    )


def is_of_an_adult_under_18(document: Document, path: tuple[str | int, ...]) -> bool:
    """Whether `path` leads into an adult party under 18, who is screened as a child too."""
    adults, place = document["adults"], path[1] if len(path) > 1 else None
    return path[0] == "adults" and isinstance(place, int) and _as_list(adults)[place]["age_years"] < 18  # type: ignore[index]  # an object


@pytest.mark.parametrize("signals_for", [drawn_signals, shipped_signals])
def test_who_somebody_is_and_what_was_told_in_words_moves_nothing(signals_for: Callable[[int], Signals]) -> None:
    compared = 0
    for seed in range(120):
        document, picture = drawn(seed)
        signals = signals_for(seed)
        as_sent = essence(suggested(document, picture, signals))
        everything_changed = document
        for pointer, values in NEVER_INPUTS.items():
            for path in places(document, pointer):
                if pointer.endswith("/disability") and is_of_an_adult_under_18(document, path):
                    continue
                value = values[seed % len(values)]
                everything_changed = put(everything_changed, path, value)
                assert essence(suggested(put(document, path, value), picture, signals)) == as_sent, (seed, path)
                compared += 1
        assert essence(suggested(everything_changed, picture, signals)) == as_sent, seed

    print(f"\n{compared} pairs")
    assert compared > 3_000


def test_a_disability_of_a_child_may_raise_a_response_and_never_moves_the_score() -> None:
    raised = 0
    for seed in range(120):
        document, picture = drawn(seed)
        for path in places(document, "/children/*/disability"):
            without = suggested(put(document, path, ["NONE"]), picture, drawn_signals(seed))
            with_needs = suggested(put(document, path, ["LD"]), picture, drawn_signals(seed))

            assert with_needs.score == without.score
            assert with_needs.response.caution >= without.response.caution
            raised += with_needs.response.caution > without.response.caution

    assert raised
