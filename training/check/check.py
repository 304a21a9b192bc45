"""Is a history fit to learn from? What is wrong with it, where, and what to do; and what to keep in mind.

What refuses: learning from it would mislead, and quietly so (a status that was opened by the decision, a family on both
sides of a split, days that cannot be). What is only noted makes figures weaker, not wrong. Whether its files can be
read at all is seen before (`extract`), and how hard it is to learn from shows in the evaluation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from training.check.days import grown_children, impossible_days, impossible_register
from training.check.doubts import doubtful
from training.check.finding import Finding
from training.check.labels import too_few, too_small_splits, too_telling, weak
from training.history.extract import Extract, ExtractRefused
from training.history.extract_contacts import GROWN_CHILD
from training.history.extract_faults import PLACES_SHOWN, told
from training.history.rows import Rows
from training.history.split import FOLDS, parted

TOO_THIN = frozenset({"nothing_worked", "one_class", "too_few_outcomes", "split_too_large"})
"""What keeps a fit from learning, and leaves figures of a model that is there weak or away, not wrong."""


def check(extract: Extract, rows: Rows, *, today: date) -> tuple[Finding, ...]:
    """Everything found, what refuses first. `today` is the day of the check: nothing may have happened after it."""
    found = [*_strangers(extract, rows), *_register(extract), *_left_alone(extract)]
    if len(rows):
        found += [
            *impossible_days(rows, today),
            *impossible_register(extract.register or (), rows, today),
            *grown_children(extract.noticed.get(GROWN_CHILD, ()), len(rows)),
            *_splits(rows),
            *_too_few_families(rows),
            *too_few(rows),
            *too_telling(rows),
            *weak(rows),
            *doubtful(extract, rows),
        ]
    return tuple(sorted(found, key=lambda finding: not finding.refuses))


def to_judge(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same for whoever only judges a model on the history: that outcomes are too few is noted then."""
    return tuple(replace(one, refuses=one.refuses and one.code not in TOO_THIN) for one in found)


def refuse(found: Iterable[Finding]) -> None:
    """Raise ExtractRefused with all that refuses, if anything does."""
    faults = [str(finding) for finding in found if finding.refuses]
    if faults:
        raise ExtractRefused(faults)


def _strangers(extract: Extract, rows: Rows) -> Iterator[Finding]:
    """References in the tables that are of no contact."""
    if not len(rows):
        yield Finding(
            "no_decided_contact",
            "decisions.csv has no decision on any contact that is there.",
            "Use the same contact_reference in all files.",
        )
        return
    there = set(rows.references)
    for name, given in (("decisions.csv", extract.decisions), ("outcomes.csv", extract.outcomes)):
        strange = [reference for reference in given if reference not in there]
        if strange:
            yield Finding(
                "strange_reference",
                f"{name} has {len(strange)} rows of no decided contact ({told(strange)}).",
                "They are left out; look whether contacts are missing.",
                refuses=False,
            )
    unsplit = [name for name, split in zip(rows.references, rows.splits, strict=False) if not split]
    if unsplit:
        yield Finding(
            "no_split",
            f"splits.csv has no row for {len(unsplit)} decided contacts ({told(unsplit)}).",
            "Give each its split, or leave the file out and folds are dealt by family.",
        )


def _register(extract: Extract) -> Iterator[Finding]:
    undated = sum(entry.since is None for entry in extract.register or ())
    if undated:
        yield Finding(
            "leakage",
            f"register.csv: {undated} rows have no since, so a case that was opened by a decision would be known to it "
            f"beforehand.",
            "Give since in every row, or take those rows out.",
        )


def _too_few_families(rows: Rows) -> Iterator[Finding]:
    families = len(set(rows.families.tolist()))
    if families < FOLDS:
        yield Finding(
            "too_few_families",
            f"The decided contacts ({len(rows)}) are of too few families ({families}): {FOLDS} are the least, since "
            f"what is learnt of a family is never tried on it.",
            "Give a longer history, or look whether one person stands in all contacts, such as under a made-up name.",
        )


def _left_alone(extract: Extract) -> Iterator[Finding]:
    for name, columns in extract.left_alone.items():
        yield Finding(
            "columns_left_alone",
            f"{name} has columns that are not read: {', '.join(columns)}.",
            "Nothing is learnt from them; look whether one is a column that is read, misspelt.",
            refuses=False,
        )


def _splits(rows: Rows) -> Iterator[Finding]:
    if not rows.splits:
        return
    if len(set(rows.splits)) < 2:
        yield Finding("one_split", "splits.csv names one split only.", "Name two or more, or leave the file out.")
    across = parted(rows.families.tolist(), rows.splits)
    if across:
        places = [int(np.flatnonzero(rows.families == family)[0]) for family in across[: PLACES_SHOWN + 1]]
        yield Finding(
            "family_across_splits",
            f"splits.csv: {len(across)} families lie in more than one split, such as those of contacts "
            f"{', '.join(rows.references[place] for place in places[:PLACES_SHOWN])}.",
            "Put all contacts that share anybody in one split, or leave the file out and folds are dealt by family.",
        )
    elif len(set(rows.splits)) > 1 and "" not in rows.splits:
        yield from too_small_splits(rows)
