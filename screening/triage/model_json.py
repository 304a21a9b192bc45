"""Reading a model's JSON: strictly, and with a reason in words for every fault.

Every function raises `ModelRefused` naming the place and the fault. Nothing here knows what a scorecard is.
"""

import json
import sys
from collections.abc import Sequence

from screening.domain.errors import ModelRefused

Fields = dict[str, object]
"""A JSON object as read."""


def read_object(text: str, where: str) -> Fields:
    """The one JSON object in `text`. A name given twice, NaN, infinities and absurd nesting are refused."""
    try:
        document: object = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        raise ModelRefused(f"{where} is not proper JSON: {fault}") from fault
    return as_object(document, where)


def as_object(value: object, where: str) -> Fields:
    """`value`, if it is a JSON object."""
    if not isinstance(value, dict):
        raise ModelRefused(f"{where} is no JSON object")
    return value


def exactly(fields: Fields, names: Sequence[str], where: str) -> Fields:
    """`fields`, if it has these names and no others."""
    if set(fields) != set(names):
        missing, unknown = sorted(set(names) - set(fields)), sorted(set(fields) - set(names))
        raise ModelRefused(f"{where} lacks {missing} and has unknown {unknown}")
    return fields


def as_list(value: object, where: str) -> list[object]:
    """`value`, if it is a JSON list."""
    if not isinstance(value, list):
        raise ModelRefused(f"{where} is no list")
    return value


def as_text(value: object, where: str) -> str:
    """`value`, if it is text and not empty."""
    if not isinstance(value, str) or not value:
        raise ModelRefused(f"{where} is no text")
    return value


def as_number(value: object, where: str) -> float:
    """`value` as a float, if it is a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
        raise ModelRefused(f"{where} is no finite number")
    return float(value)


def as_numbers(value: object, where: str) -> tuple[float, ...]:
    """`value` as floats, if it is a list of finite numbers."""
    return tuple(as_number(item, f"{where}[{place}]") for place, item in enumerate(as_list(value, where)))


def _without_repeats(pairs: list[tuple[str, object]]) -> Fields:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a name is given twice")
    return fields


def _no_constant(constant: str) -> object:
    raise ValueError(f"{constant} is no number")
