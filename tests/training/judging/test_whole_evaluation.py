"""Every figure of a report: there, finite, the same each time, and adding up."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.training.whole import N, small_figures, small_judging
from training.judging.comparison import OURS
from training.judging.contenders import Contender
from training.judging.evaluate import evaluate
from training.judging.sensitivity import as_json, sensitivity
from training.judging.whole_evaluation import CEILING, CODES, evaluate_whole

pytestmark = pytest.mark.slow


def test_it_begins_with_what_evaluate_says() -> None:
    judging = small_judging()
    quick = evaluate(judging.rows, judging.scored, judging.model.thresholds, judging.need, seed=judging.seed)
    whole = small_figures()

    assert json.loads(json.dumps(quick)) == {name: whole[name] for name in quick}


def test_every_suggestion_stands_once_and_in_order() -> None:
    figures = small_figures()

    assert len(figures["suggestions"]) == len(figures["known_need"]) == N
    assert figures["suggestions"].count("n") == figures["suggested_nfa"]["n"]
    assert set(figures["suggestions"]) <= set(CODES.values())
    assert figures["known_need"].count("y") == sum(small_judging().need.yes)


def test_the_same_judging_gives_the_same_bytes_and_tells_of_each_step() -> None:
    told: list[str] = []
    again = evaluate_whole(small_judging(), told.append)

    assert json.dumps(again) == json.dumps(small_figures())
    assert len(told) == len(set(told)) >= 8


def test_everybody_is_held_against_this_model_by_outcomes_and_by_the_truth() -> None:
    figures = small_figures()
    names = {
        OURS, "logistic regression", "random forest", "free boosting", "explainable boosting",
        "closing everything", "officer's grade", "count of ticks", "rules alone", "past workers",
    }  # fmt: skip  # one list of names

    assert set(figures["comparison"]) == set(figures["by_truth"]["comparison"]) == names
    # On rows where a sum of a few features says how much is needed, all that learn do better than a grade of noise.
    for name in ("logistic regression", "random forest", "free boosting", "explainable boosting"):
        assert (
            figures["comparison"][name]["area"]["value"]
            > 0.6
            > figures["comparison"]["officer's grade"]["area"]["value"]
        )


def test_an_area_has_one_interval_wherever_it_is_told() -> None:
    figures = small_figures()
    names = {
        "this model": OURS,
        "grade alone": "officer's grade",
        "ticks alone": "count of ticks",
        "rules alone": "rules alone",
    }

    for first, later in names.items():
        one, again = figures["areas_under_curve"][first], figures["comparison"][later]["area"]
        assert [one["area"], one["lower"], one["upper"]] == pytest.approx([again["value"], *again["interval"]])


def test_with_a_ceiling_it_is_held_against_that_and_without_a_truth_against_outcomes_only() -> None:
    judging = small_judging()
    p = judging.need.yes + np.linspace(0.0, 0.01, N)
    figures = evaluate_whole(replace(judging, ceiling=Contender(p, p), truth=None))
    comparison = figures["comparison"]

    assert isinstance(comparison, dict)
    assert comparison[CEILING]["area"]["value"] == pytest.approx(1.0)
    assert "by_truth" not in figures


def test_no_share_is_told_without_its_number_and_an_interval_that_has_a_width() -> None:
    figures = small_figures()
    told = [
        one
        for part in ("quarters", "abstention", "rules", "workload", "fairness", "calibration")
        for one in _shares_in(figures[part])
    ]

    assert len(told) > 300
    assert not [one for one in told if not one["interval"][0] < one["interval"][1]]
    assert all("n" in one for one in told if "share" in one)
    assert {one["how"] for one in told if "how" in one} == {"drawn", "exact"}


def _shares_in(part: object) -> Iterator[dict[str, Any]]:
    """Every estimate in a part of the figures."""
    if isinstance(part, dict):
        if part.get("interval") is not None and ("share" in part or "value" in part):
            yield part
        for one in part.values():
            yield from _shares_in(one)
    if isinstance(part, list):
        for one in part:
            yield from _shares_in(one)


def test_what_breaks_the_promise_is_what_the_command_says() -> None:
    judging = small_judging()
    found = sensitivity(judging.rows, judging.scored, judging.model.thresholds, judging.settings.promise)

    assert small_figures()["sensitivity"] == json.loads(json.dumps(as_json(found)))


def test_everything_that_is_closed_is_counted_both_ways() -> None:
    figures = small_figures()
    alone, after, _ = figures["workload"]["ways"]

    assert alone["closed"]["n"] == figures["people"]["closed"] == figures["followed"]["closed"]
    assert figures["suggested_nfa"]["n"] <= after["closed"]["n"] <= alone["closed"]["n"] + figures["suggested_nfa"]["n"]
    assert after["missed"]["in_need"] >= alone["missed"]["in_need"]


def test_nothing_in_it_names_anybody() -> None:
    judging = small_judging()
    text = json.dumps(small_figures())

    named = [reference for reference in judging.rows.references if f'"{reference}"' in text]
    assert sorted(named) == sorted(one["reference"] for one in small_figures()["misses"]["worst"])
    assert "worker-" not in text
