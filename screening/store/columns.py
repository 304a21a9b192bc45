"""Column types that keep the same value on SQLite and on PostgreSQL.

SQLite drops time zones and takes any text; PostgreSQL refuses NUL in text. Here both keep UTC, refuse a time without a
zone, and keep the same text.
"""

import json
import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from screening.journey.records import JsonValue

Code = TypeVar("Code", bound=StrEnum)

# SQLite numbers its rows by a column of exactly this type; a BIGINT would be a second key beside it.
WholeNumber = BigInteger().with_variant(Integer(), "sqlite")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WRITTEN = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC to the microsecond. A naive time is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; without its zone where the database has no zones."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a time without a zone cannot be kept")
        in_utc = value.astimezone(UTC)
        return in_utc if dialect.name == "postgresql" else in_utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Aware again, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text that both databases can hold.

    The doors refuse NUL and half characters. Should one come this far, it is kept as U+FFFD, as browsers show it,
    rather than fail on one database and not on the other.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The text, its unstorable characters replaced."""
        if value is None or (value.isascii() and "\x00" not in value):
            return value
        return _UNSTORABLE.sub("\ufffd", value)


class JsonText(TypeDecorator[JsonValue]):
    """A JSON value as ASCII text, so that every character survives on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: JsonValue, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        """Written without spaces."""
        return _WRITTEN(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> JsonValue:  # noqa: ARG002 - SQLAlchemy's signature
        """Read back."""
        parsed: JsonValue = json.loads(value or "null")
        return parsed


class CodeText(TypeDecorator[Code]):
    """A code of one of the domain's enumerations, kept as its own word."""

    impl = Text
    cache_ok = True

    def __init__(self, codes: type[Code]) -> None:
        """`codes` is the enumeration."""
        super().__init__()
        self.codes = codes
        # In Python 3.11 asking an enumeration for a member, or a member for its value, takes several times as long.
        self._members = {str(code): code for code in codes}

    def process_bind_param(self, value: Code | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Its word."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Code | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The code again; ValueError for a word that is none."""
        return None if value is None else self._members.get(value) or self.codes(value)
