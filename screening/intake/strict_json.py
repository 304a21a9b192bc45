"""Bytes to one JSON object, strictly (RFC 8259 as narrowed by RFC 7493, I-JSON).

Python's own reader takes repeated fields, NaN, infinities, half characters and control characters, and fails on deep
nesting and long numbers by other errors than its own. Here each of these is a named fault, with its place where it is
known, and nothing else ever gets out. In this order: size, text, nesting, JSON, then what texts must not hold.

Control characters are those of RFC 8259 (U+0000 to U+001F) and DEL; tab, line feed and carriage return are allowed.
U+0080 to U+009F pass: they are what is left of a typographic apostrophe that was decoded wrongly on its way, and a
contact is not refused for an apostrophe.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from itertools import accumulate
from typing import Final

from screening.domain.errors import ContactRefused
from screening.intake.identity import identity_of
from screening.intake.pointers import Path
from screening.intake.wording import Fault, problem, problems

BODY_AT_MOST_BYTES: Final = 1_048_576
NESTING_AT_MOST: Final = 32
FIELDS_AT_MOST: Final = 10_000
WHOLE_NUMBER_AT_MOST: Final = 2**53 - 1
"""Beyond this two readers of JSON may read two numbers (RFC 7493, 2.2), and there is no canonical form (RFC 8785)."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_WHITE_SPACE: Final = " \t\n\r"

# Every character belongs to a string (closed or not), to other text, or is a bracket; so this runs through once.
_NOT_A_BRACKET: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[^"\[\]{}]++', re.DOTALL)
_STEP: Final = {"[": 1, "{": 1, "]": -1, "}": -1}

# Only an escape (or DEL itself) can bring in what is not allowed: the parser refuses bare control characters.
_MAY_BRING_IN_FORBIDDEN: Final = re.compile(r"\x7f|\\(?:[bf]|u(?:00[01]|007[fF]|[dD][89a-fA-F]))")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALF: Final = re.compile(r"[\ud800-\udfff]")


class _Unusable(Enum):
    """Stands where a number was that cannot be kept; its value is the fault's code."""

    NOT_FINITE = "not_finite"
    TOO_LARGE = "number_too_large"


class _WithRepeats(dict[str, object]):
    """An object in which names stood more than once."""

    repeated: frozenset[str] = frozenset()


class _Reading:
    """One reading of one body: counts fields, and notes whether anything needs a closer look."""

    def __init__(self) -> None:
        self.fields = 0
        self.doubtful = False

    def object_of(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        self.fields += len(pairs)
        if self.fields > FIELDS_AT_MOST:
            raise _refused(Fault("too_many_fields", {"most": FIELDS_AT_MOST}))
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        self.doubtful = True
        times = Counter(name for name, _ in pairs)
        with_repeats = _WithRepeats(found)
        with_repeats.repeated = frozenset(name for name, count in times.items() if count > 1)
        return with_repeats

    def whole_number(self, digits: str) -> int | _Unusable:
        # Long digits are not converted at all: Python refuses them with an error of its own.
        if len(digits) <= len(str(-WHOLE_NUMBER_AT_MOST)) and abs(number := int(digits)) <= WHOLE_NUMBER_AT_MOST:
            return number
        self.doubtful = True
        return _Unusable.TOO_LARGE

    def number(self, digits: str) -> float | _Unusable:
        number = float(digits)
        return self.not_finite() if number in {float("inf"), float("-inf")} else number

    def not_finite(self, _spelling: str = "") -> _Unusable:
        self.doubtful = True
        return _Unusable.NOT_FINITE


def check_size(length_bytes: int) -> None:
    """Raise ContactRefused (`body_too_large`) for a body of more than 1 MiB."""
    if length_bytes > BODY_AT_MOST_BYTES:
        raise _refused(Fault("body_too_large", {"most": BODY_AT_MOST_BYTES}))


def loads(body: bytes) -> dict[str, object]:
    """Read one JSON object.

    Raises ContactRefused with `unreadable=True` and every fault that can be seen, never the value.
    """
    check_size(len(body))
    text = _text_of(body)
    _check_nesting(text)
    reading = _Reading()
    document = _parsed(text, reading)
    if reading.doubtful or _MAY_BRING_IN_FORBIDDEN.search(text):
        _check_contents(document)
    if not isinstance(document, dict):
        raise _refused(Fault("not_an_object"))
    return document


def text_fault(text: str) -> Fault | None:
    """The fault of a text that holds what no text of a contact may hold, or `None`."""
    if _CONTROL.search(text):
        return Fault("control_character")
    return Fault("half_character") if _HALF.search(text) else None


def _refused(fault: Fault) -> ContactRefused:
    return ContactRefused((problem((), fault),), unreadable=True)


def _text_of(body: bytes) -> str:
    if body.startswith(_BYTE_ORDER_MARK):
        raise _refused(Fault("byte_order_mark"))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused(Fault("not_utf8")) from None
    if not text.strip(_WHITE_SPACE):
        raise _refused(Fault("empty_body"))
    return text


def _check_nesting(text: str) -> None:
    """Look at the brackets outside strings before the parser, which recurses, sees any of them."""
    if text.count("[") + text.count("{") <= NESTING_AT_MOST:
        return
    brackets = _NOT_A_BRACKET.sub("", text)
    if max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > NESTING_AT_MOST:
        raise _refused(Fault("too_deep", {"most": NESTING_AT_MOST}))


def _parsed(text: str, reading: _Reading) -> object:
    decoder = json.JSONDecoder(
        object_pairs_hook=reading.object_of,
        parse_int=reading.whole_number,
        parse_float=reading.number,
        parse_constant=reading.not_finite,
    )
    try:
        document, end = decoder.raw_decode(text, _after_white_space(text, 0))
    except json.JSONDecodeError as error:
        raise _refused(_at("not_json", text, error.pos)) from None
    end = _after_white_space(text, end)
    if end != len(text):
        raise _refused(_at("trailing_data", text, end))
    return document


def _after_white_space(text: str, place: int) -> int:
    return len(text) - len(text[place:].lstrip(_WHITE_SPACE))


def _at(code: str, text: str, place: int) -> Fault:
    return Fault(code, {"line": text.count("\n", 0, place) + 1, "column": place - text.rfind("\n", 0, place)})


def _check_contents(document: object) -> None:
    found = problems(_forbidden(document, ()))
    if not found:
        return
    reference, force_code = identity_of(document, doubted={one.pointer for one in found})
    raise ContactRefused(found, unreadable=True, reference=reference, force_code=force_code)


def _forbidden(value: object, path: Path) -> Iterator[tuple[Path, Fault]]:
    """Every fault inside a parsed value. It is at most 32 deep by now."""
    if isinstance(value, str):
        if fault := text_fault(value):
            yield path, fault
    elif isinstance(value, _Unusable):
        yield path, Fault(value.value)
    elif isinstance(value, dict):
        for name, item in value.items():
            if fault := text_fault(name):
                yield (*path, name), fault
            if isinstance(value, _WithRepeats) and name in value.repeated:
                yield (*path, name), Fault("repeated_field")
            yield from _forbidden(item, (*path, name))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _forbidden(item, (*path, place))
