"""The worst misses: contacts that would have been suggested for no further action, of which need was found or came out.

What came to light later can be a mistake, or of another time, so elsewhere such a contact counts with a chance only:
`reckoned` adds these up, beside how many there are. They stand by reference, so that somebody who may can read them;
nothing of what they say stands in a report. The worst are those that the score was surest about.
"""

import numpy as np

from screening.domain.suggestion import Response
from training.history.rows import Bools, Rows
from training.judging.evaluate import Need
from training.need.known_need import known_of

SHOWN = 20
WAYS = ("what work found", "a second look", "what came to light later")
"""In which need is known of."""


def worst_misses(rows: Rows, nfa: Bools, p: "np.typing.NDArray[np.float64]", need: Need) -> dict[str, object]:
    """The `SHOWN` with the lowest chance `p` (n,), and how many there are that somebody knows of."""
    known = known_of(rows, Response.ASSESSMENT)
    seen = nfa & (known.found | known.later)
    places = sorted(np.flatnonzero(seen).tolist(), key=lambda place: (p[place], rows.references[place]))
    ways = np.array([_known_by(bool(known.closed[place]), bool(known.later[place])) for place in places])
    reckoned = need.judged.need[places]
    return {
        "known_of": len(places),
        "by": {way: {"n": int((ways == way).sum()), "reckoned": float(reckoned[ways == way].sum())} for way in WAYS},
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
    worked, looked, came = WAYS
    if not closed:
        return worked
    return came if later else looked
