"""The reference population is as hard as it must be: an easier one would flatter every model, a harder one teach nothing.

Judged on the truth. The best honest model is stood in for by a logistic regression on every feature, out of fold and
with whole families apart: on this population nothing that reads the record does much better.
"""

import csv
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from screening.domain.signals import EffectKind
from screening.domain.suggestion import Response
from screening.rules.rulebook import default_text, load
from screening.triage.features import FEATURE_NAMES
from training.history.extract import open_extract
from training.history.rows import Bools, Floats, Rows, read_rows
from training.history.split import FOLDS, folds_of
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER, read_authority

CONTACTS = 10_000

pytestmark = pytest.mark.slow


class Reference(NamedTuple):
    """The rows of the reference population, and who of them truly needed an assessment."""

    rows: Rows
    needed: Bools


@cache
def reference() -> Reference:
    with TemporaryDirectory() as room:
        history = Path(room) / "history"
        authority = read_authority(SETTINGS_FOLDER / "reference.toml")
        synthesise(authority, seed=31, contacts=CONTACTS, out=history, replace=False, progress=lambda _: None)
        rows = read_rows(open_extract(history), load(default_text()))
        with (history / "truth.csv").open(newline="", encoding="utf-8") as text:
            need = {row["contact_reference"]: row["need"] for row in csv.DictReader(text)}
    return Reference(rows, np.array([need[name] == "assessment" for name in rows.references]))


def out_of_fold(features: list[int]) -> Floats:
    """Scores of a logistic regression on some of the features, of families that it did not see."""
    rows, needed = reference()
    values = rows.as_known.X[:, features]
    spread = values.std(axis=0)
    values = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    folds = folds_of([int(family) for family in rows.families], seed=1)
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        plain = LogisticRegression(C=0.02, max_iter=300).fit(values[folds != fold], needed[folds != fold])
        scores[folds == fold] = plain.decision_function(values[folds == fold])
    return scores


def test_the_best_honest_model_finds_no_more_of_need_than_published_ones() -> None:
    area = roc_auc_score(reference().needed, out_of_fold(list(range(len(FEATURE_NAMES)))))

    assert 0.71 <= area <= 0.75


def test_the_form_alone_tells_little() -> None:
    form = [place for place, name in enumerate(FEATURE_NAMES) if name.startswith("form_")]

    assert 0.55 <= roc_auc_score(reference().needed, out_of_fold(form)) <= 0.62


def test_the_grade_alone_tells_hardly_anything() -> None:
    grade = reference().rows.as_known.X[:, FEATURE_NAMES.index("grade")]

    assert 0.52 <= roc_auc_score(reference().needed, grade) <= 0.58


def test_people_close_as_many_as_published_and_miss_need_in_some() -> None:
    rows, needed = reference()
    closed = np.array([made.closed for made in rows.decisions])

    assert 0.60 <= closed.mean() <= 0.65
    assert 0.08 <= needed[closed].mean() <= 0.10


def test_the_shipped_rules_leave_something_to_triage() -> None:
    findings = reference().rows.as_known.findings
    effects = [{(effect.kind, effect.level) for hit in found.hits for effect in hit.effects} for found in findings]
    uplift, early_help = (EffectKind.UPLIFT, ""), (EffectKind.FLOOR, str(Response.EARLY_HELP))
    assessment = (EffectKind.FLOOR, str(Response.ASSESSMENT))
    held = np.array([assessment in one or {uplift, early_help} <= one for one in effects])
    enquiry = np.array([(EffectKind.ENQUIRY, "") in one for one in effects])
    open_to_nfa = ~held & ~enquiry & np.array([early_help not in one for one in effects])

    assert 0.15 <= held.mean() <= 0.30
    assert enquiry.mean() <= 0.10
    assert open_to_nfa.mean() >= 0.55


def test_few_people_are_only_possibly_known() -> None:
    assert len(reference().rows.possible) <= 0.06 * CONTACTS
