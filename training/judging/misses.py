"""The worst misses: contacts that would have been suggested for no further action and surely needed an assessment.

By reference only, so that somebody who may can read them; nothing of what they say stands in a report. The worst are
those that the score was surest about.
"""

import numpy as np

from screening.domain.suggestion import Response
from training.history.rows import Bools, Rows
from training.judging.evaluate import Need
from training.need.known_need import known_of

SHOWN = 20


def worst_misses(rows: Rows, nfa: Bools, p: "np.typing.NDArray[np.float64]", need: Need) -> dict[str, object]:
    """The `SHOWN` with the lowest chance `p` (n,), and how many there are that somebody knows of."""
    known = known_of(rows, Response.ASSESSMENT)
    surely = nfa & ((need.yes & (need.weights > 0.0)) | known.later)
    places = sorted(np.flatnonzero(surely).tolist(), key=lambda place: (p[place], rows.references[place]))
    return {
        "known_of": len(places),
        "worst": [
            {
                "reference": rows.references[place],
                "chance": float(p[place]),
                "decided": rows.decisions[place].code.value,
                "known_by": _known_by(bool(known.closed[place]), bool(known.later[place])),
            }
            for place in places[:SHOWN]
        ],
    }


def _known_by(closed: bool, later: bool) -> str:  # noqa: FBT001  two facts of one contact
    if not closed:
        return "what work found"
    return "what came to light later" if later else "a second look"
