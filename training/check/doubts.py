"""Outcomes that can be read and are hardly what they are called: filled in, copied, cut off, or not joined.

A promise about misses rests on second looks, and a model on findings. Where either was filled in by a default or copied
from something else, every figure comes out smooth and wrong, and nothing later can show it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from screening.domain.suggestion import Response
from training.check.finding import Finding
from training.history.extract import Extract
from training.history.extract_faults import told
from training.history.follow_up import decided_on
from training.history.rows import Rows
from training.need.known_need import known_of

MOST_LOOKED_AGAIN = 0.5
"""Of closed contacts: where more have a second look, each has to say on which day it was."""

ENOUGH_FOUND = 20
"""Second looks that found need: if so many brought out nothing new, they were copied. Two in five do, as made up."""

FOLLOWS = 0.98
ENOUGH_WORKED = 100
"""Of so many worked contacts such a share with the finding that goes with the decision: no two people agree so well."""

STOPS_BEFORE = timedelta(days=92)
UNDECIDED_AT_MOST = 0.1


def doubtful(extract: Extract, rows: Rows) -> Iterator[Finding]:
    """Everything that is hardly what it is called."""
    yield from _second_looks(rows)
    yield from _findings(rows)
    yield from _not_joined(extract, rows)
    yield from _cut_off(rows)
    if extract.register is not None and not extract.register:
        yield Finding(
            "register_empty",
            "register.csv has no row, so no contact counts as one of a child known to the authority.",
            "Give every row that stood at any time while the contacts came, with since, or leave the file out.",
            refuses=False,
        )


def _second_looks(rows: Rows) -> Iterator[Finding]:
    closed = [outcome for made, outcome in zip(rows.decisions, rows.outcomes, strict=True) if made.closed]
    again = [outcome for outcome in closed if outcome.recheck is not None]
    undated = sum(outcome.recheck_on is None for outcome in again)
    if undated and len(again) > MOST_LOOKED_AGAIN * len(closed):
        yield Finding(
            "second_looks_filled_in",
            f"{len(again)} of {len(closed)} closed contacts have a recheck, and {undated} of these no recheck_on.",
            "Leave recheck empty where nobody looked again blind; where most were looked at, give each its recheck_on.",
        )
    known = known_of(rows, Response.ASSESSMENT)
    found = known.looked_again & known.found
    if found.sum() >= ENOUGH_FOUND and not (found & ~known.later).any():
        yield Finding(
            "second_looks_copied",
            f"All {int(found.sum())} second looks that found need are at contacts of which it came to light anyway.",
            "Look whether recheck was filled in from later_need; it is what somebody found who did not know that.",
        )


def _findings(rows: Rows) -> Iterator[Finding]:
    by_decision: dict[str, Counter[Response]] = defaultdict(Counter)
    for made, outcome in zip(rows.decisions, rows.outcomes, strict=True):
        if not made.closed and outcome.finding is not None:
            by_decision[made.code][outcome.finding] += 1
    worked = sum(sum(found.values()) for found in by_decision.values())
    alike = sum(found.most_common(1)[0][1] for found in by_decision.values())
    several = len({found for counted in by_decision.values() for found in counted}) > 1
    if several and worked >= ENOUGH_WORKED and alike >= FOLLOWS * worked:
        yield Finding(
            "finding_follows_decision",
            f"In {alike} of {worked} worked contacts the finding is the one that goes with the decision.",
            "Give what work found to be needed: a model fitted to decisions repeats their mistakes.",
        )


def _not_joined(extract: Extract, rows: Rows) -> Iterator[Finding]:
    lost = [
        reference
        for reference, made in zip(rows.references, rows.decisions, strict=True)
        if made.closed and reference not in extract.outcomes
    ]
    if lost:
        yield Finding(
            "no_outcome_row",
            f"outcomes.csv has no row for {len(lost)} closed contacts ({told(lost)}).",
            "What came of them is taken as not known; where it is known that nothing did, give an empty row.",
            refuses=False,
        )
    if rows.undecided > UNDECIDED_AT_MOST * (rows.undecided + len(rows)):
        yield Finding(
            "no_decision",
            f"{rows.undecided} of {rows.undecided + len(rows)} contacts have no decision.",
            "They are history for others and nothing is learnt from them; look whether decisions.csv is whole.",
            refuses=False,
        )


def _cut_off(rows: Rows) -> Iterator[Finding]:
    came = [outcome.later_on for outcome in rows.outcomes if outcome.later_on is not None]
    last = max(map(decided_on, rows.decisions))
    if came and max(came) + STOPS_BEFORE < last:
        before = int(np.sum([decided_on(made) > max(came) for made in rows.decisions]))
        yield Finding(
            "later_need_stops",
            f"The last day that need came to light on is {max(came)}, {(last - max(came)).days} days before the last "
            f"decision; {before} contacts were decided after it.",
            "Look whether later_need was drawn for all years: where it was not, it is read as if nothing came.",
            refuses=False,
        )
