"""Features: the one definition of what the classifier sees, for service and training alike (design decision 7).

Order rules, all of them tested:
- A feature reads facts and nothing else. Names, references, sex, ethnicity, language, interpreter, disability (so
  `special_needs`), religion, nationality, school, postcode and address are no features and stand behind none.
- A feature that `rises` is fitted under the constraint +1: more of it never lowers the score. Every risk that the
  contact contract declares is one, and so is every input that can be not known: 0 no, one half not known, 1 yes.
  Sent as not known and not recorded are the same here, so silence never looks safer than a no.
- Only the two classes of incident that the force always gives, and that are neither more nor less by nature, are free.

Left out on purpose:
- What the police or the family did about it (arrest, whereabouts of the suspect, protective factors, consent): it would
  let a protective factor lower the score, and it follows local practice more than need.
- Our own closures of earlier contacts: the score would learn our habits. A rule reads them instead.
- The number of ticks: it is the sum of the 26 items, which are here one by one.
- What the suspect is to the victim: it may be not known, and has no direction; separation is here already.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from screening.domain.contact import RISK_FORM_ITEMS
from screening.domain.fact_list import FACTS
from screening.domain.facts import Fact, FactKind, Facts, FactValue, NotKnown

NOT_KNOWN = 0.5
"""A not-known answer: between no (0) and yes (1), and between the lowest code or count (0) and the next (1)."""

PRESENCE_NOT_KNOWN = 1.5
"""A child who may have seen it: between elsewhere in the home (1) and saw or heard (2)."""

ADULTHOOD_YEARS = 18
CHILD_AGE_NOT_KNOWN = 9.0
"""A child whose age is not known counts as one of nine, unless another is younger."""

FAR_AWAY_DAYS = 731
"""No earlier incident is as far away as one of two years ago."""

RECENCY_NOT_KNOWN_DAYS = 182
"""An earlier incident of no known date is taken for half a year old."""

LARGEST_COUNT = 1_000
"""Counts are told apart up to here; beyond what a model was fitted on, the score says so itself."""


PROBES = 16
"""More than any fact has kinds of value, so that the digest below has seen them all."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One number that the classifier reads. `text` is for staff; `rises` is the monotone constraint +1."""

    name: str
    text: str
    rises: bool
    encode: Callable[[Facts], float]


_YES_NO: dict[FactValue, float] = {
    False: 0.0,
    NotKnown.SENT: NOT_KNOWN,
    NotKnown.NOT_RECORDED: NOT_KNOWN,
    True: 1.0,
}


def _yes_no(fact: str, text: str = "") -> Feature:
    """0 no, one half not known, 1 yes."""
    return Feature(fact, text or FACTS[fact].text, rises=True, encode=lambda facts: _YES_NO[facts[fact]])


def _ordered(fact: str, not_known: float = NOT_KNOWN) -> Feature:
    """A code's place among its levels, which rise."""
    places: dict[FactValue, float] = {level: float(place) for place, level in enumerate(FACTS[fact].levels)}
    places |= dict.fromkeys(NotKnown, not_known)
    return Feature(fact, FACTS[fact].text, rises=True, encode=lambda facts: places[facts[fact]])


def _count(fact: str, text: str) -> Feature:
    def encode(facts: Facts) -> float:
        count = facts[fact]
        return float(min(count, LARGEST_COUNT)) if isinstance(count, int) else NOT_KNOWN

    return Feature(fact, text, rises=True, encode=encode)


def _type_is(incident_type: str, text: str) -> Feature:
    return Feature(
        f"type_{incident_type}",
        text,
        rises=False,
        encode=lambda facts: 1.0 if facts["incident_type"] == incident_type else 0.0,
    )


def _youth(facts: Facts) -> float:
    """Years that the youngest child is short of 18, so that younger is more; 18 for a baby or an unborn child."""
    age = facts["youngest_child_age"]
    if not isinstance(age, int):
        return CHILD_AGE_NOT_KNOWN
    years = float(max(0, ADULTHOOD_YEARS - age))
    return max(years, CHILD_AGE_NOT_KNOWN) if facts["child_age_not_recorded"] is True else years


def _recency(facts: Facts) -> float:
    """Days by which the incident before is nearer than two years, so that more recent is more; 0 for none."""
    days = facts["days_since_last_incident"]
    if isinstance(days, int):
        return float(max(0, FAR_AWAY_DAYS - days))
    return 0.0 if facts["earlier_incidents"] == 0 else float(FAR_AWAY_DAYS - RECENCY_NOT_KNOWN_DAYS)


FEATURES: tuple[Feature, ...] = (
    _type_is("verbal_argument", "The force classes it as a verbal argument"),
    _type_is("child_contact_dispute", "The force classes it as a dispute over child contact"),
    _yes_no("violence"),
    _yes_no("threats"),
    _yes_no("sexual_offence"),
    _yes_no("stalking_incident"),
    _yes_no("coercive_control"),
    _ordered("weapon"),
    _ordered("adult_injury"),
    _yes_no("strangulation"),
    _yes_no("threat_to_kill"),
    _yes_no("alcohol"),
    _yes_no("drugs"),
    _yes_no("honour_based"),
    _yes_no("forced_marriage"),
    _yes_no("fgm_risk"),
    _yes_no("order_breached"),
    _yes_no("separated"),
    _ordered("grade"),
    _yes_no("marac_referred"),
    *(_yes_no(f"form_{item}") for item in RISK_FORM_ITEMS),
    Feature("youngest_child", "Age of the youngest child", rises=True, encode=_youth),
    _count("children_count", "Number of children"),
    _yes_no("unborn_child"),
    _ordered("child_presence", PRESENCE_NOT_KNOWN),
    _yes_no("child_injured"),
    _yes_no("child_intervened"),
    _yes_no("child_threatened"),
    _yes_no("child_disclosed_fear"),
    _yes_no("child_lives_at_address"),
    _yes_no("party_under_18"),
    _yes_no("mental_health_concern"),
    _yes_no("substance_concern"),
    _count("earlier_incidents", "Earlier incidents in 12 months"),
    Feature("recency", "Days since the incident before", rises=True, encode=_recency),
    _yes_no("suspect_other_households"),
    _yes_no("suspect_violence_convictions"),
    _yes_no("open_case"),
    _yes_no("on_protection_plan"),
    _yes_no("open_early_help"),
)
"""Every feature, in the order of a row. A scorecard with other names or another order is refused."""

FEATURE_NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)

_ENCODERS: tuple[Callable[[Facts], float], ...] = tuple(feature.encode for feature in FEATURES)


def describe(facts: Facts) -> tuple[float, ...]:
    """A contact's row: one finite number a feature, in the order of `FEATURES`.

    Raises `KeyError` where a fact is missing or has a value that its feature does not know.
    """
    return tuple([encode(facts) for encode in _ENCODERS])


def features_sha256(features: Sequence[Feature] = FEATURES) -> str:
    """What a model was fitted on, as a digest in hex: names, order, constraints, and the rows of a few probes.

    The probes give every fact every kind of value it can have, so that a feature that is encoded differently from when
    a model was fitted refuses that model, although it kept its name.
    """
    kinds = [(feature.name, feature.rises) for feature in features]
    values = {name: _probe_values(fact) for name, fact in FACTS.items()}
    probes = [{name: choices[n % len(choices)] for name, choices in values.items()} for n in range(PROBES)]
    rows = [[feature.encode(probe) for feature in features] for probe in probes]
    return hashlib.sha256(json.dumps([kinds, rows], separators=(",", ":")).encode()).hexdigest()


def _probe_values(fact: Fact) -> tuple[FactValue, ...]:
    if fact.kind is FactKind.YES_NO:
        return (False, True, *NotKnown)
    if fact.kind is FactKind.CODE:
        return (*fact.levels, *NotKnown)
    return (0, 1, 2, 7, 17, 30, 400, 5_000, *NotKnown)
