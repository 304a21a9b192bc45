"""What a made-up authority is like: the shape of its settings file, and nothing about any one family.

A settings file is TOML, one table a subject. Every number in it is an assumption; figures.toml holds what comes of them
against published figures. A seed changes the sample; only this file changes the authority.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TypeVar, get_type_hints

SETTINGS_FOLDER = Path(__file__).resolve().parent.parent / "settings"
"""Where the settings files that ship live; `reference` is the one that the tests hold."""


class SettingsRefused(ValueError):
    """A settings file that cannot be used; `faults` are sentences that name table and key."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Period:
    """When: the first day sent to us, how long, and how long before it the force already kept count."""

    starts_on: date
    months: int
    months_before: int


@dataclass(frozen=True, slots=True)
class Families:
    """Who lives together. Ages in years; shares in [0, 1]; `ethnicity` weighs DfE codes for a household."""

    children: Mapping[str, float]
    youngest_age: Mapping[str, float]
    relation: Mapping[str, float]
    victim_female: float
    teenage_party: float
    second_household: float
    disability: float
    honour: float
    order_in_place: float
    control_with_danger: float
    care_with_danger: float
    mental_health: float
    substance: float
    convictions: float
    other_households: float
    register: Mapping[str, float]
    ethnicity: Mapping[str, float]
    ethnicity_not_recorded: float
    force: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Repeats:
    """Whether and when it happens again: a heavy-tailed chance, and a hazard that decays. Days are means."""

    again: float
    again_spread: float
    again_with_danger: float
    soon: float
    soon_days: float
    later_days: float
    reported: float
    told_to_us: float


@dataclass(frozen=True, slots=True)
class Happenings:
    """What happens, before anybody writes it down. Weights pick; shares are chances at a severity of 1 (latent).

    `gravity` is by how many log-odds a unit of severity makes the worst things likelier, so that they come together.
    """

    type_when_violent: Mapping[str, float]
    type_otherwise: Mapping[str, float]
    type_of_ex_partner: Mapping[str, float]
    violent: float
    violent_with_severity: float
    severity_of_family: float
    severity_of_ex_partner: float
    gravity: float
    strangulation: float
    weapon: float
    threat_to_kill: float
    breach: float
    alcohol: float
    drugs: float
    presence: Mapping[str, float]
    child_hurt: float
    child_threatened: float
    child_intervened: float
    child_afraid: float
    weekday: Mapping[str, float]
    hours: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Recording:
    """How the record differs from what happened. Shares are of contacts or of people, at an average officer."""

    nominal_adult: float
    nominal_child: float
    nominal_new: float
    name_typo: float
    date_swapped: float
    date_missing: float
    no_child_named: float
    child_age_missing: float
    presence_unknown: float
    severe_unknown: float
    other_unknown: float
    left_out: float
    concern_noticed: float
    concern_mistaken: float
    force_count_missing: float
    force_count_short: float
    same_incident_twice: float
    superseded: float
    narrative_only: float
    unrecorded_child_fact: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How officers and intake workers differ. Standard deviations; drift is a year."""

    teams: int
    officers_a_team: int
    workers: int
    team_ticks: float
    officer_ticks: float
    team_grade: float
    officer_grade: float
    officer_silence: float
    drift: float
    worker_lenience: float
    decision_noise: float


@dataclass(frozen=True, slots=True)
class Form:
    """The risk form: how often refused, and each item's share of yes with its loadings."""

    refused: float
    refused_with_control: float
    dont_know: float
    dont_know_with_control: float
    control: float
    tools: Mapping[str, float]
    share: Mapping[str, float]
    loading: Mapping[str, float]
    grade: Mapping[str, float]
    grade_noise: float
    medium_from: float
    high_from: float
    reviewed: float


@dataclass(frozen=True, slots=True)
class Need:
    """The latent need: log-odds a term, for each step. No term is about who somebody is (see `need.TERMS`)."""

    assessment_base: float
    early_help_base: float
    assessment: Mapping[str, float]
    early_help: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Deciding:
    """What moves an intake worker, on the scale of one unit of noise, and where they close and assess."""

    weight: Mapping[str, float]
    early_help_from: float
    assessment_from: float
    open_case_passed_on: float
    strategy_discussion: float


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The twelve months after: what comes to light, by what was decided, and the blind second look."""

    recheck: float
    recheck_right: float
    assessment_right: float
    early_help_right: float
    surfaces_assessment: float
    surfaces_early_help: float
    surfaces_with_repeats: float
    surfaces_wrongly: float
    serious_harm: float


@dataclass(frozen=True, slots=True)
class Bias:
    """Three dials, each off or on, and how far each turns, for households whose ethnicity code is in `group`."""

    group: tuple[str, ...]
    being_reported: bool
    being_recorded: bool
    being_decided: bool
    reported: float
    recorded: float
    decided: float


@dataclass(frozen=True, slots=True)
class Authority:
    """One made-up authority. `own_seed` draws its officers, teams and workers, never its families."""

    name: str
    own_seed: int
    period: Period
    families: Families
    repeats: Repeats
    happenings: Happenings
    recording: Recording
    habits: Habits
    form: Form
    need: Need
    deciding: Deciding
    aftermath: Aftermath
    bias: Bias


def read_authority(path: Path) -> Authority:
    """The authority that a settings file describes. Raises SettingsRefused with every fault at once."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise SettingsRefused((f"{path.name} cannot be read as TOML: {fault}",)) from fault
    faults: list[str] = []
    authority = _table(Authority, raw, path.stem, faults)
    if authority is None or faults:
        raise SettingsRefused(tuple(faults))
    return authority


_Table = TypeVar("_Table")


def _table(kind: type[_Table], raw: Mapping[str, object], where: str, faults: list[str]) -> _Table | None:
    hints = get_type_hints(kind)
    wanted = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every kind here is a dataclass
    faults.extend(f"{where}: {key} is not a setting" for key in raw if key not in wanted)
    faults.extend(f"{where}: {key} is missing" for key in wanted if key not in raw)
    values = {key: _value(hints[key], raw[key], f"{where}.{key}", faults) for key in wanted if key in raw}
    return kind(**values) if len(values) == len(wanted) else None


def _value(hint: object, raw: object, where: str, faults: list[str]) -> object:
    if isinstance(hint, type) and hint.__module__ == __name__:
        if isinstance(raw, dict):
            return _table(hint, raw, where, faults)
    elif hint is float and isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    elif hint == tuple[str, ...] and isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return tuple(raw)
    elif hint == Mapping[str, float] and isinstance(raw, dict):
        if all(isinstance(item, int | float) and not isinstance(item, bool) for item in raw.values()):
            return {key: float(item) for key, item in raw.items()}
    elif hint in {bool, int, str, date} and type(raw) is hint:
        return raw
    faults.append(f"{where}: {raw!r} is not what belongs here")
    return None
