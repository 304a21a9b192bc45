"""The analyst's way from a history to a model's folder, one act a line; and how any history is scored again."""

from dataclasses import replace as changed
from datetime import date
from pathlib import Path

import numpy as np

from screening.domain.signals import Thresholds
from screening.rules.rulebook import Rulebook
from screening.triage.model import Model
from training.card import About
from training.combined import Scored, nfa_from, out_of_fold_scores, scorecard_scores, scores_from_raw
from training.estimators import load_estimators
from training.evaluate import evaluate, from_outcomes
from training.extract import Extract
from training.fit import STEPS, Fitted, fit, folds_for, out_of_fold
from training.fit_progress import Progress, silent
from training.fit_settings import FitSettings
from training.fit_work import Workshop
from training.rows import Rows
from training.scorecard_export import export
from training.search import growths, search
from training.shipping import write_model
from training.thresholds import Kept, cost_of_promises, largest_kept, workload_thresholds

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
        made_up_data=is_made_up(extract),
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


def score_again(rows: Rows, extract: Extract, model: Model, folder: Path) -> Scored:
    """The scores that `model` gives `rows`; out of fold where they are the very rows that it was fitted to.

    Raises ModelRefused where the fitted classifiers are wanted and are not the ones that the manifest names.
    """
    if model.manifest.get("training_data_sha256") != extract.digest():
        return scorecard_scores(rows, model.scorecard)
    estimators = load_estimators(folder)
    without_fold = estimators.without_fold
    folds = folds_for(rows, folds=len(without_fold["assessment"]), seed=estimators.seed)
    of_possible = folds[rows.possible]
    known = {step: out_of_fold(each, rows.as_known.X, folds) for step, each in without_fold.items()}
    counted = {step: out_of_fold(each, rows.as_possible.X, of_possible) for step, each in without_fold.items()}
    return Scored(scores_from_raw(model.scorecard, known), scores_from_raw(model.scorecard, counted))


def is_made_up(extract: Extract) -> bool:
    """Whether the history was synthesised: then it says so itself."""
    return (extract.folder / "population.json").exists()


def _thresholds(rows: Rows, scored: Scored, settings: FitSettings) -> tuple[Thresholds, Kept, tuple[Kept, ...]]:
    """The thresholds, the promise that they keep, and what others would allow."""
    assessment_from, early_help_from = workload_thresholds(rows, scored, settings.workload)
    lowest = nfa_from(rows, scored, assessment_from, early_help_from)
    judged = from_outcomes(rows, scored).judged
    kept = largest_kept(lowest, judged, rows.families, settings.promise)
    others = cost_of_promises(lowest, judged, rows.families, settings.promise, PROMISES_SHOWN)
    return Thresholds(assessment_from, early_help_from, kept.nfa_upto), kept, tuple(others)
