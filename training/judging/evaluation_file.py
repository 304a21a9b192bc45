"""evaluation.json: its name, its form, and how it is read. What it holds is worked out in `whole_evaluation`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from screening.domain.errors import ModelRefused

EVALUATION = "evaluation.json"

FORMAT = 4
"""Of evaluation.json; a file without it holds only what a fit says of itself."""

Figures = Mapping[str, Any]
"""What evaluation.json holds."""


def read_figures(path: Path) -> Figures:
    """The figures in evaluation.json. Raises ModelRefused where they are not those of a whole evaluation."""
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ModelRefused(
            f"{path.parent.name}/{path.name} cannot be read; give a model's folder, once `training evaluate` judged it"
        ) from fault
    if not isinstance(figures, dict) or figures.get("format") != FORMAT:
        raise ModelRefused(
            f"{path.parent.name}/{path.name} holds no whole evaluation; run `training evaluate HISTORY MODEL` first"
        )
    return figures
