"""Made-up scorecards and model folders, as files would hold them."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from screening.triage.features import FEATURE_NAMES, FEATURES, Feature, features_sha256
from screening.triage.scorecard import Scorecard

SIGMOID = [[-50.0, -50.0], [50.0, 50.0]]
"""A calibration that leaves every score as it is."""


def a_scorecard_document(dice: Random | None = None, **tables: dict[str, Any]) -> dict[str, Any]:
    """A scorecard as JSON holds it. Features named in `tables` get those fields; the others are drawn, or add nothing."""
    return {
        "format": 1,
        "features": [_a_feature(feature, dice) | tables.get(feature.name, {}) for feature in FEATURES],
        "early_help": {"intercept": -0.5, "calibration": SIGMOID},
        "assessment": {"intercept": -1.5, "calibration": SIGMOID},
    }


def _a_feature(feature: Feature, dice: Random | None) -> dict[str, Any]:
    return {
        "name": feature.name,
        "fitted_from": 0.0,
        "fitted_to": 1000.0,
        "centre": dice.uniform(-0.1, 0.1) if dice else 0.0,
        "early_help": _a_table(feature, dice) if dice else a_flat_table(),
        "assessment": _a_table(feature, dice) if dice else a_flat_table(),
    }


def _a_table(feature: Feature, dice: Random) -> dict[str, list[float]]:
    reach = 20.0 if feature.name in {"youngest_child", "earlier_incidents", "children_count"} else 2.0
    reach = 731.0 if feature.name == "recency" else reach
    thresholds = sorted({dice.uniform(0, reach) for _ in range(dice.randint(0, 4))})
    values = [dice.uniform(-0.3, 0.3) for _ in range(len(thresholds) + 1)]
    return {"thresholds": thresholds, "values": sorted(values) if feature.rises else values}


def a_flat_table() -> dict[str, list[float]]:
    """The table of a feature that is not used."""
    return {"thresholds": [], "values": [0.0]}


def a_step(threshold: float, below: float, above: float) -> dict[str, list[float]]:
    """A table of two bins."""
    return {"thresholds": [threshold], "values": [below, above]}


def a_scorecard(dice: Random | None = None, **tables: dict[str, Any]) -> Scorecard:
    """A scorecard, read as it would be."""
    return Scorecard.from_json(json.dumps(a_scorecard_document(dice, **tables)), "test+0000")


def a_row(**values: float) -> tuple[float, ...]:
    """A row of zeros, but for these features."""
    return tuple(values.get(name, 0.0) for name in FEATURE_NAMES)


def a_manifest(scorecard: bytes, **changes: Any) -> dict[str, Any]:
    """The manifest that goes with a scorecard file."""
    manifest: dict[str, Any] = {
        "version": "2026-test",
        "made_on": "2026-11-20",
        "made_up_data": True,
        "files": {"scorecard.json": hashlib.sha256(scorecard).hexdigest(), "estimators.joblib": "0" * 64},
        "features": list(FEATURE_NAMES),
        "features_sha256": features_sha256(),
        "thresholds": {"assessment_from": 0.5, "early_help_from": 0.6, "nfa_upto": 0.08},
        "promise": {"missed_at_most": 0.05},
        "training_data_sha256": "0" * 64,
        "libraries": {"scikit-learn": "1.9.1"},
    }
    return manifest | changes


def a_models_folder(
    folder: Path, *, scorecard: Mapping[str, Any] | bytes | None = None, current: str | None = None, **changes: Any
) -> Path:
    """A folder of models with one version in it, whole and right but for what is given."""
    content = scorecard if isinstance(scorecard, bytes) else json.dumps(scorecard or a_scorecard_document()).encode()
    manifest = a_manifest(content, **changes)
    version = folder / "2026-test"
    version.mkdir(parents=True)
    (version / "scorecard.json").write_bytes(content)
    (version / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "current.toml").write_text(current or 'version = "2026-test"\n', encoding="utf-8")
    return folder
