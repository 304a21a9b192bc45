"""The model's folder: `models/current.toml` names a version, `models/<version>/` holds it. Read-only, and no pickle.

    models/current.toml                 version = "2026-11-a"
    models/2026-11-a/manifest.json      what it is, from what, with which digests (below)
    models/2026-11-a/scorecard.json     the tables (format in `scorecard`)

Only these three are opened; whatever else lies there (estimators, reports) belongs to training. The manifest, as JSON:

    {"version": "2026-11-a", "made_on": "2026-11-20", "made_up_data": true,
     "files": {"scorecard.json": SHA-256 in hex, ...},
     "features": [names in order], "features_sha256": `features.features_sha256()`,
     "thresholds": {"assessment_from": 0.4, "early_help_from": 0.5, "nfa_upto": 0.06 or null},
     "promise": {...}, "training_data_sha256": "...", "rulebook_sha256": "...", "libraries": {"scikit-learn": "1.9.1"}}

`promise` and `libraries` are shown, never read; other names beside these are left alone. Once two people have put a
model in use, `current.toml` lists each promotion ([[promoted]], written by `training promote`) with the version and its
`manifest_sha256`; where it lists any, only a folder that was approved is loaded.

A model whose files are missing, altered, meant for other features or not the ones that were approved, or whose promise
was reckoned under another rulebook, is refused with `ModelRefused` in words that name the way out; the service then
runs on rules only and says so.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

from screening.domain.errors import ModelRefused
from screening.domain.facts import Facts, FactValue, NotKnown
from screening.domain.signals import Factor, Score, Thresholds, Unscored
from screening.triage.features import FEATURE_NAMES, describe, features_sha256
from screening.triage.model_json import Fields, as_list, as_number, as_object, read_object
from screening.triage.scorecard import Scorecard

LARGEST_FILE_BYTES = 20_000_000
FACT_OF = {"youngest_child": "youngest_child_age", "recency": "days_since_last_incident"}
"""The fact behind a feature that does not have its name."""

REMEMBERED_FACTORS = 10_000
"""More than a model's features have values in a day's contacts: the words of each are made once."""

_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Model:
    """A model that may be used. `digest` is the SHA-256 of its manifest's bytes, which holds those of its files."""

    version: str
    digest: str
    scorecard: Scorecard
    thresholds: Thresholds
    manifest: Fields

    @property
    def name(self) -> str:
        """Version and short digest, as each suggestion carries it."""
        return self.scorecard.model

    def under(self, rulebook_sha256: str) -> Self:
        """This model, if it was fitted under the rulebook of this digest.

        Rules and score suggest together, so what was promised about misses holds for the rules that it was reckoned
        with and for no others. Raises `ModelRefused`.
        """
        if self.manifest.get("rulebook_sha256") != rulebook_sha256:
            raise ModelRefused(
                "it was fitted under another rulebook than the one in use; fit it again under this one with "
                "`training fit`, then `training promote` it"
            )
        return self

    def score(self, facts: Facts) -> Score | Unscored:
        """The score of a contact, or why there is none. Never raises: then the rules stand alone, and say so."""
        try:
            return with_values(self.scorecard.score(describe(facts)), facts)
        except Exception as fault:  # noqa: BLE001  whatever goes wrong in a score, the contact goes on without one
            return Unscored(f"the classifier failed ({type(fault).__name__})")


def with_values(score: Score, facts: Facts) -> Score:
    """The same score, each factor's words with what this contact says: "Weapon or object: none" may well lower it."""
    factors = [_saying(one.name, one.text, one.contribution, _said(one.name, facts)) for one in score.factors]
    return replace(score, factors=tuple(factors))


@lru_cache(maxsize=REMEMBERED_FACTORS)
def _saying(name: str, text: str, contribution: float, said: FactValue) -> Factor:
    return Factor(name, f"{text}: {_in_words(said)}", contribution)


def _said(feature: str, facts: Facts) -> FactValue:
    """What this contact says of a feature. Most have the name of the fact that they read."""
    if feature in facts:
        return facts[feature]
    if feature in FACT_OF:
        return "none before" if feature == "recency" and facts["earlier_incidents"] == 0 else facts[FACT_OF[feature]]
    return facts["incident_type"] == feature.removeprefix("type_")


def _in_words(value: FactValue) -> str:
    if isinstance(value, NotKnown):
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")


def load_model(models: Path) -> Model:
    """The current model in the folder `models`, if it is the one that was approved, where any was.

    Raises `ModelRefused` with the reason in words.
    """
    current = _current(models)
    model = load_version(models / _version_in(current))
    _check_approved(current, model)
    return model


def load_version(folder: Path) -> Model:
    """The model in one version's folder, current or not, approved or not.

    Raises `ModelRefused` with the reason in words.
    """
    version = folder.name
    manifest_bytes = _read(folder / "manifest.json")
    manifest = read_object(_text(manifest_bytes, "manifest.json"), "manifest.json")
    if manifest.get("version") != version:
        raise ModelRefused(f"manifest.json is not that of version {version}")
    _check_features(manifest)
    digest = hashlib.sha256(manifest_bytes).hexdigest()
    scorecard_bytes = _read(folder / "scorecard.json")
    if hashlib.sha256(scorecard_bytes).hexdigest() != _files(manifest).get("scorecard.json"):
        raise ModelRefused("scorecard.json is not the file that the manifest names: its digest differs")
    return Model(
        version,
        digest,
        Scorecard.from_json(_text(scorecard_bytes, "scorecard.json"), f"{version}+{digest[:12]}"),
        _thresholds(manifest),
        manifest,
    )


def _current(models: Path) -> Fields:
    try:
        return tomllib.loads(_text(_read(models / "current.toml"), "current.toml"))
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise ModelRefused(f"current.toml is not proper TOML: {fault}") from fault


def _version_in(current: Fields) -> str:
    version = current.get("version")
    # The version becomes a folder's name, so it must not lead anywhere else.
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise ModelRefused("current.toml names no version")
    return version


def _check_approved(current: Fields, model: Model) -> None:
    """Hold the model against the last promotion of its version. With no promotion of any there is nothing to hold."""
    if "promoted" not in current:
        return
    promotions = [
        as_object(entry, "a promotion in current.toml")
        for entry in as_list(current["promoted"], "current.toml's promoted")
    ]
    digests = [entry.get("manifest_sha256") for entry in promotions if entry.get("version") == model.version]
    if not digests:
        raise ModelRefused(
            f"current.toml says who approved what, and nobody approved {model.version}; `training promote` it"
        )
    if digests[-1] != model.digest:
        raise ModelRefused(
            f"the folder {model.version} is not the one that was approved: its manifest differs; put that one back, or "
            "`training promote` this one"
        )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as fault:
        raise ModelRefused(f"{path.name} cannot be read ({type(fault).__name__})") from fault
    if len(content) > LARGEST_FILE_BYTES:
        raise ModelRefused(f"{path.name} is larger than {LARGEST_FILE_BYTES // 1_000_000} MB")
    return content


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as fault:
        raise ModelRefused(f"{name} is not UTF-8") from fault


def _check_features(manifest: Fields) -> None:
    names = as_list(manifest.get("features"), "the manifest's features")
    if tuple(names) != FEATURE_NAMES:
        raise ModelRefused("the model was made for other features, or in another order")
    if manifest.get("features_sha256") != features_sha256():
        raise ModelRefused("the model was made when a feature of the same name was defined otherwise")


def _files(manifest: Fields) -> Fields:
    return as_object(manifest.get("files"), "the manifest's files")


def _thresholds(manifest: Fields) -> Thresholds:
    """The thresholds, if they make sense: probabilities between 0 and 1, NFA's below assessment's."""
    given = as_object(manifest.get("thresholds"), "the manifest's thresholds")
    assessment_from = as_number(given.get("assessment_from"), "assessment_from")
    early_help_from = as_number(given.get("early_help_from"), "early_help_from")
    nfa_upto = None if given.get("nfa_upto") is None else as_number(given["nfa_upto"], "nfa_upto")
    if not 0 < assessment_from <= 1 or not 0 < early_help_from <= 1:
        raise ModelRefused("a threshold is no probability above 0")
    if nfa_upto is not None and not 0 <= nfa_upto < assessment_from:
        raise ModelRefused("nfa_upto is not below assessment_from")
    return Thresholds(assessment_from, early_help_from, nfa_upto)
