"""A history as the service would have screened it: for each contact its row of features and what the rules found.

The same facts, features, rules and combination as in service, nothing of their own: what is fitted and judged here is
what people will see. Evidence and wording are left out, so that hundreds of thousands fit in memory.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from screening.domain.contact import Contact
from screening.domain.fact_list import establish
from screening.domain.facts import NotKnown, Subject
from screening.domain.household import Picture
from screening.domain.signals import RuleFindings, RuleHit, Score, Thresholds
from screening.domain.suggestion import Response
from screening.rules.evaluate import fired_rules
from screening.rules.rulebook import Rulebook
from screening.triage.combine import combine, with_possible_matches
from screening.triage.features import describe
from training.extract import DecisionMade, Extract, Outcome
from training.history import families, pictured

PROGRESS_EVERY = 250

Probabilities = tuple[float, float]
"""P(needs early help or more) and P(needs an assessment), calibrated."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What screening rests on: a row of features, and what the rules found."""

    row: tuple[float, ...]
    findings: RuleFindings


@dataclass(frozen=True, slots=True)
class Case:
    """One contact of a history. `if_counted` is the ground with possible matches as certain, where there are any.

    `family` is the number of its family: everybody who shares a person, directly or through others. `decision` is
    `None` for a contact that was never decided, as one that another corrected.
    """

    reference: str
    sent_at: datetime
    family: int
    ground: Ground
    if_counted: Ground | None
    decision: DecisionMade | None
    outcome: Outcome | None


def cases_of(extract: Extract, rulebook: Rulebook, progress: Callable[[int], None]) -> list[Case]:
    """Every contact of the extract, in the order of arrival. `progress` is told how many more are done."""
    screened = list(_screened(extract, _Rules(rulebook), progress))
    numbers = families(people for _, _, _, people in screened)
    return [
        Case(
            reference=contact.contact_reference,
            sent_at=contact.sent_at,
            family=number,
            ground=ground,
            if_counted=if_counted,
            decision=extract.decisions.get(contact.contact_reference),
            outcome=extract.outcomes.get(contact.contact_reference),
        )
        for (contact, ground, if_counted, _), number in zip(screened, numbers, strict=True)
    ]


def suggested(case: Case, here: Probabilities, if_counted: Probabilities | None, thresholds: Thresholds) -> Response:
    """The combined suggestion for a case with these probabilities, exactly as the service combines it."""
    suggestion = combine(case.ground.findings, _score(here), thresholds)
    if case.if_counted is not None and if_counted is not None:
        other = combine(case.if_counted.findings, _score(if_counted), thresholds)
        suggestion = with_possible_matches(suggestion, other)
    return suggestion.response


def _score(probabilities: Probabilities) -> Score:
    p_early_help, p_assessment = probabilities
    return Score(p_assessment=p_assessment, p_early_help_or_more=max(p_early_help, p_assessment), model="")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The three parts of a contact that outlive its screening."""

    contact_reference: str
    sent_at: datetime


def _screened(
    extract: Extract, rules: "_Rules", progress: Callable[[int], None]
) -> Iterator[tuple[_Seen, Ground, Ground | None, frozenset[str]]]:
    for number, one in enumerate(pictured(extract.contacts(), extract.decisions, extract.register), start=1):
        ground = rules.ground(one.contact, one.picture)
        if_counted = rules.ground(one.contact, one.picture.counting_possible()) if one.picture.has_possible else None
        seen = _Seen(one.contact.contact_reference, one.contact.sent_at)
        yield seen, ground, None if if_counted == ground else if_counted, one.people
        if number % PROGRESS_EVERY == 0:
            progress(PROGRESS_EVERY)


class _Rules:
    """A rulebook's findings without wording and evidence; the same findings are one value."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._hits = {
            rule.id: RuleHit(rule.id, "", "", rule.basis, rule.effects, ()) for rule in rulebook.rules
        }
        self._found: dict[tuple[Sequence[str], Sequence[str]], RuleFindings] = {}

    def ground(self, contact: Contact, picture: Picture) -> Ground:
        """The ground of one contact with one picture."""
        facts = establish(contact, picture)
        fired = tuple(rule.id for rule in fired_rules(self._rulebook, facts, Subject.of(contact, picture)))
        counted = self._rulebook.information
        not_known = tuple(name for name in counted.facts if isinstance(facts[name], NotKnown))
        findings = self._found.get((fired, not_known))
        if findings is None:
            findings = self._found[fired, not_known] = RuleFindings(
                hits=tuple(self._hits[rule_id] for rule_id in fired),
                not_known=not_known,
                too_little=len(not_known) > counted.not_known_at_most,
                rulebook=self._rulebook.digest,
            )
        return Ground(describe(facts), findings)

