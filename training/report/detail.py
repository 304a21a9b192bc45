"""The report's sections that one turns to with a question: where it abstains, over time, and the worst misses."""

from datetime import date, timedelta

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, Chart, Dot, over_time
from training.report.words import (
    BY_DESIGN,
    LOOKED_AT,
    TOO_FEW,
    Section,
    Table,
    count,
    number,
    percent,
    points,
    response,
    share,
    with_interval,
)

STEP_DAYS = 12
BY_CHANCE = 0.05
"""How often a 95% interval leaves out no change though there is none."""

DRIFTS = {
    "suggested_nfa": "share suggested for no further action",
    "missed": "missed need among these",
    "need": "need of all contacts",
    "need_beyond_chance": "need, less the chance given",
}


def detail_sections(figures: Figures) -> list[Section]:
    """The sections that one turns to with a question."""
    return [_abstention(figures), _over_time(figures), _worst(figures)]


def _abstention(figures: Figures) -> Section:
    found = figures["abstention"]
    rows = [
        [reason, count(one["n"]), with_interval(one["share"], one["interval"]), count(one["second_looks"])]
        for reason, one in found["by_reason"].items()
    ]
    says = [
        (
            f"For {count(found['n'])} of {count(found['of'])} contacts ({percent(found['share'])}) it says "
            f"that it cannot suggest and a person must look. In need of an assessment (need {BY_DESIGN}): "
            f"{share(found['need'])}. A contact may have several reasons, so the rows can add up to more than all. "
            "By group it stands with the other suggestions, above."
        )
    ]
    head = ("reason", "contacts", "in need of these", "second looks")
    return Section("abstains", "Where it cannot suggest", says, [Table("By reason", head, rows, need=BY_DESIGN)])


def _over_time(figures: Figures) -> Section:
    quarters = [one for one in figures["quarters"] if not one.get("hidden")]
    rows = [
        [
            f"{_quarter(one['quarter'])} ({count(one['n'])})",
            _or_few(one["suggested_nfa"]),
            _or_few(one["missed"]),
            percent(one["mean_chance"]),
            _or_few(one["need"]),
            TOO_FEW if one["area"] is None else _area(one["area"]),
        ]
        for one in quarters
    ]
    head = ("quarter (contacts)", "suggested NFA", "in need of these", "mean chance", "need", f"area, need {LOOKED_AT}")
    drifts = _drift(figures["drift"])
    says = [
        "A quarter holds few second looks, so its intervals are wide: look for a run, not for one quarter.",
        (
            f"A line over time moves by chance alone one time in twenty. With {len(drifts.rows)} lines one of them "
            f"does so in {percent(1.0 - (1.0 - BY_CHANCE) ** len(drifts.rows), 0)} of such reports, though nothing "
            "has changed."
        ),
    ]
    table = Table("By quarter", head, rows, need=BY_DESIGN)
    return Section("quarters", "Over time", says, [drifts, table], _charts(quarters))


def _quarter(name: str) -> str:
    """2025-Q1 as January to March 2025."""
    year, quarter = name.split("-Q")
    first = 3 * int(quarter) - 2
    return f"{date(int(year), first, 1):%b} to {date(int(year), first + 2, 1):%b} {year}"


def _or_few(one: Figures | None) -> str:
    return TOO_FEW if one is None else with_interval(one["share"], one["interval"])


def _area(one: Figures) -> str:
    return f"{number(one['area'], 2)}\n{number(one['lower'], 2)} to {number(one['upper'], 2)}"


def _drift(found: Figures) -> Table:
    rows = [[DRIFTS[name], count(one["n"]), *_change(one)] for name, one in found.items() if name in DRIFTS]
    head = ("figure", "contacts", "points a year", "does it move?")
    return Table("Whether it moves, as a straight line over time", head, rows, need=BY_DESIGN)


def _change(one: Figures) -> tuple[str, str]:
    ends = one["interval"]
    if ends is None:
        return points(one["a_year"]), "too few second looks to say"
    return with_interval(one["a_year"], ends, "points"), "not surely" if ends[0] <= 0.0 <= ends[1] else "yes"


def _charts(quarters: list[Figures]) -> list[Chart]:
    told = {
        "suggested NFA": [(one, one["suggested_nfa"]) for one in quarters],
        "missed of these": [(one, one["missed"]) for one in quarters],
        "need": [(one, one["need"]) for one in quarters],
    }
    series = {
        name: [
            (_middle(at, beside), Dot("", max(0.0, one["share"]), one["interval"]))
            for at, one in pairs
            if one is not None
        ]
        for beside, (name, pairs) in enumerate(told.items(), start=-1)
    }
    series = {name: points_ for name, points_ in series.items() if points_}
    title = f"By quarter: suggested for no further action, missed of these, and need; need {BY_DESIGN}"
    return [over_time("quarters", title, Axis("share"), series)] if series else []


def _middle(one: Figures, beside: int) -> date:
    """The middle of a quarter, `beside` it by so many steps, so that ranges do not cover each other."""
    first, last = (date.fromisoformat(one[end]) for end in ("from", "to"))
    return first + (last - first) / 2 + timedelta(days=STEP_DAYS * beside)


def _worst(figures: Figures) -> Section:
    found = figures["misses"]
    rows = [
        [one["reference"], percent(one["chance"]), response(one["decided"]), one["known_by"]] for one in found["worst"]
    ]
    says = [
        *_known_of(found),
        (
            f"These are the {len(rows)} that the score was surest about, by reference only: read them, and ask what a "
            "rule or a question would have had to see."
        ),
    ]
    head = ("reference", "chance", "people decided", "known by")
    return Section("worst", "The worst misses", says, [Table("By reference", head, rows, prose=True)])


def _known_of(found: Figures) -> list[str]:
    """How need was known of: what somebody found, and what only came to light, of which not all was need."""
    work, looked, later = (found["by"][way] for way in ("what work found", "a second look", "what came to light later"))
    return [
        (
            "Contacts that would have been suggested for no further action though there is word of need: found by work "
            f"or a second look: {count(work['n'] + looked['n'])}; came to light later: {count(later['n'])}, reckoned "
            f"as about {count(later['reckoned'])} of need, since what comes to light later can be a mistake or of "
            "another time. Most need among closed contacts nobody knows of, so these are not all."
        )
    ]
