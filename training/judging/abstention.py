"""Where the service says that it cannot suggest and a person must look: how often, why, and how much need is there.

Need is `Need.by_design`: where a score cannot tell, it must not be its own judge.
"""

from collections.abc import Sequence

import numpy as np

from screening.domain.suggestion import Response, Suggestion
from training.history.groups import Groups, in_order
from training.history.rows import Bools
from training.judging.by_design import ByDesign
from training.judging.hiding import hidden_responses, hidden_with_second

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


def abstention(made: Sequence[Suggestion], groups: Groups, judged: ByDesign) -> dict[str, object]:
    """How many are `undetermined`, by reason (a contact with two stands under both), and every response by group."""
    unsure = np.array([one.response is Response.UNDETERMINED for one in made], dtype=np.bool_)
    kinds = [{kind_of(reason) for reason in one.reasons_not_nfa} for one in made]
    by_reason = {
        kind: judged.share(unsure & np.array([kind in these for these in kinds], dtype=np.bool_))
        for kind in sorted(set().union(*kinds))
    }
    whole = judged.count(unsure)
    responses = by_response(made)
    return {
        **whole,
        "need": judged.share(unsure),
        "by_reason": by_reason,
        "responses": {str(one): judged.count(who) for one, who in responses.items()},
        "by_group": {name: _by_group(of, responses, judged) for name, of in groups.items()},
    }


def by_response(made: Sequence[Suggestion]) -> dict[Response, Bools]:
    """Which contacts (n,) each response is suggested for."""
    return {one: np.array([this.response is one for this in made], dtype=np.bool_) for one in Response}


def kind_of(reason: str) -> str:
    """The kind of one reason, in words."""
    return next((kind for begins, kind in KINDS.items() if reason.startswith(begins)), OTHER)


def _by_group(of: Sequence[str], responses: dict[Response, Bools], judged: ByDesign) -> list[dict[str, object]]:
    """For every group that may be shown, the share suggested each response; too few are hidden, and whatever else
    would tell of them.
    """
    names, group = np.unique(np.array(of, dtype=np.str_), return_inverse=True)
    number = len(names)
    hide = hidden_with_second(np.bincount(group, minlength=number).tolist())
    few = hidden_responses(group.astype(np.int64), number, responses)
    told: list[dict[str, object]] = []
    for place, name in enumerate(names.tolist()):
        if hide[place]:
            told.append({"group": name, "hidden": True})
            continue
        here: Bools = np.asarray(group == place, dtype=np.bool_)
        shares = judged.counts(list(responses.values()), here)
        shown = [{"hidden": True} if hidden else share.told for hidden, share in zip(few[place], shares, strict=True)]
        told.append(
            {"group": name, "n": int(here.sum()), "responses": dict(zip(map(str, responses), shown, strict=True))}
        )
    return sorted(told, key=lambda one: in_order(str(one["group"])))
