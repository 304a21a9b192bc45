"""What a settings file must also keep to: codes that exist, terms that need knows, shares that are shares.

Its shape is checked in `settings`, when it is read; here is what its words and numbers mean.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

from screening.domain.contact import RISK_FORM_ITEMS, IncidentType, Presence, RelationshipToVictim, RiskTool
from screening.domain.household import CareStatus
from training.population.need import TERMS
from training.population.settings import Authority, SettingsRefused, read_authority

_SHARES = {
    "families": ("victim_female", "teenage_party", "second_household", "disability", "honour", "order_in_place"),
    "repeats": ("again", "soon", "reported", "told_to_us"),
    "recording": None,
    "aftermath": ("recheck", "recheck_right", "assessment_right", "early_help_right", "surfaces_assessment"),
    "bias": ("reported",),
}
"""Settings that are shares; `None` for every number of a table."""


def checked_authority(path: Path) -> Authority:
    """The authority that a settings file describes. Raises SettingsRefused with every fault at once."""
    authority = read_authority(path)
    faults = tuple(_faults(authority))
    if faults:
        raise SettingsRefused(faults)
    return authority


def _faults(authority: Authority) -> Iterator[str]:
    happenings, families = authority.happenings, authority.families
    for name in ("type_when_violent", "type_otherwise", "type_of_ex_partner"):
        yield from _strangers(f"happenings.{name}", getattr(happenings, name), _codes(IncidentType))
    yield from _strangers("happenings.presence", happenings.presence, _codes(Presence))
    yield from _strangers("families.relation", families.relation, _codes(RelationshipToVictim))
    yield from _strangers("families.register", families.register, {*_codes(CareStatus), "none"})
    yield from _strangers("form.tools", authority.form.tools, _codes(RiskTool))
    for name in ("share", "loading"):
        weights = getattr(authority.form, name)
        yield from _strangers(f"form.{name}", weights, set(RISK_FORM_ITEMS))
        yield from (f"form.{name}: {item} is missing" for item in RISK_FORM_ITEMS if item not in weights)
    for name in ("assessment", "early_help"):
        yield from _strangers(f"need.{name}", getattr(authority.need, name), set(TERMS))
    for table, names in _SHARES.items():
        yield from _no_shares(table, getattr(authority, table), names)
    if authority.period.months < 1 or authority.period.months_before < 0:
        yield "period: months must be 1 or more, and months_before 0 or more"


def _codes(kind: type[StrEnum]) -> set[str]:
    return {str(code) for code in kind}


def _strangers(where: str, weights: Mapping[str, float], known: set[str]) -> Iterator[str]:
    yield from (f"{where}: {key} is not one of {', '.join(sorted(known))}" for key in weights if key not in known)
    if any(weight < 0 for weight in weights.values()) and not where.startswith(("need.", "form.loading")):
        yield f"{where}: a weight is below 0"


def _no_shares(table: str, values: object, names: tuple[str, ...] | None) -> Iterator[str]:
    wanted = names or tuple(field.name for field in fields(values))  # type: ignore[arg-type]  # every table is a dataclass
    for name in wanted:
        if not 0.0 <= getattr(values, name) <= 1.0:
            yield f"{table}.{name}: {getattr(values, name)} is no share between 0 and 1"
