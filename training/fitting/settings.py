"""The numbers that a fit goes by and no data gives: `fitting.toml`, or a file like it. Read whole, or refused."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar, get_type_hints

from screening.intake.hints import nearest
from screening.triage.features import FEATURE_NAMES
from training.history.columns import about_who_somebody_is, after_the_decision

SHIPPED = Path(__file__).with_name("fitting.toml")


class FitSettingsRefused(ValueError):
    """The file cannot be used. `faults` are sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Trees:
    """How the additive trees are grown. `share_of_features` and `learning_rate` in (0, 1]."""

    count: int
    first_count: int
    learning_rate: float
    leaves: int
    least_contacts_a_leaf: int
    share_of_features: float
    l2: float


@dataclass(frozen=True, slots=True)
class Search:
    """What is tried beside the trees that are written: every combination. `learnt_from` is the share of contacts, from
    the earliest on, that is learnt from; what came after is what each is judged on. Of a history with more than
    `most_contacts` families are drawn.
    """

    learnt_from: float
    most_contacts: int
    counts: tuple[int, ...]
    learning_rates: tuple[float, ...]
    leaves: tuple[int, ...]
    shares_of_features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """At most this share missed, with this confidence; tried from a share of all contacts upwards, by steps of one."""

    at_most: float
    confidence: float
    from_share: float
    step: float


@dataclass(frozen=True, slots=True)
class Workload:
    """The share of all contacts that the score may add to what the rules hold at each response."""

    assessment_by_score: float
    early_help_by_score: float


@dataclass(frozen=True, slots=True)
class FitSettings:
    """Everything together, and the seed that every random step starts from.

    `inputs` are the features that may be learnt from; the others add nothing to a score. Without `search` the trees are
    grown as written.
    """

    seed: int
    folds: int
    trees: Trees
    promise: Promise
    workload: Workload
    search: Search | None = None
    inputs: tuple[str, ...] = FEATURE_NAMES


def read_fit_settings(path: Path = SHIPPED) -> FitSettings:
    """The settings in a file. Raises FitSettingsRefused with every fault."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise FitSettingsRefused([f"{path.name} cannot be read as TOML: {fault}"]) from fault
    faults: list[str] = []
    wanted = {field.name for field in fields(FitSettings)}
    faults.extend(f"{name} is not a setting" for name in raw if name not in wanted)
    trees = _table(Trees, _part(raw, "trees", faults), "trees", faults)
    promise = _table(Promise, _part(raw, "promise", faults), "promise", faults)
    workload = _table(Workload, _part(raw, "workload", faults), "workload", faults)
    search = _table(Search, _part(raw, "search", faults), "search", faults) if "search" in raw else None
    numbers = {name: _number(raw.get(name), int, name, faults) for name in ("seed", "folds")}
    inputs = _inputs(raw["inputs"], path.name, faults) if "inputs" in raw else FEATURE_NAMES
    if faults or trees is None or promise is None or workload is None:
        raise FitSettingsRefused(faults)
    return FitSettings(int(numbers["seed"]), int(numbers["folds"]), trees, promise, workload, search, inputs)


def _inputs(value: object, file: str, faults: list[str]) -> tuple[str, ...]:
    names = [str(name) for name in value] if isinstance(value, list) else []
    if not names:
        faults.append("inputs is no list of features; leave it out to learn from all")
    faults.extend(
        f"{name} is listed as an input. {_why_not(name)} Take it out of inputs in {file}."
        for name in names
        if name not in FEATURE_NAMES
    )
    return tuple(name for name in FEATURE_NAMES if name in names)


def _why_not(name: str) -> str:
    if after_the_decision(name):
        return "It is recorded after the decision, so nobody could know it when the contact came."
    if about_who_somebody_is(name):
        return "It says who somebody is, and may only be used for checking fairness."
    meant = nearest(name, FEATURE_NAMES)
    return "There is no such feature." + (f" Did you mean {meant}?" if meant else "")


def _part(raw: Mapping[str, object], name: str, faults: list[str]) -> Mapping[str, object]:
    part = raw.get(name)
    if isinstance(part, dict):
        return part
    faults.append(f"the table [{name}] is missing")
    return {}


_Table = TypeVar("_Table", Trees, Search, Promise, Workload)


def _table(kind: type[_Table], raw: Mapping[str, object], where: str, faults: list[str]) -> _Table | None:
    wanted = get_type_hints(kind)
    before = len(faults)
    faults.extend(f"{where}.{name} is not a setting" for name in raw if name not in wanted)
    values = {name: _value(raw.get(name), hint, f"{where}.{name}", faults) for name, hint in wanted.items()}
    return kind(**values) if len(faults) == before else None  # type: ignore[arg-type]  # each is of its field's kind


def _value(value: object, hint: object, where: str, faults: list[str]) -> object:
    if hint in {int, float}:
        return _number(value, int if hint is int else float, where, faults)
    kind: type[int | float] = int if hint == tuple[int, ...] else float
    if isinstance(value, list) and value:
        return tuple(_number(item, kind, where, faults) for item in value)
    faults.append(f"{where} is missing or no list of numbers")
    return ()


_LEAST = {"seed": 0, "folds": 2, "trees.leaves": 2, "search.leaves": 2}
"""Where a whole number below 1, or below 2, says nothing."""


def _number(value: object, kind: type[int] | type[float], where: str, faults: list[str]) -> float:
    if isinstance(value, bool) or not isinstance(value, int if kind is int else int | float):
        faults.append(f"{where} is missing or no {'whole number' if kind is int else 'number'}")
        return 0
    if kind is float and not 0 < value <= (100 if where.endswith("l2") else 1):
        faults.append(f"{where} is {value}, not above 0 and up to {100 if where.endswith('l2') else 1}")
    least = _LEAST.get(where, 1)
    if kind is int and value < least:
        faults.append(f"{where} is {value}, not {least} or more")
    if where.endswith("confidence") and value == 1:
        faults.append(f"{where} is {value}: nothing can be promised for sure; give 0.95")
    return value if kind is int else float(value)
