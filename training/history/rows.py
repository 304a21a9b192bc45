"""A history as rows: what the rules and the features made of every contact on its day, and what became of it.

A contact is read twice where somebody in it is only possibly known: as the service counts it, and as if they were
certain, since no further action is not suggested where counting them would raise the suggestion (design decision 5).
Nothing is learned here. Evidence of rules is left out, so that many years of rows fit in memory.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt

from screening.domain.contact import Contact
from screening.domain.fact_list import establish
from screening.domain.facts import Subject
from screening.domain.household import Picture
from screening.domain.signals import RuleFindings
from screening.rules.evaluate import evaluate
from screening.rules.rulebook import Rulebook
from screening.triage.features import FEATURE_NAMES, describe
from training.history.extract import NOTHING_KNOWN_YET, DecisionMade, Extract, Outcome
from training.history.follow_up import followed
from training.history.pictures import families, pictured

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reading:
    """What rules and features made of contacts: `X` is (contacts, features), `findings` has one item a contact."""

    X: Floats
    findings: tuple[RuleFindings, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The decided contacts of a history in the order of arrival, one place a contact in every sequence.

    `as_known` is what the service goes by. `as_possible` has the same contacts with possible matches counted, but only
    those at the places `possible`. `families` numbers the families: contacts that share anybody are one's. `followed`
    (n,) says of each whether twelve months after its decision lie within the history. `splits` names the split of each
    contact where the authority has its own, and is empty where it has none. `undecided` is how many contacts were read
    beside these: they are history for others.
    """

    references: tuple[str, ...]
    sent_at: tuple[datetime, ...]
    families: Ints
    as_known: Reading
    possible: Ints
    as_possible: Reading
    decisions: tuple[DecisionMade, ...]
    outcomes: tuple[Outcome, ...]
    followed: Bools
    splits: tuple[str, ...] = ()
    undecided: int = 0

    def __len__(self) -> int:
        return len(self.references)


def read_rows(extract: Extract, rulebook: Rulebook, progress: Callable[[int], None] = lambda _: None) -> Rows:
    """Every contact of `extract` that was decided on. `progress` is told of each contact read, decided or not.

    A contact without a decision (one that a later one corrects) is history for others and no row of its own.
    Raises ExtractRefused where any contact is none, once all are read.
    """
    read = _Reader(rulebook)
    references: list[str] = []
    sent_at: list[datetime] = []
    known: list[tuple[tuple[float, ...], RuleFindings]] = []
    counted: list[tuple[tuple[float, ...], RuleFindings]] = []
    possible: list[int] = []
    people: list[frozenset[str]] = []
    decided: list[int] = []
    for number, taken in enumerate(pictured(extract.contacts(), extract.decisions, extract.register)):
        contact = taken.contact
        people.append(taken.people)
        if contact.contact_reference in extract.decisions:
            if taken.picture.has_possible:
                possible.append(len(decided))
                counted.append(read(contact, taken.picture.counting_possible()))
            known.append(read(contact, taken.picture))
            references.append(contact.contact_reference)
            sent_at.append(contact.sent_at)
            decided.append(number)
        progress(1)
    decisions = tuple(extract.decisions[reference] for reference in references)
    outcomes = tuple(extract.outcomes.get(reference, NOTHING_KNOWN_YET) for reference in references)
    return Rows(
        references=tuple(references),
        sent_at=tuple(sent_at),
        families=np.array(families(people), dtype=np.int64)[np.array(decided, dtype=np.int64)],
        as_known=_reading(known),
        possible=np.array(possible, dtype=np.int64),
        as_possible=_reading(counted),
        decisions=decisions,
        outcomes=outcomes,
        followed=followed(decisions, outcomes) & _has_row(extract, references),
        splits=tuple(extract.splits.get(reference, "") for reference in references) if extract.splits else (),
        undecided=len(people) - len(decided),
    )


def _has_row(extract: Extract, references: Sequence[str]) -> Bools:
    """Whether outcomes.csv has a row of each: what came of the others is not known."""
    return np.array([reference in extract.outcomes for reference in references], dtype=np.bool_)


class _Reader:
    """Reads one contact at a time; findings that are alike but for their evidence are kept once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._alike: dict[tuple[object, ...], RuleFindings] = {}

    def __call__(self, contact: Contact, picture: Picture) -> tuple[tuple[float, ...], RuleFindings]:
        facts = establish(contact, picture)
        found = evaluate(self._rulebook, facts, Subject.of(contact, picture))
        alike = (tuple(hit.rule_id for hit in found.hits), found.not_known)
        if alike not in self._alike:
            self._alike[alike] = replace(found, hits=tuple(replace(hit, evidence=()) for hit in found.hits))
        return describe(facts), self._alike[alike]


def _reading(read: list[tuple[tuple[float, ...], RuleFindings]]) -> Reading:
    X = np.array([row for row, _ in read], dtype=np.float64).reshape(len(read), len(FEATURE_NAMES))
    return Reading(X, tuple(found for _, found in read))
