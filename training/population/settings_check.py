"""What a settings file must also keep to: codes that exist, names that are known, shares that are shares.

Its shape is checked in `settings`, when it is read; here is what its words and numbers mean.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

from screening.domain.contact import RISK_FORM_ITEMS, IncidentType, Presence, RelationshipToVictim, RiskTool
from screening.domain.household import CareStatus
from screening.intake.codes import Ethnicity
from training.population.deciding import SIGHTS
from training.population.form import GRADE_TERMS
from training.population.kin import COUPLES, OWN_CHILDREN, YOUNGEST_YEARS
from training.population.languages import SPOKEN
from training.population.need import TERMS
from training.population.settings import Authority, SettingsRefused, read_authority

_WEEKDAYS = tuple(map(str, range(7)))
_HOURS = tuple(map(str, range(19)))
"""Hours that a band of six may begin at."""
_CHILDREN = tuple(map(str, range(1, 21)))

_SHARES = {
    "families": (
        *("victim_female", "same_sex_couple", "step_child", "teenage_party", "second_household", "disability"),
        *("honour", "order_in_place", "language_shared", "interpreter", "child_interpreter"),
        *("mental_health", "substance", "convictions", "other_households", "ethnicity_not_recorded"),
    ),
    "repeats": ("soon", "reported", "told_to_us"),
    "happenings": (
        *("strangulation", "weapon", "threat_to_kill", "breach", "alcohol", "drugs"),
        *("child_hurt", "child_threatened", "child_intervened", "child_afraid"),
    ),
    "recording": None,
    "form": ("reviewed", "seen_ticked", "contradicted"),
    "deciding": ("open_case_passed_on", "strategy_discussion"),
    "aftermath": (
        *("recheck", "recheck_right", "assessment_right", "early_help_right"),
        *("surfaces_assessment", "surfaces_early_help", "surfaces_wrongly"),
    ),
    "bias": ("reported",),
}
"""Settings that are shares; `None` for every number of a table."""

_TRUE_SHARES = {"repeats": ("again",), "form": ("refused", "dont_know")}
"""Shares whose log-odds are reckoned, so that none may be 0 or 1."""

_AT_LEAST = {
    "period": {"months": 1, "months_before": 0},
    "habits": {"teams": 1, "officers_a_team": 1, "workers": 2, "decision_noise": 0, "worker_lenience": 0},
    "bias": {"recorded": 0, "decided": 0},
    "happenings": {"told_late_days": 0},
}


def checked_authority(path: Path) -> Authority:
    """The authority that a settings file describes. Raises SettingsRefused with every fault at once."""
    authority = read_authority(path)
    faults = tuple(_faults(authority))
    if faults:
        raise SettingsRefused(faults)
    return authority


def _faults(authority: Authority) -> Iterator[str]:
    yield from _wrong_codes(authority)
    yield from _wrong_names(authority)
    for subject, names in _SHARES.items():
        yield from _no_shares(subject, getattr(authority, subject), names)
    for subject, true_shares in _TRUE_SHARES.items():
        yield from _no_true_shares(subject, {name: getattr(getattr(authority, subject), name) for name in true_shares})
    yield from _no_true_shares("form.share", authority.form.share)
    for where, shares in _tables_of_shares(authority):
        yield from (
            f"{where}.{name}: {it} is no share between 0 and 1" for name, it in shares.items() if not 0 <= it <= 1
        )
    for subject, least in _AT_LEAST.items():
        for name, low in least.items():
            if getattr(getattr(authority, subject), name) < low:
                yield f"{subject}: {name} must be {low} or more"


def _tables_of_shares(authority: Authority) -> Iterator[tuple[str, Mapping[str, float]]]:
    yield "families.another_language", authority.families.another_language
    yield "happenings.told_late", authority.happenings.told_late


def _wrong_codes(authority: Authority) -> Iterator[str]:
    """Tables of weights, of which one key is picked: keys that exist, and something to pick."""
    happenings, families = authority.happenings, authority.families
    for where, weights, known in (
        ("happenings.type_when_violent", happenings.type_when_violent, _codes(IncidentType)),
        ("happenings.type_otherwise", happenings.type_otherwise, _codes(IncidentType)),
        ("happenings.type_of_ex_partner", happenings.type_of_ex_partner, _codes(IncidentType)),
        ("happenings.presence", happenings.presence, _codes(Presence)),
        ("happenings.weekday", happenings.weekday, _WEEKDAYS),
        ("happenings.hours", happenings.hours, _HOURS),
        ("families.children", families.children, _CHILDREN),
        ("families.youngest_age", families.youngest_age, YOUNGEST_YEARS),
        ("families.relation", families.relation, _codes(RelationshipToVictim)),
        ("families.children_of_suspect", families.children_of_suspect, OWN_CHILDREN),
        ("families.register", families.register, {*_codes(CareStatus), "none"}),
        ("families.ethnicity", families.ethnicity, _codes(Ethnicity)),
        ("form.tools", authority.form.tools, _codes(RiskTool)),
    ):
        yield from _strangers(where, weights, known)
        if any(weight < 0 for weight in weights.values()):
            yield f"{where}: a weight is below 0"
        elif not sum(weights.values()):
            yield f"{where}: there is nothing to pick from"
    if families.second_household and not any(families.relation.get(relation) for relation in COUPLES):
        yield "families.second_household: a second home is a couple's, and families.relation has none"
    if not all(len(code) == 2 and code.isdigit() for code in families.force):
        yield "families.force: a force code is two digits"
    yield from _strangers("bias.group", authority.bias.group, _codes(Ethnicity))


def _wrong_names(authority: Authority) -> Iterator[str]:
    """Tables of numbers by name: names that are known, and all of them where each is needed."""
    form = authority.form
    for where, numbers, known in (
        ("form.share", form.share, RISK_FORM_ITEMS),
        ("form.loading", form.loading, RISK_FORM_ITEMS),
        ("form.grade", form.grade, GRADE_TERMS),
    ):
        yield from _strangers(where, numbers, known)
        yield from (f"{where}: {name} is missing" for name in known if name not in numbers)
    yield from _strangers("happenings.told_late", authority.happenings.told_late, _codes(IncidentType))
    yield from _strangers("families.another_language", authority.families.another_language, set(map(str, SPOKEN)))
    yield from _strangers("need.assessment", authority.need.assessment, TERMS)
    yield from _strangers("need.early_help", authority.need.early_help, TERMS)
    yield from _strangers("deciding.weight", authority.deciding.weight, SIGHTS)


def _codes(kind: type[StrEnum]) -> set[str]:
    return {str(code) for code in kind}


def _strangers(where: str, names: Collection[str], known: Collection[str]) -> Iterator[str]:
    yield from (f"{where}: {name} is not one of {', '.join(sorted(known))}" for name in names if name not in known)


def _no_shares(subject: str, values: object, names: tuple[str, ...] | None) -> Iterator[str]:
    wanted = names or tuple(field.name for field in fields(values))  # type: ignore[arg-type]  # every table is a dataclass
    for name in wanted:
        if not 0.0 <= getattr(values, name) <= 1.0:
            yield f"{subject}.{name}: {getattr(values, name)} is no share between 0 and 1"


def _no_true_shares(where: str, shares: Mapping[str, float]) -> Iterator[str]:
    for name, share in shares.items():
        if not 0.0 < share < 1.0:
            yield f"{where}.{name}: {share} is no share above 0 and below 1"
