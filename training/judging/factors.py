"""What the score reads, in the words that workers see, and how far each can move it."""

import numpy as np

from screening.triage.features import FEATURES
from screening.triage.scorecard import Scorecard
from training.history.rows import Floats


def factors(scorecard: Scorecard, X: Floats) -> list[dict[str, object]]:
    """Every feature, the one that moves most contacts most first; those that move nothing last.

    `span` is between its lowest and highest share, `moves` the mean size of its share against the average contact, both
    in log-odds of needing an assessment.
    """
    found = []
    for place, (feature, tables) in enumerate(zip(FEATURES, scorecard.features, strict=True)):
        shares = np.array([tables.assessment.at(value) for value in X[:, place].tolist()])
        found.append(
            {
                "name": feature.name,
                "text": feature.text,
                "rises": feature.rises,
                "span": float(max(tables.assessment.values) - min(tables.assessment.values)),
                "moves": float(np.abs(shares - tables.centre).mean()),
            }
        )
    return sorted(found, key=lambda one: (-float(str(one["moves"])), str(one["name"])))
