"""What every part of a look has: one connection, in a transaction that the caller began and will end."""

from typing import Any, TypeAlias

from sqlalchemy import Connection, Row

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row of whatever columns were asked for; the tables say what they hold."""


class Look:
    """A part of the store over one connection."""

    def __init__(self, connection: Connection) -> None:
        """`connection` is in a transaction that the caller ends."""
        self._connection = connection
