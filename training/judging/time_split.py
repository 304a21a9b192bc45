"""Judged on what came later: fitted to the earlier three quarters, with thresholds from them, and tried on the rest.

It is the whole way that is tried, promise and all, as if the service had started then. Of the later contacts those of
new families are told apart, since a family that was fitted to is easier.

It is a little kind, in two ways, and says so. The earlier outcomes are all used, though a few were only known after the
later contacts came. And the kind of trees is the model's own: where a search chose it, that saw the later contacts too,
and to search once more among the earlier ones would cost as much as the fit itself.

A closed contact is known by what came to light in twelve months. The last of an authority's own history have not had
them yet; `followed` counts these.
"""

from dataclasses import replace

import numpy as np

from screening.domain.signals import Thresholds
from screening.domain.suggestion import Response
from screening.triage.scorecard import Scorecard
from training.fitting.combined import nfa_from, out_of_fold_scores, scorecard_scores, suggestions
from training.fitting.fit import CannotFit, fit
from training.fitting.scorecard_export import scorecard_json
from training.fitting.settings import FitSettings
from training.fitting.thresholds import largest_kept, workload_thresholds
from training.history.follow_up import MONTHS, last_day
from training.history.rows import Bools, Reading, Rows
from training.judging.by_design import ByDesign
from training.judging.contenders import closed_by_people
from training.judging.evaluate import CONFIDENCE, from_outcomes, share_told
from training.need.ranking import area_with_interval
from training.need.shares import share_in_need

EARLIER = 0.75
"""Of all contacts, in the order of arrival."""

ON_ALL = "all contacts, the later ones too"


def rows_at(rows: Rows, places: Bools) -> Rows:
    """The rows at these places (n,), with their possible matches."""
    kept = np.flatnonzero(places)
    new_place = np.cumsum(places) - 1
    possible = places[rows.possible]
    return Rows(
        references=tuple(rows.references[place] for place in kept),
        sent_at=tuple(rows.sent_at[place] for place in kept),
        families=rows.families[kept],
        as_known=_reading_at(rows.as_known, kept.tolist()),
        possible=new_place[rows.possible[possible]],
        as_possible=_reading_at(rows.as_possible, np.flatnonzero(possible).tolist()),
        decisions=tuple(rows.decisions[place] for place in kept),
        outcomes=tuple(rows.outcomes[place] for place in kept),
        followed=rows.followed[kept],
    )


def followed(rows: Rows) -> dict[str, object]:
    """How many closed contacts there are, and how many of them cannot have been followed long enough."""
    closed = closed_by_people(rows)
    return {
        "closed": int(closed.sum()),
        "not_yet": int(not_yet_followed(rows).sum()),
        "last_day": last_day(rows.decisions, rows.outcomes).isoformat(),
        "months": MONTHS,
    }


def not_yet_followed(rows: Rows) -> Bools:
    """Which contacts (n,) were closed less than `MONTHS` before the last day that the history tells of."""
    return closed_by_people(rows) & ~rows.followed


def tried_later(rows: Rows, settings: FitSettings, *, searched: bool = False, jobs: int = 1) -> dict[str, object]:
    """What a model fitted to the earlier contacts does with the later ones; or `cannot`: why there is none.

    `searched`: whether the kind of trees was chosen by a search, which then saw the later contacts.
    """
    order = np.argsort(np.array([at.timestamp() for at in rows.sent_at]), kind="stable")
    is_early = np.zeros(len(rows), dtype=np.bool_)
    is_early[order[: int(EARLIER * len(rows))]] = True
    early, late = rows_at(rows, is_early), rows_at(rows, ~is_early)
    try:
        fitted = fit(early, settings, jobs=jobs)
    except (CannotFit, ValueError) as fault:
        return {"cannot": str(fault)}
    own = out_of_fold_scores(fitted)
    assessment_from, early_help_from = workload_thresholds(early, own, settings.workload)
    lowest = nfa_from(early, own, assessment_from, early_help_from)
    kept = largest_kept(lowest, from_outcomes(early, own).judged, early.families, settings.promise)
    scorecard = Scorecard.from_json(scorecard_json(fitted, early.as_known.X), "fitted to the earlier")
    thresholds = Thresholds(assessment_from, early_help_from, kept.nfa_upto)
    new = ~np.isin(late.families, early.families)
    return {
        "earlier": len(early),
        "later_from": late.sent_at[0].date().isoformat(),
        "trees_chosen_on": ON_ALL if searched else None,
        "not_yet_followed": int(not_yet_followed(rows)[~is_early].sum()),
        "promise": kept.words,
        "all_later": _figures(late, scorecard, thresholds, settings.seed),
        "new_families": _figures(rows_at(late, new), scorecard, thresholds, settings.seed),
    }


def _figures(rows: Rows, scorecard: Scorecard, thresholds: Thresholds, seed: int) -> dict[str, object]:
    if not len(rows):
        return {"n": 0}
    scored = scorecard_scores(rows, scorecard)
    need = from_outcomes(rows, scored)
    made = suggestions(rows, scored, thresholds)
    nfa = np.array([one.response is Response.NO_FURTHER_ACTION for one in made], dtype=np.bool_)
    area = area_with_interval(scored.p_assessment, need.yes, need.weights, rows.families, seed)
    return {
        "n": len(rows),
        "suggested_nfa": int(nfa.sum()),
        "nfa": ByDesign(rows.families, need, seed=seed).count(nfa),
        "missed": share_told(share_in_need(need.judged, rows.families, nfa, CONFIDENCE)),
        "corrected": need.judged.fair,
        "area": {"value": area.area, "interval": [area.lower, area.upper], "n": area.n, "in_need": area.in_need},
    }


def _reading_at(reading: Reading, places: list[int]) -> Reading:
    return replace(reading, X=reading.X[places], findings=tuple(reading.findings[place] for place in places))
