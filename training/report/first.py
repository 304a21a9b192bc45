"""The report's first sections: the verdict, the misses told each way, and the promise (`promise`)."""

from training.judging.evaluation_file import Figures
from training.report.promise import promise_section
from training.report.verdict import found_alone, verdict
from training.report.words import (
    BY_DESIGN,
    LOOKED_AT,
    NONE,
    POOLED,
    TRUTH,
    Section,
    Table,
    count,
    day,
    second_looks_alone,
    with_interval,
)

SO_TOLD = (
    "Of what was closed a random share was looked at again blind. The others are judged by what these second looks say "
    "of contacts like them and by what came to light within 12 months, in ways that differ in what they lean on. Each "
    "table names its own, so figures of one thing may differ, within their intervals."
)


def first_sections(figures: Figures) -> list[Section]:
    """What a head of service reads first."""
    return [Section("verdict", "The verdict", verdict(figures)), _misses(figures), promise_section(figures)]


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
            second_looks_alone(people["missed_need_among_closed"]),
            "missed_need_among_closed",
        ),
        ("all contacts", figures["need"], everybody["need"], NONE, "need"),
    ]
    rows = [
        [
            name,
            count(pooled["n"]),
            with_interval(pooled["share"], pooled["interval"], "fine"),
            with_interval(by_design["value"], by_design["interval"], "fine"),
            looks,
            *([with_interval(truth[key]["share"], truth[key]["interval"], "fine")] if truth else []),
        ]
        for name, pooled, by_design, looks, key in told
    ]
    head = ("contacts", "n", POOLED, BY_DESIGN, "second looks alone", *([TRUTH] if truth else []))
    says = [
        SO_TOLD,
        _by_second_looks(figures),
        *_not_yet_followed(figures["followed"]),
        *_said_of_later(figures["later"]),
    ]
    tables = [Table("In need of an assessment, told each way", head, rows), _later(figures["later"])]
    return Section("misses", "Missed need", says, tables)


def _by_second_looks(figures: Figures) -> str:
    """Whom the second looks are about, and on how few of them rests what nothing else shows."""
    missed, people = figures["missed_need_among_suggested_nfa"], figures["people"]["missed_need_among_closed"]
    only = (
        "Only what people closed is looked at again, so the second looks among what is suggested for no further action "
        "are about those of them that people closed too"
    )
    n, looked, in_need, alone = (
        count(people[name]) for name in ("n", "second_looks", "in_need_at_second_look", "found_by_second_look_alone")
    )
    of_closed = (
        f"{looked} of the {n} that people closed were looked at again, {in_need} of them in need, and of {alone} of "
        "these nothing had come to light otherwise"
    )
    few = found_alone(figures)
    among = (
        f" Among those suggested for no further action {count(missed['in_need_at_second_look'])} of "
        f"{count(missed['second_looks'])} were in need{few}: what is known of need that stays out of sight rests on "
        "these few."
    )
    return f"{only}. {of_closed}.{among if few else ''}"


def _not_yet_followed(followed: Figures) -> list[str]:
    if not followed["not_yet"]:
        return []
    return [
        (
            f"{count(followed['not_yet'])} of {count(followed['closed'])} closed contacts were closed less than "
            f"{followed['months']} months before the history ends ({day(followed['last_day'])}): what comes to light "
            "of these is not all known, so they count by what second looks at such contacts found, or, where there are "
            "few of those, as followed contacts with their score do."
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
            missed = with_interval(one["missed"]["share"], one["missed"]["interval"], "fine")
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
