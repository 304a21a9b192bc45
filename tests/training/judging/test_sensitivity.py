"""What if closed contacts needed more than was seen: every figure moves with it, and what was found stays as found."""

import json
from dataclasses import replace

import numpy as np
import pytest

from screening.domain.signals import Score, Thresholds
from screening.domain.suggestion import Response
from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from training.fitting.combined import Scored, out_of_fold_scores
from training.fitting.fit import CannotFit, fit
from training.fitting.settings import Promise
from training.history.rows import Rows
from training.judging.sensitivity import TIMES, Sensitivity, as_json, sensitivity, told
from training.need.known_need import judge, known_of

PROMISE = Promise(at_most=0.2, confidence=0.95, from_share=0.1, step=0.02)


@pytest.fixture(scope="module")
def rows() -> Rows:
    return drawn_rows(3_000)


@pytest.fixture(scope="module")
def scored(rows: Rows) -> Scored:
    return out_of_fold_scores(fit(rows, SMALL_FIT))


@pytest.fixture(scope="module")
def thresholds(scored: Scored) -> Thresholds:
    return Thresholds(0.9, 0.95, float(np.quantile(scored.p_assessment, 0.4)))


@pytest.fixture(scope="module")
def found(rows: Rows, scored: Scored, thresholds: Thresholds) -> Sensitivity:
    return sensitivity(rows, scored, thresholds, PROMISE)


def test_as_seen_is_what_the_evaluation_says(rows: Rows, scored: Scored, found: Sensitivity) -> None:
    p = scored.p_assessment
    judged = judge(known_of(rows, Response.ASSESSMENT), np.log(p / (1 - p)), wary=True)
    closed = np.array([made.closed for made in rows.decisions])
    as_seen = next(one for one in found.what_ifs if one.times == 1.0)

    assert found.corrected
    assert as_seen.closed.share == pytest.approx(judged.need[closed].mean())
    assert as_seen.need.share == pytest.approx(judged.need.mean())


def test_need_among_closed_contacts_is_so_many_times_what_was_seen(found: Sensitivity) -> None:
    seen = next(one for one in found.what_ifs if one.times == 1.0).closed.share

    assert [one.times for one in found.what_ifs] == list(TIMES)
    assert [one.closed.share for one in found.what_ifs] == pytest.approx([times * seen for times in TIMES], rel=1e-6)


def test_more_need_out_of_sight_is_more_missed_and_never_a_laxer_promise(found: Sensitivity) -> None:
    missed = [one.missed.share for one in found.what_ifs]
    allowed = [one.kept.share.n if one.kept.share else 0 for one in found.what_ifs]

    assert missed == sorted(missed)
    assert missed[-1] > 2 * missed[2]
    assert allowed == sorted(allowed, reverse=True)
    assert allowed[0] > allowed[-1]


def test_where_the_promise_tips_is_where_the_missed_share_passes_it(
    rows: Rows, scored: Scored, thresholds: Thresholds, found: Sensitivity
) -> None:
    at_most = (found.what_ifs[3].missed.share + found.what_ifs[4].missed.share) / 2

    tips_at = sensitivity(rows, scored, thresholds, replace(PROMISE, at_most=at_most)).tips_at

    assert tips_at is not None
    assert TIMES[3] < tips_at < TIMES[4]


def test_the_promise_can_be_shown_for_less_than_it_takes_to_break_it(
    rows: Rows, scored: Scored, thresholds: Thresholds, found: Sensitivity
) -> None:
    at_most = found.what_ifs[4].missed.share
    told_of = sensitivity(rows, scored, thresholds, replace(PROMISE, at_most=at_most))

    assert told_of.shown_to is not None
    assert told_of.tips_at is not None
    assert 1.0 < told_of.shown_to < told_of.tips_at
    strict = replace(PROMISE, at_most=found.what_ifs[2].missed.share)
    assert sensitivity(rows, scored, thresholds, strict).shown_to is None


def test_what_was_found_stays_as_found(thresholds: Thresholds) -> None:
    """With everybody looked at nothing is out of sight, and nothing moves."""
    seen = drawn_rows(1_500, rechecked=1.0)
    found = sensitivity(
        seen,
        Scored((Score(0.1, 0.2, "test"),) * len(seen), (Score(0.1, 0.2, "test"),) * len(seen.possible)),
        thresholds,
        PROMISE,
    )

    assert len({one.need.share for one in found.what_ifs}) == 1


def test_without_second_looks_what_came_to_light_is_the_least(scored: Scored, thresholds: Thresholds) -> None:
    blind = drawn_rows(3_000, rechecked=0.0)
    found = sensitivity(blind, scored, thresholds, PROMISE)
    known = known_of(blind, Response.ASSESSMENT)

    assert not found.corrected
    assert found.shown_to is None
    assert min(one.times for one in found.what_ifs) == 1.0
    assert found.what_ifs[0].closed.share == pytest.approx(known.later[known.closed].mean())
    assert "no promise can be made" in told(found)[0]


def test_a_history_in_which_nothing_was_closed_is_told_in_words(
    rows: Rows, scored: Scored, thresholds: Thresholds
) -> None:
    worked = next(made for made in rows.decisions if not made.closed)

    with pytest.raises(CannotFit, match="no contact was closed"):
        sensitivity(replace(rows, decisions=(worked,) * len(rows)), scored, thresholds, PROMISE)


def test_it_is_told_in_lines_and_as_json(found: Sensitivity) -> None:
    lines, figures = told(found), as_json(found)

    assert len([line for line in lines if "%" in line]) >= len(TIMES)
    assert json.loads(json.dumps(figures)) == figures
    assert "never suggested" in " ".join(
        told(replace(found, what_ifs=tuple(replace(one, kept=replace(one.kept, share=None)) for one in found.what_ifs)))
    )
