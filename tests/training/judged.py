"""What tests of figures share: a need given by hand, scores given by hand."""

import numpy as np

from screening.domain.signals import Score
from training.fitting.combined import Scored
from training.history.rows import Bools, Floats
from training.judging.evaluate import Need
from training.need.known_need import Judged


def need_of(yes: Bools, *, weights: Floats | None = None) -> Need:
    """Need that is known of everybody; `weights` leave some out of rankings."""
    everybody = np.ones(len(yes), dtype=np.bool_)
    as_number = yes.astype(np.float64)
    return Need(
        judged=Judged.seen(yes, np.zeros(len(yes))),
        yes=yes,
        weights=np.ones(len(yes)) if weights is None else weights,
        by_design=as_number,
        looked_again=everybody,
        by="hand",
    )


def scored_as(p: Floats, possible: Floats | None = None) -> Scored:
    """Scores with these chances of needing an assessment, and twice that of early help or more."""
    return Scored(_scores(p), _scores(np.zeros(0) if possible is None else possible))


def _scores(p: Floats) -> tuple[Score, ...]:
    return tuple(Score(float(one), min(1.0, 2.0 * float(one)), "test") for one in p)
