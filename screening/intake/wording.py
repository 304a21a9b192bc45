"""The one table from a fault's code to its words.

Codes are stable and may be branched on; words may change. The facts that fill the words are limits, names and places of
the contract. A value that was sent is never among them: it may be personal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from screening.domain.errors import Problem
from screening.intake.pointers import Path, in_order, pointer_to

PROBLEMS_AT_MOST: Final = 1_000
"""More than a contact has fields; what lies beyond is counted, not listed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one field: its code, and the facts that fill its words."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a fault's code says, and how to put it right."""

    detail: str
    fix: str


UNREADABLE: Final[Mapping[str, Wording]] = {
    "body_too_large": Wording("The body is larger than {most} bytes.", "Send one contact, without attachments."),
    "empty_body": Wording("Nothing was sent.", "Send one contact as a JSON object."),
    "byte_order_mark": Wording("The body starts with a byte order mark.", "Send UTF-8 without a byte order mark."),
    "not_utf8": Wording("The text is not UTF-8.", "Send UTF-8, without a byte order mark."),
    "too_deep": Wording(
        "Objects and lists stand more than {most} deep in one another.", "Send the contact as the contract shows it."
    ),
    "too_many_fields": Wording("There are more than {most} fields.", "Send one contact, as the contract shows it."),
    "not_json": Wording(
        "The body is not JSON; reading stopped at line {line}, column {column}.",
        "Write the body with a JSON library rather than by joining text.",
    ),
    "trailing_data": Wording(
        "Something follows the end of the contact, at line {line}, column {column}.",
        "Send one contact; several go to the batch address, one a line.",
    ),
    "repeated_field": Wording("This field stands here more than once.", "Send each field once."),
    "not_finite": Wording("This is not a finite number.", "Leave the field out where it is not recorded."),
    "number_too_large": Wording(
        "This whole number is too large to be kept exactly by every reader.", "Send a smaller number, or text."
    ),
    "control_character": Wording(
        "The text holds a control character other than a tab or a line end.", "Take it out, or send a space instead."
    ),
    "half_character": Wording(
        "The text holds half a character (a lone surrogate).", "Cut text between whole characters."
    ),
}
"""What cannot be read at all."""

NO_CONTACT: Final[Mapping[str, Wording]] = {
    "missing": Wording("This field is required.", "Send it."),
    "unknown_field": Wording("The contract has no such field here.", "Take it out.{hint}"),
    "null_value": Wording("There is no value here.", "Leave the field out where it is not recorded."),
    "not_an_object": Wording("This must be an object.", "Send {{...}} with the fields that the contract names."),
    "not_a_list": Wording("This must be a list.", "Send [...], even for one."),
    "not_text": Wording("This must be text.", "Put it between quotation marks."),
    "not_whole_number": Wording("This must be a whole number.", "Send digits, without quotation marks or fractions."),
    "not_true_or_false": Wording("This must be true or false.", "Send it without quotation marks."),
    "blank": Wording("This must not be blank.", "Send the text."),
    "too_long": Wording("This is longer than {most} characters.", "Shorten it to {most} characters."),
    "wrong_form": Wording("This does not have the form that it must have.", "Send {form}."),
    "unknown_code": Wording("This is none of the codes allowed here.", "Send one of: {codes}."),
    "too_few_items": Wording("There are fewer than {least} here.", "Send at least {least}."),
    "too_many_items": Wording("There are more than {most} here.", "Send at most {most}."),
    "out_of_range": Wording("This is not from {least} to {most}.", "Send a whole number from {least} to {most}."),
    "too_large": Wording(
        "This is larger than {most} bytes of JSON, or is not JSON.", "Send less here; it is kept but not read."
    ),
    "not_a_time": Wording("This is not a time.", "Send it as 2026-09-14T07:30:00+01:00 or 2026-09-14T06:30:00Z."),
    "no_offset": Wording(
        "This time does not say its offset from UTC.", "Add Z for UTC, or the local offset, such as +01:00."
    ),
    "not_a_date": Wording("This is not a date of the calendar.", "Send it as YYYY-MM-DD, such as 2026-09-14."),
    "too_early": Wording("This is before 1900.", "Check the year."),
    "in_the_future": Wording(
        "This lies ahead of our clock.", "Check the date, the sending clock and the offset from UTC."
    ),
    "after_sent_at": Wording(
        "The incident starts after the contact was sent.", "Check both times and their offsets from UTC."
    ),
    "too_many_problems": Wording(
        "There are {more} further problems, not listed.", "Put the listed ones right and send again."
    ),
}
"""What can be read and is no contact."""

OF_A_FILE: Final[Mapping[str, Wording]] = {
    "unknown_column": Wording("Column {column} has a name that is not known.", "Correct or remove the column.{hint}"),
    "repeated_column": Wording("Column {column} has the same name as an earlier one.", "Keep one of them."),
    "blank_column": Wording("Column {column} has no name.", "Name it, or remove it."),
    "missing_column": Wording("The column {name} is missing.", "Add the column; its cells may be empty."),
    "no_header": Wording("There is no first row with the columns' names.", "Write the columns' names in row 1."),
    "wrong_number_of_cells": Wording(
        "This row has {cells} cells where the first row has {columns}.",
        "Check for a missing quotation mark or comma in or before this row.",
    ),
    "not_csv": Wording(
        "This row cannot be read as CSV.", "Check the quotation marks in and before it; double those inside a cell."
    ),
}
"""What only a CSV file can get wrong."""

WORDING: Final[Mapping[str, Wording]] = {**UNREADABLE, **NO_CONTACT, **OF_A_FILE}


def problem(path: Path, fault: Fault) -> Problem:
    """One fault at one place, in words."""
    wording = WORDING[fault.code]
    facts = fault.facts
    return Problem(pointer_to(path), fault.code, wording.detail.format(**facts), wording.fix.format(**facts))


def problems(found: Iterable[tuple[Path, Fault]]) -> tuple[Problem, ...]:
    """All faults in words, in the order of their places; beyond a thousand the rest is counted."""
    ordered = sorted(found, key=lambda one: (in_order(one[0]), one[1].code))
    listed = [problem(path, fault) for path, fault in ordered[:PROBLEMS_AT_MOST]]
    if more := len(ordered) - len(listed):
        listed.append(problem((), Fault("too_many_problems", {"more": more})))
    return tuple(listed)
