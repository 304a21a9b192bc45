"""What a doubt is: one thing that may be missing or unlikely, as a row of data.

A doubt never refuses anything: a contact that can be read and identified is accepted (contact contract, Principles).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Doubt(Generic[Thing]):
    """One doubt about a contact, an adult or a child.

    `where` is the pointer from that thing to the field; `test` says whether it holds, given the day of the incident.
    """

    code: str
    where: str
    text: str
    test: Callable[[Thing, date], bool]
