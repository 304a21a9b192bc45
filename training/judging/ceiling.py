"""The attainable ceiling: what the record can tell at most, by an unconstrained model with far more to learn from.

It is fitted to the same features of very many other contacts of the same made-up authority, by their true need, with
any interaction and no monotone constraint. Nobody could have it in life: no authority has so many contacts, and none
has the truth. It is a measure for the model that ships, lies in a folder of its own and is part of none.

<folder>/ceiling.json     which authority, which seeds, how many contacts, with which digest
<folder>/ceiling.joblib   the two classifiers, opened only after their digest is checked
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from screening.domain.errors import ModelRefused
from screening.triage.features import features_sha256
from screening.triage.model_json import as_list, as_object, read_object
from training.fitting.fit import STEPS, Classifier
from training.fitting.packed import digest_of, opened, packed
from training.fitting.work import Task, Workshop, result
from training.history.rows import Floats, Ints
from training.need.logistic import sigmoid
from training.whole_folder import WholeFolder

ABOUT, CLASSIFIERS = "ceiling.json", "ceiling.joblib"

HELD_BACK = 0.1
"""Of the chunks, to say when more trees stop helping; no family lies in two chunks."""

LEAVES = (4, 16)
"""Sizes of tree that are tried; the better one on what was held back is kept, for each step."""

MOST_TREES = 1_500
LEARNING_RATE = 0.06
LEAST_CONTACTS_A_LEAF = 100
SHARE_OF_FEATURES = 0.3
L2 = 5.0
NO_BETTER_FOR = 30
"""Trees that may bring nothing before growing ends."""

Rows32 = npt.NDArray[np.float32]
"""Feature rows in half the room: every feature is a small whole number or one half, so nothing is lost."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some contacts: their rows (n, features), and the caution of the response that each truly needed (n,)."""

    X: Rows32
    need: Ints


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Both classifiers by the step's name, and what is told of them."""

    classifiers: Mapping[str, Classifier]
    about: Mapping[str, Any]

    def probabilities(self, X: Floats, step: str) -> Floats:
        """P(needs at least what the step is about) of rows (n, features)."""
        return sigmoid(self.classifiers[step].decision_function(X))

    def refuse_for(self, history: Path) -> None:
        """Raise ModelRefused where it is no measure for `history`: another authority's, or one that it has learnt from.

        Only a made-up history has a ceiling.
        """
        try:
            text = (history / "population.json").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise ModelRefused("only a made-up history has a ceiling: population.json is missing") from fault
        population = read_object(text, "population.json")
        if population.get("settings_sha256") != self.about["settings_sha256"]:
            raise ModelRefused("the ceiling is that of an authority with other settings")
        if population.get("seed") in self.about["seeds"]:
            raise ModelRefused("the ceiling was fitted to contacts of this history's own seed")


def fit_ceiling(chunks: Sequence[Chunk], about: Mapping[str, object], *, seed: int, work: Workshop) -> Ceiling:
    """Fit both steps to all chunks but the last tenth, which says when to stop. Raises ValueError for one chunk."""
    if len(chunks) < 2:
        raise ValueError("a ceiling needs two chunks or more: one is held back")
    kept = max(1, round(HELD_BACK * len(chunks)))
    X, need = _together(chunks[:-kept])
    X_held, need_held = _together(chunks[-kept:])
    wanted = [(name, leaves) for name in STEPS for leaves in LEAVES]
    tasks = [
        Task(grow, (X, need >= STEPS[name].caution, X_held, need_held >= STEPS[name].caution, leaves, seed))
        for name, leaves in wanted
    ]
    best: dict[str, tuple[float, Classifier]] = {}
    for (name, _), content in zip(wanted, work.do(tasks), strict=True):
        loss, classifier = result(content)
        if name not in best or loss < best[name][0]:
            best[name] = (loss, classifier)
    held = {name: {"held_back": len(X_held), "log_loss": loss} for name, (loss, _) in best.items()}
    return Ceiling({name: classifier for name, (_, classifier) in best.items()}, {**about, "judged": held})


def grow(
    X: Rows32, yes: npt.NDArray[np.bool_], X_held: Rows32, yes_held: npt.NDArray[np.bool_], leaves: int, seed: int
) -> tuple[float, Classifier]:
    """Free trees of so many leaves, until they bring nothing more on what was held back; and their log loss there."""
    classifier = HistGradientBoostingClassifier(
        max_iter=MOST_TREES,
        learning_rate=LEARNING_RATE,
        max_leaf_nodes=leaves,
        min_samples_leaf=LEAST_CONTACTS_A_LEAF,
        max_features=SHARE_OF_FEATURES,
        l2_regularization=L2,
        early_stopping=True,
        n_iter_no_change=NO_BETTER_FOR,
        random_state=seed,
    ).fit(X, yes, X_val=X_held, y_val=yes_held)
    p = sigmoid(classifier.decision_function(X_held))
    return float(-np.log(np.where(yes_held, p, 1.0 - p)).mean()), classifier


def write_ceiling(ceiling: Ceiling, place: Path, *, replace: bool) -> None:
    """Write the folder, whole or not at all. Raises FolderTaken."""
    content = packed(dict(ceiling.classifiers))
    about = {**ceiling.about, "features_sha256": features_sha256(), "files": {CLASSIFIERS: digest_of(content)}}
    with WholeFolder(place, replace=replace) as folder:
        (folder / CLASSIFIERS).write_bytes(content)
        (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8", newline="\n")


def load_ceiling(folder: Path) -> Ceiling:
    """The ceiling in a folder. Raises ModelRefused where it is altered or was fitted to other features."""
    try:
        about = read_object((folder / ABOUT).read_text(encoding="utf-8"), ABOUT)
        content = (folder / CLASSIFIERS).read_bytes()
    except (OSError, UnicodeDecodeError) as fault:
        raise ModelRefused(f"the ceiling's folder cannot be read ({type(fault).__name__})") from fault
    if about.get("features_sha256") != features_sha256():
        raise ModelRefused("the ceiling was fitted to other features; make it again")
    as_list(about.get("seeds"), "the ceiling's seeds")
    return Ceiling(opened(content, as_object(about.get("files"), "files").get(CLASSIFIERS), CLASSIFIERS), about)


def _together(chunks: Sequence[Chunk]) -> tuple[Rows32, Ints]:
    return np.concatenate([chunk.X for chunk in chunks]), np.concatenate([chunk.need for chunk in chunks])
