"""What the combined suggestion would have done with a history: missed need first, then what it saves.

It sees rows, scores and what is known of need, and no classifier. Rows that were fitted to come with out-of-fold
scores, so every figure is about families that the scores never saw. Each figure carries its number of contacts, and an
interval by family. `from_truth` judges by the truth that only a made-up history has.
"""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from screening.domain.contact import RISK_FORM_ITEMS
from screening.domain.signals import Thresholds
from screening.domain.suggestion import Response, Suggestion
from screening.triage.features import FEATURE_NAMES
from training.fitting.combined import Scored, suggestions
from training.history.rows import Bools, Floats, Rows
from training.history.split import folds_of
from training.judging.contenders import closed_by_people, given
from training.need.known_need import Judged, judge, known_of, need_by_design, weights_of_looked
from training.need.logistic import NotFitted, fit_logistic
from training.need.ranking import Area, area_with_interval
from training.need.shares import Share, share_in_need

CONFIDENCE = 0.95
FORM_FOLDS = 5
FORM_RIDGE = 5.0

_FORM = [FEATURE_NAMES.index(f"form_{item}") for item in RISK_FORM_ITEMS]


@dataclass(frozen=True, slots=True)
class Need:
    """Needing at least an assessment, as it is judged by: `judged` for shares, `yes` with `weights` for rankings.

    `by_design` (n,) is `need_by_design`. With `judged`, a score that is wrong about a group is wrong about its misses
    as well.
    """

    judged: Judged
    yes: Bools
    weights: Floats
    by_design: Floats
    looked_again: Bools
    by: str


def from_outcomes(rows: Rows, scored: Scored) -> Need:
    """Need by what was found or happened: all that an authority can know."""
    known = known_of(rows, Response.ASSESSMENT)
    p = scored.p_assessment
    raw = np.log(p / (1.0 - p))
    return Need(
        judge(known, raw, wary=True),
        known.found,
        weights_of_looked(known),
        need_by_design(known, raw),
        known.looked_again,
        "outcomes and second looks",
    )


def from_truth(rows: Rows, path: Path) -> Need:
    """Need by the truth of a made-up history. Raises KeyError where a contact is not in it."""
    with path.open(encoding="utf-8", newline="") as file:
        truth = {row["contact_reference"]: row["need"] for row in csv.DictReader(file)}
    yes = np.array([truth[reference] == Response.ASSESSMENT for reference in rows.references], dtype=np.bool_)
    return Need(
        Judged.seen(yes, np.zeros(len(rows))),
        yes,
        np.ones(len(rows)),
        yes.astype(np.float64),
        known_of(rows, Response.ASSESSMENT).looked_again,
        "truth",
    )


def evaluate(rows: Rows, scored: Scored, thresholds: Thresholds, need: Need, *, seed: int) -> dict[str, object]:
    """Every figure, as JSON would hold it, the misses first."""
    made = suggestions(rows, scored, thresholds)
    nfa = np.array([suggestion.response is Response.NO_FURTHER_ACTION for suggestion in made], dtype=np.bool_)
    closed = closed_by_people(rows)

    def missed(among: Bools) -> dict[str, object]:
        told = share_told(share_in_need(need.judged, rows.families, among, CONFIDENCE))
        return told | _second_looks(rows, among)

    return {
        "judged_by": need.by,
        "missed_need_among_suggested_nfa": missed(nfa),
        "suggested_nfa": {
            "n": int(nfa.sum()),
            "of": len(rows),
            "share": float(nfa.mean()),
            "of_what_people_closed": float(nfa[closed].mean()) if closed.any() else None,
        },
        "people": {
            "closed": int(closed.sum()),
            "share_closed": float(closed.mean()),
            "missed_need_among_closed": missed(closed),
        },
        "need": share_told(share_in_need(need.judged, rows.families, np.ones(len(rows), dtype=np.bool_), CONFIDENCE)),
        "suggested_against_decided": _counts(made, [made_.code.value for made_ in rows.decisions]),
        "suggested_against_need": _expected(made, need.judged),
        "floors": dict(Counter(str(suggestion.floor or "none") for suggestion in made)),
        "areas_under_curve": {name: asdict(area) for name, area in compare(rows, scored, need, seed=seed).items()},
    }


def _second_looks(rows: Rows, among: Bools) -> dict[str, int]:
    """How many second looks fell on these (n,), how many found need, and of how many of those nothing had come out."""
    known = known_of(rows, Response.ASSESSMENT)
    looked = among & known.looked_again
    return {
        "second_looks": int(looked.sum()),
        "in_need_at_second_look": int((looked & known.found).sum()),
        "found_by_second_look_alone": int((looked & known.found & ~known.later).sum()),
    }


def compare(rows: Rows, scored: Scored, need: Need, *, seed: int) -> Mapping[str, Area]:
    """How well this model, the grade, the ticks, the form's items and the rules put need for an assessment first."""
    simple = given(rows)
    scores = {
        "this model": scored.p_assessment,
        "grade alone": simple["officer's grade"].scores,
        "ticks alone": simple["count of ticks"].scores,
        "form items alone": form_alone(rows, need, seed),
        "rules alone": simple["rules alone"].scores,
    }
    return {name: area_with_interval(one, need.yes, need.weights, rows.families, seed) for name, one in scores.items()}


def form_alone(rows: Rows, need: Need, seed: int) -> Floats:
    """A logistic regression of the form's items, out of fold."""
    X = np.column_stack([np.ones(len(rows)), rows.as_known.X[:, _FORM]])
    scores = np.zeros(len(rows))
    folds = folds_of(rows.families.tolist(), folds=FORM_FOLDS, seed=seed)
    for fold in range(FORM_FOLDS):
        seen = need.judged.usable & (folds != fold)
        try:
            fitted = fit_logistic(X[seen], need.judged.need[seen], ridge=FORM_RIDGE)
        except NotFitted:
            continue
        scores[folds == fold] = X[folds == fold] @ fitted.coefficients
    return scores


def share_told(share: Share) -> dict[str, object]:
    """A share as JSON holds it."""
    lower, upper = share.interval()
    return {
        "n": share.n,
        "in_need": share.in_need,
        "share": share.share,
        "interval": [lower, upper],
        "no_more_than": share.upper,
        "confidence": share.confidence,
    }


def _counts(made: Sequence[Suggestion], others: Sequence[str]) -> dict[str, dict[str, int]]:
    counted = Counter((str(suggestion.response), other) for suggestion, other in zip(made, others, strict=True))
    columns = sorted({other for _, other in counted})
    return {str(response): {other: counted[str(response), other] for other in columns} for response in Response}


def _expected(made: Sequence[Suggestion], judged: Judged) -> dict[str, dict[str, float]]:
    table = {str(response): {"needed an assessment": 0.0, "did not": 0.0} for response in Response}
    for suggestion, need, usable in zip(made, judged.need.tolist(), judged.usable.tolist(), strict=True):
        if usable:
            table[str(suggestion.response)]["needed an assessment"] += need
            table[str(suggestion.response)]["did not"] += 1.0 - need
    return table
