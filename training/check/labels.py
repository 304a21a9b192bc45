"""Whether outcomes can be learnt from: enough of both kinds, none told by a column that knows the end, and how weak."""

from collections.abc import Iterator

import numpy as np

from screening.domain.calendar import LONDON
from screening.domain.suggestion import Response
from screening.triage.features import FEATURE_NAMES
from training.check.finding import Finding
from training.fitting.fit import LEAST_IN_NEED, STEPS
from training.history.extract_faults import told
from training.history.follow_up import MONTHS
from training.history.rows import Bools, Floats, Rows
from training.need.known_need import LEAST_NEED_IN_SECOND_LOOKS, LEAST_SECOND_LOOKS, Known, known_of, weights_of_looked
from training.need.ranking import area_under_curve

TELLS_TOO_MUCH = 0.85
"""A single feature with such an area under the curve has seen what followed: the best published models come to 0.76."""

UNEVEN = 2.0
"""So many times as often, or as seldom, as in the whole history is no chance."""

LEAST_TO_TELL = 20
"""With fewer contacts of either kind a feature tells what followed by chance."""


def too_few(rows: Rows) -> Iterator[Finding]:
    """Whether anything was worked, and each step has enough contacts in need and enough that are not; a cause once."""
    if all(made.closed for made in rows.decisions):
        yield Finding(
            "nothing_worked",
            f"All {len(rows)} contacts were closed, so of none did anybody begin work and find what was needed.",
            "Give the contacts that were worked as well, or look whether decision says what was decided.",
        )
        return
    lacking: dict[str, list[str]] = {}
    for step, need in STEPS.items():
        known = known_of(rows, need)
        seen, usable = int((known.found | known.later).sum()), int(known.usable.sum())
        if not seen:
            lacking.setdefault("nobody", []).append(_called(step))
        elif seen == usable:
            lacking.setdefault("everybody", []).append(_called(step))
        elif min(seen, usable - seen) < LEAST_IN_NEED:
            lacking.setdefault("few", []).append(f"{seen} of {usable} contacts to need at least {_called(step)}")
    if steps := lacking.get("nobody"):
        yield Finding(
            "one_class",
            f"Nobody was found to need at least {' or '.join(steps)}, so there is nothing to tell apart.",
            "Look whether finding, later_need and recheck are filled in, and give a longer history.",
        )
    if steps := lacking.get("everybody"):
        yield Finding(
            "one_class",
            f"Every contact needed at least {' and '.join(steps)}, so there is nothing to tell apart.",
            "Give outcomes.csv the contacts of which nothing was found or came to light as well.",
        )
    if steps := lacking.get("few"):
        yield Finding(
            "too_few_outcomes",
            f"Outcomes show {' and '.join(steps)}: {LEAST_IN_NEED} in need, and as many not in need, are the least.",
            "Give a longer history, or look whether finding and later_need are filled in.",
        )


def _called(step: str) -> str:
    return "an assessment" if STEPS[step] is Response.ASSESSMENT else step.replace("_", " ")


def too_small_splits(rows: Rows) -> Iterator[Finding]:
    """Splits without which too little is left to learn from: each is left out once, and scored by a fit of the rest."""
    splits = np.array(rows.splits)
    known = {step: known_of(rows, need) for step, need in STEPS.items()}
    for split in sorted(set(rows.splits)):
        outside = splits != split
        in_need = {step: int(((one.found | one.later) & outside).sum()) for step, one in known.items()}
        fewest = min(in_need, key=lambda step: in_need[step])
        if in_need[fewest] < LEAST_IN_NEED:
            first = rows.references[int(np.flatnonzero(~outside)[0])]
            yield Finding(
                "split_too_large",
                f"splits.csv: outside the split of contact {first} lie {int(outside.sum())} contacts, of which "
                f"{in_need[fewest]} were found to need at least {_called(fewest)}: {LEAST_IN_NEED} are the least to "
                f"learn from.",
                "Make splits of about the same size, or leave the file out and folds are dealt by family.",
            )
            return


def too_telling(rows: Rows) -> Iterator[Finding]:
    """Features that tell alone what only somebody who knew the end could tell."""
    known = known_of(rows, Response.ASSESSMENT)
    ends = {
        "what was decided": (~known.closed, np.ones(len(rows))),
        "what was found": (known.found, weights_of_looked(known)),
    }
    ends = {end: of for end, of in ends.items() if _enough_of_both(*of)}
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


def _enough_of_both(yes: Bools, weights: Floats) -> bool:
    counted = yes[weights > 0.0]
    return min(int(counted.sum()), int((~counted).sum())) >= LEAST_TO_TELL


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
    yield from _uneven(rows, known)
    nothing_kept = int((~known.usable).sum())
    if nothing_kept:
        yield Finding(
            "finding_missing",
            f"{nothing_kept} contacts were worked and have no finding.",
            "They are not learnt from; fill finding in where it is known.",
            refuses=False,
        )
    yield from _not_used(rows)
    young = int((known.closed & ~rows.followed).sum())
    if young:
        yield Finding(
            "not_yet_followed",
            f"{young} contacts were closed less than {MONTHS} months before the last day in the history, so what came "
            f"later is not all known.",
            "They count by what second looks at such contacts found or, where there are few of those, as followed "
            "contacts with their score do: look again at some of them too, or draw it later.",
            refuses=False,
        )


def _uneven(rows: Rows, known: Known) -> Iterator[Finding]:
    """Whether second looks fell on some years' closed contacts far more than on others'."""
    years = np.array([at.astimezone(LONDON).year for at in rows.sent_at])[known.closed]
    again = known.looked_again[known.closed]
    whole = float(again.mean()) if len(again) else 0.0
    many = [year for year in np.unique(years).tolist() if (years == year).sum() * whole >= LEAST_TO_TELL]
    shares = {year: float(again[years == year].mean()) for year in many}
    if any(not whole / UNEVEN <= share <= whole * UNEVEN for share in shares.values()):
        yield Finding(
            "second_looks_uneven",
            "Closed contacts looked at again: "
            + ", ".join(f"{share:.1%} of those sent in {year}" for year, share in shares.items())
            + ".",
            "Figures by group and over time count each second look alike: draw them evenly over the years.",
            refuses=False,
        )


def _not_used(rows: Rows) -> Iterator[Finding]:
    """Outcomes that say what their contact's decision leaves no room for."""
    both = list(zip(rows.references, rows.decisions, rows.outcomes, strict=True))
    found = [name for name, made, outcome in both if made.closed and outcome.finding is not None]
    again = [name for name, made, outcome in both if not made.closed and outcome.recheck is not None]
    if found:
        yield Finding(
            "finding_not_used",
            f"{len(found)} findings on closed contacts are not used ({told(found)}): nobody began work on those.",
            "Look whether decision is right there; a second look belongs in recheck, what came to light in later_need.",
            refuses=False,
        )
    if again:
        yield Finding(
            "recheck_not_used",
            f"{len(again)} second looks at contacts that were worked are not used ({told(again)}).",
            "Look whether decision is right there; what was found belongs in finding.",
            refuses=False,
        )
