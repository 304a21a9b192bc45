"""Canonical JSON (RFC 8785): one value, one byte string, so that a digest means the content and not its spelling.

Two paths write the same bytes. Ordinary values (ASCII keys, no whole, tiny or huge floats) go through the standard
library's C encoder; everything else through a writer that follows the RFC clause by clause. Nothing is repaired here: a
value without a canonical form is refused.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import NoneType
from typing import TypeAlias

JsonValue: TypeAlias = bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None

# Beyond this a double no longer tells two neighbouring integers apart (RFC 8785 section 6, RFC 7493 section 2.2).
LARGEST_INTEGER = 2**53 - 1
DEEPEST_NESTING = 100

# From here up to there Python and ECMAScript write a double that is no whole number alike, figure for figure.
PLAIN_FROM = 1e-4
PLAIN_BELOW = 1e16

_LEAVES = frozenset({str, bool, NoneType})
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


class NotCanonical(ValueError):
    """The value has no canonical form: not JSON, not finite, an integer too large, half a character, or too deep."""


def canonical_bytes(value: JsonValue) -> bytes:
    """Return the one RFC 8785 byte string for `value` (dicts, lists, tuples, strings, numbers, booleans, None).

    Raises NotCanonical.
    """
    text = _ENCODER.encode(value) if _is_ordinary(value, 0) else _written(value, 0)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # RFC 8785 section 3.2.2.2: a lone surrogate ends the work with an error.
        raise NotCanonical("a string holds half a character") from None


def _is_ordinary(value: object, depth: int) -> bool:
    """Whether the C encoder writes `value` canonically: JSON's own types, ASCII keys, small integers, plain floats.

    The C encoder sorts keys by code point, RFC 8785 by UTF-16 unit; for ASCII keys the two orders are one.
    """
    # Every contact's whole content comes through here: the likeliest kinds first, and no call for a leaf.
    if type(value) is dict:
        return depth < DEEPEST_NESTING and _is_ordinary_object(value, depth + 1)
    if type(value) is list or type(value) is tuple:
        return depth < DEEPEST_NESTING and _is_ordinary_array(value, depth + 1)
    if type(value) is float:
        return PLAIN_FROM <= abs(value) < PLAIN_BELOW and not value.is_integer()
    if type(value) is int:
        return -LARGEST_INTEGER <= value <= LARGEST_INTEGER
    # A kind of text is written as text; any other subclass may write itself otherwise, and takes the other path.
    return type(value) in _LEAVES or isinstance(value, str)


def _is_ordinary_object(members: Mapping[object, object], depth: int) -> bool:
    for key, item in members.items():
        if type(key) is not str or not key.isascii():
            return False
        if type(item) not in _LEAVES and not _is_ordinary(item, depth):
            return False
    return True


def _is_ordinary_array(items: Iterable[object], depth: int) -> bool:
    for item in items:
        if type(item) in _LEAVES:
            continue
        if not _is_ordinary(item, depth):
            return False
    return True


def _written(value: object, depth: int) -> str:
    """Write one value as RFC 8785 section 3.2 says, for the values the C encoder would write otherwise."""
    if depth > DEEPEST_NESTING:
        raise NotCanonical(f"nested deeper than {DEEPEST_NESTING}")
    if value is None or isinstance(value, bool | str):
        return _ENCODER.encode(value)
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dict):
        return _object(value, depth)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_written(item, depth + 1) for item in value) + "]"
    raise NotCanonical(f"{type(value).__name__} is not a JSON type")


def _object(value: dict[object, object], depth: int) -> str:
    """Write an object, its members in the order of their keys' UTF-16 units (RFC 8785 section 3.2.3)."""
    members: list[tuple[bytes, str]] = []
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"{type(key).__name__} is not a key")
        units = key.encode("utf-16-be", "surrogatepass")
        members.append((units, f"{_ENCODER.encode(key)}:{_written(item, depth + 1)}"))
    return "{" + ",".join(member for _, member in sorted(members)) + "}"


def _integer(value: int) -> str:
    """Write an integer that a double holds exactly."""
    if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
        raise NotCanonical("an integer is beyond 2^53 - 1")
    return int.__repr__(value)


def _number(value: float) -> str:
    """Write a double as ECMAScript does (RFC 8785 section 3.2.2.3; ECMA-262 Number::toString with radix 10)."""
    if not math.isfinite(value):
        raise NotCanonical("a number is not finite")
    sign, figures, exponent = Decimal(repr(value)).as_tuple()
    # Where the decimal point stands, counted from before the first figure: ECMA-262's n.
    point = len(figures) + int(exponent)
    digits = "".join(map(str, figures)).rstrip("0")
    if not digits:
        return "0"
    if len(digits) <= point <= 21:
        text = digits.ljust(point, "0")
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        text = f"{digits[0]}{'.' if len(digits) > 1 else ''}{digits[1:]}e{point - 1:+d}"
    return "-" + text if sign else text
