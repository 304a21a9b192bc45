"""The report's section on the promise: how it was kept, what others would cost, and what would break it."""

from collections.abc import Sequence

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, Chart, lines
from training.report.verdict import itself_unsure, until_it_breaks
from training.report.words import (
    BY_CURVE,
    NONE,
    POOLED,
    Section,
    Table,
    count,
    fine,
    in_brackets,
    number,
    parted,
    percent,
    second_looks_no_more_than,
    with_interval,
)

TRIED = (
    "Tried on twenty fresh made-up populations of 16,000 contacts each, this way of promising allowed two of them no "
    "suggestion of no further action at all. Second looks that miss a quarter of need break the promise nearly always "
    "(5.6% missed on average), and nothing in the record shows it (docs/adr/0012)."
)
"""What the trial of the promise showed that no history shows of itself."""

EVERY = 2
"""Of the steps of the curve so many are one line of its table; the chart has them all."""


def promise_section(figures: Figures) -> Section:
    """The promise in words, the bounds beside it, and how far need could rise before it breaks."""
    curve = figures["closing_curve"]
    says = [
        parted(str(figures["model"]["promise"]["words"])),
        *_bounds(figures),
        *_set_on_these(figures),
        "It is about all contacts together. By group, and wherever a group lies above it, it is told further down.",
        (
            "More suggestions to close mean more misses. Only the promises of the first table were tested, from the "
            "lowest threshold upwards. A bound on the curve holds for its one point: a threshold picked from the curve "
            "keeps no promise until it is tested in its turn."
        ),
        *_tipping(figures),
        _looked_again(figures),
    ]
    tables = [_promises(figures["promises"]), *_supposed(figures["sensitivity"]), *([_steps(curve)] if curve else [])]
    charts = [_closing_chart(curve, figures["suggested_nfa"]["share"])] if curve else []
    return Section("promise", "The promise, what others would cost, and what would break it", says, tables, charts)


def _bounds(figures: Figures) -> list[str]:
    """Every upper bound there is of the share missed, beside each other: the promise is kept by one of them."""
    missed, promise = figures["missed_need_among_suggested_nfa"], figures["model"]["promise"]
    if not missed["n"] or not promise["n"]:
        return []
    n, own = missed["second_looks"], promise["confidence"]
    sure = "" if own == missed["confidence"] else f" (with {percent(own, 0)} confidence)"
    again = (
        f"by second looks alone, which lean on no score, {fine(missed['in_need_at_second_look'] / n)} and "
        f"{fine(second_looks_no_more_than(missed))} ({count(missed['in_need_at_second_look'])} of {count(n)})"
        if n
        else "by second looks alone nothing, since none fell on these"
    )
    return [
        (
            f"The share missed, and what it is no more than with {percent(missed['confidence'], 0)} confidence, told "
            f"each way: {BY_CURVE}, when it was fitted, {fine(promise['missed'] / promise['n'])} and "
            f"{fine(promise['upper'])}{sure}; by {POOLED} need {fine(missed['share'])} and "
            f"{fine(missed['no_more_than'])}; {again}. The promise goes by the bound of the first. "
            f"Of {POOLED} need only the share itself must not lie "
            f"above {percent(promise['at_most'], 0)}; the other bounds may, and are no part of the promise."
        )
    ]


def _set_on_these(figures: Figures) -> list[str]:
    """Where the threshold was pushed as far as the contacts allow that it is judged on here."""
    if not figures["about"]["own_history"] or not figures["suggested_nfa"]["n"]:
        return []
    later = figures["later"]
    fairer = "" if "cannot" in later else " The trial on later contacts, under Missed need, is the fairer figure."
    return [
        (
            "The threshold was set on these same contacts. Each was scored by a fit that never saw its family, but the "
            "threshold was pushed as far as these contacts allow, so what is missed of them can look a little too low, "
            f"and what is suggested a little too much.{fairer}"
        )
    ]


def _looked_again(figures: Figures) -> str:
    people = figures["people"]["missed_need_among_closed"]
    looked, closed = people["second_looks"], figures["people"]["closed"]
    share = f" ({percent(looked / closed)})" if closed else ""
    return f"{TRIED} Here {count(looked)} of {count(closed)} closed contacts{share} were looked at again."


def _promises(promises: Sequence[Figures]) -> Table:
    rows = [
        [percent(one["at_most"], 0), NONE, "none could be shown", NONE, NONE]
        if one["share"] is None
        else [
            percent(one["at_most"], 0),
            number(one["upto"], 4),
            count(one["share"]["n"]),
            fine(one["share"]["share"]),
            fine(one["share"]["no_more_than"]),
        ]
        for one in promises
    ]
    head = ("at most missed", "up to a chance of", "suggested NFA", "missed", "no more than (95%)")
    return Table("What each promise allows", head, rows, need=BY_CURVE)


def _tipping(figures: Figures) -> list[str]:
    found = figures["sensitivity"]
    if "cannot" in found:
        return [f"What would break it could not be worked out: {found['cannot']}."]
    seen = "" if found["corrected"] else " What was seen is here the least that can be, so it proves nothing."
    if found["tips_at"] is None:
        if not figures["suggested_nfa"]["n"]:
            return ["Nothing is suggested for no further action, so there is nothing that more need could break."]
        return [f"No multiple up to ten of the need seen among closed contacts passes it.{seen}"]
    people = figures["people"]["missed_need_among_closed"]
    told = in_brackets(with_interval(people["share"], people["interval"], "fine"))
    return [
        (
            "The promise rests on what second looks and later events show of closed contacts. "
            f"{until_it_breaks(found)}, "
            f"that is, more than {percent(found['at_most'], 0)} of contacts suggested for no further action would have "
            f"needed an assessment. But {itself_unsure(figures)}: {told}.{seen}"
        )
    ]


def _supposed(found: Figures) -> list[Table]:
    """What if closed contacts had needed so many times what was seen."""
    rows = [
        [
            f"{one['times']:g} times",
            percent(one["need_among_closed"]["share"]),
            with_interval(missed["share"], missed["interval"], "fine") if missed["n"] else "none suggested",
            count(one["promise_allows"]) if one["promise_allows"] else "none",
        ]
        for one in found.get("what_ifs", [])
        for missed in [one["missed_among_suggested_nfa"]]
    ]
    head = (
        "need among closed, of what was seen",
        "closed, in need",
        "suggested NFA, in need",
        "promise would allow (contacts)",
    )
    return [Table("If closed contacts had needed more, or less", head, rows, need=POOLED)] if rows else []


def _steps(curve: Sequence[Figures]) -> Table:
    rows = [
        [percent(one["share"], 0), number(one["upto"], 4), fine(one["missed"]), fine(one["no_more_than"])]
        for one in curve[EVERY - 1 :: EVERY]
    ]
    head = ("suggested NFA", "up to a chance of", "missed", "no more than (95%, this point)")
    return Table("The curve in numbers", head, rows, need=POOLED)


def _closing_chart(curve: Sequence[Figures], ours: float) -> Chart:
    highest = max([0.1, *(one["no_more_than"] for one in curve)])
    return lines(
        "closing",
        f"Share missed among contacts suggested for no further action, by how many are; need {POOLED}",
        Axis("suggested for no further action, of all contacts"),
        Axis("of these, had needed an assessment", ends=(0.0, highest)),
        {
            "missed": [(one["share"], one["missed"]) for one in curve],
            "no more than (95%)": [(one["share"], one["no_more_than"]) for one in curve],
        },
        {"this model": ours},
    )
