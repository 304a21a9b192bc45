"""The keys under which people and rows of the care register are looked for, made anew from what is kept of them.

Done by `migrate` where there are people and no keys: an upgrade that changes how keys are made lets the old ones go.
"""

from sqlalchemy import Connection, exists, insert, select

from screening.matching.keys import keys, register_keys
from screening.store.people import known_person
from screening.store.register import entry_of
from screening.store.tables import PERSON_KEY, PERSON_RECORD, REGISTER_KEY, REGISTER_ROW

ROWS_IN_ONE_GO = 1_000


def make_keys_anew(connection: Connection) -> None:
    """Give every record of a person and every row of the care register its keys, where none has any."""
    if not connection.execute(select(exists(select(PERSON_KEY.c.key)))).scalar():
        _people(connection)
    if not connection.execute(select(exists(select(REGISTER_KEY.c.key)))).scalar():
        _register(connection)


def _people(connection: Connection) -> None:
    done = -1
    in_order = select(PERSON_RECORD).order_by(PERSON_RECORD.c.record_id).limit(ROWS_IN_ONE_GO)
    while rows := connection.execute(in_order.where(PERSON_RECORD.c.record_id > done)).all():
        found = [(row.record_id, keys(known_person(row).details)) for row in rows]
        pairs = [{"key": key, "record_id": record} for record, of_one in found for key in sorted(of_one)]
        if pairs:
            connection.execute(insert(PERSON_KEY), pairs)
        done = rows[-1].record_id


def _register(connection: Connection) -> None:
    rows = connection.execute(select(REGISTER_ROW)).all()
    pairs = [{"key": key, "row_id": row.row_id} for row in rows for key in sorted(register_keys(entry_of(row)))]
    if pairs:
        connection.execute(insert(REGISTER_KEY), pairs)
