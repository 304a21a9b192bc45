"""A model's folder, written whole or not at all, and `current.toml` that names the one in use.

<version>/manifest.json       what it is, from what, with which digests (format in `screening.triage.model`)
<version>/scorecard.json      the tables that the service scores from
<version>/estimators.joblib   the fitted classifiers, for judging them again
<version>/evaluation.json     the first figures; `training evaluate` writes all of them in their place
<version>/model_card.md       the same for people; `training report` writes it again, and report.html beside it

The manifest's bytes are the model's name in every suggestion, so it holds the digests of what the model is and not of
what is said of it: judging a model must not make it another. Who promotes it writes down which evaluation they saw.
"""

import hashlib
import json
import re
from dataclasses import asdict
from importlib.metadata import version as installed
from pathlib import Path

import joblib
import numpy as np
import sklearn

from screening.domain.errors import ModelRefused
from screening.triage.features import FEATURE_NAMES, features_sha256
from training.fitting.estimators import NAME, write_estimators
from training.fitting.fit import Fitted
from training.fitting.search import Searched
from training.shipping.card import About, card
from training.whole_folder import FolderTaken, WholeFolder

NAME_OF_A_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""What the service takes for a version; a test holds the two against each other."""


def write_model(
    place: Path, scorecard: str, fitted: Fitted, about: About, searched: Searched, *, replace: bool
) -> None:
    """Write the folder of one version. Raises FolderTaken where there is one and it may not be replaced."""
    with WholeFolder(place, replace=replace) as folder:
        _write(folder / "scorecard.json", scorecard)
        write_estimators(fitted, folder)
        _write(folder / "evaluation.json", json.dumps(about.evaluation, indent=1, allow_nan=False) + "\n")
        _write(folder / "model_card.md", card(about))
        names = ("scorecard.json", NAME)
        digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
        _write(
            folder / "manifest.json", json.dumps(_manifest(about, searched, digests), indent=1, allow_nan=False) + "\n"
        )


def refuse_name(version: str) -> None:
    """Raise ModelRefused where the service would not take this for a version."""
    if not NAME_OF_A_VERSION.fullmatch(version):
        raise ModelRefused(
            f"{version} is no name of a version that the service would take: name the folder alone, in up to 64 "
            "letters, digits, dots and dashes"
        )


def refuse_approved(models: Path) -> None:
    """Raise FolderTaken where two people approved the model in use."""
    in_use = models / "current.toml"
    if in_use.exists() and "[[promoted]]" in in_use.read_text(encoding="utf-8"):
        raise FolderTaken("two people approved the model in use; put this one in its place with `training promote`")


def make_current(models: Path, version: str) -> None:
    """Name the version in use, in one step. Raises FolderTaken where two people approved the one that is."""
    refuse_approved(models)
    in_use = models / "current.toml"
    beside = models / ".current.toml.making"
    _write(beside, f'# The model in use: a folder beside this file.\nversion = "{version}"\n')
    beside.replace(in_use)


def _manifest(about: About, searched: Searched, digests: dict[str, str]) -> dict[str, object]:
    kept, thresholds = about.kept, about.thresholds
    return {
        "version": about.version,
        "made_on": about.made_on.isoformat(),
        "made_up_data": about.made_up_data,
        "files": digests,
        "features": list(FEATURE_NAMES),
        "features_sha256": features_sha256(),
        "thresholds": {
            "assessment_from": thresholds.assessment_from,
            "early_help_from": thresholds.early_help_from,
            "nfa_upto": thresholds.nfa_upto,
        },
        "promise": {
            "at_most": kept.promise.at_most,
            "confidence": kept.promise.confidence,
            "n": kept.share.n if kept.share else 0,
            "missed": kept.share.in_need if kept.share else None,
            "upper": kept.share.upper if kept.share else None,
            "words": kept.words,
        },
        "training_data_sha256": about.training_data_sha256,
        "contacts": about.contacts,
        "families": about.families,
        "seed": about.seed,
        "trees": asdict(searched.chosen),
        "search": {"words": searched.words, "tried": [asdict(tried) for tried in searched.tried]},
        "rulebook_sha256": about.rulebook_sha256,
        "libraries": {
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "joblib": joblib.__version__,
            "scipy": installed("scipy"),
        },
    }


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
