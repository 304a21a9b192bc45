"""The analyst's way from a history to a model's folder, one act a line; and how any history is scored again."""

from dataclasses import replace as changed
from datetime import date
from pathlib import Path

import numpy as np

from screening.domain.signals import Thresholds
from screening.rules.rulebook import Rulebook
from training.fitting.combined import Scored, nfa_from, out_of_fold_scores
from training.fitting.fit import STEPS, Fitted, fit, folds_for
from training.fitting.progress import Progress, silent
from training.fitting.scorecard_export import export
from training.fitting.search import growths, search
from training.fitting.settings import FitSettings
from training.fitting.thresholds import Kept, cost_of_promises, largest_kept, workload_thresholds
from training.fitting.work import Workshop
from training.history.extract import Extract
from training.history.rows import Rows
from training.judging.evaluate import evaluate, from_outcomes
from training.shipping.card import About
from training.shipping.folder import write_model

PROMISES_SHOWN = (0.03, 0.05, 0.08)
"""What a stricter and a laxer promise would allow is shown beside the one that is kept."""

STEPS_TOLD = 4
"""How many steps `make_model` tells of."""


def make_model(
    place: Path,
    extract: Extract,
    rows: Rows,
    rulebook: Rulebook,
    settings: FitSettings,
    *,
    made_on: date,
    work: Workshop | None = None,
    progress: Progress = silent,
    replace: bool = False,
) -> About:
    """Fit `rows` of `extract`, keep the promise, and write the folder `place`, whose name is the version.

    Raises CannotFit, NotEqual, ModelRefused, FolderTaken, WorkRefused; then nothing is written.
    """
    work = work or Workshop()
    folds = len(np.unique(folds_for(rows, folds=settings.folds, seed=settings.seed)))
    grown = len(growths(settings.trees, settings.search)) if settings.search else 0
    with progress("Try kinds of trees", len(STEPS) * grown * folds) as done:
        searched = search(rows, settings, work, done)
    settings = changed(settings, trees=searched.chosen)
    with progress("Fit both steps, and without each fold", len(STEPS) * (folds + 1)) as done:
        fitted = fit(rows, settings, work=work, progress=done)
    with progress("Export the scorecard, find the thresholds, judge", 2) as done:
        scorecard = export(fitted, rows.as_known.X)
        done(1)
        about = _judged(place.name, extract, rows, rulebook, settings, fitted, made_on)
        done(1)
    with progress("Write the model's folder", 1) as done:
        write_model(place, scorecard, fitted, about, searched, replace=replace)
        done(1)
    return about


def _judged(
    version: str,
    extract: Extract,
    rows: Rows,
    rulebook: Rulebook,
    settings: FitSettings,
    fitted: Fitted,
    made_on: date,
) -> About:
    """All that the folder says of itself: thresholds, promises, figures."""
    scored = out_of_fold_scores(fitted)
    thresholds, kept, others = _thresholds(rows, scored, settings)
    return About(
        version=version,
        made_on=made_on,
        made_up_data=extract.made_up,
        training_data_sha256=extract.digest(),
        contacts=len(rows),
        families=len(np.unique(rows.families)),
        seed=settings.seed,
        rulebook_sha256=rulebook.digest,
        thresholds=thresholds,
        kept=kept,
        other_promises=others,
        evaluation=evaluate(rows, scored, thresholds, from_outcomes(rows, scored), seed=settings.seed),
    )


def _thresholds(rows: Rows, scored: Scored, settings: FitSettings) -> tuple[Thresholds, Kept, tuple[Kept, ...]]:
    """The thresholds, the promise that they keep, and what others would allow."""
    assessment_from, early_help_from = workload_thresholds(rows, scored, settings.workload)
    lowest = nfa_from(rows, scored, assessment_from, early_help_from)
    judged = from_outcomes(rows, scored).judged
    kept = largest_kept(lowest, judged, rows.families, settings.promise)
    others = cost_of_promises(lowest, judged, rows.families, settings.promise, PROMISES_SHOWN)
    return Thresholds(assessment_from, early_help_from, kept.nfa_upto), kept, tuple(others)
