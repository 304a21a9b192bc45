"""How figures are written, and what a section of the report is made of; the card and the record share it."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training.judging.evaluation_file import Figures
from training.need.shares import Share
from training.report.charts import Chart

NONE = "-"
TOO_FEW = "too few to show"

POOLED, BY_CURVE, BY_DESIGN, LOOKED_AT, TRUTH = "pooled", "by the curve", "by design", "looked at", "by the truth"
"""How need is told. Every table of need names one, so that two figures of one thing are seen to be two estimates."""

ESTIMATES = {
    POOLED: (
        "every closed contact that nobody looked at counts with the chance that second looks, and what came to light "
        "later, give to contacts with its score. Surest for all contacts together; where the score is wrong about "
        "some of them, so is this."
    ),
    BY_CURVE: (
        "pooled need again, smoothed over the score by all contacts that could be suggested for no further action. "
        "A promise is kept if the upper bound of this keeps it. Of pooled need only the figure itself must not lie "
        "above the promise; its own upper bound may."
    ),
    BY_DESIGN: (
        "the same chances, put right among the contacts in question by the second looks that fell on them. It does "
        "not lean on the score, so it is used by group and over time, and it is less sure."
    ),
    LOOKED_AT: (
        "only contacts that somebody looked at, each standing for those that it was drawn from. No score has a say "
        "in it, so rankings use it; it is the least sure."
    ),
    TRUTH: "what a made-up family truly needed. No authority has this.",
}
PAIR = 2

RESPONSES = {
    "no_further_action": "no further action",
    "undetermined": "a person must look",
    "early_help": "early help",
    "assessment": "assessment",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a head; the first cell of a row names it. `need` is how need in it is told, of `ESTIMATES`.

    `prose` where the cells are words to be read along, not figures to be read down.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    need: str = ""
    prose: bool = False

    @property
    def title(self) -> str:
        """The caption, with how need is told."""
        return f"{self.caption}; need {self.need}" if self.need else self.caption

    @property
    def layout(self) -> str:
        """How the page lays it out on a narrow screen, as class names."""
        names = {
            "prose": self.prose,
            "two": len(self.head) == PAIR,
        }
        return " ".join(name for name, so in names.items() if so)


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what it says, a chart where there is one, and the tables that say the same in numbers."""

    key: str
    title: str
    says: Sequence[str]
    tables: Sequence[Table] = ()
    charts: Sequence[Chart] = ()


def percent(value: float | None, places: int = 1) -> str:
    """0.0412 as 4.1%. An estimate from few second looks can lie below 0, and is then about 0%."""
    if value is None:
        return NONE
    return f"{value:z.{places}%}" if value >= 0.0 else "about 0%"


def fine(value: float | None) -> str:
    """A share that stands beside a limit, to two decimals, so that 5.04% never reads as 5.0%."""
    return percent(value, 2)


def signed(value: float, places: int = 1) -> str:
    """A difference with its sign; one that is written as nothing has none."""
    told = f"{value:+z.{places}f}"
    return told if told.strip("+0.") else told.lstrip("+")


def points(value: float | None) -> str:
    """A difference of shares, in percentage points with its sign."""
    return NONE if value is None else signed(100 * value)


def more(times: float) -> str:
    """1.0058 times as 0.5%, 1.1353 times as 13%: by how much more, rounded down, since it tells what is still borne."""
    beyond = 100.0 * (times - 1.0) + 1e-9
    return f"{math.floor(beyond)}%" if beyond >= 1.0 else f"{math.floor(10.0 * max(beyond, 0.0)) / 10.0:.1f}%"


def number(value: float | None, places: int = 3) -> str:
    """A plain number."""
    return NONE if value is None else f"{value:z.{places}f}"


def count(value: float) -> str:
    """A whole number, thousands parted."""
    return f"{value:z,.0f}"


def parted(text: str) -> str:
    """A sentence written elsewhere, with the thousands of its whole numbers parted."""
    return re.sub(r"(?<![\w.,-])\d{4,}(?![\w-]|[.,]\d)", lambda found: count(int(found[0])), text)


def between(ends: Sequence[float] | None, how: str = "percent") -> str:
    """The two ends of an interval, written as `percent`, `fine`, `points`, `signed`, `number`, `tenths` or `count`."""
    if ends is None:
        return NONE
    return f"{_WRITTEN[how](ends[0])} to {_WRITTEN[how](ends[1])}"


def with_interval(value: float | None, ends: Sequence[float] | None, how: str = "percent") -> str:
    """A figure, and under it its interval."""
    if value is None:
        return NONE
    told = _WRITTEN[how](value)
    return told if ends is None else f"{told}\n{between(ends, how)}"


_WRITTEN: Mapping[str, Callable[[float], str]] = {
    "percent": percent,
    "fine": fine,
    "points": points,
    "signed": signed,
    "number": number,
    "tenths": lambda value: number(value, 1),
    "count": count,
}


def in_brackets(figure: str) -> str:
    """A figure `with_interval`, to stand in a sentence."""
    value, _, interval = figure.partition("\n")
    return f"{value} ({interval})" if interval else value


def benefit(one: Figures | None, *, with_sign: bool = False) -> str:
    """A net benefit with its interval, as evaluation.json holds it."""
    if one is None or one["value"] is None:
        return NONE
    value = signed(one["value"], 3) if with_sign else number(one["value"])
    return f"{value}\n{between(one['interval'], 'number')}" if one["interval"] else value


def day(written: str) -> str:
    """2026-11-03 as 3 November 2026."""
    at = date.fromisoformat(written)
    return f"{at.day} {at:%B %Y}"


def share(one: Figures) -> str:
    """A share as `evaluate.share_told` holds it: how many of how many, and how sure."""
    if not one["n"]:
        return "nobody"
    return (
        f"{count(max(0.0, one['in_need']))} of {count(one['n'])} ({percent(one['share'])}; "
        f"{one['confidence']:.0%} interval {between(one['interval'])})"
    )


def second_looks_alone(missed: Figures, how: str = "fine") -> str:
    """The share in need of those looked at again, with the exact interval of so many drawn one a family."""
    looked = _looked_again(missed)
    return with_interval(looked.share, looked.interval(), how) if looked.n else NONE


def second_looks_no_more_than(missed: Figures) -> float:
    """The one-sided upper bound of the same."""
    return _looked_again(missed).upper


def _looked_again(missed: Figures) -> Share:
    n = missed["second_looks"]
    return Share(n, missed["in_need_at_second_look"], n, missed["confidence"])


def response(code: str) -> str:
    """A response's or a decision's code in words."""
    return RESPONSES.get(code, code.replace("_", " "))
