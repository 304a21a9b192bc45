"""Names of what no score may read: what was recorded after the decision, and who somebody is.

A name is judged by its words, so that `outcome_code` and `children[0].religion` are known for what they are. Only names
that are neither a field of the contract nor a feature are asked about.
"""

import re

_AFTER = frozenset(
    {
        *("decision", "decided", "worker", "closed", "closure", "nfa", "signed", "suggestion", "suggested"),
        *("outcome", "outcomes", "finding", "findings", "found", "later", "harm", "recheck", "rechecked"),
        *("assessed", "assessment", "need", "needed", "truth", "substantiated", "rereferral", "rereferred"),
    }
)
_WHO = frozenset(
    {
        *("name", "names", "forename", "surname", "sex", "gender", "ethnicity", "ethnic", "race", "language"),
        *("interpreter", "religion", "faith", "nationality", "immigration", "disability", "disabled", "sexuality"),
        *("school", "postcode", "address", "area", "ward", "lsoa", "uprn", "deprivation", "imd"),
    }
)


def after_the_decision(name: str) -> bool:
    """Whether a column of this name is recorded once somebody has decided, or later."""
    return not _words(name).isdisjoint(_AFTER)


def about_who_somebody_is(name: str) -> bool:
    """Whether a column of this name says who somebody is, or where: protected, or standing for it."""
    return not _words(name).isdisjoint(_WHO)


def _words(name: str) -> set[str]:
    return set(re.split(r"[^a-z]+", name.lower()))
