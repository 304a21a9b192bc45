"""The report's first sections: the verdict, the misses told each way, and the promise with what would break it."""

from collections.abc import Sequence

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, Chart, lines
from training.report.verdict import verdict
from training.report.words import (
    BY_CURVE,
    BY_DESIGN,
    LOOKED_AT,
    NONE,
    POOLED,
    TRUTH,
    Section,
    Table,
    count,
    day,
    number,
    percent,
    second_looks_alone,
    with_interval,
)

EVERY = 2
"""Of the steps of the curve so many are one line of its table; the chart has them all."""


def first_sections(figures: Figures) -> list[Section]:
    """What a head of service reads first."""
    return [Section("verdict", "The verdict", verdict(figures)), _misses(figures), _promise(figures)]


def _misses(figures: Figures) -> Section:
    missed, people, truth = figures["missed_need_among_suggested_nfa"], figures["people"], figures.get("by_truth")
    everybody = next(iter(figures["fairness"].values()))["everybody"]
    told = [
        (
            "suggested for no further action",
            missed,
            everybody["suggestion"]["missed_among_closed"],
            second_looks_alone(missed),
            "missed_need_among_suggested_nfa",
        ),
        (
            "closed by people",
            people["missed_need_among_closed"],
            everybody["people"]["missed_among_closed"],
            NONE,
            "missed_need_among_closed",
        ),
        ("all contacts", figures["need"], everybody["need"], NONE, "need"),
    ]
    rows = [
        [
            name,
            count(pooled["n"]),
            with_interval(pooled["share"], pooled["interval"]),
            with_interval(by_design["value"], by_design["interval"]),
            looks,
            *([with_interval(truth[key]["share"], truth[key]["interval"])] if truth else []),
        ]
        for name, pooled, by_design, looks, key in told
    ]
    head = ("contacts", "n", POOLED, BY_DESIGN, "second looks alone", *([TRUTH] if truth else []))
    says = [
        (
            "Of what was closed a random share was looked at again blind. The others are judged by what these second "
            "looks say of contacts like them and by what came to light within 12 months, in ways that differ in what "
            "they lean on. Each table names its own, so figures of one thing may differ, within their intervals."
        ),
        *_not_yet_followed(figures["followed"]),
        *_said_of_later(figures["later"]),
    ]
    table = Table("In need of an assessment, told each way", head, rows)
    return Section("misses", "Missed need", says, [table, _later(figures["later"])])


def _not_yet_followed(followed: Figures) -> list[str]:
    if not followed["not_yet"]:
        return []
    return [
        (
            f"{count(followed['not_yet'])} of {count(followed['closed'])} closed contacts were closed less than "
            f"{followed['months']} months before the history ends ({day(followed['last_day'])}): what comes to light "
            "of these is not all known, so they count by what second looks at such contacts found."
        )
    ]


def _said_of_later(later: Figures) -> list[str]:
    if "cannot" in later:
        return []
    chosen_on = later["trees_chosen_on"]
    kind = f"how the trees are grown was chosen on {chosen_on}, which is a little kind; " if chosen_on else ""
    return [f"On later contacts: {kind}{count(later['not_yet_followed'])} of the closed ones were not yet followed."]


def _later(later: Figures) -> Table:
    if "cannot" in later:
        return Table("On later contacts", ("", ""), [["not tried", str(later["cannot"])]], prose=True)
    rows = []
    for name, key in (("all later contacts", "all_later"), ("of these, new families", "new_families")):
        one = later[key]
        if one["n"]:
            missed = with_interval(one["missed"]["share"], one["missed"]["interval"])
            area = with_interval(one["area"]["value"], one["area"]["interval"], "number")
            nfa = with_interval(one["nfa"]["share"], one["nfa"]["interval"])
            rows.append([name, count(one["n"]), nfa, missed if one["corrected"] else "too few second looks", area])
    head = ("contacts", "n", "suggested NFA", "in need of these", f"area, need {LOOKED_AT}")
    return Table(
        f"Fitted to the first {count(later['earlier'])} contacts, tried on those from {day(later['later_from'])} on",
        head,
        rows,
        need=POOLED,
    )


def _promise(figures: Figures) -> Section:
    curve = figures["closing_curve"]
    says = [
        str(figures["model"]["promise"]["words"]),
        "It is about all contacts together. By group, and wherever a group lies above it, it is told further down.",
        (
            "More suggestions to close mean more misses. Only the promises of the first table were tested, from the "
            "lowest threshold upwards. A bound on the curve holds for its one point: a threshold picked from the curve "
            "keeps no promise until it is tested in its turn."
        ),
        *_tipping(figures["sensitivity"]),
    ]
    tables = [_promises(figures["promises"]), *_supposed(figures["sensitivity"]), *([_steps(curve)] if curve else [])]
    charts = [_closing_chart(curve, figures["suggested_nfa"]["share"])] if curve else []
    return Section("promise", "The promise, what others would cost, and what would break it", says, tables, charts)


def _promises(promises: Sequence[Figures]) -> Table:
    rows = [
        [percent(one["at_most"], 0), NONE, "none could be shown", NONE, NONE]
        if one["share"] is None
        else [
            percent(one["at_most"], 0),
            number(one["upto"], 4),
            count(one["share"]["n"]),
            percent(one["share"]["share"]),
            percent(one["share"]["no_more_than"]),
        ]
        for one in promises
    ]
    head = ("at most missed", "up to a chance of", "suggested NFA", "missed", "no more than (95%)")
    return Table("What each promise allows", head, rows, need=BY_CURVE)


def _tipping(found: Figures) -> list[str]:
    if "cannot" in found:
        return [f"What would break it could not be worked out: {found['cannot']}."]
    seen = "" if found["corrected"] else " What was seen is here the least that can be, so it proves nothing."
    if found["tips_at"] is None:
        return [f"No multiple up to ten of the need seen among closed contacts passes it.{seen}"]
    shown = (
        "The promise cannot be shown on these contacts even as need was seen"
        if found["shown_to"] is None
        else f"The promise can be shown up to {number(found['shown_to'], 2)} times what was seen, and no longer above"
    )
    return [
        (
            f"All rests on what second looks and later events show of closed contacts. {shown}. If these had needed "
            f"{number(found['tips_at'], 2)} times what was seen, more than {percent(found['at_most'], 0)} of contacts "
            f"suggested for no further action would have needed an assessment.{seen}"
        )
    ]


def _supposed(found: Figures) -> list[Table]:
    """What if closed contacts had needed so many times what was seen."""
    rows = [
        [
            f"{one['times']:g} times",
            percent(one["need_among_closed"]["share"]),
            with_interval(missed["share"], missed["interval"]) if missed["n"] else "none suggested",
            count(one["promise_allows"]) if one["promise_allows"] else "none",
        ]
        for one in found.get("what_ifs", [])
        for missed in [one["missed_among_suggested_nfa"]]
    ]
    head = ("need among closed, of what was seen", "closed, in need", "suggested NFA, in need", "promise would allow")
    return [Table("If closed contacts had needed more, or less", head, rows, need=POOLED)] if rows else []


def _steps(curve: Sequence[Figures]) -> Table:
    rows = [
        [percent(one["share"], 0), number(one["upto"], 4), percent(one["missed"]), percent(one["no_more_than"])]
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
