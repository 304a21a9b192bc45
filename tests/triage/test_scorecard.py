"""The scorecard: exact sums of tables, exact shares, and nothing that does not fit is let in."""

import json
import math
from bisect import bisect_left
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.domain.errors import ModelRefused
from screening.triage.features import FEATURE_NAMES, FEATURES
from screening.triage.scorecard import RowNotFinite, Scorecard
from screening.triage.tables import Calibration, Table
from tests.triage.scorecards import a_flat_table, a_row, a_scorecard, a_scorecard_document, a_step

RISING_PLACES = [place for place, feature in enumerate(FEATURES) if feature.rises]
NUMBERS = st.floats(min_value=-5, max_value=800, allow_nan=False)
ROWS = st.lists(NUMBERS, min_size=len(FEATURES), max_size=len(FEATURES))


@cache
def drawn_scorecard(seed: int) -> Scorecard:
    return a_scorecard(Random(seed))


def refusal(document: dict[str, Any]) -> str:
    with pytest.raises(ModelRefused) as refused:
        Scorecard.from_json(json.dumps(document), "test")
    return str(refused.value)


def read_plainly(document: dict[str, Any], step: str, row: Sequence[float]) -> float:
    """A step's raw score as somebody would work it out from the file by hand."""
    total: float = document[step]["intercept"]
    for value, feature in zip(row, document["features"], strict=True):
        table = feature[step]
        below = sum(1 for threshold in table["thresholds"] if threshold < value)
        total += table["values"][below]
    return total


@settings(max_examples=200, deadline=None)
@given(row=ROWS, seed=st.integers(0, 9))
def test_both_raw_scores_are_what_anybody_reads_from_the_file(row: list[float], seed: int) -> None:
    document = a_scorecard_document(Random(seed))

    early_help, assessment = drawn_scorecard(seed).raw_scores(row)

    assert early_help == pytest.approx(read_plainly(document, "early_help", row), abs=1e-12)
    assert assessment == pytest.approx(read_plainly(document, "assessment", row), abs=1e-12)


@settings(max_examples=200, deadline=None)
@given(row=ROWS, seed=st.integers(0, 9))
def test_the_factors_and_the_average_contact_add_up_to_the_raw_score(row: list[float], seed: int) -> None:
    scorecard = drawn_scorecard(seed)

    shares = math.fsum(factor.contribution for factor in scorecard.score(row).factors)

    assert scorecard.average + shares == pytest.approx(scorecard.raw_scores(row)[1], abs=1e-12)


@settings(max_examples=300, deadline=None)
@given(row=ROWS, place=st.sampled_from(RISING_PLACES), more=st.floats(0, 900), seed=st.integers(0, 9))
def test_a_feature_that_rises_lowers_neither_probability(row: list[float], place: int, more: float, seed: int) -> None:
    scorecard = drawn_scorecard(seed)
    risen = [*row[:place], row[place] + more, *row[place + 1 :]]

    before, after = scorecard.score(row), scorecard.score(risen)

    assert after.p_assessment >= before.p_assessment
    assert after.p_early_help_or_more >= before.p_early_help_or_more


@settings(max_examples=200, deadline=None)
@given(row=ROWS, seed=st.integers(0, 9))
def test_needing_early_help_or_more_is_never_less_likely_than_needing_an_assessment(
    row: list[float], seed: int
) -> None:
    score = drawn_scorecard(seed).score(row)

    assert 0 <= score.p_assessment <= score.p_early_help_or_more <= 1


def test_the_two_probabilities_alone_are_those_of_the_whole_score() -> None:
    scorecard, row = a_scorecard(Random(3)), a_row(weapon=2, violence=1)

    score = scorecard.score(row)

    assert scorecard.probabilities(row) == (score.p_early_help_or_more, score.p_assessment)


@pytest.mark.parametrize(("value", "bin_"), [(0.0, 0), (0.5, 0), (math.nextafter(0.5, 1), 1), (1.5, 1), (9.0, 2)])
def test_a_value_equal_to_a_threshold_goes_left(value: float, bin_: int) -> None:
    table = Table((0.5, 1.5), (10.0, 20.0, 30.0))

    assert table.at(value) == table.values[bin_]


@pytest.mark.parametrize("seed", range(5))
def test_at_each_threshold_and_just_beyond_it_the_scores_are_those_of_the_file(seed: int) -> None:
    document = a_scorecard_document(Random(seed))
    scorecard = drawn_scorecard(seed)

    for feature in document["features"]:
        for threshold in (*feature["early_help"]["thresholds"], *feature["assessment"]["thresholds"]):
            for value in (threshold, math.nextafter(threshold, math.inf)):
                row = a_row(**{feature["name"]: value})
                expected = [read_plainly(document, step, row) for step in ("early_help", "assessment")]
                assert scorecard.raw_scores(row) == pytest.approx(expected, abs=1e-12)


def test_an_unused_scorecard_says_its_intercepts() -> None:
    score = a_scorecard().score(a_row())

    assert score.p_assessment == pytest.approx(1 / (1 + math.exp(1.5)), abs=1e-15)
    assert score.p_early_help_or_more == pytest.approx(1 / (1 + math.exp(0.5)), abs=1e-15)
    assert score.factors == ()
    assert score.model == "test+0000"


def test_a_factor_is_told_against_the_average_contact_the_largest_first() -> None:
    scorecard = a_scorecard(
        violence={"centre": 0.2, "assessment": a_step(0.5, 0.0, 0.5)},
        weapon={"centre": 0.1, "assessment": a_step(0.5, -0.7, 0.9)},
    )

    first, second = scorecard.score(a_row(violence=1)).factors

    assert [(factor.name, factor.raises) for factor in (first, second)] == [("weapon", False), ("violence", True)]
    assert [first.contribution, second.contribution] == pytest.approx([-0.8, 0.3])
    assert second.text == "Physical violence in this incident"


def test_the_two_steps_may_cut_a_feature_differently() -> None:
    scorecard = a_scorecard(earlier_incidents={"early_help": a_step(0.5, 0, 1), "assessment": a_step(2.5, 0, 1)})

    assert [scorecard.raw_scores(a_row(earlier_incidents=count)) for count in (0, 1, 2, 3)] == [
        (-0.5, -1.5),
        (0.5, -1.5),
        (0.5, -1.5),
        (0.5, -0.5),
    ]


@pytest.mark.parametrize(
    ("count", "outside"), [(0, ()), (7, ()), (8, ("earlier_incidents",)), (-1, ("earlier_incidents",))]
)
def test_a_value_beyond_those_fitted_on_is_named(count: float, outside: tuple[str, ...]) -> None:
    scorecard = a_scorecard(earlier_incidents={"fitted_from": 0.0, "fitted_to": 7.0})

    assert scorecard.score(a_row(earlier_incidents=count)).out_of_range == outside


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_row_that_is_not_finite_has_no_score(value: float) -> None:
    with pytest.raises(RowNotFinite):
        a_scorecard(Random(1)).score(a_row(weapon=value))


def test_infinities_that_would_cancel_out_have_no_score() -> None:
    with pytest.raises(RowNotFinite):
        a_scorecard(Random(1)).score(a_row(weapon=math.inf, violence=-math.inf))


@pytest.mark.parametrize("row", [(), a_row()[:-1], (*a_row(), 0.0)])
def test_a_row_of_another_length_has_no_score(row: tuple[float, ...]) -> None:
    with pytest.raises(RowNotFinite):
        a_scorecard().score(row)


# -------------------------------------------------------------------------------------------------- calibration


def test_a_calibration_is_straight_between_its_knots_and_flat_beyond() -> None:
    calibration = Calibration((-2.0, 0.0, 4.0), (-1.0, -1.0, 1.0))

    log_odds = [math.log(p / (1 - p)) for p in map(calibration.probability, (-9, -2, -1, 0, 1, 4, 9))]

    assert log_odds == pytest.approx([-1, -1, -1, -1, -0.5, 1, 1], abs=1e-12)


@given(raw=st.floats(-40, 40))
def test_a_sigmoid_is_two_knots_far_out(raw: float) -> None:
    calibration = Calibration((-50.0, 50.0), (-50 * 0.8 - 0.3, 50 * 0.8 - 0.3))

    assert calibration.probability(raw) == pytest.approx(1 / (1 + math.exp(-(0.8 * raw - 0.3))), rel=1e-12)


@given(
    knots=st.lists(st.floats(-5, 5), min_size=2, max_size=9, unique=True),
    heights=st.lists(st.floats(-9, 9), min_size=9, max_size=9),
    raws=st.tuples(st.floats(-7, 7), st.floats(-7, 7)),
)
def test_a_calibration_never_falls(knots: list[float], heights: list[float], raws: tuple[float, float]) -> None:
    calibration = Calibration(tuple(sorted(knots)), tuple(sorted(heights[: len(knots)])))

    assert calibration.probability(min(raws)) <= calibration.probability(max(raws))


def test_rounding_never_lifts_a_score_above_the_next_knot() -> None:
    calibration = Calibration((-0.3, 0.0), (0.5, 1.2))

    assert calibration.log_odds_of(math.nextafter(0.0, -1)) <= calibration.log_odds_of(0.0) == 1.2


def test_extreme_log_odds_are_probabilities_all_the_same() -> None:
    calibration = Calibration((-1.0, 1.0), (-100.0, 100.0))

    assert 0 < calibration.probability(-1e9) < 1e-40
    assert calibration.probability(1e9) == 1


# ----------------------------------------------------------------------------------------------------- refusals


def changed(**feature: Any) -> dict[str, Any]:
    return a_scorecard_document(violence=feature)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (a_scorecard_document() | {"format": 2}, "format"),
        (a_scorecard_document() | {"pairs": []}, "pairs"),
        ({"format": 1}, "lacks"),
        (changed(name="violent"), "other features"),
        (changed(unknown=1), "unknown"),
        (changed(assessment=a_step(0.5, 0.4, 0.3)), "violence: a declared risk that rises would lower"),
        (changed(early_help=a_step(0.5, 0.4, 0.3)), "violence: a declared risk that rises would lower"),
        (changed(assessment={"thresholds": [0.5], "values": [0.0]}), "violence: a table needs one value more"),
        (changed(assessment={"thresholds": [0.5, 0.5], "values": [0, 1, 2]}), "violence: thresholds do not rise"),
        (changed(assessment={"thresholds": [0.5], "values": [0.0, 101.0]}), "violence: log-odds beyond 100"),
        (changed(assessment={"thresholds": [0.5], "values": [0.0, "1"]}), "values[1] is no finite number"),
        (changed(assessment={"thresholds": [0.5], "values": [0.0, True]}), "values[1] is no finite number"),
        (changed(assessment={"thresholds": [0.5], "values": [0.0, 10**400]}), "values[1] is no finite number"),
        (changed(assessment={"thresholds": 0.5, "values": [0.0, 1.0]}), "thresholds is no list"),
        (changed(assessment=[]), "assessment is no JSON object"),
        (changed(centre=None), "centre is no finite number"),
        (changed(fitted_from=2.0, fitted_to=1.0), "violence: the range fitted on is upside down"),
        (changed(name=""), "name is no text"),
    ],
)
def test_a_scorecard_that_does_not_fit_is_refused_with_the_reason(document: dict[str, Any], reason: str) -> None:
    assert reason in refusal(document)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ({"intercept": 0.0, "calibration": [[0.0, 0.0]]}, "two knots or more"),
        ({"intercept": 0.0, "calibration": [[0.0, 0.0], [0.0, 1.0]]}, "raw scores do not rise"),
        ({"intercept": 0.0, "calibration": [[0.0, 1.0], [1.0, 0.0]]}, "a calibration falls"),
        ({"intercept": 0.0, "calibration": [[0.0, 0.0], [1.0]]}, "not a pair"),
        ({"intercept": 0.0, "calibration": [[0.0, 0.0], [1.0, 200.0]]}, "log-odds beyond 100"),
        ({"intercept": "0", "calibration": [[0.0, 0.0], [1.0, 1.0]]}, "intercept is no finite number"),
        ({"intercept": 0.0}, "lacks ['calibration']"),
    ],
)
def test_a_step_that_does_not_fit_is_refused_with_the_reason(step: dict[str, Any], reason: str) -> None:
    assert reason in refusal(a_scorecard_document() | {"assessment": step})


def test_features_in_another_order_are_refused() -> None:
    document = a_scorecard_document()
    document["features"] = document["features"][::-1]

    assert "other features, or in another order" in refusal(document)


def test_a_feature_that_is_free_may_fall() -> None:
    scorecard = a_scorecard(type_verbal_argument={"assessment": a_step(0.5, 0.4, -0.4)})

    assert scorecard.score(a_row(type_verbal_argument=1)).p_assessment < scorecard.score(a_row()).p_assessment


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format": NaN}', '{"format": 1, "format": 1}', '{"format": Infinity}', "[" * 100_000, "null"],
)
def test_what_is_no_proper_json_object_is_refused(text: str) -> None:
    with pytest.raises(ModelRefused):
        Scorecard.from_json(text, "test")


def test_reading_changes_nothing_in_the_document() -> None:
    document = a_scorecard_document(Random(5))
    before = deepcopy(document)

    Scorecard.from_json(json.dumps(document), "test")

    assert document == before
    assert [feature["name"] for feature in document["features"]] == list(FEATURE_NAMES)


def test_every_table_is_searched_as_scikit_learn_does() -> None:
    dice = Random(8)
    thresholds = tuple(sorted(dice.random() for _ in range(6)))
    table = Table(thresholds, tuple(float(n) for n in range(7)))

    for value in (*thresholds, *(dice.random() for _ in range(50))):
        assert table.at(value) == bisect_left(thresholds, value)


def test_a_flat_table_adds_the_same_to_everybody() -> None:
    flat = a_flat_table()

    assert Table(tuple(flat["thresholds"]), tuple(flat["values"])).at(1e9) == 0
