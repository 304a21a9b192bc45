"""A care register with a child of a contact on it."""

from io import StringIO

from screening.domain.household import RegisterEntry
from screening.intake.register_rows import REGISTER_COLUMNS, read_register


def on_register(document: dict[str, object], status: str) -> tuple[RegisterEntry, ...]:
    """The first child of a contact with this status and the worker O. Owner."""
    children = document["children"]
    assert isinstance(children, list)
    child = children[0]
    row = f"C1,{child['given_name']},{child['family_name']},{child['date_of_birth']},,{status},O. Owner,,"
    return read_register(StringIO(f"{','.join(REGISTER_COLUMNS)}\n{row}\n"))
