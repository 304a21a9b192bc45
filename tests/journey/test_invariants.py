"""What holds for every contact, over thousands of generated ones on the whole way from document to suggestion.

A floor is never lowered whatever the score; nothing that failed ends in no further action; a declared risk that rises,
or a no that becomes not known, lowers nothing; and who somebody is moves nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice, pairwise
from random import Random
from statistics import median

import pytest

from screening.config import Settings
from screening.domain.fact_list import establish
from screening.domain.household import Picture
from screening.domain.signals import EffectKind, NoRulebook, Score, Unscored
from screening.domain.suggestion import Response, Suggestion
from screening.intake.objects import Contracted, Items, Object
from screening.intake.parse import read_document
from screening.intake.schemas import ContactSchema
from screening.journey.suggest import Signals, suggest
from screening.rules.rulebook import Rulebook, default_text, load
from screening.triage.features import describe
from screening.triage.scorecard import Scorecard
from screening.wiring import signals_from
from tests.journey.drawn import FORM_ITEMS, Document, a_drawn_document, a_drawn_picture
from tests.journey.hostile import HOSTILE, a_model, is_usable
from tests.journey.risks import CONTRACT, DECLARED_RISKS, NEVER_INPUTS, OTHERWISE, is_of_an_adult_under_18, places, put
from tests.triage.scorecards import a_scorecard_document

NOW = datetime(2026, 9, 14, 7, 0, tzinfo=UTC)
RULEBOOK: Rulebook = load(default_text())
NFA, UNDETERMINED, EARLY_HELP, ASSESSMENT = Response

DOCUMENTS = 180
POINTERS_A_DOCUMENT = 10

# ------------------------------------------------------------------------------------------------------ the documents


def drawn(seed: int) -> tuple[Document, Picture]:
    dice = Random(seed)
    document = a_drawn_document(dice)
    return document, a_drawn_picture(dice, document)


def suggested(document: Document, picture: Picture, signals: Signals) -> Suggestion:
    return suggest(read_document(document, NOW).contact, picture, signals)


# --------------------------------------------------------------------------------------------------------- the models


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


def fields_of(schema: Contracted, at: str = "") -> Iterator[str]:
    """Every field of the contract by its pointer, with a `*` for each list of objects."""
    for name, field in schema.fields.items():
        within = field.kind if isinstance(field, Items) else field
        here = f"{at}/{name}/*" if isinstance(field, Items) else f"{at}/{name}"
        if isinstance(within, Object):
            yield from fields_of(within.contracted, here)
        else:
            yield f"{at}/{name}"


def test_every_field_of_the_contract_is_a_declared_risk_or_never_an_input_or_said_to_be_neither() -> None:
    said = [*DECLARED_RISKS, *NEVER_INPUTS, *OTHERWISE]

    assert Counter(said) == Counter(fields_of(ContactSchema()))


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
