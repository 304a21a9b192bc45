"""How figures are written, and what a section of the report is made of; the card and the record share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from training.judging.evaluation_file import Figures
from training.report.charts import Chart

NONE = "-"
TOO_FEW = "too few to show"
RESPONSES = {
    "no_further_action": "no further action",
    "undetermined": "a person must look",
    "early_help": "early help",
    "assessment": "assessment",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a head; the first cell of a row names it."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what it says, a chart where there is one, and the tables that say the same in numbers."""

    key: str
    title: str
    says: Sequence[str]
    tables: Sequence[Table] = ()
    charts: Sequence[Chart] = ()


def percent(value: float | None, places: int = 1) -> str:
    """0.0412 as 4.1%."""
    return NONE if value is None else f"{value:.{places}%}"


def points(value: float | None) -> str:
    """A difference of shares, in percentage points with its sign."""
    return NONE if value is None else f"{100 * value:+.1f}"


def number(value: float | None, places: int = 3) -> str:
    """A plain number."""
    return NONE if value is None else f"{value:.{places}f}"


def count(value: float) -> str:
    """A whole number, thousands parted."""
    return f"{value:,.0f}"


def between(ends: Sequence[float] | None, how: str = "percent") -> str:
    """The two ends of an interval, written as `percent`, `points` or `number`."""
    if ends is None:
        return NONE
    write = {"percent": percent, "points": points, "number": number}[how]
    return f"{write(ends[0])} to {write(ends[1])}"


def with_interval(value: float | None, ends: Sequence[float] | None, how: str = "percent") -> str:
    """A figure, and under it its interval."""
    write = {"percent": percent, "points": points, "number": number}[how]
    return write(value) if value is None or ends is None else f"{write(value)}\n{between(ends, how)}"


def day(written: str) -> str:
    """2026-11-03 as 3 November 2026."""
    at = date.fromisoformat(written)
    return f"{at.day} {at:%B %Y}"


def share(one: Figures) -> str:
    """A share as `evaluate.share_told` holds it: how many of how many, and how sure."""
    if not one["n"]:
        return "nobody"
    return (
        f"{count(one['in_need'])} of {count(one['n'])} ({percent(one['share'])}; "
        f"{one['confidence']:.0%} interval {between(one['interval'])})"
    )


def response(code: str) -> str:
    """A response's or a decision's code in words."""
    return RESPONSES.get(code, code.replace("_", " "))
