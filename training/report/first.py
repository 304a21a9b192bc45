"""The report's first sections: the verdict, the misses, what a promise costs, a working day, and the counts."""

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, Chart, lines
from training.report.words import (
    NONE,
    Section,
    Table,
    between,
    count,
    day,
    number,
    percent,
    response,
    share,
    with_interval,
)


def first_sections(figures: Figures) -> list[Section]:
    """The sections that a head of service reads."""
    return [_verdict(figures), _misses(figures), _promises(figures), _workload(figures), _counts(figures)]


def verdict(figures: Figures) -> list[str]:
    """The whole in a few sentences, the misses first; shared with the card and the record."""
    missed, nfa, people = (figures[name] for name in ("missed_need_among_suggested_nfa", "suggested_nfa", "people"))
    if not nfa["n"]:
        return [
            (
                "It never suggests no further action: no threshold could be shown to keep the promise about misses. "
                "Rules hold what they hold, and a person looks at everything else."
            ),
            *_not_sure(figures),
        ]
    said = [
        (
            f"Of the {count(missed['n'])} contacts that it would suggest for no further action, "
            f"{percent(missed['share'])} had needed an assessment (95% interval {between(missed['interval'])}). Of "
            f"the {count(people['closed'])} that people closed, "
            f"{percent(people['missed_need_among_closed']['share'])} had."
        ),
        (
            f"It would suggest no further action for {percent(nfa['share'])} of all contacts: "
            f"{percent(nfa['of_what_people_closed'])} of those that people closed."
        ),
    ]
    return [*said, _in_a_day(figures["workload"]), *_where_beaten(figures), *_not_sure(figures)]


def _in_a_day(working: Figures) -> str:
    assumed = working["assumed"]
    usual = next(
        one for one in working["minutes_a_day"] if one["minutes_to_read_in_full"] == assumed["minutes_to_read_in_full"]
    )
    return (
        f"At {assumed['contacts_a_working_day']:g} contacts a working day it would put "
        f"{number(working['contacts_a_day']['no_further_action'], 1)} forward for closing and save about "
        f"{count(usual['saved'])} minutes, if a full reading takes {usual['minutes_to_read_in_full']:g}."
    )


def _where_beaten(figures: Figures) -> list[str]:
    """Said wherever something else is surely better at putting contacts in order, or rules alone miss less."""
    better = [
        name
        for name, one in figures["comparison"].items()
        if one["area"]["lead_interval"] and one["area"]["lead_interval"][0] > 0.0
    ]
    said = [f"It is beaten at putting contacts in order by: {', '.join(better)}."] if better else []
    rules = figures["comparison"]["rules alone"]["at_its_own_point"]
    if rules["missed"] is not None and rules["missed"] <= figures["missed_need_among_suggested_nfa"]["share"]:
        said.append("It misses no fewer than rules alone would.")
    return said


def _not_sure(figures: Figures) -> list[str]:
    if figures["corrected"]:
        return []
    return [
        "Too few closed contacts were looked at again, so what stayed out of sight is not counted: misses are more."
    ]


def _verdict(figures: Figures) -> Section:
    return Section("verdict", "The verdict", verdict(figures))


def _misses(figures: Figures) -> Section:
    missed, people = figures["missed_need_among_suggested_nfa"], figures["people"]
    rows = [
        ["suggested for no further action", share(missed)],
        ["closed by people", share(people["missed_need_among_closed"])],
        ["all contacts", share(figures["need"])],
    ]
    tables = [Table(f"In need of an assessment, judged by {figures['judged_by']}", ("contacts", "in need"), rows)]
    if "by_truth" in figures:
        truth = figures["by_truth"]
        rows = [
            ["suggested for no further action", share(truth["missed_need_among_suggested_nfa"])],
            ["closed by people", share(truth["missed_need_among_closed"])],
            ["all contacts", share(truth["need"])],
        ]
        tables.append(Table("The same by the truth, which only made-up data has", ("contacts", "in need"), rows))
    tables.append(_later(figures["later"]))
    looked = (
        f"{missed['second_looks']} of those suggested for no further action had been closed and were looked at again "
        f"blind; {missed['in_need_at_second_look']} of these needed an assessment. All others that were closed are "
        "judged by what these second looks say of contacts like them, and by what came to light within 12 months."
    )
    return Section("misses", "Missed need", [looked, "Intervals count families, not contacts."], tables)


def _later(later: Figures) -> Table:
    if "cannot" in later:
        return Table("On later contacts", ("", ""), [["not tried", str(later["cannot"])]])
    rows = []
    for name, key in (("all later contacts", "all_later"), ("of these, new families", "new_families")):
        one = later[key]
        if one["n"]:
            missed = share(one["missed"]) if one["corrected"] else "too few second looks to say"
            area = with_interval(one["area"]["value"], one["area"]["interval"], "number")
            rows.append([name, count(one["n"]), count(one["suggested_nfa"]), missed, area])
    head = ("contacts", "n", "suggested NFA", "in need of these", "area under the curve")
    return Table(
        f"Fitted to the first {count(later['earlier'])} contacts, tried on those from {day(later['later_from'])} on",
        head,
        rows,
    )


def _promises(figures: Figures) -> Section:
    rows = [
        [percent(one["at_most"], 0), NONE, "none could be shown", NONE]
        if one["share"] is None
        else [
            percent(one["at_most"], 0),
            number(one["upto"], 4),
            count(one["share"]["n"]),
            f"{percent(one['share']['share'])}, no more than {percent(one['share']['no_more_than'])}",
        ]
        for one in figures["promises"]
    ]
    table = Table("What each promise allows", ("at most missed", "up to a chance of", "suggested NFA", "missed"), rows)
    curve = figures["closing_curve"]
    shown = [
        [percent(one["share"], 0), number(one["upto"], 4), percent(one["missed"]), percent(one["no_more_than"])]
        for one in curve
    ]
    steps = Table("The curve in numbers", ("suggested NFA", "up to", "missed", "no more than"), shown)
    says = [
        str(figures["model"]["promise"]["words"]),
        "More suggestions to close mean more misses. This is what a manager chooses from.",
    ]
    return Section(
        "promise",
        "The promise, and what others would cost",
        says,
        [table, steps],
        [_closing_chart(curve)] if curve else [],
    )


def _closing_chart(curve: list[Figures]) -> Chart:
    highest = max([0.1, *(one["no_more_than"] for one in curve)])
    return lines(
        "closing",
        "Share missed among contacts suggested for no further action, by how many are",
        Axis("suggested for no further action, of all contacts"),
        Axis("of these, had needed an assessment", ends=(0.0, highest)),
        {
            "missed": [(one["share"], one["missed"]) for one in curve],
            "no more than (95%)": [(one["share"], one["no_more_than"]) for one in curve],
        },
    )


def _workload(figures: Figures) -> Section:
    working = figures["workload"]
    assumed = Table(
        "Assumed, and to be replaced by an authority's own timing",
        ("assumption", "value"),
        [[name.replace("_", " "), f"{value:g}"] for name, value in working["assumed"].items()],
    )
    contacts = Table(
        "Contacts a working day",
        ("suggested", "contacts a day"),
        [[response(code), number(value, 1)] for code, value in working["contacts_a_day"].items()],
    )
    minutes = Table(
        "Minutes a working day, by how long a full reading takes",
        ("minutes to read in full", "today", "with suggestions", "saved"),
        [
            [f"{one['minutes_to_read_in_full']:g}", *(count(one[name]) for name in ("today", "then", "saved"))]
            for one in working["minutes_a_day"]
        ],
    )
    missed = working["missed_a_month"]
    says = [
        (
            f"At {working['assumed']['contacts_a_working_day']:g} contacts a working day, the contacts suggested for "
            f"no further action would hold {number(missed['suggested_to_close'], 1)} a month that had needed an "
            f"assessment. What people closed held {number(missed['people_of_what_they_closed'], 1)}."
        ),
        "Time saved is told as time. It is no target, and a person reads what is suggested for closing too.",
    ]
    return Section("workload", "A working day", says, [contacts, minutes, assumed])


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
    )
    against_people = Table(
        "Suggested, and what people decided",
        ("suggested", *(response(code) for code in codes)),
        [[response(code), *(count(counts.get(one, 0)) for one in codes)] for code, counts in decided.items()],
    )
    return Section(
        "counts",
        "In counts",
        ["What people decided is no measure of need. Both are shown, since they ask different things."],
        [against_need, against_people],
    )
