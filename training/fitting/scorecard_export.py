"""From fitted trees to the scorecard: tables as data, held equal to scikit-learn before anything may be written.

Every tree reads one feature, so all trees of a feature together are a step function of it: its thresholds are those of
the trees' splits, and its value between two thresholds is the sum of what each tree says there. Nothing is rounded, and
neighbouring bins of one value are merged. The format is that of `screening.triage.scorecard`, which reads the result
back here, so that what is compared is what the service will compute.
"""

import json
import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from screening.triage.features import FEATURE_NAMES
from screening.triage.scorecard import Scorecard
from screening.triage.tables import Table
from training.fitting.fit import Classifier, Fitted, FittedStep, calibrated
from training.history.rows import Floats

LARGEST_DIFFERENCE = 1e-9
"""Between the scorecard and scikit-learn, in log-odds and in probability."""

Nodes = npt.NDArray[np.void]
"""One tree of scikit-learn: a structured row a node."""


class NotEqual(ValueError):
    """The scorecard is not what was fitted: it must not be written."""


def export(fitted: Fitted, X: Floats) -> str:
    """The scorecard of `fitted` as JSON; `X` (n, features) are the rows it was fitted to.

    Raises NotEqual where the scorecard differs from scikit-learn on any of them, and ModelRefused where the tables are
    none that the service would take.
    """
    text = scorecard_json(fitted, X)
    check_equal(Scorecard.from_json(text, "to be checked"), fitted, X)
    return text


def scorecard_json(fitted: Fitted, X: Floats) -> str:
    """The scorecard of `fitted`, not yet checked."""
    early_help = tables_of(fitted.early_help.whole)
    assessment = tables_of(fitted.assessment.whole)
    features = [
        {
            "name": name,
            "fitted_from": float(X[:, place].min()),
            "fitted_to": float(X[:, place].max()),
            "centre": _centre(assessment[place], X[:, place]),
            "early_help": _as_json(early_help[place]),
            "assessment": _as_json(assessment[place]),
        }
        for place, name in enumerate(FEATURE_NAMES)
    ]
    steps = {name: _step(step) for name, step in fitted.steps().items()}
    return json.dumps({"format": 1, "features": features, **steps}, indent=1, allow_nan=False) + "\n"


def check_equal(scorecard: Scorecard, fitted: Fitted, X: Floats) -> None:
    """Hold raw scores and probabilities of all rows against scikit-learn's. Raises NotEqual."""
    rows = X.tolist()
    raws = np.array([scorecard.raw_scores(row) for row in rows])
    ps = np.array([scorecard.probabilities(row) for row in rows])
    expected = [step.whole.decision_function(X) for step in (fitted.early_help, fitted.assessment)]
    p_early_help = calibrated(fitted.early_help.calibration, expected[0])
    p_assessment = calibrated(fitted.assessment.calibration, expected[1])
    for what, mine, theirs in (
        ("raw score for early help", raws[:, 0], expected[0]),
        ("raw score for an assessment", raws[:, 1], expected[1]),
        ("probability of early help or more", ps[:, 0], np.maximum(p_early_help, p_assessment)),
        ("probability of an assessment", ps[:, 1], p_assessment),
    ):
        difference = float(np.abs(mine - theirs).max())
        # Asked this way round, so that NaN is refused.
        if not difference <= LARGEST_DIFFERENCE:
            raise NotEqual(f"the scorecard's {what} differs from scikit-learn's by up to {difference:g}")


def tables_of(classifier: Classifier) -> list[Table]:
    """One table a feature, in the order of `FEATURE_NAMES`. Raises NotEqual where a tree reads two features."""
    trees: dict[int, list[Nodes]] = {}
    for (tree,) in classifier._predictors:  # noqa: SLF001  scikit-learn shows its trees nowhere else; `check_equal` holds the result
        splits = tree.nodes[tree.nodes["is_leaf"] == 0]
        read = {int(place) for place in splits["feature_idx"]}
        if len(read) > 1:
            raise NotEqual("a tree reads more than one feature, so the fit is no sum of tables")
        for place in read:
            trees.setdefault(place, []).append(tree.nodes)
    return [_table(trees.get(place, [])) for place in range(len(FEATURE_NAMES))]


def intercept_of(classifier: Classifier) -> float:
    """What every raw score starts from: scikit-learn's, and the trees that found nothing to split."""
    flat = [tree.nodes["value"][0] for (tree,) in classifier._predictors if len(tree.nodes) == 1]  # noqa: SLF001  as above
    return math.fsum([float(classifier._baseline_prediction.item()), *map(float, flat)])  # noqa: SLF001  as above


def _table(trees: list[Nodes]) -> Table:
    if not trees:
        return Table((), (0.0,))
    thresholds = sorted({float(node["num_threshold"]) for tree in trees for node in tree if not node["is_leaf"]})
    # A threshold goes left, so it stands for the bin that it closes; beyond the last there is one more.
    values = [math.fsum(_value(tree, at) for tree in trees) for at in (*thresholds, math.inf)]
    steps = [at for at, (left, right) in zip(thresholds, pairwise(values), strict=True) if left != right]
    kept = [value for place, value in enumerate(values) if place == 0 or value != values[place - 1]]
    return Table(tuple(steps), tuple(kept))


def _value(tree: Nodes, at: float) -> float:
    place = 0
    while not tree["is_leaf"][place]:
        place = int(tree["left"][place] if at <= tree["num_threshold"][place] else tree["right"][place])
    return float(tree["value"][place])


def _centre(table: Table, column: Floats) -> float:
    values, counts = np.unique(column, return_counts=True)
    shares = [table.at(float(value)) * int(count) for value, count in zip(values, counts, strict=True)]
    return math.fsum(shares) / len(column)


def _as_json(table: Table) -> Mapping[str, object]:
    return {"thresholds": list(table.thresholds), "values": list(table.values)}


def _step(step: FittedStep) -> Mapping[str, object]:
    knots = zip(step.calibration.raws, step.calibration.log_odds, strict=True)
    return {"intercept": intercept_of(step.whole), "calibration": [list(knot) for knot in knots]}
