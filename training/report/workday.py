"""The report's sections on work: a working day beside people's own, what would be missed in a month, and the counts."""

from training.judging.evaluation_file import Figures
from training.report.words import (
    BY_DESIGN,
    NONE,
    POOLED,
    Section,
    Table,
    between,
    count,
    number,
    percent,
    response,
    with_interval,
)


def workday_sections(figures: Figures) -> list[Section]:
    """What it means for the people who do the work."""
    return [_workload(figures), _counts(figures)]


def _workload(figures: Figures) -> Section:
    working = figures["workload"]
    says = [
        (
            "What is suggested is beside what people decided, in the same four words: what they sent to a social "
            "worker in any way counts as assessment, and asking for more information as a person must look. The "
            "verdict counts only what they sent to a new assessment."
        ),
        (
            "After suggestions: people close all that is suggested for it and decide the rest as they did. Every "
            "suggested assessment made: and they close none of those. No way was tried on people."
        ),
        "Time saved is told as time. It is no target, and a person reads what is suggested for closing too.",
    ]
    tables = [_contacts(working), _ways(working), _minutes(working), _assumed(working)]
    return Section("workload", "A working day", says, tables)


def _contacts(working: Figures) -> Table:
    rows = [
        [
            response(code),
            *(
                cell
                for who in ("suggested", "people")
                for cell in (_a_day(working[who][code]), _of_all(working, who, code))
            ),
        ]
        for code in working["suggested"]
    ]
    head = ("response", "suggested, a day", "of all", "people, a day", "of all")
    return Table("Contacts a working day", head, rows)


def _a_day(one: Figures) -> str:
    return number(one["a_day"], 1)


def _of_all(working: Figures, who: str, code: str) -> str:
    one = working[who][code]
    return with_interval(one["share"], one["interval"])


def _ways(working: Figures) -> Table:
    rows = [
        [
            one["way"],
            f"{number(one['closed']['a_day'], 1)}\n{percent(one['closed']['share'])}",
            with_interval(one["missed"]["share"], one["missed"]["interval"]),
            _with_ends(one["missed_a_month"], one["missed_a_month_interval"], signed=False),
            _with_ends(one["more_a_month"], one["more_a_month_interval"], signed=True),
        ]
        for one in working["ways"]
    ]
    head = ("way", "closed a day", "in need of these", "missed a month", "against people alone")
    return Table("What would be closed and missed", head, rows, need=BY_DESIGN)


def _with_ends(value: float | None, ends: list[float] | None, *, signed: bool) -> str:
    if value is None:
        return NONE
    write = "{:+.1f}" if signed else "{:.1f}"
    told = write.format(value)
    return told if ends is None else f"{told}\n{write.format(ends[0])} to {write.format(ends[1])}"


def _minutes(working: Figures) -> Table:
    rows = [
        [
            f"{one['minutes_to_read_in_full']:g}",
            count(one["today"]),
            count(one["then"]),
            f"{count(one['saved'])}\n{between(one['saved_interval'], 'count')}",
        ]
        for one in working["minutes_a_day"]
    ]
    head = ("minutes to read in full", "today", "with suggestions", "saved")
    return Table("Minutes a working day, by how long a full reading takes", head, rows)


def _assumed(working: Figures) -> Table:
    rows = [[name.replace("_", " "), f"{value:g}"] for name, value in working["assumed"].items()]
    return Table("Assumed, and to be replaced by an authority's own timing", ("assumption", "value"), rows)


def _counts(figures: Figures) -> Section:
    decided, needed = figures["suggested_against_decided"], figures["suggested_against_need"]
    codes = sorted({code for counts in decided.values() for code in counts})
    whole = sum(sum(counts.values()) for counts in needed.values())
    against_need = Table(
        "Suggested, and whether an assessment was needed",
        ("suggested", "needed", "did not", "needed, per 100", "did not, per 100"),
        [
            [response(code), count(yes), count(no), number(100 * yes / whole, 1), number(100 * no / whole, 1)]
            for code, (yes, no) in ((code, tuple(counts.values())) for code, counts in needed.items())
        ],
        need=POOLED,
    )
    against_people = Table(
        "What people decided, and what is suggested",
        ("people decided", *(response(code) for code in decided)),
        [[response(code), *(count(counts.get(code, 0)) for counts in decided.values())] for code in codes],
    )
    return Section(
        "counts",
        "In counts",
        ["What people decided is no measure of need. Both are shown, since they ask different things."],
        [against_need, against_people],
    )
