"""What a made-up authority is like: the shape of its settings file, and nothing about any one family.

A settings file is TOML, one table a subject. Every number in it is an assumption; figures.toml holds what comes of them
against published figures. A seed changes the sample; only this file changes the authority. A file may say `like`, with
the name of a whole one beside it, and then only the settings that differ; a setting that is a table itself is given
whole.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from training.population.settings_table import table_of

MONTH_DAYS = 365.25 / 12
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

    @property
    def counted_from(self) -> date:
        """The first day that the force kept count."""
        return self.starts_on - timedelta(days=int(self.months_before * MONTH_DAYS))

    @property
    def ends_on(self) -> date:
        """The day after the last that was sent to us."""
        return self.starts_on + timedelta(days=int(self.months * MONTH_DAYS))


@dataclass(frozen=True, slots=True)
class Families:
    """Who lives together. Ages in years; shares in [0, 1]; `ethnicity` weighs DfE codes for a household.

    `another_language` is, by ethnicity, the share of homes whose first language is not English.
    `children_of_suspect` weighs which children are a partner's or former partner's own (`kin.OWN_CHILDREN`).
    """

    children: Mapping[str, float]
    youngest_age: Mapping[str, float]
    relation: Mapping[str, float]
    victim_female: float
    same_sex_couple: float
    children_of_suspect: Mapping[str, float]
    step_child: float
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
    another_language: Mapping[str, float]
    language_shared: float
    interpreter: float
    child_interpreter: float
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

    `told_late` is, by type, the share that is told of only days later: as many as `told_late_days` in the mean.
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
    told_late: Mapping[str, float]
    told_late_days: float
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
    """The risk form: how often refused, and each item's share of yes with its loadings.

    What is plain to see is ticked with `seen_ticked` where it is so, and rarer by `unseen` log-odds where it is not.
    `contradicted` is how often an answer about this very incident or household contradicts the contact's own fields.
    """

    refused: float
    refused_with_control: float
    dont_know: float
    dont_know_with_control: float
    control: float
    seen_ticked: float
    unseen: float
    contradicted: float
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

    @property
    def on(self) -> tuple[str, ...]:
        """Which dials are on."""
        return tuple(dial for dial in ("reported", "recorded", "decided") if getattr(self, f"being_{dial}"))


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
    faults: list[str] = []
    authority = table_of(Authority, _with_likeness(path), path.stem, faults)
    if authority is None or faults:
        raise SettingsRefused(tuple(faults))
    return authority


def _with_likeness(path: Path) -> dict[str, object]:
    """The file's tables; where it says `like`, those of the file beside it with its own keys instead."""
    raw = _toml(path)
    if "like" not in raw:
        return raw
    like = raw.pop("like")
    if not isinstance(like, str) or Path(like).name != like:
        raise SettingsRefused((f"{path.stem}.like: {like!r} is not the name of a file beside it",))
    whole = _toml(path.with_name(like))
    if "like" in whole:
        raise SettingsRefused((f"{path.stem}.like: {like} is like another itself; name one that is whole",))
    for subject, table in raw.items():
        known = whole.get(subject)
        whole[subject] = known | table if isinstance(known, dict) and isinstance(table, dict) else table
    return whole


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise SettingsRefused((f"{path.name} cannot be read as TOML: {fault}",)) from fault
