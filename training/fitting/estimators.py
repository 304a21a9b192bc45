"""The fitted classifiers beside the scorecard, for judging them again; opened only after their digest is checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import joblib

from screening.domain.errors import ModelRefused
from screening.triage.model_json import as_object, read_object
from training.fitting.fit import Classifier, Fitted
from training.fitting.packed import opened

NAME = "estimators.joblib"
COMPRESSION = 3


@dataclass(frozen=True, slots=True)
class Estimators:
    """Classifiers by name of the step, fitted to everything and without each fold; folds are dealt out by `seed`."""

    whole: Mapping[str, Classifier]
    without_fold: Mapping[str, tuple[Classifier, ...]]
    seed: int


def write_estimators(fitted: Fitted, seed: int, folder: Path) -> None:
    """Write the classifiers of `fitted` into `folder`."""
    kept = {
        name: {"whole": step.whole, "without_fold": list(step.without_fold)} for name, step in fitted.steps().items()
    }
    joblib.dump({"seed": seed, "steps": kept}, folder / NAME, compress=COMPRESSION)


def load_estimators(folder: Path) -> Estimators:
    """The classifiers in a model's folder. Raises ModelRefused where they are not the bytes that the manifest names."""
    try:
        manifest = read_object((folder / "manifest.json").read_text(encoding="utf-8"), "manifest.json")
        content = (folder / NAME).read_bytes()
    except (OSError, UnicodeDecodeError) as fault:
        raise ModelRefused(f"the model's folder cannot be read ({type(fault).__name__})") from fault
    expected = as_object(manifest.get("files"), "the manifest's files").get(NAME)
    kept = opened(content, expected, NAME)
    return Estimators(
        {name: step["whole"] for name, step in kept["steps"].items()},
        {name: tuple(step["without_fold"]) for name, step in kept["steps"].items()},
        kept["seed"],
    )
