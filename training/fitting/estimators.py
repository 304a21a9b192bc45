"""The fitted classifiers beside the scorecard, for judging them again; opened only after their digest is checked.

With them lies the fold of every contact that was fitted to, by a digest of its reference: a history drawn a year later
holds many of the same contacts, and no contact may be judged by a fit that saw its family.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np

from screening.domain.errors import ModelRefused
from screening.triage.model_json import as_object, read_object
from training.fitting.fit import Classifier, Fitted
from training.fitting.packed import opened
from training.history.rows import Ints, Rows

NAME = "estimators.joblib"
COMPRESSION = 3
NOT_FITTED_TO = -1


@dataclass(frozen=True, slots=True)
class Estimators:
    """Classifiers by name of the step, fitted to everything and without each fold; the fold of each contact fitted to,
    by the digest of its reference.
    """

    whole: Mapping[str, Classifier]
    without_fold: Mapping[str, tuple[Classifier, ...]]
    folds: Mapping[int, int]

    def folds_of(self, rows: Rows) -> Ints:
        """The fold (n,) that each contact, or else another of its family, was fitted in; NOT_FITTED_TO for the rest."""
        own = [self.folds.get(one, NOT_FITTED_TO) for one in _digests(rows.references)]
        families = rows.families.tolist()
        of_family = {family: fold for family, fold in zip(families, own, strict=True) if fold != NOT_FITTED_TO}
        return np.array(
            [
                of_family.get(family, NOT_FITTED_TO) if fold == NOT_FITTED_TO else fold
                for family, fold in zip(families, own, strict=True)
            ],
            dtype=np.int64,
        )


def write_estimators(fitted: Fitted, folder: Path) -> None:
    """Write the classifiers of `fitted` into `folder`."""
    steps = {
        name: {"whole": step.whole, "without_fold": list(step.without_fold)} for name, step in fitted.steps().items()
    }
    contacts = np.array(_digests(fitted.references), dtype=np.uint64)
    order = np.argsort(contacts)
    kept = {"steps": steps, "contacts": contacts[order], "folds": fitted.folds[order].astype(np.int16)}
    joblib.dump(kept, folder / NAME, compress=COMPRESSION)


def load_estimators(folder: Path) -> Estimators:
    """The classifiers in a model's folder. Raises ModelRefused where they are not the bytes that the manifest names."""
    try:
        manifest = read_object((folder / "manifest.json").read_text(encoding="utf-8"), "manifest.json")
        content = (folder / NAME).read_bytes()
    except (OSError, UnicodeDecodeError) as fault:
        raise ModelRefused(f"the model's folder cannot be read ({type(fault).__name__})") from fault
    expected = as_object(manifest.get("files"), "the manifest's files").get(NAME)
    kept = opened(content, expected, NAME)
    if "contacts" not in kept:
        raise ModelRefused(f"{NAME} does not say which contacts were fitted to; fit the model again")
    return Estimators(
        {name: step["whole"] for name, step in kept["steps"].items()},
        {name: tuple(step["without_fold"]) for name, step in kept["steps"].items()},
        dict(zip(kept["contacts"].tolist(), kept["folds"].tolist(), strict=True)),
    )


def _digests(references: Sequence[str]) -> list[int]:
    """The first eight bytes of each reference's SHA-256, as a number."""
    return [int.from_bytes(hashlib.sha256(one.encode()).digest()[:8], "big") for one in references]
