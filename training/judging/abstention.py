"""Where the service says that it cannot suggest and a person must look: how often, why, and how much need is there."""

from collections.abc import Sequence

import numpy as np

from screening.domain.suggestion import Response, Suggestion
from training.history.rows import Rows
from training.judging.evaluate import CONFIDENCE, Need, share_told
from training.need.shares import share_in_need

KINDS = {
    "To find out first": "something must be found out first",
    "Too little is known": "too little is known",
    "It is unlike": "unlike the contacts fitted to",
    "Somebody here may be": "somebody may be known already",
    "The score is too close": "too close to call",
    "This model keeps": "the model keeps no promise",
}
"""How `triage.combine` begins each of its reasons, and what stands for it here."""

OTHER = "another reason"


def abstention(rows: Rows, made: Sequence[Suggestion], need: Need) -> dict[str, object]:
    """How many are `undetermined`, and by reason; a contact with two reasons stands under both."""
    unsure = np.array([one.response is Response.UNDETERMINED for one in made], dtype=np.bool_)
    kinds = [{kind_of(reason) for reason in one.reasons_not_nfa} for one in made]
    by_reason = {
        kind: share_told(
            share_in_need(
                need.judged,
                rows.families,
                unsure & np.array([kind in these for these in kinds], dtype=np.bool_),
                CONFIDENCE,
            )
        )
        for kind in sorted(set().union(*kinds))
    }
    whole = share_told(share_in_need(need.judged, rows.families, unsure, CONFIDENCE))
    return {"n": int(unsure.sum()), "of": len(rows), "need": whole, "by_reason": by_reason}


def kind_of(reason: str) -> str:
    """The kind of one reason, in words."""
    return next((kind for begins, kind in KINDS.items() if reason.startswith(begins)), OTHER)
