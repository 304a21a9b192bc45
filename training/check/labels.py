"""Whether outcomes can be learnt from: enough of both kinds, none told by a column that knows the end, and how weak."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from screening.domain.suggestion import Response
from screening.triage.features import FEATURE_NAMES
from training.check.days import FOLLOWED
from training.check.finding import Finding
from training.fitting.fit import LEAST_IN_NEED, STEPS
from training.history.rows import Rows
from training.need.known_need import LEAST_NEED_IN_SECOND_LOOKS, LEAST_SECOND_LOOKS, Known, known_of, weights_of_looked
from training.need.ranking import area_under_curve

SLACK = timedelta(days=31)
"""The last thing to come to light need not have come on the last day."""

TELLS_TOO_MUCH = 0.90
"""A single feature with such an area under the curve has seen what followed: the best published models come to 0.76."""


def too_few(rows: Rows) -> Iterator[Finding]:
    """Whether each step has enough contacts in need, and enough that are not."""
    for step, need in STEPS.items():
        name = "an assessment" if need is Response.ASSESSMENT else step.replace("_", " ")
        known = known_of(rows, need)
        seen, usable = int((known.found | known.later).sum()), int(known.usable.sum())
        if usable and seen == usable:
            yield Finding(
                "one_class",
                f"Every contact needed at least {name}, so there is nothing to tell apart.",
                "Give outcomes.csv the contacts of which nothing was found or came to light as well.",
            )
        elif seen < LEAST_IN_NEED:
            yield Finding(
                "too_few_outcomes",
                f"Only {seen} contacts were found to need at least {name}: {LEAST_IN_NEED} are the least.",
                "Give a longer history, or look whether finding and later_need are filled in.",
            )


def too_telling(rows: Rows) -> Iterator[Finding]:
    """Features that tell alone what only somebody who knew the end could tell."""
    known = known_of(rows, Response.ASSESSMENT)
    ends = {
        "what was decided": (~known.closed, np.ones(len(rows))),
        "what was found": (known.found, weights_of_looked(known)),
    }
    for place, name in enumerate(FEATURE_NAMES):
        for end, (yes, weights) in ends.items():
            area = area_under_curve(rows.as_known.X[:, place], yes, weights)
            if abs(area - 0.5) > TELLS_TOO_MUCH - 0.5:
                yield Finding(
                    "leakage",
                    f"{name} alone tells {end} (AUC {area:.2f}), as only what was recorded afterwards can.",
                    "Look how it gets into the extract, and give it as it was when the contact came.",
                )
                break


def weak(rows: Rows) -> Iterator[Finding]:
    """What makes figures weaker, and is only noted."""
    known = known_of(rows, Response.ASSESSMENT)
    again, in_need = int(known.looked_again.sum()), int((known.looked_again & known.found).sum())
    if known.closed.any() and (again < LEAST_SECOND_LOOKS or in_need < LEAST_NEED_IN_SECOND_LOOKS):
        yield Finding(
            "too_few_second_looks",
            f"{again} closed contacts were looked at again blind, and {in_need} of them were in need: with fewer than "
            f"{LEAST_SECOND_LOOKS} and {LEAST_NEED_IN_SECOND_LOOKS} nobody can say what was missed.",
            "No promise can be made, so no further action is never suggested; look again at a random tenth, blind.",
            refuses=False,
        )
    nothing_kept = int((~known.usable).sum())
    if nothing_kept:
        yield Finding(
            "finding_missing",
            f"{nothing_kept} contacts were worked and have no finding.",
            "They are not learnt from; fill finding in where it is known.",
            refuses=False,
        )
    young = _not_yet_followed(rows, known)
    if young:
        yield Finding(
            "not_yet_followed",
            f"{young} contacts were closed less than eleven months before the last day in the history, so what came "
            f"later is not all known.",
            "Leave them out, or wait: they look less in need than they are.",
            refuses=False,
        )


def _not_yet_followed(rows: Rows, known: Known) -> int:
    """How many closed contacts the history cannot have followed for twelve months, a month's slack allowed."""
    days = [made.at.date() for made in rows.decisions]
    last = max([*days, *(outcome.later_on for outcome in rows.outcomes if outcome.later_on is not None)])
    return sum(shut and day > last - FOLLOWED + SLACK for shut, day in zip(known.closed.tolist(), days, strict=True))
