"""The care register: replaced whole by each import, found by the same kind of keys as people are."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select, text

from screening.domain.household import RegisterEntry
from screening.store.look import AnyRow, Look
from screening.store.tables import CARE_REGISTER, REGISTER_KEY, REGISTER_ROW

_EACH_KEY = {
    "sqlite": "SELECT value FROM json_each(:keys)",
    "postgresql": "SELECT json_array_elements_text(CAST(:keys AS json))",
}
# One row at least where there is a register: an outer join.
_UNDER_KEYS = {
    dialect: select(REGISTER_ROW)
    .outerjoin_from(
        CARE_REGISTER,
        REGISTER_ROW,
        REGISTER_ROW.c.row_id.in_(select(REGISTER_KEY.c.row_id).where(REGISTER_KEY.c.key.in_(text(wanted)))),
    )
    .order_by(REGISTER_ROW.c.row_id)
    for dialect, wanted in _EACH_KEY.items()
}
_SIZE = select(CARE_REGISTER.c.children)


class RegisterReading(Look):
    """Looking children up in the care register over one connection."""

    def register_entries(self, keys: frozenset[str]) -> Sequence[RegisterEntry] | None:
        """The care-register rows under any of `keys`, in the order of the file; `None` where none was ever imported."""
        under_keys = _UNDER_KEYS[self._connection.dialect.name]
        rows = self._connection.execute(under_keys, {"keys": json.dumps([*keys])}).all()
        return [entry_of(row) for row in rows if row.row_id is not None] if rows else None

    def register_size(self) -> int | None:
        """How many rows the register has; `None` where none was ever imported."""
        return self._connection.execute(_SIZE).scalar()


class RegisterWriting(RegisterReading):
    """Replacing the care register inside one writing transaction."""

    def replace_register(self, rows: Iterable[tuple[RegisterEntry, frozenset[str]]]) -> None:
        """Put a whole new care register in the old one's place."""
        children: list[dict[str, object]] = []
        keys: list[dict[str, object]] = []
        for row_id, (entry, entry_keys) in enumerate(rows):
            children.append(_values(row_id, entry))
            keys.extend({"key": key, "row_id": row_id} for key in sorted(entry_keys))
        for table in (REGISTER_KEY, REGISTER_ROW, CARE_REGISTER):
            self._connection.execute(delete(table))
        self._connection.execute(insert(CARE_REGISTER), {"id": 1, "children": len(children)})
        if children:
            self._connection.execute(insert(REGISTER_ROW), children)
        if keys:
            self._connection.execute(insert(REGISTER_KEY), keys)


def _values(row_id: int, entry: RegisterEntry) -> dict[str, object]:
    return {
        "row_id": row_id,
        "child_id": entry.child_id,
        "given_name": entry.given_name,
        "family_name": entry.family_name,
        "date_of_birth": entry.date_of_birth,
        "postcode": entry.postcode,
        "status": entry.status,
        "allocated_worker": entry.allocated_worker,
        "team": entry.team,
        "since": entry.since,
    }


def entry_of(row: AnyRow) -> RegisterEntry:
    """A row of the care register as the table has it."""
    return RegisterEntry(
        child_id=row.child_id,
        given_name=row.given_name,
        family_name=row.family_name,
        date_of_birth=row.date_of_birth,
        postcode=row.postcode,
        status=row.status,
        allocated_worker=row.allocated_worker,
        team=row.team,
        since=row.since,
    )
