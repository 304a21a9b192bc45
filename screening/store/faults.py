"""What a driver's error means: the database cannot work now, it is damaged, or we asked wrongly. Never with a value."""

import sqlite3

import psycopg
from psycopg.errors import DataCorrupted, IndexCorrupted, UndefinedColumn, UndefinedTable
from sqlalchemy.exc import DataError as WrongValue
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InternalError,
    NotSupportedError,
    ProgrammingError,
    SQLAlchemyError,
    StatementError,
)
from sqlalchemy.exc import TimeoutError as NoFreeConnection


class StatementRefused(RuntimeError):
    """The database refused what it was asked: a fault of ours. No value is named, since values are personal."""


def is_trouble(fault: Exception) -> bool:
    """Whether the database could not do its work (locked, full, away, not migrated); else the asking was wrong."""
    if isinstance(fault, NoFreeConnection | InternalError):
        return True
    # A table that is not there is an operational error to SQLite's driver already.
    if isinstance(fault, ProgrammingError) and isinstance(fault.orig, UndefinedTable | UndefinedColumn):
        return True
    return isinstance(fault, DBAPIError) and not isinstance(
        fault, IntegrityError | WrongValue | ProgrammingError | NotSupportedError
    )


def is_damaged(fault: Exception) -> bool:
    """Whether the database found its own file damaged, which no waiting mends."""
    orig = fault.orig if isinstance(fault, DBAPIError) else None
    # The lowest byte is the kind of error; those above it say more about it.
    kind = getattr(orig, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    return kind == sqlite3.SQLITE_CORRUPT or isinstance(orig, DataCorrupted | IndexCorrupted)


def in_words(fault: Exception) -> str:
    """What went wrong, for an operator: the driver's own first line, never the statement or its values."""
    said = str(fault.orig) if isinstance(fault, DBAPIError) else str(fault)
    # SQLite's driver goes on with the text itself where bytes that are none lie in a column of text.
    return said.partition("\n")[0].partition(" with text ")[0]


def without_values(fault: SQLAlchemyError) -> StatementRefused:
    """The same fault, safe to be logged: its kind, and the constraint where one was named."""
    orig = fault.orig if isinstance(fault, StatementError) else None
    if isinstance(orig, psycopg.Error):
        return StatementRefused(f"{type(orig).__name__} {orig.sqlstate} {orig.diag.constraint_name or ''}".strip())
    # SQLite names columns and never values; so do the types in `columns`.
    return StatementRefused(f"{type(orig or fault).__name__}: {orig or ''}")
