"""The figures: misses first, each with its number and interval, and right on cases whose answer is known."""

import csv
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from screening.domain.signals import Score, Thresholds
from tests.training.drawn_rows import drawn_rows
from training.fitting.combined import Scored
from training.history.rows import Rows
from training.judging.evaluate import Need, evaluate, from_outcomes, from_truth
from training.need.ranking import area_under_curve, area_with_interval
from training.shipping.told import told


@pytest.fixture(scope="module")
def rows() -> Rows:
    return drawn_rows(1_500, rechecked=0.5)


@pytest.fixture(scope="module")
def scored(rows: Rows) -> Scored:
    dice = np.random.default_rng(8)
    p = dice.uniform(0.01, 0.4, size=len(rows) + len(rows.possible))
    scores = tuple(Score(float(one), float(min(1.0, 2 * one)), "test") for one in p)
    return Scored(scores[: len(rows)], scores[len(rows) :])


@pytest.fixture
def truth(rows: Rows, tmp_path: Path) -> Need:
    path = tmp_path / "truth.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["contact_reference", "need"])
        writer.writerows(
            [reference, "assessment" if place % 10 == 0 else "early_help"]
            for place, reference in enumerate(rows.references)
        )
    return from_truth(rows, path)


def test_missed_need_is_told_first(rows: Rows, scored: Scored) -> None:
    figures = evaluate(rows, scored, Thresholds(0.35, 0.7, 0.2), from_outcomes(rows, scored), seed=1)

    assert list(figures)[1] == "missed_need_among_suggested_nfa"
    assert told(figures, made_up=True)[0].startswith("Missed need among suggested NFA: ")


def test_every_line_says_that_the_data_are_made_up(rows: Rows, scored: Scored) -> None:
    figures = evaluate(rows, scored, Thresholds(0.35, 0.7, 0.2), from_outcomes(rows, scored), seed=1)

    assert all(line.endswith("[made-up data]") for line in told(figures, made_up=True))
    assert not any("made-up" in line for line in told(figures, made_up=False))


def test_counts_by_the_truth_are_the_plain_counts(rows: Rows, scored: Scored, truth: Need) -> None:
    figures = evaluate(rows, scored, Thresholds(0.35, 0.7, 0.2), truth, seed=1)
    missed, nfa = figures["missed_need_among_suggested_nfa"], figures["suggested_nfa"]
    assert isinstance(missed, dict)
    assert isinstance(nfa, dict)
    counted = {p: score.p_assessment for p, score in zip(rows.possible.tolist(), scored.as_possible, strict=True)}
    closable = [
        place for place, score in enumerate(scored.as_known) if max(score.p_assessment, counted.get(place, 0.0)) <= 0.2
    ]

    assert nfa["n"] == missed["n"] == len(closable)
    assert missed["in_need"] == pytest.approx(sum(place % 10 == 0 for place in closable))
    assert missed["interval"][0] < missed["share"] < missed["no_more_than"] < missed["interval"][1]


def test_every_contact_stands_once_in_each_table(rows: Rows, scored: Scored, truth: Need) -> None:
    figures = evaluate(rows, scored, Thresholds(0.35, 0.7, 0.2), truth, seed=1)

    for table in ("suggested_against_decided", "suggested_against_need"):
        counts = figures[table]
        assert isinstance(counts, dict)
        assert sum(sum(row.values()) for row in counts.values()) == pytest.approx(len(rows))


def test_no_promise_means_that_nothing_is_suggested_to_be_closed(rows: Rows, scored: Scored, truth: Need) -> None:
    figures = evaluate(rows, scored, Thresholds(0.35, 0.7, None), truth, seed=1)
    nfa = figures["suggested_nfa"]

    assert isinstance(nfa, dict)
    assert nfa["n"] == 0
    assert told(figures, made_up=True)[0].startswith("Missed need among suggested NFA: 0 of 0")


def test_the_area_under_the_curve_is_scikit_learns() -> None:
    dice = np.random.default_rng(6)
    scores, need, weights = dice.integers(0, 20, size=500).astype(float), dice.random(500) < 0.2, dice.random(500)

    assert area_under_curve(scores, need, weights) == pytest.approx(roc_auc_score(need, scores, sample_weight=weights))


def test_alike_contacts_of_one_family_make_the_interval_no_narrower() -> None:
    dice = np.random.default_rng(6)
    need = dice.random(300) < 0.3
    scores = need + dice.normal(size=300)
    once = area_with_interval(scores, need, np.ones(300), np.arange(300), 1)
    fourfold = area_with_interval(
        np.repeat(scores, 4), np.repeat(need, 4), np.ones(1200), np.repeat(np.arange(300), 4), 1
    )

    assert fourfold.area == pytest.approx(once.area)
    assert fourfold.upper - fourfold.lower == pytest.approx(once.upper - once.lower, rel=0.25)
    assert once.lower < once.area < once.upper


def test_a_score_that_says_nothing_has_half_the_area() -> None:
    assert area_under_curve(np.ones(10), np.arange(10) < 3, np.ones(10)) == 0.5
    assert np.isnan(area_under_curve(np.ones(10), np.arange(10) < 0, np.ones(10)))
