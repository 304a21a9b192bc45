"""Faults of a history, gathered by kind: one sentence each, with the first places where it was met and what to do.

A value of the history is never told: it may be personal. Nothing is read here.
"""

import re
from collections.abc import Mapping, Sequence

from screening.intake.wording import Fault, problem

PLACES_SHOWN = 3
"""Of each kind of fault; the rest are counted."""

KINDS_SHOWN = 20
"""A history with more kinds of fault than this has one cause; the rest are counted."""


CELL_AT_MOST = 131_072
"""Characters that a cell of a CSV file may have; Python's own limit."""

AT_THE_DESK: Mapping[str, str] = {
    "body_too_large": "is too large for a contact; take attachments out",
    "byte_order_mark": "starts with a byte order mark; take it out",
    "empty_body": "is empty; take it out",
    "not_utf8": "is not UTF-8; save the file in UTF-8",
    "too_deep": "has objects and lists too deep in one another; write the contact as the contract shows it",
    "too_many_fields": "has more fields than a contact has; write one contact a line",
    "not_json": "is no whole JSON object; write each contact on one line of its own, with a JSON library",
    "trailing_data": "goes on after the end of its contact; write each contact on a line of its own",
    "not_an_object": "is no JSON object; write each contact as {...} on a line of its own",
    "control_character": "holds a control character; take it out",
    "no_header": "has no names of columns in the first row; write them there",
    "wrong_number_of_cells": (
        "has more or fewer cells than the first row has names; look for a comma or a quotation mark too many or too "
        "few there or above"
    ),
    "not_csv": (
        "cannot be read as CSV: there or above a quotation mark is not closed or stands alone, or a cell is longer "
        f"than {CELL_AT_MOST:,} characters; double quotation marks inside a cell, and shorten the cell"
    ),
}
"""What the API says to whoever sends one contact, to whoever has a file of them. The same for every row, so that one
cause is told once."""

WHOLE_ROW = frozenset({"not_csv", "wrong_number_of_cells"})


class ExtractRefused(ValueError):
    """The folder cannot be used. `faults` are sentences: which file, where, what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class Gathered:
    """Faults as they are met."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], list[str]] = {}

    def add(self, where: str, place: str, what: str) -> None:
        """A fault of `where` ("decisions.csv row") at `place` ("12"); the same fault elsewhere is told with it."""
        self._places.setdefault((where, what), []).append(place)

    def add_whole(self, what: str) -> None:
        """A fault of a whole file or folder."""
        self._places.setdefault(("", what), [])

    def __len__(self) -> int:
        return len(self._places)

    def refuse(self) -> None:
        """Raise ExtractRefused where there is any fault."""
        if not self._places:
            return
        sentences = [what if not where else f"{where} {told(at)}: {what}" for (where, what), at in self._places.items()]
        more = len(sentences) - KINDS_SHOWN
        raise ExtractRefused(sentences[:KINDS_SHOWN] + ([f"and {more} more kinds of fault"] if more > 0 else []))


def at_the_desk(code: str, detail: str, fix: str) -> str:
    """A fault of the contract in words for whoever has a file: nothing is sent here."""
    if code in AT_THE_DESK:
        return AT_THE_DESK[code]
    given = re.sub(r"\b([Ss])end\b", lambda found: "Give" if found[1] == "S" else "give", fix)
    return f"{detail} {given}"


def of_column(column: str, code: str, detail: str, fix: str) -> str:
    """A fault of the cell in a column ('' for the whole row), in words."""
    words = at_the_desk(code, detail, fix)
    if not column or code in WHOLE_ROW:
        return words
    return f"{column} {words}" if code in AT_THE_DESK else f"{column}: {words}"


def of_cell(column: str, fault: Fault) -> str:
    """The same of a fault that has no words yet."""
    said = problem((), fault)
    return of_column(column, said.code, said.detail, said.fix)


def told(places: Sequence[str]) -> str:
    """The first places, and how many more there are."""
    more = len(places) - PLACES_SHOWN
    return ", ".join(places[:PLACES_SHOWN]) + (f" and {more} more" if more > 0 else "")
