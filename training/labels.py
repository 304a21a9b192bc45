"""What was needed, from what was found or happened within 12 months, and how sure that is. Never from what was decided.

The weakness, in words. Where work was begun, somebody looked and found something. Where a contact was closed, nobody
looked: need shows only if it comes to light later, so closed contacts seem to have needed less than they did. A random
share of them was looked at again, blind. From these:

- a contact that work was begun on: the finding, weight 1;
- a closed contact looked at again: the highest of recheck and what came later, weight 1;
- a closed contact where need came to light: that need, weight 1;
- a closed contact where nothing came: it needed it with the probability p (1 - s) / (1 - s p), where p is what the
  model says of contacts like it and s the share of need that comes to light, measured on the rechecked ones. It enters
  twice, as yes and as no, with that probability and its complement for weights.

That corrects for need that nobody saw on average. It takes s to be the same for all closed contacts; `estimate` does not
(see `thresholds`), so the promise does not rest on it. Contacts without a decision (superseded ones) have no label.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.domain.suggestion import Response
from training.cases import Case
from training.extract import NOTHING_KNOWN_YET, Outcome

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

EARLY_HELP: Final = Response.EARLY_HELP
ASSESSMENT: Final = Response.ASSESSMENT
FEWEST_POSITIVE = 30
"""With fewer found in need, nothing can be fitted or promised."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What is known about one step's need, one entry a case.

    `yes`: it was found or happened. `settled`: the answer is known, yes or no. `closed`: nothing further was done.
    `rechecked`: it was closed and somebody looked again. `later`: need came to light after it was closed.
    `usable`: there is anything to go by at all.
    """

    yes: Flags
    settled: Flags
    closed: Flags
    rechecked: Flags
    later: Flags
    usable: Flags

    @property
    def comes_to_light(self) -> float:
        """s: of the rechecked closed contacts that had needed it, the share where need came to light by itself."""
        needed = self.rechecked & self.yes
        # Half a case each way keeps a share of a few cases off 0 and 1.
        return float((np.sum(needed & self.later) + 0.5) / (np.sum(needed) + 1.0))

    @property
    def recheck_share(self) -> float:
        """The share of closed contacts that was looked at again."""
        return float(np.mean(self.rechecked[self.closed])) if self.closed.any() else 0.0

    def expected(self, p: Numbers) -> Numbers:
        """The probability of need of every case: 1 or 0 where it is settled, else from `p` (see above)."""
        return np.where(self.settled, self.yes.astype(np.float64), self.unseen(p))

    def unseen(self, p: Numbers) -> Numbers:
        """The probability that a closed contact where nothing came had needed it, when the model says `p`."""
        s = self.comes_to_light
        return p * (1.0 - s) / (1.0 - s * p)


def labels_of(cases: Sequence[Case], step: Response) -> Labels:
    """The labels of the step "needs at least `step`"."""
    known = [case.outcome or NOTHING_KNOWN_YET for case in cases]
    closed = np.array([case.decision is not None and case.decision.closed for case in cases], dtype=np.bool_)
    worked_on = np.array(
        [case.decision is not None and one.finding is not None for case, one in zip(cases, known, strict=True)],
        dtype=np.bool_,
    )
    rechecked = closed & np.array([one.recheck is not None for one in known], dtype=np.bool_)
    later = closed & np.array([_reaches(one.later, step) for one in known], dtype=np.bool_)
    yes = np.array([_any_reaches(one, step) for one in known], dtype=np.bool_) & (closed | worked_on)
    return Labels(
        yes=yes,
        settled=(worked_on & ~closed) | rechecked | later,
        closed=closed,
        rechecked=rechecked,
        later=later,
        usable=closed | worked_on,
    )


def _reaches(found: Response | None, step: Response) -> bool:
    return found is not None and found.caution >= step.caution


def _any_reaches(outcome: Outcome, step: Response) -> bool:
    return any(_reaches(found, step) for found in (outcome.finding, outcome.later, outcome.recheck))
