"""Whatever a scorecard's file was altered to, it is refused in words, or is one that keeps every promise all the same."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

from screening.domain.errors import ModelRefused
from screening.triage.features import FEATURES
from screening.triage.scorecard import Scorecard
from tests.triage.scorecards import a_scorecard_document

ALTERATIONS = 800
NONSENSE: tuple[object, ...] = (
    None, True, False, 0, -1, 1e308, -1e308, 10**400, "", "x", "NaN", [], {}, [0, 0], [[0, 0], [1, 1]], 1e-320, -0.0, 101,
)  # fmt: skip
RISING_PLACES = [place for place, feature in enumerate(FEATURES) if feature.rises]

Path = tuple[str | int, ...]


def places(value: object, here: Path = ()) -> Iterator[Path]:
    """Every place in a JSON value, but for the whole of it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield (*here, key)
        yield from places(child, (*here, key))


def altered(text: str, place: Path, dice: Random) -> str:
    """The JSON document with one place taken out, put in disorder, turned round or filled with nonsense."""
    document = json.loads(text)
    around: Any = document
    for key in place[:-1]:
        around = around[key]
    key, way = place[-1], dice.random()
    if way < 0.25:
        del around[key]
    elif way < 0.4 and isinstance(around, list):
        dice.shuffle(around)
    elif way < 0.5 and isinstance(around[key], float):
        around[key] *= dice.choice((-1, -2, 1e300))
    else:
        around[key] = dice.choice(NONSENSE)
    return json.dumps(document)


def test_an_altered_scorecard_is_refused_or_still_keeps_every_promise() -> None:
    document = a_scorecard_document(Random(7))
    whole, everywhere = json.dumps(document), list(places(document))
    counted: Counter[str] = Counter()
    for seed in range(ALTERATIONS):
        dice = Random(seed)
        text = altered(whole, dice.choice(everywhere), dice)
        try:
            scorecard = Scorecard.from_json(text, "altered")
        except ModelRefused as refused:
            counted["refused" if str(refused).strip() else "refused without a word"] += 1
            continue
        keeps_its_promises(scorecard, dice)
        counted["kept"] += 1

    print(f"\n{dict(counted)}")
    assert "refused without a word" not in counted
    assert counted["refused"] > ALTERATIONS / 2
    assert counted["kept"] > ALTERATIONS / 20


def keeps_its_promises(scorecard: Scorecard, dice: Random) -> None:
    """Two probabilities in order, shares that add up, and no declared risk that lowers either where it rises."""
    row = [dice.uniform(0, 3) for _ in FEATURES]
    score = scorecard.score(row)
    assert 0 <= score.p_assessment <= score.p_early_help_or_more <= 1
    shares = math.fsum(factor.contribution for factor in score.factors)
    assert math.isclose(scorecard.average + shares, scorecard.raw_scores(row)[1], abs_tol=1e-9)

    for place in RISING_PLACES:
        tables = scorecard.features[place]
        edges = sorted({*tables.early_help.thresholds, *tables.assessment.thresholds})
        rising = (-math.inf, *edges, math.inf)
        rows = [[*row[:place], value, *row[place + 1 :]] for value in map(between, rising, rising[1:])]
        for lower, higher in pairwise(map(scorecard.raw_scores, rows)):
            assert higher[0] >= lower[0], tables.name
            assert higher[1] >= lower[1], tables.name


def between(low: float, high: float) -> float:
    """A value that a table with these two edges tells from those beyond either."""
    return max(low + 1e-9, -1e9) if math.isinf(high) else high
