"""The numbers that a fit goes by and no data gives: `fitting.toml`, or a file like it. Read whole, or refused."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

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
    """Everything together, and the seed that every random step starts from."""

    seed: int
    folds: int
    trees: Trees
    promise: Promise
    workload: Workload


def read_fit_settings(path: Path = SHIPPED) -> FitSettings:
    """The settings in a file. Raises FitSettingsRefused with every fault."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise FitSettingsRefused([f"{path.name} cannot be read as TOML: {fault}"]) from fault
    faults: list[str] = []
    trees = _table(Trees, _part(raw, "trees", faults), "trees", faults)
    promise = _table(Promise, _part(raw, "promise", faults), "promise", faults)
    workload = _table(Workload, _part(raw, "workload", faults), "workload", faults)
    numbers = {name: _number(raw.get(name), int, name, faults) for name in ("seed", "folds")}
    if faults or trees is None or promise is None or workload is None:
        raise FitSettingsRefused(faults)
    return FitSettings(int(numbers["seed"]), int(numbers["folds"]), trees, promise, workload)


def _part(raw: Mapping[str, object], name: str, faults: list[str]) -> Mapping[str, object]:
    part = raw.get(name)
    if isinstance(part, dict):
        return part
    faults.append(f"the table [{name}] is missing")
    return {}


_Table = TypeVar("_Table", Trees, Promise, Workload)


def _table(kind: type[_Table], raw: Mapping[str, object], where: str, faults: list[str]) -> _Table | None:
    wanted = {field.name: field.type for field in fields(kind)}
    before = len(faults)
    faults.extend(f"{where}.{name} is not a setting" for name in raw if name not in wanted)
    values = {
        name: _number(raw.get(name), int if hint is int else float, f"{where}.{name}", faults)
        for name, hint in wanted.items()
    }
    return kind(**values) if len(faults) == before else None  # type: ignore[arg-type]  # each is of its field's kind


def _number(value: object, kind: type[int] | type[float], where: str, faults: list[str]) -> float:
    if isinstance(value, bool) or not isinstance(value, int if kind is int else int | float):
        faults.append(f"{where} is missing or no {'whole number' if kind is int else 'number'}")
        return 0
    if kind is float and not 0 < value <= (100 if where.endswith("l2") else 1):
        faults.append(f"{where} is {value}, not above 0 and up to {100 if where.endswith('l2') else 1}")
    if kind is int and not where.endswith("seed") and value < 1:
        faults.append(f"{where} is {value}, not 1 or more")
    return value if kind is int else float(value)
