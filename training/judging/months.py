"""Whether it stays as it is: the same figures for every calendar month in which contacts came."""

import numpy as np

from screening.domain.calendar import LONDON
from training.history.rows import Bools, Floats, Rows
from training.judging.evaluate import CONFIDENCE, Need, share_told
from training.judging.fairness import LEAST
from training.need.ranking import area_under_curve
from training.need.resampling import finite
from training.need.shares import share_in_need


def by_month(rows: Rows, nfa: Bools, p: Floats, need: Need) -> list[dict[str, object]]:
    """Month by month: contacts, share suggested for NFA and missed need among them, mean chance, need, area.

    `p` (n,) is the chance of needing an assessment. A month's misses are hidden where fewer than `LEAST` were suggested
    for no further action.
    """
    month = np.array([f"{at.astimezone(LONDON):%Y-%m}" for at in rows.sent_at])
    told: list[dict[str, object]] = []
    for name in sorted(set(month.tolist())):
        here: Bools = np.asarray(month == name, dtype=np.bool_)
        closing = here & nfa
        told.append(
            {
                "month": name,
                "n": int(here.sum()),
                "suggested_nfa": float(nfa[here].mean()),
                "missed": share_told(share_in_need(need.judged, rows.families, closing, CONFIDENCE))
                if closing.sum() >= LEAST
                else None,
                "mean_chance": float(p[here].mean()),
                "need": share_told(share_in_need(need.judged, rows.families, here, CONFIDENCE)),
                "area": finite(area_under_curve(p[here], need.yes[here], need.weights[here])),
            }
        )
    return told
