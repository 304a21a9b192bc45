"""How figures are written, and what a section of the report is made of; the card and the record share it."""

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
        "A promise is tried with it, and has to hold by pooled need as well."
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
SHORT = 10
"""Letters; names of rows no longer than this stand beside their figures however narrow the screen is."""

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
            "short": len(self.head) > PAIR and all(len(row[0]) <= SHORT for row in self.rows),
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
    return f"{value:.{places}%}" if value >= 0.0 else "about 0%"


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
    """The two ends of an interval, written as `percent`, `points`, `number` or `count`."""
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
    "points": points,
    "number": number,
    "count": count,
}


def in_brackets(figure: str) -> str:
    """A figure `with_interval`, to stand in a sentence."""
    value, _, interval = figure.partition("\n")
    return f"{value} ({interval})" if interval else value


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


def second_looks_alone(missed: Figures) -> str:
    """The share in need of those looked at again, with the exact interval of so many drawn one a family."""
    n, in_need = missed["second_looks"], missed["in_need_at_second_look"]
    if not n:
        return NONE
    return with_interval(in_need / n, Share(n, in_need, n, missed["confidence"]).interval())


def response(code: str) -> str:
    """A response's or a decision's code in words."""
    return RESPONSES.get(code, code.replace("_", " "))
