"""What every CSV file read here has in common: its records, its first row, and cells that look like formulas.

RFC 4180, read strictly: a quotation mark that is not closed, or closed too early, is a fault of its row and never
swallows the rows after it in silence. Cells are text; what they mean is said by whoever reads them. A file is open with
`newline=""`, and best with `errors="surrogateescape"`: bytes that are no UTF-8 are then a fault of their cell alone.
"""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from screening.intake.hints import nearest
from screening.intake.strict_json import text_fault
from screening.intake.wording import Fault

_BYTE_ORDER_MARK: Final = "\ufeff"

# How Python carries bytes that it could not decode (PEP 383).
_NOT_DECODED: Final = re.compile("[\udc80-\udcff]")

# What spreadsheets run as a formula (OWASP ASVS 5.0, 1.2.10), their full-width forms included.
_LEADS: Final = "=+\\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20"
_LOOKS_LIKE_A_FORMULA: Final = re.compile(f"'*[{_LEADS}]")
_MARKED_AS_TEXT: Final = re.compile(f"'+[{_LEADS}]")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a file, the first being 1, with its cells or with what is wrong with it."""

    number: int
    cells: list[str]
    fault: Fault | None = None


def records_of(text: TextIO) -> Iterator[Record]:
    """Every row that is not empty; a byte order mark at the start of `text` is passed over.

    A row that cannot be read does not stop the others; text that is decoded strictly and cannot be does.
    """
    reader = csv.reader(text, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Record(number, [], Fault("not_csv"))
            continue
        except UnicodeDecodeError:
            yield Record(number, [], Fault("not_utf8"))
            return
        fault = None
        if number == 1 and cells:
            cells[0] = cells[0].removeprefix(_BYTE_ORDER_MARK)
            fault = next(filter(None, map(cell_fault, cells)), None)
        if any(cell.strip() for cell in cells):
            yield Record(number, cells, fault)


def header_faults(names: Sequence[str], known: Collection[str]) -> Iterator[tuple[str, Fault]]:
    """Every fault of the columns' names, with the name; columns are counted from 1."""
    seen: set[str] = set()
    for place, name in enumerate(names, start=1):
        if not name:
            yield name, Fault("blank_column", {"column": place})
        elif name in seen:
            yield name, Fault("repeated_column", {"column": place})
        elif name not in known:
            meant = nearest(name, known)
            hint = f" Did you mean {meant}?" if meant else ""
            yield name, Fault("unknown_column", {"column": place, "hint": hint})
        seen.add(name)


def cell_fault(cell: str) -> Fault | None:
    """The fault of a cell that holds what no text may hold, or `None`."""
    if cell.isprintable():
        return None
    return Fault("not_utf8") if _NOT_DECODED.search(cell) else text_fault(cell)


def marked_as_text(value: str) -> str:
    """`value` for a cell: one that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{value}" if _LOOKS_LIKE_A_FORMULA.match(value) else value


def unmarked(cell: str) -> str:
    """The text that `marked_as_text` made this cell from; every other cell is its own text."""
    return cell[1:] if _MARKED_AS_TEXT.match(cell) else cell
