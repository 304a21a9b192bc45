"""Signals: what the rules and the classifier say about one contact, before they are combined.

Values only. How a rule fires is in `rules`, how a score is made in `triage`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class EffectKind(StrEnum):
    """What a rule that fires does (design decision 1)."""

    FLOOR = "floor"
    ENQUIRY = "enquiry"
    ROUTE = "route"
    URGENCY = "urgency"
    UPLIFT = "uplift"
    SIGN_OFF = "sign_off"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Effect:
    """A kind with its level where it has one: `floor:assessment`, `urgency:same_day`, `route:allocated_worker`."""

    kind: EffectKind
    level: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.level}" if self.level else str(self.kind)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A field that set a rule off, and the value it had.

    Pointers are RFC 6901 into the contact as sent, or start with `/picture/` for what the authority itself knows
    (history, care register).
    """

    pointer: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that fired, with everything a worker needs to check it."""

    rule_id: str
    wording: str
    source: str
    basis: str
    effects: tuple[Effect, ...]
    evidence: tuple[Evidence, ...]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """What one feature adds to the log-odds of needing an assessment, against the average contact fitted on."""

    name: str
    text: str
    contribution: float

    @property
    def raises(self) -> bool:
        """Whether it points towards a social work response."""
        return self.contribution > 0


@dataclass(frozen=True, slots=True)
class Score:
    """The classifier's two probabilities, in [0, 1], `p_early_help_or_more` never below `p_assessment`.

    `out_of_range` names features whose value lay outside what the model was fitted on.
    """

    p_assessment: float
    p_early_help_or_more: float
    model: str
    factors: tuple[Factor, ...] = ()
    out_of_range: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unscored:
    """There is no score, and why; rules only, said on every page and in the log."""

    reason: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From score to response (design decision 4). `nfa_upto` is a promise about misses; `None`: never suggest NFA."""

    assessment_from: float
    early_help_from: float
    nfa_upto: float | None


FeatureRow = Mapping[str, float]
"""Feature name -> number, as `triage.features` describes a contact."""


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """What the rulebook says about one contact: the rules that fired, and whether too little is known to close it.

    `not_known` names the counted facts that have no value, `too_little` says that they are more than the rulebook's
    stated limit, `rulebook` is its SHA-256 in hex.
    """

    hits: tuple[RuleHit, ...]
    not_known: tuple[str, ...]
    too_little: bool
    rulebook: str


@dataclass(frozen=True, slots=True)
class NoRulebook:
    """No rulebook could be loaded, and why. Contacts are still accepted; every suggestion is `undetermined`."""

    reason: str
