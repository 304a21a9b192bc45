"""A table of a settings file -> the dataclass that it is the table of, with every fault told by its place.

Nothing here knows what the settings are about.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TypeVar, get_type_hints

_Table = TypeVar("_Table")


def table_of(kind: type[_Table], raw: Mapping[str, object], where: str, faults: list[str]) -> _Table | None:
    """An instance of the dataclass `kind`, or `None`; `faults` gets a sentence for each key that is wrong."""
    hints = get_type_hints(kind)
    wanted = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every kind here is a dataclass
    faults.extend(f"{where}: {key} is not a setting" for key in raw if key not in wanted)
    faults.extend(f"{where}: {key} is missing" for key in wanted if key not in raw)
    values = {key: _value(hints[key], raw[key], f"{where}.{key}", faults) for key in wanted if key in raw}
    return kind(**values) if len(values) == len(wanted) else None


def _value(hint: object, raw: object, where: str, faults: list[str]) -> object:
    if isinstance(hint, type) and is_dataclass(hint):
        if isinstance(raw, dict):
            return table_of(hint, raw, where, faults)
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
