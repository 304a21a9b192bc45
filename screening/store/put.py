"""Putting a row in place of the one under the same key, or where there is none. The writer alone holds the store."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, bindparam, insert, update


class Put:
    """One table's statements for it, built once."""

    def __init__(self, table: Table) -> None:
        """`table` has one key column."""
        (self._key,) = table.primary_key.columns.values()
        self._others = tuple(column.name for column in table.columns if column is not self._key)
        self._update = (
            update(table)
            .where(self._key == bindparam("the_key"))
            .values({name: bindparam(f"new_{name}") for name in self._others})
        )
        self._insert = insert(table)

    def __call__(self, connection: Connection, key: str, values: Mapping[str, object]) -> None:
        """Put `values`, which name every column but the key."""
        renamed = {f"new_{name}": values[name] for name in self._others}
        if connection.execute(self._update, {"the_key": key, **renamed}).rowcount == 0:
            connection.execute(self._insert, {self._key.name: key, **values})
