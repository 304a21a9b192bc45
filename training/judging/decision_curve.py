"""The decision curve: what acting on a score is worth, at every price that one may put on a needless assessment.

Whoever would assess t needless contacts for each 1 - t in need acts from a chance of t on. The net benefit at t is the
share of all contacts that were rightly assessed, less the share needlessly assessed at that price: rights - needless *
t / (1 - t). Only contacts that somebody looked at count, each standing for as many as it was drawn from.

Rules that hold contacts whose score is below t cost net benefit where fewer than t of these are in need. That is a
price, and no fault: rules are there for what must never be closed unseen, whatever a single price makes of it.
"""

from collections.abc import Mapping

import numpy as np

from training.history.rows import Bools, Floats
from training.judging.by_design import ByDesign
from training.judging.evaluate import Need
from training.need.resampling import finite, interval

CHANCES = tuple(round(0.02 * step, 2) for step in range(1, 16))
"""From 2% to 30%: a need of one in eight makes higher ones idle."""


def net_benefit(acts: Bools, need: Bools, weights: Floats, chance: float) -> float:
    """The net benefit of acting on the contacts `acts` (n,), at a price set by `chance` in (0, 1); nan of nobody."""
    if not weights.sum():
        return float("nan")
    rightly = float((weights * (acts & need)).sum())
    needlessly = float((weights * (acts & ~need)).sum())
    return (rightly - needlessly * chance / (1.0 - chance)) / float(weights.sum())


def decision_curve(p: Floats, held: Bools, worked: Bools, need: Need) -> dict[str, list[float]]:
    """By who acts, the net benefit at each of `CHANCES`.

    `held` (n,) are rules' floors of assessment, `worked` (n,) is what people assessed.
    """
    curve: dict[str, list[float]] = {"chance": list(CHANCES)}
    for chance in CHANCES:
        for who, acts in _acting(p, held, worked, chance).items():
            curve.setdefault(who, []).append(net_benefit(acts, need.yes, need.weights, chance))
    return curve | {"nobody": [0.0 for _ in CHANCES]}


def decision_points(
    p: Floats, held: Bools, worked: Bools, assessment_from: float, judged: ByDesign
) -> dict[str, object]:
    """How sure the curve is, at each of `CHANCES` and at the chance from which this model suggests an assessment.

    `rules_less_score` is what rules add to the score's net benefit, below 0 where they cost some; `held_below` are the
    contacts that they hold though the chance is lower, and why: how many of them were in need.
    """
    need = judged.need
    looked = need.weights > 0.0
    return {
        "n": int(looked.sum()),
        "in_need": int((looked & need.yes).sum()),
        "points": [
            {
                "chance": chance,
                "shipped": chance == assessment_from,
                **_point(_acting(p, held, worked, chance), chance, judged),
                "held_below": judged.share(held & (p < chance)),
            }
            for chance in sorted({*CHANCES, assessment_from})
            if chance < 1.0
        ],
    }


def _acting(p: Floats, held: Bools, worked: Bools, chance: float) -> dict[str, Bools]:
    """By who acts, on whom (n,)."""
    scored = np.asarray(p >= chance, dtype=np.bool_)
    everybody = np.ones(len(p), dtype=np.bool_)
    return {
        "rules and score": held | scored,
        "score alone": scored,
        "rules alone": held,
        "past workers": worked,
        "everybody": everybody,
    }


def _point(acting: Mapping[str, Bools], chance: float, judged: ByDesign) -> dict[str, object]:
    """The net benefit of each, and of rules beside the score, with intervals."""
    need = judged.need
    worth = need.weights * np.where(need.yes, 1.0, -chance / (1.0 - chance))
    whole, *parts = judged.draws.sums(need.weights, *(worth * acts for acts in acting.values())).T
    drawn = {
        who: np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0.0)
        for who, part in zip(acting, parts, strict=True)
    }
    values = {who: net_benefit(acts, need.yes, need.weights, chance) for who, acts in acting.items()}
    return {
        "who": {who: _told(value, drawn[who]) for who, value in values.items()},
        "rules_less_score": _told(
            values["rules and score"] - values["score alone"], drawn["rules and score"] - drawn["score alone"]
        ),
    }


def _told(value: float, drawn: Floats) -> dict[str, object]:
    return {"value": finite(value), "interval": interval(drawn)}
