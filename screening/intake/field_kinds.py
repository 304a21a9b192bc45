"""The kinds of field that the contract knows, strict: nothing is coerced, and every fault has a stable code.

Each kind has one `read`, which takes a value that was sent and returns it typed, or raises. marshmallow calls it when
it collects every fault, and `objects.Contracted.read` calls it when it only wants to know whether all is well. The
metadata of a field is what the OpenAPI document says of it.

A blank text is read as not recorded; where the text is required, blank is a fault.
"""

import json
import re
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from marshmallow import ValidationError, fields
from marshmallow.types import ErrorMessages

from screening.intake.wording import Fault

TEXT_AT_MOST: Final = 200
EXTENSIONS_AT_MOST_BYTES: Final = 20_000
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2999
"""Later times are refused as such, so that nobody who adds minutes to one runs off the end of the calendar."""

T = TypeVar("T")

_TIME: Final = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?")
_OFFSET: Final = re.compile(r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)$")
_DATE: Final = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")

SAID: Final[ErrorMessages] = {"required": "missing", "null": "null_value"}
"""What every field says where marshmallow itself finds the fault."""


def fault(code: str, **facts: str | int) -> ValidationError:
    """What a field raises: one fault, as marshmallow carries it."""
    return ValidationError([Fault(code, facts)])


class Leaf(fields.Field[T]):
    """A field that holds one value. `shape` is its JSON Schema."""

    def __init__(
        self, description: str, *, shape: Mapping[str, object], required: bool = False, example: object = None
    ) -> None:
        said = {"description": description, **({} if example is None else {"example": example})}
        super().__init__(required=required, error_messages=SAID, metadata={**shape, **said})

    @abstractmethod
    def read(self, value: object) -> T:
        """The value, typed. Raises ValidationError with one Fault."""

    def _deserialize(self, value: object, *_place: object, **_options: object) -> T:
        return self.read(value)


class Text(Leaf[str | None]):
    """Text of at most `most` characters, as sent; `None` where it is blank.

    `form` says in words what `pattern` asks for.
    """

    def __init__(
        self,
        description: str,
        *,
        most: int = TEXT_AT_MOST,
        required: bool = False,
        example: object = None,
        pattern: re.Pattern[str] | None = None,
        form: str = "",
    ) -> None:
        shape: dict[str, object] = {"type": "string", "maxLength": most}
        if required:
            shape |= {"minLength": 1, "pattern": r"\S"}
        if pattern:
            shape["pattern"] = pattern.pattern
        super().__init__(description, shape=shape, required=required, example=example)
        self.most = most
        self.pattern = pattern
        self.form = form

    def read(self, value: object) -> str | None:
        """The text, or `None` where it is blank and may be."""
        if not isinstance(value, str):
            raise fault("not_text")
        if len(value) > self.most:
            raise fault("too_long", most=self.most)
        if not value or value.isspace():
            if self.required:
                raise fault("blank")
            return None
        if self.pattern and (self.pattern.match(value) is None or value.endswith("\n")):
            raise fault("wrong_form", form=self.form)
        return value


class Code(Leaf[StrEnum]):
    """One of a closed list of codes."""

    def __init__(
        self, codes: Iterable[StrEnum], description: str, *, required: bool = False, example: str | None = None
    ) -> None:
        self.codes: dict[object, StrEnum] = {code.value: code for code in codes}
        self.spelt = ", ".join(str(code) for code in self.codes)
        super().__init__(
            description, shape={"type": "string", "enum": list(self.codes)}, required=required, example=example
        )

    def read(self, value: object) -> StrEnum:
        """The code as the domain's own."""
        if not isinstance(value, str):
            raise fault("not_text")
        code = self.codes.get(value)
        if code is None:
            raise fault("unknown_code", codes=self.spelt)
        return code


class WholeNumber(Leaf[int]):
    """A whole number from `least` to `most`; 1.0 is one, as JSON Schema has it, and neither "1" nor true is."""

    def __init__(self, description: str, *, least: int = 0, most: int, example: int | None = None) -> None:
        super().__init__(description, shape={"type": "integer", "minimum": least, "maximum": most}, example=example)
        self.least = least
        self.most = most

    def read(self, value: object) -> int:
        """The number as an int."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise fault("not_whole_number")
        if not self.least <= value <= self.most:
            raise fault("out_of_range", least=self.least, most=self.most)
        return value


class Truth(Leaf[bool]):
    """true or false."""

    def __init__(self, description: str) -> None:
        super().__init__(description, shape={"type": "boolean"})

    def read(self, value: object) -> bool:
        """The boolean."""
        if not isinstance(value, bool):
            raise fault("not_true_or_false")
        return value


class Time(Leaf[datetime]):
    """An aware time: ISO 8601, extended form, with `Z` or an offset (`+01:00`, `+0100`, `+01`).

    Seconds and up to nine decimals of them may be there; what lies below a microsecond is dropped. The offset stays as
    it was sent.
    """

    def __init__(self, description: str, *, required: bool = False, example: str | None = None) -> None:
        shape = {"type": "string", "format": "date-time"}
        super().__init__(description, shape=shape, required=required, example=example)

    def read(self, value: object) -> datetime:
        """The time, aware, not before 1900."""
        if not isinstance(value, str):
            raise fault("not_text")
        stated = _TIME.match(value)
        if stated is None:
            raise fault("not_a_time")
        if stated.end() == len(value):
            raise fault("no_offset")
        offset = _OFFSET.match(value, stated.end())
        if offset is None or offset.end() != len(value):
            raise fault("not_a_time")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise fault("not_a_time") from None
        if moment.year < EARLIEST_YEAR:
            raise fault("too_early")
        if moment.year > LATEST_YEAR:
            raise fault("in_the_future")
        return moment


class Day(Leaf[date]):
    """A date, `YYYY-MM-DD`."""

    def __init__(self, description: str, *, example: str | None = None) -> None:
        super().__init__(description, shape={"type": "string", "format": "date"}, example=example)

    def read(self, value: object) -> date:
        """The date, not before 1900."""
        if not isinstance(value, str):
            raise fault("not_text")
        if len(value) != len("2026-09-14") or _DATE.match(value) is None:
            raise fault("not_a_date")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise fault("not_a_date") from None
        if day.year < EARLIEST_YEAR:
            raise fault("too_early")
        return day


class Extensions(Leaf[dict[str, object]]):
    """An object of any content, at most 20 kB as compact JSON; stored and ignored."""

    def __init__(self, description: str) -> None:
        super().__init__(description, shape={"type": "object", "additionalProperties": True})

    def read(self, value: object) -> dict[str, object]:
        """The object, untouched."""
        if not isinstance(value, dict):
            raise fault("not_an_object")
        try:
            written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        except (TypeError, ValueError, RecursionError):
            raise fault("too_large", most=EXTENSIONS_AT_MOST_BYTES) from None
        if len(written) > EXTENSIONS_AT_MOST_BYTES:
            raise fault("too_large", most=EXTENSIONS_AT_MOST_BYTES)
        return value
